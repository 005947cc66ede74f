"""The figures on which a rule set is tried: every boundary of every rule is among them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from pipeline.errors import SettingsError
from pipeline.legend.engine import allowance, holds, rate, round_to
from pipeline.legend.figures import Figures
from pipeline.legend.rules import Band, RateForm, StatusRule, Tolerance
from pipeline.legend.soundness import (
    Case,
    _edges,
    _ends,
    _plain,
    _with_middles,
    check_rules,
    critical_cases,
)
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


# --------------------------------------------------------------------------- what is tried


def test_figures_are_tried_that_lie_near_each_other_far_apart_and_on_each_other() -> None:
    """2%, 10% and twice, either of the two being the larger; of the whole period and a fifth."""
    cases = tried({"when": ("reaches_target",)}, RateForm())
    pairs = {(one.figures.baseline, one.figures.target) for one in cases}
    upwards = {(100, 102), (100, 110), (100, 200)}
    assert pairs == {(100, 100)} | upwards | {(high, low) for low, high in upwards}
    assert {one.figures.elapsed for one in cases} == {Fraction(1), Fraction(1, 5)}
    assert {one.figures.strict for one in cases} == {False}


@pytest.mark.parametrize(
    ("band", "digits", "edges"),
    [
        ({"at_least": "80"}, None, ["80"]),
        ({"above": "80", "below": "90"}, None, ["80", "90"]),
        ({"at_most": "62.5"}, None, ["62.5"]),
        ({"at_least": "80"}, 0, ["80", "79", "79.5", "80.5", "81"]),
        ({"at_most": "80"}, 1, ["80", "79.9", "79.95", "80.05", "80.1"]),
        ({}, 0, []),
    ],
)
def test_a_band_ends_at_its_limits_and_where_rounding_moves_them(
    band: dict[str, str], digits: int | None, edges: list[str]
) -> None:
    limits = Band(**{name: Decimal(number) for name, number in band.items()})
    found = [100 * edge for edge in _edges(limits, RateForm(digits=digits))]
    assert found == [Fraction(edge) for edge in edges]


def test_between_the_ends_below_and_above_them_a_figure_is_tried() -> None:
    def between(*ends: int) -> list[float]:
        return [float(actual) for actual in _with_middles({Fraction(end) for end in ends})]

    assert between(10) == [5, 10, 110]
    assert between(0, 10) == [0, 5, 10, 110]
    assert between(20, 10, 40) == [5, 10, 15, 20, 30, 40, 140]


@pytest.mark.parametrize("points", ["50", "100", "100.5", "150"])
def test_no_actual_below_nought_is_tried_and_nought_itself_is(points: str) -> None:
    within = Tolerance(of="baseline", points=Decimal(points))
    actuals = {one.figures.actual for one in tried({"within": within}, RateForm())}
    assert min(actuals) >= 0  # type: ignore[type-var, operator]
    assert (0 in actuals) == (points == "100")
    assert 100 + Fraction(points) in actuals


def test_every_end_of_a_rate_is_tried_by_every_formula() -> None:
    ends = _ends(
        [StatusRule(words=("A",), rate=Band(at_least=Decimal(80)))], RateForm(),
        Fraction(100), Fraction(200), Fraction(1, 5),
    )  # fmt: skip
    plain, mirrored, progress, inverse = {160, 32}, {240, 368}, {180, 116}, {250, 1250}
    assert ends == {100, 200} | plain | mirrored | progress | inverse


# --------------------------------------------------------------------------- what is refused


def refusal(rules: list[StatusRule], *, gaps: bool = False) -> str:
    """What is wrong with a rule set, in a word, and whom it names."""
    given = structs.replace(settings(), status=tuple(rules))
    try:
        check_rules(given, Path("profile.toml"), gaps=gaps)
    except SettingsError as refused:
        kinds = ("gap", "never reached", "overlap", "two rules")
        told = refused.parameters
        named = [told[name] for name in ("word", "other") if told.get(name)]
        return " ".join([next(kind for kind in kinds if kind in str(refused)), *named])
    return ""


def ruled(*words: str, **conditions: Any) -> StatusRule:
    return StatusRule(words=words, **conditions)


REST = ruled("Z", otherwise=True)
AT_80 = {"rate": Band(at_least=Decimal(80))}


@pytest.mark.parametrize(
    ("rules", "wrong"),
    [
        ([], ""),
        ([ruled("A", judgement=True)], ""),
        ([ruled("A", missing=("actual",))], ""),
        ([REST], ""),
        ([ruled("A", when=("reaches_target",)), REST], ""),
        ([ruled("A", when=("reaches_target",))], "gap"),
        ([ruled("A", when=("reaches_target",)), ruled("－", missing=("actual",))], "gap"),
        ([ruled("A", when=("reaches_target",)), ruled("B", when=("worse_than_target",))], ""),
        ([ruled("A", when=("better_than_target",)), ruled("B", when=("worse_than_target",))],
         "gap"),
        ([REST, ruled("A", "B", when=("reaches_target",))], "never reached A"),
        ([ruled("A", when=("reaches_target",)), ruled("B", when=("reaches_target",)), REST],
         "never reached B"),
        ([ruled("A", when=("equals_target",)), ruled("B", when=("reaches_target",)), REST], ""),
        ([ruled("A", when=("reaches_target",)), ruled("B", when=("equals_target",)), REST],
         "never reached B"),
        ([ruled("A", "B", when=("worse_than_target",)),
          ruled("C", "D", when=("reaches_baseline",)), REST], "overlap A C"),
        ([ruled("A", when=("reaches_target",)), ruled("B", when=("worse_than_target",)),
          ruled("C", when=("reaches_baseline",))], "overlap B C"),
        ([ruled("A", **AT_80), ruled("B", rate=Band(above=Decimal(60), below=Decimal(90))), REST],
         "overlap A B"),
        ([ruled("A", within=Tolerance(of="target", points=Decimal(3))), ruled("B", **AT_80), REST],
         ""),
        ([ruled("A", **AT_80), ruled("B", within=Tolerance(of="target", percent=Decimal(50))),
          REST], ""),
        ([ruled("A", when=("all_equal",)), ruled("B", when=("reaches_target",)),
          ruled("C", when=("reaches_baseline",)), REST], ""),
        ([ruled("A", "B", when=("reaches_target",)), ruled("C", "B", otherwise=True)],
         "two rules B"),
        ([ruled("A", when=("reaches_target",)), ruled("A", judgement=True), REST], "two rules A"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_set(rules: list[StatusRule], wrong: str) -> None:
    assert refusal(rules) == wrong
    if wrong == "gap":
        assert refusal(rules, gaps=True) == ""
    elif wrong:
        assert refusal(rules, gaps=True) == wrong


def test_rules_of_some_indicators_are_looked_at_with_those_of_all() -> None:
    own = ruled("A", when=("reaches_target",), indicators=("a",))
    other = ruled("B", when=("worse_than_target",), indicators=("a",))
    assert refusal([own, other, REST]) == "never reached Z"
    assert refusal([own, REST]) == ""
    assert refusal([own, other]) == ""


def test_a_refusal_shows_figures_that_people_can_follow() -> None:
    given = structs.replace(settings(), status=(ruled("A", **AT_80),))
    with pytest.raises(SettingsError) as refused:
        check_rules(given, Path("profile.toml"))
    told = refused.value.parameters
    shown = [told[name] for name in ("baseline", "target", "actual", "direction")]
    assert shown == ["100", "110", "44", "higher"]
    assert [_plain(Fraction(number)) for number in ("100", "1/3", "2.5", "12345.6789")] == [
        "100", "0.3333", "2.5", "12345.6789",
    ]  # fmt: skip
    assert _plain(None) == ""
