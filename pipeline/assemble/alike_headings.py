"""Tables with the same headings: a column is the same in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.assemble.columns import VALUES, Column, holds_years
from pipeline.assemble.logical_tables import column_texts
from pipeline.assemble.read_tables import Read
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import match_key
from pipeline.model import Kind

_BY_CONTENT: frozenset[Kind] = frozenset({"definition", "policy", "year", "unknown"})
"""What a column is taken for whose word tells of figures only where these stand below it."""

_Place = tuple[tuple[str, ...], int]


def with_alike_roles(read: Sequence[Read]) -> list[Read]:
    """The tables, a column that holds the values of another one's with the same headings as such.

    数値目標 over figures is the target; in a table of few rows words may stand there (未設定).
    """
    values: dict[_Place, Column] = {
        (_headings(one), index): column
        for one in read
        for index, column in enumerate(one.header.columns if one.header else ())
        if column.kind in VALUES and column.told == "own"
    }
    return [_with_values(one, values) for one in read]


def _headings(one: Read) -> tuple[str, ...]:
    columns = one.header.columns if one.header else ()
    return tuple(match_key(without_years(column.header)) for column in columns)


def _with_values(one: Read, values: dict[_Place, Column]) -> Read:
    if one.header is None:
        return one
    headings = _headings(one)
    columns = tuple(
        replace(column, kind=alike.kind, told=alike.told)
        if (alike := values.get((headings, index))) is not None
        and column.kind in _BY_CONTENT
        and not holds_years(column_texts(one.body, index))
        else column
        for index, column in enumerate(one.header.columns)
    )
    return replace(one, header=replace(one.header, columns=columns))
