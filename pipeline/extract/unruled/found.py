"""A table without ruled columns: its boundaries and cells, and whether it is one at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

import msgspec

from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.unruled.gutters import Row, Span, at_gutters, covered, is_leader
from pipeline.extract.unruled.rows import lines_of_two_rows
from pipeline.model import Box, Ground

_SHORT = 14.0
"""Font sizes up to which a text is short: a name, a number, a word."""


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


class FoundCell(msgspec.Struct):
    """Rows and columns covered (ends exclusive) and the glyphs."""

    top: int
    left: int
    bottom: int
    right: int
    glyphs: list[Glyph]


def assembled(
    lines: Sequence[Sequence[Row]],
    gaps: Sequence[Span],
    ys: list[float],
    sides: Span,
    method: Literal["horizontal", "text"],
) -> Found | None:
    """Rows and gutters to cells; a text across a gutter spans the columns it covers."""
    xs = [sides[0], *[(low + high) / 2 for low, high in gaps], sides[1]]
    if any(second - first < 1 for first, second in pairwise(xs)):
        return None
    cells: list[FoundCell] = []
    leaders: list[Glyph] = []
    led: set[int] = set()
    for number, line in enumerate(lines):
        spans: list[tuple[int, int, list[Glyph]]] = []
        parts = [piece for row in line for part in row.parts for piece in at_gutters(part, gaps)]
        for part in parts:
            if is_leader(part.text):
                leaders.extend(part.glyphs)
                led.add(number)
        parts = [part for part in parts if not is_leader(part.text)]
        for part in parts:
            first, last = covered(part.box[0], part.box[2], gaps)
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
        unsure=lines_of_two_rows(lines, gaps),
    )


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
