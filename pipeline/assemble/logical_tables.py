"""Pieces of tables on pages → logical tables.

A join rests on column positions and what the columns hold, never on their number alone; every join
is recorded.  Rows cut by a page edge are made whole in :mod:`.cut_rows`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from pipeline.assemble.vocabulary import is_number
from pipeline.model import Box, Cell, Join, Line, Printed, Table

_COLUMN_TOLERANCE = 4.0
"""Points by which column edges of two pieces may differ (rounding, borders of other widths)."""
_COLUMN_TOLERANCE_SHARE = 0.006
"""The same as a share of the width of a wide table, whose dotted rules lie farther apart."""

_TEXT = frozenset({"horizontal", "text", "ocr"})
_FEW_COLUMNS = 4
"""Column edges up to which two tables may look alike by chance."""
_MOST_MISSING = 2
"""Columns of merged cells that a piece may lack at a side."""
_OUTER_TOLERANCE = 15.0
"""Points by which the outer sides of two pieces without ruled columns may differ."""
_SHARE_TOLERANCE = 0.04
"""Share of a table's width by which the edges of a piece that was widened may differ."""

_ROWS_COMPARED = 8
"""Rows on each side of a page edge that tell what columns hold."""
_TOUCHING = 1.5
"""Points between two pieces of one table on a page, at most."""
_PAGES_ON = 2
"""How many pages further the rest of a table may stand."""


@dataclass(frozen=True)
class Placed:
    """A cell of a logical table: its text, the columns that it covers, its fill."""

    printed: Printed
    first: int
    last: int
    fill: str | None = None
    rows: int = 1

    @property
    def text(self) -> str:
        return self.printed.text


Row = tuple[Placed | None, ...]
"""One entry a column; a cell that spans rows or columns stands in each of them."""


@dataclass
class Logical:
    """A table of the document, whatever number of pages it stands on."""

    number: int
    edges: tuple[float, ...]
    rows: list[Row]
    pieces: list[Table]
    joins: list[Join] = field(default_factory=list)

    @property
    def page(self) -> int:
        return self.pieces[0].page

    @property
    def box(self) -> Box:
        return self.pieces[0].box

    @property
    def method(self) -> Literal["ruled", "horizontal", "text", "ocr"]:
        """How its cells were told: ruled only if all its pieces are."""
        return next((one.method for one in self.pieces if one.method != "ruled"), "ruled")

    @property
    def is_drawn(self) -> bool:
        """Whether all its cells are drawn: rules tell them, and nothing else."""
        return all(one.method == "ruled" and not one.grounds for one in self.pieces)


def column_edges(table: Table) -> tuple[float, ...]:
    """The left edges of a table's columns and the right edge of the last, left to right."""
    lefts: dict[int, float] = {}
    for cell in table.cells:
        lefts[cell.column] = min(cell.box[0], lefts.get(cell.column, cell.box[0]))
    right = max((cell.box[2] for cell in table.cells), default=table.box[2])
    return (*(lefts[column] for column in sorted(lefts)), right)


def column_index(table: Table) -> Callable[[int], int]:
    """Grid columns of a piece → columns in which cells begin, and one more for its right edge."""
    starts = sorted({cell.column for cell in table.cells})
    return lambda column: bisect_left(starts, column)


def _fit(edges: Sequence[float], into: Sequence[float]) -> tuple[int, ...] | None:
    """For each edge its index in ``into``, if the outer ones agree and all inner ones are there.

    The pieces may stand at different distances from the paper's edge (facing pages).
    """
    shift = into[0] - edges[0]
    tolerance = max(_COLUMN_TOLERANCE, _COLUMN_TOLERANCE_SHARE * (into[-1] - into[0]))
    found: list[int] = []
    for edge in edges:
        nearest = min(range(len(into)), key=lambda index: abs(into[index] - edge - shift))
        if abs(into[nearest] - edge - shift) > tolerance:
            return None
        found.append(nearest)
    whole = found[0] == 0 and found[-1] == len(into) - 1
    return tuple(found) if whole and len(set(found)) == len(found) else None


def _fit_by_middle(edges: Sequence[float], into: Sequence[float]) -> tuple[int, ...] | None:
    """The same for columns that are known by their text alone, so that their edges vary.

    As many columns, and the middle of each lies in its fellow, both ways.
    """
    if len(edges) != len(into):
        return None
    for (x0, x1), (other0, other1) in zip(pairwise(edges), pairwise(into), strict=True):
        if not (other0 < (x0 + x1) / 2 < other1 and x0 < (other0 + other1) / 2 < x1):
            return None
    return tuple(range(len(edges)))


def _fit_by_proportion(piece: Table, logical: Logical) -> tuple[int, ...] | None:
    """The same for ruled columns of a piece that was moved and widened.

    As many columns, each about as large a share of the width and holding the like.
    """
    edges, into = column_edges(piece), logical.edges
    if len(edges) != len(into) or len(edges) <= _FEW_COLUMNS:
        return None
    shares = [[(edge - one[0]) / (one[-1] - one[0]) for edge in one] for one in (edges, into)]
    if any(abs(own - other) > _SHARE_TOLERANCE for own, other in zip(*shares, strict=True)):
        return None
    return tuple(range(len(edges))) if _hold_the_like(piece, logical) else None


def _fit_by_content(piece: Table, logical: Logical) -> tuple[int, ...] | None:
    """The same by what the columns hold: figures where the other holds figures."""
    edges, into = column_edges(piece), logical.edges
    outer = max(abs(edges[0] - into[0]), abs(edges[-1] - into[-1]))
    if len(edges) != len(into) or len(edges) <= _FEW_COLUMNS or outer > _OUTER_TOLERANCE:
        return None
    return tuple(range(len(edges))) if _hold_the_like(piece, logical) else None


def _hold_the_like(piece: Table, logical: Logical) -> bool:
    """Whether the columns of a piece hold figures where those of a table as wide do.

    Headings over all columns say nothing of any, nor do those of a table with few rows above.
    """
    columns = len(logical.edges) - 1
    rows = rows_of(piece, columns, column_index(piece))
    above = _telling_rows(logical.rows[-2 * _ROWS_COMPARED :])[-_ROWS_COMPARED:]
    below = _telling_rows(rows)[:_ROWS_COMPARED]
    return all(
        _holds_figures(above, column) == _holds_figures(below, column) for column in range(columns)
    )


def _telling_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows of several cells: those with figures, or all where none has any."""
    several = [row for row in rows if len(distinct(row)) > 1]
    figured = [row for row in several if any(map(is_number, texts(row)))]
    return figured or several


def _holds_figures(rows: Sequence[Row], column: int) -> bool:
    filled = column_texts(rows, column)
    return 2 * sum(map(is_number, filled)) > len(filled)


def fit(piece: Table, logical: Logical) -> tuple[int, ...] | None:
    """For each column edge of a piece its index in a table's, if the columns are the same.

    Only ruled columns have exact edges; others are compared by where they are and what they hold.
    """
    edges = column_edges(piece)
    exact = _fit(edges, logical.edges)
    if exact is None and _TEXT & {piece.method, logical.method}:
        return _fit_by_middle(edges, logical.edges) or _fit_by_content(piece, logical)
    return (
        exact
        or _fit_by_proportion(piece, logical)
        or _fit_without_side(edges, logical.edges)
        or _fit_moved_without_side(piece, logical)
    )


def _fit_without_side(edges: Sequence[float], into: Sequence[float]) -> tuple[int, ...] | None:
    """The same for a piece without the first or last columns, whose merged cells go on from above.

    Such a cell is open at the page edge, and no rule of it is drawn.
    """
    missing = len(into) - len(edges)
    if not 0 < missing <= _MOST_MISSING or len(edges) <= _FEW_COLUMNS:
        return None
    for first in (missing, 0):
        like = into[first : first + len(edges)]
        if all(abs(a - b) <= _COLUMN_TOLERANCE for a, b in zip(edges, like, strict=True)):
            return tuple(range(first, first + len(edges)))
    return None


def _fit_moved_without_side(piece: Table, logical: Logical) -> tuple[int, ...] | None:
    """The same for the rest of a cut row in the next column of a page.

    It lacks the first columns only where these are merged above.
    """
    edges, into = column_edges(piece), logical.edges
    first_cell = logical.rows[-1][0]
    missing = len(into) - len(edges)
    if missing <= 0 or not (logical.pieces[-1].open_bottom and piece.open_top):
        return None
    merged = first_cell is not None and first_cell.rows > 1
    shift = (into[missing] if merged else into[0]) - edges[0]
    return _fit_without_side([edge + shift for edge in edges], into)


def rows_of(table: Table, columns: int, place: Callable[[int], int]) -> list[Row]:
    """The rows of a piece; ``place`` gives the logical column of a piece's column edge."""
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    rows: list[list[Placed | None]] = [[None] * columns for _ in range(height)]
    for cell in table.cells:
        first, last = place(cell.column), place(cell.column + cell.column_span) - 1
        placed = Placed(
            printed=printed_of(cell, table),
            first=first,
            last=last,
            fill=cell.fill,
            rows=cell.row_span,
        )
        for row in rows[cell.row : cell.row + cell.row_span]:
            for column in range(first, last + 1):
                row[column] = placed
    return [tuple(row) for row in rows]


def printed_of(cell: Cell, table: Table) -> Printed:
    """A cell's text with where it stands and who read it."""
    return Printed(
        text=cell.text,
        page=table.page,
        box=cell.box,
        reader=table.reader,
        second=cell.second,
        sure=cell.sure,
        twice=cell.twice,
    )


def distinct(row: Row) -> list[Placed]:
    """The cells of a row from left to right, each once."""
    return list({id(cell): cell for cell in row if cell is not None}.values())


def texts(row: Row) -> list[str]:
    """The texts of a row's cells, each once."""
    return [cell.text for cell in distinct(row)]


def column_texts(rows: Sequence[Row], index: int) -> list[str]:
    """What stands in a column, without its empty cells."""
    return [cell.text.strip() for row in rows if (cell := row[index]) and cell.text.strip()]


# --------------------------------------------------------------------------- joining


def parted_by(lines: Sequence[Line], upper: Table, lower: Table) -> bool:
    """Whether text stands between two pieces on different pages; lines in reading order."""
    first = bisect_left(lines, upper.page, key=lambda line: line.page)
    end = bisect_right(lines, lower.page, key=lambda line: line.page)
    return any(
        (line.page == upper.page and line.box[1] >= upper.box[3] - 1)
        or (line.page == lower.page and line.box[3] <= lower.box[1] + 1)
        or upper.page < line.page < lower.page
        for line in lines[first:end]
    )


def continues(logical: Logical, lower: Table, lines: Sequence[Line]) -> bool:
    """Whether ``lower`` may be the rest of a table: a later page, same columns, nothing between.

    On the same page rows without ruled columns go on under coloured headings that touch them, and
    under a row at the head of the page that goes on from above and has no rule over it.  A page of
    nothing but a picture may lie between.  ``lines`` are those that carry meaning (no page numbers,
    no running headings).
    """
    upper = logical.pieces[-1]
    same = _touches(upper, lower) or _is_first_row_over(logical, lower, lines)
    if not same and (
        not 0 < lower.page - upper.page <= _PAGES_ON or parted_by(lines, upper, lower)
    ):
        return False
    above, below = column_edges(upper), column_edges(lower)
    fitted = fit(lower, logical)
    lacks = fitted is not None and any(open_sides(fitted, logical))
    if lacks and _is_text_beside(lines, lower, logical.edges):
        return False
    return fitted is not None or _fit(below, above) is not None or _fit(above, below) is not None


def _touches(upper: Table, lower: Table) -> bool:
    """Whether rows without ruled columns begin where coloured cells of the same width end."""
    apart = (
        abs(one - other)
        for one, other in zip(
            (upper.box[0], upper.box[2], upper.box[3]),
            (lower.box[0], lower.box[2], lower.box[1]),
            strict=True,
        )
    )
    like = upper.method == "ruled" and lower.method == "horizontal"
    return like and upper.page == lower.page and max(apart) <= _TOUCHING


def _is_first_row_over(logical: Logical, lower: Table, lines: Sequence[Line]) -> bool:
    """Whether the last piece is one row at the head of a page, right over rows between rules."""
    if len(logical.pieces) == 1:
        return False
    before, upper = logical.pieces[-2:]
    at_head = before.page < upper.page == lower.page and upper.method == "text"
    one = all(cell.row == 0 for cell in upper.cells) and lower.method == "horizontal"
    near = 0 <= lower.box[1] - upper.box[3] <= upper.box[3] - upper.box[1]
    between = any(
        line.page == lower.page
        and line.box[1] >= upper.box[3] - 1
        and line.box[3] <= lower.box[1] + 1
        for line in lines
    )
    return at_head and one and near and not between


def open_sides(fitted: Sequence[int], logical: Logical) -> tuple[int, int]:
    """How many first and last columns a piece lacks, by the place of its edges in a table."""
    return fitted[0], len(logical.edges) - 1 - fitted[-1]


def _is_text_beside(lines: Sequence[Line], piece: Table, edges: Sequence[float]) -> bool:
    """Whether text stands beside a piece, where the columns that it lacks would be."""
    x0, top, x1, bottom = piece.box
    first = bisect_left(lines, piece.page, key=lambda line: line.page)
    end = bisect_right(lines, piece.page, key=lambda line: line.page)
    return any(
        (edges[0] - 1 <= line.box[0] < x0 - 1 or x1 + 1 < line.box[2] <= edges[-1] + 1)
        and line.box[1] < bottom
        and top < line.box[3]
        for line in lines[first:end]
    )


def with_open_cells(
    above: Sequence[Row], below: Sequence[Row], going_on: tuple[int, int]
) -> list[Row]:
    """Rows with so many cells at the left and right that go on there from the row above."""
    left, right = going_on
    end = len(above[-1]) - right
    return [(*above[-1][:left], *row[left:end], *above[-1][end:]) for row in below]


def refit(logical: Logical, piece: Table) -> list[Row] | None:
    """The rows of a further piece in a logical table's columns; widens the table if need be."""
    edges = column_edges(piece)
    inner = fit(piece, logical)
    index = column_index(piece)
    if inner is not None:
        return rows_of(piece, len(logical.edges) - 1, lambda column: inner[index(column)])
    outer = _fit(logical.edges, edges)
    if outer is None:
        return None
    logical.rows = [_widened(row, outer, len(edges) - 1) for row in logical.rows]
    logical.edges = edges
    return rows_of(piece, len(edges) - 1, index)


def _widened(row: Row, outer: tuple[int, ...], columns: int) -> Row:
    wide: list[Placed | None] = [None] * columns
    for column, cell in enumerate(row):
        for index in range(outer[column], outer[column + 1]):
            wide[index] = cell
    return tuple(wide)
