"""Headings whose letters are set apart, over figures: which letters are one heading."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.gutters import rows_of
from pipeline.extract.unruled.spaced_headings import with_words
from tests.extract.test_sentences import lines

FIGURES = [
    (100.0, 160.0, "来訪者の数"), (205.0, 160.0, "人"), (250.0, 160.0, "637"),
    (320.0, 160.0, "859"), (400.0, 160.0, "770"),
]  # fmt: skip

Placed = list[tuple[float, float, str]]


def spread(x: float, y: float, text: str, space: float) -> Placed:
    """Letters one after the other with a space between them; a blank takes half a letter."""
    found = []
    for letter in text:
        if letter != " ":
            found.append((x, y, letter))
        x += (5 if letter == " " else 10) + space
    return found


def filled(left: float, right: float, y: float, text: str) -> Placed:
    """Letters from one side of a column to the other."""
    space = (right - left - 10 * len(text)) / (len(text) - 1)
    return spread(left, y, text, space)


SPACED = [
    *spread(100, 140, "指標", 5), *spread(200, 140, "単位", 5), *spread(235, 140, "基準値", 5),
    *spread(294, 140, "R6 目標", 5), *spread(373, 140, "R6 実績", 5),
]  # fmt: skip
FILLED = [
    *filled(100, 190, 140, "指標"), *filled(198, 222, 140, "単位"),
    *filled(230, 280, 140, "基準値"), *filled(288, 350, 140, "6目標"),
    *filled(358, 420, 140, "6実績"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (SPACED, ["指標", "単位", "基準値", "R6目標", "R6実績"]),
        (FILLED, ["指標", "単位", "基準値", "6目標", "6実績"]),
    ],
    ids=["by half a letter", "over the column"],
)
def test_letters_are_shared_out_among_the_columns_of_the_figures(headings, expected) -> None:
    first, *_ = with_words(rows_of(lines(*headings, *FIGURES)))
    assert [part.text.replace(" ", "") for part in first.parts] == expected


def test_the_second_line_of_a_heading_is_of_the_word_above_it() -> None:
    second = [(288.0, 152.0, "値"), (358.0, 152.0, "値")]
    rows = with_words(rows_of(lines(*FILLED, *second, *FIGURES)))
    assert [part.text for part in rows[0].parts][3:] == ["6 目 標値", "6 実 績値"]
    assert len(rows) == 2


def test_a_line_of_figures_is_no_heading_of_its_own() -> None:
    marks = [(x, 140, letter) for x, letter in zip(range(100, 350, 50), "甲乙丙丁戊", strict=True)]
    figures = [(x, 140, "5") for x in range(350, 650, 50)]
    rows = rows_of(lines(*marks, *figures))
    assert with_words(rows) == rows


def test_other_lines_stay_as_they_are() -> None:
    headings: Placed = [(100, 140, "指標"), (200, 140, "単位"), (245, 140, "基準値")]
    rows = rows_of(lines(*headings, *FIGURES))
    assert with_words(rows) == rows


def test_units_that_wrap_below_figures_are_no_letters_of_headings() -> None:
    above = [(10.0, 128.0, "農産物の売上"), (100.0, 128.0, "増加を目"), (205.0, 128.0, "650千")]
    above += [(250.0, 128.0, "799千"), (320.0, 128.0, "711千"), (400.0, 128.0, "799千")]
    units = [
        (10.0, 140.0, "額"),
        (100.0, 140.0, "指"),
        *((x, 140.0, "円") for x in (205, 250, 320, 400)),
    ]
    _, second, *_ = with_words(rows_of(lines(*above, *units, *FIGURES)))
    assert [part.text for part in second.parts] == ["額", "指", *["円"] * 4]
