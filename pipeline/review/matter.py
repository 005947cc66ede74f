"""What is to be looked at and decided, in both languages: for the page and the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.cache import store
from pipeline.chain import Task
from pipeline.desk import decide
from pipeline.desk.choices import Choice, choices, label_of
from pipeline.desk.corrections import fields_of
from pipeline.desk.waiting import Desk, desk_of, is_open, open_findings
from pipeline.desk.workspace import earlier_editions
from pipeline.errors import SettingsError, UsageError
from pipeline.japanese.eras import era_name
from pipeline.japanese.text import label
from pipeline.japanese.text import spelled_out as shown
from pipeline.messages import N_, Language, translate
from pipeline.model import Finding, Indicator, Normalized, Record
from pipeline.release.view import Doubtful, decision_text, observations, status_words, statuses
from pipeline.review import reading
from pipeline.review.reading import LANGUAGES
from pipeline.settings.decisions import ACTIONS, GIVEN, read
from pipeline.settings.normalize import DirectionWords
from pipeline.settings.release import ReleaseSettings
from pipeline.validate.catalogue import message, rule_of

_BOXES_OF_A_ROW = 40


class Document(Record):
    """One document that was run, and its neighbours' values."""

    desk: Desk
    settings: ReleaseSettings
    direction: DirectionWords
    earlier: tuple[Normalized, ...] = ()
    existing: str = ""


def document_of(task: Task) -> Document:
    """A document as its run left it, with the earlier editions beside it."""
    output, edition = task.folder, task.edition
    desk = desk_of(task.area_code, edition, output, task.decided or output)
    earlier = [
        found
        for path in earlier_editions(output, edition)
        if (found := store.read_artefact(path / "3-normalize.json", Normalized)) is not None
    ]
    corrections = Path(desk.corrections)
    text = corrections.read_text(encoding="utf-8-sig") if corrections.is_file() else ""
    return Document(
        desk=desk,
        settings=task.settings.release,
        direction=task.settings.normalize.direction,
        earlier=tuple(earlier),
        existing=text,
    )


def matter(document: Document) -> dict[str, Any]:
    """Everything that the page shows, as plain data."""
    desk = document.desk
    normalized, validated = desk.normalized, desk.validated
    waiting = open_findings(desk)
    return {
        "title": shown(normalized.title),
        "area": desk.area,
        "edition": desk.edition,
        "edition_era": f"{era_name(desk.edition)}年度",
        "year": normalized.actual_fiscal_year,
        "year_era": f"{era_name(normalized.actual_fiscal_year)}年度",
        "municipality": document.settings.municipality.full_name,
        "sha256": normalized.document.sha256,
        "path": Path(desk.corrections).name,
        "existing": document.existing,
        "decisions": _decisions(desk),
        "pages": [
            {"number": page.number, "width": page.width, "height": page.height}
            for page in normalized.document.pages
        ],
        "counts": {
            "open": len(waiting),
            "blockers": sum(found.severity == "blocker" for found in waiting),
            "errors": sum(found.severity == "error" for found in validated.findings),
            "decided": sum(found.decided is not None for found in validated.findings),
        },
        "findings": [
            _finding(desk, found)
            for found in (*waiting, *(one for one in validated.findings if not is_open(one)))
        ],
        "rules": _rules(validated.findings),
        "indicators": _indicators(document),
        "goals": [
            {"number": place.goal_number, "title": shown(place.goal)}
            for place in {p.goal_number: p for p in reversed(normalized.places)}.values()
            if place.goal_number is not None
        ],
        "layouts": reading.layouts(desk),
        "joins": reading.joins(desk),
        "marks": reading.marks(desk),
        "highlights": reading.highlights(desk),
        "legend": reading.legend(desk),
        "groups": _groups(desk),
    }


def _decisions(desk: Desk) -> list[dict[str, Any]]:
    """What was decided on this edition, in the order of the file."""
    try:
        written = read(Path(desk.corrections), desk.area, desk.edition)
    except SettingsError:  # the run tells of it
        return []
    return [
        {
            "finding": one.finding,
            "page": one.page,
            "text": {language: translate(ACTIONS[one.action], language) for language in LANGUAGES},
            "value": shown(label(one.value)),
            "expect": shown(label(one.expect)),
            "reason": shown(one.reason),
            "by": shown(" ".join(filter(None, (one.who, one.when)))),
        }
        for one in written
    ]


def _rules(findings: Sequence[Finding]) -> dict[str, Any]:
    """The rules that the findings name, each with its title, reason and advice."""
    texts = {}
    for name in dict.fromkeys(found.rule for found in findings):
        rule = rule_of(name)
        texts[name] = {
            part: {language: translate(getattr(rule, part), language) for language in LANGUAGES}
            for part in ("title", "explanation", "advice")
        }
    return texts


def _finding(desk: Desk, found: Finding) -> dict[str, Any]:
    return {
        "key": found.key,
        "rule": found.rule,
        "severity": found.severity,
        "subject": shown(found.subject),
        "id": found.parameters.get("id", ""),
        "goal": _goal_of(desk, found),
        "page": found.page,
        "box": found.box,
        "printed": shown(label(found.printed or "")),
        "expected": shown(label(found.expected or "")),
        "message": {language: shown(message(found, language)) for language in LANGUAGES},
        "decided": shown(decision_text(found.decided)),
        "open": is_open(found),
        "choices": _choices(desk, found) if is_open(found) else [],
    }


def _goal_of(desk: Desk, found: Finding) -> int | None:
    """The goal under which a finding's indicator stands."""
    known, indicators = found.parameters.get("id", ""), desk.normalized.indicators
    by_id = (at for at in desk.named.get(known, ()) if indicators[at].id == known)
    alike = desk.named.get(found.subject, ())
    by_name = (at for at in alike if indicators[at].name == found.subject)
    first = min((*by_id, *by_name), default=None)
    return None if first is None else indicators[first].place.goal_number


def _choices(desk: Desk, found: Finding) -> list[dict[str, Any]]:
    """The ways to settle a finding that are clear without asking more.

    ``cells``: what a row, or the roles of a table, are to be given for, one by one.
    """
    offered = []
    for one in choices(found):
        if one.action == "row" and found.rule in decide.COUNTS:
            continue  # where the row stands is only said on the command line
        try:
            made = decide.drafted(desk, found, _tried(one) if one.typed else one)
        except UsageError:
            continue
        cells = decide.cells_for(desk, made)
        offered.append(
            {
                "code": one.code,
                "text": {language: shown(label_of(one, language)) for language in LANGUAGES},
                "typed": one.typed,
                "cells": list(map(shown, cells)),
                "roles": one.action in ("role", "table"),
                "parts": "|" if made.action in GIVEN else " ",
                "fields": {
                    name: value
                    for name, value in fields_of(made).items()
                    if name not in ("reason", "who", "when")
                },
            }
        )
    return offered


def _tried(one: Choice) -> Choice:
    """A choice with a value that its action could have, to find its place."""
    trial = {"year": "2024", "role": "note", "table": "name", "scope": "1"}
    return msgspec.structs.replace(one, value=trial.get(one.action, "-"))


# --------------------------------------------------------------------------- values


def _indicators(document: Document) -> list[dict[str, Any]]:
    normalized, validated = document.desk.normalized, document.desk.validated
    recomputed = statuses(validated)
    doubtful = Doubtful(validated)
    lines = _lines(document)
    return [
        {
            "id": one.id,
            "name": shown(one.name),
            "unit": shown(one.unit),
            "goal": one.place.goal_number,
            "place": shown(" › ".join(filter(None, (one.place.goal, one.place.policy)))),
            "direction": one.direction,
            "evidence": reading.evidence(one, document.direction),
            "page": one.name_printed.page,
            "box": one.name_printed.box,
            "status": shown(one.status or ""),
            "recomputed": shown(recomputed.get(one.id) or ""),
            "note": shown(one.note),
            "values": [
                {
                    "field": seen.field,
                    "year": seen.observation.fiscal_year,
                    "part": shown(seen.observation.part or ""),
                    "text": shown(seen.number if seen.number is not None else seen.words),
                    "number": seen.number,
                    "printed": shown(label(seen.observation.value.printed.text)),
                    "second": shown(label(seen.observation.value.printed.second or "")),
                    "page": seen.observation.value.printed.page,
                    "box": seen.observation.value.printed.box,
                    "decided": shown(decision_text(seen.observation.value.decided)),
                }
                for seen in list(
                    observations(
                        one, normalized.actual_fiscal_year, document.settings.signs, doubtful
                    )
                )[:_BOXES_OF_A_ROW]
            ],
            "line": lines.get(one.id, []),
        }
        for one in normalized.indicators
    ]


def _lines(document: Document) -> Mapping[str, list[tuple[int, str]]]:
    """For each indicator the actuals of all years that its editions print, the latest word last."""
    found: dict[str, dict[int, str]] = {}
    for normalized in (*document.earlier, document.desk.normalized):
        for one in normalized.indicators:
            found.setdefault(one.id, {}).update(_actuals(one))
    return {key: sorted(years.items()) for key, years in found.items()}


def _actuals(one: Indicator) -> dict[int, str]:
    return {
        seen.fiscal_year: str(seen.value.number)
        for seen in one.observations
        if seen.kind in ("actual", "baseline") and seen.part is None
        if seen.fiscal_year is not None and seen.value.number is not None
    }


def _groups(desk: Desk) -> list[dict[str, Any]]:
    """Statuses by goal, as published and as recomputed."""
    return [
        {
            "goal": group.goal_number,
            "statuses": [
                {
                    "word": shown(word),
                    "published": group.counts_published.get(word, 0),
                    "recomputed": group.counts_recomputed.get(word, 0),
                }
                for word in status_words(group, desk.normalized.legend)
            ],
        }
        for group in desk.validated.summary
    ]


def verdict(counts: Mapping[str, int], language: Language) -> str:
    """Whether the data can be published, in one sentence."""
    if counts["blockers"]:
        return translate(
            N_("{count} values or rows are to be decided before you publish."),
            language,
            count=counts["blockers"],
        )
    if counts["open"]:
        return translate(
            N_("Ready to publish. {count} notices or contradictions to know of."),
            language,
            count=counts["open"],
        )
    return translate(N_("Ready to publish. Nothing is open."), language)
