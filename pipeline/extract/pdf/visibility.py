"""What can be seen on a page and what cannot.

A glyph that nobody sees must not become a number; a rule that nobody sees divides nothing.  Things
are hidden by being unpainted, transparent, tiny, clipped, off the page, of the colour behind them,
or under something opaque that was painted later.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.boxes import contains, touches
from pipeline.extract.pdf.primitives import Fill, Glyph, Hidden, Page, Rule, Run
from pipeline.model import Box

SMALLEST_SIZE = 1.5
"""Font size in points below which nobody can read."""

_THINNEST_GROUND = 2.0
"""Points below which a filled area is a rule and no ground that text could vanish into."""

_TILE = 64.0
"""Points of the side of a tile, by which areas over a letter are found."""
_MOST_TILES = 400
"""Tiles beyond which an area is kept apart, not in each of them."""

_NOTHING: Box = (float("inf"), float("inf"), float("-inf"), float("-inf"))


def is_white(colour: int) -> bool:
    """Whether a colour is white or so near that nobody sees it on white paper."""
    return (colour >> 16) >= 250 and (colour >> 8 & 255) >= 250 and (colour & 255) >= 250


class Covers:
    """Opaque areas in drawing order, with a quick answer to "is anything painted here later?"."""

    def __init__(self, areas: Sequence[Fill]) -> None:
        self.areas = sorted((area for area in areas if area.opaque), key=lambda area: area.order)
        self.unions: list[Box] = []
        union = _NOTHING
        for area in reversed(self.areas):
            box = area.box
            union = (
                min(union[0], box[0]),
                min(union[1], box[1]),
                max(union[2], box[2]),
                max(union[3], box[3]),
            )
            self.unions.append(union)
        self.unions.reverse()
        self._wide: list[Fill] = []
        self._tiles: dict[tuple[int, int], list[Fill]] | None = None

    def over(self, order: int, x: float, y: float) -> bool:
        """Whether anything is painted over a point after ``order``."""
        if not self.areas or self.areas[-1].order <= order:
            return False
        if self._tiles is None:
            self._tiles = self._sorted_into_tiles()
        near = self._tiles.get((int(x // _TILE), int(y // _TILE)), ())
        return any(
            area.order > order and contains(area.box, x, y)
            for areas in (near, self._wide)
            for area in areas
        )

    def _sorted_into_tiles(self) -> dict[tuple[int, int], list[Fill]]:
        tiles: dict[tuple[int, int], list[Fill]] = {}
        for area in self.areas:
            left, top, right, bottom = (int(side // _TILE) for side in area.box)
            if (right - left + 1) * (bottom - top + 1) > _MOST_TILES:
                self._wide.append(area)
                continue
            for column in range(left, right + 1):
                for row in range(top, bottom + 1):
                    tiles.setdefault((column, row), []).append(area)
        return tiles

    def later(self, order: int, box: Box) -> list[Fill]:
        """The areas painted after ``order`` that touch a box."""
        first, last = 0, len(self.areas)
        while first < last:
            middle = (first + last) // 2
            if self.areas[middle].order <= order:
                first = middle + 1
            else:
                last = middle
        if first == len(self.areas) or not touches(self.unions[first], box):
            return []
        return [area for area in self.areas[first:] if touches(area.box, box)]


def background(x: float, y: float, order: int, fills: Sequence[Fill]) -> int:
    """The colour behind a point when something is painted at ``order``; white if nothing is."""
    for fill in reversed(fills):
        if fill.order < order and contains(fill.box, x, y):
            return fill.colour
    return 0xFFFFFF


def visible_rules(rules: Sequence[Rule], page: Page, covers: Covers, *, lying: bool) -> list[Rule]:
    """The parts of rules that show: not white on white, not painted over, on the page."""
    seen: list[Rule] = []
    across, along = (page.height, page.width) if lying else (page.width, page.height)
    for rule in rules:
        if not -1 <= rule.at <= across + 1 or rule.end < 0 or rule.start > along:
            continue
        middle = (rule.start + rule.end) / 2
        x, y = (middle, rule.at) if lying else (rule.at, middle)
        if not rule.visible and is_white(background(x, y, rule.order, page.fills)):
            continue
        box = (
            (rule.start, rule.at, rule.end, rule.at)
            if lying
            else (rule.at, rule.start, rule.at, rule.end)
        )
        later = covers.later(rule.order, box)
        seen.extend(_uncovered(rule, later, lying=lying) if later else (rule,))
    return seen


def _uncovered(rule: Rule, later: Sequence[Fill], *, lying: bool) -> list[Rule]:
    margin = rule.thickness / 2 + 0.3
    parts = [(rule.start, rule.end)]
    for area in later:
        x0, top, x1, bottom = area.box
        low, high, start, end = (top, bottom, x0, x1) if lying else (x0, x1, top, bottom)
        if low + margin <= rule.at <= high - margin:
            parts = [
                part
                for a, b in parts
                for part in ((a, min(b, start)), (max(a, end), b))
                if part[1] - part[0] > 0.5
            ]
    return [
        Rule(rule.at, start, end, rule.thickness, rule.order, rule.visible) for start, end in parts
    ]


class Sight:
    """What hides glyphs of a page, asked for one glyph after the other.

    ``covering``: opaque areas besides the fills (pictures over most of the page).
    """

    def __init__(self, page: Page, covering: Sequence[Fill] = ()) -> None:
        self.covers = Covers([*page.fills, *covering])
        self._page = page
        self._behind = [fill for fill in page.fills if _is_broad(fill.box)]
        self._suspects = {fill.colour for fill in self._behind}

    def is_plain(self, run: Run) -> bool:
        """Whether nothing but the edge of the page can hide the glyphs of a run."""
        return _is_plain(run, self.covers, self._suspects)

    def why_hidden(self, glyph: Glyph) -> Hidden:
        """Why a glyph cannot be seen; "" where it can."""
        return glyph.run.hidden or _why_hidden(
            glyph, self._page, self.covers, self._behind, self._suspects
        )


def settle(page: Page, covering: Sequence[Fill] = ()) -> Sight:
    """Move what cannot be seen from ``glyphs`` to ``hidden`` and drop unseen rules.

    ``covering``: as for :class:`Sight`, which is given back.
    """
    sight = Sight(page, covering)
    page.horizontal = visible_rules(page.horizontal, page, sight.covers, lying=True)
    page.vertical = visible_rules(page.vertical, page, sight.covers, lying=False)
    shown: list[Glyph] = []
    run: Run | None = None
    plain = False
    width, height = page.width, page.height
    for glyph in page.glyphs:
        if glyph.run is not run:
            run = glyph.run
            plain = sight.is_plain(run)
        if (
            plain
            and glyph.x0 >= 0
            and glyph.x1 <= width
            and glyph.top >= 0 <= height - glyph.bottom
        ):
            shown.append(glyph)
            continue
        reason = sight.why_hidden(glyph)
        if reason:
            page.hidden.append((glyph, reason))
        else:
            shown.append(glyph)
    page.glyphs = shown
    return sight


def _is_broad(box: Box) -> bool:
    return box[2] - box[0] > _THINNEST_GROUND and box[3] - box[1] > _THINNEST_GROUND


def _is_plain(run: Run, covers: Covers, suspects: set[int]) -> bool:
    """Whether nothing but the edge of the page can hide the glyphs of a run."""
    return not (
        run.hidden
        or run.size < SMALLEST_SIZE
        or run.clip is not None
        or is_white(run.colour)
        or run.colour in suspects
        or (covers.areas and covers.areas[-1].order > run.order)
    )


def _why_hidden(
    glyph: Glyph, page: Page, covers: Covers, fills: Sequence[Fill], suspects: set[int]
) -> Hidden:
    run = glyph.run
    x, y = glyph.middle
    if not (0 <= x <= page.width and 0 <= y <= page.height):
        return "off-page"
    if run.size < SMALLEST_SIZE:
        return "tiny"
    if run.clip is not None and not contains(run.clip, x, y):
        return "clipped"
    if covers.over(run.order, x, y):
        return "covered"
    if (is_white(run.colour) or run.colour in suspects) and not any(
        contains(box, x, y) for box in page.images
    ):
        behind = background(x, y, run.order, fills)
        if behind == run.colour or (is_white(behind) and is_white(run.colour)):
            return "same-colour"
    return ""
