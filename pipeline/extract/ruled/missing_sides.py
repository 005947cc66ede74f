"""Upright rules that some rows of a table lack and others have.

Word processors draw them in every second row only, and none in the row of headings (Light List of
Word).  Without them the whole row is one cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.pdf.lines import BLANKS
from pipeline.extract.pdf.primitives import Glyph, Rule
from pipeline.extract.ruled.grid import Edge

_SAME = 2.0
"""Points by which the ends of two rules may differ that are one side of a table."""
_FEWEST_SIDES = 2
"""Sides between columns that a row must have if it tells where those of others are, at least."""
_FEWEST_TEXTS = 3
"""Columns with text in a row that has no sides, at least; a row over all columns has one."""
_SEVERAL = 2
"""Columns with several lines of figures, at least, if there are several rows."""
_INTO_SIDE = 0.5
"""Points by which a letter may reach over a side."""


class _Row(NamedTuple):
    """A row from one horizontal rule of a frame to the next: its upright rules between the outer.

    ``crossed``: upright rules stand in it that do not go through it.
    """

    top: float
    bottom: float
    sides: list[float]
    crossed: bool


def missing_sides(
    horizontal: Sequence[Edge], upright: Sequence[Edge], glyphs: Sequence[Glyph]
) -> list[Rule]:
    """The sides of the other rows, in rows that have none, where their texts leave them free."""
    found: list[Rule] = []
    upright = sorted(upright, key=_place)
    for left, right, levels in _frames(sorted(horizontal, key=_place), upright):
        rows = list(_rows(left, right, levels, upright))
        told = next((row.sides for row in rows if len(row.sides) >= _FEWEST_SIDES), [])
        for row in rows if told else ():
            if row.sides or row.crossed:
                continue
            here = [g for g in glyphs if row.top < g.y < row.bottom and left < g.x0 < right]
            if _is_row_of(here, told):
                found += [Rule(at, row.top, row.bottom) for at in told]
    return found


def _place(rule: Edge) -> float:
    return rule.at


def _between(rules: Sequence[Edge], first: float, last: float) -> Sequence[Edge]:
    """Of rules by their places, those from one place to another."""
    return rules[bisect_left(rules, first, key=_place) : bisect_right(rules, last, key=_place)]


def _frames(
    lying: Sequence[Edge], upright: Sequence[Edge]
) -> Iterator[tuple[float, float, list[float]]]:
    """Left and right side of each frame, and the heights of the rules from one to the other.

    The outer rules may go on over a page edge: their ends are such heights, too.
    """
    for left, right in _sides_of_frames(lying, upright):
        across = [
            rule.at
            for rule in _between(lying, left.start - _SAME, left.end + _SAME)
            if abs(rule.start - left.at) <= _SAME and abs(rule.end - right.at) <= _SAME
        ]
        top, bottom = max(left.start, right.start), min(left.end, right.end)
        before = [top] if across and top < across[0] - _SAME else []
        behind = [bottom] if across and bottom > across[-1] + _SAME else []
        yield left.at, right.at, [*before, *across, *behind]


def _sides_of_frames(lying: Sequence[Edge], upright: Sequence[Edge]) -> Iterator[tuple[Edge, Edge]]:
    """Two upright rules of one height that a horizontal one joins, each pair once."""
    seen: set[tuple[int, int]] = set()
    for rule in lying:
        left, right = (_side(end, rule.at, upright) for end in (rule.start, rule.end))
        if left is None or right is None or (id(left), id(right)) in seen:
            continue
        if abs(left.start - right.start) <= _SAME and abs(left.end - right.end) <= _SAME:
            seen.add((id(left), id(right)))
            yield left, right


def _side(x: float, y: float, upright: Sequence[Edge]) -> Edge | None:
    """The upright rule at the end of a horizontal one."""
    near = _between(upright, x - _SAME, x + _SAME)
    return next((rule for rule in near if rule.start - _SAME <= y <= rule.end + _SAME), None)


def _rows(
    left: float, right: float, levels: Sequence[float], upright: Sequence[Edge]
) -> Iterator[_Row]:
    inner = _between(upright, left + _SAME, right - _SAME)
    for top, bottom in pairwise(levels):
        within = [one for one in inner if one.start < bottom - _SAME and one.end > top + _SAME]
        through = [
            one.at for one in within if one.start <= top + _SAME and one.end >= bottom - _SAME
        ]
        yield _Row(top, bottom, through, len(through) < len(within))


def _is_row_of(glyphs: Sequence[Glyph], sides: Sequence[float]) -> bool:
    """Whether texts of one row stand in most of the columns, and none on a side."""
    written = [glyph for glyph in glyphs if glyph.text not in BLANKS]
    if any(g.x0 < at - _INTO_SIDE and g.x1 > at + _INTO_SIDE for g in written for at in sides):
        return False
    lines: dict[tuple[int, int], str] = {}
    for glyph in sorted(written, key=lambda glyph: glyph.x0):
        column = sum(glyph.x0 + glyph.x1 > 2 * at for at in sides)
        key = column, round(glyph.y / glyph.run.size)
        lines[key] = lines.get(key, "") + glyph.text
    figures = Counter(column for (column, _), text in lines.items() if text[0].isdecimal())
    several = sum(count > 1 for count in figures.values())
    columns = {column for column, _ in lines}
    return several < _SEVERAL and len(columns) >= max(_FEWEST_TEXTS, (len(sides) + 2) // 2)
