"""A logical table with its heading: what can be said of it before its rows are taken."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.assemble import transposed as turned
from pipeline.assemble.columns import Header
from pipeline.assemble.logical_tables import Logical, Row
from pipeline.assemble.vocabulary import Vocabulary


@dataclass(frozen=True)
class Read:
    """A logical table with its heading, if it has one that is understood."""

    table: Logical
    header: Header | None

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


def is_valued(read: Read, vocabulary: Vocabulary) -> bool:
    """Whether a table holds indicators, as rows or as blocks of rows."""
    return read.header is not None and (
        read.header.is_indicators or roles_of_rows(read, vocabulary) is not None
    )


def is_unnamed(read: Read) -> bool:
    """Whether a table holds one row of values and no name."""
    return read.header is not None and read.header.is_unnamed and len(read.body) == 1
