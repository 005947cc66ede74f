"""Statuses in colours beside rows whose other columns no side parts.

The sides of such areas would make two columns of the table: its last one, and all others as one.
"""

from __future__ import annotations

from collections import Counter

from pipeline.boxes import contains
from pipeline.extract.pdf.lines import BLANKS, lines_of
from pipeline.extract.pdf.primitives import Page
from pipeline.extract.ruled.grid import Grid
from pipeline.model import Box

_WIDE_APART = 2.0
"""Font sizes between two texts of one line that are of two columns, at least."""
_SEVERAL = 3
"""Texts wide apart in what would be one cell that are a row of columns, at least."""
_SAME = 0.5
"""Points between the sides of an area and of the cell that it fills, at most."""


def is_beside_rows(grid: Grid, page: Page) -> bool:
    """Whether areas colour one column of a grid and several texts stand in each other cell."""
    boxes = [cell.box for cell in grid.cells]
    coloured = [box for box in boxes if _is_area(box, page)]
    white = [box for box in boxes if box not in coloured]
    columns = {(round(box[0]), round(box[2])) for box in coloured}
    return len(columns) == 1 and bool(white) and all(_holds_several(box, page) for box in white)


def _is_area(box: Box, page: Page) -> bool:
    return any(
        all(abs(one - other) <= _SAME for one, other in zip(fill.box, box, strict=True))
        for fill in page.fills
    )


def _holds_several(box: Box, page: Page) -> bool:
    """Whether texts stand wide apart in a cell, at one height."""
    here = [
        glyph for glyph in page.glyphs if glyph.text not in BLANKS and contains(box, *glyph.middle)
    ]
    heights = Counter(round(line.box[3]) for line in lines_of(here, split=_WIDE_APART))
    return max(heights.values(), default=0) >= _SEVERAL
