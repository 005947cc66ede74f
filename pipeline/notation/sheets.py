"""A table that an officer has, as the notation rules look at it: from CSV or from a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from msgspec import structs

from pipeline.errors import UnreadableError
from pipeline.messages import N_
from pipeline.model import Record

_ENCODINGS = (("utf-8-sig", "UTF-8"), ("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""Marks at the head of what Excel saves as “Unicode text”."""
_LONGEST_FIELD = 2**31 - 1
_EXCEL = (".xlsx", ".xlsm")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Sheet(Record):
    """One table as it lies in its file.  Rows and columns count from 0; the first row is line 1.

    ``encoding`` and ``unquoted`` (rows with a field that is not in quotes) are those of a CSV;
    ``merged`` (first row and column, range), ``formulas`` (places), ``objects`` (how many pictures
    and charts) and ``texts`` (cells that hold a number as text) those of a workbook.  ``head``:
    the row of the headings.  ``numeric``: the columns of figures; ``None``: not looked for yet.
    ``signs``: the signs that its metadata explains; ``None``: not known.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    source: Literal["csv", "excel"] = "csv"
    encoding: str = "UTF-8"
    unquoted: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, str], ...] = ()
    formulas: tuple[tuple[int, int], ...] = ()
    objects: int = 0
    texts: frozenset[tuple[int, int]] = frozenset()
    head: int = 0
    numeric: tuple[int, ...] | None = None
    signs: tuple[str, ...] | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """The row of the headings."""
        return self.rows[self.head] if self.rows else ()

    @property
    def body(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows below the headings, each with its place."""
        return enumerate(self.rows[self.head + 1 :], start=self.head + 1)


def read(path: Path) -> tuple[Sheet, ...]:
    """All tables of a file; sheets without any cell are none, and a sheet of a chart is an object.

    Raises :class:`UnreadableError` for what is neither CSV nor Excel.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            N_("The file cannot be read."),
            advice=N_("Check its name and whether it is open elsewhere."),
            file=str(path),
        ) from error
    if path.suffix.lower() in _EXCEL or data.startswith(b"PK"):
        return _read_excel(data, path)
    return (_read_csv(data, path),)


def _read_csv(data: bytes, path: Path) -> Sheet:
    encodings = (("utf_16", "UTF-16"),) if data.startswith(_UTF_16) else _ENCODINGS
    for encoding, name in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Sheet(name=path.name, rows=_rows(text), encoding=name, unquoted=_unquoted(text))
    raise UnreadableError(
        N_("The file is neither a CSV in UTF-8 or Shift_JIS nor an Excel workbook."),
        advice=N_("Save it as CSV (UTF-8) or as .xlsx and try again."),
        file=str(path),
    )


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        return tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline="")))
    finally:
        csv.field_size_limit(before)


def _unquoted(text: str) -> tuple[int, ...]:
    """The rows in which a field is not in double quotes."""
    found: dict[int, None] = {}
    row, at, start, quoted = 0, 0, True, False
    while at < len(text):
        mark = text[at]
        if quoted:
            if mark == '"' and text[at + 1 : at + 2] == '"':
                at += 1
            elif mark == '"':
                quoted = False
        elif mark == '"' and start:
            quoted, start = True, False
        elif mark in ",\r\n":
            if start:
                found[row] = None
            if mark == "\r" and text[at + 1 : at + 2] == "\n":
                at += 1
            row += mark != ","
            start = True
        elif start:
            start = False
            found[row] = None
        at += 1
    return tuple(found)


def _read_excel(data: bytes, path: Path) -> tuple[Sheet, ...]:
    import openpyxl  # noqa: PLC0415  (only where a workbook is looked at)

    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # what is wrong with a workbook, it raises in every form
        raise UnreadableError(
            N_("The workbook cannot be opened."),
            advice=N_("Open it in Excel, save it as .xlsx and try again."),
            file=str(path),
        ) from error
    drawn = len(book.chartsheets)
    sheets = [_excel_sheet(sheet) for sheet in book.worksheets]
    filled = [sheet for sheet in sheets if sheet.rows] or sheets
    return tuple(
        structs.replace(sheet, objects=sheet.objects + (drawn if at == 0 else 0))
        for at, sheet in enumerate(filled)
    )


def _excel_sheet(sheet: Any) -> Sheet:
    rows: list[tuple[str, ...]] = []
    formulas: list[tuple[int, int]] = []
    texts: set[tuple[int, int]] = set()
    for place, cells in enumerate(sheet.iter_rows()):
        rows.append(tuple(_text(cell.value) for cell in cells))
        for column, cell in enumerate(cells):
            if cell.data_type == "f":
                formulas.append((place, column))
            elif cell.data_type == "s" and _NUMBER.fullmatch(str(cell.value)):
                texts.add((place, column))
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(
        name=sheet.title,
        rows=tuple(rows),
        source="excel",
        merged=tuple(
            (merged.min_row - 1, merged.min_col - 1, str(merged))
            for merged in sorted(sheet.merged_cells.ranges, key=lambda one: one.bounds[1::-1])
        ),
        formulas=tuple(formulas),
        texts=frozenset(texts),
        objects=len(sheet._images) + len(sheet._charts),
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
