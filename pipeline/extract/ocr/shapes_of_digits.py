"""Whether the digits of a page are drawn as the others of their kind are.

A short stroke through a single digit is one piece of ink with it, and both engines read the digit
all the same; the box that stands for a character which a font does not have is read as a nought.
So each digit is held against the others of the page that were read as the same one, and where
there are too few of them against common typefaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from pipeline.extract.pdf.digit_shapes import SHAPES, SIDE

_CELLS = 2 * SIDE
"""Cells of a side of the square that a digit is stretched to."""
_FEWEST = 4
"""Digits of one kind from which a page shows how they are drawn there."""
_UNLIKE, _STRANGE, _FOREIGN = 0.008, 0.009, 0.055
"""By how much more of its ink a digit may have in one piece where the others have none, and where
common typefaces have none; how much of it where there are too few others.

None of the digits of twelve scanned pages has as much; of 1,236 with a stroke of a pen through them
1,110 are told.
"""
_SPECK = 0.12
"""Ink that is no darker than this is noise, and joins no pieces."""
_WIDER, _ASIDE = 1.08, 1.2
"""How much wider a digit may be than the others, and pixels by which it may besides."""
_STRETCHED = 0.012
"""How much of the ink of a wider digit may lie in one piece where common typefaces, as wide, have
none.

Of digits in full width none has more; of those with a stroke that is wider than they are one in
twenty has less.
"""
_ROUND, _CORNERED = "0689", 3
"""Digits without corners, and how many corners make a box of one."""
_FAINT = 0.3
"""Share of ink in the darkest cell of a column that is beside a digit."""
_CORNER, _INKED = 3, 0.6
"""Cells of a corner of the square, and the share of it that ink fills."""


class Digit(NamedTuple):
    """A digit: which, its ink as a square of shares, its width to its height, pixels of that."""

    kind: str
    ink: Any
    width: float
    height: int


def digit_in(grey: Any, kind: str, box: tuple[int, int, int, int]) -> Digit:
    """The digit in a box of a grey picture, in the middle of the width of its square."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    left, top, right, bottom = box
    part = 255.0 - grey[top:bottom, left:right].astype(np.float32)
    part /= max(float(np.percentile(part, 95)), 1.0)
    width, height = right - left, bottom - top
    wide = min(_CELLS, max(1, round(width * _CELLS / height)))
    square = np.zeros((_CELLS, _CELLS), np.float32)
    first = (_CELLS - wide) // 2
    square[:, first : first + wide] = cv2.resize(
        np.clip(part, 0, 1), (wide, _CELLS), interpolation=cv2.INTER_AREA
    )
    return Digit(kind, square, width / height, height)


def odd_ones(digits: Sequence[Digit]) -> list[bool]:
    """Which of the digits of a page are not drawn as their kind is."""
    kinds: dict[str, list[int]] = {}
    for place, one in enumerate(digits):
        kinds.setdefault(one.kind, []).append(place)
    odd = [False] * len(digits)
    for places in kinds.values():
        for place, found in zip(places, _odd_among([digits[one] for one in places]), strict=True):
            odd[place] = found or is_box(digits[place])
    return odd


def _odd_among(same: Sequence[Digit]) -> list[bool]:
    """Which digits of one kind are not drawn as the others; typefaces may differ on a page."""
    import numpy as np  # noqa: PLC0415 - an optional part

    common = _about(_common(same[0].kind))
    strange = [_beside(one, common) for one in same]
    if len(same) < _FEWEST:
        return [one > _FOREIGN for one in strange]
    usual = _about(np.median(np.stack([one.ink for one in same]), axis=0))
    unlike = [_beside(one, usual) for one in same]
    width = median(one.width for one in same)
    most_unlike, most_strange = median(unlike) + _UNLIKE, median(strange) + _STRANGE
    return [
        (apart > most_unlike or one.width > _WIDER * width + _ASIDE / one.height)
        and foreign > most_strange
        and not (one.width > _WIDER * width and _is_stretched(one))
        for one, apart, foreign in zip(same, unlike, strange, strict=True)
    ]


def _is_stretched(digit: Digit) -> bool:
    """Whether a digit is that of a common typeface made wider: of full width, as 90 is in Japanese.

    A stroke through it that makes it wider leaves the digit itself in the middle.
    """
    import cv2  # noqa: PLC0415 - an optional part

    wide = cv2.resize(_trimmed(digit.ink), (_CELLS, _CELLS), interpolation=cv2.INTER_AREA)
    common = cv2.resize(_trimmed(_common(digit.kind)), (_CELLS, _CELLS))
    return _beside(digit._replace(ink=wide), _about(common)) <= _STRETCHED


def _trimmed(ink: Any) -> Any:
    """A square without the columns beside its ink."""
    columns = (ink.max(axis=0) > _FAINT).nonzero()[0]
    return ink[:, columns[0] : columns[-1] + 1] if len(columns) else ink


def is_box(digit: Digit) -> bool:
    """Whether a round digit has the corners of a box."""
    if digit.kind not in _ROUND:
        return False
    columns = digit.ink.max(axis=0).nonzero()[0]
    if not len(columns):
        return False
    inner = digit.ink[:, columns[0] : columns[-1] + 1]
    ends = (slice(None, _CORNER), slice(-_CORNER, None))
    filled = [float(inner[rows, across].mean()) for rows in ends for across in ends]
    return sum(one >= _INKED for one in filled) >= _CORNERED


def _beside(digit: Digit, usual: Any) -> float:
    """The share of ink that lies in one piece where usually none is.

    A stroke is one piece; noise, which makes a digit broader, lies all about it.
    """
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    more = digit.ink * (1 - usual)
    count, pieces = cv2.connectedComponents((more > _SPECK).astype(np.uint8), connectivity=8)
    largest = max((float(more[pieces == one].sum()) for one in range(1, count)), default=0.0)
    return largest / max(float(digit.ink.sum()), 1e-6)


def _about(ink: Any) -> Any:
    """A square with what is inked, and what is next to it, as 1."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    return np.clip(2 * cv2.dilate(ink.astype(np.float32), np.ones((3, 3), np.uint8)), 0, 1)


def _common(kind: str) -> Any:
    """Where any of the common typefaces has ink for a digit."""
    import numpy as np  # noqa: PLC0415 - an optional part

    united = 0
    for shape in SHAPES[kind]:
        united |= shape
    rows = [
        [float(united >> (row * SIDE + column) & 1) for column in range(SIDE)]
        for row in reversed(range(SIDE))
    ]
    return np.kron(np.array(rows, np.float32), np.ones((2, 2), np.float32))
