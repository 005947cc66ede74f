"""Tables without ruled columns: by horizontal rules, or by the alignment of text alone.

Columns are gutters that no text crosses; rows are bands between rules, or lines told apart by
what stands in them and how far apart they are.  A table is only taken for one when several of its
lines share gutters: running text, lists and text set in columns are left as lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.aligned import aligned_rows, rows_in_columns
from pipeline.extract.unruled.between_rules import ruled_rows
from pipeline.extract.unruled.blocks import blocks
from pipeline.extract.unruled.column_headings import spread
from pipeline.extract.unruled.found import Before, Found
from pipeline.extract.unruled.gutters import Row, rows_of
from pipeline.extract.unruled.headed import headed_rows
from pipeline.extract.unruled.meeting_columns import with_meeting_columns
from pipeline.extract.unruled.merged_columns import Left, rest_of
from pipeline.extract.unruled.proved import proved_tables
from pipeline.extract.unruled.rests import rest_of_table
from pipeline.extract.unruled.rows import Level
from pipeline.extract.unruled.rule_groups import (
    clipped,
    open_row,
    over_headings,
    rest_of_row,
    rule_groups,
    unclosed_row,
    under_figures,
    under_headings,
    with_names_of_rows,
)
from pipeline.extract.unruled.sentences import worded_rows
from pipeline.extract.unruled.spaced_headings import with_words
from pipeline.extract.unruled.wrapped import with_wrapped_figures
from pipeline.model import Box, Ground

_NOTHING = Before()

_SHORTEST_RULE = 40.0
"""Points from which a rule may part rows; underlines of words are shorter."""


def worth_trying(lines: Sequence[TextLine], rules: Sequence[Edge]) -> bool:
    """Whether a page may hold a table without ruled columns at all."""
    if len(rules) >= 2:
        return True
    middles = sorted((line.box[1] + line.box[3]) / 2 for line in lines)
    return sum(second - first < 2.0 for first, second in pairwise(middles)) >= 2


def find_tables(
    glyphs: Sequence[Glyph],
    rules: Sequence[Edge],
    barriers: Sequence[Box],
    before: Before = _NOTHING,
) -> list[Found]:
    """Tables without ruled columns among upright glyphs that stand in no ruled table.

    ``rules``: horizontal rules outside the ruled tables; ``barriers``: boxes of the latter;
    ``before``: how the page before ends.
    """
    rows = with_wrapped_figures(with_meeting_columns(with_words(rows_of(glyphs))))
    long = [rule for rule in rules if rule.end - rule.start >= _SHORTEST_RULE]
    found: list[Found] = []
    rest = None if before.cut else rest_of_table(rows, long, before.xs, barriers, before.level)
    if rest is not None:
        found.append(rest)
        rows = _without(rows, {id(glyph) for cell in rest.cells for glyph in cell.glyphs})
        long = [rule for rule in long if rule.at > rest.ys[-1] - 1]
    for drawn in rule_groups(long, rows, barriers):
        if under_figures(rows, drawn) or under_headings(rows, drawn):
            continue
        group = with_names_of_rows(rows, drawn)
        drawn_out = group is not drawn
        open_start = rest_of_row(rows, group) if before.cut and not found else None
        open_end = unclosed_row(rows, group, long)
        heading = None if open_start else over_headings(rows, group)
        if open_end is None and (heading or open_start):
            last_row = open_row(rows, group, long)
        else:
            last_row = None
        closed = [
            *filter(None, (open_start, heading)),
            *group,
            *filter(None, (open_end or last_row,)),
        ]
        table = ruled_rows(clipped(rows, closed), closed, rules, before.level)
        if table is not None:
            table.open_top, table.open_bottom = open_start is not None, open_end is not None
            cut = table.open_top + table.open_bottom
            if cut:
                table.grounds.append(Ground(decision="rows", sign="page-end", count=cut))
            if drawn_out:
                table.grounds.append(
                    Ground(decision="names", sign="middles", count=len(clipped(rows, group)))
                )
            found.append(table)
            taken = {id(glyph) for cell in table.cells for glyph in cell.glyphs}
            rows = _without(rows, taken)
    for small, lines in headed_rows(rows, barriers, before.level):
        found.append(small)
        rows = _without(rows, {id(part.glyphs[0]) for row in lines for part in row.parts})
    for worded, lines in worded_rows(rows, barriers):
        found.append(worded)
        rows = _without(rows, {id(part.glyphs[0]) for row in lines for part in row.parts})
    for block in blocks(rows, barriers):
        table = aligned_rows(block, before.level)
        if table is not None:
            found.append(table)
    return found


def beside_merged(
    glyphs: Sequence[Glyph],
    left: Sequence[Left],
    rules: Sequence[Edge],
    level: Level | None = None,
) -> list[Found]:
    """The tables right of merged columns that no rule parts.

    The columns of one that goes on without headings are those of the page before.
    """
    rows = with_wrapped_figures(with_meeting_columns(with_words(rows_of(glyphs))))
    found = []
    for one in left:
        lines = rest_of(one, rows)
        if not lines or any(lines[0].top < rule.at < lines[-1].bottom for rule in rules):
            continue
        own = [glyph for row in lines for part in row.parts for glyph in part.glyphs]
        whole = proved_tables(own, rules, [], () if one.headings else one.xs, level)
        if len(whole) == 1 and one.is_beside(whole[0].ys):
            found += whole
            continue
        table = rows_in_columns(lines, one.xs, level) if one.xs else None
        table = table or aligned_rows(lines, level)
        found += [spread(table, rules)] if table is not None else []
    return found


def _without(rows: list[Row], taken: set[int]) -> list[Row]:
    kept = []
    for row in rows:
        parts = [part for part in row.parts if id(part.glyphs[0]) not in taken]
        if parts:
            kept.append(Row(parts, row.middle, row.size))
    return kept
