"""Columns of merged cells at the left of tables without rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.extract.pdf.lines import cell_text
from pipeline.extract.unruled.found import Before, Found
from pipeline.extract.unruled.gutters import rows_of
from pipeline.extract.unruled.merged_beside import with_merged
from pipeline.extract.unruled.merged_columns import Left, _gutters
from pipeline.extract.unruled.tables import beside_merged
from tests.extract.conftest import glyphs_at

PITCH = 24.0
HEADINGS = {200: "指標名", 320: "基準値", 380: "目標値", 440: "実績値"}


def merged_in(
    rows: list[dict[int, str]], texts: dict[float, dict[int, str]], before: Before | None = None
) -> list[list[tuple[int, int, str]]]:
    """The cells of the first two columns, as (first row, rows, text); a letter is 5 points wide.

    ``texts``: lines of merged cells by the row that they stand beside.
    """
    lines = [*enumerate(rows), *texts.items()]
    glyphs = [
        glyph
        for at, line in lines
        for x, text in line.items()
        for glyph in glyphs_at(text, x=x, y=100 + PITCH * at, advance=0.5)
    ]
    for index, glyph in enumerate(glyphs):
        glyph.index = index

    def find(left: Sequence[Left]) -> list[Found]:
        gone = {id(glyph) for one in left for glyph in one.glyphs}
        return beside_merged([glyph for glyph in glyphs if id(glyph) not in gone], left, [])

    found = with_merged(rows_of(glyphs), find, before=before or Before())
    return [
        [
            (cell.top, cell.bottom - cell.top, cell_text(cell.glyphs))
            for cell in table.cells
            if cell.left == column
        ]
        for table in found
        for column in range(2)
    ]


def figures(number: int, name: str = "") -> dict[int, str]:
    return {
        200: name or f"指標その{number}",
        320: f"{number}00",
        380: f"{number}50",
        440: f"{number}40",
    }


HEAD = {40: "基本目標", 120: "施策"} | HEADINGS


def test_texts_between_the_rows_are_of_the_rows_whose_middle_they_are() -> None:
    rows = [HEAD, *(figures(number) for number in range(1, 6))]
    texts = {
        2.75: {40: "1 豊かな"},
        3.25: {40: "まち"},
        1.5: {120: "1-1 農業"},
        4.0: {120: "1-2 商業"},
    }
    assert merged_in(rows, texts) == [
        [(0, 1, "基本目標"), (1, 5, "1 豊かな\nまち")],
        [(0, 1, "施策"), (1, 2, "1-1 農業"), (3, 3, "1-2 商業")],
    ]


def test_texts_that_are_in_the_middle_of_no_rows_are_left_where_they_stand() -> None:
    rows = [HEAD, *(figures(number) for number in range(1, 6))]
    assert merged_in(rows, {2.5: {40: "1 豊かな"}, 1.5: {120: "1-1 農業"}}) == []


@pytest.mark.parametrize(
    ("texts", "policies"),
    [
        ({}, [(0, 5, "")]),
        ({2.5: {120: "1-2 商業"}}, [(0, 1, ""), (1, 4, "1-2 商業")]),
    ],
    ids=["all go on", "the first goes on"],
)
def test_cells_go_on_from_the_page_before_without_a_text(
    texts: dict[float, dict[int, str]], policies: list[tuple[int, int, str]]
) -> None:
    before = Before(xs=(38, 118, 198, 310, 370, 430, 490), merged=2)
    rows = [figures(number, "名称の長い指標") for number in range(1, 6)]
    assert merged_in(rows, texts, before) == [[(0, 5, "")], policies]


def test_what_the_page_before_shows_of_its_cells_holds_on_the_next() -> None:
    """A text level with a row may be at the head of its rows, or in their middle."""
    rows = [figures(number, "名称の長い指標") for number in range(1, 5)]
    before = Before(xs=(38, 118, 198, 310, 370, 430, 490), merged=2)
    notes = {at: {40: "※この表の注記"} for at in (8.0, 9.0, 10.0)}
    texts = {2.0: {120: "1-2 商業"}} | notes
    assert merged_in(rows, texts, before) == []
    known = Before(xs=before.xs, merged=2, centred=True)
    policies = [(0, 1, ""), (1, 3, "1-2 商業")]
    assert merged_in(rows, texts, known) == [[(0, 4, "")], policies]


@pytest.mark.parametrize(("lefts", "found"), [((200, 200, 200), 1), ((200, 206, 212), 0)])
def test_a_thin_gap_before_texts_that_begin_at_one_place_parts_columns(lefts, found) -> None:
    names = [
        glyph
        for number, left in enumerate(lefts)
        for glyph in glyphs_at("指標の名", x=left, y=100 + PITCH * number)
    ]
    label = glyphs_at("豊かな心", x=158.5, y=112)
    assert len(_gutters(rows_of([*names, *label]), [], 4.0)) == found
