"""What stands under a heading that no vocabulary knows is understood, doubted or told."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from tests.assemble.test_layouts import merged

LEGEND = [["区分", "内容"], ["A", "目標値以上"], ["B", "基準値以上"], ["C", "基準値未満"]]


@pytest.mark.parametrize(
    ("row", "others", "rule"),
    [
        (["できばえ", "", "A", "B"], [], "vocabulary.unknown-status-header"),
        (["できばえ", "", "A", "－"], [], "vocabulary.unknown-status-header"),
        (["できばえ", "", "A", "雨天"], [], "vocabulary.unknown-header"),  # no word of the legend
        (["できばえ", "", "3", "4"], [], "vocabulary.unknown-header"),
        # the statuses stand elsewhere
        (["できばえ", "", "A", "B"], [["評価", "", "A", "B"]], "vocabulary.unknown-header"),
    ],
)
def test_a_row_of_words_that_the_legend_explains(
    table, line, extracted, settings, row: list[str], others: list[list[str]], rule: str
) -> None:
    turned = table(
        [
            ["区分", "現状値H25", "H26", "H27"],
            ["目標値", "", "4,356", "4,278"],
            ["実績値", "4,300", "4,360", "4,200"],
            ["達成率", "", "100.1", "98.2"],
            *others,
            row,
        ],
        top=300,
    )
    lines = [line("1 農業産出額", top=260)]
    assembled = run(extracted([table(LEGEND), turned], lines), settings)
    told = [
        (remark.rule, remark.subject)
        for remark in assembled.remarks
        if remark.rule.startswith("vocabulary.")
    ]
    assert told == [(rule, "できばえ")]


@pytest.mark.parametrize(
    ("heading", "rules"),
    [
        ("計画前のすがた", ["vocabulary.unknown-figures-header"]),
        ("平成25年度\n計画前のすがた", ["vocabulary.unknown-figures-header"]),
        ("現状値H25", []),
        ("平成25年度", []),
        ("備考", []),
    ],
)
def test_a_figure_of_a_turned_table_under_an_unknown_heading_is_a_doubt(
    table, line, extracted, settings, heading: str, rules: list[str]
) -> None:
    turned = table(
        [
            ["区分", heading, "H26", "H27"],
            ["目標値", "", "4,356", "4,278"],
            ["実績値", "4,300", "4,360", "4,200"],
        ],
        top=300,
    )
    assembled = run(extracted([turned], [line("1 農業産出額", top=260)]), settings)
    told = [one.rule for one in assembled.remarks if one.rule.startswith("vocabulary.")]
    assert told == rules


ROWS = [["苦情件数", "30", "27", "A"], ["面積", "10", "12", "B"], ["定員", "5", "6", "－"]]


@pytest.mark.parametrize(
    ("heading", "rows", "rule", "statuses"),
    [
        ("できばえ", ROWS, "vocabulary.header-by-content", ["A", "B", "－"]),
        ("できばえ", ROWS[:2], "vocabulary.unknown-status-header", []),
        ("できばえ", [*ROWS, ["距離", "8", "9", "雨天"]], "vocabulary.unknown-status-header", []),
        ("できばえ", [*ROWS, *(["距離", "8", "9", text] for text in ("雨天", "晴天", "曇天"))],
         "vocabulary.unknown-header", []),
        ("評価", ROWS, None, ["A", "B", "－"]),
    ],
    ids=["proved", "too few", "another word", "few of its words", "known"],
)  # fmt: skip
def test_a_column_of_words_that_the_legend_explains(
    table, extracted, settings, heading, rows, rule, statuses
) -> None:
    head = ["指標", "目標値", "実績値", heading]
    assembled = run(extracted([table(LEGEND), table([head, *rows], top=300)]), settings)
    told = [one.rule for one in assembled.remarks if one.rule.startswith("vocabulary.")]
    assert told == ([rule] if rule else [])
    assert statuses == [
        entry.printed.text
        for row in assembled.indicators
        for entry in row.entries
        if entry.kind == "status"
    ]


def test_single_digits_may_be_statuses_if_a_legend_explains_them(
    table, extracted, settings
) -> None:
    legend = [["区分", "内容"], ["５", "達成率100％以上"], ["４", "達成率100％未満"]]
    rows = [[*row[:3], mark] for row, mark in zip(ROWS, "５４５", strict=True)]
    head = ["指標", "目標値", "実績値", "できばえ"]
    assembled = run(extracted([table(legend), table([head, *rows], top=300)]), settings)
    assert [row.word.text for row in assembled.legend] == ["５", "４"]
    assert all(row.entries[3].kind == "status" for row in assembled.indicators)


@pytest.mark.parametrize(
    ("head", "cells", "rule"),
    [
        (["指標", "到達点", "実績値", "評価"], ["40回", "8千円"], "figures-"),
        (["指標", "到達点", "実績値", "評価"], ["随時", "継続"], ""),
        (["指標", "到達点", "実績値", "目標値", "基準値"], ["40回", "8千円"], ""),
    ],
    ids=["the target is missing", "words", "every role is there"],
)
def test_figures_under_an_unknown_heading(table, extracted, settings, head, cells, rule) -> None:
    rows = [["苦情件数", cell, *["7"] * (len(head) - 2)] for cell in cells]
    assembled = run(extracted([table([head, *rows])]), settings)
    told = [one.rule for one in assembled.remarks if one.rule.startswith("vocabulary.")]
    assert told == [f"vocabulary.unknown-{rule}header"]


def test_few_rows_a_table_prove_a_heading_that_several_tables_bear(
    table, extracted, settings
) -> None:
    head = ["指標", "目標値", "実績値", "区分"]
    rows = [*ROWS[:2], ["定員", "5", "6", "A"]]
    tables = [table([head, row], top=300 + 60 * at) for at, row in enumerate(rows)]
    assembled = run(extracted([table(LEGEND), *tables]), settings)
    kinds = [entry.kind for row in assembled.indicators for entry in row.entries[-1:]]
    assert kinds == ["status"] * 3


def test_what_stands_once_for_a_block_of_rows_is_read(extracted, settings) -> None:
    head = ["指標名", "単位", "基準値\n(R1)", "区分", "R5年度", "R6年度", "評価"]
    rows = [
        [(text, 1, 1) for text in head],
        [("来館者数", 2, 1), ("人", 2, 1), ("10", 2, 1)]
        + [(text, 1, 1) for text in ["計画", "30", "40"]] + [("○", 2, 1)],
        [(text, 1, 1) for text in ["実績", "28", "41"]],
    ]  # fmt: skip
    (row,) = run(extracted([merged(1, rows, 7)]), settings).indicators
    assert [(entry.kind, entry.printed.text) for entry in row.entries] == [
        ("name", "来館者数"),
        ("unit", "人"),
        ("baseline", "10"),
        ("status", "○"),
        ("target", "30"),
        ("target", "40"),
        ("actual", "28"),
        ("actual", "41"),
    ]


def test_words_under_an_unknown_heading_are_explained_beside_a_table_with_statuses(
    table, line, extracted, settings
) -> None:
    lines = [
        line(text, top=20 + 14 * at)
        for at, text in enumerate(["達成：目標値以上", "前年を下回る：基準値を下回っている"])
    ]
    known = [["指標", "目標値", "実績値", "進捗"], ["苦情件数", "30", "27", "達成"]]
    rows = [["指標", "目標値", "実績値", "動向"]]
    rows += [[name, "30", "27", "前年を下回る"] for name in ("面積", "定員", "延長")]
    found = run(extracted([table(known), table(rows, top=300)], lines), settings)
    statuses = [
        entry.printed.text
        for row in found.indicators
        for entry in row.entries
        if entry.kind == "status"
    ]
    assert statuses == ["達成", *["前年を下回る"] * 3]


def test_one_figure_a_table_under_an_unknown_heading_is_a_doubt_in_all_of_them(
    table, line, extracted, settings
) -> None:
    rows = [
        ["基準値（R2）", "めあて（R6）", "実績値（R6）", "達成状況"],
        ["10", "12", "11", "継続"],
    ]
    lines = [line(f"■{name}", top=100 * at - 15) for at, name in enumerate(["来館者数", "定員"], 1)]
    tables = [table(rows, top=100.0 * at) for at in (1, 2)]
    found = run(extracted(tables, lines), settings)
    assert "vocabulary.unknown-figures-header" in {remark.rule for remark in found.remarks}


def test_a_row_below_years_is_no_heading_though_it_holds_words_for_two(
    table, line, extracted, settings
) -> None:
    years = ["区分", "従前値（R3）", "R4", "R5", "R6"]
    above = [years, ["目標値", "", "10", "11", "12"], ["実績値", "9", "9", "10", "13"]]
    below = [years, ["達成状況", "", "", "", "目標達成"]]
    tables = [table(above, top=700), table(below, page=2, top=50)]
    found = run(extracted(tables, [line("■来館者数", top=685)]), settings)
    (row,) = found.indicators
    assert "目標達成" in [e.printed.text for e in row.entries if e.kind == "status"]


def test_rates_and_statuses_below_plan_and_actual_make_a_turned_table_one_of_indicators(
    table, line, extracted, settings
) -> None:
    rows = [
        ["区分", "R4", "R5", "R6"],
        ["計画値", "10", "11", "12"],
        ["直近値", "9", "10", "13"],
        ["達成率", "", "", "108.3"],
        ["評価", "", "", "Ａ"],
    ]
    found = run(extracted([table(rows)], [line("■来館者数", top=85)]), settings)
    assert len(found.indicators) == 1


@pytest.mark.parametrize(
    ("marks", "rule"),
    [("AB", "unknown-status-header"), ("○○", "unknown-header"), ("○△", "unknown-status-header")],
)
def test_grades_before_a_row_are_a_doubt_without_a_legend_too(
    table, line, extracted, settings, marks: str, rule: str
) -> None:
    turned = table(
        [
            ["区分", "現状値H25", "H26", "H27"],
            ["目標値", "", "4,356", "4,278"],
            ["実績値", "4,300", "4,360", "4,200"],
            ["達成率", "", "100.1", "98.2"],
            ["できばえ", "", *marks],
        ],
        top=300,
    )
    assembled = run(extracted([turned], [line("1 農業産出額", top=260)]), settings)
    told = [one.rule for one in assembled.remarks if one.rule.startswith("vocabulary.")]
    assert told == [f"vocabulary.{rule}"]


def test_an_entry_of_a_legend_that_tells_nothing_stands_among_those_that_do(
    table, extracted, settings
) -> None:
    legend = [
        ["区分", "内容"], ["A", "順調に進んでいる"], ["B", "手を打ちながら行っている"],
        ["C", "目標に届かない"],
    ]  # fmt: skip
    head = ["指標", "目標値", "実績値", "評価"]
    assembled = run(extracted([table(legend), table([head, *ROWS], top=300)]), settings)
    assert [row.word.text for row in assembled.legend] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("statuses", "actual", "told"),
    [(("", ""), "27", True), (("", ""), "", False), (("", "A"), "27", False)],
)
def test_a_column_of_statuses_without_a_character_is_told_beside_actuals(
    statuses, actual, told, table, extracted, settings
) -> None:
    rows = [["指標", "基準値（R1）", "目標値（R6）", "実績値（R6）", "評価"]]
    rows += [["苦情件数", "30", "27", actual, statuses[0]], ["定員", "5", "6", actual, statuses[1]]]
    found = run(extracted([table(rows)]), settings)
    remarks = [one for one in found.remarks if one.rule == "status.column-empty"]
    assert [(one.subject, one.parameters["count"]) for one in remarks] == [("評価", "2")] * told


@pytest.mark.parametrize(("heading", "doubted"), [("増減", False), ("動き", True)])
def test_arrows_under_a_word_for_differences_say_how_figures_moved(
    heading: str, doubted: bool, table, extracted, settings
) -> None:
    rows = [["指標", "基準値", "実績値", "目標値", heading]]
    rows += [
        [f"{name}の数", "3", "5", "9", mark] for name, mark in zip("甲乙丙", "↑↓→", strict=True)
    ]
    told = [one.rule for one in run(extracted([table(rows)]), settings).remarks]
    assert ("vocabulary.unknown-status-header" in told) == doubted
