"""Names that may hold lines of two rows, in tables whose rows no rules part."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.model import Ground, Line
from tests.assemble.test_unruled import KPI, aligned

SIDES = [50.0, 110.0, 170.0, 230.0, 290.0, 350.0, 410.0]
FIXED = Line(text="目標及び指標のうつりかわり", page=1, box=(50, 50, 180, 60), size=10)
PROPORTIONAL = replace(FIXED, box=(50, 50, 165, 60))


def named(*names: str) -> list[list[str]]:
    return [KPI, *([name, "人", "10", "20", "15", "改善"] for name in names)]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["図書館の利用\n者数の合計", "来館者数"], []),
        (["来館者数\n図書館の利用", "者数の合計"], [0, 1]),
        (["図書館の利用", "者数\n図書館の来館", "者数"], [0, 1, 2]),
        (["図書館の利用\n(累計)", "来館者数"], []),
        (["来館者数\n図書館", "利用者数"], []),
        (["図書館の利\nサービス登録", "来館者数"], []),
        (["図書\n館の登録者数"] * 3 + ["館の数"], []),
    ],
    ids=[
        "whole",
        "a line too many",
        "a chain",
        "a bracket",
        "no full end",
        "a moved letter",
        "broken by hand",
    ],
)
def test_a_name_that_goes_on_from_a_short_line_and_ends_with_a_full_one_is_a_doubt(
    names: list[str], told: list[int], extracted, settings
) -> None:
    found = run(extracted([aligned(named(*names), SIDES)], [FIXED]), settings)
    tops = [one.box[1] for one in found.remarks if one.rule == "reading.line-of-two-rows"]
    assert tops == [120.0 + 20 * at for at in told]


@pytest.mark.parametrize(("first", "told"), [("", True), ("来館者数", False)])
def test_names_in_the_middle_of_their_rows_are_a_doubt(first, told, extracted, settings) -> None:
    """The row above a name may be of it or of the indicator before."""
    rows = [["指標", "区分", "R3", "R4", "R5", "R6"]]
    for name in ("来館者数", "講座の数", "会員の数"):
        at_head = name if first else ""
        rows += [[at_head, "目標値", "10", "20", "30", "40"]]
        rows += [["" if first else name, "実績値", "11", "21", "31", "41"]]
    found = run(extracted([aligned(rows, SIDES)]), settings)
    assert ("reading.line-of-two-rows" in {one.rule for one in found.remarks}) is told


def test_kana_of_a_proportional_font_leave_no_room(extracted, settings) -> None:
    names = ["関係人口登\nイベントの数", "来館者数"]
    for line, told in ((FIXED, True), (PROPORTIONAL, False)):
        found = run(extracted([aligned(named(*names), SIDES)], [line]), settings)
        rules = [one.rule for one in found.remarks]
        assert ("reading.line-of-two-rows" in rules) is told


@pytest.mark.parametrize(("sign", "count"), [("rules", 3), ("colours", 1), ("middles", 3)])
def test_where_rules_grounds_or_middles_part_the_rows_each_name_is_whole(
    sign, count, extracted, settings
) -> None:
    ground = Ground(decision="rows", sign=sign, count=count)
    table = aligned(named("来館者数\n図書館の利用", "者数の合計"), SIDES)
    table = replace(table, method="horizontal", grounds=(ground,))
    found = run(extracted([table], [FIXED]), settings)
    assert "reading.line-of-two-rows" not in [one.rule for one in found.remarks]


@pytest.mark.parametrize(("height", "told"), [(28.0, False), (39.0, True)])
def test_rows_further_apart_than_the_lines_of_one_are_whole(
    height: float, *, told: bool, extracted, settings
) -> None:
    table = aligned(named("来館者数\n図書館の利用", "者数の合計", "書架の数"), SIDES)
    cells = [
        replace(cell, box=(cell.box[0], cell.box[1], cell.box[2], cell.box[1] + height))
        if cell.row == 1
        else cell
        for cell in table.cells
    ]
    found = run(extracted([replace(table, cells=tuple(cells))], [FIXED]), settings)
    assert ("reading.line-of-two-rows" in [one.rule for one in found.remarks]) is told
