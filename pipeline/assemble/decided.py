"""Decisions on tables, rows and claims: columns, what is no indicator, what goes on.

Roles of headings are words of the vocabulary by then (``settings/assemble.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast, get_args

from msgspec.structs import replace

from pipeline.assemble.collect import Read
from pipeline.assemble.columns import Column, Header
from pipeline.assemble.logical_tables import Placed, Row, join_rows, texts
from pipeline.japanese.text import label
from pipeline.model import Box, Claim, IndicatorRow, Join, Kind, Place, ProjectRow, Remark
from pipeline.settings.decisions import Action, Decision


class Rulings:
    """The decisions of one document on its tables, and which of them were carried out."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._decisions = decisions
        self._done: set[int] = set()

    def _of(self, action: Action) -> Iterator[Decision]:
        return (one for one in self._decisions if one.action == action and one.box is not None)

    def tables(self, read: Sequence[Read]) -> list[Read]:
        """The tables with the columns that a person gave them, their rows joined as decided."""
        for one in self._of("join"):
            for table in read:
                if self._join(table, one):
                    break
        return [self._with_columns(one) for one in read]

    def _with_columns(self, read: Read) -> Read:
        for one in self._of("table"):
            if one.is_at(read.table.page, read.table.box) and _first(read, one):
                kinds = one.value.split()
                if len(kinds) == len(read.table.edges) - 1:
                    self._done.add(id(one))
                    return Read(table=read.table, header=_header(read, kinds))
        return read

    def _join(self, read: Read, one: Decision) -> bool:
        """Put the row that holds a place behind the row above it."""
        rows = read.table.rows
        for index in range(1, len(rows)):
            cell = _cell_at(rows[index], one)
            if cell is None or _cell_at(rows[index - 1], one) is cell:
                continue
            if one.expect and not one.holds(cell.printed):
                return False
            self._done.add(id(one))
            text = label(" / ".join(texts(rows[index])))
            rows[index - 1 : index + 1] = [join_rows(rows[index - 1], rows[index])]
            read.table.joins.append(
                Join(
                    table=read.table.number,
                    row=index - 1,
                    page=cell.printed.page,
                    how="row",
                    text=text,
                )
            )
            return True
        return False

    def stays(self, row: IndicatorRow | ProjectRow) -> bool:
        """Whether a row is kept: not one that lies where a person saw no indicator."""
        return not any(self._denies(one, row) for one in self._of("not-indicator"))

    def _denies(self, one: Decision, row: IndicatorRow | ProjectRow) -> bool:
        inside = [e for e in row.entries if one.page == e.printed.page and _in(e.printed.box, one)]
        if not inside or not any(e.kind in {"name", "project"} for e in inside):
            return False
        self._done.add(id(one))
        return True

    def claims(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims, each under the goal of which it speaks by decision."""
        return tuple(map(self._claim, claims))

    def _claim(self, claim: Claim) -> Claim:
        for one in self._of("scope"):
            if one.is_at(claim.printed.page, claim.printed.box) and one.holds(claim.printed):
                self._done.add(id(one))
                number = int(one.value) if one.value.isdigit() else None
                return replace(claim, place=Place(goal_number=number))
        return claim

    def remarks(self, headings: Iterable[str], told: Iterable[Remark]) -> Iterator[Remark]:
        """A doubt for each decision whose place is gone.

        One on a row that was read as none in the first place is about a remark alone.
        """
        known = {label(heading) for heading in headings}
        spots = [(one.page, one.box) for one in told]
        for one in self._decisions:
            if one.carried or id(one) in self._done or one.action == "layout":
                continue
            if one.action == "role" and label(one.expect) in known:
                continue
            denied = one.action == "not-indicator" and any(
                page is not None and box is not None and one.is_at(page, box) for page, box in spots
            )
            if not denied:
                yield Remark(
                    rule="decision.gone",
                    subject=one.finding or one.value,
                    page=one.page,
                    box=one.box,
                    expected=one.expect,
                    parameters={
                        "line": str(one.line),
                        "value": one.value,
                        "finding": one.finding,
                    },
                )


def _first(read: Read, one: Decision) -> bool:
    """Whether a table still begins as it did when it was decided on."""
    first = " | ".join(texts(read.table.rows[0])) if read.table.rows else ""
    return not one.expect or label(first).startswith(label(one.expect))


def _header(read: Read, kinds: Sequence[str]) -> Header:
    """A heading with decided roles; its rows are those that were understood, if any were."""
    known = read.header
    skip, count = (known.skip, known.count) if known is not None else (0, 0)
    names = known.columns if known is not None else ()
    columns = tuple(
        Column(
            kind=cast("Kind", kind) if kind in get_args(Kind) else "unknown",
            header=names[index].header if index < len(names) else "",
            score=100,
        )
        for index, kind in enumerate(kinds)
    )
    return Header(skip=skip, count=count, columns=columns)


def _cell_at(row: Row, one: Decision) -> Placed | None:
    return next(
        (cell for cell in row if cell and one.is_at(cell.printed.page, cell.printed.box)), None
    )


def _in(box: Box, one: Decision) -> bool:
    """Whether the middle of a box lies in the place of a decision."""
    if one.box is None:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return one.box[0] <= x <= one.box[2] and one.box[1] <= y <= one.box[3]
