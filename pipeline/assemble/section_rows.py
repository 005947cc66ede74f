"""Headings of the plan in rows of tables: one text over all columns, or a number and a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.assemble.columns import is_banner, over_name_and_figures
from pipeline.assemble.logical_tables import Placed, Row, distinct
from pipeline.assemble.plan_tree import Heading, headings_in
from pipeline.assemble.read_tables import Read
from pipeline.boxes import around
from pipeline.japanese.text import join_lines, match_key
from pipeline.model import Printed
from pipeline.settings.assemble import AssembleSettings

_PARTED = 2
"""Cells of a heading whose number stands in a column of its own: 1-1 | title."""
_NUMBER = re.compile(
    r"[0-9]{1,2}-[0-9]{1,2}|\([0-9]{1,2}\)|[^\W\d_]{2,6}[0-9]{1,2}(?:-[0-9]{1,2})?"
    r"|第[0-9]{1,2}[^\W\d_]{1,4}"
)
"""Numbers of headings; those of rows are bare."""


def section_headings(read: Read, settings: AssembleSettings) -> list[Heading]:
    """The headings in rows of an indicator table that hold nothing else.

    One cell over the whole width or over name and figures, or a lone text of a family of headings
    that no row with figures begins like: in a cell where no rules part the columns, or parted into
    number and title.
    """
    wide = [
        distinct(row)[0] if is_banner(row) else over_name_and_figures(row, read.header)
        for row in read.body
        if read.header is not None
    ]
    found = [
        heading
        for cell in wide
        if cell is not None
        for heading in headings_in(cell.printed, settings)
    ]
    return [*found, *_lone_headings(read, settings)]


def lone_text(row: Row) -> Printed | None:
    """The only text of a row, or the number and title of a heading in two cells."""
    cells = _filled(row)
    if len(cells) == _PARTED:
        return _joined(cells)
    return cells[0].printed if len(cells) == 1 else None


def _lone_headings(read: Read, settings: AssembleSettings) -> list[Heading]:
    filled = [_filled(row) for row in read.body if not is_banner(row)]
    lone = [
        heading
        for cells in filled
        if (printed := _joined(cells) or _only(cells, ruled=read.table.is_drawn)) is not None
        and len(cells) <= _PARTED
        for heading in headings_in(printed, settings)
    ]
    if not lone:
        return []
    of_rows = {
        heading.family.name
        for cells in filled
        if len(cells) > _PARTED or (len(cells) == _PARTED and _joined(cells) is None)
        for printed in (_joined(cells), *(cell.printed for cell in cells))
        if printed is not None
        for heading in headings_in(printed, settings)
    }
    return [heading for heading in lone if heading.family.name not in of_rows]


def _filled(row: Row) -> list[Placed]:
    return [cell for cell in distinct(row) if cell.text.strip()]


def _only(cells: Sequence[Placed], *, ruled: bool) -> Printed | None:
    return cells[0].printed if len(cells) == 1 and not ruled else None


def _joined(cells: Sequence[Placed]) -> Printed | None:
    """The number of a heading and the title in the cell beside it; ``None`` for other cells."""
    if len(cells) < _PARTED:
        return None
    number, title = cells[0].printed, cells[1].printed
    if not _NUMBER.fullmatch(match_key(number.text)):
        return None
    text = f"{number.text.strip()}\u3000{join_lines(title.text).strip()}"
    return replace(number, text=text, box=around([number.box, title.box]), second=None)
