"""Headings whose letters are set apart to fill their column (均等割付), over figures.

Where no rules part the columns, such letters stand as far from each other as columns do.  The
figures below show the columns; of all ways to share the letters out among them the one is right
in which the letters of each heading stand evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.lines import TextLine, lines_of
from pipeline.extract.unruled.anchors import is_whole_figure
from pipeline.extract.unruled.gutters import Row, Span

_FEWEST_LETTERS = 5
"""Letters that stand alone in a line of such headings, at least."""
_FEWEST_COLUMNS = 3
"""Columns of a table, at least."""
_MOST_LINES = 12
"""Lines below that are looked at."""
_FARTHEST = 3.6
"""Font sizes from one line to the next, at most."""

_NEXT_LINE = 1.9
"""Font sizes from one line of a heading to the next, at most."""

_INTO = 0.3
"""Font sizes by which a heading may reach over the texts of the column beside it."""
_BLANKS = (0.25, 0.5)
"""Font sizes of a blank between two letters."""
_EVEN = 0.03
"""Font sizes by which the spaces between letters set apart differ, at most."""
_SOON = 3
"""Letters from one to the next of a word in the order in which they are drawn."""
_IN_LINE = 0.3
"""Font sizes by which a side or the middle of a heading is off that of its column, at most."""
_OF_ITS_OWN, _OFF, _NO_HEADING, _DRAWN_APART, _BLANK, _WIDE = 0.3, 0.4, 1.0, 2.0, 0.1, 0.1
"""What a heading costs, one off its column, none, letters drawn apart, a blank, and a space."""


def with_words(rows: Sequence[Row]) -> list[Row]:
    """The lines of a page, letters of headings that are set apart as words.

    A heading has its further lines with it, and stands where the texts of its column do.
    """
    found: list[Row] = []
    left = list(rows)
    while left:
        taken = 1
        ends_figures = bool(found) and _ends_figures(found[-1], left[0])
        if _is_spaced(left[0]) and not _is_figures(left[0]) and not ends_figures:
            below = _below(left)
            figures = [line for line in below if _is_figures(line)]
            columns = _columns(figures)
            if len(columns) >= _FEWEST_COLUMNS:
                end = next(at for at, line in enumerate(below) if line is figures[0])
                row, taken = _headings(below[:end], columns)
                found.append(row)
                left = left[taken:]
                continue
        found.append(left[0])
        left = left[taken:]
    return found


def _is_spaced(row: Row) -> bool:
    """Whether most texts of a line are single letters."""
    lone = [part.text for part in row.parts if len(part.text) == 1]
    letters = sum(map(str.isalpha, lone))
    return (
        letters >= _FEWEST_LETTERS and 2 * len(lone) > len(row.parts) and 3 * letters >= len(lone)
    )


def _ends_figures(above: Row, row: Row) -> bool:
    """Whether most texts of a line stand one by one under figures: units that wrap (65,000千 / 円).

    Of a heading that is set apart, several letters stand under one figure.
    """
    if row.middle - above.middle > _NEXT_LINE * row.size:
        return False
    alone = 0
    for figure in (part for part in above.parts if part.text[:1].isdigit()):
        alone += sum(p.box[0] < figure.box[2] and figure.box[0] < p.box[2] for p in row.parts) == 1
    return 2 * alone > len(row.parts)


def _below(rows: Sequence[Row]) -> list[Row]:
    """A line and those that follow it closely."""
    found = [rows[0]]
    for line in rows[1:_MOST_LINES]:
        if line.middle - found[-1].middle > _FARTHEST * line.size:
            break
        found.append(line)
    return found


def _is_figures(row: Row) -> bool:
    figures = sum(is_whole_figure(part.text) for part in row.parts)
    return len(row.parts) >= _FEWEST_COLUMNS and 2 * figures >= len(row.parts) and row.columns > 2


def _columns(rows: Sequence[Row]) -> list[Span]:
    """From where to where texts that overlap reach together."""
    columns: list[Span] = []
    for start, end in sorted((part.box[0], part.box[2]) for row in rows for part in row.parts):
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _headings(lines: Sequence[Row], columns: Sequence[Span]) -> tuple[Row, int]:
    """Lines of headings as one with a text a column, and how many of them it takes.

    The first line as it was where its letters cannot be shared out.
    """
    first = lines[0]
    words = _shared_out(first.parts, columns)
    if not words:
        return first, 1
    reach = {column: (parts[0].box[0], parts[-1].box[2]) for column, parts in words.items()}
    taken = 1
    for above, line in pairwise(lines):
        if line.middle - above.middle > _NEXT_LINE * line.size:
            break
        for part in line.parts:
            words[min(reach, key=lambda column: _away(part, reach[column]))].append(part)
        taken += 1
    texts = [_placed(parts, columns[column]) for column, parts in words.items()]
    return Row(texts, (first.middle + lines[taken - 1].middle) / 2, first.size), taken


def _away(part: TextLine, reach: Span) -> float:
    """How far a text is from what it may stand under; less than nothing if it does."""
    return max(reach[0] - part.box[2], part.box[0] - reach[1])


def _placed(parts: Sequence[TextLine], column: Span) -> TextLine:
    """A heading, where the texts of its column stand."""
    top, bottom = min(part.box[1] for part in parts), max(part.box[3] for part in parts)
    glyphs = [glyph for part in parts for glyph in part.glyphs]
    text = "".join(line.text for line in lines_of(glyphs))
    return TextLine(text, glyphs, extent=(column[0], top, column[1], bottom))


def _shared_out(parts: Sequence[TextLine], columns: Sequence[Span]) -> dict[int, list[TextLine]]:
    """The texts of a line by the column that they head; nothing where that cannot be."""
    cost, shares = min(_ways(parts, columns, space) for space in (_usual(parts), None))
    if cost == float("inf"):
        return {}
    starts = [0, *(end for end, _ in shares)]
    return {
        column: list(parts[start:end]) for start, (end, column) in zip(starts, shares, strict=False)
    }


def _ways(
    parts: Sequence[TextLine], columns: Sequence[Span], usual: float | None
) -> tuple[float, list[tuple[int, int]]]:
    """The likeliest way to share texts out: its cost, and each heading's end and column.

    ``usual``: the space between letters, if it is one for all.
    """
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for column in range(len(columns)):
        after = {start: (cost + _NO_HEADING, cuts) for start, (cost, cuts) in best.items()}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, len(parts) + 1):
                more = _cost(parts[start:end], column, columns, usual)
                if more is None:
                    break
                if end not in after or cost + _OF_ITS_OWN + more < after[end][0]:
                    after[end] = (cost + _OF_ITS_OWN + more, [*cuts, (end, column)])
        best = after
    return best.get(len(parts), (float("inf"), []))


def _usual(parts: Sequence[TextLine]) -> float | None:
    """The space between letters in font sizes, where it is one for all words of a line."""
    gaps = [_gap(before, after) for before, after in pairwise(parts)]
    alike = [[other for other in gaps if abs(gap - other) <= _EVEN] for gap in gaps]
    most = max(alike, key=len, default=[])
    return sum(most) / len(most) if 2 * len(most) >= len(gaps) > 0 else None


def _gap(before: TextLine, after: TextLine) -> float:
    return (after.box[0] - before.box[2]) / before.size


def _cost(
    parts: Sequence[TextLine], column: int, columns: Sequence[Span], usual: float | None
) -> float | None:
    """How unlikely texts are the heading of a column; ``None`` if they reach over the next."""
    size = parts[0].size
    left = columns[column - 1][1] if column else float("-inf")
    right = columns[column + 1][0] if column + 1 < len(columns) else float("inf")
    if parts[-1].box[2] > right + _INTO * size:
        return None
    if parts[0].box[0] < left - _INTO * size:
        return float("inf")
    gaps = [_gap(before, after) for before, after in pairwise(parts)]
    jumps = sum(
        after.glyphs[0].index - before.glyphs[-1].index > _SOON for before, after in pairwise(parts)
    )
    cost = _DRAWN_APART * jumps
    if usual is not None:
        return cost + sum(_unlike(gap, usual) + _WIDE * gap for gap in gaps)
    mean = sum(gaps) / max(len(gaps), 1)
    uneven = sum((gap - mean) ** 2 for gap in gaps)
    return cost + uneven + _off(parts, columns[column])


def _unlike(gap: float, usual: float) -> float:
    """How unlike the usual space one is; a blank may stand between two letters."""
    blank = min((gap - 2 * usual - width) ** 2 for width in _BLANKS) + _BLANK
    return min((gap - usual) ** 2, blank)


def _off(parts: Sequence[TextLine], column: Span) -> float:
    """What it costs that a heading is not in line with the texts of its column."""
    (start, end), (left, right) = column, (parts[0].box[0], parts[-1].box[2])
    room = _IN_LINE * parts[0].size
    if min(abs(left - start), abs(right - end)) <= room:
        return 0.0
    return _OFF / 4 if abs(left + right - start - end) / 2 <= room else _OFF
