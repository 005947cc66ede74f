"""Seeing what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.extract.read import read
from pipeline.model import Extracted
from pipeline.settings.extract import ExtractSettings
from pipeline.show import inspect
from pipeline.show.terminal import width
from tests.extract.conftest import DATA

pytestmark = pytest.mark.slow

FILE = DATA / "difficulties" / "merged-two-levels.pdf"


@pytest.fixture(scope="module")
def found() -> Extracted:
    return read(FILE.read_bytes(), ExtractSettings(), None).extracted


def test_the_json_has_the_fields_of_the_contract(found: Extracted) -> None:
    data = inspect.tables_json(found)
    assert set(data) == {"tables", "leftovers"}
    table = data["tables"][0]
    assert set(table) == {"page", "box", "cells"}
    assert set(table["cells"][0]) == {
        "row",
        "column",
        "row_span",
        "column_span",
        "box",
        "text",
        "fill",
    }
    assert any(cell["column_span"] > 1 for cell in table["cells"])


def test_the_drawing_in_characters_is_as_wide_everywhere(found: Extracted) -> None:
    drawn = inspect.table_text(found.tables[0]).splitlines()
    assert len({width(line) for line in drawn}) == 1
    assert all(cell.text.split("\n")[0] in "\n".join(drawn) for cell in found.tables[0].cells)


def test_the_page_is_drawn_as_png(found: Extracted) -> None:
    picture = inspect.draw_png(FILE, found, 1, {(0, 0, 0): "name"})
    assert picture.startswith(b"\x89PNG")
    assert picture != inspect.draw_png(FILE, found, 1)


def test_a_page_that_is_not_there_is_told(found: Extracted, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        inspect.draw_png(FILE, found, 99)


GROUNDS = {
    "difficulties/merged-two-levels.pdf": [],
    "difficulties/booktabs-spans.pdf": ["place: lines", "headings: middles"],
    "rows/frame-only.pdf": ["place: lines", "columns: gutters", "rows: middles"],
    "rows/figures-at-head.pdf": ["rows: middles", "headings: middles"],
    "rows/stripes-by-cell.pdf": ["place: colours", "columns: colours", "rows: colours"],
    "rows/ruled-columns-two-lines.pdf": ["place: cells", "columns: rules", "rows: lines"],
    "producers/no-rules.pdf": ["place: lines", "columns: gutters", "rows: middles"],
    "producers/horizontal-rules-weasyprint.pdf": ["rows: rules", "rows: page-end"],
}


@pytest.mark.parametrize("file", GROUNDS)
def test_a_table_that_rules_alone_did_not_make_says_what_it_rests_on(file: str) -> None:
    read_as = read((DATA / file).read_bytes(), ExtractSettings(), None).extracted
    tables = inspect.tables_json(read_as)["tables"]
    grounds = [one for table in tables for one in table.get("grounds", [])]
    told = [f"{one['decision']}: {one['sign']}" for one in grounds]
    assert [one for one in GROUNDS[file] if one not in told] == []
    assert bool(told) == bool(GROUNDS[file])
    assert all(one["count"] > 0 for one in grounds)
    drawn = inspect.tables_text(read_as, language="en").splitlines()
    assert len([line for line in drawn if line.startswith("    ")]) == len(told)
