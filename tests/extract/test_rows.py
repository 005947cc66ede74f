"""Rows that rules do not tell, or tell wrongly: each stands where a person sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.extract.read import read
from pipeline.settings.extract import ExtractSettings
from tests.extract.test_structure import found_places, places

FOLDER = Path(__file__).parents[1] / "data" / "rows"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_rows_and_columns_are_those_that_a_person_sees(name: str) -> None:
    facts = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    extracted = read((FOLDER / f"{name}.pdf").read_bytes(), ExtractSettings(), None).extracted
    assert found_places(extracted) == [places(table) for table in facts["tables"]]


def test_a_line_that_fits_two_names_is_told_with_both_rows() -> None:
    extracted = read((FOLDER / "line-of-two-rows.pdf").read_bytes(), ExtractSettings(), None)
    told = [
        remark
        for remark in extracted.extracted.remarks
        if remark.rule == "reading.line-of-two-rows"
    ]
    assert [remark.printed for remark in told] == ["図書館の貸出冊数及び利用者"]
    cells = {cell.text: cell.box for cell in extracted.extracted.tables[0].cells}
    box = told[0].box
    assert box is not None
    assert all(box[1] < (cells[text][1] + cells[text][3]) / 2 < box[3] for text in ("57,480", "3"))


def test_no_other_page_holds_such_a_line() -> None:
    for path in FOLDER.glob("*.pdf"):
        remarks = read(path.read_bytes(), ExtractSettings(), None).extracted.remarks
        if path.stem != "line-of-two-rows":
            assert not [one for one in remarks if one.rule == "reading.line-of-two-rows"]
