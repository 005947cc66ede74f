"""Which headings give the goals and the policies."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from pipeline.assemble.plan_tree import find_headings, without_inner

INDICATORS = [["指標", "目標値", "実績値"], ["甲の数", "10", "12"], ["乙の数", "20", "18"]]


def places(headings: list[list[str]], table, line, extracted, settings) -> list[tuple]:
    lines, tables = [], []
    for page, texts in enumerate(headings, start=1):
        lines += [line(text, page=page, top=100 + 14 * at) for at, text in enumerate(texts)]
        tables.append(table(INDICATORS, page=page, top=200))
    found = run(extracted(tables, lines), settings)
    return [
        (row.place.goal_number, row.place.goal, row.place.policy_number, row.place.policy)
        for row in found.indicators[::2]
    ]


def test_a_number_alone_leads_over_a_policy_by_its_word(table, line, extracted, settings) -> None:
    headings = [
        ["1　健やかなまち", "基本的方向1　観光の振興"],
        ["基本的方向2　水道の整備"],
        ["2　安心のまち", "基本的方向1　防災"],
    ]
    assert places(headings, table, line, extracted, settings) == [
        (1, "健やかなまち", 1, "観光の振興"),
        (1, "健やかなまち", 2, "水道の整備"),
        (2, "安心のまち", 1, "防災"),
    ]


def test_policies_named_in_a_table_and_again_over_their_projects_stay(line, settings) -> None:
    """The last one is named in the table alone, so that only the first two stand twice."""
    texts = ["基本目標1：産業", "1. 農業の振興", "2. 商業の振興", "3. 観光の振興"]
    lines = [line(text, page=1, top=60 + 100 * at) for at, text in enumerate(texts)]
    lines += [line(texts[1], page=2, top=100), line(texts[2], page=2, top=300)]
    kept = without_inner(find_headings(lines, settings), settings)
    assert [heading.number for heading in kept] == [1, 1, 2, 3, 1, 2]


@pytest.mark.parametrize(("distance", "policy"), [(14, 1), (29, 1), (40, None)])
def test_the_only_policy_stands_right_under_its_goal(
    distance, policy, table, line, extracted, settings
) -> None:
    lines = [line("基本目標1　健やかなまち", top=100), line("（1）観光の振興", top=100 + distance)]
    found = run(extracted([table(INDICATORS, top=200)], lines), settings)
    assert {row.place.policy_number for row in found.indicators} == {policy}


@pytest.mark.parametrize("word", ["施策の柱", "取組の方向性", "推進施策", "基本的方向性"])
def test_policies_by_many_words(word, table, line, extracted, settings) -> None:
    headings = [["基本目標1　健やかなまち", f"{word}1　観光の振興"], [f"{word}2 水道の整備"]]
    assert places(headings, table, line, extracted, settings) == [
        (1, "健やかなまち", 1, "観光の振興"),
        (1, "健やかなまち", 2, "水道の整備"),
    ]


@pytest.mark.parametrize(
    "title", ["指標の達成状況", "計画の概要", "目標指標", "施策の評価", "進捗管理について"]
)
def test_what_says_what_follows_is_no_part_of_the_plan(
    title, table, line, extracted, settings
) -> None:
    headings = [
        ["基本目標1　健やかなまち", f"(1) {title}"],
        ["基本目標2　安心のまち", f"(1) {title}"],
    ]
    assert places(headings, table, line, extracted, settings) == [
        (1, "健やかなまち", None, ""),
        (2, "安心のまち", None, ""),
    ]
    alone = [[f"1　{title}"]]
    assert places(alone, table, line, extracted, settings) == [(None, "", None, "")]
