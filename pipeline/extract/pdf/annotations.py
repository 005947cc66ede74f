"""What annotations show, hide or strike out on a page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.boxes import contains
from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.geometry import Matrix, transform_box
from pipeline.extract.pdf.primitives import Glyph
from pipeline.japanese.controls import harmless
from pipeline.model import Box

_MOST_ANNOTATIONS = 5000
"""Annotations of a page that are looked at, so that a hostile one ends."""
_LINES = (
    raw.FPDF_ANNOT_STRIKEOUT,
    raw.FPDF_ANNOT_INK,
    raw.FPDF_ANNOT_LINE,
    raw.FPDF_ANNOT_POLYLINE,
    raw.FPDF_ANNOT_REDACT,
)
_AREAS = (raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON)
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_SHOWING_TEXT = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
_DEEPEST, _MOST_DRAWN = 4, 200
"""Forms within the appearance of an annotation, and its objects, that are looked at."""
_LONGEST = 200
"""Characters of what a field holds that are told."""


class Undrawn(NamedTuple):
    """What a field or a typed note holds, and where; ``drawn``: it has an appearance besides."""

    text: str
    box: Box
    drawn: bool


class Annotations(NamedTuple):
    """What the annotations of a page do, in display coordinates.

    ``written``: some show text that is no part of the page itself.  ``struck``: places that they
    strike out, draw over by hand, or paint over.  ``over``: places that others lie on.
    ``undrawn``: what fields and typed notes hold.
    """

    written: bool
    struck: list[Box]
    over: list[Box]
    undrawn: list[Undrawn]


def annotations_of(page: Any, display: Matrix) -> Annotations:
    """What the annotations of a page do that can be seen; the others are taken off it."""
    found = Annotations(False, [], [], [])
    written = False
    for position in reversed(range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, position)
        if not annotation:
            continue
        unseen = bool(raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN)
        if not unseen:
            written = _look_at(annotation, display, found) or written
        raw.FPDFPage_CloseAnnot(annotation)
        if unseen:
            raw.FPDFPage_RemoveAnnot(page.raw, position)
    return found._replace(written=written)


def _look_at(annotation: Any, display: Matrix, found: Annotations) -> bool:
    """Note what an annotation does; whether it shows text."""
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    box = _box(annotation, display)
    if box is None or kind == raw.FPDF_ANNOT_POPUP:
        return False
    appears = bool(raw.FPDFAnnot_HasKey(annotation, b"AP"))
    if kind in _SHOWING_TEXT:
        text = _held(annotation, kind)
        if text:
            found.undrawn.append(Undrawn(text, box, appears))
        return True
    if _takes_back(annotation, kind):
        found.struck.append(box)
    elif appears or kind != raw.FPDF_ANNOT_LINK:
        found.over.append(box)
    return appears and _draws_text(annotation)


def differing(undrawn: Sequence[Undrawn], glyphs: Sequence[Glyph]) -> list[Undrawn]:
    """Of what fields and notes hold, what the page does not show: no appearance, other figures."""
    return [
        one
        for one in undrawn
        if not one.drawn
        or _figures(one.text)
        != _figures("".join(glyph.text for glyph in glyphs if contains(one.box, *glyph.middle)))
    ]


def _figures(text: str) -> list[str]:
    """The digits of a text; how they are grouped and what stands about them may differ."""
    return re.findall(r"\d", text)


def _held(annotation: Any, kind: int) -> str:
    """What a field or a typed note holds."""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        # Rich text may say more than what it holds; its appearance is what was meant.
        return "" if raw.FPDFAnnot_HasKey(annotation, b"AP") else _string(annotation, b"Contents")
    if kind != raw.FPDF_ANNOT_WIDGET:
        return ""
    own = _string(annotation, b"V")
    if own or raw.FPDFAnnot_HasKey(annotation, b"V"):
        return own
    parent = raw.FPDFAnnot_GetLinkedAnnot(annotation, b"Parent")
    if not parent:
        return ""
    try:
        return _string(parent, b"V")
    finally:
        raw.FPDFPage_CloseAnnot(parent)


def _string(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size
    )
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")
    return harmless(text).strip()[:_LONGEST]


def _box(annotation: Any, display: Matrix) -> Box | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return None
    return transform_box((rect.left, rect.bottom, rect.right, rect.top), display)


def _draws_text(annotation: Any) -> bool:
    """Whether the appearance of an annotation holds text."""
    count = min(raw.FPDFAnnot_GetObjectCount(annotation), _MOST_DRAWN)
    objects = (raw.FPDFAnnot_GetObject(annotation, place) for place in range(max(count, 0)))
    return any(_is_text(ctypes.cast(one, ctypes.c_void_p), 0) for one in objects if one)


def _is_text(item: Any, depth: int) -> bool:
    kind = pdfium.object_type(item)
    if kind != pdfium.FORM or depth > _DEEPEST:
        return bool(kind == pdfium.TEXT)
    return any(_is_text(ctypes.c_void_p(one), depth + 1) for one in _parts(item))


def _parts(form: Any) -> Iterator[int]:
    for place in range(min(max(pdfium.form_count_objects(form), 0), _MOST_DRAWN)):
        address = pdfium.form_get_object(form, place)
        if address:
            yield address


def _takes_back(annotation: Any, kind: int) -> bool:
    """Whether an annotation goes through what it lies on, or hides it."""
    if kind in _LINES:
        return True
    opacity = ctypes.c_float(1.0)
    raw.FPDFAnnot_GetNumberValue(annotation, b"CA", ctypes.byref(opacity))
    filled = bool(raw.FPDFAnnot_HasKey(annotation, b"IC"))
    return kind in _AREAS and filled and opacity.value >= 1
