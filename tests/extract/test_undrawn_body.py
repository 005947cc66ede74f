"""Tables of which only the headings over the columns and beside the rows are drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.extract.ruled.grid import Grid, GridCell
from pipeline.extract.ruled.undrawn_body import with_bodies
from pipeline.model import Box
from tests.extract.conftest import glyphs_at

XS, YS = (40.0, 90.0, 140.0, 190.0), (80.0, 100.0, 120.0, 140.0)
OVER = [(90.0, 80.0, 140.0, 100.0), (140.0, 80.0, 190.0, 100.0)]
BESIDE = [(40.0, 100.0, 90.0, 120.0), (40.0, 120.0, 90.0, 140.0)]
CORNER = (40.0, 80.0, 90.0, 100.0)
BODY = (90.0, 100.0, 190.0, 140.0)
FIGURES = [("12", 100, 114), ("34", 150, 114), ("56", 100, 134), ("78", 150, 134)]


def grid(boxes: list[Box]) -> Grid:
    x0, tops, x1, bottoms = zip(*boxes, strict=True)
    box = (min(x0), min(tops), max(x1), max(bottoms))
    return Grid(box=box, cells=list(map(GridCell, boxes)), horizontal=[], vertical=[])


@pytest.mark.parametrize(
    ("drawn", "texts", "whole"),
    [
        ([[CORNER, *OVER, *BESIDE]], FIGURES, True),
        ([[CORNER, *OVER, *BESIDE, BODY]], FIGURES, True),
        ([OVER, BESIDE], FIGURES, True),
        ([[CORNER, *OVER, *BESIDE]], [("数値が公表されない", 110, 114)], False),
        ([[CORNER, *OVER, *BESIDE]], [], False),
        ([[CORNER, *OVER, *BESIDE[:1]]], FIGURES[:2], False),
    ],
    ids=["headings", "a frame", "a white corner", "text across", "no text", "one row"],
)
def test_the_headings_on_both_sides_make_the_cells_of_the_values(drawn, texts, whole) -> None:
    glyphs = [
        glyph
        for at, (text, x, y) in enumerate(texts)
        for glyph in glyphs_at(text, x, y, advance=0.5, index=20 * at)
    ]
    found = with_bodies([grid(boxes) for boxes in drawn], glyphs)
    every = {
        (x0, y0, x1, y1)
        for x0, x1 in pairwise(XS)
        for y0, y1 in pairwise(YS)
    }  # fmt: skip
    assert [{cell.box for cell in one.cells} == every for one in found] == [whole]
