"""Cells that are drawn as coloured areas, not with rules.

Areas that lie side by side, or against a ruled table, have sides that part cells as rules do: a
dark bar of headings over a table, light boxes on a dark ground.  Areas that stand alone
(highlighted words, banners) part nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.pdf.lines import BLANKS
from pipeline.extract.pdf.primitives import Fill, Glyph, Page, Rule
from pipeline.extract.pdf.visibility import background, contains
from pipeline.extract.ruled.grid import Grid
from pipeline.model import Box

_TOUCH = 3.5
_MOST_AREAS = 500
_FEWEST_ROWS = 3
_SMALLEST = (8.0, 6.0)


def area_rules(page: Page, grids: Sequence[Grid]) -> tuple[list[Rule], list[Rule]]:
    """The sides of areas that count as rules: horizontal ones, vertical ones."""
    tiles = _tiles(page, grids)
    if not tiles:
        return [], []
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    ruled = [grid.box for grid in grids]
    for tile in tiles:
        others = [other for other in tiles if other is not tile]
        if not any(beside(tile, other) for other in (*others, *ruled)):
            continue
        x0, top, x1, bottom = tile
        horizontal.extend((Rule(top, x0, x1), Rule(bottom, x0, x1)))
        vertical.extend((Rule(x0, top, bottom), Rule(x1, top, bottom)))
        for grid in grids:
            vertical.extend(Rule(x, top, bottom) for x in _divided(tile, grid, page.glyphs))
    return horizontal, vertical


def _tiles(page: Page, grids: Sequence[Grid]) -> list[Box]:
    """The areas outside ruled tables that show against what is behind them."""
    candidates: list[Fill] = []
    for fill in page.fills:
        x0, top, x1, bottom = fill.box
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if (
            x1 - x0 < _SMALLEST[0]
            or bottom - top < _SMALLEST[1]
            or (x1 - x0) * (bottom - top) > 0.9 * page.width * page.height
            or any(contains(grid.box, x, y) for grid in grids)
            or background(x, y, fill.order, page.fills) == fill.colour
        ):
            continue
        candidates.append(fill)
        if len(candidates) > _MOST_AREAS:
            return []
    return [
        fill.box
        for fill in candidates
        if sum(_holds(fill.box, other.box) for other in candidates) < 3
    ]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] - 0.5 <= inner[0]
        and outer[1] - 0.5 <= inner[1]
        and inner[2] <= outer[2] + 0.5
        and inner[3] <= outer[3] + 0.5
    )


def beside(first: Box, second: Box) -> bool:
    """Whether two boxes share a side, or nearly, over at least half of the shorter one."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    along = min(first[3], second[3]) - max(first[1], second[1])
    shared_x = 0.5 * min(first[2] - first[0], second[2] - second[0])
    shared_y = 0.5 * min(first[3] - first[1], second[3] - second[1])
    return (abs(along) <= _TOUCH and across >= shared_x) or (
        abs(across) <= _TOUCH and along >= shared_y
    )


def _divided(tile: Box, grid: Grid, glyphs: Sequence[Glyph]) -> list[float]:
    """The column rules of a table that also part the texts in a bar over or under it.

    None, unless the bar is as wide as the table, no text in it lies across one of them, and
    most columns have a text of their own.
    """
    if abs(tile[0] - grid.box[0]) > _TOUCH or abs(tile[2] - grid.box[2]) > _TOUCH:
        return []
    if not beside(tile, grid.box):
        return []
    columns = sorted({x for cell in grid.cells for x in (cell.box[0], cell.box[2])})
    inner = columns[1:-1]
    inside = [
        glyph
        for glyph in glyphs
        if glyph.text not in BLANKS
        and contains(tile, (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
    ]
    if not inner or any(glyph.x0 + 0.5 < x < glyph.x1 - 0.5 for glyph in inside for x in inner):
        return []
    filled = {sum(x <= (glyph.x0 + glyph.x1) / 2 for x in inner) for glyph in inside}
    return inner if len(filled) > 0.6 * (len(inner) + 1) else []


def is_striped(grid: Grid, ruled: Sequence[Grid]) -> bool:
    """Whether areas alone make too few or not all cells: stripes and highlights, no table."""
    if any(beside(grid.box, other.box) or _holds(grid.box, other.box) for other in ruled):
        return False
    lefts = {cell.box[0] for cell in grid.cells}
    tops = {cell.box[1] for cell in grid.cells}
    x0, top, x1, bottom = grid.box
    covered = sum((c.box[2] - c.box[0]) * (c.box[3] - c.box[1]) for c in grid.cells)
    return len(lefts) < 2 or len(tops) < _FEWEST_ROWS or covered < 0.95 * (x1 - x0) * (bottom - top)
