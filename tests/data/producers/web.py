"""The report as HTML, and its printing by Chromium and WeasyPrint."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.data.mine import charts
from tests.data.mine.content import Block, Cell, Chart, Picture, Table, Text

TAGS = {
    "title": "h1",
    "goal": "h2",
    "section": "h3",
    "policy": "h3",
    "caption": "h4",
    "body": "p",
    "note": "p",
}
CHROMIUM = [
    "chromium",
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


@dataclass(frozen=True)
class Sheet:
    """Fonts, page and rules of the HTML."""

    page: str = "A4"
    margin: str = "22mm 20mm"
    font: str = "Noto Sans CJK JP"
    size: str = "10pt"
    cell: str = "border: 0.5pt solid black; padding: 3pt 4pt;"
    table: str = "border-collapse: collapse;"
    row: str = ""
    valign: str = "top"
    extra: str = ""
    title: str = ""


def page(blocks: Iterable[Block], sheet: Sheet) -> str:
    """The whole HTML page."""
    style = (
        f"@page {{ size: {sheet.page}; margin: {sheet.margin}; }}"
        f"body {{ font-family: '{sheet.font}'; font-size: {sheet.size}; line-height: 1.45; }}"
        "h1 { font-size: 1.4em; text-align: center; } h2 { font-size: 1.3em; }"
        "h3 { font-size: 1.15em; } h4 { font-size: 1em; margin: 0.6em 0 0.3em; }"
        "h1, h2, h3, h4 { font-weight: normal; break-after: avoid; }"
        f"table {{ {sheet.table} table-layout: fixed; width: 100%; margin: 0 0 8pt; }}"
        f"td {{ {sheet.cell} vertical-align: {sheet.valign}; word-break: break-all; }}"
        f"tr {{ {sheet.row} }} td {{ orphans: 1; widows: 1; }}"
        "figure { margin: 4pt 0; text-align: center; }"
        f"svg text {{ font-family: '{sheet.font}'; }}"
        "p { margin: 0 0 3pt; text-indent: 1em; } p.note { text-indent: 0; }"
        f"{sheet.extra}"
    )
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8">'
        f"<title>{escape(sheet.title)}</title><style>{style}</style></head><body>"
        f"{''.join(_block(block) for block in blocks)}</body></html>"
    )


def weasyprint(html: str, target: Path) -> None:
    """Print by WeasyPrint."""
    import weasyprint as maker

    maker.HTML(string=html).write_pdf(target)


def chromium(html: str, target: Path) -> None:
    """Print by headless Chromium with a new profile."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, "utf-8")
        subprocess.run(
            [
                *CHROMIUM,
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={target}",
                f"file://{source}",
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )


def _block(block: Block) -> str:
    if isinstance(block, Text):
        tag = TAGS[block.style]
        return f'<{tag} class="{block.style}">{escape(block.text)}</{tag}>'
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        return f"<figure>{charts.svg(block)}</figure>"
    assert isinstance(block, Picture)
    return (
        '<figure><svg xmlns="http://www.w3.org/2000/svg" width="240" height="120">'
        f'<rect width="240" height="120" fill="#d9d9d9"/></svg><br>{escape(block.caption)}</figure>'
    )


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{100 * share:g}%">' for share in table.widths)
    kinds = [
        ' class="head"' if number == 0 and table.kind != "swatch" else ""
        for number in range(len(table.rows))
    ]
    rows = [
        f"<tr{kind}>" + "".join(map(_cell, row)) + "</tr>"
        for kind, row in zip(kinds, table.rows, strict=True)
    ]
    if table.repeat_header:
        rows[0] = f"<thead>{rows[0]}</thead>"
    return f'<table class="{table.kind}"><colgroup>{columns}</colgroup>{"".join(rows)}</table>'


def _cell(cell: Cell) -> str:
    style = f"text-align: {cell.align};"
    if cell.fill:
        style += f" background: {cell.fill};"
    return f'<td style="{style}">{escape(cell.text).replace(chr(10), "<br>")}</td>'
