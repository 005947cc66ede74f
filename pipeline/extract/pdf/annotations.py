"""What annotations show or strike out on a page."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from pipeline.extract.pdf.geometry import Matrix, transform_box
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
    """The places that annotations strike out, draw over by hand, or paint over."""
    found: list[Box] = []
    for position in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, position)
        if not annotation:
            continue
        if _takes_back(annotation):
            rect = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                box = (rect.left, rect.bottom, rect.right, rect.top)
                found.append(transform_box(box, display))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _takes_back(annotation: Any) -> bool:
    """Whether an annotation that is seen goes through what it lies on, or hides it."""
    if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return False
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind in _LINES:
        return True
    opacity = ctypes.c_float(1.0)
    raw.FPDFAnnot_GetNumberValue(annotation, b"CA", ctypes.byref(opacity))
    filled = bool(raw.FPDFAnnot_HasKey(annotation, b"IC"))
    return kind in _AREAS and filled and opacity.value >= 1
