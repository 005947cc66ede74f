"""Legends in the heading of the column of statuses."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

ROWS = [["来場者数", "10", "12", "A"], ["会員数", "10", "9", "B"], ["受講者数", "10", "5", "C"]]
RULES = {"A": "達成率100％以上", "B": "80％以上100％未満", "C": "80％未満"}
LINES = "\n".join(f"{word}：{rule}" for word, rule in RULES.items())


@pytest.mark.parametrize(
    "heading",
    [
        f"評価\n{LINES}",
        f"評価（{LINES}）".replace("\n", "　"),
        f"達成状況\n【{LINES}】",
    ],
)
def test_a_legend_in_the_heading_is_read_and_the_heading_is_its_word(
    table, extracted, settings, heading
) -> None:
    found = run(extracted([table([["指標", "目標値", "実績値", heading], *ROWS])]), settings)
    assert {row.word.text: row.rule.text for row in found.legend} == RULES
    kinds = [[one.kind for one in row.entries] for row in found.indicators]
    assert kinds == [["name", "target", "actual", "status"]] * 3
    assert {row.entries[3].header for row in found.indicators} <= {"評価", "達成状況"}
    assert not found.layouts[0].doubts


def test_the_heading_of_another_page_is_the_same_legend(table, extracted, settings) -> None:
    head = ["指標", "目標値", "実績値", f"評価\n{LINES}"]
    tables = [table([head, *ROWS]), table([head, *ROWS], page=2)]
    found = run(extracted(tables), settings)
    assert len(found.legend) == 3
    assert len(found.indicators) == 6


@pytest.mark.parametrize("heading", ["評価（令和6年度の取組）", "評価（A～Cの3段階による）"])
def test_brackets_that_explain_no_word_stay_in_the_heading(
    table, extracted, settings, heading
) -> None:
    found = run(extracted([table([["指標", "目標値", "実績値", heading], *ROWS])]), settings)
    assert found.legend == ()
    assert found.indicators[0].entries[3].header == heading
