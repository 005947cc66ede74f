"""Columns as a person gave them: their roles and years, and two of the paper read as one parted."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace

from pipeline.assemble.columns import Column, Header
from pipeline.assemble.logical_tables import Logical, Placed, Row
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import label
from pipeline.model import Box, Kind, Printed, Remark
from pipeline.settings.decisions import GivenColumn

Given = Sequence[tuple[GivenColumn, ...]]


def parted(table: Logical, given: Given, headings: int) -> tuple[Logical, list[Remark]]:
    """A table with as many columns as were given, and a doubt for each cell that has not as many.

    A cell is parted where blanks part its text; ``headings``: so many rows need not be.
    """
    if all(len(parts) == 1 for parts in given):
        return table, []
    edges: list[float] = []
    for left, right, parts in zip(table.edges, table.edges[1:], given, strict=False):
        edges += [left + (right - left) * at / len(parts) for at in range(len(parts))]
    remarks: list[Remark] = []
    rows = []
    for number, row in enumerate(table.rows):
        made, whole = _row(row, given)
        rows.append(made)
        if number >= headings:
            remarks += _not_parted(made, whole)
    return dataclasses.replace(table, edges=(*edges, table.edges[-1]), rows=rows), remarks


def header_of(known: Header, given: Given, above: Sequence[str]) -> Header:
    """A heading with the roles and years that were given; ``above``: what stands over each column.

    The words over a column that was parted are parted as its cells are.
    """
    columns = []
    for at, parts in enumerate(given):
        words = known.columns[at].header if at < len(known.columns) else above[at]
        texts = _texts(words, len(parts)) or [words] * len(parts)
        for one, text in zip(parts, texts, strict=True):
            columns.append(
                Column(kind=cast("Kind", one.kind), header=_dated(text, one), score=100, told="own")
            )
    return Header(skip=known.skip, count=known.count, columns=tuple(columns), given=True)


def _dated(text: str, one: GivenColumn) -> str:
    """The words over a column with the year that it was given in place of those they name."""
    if one.fiscal_year is None:
        return text
    return f"{one.fiscal_year}年度 {without_years(text)}".strip()


def _texts(text: str, count: int) -> list[str]:
    """The parts of a text, if blanks part it into so many."""
    parts = text.split()
    return parts if len(parts) == count else []


def _row(row: Row, given: Given) -> tuple[Row, list[Placed]]:
    """A row with its cells parted, and the parts of those that nothing parts: each has all."""
    starts = [sum(len(parts) for parts in given[:at]) for at in range(len(given) + 1)]
    made: list[Placed | None] = []
    whole: list[Placed] = []
    for at, cell in enumerate(row):
        count = len(given[at])
        if cell is None:
            made += [None] * count
        elif count == 1 or cell.first != cell.last:
            first, last = starts[cell.first], starts[cell.last + 1] - 1
            made += [dataclasses.replace(cell, first=first, last=last)] * count
        else:
            pieces = _pieces(dataclasses.replace(cell, first=starts[at]), count)
            made += pieces
            if cell.text.strip() and not _texts(cell.text, count):
                whole += pieces
    return tuple(made), whole


def _pieces(cell: Placed, count: int) -> list[Placed]:
    """The parts of a cell, each in its part of the width; all of its text where it has not any."""
    texts = _texts(cell.text, count) or [cell.text] * count
    second = _texts(cell.printed.second or "", count)
    return [
        Placed(
            printed=replace(
                cell.printed,
                text=text,
                box=_slice(cell.printed, at, count),
                second=second[at] if second else None,
            ),
            first=cell.first + at,
            last=cell.first + at,
            fill=cell.fill,
            rows=cell.rows,
        )
        for at, text in enumerate(texts)
    ]


def _slice(printed: Printed, at: int, count: int) -> Box:
    left, top, right, bottom = printed.box
    width = (right - left) / count
    return (round(left + at * width, 2), top, round(left + (at + 1) * width, 2), bottom)


def _not_parted(row: Row, cells: Sequence[Placed]) -> list[Remark]:
    name = next((label(cell.text) for cell in row if cell is not None), "")
    return [
        Remark(
            rule="reading.cells-not-separated",
            subject=name,
            page=cell.printed.page,
            box=cell.printed.box,
            printed=cell.text,
            parameters={"column": label(cell.text), "beside": label(cell.text)},
        )
        for cell in cells
    ]
