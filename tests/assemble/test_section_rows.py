"""Headings of the plan in rows of a table whose number stands in a column of its own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.model import Ground
from tests.assemble.test_layouts import merged

HEAD = ["№", "指標", "基準値", "目標値", "実績値"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("1-1", "1-2"), ("（1）", "（2）"), ("施策1", "施策2"), ("第1節", "第2節")],
)
def test_the_number_of_a_policy_may_stand_in_the_cell_before_its_title(
    first, second, table, line, extracted, settings
) -> None:
    rows = [
        HEAD,
        [first, "健康づくりの推進", "", "", ""],
        ["1", "甲の数", "1", "9", "7"],
        [second, "結婚・出産への支援", "", "", ""],
        ["2", "乙の数", "2", "9", "8"],
    ]
    lines = [line("基本目標1　にぎわいのあるまち", size=14.0)]
    found = run(extracted([table(rows)], lines), settings)
    assert [(row.place.goal_number, row.place.policy_number) for row in found.indicators] == [
        (1, 1),
        (1, 2),
    ]
    assert not [one.rule for one in found.remarks if one.rule == "structure.row-too-short"]


def test_a_lone_heading_between_coloured_rows_is_a_policy(table, line, extracted, settings) -> None:
    rows = [
        HEAD[1:],
        ["1-1 健康づくりの推進", "", "", ""],
        ["甲の数", "1", "9", "7"],
        ["1-2 結婚・出産への支援", "", "", ""],
        ["乙の数", "2", "9", "8"],
    ]
    coloured = (Ground(decision="columns", sign="colours", count=5),)
    lines = [line("基本目標1　にぎわいのあるまち", size=14.0)]
    found = run(extracted([replace(table(rows), grounds=coloured)], lines), settings)
    assert [row.place.policy_number for row in found.indicators] == [1, 2]
    assert not [one.rule for one in found.remarks if one.rule == "structure.row-too-short"]


def test_a_row_without_figures_numbered_like_the_others_is_no_heading(
    table, line, extracted, settings
) -> None:
    rows = [
        HEAD,
        ["1-1", "甲の数", "", "", ""],
        ["1-2", "乙の数", "2", "9", "8"],
    ]
    lines = [line("基本目標1　にぎわいのあるまち", size=14.0)]
    found = run(extracted([table(rows)], lines), settings)
    assert [one.rule for one in found.remarks if one.rule == "structure.row-too-short"]


@pytest.mark.parametrize(
    ("label", "words", "rule"),
    [
        ("取組状況", "案内所を1か所設けた。", "structure.section-row"),
        ("今後の方向性", "拡充", "structure.section-row"),
        ("課題", "利用が減っている。", "structure.section-row"),
        ("乙の数", "調査は行わない。", "structure.row-too-short"),
    ],
)
def test_words_over_the_columns_of_unit_and_figures_are_no_values(
    label, words, rule, extracted, settings
) -> None:
    head = [(text, 1, 1) for text in ("指標", "単位", "基準値", "目標値", "実績値")]
    first = [(text, 1, 1) for text in ("甲の数", "件", "1", "9", "7")]
    found = run(extracted([merged(1, [head, first, [(label, 1, 1), (words, 1, 4)]], 5)]), settings)
    told = [(one.rule, one.subject) for one in found.remarks if one.rule.startswith("structure.")]
    assert told == [(rule, label)]
    assert len(found.indicators) == (2 if rule == "structure.row-too-short" else 1)


@pytest.mark.parametrize(
    ("over", "beside", "rules", "rows"),
    [
        ("評価の合計", "A:1 B:2", ["structure.section-row"], 2),
        ("合計", "A:1 B:2", ["structure.total-row"], 2),
        ("乙の数 2 9 8", "B", ["structure.row-too-short"], 2),
        ("施策2 結婚への支援", "福祉課", [], 2),
    ],
    ids=["words", "a total", "a row whose rules are lost", "a heading with its department"],
)
def test_one_cell_in_place_of_a_name_and_its_figures_is_no_indicator(
    over, beside, rules, rows, table, line, extracted, settings
) -> None:
    head, *rows_of = (
        [(text, 1, 1) for text in texts]
        for texts in (
            ("指標", "基準値", "目標値", "実績値", "評価"),
            ("甲の数", "1", "9", "7", "A"),
            ("丙の数", "1", "9", "7", "B"),
        )
    )
    made = merged(1, [head, rows_of[0], [(over, 1, 4), (beside, 1, 1)], rows_of[1]], 5)
    found = run(extracted([made], [line("基本目標1　にぎわいのあるまち", size=14.0)]), settings)
    assert len(found.indicators) == rows
    told = [one.rule for one in found.remarks if one.rule.startswith("structure.")]
    assert told == rules
    if not rules:
        assert [row.place.policy for row in found.indicators] == ["", "結婚への支援"]
