"""Rows without rules that a page edge cut: what stands of them on the next page is of their table.

There it has no figures beside it and is read as lines of the page, which would cut the name short.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile
from unicodedata import east_asian_width

from msgspec.structs import replace

from pipeline.assemble.columns import Header
from pipeline.assemble.cut_rows import is_numbered
from pipeline.assemble.logical_tables import (
    Logical,
    column_edges,
    column_index,
    column_texts,
    distinct,
    fit,
    rows_of,
)
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary, is_measure, is_number
from pipeline.boxes import around
from pipeline.japanese.text import match_key
from pipeline.model import Cell, Line, Remark, Table

_COLUMNS = 4
"""Columns from which a table is one of figures; two columns may be any list."""
_FIGURES = 2
"""Cells with figures that a row has at least."""
_HEADINGS = 3
"""Rows of headings of a table, at most."""
_LINES = 3
"""Lines of one cell that a page edge leaves for the next page, at most."""
_NEAR = 1.7
"""From one line of a cell to the next, in sizes of its letters, at most."""
TOUCH = 0.45
"""Sizes of its letters between a line and the row that it touches, at most."""
_SAME_LEFT = 0.8
"""Points by which texts that begin at one margin differ, at most."""
_LETTER = 2
"""Width of a letter in halves: by so much a filled line may fall short."""
_NO_REST = re.compile(
    r"[※*＊【〔\[■□●○◆◇▼▶・]|[(（]?[注例図表出]\s*[0-9０-９:：)）典]|[(（][0-9０-９]"
)
"""How notes and captions begin; no rest of a name does."""


def with_cut_lines(
    tables: Sequence[Table], lines: Sequence[Line], vocabulary: Vocabulary
) -> tuple[list[Table], list[Line], list[Remark]]:
    """The tables, with the lines that are the rest of their last rows, and the other lines.

    With them a doubt for each rest that may as well begin the name of the row below it.

    ``tables`` and ``lines`` in reading order.  The rest becomes the first row of the piece that
    goes on below it, else a piece of its own; whether it is joined is decided as for all pieces.
    """
    made, left = list(tables), list(lines)
    remarks: list[Remark] = []
    for upper in tables:
        again = _headings_again(upper, left)
        under = [line for line in left if line not in again]
        rest = _rest_of(upper, made, under, vocabulary, headed=bool(again))
        if not rest:
            continue
        taken = {id(line) for line in (*again, *rest)}
        left = [line for line in left if id(line) not in taken]
        at, lower = _below(upper, rest, made)
        if lower is None:
            made.insert(at, _piece(upper, rest))
            continue
        if _may_begin(rest[-1], upper, lower):
            first = around([rest[-1].box, *(cell.box for cell in lower.cells if not cell.row)])
            remarks.append(
                Remark(
                    rule="reading.line-of-two-rows",
                    page=lower.page,
                    box=first,
                    printed=rest[-1].text.strip(),
                )
            )
        made[at] = _with_first_row(lower, _piece(upper, rest))
    return made, left, remarks


def _headings_again(upper: Table, lines: Sequence[Line]) -> list[Line]:
    """The first lines of the next page, if they say again what the headings of a table say."""
    columns = len(column_edges(upper)) - 1
    rows = rows_of(upper, columns, column_index(upper))
    heads = takewhile(lambda row: not any(c and is_measure(c.text) for c in row), rows[:_HEADINGS])
    words = Counter(
        match_key(part)
        for row in heads
        for cell in distinct(row)
        for part in cell.text.split("\n")
        if part.strip()
    )
    on_page = sorted(
        (line for line in lines if line.page == upper.page + 1), key=lambda line: line.box[3]
    )
    again = list(takewhile(lambda line: match_key(line.text) in words, on_page))
    return again if Counter(match_key(line.text) for line in again) == words else []


def _rest_of(
    upper: Table,
    tables: Sequence[Table],
    lines: Sequence[Line],
    vocabulary: Vocabulary,
    *,
    headed: bool = False,
) -> list[Line]:
    """The lines at the top of the next page that belong to the last row of a table.

    They begin where no heading does, or rows go on right below; and the cell above is filled.
    Right under its headings (``headed``) they are the rest of its last row, filled or not.
    """
    edges = column_edges(upper)
    if upper.method == "ruled" or len(edges) <= _COLUMNS or not _ends_in_figures(upper):
        return []
    bottom = upper.box[3] - 1
    boxes = [(one.page, one.box) for one in tables if one is not upper]
    boxes += [(line.page, line.box) for line in lines]
    if any(page == upper.page and box[1] >= bottom for page, box in boxes):
        return []
    page = upper.page + 1
    on_page = [line for line in lines if line.page == page]
    top = min((one.box[1] for one in tables if one.page == page), default=math.inf)
    first = sorted((line for line in on_page if line.box[1] < top), key=lambda one: one.box[3])
    beside = [list(row) for _, row in groupby(first, key=lambda line: round(line.box[3]))]
    may_be = takewhile(
        lambda row: all(_may_be_rest(line, upper, headed=headed) for line in row), beside
    )
    rest = [line for row in may_be for line in row]
    if headed:
        rest = _together(rest)
    levels = sorted({round(line.box[3]) for line in rest})
    if not rest or len(levels) > _LINES or any(vocabulary.match(line.text) for line in rest):
        return []
    near = all(below - above <= _NEAR * rest[0].size for above, below in pairwise(levels))
    margin = min(line.box[0] for line in on_page)
    apart = all(line.box[0] > margin + _SAME_LEFT for line in rest)
    lower = _below(upper, rest, tables)[1]
    return rest if near and (apart or lower is not None) else []


def _may_begin(line: Line, upper: Table, lower: Table) -> bool:
    """Whether a line may as well begin the name of the row below: it is full, and touches it."""
    columns = len(column_edges(upper)) - 1
    texts = column_texts(rows_of(upper, columns, column_index(upper)), 0)
    widest = max((width_of(part) for text in texts for part in text.split("\n")), default=0)
    touches = lower.box[1] - line.box[3] <= TOUCH * line.size
    first = line.box[2] <= column_edges(upper)[1] + 1
    return first and touches and width_of(line.text) >= widest - _LETTER


def _ends_in_figures(table: Table) -> bool:
    """Whether the last row has figures, and no row of the table is one text over all columns."""
    columns = len(column_edges(table)) - 1
    rows = rows_of(table, columns, column_index(table))
    over_all = any(row[0] is not None and row[0] is row[-1] for row in rows)
    figures = {id(cell) for cell in rows[-1] if cell is not None and is_number(cell.text)}
    return not over_all and len(figures) >= _FIGURES


def _together(lines: Sequence[Line]) -> list[Line]:
    """The lines up to the first that stands off from the one above it."""
    apart = (
        at
        for at, (above, below) in enumerate(pairwise(lines), 1)
        if below.box[3] - above.box[3] > _NEAR * below.size
    )
    return list(lines[: next(apart, len(lines))])


def _may_be_rest(line: Line, upper: Table, *, headed: bool = False) -> bool:
    """Whether a line stands in one column, the last cell of which is filled to its right side."""
    if not is_of_words(line):
        return False
    for column, (x0, x1) in enumerate(pairwise(column_edges(upper))):
        if x0 - 1 <= line.box[0] and line.box[2] <= x1 + 1:
            return headed or _is_filled(upper, column)
    return False


def is_of_words(line: Line) -> bool:
    """Whether a line may be part of a name: no figure, and no beginning of a title or a note."""
    text = line.text.strip()
    return not (is_measure(text) or is_numbered(text) or _NO_REST.match(text))


def _is_filled(table: Table, column: int) -> bool:
    """Whether the last line of a column is about as wide as its widest: it may go on."""
    columns = len(column_edges(table)) - 1
    texts = column_texts(rows_of(table, columns, column_index(table)), column)
    widths = [[width_of(line) for line in text.split("\n")] for text in texts]
    widest = max((width for lines in widths for width in lines), default=0)
    return bool(widths) and widths[-1][-1] >= widest - _LETTER


def width_of(text: str) -> int:
    """The width of a line in halves of a full letter."""
    return sum(2 if east_asian_width(char) in "FWA" else 1 for char in text.strip())


def _below(upper: Table, rest: Sequence[Line], tables: Sequence[Table]) -> tuple[int, Table | None]:
    """Where the piece stands that goes on with the same columns right below, and the piece."""
    page, bottom = rest[0].page, max(line.box[3] for line in rest)
    at = tables.index(upper) + 1
    lower = tables[at] if at < len(tables) else None
    if lower is None or lower.page != page or lower.box[1] - bottom > _NEAR * rest[0].size:
        return at, None
    logical = Logical(number=0, edges=column_edges(upper), rows=[], pieces=[upper])
    columns = len(column_edges(lower)) - 1
    first = rows_of(lower, columns, column_index(lower))[0]
    figures = {id(cell) for cell in first if cell is not None and is_number(cell.text)}
    same = columns == len(logical.edges) - 1 and fit(lower, logical) is not None
    return at, lower if same and len(figures) >= _FIGURES else None


def _piece(upper: Table, rest: Sequence[Line]) -> Table:
    """The rest of a row as a table of one row in the columns of the one above."""
    edges = column_edges(upper)
    top, bottom = min(line.box[1] for line in rest), max(line.box[3] for line in rest)
    cells = tuple(
        Cell(
            row=0,
            column=column,
            box=(x0, top, x1, bottom),
            text="\n".join(
                line.text for line in rest if x0 <= (line.box[0] + line.box[2]) / 2 < x1
            ),
        )
        for column, (x0, x1) in enumerate(pairwise(edges))
    )
    return replace(upper, page=rest[0].page, box=around([cell.box for cell in cells]), cells=cells)


def _with_first_row(lower: Table, first: Table) -> Table:
    """A piece with one more row at its top."""
    starts = sorted({cell.column for cell in lower.cells})
    above = (replace(cell, column=starts[cell.column]) for cell in first.cells)
    below = (replace(cell, row=cell.row + 1) for cell in lower.cells)
    box = around([first.box, lower.box])
    return replace(lower, box=box, cells=(*above, *below))


def with_rest_under_headings(
    piece: Table, own: Header, header: Header, vocabulary: Vocabulary
) -> Table | None:
    """A further piece whose heading of names has lines more than the table's, these as a row.

    They are the rest of the name that the page edge cut.  ``None`` if the headings are others, or
    the lines are in brackets, as a unit or year would be, or end the word of a heading (K / PI).
    """
    if [one.kind for one in own.columns] != [one.kind for one in header.columns]:
        return None
    pairs = [
        (one.kind, match_key(one.header), match_key(two.header))
        for one, two in zip(own.columns, header.columns, strict=True)
    ]
    others = [at for at, (_, here, first) in enumerate(pairs) if here != first]
    if len(others) != 1 or pairs[others[0]][0] != "name":
        return None
    _, here, first = pairs[others[0]]
    rest, last, place = here.removeprefix(first), own.skip + own.count - 1, column_index(piece)
    known = vocabulary.match(here)
    whole_word = known is not None and known.score == CERTAIN
    if not first or rest == here or rest.startswith("(") or whole_word:
        return None
    heads = [cell for cell in piece.cells if cell.row == last]
    whole = next((cell for cell in heads if place(cell.column) == others[0]), None)
    lines = whole.text.split("\n") if whole is not None else []
    at = next((n for n in range(len(lines)) if match_key("".join(lines[n:])) == rest), None)
    if whole is None or at is None or any(cell.row + cell.row_span > last + 1 for cell in heads):
        return None
    x0, top, x1, bottom = whole.box
    middle = round(top + (bottom - top) * at / len(lines), 2)
    upper = replace(whole, text="\n".join(lines[:at]), box=(x0, top, x1, middle), second=None)
    empty = [replace(cell, row=last + 1, text="", second=None) for cell in heads]
    text, box = "\n".join(lines[at:]), (x0, middle, x1, bottom)
    return replace(
        piece,
        cells=(
            *(upper if cell is whole else cell for cell in piece.cells if cell.row <= last),
            *(
                replace(one, text=text, box=box) if one.column == whole.column else one
                for one in empty
            ),
            *(replace(cell, row=cell.row + 1) for cell in piece.cells if cell.row > last),
        ),
    )
