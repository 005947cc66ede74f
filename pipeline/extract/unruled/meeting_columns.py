"""Columns that all but meet: figures set to the right before words set to the left.

Spreadsheets leave two points between them, so that lines show one text (120目標達成, 12人【達成】).
But the figures all end at one place and the words all begin at one right behind it, though both are
of different lengths: no text by itself does so.  Several figures in one text, each at a place where
those of other lines begin, or end, are of several columns, too (17,677 46,000 17,677).  Nor does
one text open brackets over and over and close none, or hold nothing but years in brackets: those
are headings side by side, some of which close theirs on a further line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import BLANKS, TextLine, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.unruled.gutters import COLUMN_GAP, Row, Span, is_dots, is_figure, is_lone
from pipeline.japanese.eras import find_years
from pipeline.japanese.text import label

_SAME = 0.5
"""Points between two ends, or two beginnings, at one place."""
_NARROWEST = 0.12
"""Font sizes between the two columns, at least."""
_FEWEST = 3
"""Texts that end or begin at such a place, at least."""
_UNLIKE = 0.4
"""Font sizes by which texts of different lengths differ, at least."""
_OPENING = "【（(〔[［「《〈<＜"
"""Brackets that words may begin with."""
_ROUND = "（("
_IN_BRACKETS = re.compile(r"[（(][^（()）]+[)）]")
_SHORTEST = 2
"""Letters of words before a figure of the next column, at least."""
_FIGURE_GAP = 0.2
"""Font sizes between two figures of neighbouring columns, at least."""


def with_meeting_columns(rows: Sequence[Row]) -> list[Row]:
    """The lines, their texts parted where columns all but meet.

    These are kept as far apart as columns are: their boxes leave out what is next to the side.  Of
    two sides the one further right is first, for units are parted from figures only by it.
    """
    found = [_at_open_brackets(row) for row in _at_figures(rows)]
    sides = sorted({side for row in rows for part in row.parts for side in _joints(part)})
    for side in reversed(sides):
        first, last = _from_to(found, side)
        if _is_side(side, found[first:last]):
            found[first:last] = [_parted(row, side) for row in found[first:last]]
    return found


def _at_figures(rows: Sequence[Row]) -> list[Row]:
    """The lines, their texts parted that are several figures, each at the place of others.

    So are words before a figure that begins where others do (目標達成523).
    """
    alone = [p for row in rows for p in row.parts if is_figure(p.text) and not _figures_in(p)]
    starts, ends = ([part.box[at] for part in alone] for at in (0, 2))
    found = []
    for row in rows:
        parts: list[TextLine] = []
        for part in row.parts:
            several = _figures_in(part)
            placed = all(_is_place(piece[0].x0, starts) for piece in several)
            placed = placed or all(_is_place(piece[-1].x1, ends) for piece in several)
            pieces = (several if placed else []) or _words_and_figure(part, starts)
            parts += _kept_apart(pieces, row.size) if pieces else [part]
        found.append(msgspec.structs.replace(row, parts=parts))
    return found


def _figures_in(part: TextLine) -> list[list[Glyph]]:
    """The figures of which a text consists, with spaces between; none if it is no such text."""
    glyphs = sorted(
        (glyph for glyph in part.glyphs if glyph.text not in BLANKS), key=lambda one: one.x0
    )
    pieces: list[list[Glyph]] = [glyphs[:1]]
    for glyph, after in pairwise(glyphs):
        if after.x0 - glyph.x1 >= _FIGURE_GAP * part.size:
            pieces.append([])
        pieces[-1].append(after)
    texts = ["".join(glyph.text for glyph in piece) for piece in pieces]
    figures = (is_figure(text) and text[:1].isdigit() for text in texts)
    whole = len(pieces) > 1 and all(figures)
    return pieces if whole else []


def _words_and_figure(part: TextLine, starts: Sequence[float]) -> list[list[Glyph]]:
    """The words and the figure of which a text consists, if this begins at a place of others."""
    for (_, start), words, figure in _spaces(part):
        worded = words.isalpha() and len(words) >= _SHORTEST
        if worded and figure[0].isdigit() and is_figure(figure) and _is_place(start, starts):
            before = [glyph for glyph in part.glyphs if glyph.x1 <= start]
            after = [glyph for glyph in part.glyphs if glyph.x1 > start]
            return [before, after]
    return []


def _is_place(at: float, places: Sequence[float]) -> bool:
    """Whether figures of several other lines begin, or end, at a place."""
    return sum(abs(at - place) <= _SAME for place in places) >= _FEWEST


def _kept_apart(pieces: Sequence[Sequence[Glyph]], size: float) -> Iterator[TextLine]:
    """Glyphs as texts whose boxes are as far apart as columns are."""
    clear = COLUMN_GAP * size / 2
    for piece in (line for glyphs in pieces for line in lines_of(glyphs)):
        x0, top, x1, bottom = piece.box
        middle = (x0 + x1) / 2
        piece.extent = (min(x0 + clear, middle), top, max(x1 - clear, middle), bottom)
        yield piece


def _at_open_brackets(row: Row) -> Row:
    """A line, its texts parted that open several brackets: （平成24年（平成26年, （R3）（R5）."""
    if not any(_opens_several(part.text) for part in row.parts):
        return row
    clear = COLUMN_GAP * row.size / 2
    parts: list[TextLine] = []
    for part in row.parts:
        if not _opens_several(part.text):
            parts.append(part)
            continue
        pieces: list[list[Glyph]] = [[]]
        for glyph in sorted(part.glyphs, key=lambda one: one.x0):
            if glyph.text in _ROUND:
                pieces.append([])
            pieces[-1].append(glyph)
        for piece in (line for glyphs in pieces if glyphs for line in lines_of(glyphs)):
            x0, top, x1, bottom = piece.box
            piece.extent = (x0 + clear, top, x1 - clear, bottom)
            parts.append(piece)
    return msgspec.structs.replace(row, parts=parts)


def _opens_several(text: str) -> bool:
    """Whether a text begins with a bracket, opens further ones and closes none, or is all years."""
    if text[:1] not in {*_ROUND} or sum(map(text.count, _ROUND)) < 2:
        return False
    return not any(mark in text for mark in "）)") or _are_years(text)


def _are_years(text: str) -> bool:
    """Whether a text is years in brackets; a year and its other name are of one heading."""
    pieces = [label(piece) for piece in _IN_BRACKETS.findall(text)]
    years = [[year.fiscal_year for year in find_years(piece)] for piece in pieces]
    renamed = any(
        one == two and first != second
        for (one, first), (two, second) in pairwise(zip(years, pieces, strict=True))
    )
    return "".join(pieces) == label(text) and all(years) and not renamed


def _joints(part: TextLine) -> Iterator[Span]:
    """Where a figure at the start of a text ends and words begin, with a space between."""
    for space, text, words in _spaces(part):
        begins = words[:1].isalpha() or words[:1] in _OPENING
        if begins and is_figure(text) and any(map(str.isdigit, text)):
            yield space


def _spaces(part: TextLine) -> Iterator[tuple[Span, str, str]]:
    """The spaces in a text, each with what stands before and after it."""
    glyphs = sorted(
        (glyph for glyph in part.glyphs if glyph.text not in BLANKS), key=lambda one: one.x0
    )
    if is_dots(part.text):
        return
    for number, (glyph, after) in enumerate(pairwise(glyphs), 1):
        if after.x0 - glyph.x1 >= _NARROWEST * part.size:
            before, behind = glyphs[:number], glyphs[number:]
            text = "".join(one.text for one in before)
            yield (glyph.x1, after.x0), text, "".join(one.text for one in behind)


def _has(part: TextLine, side: Span) -> bool:
    """Whether a figure ends and words begin at a side, in one text."""
    return any(_are_same(joint, side) for joint in _joints(part))


def _has_space(part: TextLine, side: Span) -> bool:
    """Whether a text ends and another begins at a side, whatever they are (集計中【－】)."""
    return any(_are_same(space, side) for space, _, _ in _spaces(part))


def _are_same(one: Span, two: Span) -> bool:
    return abs(one[0] - two[0]) <= _SAME and abs(one[1] - two[1]) <= _SAME


def _from_to(rows: Sequence[Row], side: Span) -> tuple[int, int]:
    """The first of the lines with a text that has a side in it, and the one after the last."""
    own = [at for at, row in enumerate(rows) if any(_has_space(part, side) for part in row.parts)]
    return (own[0], own[-1] + 1) if own else (0, 0)


def _is_side(side: Span, rows: Sequence[Row]) -> bool:
    """Whether figures of different lengths end, and words of different lengths begin, at a side.

    No text lies across it, but for lines of one text.
    """
    before, after = side
    starts: list[float] = []
    ends: list[float] = []
    across = False
    for row in rows:
        for part in row.parts:
            if _has(part, side):
                starts.append(part.box[0])
                ends.append(part.box[2])
            elif abs(part.box[2] - before) <= _SAME and is_figure(part.text):
                starts.append(part.box[0])
            elif abs(part.box[0] - after) <= _SAME and not is_figure(part.text):
                ends.append(part.box[2])
            elif part.box[0] < after - _SAME and part.box[2] > before + _SAME:
                across = across or not (is_lone(row) or _has_space(part, side))
    size = max((row.size for row in rows), default=0.0)
    return not across and all(
        len(at) >= _FEWEST and max(at) - min(at) >= _UNLIKE * size for at in (starts, ends)
    )


def _parted(row: Row, side: Span) -> Row:
    """A line with its texts parted at a side, and kept clear of it."""
    clear = COLUMN_GAP * row.size / 2
    parts: list[TextLine] = []
    for part in row.parts:
        if not _has_space(part, side):
            parts.append(part)
            continue
        middle = sum(side) / 2
        before = [glyph for glyph in part.glyphs if (glyph.x0 + glyph.x1) / 2 < middle]
        after = [glyph for glyph in part.glyphs if (glyph.x0 + glyph.x1) / 2 >= middle]
        parts += [*lines_of(before), *lines_of(after)]
    for part in parts:
        x0, top, x1, bottom = part.box
        if abs(x1 - side[0]) <= _SAME:
            part.extent = (x0, top, max(x1 - clear, (x0 + x1) / 2), bottom)
        elif abs(x0 - side[1]) <= _SAME:
            part.extent = (min(x0 + clear, (x0 + x1) / 2), top, x1, bottom)
    return msgspec.structs.replace(row, parts=parts)
