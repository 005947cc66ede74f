"""The figures that a rule looks at: which target, how much of the period has passed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace

from pipeline.legend.figures import all_figures, figures_in, figures_of
from pipeline.model import Indicator, Observation
from tests.validate.build import indicator, settings, value

PERIOD = """
[validate.period]
first_year = 2021
last_year = 2026
"""
FINAL = '[validate]\ntarget = "final"\n'


def dated(**years: dict[int, str]) -> Indicator:
    """An indicator with values of a kind by fiscal year."""
    seen = tuple(
        Observation(kind=kind, fiscal_year=year, value=value(text))  # type: ignore[arg-type]
        for kind, of_years in years.items()
        for year, text in of_years.items()
    )
    return indicator(
        observations=seen,
        baseline=years.get("baseline", {}).get(2020),
        target=years.get("target", {}).get(2024),
        actual=years.get("actual", {}).get(2024),
    )


@pytest.mark.parametrize(
    ("year", "share"),
    [
        (2020, None),
        (2021, "1/6"),
        (2024, "4/6"),
        (2026, "1"),
        (2027, None),
    ],
)
def test_the_share_of_the_plans_period(year: int, share: str | None) -> None:
    figures = figures_of(indicator(year=year), settings(PERIOD), year)
    assert figures.elapsed == (None if share is None else Fraction(share))


@pytest.mark.parametrize(
    ("baseline", "year", "target", "share"),
    [
        (2020, 2024, 2024, "1"),
        (2020, 2024, 2030, "4/10"),
        (2020, 2021, 2024, "1/4"),
        (2024, 2024, 2026, None),
        (2020, 2025, 2024, None),
        (None, 2024, 2024, None),
    ],
)
def test_the_share_of_the_years_from_baseline_to_target(
    baseline: int | None, year: int, target: int, share: str | None
) -> None:
    given = dated(
        baseline={} if baseline is None else {baseline: "100"},
        target={target: "200"},
        actual={year: "150"},
    )
    figures = figures_in(given, settings(FINAL), year)
    assert figures.elapsed == (None if share is None else Fraction(share))


def test_two_years_of_a_baseline_tell_no_beginning() -> None:
    given = dated(baseline={2018: "90", 2020: "100"}, target={2026: "200"}, actual={2024: "150"})
    assert figures_in(given, settings(FINAL), 2024).elapsed is None


def test_the_last_target_or_that_of_the_year() -> None:
    given = dated(
        baseline={2020: "100"},
        target={2024: "150", 2030: "200", 2026: "170"},
        actual={2024: "150", 2023: "140"},
    )
    of_year, final = settings(), settings(FINAL)
    assert figures_of(given, of_year, 2024).target == 150
    assert figures_of(given, of_year, 2024).elapsed == 1
    assert figures_of(given, final, 2024).target == 200
    assert figures_of(given, final, 2024).elapsed == Fraction(4, 10)
    assert figures_in(given, of_year, 2026).target == 170
    assert figures_in(given, final, 2026).target == 200
    assert figures_in(given, of_year, 2023).target is None
    assert figures_in(given, of_year, 2023).actual == 140


def test_each_part_has_its_own_figures() -> None:
    seen = tuple(
        Observation(kind=kind, fiscal_year=year, part=part, value=value(text))  # type: ignore[arg-type]
        for part, kind, year, text in [
            ("男性", "baseline", 2020, "10"),
            ("男性", "target", 2024, "20"),
            ("男性", "target", 2030, "30"),
            ("男性", "actual", 2023, "11"),
            ("男性", "actual", 2024, "12"),
            ("女性", "target", 2024, "40"),
            ("女性", "actual", 2024, "44"),
        ]
    )
    given = indicator(observations=seen, baseline=None, target=None, actual=None)
    men, women = all_figures(given, settings(), 2024)
    assert (men.baseline, men.target, men.actual, men.elapsed) == (10, 20, 12, 1)
    assert (women.baseline, women.target, women.actual) == (None, 40, 44)
    assert women.absent == {"baseline"}
    men, women = all_figures(given, settings(FINAL), 2024)
    assert (men.target, men.elapsed) == (30, Fraction(4, 10))
    assert (women.target, women.elapsed) == (40, 1)


@pytest.mark.parametrize(
    ("fields", "known"),
    [({}, True), ({"approximate": True}, False), ({"upper": Decimal(120)}, False)],
)
def test_only_exact_numbers_are_judged(fields: dict[str, object], known: bool) -> None:
    figures = figures_of(replace(indicator(), actual=value("105", **fields)), settings(), 2024)
    assert (figures.actual is not None) == known
    assert figures.absent == set()


def test_what_is_left_out_or_marked_as_missing_is_absent() -> None:
    assert figures_of(indicator(actual=None), settings(), 2024).absent == {"actual"}
    given = indicator(actual="－", baseline=None)
    assert figures_of(given, settings(), 2024).absent == {"actual", "baseline"}


def test_an_actual_that_equals_the_target_does_not_date_it() -> None:
    given = dated(baseline={2020: "100"}, target={}, actual={2024: "150"})
    undated = Observation(kind="target", fiscal_year=None, value=value("150"))  # type: ignore[arg-type]
    given = replace(given, target=value("150"), observations=(*given.observations, undated))
    assert figures_of(given, settings(), 2024).elapsed is None
