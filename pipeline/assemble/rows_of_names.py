"""The rows of a piece of a table that have a name and figures, and where they stand."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import is_number
from pipeline.boxes import around
from pipeline.model import Box, Printed, Table


class NamedRow(NamedTuple):
    """A row with figures: its name, and the box of all its cells on the page of the name.

    ``lines``: of the cell that has most of them, of those as high as the name's.
    """

    name: Printed
    box: Box
    lines: int


def named_rows(one: Read, piece: Table, at: int) -> list[NamedRow]:
    """The rows of figures and names that stand in a piece."""
    found = []
    for row in one.body:
        name = row[at]
        figures = any(cell is not None and is_number(cell.text) for cell in row)
        if name is None or not name.text.strip() or not figures:
            continue
        own, (_, top, _, _) = name.printed.page == piece.page, name.printed.box
        if own and piece.box[1] <= top <= piece.box[3]:
            cells = [cell.printed for cell in row if cell is not None]
            boxes = [cell.box for cell in cells if cell.page == piece.page]
            sides = name.printed.box[1::2]
            lines = max(cell.text.count("\n") + 1 for cell in cells if cell.box[1::2] == sides)
            found.append(NamedRow(name.printed, around(boxes), lines))
    return found
