"""Columns without rules in which nothing stands but their heading (備考, where nobody remarked)."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import BLANKS, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import WORD_GAP, Span

_WORD = re.compile(r"[^\W\d_]{2}")
"""A heading of its own begins with two letters: no bracket, no mark, no single letter of a spaced
word (備 考)."""


def with_empty(found: Found, levels: int) -> Found:
    """The table with a column for each word of the headings under which nothing stands.

    Two words stand side by side in a cell of the headings (評定 特記事項), the first ``levels``
    rows, and all other texts of the column stand under one of the two: the other one is over a
    column of its own.
    """
    headings = [cell for cell in found.cells if cell.top < levels and cell.right - cell.left == 1]
    for cell in sorted(headings, key=lambda one: -one.left):
        words = _words(cell)
        ink = _ink(found, cell)
        if len(words) < 2 or ink is None:
            continue
        filled = [at for at, (left, right) in enumerate(words) if left < ink[1] and ink[0] < right]
        if len(filled) == 1:
            (left, right) = words[filled[0]]
            words[filled[0]] = (min(left, ink[0]), max(right, ink[1]))
            for (_, end), (start, _) in reversed(list(pairwise(words))):
                found = _parted(found, cell.left, (end + start) / 2)
    return found


def _words(cell: FoundCell) -> list[Span]:
    """From where to where the words of a cell reach, left to right; none if one is no word."""
    words: list[Span] = []
    for part in lines_of(cell.glyphs, split=WORD_GAP):
        left, right = part.box[0], part.box[2]
        over = [one for one in words if one[0] < right and left < one[1]]
        if not over and not _WORD.match(part.text):
            return []
        words = [one for one in words if one not in over]
        spans = [*over, (left, right)]
        words.append((min(one[0] for one in spans), max(one[1] for one in spans)))
    return sorted(words)


def _ink(found: Found, beside: FoundCell) -> Span | None:
    """From where to where the other texts of a cell's column reach."""
    glyphs = [
        glyph
        for cell in found.cells
        if cell is not beside and cell.left <= beside.left < cell.right
        for glyph in cell.glyphs
        if glyph.text not in BLANKS
    ]
    if not glyphs:
        return None
    return min(glyph.x0 for glyph in glyphs), max(glyph.x1 for glyph in glyphs)


def _parted(found: Found, column: int, at: float) -> Found:
    """The table with a boundary more, within a column, at a place where nothing stands."""
    cells: list[FoundCell] = []
    for cell in found.cells:
        if cell.right <= column:
            cells.append(cell)
        elif cell.left > column:
            moved = (cell.left + 1, cell.right + 1)
            cells.append(FoundCell(cell.top, moved[0], cell.bottom, moved[1], cell.glyphs))
        elif cell.right - cell.left > 1:
            cells.append(FoundCell(cell.top, cell.left, cell.bottom, cell.right + 1, cell.glyphs))
        else:
            sides: tuple[list[Glyph], list[Glyph]] = ([], [])
            for glyph in cell.glyphs:
                sides[(glyph.x0 + glyph.x1) / 2 > at].append(glyph)
            for side, glyphs in enumerate(sides):
                left = column + side
                cells.append(FoundCell(cell.top, left, cell.bottom, left + 1, glyphs))
    xs = sorted([*found.xs, at])
    return msgspec.structs.replace(found, xs=xs, cells=cells)
