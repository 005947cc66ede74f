"""Glyphs to text: lines of one cell or page, in reading order.

Lines are built from origins and font sizes, never from ink boxes (see :mod:`.page`).  Fake bold is
removed by position: the same character drawn again at a tenth of its size from the first.
Repeated characters side by side stay (年１１１校).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise, zip_longest

import msgspec

from pipeline.extract.primitives import Glyph
from pipeline.model import Box

BLANKS = " \u00a0\u3000"
LEADERS = "・…‥.·‧"
"""Characters that lead from a heading to its page number."""

_FEWEST_LEADERS = 6


class TextLine(msgspec.Struct, gc=False):
    """One line of text: its glyphs in reading order, its box, its font size in points.

    ``ruby``: a small reading set above the line that follows.
    """

    text: str
    box: Box
    size: float
    glyphs: list[Glyph]
    ruby: bool = False


class _Placed(msgspec.Struct, gc=False):
    """A glyph in the frame of its own baseline: ``u`` along it, ``v`` across, growing downwards."""

    u0: float
    u1: float
    v: float
    size: float
    glyph: Glyph


def is_wide(character: str) -> bool:
    """Whether a character is East Asian wide: such ones follow each other without spaces."""
    code = ord(character)
    if code < 0x1100:
        return False
    return unicodedata.east_asian_width(character) in "WF" or 0xFF61 <= code <= 0xFF9F


def quarter(angle: int) -> int | None:
    """The quarter turn (0, 90, 180, 270) that an angle is; ``None`` for slanted text."""
    turned = round(angle / 90) * 90
    return turned % 360 if abs(angle - turned) <= 3 else None


def _place(glyph: Glyph, turn: int) -> _Placed:
    size = glyph.run.size
    if turn == 0:
        return _Placed(glyph.x0, glyph.x1, glyph.y - 0.38 * size, size, glyph)
    if turn == 90:
        return _Placed(glyph.top, glyph.bottom, -glyph.x - 0.38 * size, size, glyph)
    if turn == 180:
        return _Placed(-glyph.x1, -glyph.x0, -glyph.y - 0.38 * size, size, glyph)
    return _Placed(-glyph.bottom, -glyph.top, glyph.x - 0.38 * size, size, glyph)


def lines_of(
    glyphs: Sequence[Glyph], *, split: float | None = None, guess: bool = False
) -> list[TextLine]:
    """Lines of text, top to bottom; turned text follows the upright.

    ``split``: begin a new line where a gap along the baseline is wider than this many font sizes
    (``None``: never, as inside a cell).  ``guess``: show what the code of an unmapped glyph would
    mean as a character, instead of U+FFFD.
    """
    turns: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turn = quarter(glyph.run.angle) if glyph.run.angle else 0
        turns.setdefault(0 if turn is None else turn, []).append(glyph)
    found: list[TextLine] = []
    for turn in sorted(turns):
        group = turns[turn]
        stacked = turn == 0 and is_stacked(group)
        if stacked:
            found.extend(_stacked_lines(group, guess))
        else:
            found.extend(_lines(group, turn, split, guess))
    return found


def _lines(glyphs: Sequence[Glyph], turn: int, split: float | None, guess: bool) -> list[TextLine]:
    placed = [_place(glyph, turn) for glyph in glyphs]
    found: list[TextLine] = []
    rows = _rows(placed)
    for row, below in zip_longest(rows, rows[1:], fillvalue=None):
        ruby = below is not None and row is not None and is_ruby(row, below)
        parts = _parts(row or [], split)
        if split is not None:
            parts = [piece for part in parts for piece in _without_leaders(part)]
        for part in parts:
            text = _join(part, guess)
            if text:
                found.append(_text_line(text, part, ruby))
    return found


def _without_leaders(part: list[_Placed]) -> list[list[_Placed]]:
    """A line parted at a row of dots that leads to a page number."""
    if sum(item.glyph.text in LEADERS for item in part) < _FEWEST_LEADERS:
        return [part]
    pieces = [list(group) for _, group in groupby(part, lambda i: i.glyph.text in LEADERS)]
    if all(len(piece) < _FEWEST_LEADERS for piece in pieces if piece[0].glyph.text in LEADERS):
        return [part]
    return pieces


def is_ruby(row: list[_Placed], below: list[_Placed]) -> bool:
    """Whether a row is the reading of the words below it: kana, at most two thirds as big, near."""
    size = max(item.size for item in below)
    return (
        all(
            item.size <= 0.66 * size and _is_kana(item.glyph.text)
            for item in row
            if item.glyph.text not in BLANKS
        )
        and below[0].v - row[0].v <= 1.15 * size
        and min(item.u0 for item in row) >= min(item.u0 for item in below) - size
        and max(item.u1 for item in row) <= max(item.u1 for item in below) + size
    )


def _is_kana(character: str) -> bool:
    return "\u3041" <= character <= "\u30ff"


def _rows(placed: list[_Placed]) -> list[list[_Placed]]:
    """Group by the middle of the glyphs across the baseline."""
    placed.sort(key=lambda item: item.v)
    rows: list[list[_Placed]] = []
    middle = size = 0.0
    for item in placed:
        if rows and item.v - middle <= 0.4 * max(size, min(item.size, 2 * size)):
            rows[-1].append(item)
            if item.size > size:
                middle, size = item.v, item.size
        else:
            rows.append([item])
            middle, size = item.v, item.size
    return rows


def _parts(row: list[_Placed], split: float | None) -> list[list[_Placed]]:
    row.sort(key=lambda item: (item.u0, item.glyph.index))
    if any(unicodedata.combining(item.glyph.text) for item in row if item.glyph.text > "\u02ff"):
        row = _attach_marks(row)
    parts: list[list[_Placed]] = [[]]
    for item in row:
        part = parts[-1]
        if part and is_overprint(part, item):
            continue
        if (
            split is not None
            and part
            and item.glyph.text not in BLANKS
            and item.u0 - _reach(part) > split * max(item.size, part[-1].size)
        ):
            part = []
            parts.append(part)
        part.append(item)
    return parts


def _reach(part: list[_Placed]) -> float:
    return (
        max(item.u1 for item in part[-3:] if item.glyph.text not in BLANKS)
        if any(item.glyph.text not in BLANKS for item in part[-3:])
        else part[-1].u1
    )


def _attach_marks(row: list[_Placed]) -> list[_Placed]:
    """Combining marks follow the character that they were drawn after."""
    bases = [item for item in row if not unicodedata.combining(item.glyph.text)]
    marks = [item for item in row if unicodedata.combining(item.glyph.text)]
    at = {item.glyph.index: position for position, item in enumerate(bases)}
    after: dict[int, list[_Placed]] = {}
    for mark in sorted(marks, key=lambda item: item.glyph.index):
        before = [index for index in at if index < mark.glyph.index]
        after.setdefault(at[max(before)] if before else -1, []).append(mark)
    ordered = after.get(-1, [])
    for position, base in enumerate(bases):
        ordered.append(base)
        ordered.extend(after.get(position, ()))
    return ordered


def _one_ligature(first: Glyph, second: Glyph) -> bool:
    """Whether two characters are parts of one glyph (ﬀ comes as two f at one place)."""
    return first.run is second.run and first.x == second.x and abs(first.index - second.index) == 1


def is_overprint(part: list[_Placed], item: _Placed) -> bool:
    """Whether a glyph repeats one already there, at the same place."""
    near = min(max(0.1 * item.size, 0.5), 0.2 * item.size)
    for other in part[-4:]:
        if (
            other.glyph.text == item.glyph.text
            and abs(other.u0 - item.u0) <= near
            and abs(other.v - item.v) <= near
            and not _one_ligature(other.glyph, item.glyph)
        ):
            return True
    return False


def _join(part: list[_Placed], guess: bool) -> str:
    """The text of one line, with a space where a gap shows one."""
    spacing = _letter_spacing(part)
    pieces: list[str] = []
    last: _Placed | None = None
    for item in part:
        character = item.glyph.text
        if character in " \u00a0":
            if pieces and pieces[-1] not in " \u00a0":
                pieces.append(character)
            last = None
            continue
        if last is not None and item.u0 - last.u1 > _space(last, item, spacing):
            pieces.append(" ")
        pieces.append(shown(item.glyph, guess))
        last = item
    return "".join(pieces).strip(BLANKS)


def shown(glyph: Glyph, guess: bool) -> str:
    """The character of a glyph; U+FFFD for one that the PDF does not name."""
    if (glyph.unmapped and not guess) or glyph.text < " ":
        return "\ufffd"
    return glyph.text


def unreadable(glyph: Glyph) -> bool:
    """Whether the PDF does not say which character this is: unmapped or private use."""
    return glyph.unmapped or any(is_private(character) for character in glyph.text)


def is_private(character: str) -> bool:
    """Whether a character has no public meaning: private use, control, U+FFFD."""
    code = ord(character)
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or code == 0xFFFD or code < 32


def _letter_spacing(part: list[_Placed]) -> float:
    """How far apart the letters of a line are set; 0 when they touch."""
    gaps = sorted(
        second.u0 - first.u1
        for first, second in pairwise(part)
        if first.glyph.text not in BLANKS and second.glyph.text not in BLANKS
    )
    return max(gaps[len(gaps) // 2], 0.0) if len(gaps) >= 3 else 0.0


def _space(first: _Placed, second: _Placed, spacing: float) -> float:
    """The gap from which on two neighbours are told apart by a space."""
    size = max(first.size, second.size)
    wide = is_wide(first.glyph.text) + is_wide(second.glyph.text)
    if wide == 2:
        return max(spacing, 0.0) + 1.5 * size
    if wide == 1:
        return spacing + 0.6 * size
    return spacing + 0.22 * size


def _text_line(text: str, part: list[_Placed], ruby: bool) -> TextLine:
    glyphs = [item.glyph for item in part]
    return TextLine(text, box_of(glyphs), max(item.size for item in part), glyphs, ruby)


def cell_text(glyphs: Sequence[Glyph], *, guess: bool = False) -> str:
    """The text of a cell: its lines joined by a line break, without ruby."""
    return "\n".join(line.text for line in lines_of(glyphs, guess=guess) if not line.ruby)


def box_of(glyphs: Sequence[Glyph]) -> Box:
    """The box around glyphs: advance boxes, at least the font size high."""
    seen = [glyph for glyph in glyphs if glyph.text not in BLANKS] or list(glyphs)
    return (
        min(glyph.x0 for glyph in seen),
        min(glyph.top for glyph in seen),
        max(glyph.x1 for glyph in seen),
        max(glyph.bottom for glyph in seen),
    )


# --------------------------------------------------------------------------- stacked glyphs


def is_stacked(glyphs: Sequence[Glyph]) -> bool:
    """Whether upright glyphs are set from top to bottom: most steps in drawing order go down.

    Only for wide characters: digits one above the other are a wrapped number, not a column.
    """
    seen = [glyph for glyph in glyphs if glyph.text not in BLANKS]
    if len(seen) < 2 or not is_wide(seen[0].text):
        return False
    down = across = 0
    for first, second in pairwise(seen):
        size = max(first.run.size, second.run.size)
        dx, dy = second.x - first.x, second.y - first.y
        if 0.5 * size < dy < 2.5 * size and abs(dx) < 0.6 * size:
            down += 1
        elif dx > 0.2 * size and abs(dy) < 0.5 * size:
            across += 1
    wide = sum(is_wide(glyph.text) for glyph in seen)
    return down > 3 * across and wide * 2 > len(seen)


def _stacked_lines(glyphs: Sequence[Glyph], guess: bool) -> list[TextLine]:
    """Columns of stacked glyphs, right to left; a gap of two glyphs begins a new line."""
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: -(item.x0 + item.x1)):
        middle = (glyph.x0 + glyph.x1) / 2
        if columns:
            first = columns[-1][0]
            if abs((first.x0 + first.x1) / 2 - middle) < 0.6 * max(first.run.size, glyph.run.size):
                columns[-1].append(glyph)
                continue
        columns.append([glyph])
    found: list[TextLine] = []
    for column in columns:
        column.sort(key=lambda item: (round(item.y / (0.4 * (item.run.size or 1))), item.x0))
        kept: list[Glyph] = []
        for glyph in column:
            if any(_stacked_overprint(other, glyph) for other in kept[-3:]):
                continue
            if kept and glyph.y - kept[-1].y > 3 * glyph.run.size:
                found.extend(_column_line(kept, guess))
                kept = []
            kept.append(glyph)
        found.extend(_column_line(kept, guess))
    return found


def _stacked_overprint(first: Glyph, second: Glyph) -> bool:
    return (
        first.text == second.text
        and not _one_ligature(first, second)
        and abs(first.x - second.x) + abs(first.y - second.y) < 0.2 * second.run.size
    )


def _column_line(glyphs: list[Glyph], guess: bool) -> list[TextLine]:
    text = "".join(shown(glyph, guess) for glyph in glyphs).strip(BLANKS)
    if not text:
        return []
    return [TextLine(text, box_of(glyphs), max(glyph.run.size for glyph in glyphs), glyphs)]
