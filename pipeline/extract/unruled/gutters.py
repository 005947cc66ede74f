"""Texts of a page in lines across its width, and the gutters between them.

The tools for tables without ruled columns: gaps that no text covers are the boundaries of columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

import msgspec

from pipeline.extract.pdf.lines import (
    BLANKS,
    FEWEST_LEADERS,
    LEADERS,
    NARROW_GAP,
    TextLine,
    drawn_apart,
    is_wide,
    lines_of,
)
from pipeline.extract.pdf.primitives import Glyph
from pipeline.japanese.characters import BEGIN_NO_LINE
from pipeline.japanese.eras import find_years
from pipeline.model import Box

WORD_GAP = 0.45
"""Font sizes between two texts of one line that may be of two columns."""

COLUMN_GAP = 0.75
"""Font sizes between two texts of one line that are likely to be of two columns."""

_END = 2.0
"""Points between the end of a rule that parts columns and the gutter it lies in, at most."""

_AT_SIDE = 0.5
"""Points between the end of a text and the side of the gutter that it reaches to, at most."""

_NEAR = 2.0
"""Font sizes between the number of a caption and its text, at most."""

_FEWEST_LED = 3
"""Lines with leaders that end at one place, at least."""
_SHORTEST_LEADER = 3
"""Dots of a leader that touches its name, at least."""
_DOT_STEP = 1.2
"""Font sizes between dots of a leader, at most."""
_SAME_END = 1.5
"""Points between the ends of leaders of one table, at most."""

_FEWEST_STARTS = 3
"""Texts that begin at one place behind a gap, at least, where those of a column do."""
_SAME_START = 0.5
"""Points between the places where the texts of a column begin, at most."""

_STEP = 0.05
"""Font sizes by which the place of a letter behind another may vary."""
_QUARTER = 0.25

_DOTS = frozenset(LEADERS)
_OVERHANG = 0.1
"""Points by which a letter may reach over a dot."""

_MOST_LINES = 4
"""Lines of a heading, at most."""

_NUMBER = 8
"""Characters of the number before a caption, at most."""

_NUMBERS = re.compile(r"(?:No|№|#)[.．]?", re.IGNORECASE)
"""What stands over a column of numbers."""
_UNIT = re.compile(r"[(（]\s*[%％‰]\s*[)）]|(?:t-)?CO[2₂]|k?m[23²³]", re.IGNORECASE)
"""A unit by itself: one in brackets, or one with a digit on a line of its own."""

BRACKETS = "（）【】「」『』〔〕［］｛｝"
"""Brackets as wide as a letter, one half of which is empty."""

Span = tuple[float, float]


_OTHER_LINE = 0.4
"""Font sizes from the middle of a row to that of a text in another line of it, at least."""


class Row(msgspec.Struct):
    """Texts that stand on one line, left to right."""

    parts: list[TextLine]
    middle: float
    size: float

    @property
    def columns(self) -> int:
        """How many texts of the line stand well apart."""
        return 1 + sum(
            second.box[0] - first.box[2] >= COLUMN_GAP * self.size
            or (
                second.box[0] - first.box[2] > NARROW_GAP * self.size
                and drawn_apart(first.glyphs[-1], second.glyphs[0])
            )
            for first, second in pairwise(_seen(self.parts))
        )

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(part.box[1] for part in self.parts)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(part.box[3] for part in self.parts)


def _seen(parts: Sequence[TextLine]) -> list[TextLine]:
    """Texts that are no dots."""
    return [part for part in parts if part.text[:1] not in _DOTS or not is_dots(part.text)]


def is_lone(row: Row) -> bool:
    """Whether a line is one text, but for the number before it."""
    first, second = row.parts[0], row.parts[-1]
    near = len(row.parts) == 2 and second.box[0] - first.box[2] <= _NEAR * row.size
    return row.columns == 1 or (near and len(first.text) <= _NUMBER)


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """Texts of a page grouped into lines that run over its whole width."""
    parts = [line for line in lines_of(glyphs, split=WORD_GAP) if not line.ruby]
    parts.sort(key=lambda part: middle_of(part.box))
    rows: list[Row] = []
    for part in parts:
        middle = middle_of(part.box)
        if rows and middle - rows[-1].middle < 0.35 * min(rows[-1].size, part.size):
            rows[-1].parts.append(part)
        else:
            rows.append(Row([part], middle, part.size))
    for row in rows:
        row.parts.sort(key=lambda part: part.box[0])
        row.size = max(part.size for part in row.parts)
    if sum(part.text[-1:] in LEADERS for part in parts) >= _FEWEST_LED:
        _part_leaders(rows)
    _part_touching(rows)
    return rows


def _part_touching(rows: Sequence[Row]) -> None:
    """Keep texts clear of the next column, into which they run or nearly do.

    What begins there was drawn by itself, and on other lines texts begin there behind a gap; the
    line has texts beside it.
    """
    behind = sorted(part.box[0] for row in rows for part in row.parts[1:])
    for row in rows:
        if len(row.parts) > 1:
            row.parts = [piece for part in row.parts for piece in _at_starts(part, behind)]
            for left, right in pairwise(row.parts):
                x0, top, x1, bottom = left.box
                clear = right.box[0] - COLUMN_GAP * left.size
                if x0 < clear < x1 and _are_many(right.box[0], behind):
                    left.extent = (x0, top, clear, bottom)


def _at_starts(part: TextLine, behind: Sequence[float]) -> list[TextLine]:
    """A text, or the two of which it is made; ``behind``: where texts begin, in order."""
    runs = list({id(glyph.run): glyph.run for glyph in part.glyphs}.values())
    for run in runs[1:]:
        own = [glyph for glyph in part.glyphs if glyph.run is run]
        left = [glyph for glyph in part.glyphs if glyph.run is not run and glyph.x0 < own[0].x0]
        if not left or not _is_out_of_step(left[-1], own[0]) or not _are_many(own[0].x0, behind):
            continue
        after = {id(glyph) for glyph in part.glyphs if glyph.run is run or glyph.x0 > own[-1].x0}
        before = [glyph for glyph in part.glyphs if id(glyph) not in after]
        rest = [glyph for glyph in part.glyphs if id(glyph) in after]
        return [*lines_of(before), *lines_of(rest)]
    return [part]


def _is_out_of_step(first: Glyph, second: Glyph) -> bool:
    """Whether a letter stands elsewhere than where the wide letter before it leads on to.

    Between wide letters and others a program may leave a quarter of the font size.  Of a letter
    without a width in its font, only the ink is known, and that it is as wide as the font is large.
    """
    size = first.run.size
    step = (second.x0 - first.x1) / size
    usual = abs(step) <= _STEP or (not is_wide(second.text) and abs(step - _QUARTER) <= _STEP)
    return is_wide(first.text) and not usual and abs(second.x - first.x - size) > _STEP * size


def _are_many(start: float, behind: Sequence[float]) -> bool:
    """Whether as many texts begin at one place as those of a column do."""
    first = bisect_left(behind, start - _SAME_START)
    return bisect_right(behind, start + _SAME_START) - first >= _FEWEST_STARTS


def _part_leaders(rows: Sequence[Row]) -> None:
    """Make each row of dots one text: dots set apart, and short ones that touch a name.

    Few dots are a leader where those of other lines end.
    """
    for row in rows:
        joined: list[TextLine] = []
        for part in row.parts:
            if joined and is_dots(part.text) and is_dots(joined[-1].text):
                near = part.box[0] - joined[-1].box[2] <= _DOT_STEP * part.size
                if near and len(part.text) == 1:
                    glyphs = [*joined[-1].glyphs, *part.glyphs]
                    joined[-1] = TextLine(joined[-1].text + part.text, glyphs)
                    continue
            joined.append(part)
        row.parts = joined
    ends = [run[-1].x1 for row in rows for part in row.parts for run in _runs_of_dots(part) if run]
    for row in rows:
        row.parts = [piece for part in row.parts for piece in _at_leader(part, ends)]


def is_dots(text: str) -> bool:
    """Whether nothing but dots stands in a text."""
    return bool(text) and not text.strip(LEADERS + BLANKS)


def without_dots(rows: Sequence[Row]) -> Sequence[Row]:
    """Lines without leaders, and without signs of dots: these tell of no column by themselves."""
    parted = [(_seen(row.parts), row) for row in rows]
    if all(len(parts) == len(row.parts) for parts, row in parted):
        return rows
    return [Row(parts or row.parts, row.middle, row.size) for parts, row in parted]


def _runs_of_dots(part: TextLine) -> list[list[Glyph]]:
    """The rows of dots in a text, three at least."""
    if not any(glyph.text in LEADERS for glyph in part.glyphs):
        return []
    seen = [glyph for glyph in part.glyphs if glyph.text not in BLANKS]
    runs = [list(run) for dots, run in groupby(seen, lambda g: g.text in LEADERS) if dots]
    return [run for run in runs if len(run) >= _SHORTEST_LEADER]


def _at_leader(part: TextLine, ends: Sequence[float]) -> list[TextLine]:
    """A name, the dots after it and a figure, where dots of other lines end at the same place."""
    runs = [] if is_dots(part.text) else _runs_of_dots(part)
    if len(runs) != 1:
        return [part]
    dots = runs[0]
    if sum(abs(end - dots[-1].x1) <= _SAME_END for end in ends) < _FEWEST_LED:
        return [part]
    before = [glyph for glyph in part.glyphs if glyph.x1 <= dots[0].x0 + _OVERHANG]
    after = [glyph for glyph in part.glyphs if glyph.x0 >= dots[-1].x1 - _OVERHANG]
    lead = TextLine("".join(glyph.text for glyph in dots), dots)
    return [*lines_of(before), lead, *lines_of(after)]


def clusters(rows: Sequence[Row]) -> list[list[Row]]:
    """Lines that overlap in height, as cells set to different heights of one row do.

    Two lines of several texts are of two rows, even if a line half way overlaps both.
    """
    found: list[list[Row]] = []
    for row in rows:
        if found and row.middle - found[-1][-1].middle < 0.95 * min(row.size, found[-1][-1].size):
            several = [line for line in found[-1] if line.columns > 1]
            if row.columns == 1 or all(
                row.middle - line.middle < 0.7 * row.size for line in several
            ):
                found[-1].append(row)
                continue
        found.append([row])
    return found


def united_row(rows: Sequence[Row]) -> Row:
    """Lines of one row as one line, its texts by where they begin."""
    parts = sorted((part for row in rows for part in row.parts), key=lambda part: part.box[0])
    return Row(parts, rows[0].middle, max(row.size for row in rows))


def middle_of(box: Box) -> float:
    """Half way down a box."""
    return (box[1] + box[3]) / 2


def ends_of(row: Row) -> Span:
    """The middles of the first and the last line of a row: its figures may go on in a next line."""
    middles = [middle_of(part.box) for part in row.parts]
    others = [at for at in middles if abs(at - row.middle) > _OTHER_LINE * row.size]
    return min([row.middle, *others]), max([row.middle, *others])


def step_between(above: Row, row: Row) -> float:
    """Points from the last line of a row to the first of another."""
    return ends_of(row)[0] - ends_of(above)[1]


def ink_of(part: TextLine) -> Span:
    """From where to where a text reaches; the empty half of a wide bracket is none of it."""
    half = part.size / 2
    left = half if part.text[:1] in BRACKETS else 0.0
    right = half if part.text[-1:] in BRACKETS else 0.0
    return part.box[0] + left, part.box[2] - right


def gutters(rows: Sequence[Row], narrowest: float, *, by_ink: bool = False) -> list[Span]:
    """The gaps that no text of the rows covers, between the outermost texts.

    ``by_ink``: nor what is seen of it (:func:`ink_of`).
    """
    spans = sorted(
        ink_of(part) if by_ink else (part.box[0], part.box[2])
        for row in rows
        for part in _seen(row.parts)
    )
    if not spans:
        return []
    found: list[Span] = []
    reach = spans[0][1]
    for start, end in spans[1:]:
        if start - reach >= narrowest:
            found.append((reach, start))
        reach = max(reach, end)
    return found


def crossed(part: TextLine, gaps: Sequence[Span]) -> int:
    """How many gutters a text lies across."""
    return sum(part.box[0] < gap[0] and part.box[2] > gap[1] for gap in gaps)


def body_gutters(rows: Sequence[Row], ends: Sequence[float] = ()) -> list[Span]:
    """The gutters of most rows: headings that span columns do not close them.

    ``ends``: where rules end that part columns.
    """
    if not rows:
        return []
    rows = without_dots(rows)
    size = median(row.size for row in rows)
    full = [row for row in rows if row.columns > 1]
    if not full:
        return []
    most = max(row.columns for row in full)
    best: list[Span] = []
    lines = full
    for fewest in range(most, 1, -1):
        chosen = [row for row in full if row.columns >= fewest]
        gaps = gutters(chosen, 0.5 * size)
        fitting = sum(not any(crossed(part, gaps) for part in row.parts) for row in rows)
        if gaps and len(gaps) > len(best) and 2 * fitting >= len(rows) and len(chosen) > 1:
            best, lines = gaps, chosen
    if not best:
        best = gutters(full, 0.5 * size)
    best = _about_lines(best, lines, rows, size)
    return united(_settled(best, rows, size), rows, ends)


def _about_lines(
    gaps: list[Span], lines: Sequence[Row], rows: Sequence[Row], size: float
) -> list[Span]:
    """Gutters with those of a column that has nothing at the height of the ``lines`` of figures.

    Its cells are of two lines each, above and below that height: at least one for every line.
    """
    if not gaps:
        return gaps
    taken = {id(row) for row in lines}
    others = [
        (at, part) for at, row in enumerate(rows) if id(row) not in taken for part in row.parts
    ]
    left = min(row.parts[0].box[0] for row in lines)
    right = max(row.parts[-1].box[2] for row in lines)
    found: list[Span] = []
    for low, high in [(float("-inf"), left), *gaps, (right, float("inf"))]:
        inside = [(at, part) for at, part in others if low < part.box[0] and part.box[2] < high]
        start = min((part.box[0] for _, part in inside), default=low)
        end = max((part.box[2] for _, part in inside), default=high)
        free = min(start - low, high - end)
        if len({at for at, _ in inside}) > len(lines) > 1 and free >= 0.5 * size:
            found += [(low, start), (end, high)]
        else:
            found.append((low, high))
    return [gap for gap in found if float("-inf") < gap[0] and gap[1] < float("inf")]


def united(gaps: list[Span], rows: Sequence[Row], ends: Sequence[float] = ()) -> list[Span]:
    """Gutters without those that only a heading makes, and in which none of the ``ends`` lies.

    A heading set to the left over figures set to the right leaves a gutter between them, and so
    does a space inside a heading: then hardly a line has text on both sides of it, or not far
    apart.  A heading may have several lines, where all figures are below them.
    """
    kept = list(gaps)
    rows = [united_row(cluster) for cluster in clusters(rows)]
    columns = [_by_column(row, kept) for row in rows]
    for gap in gaps:
        if any(gap[0] - _END <= end <= gap[1] + _END for end in ends):
            continue
        column = kept.index(gap)
        apart = 0
        left: list[int] = []
        right: list[int] = []
        figures: set[int] = set()
        for number, (row, texts) in enumerate(zip(rows, columns, strict=True)):
            across = [part for part in texts.get(column, ()) if part in texts.get(column + 1, ())]
            here = [part for part in texts.get(column, ()) if part not in across]
            there = [part for part in texts.get(column + 1, ()) if part not in across]
            left.extend([number] * bool(here))
            right.extend([number] * bool(there))
            figures.update(number for part in (*here, *there) if _is_value(part.text))
            if here and there:
                apart += there[0].box[0] - here[-1].box[2] >= COLUMN_GAP * row.size
        fewer = min(len(left), len(right))
        at_top = min(max(left, default=0), max(right, default=0)) <= 2
        few = fewer <= max(1, len(rows) // (3 if at_top else 5))
        if not apart and (few or _is_over(left, right, figures)):
            kept.remove(gap)
            columns = [_by_column(row, kept) for row in rows]
    return kept


def _is_over(left: Sequence[int], right: Sequence[int], figures: set[int]) -> bool:
    """Whether the first lines of a table stand on one side of a gutter, all others on the other.

    ``figures``: the lines with figures beside it; a heading has none.
    """
    if not left or not right:
        return False
    upper, lower = sorted((left, right), key=max)
    last = max(upper)
    return last < min(lower) and last < _MOST_LINES and figures.isdisjoint(upper)


def _is_value(text: str) -> bool:
    return is_figure(text) and not find_years(text)


def _by_column(row: Row, gaps: Sequence[Span]) -> dict[int, list[TextLine]]:
    """The texts of a line by the columns that they cover."""
    found: dict[int, list[TextLine]] = {}
    for part in row.parts:
        for column in range(*covered(part.box[0], part.box[2], gaps)):
            found.setdefault(column, []).append(part)
    return found


def _settled(gaps: list[Span], rows: Sequence[Row], size: float) -> list[Span]:
    """Narrow each gutter to what the texts leave free; those of full rows have the first say."""
    ordered = sorted(rows, key=lambda row: -row.columns)
    parts = [part for row in ordered for part in row.parts]
    settled = []
    for low, high in gaps:
        start, end = low, high
        for part in parts:
            left, _, right, _ = part.box
            if left <= low and start < right <= high:
                narrower = (right, end)
            elif right >= high and low <= left < end:
                narrower = (start, left)
            elif start < left and right < end:
                narrower = (start, left) if left - start > end - right else (right, end)
            else:
                continue
            if narrower[1] - narrower[0] > 0.05 * size:
                start, end = narrower
        settled.append((start, end))
    return settled


def narrow_gutters(rows: Sequence[Row], gaps: list[Span], ends: Sequence[float] = ()) -> list[Span]:
    """The gutters and those that part figures of one column again and again at one place.

    Two headings stand over them, or the figures cannot be one with blanks between thousands.
    """
    rows = without_dots(rows)
    found = list(gaps)
    bounds = [float("-inf"), *[(low + high) / 2 for low, high in gaps], float("inf")]
    for left, right in pairwise(bounds):
        parts = [[p for p in row.parts if left <= p.box[0] and p.box[2] <= right] for row in rows]
        lone = [texts[0] for texts in parts if len(texts) == 1]
        several = [figures for text in lone if len(figures := figures_in(text)) > 1]
        if len(several) < 3 or len({len(figures) for figures in several}) > 1:
            continue
        if len(several) < 0.8 * sum(is_figure(text.text) for text in lone):
            continue
        for place in range(len(several[0]) - 1):
            low = max(figures[place].box[2] for figures in several)
            high = min(figures[place + 1].box[0] for figures in several)
            headed = any(
                texts[0].box[2] <= high and low <= texts[-1].box[0]
                for texts in parts
                if len(texts) > 1
            )
            if high - low > 0.15 * lone[0].size and (headed or not _thousands(several, place)):
                found.append((low, high))
    if len(found) == len(gaps):
        return gaps
    found.sort()
    parted = [
        Row(
            [piece for part in row.parts for piece in at_gutters(part, found)], row.middle, row.size
        )
        for row in rows
    ]
    return united(found, parted, ends)


def figures_in(part: TextLine) -> list[TextLine]:
    """The figures of a text that stand a blank apart; none if it holds anything else."""
    pieces = lines_of([g for g in part.glyphs if g.text not in BLANKS], split=0.2)
    return pieces if all(is_figure(piece.text) for piece in pieces) else []


def _thousands(pieces: Sequence[Sequence[TextLine]], place: int) -> bool:
    """Whether all figures after a gutter are three digits, as after a blank between thousands."""
    return all(
        len(figures[place + 1].text) == 3
        and figures[place + 1].text.isdigit()
        and len(figures[place].text) <= 3
        for figures in pieces
    )


def is_leader(text: str) -> bool:
    """Whether a text is a row of dots that leads from a name to its figures."""
    return len(text) >= FEWEST_LEADERS and not text.strip(LEADERS + BLANKS)


def usual_distance(block: Sequence[Row]) -> float:
    """Points between the lines of a block that have texts in several columns."""
    full = [row for row in block if row.columns > 1]
    distances = [second.middle - first.middle for first, second in pairwise(full)]
    return median(distances) if distances else 0.0


def columns_of(row: Row, gaps: Sequence[Span]) -> set[int]:
    """The columns that the texts of a line stand in."""
    return {
        column for part in row.parts for column in range(*covered(part.box[0], part.box[2], gaps))
    }


def covered(start: float, end: float, gaps: Sequence[Span]) -> tuple[int, int]:
    """The columns that a text covers: the first and the one after the last."""
    first = sum(start >= (low + high) / 2 for low, high in gaps)
    last = sum(end > (low + high) / 2 for low, high in gaps)
    return first, max(first, last) + 1


def at_gutters(part: TextLine, gaps: Sequence[Span]) -> list[TextLine]:
    """Figures of several columns that stand close together, parted at the gutters they cross."""
    if is_dots(part.text):
        return [part]
    for low, high in gaps:
        middle = (low + high) / 2
        before = [glyph for glyph in part.glyphs if (glyph.x0 + glyph.x1) / 2 < middle]
        after = [glyph for glyph in part.glyphs if (glyph.x0 + glyph.x1) / 2 >= middle]
        if not before or not after:
            continue
        pieces = [line for glyphs in (before, after) for line in lines_of(glyphs)]
        if len(pieces) == 2 and all(is_figure(piece.text) for piece in pieces):
            space = pieces[1].box[0] - pieces[0].box[2]
            if space > 0.2 * part.size:
                return [pieces[0], *at_gutters(pieces[1], gaps)]
    return [part]


def first_word(part: TextLine) -> float:
    """How wide the first word of a text is; lines break after any wide character.

    But not before a mark that begins no line.
    """
    end = part.glyphs[0].x1
    for glyph, after in zip(part.glyphs, [*part.glyphs[1:], None], strict=True):
        if glyph.text in BLANKS:
            break
        end = glyph.x1
        if is_wide(glyph.text) and (after is None or after.text not in BEGIN_NO_LINE):
            break
    return end - part.glyphs[0].x0


def wraps(above: Sequence[Row], row: Row, gaps: Sequence[Span]) -> bool:
    """Whether every text of a line goes on from the last line over it, which is full."""
    for part in row.parts:
        first, last = covered(part.box[0], part.box[2], gaps)
        over: list[TextLine] = []
        for line in above:
            same = [
                o
                for o in line.parts
                if covered(o.box[0], o.box[2], gaps) == (first, last) and not is_dots(o.text)
            ]
            over = same or over
        if not over:
            return False
        edge = gaps[last - 1][0] if last - 1 < len(gaps) else max(o.box[2] for o in over)
        room = first_word(part) + 0.3 * part.size if is_wide(part.text) else 2.5 * part.size
        if max(other.box[2] for other in over) < edge - room:
            return False
    return True


def is_figure(text: str) -> bool:
    """Whether a text is a figure or a sign that stands for one ((X), n.a., NA), not words.

    A unit may follow the figure.  The heading of numbers (No, №) is none, nor is a unit alone:
    the last line of a heading, or of a wrapped figure.
    """
    if _NUMBERS.fullmatch(text) or _UNIT.fullmatch(text):
        return False
    letters = sum(1 + is_wide(character) for character in text if character.isalpha())
    if any(character.isdigit() for character in text):
        return letters <= (6 if not text[0].isalpha() else 3)
    short = text.isalpha() and letters == len(text) <= 2
    return letters == 0 or short or (len(text) <= 4 and letters < len(text))
