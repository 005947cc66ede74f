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
from pipeline.extract.unruled.gutters import Row, Span, columns_of, crossed, is_lone
from pipeline.extract.unruled.rows import Level, between, grouped
from pipeline.extract.unruled.rule_groups import (
    SAME_END,
    clipped,
    is_heading,
    open_row,
    opens_below,
)
from pipeline.extract.unruled.stepped import merged_left, steps_between
from pipeline.extract.unruled.strips import is_centred
from pipeline.model import Box

_FEWEST_SIDES = 3
"""Sides of the columns of a table, at least."""
_NEAR = 1.9
"""Font sizes from one line of a row to the next, at most."""
_CLOSE = 2.0
"""Points between two rules that are one."""


def rest_of_table(
    rows: Sequence[Row],
    rules: Sequence[Edge],
    xs: Sequence[float],
    barriers: Sequence[Box],
    level: Level | None = None,
) -> Found | None:
    """The rows with which a table goes on at the head of a page; ``None`` if nothing shows them.

    ``rules``: the horizontal rules of the page; ``xs``: the columns of the table with which the
    page before ends; ``barriers``: the boxes of tables that were found, which stand below it.
    """
    if len(xs) < _FEWEST_SIDES:
        return None
    wide = sorted((rule for rule in rules if _is_as_wide(rule, xs)), key=lambda rule: rule.at)
    if not wide:
        return None
    over = [row for row in rows if row.middle < wide[0].at]
    if over and is_lone(over[0]):
        over = over[1:]
    if over:
        if not _is_row(over, wide[0], xs):
            return None
        wide = [Edge(over[0].top - 0.3 * over[0].size, wide[0].start, wide[0].end), *wide]
    group = _group(wide, rows, xs)
    if len(group) < 2 or any(
        box[1] < group[-1].at - 1 and box[0] < xs[-1] and xs[0] < box[2] for box in barriers
    ):
        return None
    columns = _columns(clipped(rows, group), xs)
    if columns is None:
        return None
    last = open_row(rows, group, wide) if _opens_under(group, rows, wide) else None
    group = [*group, *([last] if last is not None else [])]
    sides = (group[0].start, group[0].end)
    ys = [group[0].at]
    lines: list[list[Row]] = []
    steps: list[Edge] = []
    for pair in pairwise(group):
        here = steps_between(rules, pair, sides, first=False)
        steps.extend(here)
        for upper, lower in pairwise([pair[0], *here, pair[1]]):
            band = [row for row in clipped(rows, pair) if upper.at < row.middle < lower.at]
            many = many_full(band, columns.gaps)
            split = grouped(band, columns.gaps, level=level) if many else [band]
            ys.extend([*between(split), lower.at])
            lines.extend(split)
    made = assembled(lines, columns, ys, sides, "horizontal", level=level)
    if made is not None:
        bands = len(group) - 1 + len(steps)
        made.grounds = grounds_of(bands, len(lines), columns.gaps, steps, [])
    return merged_left(made, steps) if made is not None and steps else made


def _is_row(over: Sequence[Row], first: Edge, xs: Sequence[float]) -> bool:
    """Whether lines over the first rule are a row whose own rule the page edge took, no headings.

    ``xs``: the columns that they keep to.
    """
    ends = [*(row.middle for row in over[1:]), first.at]
    near = all(end - row.middle <= _NEAR * row.size for row, end in zip(over, ends, strict=True))
    columns = _columns(over, xs)
    if not near or columns is None or _heads(over, xs):
        return False
    return len({column for row in over for column in columns_of(row, columns.gaps)}) > 1


def _opens_under(group: Sequence[Edge], rows: Sequence[Row], wide: Sequence[Edge]) -> bool:
    """Whether another table opens between the last rule of a rest and the next rule, or none does.

    A row may stand under the last rule then.
    """
    following = next((rule for rule in wide if rule.at > group[-1].at + _CLOSE), None)
    return following is None or opens_below(clipped(rows, [group[-1], following]), group[0].start)


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
        if columns is None or opens_below(band, xs[0]) or _heads(band, xs):
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
