"""Headings of tables without ruled columns: which columns each of them is over.

Nothing but its place tells how far a heading reaches.  Each text of a line of headings gets a run
of columns such that the texts stand in the middle of their columns, or flush with them, as well
as can be; a text that fits a single column as well stays over that one, unless the headings of
the line are over all columns together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import BLANKS, TextLine, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.anchors import is_whole_figure
from pipeline.extract.unruled.empty_columns import with_empty
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import WORD_GAP, Row, is_figure, middle_of
from pipeline.extract.unruled.heading_tree import tree_of
from pipeline.extract.unruled.stacked_headings import headings_of
from pipeline.extract.unruled.strips import meet
from pipeline.japanese.eras import find_years
from pipeline.model import Ground

_MOST_LEVELS = 4
"""Lines of headings, at most."""
_MOST_COLUMNS = 40
"""Columns beyond which every way to spread headings is too many to try."""

_LEVEL = 0.45
"""Font sizes by which the middles of headings of one level may differ in height."""

_OFF = 0.8
"""Font sizes that a heading over several columns may stand beside their middle."""

Run = tuple[int, int]
"""Columns: the first and the one after the last."""

Extents = list[tuple[float, float]]
"""Of each column: from where to where its texts reach."""


class _Heading(msgspec.Struct):
    """Lines of text one under the other, as one heading."""

    left: float
    right: float
    size: float
    glyphs: list[Glyph]


def spread(found: Found, rules: Sequence[Edge] = ()) -> Found:
    """The table with its headings over the columns that they belong to.

    ``rules``: horizontal rules, of which short ones stand under headings over several columns.
    """
    levels = _levels(found)
    found = with_empty(found, levels)
    made = _spread(found, levels, rules)
    return found if _stands_beside(made, levels) else made


def _spread(found: Found, levels: int, rules: Sequence[Edge]) -> Found:
    """The table with the headings of its first rows over the columns that they fit best."""
    columns = len(found.xs) - 1
    if not levels or not 3 <= columns <= _MOST_COLUMNS or _is_under_lines(found):
        return found
    whole = _as_tree(found, levels, rules)
    if whole is not None:
        return whole
    if any(cell.top < levels and cell.bottom - cell.top > 1 for cell in found.cells):
        return found
    return _of_one_level(found, levels) or _by_lines(found, levels)


def _by_lines(found: Found, levels: int) -> Found:
    """The table with the headings of each line over the columns that they fit best."""
    columns = len(found.xs) - 1
    lines = [_headings(found, level) for level in range(levels)]
    places = [_extents(found, levels)]
    runs: list[list[Run]] = []
    for line in reversed(lines):
        runs.insert(0, _runs(line, places, found.xs))
        places.append(_over(line, runs[0], places[0]))
    if any(len(line) != len(run) for line, run in zip(lines, runs, strict=True)):
        return found
    ys = list(found.ys)
    for level in range(levels - 1, 0, -1):
        two = (lines[level - 1], runs[level - 1], lines[level], runs[level])
        if _goes_on(*two):
            lines[level - 1 : level + 1] = [_joined(*two)]
            del runs[level - 1], ys[level]
    gone = levels - len(lines)
    body = [
        FoundCell(cell.top - gone, cell.left, cell.bottom - gone, cell.right, cell.glyphs)
        for cell in found.cells
        if cell.top >= levels
    ]
    cells = [*_cells(lines, runs, columns), *body]
    return _over_columns(found, ys, cells, len(lines))


def _is_under_lines(found: Found) -> bool:
    """Whether the first row is a text from the first column beyond it: a line over the headings."""
    cells = [cell for cell in found.cells if cell.top == 0 and cell.glyphs]
    return len(cells) == 1 and cells[0].left == 0 and cells[0].right > 1


def _as_tree(found: Found, levels: int, rules: Sequence[Edge]) -> Found | None:
    """The table with headings of several lines and levels."""
    heads = [cell for cell in found.cells if cell.top < levels]
    if any(cell.bottom > levels for cell in heads):
        return None
    parts = [part for cell in heads for part in _parts(cell.glyphs, found.xs)]
    inside = [rule for rule in rules if found.ys[0] < rule.at < found.ys[levels] + 1]
    tree = tree_of(parts, found.xs, _extents(found, levels), inside) if len(parts) > 1 else None
    if tree is None:
        return None
    cells, rows = tree
    body = [
        FoundCell(c.top - levels + rows, c.left, c.bottom - levels + rows, c.right, c.glyphs)
        for c in found.cells
        if c.top >= levels
    ]
    top, foot = found.ys[0], found.ys[levels]
    ys = [top + (foot - top) * row / rows for row in range(rows)]
    return _over_columns(found, [*ys, *found.ys[levels:]], [*cells, *body], rows)


def _of_one_level(found: Found, levels: int) -> Found | None:
    """The table with headings of several lines in one row, where these are in line."""
    if levels < 2:
        return None
    parts = [
        part for cell in found.cells if cell.top < levels for part in _parts(cell.glyphs, found.xs)
    ]
    if any(is_whole_figure(part.text) and not find_years(part.text) for part in parts):
        return None
    cells = headings_of([Row([part], middle_of(part.box), part.size) for part in parts], found.xs)
    if cells is None or max(cell.bottom for cell in cells) > 1 or not _centred(cells):
        return None
    body = [
        FoundCell(c.top - levels + 1, c.left, c.bottom - levels + 1, c.right, c.glyphs)
        for c in found.cells
        if c.top >= levels
    ]
    return _over_columns(found, [found.ys[0], *found.ys[levels:]], [*cells, *body], 1)


def _over_columns(found: Found, ys: list[float], cells: list[FoundCell], levels: int) -> Found:
    """The table with other headings, which stand over the middle of their columns."""
    placed = Ground(decision="headings", sign="middles", count=levels)
    return msgspec.structs.replace(found, ys=ys, cells=cells, grounds=[*found.grounds, placed])


def _centred(cells: Sequence[FoundCell]) -> bool:
    """Whether headings of one line stand half way beside those of two: all are centred."""
    stacks = [[middle_of(line.box) for line in lines_of(c.glyphs)] for c in cells if c.glyphs]
    middles = [(min(stack) + max(stack)) / 2 for stack in stacks]
    size = max(glyph.run.size for cell in cells for glyph in cell.glyphs)
    return len({len(stack) for stack in stacks}) > 1 and max(middles) - min(middles) < _LEVEL * size


def _stands_beside(made: Found, levels: int) -> bool:
    """Whether a heading stands wholly beside its columns: it shares one with another text.

    「施策1　健康づくり」 over names is one heading in two parts, and none of the figures.
    """
    return any(
        max(glyph.x1 for glyph in cell.glyphs) <= made.xs[cell.left]
        or made.xs[cell.right] <= min(glyph.x0 for glyph in cell.glyphs)
        for cell in made.cells
        if cell.top < levels and cell.glyphs
    )


def _goes_on(
    upper: Sequence[_Heading], over: Sequence[Run], lower: Sequence[_Heading], under: Sequence[Run]
) -> bool:
    """Whether headings of some columns only begin a line higher than those of the others."""
    if not 0 < len(upper) < len(lower) or any(end - start > 1 for start, end in (*over, *under)):
        return False
    distance = min(glyph.y for h in lower for glyph in h.glyphs) - max(
        glyph.y for h in upper for glyph in h.glyphs
    )
    return set(over) <= set(under) and distance <= 1.5 * upper[0].size


def _joined(
    upper: Sequence[_Heading], over: Sequence[Run], lower: Sequence[_Heading], under: Sequence[Run]
) -> list[_Heading]:
    """Headings with their first lines."""
    first = dict(zip(over, upper, strict=True))
    return [
        msgspec.structs.replace(heading, glyphs=[*first[run].glyphs, *heading.glyphs])
        if run in first
        else heading
        for heading, run in zip(lower, under, strict=True)
    ]


def _levels(found: Found) -> int:
    """How many rows are headings: those before the first that names figures, or a group."""
    rows = len(found.ys) - 1
    headed = False
    for row in range(min(rows, _MOST_LEVELS + 1)):
        texts = {cell.left: _text(cell.glyphs) for cell in found.cells if cell.top == row}
        later = [text for column, text in texts.items() if column and text]
        figures = [text for text in later if is_figure(text) and not find_years(text)]
        if texts.get(0) and later and 2 * len(figures) > len(later):
            return row
        if texts.get(0) and not later and headed:
            return row
        headed = headed or bool(later)
    return 0


def _text(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs if glyph.text not in BLANKS)


def _extents(found: Found, levels: int) -> Extents:
    """From where to where the texts of the body reach in each column."""
    extents = []
    for column, (left, right) in enumerate(pairwise(found.xs)):
        glyphs = [
            glyph
            for cell in found.cells
            if cell.top >= levels and (cell.left, cell.right) == (column, column + 1)
            for glyph in cell.glyphs
            if glyph.text not in BLANKS
        ]
        low = min((glyph.x0 for glyph in glyphs), default=left)
        extents.append((low, max((glyph.x1 for glyph in glyphs), default=right)))
    return extents


def _over(headings: Sequence[_Heading], runs: Sequence[Run], body: Extents) -> Extents:
    """From where to where the headings of single columns reach; the body's where there is none."""
    extents = list(body)
    for heading, (start, end) in zip(headings, runs, strict=False):
        if end - start == 1:
            extents[start] = (heading.left, heading.right)
    return extents


def _headings(found: Found, level: int) -> list[_Heading]:
    """The headings of one line, left to right."""
    headings: list[_Heading] = []
    for cell in found.cells:
        if cell.top != level:
            continue
        for part in _parts(cell.glyphs, found.xs):
            new = _Heading(part.box[0], part.box[2], part.size, list(part.glyphs))
            for other in [h for h in headings if h.left < new.right and new.left < h.right]:
                headings.remove(other)
                new.left, new.right = min(new.left, other.left), max(new.right, other.right)
                new.glyphs = other.glyphs + new.glyphs
            headings.append(new)
    return sorted(headings, key=lambda heading: heading.left)


def _parts(glyphs: Sequence[Glyph], xs: Sequence[float]) -> list[TextLine]:
    """The texts of a heading cell, parted at gaps, and where brackets of two columns meet.

    （令和5年度）（令和7年度）: set so close that no gap is left, each stands in its own column.
    """
    parts: list[TextLine] = []
    for part in lines_of(glyphs, split=WORD_GAP):
        pieces: list[list[Glyph]] = [[]]
        for glyph in part.glyphs:
            if pieces[-1] and meet(pieces[-1][-1], glyph):
                pieces.append([])
            pieces[-1].append(glyph)
        columns = [bisect_right(xs, (one[0].x0 + one[-1].x1) / 2) for one in pieces]
        apart = len(pieces) > 1 and len(set(columns)) == len(columns)
        parts.extend(line for one in pieces for line in lines_of(one)) if apart else parts.append(
            part
        )
    return parts


def _runs(
    headings: Sequence[_Heading], places: Sequence[Extents], xs: Sequence[float]
) -> list[Run]:
    """The runs of columns that headings stand over best, in order and without overlap.

    The best of all ways is found column by column: ``best[c]`` is the cost of the headings so far
    when the last of them ends before column ``c``.
    """
    columns = len(places[0])
    best: list[tuple[float, list[Run]]] = [(_bare(range(c)), []) for c in range(columns + 1)]
    for number, heading in enumerate(headings):
        ways: list[tuple[float, list[Run]]] = [(float("inf"), [])] * (columns + 1)
        for end in range(number + 1, columns + 1):
            for start in range(number, end):
                before, runs = best[start]
                cost = before + _cost(heading, (start, end), places, xs)
                if cost < ways[end][0]:
                    ways[end] = (cost, [*runs, (start, end)])
            carried = ways[end - 1][0] + _bare((end - 1,))
            if carried < ways[end][0]:
                ways[end] = (carried, ways[end - 1][1])
        best = ways
    runs = best[columns][1]
    if len(runs) == len(headings) and _all_covered(runs, columns):
        return runs
    return [
        run if run[1] - run[0] == 1 else _single(heading, run, places, xs)
        for heading, run in zip(headings, runs, strict=False)
    ]


def _bare(columns: Sequence[int]) -> float:
    """The cost of columns without a heading; the first column often has none."""
    return 0.5 * sum(column > 0 for column in columns)


def _cost(heading: _Heading, run: Run, places: Sequence[Extents], xs: Sequence[float]) -> float:
    """How badly a heading stands over columns, in font sizes."""
    box = (xs[run[0]], xs[run[1]])
    outside = max(0.0, box[0] - heading.left) + max(0.0, heading.right - box[1])
    width = 0.3 * (run[1] - run[0] - 1)
    return _off(heading, run, places, xs) + outside / heading.size + width


def _off(heading: _Heading, run: Run, places: Sequence[Extents], xs: Sequence[float]) -> float:
    """How far a heading is from the middle of columns, or from an edge of a single one."""
    middle = (heading.left + heading.right) / 2
    away = [abs(middle - (xs[run[0]] + xs[run[1]]) / 2)]
    inside = False
    for extents in places:
        left, right = extents[run[0]][0], extents[run[1] - 1][1]
        away.append(abs(middle - (left + right) / 2))
        if run[1] - run[0] == 1:
            away += [abs(heading.left - left), abs(heading.right - right)]
            inside = inside or left <= middle <= right
    return (0.5 if inside else 1.0) * min(away) / heading.size


def _all_covered(runs: Sequence[Run], columns: int) -> bool:
    """Whether headings cover all columns, but for the first few that have names."""
    covered = {column for start, end in runs for column in range(start, end)}
    several = [run for run in runs if run[1] - run[0] > 1]
    return bool(several) and set(range(min(several)[0], columns)) <= covered


def _single(heading: _Heading, run: Run, places: Sequence[Extents], xs: Sequence[float]) -> Run:
    """A run of columns, or the one of them that the heading fits as well."""
    crosses = sum(
        min(heading.right, right) - max(heading.left, left) > 0.25 * heading.size
        for left, right in places[0][run[0] : run[1]]
    )
    if crosses > 1 or _off(heading, run, places, xs) > _OFF:
        return run
    singles = [(column, column + 1) for column in range(*run)]
    best = min(singles, key=lambda one: _cost(heading, one, places, xs))
    return best if _cost(heading, best, places, xs) <= 0.5 * _OFF else run


def _cells(
    lines: Sequence[Sequence[_Heading]], runs: Sequence[Sequence[Run]], columns: int
) -> list[FoundCell]:
    """The cells of the headings.

    Beside headings over several columns, the heading of a single column reaches over all lines.
    """
    cells: list[FoundCell] = []
    taken: set[tuple[int, int]] = set()
    for level, (headings, places) in enumerate(zip(lines, runs, strict=True)):
        for heading, (start, end) in zip(headings, places, strict=True):
            cells.append(FoundCell(level, start, level + 1, end, heading.glyphs))
            taken |= {(level, column) for column in range(start, end)}
    if any(cell.right - cell.left > 1 for cell in cells):
        for cell in cells:
            _stretch(cell, taken, len(lines))
    for level in range(len(lines)):
        for column in range(columns):
            if (level, column) not in taken:
                cells.append(FoundCell(level, column, level + 1, column + 1, []))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))


def _stretch(cell: FoundCell, taken: set[tuple[int, int]], levels: int) -> None:
    """Let the heading of a single column reach down, and up, over empty places."""
    if cell.right - cell.left > 1:
        return
    while cell.bottom < levels and (cell.bottom, cell.left) not in taken:
        taken.add((cell.bottom, cell.left))
        cell.bottom += 1
    while cell.top > 0 and (cell.top - 1, cell.left) not in taken:
        cell.top -= 1
        taken.add((cell.top, cell.left))
