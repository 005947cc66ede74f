"""Doubts that reading raised about single cells: which of them concern an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.assemble.read_tables import Read
from pipeline.boxes import NOWHERE, middle, overlaps
from pipeline.model import Kind, Remark

_OF_A_CELL = (
    "reading.figures-of-two-sizes",
    "reading.mark-beside-figure",
    "reading.overprinted",
    "reading.partly-hidden",
    "reading.side-not-drawn",
    "reading.struck-out",
    "reading.struck-out-replaced",
)
_OF_ITS_COLUMN = ("reading.drawn-in-cell", "reading.cut-by-edge")
"""Doubts that hold a column's own text back, and concern nothing in one of remarks."""
_BESIDE_THE_POINT: frozenset[Kind] = frozenset(
    {"note", "department", "number", "summary", "definition", "source", "unknown"}
)
"""Columns in which a drawing takes nothing from an indicator, where their heading is read."""


def of_known_tables(remarks: Sequence[Remark], understood: Sequence[Read]) -> list[Remark]:
    """The remarks of reading; doubts about a cell only where its table holds rows."""
    boxes = [(piece.page, piece.box) for one in understood for piece in one.table.pieces]
    return [
        remark
        for remark in remarks
        if remark.rule not in (*_OF_A_CELL, *_OF_ITS_COLUMN)
        or remark.box is None
        or (
            any(page == remark.page and overlaps(box, remark.box) for page, box in boxes)
            and not (remark.rule in _OF_ITS_COLUMN and _is_beside_the_point(remark, understood))
        )
    ]


def _is_beside_the_point(remark: Remark, understood: Sequence[Read]) -> bool:
    """Whether a remark is of a column that says nothing of an indicator's name and figures."""
    box = remark.box or NOWHERE
    x, _ = middle(box)
    for one in understood:
        pieces = (piece for piece in one.table.pieces if piece.page == remark.page)
        if one.header is None or not any(overlaps(piece.box, box) for piece in pieces):
            continue
        edges = pairwise(one.table.edges)
        for column, (left, right) in zip(one.header.columns, edges, strict=False):
            if left <= x <= right:
                return column.kind in _BESIDE_THE_POINT and bool(column.header.strip())
    return False
