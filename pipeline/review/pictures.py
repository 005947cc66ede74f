"""Pictures of pages, small enough that all of a document stand in one file."""

from __future__ import annotations

import io
from collections.abc import Sequence
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
_QUALITY = 50
"""Of JPEG: digits stay sharp; WebP is a third smaller and takes ten times as long."""
_MARGIN = 12.0
_SHEET = (794, 1123)
"""Pixels of a blank A4."""


def pages(data: bytes, settings: ExtractSettings, password: str | None = None) -> list[bytes]:
    """Every page as JPEG, in a child process.  Raises the typed errors of the guard."""
    child = Child(
        draw_pages,
        data,
        password,
        seconds=settings.seconds_second,
        megabytes=settings.megabytes,
    )
    return msgspec.msgpack.decode(child.result(), type=list[bytes])


def draw_pages(data: bytes, password: str | None) -> bytes:
    """The pictures, packed, in this process."""
    document = open_document(data, password)
    drawn = []
    try:
        for number in range(len(document)):
            image = _drawn(document, number)
            output = io.BytesIO()
            image.save(output, "JPEG", quality=_QUALITY)
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


class Cropper:
    """Cuts parts out of the pictures of pages; a page is unpacked once."""

    def __init__(self, pictures: Sequence[bytes]) -> None:
        self._pictures = pictures
        self._unpacked: dict[int, Any] = {}

    def crop(self, number: int, page_width: float, box: Box) -> tuple[bytes, tuple[int, int]]:
        """The part of page ``number`` (from 1) around a box as PNG, and its size in pixels."""
        image = self._page(number)
        scale = image.width / max(page_width, 1)
        x0, top, x1, bottom = box
        area = (
            max(0, int((x0 - 4 * _MARGIN) * scale)),
            max(0, int((top - _MARGIN) * scale)),
            min(image.width, int((x1 + 4 * _MARGIN) * scale)),
            min(image.height, int((bottom + _MARGIN) * scale)),
        )
        area = (area[0], area[1], max(area[0] + 1, area[2]), max(area[1] + 1, area[3]))
        cut = image.crop(area)
        output = io.BytesIO()
        cut.convert("P", colors=32).save(output, "PNG")
        return output.getvalue(), cut.size

    def _page(self, number: int) -> Any:
        from PIL import Image  # noqa: PLC0415  (only needed for drawing)

        if number not in self._unpacked:
            self._unpacked.clear()  # findings stand in the order of pages
            with Image.open(io.BytesIO(self._pictures[number - 1])) as image:
                self._unpacked[number] = image.convert("RGB")
        return self._unpacked[number]
