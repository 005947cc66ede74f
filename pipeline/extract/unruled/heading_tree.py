"""Headings of several levels and lines over known columns: which text is over which columns.

Lines of one heading stand closely one under the other; a heading with others below it is over
their columns, and one with none below it is over its own.  Short rules tell how far a heading
reaches; else it stands in the middle of its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.found import FoundCell
from pipeline.extract.unruled.gutters import Span, is_figure, middle_of
from pipeline.japanese.eras import find_years

_STEP = 1.45
"""Font sizes from one line of a heading to the next, at most."""
_IN_LINE = 0.35
"""Font sizes by which texts of one line differ in height, at most."""
_ALIGNED = 0.4
"""Font sizes by which lines of one heading differ at their left, middle or right, at most."""
_BARE = 0.5
"""What a column without a heading over it costs, in font sizes off the middle."""
_OFF = 1.5
"""Font sizes that a heading may stand off the middle of its columns."""
_STUB = 2.0
"""Font sizes behind the left edge of the names up to which their heading begins."""
_FAR = 4.0
"""Font sizes between a heading and the texts of its column, at most."""
_MIXED = 1.5
"""What years and words side by side under one heading cost, in font sizes off the middle."""
_EXACT = 0.3
"""Font sizes off the middle of the table at which a text is no line of the heading over it."""
_FEW_LETTERS = 3
"""Letters of a unit in a line by itself, at most."""
_RULE_END = 3.0
"""Points by which a short rule may end before the middle of the last column under it."""


class Block(msgspec.Struct):
    """The lines of one heading, and the columns it is over."""

    parts: list[TextLine]
    run: tuple[int, int] | None = None
    row: int = 0

    @property
    def left(self) -> float:
        return min(part.box[0] for part in self.parts)

    @property
    def right(self) -> float:
        return max(part.box[2] for part in self.parts)

    @property
    def top(self) -> float:
        return middle_of(self.parts[0].box)

    @property
    def foot(self) -> float:
        return middle_of(self.parts[-1].box)

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        return max(part.size for part in self.parts)


def tree_of(
    parts: Sequence[TextLine], xs: Sequence[float], body: Sequence[Span], rules: Sequence[Edge]
) -> tuple[list[FoundCell], int] | None:
    """The cells of headings and how many rows they make; ``None`` if they do not tell.

    ``body``: from where to where the texts under the headings reach in each column.
    """
    columns = len(xs) - 1
    found = _blocks(parts, rules)
    if any(block.left < xs[1] - block.size and xs[1] < block.right for block in found):
        return None
    unit = _unit_row(found, xs)
    if unit is not None:
        found.remove(unit)
    leaves = [block for block in found if not _is_over_others(block, found, xs)]
    if not _place(leaves, xs, body):
        return None
    rest = [block for block in found if block.run is None]
    while rest:
        lowest = max(block.foot for block in rest)
        level = [block for block in rest if lowest - block.foot <= _IN_LINE * block.size]
        if not _spread(level, found, xs, body, rules):
            return None
        rest = [block for block in rest if block.run is None]
    return _cells(found, unit, columns)


def _blocks(parts: Sequence[TextLine], rules: Sequence[Edge]) -> list[Block]:
    """The headings: lines that stand closely one under the other, with no rule between."""
    found: list[Block] = []
    ordered = sorted(parts, key=lambda part: middle_of(part.box))
    for part in ordered:
        over = [block for block in found if _goes_on(block, part, ordered, rules)]
        if over:
            max(over, key=lambda block: block.foot).parts.append(part)
        else:
            found.append(Block([part]))
    return found


def _goes_on(
    block: Block,
    part: TextLine,
    parts: Sequence[TextLine],
    rules: Sequence[Edge],
) -> bool:
    """Whether a text is the next line of a heading."""
    last, size = block.parts[-1], max(part.size, block.size)
    step = middle_of(part.box) - middle_of(last.box)
    if not 0.7 * size <= step <= _STEP * size or not _overlap(block, part):
        return False
    offs = (
        part.box[0] - block.left,
        part.box[2] - block.right,
        (part.box[0] + part.box[2]) / 2 - block.centre,
    )
    if min(map(abs, offs)) > _ALIGNED * size or _rule_between(last, part, rules):
        return False
    level = [p for p in parts if abs(middle_of(p.box) - middle_of(part.box)) <= _IN_LINE * size]
    under = [p for p in level if p is not part and _overlap(block, p)]
    first = block.parts[0]
    beside = [p for p in parts if abs(middle_of(p.box) - middle_of(first.box)) <= _IN_LINE * size]
    unit = _is_short(part.text) and 2 * len(level) < len(beside)
    return not (under or unit or _is_first_of_years(block, part, level, parts))


def _is_short(text: str) -> bool:
    """Whether a text is like a unit: in brackets, or a few letters."""
    return text[:1] in "(（" or sum(map(str.isalpha, text)) <= _FEW_LETTERS


def _is_first_of_years(
    block: Block, part: TextLine, level: Sequence[TextLine], parts: Sequence[TextLine]
) -> bool:
    """Whether a line of years stands below a heading of words that is over several of them.

    Under a heading each they are its second line.
    """
    years = [p for p in level if find_years(p.text) and p.text[:1].isdigit() and is_figure(p.text)]
    words = not any(map(str.isdigit, "".join(p.text for p in block.parts)))
    if not words or part not in years:
        return False
    above = [p for p in parts if abs(middle_of(p.box) - block.foot) <= _IN_LINE * block.size]
    return any(not any(_overlap(Block([p]), year) for p in above) for year in years)


def _overlap(block: Block, part: TextLine) -> bool:
    return min(block.right, part.box[2]) - max(block.left, part.box[0]) > 0.1 * part.size


def _rule_between(upper: TextLine, lower: TextLine, rules: Sequence[Edge]) -> bool:
    high, low = middle_of(upper.box), middle_of(lower.box)
    return any(
        high < rule.at < low and rule.start < upper.box[2] and upper.box[0] < rule.end
        for rule in rules
    )


def _unit_row(found: Sequence[Block], xs: Sequence[float]) -> Block | None:
    """The one heading below all others that lies in the middle over several columns."""
    last = max(found, key=lambda block: block.foot)
    others = [block for block in found if block is not last]
    if len(xs) < 4 or not others or max(block.foot for block in others) >= last.top:
        return None
    sides = (min(b.left for b in found if b.left >= xs[1] - b.size), max(b.right for b in others))
    crosses = sum(last.left < x < last.right for x in xs[1:-1])
    off = min(
        abs(last.centre - (start + end) / 2)
        for start, end in (sides, (xs[1], xs[-1]), (xs[0], xs[-1]))
    )
    sure = crosses or last.parts[0].text[:1] in "(（" or off <= _EXACT * last.size
    return last if sure and off <= _OFF * last.size else None


def _is_over_others(block: Block, found: Sequence[Block], xs: Sequence[float]) -> bool:
    """Whether a heading has others below it: they overlap, or stand in the column of its middle."""
    column = next((at for at in pairwise(xs) if at[0] <= block.centre < at[1]), (0.0, 0.0))
    return any(
        min(block.right, other.right) - max(block.left, other.left) > -0.5 * block.size
        or column[0] <= other.centre < column[1]
        for other in found
        if other is not block and other.top > block.foot + _IN_LINE * block.size
    )


def _place(leaves: Sequence[Block], xs: Sequence[float], body: Sequence[Span]) -> bool:
    """Give each lowest heading a column of its own, in order and as near to its texts as can be.

    ``ways[c]``: the cost of the headings so far when the last is over a column before ``c``.
    """
    ordered = sorted(leaves, key=lambda block: block.left)
    columns = len(body)
    ways: list[tuple[float, list[int]]] = [(0.0, [])] * (columns + 1)
    for block in ordered:
        following: list[tuple[float, list[int]]] = [(float("inf"), [])]
        for column in range(columns):
            before, places = ways[column]
            cost = before + _away(block, column, xs, body)
            following.append(min(following[column], (cost, [*places, column])))
        ways = following
    cost, places = ways[columns]
    if cost == float("inf"):
        return False
    for block, column in zip(ordered, places, strict=True):
        block.run = (column, column + 1)
    return True


def _away(block: Block, column: int, xs: Sequence[float], body: Sequence[Span]) -> float:
    """How far a heading is from a column, in points; infinite if it is elsewhere."""
    left, right = body[column]
    apart = max(0.0, block.left - right, left - block.right)
    middle = abs(block.centre - (left + right) / 2)
    edges = min(abs(block.left - left), abs(block.right - right), middle)
    if column == 0 and block.left > left + _STUB * block.size and edges > _ALIGNED * block.size:
        apart += _STUB * block.size
    inside = min(block.right, xs[column + 1]) - max(block.left, xs[column])
    if inside <= 0 and apart > _FAR * block.size:
        return float("inf")
    return apart + 0.3 * edges


def _spread(
    level: Sequence[Block],
    found: Sequence[Block],
    xs: Sequence[float],
    body: Sequence[Span],
    rules: Sequence[Edge],
) -> bool:
    """Give the headings of one level their columns; ``False`` if there is no good way."""
    ordered = sorted(level, key=lambda block: block.left)
    done = [block for block in found if block.run is not None]
    extents = _extents(done, body)
    start = 0
    for number, block in enumerate(ordered):
        ruled = _by_rule(block, found, rules, extents)
        if ruled is not None:
            block.run = ruled
            start = ruled[1]
            continue
        end = len(body)
        following = ordered[number + 1 :]
        if following:
            middle = following[0].centre
            end = max(c for c in range(len(body)) if xs[c] <= middle)
            end = max(end, start + 1)
        run = _best_run(block, (start, end), extents, xs, done)
        if run is None:
            return False
        block.run = run
        start = run[1]
    return True


def _best_run(
    block: Block,
    limits: tuple[int, int],
    extents: Sequence[Span],
    xs: Sequence[float],
    done: Sequence[Block],
) -> tuple[int, int] | None:
    """The columns with headings below this one in whose middle it stands best."""
    free = {
        column
        for other in done
        if other.run and other.top > block.foot
        for column in range(*other.run)
    }
    years = {
        column
        for other in done
        if other.run and other.top > block.foot and any(find_years(p.text) for p in other.parts)
        for column in range(*other.run)
    }
    heights = _heights(done)
    ways = []
    for first in range(max(limits[0], int(block.left >= xs[1] - block.size)), limits[1]):
        for last in range(first + 1, limits[1] + 1):
            if not set(range(first, last)) <= free or _cuts(first, last, done):
                continue
            low, high = extents[first][0], extents[last - 1][1]
            off = min(
                abs(block.centre - (low + high) / 2),
                abs(block.centre - (xs[first] + xs[last]) / 2),
            )
            outside = max(0.0, low - block.left) + max(0.0, block.right - high)
            if last - first == 1:
                off += _BARE * block.size
            if 0 < len(years & set(range(first, last))) < last - first:
                off += _MIXED * block.size
            cost = off + 0.3 * outside + 0.05 * block.size * (last - first)
            left_out = _left_out((first, last), limits, heights, len(extents), block.size)
            ways.append((cost + _BARE * block.size * left_out, cost, (first, last)))
    if not ways:
        return None
    _, cost, run = min(ways)
    return run if cost <= _OFF * block.size else None


def _heights(done: Sequence[Block]) -> dict[int, float]:
    """How high the headings of one column and one line stand, by their columns."""
    return {
        block.run[0]: middle_of(block.parts[0].box)
        for block in done
        if block.run is not None and block.run[1] - block.run[0] == 1 and len(block.parts) == 1
    }


def _left_out(
    run: tuple[int, int],
    limits: tuple[int, int],
    heights: dict[int, float],
    columns: int,
    size: float,
) -> int:
    """How many columns beside a run have headings as low as those in it, where others stand higher.

    Those over both levels stand in the middle of their height.  Columns on a side where another
    heading of the level follows are its own.
    """
    low = max((heights[at] for at in range(*run) if at in heights), default=0.0)
    if not any(low - at > _IN_LINE * size for at in heights.values()):
        return 0
    sides = [range(run[0] - 1, -1, -1)] if limits[0] == 0 else []
    sides += [range(run[1], columns)] if limits[1] == columns else []
    count = 0
    for side in sides:
        for column in side:
            if column not in heights or abs(heights[column] - low) > _IN_LINE * size:
                break
            count += 1
    return count


def _cuts(first: int, last: int, done: Sequence[Block]) -> bool:
    """Whether columns end within a heading over several."""
    return any(
        block.run is not None
        and (block.run[0] < first < block.run[1] or block.run[0] < last < block.run[1])
        for block in done
    )


def _extents(done: Sequence[Block], body: Sequence[Span]) -> list[Span]:
    """From where to where each column reaches, with its headings of one column."""
    extents = list(body)
    for block in done:
        if block.run is not None and block.run[1] - block.run[0] == 1:
            left, right = extents[block.run[0]]
            extents[block.run[0]] = (min(left, block.left), max(right, block.right))
    return extents


def _by_rule(
    block: Block, found: Sequence[Block], rules: Sequence[Edge], extents: Sequence[Span]
) -> tuple[int, int] | None:
    """The columns over a rule right below a heading, over which no other heading stands."""
    under = [
        rule
        for rule in rules
        if block.foot < rule.at <= block.foot + 2.2 * block.size
        and rule.start - _RULE_END <= block.centre <= rule.end + _RULE_END
        and not any(
            rule.start <= other.centre <= rule.end
            for other in found
            if other is not block and block.top <= other.foot + _IN_LINE * other.size < rule.at
        )
    ]
    if not under:
        return None
    rule = min(under, key=lambda rule: rule.at)
    columns = [
        column
        for column, (left, right) in enumerate(extents)
        if rule.start - _RULE_END <= (left + right) / 2 <= rule.end + _RULE_END
    ]
    return (columns[0], columns[-1] + 1) if columns else None


def _cells(
    found: Sequence[Block], unit: Block | None, columns: int
) -> tuple[list[FoundCell], int] | None:
    """The cells: each heading below those over its columns, the lowest down to the foot."""
    depth = [0] * columns
    for block in sorted(found, key=lambda block: (block.top, block.left)):
        first, last = block.run or (0, 0)
        block.row = max(depth[first:last], default=0)
        for column in range(first, last):
            depth[column] = block.row + 1
    rows = max(depth, default=0)
    cells: list[FoundCell] = []
    taken: set[tuple[int, int]] = set()
    for block in found:
        first, last = block.run or (0, 0)
        lower = [
            other.row
            for other in found
            if other.run and other.row > block.row and other.run[0] < last and first < other.run[1]
        ]
        end = min(lower, default=rows)
        places = {(row, c) for row in range(block.row, end) for c in range(first, last)}
        if places & taken:
            return None
        taken |= places
        glyphs = [glyph for part in block.parts for glyph in part.glyphs]
        cells.append(FoundCell(block.row, first, end, last, glyphs))
    if unit is not None:
        glyphs = [glyph for part in unit.parts for glyph in part.glyphs]
        cells += [
            FoundCell(rows, 0, rows + 1, 1, []),
            FoundCell(rows, 1, rows + 1, columns, glyphs),
        ]
        taken |= {(rows, column) for column in range(columns)}
        rows += 1
    cells += [
        FoundCell(row, column, row + 1, column + 1, [])
        for row in range(rows)
        for column in range(columns)
        if (row, column) not in taken
    ]
    return sorted(cells, key=lambda cell: (cell.top, cell.left)), rows
