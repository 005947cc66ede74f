"""Words of the legend under a heading that no vocabulary knows are a doubt, never only a notice."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

LEGEND = [["区分", "内容"], ["A", "目標値以上"], ["B", "基準値以上"], ["C", "基準値未満"]]


@pytest.mark.parametrize(
    ("row", "others", "rule"),
    [
        (["できばえ", "", "A", "B"], [], "vocabulary.unknown-status-header"),
        (["できばえ", "", "A", "－"], [], "vocabulary.unknown-status-header"),
        (["できばえ", "", "A", "雨天"], [], "vocabulary.unknown-header"),  # no word of the legend
        (["できばえ", "", "3", "4"], [], "vocabulary.unknown-header"),
        # the statuses stand elsewhere
        (["できばえ", "", "A", "B"], [["評価", "", "A", "B"]], "vocabulary.unknown-header"),
    ],
)
def test_a_row_of_words_that_the_legend_explains(
    table, line, extracted, settings, row: list[str], others: list[list[str]], rule: str
) -> None:
    turned = table(
        [
            ["区分", "現状値H25", "H26", "H27"],
            ["目標値", "", "4,356", "4,278"],
            ["実績値", "4,300", "4,360", "4,200"],
            ["達成率", "", "100.1", "98.2"],
            *others,
            row,
        ],
        top=300,
    )
    lines = [line("1 農業産出額", top=260)]
    assembled = run(extracted([table(LEGEND), turned], lines), settings)
    told = [
        (remark.rule, remark.subject)
        for remark in assembled.remarks
        if remark.rule.startswith("vocabulary.")
    ]
    assert told == [(rule, "できばえ")]
