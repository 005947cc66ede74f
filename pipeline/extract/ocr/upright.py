"""A picture of a page that was scanned on its side or on its head, turned upright."""

from __future__ import annotations

from typing import Any, NamedTuple

from pipeline.extract.ocr.engine import Engine
from pipeline.extract.pdf.geometry import IDENTITY, Matrix

_LONGER = 2.5
"""Sides of a line of text whose direction is clear."""
_LINES = 12
"""Lines by which the side is told: the longest of each direction."""
_BETTER = 1.5
"""How much better text must read the other way for a page to be turned."""
_SMALL = 1800
"""Pixels of the longer side in which lines are looked for."""


class Upright(NamedTuple):
    """A picture, and from its pixels to those of the picture as it was."""

    grey: Any
    back: Matrix


def upright(grey: Any, engine: Engine) -> Upright:
    """The picture as it is read: turned by the quarter turn in which its lines read best."""
    turn = turn_of(grey, engine)
    return Upright(_turned(grey, turn), _back(turn, *grey.shape[:2]))


def turn_of(grey: Any, engine: Engine) -> int:
    """The quarter turn, clockwise, in which the text of a picture lies."""
    import cv2  # noqa: PLC0415 - an optional part

    share = min(1.0, _SMALL / max(grey.shape))
    small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    lying: list[tuple[float, Any]] = []
    standing: list[tuple[float, Any]] = []
    for box in engine.lines(small):
        left, top, right, bottom = (max(0, round(one / share)) for one in box)
        part = grey[top:bottom, left:right]
        if not part.size:
            continue
        height, width = part.shape
        if width > _LONGER * height:
            lying.append((width, part))
        elif height > _LONGER * width:
            standing.append((height, part))
    well: dict[int, float] = {}
    for turn, lines in ((0, lying), (180, lying), (90, standing), (270, standing)):
        longest = sorted(lines, key=lambda one: -one[0])[:_LINES]
        parts = [_turned(part, turn) for _, part in longest]
        read = engine.recognise(parts) if parts else []
        well[turn] = sum(one.certainty * len(one.text) for one in read)
    best = max(well, key=lambda turn: (well[turn], -turn))
    return best if well[best] > _BETTER * well[0] else 0


def _turned(grey: Any, turn: int) -> Any:
    """A picture whose text lies in that turn, turned back."""
    import cv2  # noqa: PLC0415 - an optional part

    ways = {
        90: cv2.ROTATE_90_COUNTERCLOCKWISE,
        180: cv2.ROTATE_180,
        270: cv2.ROTATE_90_CLOCKWISE,
    }
    return cv2.rotate(grey, ways[turn]) if turn else grey


def _back(turn: int, height: int, width: int) -> Matrix:
    """From the pixels of the upright picture to those of the picture as it was."""
    return {
        90: (0.0, 1.0, -1.0, 0.0, float(width), 0.0),
        180: (-1.0, 0.0, 0.0, -1.0, float(width), float(height)),
        270: (0.0, -1.0, 1.0, 0.0, 0.0, float(height)),
    }.get(turn, IDENTITY)
