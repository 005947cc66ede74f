"""Pictures of pages, small enough that all of a document stand in one file."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pypdfium2

from pipeline.extract.guard import Child
from pipeline.extract.read import open_document
from pipeline.model import Box
from pipeline.settings.extract import ExtractSettings

DOTS = 96 / 72
"""Pixels to a point."""
_WIDEST = 1600
_QUALITY, _EFFORT = 50, 2
_SECONDS = 300.0
_MARGIN = 12.0
_SHEET = (794, 1123)
"""Pixels of a blank A4."""


def pages(data: bytes, settings: ExtractSettings, password: str | None = None) -> list[bytes]:
    """Every page as WebP, in a child process.  Raises the typed errors of the guard."""
    child = Child(draw_pages, data, password, seconds=_SECONDS, megabytes=settings.megabytes)
    return msgspec.msgpack.decode(child.result(), type=list[bytes])


def draw_pages(data: bytes, password: str | None) -> bytes:
    """The pictures, packed, in this process."""
    document = open_document(data, password)
    drawn = []
    try:
        for number in range(len(document)):
            image = _drawn(document, number)
            output = io.BytesIO()
            image.save(output, "WEBP", quality=_QUALITY, method=_EFFORT)
            drawn.append(output.getvalue())
    finally:
        document.close()
    return msgspec.msgpack.encode(drawn)


def _drawn(document: Any, number: int) -> Any:
    """One page; a blank sheet for a damaged one, which is told by a finding of its own."""
    from PIL import Image  # noqa: PLC0415  (only needed for drawing)

    try:
        page = document[number]
        scale = min(DOTS, _WIDEST / max(*page.get_size(), 1))
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    except (pypdfium2.PdfiumError, ValueError):
        image = Image.new("RGB", _SHEET, "white")
    return image


def crop(picture: bytes, page_width: float, box: Box) -> bytes:
    """The part of a page's picture around a box, as PNG."""
    from PIL import Image  # noqa: PLC0415  (only needed for drawing)

    with Image.open(io.BytesIO(picture)) as image:
        scale = image.width / max(page_width, 1)
        x0, top, x1, bottom = box
        area = (
            max(0, int((x0 - 4 * _MARGIN) * scale)),
            max(0, int((top - _MARGIN) * scale)),
            min(image.width, int((x1 + 4 * _MARGIN) * scale)),
            min(image.height, int((bottom + _MARGIN) * scale)),
        )
        area = (area[0], area[1], max(area[0] + 1, area[2]), max(area[1] + 1, area[3]))
        output = io.BytesIO()
        image.convert("P", colors=32).crop(area).save(output, "PNG", optimize=True)
    return output.getvalue()
