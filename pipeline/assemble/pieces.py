"""Grids of the paper → tables and lines of their own.

A box of one cell is text in a frame, not a table; a grid may hold two tables stacked, the second
with a heading or with columns of its own, and lines between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from msgspec.structs import replace

from pipeline.assemble.cards import cards_of
from pipeline.assemble.columns import VALUES, Header, find_header
from pipeline.assemble.lines import lines_of
from pipeline.assemble.logical_tables import (
    Logical,
    Row,
    column_edges,
    column_index,
    distinct,
    rows_of,
)
from pipeline.assemble.outer_rows import (
    captions_in,
    without_caption_of,
    without_first_heading,
    without_first_lines,
    without_last_lines,
)
from pipeline.assemble.plan_tree import families_in
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary, is_measure, is_year_only
from pipeline.boxes import around
from pipeline.japanese.text import match_key
from pipeline.model import Cell, Line, Table
from pipeline.settings.assemble import AssembleSettings

_FEWEST_SIDES = 3
"""Sides of columns, at least, that tell one table from another below it."""
_FEWEST_YEARS = 2
"""Years over the figures of a first row, at least, that are those of their headings."""
_HEADING_ROWS = 3
"""Rows of headings, at most, below which they stand."""
_FEWEST_SURE = 2
"""Headings that are words of the vocabulary themselves, at least, so that a row is surely one."""
_SAME_EDGE = 2.0
"""Points within which the sides of two cells are one."""


def split_pieces(
    tables: Sequence[Table],
    lines_outside: Sequence[Line],
    vocabulary: Vocabulary,
    settings: AssembleSettings,
) -> tuple[list[Line], list[Table]]:
    """The lines that stand in boxes or between stacked tables, and the tables, each by itself."""
    lines: list[Line] = []
    rest: list[Table] = []
    families = families_in(lines_outside, settings)
    captions = captions_in(lines_outside, tables)
    for whole, below in zip_longest(tables, tables[1:]):
        table, freed = without_last_lines(whole, families, captions, settings)
        table, over = without_first_lines(table, families, vocabulary, settings)
        table, heading = without_first_heading(table, settings)
        table, caption = without_caption_of(below, table, vocabulary)
        lines.extend((*freed, *over, *heading, *caption))
        if len(table.cells) == 1:
            lines.extend(lines_of(table.cells[0], table.page))
            continue
        parts = [
            part
            for one in _touching(
                _with_joined_columns(
                    _with_years_over_all(
                        _with_years_of_headings(_with_parted_headings(table, vocabulary)),
                        vocabulary,
                    )
                )
            )
            for part in _stacked(one, vocabulary)
        ]
        rest.extend(part for part in parts if len(part.cells) > 1)
        for part in parts:
            if len(part.cells) == 1:
                lines.extend(lines_of(part.cells[0], table.page))
    return lines, rest


def _with_parted_headings(table: Table, vocabulary: Vocabulary) -> Table:
    """A table without ruled columns, its headings that were read as one text parted again.

    Two headings of two lines each come as ``R6目 R6実 / 標 績`` over two columns: where each line
    has as many parts as the text has columns, the parts are the lines of each heading.  In a lower
    row they have to be known; a known word in one is no two (目 標).
    """
    if table.method == "ruled":
        return table
    cells: list[Cell] = []
    for cell in table.cells:
        lines = [line.split() for line in cell.text.split("\n")]
        if cell.column_span == 1 or any(len(line) != cell.column_span for line in lines):
            cells.append(cell)
            continue
        parted = ["\n".join(parts) for parts in zip(*lines, strict=True)]
        whole = vocabulary.match(cell.text)
        told = [is_year_only(part) or vocabulary.match(part) is not None for part in parted]
        if (whole and whole.score == CERTAIN and not all(told)) or (cell.row and not all(told)):
            cells.append(cell)
            continue
        x0, top, x1, bottom = cell.box
        step = (x1 - x0) / cell.column_span
        for index, text in enumerate(parted):
            box = (round(x0 + index * step, 2), top, round(x0 + (index + 1) * step, 2), bottom)
            cells.append(
                replace(
                    cell,
                    column=cell.column + index,
                    column_span=1,
                    text=text,
                    box=box,
                    second=None,
                )
            )
    return replace(table, cells=tuple(cells))


def _with_years_of_headings(table: Table) -> Table:
    """A table without ruled columns, the last line of its headings given back to them.

    Years stand over the figures of the first row alone, in several columns whose headings above
    tell none: (令和4年度) over 43 is the year of the column.
    """
    if table.method == "ruled":
        return table
    dated = [one for one in table.cells if one.row and _year_over_figure(one.text) is not None]
    rows = {one.row for one in dated}
    heads = {
        (one.row + one.row_span, one.column): one
        for one in table.cells
        if one.column_span == 1 and one.text.strip()
    }
    above = [heads.get((one.row, one.column)) for one in dated]
    if len(dated) < _FEWEST_YEARS or len(rows) > 1 or min(rows) > _HEADING_ROWS:
        return table
    if any(one is None or any(map(str.isdigit, one.text)) for one in above):
        return table
    changed: dict[int, str] = {}
    for one, head in zip(dated, above, strict=True):
        year, _, figure = one.text.partition("\n")
        changed |= {id(one): figure, id(head): f"{head.text if head else ''}\n{year}"}
    cells = [
        replace(
            one,
            text=changed.get(id(one), one.text),
            second=None if id(one) in changed else one.second,
        )
        for one in table.cells
    ]
    return replace(table, cells=tuple(cells))


def _year_over_figure(text: str) -> str | None:
    """The year in a first line above what is a figure, or stands for one; else ``None``."""
    year, line, rest = text.partition("\n")
    bare = is_measure(rest) or not match_key(rest).strip("-")
    return year if line and is_year_only(year.strip().strip("()（）")) and bare else None


def _with_years_over_all(table: Table, vocabulary: Vocabulary) -> Table:
    """A table without ruled columns, each year over all columns that are its own.

    Below the years the same headings stand again and again (目標値 | 実績値 | 目標値 | …), and over
    each such group stands one year: it is centred over the group, though it may be so short that it
    stands over one column alone.
    """
    upper = {cell.column: cell for cell in table.cells if cell.row == 0 and cell.row_span == 1}
    lower = {cell.column: cell for cell in table.cells if cell.row == 1 and cell.column_span == 1}
    groups = _repeated(
        [match_key(lower[at].text) if at in lower else "" for at in range(_width(table))]
    )
    if table.method == "ruled" or not groups:
        return table
    spanned: dict[int, Cell] = {}
    dropped: set[int] = set()
    for begin, end in groups:
        over = [cell for at, cell in upper.items() if begin <= at < end]
        years = [cell for cell in over if is_year_only(cell.text)]
        whole = all(begin <= one.column and one.column + one.column_span <= end for one in over)
        known = all(vocabulary.match(lower[at].text) for at in range(begin, end))
        if len(years) != 1 or not whole or not known or any(_says_else(one, years) for one in over):
            return table
        box = around([one.box for one in over])
        spanned[id(years[0])] = replace(years[0], column=begin, column_span=end - begin, box=box)
        dropped |= {id(one) for one in over if one is not years[0]}
    cells = [spanned.get(id(one), one) for one in table.cells if id(one) not in dropped]
    return replace(table, cells=tuple(cells))


def _says_else(cell: Cell, years: Sequence[Cell]) -> bool:
    return cell not in years and bool(cell.text.strip())


def _width(table: Table) -> int:
    return max((cell.column + cell.column_span for cell in table.cells), default=0)


def _repeated(words: Sequence[str]) -> list[tuple[int, int]]:
    """The groups of columns under the same different words, side by side: from and to which.

    The longest run of groups, the first if there are several; empty if no words stand again.
    """
    best: list[tuple[int, int]] = []
    for begin in range(len(words)):
        for size in range(2, (len(words) - begin) // 2 + 1):
            first = words[begin : begin + size]
            if not all(first) or len(set(first)) < size:
                continue
            end = begin + size
            while words[end : end + size] == first:
                end += size
            found = [(at, at + size) for at in range(begin, end, size)]
            if len(found) > 1 and len(found) * size > sum(last - at for at, last in best):
                best = found
    return best


def _with_joined_columns(table: Table) -> Table:
    """A table without ruled columns, one column that was read as two made one again.

    Words in the middle and figures at the right leave a gap between them: each heading above runs
    over both, and no row fills both.
    """
    count = _width(table)
    if table.method == "ruled" or count < _FEWEST_SIDES:
        return table
    for left in range(count - 1):
        over = [one for one in table.cells if one.column <= left < one.column + one.column_span - 1]
        heads = [one for one in over if (one.column, one.column_span) == (left, 2)]
        own = [
            one for one in table.cells if one.column_span == 1 and one.column in (left, left + 1)
        ]
        filled = [one for one in own if one.text.strip()]
        rows = {one.row for one in filled}
        both = {one.column for one in filled}
        if heads and len(heads) == len(over) and len(rows) == len(filled) and len(both) > 1:
            under = min(one.row for one in own) >= max(one.row + one.row_span for one in heads)
            return _with_joined_columns(_without_side(table, left)) if under else table
    return table


def _without_side(table: Table, left: int) -> Table:
    """A table with two columns as one; of two cells of a row the one with text stays."""
    cells: list[Cell] = []
    for cell in table.cells:
        if cell.column_span == 1 and cell.column in (left, left + 1):
            twin = next(
                (
                    one
                    for one in table.cells
                    if one.row == cell.row
                    and one.column_span == 1
                    and one.column == 2 * left + 1 - cell.column
                ),
                None,
            )
            empty = not cell.text.strip()
            if twin is not None and empty and (twin.text.strip() or cell.column > left):
                continue
            box = around([cell.box, twin.box]) if twin is not None else cell.box
            cells.append(replace(cell, column=left, box=box))
        elif cell.column > left:
            cells.append(replace(cell, column=cell.column - 1))
        elif cell.column == left and cell.column_span > 1:
            cells.append(replace(cell, column_span=cell.column_span - 1))
        else:
            cells.append(cell)
    return replace(table, cells=tuple(cells))


def _touching(table: Table) -> list[Table]:
    """The tables of a grid that only touch: no side of a column goes on from one to the next.

    One outer side may be common to both.
    """
    if table.method != "ruled":
        return [table]
    count = max(map(_last, table.cells), default=0)
    edges: list[set[float]] = [set() for _ in range(count)]
    crossed: set[int] = set()
    for cell in table.cells:
        crossed.update(range(cell.row + 1, _last(cell)))
        for row in range(cell.row, _last(cell)):
            edges[row].update((cell.box[0], cell.box[2]))
    cuts = [0]
    above: set[float] = set()
    for row, here in enumerate(edges):
        if row and row not in crossed and _are_apart(above, here):
            cuts.append(row)
            above = set()
        above |= here
    if len(cuts) == 1:
        return [table]
    ends = [*cuts[1:], count]
    return [
        part for begin, end in zip(cuts, ends, strict=True) for part in _rows(table, begin, end)
    ]


def _are_apart(above: set[float], below: set[float]) -> bool:
    """Whether two sets of sides share none, or only one that is an outer side of both."""
    if min(len(above), len(below)) < _FEWEST_SIDES:
        return False
    shared = [one for one in below if any(abs(one - other) <= _SAME_EDGE for other in above)]
    outer = [end(below) for end in (min, max) if abs(end(above) - end(below)) <= _SAME_EDGE]
    return len(shared) <= len(outer) <= 1


def _stacked(table: Table, vocabulary: Vocabulary) -> list[Table]:
    """The tables of which a grid is made; a row between them comes as a table of one cell."""
    edges = column_edges(table)
    rows = rows_of(table, len(edges) - 1, column_index(table))
    first = find_header(rows, vocabulary)
    whole = Read(table=Logical(number=0, edges=edges, rows=rows, pieces=[table]), header=first)
    if any(card.said for card in cards_of(whole, vocabulary)):
        return [table]
    start = first.skip + first.count if first else 1
    cuts: list[tuple[int, int]] = []
    for index in range(start, len(rows)):
        own = find_header(rows[index:], vocabulary)
        if own is None or own.skip or not _begins_table(own, first, rows[index - 1]):
            continue
        above = index
        while above > start and len([c for c in distinct(rows[above - 1]) if c.text.strip()]) == 1:
            above -= 1
        cuts.append((above, index))
        first = own
    if not cuts:
        return [table]
    parts: list[Table] = []
    begin = 0
    for above, index in cuts:
        parts.extend(_rows(table, begin, above))
        parts.extend(one for row in range(above, index) for one in _rows(table, row, row + 1))
        begin = index
    return [*parts, *_rows(table, begin, len(rows))]


def _begins_table(own: Header, first: Header | None, above: Row) -> bool:
    """Whether a row of headings begins a table: other headings than those ``first`` in the grid.

    Or headings of figures alone, under the name of the indicator that they are of.
    """
    if sum(column.score == CERTAIN for column in own.columns) < _FEWEST_SURE:
        return False
    if own.columns[0].kind in VALUES and "name" not in own.kinds:
        named = [cell.text for cell in distinct(above) if cell.text.strip()]
        return len(named) == 1 and above[0] is not None and above[0].text == named[0]
    tells = own.is_indicators or own.is_projects
    return tells and not (first and _alike(own, first))


def _alike(one: Header, other: Header) -> bool:
    return one.is_indicators == other.is_indicators and one.is_projects == other.is_projects


def _rows(table: Table, begin: int, end: int) -> list[Table]:
    """The rows from ``begin`` to before ``end`` as a table; a lone text as one cell."""
    cells = [
        replace(
            cell, row=max(cell.row, begin), row_span=min(_last(cell), end) - max(cell.row, begin)
        )
        for cell in table.cells
        if cell.row < end and _last(cell) > begin
    ]
    filled = [cell for cell in cells if cell.text.strip()]
    if not filled:
        return []
    if len(filled) == 1 and end - begin == 1:
        cells = filled
    starts = sorted({cell.column for cell in cells})
    own = [
        replace(
            cell,
            row=cell.row - begin,
            column=starts.index(cell.column),
            column_span=sum(
                cell.column <= start < cell.column + cell.column_span for start in starts
            ),
        )
        for cell in cells
    ]
    return [
        replace(
            table,
            box=around([cell.box for cell in own]),
            cells=tuple(own),
            open_top=table.open_top and begin == 0,
            open_bottom=table.open_bottom and end > max(cell.row for cell in table.cells),
        )
    ]


def _last(cell: Cell) -> int:
    return cell.row + cell.row_span
