"""Names that may go on outside their table: a line that touches its first or last row, or a page.

Without rules between rows nothing ends a table but the distance to what follows.  A line left
outside is told where it is so near, and so full, that it may be of the name beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from pipeline.assemble.cut_lines import TOUCH, is_of_words, width_of
from pipeline.assemble.lines import by_page
from pipeline.assemble.logical_tables import column_texts
from pipeline.assemble.plan_tree import is_of_plan
from pipeline.assemble.read_tables import Read
from pipeline.assemble.rows_of_names import NamedRow, named_rows
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.model import Box, Line, Remark, Table
from pipeline.settings.assemble import AssembleSettings

_LETTER = 2
"""Width of a letter in halves: by so much a filled line may fall short."""
_OUT = 1.0
"""Points by which a line may stand out of its column."""


class _Held(NamedTuple):
    """A piece of a table without ruled rows: its rows, and where and how wide its names are."""

    piece: Table
    rows: list[NamedRow]
    sides: tuple[float, float]
    full: int


def beyond_rows(
    lines: Sequence[Line],
    understood: Sequence[Read],
    vocabulary: Vocabulary,
    settings: AssembleSettings,
) -> list[Remark]:
    """A doubt for each row whose name may go on in a line outside its table, no plan's heading."""
    words = [
        line
        for line in lines
        if is_of_words(line) and not vocabulary.match(line.text) and not is_of_plan(line, settings)
    ]
    on_page, every = by_page(words), by_page(lines)
    held = [one for read in understood for one in _held(read)]
    pieces = by_page(piece for read in understood for piece in read.table.pieces)
    found: dict[tuple[int, Box], Remark] = {}
    for one, after in zip_longest(held, held[1:]):
        page = one.piece.page
        below = after if after is not None and after.piece.page == page + 1 else None
        heads = [piece.box[1] for piece in pieces[page + 1]]
        ends = [piece.box[1] for piece in pieces[page]] + [line.box[1] for line in every[page]]
        last = all(top < one.piece.box[3] - 1 for top in ends)
        first = _first_line(every[page + 1], min(heads, default=math.inf)) if last else None
        own = [line for line in on_page[page] if _is_within(line, one.sides)]
        beside = list(_beside(own, one, below))
        if first in words and _is_within(first, one.sides) and _goes_on(one):
            beside.append((first, one.rows[-1]))
        for line, row in beside:
            found.setdefault(
                (row.name.page, row.box),
                Remark(
                    rule="reading.line-of-two-rows",
                    page=row.name.page,
                    box=row.box,
                    printed=line.text.strip(),
                ),
            )
    return list(found.values())


def _beside(
    lines: Sequence[Line], one: _Held, below: _Held | None
) -> Iterator[tuple[Line, NamedRow]]:
    """The lines that touch a piece, each with the row that it may be of."""
    for line in lines:
        full = width_of(line.text) >= one.full
        if full and _touch(line.box[3], one.rows[0].box[1], line):
            yield line, one.rows[0]
        if _touch(one.piece.box[3], line.box[1], line):
            if _goes_on(one):
                yield line, one.rows[-1]
            if full and below is not None:
                yield line, below.rows[0]


def _goes_on(one: _Held) -> bool:
    """Whether the last name of a piece fills its line."""
    return width_of(one.rows[-1].name.text.split("\n")[-1]) >= one.full


def _held(one: Read) -> Iterator[_Held]:
    kinds = [column.kind for column in one.header.columns] if one.header else []
    if "name" not in kinds:
        return
    at = kinds.index("name")
    names = [line for text in column_texts(one.body, at) for line in text.split("\n")]
    full = max(map(width_of, names), default=0) - _LETTER
    edges = one.table.edges
    beside = edges[at + 2] if at + 2 < len(edges) else edges[at + 1]
    sides = edges[at] - _OUT, max(edges[at + 1] + _OUT, (edges[at + 1] + beside) / 2)
    for piece in one.table.pieces:
        rows = named_rows(one, piece, at) if piece.method != "ruled" else []
        if rows:
            yield _Held(piece, rows, sides, full)


def _first_line(lines: Sequence[Line], head: float) -> Line | None:
    """The first line of a page, if it stands above all tables of rows (the first at ``head``)."""
    first = min(lines, key=lambda line: line.box[1], default=None)
    return first if first is not None and first.box[3] <= head + first.size else None


def _is_within(line: Line, sides: tuple[float, float]) -> bool:
    return sides[0] <= line.box[0] and line.box[2] <= sides[1]


def _touch(bottom: float, top: float, line: Line) -> bool:
    """Whether what ends at ``bottom`` and what begins at ``top`` touch, by the size of a line."""
    return -line.size < top - bottom <= TOUCH * line.size
