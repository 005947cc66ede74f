"""Round stamps in colour, as seals and dates of receipt are: taken out of a picture before reading.

In grey they look like ink.  In the brightest of its three colours a red ring is as pale as paper,
while the black of a digit below it stays.  Other things in colour (figures, marks, charts) are kept
as they are.  What a stamp touches stays in doubt all the same: an opaque one hides what it covers.
"""

from __future__ import annotations

from typing import Any

from pipeline.extract.ocr.stamps import rings_in

_COLOURED, _TINGED = 60, 15
"""Levels between the brightest and the darkest of the three colours of a stamp, and at its edge."""
_REACH = 5.0
"""Points over which pieces of a ring belong together: letters and rules part them."""
_ON_IT = 0.3
"""Least share of the ink of a stamp that is its ring's; the rest is what is written in it."""


def without_coloured_stamps(picture: Any, scale: float) -> tuple[Any, Any]:
    """A grey picture (255: paper) and 255 where a stamp was; ``scale``: pixels a point.

    ``picture``: three colours a pixel, in whatever order.
    """
    import cv2  # noqa: PLC0415 - an optional part
    import numpy as np  # noqa: PLC0415

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    brightest, apart = picture.max(axis=2), np.ptp(picture, axis=2)
    strong = (apart > _COLOURED).astype(np.uint8)
    if not strong.any():
        return grey, np.zeros_like(grey)
    mask = rings_in(strong, scale, _REACH, _ON_IT)
    if not mask.any():
        return grey, mask
    level = float(np.median(brightest[mask > 0]))
    mask = np.where(cv2.dilate(mask, np.ones((5, 5), np.uint8)) & (apart > _TINGED), 255, 0)
    lifted = np.minimum(255, brightest.astype(np.float32) * 255 / max(level, 1)).astype(np.uint8)
    mask = mask.astype(np.uint8)
    return np.where(mask > 0, np.maximum(grey, lifted), grey), mask
