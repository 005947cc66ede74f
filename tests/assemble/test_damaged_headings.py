"""Headings with a damaged letter or digit: read by their siblings, and a doubt."""

from __future__ import annotations

import pytest

from pipeline.assemble.plan_tree import DAMAGED
from tests.assemble.test_variants import FOUR, KPI, ONE, THREE, TWO, policies, run


def placed(texts, table, extracted, settings, line):
    """Policies, doubts and what is told of a plan with one table below each of these headings."""
    lines = [line("基本目標１　暮らし", top=10, size=14.0)]
    lines += [line(text, top=30 + 150 * at, size=12.0) for at, text in enumerate(texts)]
    rows = [ONE, TWO, THREE, FOUR]
    tables = [table([KPI, row], top=60 + 150 * at) for at, row in enumerate(rows[: len(texts)])]
    found = run(extracted(tables, lines), settings)
    doubts = [row.unplaced for row in found.indicators]
    told = [(one.rule, one.printed, one.expected) for one in found.remarks]
    return policies(found), doubts, told


@pytest.mark.parametrize(
    ("texts", "at"),
    [
        (["基本施策１　農業", "基本施策２　商業", "編本施策３　観光", "基本施策４　雇用"], 2),
        (["基本施策１　農業", "基本施策２　商業", "基本施策■　観光", "基本施策４　雇用"], 2),
        (["基本施策１　農業", "基本施策２　商業", "基本施策９　観光", "基本施策４　雇用"], 2),
        (["基本施策１　農業", "基本施策２　商業", "基木旋策３　観光"], 2),
        (["其本施策１　農業", "基本施策２　商業", "基本施策３　観光"], 0),
        (["第１節　農業", "弟２節　商業", "第３節　観光"], 1),
        (["１　農業の力", "あ　商業の力", "３　観光の力"], 1),
    ],
)
def test_a_heading_that_its_siblings_tell_is_read_and_is_a_doubt(
    texts, at, table, extracted, settings, line
) -> None:
    titles = [text.split("　")[1] for text in texts]
    names, doubts, told = placed(texts, table, extracted, settings, line)
    assert names == titles
    assert [doubt == DAMAGED for doubt in doubts] == [index == at for index in range(len(texts))]
    assert [one[0] for one in told] == [DAMAGED]


@pytest.mark.parametrize(
    "texts",
    [
        ["基本施策１　農業", "基本施策２　商業", "基本施策４　観光"],
        ["基本施策１　農業", "基本施策２　商業", "成果の見方　観光"],
        ["基本施策１　農業", "取組の内容", "基本施策２　商業"],
    ],
)
def test_numbers_that_jump_and_other_lines_are_no_doubt(
    texts, table, extracted, settings, line
) -> None:
    _, doubts, _ = placed(texts, table, extracted, settings, line)
    assert not any(doubts)
