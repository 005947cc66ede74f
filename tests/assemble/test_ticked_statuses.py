"""Statuses that are ticked off in columns of their own."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

HEAD = ["指標", "基準値", "目標値", "実績値"]


def statuses(found) -> list[str | None]:
    return [
        next((one.printed.text for one in row.entries if one.kind == "status"), None)
        for row in found.indicators
    ]


@pytest.mark.parametrize(
    ("words", "ticks", "told"),
    [
        (["達成", "未達成"], (["○", ""], ["", "○"], ["", "○"]), ["達成", "未達成", "未達成"]),
        (
            ["評価\n順調", "評価\nやや遅れ", "評価\n遅れ"],
            (["", "✓", ""], ["✓", "", ""], ["", "", ""]),
            ["やや遅れ", "順調", ""],
        ),
        (["達成", "未達成"], (["○", "○"], ["", "○"], ["", "○"]), None),
        (["達成", "未達成"], (["3", ""], ["", "4"], ["", "5"]), None),
    ],
    ids=["two", "three below one heading", "a row with two", "counts"],
)
def test_a_tick_below_a_status_is_that_status(
    words, ticks, told, table, extracted, settings
) -> None:
    rows = [[*HEAD, *words]]
    rows += [
        [f"{name}の数", "1", "9", "7", *marks] for name, marks in zip("甲乙丙", ticks, strict=True)
    ]
    found = run(extracted([table(rows)]), settings)
    unknown = {one.subject for one in found.remarks if one.rule == "vocabulary.unknown-header"}
    if told is None:
        assert not set(statuses(found)) & set(words)
    else:
        assert statuses(found) == told
        assert not unknown


def test_another_column_of_statuses_leaves_the_ticks_alone(table, extracted, settings) -> None:
    rows = [
        [*HEAD, "評価", "達成", "未達成"],
        ["甲の数", "1", "9", "7", "A", "○", ""],
        ["乙の数", "2", "9", "8", "B", "", "○"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert statuses(found) == ["A", "B"]
