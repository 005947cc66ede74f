"""Tables that list indicators with the statuses that they bear."""

from __future__ import annotations

import pytest

from pipeline.assemble.listed_statuses import Known, heading_key, listed_in
from pipeline.model import Cell, Place, Table
from pipeline.settings.legend import default_vocabulary

GRAMMAR = default_vocabulary().claims
NAMES = ("来場者数", "会員数", "受講者数")
PLACE = Place(goal_number=1, goal="目標")


def texts(rows: list[list[str]], *captions: str) -> list[str]:
    cells = tuple(
        Cell(row=at, column=column, box=(50.0 * column, 20.0 * at, 50.0, 20.0), text=text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    table = Table(page=1, box=(0.0, 0.0, 200.0, 80.0), cells=cells)
    known = Known(("A", "B"), NAMES, frozenset({heading_key("R6評価")}), GRAMMAR)
    found = list(listed_in(table, known, PLACE, captions, {}))
    assert all(one.source == "list" and one.place == PLACE for one in found)
    return [one.printed.text for one in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["指標", "評価"], ["来場者数", "Ａ"], ["会員数", "Ｂ"]],
            ["評価の一覧 指標 評価 A:来場者数", "評価の一覧 指標 評価 B:会員数"],
        ),
        (
            [["評価", "指標"], ["A", "来場者数\n会員数"], ["B", "受講者数"]],
            ["評価の一覧 評価 指標 A:来場者数、会員数", "評価の一覧 評価 指標 B:受講者数"],
        ),
    ],
)
def test_each_row_says_what_its_indicators_bear(rows, expected) -> None:
    assert texts(rows, "評価の一覧") == expected


@pytest.mark.parametrize(
    "rows",
    [
        [["指標", "評価"], ["来場者数", "A"]],
        [["指標", "評価"], ["来場者数", "A"], ["ほかの数", "B"]],
        [["指標", "評価", "外部評価"], ["来場者数", "A", "B"], ["会員数", "B", "B"]],
        [["評価", "指標"], ["A", "来場者数、ほか2件"], ["B", "受講者数"]],
        [["評価", "指標", *"割備課"], ["A", "来場者数", *"   "], ["B", "会員数", *"   "]],
    ],
    ids=["one row", "an unknown name", "two statuses", "more than names", "too wide"],
)
def test_other_tables_say_nothing(rows) -> None:
    assert texts(rows) == []


@pytest.mark.parametrize(
    ("caption", "heading", "said"),
    [
        ("令和6年度 指標の評価結果", "評価", True),
        ("市民アンケートによる評価", "評価", False),
        ("重要度", "重要度", False),
        ("評価一覧", "費用対効果", False),
    ],
)
def test_what_is_judged_otherwise_is_no_list_of_statuses(caption, heading, said) -> None:
    rows = [["指標", heading], ["来場者数", "A"], ["会員数", "B"]]
    assert bool(texts(rows, "基本目標1 にぎわい", caption)) is said


def test_a_row_that_a_page_edge_parts_is_led_back_to_its_page() -> None:
    rows = ["指標", "評価"], ["来場者数", "A"], ["会員数", "B"]
    cells = tuple(
        Cell(row=at, column=column, box=(50.0 * column, 20.0 * at, 99.0, 20.0 * at + 20), text=text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    table = Table(page=1, box=(0.0, 0.0, 99.0, 60.0), cells=cells)
    known = Known(("A", "B"), NAMES, frozenset({heading_key("評価")}), GRAMMAR)
    found = listed_in(table, known, PLACE, (), {(cells[4].box, "会員数"): 2})
    assert [one.printed.page for one in found] == [1, 2]
