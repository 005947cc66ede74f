"""Statuses outside columns of their own.

Among the remarks of indicators (【Ａ】 令和４年度から対象を拡大, 達成。対象を拡大), or behind
what was reached (４８．４【Ａ】).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.assemble.fitting import MOST_STATUSES
from pipeline.japanese.text import label, match_key
from pipeline.model import Entry, IndicatorRow, Kind, LegendRow, Table

_REMARKS: frozenset[Kind] = frozenset({"note", "summary", "definition"})
"""Columns of sentences: 備考, 要因分析, 評価と今後の方針."""
_FEWEST = 3
"""Remarks with a status in brackets, at least, that make the column one that holds them."""
_SHARE = 0.6
"""The share of all indicators whose remarks must begin with a word of the legend."""

_LISTED = 2
"""Words of the remarks that a table lists, at least, if it speaks of them."""
_FIRST = re.compile(
    r"[【\[(「](?P<word>[^】\])」]{1,12})[】\])」]|(?P<bare>[^\s。:、,.【\[(「]{1,12})[。:]"
)
"""The brackets that a status stands in, or what parts it from the rest of a remark: 達成。….

A remark that is nothing but a word needs none.
"""
_BEHIND = re.compile(
    r"(?P<figure>[^【\[(（「]*\d[^【\[(（「]*?)\s*[【\[(（「](?P<word>[^】\])）」]{1,12})[】\])）」]",
    re.DOTALL,
)
_SPACED = re.compile(r"(?P<word>[^\s。：:、【\[(（「]{1,12})\s+(?=\S)")
"""A status before a blank or a line of its own: Ａ　対象を拡大."""


def with_noted_statuses(
    rows: Sequence[IndicatorRow], legend: Sequence[LegendRow], tables: Sequence[Table]
) -> list[IndicatorRow]:
    """The rows with the statuses that their remarks begin with, where no column holds statuses.

    Only words that the legend explains count, and only where most of the rows have one: else a
    remark just happens to begin like that.  Where two of the few words apart are explained,
    so are meant the others, though a line of the legend was not read.  The remark stays as it is
    printed.

    ``tables``: those without indicators.  Where no legend was read, one of them that lists at
    least two of the few words apart, as the list of what they mean or a count of them
    does, speaks of them as statuses.
    """
    words = {match_key(row.word.text) for row in legend} - {""} or _listed(rows, tables)
    noted = {match_key(word) for word in possible_noted(rows)} - {""}
    if len(noted & words) >= _LISTED:
        words |= noted
    bare = not any(
        entry.kind == "status" and entry.printed.text.strip()
        for row in rows
        for entry in row.entries
    )
    if not words or not bare:
        return list(rows)
    found = [_status_of(row, words) for row in rows]
    told = sum(one is not None for one in found)
    if told < _FEWEST or told < _SHARE * len(rows):
        return list(rows)
    return [
        row if one is None else msgspec.structs.replace(row, entries=(*row.entries, one))
        for row, one in zip(rows, found, strict=True)
    ]


def with_statuses_behind_figures(
    rows: Sequence[IndicatorRow], legend: Sequence[LegendRow]
) -> list[IndicatorRow]:
    """The rows, with the brackets behind their actuals as statuses where these hold such words.

    Only words that the legend explains count, and only where most of the rows have one.
    """
    words = {match_key(row.word.text) for row in legend} - {""}
    found = [_parted(row, words) for row in rows]
    told = sum(new is not row for new, row in zip(found, rows, strict=True))
    return found if told >= max(_FEWEST, _SHARE * len(rows)) else list(rows)


def _parted(row: IndicatorRow, words: set[str]) -> IndicatorRow:
    """A row, with the word in brackets behind its one actual that has such as a status."""
    ends = [
        (at, end)
        for at, one in enumerate(row.entries)
        if one.kind == "actual"
        and (end := _behind(one.printed.text)) is not None
        and match_key(end["word"]) in words
    ]
    if len(ends) != 1:
        return row
    ((at, end),) = ends
    printed = row.entries[at].printed
    again = _behind(printed.second or "")
    figure, word = (
        msgspec.structs.replace(
            printed, text=end[part], second=again[part] if again else printed.second
        )
        for part in ("figure", "word")
    )
    entries = list(row.entries)
    entries[at] = msgspec.structs.replace(entries[at], printed=figure)
    entries.append(Entry(kind="status", header=entries[at].header, printed=word))
    return msgspec.structs.replace(row, entries=tuple(entries))


def _behind(text: str) -> re.Match[str] | None:
    """A figure and the word in brackets behind it."""
    return _BEHIND.fullmatch(text.strip())


def _listed(rows: Sequence[IndicatorRow], tables: Sequence[Table]) -> set[str]:
    """The words in brackets that remarks begin with, if a table lists two of them or more."""
    noted = {match_key(word) for word in possible_noted(rows)} - {""}
    cells = ({match_key(cell.text) for cell in table.cells} for table in tables)
    return noted if any(len(noted & texts) >= _LISTED for texts in cells) else set()


def possible_noted(rows: Sequence[IndicatorRow]) -> tuple[str, ...]:
    """The words apart that most remarks begin with, if they are few: a legend may tell."""
    found = [
        word
        for row in rows
        for entry in row.entries
        if entry.kind in _REMARKS and (word := _begins(entry.printed.text))
    ]
    few = len(set(found)) <= MOST_STATUSES and len(set(found)) < len(found)
    return tuple(dict.fromkeys(found)) if few and len(found) >= _SHARE * len(rows) else ()


def _status_of(row: IndicatorRow, words: set[str]) -> Entry | None:
    for entry in row.entries:
        if entry.kind not in _REMARKS:
            continue
        word = _first_word(entry.printed.text)
        if match_key(word) in words:
            second = entry.printed.second
            printed = msgspec.structs.replace(
                entry.printed, text=word, second=None if second is None else _first_word(second)
            )
            return Entry(kind="status", header=entry.header, printed=printed)
    return None


def _first_word(text: str) -> str:
    """The word that a remark begins with, apart from the rest; else all of it."""
    return _begins(text) or label(text)


def _begins(text: str) -> str:
    """The word that a remark begins with, apart from the rest; else nothing."""
    found = _SPACED.match(text.strip()) or _FIRST.match(label(text))
    return next((word for word in found.groups() if word), "") if found else ""
