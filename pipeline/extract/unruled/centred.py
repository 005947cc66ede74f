"""Rows whose lines the middles of their cells prove.

Where a figure stands between two lines of its name, cells are centred in their rows.  Then each row
reaches as far below its figures as above them: its first line tells its last one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.unruled.gutters import Row, Span, covered, middle_of

_EVEN = 0.25
"""Font sizes by which the middle of a cell may be away from that of its row: a line more or less
moves it by half a step."""


def are_centred(rows: Sequence[Sequence[Row]], gaps: Sequence[Span]) -> bool:
    """Whether all cells of all rows stand about one middle, and one of them between two lines."""
    between = False
    for lines in rows:
        cells: dict[int, list[float]] = {}
        for part in (part for line in lines for part in line.parts):
            first, last = covered(part.box[0], part.box[2], gaps)
            if last - first != 1:
                return False
            cells.setdefault(first, []).append(middle_of(part.box))
        size = max(line.size for line in lines)
        middles = [(min(at) + max(at)) / 2 for at in cells.values()]
        if max(middles) - min(middles) > _EVEN * size:
            return False
        middle = sum(middles) / len(middles)
        apart = [min(abs(one - middle) for one in at) > _EVEN * size for at in cells.values()]
        between |= any(apart) and not all(apart)
    return between
