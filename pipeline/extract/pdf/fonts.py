"""Fonts that a PDF does not hold: one of our own stands for them all.

PDFium lays out text of fonts that are not embedded with the fonts of the system, so that one
document is read differently on two machines: where no font serves, it drops text of a single
letter, because that has no extent.  Here the system's fonts are kept out.  Advances come from the
file; the substitute only gives every character a shape, a narrow bar.
"""

from __future__ import annotations

import base64
import ctypes
from functools import cache
from typing import Any

from pypdfium2 import raw

_EAST_ASIAN = (128, 129, 130, 134, 136)
"""Character sets for which PDFium has no font of its own."""
_SYMBOLS = 2
_OWN = (b"Helvetica", b"Arial", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")
"""How the names of the fonts begin that PDFium has itself.  Of any other the character set says
little: that of a font by the numbers of its glyphs is given as Latin, whatever it holds."""

BAR = base64.b64decode(
    "AAEAAAAHAEAAAgAwY21hcAAUAFQAAAEAAAAAKGdseWZz5uwQAAABMAAAADBoZWFkX3tD2AAAAHwAAAA2aGhlYQPWBv"
    "YAAAC0AAAAJGhtdHgD6AAAAAAA+AAAAAZsb2NhABgADAAAASgAAAAGbWF4cAAEAAYAAADYAAAAIAABAAAAAQAAHSBH"
    "qF8PPPUAAwPoAAAAAAAAAAAAAAAAAAAAAAAA/4gAZANwAAAAAwACAAAAAAAAAAEAAANw/4gAAAPoAAADhABkAAEAAA"
    "AAAAAAAAAAAAAAAAABAAEAAAACAAQAAQAAAAAAAgAAAAAAAAAAAAAAAAAAAAAD6AAAAAAAAAAAAAEAAwAKAAAADAAN"
    "AAAAAAAcAAAAAAAAAAEAAAAgAAP//wAAAAEAAAAMABgAAAABAAD/iABkA3AAAwAAFREzEWR4A+j8GAABAAD/iABkA3"
    "AAAwAAFREzEWR4A+j8GA=="
)
"""A TrueType font in which every character is one narrow bar, as ``tools/bar_font.py`` makes it."""

_HANDLE = 1
_WHOLE_FILE = 0


@cache
def keep_out_system_fonts() -> Any:
    """From now on PDFium asks us, not the system, for fonts that are not embedded.

    For this process.  What it returns must live as long as PDFium does: the cache keeps it.
    """
    kinds: dict[str, Any] = dict(raw.FPDF_SYSFONTINFO._fields_)

    def font_for(
        _this: Any, _weight: int, _italic: int, charset: int, _pitch: int, face: Any, *_rest: Any
    ) -> int | None:
        name = ctypes.cast(face, ctypes.c_char_p).value or b"" if face else b""
        own = charset == _SYMBOLS or not name or name.startswith(_OWN)
        return _HANDLE if charset in _EAST_ASIAN or not own else None

    def font_data(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table != _WHOLE_FILE:
            return 0
        if buffer and size >= len(BAR):
            ctypes.memmove(buffer, BAR, len(BAR))
        return len(BAR)

    fonts = raw.FPDF_SYSFONTINFO(
        version=1,
        MapFont=kinds["MapFont"](font_for),
        GetFontData=kinds["GetFontData"](font_data),
    )
    raw.FPDF_SetSystemFontInfo(ctypes.byref(fonts))
    return fonts
