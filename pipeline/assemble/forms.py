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


def form_entries(rows: Sequence[Row], vocabulary: Vocabulary) -> tuple[Entry, ...]:
    """The values of a sheet with their roles; empty if the table is no sheet of one indicator.

    A sheet names one indicator and gives at least two of its values.
    """
    entries: list[Entry] = []
    seen: set[int] = set()
    for row in rows:
        key: Placed | None = None
        role: Match | None = None
        for cell in distinct(row):
            if id(cell) in seen:
                continue
            found = _word(cell, vocabulary)
            if found is not None:
                key, role = cell, found
            elif key is not None and role is not None:
                entries.append(Entry(kind=role.kind, header=key.text, printed=cell.printed))
                key, role = None, None
            seen.add(id(cell))
    names = [entry for entry in entries if entry.kind == "name" and entry.printed.text.strip()]
    values = [entry for entry in entries if entry.kind in VALUES]
    return tuple(entries) if len(names) == 1 and len(values) > 1 else ()
