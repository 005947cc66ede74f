"""A picture of a page to a page of glyphs and rules, as if it had been written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

from pipeline.extract.ocr.colours import without_coloured_stamps
from pipeline.extract.ocr.engine import FIGURES, Engine, Recognised
from pipeline.extract.ocr.ink_of_figures import Cleared, Pixels, Usual, digits_of, is_clean
from pipeline.extract.ocr.picture import Straight, rules_of, straightened, without_rules
from pipeline.extract.ocr.second import SecondEngine
from pipeline.extract.ocr.shapes_of_digits import digit_in, odd_ones
from pipeline.extract.ocr.stamps import stamps_of
from pipeline.extract.ocr.upright import upright
from pipeline.extract.pdf.geometry import Matrix, multiply
from pipeline.extract.pdf.primitives import Glyph, Page, Rule, Run
from pipeline.japanese.same_reading import folded
from pipeline.model import Box

_FIGURE = re.compile(r"(?=.*[0-9])[0-9.,%+\-△▲()]+")
_MARGIN, _OTHER_MARGIN = 0.12, 0.3
"""Share of its height left around a line: for the reading, and for reading a figure again."""

_INSIDE = 2.0
"""Points by which a rule must lie inside a line to part it."""

_TALL, _WIDE = 1.8, 36.0
"""Heights over widths from which text runs downwards; widths over heights too long to read."""

_MOST_OF_IT = 0.5
"""Share of the height of a piece from which a line is what it holds."""

_SMALLEST = 3.0
"""Points: smaller spots of ink are dirt."""

_LATIN, _KANJI = 0.74, 0.92
"""Height of digits and capitals, and of ideographs, as a share of the size of their font."""

_FLAT = 0.3
"""Height to width below which a single stroke is a dash."""
_SEEN = 0.3
"""Least certainty of a spot that the finder of lines had left out."""


class Engines(NamedTuple):
    """What reads a picture; ``second`` confirms figures, where it is installed."""

    first: Engine
    second: SecondEngine | None


class Figure(NamedTuple):
    """A line that is one figure, and what it is when it is read again.

    ``sure``: a second engine reads it alike, and its ink is that of a figure alone.
    """

    box: Box
    text: str
    again: str
    sure: bool


class Scanned(NamedTuple):
    """One picture as a page; ``straight`` tells how it was turned.  Lengths are points."""

    page: Page
    figures: list[Figure]
    straight: Straight
    cleared: Cleared


class _Piece(NamedTuple):
    """A piece of a line, in pixels, tight around its ink."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


def page_of(
    picture: Any, number: int, scale: float, engines: Engines, variants: Mapping[str, str]
) -> Scanned:
    """Read a picture of a page in colour; ``scale``: its pixels a point.

    ``variants``: characters that the models take for others, and those that are meant.
    """
    engine = engines.first
    grey, coloured = without_coloured_stamps(picture, scale)
    turned = upright(grey, engine)
    straight = straightened(turned.grey, scale)
    back = multiply(straight.back, turned.back)
    rules = rules_of(straight.ink, scale)
    bare, ink = without_rules(straight, rules)
    stamps = stamps_of(bare, ink, straight.ink, scale)
    bare[stamps > 0], ink[stamps > 0] = 255, 0
    pieces = _pieces(engine.lines(bare), rules.vertical, ink, scale)
    spots = list(_left_out(pieces, rules.horizontal, rules.vertical, ink, scale))
    read = engine.recognise([_crop(bare, one, _MARGIN) for one in [*pieces, *spots]])
    lines = [
        (piece, _with_dash(piece, one))
        for index, (piece, one) in enumerate(zip([*pieces, *spots], read, strict=True))
        if one.text.strip() and (index < len(pieces) or one.certainty >= _SEEN)
    ]
    height, width = straight.grey.shape
    glyphs: list[Glyph] = []
    for piece, one in lines:
        glyphs.extend(_glyphs(piece, one, scale, variants, len(glyphs)))
    page = Page(
        number=number,
        width=width / scale,
        height=height / scale,
        rotation=0,
        glyphs=glyphs,
        hidden=[],
        horizontal=rules.horizontal,
        vertical=rules.vertical,
        fills=[],
        images=[],
    )
    cleared = Cleared(bare, rules.mask | stamps | _as_turned(coloured, back, straight.grey.shape))
    figures = _figures(lines, cleared, engines, scale)
    return Scanned(page, figures, straight._replace(back=back), cleared)


def _as_turned(mask: Any, back: Matrix, shape: tuple[int, int]) -> Any:
    """A mask on a picture as it was, on the picture as it was turned."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    if not mask.any():
        return np.zeros(shape, np.uint8)
    a, b, c, d, e, f = back
    way = np.array([[a, c, e], [b, d, f]])
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(mask, way, shape[::-1], flags=flags)


def _with_dash(piece: _Piece, read: Recognised) -> Recognised:
    """A flat stroke by itself is a dash, whatever it was taken for (一, ー, _)."""
    if len(read.text) == 1 and piece.height < _FLAT * piece.width:
        return read._replace(text="－")
    return read


def _figures(
    lines: Sequence[tuple[_Piece, Recognised]],
    cleared: Cleared,
    engines: Engines,
    scale: float,
) -> list[Figure]:
    """Every figure, read again at another size and among the characters of figures only."""
    own = [(piece, one.text) for piece, one in lines if _FIGURE.fullmatch(folded(one.text))]
    crops = [_crop(cleared.grey, piece, _OTHER_MARGIN) for piece, _ in own]
    again = engines.first.recognise(crops, only=FIGURES)
    figures = [
        Figure(_box(piece, scale), text, other.text, sure=False)
        for (piece, text), other in zip(own, again, strict=True)
    ]
    if engines.second is None:
        return figures
    tight = [cleared.grey[one.top : one.bottom, one.left : one.right] for one, _ in own]
    read = engines.second.figures(tight)
    alike = [
        folded(one.text) == folded(one.again) and _says(engines.second, one.text, other, picture)
        for one, other, picture in zip(figures, read, tight, strict=True)
    ]
    usual = Usual.of(
        cleared.grey, [_pixels(one) for (one, _), same in zip(own, alike, strict=True) if same]
    )
    clean = [
        same and is_clean(figure.text, cleared, _pixels(piece), usual)
        for figure, same, (piece, _) in zip(figures, alike, own, strict=True)
    ]
    digits = [
        digits_of(figure.text, cleared, _pixels(piece)) if one else []
        for figure, one, (piece, _) in zip(figures, clean, own, strict=True)
    ]
    odd = iter(odd_ones([digit_in(cleared.grey, *one) for inside in digits for one in inside]))
    return [
        figure._replace(sure=one and not any(list(islice(odd, len(inside)))))
        for figure, one, inside in zip(figures, clean, digits, strict=True)
    ]


def _says(engine: SecondEngine, text: str, read: str, picture: Any) -> bool:
    """Whether the second engine reads a figure so: at once, or else alike at two other sizes."""
    return folded(text) == folded(read) or folded(text) == folded(engine.anew(picture))


def _pixels(piece: _Piece) -> Pixels:
    return (piece.left, piece.top, piece.right, piece.bottom)


# --------------------------------------------------------------------------- lines


def _pieces(boxes: Sequence[Box], vertical: Sequence[Rule], ink: Any, scale: float) -> list[_Piece]:
    """The lines that were found, parted at rules, each tight around its ink."""
    found: list[_Piece] = []
    for left, top, right, bottom in boxes:
        middle = (top + bottom) / 2 / scale
        cuts = sorted(
            rule.at * scale
            for rule in vertical
            if left / scale + _INSIDE < rule.at < right / scale - _INSIDE
            and rule.start < middle < rule.end
        )
        for start, end in pairwise([left, *cuts, right]):
            whole = _tight(ink, (round(start), round(top), round(end), round(bottom)))
            if whole is not None:
                found.extend(_readable(ink, _whole_line(ink, whole)))
    return found


def _whole_line(ink: Any, piece: _Piece) -> _Piece:
    """A piece without the feet of the line above and the heads of the one below.

    The finder of lines cuts into these where lines stand close; their ink goes on outside.
    """
    rows = ink[piece.top : piece.bottom, piece.left : piece.right].any(axis=1)
    runs = _runs(rows)
    largest = max(runs, key=lambda run: run[1] - run[0])
    if len(runs) == 1 or largest[1] - largest[0] < _MOST_OF_IT * piece.height:
        return piece
    span = slice(piece.left, piece.right)
    first, last = 0, piece.height
    if runs[0] != largest and piece.top and ink[piece.top - 1, span].any():
        first = runs[0][1]
    if runs[-1] != largest and piece.bottom < len(ink) and ink[piece.bottom, span].any():
        last = runs[-1][0]
    whole = (piece.left, piece.top + first, piece.right, piece.top + last)
    return _tight(ink, whole) or piece


def _tight(ink: Any, box: tuple[int, int, int, int]) -> _Piece | None:
    """The part of a box that has ink in it."""
    left, top = max(0, box[0]), max(0, box[1])
    part = ink[top : box[3], left : box[2]]
    rows, columns = part.any(axis=1).nonzero()[0], part.any(axis=0).nonzero()[0]
    if not len(rows):
        return None
    return _Piece(
        left + int(columns[0]),
        top + int(rows[0]),
        left + int(columns[-1]) + 1,
        top + int(rows[-1]) + 1,
    )


def _readable(ink: Any, piece: _Piece) -> Iterator[_Piece]:
    """A line as pieces that can be read: text that runs downwards letter by letter, long parts."""
    if piece.height > _TALL * piece.width and piece.width > 0:
        part = ink[piece.top : piece.bottom, piece.left : piece.right].any(axis=1)
        for start, end in _letters(part, piece.width):
            letter = _tight(ink, (piece.left, piece.top + start, piece.right, piece.top + end))
            if letter is not None:
                yield letter
    elif piece.width > _WIDE * piece.height:
        part = ink[piece.top : piece.bottom, piece.left : piece.right].any(axis=0)
        at = piece.left + _widest_blank(part)
        for start, end in ((piece.left, at), (at, piece.right)):
            half = _tight(ink, (start, piece.top, end, piece.bottom))
            if half is not None and half.width < piece.width:
                yield from _readable(ink, half)
    else:
        yield piece


def _letters(inked: Any, size: int) -> list[tuple[int, int]]:
    """Where the letters of text that runs downwards begin and end: about as high as wide."""
    runs = _runs(inked)
    letters: list[tuple[int, int]] = []
    for start, end in runs:
        if letters and end - letters[-1][0] <= 1.15 * size:
            letters[-1] = (letters[-1][0], end)
        else:
            letters.append((start, end))
    return letters


def _widest_blank(inked: Any) -> int:
    """The middle of the widest blank in the middle half."""
    count = len(inked)
    blanks = [
        (end - start, (start + end) // 2)
        for start, end in _runs(~inked)
        if count / 4 < (start + end) / 2 < 3 * count / 4
    ]
    return max(blanks, default=(0, count // 2))[1]


def _runs(marked: Any) -> list[tuple[int, int]]:
    import numpy as np  # noqa: PLC0415 - an optional part

    steps = np.diff(np.concatenate(([0], marked.astype(np.int8), [0])))
    starts, ends = (steps == 1).nonzero()[0], (steps == -1).nonzero()[0]
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _left_out(
    pieces: Sequence[_Piece],
    horizontal: Sequence[Rule],
    vertical: Sequence[Rule],
    ink: Any,
    scale: float,
) -> Iterator[_Piece]:
    """Ink among the rules that the finder of lines passed over: a lone dash, a single digit."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    if not horizontal or not vertical:
        return
    left, right = min(rule.at for rule in vertical), max(rule.at for rule in vertical)
    top, bottom = min(rule.at for rule in horizontal), max(rule.at for rule in horizontal)
    rest = ink.copy()
    for piece in pieces:
        near = round(0.3 * piece.height) + 2
        rest[
            max(0, piece.top - near) : piece.bottom + near,
            max(0, piece.left - near) : piece.right + near,
        ] = 0
    reach = round(3 * scale)
    joined = cv2.dilate(rest, np.ones((max(1, reach // 3), reach), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for x, y, width, height, _ in (map(int, one) for one in found[1:]):
        spot = _tight(rest, (x, y, x + width, y + height))
        if spot is None or max(spot.width, spot.height) < _SMALLEST * scale:
            continue
        across, down = (spot.left + spot.right) / 2 / scale, (spot.top + spot.bottom) / 2 / scale
        if left < across < right and top < down < bottom:
            yield spot


def _crop(bare: Any, piece: _Piece, margin: float) -> Any:
    """The picture of one line with some white around it; a flat one (a dash) gets more."""
    import cv2  # noqa: PLC0415 - an optional part

    around = max(2, round(margin * piece.height))
    part = bare[piece.top : piece.bottom, piece.left : piece.right]
    flat = max(0, (round(0.6 * min(piece.width, 60)) - piece.height) // 2)
    return cv2.copyMakeBorder(
        part, around + flat, around + flat, around, around, cv2.BORDER_CONSTANT, value=255
    )


# --------------------------------------------------------------------------- glyphs


def _glyphs(
    piece: _Piece, read: Recognised, scale: float, variants: Mapping[str, str], first: int
) -> Iterator[Glyph]:
    """The characters of a line, each where the model saw it."""
    left, top, right, bottom = _box(piece, scale)
    around = max(2, round(_MARGIN * piece.height)) / scale
    start, length = left - around, right - left + 2 * around
    wide = any(ord(one) >= 0x2E80 for one in read.text)
    size = max((bottom - top) / (_KANJI if wide else _LATIN), 1.0)
    if len(read.text) == 1:
        size = max(size, (right - left) / _KANJI)
    base = (top + bottom) / 2 + 0.36 * size
    run = Run(size=round(size, 2), angle=0, colour=0, order=0)
    middles = [start + place * length for place in read.places]
    for index, (character, middle) in enumerate(zip(read.text, middles, strict=True)):
        if character.isspace():
            continue
        half = size * (0.5 if ord(character) >= 0x2E80 else 0.28)
        x0, x1 = middle - half, middle + half
        if index:
            x0 = max(x0, (middles[index - 1] + middle) / 2)
        if index + 1 < len(middles):
            x1 = min(x1, (middle + middles[index + 1]) / 2)
        yield Glyph(
            variants.get(character, character),
            max(x0, left),
            base,
            max(x0, left),
            base - 0.86 * size,
            min(max(x1, x0 + 0.1), right + 0.1),
            base + 0.14 * size,
            first + index,
            run,
        )


def _box(piece: _Piece, scale: float) -> Box:
    return (piece.left / scale, piece.top / scale, piece.right / scale, piece.bottom / scale)
