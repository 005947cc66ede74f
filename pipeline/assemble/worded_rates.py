"""Rates that are statuses: 達成度 is a number in one town and a word in another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from pipeline.assemble.columns import VALUES, is_banner, is_dash
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.japanese.text import match_key
from pipeline.model import IndicatorRow

_OF_A_SHARE = re.compile("[率比%]|割合")
_ENOUGH = 3
"""Cells with one word for a status, at least, that make their heading one of statuses."""


@dataclass
class _Told:
    """What stands under each heading for a rate, over all tables."""

    words: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    figured: set[str] = field(default_factory=set)

    def add(self, heading: str, texts: Iterable[str]) -> None:
        for text in texts:
            self.words[heading][match_key(text)] += 1
            if any(map(str.isdecimal, text)):
                self.figured.add(heading)

    def of_statuses(self, statuses: Collection[str]) -> set[str]:
        """The headings under which nothing but words stands, or marks (◎, ①).

        There is no figure, and there are several words, or one of the usual ``statuses`` several
        times.  Single digits alone are grades (達成度 5, 4, 3) under a word for no share (率, %).
        """
        usual = set(map(match_key, statuses))
        found: set[str] = set()
        for heading, counts in self.words.items():
            told = {text: count for text, count in counts.items() if text and not is_dash(text)}
            often = told.keys() <= usual and sum(told.values()) >= _ENOUGH
            graded = sum(told.values()) >= _ENOUGH and not _OF_A_SHARE.search(heading)
            graded = graded and all(len(text) == 1 and text.isdecimal() for text in told)
            if (len(told) > 1 or often) and (graded or heading not in self.figured):
                found.add(heading)
        return found


def with_worded_rates(
    read: Sequence[Read], statuses: Collection[str], vocabulary: Vocabulary
) -> list[Read]:
    """The tables, a column of rates as one of statuses where it holds words alone.

    A table with statuses of its own keeps its rates, and one with two such columns.  Those of the
    year before (前年度評価) are none of its own.
    """
    told = _Told()
    for one in read:
        for index, heading in _rates(one, vocabulary) if _holds_values(one) else []:
            cells = (row[index] for row in one.body if index < len(row) and not is_banner(row))
            told.add(heading, (cell.text for cell in cells if cell is not None))
    worded = told.of_statuses(statuses)
    return [_with_statuses(one, worded, vocabulary) for one in read]


def _holds_values(one: Read) -> bool:
    """Whether a table holds indicators, or in one row the values of one named over it."""
    header = one.header
    if header is None or header.is_indicators:
        return header is not None
    return len(one.body) == 1 and len(VALUES & header.kinds) > 1


def with_worded_rows(rows: Sequence[IndicatorRow], statuses: Collection[str]) -> list[IndicatorRow]:
    """The rows, rates told beside a heading at the left as statuses where all of them are words.

    So it is in tables whose columns are years, and in sheets of one indicator.
    """
    told = _Told()
    for row in rows:
        for heading, text in _worded(row):
            told.add(heading, [text])
    worded = told.of_statuses(statuses)
    return [_row_with_statuses(row, worded) for row in rows]


def _worded(row: IndicatorRow) -> Iterator[tuple[str, str]]:
    """The last line of the heading of each rate of a row without statuses, and its text."""
    if not any(entry.kind == "status" for entry in row.entries):
        for entry in row.entries:
            if entry.kind == "rate":
                yield _heading(entry.header), entry.printed.text


def _heading(text: str) -> str:
    return match_key(text.rpartition("\n")[2])


def _row_with_statuses(row: IndicatorRow, worded: set[str]) -> IndicatorRow:
    if not any(heading in worded for heading, _ in _worded(row)):
        return row
    entries = tuple(
        structs.replace(entry, kind="status")
        if entry.kind == "rate" and _heading(entry.header) in worded
        else entry
        for entry in row.entries
    )
    return structs.replace(row, entries=entries)


def _rates(one: Read, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    columns = one.header.columns if one.header else ()
    if any(
        column.kind == "status" and vocabulary.years_from_reported(match_key(column.header)) == 0
        for column in columns
    ):
        return []
    return [(at, match_key(one.header)) for at, one in enumerate(columns) if one.kind == "rate"]


def _with_statuses(one: Read, worded: set[str], vocabulary: Vocabulary) -> Read:
    found = [index for index, heading in _rates(one, vocabulary) if heading in worded]
    if one.header is None or len(found) != 1:
        return one
    columns, at = list(one.header.columns), found[0]
    columns[at] = replace(columns[at], kind="status", told="")
    return replace(one, header=replace(one.header, columns=tuple(columns)))
