"""Rows of one indicator, a year each, as one row: 観光客数 | R5 | 138 above R6 | 155."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from pipeline.assemble.columns import VALUES
from pipeline.assemble.several_values import of_one_name
from pipeline.assemble.vocabulary import is_year_only
from pipeline.japanese.eras import find_years
from pipeline.japanese.text import match_key
from pipeline.model import Entry, IndicatorRow, Kind, Remark

_FEWEST = 2
_OF_A_YEAR: frozenset[Kind] = VALUES | {"rate", "status", "note", "summary", "unknown"}
"""What is told of each year; all else is told of the indicator."""


def with_years_together(
    rows: Iterable[IndicatorRow],
) -> tuple[list[IndicatorRow], list[Remark]]:
    """The rows, those of one name in a table that differ by the year in them as one.

    A figure's heading gets the year of its row.  Rows that cannot be one, since headings tell other
    years or figures of the indicator differ from row to row, are a doubt.
    """
    found: list[IndicatorRow] = []
    remarks: list[Remark] = []
    for _, group in groupby(
        rows, key=lambda row: (row.table, _texts(row, "name"), _texts(row, "unit"))
    ):
        same = list(group)
        years = [_year_of(row) for row in same]
        named = any(_texts(same[0], "name"))
        if not named or len(same) < _FEWEST or None in years or len(set(years)) < len(same):
            found.extend(same)
            continue
        entries = list(_entries(same))
        whole = _is_whole(entries)
        found.extend([replace(same[0], entries=tuple(entries))] if whole else same)
        remarks.extend([] if whole else [of_one_name(same[0])])
    return found, remarks


def _texts(row: IndicatorRow, kind: Kind) -> tuple[str, ...]:
    return tuple(match_key(one.printed.text) for one in row.entries if one.kind == kind)


def _year_of(row: IndicatorRow) -> int | None:
    """The year that the one cell for it in a row tells."""
    told = [one for one in row.entries if one.kind == "year" and is_year_only(one.printed.text)]
    years = find_years(told[0].printed.text) if len(told) == 1 else []
    return years[-1].fiscal_year if years else None


def _entries(rows: Sequence[IndicatorRow]) -> Iterator[Entry]:
    """The entries of all rows, those of the indicator once."""
    told: set[tuple[Kind, str, str]] = set()
    for row in rows:
        year = next(one.printed.text for one in row.entries if one.kind == "year")
        for one in row.entries:
            key = (one.kind, one.header, match_key(one.printed.text))
            dated = bool(find_years(one.header))
            if one.kind == "year" or (key in told and (dated or one.kind not in _OF_A_YEAR)):
                continue
            told.add(key)
            of_year = one.kind in _OF_A_YEAR and one.kind != "baseline" and not dated
            yield replace(one, header=f"{year}\n{one.header}") if of_year else one


def _is_whole(entries: Sequence[Entry]) -> bool:
    """Whether no two entries of one role stand under one heading."""
    keys = [(one.kind, one.header) for one in entries if one.kind in VALUES | {"rate", "status"}]
    return len(set(keys)) == len(keys)
