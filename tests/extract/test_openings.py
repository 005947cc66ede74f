"""What stands merged in the midst of rows, and colours that no columns are told by."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from pipeline.extract.pdf.primitives import Fill, Glyph
from pipeline.extract.ruled.coloured_column import is_beside_rows
from pipeline.extract.ruled.grid import Edge, Grid, GridCell
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.openings import beside_merged
from tests.extract.conftest import glyphs_at

WHOLE = [Edge(at, 20.0, 320.0) for at in (100.0, 140.0)]
OPEN = [Edge(120.0, 20.0, 60.0), Edge(120.0, 140.0, 320.0)]


def text(said: str, x: float, y: float) -> list[Glyph]:
    return glyphs_at(said, x=x, y=y, size=10, advance=1.0)


@pytest.mark.parametrize(
    ("own", "pieces", "told"),
    [
        (text("甲の率", 150, 114), OPEN, ["満足度"]),
        ([], OPEN, []),
        (text("甲の率", 150, 114), [Edge(120.0, 20.0, 320.0)], []),
        (text("甲の率", 150, 114), OPEN[:1], []),
    ],
    ids=["shares-a-row", "alone", "a-whole-rule", "open-at-the-right"],
)
def test_a_name_merged_over_rows_in_a_cell_of_one_of_them(own, pieces, told) -> None:
    cell = FoundCell(0, 1, 1, 2, [*text("満足度", 70, 124), *own])
    table = Found([20.0, 60.0, 200.0, 320.0], [100.0, 120.0, 140.0], [cell], "horizontal")
    assert [said for said, _ in beside_merged(table, [*WHOLE, *pieces], WHOLE)] == told


@pytest.mark.parametrize(("figures", "beside"), [(["10", "12", "13"], True), ([], False)])
def test_statuses_in_colours_beside_rows_make_no_grid(figures: list[str], beside: bool) -> None:
    tops = (100.0, 120.0, 140.0)
    statuses = [(260.0, top, 320.0, top + 20) for top in tops]
    rows = [(20.0, top, 260.0, top + 20) for top in tops]
    glyphs = [
        glyph
        for top in tops
        for at, said in enumerate(["甲の数", *figures])
        for glyph in text(said, 24 + 60 * at, top + 14)
    ]
    cells = [GridCell(box) for box in (*rows, *statuses)]
    grid = Grid(box=(20.0, 100.0, 320.0, 160.0), cells=cells, horizontal=[], vertical=[])
    fills = [Fill(box, 0x9DC3E6, at) for at, box in enumerate(statuses)]
    page = cast("Any", SimpleNamespace(glyphs=glyphs, fills=fills))
    assert is_beside_rows(grid, page) is beside
