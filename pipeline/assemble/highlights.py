"""What a cell colour means, by the document's own legend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.assemble.lines import printed_of
from pipeline.assemble.logical_tables import printed_of as printed_cell
from pipeline.japanese.text import label
from pipeline.model import Cell, Highlight, Line, ProjectRow, Table
from pipeline.settings.assemble import AssembleSettings

_SWATCH = 4
"""A swatch is empty or holds a short word (黄色)."""
_SMALL = 6
"""A colour key has few cells; in a larger table a fill is a use of the colour, not its key."""


def find_highlights(
    tables: Sequence[Table], lines: Sequence[Line], settings: AssembleSettings
) -> tuple[Highlight, ...]:
    """The colours that a small key table explains, each once.

    The explanation is the filled cell's own text if it speaks of a colour, else its neighbour's
    in the same row, or the line beside or just below the swatch.
    """
    found: dict[str, Highlight] = {}
    for table in tables:
        if len(table.cells) > _SMALL:
            continue
        for cell in table.cells:
            swatch = _is_swatch(cell)
            neighbours = [c for c in table.cells if c.row == cell.row and c is not cell]
            if not cell.fill or cell.fill in found:
                continue
            beside_swatch = any(c.fill and _is_swatch(c) for c in neighbours)
            if not swatch and (beside_swatch or not re.search(settings.lines.colour, cell.text)):
                continue
            own = sorted(neighbours, key=lambda c: c.column) if swatch else [cell]
            written = next((c for c in own if len(label(c.text)) >= 6), None)
            if written is not None:
                meaning = printed_cell(written, table)
            else:
                line = _line_beside(cell.box, table.page, lines)
                if line is None:
                    continue
                meaning = printed_of(line)
            found[cell.fill] = Highlight(fill=cell.fill, meaning=meaning)
    return tuple(found.values())


def _is_swatch(cell: Cell) -> bool:
    return len(label(cell.text)) <= _SWATCH


def with_fills(
    projects: Sequence[ProjectRow],
    fills: Sequence[tuple[str, ...]],
    highlights: Sequence[Highlight],
) -> tuple[ProjectRow, ...]:
    """The projects, each with the one colour of its cells that tells something.

    That is a colour which the document explains, else the rarest: striped rows are no marks.
    """
    explained = {highlight.fill for highlight in highlights}
    common = Counter(fill for row in fills for fill in set(row))
    return tuple(
        replace(
            project,
            fill=min(row, key=lambda fill: (fill not in explained, common[fill]), default=None),
        )
        for project, row in zip(projects, fills, strict=True)
    )


def _line_beside(
    box: tuple[float, float, float, float], page: int, lines: Sequence[Line]
) -> Line | None:
    """The line that stands right of a swatch, else the next one below it."""
    here = [line for line in lines if line.page == page and len(label(line.text)) >= 6]
    beside = [
        line
        for line in here
        if line.box[0] >= box[0] and line.box[1] < box[3] and line.box[3] > box[1]
    ]
    below = [line for line in here if 0 <= line.box[1] - box[3] <= 30]
    return min(beside, key=lambda line: line.box[0], default=None) or min(
        below, key=lambda line: line.box[1], default=None
    )
