"""Pages of statistics from a seed: tables as offices print them, and what looks like tables.

``made(seed)`` gives the PDF of one page and its tables as ``README.md`` of this folder tells
them.  Everything is invented; the looks are those of printed yearbooks: rules above and below,
headings of several levels, leaders, rows over the whole width, narrow gutters, charts, maps.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from typing import Any

from reportlab.lib.pagesizes import A4, letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

Rows = list[list[str]]

THINGS = """Crops|Livestock|Timber|Fish landed|Coal|Crude oil|Natural gas|Electric power|Steel|Paper
Textiles|Clothing|Footwear|Chemicals|Machinery|Road vehicles|Furniture|Construction|Wholesale trade
Retail trade|Transport|Postal services|Banking|Insurance|Real estate|Education|Health care
Public administration|Hotels and restaurants|Mining and quarrying"""
LONG_THINGS = """Manufacture of wearing apparel, dressing and dyeing of fur
Persons aged 15 years and over who were not in employment or training during the reference week
Households with one or more members under the age of eighteen
Recipients of income assistance and other benefits, all programs combined
Sewage and refuse disposal, sanitation and similar activities
Grants to local bodies for the upkeep of secondary roads and bridges
Deaths from diseases of the circulatory system per 100,000 inhabitants"""
PLACES = """Aldmoor|Brenwick|Carrow|Dunsley|Eastfold|Fennimore|Garrick|Holt|Inverley|Jessop|Kelder
Lorring|Marden|Norfell|Oakham Vale|Penrose|Quarley|Rydal|Selwick|Thornbury|Ulverton|Vale of Ash
Westerley|Yarrow"""
GROUPS = """Northeast|Midwest|South and islands|West|Primary sector|Secondary sector|Services
Men|Women|Urban areas|Rural areas|Under 25 years|Public bodies|Private bodies"""
UNITS = """(in millions of dollars)|(thousands of persons)|Per cent of total|(1995 = 100)|Number
Percent distribution|Thousand tonnes|(per 1,000 inhabitants)"""
SPANNERS = """Employment|Exports|Imports|Gross output|Population|Expenditure|Both sexes|Males
Females|Fiscal year|Annual averages|Change from previous year|First quarter|Public schools"""
HEADS = """Total|Number|Percent|Rate|Average|Median|Annual change|Full time|Part time
Share of total
Net receipts|Standard error|Persons employed|Value added|Index|Households|Per capita|Men|Women
Estimate|Under 5 years|65 and over|Domestic trade|Foreign trade"""
SENTENCES = """The survey covers all establishments with ten or more persons employed.
Between the two years the number of households rose in every region but one.
Figures for the last year are provisional and will be revised next spring.
About one third of the increase is owed to better reporting by local offices.
Prices of energy fell by 4.2 percent, while those of food rose by 1.8 percent.
Seasonal adjustment was made with the usual method and checked against the census.
The share of part-time work among women has grown from 31 to 37 percent since 1995.
Detailed tables by industry and region are published in a separate volume.
No allowance was made for changes in the quality of goods and services.
In the south, 12,400 dwellings were completed, most of them by private builders."""


def listed(text: str) -> list[str]:
    """The items of a text."""
    return [item for line in text.split("\n") for item in line.split("|")]


@dataclass(kw_only=True)
class Grid:
    """A table: its picture (``<`` goes on from the left, ``^`` from above) and how it is set."""

    rows: Rows
    head: int
    indents: dict[int, int] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=lambda: {0})
    raised: set[tuple[int, int]] = field(default_factory=set)
    dollars: set[tuple[int, int]] = field(default_factory=set)
    gap_before: set[int] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a table is set."""

    font: str = "Helvetica"
    size: float = 8.0
    leading: float = 1.25
    gutter: float = 14.0
    rules: str = "booktabs"
    partial: bool = True
    leaders: bool = False
    stub: float = 150.0
    figures: str = "last"
    head_align: str = "center"
    head_down: str = "bottom"
    body_align: str = "right"
    centred_rows: bool = True
    bold_head: bool = False
    pad: float = 1.0
    zebra: bool = False


class Sheet:
    """A page being drawn; y runs down."""

    def __init__(self, rng: Random, size: tuple[float, float]) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=size, invariant=1)
        self.width, self.height = size
        self.rng = rng
        self.y = rng.uniform(50, 70)
        self.tables: list[dict[str, Any]] = []

    def text(self, x: float, y: float, text: str, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def area(self, x0: float, y0: float, x1: float, y1: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=1, fill=0)

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.file.getvalue()


def bold(font: str) -> str:
    """The bold face of a font."""
    return "Times-Bold" if font.startswith("Times") else f"{font}-Bold"


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """A text in lines of a width."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(joined, font, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def cells_of(grid: Grid) -> list[dict[str, Any]]:
    """The cells of a grid as the truth tells them."""
    found = []
    for r, line in enumerate(grid.rows):
        for c, text in enumerate(line):
            if text in ("<", "^"):
                continue
            across = down = 1
            while c + across < len(line) and line[c + across] == "<":
                across += 1
            while r + down < len(grid.rows) and grid.rows[r + down][c] == "^":
                down += 1
            cell = {"row": r, "column": c, "row_span": down, "column_span": across, "text": text}
            found.append(cell)
    return found


# --------------------------------------------------------------------------- setting a table


class Setting:
    """A grid measured and drawn at a place."""

    def __init__(self, sheet: Sheet, grid: Grid, look: Look, left: float, width: float) -> None:
        self.sheet, self.grid, self.look, self.left = sheet, grid, look, left
        self.cells = cells_of(grid)
        self.lines: dict[tuple[int, int], list[str]] = {}
        self.widths = self._widths(width)
        self.xs = [left + sum(self.widths[:c]) for c in range(len(self.widths) + 1)]

    def _font(self, row: int) -> str:
        return (
            bold(self.look.font) if self.look.bold_head and row < self.grid.head else self.look.font
        )

    def _wide(self, text: str, row: int) -> float:
        return stringWidth(text, self._font(row), self.look.size)

    def _widths(self, most: float) -> list[float]:
        look, grid = self.look, self.grid
        widths = [0.0] * len(grid.rows[0])
        for cell in self.cells:
            row, column, text = cell["row"], cell["column"], cell["text"]
            if cell["column_span"] > 1 or row in grid.whole or not text:
                continue
            if column in grid.words and row >= grid.head:
                limit = look.stub if column == 0 else 0.8 * look.stub
                own = min(limit, self._wide(text, row) + 9 * grid.indents.get(row, 0))
            elif row < grid.head:
                own = max(self._wide(word, row) for word in text.split(" "))
            else:
                own = self._wide(text, row)
                own += 8 * ((row, column) in grid.dollars)
            widths[column] = max(widths[column], own)
        for cell in self.cells:
            span = range(cell["column"], cell["column"] + cell["column_span"])
            if cell["column_span"] == 1 or cell["row"] in grid.whole:
                continue
            need = max(self._wide(word, cell["row"]) for word in cell["text"].split(" "))
            lack = need - sum(widths[c] for c in span) - look.gutter * (len(span) - 1)
            for column in span:
                widths[column] += max(0.0, lack / len(span))
        free = most - sum(widths) - look.gutter * len(widths)
        if look.gutter > 9 and free > 0:
            return [w + look.gutter + 0.8 * free / len(widths) for w in widths]
        return [w + look.gutter for w in widths]

    def _lines(self, cell: dict[str, Any]) -> list[str]:
        row, column, span = cell["row"], cell["column"], cell["column_span"]
        if not cell["text"]:
            return []
        width = self.xs[column + span] - self.xs[column] - self.look.gutter + 0.01
        width -= 9 * self.grid.indents.get(row, 0) * (column == 0)
        if row in self.grid.whole or (row >= self.grid.head and column not in self.grid.words):
            return [cell["text"]]
        return wrapped(cell["text"], self._font(row), self.look.size, width)

    def draw(self, top: float) -> float:
        """Draw at a height; where it ends."""
        look, grid = self.look, self.grid
        step = look.size * look.leading
        heights = [step + 2 * look.pad] * len(grid.rows)
        texts = {(c["row"], c["column"]): self._lines(c) for c in self.cells}
        for cell in self.cells:
            lines = len(texts[cell["row"], cell["column"]])
            last = cell["row"] + cell["row_span"] - 1
            have = sum(heights[cell["row"] : last + 1])
            heights[last] += max(0.0, lines * step + 2 * look.pad - have)
        tops, y = [], top
        for row, height in enumerate(heights):
            y += 0.8 * step * (row in grid.gap_before)
            tops.append(y)
            y += height
        tops.append(y)
        ends = [at + height for at, height in zip(tops, heights, strict=False)]
        if look.zebra:
            for row in range(grid.head, len(grid.rows), 2):
                self.sheet.area(self.xs[0] - 3, tops[row], self.xs[-1], ends[row], 0.9)
        for cell in self.cells:
            last = cell["row"] + cell["row_span"] - 1
            lines = texts[cell["row"], cell["column"]]
            self._cell(cell, lines, tops[cell["row"]], ends[last], step)
        self._rules(tops, ends)
        return y

    def _cell(
        self, cell: dict[str, Any], lines: list[str], top: float, end: float, step: float
    ) -> None:
        look, grid = self.look, self.grid
        row, column = cell["row"], cell["column"]
        free = end - top - len(lines) * step - 2 * look.pad
        down = look.head_down if row < grid.head else look.figures
        if column in grid.words and row >= grid.head:
            down = "first" if look.figures != "middle" else "middle"
        first = top + {"bottom": free, "last": free, "middle": free / 2, "first": 0}[down]
        font = self._font(row)
        left, right = self.xs[column], self.xs[column + cell["column_span"]] - look.gutter
        for number, line in enumerate(lines):
            wide = stringWidth(line, font, look.size)
            align = look.head_align if row < grid.head else look.body_align
            if column in grid.words and (row >= grid.head or look.head_align != "center"):
                align = "left"
            if row in grid.whole:
                align = "center" if look.centred_rows else "left"
            elif cell["column_span"] > 1:
                align = "center"
            x = {"left": left, "right": right - wide, "center": (left + right - wide) / 2}[align]
            if align == "left":
                x += 9 * grid.indents.get(row, 0) * (column == 0)
            y = first + look.pad + (number + 0.8) * step
            self._line(line, x, y, (row, column), font)
            led = look.leaders and column == 0 and row >= grid.head and number == len(lines) - 1
            if led and row not in grid.whole and any(grid.rows[row][1:]):
                self._leaders(x + wide, y)

    def _line(self, line: str, x: float, y: float, place: tuple[int, int], font: str) -> None:
        if place in self.grid.dollars:
            shift = self.xs[place[1]] if self.look.body_align == "right" else x - 8
            self.sheet.text(shift, y, "$", font, self.look.size)
            line = line.removeprefix("$")
            x = self.xs[place[1] + 1] - self.look.gutter - stringWidth(line, font, self.look.size)
        if place in self.grid.raised and line[-1:].isdigit():
            self.sheet.text(x, y, line[:-1], font, self.look.size)
            x += stringWidth(line[:-1], font, self.look.size)
            self.sheet.text(x, y - 2.5, line[-1], font, 0.65 * self.look.size)
            return
        self.sheet.text(x, y, line, font, self.look.size)

    def _leaders(self, start: float, y: float) -> None:
        sign = "." if self.look.head_down == "bottom" else " ."
        dot = stringWidth(sign, self.look.font, self.look.size)
        count = int((self.xs[1] - self.look.gutter * 0.4 - start - 3) / dot)
        if count > 2:
            x = self.xs[1] - self.look.gutter * 0.4 - count * dot
            self.sheet.text(x, y, sign * count, self.look.font, self.look.size)

    def _rules(self, tops: list[float], ends: list[float]) -> None:
        look, grid, sheet = self.look, self.grid, self.sheet
        left, right = self.xs[0] - 3, self.xs[-1] - look.gutter + 3
        head = (ends[grid.head - 1] + tops[grid.head]) / 2
        if look.rules in ("booktabs", "rows", "upright"):
            for at, width in ((tops[0], 1.0), (head, 0.5), (ends[-1], 1.0)):
                sheet.line(left, at, right, at, width)
        if look.rules == "head":
            sheet.line(left, head, right, head)
        if look.rules == "rows":
            for row in range(grid.head, len(grid.rows) - 1):
                sheet.line(left, ends[row], right, ends[row], 0.3)
        if look.partial and look.rules in ("booktabs", "head", "rows"):
            self._partial(ends)
        if look.rules == "upright":
            self._upright(tops, ends)
        if look.rules == "grid":
            self._grid(tops)

    def _partial(self, ends: list[float]) -> None:
        for cell in self.cells:
            if cell["row"] < self.grid.head - 1 and cell["column_span"] > 1:
                x1 = self.xs[cell["column"] + cell["column_span"]] - self.look.gutter
                at = ends[cell["row"]]
                self.sheet.line(self.xs[cell["column"]], at, x1, at, 0.4)

    def _grid(self, tops: list[float]) -> None:
        for cell in self.cells:
            x0 = self.xs[cell["column"]] - self.look.gutter / 2
            x1 = self.xs[cell["column"] + cell["column_span"]] - self.look.gutter / 2
            self.sheet.frame(x0, tops[cell["row"]], x1, tops[cell["row"] + cell["row_span"]])

    def _upright(self, tops: list[float], ends: list[float]) -> None:
        for column in range(1, len(self.xs) - 1):
            x = self.xs[column] - self.look.gutter / 2
            covered = {
                row
                for cell in self.cells
                for row in range(cell["row"], cell["row"] + cell["row_span"])
                if cell["column"] < column < cell["column"] + cell["column_span"]
            }
            for row in range(len(self.grid.rows)):
                if row not in covered and row not in self.grid.whole:
                    self.sheet.line(x, tops[row], x, tops[row + 1])
        for cell in self.cells:
            if cell["row"] < self.grid.head - 1 and cell["column_span"] > 1:
                x1 = self.xs[cell["column"] + cell["column_span"]] - self.look.gutter / 2
                at = ends[cell["row"]]
                self.sheet.line(self.xs[cell["column"]] - self.look.gutter / 2, at, x1, at, 0.4)


# --------------------------------------------------------------------------- what stands in it


def figure(rng: Random, form: str) -> str:
    """One figure of a column."""
    if rng.random() < 0.04:
        return rng.choice(("–", "(X)", "NA", "...", "-", "(D)"))
    change, count = rng.uniform(-12, 12), f"{int(10 ** rng.uniform(1, 6)):,}"
    forms = {
        "count": count,
        "spaced": count.replace(",", " "),
        "change": f"{change:.1f}" if rng.random() < 0.7 else f"({abs(change):.1f})",
        "percent": f"{rng.uniform(0, 100):.1f}%",
        "comma": f"{rng.uniform(0, 900):.2f}".replace(".", ","),
        "rate": f"{rng.uniform(0, 100):.1f}",
    }
    return forms[form]


def headings(rng: Random, levels: int, columns: int, *, stub: bool) -> Rows:
    """The rows of headings over figure columns, with a cell over the names."""
    words = rng.sample(listed(HEADS), min(columns, 20))
    years = [str(year) for year in range(2012 - columns, 2012)]
    if levels == 1:
        return [
            [
                "" if not stub else rng.choice(("Item", "Industry", "Region")),
                *(years if rng.random() < 0.4 else words),
            ]
        ]
    spans: list[int] = []
    while sum(spans) < columns:
        spans.append(min(rng.choice((2, 2, 3, 1)), columns - sum(spans)))
    spanners = rng.sample(listed(SPANNERS), len(spans))
    low = rng.sample(listed(HEADS), 3) if rng.random() < 0.5 else ["2009", "2010", "2011"]
    name = rng.choice(("Item", "Industry", "State and county", "Characteristic")) if stub else ""
    upper, lower = [name], ["^" if name else ""]
    for number, span in enumerate(spans):
        upper += [spanners[number], *["<"] * (span - 1)]
        lower += ["^"] if span == 1 else low[:span]
    rows = [upper, lower]
    if levels == 3:
        top = rng.choice(listed(SPANNERS))
        first = spans[0] if len(spans) > 2 and rng.random() < 0.5 else 0
        over = [top, *["<"] * (columns - first - 1)]
        lead = [upper[1], *["<"] * (first - 1)] if first else []
        if first:
            for c in range(1, first + 1):
                upper[c] = "^" if c == 1 else "<"
            if first > 1:
                lead = [spanners[0], *["<"] * (first - 1)]
                for c in range(1, first + 1):
                    upper[c], lower[c] = low[(c - 1) % 3], "^"
            else:
                lower[1] = "^"
        rows = [[name, *lead, *over], upper, lower]
        if name:
            upper[0] = "^"
    return rows


def statistics(
    rng: Random,
    *,
    levels: int = 1,
    columns: int = 0,
    sections: str = "",
    wraps: bool = False,
    marks: bool = False,
    money: bool = False,
    body: int = 0,
    units_row: bool = False,
) -> Grid:
    """A table of figures by name."""
    columns = columns or rng.randint(3, 8)
    rows = headings(rng, levels, columns, stub=rng.random() < 0.6)
    grid = Grid(rows=rows, head=len(rows))
    if units_row:
        rows.append(["", rng.choice(listed(UNITS)), *["<"] * (columns - 1)])
        grid.head += 1
    forms = [rng.choice(("count", "count", "rate", "change", "percent")) for _ in range(columns)]
    if rng.random() < 0.15:
        forms = [rng.choice(("spaced", "comma")) for _ in range(columns)]
    names = listed(THINGS) if rng.random() < 0.6 else listed(PLACES)
    rng.shuffle(names)
    if wraps:
        names[1::3] = (listed(LONG_THINGS) * 5)[: len(names[1::3])]
    _body(rng, grid, names, forms, sections, body or rng.randint(6, 18))
    if rng.random() < 0.4:
        rows.append(["Total", *(figure(rng, form) for form in forms)])
        if rng.random() < 0.5:
            grid.gap_before.add(len(rows) - 1)
    if marks:
        _with_marks(rng, grid)
    if money:
        _with_dollars(grid)
    return grid


def _body(
    rng: Random, grid: Grid, names: list[str], forms: list[str], sections: str, total: int
) -> None:
    """The rows of a table, in parts if it has ``sections``."""
    groups = listed(GROUPS)
    rng.shuffle(groups)
    while total > 0:
        if sections:
            _section(rng, grid, sections, groups.pop(), len(forms))
        for _ in range(min(total, rng.randint(3, 6) if sections else total)):
            if names:
                grid.indents[len(grid.rows)] = int(sections in ("stub", "total"))
                grid.rows.append([names.pop(), *(figure(rng, form) for form in forms)])
            total -= 1


def _with_marks(rng: Random, grid: Grid) -> None:
    """Raised figures behind names, for notes."""
    for row in range(grid.head, len(grid.rows)):
        if rng.random() < 0.3 and grid.rows[row][0] and row not in grid.whole:
            grid.rows[row][0] += rng.choice("123")
            grid.raised.add((row, 0))


def _with_dollars(grid: Grid) -> None:
    """Signs of a currency at the left of columns, in the first row and the last."""
    for row in (first_figures(grid), len(grid.rows) - 1):
        for column, text in enumerate(grid.rows[row]):
            if column and text[:1].isdigit() and "%" not in text:
                grid.rows[row][column] = f"${text}"
                grid.dollars.add((row, column))


def first_figures(grid: Grid) -> int:
    """The first row with figures."""
    return next(
        row
        for row in range(grid.head, len(grid.rows))
        if row not in grid.whole and any(grid.rows[row][1:])
    )


def _section(rng: Random, grid: Grid, kind: str, name: str, columns: int) -> None:
    row = len(grid.rows)
    if kind == "whole":
        grid.whole.add(row)
        text = rng.choice((name, name.upper(), f"{name} {rng.choice(listed(UNITS)[:2])}"))
        grid.rows.append([text, *["<"] * columns])
    elif kind == "long":
        grid.whole.add(row)
        text = f"{name}: establishments with ten or more persons employed, all legal forms"
        grid.rows.append([text, *["<"] * columns])
    elif kind == "stub":
        grid.rows.append([name, *[""] * columns])
    else:
        grid.rows.append([name, *(figure(rng, "count") for _ in range(columns))])
    if rng.random() < 0.3 and row > grid.head:
        grid.gap_before.add(row)


def words_table(rng: Random) -> Grid:
    """A table of words with wrapped cells."""
    rows = [["Programme", "Purpose", "Body in charge", "Budget"]]
    for name in rng.sample(listed(THINGS), rng.randint(4, 7)):
        rows.append(
            [
                name,
                rng.choice(listed(LONG_THINGS)),
                rng.choice(listed(PLACES)),
                figure(rng, "count"),
            ]
        )
    return Grid(rows=rows, head=1, words={0, 1, 2})


def two_names(rng: Random) -> Grid:
    """A table with the names at both ends, in two languages."""
    grid = statistics(rng, columns=rng.randint(3, 6))
    for row, line in enumerate(grid.rows):
        line.append("" if row < grid.head else f"{line[0]} (fr)" if line[0] else "")
    grid.words.add(len(grid.rows[0]) - 1)
    return grid


# --------------------------------------------------------------------------- the page


def look_of(rng: Random, **fixed: Any) -> Look:
    """A random look, but for what is fixed."""
    font = rng.choice(("Helvetica", "Times-Roman"))
    look = Look(
        font=font,
        size=rng.choice((6.5, 7.0, 7.5, 8.0, 9.0)),
        leading=rng.choice((1.15, 1.25, 1.4)),
        gutter=rng.choice((9.0, 12.0, 18.0)),
        rules=rng.choice(("booktabs", "booktabs", "booktabs", "head", "none", "upright", "grid")),
        partial=rng.random() < 0.7,
        stub=rng.choice((110.0, 150.0, 200.0)),
        figures=rng.choice(("last", "first")),
        head_down=rng.choice(("bottom", "bottom", "middle")),
        head_align=rng.choice(("center", "center", "right")),
        bold_head=rng.random() < 0.3,
        pad=rng.choice((0.0, 1.0, 2.5)),
    )
    return replace(look, **fixed)


def paragraph(sheet: Sheet, left: float, width: float, lines: int, size: float = 10.0) -> None:
    """Running text."""
    text = " ".join(sheet.rng.choice(SENTENCES.split("\n")) for _ in range(lines))
    for line in wrapped(text, "Times-Roman", size, width)[:lines]:
        sheet.text(left, sheet.y + size, line, "Times-Roman", size)
        sheet.y += 1.2 * size
    sheet.y += 0.6 * size


def placed(sheet: Sheet, grid: Grid, look: Look, left: float, width: float) -> float:
    """A table with its caption at the place reached; its width."""
    rng = sheet.rng
    setting = Setting(sheet, grid, look, left, width)
    while setting.xs[-1] - left > width + look.gutter and look.size > 5.5:
        look = replace(look, size=look.size - 0.5, stub=0.85 * look.stub)
        setting = Setting(sheet, grid, look, left, width)
    if rng.random() < 0.8:
        title = f"Table {rng.randint(1, 40)}. {rng.choice(listed(LONG_THINGS))}"
        for line in wrapped(title, bold(look.font), look.size + 1, width):
            sheet.text(left, sheet.y + look.size, line, bold(look.font), look.size + 1)
            sheet.y += 1.3 * look.size
        if rng.random() < 0.4:
            sheet.text(left, sheet.y + look.size, rng.choice(listed(UNITS)), look.font, look.size)
            sheet.y += 1.3 * look.size
        sheet.y += 4
    sheet.y = setting.draw(sheet.y)
    if rng.random() < 0.7:
        note = "1 Provisional. – Represents zero. Source: Office of Statistics, yearly survey."
        sheet.text(left, sheet.y + look.size + 3, note, look.font, look.size - 0.5)
        sheet.y += 1.4 * look.size
    sheet.tables.append({"page": 1, "cells": setting.cells})
    sheet.y += 16
    return setting.xs[-1] - left


def plain(**options: Any) -> Callable[[Sheet], None]:
    """A page of text with one or two tables of a kind."""
    fixed = options.pop("look", {})
    make: Callable[..., Grid] = options.pop("make", statistics)

    def draw(sheet: Sheet) -> None:
        width = sheet.width - 120
        if sheet.rng.random() < 0.7:
            paragraph(sheet, 60, width, sheet.rng.randint(3, 8))
        for _ in range(sheet.rng.choice((1, 1, 2))):
            if sheet.y < 0.5 * sheet.height:
                placed(sheet, make(sheet.rng, **options), look_of(sheet.rng, **fixed), 60, width)
        if sheet.y < sheet.height - 150:
            paragraph(sheet, 60, width, sheet.rng.randint(3, 6))

    return draw


def in_columns(sheet: Sheet) -> None:
    """Text in two columns; a small table in each or one of them."""
    width = (sheet.width - 140) / 2
    top = sheet.y
    for side in (0, 1):
        sheet.y = top
        left = 60 + side * (width + 20)
        paragraph(sheet, left, width, sheet.rng.randint(8, 16), 9.0)
        if side == 0 or sheet.rng.random() < 0.5:
            look = look_of(sheet.rng, size=7.0, gutter=8.0, stub=75.0)
            placed(sheet, statistics(sheet.rng, columns=3, body=8), look, left, width)
        while sheet.y < sheet.height - 150:
            paragraph(sheet, left, width, sheet.rng.randint(6, 12), 9.0)


def side_by_side(sheet: Sheet) -> None:
    """Two small tables beside each other."""
    width = (sheet.width - 150) / 2
    paragraph(sheet, 60, sheet.width - 120, 5)
    top = sheet.y
    look = look_of(sheet.rng, size=7.0, gutter=8.0, stub=75.0)
    for side in (0, 1):
        sheet.y = top
        grid = statistics(sheet.rng, columns=3, body=sheet.rng.randint(5, 9))
        placed(sheet, grid, look, 60 + side * (width + 30), width)
    sheet.y = max(sheet.y, top + 220)
    paragraph(sheet, 60, sheet.width - 120, 5)


def bars(sheet: Sheet) -> None:
    """Bar charts with figures at axes and bars."""
    rng = sheet.rng
    paragraph(sheet, 60, sheet.width - 120, rng.randint(2, 6))
    for _ in range(rng.choice((1, 2))):
        left, top, high, wide = 90.0, sheet.y + 30, 160.0, rng.uniform(250, 420)
        sheet.text(
            left, sheet.y + 12, f"Figure {rng.randint(1, 20)}. Output by year", "Helvetica-Bold", 9
        )
        for step in range(6):
            at = top + high - step * high / 5
            sheet.text(left - 24, at + 3, f"{step * 20}", "Helvetica", 7)
            if rng.random() < 0.8:
                sheet.line(left, at, left + wide, at, 0.25)
        count = rng.randint(5, 9)
        for bar in range(count):
            x = left + (bar + 0.25) * wide / count
            value = rng.uniform(10, 95)
            for shift in range(rng.choice((1, 2))):
                sheet.area(
                    x + 14 * shift,
                    top + high - value * high / 100,
                    x + 12 + 14 * shift,
                    top + high,
                    0.5 + 0.2 * shift,
                )
                sheet.text(
                    x + 14 * shift,
                    top + high - value * high / 100 - 2,
                    f"{value:.1f}",
                    "Helvetica",
                    6,
                )
            sheet.text(x, top + high + 10, str(1999 + bar), "Helvetica", 7)
        sheet.y = top + high + 40
    paragraph(sheet, 60, sheet.width - 120, rng.randint(2, 6))


def level_bars(sheet: Sheet) -> None:
    """Bars that lie: a name at the left of each and a figure at its end."""
    rng = sheet.rng
    sheet.text(
        60, sheet.y + 12, f"Figure {rng.randint(1, 20)}. Rates by region", "Helvetica-Bold", 9
    )
    sheet.y += 30
    top = sheet.y
    for name in rng.sample(listed(PLACES), rng.randint(8, 14)):
        value = rng.uniform(5, 100)
        sheet.text(150 - stringWidth(name, "Helvetica", 7), sheet.y + 8, name, "Helvetica", 7)
        sheet.area(156, sheet.y, 156 + 2.5 * value, sheet.y + 9, 0.6)
        sheet.text(160 + 2.5 * value, sheet.y + 8, f"{value:.1f}", "Helvetica", 7)
        sheet.y += 14
    sheet.line(156, top - 4, 156, sheet.y + 4)
    sheet.line(156, sheet.y + 4, 420, sheet.y + 4)
    for step in range(6):
        sheet.text(152 + 50 * step, sheet.y + 14, f"{20 * step}", "Helvetica", 7)
    sheet.y += 30
    paragraph(sheet, 60, sheet.width - 120, rng.randint(4, 8))


def framed_bars(sheet: Sheet) -> None:
    """Charts of spreadsheets: a frame, a plot area, outlined or stacked bars, a legend in a box."""
    rng = sheet.rng
    paragraph(sheet, 60, sheet.width - 120, rng.randint(2, 6))
    for _ in range(rng.choice((1, 2))):
        left, top, high, wide = 100.0, sheet.y + 40, 150.0, rng.uniform(260, 380)
        stacked, labels = rng.random() < 0.6, rng.random() < 0.7
        if rng.random() < 0.6:
            sheet.frame(70, sheet.y, left + wide + 90, top + high + 30)
        sheet.text(
            left + 40, sheet.y + 16, rng.choice(listed(LONG_THINGS))[:50], "Helvetica-Bold", 9
        )
        sheet.frame(left, top, left + wide, top + high)
        steps = rng.choice((4, 5))
        for step in range(steps + 1):
            at = top + high - step * high / steps
            value = f"{step * 100 // steps}" + "%" * (steps == 4)
            sheet.text(left - 8 - stringWidth(value, "Helvetica", 7), at + 3, value, "Helvetica", 7)
            sheet.line(left - 3, at, left + (wide if steps == 5 else 0), at, 0.3)
        count, series = rng.randint(4, 8), rng.choice((2, 3))
        for bar in range(count):
            x, base = left + (bar + 0.25) * wide / count, top + high
            for number in range(series):
                value = rng.uniform(8, 90 / series) if stacked else rng.uniform(8, 95)
                width = 0.5 * wide / count / (1 if stacked else series)
                at = x if stacked else x + number * width
                sheet.area(at, base - value * high / 100, at + width, base, 0.5 + 0.15 * number)
                sheet.frame(at, base - value * high / 100, at + width, base)
                if labels:
                    label = f"{value:.0f}"
                    y = base - value * high / 100 + (9 if stacked else -2)
                    sheet.text(at + width / 2 - 4, y, label, "Helvetica", 6)
                base -= value * high / 100 if stacked else 0
            sheet.text(x, top + high + 10, str(1999 + bar), "Helvetica", 7)
        sheet.frame(left + wide + 10, top + 30, left + wide + 80, top + 34 + 12 * series)
        for number, name in enumerate(rng.sample(listed(HEADS), series)):
            at = top + 42 + 12 * number
            sheet.area(left + wide + 14, at - 6, left + wide + 20, at, 0.5 + 0.15 * number)
            sheet.text(left + wide + 24, at, name, "Helvetica", 6)
        sheet.y = top + high + 45
    paragraph(sheet, 60, sheet.width - 120, rng.randint(2, 6))


def lines_chart(sheet: Sheet) -> None:
    """Charts of lines, two beside each other, with a legend."""
    rng = sheet.rng
    paragraph(sheet, 60, sheet.width - 120, rng.randint(2, 6))
    top = sheet.y + 30
    for side in (0, 1):
        left = 80 + side * 240
        sheet.text(left, top - 14, rng.choice(listed(SPANNERS)), "Helvetica-Bold", 8)
        sheet.line(left, top, left, top + 120)
        sheet.line(left, top + 120, left + 190, top + 120)
        for step in range(5):
            sheet.text(left - 20, top + 123 - 30 * step, f"{step * 25}", "Helvetica", 6)
        for year in range(6):
            sheet.text(left + 34 * year, top + 130, str(2000 + 2 * year), "Helvetica", 6)
        for name in rng.sample(listed(HEADS), 3):
            points = [(left + 19 * n, top + rng.uniform(10, 110)) for n in range(11)]
            for (x0, y0), (x1, y1) in pairwise(points):
                sheet.line(x0, y0, x1, y1)
            sheet.text(left + 130, points[-1][1], name, "Helvetica", 6)
    sheet.y = top + 160
    paragraph(sheet, 60, sheet.width - 120, rng.randint(4, 8))


def map_page(sheet: Sheet) -> None:
    """A map: names with figures under them, strewn, and a legend of classes."""
    rng = sheet.rng
    sheet.text(60, sheet.y + 12, "Map 2. Rate by county", "Helvetica-Bold", 9)
    for name in listed(PLACES)[:20]:
        x, y = rng.uniform(80, 450), rng.uniform(sheet.y + 40, sheet.y + 380)
        sheet.text(x, y, name, "Helvetica", 6)
        sheet.text(x + 6, y + 7, f"{rng.uniform(1, 30):.1f}", "Helvetica", 6)
    for step in range(5):
        y = sheet.y + 400 + 11 * step
        sheet.area(80, y - 7, 92, y, 0.3 + 0.12 * step)
        sheet.text(98, y, f"{step * 5}.0 to {step * 5 + 4}.9", "Helvetica", 7)
    sheet.y += 480
    paragraph(sheet, 60, sheet.width - 120, 5)


def lists(sheet: Sheet) -> None:
    """Points, a contents list, a form, definitions, in one or two columns."""
    rng = sheet.rng
    paragraph(sheet, 60, sheet.width - 120, 4)
    for number, text in enumerate(rng.sample(SENTENCES.split("\n"), 6), start=1):
        mark = rng.choice(("•", f"{number}.", f"({number})"))
        lines = wrapped(text, "Times-Roman", 10, rng.choice((180, 380)))
        sheet.text(66, sheet.y + 10, mark, "Times-Roman", 10)
        for line in lines:
            sheet.text(84, sheet.y + 10, line, "Times-Roman", 10)
            sheet.y += 12
    sheet.y += 14
    if rng.random() < 0.5:
        for text in rng.sample(listed(THINGS), 9):
            page = str(rng.randint(1, 200))
            dots = "." * int((380 - stringWidth(text + page, "Times-Roman", 10)) / 2.5)
            sheet.text(60, sheet.y + 10, f"{text} {dots} {page}", "Times-Roman", 10)
            sheet.y += 13
    else:
        for text in ("Name", "Street and number", "Town", "Date of birth", "Signature"):
            sheet.text(60, sheet.y + 10, f"{text}:", "Helvetica", 9)
            sheet.line(180, sheet.y + 11, 420, sheet.y + 11)
            sheet.y += 20
    paragraph(sheet, 60, sheet.width - 120, 4)


def chart_and_table(sheet: Sheet) -> None:
    """A chart over a table."""
    level_bars(sheet)
    if sheet.y < sheet.height - 260:
        placed(sheet, statistics(sheet.rng, body=6), look_of(sheet.rng), 60, sheet.width - 120)


KINDS: dict[str, Callable[[Sheet], None]] = {
    "one level": plain(levels=1),
    "two levels": plain(levels=2, look={"rules": "booktabs"}),
    "two levels, others": plain(levels=2),
    "two levels, no partial rules": plain(levels=2, look={"partial": False}),
    "three levels": plain(levels=3, columns=6, look={"rules": "booktabs"}),
    "whole rows": plain(sections="whole"),
    "whole rows, two levels": plain(sections="whole", levels=2, look={"rules": "booktabs"}),
    "whole rows, few": plain(sections="whole", columns=4, body=6, look={"rules": "none"}),
    "long whole rows": plain(sections="long", look={"centred_rows": False}),
    "leaders": plain(look={"leaders": True, "rules": "booktabs"}),
    "leaders, groups": plain(sections="stub", levels=2, look={"leaders": True, "rules": "none"}),
    "leaders, few columns": plain(columns=2, look={"leaders": True, "rules": "head"}),
    "wrapped names": plain(wraps=True, look={"stub": 120.0}),
    "wrapped names, close": plain(wraps=True, look={"stub": 110.0, "pad": 0.0}),
    "wrapped names, figures in the middle": plain(
        wraps=True, look={"stub": 110.0, "figures": "middle", "rules": "none"}
    ),
    "groups": plain(sections="stub"),
    "totals over groups": plain(sections="total", levels=2),
    "narrow gutters": plain(columns=9, look={"gutter": 4.5}),
    "narrow gutters, two levels": plain(levels=2, columns=8, look={"gutter": 5.5}),
    "narrow gutters, whole rows": plain(sections="whole", columns=7, look={"gutter": 6.0}),
    "marks": plain(marks=True, levels=2),
    "money": plain(money=True, columns=4),
    "unit row": plain(units_row=True, levels=1),
    "unit row, two levels": plain(units_row=True, levels=2),
    "two languages": plain(make=two_names),
    "words": plain(make=words_table, look={"figures": "first"}),
    "words in a grid": plain(make=words_table, look={"rules": "grid", "figures": "first"}),
    "rows": plain(levels=2, look={"rules": "rows"}),
    "upright rules": plain(levels=2, look={"rules": "upright"}, sections="whole"),
    "text in columns": in_columns,
    "side by side": side_by_side,
    "bars": bars,
    "bars that lie": level_bars,
    "levels": plain(levels=3, columns=5),
    "framed bars": framed_bars,
    "framed bars, more": framed_bars,
    "lines": lines_chart,
    "map": map_page,
    "lists": lists,
    "chart and table": chart_and_table,
}


def kind_of(seed: int) -> str:
    """The kind of a page."""
    return list(KINDS)[seed % len(KINDS)]


def made(seed: int) -> tuple[bytes, list[dict[str, Any]]]:
    """The page of a seed and its tables."""
    rng = Random(seed)
    size = rng.choice((A4, letter, (A4[1], A4[0])))
    sheet = Sheet(rng, size)
    KINDS[kind_of(seed)](sheet)
    return sheet.done(), sheet.tables
