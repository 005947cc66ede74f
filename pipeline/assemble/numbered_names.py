"""Names that stand behind the number of their row in one cell (1 来館者数, 1-1-2 貸出冊数)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from pipeline.japanese.text import match_key
from pipeline.model import Entry, IndicatorRow

_NUMBER = re.compile(
    r"\s*(?P<number>(?:[0-9０-９]{1,2}[-‐−－]){0,2}(?P<last>[0-9０-９]{1,3}))[ \u3000\n]+(?=\S)"
)
_ENOUGH = 3
"""Rows of a table, at least, whose numbers run on: a name may begin with a number of its own."""


def without_numbers(rows: Iterable[IndicatorRow]) -> list[IndicatorRow]:
    """The rows, the numbers before their names as entries of their own.

    Only where the names of whole tables bear numbers that run on, in one of them three, or through
    all tables of the document.
    """
    rows = list(rows)
    tables = [list(group) for _, group in groupby(rows, key=lambda row: row.table)]
    running = [table for table in tables if _run_on(table)]
    if not (any(len(table) >= _ENOUGH for table in running) or _run_through(rows)):
        return rows
    numbered = {id(row) for table in running for row in table}
    return [_parted(row) if id(row) in numbered else row for row in rows]


def _run_on(rows: Sequence[IndicatorRow]) -> bool:
    numbers = _numbers(rows)
    return len(numbers) == len(rows) and all(
        later in (number + 1, 1) for number, later in pairwise(numbers)
    )


def _run_through(rows: Sequence[IndicatorRow]) -> bool:
    """Whether the names of all rows, three at least, are numbered from 1 on."""
    return len(rows) >= _ENOUGH and _numbers(rows) == list(range(1, len(rows) + 1))


def _numbers(rows: Sequence[IndicatorRow]) -> list[int]:
    found = [_NUMBER.match(_name(row)) for row in rows]
    return [int(match_key(one["last"])) for one in found if one is not None]


def _name(row: IndicatorRow) -> str:
    return next((one.printed.text for one in row.entries if one.kind == "name"), "")


def _parted(row: IndicatorRow) -> IndicatorRow:
    entries: list[Entry] = []
    for entry in row.entries:
        found = _NUMBER.match(entry.printed.text) if entry.kind == "name" else None
        if found is None:
            entries.append(entry)
            continue
        number = replace(entry.printed, text=found["number"], second=None)
        second = entry.printed.second
        rest = replace(
            entry.printed,
            text=entry.printed.text[found.end() :],
            second=second and re.sub(rf"^\s*{found['number']}\s*", "", second),
        )
        entries.append(Entry(kind="number", header="", printed=number))
        entries.append(replace(entry, printed=rest))
    return replace(row, entries=tuple(entries))
