"""The objects of a page through PDFium, in drawing order: texts, paths, images and forms."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.boxes import contains
from pipeline.errors import LimitError
from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.drawing import Drawing
from pipeline.extract.pdf.geometry import (
    IDENTITY,
    Matrix,
    Point,
    Points,
    bounding,
    multiply,
    transform_box,
)
from pipeline.extract.pdf.outlines import (
    Outline,
    Paint,
    area_of,
    corners,
    intersect,
    is_box,
    is_frame,
    size_of,
)
from pipeline.extract.pdf.visibility import is_white
from pipeline.messages import N_
from pipeline.model import Box
from pipeline.settings.extract import ExtractSettings

_PATTERNS = (0xBFBFBF, 0x808080)
"""What PDFium says of a colour that is a pattern, and what is said where it says nothing."""
_DEEPEST_FORM = 12
"""Forms within forms; deeper ones are an attack."""
_MANY_PIECES = 60
"""Sub-paths of one path beyond which it is a drawing, no frame."""
_OFF_EDGE = 0.1
"""Points by which the sides of a hole lie within those of what it is left out of."""
_MOST_POINTS_OF_CLIP = 64
"""Points of a clip path that are looked at: a frame has few."""
_SMALLEST_VEIL = 2.0
"""Points below which what lies on a figure hides no digit of it."""


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


class Probe:
    """Questions to PDFium about one object; its buffers are made once for a page."""

    def __init__(self) -> None:
        self.matrix = Buffer("6f")
        self.colour = Buffer("4I")
        self.colour_refs = tuple(self.colour.at(4 * part) for part in range(4))
        self.number = ctypes.c_float()
        self.number_ref = ctypes.byref(self.number)
        self.matrix_ref = self.matrix.at(0)
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._bounds = tuple(ctypes.c_float() for _ in range(4))

    def matrix_of(self, item: Any) -> Matrix:
        """The matrix of an object."""
        if not pdfium.object_matrix(item, self.matrix_ref):
            return IDENTITY
        a, b, c, d, e, f = self.matrix.values()
        return (a, b, c, d, e, f)

    def colour_of(self, item: Any, function: Any) -> tuple[int, int]:
        """The colour 0xRRGGBB and the opacity 0..255 that a function of PDFium gives."""
        if not function(item, *self.colour_refs):
            return 0x808080, 255  # a pattern: some colour that is neither white nor black
        r, g, b, a = self.colour.values()
        return (r & 255) << 16 | (g & 255) << 8 | b & 255, a

    def bounds_of(self, item: Any, matrix: Matrix) -> Box | None:
        """The box around an object; ``None`` if it has none."""
        refs = [ctypes.byref(part) for part in self._bounds]
        if not pdfium.object_bounds(item, *refs):
            return None
        left, bottom, right, top = (part.value for part in self._bounds)
        return transform_box((left, bottom, right, top), matrix)

    def clip_of(self, item: Any, matrix: Matrix) -> Box | None:
        """The box that bounds the clip of an object; ``None`` if it has none."""
        address = pdfium.clip_path(item)
        return self.clip_box(address, matrix) if address else None

    def clip_box(self, address: int, matrix: Matrix) -> Box | None:
        """The box that bounds a clip."""
        return self.clip_shape(address, matrix)[0]

    def clip_shape(self, address: int, matrix: Matrix) -> tuple[Box | None, bool]:
        """The box that bounds a clip, and whether the clip is that box."""
        box: Box | None = None
        plain = True
        for points in self._clip_paths(address, matrix):
            plain = plain and is_box(points)
            if points:
                box = intersect(box, bounding(points))
        return box, plain

    def hole_of(self, item: Any, matrix: Matrix) -> Box | None:
        """The box that the clip of an object leaves out: shadows of cells are drawn about one."""
        address = pdfium.clip_path(item)
        for points in self._clip_paths(address, matrix) if address else ():
            x0, top, x1, bottom = bounding(points) if points else (0.0, 0.0, 0.0, 0.0)
            inside = (x0 + _OFF_EDGE, top + _OFF_EDGE, x1 - _OFF_EDGE, bottom - _OFF_EDGE)
            inner = [point for point in points if contains(inside, *point)]
            if is_box(inner):
                return bounding(inner)
        return None

    def _clip_paths(self, address: int, matrix: Matrix) -> Iterator[Points]:
        """The points of each path of a clip, so many of them as are looked at."""
        clip = ctypes.c_void_p(address)
        for path in range(max(pdfium.clip_count(clip), 0)):
            count = min(max(pdfium.clip_segments(clip, path), 0), _MOST_POINTS_OF_CLIP)
            segments = (pdfium.clip_segment(clip, path, position) for position in range(count))
            yield [self.point_of(ctypes.c_void_p(segment), matrix) for segment in segments]

    def point_of(self, segment: Any, matrix: Matrix) -> Point:
        """Where a segment of a path ends."""
        pdfium.segment_point(segment, ctypes.byref(self._x), ctypes.byref(self._y))
        x, y = self._x.value, self._y.value
        return (
            matrix[0] * x + matrix[2] * y + matrix[4],
            matrix[1] * x + matrix[3] * y + matrix[5],
        )


class Picture(NamedTuple):
    """An image on the page."""

    box: Box
    order: int
    address: int

    def covers(self, area: float) -> bool:
        """Whether it is big enough to be a page of its own."""
        x0, top, x1, bottom = self.box
        return (x1 - x0) * (bottom - top) >= 0.5 * area


class Objects:
    """The objects of one page, in drawing order.

    ``runs``: texts by their address, with their place in the order and their matrix.
    ``may_not_show``: by their place, the addresses of those of which only drawing tells whether
    they show: they belong to a layer or stand in a form, which layers may switch off, or they are
    drawn through a transparency, a mask or a pattern.  ``in_layers``: the first of these.
    ``veils``: places in which only a picture tells whether figures are seen.  ``unsure``: by their
    place, texts that are clipped or drawn in a way of which the same is true; ``clipping``: those
    that clip what follows.  By their address: ``retold`` are said to be another text than their
    glyphs are, ``shapeless`` have no outlines, ``mirrored`` ones are.
    """

    def __init__(self, settings: ExtractSettings, *, layered: bool) -> None:
        self.probe = Probe()
        self.drawing = Drawing(settings.thickest_rule)
        self.images: list[Picture] = []
        self.runs: dict[int, tuple[int, Matrix]] = {}
        self.may_not_show: dict[int, int] = {}
        self.in_layers: set[int] = set()
        self.veils: list[Box] = []
        self.unsure: set[int] = set()
        self.clipping: set[int] = set()
        self.retold: set[int] = set()
        self.shapeless: set[int] = set()
        self.mirrored: set[int] = set()
        self._most = settings.max_objects
        self._layered = layered
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def walk(
        self, container: Any, matrix: Matrix, depth: int = 0, *, doubtful: bool = False
    ) -> None:
        """Visit all objects of a page or form in drawing order.

        ``doubtful``: only drawing tells whether those of this form show.
        """
        inside = depth > 0
        in_layer = inside and self._layered
        get = pdfium.form_get_object if inside else pdfium.get_object
        count = (pdfium.form_count_objects if inside else pdfium.count_objects)(container)
        for position in range(max(count, 0)):
            address = get(container, position)
            if not address:
                continue
            self.drawing.order += 1
            if self.drawing.order > self._most:
                raise LimitError(
                    limit="objects", advice=N_("Raise the limit in the profile ([extract]).")
                )
            item = ctypes.c_void_p(address)
            kind = pdfium.object_type(item)
            if in_layer or (self._layered and self._is_in_layer(item)):
                self.in_layers.add(self.drawing.order)
            unsure = doubtful or self.drawing.order in self.in_layers or self._blends(item, kind)
            if unsure:
                self.may_not_show[self.drawing.order] = address
            if kind == pdfium.TEXT:
                self.runs[address] = (self.drawing.order, matrix)
            elif kind == pdfium.PATH:
                self._path(item, matrix)
            elif kind == pdfium.FORM:
                if depth < _DEEPEST_FORM:
                    own = multiply(self.probe.matrix_of(item), matrix)
                    self.walk(item, own, depth + 1, doubtful=unsure)
            elif kind in (pdfium.IMAGE, pdfium.SHADING):
                self._image(item, matrix)

    def _blends(self, item: Any, kind: int) -> bool:
        """Whether a text or form is drawn through a transparency, a mask or a pattern."""
        if kind not in (pdfium.TEXT, pdfium.FORM):
            return False
        if pdfium.has_transparency(item):
            return True
        if kind != pdfium.TEXT or pdfium.text_mode(item):
            return False
        return self.probe.colour_of(item, pdfium.fill_colour)[0] in _PATTERNS

    def _image(self, item: Any, matrix: Matrix) -> None:
        box = self.probe.bounds_of(item, matrix)
        if box is None:
            return
        clip = self.probe.clip_of(item, matrix)
        if not self.drawing.thin(box, Paint(0, 255, clip)):
            self.images.append(Picture(box, self.drawing.order, item.value))
            self._veil(box, clip)

    def _path(self, item: Any, matrix: Matrix) -> None:
        pdfium.draw_mode(item, ctypes.byref(self._fill), ctypes.byref(self._stroke))
        filled, stroked = bool(self._fill.value), bool(self._stroke.value)
        if not filled and not stroked:
            return
        total = multiply(self.probe.matrix_of(item), matrix)
        clip = self.probe.clip_of(item, matrix)
        outlines = self._outlines(item, total)
        outlines += self._hole(item, matrix) if filled and clip and len(outlines) == 1 else []
        blends = bool(pdfium.has_transparency(item))
        if filled:
            paint = Paint(*self.probe.colour_of(item, pdfium.fill_colour), clip, blends=blends)
            plain = not blends and paint.colour not in _PATTERNS
            if not plain or not all(is_box(outline.points) for outline in outlines):
                for outline in outlines if len(outlines) < _MANY_PIECES else ():
                    self._veil(bounding(outline.points), clip)
            if 1 < len(outlines) < _MANY_PIECES and is_frame(outlines):
                for outline in outlines:
                    self.drawing.drawn(outline, paint)
                    box = bounding(outline.points)
                    if area_of(outline.points) > 0.85 * size_of(box):
                        self.drawing.strokes_along(corners(box), paint)
                return
            for outline in outlines:
                self.drawing.filled(outline, paint, alone=not stroked)
        if stroked:
            pdfium.stroke_width(item, self.probe.number_ref)
            scale = math.sqrt(abs(total[0] * total[3] - total[1] * total[2]))
            paint = Paint(
                *self.probe.colour_of(item, pdfium.stroke_colour),
                clip,
                self.probe.number.value * scale,
                blends,
            )
            for outline in outlines:
                self.drawing.stroked(outline, paint)
                if paint.width > _SMALLEST_VEIL or is_white(paint.colour):
                    x0, top, x1, bottom = bounding(outline.points)
                    half = paint.width / 2
                    self._veil((x0 - half, top - half, x1 + half, bottom + half), clip)

    def _hole(self, item: Any, matrix: Matrix) -> list[Outline]:
        """The outline that the clip of an object leaves out, if it does."""
        hole = self.probe.hole_of(item, matrix)
        return [] if hole is None else [Outline(corners(hole), closed=True, curved=False)]

    def _veil(self, box: Box, clip: Box | None) -> None:
        """Note that something lies in a place that may hide figures or what is under them."""
        shown = intersect(clip, box)
        if shown is not None and max(shown[2] - shown[0], shown[3] - shown[1]) >= _SMALLEST_VEIL:
            self.veils.append(shown)

    def _outlines(self, item: Any, matrix: Matrix) -> list[Outline]:
        """The sub-paths of a path."""
        found: list[Outline] = []
        points: Points = []
        curved = False
        for position in range(pdfium.count_segments(item)):
            segment = ctypes.c_void_p(pdfium.get_segment(item, position))
            kind = pdfium.segment_type(segment)
            point = self.probe.point_of(segment, matrix)
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
