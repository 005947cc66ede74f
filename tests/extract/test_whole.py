"""A page whose drawing ends in the middle is told, and no whole page is."""

from __future__ import annotations

from pathlib import Path

import playa
import pytest

from pipeline.extract.witness.whole import is_cut, page_is_cut
from tests.extract.conftest import DATA

WHOLE = (
    b"q 1 0 0 1 0 0 cm BT /F1 9 Tf (a (b\\)) q) Tj <0041> Tj ET Q",
    b"/P <</MCID 0>> BDC q Q EMC\n",
    b"0 0 m 9 9 l S % q (\n",
    b"q BI /W 1 /H 1 ID \x00 q ( \xff EI Q",
    b"(it) ' 1 2 (is) \" /Im1 Do",
    b"Q Q",
    b" \n",
    b"",
)


@pytest.mark.parametrize("content", WHOLE)
def test_whole_instructions_are_whole(content: bytes) -> None:
    assert not is_cut(content)


@pytest.mark.parametrize(
    "content",
    [
        b"q 1 0 0 1 0 0 cm BT /F1 9 Tf (a) Tj",
        b"q 1 0 0 1 0 0 cm",
        b"BT /F1 9 Tf (a) Tj ET 1 0 0",
        b"BT /F1 9 Tf (a) Tj ET (b",
        b"BT /F1 9 Tf ET <00",
        b"0 0 9 9 r",
        b"0 0 9 9 re f /F1",
        b"[(a) 20",
    ],
)
def test_a_cut_is_told(content: bytes) -> None:
    assert is_cut(content)


@pytest.mark.parametrize("name", ["writer", "chromium", "typst", "weasyprint", "form-xobject"])
def test_no_producer_is_doubted(name: str) -> None:
    with playa.open(DATA / "producers" / f"{name}.pdf", space="default") as document:
        assert not any(map(page_is_cut, document.pages))


def test_tags_name_parts_of_a_page_that_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    path: Path = DATA / "towns" / "named-values.pdf"
    with playa.open(path, space="default") as document:
        page = document.pages[1]
        whole = b"\n".join(stream.buffer for stream in page.streams)
        for part in (3, 30, 50):
            place = whole.index(b"EMC", whole.index(b"/MCID %d>" % part)) + 3
            assert not is_cut(whole[:place])
            monkeypatch.setattr(
                "pipeline.extract.witness.whole._drawings", lambda _, end=place: [whole[:end]]
            )
            assert page_is_cut(page)
