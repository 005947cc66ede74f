"""Columns at the left whose cells are merged over rows, where nothing is ruled between them.

The name of a goal stands half way down its rows, between their lines: among these it makes rows of
its own and hides where the others end.  So the texts of such columns are taken out, and the table
is read without them; :mod:`.merged_beside` puts each beside the rows that it is for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.unruled.figure_rows import WRAPS, headings_over, tables_of
from pipeline.extract.unruled.found import Before
from pipeline.extract.unruled.gutters import Row, Span, ink_of, middle_of
from pipeline.extract.unruled.wrapped import with_wrapped_figures
from pipeline.model import Box

_FEWEST_ROWS = 2
"""Lines of figures, at least, of which some have no text in a column."""
_BESIDE = 1.0
"""Font sizes between a line of figures and a text of its row, at most."""
_ALIGNED = 0.6
"""Share of the lines that begin a text at the end of a thin gap, at least."""
_THIN = 0.25
"""Share of a usual gap that it is wide, at least."""
_GUTTER = 0.4
"""Font sizes between two columns, at least."""
_AROUND = 2.5
"""Font sizes above the first and below the last line of figures to where their rows may reach."""
_ROOM = 0.5
"""Font sizes by which the middle of a text may stand before that of the first row it is for."""
_LEADING = 1.9
"""Font sizes from one line of a cell to the next, at most."""
_SLACK = 1.12
"""Times the closest way between two lines of a column that those of one cell stand apart."""
_STEP = 0.9
"""Font sizes from one line to the next, at least."""
_HEADINGS = 3.2
"""Font sizes from one line of headings to the next, and to the first row, at most."""
_HIGHER = 1.2
"""Times the farthest way between two rows that the headings stand over the first, at most."""
_FEW_LINES = 2
"""Lines above or below a table that takes up its page, at most."""
_NUMBER = re.compile(
    r"(?P<before>[(【\[<〈《「]?[^\W\d_]{0,6}?)\s*(?:[0-9]{1,2}|[IVX]{1,4}(?![A-Za-z]))(?:[-.][0-9]{1,2})*"
    r"(?P<after>[)】\]>〉》」.:、章節編部]|\s)"
)
"""How a goal or policy begins that has a number."""


class Block(msgspec.Struct):
    """The lines of one text of a column."""

    lines: list[TextLine]

    @property
    def middle(self) -> float:
        return (middle_of(self.lines[0].box) + middle_of(self.lines[-1].box)) / 2

    @property
    def reach(self) -> Span:
        """From where to where it reaches, by the middles of its lines and the size of its font."""
        half = self.lines[0].size / 2
        return (middle_of(self.lines[0].box) - half, middle_of(self.lines[-1].box) + half)

    @property
    def glyphs(self) -> list[Glyph]:
        return [glyph for line in self.lines for glyph in line.glyphs]


class Column(msgspec.Struct):
    """A merged column: its sides, what heads it, and its texts from the top down."""

    sides: Span
    heading: Block | None
    texts: list[Block]


class Left(msgspec.Struct):
    """The merged columns of one table.

    ``rows``: the heights of its lines of figures; ``headings``: from where to where its headings
    reach; ``open_top`` and ``open_bottom``: it may go on from and to another page.  ``xs``: the
    sides of its other columns, where the page before shows them; ``centred``: so it does that texts
    stand half way down.
    """

    columns: list[Column]
    rows: list[float]
    headings: Span | None
    size: float
    open_top: bool
    open_bottom: bool
    xs: tuple[float, ...] = ()
    centred: bool = False

    @property
    def right(self) -> float:
        return self.columns[-1].sides[1]

    def is_beside(self, ys: Sequence[float]) -> bool:
        """Whether rows of a table that stand at these sides are all of this one, with headings."""
        heights = [*self.rows, *([self.headings[1]] if self.headings else [])]
        return all(ys[0] < at < ys[-1] for at in heights)

    def is_of(self, xs: Sequence[float], ys: Sequence[float]) -> bool:
        """Whether a table with these sides is the one that the columns were taken from."""
        return self.is_beside(ys) and xs[0] >= self.right - self.size

    def holds(self, tile: Box) -> bool:
        """Whether a coloured area is a cell of these columns."""
        inside = self.columns[0].sides[0] - self.size < (tile[0] + tile[2]) / 2 < self.right
        top = self.rows[0] if self.headings is None else self.headings[0]
        return inside and tile[1] < self.rows[-1] and top < tile[3]

    @property
    def glyphs(self) -> list[Glyph]:
        blocks = [
            block
            for column in self.columns
            for block in (column.heading, *column.texts)
            if block is not None
        ]
        return [glyph for block in blocks for glyph in block.glyphs]


def merged_columns(rows: Sequence[Row], before: Before) -> list[Left]:
    """The merged columns of the tables on a page."""
    found = []
    rows = with_wrapped_figures(rows)
    for block in tables_of(rows):
        left = _going_on(rows, block, before) or _left_of(rows, block, before)
        if left is not None:
            found.append(left)
    return found


def _left_of(rows: Sequence[Row], block: Sequence[int], before: Before) -> Left | None:
    """The merged columns left of a table, given by its lines of figures; ``None``: it has none.

    Each is headed, or the table has no headings and goes on from the page before.
    """
    anchors = [rows[number] for number in block]
    size = median(row.size for row in anchors)
    body = rows[block[0] : block[-1] + 1]
    ends = anchors[0].middle - _AROUND * size, anchors[-1].middle + _AROUND * size
    edges = _gutters(body, [row for row in rows if ends[0] < row.middle < ends[1]], _GUTTER * size)
    start = min(part.box[0] for row in body for part in row.parts) - _ROOM * size
    sides: list[Span] = []
    for end in edges:
        if _is_beside_all(_inside(body, (start, end)), anchors, size):
            break
        sides.append((start, end))
        start = end
    if not sides or len(sides) > len(edges) - 1 or len(block) < _FEWEST_ROWS:
        return None
    left = _taken(rows, block, [*sides, *pairwise([start, *edges[len(sides) :]])], len(sides))
    if left is None or not any(column.texts for column in left.columns):
        return None
    left.open_top = bool(before.xs) and left.open_top
    headed = all(column.heading for column in left.columns) if left.headings else left.open_top
    return left if headed else None


def _going_on(rows: Sequence[Row], block: Sequence[int], before: Before) -> Left | None:
    """The same of a table that goes on from the page before, of which its columns are known.

    It stands at the head of its page, keeps to those columns and has all their headings, or none.
    """
    if not before.merged:
        return None
    sides = list(pairwise(before.xs))
    left = _taken(rows, block, sides, before.merged)
    if left is None or not left.open_top:
        return None
    parts = [part for number in block for part in rows[number].parts]
    if not all(any(_stands_in(part, side) for side in sides) for part in parts):
        return None
    if left.headings and not all(column.heading for column in left.columns):
        return None
    left.xs, left.centred = before.xs[before.merged :], before.centred
    return left


def _taken(
    rows: Sequence[Row], block: Sequence[int], sides: Sequence[Span], count: int
) -> Left | None:
    """The texts of the first ``count`` columns of a table; ``None``: they are no such cells."""
    anchors = [rows[number] for number in block]
    size = median(row.size for row in anchors)
    pitch = max((low.middle - high.middle for high, low in pairwise(anchors)), default=0.0)
    farthest = max(_HEADINGS * size, _HIGHER * pitch)
    headings = headings_over(rows, block[0], sides[count - 1][1], farthest)
    step = _closest(rows[block[0] : block[-1] + 1], sides, size)
    top, bottom = anchors[0].middle - _ROOM * size, anchors[-1].middle + _ROOM * size
    columns = []
    for side in sides[:count]:
        texts = [part for row in rows for part in row.parts if _stands_in(part, side)]
        blocks = _blocks(texts, step)
        over = [one for one in blocks if headings and headings[0] <= one.middle <= headings[1]]
        if len(over) > 1:
            return None
        kept = [one for one in blocks if top <= one.middle <= bottom]
        columns.append(Column(side, over[0] if over else None, kept))
    first = headings[0] if headings else top
    return Left(
        columns,
        [row.middle for row in anchors],
        headings,
        size,
        sum(row.middle < first - size for row in rows) <= _FEW_LINES,
        sum(row.middle > bottom + size for row in rows) <= _FEW_LINES,
    )


def _gutters(body: Sequence[Row], around: Sequence[Row], narrowest: float) -> list[float]:
    """The middles of the gaps that no text covers; the empty half of a bracket covers nothing.

    One before texts that all begin at its end may be as narrow as a thin space.
    ``around``: further lines, whose texts may reach into a gap.
    """
    spans = sorted(ink_of(part) for row in body for part in row.parts)
    gaps: list[Span] = []
    reach = spans[0][1]
    begun = Counter(round(start) for start, _ in spans)
    for start, end in spans[1:]:
        aligned = begun[round(start)] >= _ALIGNED * len(body)
        if start - reach >= (_THIN * narrowest if aligned else narrowest):
            gaps.append((reach, start))
        reach = max(reach, end)
    further = [ink_of(part) for row in around for part in row.parts]
    found: list[float] = []
    for low, high in gaps:
        left = max([low, *(end for start, end in further if start < low < end < high)])
        right = min([high, *(start for start, end in further if left < start < high < end)])
        found.append((left + right) / 2)
    return found


def _inside(rows: Sequence[Row], side: Span) -> list[TextLine]:
    return [
        part
        for row in rows
        for part in row.parts
        if side[0] < (part.box[0] + part.box[2]) / 2 < side[1]
    ]


def _stands_in(part: TextLine, side: Span) -> bool:
    left, right = ink_of(part)
    return side[0] <= left and right <= side[1]


def _is_beside_all(texts: Sequence[TextLine], anchors: Sequence[Row], size: float) -> bool:
    """Whether a column has a text for each row of figures, as names and numbers have."""
    heights = [middle_of(part.box) for part in texts]
    return all(
        any(abs(height - row.middle) <= _BESIDE * size for height in heights) for row in anchors
    )


def _closest(rows: Sequence[Row], sides: Sequence[Span], size: float) -> float:
    """The closest way from one line of a column to the next: that within a cell."""
    steps = [
        below - above
        for side in sides
        for above, below in pairwise(sorted(middle_of(p.box) for p in _inside(rows, side)))
        if below - above >= _STEP * size
    ]
    return min([_LEADING * size, *steps])


def _blocks(texts: Sequence[TextLine], step: float) -> list[Block]:
    """Lines of a column as texts: those that follow as closely as lines of a cell do.

    A line with a number of its own begins a text, where the first one has a number.
    """
    found: list[Block] = []
    for part in sorted(texts, key=lambda part: middle_of(part.box)):
        above = found[-1].lines if found else []
        near = above and middle_of(part.box) - middle_of(above[-1].box) <= _SLACK * step
        mark = _mark(part.text)
        begins = above and mark is not None and mark == _mark(above[0].text)
        if near and not begins:
            above.append(part)
        else:
            found.append(Block([part]))
    return found


def _mark(text: str) -> str | None:
    """What stands around the number that a text begins with (``【基本目標＃】``), if it has one."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", text))
    return found and f"{found['before']}#{found['after']}"


def rest_of(left: Left, rows: Sequence[Row]) -> list[Row]:
    """The lines of a table right of its merged columns, with its headings.

    ``rows``: the lines of the page without the texts of these.  Above the first line of figures,
    where no headings are, and below the last those count that follow closely.
    """
    inner = [at for at, row in enumerate(rows) if left.rows[0] <= row.middle <= left.rows[-1]]
    if not inner:
        return []
    first, last = inner[0], inner[-1]
    if left.headings:
        first = min(at for at, row in enumerate(rows) if row.middle >= left.headings[0])
    else:
        while first and _follows(left, rows[first - 1], rows[first]):
            first -= 1
    while last + 1 < len(rows) and _follows(left, rows[last], rows[last + 1]):
        last += 1
    return list(rows[first : last + 1])


def _follows(left: Left, above: Row, below: Row) -> bool:
    """Whether two lines may be of one row of a table, of which one is."""
    near = below.middle - above.middle <= WRAPS * left.size
    return near and all(
        part.box[0] >= left.right - left.size for part in (*above.parts, *below.parts)
    )
