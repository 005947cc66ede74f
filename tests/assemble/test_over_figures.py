"""Words for names, years or work over columns of figures, and over columns of words."""

from __future__ import annotations

import pytest

from pipeline.assemble import run


def kinds(found) -> dict[str, str]:
    (layout,) = found.layouts
    return {column.header: column.kind for column in layout.columns}


def doubted(found) -> list[str]:
    (layout,) = found.layouts
    return [column.header for column in layout.columns if column.doubt]


@pytest.mark.parametrize(
    ("headings", "cells", "place", "kind"),
    [
        ("指標 基準年度（R2） 目標値 実績値", "46 40 43", 1, "baseline"),
        ("指標 基準年度 目標値 実績値", "1,246 1,400 1,300", 1, "baseline"),
        ("指標 基準年度 目標値 実績値", "R2 1,400 1,300", 1, "year"),
        ("指標 基準年度 目標値 実績値", "30 1,400 1,300", 1, "year"),
        ("指標 基準年度 目標値 実績値", "87.9％（H29） 90％（R6） 88％（R4）", 1, "baseline"),
        ("指標 基準年度 目標値 実績値", "H29（暦年） 90％（R6） 88％（R4）", 1, "year"),
        ("指標 現状値 実績値 数値目標（R8）", "46 40 43人", 3, "target"),
        ("指標 現状値 実績値 数値目標", "46 40 467千t-CO2", 3, "target"),
        ("数値目標 現状値 目標値 実績値", "46 40 43", 0, "name"),
    ],
)
def test_the_cells_tell_which_of_two_roles_a_word_has(
    headings, cells, place, kind, table, extracted, settings
) -> None:
    rows = [headings.split(), ["甲の数", *cells.split()], ["乙の割合", *cells.split()]]
    found = run(extracted([table(rows)]), settings)
    assert kinds(found)[headings.split()[place]] == kind
    assert not doubted(found)


@pytest.mark.parametrize("word", ["目標", "R6\n数値目標"])
def test_aims_in_words_left_of_the_names_are_goals(word, table, extracted, settings) -> None:
    rows = [
        ["目標", "指標", "基準値", word, "実績"],
        ["目標１：みんなで支え合うまち", "甲の数", "1", "9", "7"],
        ["目標２：学びを育むまち", "乙の数", "2", "9", "8"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert [row.place.goal_number for row in found.indicators] == [1, 2]
    assert [entry.kind for entry in found.indicators[0].entries][-2:] == ["target", "actual"]
    assert not doubted(found)


def test_figures_under_a_word_for_descriptions_are_a_doubt(table, extracted, settings) -> None:
    rows = [
        ["指標", "目標値", "実績値", "課題"],
        ["甲の数", "9", "7", "12"],
        ["乙の数", "9", "8", "15"],
    ]
    assert doubted(run(extracted([table(rows)]), settings)) == ["課題"]


def test_a_baseline_year_over_a_turned_table_is_the_baseline(table, extracted, settings) -> None:
    rows = [
        ["指標", "区分", "基準年度\n2018(H30)", "2019(R1)", "2020(R2)"],
        ["甲の数", "目標値", "", "50", "60"],
        ["", "実績値", "40", "48", "59"],
    ]
    (row,) = run(extracted([table(rows)]), settings).indicators
    values = [(e.kind, e.printed.text) for e in row.entries if e.kind in {"baseline", "actual"}]
    assert values == [("baseline", "40"), ("actual", "48"), ("actual", "59")]


def test_work_listed_right_of_all_figures_is_no_policy(table, extracted, settings) -> None:
    rows = [
        ["指標", "目標値", "実績値", "主な取組と成果"],
        ["甲の数", "10", "12", "講座を開いた。"],
        ["乙の数", "20", "18", "広報を行った。"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert {row.place.policy for row in found.indicators} == {""}


def test_a_table_of_work_with_sentences_under_results_ends_without_a_fault(
    table, extracted, settings
) -> None:
    rows = [
        ["事業名", "事業の概要・実績", "担当課", "評価"],
        ["甲事業", "講座を開き、多くの参加があったところである。", "総務課", "継続"],
        ["乙事業", "広報紙により周知を図り、利用が増えたところである。", "総務課", "拡充"],
    ]
    assert run(extracted([table(rows)]), settings).indicators == ()


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("進捗状況", "95.3% 102%", "rate"),
        ("達成状況（％）", "95.3 －", "rate"),
        ("達成状況", "5 3", "status"),
        ("達成状況", "◎ ○", "status"),
    ],
)
def test_the_cells_tell_a_rate_from_a_status(
    heading, cells, kind, table, extracted, settings
) -> None:
    first, second = cells.split()
    rows = [
        ["指標", "目標値", "実績値", heading],
        ["甲の数", "10", "12", first],
        ["乙の割合", "20", "18", second],
    ]
    assert kinds(run(extracted([table(rows)]), settings))[heading] == kind
