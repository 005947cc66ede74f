"""Boxes on a page, ``(x0, top, x1, bottom)`` in points: where they are and what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from pipeline.model import Box

T = TypeVar("T")

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
"""The box of a text that stands on no page."""


def middle(box: Box) -> tuple[float, float]:
    """The point in the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of some, at least one."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def rounded(box: Box) -> Box:
    """A box as it is handed on: to 0.01 point."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


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


def upright(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of a page as displayed (``width``, ``height``), where text of that turn is upright."""
    x0, top, x1, bottom = box
    if turn == 90:
        return (top, width - x1, bottom, width - x0)
    if turn == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    return (height - bottom, x0, height - top, x1) if turn else box


def turned_back(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of the upright page, on the page as displayed (``width``, ``height``: of that)."""
    x0, top, x1, bottom = box
    if turn == 90:
        return (width - bottom, x0, width - top, x1)
    if turn == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    return (top, height - x1, bottom, height - x0) if turn else box


_SHELF, _TALL = 20.0, 1000.0


class Shelves(Generic[T]):
    """Things of a page, each with its box, found by their height without a look at all of them."""

    def __init__(self, things: Iterable[tuple[Box, T]]) -> None:
        self._things = list(things)
        self._shelves: dict[int, list[int]] = defaultdict(list)
        self._tall: list[int] = []
        for at, (box, _) in enumerate(self._things):
            if box[3] - box[1] <= _TALL:
                for shelf in range(int(box[1] // _SHELF), int(box[3] // _SHELF) + 1):
                    self._shelves[shelf].append(at)
            else:
                self._tall.append(at)

    def reaching(self, top: float, bottom: float) -> list[T]:
        """The things of which some part lies between two heights, in the order given."""
        near: Iterable[int] = range(len(self._things))
        if bottom - top <= _TALL:
            shelves = range(int(top // _SHELF), int(bottom // _SHELF) + 1)
            near = {*self._tall, *(at for one in shelves for at in self._shelves.get(one, ()))}
        found = (self._things[at] for at in sorted(near))
        return [thing for box, thing in found if box[1] <= bottom and top <= box[3]]
