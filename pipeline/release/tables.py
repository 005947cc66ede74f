"""The released tables as rows of text, one form for all formats; and the CSV form of them.

CSV: UTF-8 with BOM, CRLF, every field quoted, no line break in a field.  Rules and item numbers:
notation rules for statistical tables (総務省 2020; e-Stat Ver. 1.2).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.japanese.text import join_lines, match_key
from pipeline.messages import translate
from pipeline.model import (
    Decided,
    Indicator,
    Normalized,
    Observation,
    Place,
    Printed,
    Record,
    Validated,
)
from pipeline.notation.formula import runs_as_formula, sign_in_full_width
from pipeline.release.dictionary import (
    BASES_JA,
    DIRECTIONS_JA,
    FINDINGS,
    INDICATORS,
    KINDS_JA,
    LEGEND,
    LEGEND_BASES_JA,
    LONG,
    NOT_AVAILABLE,
    ONE_GOAL,
    PROJECTS,
    PROVENANCE,
    SEVERITIES_JA,
    SUMMARY,
    WHOLE,
    WITHHELD,
    TableSpec,
    file_name,
)
from pipeline.release.view import (
    Doubtful,
    Shown,
    decision_text,
    goal_titles,
    missing_reason,
    observations,
    published_status,
    released_text,
    status_words,
    statuses,
    time_code,
    unit_of,
)
from pipeline.settings.release import ReleaseSettings
from pipeline.validate.catalogue import message, rule_of

Row = dict[str, str]
Observed = Callable[[Indicator], Iterator[Shown]]
_OF_NAME = frozenset({"name", "project", "unit", "goal", "policy", "direction"})
_BREAKS = re.compile(r"[\r\n\v\f\u2028\u2029\t]+")


class Table(Record):
    """One released table: its fields, its file, and its rows as text, in printed order."""

    spec: TableSpec
    file: str
    rows: tuple[Row, ...]


def one_line(text: str) -> str:
    """Text for one field: its lines joined, as Japanese is, and no control characters."""
    return _BREAKS.sub(" ", join_lines(text)).strip()


@lru_cache(maxsize=16384)
def as_field(text: str) -> str:
    """Text as a field of a table: one line, and nothing that a spreadsheet takes for a formula.

    A sign at its head is written in full width; an expression is withheld (a finding names it).
    """
    line = one_line(text)
    return WITHHELD if runs_as_formula(line) else sign_in_full_width(line)


def write_csv(spec: TableSpec, rows: Iterable[Row]) -> bytes:
    """One table's bytes.  Raises :class:`KeyError` if a row lacks a field of the dictionary."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([field.header for field in spec.fields])
    writer.writerows([as_field(row[field.name]) for field in spec.fields] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def tables(
    normalized: Normalized,
    validated: Validated,
    settings: ReleaseSettings,
    *,
    area_code: str,
    code: str,
) -> tuple[Table, ...]:
    """All tables that have rows: one without is no table that a reader could open."""
    common = {
        "local_government_code": code,
        "area_code": area_code,
        "municipality": settings.municipality.full_name or NOT_AVAILABLE,
        "edition": str(normalized.edition),
    }
    doubtful = Doubtful(validated)

    def shown(indicator: Indicator) -> Iterator[Shown]:
        year = normalized.actual_fiscal_year
        return observations(indicator, year, settings.signs, doubtful)

    made: dict[TableSpec, Iterator[Row]] = {
        LONG: _values(normalized, common, shown, settings.reasons),
        INDICATORS: _indicators(normalized, validated, doubtful, common),
        PROJECTS: _projects(normalized, common),
        SUMMARY: _summary(normalized, validated, common),
        LEGEND: _legend(normalized, validated, common),
        PROVENANCE: _provenance(normalized, shown),
        FINDINGS: _findings(validated),
    }
    whole = (table_of(spec, tuple(rows), code, normalized.edition) for spec, rows in made.items())
    return tuple(table for table in whole if table.rows)


def table_of(spec: TableSpec, rows: Sequence[Row], code: str, edition: int) -> Table:
    """A table whose cells are fields: one line, nothing that a spreadsheet would run."""
    return Table(
        spec=spec,
        file=file_name(spec, code, edition),
        rows=tuple({name: as_field(text) for name, text in row.items()} for row in rows),
    )


def _optional(number: int | None) -> str:
    return NOT_AVAILABLE if number is None else str(number)


def _text(text: str | None) -> str:
    return released_text(text or "") or NOT_AVAILABLE


def _time(observation: Observation) -> str:
    return time_code(observation.fiscal_year, calendar=observation.calendar)


def _part(part: str | None) -> str:
    return released_text(part) if part else WHOLE


def _values(
    normalized: Normalized, common: Row, observed: Observed, reasons: Mapping[str, str]
) -> Iterator[Row]:
    for indicator in normalized.indicators:
        for shown in observed(indicator):
            observation = shown.observation
            yield {
                **common,
                "id": indicator.id,
                "name": _text(indicator.name),
                "kind": KINDS_JA[shown.field],
                "time_code": _time(observation),
                "fiscal_year": _optional(observation.fiscal_year),
                "part": _part(observation.part),
                "unit": _text(unit_of(indicator, observation)),
                "value": shown.number if shown.number is not None else shown.sign or NOT_AVAILABLE,
                "value_text": shown.words or NOT_AVAILABLE,
                "missing": missing_reason(shown, reasons) or NOT_AVAILABLE,
            }


def _place(place: Place) -> Row:
    return {
        "goal_number": _optional(place.goal_number),
        "goal": _text(place.goal),
        "policy_number": _optional(place.policy_number),
        "policy": _text(place.policy),
    }


def _flag(true: bool) -> str:
    return "1" if true else "0"


def _indicators(
    normalized: Normalized, validated: Validated, doubtful: Doubtful, common: Row
) -> Iterator[Row]:
    recomputed = statuses(validated)
    for indicator in normalized.indicators:
        yield {
            **common,
            **_place(indicator.place),
            "id": indicator.id,
            "name": _text(indicator.name),
            "unit": _text(indicator.unit),
            "direction": DIRECTIONS_JA[indicator.direction],
            "direction_basis": BASES_JA.get(indicator.direction_basis, indicator.direction_basis),
            "cumulative": _flag(indicator.cumulative),
            "status_published": published_status(indicator, doubtful) or NOT_AVAILABLE,
            "status_recomputed": _text(recomputed.get(indicator.id)),
            "note": _text(indicator.note.lstrip("※＊* 　")),
            "page": str(indicator.page),
        }


def _projects(normalized: Normalized, common: Row) -> Iterator[Row]:
    for number, project in enumerate(normalized.projects, start=1):
        yield {
            **common,
            **_place(project.place),
            "number": str(number),
            "project": _text(project.name),
            "departments": ";".join(map(released_text, project.departments)) or NOT_AVAILABLE,
            "summary": _text(project.summary),
            "highlighted": _flag(project.highlighted),
            "repeated": _flag(project.repeated),
            "page": str(project.name_printed.page),
        }


def _summary(normalized: Normalized, validated: Validated, common: Row) -> Iterator[Row]:
    titles = goal_titles(normalized)
    for group in validated.summary:
        whole = group.goal_number is None
        for status in status_words(group, normalized.legend):
            yield {
                **common,
                "group": WHOLE if whole else ONE_GOAL,
                "goal_number": _optional(group.goal_number),
                "goal": NOT_AVAILABLE if whole else _text(titles.get(group.goal_number or 0)),
                "status": _text(status),
                "count_printed": group.counts_printed.get(status, NOT_AVAILABLE),
                "percent_printed": group.percent_printed.get(status, NOT_AVAILABLE),
                "count_published": str(group.counts_published.get(status, 0)),
                "count_recomputed": str(group.counts_recomputed.get(status, 0)),
            }


def _legend(normalized: Normalized, validated: Validated, common: Row) -> Iterator[Row]:
    """The legend as printed and as applied; words that are only used follow at its end."""
    whole = next((group for group in validated.summary if group.goal_number is None), None)
    printed = {match_key(row.word.text): row for row in normalized.legend}
    applied = {
        match_key(word): (order, rule)
        for order, rule in enumerate(validated.applied, start=1)
        for word in rule.words
    }
    used = status_words(whole, normalized.legend) if whole else []
    words = [row.word.text for row in normalized.legend]
    words += [word for rule in validated.applied for word in rule.words] + used
    spellings: dict[str, str] = {}
    for word in words:
        spellings.setdefault(match_key(word), word)
    for order, (key, word) in enumerate(spellings.items(), start=1):
        row, (place, rule) = printed.get(key), applied.get(key, (None, None))
        spelled = next((other for other in used if match_key(other) == key), "")
        yield {
            **common,
            "order": str(order),
            "status": _text(spelled or word),
            "printed": row.word.text if row else NOT_AVAILABLE,
            "rule_printed": row.rule.text if row else NOT_AVAILABLE,
            "rule_applied": rule.ja if rule else NOT_AVAILABLE,
            "rule_order": _optional(place),
            "rule_basis": LEGEND_BASES_JA[rule.basis if rule else ""],
            "count_published": str(whole.counts_published.get(spelled, 0) if whole else 0),
            "count_recomputed": str(whole.counts_recomputed.get(spelled, 0) if whole else 0),
            "page": _optional(row.word.page if row else None),
        }


def _provenance(normalized: Normalized, observed: Observed) -> Iterator[Row]:
    sha256 = normalized.document.sha256
    for indicator in normalized.indicators:
        of_name = [one for one in indicator.decided if one.field in _OF_NAME]
        yield _spot(indicator, "指標名", indicator.name_printed, sha256, decided=of_name)
        for shown in observed(indicator):
            observation = shown.observation
            yield _spot(
                indicator,
                KINDS_JA[shown.field],
                observation.value.printed,
                sha256,
                observation=observation,
                decided=[observation.value.decided] if observation.value.decided else (),
            )
        if indicator.status_printed is not None:
            of_status = [one for one in indicator.decided if one.field == "status"]
            yield _spot(indicator, "達成状況", indicator.status_printed, sha256, decided=of_status)


def _spot(
    indicator: Indicator,
    field: str,
    printed: Printed,
    sha256: str,
    *,
    observation: Observation | None = None,
    decided: Sequence[Decided] = (),
) -> Row:
    x0, top, x1, bottom = printed.box
    return {
        "id": indicator.id,
        "field": field,
        "time_code": _time(observation) if observation else NOT_AVAILABLE,
        "fiscal_year": _optional(observation.fiscal_year if observation else None),
        "part": _part(observation.part if observation else None),
        "page": str(printed.page),
        "x0": f"{x0:.2f}",
        "top": f"{top:.2f}",
        "x1": f"{x1:.2f}",
        "bottom": f"{bottom:.2f}",
        "printed": printed.text.strip() or NOT_AVAILABLE,
        "reader": printed.reader,
        "decided": _told(decided, lambda one: f"{one.field}: {one.taken}"),
        "decided_by": _told(decided, lambda one: one.who),
        "decided_on": _told(decided, lambda one: one.when),
        "decided_why": _told(decided, lambda one: one.reason),
        "sha256": sha256,
    }


def _told(decided: Sequence[Decided], text: Callable[[Decided], str]) -> str:
    return ";".join(dict.fromkeys(filter(None, map(text, decided)))) or NOT_AVAILABLE


def _findings(validated: Validated) -> Iterator[Row]:
    for finding in validated.findings:
        yield {
            "rule": finding.rule,
            "rule_name": translate(rule_of(finding.rule).title, "ja"),
            "key": finding.key,
            "severity": SEVERITIES_JA[finding.severity],
            "subject": finding.subject or NOT_AVAILABLE,
            "page": _optional(finding.page),
            "box": " ".join(f"{edge:.2f}" for edge in finding.box)
            if finding.box
            else NOT_AVAILABLE,
            "printed": (finding.printed or "").strip() or NOT_AVAILABLE,
            "expected": finding.expected or NOT_AVAILABLE,
            "message_ja": message(finding, "ja"),
            "message_en": message(finding, "en"),
            "decision": decision_text(finding.decided) or NOT_AVAILABLE,
        }
