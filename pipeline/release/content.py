"""All that the output formats are made from: the dataset described, and its tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from pipeline.model import Record
from pipeline.release.dictionary import TableSpec
from pipeline.release.metadata import Metadata
from pipeline.release.tables import Row, Table

_NUMBERS = msgspec.json.Encoder(decimal_format="number")


class Content(Record):
    """One release before it is written in any format."""

    metadata: Metadata
    tables: tuple[Table, ...]

    def rows(self, spec: TableSpec) -> tuple[Row, ...]:
        """The rows of a table; none where it is not released."""
        return next((table.rows for table in self.tables if table.spec == spec), ())


def json_bytes(content: Any) -> bytes:
    """JSON for a file: two blanks an indentation, decimals as numbers with all their digits."""
    return msgspec.json.format(_NUMBERS.encode(content), indent=2) + b"\n"


def number(text: str) -> Decimal | None:
    """The number of a field; ``None`` for a sign that stands instead of one."""
    return Decimal(text) if text[-1:].isdigit() else None
