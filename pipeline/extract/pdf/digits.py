"""Whether the digits of a font look like the digits that the file says they are.

What a character means stands in a table of the font that nothing on the page shows; where that
table takes one digit for another, both readers agree on a figure that nobody sees.  The outlines
of an embedded font's digits are compared with those of common typefaces.  A digit that is clearly
more like another one is evidence against all digits of its font.  One that is like none, as in an
ornamental typeface, is evidence of nothing; if hardly any digit of a font is like itself, they are
other letters.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.digit_shapes import SHAPES, SIDE
from pipeline.extract.pdf.objects import Buffer

DIGITS = {chr(start + value): str(value) for value in range(10) for start in (0x30, 0xFF10)}
"""Digits, also of full width, and what they are."""

BLANKS = frozenset(" \u00a0\u2000\u2002\u2003\u2009\u200b\u200c\u200d\u2060\u3000\ufeff")
"""Characters that leave no ink: a glyph that does is another one."""
_BROAD, _NARROW = frozenset("%％"), frozenset("()（）")
SIGNS = frozenset(".,-\u2212") | BLANKS | _BROAD | _NARROW
"""Signs of figures and blanks, which are told by where their ink stands beside that of digits."""
_POINT, _LOW, _FLAT, _HIGH, _INKED = 0.35, 0.45, 0.3, 0.5, 0.04
"""Heights as shares of a digit's: of a point, of where points and commas end, of a minus sign, of
the lowest digit, of what is no blank."""
_HANGS = 0.08
"""Share of a digit's height by which commas go below the line, and no points do."""


_SLIM, _STOUT = 0.8, 1.0
"""Widths as shares of the widest digit's beside it: of what is no percent sign, and no bracket."""


class Ink(NamedTuple):
    """A character that was drawn, its ink's lowest and highest point above the line, and width.

    ``wide`` is 0 where it is not known.
    """

    text: str
    low: float
    high: float
    wide: float = 0.0


Contour = tuple[tuple[float, float], ...]
_LIKE, _CLEARLY = 0.38, 0.08
"""How much of two outlines is common where they are alike, and by how much more than another's.

Of 306 digits of 35 fonts, all true, no one came nearer to another digit than 0.04; with each taken
for each other digit 95 of 100 are told, and a font has ten of them.
"""
_UNLIKE, _FEWEST_UNLIKE = 0.3, 3
"""How much the digits of a font have in common with themselves if they are other letters.

Of 60 fonts with three digits and more, all true, none had less than 0.4 on the whole; letters taken
for digits have about 0.2.
"""
_STEPS = tuple(
    ((1 - t) ** 3, 3 * (1 - t) * (1 - t) * t, 3 * (1 - t) * t * t, t**3)
    for t in (0.25, 0.5, 0.75, 1.0)
)
"""How much of each of its four points is in each point of a curve by which it is drawn."""
_SIZE = 100.0
"""Size in points at which outlines are asked for."""
_MOST_POINTS = 2000
"""Points of an outline beyond which it is an ornament and is not compared."""
_TELLING, _MOST_JUDGED = 4, 1000
_BAR = 5
"""Segments of the bar that stands for all characters of a font (:mod:`.fonts`)."""
_JUDGED: dict[tuple[object, ...], tuple[bool, float]] = {}
_PLACE = Buffer("2f")
"""Where PDFium writes the end of a segment."""


def lies(font: int, used: set[str], inks: Sequence[Ink] = ()) -> bool:
    """Whether a font draws another letter for one of the digits used, or of its signs."""
    embedded = pdfium.font_is_embedded(ctypes.c_void_p(font)) == 1
    judged = [found for one in sorted(used) if (found := _judged(font, one, embedded)) is not None]
    if any(another for another, _ in judged) or (embedded and are_misplaced(inks)):
        return True
    likeness = sum(like for _, like in judged)
    return len(judged) >= _FEWEST_UNLIKE and likeness < _UNLIKE * len(judged)


def are_misplaced(inks: Sequence[Ink]) -> bool:
    """Whether a digit is flat, a point hangs, a comma does not, a minus sign is low, a blank inked.

    So is a percent sign that is slim, or a bracket that is not.  ``inks``: of an embedded font,
    each with its lowest and highest point above the line, and its width beside that of digits.
    """
    digits = [one for one in inks if one.text in DIGITS]
    if len(digits) < _FEWEST_UNLIKE:
        return False
    height = median(one.high for one in digits)
    return height > 0 and any(
        one.high - one.low < _HIGH * height
        if one.text in DIGITS
        else _is_no(one.text, one.low / height, one.high / height, one.wide)
        for one in inks
    )


def beside_digits(inks: Sequence[Ink]) -> list[Ink]:
    """What one piece of text drew, with widths as shares of that of its widest digit.

    A 1 tells nothing: it is as narrow as a bracket.
    """
    widest = max(
        (one.wide for one in inks if one.text in DIGITS and DIGITS[one.text] != "1"), default=0
    )
    return [one._replace(wide=one.wide / widest if widest else 0.0) for one in inks]


def _is_no(sign: str, low: float, high: float, wide: float) -> bool:
    """Whether what lies between two heights, and is so wide, is none of that sign."""
    if sign in _BROAD:
        return high - low < _HIGH or 0 < wide < _SLIM
    if sign in _NARROW:
        return high - low < _HIGH or wide > _STOUT
    if sign == ".":
        return high - low > _POINT or high > _LOW or low < -_HANGS
    if sign == ",":
        return high > _LOW or low > -_HANGS / 2
    if sign in "-\u2212":
        return high - low > _FLAT or low < _HANGS
    return high - low > _INKED


def has_outlines(font: int) -> bool:
    """Whether a font draws by outlines, and not by operators of its own (Type 3).

    Of the latter PDFium gives the outlines of some other font.
    """
    handle, size = ctypes.c_void_p(font), ctypes.c_size_t()
    pdfium.font_data(handle, None, ctypes.c_size_t(0), ctypes.byref(size))
    return bool(size.value)


def _judged(font: int, character: str, embedded: bool) -> tuple[bool, float] | None:
    """Whether a digit is drawn as another one, and how much it is like itself.

    Asked anew on every page, of few points: the same ones begin the same outlines.  A font that is
    not embedded may be stood for by bars.
    """
    first = beginning(font, character)
    if first is None or (first[0] <= _BAR and not embedded):
        return None
    known = (character, *first)
    if known not in _JUDGED:
        if len(_JUDGED) >= _MOST_JUDGED:
            _JUDGED.clear()
        _JUDGED[known] = as_digit(DIGITS[character], raster(contours(font, character)))
    return _JUDGED[known]


def beginning(font: int, character: str) -> tuple[int, tuple[tuple[float, float], ...]] | None:
    """How many segments the outlines of a character have, and their first points, if any."""
    path, count = _path(font, character)
    if not count:
        return None
    return count, tuple(_points(path, min(count, _TELLING)))


def contours(font: int, character: str) -> tuple[Contour, ...]:
    """The outlines of a character as polygons; nothing where the font has none for it."""
    path, count = _path(font, character)
    return tuple(tuple(one) for one in _polygons(path, count) if len(one) > 2)


def _path(font: int, character: str) -> tuple[ctypes.c_void_p, int]:
    """PDFium's outlines of a character, and how many segments they have."""
    path = pdfium.glyph_path(ctypes.c_void_p(font), ord(character), ctypes.c_float(_SIZE))
    handle = ctypes.c_void_p(path)
    count = pdfium.count_glyph_segments(handle) if path else 0
    return handle, count if 0 < count <= _MOST_POINTS else 0


def _points(path: ctypes.c_void_p, count: int) -> list[tuple[float, float]]:
    """The ends of the first segments.  Nothing is looked up twice: a page has thousands of them."""
    segment_of, point_of = pdfium.glyph_segment, pdfium.segment_point
    pointer, x_ref, y_ref = ctypes.c_void_p, _PLACE.at(0), _PLACE.at(4)
    unpack, content = _PLACE.unpack, _PLACE.content
    found: list[tuple[float, float]] = []
    for index in range(count):
        point_of(pointer(segment_of(path, index)), x_ref, y_ref)
        found.append(unpack(content))
    return found


def _polygons(path: ctypes.c_void_p, count: int) -> Iterator[list[tuple[float, float]]]:
    current: list[tuple[float, float]] = []
    bend: list[tuple[float, float]] = []
    for index, point in enumerate(_points(path, count)):
        kind = pdfium.BEZIER_TO if bend else _kind(path, index)
        if kind == pdfium.MOVE_TO:
            yield current
            current = [point]
        elif kind == pdfium.LINE_TO or not current:
            current.append(point)
        else:
            bend.append(point)
            if len(bend) == 3:
                current.extend(along(current[-1], *bend))
                bend = []
    yield current


def _kind(path: ctypes.c_void_p, index: int) -> int:
    found: int = pdfium.segment_type(ctypes.c_void_p(pdfium.glyph_segment(path, index)))
    return found


def along(*four: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of a curve from the first to the last of its four points, without the first."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four
    return [
        (p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy)
        for p, q, r, s in _STEPS
    ]


def raster(outlines: tuple[Contour, ...]) -> int:
    """What outlines enclose, stretched to one height, as a square of bits from its lowest row."""
    points = [point for one in outlines for point in one]
    if not points:
        return 0
    lowest, highest = min(y for _, y in points), max(y for _, y in points)
    step = (highest - lowest) / SIDE
    if step <= 0:
        return 0
    middle = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
    bits = 0
    for row in range(SIDE):
        edges = sorted(crossings(outlines, lowest + (row + 0.5) * step))
        wound = 0
        for (left, way), (right, _) in pairwise(edges):
            wound += way
            if wound:
                first = max(0, round((left - middle) / step + SIDE / 2))
                last = min(SIDE, max(round((right - middle) / step + SIDE / 2), first + 1))
                bits |= ((1 << max(0, last - first)) - 1) << (row * SIDE + first)
    return bits


def crossings(
    outlines: Iterable[Sequence[tuple[float, float]]], y: float
) -> Iterator[tuple[float, int]]:
    """Where outlines cross a height, and whether upwards (1) or downwards (-1)."""
    for outline in outlines:
        for (ax, ay), (bx, by) in zip(outline, (*outline[1:], outline[0]), strict=True):
            if (ay <= y) != (by <= y):
                yield ax + (y - ay) * (bx - ax) / (by - ay), 1 if by > ay else -1


def as_digit(digit: str, bits: int, clearly: float = _CLEARLY) -> tuple[bool, float]:
    """Whether a shape that stands for a digit is clearly that of another, and how like it.

    ``clearly``: by how much more it has in common with the other one.
    """
    like = {other: max(_common(bits, shape) for shape in SHAPES[other]) for other in SHAPES}
    own = like.pop(digit)
    best = max(like.values())
    return best >= _LIKE and best - own >= clearly, own


def _common(one: int, other: int) -> float:
    return (one & other).bit_count() / max(1, (one | other).bit_count())
