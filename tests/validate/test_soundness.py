"""The figures on which a rule set is tried: every boundary of every rule is among them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pipeline.errors import SettingsError
from pipeline.legend.engine import allowance, holds, rate, round_to
from pipeline.legend.figures import Figures
from pipeline.legend.rules import Band, RateForm, StatusRule, Tolerance
from pipeline.legend.soundness import Case, critical_cases
from tests.validate.build import settings


def tried(rule: dict[str, Any], form: RateForm) -> list[Case]:
    return list(critical_cases([StatusRule(words=("A",), **rule)], form))


def shapes(cases: list[Case]) -> dict[tuple[Any, ...], list[Case]]:
    """The cases that differ in nothing but their actuals."""
    found: dict[tuple[Any, ...], list[Case]] = {}
    for case in cases:
        key = (case.figures.baseline, case.figures.target, case.figures.elapsed, case.direction)
        found.setdefault(key, []).append(case)
    return found


@pytest.mark.parametrize("paced", [False, True])
@pytest.mark.parametrize("formula", ["plain", "inverse", "mirrored", "progress"])
@pytest.mark.parametrize(
    ("limit", "number"), [("at_least", 80), ("above", 80), ("below", 60), ("at_most", 110)]
)
def test_a_rate_is_tried_at_its_limit_and_on_both_sides(
    limit: str, number: int, formula: str, paced: bool
) -> None:
    band = Band(**{limit: Decimal(number)})
    form = RateForm(formula=formula, pro_rata=paced)  # type: ignore[arg-type]
    for (_, _, elapsed, _), cases in shapes(tried({"rate": band}, form)).items():
        found = [rate(one.figures, form.formula, one.direction) for one in cases]
        known = [one / elapsed if paced else one for one in found if one is not None]
        if known and min(known) <= number <= max(known):
            assert number in known
            assert min(known) < number < max(known)


def test_a_rounded_rate_is_tried_where_rounding_takes_it_over_the_limit() -> None:
    form = RateForm(digits=0)
    for cases in shapes(tried({"rate": Band(at_least=Decimal(80))}, form)).values():
        rates = [rate(one.figures, "plain", one.direction) for one in cases]
        exact = [one for one in rates if one is not None]
        assert any(one < 80 and round_to(one, 0, "half_up") == 80 for one in exact)
        assert any(one < 80 and round_to(one, 0, "half_up") == 79 for one in exact)


@pytest.mark.parametrize("of", ["baseline", "target"])
@pytest.mark.parametrize("size", [{"percent": Decimal(10)}, {"points": Decimal(3)}])
def test_a_tolerance_is_tried_at_both_of_its_ends(of: str, size: dict[str, Decimal]) -> None:
    within = Tolerance(of=of, **size)  # type: ignore[arg-type]
    for (baseline, target, _, _), cases in shapes(tried({"within": within}, RateForm())).items():
        limit = baseline if of == "baseline" else target
        reach = allowance(within, limit)
        actuals = {one.figures.actual for one in cases}
        assert {limit - reach, limit, limit + reach} <= actuals
        assert min(actuals) < limit - reach  # type: ignore[type-var]
        assert max(actuals) > limit + reach  # type: ignore[type-var]


def test_rules_after_one_without_limits_are_tried_too() -> None:
    rules = [
        StatusRule(words=("A",), when=("reaches_target",)),
        StatusRule(words=("B",), rate=Band(at_most=Decimal(70))),
        StatusRule(words=("C",), within=Tolerance(of="target", points=Decimal(7))),
    ]
    for (_, target, _, _), cases in shapes(list(critical_cases(rules, RateForm()))).items():
        actuals = {one.figures.actual for one in cases}
        assert {target * Fraction(7, 10), target - 7, target + 7} <= actuals


def test_every_order_of_baseline_and_target_is_tried_in_both_directions() -> None:
    cases = tried({"when": ("reaches_target",)}, RateForm())
    for direction in ("higher", "lower"):
        mine = [one for one in cases if one.direction == direction]
        ahead = [one.figures.target - one.figures.baseline for one in mine]  # type: ignore[operator]
        signs = {(gain > 0) - (gain < 0) for gain in ahead}
        assert signs == {-1, 0, 1}
        better = -1 if direction == "lower" else 1
        for one, gain in zip(mine, ahead, strict=True):
            assert one.improves == (gain * better > 0)
            assert one.figures.actual >= 0  # type: ignore[operator]
            assert one.figures.direction == direction


def test_an_overlap_is_seen_after_a_tolerance_that_may_overlap() -> None:
    profile = """
[[validate.status]]
word = "A"
within = { of = "target", points = 3 }
[[validate.status]]
word = "B"
rate = { at_least = 80 }
[[validate.status]]
word = "C"
rate = { at_least = 60, below = 90 }
[[validate.status]]
word = "D"
otherwise = true
"""
    with pytest.raises(SettingsError) as refused:
        settings(profile)
    told = refused.value.parameters
    assert (told["word"], told["other"]) == ("B", "C")


@pytest.mark.parametrize(
    ("side", "holding"),
    [
        ("both", ["97", "98", "100", "102", "103"]),
        ("worse", ["97", "98", "100"]),
        ("better", ["100", "102", "103"]),
    ],
)
def test_a_tolerance_reaches_to_its_sides(side: str, holding: list[str]) -> None:
    rule = StatusRule(
        words=("A",),
        within=Tolerance(of="target", points=Decimal(3), side=side),  # type: ignore[arg-type]
    )
    tried = ["96", "97", "98", "100", "102", "103", "104"]
    held = [
        actual
        for actual in tried
        if holds(rule, Figures(None, Fraction(100), Fraction(actual)), RateForm(), "higher")
    ]
    assert held == holding
