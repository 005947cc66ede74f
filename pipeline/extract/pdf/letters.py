"""Whether kana and kanji are drawn as the letters that the file says they are.

As with digits (:mod:`.digits`), nothing on the page shows the table that says what a letter means,
and both readers take it from there.  How the edges of its outline run, in which part of it and in
which direction, hardly depends on the typeface or its weight.  A letter whose edges run clearly as
those of another one, in one of two common typefaces, is evidence against its font.  One that is
like none, as in an ornamental typeface, is evidence of nothing.
"""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import nlargest
from itertools import combinations
from math import hypot, sqrt
from operator import mul
from pathlib import Path

from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.digits import beginning, contours, has_outlines

Shape = Sequence[float]
Polygon = Sequence[tuple[float, float]]

SHAPES = Path(__file__).with_suffix(".bin")
"""The letters of two typefaces as ``tests/data/letter_shapes.py`` writes them."""
SHAPES_DIGEST = "a87faa93f860fc9c59a15f91bc5b73abab182f8102e5eb9ad676596709fc4a4f"
"""Its SHA-256, here so that what was read is read again with other shapes."""

FIRST_LETTER, LAST_LETTER = "\u3041", "\u9fff"
"""Between these lie kana and kanji by their codes."""
_FINE, _WAYS = 8, 4
"""Parts of a side of a letter in which edges are gathered, and directions of edges."""
SIZE = (_FINE // 2) ** 2 * _WAYS
"""Numbers that tell a shape."""
_FLAT = 0.5
"""Share of its length below which the breadth of a letter is kept: 一 is flat."""
LEVELS = 40.0
"""Level of a number of a shape whose numbers have the length 1; the highest that is kept is 15."""
_LIKE, _CLEARLY, _ALIKE = 0.95, 0.04, 0.97
"""How like another letter one must be, by how much more than like itself, and how much two letters
have in common that cannot be told from one another.

Of 54 884 letters of fonts in 432 honest files none was by 0.025 more like another letter that it
cannot be taken for.  Of letters taken for another one of their font, 86 to 95 of 100 are told.
"""
_EXCHANGED = 0.02
"""By how much more each of two letters of a font is like the other one, if they are exchanged.

In the same files no two letters were both more like the other one; of 738 pairs of a typeface that
were exchanged 731 were, by so much.
"""
_KIN = (
    *("あぁ", "いぃ", "うぅウ", "えぇ", "おぉ", "けゖ", "つっ", "やゃヤ", "ゆゅ", "よょ", "わゎ"),
    *(
        "アァ",
        "イィ",
        "ウゥ",
        "エェ工",
        "オォ才",
        "カヵ力",
        "ケヶ",
        "ツッ",
        "ヤャ",
        "ユュ",
        "ヨョ",
        "ワヮ",
    ),
    *(
        "ニ二",
        "タ夕",
        "トト卜",
        "ロ口回",
        "ハ八",
        "ミ三",
        "チ千",
        "りリ",
        "へヘ",
        "べベ",
        "ぺペ",
        "ヌ又",
    ),
    *("ム厶", "せセ", "もモ", "きキ", "日曰", "土士", "未末", "己已巳", "人入"),
)
"""Letters that typefaces draw alike."""
_JUDGED: dict[tuple[object, ...], tuple[str, Shape] | None] = {}
_MOST_JUDGED = 5000


def drawn_as(font: int, letters: Iterable[str]) -> dict[str, str]:
    """Of the letters of an embedded font those that are drawn as another one, and as which."""
    known = [one for one in sorted(letters) if one in _rows()]
    if not known or pdfium.font_is_embedded(ctypes.c_void_p(font)) != 1 or not has_outlines(font):
        return {}
    unlike = {one: found for one in known if (found := _judged(font, one)) is not None}
    return {one: seen for one, (seen, _) in unlike.items() if seen} | exchanged(
        {one: shape for one, (_, shape) in unlike.items()}
    )


def exchanged(shapes: Mapping[str, Shape]) -> dict[str, str]:
    """Letters each of which is drawn as the other one, among some with their shapes."""
    found: dict[str, str] = {}
    for (one, shape), (other, another) in combinations(shapes.items(), 2):
        if (
            _likeness(other, shape) - _likeness(one, shape) >= _EXCHANGED
            and _likeness(one, another) - _likeness(other, another) >= _EXCHANGED
        ):
            found |= {one: other, other: one}
    return found


def _judged(font: int, letter: str) -> tuple[str, Shape] | None:
    """The letter that is drawn for another, if it was told, and its shape; ``None`` if it is that.

    Asked anew on every page, of few points: the same ones begin the same outlines.
    """
    first = beginning(font, letter)
    if first is None:
        return None
    known = (letter, *first)
    if known not in _JUDGED:
        if len(_JUDGED) >= _MOST_JUDGED:
            _JUDGED.clear()
        outlines = contours(font, letter)
        shape = shape_of(outlines)
        itself = shape is None or _likeness(letter, shape) > 1 - _EXCHANGED
        _JUDGED[known] = None if itself or shape is None else (seen_as(letter, outlines), shape)
    return _JUDGED[known]


def seen_as(letter: str, outlines: Sequence[Polygon]) -> str:
    """The letter that outlines are clearly, if it is another than they are said to be; else ""."""
    shape = shape_of(outlines)
    own = 1.0 if shape is None else _likeness(letter, shape)
    if shape is None or own > 1 - _CLEARLY:
        return ""
    likest = nlargest(
        _MOST_KIN,
        ((_common(shape, face), other) for other, faces in _rows().items() for face in faces),
    )
    like, seen = next(((like, one) for like, one in likest if not _may_be(letter, one)), (0.0, ""))
    if like < _LIKE or like - own < _CLEARLY or _is_turned(letter, outlines):
        return ""
    return seen


def _is_turned(letter: str, outlines: Sequence[Polygon]) -> bool:
    """Whether outlines are a letter's own, turned or slanted: the text may be turned back."""
    return any(
        (shape := shape_of([[(a * x + b * y, c * x + d * y) for x, y in one] for one in outlines]))
        is not None
        and _likeness(letter, shape) >= _LIKE
        for a, b, c, d in _TURNS
    )


def _likeness(letter: str, shape: Shape) -> float:
    return max(_common(shape, face) for face in _rows()[letter])


_TURNS = ((0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0), (1, -0.21, 0, 1), (1, -0.27, 0, 1))
"""By quarters, and as much as italic type is slanted, back."""
_MOST_KIN = 16
"""Likest letters among which one is looked for that is no kin; each stands there twice."""


def _may_be(letter: str, other: str) -> bool:
    """Whether typefaces draw two letters alike."""
    if letter == other or any(letter in kin and other in kin for kin in _KIN):
        return True
    return any(
        _common(row, another) >= _ALIKE * _length(row)
        for row in _rows()[letter]
        for another in _rows()[other]
    )


def _common(shape: Shape, levels: bytes) -> float:
    return float(sum(map(mul, shape, levels))) / _length(levels)


@cache
def _length(levels: bytes) -> float:
    return sqrt(sum(map(mul, levels, levels)))


@cache
def _rows() -> dict[str, tuple[bytes, ...]]:
    """The shapes of all letters that are told, one of each typeface."""
    return unpacked(SHAPES.read_bytes())


def unpacked(data: bytes) -> dict[str, tuple[bytes, ...]]:
    """The inverse of :func:`packed`."""
    plain = zlib.decompress(data)
    end = plain.index(b"\n")
    letters = plain[:end].decode()
    levels = bytes(plain[end + 1 :].hex(), "ascii").translate(_LEVEL_OF)
    rows = [levels[start : start + SIZE] for start in range(0, len(levels), SIZE)]
    faces = len(rows) // len(letters)
    return {
        letter: tuple(rows[place * faces : (place + 1) * faces])
        for place, letter in enumerate(letters)
    }


_LEVEL_OF = bytes.maketrans(b"0123456789abcdef", bytes(range(16)))


def packed(shapes: dict[str, Sequence[Shape]]) -> bytes:
    """Shapes in sixteen levels as they are kept: the letters in a line, then two levels a byte."""
    levels = [
        min(15, round(value * LEVELS))
        for faces in shapes.values()
        for shape in faces
        for value in shape
    ]
    halves = bytes(high << 4 | low for high, low in zip(levels[::2], levels[1::2], strict=True))
    return zlib.compress("".join(shapes).encode() + b"\n" + halves, 9)


def shape_of(outlines: Sequence[Polygon]) -> Shape | None:
    """How the edges of outlines run, part by part; the numbers have the length 1."""
    parts = _edges(outlines)
    if parts is None:
        return None
    roots = [sqrt(value) for value in _drawn_together(parts)]
    length = sqrt(sum(map(mul, roots, roots)))
    return [value / length for value in roots] if length else None


def _edges(outlines: Sequence[Polygon]) -> list[float] | None:
    """The length of edges that lie, stand, rise and fall in each part of a letter, row by row."""
    points = [point for one in outlines for point in one]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, y0 = min(xs), min(ys)
    width, height = max(xs) - x0, max(ys) - y0
    most = max(width, height)
    if most <= 0:
        return None
    if width < _FLAT * most:
        x0, width = x0 - (most - width) / 2, most
    if height < _FLAT * most:
        y0, height = y0 - (most - height) / 2, most
    wide, high = _FINE / width, _FINE / height
    parts = [0.0] * (_FINE * _FINE * _WAYS)
    for one in outlines:
        _gather(parts, [((x - x0) * wide, (y - y0) * high) for x, y in one])
    return parts


def _gather(parts: list[float], outline: Polygon) -> None:
    """Add each edge of an outline to the parts through which it runs, by its direction."""
    x0, y0 = outline[-1]
    for x1, y1 in outline:
        across, up = x1 - x0, y1 - y0
        length = hypot(across, up)
        if length >= _SHORTEST:
            pieces = int(length) + 1
            share = 1 / (length * pieces)
            lies, stands, slants = across * across * share, up * up * share, across * up * share
            way = 2 if slants > 0 else 3
            slants = abs(slants)
            step, rise = across / pieces, up / pieces
            x, y = x0 + step / 2, y0 + rise / 2
            for _ in range(pieces):
                place = _ROW_OF[int(y)] + _PART_OF[int(x)]
                parts[place] += lies
                parts[place + 1] += stands
                parts[place + way] += slants
                x, y = x + step, y + rise
        x0, y0 = x1, y1


_SHORTEST = 1e-6
"""Parts of a letter that an edge is long at least, to have a direction."""
_PART_OF = tuple(_WAYS * min(part, _FINE - 1) for part in range(_FINE + 1))
_ROW_OF = tuple(_FINE * part for part in _PART_OF)
"""Where the numbers of a part begin in its row, and those of its row; the far border is within."""


def _drawn_together(parts: Sequence[float]) -> list[float]:
    """Half as many parts each way, so that an edge beside the border of one is in both."""
    wide = _FINE * _WAYS
    rows = [_halved(parts[start : start + wide], _WAYS) for start in range(0, wide * _FINE, wide)]
    return _halved([value for row in rows for value in row], len(rows[0]))


def _halved(values: Sequence[float], size: int) -> list[float]:
    """Parts of so many numbers each, drawn together to half as many."""
    framed = [*_NOTHING[:size], *values, *_NOTHING[:size]]
    parts = [framed[start : start + size] for start in range(0, len(framed), size)]
    return [
        over + 3 * first + 3 * second + under
        for place in range(0, _FINE, 2)
        for over, first, second, under in zip(*parts[place : place + 4], strict=True)
    ]


_NOTHING = (0.0,) * (_FINE // 2 * _WAYS)
"""What is beside the outermost parts."""
