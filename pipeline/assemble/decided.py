"""Decisions on tables, rows and claims: columns, rows that were given, what is no indicator.

Roles of headings are words of the vocabulary by then (``settings/assemble.py``).
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from pipeline.assemble.columns import FIGURES, Header
from pipeline.assemble.cut_rows import join_rows
from pipeline.assemble.given_columns import Given, header_of, parted
from pipeline.assemble.logical_tables import Placed, Row, texts
from pipeline.assemble.read_tables import Read
from pipeline.assemble.table_keys import bears, headings_of, is_same_table
from pipeline.assemble.vocabulary import is_number
from pipeline.boxes import holds
from pipeline.japanese.text import label
from pipeline.model import (
    Box,
    Claim,
    Extracted,
    IndicatorRow,
    Join,
    Layout,
    Place,
    Printed,
    ProjectRow,
    Remark,
)
from pipeline.settings.decisions import BELOW, PERSON, WHOLE, Action, Decision, given_columns


class Rulings:
    """The decisions of one document on its tables, and which of them were carried out."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._decisions = decisions
        self._done: set[int] = set()
        self._unfit: set[int] = set()
        self._told: list[Remark] = []

    def _of(self, action: Action) -> Iterator[Decision]:
        return (one for one in self._decisions if one.action == action and one.box is not None)

    def tables(self, read: Sequence[Read]) -> list[Read]:
        """The tables with the columns that a person gave them, their rows joined as decided."""
        for one in self._of("join"):
            for table in read:
                if self._join(table, one):
                    break
        return [self._with_columns(at, read) for at in range(len(read))]

    def _with_columns(self, at: int, tables: Sequence[Read]) -> Read:
        """A table with the columns that it was given; the last decision on it holds."""
        read, count = tables[at], len(tables[at].table.edges) - 1
        meant = [
            one
            for one in self._decisions
            if one.action == "table" and (_is_at(one, read) or self._is_alike(one, read, tables))
        ]
        fitting = [one for one in meant if len(given_columns(one.value)) == count]
        self._unfit |= {id(one) for one in meant if one not in fitting}
        self._done |= {id(one) for one in fitting}
        if not fitting:
            return read
        own = [one for one in fitting if not one.carried] or fitting
        given = given_columns(own[-1].value)
        header = _as_elsewhere(_header(read, given), tables[:at], tables[at + 1 :])
        table, told = parted(read.table, given, header.skip + header.count)
        self._told += told
        return Read(table=table, header=header)

    def _is_alike(self, one: Decision, read: Read, tables: Sequence[Read]) -> bool:
        """Whether a decision on a layout is about a table that it was not made at.

        That is one with the very headings of the table at which it was made, or, where that was in
        an earlier edition, one of the same layout.
        """
        if not one.layout or not is_same_table(one.layout, read):
            return False
        headed = read.header is not None and read.header.count
        if not headed and not bears(read, given_columns(one.value)):
            return False
        words = headings_of(read)
        decided = (headings_of(other) for other in tables if _is_at(one, other))
        return one.carried or words in decided

    def is_none(self, read: Read) -> bool:
        """Whether a person saw that a table which was not understood holds no indicators."""
        meant = [
            one
            for one in self._decisions
            if one.action == "layout" and one.layout and is_same_table(one.layout, read)
        ]
        self._done |= {id(one) for one in meant}
        return bool(meant)

    def _join(self, read: Read, one: Decision) -> bool:
        """Put the row that holds a place behind the row above it, or before the one below it."""
        rows, below = read.table.rows, one.value == BELOW
        for index in range(1, len(rows)):
            cell = _cell_at(rows[index - below], one)
            if cell is None or _cell_at(rows[index - (not below)], one) is cell:
                continue
            if one.expect and not one.holds(cell.printed):
                return False
            self._done.add(id(one))
            text = label(" / ".join(texts(rows[index - below])))
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

    def given(self, rows: Sequence[IndicatorRow], paper: Extracted) -> list[IndicatorRow]:
        """The rows, those that a person parted in their parts, and those that no reader saw."""
        made = list(rows)
        for one in self._of("split"):
            for at, row in enumerate(made):
                name = next((each for each in row.entries if each.kind == "name"), None)
                if name and one.is_at(name.printed.page, name.printed.box):
                    parts = given_rows(one, row) if one.holds(name.printed) else []
                    made[at : at + 1] = parts or [row]
                    self._note(one, parts, holds=one.holds(name.printed))
                    break
        for one in self._of("row"):
            at = row_before(made, one)
            same = not one.expect or label(one.expect) == label(text_at(paper, one.page, one.box))
            parts = given_rows(one, made[at]) if made and same else []
            made[at + 1 : at + 1] = parts
            self._note(one, parts, holds=same)
        return made

    def _note(self, one: Decision, parts: Sequence[IndicatorRow], *, holds: bool) -> None:
        """Take down whether rows were given, or why not: ``holds``, the paper is the same."""
        if parts:
            self._done.add(id(one))
        elif holds:
            self._unfit.add(id(one))

    def claims(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims, each under the goal of which it speaks by decision."""
        return tuple(map(self._claim, claims))

    def _claim(self, claim: Claim) -> Claim:
        for one in self._of("scope"):
            if any(one.is_at(*spot) for spot in claim.spots) and one.holds(claim.printed):
                self._done.add(id(one))
                number = None if one.value in WHOLE else int(one.value)
                return replace(claim, place=Place(goal_number=number))
        return claim

    def remarks(
        self, headings: Iterable[str], layouts: Iterable[Layout], told: Iterable[Remark]
    ) -> Iterator[Remark]:
        """A doubt for each decision whose place is gone, or whose cells do not fit it.

        One on a row that was read as none in the first place is about a remark alone; one that
        confirms a layout that is none is only told.
        """
        known = {label(heading) for heading in headings}
        keys = {layout.key for layout in layouts}
        spots = [(one.page, one.box) for one in told]
        yield from self._told
        for one in self._decisions:
            confirmed = one.action == "layout" and one.layout in keys
            if one.carried or id(one) in self._done or confirmed:
                continue
            if one.action == "role" and label(one.expect) in known:
                continue
            denied = one.action == "not-indicator" and any(
                page is not None and box is not None and one.is_at(page, box) for page, box in spots
            )
            if not denied:
                yield _not_done(one, self._rule_of(one))

    def _rule_of(self, one: Decision) -> str:
        """Why a decision was not carried out."""
        if one.action == "layout":
            return "decision.unused"
        return "decision.unfit" if id(one) in self._unfit else "decision.gone"


def _not_done(one: Decision, rule: str) -> Remark:
    """The remark on a decision that was not carried out."""
    return Remark(
        rule=rule,
        subject=one.finding or one.layout or one.value,
        page=one.page,
        box=one.box,
        expected=one.expect,
        parameters={"line": str(one.line), "value": one.value, "finding": one.finding},
    )


def text_at(paper: Extracted, page: int | None, box: Box | None) -> str:
    """All text whose middle lies in a box, as it was read from the page."""
    place = Decision(action="row", reason="", page=page, box=box)
    cells = (cell for table in paper.tables if table.page == page for cell in table.cells)
    texts_of_page: list[tuple[Box, str]] = [(cell.box, cell.text) for cell in cells]
    texts_of_page += [(line.box, line.text) for line in paper.lines if line.page == page]
    texts_of_page += [(rest.box, rest.text) for rest in paper.leftovers if rest.page == page]
    found = [
        (box[1], box[0], text) for box, text in texts_of_page if text.strip() and _in(box, place)
    ]
    return " ".join(text for _, _, text in sorted(found))


def row_before(rows: Sequence[IndicatorRow], one: Decision) -> int:
    """The row after which a given one stands: whose cells it has, whose place in the plan.

    The last above it on its page or before; where there is none, the first of all.
    """
    return rows_by_top(rows)(one)


def rows_by_top(rows: Sequence[IndicatorRow]) -> Callable[[Decision], int]:
    """:func:`row_before` for many decisions on the same rows."""
    tops = sorted((_top(row), at) for at, row in enumerate(rows) if row.entries)
    latest = list(accumulate((at for _, at in tops), max))

    def before(one: Decision) -> int:
        top = (one.page or 0, one.box[1] if one.box else 0.0)
        count = bisect_right(tops, (top, len(rows)))
        return latest[count - 1] if count else 0

    return before


def _top(row: IndicatorRow) -> tuple[int, float]:
    first = next((one for one in row.entries if one.kind == "name"), row.entries[0])
    return first.printed.page, first.printed.box[1]


def cells_of(row: IndicatorRow) -> list[Printed]:
    """The cells of a row from left to right, a cell with several roles once."""
    return list(dict.fromkeys(entry.printed for entry in row.entries))


def given_rows(one: Decision, like: IndicatorRow) -> list[IndicatorRow]:
    """The rows that a decision gives, with the columns of another one; none if they do not fit.

    They share the height of its box.
    """
    cells, rows = cells_of(like), one.rows
    if any(len(row) != len(cells) or not row[0] for row in rows):
        return []
    made = []
    for number, texts_of_row in enumerate(rows):
        taken = {
            printed: Printed(
                text=text,
                page=one.page or printed.page,
                box=_slice(printed.box, one.box or printed.box, number, len(rows)),
                reader=PERSON,
            )
            for printed, text in zip(cells, texts_of_row, strict=True)
        }
        entries = tuple(replace(entry, printed=taken[entry.printed]) for entry in like.entries)
        made.append(replace(like, entries=entries))
    return made


def _slice(column: Box, row: Box, number: int, count: int) -> Box:
    """The place of a cell: its column, and its part of the height."""
    height = (row[3] - row[1]) / count
    top = row[1] + number * height
    return (column[0], round(top, 2), column[2], round(top + height, 2))


def _is_at(one: Decision, read: Read) -> bool:
    """Whether a decision was made at a table, at any of its pages."""
    return any(one.is_at(piece.page, piece.box) for piece in read.table.pieces) and _first(
        read, one
    )


def _first(read: Read, one: Decision) -> bool:
    """Whether a table still begins as it did when it was decided on."""
    first = " | ".join(texts(read.table.rows[0])) if read.table.rows else ""
    return not one.expect or label(first).startswith(label(one.expect))


def _header(read: Read, given: Given) -> Header:
    """A heading with decided roles; its rows are those that were understood, if any were.

    Else the rows above the first one with a number under a column of figures.
    """
    known = read.header
    if known is None or not known.count:
        known = Header(skip=0, count=_headings_above(read.table.rows, given), columns=())
    above = [_columns(row) for row in read.table.rows[known.skip : known.skip + known.count]]
    return header_of(known, given, [_joined(above, at) for at in range(len(given))])


def _as_elsewhere(header: Header, before: Sequence[Read], after: Sequence[Read]) -> Header:
    """A heading without words, with those of another table that has the same figures in order.

    The rest of a table on a later page has none of its own; its years stand in those words.  The
    nearest table before it counts, else the first after it.
    """
    if any(column.header for column in header.columns):
        return header
    kinds = _figures_of(header)
    for other in (*reversed(before), *after):
        if other.header is not None and other.header.count and _figures_of(other.header) == kinds:
            words = iter([one.header for one in other.header.columns if one.kind in FIGURES])
            columns = tuple(
                dataclasses.replace(column, header=next(words))
                if column.kind in FIGURES
                else column
                for column in header.columns
            )
            return dataclasses.replace(header, columns=columns)
    return header


def _figures_of(header: Header) -> list[str]:
    return [column.kind for column in header.columns if column.kind in FIGURES]


def _headings_above(rows: Sequence[Row], given: Given) -> int:
    kinds = FIGURES - {"status"}
    figures = [at for at, parts in enumerate(given) if any(one.kind in kinds for one in parts)]
    for number, row in enumerate(rows):
        printed = _columns(row)
        words = [word for at in figures if at < len(printed) for word in printed[at].split()]
        if any(map(is_number, words)):
            return number
    return 0


def _columns(row: Row) -> list[str]:
    """The text over each column; a merged cell's stands over all of its columns."""
    return [cell.printed.text if cell else "" for cell in row]


def _joined(rows: Sequence[Sequence[str]], at: int) -> str:
    """What stands over a column, row by row, a text over several rows once."""
    return "\n".join(dict.fromkeys(row[at].strip() for row in rows if row[at:] and row[at].strip()))


def _cell_at(row: Row, one: Decision) -> Placed | None:
    return next((cell for cell in row if cell and _is_meant(cell, one)), None)


def _is_meant(cell: Placed, one: Decision) -> bool:
    """Whether a decision stands at a cell, or reaches from it as far into the rows on both sides.

    So a doubt about a name without figures does, which may be part of one of them.
    """
    page, box = cell.printed.page, cell.printed.box
    if one.box is None or page != one.page:
        return False
    over, under = box[1] - one.box[1], one.box[3] - box[3]
    reaching = (box[0], box[1] - over, box[2], box[3] + over)
    return one.is_at(page, box) or (
        over >= 0 and abs(over - under) <= 1 and one.is_at(page, reaching)
    )


def _in(box: Box, one: Decision) -> bool:
    """Whether the middle of a box lies in the place of a decision."""
    return one.box is not None and holds(one.box, box)
