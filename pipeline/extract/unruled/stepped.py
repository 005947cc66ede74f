"""Horizontal rules that leave out the first columns: cells there are merged over several rows."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import Span
from pipeline.extract.unruled.rule_groups import SAME_END

_LEFT_OUT = 10.0
"""Points that such a rule begins right of the table's left side, at least."""


def steps_between(
    rules: Sequence[Edge], pair: tuple[Edge, Edge], sides: Span, *, first: bool
) -> list[Edge]:
    """The rules between two others that begin further right and end where the table ends.

    A single one between the ``first`` two is that of headings over several columns.
    """
    upper, lower = pair
    steps = [
        rule
        for rule in sorted(rules, key=lambda rule: rule.at)
        if upper.at + 2 < rule.at < lower.at - 2
        and rule.start > sides[0] + _LEFT_OUT
        and abs(rule.end - sides[1]) <= SAME_END
        and rule.end - rule.start > 0.5 * (sides[1] - sides[0])
    ]
    return [] if first and len(steps) == 1 else steps


def merged_left(table: Found, steps: Sequence[Edge]) -> Found:
    """The table with the cells left of each such rule joined over it."""
    cells = {(cell.top, cell.left): cell for cell in table.cells}
    owner: dict[tuple[int, int], FoundCell] = {}
    kept: list[FoundCell] = []
    for place in sorted(cells):
        cell = cells[place]
        above = owner.get((cell.top - 1, cell.left))
        joined = (
            above is not None
            and above.right == cell.right
            and any(
                abs(step.at - table.ys[cell.top]) <= 1
                and table.xs[cell.right] <= step.start + SAME_END + 2
                for step in steps
            )
        )
        if joined and above is not None:
            above.glyphs.extend(cell.glyphs)
            above.bottom = cell.bottom
            owner[place] = above
        else:
            kept.append(cell)
            owner[place] = cell
    return msgspec.structs.replace(table, cells=kept)
