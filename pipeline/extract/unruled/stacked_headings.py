"""Headings over known columns, without rules between them: one level, or a heading over several.

The texts of one heading stand one under the other in its column, and the headings of one level
are set to one height: their middles, heads or feet are in line.  Where some columns have only a
lower text, what stands above them is a heading over all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.found import FoundCell
from pipeline.extract.unruled.gutters import Row, Span, middle_of

_LEVEL = 0.45
"""Font sizes by which texts of one level may differ in height."""

_OFF = 1.2
"""Font sizes by which a heading may stand beside the middle of its columns."""


class _Stack(msgspec.Struct):
    """The texts of one column of headings, from the top down."""

    column: int
    parts: list[TextLine]

    @property
    def top(self) -> float:
        return middle_of(self.parts[0].box)

    @property
    def foot(self) -> float:
        return middle_of(self.parts[-1].box)

    @property
    def middle(self) -> float:
        return (self.top + self.foot) / 2


class _Parts(NamedTuple):
    """The texts of headings: by column, over several, and the columns of the lower level only."""

    stacks: Sequence[_Stack]
    wide: Sequence[TextLine]
    under: Sequence[_Stack]


def headings_of(lines: Sequence[Row], xs: Sequence[float]) -> list[FoundCell] | None:
    """The cells of headings over columns, in one or two rows; ``None`` if they do not tell."""
    stacks: dict[int, _Stack] = {}
    wide: list[TextLine] = []
    for row in lines:
        for part in row.parts:
            column = _column_of(part, xs)
            if column is None:
                wide.append(part)
            else:
                stacks.setdefault(column, _Stack(column, [])).parts.append(part)
    if not stacks:
        return None
    for stack in stacks.values():
        stack.parts.sort(key=lambda part: middle_of(part.box))
    size = max(part.size for stack in stacks.values() for part in stack.parts)
    ordered = [stacks[column] for column in sorted(stacks)]
    if not wide and _in_line(ordered, size):
        return _cells([(0, s.column, 1, s.column + 1, s.parts) for s in ordered], len(xs) - 1, 1)
    return _two_levels(ordered, wide, xs, size)


def _column_of(part: TextLine, xs: Sequence[float]) -> int | None:
    """The one column that a text stands in; a tenth of it may stand out."""
    width = part.box[2] - part.box[0]
    for column, (left, right) in enumerate(pairwise(xs)):
        if min(part.box[2], right) - max(part.box[0], left) >= 0.85 * width:
            return column
    return None


def _in_line(stacks: Sequence[_Stack], size: float) -> bool:
    """Whether the stacks are of one level."""
    return any(
        max(at) - min(at) <= _LEVEL * size
        for at in (
            [stack.middle for stack in stacks],
            [stack.top for stack in stacks],
            [stack.foot for stack in stacks],
        )
    )


def _two_levels(
    stacks: Sequence[_Stack], wide: Sequence[TextLine], xs: Sequence[float], size: float
) -> list[FoundCell] | None:
    """Headings of which some are over several columns, all others over one and both levels."""
    whole = _whole(stacks, size)
    under = [stack for stack in stacks if stack not in whole]
    lower = [middle_of(stack.parts[-1].box) for stack in under]
    if not under:
        return None
    low = max(lower)
    below = [
        stack
        for stack in stacks
        if abs(stack.foot - low) <= _LEVEL * size
        and (stack in under or len(stack.parts) > 1)
        and _beside(stack, under)
    ]
    between = [stack for stack in below if stack in under or _is_between(stack, under)]
    parts = _Parts(stacks, wide, under)
    return _over_and_under(parts, below, xs, size) or _over_and_under(parts, between, xs, size)


def _over_and_under(
    headings: _Parts, below: Sequence[_Stack], xs: Sequence[float], size: float
) -> list[FoundCell] | None:
    """The cells, where the columns ``below`` common headings are known; others are whole."""
    stacks, wide, under = headings
    columns = sorted(stack.column for stack in below)
    cells = [(0, s.column, 2, s.column + 1, s.parts) for s in stacks if s.column not in columns]
    upper = [*wide]
    for stack in below:
        under_rule, over = _parted(stack, [s for s in below if s in under], size)
        upper.extend(over)
        cells.append((1, stack.column, 2, stack.column + 1, under_rule))
    for first, last in _runs(columns):
        here = [part for part in upper if xs[first] <= _centre(part) <= xs[last]]
        groups = _over_columns(here, _extents(cells, range(first, last), xs), size)
        if groups is None:
            return None
        upper = [part for part in upper if part not in here]
        cells.extend((0, start, 1, end, parts) for start, end, parts in groups)
    if upper:
        return None
    return _cells(cells, len(xs) - 1, 2)


def _extents(
    cells: Sequence[tuple[int, int, int, int, list[TextLine]]], columns: range, xs: Sequence[float]
) -> dict[int, tuple[Span, Span]]:
    """From where to where columns reach, and the headings of single ones in them."""
    found = {}
    for _, left, _, _, parts in cells:
        if left in columns and parts:
            texts = (min(part.box[0] for part in parts), max(part.box[2] for part in parts))
            found[left] = ((xs[left], xs[left + 1]), texts)
    return found


def _over_columns(
    parts: Sequence[TextLine], columns: dict[int, tuple[Span, Span]], size: float
) -> list[tuple[int, int, list[TextLine]]] | None:
    """The headings over neighbouring columns, each over those that it is the nearest to.

    ``None`` if one of them is not in the middle over several.
    """
    headings: list[list[TextLine]] = []
    for part in sorted(parts, key=_centre):
        if headings and part.box[0] < max(other.box[2] for other in headings[-1]):
            headings[-1].append(part)
        else:
            headings.append([part])
    if not headings:
        return None
    middles = [sum(map(_centre, heading)) / len(heading) for heading in headings]
    owners: list[list[int]] = [[] for _ in headings]
    for column, ((left, right), _) in sorted(columns.items()):
        middle = (left + right) / 2
        owners[min(range(len(middles)), key=lambda n: abs(middles[n] - middle))].append(column)
    found = []
    for heading, owned in zip(headings, owners, strict=True):
        if len(owned) < 2:
            return None
        first, last = columns[owned[0]], columns[owned[-1]]
        if not any(_centred(heading, (first[n][0], last[n][1]), size) for n in (0, 1)):
            return None
        heading.sort(key=lambda part: middle_of(part.box))
        found.append((owned[0], owned[-1] + 1, heading))
    return found


def _centre(part: TextLine) -> float:
    return (part.box[0] + part.box[2]) / 2


def _whole(stacks: Sequence[_Stack], size: float) -> list[_Stack]:
    """The stacks over both levels: those whose middles are highest and in line."""
    first = min(stack.middle for stack in stacks)
    return [stack for stack in stacks if stack.middle - first <= _LEVEL * size]


def _beside(stack: _Stack, under: Sequence[_Stack]) -> bool:
    """Whether a column is one of those below a common heading, or between or beside them."""
    return any(abs(stack.column - other.column) <= 1 for other in under)


def _is_between(stack: _Stack, under: Sequence[_Stack]) -> bool:
    """Whether columns below a common heading stand on both sides of a column."""
    return {stack.column - 1, stack.column + 1} <= {other.column for other in under}


def _parted(
    stack: _Stack, under: Sequence[_Stack], size: float
) -> tuple[list[TextLine], list[TextLine]]:
    """The texts of a column of the lower level, and those above it."""
    if any(stack is other for other in under):
        return stack.parts, []
    top = min(other.top for other in under)
    lower = [part for part in stack.parts if middle_of(part.box) >= top - _LEVEL * size]
    return lower, [part for part in stack.parts if part not in lower]


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring columns: the first and the one after the last."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _centred(parts: Sequence[TextLine], sides: tuple[float, float], size: float) -> bool:
    middle = (sides[0] + sides[1]) / 2
    return all(abs(_centre(part) - middle) <= _OFF * size for part in parts)


def _cells(
    made: Sequence[tuple[int, int, int, int, list[TextLine]]], columns: int, levels: int
) -> list[FoundCell]:
    """The cells, with empty ones where no heading stands."""
    cells = [
        FoundCell(top, left, bottom, right, [glyph for part in parts for glyph in part.glyphs])
        for top, left, bottom, right, parts in made
    ]
    taken = {
        (level, column)
        for cell in cells
        for level in range(cell.top, cell.bottom)
        for column in range(cell.left, cell.right)
    }
    for level in range(levels):
        for column in range(columns):
            if (level, column) not in taken:
                cells.append(FoundCell(level, column, level + 1, column + 1, []))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))
