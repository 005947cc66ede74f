"""Text that runs over the edge of its cell, drawn letter by letter."""

from __future__ import annotations

from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.cells import distribute
from pipeline.extract.ruled.grid import Grid, GridCell
from pipeline.extract.ruled.overflow import gather_beyond, gather_overflow
from tests.extract.conftest import glyphs_at

EDGE = 70.0
CELLS = [GridCell((40.0, 80.0, EDGE, 110.0)), GridCell((EDGE, 80.0, 140.0, 110.0))]


def letters(text: str, x: float, index: int = 0) -> list[Glyph]:
    """Upright glyphs of 5 points, each a text object."""
    return [
        glyph
        for at, letter in enumerate(text)
        for glyph in glyphs_at(letter, x + 5 * at, size=10, advance=0.5, index=index + at)
    ]


def read(*texts: tuple[str, float]) -> tuple[list[str], list[str | None]]:
    """The texts of two cells side by side, and what is told to run over the edge."""
    glyphs = [glyph for at, (text, x) in enumerate(texts) for glyph in letters(text, x, 20 * at)]
    grid = Grid(box=(40.0, 80.0, 140.0, 110.0), cells=CELLS, horizontal=[], vertical=[])
    contents: list[list[Glyph]] = [[], []]
    _, crossing = distribute(glyphs, [grid], [contents])
    remarks = gather_overflow(1, grid, contents) if crossing else []
    found = ["".join(glyph.text for glyph in sorted(one, key=lambda g: g.x0)) for one in contents]
    return found, [remark.printed for remark in remarks]


def test_a_sign_struck_by_the_edge_stays_with_the_figure_before_it() -> None:
    """101.4% is as wide as its cell: the percent sign stood before the status."""
    assert read(("101.4%", 43.0), ("順調", 80.0)) == (["101.4%", "順調"], ["101.4%"])
    assert read(("1,012.4%", 42.0), ("順調", 90.0)) == (["1,012.4%", "順調"], ["1,012.4%"])


def test_figures_of_two_cells_that_no_edge_strikes_stay_apart() -> None:
    assert read(("12", 60.0), ("34", EDGE)) == (["12", "34"], [])


def test_a_figure_struck_by_the_edge_takes_no_text_that_stands_apart() -> None:
    found, _ = read(("101.4%", 43.0), ("順調", 74.0))
    assert found == ["101.4%", "順調"]


def test_a_sign_of_a_share_that_only_touches_the_edge_is_not_of_the_next_text() -> None:
    assert read(("46.2%", 45.0), ("D", 80.0)) == (["46.2%", "D"], [])
    assert read(("△46.2%", 45.0), ("D", 80.0)) == (["△46.2%", "D"], ["△46.2%"])
    assert read(("1245", 50.0), ("%", EDGE)) == (["1245", "%"], [])


def test_a_figure_right_behind_a_name_that_is_too_long_is_of_its_own_cell() -> None:
    """Each is a text object; the edge strikes the last letter of the name."""
    name = glyphs_at("件数（件）", 42.0, size=10, advance=0.6, index=0)
    figure = glyphs_at("412", name[-1].x1 + 0.1, size=10, advance=0.5, index=20)
    grid = Grid(box=(40.0, 80.0, 140.0, 110.0), cells=CELLS, horizontal=[], vertical=[])
    contents: list[list[Glyph]] = [[], []]
    distribute([*name, *figure], [grid], [contents])
    gather_overflow(1, grid, contents)
    assert [glyph.text for glyph in contents[1]] == ["4", "1", "2"]


def test_a_text_over_an_edge_is_of_the_cell_that_has_no_other() -> None:
    """A rate that stood mostly in the column of statuses became a part of one."""
    rate = glyphs_at("91.3%", 65.0, size=10, advance=0.5)
    status = glyphs_at("未達成", 105.0, size=10, index=20)
    grid = Grid(box=(40.0, 80.0, 140.0, 110.0), cells=CELLS, horizontal=[], vertical=[])
    contents: list[list[Glyph]] = [[], []]
    distribute([*rate, *status], [grid], [contents])
    gather_overflow(1, grid, contents)
    assert ["".join(glyph.text for glyph in one) for one in contents] == ["91.3%", "未達成"]


def beyond(text: str, x: float) -> tuple[list[str], str]:
    """The texts of two cells when a text lies over the outer side of one, and what stays out."""
    glyphs = glyphs_at(text, x, size=10, advance=0.5)
    grid = Grid(box=(40.0, 80.0, 140.0, 110.0), cells=CELLS, horizontal=[], vertical=[])
    contents: list[list[Glyph]] = [[], []]
    outside, _ = distribute(glyphs, [grid], [contents])
    outside, remarks = gather_beyond(1, grid, contents, outside)
    found = ["".join(g.text for g in sorted(one, key=lambda g: g.x0)) for one in contents]
    assert [remark.printed for remark in remarks] == [one for one in found if one][: len(remarks)]
    return found, "".join(glyph.text for glyph in outside)


def test_a_figure_over_the_side_of_its_table_is_whole() -> None:
    """Of 1440 only the 1 stood in its cell, and was released as the target."""
    assert beyond("1440", 134.0) == (["", "1440"], "")
    assert beyond("1,440", 26.0) == (["1,440", ""], "")
    assert beyond("1440", 141.0) == (["", ""], "1440")
    assert beyond("14（注）", 131.0) == (["", "14"], "（注）")
