"""What only drawing the page can tell: what does not show, and doubtful colours.

Which layers show is a matter of the viewer's configuration in the document's catalogue, and what a
transparency, a mask or a pattern leaves of a text one of many entries; PDFium follows both when it
draws but not when it reads text.  So the page is drawn with and without what may not show, and
what changes nothing is hidden.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from operator import attrgetter
from typing import Any

import msgspec

from pipeline.boxes import touches
from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.lines import BLANKS
from pipeline.extract.pdf.primitives import Glyph, Hidden, Page, Rule
from pipeline.model import Box

_SCALE = 2.0
"""Pixels a point: fine enough for the thinnest stroke of small type."""
_FLATTEST, _ABOUT = 2.0, 0.8
"""Points of a glyph's side up to which its box holds ink alone; how far to look about it then."""
_FAINTEST = 12
"""Levels of grey between the lightest and the darkest pixel where something is drawn."""
_INNER = 0.2
"""Share of a glyph's width at either side that may be its neighbour's."""


class Rendered:
    """A page drawn in grey, asked for ink."""

    def __init__(self, page: Any, scale: float = _SCALE) -> None:
        self._scale = scale
        bitmap = page.render(scale=scale, grayscale=True)
        self._width, self._height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        self._pixels = bytes(bitmap.buffer)
        bitmap.close()

    def inked(self, box: Box) -> bool:
        """Whether anything is drawn in a box, however faint."""
        rows = self._rows(box)
        return bool(rows) and max(map(max, rows)) - min(map(min, rows)) >= _FAINTEST

    def differs(self, other: Rendered, box: Box) -> bool:
        """Whether another drawing of the page shows something else in a box."""
        return any(
            mine != theirs
            and max(abs(one - two) for one, two in zip(mine, theirs, strict=True)) >= _FAINTEST
            for mine, theirs in zip(self._rows(box), other._rows(box), strict=True)
        )

    def _rows(self, box: Box) -> list[bytes]:
        left, top, right, bottom = (int(side * self._scale) for side in box)
        return self.pixels((left, top, right + 1, bottom + 1))

    def pixels(self, box: tuple[int, int, int, int]) -> list[bytes]:
        """The rows of pixels in a box, in pixels, as far as it lies on the page."""
        x0, x1 = max(box[0], 0), min(box[2], self._width)
        if x0 >= x1:
            return []
        return [
            self._pixels[y * self._stride + x0 : y * self._stride + x1]
            for y in range(max(box[1], 0), min(box[3], self._height))
        ]

    def contrast(self, box: Box) -> int:
        """Levels of grey between the lightest and the darkest pixel in and about a box, in pixels.

        A dot and a flat stroke leave no paper in theirs.
        """
        left, top, right, bottom = (round(side) for side in box)
        rows = self.pixels((left - 1, top - 1, right + 1, bottom + 1))
        return max(map(max, rows)) - min(map(min, rows)) if rows else 0


class Doubtful:
    """Some objects of a page, which may not show: the page is drawn with and without them."""

    def __init__(self, page: Any, objects: Collection[int]) -> None:
        self._with = Rendered(page)
        for address in objects:
            pdfium.set_active(ctypes.c_void_p(address), 0)
        try:
            self._without = Rendered(page)
        finally:
            for address in objects:
                pdfium.set_active(ctypes.c_void_p(address), 1)

    def show(self, box: Box) -> bool:
        """Whether they change what is seen in a box."""
        return self._with.differs(self._without, box)

    def shows(self, glyph: Glyph) -> bool:
        """Whether a glyph of theirs is seen, or at least what is drawn in its place besides."""
        x0, top, x1, bottom = glyph.box
        aside = _INNER * (x1 - x0)
        return self.show(glyph.box) or self._without.inked((x0 + aside, top, x1 - aside, bottom))


def reveal(page: Page, rendered: Rendered) -> None:
    """Give back text that was taken for hidden by its colour but leaves ink of its own."""
    shown = [glyph.box for glyph in page.glyphs]
    hidden: list[tuple[Glyph, Hidden]] = []
    for glyph, reason in page.hidden:
        x0, top, x1, bottom = glyph.box
        across, down = _margin(x1 - x0), _margin(bottom - top)
        if (
            reason == "same-colour"
            and rendered.inked((x0 + across, top + down, x1 - across, bottom - down))
            and not any(touches(glyph.box, box) for box in shown)
        ):
            page.glyphs.append(glyph)
        else:
            hidden.append((glyph, reason))
    page.hidden = hidden
    page.glyphs.sort(key=attrgetter("index"))


def _margin(side: float) -> float:
    """Points by which to look within a glyph; about it, where it is a flat stroke or a dot (一)."""
    return 0.5 if side > _FLATTEST else -_ABOUT


def switch_off(page: Page, doubtful: Doubtful, orders: Collection[int], layers: set[int]) -> None:
    """Mark what does not show as hidden and drop its rules and fills.

    ``orders``: places in the drawing order of what may not show; ``layers``: of what belongs to a
    layer.
    """
    of_run: dict[int, list[Glyph]] = {}
    for glyph in page.glyphs:
        if glyph.run.order in orders and not glyph.run.hidden:
            of_run.setdefault(id(glyph.run), []).append(glyph)
    for glyphs in of_run.values():
        drawn = [glyph for glyph in glyphs if glyph.text not in BLANKS]
        unseen = [glyph for glyph in drawn if not doubtful.shows(glyph)]
        run = glyphs[0].run
        reason: Hidden = "hidden-layer" if run.order in layers else "transparent"
        if len(unseen) == len(drawn):
            run.hidden = reason
        elif unseen:
            hidden = msgspec.structs.replace(run, hidden=reason)
            for glyph in unseen:
                glyph.run = hidden

    def shown(rule: Rule, *, lying: bool) -> bool:
        if rule.order not in orders:
            return True
        middle = (rule.start + rule.end) / 2
        x, y = (middle, rule.at) if lying else (rule.at, middle)
        return doubtful.show((x - 2, y - 2, x + 2, y + 2))

    page.horizontal = [rule for rule in page.horizontal if shown(rule, lying=True)]
    page.vertical = [rule for rule in page.vertical if shown(rule, lying=False)]
    page.fills = [
        fill for fill in page.fills if fill.order not in orders or doubtful.show(fill.box)
    ]
