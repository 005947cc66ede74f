"""Every difficulty PDF gives the cells, lines and leftovers that a person sees in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.read import read
from pipeline.model import Extracted, Table
from pipeline.settings.extract import ExtractSettings

FOLDER = Path(__file__).parent.parent / "data" / "difficulties"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))

KNOWN_LIMITS = {
    "form-fields": "the colour of a form field is taken for that of its cell",
}


def plain(text: str) -> str:
    """A text without the blanks that only set it."""
    return "".join(part for part in text if part not in " \u00a0\u3000")


def near(first: str, second: str) -> bool:
    """Whether two colours look alike; viewers differ in how they show CMYK."""
    return all(abs(int(first[i : i + 2], 16) - int(second[i : i + 2], 16)) < 24 for i in (1, 3, 5))


def expected_cells(table: dict[str, Any], known: bool) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (
            cell["row"],
            cell["column"],
            cell.get("row_span", 1),
            cell.get("column_span", 1),
            plain(cell["text"]) if known else "",
        )
        for cell in table["cells"]
    )


def found_cells(table: Table, known: bool) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            plain(cell.text) if known else "",
        )
        for cell in table.cells
    )


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Extracted]:
    name: str = request.param
    if name in KNOWN_LIMITS:
        request.applymarker(pytest.mark.xfail(reason=KNOWN_LIMITS[name], strict=True))
    wanted = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    data = (FOLDER / f"{name}.pdf").read_bytes()
    return wanted, read(data, ExtractSettings(), None).extracted


def test_a_difficulty_is_read_as_a_person_reads_it(case: tuple[dict[str, Any], Extracted]) -> None:
    wanted, found = case
    known = wanted.get("text_known", True)
    if "kind" in wanted:
        assert found.document.pages[0].kind == wanted["kind"]
        assert not found.tables
    else:
        assert [table.page for table in found.tables] == [t["page"] for t in wanted["tables"]]
        for table, expected in zip(found.tables, wanted["tables"], strict=True):
            assert found_cells(table, known) == expected_cells(expected, known)
            assert_fills(table, expected)
    lines = {plain(line.text) for line in found.lines}
    assert {plain(line) for line in wanted.get("lines", ())} <= lines
    if "kind" not in wanted:
        left = {plain(leftover.text) for leftover in found.leftovers}
        assert {plain(text) for text in wanted.get("leftovers", ())} == left
    rules = {remark.rule for remark in found.remarks}
    assert set(wanted.get("remarks", ())) == rules


def assert_fills(table: Table, expected: dict[str, Any]) -> None:
    fills = {(cell.row, cell.column): cell.fill for cell in table.cells}
    for cell in expected["cells"]:
        fill, wanted = fills[cell["row"], cell["column"]], cell.get("fill")
        assert (fill is None) == (wanted is None), cell
        if fill is not None and wanted is not None:
            assert near(fill, wanted), cell
