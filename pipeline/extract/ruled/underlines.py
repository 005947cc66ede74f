"""Underlines of text: rules that close to a line of text and part no cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.extract.pdf.lines import BLANKS
from pipeline.extract.pdf.primitives import Glyph, Page, Rule

_TOUCHES = 0.5
"""Points from a rule's end to the rule across it, up to which they meet."""

_BELOW = 0.35
"""Font sizes below the baseline of its text in which an underline is drawn."""


def without_underlines(page: Page) -> list[Rule]:
    """The horizontal rules of a page without those that only underline text.

    An underline may be as wide as its cell, but it meets the border on neither side, and text
    stands close above it.
    """
    standing = sorted(page.vertical, key=lambda rule: rule.at)
    at = [rule.at for rule in standing]
    kept: list[Rule] = []
    for rule in page.horizontal:
        touch = _TOUCHES + rule.thickness / 2
        first = bisect_left(at, rule.start - touch)
        last = bisect_right(at, rule.end + touch)
        near = any(one.start <= rule.at <= one.end for one in standing[first:last])
        if not near and _in_a_cell(rule, standing, at) and _underlines(rule, page.glyphs):
            continue
        kept.append(rule)
    return kept


def _in_a_cell(rule: Rule, standing: Sequence[Rule], at: Sequence[float]) -> bool:
    """Whether rules stand on both sides of it at its height."""
    left = any(one.start < rule.at < one.end for one in standing[: bisect_left(at, rule.start)])
    return left and any(
        one.start < rule.at < one.end for one in standing[bisect_right(at, rule.end) :]
    )


def _underlines(rule: Rule, glyphs: Sequence[Glyph]) -> bool:
    """Whether the baseline of a text lies just above a rule."""
    return any(
        0 <= rule.at - glyph.y <= _BELOW * glyph.run.size
        and rule.start - 1 <= (glyph.x0 + glyph.x1) / 2 <= rule.end + 1
        and glyph.run.angle == 0
        and glyph.text not in BLANKS
        for glyph in glyphs
    )
