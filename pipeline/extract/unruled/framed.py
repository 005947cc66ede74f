"""Rows that are one cell over several columns because nothing but a frame is ruled around them.

Striped tables draw the sides of every second row only, framed tables those of the whole.  Such a
row is divided by the columns of the rows that do show them, or else by the gutters of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge, Grid, GridCell
from pipeline.extract.unruled.between_rules import ruled_rows
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import Row, Span, columns_of, is_figure, rows_of
from pipeline.extract.unruled.rows import Level, between, grouped
from pipeline.model import Ground

_EDGE = 1.0
"""Points by which a text may stand out of its column."""


def divided(
    grid: Grid, contents: Sequence[list[Glyph]], level: Level | None = None
) -> Found | None:
    """A grid with its whole rows divided; ``None`` if it has none that show columns."""
    xs = sorted({x for cell in grid.cells for x in (cell.box[0], cell.box[2])})
    if len(xs) == 2:
        return _by_text(grid, contents, level)
    if len(xs) < 4:
        return None
    rows = {
        number: lines
        for number, cell in enumerate(grid.cells)
        if (lines := _rows_in(cell, contents[number], xs, level))
    }
    if not rows:
        return None
    ys = sorted({y for cell in grid.cells for y in (cell.box[1], cell.box[3])})
    ys = sorted({*ys, *(y for lines in rows.values() for y in between(lines))})
    cells: list[FoundCell] = []
    for number, cell in enumerate(grid.cells):
        left, top, right, bottom = cell.box
        first, last = xs.index(left), xs.index(right)
        if number not in rows:
            cells.append(FoundCell(ys.index(top), first, ys.index(bottom), last, contents[number]))
            continue
        sides = [top, *between(rows[number]), bottom]
        for line, (upper, lower) in zip(rows[number], pairwise(sides), strict=True):
            for column in range(first, last):
                glyphs = [
                    glyph
                    for row in line
                    for part in row.parts
                    if _column_of(part, xs) == column
                    for glyph in part.glyphs
                ]
                cells.append(
                    FoundCell(ys.index(upper), column, ys.index(lower), column + 1, glyphs)
                )
    grounds = [
        Ground(decision="place", sign="cells", count=len(grid.cells)),
        Ground(decision="columns", sign="rules", count=len(xs)),
        Ground(decision="rows", sign="lines", count=sum(map(len, rows.values()))),
    ]
    return Found(xs, ys, cells, "horizontal", grounds=grounds)


def _by_text(grid: Grid, contents: Sequence[list[Glyph]], level: Level | None) -> Found | None:
    """The table in a frame with no rules but some across its whole width."""
    left, _, right, _ = grid.box
    ys = sorted({y for cell in grid.cells for y in (cell.box[1], cell.box[3])})
    rows = rows_of([glyph for glyphs in contents for glyph in glyphs])
    return ruled_rows(rows, [Edge(y, left, right) for y in ys], [], level)


def _rows_in(
    cell: GridCell, glyphs: Sequence[Glyph], xs: Sequence[float], level: Level | None
) -> list[list[Row]]:
    """The rows of a cell over several columns, if its texts keep to these; else none.

    Each text stands in one column, and some row has a name, then figures, in most of the columns.
    """
    inner = [x for x in xs if cell.box[0] < x < cell.box[2]]
    if len(inner) < 2:
        return []
    gaps: list[Span] = [(x, x) for x in inner]
    rows = rows_of(glyphs)
    if any(
        part.box[0] < x - _EDGE and part.box[2] > x + _EDGE
        for row in rows
        for part in row.parts
        for x in inner
    ):
        return []
    full = [
        row
        for row in rows
        if 2 * len(columns_of(row, gaps)) > len(inner) + 1
        and _column_of(row.parts[0], [cell.box[0], *inner]) == 0
        and not is_figure(row.parts[0].text)
        and sum(is_figure(part.text) for part in row.parts) >= 2
    ]
    return grouped(rows, gaps, level=level) if full else []


def _column_of(part: TextLine, xs: Sequence[float]) -> int:
    return sum(x <= (part.box[0] + part.box[2]) / 2 for x in xs) - 1
