from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.japanese.eras import (
    ERAS,
    Year,
    era_name,
    find_years,
    header_years,
    time_code,
    with_single_years,
    without_years,
)
from pipeline.japanese.text import label
from tests.normalize.cases import read_cases


def written(year: Year) -> str:
    parts = [f"{year.year}-{year.end}" if year.end else str(year.year), year.basis]
    if year.month:
        parts.append(f"{year.month}/{year.day}" if year.day else str(year.month))
    if year.outside_era:
        parts.append("outside")
    return " ".join(parts)


@pytest.mark.parametrize("case", read_cases("years.csv"), ids=lambda case: case["printed"])
def test_years_of_a_printed_form(case: dict[str, str]) -> None:
    assert ";".join(map(written, find_years(case["printed"]))) == case["years"]
    assert without_years(case["printed"]) == case["rest"]


@pytest.mark.parametrize(
    ("printed", "fiscal_year", "code"),
    [
        ("令和6年度", 2024, "2024100000"),
        ("令和6年", 2024, "2024000000"),
        ("令和6年3月31日", 2023, "2023100000"),
        ("令和6年4月1日", 2024, "2024100000"),
        ("平成25～29年度平均", 2017, "2017100000"),
        ("R6", 2024, "2024100000"),
        ("R6KPI目標値", 2024, "2024100000"),
        ("R 7 目標", 2025, "2025100000"),
        ("R 7(実績)", 2025, "2025100000"),
    ],
)
def test_fiscal_year_and_time_code(printed: str, fiscal_year: int, code: str) -> None:
    (year,) = find_years(printed)
    assert (year.fiscal_year, year.time_code) == (fiscal_year, code)


def test_era_less_years_take_the_era_of_their_neighbours() -> None:
    headers = ["指標", "現状値", "目標平成32年", "23年度", "達成率(%)", "24年度", "25年度実績"]
    years = [[year.year for year in found] for found in header_years(headers)]
    assert years == [[], [], [2020], [2011], [], [2012], [2013]]


def test_era_less_years_cross_an_era() -> None:
    years = header_years(["令和元年度", "30年度", "2年度"])
    assert [found[0].year for found in years] == [2019, 2018, 2020]


def test_an_era_less_year_without_neighbours_is_no_year() -> None:
    assert header_years(["23年度", "実績"]) == ((), ())


@pytest.mark.parametrize(
    ("header", "near", "years"),
    [
        ("25年度", 2015, [2013]),
        ("5年度", 2024, [2023]),
        ("30年度", 2020, [2018]),
        ("60年度", 2024, []),
    ],
)
def test_an_era_less_year_is_of_the_era_that_brings_it_near(header, near, years) -> None:
    assert [year.year for year in header_years([header], near)[0]] == years


@pytest.mark.parametrize(
    ("year", "name"), [(2024, "令和6"), (2019, "令和元"), (2018, "平成30"), (1860, "1860")]
)
def test_era_name(year: int, name: str) -> None:
    assert era_name(year) == name


@given(st.integers(2020, 2090), st.sampled_from(["{}年度", "目標（{}年度）", "{}年度実績"]))
def test_a_fiscal_year_is_read_back_from_its_era(year: int, form: str) -> None:
    (found,) = find_years(form.format(era_name(year)))
    assert (found.year, found.basis, found.outside_era) == (year, "fiscal", False)
    assert time_code(year) == f"{year}100000"


PIECES = st.sampled_from(
    [*(era.name for era in ERAS), *"HRSMT令平元年度月日末〜・()0123456789 -/.,目実"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_has_years_or_none(text: str) -> None:
    folded = label(text)
    stop = 0
    for year in find_years(text):
        assert stop <= year.start < year.stop <= len(folded)
        assert 1868 <= year.year <= 2120
        assert year.end is None or year.end > year.year
        stop = year.stop
    assert without_years(text) == label(without_years(text))


@given(st.text(max_size=20))
def test_arbitrary_text_is_read(text: str) -> None:
    assert isinstance(find_years(text), tuple)


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("75.8%(2018(H30)年度)", "75.8%(2018年度)"),
        ("10人(令和2年度(2020年度))", "10人(令和2年度)"),
        ("12件(R2)", "12件(R2)"),
        ("3(R2(2021)年度)", "3(R2(2021)年度)"),
    ],
)
def test_a_year_told_in_both_counts_is_told_once(text: str, once: str) -> None:
    assert with_single_years(text) == once
