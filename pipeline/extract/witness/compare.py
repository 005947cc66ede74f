"""The second reading beside the first, cell by cell.

Nothing is taken from the second reader: its text stands beside the first one's, and differences
are told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import msgspec

from pipeline.boxes import Shelves, contains, holds
from pipeline.extract.pdf.lines import BLANKS, cell_text
from pipeline.extract.pdf.primitives import Glyph, Run
from pipeline.extract.ruled.cells import Guess
from pipeline.extract.ruled.overflow import CLOSING, follows
from pipeline.extract.witness.parse import NAME, WitnessGlyph, WitnessPage
from pipeline.japanese.same_reading import same_reading
from pipeline.model import Box, Extracted, Leftover, Remark, Table

CUT = "reading.cut-page"
_SAME_SIDE = 3.5
"""Points by which the sides of one cell may differ between the readers."""


# --------------------------------------------------------------------------- beside the first


def attach(first: Extracted, witnessed: list[WitnessPage], guesses: list[Guess]) -> Extracted:
    """The first reading with the second's text at every cell.

    Text that the first reader left over (hidden, ruby) is left out of the second's too.  A guess
    of the first at unmapped glyphs that the second confirms takes their place.  Form fields and
    notes are beyond the second reader: a cell that differs on such a page gets no reading of it.
    """
    guessed = {(guess.page, guess.box): guess.text for guess in guesses}
    annotated = {r.page for r in first.remarks if r.rule == "reading.form-fields"}
    left: dict[int, list[Leftover]] = {}
    for leftover in first.leftovers:
        left.setdefault(leftover.page, []).append(leftover)
    by_page: dict[int, list[Table]] = {}
    for table in first.tables:
        by_page.setdefault(table.page, []).append(table)
    confirmed: set[tuple[int | None, Box | None]] = set()
    tables: list[Table] = []
    differing: list[Remark] = []
    for number, here in by_page.items():
        page = witnessed[number - 1] if number <= len(witnessed) else WitnessPage([], [])
        placed = _prepare(page, left.get(number, []))
        their_cells = SameBoxes(page.cells)
        our_cells = SameBoxes([cell.box for table in here for cell in table.cells])
        crossing = [
            (remark.box, owner_of(remark, here))
            for remark in first.remarks
            if remark.rule == "reading.text-crosses-rule" and remark.page == number and remark.box
        ]
        for table in here:
            inner = [other.box for other in here if other is not table and _holds(table, other)]
            cells = []
            for cell in table.cells:
                foreign = [box for box, owner in crossing if owner != cell.box]
                own = [box for box, owner in crossing if owner == cell.box]
                text = second_text(
                    cell.box,
                    placed,
                    their_cells,
                    (*foreign, *inner),
                    own,
                    ruled=table.method == "ruled",
                )
                guess = guessed.get((number, cell.box))
                if guess is not None and "\ufffd" not in guess and same_reading(guess, text):
                    confirmed.add((number, cell.box))
                    cells.append(msgspec.structs.replace(cell, text=guess, second=text))
                elif number in annotated and not same_reading(cell.text, text):
                    cells.append(cell)
                else:
                    cells.append(msgspec.structs.replace(cell, second=text))
            tables.append(msgspec.structs.replace(table, cells=tuple(cells)))
            if table.method == "ruled":
                differing.extend(structure_remarks(table, their_cells, our_cells, placed))
    return msgspec.structs.replace(
        first,
        tables=tuple(tables),
        second_reader=NAME,
        remarks=(
            *(
                remark
                for remark in first.remarks
                if remark.rule != "reading.unreadable-glyph"
                or (remark.page, remark.box) not in confirmed
            ),
            *differing,
            *_lost_pages(first, witnessed),
            *cut_remarks(first, (n for n, page in enumerate(witnessed, start=1) if page.cut)),
        ),
    )


def blank_pages(first: Extracted) -> set[int]:
    """The pages on which the first reader found nothing at all, nor told why."""
    told = {one.page for one in first.remarks} | {one.page for one in first.leftovers}
    return {page.number for page in first.document.pages if page.kind == "empty"} - told


def _lost_pages(first: Extracted, witnessed: list[WitnessPage]) -> Iterator[Remark]:
    """Pages that the second reader finds written and the first one blank or not at all.

    It gave them up, or the file counts fewer pages than it has.
    """
    blank = blank_pages(first)
    count = len(first.document.pages)
    for number, page in enumerate(witnessed, start=1):
        if (number in blank or number > count) and any(
            glyph.text not in BLANKS for glyph in page.glyphs
        ):
            yield Remark(rule="reading.damaged-page", page=number)


def cut_remarks(first: Extracted, cut: Iterable[int]) -> Iterator[Remark]:
    """Of pages whose drawing ends in the middle: each of their tables, or the page without any."""
    told = {one.page for one in first.remarks if one.rule == CUT}
    for number in cut:
        boxes: list[Box | None] = [one.box for one in first.tables if one.page == number]
        for box in (boxes or [None]) if number not in told else ():
            yield Remark(rule=CUT, page=number, box=box)


def structure_remarks(
    table: Table, their_cells: SameBoxes, our_cells: SameBoxes, placed: list[Placed]
) -> list[Remark]:
    """What the second reader says of the cells of a ruled table; nothing where it agrees.

    Where it found less than half of the cells it is no witness of this table.  ``our_cells``:
    those of all tables of the page.
    """
    mine = [cell.box for cell in table.cells]
    alone = [box for box in mine if their_cells.like(box) is None]
    if 2 * len(alone) > len(mine):
        return [Remark(rule="reading.table-not-witnessed", page=table.page, box=table.box)]
    if not alone:
        return []
    theirs = [box for box in their_cells.boxes if our_cells.like(box) is None]
    written = [box for box in theirs if _is_written(box, placed)]
    parted = sum(
        sum(_within(box, own) and _spans(box, own) for box in written) > 1 for own in alone
    )
    joined = sum(
        sum(_within(own, box) for own in alone if _is_written(own, placed)) > 1 for box in theirs
    )
    if not parted + joined:
        return []
    parameters = {"count": str(parted + joined)}
    return [
        Remark(rule="reading.grids-differ", page=table.page, box=table.box, parameters=parameters)
    ]


def _within(inner: Box, outer: Box) -> bool:
    smaller = (inner[2] - inner[0]) * (inner[3] - inner[1]) < 0.9 * (outer[2] - outer[0]) * (
        outer[3] - outer[1]
    )
    return smaller and holds(outer, inner)


def _spans(inner: Box, outer: Box) -> bool:
    """Whether a box reaches from side to side: the shading of a line within a cell does not."""
    near = [abs(a - b) <= _SAME_SIDE for a, b in zip(inner, outer, strict=True)]
    return (near[0] and near[2]) or (near[1] and near[3])


def _is_written(box: Box, placed: list[Placed]) -> bool:
    first = bisect_left(placed, box[1], key=attrgetter("y"))
    last = bisect_left(placed, box[3], key=attrgetter("y"))
    return any(box[0] <= here.x < box[2] for here in placed[first:last])


def owner_of(remark: Remark, tables: list[Table]) -> Box | None:
    """The cell that a text over the edge was given to."""
    for table in tables:
        for cell in table.cells:
            printed = remark.printed or ""
            if remark.box and printed in cell.text and _meet(cell.box, remark.box):
                return cell.box
    return None


def _meet(first: Box, second: Box) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )


def _holds(outer: Table, inner: Table) -> bool:
    a, b = outer.box, inner.box
    return a[0] <= b[0] and a[1] <= b[1] and b[2] <= a[2] and b[3] <= a[3] and a != b


class Placed(msgspec.Struct, gc=False):
    """A glyph of the second reader and the point that tells its cell.

    ``chain``: the middle of the text that it runs on in, which counts where no rule parts columns.
    """

    y: float
    x: float
    glyph: Glyph
    chain: float = 0.0


def _prepare(page: WitnessPage, left: list[Leftover]) -> list[Placed]:
    """The glyphs of a page by height, without those that the first reader left over.

    A closing mark goes where the text goes that it follows (ぶら下げ組み).
    """
    gone = {id(glyph) for glyph in _left_over(page.glyphs, left)} if left else set()
    runs: dict[int, Run] = {}
    placed: list[Placed] = []
    chain: list[Placed] = []
    last: Placed | None = None
    for index, item in enumerate(page.glyphs):
        run = runs.get(item.run)
        if run is None:
            run = runs[item.run] = Run(item.size, item.angle, 0, item.run)
        glyph = Glyph(
            item.text, item.x, item.y, item.x0, item.top, item.x1, item.bottom, index, run
        )
        here = Placed(_height(item), (item.x0 + item.x1) / 2, glyph)
        if id(item) in gone:
            continue
        if last is not None and follows(last.glyph, glyph):
            if item.text in CLOSING:
                here.x = last.x
        else:
            _settle(chain)
            chain = []
        last = here
        chain.append(here)
        placed.append(here)
    _settle(chain)
    placed.sort(key=attrgetter("y"))
    return placed


def _settle(chain: list[Placed]) -> None:
    """Tell the glyphs of one text where its middle is."""
    if chain:
        middle = (chain[0].glyph.x0 + chain[-1].glyph.x1) / 2
        for here in chain:
            here.chain = middle


def _left_over(glyphs: Sequence[WitnessGlyph], left: Sequence[Leftover]) -> Iterator[WitnessGlyph]:
    """The glyphs that the first reader left over: of each character of theirs the nearest.

    Another text may stand at the same place: a new number over the old one.
    """
    shelves = Shelves((one.box, number) for number, one in enumerate(left))
    inside: dict[tuple[int, str], list[WitnessGlyph]] = {}
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, _height(glyph)
        for number in shelves.reaching(y, y):
            if contains(left[number].box, x, y) and glyph.text in left[number].text:
                inside.setdefault((number, glyph.text), []).append(glyph)
    for (number, text), same in inside.items():
        yield from _nearest(same, text, left[number])


def _nearest(same: list[WitnessGlyph], text: str, leftover: Leftover) -> Iterator[WitnessGlyph]:
    """Of the glyphs of one character those nearest to where a text has it."""
    whole = leftover.text
    if len(same) <= whole.count(text):
        yield from same
        return
    x0, _, x1, _ = leftover.box
    for place in (found.start() for found in re.finditer(re.escape(text), whole)):
        middle = x0 + (place + len(text) / 2) * (x1 - x0) / len(whole)
        nearest = min(same, key=lambda glyph: abs((glyph.x0 + glyph.x1) / 2 - middle))
        same.remove(nearest)
        yield nearest


def _height(glyph: WitnessGlyph) -> float:
    if glyph.angle == 0:
        return glyph.y - 0.35 * glyph.size
    return (glyph.top + glyph.bottom) / 2


def second_text(
    cell: Box,
    placed: list[Placed],
    their_cells: SameBoxes,
    without: Sequence[Box],
    also: Sequence[Box],
    *,
    ruled: bool = True,
) -> str:
    """What the second reader read in a cell: in its own cell there, or else in the same box.

    Text in the boxes ``without`` belongs to other cells; that in ``also`` to this one.
    """
    x0, top, x1, bottom = their_cells.like(cell) or cell
    first = bisect_left(placed, top, key=attrgetter("y"))
    last = bisect_left(placed, bottom, key=attrgetter("y"))
    inside = [
        here.glyph
        for here in placed[first:last]
        if (
            x0 <= (here.x if ruled else here.chain) < x1
            or (also and any(contains(box, here.x, here.y) for box in also))
        )
        and not (without and any(contains(box, here.x, here.y) for box in without))
    ]
    inside.sort(key=attrgetter("index"))
    return cell_text(inside)


class SameBoxes:
    """Boxes among which those like another one are found without a look at all of them."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = boxes
        self._near: dict[tuple[float, float], list[int]] = {}
        for index, box in enumerate(boxes):
            self._near.setdefault(self._corner(box), []).append(index)

    def like(self, box: Box) -> Box | None:
        """The first of the boxes whose sides are the same, within the tolerance."""
        column, row = self._corner(box)
        near = (
            index
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for index in self._near.get((x, y), ())
            if _same_box(self.boxes[index], box)
        )
        found = min(near, default=None)
        return None if found is None else self.boxes[found]

    @staticmethod
    def _corner(box: Box) -> tuple[float, float]:
        return box[0] // _SAME_SIDE, box[1] // _SAME_SIDE


def _same_box(first: Box, second: Box) -> bool:
    return (
        abs(first[0] - second[0]) <= _SAME_SIDE
        and abs(first[1] - second[1]) <= _SAME_SIDE
        and abs(first[2] - second[2]) <= _SAME_SIDE
        and abs(first[3] - second[3]) <= _SAME_SIDE
    )
