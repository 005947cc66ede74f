"""One producer each: blocks to a PDF."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.data.generate.blocks import (
    SIZES,
    Block,
    Grid,
    Heading,
    Look,
    NewPage,
    Text,
    TwoColumns,
    filled,
)

EPOCH = "1735689600"
FONT_FILES = {
    "IPAGothic": "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "IPAPGothic": "/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf",
    "IPAMincho": "/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf",
}
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)


def undated(pdf: bytes) -> bytes:
    """The PDF with its dates set to one day, byte for byte as long as before."""

    def same_length(found: re.Match[bytes]) -> bytes:
        return found[1] + b"20250101000000"[: len(found[2])]

    return re.sub(rb"(/(?:CreationDate|ModDate) ?\(D:)(\d{8,14})", same_length, pdf)


# ------------------------------------------------------------------------------ HTML

BORDERS = {
    "grid": "td{border:0.5pt solid #000}",
    "thick-outside": "td{border:0.5pt solid #000} table{border:1.6pt solid #000}",
    "dotted": "td{border:0.7pt dotted #000}",
    "horizontal": "td{border:0 solid #000;border-width:0.5pt 0}",
    "zebra": "td{border:0}",
    "none": "td{border:0}",
}


def _html_table(grid: Grid, look: Look) -> str:
    lines: dict[int, list[str]] = {row: [] for row in range(grid.rows)}
    for cell in sorted(filled(grid, look), key=lambda cell: (cell.row, cell.column)):
        text = html.escape(cell.text).replace("\n", "<br>")
        fill = f"background:{cell.fill};" if cell.fill else ""
        lines[cell.row].append(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}" '
            f'style="{fill}text-align:{cell.align}">{text}</td>'
        )
    made = ["<tr>" + "".join(lines[row]) + "</tr>" for row in sorted(lines)]
    whole = sum(grid.widths)
    columns = "".join(f'<col style="width:{100 * width / whole:.3f}%">' for width in grid.widths)
    tag = "thead" if look.repeat else "tbody"
    head, body = "".join(made[: grid.header]), "".join(made[grid.header :])
    return f"<table>{columns}<{tag}>{head}</{tag}><tbody>{body}</tbody></table>"


def _html_block(block: Block, look: Look) -> str:
    if isinstance(block, Grid):
        return _html_table(block, look)
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{html.escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Text):
        return f"<p>{html.escape(block.text)}</p>"
    if isinstance(block, NewPage):
        return '<div style="break-after:page"></div>'
    inside = "".join(_html_block(one, look) for one in block.blocks)
    return f'<div style="columns:2;column-gap:16pt">{inside}</div>'


def as_html(title: str, blocks: Sequence[Block], look: Look) -> str:
    sizes = " ".join(
        f"h{level + 1}{{font-size:{size}pt;margin:6pt 0 4pt;break-after:avoid}}"
        for level, size in SIZES.items()
    )
    face = (
        f"@font-face{{font-family:{look.font};src:url(file://{look.font_file})}}"
        if look.font_file
        else ""
    )
    style = (
        f"{face}@page{{size:{look.page[0]}pt {look.page[1]}pt;margin:{look.margin}pt}}"
        f"body{{font-family:{look.font};font-size:{look.points}pt;margin:0}} {sizes} "
        "p{margin:2pt 0}"
        "table{border-collapse:collapse;table-layout:fixed;width:100%;margin:0 0 8pt}"
        f"td{{padding:{look.pad}pt 3pt;overflow-wrap:anywhere;vertical-align:middle}}"
        f"{BORDERS[look.rules]}"
    )
    inside = "".join(_html_block(block, look) for block in blocks)
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style></head><body>{inside}</body></html>"
    )


def by_weasyprint(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    import weasyprint

    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    return bytes(weasyprint.HTML(string=as_html(title, blocks, look)).write_pdf())


def by_chromium(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(as_html(title, blocks, look), encoding="utf-8")
        program = shutil.which("chromium") or "chromium"
        options = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        command = [program, *CHROMIUM, *options, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return undated(target.read_bytes())


# ------------------------------------------------------------------------------ Typst

STROKES = {
    "grid": "0.5pt",
    "thick-outside": "0.5pt",
    "dotted": '(thickness: 0.7pt, dash: "dotted")',
    "horizontal": "(y: 0.5pt)",
    "zebra": "none",
    "none": "none",
}


def _typst_text(text: str) -> str:
    return " + linebreak() + ".join(
        f"text({json.dumps(line, ensure_ascii=False)})" for line in text.split("\n")
    )


def _typst_table(grid: Grid, look: Look) -> str:
    cells: dict[bool, list[str]] = {True: [], False: []}
    for cell in sorted(filled(grid, look), key=lambda cell: (cell.row, cell.column)):
        fill = f'fill: rgb("{cell.fill}"), ' if cell.fill else ""
        cells[cell.row < grid.header].append(
            f"table.cell(x: {cell.column}, y: {cell.row}, rowspan: {cell.row_span}, "
            f"colspan: {cell.column_span}, {fill}align: {cell.align} + horizon, "
            f"{{{_typst_text(cell.text)}}})"
        )
    columns = ", ".join(f"{width}fr" for width in grid.widths)
    repeat = "true" if look.repeat else "false"
    table = (
        f"table(columns: ({columns},), inset: (x: 3pt, y: {look.pad}pt), "
        f"stroke: {STROKES[look.rules]},\n"
        f"table.header(repeat: {repeat}, {', '.join(cells[True])}),\n"
        f"{(',' + chr(10)).join(cells[False])})"
    )
    if look.rules == "thick-outside":
        return f"#block(stroke: 1.6pt, {table})\n"
    return f"#{table}\n"


def _typst_block(block: Block, look: Look) -> str:
    if isinstance(block, Grid):
        return _typst_table(block, look)
    if isinstance(block, NewPage):
        return "#pagebreak()\n"
    if isinstance(block, TwoColumns):
        inside = "".join(_typst_block(one, look) for one in block.blocks)
        return f"#columns(2, gutter: 16pt)[\n{inside}]\n"
    size = SIZES[block.level] if isinstance(block, Heading) else look.points
    keep = "true" if isinstance(block, Heading) else "false"
    literal = json.dumps(block.text, ensure_ascii=False)
    return f"#block(sticky: {keep}, text(size: {size}pt, {literal}))\n"


def by_typst(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    import typst

    width, height = look.page
    source = (
        f"#set document(title: {json.dumps(title, ensure_ascii=False)}, date: none)\n"
        f"#set page(width: {width}pt, height: {height}pt, margin: {look.margin}pt)\n"
        f'#set text(font: "{look.font}", size: {look.points}pt, lang: "ja")\n'
        + "\n".join(_typst_block(block, look) for block in blocks)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.typ"
        path.write_text(source, encoding="utf-8")
        own = look.font_file or FONT_FILES[look.font]
        return bytes(
            typst.compile(
                str(path),
                format="pdf",
                font_paths=[str(Path(own).parent)],
                ignore_system_fonts=True,
            )
        )


# ------------------------------------------------------------------------------ ReportLab


def _reportlab_rules(grid: Grid, look: Look) -> list[Any]:
    black = "#000000"
    if look.rules in {"grid", "thick-outside"}:
        found: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, black)]
        if look.rules == "thick-outside":
            found.append(("BOX", (0, 0), (-1, -1), 1.6, black))
        return found
    if look.rules == "dotted":
        return [("GRID", (0, 0), (-1, -1), 0.7, black, 1, (0.7, 1.4))]
    if look.rules == "horizontal":
        return [
            ("LINEABOVE", (0, 0), (-1, -1), 0.5, black),
            ("LINEBELOW", (0, -1), (-1, -1), 0.5, black),
        ]
    return []


def _reportlab_table(grid: Grid, look: Look, wide: float, styles: dict[str, Any]) -> Any:
    from reportlab.platypus import Paragraph, Table

    data: list[list[Any]] = [["" for _ in grid.widths] for _ in range(grid.rows)]
    commands: list[Any] = [
        *_reportlab_rules(grid, look),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), look.pad - 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.pad),
    ]
    for cell in filled(grid, look):
        text = html.escape(cell.text).replace("\n", "<br/>")
        data[cell.row][cell.column] = Paragraph(text, styles[cell.align])
        last = (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
        if last != (cell.column, cell.row):
            commands.append(("SPAN", (cell.column, cell.row), last))
        if cell.fill:
            commands.append(("BACKGROUND", (cell.column, cell.row), last, cell.fill))
    whole = sum(grid.widths)
    return Table(
        data,
        colWidths=[wide * width / whole for width in grid.widths],
        repeatRows=grid.header if look.repeat else 0,
        style=commands,
        hAlign="LEFT",
    )


def by_reportlab(title: str, blocks: Sequence[Block], look: Look) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        NextPageTemplate,
        PageBreak,
        PageTemplate,
        Paragraph,
        Spacer,
    )

    if look.font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(look.font, look.font_file or FONT_FILES[look.font]))
    plain = {"fontName": look.font, "fontSize": look.points, "leading": look.points * 1.3}
    sides = {"left": 0, "center": 1, "right": 2}
    styles = {
        name: ParagraphStyle(name, **plain, wordWrap="CJK", alignment=side)
        for name, side in sides.items()
    }

    def flow(parts: Sequence[Block], wide: float) -> list[Any]:
        made: list[Any] = []
        for block in parts:
            if isinstance(block, Grid):
                made += [_reportlab_table(block, look, wide, styles), Spacer(1, 8)]
            elif isinstance(block, NewPage):
                made.append(PageBreak())
            elif isinstance(block, TwoColumns):
                inside = flow(block.blocks, (wide - 16) / 2)
                made += [NextPageTemplate("two"), PageBreak(), *inside]
                made += [NextPageTemplate("one"), PageBreak()]
            else:
                heading = isinstance(block, Heading)
                size = SIZES[block.level] if isinstance(block, Heading) else look.points
                shape = {"fontName": look.font, "fontSize": size, "leading": size * 1.5}
                style = ParagraphStyle("text", **shape, wordWrap="CJK", keepWithNext=int(heading))
                made.append(Paragraph(html.escape(block.text), style))
        return made

    buffer = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), look.margin)
    template = BaseDocTemplate(buffer, pagesize=look.page, invariant=1, title=title, **margins)
    wide, high = look.page[0] - 2 * look.margin, look.page[1] - 2 * look.margin
    half = (wide - 4) / 2
    frames = [Frame(look.margin + at, look.margin, half, high) for at in (0, half + 4)]
    template.addPageTemplates(
        [
            PageTemplate("one", [Frame(look.margin, look.margin, wide, high)]),
            PageTemplate("two", frames),
        ]
    )
    template.build(flow(blocks, wide - 12))
    return undated(buffer.getvalue())


PRODUCERS: dict[str, Callable[[str, Sequence[Block], Look], bytes]] = {
    "reportlab": by_reportlab,
    "typst": by_typst,
    "weasyprint": by_weasyprint,
    "chromium": by_chromium,
}
