"""Charts and maps are no tables: bars with figures on them, labels strewn over an area."""

from __future__ import annotations

import pytest

from pipeline.boxes import around
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.cells import is_diagram
from pipeline.extract.ruled.grid import Grid, GridCell
from pipeline.extract.unruled.aligned import aligned_rows
from pipeline.extract.unruled.gutters import Row, rows_of
from pipeline.model import Box
from tests.extract.conftest import glyphs_at

NAMES = ("Brenwick", "Kelder", "Marden", "Oakham", "Rydal", "Selwick")


def lines(places: list[float], texts: list[str]) -> list[Row]:
    """Names with a figure each, 14 points below one another."""
    glyphs = [
        glyph
        for number, (x, text) in enumerate(zip(places, texts, strict=True))
        for glyph in (
            *glyphs_at(NAMES[number], x=40, y=100 + 14 * number, advance=0.5),
            *glyphs_at(text, x=x, y=100 + 14 * number, advance=0.5),
        )
    ]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    return rows_of(glyphs)


@pytest.mark.parametrize(
    ("places", "texts", "is_table"),
    [
        ([140, 260, 190, 310, 225, 165], ["5.4", "27.0", "13.1", "35.6", "20.7", "9.0"], False),
        ([200, 195, 195, 195, 195, 200], ["5.4", "27.0", "13.1", "35.6", "20.7", "9.0"], True),
        ([200, 200, 200, 200, 200, 200], ["5", "27.25", "1,312", "35", "20", "9.125"], True),
        ([200, 195, 190, 195, 195, 200], ["5", "27.25", "1,312", "35.0", "207", "9"], True),
    ],
    ids=["at the ends of bars", "to the right", "to the left", "in the middle"],
)
def test_figures_of_a_column_stand_in_line(places, texts, is_table) -> None:
    assert (aligned_rows(lines(places, texts)) is not None) is is_table


def of(boxes: dict[Box, str]) -> tuple[Grid, list[int], list[list[Glyph]]]:
    """A grid of cells with their texts."""
    cells = [GridCell(box=box) for box in boxes]
    contents = [glyphs_at(text, x=box[0] + 1, y=box[3] - 2) for box, text in boxes.items()]
    grid = Grid(around(list(boxes)), cells, [], [])
    return grid, list(range(len(cells))), contents


BARS: dict[Box, str] = {
    (0, 0, 20, 100): "",
    (20, 0, 40, 30): "",
    (20, 30, 40, 100): "70",
    (40, 0, 60, 100): "",
    (60, 0, 80, 55): "",
    (60, 55, 80, 100): "45",
    (80, 0, 100, 100): "",
    (100, 0, 120, 80): "",
    (100, 80, 120, 100): "20",
    (120, 0, 140, 100): "",
}


def test_bars_of_a_chart_are_no_cells() -> None:
    assert is_diagram(*of(BARS))


def test_merged_cells_with_a_word_among_them_are_a_table() -> None:
    assert not is_diagram(*of(BARS | {(0, 0, 20, 100): "Crops"}))
