"""Rows without rules whose name stands at the head of the cell and whose figures in its middle."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.aligned import aligned_rows
from pipeline.extract.unruled.blocks import blocks
from pipeline.extract.unruled.gutters import rows_of
from tests.extract.conftest import glyphs_at
from tests.extract.test_rule_groups import rows

COLUMNS = (220.0, 300.0, 380.0)


def line(y: float, *figures: str) -> tuple[float, tuple[tuple[float, str], ...]]:
    """A line of figures; the headings among them stand in the middle of wider columns."""
    return (y, tuple((x, text) for x, text in zip(COLUMNS, figures, strict=True)))


def name(y: float, text: str) -> tuple[float, tuple[tuple[float, str], ...]]:
    return (y, ((40.0, text),))


def test_a_name_and_the_figures_that_overlap_it_in_height_are_one_row() -> None:
    text = rows(
        (100, ((110.0, "指標"), *line(100, "基準", "目標", "実績")[1])),
        name(118, "来訪者の延べ人数（累計）"), line(126, "12", "13", "11"),
        (148, (*name(148, "講座")[1], *line(148, "8", "9", "9")[1])),
        name(166, "市民が使う図書館の本の"), name(176, "貸出"), line(174, "30", "31", "29"),
        (198, (*name(198, "催し")[1], *line(198, "4", "5", "6")[1])),
    )  # fmt: skip
    (block,) = blocks(text, [])
    table = aligned_rows(block)
    assert table is not None
    found = ["".join(glyph.text for glyph in cell.glyphs) for cell in table.cells if cell.left == 0]
    assert found == [
        "指標",
        "来訪者の延べ人数（累計）",
        "講座",
        "市民が使う図書館の本の貸出",
        "催し",
    ]


@pytest.mark.parametrize(
    ("ys", "expected"),
    [((100, 136, 172), [3]), ((100, 136, 200), [1, 1, 1])],
    ids=["equal steps", "unequal ones"],
)
def test_far_rows_in_equal_steps_are_a_table(ys, expected) -> None:
    text = rows(
        (ys[0], ((40.0, "施策"), *line(0, "A", "B", "計")[1])),
        (ys[1], ((40.0, "道路の整備"), *line(0, "1", "2", "3")[1])),
        (ys[2], ((40.0, "合計"), *line(0, "1", "2", "3")[1])),
    )
    assert [len(block) for block in blocks(text, [])] == expected


def test_a_larger_line_far_below_a_table_is_a_caption() -> None:
    text = rows(
        (100, ((40.0, "施策"), *line(0, "A", "B", "計")[1])),
        (136, ((40.0, "道路の整備"), *line(0, "1", "2", "3")[1])),
        (172, ((40.0, "合計"), *line(0, "1", "2", "3")[1])),
    )
    caption = rows_of(glyphs_at("区分", x=40.0, y=210.0, size=14.0))
    assert [len(block) for block in blocks([*text, *caption], [])] == [3]


def test_steps_are_told_between_rows_and_not_between_lines_of_one() -> None:
    text = rows(
        (100, ((40.0, "施策"), *line(0, "A", "B", "計")[1])),
        name(136, "道路の"), line(142, "1", "2", "3"), name(148, "整備"),
        (184, ((40.0, "合計"), *line(0, "1", "2", "3")[1])),
    )  # fmt: skip
    assert [len(block) for block in blocks(text, [])] == [5]
