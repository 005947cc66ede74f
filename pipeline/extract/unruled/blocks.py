"""Blocks of lines that share gutters: where a table without rules begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, takewhile

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.banners import banners_of, is_of_figures, names_figures
from pipeline.extract.unruled.gutters import (
    COLUMN_GAP,
    Row,
    Span,
    body_gutters,
    clusters,
    crossed,
    gutters,
    is_figure,
    step_between,
    united,
    united_row,
    usual_distance,
    wraps,
)
from pipeline.model import Box

_FAR_CAPTION, _NEAR_CAPTION = 1.3, 1.1
"""Usual distances of lines above a caption, at least: of any, and of one over far fewer columns."""
_MOST_BANNERS = 2
"""Lines over all columns that follow each other, at most."""
_FAR_BANNER, _NEAR_BANNER = 2.2, 1.5
"""Usual distances of such a line from the row above and the row below it, at most."""
_LOOK_AHEAD = 4
"""Rows of figures looked at below such a line."""
_OVERLAP = 0.95
"""Font sizes between lines that overlap in height, at most."""
_FEW = 8
"""Lines between which a heading in the middle of its column leaves a gutter beside the names."""
_FARTHEST = 6
"""Font sizes from one line of a block to the next, at most."""
_FAR = 3.2
"""Font sizes from one line to the next, from which on the lines around them have to tell more."""
_LARGER = 1.15
"""Times the size of the text of a table from which a lone line far below it is a caption."""
_EVEN_ROWS, _COLUMNS_OF_EVEN = 3, 3
"""Rows and columns, at least, of which equal steps say that they are one block."""
_LINES_OF_EVEN = 3
"""Lines of such a row, at most."""
_UNEVEN = 1.1
"""Times the shortest of equal steps that the longest is, at most."""
_MOST_HEADINGS = 4
"""Lines of headings, at most; a longer block is a table by itself."""


def blocks(rows: Sequence[Row], barriers: Sequence[Box]) -> list[list[Row]]:
    """Runs of lines that share gutters, with the lines of heading above them."""
    found: list[list[Row]] = []
    start = free = 0
    while start < len(rows):
        end = _end_of_block(rows, start, barriers)
        if end == start:
            start += 1
            continue
        for block in _parted(_trimmed(list(rows[start:end]))):
            first = _position(rows, block[0])
            heading = _heading(rows[free:first], block, barriers)
            while found and any(found[-1][0] is row for row in heading):
                found.pop()
            found.append([*heading, *block])
            if len(block) > _MOST_HEADINGS or any(names_figures(row) for row in block):
                free = first + len(block)
        start = end
    return found


def _end_of_block(rows: Sequence[Row], start: int, barriers: Sequence[Box]) -> int:
    """Where the run of lines ends that begins with a line; ``start`` if it begins none."""
    if rows[start].columns == 1:
        return start
    end = start + 1 + _even(rows[start : start + _EVEN_ROWS * _LINES_OF_EVEN], barriers)
    while end < len(rows):
        if not _goes_on(rows[start:end], rows[end], barriers):
            if _go_on_as_one(rows[start:end], rows[end : end + 2], barriers):
                end += 2
                continue
            banners = _banners(rows, start, end, barriers)
            if not banners:
                break
            end += banners
        end += 1
    return end


def _even(lines: Sequence[Row], barriers: Sequence[Box]) -> int:
    """How many lines go on with a first one to rows in equal steps, and in as many columns.

    So rows belong together that stand too far apart to tell it of two of them.
    """
    whole = clusters(lines)[:_EVEN_ROWS]
    rows = [united_row(cluster) for cluster in whole]
    columns = {row.columns for row in rows}
    if len(rows) < _EVEN_ROWS or columns != {max(columns)} or max(columns) < _COLUMNS_OF_EVEN:
        return 0
    steps = [low[0].middle - high[-1].middle for high, low in pairwise(whole)]
    if max(steps) > min(_UNEVEN * min(steps), _FARTHEST * rows[0].size):
        return 0
    if _parted_by(rows, barriers) or not all(
        _fits(rows[:number], rows[number]) for number in range(1, len(rows))
    ):
        return 0
    return sum(map(len, whole)) - 1


def _go_on_as_one(block: Sequence[Row], pair: Sequence[Row], barriers: Sequence[Box]) -> bool:
    """Whether two lines that overlap in height are one row of a block: a name, and its figures.

    The cells of such a row are set to different heights.
    """
    return (
        len(pair) > 1
        and pair[1].middle - pair[0].middle < _OVERLAP * min(row.size for row in pair)
        and _goes_on(block, united_row(pair), barriers)
    )


def _banners(rows: Sequence[Row], start: int, end: int, barriers: Sequence[Box]) -> int:
    """How many lines lie over all columns before rows that go on with the block above them."""
    block = [row for row in rows[start:end] if row.columns > 1]
    for count in range(1, _MOST_BANNERS + 1):
        lines = rows[end : end + count]
        below = list(takewhile(is_of_figures, rows[end + count : end + count + _LOOK_AHEAD]))
        if below:
            near = [rows[end - 1], *lines, below[0]]
            steps = [low.middle - high.middle for high, low in pairwise(near)]
            usual = max(usual_distance([*block, *below]), below[0].size)
            if max(steps) > _FAR_BANNER * usual or steps[-1] > _NEAR_BANNER * usual:
                return 0
            if _parted_by(near, barriers) or not _fits(rows[start:end], below[0]):
                return 0
            others = [*block, *below]
            return count * (
                len(banners_of([*block, *lines, *below], body_gutters(others))) == count
            )
    return 0


def _parted_by(rows: Sequence[Row], barriers: Sequence[Box]) -> bool:
    """Whether a ruled table stands between two lines."""
    return any(rows[0].middle < box[1] < rows[-1].middle for box in barriers)


def _position(rows: Sequence[Row], row: Row) -> int:
    return next(number for number, other in enumerate(rows) if other is row)


def _parted(block: list[Row]) -> list[list[Row]]:
    """A block parted where a caption and a heading begin another table.

    A heading of far fewer columns below figures begins one nearer to them, and with no row yet.
    """
    usual = usual_distance(block)
    most = max(row.columns for row in block)
    for number in range(3, len(block) - 1):
        above, row, below = block[number - 1 : number + 2]
        fewer = 2 * below.columns <= most and names_figures(above)
        if not fewer and number == len(block) - 2:
            break
        if (
            row.columns == 1
            and below.columns > 1
            and row.middle - above.middle > (_NEAR_CAPTION if fewer else _FAR_CAPTION) * usual
            and row.middle - above.middle > below.middle - row.middle
            and not any(is_figure(part.text) for part in below.parts)
        ):
            return [block[:number], *_parted(block[number + 1 :])]
    return [block]


# --------------------------------------------------------------------------- headings


def _heading(above: Sequence[Row], block: Sequence[Row], barriers: Sequence[Box]) -> list[Row]:
    """The lines above a block that belong to it: headings over its columns, names of groups.

    A lone line at the left edge belongs to it only under a heading, or half way between two lines
    of it; else it is a caption.
    """
    gaps = body_gutters(block)
    if not gaps or len(block) < 3:
        return []
    bare = _has_figures(block[0])
    taken: list[Row] = []
    topmost = 0
    last = block[0]
    for cluster in reversed(clusters([*above, block[0]])):
        lines = [row for row in cluster if row is not block[0]]
        if not lines:
            continue
        row = united_row(lines)
        if _too_far(lines[-1], last, usual_distance(block), barriers):
            break
        if _heads_columns(row, block, last, gaps, bare=bare):
            topmost = len(taken) + len(lines)
            bare = bare and (row.columns == 1 or len(lines) < len(cluster))
        elif not _names_a_group(row, block, gaps) or not (
            bare or last.middle - row.middle < max(0.95 * row.size, 0.6 * usual_distance(block))
        ):
            break
        taken.extend(reversed(lines))
        last = united_row(cluster)
    return taken[:topmost][::-1]


def _has_figures(row: Row) -> bool:
    """Whether most of what follows the first text of a line is figures."""
    later = row.parts[1:]
    return 2 * sum(is_figure(part.text) for part in later) > len(later)


def _too_far(row: Row, below: Row, usual: float, barriers: Sequence[Box]) -> bool:
    distance = step_between(row, below)
    return distance > max(1.7 * usual, 2 * row.size) or any(
        row.middle < box[1] < below.middle for box in barriers
    )


def _heads_columns(
    row: Row, block: Sequence[Row], below: Row, gaps: Sequence[Span], *, bare: bool
) -> bool:
    """Whether the texts of a line stand over columns right of the first.

    ``bare``: the block has no heading yet, so any short texts in its columns will do; else there
    have to be two words, or one in the middle over several texts of the line below, unlike a unit
    at the edge.
    """
    left = min(part.box[0] for other in block for part in other.parts)
    right = max(part.box[2] for other in block for part in other.parts)
    size = row.size
    if row.parts[0].box[0] < left - size:
        return False
    outside = [part for part in row.parts if part.box[2] > right + size]
    if not all(_over_last(part, block, gaps) for part in outside):
        return False
    over = [part for part in row.parts if part.box[0] >= gaps[0][0]]
    if not over or any(part.box[0] < gaps[0][0] and part.box[2] > gaps[0][1] for part in row.parts):
        return False
    if bare and row.columns > 1:
        return True
    most = max(below.columns, len(gaps) + 1)
    if len(over) > 1 and row.columns <= most and not _has_figures(row):
        return True
    return all(_in_the_middle(part, below) for part in over)


def _over_last(part: TextLine, block: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether a text that sticks out at the right stands centred over the last column."""
    last = [other.box for row in block for other in row.parts if other.box[0] >= gaps[-1][1] - 1]
    if not last:
        return False
    middle = (min(box[0] for box in last) + max(box[2] for box in last)) / 2
    return abs((part.box[0] + part.box[2]) / 2 - middle) <= 0.5 * part.size


def _in_the_middle(part: TextLine, below: Row) -> bool:
    """Whether a text stands in the middle over two or more texts of a line."""
    middle = (part.box[0] + part.box[2]) / 2
    return any(
        abs((first.box[0] + last.box[2]) / 2 - middle) <= part.size
        and first.box[0] < part.box[2] < last.box[2] + part.size
        for first, last in combinations(below.parts, 2)
    )


def _names_a_group(row: Row, block: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether a line is one text in the first column."""
    left = min(part.box[0] for other in block for part in other.parts)
    return (
        len(row.parts) == 1
        and abs(row.parts[0].box[0] - left) <= 2.5 * row.size
        and row.parts[0].box[2] <= gaps[0][1]
    )


# --------------------------------------------------------------------------- lines of a block


def _goes_on(block: Sequence[Row], row: Row, barriers: Sequence[Box]) -> bool:
    return not _breaks_off(block, row, barriers) and _fits(block, row)


def _breaks_off(block: Sequence[Row], row: Row, barriers: Sequence[Box]) -> bool:
    """Whether a line is too far away, behind a ruled table, or of a table with more columns."""
    last = block[-1]
    distance = step_between(last, row)
    most = max(other.columns for other in block)
    far = distance > _FAR * last.size
    return (
        (far and distance > 2.2 * usual_distance(block))
        or (far and row.columns == 1 and row.size > _LARGER * last.size)
        or distance > _FARTHEST * last.size
        or any(last.middle < box[1] < row.middle for box in barriers)
        or (len(block) > 2 and row.columns >= max(2 * most, most + 2))
    )


def _fits(block: Sequence[Row], row: Row) -> bool:
    """Whether the texts of a line keep to the columns of a block."""
    if _same_columns(block[-1], row):
        return True
    size = block[-1].size
    gaps = gutters(block, (0.5 if len(block) > 3 else COLUMN_GAP) * size)
    if len(block) <= _FEW:
        gaps = united(gaps, block)
    if not gaps:
        return False
    if not any(crossed(part, gaps) for part in row.parts):
        return row.columns > 1 or _fits_column(row.parts, gaps, block)
    if len(block) <= 2 and row.columns > max(other.columns for other in block):
        own = gutters([row], 0.5 * row.size)
        return bool(gutters([*block, row], 0.5 * row.size)) and len(own) >= 2
    return False


def _same_columns(above: Row, row: Row) -> bool:
    """Whether the texts of two lines stand one under the other, one by one."""
    return len(row.parts) == len(above.parts) > 2 and all(
        first.box[0] < second.box[2] and second.box[0] < first.box[2]
        for first, second in zip(above.parts, row.parts, strict=True)
    )


def _fits_column(parts: Sequence[TextLine], gaps: Sequence[Span], block: Sequence[Row]) -> bool:
    """Whether a lone text stands inside the width of a column."""
    start, end, size = parts[0].box[0], parts[-1].box[2], parts[0].size
    left = min(other.box[0] for row in block for other in row.parts)
    right = max(other.box[2] for row in block for other in row.parts)
    lows = [left - 2.5 * size, *[gap[0] + 0.4 * size for gap in gaps]]
    highs = [*[gap[1] - 0.4 * size for gap in gaps], right + size]
    return any(low <= start and end <= high for low, high in zip(lows, highs, strict=True))


def _trimmed(block: list[Row]) -> list[Row]:
    """A block without lone lines at its end that are no continuation of a cell: notes below it.

    What follows a line that is none is none either.
    """
    first = len(block)
    while first > 1 and block[first - 1].columns == 1:
        first -= 1
    for end in range(first, len(block)):
        if not _continues_cell(block[:end], block[end]):
            return block[:end]
    return block


def _continues_cell(block: Sequence[Row], row: Row) -> bool:
    """Whether a lone line under the lines of a block goes on with one of its cells."""
    usual = usual_distance([*block, row])
    distance = row.middle - block[-1].middle
    if distance <= 1.6 * row.size and distance < 0.9 * max(usual, 0.1):
        return True
    return distance <= 1.05 * usual and wraps([block[-1]], row, body_gutters(block))
