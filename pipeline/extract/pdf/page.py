"""One page through PDFium: glyphs, rules, fills and images in display coordinates.

The raw API is used (see :mod:`pipeline.extract.pdf.pdfium`); its traps, as far as they matter here:

* generated characters (spaces, line breaks) are PDFium's guess and are skipped;
* a hyphen at a line end comes as U+0002;
* for ActualText the loose box collapses to the ink box, so the line is taken from the origin;
* coordinates are neither rotated nor cropped; objects in form XObjects need their matrices;
* pages are closed after use, so that memory does not grow with the document.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import struct
import sys
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.errors import LimitError
from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.geometry import (
    IDENTITY,
    Matrix,
    Point,
    Points,
    angle_of,
    bounding,
    display_matrix,
    multiply,
    transform_box,
)
from pipeline.extract.pdf.layers import Rendered, reveal, switch_off
from pipeline.extract.pdf.lines import is_private
from pipeline.extract.pdf.primitives import (
    SOFT_HYPHEN,
    Fill,
    Glyph,
    Hidden,
    Page,
    Rule,
    Run,
)
from pipeline.extract.pdf.symbols import Symbols, known_symbol
from pipeline.extract.pdf.visibility import contains, is_white, settle
from pipeline.messages import N_
from pipeline.model import Box
from pipeline.settings.extract import ExtractSettings

_DEEPEST_FORM = 12
_MANY_PIECES = 60
_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_LINE_END_HYPHEN = "\ufffe"
"""What PDFium's whole text has for a hyphen at a line end; character by character it is 2."""

_SMALLEST_FRAME = 8.0
_LARGEST_SHAPE, _SHORTEST_STROKE = 20.0, 1.0
_NO_INK = 0.02
"""Points; PDFium gives blanks an ink box 0.01 high."""

_MOST_ANNOTATIONS = 5000
_SHOWING_TEXT = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)


class Buffer:
    """Numbers that PDFium writes, read all at once (cheaper than one ctypes field after another).

    ``layout``: as in :mod:`struct`.
    """

    def __init__(self, layout: str) -> None:
        form = struct.Struct(layout)
        self.content = bytearray(form.size)
        self.unpack = form.unpack
        self._memory = (ctypes.c_char * form.size).from_buffer(self.content)

    def at(self, offset: int) -> Any:
        """A reference to the number at an offset in bytes."""
        return ctypes.byref(self._memory, offset)

    def values(self) -> tuple[Any, ...]:
        """The numbers."""
        return self.unpack(self.content)


class Paint(NamedTuple):
    """What a path is painted with: 0xRRGGBB, opacity 0..255, clip, width of the stroke."""

    colour: int
    alpha: int
    clip: Box | None = None
    width: float = 0.0


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


class Strip(NamedTuple):
    """A filled box thin enough for a rule; many of them side by side are an area."""

    box: Box
    paint: Paint
    rules: tuple[Rule, ...]


class Picture(NamedTuple):
    """An image on the page."""

    box: Box
    order: int
    address: int

    def covers(self, area: float) -> bool:
        """Whether it is big enough to be a page of its own."""
        x0, top, x1, bottom = self.box
        return (x1 - x0) * (bottom - top) >= 0.5 * area


class Outline(NamedTuple):
    """One sub-path in display coordinates."""

    points: Points
    closed: bool
    curved: bool


def over_white(colour: int, alpha: int) -> int:
    """The colour that shows when a translucent one is painted on white paper."""
    parts = (colour >> 16, colour >> 8 & 255, colour & 255)
    r, g, b = (round(255 - (255 - part) * alpha / 255) for part in parts)
    return r << 16 | g << 8 | b


class _Reader:
    """The state of reading one page: ctypes buffers and what was found so far."""

    def __init__(
        self, page: Any, display: Matrix, settings: ExtractSettings, layered: bool
    ) -> None:
        self.page = page
        self.display = display
        self.settings = settings
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.fills: list[Fill] = []
        self.images: list[Picture] = []
        self.runs: dict[int, tuple[int, Matrix]] = {}
        self.fonts: dict[int, str] = {}
        self.count = 0
        self.outlines = 0
        self.odd: list[Glyph] = []
        self.turned = False
        self.layered = layered
        self.in_layers: set[int] = set()
        self.strips: list[Strip] = []
        self.strokes: list[Box] = []
        self.shapes: list[Box] = []
        self._matrix = Buffer("6f")
        self._ink = Buffer("4d")
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._colour = Buffer("4I")
        self._colour_refs = tuple(self._colour.at(4 * part) for part in range(4))
        self._width = ctypes.c_float()
        self._width_ref = ctypes.byref(self._width)
        self._matrix_ref = self._matrix.at(0)
        self._bounds = tuple(ctypes.c_float() for _ in range(4))

    # ------------------------------------------------------------------ objects

    def walk(self, container: Any, matrix: Matrix, depth: int = 0) -> None:
        """Visit all objects of a page or form in drawing order."""
        inside = depth > 0
        get = pdfium.form_get_object if inside else pdfium.get_object
        count = (pdfium.form_count_objects if inside else pdfium.count_objects)(container)
        for position in range(max(count, 0)):
            address = get(container, position)
            if not address:
                continue
            self.count += 1
            if self.count > self.settings.max_objects:
                raise LimitError(
                    limit="objects", advice=N_("Raise the limit in the profile ([extract]).")
                )
            item = ctypes.c_void_p(address)
            if self.layered and self._is_in_layer(item):
                self.in_layers.add(self.count)
            kind = pdfium.object_type(item)
            if kind == pdfium.TEXT:
                self.runs[address] = (self.count, matrix)
            elif kind == pdfium.PATH:
                self._path(item, matrix)
            elif kind == pdfium.FORM:
                if depth < _DEEPEST_FORM:
                    self.walk(item, multiply(self._object_matrix(item), matrix), depth + 1)
            elif kind in (pdfium.IMAGE, pdfium.SHADING):
                self._image(item, matrix)

    def _is_in_layer(self, item: Any) -> bool:
        """Whether an object belongs to an optional content group, which may be switched off."""
        for position in range(pdfium.count_marks(item)):
            mark = ctypes.c_void_p(pdfium.get_mark(item, position))
            name = ctypes.create_string_buffer(16)
            length = ctypes.c_ulong()
            pdfium.mark_name(mark, name, ctypes.c_ulong(16), ctypes.byref(length))
            if name.raw[: length.value] == "OC\0".encode("utf-16-le"):
                return True
        return False

    def _object_matrix(self, item: Any) -> Matrix:
        if not pdfium.object_matrix(item, self._matrix_ref):
            return IDENTITY
        a, b, c, d, e, f = self._matrix.values()
        return (a, b, c, d, e, f)

    def _rgba(self, item: Any, function: Any) -> tuple[int, int]:
        if not function(item, *self._colour_refs):
            return 0x808080, 255  # a pattern: some colour that is neither white nor black
        r, g, b, a = self._colour.values()
        return (r & 255) << 16 | (g & 255) << 8 | b & 255, a

    def _bounds_of(self, item: Any, matrix: Matrix) -> Box | None:
        refs = [ctypes.byref(part) for part in self._bounds]
        if not pdfium.object_bounds(item, *refs):
            return None
        left, bottom, right, top = (part.value for part in self._bounds)
        return transform_box((left, bottom, right, top), matrix)

    def clip_of(self, item: Any, matrix: Matrix) -> Box | None:
        """The box that bounds the clip of an object; ``None`` if it has none."""
        address = pdfium.clip_path(item)
        return self._clip(address, matrix) if address else None

    def _clip(self, address: int, matrix: Matrix) -> Box | None:
        clip = ctypes.c_void_p(address)
        box: Box | None = None
        for path in range(max(pdfium.clip_count(clip), 0)):
            points = []
            for position in range(min(max(pdfium.clip_segments(clip, path), 0), 64)):
                segment = pdfium.clip_segment(clip, path, position)
                points.append(self._point(ctypes.c_void_p(segment), matrix))
            if points:
                box = intersect(box, bounding(points))
        return box

    def _point(self, segment: Any, matrix: Matrix) -> Point:
        pdfium.segment_point(segment, ctypes.byref(self._x), ctypes.byref(self._y))
        x, y = self._x.value, self._y.value
        return (
            matrix[0] * x + matrix[2] * y + matrix[4],
            matrix[1] * x + matrix[3] * y + matrix[5],
        )

    def _image(self, item: Any, matrix: Matrix) -> None:
        box = self._bounds_of(item, matrix)
        if box is None:
            return
        if not self._thin(box, Paint(0, 255, self.clip_of(item, matrix))):
            self.images.append(Picture(box, self.count, item.value))

    # ------------------------------------------------------------------ paths

    def _path(self, item: Any, matrix: Matrix) -> None:
        pdfium.draw_mode(item, ctypes.byref(self._fill), ctypes.byref(self._stroke))
        filled, stroked = bool(self._fill.value), bool(self._stroke.value)
        if not filled and not stroked:
            return
        total = multiply(self._object_matrix(item), matrix)
        clip = self.clip_of(item, matrix)
        outlines = self._outlines(item, total)
        if filled:
            paint = Paint(*self._rgba(item, pdfium.fill_colour), clip)
            if 1 < len(outlines) < _MANY_PIECES and is_frame(outlines):
                for outline in outlines:
                    box = bounding(outline.points)
                    if area_of(outline.points) > 0.85 * size_of(box):
                        self._strokes(corners(box), paint)
                return
            for outline in outlines:
                self._filled(outline, paint, alone=not stroked)
        if stroked:
            pdfium.stroke_width(item, self._width_ref)
            scale = math.sqrt(abs(total[0] * total[3] - total[1] * total[2]))
            paint = Paint(*self._rgba(item, pdfium.stroke_colour), clip, self._width.value * scale)
            for outline in outlines:
                self._stroked(outline, paint)

    def _filled(self, outline: Outline, paint: Paint, *, alone: bool) -> None:
        points = outline.points
        if len(points) < 3 or not paint.alpha:
            return
        if outline.curved or len(points) > 5:
            self.outlines += 1
        box = bounding(points)
        if max(box[2] - box[0], box[3] - box[1]) <= _LARGEST_SHAPE and not is_white(paint.colour):
            self.shapes.append(box)
        if is_box(points):
            if not self._thin(box, paint):
                self._area(box, paint)
        elif outline.curved:
            if rounded_box([*points, points[0]], box):
                self._area(box, paint)
        elif alone and area_of(points) > 0.8 * size_of(box):
            self._area(box, paint)

    def _stroked(self, outline: Outline, paint: Paint) -> None:
        points = outline.points
        if not paint.alpha:
            return
        if outline.closed and points[0] != points[-1]:
            points = [*points, points[0]]
        if paint.width > self.settings.thickest_rule and len(points) == 2:
            self._thick(points, paint)
        elif outline.curved and rounded_box(points, bounding(points)):
            self._strokes(corners(bounding(points)), paint)
        else:
            self._strokes(points, paint)

    def _outlines(self, item: Any, matrix: Matrix) -> list[Outline]:
        """The sub-paths of a path."""
        found: list[Outline] = []
        points: Points = []
        curved = False
        for position in range(pdfium.count_segments(item)):
            segment = ctypes.c_void_p(pdfium.get_segment(item, position))
            kind = pdfium.segment_type(segment)
            point = self._point(segment, matrix)
            if kind == pdfium.MOVE_TO:
                if len(points) > 1:
                    found.append(Outline(points, False, curved))
                points, curved = [point], False
            else:
                curved = curved or kind == pdfium.BEZIER_TO
                points.append(point)
            if pdfium.segment_close(segment):
                if len(points) > 1:
                    found.append(Outline(points, True, curved))
                points, curved = [point], False
        if len(points) > 1:
            found.append(Outline(points, False, curved))
        return found

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
            order = self.count if order is None else order
            self.fills.append(Fill(shown, colour, order, paint.alpha == 255))

    def _thin(self, box: Box, paint: Paint) -> bool:
        """Take a filled box as a rule if it is thin enough; else say no.

        A small square is a dot of a dotted rule and counts both ways.
        """
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        limit = self.settings.thickest_rule
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
                    if min(union[2] - union[0], union[3] - union[1]) > self.settings.thickest_rule:
                        self._drop_rules({id(rule) for s in stack for rule in s.rules})
                        order = min(rule.order for s in stack for rule in s.rules)
                        self._area(union, stack[0].paint, order)

    def _drop_rules(self, dropped: set[int]) -> None:
        self.horizontal = [rule for rule in self.horizontal if id(rule) not in dropped]
        self.vertical = [rule for rule in self.vertical if id(rule) not in dropped]

    def _strokes(self, points: Points, paint: Paint) -> None:
        for first, second in itertools.pairwise(points):
            self._rule(first, second, paint)

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
            rules.append(Rule(at, start, end, paint.width, self.count, visible))

    # ------------------------------------------------------------------ glyphs

    def glyphs(self) -> list[Glyph]:
        """All characters that the page itself draws, in PDFium's reading order."""
        address = pdfium.load_text(self.page)
        if not address:
            return []
        text = ctypes.c_void_p(address)
        try:
            count = pdfium.count_chars(text)
            if count > self.settings.max_glyphs:
                raise LimitError(
                    limit="glyphs", advice=N_("Raise the limit in the profile ([extract]).")
                )
            return self._glyphs(text, count)
        finally:
            pdfium.close_text(text)

    def _glyphs(self, text: Any, count: int) -> list[Glyph]:
        origin, loose = pdfium.char_origin, pdfium.char_loose_box
        owner, unmapped = pdfium.char_object, pdfium.char_unmapped
        point, rect = Buffer("2d"), Buffer("4f")
        x_ref, y_ref, rect_ref = point.at(0), point.at(8), rect.at(0)
        point_bytes, rect_bytes = point.content, rect.content
        unpack_point, unpack_rect = point.unpack, rect.unpack
        a, b, c, d, e, f = self.display
        upright = a > 0 and d < 0
        found: list[Glyph] = []
        run = Run(0.0, 0, 0, 0)
        current = 0
        low = float("nan")
        gx = gy = 0.0
        for index, unit in enumerate(characters_of(text, count)):
            character = unit
            if character <= " " or character == _LINE_END_HYPHEN:
                character = self._control(text, index)
                if not character:
                    continue
            address = owner(text, index)
            if address != current:
                current, low = address, float("nan")
                run = self._run(address)
            loose(text, index, rect_ref)
            x0, over, x1, under = unpack_rect(rect_bytes)
            left = x0
            if under != low or run.angle or not upright:
                origin(text, index, x_ref, y_ref)
                left, y = unpack_point(point_bytes)
                low = under
                gx, gy = a * left + c * y + e, b * left + d * y + f
            if upright:
                glyph = Glyph(
                    character,
                    a * left + e,
                    gy,
                    a * x0 + e,
                    d * over + f,
                    a * x1 + e,
                    d * under + f,
                    index,
                    run,
                )
            else:
                box = transform_box((x0, under, x1, over), self.display)
                glyph = Glyph(character, gx, gy, *box, index, run)
            if unmapped(text, index):
                if self._is_blank(text, index):
                    glyph.text = " "
                else:
                    glyph.unmapped = True
                    self.odd.append(glyph)
            elif not "\u3000" < character < "\ud800" and is_private(character):
                self.odd.append(glyph)
            elif character == SOFT_HYPHEN:
                glyph.text = " " if self._is_blank(text, index) else "-"
            found.append(glyph)
        return found

    def _is_blank(self, text: Any, index: int) -> bool:
        """Whether a glyph leaves no ink: a space that the PDF does not name is still one."""
        box = self._ink
        if not pdfium.char_box(text, index, *(box.at(8 * part) for part in range(4))):
            return False
        left, right, bottom, top = box.values()
        return bool(right - left <= _NO_INK or top - bottom <= _NO_INK)

    @staticmethod
    def _control(text: Any, index: int) -> str:
        """What a code up to 32 stands for; "" if PDFium made it up, or half of a pair."""
        code = pdfium.char_unicode(text, index)
        if 0xD800 <= code < 0xDC00 or pdfium.char_generated(text, index):
            return ""
        if code == 2 and pdfium.char_hyphen(text, index):
            return "-"
        if code in (9, 10, 13, 32):
            return " "
        return chr(code) if code else "\ufffd"

    def _run(self, address: int) -> Run:
        order, base = self.runs.get(address, (0, self.display))
        item = ctypes.c_void_p(address)
        pdfium.object_matrix(item, self._matrix_ref)
        a, b, c, d, _, _ = self._matrix.unpack(self._matrix.content)
        p, q, r, s, _, _ = base
        down, aside = c * q + d * s, a * q + b * s
        cross, along = c * p + d * r, a * p + b * r
        pdfium.text_size(item, self._width_ref)
        size = abs(self._width.value) * (math.hypot(cross, down) if cross else abs(down))
        colour, alpha = 0x808080, 255  # a pattern
        if pdfium.fill_colour(item, *self._colour_refs):
            red, green, blue, alpha = self._colour.unpack(self._colour.content)
            colour = (red & 255) << 16 | (green & 255) << 8 | blue & 255
        mode = pdfium.text_mode(item)
        hidden: Hidden = ""
        if mode:
            if mode in (1, 5):
                colour, alpha = self._rgba(item, pdfium.stroke_colour)
            elif mode in (3, 7):
                hidden = "invisible"
        if not alpha and not hidden:
            hidden = "transparent"
        angle = 0
        if aside or along <= 0:
            angle = angle_of((along, aside, 0, 0, 0, 0))
            self.turned = self.turned or angle != 0
        clip = pdfium.clip_path(item)
        box = self._clip(clip, base) if clip else None
        return Run(size, angle, colour, order, hidden, box, address)

    def restore_redrawn(self, page: Page) -> None:
        """Show covered glyphs again that a later text repeats at their place.

        PDFium keeps only the first of two equal characters at one place: of 978 under a white box
        and 960 over it that leaves a 6, and a 9 that is covered.
        """
        first = min(glyph.run.order for glyph, reason in page.hidden if reason == "covered")
        later = [
            (order, address, box)
            for address, (order, matrix) in self.runs.items()
            if order > first
            and (box := self._bounds_of(ctypes.c_void_p(address), matrix)) is not None
        ]
        shown = [glyph.box for glyph in page.glyphs]
        hidden: list[tuple[Glyph, Hidden]] = []
        for glyph, reason in page.hidden:
            x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            over = [
                (order, address)
                for order, address, box in later
                if reason == "covered" and order > glyph.run.order and contains(box, x, y)
            ]
            if over and not any(contains(box, x, y) for box in shown):
                glyph.run = self._run(max(over)[1])
                page.glyphs.append(glyph)
            else:
                hidden.append((glyph, reason))
        page.hidden = hidden
        page.glyphs.sort(key=attrgetter("index"))

    def name_fonts(self, glyphs: Iterable[Glyph]) -> None:
        """Look up the fonts of glyphs that will be told of."""
        for glyph in glyphs:
            if not glyph.run.font and glyph.run.address:
                glyph.run.font = self._font(ctypes.c_void_p(glyph.run.address))

    def _font(self, item: Any) -> str:
        font = pdfium.text_font(item)
        if not font:
            return ""
        name = self.fonts.get(font)
        if name is None:
            handle = ctypes.c_void_p(font)
            buffer = ctypes.create_string_buffer(256)
            pdfium.font_name(handle, buffer, ctypes.c_size_t(256))
            name = buffer.value.decode("utf-8", "replace")
            self.fonts[font] = name
        return name


def characters_of(text: Any, count: int) -> Sequence[str]:
    """Every character of a text page.

    In one call, where PDFium's text has one unit for each character; else one by one.  The first
    half of a pair of surrogates gives "\0", the second the character.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.whole_text(text, 0, count, buffer) == count + 1:
        whole = bytes(buffer)[: 2 * count].decode(_UTF_16, "surrogatepass")
        if len(whole) == count:
            return whole
    characters: list[str] = []
    high = 0
    for index in range(count):
        code = pdfium.char_unicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high, code = code, 0
        elif 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        characters.append(chr(code))
    return characters


def stacks(strips: list[Strip], across: int) -> list[list[Strip]]:
    """Strips of one width and colour, grouped into those that touch edge to edge."""
    found: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda item: item.box[across]):
        if found and strip.box[across] <= found[-1][-1].box[across + 2] + 0.3:
            found[-1].append(strip)
        else:
            found.append([strip])
    return found


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


def read_page(
    document: Any, index: int, settings: ExtractSettings, *, layered: bool = True
) -> Page:
    """Read one page (``index`` from 0) of an open ``pypdfium2.PdfDocument`` and close it.

    ``layered``: the document may have layers that are switched off; they are looked for.

    Raises :class:`LimitError` when it has more objects or glyphs than the settings allow.
    """
    page = document[index]
    try:
        annotated = has_visible_annotations(page)
        if annotated:
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]
        rotation = page.get_rotation()
        visible = _visible_box(page)
        display = display_matrix(visible, rotation)
        width, height = visible[2] - visible[0], visible[3] - visible[1]
        if rotation in (90, 270):
            width, height = height, width
        handle = ctypes.cast(page.raw, ctypes.c_void_p)
        reader = _Reader(handle, display, settings, layered)
        reader.walk(handle, display)
        reader.unite_strips()
        reader.fills.sort(key=lambda fill: fill.order)
        covering = [
            Fill(picture.box, 0, picture.order)
            for picture in reader.images
            if picture.covers(width * height) and is_opaque_image(document, page, picture.address)
        ]
        read = Page(
            number=index + 1,
            width=width,
            height=height,
            rotation=rotation,
            glyphs=reader.glyphs(),
            hidden=[],
            horizontal=reader.horizontal,
            vertical=reader.vertical,
            fills=reader.fills,
            images=[picture.box for picture in reader.images],
            outlines=reader.outlines,
            turned=reader.turned,
            annotated=annotated,
            strokes=reader.strokes,
            shapes=reader.shapes,
            struck=struck_out(page, display),
        )
        if reader.in_layers:
            switch_off(read, reader.in_layers, Rendered(page))
        settle(read, covering)
        if any(reason == "covered" for _, reason in read.hidden):
            reader.restore_redrawn(read)
        if any(reason == "same-colour" for _, reason in read.hidden):
            reveal(read, Rendered(page))
        hidden = {id(glyph) for glyph, _ in read.hidden}
        read.odd = [glyph for glyph in reader.odd if id(glyph) not in hidden]
        reader.name_fonts(glyph for glyph, _ in read.hidden)
        reader.name_fonts(read.odd)
        read.odd = [glyph for glyph in read.odd if not name_symbol(glyph, settings.symbols)]
        if read.turned:
            reader.name_fonts(glyph for glyph in read.glyphs if glyph.run.angle % 90)
    finally:
        page.close()
    return read


def name_symbol(glyph: Glyph, symbols: Symbols) -> bool:
    """Give a letter of a known symbol font its own character, if it is one."""
    known = known_symbol(glyph.run.font, glyph.text, symbols)
    if known is None:
        return False
    glyph.text, glyph.unmapped = known, False
    return True


def has_visible_annotations(page: Any) -> bool:
    """Whether form fields, typed notes or stamps show text that is not part of the page itself."""
    for position in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, position)
        if annotation:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind in _SHOWING_TEXT:
                return True
    return False


def struck_out(page: Any, display: Matrix) -> list[Box]:
    """The places that annotations strike out."""
    found: list[Box] = []
    for position in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, position)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT:
            rect = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                box = (rect.left, rect.bottom, rect.right, rect.top)
                found.append(transform_box(box, display))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def is_opaque_image(document: Any, page: Any, address: int) -> bool:
    """Whether an image lets nothing behind it show through; rendered to see its mask."""
    pointer = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(document.raw, page.raw, pointer)
    if not bitmap:
        return False
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return True
        height, stride = raw.FPDFBitmap_GetHeight(bitmap), raw.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), height * stride)
        opacity = pixels[3::4]
        return sum(opacity[::97]) > 0.9 * 255 * len(opacity[::97])
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _visible_box(page: Any) -> Box:
    rect = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect)):
        return (rect.left, rect.bottom, rect.right, rect.top)
    width, height = page.get_size()
    return (0.0, 0.0, width, height)
