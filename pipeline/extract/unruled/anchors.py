"""Rows told by their figures: the lines of each cell stand evenly about the line of figures.

In a table whose cells are centred in height, no distance need part two rows: a name of three
lines may stand as close to the next name as its own lines do.  But the figures of a row are on
one line, and the middle of each cell of the row is at that height.  Where the lines of all
columns can be shared out so, that shows the rows, whatever the distances are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    columns_of,
    covered,
    first_word,
    is_figure,
    middle_of,
)
from pipeline.japanese.eras import find_years

_MOST_LINES = 7
"""Lines of one cell, at most."""

_OFF = 0.3
"""Font sizes that the middle of a cell may be away from the line of figures."""

_LEADING = 2.6
"""Font sizes between two lines of one cell, at most."""

_CLOSEST = 0.85
"""Font sizes from the figures of one row to those of the next, at least: set without leading."""

_UNTAKEN = 0.35
"""What a line costs that is in no row of figures: more than standing well about one."""

_NAMELESS = 0.5
"""What a line of figures costs that no name stands about, where there are names for all."""

_ROOM = 0.3
"""What each line costs from which a name goes on though it had room for more."""

_FEWEST_FIGURES = 2
"""Figures in a line, at least, that make it the line of a row."""


def rows_about_figures(
    rows: Sequence[Row],
    gaps: Sequence[Span],
    edge: float | None = None,
    *,
    by_names: bool = False,
) -> list[list[Row]] | None:
    """Lines as rows of the table, each about its line of figures; ``None`` if they do not say.

    Where each cell has a line at the height of its figures, they may all stand at the head or foot
    of names, unless all lines are shared out so, and names go on from full lines alone (``edge``:
    where these end); that is asked ``by_names``.
    Lines that are of no such row (headings, names of groups) are given as rows of one line.
    A single line of figures says it where its name stands above and below it, not beside it.
    """
    anchors = figure_lines(rows, gaps)
    if not anchors or (len(anchors) == 1 and 0 in columns_of(anchors[0], gaps)):
        return None
    owner: dict[int, int] = {}
    centred: Counter[bool] = Counter()
    untaken, proved = 0, False
    for column, lines in _by_column(rows, gaps).items():
        named = column == 0 and len(lines) >= len(anchors)
        taken = _shared_out(
            lines, anchors, _NAMELESS if named else 0.0, edge if column == 0 else None
        )
        for part, anchor in zip(lines, taken, strict=True):
            if anchor is None:
                middle = middle_of(part.box)
                untaken += anchors[0].middle < middle < anchors[-1].middle
            else:
                owner[id(part)] = anchor
        centred += _centred(lines, taken, anchors)
        if column == 0 and edge is not None and by_names:
            proved = _go_on_from_full_lines(lines, taken, edge)
    parts = sum(len(row.parts) for row in rows)
    if 8 * centred[True] <= centred[False] and (untaken or not proved):
        return None
    if 6 * untaken > parts:
        return None
    found = _collected(rows, owner)
    if any(above[-1].middle >= below[0].middle for above, below in pairwise(found)):
        return None
    return found


def figure_lines(rows: Sequence[Row], gaps: Sequence[Span]) -> list[Row]:
    """The lines of several figures, not those of years over a heading (R6 / 目標).

    Of two that overlap, the one with more texts.
    """
    found: list[Row] = []
    for row in rows:
        figures = sum(
            is_whole_figure(part.text)
            and not (part.text[0].isalpha() and find_years(part.text))
            and covered(part.box[0], part.box[2], gaps)[0] > 0
            for part in row.parts
        )
        if figures < _FEWEST_FIGURES:
            continue
        if found and row.middle - found[-1].middle < _CLOSEST * min(row.size, found[-1].size):
            if len(row.parts) > len(found[-1].parts):
                found[-1] = row
            continue
        found.append(row)
    return found


def is_whole_figure(text: str) -> bool:
    """Whether a text is a figure, not the end of a longer text with brackets."""
    opened, closed = (sum(text.count(mark) for mark in marks) for marks in ("(（", ")）"))
    return is_figure(text) and opened == closed


def _by_column(rows: Sequence[Row], gaps: Sequence[Span]) -> dict[int, list[TextLine]]:
    found: dict[int, list[TextLine]] = {}
    for row in rows:
        for part in row.parts:
            found.setdefault(covered(part.box[0], part.box[2], gaps)[0], []).append(part)
    return found


def _shared_out(
    lines: Sequence[TextLine], anchors: Sequence[Row], nameless: float, edge: float | None
) -> list[int | None]:
    """For each line of a column the line of figures that it stands about with its neighbours.

    ``nameless``: what a line of figures costs that none of them stands about.  ``edge``: where full
    lines of names end, if these are names.
    ``best[i][j]``: the least cost of the first ``i`` lines with the first ``j`` lines of figures,
    and how many lines the last step took (-1: the line of figures has none).
    """
    count, most = len(lines), len(anchors)
    offs = [_offs(lines, end, anchors, edge) for end in range(count + 1)]
    best: list[list[tuple[float, int]]] = [
        [(float("inf"), 0)] * (most + 1) for _ in range(count + 1)
    ]
    best[0][0] = (0.0, 0)
    for i in range(count + 1):
        for j in range(most + 1):
            if i:
                best[i][j] = min(best[i][j], (best[i - 1][j][0] + _UNTAKEN, 0))
            if j:
                best[i][j] = min(best[i][j], (best[i][j - 1][0] + nameless, -1))
                for size, cost in offs[i].get(j - 1, ()):
                    best[i][j] = min(best[i][j], (best[i - size][j - 1][0] + cost, size))
    taken: list[int | None] = [None] * count
    i, j = count, most
    while i or j:
        step = best[i][j][1]
        if step > 0:
            taken[i - step : i] = [j - 1] * step
            i, j = i - step, j - 1
        elif step == 0 and i:
            i -= 1
        else:
            j -= 1
    return taken


def _offs(
    lines: Sequence[TextLine], end: int, anchors: Sequence[Row], edge: float | None
) -> dict[int, list[tuple[int, float]]]:
    """Line of figures → how many lines before ``end`` stand evenly about it, and how far off.

    None of them stands at the height of a line of figures beside it.
    """
    found: dict[int, list[tuple[int, float]]] = {}
    for count in range(1, min(_MOST_LINES, end) + 1):
        heights = [middle_of(line.box) for line in lines[end - count : end]]
        size = max(line.size for line in lines[end - count : end])
        if any(low - high > _LEADING * size for high, low in pairwise(heights)):
            continue
        room = 0.0 if edge is None else _ROOM * with_room(lines[end - count : end], edge)
        reach, middle = _OFF * size, (heights[0] + heights[-1]) / 2
        first = bisect_left(anchors, middle - reach, key=_middle)
        last = bisect_right(anchors, middle + reach, key=_middle)
        for number in range(first, last):
            beside = [*anchors[max(0, number - 1) : number], *anchors[number + 1 : number + 2]]
            if any(heights[0] - reach < one.middle < heights[-1] + reach for one in beside):
                continue
            off = abs(middle - anchors[number].middle) / size
            found.setdefault(number, []).append((count, off + room))
    return found


def _middle(row: Row) -> float:
    return row.middle


def _centred(
    lines: Sequence[TextLine], taken: Sequence[int | None], anchors: Sequence[Row]
) -> Counter[bool]:
    """How many cells of several lines have none at the height of the figures; how many have one.

    Only cells that are centred have none; with the figures at the head or foot of names each has.
    """
    count: Counter[bool] = Counter()
    for number, anchor in enumerate(anchors):
        cell = [p for p, t in zip(lines, taken, strict=True) if t == number]
        if len(cell) > 1:
            count[all(abs(middle_of(p.box) - anchor.middle) > _OFF * p.size for p in cell)] += 1
    return count


def is_full(line: TextLine, below: TextLine, edge: float) -> bool:
    """Whether the first word of the next line had no room in a line of a name."""
    return line.box[2] + first_word(below) > edge + 0.1 * line.size


def with_room(name: Sequence[TextLine], edge: float) -> int:
    """How many lines of a name had room for the first word of its next line, and no bracket."""
    return sum(
        not is_full(line, below, edge)
        for line, below in pairwise(name)
        if below.text[:1] not in "(（" and middle_of(below.box) > line.box[3]
    )


def _go_on_from_full_lines(
    lines: Sequence[TextLine], taken: Sequence[int | None], edge: float
) -> bool:
    """Whether cells have several lines, all but the last of each full."""
    inner = [
        is_full(line, below, edge)
        for (line, below), (own, other) in zip(pairwise(lines), pairwise(taken), strict=True)
        if own is not None and own == other
    ]
    return len(inner) > 1 and all(inner)


def _collected(rows: Sequence[Row], owner: dict[int, int]) -> list[list[Row]]:
    """Lines by the line of figures that owns them, in the order of their heights."""
    found: list[list[Row]] = []
    of_anchor: dict[int, list[Row]] = {}
    for row in rows:
        shares: dict[int | None, list[TextLine]] = {}
        for part in row.parts:
            shares.setdefault(owner.get(id(part)), []).append(part)
        for anchor, parts in shares.items():
            share = Row(parts, row.middle, row.size)
            if anchor is None:
                found.append([share])
            elif anchor in of_anchor:
                of_anchor[anchor].append(share)
            else:
                of_anchor[anchor] = [share]
                found.append(of_anchor[anchor])
    return sorted(found, key=lambda lines: sum(line.middle for line in lines) / len(lines))
