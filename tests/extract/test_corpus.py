"""Real papers: what each must give, and that none breaks the stage."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline import extract
from pipeline.errors import UnreadableError
from pipeline.extract.read import read
from pipeline.model import Extracted, Table
from pipeline.settings.extract import ExtractSettings

pytestmark = pytest.mark.corpus

LIMITED = ExtractSettings(seconds=30, seconds_second=30)


def reading(corpus: Path, name: str) -> Extracted:
    return read((corpus / "jp" / f"{name}.pdf").read_bytes(), LIMITED, None).extracted


def rows_of(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", ""))
    return list(rows.values())


def test_the_strategy_gives_all_its_rows(corpus: Path) -> None:
    with (corpus / "jp" / "otoineppu-strategy.truth.csv").open(encoding="utf-8-sig") as file:
        truth = list(csv.DictReader(file))
    found = reading(corpus, "otoineppu-strategy")
    rows = [
        (table.page, *(text.replace(" ", "") for text in row))
        for table in found.tables
        for row in rows_of(table)
    ]
    for row in truth:
        texts = (row["indicator"], row["current_2014"], row["target_2019"])
        assert (int(row["page"]), *(text.replace(" ", "") for text in texts)) in rows


def test_merged_headers_keep_their_spans(corpus: Path) -> None:
    table = max(reading(corpus, "nankoku-bonds-merged-header").tables, key=lambda t: len(t.cells))
    covered = {
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    assert len(covered) == sum(cell.row_span * cell.column_span for cell in table.cells)
    assert any(cell.column_span > 1 for cell in table.cells)


@pytest.mark.parametrize(
    ("name", "kind"), [("otoineppu-scan", "scan"), ("otoineppu-outlined-text", "outlined")]
)
def test_pages_without_text_are_told_apart(corpus: Path, name: str, kind: str) -> None:
    found = reading(corpus, name)
    assert found.document.pages[0].kind == kind
    assert {remark.rule for remark in found.remarks} & {
        "reading.scanned-page",
        "reading.outlined-page",
    }


def test_running_text_holds_no_table(corpus: Path) -> None:
    assert reading(corpus, "nankoku-plan-text-only").tables == ()


def test_private_use_letters_are_told(corpus: Path) -> None:
    rules = {r.rule for r in reading(corpus, "nankoku-private-use-glyphs").remarks}
    assert rules & {"reading.unreadable-glyph", "reading.unreadable-glyph-outside"}


def test_a_table_of_four_pages_has_as_many_columns_on_each(corpus: Path) -> None:
    tables = [t for t in reading(corpus, "nankoku-carryover-4-pages").tables if len(t.cells) > 20]
    assert {table.page for table in tables} == {1, 2, 3, 4}


def test_open_borders_lose_no_number(corpus: Path) -> None:
    found = reading(corpus, "okinawa-open-borders")
    assert found.tables
    assert "3238" in [cell.text for table in found.tables for cell in table.cells]


@pytest.mark.parametrize("name", ["niigata-vertical-merged", "sakaiminato-vertical-names"])
def test_text_set_vertically_is_read_down(corpus: Path, name: str) -> None:
    texts = [cell.text for table in reading(corpus, name).tables for cell in table.cells]
    assert any(len(text) > 2 and "\n" not in text for text in texts)
    assert not any(
        text.count("\n") >= 3
        and all(len(line) == 1 and line.isalpha() for line in text.split("\n"))
        for text in texts
    )


def test_an_html_page_saved_as_pdf_is_named(corpus: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract.run(corpus / "jp" / "saitama-html-not-pdf.pdf", LIMITED)
    assert caught.value.parameters["kind"] == "HTML"
