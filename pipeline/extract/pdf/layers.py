"""What only drawing the page can tell: layers that are switched off, and doubtful colours.

Which layers show is a matter of the viewer's configuration in the document's catalogue, which
PDFium follows when it draws but not when it reads text.  So the page is drawn once, and what
belongs to a layer and leaves no ink is taken for switched off.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from pipeline.boxes import touches
from pipeline.extract.pdf.primitives import Glyph, Hidden, Page, Rule, Run
from pipeline.model import Box

_SCALE = 2.0
"""Pixels a point: fine enough for the thinnest stroke of small type."""
_FAINTEST = 12
"""Levels of grey between the lightest and the darkest pixel where something is drawn."""


class Rendered:
    """A page drawn in grey, asked for ink."""

    def __init__(self, page: Any) -> None:
        bitmap = page.render(scale=_SCALE, grayscale=True)
        self._width, self._height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        self._pixels = bytes(bitmap.buffer)
        bitmap.close()

    def inked(self, box: Box) -> bool:
        """Whether anything is drawn in a box, however faint."""
        x0 = max(int(box[0] * _SCALE), 0)
        x1 = min(int(box[2] * _SCALE) + 1, self._width)
        top = max(int(box[1] * _SCALE), 0)
        bottom = min(int(box[3] * _SCALE) + 1, self._height)
        if x0 >= x1 or top >= bottom:
            return False
        rows = [
            self._pixels[y * self._stride + x0 : y * self._stride + x1] for y in range(top, bottom)
        ]
        return max(map(max, rows)) - min(map(min, rows)) >= _FAINTEST


def reveal(page: Page, rendered: Rendered) -> None:
    """Give back text that was taken for hidden by its colour but leaves ink of its own."""
    shown = [glyph.box for glyph in page.glyphs]
    hidden: list[tuple[Glyph, Hidden]] = []
    for glyph, reason in page.hidden:
        x0, top, x1, bottom = glyph.box
        if (
            reason == "same-colour"
            and rendered.inked((x0 + 0.5, top + 0.5, x1 - 0.5, bottom - 0.5))
            and not any(touches(glyph.box, box) for box in shown)
        ):
            page.glyphs.append(glyph)
        else:
            hidden.append((glyph, reason))
    page.hidden = hidden
    page.glyphs.sort(key=attrgetter("index"))


def switch_off(page: Page, in_layers: set[int], rendered: Rendered) -> None:
    """Mark the runs of layers that do not show as hidden and drop their rules and fills.

    ``in_layers``: places in the drawing order of what belongs to a layer.
    """
    runs: dict[int, Run] = {}
    showing: set[int] = set()
    for glyph in page.glyphs:
        if glyph.run.order in in_layers and not glyph.run.hidden:
            runs[id(glyph.run)] = glyph.run
            if id(glyph.run) not in showing and rendered.inked(glyph.box):
                showing.add(id(glyph.run))
    for key, run in runs.items():
        if key not in showing:
            run.hidden = "hidden-layer"

    def shown(rule: Rule, *, lying: bool) -> bool:
        if rule.order not in in_layers:
            return True
        middle = (rule.start + rule.end) / 2
        x, y = (middle, rule.at) if lying else (rule.at, middle)
        return rendered.inked((x - 2, y - 2, x + 2, y + 2))

    page.horizontal = [rule for rule in page.horizontal if shown(rule, lying=True)]
    page.vertical = [rule for rule in page.vertical if shown(rule, lying=False)]
    page.fills = [
        fill
        for fill in page.fills
        if fill.order not in in_layers
        or rendered.inked((fill.box[0] - 2, fill.box[1] - 2, fill.box[2] + 2, fill.box[3] + 2))
    ]
