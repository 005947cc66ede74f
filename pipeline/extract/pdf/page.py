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
from typing import Any

from pypdfium2 import raw

from pipeline.boxes import contains
from pipeline.extract.pdf.annotations import annotations_of, differing
from pipeline.extract.pdf.geometry import display_matrix
from pipeline.extract.pdf.layers import Doubtful, Rendered, reveal, switch_off
from pipeline.extract.pdf.objects import Objects, Picture
from pipeline.extract.pdf.primitives import Fill, Glyph, Page
from pipeline.extract.pdf.seen import settle_by_picture
from pipeline.extract.pdf.symbols import Symbols, known_symbol
from pipeline.extract.pdf.text import Text
from pipeline.extract.pdf.visibility import settle
from pipeline.model import Box
from pipeline.settings.extract import ExtractSettings

_MOST_PICTURES = 300
"""Pictures of a page that are looked at for what they cover; a map has thousands of small ones."""


def read_page(
    document: Any, index: int, settings: ExtractSettings, *, layered: bool = True
) -> Page:
    """Read one page (``index`` from 0) of an open ``pypdfium2.PdfDocument`` and close it.

    ``layered``: the document may have layers that are switched off; they are looked for.

    Raises :class:`LimitError` when it has more objects or glyphs than the settings allow.
    """
    page = document[index]
    try:
        rotation = page.get_rotation()
        visible = _visible_box(page)
        display = display_matrix(visible, rotation)
        notes = annotations_of(page, display)
        if notes.written:
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]
        width, height = visible[2] - visible[0], visible[3] - visible[1]
        if rotation in (90, 270):
            width, height = height, width
        handle = ctypes.cast(page.raw, ctypes.c_void_p)
        objects = Objects(settings, layered=layered)
        objects.walk(handle, display)
        objects.veils.extend(notes.over)
        drawing = objects.drawing
        drawing.unite_strips()
        drawing.fills.sort(key=lambda fill: fill.order)
        text = Text(handle, display, objects)
        read = Page(
            number=index + 1,
            width=width,
            height=height,
            rotation=rotation,
            glyphs=text.glyphs(settings.max_glyphs),
            hidden=[],
            horizontal=drawing.horizontal,
            vertical=drawing.vertical,
            fills=drawing.fills,
            images=[picture.box for picture in objects.images],
            outlines=drawing.outlines,
            turned=text.turned,
            annotated=notes.written,
            strokes=drawing.strokes,
            shapes=drawing.shapes,
            drawings=drawing.drawings,
            struck=notes.struck,
        )
        covering = [
            Fill(picture.box, 0, picture.order)
            for picture in objects.images[:_MOST_PICTURES]
            if covers_text(picture, read) and is_opaque_image(document, page, picture.address)
        ]
        if objects.may_not_show:
            doubtful = Doubtful(page, objects.may_not_show.values())
            switch_off(read, doubtful, objects.may_not_show, objects.in_layers)
        sight = settle(read, covering)
        if read.hidden:
            text.restore_redrawn(read, sight)
        if any(reason == "same-colour" for _, reason in read.hidden):
            reveal(read, Rendered(page))
        read.lying = text.lying(read.glyphs)
        read.disguised = text.disguised(read.glyphs)
        settle_by_picture(read, page, display, objects)
        read.undrawn = [(one.box, one.text) for one in differing(notes.undrawn, read.glyphs)]
        hidden = {id(glyph) for glyph, _ in read.hidden}
        read.odd = [glyph for glyph in text.odd if id(glyph) not in hidden]
        text.name_fonts(read.lying)
        text.name_fonts(glyph for glyph, _ in read.disguised)
        text.name_fonts(glyph for glyph, _ in read.hidden)
        text.name_fonts(read.odd)
        read.odd = [glyph for glyph in read.odd if not name_symbol(glyph, settings.symbols)]
        if read.turned:
            text.name_fonts(glyph for glyph in read.glyphs if glyph.run.angle % 90)
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


def covers_text(picture: Picture, page: Page) -> bool:
    """Whether a picture lies over letters or rules that were drawn before it."""
    return picture.covers(page.width * page.height) or any(
        glyph.run.order < picture.order and contains(picture.box, *glyph.middle)
        for glyph in page.glyphs
    )


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
