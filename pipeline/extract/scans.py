"""Pages that are pictures, read by character recognition in a child of their own.

What is read so is never certain, except figures that two engines read alike: each table gets a
remark that holds everything else in it back until a person has compared it with the paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from pipeline.boxes import holds, middle, rounded
from pipeline.extract.ocr.engine import NAME, Engine
from pipeline.extract.ocr.ink_of_figures import Pixels, is_alone
from pipeline.extract.ocr.scan import Engines, Figure, Scanned, page_of
from pipeline.extract.ocr.second import SecondEngine, installed
from pipeline.extract.page_tables import PageTables, read_tables
from pipeline.extract.pdf.geometry import transform_box
from pipeline.extract.read import open_document
from pipeline.japanese.same_reading import folded
from pipeline.model import Box, Cell, Extracted, Line, Remark, Table
from pipeline.settings.extract import ExtractSettings

_DOTS_PER_INCH, _MOST_PIXELS = 300, 5000
PICTURES = ("scan", "outlined")
"""Kinds of pages whose text can only be read from a picture."""

_TOLD = frozenset({"reading.scanned-page", "reading.outlined-page"})
_UNTOLD = frozenset({"reading.unruled-table", "reading.rules-without-table"})
"""Remarks on pages of text that say less of a picture than that it is one."""


_BEGINNING = 40
"""Characters of a scanned table that a finding shows."""


class Scan(msgspec.Struct):
    """What character recognition read on one page."""

    number: int
    tables: list[Table]
    lines: list[Line]
    remarks: list[Remark]


def pictures(first: Extracted) -> list[int]:
    """The numbers of the pages that are pictures."""
    return [page.number for page in first.document.pages if page.kind in PICTURES]


def read_encoded(
    data: bytes, numbers: Sequence[int], settings: ExtractSettings, password: str | None
) -> bytes:
    """The pages of these numbers, encoded for the way out of a child process."""
    return msgspec.msgpack.encode(read(data, numbers, settings, password))


def decode(answer: bytes) -> list[Scan]:
    """The inverse of :func:`read_encoded`."""
    return msgspec.msgpack.decode(answer, type=list[Scan])


def read(
    data: bytes, numbers: Sequence[int], settings: ExtractSettings, password: str | None
) -> list[Scan]:
    """Read pages as pictures."""
    engines = Engines(Engine(), SecondEngine() if installed() else None)
    document = open_document(data, password)
    try:
        return [_read(document, number, engines, settings) for number in numbers]
    finally:
        document.close()


def _read(document: Any, number: int, engines: Engines, settings: ExtractSettings) -> Scan:
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, _MOST_PIXELS / max(width, height, 1.0))
    picture = page.render(scale=scale, may_draw_forms=False).to_numpy()
    page.close()
    scanned = page_of(picture, number, scale, engines, settings.variants)
    found = read_tables(scanned.page, settings)
    tables = [_table(table, scanned, scale) for table in found.tables]
    lines = [replace(line, box=_on_paper(line.box, scanned, scale)) for line in found.lines]
    return Scan(number, tables, lines, list(_remarks(number, tables, found, scanned, scale)))


def _table(table: Table, scanned: Scanned, scale: float) -> Table:
    """A table with its places on the paper, and each figure's second reading."""
    ruled = table.method == "ruled"
    pairs = [(one, _only_figure(one, scanned, scale) if ruled else None) for one in table.cells]
    return replace(
        table,
        box=_on_paper(table.box, scanned, scale),
        cells=tuple(
            replace(
                cell,
                box=_on_paper(cell.box, scanned, scale),
                second=_again(cell, scanned.figures),
                sure=figure is not None and figure.sure,
                twice=figure is not None and folded(figure.text) == folded(figure.again),
            )
            for cell, figure in pairs
        ),
        method="ocr",
        reader=NAME,
    )


def _again(cell: Cell, figures: Sequence[Figure]) -> str | None:
    """The cell with its figures as they were read again; ``None`` where it holds none."""
    inside = [one for one in figures if holds(cell.box, one.box)]
    text = cell.text
    for one in inside:
        text = text.replace(one.text, one.again, 1)
    return text if inside else None


def _only_figure(cell: Cell, scanned: Scanned, scale: float) -> Figure | None:
    """The figure that a cell of one row and column holds, and nothing else."""
    if (cell.row_span, cell.column_span) != (1, 1):
        return None
    inside = [one for one in scanned.figures if holds(cell.box, one.box)]
    if len(inside) != 1 or inside[0].text != cell.text:
        return None
    figure = inside[0]
    own, around = _pixels(figure.box, scale), _pixels(cell.box, scale)
    return figure if is_alone(scanned.cleared, around, own) else None


def _pixels(box: Box, scale: float) -> Pixels:
    left, top, right, bottom = (round(one * scale) for one in box)
    return (left, top, right, bottom)


def _on_paper(box: Box, scanned: Scanned, scale: float) -> Box:
    """A box of the straight picture on the page: as large, around the same middle."""
    x, y = middle(box)
    back = scanned.straight.back
    there = transform_box((x * scale, y * scale, x * scale, y * scale), back)
    x, y = there[0] / scale, there[1] / scale
    half, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    if abs(back[1]) > abs(back[0]):  # the page lies on its side
        half, high = high, half
    return rounded((x - half, y - high, x + half, y + high))


def _remarks(
    number: int, tables: Sequence[Table], found: PageTables, scanned: Scanned, scale: float
) -> Iterator[Remark]:
    for table in tables:
        texts = [cell.text for cell in table.cells]
        yield Remark(
            rule="reading.by-ocr",
            page=number,
            box=table.box,
            printed=" ".join(filter(None, texts))[:_BEGINNING].replace("\n", " "),
            parameters={"field": hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]},
        )
    if not tables:
        yield Remark(rule="reading.scanned-without-table", page=number)
    for remark in found.remarks:
        if remark.rule not in _UNTOLD:
            box = remark.box and _on_paper(remark.box, scanned, scale)
            yield replace(remark, box=box)


def attach(first: Extracted, scans: Sequence[Scan]) -> Extracted:
    """The pages of text and the pages read as pictures, in the order of the document."""
    numbers = {scan.number for scan in scans}
    tables = [*first.tables, *(table for scan in scans for table in scan.tables)]
    lines = [
        *(line for line in first.lines if line.page not in numbers),
        *(line for scan in scans for line in scan.lines),
    ]
    remarks = [
        remark for remark in first.remarks if remark.page not in numbers or remark.rule not in _TOLD
    ]
    return replace(
        first,
        tables=tuple(sorted(tables, key=lambda table: table.page)),
        lines=tuple(sorted(lines, key=lambda line: line.page)),
        remarks=(*remarks, *(remark for scan in scans for remark in scan.remarks)),
    )
