"""Which ink near figures may be a sign, and which is the side of a cell."""

from __future__ import annotations

from pipeline.extract.ink import Inks
from pipeline.extract.pdf.primitives import Page, Rule, Run
from tests.extract.conftest import glyphs_at

CELL = (100.0, 80.0, 160.0, 100.0)


def told(*strokes: Rule) -> list[str]:
    figures = glyphs_at("363", x=115, y=94)
    boxes = [(rule.at - 0.4, rule.start, rule.at + 0.4, rule.end) for rule in strokes]
    dots = [Rule((rule.start + rule.end) / 2, rule.at - 0.4, rule.at + 0.4) for rule in strokes]
    page = Page(1, 600, 800, 0, figures, [], dots, list(strokes), [], [], shapes=boxes)
    return [remark.rule for remark in Inks(page).judge(CELL, figures)[0]]


def test_the_side_of_a_cell_is_no_sign_though_its_rule_was_moved() -> None:
    """Rules of two tables that stand near one another are taken for one between them."""
    assert told(Rule(103.5, 80, 100)) == []


def test_a_shorter_upright_stroke_may_be_one() -> None:
    assert told(Rule(108, 86, 94)) == ["reading.mark-beside-figure"]


def over(first: str, second: str, x: float, y: float) -> list[str]:
    """What is told of two texts in a cell of which the second lies aside of the first."""
    glyphs = glyphs_at(first, x=120, y=94, advance=0.5, run=Run(10, 0, 0, 0))
    glyphs += glyphs_at(second, x=x, y=y, advance=0.5, run=Run(10, 0, 0, 1), index=20)
    page = Page(1, 600, 800, 0, glyphs, [], [], [], [], [])
    return [remark.rule for remark in Inks(page).judge(CELL, glyphs)[0]]


def test_two_figures_that_lie_over_each_other_are_no_third_one() -> None:
    """24 and 149, somewhat lower, were 12449 at exit 0."""
    assert over("24", "149", x=117.6, y=96) == ["reading.overprinted"]
    assert over("公園", "NE", x=122.5, y=94) == ["reading.overprinted"]
    assert over("24", "149", x=130, y=94) == []
    assert over("24", "149", x=117.6, y=99) == []


def test_a_digit_that_is_higher_than_its_row_lies_over_the_figures_of_others() -> None:
    """A target of the next row was released as empty at exit 0; all that it touches is asked."""
    size = 25
    glyphs = glyphs_at("100.00", x=102, y=118, advance=0.5, run=Run(size, 0, 0, 0), size=size)
    page = Page(1, 600, 800, 0, glyphs, [], [], [], [], [])
    (found,) = Inks(page).judge(CELL, glyphs)[0]
    assert (found.rule, found.box[3]) == ("reading.overprinted", 121.0)
    small = glyphs_at("100.00", x=102, y=98, advance=0.5, run=Run(18, 0, 0, 0), size=18)
    assert Inks(page).judge(CELL, small)[0] == []
