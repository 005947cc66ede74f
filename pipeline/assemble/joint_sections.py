"""Headings of the plan that stand in one cell with the name of a row, where no rules part rows.

The first or last lines of a name are such a heading where the document prints the same number and
title elsewhere, or where other rows of the table are lone headings of its family, and few names
begin as these do.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from pipeline.assemble.logical_tables import Placed, Row
from pipeline.assemble.plan_tree import Heading, find_headings, headings_in
from pipeline.assemble.read_tables import Read
from pipeline.assemble.section_rows import lone_text
from pipeline.japanese.text import match_key
from pipeline.model import Line, Printed
from pipeline.settings.assemble import AssembleSettings

_LINES = 2
"""Lines of a heading in a cell, at most."""
_FEW = 3
"""Of so many names one may begin as a heading of the plan does: where more do, they are counted."""

_Title = tuple[tuple[int, ...], str]


def with_sections_apart(
    read: Sequence[Read], lines: Sequence[Line], settings: AssembleSettings
) -> list[Read]:
    """The tables, those lines of names that are headings of the plan as rows of their own."""
    printed = {_title(heading) for heading in find_headings(lines, settings)}
    return [_parted(one, printed, settings) for one in read]


def _parted(one: Read, printed: set[_Title], settings: AssembleSettings) -> Read:
    kinds = [column.kind for column in one.header.columns] if one.header else []
    if one.table.method == "ruled":
        return one
    one = _with(one, [part for row in one.body for part in _single(row, settings)])
    if "name" not in kinds:
        return one
    at = kinds.index("name")
    families = _families(one.body, at, settings)

    def is_heading(text: Printed) -> bool:
        found = headings_in(text, settings)
        return len(found) == 1 and (_title(found[0]) in printed or found[0].family.name in families)

    return _with(one, [part for row in one.body for part in _apart(row, at, is_heading)])


def _with(one: Read, body: Sequence[Row]) -> Read:
    """A table with other rows below its heading."""
    if len(body) == len(one.body):
        return one
    head = one.table.rows[: len(one.table.rows) - len(one.body)]
    return dataclasses.replace(one, table=dataclasses.replace(one.table, rows=[*head, *body]))


def _title(heading: Heading) -> _Title:
    return heading.numbers, match_key(heading.title)


def _families(rows: Sequence[Row], at: int, settings: AssembleSettings) -> set[str]:
    """The families of headings that stand alone in rows, and with which few names begin."""
    lone, named = set[str](), Counter[str]()
    for row in rows:
        text = lone_text(row)
        name = row[at]
        if text is not None:
            lone.update(found.family.name for found in headings_in(text, settings))
        elif name is not None:
            named.update({found.family.name for found in headings_in(name.printed, settings)})
    return {family for family in lone if _FEW * named[family] <= len(rows)}


def _single(row: Row, settings: AssembleSettings) -> Iterator[Row]:
    """A row of one text, each of two headings in it by itself: a goal, and its policy below."""
    text = lone_text(row)
    if text is None:
        yield row
        return
    count = text.text.count("\n")
    for lines in range(1, count + 1):
        parts = _cut(text, lines)
        found = [headings_in(part, settings) for part in parts]
        if all(found) and found[0][0].family.name != found[1][0].family.name:
            left, top, right, bottom = parts[0].box
            edge = top + (bottom - top) * lines / (count + 1)
            yield _banner(row, replace(parts[0], box=(left, top, right, edge)))
            yield _banner(row, replace(parts[1], box=(left, edge, right, bottom)))
            return
    yield row


def _apart(row: Row, at: int, is_heading: Callable[[Printed], bool]) -> Iterator[Row]:
    """A row and the heading above or below its name, each by itself; else the row as it is."""
    cell = row[at]
    if cell is None or lone_text(row) is not None:
        yield row
        return
    count = len(cell.text.split("\n"))
    for lines in range(1, min(_LINES, count - 1) + 1):
        first, rest = _cut(cell.printed, lines)
        if is_heading(first):
            yield from (_banner(row, first), _named(row, cell, rest))
            return
        rest, last = _cut(cell.printed, count - lines)
        if is_heading(last):
            yield from (_named(row, cell, rest), _banner(row, last))
            return
    yield row


def _cut(printed: Printed, lines: int) -> tuple[Printed, Printed]:
    """The first ``lines`` of a text, and the others; by the second reader, too, if it has them."""
    count = printed.text.count("\n")
    second = printed.second if (printed.second or "").count("\n") == count else None
    parts = []
    for part in (slice(lines), slice(lines, None)):
        text, other = ("\n".join((one or "").split("\n")[part]) for one in (printed.text, second))
        parts.append(replace(printed, text=text, second=None if second is None else other))
    return parts[0], parts[1]


def _banner(row: Row, printed: Printed) -> Row:
    """A heading as a cell over all columns."""
    cell = Placed(printed=printed, first=0, last=len(row) - 1)
    return (cell,) * len(row)


def _named(row: Row, name: Placed, printed: Printed) -> Row:
    """A row with another name."""
    named = dataclasses.replace(name, printed=printed)
    return tuple(named if cell is name else cell for cell in row)
