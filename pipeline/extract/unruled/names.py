"""Names of rows that stand left of the ruled columns of their table."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.extract.pdf.lines import BLANKS, TextLine, box_of, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Grid, GridCell
from pipeline.extract.unruled.gutters import is_figure
from pipeline.model import Box

_FEWEST = 2
"""Rows of figures that have to have a name, at least."""


def with_names(
    grid: Grid, contents: Sequence[list[Glyph]], outside: Sequence[Glyph], others: Sequence[Box]
) -> tuple[Grid, list[list[Glyph]]] | None:
    """A grid of figures with the names left of it as its first column; ``None`` if there are none.

    Each row that begins with a figure has words beside it, from one left edge on, that keep
    within the height of the row; nothing else stands between them and the table.  ``others``:
    boxes of the other tables.
    """
    left, top, right, bottom = grid.box
    rows = sorted(
        (cell.box[1], cell.box[3], number)
        for number, cell in enumerate(grid.cells)
        if cell.box[0] == left
    )
    beside = [
        glyph
        for glyph in outside
        if glyph.x1 <= left and top < glyph.y - 0.35 * glyph.run.size < bottom
        if glyph.run.angle == 0 and glyph.text not in BLANKS
    ]
    if not beside or any(box[2] <= left and box[1] < bottom and top < box[3] for box in others):
        return None
    figures = [row for row in rows if _begins_with_figure(contents[row[2]])]
    if len(figures) < max(_FEWEST, 0.5 * len(rows)):
        return None
    names = [_in_row(beside, upper, lower) for upper, lower, _ in rows]
    named = [lines for row, lines in zip(rows, names, strict=True) if row in figures and lines]
    if len(named) < len(figures) or not _one_column([line for lines in named for line in lines]):
        return None
    if sum(len(line.glyphs) for lines in names for line in lines) < len(beside):
        return None
    start = min(glyph.x0 for glyph in beside) - 2
    cells = [GridCell((start, upper, left, lower)) for upper, lower, _ in rows]
    return (
        msgspec.structs.replace(grid, box=(start, top, right, bottom), cells=[*cells, *grid.cells]),
        [*([g for line in lines for g in line.glyphs] for lines in names), *contents],
    )


def _begins_with_figure(glyphs: Sequence[Glyph]) -> bool:
    lines = lines_of(glyphs)
    return bool(lines) and all(is_figure(line.text) for line in lines)


def _in_row(glyphs: Sequence[Glyph], top: float, bottom: float) -> list[TextLine]:
    """The lines between two rules that lie whole between them."""
    inside = [g for g in glyphs if top < g.y - 0.35 * g.run.size < bottom]
    if not inside or box_of(inside)[1] < top - 2 or box_of(inside)[3] > bottom + 2:
        return []
    return lines_of(inside)


def _one_column(lines: Sequence[TextLine]) -> bool:
    """Whether lines are words that begin, end, or have their middle at one place."""
    if not lines or any(is_figure(line.text) for line in lines):
        return False
    size = lines[0].size
    return any(
        max(at) - min(at) <= 2.5 * size
        for at in (
            [line.box[0] for line in lines],
            [line.box[2] for line in lines],
            [(line.box[0] + line.box[2]) / 2 for line in lines],
        )
    )
