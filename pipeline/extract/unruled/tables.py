"""Tables without ruled columns: by horizontal rules, or by the alignment of text alone.

Columns are gutters that no text crosses; rows are bands between rules, or lines told apart by
what stands in them and how far apart they are.  A table is only taken for one when several of its
lines share gutters: running text, lists and text set in columns are left as lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

import msgspec

from pipeline.extract.pdf.lines import TextLine, is_wide
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.blocks import blocks
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    at_gutters,
    body_gutters,
    clusters,
    columns_of,
    covered,
    crossed,
    first_word,
    is_figure,
    is_leader,
    narrow_gutters,
    rows_of,
    united_row,
    wraps,
)
from pipeline.model import Box

_SHORT = 14.0
"""Font sizes up to which a text is short: a name, a number, a word."""

_ENOUGH = 12
"""Lines that show the columns of those before them."""

_SHORTEST_RULE = 40.0
_SAME_END = 4.0


class Found(msgspec.Struct):
    """A table: its column and row boundaries and its cells by place.

    ``leaders``: dots that lead from names to figures, in no cell; ``led``: the rows they stand in.
    ``unsure``: lines that may be of the row above or below, each with the box of both rows.
    """

    xs: list[float]
    ys: list[float]
    cells: list[FoundCell]
    method: Literal["horizontal", "text"]
    open_top: bool = False
    open_bottom: bool = False
    leaders: list[Glyph] = []
    led: frozenset[int] = frozenset()
    unsure: list[tuple[str, Box]] = []


class FoundCell(msgspec.Struct):
    """Rows and columns covered (ends exclusive) and the glyphs."""

    top: int
    left: int
    bottom: int
    right: int
    glyphs: list[Glyph]


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
    *,
    continued: bool = False,
) -> list[Found]:
    """Tables without ruled columns among upright glyphs that stand in no ruled table.

    ``rules``: horizontal rules outside the ruled tables; ``barriers``: boxes of the latter;
    ``continued``: the page before ends with a row that no rule closes.
    """
    rows = rows_of(glyphs)
    long = [rule for rule in rules if rule.end - rule.start >= _SHORTEST_RULE]
    found: list[Found] = []
    for group in rule_groups(long, rows):
        if _under_figures(rows, group) or _under_headings(rows, group):
            continue
        group = _with_names(rows, group)  # noqa: PLW2901
        open_start = rest_of_row(rows, group) if continued and not found else None
        open_end = unclosed_row(rows, group)
        closed = [*filter(None, (open_start,)), *group, *filter(None, (open_end,))]
        table = ruled_rows(_clipped(rows, closed), closed, rules)
        if table is not None:
            table.open_top, table.open_bottom = open_start is not None, open_end is not None
        if table is not None:
            found.append(table)
            taken = {id(glyph) for cell in table.cells for glyph in cell.glyphs}
            rows = _without(rows, taken)
    for block in blocks(rows, barriers):
        table = aligned_rows(block)
        if table is not None:
            found.append(table)
    return found


def _without(rows: list[Row], taken: set[int]) -> list[Row]:
    kept = []
    for row in rows:
        parts = [part for part in row.parts if id(part.glyphs[0]) not in taken]
        if parts:
            kept.append(Row(parts, row.middle, row.size))
    return kept


def _clipped(rows: Sequence[Row], group: Sequence[Edge]) -> list[Row]:
    """The parts of rows that stand between the first and the last rule of a group."""
    top, bottom = group[0].at, group[-1].at
    left = min(rule.start for rule in group) - 6
    right = max(rule.end for rule in group) + 6
    found = []
    for row in rows:
        if top < row.middle < bottom:
            parts = [part for part in row.parts if left <= part.box[0] and part.box[2] <= right]
            if parts:
                found.append(Row(parts, row.middle, row.size))
    return found


def unclosed_row(rows: Sequence[Row], group: Sequence[Edge]) -> Edge | None:
    """Where the rule under a last row would be that a page end cut off.

    The row stands right under the last rule, keeps to at least three of the columns above, and
    nothing but a page number follows.
    """
    last = group[-1]
    above = _clipped(rows, group)
    gaps = body_gutters(above)
    below = [row for row in rows if row.middle > last.at]
    if len(gaps) < 2 or not below:
        return None
    taken: list[Row] = []
    for row in below:
        end = taken[-1].middle if taken else last.at
        if row.middle - end > 2.2 * row.size or any(crossed(part, gaps) for part in row.parts):
            break
        taken.append(row)
    rest = below[len(taken) :]
    if len(rest) > 1 or sum(len(part.text) for row in rest for part in row.parts) > 8:
        return None
    if len({column for row in taken for column in columns_of(row, gaps)}) < 3:
        return None
    size = taken[-1].size
    return Edge(max(row.bottom for row in taken) + 0.3 * size, last.start, last.end)


def rest_of_row(rows: Sequence[Row], group: Sequence[Edge]) -> Edge | None:
    """Where the rule over the rest of a row would be that the page before began."""
    first = group[0]
    gaps = body_gutters(_clipped(rows, group))
    above = [row for row in rows if row.middle < first.at]
    if not gaps or not above or len(above) > 4:
        return None
    ends = [*[row.middle for row in above[1:]], first.at]
    if any(
        end - row.middle > 2.2 * row.size or any(crossed(part, gaps) for part in row.parts)
        for row, end in zip(above, ends, strict=True)
    ):
        return None
    return Edge(above[0].top - 0.3 * above[0].size, first.start, first.end)


# --------------------------------------------------------------------------- by rules


def rule_groups(rules: Sequence[Edge], rows: Sequence[Row]) -> list[list[Edge]]:
    """Rules of one width below one another with table-like text in between.

    Shorter rules inside such a group (under a heading that spans columns) are taken along.
    """
    groups: list[list[Edge]] = []
    waiting = sorted(rules, key=lambda rule: (rule.at, rule.start))
    taken: set[int] = set()
    for first in waiting:
        if id(first) in taken:
            continue
        group = [first]
        for rule in waiting:
            if (
                rule.at > group[-1].at + 2
                and abs(rule.start - first.start) <= _SAME_END
                and abs(rule.end - first.end) <= _SAME_END
            ):
                if not _band_belongs(group, rule, rows):
                    break
                group.append(rule)
        if len(group) >= 2:
            taken.update(id(rule) for rule in group)
            groups.append(group)
    return groups


def _band_belongs(group: Sequence[Edge], lower: Edge, rows: Sequence[Row]) -> bool:
    """Whether what stands between two rules is part of a table, not text between two tables."""
    upper = group[-1]
    inside = _clipped(rows, [upper, lower])
    if not inside:
        return lower.at - upper.at < 60
    above = _clipped(rows, group) if len(group) > 1 else []
    if _has_running_text(above, inside):
        return False
    if any(row.columns > 1 for row in inside):
        return not _is_prose(inside) and not _other_columns(above, inside)
    height = sum(row.bottom - row.top for row in inside)
    if lower.at - upper.at > 1.5 * height + 1.2 * max(row.size for row in inside):
        return False
    if not above:
        return True
    usual = median(
        min(row.top for row in above if row.middle > rule.at) - rule.at
        for rule in group
        if above[-1].middle > rule.at
    )
    return inside[0].top - upper.at <= usual + 0.3 * inside[0].size


def _has_running_text(above: Sequence[Row], inside: Sequence[Row]) -> bool:
    """Whether two lines that follow each other lie across the columns of the others."""
    lone = [row.columns == 1 for row in inside]
    if not any(first and second for first, second in pairwise(lone)):
        return False
    gaps = body_gutters([*above[-_ENOUGH:], *inside])
    across = [
        alone and 2 * sum(crossed(part, gaps) for part in row.parts) > len(gaps) > 0
        for alone, row in zip(lone, inside, strict=True)
    ]
    return any(first and second for first, second in pairwise(across))


def _under_figures(rows: Sequence[Row], group: Sequence[Edge]) -> bool:
    """Whether rules run over and under figures only, and the names stand to their left.

    Such rules mark sums; the columns of the table are more than those they run over.
    """
    inside = _clipped(rows, group)
    figures = sum(all(is_figure(part.text) for part in row.parts) for row in inside)
    left = min(rule.start for rule in group)
    top, bottom = group[0].at, group[-1].at
    named = [
        row
        for row in rows
        if top < row.middle < bottom
        and row.parts[0].box[2] < left
        and row.parts[-1].box[0] >= left - 6
    ]
    return figures >= 0.6 * len(inside) and 2 * len(named) > len(inside) > 0


def _with_names(rows: Sequence[Row], group: list[Edge]) -> list[Edge]:
    """Rules drawn out to the names of their rows, if these stand left of where the rules begin."""
    left = min(rule.start for rule in group)
    right = max(rule.end for rule in group)
    figures = named = 0
    start = left
    for row in rows:
        if not group[0].at < row.middle < group[-1].at or row.parts[-1].box[2] > right + 6:
            continue
        inside = [part for part in row.parts if part.box[0] >= left - 6]
        before = [part for part in row.parts if part.box[2] < left]
        if inside and is_figure(inside[0].text):
            figures += 1
            named += bool(before) and not is_figure(before[0].text)
        if before:
            start = min(start, before[0].box[0])
    if figures < 2 or named < 0.8 * figures:
        return group
    return [msgspec.structs.replace(rule, start=start - 2) for rule in group]


def _under_headings(rows: Sequence[Row], group: Sequence[Edge]) -> bool:
    """Whether each rule runs under the headings of a table of its own, and none closes it."""
    left = min(rule.start for rule in group) - 6
    right = max(rule.end for rule in group) + 6
    over = [row for row in rows if row.middle < group[0].at]
    if not over or group[0].at - over[-1].bottom > over[-1].size:
        return False
    last = united_row(clusters(over)[-1])
    head = [part for part in last.parts if left <= part.box[0] and part.box[2] <= right]
    bands = [_clipped(rows, pair) for pair in pairwise(group)]
    return (
        len(head) == len(last.parts) > 2
        and not any(is_figure(part.text) for part in head[:2])
        and all(sum(row.columns > 2 for row in band) > 3 for band in bands)
    )


def _other_columns(above: Sequence[Row], inside: Sequence[Row]) -> bool:
    """Whether texts lie across most of the columns above them, as in another table."""
    gaps = body_gutters(above[-_ENOUGH:])
    if len(above) < 2 or not gaps:
        return False
    across = max(crossed(part, gaps) for row in inside for part in row.parts)
    return across >= 2 and across >= 0.5 * len(gaps)


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether most lines are one long text, or columns of running text."""
    single = [row for row in rows if row.columns == 1]
    if len(rows) >= 4 and len(single) > 0.7 * len(rows):
        return True
    gaps = body_gutters(rows)
    return bool(gaps) and len(rows) >= 8 and all(_runs_on(rows, gaps))


def _runs_on(rows: Sequence[Row], gaps: Sequence[Span]) -> list[bool]:
    """For each column: whether its lines fill its width, as running text does."""
    bounds = [float("-inf"), *[(low + high) / 2 for low, high in gaps], float("inf")]
    verdicts = []
    for left, right in pairwise(bounds):
        parts = [
            part
            for row in rows
            for part in row.parts
            if left <= part.box[0] and part.box[2] <= right
        ]
        if not parts:
            verdicts.append(False)
            continue
        edge = max(part.box[2] for part in parts)
        width = edge - min(part.box[0] for part in parts)
        full = sum(part.box[2] >= edge - 2 * part.size for part in parts)
        long = width > 12 * median(part.size for part in parts)
        verdicts.append(long and full > 0.6 * len(parts))
    return verdicts


def ruled_rows(rows: Sequence[Row], group: Sequence[Edge], rules: Sequence[Edge]) -> Found | None:
    """The table between horizontal rules; ``None`` if its text shows no columns.

    ``rules``: all free rules, of which the short ones between two of the group stand under
    headings that span columns.
    """
    gaps = narrow_gutters(rows, body_gutters(rows))
    if not gaps or (len(rows) < 2 and len(gaps) < 3):
        return None
    left = min(rule.start for rule in group)
    right = max(rule.end for rule in group)
    bands = [
        [row for row in rows if upper.at < row.middle < lower.at]
        for upper, lower in pairwise(group)
    ]
    one_each = len(group) >= 4 or max(len(band) for band in bands) <= 1
    ys = [group[0].at]
    lines: list[list[Row]] = []
    heads: list[Heads] = []
    for (upper, lower), band in zip(pairwise(group), bands, strict=True):
        short = short_rules(rules, upper, lower, (left, right))
        if short and band:
            above, below = _parted(band, short)
            if above and below:
                if _one_heading_each(above, short):
                    heads.append(Heads(len(lines), short))
                split = grouped(below, gaps) if _many_full(below, gaps) else [below]
                ys.extend([short[0].at, *between(split), lower.at])
                lines.extend([above, *split])
                continue
        if not band:
            lines.append([])
            ys.append(lower.at)
            continue
        split = [band] if one_each and not _many_full(band, gaps) else grouped(band, gaps)
        ys.extend([*between(split), lower.at])
        lines.extend(split)
    table = assembled(lines, gaps, ys, (left, right), "horizontal")
    if table is None:
        return None
    for head in heads:
        table = with_heads(table, head)
    if len(group) > 2:
        return table if is_plausible(table, fullest=0.4, rows=2) else None
    fewest = 1 if len(gaps) > 3 and len(rows) < 3 else 3
    return table if is_plausible(table, fullest=0.55, rows=fewest) else None


def between(lines: Sequence[Sequence[Row]]) -> list[float]:
    """Half way between each two rows."""
    return [
        (max(row.bottom for row in first) + min(row.top for row in second)) / 2
        for first, second in pairwise(lines)
    ]


class Heads(msgspec.Struct):
    """The row over short rules, and the rules."""

    row: int
    rules: list[Edge]


def short_rules(rules: Sequence[Edge], upper: Edge, lower: Edge, sides: Span) -> list[Edge]:
    """The rules at one height between two others that do not run over the whole width."""
    inside = [
        rule
        for rule in rules
        if upper.at + 2 < rule.at < lower.at - 2
        and sides[0] - _SAME_END <= rule.start
        and rule.end <= sides[1] + _SAME_END
        and rule.end - rule.start < 0.95 * (sides[1] - sides[0])
    ]
    return [rule for rule in inside if abs(rule.at - inside[0].at) < 2]


def _parted(band: Sequence[Row], short: Sequence[Edge]) -> tuple[list[Row], list[Row]]:
    """The lines over and under short rules; a text beside the rules goes to the upper ones."""
    above: list[Row] = []
    below: list[Row] = []
    for row in band:
        upper: list[TextLine] = []
        lower: list[TextLine] = []
        for part in row.parts:
            beside = not any(
                rule.start - 2 <= (part.box[0] + part.box[2]) / 2 <= rule.end + 2 for rule in short
            )
            (upper if beside or row.middle < short[0].at else lower).append(part)
        if upper:
            above.append(Row(upper, row.middle, row.size))
        if lower:
            below.append(Row(lower, row.middle, row.size))
    return above, below


def _one_heading_each(above: Sequence[Row], short: Sequence[Edge]) -> bool:
    """Whether each short rule has one heading over it; one rule may run under several."""
    return not any(
        sum(rule.start - 2 <= (p.box[0] + p.box[2]) / 2 <= rule.end + 2 for p in row.parts) > 1
        for rule in short
        for row in above
    )


def with_heads(table: Found, head: Heads) -> Found:
    """A table whose cells over short rules span their columns, and those beside both rows."""
    under: dict[int, Edge] = {}
    for column, (left, right) in enumerate(pairwise(table.xs)):
        for rule in head.rules:
            if min(right, rule.end) - max(left, rule.start) > 0.5 * min(
                right - left, rule.end - rule.start
            ):
                under[column] = rule
    cells: list[FoundCell] = []
    done: set[int] = set()
    for cell in table.cells:
        if cell.top == head.row:
            over = under.get(cell.left)
            if over is None:
                lower = [c for c in table.cells if c.top == head.row + 1 and c.left == cell.left]
                glyphs = [*cell.glyphs, *[glyph for c in lower for glyph in c.glyphs]]
                cells.append(FoundCell(cell.top, cell.left, cell.bottom + 1, cell.right, glyphs))
            elif id(over) not in done:
                done.add(id(over))
                columns = [column for column, other in under.items() if other is over]
                glyphs = [
                    glyph
                    for other in table.cells
                    if other.top == head.row and under.get(other.left) is over
                    for glyph in other.glyphs
                ]
                cells.append(
                    FoundCell(cell.top, min(columns), cell.bottom, max(columns) + 1, glyphs)
                )
        elif cell.top != head.row + 1 or cell.left in under:
            cells.append(cell)
    return msgspec.structs.replace(table, cells=cells)


def _many_full(band: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether a band between two rules holds several complete rows."""
    columns = len(gaps) + 1
    full = [row for row in band if len(columns_of(row, gaps)) >= max(3, 0.6 * columns)]
    return len(full) > 1


# --------------------------------------------------------------------------- by alignment


def aligned_rows(block: Sequence[Row]) -> Found | None:
    """The table that a block of aligned lines is; ``None`` if it is none."""
    full = [row for row in block if row.columns > 1]
    fewest = 2 if len(full) > 1 and min(row.columns for row in full) >= 5 else 3
    if len(full) < fewest:
        return None
    gaps = narrow_gutters(block, body_gutters(block))
    columns = len(gaps) + 1
    if columns < 2:
        return None
    lines = grouped(block, gaps)
    if len(lines) < fewest or all(_runs_on(block, gaps)):
        return None
    if columns == 2 and not _two_columns(block, lines, gaps):
        return None
    ys = [lines[0][0].top - 0.3 * lines[0][0].size]
    for above, below in pairwise(lines):
        ys.append((max(row.bottom for row in above) + min(row.top for row in below)) / 2)
    ys.append(max(row.bottom for row in lines[-1]) + 0.3 * lines[-1][-1].size)
    left = min(part.box[0] for row in block for part in row.parts) - 2
    right = max(part.box[2] for row in block for part in row.parts) + 2
    table = assembled(lines, gaps, ys, (left, right), "text")
    return table if table is not None and is_plausible(table, fullest=0.55, rows=fewest) else None


def is_plausible(table: Found, *, fullest: float, rows: int) -> bool:
    """Whether what was found looks like a table rather than text that happens to align.

    Most cells are filled, many of them with something short; several rows have texts in two
    columns; no dotted leaders lead to one figure a row, as to page numbers.
    """
    filled = [cell for cell in table.cells if cell.glyphs]
    if len(filled) < fullest * len(table.cells):
        return False
    short = 0
    by_row: dict[int, int] = {}
    for cell in filled:
        size = median(glyph.run.size for glyph in cell.glyphs)
        left = min(glyph.x0 for glyph in cell.glyphs)
        right = max(glyph.x1 for glyph in cell.glyphs)
        short += right - left <= _SHORT * size
        by_row[cell.top] = by_row.get(cell.top, 0) + 1
    leaders = len({row for row in table.led if by_row.get(row, 0) <= 2})
    several = sum(count > 1 for count in by_row.values())
    least = 0.35 if table.method == "horizontal" else 0.5 if len(by_row) > 4 else 0.8
    return short >= least * len(filled) and several >= rows and 3 * leaders < len(by_row)


def _two_columns(block: Sequence[Row], lines: list[list[Row]], gaps: Sequence[Span]) -> bool:
    """Two columns are a table if the first is no list mark and the gutter is wide and kept."""
    middle = (gaps[0][0] + gaps[0][1]) / 2
    first = [part for row in block for part in row.parts if part.box[2] <= middle]
    if not first:
        return False
    size = median(part.size for part in first)
    wide = median(part.box[2] - part.box[0] for part in first) >= 2.5 * size
    both = sum(any(row.columns > 1 for row in line) for line in lines)
    return wide and gaps[0][1] - gaps[0][0] >= 1.2 * size and both >= 0.8 * len(lines)


# --------------------------------------------------------------------------- rows


def grouped(rows: Sequence[Row], gaps: Sequence[Span]) -> list[list[Row]]:
    """Lines grouped into rows of the table.

    Lines that overlap in height are one row.  Where distances between lines fall into small and
    large ones, the small ones are within a row if the lines at them are incomplete, or if the
    table has two columns.
    """
    if not rows:
        return []
    distances = [second.middle - first.middle for first, second in pairwise(rows)]
    apart = [d for d, row in zip(distances, rows, strict=False) if d >= 0.95 * row.size]
    smallest = min(apart) if apart else 0.0
    largest = max(apart) if apart else 0.0
    two_sizes = largest >= 1.3 * smallest
    columns = len(gaps) + 1
    edge = _full_width(rows, gaps)
    found = [[rows[0]]]
    padded = [*rows, None, None]
    going_on = _begins_name(None, rows[0], padded[1], gaps, edge)
    for (above, row), below, distance in zip(pairwise(rows), padded[2:], distances, strict=False):
        small = distance <= 1.2 * smallest
        partial = len(columns_of(row, gaps)) <= max(1, columns // 2)
        joined = distance < 0.95 * min(above.size, row.size) and not _next_figures(found[-1], row)
        if not joined and not going_on and not (partial and _overlap(row, below)):
            begins = _begins_name(above, row, below, gaps, edge)
            joined = (
                (small and two_sizes and (partial or columns == 2) and smallest <= 2 * row.size)
                or (small and partial and columns > 2 and wraps(found[-1], row, gaps))
                or (distance <= 1.6 * row.size and _name_goes_on(found[-1], row, gaps))
            ) and not begins
        else:
            begins = False
        if joined or going_on:
            found[-1].append(row)
        else:
            found.append([row])
        going_on = begins
    return found


def lines_of_two_rows(
    lines: Sequence[Sequence[Row]], gaps: Sequence[Span]
) -> list[tuple[str, Box]]:
    """The last lines of names that may as well begin the name below, each with both rows' box.

    Such a line is as far from one row as from the other, and as full as a line that goes on.
    """
    edge = _full_width([row for line in lines for row in line], gaps)
    found: list[tuple[str, Box]] = []
    for above, below in pairwise(lines):
        if len(above) < 2 or not below or columns_of(above[-1], gaps) != {0}:
            continue
        last, first = above[-1], below[0]
        up, down = last.middle - above[-2].middle, first.middle - last.middle
        if up < 0.95 * last.size or not 0.8 * up <= down <= 1.25 * up:
            continue
        if _begins_name(None, last, first, gaps, edge):
            parts = [part for row in (*above, *below) for part in row.parts]
            boxes = [part.box for part in parts]
            box = (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
            found.append((last.parts[0].text, box))
    return found


def _overlap(row: Row, below: Row | None) -> bool:
    """Whether the next line is so near that it is of the same row."""
    return below is not None and below.middle - row.middle < 0.95 * min(row.size, below.size)


def _full_width(rows: Sequence[Row], gaps: Sequence[Span]) -> float | None:
    """Where full lines of the first column end; ``None`` if no two of them show it."""
    ends = [
        part.box[2]
        for row in rows
        for part in row.parts[:1]
        if covered(part.box[0], part.box[2], gaps) == (0, 1)
    ]
    if not ends:
        return None
    farthest = max(ends)
    size = median(row.size for row in rows)
    return farthest if sum(farthest - end < size for end in ends) > 1 else None


def _begins_name(
    above: Row | None, row: Row, below: Row | None, gaps: Sequence[Span], edge: float | None
) -> bool:
    """Whether a lone line begins a name whose last line has the figures (set to the foot).

    It is full: the first letter of the next line had no room in it; and it does not go on from a
    full line above.
    """
    if below is None or edge is None or columns_of(row, gaps) != {0}:
        return False
    near = below.middle - row.middle <= 1.7 * min(row.size, below.size)
    if not near or not columns_of(below, gaps) > {0} or not is_wide(row.parts[-1].text[-1:]):
        return False
    full = row.parts[-1].box[2] + first_word(below.parts[0]) > edge + 0.1 * row.size
    return full and (above is None or not wraps([above], row, gaps))


def _name_goes_on(above: Sequence[Row], row: Row, gaps: Sequence[Span]) -> bool:
    """Whether a line goes on with the name above it: it begins with a small letter.

    Figures stand in the first line of the name, or in its last.
    """
    lone = all(columns_of(line, gaps) == {0} for line in above)
    return (
        row.parts[0].text[:1].islower()
        and covered(row.parts[0].box[0], row.parts[0].box[2], gaps) == (0, 1)
        and columns_of(above[-1], gaps) >= {0}
        and (lone or columns_of(row, gaps) == {0})
    )


def _next_figures(above: Sequence[Row], row: Row) -> bool:
    """Whether a line of several texts stands under another one of the row above it.

    A name half way between them does not make them one row.
    """
    return row.columns > 1 and any(
        line.columns > 1 and row.middle - line.middle >= 0.7 * min(line.size, row.size)
        for line in above
    )


def assembled(
    lines: Sequence[Sequence[Row]],
    gaps: Sequence[Span],
    ys: list[float],
    sides: Span,
    method: Literal["horizontal", "text"],
) -> Found | None:
    """Rows and gutters to cells; a text across a gutter spans the columns it covers."""
    xs = [sides[0], *[(low + high) / 2 for low, high in gaps], sides[1]]
    if any(second - first < 1 for first, second in pairwise(xs)):
        return None
    cells: list[FoundCell] = []
    leaders: list[Glyph] = []
    led: set[int] = set()
    for number, line in enumerate(lines):
        spans: list[tuple[int, int, list[Glyph]]] = []
        parts = [piece for row in line for part in row.parts for piece in at_gutters(part, gaps)]
        for part in parts:
            if is_leader(part.text):
                leaders.extend(part.glyphs)
                led.add(number)
        parts = [part for part in parts if not is_leader(part.text)]
        for part in parts:
            first, last = covered(part.box[0], part.box[2], gaps)
            joined = [span for span in spans if span[0] < last and first < span[1]]
            glyphs = list(part.glyphs)
            for span in joined:
                first, last = min(first, span[0]), max(last, span[1])
                glyphs = span[2] + glyphs
                spans.remove(span)
            spans.append((first, last, glyphs))
        filled = {column for first, last, _ in spans for column in range(first, last)}
        spans.extend((c, c + 1, []) for c in range(len(xs) - 1) if c not in filled)
        cells.extend(
            FoundCell(number, first, number + 1, last, glyphs)
            for first, last, glyphs in sorted(spans, key=lambda span: span[0])
        )
    return Found(
        xs,
        ys,
        cells,
        method,
        leaders=leaders,
        led=frozenset(led),
        unsure=lines_of_two_rows(lines, gaps),
    )
