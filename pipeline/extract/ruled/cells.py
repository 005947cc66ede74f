"""Which glyph stands in which cell of a grid, and the cells as records."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

import msgspec

from pipeline.boxes import rounded, touches
from pipeline.extract.pdf.lines import BLANKS, cell_text, lines_of, quarter
from pipeline.extract.pdf.primitives import Fill, Glyph, Page, Rule
from pipeline.extract.pdf.visibility import is_white
from pipeline.extract.ruled import grid as grids
from pipeline.extract.ruled.areas import area_rules, is_striped
from pipeline.extract.ruled.grid import Grid, GridCell
from pipeline.extract.ruled.overflow import touches_next
from pipeline.extract.ruled.underlines import without_underlines
from pipeline.extract.ruled.undrawn_body import with_bodies
from pipeline.model import Box, Cell, Table
from pipeline.settings.extract import ExtractSettings

_FEWEST_OF_BARS = 8
"""Cells that bars of a chart make, at least."""
_FEW_WRITTEN, _MERGED = 0.6, 0.4
"""Parts of them that hold figures, at most, and that reach over several rows or columns."""


class Guess(msgspec.Struct):
    """A cell with unmapped glyphs, and what their codes would mean as characters.

    Some producers write codes that are the characters but do not say so; the second reader may
    know it by another way, and then the guess is right.
    """

    page: int
    box: Box
    text: str


def centre(glyph: Glyph) -> tuple[float, float]:
    """Where a glyph is: the middle of its advance, a third of its size above the baseline."""
    if glyph.run.angle == 0:
        return glyph.middle[0], glyph.y - 0.35 * glyph.run.size
    return glyph.middle


class _Index:
    """Finds the cell at a point: bands of y, then the cells of the band by x."""

    def __init__(self, cells: Sequence[GridCell]) -> None:
        self.cells = cells
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


def find_grids(
    page: Page,
    settings: ExtractSettings,
    undrawn: tuple[Sequence[Rule], Sequence[Rule]],
    others: Callable[[list[Grid]], Sequence[Box]],
) -> list[Grid]:
    """The grids of a page: of its rules, and of coloured areas beside them or one another.

    ``undrawn``: further rules, horizontal and vertical, that are known though not drawn;
    ``others``: the boxes of the tables beside those of rules that are told in another way; the
    coloured areas in them make no grids.
    """

    def find(horizontal: list[Rule], vertical: list[Rule]) -> list[Grid]:
        return grids.find_grids(
            horizontal,
            vertical,
            snap_tolerance=settings.snap,
            join_tolerance=settings.join,
            shortest=settings.shortest_rule,
        )

    horizontal = [*without_underlines(page), *undrawn[0]]
    vertical = [*page.vertical, *undrawn[1]]
    ruled = with_bodies(find(horizontal, vertical), page.glyphs)
    if not page.fills:
        return ruled
    lying, standing = area_rules(page, ruled, others(ruled))
    if not lying:
        return ruled
    every = find([*horizontal, *lying], [*vertical, *standing])
    every = with_bodies(every, page.glyphs)
    return [grid for grid in every if not is_striped(grid, ruled, page)]


def distribute(
    glyphs: Sequence[Glyph], found: Sequence[Grid], contents: list[list[list[Glyph]]]
) -> tuple[list[Glyph], bool]:
    """Put each glyph into the innermost cell it stands in.

    Gives back those in none, and whether any text may have glyphs in two cells.
    """
    places = [
        (*grid.box, _Index(grid.cells), texts) for grid, texts in zip(found, contents, strict=True)
    ]
    apart = not any(touches(first.box, second.box) for first, second in combinations(found, 2))
    outside: list[Glyph] = []
    here: list[Glyph] = []
    x0 = top = 0.0
    x1 = bottom = -1.0
    last: Glyph | None = None
    crossing = False
    for glyph in glyphs:
        run = glyph.run
        x = (glyph.x0 + glyph.x1) / 2
        if not run.angle:
            y = glyph.y - 0.35 * run.size
        elif quarter(run.angle) is None:
            outside.append(glyph)
            continue
        else:
            y = (glyph.top + glyph.bottom) / 2
        if apart and x0 <= x < x1 and top <= y < bottom:
            here.append(glyph)
            last = glyph
            continue
        for left, upper, right, lower, index, texts in places:
            if left <= x <= right and upper <= y <= lower:
                cell = index.at(x, y)
                if cell >= 0:
                    crossing = crossing or (
                        last is not None
                        and here is not texts[cell]
                        and (run is last.run or touches_next(last, glyph))
                    )
                    here, last = texts[cell], glyph
                    here.append(glyph)
                    x0, top, x1, bottom = index.cells[cell].box
                    break
        else:
            outside.append(glyph)
    return outside, crossing


def build_table(
    page: Page, grid: Grid, contents: list[list[Glyph]], ruby: list[Glyph]
) -> Table | None:
    """The table of a grid; ``None`` when it is none: no text in it, or a single cell.

    Glyphs of ruby are added to ``ruby``.
    """
    written = [any(glyph.text not in BLANKS for glyph in text) for text in contents]
    if not any(written):
        return None
    kept = prune(grid, written)
    if len(kept) < 2 or is_diagram(grid, kept, contents):
        return None
    boxes = [grid.cells[number].box for number in kept]
    ys = sorted({box[1] for box in boxes} | {box[3] for box in boxes})
    xs = sorted({box[0] for box in boxes} | {box[2] for box in boxes})
    row_of = {y: index for index, y in enumerate(ys)}
    column_of = {x: index for index, x in enumerate(xs)}
    cells = []
    for number, box in zip(kept, boxes, strict=True):
        row, column = row_of[box[1]], column_of[box[0]]
        lines = lines_of(contents[number])
        ruby.extend(glyph for line in lines if line.ruby for glyph in line.glyphs)
        cells.append(
            Cell(
                row=row,
                column=column,
                row_span=row_of[box[3]] - row,
                column_span=column_of[box[2]] - column,
                box=rounded(box),
                text="\n".join(line.text for line in lines if not line.ruby),
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
            cell_text(glyphs, guess=True),
        )
        for cell, glyphs in zip(grid.cells, contents, strict=True)
        if any(glyph.unmapped for glyph in glyphs)
    ]


def prune(grid: Grid, written: list[bool]) -> list[int]:
    """The cells to keep: an undrawn corner, outer row or column without any text is not one."""
    kept = [number for number, cell in enumerate(grid.cells) if written[number] or not cell.corner]
    for side in range(4):
        values = [grid.cells[number].box[side] for number in kept]
        if not values:
            break
        extreme = min(values) if side < 2 else max(values)
        outer = [number for number in kept if grid.cells[number].box[side] == extreme]
        if all(grid.cells[number].virtual and not written[number] for number in outer):
            kept = [number for number in kept if number not in outer]
    return kept


def is_diagram(grid: Grid, kept: list[int], contents: Sequence[Sequence[Glyph]]) -> bool:
    """Whether cells are parts of a drawing.

    Of a flow chart: few hold text, and they leave gaps.  Of a bar chart: hardly any holds text,
    and there are no headings; or no word stands in it, and its bars end at all heights.
    """
    written = [any(glyph.text not in BLANKS for glyph in text) for text in contents]
    if _is_of_bars(grid, kept, contents):
        return True
    boxes = [grid.cells[number].box for number in kept]
    width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    height = max(box[3] for box in boxes) - min(box[1] for box in boxes)
    covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes)
    with_text = sum(written[number] for number in kept)
    if covered < 0.75 * width * height and with_text < 0.6 * len(kept):
        return True
    top = min(box[1] for box in boxes)
    first = [written[number] for number in kept if grid.cells[number].box[1] == top]
    return len(kept) >= 12 and with_text < 0.25 * len(kept) and sum(first) < 0.5 * len(first)


def _is_of_bars(grid: Grid, kept: list[int], contents: Sequence[Sequence[Glyph]]) -> bool:
    """Whether cells are bars with figures: no letter in any, most empty, few of one row."""
    texts = ["".join(g.text for g in contents[n] if g.text not in BLANKS) for n in kept]
    if any(letter.isalpha() for text in texts for letter in text):
        return False
    boxes = [grid.cells[number].box for number in kept]
    steps = [
        list(pairwise(sorted({box[n] for box in boxes} | {box[n + 2] for box in boxes})))
        for n in (0, 1)
    ]
    merged = sum(
        (box[0], box[2]) not in steps[0] or (box[1], box[3]) not in steps[1] for box in boxes
    )
    few = sum(map(bool, texts)) < _FEW_WRITTEN * len(kept)
    return few and len(kept) >= _FEWEST_OF_BARS and merged >= _MERGED * len(kept)


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
        if part >= 0.85 * area:
            covered = {}
        covered[fill.colour] = covered.get(fill.colour, 0.0) + part
    if not covered:
        return None
    colour = max(covered, key=lambda key: covered[key])
    if covered[colour] < 0.5 * area or is_white(colour):
        return None
    return f"#{colour:06x}"
