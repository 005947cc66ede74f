"""A table without ruled columns: its boundaries and cells, and whether it is one at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

import msgspec

from pipeline.extract.pdf.lines import BLANKS, TextLine
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.unruled.banners import Columns
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    at_gutters,
    covered,
    is_dots,
    is_figure,
    is_leader,
)
from pipeline.extract.unruled.rows import Level, lines_of_two_rows
from pipeline.model import Box, Ground

_SHORT = 14.0
"""Font sizes up to which a text is short: a name, a number, a word."""

_FEWEST_STREWN = 3
"""Rows with figures that say whether these stand in line, at least."""
_SAME_PLACE = 0.25
"""Font sizes between the places of two figures that stand in line."""

_NEAR = 2.0
"""Font sizes from a name to the dots that lead from it, at most."""
_FEWEST_LED = 3
"""Short rows of dots that end at one place, at least."""
_SAME_END = 1.5
"""Points between the ends of leaders of one table, at most."""


class Found(msgspec.Struct):
    """A table: its column and row boundaries and its cells by place.

    ``leaders``: dots that lead from names to figures, in no cell; ``led``: the rows they stand in.
    ``unsure``: lines that may be of the row above or below, each with the box of both rows.
    ``grounds``: the decisions that made the table, and what spoke for each.
    """

    xs: list[float]
    ys: list[float]
    cells: list[FoundCell]
    method: Literal["ruled", "horizontal", "text"]
    open_top: bool = False
    open_bottom: bool = False
    leaders: list[Glyph] = []
    led: frozenset[int] = frozenset()
    unsure: list[tuple[str, Box]] = []
    grounds: list[Ground] = []


class Before(msgspec.Struct, frozen=True):
    """How the page before ends, and what all pages tell of rows.

    ``level``: beside which line of a name figures stand in this document, as far as that is told.
    ``cut``: with a row that no rule closes.  ``xs``: the columns of its last table; ``headings``:
    the texts of its first row, without blanks; ``merged``: how many columns hold cells merged over
    rows, from the left on; ``centred``: the texts of these are known to stand half way down.
    """

    cut: bool = False
    xs: tuple[float, ...] = ()
    headings: tuple[str, ...] = ()
    merged: int = 0
    centred: bool = False
    level: Level | None = None


class FoundCell(msgspec.Struct):
    """Rows and columns covered (ends exclusive) and the glyphs."""

    top: int
    left: int
    bottom: int
    right: int
    glyphs: list[Glyph]


def assembled(
    lines: Sequence[Sequence[Row]],
    columns: Columns,
    ys: list[float],
    sides: Span,
    method: Literal["horizontal", "text"],
    *,
    level: Level | None = None,
) -> Found | None:
    """Rows and gutters to cells; a text across a gutter spans the columns it covers."""
    gaps = columns.gaps
    xs = [sides[0], *[(low + high) / 2 for low, high in gaps], sides[1]]
    if any(second - first < 1 for first, second in pairwise(xs)):
        return None
    cells: list[FoundCell] = []
    leaders: list[Glyph] = []
    led: set[int] = set()
    ends = _ends_of_leaders(lines)
    for number, line in enumerate(lines):
        spans: list[tuple[int, int, list[Glyph]]] = []
        parts = [piece for row in line for part in row.parts for piece in at_gutters(part, gaps)]
        dots = [part for part in parts if _leads(part, parts, ends)]
        leaders.extend(glyph for part in dots for glyph in part.glyphs)
        led |= {number} if dots else set()
        parts = [part for part in parts if part not in dots]
        for part in parts:
            first, last = columns.over(line) or covered(part.box[0], part.box[2], gaps)
            joined = [span for span in spans if span[0] < last and first < span[1]]
            glyphs = list(part.glyphs)
            for span in joined:
                first, last = min(first, span[0]), max(last, span[1])
                glyphs = span[2] + glyphs
                spans.remove(span)
            spans.append((first, last, glyphs))
        filled = {column for first, last, _ in spans for column in range(first, last)}
        spans.extend((c, c + 1, []) for c in range(len(xs) - 1) if c not in filled)
        cells.extend(
            FoundCell(number, first, number + 1, last, glyphs)
            for first, last, glyphs in sorted(spans, key=lambda span: span[0])
        )
    return Found(
        xs,
        ys,
        cells,
        method,
        leaders=leaders,
        led=frozenset(led),
        unsure=lines_of_two_rows(lines, gaps, level),
    )


def _ends_of_leaders(lines: Sequence[Sequence[Row]]) -> list[float]:
    """Where rows of dots end that begin near a name: long ones, or several."""
    near = [
        dots
        for line in lines
        for row in line
        for before, dots in pairwise(row.parts)
        if is_dots(dots.text) and _is_near(before, dots)
    ]
    return [
        dots.box[2]
        for dots in near
        if is_leader(dots.text)
        or sum(abs(dots.box[2] - other.box[2]) <= _SAME_END for other in near) >= _FEWEST_LED
    ]


def _is_near(before: TextLine, dots: TextLine) -> bool:
    near = dots.box[0] - before.box[2] <= _NEAR * dots.size
    return near and not is_figure(before.text) and not is_dots(before.text)


def _leads(dots: TextLine, parts: Sequence[TextLine], ends: Sequence[float]) -> bool:
    """Whether dots lead from a name: they begin near it, or nothing stands before them.

    Few dots do where many end.  Others are a sign in place of a figure.
    """
    if not is_dots(dots.text):
        return False
    before = [
        part
        for part in parts
        if part.box[0] < dots.box[0] and part.box[1] < dots.box[3] and dots.box[1] < part.box[3]
    ]
    if not before:
        return is_leader(dots.text)
    many = is_leader(dots.text) or any(abs(dots.box[2] - end) <= _SAME_END for end in ends)
    return many and _is_near(max(before, key=lambda part: part.box[2]), dots)


def is_strewn(table: Found) -> bool:
    """Whether figures stand in no line below one another: labels of bars, points or a map.

    In a column they end, begin, or have their middle or the decimal mark where others do.
    """
    columns: dict[int, list[list[Glyph]]] = {}
    rows: set[int] = set()
    for cell in table.cells:
        glyphs = [glyph for glyph in cell.glyphs if glyph.text not in BLANKS]
        text = "".join(glyph.text for glyph in glyphs)
        if cell.right - cell.left == 1 and is_figure(text) and any(map(str.isdigit, text)):
            columns.setdefault(cell.left, []).append(glyphs)
            rows.add(cell.top)
    if len(rows) < _FEWEST_STREWN:
        return False
    lone = sum(_lone(cells) for cells in columns.values())
    return 2 * lone > sum(map(len, columns.values()))


def _lone(cells: Sequence[Sequence[Glyph]]) -> int:
    """How many figures of a column share no place with others."""
    size = median(glyph.run.size for glyphs in cells for glyph in glyphs)
    places = [_places(glyphs) for glyphs in cells]
    return sum(
        not any(
            abs(place - other) <= _SAME_PLACE * size
            for number, others in enumerate(places)
            if number != at
            for place, other in zip(here, others, strict=True)
        )
        for at, here in enumerate(places)
    )


def _places(glyphs: Sequence[Glyph]) -> tuple[float, float, float, float]:
    """Where a figure begins, ends, has its middle and its decimal mark, or its last digit."""
    left, right = min(glyph.x0 for glyph in glyphs), max(glyph.x1 for glyph in glyphs)
    marks = [glyph.x0 for glyph in glyphs if glyph.text in ".．"]
    digits = [glyph.x1 for glyph in glyphs if glyph.text.isdigit()]
    return left, right, (left + right) / 2, marks[0] if marks else max(digits)


def is_plausible(table: Found, *, fullest: float, rows: int) -> bool:
    """Whether what was found looks like a table rather than text that happens to align.

    Most cells are filled, many of them with something short; several rows have texts in two
    columns; no dotted leaders lead to one figure a row, as to page numbers.
    """
    filled = [cell for cell in table.cells if cell.glyphs]
    if len(filled) < fullest * len(table.cells):
        return False
    short = 0
    by_row: dict[int, int] = {}
    for cell in filled:
        size = median(glyph.run.size for glyph in cell.glyphs)
        left = min(glyph.x0 for glyph in cell.glyphs)
        right = max(glyph.x1 for glyph in cell.glyphs)
        short += right - left <= _SHORT * size
        by_row[cell.top] = by_row.get(cell.top, 0) + 1
    leaders = len({row for row in table.led if by_row.get(row, 0) <= 2})
    several = sum(count > 1 for count in by_row.values())
    least = 0.35 if table.method == "horizontal" else 0.5 if len(by_row) > 4 else 0.8
    return short >= least * len(filled) and several >= rows and 3 * leaders < len(by_row)
