"""Sheets of one indicator: a heading stands left of each value (指標名 | 来館者数 | 単位 | 人)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assemble.headers import Match, Vocabulary
from pipeline.assemble.rows import VALUES
from pipeline.assemble.stitch import Placed, Row, distinct
from pipeline.model import Entry

_CERTAIN = 100


def _word(cell: Placed, vocabulary: Vocabulary) -> Match | None:
    """The role of a heading that is a word of the vocabulary itself."""
    found = vocabulary.match(cell.text)
    return found if found is not None and found.score == _CERTAIN else None


def form_entries(rows: Sequence[Row], vocabulary: Vocabulary) -> list[tuple[Entry, ...]]:
    """The values of each sheet of a table with their roles; empty if it holds no sheets.

    A sheet names one indicator and gives at least two of its values; the next name begins the
    next sheet.
    """
    sheets: list[list[Entry]] = [[]]
    seen: set[int] = set()
    for row in rows:
        key: Placed | None = None
        role: Match | None = None
        for cell in distinct(row):
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            found = _word(cell, vocabulary)
            if found is not None:
                key, role = cell, found
            elif key is not None and role is not None:
                if role.kind == "name" and any(entry.kind == "name" for entry in sheets[-1]):
                    sheets.append([])
                sheets[-1].append(Entry(kind=role.kind, header=key.text, printed=cell.printed))
                key, role = None, None
    return [tuple(sheet) for sheet in sheets] if all(map(_is_whole, sheets)) else []


def _is_whole(sheet: Sequence[Entry]) -> bool:
    named = any(entry.kind == "name" and entry.printed.text.strip() for entry in sheet)
    return named and sum(entry.kind in VALUES for entry in sheet) > 1
