"""Which rows each text of a merged column is for, where nothing is ruled between them.

A cell merged over rows holds its text half way down.  So the rows are parted such that each text
stands in the middle of its own: from the first row on each text tells where its rows end, and the
last has to end with the table.  Cells that hold others (goals and their policies) end where some of
these end.  Only what has one solution alone is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import msgspec

from pipeline.extract.unruled.gutters import Span

_OFF = 0.3
"""Font sizes that the middle of a text may be away from that of its rows."""
_RIVAL = 0.45
"""The same, up to which another way to part the rows is not ruled out."""
_EXACT, _INEXACT = 0.05, 0.12
"""Beside rows whose sides are drawn: as near a text is to the middle, and as far another way."""
_AT_TOP = 0.35
"""Font sizes between the head of a text and that of its rows, where it is set to the head."""
_MOST_WAYS = 60
"""Ways to part the rows of a column beyond which they say nothing."""

Parting = tuple[int, ...]
"""Where the rows of each text begin, and where those of the last end."""


class Rows(msgspec.Struct):
    """The rows beside merged columns: their sides, and where the highest text of each begins.

    ``sides``: one more than rows.  ``open_top``: the first rows may be of a text on the page
    before; ``open_bottom``: those of the last text may go on.  ``centred``: their own cells are
    seen to have their texts half way down.  ``exact``: the sides are drawn, not told by texts.
    """

    sides: Sequence[float]
    heads: Sequence[float]
    size: float
    open_top: bool = False
    open_bottom: bool = False
    centred: bool = True
    exact: bool = False


class Merged(msgspec.Struct):
    """The texts of a merged column from the top down, each from where to where it reaches.

    ``drawn``: for some texts the first row of their coloured cell and the one after the last.
    """

    texts: Sequence[Span]
    drawn: dict[int, tuple[int, int]] = {}


def parted(rows: Rows, columns: Sequence[Merged]) -> list[Parting] | None:
    """The rows of the texts of each column, the outermost first; ``None`` if not certain."""
    ways = [list(_ways(rows, column)) for column in columns]
    if any(not 0 < len(one) < _MOST_WAYS for one in ways):
        return None
    joint = sorted(
        (max(off for _, off in chosen), [parting for parting, _ in chosen])
        for chosen in product(*ways)
        if all(set(outer) <= set(inner) for (outer, _), (inner, _) in pairwise(chosen))
    )
    if not joint or joint[0][0] > _OFF:
        return None
    rival = _INEXACT if rows.exact and joint[0][0] <= _EXACT else _RIVAL
    if len(joint) > 1 and joint[1][0] <= rival:
        return None
    found = joint[0][1]
    at_heads = [_at_heads(rows, column) for column in columns]
    return None if not rows.centred and None not in at_heads and at_heads != found else found


def _ways(rows: Rows, column: Merged) -> Iterator[tuple[Parting, float]]:
    """All ways to part the rows among the texts of a column, and how far off the worst text is."""
    count = len(rows.heads)

    def further(text: int, start: int) -> Iterator[tuple[Parting, float]]:
        if text == len(column.texts):
            if start == count:
                yield (start,), 0.0
            return
        for end in range(start + 1, count + 1):
            off = _off(rows, column, text, (start, end))
            if off is not None:
                for rest, worst in further(text + 1, end):
                    yield (start, *rest), max(off, worst)

    for start in range(count + 1 if rows.open_top else 1):
        yield from further(0, start)


def _off(rows: Rows, column: Merged, text: int, span: tuple[int, int]) -> float | None:
    """How far a text is from the middle of some rows, in font sizes; ``None``: too far.

    A cell that the foot of the page cuts may have it at its head.
    """
    if text in column.drawn:
        return 0.0 if column.drawn[text] == span else None
    if any(first < span[1] and span[0] < last for first, last in column.drawn.values()):
        return None
    top, bottom = column.texts[text]
    head, foot = rows.sides[span[0]], rows.sides[span[1]]
    off = abs((top + bottom) / 2 - (head + foot) / 2) / rows.size
    if rows.open_bottom and span[1] == len(rows.heads) and text + 1 == len(column.texts):
        at_top = abs(top - rows.heads[span[0]]) / rows.size
        off = min(off, at_top) if at_top <= _AT_TOP else off
    return off if off <= _RIVAL else None


def _at_heads(rows: Rows, column: Merged) -> Parting | None:
    """The rows that begin at the heads of the texts; ``None`` if one stands at no such head."""
    starts = []
    for top, _ in column.texts:
        level = [at for at, y in enumerate(rows.heads) if abs(top - y) <= _AT_TOP * rows.size]
        if len(level) != 1:
            return None
        starts += level
    if starts and starts[0] and not rows.open_top:
        return None
    return (*starts, len(rows.heads))
