"""Merged columns put beside the rows that their texts are for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import lines_of
from pipeline.extract.unruled.figure_rows import WRAPS
from pipeline.extract.unruled.found import Before, Found, FoundCell
from pipeline.extract.unruled.gutters import Row, Span, middle_of
from pipeline.extract.unruled.merged_columns import Column, Left, merged_columns
from pipeline.extract.unruled.merged_groups import Merged, Rows, parted
from pipeline.model import Box, Ground

_HIGHER_BY = 0.4
"""Font sizes by which a cell begins above another of its row that is lower, at least."""
_LEVEL = 0.2
"""Font sizes by which the middles of texts of one height differ, at most."""


def with_merged(
    rows: Sequence[Row],
    find: Callable[[Sequence[Left]], list[Found]],
    tiles: Sequence[Box] = (),
    *,
    before: Before,
) -> list[Found]:
    """The tables that ``find`` gives without merged columns, with these where they have them.

    ``tiles``: coloured areas, of which a merged cell may be one; ``before``: how the page before
    ends.
    """
    left = merged_columns(rows, before)
    while left:
        whole: list[Found] = []
        done: set[int] = set()
        for table in find(left):
            own = next((one for one in left if one.is_of(table.xs, table.ys)), None)
            made = own and _put_beside(own, table, tiles)
            whole.append(made or table)
            done |= {id(own)} if made else set()
        if len(done) == len(left):
            return whole
        left = [one for one in left if id(one) in done]
    return find([])


def _put_beside(left: Left, table: Found, tiles: Sequence[Box]) -> Found | None:
    """A table with its merged columns; ``None`` if its rows are not those of the figures."""
    levels = sum(left.headings is not None and y < left.headings[1] for y in table.ys[:-1])
    cells = [_cells_of(table, row) for row in range(levels, len(table.ys) - 1)]
    inside = [
        [at for at in left.rows if top < at < bottom] for top, bottom in pairwise(table.ys[levels:])
    ]
    if not all(cells) or any(at and at[-1] - at[0] > WRAPS * left.size for at in inside):
        return None
    reaches = [(min(top for top, _ in row), max(low for _, low in row)) for row in cells]
    rows = Rows(
        _sides(table, levels, reaches),
        [top for top, _ in reaches],
        left.size,
        left.open_top,
        left.open_bottom,
        left.centred or _is_centred(cells, left.size),
        _are_drawn(table),
    )
    merged = [
        Merged([block.reach for block in column.texts], _drawn(column, rows, tiles))
        for column in left.columns
    ]
    partings = parted(rows, merged)
    if partings is None:
        return None
    made = _joined(left, table, levels, partings)
    count = sum(len(column.texts) for column in left.columns)
    ground = Ground(decision="rows", sign="middles", count=count)
    return msgspec.structs.replace(made, grounds=[*table.grounds, ground])


def _cells_of(table: Found, row: int) -> list[Span]:
    """From where to where each cell of a row reaches, by the middles of its lines."""
    found = []
    for cell in table.cells:
        if cell.top == row and cell.bottom == row + 1 and cell.glyphs:
            lines = lines_of(cell.glyphs)
            half = max(line.size for line in lines) / 2
            heights = [middle_of(line.box) for line in lines]
            found.append((min(heights) - half, max(heights) + half))
    return found


def _is_centred(rows: Sequence[Sequence[Span]], size: float) -> bool:
    """Whether a cell stands half way down beside a higher one of its row."""
    return any(
        abs(sum(cell) - sum(highest)) <= 2 * _LEVEL * size
        for row in rows
        for highest in [max(row, key=lambda cell: cell[1] - cell[0])]
        for cell in row
        if cell[0] - highest[0] > _HIGHER_BY * size
    )


def _sides(table: Found, levels: int, reaches: Sequence[Span]) -> list[float]:
    """The sides of the rows of a table: half way between their texts, or where colours end.

    The texts of the first and last row stand in their middle.
    """
    if _are_drawn(table):
        inner = list(table.ys[levels + 1 : -1])
    else:
        inner = [(above[1] + below[0]) / 2 for above, below in pairwise(reaches)]
    if not inner:
        return [table.ys[levels], table.ys[-1]]
    first, last = sum(reaches[0]) / 2, sum(reaches[-1]) / 2
    return [2 * first - inner[0], *inner, 2 * last - inner[-1]]


def _are_drawn(table: Found) -> bool:
    """Whether colours show the sides of rows."""
    return any((one.decision, one.sign) == ("rows", "colours") for one in table.grounds)


def _drawn(column: Column, rows: Rows, tiles: Sequence[Box]) -> dict[int, tuple[int, int]]:
    """The rows of the coloured cells of a merged column, by the number of the text in them."""
    found: dict[int, tuple[int, int]] = {}
    for number, block in enumerate(column.texts):
        for x0, top, x1, bottom in tiles:
            middle = sum(column.sides) / 2
            if (
                x0 < middle < x1
                and top < block.middle < bottom
                and x1 <= column.sides[1] + rows.size
            ):
                ends = [
                    min(range(len(rows.sides)), key=lambda at: abs(rows.sides[at] - y))
                    for y in (top, bottom)
                ]
                found[number] = (ends[0], ends[1])
    return found


def _joined(left: Left, table: Found, levels: int, partings: Sequence[Sequence[int]]) -> Found:
    count = len(left.columns)
    rows = len(table.ys) - 1
    cells = [
        FoundCell(cell.top, cell.left + count, cell.bottom, cell.right + count, cell.glyphs)
        for cell in table.cells
    ]
    for place, (column, starts) in enumerate(zip(left.columns, partings, strict=True)):
        if levels:
            glyphs = column.heading.glyphs if column.heading else []
            cells.append(FoundCell(0, place, levels, place + 1, glyphs))
        if starts[0]:
            cells.append(FoundCell(levels, place, levels + starts[0], place + 1, []))
        for block, (top, bottom) in zip(column.texts, pairwise(starts), strict=True):
            cells.append(FoundCell(levels + top, place, levels + bottom, place + 1, block.glyphs))
        if levels + starts[-1] < rows:
            cells.append(FoundCell(levels + starts[-1], place, rows, place + 1, []))
    cells.sort(key=lambda cell: (cell.top, cell.left))
    xs = [*(column.sides[0] for column in left.columns), *table.xs]
    return msgspec.structs.replace(table, xs=xs, cells=cells)
