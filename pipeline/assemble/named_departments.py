"""Names with the office in charge in brackets behind them, where the heading says so.

指標名（所管課） | 利用者数（図書館課）
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from pipeline.assemble.vocabulary import Vocabulary
from pipeline.model import Entry, IndicatorRow
from pipeline.settings.assemble import AssembleSettings

_LAST = re.compile(r"\s*[(（](?P<inner>[^()（）]+)[)）]\s*$")


def without_departments(
    rows: Iterable[IndicatorRow], vocabulary: Vocabulary, settings: AssembleSettings
) -> list[IndicatorRow]:
    """The rows, the offices behind their names as entries of their own."""
    return [
        replace(
            row,
            entries=tuple(
                part for entry in row.entries for part in _parted(entry, vocabulary, settings)
            ),
        )
        for row in rows
    ]


def _parted(entry: Entry, vocabulary: Vocabulary, settings: AssembleSettings) -> list[Entry]:
    if entry.kind != "name":
        return [entry]
    heading, text = _LAST.search(entry.header), entry.printed.text
    role = vocabulary.match(heading["inner"]) if heading else None
    office = _LAST.search(text) if role is not None and role.kind == "department" else None
    if office is None or not re.search(settings.lines.department, office["inner"].strip()):
        return [entry]
    second = entry.printed.second
    name = replace(
        entry.printed, text=text[: office.start()], second=second and _LAST.sub("", second)
    )
    printed = replace(entry.printed, text=office["inner"], second=None)
    department = Entry(kind="department", header=entry.header, printed=printed)
    return [replace(entry, printed=name), department]
