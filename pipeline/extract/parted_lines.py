"""Lines of text outside the tables, parted where they are of several tables or columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import inf

from pipeline.extract.pdf.lines import BLANKS, TextLine, lines_of
from pipeline.model import Table

LINE_SPLIT = 1.6
"""Font sizes between two texts of one line from which on they stand apart."""
_BESIDE = 10.0
"""Points of height that two tables have in common if they stand side by side."""
_INTO_GUTTER = 1.0
"""Points by which a letter may reach into the gutter between them."""
_ACROSS = 0.2
"""The share of its height by which a line is on both sides of an edge that cuts it."""


def parted(texts: Sequence[TextLine], tables: Sequence[Table]) -> list[TextLine]:
    """The lines of a page, parted at gutters between tables and at sides of columns."""
    return parted_at_sides(_parted_at_gutters(texts, tables), tables)


def _parted_at_gutters(texts: Sequence[TextLine], tables: Sequence[Table]) -> list[TextLine]:
    """The lines, those over two tables side by side parted where they leave the gutter free.

    Two headings set close to one another are one line by their gap alone.
    """
    gutters = [
        (min(one.box[2], other.box[2]), max(one.box[0], other.box[0]))
        for one, other in combinations(tables, 2)
        if min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) >= _BESIDE
    ]
    parted = list(texts)
    for left, right in dict.fromkeys(gutters):
        whole, parted = parted, []
        for line in whole:
            seen = [glyph for glyph in line.glyphs if glyph.text not in BLANKS]
            before = [glyph for glyph in seen if glyph.x1 <= left + _INTO_GUTTER]
            behind = [glyph for glyph in seen if glyph.x0 >= right - _INTO_GUTTER]
            free = right - left >= line.size and len(before) + len(behind) == len(seen)
            if before and behind and free and not line.ruby:
                sides = (
                    [glyph for glyph in line.glyphs if glyph.x1 <= behind[0].x0],
                    [glyph for glyph in line.glyphs if glyph.x1 > behind[0].x0],
                )
                parted += [one for side in sides for one in lines_of(side, split=LINE_SPLIT)]
            else:
                parted.append(line)
    return parted


def parted_at_sides(texts: Sequence[TextLine], tables: Sequence[Table]) -> list[TextLine]:
    """The lines, those that the upper or lower edge of a table cuts parted at its columns.

    Such are texts of merged cells that go on over the page edge (基本目標 and 施策 in one line).
    """
    return [part for line in texts for part in _at_sides(line, tables)]


def _at_sides(line: TextLine, tables: Sequence[Table]) -> Iterator[TextLine]:
    reach = _ACROSS * (line.box[3] - line.box[1])
    for table in tables:
        for edge in table.box[1::2]:
            if line.box[1] + reach <= edge <= line.box[3] - reach:
                cells = [cell.box for cell in table.cells if edge in cell.box[1::2]]
                sides = sorted({side for box in cells for side in box[::2]})
                parts = [
                    [glyph for glyph in line.glyphs if left <= (glyph.x0 + glyph.x1) / 2 < right]
                    for left, right in pairwise((-inf, *sides[1:-1], inf))
                ]
                if sum(map(bool, parts)) > 1:
                    yield from (one for part in parts for one in lines_of(part, split=LINE_SPLIT))
                    return
    yield line
