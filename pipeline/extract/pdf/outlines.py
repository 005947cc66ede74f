"""Outlines of paths in display coordinates: their shape, and what they are painted with."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.pdf.geometry import Points, bounding
from pipeline.model import Box

_SMALLEST_FRAME = 8.0
"""Points; a path with a smaller hole is a letter or an ornament, no frame."""


class Paint(NamedTuple):
    """What a path is painted with: 0xRRGGBB, opacity 0..255, clip, width of the stroke.

    ``blends``: what is under it may show through all the same.
    """

    colour: int
    alpha: int
    clip: Box | None = None
    width: float = 0.0
    blends: bool = False


class Outline(NamedTuple):
    """One sub-path in display coordinates."""

    points: Points
    closed: bool
    curved: bool


def is_frame(outlines: Sequence[Outline]) -> bool:
    """Whether a filled path has a hole: what shows of it are its edges, not its area."""
    boxes = [bounding(outline.points) for outline in outlines]
    return any(
        outer != inner
        and outer[0] - 0.1 <= inner[0]
        and outer[1] - 0.1 <= inner[1]
        and inner[2] <= outer[2] + 0.1
        and inner[3] <= outer[3] + 0.1
        for outer in boxes
        if min(outer[2] - outer[0], outer[3] - outer[1]) >= _SMALLEST_FRAME
        for inner in boxes
    )


def over_white(colour: int, alpha: int) -> int:
    """The colour that shows when a translucent one is painted on white paper."""
    parts = (colour >> 16, colour >> 8 & 255, colour & 255)
    r, g, b = (round(255 - (255 - part) * alpha / 255) for part in parts)
    return r << 16 | g << 8 | b


def area_of(points: Points) -> float:
    """The area inside an outline."""
    around = [*points[1:], points[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, around, strict=True))) / 2


def size_of(box: Box) -> float:
    """The area of a box."""
    return (box[2] - box[0]) * (box[3] - box[1])


def intersect(clip: Box | None, box: Box) -> Box | None:
    """The part of a box inside a clip; ``None`` if nothing is left of it."""
    if clip is None:
        return box
    x0, top = max(clip[0], box[0]), max(clip[1], box[1])
    x1, bottom = min(clip[2], box[2]), min(clip[3], box[3])
    return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def is_box(points: Points) -> bool:
    """Whether an outline is an upright rectangle."""
    if not 4 <= len(points) <= 5 or (len(points) == 5 and _apart(points[0], points[4])):
        return False
    around = [*points, points[0]]
    return all(
        abs(first[0] - second[0]) < 0.1 or abs(first[1] - second[1]) < 0.1
        for first, second in itertools.pairwise(around)
    )


def _apart(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return abs(first[0] - second[0]) > 0.1 or abs(first[1] - second[1]) > 0.1


def corners(box: Box) -> Points:
    """A box as a closed outline."""
    x0, top, x1, bottom = box
    return [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]


def rounded_box(points: Points, box: Box) -> bool:
    """Whether a curved outline is a rectangle with rounded corners."""
    x0, top, x1, bottom = box
    if min(x1 - x0, bottom - top) < 6 or len(points) < 12:
        return False
    sides = [False] * 4
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        long_x, long_y = abs(ax - bx) > (x1 - x0) * 0.4, abs(ay - by) > (bottom - top) * 0.4
        sides[0] |= long_x and abs(ay - top) < 0.5 and abs(by - top) < 0.5
        sides[1] |= long_x and abs(ay - bottom) < 0.5 and abs(by - bottom) < 0.5
        sides[2] |= long_y and abs(ax - x0) < 0.5 and abs(bx - x0) < 0.5
        sides[3] |= long_y and abs(ax - x1) < 0.5 and abs(bx - x1) < 0.5
    return all(sides)
