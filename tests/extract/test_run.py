"""The stage as a whole: both readers, bad input, limits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from pipeline import extract
from pipeline.errors import EncryptedError, LimitError, ShihyoError, UnreadableError
from pipeline.extract.page_tables import read_tables
from pipeline.extract.pdf.lines import BLANKS, shown
from pipeline.extract.pdf.page import read_page
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.read import open_document, read
from pipeline.extract.ruled.cells import centre
from pipeline.extract.ruled.overflow import CLOSING
from pipeline.extract.witness import compare, parse
from pipeline.japanese.same_reading import same_reading
from pipeline.model import Box, Extracted
from pipeline.settings.extract import ExtractSettings
from tests.extract.conftest import DATA
from tests.hostile_kinds import KINDS

pytestmark = pytest.mark.slow

DIFFICULTIES = DATA / "difficulties"
PRODUCERS = DATA / "producers"
CROSSES = "reading.text-crosses-rule"
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
FILES = sorted([*DIFFICULTIES.glob("*.pdf"), *(DATA / "towns").glob("*.pdf")])


def cells_that_differ(found: Extracted) -> list[tuple[str, str]]:
    return [
        (cell.text, cell.second)
        for table in found.tables
        for cell in table.cells
        if cell.second is not None and not same_reading(cell.text, cell.second)
    ]


def test_both_readers_agree_on_every_cell_of_the_first_document(
    report: Path, settings: ExtractSettings
) -> None:
    found = extract.run(report, settings)
    assert found.second_reader == "playa"
    assert all(cell.second is not None for table in found.tables for cell in table.cells)
    assert cells_that_differ(found) == []
    assert found.leftovers == ()
    assert found.remarks == ()


def test_the_same_input_gives_the_same_output(report: Path, settings: ExtractSettings) -> None:
    data = report.read_bytes()
    first, again = (extract.run(data, settings, second="never") for _ in range(2))
    assert msgspec.json.encode(first) == msgspec.json.encode(again)


@pytest.mark.parametrize("path", sorted(PRODUCERS.glob("*.pdf")), ids=lambda path: path.stem)
def test_the_readers_agree_whoever_made_the_file(path: Path, settings: ExtractSettings) -> None:
    assert cells_that_differ(extract.run(path, settings)) == []


NOT_WITNESSED = {
    "1027": "the page end cuts a heading from its table: its lower rule is on the next page",
    "64367": "the foot of a column cuts a heading: its lower rule is at the head of the next one",
    "919": "the same: headings of two lines are parted from their rows",
    "chromium-vertical": "rules of dots",
    "curve-rules": "rules that are Bézier curves",
    "dotted-rules": "rules of dots",
    "image-rules": "rules that are pictures",
    "no-outer-rules": "most cells have no outer rule",
    "rounded-cells": "cells with round corners",
    "stripes-between-rules": "the rows between the shaded ones have no rule between their columns",
}
"""Files whose cells the second reader, which looks for straight lines only, cannot find."""

RULED = sorted(
    path
    for path in DATA.rglob("*.pdf")
    if path.stem != "locked" and path.parent.name != "encrypted"
)


@pytest.mark.parametrize("path", RULED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_second_reader_finds_the_cells_of_every_ruled_table(
    path: Path, settings: ExtractSettings
) -> None:
    data = path.read_bytes()
    first = read(data, settings, None)
    found = compare.attach(first.extracted, parse.read(data, None, settings.symbols), [])
    rules = [r.rule for r in found.remarks if r.rule.startswith("reading.table-not")]
    assert rules == (["reading.table-not-witnessed"] if path.stem in NOT_WITNESSED else [])


def test_a_second_reading_that_differs_is_told(settings: ExtractSettings) -> None:
    data = (DIFFICULTIES / "landscape.pdf").read_bytes()
    first = read(data, settings, None)
    witnessed = parse.read(data, None, {})
    for glyph in witnessed[0].glyphs:
        if glyph.text == "9":
            glyph.text = "0"
    found = compare.attach(first.extracted, witnessed, first.guesses)
    differing = cells_that_differ(found)
    assert differing
    assert all("9" in one and "0" in other for one, other in differing)


def test_without_the_second_reader_nothing_is_compared(
    report: Path, settings: ExtractSettings
) -> None:
    for wish in ("never", "on-doubt"):
        found = extract.run(report, settings, second=wish)  # type: ignore[arg-type]
        assert found.second_reader is None
        assert all(cell.second is None for table in found.tables for cell in table.cells)


def test_a_doubt_asks_the_second_reader(settings: ExtractSettings) -> None:
    found = extract.run(DIFFICULTIES / "private-use.pdf", settings, second="on-doubt")
    assert found.second_reader is not None


def test_a_second_reader_that_fails_is_told_and_not_fatal(
    report: Path, settings: ExtractSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> bytes:
        raise ValueError("no")

    monkeypatch.setattr(parse, "read_encoded", refuse)
    found = extract.run(report, settings)
    assert [remark.rule for remark in found.remarks] == ["reading.second-failed"]
    assert found.second_reader is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><html><body>404</body></html>", "HTML"),
        (b"PK\x03\x04rest", "ZIP (Excel, Word, …)"),
        (b"\xd0\xcf\x11\xe0rest", "Microsoft Office 97–2003"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"just text", None),
        (b"", None),
    ],
)
def test_what_is_no_pdf_is_named(
    content: bytes, kind: str | None, settings: ExtractSettings, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        extract.run(path, settings)
    assert caught.value.parameters.get("kind") == kind
    assert caught.value.file == str(path)


def test_a_file_that_is_not_there_is_unreadable(settings: ExtractSettings, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        extract.run(tmp_path / "none.pdf", settings)


def test_a_cut_off_pdf_ends_in_a_typed_error_or_a_result(
    report: Path, settings: ExtractSettings
) -> None:
    data = report.read_bytes()
    for share in (0.01, 0.3, 0.9):
        try:
            found = extract.run(data[: int(len(data) * share)], settings)
        except ShihyoError:
            continue
        assert found.document.pages


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        ({"max_pages": 3}, "3 pages"),
        ({"max_objects": 50}, "objects"),
        ({"max_glyphs": 100}, "glyphs"),
        ({"max_bytes": 1000}, "0 MB"),
        ({"seconds": 0.001}, "0.001 s"),
    ],
)
def test_a_limit_that_is_passed_is_named(
    limits: dict[str, float], named: str, report: Path
) -> None:
    with pytest.raises(LimitError) as caught:
        extract.run(report, msgspec.convert(limits, ExtractSettings), second="never")
    assert caught.value.parameters["limit"] == named


def test_a_password_opens_what_is_locked(settings: ExtractSettings) -> None:
    locked = Path(__file__).parent / "data" / "locked.pdf"
    with pytest.raises(EncryptedError):
        extract.run(locked, settings)
    with pytest.raises(EncryptedError):
        extract.run(locked, settings, password="wrong")
    found = extract.run(locked, settings, password="himitsu")
    assert found.second_reader is not None
    assert cells_that_differ(found) == []
    assert found.tables == extract.run(DIFFICULTIES / "landscape.pdf", settings).tables


@pytest.mark.parametrize("handler", [b"/Nobody.Knows /V 9", b"/Adobe.PubSec /V 4"])
def test_encryption_that_is_not_known_is_not_told_as_a_password(
    handler: bytes, settings: ExtractSettings
) -> None:
    plain = (DATA / "characters" / "plain.pdf").read_bytes()
    locked = plain.replace(b"/Root ", b"/Encrypt << /Filter %s >> /Root " % handler)
    for password in (None, "himitsu"):
        with pytest.raises(EncryptedError) as caught:
            extract.run(locked, settings, second="never", password=password)
        assert "password" not in caught.value.message.partition("no password")[0]
        assert "--password" not in caught.value.advice


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_visible_glyph_ends_in_a_cell_a_line_or_the_leftovers(
    path: Path, settings: ExtractSettings
) -> None:
    document = open_document(path.read_bytes(), None)
    for index in range(len(document)):
        page = read_page(document, index, settings)
        found = read_tables(page, settings)
        places = [
            *((cell.box, cell.text) for table in found.tables for cell in table.cells),
            *((line.box, line.text) for line in found.lines),
            *((left.box, left.text) for left in found.leftovers),
        ]
        kept = Counter("".join(text for _, text in places).translate(RAISED))
        places += [(r.box, r.printed) for r in found.remarks if r.rule == CROSSES]
        drawn = once_each(page.glyphs)
        assert Counter(shown(glyph, False) for glyph in drawn) - kept == Counter()
        apart = [glyph.text for glyph in drawn if not has_place(glyph, places)]
        assert apart == []


def once_each(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs that leave ink, less those drawn again at the same place."""
    found: dict[str, list[Glyph]] = {}
    for glyph in glyphs:
        same = found.setdefault(glyph.text, [])
        near = 0.2 * glyph.run.size
        if glyph.text not in BLANKS and not any(
            abs(glyph.x - other.x) <= near and abs(glyph.y - other.y) <= near for other in same
        ):
            same.append(glyph)
    return [glyph for same in found.values() for glyph in same]


def has_place(glyph: Glyph, places: list[tuple[Box, str]]) -> bool:
    """Whether a glyph stands in a place whose text has it; a closing mark may hang out of it."""
    x, y = centre(glyph)
    reach = glyph.run.size if glyph.text in CLOSING else 1
    return any(
        shown(glyph, False) in text.translate(RAISED)
        and box[0] - reach <= x <= box[2] + reach
        and box[1] - 1 <= y <= box[3] + 1
        for box, text in places
    )


def test_a_page_that_ends_in_the_middle_is_told_without_the_second_reader(
    report: Path, settings: ExtractSettings
) -> None:
    made = KINDS["contents cut off before they were stored"]()
    for wish in ("never", "on-doubt", "always"):
        cut = extract.run(made, settings, second=wish)  # type: ignore[arg-type]
        assert [one.rule for one in cut.remarks].count(compare.CUT) == 1
        assert (cut.second_reader is None) == (wish == "never")
    whole = extract.run(report, settings, second="never")
    assert compare.CUT not in {one.rule for one in whole.remarks}


def test_a_look_for_such_pages_that_fails_is_no_reading_that_fails(
    report: Path, settings: ExtractSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> bytes:
        raise ValueError("no")

    monkeypatch.setattr(parse, "cut_pages_encoded", refuse)
    assert extract.run(report, settings, second="never").remarks == ()
