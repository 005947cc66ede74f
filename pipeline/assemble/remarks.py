"""What assembling noticed and cannot decide: text in no cell, tables and targets not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.assemble.collect import Above, Read
from pipeline.assemble.rows import VALUES
from pipeline.assemble.stitch import texts
from pipeline.model import Extracted, Line, Printed, Remark, Table
from pipeline.settings.assemble import AssembleSettings
from pipeline.text import label

_SAID_ONCE = "vocabulary."
"""Rules of this family speak of a word, wherever it stands."""


def leftovers_in_tables(extracted: Extracted) -> list[Remark]:
    """Glyphs that lie in a table's box but in none of its cells are a doubt about our reading."""
    remarks: list[Remark] = []
    for leftover in extracted.leftovers:
        touched = any(
            table.page == leftover.page and touches(table.box, leftover.box)
            for table in extracted.tables
        )
        if touched and leftover.reason == "in-table-gap":
            remarks.append(
                Remark(
                    rule="reading.leftover-in-table",
                    page=leftover.page,
                    box=leftover.box,
                    printed=leftover.text,
                )
            )
    return remarks


def touches(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def not_understood(
    read: Sequence[Read],
    understood: Sequence[Read],
    explained: set[int],
) -> list[Remark]:
    """A remark for each table that was read but whose meaning is not known."""
    known = {id(one) for one in understood}
    remarks: list[Remark] = []
    for one in read:
        if id(one) in known or any(id(piece) in explained for piece in one.table.pieces):
            continue
        valued = one.header is not None and bool(VALUES & one.header.kinds)
        first = label(" | ".join(texts(one.table.rows[0]))) if one.table.rows else ""
        remarks.append(
            Remark(
                rule="structure.value-table-not-understood"
                if valued
                else "structure.table-not-understood",
                page=one.table.page,
                box=one.table.box,
                printed=first[:120],
            )
        )
    return remarks


def speaks(table: Table, spots: Sequence[Printed]) -> bool:
    """Whether the legend, a claim or the meaning of a colour was read out of this table."""
    return any(spot.page == table.page and touches(table.box, spot.box) for spot in spots)


def headlines(
    lines: Sequence[Line], captions: Mapping[int, Above], settings: AssembleSettings
) -> list[Remark]:
    """Targets printed outside the tables are told, never silently passed."""
    told = frozenset().union(*(above.told for above in captions.values()))
    return [
        Remark(
            rule="structure.headline-target",
            page=line.page,
            box=line.box,
            printed=line.text,
            subject=label(line.text),
        )
        for line in lines
        if re.search(settings.lines.headline, line.text) and id(line) not in told
    ]


def said_once(remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks, those about a word only where it stands first."""
    said: set[tuple[str, str]] = set()
    kept: list[Remark] = []
    for remark in remarks:
        key = (remark.rule, remark.subject)
        if key not in said or not remark.rule.startswith(_SAID_ONCE):
            kept.append(remark)
        said.add(key)
    return kept
