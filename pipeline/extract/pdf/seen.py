"""Whether figures are drawn as the text says, where only a picture of the page can tell.

A box over a figure hides it, and so do a shading, a half transparent area, a round or slanting
shape, a picture that is opaque in one place, the appearance of an annotation, a clip that is no
box: PDFium draws all of them, but of none does it say what it leaves of a text.  And a text may be
said to be another one than its glyphs are (ActualText), or its font may have no outlines to compare
(Type 3).  So the page is drawn, and where one of these lies on a figure the ink of each glyph is
held against the outlines of the character that it is said to be.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from statistics import median
from typing import Any, Literal

from pipeline.boxes import Shelves, contains
from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.digit_shapes import SIDE
from pipeline.extract.pdf.digits import DIGITS, Contour, as_digit, contours, crossings
from pipeline.extract.pdf.geometry import Matrix, bounding, transform_box
from pipeline.extract.pdf.layers import Rendered
from pipeline.extract.pdf.lines import BLANKS
from pipeline.extract.pdf.objects import Buffer, Objects
from pipeline.extract.pdf.primitives import Glyph, Hidden, Page
from pipeline.model import Box

Look = Literal["as said", "otherwise", "nothing"]
"""What is drawn in the place of a glyph."""

_Polygon = Sequence[tuple[float, float]]

_SCALE = 4.0
"""Pixels a point at which strokes of small type are some pixels thick."""
_FAINTEST = 24
"""Levels of grey between paper and ink below which nobody reads."""
_INKED = 0.4
"""Share of the way from the paper to the ink from which a pixel is ink."""
_DRAWN, _BESIDE, _STROKED = 0.85, 0.25, 0.6
"""Least share of a glyph's pixels that have ink, most of those beside it; where it is stroked."""
_ASIDE = [(0.0, 0.0)] + [(x, y) for x in (0.0, 0.8, -0.8) for y in (0.0, 0.8, -0.8) if x or y]
"""Pixels by which outlines are moved until they fit."""
_STROKES = (1, 2, 5, 6)
"""Ways of drawing text in which its outlines are stroked: bold type that is made up."""
_OFF, _UNLIKE_SIZE = 1.5, 1.35
"""Pixels by which a glyph may stand elsewhere; how much larger its ink may be than its outlines."""
_OWN, _OWN_SHAPELESS = 0.45, 0.3
"""How much a drawn digit has in common with a typeface's that is the same; where its font has no
outlines, so that its place and typeface are not known.

Of 3 600 digits of Noto Serif and Noto Sans at 5 to 14 points, all true, none had less than 0.34.
"""
_CLEARLY, _SLENDER = 0.08, {"1": 0.15, "4": 0.15}
"""By how much more it has in common with another digit's if it is that one; of those that pixels
blur most.  No true one had more by 0.01, but 1 and 4, by 0.13.
"""
_SAMPLED, _SAMPLE = 1000, 6
"""Things on a page under which letters are looked at, and letters under one of them.

Only where it lies on no figure: all figures are looked at.
"""
_HIDDEN = frozenset[Hidden]({"covered", "clipped", "invisible", "same-colour"})
"""Why a glyph was taken to be hidden by what its place and colour tell."""
_SIGNS = frozenset(".,-−－△▲％%")
_FIGURES = frozenset(DIGITS) | _SIGNS


def settle_by_picture(page: Page, drawing: Any, display: Matrix, objects: Objects) -> None:
    """Move glyphs between ``glyphs`` and ``hidden`` by what is drawn, note those drawn otherwise.

    ``drawing``: the page as pypdfium2 has it.
    """
    veils = Shelves((veil, veil) for veil in objects.veils)
    shown = _in_doubt(page, objects, veils)
    gone = [glyph for glyph, reason in page.hidden if _may_be_seen(glyph, reason, objects, veils)]
    if not shown and not gone:
        return
    text = ctypes.c_void_p(pdfium.load_text(ctypes.cast(drawing.raw, ctypes.c_void_p)))
    try:
        looks = Looks(Rendered(drawing, _SCALE), text, display, objects)
        found = [(glyph, looks.of(glyph)) for glyph in shown]
        seen = list(_seen_again(page, gone, looks))
    finally:
        pdfium.close_text(text)
    page.lying.extend(
        glyph
        for glyph, look in found
        if look == "otherwise" and (glyph.text in DIGITS or _is_retold(glyph, objects))
    )
    _move(page, [glyph for glyph, look in found if look == "nothing"], seen)


def _seen_again(page: Page, gone: Sequence[Glyph], looks: Looks) -> Iterator[Glyph]:
    """Of glyphs that were taken to be hidden, those that are drawn where nothing else stands.

    A sign is too small to be told by its outlines: it is seen with the digits of its text.
    """
    places = [glyph.box for glyph in page.glyphs] if gone else []
    free = [glyph for glyph in gone if not any(contains(box, *glyph.middle) for box in places)]
    found = [(glyph, looks.of(glyph, strictly=True)) for glyph in free]
    runs = {glyph.run.address for glyph, look in found if look == "as said"}
    for glyph, look in found:
        sign = glyph.text in _SIGNS and glyph.run.address in runs
        if look == "as said" or (sign and look == "otherwise"):
            yield glyph


def _move(page: Page, unseen: Sequence[Glyph], seen: Sequence[Glyph]) -> None:
    away, back = set(map(id, unseen)), set(map(id, seen))
    page.glyphs = [glyph for glyph in page.glyphs if id(glyph) not in away] + list(seen)
    page.glyphs.sort(key=attrgetter("index"))
    page.hidden = [one for one in page.hidden if id(one[0]) not in back]
    page.hidden.extend((glyph, "covered") for glyph in unseen)


def _in_doubt(page: Page, objects: Objects, veils: Shelves[Box]) -> list[Glyph]:
    """The glyphs of which only a picture tells how they look."""
    clips = [glyph.run.order for glyph in page.glyphs if glyph.run.order in objects.clipping]
    clips += [glyph.run.order for glyph, _ in page.hidden if glyph.run.order in objects.clipping]
    after = min(clips, default=None)
    found: list[Glyph] = []
    letters = Counter(glyph.run.address for glyph in page.glyphs) if objects.retold else {}
    for glyph in page.glyphs:
        if glyph.text in BLANKS or glyph.unmapped:
            continue
        order = glyph.run.order
        told = glyph.run.address in objects.retold and letters[glyph.run.address] == 1
        figure = glyph.text in _FIGURES
        unsure = order in objects.unsure or (after is not None and order > after)
        unsure = unsure or glyph.run.address in objects.shapeless
        if told or (figure and (unsure or _is_under(glyph, veils))):
            found.append(glyph)
    known = set(map(id, found))
    found.extend(glyph for glyph in _sampled(page, objects) if id(glyph) not in known)
    return found


def _is_under(glyph: Glyph, veils: Shelves[Box]) -> bool:
    x, y = glyph.middle
    return any(contains(veil, x, y) for veil in veils.reaching(y, y))


def _sampled(page: Page, objects: Objects) -> list[Glyph]:
    """Some letters under each thing that may hide them and lies on no figure."""
    drawn = [glyph for glyph in page.glyphs if glyph.text not in BLANKS and not glyph.unmapped]
    shelves = Shelves((glyph.box, glyph) for glyph in drawn if objects.veils)
    found: dict[int, Glyph] = {}
    for veil in objects.veils[:_SAMPLED]:
        near = shelves.reaching(veil[1], veil[3])
        under = [glyph for glyph in near if contains(veil, *glyph.middle)]
        if not any(glyph.text in _FIGURES for glyph in under):
            found.update((id(glyph), glyph) for glyph in under[:_SAMPLE])
    return list(found.values())


def _is_retold(glyph: Glyph, objects: Objects) -> bool:
    """Whether it is a letter that is said to be another; wave dashes are said in many ways."""
    return glyph.run.address in objects.retold and glyph.text.isalnum()


def _may_be_seen(glyph: Glyph, reason: Hidden, objects: Objects, veils: Shelves[Box]) -> bool:
    if glyph.text in BLANKS or glyph.unmapped or reason not in _HIDDEN:
        return False
    if reason == "invisible":
        return glyph.run.order in objects.clipping
    return glyph.run.order in objects.unsure or _is_under(glyph, veils)


class Looks:
    """A picture of a page, asked what is drawn in the place of glyphs."""

    def __init__(self, picture: Rendered, text: Any, display: Matrix, objects: Objects) -> None:
        self._picture = picture
        self._text, self._display = text, display
        self._runs, self._probe = objects.runs, objects.probe
        self._shapeless = objects.shapeless
        self._ink = Buffer("4d")
        self._ink_refs = tuple(self._ink.at(8 * part) for part in range(4))

    def of(self, glyph: Glyph, *, strictly: bool = False) -> Look:
        """What is drawn in the place of a glyph; ``strictly``: by its own outlines alone."""
        place = self._place(glyph)
        if place is None:
            x0, top, x1, bottom = (side * _SCALE for side in glyph.box)
            inked = self._picture.contrast((x0, top, x1, bottom)) >= _FAINTEST
            return "as said" if inked or glyph.text not in DIGITS else "nothing"
        polygons = self._polygons(glyph, place)
        if not polygons:
            return self._by_shape(glyph, place, _OWN_SHAPELESS)
        if not _are_alike(bounding([point for one in polygons for point in one]), place):
            look: Look = "otherwise" if self._picture.contrast(place) >= _FAINTEST else "nothing"
        else:
            mode = pdfium.text_mode(ctypes.c_void_p(glyph.run.address))
            look = self._nearby(polygons, place, _STROKED if mode in _STROKES else _BESIDE)
        if look == "otherwise" and glyph.text in DIGITS and not strictly:
            return self._by_shape(glyph, place)
        return look

    def _place(self, glyph: Glyph) -> Box | None:
        """The box around the ink of a glyph, in pixels."""
        box = self._ink
        if not pdfium.char_box(self._text, glyph.index, *self._ink_refs):
            return None
        left, right, bottom, top = box.values()
        x0, y0, x1, y1 = transform_box((left, bottom, right, top), self._display)
        if min(x1 - x0, y1 - y0) <= 0.02:
            return None
        return (x0 * _SCALE, y0 * _SCALE, x1 * _SCALE, y1 * _SCALE)

    def _polygons(self, glyph: Glyph, place: Box) -> tuple[Contour, ...]:
        """The outlines of the character that a glyph is said to be, in pixels, at its place.

        As wide or high as what is there: PDFium gives the outlines of some fonts in another size.
        """
        address = glyph.run.address
        order_and_base = self._runs.get(address)
        font = pdfium.text_font(ctypes.c_void_p(address)) if address else None
        if address in self._shapeless or order_and_base is None or not font:
            return ()
        p, q, r, s, _, _ = order_and_base[1]
        a, b, c, d, _, _ = self._probe.matrix_of(ctypes.c_void_p(address))
        ax, ay, bx, by = a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s
        turned = [
            [(x * ax + y * bx, x * ay + y * by) for x, y in one]
            for one in contours(font, glyph.text)
        ]
        if not turned:
            return ()
        box = bounding([point for one in turned for point in one])
        size = max(box[2] - box[0], box[3] - box[1])
        scale = max(place[2] - place[0], place[3] - place[1]) / size if size > 0 else 0.0
        return tuple(
            tuple(
                (place[0] + (x - box[0]) * scale, place[1] + (y - box[1]) * scale) for x, y in one
            )
            for one in turned
        )

    def _nearby(self, polygons: Sequence[_Polygon], box: Box, most: float) -> Look:
        """The same, a pixel aside at most: the box of a glyph's ink is not told exactly."""
        look: Look = "otherwise"
        for x, y in _ASIDE:
            moved = [[(a + x, b + y) for a, b in one] for one in polygons] if x or y else polygons
            look = self._by_outlines(moved, box, most)
            if look != "otherwise":
                break
        return look

    def _by_outlines(self, polygons: Sequence[_Polygon], box: Box, most: float) -> Look:
        """Whether ink stands inside of outlines and on no more than a share of what is beside."""
        left, top, right, bottom = (round(side) for side in box)
        x0, y0, x1, y1 = left - 1, top - 1, right + 2, bottom + 2
        pixels = self._picture.pixels((x0, y0, x1, y1))
        if not pixels:
            return "nothing"
        width = len(pixels[0])
        inside = [_filled(polygons, y0 + row + 0.5, x0, width) for row in range(len(pixels))]
        near = [_grown(inside, row) for row in range(len(inside))]
        on = [value for row, mask in zip(pixels, inside, strict=True) for value in _at(row, mask)]
        off = [
            value
            for row, mask in zip(pixels, near, strict=True)
            for value in _at(row, ~mask & ((1 << width) - 1))
        ]
        if not on or not off:
            return "as said"
        ink, paper = median(on), median(off)
        if abs(ink - paper) < _FAINTEST:
            return "otherwise" if self._picture.contrast(box) >= 3 * _FAINTEST else "nothing"
        least = _INKED * abs(ink - paper)
        drawn = sum((paper - value) * (1 if paper > ink else -1) >= least for value in on)
        beside = sum((paper - value) * (1 if paper > ink else -1) >= least for value in off)
        clear = drawn >= _DRAWN * len(on) and beside <= most * len(off)
        return "as said" if clear else "otherwise"

    def _by_shape(self, glyph: Glyph, box: Box, least: float = _OWN) -> Look:
        """Whether a digit looks like one of common typefaces, anything else like anything.

        ``least``: how much it must have in common with one of them.
        """
        if self._picture.contrast(box) < _FAINTEST:
            return "nothing"
        if glyph.text not in DIGITS:
            return "as said"
        digit = DIGITS[glyph.text]
        clearly = _SLENDER.get(digit, _CLEARLY)
        another, own = as_digit(digit, self._raster(box), clearly)
        return "otherwise" if another or own < least else "as said"

    def _raster(self, box: Box) -> int:
        """The ink in a box, stretched to one height, as a square of bits from its lowest row.

        What stands around it is the paper: white figures stand on a dark cell.
        """
        x0, y0, x1, y1 = (round(side) for side in box)
        pixels = self._picture.pixels((x0 - 1, y0 - 1, x1 + 1, y1 + 1))
        values = sorted(value for row in pixels for value in row)
        if not values:
            return 0
        dark, light = values[len(values) // 20], values[-1 - len(values) // 20]
        around = median([*pixels[0], *pixels[-1], *(row[at] for row in pixels for at in (0, -1))])
        turned = around - dark < light - around
        if turned:
            dark, light = light, dark
        most = light - _INKED * (light - dark)
        inked = [[(value < most) is not turned for value in row] for row in pixels]
        rows = [number for number, row in enumerate(inked) if any(row)]
        columns = [number for number in range(len(inked[0])) if any(row[number] for row in inked)]
        if not rows:
            return 0
        top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        step, middle = (bottom - top) / SIDE, (left + right) / 2
        bits = 0
        for row in range(SIDE):
            line = inked[min(int(bottom - (row + 0.5) * step), bottom - 1)]
            for column in range(SIDE):
                x = int(middle + (column + 0.5 - SIDE / 2) * step)
                if left <= x < right and line[x]:
                    bits |= 1 << (row * SIDE + column)
        return bits


def _are_alike(outlines: Box, place: Box) -> bool:
    """Whether outlines are about as large as the ink that is to be theirs."""
    return all(
        max(one, other) <= _UNLIKE_SIZE * min(one, other) + _OFF
        for one, other in (
            (outlines[2] - outlines[0], place[2] - place[0]),
            (outlines[3] - outlines[1], place[3] - place[1]),
        )
    )


def _filled(polygons: Sequence[_Polygon], y: float, x0: int, width: int) -> int:
    """Which pixels of a row lie inside of outlines, as bits."""
    bits = wound = 0
    before = 0.0
    for x, way in sorted(crossings(polygons, y)):
        if wound:
            first = max(0, min(width, round(before - x0)))
            last = max(0, min(width, round(x - x0)))
            bits |= ((1 << (last - first)) - 1) << first if last > first else 0
        wound, before = wound + way, x
    return bits


def _grown(rows: Sequence[int], row: int) -> int:
    """A row of bits with those beside, above and below it."""
    near = 0
    for one in rows[max(0, row - 1) : row + 2]:
        near |= one | one << 1 | one >> 1
    return near


def _at(row: bytes, mask: int) -> Iterator[int]:
    for place, value in enumerate(row):
        if mask >> place & 1:
            yield value
