"""Make the pages of this folder and what is to be read on them.

``python -m tests.data.rows.make [NAME …]`` from the root of the repository.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.data.structure.content import Grid, grid
from tests.data.structure.make import truth

HERE = Path(__file__).parent
FONT = "IPAGothic"
FONT_FILE = "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"
SIZE = 9.0
Align = Literal["left", "centre", "right"]

HEAD = ("指標名", "単位", "基準値", "目標値", "実績値")
ROWS = (
    ("特定健診受診率", "％", "38.2", "45.0", "46.1"),
    ("図書館貸出冊数", "冊", "52,310", "60,000", "57,480"),
    ("新規就農者数", "人", "4", "8", "3"),
    ("ごみ資源化率", "％", "17.4", "22.0", "19.8"),
    ("観光入込客数", "千人", "812", "950", "978"),
    ("社会増減数", "人", "-120", "-60", "-85"),
)
XS = (50.0, 220.0, 270.0, 350.0, 430.0, 510.0)
TWO_LINES = {
    "図書館貸出冊数": ("市立図書館及び移動図書館の", "図書館貸出冊数"),
    "新規就農者数": ("認定を受けた農業者のうちの", "新規就農者数"),
    "観光入込客数": ("市内の宿泊施設を利用された", "観光入込客数"),
}


class Sheet:
    """A page; heights are told from its top."""

    def __init__(self, path: Path, width: float = 595.0, height: float = 842.0) -> None:
        self.canvas = Canvas(str(path), pagesize=(width, height), invariant=True)
        self.height = height
        self.page()

    def page(self) -> None:
        self.canvas.setFont(FONT, SIZE)
        self.canvas.setLineWidth(0.6)

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.page()

    def write(self, x: float, y: float, text: str, align: Align = "left") -> None:
        """A text on the baseline ``y``; ``x`` is its left edge, its middle or its right edge."""
        draw = {
            "left": self.canvas.drawString,
            "centre": self.canvas.drawCentredString,
            "right": self.canvas.drawRightString,
        }[align]
        draw(x, self.height - y, text)

    def across(self, y: float, x0: float, x1: float) -> None:
        """A horizontal rule."""
        self.canvas.line(x0, self.height - y, x1, self.height - y)

    def down(self, x: float, top: float, bottom: float) -> None:
        """A vertical rule."""
        self.canvas.line(x, self.height - top, x, self.height - bottom)

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: str) -> None:
        """A coloured area."""
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor("#000000"))

    def row(self, y: float, texts: Sequence[str], xs: Sequence[float] = XS) -> None:
        """A row of texts on the baseline ``y``: words at the left, figures at the right."""
        for column, text in enumerate(texts):
            if column > 1 and text[:1] in "-0123456789":
                self.write(xs[column + 1] - 6, y, text, "right")
            elif column:
                self.write((xs[column] + xs[column + 1]) / 2, y, text, "centre")
            else:
                self.write(xs[0] + 4, y, text)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """All rules of a table."""
        for y in ys:
            self.across(y, xs[0], xs[-1])
        for x in xs:
            self.down(x, ys[0], ys[-1])


Draw = Callable[[Sheet], Sequence[Grid | tuple[int, Grid]]]
CASES: dict[str, tuple[str, Draw]] = {}


def case(name: str, what: str) -> Callable[[Draw], Draw]:
    """A page of this folder."""

    def add(draw: Draw) -> Draw:
        CASES[name] = what, draw
        return draw

    return add


def table(*rows: Sequence[str]) -> Grid:
    return grid("\n".join("|".join(row) for row in rows))


def plain(rows: Sequence[Sequence[str]] = ROWS) -> Grid:
    return table(HEAD, *rows)


def whole(rows: Sequence[Sequence[str]] = ROWS) -> Grid:
    """The rows with their names of two lines."""
    return plain([("".join(TWO_LINES.get(row[0], (row[0],))), *row[1:]) for row in rows])


# --------------------------------------------------------------------------- rules


@case("underlines", "Underlines inside cells: as wide as the cell, as wide as the words, twice.")
def underlines(sheet: Sheet) -> Sequence[Grid]:
    ys = [80 + 32.0 * step for step in range(len(ROWS) + 2)]
    sheet.grid(XS, ys)
    for y, row in zip(ys, (HEAD, *ROWS), strict=False):
        lines = TWO_LINES.get(row[0])
        if lines is None:
            sheet.row(y + 20, row)
            continue
        sheet.row(y + 20, ("", *row[1:]))
        for offset, line in zip((13, 26), lines, strict=True):
            sheet.write(XS[0] + 4, y + offset, line)
    sheet.across(ys[2] + 14.5, XS[0] + 1, XS[1] - 1)
    sheet.across(ys[3] + 14.8, XS[0] + 4, XS[0] + 4 + 13 * SIZE)
    sheet.across(ys[5] + 14.2, XS[0] + 2, XS[1] - 2)
    sheet.across(ys[5] + 27.2, XS[0] + 2, XS[1] - 2)
    return [whole()]


@case("short-rules", "Rules that end before the border of their table, at either side.")
def short_rules(sheet: Sheet) -> Sequence[Grid]:
    ys = [80 + 24.0 * step for step in range(len(ROWS) + 2)]
    for x in XS:
        sheet.down(x, ys[0], ys[-1])
    short = {2: (5.0, 0.0), 3: (0.0, 6.5), 4: (11.0, 0.0), 5: (4.4, 4.4)}
    for number, y in enumerate(ys):
        left, right = short.get(number, (0.0, 0.0))
        sheet.across(y, XS[0] + left, XS[-1] - right)
    for y, row in zip(ys, (HEAD, *ROWS), strict=False):
        sheet.row(y + 16, row)
    return [plain()]


@case("half-closed-rows", "The last row of a page is closed under some of its columns only.")
def half_closed(sheet: Sheet) -> Sequence[tuple[int, Grid]]:
    found: list[tuple[int, Grid]] = []
    for page, (rows, closed) in enumerate(
        ((ROWS[:2], (0, 2)), (ROWS[2:4], (1,)), (ROWS[4:], (0, 3, 4))), start=1
    ):
        ys = [80 + 24.0 * step for step in range(len(rows) + 2)]
        for y in ys[:-1]:
            sheet.across(y, XS[0], XS[-1])
        for x in XS:
            sheet.down(x, ys[0], ys[-1])
        for column in closed:
            sheet.across(ys[-1], XS[column], XS[column + 1])
        for y, row in zip(ys, (HEAD, *rows), strict=False):
            sheet.row(y + 16, row)
        found.append((page, plain(rows)))
        if page < 3:
            sheet.turn()
    return found


@case("open-corner", "The last cell has neither its right nor its lower side.")
def open_corner(sheet: Sheet) -> Sequence[Grid]:
    ys = [80 + 24.0 * step for step in range(len(ROWS) + 2)]
    sheet.grid(XS[:-1], ys)
    for y in ys[:-1]:
        sheet.across(y, XS[-2], XS[-1])
    sheet.down(XS[-1], ys[0], ys[-2])
    for y, row in zip(ys, (HEAD, *ROWS), strict=False):
        sheet.row(y + 16, row)
    return [plain()]


@case("names-left-of-grid", "The names of the rows stand left of the ruled columns.")
def names_left(sheet: Sheet) -> Sequence[Grid]:
    ys = [80 + 24.0 * step for step in range(len(ROWS) + 2)]
    xs = (220.0, *XS[3:])
    sheet.grid(xs, ys)
    found = []
    for y, (name, _, *figures) in zip(ys, (HEAD, *ROWS), strict=False):
        sheet.write(60, y + 16, name)
        for (left, right), figure in zip(pairwise(xs), figures, strict=True):
            sheet.write((left + right) / 2, y + 16, figure, "centre")
        found.append((name, *figures))
    return [table(*found)]


@case("names-left-of-rules", "The names of the rows stand left of where the rules begin.")
def names_left_of_rules(sheet: Sheet) -> Sequence[Grid]:
    ys = [80 + 24.0 * step for step in range(len(ROWS) + 2)]
    for y in ys:
        sheet.across(y, XS[2], XS[-1])
    found = []
    for y, (name, _, *figures) in zip(ys, (HEAD, *ROWS), strict=False):
        sheet.row(y + 16, (name, "", *figures))
        found.append((name, *figures))
    return [table(*found)]


# --------------------------------------------------------------------------- stripes and frames


def striped(sheet: Sheet, *, by_cell: bool, framed: bool, head: bool = True) -> Sequence[Grid]:
    """Rows of 20 points, every second one on a coloured ground."""
    ys = [100 + 20.0 * step for step in range(len(ROWS) + 2)]
    for number, (y, row) in enumerate(zip(ys, (HEAD, *ROWS), strict=False)):
        sides = list(pairwise(XS)) if by_cell else [(XS[0], XS[-1])]
        if number % 2 or (head and not number):
            for left, right in sides:
                sheet.fill(left, y, right, y + 20, "#b8cce4" if not number else "#dce6f1")
        sheet.row(y + 14, row)
    if framed:
        sheet.across(ys[0], XS[0], XS[-1])
        sheet.across(ys[-1], XS[0], XS[-1])
        sheet.down(XS[0], ys[0], ys[-1])
        sheet.down(XS[-1], ys[0], ys[-1])
    return [plain()]


@case("stripes-by-cell-framed", "Every second row has coloured cells; a frame around the table.")
def stripes_by_cell_framed(sheet: Sheet) -> Sequence[Grid]:
    return striped(sheet, by_cell=True, framed=True)


@case("stripes-by-row-framed", "Every second row is one coloured area; a frame around the table.")
def stripes_by_row_framed(sheet: Sheet) -> Sequence[Grid]:
    return striped(sheet, by_cell=False, framed=True)


@case("stripes-by-cell", "Every second row has coloured cells; no rules.")
def stripes_by_cell(sheet: Sheet) -> Sequence[Grid]:
    return striped(sheet, by_cell=True, framed=False)


@case("stripes-by-row", "Every second row is one coloured area; no rules.")
def stripes_by_row(sheet: Sheet) -> Sequence[Grid]:
    return striped(sheet, by_cell=False, framed=False, head=False)


@case(
    "stripes-between-rules",
    "Two tables with rules between all rows; below two white ones every second has coloured cells.",
)
def stripes_between_rules(sheet: Sheet) -> Sequence[Grid]:
    for top in (100.0, 300.0):
        sheet.write(XS[0], top - 8, "指標の状況" if top == 100 else "再掲")
        for number, row in enumerate((HEAD, *ROWS, HEAD)):
            y = top + 20.0 * number
            sheet.across(y, XS[0], XS[-1])
            if row is HEAD and number:
                break
            if number in (2, 4):
                for left, right in pairwise(XS):
                    sheet.fill(left, y, right, y + 20, "#f2f2f2")
            sheet.row(y + 14, row)
    return [plain(), plain()]


@case(
    "caption-close-below",
    "Nothing drawn; a caption and headings of two columns close below, across no gutter.",
)
def caption_close_below(sheet: Sheet) -> Sequence[Grid]:
    for number, row in enumerate((HEAD, *ROWS)):
        y = 100 + 16.0 * number
        sheet.write(XS[0] + 60 if row is HEAD else XS[0], y, row[0])
        for column, text in enumerate(row[1:], start=1):
            sheet.write(XS[column] + 40, y, text, "right")
    y = 100 + 16.0 * len(ROWS) + 20
    sheet.write(XS[0], y, "今年度の取組")
    sheet.write(XS[0] + 60, y + 16, "事業名")
    sheet.write(XS[3] + 12, y + 16, "概要")
    return [plain()]


@case("stripes-two-lines", "Every second row has coloured cells; names of two lines, no rules.")
def stripes_two_lines(sheet: Sheet) -> Sequence[Grid]:
    y = 100.0
    for number, row in enumerate((HEAD, *ROWS)):
        lines = TWO_LINES.get(row[0], (row[0],))
        height = 6 + 12.0 * len(lines)
        if number % 2 == 0:
            for left, right in pairwise(XS):
                sheet.fill(left, y, right, y + height, "#dce6f1" if number else "#b8cce4")
        sheet.row(y + height / 2 + 3, ("", *row[1:]))
        for at, line in enumerate(lines):
            sheet.write(XS[0] + 4, y + 12 + 12 * at, line)
        y += height
    return [whole()]


def framed(sheet: Sheet, rules: Sequence[int], two: bool = False) -> list[float]:
    """A frame with rules across it under some rows; gives the heights of the rows."""
    step = 30.0 if two else 18.0
    ys = [100 + step * number for number in range(len(ROWS) + 2)]
    for number in (0, len(ys) - 1, *rules):
        sheet.across(ys[number], XS[0], XS[-1])
    for x in (XS[0], XS[-1]):
        sheet.down(x, ys[0], ys[-1])
    return ys


@case("frame-only", "A frame around the table and nothing else.")
def frame_only(sheet: Sheet) -> Sequence[Grid]:
    for y, row in zip(framed(sheet, ()), (HEAD, *ROWS), strict=False):
        sheet.row(y + 13, row)
    return [plain()]


@case("frame-and-head", "A frame and a rule under the headings.")
def frame_and_head(sheet: Sheet) -> Sequence[Grid]:
    for y, row in zip(framed(sheet, (1,)), (HEAD, *ROWS), strict=False):
        sheet.row(y + 13, row)
    return [plain()]


@case("frame-and-groups", "A frame, a rule under the headings and one under every second row.")
def frame_and_groups(sheet: Sheet) -> Sequence[Grid]:
    for y, row in zip(framed(sheet, (1, 3, 5)), (HEAD, *ROWS), strict=False):
        sheet.row(y + 13, row)
    return [plain()]


@case("frame-two-lines", "A frame and a rule under the headings; names of two lines.")
def frame_two_lines(sheet: Sheet) -> Sequence[Grid]:
    for y, row in zip(framed(sheet, (1,), two=True), (HEAD, *ROWS), strict=False):
        lines = TWO_LINES.get(row[0])
        sheet.row(y + 18, row if lines is None else ("", *row[1:]))
        for offset, line in zip((12, 24), lines or (), strict=False):
            sheet.write(XS[0] + 4, y + offset, line)
    return [whole()]


# --------------------------------------------------------------------------- names and lines


def lines_at(sheet: Sheet, figures_at: float, pitch: float) -> Sequence[Grid]:
    """Rules over, under and below the headings; figures at a share of the name's lines."""
    y = 100.0
    sheet.across(y, XS[0], XS[-1])
    sheet.row(y + 14, HEAD)
    sheet.across(y + 20, XS[0], XS[-1])
    y += 32
    for row in ROWS:
        lines = TWO_LINES.get(row[0], (row[0],))
        for number, line in enumerate(lines):
            sheet.write(XS[0] + 4, y + number * pitch, line)
        sheet.row(y + figures_at * (len(lines) - 1) * pitch, ("", *row[1:]))
        y += len(lines) * pitch
    sheet.across(y - 6, XS[0], XS[-1])
    return [whole()]


@case("figures-at-foot", "Figures stand beside the last line of a name; lines equally far apart.")
def figures_at_foot(sheet: Sheet) -> Sequence[Grid]:
    return lines_at(sheet, 1.0, 13.0)


@case("figures-at-head", "Figures stand beside the first line of a name; lines equally far apart.")
def figures_at_head(sheet: Sheet) -> Sequence[Grid]:
    return lines_at(sheet, 0.0, 13.0)


@case("figures-at-middle", "Figures stand half way between the lines of a name.")
def figures_at_middle(sheet: Sheet) -> Sequence[Grid]:
    return lines_at(sheet, 0.5, 12.0)


@case(
    "line-of-two-rows", "A full second line of a name, as far from the next name as from the first."
)
def line_of_two_rows(sheet: Sheet) -> Sequence[Grid]:
    names = (
        "市立図書館及び移動図書館の",
        "図書館の貸出冊数及び利用者",
        *(row[0] for row in ROWS[2:]),
    )
    for number, name in enumerate(names):
        sheet.write(XS[0] + 4, 132 + 13.0 * number, name)
    sheet.across(100, XS[0], XS[-1])
    sheet.row(114, HEAD)
    sheet.across(120, XS[0], XS[-1])
    found = [("".join(names[:2]), *ROWS[1][1:])]
    sheet.row(132, ("", *ROWS[1][1:]))
    for number, row in enumerate(ROWS[2:], start=2):
        sheet.row(132 + 13.0 * number, ("", *row[1:]))
        found.append(row)
    sheet.across(132 + 13.0 * len(names) - 6, XS[0], XS[-1])
    return [plain(found)]


@case("ruled-columns-two-lines", "Ruled columns without ruled rows; names of two lines.")
def ruled_columns(sheet: Sheet) -> Sequence[Grid]:
    lines_at(sheet, 0.5, 12.0)
    bottom = 132 + 12.0 * (len(ROWS) + len(TWO_LINES)) - 6
    for x in XS:
        sheet.down(x, 100, bottom)
    return [whole()]


@case("short-labels", "Ruled columns without ruled rows; labels of two letters in the middle.")
def short_labels(sheet: Sheet) -> Sequence[Grid]:
    xs = (50.0, 84.0, 140.0, 220.0, 300.0, 380.0)
    rows = [(row[0][:2], *row[1:]) for row in ROWS]
    bottom = 120 + 14.0 * len(rows) + 4
    for y in (100, 120, bottom):
        sheet.across(y, xs[0], xs[-1])
    for x in xs:
        sheet.down(x, 100, bottom)
    sheet.row(114, ("", *HEAD[1:]), xs)
    sheet.write(67, 114, "名称", "centre")
    for number, row in enumerate(rows):
        y = 131 + 14.0 * number
        sheet.write(67, y, row[0], "centre")
        sheet.row(y, ("", *row[1:]), xs)
    return [table(("名称", *HEAD[1:]), *rows)]


# --------------------------------------------------------------------------- gutters and dots


@case("leaders-to-figures", "Dots lead from the names to three figures.")
def leaders(sheet: Sheet) -> Sequence[Grid]:
    found = [(HEAD[0], *HEAD[2:])]
    sheet.row(100, (HEAD[0], "", *HEAD[2:]))
    for number, (name, _, *figures) in enumerate(ROWS):
        y = 118 + 15.0 * number
        sheet.row(y, (name, "", *figures))
        start = XS[0] + 8 + SIZE * len(name)
        sheet.write(start, y, "・" * int((280 - start) / SIZE))
        found.append((name, *figures))
    return [table(*found)]


@case("narrow-gutter", "Figures of two columns stand close together, their headings far apart.")
def narrow_gutter(sheet: Sheet) -> Sequence[Grid]:
    found = [(HEAD[0], HEAD[3], HEAD[4])]
    sheet.write(60, 100, HEAD[0])
    sheet.write(330, 100, HEAD[3])
    sheet.write(400, 100, HEAD[4])
    for number, (name, _, _, target, actual) in enumerate(ROWS):
        y = 118 + 16.0 * number
        sheet.write(60, y, name)
        sheet.write(369, y, target, "right")
        sheet.write(373, y, actual)
        found.append((name, target, actual))
    return [table(*found)]


@case("blanks-between-thousands", "A blank parts thousands; the figures stay whole.")
def thousands(sheet: Sheet) -> Sequence[Grid]:
    names = [row[0] for row in ROWS]
    figures = ["1 204", "3 310", "12 482", "9 655", "7 118", "2 040"]
    found = [("指標名", "実績値")]
    sheet.write(60, 100, "指標名")
    sheet.write(330, 100, "実績値", "right")
    for number, (name, figure) in enumerate(zip(names, figures, strict=True)):
        sheet.write(60, 118 + 16.0 * number, name)
        sheet.write(330, 118 + 16.0 * number, figure, "right")
        found.append((name, figure))
    return [table(*found)]


@case("empty-last-column", "The last heading, beside another, stands over nothing.")
def empty_last_column(sheet: Sheet) -> Sequence[Grid]:
    xs = (50.0, 190.0, 260.0, 330.0, 400.0, 540.0)
    head = (HEAD[0], *HEAD[2:], "評定")
    found = [(*head, "特記事項")]
    sheet.row(100, head, (*xs[:-1], 450.0))
    sheet.write(490, 100, "特記事項", "centre")
    for y in (88, 106):
        sheet.across(y, xs[0], xs[-1])
    for number, ((name, _, *figures), mark) in enumerate(zip(ROWS, "○◎△○×○", strict=True)):
        y = 118 + 18.0 * number
        sheet.row(y, (name, *figures), xs)
        sheet.write(425, y, mark, "centre")
        sheet.across(y + 6, xs[0], xs[-1])
        found.append((name, *figures, mark, ""))
    return [table(*found)]


@case("name-of-five-lines", "A name of five lines between two rules, its figures at their middle.")
def name_of_five_lines(sheet: Sheet) -> Sequence[Grid]:
    long = (
        "市内の宿泊施設を",
        "利用された方のうち",
        "市の外から来られた",
        "方の一年の延べ人数",
        "観光入込客数",
    )
    xs = (50.0, 190.0, 260.0, 330.0, 400.0)
    rows = [(name, *figures) for name, _, *figures in ROWS]
    found = [(HEAD[0], *HEAD[2:])]
    sheet.row(100, found[0], xs)
    for y in (88, 106):
        sheet.across(y, xs[0], xs[-1])
    y = 106.0
    for number, (name, *figures) in enumerate(rows):
        lines = long if number == 3 else (name,)
        height = 12.0 * len(lines) + 6
        for at, text in enumerate(lines):
            sheet.write(xs[0] + 4, y + 12 + 12.0 * at, text)
        sheet.row(y + 6 + height / 2, ("", *figures), xs)
        y += height
        sheet.across(y, xs[0], xs[-1])
        found.append(("".join(lines), *figures))
    return [table(*found)]


@case("spaced-last-heading", "The two signs of a spaced word stand over one column.")
def spaced_last_heading(sheet: Sheet) -> Sequence[Grid]:
    xs = (50.0, 190.0, 260.0, 330.0, 400.0, 540.0)
    found = [(HEAD[0], *HEAD[2:], "備　考")]
    sheet.row(100, (HEAD[0], *HEAD[2:]), xs)
    sheet.write(420, 100, "備")
    sheet.write(443, 100, "考")
    for y in (88, 106):
        sheet.across(y, xs[0], xs[-1])
    for number, (name, _, *figures) in enumerate(ROWS):
        y = 118 + 18.0 * number
        sheet.row(y, (name, *figures), xs)
        sheet.write(412, y, "調査中")
        sheet.across(y + 6, xs[0], xs[-1])
        found.append((name, *figures, "調査中"))
    return [table(*found)]


WORKS = (
    ("事業名", "事業概要"),
    ("健診受診促進事業/(健康課)", "受診券を送ります。受けていない方に二度お知らせします。"),
    ("移動図書館事業/(生涯学習課)", "地区の公民館を月に二度回り、/本を貸し出します。"),
    ("就農支援事業/(農林課)", "農地と住まいを紹介します。"),
    ("分別回収事業/(環境課)", "集積所に分別の手引きを置き、/出前講座を開きます。"),
)
PAIR = (XS[0], XS[1], XS[-1])


def works(number: int | None = None) -> Grid:
    """The table of works as it is to be read."""
    return table(*(tuple(text.replace("/", "") for text in row) for row in WORKS[:number]))


def under_rows(sheet: Sheet, y: float, rows: Sequence[Sequence[str]], xs: Sequence[float]) -> float:
    """Headings in the middle and rows, each with a rule under it alone; gives where they end."""
    for number, row in enumerate(rows):
        lines = row[0].split("/")
        texts = row[1].split("/")
        middle = y + 6 * max(len(lines), len(texts))
        for at, line in enumerate(lines):
            height = middle + 12.0 * (at - (len(lines) - 1) / 2) + 3
            if number:
                sheet.write(xs[0] + 4, height, line)
            else:
                sheet.write((xs[0] + xs[1]) / 2, height, line, "centre")
        for at, text in enumerate(texts if len(xs) == 3 else ()):
            height = middle + 12.0 * (at - (len(texts) - 1) / 2) + 3
            if number:
                sheet.write(xs[1] + 4, height, text)
            else:
                sheet.write((xs[1] + xs[2]) / 2, height, text, "centre")
        if len(xs) > 3:
            sheet.row(middle + 3, ("", *row[1:]), xs)
        y += 12.0 * max(len(lines), len(texts)) + 6
        sheet.across(y - 3, xs[0], xs[-1])
    return y


@case(
    "rules-under-rows",
    "A rule under every row, none over the headings; captions between tables of one width.",
)
def rules_under_rows(sheet: Sheet) -> Sequence[Grid]:
    y = under_rows(sheet, 90, (HEAD, *ROWS), XS) + 16
    sheet.write(XS[0], y, "令和7年度の取組")
    y = under_rows(sheet, y + 6, WORKS[:4], PAIR) + 16
    sheet.write(XS[0], y, "2. 次の方針")
    sheet.write(XS[0], y + 16, "指標の達成状況")
    under_rows(sheet, y + 22, (HEAD, *ROWS[3:]), XS)
    return [plain(), works(4), plain(ROWS[3:])]


@case(
    "long-names-between-rules",
    "A rule over and under every row, names of up to five lines; one row alone on the next page.",
)
def long_names(sheet: Sheet) -> Sequence[tuple[int, Grid]]:
    names = (
        "市立病院で/健診を受け/た方のうち/特定健診受/診率",
        "移動図書館/を含む貸出/冊数",
        "新規就農者",
        "町内で出る/ごみのうち/資源になる/割合",
    )
    rows = [(name, *row[1:]) for name, row in zip(names, ROWS, strict=False)]
    xs = (50.0, 110.0, 190.0, 270.0, 350.0, 510.0)
    sheet.across(87, xs[0], xs[-1])
    under_rows(sheet, 90, (HEAD, *rows[:3]), xs)
    sheet.turn()
    sheet.across(87, xs[0], xs[-1])
    under_rows(sheet, 90, (HEAD, rows[3]), xs)
    first, second = (
        plain([(row[0].replace("/", ""), *row[1:]) for row in part])
        for part in (rows[:3], rows[3:])
    )
    return [(1, first), (2, second)]


def striped_rows(
    sheet: Sheet,
    y: float,
    rows: Sequence[Sequence[str]],
    xs: Sequence[float],
    *,
    first: int,
    ruled: bool = False,
) -> float:
    """Headings in the middle, then rows of which every second has coloured cells, from one on."""
    for number, row in enumerate(rows):
        cells = [text.split("/") for text in row]
        height = 12.0 * max(map(len, cells)) + 6
        if (number >= first and (number - first) % 2 == 0) or (ruled and not number):
            for left, right in pairwise(xs):
                sheet.fill(left, y, right, y + height, "#dce6f1" if number else "#b8cce4")
        for column, lines in enumerate(cells):
            for at, line in enumerate(lines):
                base = y + height / 2 + 12.0 * (at - (len(lines) - 1) / 2) + 3
                if column and line[:1] in "-0123456789":
                    sheet.write(xs[column + 1] - 6, base, line, "right")
                elif number and (not column or len(xs) == 3):
                    sheet.write(xs[column] + 4, base, line)
                else:
                    sheet.write((xs[column] + xs[column + 1]) / 2, base, line, "centre")
        y += height
        if ruled:
            sheet.across(y, xs[0], xs[-1])
    return y


def with_works(sheet: Sheet, first: int, head_rule: bool = False) -> Sequence[Grid]:
    """Works between two tables of indicators, all striped alike, captions between them."""
    y = 90.0
    for heading, rows, xs in (
        ("", (HEAD, *ROWS), XS),
        ("令和7年度の取組", WORKS, PAIR),
        ("2. 次の方針", (HEAD, *ROWS[2:]), XS),
    ):
        if heading:
            sheet.write(XS[0], y, heading)
        if head_rule:
            sheet.across(y + 24, xs[0], xs[-1])
        y = striped_rows(sheet, y + 6, rows, xs, first=first) + 16
    return [plain(), works(), plain(ROWS[2:])]


@case("stripes-of-words", "Every second row coloured from the first on, also of a table of words.")
def stripes_of_words(sheet: Sheet) -> Sequence[Grid]:
    return with_works(sheet, 1)


@case("stripes-of-words-second", "The same, coloured from the second row on.")
def stripes_of_words_second(sheet: Sheet) -> Sequence[Grid]:
    return with_works(sheet, 2)


@case("stripes-and-head-rule", "The same as stripes-of-words, with a rule under the headings.")
def stripes_and_head_rule(sheet: Sheet) -> Sequence[Grid]:
    return with_works(sheet, 1, head_rule=True)


@case(
    "stripes-with-rules",
    "A rule under every row, coloured headings, every second row coloured; words between figures.",
)
def stripes_with_rules(sheet: Sheet) -> Sequence[Grid]:
    y = striped_rows(sheet, 90, (HEAD, *ROWS), XS, first=1, ruled=True) + 40
    y = striped_rows(sheet, y, WORKS, PAIR, first=1, ruled=True) + 40
    striped_rows(sheet, y, (HEAD, *ROWS[2:]), XS, first=1, ruled=True)
    return [plain(), works(), plain(ROWS[2:])]


def main(names: Sequence[str]) -> None:
    """Make all cases, or those named."""
    pdfmetrics.registerFont(TTFont(FONT, FONT_FILE))
    for name, (what, draw) in CASES.items():
        if names and name not in names:
            continue
        sheet = Sheet(HERE / f"{name}.pdf")
        drawn = [one if isinstance(one, tuple) else (1, one) for one in draw(sheet)]
        sheet.canvas.save()
        tables = [{**truth(found), "page": page} for page, found in drawn]
        text = json.dumps({"what": what, "tables": tables}, ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
