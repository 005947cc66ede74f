"""Rows told by a colour over their whole width: spreadsheets draw every second row as one area.

The sides of such areas are no columns, but their upper and lower edges are where rules between the
rows would be.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.gutters import Row, is_figure
from pipeline.extract.unruled.strips import SAME
from pipeline.japanese.eras import find_years
from pipeline.model import Box

_FEWEST = 3
"""Coloured rows of a table, at least."""
_FARTHEST = 2.2
"""Heights of a coloured row from one to the next, at most: one white row stands between."""
_TOUCHING = 1.0
"""Points between two coloured rows without a white one."""
_LEADING = 0.5
"""Font sizes between two lines of a row, at most."""
_UNDER = 0.3
"""Font sizes between the text of the last white row and where its rule would be."""


def rules_of_stripes(areas: Sequence[Box], rows: Sequence[Row]) -> list[Edge]:
    """The rules that coloured rows stand for, where a coloured row of headings stands over them.

    ``areas``: coloured areas; ``rows``: the lines of text in no table.
    """
    found: list[Edge] = []
    for chain in _chains([area for area in areas if _columns(_inside(rows, area)) > 1]):
        heading = _inside(rows, chain[0])
        if len(chain) < _FEWEST or any(_is_value(row) for row in heading):
            continue
        left, _, right, end = chain[-1]
        ats = {round(edge, 1): edge for box in chain for edge in (box[1], box[3])}
        usual = median(box[3] - box[1] for box in chain[1:])
        last = _last_row(_inside(rows, (left, end, right, float("inf"))), end + usual)
        if last:
            ats[end + usual] = max(row.bottom + _UNDER * row.size for row in last)
        kept: list[float] = []
        for at in sorted(ats.values()):
            if not kept or at - kept[-1] > _TOUCHING:
                kept.append(at)
        found += [Edge(at, left, right) for at in kept]
    return found


def _last_row(below: Sequence[Row], until: float) -> list[Row]:
    """The lines of a white row under the last coloured one: those that follow without a gap."""
    lines: list[Row] = []
    for row in below:
        if lines and row.top - max(line.bottom for line in lines) > _LEADING * row.size:
            break
        if not lines and row.middle > until:
            break
        lines.append(row)
    return lines if any(row.columns > 1 for row in lines) else []


def _chains(areas: Sequence[Box]) -> list[list[Box]]:
    """Areas of one width below one another, at most a row apart."""
    chains: list[list[Box]] = []
    for area in sorted(areas, key=lambda box: (box[1], box[0])):
        for chain in chains:
            above = chain[-1]
            alike = abs(above[0] - area[0]) <= SAME and abs(above[2] - area[2]) <= SAME
            height = max(box[3] - box[1] for box in (above, area))
            if alike and -_TOUCHING <= area[1] - above[3] <= (_FARTHEST - 1) * height:
                chain.append(area)
                break
        else:
            chains.append([area])
    return chains


def _inside(rows: Sequence[Row], area: Box) -> list[Row]:
    """The lines whose middle lies in an area, less what stands beside it."""
    found = []
    for row in rows:
        if area[1] < row.middle < area[3]:
            parts = [
                part
                for part in row.parts
                if area[0] - SAME <= part.box[0] and part.box[2] <= area[2] + SAME
            ]
            if parts:
                found.append(Row(parts, row.middle, row.size))
    return found


def _columns(rows: Sequence[Row]) -> int:
    return max((row.columns for row in rows), default=0)


def _is_value(row: Row) -> bool:
    """Whether a line holds a figure that is no year."""
    return any(
        is_figure(part.text) and any(map(str.isdigit, part.text)) and not find_years(part.text)
        for part in row.parts
    )
