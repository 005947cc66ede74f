"""Decisions on values, names, units, years, places and directions, carried out row by row.

A cell that was decided is read as if the decided text stood in it, by the same rules as any
other; what was printed is put back beside it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast

from msgspec import structs

from pipeline.boxes import NOWHERE, holds
from pipeline.japanese.text import label
from pipeline.model import (
    Box,
    Direction,
    Entry,
    Indicator,
    IndicatorRow,
    Observation,
    Place,
    Printed,
    Project,
    ProjectRow,
    Remark,
    Value,
)
from pipeline.normalize.rows import ReadRow, Status
from pipeline.settings.decisions import GIVEN, OF_PLACES, PERSON, Action, Decision

Spot = tuple[int, Box]
Row = TypeVar("Row", IndicatorRow, ProjectRow)
GONE, CHANGED = "decision.gone", "decision.expectation"

_CELL: frozenset[Action] = frozenset({"value", "year"})
"""What is decided of a cell; the rest is of a row, and stands at its name."""
_ROW: frozenset[Action] = frozenset({"name", "unit", "goal", "policy", "direction"})
_NAMES = frozenset({"name", "project"})
_VIEWS = frozenset({"baseline", "target", "actual", "next_target"})


def located(decisions: Sequence[Decision], indicators: Sequence[Indicator]) -> tuple[Decision, ...]:
    """The decisions, those on a field of an indicator with the place of that field on the paper."""
    known = {one.id: one for one in indicators}
    placed = []
    for one in decisions:
        indicator = known.get(one.indicator) if one.page is None else None
        printed = _field(indicator, one) if indicator is not None else None
        if printed is not None:
            one = structs.replace(one, page=printed.page, box=printed.box)  # noqa: PLW2901
            if one.carried or not one.expect:
                one = structs.replace(one, expect=printed.text)  # noqa: PLW2901
        placed.append(one)
    return tuple(placed)


def _field(indicator: Indicator, one: Decision) -> Printed | None:
    """Where a decision on an indicator is about: the cell of a field, else the name."""
    if one.action not in _CELL:
        return indicator.name_printed
    if one.field == "status":
        return indicator.status_printed
    value: Value | None = getattr(indicator, one.field) if one.field in _VIEWS else None
    return value.printed if value is not None else None


class Rulings:
    """The decisions of one document on its rows, and which of them were carried out."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._decisions = decisions
        self._originals: dict[Spot, Printed] = {}
        self._done: set[int] = set()
        self._failed: dict[int, Printed] = {}

    def substituted(self, row: Row) -> Row:
        """A row as a person decided it is to be read."""
        if not self._decisions:
            return row
        return structs.replace(row, entries=tuple(map(self._entry, row.entries)))

    def _entry(self, entry: Entry) -> Entry:
        printed = entry.printed
        texts: frozenset[Action] = frozenset(
            {"value", "name"} if entry.kind in _NAMES else {"value"}
        )
        for one in self._at(printed, texts):
            self._originals[printed.page, printed.box] = printed
            text = structs.replace(printed, text=one.value, second=None)
            return structs.replace(entry, printed=text)
        return entry

    def _at(self, printed: Printed, actions: frozenset[Action]) -> Iterator[Decision]:
        """The decisions of some actions on a place that still hold.

        Each is taken down as done or as failed.
        """
        for one in self._decisions:
            if one.action not in actions or not _is_about(one, printed):
                continue
            original = self._originals.get((printed.page, printed.box), printed)
            if one.holds(original):
                self._done.add(id(one))
                yield one
            else:
                self._failed[id(one)] = original

    # ------------------------------------------------------------------ after reading

    def applied(self, row: IndicatorRow, read: ReadRow) -> ReadRow:
        """A row that was read, with what was decided of it and with what was printed put back."""
        if not self._decisions:
            return read
        name = self._original(read.indicator.name_printed)
        indicator = structs.replace(read.indicator, name_printed=name)
        for one in self._at(indicator.name_printed, _ROW):
            indicator = _of_row(indicator, one)
        told = [
            one.decided()
            for entry in row.entries
            for one in (*self._at(entry.printed, _of_entry(entry)), *self._given(entry.printed))
        ]
        indicator = structs.replace(
            indicator,
            observations=tuple(map(self._observed, indicator.observations)),
            decided=tuple({(one.field, one.taken): one for one in told}.values()),
        )
        return structs.replace(
            read,
            indicator=indicator,
            remarks=tuple(map(self._remark, read.remarks)),
            statuses=tuple(map(self._status, read.statuses)),
        )

    def _given(self, printed: Printed) -> Iterator[Decision]:
        """The decision that gave a whole row, of which this is a cell."""
        middle = (printed.box[1] + printed.box[3]) / 2
        for one in self._decisions if printed.reader == PERSON else ():
            inside = one.box is not None and one.box[1] <= middle <= one.box[3]
            if one.action in GIVEN and one.page == printed.page and inside:
                yield one

    def direction_of(self, indicator: Indicator) -> Decision | None:
        """The decision on the direction of an indicator, if there is one that holds."""
        return next(self._at(indicator.name_printed, frozenset({"direction"})), None)

    def project(self, project: Project) -> Project:
        """A project with what was printed put back."""
        summary = project.summary_printed
        return structs.replace(
            project,
            name_printed=self._original(project.name_printed),
            summary_printed=self._original(summary) if summary is not None else None,
        )

    def _original(self, printed: Printed) -> Printed:
        return self._originals.get((printed.page, printed.box), printed)

    def _status(self, status: Status) -> Status:
        """A status with what was printed put back; a decided dash stands for itself."""
        if status.word is None:
            return status
        return structs.replace(status, printed=self._original(status.printed))

    def _observed(self, seen: Observation) -> Observation:
        printed = self._original(seen.value.printed)
        value = structs.replace(seen.value, printed=printed)
        year = seen.fiscal_year
        for one in (*self._given(printed), *self._at(printed, _CELL)):
            value = structs.replace(value, decided=one.decided())
            if one.action == "year":
                year = int(one.value)
        return structs.replace(seen, value=value, fiscal_year=year)

    def _remark(self, remark: Remark) -> Remark:
        if remark.page is None or remark.box is None:
            return remark
        original = self._originals.get((remark.page, remark.box))
        return structs.replace(remark, printed=original.text) if original else remark

    # ------------------------------------------------------------------ what was not carried out

    def remarks(self) -> Iterator[Remark]:
        """A doubt for each decision that no longer holds, or whose place is gone."""
        for one in self._decisions:
            if one.carried or one.action in GIVEN | {"title"}:
                continue  # rows are given by the stage before
            printed = self._failed.get(id(one))
            if id(one) in self._done and (one.action not in OF_PLACES or printed is None):
                continue
            yield not_done(one, printed)


def _is_about(one: Decision, printed: Printed) -> bool:
    """Whether a decision is about a cell: just this one, or all rows that lie where it stands."""
    if one.is_at(printed.page, printed.box):
        return True
    inside = one.box is not None and holds(one.box, printed.box)
    return one.action in OF_PLACES and one.page == printed.page and inside


def not_done(one: Decision, printed: Printed | None) -> Remark:
    """The remark on a decision that was not carried out: ``printed`` stands in its place now."""
    return Remark(
        rule=CHANGED if printed is not None else GONE,
        subject=one.indicator or one.finding or one.value,
        page=one.page,
        box=one.box,
        printed=printed.text if printed is not None else None,
        expected=one.expect,
        parameters={"line": str(one.line), "value": one.value, "finding": one.finding},
    )


def _of_entry(entry: Entry) -> frozenset[Action]:
    """What can be decided of a cell of a row."""
    return _ROW | {"value"} if entry.kind in _NAMES else _CELL


def _of_row(indicator: Indicator, one: Decision) -> Indicator:
    """An indicator with its name, unit or place as decided."""
    if one.action == "name":
        return structs.replace(indicator, name=label(one.value))
    if one.action == "unit" and one.carried and label(indicator.unit) != label(one.expected or ""):
        return indicator  # another unit is printed now
    if one.action == "unit":
        return structs.replace(indicator, unit=label(one.value))
    number, title = _numbered(one.value)
    place: Place = indicator.place
    if one.action == "goal":
        place = structs.replace(place, goal_number=number, goal=title)
    elif one.action == "policy":
        place = structs.replace(place, policy_number=number, policy=title)
    return structs.replace(indicator, place=place)


def _numbered(text: str) -> tuple[int | None, str]:
    """``2 健やかなまち``: the number and the title of a goal or policy."""
    found = re.match(r"\s*([0-9０-９]{1,2})(?:\s*[.:：．、]|\s+|$)\s*(.*)", text)
    return (int(found[1]), label(found[2])) if found else (None, label(text))


def side_of(one: Decision) -> Direction:
    """The direction that was decided."""
    return cast("Direction", one.value)


def with_decided_direction(indicator: Indicator, one: Decision) -> Indicator:
    """An indicator whose direction a person decided."""
    return structs.replace(
        indicator,
        direction=side_of(one),
        direction_basis="declared",
    )


def decided_title(
    decisions: Iterable[Decision], printed: Printed | None
) -> tuple[str, tuple[Remark, ...]]:
    """The title of the document: as decided, if that was made for what is printed now."""
    found = printed or Printed(text="", page=1, box=NOWHERE, reader="")
    one = next((one for one in decisions if one.action == "title"), None)
    if one is None:
        return label(found.text), ()
    if not one.holds(found):
        return label(found.text), (not_done(one, found),)
    return label(one.value), ()


def undated_year(decisions: Iterable[Decision], default: int | None) -> int | None:
    """The year of baselines without one: decided for the whole document, else ``default``."""
    whole = [one for one in decisions if is_of_document(one)]
    return int(whole[-1].value) if whole else default


def years_for_none(decisions: Iterable[Decision]) -> Iterator[Remark]:
    """Told of a year for all baselines without one, where none lacks its own."""
    for one in decisions:
        if is_of_document(one) and not one.carried:
            yield structs.replace(not_done(one, None), rule="decision.unused")


def is_of_document(one: Decision) -> bool:
    """Whether a decision on a year is about all baselines of the document."""
    return one.action == "year" and one.field == "baseline" and not one.indicator
