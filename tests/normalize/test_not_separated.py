"""Texts that may be those of two cells, in tables whose cells are told by gaps."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.model import LegendRow
from pipeline.normalize import run
from tests.normalize.plans import defaults, plan, printed, simple

RULE = "reading.cells-not-separated"
LEGEND = (LegendRow(word=printed("改善"), rule=printed("実績値が基準値より良い")),)


def told(method: str, **cells: str) -> list[str]:
    values = {"baseline": "10", "target": "20", "actual": "15", "next_target": "30", **cells}
    assembled = plan([replace(simple(**values), method=method)], legend=LEGEND)
    found = run(assembled, defaults(), edition=2025, area_code="01999")
    return [one.parameters["beside"] for one in found.remarks if one.rule == RULE]


@pytest.mark.parametrize(
    ("cells", "beside"),
    [
        ({"actual": "53.4 59.6（県内4位）"}, "53.4 59.6(県内4位)"),
        ({"target": "39,520（平成28年度）48,610"}, "39,520(平成28年度)48,610"),
        ({"baseline": "304\n■観光入込客数"}, "304■観光入込客数"),
        ({"name": "売上額（千円）53,040", "unit": None, "baseline": ""}, "売上額(千円)53,040"),
        (
            {"name": "利用者数（累計）9,000人", "unit": None, "baseline": ""},
            "利用者数(累計)9,000人",
        ),
        ({"name": "利用率（％34.1\n）", "unit": None, "baseline": ""}, "利用率(%34.1)"),
        ({"name": "ボランテ88\nィア数", "unit": None, "baseline": ""}, "ボランテ88ィア数"),
        ({"name": "利用者数（累"}, "利用者数(累"),
        ({"actual": "－　92.3%"}, "- 92.3%"),
    ],
)
def test_a_text_of_two_cells_is_a_doubt_where_no_rules_part_them(cells, beside) -> None:
    assert told("horizontal", **cells) == [beside]
    assert told("ruled", **cells) == []


@pytest.mark.parametrize(
    ("cells", "beside"),
    [
        ({"actual": "12 13"}, "12 13"),
        ({"actual": "1,464 1,511 ☆"}, "1,464 1,511☆"),
        ({"actual": "4641 ●"}, "4641●"),
        ({"actual": "", "status": "642.5 改善"}, "642.5改善"),
        ({"target": "", "status": "105.3％\n改善"}, "105.3%改善"),
        ({"actual": "138 改善"}, "138改善"),
    ],
)
def test_figures_side_by_side_are_a_doubt_also_between_rules(cells, beside) -> None:
    assert told("horizontal", **cells)[0] == told("ruled", **cells)[0] == beside


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"status": "105.3% 改善"},
        {"actual": "5年ごとに調査"},
        {"actual": "59.6（県内4位）"},
        {"actual": ""},
        {"name": "満足度（5点満点）", "baseline": ""},
    ],
)
def test_what_is_surely_one_cell_is_no_doubt(cells) -> None:
    assert told("horizontal", **cells) == []
