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
_ARC, _STROKE = 15.0, 2.0
"""Points of an arc at least that tells its circle; from the middle of a ring's line to its side."""
_NEARER = (6.0, 4.0, 2.5, _STROKE)
"""Points from a circle within which ink is taken for its own, while the circle is found."""
_ROUND = 0.95
"""Share of the ink of an arc that lies on its circle."""
_LINE, _FLAT = 12.0, 2.0
"""Points of length and height of a line within a ring: beside the date of a stamp."""


def stamps_of(grey: Any, ink: Any, whole: Any, scale: float) -> Any:
    """255 where the ring of a stamp is, on a picture without its rules; ``scale``: pixels a point.

    Both pictures are as :func:`pipeline.extract.ocr.picture.without_rules` gives them; ``whole`` is
    the ink with its rules, for which parts of a ring may have been taken.
    """
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    if not ink.any():
        return np.zeros_like(ink)
    darkest = cv2.erode(grey, np.ones((5, 5), np.uint8))
    dark = float(np.percentile(darkest[ink > 0], 25))
    paler = np.where(darkest > dark + _PALER, ink, 0).astype(np.uint8)
    pale = _long(paler, _PIECE * scale)
    mask = rings_in(pale, scale, _REACH, _ON_IT) | _by_arcs(pale, paler, whole, scale)
    edges = cv2.dilate(mask, np.ones((5, 5), np.uint8))  # which are too faint to be ink
    return np.where((edges > 0) & ((ink == 0) | (mask > 0)), 255, 0).astype(np.uint8)


def _by_arcs(pale: Any, paler: Any, whole: Any, scale: float) -> Any:
    """255 on the rings of which arcs are left, and on the lines within them.

    Rules part a ring, and its upright and level parts are taken for rules themselves: one arc tells
    the circle, on which the ink of the whole picture goes all around.  ``paler``: short pieces too.
    """
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    mask = np.zeros_like(pale)
    _, labels, found, _ = cv2.connectedComponentsWithStats(pale, connectivity=8)
    flat = (found[:, 2] >= _LINE * scale) & (found[:, 3] <= _FLAT * scale)
    arcs = (found[:, 2:4].max(axis=1) >= _ARC * scale) & (found[:, 2:4].min(axis=1) > _FLAT * scale)
    for number in arcs.nonzero()[0]:
        left, top, width, height = (int(one) for one in found[number, :4])
        down, across = (labels[top : top + height, left : left + width] == number).nonzero()
        if mask[top : top + height, left : left + width][down, across].all() or not number:
            continue
        ring = _ring_of(pale, across + left, down + top, scale)
        if ring is None:
            continue
        part, far, turns = ring
        band = np.abs(far) <= _STROKE * scale
        seen = turns[band & (whole[part] > 0)] / (2 * np.pi) % 1 * _DIRECTIONS
        if len(np.unique(seen.astype(int))) >= _SEEN * _DIRECTIONS:
            lines = flat[labels[part]] & (far < 0)
            mask[part][((paler[part] > 0) & band) | lines] = 255
    return mask


def _ring_of(pale: Any, across: Any, down: Any, scale: float) -> tuple[Any, Any, Any] | None:
    """The part of a picture where the circle of an arc is, and of each pixel the place on it.

    Pixels beyond the circle, and the direction from its middle.  The circle is drawn anew through
    all that is pale near it, since an arc tells it roughly.  None if the arc is of no stamp's size.
    """
    import numpy as np  # noqa: PLC0415 - an optional part

    for near in _NEARER:
        x, y, radius = _circle(across, down)
        off = np.abs(np.hypot(across - x, down - y) - radius)
        if not _LEAST <= 2 * radius / scale <= _MOST or np.mean(off <= near * scale) < _ROUND:
            return None
        reach = radius + near * scale
        first, start = max(0, int(y - reach)), max(0, int(x - reach))
        part = (slice(first, int(y + reach) + 2), slice(start, int(x + reach) + 2))
        rows, columns = np.indices(pale[part].shape)
        far = np.hypot(columns + start - x, rows + first - y) - radius
        down, across = ((pale[part] > 0) & (np.abs(far) <= near * scale)).nonzero()
        down, across = down + first, across + start
    return part, far, np.arctan2(rows + first - y, columns + start - x)


def _circle(across: Any, down: Any) -> tuple[float, float, float]:
    """The middle and the radius of the circle that lies nearest to points (least squares)."""
    import numpy as np  # noqa: PLC0415 - an optional part

    across, down = across.astype(float), down.astype(float)
    known = np.column_stack((across, down, np.ones(len(across))))
    (a, b, c), *_ = np.linalg.lstsq(known, across**2 + down**2, rcond=None)
    return a / 2, b / 2, float(np.sqrt(max(0.0, c + a * a / 4 + b * b / 4)))


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
