"""A logical table with its heading: what can be said of it before its rows are taken."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.assemble import transposed as turned
from pipeline.assemble.columns import Header, is_dash
from pipeline.assemble.logical_tables import Logical, Row, column_texts
from pipeline.assemble.record_sheets import column_entries, form_entries
from pipeline.assemble.vocabulary import Vocabulary, is_year_only
from pipeline.japanese.text import match_key
from pipeline.model import Entry
from pipeline.settings.assemble import AssembleSettings

_FEWEST_STATUSES = 2
"""Statuses as headings of one table that make it one of counts, at least."""
_FEWEST_NAMES = 2
"""Names of a table from which they say together what it is of."""


@dataclass(frozen=True)
class Read:
    """A logical table with its heading, if it has one that is understood."""

    table: Logical
    header: Header | None
    said: tuple[Entry, ...] = ()
    """What a card says of its one indicator beside its headings and figures."""

    @property
    def body(self) -> list[Row]:
        """The rows below the heading."""
        if self.header is None:
            return self.table.rows
        return self.table.rows[self.header.skip + self.header.count :]


def roles_of_rows(read: Read, vocabulary: Vocabulary) -> int | None:
    """The column that says what each row of a turned table of indicators is; else ``None``."""
    if read.header is None:
        return None
    roles = turned.role_column(read.header, read.body, vocabulary)
    if roles is None or not turned.says_so(read.header, read.body, roles, vocabulary):
        return None
    return roles


def sheets_of(read: Read, vocabulary: Vocabulary) -> list[tuple[Entry, ...]]:
    """The indicators of a table whose headings stand at the left; empty if it is none."""
    header = read.header
    if header is not None and (header.is_indicators or header.is_projects):
        return []
    rows = read.table.rows
    return form_entries(rows, vocabulary) or column_entries(rows, vocabulary)


def is_valued(read: Read, vocabulary: Vocabulary) -> bool:
    """Whether a table holds indicators, as rows or as blocks of rows."""
    return read.header is not None and (
        read.header.is_indicators or roles_of_rows(read, vocabulary) is not None
    )


def names_none(read: Read, settings: AssembleSettings) -> bool:
    """Whether the names of a table are none of indicators: parts of years, or statuses alone.

    Such a table tells the sales of each month, or shows by an example what statuses mean.  Nor has
    a table of counts under statuses names of indicators.
    """
    kinds = [column.kind for column in read.header.columns] if read.header else []
    if "name" not in kinds:
        return False
    statuses = set(map(match_key, settings.legend.words.all))
    if _counts_statuses(read, statuses):
        return True
    names = {match_key(text) for text in column_texts(read.body, kinds.index("name"))}
    if len(names) < _FEWEST_NAMES:
        return False
    return names <= statuses or all(
        is_year_only(name) or re.fullmatch(settings.lines.period, name) for name in names
    )


def _counts_statuses(read: Read, statuses: Collection[str]) -> bool:
    """Whether several statuses are headings, each over nothing but whole numbers."""
    columns = read.header.columns if read.header else ()
    headed = [at for at, column in enumerate(columns) if match_key(column.header) in statuses]
    counts = [column_texts(read.body, at) for at in headed]
    return len(counts) >= _FEWEST_STATUSES and all(
        texts and all(match_key(text).isdecimal() for text in texts) for texts in counts
    )


def is_borne_out(table: Logical, other: Read, vocabulary: Vocabulary) -> bool:
    """Whether rows without a heading hold statuses, or units, like those of another table.

    One unit alone may be that of a budget.  Without rules every status has to be known: parts of a
    row may stand as rows.
    """
    rows = table.rows
    for index, column in enumerate(other.header.columns if other.header else ()):
        own = {match_key(text) for text in column_texts(rows, index) if not is_dash(text)}
        known = {match_key(text) for text in column_texts(other.body, index)}
        if column.kind == "status" and own:
            like = sum(text in known or vocabulary.is_mark(text) for text in own)
            return like == len(own) or (table.method == "ruled" and 2 * like >= len(own))
        if column.kind == "unit" and len(own) > 1 and 2 * len(own & known) >= len(own):
            return True
    return False


def is_unnamed(read: Read) -> bool:
    """Whether a table holds one row of values and no name."""
    return read.header is not None and read.header.is_unnamed and len(read.body) == 1
