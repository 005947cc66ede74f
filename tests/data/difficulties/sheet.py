"""A page to draw made tables on, over ReportLab; y grows downwards, lengths are points."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cells import Cell
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

A4 = (595.28, 841.89)
GOTHIC, MINCHO, CID = "Gothic", "Mincho", "HeiseiKakuGo-W5"
FILES = {
    GOTHIC: "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    MINCHO: "/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf",
}
Segment = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where the columns and rows of a table stand."""

    left: float
    top: float
    widths: Sequence[float]
    heights: Sequence[float]

    @property
    def xs(self) -> list[float]:
        return list(itertools.accumulate(self.widths, initial=self.left))

    @property
    def ys(self) -> list[float]:
        return list(itertools.accumulate(self.heights, initial=self.top))

    def box(self, cell: Cell) -> tuple[float, float, float, float]:
        xs, ys = self.xs, self.ys
        return (
            xs[cell.column],
            ys[cell.row],
            xs[cell.column + cell.column_span],
            ys[cell.row + cell.row_span],
        )


class Sheet:
    """A PDF in the making; ``pdf`` is ReportLab's canvas for what this class has no word for."""

    def __init__(
        self, title: str, size: tuple[float, float] = A4, font: str = GOTHIC, points: float = 9
    ) -> None:
        for name, path in FILES.items():
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, path))
        if CID not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(CID))
        self.buffer = io.BytesIO()
        self.size, self.font, self.points = size, font, points
        self.pdf = canvas.Canvas(self.buffer, pagesize=size, invariant=1, pageCompression=1)
        self.pdf.setTitle(f"Test data: {title}")
        self.pdf.setSubject("Made for the tests of Shihyo. All figures are invented.")
        self.pdf.setAuthor("Shihyo tests")

    def finish(self) -> bytes:
        self.pdf.showPage()
        self.pdf.save()
        return self.buffer.getvalue()

    def next_page(self) -> None:
        self.pdf.showPage()

    def y(self, down: float) -> float:
        return self.size[1] - down

    def write(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        points: float | None = None,
        font: str | None = None,
    ) -> None:
        self.pdf.setFont(font or self.font, points or self.points)
        self.pdf.drawString(x, self.y(baseline), text)

    def width(self, text: str, points: float | None = None, font: str | None = None) -> float:
        return pdfmetrics.stringWidth(text, font or self.font, points or self.points)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pdf.line(x0, self.y(y0), x1, self.y(y1))

    def rectangle(
        self, x0: float, y0: float, x1: float, y1: float, *, stroke: bool = True, fill: bool = False
    ) -> None:
        self.pdf.rect(x0, self.y(y1), x1 - x0, y1 - y0, stroke=int(stroke), fill=int(fill))

    def spot(self, grid: Grid, cell: Cell, pad: float = 3) -> Iterable[tuple[float, float, str]]:
        """Where each line of a cell's text begins: x, baseline, line."""
        x0, y0, x1, y1 = grid.box(cell)
        lines = cell.text.split("\n")
        leading = self.points * 1.25
        first = (y0 + y1) / 2 - leading * (len(lines) - 1) / 2 + self.points * 0.36
        for number, line in enumerate(lines):
            wide = self.width(line)
            x = {"left": x0 + pad, "right": x1 - pad - wide, "center": (x0 + x1 - wide) / 2}
            yield x[cell.align], first + number * leading, line

    def texts(self, grid: Grid, cells: Iterable[Cell], pad: float = 3) -> None:
        for cell in cells:
            if cell.text:
                for x, baseline, line in self.spot(grid, cell, pad):
                    self.write(x, baseline, line)

    def fills(self, grid: Grid, cells: Iterable[Cell]) -> None:
        self.pdf.saveState()
        for cell in cells:
            if cell.fill:
                self.pdf.setFillColor(cell.fill)
                self.rectangle(*grid.box(cell), stroke=False, fill=True)
        self.pdf.restoreState()

    def ruled(
        self, grid: Grid, cells: Sequence[Cell], draw: Callable[[Segment], None] | None = None
    ) -> None:
        """Fills, rules, then texts of a table; ``draw`` draws one rule."""
        self.fills(grid, cells)
        for segment in segments(grid, cells):
            (draw or (lambda rule: self.line(*rule)))(segment)
        self.texts(grid, cells)


def segments(grid: Grid, cells: Iterable[Cell]) -> list[Segment]:
    """The rules around the cells, each as long as it goes."""
    across: dict[float, list[tuple[float, float]]] = {}
    down: dict[float, list[tuple[float, float]]] = {}
    for cell in cells:
        x0, y0, x1, y1 = grid.box(cell)
        for y in (y0, y1):
            across.setdefault(y, []).append((x0, x1))
        for x in (x0, x1):
            down.setdefault(x, []).append((y0, y1))
    horizontal = [(a, y, b, y) for y, runs in sorted(across.items()) for a, b in joined(runs)]
    vertical = [(x, a, x, b) for x, runs in sorted(down.items()) for a, b in joined(runs)]
    return horizontal + vertical


def joined(runs: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Runs that touch or overlap, made one."""
    out: list[tuple[float, float]] = []
    for start, end in sorted(runs):
        if out and start <= out[-1][1] + 0.01:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out
