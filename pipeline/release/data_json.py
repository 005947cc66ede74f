"""``data.json``: everything in one typed file (the interface contract)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from pipeline.model import Decided, Finding, Group, Indicator, Normalized, Project, Validated
from pipeline.release.view import (
    NAMED,
    Doubtful,
    Shown,
    observations,
    shown_value,
    statuses,
)
from pipeline.settings.release import ReleaseSettings
from pipeline.validate.catalogue import message


def data_json(
    normalized: Normalized,
    validated: Validated,
    settings: ReleaseSettings,
    *,
    area_code: str,
    code: str,
    publisher: str,
) -> bytes:
    """The file's bytes: English keys, values as decimal strings or null."""
    recomputed = statuses(validated)
    doubtful = Doubtful(validated)

    def indicator(one: Indicator, status: str | None) -> dict[str, Any]:
        shown = observations(one, normalized.actual_fiscal_year, settings.signs, doubtful)
        return _indicator(one, status, list(shown), doubtful, settings.signs)

    document = normalized.document
    content = {
        "document": {
            "title": normalized.title,
            "publisher": publisher,
            "area_code": area_code,
            "local_government_code": code,
            "edition": normalized.edition,
            "actual_fiscal_year": normalized.actual_fiscal_year,
            "sha256": document.sha256,
            "pages": len(document.pages),
        },
        "indicators": [indicator(one, recomputed.get(one.id)) for one in normalized.indicators],
        "projects": [_project(one) for one in normalized.projects],
        "summary": {"groups": [_group(one) for one in validated.summary]},
        "findings": [finding_object(one) for one in validated.findings],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _indicator(
    indicator: Indicator,
    recomputed: str | None,
    shown: Sequence[Shown],
    doubtful: Doubtful,
    signs: Mapping[str, str],
) -> dict[str, Any]:
    named: dict[str, str | None] = {}
    missing: dict[str, str] = {}
    for field in NAMED:
        value = getattr(indicator, field)
        named[field] = None
        if value is None:
            continue
        number, sign, _ = shown_value(value, signs, held=doubtful.holds(indicator, field, value))
        named[field] = number
        if sign is not None and value.text is None:
            missing[field] = sign
    place = indicator.place
    return {
        "id": indicator.id,
        "goal_number": place.goal_number,
        "goal": place.goal,
        "policy_number": place.policy_number,
        "policy": place.policy,
        "name": indicator.name,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "direction_basis": indicator.direction_basis,
        "cumulative": indicator.cumulative,
        "values": [_observation(one) for one in shown],
        **named,
        "missing": missing,
        "status_published": indicator.status,
        "status_recomputed": recomputed,
        "note": indicator.note,
        "page": indicator.page,
        "reader": indicator.reader,
        "doubts": doubtful.of(indicator),
        **({"decided": msgspec.to_builtins(indicator.decided)} if indicator.decided else {}),
    }


def _observation(shown: Shown) -> dict[str, Any]:
    value = shown.observation.value
    return {
        "kind": shown.observation.kind,
        "fiscal_year": shown.observation.fiscal_year,
        "part": shown.observation.part,
        "value": shown.number,
        "missing": shown.sign if value.text is None else None,
        "missing_reason": value.missing,
        "text": shown.words if value.text is not None else None,
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
        "name": project.name,
        "departments": list(project.departments),
        "summary": project.summary,
        "highlighted": project.highlighted,
        "repeated": project.repeated,
        "page": project.name_printed.page,
    }


def _group(group: Group) -> dict[str, Any]:
    made: dict[str, Any] = {"goal_number": group.goal_number}
    if group.counts_printed:
        made["counts_printed"] = group.counts_printed
    if group.percent_printed:
        made["percent_printed"] = group.percent_printed
    made["counts_published"] = group.counts_published
    made["counts_recomputed"] = group.counts_recomputed
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
