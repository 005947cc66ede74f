"""What speaks for the role of a column, and what is asked where too little does."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.settings.assemble import load
from pipeline.settings.files import packaged_defaults
from tests.assemble.test_layouts import merged

ROWS = [
    ["指標", "目標値", "実績値", "ホニャララ"],
    ["甲の数", "10", "12", "◎"],
    ["乙の数", "20", "18", "○"],
    ["丙の数", "30", "29", "×"],
]


def doubts(found) -> list[tuple[str, str]]:
    return [
        (column.header, column.kind)
        for layout in found.layouts
        for column in layout.columns
        if column.doubt
    ]


def test_each_column_keeps_what_speaks_for_its_role(table, extracted, settings) -> None:
    rows = [["指標", "単位", "年度末目標値", "R5", "R6"], ["甲の数", "人", "9", "7", "8"]]
    (layout,) = run(extracted([table(rows)]), settings).layouts
    assert [(column.kind, column.evidence) for column in layout.columns] == [
        ("name", ("word", "content")),
        ("unit", ("word", "content")),
        ("target", ("part", "content")),
        ("actual", ("position", "content")),
        ("actual", ("position", "content")),
    ]
    assert not layout.doubts


def test_a_role_that_only_the_cells_suggest_is_asked_once(table, extracted, settings) -> None:
    found = run(extracted([table(ROWS, top=top) for top in (100, 300, 500)]), settings)
    (layout,) = found.layouts
    assert doubts(found) == [("ホニャララ", "status")]
    assert (layout.tables, len(layout.samples)) == ((0, 1, 2), 2)
    (told,) = [remark for remark in found.remarks if remark.rule == "layout.columns"]
    assert (told.parameters["key"], told.parameters["tables"]) == (layout.key, "3")
    assert "「甲の数」" in told.parameters["rows"]


@pytest.mark.parametrize(
    ("heading", "first", "told"),
    [
        ("", ["5", "6"], [("", "unknown")]),
        ("", ["5", "記録なし"], []),
        ("基準値", ["5", "6"], []),
    ],
    ids=["figures", "words", "a heading"],
)
def test_figures_under_an_empty_heading_are_asked_about_where_a_role_lacks(
    heading, first, told, table, extracted, settings
) -> None:
    rows = [["指標", heading, "目標値", "実績値"]]
    rows += [["甲の数", first[0], "10", "9"], ["乙の数", first[1], "20", "18"]]
    assert doubts(run(extracted([table(rows)]), settings)) == told


def test_a_confirmed_layout_is_not_asked(table, extracted, settings) -> None:
    (layout,) = run(extracted([table(ROWS)]), settings).layouts
    confirmed = replace(settings, confirmed_layouts=(layout.key,))
    found = run(extracted([table(ROWS)]), confirmed)
    assert [one.confirmed for one in found.layouts] == [True]
    assert [r.rule for r in found.remarks] == ["vocabulary.header-by-content"]


def test_the_key_outlives_the_year_but_not_another_reading(table, extracted, settings) -> None:
    def key(rows: list[list[str]]) -> str:
        (layout,) = run(extracted([table(rows)]), settings).layouts
        return layout.key

    this, last = [
        [["指標", f"R{year}目標", f"R{year}実績", "ホニャララ"], *ROWS[1:]] for year in (7, 6)
    ]
    assert key(this) == key(last)
    assert key(this) != key([this[0], *([*row[:3], "本文の言葉"] for row in ROWS[1:])])


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (["指標\n甲の数", "目標値\n1,044人", "実績値\n1,083人"], True),
        (["指標\n甲の数", "目標値\n57.2", "実績値\n42.7"], True),
        (["指標", "目標値\nR6", "実績値\n2024"], False),
        (["指標", "目標値\n27", "実績値\n26年度"], False),
        (["指標", "目標値\n（上限100）", "実績値"], False),
        (["指標", "R6\n5ヵ年目標", "R6実績値\n3か年計画"], False),
    ],
)
def test_a_row_that_may_stand_in_the_headings_is_asked(
    table, extracted, settings, first, told
) -> None:
    rows = [first, ["乙の数", "20", "18"], ["丙の数", "30", "29"]]
    found = run(extracted([table(rows)]), settings)
    assert ("reading.row-in-heading" in {one.rule for one in found.remarks}) is told


@pytest.mark.parametrize(
    ("marks", "legend", "doubted"),
    [
        ("545", ["５：達成率100％以上", "４：達成率80％以上", "３：達成率80％未満"], False),
        ("545", ["Ａ：達成率100％以上", "Ｂ：達成率80％以上"], True),
        (["5", "4", "102.5"], ["５：達成率100％以上", "４：達成率80％以上"], True),
    ],
    ids=["explained", "not explained", "a number among them"],
)
def test_digits_are_statuses_where_the_legend_explains_each(
    table, line, extracted, settings, marks, legend, doubted
) -> None:
    rows = [["指標", "目標値", "実績値", "達成状況"]]
    rows += [[*row[:3], mark] for row, mark in zip(ROWS[1:], marks, strict=True)]
    lines = [line(text, top=40 + 15 * at) for at, text in enumerate(legend)]
    found = run(extracted([table(rows)], lines), settings)
    assert doubts(found) == ([("達成状況", "status")] if doubted else [])


def test_a_heading_over_all_columns_is_no_cell_of_theirs(table, extracted, settings) -> None:
    banner = ["施策の大綱１　みんなで支え合い安心して暮らせるまちをつくる", "", "", ""]
    head = ["指標", "目標値", "実績値", "達成状況"]
    made = table([head, *(row for one in ROWS[1:] for row in (banner, one))], top=60)
    cells = [
        replace(cell, column_span=4, box=(50.0, *cell.box[1:2], 290.0, cell.box[3]))
        if cell.text == banner[0]
        else cell
        for cell in made.cells
        if cell.text
    ]
    found = run(extracted([replace(made, cells=tuple(cells))]), settings)
    assert len(found.indicators) == 3
    assert doubts(found) == []


def test_marks_that_the_legend_explains_need_no_question(table, line, extracted, settings) -> None:
    legend = [
        line("◎：目標を達成した", top=40),
        line("○：目標の８０％以上", top=55),
        line("×：目標の８０％未満", top=70),
    ]
    found = run(extracted([table(ROWS)], legend), settings)
    (layout,) = found.layouts
    assert layout.columns[-1].evidence == ("legend", "content")
    assert not layout.doubts
    assert [r.rule for r in found.remarks] == ["vocabulary.header-by-content"]


def test_a_status_that_holds_the_numbers_of_a_rate_is_doubted(table, extracted, settings) -> None:
    rows = [
        ["指標", "目標値", "実績値", "達成状況"],
        ["甲の数", "10", "12", "120.0"],
        ["乙の数", "20", "18", "90.0"],
    ]
    assert doubts(run(extracted([table(rows)]), settings)) == [("達成状況", "status")]


@pytest.mark.parametrize(
    "heading",
    [
        ["款項目", "令和7年度当初予算額", "令和6年度当初予算額", "構成比"],
        ["項目", "当初", "決算見込", "増減"],
        ["項目", "実績（令和5年度）", "見込（令和6年度）", "推計（令和7年度）"],
        ["項目", "計画値", "実績値", "計画比"],
        ["科目", "当初", "執行実績", "進捗状況"],
        ["評価項目", "発表基準", "測定結果", "判定"],
    ],
)
def test_words_that_other_papers_use_make_no_table_of_indicators(
    heading, table, extracted, settings
) -> None:
    rows = [heading, ["甲の額", "10", "12", "1.1"], ["乙の額", "20", "18", "2.2"]]
    found = run(extracted([table(rows)]), settings)
    assert found.indicators == ()
    assert {remark.rule for remark in found.remarks} <= {
        "structure.table-not-understood",
        "structure.value-table-not-understood",
    }


def test_counts_under_statuses_are_no_figures_of_indicators(table, extracted, settings) -> None:
    """目標達成 holds the word for a target, and 指標数 that for an indicator."""
    rows = [
        ["基本目標", "指標数", "目標達成", "改善", "悪化"],
        ["1 健康なまち", "5", "3", "1", "1"],
        ["2 安全なまち", "4", "1", "2", "1"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert found.indicators == ()
    assert "layout.columns" not in {remark.rule for remark in found.remarks}


@pytest.mark.parametrize(
    "heading",
    [
        ["指標", "目標値", "実績値"],
        ["指標", "R6目標", "判定"],
        ["KPI", "当初値", "実績値"],
        ["項目", "目標値", "実績値"],
        ["成果指標", "現状", "めざそう値"],
    ],
)
def test_words_that_say_so_make_one(heading, table, extracted, settings) -> None:
    rows = [heading, ["甲の数", "10", "12"], ["乙の数", "20", "18"]]
    found = run(extracted([table(rows)]), settings)
    assert len(found.indicators) == 2


def test_a_table_of_indicators_with_unknown_figures_is_never_left_out_unseen(
    table, extracted, settings
) -> None:
    rows = [["指標", "はじめ", "このたび"], ["甲の数", "10", "12"], ["乙の数", "20", "18"]]
    found = run(extracted([table(rows)]), settings)
    assert [r.rule for r in found.remarks] == ["layout.not-understood"]


@pytest.mark.parametrize(
    ("heading", "name", "rule"),
    [
        (["指標", "目標値", "実績値"], "丙の数", "structure.value-table-not-understood"),
        (["指標", "目標値", "実績値"], "丁の数", "layout.not-understood"),
        (["指標", "目標値", "備考"], "丙の数", "layout.not-understood"),
    ],
    ids=["known names", "another name", "actuals only here"],
)
def test_a_table_that_shows_read_indicators_again_is_no_doubt(
    table, extracted, settings, heading, name, rule
) -> None:
    names = ("甲の数", "乙の数", "丙の数")
    whole = [heading, *([one, "10", "12"] for one in names)]
    again = [["指標", "R5", "R6"], *([one, "11", "12"] for one in (*names[:2], name))]
    found = run(extracted([table(whole), table(again, top=400)]), settings)
    assert [r.rule for r in found.remarks if "not-understood" in r.rule] == [rule]


def test_a_citys_own_word_for_the_name_is_no_common_one() -> None:
    profile = load([packaged_defaults()], {"headers": {"name": ["項目"]}})
    assert "項目" not in profile.common_headers
    assert "結果" in profile.common_headers


def test_another_table_with_as_many_columns_does_not_go_on(table, extracted, settings) -> None:
    budget = [["総務費", "R6支出", "R5支出", "増減"], ["民生費", "4,202", "4,107", "増"]]
    heading = [["指標", "目標値", "実績値", "達成状況"], *ROWS[1:]]
    found = run(extracted([table(heading), table(budget, page=2)]), settings)
    assert len(found.indicators) == 3


def test_the_present_of_three_years_is_the_actual_beside_a_baseline(
    table, extracted, settings
) -> None:
    rows = [
        ["指標", "当初値(H30)", "現況値(R4)", "現況値(R5)", "現況値(R6)", "目標値(R8)"],
        ["甲の数", "1", "2", "3", "4", "5"],
    ]
    (row,) = run(extracted([table(rows)]), settings).indicators
    assert [entry.kind for entry in row.entries] == [
        "name",
        "baseline",
        *["actual"] * 3,
        "target",
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("実績値", "実績値", True),
        ("実績値", "最新値", True),
        ("平成31年度", "令和元年度", True),
        ("R5実績", "R6実績", False),
        ("実績値（男性）", "実績値（女性）", False),
        ("25年度実績", "26年度実績", False),
        ("R5実績", "R5見込", False),
        ("平成15年9月30日現在", "平成15年度実績", False),
        ("平成16年3月31日現在", "平成15年度実績", True),
        ("R6実績（上半期分）", "R6実績", True),
        ("前年度実績", "実績値", False),
        ("前年度実績", "昨年度実績", True),
        ("前年度実績", "R5実績", False),
        ("R6実績（累計）", "R6実績（単年度）", False),
    ],
)
def test_two_columns_that_nothing_tells_apart_are_asked(
    one, other, alike, table, extracted, settings
) -> None:
    rows = [["指標", "目標値", one, other], ["甲の数", "1", "2", "3"]]
    found = run(extracted([table(rows)]), settings)
    assert doubts(found) == ([(one, "actual"), (other, "actual")] if alike else [])


@pytest.mark.parametrize(
    ("one", "other", "statuses", "asked"),
    [
        ("担当課評価", "委員会評価", ("AA", "BB", "CB"), True),
        ("担当課評価", "委員会評価", ("AA", "BB", "CC"), False),
        ("評価", "達成状況", ("A達成", "B改善", "A達成"), False),
        ("評価", "達成状況", ("A達成", "B達成", "C改善"), False),
        ("評価", "達成状況", ("A達成", "A改善", "C改善"), True),
        ("前年度評価", "今年度評価", ("AA", "BB", "CB"), False),
        ("R5評価", "R6評価", ("AA", "BB", "CB"), False),
    ],
)
def test_two_columns_of_statuses_that_judge_otherwise_are_asked(
    one, other, statuses, asked, table, extracted, settings
) -> None:
    rows = [["指標", "目標値", "実績値", one, other]]
    rows += [
        [f"{name}の数", "3", "2", text[0], text[1:]]
        for name, text in zip("甲乙丙", statuses, strict=True)
    ]
    found = run(extracted([table(rows)]), settings)
    assert doubts(found) == ([(one, "status"), (other, "status")] if asked else [])


@pytest.mark.parametrize(
    ("one", "other", "held"),
    [
        ("当初目標値（R6）", "改定後目標値（R6）", "12"),
        ("目標値（R6）", "策定時目標値（R6）", "11"),
        ("当初目標値（R5）", "目標値（R6）", "11"),  # of another year: both hold
    ],
)
def test_what_was_aimed_at_first_is_no_target_beside_the_present_one(
    one, other, held, table, extracted, settings
) -> None:
    rows = [["指標", one, other, "R6実績"], ["甲の数", "11", "12", "13"]]
    found = run(extracted([table(rows)]), settings)
    (row,) = found.indicators
    targets = [entry.printed.text for entry in row.entries if entry.kind == "target"]
    assert targets[0] == held
    assert len(targets) == (2 if "R5" in one else 1)
    assert doubts(found) == []


YEARS = [["当初値（H25）", "R5", "R6", "目標値（R8）"], ["1", "2", "3", "4"]]


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (["甲の数", "（担当：農政課）単位：千万円"], "甲の数"),
        (["甲の数", "所管課：企画課", "単位：人"], "甲の数"),
        (["指標１：甲の数（単位：人）"], "甲の数"),
        (["指標1 甲の数（単位：人）"], "甲の数"),
        (["【成果指標】甲の数（担当：農政課）"], "甲の数"),
        (["2 甲の数"], "甲の数"),
        (
            ["14　１人１日当たりの量　（H25）9g → （H31）7g"],
            "１人１日当たりの量　（H25）9g → （H31）7g",
        ),
        (["基本目標1 暮らし", "KPI1 甲の数 H25 1人→R8 4人"], "甲の数 H25 1人→R8 4人"),
    ],
)
def test_who_is_in_charge_and_the_unit_are_no_name(
    above, name, table, line, extracted, settings
) -> None:
    lines = [line(text, top=100 - 15 * (len(above) - index)) for index, text in enumerate(above)]
    found = run(extracted([table(YEARS)], lines), settings)
    assert [e.printed.text for e in found.indicators[0].entries if e.kind == "name"] == [name]
    assert not found.layouts[0].doubts


def test_a_heading_of_the_plan_names_no_table(table, line, extracted, settings) -> None:
    found = run(extracted([table(YEARS)], [line("基本目標1 暮らしを守る", top=85)]), settings)
    assert found.indicators == ()
    assert [remark.rule for remark in found.remarks] == ["layout.not-understood"]


def test_two_tables_that_only_touch_are_two(table, extracted, settings) -> None:
    upper = table([["指標", "目標値", "実績値"], ["甲の数", "1", "2"]])
    lower = table([["主な事業", "事業費"], ["講座の開催", "30"]], top=142)
    moved = [
        replace(cell, row=cell.row + 2, box=(x0 + 25, top, x1 + 25, bottom))
        for cell in lower.cells
        for x0, top, x1, bottom in [cell.box]
    ]
    found = run(extracted([replace(upper, cells=(*upper.cells, *moved))]), settings)
    names = [e.printed.text for row in found.indicators for e in row.entries if e.kind == "name"]
    assert names == ["甲の数"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("高", "低"), "status"),
        (("①", "③"), "status"),
        (("達成", "－"), "rate"),
        (("高", "95.0"), "rate"),
        (("－", "－"), "rate"),
    ],
)
def test_a_column_of_attainment_is_of_statuses_where_it_holds_words(
    cells, kind, table, extracted, settings
) -> None:
    rows = [["指標", "目標値", "実績値", "達成度"]]
    rows += [[f"{name}の数", "1", "2", cell] for name, cell in zip("甲乙", cells, strict=True)]
    found = run(extracted([table(rows)]), settings)
    assert found.indicators[0].entries[-1].kind == kind


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("達成度", "543", "status"),
        ("達成率", "543", "rate"),
        ("達成度", ("5", "12", "3"), "rate"),
        ("達成度", ("5", "4", "－"), "rate"),
    ],
)
def test_single_digits_under_a_word_that_is_no_share_are_grades(
    heading, cells, kind, table, extracted, settings
) -> None:
    rows = [["指標", "目標値", "実績値", heading]]
    rows += [[f"{name}の数", "10", "20", cell] for name, cell in zip("甲乙丙", cells, strict=True)]
    found = run(extracted([table(rows)]), settings)
    assert {row.entries[-1].kind for row in found.indicators} == {kind}


@pytest.mark.parametrize(("mark", "kind"), [("☆", "status"), ("Ａ", "status"), ("甲", "rate")])
def test_one_mark_for_a_status_all_over_is_one(mark, kind, table, extracted, settings) -> None:
    rows = [["指標", "目標値", "実績値", "達成度"]]
    rows += [[f"{name}の数", "10", "20", mark] for name in "甲乙丙"]
    found = run(extracted([table(rows)]), settings)
    assert {row.entries[-1].kind for row in found.indicators} == {kind}


def test_last_years_statuses_leave_those_of_this_year(table, extracted, settings) -> None:
    rows = [["指標", "目標値", "実績値", "前年度評価", "達成度"]]
    rows += [
        [f"{name}の数", "10", "20", "○", mark] for name, mark in zip("甲乙丙", "◎○△", strict=True)
    ]
    found = run(extracted([table(rows)]), settings)
    assert [row.entries[-1].kind for row in found.indicators] == ["status"] * 3


def test_rows_say_what_they_are_under_years_of_actuals(table, extracted, settings) -> None:
    rows = [["指標", "", "R5\n実績", "R6\n実績"], ["甲の数", "目標値", "1", "2"]]
    rows += [["", "実績値", "3", "4"], ["乙の数", "目標値", "5", "6"], ["", "実績値", "7", "8"]]
    found = run(extracted([table(rows)]), settings).indicators
    assert [[e.kind for e in row.entries] for row in found] == [
        ["name", "target", "target", "actual", "actual"]
    ] * 2


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("高", "低"), "status"),
        (("遅れ", "遅れ"), "status"),
        (("高", "95.0"), "rate"),
        (("97.1", "95.0"), "rate"),
        (("－", "－"), "rate"),
    ],
)
def test_a_row_of_attainment_is_of_statuses_where_it_holds_words(
    cells, kind, table, extracted, settings
) -> None:
    """Years stand as columns; what a row is stands at its left."""
    rows = [["指標", "区分", "R5", "R6"]]
    for name, cell in zip("甲乙丙", (*cells, cells[-1]), strict=True):
        rows += [[f"{name}の数", "目標値", "1", "2"], ["", "実績値", "1", "2"]]
        rows += [["", "達成度", "－", cell]]
    found = run(extracted([table(rows)]), settings)
    assert {entry.kind for row in found.indicators for entry in row.entries} == {
        "name",
        "target",
        "actual",
        kind,
    }


def test_a_heading_over_all_columns_is_no_cell_of_attainment(extracted, settings) -> None:
    rows = [[(text, 1, 1) for text in row] for row in [["指標", "目標値", "実績値", "達成度"],
            ["甲の数", "1", "2", "◎"], ["乙の数", "1", "2", "○"]]]  # fmt: skip
    table = merged(1, [rows[0], [("基本目標1 安心", 1, 4)], *rows[1:]], 4)
    found = run(extracted([table]), settings)
    assert [row.entries[-1].kind for row in found.indicators] == ["status", "status"]


@pytest.mark.parametrize(
    ("marks", "kinds", "told"),
    [
        ("◎○", ("rate", "status"), []),
        ("◎◎", ("rate", "rate"), [("達成度", "rate")]),
        (("80.0", "90.0"), ("rate", "rate"), []),
    ],
    ids=["marks", "one mark", "figures"],
)
def test_beside_a_rate_a_column_of_marks_is_of_statuses_or_in_doubt(
    marks, kinds, told, table, extracted, settings
) -> None:
    rows = [["指標", "目標値", "実績値", "達成率", "達成度"]]
    rows += [
        [f"{name}の数", "1", "2", "95.0", cell] for name, cell in zip("甲乙", marks, strict=True)
    ]
    found = run(extracted([table(rows)]), settings)
    assert tuple(entry.kind for entry in found.indicators[0].entries[-2:]) == kinds
    assert doubts(found) == told


def test_marks_alone_are_no_actual_values(table, extracted, settings) -> None:
    rows = [["指標", "目標値", "実績"], ["甲の数", "1", "◎"], ["乙の数", "2", "○"]]
    found = run(extracted([table(rows)]), settings)
    assert doubts(found) == [("実績", "actual")]


def test_one_line_above_several_tables_is_no_certain_name(table, line, extracted, settings) -> None:
    tables = [table(YEARS, top=top) for top in (100, 200)]
    lines = [line("市民の暮らし", top=top) for top in (85, 185)]
    found = run(extracted(tables, lines), settings)
    assert doubts(found) == [("", "name")]


def test_the_end_of_a_longer_text_is_no_certain_name(table, line, extracted, settings) -> None:
    lines = [line("農業を営む人のうち", top=74), line("新たに始めた人の数", top=86)]
    found = run(extracted([table(YEARS)], lines), settings)
    assert doubts(found) == [("", "name")]


def test_figures_whose_name_is_not_found_are_never_left_out_unseen(
    table, extracted, settings
) -> None:
    rows = [["当初値", "ホニャララ", "実績値", "達成状況"], ["1", "2", "3", "達成"]]
    found = run(extracted([table(rows)]), settings)
    assert [r.rule for r in found.remarks] == ["layout.not-understood"]


def test_the_figures_of_two_heading_cells_are_not_one(table, extracted, settings) -> None:
    rows = [["指標", "R7", "R7"], ["指標", "5ヵ年目標", "直近値"], ["甲の数", "1", "2"]]
    (row,) = run(extracted([table(rows)]), settings).indicators
    assert [(e.kind, e.header) for e in row.entries[1:]] == [
        ("target", "R7 5ヵ年目標"),
        ("actual", "R7\n直近値"),
    ]


def test_an_example_of_how_to_read_the_others_is_no_indicator(
    table, line, extracted, settings
) -> None:
    example = [ROWS[0][:3], ["○○の参加者数", "100", "120"]]
    real = [ROWS[0][:3], *(row[:3] for row in ROWS[1:])]
    lines = [line("表の見方（例）", top=80), line("指標の一覧", top=280)]
    found = run(extracted([table(example), table(real, top=300)], lines), settings)
    assert len(found.indicators) == 3
    assert [r.rule for r in found.remarks] == ["structure.value-table-not-understood"]


def test_a_goal_that_stands_beside_some_rows_only_is_asked(table, extracted, settings) -> None:
    rows = [
        ["基本目標", "指標", "目標値", "実績値"],
        ["", "甲の数", "1", "2"],
        ["基本目標1 活力", "乙の数", "3", "4"],
        ["", "丙の数", "5", "6"],
    ]
    assert doubts(run(extracted([table(rows)]), settings)) == [("基本目標", "goal")]


def test_a_year_centred_over_several_columns_without_rules_is_asked(
    table, extracted, settings
) -> None:
    rows = [
        ["", "基準値", "", "R6", ""],
        ["指標", "(R2)", "目標値", "実績値", "達成状況"],
        ["甲の数", "1", "2", "3", "達成"],
        ["乙の数", "4", "5", "6", "達成"],
    ]
    ruled = table(rows)
    assert doubts(run(extracted([ruled]), settings)) == []
    aligned = run(extracted([replace(ruled, method="text")]), settings)
    assert doubts(aligned) == [("目標値", "target")]


def test_a_year_beside_another_is_centred_over_no_other_column(table, extracted, settings) -> None:
    rows = [
        ["", "", "R6", "R6", "R7"],
        ["指標", "基準値", "目標", "実績", "目標"],
        ["甲の数", "1", "2", "3", "4"],
        ["乙の数", "4", "5", "6", "7"],
    ]
    assert doubts(run(extracted([replace(table(rows), method="text")]), settings)) == []


@pytest.mark.parametrize("heading", ["今後の取組方針", "改善に向けた重点施策", "施策の方向"])
def test_words_right_of_all_values_are_no_place_in_the_plan(
    heading, table, extracted, settings
) -> None:
    rows = [["指標", "目標値", "実績値", "達成状況", heading]]
    rows += [["甲の数", "1", "2", "達成", "続ける"], ["乙の数", "3", "2", "未達成", ""]]
    found = run(extracted([table(rows)]), settings)
    kinds = {entry.kind for row in found.indicators for entry in row.entries}
    told = [one.rule for one in found.remarks if one.rule == "layout.columns"]
    assert (("policy" in kinds), told) == (
        heading == "施策の方向",
        ["layout.columns"] * ("policy" in kinds),
    )


TWO_LEVELS = [["指標", "令和5年度\n目標値", "令和5年度\n実績値"], ["甲の数", "10", "12"]]


@pytest.mark.parametrize(
    ("again", "names", "rules"),
    [
        (TWO_LEVELS[0], ["甲の数", "乙の数"], []),
        (["令和5年度目標値", "指標", "実績値"], ["甲の数", "乙の数"], ["layout.other-headings"]),
    ],
    ids=["its own", "another"],
)
def test_a_heading_within_a_table_is_no_indicator(
    again, names, rules, table, extracted, settings
) -> None:
    found = run(extracted([table([*TWO_LEVELS, again, ["乙の数", "20", "18"]])]), settings)
    assert [row.entries[0].printed.text for row in found.indicators] == names
    assert [remark.rule for remark in found.remarks] == rules


@pytest.mark.parametrize(("method", "doubted"), [("text", True), ("ruled", False)])
def test_words_for_two_roles_over_a_column_without_rules_are_a_doubt(
    method, doubted, table, extracted, settings
) -> None:
    rows = [["指標", "令和元年度\n当初値\n目標値", "令和5年度\n実績値"], ["甲の数", "10", "12"]]
    found = run(extracted([replace(table(rows), method=method)]), settings)
    assert bool(doubts(found)) is doubted


@pytest.mark.parametrize(
    ("heading", "cell", "doubted"),
    [
        ("評定 特記事項", "○", True),
        ("実績値 担当課", "9", True),
        ("令和5年度 実績値", "9", False),
        ("実績値 （単位）", "9", False),
        ("備考 担当課", "農政課", False),
        ("備考", "○", False),
    ],
)
def test_words_for_two_columns_beside_one_another_are_a_doubt_without_rules(
    heading, cell, doubted, table, extracted, settings
) -> None:
    rows = [["指標", "当初値", "目標値", heading], ["甲の数", "8", "10", cell]]
    found = run(extracted([replace(table(rows), method="horizontal")]), settings)
    assert bool(doubts(found)) is doubted


@pytest.mark.parametrize(
    ("last", "rules"),
    [
        (["1", "2", "改善"], ["reading.table-without-headings"]),
        (["アップ", "7", "9"], ["reading.table-without-headings"]),
        (["計", "2"], []),
    ],
    ids=["figures alone", "a word before them", "another table"],
)
def test_a_sheet_that_lost_its_heading_to_a_page_edge_is_told(
    last, rules, table, line, extracted, settings
) -> None:
    sheet = [["目標値(R5)", "実績値(R5)", "達成状況"], ["10", "12", "改善"]]
    upper, lower = (
        line("【指標1】甲の数(単位:件)", top=80),
        line("【指標2】乙の数(単位:件)", top=780),
    )
    found = run(extracted([table(sheet), table([last], page=2)], [upper, lower]), settings)
    told = [one.rule for one in found.remarks if one.rule.startswith("reading.")]
    assert (len(found.indicators), told) == (1, rules)


def test_four_common_words_and_one_of_its_own_make_a_sheet(
    table, line, extracted, settings
) -> None:
    sheet = [["従前値(R1)", "計画値(R5)", "測定値(R5)", "評定"], ["1", "3", "2", "順調"]]
    found = run(extracted([table(sheet)], [line("指標:甲の数(単位:件)", top=80)]), settings)
    assert [row.entries[0].printed.text for row in found.indicators] == ["甲の数"]


def test_a_legend_by_examples_bears_the_heading_of_the_statuses(table, extracted, settings) -> None:
    legend = [
        ["基準値", "R7目標", "R7実績", "達成度"],
        ["100", "110", "120", "目標達成(100%以上)"],
        ["100", "110", "105", "改善(基準値以上)"],
        ["100", "110", "95", "未達成(基準値未満)"],
    ]
    rows = [["指標", "基準値", "R7目標", "R7実績", "達成度"]]
    for number, word in enumerate(["目標達成", "改善", "未達成", "改善"]):
        rows.append([f"{'甲乙丙丁'[number]}の数", "3", "5", "4", word])
    found = run(extracted([table(legend), table(rows, top=300.0)]), settings)
    statuses = [
        e.printed.text for row in found.indicators for e in row.entries if e.kind == "status"
    ]
    assert statuses == ["目標達成", "改善", "未達成", "改善"]
    assert [row.word.text for row in found.legend] == ["目標達成", "改善", "未達成"]
    assert [entry.printed.text for entry in found.legend[0].example] == ["100", "110", "120"]
    assert not doubts(found)
    assert not found.remarks


@pytest.mark.parametrize(("heading", "doubted"), [("達成度\n評価", False), ("実績値\n評価", True)])
def test_a_word_that_wraps_is_of_one_role(heading, doubted, table, extracted, settings) -> None:
    rows = [["指標", "目標値（R6）", "現状値（R6）", heading]]
    rows += [["来館者数", "10", "12", "A"], ["会員数", "20", "20", "B"], ["貸出", "1", "2", "A"]]
    found = run(extracted([replace(table(rows), method="horizontal")]), settings)
    assert ("layout.columns" in [remark.rule for remark in found.remarks]) == doubted


def test_a_word_for_figures_over_names_without_rules_is_a_doubt(table, extracted, settings) -> None:
    rows = [
        ["当初値\n指標（令和元年度）", "令和5年度\n実績値", "目標値"],
        ["甲の数 10", "12", "13"],
    ]
    found = run(extracted([replace(table(rows), method="horizontal")]), settings)
    assert ("当初値\n指標（令和元年度）", "name") in doubts(found)


@pytest.mark.parametrize(
    ("heading", "doubted"),
    [
        (["測るもの", "計画値", "測定値"], True),
        (["測るもの", "目標値", "担当"], True),
        (["科目", "当初", "決算見込"], False),
        (["科目", "計画値", "決算額"], False),
        (["事業名", "計画値", "測定値"], False),
        (["設問", "前回", "今回"], False),
    ],
)
def test_a_table_beside_indicators_that_may_hold_some_is_a_doubt(
    heading, doubted, table, extracted, settings
) -> None:
    other = [heading, ["甲の額", "10", "12"], ["乙の額", "20", "18"]]
    found = run(extracted([table(ROWS), table(other, top=400)]), settings)
    assert len(found.indicators) == len(ROWS) - 1
    told = [one.rule for one in found.remarks if one.rule.endswith("not-understood")]
    assert ("layout.not-understood" in told) is doubted


def test_headings_that_nothing_parted_are_a_doubt(table, extracted, settings) -> None:
    """A page ends under them, and the rows below would be lost."""
    known = table([["指標", "基準値", "目標値", "実績値"], ["甲の数", "4", "9", "7"]])
    heads = ["施策", "成果指標 基準値（R2） 目標値（R5） 実績値（R5）", "担当課"]
    rows = [["1 健康", str(number), "福祉課"] for number in range(4)]
    found = run(extracted([known, table([heads, *rows], top=400)]), settings)
    assert [remark.rule for remark in found.remarks] == ["layout.not-understood"]


def test_the_target_of_the_next_year_is_another_column_than_the_target(
    table, extracted, settings
) -> None:
    rows = [
        ["指標", "基準値", "目標", "実績値", "次年度目標"],
        ["甲の数", "10", "12", "11", "13"],
        ["乙の数", "20", "18", "17", "16"],
    ]
    assert doubts(run(extracted([table(rows)]), settings)) == []


@pytest.mark.parametrize(("last", "asked"), [("2025年度", True), ("2022年度", False)])
def test_a_year_alone_after_that_of_the_target_may_be_another_target(
    last: str, asked: bool, table, extracted, settings
) -> None:
    rows = [["指標", "現状値（2020年度）", "目標値：2023年度", last], ["甲の数", "1", "2", "3"]]
    found = doubts(run(extracted([table(rows)]), settings))
    assert found == ([(last, "actual")] if asked else [])


def test_two_targets_without_a_word_that_tells_them_apart_are_a_doubt(
    table, extracted, settings
) -> None:
    rows = [
        ["指標", "基準値", "目標", "実績値", "目標値"],
        ["甲の数", "10", "12", "11", "13"],
        ["乙の数", "20", "18", "17", "16"],
    ]
    assert doubts(run(extracted([table(rows)]), settings)) == [
        ("目標", "target"),
        ("目標値", "target"),
    ]


HEADED = [
    ["指標", "単位", "R6 目標", "R6 実績", "評価"],
    ["甲の数", "人", "1", "2", "◎"],
    ["乙の率", "％", "3", "2", "△"],
]


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([["丙の数", "人", "5", "4", "△"]], False),
        ([["丙の数", "人", "5", "4", ""], ["丁の率", "％", "5", "4", "－"]], False),
        ([["道路費", "千円", "500", "480", ""]], True),
        ([["道路費", "千円", "500", "480", "完了"]], True),
    ],
    ids=["statuses", "units", "a budget", "other words"],
)
def test_columns_of_an_earlier_table_are_borne_out_or_asked(
    rows, asked, table, line, extracted, settings
) -> None:
    between = line("続いて、次のとおりとなりました。", top=200)
    found = run(extracted([table(HEADED), table(rows, top=300.0)], [between]), settings)
    told = [one for one in found.remarks if one.rule == "layout.columns"]
    assert [one.parameters["doubts"] for one in told] == ["no-heading:指標"] * asked
    for one in told:
        key = one.parameters["key"]
        assert [layout.tables for layout in found.layouts if layout.key == key] == [(1,)]
        confirmed = replace(settings, confirmed_layouts=(key,))
        again = run(extracted([table(HEADED), table(rows, top=300.0)], [between]), confirmed)
        assert all(layout.confirmed or not layout.doubts for layout in again.layouts)
        assert len(again.indicators) == len(found.indicators)


def test_two_lists_side_by_side_in_one_grid_are_not_alike(table, extracted, settings) -> None:
    half = ["指標", "目標値（R6）", "実績値（R6）"]
    found = run(extracted([table([half * 2, ["甲の数", "1", "2", "乙の数", "3", "4"]])]), settings)
    assert len(found.indicators) == 2
    assert doubts(found) == []


@pytest.mark.parametrize(
    ("method", "last", "asked"),
    [("text", "実績値", True), ("text", "R6 実績値", False), ("ruled", "実績値", True)],
)
def test_one_actual_without_a_year_beside_dated_ones_is_asked(
    method, last, asked, table, extracted, settings
) -> None:
    rows = [
        ["指標", "R4 実績値", "R5 実績値", last, "R7 目標値"],
        ["甲の数", "1", "2", "3", "4"],
        ["乙の数", "5", "6", "7", "8"],
    ]
    found = run(extracted([replace(table(rows), method=method)]), settings)
    assert doubts(found) == ([(last, "actual")] if asked else [])


def test_without_rules_a_status_that_no_other_row_bears_bears_nothing_out(
    table, line, extracted, settings
) -> None:
    rows = [["丙の数", "人", "5", "4", "△"], ["丁の数", "人", "5", "4", "遅れ"]]
    headed = [*HEADED[:2], ["乙の率", "％", "3", "2", "△"]]
    between = line("続いて、次のとおりとなりました。", top=200)
    for method, asked in (("ruled", 0), ("text", 1)):
        lower = replace(table(rows, top=300.0), method=method)
        found = run(extracted([table(headed), lower], [between]), settings)
        assert [one.rule for one in found.remarks].count("layout.columns") == asked


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        (["所管の課\n甲の数", "目標値\n58.9", "年度実績\n61.2"], True),
        (["所管の課\n甲の数", "満足\n58.9", "不満\n61.2"], False),
        (["指標名\n実績値", "備考", "所管"], True),
        (["指標名\n備考", "備考", "所管"], False),
    ],
)
def test_headings_that_hold_the_first_row_are_never_left_out_unseen(
    heads, told, table, extracted, settings
) -> None:
    """The rule between the headings and the first row is missing."""
    found = run(extracted([table([heads, ["乙の数", "20", "18"]])]), settings)
    assert ("layout.not-understood" in {one.rule for one in found.remarks}) is told


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (["(2015年度)", "目標値\n(2022年度)", "実績値\n(2020年度)"], [("(2015年度)", "actual")]),
        (["2019年度", "2020年度", "目標値\n(2022年度)"], []),
        (["基準値", "2019年度", "目標値\n(2022年度)", "実績値\n(2020年度)"], []),
    ],
    ids=["beside a headed actual", "years alone", "beside a baseline"],
)
def test_a_year_alone_before_the_target_may_be_the_baseline(
    headings, told, table, extracted, settings
) -> None:
    figures = ["10", "20", "18", "19"][: len(headings)]
    rows = [["指標", *headings], ["甲の数", *figures], ["乙の数", *figures]]
    assert doubts(run(extracted([table(rows)]), settings)) == told


def test_one_target_without_a_year_beside_dated_ones_is_asked(table, extracted, settings) -> None:
    rows = [["指標", "目標値", "R4目標値", "R5目標値", "R6目標値", "R6実績値"]]
    rows += [[name, "10", "11", "12", "13", "9"] for name in ("甲の数", "乙の数")]
    assert doubts(run(extracted([table(rows)]), settings)) == [("目標値", "target")]
    assert not doubts(run(extracted([table([row[:2] + row[4:] for row in rows])]), settings))


def test_figures_under_an_empty_heading_between_values_are_asked_about(
    table, extracted, settings
) -> None:
    rows = [["指標", "基準値", "R4目標値", "", "R5目標値", "R5実績値"]]
    rows += [[name, "10", "11", "12", "13", "9"] for name in ("甲の数", "乙の数")]
    assert doubts(run(extracted([table(rows)]), settings)) == [("", "unknown")]


def test_attainment_in_words_over_sheets_of_one_row_each_is_a_status(
    table, line, extracted, settings
) -> None:
    """Each sheet is too short to tell; the name stands over it."""
    head = ["基準値(R2)", "実績値(R5)", "目標値(R6)", "進捗度"]
    words = ["順調", "遅れ", "－"]
    tables = [
        table([head, ["1", "2", "3", word]], top=100.0 + 100 * at) for at, word in enumerate(words)
    ]
    lines = [
        line(f"指標{at + 1} {name}の数(単位:件)", top=85.0 + 100 * at)
        for at, name in enumerate("甲乙丙")
    ]
    found = run(extracted(tables, lines), settings)
    assert [row.entries[-1].kind for row in found.indicators] == ["status"] * 3
    assert not doubts(found)
