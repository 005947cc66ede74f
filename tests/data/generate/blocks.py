"""A document as a list of blocks, the same for every producer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Cell:
    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    align: str = "left"
    fill: str | None = None


@dataclass(frozen=True, kw_only=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class Text:
    text: str


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table; ``widths`` are shares of the page, ``header`` counts its heading rows."""

    cells: Sequence[Cell]
    widths: Sequence[float]
    header: int = 1

    @property
    def rows(self) -> int:
        return max(cell.row + cell.row_span for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True, kw_only=True)
class TwoColumns:
    """Blocks that flow through two columns of a page."""

    blocks: Sequence[Heading | Text | Grid]


Block = Heading | Text | Grid | NewPage | TwoColumns
Rules = Literal["grid", "thick-outside", "dotted", "horizontal", "zebra", "none"]
SIZES = {0: 15.0, 1: 13.0, 2: 11.0, 3: 10.0}
ZEBRA = "#e8eef4"


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a document is set; lengths in points."""

    page: tuple[float, float]
    font: str
    points: float
    rules: Rules
    repeat: bool
    pad: float
    margin: float = 42
    font_file: str | None = None  # cut to the document's characters; else the whole font


def filled(grid: Grid, look: Look) -> list[Cell]:
    """The cells with the bands of a zebra table."""
    from dataclasses import replace

    return [
        replace(cell, fill=cell.fill or ZEBRA)
        if look.rules == "zebra" and cell.row >= grid.header and (cell.row - grid.header) % 2
        else cell
        for cell in grid.cells
    ]
