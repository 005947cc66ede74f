"""Rules to cells: pure functions, each step of which can be drawn.

snap → join → components → close open sides → regions → cells.  Cells are found by flooding: the
rules of a component cut the plane into elementary boxes, and boxes with no wall between them are
one cell.  So a merged cell needs no special case, a rule that ends in the middle of nothing
divides nothing, and a cell that lacks one piece of its border is still found.

One file, though a little long: the steps are read one after the other, and each uses the last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.primitives import Rule
from pipeline.model import Box

_NARROWEST = 5.0
"""Points between two rules below which hardly any text has room."""


_SHORT_OF_SIDE = 0.1
"""Share of a cell's width by which a rule through several cells may end before its last side."""

_FRAMED = 1 << 30


class Edge(msgspec.Struct, gc=False):
    """A rule after snapping and joining."""

    at: float
    start: float
    end: float


class GridCell(msgspec.Struct, gc=False):
    """A cell of one component.

    ``virtual``: one side of it is not drawn; ``corner``: two sides are not, at a corner of the
    table.
    """

    box: Box
    virtual: bool = False
    corner: bool = False


class Grid(msgspec.Struct):
    """The cells of rules that hang together, and the rules."""

    box: Box
    cells: list[GridCell]
    horizontal: list[Edge]
    vertical: list[Edge]
    open_top: bool = False
    open_bottom: bool = False


def snap(values: Iterable[float], tolerance: float) -> dict[float, float]:
    """Map values that lie together onto their mean."""
    snapped: dict[float, float] = {}
    group: list[float] = []
    for value in sorted(set(values)):
        if group and (value - group[-1] > tolerance or value - group[0] > 2 * tolerance):
            snapped.update(dict.fromkeys(group, sum(group) / len(group)))
            group = []
        group.append(value)
    if group:
        snapped.update(dict.fromkeys(group, sum(group) / len(group)))
    return snapped


def join(spans: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Unite intervals that overlap or lie at most ``tolerance`` apart."""
    spans.sort()
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1] + tolerance:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def edges_of(rules: Sequence[Rule], tolerance: float, gap: float, shortest: float) -> list[Edge]:
    """Snap and join rules of one orientation; what stays shorter than ``shortest`` is no rule."""
    position = snap((rule.at for rule in rules), tolerance)
    spans: dict[float, list[tuple[float, float]]] = {}
    for rule in rules:
        spans.setdefault(position[rule.at], []).append((rule.start, rule.end))
    return [
        Edge(at, start, end)
        for at in sorted(spans)
        for start, end in join(spans[at], gap)
        if end - start >= shortest
    ]


def components(
    horizontal: Sequence[Edge], vertical: Sequence[Edge], tolerance: float
) -> list[tuple[list[Edge], list[Edge]]]:
    """Group edges that touch or cross; edges that touch nothing are left out.

    Both sequences are sorted by ``at``.
    """
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    touched = [False] * len(parent)
    xs = [edge.at for edge in vertical]
    for row, edge in enumerate(horizontal):
        first = bisect_left(xs, edge.start - tolerance)
        last = bisect_right(xs, edge.end + tolerance)
        for column in range(first, last):
            other = vertical[column]
            if other.start - tolerance <= edge.at <= other.end + tolerance:
                number = len(horizontal) + column
                touched[row] = touched[number] = True
                parent[root(row)] = root(number)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for index, is_touched in enumerate(touched):
        if is_touched:
            group = groups.setdefault(root(index), ([], []))
            if index < len(horizontal):
                group[0].append(horizontal[index])
            else:
                group[1].append(vertical[index - len(horizontal)])
    return list(groups.values())


def missing_side(
    parallel: Sequence[Edge], across: Sequence[Edge], *, last: bool, tolerance: float
) -> Edge | None:
    """The undrawn outer side of a component, if rules across it show where it would be.

    ``parallel`` are the edges along the side, ``across`` those that run up to it.  ``last`` asks
    for the bottom or right side.  At least two rules must end together beyond the outermost
    parallel edge.
    """
    ends = [edge.end if last else -edge.start for edge in across]
    outermost = max((edge.at if last else -edge.at) for edge in parallel)
    farthest = max(ends)
    if farthest <= outermost + 2 * tolerance:
        return None
    reaching = [
        edge.at for edge, end in zip(across, ends, strict=True) if end >= farthest - tolerance
    ]
    if len(reaching) < 2:
        return None
    return Edge(farthest if last else -farthest, min(reaching), max(reaching))


def widened(drawn: Sequence[Edge], undrawn: Sequence[Edge | None], tolerance: float) -> list[Edge]:
    """Undrawn sides as wide as the rules beside them, if those all have one width."""
    start, end = drawn[0].start, drawn[0].end
    if any(abs(e.start - start) > tolerance or abs(e.end - end) > tolerance for e in drawn):
        return []
    return [Edge(edge.at, start, end) for edge in undrawn if edge is not None]


def walls(
    edges: Sequence[Edge], lines: Sequence[float], bands: Sequence[float], tolerance: float
) -> list[list[bool]]:
    """For each grid line and each band between two crossing lines: is there a wall?

    A rule that runs through other bands may end short of the far side of its last one.
    """
    number = {at: index for index, at in enumerate(lines)}
    present = [[False] * (len(bands) - 1) for _ in lines]
    for edge in edges:
        row = present[number[edge.at]]
        first = max(0, bisect_right(bands, edge.start) - 1)
        last = min(len(bands) - 1, bisect_left(bands, edge.end) + 1)
        for band in range(first, last):
            low, high = bands[band], bands[band + 1]
            slack = min(tolerance, 0.4 * (high - low))
            short = max(slack, _SHORT_OF_SIDE * (high - low))
            before = band > 0 and edge.start <= bands[band - 1] + slack
            after = band + 2 < len(bands) and bands[band + 2] - slack <= edge.end
            if edge.start - (short if after else slack) <= low and high <= edge.end + (
                short if before else slack
            ):
                row[band] = True
    return present


Region = list[tuple[int, int]]


def regions(
    rows: int, columns: int, lying: list[list[bool]], standing: list[list[bool]]
) -> list[Region]:
    """Elementary boxes with no wall between them, as lists of (row, column)."""
    seen = [[False] * columns for _ in range(rows)]
    found: list[Region] = []
    for row in range(rows):
        for column in range(columns):
            if seen[row][column]:
                continue
            seen[row][column] = True
            region = [(row, column)]
            for r, c in region:
                for nr, nc, wall in (
                    (r, c + 1, standing[c + 1][r]),
                    (r, c - 1, standing[c][r]),
                    (r + 1, c, lying[r + 1][c]),
                    (r - 1, c, lying[r][c]),
                ):
                    if not wall and 0 <= nr < rows and 0 <= nc < columns and not seen[nr][nc]:
                        seen[nr][nc] = True
                        region.append((nr, nc))
            found.append(region)
    return found


def rectangles(region: Region) -> list[tuple[int, int, int, int]]:
    """A region as rectangles (top, left, bottom, right), ends exclusive.

    A region that is no rectangle is cut into its horizontal strips, equal neighbours united.
    """
    if len(region) == 1:
        row, column = region[0]
        return [(row, column, row + 1, column + 1)]
    rows: dict[int, list[int]] = {}
    for row, column in region:
        rows.setdefault(row, []).append(column)
    open_: dict[tuple[int, int], int] = {}
    found: list[tuple[int, int, int, int]] = []
    for row in sorted(rows):
        strips: list[tuple[int, int]] = []
        for column in sorted(rows[row]):
            if strips and strips[-1][1] == column:
                strips[-1] = (strips[-1][0], column + 1)
            else:
                strips.append((column, column + 1))
        for strip in [strip for strip in open_ if strip not in strips]:
            found.append((open_.pop(strip), strip[0], row, strip[1]))
        for strip in strips:
            open_.setdefault(strip, row)
    end = max(rows) + 1
    found.extend((top, left, end, right) for (left, right), top in open_.items())
    return sorted(found)


def open_sides(
    region: Region,
    rows: int,
    columns: int,
    lying: list[list[bool]],
    standing: list[list[bool]],
) -> set[str]:
    """The sides on which a region is open to the outside of its component."""
    sides: set[str] = set()
    for row, column in region:
        if row == 0 and not lying[0][column]:
            sides.add("top")
        if row == rows - 1 and not lying[rows][column]:
            sides.add("bottom")
        if column == 0 and not standing[0][row]:
            sides.add("left")
        if column == columns - 1 and not standing[columns][row]:
            sides.add("right")
    return sides


def cells_of(horizontal: list[Edge], vertical: list[Edge], tolerance: float) -> list[Grid]:
    """The grids of one component: cells that share sides, each group a grid of its own.

    A single cell is a frame, not a grid.
    """
    top = missing_side(horizontal, vertical, last=False, tolerance=tolerance)
    bottom = missing_side(horizontal, vertical, last=True, tolerance=tolerance)
    across = [*horizontal, *widened(horizontal, (top, bottom), tolerance)]
    left = missing_side(vertical, across, last=False, tolerance=tolerance)
    right = missing_side(vertical, across, last=True, tolerance=tolerance)
    lying = sorted([*horizontal, *filter(None, (top, bottom))], key=lambda edge: edge.at)
    standing = sorted([*vertical, *filter(None, (left, right))], key=lambda edge: edge.at)
    lying, standing = without_slivers(lying), without_slivers(standing)
    ys = sorted({edge.at for edge in lying})
    xs = sorted({edge.at for edge in standing})
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return []
    lying_walls = walls(_extended(lying, top, bottom, xs), ys, xs, tolerance)
    standing_walls = walls(_extended(standing, left, right, ys), xs, ys, tolerance)
    undrawn = (top is not None, bottom is not None, left is not None, right is not None)
    if all(map(all, lying_walls)) and all(map(all, standing_walls)):
        groups = [
            [
                Block(row, column, row + 1, column + 1, False)
                for row in range(rows)
                for column in range(columns)
            ]
        ]
    else:
        groups = neighbours(_blocks(lying_walls, standing_walls, xs, ys))
    for block in (block for group in groups for block in group):
        outer = (block.top == 0, block.bottom == rows, block.left == 0, block.right == columns)
        block.virtual = block.virtual or any(a and b for a, b in zip(undrawn, outer, strict=True))
    return [
        Grid(
            box=(
                min(xs[block.left] for block in group),
                min(ys[block.top] for block in group),
                max(xs[block.right] for block in group),
                max(ys[block.bottom] for block in group),
            ),
            cells=[
                GridCell(
                    (xs[block.left], ys[block.top], xs[block.right], ys[block.bottom]),
                    block.virtual,
                    block.corner,
                )
                for block in group
            ],
            horizontal=lying,
            vertical=standing,
            open_top=top is not None and any(block.top == 0 for block in group),
            open_bottom=bottom is not None and any(block.bottom == rows for block in group),
        )
        for group in groups
        if len(group) > 1
    ]


def _blocks(
    lying: list[list[bool]], standing: list[list[bool]], xs: list[float], ys: list[float]
) -> list[Block]:
    """The cells between walls that are not everywhere; nested tables have levels of their own."""
    rows, columns = len(ys) - 1, len(xs) - 1
    found = regions(rows, columns, lying, standing)
    inner = nested(found)
    walls_of = {"top": lying[0], "bottom": lying[-1], "left": standing[0], "right": standing[-1]}
    bounds = {"top": xs, "bottom": xs, "left": ys, "right": ys}
    blocks: list[Block] = []
    for number, region in enumerate(found):
        sides = open_sides(region, rows, columns, lying, standing)
        open_ = [side for side in sides if _mostly_open(walls_of[side], bounds[side])]
        corner = len(sides) == 2 and len(region) == 1 and not open_
        if len(sides) > 1 and not corner:
            continue
        if open_ and not _runs_up_to(region, open_[0], standing):
            continue
        level = inner.get(number, 0)
        if level == _FRAMED:
            continue
        shapes = [_bounds(region)] if level < 0 else rectangles(region)
        blocks.extend(Block(*shape, bool(sides), max(level, 0), corner) for shape in shapes)
    return blocks


def _runs_up_to(region: Region, side: str, standing: list[list[bool]]) -> bool:
    """Whether rules on both flanks of a region run up to the upper or lower side it opens to.

    So the last row of a page ends whose closing rule lies under some of its columns only.
    """
    if side not in ("top", "bottom"):
        return False
    row = (min if side == "top" else max)(row for row, _ in region)
    columns = [column for r, column in region if r == row]
    left, right = min(columns), max(columns) + 1
    return len(columns) == right - left and standing[left][row] and standing[right][row]


def without_slivers(edges: list[Edge]) -> list[Edge]:
    """Edges without the shorter of two grid lines between which no text has room.

    Such are the frames of words that stand close to the border of their cell.
    """
    lengths: dict[float, float] = {}
    for edge in edges:
        lengths[edge.at] = lengths.get(edge.at, 0.0) + edge.end - edge.start
    dropped: set[float] = set()
    for first, second in pairwise(sorted(lengths)):
        if second - first < _NARROWEST and first not in dropped:
            shorter, longer = sorted((first, second), key=lambda at: lengths[at])
            if lengths[shorter] < 0.7 * lengths[longer]:
                dropped.add(shorter)
    return [edge for edge in edges if edge.at not in dropped]


class Block(msgspec.Struct, gc=False):
    """A cell in numbers of grid lines.  ``level``: which nested table it belongs to, 0 if none.

    ``corner``: two sides of it are not drawn.
    """

    top: int
    left: int
    bottom: int
    right: int
    virtual: bool
    level: int = 0
    corner: bool = False


def _bounds(region: Region) -> tuple[int, int, int, int]:
    rows = [row for row, _ in region]
    columns = [column for _, column in region]
    return min(rows), min(columns), max(rows) + 1, max(columns) + 1


def nested(found: list[Region]) -> dict[int, int]:
    """Which regions are tables inside a cell: the outer cell gets -n, the cells inside it n.

    An outer cell surrounds a rectangle of other regions on three sides or four.  A single region
    inside is no table but a framed word; it gets :data:`_FRAMED` and is part of the cell.
    """
    levels: dict[int, int] = {}
    owner = {place: number for number, region in enumerate(found) for place in region}
    for number, region in enumerate(found):
        r0, c0, r1, c1 = _bounds(region)
        if (r1 - r0) * (c1 - c0) == len(region):
            continue
        mine = set(region)
        holes = [
            (row, column)
            for row in range(r0, r1)
            for column in range(c0, c1)
            if (row, column) not in mine
        ]
        inside = {owner[hole] for hole in holes}
        h0, d0, h1, d1 = _bounds(holes)
        around = (h0 > r0) + (d0 > c0) + (h1 < r1) + (d1 < c1)
        if (
            around >= 3
            and (h1 - h0) * (d1 - d0) == len(holes)
            and sum(len(found[other]) for other in inside) == len(holes)
        ):
            levels[number] = -(number + 1)
            levels.update(dict.fromkeys(inside, number + 1 if len(inside) > 1 else _FRAMED))
    return levels


def _mostly_open(side: list[bool], bounds: list[float]) -> bool:
    """Whether less than two thirds of an outer side are drawn: what opens to it is outside."""
    drawn = sum(
        high - low for wall, (low, high) in zip(side, pairwise(bounds), strict=True) if wall
    )
    return 3 * drawn < 2 * (bounds[-1] - bounds[0])


def neighbours(blocks: list[Block]) -> list[list[Block]]:
    """Cells grouped by shared sides; a nested table is a group of its own."""
    parent = list(range(len(blocks)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    rights: dict[tuple[int, int], list[int]] = {}
    bottoms: dict[tuple[int, int], list[int]] = {}
    for number, block in enumerate(blocks):
        rights.setdefault((block.right, block.level), []).append(number)
        bottoms.setdefault((block.bottom, block.level), []).append(number)
    for number, block in enumerate(blocks):
        for other in rights.get((block.left, block.level), ()):
            if blocks[other].top < block.bottom and block.top < blocks[other].bottom:
                parent[root(other)] = root(number)
        for other in bottoms.get((block.top, block.level), ()):
            if blocks[other].left < block.right and block.left < blocks[other].right:
                parent[root(other)] = root(number)
    groups: dict[int, list[Block]] = {}
    for number, block in enumerate(blocks):
        groups.setdefault(root(number), []).append(block)
    return list(groups.values())


def _extended(
    edges: list[Edge], first: Edge | None, last: Edge | None, bounds: list[float]
) -> list[Edge]:
    """Undrawn sides reach the corners when the sides across them are undrawn too."""
    return [
        Edge(edge.at, bounds[0], bounds[-1]) if edge is first or edge is last else edge
        for edge in edges
    ]


def find_grids(
    horizontal: Sequence[Rule],
    vertical: Sequence[Rule],
    *,
    snap_tolerance: float,
    join_tolerance: float,
    shortest: float,
) -> list[Grid]:
    """All grids of a page, from its rules as drawn."""
    lying = edges_of(horizontal, snap_tolerance, join_tolerance, shortest)
    standing = edges_of(vertical, snap_tolerance, join_tolerance, shortest)
    return [
        grid
        for rows, columns in components(lying, standing, snap_tolerance)
        for grid in cells_of(rows, columns, snap_tolerance)
    ]
