"""Coloured cells side by side: strips, and those of one table below one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

from pipeline.extract.pdf.lines import TextLine, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.areas import beside
from pipeline.extract.unruled.gutters import (
    WORD_GAP,
    Row,
    Span,
    ink_of,
    is_figure,
    is_lone,
    middle_of,
)
from pipeline.japanese.eras import find_years
from pipeline.model import Box

SAME = 1.5
"""Points by which the sides of cells of one column differ, at most."""

STICKS_OUT = 2.0
"""Points by which a text of a table may stand out of it."""

_OPENING, _CLOSING = "（(【「『〔［｛", "）)】」』〕］｝"
_HANGS = 0.8
"""Font sizes by which a text may stand out of its column: a hanging mark."""

_THIN = 0.08
"""Font sizes of a space between two columns whose texts all but touch, at least."""
_INDENT = 0.4
"""Font sizes behind the side of a column within which its text begins."""
_HUNG = 0.5
"""Font sizes behind a side within which the next text begins under a bracket that hangs over it."""
_SPACE = 0.2
"""Font sizes between the texts of two columns, at least."""


_COUNTED = re.compile(r"[約年]?[0-9０-９][0-9０-９,，.．]*\s*(?![ヵヶカケか箇]?[年月])[^\W\d]")
"""How a value begins that goes on in words: ４人（延べ１０８日）, 年１０８校; no year, no 5ヵ年."""
_END_OF_SENTENCE = "。"
_MARK = re.compile("[◎○〇△▲×✕●☆★]|[A-ZＡ-Ｚ][+＋-]?")
"""A mark or a grade that a summary counts."""

_OFF_CENTRE = 0.1
"""Part of the width of a column by which a heading in its middle may be off."""

_LEADING = 1.9
"""Font sizes from one line of a row to the next, at most."""

_ON = 0.3
"""Font sizes by which the figures of a row stand off its first line or its last, at most."""

_BAR = 1.2
"""Times the highest coloured row of a table that a white row of one text is high, at most."""
_BAR_INDENT = 2.5
"""Font sizes behind the left side at which such a text begins, at most."""

_NEXT_HEADING = 2.5
"""Font sizes from one line of headings to the next, at most."""


class Strip(msgspec.Struct):
    """Coloured cells that touch: a row of headings of one or more levels, or striped rows."""

    cells: list[Box]
    colour: int
    xs: list[float]

    @property
    def box(self) -> Box:
        return (
            self.xs[0],
            min(cell[1] for cell in self.cells),
            self.xs[-1],
            max(cell[3] for cell in self.cells),
        )


def strips(tiles: Sequence[tuple[Box, int]]) -> list[Strip]:
    """Coloured cells that touch and fill a box, from the top down.

    Cells of another colour than the strips are marked ones: they are of their strip, or stand on
    white ground.
    """
    usual = Counter(colour for _, colour in tiles).most_common(1)
    main = usual[0][0] if usual else 0
    groups: list[list[tuple[Box, int]]] = []
    for tile in sorted(_as_its_strip(tiles, main), key=lambda tile: (tile[0][1], tile[0][0])):
        near = [
            group
            for group in groups
            if any(colour == tile[1] and beside(box, tile[0]) for box, colour in group)
        ]
        joined = [tile]
        for group in near:
            groups.remove(group)
            joined = [*group, *joined]
        groups.append(joined)
    found = []
    for group in groups:
        strip = _strip_of(group)
        in_rows = [strip] if _is_full(strip) else map(_strip_of, _by_row(group))
        found += [strip for strip in in_rows if _is_full(strip)]
    columned = [strip for strip in found if len(strip.xs) > 2]
    kept = [s for s in found if s.colour == main or not any(_marks_in(s, o) for o in columned)]
    return sorted(kept, key=lambda strip: strip.box[1])


def _strip_of(group: Sequence[tuple[Box, int]]) -> Strip:
    cells = [box for box, _ in group]
    return Strip(cells, group[0][1], _merged([x for cell in cells for x in (cell[0], cell[2])]))


def _by_row(group: Sequence[tuple[Box, int]]) -> list[list[tuple[Box, int]]]:
    """Coloured cells by the height that they begin and end at, from the top down."""
    found: list[list[tuple[Box, int]]] = []
    for tile in sorted(group, key=lambda tile: (tile[0][1], tile[0][0])):
        for row in found:
            if _level(row[0][0], tile[0]):
                row.append(tile)
                break
        else:
            found.append([tile])
    return found


def _as_its_strip(tiles: Sequence[tuple[Box, int]], main: int) -> list[tuple[Box, int]]:
    """The coloured cells, those in one row with cells of the main colour in that colour."""
    strip = [box for box, colour in tiles if colour == main]
    return [
        (box, main if any(_in_one_row(box, other) for other in strip) else colour)
        for box, colour in tiles
    ]


def _in_one_row(box: Box, other: Box) -> bool:
    """Whether two areas stand side by side and begin and end at one height."""
    return _level(box, other) and min(abs(box[0] - other[2]), abs(box[2] - other[0])) <= SAME


def _level(box: Box, other: Box) -> bool:
    """Whether two areas begin and end at one height."""
    return abs(box[1] - other[1]) <= SAME and abs(box[3] - other[3]) <= SAME


def _marks_in(strip: Strip, other: Strip) -> bool:
    """Whether coloured cells take some columns of a strip above or below them, and not all."""
    left, right = strip.xs[0], strip.xs[-1]
    at_sides = all(any(abs(x - side) <= SAME for side in other.xs) for x in (left, right))
    return at_sides and right - left < other.xs[-1] - other.xs[0] - SAME


def _is_full(strip: Strip) -> bool:
    left, top, right, bottom = strip.box
    covered = sum((cell[2] - cell[0]) * (cell[3] - cell[1]) for cell in strip.cells)
    whole = (right - left) * (bottom - top)
    return 0.95 * whole <= covered <= 1.05 * whole


def _merged(values: Sequence[float]) -> list[float]:
    """Values without those that are nearly equal to the one before."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SAME:
            found.append(value)
    return found


def flows_of(found: Sequence[Strip]) -> list[list[Strip]]:
    """Strips of one width below one another."""
    flows: list[list[Strip]] = []
    for strip in found:
        for flow in flows:
            if (
                abs(flow[0].xs[0] - strip.xs[0]) <= SAME
                and abs(flow[0].xs[-1] - strip.xs[-1]) <= SAME
            ):
                flow.append(strip)
                break
        else:
            flows.append([strip])
    return [flow for flow in flows if any(len(strip.xs) > 2 for strip in flow)]


def chains_of(flow: Sequence[Strip], rows: Sequence[Row]) -> list[list[Strip]]:
    """The strips of each table of a flow."""
    chains: list[list[Strip]] = []
    for strip in flow:
        if chains and _goes_on(chains[-1], strip, rows):
            chains[-1].append(strip)
        else:
            chains.append([strip])
    return [kept for chain in chains if (kept := _without_bars(chain, rows))]


def _without_bars(chain: list[Strip], rows: Sequence[Row]) -> list[Strip]:
    """The strips of a table without the bars of one cell over and under it: these are captions.

    Bars between white headings and the first row are rows of the table.
    """
    columned = [number for number, strip in enumerate(chain) if len(strip.xs) > 2]
    if not columned:
        return []
    first = columned[0]
    if first and _headings_over(chain[0], chain[first].xs, rows):
        first = 0
    return chain[first : columned[-1] + 1]


def _headings_over(bar: Strip, xs: Sequence[float], rows: Sequence[Row]) -> bool:
    """Whether white headings of most columns stand right over a bar of one cell."""
    end = bar.box[1]
    filled: set[int] = set()
    for row in reversed([row for row in rows if row.middle < bar.box[1]]):
        parts = [piece for part in row.parts for piece in at_sides(part, xs[1:-1])]
        figures = any(is_figure(part.text) and not find_years(part.text) for part in parts)
        inside = all(xs[0] - 1 <= part.box[0] and part.box[2] <= xs[-1] + 1 for part in parts)
        if figures or not inside or end - row.middle > _NEXT_HEADING * row.size:
            break
        filled.update(column for part in parts for column in range(*columns_under(part, xs)))
        end = row.middle
    return len(filled) > max(2, (len(xs) - 1) // 2)


def _goes_on(chain: Sequence[Strip], strip: Strip, rows: Sequence[Row]) -> bool:
    """Whether a strip is of the table of those above it: it is no heading, and nothing parts it."""
    above = chain[-1]
    as_headings = (strip.colour == chain[0].colour) == heads(chain[0], rows)
    xs = max((*(other.xs for other in chain), strip.xs), key=len)
    finer = all(any(abs(x - other) <= SAME for other in xs) for x in (*above.xs, *strip.xs))
    if not finer or (as_headings and heads(strip, rows)):
        return False
    zone = [row for row in rows if above.box[3] < row.middle < strip.box[1]]
    lines = [
        Row(parts, row.middle, row.size)
        for row in zone
        if (parts := [part for part in row.parts if _over(part, xs)])
    ]
    inside = [part for row in lines for part in row.parts]
    if len(chain) > 1 or not heads(chain[0], rows):
        sides = (above.box[3], strip.box[1])
        if _is_bar(inside, xs) and sides[1] - sides[0] <= _BAR * _highest(chain):
            return True
        return _is_one_row(lines, sides) and all(keeps(part, xs) for part in inside)
    return all(keeps(part, xs) for part in inside) and (
        bool(inside) or strip.box[1] - above.box[3] < SAME
    )


def _is_bar(parts: Sequence[TextLine], xs: Sequence[float]) -> bool:
    """Whether a white row is one text from the left side of a table on: the name of its part."""
    if len(parts) != 1 or not is_within(parts[0], xs):
        return False
    text = parts[0]
    return text.box[0] - xs[0] <= _BAR_INDENT * text.size and not is_figure(text.text)


def _highest(chain: Sequence[Strip]) -> float:
    return max(cell[3] - cell[1] for strip in chain for cell in strip.cells)


def _is_one_row(lines: Sequence[Row], sides: Span) -> bool:
    """Whether texts between two strips are one row: its figures are half way, at its head or foot.

    At the foot only if the texts fill the space between the strips: a caption stands off.
    Figures that wrap stand in one line, half way between what they are made of.
    """
    parts = [part for line in lines for part in line.parts]
    if not parts:
        return sides[1] - sides[0] < SAME
    heights = [
        line.middle if _wraps(line) else middle_of(part.box)
        for line in lines
        for part in line.parts
        if is_figure(part.text)
    ]
    heights = [y for y in heights if sum(abs(y - other) < 1 for other in heights) > 1]
    if not heights:
        return True
    size = max(part.size for part in parts)
    if max(heights) - min(heights) > 0.5 * size:
        return False
    ats = sorted(middle_of(part.box) for part in parts)
    if any(low - high > _LEADING * size for high, low in pairwise(ats)):
        return False
    half_way = abs(heights[0] - (sides[0] + sides[1]) / 2) <= 0.6 * size
    at_head, at_foot = heights[0] - ats[0] <= _ON * size, ats[-1] - heights[0] <= _ON * size
    fills = max(ats[0] - sides[0], sides[1] - ats[-1]) <= size
    return half_way or at_head or (at_foot and fills)


def _wraps(line: Row) -> bool:
    """Whether a line is made of several that its figures wrap to."""
    heights = [middle_of(part.box) for part in line.parts]
    return max(heights) - min(heights) > 0.5 * line.size


def _lines_in(box: Box, rows: Sequence[Row]) -> list[Row]:
    """The lines in a box, less what stands beside it."""
    found = []
    for row in rows:
        parts = [
            part
            for part in row.parts
            if box[0] - 1 <= (part.box[0] + part.box[2]) / 2 <= box[2] + 1
            and box[1] <= middle_of(part.box) <= box[3]
        ]
        if parts:
            found.append(Row(parts, row.middle, row.size))
    return found


def texts_of(strip: Strip, rows: Sequence[Row]) -> list[str]:
    """The text of each cell of a strip, its letters together where they are spaced.

    One cell holds as many texts as stand well apart in it.
    """
    inside = [_lines_in(cell, rows) for cell in strip.cells]
    if len(inside) == 1 and not all(map(is_lone, inside[0])):
        return [part.text for row in inside[0] for part in row.parts]
    texts = ("".join(part.text for row in lines for part in row.parts) for lines in inside)
    return list(filter(None, texts))


def heads(strip: Strip, rows: Sequence[Row]) -> bool:
    """Whether the texts of a strip are words and years, not figures or signs for them.

    Different marks in several cells (◎, ○, △; A, B+) are headings of what a summary counts.
    Under white headings, or with a sentence in it, it is a row of words.  Of a first row of several
    cells it is told by these: a striped row of the same colour may touch it.
    """
    first = [cell for cell in strip.cells if cell[1] - strip.box[1] < 1]
    texts = texts_of(msgspec.structs.replace(strip, cells=first) if len(first) > 1 else strip, rows)
    if any(_END_OF_SENTENCE in text for text in texts):
        return False
    marks = [text for text in texts if _MARK.fullmatch(text)]
    several = marks if len(set(marks)) == len(marks) > 1 else []
    figures = [
        text
        for text in texts
        if not find_years(text)
        and (_COUNTED.match(text) or is_figure(text))
        and text not in several
    ]
    return len(texts) > 1 and len(figures) < 2 and not _is_headed(strip, rows)


def _is_headed(strip: Strip, rows: Sequence[Row]) -> bool:
    """Whether one text over each column of a strip, in its middle, is a white heading.

    White rows with a text in each column may stand between.
    """
    end = strip.box[1]
    farthest = 1.0
    for row in reversed([row for row in rows if row.middle < end]):
        if end - row.bottom > farthest * row.size:
            return False
        if is_centred(row, strip.xs):
            return True
        filled = {columns_under(part, strip.xs) for part in row.parts}
        if filled != {(column, column + 1) for column in range(len(strip.xs) - 1)}:
            return False
        end, farthest = row.top, _NEXT_HEADING - 1
    return False


def ends_sentence(row: Row) -> bool:
    """Whether a sentence ends in a line: no heading does."""
    return any(_END_OF_SENTENCE in part.text for part in row.parts)


def is_centred(row: Row, xs: Sequence[float]) -> bool:
    """Whether a line has one text in the middle of each column, and no digits."""
    sides = list(pairwise(xs))
    return len(row.parts) == len(sides) > 1 and all(
        left < part.box[0]
        and part.box[2] < right
        and abs(part.box[0] + part.box[2] - left - right) <= 2 * _OFF_CENTRE * (right - left)
        and not any(map(str.isdigit, part.text))
        for part, (left, right) in zip(row.parts, sides, strict=True)
    )


def _over(part: TextLine, xs: Sequence[float]) -> bool:
    """Whether a text stands within the width of a table, at least with a part of it."""
    return part.box[0] < xs[-1] and xs[0] < part.box[2]


def is_within(part: TextLine, xs: Sequence[float]) -> bool:
    """Whether a text stands out of a table by little; the empty half of a bracket may do more."""
    left, right = ink_of(part)
    return xs[0] - STICKS_OUT <= left and right <= xs[-1] + STICKS_OUT


def keeps(part: TextLine, xs: Sequence[float]) -> bool:
    """Whether a text keeps to the columns, or its glyphs part where a column ends."""
    if not is_within(part, xs):
        return False
    for piece in at_sides(part, xs[1:-1]):
        first, last = columns_under(piece, xs)
        if last - first > 1:
            return False
    return True


def columns_under(part: TextLine, xs: Sequence[float]) -> tuple[int, int]:
    """The columns that a text covers: the first and the one after the last.

    A text that stands out of its column by little (a hanging mark) is in that alone.
    """
    middle = (part.box[0] + part.box[2]) / 2
    column = max(0, min(len(xs) - 2, sum(x <= middle for x in xs) - 1))
    covered = [
        at
        for at, (left, right) in enumerate(pairwise(xs))
        if min(part.box[2], right) - max(part.box[0], left) > _HANGS * part.size
    ]
    first, last = min([column, *covered]), max([column, *covered])
    return first, last + 1


def meet(glyph: Glyph, after: Glyph) -> float:
    """The space that brackets make between two letters: ``）（`` as much as a letter."""
    return glyph.run.size if glyph.text in _CLOSING and after.text in _OPENING else 0.0


def _behind_hung(glyphs: Sequence[Glyph], x: float) -> list[float]:
    """Where a text goes on behind a closing bracket that hangs over the side of a column."""
    return [
        (glyph.x1 + after.x0) / 2
        for glyph, after in pairwise(glyphs)
        if glyph.text in _CLOSING
        and glyph.x0 < x < glyph.x1
        and 0 < after.x0 - x <= _HUNG * after.run.size
    ]


def at_sides(part: TextLine, xs: Sequence[float]) -> list[TextLine]:
    """A text parted where the side of a column runs through the widest space near it.

    Where the brackets of two columns meet （令和5年度）（令和7年度）, they are parted without one,
    and by a thin one right behind the side if the text has no other near.  A closing bracket that
    hangs over the side ends the text of its column.
    """
    glyphs = sorted(part.glyphs, key=lambda glyph: glyph.x0)
    usual = median([after.x0 - glyph.x1 for glyph, after in pairwise(glyphs)] or [0.0])
    cuts: list[float] = []
    for x in xs:
        if not part.box[0] < x < part.box[2]:
            continue
        spaces = [
            (after.x0 - glyph.x1 + meet(glyph, after), (after.x0 + glyph.x1) / 2)
            for glyph, after in pairwise(glyphs)
            if abs((after.x0 + glyph.x1) / 2 - x) <= _HANGS * part.size or glyph.x1 <= x <= after.x0
        ]
        widest = max(spaces, default=(0.0, x))
        at_side = [at for space, at in spaces if space > usual + _THIN * part.size]
        if widest[0] > _SPACE * part.size:
            cuts.append(widest[1])
        elif hung := _behind_hung(glyphs, x):
            cuts.extend(hung)
        elif len(at_side) == 1 and 0 <= at_side[0] - x <= _INDENT * part.size:
            cuts.append(at_side[0])
    if not cuts:
        return [part]
    shares: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        shares.setdefault(sum(x <= (glyph.x0 + glyph.x1) / 2 for x in cuts), []).append(glyph)
    return [line for _, share in sorted(shares.items()) for line in lines_of(share, split=WORD_GAP)]
