"""Dots that lead from a name to its figures, and dots that stand in place of a figure."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.aligned import aligned_rows
from pipeline.extract.unruled.banners import columns_with_banners
from pipeline.extract.unruled.gutters import Row
from pipeline.extract.unruled.rows import grouped
from tests.extract.conftest import lines_below

Line = dict[int, str]


def cells(rows: list[Row]) -> list[list[str]]:
    found = aligned_rows(rows)
    assert found is not None
    return [
        ["".join(g.text for g in c.glyphs) for c in found.cells if c.top == row]
        for row in range(len(found.ys) - 1)
    ]


@pytest.mark.parametrize(
    "dots",
    [
        [{65: "." * 17}, {70: "." * 16}, {60: "." * 18}, {120: "." * 6}],
        [dict.fromkeys(range(start, 150, 8), ".") for start in (70, 78, 62, 118)],
    ],
    ids=["close", "spaced"],
)
def test_leaders_are_in_no_cell(dots: list[Line]) -> None:
    names = ["Crops", "Timber", "Coal", "Fish and goods"]
    figures = [{160: "145", 220: "66"}] * 4
    rows = lines_below(*[{40: n} | d | f for n, d, f in zip(names, dots, figures, strict=True)])
    assert cells(rows) == [[name.replace(" ", "") and name, "145", "66"] for name in names]


def test_short_leaders_that_end_at_one_place_are_in_no_cell() -> None:
    names = ("Crops and orchards", "Timber and sawmill", "Coal and some peat")
    rows = lines_below(*[{40: name, 135: "...", 160: "145", 220: "66"} for name in names])
    assert cells(rows) == [[name, "145", "66"] for name in names]


def test_dots_in_place_of_a_figure_stay() -> None:
    rows = lines_below(
        {40: "Crops", 160: "145", 220: "66"},
        {40: "Timber", 160: "......", 220: "67"},
        {40: "Coal", 160: "147", 220: "......"},
        {40: "Fish", 160: "148", 220: "69"},
    )
    assert cells(rows)[1:3] == [["Timber", "......", "67"], ["Coal", "147", "......"]]


def test_the_name_of_a_group_is_no_line_of_the_name_set_in_above_it() -> None:
    rows = lines_below(
        {50: "Crops", 160: "145", 220: "66"},
        {50: "Public administration", 160: "12", 220: "67"},
        {40: "Islands"},
        {50: "Coal", 160: "147", 220: "68"},
        {50: "Fish", 160: "148", 220: "69"},
    )
    columns = columns_with_banners(rows)
    assert len(grouped(rows, columns.gaps, columns.banners)) == 5


def test_a_sign_of_a_currency_is_of_the_column_of_its_amount() -> None:
    rows = lines_below(
        {40: "Crops", 140: "$", 160: "145", 200: "$", 225: "66"},
        {40: "Timber", 160: "146", 225: "67"},
        {40: "Coal", 160: "147", 225: "68"},
        {40: "Total", 140: "$", 160: "438", 200: "$", 220: "201"},
    )
    assert cells(rows)[0] == ["Crops", "$145", "$66"]
    assert len(cells(rows)[1]) == 3
