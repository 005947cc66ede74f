"""Kana and kanji that are drawn as other letters are told, and no honest font is doubted."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.extract.pdf import letters
from pipeline.extract.pdf.digits import contours
from pipeline.extract.read import read
from pipeline.settings.extract import ExtractSettings
from tests.extract.conftest import DATA
from tests.hostile_kinds import MEANING, Objects, inflated, stream

RULE = "reading.letters-drawn-otherwise"


def saying(meanings: Mapping[str, str]) -> bytes:
    """The report in which letters say that they are others."""
    made = Objects()

    def other(code: re.Match[bytes]) -> bytes:
        letter = chr(int(code[1], 16))
        return b"<%04X>" % ord(meanings.get(letter, letter))

    made[MEANING] = stream(
        re.sub(rb"<([0-9A-F]{4})>", other, inflated(made[MEANING]), flags=re.IGNORECASE)
    )
    return made.written()


def told(data: bytes) -> list[tuple[bool, str]]:
    """Whether each doubt is about a table, and which letters are said and seen."""
    found = read(data, ExtractSettings(), None).extracted
    return [
        (one.box is not None, one.parameters["letters"])
        for one in found.remarks
        if one.rule == RULE
    ]


@pytest.mark.parametrize("pair", ["数者", "まち", "人図", "新就", "値度", "未下", "だ館", "くし"])
def test_two_letters_that_say_each_other_put_all_letters_of_their_font_in_doubt(pair: str) -> None:
    first, second = pair
    data = saying({first: second, second: first})
    doubts = told(data)
    assert any(about_table for about_table, _ in doubts)
    seen = " ".join(shown for _, shown in doubts)
    assert f"{first}→{second}" in seen or f"{second}→{first}" in seen
    remarks = read(data, ExtractSettings(), None).extracted
    table = next(one for one in remarks.remarks if one.rule == RULE and one.box is not None)
    written = "".join(cell.text for one in remarks.tables for cell in one.cells)
    count = sum(letters.FIRST_LETTER <= one <= letters.LAST_LETTER for one in written)
    assert table.parameters["count"] == str(count)


def test_the_report_itself_is_not_doubted() -> None:
    assert told(Objects().written()) == []


@pytest.mark.parametrize("path", sorted((DATA / "producers").glob("*.pdf")), ids=lambda p: p.stem)
def test_no_producer_is_doubted(path: Path) -> None:
    assert told(path.read_bytes()) == []


def drawn() -> dict[str, Sequence[letters.Polygon]]:
    """Letters as a typeface draws them that they are not compared with."""
    found = {}
    with pypdfium2.PdfDocument(DATA / "producers" / "typst.pdf") as document:
        for number in range(len(document)):
            text = document[number].get_textpage()
            for place in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text.raw, place))
                font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text.raw, place))
                if letter in letters._rows() and letter not in found:
                    found[letter] = contours(_address(font), letter)
    return {letter: outlines for letter, outlines in found.items() if outlines}


def _address(pointer: object) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def test_letters_are_told_from_most_others_and_never_from_themselves() -> None:
    every = drawn()
    assert len(every) > 200
    assert [one for one, outlines in every.items() if letters.seen_as(one, outlines)] == []
    names = sorted(every)
    pairs = list(zip(names[::4], names[301::4], strict=False))
    seen = [letters.seen_as(said, every[shown]) for said, shown in pairs]
    assert sum(map(bool, seen)) >= 0.75 * len(pairs)
    assert sum(one == shown for one, (_, shown) in zip(seen, pairs, strict=True)) >= 0.8 * len(
        pairs
    )


def test_letters_that_are_exchanged_are_told_and_no_others() -> None:
    shapes = {one: letters.shape_of(outlines) for one, outlines in drawn().items()}
    assert letters.exchanged(shapes) == {}
    names = sorted(shapes)
    pairs = list(zip(names, names[7:], strict=False))[::3]
    seen = [letters.exchanged({one: shapes[other], other: shapes[one]}) for one, other in pairs]
    assert sum(map(bool, seen)) >= 0.95 * len(pairs)
    wanted = [{one: other, other: one} for one, other in pairs]
    assert all(one in ({}, right) for one, right in zip(seen, wanted, strict=True))


@pytest.mark.parametrize("turn", [(0, 1, -1, 0), (0, -1, 1, 0), (1, 0.2, 0, 1), (0.5, 0, 0, 1)])
def test_a_letter_that_lies_slants_or_is_narrow_is_itself(turn: tuple[float, ...]) -> None:
    a, b, c, d = turn
    for letter, outlines in list(drawn().items())[::5]:
        turned = [[(a * x + b * y, c * x + d * y) for x, y in one] for one in outlines]
        assert letters.seen_as(letter, turned) == ""


def test_a_shape_like_no_letter_says_nothing() -> None:
    dash = [((0.0, 0.0), (90.0, 100.0), (100.0, 100.0), (10.0, 0.0))]
    assert letters.seen_as("数", dash) == letters.seen_as("数", []) == ""


def test_the_shapes_are_those_whose_digest_the_code_names() -> None:
    """What was read is read again after they change: the digest is part of the code."""
    assert hashlib.sha256(letters.SHAPES.read_bytes()).hexdigest() == letters.SHAPES_DIGEST
