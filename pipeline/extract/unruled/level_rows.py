"""Lines to rows whose cells all stand on one level: at one middle, or at one head.

Names, departments and remarks of a row wrap on their own, so that its lines interleave.  But the
cells of one row are all centred in its height, or all begin at its top, the same in every row; and
each row has its figures.  Of all ways to cut the lines into rows the one is taken in which the
cells stand most evenly, if no other is nearly as even, nor one whose cells all end at the foot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.anchors import is_whole_figure, with_room
from pipeline.extract.unruled.gutters import Row, middle_of
from pipeline.extract.unruled.rows import Level

_MOST_LINES = 16
"""Lines of text in one row, at most."""
_LEAST, _LEADING = 0.8, 1.9
"""Font sizes from one line of a cell to the next, at least and at most."""
_OFF = 0.4
"""Font sizes that a cell may stand off the level of its row."""
_NAME_ALONE = 1.0
"""What a line of one text as a row by itself costs, in font sizes off the level; at the head also
several lines of names, the rest of a row that a page edge cut."""
_ROOM = 0.3
"""What a name costs that goes on from a line with room for more, unless with a bracket."""
_STRAY = 1.25
"""What a line of a name costs that stands farther from the one above than those of others."""
_TWO_FIGURES = 1.0
"""What two whole figures in one cell cost."""
_APART = 0.25
"""Font sizes by which the best way stands more evenly than any other, at least."""
_CLOSER = 0.95
"""Times the step from one line of a cell to the next: as far two rows are apart at least."""
_STEP = 1.15
"""Times the least step between two lines of names: as far those of one name are apart at most."""

Height = Callable[[Sequence[float]], float]
"""The height of a cell's level by those of its lines."""

Placed = tuple[Row, Mapping[int, list[TextLine]] | None]
"""A line with its texts by column; with none if it is a row by itself."""


def rows_on_a_level(
    lines: Sequence[Placed], rules: Sequence[float], told: Level | None = None
) -> list[list[Row]] | None:
    """The lines as rows; ``None`` if they cannot be cut so.

    ``rules``: heights at which rows end; ``told``: the level of all tables, if that is known.
    """
    ordered = sorted(lines, key=lambda one: one[0].middle)
    names = _names(ordered)
    modes = (_middle, _head) if told is None else (_head if told == "head" else _foot,)
    own = [way for mode in modes for way in _cuts(ordered, names, rules, mode)]
    if not own:
        return None
    cost, rows = min(own, key=lambda way: way[0])
    parts = _parts(rows)
    rivals = [*own, *(_cuts(ordered, names, rules, _foot) if told is None else ())]
    rival = any(other <= cost + _APART and _parts(way) != parts for other, way in rivals)
    return None if rival else rows


def _parts(rows: Sequence[Sequence[Row]]) -> list[list[float]]:
    """The heights of the lines of each row."""
    return [[line.middle for line in row] for row in rows]


def _middle(heights: Sequence[float]) -> float:
    return (heights[0] + heights[-1]) / 2


def _head(heights: Sequence[float]) -> float:
    return heights[0]


def _foot(heights: Sequence[float]) -> float:
    return heights[-1]


class _Names(NamedTuple):
    """The first column of words: which it is, the step from line to line in it, and where it ends.

    All lines of names in a table are set alike: ``step``: points from one line of a name to the
    next, at most; none where each name is one line.
    """

    column: int
    step: float | None
    edge: float

    def strays(self, parts: Sequence[TextLine]) -> int:
        """How many lines of one name stand farther below the one above than those of others."""
        heights = sorted(middle_of(part.box) for part in parts)
        return 0 if self.step is None else sum(b - a > self.step for a, b in pairwise(heights))


def _names(lines: Sequence[Placed]) -> _Names:
    words: Counter[int] = Counter()
    for _, texts in lines:
        for column, parts in (texts or {}).items():
            words[column] += sum(not is_whole_figure(part.text) for part in parts) * 2 - len(parts)
    column = min((column for column, count in words.items() if count > 0), default=0)
    own = [
        (row.middle, len(texts) == 1, max(part.box[2] for part in texts[column]), row.size)
        for row, texts in lines
        if texts and column in texts
    ]
    steps = [
        (b[0] - a[0], a[1] or b[1])
        for a, b in pairwise(own)
        if b[0] - a[0] >= _LEAST * max(a[3], b[3])
    ]
    alone = [step for step, lone in steps if lone]
    full = [step for step, lone in steps if not lone]
    wraps = bool(alone) and min(alone) < _CLOSER * min(full, default=float("inf"))
    step = _STEP * min(alone) if wraps else None
    ends = [one[2] for at, one in enumerate(own) if not one[1] or _is_near(own, at, step)]
    return _Names(column, step, max(ends, default=0.0))


def _is_near(own: Sequence[tuple[float, bool, float, float]], at: int, step: float | None) -> bool:
    """Whether a line of a name stands as near to another as those of one name do."""
    beside = [
        abs(own[other][0] - own[at][0]) for other in (at - 1, at + 1) if 0 <= other < len(own)
    ]
    return step is None or min(beside, default=0.0) <= step


def _cuts(
    lines: Sequence[Placed], names: _Names, rules: Sequence[float], level: Height
) -> list[tuple[float, list[list[Row]]]]:
    """The best two ways to cut lines into rows, each with its cost.

    ``best[i]``: the least costs of the first ``i`` lines, where their last row begins, and which of
    the ways to there it goes on with.
    """
    best: list[list[tuple[float, int, int]]] = [[(0.0, 0, 0)]]
    for end in range(1, len(lines) + 1):
        ways: list[tuple[float, int, int]] = []
        for start in range(end - 1, max(-1, end - 1 - _MOST_LINES), -1):
            if any(lines[start][0].middle < at < lines[end - 1][0].middle for at in rules):
                break
            if not best[start]:
                continue
            name = [
                part
                for _, texts in lines[start:end]
                for part in (texts or {}).get(names.column, ())
            ]
            cut = not start and all(set(texts or ()) == {names.column} for _, texts in lines[:end])
            cut = cut and not names.strays(name)
            cost = _NAME_ALONE if cut else _cost(lines[start:end], names.column, level)
            if cost == float("inf"):
                continue
            cost += _ROOM * with_room(name, names.edge) + _STRAY * names.strays(name)
            if start and _too_close(lines, start, end):
                cost += 0.5
            ways += [(before + cost, start, at) for at, (before, _, _) in enumerate(best[start])]
        best.append(sorted(ways)[:2])
    return [(way[0], _rows_of(lines, best, at)) for at, way in enumerate(best[-1])]


def _rows_of(
    lines: Sequence[Placed], best: Sequence[Sequence[tuple[float, int, int]]], at: int
) -> list[list[Row]]:
    """The rows of one of the best ways, from the last line back."""
    found: list[list[Row]] = []
    end = len(lines)
    while end:
        _, start, before = best[end][at]
        found.append([row for row, _ in lines[start:end]])
        end, at = start, before
    return found[::-1]


def _cost(group: Sequence[Placed], named: int, level: Height) -> float:
    """How far the cells of a row are off its level, in font sizes; infinite if it is no row."""
    if any(texts is None for _, texts in group):
        return 0.0 if len(group) == 1 else float("inf")
    cells: dict[int, list[TextLine]] = {}
    for _, texts in group:
        for column, parts in (texts or {}).items():
            cells.setdefault(column, []).extend(parts)
    if len(group) == 1 and len(cells) == 1:
        return _NAME_ALONE if named in cells else float("inf")
    if named not in cells or len(cells) < 3:
        return float("inf")
    size = max(row.size for row, _ in group)
    stacks = {}
    cost = 0.0
    for column, parts in cells.items():
        heights = sorted({round(middle_of(part.box), 1) for part in parts})
        heights = [heights[0], *[b for a, b in pairwise(heights) if b - a > 0.35 * size]]
        if any(not _LEAST * size <= b - a <= _LEADING * size for a, b in pairwise(heights)):
            return float("inf")
        stacks[column] = heights
        figures = [part for part in parts if _has_digit(part.text) and is_whole_figure(part.text)]
        if column != named and len(heights) > 1 and len(figures) > 1:
            cost += _TWO_FIGURES * (len(figures) - 1)
    tallest = max(stacks.values(), key=lambda heights: heights[-1] - heights[0])
    at = level(tallest)
    offs = [abs(level(heights) - at) / size for heights in stacks.values()]
    return cost + sum(offs) if max(offs) <= _OFF else float("inf")


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _too_close(lines: Sequence[Placed], start: int, end: int) -> bool:
    """Whether a row begins nearer to the row above, in a column, than its own lines are apart."""
    here = lines[start:end]
    if here[0][1] is None or lines[start - 1][1] is None:
        return False
    for column in here[0][1]:
        own = [row.middle for row, texts in here if texts and column in texts]
        above = [
            row.middle
            for row, texts in lines[max(0, start - 6) : start]
            if texts and column in texts
        ]
        if len(own) > 1 and above and own[0] - above[-1] < _CLOSER * (own[1] - own[0]):
            return True
    return False
