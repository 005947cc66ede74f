"""Upright rules that some rows of a table lack and others have."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.ruled.missing_sides import missing_sides
from tests.extract.conftest import glyphs_at

SIDES = [100.0, 150.0, 200.0]
"""Between columns of a table from 20 to 250, with a rule each 30 points below 100."""
HEADINGS = ["指標", "基準値", "目標値", "実績値"]
ROW = ["人口", "10人", "12人", "11人"]


def rules(*ruled: int, rows: int = 4) -> tuple[list[Edge], list[Edge]]:
    """Horizontal rules, and upright ones: the outer ones and the sides of the rows ``ruled``."""
    lying = [Edge(100.0 + 30 * at, 20.0, 250.0) for at in range(rows + 1)]
    outer = [Edge(at, 100.0, 100.0 + 30 * rows) for at in (20.0, 250.0)]
    inner = [Edge(at, 100.0 + 30 * row, 130.0 + 30 * row) for row in ruled for at in SIDES]
    return lying, [*outer, *inner]


def text(row: int, cells: list[str], *, line: int = 0) -> list[Glyph]:
    lefts = [24.0, *(side + 4 for side in SIDES)]
    y = 112.0 + 30 * row + 12 * line
    return [
        glyph
        for left, cell in zip(lefts, cells, strict=True)
        for glyph in glyphs_at(cell, x=left, y=y)
    ]


def found(lying: list[Edge], upright: list[Edge], glyphs: list[Glyph]) -> set[tuple[float, float]]:
    return {(rule.at, rule.start) for rule in missing_sides(lying, upright, glyphs)}


def sides(*rows: int) -> set[tuple[float, float]]:
    return {(side, 100.0 + 30 * row) for row in rows for side in SIDES}


def test_rows_without_sides_get_those_of_the_others() -> None:
    written = [*text(0, HEADINGS), *text(1, ROW), *text(2, ROW), *text(3, ROW)]
    assert found(*rules(1, 3), written) == sides(0, 2)


@pytest.mark.parametrize(
    "row",
    [
        glyphs_at("基本目標1 学びのまち", x=24.0, y=172.0),
        glyphs_at("基本目標1", x=24.0, y=172.0) + glyphs_at("一覧", x=154.0, y=172.0),
        text(2, ["", "", "", ""]),
        text(2, ROW) + text(2, ROW, line=1),
    ],
    ids=["over-a-side", "few-columns", "empty", "two-rows"],
)
def test_a_row_over_all_columns_stays_one(row: list[Glyph]) -> None:
    written = [*text(0, HEADINGS), *text(1, ROW), *row, *text(3, ROW)]
    assert found(*rules(0, 1, 3), written) == set()


def test_a_row_with_some_sides_has_merged_cells() -> None:
    lying, upright = rules(0, 1, 3)
    upright.append(Edge(150.0, 160.0, 190.0))
    assert found(lying, upright, [*text(1, ROW), *text(2, ROW)]) == set()


def test_two_tables_of_one_width_are_apart() -> None:
    """What stands between them is no row, though its texts leave the sides free."""
    lying, upright = rules(1, rows=2)
    below = [Edge(rule.at + 90, rule.start, rule.end) for rule in lying]
    beside = [Edge(rule.at, rule.start + 90, rule.end + 90) for rule in upright]
    between = text(2, ROW)
    assert found([*lying, *below], [*upright, *beside], between) == set()


def test_the_row_that_goes_on_over_a_page_edge_is_one() -> None:
    lying, upright = rules(1, rows=3)
    assert found(lying[:-1], upright, text(2, ROW)) == sides(2)


def test_a_table_none_of_whose_rows_has_sides_keeps_its_rows() -> None:
    assert found(*rules(), text(1, ROW)) == set()
