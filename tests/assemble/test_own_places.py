"""Goals and policies that a row prints in columns of its own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.assemble.layouts import PARTED

FIGURES = ["指標", "目標値", "実績値"]


def places(rows: list[list[str]], table, extracted, settings, lines=()) -> list[tuple]:
    found = run(extracted([table(rows)], list(lines)), settings)
    return [
        (row.place.goal_number, row.place.goal, row.place.policy_number, row.place.policy)
        for row in found.indicators
    ]


@pytest.mark.parametrize(
    ("levels", "first", "second"),
    [
        (["基本目標", "政策"], ["1 健康", "福祉の充実"], ["2 安全", "防災の推進"]),
        (["基本方針", "施策"], ["1 健康", "福祉の充実"], ["2 安全", "防災の推進"]),
        (["分野", "政策"], ["1 健康", "福祉の充実"], ["2 安全", "防災の推進"]),
        (["基本目標", "施策"], ["1 健康", "福祉の充実"], ["2 安全", "防災の推進"]),
        (
            ["基本目標", "政策", "施策"],
            ["1 健康", "福祉", "福祉の充実"],
            ["2 安全", "防災", "防災の推進"],
        ),
        (
            ["基本\n目標", "基本目標", "施策"],
            ["1", "健康", "福祉の充実"],
            ["2", "安全", "防災の推進"],
        ),
    ],
    ids=["goal-goal", "policy-policy", "area-goal", "goal-policy", "three-levels", "own-number"],
)
def test_the_left_level_is_of_goals_and_the_right_one_of_policies(
    levels, first, second, table, extracted, settings
) -> None:
    rows = [
        [*levels, *FIGURES],
        [*first, "甲の数", "10", "12"],
        [*second, "乙の数", "20", "18"],
    ]
    assert places(rows, table, extracted, settings) == [
        (1, "健康", None, "福祉の充実"),
        (2, "安全", None, "防災の推進"),
    ]


def test_under_a_heading_of_a_goal_the_left_column_is_of_policies(
    table, line, extracted, settings
) -> None:
    rows = [
        ["基本方針", "施策", *FIGURES],
        ["1 福祉", "見守りの充実", "甲の数", "10", "12"],
        ["2 医療", "診療の充実", "乙の数", "20", "18"],
    ]
    heading = line("基本目標1　健やかなまち", top=60)
    assert places(rows, table, extracted, settings, [heading]) == [
        (1, "健やかなまち", 1, "福祉"),
        (1, "健やかなまち", 2, "医療"),
    ]


@pytest.mark.parametrize(
    ("method", "goals", "doubted"),
    [
        ("text", ["1 誰もが活躍する", "地域社会をつくる"], True),
        ("text", ["1 健康", "2 安全"], False),
        ("ruled", ["1 健康", "その他"], False),
    ],
    ids=["parts", "numbered", "ruled"],
)
def test_without_rules_a_goal_without_number_may_be_the_rest_of_one(
    method, goals, doubted, table, extracted, settings
) -> None:
    """A merged cell of several lines stands beside several rows: each may have got some."""
    rows = [
        ["基本目標", *FIGURES],
        [goals[0], "甲の数", "10", "12"],
        [goals[1], "乙の数", "20", "18"],
    ]
    found = run(extracted([replace(table(rows), method=method)], []), settings)
    told = [
        doubt for layout in found.layouts for column in layout.columns if (doubt := column.doubt)
    ]
    assert (PARTED in told) is doubted


@pytest.mark.parametrize(
    ("headings", "numbers", "goals", "told"),
    [
        ([1, 3], ["1-1", "1-2", "2-1", "3-1"], [1, 1, 2, 3], "structure.goal-by-number"),
        ([1], ["1-1", "2-1"], [1, 1], "structure.headings-begin-anew"),
        ([1], ["1-1", "1-2"], [1, 1], ""),
        ([5], ["1-1", "2-1"], [5, 5], ""),
    ],
    ids=["most agree", "as many do not", "all agree", "numbers of something else"],
)
def test_a_policys_number_tells_a_goal_whose_heading_is_no_text(
    headings, numbers, goals, told, table, line, extracted, settings
) -> None:
    """The banner of goal 2 is a picture: the rows of 2-1 were released under goal 1 at exit 0."""
    tables, lines = [], [line(f"基本目標{headings[0]}　暮らし", top=10)]
    for at, number in enumerate(numbers):
        page = 2 if number == "3-1" else 1
        row = [f"{number} 施策{at}", f"甲{at}の数", "10", "12"]
        tables.append(table([["施策", *FIGURES], row], page=page, top=40 + 60 * at))
    lines += [line(f"基本目標{goal}　学び", page=2, top=10) for goal in headings[1:]]
    found = run(extracted(tables, lines), settings)
    assert [row.place.goal_number for row in found.indicators] == goals
    rules = [one.rule for one in found.remarks if one.rule.startswith("structure.")]
    assert rules == [told] * bool(told)
    unplaced = [row.unplaced for row in found.indicators]
    assert unplaced == ["", told if told == "structure.headings-begin-anew" else "", *unplaced[2:]]
    assert not any(unplaced[2:])
