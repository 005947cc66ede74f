"""What annotations show or strike out on a page."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from pipeline.extract.pdf.geometry import Matrix, transform_box
from pipeline.model import Box

_MOST_ANNOTATIONS = 5000
"""Annotations of a page that are looked at, so that a hostile one ends."""
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
