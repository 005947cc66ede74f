"""``conformance.json``: what the notation rules find in the released tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.messages import translate
from pipeline.model import Conformance
from pipeline.notation.items import Failure, Result
from pipeline.notation.sheets import Sheet
from pipeline.notation.together import check_together
from pipeline.release.dictionary import FORMAT_VERSION
from pipeline.release.tables import Table

_SHOWN = 20
"""Places listed of one item; the rest is counted."""


class Looked(NamedTuple):
    """A table and what each item found in it."""

    table: Table
    results: tuple[Result, ...]


def looked_at(tables: Sequence[Table]) -> tuple[Looked, ...]:
    """The tables of one release, each as it is written, and together."""
    found = check_together(tuple(map(_sheet, tables)))
    return tuple(Looked(table, results) for table, (_, results) in zip(tables, found, strict=True))


def _sheet(table: Table) -> Sheet:
    """A table as it is written: quoted, with the dictionary's columns of figures."""
    fields = table.spec.fields
    rows = (tuple(row[field.name] for field in fields) for row in table.rows)
    return Sheet(
        name=table.file,
        rows=(tuple(field.header for field in fields), *rows),
        numeric=tuple(at for at, field in enumerate(fields) if field.type in ("number", "integer")),
        signs=tuple({sign for field in fields for sign in field.signs}),
    )


def totals(found: Sequence[Looked]) -> Conformance:
    """How many items were checked, and how many places break one."""
    return Conformance(
        items=sum(len(looked.results) for looked in found),
        failures=sum(len(result.failures) for looked in found for result in looked.results),
    )


def conformance(found: Sequence[Looked]) -> dict[str, Any]:
    """The file's content: every table, every item, the places that break it."""
    return {
        "format_version": FORMAT_VERSION,
        "tables": [
            {"file": looked.table.file, "items": list(map(_item, looked.results))}
            for looked in found
        ],
    }


def _item(result: Result) -> dict[str, Any]:
    return {
        "id": result.item.id,
        "asks_ja": translate(result.item.asks, "ja"),
        "asks_en": translate(result.item.asks, "en"),
        "failures": len(result.failures),
        "places": [_place(failure) for failure in result.failures[:_SHOWN]],
    }


def _place(failure: Failure) -> dict[str, Any]:
    row, column, text = failure
    return {
        "line": None if row is None else row + 1,
        "column": None if column is None else column + 1,
        "text": text,
    }
