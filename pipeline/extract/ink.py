"""What makes the figures of a cell doubtful though each of their characters is known.

A line through a number takes it back; a short stroke before it may be a minus sign, a small shape
beside it anything.  Digits of two sizes, one over another, or next to some that are hidden may be
another number than they seem.  Each is a doubt at its cell.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

import msgspec

from pipeline.boxes import around, contains, middle, rounded
from pipeline.extract.pdf.lines import BLANKS, box_of, cell_text, mixes_sizes
from pipeline.extract.pdf.primitives import Glyph, Hidden, Page, Rule
from pipeline.extract.ruled.cells import centre
from pipeline.model import Box, Remark

_LONGEST_STROKE = 400.0
"""Points up to which a rule may be a stroke through figures; a longer one parts rows."""
_SIDE = 1.2
"""Points from the side of a cell within which a line belongs to it."""

_LARGEST_DOT, _SIDE_OF_DOTS = 2.0, 3.0
"""The same for the dots of dotted rules, which stand less exactly."""

_THROUGH = (0.12, 0.6)
"""Heights above the baseline, in font sizes, between which a level line goes through a figure."""

_ACROSS = (-0.1, 0.8)
"""The same for a line that slants."""

_NEXT_FIGURE = 2.5
"""Font sizes within which the figure stands that replaces another."""

_BESIDE = 0.8
"""Font sizes from a figure within which ink may belong to it."""

_FAR, _LONGEST_MINUS = 3.0, 2.5
"""The same for a level stroke on the line of the figure, and how long it may be."""

_OVER = (0.7, 1.2)
"""Heights above the baseline, in font sizes, at which a level stroke is a line over digits."""

_ON_LINE = (0.18, 0.55)
"""Heights above the baseline, in font sizes, at which such a stroke stands."""

_THROUGH_ROW = (0.2, 0.5)
"""The same for a line through all of a row, which may be a rule."""

_WHOLE_CELL = 0.8
"""Part of the height and width of a cell from which on a slanting line crosses it out."""

_NARROWEST = 0.2
"""Font sizes from one digit to the next below which they run into one another."""
_SAME_PLACE, _HALF = 0.3, 0.45
"""Widths of a letter within which another one stands over it."""

_MOST_OVER, _LONGEST_FIGURE = 4, 200
"""Characters that may stand at one place, and those of a cell that holds figures."""

_JOINED = 0.35
"""Font sizes between digits within which they are of one figure."""

_ONCE_SEEN: frozenset[Hidden] = frozenset({"covered", "same-colour", "clipped", "transparent"})
"""Why a digit may be hidden of which others of its figure are seen."""

_OF_A_FIGURE = frozenset("0123456789０１２３４５６７８９-−－‐▲△.,．，")

_SIGNS = frozenset("-－−‐‑‒–—―▲△▼")
_ON_THE_EDGE = 0.15
"""Part of the width of a sign that must stand on each side of an edge for it to be on it."""

_LARGEST_MARK = 1.3
"""Font sizes up to which a drawing may stand for a character."""

_OUTGROWN = 1.2
"""Heights of its cell from which on a digit lies over what stands in other rows."""

_LARGEST_IMAGE = 20.0
"""Points up to which a picture may stand for a character."""

_TALLEST_PICTURE = 60.0
"""Points up to which a picture may stand for the text of a cell."""

_FEWEST_LETTERS = 4
"""Pieces of drawings in line with a text from which they may be letters of it."""

_MOST_STROKES = 8
"""Slanting strokes of a mark, at most; more hatch a cell."""

_MOST = 20_000
"""Pieces of ink from which on a page is a drawing, whose figures are none of a table's."""


_AT = attrgetter("at")


class Ink(msgspec.Struct, gc=False):
    """A stroke from one point to another, or (``shape``) a small drawing in a box."""

    x0: float
    y0: float
    x1: float
    y1: float
    shape: bool = False

    @property
    def box(self) -> Box:
        """The box around it."""
        top, bottom = sorted((self.y0, self.y1))
        return (min(self.x0, self.x1), top, max(self.x0, self.x1), bottom)

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


class Inks:
    """The ink of a page that may concern figures, asked cell by cell."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._inks = [
            Ink(rule.start, rule.at, rule.end, rule.at)
            for rule in page.horizontal
            if rule.end - rule.start <= _LONGEST_STROKE
        ]
        self._inks += [
            Ink(rule.at, rule.start, rule.at, rule.end)
            for rule in page.vertical
            if rule.end - rule.start <= 2 * _LARGEST_MARK * 12
        ]
        self._inks += [Ink(*stroke) for stroke in page.strokes]
        self._inks += [Ink(*box, shape=True) for box in page.shapes]
        self._inks += [
            Ink(*box, shape=True)
            for box in page.images
            if max(box[2] - box[0], box[3] - box[1]) <= _LARGEST_IMAGE
        ]
        if len(self._inks) > _MOST:
            self._inks = []
        self._inks.sort(key=_height)
        self._heights = [_height(ink) for ink in self._inks]
        small = [box for box in page.images if box[3] - box[1] <= _TALLEST_PICTURE]
        self._drawings = sorted([*page.drawings, *small], key=_height_of)
        if len(self._drawings) > _MOST:
            self._drawings = []
        self._levels = [_height_of(box) for box in self._drawings]
        self._rules = sorted(page.horizontal, key=_AT)
        runs = Counter(id(glyph.run) for glyph in page.glyphs if glyph.text not in BLANKS)
        self._lone_signs = [
            glyph for glyph in page.glyphs if glyph.text in _SIGNS and runs[id(glyph.run)] == 1
        ]
        self._clipped = {id(glyph) for glyph, reason in page.hidden if reason == "clipped"}
        self._hidden = [
            glyph
            for glyph, reason in page.hidden
            if reason in _ONCE_SEEN and glyph.text in _OF_A_FIGURE and not glyph.run.angle
        ]

    def judge(self, cell: Box, glyphs: list[Glyph]) -> tuple[list[Remark], list[Glyph]]:
        """What ink says of the text of a cell, and the letters that a correction replaced.

        Those were struck out while others in the cell were not.
        """
        written = [glyph for glyph in glyphs if glyph.text not in BLANKS and not glyph.run.angle]
        remarks: list[Remark] = []
        if (self._drawings and self._is_drawn(cell, written)) or (
            not written and self._holds_mark(cell)
        ):
            remarks.append(self._remark("reading.drawn-in-cell", cell, written))
        if not written:
            return remarks, []
        if mixes_sizes(written):
            remarks.append(self._remark("reading.figures-of-two-sizes", cell, written))
        if stands_over(written):
            remarks.append(self._remark("reading.overprinted", cell, written))
        elif outsized := [glyph for glyph in written if _outgrows(glyph, cell)]:
            whole = around([cell, box_of(outsized)])
            remarks.append(self._remark("reading.overprinted", whole, written))
        if self._hidden and self._hides_part(cell, written):
            remarks.append(self._remark("reading.partly-hidden", cell, written))
        here = self._within(cell)
        through = self._through(written)
        if not here and not through and not self._page.struck and not self._lone_signs:
            return remarks, []
        struck = [g for g in written if any(_strikes(ink, g) for ink in here)]
        struck = struck or through
        if not struck and any(_crosses_out(ink, cell) for ink in here) and _is_figure(written):
            struck = written
        struck += [
            g
            for g in written
            if any(contains(box, *centre(g)) for box in self._page.struck) and g not in struck
        ]
        if struck:
            replaced = _is_replaced(struck, written)
            rule = "reading.struck-out-replaced" if replaced else "reading.struck-out"
            remarks.append(self._remark(rule, box_of(struck) if replaced else cell, struck))
            return remarks, struck if replaced else []
        signs = (_is_beside, _is_overline)
        if any(
            _is_minus(ink, written, cell) or any(is_sign(ink, written) for is_sign in signs)
            for ink in here
        ) or any(_straddles(sign, cell, written) for sign in self._lone_signs):
            remarks.append(self._remark("reading.mark-beside-figure", cell, written))
        return remarks, []

    def _within(self, cell: Box) -> list[Ink]:
        first = bisect_right(self._heights, cell[1] + _SIDE)
        last = bisect_left(self._heights, cell[3] - _SIDE)
        here = [ink for ink in self._inks[first:last] if _is_in(ink, cell)]
        sides = [ink.box for ink in here if _is_side(ink, cell)]
        return [ink for ink in here if not any(_holds(side, ink.box) for side in sides)]

    def _is_drawn(self, cell: Box, written: Sequence[Glyph]) -> bool:
        """Whether a drawing or picture stands in place of text of a cell, all or some of it."""
        first = bisect_right(self._levels, cell[1] + _SIDE)
        last = bisect_left(self._levels, cell[3] - _SIDE)
        here = [
            box
            for box in self._drawings[first:last]
            if cell[0] - _SIDE < box[0]
            and box[2] < cell[2] + _SIDE
            and cell[0] + _SIDE_OF_DOTS < (box[0] + box[2]) / 2 < cell[2] - _SIDE_OF_DOTS
            and max(box[2] - box[0], box[3] - box[1]) > _LARGEST_DOT
            and cell[1] - _SIDE < box[1]
            and box[3] < cell[3] + _SIDE
        ]
        if not written:
            return bool(here)
        letters = [box for box in here if any(_is_in_line(box, glyph) for glyph in written)]
        return len(letters) >= _FEWEST_LETTERS

    def _holds_mark(self, cell: Box) -> bool:
        """Whether a few slanting strokes stand in a cell: a cross, an arrow, not its diagonal."""
        slanting = [
            ink
            for ink in self._within(cell)
            if not ink.shape
            and min(ink.box[2] - ink.box[0], ink.box[3] - ink.box[1]) > _LARGEST_DOT
        ]
        return 0 < len(slanting) <= _MOST_STROKES and not any(
            _crosses_out(ink, cell) for ink in slanting
        )

    def _through(self, written: Sequence[Glyph]) -> list[Glyph]:
        """The letters of one line through whose middle a rule goes, if it takes in all of it."""
        first = bisect_left(self._rules, min(g.y - g.run.size for g in written), key=_AT)
        last = bisect_right(self._rules, max(g.y for g in written), key=_AT)
        for rule in self._rules[first:last]:
            line = [g for g in written if abs(g.y - rule.at) < g.run.size]
            if line and all(_goes_through(rule, glyph) for glyph in line):
                return line
        return []

    def _hides_part(self, cell: Box, written: Sequence[Glyph]) -> bool:
        """Whether hidden digits go on with those that are seen; not most in the place of others.

        What is clipped at the edge of a cell lies beyond it.
        """
        digits = [glyph for glyph in written if glyph.text.isdigit()]
        if len(written) > _LONGEST_FIGURE:
            return False
        gone = [
            glyph
            for glyph in self._hidden
            if digits
            and (
                contains(cell, *centre(glyph))
                or (id(glyph) in self._clipped and any(_follows(glyph, one) for one in digits))
            )
        ]
        alone = [
            glyph for glyph in gone if not any(_in_place_of(other, glyph) for other in written)
        ]
        beside = [glyph for glyph in written if glyph.text in _OF_A_FIGURE]
        return 2 * len(alone) > len(gone) and any(
            _gap(glyph, other) < _JOINED for glyph in alone for other in beside
        )

    def _remark(self, rule: str, box: Box, glyphs: list[Glyph]) -> Remark:
        text = cell_text(glyphs)
        return Remark(rule=rule, page=self._page.number, box=rounded(box), printed=text)


def _outgrows(glyph: Glyph, cell: Box) -> bool:
    """Whether a digit is set so large that it lies over the rows above or below its own."""
    return glyph.text in _OF_A_FIGURE and glyph.run.size > _OUTGROWN * (cell[3] - cell[1])


def _height_of(box: Box) -> float:
    return middle(box)[1]


def _is_in_line(box: Box, glyph: Glyph) -> bool:
    """Whether a drawing stands as a letter would in the line of another."""
    size = glyph.run.size
    return (
        glyph.y - 1.1 * size <= box[1]
        and box[3] <= glyph.y + 0.3 * size
        and box[2] - box[0] <= _LARGEST_MARK * size
        and (box[0] >= glyph.x1 - 0.2 * size or box[2] <= glyph.x0 + 0.2 * size)
    )


def _height(ink: Ink) -> float:
    return ink.middle[1]


def _is_in(ink: Ink, cell: Box) -> bool:
    x, y = ink.middle
    left, top, right, bottom = ink.box
    side = _SIDE_OF_DOTS if max(right - left, bottom - top) <= _LARGEST_DOT else _SIDE
    return cell[0] + side < x < cell[2] - side and cell[1] + side < y < cell[3] - side


def _is_side(ink: Ink, cell: Box) -> bool:
    """Whether an upright stroke is as high as a cell: its side, where another table's is near.

    Rules near one another are one, which stands between them.
    """
    left, top, right, bottom = ink.box
    return right - left <= _LARGEST_DOT and abs(bottom - top - (cell[3] - cell[1])) <= _SIDE_OF_DOTS


def _holds(side: Box, box: Box) -> bool:
    """Whether ink lies in an upright stroke; a thin one counts as a level dot as well."""
    return (
        side[0] - _LARGEST_DOT <= box[0]
        and box[2] <= side[2] + _LARGEST_DOT
        and side[1] - _LARGEST_DOT <= box[1]
        and box[3] <= side[3] + _LARGEST_DOT
    )


def _strikes(ink: Ink, glyph: Glyph) -> bool:
    """Whether a stroke goes through the middle of a letter."""
    size, x = glyph.run.size, (glyph.x0 + glyph.x1) / 2
    left, top, right, bottom = ink.box
    if ink.shape or right - left < 0.6 * size or not left - 1 <= x <= right + 1:
        return False
    along = (x - ink.x0) / (ink.x1 - ink.x0)
    height = glyph.y - (ink.y0 + along * (ink.y1 - ink.y0))
    if bottom - top >= 0.5:
        return _ACROSS[0] * size <= height <= _ACROSS[1] * size and right - left >= size
    wide = right - left >= 0.8 * (glyph.x1 - glyph.x0)
    return wide and _THROUGH[0] * size <= height <= _THROUGH[1] * size


def _goes_through(rule: Rule, glyph: Glyph) -> bool:
    size, height = glyph.run.size, glyph.y - rule.at
    inside = rule.start - 1 <= glyph.x0 and glyph.x1 <= rule.end + 1
    return inside and _THROUGH_ROW[0] * size <= height <= _THROUGH_ROW[1] * size


def _crosses_out(ink: Ink, cell: Box) -> bool:
    """Whether a stroke goes from corner to corner of a cell."""
    left, top, right, bottom = ink.box
    return (
        not ink.shape
        and right - left >= _WHOLE_CELL * (cell[2] - cell[0])
        and bottom - top >= _WHOLE_CELL * (cell[3] - cell[1])
    )


def _is_figure(written: Sequence[Glyph]) -> bool:
    """Whether the letters of a cell are a figure: digits, and nothing that is a word."""
    return any(g.text.isdigit() for g in written) and not any(g.text.isalpha() for g in written)


def stands_over(written: Sequence[Glyph]) -> bool:
    """Whether a digit and another character are printed at one place, of which one holds.

    Digits of one text that run into one another hide others, where the widths of a font are wrong.
    Of two texts that lie over each other, somewhat aside, a letter covers half of another's width
    at least.
    """
    ordered = sorted(written, key=attrgetter("x0"))
    for place, glyph in enumerate(ordered):
        if place and _runs_into(ordered[place - 1], glyph):
            return True
        for other in ordered[place + 1 : place + 1 + _MOST_OVER]:
            if other.x0 >= glyph.x1:
                break
            if (
                glyph.run is not other.run
                and glyph.text != other.text
                and (_is_in_place(glyph, other) or _lies_over(glyph, other))
                and not any(map(unicodedata.combining, glyph.text + other.text))
            ):
                return True
    return False


def _is_in_place(glyph: Glyph, other: Glyph) -> bool:
    """Whether two characters begin at one place, and one at least is a digit."""
    return (
        abs(glyph.y - other.y) < _SAME_PLACE * max(glyph.run.size, other.run.size)
        and (glyph.text.isdigit() or other.text.isdigit())
        and other.x0 - glyph.x0 <= _SAME_PLACE * min(glyph.x1 - glyph.x0, other.x1 - other.x0)
    )


def _lies_over(glyph: Glyph, other: Glyph) -> bool:
    """Whether two letters or digits that are not drawn one after the other lie over each other."""
    return (
        abs(glyph.y - other.y) < _HALF * min(glyph.run.size, other.run.size)
        and abs(glyph.index - other.index) > 1
        and glyph.text.isalnum()
        and other.text.isalnum()
        and min(glyph.x1, other.x1) - other.x0
        > _HALF * min(glyph.x1 - glyph.x0, other.x1 - other.x0)
    )


def _follows(gone: Glyph, seen: Glyph) -> bool:
    """Whether a hidden letter stands in one line with another and next to it."""
    return abs(gone.y - seen.y) < _SAME_PLACE * seen.run.size and _gap(gone, seen) < _JOINED


def _runs_into(before: Glyph, after: Glyph) -> bool:
    return (
        before.run is after.run
        and before.text.isdigit()
        and after.text.isdigit()
        and abs(before.y - after.y) < _SAME_PLACE * after.run.size
        and after.x - before.x < _NARROWEST * after.run.size
    )


def _in_place_of(seen: Glyph, gone: Glyph) -> bool:
    """Whether a letter that is seen stands where a hidden one is."""
    shared = min(seen.x1, gone.x1) - max(seen.x0, gone.x0)
    return (
        shared > _SAME_PLACE * min(seen.x1 - seen.x0, gone.x1 - gone.x0)
        and abs(seen.y - gone.y) < gone.run.size
    )


def _is_replaced(struck: Sequence[Glyph], written: Sequence[Glyph]) -> bool:
    """Whether one figure stands apart from, but near, what is struck out: the new value."""
    gone = {id(glyph) for glyph in struck}
    left = [glyph for glyph in written if id(glyph) not in gone]
    digits = sorted((g for g in left if g.text.isdigit()), key=lambda g: (g.y, g.x0))
    if not digits or any(_gap(one, other) > 0.6 for one, other in pairwise(digits)):
        return False
    near = [min(_gap(one, other) for other in digits) for one in struck]
    joined = any(_gap(one, other) < 0.25 for one in left for other in struck)
    return not joined and min(near) < _NEXT_FIGURE


def _gap(one: Glyph, other: Glyph) -> float:
    """Font sizes between two letters of one line, or between lines one above the other."""
    size = max(one.run.size, other.run.size)
    aside = max(one.x0, other.x0) - min(one.x1, other.x1)
    lines = abs(one.y - other.y)
    return aside / size if lines < 0.4 * size else max(aside, lines) / size


def _is_beside(ink: Ink, written: Sequence[Glyph]) -> bool:
    """Whether ink as small as a character stands before, between or behind digits."""
    left, top, right, bottom = ink.box
    for glyph in written:
        size = glyph.run.size
        if not glyph.text.isdigit() or max(right - left, bottom - top) > _LARGEST_MARK * size:
            continue
        above = glyph.y - (top + bottom) / 2
        level = not ink.shape and bottom - top < 0.5
        lowest, highest = (0.08, 0.7) if level else (-0.12, 0.95)
        if lowest * size <= above <= highest * size and (
            left < glyph.x1 + _BESIDE * size and right > glyph.x0 - _BESIDE * size
        ):
            return True
    return False


def _is_overline(ink: Ink, written: Sequence[Glyph]) -> bool:
    """Whether a level stroke stands close above digits and over no more than them."""
    left, top, right, bottom = ink.box
    digits = [glyph for glyph in written if glyph.text.isdigit()]
    if ink.shape or bottom - top >= 0.5 or not _is_figure(written):
        return False
    size = max(glyph.run.size for glyph in digits)
    below = [g for g in digits if _OVER[0] * size <= g.y - top <= _OVER[1] * size]
    above = any(0 <= top - g.y <= _ON_LINE[1] * size for g in written)
    return (
        not above
        and any(left < (g.x0 + g.x1) / 2 < right for g in below)
        and left >= min(g.x0 for g in below) - _BESIDE * size
        and right <= max(g.x1 for g in below) + _BESIDE * size
    )


def _straddles(sign: Glyph, cell: Box, written: Sequence[Glyph]) -> bool:
    """Whether a sign stands on the side of a cell that holds a figure: it may be of either."""
    edge = _ON_THE_EDGE * (sign.x1 - sign.x0)
    digits = [glyph for glyph in written if glyph.text.isdigit() and glyph is not sign]
    return any(sign.x0 < x - edge and x + edge < sign.x1 for x in (cell[0], cell[2])) and any(
        abs(glyph.y - sign.y) < _SAME_PLACE * glyph.run.size for glyph in digits
    )


def _is_minus(ink: Ink, written: Sequence[Glyph], cell: Box) -> bool:
    """Whether a short level stroke stands on the line of a figure, apart from it."""
    left, top, right, bottom = ink.box
    digits = [glyph for glyph in written if glyph.text.isdigit()]
    if ink.shape or bottom - top >= 0.5 or not digits or not _is_figure(written):
        return False
    size = max(glyph.run.size for glyph in digits)
    first, last = min(g.x0 for g in digits), max(g.x1 for g in digits)
    return (
        cell[0] < left
        and right < cell[2]
        and right - left <= _LONGEST_MINUS * size
        and (first - _FAR * size <= left < first or last < right <= last + _FAR * size)
        and any(_ON_LINE[0] * size <= g.y - top <= _ON_LINE[1] * size for g in digits)
    )
