"""Texts of merged cells that a page edge cuts across: drawn on both pages, each shows a part.

Spreadsheets print a merged cell that goes on over a page edge so.  What a page does not show is
clipped away, or stands beyond the edge of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.boxes import middle
from pipeline.japanese.text import match_key
from pipeline.model import Box, Cell, Extracted, Leftover, Line, Remark, Table

_SAME = 1.0
"""Points by which two sides may differ that are one."""
_ROWS = 5
"""Rows of the lower page in which its first one may stand, below headings that are repeated."""
_OF_INK = frozenset({"reading.struck-out", "reading.hidden-text", "reading.partly-hidden"})
"""Doubts about a text that the rule at a page edge runs through, or that the edge hides."""


class _Whole(NamedTuple):
    """The two cells of a text that is parted, the text, and what else of it the pages hold.

    ``page``: that of the upper cell.
    """

    page: int
    upper: Cell
    lower: Cell
    text: str
    others: tuple[Line | Leftover, ...]


def without_parted_texts(extracted: Extracted) -> Extracted:
    """What is on the paper, with each text that a page edge cuts whole in both of its cells.

    It is one where the same lines stand on both pages, in cells with the same sides at the end of
    one table and at the beginning of the next, and one of the pages does not show all of them.
    """
    by_page: dict[int, list[Table]] = {}
    for table in extracted.tables:
        by_page.setdefault(table.page, []).append(table)
    loose: dict[int, list[Line | Leftover]] = {}
    clipped = [one for one in extracted.leftovers if one.reason == "clipped"]
    others: list[Line | Leftover] = [*extracted.lines, *clipped]
    for one in others:
        loose.setdefault(one.page, []).append(one)
    found: list[_Whole] = []
    for page, following in pairwise(sorted(by_page)):
        upper = max(by_page[page], key=lambda table: table.box[3])
        lower = min(by_page[following], key=lambda table: table.box[1])
        if following == page + 1:
            found += _parted(upper, lower, loose.get(page, []), loose.get(following, []))
    return _mended(extracted, found) if found else extracted


def _parted(
    upper: Table, lower: Table, above: Sequence[Line | Leftover], below: Sequence[Line | Leftover]
) -> Iterator[_Whole]:
    first = [cell for cell in lower.cells if cell.row < _ROWS]
    for cell in upper.cells:
        if abs(cell.box[3] - upper.box[3]) > _SAME:
            continue
        beyond = _beyond(cell.box, cell.box[3], above)
        lines = [*cell.text.splitlines(), *(one.text for one in beyond)]
        for other in first if lines else ():
            before = _beyond(other.box, other.box[1], below) if _one_column(cell, other) else []
            theirs = [*(one.text for one in before), *other.text.splitlines()]
            if (beyond or before) and _key(lines) == _key(theirs):
                yield _Whole(upper.page, cell, other, "\n".join(lines), (*beyond, *before))
                break


def _one_column(one: Cell, other: Cell) -> bool:
    sides = zip(one.box[::2], other.box[::2], strict=True)
    return all(abs(side - its) <= _SAME for side, its in sides)


def _beyond(box: Box, edge: float, loose: Sequence[Line | Leftover]) -> list[Line | Leftover]:
    """The loose texts over the width of a cell that stand at an edge of it, one under another."""
    found: list[Line | Leftover] = []
    top = bottom = edge
    within = [one for one in loose if box[0] - _SAME <= one.box[0] <= one.box[2] <= box[2] + _SAME]
    for one in sorted(within, key=lambda one: abs(middle(one.box)[1] - edge)):
        height = one.box[3] - one.box[1]
        if one.box[1] <= bottom + height and one.box[3] >= top - height:
            found.append(one)
            top, bottom = min(top, one.box[1]), max(bottom, one.box[3])
    return sorted(found, key=lambda one: (one.box[1], one.box[0]))


def _key(lines: Sequence[str]) -> str:
    return match_key("".join(lines))


def _mended(extracted: Extracted, found: Sequence[_Whole]) -> Extracted:
    texts = {id(cell): one.text for one in found for cell in (one.upper, one.lower)}
    used = {id(other) for one in found for other in one.others}
    tables = tuple(
        replace(table, cells=tuple(_whole(cell, texts.get(id(cell))) for cell in table.cells))
        if any(id(cell) in texts for cell in table.cells)
        else table
        for table in extracted.tables
    )
    return replace(
        extracted,
        tables=tables,
        lines=tuple(line for line in extracted.lines if id(line) not in used),
        leftovers=tuple(one for one in extracted.leftovers if id(one) not in used),
        remarks=tuple(one for one in extracted.remarks if not _is_answered(one, found)),
    )


def _whole(cell: Cell, text: str | None) -> Cell:
    if text is None:
        return cell
    seen = cell.second is not None and _key([cell.second]) in _key([text])
    return replace(cell, text=text, second=text if seen else cell.second)


def _is_answered(remark: Remark, found: Sequence[_Whole]) -> bool:
    """Whether a doubt about ink is of nothing but texts that are whole now."""
    if remark.rule not in _OF_INK or not remark.printed:
        return False
    rest = _key([remark.printed])
    for one in found:
        if remark.page in (one.page, one.page + 1):
            for line in (one.text, *one.text.splitlines()):
                rest = rest.replace(_key([line]), "")
    return not rest
