"""The rule engine by itself: conditions, rates, bands, tolerances, on both sides of their ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pipeline.legend.engine import (
    Known,
    Verdict,
    allowance,
    applies,
    holds,
    in_limits,
    judge,
    rate,
    round_to,
)
from pipeline.legend.figures import Figures
from pipeline.legend.rules import Band, Condition, Formula, RateForm, StatusRule, Tolerance

DIRECTIONS: tuple[Known, ...] = ("higher", "lower")


def figures(text: str, **more: Any) -> Figures:
    """``100 110 105``: baseline, target and actual; a dash is a figure that is missing."""
    numbers = [None if one == "-" else Fraction(one) for one in text.split()]
    return Figures(*numbers, **more)


def rule(**conditions: Any) -> StatusRule:
    return StatusRule(words=("A",), **conditions)


SIDES = {"reaches": "FTT", "better": "FFT", "equals": "FTF", "worse": "TFF", "not_better": "TTF"}
"""Whether it holds for an actual that is worse than the figure, equal to it, or better."""
STRICT = {**SIDES, "reaches": "FFT", "worse": "TTF"}
"""The same where the target is to be exceeded (100超)."""
NAMES = {
    "reaches": "reaches",
    "better": "better_than",
    "equals": "equals",
    "worse": "worse_than",
    "not_better": "not_better_than",
}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("of", ["target", "baseline"])
@pytest.mark.parametrize("comparison", SIDES)
def test_a_comparison_holds_on_its_side(
    comparison: str, of: str, direction: Known, strict: bool
) -> None:
    condition: Condition = f"{NAMES[comparison]}_{of}"  # type: ignore[assignment]
    values = ("99", "100", "101")[:: 1 if direction == "higher" else -1]
    told = ""
    for actual in values:
        beside = f"- 100 {actual}" if of == "target" else f"100 - {actual}"
        found = holds(rule(when=(condition,)), figures(beside, strict=strict), FORM, direction)
        told += {True: "T", False: "F", None: "?"}[found]
    assert told == (STRICT if strict and of == "target" else SIDES)[comparison]
    for lacking in ("100 - 100" if of == "target" else "- 100 100", "100 100 -", "- - -"):
        assert holds(rule(when=(condition,)), figures(lacking), FORM, direction) is None


FORM = RateForm()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("5 5 5", True),
        ("5 5 4", False),
        ("5 4 5", False),
        ("4 5 5", False),
        ("5 5 -", None),
        ("5 - 5", None),
        ("- 5 5", None),
        ("5 4 -", False),
        ("5 - 4", False),
        ("- 5 4", False),
        ("5 - -", None),
        ("- - -", None),
    ],
)
def test_all_three_figures_are_equal(text: str, held: bool | None) -> None:
    assert holds(rule(when=("all_equal",)), figures(text), FORM, "higher") is held


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(
    ("side", "beyond", "holding"),
    [
        ("better", "over", [11, 20]),
        ("better", "from", [10, 11, 20]),
        ("worse", "over", [-20, -11]),
        ("worse", "from", [-20, -11, -10]),
    ],
)
def test_what_is_asked_to_lie_farther_off_holds_beyond_the_tolerance(
    side: Any, beyond: Any, holding: list[int], direction: Known
) -> None:
    ten = Tolerance(of="baseline", percent=Decimal(10), side=side, beyond=beyond)
    turn = 1 if direction == "higher" else -1
    gains = [-20, -11, -10, -9, 0, 9, 10, 11, 20]
    held = [
        gain
        for gain in gains
        if holds(rule(within=ten), figures(f"100 7 {100 + turn * gain}"), FORM, direction)
    ]
    assert held == holding
    assert holds(rule(within=ten), figures("0 7 0"), FORM, direction) is False


@pytest.mark.parametrize("of", ["target", "baseline"])
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(
    ("side", "size", "holding"),
    [
        ("both", {"points": 3}, [-3, -2, 0, 2, 3]),
        ("worse", {"points": 3}, [-3, -2, 0]),
        ("better", {"points": 3}, [0, 2, 3]),
        ("both", {"percent": 2}, [-2, 0, 2]),
        ("worse", {"percent": 2}, [-2, 0]),
        ("better", {"percent": 2}, [0, 2]),
    ],
)
def test_a_tolerance_holds_as_far_as_it_reaches_on_its_side(
    side: Any, size: dict[str, int], holding: list[int], direction: Known, of: Any
) -> None:
    sized = {name: Decimal(number) for name, number in size.items()}
    within = rule(within=Tolerance(of=of, side=side, **sized))
    gains = [-4, -3, -2, 0, 2, 3, 4]
    turn = 1 if direction == "higher" else -1
    other = {"target": "7 100", "baseline": "100 7"}[of]
    held = [
        gain
        for gain in gains
        if holds(within, figures(f"{other} {100 + turn * gain}"), FORM, direction)
    ]
    assert held == holding
    assert holds(within, figures(f"{other} -"), FORM, direction) is None
    lacking = {"target": "100 - 100", "baseline": "- 100 100"}[of]
    assert holds(within, figures(lacking), FORM, direction) is None


def test_a_tolerance_in_percent_is_of_the_size_of_its_figure() -> None:
    percent, points = Tolerance(of="target", percent=Decimal(10)), Decimal("2.5")
    assert allowance(percent, Fraction(-50)) == allowance(percent, Fraction(50)) == 5
    assert allowance(Tolerance(of="target", points=points), Fraction(50)) == Fraction(5, 2)
    assert allowance(Tolerance(of="target"), Fraction(50)) == 0


YES, NO, OPEN = "equals_baseline", "better_than_baseline", "reaches_target"
"""What holds, does not hold, and cannot be told of an actual that equals its baseline."""


@pytest.mark.parametrize(
    ("conditions", "held"),
    [
        ({"when": (YES,)}, True),
        ({"when": (NO,)}, False),
        ({"when": (OPEN,)}, None),
        ({"when": (YES, YES)}, True),
        ({"when": (YES, NO)}, False),
        ({"when": (YES, OPEN)}, None),
        ({"when": (NO, OPEN)}, False),
        ({"when": (OPEN, NO)}, False),
        ({"when": (NO,), "or_when": ((YES,),)}, True),
        ({"when": (NO,), "or_when": ((NO,),)}, False),
        ({"when": (NO,), "or_when": ((OPEN,),)}, None),
        ({"when": (OPEN,), "or_when": ((YES,),)}, True),
        ({"when": (OPEN,), "or_when": ((NO,),)}, None),
        ({"when": (NO,), "or_when": ((YES, NO),)}, False),
        ({"when": (NO,), "or_when": ((NO,), (YES,))}, True),
        ({"when": (YES,), "within": Tolerance(of="baseline", points=Decimal(1))}, True),
        ({"when": (NO,), "within": Tolerance(of="baseline", points=Decimal(1))}, False),
        ({"when": (YES,), "within": Tolerance(of="target", points=Decimal(1))}, None),
        ({"when": (YES,), "rate": Band(at_least=Decimal(1))}, None),
        ({"missing": ("target",)}, True),
        ({"missing": ("actual", "target")}, True),
        ({"missing": ("actual",)}, False),
        ({"otherwise": True}, True),
    ],
)
def test_conditions_taken_together_hold_do_not_hold_or_cannot_be_told(
    conditions: dict[str, Any], held: bool | None
) -> None:
    given = figures("5 - 5", absent=frozenset({"target"}))
    assert holds(rule(**conditions), given, FORM, "higher") is held


HUGE = Fraction(10**9)


@pytest.mark.parametrize(
    ("formula", "direction", "text", "expected"),
    [
        ("plain", "higher", "- 80 60", 75),
        ("plain", "lower", "- 80 60", 75),
        ("plain", "higher", "- 80 0", 0),
        ("plain", "higher", "- 0 5", None),
        ("plain", "higher", "- 80 -1", None),
        ("plain", "higher", "- -80 1", None),
        ("plain", "higher", "- -80 -1", None),
        ("plain", "higher", "5 80 -", None),
        ("plain", "higher", "5 - 80", None),
        ("inverse", "higher", "- 80 60", 75),
        ("inverse", "higher", "- 0 5", None),
        ("inverse", "lower", "- 60 80", 75),
        ("inverse", "lower", "- 80 80", 100),
        ("inverse", "lower", "- 5 0", HUGE),
        ("inverse", "lower", "- 0 0", 100),
        ("inverse", "lower", "- 0 5", 0),
        ("inverse", "lower", "- -1 5", None),
        ("mirrored", "higher", "- 80 60", 75),
        ("mirrored", "lower", "- 80 60", 125),
        ("mirrored", "lower", "- 80 100", 75),
        ("mirrored", "lower", "- 80 160", 0),
        ("mirrored", "lower", "- 80 240", -100),
        ("mirrored", "lower", "- 0 5", None),
        ("progress", "higher", "10 20 15", 50),
        ("progress", "higher", "10 20 5", -50),
        ("progress", "higher", "-20 -10 -5", 150),
        ("progress", "higher", "20 10 15", None),
        ("progress", "higher", "10 10 15", None),
        ("progress", "lower", "20 10 15", 50),
        ("progress", "lower", "10 20 15", None),
        ("progress", "higher", "- 20 15", None),
        ("progress", "higher", "10 - 15", None),
        ("progress", "higher", "10 20 -", None),
    ],
)
def test_a_rate_by_its_formula(
    formula: Formula, direction: Known, text: str, expected: int | Fraction | None
) -> None:
    assert rate(figures(text), formula, direction) == expected


@pytest.mark.parametrize(
    ("number", "digits", "half_up", "down", "up"),
    [
        ("0", 0, "0", "0", "0"),
        ("1.4", 0, "1", "1", "2"),
        ("1.5", 0, "2", "1", "2"),
        ("1.6", 0, "2", "1", "2"),
        ("2", 0, "2", "2", "2"),
        ("-1.4", 0, "-1", "-1", "-2"),
        ("-1.5", 0, "-2", "-1", "-2"),
        ("0.249", 2, "0.25", "0.24", "0.25"),
        ("0.245", 2, "0.25", "0.24", "0.25"),
        ("0.244", 2, "0.24", "0.24", "0.25"),
        ("12.25", 1, "12.3", "12.2", "12.3"),
    ],
)
def test_a_number_rounded_in_three_ways(
    number: str, digits: int, half_up: str, down: str, up: str
) -> None:
    exact = Fraction(number)
    assert round_to(exact, digits, "half_up") == Fraction(half_up)
    assert round_to(exact, digits, "down") == Fraction(down)
    assert round_to(exact, digits, "up") == Fraction(up)


@pytest.mark.parametrize(
    ("ends", "inside"),
    [
        ({"at_least": 80}, [80, 81]),
        ({"above": 80}, [81]),
        ({"below": 80}, [79]),
        ({"at_most": 80}, [79, 80]),
        ({"at_least": 79, "below": 81}, [79, 80]),
        ({"above": 79, "at_most": 81}, [80, 81]),
        ({}, [79, 80, 81]),
    ],
)
def test_a_band_holds_between_its_ends(ends: dict[str, int], inside: list[int]) -> None:
    band = Band(**{name: Decimal(number) for name, number in ends.items()})
    assert [number for number in (79, 80, 81) if in_limits(Fraction(number), band)] == inside


@pytest.mark.parametrize(
    ("band", "form", "elapsed", "held"),
    [
        ({}, {}, None, False),
        ({}, {"digits": 0}, None, True),
        ({}, {"digits": 0, "rounding": "down"}, None, False),
        ({}, {"digits": 1}, None, False),
        ({}, {"pro_rata": True}, "1/2", True),
        ({}, {"pro_rata": True}, None, None),
        ({}, {}, "1/2", False),
        ({"pro_rata": True}, {}, "1/2", True),
        ({"pro_rata": False}, {"pro_rata": True}, "1/2", False),
        ({"pro_rata": False}, {"pro_rata": True}, None, False),
        ({"formula": "progress"}, {}, None, True),
        ({}, {"formula": "progress"}, None, True),
        ({"formula": "plain"}, {"formula": "progress"}, None, False),
    ],
)
def test_a_rate_is_rounded_and_paced_before_it_is_judged(
    band: dict[str, Any], form: dict[str, Any], elapsed: str | None, held: bool | None
) -> None:
    """79.6 of 100, and 80.6% of the way from -5.1."""
    given = figures("-5 100 79.6", elapsed=None if elapsed is None else Fraction(elapsed))
    rated = rule(rate=Band(at_least=Decimal(80), **band))
    assert holds(rated, given, RateForm(**{"formula": "plain", **form}), "higher") is held


def test_a_verdict_is_a_status_where_one_word_is_left() -> None:
    assert Verdict(("A",), open=False).status == "A"
    assert Verdict(("A",), open=True).status is None
    assert Verdict(("A", "B"), open=False).status is None
    assert Verdict((), open=False).status is None


@pytest.mark.parametrize(
    ("rules", "text", "direction", "words", "open_"),
    [
        ([], "5 5 5", "higher", (), True),
        ([("A", YES), ("B", YES)], "5 5 5", "higher", ("A",), False),
        ([("A", NO), ("B", YES)], "5 5 5", "higher", ("B",), False),
        ([("A", NO)], "5 5 5", "higher", (), True),
        ([("A", OPEN), ("B", YES)], "5 - 5", "higher", ("A", "B"), False),
        ([("A", OPEN), ("B", NO)], "5 - 5", "higher", ("A",), True),
        ([("A", OPEN), ("A", YES)], "5 - 5", "higher", ("A",), False),
        ([("A", NO), ("B", "worse_than_baseline")], "5 5 6", "higher", ("A",), False),
        ([("A", NO), ("B", "worse_than_baseline")], "5 5 6", "lower", ("B",), False),
        ([("A", NO), ("B", "worse_than_baseline")], "5 5 6", "unknown", ("A", "B"), False),
        ([("A", NO)], "5 5 6", "unknown", ("A",), True),
        ([("A", YES)], "5 5 5", "unknown", ("A",), False),
    ],
)
def test_the_first_rule_that_holds_gives_the_word(
    rules: list[tuple[str, Condition]],
    text: str,
    direction: Any,
    words: tuple[str, ...],
    open_: bool,
) -> None:
    ruled = [StatusRule(words=(word,), when=(condition,)) for word, condition in rules]
    found = judge(figures(text, direction=direction), ruled, FORM)
    assert found == Verdict(words, open=open_)
    beside = [StatusRule(words=("X",), judgement=True, when=(YES,)),
              StatusRule(words=("Y",), when=(YES,), indicators=("b",))]  # fmt: skip
    assert judge(figures(text, direction=direction), [*beside, *ruled], FORM, "a") == found


def test_a_missing_figure_is_looked_at_before_all_rules() -> None:
    rules = [rule(otherwise=True), StatusRule(words=("－",), missing=("actual",))]
    given = figures("5 5 -", absent=frozenset({"actual"}), direction="higher")
    assert judge(given, rules, FORM).words == ("－",)
    assert judge(figures("5 5 5", direction="higher"), rules, FORM).words == ("A",)


def test_a_rule_is_for_its_indicators_or_for_all() -> None:
    assert applies(rule(), "a")
    assert applies(rule(indicators=("a", "b")), "b")
    assert not applies(rule(indicators=("a", "b")), "c")


def test_a_rule_of_which_nothing_is_said_rests_on_nothing() -> None:
    plain = rule()
    assert (plain.otherwise, plain.judgement, plain.also_judgement) == (False, False, False)
    assert (plain.when, plain.or_when, plain.missing, plain.indicators) == ((), (), (), ())
    assert not FORM.pro_rata
