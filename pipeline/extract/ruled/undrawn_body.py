"""The values of tables of which only the headings are drawn, over the columns and beside the rows.

Coloured cells or white rules on them part the headings; nothing is drawn around the values, or a
frame around all of them.  The sides of the headings are those of the columns and rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.extract.pdf.lines import lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Grid, GridCell
from pipeline.model import Box

_FEWEST_ROWS = 2
"""Headings of rows, at least."""
_FEWEST_COLUMNS = 2
"""Columns of values, at least."""
_FULLEST = 0.4
"""Share of the cells of values that hold text, at least."""
_SAME = 1.5
"""Points by which the sides of headings of one row or column differ, at most."""
_APART = 0.3
"""Font sizes between two texts of one line that stand in two cells, at least."""
_INSIDE = 1.0
"""Points by which a text may reach over a side."""


def with_bodies(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> list[Grid]:
    """Grids, those of headings with the cells of values that these enclose.

    A text across the side of a column says that headings enclose no values.
    """
    return [_with_body(grid, glyphs) for grid in _at_corners(grids)]


def _at_corners(grids: Sequence[Grid]) -> list[Grid]:
    """Grids, those over and beside one empty corner as one."""
    found = list(grids)
    for over in grids:
        for beside in grids:
            meet = (over.box[0], over.box[3]), (beside.box[2], beside.box[1])
            if over is beside or any(abs(a - b) > _SAME for a, b in zip(*meet, strict=True)):
                continue
            box = (beside.box[0], over.box[1], over.box[2], beside.box[3])
            found = [grid for grid in found if grid is not over and grid is not beside]
            found.append(
                replace(
                    over,
                    box=box,
                    cells=[*over.cells, *beside.cells],
                    horizontal=[*over.horizontal, *beside.horizontal],
                    vertical=[*over.vertical, *beside.vertical],
                )
            )
    return found


def _with_body(grid: Grid, glyphs: Sequence[Glyph]) -> Grid:
    left, top, right, bottom = grid.box
    boxes = [cell.box for cell in grid.cells]
    over = [box for box in boxes if box[0] > left + _SAME and box[3] < bottom - _SAME]
    if not over:
        return grid
    end = max(box[3] for box in over)
    side = min(box[0] for box in over)
    whole = [box for box in boxes if _is_same(box, (side, end, right, bottom))]
    boxes = [box for box in boxes if box not in whole]
    beside = sorted((b for b in boxes if b[0] <= left + _SAME and b[1] >= end - _SAME), key=_top)
    corner = [box for box in boxes if box not in over and box not in beside]
    if not _is_column(beside, (side, end, bottom)) or not _fill(over, (side, top, right, end)):
        return grid
    if corner and not _fill(corner, (left, top, side, end)):
        return grid
    columns = sorted((b[0], b[2]) for b in over if b[3] >= end - _SAME)
    body = [(x0, box[1], x1, box[3]) for box in beside for x0, x1 in columns]
    if len(columns) < _FEWEST_COLUMNS or not _hold(body, glyphs):
        return grid
    added = body if corner else [(left, top, side, end), *body]
    kept = [cell for cell in grid.cells if cell.box not in whole]
    return replace(grid, cells=[*kept, *map(GridCell, added)])


def _is_same(box: Box, other: Box) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(box, other, strict=True))


def _top(box: Box) -> float:
    return box[1]


def _is_column(beside: Sequence[Box], sides: tuple[float, float, float]) -> bool:
    """Whether cells below one another reach without a gap from a height on to another."""
    right, top, bottom = sides
    ends = [top, *(box[3] for box in beside)]
    return (
        len(beside) >= _FEWEST_ROWS
        and abs(ends[-1] - bottom) <= _SAME
        and all(
            abs(box[1] - end) <= _SAME and abs(box[2] - right) <= _SAME
            for end, box in zip(ends[:-1], beside, strict=True)
        )
    )


def _fill(boxes: Sequence[Box], box: Box) -> bool:
    """Whether cells cover a box."""
    covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in boxes)
    return covered >= 0.95 * (box[2] - box[0]) * (box[3] - box[1])


def _hold(body: Sequence[Box], glyphs: Sequence[Glyph]) -> bool:
    """Whether cells hold texts, most of them, and no text lies across their upright sides."""
    left, top = min(box[0] for box in body), min(box[1] for box in body)
    right, bottom = max(box[2] for box in body), max(box[3] for box in body)
    here = [
        glyph
        for glyph in glyphs
        if left < (glyph.x0 + glyph.x1) / 2 < right
        and top < (glyph.top + glyph.bottom) / 2 < bottom
    ]
    lines = [line.box for line in lines_of(here, split=_APART)]
    xs = sorted({x for box in body for x in (box[0], box[2])})
    if any(box[0] + _INSIDE < x < box[2] - _INSIDE for box in lines for x in xs):
        return False
    filled = sum(
        any(
            x0 < (line[0] + line[2]) / 2 < x1 and upper < (line[1] + line[3]) / 2 < lower
            for line in lines
        )
        for x0, upper, x1, lower in body
    )
    return filled >= _FULLEST * len(body)
