"""Cells merged over rows in the midst of a table: the rules between these rows leave them out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from pipeline.extract.pdf.lines import TextLine, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.found import Found
from pipeline.extract.unruled.gutters import Span
from pipeline.extract.unruled.rule_groups import SAME_END
from pipeline.model import Box

_WHOLE = 0.95
"""Share of the width from which a rule runs over all of it."""
_APART = 0.3
"""Font sizes between two texts of one line that are apart, at least."""


def beside_merged(
    table: Found, rules: Sequence[Edge], group: Sequence[Edge]
) -> list[tuple[str, Box]]:
    """The texts merged over rows that share a cell with a text of one row, with the rows' box.

    ``rules``: those that part rows, headings left out; ``group``: of these the ones over the
    whole width.
    """
    found: list[tuple[str, Box]] = []
    for upper, lower in pairwise(group):
        heights: dict[int, list[Edge]] = {}
        for rule in rules:
            inside = upper.at + 2 < rule.at < lower.at - 2
            if inside and rule.end - rule.start < _WHOLE * (upper.end - upper.start):
                heights.setdefault(round(rule.at), []).append(rule)
        if not heights:
            continue
        for cell in table.cells:
            texts = [
                line
                for line in _lines(cell.glyphs)
                if upper.at < sum(line.box[1::2]) / 2 < lower.at
            ]
            merged = [line for line in texts if _is_left_out(line, heights.values())]
            if len(merged) < len(texts):
                box = (upper.start, upper.at, upper.end, lower.at)
                found += [(line.text, box) for line in merged]
    return found


def _lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    return lines_of(glyphs, split=_APART)


def _is_left_out(line: TextLine, heights: Collection[Sequence[Edge]]) -> bool:
    span = (line.box[0], line.box[2])
    return any(_stands_between(span, pieces) for pieces in heights)


def _stands_between(span: Span, pieces: Sequence[Edge]) -> bool:
    """Whether pieces of a rule lie on both sides of a text and none over it."""
    before = any(piece.end <= span[0] + SAME_END for piece in pieces)
    behind = any(piece.start >= span[1] - SAME_END for piece in pieces)
    over = any(piece.start < span[1] - 1 and span[0] + 1 < piece.end for piece in pieces)
    return before and behind and not over
