"""Round stamps over a page, paler than its text: their ring is wiped out so that it is not read.

A line of a stamp beside a figure is read as a 1 or a minus sign.  What a ring touches stays in
doubt all the same: where it lies over a digit, a part of the digit may go with it.
"""

from __future__ import annotations

from typing import Any

_PALER = 45
"""Levels of grey by which a stamp is paler than the darker part of the ink."""
_LEAST, _MOST = 35.0, 150.0
"""Points of its width and height: larger than any letter, smaller than a table."""
_UNEQUAL = 1.5
"""How much longer one of them may be."""
_PIECE, _REACH = 6.0, 8.0
"""Points of a piece of a ring at least; over which they belong together: rules part them."""
_RING, _ON_IT = (0.8, 1.1), 0.75
"""Shares of the half width and height between which a ring lies; least share of its ink there."""
_DIRECTIONS, _SEEN = 24, 0.8
"""Directions from its middle, and the share of them in which a ring has ink."""


def stamps_of(grey: Any, ink: Any, scale: float) -> Any:
    """255 where the ring of a stamp is, on a picture without its rules; ``scale``: pixels a point.

    Both pictures are as :func:`pipeline.extract.ocr.picture.without_rules` gives them.
    """
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    if not ink.any():
        return np.zeros_like(ink)
    darkest = cv2.erode(grey, np.ones((5, 5), np.uint8))
    dark = float(np.percentile(darkest[ink > 0], 25))
    pale = _long(np.where(darkest > dark + _PALER, ink, 0).astype(np.uint8), _PIECE * scale)
    mask = rings_in(pale, scale, _REACH, _ON_IT)
    edges = cv2.dilate(mask, np.ones((5, 5), np.uint8))  # which are too faint to be ink
    return np.where((edges > 0) & ((ink == 0) | (mask > 0)), 255, 0).astype(np.uint8)


def _long(pale: Any, least: float) -> Any:
    """The pieces of what is pale that are at least so long: not the faint ends of letters."""
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    _, labels, found, _ = cv2.connectedComponentsWithStats(pale, connectivity=8)
    long = found[:, 2:4].max(axis=1) >= least
    long[0] = False
    return np.where(long[labels], 255, 0).astype(np.uint8)


def rings_in(pieces: Any, scale: float, near: float, share: float) -> Any:
    """255 where pieces of a picture (not 0) make the ring of a stamp.

    ``near``: points over which pieces belong together; ``share``: see :func:`_is_ring`.
    """
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    mask = np.zeros_like(pieces)
    reach = np.ones((round(near * scale),) * 2, np.uint8)
    count, labels = cv2.connectedComponents(cv2.dilate(pieces, reach), connectivity=8)
    labels[pieces == 0] = 0
    for number in range(1, count):
        down, across = (labels == number).nonzero()
        if _is_ring(across, down, scale, share):
            mask[down, across] = 255
    return mask


def _is_ring(across: Any, down: Any, scale: float, share: float) -> bool:
    """Whether pixels lie on a ring of the size of a stamp, all around its middle.

    ``share``: of them, at least, that lie on it.
    """
    import numpy as np  # noqa: PLC0415 - an optional part

    if not len(across):
        return False
    width, height = float(np.ptp(across)) + 1, float(np.ptp(down)) + 1
    short, long = sorted((width / scale, height / scale))
    if short < _LEAST or long > min(_MOST, _UNEQUAL * short):
        return False
    right = (across - across.min() - width / 2) / (width / 2)
    below = (down - down.min() - height / 2) / (height / 2)
    far = np.hypot(right, below)
    on_it = (far > _RING[0]) & (far < _RING[1])
    turns = np.arctan2(below[on_it], right[on_it]) / (2 * np.pi) % 1
    seen = len(np.unique((turns * _DIRECTIONS).astype(int)))
    return bool(on_it.mean() >= share) and seen >= _SEEN * _DIRECTIONS
