"""The years of an indicator, a row each, are one indicator."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

HEAD = ["指標", "単位", "基準値（R1）", "年度", "目標値", "実績値", "評価"]
FIRST = ["甲の数", "人", "1", "R5", "4", "3", "B"]


def entries(row) -> list[tuple[str, str, str]]:
    return [(one.kind, one.header.replace("\n", " "), one.printed.text) for one in row.entries]


@pytest.mark.parametrize("year", ["R6", "令和6年度", "2024年度"])
def test_a_year_a_row_is_one_indicator(year, table, extracted, settings) -> None:
    rows = [HEAD, FIRST, ["甲の数", "人", "1", year, "5", "6", "A"]]
    other = ["乙の数", "件", "2", year, "7", "8", "A"]
    found = run(extracted([table([*rows, other])]), settings)
    first, second = found.indicators
    assert entries(first) == [
        ("name", "指標", "甲の数"),
        ("unit", "単位", "人"),
        ("baseline", "基準値（R1）", "1"),
        ("target", "R5 目標値", "4"),
        ("actual", "R5 実績値", "3"),
        ("status", "R5 評価", "B"),
        ("target", f"{year} 目標値", "5"),
        ("actual", f"{year} 実績値", "6"),
        ("status", f"{year} 評価", "A"),
    ]
    assert entries(second)[3] == ("year", "年度", year)


@pytest.mark.parametrize(
    ("second", "count", "told"),
    [
        (["甲の数", "人", "1", "R5", "5", "6", "A"], 2, False),  # the same year
        (["甲の数", "件", "1", "R6", "5", "6", "A"], 2, False),  # another unit
        (["甲の数", "人", "2", "R6", "5", "6", "A"], 2, True),  # another baseline
        (["甲の数", "人", "1", "－", "5", "6", "A"], 2, False),  # no year
        (["甲の数", "人", "1", "R6", "5", "6", "A"], 1, False),
    ],
)
def test_rows_that_are_no_years_of_one_indicator_stay(
    second, count, told, table, extracted, settings
) -> None:
    found = run(extracted([table([HEAD, FIRST, second])]), settings)
    assert len(found.indicators) == count
    doubts = [one.rule for one in found.remarks if one.rule == "structure.rows-of-one-name"]
    assert bool(doubts) is told


def test_codes_before_names_and_rows_of_means_are_no_parts_of_indicators(
    table, extracted, settings
) -> None:
    head = ["指標", "単位", "目標値（R6）", "実績値（R6）", "評価と今後の方針"]
    rows = [
        [f"1-2-{at} {name}の数", "人", "1", "2", f"A　{text}"]
        for at, (name, text) in enumerate(
            [
                ("甲", "目標に向け取組を続ける。"),
                ("乙", "対象となる人を広げていく。"),
                ("丙", "目標に向け取組を続ける。"),
            ],
            1,
        )
    ]
    legend = table([["区分", "内容"], ["A", "目標値以上"], ["B", "目標値未満"]], top=60)
    found = run(
        extracted([legend, table([head, *rows, ["平均（3指標）", "", "", "", ""]], top=300)]),
        settings,
    )
    assert [(e.kind, e.printed.text) for e in found.indicators[0].entries[:2]] == [
        ("number", "1-2-1"),
        ("name", "甲の数"),
    ]
    assert len(found.indicators) == 3
    assert "structure.total-row" in [one.rule for one in found.remarks]
