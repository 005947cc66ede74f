"""Tables that only list indicators with the statuses that they bear, row by row.

指標 | 評価          評価 | 指標
来場者数 | A          A | 来場者数、会員数
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.assemble.cut_summaries import Pages
from pipeline.boxes import around
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import label, match_key
from pipeline.legend.claim_words import any_of
from pipeline.legend.vocabulary import ClaimWords
from pipeline.model import FIRST_READER, Cell, Claim, Place, Printed, Table

_FEWEST = 2
"""Rows of such a table at least, below its headings."""
_COLUMNS = 4
"""Columns at most: a number and a remark may stand beside name and status."""
_APART = re.compile(r"[\n、,・]")
_OVERVIEW = ("一覧", "まとめ", "各", "参考", "資料", "の", "及び", "と", "別")
"""Words of a caption beside those of summaries."""


class _Listed(NamedTuple):
    """A row: its status, the column of it, and the indicators that it names."""

    word: str
    column: int
    names: tuple[str, ...]


class Known(NamedTuple):
    """What the indicators bear: status words and names, folded by ``text.label``, and headings.

    ``heads``: the headings of statuses beside figures, see :func:`heading_key`.  ``grammar``: the
    words of summaries.
    """

    words: Collection[str]
    names: Collection[str]
    heads: Collection[str]
    grammar: ClaimWords


def listed_in(
    table: Table, known: Known, place: Place, captions: Sequence[str], pages: Pages
) -> Iterator[Claim]:
    """A claim for each row that names indicators and one status; none unless all rows do.

    The statuses stand under a heading that they have beside the figures, too, and the last of the
    lines above, ``captions``, names no other judge nor what else is judged.  All of these stand
    before the words of the row in a claim, for they may say that it is of another year.  ``pages``:
    those of cells that stand on a later page than their table.
    """
    rows = [list(group) for _, group in groupby(_in_order(table), key=lambda cell: cell.row)]
    read = [_read(row, known) for row in rows]
    listed = read[1:]
    if len(listed) < _FEWEST or None in listed or max(map(len, rows)) > _COLUMNS:
        return
    over = {heading_key(cell.text): cell.column for cell in rows[0]}
    columns = {one.column for one in listed if one is not None}
    if not any(over.get(head) in columns for head in known.heads):
        return
    if not all(_is_plain(caption, known.grammar) for caption in captions[-1:]):
        return
    texts = (*map(label, captions), *(label(cell.text) for cell in rows[0]))
    about = "".join(f"{text} " for text in texts if text)
    for row, found in zip(rows[1:], listed, strict=True):
        if found is not None:
            text = f"{about}{found.word}:{'、'.join(found.names)}"
            box = around([cell.box for cell in row])
            page = pages.get((row[0].box, row[0].text), table.page)
            yield Claim(
                source="list",
                place=place,
                printed=Printed(text=text, page=page, box=box, reader=FIRST_READER),
            )


def heading_key(text: str) -> str:
    """A heading without its years, as two tables share it."""
    return match_key(without_years(text))


def _is_plain(caption: str, grammar: ClaimWords) -> bool:
    """Whether a caption says no more than that it is one of statuses: 指標の評価一覧."""
    said = (*grammar.neutral, *grammar.subject, *_OVERVIEW)
    rest = re.sub(any_of(said), "", without_years(label(caption)))
    return not re.sub(r"[\W\d_]", "", rest)


def _in_order(table: Table) -> Sequence[Cell]:
    return sorted(table.cells, key=lambda cell: (cell.row, cell.column))


def _read(row: Sequence[Cell], known: Known) -> _Listed | None:
    """The one status of a row and the indicators that it names; ``None`` without both."""
    statuses = [cell for cell in row if label(cell.text) in known.words]
    told = [names for cell in row if (names := _names(cell.text, known.names))]
    if len(statuses) != 1 or len(told) != 1:
        return None
    return _Listed(label(statuses[0].text), statuses[0].column, tuple(told[0]))


def _names(text: str, names: Collection[str]) -> list[str]:
    """The indicators of a cell, if it names nothing else."""
    if label(text) in names:
        return [label(text)]
    parts = [label(part) for part in _APART.split(text) if part.strip()]
    return parts if parts and all(part in names for part in parts) else []
