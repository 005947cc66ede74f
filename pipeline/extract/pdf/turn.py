"""Pages whose content lies on its side: turned upright for reading, boxes turned back."""

from __future__ import annotations

from collections import Counter

import msgspec

from pipeline.extract.pdf.geometry import Matrix, transform_box
from pipeline.extract.pdf.lines import BLANKS, quarter
from pipeline.extract.pdf.primitives import Fill, Glyph, Page, Rule, Run
from pipeline.model import Box

_SHARE = 0.8
"""Share of the letters that must lie on one side for the page to be turned."""
_FEWEST = 20
"""Letters below which a page is not turned: a label on its side is none of the page's."""


def turn_of(page: Page) -> int:
    """The quarter turn in which nearly all text of a page is set; 0 if upright or mixed."""
    if not page.turned:
        return 0
    turns = Counter(quarter(glyph.run.angle) for glyph in page.glyphs if glyph.text not in BLANKS)
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    if not turn or count < _FEWEST or count < _SHARE * sum(turns.values()):
        return 0
    return turn


def upright_matrix(turn: int, width: float, height: float) -> Matrix:
    """From the page as displayed to the page on which text of that turn is upright."""
    if turn == 90:
        return (0.0, -1.0, 1.0, 0.0, 0.0, width)
    if turn == 180:
        return (-1.0, 0.0, 0.0, -1.0, width, height)
    return (0.0, 1.0, -1.0, 0.0, height, 0.0)


def turned(page: Page, turn: int) -> Page:
    """The page turned so that its text is upright."""
    matrix = upright_matrix(turn, page.width, page.height)
    runs: dict[int, Run] = {}
    swap = turn in (90, 270)
    horizontal = [_rule(rule, matrix, lying=True, swap=swap) for rule in page.horizontal]
    vertical = [_rule(rule, matrix, lying=False, swap=swap) for rule in page.vertical]
    copies = {id(glyph): _glyph(glyph, matrix, turn, runs) for glyph in page.glyphs}
    return Page(
        number=page.number,
        width=page.height if swap else page.width,
        height=page.width if swap else page.height,
        rotation=page.rotation,
        glyphs=list(copies.values()),
        hidden=[(_glyph(glyph, matrix, turn, runs), why) for glyph, why in page.hidden],
        horizontal=vertical if swap else horizontal,
        vertical=horizontal if swap else vertical,
        fills=[
            Fill(transform_box(fill.box, matrix), fill.colour, fill.order, fill.opaque)
            for fill in page.fills
        ],
        images=[transform_box(box, matrix) for box in page.images],
        outlines=page.outlines,
        odd=[copies[id(glyph)] for glyph in page.odd],
        turned=any(run.angle for run in runs.values()),
        annotated=page.annotated,
        strokes=[_stroke(stroke, matrix) for stroke in page.strokes],
        shapes=[transform_box(box, matrix) for box in page.shapes],
        drawings=[transform_box(box, matrix) for box in page.drawings],
        struck=[transform_box(box, matrix) for box in page.struck],
        lying=[copies[id(glyph)] for glyph in page.lying],
        disguised=[(copies[id(glyph)], seen) for glyph, seen in page.disguised],
    )


def _glyph(glyph: Glyph, matrix: Matrix, turn: int, runs: dict[int, Run]) -> Glyph:
    run = runs.get(id(glyph.run))
    if run is None:
        run = msgspec.structs.replace(glyph.run, angle=(glyph.run.angle - turn) % 360)
        runs[id(glyph.run)] = run
    x, y, _, _ = transform_box((glyph.x, glyph.y, glyph.x, glyph.y), matrix)
    x0, top, x1, bottom = transform_box(glyph.box, matrix)
    return Glyph(glyph.text, x, y, x0, top, x1, bottom, glyph.index, run, glyph.unmapped)


def _stroke(stroke: Box, matrix: Matrix) -> Box:
    x0, y0, _, _ = transform_box((*stroke[:2], *stroke[:2]), matrix)
    x1, y1, _, _ = transform_box((*stroke[2:], *stroke[2:]), matrix)
    return (x0, y0, x1, y1)


def _rule(rule: Rule, matrix: Matrix, *, lying: bool, swap: bool) -> Rule:
    box: Box = (
        (rule.start, rule.at, rule.end, rule.at)
        if lying
        else (rule.at, rule.start, rule.at, rule.end)
    )
    x0, top, x1, bottom = transform_box(box, matrix)
    if lying != swap:
        return Rule(top, x0, x1, rule.thickness, rule.order, rule.visible)
    return Rule(x0, top, bottom, rule.thickness, rule.order, rule.visible)
