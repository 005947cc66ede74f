"""One row of words alone at the head of a page: the rest of the table on the page before.

It shows no columns by itself, but its texts begin one in each of those columns, as cells of words
do: at the left side.  Or the headings stand over it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.unruled.found import Before, Found, FoundCell
from pipeline.extract.unruled.gutters import Row, is_figure
from pipeline.extract.unruled.rows import between
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
    headings = _headings(rows, before)
    rows = rows[len(headings) :]
    if not rows or any(box[1] < rows[0].bottom for box in barriers):
        return None
    first = rows[0]
    columns = [columns_under(part, xs) for part in first.parts]
    if headings:
        alone = len(columns) > 1 and all(end - start == 1 for start, end in columns)
        whole = alone and len(set(columns)) == len(columns)
    else:
        whole = columns == list(pairwise(range(len(xs)))) and all(
            0 <= part.box[0] - xs[column] <= _INDENT * part.size and not is_figure(part.text)
            for part, (column, _) in zip(first.parts, columns, strict=True)
        )
    if not whole:
        return None
    lines = [first]
    for row in rows[1:]:
        if row.middle - lines[-1].middle > _NEXT * row.size:
            break
        if any(columns_under(part, xs)[1] - columns_under(part, xs)[0] > 1 for part in row.parts):
            return None
        lines.append(row)
    groups = [headings, lines] if headings else [lines]
    cells = [
        FoundCell(number, column, number + 1, column + 1, [])
        for number in range(len(groups))
        for column in range(len(xs) - 1)
    ]
    for number, group in enumerate(groups):
        for part in (part for line in group for part in line.parts):
            at = number * (len(xs) - 1) + columns_under(part, xs)[0]
            cells[at].glyphs.extend(part.glyphs)
    around = _AROUND * first.size
    ys = [groups[0][0].top - around, *between(groups), lines[-1].bottom + around]
    made = Found(list(xs), ys, cells, "text")
    made.grounds = [
        Ground(decision="place", sign="page-end", count=1),
        Ground(decision="columns", sign="page-end", count=len(xs)),
        Ground(decision="rows", sign="lines", count=len(groups)),
    ]
    return made


def _headings(rows: Sequence[Row], before: Before) -> list[Row]:
    """The first line, if it is the headings of the table on the page before."""
    first = rows[0]
    columns = [columns_under(part, before.xs)[0] for part in first.parts]
    texts = tuple("".join(part.text.split()) for part in first.parts)
    again = texts == before.headings and columns == list(range(len(before.xs) - 1))
    return [first] if again and not any(map(is_figure, texts)) else []
