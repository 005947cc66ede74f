"""Each remark of the extract stage, fired by a file and silent on a clean one."""

from __future__ import annotations

import pytest

from pipeline.extract import run
from pipeline.settings.extract import ExtractSettings
from tests.extract.conftest import DATA

FIRED_BY = {
    "reading.form-fields": "form-fields",
    "reading.grids-differ": "fill-shapes",
    "reading.hidden-text": "hidden-text",
    "reading.outlined-page": "outlined-text",
    "reading.scanned-page": "image-only",
    "reading.struck-out": "underlines",
    "reading.table-not-witnessed": "dotted-rules",
    "reading.text-crosses-rule": "overflowing-text",
    "reading.unreadable-glyph": "private-use",
    "reading.unreadable-glyph-outside": "no-to-unicode",
}


def told(data: bytes, settings: ExtractSettings) -> set[str]:
    return {remark.rule for remark in run(data, settings, ocr=False).remarks}


@pytest.mark.parametrize("rule", FIRED_BY)
def test_a_remark_is_fired_by_what_it_is_about(rule: str, settings: ExtractSettings) -> None:
    file = DATA / "difficulties" / f"{FIRED_BY[rule]}.pdf"
    assert rule in told(file.read_bytes(), settings)


def test_a_clean_page_gives_no_remark(settings: ExtractSettings) -> None:
    file = DATA / "difficulties" / "merged-two-levels.pdf"
    assert told(file.read_bytes(), settings) == set()


def pdf(*objects: bytes) -> bytes:
    """A file of numbered objects; the first is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(body),
    )
    return body + head + table + tail


def stream(content: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)


PAGE = b"<</Type/Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R>>"


def test_a_page_that_cannot_be_read_is_told(settings: ExtractSettings) -> None:
    data = pdf(
        b"<</Type/Catalog /Pages 2 0 R>>",
        b"<</Type/Pages /Count 2 /Kids [3 0 R 9 0 R]>>",
        PAGE,
        stream(b""),
    )
    found = run(data, settings)
    assert [(r.rule, r.page) for r in found.remarks] == [("reading.damaged-page", 2)]
    assert len(found.document.pages) == 2


def test_rules_that_gave_no_table_are_told(settings: ExtractSettings) -> None:
    stairs = b"".join(
        b"%d %d m %d %d l S %d %d m %d %d l S\n" % (x, y, x + 100, y, x + 70, y, x + 70, y - 50)
        for x, y in ((50 + 60 * step, 700 - 50 * step) for step in range(5))
    )
    data = pdf(
        b"<</Type/Catalog /Pages 2 0 R>>",
        b"<</Type/Pages /Count 1 /Kids [3 0 R]>>",
        PAGE.replace(b"/Contents", b"/Resources <</Font <</F 5 0 R>>>> /Contents"),
        stream(stairs + b"BT /F 12 Tf 50 100 Td (steps) Tj ET"),
        b"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>",
    )
    assert [r.rule for r in run(data, settings).remarks] == ["reading.rules-without-table"]
