"""Headings of several lines and levels over known columns."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.lines import TextLine, lines_of
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.heading_tree import tree_of
from tests.extract.conftest import glyphs_at

XS = [40.0, 150.0, 210.0, 270.0, 330.0]
BODY = [(42.0, 140.0), (180.0, 200.0), (240.0, 260.0), (300.0, 320.0)]
Text = tuple[float, float, str]
Shape = list[tuple[int, int, int, int, str]]


def parts_of(*texts: Text) -> list[TextLine]:
    """Texts about their middles; a letter is 5 points wide."""
    return [
        line
        for x, y, text in texts
        for line in lines_of(glyphs_at(text, x=x - 2.5 * len(text), y=y, advance=0.5))
    ]


def shape(texts: list[Text], rules: list[Edge]) -> Shape | None:
    found = tree_of(parts_of(*texts), XS, BODY, rules)
    if found is None:
        return None
    return [
        (c.top, c.left, c.bottom, c.right, "".join(g.text for g in c.glyphs))
        for c in found[0]
        if c.glyphs
    ]


@pytest.mark.parametrize(
    ("texts", "rules", "expected"),
    [
        (
            [(190, 100, "Output"), (280, 100, "Labour"), (250, 113, "2009"), (310, 113, "2010")],
            [],
            [
                (0, 1, 2, 2, "Output"),
                (0, 2, 1, 4, "Labour"),
                (1, 2, 2, 3, "2009"),
                (1, 3, 2, 4, "2010"),
            ],
        ),
        (
            [
                (280, 100, "Labour"),
                (190, 113, "Output"),
                (250, 113, "2009"),
                (310, 113, "2010"),
            ],
            [],
            [
                (0, 1, 2, 2, "Output"),
                (0, 2, 1, 4, "Labour"),
                (1, 2, 2, 3, "2009"),
                (1, 3, 2, 4, "2010"),
            ],
        ),
        (
            [
                (250, 100, "Labour"),
                (190, 113, "Men"),
                (250, 113, "Women"),
                (310, 113, "Both"),
            ],
            [Edge(104.0, 180.0, 320.0)],
            [
                (0, 1, 1, 4, "Labour"),
                (1, 1, 2, 2, "Men"),
                (1, 2, 2, 3, "Women"),
                (1, 3, 2, 4, "Both"),
            ],
        ),
        (
            [
                (190, 100, "Persons"),
                (190, 112, "employed"),
                (250, 112, "Rate"),
                (310, 112, "Share"),
            ],
            [],
            [(0, 1, 1, 2, "Personsemployed"), (0, 2, 1, 3, "Rate"), (0, 3, 1, 4, "Share")],
        ),
        (
            [
                (190, 100, "Output"),
                (250, 100, "Rate"),
                (310, 100, "Share"),
                (250, 113, "(millions)"),
            ],
            [],
            [
                (0, 1, 1, 2, "Output"),
                (0, 2, 1, 3, "Rate"),
                (0, 3, 1, 4, "Share"),
                (1, 1, 2, 4, "(millions)"),
            ],
        ),
        (
            [(190, 100, "目標値"), (190, 112, "2009"), (250, 100, "実績値"), (250, 112, "2010")],
            [],
            [(0, 1, 1, 2, "目標値2009"), (0, 2, 1, 3, "実績値2010")],
        ),
    ],
    ids=[
        "over two, the other beside both lines",
        "over two, the other in the lower line",
        "over three by its rule",
        "two lines of one",
        "a unit over all",
        "a year under each",
    ],
)
def test_each_heading_is_over_its_columns(texts, rules, expected) -> None:
    assert shape(texts, rules) == expected


def test_a_line_over_the_names_and_figures_is_no_heading() -> None:
    assert shape([(110, 100, "Labour by region and years"), (250, 113, "2009")], []) is None


@pytest.mark.parametrize(
    ("names", "columns"), [(107.0, (1, 5)), (113.0, (2, 4))], ids=["in the middle", "at the foot"]
)
def test_a_heading_is_over_all_that_stand_lower_than_those_of_both_levels(
    names: float, columns: tuple[int, int]
) -> None:
    """Only where headings of both levels stand higher can the lower ones be told."""
    xs = [40.0, 150.0, 210.0, 270.0, 330.0, 390.0, 460.0]
    body = [(42.0, 140.0), *((x - 10, x + 10) for x in (180.0, 240.0, 300.0, 360.0, 425.0))]
    texts = [(270, 100, "R1"), (95, names, "Name"), (425, names, "Note")]
    texts += [(x, 113, word) for x, word in zip((180, 240, 300, 360), "abcd", strict=True)]
    found = tree_of(parts_of(*texts), xs, body, [])
    assert found is not None
    over = [cell for cell in found[0] if [glyph.text for glyph in cell.glyphs] == ["R", "1"]]
    assert [(cell.left, cell.right) for cell in over] == [columns]
