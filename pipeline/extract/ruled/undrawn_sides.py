"""Cells over several columns or rows of their table in which a text stands in each of them.

A merged cell holds one text.  Where one stands on each side of a line that parts the other rows (or
columns), a rule may be missing: 1,464 and 1,511 are two values, two names those of two rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.boxes import rounded
from pipeline.extract.pdf.lines import BLANKS, TextLine, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Grid
from pipeline.japanese.text import number_text
from pipeline.model import Box, Remark

_SIDE = 2.0
"""Points by which sides of cells may differ that are one."""
_APART = 0.8
"""Font sizes between two texts of a line that stand in two columns, at least."""
_ROWS_APART = 0.8
"""Font sizes between the lines of two rows, at least; those of one text stand closer."""
_LONGEST = 12
"""Characters of a text beside a figure in the next column."""
_FIGURE = re.compile(r"[-+△▲▼(]*[0-9][0-9,.]*(?:%|[^\d\s]{1,3})?\)?")


def undrawn_sides(number: int, grid: Grid, contents: Sequence[Sequence[Glyph]]) -> list[Remark]:
    """A doubt for each cell of a page's grid that holds what may be several cells."""
    xs = _sides((cell.box[0], cell.box[2]) for cell in grid.cells)
    ys = _sides((cell.box[1], cell.box[3]) for cell in grid.cells)
    found: list[Remark] = []
    for cell, glyphs in zip(grid.cells, contents, strict=True):
        across = _within(xs, cell.box[0], cell.box[2])
        down = _within(ys, cell.box[1], cell.box[3])
        written = [glyph for glyph in glyphs if glyph.text not in BLANKS]
        if not written or not (across or down) or any(glyph.run.angle for glyph in written):
            continue
        lines = [line for line in lines_of(written) if not line.ruby]
        if any(_in_columns(line, across) for line in lines) or _in_rows(lines, down, cell.box):
            text = "\n".join(line.text for line in lines)
            found.append(
                Remark(
                    rule="reading.side-not-drawn", page=number, box=rounded(cell.box), printed=text
                )
            )
    return found


def _sides(pairs: Iterable[tuple[float, float]]) -> list[float]:
    found: list[float] = []
    for at in sorted(at for pair in pairs for at in pair):
        if not found or at - found[-1] > _SIDE:
            found.append(at)
    return found


def _within(sides: Sequence[float], first: float, last: float) -> Sequence[float]:
    return sides[bisect_right(sides, first + _SIDE) : bisect_left(sides, last - _SIDE)]


def _in_columns(line: TextLine, sides: Sequence[float]) -> bool:
    """Whether a figure and another short text stand on the two sides of a line between columns."""
    if not sides:
        return False
    parts: list[list[Glyph]] = []
    for glyph in sorted(line.glyphs, key=lambda glyph: glyph.x0):
        if parts and glyph.x0 - parts[-1][-1].x1 < _APART * glyph.run.size:
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    for first, second in pairwise(parts):
        texts = ["".join(glyph.text for glyph in part) for part in (first, second)]
        if (
            any(first[-1].x1 <= side <= second[0].x0 for side in sides)
            and any(_FIGURE.fullmatch(number_text(text)) for text in texts)
            and max(map(len, texts)) <= _LONGEST
        ):
            return True
    return False


def _in_rows(lines: Sequence[TextLine], sides: Sequence[float], box: Box) -> bool:
    """Whether a text stands in each of the rows that lines between them make, well apart."""
    if not sides:
        return False
    bands = list(pairwise((box[1], *sides, box[3])))
    rows = [[line for line in lines if top <= _middle(line) <= bottom] for top, bottom in bands]
    return all(rows) and all(
        min(line.box[1] for line in lower) - max(line.box[3] for line in upper)
        > _ROWS_APART * lower[0].glyphs[0].run.size
        for upper, lower in pairwise(rows)
    )


def _middle(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2
