"""Statuses that are actuals: 進捗状況 is a mark in one town and the figure reached in another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from pipeline.assemble.columns import is_banner, is_dash
from pipeline.assemble.logical_tables import Row
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import Vocabulary, is_measure
from pipeline.japanese.text import match_key
from pipeline.model import Entry, IndicatorRow, Kind

_MOST = 2 / 3
"""Share of figures among the filled cells under such a heading, at least."""
_PERCENT = "%"


@dataclass
class _Told:
    """What stands under one heading for statuses, and whether something else proves its role."""

    texts: list[str] = field(default_factory=list)
    proved: bool = False

    def add(self, text: str, target: str, *, beside: bool) -> None:
        """A text, that of the target of its row, and whether a status stands ``beside`` it.

        A unit that is the target's, and no percent, is one of what was reached.
        """
        self.texts.append(text)
        same = bool(unit := _unit(text)) and unit == _unit(target) != _PERCENT
        self.proved = self.proved or beside or same

    @property
    def are_figures(self) -> bool:
        """Whether most texts are figures that are no grades (1, 2, 3)."""
        filled = [text for text in self.texts if text.strip() and not is_dash(text)]
        figures = [text for text in filled if is_measure(text)]
        graded = all(len(match_key(text)) == 1 for text in figures)
        return len(figures) >= _MOST * len(filled) and not graded


def with_figured_statuses(read: Sequence[Read], vocabulary: Vocabulary) -> list[Read]:
    """The tables, a column of statuses as one of actuals where figures stand below its heading.

    That is so where a table has targets and no actuals.  It is certain where another column holds
    the statuses, or the unit is the target's; else only what the column holds speaks for it.
    """
    told: dict[str, _Told] = defaultdict(_Told)
    for one in read:
        columns = _columns_of(one)
        kinds = [kind for kind, _ in columns]
        several = kinds.count("status") > 1
        for index, heading in _ambiguous(columns, vocabulary):
            for row in one.body:
                if index < len(row) and not is_banner(row):
                    target = _text(row, kinds.index("target"))
                    told[heading].add(_text(row, index), target, beside=several)
    return [_with_actuals(one, told, vocabulary) for one in read]


def with_figured_rows(rows: Sequence[IndicatorRow], vocabulary: Vocabulary) -> list[IndicatorRow]:
    """The rows, statuses told beside a heading at the left as actuals where they are figures.

    So it is in tables whose columns are years, and in sheets of one indicator; what is proved by
    nothing else stays a status, which is told as one of numbers.
    """
    told: dict[str, _Told] = defaultdict(_Told)
    for row in rows:
        target = next((one.printed.text for one in row.entries if one.kind == "target"), "")
        several = len({_heading(one) for one in row.entries if one.kind == "status"}) > 1
        for index, heading in _ambiguous(_entries_of(row), vocabulary):
            told[heading].add(row.entries[index].printed.text, target, beside=several)
    return [_row_with_actuals(row, told, vocabulary) for row in rows]


def _columns_of(one: Read) -> list[tuple[Kind, str]]:
    columns = one.header.columns if one.header is not None and one.header.is_indicators else ()
    return [(column.kind, column.header) for column in columns]


def _entries_of(row: IndicatorRow) -> list[tuple[Kind, str]]:
    return [(entry.kind, _heading(entry)) for entry in row.entries]


def _heading(entry: Entry) -> str:
    """What a row of years or of a sheet is, by its own word."""
    return entry.header.rpartition("\n")[2]


def _ambiguous(
    told: Sequence[tuple[Kind, str]], vocabulary: Vocabulary
) -> Iterator[tuple[int, str]]:
    """The statuses beside targets where actuals lack, each with its heading.

    Only those under a word that stands over figures in some towns.
    """
    kinds = {kind for kind, _ in told}
    if "actual" in kinds or "target" not in kinds:
        return
    for index, (kind, heading) in enumerate(told):
        match = vocabulary.match(heading) if kind == "status" else None
        if match is not None and vocabulary.over_figures(match.word) == "rate":
            yield index, match_key(heading)


def _text(row: Row, index: int) -> str:
    cell = row[index] if index < len(row) else None
    return cell.text if cell is not None else ""


def _unit(text: str) -> str:
    """What stands behind a figure."""
    return re.sub(r"[0-9.,+\-▲△約\s]", "", match_key(text)) if is_measure(text) else ""


def _with_actuals(one: Read, told: dict[str, _Told], vocabulary: Vocabulary) -> Read:
    found = [
        (index, told[heading])
        for index, heading in _ambiguous(_columns_of(one), vocabulary)
        if told[heading].are_figures
    ]
    if one.header is None or len(found) != 1:
        return one
    columns, (at, what) = list(one.header.columns), found[0]
    columns[at] = replace(columns[at], kind="actual", inferred=not what.proved)
    return replace(one, header=replace(one.header, columns=tuple(columns)))


def _row_with_actuals(
    row: IndicatorRow, told: dict[str, _Told], vocabulary: Vocabulary
) -> IndicatorRow:
    found = {
        index
        for index, heading in _ambiguous(_entries_of(row), vocabulary)
        if told[heading].are_figures and told[heading].proved
    }
    if not found:
        return row
    entries = tuple(
        structs.replace(entry, kind="actual") if index in found else entry
        for index, entry in enumerate(row.entries)
    )
    return structs.replace(row, entries=entries)
