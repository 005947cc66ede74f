"""Print the font that stands for all fonts a PDF does not hold, in base64 (needs fontTools).

It goes into ``pipeline/extract/pdf/fonts.py``.
"""

from __future__ import annotations

import base64
import io
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

_EM, _ASCENT, _DESCENT = 1000, 880, -120
_WIDTH = 100
"""Less than any advance: PDFium widens the box of a character to its shape."""
_CHARACTERS = range(0x20, 0x40000)
_MANY_TO_ONE = 13
"""The format of a character map in which a range of characters shares one glyph."""


def bar_font() -> bytes:
    """A font in which every character is a bar as high as East Asian type."""
    builder = FontBuilder(_EM, isTTF=True)
    names = [".notdef", "bar"]
    builder.setupGlyphOrder(names)
    builder.setupGlyf({name: _bar() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (_EM, 0)))
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupMaxp()
    builder.font["cmap"] = newTable("cmap")
    builder.font["cmap"].tableVersion = 0
    builder.font["cmap"].tables = [_every_character()]
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = 0
    file = io.BytesIO()
    builder.font.save(file)
    return file.getvalue()


def _bar() -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((0, _DESCENT))
    pen.lineTo((0, _ASCENT))
    pen.lineTo((_WIDTH, _ASCENT))
    pen.lineTo((_WIDTH, _DESCENT))
    pen.closePath()
    return pen.glyph()


def _every_character() -> Any:
    table = CmapSubtable.newSubtable(_MANY_TO_ONE)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = _MANY_TO_ONE, 0, 0, 0
    table.cmap = dict.fromkeys(_CHARACTERS, "bar")
    return table


if __name__ == "__main__":
    print(base64.b64encode(bar_font()).decode())
