"""Pages set in two or more columns: each column is read as a page of its own.

Whatever asks what stands above what (headings, captions, the rest of a table) needs the order in
which a person reads.  So the columns of such a page become pages with numbers of their own while
the plan is read, and the paper's numbers are put back at the end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar, cast

import msgspec

from pipeline.assemble.lines import by_page
from pipeline.boxes import middle
from pipeline.model import Assembled, Box, Extracted, Line, Record, Table
from pipeline.settings.decisions import Decision

_BESIDE = 10.0
"""Points of height that two tables have in common if they stand side by side."""
_LINE = 5.0
"""Points of height that a line and a table have in common if they do."""
_WIDTH = 0.15
"""The share of their width by which tables of two columns of a page differ, at most."""
_GUTTER = 3.0
"""The least width of a gutter, in points."""
_LEVEL = 4.0
"""Points by which the tops of tables may differ that are set side by side on purpose."""

R = TypeVar("R")
PageOf = Callable[[int, Box | None], int]
"""From a page, and a place on it, to another number of a page."""
Part = tuple[int, int]
"""Zone and column of a page; what stands outside the zones has an even zone and column 0."""


@dataclass(frozen=True)
class Zone:
    """A stretch of a page that is set in columns: its height, and where columns are parted."""

    top: float
    bottom: float
    gutters: tuple[float, ...]


class PageColumns:
    """The pages of a document with each column counted as a page."""

    def __init__(self, tables: Sequence[Table], lines: Sequence[Line]) -> None:
        tables_of, lines_of = by_page(tables), by_page(lines)
        self._zones = {
            page: zones
            for page, here in tables_of.items()
            if (zones := list(_zones([one.box for one in here], lines_of.get(page, []))))
        }
        self._numbers: dict[tuple[int, Part], int] = {}
        self._pages = [0]
        last = max((*tables_of, *lines_of), default=0) if self._zones else 0
        for page in range(1, last + 1):
            tables_here, lines_here = tables_of.get(page, []), lines_of.get(page, [])
            boxes = [*(one.box for one in tables_here), *(one.box for one in lines_here)]
            for part in sorted({self._part(page, box) for box in boxes}) or [(0, 0)]:
                self._numbers[page, part] = len(self._pages)
                self._pages.append(page)

    def __bool__(self) -> bool:
        """Whether any page is set in columns."""
        return bool(self._zones)

    def parted(self, extracted: Extracted) -> Extracted:
        """What is on the paper with the numbers of columns for those of pages."""
        parted = _renumbered(extracted, self._number)
        tables = sorted(parted.tables, key=lambda table: table.page)
        return msgspec.structs.replace(parted, tables=tuple(tables))

    def parted_decisions(self, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
        """Decisions with the numbers of columns for those of pages."""
        return tuple(_renumbered(one, self._number) for one in decisions)

    def whole(self, plan: Assembled) -> Assembled:
        """A plan with the numbers of the paper's pages again."""
        return _renumbered(plan, lambda page, _: self._pages[page])

    def _part(self, page: int, box: Box) -> Part:
        zones = self._zones.get(page, [])
        x, y = middle(box)
        for index, zone in enumerate(zones):
            if y < zone.top:
                return (2 * index, 0)
            if y <= zone.bottom:
                return (2 * index + 1, bisect_right(zone.gutters, x))
        return (2 * len(zones), 0)

    def _number(self, page: int, box: Box | None) -> int:
        """The number of the part in which a place lies; of one without place, the page's first."""
        exact = self._numbers.get((page, self._part(page, box))) if box is not None else None
        if exact is not None:
            return exact
        first = (number for (at, _), number in self._numbers.items() if at == page)
        return next(first, len(self._pages) - 1)


def _renumbered(item: R, number: PageOf) -> R:
    """A record (or a tuple of them) with ``number`` of page and box for every page within it."""
    if isinstance(item, tuple | list):
        return cast("R", type(item)(_renumbered(one, number) for one in item))
    if not isinstance(item, Record):
        return item
    changed: dict[str, Any] = {
        name: _renumbered(value, number)
        for name in item.__struct_fields__
        if isinstance(value := getattr(item, name), tuple | Record)
    }
    page = getattr(item, "page", None)
    if page is not None:
        changed["page"] = number(page, getattr(item, "box", None))
    return msgspec.structs.replace(item, **changed)


# --------------------------------------------------------------------------- finding columns


def _zones(tables: Sequence[Box], lines: Sequence[Line]) -> Iterator[Zone]:
    """The stretches of one page in which tables stand in columns, from top to bottom."""
    gutters = _gutters(tables, [line.box for line in lines])
    if not gutters:
        return
    boxes = [*tables, *(line.box for line in lines)]
    across = [box for box in boxes if any(box[0] < gutter < box[2] for gutter in gutters)]
    across += [line.box for line in lines if _over_both(line.box, boxes, tables, gutters)]
    across += _leading_on(across, [line.box for line in lines], boxes)
    edges = sorted((box[1], box[3]) for box in across)
    top = float("-inf")
    for above, below in [*edges, (float("inf"), float("inf"))]:
        inside = [box for box in tables if top < (box[1] + box[3]) / 2 < above]
        if len({bisect_right(gutters, box[0]) for box in inside}) > 1:
            yield Zone(top, above, gutters)
        top = max(top, below)


def _gutters(tables: Sequence[Box], lines: Sequence[Box]) -> tuple[float, ...]:
    """Where the columns are parted: between all tables that stand side by side, or nowhere."""
    strips = [
        (min(one[2], other[2]), max(one[0], other[0]))
        for one, other in combinations(tables, 2)
        if _share(one, other, _BESIDE) or _are_in_columns(one, other, lines)
    ]
    found: list[tuple[float, float]] = []
    for strip in sorted(strips):
        if found and strip[0] < found[-1][1]:
            last = found.pop()
            found.append((max(strip[0], last[0]), min(strip[1], last[1])))
        else:
            found.append(strip)
    if any(right - left < _GUTTER for left, right in found):
        return ()
    return tuple((left + right) / 2 for left, right in found)


def _share(one: Box, other: Box, points: float) -> bool:
    return min(one[3], other[3]) - max(one[1], other[1]) >= points


def _are_in_columns(one: Box, other: Box, lines: Sequence[Box]) -> bool:
    """Whether two tables of one width stand in two columns, though at different heights.

    Then a line of the left column stands beside the table on the right.
    """
    left, right = sorted((one, other))
    widths = left[2] - left[0], right[2] - right[0]
    if right[0] - left[2] < _GUTTER or max(widths) - min(widths) > _WIDTH * max(widths):
        return False
    return any(
        left[0] - _GUTTER <= line[0] and line[2] < right[0] and _share(line, right, _LINE)
        for line in lines
    )


def _leading_on(across: Sequence[Box], lines: Sequence[Box], boxes: Sequence[Box]) -> list[Box]:
    """The lines that lead on to something across all columns: what ends the columns.

    Nothing stands beside such a line, and it is nearer to what is across below it than to what is
    above.
    """
    found: list[Box] = []
    for line in sorted(lines, key=lambda box: -box[1]):
        others = [box for box in boxes if box is not line]
        below = min(
            (box for box in others if box[1] >= line[3]), key=lambda box: box[1], default=None
        )
        above = max((box[3] for box in others if box[3] <= line[1]), default=float("-inf"))
        beside = any(box[1] < line[3] and line[1] < box[3] for box in others)
        if below is None or not any(below is box for box in (*across, *found)):
            continue
        if not beside and below[1] - line[3] < line[1] - above:
            found.append(line)
    return found


def _over_both(
    line: Box, boxes: Sequence[Box], tables: Sequence[Box], gutters: Sequence[float]
) -> bool:
    """Whether a short line at the left stands over tables that are set side by side on purpose.

    Nothing stands beside it, and the next tables below begin at one height.
    """
    beside = any(
        box is not line and box[1] < line[3] and line[1] < box[3] and box[0] >= line[2]
        for box in boxes
    )
    if beside or bisect_right(gutters, line[0]):
        return False
    tops: dict[int, float] = {}
    for box in tables:
        column = bisect_right(gutters, box[0])
        if box[1] >= line[3]:
            tops[column] = min(box[1], tops.get(column, box[1]))
    return len(tops) > 1 and max(tops.values()) - min(tops.values()) <= _LEVEL
