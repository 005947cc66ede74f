"""Texts of coloured rows at the sides of their columns."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.lines import TextLine, lines_of
from pipeline.extract.unruled.strips import at_sides
from tests.extract.conftest import glyphs_at

NAME, OFFICE = "苦情の件数", "保育課"


def beside(gap: float) -> TextLine:
    """A name of 50 points, and behind it the words of the next column."""
    glyphs = [*glyphs_at(NAME, x=100), *glyphs_at(OFFICE, x=150 + gap)]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    return lines_of(glyphs)[0]


@pytest.mark.parametrize(
    ("gap", "side", "texts"),
    [
        (0.0, 149.0, [NAME + OFFICE]),
        (0.5, 149.0, [NAME + OFFICE]),
        (1.8, 149.0, [NAME, OFFICE]),
        (1.8, 145.0, [NAME + OFFICE]),
        (4.0, 145.0, [NAME, OFFICE]),
    ],
    ids=["touching", "all but touching", "thin, at the side", "thin, before it", "wide"],
)
def test_a_text_is_parted_at_the_side_of_a_column(gap, side, texts) -> None:
    assert [part.text for part in at_sides(beside(gap), [side])] == texts


@pytest.mark.parametrize(
    ("name", "side", "texts"),
    [
        ("件数（延）", 142.0, ["件数（延）", "子育て課"]),
        ("件数【延】", 142.0, ["件数【延】", "子育て課"]),
        ("件数（延）", 128.0, ["件数（延）子育て課"]),
    ],
    ids=["over the side", "another bracket", "before the side"],
)
def test_a_bracket_that_hangs_over_the_side_ends_the_text_of_its_column(name, side, texts) -> None:
    glyphs = [*glyphs_at(name, x=100), *glyphs_at("子育て課", x=145)]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    (line,) = lines_of(glyphs)
    assert [part.text for part in at_sides(line, [side])] == texts
