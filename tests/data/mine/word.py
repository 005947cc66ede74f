"""The report as a Word file (docx), and its conversion by LibreOffice."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.data.mine import charts
from tests.data.mine.content import Block, Cell, Chart, Picture, Table, Text

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


@dataclass(frozen=True)
class Look:
    """Page geometry (mm) and type (pt) of a Word file."""

    page: tuple[float, float] = (210, 297)
    margins: tuple[float, float, float, float] = (25, 22, 22, 25)  # top, right, bottom, left
    body: float = 11
    table: float = 10.5
    padding: float = 3
    mincho: str = "IPA明朝"
    gothic: str = "IPAゴシック"
    chart_mm: tuple[float, float] = (122, 60)
    border: str = "single"
    border_eighths: int = 4
    text_charts: bool = False
    sizes: dict[str, float] = field(
        default_factory=lambda: {"title": 14, "goal": 14, "section": 12, "policy": 12}
    )


def write(blocks: Iterable[Block], look: Look, path: Path, properties: dict[str, str]) -> None:
    """Write the docx file; ``properties`` are core properties such as title and subject."""
    document = docx.Document()
    _page(document, look)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    for number, block in enumerate(blocks):
        if isinstance(block, Text):
            _text(document, block, look)
        elif isinstance(block, Table):
            _table(document, block, look)
        elif isinstance(block, Picture):
            _picture(document, block)
        else:
            _chart(document, block, look, number)
    document.save(str(path))


def to_pdf(source: Path, folder: Path) -> Path:
    """Convert by LibreOffice without a display; the profile is made anew."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return folder / f"{source.stem}.pdf"


def _page(document: docx.document.Document, look: Look) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(look.page[0]), Mm(look.page[1])
    if look.page[0] > look.page[1]:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Mm(margin) for margin in look.margins
    )
    normal = document.styles["Normal"]
    normal.font.size = Pt(look.body)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.2
    _fonts(normal.element.get_or_add_rPr(), look.mincho)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.append(
        parse_xml(f'<w:fldSimple {NAMESPACES} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _fonts(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(attribute), name)


def _text(document: docx.document.Document, text: Text, look: Look) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text.text)
    run.font.size = Pt(look.sizes.get(text.style, look.body))
    if text.style in ("title", "goal", "section", "policy", "caption"):
        _fonts(run._r.get_or_add_rPr(), look.gothic)
        paragraph.paragraph_format.space_before = Pt(9)
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.paragraph_format.keep_with_next = text.style != "title"
    if text.style == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if text.style == "body":
        paragraph.paragraph_format.first_line_indent = Pt(look.body)


def _table(document: docx.document.Document, table: Table, look: Look) -> None:
    columns = len(table.rows[0])
    made = document.add_table(rows=0, cols=columns)
    made.autofit = False
    _borders(made, look)
    width = look.page[0] - look.margins[1] - look.margins[3]
    for number, row in enumerate(table.rows):
        cells = made.add_row().cells
        for cell, share, source in zip(cells, table.widths, row, strict=True):
            cell.width = Mm(width * share)
            _fill(cell, source, look)
        if number == 0 and table.repeat_header:
            properties = made.rows[0]._tr.get_or_add_trPr()
            properties.append(parse_xml(f"<w:tblHeader {NAMESPACES}/>"))
    for column, share in zip(made.columns, table.widths, strict=True):
        column.width = Mm(width * share)
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _borders(made: docx.table.Table, look: Look) -> None:
    sides = "".join(
        f'<w:{side} w:val="{look.border}" w:sz="{look.border_eighths}" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = made._tbl.tblPr
    properties.append(parse_xml(f"<w:tblBorders {NAMESPACES}>{sides}</w:tblBorders>"))
    properties.append(parse_xml(f'<w:tblLayout {NAMESPACES} w:type="fixed"/>'))


def _fill(cell: docx.table._Cell, source: Cell, look: Look) -> None:
    for number, line in enumerate(source.text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = ALIGN[source.align]
        paragraph.paragraph_format.line_spacing = 1.2
        paragraph.paragraph_format.space_before = Pt(look.padding if number == 0 else 0)
        paragraph.paragraph_format.space_after = Pt(look.padding)
        paragraph.add_run(line).font.size = Pt(look.table)
    if source.fill:
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<w:shd {NAMESPACES} w:val="clear" w:color="auto" w:fill="{source.fill[1:]}"/>'
            )
        )


def _picture(document: docx.document.Document, picture: Picture) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run().add_picture(io.BytesIO(charts.photograph()), Mm(80), Mm(50))
    caption = document.add_paragraph(picture.caption)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _chart(document: docx.document.Document, chart: Chart, look: Look, number: int) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    width, height = Mm(look.chart_mm[0]), Mm(look.chart_mm[1])
    if not (chart.overall or look.text_charts):
        paragraph.add_run().add_picture(io.BytesIO(charts.picture(chart)), width, height)
        return
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        charts.drawing_ml(chart),
        document.part.package,
    )
    relation = document.part.relate_to(part, RELATION)
    paragraph.add_run()._r.append(
        parse_xml(
            f'<w:drawing {NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{int(width)}" cy="{int(height)}"/>'
            f'<wp:docPr id="{1000 + number}" name="chart{number}"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{CHART}">'
            f'<c:chart xmlns:c="{CHART}" r:id="{relation}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    )
