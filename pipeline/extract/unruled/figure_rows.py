"""The lines of figures of each table on a page, and the headings over them.

They tell where tables without rules stand before anything is known of their columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.anchors import is_whole_figure
from pipeline.extract.unruled.gutters import Row, Span, is_figure
from pipeline.japanese.eras import find_years

_FEWEST_FIGURES = 2
"""Figures of a row, at least; one will do beside several texts."""
_FEWEST_TEXTS = 4
_FEWEST_HEADINGS = 2
"""Headings over figures in a line, at least."""
_WIDEST = 8.0
"""Font sizes from a figure to the side of its column, at most."""
_FARTHEST = 6.5
"""Font sizes from one line of figures to the next of a table, at most."""
_APART = 1.3
"""Font sizes from a line of headings to the figures of a row, at least."""
_ROWS_BELOW = 5
"""Rows of figures of which the fullest shows how far columns reach."""
_STEP = 2.6
"""Font sizes from one line of headings to the next, at most."""
_OVERLAP = 0.8
"""Font sizes between two lines of headings of one level, at most."""
_UNDER = 0.5
"""Font sizes from the middle of the lowest heading to the foot of the headings."""
WRAPS = 1.6
"""Font sizes from a figure to what of it stands in the next line, at most."""


def figures_of(row: Row) -> list[TextLine]:
    """The texts of a line that are figures, not years nor signs for figures."""
    return [part for part in row.parts if _is_value(part.text)]


def _is_value(text: str) -> bool:
    return is_whole_figure(text) and any(map(str.isdigit, text)) and not find_years(text)


def _is_of_row(row: Row) -> bool:
    """Whether a line is that of the figures of a row."""
    few = 1 if row.columns >= _FEWEST_TEXTS else _FEWEST_FIGURES
    return len(figures_of(row)) >= few


def tables_of(rows: Sequence[Row]) -> list[list[int]]:
    """The lines of figures of each table, by their number; a table may be one of them alone."""
    found: list[list[int]] = []
    for number, row in enumerate(rows):
        if not _is_of_row(row):
            continue
        last = found[-1][-1] if found else number
        near = found and row.middle - rows[last].middle <= _FARTHEST * row.size
        if near and not any(_heads(rows, at, number) for at in range(last + 1, number)):
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _heads(rows: Sequence[Row], at: int, body: int) -> bool:
    """Whether a line has headings over several figures of another below it, and of those after.

    What wraps from a figure above is none, nor what stands too near for another row.
    """
    line = rows[at]
    if figures_of(line) or rows[body].middle - line.middle < _APART * line.size:
        return False
    above = [
        row for row in rows[max(0, at - 2) : at] if line.middle - row.middle <= WRAPS * line.size
    ]
    middles = [
        (part.box[0] + part.box[2]) / 2
        for part in line.parts
        if not _is_value(part.text)
        and not any(_overlap(part, figure) for row in above for figure in figures_of(row))
    ]
    fullest = max(
        [row for row in rows[body:] if _is_of_row(row)][:_ROWS_BELOW],
        key=lambda row: len(row.parts),
    )
    pairs = [
        (middle, number)
        for middle in middles
        for number, (left, right) in enumerate(_rooms(fullest))
        if left < middle < right
    ]
    headed = min(len({middle for middle, _ in pairs}), len({number for _, number in pairs}))
    return headed >= _FEWEST_HEADINGS


def _rooms(row: Row) -> list[Span]:
    """How far the columns of the last figures of a line may reach at most.

    Those before words with two figures behind them are no values (numbers of rows).
    """
    words = [number for number, part in enumerate(row.parts) if not is_figure(part.text)]
    figures = {id(part) for part in figures_of(row)}
    behind = [
        number
        for number in words
        if sum(id(part) in figures for part in row.parts[number:]) >= _FEWEST_FIGURES
    ]
    room = _WIDEST * row.size
    found = []
    for number in range(max(behind, default=-1) + 1, len(row.parts)):
        part = row.parts[number]
        if id(part) in figures:
            before = row.parts[number - 1].box[2] if number else part.box[0] - room
            after = row.parts[number + 1 :]
            end = after[0].box[0] if after else part.box[2] + room
            found.append((max(before, part.box[0] - room), min(end, part.box[2] + room)))
    return found


def _overlap(part: TextLine, other: TextLine) -> bool:
    """Whether one text stands over another."""
    return part.box[0] < other.box[2] and other.box[0] < part.box[2]


def headings_over(rows: Sequence[Row], first: int, left: float, farthest: float) -> Span | None:
    """From where to where the headings over the first row of figures reach, by their middles.

    ``left``: where the columns begin that are not merged; ``farthest``: from one line to the next,
    in points.
    """
    size = rows[first].size
    lowest = highest = None
    for number in range(first - 1, -1, -1):
        row, below = rows[number], rows[number + 1]
        step = farthest if lowest is None else _STEP * size
        if below.middle - row.middle > step or _is_of_row(row):
            break
        if any(part.box[0] < left < part.box[2] for part in row.parts):
            break
        if lowest is None and _heads(rows, number, first):
            lowest, highest = _foot(rows, number, first), row.middle
        elif lowest is not None and figures_of(row):
            break
        elif lowest is not None and row.parts[-1].box[0] > left:
            highest = row.middle
    if lowest is None or highest is None:
        return None
    return highest - size, lowest + _UNDER * size


def _foot(rows: Sequence[Row], lowest: int, first: int) -> float:
    """The height of the last line that overlaps with those of headings, above the first row."""
    while (
        rows[lowest + 1].middle - rows[lowest].middle < _OVERLAP * rows[lowest].size
        and rows[first].middle - rows[lowest + 1].middle >= _APART * rows[lowest].size
    ):
        lowest += 1
    return rows[lowest].middle
