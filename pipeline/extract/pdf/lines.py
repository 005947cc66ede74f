"""Glyphs to text: lines of one cell or page, in reading order.

Lines are built from origins and font sizes, never from ink boxes (see :mod:`.page`).  Fake bold is
removed by position: the same character drawn again at a tenth of its size from the first.
Repeated characters side by side stay (年１１１校).

One file, though a little long: upright, turned and stacked lines are made by the same steps, which
call each other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

import msgspec

from pipeline.extract.pdf.primitives import Glyph, Run
from pipeline.japanese.characters import BEGIN_NO_LINE
from pipeline.japanese.controls import harmless, is_control
from pipeline.model import Box

_FEWEST_TIGHT, _TIGHT = 8, 0.05
"""Letters of a line, at least, and font sizes between them, at most, that are set tight."""
_WIDE_BLANK = 0.9
"""Font sizes of a blank as wide as a letter, at least."""

BLANKS = " \u00a0\u3000"
LEADERS = "・…‥.·‧"
"""Characters that lead from a heading to its page number."""

FEWEST_LEADERS = 6
"""Dots in a row that lead to a page number; an ellipsis is two or three."""
_ENOUGH_STEPS = 8
"""Steps from letter to letter after which text that never went down is not stacked."""
NARROW_GAP = 0.25
"""Font sizes from which a gap parts wide letters that were not drawn soon after one another."""

_SOON = 3
"""Letters that may be drawn between two that follow each other."""

_LONGEST_NUMBER = 4
"""Letters up to which a text may be the number of the lines beside it: 12. or (3)."""

_NOTE_SIZE, _NOTE_LEAST, _NOTE_RISE = 0.87, 0.35, 0.1
"""In sizes of the figure: digits up to so small, but no smaller, and from so far above its baseline
are a note."""

_ONE_SIZE, _NOTE_FALL = 0.93, 0.5
"""Digits of one figure differ in size by less than this; small ones may stand so far below it."""

_INDEX_SIZE, _MOST_INDICES = 0.85, 20
"""Letters up to so small may be indices of those beside them; many of them are a text."""

_LIFT, _MOST_DIGITS = 0.2, 200
"""Digits of one size of which one stands so much higher are no figure; a longer text is none."""

_RAISED = {
    **dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
    **dict(zip("０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
}
"""Digits as the note marks that they are when set small and high."""

_BETWEEN_NOTES = ",、，・"


class TextLine(msgspec.Struct, gc=False):
    """One line of text and its glyphs in reading order.

    ``ruby``: a small reading set above the line that follows.
    """

    text: str
    glyphs: list[Glyph]
    ruby: bool = False
    extent: Box | None = None
    largest: float | None = None

    @property
    def box(self) -> Box:
        """The box around the glyphs."""
        if self.extent is None:
            self.extent = box_of(self.glyphs)
        return self.extent

    @property
    def size(self) -> float:
        """The largest font size in the line, in points."""
        if self.largest is None:
            self.largest = max(glyph.run.size for glyph in self.glyphs)
        return self.largest


def is_wide(text: str) -> bool:
    """Whether a glyph's text is East Asian wide: such ones follow each other without spaces.

    A glyph may stand for several characters (a ligature): its first one decides.
    """
    character = text[:1] or " "
    code = ord(character)
    if code < 0x1100:
        return False
    return unicodedata.east_asian_width(character) in "WF" or 0xFF61 <= code <= 0xFF9F


def quarter(angle: int) -> int | None:
    """The quarter turn (0, 90, 180, 270) that an angle is; ``None`` for slanted text."""
    turned = round(angle / 90) * 90
    return turned % 360 if abs(angle - turned) <= 3 else None


def lines_of(
    glyphs: Sequence[Glyph], *, split: float | None = None, guess: bool = False
) -> list[TextLine]:
    """Lines of text, top to bottom; turned text follows the upright.

    ``split``: begin a new line where a gap along the baseline is wider than this many font sizes
    (``None``: never, as inside a cell).  ``guess``: show what the code of an unmapped glyph would
    mean as a character, instead of U+FFFD.
    """
    if not any(glyph.run.angle for glyph in glyphs):
        return _lines(glyphs, split, guess)
    turns: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turns.setdefault(quarter(glyph.run.angle) or 0, []).append(glyph)
    found: list[TextLine] = []
    for turn in sorted(turns):
        if turn:
            found.extend(_turned_lines(turns[turn], turn, split, guess))
        else:
            found.extend(_lines(turns[turn], split, guess))
    return found


def _turned_lines(
    glyphs: Sequence[Glyph], turn: int, split: float | None, guess: bool
) -> list[TextLine]:
    """Lines of turned text, built in the frame of its own baseline."""
    runs: dict[int, Run] = {}
    original: dict[int, Glyph] = {}
    upright: list[Glyph] = []
    for glyph in glyphs:
        run = runs.get(id(glyph.run))
        if run is None:
            run = runs[id(glyph.run)] = msgspec.structs.replace(glyph.run, angle=0)
        if turn == 90:
            x, y, x0, x1 = glyph.y, -glyph.x, glyph.top, glyph.bottom
        elif turn == 180:
            x, y, x0, x1 = -glyph.x, -glyph.y, -glyph.x1, -glyph.x0
        else:
            x, y, x0, x1 = -glyph.y, glyph.x, -glyph.bottom, -glyph.top
        copy = Glyph(glyph.text, x, y, x0, y - run.size, x1, y, glyph.index, run, glyph.unmapped)
        original[id(copy)] = glyph
        upright.append(copy)
    return [
        TextLine(line.text, [original[id(glyph)] for glyph in line.glyphs], line.ruby)
        for line in _lines(upright, split, guess)
    ]


def _lines(glyphs: Sequence[Glyph], split: float | None, guess: bool) -> list[TextLine]:
    rows = _rows(glyphs)
    if len(rows) > 1 and is_stacked(glyphs):
        return _stacked_lines(glyphs, guess)
    if split is None and len(rows) > 2:
        rows = _number_first(rows)
    found: list[TextLine] = []
    for number, row in enumerate(rows):
        ruby = number + 1 < len(rows) and is_ruby(row, rows[number + 1])
        row.sort(key=attrgetter("x0"))
        simple = _simple_text(row, split)
        if simple is not None:
            if simple:
                found.append(TextLine(simple, row, ruby))
            continue
        parts = _parts(row, split)
        if split is not None:
            parts = [piece for part in parts for piece in _without_leaders(part)]
        for part in parts:
            text = _join(part, guess)
            if text:
                found.append(TextLine(text, part, ruby))
    return found


def _without_leaders(part: list[Glyph]) -> list[list[Glyph]]:
    """A line parted at a row of dots that leads to a page number."""
    if sum(glyph.text in LEADERS for glyph in part) < FEWEST_LEADERS:
        return [part]
    pieces = [list(group) for _, group in groupby(part, lambda glyph: glyph.text in LEADERS)]
    if all(len(piece) < FEWEST_LEADERS for piece in pieces if piece[0].text in LEADERS):
        return [part]
    return pieces


def _number_first(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """A short text set left of all other lines, at half their height, is read before them.

    It is the number of what they say: 2. beside the two lines of a name.
    """
    for number, row in enumerate(rows[1:-1], start=1):
        if len(row) > _LONGEST_NUMBER:
            continue
        right = max(glyph.x1 for glyph in row)
        others = [*rows[:number], *rows[number + 1 :]]
        if all(glyph.x0 >= right for other in others for glyph in other):
            return [row, *others]
    return rows


def _height(glyph: Glyph) -> float:
    """The middle of a glyph across its baseline."""
    return glyph.y - 0.38 * glyph.run.size


def is_ruby(row: list[Glyph], below: list[Glyph]) -> bool:
    """Whether a row is the reading of the words below it: kana, at most two thirds as big, near."""
    size = max(glyph.run.size for glyph in below)
    return (
        all(
            glyph.run.size <= 0.66 * size and _is_kana(glyph.text)
            for glyph in row
            if glyph.text not in BLANKS
        )
        and _height(below[0]) - _height(row[0]) <= 1.15 * size
        and min(glyph.x0 for glyph in row) >= min(glyph.x0 for glyph in below) - size
        and max(glyph.x1 for glyph in row) <= max(glyph.x1 for glyph in below) + size
    )


def _is_kana(character: str) -> bool:
    return "\u3041" <= character <= "\u30ff"


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group by the middle of the glyphs across the baseline."""
    baselines: dict[tuple[float, float], list[Glyph]] = {}
    for glyph in glyphs:
        baselines.setdefault((glyph.y, glyph.run.size), []).append(glyph)
    if len(baselines) < 2:
        return list(baselines.values())
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for height, own, group in sorted(
        ((y - 0.38 * own, own, group) for (y, own), group in baselines.items()),
        key=itemgetter(0),
    ):
        near = height - middle <= 0.4 * max(size, min(own, 2 * size))
        if rows and (near or _hangs_on(group, rows[-1], size)):
            rows[-1].extend(group)
            if own > size:
                middle, size = height, own
        else:
            rows.append(group)
            middle, size = height, own
    return rows


def _hangs_on(group: Sequence[Glyph], row: Sequence[Glyph], size: float) -> bool:
    """Whether small letters each follow one of a row, a little below its line: the 2 of CO2."""
    if group[0].run.size > _INDEX_SIZE * size or len(group) > _MOST_INDICES:
        return False
    return all(
        any(
            0 < small.y - letter.y <= _NOTE_FALL * size
            and letter.run.size == size
            and abs(small.x0 - letter.x1) <= 0.2 * size
            for letter in row
        )
        or any(other is not small and abs(small.x0 - other.x1) <= 0.1 * size for other in group)
        for small in group
        if small.text not in BLANKS
    )


def _simple_text(row: list[Glyph], split: float | None) -> str | None:
    """The text of a row whose glyphs just follow one another; ``None`` if it is less simple.

    Nearly all rows are: one font size, no gap, nothing overprinted, no leaders to part.
    """
    size = row[0].run.size
    near = 0.2 * size
    start, end = row[0].x0 - size, row[0].x0
    for glyph in row:
        x0 = glyph.x0
        if (
            x0 - start <= near
            or x0 - end > near
            or glyph.unmapped
            or glyph.text <= "\u00a0"
            or glyph.run.size != size
        ):
            return None
        start, end = x0, glyph.x1
    text = harmless("".join([glyph.text for glyph in row]))
    if split is not None and sum(map(text.count, LEADERS)) >= FEWEST_LEADERS:
        return None
    return text.strip(BLANKS)


def _without_covered_blanks(row: list[Glyph]) -> list[Glyph]:
    """A row less the blanks in whose place other letters are set: digits typed into a gap."""
    blanks = [glyph for glyph in row if glyph.text in BLANKS]
    if not blanks:
        return row
    seen = [glyph for glyph in row if glyph.text not in BLANKS]
    covered = {
        id(blank)
        for blank in blanks
        for glyph in seen
        if glyph.x0 < blank.x1
        and glyph.x1 > blank.x0
        and glyph.run is not blank.run
        and min(glyph.x1, blank.x1) - max(glyph.x0, blank.x0) > 0.3 * (blank.x1 - blank.x0)
    }
    return [glyph for glyph in row if id(glyph) not in covered] if covered else row


def _parts(row: list[Glyph], split: float | None) -> list[list[Glyph]]:
    if len({id(glyph.run) for glyph in row}) > 1:
        row = _without_covered_blanks(row)
    if any(glyph.text > "\u02ff" and unicodedata.combining(glyph.text) for glyph in row):
        row = _attach_marks(row)
    part: list[Glyph] = []
    parts = [part]
    for glyph in row:
        if part:
            size = glyph.run.size
            if glyph.x0 - part[-1].x0 <= 0.2 * size and is_overprint(part, glyph):
                continue
            if (
                split is not None
                and glyph.x0 - part[-1].x1 > 0
                and glyph.text not in BLANKS
                and _is_gap(part, glyph, split)
            ):
                part = []
                parts.append(part)
        part.append(glyph)
    return parts


def _is_gap(part: list[Glyph], glyph: Glyph, split: float) -> bool:
    """Whether a letter begins another text than the letters left of it.

    A narrow gap parts two texts that were drawn at different times: one is the first line of a
    cell that goes on below.
    """
    size = max(glyph.run.size, part[-1].run.size)
    gap = glyph.x0 - _reach(part)
    if gap > split * size:
        return True
    return gap > NARROW_GAP * size and drawn_apart(part[-1], glyph)


def drawn_apart(first: Glyph, second: Glyph) -> bool:
    """Whether two wide letters were not drawn one soon after the other."""
    soon = abs(second.index - first.index) <= _SOON
    return not soon and is_wide(first.text) and is_wide(second.text)


def _reach(part: list[Glyph]) -> float:
    """Where the last letters of a part end; blanks do not count."""
    seen = [glyph.x1 for glyph in part[-3:] if glyph.text not in BLANKS]
    return max(seen) if seen else part[-1].x1


def _attach_marks(row: list[Glyph]) -> list[Glyph]:
    """Combining marks follow the character that they were drawn after."""
    bases = [glyph for glyph in row if not unicodedata.combining(glyph.text)]
    marks = [glyph for glyph in row if unicodedata.combining(glyph.text)]
    at = {glyph.index: position for position, glyph in enumerate(bases)}
    after: dict[int, list[Glyph]] = {}
    for mark in sorted(marks, key=lambda glyph: glyph.index):
        before = [index for index in at if index < mark.index]
        after.setdefault(at[max(before)] if before else -1, []).append(mark)
    ordered = after.get(-1, [])
    for position, base in enumerate(bases):
        ordered.append(base)
        ordered.extend(after.get(position, ()))
    return ordered


def _one_ligature(first: Glyph, second: Glyph) -> bool:
    """Whether two characters are parts of one glyph (ﬀ comes as two f at one place)."""
    return first.run is second.run and first.x == second.x and abs(first.index - second.index) == 1


def is_overprint(part: list[Glyph], glyph: Glyph) -> bool:
    """Whether a glyph repeats one already there, at the same place."""
    size = glyph.run.size
    near = min(max(0.1 * size, 0.5), 0.2 * size)
    return any(
        other.text == glyph.text
        and abs(other.x0 - glyph.x0) <= near
        and abs(other.y - glyph.y) <= near
        and not _one_ligature(other, glyph)
        for other in part[-4:]
    )


def _join(part: list[Glyph], guess: bool) -> str:
    """The text of one line, with a space where a gap shows one."""
    near = 0.2 * part[0].run.size
    spacing: float | None = None
    pieces: list[str] = []
    last: Glyph | None = None
    base: Glyph | None = None
    for place, glyph in enumerate(part):
        character = glyph.text
        if character in " \u00a0":
            if pieces and pieces[-1] not in " \u00a0":
                pieces.append(character)
            last = base = None
            continue
        if last is not None and glyph.x0 - last.x1 > near:
            spacing = _letter_spacing(part) if spacing is None else spacing
            tight = len(part) >= _FEWEST_TIGHT and spacing < _TIGHT * glyph.run.size
            apart = _between_digits(part, spacing) if _are_digits(last, glyph) else spacing
            if glyph.x0 - last.x1 > _space(last, glyph, apart, tight=tight):
                pieces.append(" ")
        if (base is not None and is_raised(base, glyph)) or (
            base is None and character in _RAISED and _is_raised_before(part[place + 1 :], glyph)
        ):
            pieces.append(_RAISED[character])
        else:
            pieces.append(shown(glyph, guess))
            if base is None or character not in _BETWEEN_NOTES or not _is_high(base, glyph):
                base = glyph
        last = glyph
    return "".join(pieces).strip(BLANKS)


def _is_raised_before(part: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a digit is a note mark set small and high before the figure that comes next."""
    figure = next((other for other in part if other.run is not glyph.run), None)
    near = figure is not None and figure.x0 - glyph.x1 <= 2 * figure.run.size
    return figure is not None and near and is_raised(figure, glyph)


def is_raised(base: Glyph, glyph: Glyph) -> bool:
    """Whether a digit is a note mark set small and high after a figure or a word, no part of it.

    A digit high behind a Latin letter is a power: km2.
    """
    return (
        (base.text.isdigit() or is_wide(base.text))
        and glyph.text in _RAISED
        and not glyph.unmapped
        and _is_high(base, glyph)
    )


def _is_high(base: Glyph, glyph: Glyph) -> bool:
    """Whether a character is set as small and as high as a note mark."""
    return (
        _NOTE_LEAST * base.run.size <= glyph.run.size <= _NOTE_SIZE * base.run.size
        and base.y - glyph.y >= _NOTE_RISE * base.run.size
    )


def mixes_sizes(glyphs: Sequence[Glyph]) -> bool:
    """Whether a figure goes on in digits of clearly another size that are no note mark.

    They may be a note on the baseline or below it (19.8² set as 19.82), or decimals that are set
    small.
    """
    digits = sorted((g for g in glyphs if g.text in _RAISED), key=lambda g: (g.y, g.x0))
    if len({(glyph.run.size, glyph.y) for glyph in digits}) < 2 or len(digits) > _MOST_DIGITS:
        return False
    return any(
        _are_two_sizes(first, second)
        and -0.1 <= (second.x0 - first.x1) / max(first.run.size, second.run.size) <= 0.6
        for first in digits
        for second in digits
        if first.run is not second.run
    )


def _are_two_sizes(first: Glyph, second: Glyph) -> bool:
    small, large = sorted((first, second), key=lambda glyph: glyph.run.size)
    size = large.run.size
    rise = large.y - small.y
    if small.run.size >= _ONE_SIZE * size:
        return _LIFT * size < abs(rise) < _NOTE_FALL * size
    if small.run.size < _NOTE_LEAST * size:
        return -_NOTE_FALL * size < rise < size
    unlike_note = small.run.size > _NOTE_SIZE * size and 0 < rise < _NOTE_FALL * size
    return unlike_note or -_NOTE_FALL * size < rise < _NOTE_RISE * size


def shown(glyph: Glyph, guess: bool) -> str:
    """The character of a glyph; U+FFFD for one that the PDF does not name."""
    if (glyph.unmapped and not guess) or is_control(glyph.text):
        return "\ufffd"
    return glyph.text


def is_private(character: str) -> bool:
    """Whether a character has no public meaning: private use, not assigned, control, U+FFFD."""
    code = ord(character)
    return (
        0xE000 <= code <= 0xF8FF
        or code >= 0xF0000
        or code == 0xFFFD
        or is_control(character)
        or (code > 0xFF and unicodedata.category(character) == "Cn")
    )


def _letter_spacing(part: list[Glyph]) -> float:
    """How far apart the letters of a line are set; 0 when they touch."""
    gaps = sorted(
        second.x0 - first.x1
        for first, second in pairwise(part)
        if first.text not in BLANKS and second.text not in BLANKS
    )
    return max(gaps[len(gaps) // 2], 0.0) if len(gaps) >= 3 else 0.0


def _are_digits(first: Glyph, second: Glyph) -> bool:
    return first.text.isdecimal() and second.text.isdecimal()


def _between_digits(part: Sequence[Glyph], spacing: float) -> float:
    """How far apart digits are set: as two of the line are, so that two figures stay two."""
    gaps = (b.x0 - a.x1 for a, b in pairwise(part) if _are_digits(a, b))
    return max(min(spacing, *gaps), 0.0)


def _space(first: Glyph, second: Glyph, spacing: float, *, tight: bool) -> float:
    """The gap from which on two neighbours are told apart by a space.

    A wide blank, which some producers leave undrawn, is one among letters that are set ``tight``;
    few letters may be spread over a cell.
    """
    size = max(first.run.size, second.run.size)
    wide = is_wide(first.text) + is_wide(second.text)
    if wide == 2:
        return spacing + (_WIDE_BLANK if tight else 1.5) * size
    if wide == 1:
        return spacing + 0.6 * size
    return spacing + 0.22 * size


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

    Only for wide characters: digits one above the other are a wrapped number, not a column.  What
    may not begin a line stands beside the letter before it only where lines are narrow.
    """
    seen = [glyph for glyph in glyphs if glyph.text not in BLANKS]
    if len(seen) < 2 or not is_wide(seen[0].text):
        return False
    down = across = 0
    for number, (first, second) in enumerate(pairwise(seen)):
        if number == _ENOUGH_STEPS and not down:
            return False
        size = max(first.run.size, second.run.size)
        dx, dy = second.x - first.x, second.y - first.y
        if 0.5 * size < dy < 2.5 * size and abs(dx) < 0.6 * size:
            down += 1
        elif dx > 0.2 * size and abs(dy) < 0.5 * size:
            if second.text in BEGIN_NO_LINE:
                return False
            across += 1
    wide = sum(is_wide(glyph.text) for glyph in seen)
    return down > 3 * across and wide * 2 > len(seen)


def _stacked_lines(glyphs: Sequence[Glyph], guess: bool) -> list[TextLine]:
    """Columns of stacked glyphs, right to left; a gap of two glyphs begins a new line.

    A blank stands in a column of ink or nowhere: it may be the end of a wrapped line.
    """
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: (item.text in BLANKS, -(item.x0 + item.x1))):
        here = (column for column in columns if _is_in_column(column[0], glyph))
        column = next(here, None)
        if column is not None:
            column.append(glyph)
        elif glyph.text not in BLANKS:
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


def _is_in_column(first: Glyph, glyph: Glyph) -> bool:
    apart = abs(first.x0 + first.x1 - glyph.x0 - glyph.x1) / 2
    return apart < 0.6 * max(first.run.size, glyph.run.size)


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
    return [TextLine(text, glyphs)]
