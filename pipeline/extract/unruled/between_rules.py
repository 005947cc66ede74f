"""The table between horizontal rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.banners import Columns, banners_of, columns_with_banners
from pipeline.extract.unruled.found import Found, FoundCell, assembled, is_plausible
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    columns_of,
    covered,
    crossed,
    is_figure,
)
from pipeline.extract.unruled.openings import beside_merged
from pipeline.extract.unruled.rows import Level, between, grouped
from pipeline.extract.unruled.rule_groups import SAME_END, parted_at
from pipeline.extract.unruled.stepped import merged_left, steps_between
from pipeline.japanese.eras import find_years
from pipeline.model import Box, Ground, Matter, Sign

_LEADING = 1.7
"""Font sizes from one line of a name to the next, at most."""

_NEARLY_FULL = 1.5
"""Font sizes that the last letter of a full line may be away from the end of its column."""

_THIN_SIDE = 0.5
"""Points by which a text may reach over the side of a merged cell beside it."""

_OFF = 0.3
"""Font sizes that the middle of a name may be away from its figures."""


def ruled_rows(
    rows: Sequence[Row],
    group: Sequence[Edge],
    rules: Sequence[Edge],
    level: Level | None = None,
) -> Found | None:
    """The table between horizontal rules; ``None`` if its text shows no columns.

    ``rules``: all free rules, of which the short ones between two of the group stand under
    headings that span columns.
    """
    left = min(rule.start for rule in group)
    right = max(rule.end for rule in group)
    merged = _sides_of_merged(rules, group, (left, right))
    rows = [parted_at(row, merged) for row in rows]
    columns, gaps = _columns(rows, _inner_ends(rules, group, (left, right)), merged)
    if not gaps or (len(rows) < 2 and len(gaps) < 3):
        return None
    bands = [
        [row for row in rows if upper.at < row.middle < lower.at]
        for upper, lower in pairwise(group)
    ]
    one_each = len(group) >= 4 or max(len(band) for band in bands) <= 1
    ys = [group[0].at]
    lines: list[list[Row]] = []
    heads: list[Heads] = []
    steps: list[Edge] = []
    for (upper, lower), band in zip(pairwise(group), bands, strict=True):
        here = steps_between(rules, (upper, lower), (left, right), first=not lines)
        if here and band:
            steps.extend(here)
            between_steps = list(pairwise([upper, *here, lower]))
            lines.extend(
                [row for row in band if above.at < row.middle < below.at]
                for above, below in between_steps
            )
            ys.extend(below.at for _, below in between_steps)
            continue
        short = short_rules(rules, upper, lower, (left, right))
        if short and band:
            above, below = _parted(band, short)
            if above and below:
                if _one_heading_each(above, short):
                    heads.append(Heads(len(lines), short))
                many = many_full(below, gaps)
                split = grouped(below, gaps, columns.banners, level=level) if many else [below]
                ys.extend([short[0].at, *between(split), lower.at])
                lines.extend([above, *split])
                continue
        if not band:
            lines.append([])
            ys.append(lower.at)
            continue
        whole = (one_each and not many_full(band, gaps)) or (
            _is_one_row(band, gaps)
            or _is_centred(band, gaps)
            or (not lines and (_is_one_heading(band, gaps) or _are_headings(band, gaps)))
        )
        split = [band] if whole else grouped(band, gaps, columns.banners, level=level)
        ys.extend([*between(split), lower.at])
        lines.extend(split)
    table = assembled(lines, columns, ys, (left, right), "horizontal", level=level)
    if table is None:
        return None
    table.unsure = _not_parted(table.unsure, [*group, *steps])
    of_heads = {rule.at for head in heads for rule in head.rules}
    table.unsure += beside_merged(table, [one for one in rules if one.at not in of_heads], group)
    table.grounds = grounds_of(len(group) - 1 + len(steps), len(lines), gaps, steps, heads)
    for head in heads:
        table = with_heads(table, head)
    if steps:
        table = merged_left(table, steps)
    if len(group) > 2:
        return table if is_plausible(table, fullest=0.4, rows=2) else None
    fewest = 1 if len(gaps) > 3 and len(rows) < 3 else 3
    return table if is_plausible(table, fullest=0.55, rows=fewest) else None


def _inner_ends(rules: Sequence[Edge], group: Sequence[Edge], sides: Span) -> list[float]:
    """Where rules end within a table that do not run over its whole width."""
    short = short_rules(rules, group[0], group[-1], sides)
    ends = {x for rule in short for x in (rule.start, rule.end)}
    return [x for x in ends if sides[0] + SAME_END < x < sides[1] - SAME_END]


def _sides_of_merged(rules: Sequence[Edge], group: Sequence[Edge], sides: Span) -> list[float]:
    """Where rules begin that leave merged cells out: there these cells end."""
    return sorted(
        {
            step.start
            for number, pair in enumerate(pairwise(group))
            for step in steps_between(rules, pair, sides, first=not number)
        }
    )


def _columns(
    rows: Sequence[Row], ends: Sequence[float], sides: Sequence[float]
) -> tuple[Columns, list[Span]]:
    """The columns of lines, and their gutters; ``sides``: where merged cells end.

    Where the texts on both sides of a merged cell fill theirs, no gutter shows, but no text lies
    across the side either.  ``ends``: where rules end that part columns.
    """
    columns = columns_with_banners(rows, ends)
    found = [
        (x - _THIN_SIDE, x + _THIN_SIDE)
        for x in sides
        if not any(low - SAME_END <= x <= high + SAME_END for low, high in columns.gaps)
        and not any(
            part.box[0] < x - _THIN_SIDE and part.box[2] > x + _THIN_SIDE
            for row in rows
            for part in row.parts
        )
    ]
    if not found:
        return columns, columns.gaps
    gaps = sorted([*columns.gaps, *found])
    return Columns(gaps, banners_of(rows, gaps)), gaps


def _not_parted(unsure: Sequence[tuple[str, Box]], rules: Sequence[Edge]) -> list[tuple[str, Box]]:
    """The lines that may be of two rows, less those with a rule between the rows."""
    return [(text, box) for text, box in unsure if not any(box[1] < r.at < box[3] for r in rules)]


def grounds_of(
    bands: int, rows: int, gaps: Sequence[Span], steps: Sequence[Edge], heads: Sequence[Heads]
) -> list[Ground]:
    """What the table rests on: ``bands`` between rules, of which text made so many ``rows``."""
    signs: list[tuple[Matter, Sign, int]] = [
        ("place", "rules", bands + 1),
        ("columns", "gutters", len(gaps)),
        ("rows", "rules", bands),
        ("rows", "lines", rows - bands - len(heads)),
        ("rows", "left-out", len(steps)),
        ("headings", "short-rules", len(heads)),
    ]
    return [Ground(decision=one, sign=sign, count=count) for one, sign, count in signs if count > 0]


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
        and sides[0] - SAME_END <= rule.start
        and rule.end <= sides[1] + SAME_END
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


def _is_one_row(band: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether a band holds one line of several texts, and all others are lines of its name.

    That line stands at the head or in the middle of the name, or at its foot if those above it
    are full.
    """
    full = [row for row in band if len(columns_of(row, gaps)) > 1]
    names = [row for row in band if columns_of(row, gaps) == {0}]
    even = all(low.middle - high.middle <= _LEADING * low.size for high, low in pairwise(band))
    if len(full) != 1 or not names or len(full) + len(names) != len(band) or not even:
        return False
    about = [row for row in band if 0 in columns_of(row, gaps)]
    size = full[0].size
    off = (about[0].middle + about[-1].middle) / 2 - full[0].middle
    at_foot = full[0] is band[-1] and all(
        row.parts[-1].box[2] >= gaps[0][0] - _NEARLY_FULL * size for row in names
    )
    return full[0] is band[0] or abs(off) <= _OFF * size or at_foot


def _is_centred(band: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether a band is one line, and cells of several lines that stand evenly about it.

    H28(基準値) in two lines beside H30, R元 and R2 in one, at the height of their middle.
    """
    return any(_stand_about(line, band, gaps) for line in band) and not any(
        crossed(part, gaps) for row in band for part in row.parts
    )


def _stand_about(line: Row, band: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether the cells of a band that are not in a line of it stand evenly about it."""
    alone = columns_of(line, gaps)
    others: dict[int, list[float]] = defaultdict(list)
    for row in band:
        for column in columns_of(row, gaps) if row is not line else ():
            others[column].append(row.middle)
    return len(alone) > 1 and all(
        column not in alone
        and len(heights) > 1
        and abs((min(heights) + max(heights)) / 2 - line.middle) <= _OFF * line.size
        for column, heights in others.items()
    )


def _are_headings(band: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether a band over the first rule is one row of headings of so many lines each.

    They are words and years, each over one column, and have their middles or their heads at one
    height.
    """
    columns: dict[int, list[TextLine]] = defaultdict(list)
    for part in (part for row in band for part in row.parts):
        figure = any(map(str.isdecimal, part.text)) and not find_years(part.text)
        if figure or crossed(part, gaps):
            return False
        columns[covered(part.box[0], part.box[2], gaps)[0]].append(part)
    lines = {len(parts) for parts in columns.values()}
    if len(columns) != len(gaps) + 1 or not min(lines) == 1 < max(lines):
        return False
    tops = [min(part.box[1] for part in parts) for parts in columns.values()]
    ends = [max(part.box[3] for part in parts) for parts in columns.values()]
    middles = [(top + end) / 2 for top, end in zip(tops, ends, strict=True)]
    close = all(low.middle - high.middle <= _LEADING * high.size for high, low in pairwise(band))
    off = _OFF * band[0].size
    return max(middles) - min(middles) <= off or (close and max(tops) - min(tops) <= off)


def _is_one_heading(band: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether some of the headings over the first rule go on in a second line: H28 / (基準値).

    Each text of that line stands close under one of the line above, and is no figure.
    """
    if len(band) != 2:
        return False
    upper, lower = band
    return (
        columns_of(lower, gaps) < columns_of(upper, gaps)
        and lower.middle - upper.middle <= _LEADING * upper.size
        and not any(crossed(part, gaps) for part in upper.parts)
        and all(part.text[0] in "(（" or not is_figure(part.text) for part in lower.parts)
    )


def many_full(band: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether a band between two rules holds several complete rows."""
    columns = len(gaps) + 1
    full = [row for row in band if len(columns_of(row, gaps)) >= max(3, 0.6 * columns)]
    return len(full) > 1
