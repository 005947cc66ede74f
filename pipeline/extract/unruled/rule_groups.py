"""Horizontal rules that belong to one table, and where its page cut one off."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from statistics import median

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    body_gutters,
    clusters,
    columns_of,
    covered,
    crossed,
    is_figure,
    is_lone,
    united_row,
)
from pipeline.extract.unruled.prose import has_running_text, is_prose
from pipeline.extract.unruled.strips import at_sides
from pipeline.japanese.eras import find_years
from pipeline.model import Box

_ENOUGH = 12
"""Lines that show the columns of those before them."""

_SEVERAL = 2
"""Gutters that running text does not keep clear of by chance."""

SAME_END = 4.0
"""Points by which ends of rules of one table may differ."""

_FEWEST_RULES = 4
"""Rules over a caption that close a table of headings and a row, at least."""

_PAIR = 2
"""Columns of a table of names and what is said of each."""

_OFF_CENTRE = 0.1
"""Part of the width of a column by which a heading in its middle may be off."""

_APART = 1.45
"""Font sizes from a caption to headings, at least; two lines of one heading are nearer."""

_OFF_ROW = 1.9
"""Font sizes from the last line of a row to what stands under its table, at least."""

_ONE_LINE = 0.9
"""Font sizes between lines that are two, at least."""
_USUAL_STEP = 1.6
"""Font sizes from one line of a row to the next where no row has several, at most."""
_SLACK = 1.1
"""Times the farthest step between lines of a row, at most."""

_HEAD = 6.0
"""Font sizes over the first rule within which the headings of a table stand."""

_FEWEST_HEADINGS = 3
"""Headings that no row of a table repeats by chance, at least."""

_NEXT_HEADING = 2.5
"""Font sizes from the first line of headings to the last, at most."""

_AT_EDGE = 1.0
"""Points by which the box of a table may reach beyond its outermost rules."""


def rule_groups(
    rules: Sequence[Edge], rows: Sequence[Row], barriers: Sequence[Box] = ()
) -> list[list[Edge]]:
    """Rules of one width below one another with table-like text in between.

    Shorter rules inside such a group (under a heading that spans columns) are taken along.
    ``barriers``: boxes of ruled tables, which part what stands above and below them.
    """
    groups: list[list[Edge]] = []
    waiting = sorted(rules, key=lambda rule: (rule.at, rule.start))
    taken: set[int] = set()
    for first in waiting:
        if id(first) in taken:
            continue
        group = [first]
        for rule in waiting:
            if rule.at > group[-1].at + 2 and _is_like(rule, first):
                if _parts(barriers, group[-1], rule):
                    break
                if not _band_belongs(group, rule, rows) and not (
                    len(group) == 1 and _goes_on_below(first, rule, waiting, rows)
                ):
                    break
                band = clipped(rows, [group[-1], rule])
                if opens_below(band, first.start) or heads_again(first, band, rows):
                    break
                if _heads_other_columns(group, rule, rows):
                    group.pop()
                    break
                group.append(rule)
        if len(group) >= 2:
            taken.update(id(rule) for rule in waiting if _is_within(rule, group))
            groups.append(group)
    parted = [part for group in groups for part in _parted(group, rows)]
    return [_with_last_steps(group, waiting, rows) for group in parted]


def _heads_other_columns(group: Sequence[Edge], lower: Edge, rows: Sequence[Row]) -> bool:
    """Whether a caption and headings of other columns end a group: those of the next table.

    Headings stand in the middle of their columns, the texts of a row at the side.
    """
    if len(group) < _FEWEST_RULES:
        return False
    headings = clipped(rows, [group[-1], lower])
    return (
        _are_lone(clipped(rows, group[-2:]))
        and _counts(headings) not in {0, 1, _counts(clipped(rows, group[:2]))}
        and not any(any(map(str.isdigit, part.text)) for row in headings for part in row.parts)
        and min(row.parts[0].box[0] - group[0].start - 2 * row.size for row in headings) > 0
    )


def heads_again(first: Edge, band: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether a band ends with the headings that stand right over the ``first`` rule of a table.

    They head the next table of the same columns, which has no rule over them, and the table above
    has none under its last row.
    """
    over = [row for row in rows if first.at - _HEAD * row.size <= row.middle < first.at]
    over = clipped(over, [msgspec.structs.replace(first, at=float("-inf")), first])
    same = 0
    for above, row in zip(reversed(over), reversed(band), strict=False):
        if _placed(above) != _placed(row):
            break
        same += 1
    again = [part for row in band[len(band) - same :] for part in row.parts]
    return same < len(band) and len({part.box[0] for part in again}) >= _FEWEST_HEADINGS


def _placed(row: Row) -> list[tuple[str, int]]:
    """The texts of a line and where they begin, to the point."""
    return [(part.text, round(part.box[0])) for part in row.parts]


def _parts(barriers: Sequence[Box], upper: Edge, lower: Edge) -> bool:
    """Whether one of the boxes stands between two rules."""
    return any(
        upper.at - _AT_EDGE < box[1]
        and box[3] < lower.at + _AT_EDGE
        and box[0] < upper.end
        and upper.start < box[2]
        for box in barriers
    )


def _with_last_steps(group: list[Edge], rules: Sequence[Edge], rows: Sequence[Row]) -> list[Edge]:
    """A group closed by the last of the rules that leave out merged cells on its left.

    The page ends before the whole rule that would close these cells; where one follows, it is
    another table's.
    """
    first, end = group[0], group[-1]
    if any(rule.at > end.at and _is_like(rule, first) for rule in rules):
        return group
    inner = {round(rule.start) for rule in rules if _steps(rule, first) and rule.at < end.at}
    last = end
    for rule in rules:
        if rule.at > last.at + 2 and _steps(rule, first) and round(rule.start) in inner:
            if not _band_belongs([*group, last], rule, rows):
                break
            last = rule
    if last is end:
        return group
    return [*group, msgspec.structs.replace(first, at=last.at)]


def _is_like(rule: Edge, first: Edge) -> bool:
    """Whether two rules begin and end alike."""
    return abs(rule.start - first.start) <= SAME_END and abs(rule.end - first.end) <= SAME_END


def _steps(rule: Edge, first: Edge) -> bool:
    """Whether a rule ends where another does and begins further right."""
    return abs(rule.end - first.end) <= SAME_END and rule.start > first.start + 2 * SAME_END


def _is_within(rule: Edge, group: Sequence[Edge]) -> bool:
    """Whether a rule is one of a group, or a shorter one between its rules."""
    return (
        group[0].at <= rule.at <= group[-1].at
        and rule.start >= group[0].start - SAME_END
        and rule.end <= group[0].end + SAME_END
    )


def _parted(group: list[Edge], rows: Sequence[Row]) -> list[list[Edge]]:
    """A group parted where a caption stands and other headings, or the same again, follow it.

    Nothing but a gap between two rules parts them as a caption does.  A rule over several captions
    closes what stands above them.
    """
    bands = [clipped(rows, pair) for pair in pairwise(group)]
    if len(bands) > 2 and len(bands[0]) > 1 and _is_caption(bands[0], bands[1]):
        return _parted(group[1:], rows)
    for number in range(1, len(bands) - 1):
        caption, heading = bands[number], bands[number + 1]
        apart = not caption and is_heading(heading)
        if not (apart or _is_caption(caption, heading) or _heads_pairs(bands[number:])):
            continue
        if _texts(heading) == _texts(bands[0]) or _counts(heading) != _counts(bands[0]):
            first = group[: number + 1]
            return [*([first] if len(first) > 1 else []), *_parted(group[number + 1 :], rows)]
    return [group]


def _is_caption(band: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether a band holds nothing but captions, and the one below it headings."""
    return _are_lone(band) and is_heading(below)


def opens_below(band: Sequence[Row], left: float) -> bool:
    """Whether a table begins in a band: at its head, or apart under the last row of another."""
    starts = [
        number
        for number, (above, row) in enumerate(pairwise(band), 1)
        if row.middle - above.middle > _OFF_ROW * row.size
    ]
    return any(_opens_table(band[start:], left) for start in (0, *starts))


def _opens_table(band: Sequence[Row], left: float) -> bool:
    """Whether a band holds captions and, apart from them, the headings of the table under it.

    The rule over it closes what stands above; none runs over the headings.
    """
    captions = list(takewhile(is_lone, band))
    headings = band[len(captions) :]
    if not captions or not headings or not _are_words(headings):
        return False
    last, first = captions[-1], headings[0]
    return (
        all(row.parts[0].box[0] <= left + row.size for row in captions)
        and max(row.middle for row in headings) - first.middle <= _NEXT_HEADING * first.size
        and first.middle - last.middle > _APART * first.size
    )


def _are_words(rows: Sequence[Row]) -> bool:
    """Whether lines hold texts side by side, and no figures but years."""
    parts = [part for row in rows for part in row.parts]
    figures = [part.text for part in parts if any(map(str.isdigit, part.text))]
    beside = max(united_row(cluster).columns for cluster in clusters(rows))
    return beside > 1 and all(find_years(text) for text in figures)


def _are_columns_of_words(rows: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether the lines of each column are words or a year together: 目標値（令和 / 6年度）."""
    columns: dict[int, list[str]] = {}
    for part in (part for row in rows for part in row.parts):
        middle = (part.box[0] + part.box[2]) / 2
        column, _ = covered(middle, middle, gaps)
        columns.setdefault(column, []).append(part.text)
    figures = [text for text in map("".join, columns.values()) if any(map(str.isdigit, text))]
    return all(find_years(text) and not is_figure(text) for text in figures)


def _heads_pairs(bands: Sequence[Sequence[Row]]) -> bool:
    """Whether a caption and two headings stand over nothing but pairs of texts (a legend).

    The pairs end with the group or the next caption.
    """
    caption, heading, *rest = bands
    rest = list(takewhile(lambda band: not _are_lone(band), rest))
    parts = [part.text for row in heading for part in row.parts]
    return (
        bool(rest)
        and _are_lone(caption)
        and len(parts) == _counts(heading) == 2
        and not any(any(map(str.isdigit, text)) for text in parts)
        and all(_counts(band) <= 2 for band in rest)
    )


def _are_lone(band: Sequence[Row]) -> bool:
    """Whether a band holds lines that are one text each, with none beside it."""
    return bool(band) and all(is_lone(united_row(cluster)) for cluster in clusters(band))


def is_heading(band: Sequence[Row]) -> bool:
    """Whether a band holds words side by side and no figures but years."""
    parts = [part for row in band for part in row.parts]
    figures = [part.text for part in parts if any(map(str.isdigit, part.text))]
    return len(parts) > 2 and all(find_years(text) or not is_figure(text) for text in figures)


def _texts(band: Sequence[Row]) -> list[str]:
    return sorted(part.text for row in band for part in row.parts)


def _counts(band: Sequence[Row]) -> int:
    """How many texts stand side by side in a band, whichever are of one line or of two."""
    return max((united_row(cluster).columns for cluster in clusters(band)), default=0)


def _band_belongs(group: Sequence[Edge], lower: Edge, rows: Sequence[Row]) -> bool:
    """Whether what stands between two rules is part of a table, not text between two tables."""
    upper = group[-1]
    inside = clipped(rows, [upper, lower])
    if not inside:
        return lower.at - upper.at < 60
    above = clipped(rows, group) if len(group) > 1 else []
    if has_running_text(above, inside):
        return False
    if any(row.columns > 1 for row in inside):
        text = is_prose(inside) or _other_columns(above, inside)
        return not text or _keeps_to_columns(above, inside)
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


def _goes_on_below(first: Edge, rule: Edge, rules: Sequence[Edge], rows: Sequence[Row]) -> bool:
    """Whether what stands under the first rule keeps to the columns of the row under it.

    One text is a caption between two tables.
    """
    following = next((one for one in rules if one.at > rule.at + 2 and _is_like(one, first)), None)
    if following is None:
        return False
    here, below = clipped(rows, [first, rule]), clipped(rows, [rule, following])
    return any(row.columns > 1 for row in here) and _keeps_to_columns(below, here)


def _keeps_to_columns(above: Sequence[Row], inside: Sequence[Row]) -> bool:
    """Whether every text stands in one of the columns above, however many lines a name has.

    Of two columns the texts also begin where those above begin.
    """
    gaps = body_gutters(above[-_ENOUGH:])
    parts = [part for row in inside for part in row.parts]
    if not gaps or any(crossed(part, gaps) for part in parts):
        return False
    return len(gaps) >= _SEVERAL or _begin_alike(above, inside, gaps[0])


def _begin_alike(above: Sequence[Row], inside: Sequence[Row], gap: Span) -> bool:
    """Whether texts on both sides of a gutter begin where those above do."""
    middle = (gap[0] + gap[1]) / 2
    starts = [
        [
            min(
                (p.box[0] for row in rows for p in row.parts if (p.box[0] > middle) == right),
                default=None,
            )
            for right in (False, True)
        ]
        for rows in (above, inside)
    ]
    return all(
        one is not None and other is not None and abs(one - other) <= SAME_END
        for one, other in zip(*starts, strict=True)
    )


def _other_columns(above: Sequence[Row], inside: Sequence[Row]) -> bool:
    """Whether texts lie across most of the columns above them, as in another table."""
    gaps = body_gutters(above[-_ENOUGH:])
    if len(above) < 2 or not gaps:
        return False
    across = max(crossed(part, gaps) for row in inside for part in row.parts)
    return across >= 2 and across >= 0.5 * len(gaps)


def clipped(rows: Sequence[Row], group: Sequence[Edge]) -> list[Row]:
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


def unclosed_row(rows: Sequence[Row], group: Sequence[Edge], rules: Sequence[Edge]) -> Edge | None:
    """Where the rule under a last row would be that a page end cut off.

    The row stands right under the last rule, keeps to at least three of the columns above, and
    nothing but a page number follows, and none of the ``rules`` of the page.
    """
    last = group[-1]
    if any(r.at > last.at + 2 and r.start < last.end and last.start < r.end for r in rules):
        return None
    above = clipped(rows, group)
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


def open_row(
    rows: Sequence[Row],
    group: Sequence[Edge],
    rules: Sequence[Edge],
    sides: Sequence[float] = (),
) -> Edge | None:
    """Where the rule under the last row would be of a table that has rules between rows only.

    Its headings stand over the first rule, and its last row under the last one: lines that follow
    each other, keep to the columns above, and end where something stands apart from them, with
    nothing of theirs beyond.  ``sides``: between the columns, where these are known.
    """
    last = group[-1]
    rows = [parted_at(row, sides) for row in rows] if sides else rows
    gaps = [(x, x) for x in sides] or body_gutters(clipped(rows, group)[-_ENOUGH:])
    end = min((r.at for r in rules if r.at > last.at + 2 and _is_like(r, last)), default=None)
    below = [
        row for row in _beside(rows, last) if last.at < row.middle and (not end or row.middle < end)
    ]
    taken = below[:1]
    farthest = _step_in_rows(rows, group)
    for above, row in pairwise(below):
        if row.middle - above.middle > farthest * row.size:
            break
        taken.append(row)
    if not gaps or not taken or taken[0].middle - last.at > _OFF_ROW * taken[0].size:
        return None
    if any(crossed(part, gaps) for row in taken for part in row.parts):
        return None
    filled = {column for row in taken for column in columns_of(row, gaps)}
    if not {0, 1} <= filled or 2 * len(filled) <= len(gaps) + 1:
        return None
    if len(gaps) == 1 and not _begin_alike(clipped(rows, group), taken, gaps[0]):
        return None
    return Edge(max(row.bottom for row in taken) + 0.3 * taken[-1].size, last.start, last.end)


def parted_at(row: Row, sides: Sequence[float]) -> Row:
    """A line with the texts of neighbouring columns apart."""
    parts = [piece for part in row.parts for piece in at_sides(part, sides)]
    return msgspec.structs.replace(row, parts=parts)


def _step_in_rows(rows: Sequence[Row], group: Sequence[Edge]) -> float:
    """From one line of a row to the next between rules, in font sizes, at most."""
    bands = [clipped(rows, pair) for pair in pairwise(group)]
    steps = [
        (line.middle - above.middle) / line.size
        for band in bands
        for above, line in pairwise(band)
        if line.middle - above.middle > _ONE_LINE * line.size
    ]
    return min(_OFF_ROW, _SLACK * max(steps)) if steps else _USUAL_STEP


def rest_of_row(rows: Sequence[Row], group: Sequence[Edge]) -> Edge | None:
    """Where the rule over the rest of a row would be that the page before began."""
    first = group[0]
    gaps = body_gutters(clipped(rows, group))
    above = [row for row in rows if row.middle < first.at]
    if not gaps or not above or len(above) > 4 or is_heading(clipped(rows, group[:2])):
        return None
    ends = [*[row.middle for row in above[1:]], first.at]
    if any(
        end - row.middle > 2.2 * row.size or any(crossed(part, gaps) for part in row.parts)
        for row, end in zip(above, ends, strict=True)
    ):
        return None
    return Edge(above[0].top - 0.3 * above[0].size, first.start, first.end)


def over_headings(rows: Sequence[Row], group: Sequence[Edge]) -> Edge | None:
    """Where the rule over headings would be that stand right over the first rule of a group."""
    first = group[0]
    inside = clipped(rows, group)
    gaps = body_gutters(inside)
    over = [row for row in _beside(rows, first) if row.middle < first.at]
    band = clipped(rows, group[:2])
    if not gaps or not over or (_counts(band) > _PAIR and is_heading(band)):
        return None
    *above, nearest = clusters(over)
    taken = nearest
    while above and _is_next_heading(above[-1], taken[0], first.start):
        taken = [*above.pop(), *taken]
    words = _are_words(taken) or _are_columns_of_words(taken, gaps)
    if first.at - taken[-1].bottom > taken[-1].size or not words:
        return None
    if any(crossed(part, gaps) for row in taken for part in row.parts):
        return None
    headed = {column for row in taken for column in columns_of(row, gaps)}
    if 2 * len(headed) <= len(gaps) + 1:
        return None
    if len(gaps) + 1 == _PAIR and not all(
        _is_centred(part, first, gaps[0]) for row in taken for part in row.parts
    ):
        return None
    return Edge(taken[0].top - 0.3 * taken[0].size, first.start, first.end)


def _is_centred(part: TextLine, rule: Edge, gap: Span) -> bool:
    """Whether a text stands in the middle of its column, one of two over a rule.

    The second column begins where its texts do.
    """
    sides = (rule.start, gap[1]) if part.box[2] <= gap[1] else (gap[1], rule.end)
    return abs(part.box[0] + part.box[2] - sum(sides)) <= 2 * _OFF_CENTRE * (sides[1] - sides[0])


def _is_next_heading(lines: Sequence[Row], below: Row, left: float) -> bool:
    """Whether lines are the upper ones of headings, not a caption at the left side."""
    row = united_row(lines)
    near = below.middle - lines[-1].middle <= _APART * row.size
    return near and (row.columns > 1 or row.parts[0].box[0] > left + 2 * row.size)


def _beside(rows: Sequence[Row], rule: Edge) -> list[Row]:
    """The parts of rows that stand between the ends of a rule, lines that stick out left out."""
    return [
        row
        for row in rows
        if rule.start - 6 <= row.parts[0].box[0] and row.parts[-1].box[2] <= rule.end + 6
    ]


def under_figures(rows: Sequence[Row], group: Sequence[Edge]) -> bool:
    """Whether rules run over and under figures only, and the names stand to their left.

    Such rules mark sums; the columns of the table are more than those they run over.
    """
    inside = clipped(rows, group)
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


def under_headings(rows: Sequence[Row], group: Sequence[Edge]) -> bool:
    """Whether each rule runs under the headings of a table of its own, and none closes it."""
    left = min(rule.start for rule in group) - 6
    right = max(rule.end for rule in group) + 6
    over = [row for row in rows if row.middle < group[0].at]
    if not over or group[0].at - over[-1].bottom > over[-1].size:
        return False
    last = united_row(clusters(over)[-1])
    head = [part for part in last.parts if left <= part.box[0] and part.box[2] <= right]
    bands = [clipped(rows, pair) for pair in pairwise(group)]
    return (
        len(head) == len(last.parts) > 2
        and not any(is_figure(part.text) for part in head[:2])
        and all(sum(row.columns > 2 for row in band) > 3 for band in bands)
    )


def with_names_of_rows(rows: Sequence[Row], group: list[Edge]) -> list[Edge]:
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
