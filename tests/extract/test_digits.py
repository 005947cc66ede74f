"""Digits that are drawn as other digits are told, and no honest font is doubted."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.extract.pdf import digits
from pipeline.extract.pdf.digits import raster
from pipeline.extract.pdf.seen import Looks
from pipeline.extract.read import read
from pipeline.settings.extract import ExtractSettings
from tests.extract.conftest import DATA
from tests.hostile_kinds import KINDS

RULE = "reading.digits-drawn-otherwise"
TYPEFACES = ("Helvetica-Oblique", "Times-Bold", "Times-Italic", "Courier-Bold")
"""Typefaces that digits are not compared with."""


@pytest.mark.parametrize("typeface", TYPEFACES)
def test_a_digit_is_told_from_most_others_and_never_from_itself(typeface: str) -> None:
    document = pypdfium2.PdfDocument.new()
    font = raw.FPDFText_LoadStandardFont(document.raw, typeface.encode())
    address = ctypes.cast(font, ctypes.c_void_p).value or 0
    drawn = {one: digits.contours(address, one) for one in "0123456789"}
    assert all(drawn.values())
    assert not any(digits.as_digit(one, raster(drawn[one]))[0] for one in drawn)
    pairs = [(said, seen) for said in drawn for seen in drawn if said != seen]
    told = sum(digits.as_digit(said, raster(drawn[seen]))[0] for said, seen in pairs)
    assert told >= 0.7 * len(pairs)


@pytest.mark.parametrize("name", ["two digits that say each other", "digits that say the next one"])
def test_one_digit_that_lies_puts_all_digits_of_its_font_in_doubt(name: str) -> None:
    found = read(KINDS[name](), ExtractSettings(), None).extracted
    told = [remark for remark in found.remarks if remark.rule == RULE]
    assert [remark.box for remark in told] == [table.box for table in found.tables]
    written = "".join(cell.text for table in found.tables for cell in table.cells)
    assert told[0].parameters["count"] == str(sum(map(str.isdigit, written)))


@pytest.mark.parametrize("path", sorted((DATA / "producers").glob("*.pdf")), ids=lambda p: p.stem)
def test_no_producer_is_doubted(path: Path) -> None:
    found = read(path.read_bytes(), ExtractSettings(), None).extracted
    assert RULE not in {remark.rule for remark in found.remarks}


def test_letters_that_stand_for_digits_are_told() -> None:
    """Kanji of an embedded font are asked for as if the file said that they are digits."""
    with pypdfium2.PdfDocument(DATA / "producers" / "typst.pdf") as document:
        text = document[2].get_textpage()
        letters = [raw.FPDFText_GetUnicode(text.raw, index) for index in range(text.count_chars())]
        place = next(n for n, code in enumerate(letters) if 0x4E00 <= code < 0xA000)
        font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text.raw, place))
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        kanji = {
            chr(code): digits.contours(address, chr(code)) for code in letters if code > 0x4E00
        }
        likeness = [
            digits.as_digit(str(number % 10), raster(outlines))[1]
            for number, outlines in enumerate(filter(None, kanji.values()))
        ]
    assert len(likeness) >= 30
    thirds = [likeness[start : start + 5] for start in range(0, len(likeness) - 4, 5)]
    assert sum(sum(some) < digits._UNLIKE * 5 for some in thirds) >= 0.9 * len(thirds)


def test_a_shape_like_no_digit_says_nothing() -> None:
    dash = (((0.0, 0.0), (90.0, 100.0), (100.0, 100.0), (10.0, 0.0)),)
    assert not any(digits.as_digit(str(one), raster(dash))[0] for one in range(10))
    assert not any(digits.as_digit(str(one), raster(()))[0] for one in range(10))


def test_digits_of_a_serif_typeface_drawn_by_operators_are_themselves() -> None:
    pdf = (DATA / "difficulties" / "chromium-serif.pdf").read_bytes()
    assert not read(pdf, ExtractSettings(), None).extracted.remarks


def test_white_digits_on_a_dark_cell_have_the_shape_of_dark_ones() -> None:
    rows = [b"........", b"..####..", b".....#..", b"....#...", b"...#....", b"........"]
    dark = _raster_of([bytes(20 if dot == ord("#") else 250 for dot in row) for row in rows])
    white = _raster_of([bytes(250 if dot == ord("#") else 20 for dot in row) for row in rows])
    assert dark == white != 0


def _raster_of(pixels: list[bytes]) -> int:
    looks = Looks.__new__(Looks)
    looks._picture = SimpleNamespace(pixels=lambda _: pixels)
    return looks._raster((1.0, 1.0, len(pixels[0]) - 1.0, len(pixels) - 1.0))


@pytest.mark.parametrize(
    ("figure", "sign", "wide", "told"),
    [
        ("358", "％", 0.85, False),
        ("358", "％", 0.25, True),
        ("358", "(", 0.25, False),
        ("358", "）", 0.85, True),
        ("111", "(", 0.25, False),
    ],
    ids=["percent", "slim percent", "bracket", "broad bracket", "beside ones"],
)
def test_percent_signs_are_broad_and_brackets_are_not(figure, sign, wide, told) -> None:
    """The table of characters may take one for the other: 94.1） where 94.1％ is seen."""
    width = {"1": 0.2}
    drawn = [digits.Ink(one, 0.0, 0.7, width.get(one, 0.45)) for one in figure]
    inks = digits.beside_digits([*drawn, digits.Ink(sign, -0.1, 0.8, wide)])
    assert digits.are_misplaced(inks) is told
