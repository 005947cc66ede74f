"""The report as a spreadsheet (xlsx), to be printed by LibreOffice Calc."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.data.mine import charts
from tests.data.mine.content import Block, Cell, Chart, Table, Text

LETTERS = "ABCDEFG"
WIDTHS = (27, 9, 10.5, 10.5, 10.5, 10.5, 10.5)  # characters
SPANS = {
    "kpi": tuple((column, column) for column in range(7)),
    "project": ((0, 0), (1, 6)),
    "swatch": ((0, 0), (1, 6)),
    "legend": ((0, 0), (1, 2), (3, 4), (5, 6)),
}
SIZES = {"title": 13, "goal": 13, "section": 11, "policy": 11}
THIN = Side(style="thin")


def write(blocks: Iterable[Block], target: Path) -> None:
    """Write the xlsx file: one sheet, printed one page wide."""
    book = Workbook()
    sheet = book.active
    sheet.title = "令和6年度実績"
    for letter, width in zip(LETTERS, WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P"
    row = 1
    for block in blocks:
        row = _block(sheet, block, row)
    book.save(str(target))


def _lines(text: str, characters: float) -> int:
    """How many lines a text takes in a column of so many half-width characters."""

    def width(line: str) -> int:
        return sum(1 if ord(character) < 0x2000 else 2 for character in line)

    return sum(max(1, math.ceil(width(line) / (characters - 1.5))) for line in text.split("\n"))


def _write(sheet: Worksheet, row: int, span: tuple[int, int], text: str, size: float = 9) -> int:
    first, last = span
    cell = sheet.cell(row, first + 1, text)
    cell.font = Font(name="IPAPGothic", size=size)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if last > first:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first + 1, end_column=last + 1)
    return _lines(text, sum(WIDTHS[first : last + 1]) * 9 / size)


def _block(sheet: Worksheet, block: Block, row: int) -> int:
    if isinstance(block, Text):
        size = SIZES.get(block.style, 9)
        lines = _write(sheet, row, (0, 6), block.text, size)
        sheet.row_dimensions[row].height = lines * size * 1.35 + 4
        return row + 1
    if isinstance(block, Table):
        return _table(sheet, block, row)
    data = charts.picture(block) if isinstance(block, Chart) else charts.photograph()
    image = Image(io.BytesIO(data))
    image.width, image.height = 320, 150
    sheet.add_image(image, f"B{row}")
    sheet.row_dimensions[row].height = 120
    if not isinstance(block, Chart):
        _write(sheet, row + 1, (0, 6), block.caption)
        return row + 2
    return row + 1


def _table(sheet: Worksheet, table: Table, row: int) -> int:
    for cells in table.rows:
        height = 1
        for cell, span in zip(cells, SPANS[table.kind], strict=True):
            height = max(height, _write(sheet, row, span, cell.text))
            _dress(sheet, row, span, cell)
        sheet.row_dimensions[row].height = height * 12.2 + 4
        row += 1
    return row + 1


def _dress(sheet: Worksheet, row: int, span: tuple[int, int], cell: Cell) -> None:
    first, last = span
    corner = sheet.cell(row, first + 1)
    corner.alignment = Alignment(
        wrap_text=True, vertical="center" if cell.align != "left" else "top", horizontal=cell.align
    )
    number = _number(cell.text) if cell.align == "right" else None
    if number is not None:
        corner.value = number
        decimals = max(0, -int(number.as_tuple().exponent))
        corner.number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
    for column in range(first + 1, last + 2):
        inside = sheet.cell(row, column)
        inside.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
        if cell.fill:
            inside.fill = PatternFill("solid", fgColor=cell.fill[1:])


def _number(text: str) -> Decimal | None:
    if not text.isascii():
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
