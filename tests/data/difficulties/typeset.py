"""Difficulties as office programs, browsers and typesetters bring them about."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import typst
import weasyprint
from case import case, expect
from cells import BASIC, Cell, filled, merged, rows, table
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from placed import THREE_LEVELS, TWO_LEVELS, VERTICAL

MADE = "Made for the tests of Shihyo. All figures are invented."
EPOCH = "1735689600"
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]

# ------------------------------------------------------------------------------ producers


def undated(pdf: bytes) -> bytes:
    """The PDF with its dates set to one day, byte for byte as long as before."""

    def same_length(found: re.Match[bytes]) -> bytes:
        return found[1] + b"20250101000000"[: len(found[2])]

    return re.sub(rb"(/(?:CreationDate|ModDate) ?\(D:)(\d{8,14})", same_length, pdf)


def converted(source: bytes, suffix: str) -> bytes:
    """The PDF that LibreOffice makes of a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document.{suffix}"
        path.write_bytes(source)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
        subprocess.run([*command, str(path)], check=True, capture_output=True, env=environment)
        return undated(path.with_suffix(".pdf").read_bytes())


def chromium(page: str) -> bytes:
    """The PDF that Chromium prints of a page of HTML."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        program = shutil.which("chromium") or "chromium"
        options = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        subprocess.run([program, *QUIET, *options, str(source)], check=True, capture_output=True)
        return undated(target.read_bytes())


def weasy(page: str) -> bytes:
    """The PDF that WeasyPrint makes of a page of HTML."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    return bytes(weasyprint.HTML(string=page).write_pdf())


def typeset(source: str) -> bytes:
    """The PDF that Typst makes of its own language."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.typ"
        path.write_text(source, encoding="utf-8")
        return bytes(typst.compile(str(path), format="pdf"))


# ------------------------------------------------------------------------------ languages


def html_table(cells: Sequence[Cell], attributes: str = "") -> str:
    lines: dict[int, list[str]] = {cell.row: [] for cell in cells}
    for cell in cells:
        text = html.escape(cell.text).replace("\n", "<br>")
        fill = f"background:{cell.fill};" if cell.fill else ""
        lines[cell.row].append(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}" '
            f'style="{fill}text-align:{cell.align}">{text}</td>'
        )
    body = "".join(f"<tr>{''.join(tds)}</tr>" for _, tds in sorted(lines.items()))
    return f"<table {attributes}>{body}</table>"


def html_page(title: str, body: str, style: str = "") -> str:
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        f"<title>Test data: {title}</title>"
        f'<meta name="description" content="{MADE}"><style>'
        "body{font-family:IPAGothic;font-size:9pt} "
        "table{border-collapse:collapse} td{border:0.5pt solid black;padding:3pt 4pt}"
        f"{style}</style></head><body>{body}</body></html>"
    )


def word_document(title: str) -> Any:
    document = docx.Document()
    document.core_properties.title = f"Test data: {title}"
    document.core_properties.subject = MADE
    style = document.styles["Normal"]
    style.font.name, style.font.size = "IPAGothic", Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "IPAGothic")
    style.paragraph_format.space_after = Pt(0)
    return document


def shaded(word_cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour.removeprefix("#"))
    word_cell._tc.get_or_add_tcPr().append(shade)


def word_table(document: Any, cells: Sequence[Cell], widths: Sequence[float] = ()) -> Any:
    """A table in Word's grid style, with spans and fills; ``widths`` in points."""
    height = max(cell.row + cell.row_span for cell in cells)
    width = max(cell.column + cell.column_span for cell in cells)
    made = document.add_table(rows=height, cols=width)
    made.style = "Table Grid"
    made.autofit = not widths
    for column, points in zip(made.columns, widths, strict=False):
        column.width = Pt(points)
    for cell in cells:
        spot = made.cell(cell.row, cell.column)
        if cell.row_span > 1 or cell.column_span > 1:
            last = (cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
            spot = spot.merge(made.cell(*last))
        spot.text = cell.text
        if cell.fill:
            shaded(spot, cell.fill)
    return made


def saved(document: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved"
        document.save(path)
        return path.read_bytes()


THIN = Side(style="thin")


def sheet_of(title: str, cells: Sequence[Cell], widths: Sequence[float]) -> Any:
    """A workbook whose one sheet holds the cells from B2 on, ruled."""
    book = openpyxl.Workbook()
    book.properties.title, book.properties.subject = f"Test data: {title}", MADE
    page = book.active
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    for number, width in enumerate(widths):
        page.column_dimensions[chr(ord("B") + number)].width = width
    for cell in cells:
        last = (cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        for row in range(cell.row, last[0] + 1):
            for column in range(cell.column, last[1] + 1):
                spot = page.cell(row + 2, column + 2)
                spot.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
                spot.font = Font(name="IPAGothic", size=9)
                if cell.fill:
                    colour = cell.fill.removeprefix("#").upper()
                    spot.fill = PatternFill("solid", fgColor=f"FF{colour}")
        spot = page.cell(cell.row + 2, cell.column + 2)
        spot.value = cell.text
        spot.number_format = "@"
        spot.alignment = Alignment(
            wrap_text="\n" in cell.text,
            vertical="center",
            horizontal=cell.align,
        )
        if last != (cell.row, cell.column):
            page.merge_cells(
                start_row=cell.row + 2,
                start_column=cell.column + 2,
                end_row=last[0] + 2,
                end_column=last[1] + 2,
            )
    return book


def typst_cell(cell: Cell) -> str:
    text = "".join(
        f"\\u{{{ord(letter):x}}}" if letter in "#$*_`@<>\\[]" else letter for letter in cell.text
    ).replace("\n", " \\\n")
    fill = f'fill: rgb("{cell.fill}"), ' if cell.fill else ""
    return (
        f"table.cell(x: {cell.column}, y: {cell.row}, rowspan: {cell.row_span}, "
        f"colspan: {cell.column_span}, align: {cell.align}, {fill})[{text}],"
    )


def typst_table(cells: Sequence[Cell], columns: str, options: str = "stroke: 0.5pt") -> str:
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    body = "\n".join(typst_cell(cell) for cell in ordered)
    return f"#table(columns: {columns}, inset: 4pt, {options},\n{body}\n)\n"


def typst_page(title: str, body: str, page: str = 'paper: "a4"') -> str:
    return (
        f'#set document(title: "Test data: {title}", description: "{MADE}", date: none)\n'
        f'#set page({page})\n#set text(font: "IPAGothic", size: 9pt, lang: "ja")\n{body}'
    )


# ------------------------------------------------------------------------------ Writer and Calc


@case("writer-nested", "Word's format: a table in a cell, merged cells, a yellow cell.")
def writer_nested(title: str) -> tuple[bytes, dict[str, Any]]:
    document = word_document(title)
    document.add_paragraph("事業の一覧")
    outer = filled(
        rows(
            ["事業名", "事業概要"],
            ["移動図書館", "次のとおり巡回した"],
            ["親子の読書会", "毎月開いた"],
        ),
        {(1, 0): "#ffff00"},
    )
    made = word_table(document, outer)
    inner = rows(["地区", "回数"], ["東", "24"], ["西", "22"])
    word_table(made.cell(1, 1), inner)
    made.cell(1, 1).add_paragraph()
    return converted(saved(document), "docx"), expect(
        table(1, outer), table(1, inner), lines=["事業の一覧"]
    )


@case("writer-merged", "Word's format: a header on two rows, goal cells merged downwards.")
def writer_merged(title: str) -> tuple[bytes, dict[str, Any]]:
    document = word_document(title)
    word_table(document, TWO_LEVELS, [50, 105, 40, 50, 50, 50, 50, 40])
    return converted(saved(document), "docx"), expect(table(1, TWO_LEVELS))


@case(
    "writer-vertical", "Word's format: merged cells whose text runs downwards (tbRl) and up (btLr)."
)
def writer_vertical(title: str) -> tuple[bytes, dict[str, Any]]:
    document = word_document(title)
    made = word_table(document, VERTICAL, [30, 140, 50, 70])
    for line in made.rows:
        line.height = Pt(20)
    for row, direction in ((1, "tbRl"), (4, "btLr")):
        turn = OxmlElement("w:textDirection")
        turn.set(qn("w:val"), direction)
        made.cell(row, 0)._tc.get_or_add_tcPr().append(turn)
    return converted(saved(document), "docx"), expect(table(1, VERTICAL))


@case("writer-cut-row", "Word's format: a row is cut by the page edge, both halves closed.")
def writer_cut_row(title: str) -> tuple[bytes, dict[str, Any]]:
    document = word_document(title)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    section.top_margin = section.bottom_margin = Pt(72)
    for _ in range(64):
        document.add_paragraph("・")
    cut = [
        *BASIC[:12],
        Cell(row=2, column=0, text="健康づくりの\n教室の参加者\nの延べ人数\n（年度の計）"),
        *(replace(cell, row=2) for cell in BASIC[19:24]),
    ]
    word_table(document, cut, [100, 40, 65, 65, 65, 65])
    name = cut[12].text.split("\n")
    first = [*cut[:12], replace(cut[12], text=name[0]), *cut[13:]]
    second = [replace(cut[12], row=0, text="\n".join(name[1:]))]
    second += [Cell(row=0, column=column, text="") for column in range(1, 6)]
    return converted(saved(document), "docx"), expect(table(1, first), table(2, second))


@case("calc-merged", "A spreadsheet: a header on three rows, merged cells, fills.")
def calc_merged(title: str) -> tuple[bytes, dict[str, Any]]:
    fills = {(cell.row, cell.column): "#ddebf7" for cell in THREE_LEVELS if cell.row < 3}
    cells = filled(THREE_LEVELS, fills)
    book = sheet_of(title, cells, [8, 22, 9, 9, 9, 9, 9, 16])
    return converted(saved(book), "xlsx"), expect(table(1, cells))


@case("calc-turned", "A spreadsheet: headings turned by 90 degrees and stacked upright (255).")
def calc_turned(title: str) -> tuple[bytes, dict[str, Any]]:
    cells = rows(
        ["地区", "図書館の利用者数", "公園の数", "集会所の利用件数"],
        ["東の地区", "4,120", "3", "61"],
        ["西の地区", "3,877", "5", "58"],
    )
    book = sheet_of(title, cells, [14, 8, 8, 8])
    page = book.active
    page.row_dimensions[2].height = 100
    for column, turn in ((3, 90), (4, 255), (5, 180)):
        page.cell(2, column).alignment = Alignment(text_rotation=turn, horizontal="center")
    return converted(saved(book), "xlsx"), expect(table(1, cells))


@case(
    "calc-diagonal", "A spreadsheet: struck out cells, hair and double borders, overflowing text."
)
def calc_diagonal(title: str) -> tuple[bytes, dict[str, Any]]:
    cells = rows(
        ["指標", "単位", "基準値", "R6 目標", "R6 実績"],
        ["新しい施設の利用者数（本館）", "人", "", "3,000", "2,871"],
        ["廃止した施設の利用者数", "人", "4,115", "", ""],
    )
    book = sheet_of(title, cells, [30, 6, 10, 10, 10])
    page = book.active
    hair, double = Side(style="hair"), Side(style="double")
    for row, column in ((3, 4), (4, 5), (4, 6)):
        page.cell(row, column).border = Border(
            left=hair, right=hair, top=THIN, bottom=THIN, diagonal=THIN, diagonalUp=True
        )
    for column in range(2, 7):
        page.cell(2, column).border = Border(left=THIN, right=THIN, top=THIN, bottom=double)
    return converted(saved(book), "xlsx"), expect(table(1, cells))


# ------------------------------------------------------------------------------ HTML


@case("chromium-merged", "Chromium: collapsed borders, two header rows, yellow cells, a caption.")
def chromium_merged(title: str) -> tuple[bytes, dict[str, Any]]:
    cells = filled(TWO_LEVELS, {(5, 1): "#ffff00"})
    body = "<p>指標の一覧</p>" + html_table(cells)
    return chromium(html_page(title, body)), expect(table(1, cells), lines=["指標の一覧"])


DIGITS = rows(
    *(
        [str(start)] + [f"{number * 1234567 % 10**9:,}" for number in range(start, start + 4)]
        for start in (12, 23, 34, 45, 56, 67, 78, 90)
    )
)


@case("chromium-serif", "Chromium: a serif typeface whose glyphs are drawn by operators (Type 3).")
def chromium_serif(title: str) -> tuple[bytes, dict[str, Any]]:
    style = "body{font-family:'Noto Serif CJK JP'} tr:nth-child(even){font-size:7.5pt}"
    return chromium(html_page(title, html_table(DIGITS), style)), expect(table(1, DIGITS))


@case("chromium-separate", "Chromium: borders apart (border-spacing), each cell a box of its own.")
def chromium_separate(title: str) -> tuple[bytes, dict[str, Any]]:
    style = "table{border-collapse:separate;border-spacing:1px} td{border:1px solid #444}"
    return chromium(html_page(title, html_table(BASIC), style)), expect(table(1, BASIC))


@case("chromium-vertical", "Chromium: vertical-rl cells, ruby, superscripts, dotted borders.")
def chromium_vertical(title: str) -> tuple[bytes, dict[str, Any]]:
    body = html_table(VERTICAL).replace("新規就農者数", "<ruby>新規<rt>しんき</rt></ruby>就農者数")
    body = body.replace("直売所の数", "直売所の数<sup>※2</sup>")
    body = body.replace(
        'rowspan="3" colspan="1" style="', 'rowspan="3" style="writing-mode:vertical-rl;'
    )
    style = (
        "td{border:1px dotted #000} table{border:1px solid #000} "
        "rt{font-size:4pt} tr{line-height:20pt}"
    )
    cells = [
        replace(cell, text="直売所の数※2") if cell.text == "直売所の数" else cell
        for cell in VERTICAL
    ]
    return chromium(html_page(title, body, style)), expect(table(1, cells), leftovers=["しんき"])


@case("chromium-flex", "Chromium: a table without borders, striped, with a rule under its header.")
def chromium_flex(title: str) -> tuple[bytes, dict[str, Any]]:
    style = "td{border:none} tr:first-child td{border-bottom:1px solid #000}"
    cells = filled(BASIC, {(row, column): "#eeeeee" for row in (1, 3) for column in range(6)})
    return chromium(html_page(title, html_table(cells), style)), expect(table(1, cells))


@case("weasyprint-cut-row", "WeasyPrint: a row goes over the page edge without a closing rule.")
def weasyprint_cut_row(title: str) -> tuple[bytes, dict[str, Any]]:
    tall = "貸出の予約を\n電話のほか\n窓口と電子\n申請で受けた\n件数の合計"
    cells = [*BASIC[:6], Cell(row=1, column=0, text=tall), *BASIC[7:]]
    style = "@page{size:360pt 150pt;margin:40pt 20pt} td{line-height:14pt;vertical-align:top}"
    pdf = weasy(html_page(title, html_table(cells), style))
    lines = tall.split("\n")
    first = [*cells[:6], replace(cells[6], text="\n".join(lines[:2])), *cells[7:12]]
    second = [Cell(row=0, column=0, text="\n".join(lines[2:]))]
    second += [Cell(row=0, column=column, text="") for column in range(1, 6)]
    second += [replace(cell, row=cell.row - 1) for cell in cells[12:18]]
    third = [replace(cell, row=cell.row - 3) for cell in cells[18:]]
    return pdf, expect(
        table(1, first) | {"open_bottom": True},
        table(2, second) | {"open_top": True},
        table(3, third),
    )


@case("weasyprint-double", "WeasyPrint: double, dashed, ridge and inset borders.")
def weasyprint_double(title: str) -> tuple[bytes, dict[str, Any]]:
    style = (
        "table{border:3px double #000} td{border:1px dashed #000}"
        "tr:nth-child(3) td{border:2px ridge #666} tr:nth-child(5) td{border:3px double #000}"
    )
    return weasy(html_page(title, html_table(BASIC), style)), expect(table(1, BASIC))


# ------------------------------------------------------------------------------ Typst


@case("typst-merged", "Typst: spans both ways, a fill, thin strokes.")
def typst_merged(title: str) -> tuple[bytes, dict[str, Any]]:
    cells = filled(THREE_LEVELS, {(4, 1): "#ffdc00"})
    columns = "(45pt, 120pt, 45pt, 45pt, 45pt, 45pt, 45pt, 80pt)"
    return typeset(typst_page(title, typst_table(cells, columns, "stroke: 0.25pt"))), expect(
        table(1, cells)
    )


@case("typst-horizontal", "Typst: horizontal rules only, on a landscape A5 page.")
def typst_horizontal(title: str) -> tuple[bytes, dict[str, Any]]:
    columns = "(110pt, 40pt, 60pt, 60pt, 60pt, 60pt)"
    stroke = "stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt)"
    source = typst_page(title, typst_table(BASIC, columns, stroke), 'paper: "a5", flipped: true')
    return typeset(source), expect(table(1, BASIC))


@case("typst-turned", "Typst: turned cells, no ToUnicode trouble, rounded outer box.")
def typst_turned(title: str) -> tuple[bytes, dict[str, Any]]:
    source = typst_table(VERTICAL, "(30pt, 130pt, 40pt, 60pt)")
    for cell in VERTICAL:
        if cell.row_span > 1:
            source = source.replace(
                f"[{cell.text}]", f"[#rotate(-90deg, reflow: true)[{cell.text}]]"
            )
    boxed = f"#box(radius: 6pt, stroke: 1pt, inset: 5pt)[\n{source}]"
    return typeset(typst_page(title, boxed)), expect(table(1, VERTICAL))


@case("typst-nested", "Typst: two small tables inside the cells of a third.")
def typst_nested(title: str) -> tuple[bytes, dict[str, Any]]:
    one = merged([["男性", "女性"], ["79.8", "84.4"]])
    two = merged([["小６", "中３"], ["95.2", "93.9"]])
    outer = rows(["指標", "内訳"], ["健康寿命（歳）", ""], ["朝食をとる割合（％）", ""])
    source = typst_table(outer, "(120pt, 150pt)")
    for inner, row in ((one, 1), (two, 2)):
        small = typst_table(inner, "(50pt, 50pt)")
        head = f"table.cell(x: 1, y: {row}, rowspan: 1, colspan: 1, align: left, )["
        source = source.replace(head, f"{head}{small}")
    return typeset(typst_page(title, source)), expect(table(1, outer), table(1, one), table(1, two))
