"""Lists that print the indicators of other tables once more."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.model import IndicatorRow, Place
from pipeline.normalize import run
from pipeline.normalize.relisted import differing
from tests.normalize.plans import PLACE, defaults, entry, plan, simple

HERE = PLACE
THERE = Place(goal_number=2, goal="別の目標", policy_number=1, policy="別の方針")
WHOLE = {"baseline": "8", "target": "10", "actual": "9", "status": "○"}
NAMES = ("来場者数", "会員数", "受講者数", "開催回数")


def rows(table: int, place: Place, **cells: str) -> list[IndicatorRow]:
    names = (simple(name, **cells) for name in NAMES)
    return [replace(one, table=table, row=at, place=place) for at, one in enumerate(names)]


def told(printed: list[IndicatorRow]) -> tuple[list[int], list[tuple[str, str | None]]]:
    """The tables of the rows that are left, and the remarks on structure."""
    found = run(plan(printed), defaults(), edition=2025, area_code="35213")
    left = [len(one.observations) for one in found.indicators]
    remarks = [one for one in found.remarks if one.rule.startswith("structure.")]
    return left, [(one.rule, one.expected) for one in remarks]


def test_a_list_of_what_stands_elsewhere_is_no_second_set_of_indicators() -> None:
    whole, short = rows(0, HERE, **WHOLE), rows(1, HERE, actual="9", status="○")
    only = ([3] * 4, [("structure.relisted", None)])
    assert told([*whole, *short]) == only
    assert told([*rows(0, Place(), actual="9"), *rows(1, HERE, **WHOLE)]) == only
    assert told([*whole, *rows(1, HERE, **WHOLE)]) == only


def test_a_figure_of_a_list_that_differs_is_told() -> None:
    short = rows(1, HERE, actual="9")
    short[2] = replace(simple(NAMES[2], actual="7"), table=1, row=2, place=HERE)
    left, remarks = told([*rows(0, HERE, **WHOLE), *short])
    assert left == [3] * 4
    assert remarks == [("structure.relisted", None), ("structure.repeated-differs", "9")]


def test_last_years_status_is_no_other_status_of_this_year() -> None:
    this = replace(simple("来場者数", actual="9", status="○"), place=HERE)
    rest = [one for one in this.entries if one.kind not in ("actual", "status")]
    last = [entry("actual", "R5 実績", "7"), entry("status", "R5 評価", "△")]
    before = replace(this, table=1, entries=(*rest, *last))
    first, second = run(
        plan([this, before]), defaults(), edition=2025, area_code="35213"
    ).indicators
    assert (first.status, second.status) == ("○", "△")
    assert differing(first, second) == []


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(rows(1, THERE, **WHOLE), id="under a goal of its own"),
        pytest.param(rows(1, HERE, actual="7"), id="other figures"),
        pytest.param(rows(1, HERE, actual="9", next_target="11"), id="a figure more"),
        pytest.param(rows(1, HERE, actual="9")[:2], id="two rows"),
        pytest.param(
            [*rows(1, HERE, actual="9"), replace(simple("別の数", actual="9"), table=1)],
            id="a name more",
        ),
        pytest.param(
            [replace(simple(f"{name}(再掲)", actual="9"), table=1, place=HERE) for name in NAMES],
            id="marked as repeats",
        ),
    ],
)
def test_other_tables_with_the_same_names_are_kept(second: list[IndicatorRow]) -> None:
    left, remarks = told([*rows(0, HERE, **WHOLE), *second])
    assert len(left) == len(NAMES) + len(second)
    assert remarks == []


def test_a_list_may_stand_below_the_last_of_several_goals() -> None:
    goals = [replace(one, place=place) for one, place in zip(
        rows(0, HERE, **WHOLE), (HERE, HERE, THERE, THERE), strict=True)]  # fmt: skip
    assert told([*goals, *rows(1, THERE, actual="9")])[1] == [("structure.relisted", None)]
