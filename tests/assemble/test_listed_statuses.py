"""Tables that list indicators with the statuses that they bear."""

from __future__ import annotations

import pytest

from pipeline.assemble.listed_statuses import listed_in
from pipeline.model import Cell, Place, Table

NAMES = ("来場者数", "会員数", "受講者数")
PLACE = Place(goal_number=1, goal="目標")


def texts(rows: list[list[str]], caption: str = "") -> list[str]:
    cells = tuple(
        Cell(row=at, column=column, box=(50.0 * column, 20.0 * at, 50.0, 20.0), text=text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    table = Table(page=1, box=(0.0, 0.0, 200.0, 80.0), cells=cells)
    found = list(listed_in(table, ("A", "B"), NAMES, PLACE, caption))
    assert all(one.source == "list" and one.place == PLACE for one in found)
    return [one.printed.text for one in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["指標", "評価"], ["来場者数", "Ａ"], ["会員数", "Ｂ"]],
            ["一覧 指標評価 A:来場者数", "一覧 指標評価 B:会員数"],
        ),
        (
            [["評価", "指標"], ["A", "来場者数\n会員数"], ["B", "受講者数"]],
            ["一覧 評価指標 A:来場者数、会員数", "一覧 評価指標 B:受講者数"],
        ),
        ([["来場者数", "A"], ["会員数", "B"]], ["一覧 A:来場者数", "一覧 B:会員数"]),
    ],
)
def test_each_row_says_what_its_indicators_bear(rows, expected) -> None:
    assert texts(rows, "一覧") == expected


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
