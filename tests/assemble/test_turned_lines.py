"""Turned tables whose rows no rules part: names in lines, headings alone before a page edge."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.japanese.text import label

HEAD = ["指標", "単位", "基準値\n（R2）", "区分", "R3", "R4"]


def names(found) -> list[str]:
    rows = found.indicators
    return [label(e.printed.text) for row in rows for e in row.entries if e.kind == "name"]


@pytest.mark.parametrize("method", ["text", "horizontal"])
def test_the_second_line_of_a_name_stands_beside_the_actuals(
    method, table, extracted, settings
) -> None:
    rows = [
        HEAD,
        ["住み続けたいと思う市民の割", "%", "16.9", "目標値", "70.5", "71.1"],
        ["合", "", "（H29）", "実績値", "69.4", "72.9"],
        ["利用者数", "人", "60", "目標値", "62", "63"],
        ["", "", "", "実績値", "60", "59"],
    ]
    found = run(extracted([replace(table(rows), method=method)]), settings)
    assert names(found) == ["住み続けたいと思う市民の割合", "利用者数"]
    first = found.indicators[0].entries
    assert [e.printed.text for e in first if e.kind == "baseline"] == ["16.9\n（H29）"]
    assert [e.printed.text for e in first if e.kind == "actual"] == ["69.4", "72.9"]


def test_in_a_ruled_table_each_name_is_of_its_own_rows(table, extracted, settings) -> None:
    rows = [
        HEAD,
        ["来館者数", "人", "16", "目標値", "70", "71"],
        ["貸出冊数", "冊", "60", "実績値", "62", "63"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert names(found) == ["来館者数", "貸出冊数"]


def test_a_heading_alone_before_a_page_edge_takes_no_name_from_below(
    table, extracted, settings
) -> None:
    """The names below it are numbered and merged over two rows; the heading's word is none."""
    upper = table([HEAD], top=700)
    body = [["21　来館者数", "人", "10", "目標値", "9", "9"], ["", "", "", "実績値", "7", "8"]]
    body += [["22　貸出冊数", "冊", "30", "目標値", "29", "28"], ["", "", "", "実績値", "27", "26"]]
    lower = table(body, page=2, top=60)
    cells = [cell for cell in lower.cells if cell.row % 2 == 0 or cell.column > 2]
    merged = [
        replace(cell, row_span=2, box=(*cell.box[:3], cell.box[3] + 20))
        if cell.column < 3
        else cell
        for cell in cells
    ]
    found = run(extracted([upper, replace(lower, cells=tuple(merged))]), settings)
    assert names(found) == ["21来館者数", "22貸出冊数"]


def test_a_row_of_targets_without_a_name_is_not_of_the_indicator_above(
    table, extracted, settings
) -> None:
    """A page edge may leave the name, which stands in the middle of its rows, outside the rules."""
    rows = [
        HEAD,
        ["来館者数", "人", "16", "目標値", "70", "71"],
        ["", "", "", "実績値", "69", "72"],
        ["", "", "", "目標値", "1,562", "1,627"],
        ["", "", "", "実績値", "1,275", "1,397"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert names(found) == ["来館者数"]
    values = [e.printed.text for e in found.indicators[0].entries if e.kind in {"target", "actual"}]
    assert values == ["70", "71", "69", "72"]
    assert "structure.row-without-name" in {remark.rule for remark in found.remarks}


@pytest.mark.parametrize(("last", "told"), [("改善", ["改善"]), ("－", []), ("", [])])
def test_a_row_that_does_not_say_what_it_is_is_told(last, told, table, extracted, settings) -> None:
    """Its word is lost; what stands under the years is no value of the row above."""
    rows = [
        HEAD,
        ["来館者数", "人", "16", "目標値", "70", "71"],
        ["", "", "", "実績値", "69", "72"],
        ["", "", "", "", "", last],
    ]
    found = run(extracted([table(rows)]), settings)
    rule = "structure.row-without-name"
    assert [one.printed for one in found.remarks if one.rule == rule] == told


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("平成22年度 平成23年度", True),
        ("平成22年度\n平成23年度\n基準値", True),
        ("平成22年度\n（2010年度）", False),
        ("平成22年度～平成23年度", False),
    ],
)
def test_one_heading_with_two_years_is_of_two_columns(
    heading, told, table, extracted, settings
) -> None:
    rows = [
        ["指標", "単位", "区分", heading, "平成24年度", "平成25年度"],
        ["来館者数", "人", "目標値", "70", "71", "72"],
        ["", "", "実績値", "69", "72", "73"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert ("reading.columns-not-separated" in {one.rule for one in found.remarks}) is told
