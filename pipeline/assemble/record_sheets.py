"""Tables whose headings stand at the left: sheets of one indicator, and indicators as columns.

In a sheet a heading stands left of each value (指標名 | 来館者数 | 単位 | 人); in the other form
the first row names the indicators and the first column says what each row is (目標値, 実績値).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assemble.columns import VALUES, holds_measures
from pipeline.assemble.logical_tables import Placed, Row, distinct
from pipeline.assemble.vocabulary import (
    CERTAIN,
    Match,
    Vocabulary,
    is_measure,
    is_number,
    is_year_only,
)
from pipeline.model import Entry

_FEWEST_ROWS = 3
"""Rows, at least, of a table whose columns are indicators: the names and two values."""


def _word(cell: Placed, vocabulary: Vocabulary) -> Match | None:
    """The role of a heading that is a word of the vocabulary itself."""
    found = vocabulary.match(cell.text)
    return found if found is not None and found.score == CERTAIN else None


def form_entries(rows: Sequence[Row], vocabulary: Vocabulary) -> list[tuple[Entry, ...]]:
    """The values of each sheet of a table with their roles; empty if it holds no sheets.

    A sheet names one indicator and gives at least two of its values; the next name begins the
    next sheet.  The word for the name or for a target must be one that other papers do not use,
    and each figure must have a word of its own.
    """
    own = False
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
                own = own or (found.kind in {"name", "target"} and not found.common)
            elif key is not None and role is not None:
                if role.kind == "name" and any(entry.kind == "name" for entry in sheets[-1]):
                    sheets.append([])
                sheets[-1].append(Entry(kind=role.kind, header=key.text, printed=cell.printed))
                key, role = None, None
            elif is_measure(cell.text) or is_year_only(cell.text):
                return []
    whole = own and all(map(_is_whole, sheets))
    return [tuple(sheet) for sheet in sheets] if whole else []


def column_entries(rows: Sequence[Row], vocabulary: Vocabulary) -> list[tuple[Entry, ...]]:
    """The values of each column, if the columns are indicators; else empty.

    Told by rows of targets and of another value.
    """
    if len(rows) < _FEWEST_ROWS or len(rows[0]) < 2:
        return []
    kinds = [
        _word(cell, vocabulary) if (cell := row[0]) is not None and cell.text.strip() else None
        for row in rows[1:]
    ]
    values = {kind.kind for kind in kinds if kind is not None and kind.kind in VALUES}
    names = rows[0][1:]
    own = {kind.kind for kind in kinds if kind is not None and not kind.common}
    if None in kinds or len(values) < 2 or "target" not in own or not all(map(_is_name, names)):
        return []
    found: list[tuple[Entry, ...]] = []
    for index, name in enumerate(names, start=1):
        if name is None or _word(name, vocabulary) is not None:
            return []
        entries = [Entry(kind="name", header="", printed=name.printed)]
        for row, match in zip(rows[1:], kinds, strict=True):
            key, cell = row[0], row[index]
            if match is not None and key is not None and cell is not None:
                entries.append(Entry(kind=match.kind, header=key.text, printed=cell.printed))
        found.append(tuple(entries))
    return found if _holds_figures([entry for sheet in found for entry in sheet]) else []


def _is_name(cell: Placed | None) -> bool:
    return (
        cell is not None
        and cell.first == cell.last
        and bool(cell.text.strip())
        and not is_number(cell.text)
        and not is_year_only(cell.text)
    )


def _is_whole(sheet: Sequence[Entry]) -> bool:
    """Whether a sheet has a name and figures (目標値 | …のこと。 is none)."""
    named = any(entry.kind == "name" and entry.printed.text.strip() for entry in sheet)
    return named and sum(entry.kind in VALUES for entry in sheet) > 1 and _holds_figures(sheet)


def _holds_figures(entries: Sequence[Entry]) -> bool:
    """Whether one of the values is a figure, and none a sentence."""
    values = [entry.printed.text.strip() for entry in entries if entry.kind in VALUES]
    figures = any(holds_measures([one]) for one in values)
    return figures and not any(one.endswith("。") for one in values)
