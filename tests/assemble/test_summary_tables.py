"""Summary tables are read where their columns are certain, and else claim nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run


@pytest.mark.parametrize(
    ("heading", "row", "counted"),
    [
        (["基本目標", "達成", "未達成", "計"], ["全体", "1", "1", "2"], ["1", "1", "2"]),
        (["基本目標", "達成", "未達成", "計"], ["全体", "1 50.0%", "1 50.0%", "2"],
         ["1 50.0%", "1 50.0%", "2"]),
        (["基本目標", "達成", "未達成", "計"], ["全体", "", "1", "1 2"], []),
    ],
    ids=["counts", "counts and shares", "two columns read as one"],
)  # fmt: skip
def test_what_a_summary_table_claims(heading, row, counted, settings, table, extracted) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    indicators = table(
        [kpi, ["相談件数", "1", "3", "3", "達成"], ["講座数", "1", "3", "2", "未達成"]], top=300.0
    )
    plan = run(extracted([table([heading, row]), indicators]), settings)
    entries = [entry.printed.text for claim in plan.claims for entry in claim.entries]
    assert entries == counted
    assert all(claim.whole for claim in plan.claims)


def test_a_mark_may_stand_before_its_meaning_in_a_summary(settings, table, extracted) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "A"], ["講座数", "1", "3", "2", "B"]]
    counts = [["区分", "指標数"], ["A　目標達成", "1"], ["B（改善）", "1"], ["計", "2"]]
    plan = run(extracted([table(counts), table([kpi, *rows], top=300.0)]), settings)
    assert [[(one.header, one.printed.text) for one in claim.entries] for claim in plan.claims] == [
        [("A(指標)", "1"), ("B(指標)", "1"), ("全体(指標)", "2")]
    ]


def test_a_row_with_an_amount_under_a_heading_nobody_knows_is_not_whole(
    settings, table, extracted
) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "達成"], ["講座数", "1", "3", "2", "未達成"]]
    counts = [["基本目標", "達成", "未達成", "先送り", "計"], ["全体", "1", "1", "2", "4"]]
    plan = run(extracted([table(counts), table([kpi, *rows], top=300.0)]), settings)
    assert [claim.whole for claim in plan.claims] == [False]


def test_cells_that_hold_a_whole_table_line_by_line_are_its_rows(
    settings, table, extracted
) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "達成"], ["講座数", "1", "3", "2", "未達成"]]
    counts = [["区分", "指標数"], ["達成\n未達成\n合計", "1\n1\n2"]]
    plan = run(extracted([table(counts), table([kpi, *rows], top=300.0)]), settings)
    found = [(e.header.split("(")[0], e.printed.text) for c in plan.claims for e in c.entries]
    assert found == [("達成", "1"), ("未達成", "1"), ("全体", "2")]


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        (["", "全体", "1", "1", "2"], {"達成": "1", "未達成": "1"}),
        (["全体", "", "1", "1", "2"], {"達成": "1", "未達成": "1"}),
        (["", "全体", "", "1", "2"], {"達成": None, "未達成": None}),
    ],
    ids=["one column on", "first in its place", "an amount is missing"],
)
def test_amounts_beside_centred_headings_are_counted_in_their_turn(
    row, counted, settings, table, extracted
) -> None:
    heading = ["基本目標", "達成", "未達成", "計", ""]
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    indicators = table(
        [kpi, ["相談件数", "1", "3", "3", "達成"], ["講座数", "1", "3", "2", "未達成"]], top=300.0
    )
    summary = replace(table([heading, row]), method="horizontal")
    plan = run(extracted([summary, indicators]), settings)
    found = {e.header.split("(")[0]: e.printed.text for c in plan.claims for e in c.entries}
    assert {word: found.get(word) for word in counted} == counted


def test_a_digit_beside_its_count_is_no_heading(settings, table, extracted) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "5"], ["講座数", "1", "3", "2", "2"]]
    rows.append(["会議数", "1", "3", "1", "1"])
    counts = [["区分", "指標数"], ["5", "1"], ["2", "1"], ["1", "1"], ["合計", "3"]]
    plan = run(extracted([table(counts), table([kpi, *rows], top=300.0)]), settings)
    found = [(e.header.split("(")[0], e.printed.text) for c in plan.claims for e in c.entries]
    assert found == [("5", "1"), ("2", "1"), ("1", "1"), ("全体", "3")]


def test_a_legend_may_explain_digits_that_no_indicator_bears(settings, table, extracted) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "5"], ["講座数", "1", "3", "2", "3"]]
    legend = [["5", "4", "3"], ["達成率100％以上", "達成率80％以上100％未満", "達成率80％未満"]]
    plan = run(extracted([table(legend), table([kpi, *rows], top=300.0)]), settings)
    assert [row.word.text for row in plan.legend] == ["5", "4", "3"]


def test_the_line_just_above_a_summary_table_is_its_caption(
    settings, table, line, extracted
) -> None:
    rows = [
        ["指標", "目標値", "実績値", "達成状況"],
        ["来館者数", "5", "6", "達成"],
        ["貸出冊数", "5", "4", "未達成"],
    ]
    counts = table([["区分", "達成", "未達成"], ["指標数", "1", "1"]], top=300.0)
    lines = [line("まとめ", top=250.0), line("前年度の達成状況", top=280.0)]
    plan = run(extracted([table(rows), counts], lines), settings)
    assert [claim.caption for claim in plan.claims] == ["前年度の達成状況"]


def test_of_two_columns_beside_the_words_the_one_that_compares_explains(
    settings, table, extracted
) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "評価"]
    rows = [["相談件数", "1", "3", "3", "A"], ["講座数", "1", "3", "2", "B"]]
    legend = [
        ["区分", "状況", "内容"],
        ["A", "順調", "目標値以上"],
        ["B", "概ね順調", "基準値以上目標値未満"],
        ["C", "遅れ", "基準値未満"],
    ]
    plan = run(extracted([table(legend), table([kpi, *rows], top=300.0)]), settings)
    assert [row.rule.text for row in plan.legend] == [row[2] for row in legend[1:]]


def test_the_highest_word_may_be_explained_by_100_percent_alone(settings, table, extracted) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "評価"]
    rows = [["相談件数", "1", "3", "3", "達成"], ["講座数", "1", "3", "2", "未達成"]]
    legend = [["達成", "100％"], ["概ね達成", "80％以上"], ["未達成", "80％未満"]]
    plan = run(extracted([table(legend), table([kpi, *rows], top=300.0)]), settings)
    assert [row.word.text for row in plan.legend] == ["達成", "概ね達成", "未達成"]


def test_numbers_under_goals_are_goals_and_a_dash_narrows_nothing(
    settings, table, extracted
) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "達成"], ["講座数", "1", "3", "2", "未達成"]]
    by_goal = [["基本目標", "達成", "未達成", "計"], ["1", "1(2)", "1(0)", "2"]]
    plan = run(extracted([table(by_goal), table([kpi, *rows], top=300.0)]), settings)
    assert [(claim.place.goal_number, claim.named) for claim in plan.claims] == [(1, True)]
    shares = [["区分", "達成", "未達成", "未公表"], ["割合", "50%", "50%", "－"]]
    plan = run(extracted([table(shares), table([kpi, *rows], top=300.0)]), settings)
    assert [[one.printed.text for one in claim.entries] for claim in plan.claims] == [
        ["50%", "50%"]
    ]


def test_a_dash_is_no_status_that_makes_rows_of_counts_those_of_indicators(
    settings, table, extracted
) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "◎"], ["講座数", "1", "3", "－", "－"]]
    shares = [["区分", "目標に届いた", "届かない", "未公表"], ["割合", "50%", "50%", "－"]]
    plan = run(extracted([table(shares), table([kpi, *rows], top=300.0)]), settings)
    assert "reading.table-without-headings" not in {one.rule for one in plan.remarks}


@pytest.mark.parametrize(
    ("heads", "counts", "whole"),
    [
        ("区分\n達成\n未達成", "指標数\n1\n1", True),
        ("区分\n達成", "指標数\n1", False),
    ],
)
def test_a_heading_read_together_with_counts_is_parted_or_makes_no_whole(
    heads, counts, whole, settings, table, extracted
) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "達成"], ["講座数", "1", "3", "2", "未達成"]]
    summary = [[heads, counts], ["改善", "2"], ["維持", "1"], ["合計", "5"]]
    rows += [[f"教室{n}", "1", "3", "2", word] for n, word in enumerate(("改善", "改善", "維持"))]
    plan = run(extracted([table(summary), table([kpi, *rows], top=300.0)]), settings)
    assert [claim.whole for claim in plan.claims] == [whole]


def test_a_summary_cut_by_a_page_edge_is_one(settings, table, extracted, line) -> None:
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    rows = [["相談件数", "1", "3", "3", "A"], ["講座数", "1", "3", "2", "B"]]
    heading = ["区分", "指標数"]
    pieces = [
        table([heading, ["A", "1"]], page=1, top=780.0),
        table([heading, ["B", "1"], ["計", "2"]], page=2),
    ]
    indicators = table([kpi, *rows], top=300.0)
    title = line("評価結果の総括", top=760.0)
    plan = run(extracted([indicators, *pieces], [title]), settings)
    (only,) = plan.claims
    assert [(one.header, one.printed.text, one.printed.page) for one in only.entries] == [
        ("A(指標)", "1", 1), ("B(指標)", "1", 2), ("全体(指標)", "2", 2),
    ]  # fmt: skip


def test_a_formula_in_running_text_is_a_note(settings, table, extracted, line) -> None:
    lines = [
        line("達成率は「実績値÷目標値×100」で算出し、減少を目指す指標は「目標値÷実績値", top=50.0),
        line("×100」で算出しています。", top=65.0),
        line("この報告書は、毎年度作成しています。", top=80.0),
    ]
    kpi = ["目標指標", "基準値", "R6 目標", "R6 実績", "達成状況"]
    indicators = table([kpi, ["相談件数", "1", "3", "3", "A"]], top=300.0)
    plan = run(extracted([indicators], lines), settings)
    assert [note.text for note in plan.notes] == ["\n".join(one.text for one in lines[:2])]
