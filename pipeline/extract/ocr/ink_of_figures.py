"""Whether the ink of a figure is that of its characters and nothing else.

Two engines that look at one stroke too many read it alike: the line of a stamp is a 1, a speck a
decimal point.  So the connected pieces of ink are counted and held against what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from pipeline.japanese.same_reading import folded

_PLAIN = re.compile(r"-?[0-9]+(?:,[0-9]{3})*(?:\.(?![0-9]{3}(?![0-9]))[0-9]+)?%?")
"""Figures of which it is known how many pieces of ink they have.

Three decimals are none: a comma that was taken for a point looks the same.
"""

_INSET, _REST = 0.1, 0.05
"""Share of the height that is left out along a cell's rules, and up to which ink is their rest."""
_SEEN = 0.35
"""Share of the way from the paper to the darkest ink from which a pixel is ink."""
_DIRT = 0.08
"""Share of the height up to which a piece is dirt wherever it lies."""
_TALL, _LOW, _FLAT = 0.75, 0.45, 0.3
"""Share of the height: digits are taller, points and commas lower, dashes flatter."""
_HANGING = 0.06
"""Share of the height by which a comma ends below the feet of the digits, and no point does."""
_UNEVEN = 0.16
"""Share of the height by which the feet and heads of digits may differ."""
_OUTSIDE = 0.2
"""Share of the height by which no ink may go on above and below a figure."""
_WIDE = 0.9
"""Width to height above which a piece is no single digit."""
_PALER = 55
"""Levels of grey by which the darkest parts of all digits may differ: a stamp is paler."""
_PITCH, _WIDER, _UNLIKE = 1.0, 1.6, 1.2
"""Share of the height from one digit's middle to the next, in half and in full width; how unlike
wider ones may be.

Where it is wider, a point may stand that is too faint to be seen."""
_FEWEST, _SMALLER, _LARGER = 5, 0.7, 1.4
"""Figures from which a page's usual ones are told; heights of one beside theirs."""
_PARTS_OF_PERCENT = (1, 3)
"""Least and most tall or low pieces of a per cent sign."""


Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom, tight around a figure."""


class Cleared(NamedTuple):
    """A straight picture (255: paper) without rules and stamps, and where they were (255)."""

    grey: Any
    rules: Any


class Usual(NamedTuple):
    """How the figures of a page look: the middle one of their heights and of their darkest greys.

    ``None``: there are too few to tell.
    """

    height: float
    dark: float

    @classmethod
    def of(cls, grey: Any, figures: Sequence[Pixels]) -> Usual | None:
        """Of figures that are probably right."""
        if len(figures) < _FEWEST:
            return None
        heights = [bottom - top for _, top, _, bottom in figures]
        return cls(median(heights), median(_darkest(grey, one) for one in figures))

    def is_like(self, grey: Any, figure: Pixels) -> bool:
        """Whether a figure is about as high and as dark as the others: a stamp's lines are not."""
        height = figure[3] - figure[1]
        return (
            _SMALLER <= height / self.height <= _LARGER
            and _darkest(grey, figure) - self.dark <= _PALER
        )


class _Ink(NamedTuple):
    """A connected piece of ink, in shares of the height of its line; ``dark``: its darkest grey."""

    left: float
    top: float
    right: float
    bottom: float
    dark: float


def is_clean(printed: str, page: Cleared, box: Pixels, usual: Usual | None) -> bool:
    """Whether a figure that was read as ``printed`` is drawn by its digits and signs alone."""
    like = usual is None or usual.is_like(page.grey, box)
    return like and _matched(printed, page, box) is not None


def digits_of(printed: str, page: Cleared, box: Pixels) -> list[tuple[str, Pixels]]:
    """The digits of a clean figure, each with the box around its ink."""
    left, top, _, bottom = box
    height = bottom - top
    return [
        (
            character,
            (
                round(left + ink.left * height),
                round(top + ink.top * height),
                round(left + ink.right * height),
                round(top + ink.bottom * height),
            ),
        )
        for character, ink in _matched(printed, page, box) or ()
        if character.isdigit()
    ]


def _matched(printed: str, page: Cleared, box: Pixels) -> list[tuple[str, _Ink]] | None:
    """The digits and marks of a figure with their ink; ``None`` if it is not that of them alone."""
    text = folded(printed)
    if not _PLAIN.fullmatch(text):
        return None
    left, top, right, bottom = box
    pieces = _pieces(page, box)
    beyond = any(one.top < -_OUTSIDE or one.bottom > 1 + _OUTSIDE for one in pieces)
    if beyond or page.rules[top : bottom + 1, left:right].any():
        return None
    signed, per_cent = text.startswith("-"), text.endswith("%")
    if signed:
        first, *pieces = pieces or [_Ink(0, 0, 0, 1, 0)]
        if first.bottom - first.top > _FLAT or not 0.25 < (first.top + first.bottom) / 2 < 0.75:
            return None
    digits = sum(one.isdigit() for one in text)
    marks = text.count(".") + text.count(",")
    tail: list[_Ink] = []
    if per_cent:
        pieces, tail = pieces[: digits + marks], pieces[digits + marks :]
        if not _PARTS_OF_PERCENT[0] <= len(tail) <= _PARTS_OF_PERCENT[1]:
            return None
    plain, pitch = text.strip("-%"), _WIDER if text != printed else _PITCH
    alike = _are(plain, pieces) and _are_close(plain, pieces, pitch)
    return list(zip(plain, pieces, strict=True)) if alike else None


def is_alone(page: Cleared, cell: Pixels, figure: Pixels) -> bool:
    """Whether a cell holds no ink beside a figure's: no sign that was not read, no stamp."""
    left, top, right, bottom = figure
    height = bottom - top
    inset = round(_INSET * height)
    first, begin = cell[0] + inset, cell[1] + inset
    part = _inked(page, figure, (first, begin, cell[2] - inset, cell[3] - inset))
    if not part.size:
        return False
    return not any(
        max(width, high) > _DIRT * height
        and min(width, high) > _REST * height
        and not (
            x + first < right + _OUTSIDE * height
            and x + first + width > left - _OUTSIDE * height
            and y + begin < bottom + _OUTSIDE * height
            and y + begin + high > top - _OUTSIDE * height
        )
        for x, y, width, high in _boxes(part)
    )


def _are(text: str, pieces: list[_Ink]) -> bool:
    """Whether pieces from left to right are these digits and marks, one a character."""
    if len(pieces) != len(text):
        return False
    digits = [one for one, character in zip(pieces, text, strict=True) if character.isdigit()]
    marks = [one for one, character in zip(pieces, text, strict=True) if not character.isdigit()]
    feet = median(one.bottom for one in digits)
    hanging = [one.bottom > feet + _HANGING for one in marks]
    return (
        all(one.bottom - one.top >= _TALL for one in digits)
        and all(one.right - one.left <= _WIDE for one in digits)
        and all(one.bottom - one.top <= _LOW and one.top >= 0.5 for one in marks)
        and hanging == [one == "," for one in text if not one.isdigit()]
        and _spread(one.top for one in digits) <= _UNEVEN
        and _spread(one.bottom for one in digits) <= _UNEVEN
        and _spread(one.dark for one in digits) <= _PALER
    )


def _are_close(text: str, pieces: list[_Ink], pitch: float) -> bool:
    """Whether no digit stands farther from the next than they usually do, or than the others."""
    steps = [
        (after.left + after.right - before.left - before.right) / 2
        for (first, before), (second, after) in pairwise(zip(text, pieces, strict=True))
        if first.isdigit() and second.isdigit()
    ]
    return max(steps, default=0.0) <= pitch or (
        len(steps) > 1 and max(steps) <= _UNLIKE * min(steps)
    )


def _spread(values: Iterable[float]) -> float:
    found = list(values)
    return max(found) - min(found)


def _darkest(grey: Any, box: Pixels) -> float:
    """The grey of the darkest ink in a box, specks left out."""
    import numpy as np  # noqa: PLC0415 - an optional part

    left, top, right, bottom = box
    return float(np.percentile(grey[top:bottom, left:right], 5))


def _inked(page: Cleared, figure: Pixels, window: Pixels) -> Any:
    """1 where a window has ink that is at least nearly as dark as a figure's."""
    import numpy as np  # noqa: PLC0415 - an optional part

    left, top, right, bottom = (max(0, one) for one in window)
    lightest = 255 - _SEEN * (255 - _darkest(page.grey, figure))
    part = (page.grey[top:bottom, left:right] < lightest).astype(np.uint8)
    part[page.rules[top:bottom, left:right] > 0] = 0
    return part


def _boxes(part: Any) -> list[list[int]]:
    """Left, top, width and height of the connected pieces of ink."""
    import cv2  # noqa: PLC0415 - an optional part

    _, _, found, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    boxes: list[list[int]] = found[1:, :4].tolist()
    return boxes


def _pieces(page: Cleared, box: Pixels) -> list[_Ink]:
    """The pieces of ink in and about a box, from left to right, dirt left out."""
    import numpy as np  # noqa: PLC0415 - an optional part

    left, top, right, bottom = box
    height = bottom - top
    around = round(0.5 * height)
    first, begin = max(0, left - around // 2), max(0, top - around)
    part = _inked(page, box, (first, begin, right + around // 2, bottom + around))
    pieces = []
    for x, y, width, high in _boxes(part):
        inside = y + begin < bottom + _DIRT * height and y + high + begin > top - _DIRT * height
        if max(width, high) <= _DIRT * height or not inside:
            continue
        own = page.grey[y + begin : y + begin + high, x + first : x + first + width]
        pieces.append(
            _Ink(
                (x + first - left) / height,
                (y + begin - top) / height,
                (x + first + width - left) / height,
                (y + begin + high - top) / height,
                float(np.percentile(own, 10)),
            )
        )
    return sorted(pieces)
