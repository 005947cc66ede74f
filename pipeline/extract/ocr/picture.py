"""A picture of a page: set straight, black on white, its rules found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.extract.pdf.geometry import Matrix
from pipeline.extract.pdf.primitives import Rule

_LARGEST_TILT, _STEPS = 3.0, (0.5, 0.1, 0.02)
_LEAST_TILT = 0.03
"""Degrees from which a page is turned back; less moves no line by a pixel."""
_SMALL = 1000
"""Pixels of the longer side from which the tilt is told."""

_LYING, _STANDING = 24.0, 16.0
"""Points that ink must run straight on to be a rule: longer than any stroke of a letter."""

_CLEARLY = 40
"""Of 255 levels of grey: dirt and the grain of paper are fainter."""

_THICKEST = 3.0
"""Points up to which a dark band is a rule and not an area."""
_GAP = 1.2
"""Points of a break in a rule that is closed."""


_NEAR, _ALIKE = 3.0, 3
"""Points within which a rule ends at another; rules of one length that a table has at least."""


class Straight(NamedTuple):
    """A picture whose lines run level.

    ``grey`` is 255 on paper, ``ink`` 255 where there is ink.  ``back``: from its pixels to the
    pixels of the picture as it was.
    """

    grey: Any
    ink: Any
    back: Matrix


def straightened(grey: Any, scale: float) -> Straight:
    """The picture turned so that its rules and lines of text are level; ``scale``: pixels/point."""
    import cv2  # noqa: PLC0415 - an optional part

    grey = _even(grey, scale)
    angle = tilt_of(_ink(grey, scale))
    back: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if abs(angle) >= _LEAST_TILT:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
        inverse = cv2.invertAffineTransform(turn)
        (a, c, e), (b, d, f) = ((float(one) for one in row) for row in inverse)
        back = (a, b, c, d, e, f)
    return Straight(grey, _ink(grey, scale), back)


def _even(grey: Any, scale: float) -> Any:
    """The picture with its paper white, however it was lit."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    reach = max(3, round(12 * scale)) | 1
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(
        cv2.dilate(small, np.ones((max(3, reach // 4),) * 2, np.uint8)), max(3, reach // 4) | 1
    )
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 1), scale=255)


def _ink(grey: Any, scale: float) -> Any:
    """255 where a pixel is clearly darker than what is around it."""
    import cv2  # noqa: PLC0415 - an optional part

    around = max(3, round(10 * scale)) | 1
    smooth = cv2.medianBlur(grey, 3)
    return cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _CLEARLY
    )


def tilt_of(ink: Any) -> float:
    """Degrees by which the picture must be turned (as OpenCV counts) for its lines to be level.

    At the right angle the ink gathers in as few rows of pixels as it can.
    """
    import cv2  # noqa: PLC0415 - an optional part

    share = min(1.0, _SMALL / max(ink.shape))
    small = cv2.resize(ink, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    best = 0.0
    reach = _LARGEST_TILT
    for step in _STEPS:
        count = round(reach / step)
        angles = [best + number * step for number in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_gathered(small, angle), -abs(angle)))
        reach = step
    return best


def _gathered(ink: Any, angle: float) -> float:
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height)).sum(axis=1, dtype=np.float64)
    return float((np.diff(rows) ** 2).sum())


# --------------------------------------------------------------------------- rules


class Rules(NamedTuple):
    """Rules in points, and a mask of the pixels that are theirs."""

    horizontal: list[Rule]
    vertical: list[Rule]
    mask: Any


def rules_of(ink: Any, scale: float) -> Rules:
    """The rules of a straight picture."""
    import cv2  # noqa: PLC0415 - an optional part

    lying = _runs(ink, round(_LYING * scale), 1, scale)
    standing = _runs(ink, 1, round(_STANDING * scale), scale)
    horizontal = [
        Rule(at=(top + bottom) / 2, start=left, end=right, thickness=bottom - top)
        for left, top, right, bottom in _boxes(lying, scale)
        if bottom - top <= _THICKEST and right - left >= _LYING
    ]
    vertical = [
        Rule(at=(left + right) / 2, start=top, end=bottom, thickness=right - left)
        for left, top, right, bottom in _boxes(standing, scale)
        if right - left <= _THICKEST and bottom - top >= _STANDING
    ]
    across = strays_of(horizontal, vertical)
    along = [*strays_of(vertical, horizontal), *lonely(vertical, horizontal)]
    for rule in across:
        _wipe(lying, rule, scale, standing=False)
    for rule in along:
        _wipe(standing, rule, scale, standing=True)
    return Rules(
        [rule for rule in horizontal if rule not in across],
        [rule for rule in vertical if rule not in along],
        cv2.bitwise_or(lying, standing),
    )


def strays_of(rules: Sequence[Rule], others: Sequence[Rule]) -> list[Rule]:
    """The rules that cross others and end at none of them: a stamp's lines, a stroke of a pen.

    The rules of a table that is open at its sides end in one line.
    """
    return [
        rule
        for rule in rules
        if any(
            rule.start + _NEAR < other.at < rule.end - _NEAR and other.start < rule.at < other.end
            for other in others
        )
        and not _ends_at(rule.start, rule, others)
        and not _ends_at(rule.end, rule, others)
        and sum(_is_as_long(rule, one) for one in rules) < _ALIKE
    ]


def lonely(standing: Sequence[Rule], lying: Sequence[Rule]) -> list[Rule]:
    """Upright rules of a ruled page that meet no other: strokes of letters below each other."""
    return [
        rule
        for rule in standing
        if lying
        and not any(
            other.start - _NEAR <= rule.at <= other.end + _NEAR
            and rule.start - _NEAR <= other.at <= rule.end + _NEAR
            for other in lying
        )
        and sum(_is_as_long(rule, one) for one in standing) < _ALIKE
    ]


def _ends_at(end: float, rule: Rule, others: Sequence[Rule]) -> bool:
    return any(
        abs(other.at - end) <= _NEAR and other.start - _NEAR <= rule.at <= other.end + _NEAR
        for other in others
    )


def _is_as_long(rule: Rule, other: Rule) -> bool:
    return abs(rule.start - other.start) <= _NEAR and abs(rule.end - other.end) <= _NEAR


def _wipe(mask: Any, rule: Rule, scale: float, *, standing: bool) -> None:
    """Take a rule out of a mask, so that its ink stays."""
    half = rule.thickness / 2 + 1 / scale
    along = slice(max(0, round(rule.start * scale)), round(rule.end * scale) + 1)
    aside = slice(max(0, round((rule.at - half) * scale)), round((rule.at + half) * scale) + 1)
    mask[(along, aside) if standing else (aside, along)] = 0


def _runs(ink: Any, width: int, height: int, scale: float) -> Any:
    """The ink that runs on for so many pixels; small gaps and one step aside are bridged."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    lying = width > height
    gap = max(2, math.ceil(_GAP * scale))
    aside = np.ones((3, 1) if lying else (1, 3), np.uint8)
    along = np.ones((1, gap) if lying else (gap, 1), np.uint8)
    joined = cv2.morphologyEx(cv2.dilate(ink, aside), cv2.MORPH_CLOSE, along)
    return cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))


def _boxes(mask: Any, scale: float) -> list[tuple[float, float, float, float]]:
    """The boxes around the connected pieces of a mask, in points."""
    import cv2  # noqa: PLC0415 - an optional part

    _, _, found, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [
        (x / scale, y / scale, (x + width) / scale, (y + height) / scale)
        for x, y, width, height, _ in (map(int, one) for one in found[1:])
    ]


def without_rules(straight: Straight, rules: Rules) -> tuple[Any, Any]:
    """The picture and its ink with the rules wiped out."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    wide = cv2.dilate(rules.mask, np.ones((3, 3), np.uint8))
    grey = straight.grey.copy()
    grey[wide > 0] = 255
    ink = straight.ink.copy()
    ink[wide > 0] = 0
    return grey, ink
