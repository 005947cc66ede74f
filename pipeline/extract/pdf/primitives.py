"""What one page is made of, in display coordinates: points, y downwards, /Rotate applied."""

from __future__ import annotations

from typing import Literal

import msgspec

from pipeline.model import Box

SOFT_HYPHEN = "\xad"
"""Drawn, it is a hyphen or a minus sign; only where it leaves no ink it says nothing."""

Hidden = Literal[
    "",
    "invisible",
    "transparent",
    "tiny",
    "same-colour",
    "clipped",
    "covered",
    "off-page",
    "hidden-layer",
]
"""Why a glyph cannot be seen; ``""`` if it can."""


class Run(msgspec.Struct, gc=False):
    """What the glyphs of one text object have in common.

    ``angle``: direction of the baseline in whole degrees, clockwise on the page as displayed.
    ``size``: font size in points on the page.  ``order``: place in the drawing order.  ``font``
    is only looked up where it will be told; ``address`` is PDFium's, valid while reading.
    """

    size: float
    angle: int
    colour: int
    order: int
    hidden: Hidden = ""
    clip: Box | None = None
    address: int = 0
    font: str = ""


class Glyph(msgspec.Struct, gc=False):
    """One character: its origin (``x``, ``y``: the baseline), advance box, place in the text.

    ``unmapped``: the PDF does not say which character it is.
    """

    text: str
    x: float
    y: float
    x0: float
    top: float
    x1: float
    bottom: float
    index: int
    run: Run
    unmapped: bool = False

    @property
    def box(self) -> Box:
        """The advance box."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the advance box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class Rule(msgspec.Struct, gc=False):
    """A straight line or thin rectangle along an axis.

    Horizontal: at ``at`` = y, from ``start`` to ``end`` in x; vertical: the other way round.
    """

    at: float
    start: float
    end: float
    thickness: float = 0.0
    order: int = 0
    visible: bool = True


class Fill(msgspec.Struct, gc=False):
    """A coloured area; ``colour`` is 0xRRGGBB as it shows on white paper."""

    box: Box
    colour: int
    order: int
    opaque: bool = True


class Page(msgspec.Struct):
    """Everything read from one page; nothing in it refers to PDFium any more.

    ``odd``: those of the glyphs that the PDF does not name.  ``turned``: some text is not upright.
    ``annotated``: form fields or notes were read as part of the page.  ``strokes``: lines that
    slant, from one point to another.  ``shapes``: small drawings, ``drawings`` those that are no
    upright boxes, and round strokes.  ``struck``: places that an
    annotation strikes out.  ``lying``: digits of fonts that draw others than they say.
    ``disguised``: kana and kanji of such fonts, with the letter that is seen, if it was told.
    ``undrawn``: where fields and notes hold what the page does not show, and what.
    """

    number: int
    width: float
    height: float
    rotation: int
    glyphs: list[Glyph]
    hidden: list[tuple[Glyph, Hidden]]
    horizontal: list[Rule]
    vertical: list[Rule]
    fills: list[Fill]
    images: list[Box]
    outlines: int = 0
    odd: list[Glyph] = []
    turned: bool = False
    annotated: bool = False
    strokes: list[Box] = []
    shapes: list[Box] = []
    drawings: list[Box] = []
    struck: list[Box] = []
    lying: list[Glyph] = []
    disguised: list[tuple[Glyph, str]] = []
    undrawn: list[tuple[Box, str]] = []
