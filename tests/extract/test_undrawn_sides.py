"""Cells over several columns or rows in which a text stands in each."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Grid, GridCell
from pipeline.extract.ruled.undrawn_sides import undrawn_sides
from tests.extract.conftest import glyphs_at

WHOLE = (40.0, 80.0, 140.0, 140.0)
Text = tuple[str, float, float]


def told(merged: tuple[float, float, float, float], *texts: Text) -> list[str | None]:
    """What is told of a merged cell in a table of two columns and three rows."""
    columns, rows = ((40.0, 90.0), (90.0, 140.0)), ((80.0, 100.0), (100.0, 120.0), (120.0, 140.0))
    small = [(x0, top, x1, bottom) for top, bottom in rows for x0, x1 in columns]
    x0, top, x1, bottom = merged
    others = [b for b in small if b[2] <= x0 or b[0] >= x1 or b[3] <= top or b[1] >= bottom]
    cells = [GridCell(merged), *map(GridCell, others)]
    glyphs: list[Glyph] = []
    for at, (text, x, y) in enumerate(texts):
        glyphs += glyphs_at(text, x, y, size=10, advance=0.5, index=20 * at)
    grid = Grid(box=WHOLE, cells=cells, horizontal=[], vertical=[])
    return [one.printed for one in undrawn_sides(1, grid, [glyphs, *([] for _ in others)])]


ACROSS, DOWN = (40.0, 80.0, 140.0, 100.0), (40.0, 80.0, 90.0, 120.0)


@pytest.mark.parametrize(
    ("merged", "texts", "doubt"),
    [
        (ACROSS, [("12", 50, 94), ("34", 110, 94)], True),
        (ACROSS, [("12", 50, 94), ("順調", 110, 94)], True),
        (ACROSS, [("実績", 50, 94), ("目標", 110, 94)], False),
        (ACROSS, [("1234", 80, 94)], False),
        (DOWN, [("件数", 42, 94), ("割合", 42, 114)], True),
        (DOWN, [("件数の", 42, 98), ("割合", 42, 110)], False),
        (DOWN, [("件数", 42, 104)], False),
    ],
)
def test_a_text_in_each_of_the_columns_or_rows(
    merged: tuple[float, float, float, float], texts: list[Text], *, doubt: bool
) -> None:
    assert bool(told(merged, *texts)) == doubt
