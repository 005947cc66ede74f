"""Headings of several levels: a year above and a digit below stay apart."""

from __future__ import annotations

import pytest

from pipeline.assemble.columns import stacked
from pipeline.japanese.eras import find_years


@pytest.mark.parametrize(
    ("levels", "years"),
    [
        (("R1", "5ヵ年目標"), [2019]),
        (("H30", "5ヵ年目標"), [2018]),
        (("令和6年度", "目標値"), [2024]),
        (("目標値", "R6"), [2024]),
        (("", "R6"), [2024]),
    ],
)
def test_the_year_of_a_level_is_its_own(levels: tuple[str, ...], years: list[int]) -> None:
    assert [year.year for year in find_years(stacked(levels))] == years


@pytest.mark.parametrize("printed", ["値（Ｈ\n３０）", "値（Ｈ３\n０）", "値（H 30）", "H 30年度"])
def test_a_break_within_an_era_year_does_not_lose_it(printed: str) -> None:
    assert [year.year for year in find_years(printed)] == [2018]


@pytest.mark.parametrize("printed", ["S 3件", "ランク S 30人"])
def test_a_letter_before_a_count_is_no_era(printed: str) -> None:
    assert find_years(printed) == ()
