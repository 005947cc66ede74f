"""One document on the desk: its artefacts, and the findings that wait for a decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.boxes import Shelves, holds
from pipeline.cache import store
from pipeline.errors import UsageError
from pipeline.messages import N_
from pipeline.model import (
    Assembled,
    Box,
    Entry,
    Extracted,
    Finding,
    Indicator,
    IndicatorRow,
    Normalized,
    Printed,
    ProjectRow,
    Record,
    Table,
    Validated,
)
from pipeline.settings import decisions as settings
from pipeline.settings.decisions import Decision
from pipeline.validate.catalogue import rule_of
from pipeline.validate.findings import RANK

Row = IndicatorRow | ProjectRow
NAMES = frozenset({"name", "project"})
_NEAR = 1.0
"""Points by which the box of a finding may lie beside its cell."""


@dataclass
class InRows:
    """A cell as rows have it: the first of them, and how many values of indicators it gives."""

    row: Row
    entry: Entry
    values: int = 0


class Desk(Record, dict=True):
    """One document on the desk: its artefacts, and where its decisions are written.

    What is looked up for every finding is put in order once.
    """

    area: str
    edition: int
    output: str
    corrections: str
    extracted: Extracted
    assembled: Assembled
    normalized: Normalized
    validated: Validated

    @cached_property
    def cells(self) -> dict[int, Shelves[InRows]]:
        """The cells of a page that rows are made of, in the order of the rows."""
        cells: dict[int, dict[Box, InRows]] = defaultdict(dict)
        rows: tuple[Row, ...] = (*self.assembled.indicators, *self.assembled.projects)
        for row in rows:
            for entry in row.entries:
                here = cells[entry.printed.page]
                cell = here.setdefault(entry.printed.box, InRows(row, entry))
                cell.values += isinstance(row, IndicatorRow)
        return {page: Shelves(here.items()) for page, here in cells.items()}

    def cells_at(self, page: int | None, box: Box) -> list[InRows]:
        """The cells on the height of a box."""
        here = self.cells.get(page or 0)
        return here.reaching(box[1] - _NEAR, box[3] + _NEAR) if here else []

    @cached_property
    def names(self) -> dict[int, list[tuple[IndicatorRow, Entry]]]:
        """The rows of indicators with their names, or their first cells, by their page."""
        names: dict[int, list[tuple[IndicatorRow, Entry]]] = defaultdict(list)
        for row in self.assembled.indicators:
            if row.entries:
                name = named_in(row) or row.entries[0]
                names[name.printed.page].append((row, name))
        return dict(names)

    @cached_property
    def row_before(self) -> Callable[[Decision], int]:
        """The place of the row of an indicator above a decision."""
        from pipeline.assemble.decided import rows_by_top  # noqa: PLC0415  (heavy, at use)

        return rows_by_top(self.assembled.indicators)

    @cached_property
    def tables(self) -> dict[int, list[Table]]:
        """The tables of a page."""
        tables: dict[int, list[Table]] = defaultdict(list)
        for table in self.extracted.tables:
            tables[table.page].append(table)
        return dict(tables)

    @cached_property
    def by_name(self) -> dict[Printed, Indicator]:
        """The first indicator whose name stands at a place."""
        return {one.name_printed: one for one in reversed(self.normalized.indicators)}

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """Which of the indicators have a text as their id or name."""
        named: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.normalized.indicators):
            for text in {one.id, one.name}:
                named[text].append(at)
        return dict(named)

    @cached_property
    def values_of_tables(self) -> Counter[int]:
        """How many values the rows of each table have."""
        counts: Counter[int] = Counter()
        for row in self.assembled.indicators:
            counts[row.table] += len(row.entries)
        return counts

    @cached_property
    def statuses(self) -> int:
        """How many indicators bear a status."""
        return sum(one.status is not None for one in self.normalized.indicators)

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


def named_in(row: IndicatorRow | ProjectRow | None) -> Entry | None:
    entries = row.entries if row is not None else ()
    return next((entry for entry in entries if entry.kind in NAMES), None)


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
    if found.rule.startswith(("status.no-rules", "legend.")):
        return desk.statuses
    layout = [one for one in desk.assembled.layouts if one.key == found.parameters.get("key")]
    if layout:
        return sum(desk.values_of_tables[table] for table in set(layout[0].tables))
    if found.page is None or found.box is None:
        named = found.parameters.get("id") or found.subject
        indicators = desk.normalized.indicators
        return sum(len(indicators[at].observations) for at in desk.named.get(named, ()))
    inside = (
        cell.values
        for cell in desk.cells_at(found.page, found.box)
        if holds(found.box, cell.entry.printed.box)
    )
    return max(sum(inside), 1)
