"""進捗状況 over figures is the actual, where the table has no other."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from tests.assemble.test_layouts import kinds_and_texts

HEAD = ["指標", "基準値", "目標値", "進捗状況（R6年度）"]


def values(found) -> list[list[tuple[str, str]]]:
    return [
        [(kind, text) for kind, _, text in kinds_and_texts(row) if kind in {"actual", "status"}]
        for row in found.indicators
    ]


def doubts(found) -> list[str]:
    return [one.parameters["doubts"] for one in found.remarks if one.rule == "layout.columns"]


def test_beside_another_column_of_statuses_it_is_the_actual(table, extracted, settings) -> None:
    first = [
        [*HEAD, "評価区分"],
        ["甲の数", "76か所", "87か所", "82か所", "B"],
        ["丙の数", "2人", "9人", "5人", "C"],
    ]
    second = [[*HEAD, "評価区分"], ["乙の割合", "41.0%", "47.0%", "隔年調査", "－"]]
    found = run(extracted([table(first), table(second, page=2)]), settings)
    assert values(found) == [
        [("actual", "82か所"), ("status", "B")],
        [("actual", "5人"), ("status", "C")],
        [("actual", "隔年調査"), ("status", "－")],
    ]
    assert not doubts(found)


def test_as_the_only_column_of_statuses_it_is_asked_about(table, extracted, settings) -> None:
    rows = [HEAD, ["甲の数", "76", "87", "82"], ["乙の割合", "41%", "47%", "45.5"]]
    found = run(extracted([table(rows)]), settings)
    assert values(found) == [[("actual", "82")], [("actual", "45.5")]]
    assert doubts(found) == ["by-content:進捗状況"]


def test_with_the_unit_of_the_target_it_is_the_actual(table, extracted, settings) -> None:
    rows = [HEAD, ["甲の数", "76か所", "87か所", "82か所"], ["乙の割合", "41%", "47%", "45%"]]
    found = run(extracted([table(rows)]), settings)
    assert values(found) == [[("actual", "82か所")], [("actual", "45%")]]
    assert not doubts(found)


@pytest.mark.parametrize(
    ("unit", "judged", "kinds"),
    [("か所", "評価", ["actual", "status"]), ("か所", "", ["actual"]), ("", "", ["status"])],
)
def test_so_it_is_in_a_sheet_of_one_indicator(
    unit, judged, kinds, table, extracted, settings
) -> None:
    rows = [
        ["指標名", "甲の数"],
        ["基準値（R2）", f"76{unit}"],
        ["目標値（R7）", f"87{unit}"],
        ["進捗状況（R6）", f"82{unit}"],
    ]
    found = run(extracted([table([*rows, *([[judged, "B"]] if judged else [])])]), settings)
    assert [[kind for kind, _ in row] for row in values(found)] == [kinds]


@pytest.mark.parametrize("marks", [("A", "B"), ("3", "2"), ("順調", "遅れ")])
def test_over_marks_and_grades_it_is_the_status(marks, table, extracted, settings) -> None:
    rows = [HEAD, ["甲の数", "76か所", "87か所", marks[0]], ["乙の割合", "41%", "47%", marks[1]]]
    found = run(extracted([table(rows)]), settings)
    assert values(found) == [[("status", mark)] for mark in marks]
