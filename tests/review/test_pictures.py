"""Pictures of pages, of damaged ones too."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PIL import Image

from pipeline.model import Box
from pipeline.review import pictures

TOWN = Path(__file__).parent.parent / "data" / "towns" / "circles.pdf"


def sizes(data: bytes) -> list[tuple[int, int]]:
    drawn = msgspec.msgpack.decode(pictures.draw_pages(data, None), type=list[bytes])
    return [Image.open(io.BytesIO(one)).size for one in drawn]


def test_a_page_that_cannot_be_loaded_is_a_blank_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sizes(TOWN.read_bytes())

    def refuse(*_: object) -> None:
        raise pypdfium2.PdfiumError("Failed to load page.")

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", refuse)
    assert sizes(TOWN.read_bytes()) == [(794, 1123)] * len(whole)


@pytest.mark.parametrize("box", [(10, 10, 90, 30), (5000, 10, 6000, 30), (-50, -90, -20, -80)])
def test_a_part_of_a_page_can_be_cut_out_wherever_it_lies(box: Box) -> None:
    drawn = msgspec.msgpack.decode(pictures.draw_pages(TOWN.read_bytes(), None), type=list[bytes])
    cut, size = pictures.Cropper(drawn).crop(1, 595.0, box)
    assert Image.open(io.BytesIO(cut)).size == size >= (1, 1)
