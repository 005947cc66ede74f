"""A column has one role in all tables with the same headings."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from tests.assemble.test_layouts import kinds_and_texts

HEAD = ["指標", "R2基準値", "R6実績値", "R7数値目標"]


@pytest.mark.parametrize("target", ["約1.68", "年180人", "概ね 25％"])
def test_a_figure_with_a_word_before_it_is_a_target(target, table, extracted, settings) -> None:
    found = run(extracted([table([HEAD, ["甲の値", "1.33", "1.41", target]])]), settings)
    assert ("target", "R7数値目標", target) in kinds_and_texts(found.indicators[0])


def test_words_under_the_heading_of_targets_of_other_tables_are_a_target(
    table, extracted, settings
) -> None:
    first = table([HEAD, ["甲の数", "76", "82", "87"]])
    second = table([HEAD, ["乙の数", "41", "45", "未設定"]], page=2)
    found = run(extracted([first, second]), settings)
    assert [
        [text for kind, _, text in kinds_and_texts(row) if kind == "target"]
        for row in found.indicators
    ] == [["87"], ["未設定"]]
