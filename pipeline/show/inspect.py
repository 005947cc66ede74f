"""Seeing what was read: tables as JSON, as text in a terminal, and drawn onto the page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import UsageError
from pipeline.extract import guard
from pipeline.messages import N_, Language, translate
from pipeline.model import Assembled, Box, Extracted, Ground, Leftover, Sign, Spot, Table
from pipeline.settings.extract import ExtractSettings
from pipeline.show.terminal import pad, width

Roles = Mapping[tuple[int, int, int], str]
"""Names of roles by (number of the table in ``Extracted.tables``, row, column)."""

_UNREAD = frozenset({"reading.scanned-page", "reading.outlined-page"})
_PICTURE = N_(
    "Page {page} is a picture without text (a scan, or letters drawn as outlines); nothing was "
    "read on it."
)
_RECOGNISED = N_("Page {page} is a picture; it was read by character recognition (OCR).")

_DECISIONS = {
    "place": N_("where it stands"),
    "columns": N_("columns"),
    "rows": N_("rows"),
    "headings": N_("headings"),
    "names": N_("names"),
}
_SIGNS: dict[Sign, str] = {
    "rules": N_("rules: {count}"),
    "lines": N_("lines of text that stand apart and share gutters: {count}"),
    "figures": N_("lines of figures under headings: {count}"),
    "colours": N_("coloured cells or their sides: {count}"),
    "cells": N_("ruled cells that hold several rows: {count}"),
    "gutters": N_("gutters that no text crosses: {count}"),
    "joints": N_("sides of cells where pieces of rules meet: {count}"),
    "short-rules": N_("rules under headings over several columns: {count}"),
    "left-out": N_("rules that leave out merged cells: {count}"),
    "middles": N_("texts over or beside the middle of what they name: {count}"),
    "page-end": N_("rows that the page cuts: {count}"),
}

_SCALE = 2.0
_WIDEST_COLUMN = 32
_RULE, _CELL, _SPAN, _LEFT = (30, 90, 220), (220, 30, 30), (230, 120, 0), (160, 0, 160)


def tables_json(extracted: Extracted, page: int | None = None) -> dict[str, Any]:
    """Every table as read, before any meaning is given, as plain data; of all pages or one.

    ``{"tables": [{"page", "box", "cells": [{"row", "column", "row_span", "column_span", "box",
    "text", "fill"}]}], "leftovers": [{"page", "box", "text", "reason"}]}``; with
    ``"grounds": [{"decision", "sign", "count"}]`` in a table that rules alone did not make, and
    ``"pictures": [{"page", "kind", "recognised"}]`` where pages are pictures or outlines without
    text.
    """
    seen = pictures(extracted, page)
    return {
        "tables": [
            {
                "page": table.page,
                "box": list(table.box),
                "cells": [
                    {
                        "row": cell.row,
                        "column": cell.column,
                        "row_span": cell.row_span,
                        "column_span": cell.column_span,
                        "box": list(cell.box),
                        "text": cell.text,
                        "fill": cell.fill,
                    }
                    for cell in table.cells
                ],
                **({"grounds": list(map(_ground, table.grounds))} if table.grounds else {}),
            }
            for table in extracted.tables
            if page in (None, table.page)
        ],
        "leftovers": [
            {
                "page": leftover.page,
                "box": list(leftover.box),
                "text": leftover.text,
                "reason": leftover.reason,
            }
            for leftover in extracted.leftovers
            if page in (None, leftover.page)
        ],
        **({"pictures": seen} if seen else {}),
    }


def _ground(one: Ground) -> dict[str, Any]:
    return {"decision": one.decision, "sign": one.sign, "count": one.count}


def pictures(extracted: Extracted, page: int | None = None) -> list[dict[str, Any]]:
    """The pages without text to read, and whether character recognition read them."""
    unread = {remark.page for remark in extracted.remarks if remark.rule in _UNREAD}
    failed = any(remark.rule == "reading.ocr-failed" for remark in extracted.remarks)
    return [
        {
            "page": info.number,
            "kind": info.kind,
            "recognised": info.number not in unread and not failed,
        }
        for info in extracted.document.pages
        if info.kind in ("scan", "outlined") and page in (None, info.number)
    ]


def pictures_text(extracted: Extracted, page: int | None, language: Language) -> str:
    """What there is to say of pages without text, one a line."""
    return "\n".join(
        translate(_RECOGNISED if one["recognised"] else _PICTURE, language, page=str(one["page"]))
        for one in pictures(extracted, page)
    )


def roles_of(extracted: Extracted, assembled: Assembled) -> Roles:
    """The role that each cell was given, found again by where the cell stands."""
    entries = [entry for row in assembled.indicators for entry in row.entries]
    entries += [entry for row in assembled.projects for entry in row.entries]
    kinds: dict[Spot, str] = {}
    for entry in entries:
        here = Spot(page=entry.printed.page, box=entry.printed.box)
        kinds |= dict.fromkeys((here, *entry.printed.continued), entry.kind)
    return {
        (number, cell.row, cell.column): kind
        for number, table in enumerate(extracted.tables)
        for cell in table.cells
        if (kind := kinds.get(Spot(page=table.page, box=cell.box))) is not None
    }


# --------------------------------------------------------------------------- as text


def tables_text(extracted: Extracted, page: int | None = None, language: Language = "ja") -> str:
    """The tables drawn with characters, of all pages or one.

    Under the title of a table that rules alone did not make stands what spoke for its parts.
    """
    blocks = []
    for number, table in enumerate(extracted.tables, start=1):
        if page is None or table.page == page:
            rows = max(cell.row + cell.row_span for cell in table.cells)
            columns = max(cell.column + cell.column_span for cell in table.cells)
            title = f"[{number}] p.{table.page}  {rows} × {columns}  {table.method}"
            told = [translate(_SIGNS[one.sign], language, count=one.count) for one in table.grounds]
            grounds = [
                f"    {translate(_DECISIONS[one.decision], language)}: {text}"
                for one, text in zip(table.grounds, told, strict=True)
            ]
            blocks.append("\n".join([title, *grounds, table_text(table)]))
    return "\n\n".join(blocks)


def table_text(table: Table) -> str:
    """One table drawn with characters; a merged cell stands in its first place."""
    rows = max(cell.row + cell.row_span for cell in table.cells)
    columns = max(cell.column + cell.column_span for cell in table.cells)
    texts: list[list[list[str]]] = [[[""] for _ in range(columns)] for _ in range(rows)]
    for cell in table.cells:
        texts[cell.row][cell.column] = [
            part for line in cell.text.split("\n") for part in _folded(line, _WIDEST_COLUMN)
        ]
    widths = [
        max(width(line) for row in texts for line in row[column]) for column in range(columns)
    ]
    border = "+".join("-" * (columns_taken + 2) for columns_taken in widths)
    drawn = [f"+{border}+"]
    for row in texts:
        for number in range(max(len(lines) for lines in row)):
            parts = [
                pad(lines[number] if number < len(lines) else "", columns_taken)
                for lines, columns_taken in zip(row, widths, strict=True)
            ]
            drawn.append("| " + " | ".join(parts) + " |")
        drawn.append(f"+{border}+")
    return "\n".join(drawn)


def _folded(text: str, widest: int) -> list[str]:
    lines = [""]
    for character in text:
        if width(lines[-1]) + width(character) > widest:
            lines.append("")
        lines[-1] += character
    return lines


# --------------------------------------------------------------------------- as a picture


def draw_png(
    pdf: bytes | Path,
    extracted: Extracted,
    page: int,
    roles: Roles | None = None,
    *,
    password: str | None = None,
) -> bytes:
    """A page as PNG with rules (blue), cells (red), merged cells (orange), leftovers (violet).

    Filled cells have a corner in their colour; ``roles`` are written into their cells.  The page
    is rendered in a child process.  Raises :class:`UsageError` if there is no such page.
    """
    if not 1 <= page <= len(extracted.document.pages):
        raise UsageError(
            N_("There is no page {number}; the document has {count}."),
            number=str(page),
            count=str(len(extracted.document.pages)),
        )
    data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    settings = ExtractSettings()
    named = [
        (table, roles or {}, number)
        for number, table in enumerate(extracted.tables)
        if table.page == page
    ]
    marks = [mark for table, names, number in named for mark in _marks(table, names, number)]
    left = [leftover for leftover in extracted.leftovers if leftover.page == page]
    child = guard.Child(
        render,
        data,
        page,
        password,
        marks,
        [leftover.box for leftover in left],
        seconds=settings.seconds,
        megabytes=settings.megabytes,
    )
    return child.result()


class Mark(msgspec.Struct):
    """A cell to be drawn."""

    box: Box
    merged: bool
    fill: str | None
    label: str


def _marks(table: Table, roles: Roles, number: int) -> list[Mark]:
    return [
        Mark(
            cell.box,
            cell.row_span * cell.column_span > 1,
            cell.fill,
            roles.get((number, cell.row, cell.column), ""),
        )
        for cell in table.cells
    ]


def render(
    data: bytes, number: int, password: str | None, marks: Sequence[Mark], left: Sequence[Box]
) -> bytes:
    """The PNG of one page with what is to be drawn onto it, in this process."""
    from PIL import ImageDraw, ImageFont  # noqa: PLC0415 - only needed for drawing

    from pipeline.extract.pdf.page import read_page  # noqa: PLC0415
    from pipeline.extract.read import open_document  # noqa: PLC0415

    document = open_document(data, password)
    try:
        found = read_page(document, number - 1, ExtractSettings())
        scale = min(_SCALE, 4000 / max(found.width, found.height, 1))
        page = document[number - 1]
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    finally:
        document.close()
    draw = ImageDraw.Draw(image, "RGBA")
    font = ImageFont.load_default(size=6 * scale)

    def scaled(box: Box) -> tuple[float, float, float, float]:
        return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)

    for rule in found.horizontal:
        draw.line(scaled((rule.start, rule.at, rule.end, rule.at)), fill=_RULE, width=2)
    for rule in found.vertical:
        draw.line(scaled((rule.at, rule.start, rule.at, rule.end)), fill=_RULE, width=2)
    for mark in marks:
        x0, top, x1, bottom = scaled(mark.box)
        colour = _SPAN if mark.merged else _CELL
        if x1 - x0 > 6 and bottom - top > 6:
            draw.rectangle((x0 + 2, top + 2, x1 - 2, bottom - 2), outline=colour, width=2)
        if mark.fill:
            draw.rectangle(
                (x1 - 6 * scale, top + 2, x1 - 2, top + 4 * scale), fill=mark.fill, outline=colour
            )
        if mark.label:
            draw.text((x0 + 4, top + 3), mark.label, fill=colour, font=font)
    for box in left:
        draw.rectangle(scaled(box), outline=_LEFT, fill=(*_LEFT, 40), width=2)
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def leftovers_text(leftovers: Sequence[Leftover]) -> str:
    """What belongs to no cell and no line, one a line: page, reason, text."""
    return "\n".join(f"p.{item.page}  {item.reason}  {item.text}" for item in leftovers)
