"""One document on the desk: its artefacts, and the findings that wait for a decision."""

from __future__ import annotations

from pathlib import Path

from pipeline.boxes import holds
from pipeline.cache import store
from pipeline.errors import UsageError
from pipeline.messages import N_
from pipeline.model import Assembled, Extracted, Finding, Normalized, Record, Validated
from pipeline.settings import decisions as settings
from pipeline.validate.catalogue import rule_of
from pipeline.validate.findings import RANK


class Desk(Record):
    """One document on the desk: its artefacts, and where its decisions are written."""

    area: str
    edition: int
    output: str
    corrections: str
    extracted: Extracted
    assembled: Assembled
    normalized: Normalized
    validated: Validated

    def found(self, key: str) -> Finding:
        """The finding of a key, or of its beginning.  Raises :class:`UsageError` if none fits."""
        exact = [one for one in self.validated.findings if one.key == key]
        fitting = exact or [one for one in self.validated.findings if one.key.startswith(key)]
        if len(fitting) == 1:
            return fitting[0]
        raise UsageError(
            N_("There is no finding {key}, or there are several that begin so."),
            advice=N_("See the open ones with: shihyo decide --list"),
            key=key,
        )


def desk_of(area: str, edition: int, output: Path, own_folder: Path) -> Desk:
    """The document that a run has made.  Raises :class:`UsageError` where there is none."""
    extracted = store.read_artefact(output / "1-extract.json", Extracted)
    assembled = store.read_artefact(output / "2-assemble.json", Assembled)
    normalized = store.read_artefact(output / "3-normalize.json", Normalized)
    validated = store.read_artefact(output / "4-validate.json", Validated)
    if extracted is None or assembled is None or normalized is None or validated is None:
        raise UsageError(
            N_("This document has not been run yet."),
            advice=N_("Run it first: shihyo run"),
            file=str(output),
        )
    return Desk(
        area=area,
        edition=edition,
        output=str(output),
        corrections=str(settings.path_of(own_folder, edition)),
        extracted=extracted,
        assembled=assembled,
        normalized=normalized,
        validated=validated,
    )


def is_open(found: Finding) -> bool:
    """Whether a finding waits for a decision: one that tells of more than a fact."""
    return (
        found.decided is None and found.severity != "info" and bool(rule_of(found.rule).settled_by)
    )


def open_findings(desk: Desk) -> list[Finding]:
    """What is to be decided: worst first, then by how many values hang on it."""
    waiting = [found for found in desk.validated.findings if is_open(found)]
    return sorted(waiting, key=lambda one: (RANK[one.severity], -weight_of(desk, one)))


def weight_of(desk: Desk, found: Finding) -> int:
    """How many values hang on a finding: those of its layout, table or row, or statuses."""
    indicators = desk.normalized.indicators
    if found.rule.startswith(("status.no-rules", "legend.")):
        return sum(one.status is not None for one in indicators)
    rows = desk.assembled.indicators
    layout = [one for one in desk.assembled.layouts if one.key == found.parameters.get("key")]
    if layout:
        return sum(len(row.entries) for row in rows if row.table in layout[0].tables)
    if found.page is None or found.box is None:
        named = found.parameters.get("id") or found.subject
        return sum(len(one.observations) for one in indicators if named in (one.id, one.name))
    inside = [
        entry
        for row in rows
        for entry in row.entries
        if entry.printed.page == found.page and holds(found.box, entry.printed.box)
    ]
    return max(len(inside), 1)
