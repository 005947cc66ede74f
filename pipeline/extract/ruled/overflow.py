"""Text that runs over the edge of its cell, given back to the cell it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.boxes import rounded
from pipeline.extract.pdf.lines import BLANKS, box_of, cell_text
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Grid
from pipeline.model import Remark

CLOSING = frozenset(")）]］】」』〉》、。，．")
"""Marks that no line begins with; some producers let them hang over the edge instead."""
_SHARES = frozenset("%％‰")
_OF_A_FIGURE = _SHARES | frozenset("0123456789０１２３４５６７８９,，.．-－−△▲")
_LONGEST = 10
"""Font sizes by which a figure may run over the side of a table."""
_TOUCH, _STRUCK = 0.06, 0.1
"""Font sizes between glyphs that touch, at most; on both sides of an edge that runs through one."""


def pull_back(grid: Grid, contents: list[list[Glyph]], outside: list[Glyph]) -> list[Glyph]:
    """Give closing marks that hang over an edge to the cell whose text they end (ぶら下げ組み).

    Moves them within ``contents`` and gives back the glyphs that are still outside.
    """
    for number, cell in enumerate(grid.cells):
        left = cell.box[0]
        marks = [g for g in contents[number] if g.text in CLOSING and g.x0 < left + g.run.size]
        for mark in sorted(marks, key=lambda glyph: glyph.x0):
            owner = _cell_before(mark, grid, contents, left)
            if owner is not None:
                contents[number].remove(mark)
                contents[owner].append(mark)
    hanging = [g for g in outside if g.text in CLOSING and g.x0 < grid.box[2] + g.run.size]
    taken: set[int] = set()
    for mark in sorted(hanging, key=lambda glyph: glyph.x0):
        owner = _cell_before(mark, grid, contents, grid.box[2])
        if owner is not None:
            contents[owner].append(mark)
            taken.add(id(mark))
    return [glyph for glyph in outside if id(glyph) not in taken] if taken else outside


def _cell_before(mark: Glyph, grid: Grid, contents: list[list[Glyph]], edge: float) -> int | None:
    """The cell that ends at ``edge`` and whose text the mark follows without a gap."""
    for number, cell in enumerate(grid.cells):
        _, top, x1, bottom = cell.box
        if abs(x1 - edge) > 1 or not top <= mark.y <= bottom + 1:
            continue
        if any(run_on([glyph], [mark]) and glyph.x0 < mark.x0 for glyph in contents[number]):
            return number
    return None


def gather_overflow(number: int, grid: Grid, contents: list[list[Glyph]]) -> list[Remark]:
    """Give text that runs over the edge of its cell to one cell.

    Only where a rule strikes through a glyph, or glyphs on both its sides nearly touch; of a cell
    that holds text of its own only what is no blank at the edge.
    """
    remarks: list[Remark] = []
    for whole in _texts_over_edges(grid, contents):
        own = {id(glyph) for glyph in whole}
        touched = [n for n, glyphs in enumerate(contents) if any(id(g) in own for g in glyphs)]
        parts = sorted(
            ([glyph for glyph in contents[cell] if id(glyph) in own] for cell in touched),
            key=lambda part: part[0].x0,
        )
        if not all(run_on(first, second) for first, second in pairwise(parts)):
            continue
        filled = {
            cell
            for cell in touched
            if any(id(glyph) not in own and glyph.text not in BLANKS for glyph in contents[cell])
        }
        owner = _owner(grid, touched, parts, filled)
        others = [cell for cell in touched if cell != owner]
        if filled - {owner} and any(
            _blank_between(first, second) for first, second in pairwise(parts)
        ):
            continue
        for cell in others:
            contents[owner].extend(glyph for glyph in contents[cell] if id(glyph) in own)
            contents[cell] = [glyph for glyph in contents[cell] if id(glyph) not in own]
        remarks.append(_crossing(number, whole))
    return remarks


def gather_beyond(
    number: int, grid: Grid, contents: list[list[Glyph]], outside: list[Glyph]
) -> tuple[list[Glyph], list[Remark]]:
    """Give figures that run over the outer side of a table to the cell in which they stand too.

    Of 1440 of which only the 1 stands in its cell, the rest is no text beside the table.  Moves
    glyphs into ``contents`` and gives back those that are still outside.
    """
    left, top, right, bottom = grid.box
    near = [
        glyph
        for glyph in outside
        if glyph.text in _OF_A_FIGURE
        and top <= glyph.y <= bottom + 1
        and (
            right <= glyph.x1 <= right + _LONGEST * glyph.run.size
            or left - _LONGEST * glyph.run.size <= glyph.x0 <= left
        )
    ]
    remarks: list[Remark] = []
    taken: set[int] = set()
    for cell in contents if near else ():
        runs = {id(glyph.run) for glyph in cell}
        beyond = [glyph for glyph in near if id(glyph.run) in runs and id(glyph) not in taken]
        for run in {id(glyph.run): glyph.run for glyph in beyond}.values():
            whole = sorted(
                (glyph for glyph in [*cell, *beyond] if glyph.run is run), key=lambda g: g.x0
            )
            if all(one.text in _OF_A_FIGURE for one in whole) and all(
                follows(one, other) for one, other in pairwise(whole)
            ):
                gone = [glyph for glyph in beyond if glyph.run is run]
                cell.extend(gone)
                taken.update(map(id, gone))
                remarks.append(_crossing(number, whole))
    return [glyph for glyph in outside if id(glyph) not in taken] if taken else outside, remarks


def _crossing(number: int, whole: list[Glyph]) -> Remark:
    return Remark(
        rule="reading.text-crosses-rule",
        page=number,
        box=rounded(box_of(whole)),
        printed=cell_text(whole),
    )


def _texts_over_edges(grid: Grid, contents: Sequence[Sequence[Glyph]]) -> list[list[Glyph]]:
    """The texts that have glyphs in several cells.

    A text object is one text; producers that draw each letter by itself leave it to its glyphs to
    touch, and then one of them has to be struck by the edge, or the other cell begins with the
    sign of a share that stands apart from its own text.  Where a text object has several letters,
    one that begins where it ends is a text of its own: a figure beside a name that is too long.
    """
    letters = Counter(id(glyph.run) for glyphs in contents for glyph in glyphs)

    def goes_on(last: Glyph, before: int, glyph: Glyph, cell: int) -> bool:
        alone = letters[id(last.run)] == letters[id(glyph.run)] == 1
        return touches_next(last, glyph) and (
            cell == before
            or (alone and _is_struck(last, glyph, grid, cell))
            or _is_sign_before(glyph, contents[cell])
        )

    placed = sorted(
        ((glyph, cell) for cell, glyphs in enumerate(contents) for glyph in glyphs),
        key=lambda one: one[0].index,
    )
    texts: list[list[tuple[Glyph, int]]] = []
    for glyph, cell in placed:
        last, before = texts[-1][-1] if texts else (None, -1)
        if last is not None and (last.run is glyph.run or goes_on(last, before, glyph, cell)):
            texts[-1].append((glyph, cell))
        else:
            texts.append([(glyph, cell)])
    return [[glyph for glyph, _ in text] for text in texts if len({cell for _, cell in text}) > 1]


def touches_next(last: Glyph, following: Glyph) -> bool:
    """Whether a glyph of another text object begins where the last one ends, on its line."""
    size = last.run.size
    return (
        size == following.run.size
        and last.run.angle == following.run.angle == 0
        and abs(last.y - following.y) <= _TOUCH * size
        and abs(following.x0 - last.x1) <= _TOUCH * size
    )


def _is_struck(last: Glyph, following: Glyph, grid: Grid, cell: int) -> bool:
    """Whether the edge before a cell runs through one of two glyphs that touch."""
    edge, slack = grid.cells[cell].box[0], _STRUCK * last.run.size
    return any(one.x0 + slack < edge < one.x1 - slack for one in (last, following))


def _is_sign_before(glyph: Glyph, beside: Sequence[Glyph]) -> bool:
    """Whether a sign of a share stands before other text of its line, and apart from it."""
    reach = glyph.x1 + _TOUCH * glyph.run.size
    return glyph.text in _SHARES and any(
        other.x0 > reach and abs(other.y - glyph.y) <= _TOUCH * glyph.run.size
        for other in beside
        if other.text not in BLANKS
    )


def _blank_between(first: list[Glyph], second: list[Glyph]) -> bool:
    """Whether a blank stands where two texts touch: they are columns of one drawn line then."""
    last = max(first, key=lambda glyph: glyph.x1)
    following = min(second, key=lambda glyph: glyph.x0)
    return last.text in BLANKS or following.text in BLANKS


def run_on(first: list[Glyph], second: list[Glyph]) -> bool:
    """Whether the second text goes on where the first ends, on the same baseline."""
    return follows(max(first, key=lambda glyph: glyph.x1), min(second, key=lambda glyph: glyph.x0))


def follows(last: Glyph, following: Glyph) -> bool:
    """Whether a glyph goes on where another ends, on the same baseline."""
    size = last.run.size
    return abs(last.y - following.y) < 0.2 * size and following.x0 - last.x1 < 0.12 * size


def _owner(grid: Grid, touched: list[int], parts: list[list[Glyph]], filled: set[int]) -> int:
    """The cell that a run belongs to: where it begins at the left edge or ends at the right.

    Else the only one that is not ``filled`` with a text of its own, or the one with most of it.
    """
    ordered = sorted(touched, key=lambda cell: grid.cells[cell].box[0])
    first, last = grid.cells[ordered[0]].box, grid.cells[ordered[-1]].box
    size = parts[0][0].run.size
    from_left = min(glyph.x0 for glyph in parts[0]) - first[0]
    from_right = last[2] - max(glyph.x1 for glyph in parts[-1])
    if from_left <= size or from_left <= from_right:
        return ordered[0]
    if from_right <= size:
        return ordered[-1]
    free = [cell for cell in touched if cell not in filled]
    if len(free) == 1:
        return free[0]
    longest = max(range(len(parts)), key=lambda index: len(parts[index]))
    return ordered[longest]
