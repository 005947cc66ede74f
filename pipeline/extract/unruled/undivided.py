"""Ruled tables whose rows, or some columns, are told apart by the place of the text alone.

Statistical tables are often ruled around the heading and between groups of columns only; the rows
of the body then stand in one cell a column, line under line.  Such a grid is divided further:
rows where labels and figures stand on one line again and again, columns at the gutters that no
figure crosses.  Rules are kept as they are; cells of the heading over several new columns are
divided where their texts stand over single columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import LEADERS, TextLine, is_stacked, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Grid
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import WORD_GAP, Row, Span, first_word, gutters, is_figure
from pipeline.extract.unruled.rows import Level, between, grouped, lines_of_two_rows
from pipeline.model import Box, Ground, Table

_FEWEST_LINES = 4
"""Lines of label and figures in one cell from which on they are rows."""


_LEAST = 1.0
"""Points that a row is high, at least."""


class _Line(msgspec.Struct):
    """What stands on one line of a band: texts by the number of their cell."""

    parts: dict[int, list[TextLine]]
    middle: float
    size: float

    @property
    def texts(self) -> list[TextLine]:
        return [part for parts in self.parts.values() for part in parts]


class _Band(msgspec.Struct):
    """What stands between two neighbouring horizontal grid lines."""

    top: float
    bottom: float
    cells: list[int]
    lines: list[_Line]


def worth_trying(table: Table) -> bool:
    """Whether cells side by side hold so many lines that they may be rows."""
    heights: dict[int, list[int]] = {}
    for cell in table.cells:
        if cell.text:
            heights.setdefault(cell.row, []).append(cell.text.count("\n") + 1)
    return any(
        (max(row) >= _FEWEST_LINES and sum(lines >= _FEWEST_LINES - 1 for lines in row) > 1)
        or _is_even(row)
        for row in heights.values()
    )


def _is_even(heights: Sequence[int]) -> bool:
    """Whether all of several cells have the same few lines."""
    return len(heights) >= 3 and set(heights) == {_FEWEST_LINES - 1}


def divided(
    grid: Grid, contents: Sequence[list[Glyph]], level: Level | None = None
) -> Found | None:
    """A grid with its undivided rows and columns told apart; ``None`` if it is divided by rules."""
    ys = sorted({y for cell in grid.cells for y in (cell.box[1], cell.box[3])})
    bands = [_band(grid, contents, top, bottom) for top, bottom in pairwise(ys)]
    rows = [_rows_of(band, grid, contents) for band in bands]
    if max(len(found) for found in rows) < _FEWEST_LINES - 1:
        return None
    undivided = [band for band, found in zip(bands, rows, strict=True) if len(found) > 1]
    if _lines(undivided) < 0.6 * _lines(bands):
        return None
    xs = sorted({x for cell in grid.cells for x in (cell.box[0], cell.box[2])})
    xs = _with_gutters(xs, [line for found in rows for line in found])
    edges = [ys[0]]
    unsure: list[tuple[str, Box]] = []
    pieces: list[list[float]] = []
    for band, found in zip(bands, rows, strict=True):
        if len(found) > 1:
            gaps = _gaps(band, grid)
            groups = grouped(_as_rows(band), gaps, level=level)
            unsure += lines_of_two_rows(groups, gaps, level)
            cuts = between(groups)
        else:
            cuts = _heading_cut(grid, band, xs)
        pieces.append([band.top, *cuts, band.bottom])
        edges += [*cuts, band.bottom]
    if any(lower - upper < _LEAST for upper, lower in pairwise(edges)):
        return None
    cells: list[FoundCell] = []
    upright = [glyph for glyphs in contents if not is_stacked(glyphs) for glyph in glyphs]
    for number, cell in enumerate(grid.cells):
        x0, top, x1, bottom = cell.box
        first, last = edges.index(top), edges.index(bottom)
        columns = (xs.index(x0), xs.index(x1))
        parts = _texts_of(contents[number], upright)
        cells.extend(_divide(parts, (first, last), columns, edges, xs))
    ruled = len({x for cell in grid.cells for x in (cell.box[0], cell.box[2])})
    grounds = [
        Ground(decision="place", sign="cells", count=len(grid.cells)),
        Ground(decision="columns", sign="rules", count=ruled),
        Ground(decision="rows", sign="lines", count=len(edges) - 1),
    ]
    if len(xs) > ruled:
        gutters = Ground(decision="columns", sign="gutters", count=len(xs) - ruled)
        grounds.insert(2, gutters)
    return Found(xs, edges, cells, "horizontal", unsure=unsure, grounds=grounds)


def _lines(bands: Sequence[_Band]) -> int:
    return sum(len(band.lines) for band in bands)


def _band(grid: Grid, contents: Sequence[list[Glyph]], top: float, bottom: float) -> _Band:
    cells = [
        number
        for number, cell in enumerate(grid.cells)
        if cell.box[1] == top and cell.box[3] == bottom
    ]
    cells.sort(key=lambda number: grid.cells[number].box[0])
    beside = [glyph for n in cells if not is_stacked(contents[n]) for glyph in contents[n]]
    placed = [(number, part) for number in cells for part in _texts_of(contents[number], beside)]
    placed.sort(key=lambda item: _middle(item[1]))
    lines: list[_Line] = []
    for number, part in placed:
        if lines and _middle(part) - lines[-1].middle < 0.35 * min(lines[-1].size, part.size):
            lines[-1].parts.setdefault(number, []).append(part)
            lines[-1].size = max(lines[-1].size, part.size)
        else:
            lines.append(_Line({number: [part]}, _middle(part), part.size))
    for line in lines:
        for parts in line.parts.values():
            parts.sort(key=lambda part: part.box[0])
    return _Band(top, bottom, cells, lines)


def _texts_of(glyphs: Sequence[Glyph], beside: Sequence[Glyph]) -> list[TextLine]:
    """The texts of a cell.

    Letters one below the other are no text set from top to bottom if each of them stands on a
    line of the cells ``beside``.
    """
    if is_stacked(glyphs):
        lines: dict[float, list[Glyph]] = {}
        for glyph in glyphs:
            lines.setdefault(round(glyph.y, 1), []).append(glyph)
        on_line = sum(
            any(abs(glyph.y - y) < 0.2 * glyph.run.size for glyph in beside) for y in lines
        )
        if on_line == len(lines):
            return [part for line in lines.values() for part in lines_of(line, split=WORD_GAP)]
    return [part for part in lines_of(glyphs, split=WORD_GAP) if not part.ruby]


def _middle(part: TextLine) -> float:
    return (part.box[1] + part.box[3]) / 2


def _rows_of(band: _Band, grid: Grid, contents: Sequence[list[Glyph]]) -> list[_Line]:
    """The lines that are rows of a band; none if its cells are whole.

    A row has a label and figures after it, or it has a text in every cell.
    """
    written = [number for number in band.cells if contents[number]]
    if len(written) < 2:
        return []
    label, others = written[0], written[1:]
    found = [line for line in band.lines if _names_figures(line, label, others)]
    figured = [line for line in band.lines if any(number in line.parts for number in others)]
    named = [line for line in band.lines if label in line.parts]
    if 0.6 * len(figured) <= len(found) and len(found) > 1 and not _wraps(named, label, grid):
        return found
    if len(one_each := _figures_line_by_line(band, others)) >= _FEWEST_LINES:
        return one_each
    full = [line for line in band.lines if len(line.parts) == len(written)]
    fewest = _FEWEST_LINES - (len(written) > 2)
    if fewest <= len(full) == len(band.lines) and not (
        _wraps(full, label, grid) or all(_wraps(full, number, grid) for number in others)
    ):
        return full
    return []


def _figures_line_by_line(band: _Band, others: Sequence[int]) -> list[_Line]:
    """The lines with one figure each in the same two or more cells, which hold nothing else.

    Then the lines of the label are rows, or wrap within one, whatever room they leave.
    """
    columns = [
        number
        for number in others
        if all(
            len(line.parts[number]) == 1 and is_figure(line.parts[number][0].text)
            for line in band.lines
            if number in line.parts
        )
    ]
    found = [line for line in band.lines if any(number in line.parts for number in columns)]
    filled = sum(number in line.parts for line in found for number in columns)
    return found if len(columns) > 1 and filled >= 0.8 * len(found) * len(columns) else []


def _names_figures(line: _Line, label: int, others: Sequence[int]) -> bool:
    """Whether a line has a label and figures in at least half of the other cells."""
    figures = sum(
        all(is_figure(part.text) for part in line.parts[number])
        for number in others
        if number in line.parts
    )
    return label in line.parts and figures >= 0.5 * len(others)


def _wraps(lines: Sequence[_Line], number: int, grid: Grid) -> bool:
    """Whether the lines in a cell are those of one text.

    Then the first word of a line had no room at the end of the line before.
    """
    texts = [line.parts[number] for line in lines]
    left, _, right, _ = grid.cells[number].box
    padding = max(0.0, min(parts[0].box[0] for parts in texts) - left)
    widths = [parts[-1].box[2] - parts[0].box[0] for parts in texts]
    room = [right - padding - parts[-1].box[2] for parts in texts[:-1]]
    full = sum(
        space < min(3 * below[0].size, first_word(below[0]) + 0.3 * below[0].size)
        and width + first_word(below[0]) > max(widths) + 0.1 * below[0].size
        for space, width, below in zip(room, widths, texts[1:], strict=False)
    )
    words = not all(is_figure(parts[0].text) for parts in texts)
    leaders = any(not part.text.strip(" " + LEADERS) for parts in texts for part in parts)
    return words and not leaders and full >= 0.8 * (len(texts) - 1)


def _with_gutters(xs: list[float], rows: Sequence[_Line]) -> list[float]:
    """Column boundaries and the middles of gutters between figures of one ruled column."""
    found = list(xs)
    for left, right in pairwise(xs):
        here = []
        for line in rows:
            parts = [p for p in line.texts if left - 1 <= _centre(p) <= right + 1]
            if parts:
                here.append(Row(parts, line.middle, line.size))
        if len(here) < 2:
            continue
        size = max(row.size for row in here)
        for low, high in gutters(here, 0.4 * size):
            both = [row for row in here if _both_sides(row, (low + high) / 2)]
            figures = sum(
                all(is_figure(p.text) for p in row.parts if p.box[0] >= low) for row in both
            )
            if len(both) >= 0.5 * len(here) and figures >= 0.8 * len(both):
                found.append((low + high) / 2)
    return sorted(found)


def _centre(part: TextLine) -> float:
    return (part.box[0] + part.box[2]) / 2


def _both_sides(row: Row, x: float) -> bool:
    return row.parts[0].box[0] < x < row.parts[-1].box[2]


def _as_rows(band: _Band) -> list[Row]:
    """The lines of a band with their texts from left to right."""
    return [
        Row(sorted(line.texts, key=lambda part: part.box[0]), line.middle, line.size)
        for line in band.lines
    ]


def _gaps(band: _Band, grid: Grid) -> list[Span]:
    """What the texts of a band leave free on both sides of each rule between its cells."""
    gaps: list[Span] = []
    for number, following in pairwise(band.cells):
        x = grid.cells[number].box[2]
        ends = [line.parts[number][-1].box[2] for line in band.lines if number in line.parts]
        starts = [line.parts[following][0].box[0] for line in band.lines if following in line.parts]
        gaps.append((min([x, max(ends, default=x)]), max([x, min(starts, default=x)])))
    return gaps


def _heading_cut(grid: Grid, band: _Band, xs: Sequence[float]) -> list[float]:
    """Where a heading over several new columns parts from the headings of the single columns."""
    cuts: list[float] = []
    for number in band.cells:
        x0, _, x1, _ = grid.cells[number].box
        if sum(x0 < x < x1 for x in xs) == 0:
            continue
        lines = [line for line in band.lines if number in line.parts]
        spanning = 0
        for line in lines:
            parts = line.parts[number]
            if len(parts) > 1 or not _over_columns(parts[0], (x0, x1), xs):
                break
            spanning += 1
        if 0 < spanning < len(lines):
            above = max(p.box[3] for p in lines[spanning - 1].parts[number])
            below = min(p.box[1] for p in lines[spanning].parts[number])
            cuts.append((above + below) / 2)
    if not cuts or max(cuts) - min(cuts) > 4:
        return []
    return [sum(cuts) / len(cuts)]


def _divide(
    parts: Sequence[TextLine],
    rows: tuple[int, int],
    columns: tuple[int, int],
    ys: Sequence[float],
    xs: Sequence[float],
) -> list[FoundCell]:
    """The cells that a ruled cell is made of, by the new grid lines that run through it.

    A text across new columns spans them.  A cell of one line stays whole over new rows.
    """
    first, last = rows
    inner = [
        row
        for row in range(first, last)
        if any(ys[row] < _middle(part) <= ys[row + 1] for part in parts)
    ]
    if len(inner) < 2 and columns[1] - columns[0] == 1:
        glyphs = [glyph for part in parts for glyph in part.glyphs]
        return [FoundCell(first, columns[0], last, columns[1], glyphs)]
    bounds = [(row, row + 1) for row in range(first, last)] if len(inner) > 1 else [(first, last)]
    cells: list[FoundCell] = []
    for top, bottom in bounds:
        here = [part for part in parts if ys[top] < _middle(part) <= ys[bottom]]
        cells.extend(_across(here, (top, bottom), columns, xs))
    return cells


def _across(
    parts: Sequence[TextLine], rows: tuple[int, int], columns: tuple[int, int], xs: Sequence[float]
) -> list[FoundCell]:
    """Texts of one row to cells: a text stands in the columns that it covers."""
    spans: list[tuple[int, int, list[Glyph]]] = []
    for part in parts:
        covered = [column for column in _covered(part, xs) if columns[0] <= column < columns[1]]
        at = covered or [max(columns[0], min(columns[1] - 1, _column_at(_centre(part), xs)))]
        left, right, glyphs = at[0], at[-1] + 1, list(part.glyphs)
        for span in [span for span in spans if span[0] < right and left < span[1]]:
            left, right, glyphs = min(left, span[0]), max(right, span[1]), span[2] + glyphs
            spans.remove(span)
        spans.append((left, right, glyphs))
    if len(spans) == 1 and columns[1] - columns[0] > 1 and rows[1] - rows[0] >= 1:
        spans = [_widened(spans[0], columns, xs)]
    taken = {column for left, right, _ in spans for column in range(left, right)}
    spans += [(column, column + 1, []) for column in range(*columns) if column not in taken]
    return [FoundCell(rows[0], left, rows[1], right, glyphs) for left, right, glyphs in spans]


def _covered(part: TextLine, xs: Sequence[float]) -> list[int]:
    """The columns that a text stands in with a quarter of its width or of theirs."""
    return [
        column
        for column, (left, right) in enumerate(pairwise(xs))
        if min(part.box[2], right) - max(part.box[0], left)
        > 0.25 * min(part.box[2] - part.box[0], right - left)
    ]


def _over_columns(part: TextLine, sides: tuple[float, float], xs: Sequence[float]) -> bool:
    """Whether a lone text stands over several columns, or in the middle of its ruled cell."""
    middle, width = (sides[0] + sides[1]) / 2, sides[1] - sides[0]
    return len(_covered(part, xs)) > 1 or abs(_centre(part) - middle) <= 0.1 * width


def _column_at(x: float, xs: Sequence[float]) -> int:
    return sum(edge <= x for edge in xs) - 1


def _widened(
    span: tuple[int, int, list[Glyph]], columns: tuple[int, int], xs: Sequence[float]
) -> tuple[int, int, list[Glyph]]:
    """A lone text in the middle of a ruled cell belongs to all its columns."""
    left = min(glyph.x0 for glyph in span[2])
    right = max(glyph.x1 for glyph in span[2])
    middle = (xs[columns[0]] + xs[columns[1]]) / 2
    if abs((left + right) / 2 - middle) <= 0.1 * (xs[columns[1]] - xs[columns[0]]):
        return columns[0], columns[1], span[2]
    return span
