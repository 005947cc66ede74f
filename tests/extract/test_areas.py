"""White rows between and under coloured ones."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.primitives import Glyph, Rule
from pipeline.extract.read import _end_of
from pipeline.extract.ruled.areas import _end_of_row, _is_apart
from pipeline.extract.unruled.found import Before
from pipeline.model import Cell, Table
from tests.extract.conftest import glyphs_at

SIDES = (20.0, 120.0, 220.0, 320.0)
HEADINGS = ["指標", "目標値", "実績値"]


def line(y: float, *texts: str) -> list[Glyph]:
    lefts = [side + 4 for side in SIDES[:-1]]
    return [
        glyph
        for left, text in zip(lefts, texts, strict=False)
        for glyph in glyphs_at(text, x=left, y=y)
    ]


def test_a_white_row_under_the_last_stripe_has_all_its_lines() -> None:
    """Its name has more lines than two rows of the stripe; the rest of it was cut off."""
    stripe = [(left, 100.0, left + 100, 112.0) for left in SIDES[:-1]]
    name = ["認知症サポー", "ター養成者数", "（累計、", "延べ人数）"]
    lines = [
        *line(122, name[0], "10", "12"),
        *(g for n in (1, 2, 3) for g in line(122 + 12 * n, name[n])),
    ]
    end = _end_of_row(stripe, lines, under=True)
    assert end is not None
    assert end >= 122 + 12 * 3


@pytest.mark.parametrize(
    ("texts", "apart"),
    [(HEADINGS, True), (["窓口の数", "10", "12"], False), (["指標一覧"], True)],
    ids=["the-headings-again", "a-row", "a-caption"],
)
def test_headings_that_stand_above_begin_a_table(texts: list[str], apart: bool) -> None:
    gap = 130.0, 190.0
    rules = [Rule(at, SIDES[0], SIDES[-1]) for at in (130.0, 165.0, 190.0)]
    glyphs = [*line(90, *HEADINGS), *line(150, "参加者が目標に届かなかった。"), *line(180, *texts)]
    assert _is_apart((SIDES[0], SIDES[-1]), gap, glyphs, rules) is apart


def test_the_next_page_knows_the_columns_of_any_table() -> None:
    cells = tuple(
        Cell(row=0, column=at, box=(left, 700.0, left + 100, 720.0), text="甲")
        for at, left in enumerate(SIDES[:-1])
    )
    box = (SIDES[0], 700.0, SIDES[-1], 720.0)
    table = Table(page=1, box=box, cells=cells)
    assert _end_of(table, Before()).xs == SIDES


def test_a_part_without_headings_keeps_the_merged_columns_of_the_page_before() -> None:
    cells = [
        Cell(row=0, column=0, row_span=2, box=(SIDES[0], 100.0, SIDES[1], 140.0), text=""),
        *(
            Cell(
                row=row,
                column=at,
                box=(SIDES[at], 100.0 + 20 * row, SIDES[at + 1], 120.0),
                text="甲",
            )
            for row in (0, 1)
            for at in (1, 2)
        ),
    ]
    table = Table(page=2, box=(SIDES[0], 100.0, SIDES[-1], 140.0), cells=tuple(cells))
    assert _end_of(table, Before()).merged == 0
    assert _end_of(table, Before(xs=SIDES, merged=1)).merged == 1
