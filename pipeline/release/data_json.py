"""``data.json``: everything in one typed file (the interface contract)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from pipeline.model import Decided, Finding, Group, Indicator, Normalized, Project, Validated
from pipeline.release.dictionary import FORMAT_VERSION, WITHHELD
from pipeline.release.metadata import Metadata
from pipeline.release.view import (
    NAMED,
    Doubtful,
    Shown,
    missing_reason,
    observations,
    plain,
    published_status,
    released_text,
    shown_value,
    statuses,
    time_code,
    unit_of,
)
from pipeline.settings.release import ReleaseSettings
from pipeline.validate.catalogue import message


def data_json(
    normalized: Normalized,
    validated: Validated,
    settings: ReleaseSettings,
    metadata: Metadata,
    legend: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """The file's content: English keys, values as decimal strings or null.

    ``legend``: the rows of the legend table.
    """
    recomputed = statuses(validated)
    doubtful = Doubtful(validated)

    def indicator(one: Indicator, status: str | None) -> dict[str, Any]:
        shown = observations(one, normalized.actual_fiscal_year, settings.signs, doubtful)
        return _indicator(one, status, list(shown), doubtful, settings)

    document = normalized.document
    return {
        "format_version": FORMAT_VERSION,
        "document": {
            "title": metadata.document_title,
            "publisher": metadata.publisher,
            "area_code": metadata.area_code,
            "local_government_code": metadata.code,
            "edition": normalized.edition,
            "actual_fiscal_year": normalized.actual_fiscal_year,
            "sha256": document.sha256,
            "pages": len(document.pages),
        },
        "dataset": metadata.described(),
        "indicators": [indicator(one, recomputed.get(one.id)) for one in normalized.indicators],
        "projects": [_project(one) for one in normalized.projects],
        "summary": {"groups": [_group(one) for one in validated.summary]},
        "legend": legend,
        "findings": [finding_object(one) for one in validated.findings],
    }


def _indicator(
    indicator: Indicator,
    recomputed: str | None,
    shown: Sequence[Shown],
    doubtful: Doubtful,
    settings: ReleaseSettings,
) -> dict[str, Any]:
    named: dict[str, str | None] = {}
    missing: dict[str, str] = {}
    for field in NAMED:
        value = getattr(indicator, field)
        named[field] = None
        if value is None:
            continue
        held = doubtful.holds(indicator, field, value)
        number, sign, _ = shown_value(value, settings.signs, held=held)
        named[field] = number
        if sign is not None and not value.in_words:
            missing[field] = sign
    place = indicator.place
    return {
        "id": indicator.id,
        "goal_number": place.goal_number,
        "goal": released_text(place.goal),
        "policy_number": place.policy_number,
        "policy": released_text(place.policy),
        "name": released_text(indicator.name),
        "unit": released_text(indicator.unit),
        "direction": indicator.direction,
        "direction_basis": indicator.direction_basis,
        "cumulative": indicator.cumulative,
        "values": [_observation(one, indicator, settings.reasons) for one in shown],
        **named,
        "missing": missing,
        "status_published": published_status(indicator, doubtful),
        "status_recomputed": None if recomputed is None else released_text(recomputed),
        "note": released_text(indicator.note),
        "page": indicator.page,
        "reader": indicator.reader,
        "doubts": doubtful.of(indicator),
        **({"decided": msgspec.to_builtins(indicator.decided)} if indicator.decided else {}),
    }


def _observation(shown: Shown, indicator: Indicator, reasons: Mapping[str, str]) -> dict[str, Any]:
    observation = shown.observation
    value = observation.value
    part = observation.part
    whole = value.upper is not None and shown.sign != WITHHELD
    return {
        "kind": observation.kind,
        "fiscal_year": observation.fiscal_year,
        "time_code": time_code(observation.fiscal_year, calendar=observation.calendar),
        "part": None if part is None else released_text(part),
        "unit": released_text(unit_of(indicator, observation)),
        "value": shown.number,
        "missing": None if value.in_words else shown.sign,
        "missing_reason": missing_reason(shown, reasons),
        "text": shown.words if value.in_words else None,
        "lower": plain(value.number) if whole and value.number is not None else None,
        "upper": plain(value.upper) if whole and value.upper is not None else None,
        "bound": value.bound,
        "approximate": value.approximate,
        "printed": value.printed.text,
        "page": value.printed.page,
        "box": value.printed.box,
        **decided_object(value.decided),
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        "goal_number": project.place.goal_number,
        "policy_number": project.place.policy_number,
        "name": released_text(project.name),
        "departments": [released_text(one) for one in project.departments],
        "summary": released_text(project.summary),
        "highlighted": project.highlighted,
        "repeated": project.repeated,
        "page": project.name_printed.page,
    }


def _group(group: Group) -> dict[str, Any]:
    made: dict[str, Any] = {"goal_number": group.goal_number}
    for name in ("counts_printed", "percent_printed", "counts_published", "counts_recomputed"):
        counts: dict[str, Any] = getattr(group, name)
        if counts or name in ("counts_published", "counts_recomputed"):
            made[name] = {released_text(status): count for status, count in counts.items()}
    return made


def finding_object(finding: Finding) -> dict[str, Any]:
    """One finding with its texts in both languages."""
    return {
        "rule": finding.rule,
        "key": finding.key,
        "severity": finding.severity,
        "subject": finding.subject,
        "page": finding.page,
        "box": finding.box,
        "printed": finding.printed,
        "expected": finding.expected,
        "message_ja": message(finding, "ja"),
        "message_en": message(finding, "en"),
        **decided_object(finding.decided),
    }


def decided_object(decided: Decided | None) -> dict[str, Any]:
    """What a person decided, as a member ``decided``; none where nothing was decided."""
    return {} if decided is None else {"decided": msgspec.to_builtins(decided)}
