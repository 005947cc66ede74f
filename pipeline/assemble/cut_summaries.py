"""Summary tables that a page edge cuts, whose headings stand again on the next page.

Taken apart, a turned one (a status in each row) would count only a part of them in each piece.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.assemble.logical_tables import parted_by
from pipeline.japanese.text import label
from pipeline.model import Box, Claim, Line, Printed, Table

Pages = dict[tuple[Box, str], int]
"""The page of each cell, by its box and text, that stands on a later page than its table."""


def with_rests(tables: Sequence[Table], lines: Sequence[Line]) -> list[tuple[Table, Pages]]:
    """The tables, those cut by page edges whole, without the headings that stand again."""
    found: list[tuple[Table, Pages]] = []
    last: Table | None = None
    for table in tables:
        if found and last is not None and _goes_on(last, table, lines):
            whole, pages = found[-1]
            found[-1] = _joined(whole, table), {**pages, **_pages_of(table)}
        else:
            found.append((table, {}))
        last = table
    return found


def on_their_pages(claim: Claim, pages: Pages) -> Claim:
    """A claim of a joined table, each of its cells on the page where it stands."""

    def placed(printed: Printed) -> Printed:
        return replace(printed, page=pages.get((printed.box, printed.text), printed.page))

    entries = tuple(replace(one, printed=placed(one.printed)) for one in claim.entries)
    return replace(claim, printed=placed(claim.printed), entries=entries)


def _goes_on(upper: Table, lower: Table, lines: Sequence[Line]) -> bool:
    heading = _heading(lower)
    return (
        lower.page == upper.page + 1
        and len(heading) > 1
        and heading == _heading(upper)
        and _rows(lower) > 1
        and not parted_by(lines, upper, lower)
    )


def _heading(table: Table) -> list[tuple[int, int, str]]:
    """The cells of the first row, if each is of that row alone."""
    first = [cell for cell in table.cells if cell.row == 0]
    if any(cell.row_span > 1 for cell in first):
        return []
    return sorted((cell.column, cell.column_span, label(cell.text)) for cell in first)


def _rows(table: Table) -> int:
    return max(cell.row + cell.row_span for cell in table.cells)


def _joined(upper: Table, lower: Table) -> Table:
    below = _rows(upper) - 1
    rest = tuple(replace(cell, row=cell.row + below) for cell in lower.cells if cell.row > 0)
    return replace(upper, cells=(*upper.cells, *rest))


def _pages_of(table: Table) -> Pages:
    return {(cell.box, cell.text): table.page for cell in table.cells if cell.row > 0}
