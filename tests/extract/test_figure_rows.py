"""Lines of figures of the tables on a page, and the headings over them."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.figure_rows import headings_over, tables_of
from tests.extract.conftest import lines_below

Line = dict[int, str]
HEADINGS: Line = {40: "指標", 120: "課", 200: "基準値", 260: "目標値"}


def row() -> Line:
    return {40: "図書館", 120: "福祉課", 200: "145", 260: "635"}


@pytest.mark.parametrize(
    ("between", "tables"),
    [
        ([], [4]),
        ([{}, HEADINGS], [2, 2]),
        ([{40: "の利用", 120: "係"}], [4]),
        ([{200: "千円", 260: "千円"}], [4]),
    ],
    ids=["rows", "headings", "a name and an office that wrap", "units that wrap"],
)
def test_headings_part_tables(between: list[Line], tables: list[int]) -> None:
    rows = lines_below(HEADINGS, row(), row(), *between, row(), row())
    assert [len(one) for one in tables_of(rows)] == tables


def test_headings_reach_up_to_the_figures_of_another_table() -> None:
    """Not so far as to a table above them, nor to a caption."""
    rows = lines_below(row(), {230: "令和2年度"}, HEADINGS, row(), row())
    found = headings_over(rows, 3, 30.0, 40.0)
    assert found is not None
    assert [found[0] < line.middle < found[1] for line in rows] == [False, True, True, False, False]
    assert headings_over(lines_below({40: "表"}, row(), row()), 1, 30.0, 40.0) is None
