"""What a heading says of its column: year, unit, part, and whether the year is of the calendar."""

from __future__ import annotations

import pytest

from pipeline.model import Kind
from pipeline.normalize.columns import Column, Columns
from pipeline.normalize.units import UnitTable
from tests.normalize.plans import defaults, entry


def of(*headings: tuple[Kind, str], edition: int = 2025) -> tuple[Column, ...]:
    settings = defaults()
    columns = Columns(UnitTable(settings.units), settings.values.parts, edition)
    return columns.of([entry(kind, header, "5") for kind, header in headings])


@pytest.mark.parametrize(
    ("kind", "header", "column"),
    [
        ("actual", "R6 実績", Column(fiscal_year=2024)),
        ("actual", "令和6年度実績", Column(fiscal_year=2024)),
        ("actual", "令和6年実績", Column(fiscal_year=2024, calendar=True)),
        ("actual", "令和5年度から令和6年", Column(fiscal_year=2024, calendar=True)),
        ("actual", "令和5年から令和6年度", Column(fiscal_year=2024)),
        ("target", "次年度目標", Column(fiscal_year=2025)),
        ("actual", "前年度実績", Column(fiscal_year=2023)),
        ("actual", "実績", Column()),
        ("actual", "R6 実績（千人）", Column(fiscal_year=2024, unit="千人")),
        ("actual", "実績（令和6年度）", Column(fiscal_year=2024)),
        ("actual", "R6 実績\n男性", Column(fiscal_year=2024, part="男性")),
        ("actual", "R6 実績（女性）", Column(fiscal_year=2024, part="女性")),
        ("target", "R6(2024)計\n画目標値", Column(fiscal_year=2024)),
        ("actual", "R6 実\n績", Column(fiscal_year=2024)),
        ("actual", "R6\n計", Column(fiscal_year=2024, part="計")),
        ("target", "R6.9末 目標", Column(fiscal_year=2024)),
        ("baseline", "R6.9末 現状", Column(fiscal_year=2024)),
        ("actual", "R6.3末 実績", Column(fiscal_year=2023)),
        ("actual", "R6.12末 実績", Column(fiscal_year=2024)),
        ("actual", "R6.11末 実績", Column(fiscal_year=2024, part="R6.11末")),
        ("actual", "R6.4末 実績", Column(fiscal_year=2024, part="R6.4末")),
        ("actual", "R6.2末 実績", Column(fiscal_year=2023, part="R6.2末")),
        ("rate", "R6 達成率（%）", Column(fiscal_year=2024, unit="%")),
        ("name", "R6 指標（人）", Column()),
        ("status", "R6 評価", Column(fiscal_year=2024)),
        ("status", "前年度評価", Column(fiscal_year=2023)),
        ("status", "今年度評価", Column()),
        ("unknown", "R6 備考（男性）", Column()),
        ("year", "R6 年度", Column()),
    ],
)
def test_a_heading_says(kind: Kind, header: str, column: Column) -> None:
    assert of((kind, header)) == (column,)


@pytest.mark.parametrize("edition", [2020, 2025])
def test_last_and_next_year_are_counted_from_the_edition(edition: int) -> None:
    last, coming = of(("actual", "前年度実績"), ("target", "次年度目標"), edition=edition)
    assert (last.fiscal_year, coming.fiscal_year) == (edition - 2, edition)


@pytest.mark.parametrize(
    ("headers", "years"),
    [
        (("前年度実績", "実績値"), [2023, 2024]),
        (("前年度実績（人）", "実績値（人）"), [2023, 2024]),
        (("前年度実績", "実績値", "最新値"), [2023, None, None]),
        (("前年度実績", "実績値（見込）"), [2023, None]),
        (("R5実績", "実績値"), [2023, None]),
    ],
)
def test_an_actual_beside_that_of_the_year_before_is_of_the_reported_year(
    headers: tuple[str, ...], years: list[int | None]
) -> None:
    found = of(*(("actual", header) for header in headers))
    assert [column.fiscal_year for column in found] == years


@pytest.mark.parametrize(
    ("headings", "years"),
    [
        ([("actual", "R5 実績"), ("rate", "達成率")], [2023, 2023]),
        ([("actual", "R5 実績"), ("rate", "R4 達成率")], [2023, 2022]),
        ([("rate", "達成率"), ("actual", "R5 実績")], [None, 2023]),
        ([("actual", "R5 実績"), ("target", "目標"), ("rate", "達成率")], [2023, None, 2023]),
        ([("actual", "R4 実績"), ("actual", "R5 実績"), ("rate", "達成率")], [2022, 2023, 2023]),
        ([("actual", "R5 実績"), ("actual", "実績"), ("rate", "達成率")], [2023, None, None]),
        ([("target", "R5 目標"), ("rate", "達成率")], [2023, None]),
        ([("baseline", "R1 基準"), ("rate", "達成率")], [2019, None]),
        ([("actual", "R5 実績"), ("baseline", "基準"), ("unknown", "備考")], [2023, None, None]),
    ],
)
def test_a_rate_is_of_the_year_of_the_actual_before_it(
    headings: list[tuple[Kind, str]], years: list[int | None]
) -> None:
    assert [column.fiscal_year for column in of(*headings)] == years


def test_a_rate_keeps_its_own_unit_and_part() -> None:
    _, rate = of(("actual", "R5 実績"), ("rate", "男性\n達成率（%）"))
    assert rate == Column(fiscal_year=2023, unit="%", part="男性")
