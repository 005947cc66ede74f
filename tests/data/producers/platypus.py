"""The report drawn by ReportLab, with rules of several kinds."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as PlatypusTable

from tests.data.mine import charts
from tests.data.mine.content import Block, Cell, Table, Text
from tests.data.mine.content import Chart as ChartBlock

ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}


class Grid(PlatypusTable):
    """A table whose rules are whole lines, as ReportLab draws them.

    The columns and rows are known as ``_colpositions`` and ``_rowpositions`` when it is drawn.
    """

    def _drawLines(self) -> None:  # noqa: N802 (ReportLab's name)
        self.canv.saveState()
        self.canv.setLineWidth(0.5)
        self.rules(self.canv, list(self._colpositions), list(self._rowpositions))
        self.canv.restoreState()

    def rules(self, canvas: Any, xs: list[float], ys: list[float]) -> None:
        """Draw the rules at the columns ``xs`` and the rows ``ys`` (downwards)."""
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])


class HorizontalRules(Grid):
    """No vertical rule."""

    def rules(self, canvas: Any, xs: list[float], ys: list[float]) -> None:
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)


class NoRules(Grid):
    """Fills and white space only."""

    def rules(self, canvas: Any, xs: list[float], ys: list[float]) -> None:
        del canvas, xs, ys


class ThinRectangles(Grid):
    """Filled rectangles 0.48 pt thick; vertical ones in a piece a row, some in many pieces."""

    def rules(self, canvas: Any, xs: list[float], ys: list[float]) -> None:
        thick = 0.48
        for number, y in enumerate(ys):
            if number % 3 == 1:
                for left, right in pairwise(xs):
                    canvas.rect(left, y, right - left + thick, thick, stroke=0, fill=1)
            else:
                canvas.rect(xs[0], y, xs[-1] - xs[0] + thick, thick, stroke=0, fill=1)
        for x in xs:
            for number, (top, bottom) in enumerate(pairwise(ys)):
                pieces = 4 if number % 4 == 2 else 1
                step = (bottom - top) / pieces
                for piece in range(pieces):
                    canvas.rect(x, top + piece * step, thick, step, stroke=0, fill=1)


class CellBoxes(Grid):
    """Every cell a stroked rectangle of its own, a hair apart from its neighbours."""

    def rules(self, canvas: Any, xs: list[float], ys: list[float]) -> None:
        gap = 0.3
        for left, right in pairwise(xs):
            for top, bottom in pairwise(ys):
                canvas.rect(
                    left + gap, bottom + gap, right - left - 2 * gap, top - bottom - 2 * gap
                )


class DashedAndDouble(Grid):
    """Inner rules dashed or dotted, outer rules and the one below the header double."""

    def rules(self, canvas: Any, xs: list[float], ys: list[float]) -> None:
        canvas.setDash([2, 1.5])
        for y in ys[2:-1]:
            canvas.line(xs[0], y, xs[-1], y)
        canvas.setDash([0.6, 1])
        for x in xs[1:-1]:
            canvas.line(x, ys[0], x, ys[-1])
        canvas.setDash()
        for shift in (-0.8, 0.8):
            for y in {ys[0], ys[1], ys[-1]}:
                canvas.line(xs[0] - 0.8, y + shift, xs[-1] + 0.8, y + shift)
            for x in (xs[0], xs[-1]):
                canvas.line(x + shift, ys[0], x + shift, ys[-1])


@dataclass(frozen=True)
class Style:
    """Page (pt), fonts and rules.

    ``turned``: drawn on a lying sheet that /Rotate 90 shows upright.
    """

    page: tuple[float, float] = (595.28, 841.89)
    margins: tuple[float, float, float, float] = (60, 55, 60, 55)  # top, right, bottom, left
    mincho: str = "mincho"
    gothic: str = "gothic"
    size: float = 9.5
    leading: float = 14
    grid: type[Grid] = Grid
    cut_rows: bool = True
    padding: float = 3
    turned: bool = False


def register_fonts(paths: dict[str, Path]) -> None:
    """Make the font files known by name, or, without any, two fonts that are not embedded."""
    for name, path in paths.items():
        pdfmetrics.registerFont(TTFont(name, str(path)))
    if not paths:
        for name in ("HeiseiMin-W3", "HeiseiKakuGo-W5"):
            pdfmetrics.registerFont(UnicodeCIDFont(name))


def write(blocks: Iterable[Block], style: Style, target: Path, title: str) -> None:
    """Write the PDF."""
    top, right, bottom, left = style.margins
    width, height = style.page
    document = BaseDocTemplate(str(target), title=title, invariant=1)
    frame = Frame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0)

    def begin(canvas: Any, template: Any) -> None:
        del template
        if style.turned:
            canvas.transform(0, 1, -1, 0, height, 0)
        canvas.setFont(style.mincho, 9)
        canvas.drawCentredString(width / 2, bottom / 2, str(canvas.getPageNumber()))

    template = PageTemplate("page", [frame], onPage=begin, pagesize=style.page)
    template.rotation = 90 if style.turned else 0
    document.addPageTemplates([template])
    flowables: list[Flowable] = []
    for block in blocks:
        flowables.extend(_flowables(block, style, width - left - right))
    document.build(flowables)


def _paragraph(text: str, style: Style, *, heading: bool = False, **extra: Any) -> Paragraph:
    look = ParagraphStyle(
        "x",
        fontName=style.gothic if heading else style.mincho,
        wordWrap="CJK",
        splitLongWords=1,
        **{"fontSize": style.size, "leading": style.leading, **extra},
    )
    return Paragraph(escape(text).replace("\n", "<br/>"), look)


def _flowables(block: Block, style: Style, width: float) -> list[Flowable]:
    if isinstance(block, Text):
        room = 0 if block.style in ("title", "body", "note") else 70
        return [CondPageBreak(room), _text(block, style)]
    if isinstance(block, Table):
        return [_table(block, style, width), Spacer(1, 8)]
    if isinstance(block, ChartBlock):
        return [Image(io.BytesIO(charts.picture(block)), 280, 131)]
    caption = _paragraph(block.caption, style, alignment=TA_CENTER)
    return [Image(io.BytesIO(charts.photograph()), 200, 125), caption]


def _text(text: Text, style: Style) -> Paragraph:
    size = {"title": 14.0, "goal": 13.0, "section": 11.5, "policy": 11.5}.get(
        text.style, style.size
    )
    heading = text.style not in ("body", "note")
    return _paragraph(
        text.text,
        style,
        heading=heading,
        fontSize=size,
        leading=size * 1.45,
        spaceBefore=8 if heading else 0,
        spaceAfter=3,
        alignment=TA_CENTER if text.style == "title" else TA_LEFT,
        firstLineIndent=style.size if text.style == "body" else 0,
    )


def _cell(cell: Cell, style: Style) -> Paragraph:
    return _paragraph(cell.text, style, alignment=ALIGN[cell.align])


def _table(table: Table, style: Style, width: float) -> Grid:
    fills = [
        ("BACKGROUND", (column, row), (column, row), colors.HexColor(cell.fill))
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        if cell.fill
    ]
    made = style.grid(
        [[_cell(cell, style) for cell in row] for row in table.rows],
        colWidths=[width * share for share in table.widths],
        repeatRows=1 if table.repeat_header else 0,
        splitByRow=0 if style.cut_rows else 1,
        splitInRow=1 if style.cut_rows else 0,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), style.padding - 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), style.padding + 1),
            *fills,
        ],
    )
    made.hAlign = "LEFT"
    return made
