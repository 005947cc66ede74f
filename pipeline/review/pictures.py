"""Pictures of pages, small enough that all of a document stand in one file."""

from __future__ import annotations

import io
import math
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
import pypdfium2

from pipeline.errors import LimitError, ReviewError, WorkerError
from pipeline.extract.guard import Child
from pipeline.extract.read import open_document
from pipeline.messages import N_
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
_SHARE = 0.8
"""Of the time allowed: after it no further page is begun, so that those drawn are kept."""
_DIED = N_(
    "The release is whole, but the review page lacks the pictures of {count} pages: the process "
    "that draws them died."
)
_LOOK = N_(
    "Look at the PDF itself beside the review page; the file may be damaged in a way that makes "
    "drawing it crash."
)


class Drawn(NamedTuple):
    """Every page as JPEG, empty where there is no picture, and why some are missing."""

    pages: list[bytes]
    missing: ReviewError | None = None


class Drawing:
    """A child process that draws the pages of a document while other work goes on."""

    def __init__(self, data: bytes, settings: ExtractSettings, password: str | None) -> None:
        self._limit = f"{settings.seconds_second:g} s"
        self._child = Child(
            draw_pages,
            data,
            password,
            _SHARE * settings.seconds_second,
            seconds=settings.seconds_second,
            megabytes=settings.megabytes,
        )

    def drawn(self, count: Callable[[], int]) -> Drawn:
        """Wait for the pictures; what a limit cuts off is missing.

        ``count``: how many pages there are, asked where there is no picture at all.
        """
        try:
            pages = msgspec.msgpack.decode(self._child.result(), type=list[bytes])
        except LimitError as error:
            return Drawn(
                [], ReviewError(count=str(count()), limit=error.parameters.get("limit", ""))
            )
        except WorkerError:
            return Drawn([], ReviewError(_DIED, advice=_LOOK, count=str(count())))
        missing = pages.count(b"")
        return Drawn(pages, ReviewError(count=str(missing), limit=self._limit) if missing else None)

    def ready(self) -> bool:
        """Whether the pictures are there, so that nobody has to wait for them."""
        return self._child.answers()

    def stop(self) -> None:
        """End the drawing if it still goes on."""
        self._child.stop()


def draw_pages(data: bytes, password: str | None, seconds: float = math.inf) -> bytes:
    """The pictures, packed, in this process; after so many seconds no further page is drawn."""
    ends = time.monotonic() + seconds
    document = open_document(data, password)
    drawn = []
    try:
        for number in range(len(document)):
            if time.monotonic() > ends:
                drawn.append(b"")
                continue
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
        image = page.render(scale=scale).to_pil()
        if image.mode != "RGB":
            image = image.convert("RGB")
        page.close()
    except (pypdfium2.PdfiumError, ValueError):
        image = Image.new("RGB", _SHEET, "white")
    return image


class Cropper:
    """Cuts parts out of the pictures of pages; a page is unpacked once."""

    def __init__(self, pictures: Sequence[bytes]) -> None:
        self._pictures = pictures
        self._unpacked: dict[int, Any] = {}

    def has(self, number: int) -> bool:
        """Whether there is a picture of page ``number`` (from 1)."""
        return number <= len(self._pictures) and self._pictures[number - 1] != b""

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
