"""Statuses ticked off in columns of their own: 順調 | やや遅れ | 遅れ over ○ and blanks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from msgspec import structs

from pipeline.assemble.columns import Header, is_banner
from pipeline.assemble.logical_tables import Placed, Row
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import CERTAIN
from pipeline.japanese.text import match_key

_TICK = re.compile(r"[○◯〇●レﾚ✓✔☑■✕×]")
_FEWEST = 2
"""Columns of statuses side by side, and rows that are ticked, at least."""
_CHANGED = frozenset({"unknown", "status"})


def with_ticked_statuses(read: Sequence[Read], words: Collection[str]) -> list[Read]:
    """The tables, columns whose headings are statuses as one column that holds these.

    ``words``: what reports use as statuses.  So it is in tables of indicators where nothing but
    ticks stands below such headings, side by side, and no row has two; a row without any has no
    status.  Another column of statuses leaves the table as it is.
    """
    known = {match_key(word) for word in words if len(match_key(word)) > 1}
    return [_with_one_column(one, known) for one in read]


def _with_one_column(one: Read, known: Collection[str]) -> Read:
    header = one.header
    if header is None or not header.is_indicators:
        return one
    ticked = _columns(header, known)
    others = [at for at, column in enumerate(header.columns) if column.kind == "status"]
    rows = [row for row in one.body if not is_banner(row)]
    if len(ticked) < _FEWEST or not {*others} <= {*ticked} or not _are_ticked(rows, ticked):
        return one
    columns = list(header.columns)
    for at in ticked[1:]:
        columns[at] = replace(columns[at], kind="unknown", header="", score=0)
    over = columns[ticked[0]].header.rpartition("\n")[0]
    names = [_word(header, at) for at in ticked]
    columns[ticked[0]] = replace(
        columns[ticked[0]],
        kind="status",
        header=over or "・".join(names),
        score=CERTAIN,
        inferred=False,
        told="own",
    )
    body = [row if is_banner(row) else _told(row, ticked, names) for row in one.body]
    head = one.table.rows[: header.skip + header.count]
    return replace(
        one,
        table=replace(one.table, rows=[*head, *body]),
        header=replace(header, columns=tuple(columns)),
    )


def _columns(header: Header, known: Collection[str]) -> list[int]:
    """The columns under statuses, if all of them stand side by side."""
    found = [
        at
        for at, column in enumerate(header.columns)
        if column.kind in _CHANGED and match_key(_word(header, at)) in known
    ]
    return found if all(after - before == 1 for before, after in pairwise(found)) else []


def _word(header: Header, at: int) -> str:
    return header.columns[at].header.rpartition("\n")[2].strip()


def _are_ticked(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether the cells hold nothing but ticks, one a row at most."""
    texts = [[cell.text.strip() for at in columns if (cell := row[at])] for row in rows]
    filled = [[text for text in row if text] for row in texts]
    single = all(len(row) <= 1 and all(map(_TICK.fullmatch, row)) for row in filled)
    return single and sum(map(len, filled)) >= _FEWEST


def _told(row: Row, columns: Sequence[int], names: Sequence[str]) -> Row:
    """A row with the status that is ticked in the first of the columns, the others empty."""
    cells = list(row)
    found = [
        _with_text(cell, name, at=columns[0])
        for at, name in zip(columns, names, strict=True)
        if (cell := row[at]) is not None and cell.text.strip()
    ]
    for at in columns:
        if (cell := cells[at]) is not None:
            cells[at] = _with_text(cell, "", at=at)
    cells[columns[0]] = found[0] if found else cells[columns[0]]
    return tuple(cells)


def _with_text(cell: Placed, text: str, *, at: int) -> Placed:
    """The cell with the word for its tick; so reads the second reader, if it saw the tick."""
    printed = cell.printed
    second = printed.second
    if second is not None and match_key(second) == match_key(printed.text):
        second = text
    return replace(
        cell, printed=structs.replace(printed, text=text, second=second), first=at, last=at
    )
