"""Tables that say which goal and policy the sheet below them is about."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from pipeline.model import Place

INDICATORS = [["指標", "目標値", "実績値"], ["甲の数", "10", "12"], ["乙の数", "20", "18"]]


def place_of(head, table, extracted, settings, lines=()) -> Place:
    tables = [table(head, top=100), table(INDICATORS, top=300)]
    (place,) = {row.place for row in run(extracted(tables, list(lines)), settings).indicators}
    return place


@pytest.mark.parametrize(
    "head",
    [
        [
            ["基本目標", "2 安心のまち", "施策コード", "2-3"],
            ["施策名", "3 防災", "主管課", "総務課"],
        ],
        [["基本目標２", "安心のまち"], ["施策３", "防災"]],
        [["政策", "2　安心のまち", "施策", "3　防災"]],
        [
            ["基本目標", "2", "安心のまち", "コード", "2-3"],
            ["施策名", "3", "防災", "所管", "総務課"],
        ],
        [["基本目標", "施策", "担当課"], ["2 安心のまち", "3 防災", "総務課"]],
        [["基本目標", "安心のまち", "コード", "2-3"], ["基本施策", "防災", "所管課", "総務課"]],
    ],
    ids=["pairs", "numbered-words", "one-row", "numbers apart", "headings-above", "code-alone"],
)
def test_a_sheet_stands_under_what_its_first_table_names(head, table, extracted, settings) -> None:
    assert place_of(head, table, extracted, settings) == Place(
        goal_number=2, goal="安心のまち", policy_number=3, policy="防災"
    )


@pytest.mark.parametrize(
    "head",
    [
        [["基本目標", "指標数", "達成"], ["1 安心のまち", "8", "5"]],
        [["基本目標", "1 安心のまち", "指標数", "8件"]],
        [["施策", "内容の説明"], ["防災", "備え"], ["観光", "客"], ["教育", "学校"]],
    ],
    ids=["summary", "with a count", "a list"],
)
def test_a_summary_or_a_list_is_no_title(head, table, extracted, settings) -> None:
    assert place_of(head, table, extracted, settings) == Place()


def test_each_sheet_has_its_own(table, extracted, settings) -> None:
    tables = []
    for page, number in ((1, "1-1"), (2, "1-2"), (3, "2-1")):
        goal, policy = number.split("-")
        head = [["基本目標", f"{goal} 目標{goal}号"], ["施策名", f"{policy} 施策{number}番"]]
        tables += [table(head, page=page, top=60), table(INDICATORS, page=page, top=200)]
    found = run(extracted(tables), settings)
    places = [(row.place.goal_number, row.place.policy_number) for row in found.indicators]
    assert places == [(1, 1), (1, 1), (1, 2), (1, 2), (2, 1), (2, 1)]
    assert not any(r.rule == "structure.table-not-understood" for r in found.remarks)


def test_headings_of_what_follows_are_no_policies_beside_what_tables_name(
    table, line, extracted, settings
) -> None:
    tables, lines = [], [line("２　評価結果のまとめ", top=40)]
    for page, number in ((1, "1"), (2, "2")):
        head = [["基本目標", f"{number} 目標{number}号"], ["施策名", "1 防災"]]
        tables += [table(head, page=page, top=60), table(INDICATORS, page=page, top=200)]
        lines += [line("３　事業費", page=page, top=300), line("４　まとめ", page=page, top=400)]
    found = run(extracted(tables, lines), settings)
    assert {(row.place.policy_number, row.place.policy) for row in found.indicators} == {
        (1, "防災")
    }
