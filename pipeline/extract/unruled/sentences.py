"""Tables of two columns without rules: names at the left, sentences beside them.

Lines of one cell follow each other closely, cells stand apart.  Where the cells of both columns
pair off one by one, each column proves the rows of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import COLUMN_GAP, Row, Span, middle_of
from pipeline.model import Box, Ground

_END = "。"
_OPENING = "(（【［["

_SAME = 1.0
"""Points by which lines of one column may begin apart."""
_GUTTER = 0.5
"""Font sizes between the two columns, at least."""
_STEP = 0.3
"""Points by which steps from line to line are the same."""
_SHORTEST, _LONGEST = 0.95, 2.0
"""Font sizes from one line of a cell to the next."""
_FARTHEST = 3.6
"""Font sizes from one cell to the next, at most."""
_FARTHEST_PAIR = 12.0
"""Font sizes from one row to the next that begins at the same two places, at most."""
_LONGEST_HEADING = 12
"""Characters of a heading, at most."""
_WIDE = 12.0
"""Font sizes that a column of sentences is wide, at least."""
_NOT_FULL = 2.0
"""Font sizes that a last line leaves free, at least."""


class _Cell(msgspec.Struct):
    """Lines of one column that follow each other closely: the texts of each line."""

    lines: list[list[TextLine]]

    @property
    def top(self) -> float:
        return min(part.box[1] for part in self.lines[0])

    @property
    def bottom(self) -> float:
        return max(part.box[3] for part in self.lines[-1])

    @property
    def text(self) -> str:
        return "".join(part.text for line in self.lines for part in line)

    @property
    def glyphs(self) -> list[Glyph]:
        return [glyph for line in self.lines for part in line for glyph in part.glyphs]


Pair = tuple[_Cell, _Cell]
"""A row: its name and its sentences."""


def worded_rows(rows: Sequence[Row], barriers: Sequence[Box]) -> list[tuple[Found, list[Row]]]:
    """The tables of names and sentences among lines, each with the lines that it takes.

    A caption over its headings is one of these, though no cell.  One that begins with the page
    needs no headings: it goes on from the page before.
    """
    found: list[tuple[Found, list[Row]]] = []
    free = 0
    for number, row in enumerate(rows):
        if number < free or not (_may_head(row) or number == 0):
            continue
        headings = [row] if _may_head(row) else []
        made = _table(headings, rows[number + len(headings) :], barriers)
        if made is not None:
            table, taken = made
            end = number + len(headings) + taken
            over = rows[max(free, number - 2) : number + 1]
            first = number - 1 if headings and _is_caption(over) else number
            found.append((table, list(rows[first:end])))
            free = end
    return found


def _is_caption(lines: Sequence[Row]) -> bool:
    """Whether the last but one of some lines is one text apart from what stands above it."""
    if len(lines) < 2:
        return False
    *above, line, heading = lines
    near = heading.middle - line.middle <= _FARTHEST * line.size
    apart = not above or line.middle - above[-1].middle > _LONGEST * line.size
    return line.columns == 1 and near and apart


def _may_head(row: Row) -> bool:
    """Whether a line may be two headings side by side."""
    texts = [part.text for part in row.parts]
    whole = "".join(texts)
    return (
        row.columns > 1
        and len(whole) <= 2 * _LONGEST_HEADING
        and _END not in whole
        and not any(map(str.isdigit, whole))
    )


def _table(
    headings: Sequence[Row], below: Sequence[Row], barriers: Sequence[Box]
) -> tuple[Found, int] | None:
    """The table under two headings or none, and how many lines below them it takes."""
    lines = list(_near(headings, below, barriers))
    side = _side(lines)
    if side is None or not all(_stands_over(heading, side) for heading in headings):
        return None
    kept: list[Row] = []
    for line in lines:
        if any(_crosses(part, side) for part in line.parts):
            break
        kept.append(line)
    pairs = paired(kept, side)
    if not pairs:
        return None
    bottom = max(cell.bottom for cell in pairs[-1])
    taken = sum(line.middle < bottom for line in kept)
    return _found(headings, pairs, side), taken


def _sides(headings: Sequence[Row], pairs: Sequence[Pair], side: float) -> list[float]:
    """Where the columns behind the names begin: a third where a text begins in all rows.

    That is one behind a free space, under a heading of its own.
    """
    starts = [
        [after.box[0] for before, after in pairwise(text.lines[0]) if _apart(before, after)]
        for _, text in pairs
    ]
    for start in starts[0]:
        alike = all(any(abs(start - other) <= _SAME for other in others) for others in starts)
        headed = all(_stands_over(_behind(heading, side), start) for heading in headings)
        if len(pairs) > 1 and alike and headed:
            return [side, start]
    return [side]


def _behind(heading: Row, side: float) -> Row:
    """The headings that are not over the names."""
    parts = [part for part in heading.parts if part.box[0] >= side - _SAME]
    return Row(parts, heading.middle, heading.size)


def _apart(before: TextLine, after: TextLine) -> bool:
    return after.box[0] - before.box[2] >= COLUMN_GAP * after.size


def _near(headings: Sequence[Row], below: Sequence[Row], barriers: Sequence[Box]) -> Iterator[Row]:
    """The lines under headings up to where a barrier, a space or other letters part them.

    Rows of a spreadsheet may be far higher than their text: a name and a text that begin where
    those above them begin are one further down.
    """
    above = headings[0] if headings else below[0]
    size = above.size
    pairs: list[Span] = []
    for line in below:
        pair = _starts_of_pair(line)
        again = pair is not None and any(_begin_alike(pair, other) for other in pairs)
        far = line.middle - above.middle > (_FARTHEST_PAIR if again else _FARTHEST) * size
        parted = any(above.middle < box[1] < line.middle for box in barriers)
        if far or parted or abs(line.size - size) > 0.15 * size:
            return
        yield line
        above = line
        pairs += [pair] if pair is not None else []


def _starts_of_pair(line: Row) -> Span | None:
    """Where the two texts of a line begin that has no more; ``None`` if it has not two."""
    if len(line.parts) != 2 or line.columns == 1:
        return None
    return line.parts[0].box[0], line.parts[1].box[0]


def _begin_alike(pair: Span, other: Span) -> bool:
    return all(abs(one - two) <= _SAME for one, two in zip(pair, other, strict=True))


def _side(lines: Sequence[Row]) -> float | None:
    """Where the second column begins: where most lines have a text behind a free space."""
    starts = [
        after.box[0]
        for line in lines
        for before, after in pairwise(line.parts)
        if after.box[0] - before.box[2] >= _GUTTER * line.size
    ]
    best, most = None, 1
    for start in dict.fromkeys(starts):
        count = sum(abs(start - other) <= _SAME for other in starts)
        if count > most:
            best, most = start, count
    return best


def _crosses(part: TextLine, side: float) -> bool:
    return part.box[0] < side - _SAME and part.box[2] > side - _SAME


def _stands_over(heading: Row, side: float) -> bool:
    """Whether there is a heading over each of the two columns."""
    left = [part for part in heading.parts if part.box[2] <= side]
    right = [part for part in heading.parts if part.box[0] >= side - _SAME]
    return bool(left and right) and len(left) + len(right) == len(heading.parts)


def paired(lines: Sequence[Row], side: float) -> list[Pair]:
    """The rows of two columns that lines are, from the top; none where the columns disagree.

    How far cells stand apart is tried from the closest lines on: right is what holds most lines.
    What follows the last pair is left: a caption stands in the first column alone.
    """
    columns: tuple[list[list[TextLine]], list[list[TextLine]]] = ([], [])
    for line in lines:
        for column, inside in enumerate(columns):
            parts = [part for part in line.parts if (part.box[0] >= side - _SAME) == bool(column)]
            if parts:
                inside.append(parts)
    best: list[Pair] = []
    for step in _steps(columns):
        names, texts = (_cells(inside, step) for inside in columns)
        pairs = _pairs(names, texts)
        if _lines(pairs) > _lines(best) and are_sentences(pairs) and all(map(_is_one, pairs)):
            best = pairs
    return best


def _lines(pairs: Sequence[Pair]) -> int:
    """How many lines the cells of rows have."""
    return sum(len(cell.lines) for pair in pairs for cell in pair)


def _pairs(names: Sequence[_Cell], texts: Sequence[_Cell]) -> list[Pair]:
    """The cells of two columns one by one, as far as each has just one beside it.

    Sentences beside no name go on with those above.
    """
    pairs: list[Pair] = []
    left = list(texts)
    for name in names:
        while pairs and left and left[0].bottom <= name.top:
            pairs[-1][1].lines.extend(left.pop(0).lines)
        if not left or not _level(name, left[0]):
            return pairs
        text = left.pop(0)
        if any(_level(other, text) for other in names if other is not name):
            return []
        if left and _level(name, left[0]):
            return []
        pairs.append((name, text))
    return pairs


def _steps(columns: Sequence[Sequence[Sequence[TextLine]]]) -> list[float]:
    """The ways from one line of a column to the next that may be those within a cell."""
    found = [0.0]
    for lines in columns:
        for above, below in pairwise(lines):
            step, size = _baseline(below) - _baseline(above), below[0].size
            if _SHORTEST * size <= step <= _LONGEST * size:
                found.append(step)
    kept: list[float] = []
    for step in sorted(found):
        if kept and step - kept[-1] <= _STEP:
            kept[-1] = step
        else:
            kept.append(step)
    return kept


def _baseline(line: Sequence[TextLine]) -> float:
    return line[0].glyphs[0].y


def _cells(lines: Sequence[list[TextLine]], step: float) -> list[_Cell]:
    """Lines of one column in cells: those a step apart are of one."""
    found: list[_Cell] = []
    for line in lines:
        if found and _baseline(line) - _baseline(found[-1].lines[-1]) <= step:
            found[-1].lines.append(line)
        else:
            found.append(_Cell([line]))
    return found


def _level(first: _Cell, second: _Cell) -> bool:
    """Whether two cells stand at one height, at least with a part of them."""
    return first.top < second.bottom and second.top < first.bottom


def _is_one(pair: Pair) -> bool:
    """Whether a row is one: no other name begins in it where a sentence has ended."""
    name, text = pair
    end = max(part.box[2] for line in text.lines for part in line)
    ends = [
        line[-1]
        for line in text.lines[:-1]
        if line[-1].text.endswith(_END) and line[-1].box[2] < end - _NOT_FULL * line[-1].size
    ]
    return not name.text.startswith(tuple(_OPENING)) and not any(
        middle_of(last.box) < middle_of(line[0].box) - last.size / 2
        and not line[0].text.startswith(tuple(_OPENING))
        for last in ends
        for line in name.lines[1:]
    )


def are_sentences(pairs: Sequence[Pair]) -> bool:
    """Whether each cell of the second column holds sentences, and the first column none.

    Most end with one; below a sentence a cell may list something.
    """
    if not pairs:
        return False
    size = pairs[0][1].lines[0][0].size
    starts = min(part.box[0] for _, text in pairs for line in text.lines for part in line)
    ends = max(part.box[2] for _, text in pairs for line in text.lines for part in line)
    return (
        ends - starts >= _WIDE * size
        and all(_END in text.text for _, text in pairs)
        and 2 * sum(text.text.rstrip().endswith(_END) for _, text in pairs) >= len(pairs)
        and not any(_END in name.text for name, _ in pairs)
    )


def _found(headings: Sequence[Row], pairs: Sequence[Pair], side: float) -> Found:
    sides = _sides(headings, pairs, side)
    rows = [[_Cell([heading.parts])] for heading in headings] + [list(pair) for pair in pairs]
    size = pairs[0][0].lines[0][0].size
    boxes = [part.box for row in rows for cell in row for line in cell.lines for part in line]
    xs = [
        min(box[0] for box in boxes) - 2,
        *(start - 0.2 * size for start in sides),
        max(box[2] for box in boxes) + 2,
    ]
    tops = [min(cell.top for cell in row) for row in rows]
    bottoms = [max(cell.bottom for cell in row) for row in rows]
    ys = [tops[0] - 0.3 * size]
    ys += [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    ys.append(bottoms[-1] + 0.3 * size)
    cells = [
        FoundCell(number, column, number + 1, column + 1, glyphs)
        for number, row in enumerate(rows)
        for column, glyphs in enumerate(_by_column(row, sides))
    ]
    grounds = [
        Ground(decision="place", sign="lines", count=len(pairs)),
        Ground(decision="columns", sign="gutters", count=len(sides)),
        Ground(decision="rows", sign="middles", count=len(pairs)),
        Ground(decision="headings", sign="lines", count=len(headings)),
    ]
    return Found(xs, ys, cells, "text", grounds=grounds[: 3 + len(headings)])


def _by_column(row: Sequence[_Cell], sides: Sequence[float]) -> list[list[Glyph]]:
    """The letters of a row by the column that their texts begin in."""
    columns: list[list[Glyph]] = [[] for _ in range(len(sides) + 1)]
    for part in (part for cell in row for line in cell.lines for part in line):
        at = sum(part.box[0] >= start - _SAME for start in sides)
        columns[at].extend(part.glyphs)
    return columns
