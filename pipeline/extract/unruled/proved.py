"""Tables that headings, columns and rows prove together, where nothing is drawn.

Under each heading stands one column of text, from the first row of figures to the last; the lines
of each row stand evenly about one height, in every column.  Either by itself may be chance; a table
is only taken here if both hold for all of its lines.  Lines that lie across its columns are names
of groups.  What does not fit is left to readers that ask for less.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import Row, Span, is_dots, rows_of
from pipeline.extract.unruled.heading_tree import tree_of
from pipeline.extract.unruled.leaf_headings import Leaf, groups_under
from pipeline.extract.unruled.level_rows import rows_on_a_level
from pipeline.extract.unruled.listed import Listed, listed
from pipeline.extract.unruled.meeting_columns import with_meeting_columns
from pipeline.extract.unruled.rows import Level
from pipeline.extract.unruled.spaced_headings import with_words
from pipeline.extract.unruled.wrapped import with_wrapped_figures
from pipeline.model import Box, Ground

_FEWEST_COLUMNS = 3
"""Columns of such a table, at least."""
_WIDE = 0.9
"""Times the width of a table: the length of rules between its rows, at least."""
_OUTSIDE = 20.0
"""Points from the texts of a table to the rules over and under it, at most."""
_LEVEL = 0.45
"""Font sizes by which headings of one level differ in height, at most."""


class _Column(msgspec.Struct):
    """A heading and what stands under it, left to right."""

    leaf: Leaf
    left: float
    right: float
    filled: bool


def proved_tables(
    glyphs: Sequence[Glyph],
    rules: Sequence[Edge],
    barriers: Sequence[Box],
    xs: Sequence[float],
    level: Level | None = None,
) -> list[Found]:
    """The tables among upright glyphs that headings, columns and rows prove together.

    ``rules``: free horizontal rules; ``barriers``: boxes of other tables; ``xs``: the columns of
    the table with which the page before ends, none elsewhere.
    """
    rows = with_wrapped_figures(with_meeting_columns(with_words(rows_of(glyphs))))
    found = (_table(one, rows, rules, level) for one in listed(rows, barriers, xs))
    return [table for table in found if table is not None]


def _table(
    one: Listed, rows: Sequence[Row], rules: Sequence[Edge], level: Level | None
) -> Found | None:
    """The table of headings and the lines under them; ``None`` if they do not fit each other."""
    if any(is_dots(part.text) and len(part.text) > 1 for row in one.body for part in row.parts):
        return None
    lines = [row for row in one.body if not one.is_banner(row)]
    columns = _columns(lines, one.leaves)
    if columns is None or len(columns) < _FEWEST_COLUMNS:
        return None
    xs = _sides(columns)
    groups = rows_on_a_level(
        [(row, None if one.is_banner(row) else _by_column(row, xs)) for row in one.body],
        _between(xs, rules),
        level,
    )
    head = _headings(one, xs, columns, rules)
    if groups is None or head is None:
        return None
    cells, levels = head
    for number, group in enumerate(groups, levels):
        cells.extend(_cells(number, group, one, xs))
    grounds = [
        Ground(decision="place", sign="lines", count=len(one.headings) + len(one.body)),
        Ground(decision="columns", sign="gutters", count=len(columns) - 1),
    ]
    if groups:
        grounds.append(Ground(decision="rows", sign="middles", count=len(groups)))
    if levels:
        grounds.append(Ground(decision="headings", sign="middles", count=levels))
    ys = _heights(one, groups, levels)
    own = {id(row) for row in (*one.headings, *one.body)}
    others = [row.middle for row in rows if id(row) not in own]
    top = max((at for at in others if at < ys[0]), default=ys[0] - _OUTSIDE)
    bottom = min((at for at in others if at > ys[-1]), default=ys[-1] + _OUTSIDE)
    box = (xs[0], max(top, ys[0] - _OUTSIDE), xs[-1], min(bottom, ys[-1] + _OUTSIDE))
    ruled = [rule for rule in rules if _is_of_table(rule, box)]
    if ruled:
        xs = [
            min(xs[0], *(r.start for r in ruled)),
            *xs[1:-1],
            max(xs[-1], *(r.end for r in ruled)),
        ]
        ys = [min(ys[0], *(r.at for r in ruled)), *ys[1:-1], max(ys[-1], *(r.at for r in ruled))]
    return Found(xs, ys, cells, "horizontal" if ruled else "text", grounds=grounds)


def _is_of_table(rule: Edge, box: Box) -> bool:
    """Whether a rule runs over, in or under a table, about as wide as it."""
    wide = rule.end - rule.start >= _WIDE * (box[2] - box[0])
    across = rule.start <= box[0] + _OUTSIDE and box[2] - _OUTSIDE <= rule.end
    return box[1] < rule.at < box[3] and wide and across


def _between(xs: Sequence[float], rules: Sequence[Edge]) -> list[float]:
    """The heights of the rules that part rows: those as wide as most of the table."""
    wide = [rule for rule in rules if rule.end - rule.start >= _WIDE * (xs[-1] - xs[0])]
    return sorted(rule.at for rule in wide if rule.start < xs[1] and xs[-2] < rule.end)


def _heights(one: Listed, groups: Sequence[Sequence[Row]], levels: int) -> list[float]:
    """Where the rows begin and end, those of headings first."""
    lines = [*([one.headings] if levels else []), *groups]
    ys = [(max(r.bottom for r in a) + min(r.top for r in b)) / 2 for a, b in pairwise(lines)]
    top = min(row.top - 0.3 * row.size for row in lines[0])
    bottom = max(row.bottom + 0.3 * row.size for row in lines[-1])
    ys = [top, *ys, bottom]
    if not levels:
        return ys
    return [ys[0] + (ys[1] - ys[0]) * level / levels for level in range(levels)] + ys[1:]


# --------------------------------------------------------------------------- columns


def _columns(lines: Sequence[Row], leaves: Sequence[Leaf]) -> list[_Column] | None:
    """Each lowest heading with the texts under it; ``None`` if texts stand under none or two."""
    groups = groups_under(leaves, lines) if lines else [[] for _ in leaves]
    if groups is None:
        return None
    columns = []
    for leaf, own in zip(leaves, groups, strict=True):
        if not own and sum(len(part.text.strip()) for part in leaf.parts) == 1:
            return None  # a letter of a heading that is set with blanks: 備 考
        if not own:
            columns.append(_Column(leaf, leaf.left, leaf.right, filled=False))
            continue
        columns.append(_Column(leaf, own[0][0], own[-1][1], filled=True))
        if len(own) > 1 and _side_by_side(lines, own):
            return None
    if any(one.right >= two.left for one, two in pairwise(columns)):
        return None
    return columns if not lines or columns[0].filled else None


def _side_by_side(lines: Sequence[Row], groups: Sequence[Span]) -> bool:
    """Whether lines have texts in several groups under one heading: two columns, not one."""
    both = sum(
        sum(any(low <= p.box[0] and p.box[2] <= high for p in row.parts) for low, high in groups)
        > 1
        for row in lines
    )
    return both > 0


def _sides(columns: Sequence[_Column]) -> list[float]:
    """The sides of columns: between their texts, and between their headings where that can be."""
    xs = [min(columns[0].left, columns[0].leaf.left) - 2]
    for one, two in pairwise(columns):
        low, high = one.right, two.left
        if one.leaf.right < high:
            low = max(low, one.leaf.right)
        if two.leaf.left > low:
            high = min(high, two.leaf.left)
        xs.append((low + high) / 2)
    return [*xs, max(columns[-1].right, columns[-1].leaf.right) + 2]


def _by_column(row: Row, xs: Sequence[float]) -> dict[int, list[TextLine]]:
    found: dict[int, list[TextLine]] = {}
    for part in row.parts:
        middle = (part.box[0] + part.box[2]) / 2
        column = max(0, min(len(xs) - 2, sum(x <= middle for x in xs) - 1))
        found.setdefault(column, []).append(part)
    return found


# --------------------------------------------------------------------------- cells


def _cells(number: int, group: Sequence[Row], one: Listed, xs: Sequence[float]) -> list[FoundCell]:
    """The cells of a row; a name of a group is one over all columns."""
    columns = len(xs) - 1
    if len(group) == 1 and one.is_banner(group[0]):
        glyphs = [glyph for part in group[0].parts for glyph in part.glyphs]
        return [FoundCell(number, 0, number + 1, columns, glyphs)]
    texts: dict[int, list[Glyph]] = {}
    for row in group:
        for column, parts in _by_column(row, xs).items():
            texts.setdefault(column, []).extend(g for part in parts for g in part.glyphs)
    return [
        FoundCell(number, column, number + 1, column + 1, texts.get(column, []))
        for column in range(columns)
    ]


def _headings(
    one: Listed, xs: Sequence[float], columns: Sequence[_Column], rules: Sequence[Edge]
) -> tuple[list[FoundCell], int] | None:
    """The cells of the headings, and in how many rows they are."""
    if not one.headings:
        return [], 0
    taken = {id(part) for leaf in one.leaves for part in leaf.parts}
    parts = [part for row in one.headings for part in row.parts]
    lone = all(id(part) in taken for part in parts)
    middles, sides = _are_level(one.leaves)
    if lone and middles:
        return _one_level(one.leaves)
    body = [(column.left, column.right) for column in columns]
    inside = [rule for rule in rules if one.headings[0].top < rule.at < one.headings[-1].bottom]
    made = tree_of(parts, xs, body, inside)
    if made is not None:
        lowest = {cell.left for cell in made[0] if cell.glyphs and cell.right - cell.left == 1}
        if lowest == set(range(len(columns))):
            return made
    return _one_level(one.leaves) if lone and sides else None


def _one_level(leaves: Sequence[Leaf]) -> tuple[list[FoundCell], int]:
    """Headings of one column each, in one row."""
    return [
        FoundCell(0, at, 1, at + 1, [g for part in leaf.parts for g in part.glyphs])
        for at, leaf in enumerate(leaves)
    ], 1


def _are_level(leaves: Sequence[Leaf]) -> tuple[bool, bool]:
    """Whether the middles of headings are in line, and whether their heads or feet are.

    Else those that stand lower have one above them over several columns.
    """
    sides = [(leaf.parts[0].box[1], leaf.parts[-1].box[3]) for leaf in leaves if leaf.parts]
    size = max(part.size for leaf in leaves for part in leaf.parts)
    heights = ([sum(s) / 2 for s in sides], [top for top, _ in sides], [foot for _, foot in sides])
    middles, heads, feet = (max(one) - min(one) <= _LEVEL * size for one in heights)
    return middles, heads or feet
