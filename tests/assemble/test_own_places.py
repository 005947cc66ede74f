"""Goals and policies that a row prints in columns of its own."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

FIGURES = ["指標", "目標値", "実績値"]


def places(rows: list[list[str]], table, extracted, settings, lines=()) -> list[tuple]:
    found = run(extracted([table(rows)], list(lines)), settings)
    return [
        (row.place.goal_number, row.place.goal, row.place.policy_number, row.place.policy)
        for row in found.indicators
    ]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("基本目標", "政策"), ("基本方針", "施策"), ("分野", "政策"), ("基本目標", "施策")],
)
def test_of_two_columns_of_levels_the_left_one_is_of_goals(
    upper, lower, table, extracted, settings
) -> None:
    rows = [
        [upper, lower, *FIGURES],
        ["1 健康", "福祉の充実", "甲の数", "10", "12"],
        ["2 安全", "防災の推進", "乙の数", "20", "18"],
    ]
    assert places(rows, table, extracted, settings) == [
        (1, "健康", None, "福祉の充実"),
        (2, "安全", None, "防災の推進"),
    ]


def test_of_three_levels_the_middle_one_is_left_out(table, extracted, settings) -> None:
    rows = [
        ["基本目標", "政策", "施策", *FIGURES],
        ["1 健康", "福祉", "福祉の充実", "甲の数", "10", "12"],
        ["2 安全", "防災", "防災の推進", "乙の数", "20", "18"],
    ]
    assert places(rows, table, extracted, settings) == [
        (1, "健康", None, "福祉の充実"),
        (2, "安全", None, "防災の推進"),
    ]


def test_a_number_in_a_column_of_its_own_leads_to_the_title(table, extracted, settings) -> None:
    rows = [
        ["基本\n目標", "基本目標", "施策", *FIGURES],
        ["1", "健康", "福祉の充実", "甲の数", "10", "12"],
        ["2", "安全", "防災の推進", "乙の数", "20", "18"],
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
