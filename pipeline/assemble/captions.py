"""What stands over a table: the name of its one indicator, its unit, the word for an example."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from pipeline.assemble import transposed as turned
from pipeline.assemble.lines import captions_above, lines_above, printed_of, unit_above
from pipeline.assemble.logical_tables import texts
from pipeline.assemble.plan_tree import is_of_plan, recognise
from pipeline.assemble.read_tables import Read, is_unnamed, roles_of_rows
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import match_key
from pipeline.model import Kind, Line, Printed
from pipeline.settings.assemble import AssembleSettings

_SAME_SIZE = 0.3
"""Points by which the lines of one caption may differ in size."""
_CLOSE = 0.9
"""Font sizes between the lines of one caption, at most."""
_JUST_ABOVE = 24.0
"""Points between a table and the line that gives its unit."""


@dataclass(frozen=True)
class Above:
    """What stands over a turned table: its name, its unit, and the line that is the name."""

    name: Printed | None = None
    unit: Printed | None = None
    line: Line | None = None
    told: frozenset[int] = frozenset()
    """The ids of lines that say again what the table says (its targets, its unit)."""
    certain: bool = True
    """Whether the line is all of the name: no line just above it may belong to it."""


def find_captions(
    read: Sequence[Read], lines: Sequence[Line], vocabulary: Vocabulary, settings: AssembleSettings
) -> dict[int, Above]:
    """For each table (by id) whose one indicator is named above it, what stands there."""
    found: dict[int, Above] = {}
    for before, one in zip([None, *read], read, strict=False):
        if one.header is None:
            continue
        if one.said:
            found[id(one)] = Above(name=_said(one, "name"), unit=_said(one, "unit"))
            continue
        roles = roles_of_rows(one, vocabulary)
        if roles is None and not is_unnamed(one):
            continue
        if roles is not None and turned.name_column(one.header, roles) is not None:
            continue
        last = before.table.pieces[-1] if before else None
        above = lines_above(lines, one.table.pieces[0], last, settings)
        lines_named = captions_above(above, settings)
        line = lines_named[-1] if lines_named else None
        if line is not None and re.search(settings.lines.example, line.text.strip()):
            continue
        if line is not None and is_of_plan(line, settings):
            line = None
        found[id(one)] = Above(
            name=_bare_caption(line, settings) if line else None,
            unit=unit_above(above, settings),
            line=line,
            told=frozenset(id(one) for one in above),
            certain=line is None
            or not (_goes_on(lines_named, settings) or _is_passed_over(line, above, settings)),
        )
    return found


def _said(card: Read, kind: Kind) -> Printed | None:
    return next((entry.printed for entry in card.said if entry.kind == kind), None)


def _is_passed_over(line: Line, above: Sequence[Line], settings: AssembleSettings) -> bool:
    """Whether a line with a target of its own, which may be the name, stands below the one taken.

    定住人口 589人→1,390人; one of nothing but years and figures tells the same table's targets.
    """
    below = above[above.index(line) + 1 :]
    return any(
        re.search(settings.lines.headline, one.text)
        and re.match(r"\W*[^\W\d]{4,}", without_years(one.text)) is not None
        for one in below
    )


def _goes_on(named: Sequence[Line], settings: AssembleSettings) -> bool:
    """Whether the line that names a table may be the end of a longer name or of a paragraph.

    A line just above it in the same size is no heading of its own.
    """
    if len(named) < 2 or re.match(settings.lines.naming, named[-1].text.strip()):
        return False
    above, line = named[-2:]
    return (
        above.page == line.page
        and abs(above.size - line.size) <= _SAME_SIZE
        and line.box[1] - above.box[3] <= line.size * _CLOSE
        and recognise(line, settings) is None
        and recognise(above, settings, loose=True) is None
    )


def _bare_caption(line: Line, settings: AssembleSettings) -> Printed:
    """The line above a table without its number, what leads to it, and remarks behind it."""
    heading = recognise(line, settings)
    found = re.match(heading.family.pattern, line.text.strip()) if heading else None
    return bare_name(
        replace(printed_of(line), text=found["title"] if found else line.text.strip()), settings
    )


def bare_name(printed: Printed, settings: AssembleSettings) -> Printed:
    """A name over a table without what leads to it (指標3) and remarks behind it (担当：甲課)."""
    text = re.sub(settings.lines.naming, "", printed.text.strip())
    bare = re.sub(settings.lines.byline, "", text).strip()
    return replace(printed, text=bare) if bare else printed


def is_example(
    read: Read, before: Read | None, lines: Sequence[Line], settings: AssembleSettings
) -> bool:
    """Whether a table of one row shows how to read the others: 表の見方（例） stands above it.

    One under 記入例, or with that as a heading, tells how a form is filled in; it may have more.
    """
    filled_in = set(map(match_key, settings.filled_in))
    if any(match_key(text) in filled_in for row in read.table.rows[:1] for text in texts(row)):
        return True
    if read.header is None:
        return False
    last = before.table.pieces[-1] if before else None
    named = captions_above(lines_above(lines, read.table.pieces[0], last, settings), settings)
    if not named:
        return False
    caption = named[-1].text.strip()
    if match_key(caption).strip("()[]【】〔〕<>") in filled_in:
        return True
    return len(read.body) <= 1 and re.search(settings.lines.example, caption) is not None


def find_units(
    read: Sequence[Read], lines: Sequence[Line], settings: AssembleSettings
) -> dict[int, Printed]:
    """For each table of indicators (by id), the unit that a line just above it gives."""
    found: dict[int, Printed] = {}
    for before, one in zip([None, *read], read, strict=False):
        if one.header is None or not one.header.is_indicators:
            continue
        table = one.table.pieces[0]
        last = before.table.pieces[-1] if before else None
        near = [
            line
            for line in lines_above(lines, table, last, settings)
            if line.page == table.page and table.box[1] - line.box[3] <= _JUST_ABOVE
        ]
        unit = unit_above(near, settings)
        if unit is not None:
            found[id(one)] = unit
    return found
