"""Cards: a table an indicator, its name and what is said of it in rows of their own.

Above and below its small table of headings and figures stand rows in which a word comes before
what it is for (指標名 | 来館者数 | 単位 | 人; 評価の理由 | …).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.assemble import transposed as turned
from pipeline.assemble.columns import find_header
from pipeline.assemble.logical_tables import Logical, Placed, Row, distinct
from pipeline.assemble.read_tables import Read, is_unnamed, roles_of_rows
from pipeline.assemble.record_sheets import form_entries
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary
from pipeline.japanese.text import match_key
from pipeline.model import Entry, Kind

_SAID: frozenset[Kind] = frozenset(
    {
        "name", "unit", "direction", "definition", "summary", "note", "department", "number",
        "source", "goal", "policy", "project", "status", "rate",
    }
)  # fmt: skip
"""What a card may say in a row of its own."""
_REPEATED: frozenset[Kind] = frozenset({"definition", "summary", "note", "department"})
"""What it may say more than once."""
_PAIR = 2
"""Cells of a row that says one thing: a word, and what it is for."""
_NUMBERED = re.compile(r"[0-9①-⑳]{1,3}(?:-[0-9]{1,2})?$")
"""What counts the cards behind the word for the name: 指標3, KPI1-2."""


def cards_of(read: Read, vocabulary: Vocabulary) -> list[Read]:
    """The cards that a table is, each with what it says; the table itself if it is none."""
    header, rows = read.header, _pair_rows(read.table, vocabulary)
    if (header is not None and header.is_projects) or not rows:
        return [read]
    said = _said_in(rows, vocabulary)
    if header is not None and header.is_indicators:
        above = said[: header.skip + header.count]
        if not any(entry.kind == "name" for one in above for entry in one):
            return [read]
    names = [at for at, one in enumerate(said) if any(entry.kind == "name" for entry in one)]
    if not names or not all(said[: names[0]]) or form_entries(rows, vocabulary):
        return [read]
    begins, ends = [0, *names[1:]], [*names[1:], len(rows)]
    found = [
        _card(read, rows[begin:end], said[begin:end], vocabulary)
        for begin, end in zip(begins, ends, strict=True)
    ]
    cards = [card for card in found if card is not None]
    return cards if len(cards) == len(found) else [read]


def _pair_rows(table: Logical, vocabulary: Vocabulary) -> list[Row]:
    """The rows of a table; without upright rules all that is empty may be of the cell before."""
    if table.method == "ruled":
        return table.rows
    return [_over_empty(_to_the_end(row), vocabulary) for row in table.rows]


def _over_empty(row: Row, vocabulary: Vocabulary) -> Row:
    """A row of words and what they are for, each of which goes on over the empty cells behind."""
    filled = [cell for cell in distinct(row) if _has_text(cell)]
    if not _has_text(row[0]) or len(filled) % 2 or not _pairs(filled, vocabulary):
        return row
    spread: list[Placed | None] = []
    for cell in row:
        spread.append(cell if _has_text(cell) else spread[-1])
    return tuple(spread)


def _to_the_end(row: Row) -> Row:
    """A row of a word and what it is for, which goes on over the empty cells behind it."""
    filled = [cell for cell in distinct(row) if _has_text(cell)]
    if len(filled) != _PAIR or distinct(row)[:_PAIR] != filled:
        return row
    end = row.index(filled[1])
    return (*row[:end], *[filled[1]] * (len(row) - end))


def _has_text(cell: Placed | None) -> bool:
    return cell is not None and bool(cell.text.strip())


def is_begun(rows: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether rows are the head of a card, of which a page edge parts the figures."""
    said = _said_in(list(map(_to_the_end, rows)), vocabulary)
    return all(said) and any(entry.kind == "name" for one in said for entry in one)


def _said_in(rows: Sequence[Row], vocabulary: Vocabulary) -> list[tuple[Entry, ...]]:
    """What each row says in pairs of a word and what it is for; nothing of any other row.

    At the right a word may stand above what it is for (評価, and below it B).
    """
    found: list[tuple[Entry, ...]] = []
    above: Placed | None = None
    for row in rows:
        cells = distinct(row)
        if len(cells) % 2 == 0:
            found.append(_pairs(cells, vocabulary))
            above = None
            continue
        last, said = cells[-1], _pairs(cells[:-1], vocabulary)
        kind = _role(last.text, vocabulary)
        if above is not None and kind is None and (above.first, above.last) == _sides(last):
            told = _role(above.text, vocabulary)
            entry = Entry(kind=told or "unknown", header=above.text, printed=last.printed)
            found.append((*said, entry) if said else ())
            above = None
        else:
            above = last if said and kind in _SAID else None
            found.append(said if above is not None else ())
    return found


def _sides(cell: Placed) -> tuple[int, int]:
    return cell.first, cell.last


def _pairs(cells: Sequence[Placed], vocabulary: Vocabulary) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for word, cell in zip(cells[::2], cells[1::2], strict=True):
        kind = _role(word.text, vocabulary)
        if kind is None or kind not in _SAID or _role(cell.text, vocabulary) is not None:
            return ()
        entries.append(Entry(kind=kind, header=word.text, printed=cell.printed))
    return tuple(entries)


def _role(text: str, vocabulary: Vocabulary) -> Kind | None:
    """The role of a word of the vocabulary itself, with a number behind it or without."""
    for key in (text, _NUMBERED.sub("", match_key(text))):
        found = vocabulary.match(key)
        if found is not None and found.score == CERTAIN:
            return found.kind
    return None


def _card(
    read: Read, rows: Sequence[Row], said: Sequence[tuple[Entry, ...]], vocabulary: Vocabulary
) -> Read | None:
    """One card: what it says above and below, and between these its headings and figures."""
    first = next((at for at, one in enumerate(said) if not one), len(rows))
    last = next((at for at in range(len(rows), first, -1) if not said[at - 1]), first)
    entries = tuple(entry for one in (*said[:first], *said[last:]) for entry in one)
    told = Counter(entry.kind for entry in entries)
    if told["name"] != 1 or any(told[kind] > 1 for kind in told.keys() - _REPEATED):
        return None
    table = _without_side(replace(read.table, rows=list(rows[first:last])), vocabulary)
    table = _without_repeated_columns(table) if table.rows else table
    card = replace(read, table=table, header=find_header(table.rows, vocabulary), said=entries)
    if card.header is None:
        return None
    roles = roles_of_rows(card, vocabulary)
    beside = {one.kind for at, one in enumerate(card.header.columns) if at != roles}
    if beside & told.keys() or (roles is None and not is_unnamed(card)):
        return None
    named = roles is not None and turned.name_column(card.header, roles) is not None
    return None if named else card


def _without_side(table: Logical, vocabulary: Vocabulary) -> Logical:
    """A table without the cell at its left that spans all of its rows and is no heading of it.

    It only says what the headings and figures beside it are: 指標の推移.
    """
    sides = {id(row[0]) for row in table.rows}
    if len(table.rows) < _PAIR or len(sides) > 1 or not _has_text(side := table.rows[0][0]):
        return table
    if side is None or _role(side.text, vocabulary) is not None:
        return table
    wide = next((at for at, cell in enumerate(table.rows[0]) if cell is not side), None)
    if wide is None:
        return table
    return replace(table, rows=[row[wide:] for row in table.rows], edges=table.edges[wide:])


def _without_repeated_columns(table: Logical) -> Logical:
    """A table without the columns that only rows above or below it need."""
    kept = [
        index
        for index in range(len(table.rows[0]))
        if not index or any(row[index] is not row[index - 1] for row in table.rows)
    ]
    rows = [tuple(row[index] for index in kept) for row in table.rows]
    edges = tuple(table.edges[index] for index in (*kept, len(table.edges) - 1))
    return replace(table, rows=rows, edges=edges)
