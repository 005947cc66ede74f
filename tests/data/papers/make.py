"""Make the papers of this folder: ``python -m tests.data.papers.make``.

Each is set by one of three producers in turn, ruled in one of three ways.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from pathlib import Path

import typst
import weasyprint
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests.data.papers.papers import MIXED, PAPERS, Block

HERE = Path(__file__).parent
NOTICE = "この資料は、試験のために作られた架空のものです。"
FONT = "HeiseiMin-W3"


def title_and_text(block: str) -> tuple[bool, str]:
    """Whether a line is the title, and its text."""
    return block.startswith("# "), block.removeprefix("# ")


def by_reportlab(blocks: list[Block]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    flow: list[object] = []
    for block in blocks:
        if isinstance(block, str):
            title, text = title_and_text(block)
            size = 14 if title else 10
            style = ParagraphStyle("p", fontName=FONT, fontSize=size, leading=size * 1.5)
            flow.append(Paragraph(html.escape(text), style))
        else:
            cell = ParagraphStyle("c", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
            rows = [[Paragraph(html.escape(text), cell) for text in row] for row in block]
            table = Table(rows, colWidths=[495 / len(block[0])] * len(block[0]))
            table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
            flow += [table, Spacer(1, 10)]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, leftMargin=50, rightMargin=50, invariant=1).build(flow)
    return stream.getvalue()


def by_weasyprint(blocks: list[Block]) -> bytes:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            title, text = title_and_text(block)
            parts.append(f"<{'h1' if title else 'p'}>{html.escape(text)}")
        else:
            rows = ["<tr>" + "".join(f"<td>{html.escape(t)}" for t in row) for row in block]
            parts.append("<table>" + "".join(rows) + "</table>")
    style = (
        "body{font-family:'IPAGothic';font-size:9.5pt} h1{font-size:14pt} table{width:100%;"
        "border-collapse:collapse;margin:8pt 0} td{border:0.6pt solid #000;padding:3pt}"
    )
    made = weasyprint.HTML(string=f"<style>{style}</style>{''.join(parts)}").write_pdf()
    assert made is not None
    return made


def by_typst(blocks: list[Block]) -> bytes:
    parts = ['#set text(font: "IPAPGothic", fallback: true, size: 9.5pt, lang: "ja")']
    for block in blocks:
        if isinstance(block, str):
            title, text = title_and_text(block)
            parts.append(f'#text(size: {14 if title else 10}pt)[#"{text}"]\n')
        else:
            cells = ", ".join(f'[#"{text}"]' for row in block for text in row)
            parts.append(f"#table(columns: (1fr,) * {len(block[0])}, {cells})")
    return typst.compile("\n\n".join(parts).encode())


PRODUCERS: list[Callable[[list[Block]], bytes]] = [by_reportlab, by_weasyprint, by_typst]


def main() -> None:
    for number, (name, blocks) in enumerate((PAPERS | MIXED).items()):
        made = PRODUCERS[number % len(PRODUCERS)]([*blocks, NOTICE])
        (HERE / f"{name}.pdf").write_bytes(made)


if __name__ == "__main__":
    main()
