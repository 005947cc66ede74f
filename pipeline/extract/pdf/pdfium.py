"""PDFium's raw functions, bound so that a call costs as little as possible.

pypdfium2 checks every pointer argument against its type, which costs more than the call itself.
Here the same function addresses are bound without argument types: pointers are passed as
``c_void_p`` objects, counts as plain integers.  The interpreter lock is kept while they run, since
giving it away costs more than most of them do; PDFium is used by one thread only anyway.  Nothing
outside this package may use them, and nothing here keeps an object of PDFium's alive.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Types of page objects."""

LINE_TO, BEZIER_TO, MOVE_TO = 0, 1, 2
"""Types of path segments."""


def _bind(name: str, result: Any = ctypes.c_int) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    if address is None:  # pragma: no cover - a PDFium without this function
        raise ImportError(name)
    return ctypes.PYFUNCTYPE(result)(address)


count_objects = _bind("FPDFPage_CountObjects")
get_object = _bind("FPDFPage_GetObject", ctypes.c_void_p)
form_count_objects = _bind("FPDFFormObj_CountObjects")
form_get_object = _bind("FPDFFormObj_GetObject", ctypes.c_void_p)
object_type = _bind("FPDFPageObj_GetType")
object_matrix = _bind("FPDFPageObj_GetMatrix")
object_bounds = _bind("FPDFPageObj_GetBounds")
set_active = _bind("FPDFPageObj_SetIsActive")
object_is_active = _bind("FPDFPageObj_GetIsActive")
count_marks = _bind("FPDFPageObj_CountMarks")
get_mark = _bind("FPDFPageObj_GetMark", ctypes.c_void_p)
mark_name = _bind("FPDFPageObjMark_GetName")
mark_text = _bind("FPDFPageObjMark_GetParamStringValue")
fill_colour = _bind("FPDFPageObj_GetFillColor")
stroke_colour = _bind("FPDFPageObj_GetStrokeColor")
stroke_width = _bind("FPDFPageObj_GetStrokeWidth")
has_transparency = _bind("FPDFPageObj_HasTransparency")
clip_path = _bind("FPDFPageObj_GetClipPath", ctypes.c_void_p)
clip_count = _bind("FPDFClipPath_CountPaths")
clip_segments = _bind("FPDFClipPath_CountPathSegments")
clip_segment = _bind("FPDFClipPath_GetPathSegment", ctypes.c_void_p)

draw_mode = _bind("FPDFPath_GetDrawMode")
count_segments = _bind("FPDFPath_CountSegments")
get_segment = _bind("FPDFPath_GetPathSegment", ctypes.c_void_p)
segment_type = _bind("FPDFPathSegment_GetType")
segment_point = _bind("FPDFPathSegment_GetPoint", None)
segment_close = _bind("FPDFPathSegment_GetClose")

load_text = _bind("FPDFText_LoadPage", ctypes.c_void_p)
close_text = _bind("FPDFText_ClosePage")
count_chars = _bind("FPDFText_CountChars")
whole_text = _bind("FPDFText_GetText")
char_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint)
char_generated = _bind("FPDFText_IsGenerated")
char_hyphen = _bind("FPDFText_IsHyphen")
char_unmapped = _bind("FPDFText_HasUnicodeMapError")
char_origin = _bind("FPDFText_GetCharOrigin", None)
char_box = _bind("FPDFText_GetCharBox")
char_loose_box = _bind("FPDFText_GetLooseCharBox", None)
char_object = _bind("FPDFText_GetTextObject", ctypes.c_void_p)

text_mode = _bind("FPDFTextObj_GetTextRenderMode")
text_font = _bind("FPDFTextObj_GetFont", ctypes.c_void_p)
text_size = _bind("FPDFTextObj_GetFontSize", None)
font_is_embedded = _bind("FPDFFont_GetIsEmbedded")
glyph_path = _bind("FPDFFont_GetGlyphPath", ctypes.c_void_p)
count_glyph_segments = _bind("FPDFGlyphPath_CountGlyphSegments")
glyph_segment = _bind("FPDFGlyphPath_GetGlyphPathSegment", ctypes.c_void_p)
font_data = _bind("FPDFFont_GetFontData")
font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_size_t)
