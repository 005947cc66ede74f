"""One row of words alone at the head of a page: the rest of the table on the page before.

It shows no columns by itself, but its texts begin one in each of those columns, as cells of words
do: at the left side.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.unruled.found import Before, Found, FoundCell
from pipeline.extract.unruled.gutters import Row, is_figure
from pipeline.extract.unruled.strips import columns_under
from pipeline.model import Box, Ground

_FEWEST_COLUMNS = 3
"""Columns of such a row, at least: two texts side by side may be anything."""
_INDENT = 0.8
"""Font sizes behind the left side of a cell within which its text begins."""
_NEXT = 1.55
"""Font sizes from one line of a cell to the next, at most."""
_AROUND = 0.3
"""Font sizes between the text of a row and its sides."""


def row_at_head(rows: Sequence[Row], before: Before, barriers: Sequence[Box]) -> Found | None:
    """The row with which a table goes on, alone at the head of a page; ``None`` if none does.

    ``rows``: the lines of the page in no table; ``before``: how the page before ends;
    ``barriers``: the boxes of the tables of the page.
    """
    xs = before.xs
    if before.cut or not rows or len(xs) - 1 < _FEWEST_COLUMNS:
        return None
    first = rows[0]
    columns = [columns_under(part, xs) for part in first.parts]
    if columns != list(pairwise(range(len(xs)))) or any(box[1] < first.bottom for box in barriers):
        return None
    begin = all(
        0 <= part.box[0] - xs[column] <= _INDENT * part.size and not is_figure(part.text)
        for part, (column, _) in zip(first.parts, columns, strict=True)
    )
    if not begin:
        return None
    lines = [first]
    for row in rows[1:]:
        if row.middle - lines[-1].middle > _NEXT * row.size:
            break
        if any(columns_under(part, xs)[1] - columns_under(part, xs)[0] > 1 for part in row.parts):
            return None
        lines.append(row)
    cells = [FoundCell(0, column, 1, column + 1, []) for column in range(len(xs) - 1)]
    for line in lines:
        for part in line.parts:
            cells[columns_under(part, xs)[0]].glyphs.extend(part.glyphs)
    around = _AROUND * first.size
    ys = [first.top - around, lines[-1].bottom + around]
    made = Found(list(xs), ys, cells, "text")
    made.grounds = [
        Ground(decision="place", sign="page-end", count=1),
        Ground(decision="columns", sign="page-end", count=len(xs)),
        Ground(decision="rows", sign="lines", count=1),
    ]
    return made
