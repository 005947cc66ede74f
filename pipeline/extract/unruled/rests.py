"""The rest of a table at the head of a page, without its headings, between horizontal rules.

What stands there is too little to show columns by itself: one row, or two names with a blank at
the same place.  But the rules are as wide as the table with which the page before ends, and the
texts keep to its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.banners import Columns, columns_with_banners
from pipeline.extract.unruled.between_rules import grounds_of, many_full
from pipeline.extract.unruled.found import Found, assembled
from pipeline.extract.unruled.gutters import Row, Span, columns_of, crossed
from pipeline.extract.unruled.rows import between, grouped
from pipeline.extract.unruled.rule_groups import SAME_END, clipped, is_heading
from pipeline.extract.unruled.strips import is_centred
from pipeline.model import Box

_FEWEST_SIDES = 3
"""Sides of the columns of a table, at least."""
_RUNNING = 1
"""Lines of a running heading over the rest of a table, at most."""
_CLOSE = 2.0
"""Points between two rules that are one."""


def rest_of_table(
    rows: Sequence[Row], rules: Sequence[Edge], xs: Sequence[float], barriers: Sequence[Box]
) -> Found | None:
    """The rows with which a table goes on at the head of a page; ``None`` if nothing shows them.

    ``rules``: the horizontal rules of the page; ``xs``: the columns of the table with which the
    page before ends; ``barriers``: the boxes of tables that were found, which stand below it.
    """
    if len(xs) < _FEWEST_SIDES:
        return None
    wide = sorted((rule for rule in rules if _is_as_wide(rule, xs)), key=lambda rule: rule.at)
    if not wide or sum(row.middle < wide[0].at for row in rows) > _RUNNING:
        return None
    group = _group(wide, rows, xs)
    if len(group) < 2 or any(
        box[1] < group[-1].at - 1 and box[0] < xs[-1] and xs[0] < box[2] for box in barriers
    ):
        return None
    columns = _columns(clipped(rows, group), xs)
    if columns is None:
        return None
    ys = [group[0].at]
    lines: list[list[Row]] = []
    for pair in pairwise(group):
        band = clipped(rows, pair)
        split = grouped(band, columns.gaps) if many_full(band, columns.gaps) else [band]
        ys.extend([*between(split), pair[1].at])
        lines.extend(split)
    sides = (group[0].start, group[0].end)
    made = assembled(lines, columns, ys, sides, "horizontal")
    if made is not None:
        made.grounds = grounds_of(len(group) - 1, len(lines), columns.gaps, [], [])
    return made


def _is_as_wide(rule: Edge, xs: Sequence[float]) -> bool:
    return abs(rule.start - xs[0]) <= SAME_END and abs(rule.end - xs[-1]) <= SAME_END


def _group(wide: Sequence[Edge], rows: Sequence[Row], xs: Sequence[float]) -> list[Edge]:
    """The rules from the first on between which texts keep to the columns.

    Headings begin a table of their own.  A line of one text is a caption, but for the first: that
    may be the rest of a name.
    """
    group = [wide[0]]
    for rule in wide[1:]:
        if rule.at - group[-1].at <= _CLOSE:
            continue
        band = clipped(rows, [group[-1], rule])
        columns = _columns([*clipped(rows, group), *band], xs) if band else None
        if columns is None or _heads(band, xs):
            break
        filled = {column for row in band for column in columns_of(row, columns.gaps)}
        if len(filled) < 2 and len(group) > 1:
            break
        group.append(rule)
    return group


def _heads(band: Sequence[Row], xs: Sequence[float]) -> bool:
    """Whether texts are headings: words and years alone, or of two columns in their middles."""
    several = len(xs) - 1 > 2
    return is_heading(band) if several else any(is_centred(row, xs) for row in band)


def _columns(rows: Sequence[Row], xs: Sequence[float]) -> Columns | None:
    """The columns of lines: their own gutters, or those of the page before, if no text is across.

    Their own tell more, as a name may be longer here; but only as many as there.
    """
    own = columns_with_banners(rows)
    gaps: list[Span] = own.gaps
    if len(gaps) != len(xs) - 2 or own.banners or _across(rows, gaps):
        gaps = [(x, x) for x in xs[1:-1]]
    return None if _across(rows, gaps) else Columns(gaps)


def _across(rows: Sequence[Row], gaps: Sequence[Span]) -> bool:
    return any(crossed(part, gaps) for row in rows for part in row.parts)
