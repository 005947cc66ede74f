"""Figures that cannot be or look like a slip; each rule made to fire, and not to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.model import Normalized, Observation
from pipeline.settings.validate import ValidateSettings
from pipeline.validate import run
from tests.validate.build import document, indicator, settings, value

ROW = {"baseline": "100", "target": "110", "actual": "105", "next_target": "112"}


def rules(**fields: Any) -> list[str]:
    found = run(document(indicator(**{**ROW, **fields})), settings()).findings
    return [one.rule for one in found if one.rule.startswith("plausibility.")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"name": "がん検診受診率", "unit": "%", "actual": "100"}, ["plausibility.share"] * 2),
        (
            {
                "name": "がん検診受診率",
                "unit": "%",
                "baseline": "85",
                "target": "90",
                "actual": "88",
                "next_target": "92",
            },
            [],
        ),
        ({"name": "経常収支比率", "unit": "%"}, []),
        ({"name": "市民に占める会員の割合", "unit": "人"}, []),
        ({"name": "魅力度", "unit": "位"}, []),
        ({"name": "魅力度", "unit": "位", "actual": "0"}, ["plausibility.rank"]),
        ({"name": "魅力度", "unit": "位", "actual": "104.5"}, ["plausibility.rank"]),
        ({"name": "参加者数(累計)"}, []),
        ({"name": "参加者数(累計)", "actual": "99"}, ["plausibility.cumulative-falls"]),
        ({"actual": "99"}, []),
        ({"name": "参加者数(累計)", "target": "60", "actual": "20", "next_target": "70"}, []),
        (
            {
                "name": "参加者数(累計)",
                "baseline": "510",
                "target": "101",
                "actual": "115",
                "next_target": "151",
            },
            ["plausibility.cumulative-falls"],
        ),
        ({"name": "参加者数(累計)", "next_target": "99"}, ["plausibility.cumulative-falls"]),
        ({"actual": "1050"}, ["plausibility.magnitude"]),
        ({"actual": "10"}, ["plausibility.magnitude"]),
        ({"target": "1,100"}, ["plausibility.magnitude"]),
        ({"next_target": "11"}, ["plausibility.magnitude"]),
        ({"baseline": "100,000"}, ["plausibility.magnitude"]),
        ({"baseline": "10"}, ["plausibility.magnitude"]),
        ({"baseline": "3"}, []),
        ({"baseline": "10", "name": "参加者数(累計)"}, []),
        ({"actual": "40"}, []),
        (
            {
                "baseline": "13",
                "target": "2",
                "actual": "2",
                "next_target": None,
                "direction": "lower",
            },
            [],
        ),
        ({"actual": "-105"}, ["plausibility.sign"]),
        (
            {"baseline": "-100", "target": "-90", "actual": "95", "next_target": "-85"},
            ["plausibility.sign"],
        ),
        ({"baseline": "-100", "target": "-50", "actual": "300", "next_target": None}, []),
        (
            {"baseline": "-100", "target": "50", "actual": "60", "next_target": "70"},
            ["plausibility.sign"],
        ),
        (
            {
                "target": "3",
                "actual": "3",
                "baseline": "6",
                "next_target": "30",
                "direction": "lower",
            },
            ["plausibility.magnitude"],
        ),
        ({"target": "2", "actual": "3", "baseline": "1", "next_target": "6"}, []),
        ({"actual": "10.5"}, ["plausibility.magnitude", "plausibility.precision"]),
        ({"unit": "%", "actual": "105.5"}, []),
        (
            {
                "baseline": "85.1",
                "target": "86.0",
                "actual": "87",
                "next_target": "88.0",
                "unit": "%",
            },
            ["plausibility.precision"],
        ),
        (
            {
                "baseline": "95.1",
                "target": "100",
                "actual": "97.2",
                "next_target": "98.0",
                "unit": "%",
            },
            [],
        ),
        (
            {
                "name": "1人当たりの回数",
                "unit": "回",
                "baseline": "2",
                "target": "2",
                "actual": "1.5",
                "next_target": "2",
            },
            [],
        ),
    ],
)
def test_single_indicators(fields: dict[str, Any], expected: list[str]) -> None:
    assert sorted(rules(**fields)) == sorted(expected)


def test_a_cumulative_value_that_falls_from_year_to_year() -> None:
    row = indicator("参加者数(累計)", **ROW)
    earlier = value("200")
    assert earlier is not None
    seen = (Observation(kind="actual", fiscal_year=2023, value=earlier), *row.observations)
    changed = indicator("参加者数(累計)", observations=seen, **ROW)
    (found,) = run(document(changed), settings()).findings[:1]
    assert (found.rule, found.expected) == ("plausibility.cumulative-falls", "200")


def test_the_citys_figures_are_all_plausible(
    city: Normalized, city_settings: ValidateSettings
) -> None:
    found = [one.rule for one in run(city, city_settings).findings]
    assert not [rule for rule in found if rule.startswith("plausibility.")]


def test_a_profile_may_set_its_own_limits() -> None:
    own = settings('[validate.plausibility]\ntimes = "20"\ndoubtful_times = "20"')
    assert own.plausibility.times == Decimal(20)
    found = run(document(indicator(**{**ROW, "actual": "1050"})), own).findings
    assert "plausibility.magnitude" not in {one.rule for one in found}


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (("142", "142", "124", "142"), True),
        (("45.6", "45.6", "46.5", "45.6"), True),
        (("120", "142", "130", "124"), True),
        (("120", "124", "130", "142"), False),
        (("51", "101", "115", "151"), False),
        (("21", "21", "12", "21"), False),
        (("142", "142", "421", "142"), False),
        (("142", "142", "1240", "142"), False),
    ],
)
def test_digits_that_changed_places(figures: tuple[str, ...], told: bool) -> None:
    names = ("baseline", "target", "actual", "next_target")
    row = indicator(**dict(zip(names, figures, strict=True)))  # type: ignore[arg-type]
    found = run(document(row), settings()).findings
    assert ("plausibility.transposed" in {one.rule for one in found}) is told
