"""Lines of text to rows of a table: which lines are one row, and which may be of either of two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

from pipeline.boxes import around
from pipeline.extract.pdf.lines import is_wide
from pipeline.extract.unruled.anchors import figure_lines, is_full, rows_about_figures
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    columns_of,
    covered,
    first_word,
    is_figure,
    middle_of,
    wraps,
)
from pipeline.model import Box

Level = Literal["head", "foot"]
"""Beside which line of a name of several its figures stand: the first, or the last."""

_TIGHT = 1.1
"""Font sizes between two lines of one cell that are set without leading, at most."""

_FEWEST_ALONE = 2
"""Lines of names alone, at least, that show beside which line of a name its figures stand."""

_LEADING = 1.9
"""Font sizes from one line of a name to the next, at most."""
_SLACK = 1.15
"""Times the way between two lines of a name: as far one goes on before or after all figures."""
_OPENING = "(（"
_NEARER = 0.9
"""Times the way from row to row: a line of a name is nearer to its figures."""
_ONE_LINE = 0.95
"""Font sizes from one line to the next, at least."""
_OVER = 0.1
"""Font sizes by which a line ends before the end of the others at most, and is as full."""

_INDENT = 0.5
"""Font sizes by which names are set in under the name of their group, at least."""


def grouped(
    rows: Sequence[Row],
    gaps: Sequence[Span],
    banners: Collection[int] = (),
    *,
    level: Level | None = None,
) -> list[list[Row]]:
    """Lines grouped into rows of the table; each of the ``banners`` is one by itself.

    ``level``: beside which line of a name its figures stand in this document, if that is told.
    """
    found: list[list[Row]] = []
    others: list[Row] = []
    for row in rows:
        if id(row) in banners:
            found.extend([*_grouped(others, gaps, level), [row]])
            others = []
        else:
            others.append(row)
    return [*found, *_grouped(others, gaps, level)]


def _grouped(rows: Sequence[Row], gaps: Sequence[Span], level: Level | None) -> list[list[Row]]:
    """Lines grouped into rows of the table.

    Lines that stand evenly about lines of figures are the rows of these; else distances tell.
    Lines that overlap in height are one row.  Where distances between lines fall into small and
    large ones, the small ones are within a row if the lines at them are incomplete, or if the
    table has two columns.
    """
    if not rows:
        return []
    edge = _full_width(rows, gaps)
    about_figures = (
        (_on_level(rows, gaps, level) if level is not None else None)
        or rows_about_figures(rows, gaps, edge)
        or _at_end_of_names(rows, gaps, edge)
        or rows_about_figures(rows, gaps, edge, by_names=True)
    )
    if about_figures is None:
        return _by_distance(rows, gaps)
    found: list[list[Row]] = []
    loose: list[Row] = []
    for lines in about_figures:
        if len(lines) == 1 and not any(is_figure(part.text) for part in lines[0].parts):
            loose.extend(lines)
            continue
        found.extend([*_by_distance(loose, gaps), lines])
        loose = []
    return [*found, *_by_distance(loose, gaps)]


def _at_end_of_names(
    rows: Sequence[Row], gaps: Sequence[Span], edge: float | None
) -> list[list[Row]] | None:
    """Lines as rows whose figures all stand beside the first line of the name, or beside the last.

    A name goes on only from a full line.  Beside its first line, that above every line alone is
    full; beside its last, every line alone is.  ``None`` if both are so, or neither.
    """
    figures = {id(row) for row in figure_lines(rows, gaps)}
    inner = [at for at, row in enumerate(rows) if id(row) in figures]
    if edge is None or len(inner) < 2 or any(0 not in columns_of(rows[at], gaps) for at in inner):
        return None
    first, last = inner[0], inner[-1]
    lone = [columns_of(row, gaps) == {0} for row in rows]
    full = [is_full(row.parts[0], below.parts[0], edge) for row, below in pairwise(rows)]
    within = [at for at in range(first, last) if id(rows[at]) not in figures]
    if len(within) < _FEWEST_ALONE or not all(lone[at] for at in within):
        return None
    at_head, at_foot = all(full[at - 1] for at in within), all(full[at] for at in within)
    if at_head == at_foot:
        return None
    while at_foot and first and lone[first - 1] and full[first - 1]:
        first -= 1
    while at_head and last + 1 < len(rows) and lone[last + 1] and full[last]:
        last += 1
    begins = inner if at_head else [first, *(at + 1 for at in inner)]
    groups = [list(rows[start:end]) for start, end in pairwise([*begins, last + 1]) if start < end]
    return [*([row] for row in rows[:first]), *groups, *([row] for row in rows[last + 1 :])]


def _on_level(rows: Sequence[Row], gaps: Sequence[Span], level: Level) -> list[list[Row]] | None:
    """Lines as rows whose figures stand beside the first line of the name, or beside the last.

    A name goes on only from a full line, or with a bracket; what does not is a row by itself.
    ``None`` if the lines would be rows of the other level.
    """
    figures = {id(row) for row in figure_lines(rows, gaps)}
    inner = [at for at, row in enumerate(rows) if id(row) in figures]
    if not inner or any(0 not in columns_of(rows[at], gaps) for at in inner):
        return None
    names = [row.parts[0] for row in rows[inner[0] : inner[-1] + 1] if 0 in columns_of(row, gaps)]
    edge = max(name.box[2] for name in names)
    step = _line_step(rows[inner[0] : inner[-1] + 1], gaps, level) or _least_step(rows)

    def follows(above: Row, row: Row, *, inside: bool) -> bool:
        """Whether a line is of the same row as the one above it."""
        far = _LEADING * row.size if inside else min(_LEADING * row.size, _SLACK * step)
        if row.middle - above.middle > far:
            return False
        if any(0 not in columns_of(line, gaps) for line in (above, row)):
            return True
        one, two = above.parts[0], row.parts[0]
        return two.text[:1] in _OPENING or one.box[2] + first_word(two) > edge - _OVER * one.size

    joined = [
        follows(above, row, inside=inner[0] <= at < inner[-1])
        for at, (above, row) in enumerate(pairwise(rows))
    ]
    groups: list[list[int]] = []
    for before, at, after in zip([-1, *inner], inner, [*inner[1:], len(rows)], strict=False):
        first = last = at
        while level == "foot" and first - 1 > before and joined[first - 1]:
            first -= 1
        while level == "head" and last + 1 < after and joined[last]:
            last += 1
        groups.append(list(range(first, last + 1)))
    alone = sorted(set(range(len(rows))) - {at for group in groups for at in group})
    if any(joined[at if level == "head" else at - 1] for at in alone if inner[0] < at < inner[-1]):
        return None
    groups.extend([at] for at in alone)
    return [[rows[at] for at in group] for group in sorted(groups)]


def _line_step(rows: Sequence[Row], gaps: Sequence[Span], level: Level) -> float:
    """From one line of a name to the next, as is usual; 0 if all names are of one line."""
    return median(
        [
            low.middle - high.middle
            for high, low in pairwise(rows)
            if columns_of(low if level == "head" else high, gaps) == {0}
        ]
        or [0.0]
    )


def _least_step(rows: Sequence[Row]) -> float:
    return min((low.middle - high.middle for high, low in pairwise(rows)), default=0.0)


def _by_distance(rows: Sequence[Row], gaps: Sequence[Span]) -> list[list[Row]]:
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
    closest = _closest(rows, gaps)
    going_on = _begins_name(None, rows[0], padded[1], gaps, edge) or _is_nearer(
        None, rows[0], padded[1], gaps, closest
    )
    for (above, row), below, distance in zip(pairwise(rows), padded[2:], distances, strict=False):
        small = distance <= 1.2 * smallest
        partial = len(columns_of(row, gaps)) <= max(1, columns // 2)
        joined = distance < 0.95 * min(above.size, row.size) and not _next_figures(found[-1], row)
        joined = joined or (distance <= _TIGHT * row.size and _names_only([*found[-1], row], gaps))
        if not joined and not going_on and not (partial and _overlap(row, below)):
            begins = _begins_name(above, row, below, gaps, edge) or _is_nearer(
                above, row, below, gaps, closest
            )
            joined = (
                (small and two_sizes and (partial or columns == 2) and smallest <= 2 * row.size)
                or (small and partial and columns > 2 and wraps(found[-1], row, gaps))
                or (distance <= 1.6 * row.size and _name_goes_on(found[-1], row, gaps))
            ) and not (begins or _stands_out(found[-1], row, gaps))
        else:
            begins = False
        if joined or going_on:
            found[-1].append(row)
        else:
            found.append([row])
        going_on = begins
    return found


def _names_only(lines: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether lines have texts in the first column alone."""
    return all(columns_of(line, gaps) == {0} for line in lines)


def lines_of_two_rows(
    lines: Sequence[Sequence[Row]], gaps: Sequence[Span], level: Level | None = None
) -> list[tuple[str, Box]]:
    """The last lines of names that may as well begin the name below, each with both rows' box.

    Such a line is as far from one row as from the other, and as full as a line that goes on.
    Where the ``level`` of figures is told, they stand with them.
    """
    if level is not None:
        return []
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
            box = around([part.box for row in (*above, *below) for part in row.parts])
            found.append((last.parts[0].text, box))
    return found


def between(lines: Sequence[Sequence[Row]]) -> list[float]:
    """Half way between each two rows."""
    return [
        (max(row.bottom for row in first) + min(row.top for row in second)) / 2
        for first, second in pairwise(lines)
    ]


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


def _closest(rows: Sequence[Row], gaps: Sequence[Span]) -> float:
    """From the figures of one row to those of the next, at least; 0 if there are not two rows."""
    heights = [row.parts[0] for row in figure_lines(rows, gaps) if 0 in columns_of(row, gaps)]
    steps = [middle_of(two.box) - middle_of(one.box) for one, two in pairwise(heights)]
    return min(steps, default=0.0)


def _is_nearer(
    above: Row | None, row: Row, below: Row | None, gaps: Sequence[Span], closest: float
) -> bool:
    """Whether a lone line of a name is nearer to figures below it than any two rows are.

    Then it begins their row, if the row above is not as near.
    """
    if below is None or columns_of(row, gaps) != {0} or not columns_of(below, gaps) > {0}:
        return False
    heights = [middle_of(one.parts[0].box) for one in (above or row, row, below)]
    up, down = heights[1] - heights[0], heights[2] - heights[1]
    return _ONE_LINE * row.size <= down < _NEARER * min(closest, up if above else closest)


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


def _stands_out(above: Sequence[Row], row: Row, gaps: Sequence[Span]) -> bool:
    """Whether a line is a name set further left than the row above it: that of a group."""
    name = row.parts[0]
    return columns_of(row, gaps) == {0} and all(
        name.box[0] < line.parts[0].box[0] - _INDENT * row.size for line in above
    )


def _next_figures(above: Sequence[Row], row: Row) -> bool:
    """Whether a line of several texts stands under another one of the row above it.

    A name half way between them does not make them one row.
    """
    return row.columns > 1 and any(
        line.columns > 1 and row.middle - line.middle >= 0.7 * min(line.size, row.size)
        for line in above
    )
