"""The figures that a rule looks at: which target, how much of the period has passed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from pipeline.legend.figures import (
    all_figures,
    figures_in,
    figures_of,
    fraction_of,
    last_target,
    make_figures,
    value_in,
)
from pipeline.model import Indicator, Kind, Observation
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
        (2022, 2021, 2024, None),
        (2020, 2025, 2030, "5/10"),
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


# --------------------------------------------------------------------------- one by one


def seen(kind: Kind, year: int | None, text: str, part: str | None = None) -> Observation:
    return Observation(kind=kind, fiscal_year=year, value=value(text), part=part)  # type: ignore[arg-type]


def bearing(*observations: Observation, **fields: Any) -> Indicator:
    none = {"baseline": None, "target": None, "actual": None}
    return replace(indicator(**{**none, **fields}), observations=observations)


@pytest.mark.parametrize(
    ("observations", "part", "found"),
    [
        ([], None, None),
        ([seen("target", None, "5")], None, None),
        ([seen("target", 2024, "5")], None, ("5", 2024)),
        ([seen("target", 2024, "5"), seen("target", 2026, "7"), seen("target", 2025, "6")], None,
         ("7", 2026)),
        ([seen("target", 2024, "5"), seen("actual", 2026, "7")], None, ("5", 2024)),
        ([seen("target", 2024, "5"), seen("unit", 2026, "7")], None, ("5", 2024)),
        ([seen("target", 2024, "5"), seen("target", 2026, "7", "男性")], None, ("5", 2024)),
        ([seen("target", 2024, "5"), seen("target", 2023, "7", "男性")], "男性", ("7", 2023)),
        ([seen("target", 2024, "5")], "男性", None),
    ],
)  # fmt: skip
def test_the_last_target(
    observations: list[Observation], part: str | None, found: tuple[str, int] | None
) -> None:
    last = last_target(bearing(*observations), part)
    assert (last and (last[0].printed.text, last[1])) == found


@pytest.mark.parametrize(
    ("kind", "year", "part", "found"),
    [
        ("actual", 2024, None, "5"),
        ("actual", 2023, None, "4"),
        ("actual", 2022, None, None),
        ("target", 2024, None, "6"),
        ("baseline", 2024, None, None),
        ("actual", 2024, "男性", "7"),
        ("actual", 2023, "男性", None),
        ("actual", 2024, "女性", None),
    ],
)
def test_the_value_of_a_kind_a_year_and_a_part(
    kind: Kind, year: int, part: str | None, found: str | None
) -> None:
    given = bearing(
        seen("actual", 2024, "7", "男性"), seen("actual", 2023, "4"), seen("actual", 2024, "5"),
        seen("target", 2024, "6"), seen("actual", 2024, "8"), seen("actual", None, "9"),
    )  # fmt: skip
    value_ = value_in(given, kind, year, part)
    assert (value_ and value_.printed.text) == found


def unit(text: str, own: str | None) -> Any:
    return value(text, unit=own)


@pytest.mark.parametrize(
    ("whole", "units", "compared"),
    [
        ("人", (None, None, None), True),
        ("人", ("人", "人", "人"), True),
        ("人", ("人", None, "人"), True),
        ("", (None, None, None), True),
        ("", ("人", None, None), True),
        ("人", ("件", "件", "件"), True),
        ("人", ("件", None, "件"), False),
        ("人", ("人", "人", "件"), False),
        ("人", ("件", "人", "人"), False),
        ("", ("人", "件", None), False),
    ],
)
def test_figures_of_one_unit_are_compared(
    whole: str, units: tuple[str | None, ...], compared: bool
) -> None:
    values = [unit(text, own) for text, own in zip(("1", "2", "3"), units, strict=True)]
    found = make_figures(indicator(unit=whole), *values)
    numbers = (found.baseline, found.target, found.actual)
    assert numbers == ((1, 2, 3) if compared else (None, None, None))
    missing = make_figures(indicator(unit=whole), None, values[1], unit("－", "件"))
    assert (missing.target, missing.absent) == (2, {"baseline", "actual"})


@pytest.mark.parametrize(
    ("bound", "strict"),
    [
        (None, False),
        ("at_least", False),
        ("at_most", False),
        ("more_than", True),
        ("less_than", True),
    ],
)
def test_a_target_to_be_exceeded_is_strict(bound: str | None, strict: bool) -> None:
    given = indicator()
    target = value("5", bound=bound)
    assert make_figures(given, None, target, None).strict is strict
    assert make_figures(given, target, None, target).strict is False


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({}, 5),
        ({"approximate": True}, None),
        ({"upper": Decimal(6)}, None),
        ({"bound": "at_least"}, 5),
    ],
)
def test_a_value_as_a_fraction(fields: dict[str, Any], number: int | None) -> None:
    assert fraction_of(value("5", **fields)) == number
    assert fraction_of(value("－", **fields)) is None
    assert fraction_of(None) is None


@pytest.mark.parametrize("kind", get_args(Kind))
def test_only_a_target_dates_the_target(kind: Kind) -> None:
    five = value("5")
    assert five is not None
    beside = seen(kind, 2030, "5")
    given = bearing(seen("baseline", 2020, "1"), seen("target", 2024, "5"), beside, target="5")
    given = replace(given, target=five)
    elapsed = figures_of(given, settings(), 2024).elapsed
    if kind == "baseline":
        assert elapsed is None
    else:
        assert elapsed == (Fraction(4, 10) if kind == "target" else 1)


@pytest.mark.parametrize(
    ("first", "last", "year", "elapsed"),
    [
        (2020, 2020, 2020, "1"),
        (2020, 2024, 2019, None),
        (2020, 2024, 2020, "1/5"),
        (2020, 2024, 2023, "4/5"),
        (2020, 2024, 2024, "1"),
        (2020, 2024, 2025, None),
    ],
)
def test_both_ends_of_a_period_belong_to_it(
    first: int, last: int, year: int, elapsed: str | None
) -> None:
    period = f"[validate.period]\nfirst_year = {first}\nlast_year = {last}\n"
    found = figures_of(indicator(year=year), settings(period), year).elapsed
    assert found == (None if elapsed is None else Fraction(elapsed))


def test_a_part_takes_the_target_of_the_year_or_else_its_first() -> None:
    given = bearing(
        seen("target", 2025, "9", "男性"), seen("target", 2024, "6", "男性"),
        seen("actual", 2023, "4", "男性"), seen("target", 2030, "8", "女性"),
        seen("actual", 2024, "5", "女性"), seen("target", 2024, "1"),
    )  # fmt: skip
    men, women = all_figures(given, settings(), 2024)
    assert (men.target, men.actual) == (6, 4)
    assert (women.target, women.actual) == (8, 5)
    men, women = all_figures(given, settings(FINAL), 2024)
    assert (men.target, women.target) == (9, 8)
    whole = all_figures(replace(given, actual=value("7")), settings(), 2024)
    assert [one.actual for one in whole] == [7]
    assert len(all_figures(bearing(seen("actual", 2024, "5")), settings(), 2024)) == 1
