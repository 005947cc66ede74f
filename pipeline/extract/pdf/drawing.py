"""What the paths of a page draw: rules, filled areas, strokes and small shapes.

No PDFium here: outlines come in, in drawing order, and :class:`Drawing` says what they are.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

from pipeline.extract.pdf.geometry import Point, Points, bounding
from pipeline.extract.pdf.outlines import (
    Outline,
    Paint,
    area_of,
    corners,
    intersect,
    is_box,
    over_white,
    rounded_box,
    size_of,
)
from pipeline.extract.pdf.primitives import Fill, Rule
from pipeline.extract.pdf.visibility import is_white
from pipeline.model import Box

_LARGEST_SHAPE, _SHORTEST_STROKE = 20.0, 1.0
"""Points: a filled shape that may be a mark, and a stroke that is more than a dot."""


class Strip(NamedTuple):
    """A filled box thin enough for a rule; many of them side by side are an area."""

    box: Box
    paint: Paint
    rules: tuple[Rule, ...]


class Drawing:
    """What has been drawn so far.

    ``order``: the place of the object that is being drawn among all of the page.
    ``thickest``: points up to which a filled strip is a rule.
    """

    def __init__(self, thickest: float) -> None:
        self.thickest = thickest
        self.order = 0
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.fills: list[Fill] = []
        self.strips: list[Strip] = []
        self.strokes: list[Box] = []
        self.shapes: list[Box] = []
        self.drawings: list[Box] = []
        self.outlines = 0

    def filled(self, outline: Outline, paint: Paint, *, alone: bool) -> None:
        """Take an outline that is filled; ``alone``: it is not stroked as well."""
        points = outline.points
        if len(points) < 3 or not paint.alpha:
            return
        if outline.curved or len(points) > 5:
            self.outlines += 1
        box = bounding(points)
        if max(box[2] - box[0], box[3] - box[1]) <= _LARGEST_SHAPE and not is_white(paint.colour):
            self.shapes.append(box)
        self.drawn(outline, paint)
        if is_box(points):
            if not self.thin(box, paint):
                self._area(box, paint)
        elif outline.curved:
            if rounded_box([*points, points[0]], box):
                self._area(box, paint)
        elif alone and area_of(points) > 0.8 * size_of(box):
            self._area(box, paint)

    def stroked(self, outline: Outline, paint: Paint) -> None:
        """Take an outline that is stroked."""
        points = outline.points
        if not paint.alpha:
            return
        box = bounding(points)
        if outline.curved:
            self.drawn(outline, paint)
        if outline.closed and points[0] != points[-1]:
            points = [*points, points[0]]
        if paint.width > self.thickest and len(points) == 2:
            self._thick(points, paint)
        elif outline.curved and rounded_box(points, box):
            self.strokes_along(corners(box), paint)
        else:
            self.strokes_along(points, paint)

    def drawn(self, outline: Outline, paint: Paint) -> None:
        """Note a small outline that is no upright box: it may be a letter or a mark."""
        x0, top, x1, bottom = bounding(outline.points)
        small = _SHORTEST_STROKE < max(x1 - x0, bottom - top) <= _LARGEST_SHAPE
        if small and paint.alpha and not is_white(paint.colour) and not is_box(outline.points):
            self.drawings.append((x0, top, x1, bottom))

    def strokes_along(self, points: Points, paint: Paint) -> None:
        """Take each straight piece of a line."""
        for first, second in itertools.pairwise(points):
            self._rule(first, second, paint)

    def thin(self, box: Box, paint: Paint) -> bool:
        """Take a filled box as a rule if it is thin enough; else say no.

        A small square is a dot of a dotted rule and counts both ways.
        """
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        limit = self.thickest
        if min(width, height) > limit:
            return False
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        lying, standing = len(self.horizontal), len(self.vertical)
        if width >= height or width <= limit:
            self._rule((x0, y), (x1, y), paint._replace(width=height))
        if height > width or height <= limit:
            self._rule((x, top), (x, bottom), paint._replace(width=width))
        rules = (*self.horizontal[lying:], *self.vertical[standing:])
        if rules:
            self.strips.append(Strip(box, paint, rules))
        return True

    def unite_strips(self) -> None:
        """Turn strips that lie edge to edge into the area that they paint."""
        for across in (1, 0):
            along = 1 - across
            groups: dict[tuple[int, int, float, float], list[Strip]] = {}
            for strip in self.strips:
                box = strip.box
                key = (
                    strip.paint.colour,
                    strip.paint.alpha,
                    round(box[along]),
                    round(box[along + 2]),
                )
                groups.setdefault(key, []).append(strip)
            for group in groups.values():
                for stack in stacks(group, across):
                    union = bounding([p for s in stack for p in (s.box[:2], s.box[2:])])
                    if min(union[2] - union[0], union[3] - union[1]) > self.thickest:
                        self._drop_rules({id(rule) for s in stack for rule in s.rules})
                        order = min(rule.order for s in stack for rule in s.rules)
                        self._area(union, stack[0].paint, order)

    def _thick(self, points: Points, paint: Paint) -> None:
        """A line so thick that it is an area: some producers paint cells with one stroke."""
        (ax, ay), (bx, by) = points
        half = paint.width / 2
        if abs(ay - by) < 0.5:
            self._area((min(ax, bx), ay - half, max(ax, bx), ay + half), paint)
        elif abs(ax - bx) < 0.5:
            self._area((ax - half, min(ay, by), ax + half, max(ay, by)), paint)

    def _area(self, box: Box, paint: Paint, order: int | None = None) -> None:
        shown = intersect(paint.clip, box)
        if shown is not None and paint.alpha >= 16:
            colour = over_white(paint.colour, paint.alpha)
            order = self.order if order is None else order
            opaque = paint.alpha == 255 and not paint.blends
            self.fills.append(Fill(shown, colour, order, opaque))

    def _drop_rules(self, dropped: set[int]) -> None:
        self.horizontal = [rule for rule in self.horizontal if id(rule) not in dropped]
        self.vertical = [rule for rule in self.vertical if id(rule) not in dropped]

    def _rule(self, first: Point, second: Point, paint: Paint) -> None:
        (ax, ay), (bx, by) = first, second
        dx, dy = abs(ax - bx), abs(ay - by)
        if dy <= max(0.5, 0.003 * dx) and dx > dy:
            self._keep(self.horizontal, (ay + by) / 2, ax, bx, paint, across=1)
        elif dx <= max(0.5, 0.003 * dy) and dy > dx:
            self._keep(self.vertical, (ax + bx) / 2, ay, by, paint, across=0)
        elif max(dx, dy) > _SHORTEST_STROKE and not is_white(paint.colour):
            self.strokes.append((ax, ay, bx, by))

    def _keep(
        self, rules: list[Rule], at: float, a: float, b: float, paint: Paint, *, across: int
    ) -> None:
        """Keep the part of a rule inside the clip; ``across``: the axis it stands across."""
        start, end = (a, b) if a < b else (b, a)
        if paint.clip is not None:
            slack = max(0.3, paint.width / 2)
            if not paint.clip[across] - slack <= at <= paint.clip[across + 2] + slack:
                return
            along = 1 - across
            start, end = max(start, paint.clip[along]), min(end, paint.clip[along + 2])
        if end > start:
            visible = not is_white(paint.colour)
            rules.append(Rule(at, start, end, paint.width, self.order, visible))


def stacks(strips: list[Strip], across: int) -> list[list[Strip]]:
    """Strips of one width and colour, grouped into those that touch edge to edge."""
    found: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda item: item.box[across]):
        if found and strip.box[across] <= found[-1][-1].box[across + 2] + 0.3:
            found[-1].append(strip)
        else:
            found.append([strip])
    return found
