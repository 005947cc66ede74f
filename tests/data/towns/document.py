"""A document as a list of blocks, and the producers that make a PDF of it."""

from __future__ import annotations

import html
import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import pypdfium2
from cells import Cell
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table
from typeset import (
    EPOCH,
    chromium,
    converted,
    saved,
    typeset,
    typst_cell,
    undated,
    weasy,
    word_table,
)

NOTICE = "この資料は、試験のために作られた架空のものです。市町村名・数値はすべて実在しません。"
SUBJECT = "Test data of Shihyo: an invented municipality, invented figures."


@dataclass(frozen=True, kw_only=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class Text:
    text: str


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """A table; ``widths`` in points, ``header`` counts its heading rows."""

    cells: Sequence[Cell]
    widths: Sequence[float]
    header: int = 1


Block = Heading | Text | Ruled
SIZES = {0: 15, 1: 13, 2: 11, 3: 10}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a document is set; lengths in points; ``repeat``: table headings on every page."""

    page: tuple[float, float] = (595.3, 841.9)
    margin: float = 50
    font: str = "IPAGothic"
    points: float = 9
    repeat: bool = True
    shade: str | None = None
    row: float = 0  # least height of a table row
    borders: str = "1 1 1 1"  # of a cell in HTML: top right bottom left, 0 or 1


def header_shaded(block: Ruled, look: Look) -> list[Cell]:
    from dataclasses import replace

    return [
        replace(cell, fill=look.shade) if look.shade and cell.row < block.header else cell
        for cell in block.cells
    ]


# ------------------------------------------------------------------------------ HTML


def html_rows(block: Ruled, look: Look) -> str:
    lines: dict[int, list[str]] = {}
    for cell in sorted(header_shaded(block, look), key=lambda cell: (cell.row, cell.column)):
        text = html.escape(cell.text).replace("\n", "<br>")
        fill = f"background:{cell.fill};" if cell.fill else ""
        lines.setdefault(cell.row, []).append(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}" '
            f'style="{fill}text-align:{cell.align}">{text}</td>'
        )
    made = ["<tr>" + "".join(lines[row]) + "</tr>" for row in sorted(lines)]
    head, body = "".join(made[: block.header]), "".join(made[block.header :])
    columns = "".join(f'<col style="width:{width}pt">' for width in block.widths)
    tag = "thead" if look.repeat else "tbody"
    return f"<table>{columns}<{tag}>{head}</{tag}><tbody>{body}</tbody></table>"


def as_html(title: str, blocks: Sequence[Block], look: Look) -> str:
    parts = []
    for block in blocks:
        if isinstance(block, Ruled):
            parts.append(html_rows(block, look))
        elif isinstance(block, Heading):
            parts.append(f"<h{block.level + 1}>{html.escape(block.text)}</h{block.level + 1}>")
        else:
            parts.append(f"<p>{html.escape(block.text)}</p>")
    sizes = " ".join(f"h{level + 1}{{font-size:{size}pt}}" for level, size in SIZES.items())
    borders = " ".join(f"{0.6 * int(side)}pt" for side in look.borders.split())
    style = (
        f"@page{{size:{look.page[0]}pt {look.page[1]}pt;margin:{look.margin}pt}}"
        f"body{{font-family:{look.font};font-size:{look.points}pt;margin:0}} {sizes}"
        "table{border-collapse:collapse;table-layout:fixed;margin-bottom:8pt}"
        f"td{{border:0 solid #000;border-width:{borders};padding:2pt 3pt;"
        f"overflow-wrap:anywhere;height:{look.row}pt}}"
    )
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="description" content="{SUBJECT}"><style>{style}</style></head>'
        f"<body>{''.join(parts)}</body></html>"
    )


def by_weasyprint(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    return weasy(as_html(title, blocks, look))


def by_chromium(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    return chromium(as_html(title, blocks, look))


def by_scanner(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    """Pictures of the pages: black and white, 200 dpi, a little askew, no letter to be read."""
    document = pypdfium2.PdfDocument(by_weasyprint(title, blocks, look))
    pictures = []
    for number, page in enumerate(document):
        grey = page.render(scale=200 / 72).to_pil().convert("L")
        tilted = grey.rotate((0.5, -0.3, 0.2)[number % 3], Image.Resampling.BICUBIC, fillcolor=255)
        pictures.append(tilted.point(lambda shade: 255 * (shade > 150)).convert("1"))
    buffer = io.BytesIO()
    day = time.gmtime(int(EPOCH))
    pictures[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=200,
        title=title,
        subject=SUBJECT,
        creationDate=day,
        modDate=day,
    )
    return buffer.getvalue()


# ------------------------------------------------------------------------------ Writer


def by_writer(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    from typeset import word_document

    document = word_document(title)
    document.core_properties.title, document.core_properties.subject = title, SUBJECT
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = look.font, Pt(look.points)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), look.font)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(look.page[0]), Pt(look.page[1])
    section.left_margin = section.right_margin = Pt(look.margin)
    section.top_margin = section.bottom_margin = Pt(look.margin)
    for block in blocks:
        if isinstance(block, Ruled):
            made = word_table(document, header_shaded(block, look), block.widths)
            right_aligned(made, block)
            for line in made.rows:
                line.height = Pt(look.row) if look.row else None
            if look.repeat:
                for row in range(block.header):
                    mark = OxmlElement("w:tblHeader")
                    made.rows[row]._tr.get_or_add_trPr().append(mark)
            document.add_paragraph()
        else:
            run = document.add_paragraph().add_run(block.text)
            if isinstance(block, Heading):
                run.font.size, run.font.bold = Pt(SIZES[block.level]), block.level < 2
    return converted(saved(document), "docx")


def right_aligned(made: Any, block: Ruled) -> None:
    for cell in block.cells:
        if cell.align == "right":
            for paragraph in made.cell(cell.row, cell.column).paragraphs:
                paragraph.alignment = 2


# ------------------------------------------------------------------------------ Calc


def by_calc(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    """All blocks on one sheet below one another; every table uses the same columns."""
    book = openpyxl.Workbook()
    book.properties.title, book.properties.subject = title, SUBJECT
    page = book.active
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation = "landscape" if look.page[0] > look.page[1] else "portrait"
    page.page_setup.paperSize, page.page_setup.fitToHeight = 9, 0
    widest = max((block.widths for block in blocks if isinstance(block, Ruled)), key=len)
    for number, width in enumerate(widest):
        page.column_dimensions[get_column_letter(number + 1)].width = width / 5.5
    thin = Side(style="thin")
    top = 1
    for block in blocks:
        if not isinstance(block, Ruled):
            spot = page.cell(top, 1, block.text)
            level = block.level if isinstance(block, Heading) else None
            size = look.points if level is None else SIZES[level]
            spot.font = Font(name=look.font, size=size)
            top += 1
            continue
        for cell in header_shaded(block, look):
            last = (top + cell.row + cell.row_span - 1, 1 + cell.column + cell.column_span - 1)
            for row in range(top + cell.row, last[0] + 1):
                for column in range(1 + cell.column, last[1] + 1):
                    border = Border(left=thin, right=thin, top=thin, bottom=thin)
                    page.cell(row, column).border = border
            spot = page.cell(top + cell.row, 1 + cell.column, cell.text)
            spot.number_format, spot.font = "@", Font(name=look.font, size=look.points)
            spot.alignment = Alignment(wrap_text=True, vertical="center", horizontal=cell.align)
            if cell.fill:
                spot.fill = PatternFill("solid", fgColor=f"FF{cell.fill.removeprefix('#').upper()}")
            if last != (top + cell.row, 1 + cell.column):
                page.merge_cells(
                    start_row=top + cell.row,
                    start_column=1 + cell.column,
                    end_row=last[0],
                    end_column=last[1],
                )
        for row in {cell.row for cell in block.cells}:
            lines = max(
                cell_lines(cell, block.widths, look) for cell in block.cells if cell.row == row
            )
            page.row_dimensions[top + row].height = max(lines * look.points * 1.35 + 5, look.row)
        top += max(cell.row + cell.row_span for cell in block.cells) + 1
    return converted(saved(book), "xlsx")


def cell_lines(cell: Cell, widths: Sequence[float], look: Look) -> int:
    """About how many lines a cell's text takes."""
    if cell.row_span > 1:
        return 1
    wide = sum(widths[cell.column : cell.column + cell.column_span]) - 6
    lines = 0
    for line in cell.text.split("\n"):
        long = sum(look.points if ord(sign) > 0xFF else look.points / 2 for sign in line)
        lines += max(1, -int(-long // wide))
    return lines


# ------------------------------------------------------------------------------ Typst


def by_typst(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    parts = []
    for block in blocks:
        if isinstance(block, Ruled):
            ordered = sorted(header_shaded(block, look), key=lambda c: (c.row, c.column))
            head = "".join(typst_cell(cell) for cell in ordered if cell.row < block.header)
            body = "\n".join(typst_cell(cell) for cell in ordered if cell.row >= block.header)
            columns = ", ".join(f"{width}pt" for width in block.widths)
            repeat = "true" if look.repeat else "false"
            inset = max(3.5, (look.row - look.points) / 2)
            parts.append(
                f"#table(columns: ({columns}), inset: (x: 3.5pt, y: {inset}pt), stroke: 0.4pt,\n"
                f"table.header(repeat: {repeat}, {head}),\n{body})\n"
            )
        else:
            size = SIZES[block.level] if isinstance(block, Heading) else look.points
            literal = block.text.replace("\\", "\\\\").replace('"', '\\"')
            parts.append(f'#block(text(size: {size}pt, "{literal}"))\n')
    width, height = look.page
    return typeset(
        f'#set document(title: "{title}", description: "{SUBJECT}", date: none)\n'
        f"#set page(width: {width}pt, height: {height}pt, margin: {look.margin}pt)\n"
        f'#set text(font: "{look.font}", size: {look.points}pt, lang: "ja")\n' + "\n".join(parts)
    )


# ------------------------------------------------------------------------------ ReportLab

FONT_FILES = {
    "IPAPMincho": "/usr/share/fonts/opentype/ipafont-mincho/ipamp.ttf",
    "IPAPGothic": "/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf",
}


def by_reportlab(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    if look.font in FONT_FILES:
        pdfmetrics.registerFont(TTFont(look.font, FONT_FILES[look.font]))
    else:
        pdfmetrics.registerFont(UnicodeCIDFont(look.font))
    plain = {"fontName": look.font, "fontSize": look.points, "leading": look.points * 1.3}
    style = ParagraphStyle("plain", **plain, wordWrap="CJK")
    right = ParagraphStyle("right", **plain, wordWrap="CJK", alignment=2)
    flow: list[Any] = []
    for block in blocks:
        if isinstance(block, Ruled):
            flow += [reportlab_table(block, look, style, right), Spacer(1, 8)]
        else:
            size = SIZES[block.level] if isinstance(block, Heading) else look.points
            shape = {"fontName": look.font, "fontSize": size, "leading": size * 1.5}
            keep = int(isinstance(block, Heading))
            made = ParagraphStyle("text", **shape, wordWrap="CJK", keepWithNext=keep)
            flow.append(Paragraph(html.escape(block.text), made))
    buffer = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), look.margin)
    template = SimpleDocTemplate(
        buffer, pagesize=look.page, invariant=1, title=title, subject=SUBJECT, **margins
    )
    template.build(flow)
    return undated(buffer.getvalue())


def reportlab_table(block: Ruled, look: Look, style: Any, right: Any) -> Any:
    height = max(cell.row + cell.row_span for cell in block.cells)
    data: list[list[Any]] = [["" for _ in block.widths] for _ in range(height)]
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.4, "#000000"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), max(2, (look.row - look.points) / 2 - 1)),
        ("BOTTOMPADDING", (0, 0), (-1, -1), max(3, (look.row - look.points) / 2)),
    ]
    for cell in header_shaded(block, look):
        text = html.escape(cell.text).replace("\n", "<br/>")
        shape = right if cell.align == "right" else style
        data[cell.row][cell.column] = Paragraph(text, shape)
        last = (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
        if last != (cell.column, cell.row):
            commands.append(("SPAN", (cell.column, cell.row), last))
        if cell.fill:
            commands.append(("BACKGROUND", (cell.column, cell.row), last, cell.fill))
    return Table(
        data,
        colWidths=list(block.widths),
        repeatRows=block.header if look.repeat else 0,
        style=commands,
        hAlign="LEFT",
    )
