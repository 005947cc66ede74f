"""A page's primitives to its tables, lines and leftovers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from pipeline.extract import grid as grids
from pipeline.extract.grid import Grid, GridCell
from pipeline.extract.primitives import Fill, Glyph, Page
from pipeline.extract.text import BLANKS, lines_of, quarter
from pipeline.extract.visibility import is_white
from pipeline.model import Box, Cell, Leftover, Line, Table
from pipeline.settings.extract import ExtractSettings

LINE_SPLIT = 1.6
"""Font sizes between two texts of one line from which on they stand apart."""


class PageTables(msgspec.Struct):
    """What one page gives."""

    tables: list[Table]
    lines: list[Line]
    leftovers: list[Leftover]
    guesses: list[Guess] = []


class Guess(msgspec.Struct):
    """A cell with unmapped glyphs, and what their codes would mean as characters.

    Some producers write codes that are the characters but do not say so; the second reader may
    know it by another way, and then the guess is right.
    """

    page: int
    box: Box
    text: str


def rounded(box: Box) -> Box:
    """A box as it is handed on: to 0.01 point."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def centre(glyph: Glyph) -> tuple[float, float]:
    """Where a glyph is: the middle of its advance, a third of its size above the baseline."""
    if glyph.run.angle == 0:
        return (glyph.x0 + glyph.x1) / 2, glyph.y - 0.35 * glyph.run.size
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2


class _Index:
    """Finds the cell at a point: bands of y, then the cells of the band by x."""

    def __init__(self, cells: Sequence[GridCell]) -> None:
        self.ys = sorted({y for cell in cells for y in (cell.box[1], cell.box[3])})
        self.bands: list[list[tuple[float, float, int]]] = [[] for _ in self.ys]
        for number, cell in enumerate(cells):
            x0, top, x1, bottom = cell.box
            first, last = bisect_left(self.ys, top), bisect_left(self.ys, bottom)
            for band in range(first, last):
                self.bands[band].append((x0, x1, number))
        for cells_of_band in self.bands:
            cells_of_band.sort()

    def at(self, x: float, y: float) -> int:
        """The number of the cell at a point, -1 if none."""
        band = bisect_right(self.ys, y) - 1
        if band < 0:
            return -1
        row = self.bands[band]
        position = bisect_right(row, (x, float("inf"), 0)) - 1
        if position >= 0 and row[position][0] <= x < row[position][1]:
            return row[position][2]
        return -1


def read_tables(page: Page, settings: ExtractSettings) -> PageTables:
    """The tables of a page in reading order, the lines outside them, and what is left over."""
    found = grids.find_grids(
        page.horizontal,
        page.vertical,
        snap_tolerance=settings.snap,
        join_tolerance=settings.join,
        shortest=settings.shortest_rule,
    )
    found.sort(key=lambda item: (item.box[2] - item.box[0]) * (item.box[3] - item.box[1]))
    contents: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in found]
    outside = distribute(page.glyphs, found, contents)
    tables: list[Table] = []
    guesses: list[Guess] = []
    for grid, texts in zip(found, contents, strict=True):
        table = build_table(page, grid, texts)
        if table is None:
            outside.extend(glyph for text in texts for glyph in text)
        else:
            tables.append(table)
            guesses.extend(guesses_of(page.number, grid, texts))
    ordered = sorted(tables, key=lambda item: (item.box[1], item.box[0]))
    outside.sort(key=lambda glyph: glyph.index)
    slanted = [glyph for glyph in outside if quarter(glyph.run.angle) is None]
    straight = [glyph for glyph in outside if quarter(glyph.run.angle) is not None]
    lines = [
        Line(text=line.text, page=page.number, box=rounded(line.box), size=round(line.size, 2))
        for line in lines_of(straight, split=LINE_SPLIT)
    ]
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    unread: dict[str, list[Glyph]] = {"slanted": slanted}
    for glyph, reason in page.hidden:
        unread.setdefault(reason, []).append(glyph)
    leftovers = [
        Leftover(
            text=line.text,
            page=page.number,
            box=rounded(line.box),
            reason=reason,
            font=line.glyphs[0].run.font,
        )
        for reason, glyphs in unread.items()
        for line in lines_of(glyphs, split=LINE_SPLIT)
    ]
    return PageTables(ordered, lines, leftovers, guesses)


def distribute(
    glyphs: Sequence[Glyph], found: Sequence[Grid], contents: list[list[list[Glyph]]]
) -> list[Glyph]:
    """Put each glyph into the innermost cell it stands in; give back those in none."""
    indexes = [_Index(grid.cells) for grid in found]
    boxes = [grid.box for grid in found]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = centre(glyph)
        if quarter(glyph.run.angle) is not None:
            for number, (x0, top, x1, bottom) in enumerate(boxes):
                if x0 <= x <= x1 and top <= y <= bottom:
                    cell = indexes[number].at(x, y)
                    if cell >= 0:
                        contents[number][cell].append(glyph)
                        break
            else:
                outside.append(glyph)
        else:
            outside.append(glyph)
    return outside


def build_table(page: Page, grid: Grid, contents: list[list[Glyph]]) -> Table | None:
    """The table of a grid; ``None`` when it is none: no text in it, or a single cell."""
    written = [any(glyph.text not in BLANKS for glyph in text) for text in contents]
    if not any(written):
        return None
    kept = prune(grid, written)
    if len(kept) < 2:
        return None
    boxes = [grid.cells[number].box for number in kept]
    ys = sorted({box[1] for box in boxes} | {box[3] for box in boxes})
    xs = sorted({box[0] for box in boxes} | {box[2] for box in boxes})
    row_of = {y: index for index, y in enumerate(ys)}
    column_of = {x: index for index, x in enumerate(xs)}
    cells = []
    for number, box in zip(kept, boxes, strict=True):
        row, column = row_of[box[1]], column_of[box[0]]
        cells.append(
            Cell(
                row=row,
                column=column,
                row_span=row_of[box[3]] - row,
                column_span=column_of[box[2]] - column,
                box=rounded(box),
                text="\n".join(line.text for line in lines_of(contents[number])),
                fill=fill_of(box, page.fills),
            )
        )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(
        page=page.number,
        box=rounded((xs[0], ys[0], xs[-1], ys[-1])),
        cells=tuple(cells),
        open_top=grid.open_top and ys[0] == grid.box[1],
        open_bottom=grid.open_bottom and ys[-1] == grid.box[3],
    )


def guesses_of(number: int, grid: Grid, contents: list[list[Glyph]]) -> list[Guess]:
    """What unmapped glyphs in the cells of a grid would mean by their codes."""
    return [
        Guess(
            number,
            rounded(cell.box),
            "\n".join(line.text for line in lines_of(glyphs, guess=True)),
        )
        for cell, glyphs in zip(grid.cells, contents, strict=True)
        if any(glyph.unmapped for glyph in glyphs)
    ]


def prune(grid: Grid, written: list[bool]) -> list[int]:
    """The cells to keep: an undrawn outer row or column without any text is not one."""
    kept = list(range(len(grid.cells)))
    for side in range(4):
        values = [grid.cells[number].box[side] for number in kept]
        if not values:
            break
        extreme = min(values) if side < 2 else max(values)
        outer = [number for number in kept if grid.cells[number].box[side] == extreme]
        if all(grid.cells[number].virtual and not written[number] for number in outer):
            kept = [number for number in kept if number not in outer]
    return kept


def fill_of(box: Box, fills: Sequence[Fill]) -> str | None:
    """The colour of most of a cell, as painted last; ``None`` for white or none."""
    x0, top, x1, bottom = box
    area = (x1 - x0) * (bottom - top)
    covered: dict[int, float] = {}
    for fill in fills:
        a, b, c, d = fill.box
        width, height = min(c, x1) - max(a, x0), min(d, bottom) - max(b, top)
        if width <= 0 or height <= 0:
            continue
        part = width * height
        if part >= 0.95 * area:
            covered = {}
        covered[fill.colour] = covered.get(fill.colour, 0.0) + part
    if not covered:
        return None
    colour = max(covered, key=lambda key: covered[key])
    if covered[colour] < 0.5 * area or is_white(colour):
        return None
    return f"#{colour:06x}"
