"""Tables that only list indicators with the statuses that they bear, row by row.

指標 | 評価          評価 | 指標
来場者数 | A          A | 来場者数、会員数
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from pipeline.boxes import around
from pipeline.japanese.text import label
from pipeline.model import FIRST_READER, Cell, Claim, Place, Printed, Table

_FEWEST = 2
"""Rows of such a table at least, below its headings."""
_COLUMNS = 4
"""Columns at most: a number and a remark may stand beside name and status."""
_APART = re.compile(r"[\n、,・]")


def listed_in(
    table: Table, words: Collection[str], names: Collection[str], place: Place, caption: str
) -> Iterator[Claim]:
    """A claim for each row that names indicators and one status; none unless all rows do.

    ``words`` and ``names`` as folded by ``text.label``.  The text of a claim begins with the
    caption and the headings, which may say that the statuses are those of another year.
    """
    rows = [list(group) for _, group in groupby(_in_order(table), key=lambda cell: cell.row)]
    read = [_read(row, words, names) for row in rows]
    first = next((at for at, one in enumerate(read) if one is not None), 0)
    listed = read[first:]
    if len(listed) < _FEWEST or None in listed or first > 1:
        return
    if max(cell.column for cell in table.cells) >= _COLUMNS:
        return
    heads = "".join(label(cell.text) for row in rows[:first] for cell in row)
    about = "".join(f"{text} " for text in (label(caption), heads) if text)
    for row, found in zip(rows[first:], listed, strict=True):
        if found is not None:
            word, told = found
            text = f"{about}{word}:{'、'.join(told)}"
            box = around([cell.box for cell in row])
            yield Claim(
                source="list",
                place=place,
                printed=Printed(text=text, page=table.page, box=box, reader=FIRST_READER),
            )


def _in_order(table: Table) -> Sequence[Cell]:
    return sorted(table.cells, key=lambda cell: (cell.row, cell.column))


def _read(
    row: Sequence[Cell], words: Collection[str], names: Collection[str]
) -> tuple[str, list[str]] | None:
    """The one status of a row and the indicators that it names; ``None`` without both."""
    statuses = [word for cell in row if (word := label(cell.text)) in words]
    told = [known for cell in row if (known := _names(cell.text, names))]
    return (statuses[0], told[0]) if len(statuses) == len(told) == 1 else None


def _names(text: str, names: Collection[str]) -> list[str]:
    """The indicators of a cell, if it names nothing else."""
    if label(text) in names:
        return [label(text)]
    parts = [label(part) for part in _APART.split(text) if part.strip()]
    return parts if parts and all(part in names for part in parts) else []
