"""The CSV tables: UTF-8 with BOM, CRLF, every field quoted, no line break in a field.

Rules and item numbers: notation rules for statistical tables (総務省 2020; e-Stat Ver. 1.2).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.japanese.text import label
from pipeline.model import Decided, Indicator, Normalized, Place, Printed, Validated
from pipeline.release.dictionary import (
    BASES_JA,
    DIRECTIONS_JA,
    FINDINGS,
    INDICATORS,
    KINDS_JA,
    LONG,
    NOT_AVAILABLE,
    PROJECTS,
    PROVENANCE,
    SEVERITIES_JA,
    SUMMARY,
    TableSpec,
    file_name,
)
from pipeline.release.view import (
    Doubtful,
    Shown,
    decision_text,
    goal_titles,
    observations,
    status_words,
    statuses,
    time_code,
    unit_of,
)
from pipeline.settings.release import ReleaseSettings
from pipeline.validate.catalogue import message

Row = dict[str, str]
Observed = Callable[[Indicator], Iterator[Shown]]
WHOLE = "全体"
_OF_NAME = frozenset({"name", "project", "unit", "goal", "policy", "direction"})
_FORMULA = re.compile(r"^[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def one_line(text: str) -> str:
    """Text for one CSV field: line breaks become a space (item 4-1…: one datum, one line)."""
    return re.sub(r"[\r\n\v\f\u2028\u2029]+", " ", text).strip()


def guarded(text: str) -> str:
    """Text that a spreadsheet would run as a formula is not released (a number is no formula)."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return NOT_AVAILABLE
    return text


def write_csv(table: TableSpec, rows: Iterable[Row]) -> bytes:
    """One table's bytes.  Raises :class:`KeyError` if a row lacks a field of the dictionary."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([field.header for field in table.fields])
    for row in rows:
        writer.writerow([guarded(one_line(row[field.name])) for field in table.fields])
    return stream.getvalue().encode("utf-8-sig")


def csv_tables(
    normalized: Normalized,
    validated: Validated,
    settings: ReleaseSettings,
    *,
    area_code: str,
    code: str,
) -> dict[str, bytes]:
    """File name → bytes of all tables."""
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

    rows: dict[TableSpec, Iterator[Row]] = {
        LONG: _values(normalized, common, shown),
        INDICATORS: _indicators(normalized, validated, common),
        PROJECTS: _projects(normalized, common),
        SUMMARY: _summary(normalized, validated, common),
        PROVENANCE: _provenance(normalized, shown),
        FINDINGS: _findings(validated),
    }
    return {
        file_name(table, code, normalized.edition): write_csv(table, made)
        for table, made in rows.items()
    }


def _optional(number: int | None) -> str:
    return NOT_AVAILABLE if number is None else str(number)


def _values(normalized: Normalized, common: Row, observed: Observed) -> Iterator[Row]:
    for indicator in normalized.indicators:
        for shown in observed(indicator):
            year = shown.observation.fiscal_year
            yield {
                **common,
                "id": indicator.id,
                "name": indicator.name,
                "kind": KINDS_JA[shown.field],
                "time_code": time_code(year),
                "fiscal_year": _optional(year),
                "part": shown.observation.part or WHOLE,
                "unit": unit_of(indicator, shown.observation),
                "value": shown.number if shown.number is not None else shown.sign or "",
                "value_text": shown.words,
            }


def _place(place: Place) -> Row:
    return {
        "goal_number": _optional(place.goal_number),
        "goal": place.goal or NOT_AVAILABLE,
        "policy_number": _optional(place.policy_number),
        "policy": place.policy or NOT_AVAILABLE,
    }


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _indicators(normalized: Normalized, validated: Validated, common: Row) -> Iterator[Row]:
    recomputed = statuses(validated)
    for indicator in normalized.indicators:
        yield {
            **common,
            **_place(indicator.place),
            "id": indicator.id,
            "name": indicator.name,
            "unit": indicator.unit or NOT_AVAILABLE,
            "direction": DIRECTIONS_JA[indicator.direction],
            "direction_basis": BASES_JA.get(indicator.direction_basis, indicator.direction_basis),
            "cumulative": _flag(indicator.cumulative),
            "status_published": label(indicator.status or "") or NOT_AVAILABLE,
            "status_recomputed": label(recomputed.get(indicator.id) or "") or NOT_AVAILABLE,
            "note": indicator.note.lstrip("※＊* 　") or NOT_AVAILABLE,
            "page": str(indicator.page),
        }


def _projects(normalized: Normalized, common: Row) -> Iterator[Row]:
    for number, project in enumerate(normalized.projects, start=1):
        yield {
            **common,
            **_place(project.place),
            "number": str(number),
            "project": project.name,
            "departments": ";".join(project.departments) or NOT_AVAILABLE,
            "summary": project.summary or NOT_AVAILABLE,
            "highlighted": _flag(project.highlighted),
            "repeated": _flag(project.repeated),
            "page": str(project.name_printed.page),
        }


def _summary(normalized: Normalized, validated: Validated, common: Row) -> Iterator[Row]:
    titles = goal_titles(normalized)
    for group in validated.summary:
        name = WHOLE
        if group.goal_number is not None:
            name = f"{group.goal_number} {titles.get(group.goal_number, '')}".strip()
        for status in status_words(group, normalized.legend):
            yield {
                **common,
                "group": name,
                "status": label(status),
                "count_printed": group.counts_printed.get(status, NOT_AVAILABLE),
                "percent_printed": group.percent_printed.get(status, NOT_AVAILABLE),
                "count_published": str(group.counts_published.get(status, 0)),
                "count_recomputed": str(group.counts_recomputed.get(status, 0)),
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
                year=observation.fiscal_year,
                part=observation.part,
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
    year: int | None = None,
    part: str | None = None,
    decided: Sequence[Decided] = (),
) -> Row:
    x0, top, x1, bottom = printed.box
    return {
        "id": indicator.id,
        "field": field,
        "fiscal_year": _optional(year),
        "part": part or WHOLE,
        "page": str(printed.page),
        "x0": f"{x0:.2f}",
        "top": f"{top:.2f}",
        "x1": f"{x1:.2f}",
        "bottom": f"{bottom:.2f}",
        "printed": printed.text,
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
            "key": finding.key,
            "severity": SEVERITIES_JA[finding.severity],
            "subject": finding.subject or NOT_AVAILABLE,
            "page": _optional(finding.page),
            "box": " ".join(f"{edge:.2f}" for edge in finding.box)
            if finding.box
            else NOT_AVAILABLE,
            "printed": finding.printed or NOT_AVAILABLE,
            "expected": finding.expected or NOT_AVAILABLE,
            "message_ja": message(finding, "ja"),
            "message_en": message(finding, "en"),
            "decision": decision_text(finding.decided) or NOT_AVAILABLE,
        }
