"""Tables whose headings, or every second row, stand on a coloured ground, with no rules at all.

Coloured cells side by side make a strip, and its sides are the columns of the table.  Under a
strip of headings the rows are told by the text; between two striped rows stands one white row.
A table ends where a text lies across its columns, or where its headings stand again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from pipeline.extract.pdf.lines import TextLine, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.anchors import figure_lines, is_whole_figure
from pipeline.extract.unruled.centred import are_centred
from pipeline.extract.unruled.flows import Cut, cuts_between_flows
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    columns_of,
    ends_of,
    is_figure,
    is_lone,
    middle_of,
)
from pipeline.extract.unruled.rows import Level, between, grouped
from pipeline.extract.unruled.sentences import paired
from pipeline.extract.unruled.stacked_headings import headings_of
from pipeline.extract.unruled.strips import (
    SAME,
    STICKS_OUT,
    Strip,
    _merged,
    _over,
    at_sides,
    chains_of,
    columns_under,
    ends_sentence,
    flows_of,
    heads,
    is_centred,
    is_within,
    keeps,
    strips,
    texts_of,
)
from pipeline.japanese.eras import find_years
from pipeline.model import Box, Ground

_EVEN = 0.45
"""Font sizes by which the middle of a cell may be away from that of its row."""

_FULLEST = 0.4
"""Share of the cells of a table that hold text, at least."""

_OFF_MIDDLE = 0.6
"""Font sizes by which a heading may stand beside the middle of its column."""

_LINES_OF_A_ROW = 1.9
"""Font sizes from one line of a cell to the next, at most."""

_SIDES = 2
"""Rules of a row."""

_FEW_ROWS = 3
"""Rows of a table of which one rule parts as many as it leaves."""

_LINE_OF_CELL = 1.55
"""Font sizes from one line of a white row of words to the next, at most."""

_SLACK = 1.15
"""Times the usual way from one line of a cell to the next, at most."""

_FILLS = 2.0
"""Font sizes that a wrapped line leaves free before the end of its column, at most."""

_FEWEST_LABELS = 2
"""Rows of a table with words left of its coloured headings, at least."""

_FARTHEST = 3.5
"""Font sizes from one line of a table to the next, at most; rows as high as a strip may be more."""

_PERCENTS = "()（）%％‰"
"""What a heading over rates has in its last line, beside years in brackets."""

Band = tuple[float, float, list[Row]]
"""A row of a table: from where to where it reaches, and its lines."""


def find_tables(
    tiles: Sequence[tuple[Box, int]],
    rows: Sequence[Row],
    rules: Sequence[Edge],
    barriers: Sequence[Box],
    level: Level | None = None,
) -> list[Found]:
    """The tables that strips show.

    ``tiles``: coloured areas with their colours; ``rows``: the lines of text in no ruled table;
    ``rules``: free horizontal rules; ``barriers``: boxes of ruled tables; ``level``: beside which
    line of a name figures stand, if that is told.
    """
    found: list[Found] = []
    whole = strips(tiles)
    cuts = cuts_between_flows(rows)
    for flow in flows_of(whole):
        chains = chains_of(flow, rows)
        tops = [_top_of_headings(chain, rows, flow) for chain in chains]
        for table in chains:
            left, top, right, _ = table[0].box
            limit = min(
                [
                    box[1]
                    for box in [*barriers, *(strip.box for strip in whole)]
                    if box[1] > table[-1].box[3] - 1 and box[0] < right and left < box[2]
                ],
                default=float("inf"),
            )
            limit = min([limit, *(at for at in tops if at > table[-1].box[3])])
            above = max(
                [
                    box[3]
                    for box in [*barriers, *(strip.box for strip in whole)]
                    if box[3] < top + 1 and box[0] < right and left < box[2]
                ],
                default=float("-inf"),
            )
            made = _Table(table, rows, above, limit, flow, level=level).found()
            if made is None and _heads_next_page(table, chains, rows):
                made = _Table(table, rows, above, limit, flow).headings_alone()
            if made is None or _ruled(made, rules):
                continue
            labelled = _with_labels(made, table[0], rows)
            if labelled is not None:
                found.append(labelled)
                continue
            beside = [_along(cut, made, whole, rows) for cut in cuts]
            if _is_wider(whole, table[0], rows) or not _goes_left(made, rows, beside):
                found.append(made)
    return found


def _heads_next_page(
    chain: Sequence[Strip], chains: Sequence[Sequence[Strip]], rows: Sequence[Row]
) -> bool:
    """Whether coloured headings that stand over another table, too, are the last of a page.

    Only the number of the page may follow.
    """
    xs, end = chain[0].xs, chain[0].box[3]
    below = [row for row in rows if row.middle > end and any(_over(part, xs) for part in row.parts)]
    ends = all(is_lone(row) and is_figure(row.parts[0].text) for row in below)
    told = texts_of(chain[0], rows)
    again = any(other is not chain and texts_of(other[0], rows) == told for other in chains)
    return len(chain) == 1 and ends and again


def _top_of_headings(chain: Sequence[Strip], rows: Sequence[Row], flow: Sequence[Strip]) -> float:
    """Where a table begins: its white headings, or its first strip."""
    top = chain[0].box[1]
    above = max((strip.box[3] for strip in flow if strip.box[3] < top + 1), default=float("-inf"))
    table = _Table(chain, rows, above, top, flow)
    headings = [] if table.headed else table.over_strips()[0]
    return headings[0].top if headings else top


def _is_wider(whole: Sequence[Strip], first: Strip, rows: Sequence[Row]) -> bool:
    """Whether coloured headings end where a strip does and begin further left."""
    return any(
        abs(strip.xs[-1] - first.xs[-1]) <= SAME
        and strip.xs[0] < first.xs[0] - SAME
        and strip.box[3] < first.box[1] + SAME
        and heads(strip, rows)
        for strip in whole
    )


def _with_labels(made: Found, first: Strip, rows: Sequence[Row]) -> Found | None:
    """A table under coloured headings with the words that stand left of each of its rows.

    ``None`` if not each row has its own, or anything stands beside the headings or further left.
    """
    left = made.xs[0]
    end = first.box[3]
    beside = [
        part
        for row in rows
        for part in row.parts
        if part.box[2] <= left + STICKS_OUT and made.ys[0] < middle_of(part.box) < made.ys[-1]
    ]
    start = min((part.box[0] for part in beside), default=left)
    ats = [sum(y <= middle_of(part.box) for y in made.ys) - 1 for part in beside]
    body = [row for row, y in enumerate(made.ys[:-1]) if y >= end - SAME]
    if sorted(ats) != body or len(body) < _FEWEST_LABELS or not heads(first, rows):
        return None
    if any(is_figure(part.text) or find_years(part.text) for part in beside):
        return None
    texts = {row: part.glyphs for row, part in zip(ats, beside, strict=True)}
    cells = [
        *(msgspec.structs.replace(c, left=c.left + 1, right=c.right + 1) for c in made.cells),
        *(FoundCell(row, 0, row + 1, 1, texts.get(row, [])) for row in range(len(made.ys) - 1)),
    ]
    cells.sort(key=lambda cell: (cell.top, cell.left))
    grounds = [*made.grounds, Ground(decision="columns", sign="lines", count=len(body))]
    return msgspec.structs.replace(made, xs=[start, *made.xs], cells=cells, grounds=grounds)


def _along(cut: Cut, made: Found, whole: Sequence[Strip], rows: Sequence[Row]) -> Cut:
    """A cut between two columns of a page, over the height of a table that begins right of it, too.

    It begins where strips beside the cut do, and no text lies across: so the rest of a table stands
    at the head of a column.
    """
    beside = any(
        cut.top <= middle_of(strip.box) <= cut.bottom
        and cut.x <= strip.xs[0]
        and abs(strip.xs[0] - made.xs[0]) <= SAME
        for strip in whole
    )
    top, bottom = min(cut.top, made.ys[0]), max(cut.bottom, made.ys[-1])
    left = made.xs[0]
    across = any(
        part.box[0] < left - STICKS_OUT
        and left + STICKS_OUT < part.box[2]
        and top < middle_of(part.box) < bottom
        for row in rows
        for part in row.parts
    )
    return Cut(left, top, bottom) if beside and not across else cut


def _goes_left(made: Found, rows: Sequence[Row], cuts: Sequence[Cut]) -> bool:
    """Whether texts stand left of the strips in the heights of their rows: merged cells.

    Not those of another column of the page.
    """
    left, top, bottom = made.xs[0], made.ys[0], made.ys[-1]
    return any(
        part.box[2] <= left + STICKS_OUT
        and top < middle_of(part.box) < bottom
        and not any(
            part.box[2] <= cut.x <= left + STICKS_OUT
            and cut.top <= middle_of(part.box) <= cut.bottom
            for cut in cuts
        )
        for row in rows
        for part in row.parts
    )


def _ruled(made: Found, rules: Sequence[Edge]) -> bool:
    """Whether rules part the rows of a table: then they say more than the text does.

    A rule under the headings alone does not.  One coloured row between two of several rules of its
    width is a marked row of the table that these make.
    """
    left, right = made.xs[0], made.xs[-1]
    top, bottom = made.ys[0], made.ys[-1]
    across = [
        rule.at
        for rule in rules
        if min(right, rule.end) - max(left, rule.start) > 0.5 * (right - left)
    ]
    inside = [at for at in across if top + 2 < at < bottom - 2]
    rows = len(made.ys) - 1
    at_sides = [any(abs(at - side) <= SAME for at in across) for side in (top, bottom)]
    if rows == 1 and all(at_sides) and len(across) > _SIDES:
        return True
    return bool(inside) and (len(inside) > 1 or rows <= _FEW_ROWS)


class _Table:
    """One table: its strips, and the lines of text between, under and over them."""

    def __init__(
        self,
        chain: Sequence[Strip],
        rows: Sequence[Row],
        above: float,
        limit: float,
        flow: Sequence[Strip],
        *,
        level: Level | None = None,
    ) -> None:
        self.chain = chain
        self.xs = max((strip.xs for strip in chain), key=len)
        self.rows = rows
        self.above = above
        self.limit = limit
        self.level = level
        self.headed = heads(chain[0], rows)
        self.striped = len(chain) > 1 or not self.headed
        self.gaps: list[Span] = [(x, x) for x in self.xs[1:-1]]
        heights = [cell[3] - cell[1] for strip in flow for cell in strip.cells]
        self.highest = max(heights)
        self.pitch = self._usual_step()

    def found(self) -> Found | None:
        """The table; ``None`` if nothing stands in its columns but headings."""
        headings: list[Row] = []
        bands: list[Band] = []
        if not self.headed:
            headings, bands = self.over_strips()
        for strip, after in pairwise(self.chain):
            bands.extend(self._in_strip(strip))
            bands.extend(self._white(strip.box[3], after.box[1]))
        bands.extend(self._in_strip(self.chain[-1]))
        bands.extend(self._under(self.chain[-1].box[3]))
        if len(self.xs) < 3 or (self.headed and len(bands) <= len(self._in_strip(self.chain[0]))):
            return None
        made = self._table(bands)
        filled = sum(bool(cell.glyphs) for cell in made.cells)
        if filled < _FULLEST * len(made.cells):
            return None
        drawn = sum(len(strip.cells) for strip in self.chain)
        made.grounds = [
            Ground(decision="place", sign="colours", count=drawn),
            Ground(decision="columns", sign="colours", count=len(self.xs)),
            Ground(decision="rows", sign=self._sign_of_rows(bands), count=len(bands)),
        ]
        if headings:
            over = Ground(decision="headings", sign="lines", count=len(headings))
            made.grounds.append(over)
            return self._headed(made, headings)
        return made

    def _sign_of_rows(self, bands: Sequence[Band]) -> Literal["colours", "middles", "lines"]:
        """What tells the rows: their colours, or under headings the middles of cells, or lines."""
        if self.striped:
            return "colours"
        below = [lines for top, _, lines in bands if lines and top >= self.chain[0].box[3] - 1]
        return "middles" if are_centred(below, self.gaps) else "lines"

    def headings_alone(self) -> Found:
        """The row of coloured headings as a table whose rows stand on the next page."""
        made = self._table(self._in_strip(self.chain[0]))
        drawn = len(self.chain[0].cells)
        made.grounds = [Ground(decision="columns", sign="colours", count=drawn)]
        return made

    def _headed(self, made: Found, headings: Sequence[Row]) -> Found:
        """The table with the headings over it."""
        top = headings[0].top - 0.3 * headings[0].size
        cells = headings_of(headings, self.xs)
        if cells is None:
            rows = [Row([*row.parts], row.middle, row.size) for row in headings]
            levels = len(rows)
            ys = [top, *between([[row] for row in rows])]
            cells = [
                FoundCell(level, column, level + 1, column + 1, glyphs)
                for level, row in enumerate(rows)
                for column, glyphs in self._by_column(row).items()
            ]
        else:
            levels = max(cell.bottom for cell in cells)
            ys = [top + (made.ys[0] - top) * level / levels for level in range(levels)]
        body = [
            FoundCell(c.top + levels, c.left, c.bottom + levels, c.right, c.glyphs)
            for c in made.cells
        ]
        return msgspec.structs.replace(made, ys=[*ys, *made.ys], cells=[*cells, *body])

    def _by_column(self, row: Row) -> dict[int, list[Glyph]]:
        """The glyphs of a line by the column that the middle of their text stands in."""
        found: dict[int, list[Glyph]] = {column: [] for column in range(len(self.xs) - 1)}
        for part in row.parts:
            found[self._column(part)].extend(part.glyphs)
        return found

    def _column(self, part: TextLine) -> int:
        middle = (part.box[0] + part.box[2]) / 2
        return max(0, min(len(self.xs) - 2, sum(x <= middle for x in self.xs) - 1))

    def _lines(self, top: float, bottom: float) -> list[Row]:
        """The lines between two heights, with the texts that stand in the table."""
        found = []
        for row in self.rows:
            parts = [part for part in row.parts if _over(part, self.xs)]
            if not parts:
                continue
            middle = sum(middle_of(part.box) for part in parts) / len(parts)
            if top < middle < bottom:
                found.append(Row(parts, middle, max(part.size for part in parts)))
        return found

    def _in_strip(self, strip: Strip) -> list[Band]:
        ys = _merged([y for cell in strip.cells for y in (cell[1], cell[3])])
        return [(top, bottom, self._lines(top, bottom)) for top, bottom in pairwise(ys)]

    def _white(self, top: float, bottom: float) -> list[Band]:
        """The rows between two strips: one, unless several names or lines of figures are there."""
        lines = self._parted(self._lines(top, bottom))
        if not lines:
            return []
        worded = self._sentences(lines)
        if len(worded) > 1 and sum(map(len, worded)) == len(lines):
            return _with_sides(worded, top, bottom)
        if len(figure_lines(lines, self.gaps)) < 2:
            return [(top, bottom, lines)]
        return _with_sides(grouped(lines, self.gaps, level=self.level), top, bottom)

    def _under(self, top: float) -> list[Band]:
        """The rows under the last strip: one under stripes, as many as there are under headings."""
        lines: list[Row] = []
        end = top
        for row in self._lines(top, self.limit):
            first_line, last_line = ends_of(row)
            near = first_line - end <= max(_FARTHEST * row.size, 1.2 * self.highest)
            if not near or not all(keeps(part, self.xs) for part in row.parts):
                break
            lines.append(row)
            end = last_line
        lines = self._parted(lines)
        worded = self._sentences(lines)
        found = worded or (self._about_first_figures(lines, top) if self.striped else None)
        found = found or self._following(lines) or grouped(lines, self.gaps, level=self.level)
        if self.striped and not worded and found:
            found = [self._with_wrapped(found[0], lines)]
        kept: list[list[Row]] = []
        for number, group in enumerate(found):
            filled = len({column for row in group for column in columns_of(row, self.gaps)})
            if self.striped and not worded and (number or not self._stands_under(group, top)):
                break
            if self.striped and worded and self._is_loose(group):
                break
            if filled < 2:
                if len(self.xs) < 4 or number + 1 == len(found):
                    break
                kept.append(group)
                continue
            kept.append(group)
        while kept and self._is_beneath(kept[-1]):
            kept.pop()
        if not kept:
            return []
        kept[-1] = self._without_distant(kept[-1])
        last = kept[-1][-1]
        bottom = max(row.bottom for row in kept[-1]) + 0.3 * last.size
        return _with_sides(kept, top, min(bottom, self.limit))

    def _is_beneath(self, group: Sequence[Row]) -> bool:
        """Whether the last lines are of one column, or one text from the left side on: no row.

        The side of a column may run by chance through a space of that text (創出・交流).
        """
        lone = len(group) == 1 and len(self._parted(group)[0].parts) == 1
        if len(group) == 1 and len(self.gaps) > 1:
            whole = (row for row in self.rows if row.middle == group[0].middle)
            lone = lone or any(map(self._runs_on, whole))
        filled = {column for row in group for column in columns_of(row, self.gaps)}
        return len(filled) < 2 or (lone and 0 in filled)

    def _is_loose(self, group: Sequence[Row]) -> bool:
        """Whether lines stand further apart than those of a cell: of the next table, with headings.

        So do the lines of the one row that goes on under stripes of one line each.
        """
        closest = max(_LINE_OF_CELL * group[0].size, _SLACK * self.pitch)
        return any(low.middle - high.middle > closest for high, low in pairwise(group))

    def _without_distant(self, group: Sequence[Row]) -> list[Row]:
        """A last row less the texts of one column that stand off below it: the next heading."""
        kept = list(group)
        while len(kept) > 1 and len(columns_of(kept[-1], self.gaps)) == 1:
            farthest = max(_LINES_OF_A_ROW * kept[-1].size, _SLACK * self.pitch)
            if kept[-1].middle - kept[-2].middle <= farthest:
                break
            kept.pop()
        return kept

    def _with_wrapped(self, group: Sequence[Row], lines: Sequence[Row]) -> list[Row]:
        """A row under stripes and the lines below it that its cells wrap to.

        They follow as closely as lines of a cell do in this table, or closely on a full line.
        """
        row = list(group)
        for line in lines[len(row) :]:
            if figure_lines([line], self.gaps) or not all(
                self._wraps_to(part, row) for part in line.parts
            ):
                break
            row.append(line)
        return row

    def _wraps_to(self, part: TextLine, row: Sequence[Row]) -> bool:
        column = self._column(part)
        over = [
            (line.middle, other)
            for line in row
            for other in line.parts
            if self._column(other) == column
        ]
        if not over:
            return False
        middle, above = over[-1]
        step = middle_of(part.box) - middle
        if self.pitch:
            return step <= _SLACK * self.pitch
        is_full = self.xs[column + 1] - above.box[2] <= _FILLS * above.size
        return is_full and step <= _LINE_OF_CELL * above.size

    def _usual_step(self) -> float:
        """From one line of a coloured cell to the next, at most; 0 if none has two."""
        steps = [0.0]
        for strip in self.chain:
            for _, _, lines in self._in_strip(strip):
                columns: dict[int, list[float]] = {}
                for line in lines:
                    for part in line.parts:
                        columns.setdefault(self._column(part), []).append(middle_of(part.box))
                steps += [low - high for at in columns.values() for high, low in pairwise(at)]
        return max(steps)

    def _about_first_figures(self, lines: Sequence[Row], top: float) -> list[list[Row]] | None:
        """The row that stands evenly about the first line of figures, from the strip on."""
        figures = figure_lines(lines, self.gaps)
        if not figures:
            return None
        bottom = 2 * figures[0].middle - top
        row = [line for line in lines if line.middle < bottom]
        columns: dict[int, list[float]] = {}
        for line in row:
            for column in columns_of(line, self.gaps):
                columns.setdefault(column, []).append(line.middle)
        even = all(
            abs((min(at) + max(at)) / 2 - figures[0].middle) <= _EVEN * row[0].size
            for at in columns.values()
        )
        return [row] if even else None

    def _sentences(self, lines: Sequence[Row]) -> list[list[Row]]:
        """The rows of two columns that lines are, where these are names and sentences."""
        rows = paired(lines, self.xs[1]) if len(self.xs) == 3 else []
        tops = [min(cell.top for cell in row) for row in rows]
        found: list[list[Row]] = [[] for _ in rows]
        end = max((cell.bottom for cell in rows[-1]), default=0.0) if rows else 0.0
        for line in lines:
            if line.middle < end:
                found[sum(top < line.middle for top in tops) - 1].append(line)
        return found

    def _following(self, lines: Sequence[Row]) -> list[list[Row]]:
        """The row under stripes that its lines make which follow closely, if it holds words."""
        if not self.striped or figure_lines(lines, self.gaps) or not lines:
            return []
        row = [lines[0]]
        for line in lines[1:]:
            closest = _SLACK * self.pitch or _LINE_OF_CELL * lines[0].size
            if line.middle - row[-1].middle > closest:
                break
            row.append(line)
        return [row]

    def _stands_under(self, group: Sequence[Row], top: float) -> bool:
        """Whether a row under stripes is of the table: it fills half of the columns."""
        filled = {column for row in group for column in columns_of(row, self.gaps)}
        return 2 * len(filled) >= len(self.xs) - 1 and group[0].top - top <= self.highest

    def over_strips(self) -> tuple[list[Row], list[Band]]:
        """The lines of white headings over the first strip, and a white row between them."""
        bottom = self.chain[0].box[1]
        lines: list[Row] = []
        end = bottom
        for row in reversed(self._lines(self.above, bottom)):
            near = end - row.middle <= max(_FARTHEST * row.size, 1.2 * self.highest)
            if not near or not self._may_head(row, lines) or self._ends_over(row, lines):
                break
            lines.insert(0, row)
            end = row.middle
        while lines and is_lone(lines[0]) and self._is_caption(lines[0], lines[1:]):
            lines.pop(0)
        if not lines:
            return [], []
        figures = self._figures(lines)
        body: list[Row] = []
        if figures:
            first = _first_of_row(lines, 2 * _middle_of_last(figures) - bottom)
            lines, body = lines[:first], lines[first:]
        elif is_centred(lines[0], self.xs) or any(map(ends_sentence, lines[1:])):
            first = int(is_centred(lines[0], self.xs) or len(columns_of(lines[0], self.gaps)) > 1)
            lines, body = lines[:first], lines[first:]
        headings = self._headings(self._under_caption(lines))
        if not body:
            return headings, []
        top = between([lines, body])[0] if lines else body[0].top - 0.3 * body[0].size
        return headings, [(top, bottom, body)]

    def _figures(self, lines: Sequence[Row]) -> list[Row]:
        """The lines of figures, less those whose only figures are years beside units: headings."""
        return [
            row
            for row in figure_lines(lines, self.gaps)
            if any(
                is_whole_figure(p.text) and not find_years(p.text) and p.text.strip(_PERCENTS)
                for p in row.parts
            )
            or not any(find_years(part.text) for part in row.parts)
        ]

    def _ends_over(self, row: Row, below: Sequence[Row]) -> bool:
        """Whether a line is a caption over headings of all columns, and apart from them."""
        all_columns = bool(below) and len(columns_of(below[0], self.gaps)) == len(self.xs) - 1
        return all_columns and self._stands_off(row, below[0])

    def _stands_off(self, row: Row, below: Row) -> bool:
        """Whether a line is one text from the left side on, and apart from the line below it."""
        at_left = is_lone(row) and row.parts[0].box[0] - self.xs[0] <= 2 * row.size
        return at_left and below.middle - row.middle > _LINE_OF_CELL * row.size

    def _under_caption(self, lines: list[Row]) -> list[Row]:
        """The headings under the last line that stands off from them, if these are whole."""
        for at in range(len(lines) - 1, 0, -1):
            if self._stands_off(lines[at - 1], lines[at]):
                whole = headings_of(self._headings(lines[at:]), self.xs) is not None
                return lines[at:] if whole else lines
        return lines

    def _may_head(self, row: Row, below: Sequence[Row]) -> bool:
        """Whether a line may be of the headings; one of figures over headings is not.

        Nor is one with two figures in a column.  Lines as near to the figures as those of a cell
        are the rest of their row.
        """
        inside = all(is_within(part, self.xs) for part in row.parts)
        runs_on = self._runs_on(row)
        of_another = bool(self._figures([row])) and any(
            len(columns_of(line, self.gaps)) > 1
            and not figure_lines([line], self.gaps)
            and line.middle - row.middle > _LINE_OF_CELL * row.size
            for line in below
        )
        like = not below or row.size <= 1.15 * below[-1].size
        figures = [self._column(part) for part in row.parts if is_whole_figure(part.text)]
        alone = len(figures) == len(set(figures))
        return inside and not runs_on and not of_another and like and alone

    def _runs_on(self, row: Row) -> bool:
        """Whether a line is one text that runs on over the side of the first column."""
        starts, ends = row.parts[0].box[0], row.parts[-1].box[2]
        return row.columns == 1 and starts < self.xs[1] - row.size and ends > self.xs[1] + row.size

    def _is_caption(self, row: Row, below: Sequence[Row]) -> bool:
        """Whether the first line over a table is none of its headings."""
        at_left = row.parts[0].box[0] - self.xs[0] <= 2 * row.size
        apart = not below or below[0].middle - row.middle > 1.4 * row.size
        if not at_left or apart or not all(keeps(part, self.xs) for part in row.parts):
            return at_left
        rest = headings_of(self._headings(below), self.xs)
        return rest is not None and headings_of(self._headings([row, *below]), self.xs) is None

    def _headings(self, lines: Sequence[Row]) -> list[Row]:
        """Lines of headings with the texts of neighbouring columns apart.

        A text whose pieces stand in the middle of no columns is one over several of them: the side
        of a column runs by chance through the space between its figures and letters (2023 年度).
        """
        sides = list(pairwise(self.xs))
        found = []
        for row in lines:
            whole = []
            for part in row.parts:
                pieces = at_sides(part, self.xs[1:-1])
                places = [sides[self._column(piece)] for piece in pieces]
                if len(pieces) > 1 and not any(map(_stands_in, pieces, places)):
                    whole.append(part)
            others = Row([p for p in row.parts if p not in whole], row.middle, row.size)
            parts = [*whole, *self._parted([others])[0].parts]
            parts.sort(key=lambda part: part.box[0])
            found.append(Row(parts, row.middle, row.size))
        return found

    def _parted(self, lines: Sequence[Row]) -> list[Row]:
        """Lines with the texts of neighbouring columns apart, and those of one column together."""
        found = []
        for row in lines:
            columns: dict[int, list[TextLine]] = {}
            for part in row.parts:
                for piece in at_sides(part, self.xs[1:-1]):
                    columns.setdefault(self._column(piece), []).append(piece)
            parts = [part for pieces in columns.values() for part in _together(pieces)]
            found.append(Row(parts, row.middle, row.size))
        return found

    def _table(self, bands: Sequence[Band]) -> Found:
        ys = [bands[0][0], *(bottom for _, bottom, _ in bands)]
        cells = [cell for number in range(len(bands)) for cell in self._spanning(number, ys)]
        done = {
            (row, column)
            for cell in cells
            for row in range(cell.top, cell.bottom)
            for column in range(cell.left, cell.right)
        }
        for number, (_, _, lines) in enumerate(bands):
            for line in self._parted(lines):
                for part in line.parts:
                    self._place(part, number, cells, done)
        for number in range(len(bands)):
            for column in range(len(self.xs) - 1):
                if (number, column) not in done:
                    cells.append(FoundCell(number, column, number + 1, column + 1, []))
        cells.sort(key=lambda cell: (cell.top, cell.left))
        drawn = sum(len(strip.cells) for strip in self.chain)
        return Found(self.xs, ys, cells, "ruled" if 2 * drawn > len(cells) else "horizontal")

    def _spanning(self, number: int, ys: Sequence[float]) -> list[FoundCell]:
        """The coloured cells that begin in a row."""
        found = []
        for strip in self.chain:
            for x0, top, x1, bottom in strip.cells:
                if abs(top - ys[number]) > SAME:
                    continue
                first, last = _nearest(self.xs, x0), _nearest(self.xs, x1)
                found.append(FoundCell(number, first, _nearest(ys, bottom), last, []))
        return [cell for cell in found if cell.bottom > cell.top]

    def _place(
        self,
        part: TextLine,
        number: int,
        cells: list[FoundCell],
        done: set[tuple[int, int]],
    ) -> None:
        """Put a text into its cell, which may be new."""
        column = self._column(part)
        for cell in cells:
            if cell.top <= number < cell.bottom and cell.left <= column < cell.right:
                cell.glyphs.extend(part.glyphs)
                return
        first, last = columns_under(part, self.xs)
        if any((number, at) in done for at in range(first, last)):
            first, last = column, column + 1
        cells.append(FoundCell(number, first, number + 1, last, list(part.glyphs)))
        done |= {(number, at) for at in range(first, last)}


def _middle_of_last(figures: Sequence[Row]) -> float:
    """The middle of the last line of figures, or of those that its cells wrap to."""
    first = last = figures[-1]
    for above in reversed(figures[:-1]):
        if first.middle - above.middle > _LINE_OF_CELL * first.size:
            break
        first = above
    return (first.middle + last.middle) / 2


def _first_of_row(lines: Sequence[Row], top: float) -> int:
    """The line with which a row begins whose side is near ``top``: there the space is widest."""
    usual = sum(line.middle <= top for line in lines)
    spaces = [
        (line.top - above.bottom, number)
        for number, (above, line) in enumerate(pairwise(lines), 1)
        if abs((line.top + above.bottom) / 2 - top) <= line.size
    ]
    return max(spaces, default=(0.0, usual))[1]


def _stands_in(piece: TextLine, column: Span) -> bool:
    """Whether a text stands in the middle of a column."""
    off = (piece.box[0] + piece.box[2] - column[0] - column[1]) / 2
    return abs(off) <= _OFF_MIDDLE * piece.size


def _together(pieces: Sequence[TextLine]) -> Sequence[TextLine]:
    """The texts of one column on one line as one text."""
    if len(pieces) < 2:
        return pieces
    joined = lines_of([glyph for piece in pieces for glyph in piece.glyphs])
    return joined if len(joined) == 1 else pieces


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda index: abs(values[index] - value))


def _with_sides(groups: Sequence[list[Row]], top: float, bottom: float) -> list[Band]:
    """Rows with the heights that they reach from and to."""
    sides = [top, *between(groups), bottom]
    return [
        (upper, lower, group) for (upper, lower), group in zip(pairwise(sides), groups, strict=True)
    ]
