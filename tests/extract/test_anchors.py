"""Rows told by their lines of figures: also one alone, far apart, or set without leading."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.anchors import figure_lines, rows_about_figures
from pipeline.extract.unruled.gutters import Row, Span, rows_of
from pipeline.extract.unruled.rows import grouped
from tests.extract.test_sentences import lines

GAPS: list[Span] = [(200.0, 210.0), (260.0, 270.0)]
Text = tuple[float, float, str]


def figures(y: float, *texts: str) -> list[Text]:
    return [(x, y, text) for x, text in zip((215.0, 280.0), texts, strict=True)]


def shared(texts: list[Text]) -> list[list[str]] | None:
    found = rows_about_figures(rows_of(lines(*texts)), GAPS)
    return None if found is None else [_texts(row) for row in found]


def _texts(row: list[Row]) -> list[str]:
    return [part.text for line in row for part in line.parts]


@pytest.mark.parametrize("leading", [16.0, 24.0], ids=["usual", "wide"])
def test_lines_stand_about_figures_whatever_the_leading(leading: float) -> None:
    half = leading / 2
    texts: list[Text] = []
    for number, y in enumerate((100.0, 100 + 2 * leading, 100 + 4 * leading)):
        texts += [(100, y - half, f"観光客の{number}"), *figures(y, "12", "13")]
        texts += [(100, y + half, "年間の数")]
    assert shared(texts) == [[f"観光客の{number}", "12", "13", "年間の数"] for number in range(3)]


def test_one_line_of_figures_has_the_name_that_stands_above_and_below_it() -> None:
    texts = [
        (100, 92, "認定商品の売上"),
        *figures(100, "12", "13"),
        (100, 108, "額"),
        (100, 130, "取組"),
    ]
    assert shared(texts) == [["認定商品の売上", "12", "13", "額"], ["取組"]]
    assert shared([(100, 100, "売上額"), *figures(100, "12", "13"), (100, 113, "取組")]) is None


def test_years_over_headings_are_no_figures() -> None:
    rows = rows_of(lines(*figures(80, "R6", "R6"), *figures(100, "12", "13")))
    assert [line.parts[0].text for line in figure_lines(rows, GAPS)] == ["12"]


def test_figures_set_without_leading_are_of_two_rows() -> None:
    rows = rows_of(lines(*figures(100, "12", "13"), *figures(109.2, "14", "15")))
    assert [line.parts[0].text for line in figure_lines(rows, GAPS)] == ["12", "14"]


def test_the_last_name_goes_on_below_its_figures_though_lines_are_set_unevenly() -> None:
    """Figures beside the first line of names; the way from line to line is 9.5 to 11 points."""
    texts: list[Text] = []
    y = 100.0
    for number in range(3):
        texts += [(150, y, f"訪れ{number}る"), *figures(y, "12", "13"), (150, y + 11, "人の")]
        y += 20.5
    found = grouped(rows_of(lines(*texts)), GAPS, level="head")
    assert [_texts(row) for row in found] == [
        [f"訪れ{number}る", "12", "13", "人の"] for number in range(3)
    ]


def test_the_one_name_at_the_head_of_a_page_goes_on_below_its_figures() -> None:
    texts = [
        (150, 100, "訪れる"),
        *figures(100, "12", "13"),
        (150, 112, "人の"),
        (150, 150, "取組"),
    ]
    found = grouped(rows_of(lines(*texts)), GAPS, level="head")
    assert [_texts(row) for row in found] == [["訪れる", "12", "13", "人の"], ["取組"]]
