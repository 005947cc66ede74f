"""Printed rates: the document's own way is found, and each rate held against it."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from pipeline.model import Direction, Finding, Indicator, LegendRow, Observation, Value
from pipeline.validate import run
from pipeline.validate.rates import all_rates, find_way, ways_alike
from tests.validate.build import document, indicator, printed, settings


def rated(
    name: str, target: str, actual: str, rate: str, direction: Direction = "higher"
) -> Indicator:
    row = indicator(name, target=target, actual=actual, direction=direction, baseline="50")
    value = Value(printed=printed(rate), number=Decimal(rate.rstrip("%")))
    seen = Observation(kind="rate", fiscal_year=2024, value=value)
    return indicator(
        name,
        baseline="50",
        target=target,
        actual=actual,
        direction=direction,
        observations=(*row.observations, seen),
    )


def told(*rows: Indicator) -> list[Finding]:
    found = run(document(*rows), settings()).findings
    return [one for one in found if one.rule.startswith("arithmetic.")]


GOOD = [
    rated("一", "110", "99", "90.0"),
    rated("二", "300", "100", "33.3"),
    rated("三", "90", "60", "66.7"),
    rated("四", "80", "100", "125.0"),
]


def test_right_rates_give_no_finding() -> None:
    assert told(*GOOD) == []


def test_a_wrong_rate_is_told_with_the_right_one() -> None:
    (found,) = told(*GOOD, rated("五", "120", "100", "88.3"))
    assert (found.rule, found.subject, found.printed, found.expected) == (
        "arithmetic.rate", "五", "88.3", "83.3",
    )  # fmt: skip


def test_a_wrong_rate_accuses_nobody_where_a_doubt_holds_back_the_row() -> None:
    wrong = msgspec.structs.replace(rated("五", "120", "100", "88.3"), doubts=("layout.columns",))
    assert told(*GOOD, wrong) == []


def test_a_rate_of_a_year_whose_target_is_blank_is_held_against_no_older_target() -> None:
    """As long as others print a target of that year; an expired plan has none at all."""
    wrong = rated("五", "120", "100", "88.3")
    (target,) = (one for one in wrong.observations if one.kind == "target")
    older = msgspec.structs.replace(target, fiscal_year=2023)
    seen = tuple(older if one is target else one for one in wrong.observations)
    blank = msgspec.structs.replace(wrong, observations=seen)
    assert told(*GOOD, blank) == []


@pytest.mark.parametrize("rate", ["66.6", "66.7", "67"])
def test_rounding_and_cutting_off_are_both_accepted(rate: str) -> None:
    assert told(*GOOD, rated("五", "90", "60", rate)) == []


def test_rates_where_higher_is_better_do_not_tell_the_ways_for_lower_apart() -> None:
    fewer = rated("待機児童", "100", "125", "80.0", "lower")
    for rows, formulas in (
        (GOOD, {"plain", "inverse", "mirrored"}),
        ([*GOOD, fewer], {"inverse"}),
    ):
        rates = all_rates(document(*rows))
        way = find_way(rates, settings())
        assert way is not None
        assert {way.formula, *(one.formula for one in ways_alike(rates, way))} == formulas


def test_inverse_rates_are_recognised() -> None:
    rows = [rated(f"{n}", "100", f"{n}", f"{10000 / n:.1f}", "lower") for n in (80, 90, 125, 160)]
    assert told(*rows) == []


def test_plain_rates_of_lower_is_better_are_told_once() -> None:
    rows = [rated(f"{n}", "580", f"{n}", f"{100 * n / 580:.1f}", "lower") for n in (581, 593, 586)]
    (found,) = told(*rows, *GOOD)
    assert (found.rule, found.severity) == ("arithmetic.rate-not-inverted", "info")
    assert found.parameters["count"] == "3"


def test_progress_from_the_baseline_is_recognised() -> None:
    rows = [rated(f"{n}", "150", f"{n}", f"{n - 50}") for n in (60, 75, 110, 149)]
    assert told(*rows) == []
    assert [one.expected for one in told(*rows, rated("五", "150", "120", "80"))] == ["70"]


def test_rates_that_follow_no_way_are_left_alone() -> None:
    rows = [rated(f"{n}", "150", f"{n}", "12.3") for n in (60, 75, 110, 149)]
    assert told(*rows) == []


def test_two_rates_prove_no_way() -> None:
    assert told(GOOD[0], rated("二", "300", "100", "99.9")) == []


@pytest.mark.parametrize("stated", [True, False])
def test_beside_a_formula_that_is_stated_two_right_rates_are_enough(stated: bool) -> None:
    rows = (*GOOD[:2], rated("三", "80", "60", "82.3"))
    notes = (printed("※達成率＝実績値÷目標値×100"),) if stated else ()
    found = run(document(*rows, notes=notes), settings()).findings
    wrong = [(one.subject, one.expected) for one in found if one.rule == "arithmetic.rate"]
    assert wrong == ([("三", "75.0")] if stated else [])


def judged(name: str, target: str, actual: str, rate: str, status: str) -> Indicator:
    return msgspec.structs.replace(rated(name, target, actual, rate), status=status)


@pytest.mark.parametrize(
    ("rate", "slips"), [("90.0", {"六", "七"}), ("91.0", set())], ids=["proved", "not proved"]
)
def test_printed_rates_of_one_way_leave_room_for_more_slips(rate: str, slips: set[str]) -> None:
    rows = [
        judged("一", "100", "90", rate, "B"),
        judged("二", "300", "270", "90.0", "B"),
        judged("三", "90", "60", "66.7", "C"),
        judged("四", "80", "100", "125.0", "A"),
        judged("五", "80", "120", "150.0", "A"),
        judged("六", "50", "45", "90.0", "A"),
        judged("七", "80", "160", "200.0", "B"),
        judged("八", "10", "5", "50.0", "C"),
    ]
    words = {"A": "達成率100％以上", "B": "達成率80％以上100％未満", "C": "達成率80％未満"}
    legend = tuple(
        LegendRow(word=printed(word), rule=printed(rule)) for word, rule in words.items()
    )
    found = run(document(*rows, legend=legend), settings()).findings
    assert {one.subject for one in found if one.rule == "status.mismatch"} == slips


@pytest.mark.parametrize(("rate", "slips"), [("90.0", {"三"}), ("91.0", set())])
def test_beside_printed_rates_two_right_statuses_outweigh_one_slip(
    rate: str, slips: set[str]
) -> None:
    rows = [
        judged("一", "100", "90", rate, "B"),
        judged("二", "300", "180", "60.0", "C"),
        judged("三", "90", "81", "90.0", "C"),
    ]
    words = {"A": "達成率100％以上", "B": "達成率80％以上100％未満", "C": "達成率80％未満"}
    legend = tuple(
        LegendRow(word=printed(word), rule=printed(rule)) for word, rule in words.items()
    )
    found = run(document(*rows, legend=legend), settings()).findings
    assert {one.subject for one in found if one.rule == "status.mismatch"} == slips


@pytest.mark.parametrize(("status", "slips"), [("B", set()), ("C", {"四"})])
def test_where_rates_are_plain_the_words_of_the_legend_may_be_about_them(
    status: str, slips: set[str]
) -> None:
    rows = [
        judged("一", "100", "110", "110.0", "A"),
        judged("二", "300", "270", "90.0", "B"),
        judged("三", "90", "60", "66.7", "C"),
        judged("四", "90", "81", "90.0", status),
        lower("五", "100", "110", "110.0", "A"),
        lower("六", "100", "90", "90.0", "B"),
        lower("七", "50", "55", "110.0", "A"),
        lower("八", "80", "40", "50.0", "C"),
    ]
    words = {"A": "達成率100％以上", "B": "達成率80％以上100％未満", "C": "達成率80％未満"}
    legend = tuple(
        LegendRow(word=printed(word), rule=printed(rule)) for word, rule in words.items()
    )
    found = run(document(*rows, legend=legend), settings())
    assert {one.subject for one in found.findings if one.rule == "status.mismatch"} == slips
    assert [one.status for one in found.recomputed][4:] == ["A", "B", "A", "C"]


def lower(name: str, target: str, actual: str, rate: str, status: str) -> Indicator:
    return msgspec.structs.replace(rated(name, target, actual, rate, "lower"), status=status)
