"""Which ink near figures may be a sign, and which is the side of a cell."""

from __future__ import annotations

from pipeline.extract.ink import Inks
from pipeline.extract.pdf.primitives import Page, Rule
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
