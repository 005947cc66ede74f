"""Upright rules for tables whose columns only the pieces of horizontal rules show.

The pieces are drawn through merged cells too.  What is merged is told by the texts: one that runs
over a side, a heading in the middle of several columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipeline.boxes import contains
from pipeline.extract.pdf.lines import BLANKS, lines_of
from pipeline.extract.pdf.primitives import Glyph, Rule
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.anchors import is_whole_figure
from pipeline.extract.unruled.gutters import Row, is_lone, rows_of
from pipeline.extract.unruled.joints import Band, Side, Span, bands_of
from pipeline.extract.unruled.rule_groups import (
    clipped,
    heads_again,
    open_row,
    over_headings,
    rest_of_row,
    unclosed_row,
)
from pipeline.japanese.eras import find_years
from pipeline.model import Box, Ground

_APART = 1.6
"""Font sizes between two texts of a row, at least: a text alone is a heading over all columns."""
_THIN = 0.3
"""Font sizes between two texts in columns side by side, at least."""
_OVER = 1.1
"""Font sizes by which a text may run over the side of its column."""
_TOUCHES = 0.1
"""Font sizes between two letters of one text, at most."""
_WIDER = 1.5
"""How much wider the space between two rows that no rule parts is than that between their lines."""
_LINES = 0.2
"""Font sizes between the lines of a row, at least."""
_MOST_ROWS = 2
"""Lines of figures between two rules of a table whose rows they part; years may be two lines."""
_FEWEST_LETTERS = 2
"""Letters of a heading over several columns, at least; a dash is none."""
_PADDING = 5.0
"""Points from the side of a cell to its text, at most."""
_OFF_CENTRE = 0.1
"""Part of the width of columns by which a heading in their middle may be off."""


class Joined(NamedTuple):
    """What the pieces of rules show: the undrawn rules, lying and standing, and their tables."""

    horizontal: list[Rule]
    vertical: list[Rule]
    tables: list[tuple[Box, list[Ground]]]

    def grounds(self, box: Box) -> list[Ground]:
        """What a table rests on that has these rules; nothing where it has none of them."""
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        return next((grounds for own, grounds in self.tables if contains(own, *middle)), [])


def joint_rules(
    rules: Sequence[Rule],
    upright: Sequence[Edge],
    glyphs: Sequence[Glyph],
    *,
    continued: bool = False,
) -> Joined:
    """Upright rules from one horizontal rule to the next, where the pieces of both meet.

    None between rules that ``upright`` ones part already.  They run on to headings over the first
    rule, and along a row that a page edge cuts; ``continued``: the page before ends with such a
    row.
    """
    made = Joined([], [], [])
    bands = bands_of(rules, upright)
    if not bands:
        return made
    rows = rows_of([glyph for glyph in glyphs if glyph.run.angle == 0])
    lying = [Edge(band.top, *span) for band in bands for span in (_width(band),)]
    for table in (part for one in _tables(bands) for part in _parted(one, rows)):
        group = _rules_of(table)
        unparted = _is_framed(group, upright) and not _are_parted(rows, group)
        if unparted or _holds_rows(rows, group):
            continue
        outer: list[Band] = []
        over = over_headings(rows, group)
        rest = rest_of_row(rows, group) if continued and not made.tables and not over else None
        if (first := over or rest) is not None:
            outer.append(table[0]._replace(top=first.at, bottom=table[0].top))
        if over is not None:
            made.horizontal.append(Rule(over.at, over.start, over.end))
        end = unclosed_row(rows, group, lying)
        last = None
        if end is None and (first is not None or _begins_page(rows, group[0])):
            inner = [side.x for side in table[-1].sides[1:-1]]
            last = open_row(rows, group, lying, inner)
        if last is not None:
            made.horizontal.append(Rule(last.at, last.start, last.end))
        if (under := end or last) is not None:
            sides = _sides_at_end(table)
            outer.append(table[-1]._replace(top=group[-1].at, bottom=under.at, sides=sides))
        for pair in pairwise(group):
            made.horizontal.extend(
                Rule(at, pair[0].start, pair[0].end) for at in _between_rows(rows, pair)
            )
        every = sorted([*table, *outer])
        made.vertical.extend(_standing(every, glyphs, goes_on=rest is not None))
        box = (group[0].start, every[0].top, group[0].end, every[-1].bottom)
        joints = sum(len(band.sides) - 2 for band in table)
        grounds = [
            Ground(decision="place", sign="rules", count=len(group)),
            Ground(decision="columns", sign="joints", count=joints),
            Ground(decision="rows", sign="rules", count=len(table)),
        ]
        if end is not None or rest is not None:
            cut = (end is not None) + (rest is not None)
            grounds.append(Ground(decision="rows", sign="page-end", count=cut))
        made.tables.append((box, grounds))
    return made


def _begins_page(rows: Sequence[Row], first: Edge) -> bool:
    """Whether nothing but a running heading stands over a rule: a table may go on there."""
    over = [row for row in rows if row.middle < first.at]
    return not over or (len(over) == 1 and is_lone(over[0]))


def _holds_rows(rows: Sequence[Row], group: Sequence[Edge]) -> bool:
    """Whether several rows of figures stand between two rules: these do not part the rows."""
    return any(
        sum(
            sum(is_whole_figure(part.text) for part in row.parts) > 1 for row in clipped(rows, pair)
        )
        > _MOST_ROWS
        for pair in pairwise(group)
    )


def _between_rows(rows: Sequence[Row], pair: Sequence[Edge]) -> Iterator[float]:
    """The heights at which rows of figures between two rules part: the widest space there."""
    inside = clipped(rows, pair)
    figured = [at for at, row in enumerate(inside) if _figures(row) > 1]
    for first, last in pairwise(figured):
        lines = inside[first : last + 1]
        spaces = sorted(
            (below.top - above.bottom, (below.top + above.bottom) / 2)
            for above, below in pairwise(lines)
        )
        widest, at = spaces[-1]
        if widest >= _WIDER * max([_LINES * lines[0].size, *(space for space, _ in spaces[:-1])]):
            yield at


def _figures(row: Row) -> int:
    return sum(is_whole_figure(part.text) and not find_years(part.text) for part in row.parts)


def _is_framed(group: Sequence[Edge], upright: Sequence[Edge]) -> bool:
    """Whether an upright rule stands at a side of a table."""
    sides, (top, bottom) = (group[0].start, group[0].end), (group[0].at, group[-1].at)
    return any(
        min(abs(one.at - side) for side in sides) <= 1 and one.start < bottom and top < one.end
        for one in upright
    )


def _are_parted(rows: Sequence[Row], group: Sequence[Edge]) -> bool:
    """Whether the rules in a frame part headings from figures: below each words figures stand.

    Rows of words, of so many lines each, may have no rules between them.  Between two tables of a
    frame each stands one text or none.
    """
    bands = [clipped(rows, pair) for pair in pairwise(group)]
    figured = [any(_figures(row) > 1 for row in band) for band in bands]
    return (
        len(bands) > 1
        and figured[-1]
        and all(
            here or below or all(is_lone(row) for row in band)
            for here, below, band in zip(figured, figured[1:], bands, strict=False)
        )
    )


def _sides_at_end(table: Sequence[Band]) -> list[Side]:
    """The sides of all columns that reach to the last rule; those of merged cells end there too."""
    end = max(band.bottom for band in table)
    sides = {side.x: side for band in table if band.bottom == end for side in band.sides}
    return sorted(sides.values())


def _width(band: Band) -> Span:
    return band.sides[0].x, band.sides[-1].x


def _tables(bands: Sequence[Band]) -> list[list[Band]]:
    """The bands that lie on one another; one may lie on several that stand side by side."""
    tables: list[list[Band]] = []
    for band in bands:
        over = [table for table in tables if _lies_on(band, table)]
        tables = [table for table in tables if not any(table is one for one in over)]
        tables.append([*(one for table in over for one in table), band])
    return sorted(map(sorted, tables))


def _lies_on(band: Band, table: Sequence[Band]) -> bool:
    """Whether a band, or one side of merged cells alone, begins above the end of a table."""
    left, right = _width(band)
    start, end = (min(_width(one)[0] for one in table), max(_width(one)[1] for one in table))
    beside = start <= left <= end if left == right else left < end and start < right
    return beside and band.top <= max(one.bottom for one in table)


def _parted(table: list[Band], rows: Sequence[Row]) -> list[list[Band]]:
    """A table parted at bands that end with its headings again: nothing closes it and the next."""
    group = _rules_of(table)
    for upper, lower in pairwise(group[1:]):
        if heads_again(group[0], clipped(rows, [upper, lower]), rows):
            above = [band for band in table if band.bottom <= upper.at]
            below = [band for band in table if band.top >= lower.at]
            return [above, *(_parted(below, rows) if below else [])]
    return [table]


def _rules_of(table: Sequence[Band]) -> list[Edge]:
    """The rules of a table, all as wide as the table."""
    heights = sorted({at for band in table for at in (band.top, band.bottom)})
    left = min(_width(band)[0] for band in table)
    right = max(_width(band)[1] for band in table)
    return [Edge(at, left, right) for at in heights]


def _standing(bands: Sequence[Band], glyphs: Sequence[Glyph], *, goes_on: bool) -> Iterator[Rule]:
    """The sides of the columns of a table.

    ``goes_on``: the first band is the rest of a row from the page before, so no heading.
    """
    inside = [_inside(glyphs, band) for band in bands]
    heads: set[int] = set()
    for number, (band, texts) in enumerate(zip(bands, inside, strict=True)):
        if _parts_tables(bands, inside, number):
            heads.add(number)  # headings stand under it
            continue
        merged = _crossed(band, texts)
        above = {at for at, other in enumerate(bands[:number]) if other.bottom == band.top}
        if above <= heads and (number or not goes_on):
            below = [at for at, other in enumerate(bands) if other.top == band.bottom]
            merged |= _under_headings(band, texts, [one for at in below for one in inside[at]])
            if merged:
                heads.add(number)
        yield from (Rule(x, band.top, band.bottom) for x, _ in band.sides if x not in merged)


def _inside(glyphs: Sequence[Glyph], band: Band) -> list[Glyph]:
    """What stands in a band."""
    left, right = _width(band)
    return [
        glyph
        for glyph in glyphs
        if band.top < (glyph.top + glyph.bottom) / 2 < band.bottom
        and left < glyph.middle[0] < right
        and glyph.text not in BLANKS
    ]


def _parts_tables(bands: Sequence[Band], inside: Sequence[Sequence[Glyph]], number: int) -> bool:
    """Whether a band is the space between two tables: after it the first headings stand again.

    Of tables with their headings at the left only the first of them does (指標名 | 来館者数).
    Where a page begins with the rest of a table, the headings after it are those of a later one.
    Nothing stands beside it; a heading over some columns has others beside it.
    """
    if not 0 < number < len(bands) - 1 or not _may_part(bands, inside, number):
        return False
    again = _texts_of(bands[number + 1], inside[number + 1])
    above = any(
        again & _texts_of(bands[at], texts) and not _joined_above(bands, at)
        for at, texts in enumerate(inside[:number])
    )
    if above or _is_lone(inside[number + 1]):
        return above
    whole = _text(inside[number + 1])
    return any(
        _text(texts) == whole and _may_part(bands, inside, at)
        for at, texts in enumerate(inside[1:])
        if at != number
    )


def _may_part(bands: Sequence[Band], inside: Sequence[Sequence[Glyph]], number: int) -> bool:
    """Whether a band as wide as all of them holds no more than a text alone."""
    band = bands[number]
    beside = sum(one.top < band.bottom and band.top < one.bottom for one in bands) > 1
    whole = (min(_width(one)[0] for one in bands), max(_width(one)[1] for one in bands))
    return not beside and _width(band) == whole and _is_lone(inside[number])


def _joined_above(bands: Sequence[Band], number: int) -> bool:
    """Whether another band ends where this one begins."""
    return any(other.bottom == bands[number].top for other in bands[:number])


def _texts_of(band: Band, glyphs: Sequence[Glyph]) -> set[str]:
    """The text of a band, and that of its first column."""
    first = [glyph for glyph in glyphs if glyph.middle[0] < band.sides[1].x]
    return {_text(some) for some in (first, glyphs) if some}


def _text(glyphs: Sequence[Glyph]) -> str:
    return "".join(line.text for line in lines_of(glyphs))


def _is_lone(glyphs: Sequence[Glyph]) -> bool:
    """Whether lines are one text each, with none beside it."""
    lines = lines_of(glyphs, split=_APART)
    return all(one.box[3] <= other.box[1] + 1 for one, other in pairwise(lines))


def _crossed(band: Band, texts: Sequence[Glyph]) -> set[float]:
    """The sides that a text runs over; all, if it stands alone: a heading over all columns."""
    inner = {side.x for side in band.sides[1:-1]}
    crossed = {x for x in inner if _is_crossed(x, texts)}
    if (crossed or band.whole) and len(lines_of(texts, split=_APART)) == 1:
        return inner
    return {x for x in crossed if not _is_run_over(x, band, texts)}


def _is_run_over(x: float, band: Band, texts: Sequence[Glyph]) -> bool:
    """Whether texts only run over a side by a letter or so, beside others of both its columns.

    A narrow column is too narrow for one line of its heading (the ``）`` of (2018)）).
    """
    left, right = _beside(x, band)
    lines = [
        line
        for line in lines_of(texts, split=_THIN)
        if left < (line.box[0] + line.box[2]) / 2 < right
    ]
    slack = _TOUCHES * max((line.size for line in lines), default=0.0)
    over = [line for line in lines if line.box[0] + slack < x < line.box[2] - slack]
    own = [
        any(a - slack <= line.box[0] and line.box[2] <= b + slack for line in lines)
        for a, b in pairwise((left, x, right))
    ]
    return all(own) and all(
        min(line.box[2] - x, x - line.box[0]) <= _OVER * line.size for line in over
    )


def _beside(x: float, band: Band) -> Span:
    """From the side before one to the side after it."""
    at = next(number for number, side in enumerate(band.sides) if side.x == x)
    return band.sides[at - 1].x, band.sides[at + 1].x


def _is_crossed(x: float, glyphs: Sequence[Glyph]) -> bool:
    """Whether a text runs over a place: a letter does, or two that touch meet near it."""
    for glyph in glyphs:
        slack = _TOUCHES * glyph.run.size
        if glyph.x0 + slack < x < glyph.x1 - slack:
            return True
    ends = [glyph for glyph in glyphs if abs(glyph.x1 - x) <= 2 * _TOUCHES * glyph.run.size]
    return any(
        abs(after.x0 - glyph.x1) <= _TOUCHES * glyph.run.size
        and abs(after.y - glyph.y) <= _TOUCHES * glyph.run.size
        and min(abs(glyph.x1 - x), abs(after.x0 - x)) <= _TOUCHES * glyph.run.size
        for glyph in ends
        for after in glyphs
        if after is not glyph
    )


def _under_headings(band: Band, texts: Sequence[Glyph], below: Sequence[Glyph]) -> set[float]:
    """The sides under headings over several columns, whose own headings stand ``below``.

    Such a heading stands in the middle of columns, or at their side, that are empty beside it.
    """
    parts = [line.text for line in lines_of(texts, split=_APART)]
    if any(is_whole_figure(part) and not find_years(part) for part in parts):
        return set()
    merged: set[float] = set()
    for columns in _closed(band):
        own = [_text_in(texts, column) for column in columns]
        if None in own and all(_text_in(below, column) for column in columns):
            merged |= _under(
                columns, own, corner=columns[0][0] == min(start for start, _ in band.over)
            )
    return merged


def _closed(band: Band) -> Iterator[list[Span]]:
    """The columns of a band side by side with a rule over and under them.

    Cells beside them begin higher, or go on below.
    """
    run: list[Span] = []
    for column in pairwise(side.x for side in band.sides):
        middle = sum(column) / 2
        if all(any(a < middle < b for a, b in spans) for spans in (band.over, band.under)):
            run.append(column)
        elif run:
            yield run
            run = []
    if run:
        yield run


class _Text(NamedTuple):
    """The text of a column: from where to where it reaches, and how many letters it has."""

    left: float
    right: float
    letters: int


def _text_in(glyphs: Sequence[Glyph], column: Span) -> _Text | None:
    here = [glyph for glyph in glyphs if column[0] < glyph.middle[0] < column[1]]
    if not here:
        return None
    return _Text(min(one.x0 for one in here), max(one.x1 for one in here), len(here))


def _under(columns: Sequence[Span], texts: Sequence[_Text | None], *, corner: bool) -> set[float]:
    """The inner sides of the runs of columns, one for each text, that it stands in the middle of.

    ``corner``: the first column may have no heading, over what the rows are.
    ``best[c]``: how far the texts are off, at least, in runs that end before column ``c``.
    """
    best: list[tuple[float, list[Span]]] = [(0.0, [])]
    for end in range(1, len(columns) + 1):
        ways: list[tuple[float, list[Span]]] = [(inf, [])]
        for start in range(end):
            held = [text for text in texts[start:end] if text is not None]
            if len(held) == 1 and (end - start == 1 or held[0].letters >= _FEWEST_LETTERS):
                run = (columns[start][0], columns[end - 1][1])
                cost, runs = best[start]
                ways.append((cost + _off(held[0], run), [*runs, run]))
        if corner and end == 1 and texts[0] is None:
            ways.append((0.0, [columns[0]]))
        best.append(min(ways))
    cost, runs = best[-1]
    if cost == inf:
        return set()
    inner = {start for start, _ in columns[1:]}
    return {x for x in inner if any(start < x < end for start, end in runs)}


def _off(text: _Text, run: Span) -> float:
    """How far a text is from the middle of columns, or from one of their sides, in points.

    Infinite if it is far from all three.
    """
    away = min(
        abs(text.left + text.right - sum(run)) / 2,
        max(0.0, text.left - run[0] - _PADDING),
        max(0.0, run[1] - text.right - _PADDING),
    )
    return away if away <= _OFF_CENTRE * (run[1] - run[0]) else inf
