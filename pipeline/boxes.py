"""Boxes on a page, ``(x0, top, x1, bottom)`` in points: where they are and what they share."""

from __future__ import annotations

from pipeline.model import Box

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
"""The box of a text that stands on no page."""


def middle(box: Box) -> tuple[float, float]:
    """The point in the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def contains(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box, its edges included."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of one box lies in another: so a text lies in its cell."""
    return contains(outer, *middle(inner))


def touches(first: Box, second: Box) -> bool:
    """Whether two boxes have a point in common."""
    return (
        first[0] <= second[2]
        and second[0] <= first[2]
        and first[1] <= second[3]
        and second[1] <= first[3]
    )


def shared(first: Box, second: Box) -> tuple[float, float]:
    """Width and height of what two boxes share; negative: the gap between them."""
    return (
        min(first[2], second[2]) - max(first[0], second[0]),
        min(first[3], second[3]) - max(first[1], second[1]),
    )


def overlaps(first: Box, second: Box, by: float = 0.0) -> bool:
    """Whether two boxes share more than ``by`` points of width and of height."""
    return min(shared(first, second)) > by
