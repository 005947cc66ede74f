"""Small tables: headings side by side over one row of figures, or two, with nothing ruled.

So few lines show no gutters of their own.  But where every figure stands under a heading and
every heading over a column, the two prove each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.anchors import figure_lines, is_whole_figure
from pipeline.extract.unruled.banners import Columns
from pipeline.extract.unruled.found import Found, FoundCell, assembled
from pipeline.extract.unruled.gutters import Row, Span, covered, crossed, is_lone
from pipeline.extract.unruled.rows import Level, between, grouped
from pipeline.extract.unruled.stacked_headings import headings_of
from pipeline.japanese.eras import find_years
from pipeline.model import Box, Ground

_FEWEST_COLUMNS = 3
"""Columns, at least: a name and two figures."""
_MOST_ROWS = 2
"""Rows of figures, at most; more show their columns by themselves."""

_MOST_HEADINGS = 6
"""Lines of headings, at most."""

_NEAR = 1.75
"""Font sizes from a line to the rest of its cell, at most."""

_APART = 1.4
"""Font sizes between a caption and the headings under it, at least."""

_FARTHEST = 3.6
"""Font sizes from one line of such a table to the next, at most."""


def headed_rows(
    rows: Sequence[Row], barriers: Sequence[Box], level: Level | None = None
) -> list[tuple[Found, list[Row]]]:
    """The small tables among lines, each with the lines that it takes."""
    found: list[tuple[Found, list[Row]]] = []
    free = 0
    for number, row in enumerate(rows):
        if number < free or not _is_figures(row):
            continue
        beside = [line for line in rows[free:number] if _is_beside(line, row)]
        first = beside[0] if beside else row
        above = _headings_over(rows[free : number - len(beside)], row, first, barriers)
        if not above:
            continue
        below = [*beside, *_goes_on(rows[number:], row, barriers)]
        made = _table(above, below, level)
        if made is not None and not _more_rows(made, rows[number + len(below) - len(beside) :]):
            found.append((made, [*above, *below]))
            free = number + len(below) - len(beside)
    return found


def _more_rows(made: Found, after: Sequence[Row]) -> bool:
    """Whether lines of figures go on in the columns under a table: then it is no small one."""
    end = made.ys[-1]
    gaps: list[Span] = [(x, x) for x in made.xs[1:-1]]
    for line in after:
        if line.middle - end > 2 * _FARTHEST * line.size:
            return False
        if _is_figures(line):
            return not any(crossed(part, gaps) for part in line.parts)
        if len(line.parts) >= _FEWEST_COLUMNS:
            return False
    return False


def _is_figures(row: Row) -> bool:
    """Whether a line is one of figures: several of them, apart."""
    figures = [
        part
        for part in row.parts
        if is_whole_figure(part.text) and not find_years(part.text.replace("（", "("))
    ]
    return len(figures) > 1 and len(row.parts) >= _FEWEST_COLUMNS and row.columns > 1


def _headings_over(
    above: Sequence[Row], row: Row, first: Row, barriers: Sequence[Box]
) -> list[Row]:
    """The lines of headings over a line of figures; none if what stands there is not that.

    ``first``: the first line of that row, which a name of several lines may begin higher.
    """
    left, right = row.parts[0].box[0] - 16 * row.size, row.parts[-1].box[2] + 6 * row.size
    taken: list[Row] = []
    end = first
    for line in reversed(above[-_MOST_HEADINGS - 2 :]):
        if end.middle - line.middle > _FARTHEST * line.size or _parts_them(line, end, barriers):
            break
        if line.parts[0].box[0] < left or line.parts[-1].box[2] > right:
            break
        if _is_figures(line) or abs(line.size - row.size) > 0.25 * row.size:
            break
        if len(line.parts) == 1 and _crosses(line.parts[0], row) and _at_left(line, row):
            break
        taken.insert(0, line)
        end = line
    while len(taken) > 1 and _is_caption(taken[0], taken[1], row):
        taken.pop(0)
    return taken if 0 < len(taken) <= _MOST_HEADINGS else []


def _is_caption(line: Row, below: Row, row: Row) -> bool:
    """Whether a line over headings is one text at the left side, a little apart from them."""
    apart = below.middle - line.middle > _APART * line.size
    return apart and len(line.parts) == 1 and _at_left(line, row)


def _is_beside(line: Row, row: Row) -> bool:
    """Whether a line overlaps another in height."""
    return row.middle - line.middle < 0.95 * min(row.size, line.size)


def _crosses(part: TextLine, row: Row) -> bool:
    """Whether a text lies over several texts of a line."""
    return sum(part.box[0] < o.box[2] and o.box[0] < part.box[2] for o in row.parts) > 1


def _at_left(line: Row, row: Row) -> bool:
    return line.parts[0].box[0] <= row.parts[0].box[0] + row.size


def _parts_them(first: Row, second: Row, barriers: Sequence[Box]) -> bool:
    """Whether a ruled table begins or ends between two lines, not only beside them."""
    low, high = sorted((first.middle, second.middle))
    left = min(first.parts[0].box[0], second.parts[0].box[0])
    right = max(first.parts[-1].box[2], second.parts[-1].box[2])
    return any(
        box[0] < right and left < box[2] and (low < box[1] < high or low < box[3] < high)
        for box in barriers
    )


def _goes_on(rows: Sequence[Row], first: Row, barriers: Sequence[Box]) -> list[Row]:
    """The lines of figures, from the first on, and what stands about and under them."""
    taken = [first]
    for line in rows[1:]:
        if line.middle - taken[-1].middle > _FARTHEST * line.size:
            break
        if _parts_them(taken[-1], line, barriers) or (
            is_lone(line) and not _is_near(line, taken[-1])
        ):
            break
        taken.append(line)
    return taken


def _is_near(line: Row, above: Row) -> bool:
    return line.middle - above.middle < _NEAR * min(line.size, above.size)


def _table(above: Sequence[Row], below: Sequence[Row], level: Level | None) -> Found | None:
    """The table of headings and rows of figures; ``None`` if they do not prove each other."""
    best: Found | None = None
    for skipped in range(len(above)):
        headings = above[skipped:]
        if skipped and not _may_be_caption(above[skipped - 1], below):
            break
        gaps = _gaps(headings, below)
        if len(gaps) + 1 < _FEWEST_COLUMNS:
            continue
        left = min(part.box[0] for row in (*headings, *below) for part in row.parts) - 2
        right = max(part.box[2] for row in (*headings, *below) for part in row.parts) + 2
        xs = [left, *[(low + high) / 2 for low, high in gaps], right]
        cells = headings_of(headings, xs)
        if cells is None or not _proved(cells, below, gaps):
            continue
        lines = grouped(below, gaps, level=level)
        if len(figure_lines(below, [(left, left)])) > _MOST_ROWS or len(lines) > _MOST_ROWS:
            continue
        levels = max(cell.bottom for cell in cells)
        top = headings[0].top - 0.3 * headings[0].size
        middle = between([list(headings), lines[0]])[0]
        ys = [
            middle,
            *between(lines),
            max(row.bottom for row in lines[-1]) + 0.3 * lines[-1][-1].size,
        ]
        body = assembled(lines, Columns(gaps), ys, (left, right), "text", level=level)
        if body is None:
            continue
        heights = [top + (middle - top) * level / levels for level in range(levels)]
        moved = [
            FoundCell(c.top + levels, c.left, c.bottom + levels, c.right, c.glyphs)
            for c in body.cells
        ]
        grounds = [
            Ground(decision="place", sign="figures", count=len(lines)),
            Ground(decision="columns", sign="gutters", count=len(gaps)),
            Ground(decision="rows", sign="lines", count=len(lines)),
            Ground(decision="headings", sign="middles", count=levels),
        ]
        best = Found(
            xs,
            [*heights, *ys],
            [*cells, *moved],
            "text",
            unsure=body.unsure,
            grounds=grounds,
        )
        break
    return best


def _may_be_caption(line: Row, below: Sequence[Row]) -> bool:
    """Whether a line over headings is one text that begins where the table does, or left of it."""
    start = min(part.box[0] for row in below for part in row.parts)
    return len(line.parts) == 1 and line.parts[0].box[0] <= start + 2 * line.size


def _gaps(headings: Sequence[Row], below: Sequence[Row]) -> list[Span]:
    """The spaces between columns: a column is a heading and what stands under it.

    Where there are as many headings as texts under them, these belong together one by one, even
    if figures are set to one side; else those that overlap do.
    """
    body = _columns([part.box for row in below for part in row.parts])
    for skipped in range(len(headings)):
        over = _columns([part.box for row in headings[skipped:] for part in row.parts])
        if len(over) == len(body):
            spans = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(over, body, strict=True)]
            if all(first[1] < second[0] for first, second in pairwise(spans)):
                return [(first[1], second[0]) for first, second in pairwise(spans)]
    texts = [part for row in headings for part in row.parts]
    under = [part for row in below for part in row.parts]
    narrow = [part for part in texts if sum(_overlap(part, other) for other in under) <= 1]
    spans = _columns([part.box for part in (*under, *narrow)])
    return [(first[1], second[0]) for first, second in pairwise(spans)]


def _columns(boxes: Sequence[Box]) -> list[Span]:
    """From where to where texts that overlap reach together."""
    columns: list[Span] = []
    for start, end in sorted((box[0], box[2]) for box in boxes):
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _overlap(first: TextLine, second: TextLine) -> bool:
    return first.box[0] < second.box[2] and second.box[0] < first.box[2]


def _proved(cells: Sequence[FoundCell], below: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether every figure has a heading, and most headings have a text under them.

    Only the first column, of names or of nothing, may lack one.
    """
    levels = max(cell.bottom for cell in cells)
    headed = {
        column
        for cell in cells
        if cell.glyphs and cell.bottom == levels
        for column in range(cell.left, cell.right)
    }
    filled = {
        column
        for row in below
        for part in row.parts
        for column in range(*covered(part.box[0], part.box[2], gaps))
    }
    return filled - {0} <= headed and len(headed & filled) >= max(
        _FEWEST_COLUMNS, 0.7 * len(headed)
    )
