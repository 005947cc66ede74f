"""Cells that are drawn as coloured areas, not with rules.

Areas that lie side by side, or against a ruled table, have sides that part cells as rules do: a
dark bar of headings over a table, light boxes on a dark ground.  Areas that stand alone
(highlighted words, banners) part nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.boxes import contains, shared
from pipeline.extract.pdf.lines import BLANKS, lines_of
from pipeline.extract.pdf.primitives import Fill, Glyph, Page, Rule
from pipeline.extract.pdf.visibility import background
from pipeline.extract.ruled.coloured_column import is_beside_rows
from pipeline.extract.ruled.grid import Grid
from pipeline.model import Box

_TOUCH = 3.5
"""Points between coloured cells of one row: a white border between them is thinner."""
_MOST_AREAS = 500
"""Coloured areas beyond which a page is a drawing."""
_FEWEST_ROWS = 3
"""Rows of coloured cells, at least, that make a grid by themselves."""
_SMALLEST = (8.0, 6.0)
_PADDING = 3.0
"""Points between the last line of a row and its undrawn side."""

_APART = 0.3
"""Font sizes between two texts of one line that stand in two cells, at least."""

_AT_EDGE = 2.0
"""Points between a rule and the side of a coloured cell, at most, if the rule is drawn on it."""
_HEADINGS = 3
"""Texts of headings that stand above already, at least, if a table begins anew."""
_FARTHEST = 250.0
"""Points between two coloured cells of one column, at most."""


def area_rules(
    page: Page, grids: Sequence[Grid], taken: Sequence[Box]
) -> tuple[list[Rule], list[Rule]]:
    """The sides of areas that count as rules: horizontal ones, vertical ones.

    ``taken``: boxes of tables whose areas are none of these.
    """
    tiles = [
        fill.box for fill in tiles_of(page, grids) if not any(_holds(t, fill.box) for t in taken)
    ]
    if not tiles:
        return [], []
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    ruled = [grid.box for grid in grids]
    for tile in tiles:
        others = [other for other in tiles if other is not tile]
        if not any(beside(tile, other) for other in (*others, *ruled)):
            continue
        x0, top, x1, bottom = tile
        horizontal.extend((Rule(top, x0, x1), Rule(bottom, x0, x1)))
        vertical.extend((Rule(x0, top, bottom), Rule(x1, top, bottom)))
        for grid in grids:
            vertical.extend(Rule(x, top, bottom) for x in _divided(tile, grid, page.glyphs))
    vertical.extend(_through_white_rows(tiles, page.glyphs, page.horizontal))
    return horizontal, vertical


def _through_white_rows(
    tiles: Sequence[Box], glyphs: Sequence[Glyph], horizontal: Sequence[Rule]
) -> list[Rule]:
    """The sides of coloured cells drawn on through the white rows below them.

    To the next cell of the same column, if no text lies across; below the last one to the end of
    what stands there in the columns, or through all rows that rules as wide as the cells part.
    """
    cells = [
        tile
        for tile in tiles
        if any(
            abs(other[1] - tile[1]) <= 1
            and abs(other[3] - tile[3]) <= 1
            and min(abs(other[0] - tile[2]), abs(other[2] - tile[0])) <= _TOUCH
            for other in tiles
            if other is not tile
        )
    ]
    rules: list[Rule] = []
    last: list[Box] = []
    headings = _repeated(cells, glyphs)
    for tile in cells:
        x0, _, x1, bottom = tile
        below = [
            other[1]
            for other in cells
            if other[1] > bottom and abs(other[0] - x0) <= 1 and abs(other[2] - x1) <= 1
        ]
        if not below or round(min(below)) in headings:
            last.append(tile)
        elif (
            min(below) - bottom <= _FARTHEST
            and not _lies_across((x0, x1), bottom, min(below), glyphs)
            and not _is_another(cells, tile, min(below))
            and not _is_apart(_row_of(cells, tile), (bottom, min(below)), glyphs, horizontal)
        ):
            rules.extend(Rule(x, bottom, min(below)) for x in (x0, x1))
        else:
            last.append(tile)
    linked = {round(rule.end) for rule in rules}
    begun = {round(rule.start) for rule in rules}
    ending = [tile for tile in last if round(tile[1]) in linked]
    beginning = [tile for tile in cells if round(tile[3]) in begun and round(tile[1]) not in linked]
    if linked:
        further = [
            *_ruled_rows(ending, cells, glyphs, horizontal, under=True),
            *_ruled_rows(beginning, cells, glyphs, horizontal, under=False),
        ]
        rules.extend(further)
        reached = {round(y) for rule in further for y in (rule.start, rule.end)}
        ending = [tile for tile in ending if round(tile[3]) not in reached]
        beginning = [tile for tile in beginning if round(tile[1]) not in reached]
    if _has_white_rows_above(beginning, glyphs):
        return []
    return [
        *rules,
        *_outer_rows(ending, glyphs, under=True),
        *_outer_rows(beginning, glyphs, under=False),
    ]


def _is_another(cells: Sequence[Box], tile: Box, end: float) -> bool:
    """Whether coloured cells of other columns stand under a cell: a table of its own."""
    x0, _, x1, bottom = tile
    return any(
        bottom - 1 <= other[1] and other[3] <= end + 1 and other[0] < x1 - 1 and x0 + 1 < other[2]
        for other in cells
    )


def _row_of(cells: Sequence[Box], tile: Box) -> tuple[float, float]:
    """From where to where the coloured cells beside a cell reach."""
    row = [cell for cell in cells if abs(cell[1] - tile[1]) <= 1]
    return min(cell[0] for cell in row), max(cell[2] for cell in row)


def _is_apart(
    sides: tuple[float, float],
    gap: tuple[float, float],
    glyphs: Sequence[Glyph],
    horizontal: Sequence[Rule],
) -> bool:
    """Whether nothing, or under a rule nothing but one text, stands between coloured rows.

    Then the lower ones are another table's, and the text its caption.  So they are where the last
    texts between them are headings that stand above already.
    """
    if gap[1] - gap[0] <= _TOUCH:
        return False
    here = [
        glyph
        for glyph in glyphs
        if glyph.text not in BLANKS
        and gap[0] < glyph.middle[1] < gap[1]
        and sides[0] <= glyph.middle[0] <= sides[1]
    ]
    rules = [y for y in _as_wide(horizontal, *sides) if gap[0] - _AT_EDGE <= y < gap[1] - _AT_EDGE]
    if not here or not rules:
        return not here
    last = [glyph for glyph in here if glyph.middle[1] > max(rules)]
    texts = lines_of(last, split=_APART)
    if len({round(line.box[0]) for line in texts}) < 2:
        return True
    above = lines_of([glyph for glyph in glyphs if glyph.middle[1] < gap[0]], split=_APART)
    return len(texts) >= _HEADINGS and {line.text for line in texts} <= {one.text for one in above}


def _repeated(cells: Sequence[Box], glyphs: Sequence[Glyph]) -> set[int]:
    """The heights at which coloured rows say again what one above says: each heads a table."""
    rows: dict[int, list[Glyph]] = {round(cell[1]): [] for cell in cells}
    for glyph in glyphs:
        for cell in cells:
            if contains(cell, *glyph.middle):
                rows[round(cell[1])].append(glyph)
                break
    said: set[str] = set()
    found: set[int] = set()
    for top in sorted(rows):
        text = "".join(glyph.text for glyph in rows[top] if glyph.text not in BLANKS)
        if text in said:
            found.add(top)
        said.add(text)
    return found


def _lies_across(
    sides: tuple[float, float], top: float, bottom: float, glyphs: Sequence[Glyph]
) -> bool:
    """Whether a text lies across one of two vertical sides."""
    here = [glyph for glyph in glyphs if top < (glyph.top + glyph.bottom) / 2 < bottom]
    return any(
        line.box[0] + 1 < x < line.box[2] - 1
        for line in lines_of(here, split=_APART)
        for x in sides
    )


def _has_white_rows_above(tiles: Sequence[Box], glyphs: Sequence[Glyph]) -> bool:
    """Whether more than one white row stands over the first coloured cells of their columns.

    Then nothing tells where their headings are divided, and the text itself has to.
    """
    for at in {round(tile[1]) for tile in tiles}:
        row = [tile for tile in tiles if round(tile[1]) == at]
        end = _end_of_row(row, glyphs, under=False)
        if end is None:
            continue
        moved = [(x0, end, x1, end + bottom - top) for x0, top, x1, bottom in row]
        if _end_of_row(moved, glyphs, under=False) is not None:
            return True
    return False


def _ruled_rows(
    tiles: Sequence[Box],
    cells: Sequence[Box],
    glyphs: Sequence[Glyph],
    horizontal: Sequence[Rule],
    *,
    under: bool,
) -> list[Rule]:
    """The sides of the white rows under (or over) coloured cells, between rules as wide as these.

    As far as each such row has texts in most of the columns, none across their sides, and none of
    the coloured ``cells`` in it.
    """
    found: list[Rule] = []
    for at in {round(tile[3 if under else 1]) for tile in tiles}:
        row = [tile for tile in tiles if round(tile[3 if under else 1]) == at]
        sides = sorted({x for tile in row for x in (tile[0], tile[2])})
        heights = _as_wide(horizontal, sides[0], sides[-1])
        edge = row[0][3 if under else 1]
        if not any(abs(y - edge) <= _AT_EDGE for y in heights):
            continue
        beyond = sorted(
            (y for y in heights if (y - edge if under else edge - y) > _AT_EDGE),
            reverse=not under,
        )
        end = edge
        for y in beyond:
            low, high = sorted((end, y))
            if high - low > _FARTHEST or not _keeps_to_columns(sides, low, high, glyphs):
                break
            if any(low - 1 <= cell[1] and cell[3] <= high + 1 for cell in cells):
                break
            end = y
        if end != edge:
            low, high = sorted((edge, end))
            found.extend(Rule(x, low, high) for x in sides)
    return found


def _as_wide(horizontal: Sequence[Rule], left: float, right: float) -> list[float]:
    """The heights of the rules, whole or in pieces, that reach from one side to another."""
    pieces: dict[int, list[Rule]] = {}
    for rule in horizontal:
        pieces.setdefault(round(rule.at), []).append(rule)
    return [
        sum(rule.at for rule in rules) / len(rules)
        for rules in pieces.values()
        if abs(min(rule.start for rule in rules) - left) <= _AT_EDGE
        and abs(max(rule.end for rule in rules) - right) <= _AT_EDGE
    ]


def _keeps_to_columns(
    sides: Sequence[float], top: float, bottom: float, glyphs: Sequence[Glyph]
) -> bool:
    """Whether the texts between two heights stand in most columns, and across no side."""
    here = [
        glyph
        for glyph in glyphs
        if glyph.text not in BLANKS
        and top < glyph.middle[1] < bottom
        and sides[0] <= glyph.middle[0] <= sides[-1]
    ]
    lines = lines_of(here, split=_APART)
    if any(line.box[0] + 1 < x < line.box[2] - 1 for line in lines for x in sides):
        return False
    filled = {sum(x <= (line.box[0] + line.box[2]) / 2 for x in sides) for line in lines}
    return 2 * len(filled) > len(sides) - 1


def _outer_rows(tiles: Sequence[Box], glyphs: Sequence[Glyph], *, under: bool) -> list[Rule]:
    """The sides of a white row under the last, or over the first, coloured cells of their columns.

    As far as lines follow closely that keep to the columns, if they fill most of these.
    """
    rules: list[Rule] = []
    for at in {round(tile[3 if under else 1]) for tile in tiles}:
        row = [tile for tile in tiles if round(tile[3 if under else 1]) == at]
        end = _end_of_row(row, glyphs, under=under)
        if end is not None:
            low, high = sorted((row[0][3 if under else 1], end))
            sides = {x for tile in row for x in (tile[0], tile[2])}
            rules.extend(Rule(x, low, high) for x in sides)
    return rules


def _end_of_row(row: Sequence[Box], glyphs: Sequence[Glyph], *, under: bool) -> float | None:
    """How far the white row beside coloured cells reaches; ``None`` if there is none."""
    left, right = min(tile[0] for tile in row), max(tile[2] for tile in row)
    edge = row[0][3] if under else row[0][1]
    reach = _FARTHEST if under else 2 * max(tile[3] - tile[1] for tile in row)
    sides = sorted({x for tile in row for x in (tile[0], tile[2])})
    near = [
        glyph
        for glyph in glyphs
        if left - 1 <= glyph.x0 and glyph.x1 <= right + 1
        if (0 <= glyph.bottom - edge <= reach if under else 0 <= edge - glyph.top <= reach)
        if (glyph.top >= edge - 1 if under else glyph.bottom <= edge + 1)
    ]
    lines = lines_of(near, split=_APART)
    lines.sort(key=lambda line: line.box[1] if under else -line.box[3])
    end = edge
    filled: set[int] = set()
    for line in lines:
        far = line.box[1] - end if under else end - line.box[3]
        across = any(line.box[0] + 1 < x < line.box[2] - 1 for x in sides)
        if far > 0.8 * line.size or across:
            break
        end = max(end, line.box[3]) if under else min(end, line.box[1])
        filled.add(sum(x <= (line.box[0] + line.box[2]) / 2 for x in sides))
    if len(filled) <= 0.5 * len(row):
        return None
    return end + _PADDING if under else end - _PADDING


def tiles_of(page: Page, grids: Sequence[Grid]) -> list[Fill]:
    """The areas outside ruled tables that show against what is behind them."""
    candidates: list[Fill] = []
    for fill in page.fills:
        x0, top, x1, bottom = fill.box
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if (
            x1 - x0 < _SMALLEST[0]
            or bottom - top < _SMALLEST[1]
            or (x1 - x0) * (bottom - top) > 0.9 * page.width * page.height
            or any(contains(grid.box, x, y) for grid in grids)
            or background(x, y, fill.order, page.fills) == fill.colour
        ):
            continue
        candidates.append(fill)
        if len(candidates) > _MOST_AREAS:
            return []
    return [
        fill for fill in candidates if sum(_holds(fill.box, other.box) for other in candidates) < 3
    ]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] - 0.5 <= inner[0]
        and outer[1] - 0.5 <= inner[1]
        and inner[2] <= outer[2] + 0.5
        and inner[3] <= outer[3] + 0.5
    )


def beside(first: Box, second: Box) -> bool:
    """Whether two boxes share a side, or nearly, over at least half of the shorter one."""
    across, along = shared(first, second)
    shared_x = 0.5 * min(first[2] - first[0], second[2] - second[0])
    shared_y = 0.5 * min(first[3] - first[1], second[3] - second[1])
    return (abs(along) <= _TOUCH and across >= shared_x) or (
        abs(across) <= _TOUCH and along >= shared_y
    )


def _divided(tile: Box, grid: Grid, glyphs: Sequence[Glyph]) -> list[float]:
    """The column rules of a table that also part the texts in a bar over or under it.

    None, unless the bar is as wide as the table, no text in it lies across one of them, and
    most columns have a text of their own.
    """
    if abs(tile[0] - grid.box[0]) > _TOUCH or abs(tile[2] - grid.box[2]) > _TOUCH:
        return []
    if not beside(tile, grid.box):
        return []
    columns = sorted({x for cell in grid.cells for x in (cell.box[0], cell.box[2])})
    inner = columns[1:-1]
    inside = [
        glyph for glyph in glyphs if glyph.text not in BLANKS and contains(tile, *glyph.middle)
    ]
    if not inner or any(glyph.x0 + 0.5 < x < glyph.x1 - 0.5 for glyph in inside for x in inner):
        return []
    filled = {sum(x <= glyph.middle[0] for x in inner) for glyph in inside}
    return inner if len(filled) > 0.6 * (len(inner) + 1) else []


def is_striped(grid: Grid, ruled: Sequence[Grid], page: Page) -> bool:
    """Whether areas alone make too few or not all cells: stripes and highlights, no table."""
    if any(beside(grid.box, other.box) or _holds(grid.box, other.box) for other in ruled):
        return False
    if is_beside_rows(grid, page):
        return True
    lefts = {cell.box[0] for cell in grid.cells}
    tops = {cell.box[1] for cell in grid.cells}
    x0, top, x1, bottom = grid.box
    covered = sum((c.box[2] - c.box[0]) * (c.box[3] - c.box[1]) for c in grid.cells)
    return len(lefts) < 2 or len(tops) < _FEWEST_ROWS or covered < 0.95 * (x1 - x0) * (bottom - top)
