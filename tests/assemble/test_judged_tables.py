"""Tables are of indicators where statuses stand beside figures, though other words are common."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

WORDED = [
    ["項目", "単位", "基準値", "計画値", "実績値"],
    ["相談件数", "件", "1", "3", "2"],
]
BUDGET = [["項目", "単位", "計画値", "執行額"], ["道路費", "千円", "100", "90"]]
UNNAMED = [["当初値(R1)", "到達点(R6)", "実績値(R6)", "達成状況"], ["10", "20", "15", "改善"]]
TURNED = [
    ["区分", "基準値", "令和5年度", "令和6年度"],
    ["計画", "", "4", "5"],
    ["実績", "3", "3", "4"],
    ["達成状況", "", "", "改善"],
]
TURNED_BUDGET = [
    ["区分", "令和5年度", "令和6年度"],
    ["計画", "4", "5"],
    ["実績", "3", "4"],
]
_SALES = ["月", "目標値", "実績値", "達成率"]
MONTHS = [_SALES, ["4月", "12", "11", "91.7"], ["上半期", "80", "84", "105.0"]]
MONTH_NAMED = [_SALES, ["4月の売上", "12", "11", "91.7"], ["上半期", "80", "84", "105.0"]]
_MEANT = ["区分", "基準値", "目標値", "実績値", "評価"]
MEANINGS = [_MEANT, ["目標達成", "100", "110", "120", "A"], ["改善", "100", "110", "105", "B"]]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (WORDED, ["相談件数"]),
        (BUDGET, []),
        (UNNAMED, ["相談件数"]),
        (TURNED, ["相談件数"]),
        (TURNED_BUDGET, []),
        (MONTHS, []),
        (MONTH_NAMED, ["4月の売上", "上半期"]),
        (MEANINGS, []),
    ],
    ids=[
        "baseline and actual",
        "budget",
        "unknown target",
        "turned",
        "turned without status",
        "parts of a year",
        "a name beside a part of a year",
        "what statuses mean",
    ],
)
def test_which_tables_hold_indicators(rows, names, settings, table, line, extracted) -> None:
    plan = run(extracted([table(rows)], [line("指標1 相談件数", top=80.0)]), settings)
    found = [e.printed.text for row in plan.indicators for e in row.entries if e.kind == "name"]
    assert found == names


def test_figures_under_an_unknown_word_are_told(settings, table, line, extracted) -> None:
    plan = run(extracted([table(UNNAMED)], [line("指標1 相談件数", top=80.0)]), settings)
    told = [one.subject for one in plan.remarks if one.rule == "vocabulary.unknown-header"]
    assert told == ["到達点(R6)"]
