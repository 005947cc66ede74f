"""Statuses that are pieces of others, in tables whose rows no rules part."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from tests.assemble.test_unruled import aligned

LEGEND = [
    ["基準値", "R6 目標", "R6 実績", "達成状況"],
    ["10", "20", "25", "目標達成(実績が目標以上)"],
    ["10", "10", "10", "現状維持(すべてが同値)"],
    ["10", "20", "15", "改善(実績が基準値超、目標未満)"],
    ["10", "20", "5", "未達成(実績が基準値未満)"],
]
SIDES = [50.0, 110.0, 170.0, 230.0, 290.0, 350.0]
RULE = "reading.line-of-two-rows"


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (("目標達\n成", "改善", "未達成"), 0),
        (("目標達", "成\n改善", "未達成"), 2),
        (("成\n目標達", "", "未達成"), 2),
        (("一部達成", "", "達成"), 0),
    ],
    ids=["whole", "a line lost and taken", "none left", "other words"],
)
def test_a_status_of_pieces_of_others_and_one_that_lacks_beside_it_are_doubts(
    statuses: tuple[str, ...], told: int, extracted, settings
) -> None:
    rows = [
        ["指標", "基準値", "R6 目標", "R6 実績", "達成状況"],
        *(["観光客数", "10", "20", "15", status] for status in statuses),
    ]
    legend = aligned(LEGEND, SIDES[:5], top=600)
    found = run(extracted([aligned(rows, SIDES), legend]), settings)
    assert len(found.legend) == 4
    assert [one.rule for one in found.remarks].count(RULE) == told
