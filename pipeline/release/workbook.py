"""``data.xlsx``: the tables for officers.  Texts and codes are text cells, numbers are numbers."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import Any

from pipeline.japanese.text import columns_of
from pipeline.release.archive import plain_entry
from pipeline.release.content import Content, number
from pipeline.release.dictionary import FORMAT_VERSION, SIGNS, TABLES, Field
from pipeline.release.metadata import Metadata
from pipeline.release.tables import Table

_NARROWEST, _WIDEST = 8, 60
_NOTES = "説明"


def workbook(content: Content) -> bytes:
    """The file's bytes: a sheet of notes, then one a table; the same content, the same bytes."""
    import xlsxwriter  # noqa: PLC0415  (a tenth of a second, only where a release is written)

    stream = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, plain) as book:
        book.set_properties(_properties(content.metadata))
        head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        _notes(book.add_worksheet(_NOTES), content, head, text)
        formats: dict[int, Any] = {}
        for table in content.tables:
            _sheet(book, table, head, text, formats)
    return _without_compression(stream.getvalue())


def _properties(about: Metadata) -> dict[str, Any]:
    dated = datetime.combine(datetime.fromisoformat(about.dated), time())
    return {
        "title": about.title,
        "author": about.publisher,
        "comments": f"format {FORMAT_VERSION}",
        "created": dated,
    }


def _without_compression(data: bytes) -> bytes:
    """The same workbook with its parts stored: what deflates them differs from system to system."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(stream, "w") as stored:
        for entry in packed.infolist():
            stored.writestr(plain_entry(entry.filename), packed.read(entry))
    return stream.getvalue()


def _sheet(book: Any, table: Table, head: Any, text: Any, formats: dict[int, Any]) -> None:
    sheet = book.add_worksheet(table.spec.title_ja[:31])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.spec.fields) - 1)
    for column, field in enumerate(table.spec.fields):
        sheet.write_string(0, column, field.header, head)
        cells = [row[field.name] for row in table.rows]
        sheet.set_column(column, column, _width(field, cells))
        for place, cell in enumerate(cells, start=1):
            figure = number(cell) if field.type != "string" else None
            if figure is None:
                sheet.write_string(place, column, cell, text)
                continue
            decimals = len(cell.partition(".")[2])
            if decimals not in formats:
                pattern = f"0.{'0' * decimals}" if decimals else "0"
                formats[decimals] = book.add_format({"num_format": pattern})
            sheet.write_number(place, column, figure, formats[decimals])


def _width(field: Field, cells: list[str]) -> int:
    """Columns of half-width characters that the longest text takes, within limits."""
    longest = max(map(columns_of, (field.header, *cells)))
    return min(_WIDEST, max(_NARROWEST, longest + 2))


def _notes(sheet: Any, content: Content, head: Any, text: Any) -> None:
    """What the sheets hold, what signs mean, where it comes from."""
    about = content.metadata
    lines: list[tuple[str, ...]] = [
        ("項目", "内容"),
        ("データの名称", about.title),
        ("公表者", about.publisher),
        ("概要", about.description),
        ("ライセンス", about.licence.title if about.licence else ""),
        ("ライセンスのURL", about.licence.url if about.licence else ""),
        ("連絡先", " ".join(filter(None, (about.contact_name, about.contact_email)))),
        ("公開ページ", about.landing_page),
        ("更新頻度", about.update_frequency),
        ("公開日", about.release_date),
        ("原資料", about.document_title),
        ("原資料のURL", about.source_url),
        ("原資料のSHA256", about.sha256),
        ("対象年度", f"{about.actual_fiscal_year}年度"),
        ("読み取りに疑義のある箇所", f"{about.doubts}件" if about.doubts else ""),
        ("データ形式の版", FORMAT_VERSION),
        *((f"記号 {sign}", japanese) for sign, (japanese, _) in SIGNS.items()),
        ("シート／項目", "説明"),
    ]
    present = {table.spec for table in content.tables}
    for spec in TABLES:
        if spec in present:
            lines += [(f"{spec.title_ja}／{f.header}", f.description_ja) for f in spec.fields]
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 80)
    for place, line in enumerate(line for line in lines if line[1]):
        for column, cell in enumerate(line):
            sheet.write_string(place, column, cell, head if place == 0 else text)
