"""Rows that are one text over all columns of a table without ruled columns."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.aligned import aligned_rows
from pipeline.extract.unruled.banners import banners_of
from pipeline.extract.unruled.blocks import blocks
from pipeline.extract.unruled.gutters import Row, body_gutters
from tests.extract.conftest import lines_below

FIGURES = {200: "145", 260: "66", 320: "635"}
Line = dict[int, str]


def table(banner: Line) -> list[Row]:
    return lines_below(
        {200: "2008", 260: "2009", 320: "2010"},
        banner,
        {40: "Crops"} | FIGURES,
        {40: "Timber"} | FIGURES,
        {40: "Coal"} | FIGURES,
    )


@pytest.mark.parametrize(
    ("banner", "over"),
    [
        ({150: "Rural districts"}, [(0, 4)]),
        ({40: "Rural districts: bodies with ten persons"}, [(0, 4)]),
        ({232: "(in millions)"}, [(1, 4)]),
        ({40: "Rural districts"}, []),
        ({240: "and 12"}, []),
        ({200: "Rural districts and"}, []),
        ({200: "145", 260: "66"}, []),
    ],
    ids=[
        "in the middle of the table",
        "beyond the first column",
        "in the middle of the figures",
        "a name",
        "in one column",
        "beside the middle",
        "figures",
    ],
)
def test_a_text_over_columns_of_figures_is_one_cell(banner: Line, over: list[object]) -> None:
    rows = table(banner)
    assert list(banners_of(rows, body_gutters([rows[0], *rows[2:]])).values()) == over


def test_such_a_row_parts_neither_the_table_nor_its_columns() -> None:
    rows = lines_below(
        {200: "2008", 260: "2009", 320: "2010"},
        {150: "Rural districts"},
        {40: "Crops"} | FIGURES,
        {40: "Timber"} | FIGURES,
        {150: "Urban districts"},
        {40: "Coal"} | FIGURES,
    )
    (block,) = blocks(rows, [])
    found = aligned_rows(block)
    assert found is not None
    spans = [
        (cell.top, cell.left, cell.right) for cell in found.cells if cell.right - cell.left > 1
    ]
    assert spans == [(1, 0, 4), (4, 0, 4)]
    assert (len(found.xs), len(found.ys)) == (5, 7)


def test_a_caption_between_two_tables_is_no_row() -> None:
    heading = {200: "2008", 260: "2009", 320: "2010"}
    body = [{40: name} | FIGURES for name in ("Crops", "Timber", "Coal")]
    rows = lines_below(heading, *body, {60: "Rural districts, bodies with ten"}, heading, *body)
    assert len(blocks(rows, [])) == 2


def test_a_note_and_a_caption_over_another_heading_are_no_rows() -> None:
    heading = {40: "Item", 200: "2008", 260: "2009", 320: "2010"}
    body = [{40: name} | FIGURES for name in ("Crops", "Timber", "Coal")]
    notes = [
        {40: "1 Provisional. Source: Office of Statistics"},
        {40: "Table 2. Rural districts and islands"},
    ]
    found = blocks(lines_below(heading, *body, *notes, heading, *body), [])
    assert [len(block) for block in found] == [4, 4]


def test_notes_that_stand_off_below_a_block_are_none_of_its_rows() -> None:
    """The second note follows the first as closely as lines of a cell do."""
    body = [{40: "Crops"} | FIGURES, {40: "Timber"} | FIGURES, {40: "Coal"} | FIGURES]
    rows = lines_below({200: "2008", 260: "2009", 320: "2010"}, *body, {}, {40: "※A"}, {40: "※B"})
    (block,) = blocks(rows, [])
    assert [line.parts[0].text for line in block] == ["2008", "Crops", "Timber", "Coal"]
