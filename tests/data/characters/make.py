"""Make the small reports of this folder: one way a number's characters can mislead in each.

Usage: ``python make.py [NAME …]`` with ReportLab, pikepdf, Pillow and fonts-ipafont installed.  All
are invented.  ``NAME.json`` holds what is to be released: ``values`` by name and field (``null``:
no number may be released), ``marked``: whether the doubt must hold the release back,
``told``: the rules that speak of it.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.colors import black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

HERE = Path(__file__).parent
GOTHIC = "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"
SIZE = (595.28, 841.89)
XS = (40, 250, 290, 360, 430, 505, 555)
TOP, HEIGHT = 150, 24
HEAD = ("指標名", "単位", "基準値（R1）", "目標値（R6）", "実績値（R6）", "達成状況")
ROWS = (
    ("図書館の来館者数", "人", "31,246", "33,000", "33,480", "達成"),
    ("林道の延長", "km", "12.4", "14.0", "13.1", "改善"),
    ("社会増減数", "人", "-120", "-60", "-85", "改善"),
    ("新規の就農者数", "人", "4", "8", "3", "未達成"),
)
FIELDS = ("baseline", "target", "actual")
Made = tuple[bytes, dict[str, Any]]
CASES: dict[str, Callable[[], Made]] = {}


def case(name: str) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    def add(make: Callable[[], Made]) -> Callable[[], Made]:
        CASES[name] = make
        return make

    return add


class Report:
    """One page with a table of four indicators; ``blank`` names cells that a case fills itself."""

    def __init__(self, *, blank: tuple[tuple[int, int], ...] = (), columns: int = 6) -> None:
        pdfmetrics.registerFont(TTFont("Gothic", GOTHIC))
        self.buffer = io.BytesIO()
        self.pdf = canvas.Canvas(self.buffer, pagesize=SIZE, invariant=1)
        self.pdf.setTitle("Test data: characters of numbers")
        self.pdf.setSubject("Made for the tests of Shihyo. All figures are invented.")
        self.pdf.setLineWidth(0.6)
        self.write(40, 60, "まちづくり計画　令和７年度　指標の進み具合（令和６年度実績）", 13)
        self.write(
            40, 85, "達成：実績値が目標値以上　改善：実績値が基準値を上回る　未達成：基準値以下"
        )
        self.write(40, 115, "基本目標１　暮らしやすいまち", 11)
        self.write(40, 135, "施策１　学びと仕事", 10)
        for row in range(len(ROWS) + 2):
            self.line(XS[0], TOP + HEIGHT * row, XS[-1], TOP + HEIGHT * row)
        for x in XS:
            self.line(x, TOP, x, TOP + HEIGHT * (len(ROWS) + 1))
        for number, texts in enumerate((HEAD, *ROWS)):
            for column, text in enumerate(texts):
                if (number, column) not in blank:
                    self.cell(number, column, text)

    def y(self, row: int) -> float:
        """The baseline of a row."""
        return TOP + HEIGHT * row + 15.5

    def cell(self, row: int, column: int, text: str) -> None:
        wide = self.width(text)
        left, right = XS[column], XS[column + 1]
        middle = (left + right - wide) / 2
        x = left + 4 if column == 0 and row else right - 5 - wide if 1 < column < 5 else middle
        self.write(x if row else middle, self.y(row), text)

    def width(self, text: str, size: float = 9) -> float:
        return pdfmetrics.stringWidth(text, "Gothic", size)

    def write(self, x: float, y: float, text: str, size: float = 9, font: str = "Gothic") -> None:
        self.pdf.setFont(font, size)
        self.pdf.drawString(x, SIZE[1] - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pdf.line(x0, SIZE[1] - y0, x1, SIZE[1] - y1)

    def right(self, column: int) -> float:
        return XS[column + 1] - 5

    def done(self, *told: str, marked: bool = False, **changed: dict[str, str | None]) -> Made:
        """The file, and its values: those of the table with the given ones changed.

        ``told``: the rules that speak of it.
        """
        values = {
            row[0]: {
                field: text.replace(",", "") for field, text in zip(FIELDS, row[2:5], strict=True)
            }
            for row in ROWS
        }
        for number, fields in changed.items():
            values[ROWS[int(number.removeprefix("row")) - 1][0]] |= fields
        self.pdf.showPage()
        self.pdf.save()
        return self.buffer.getvalue(), {"marked": marked, "told": list(told), "values": values}


@case("plain")
def plain() -> Made:
    return Report().done()


@case("minus-as-soft-hyphen")
def minus_as_soft_hyphen() -> Made:
    """The font's hyphen is stored as U+00AD, as some word processors do."""
    report = Report(blank=((3, 2), (3, 3), (3, 4)))
    for column, text in ((2, "\xad120"), (3, "\xad60"), (4, "\xad85")):
        report.write(report.right(column) - report.width("-85"), report.y(3), text)
    return report.done()


@case("minus-as-code-173")
def minus_as_code_173() -> Made:
    """Code 173 of a standard font in WinAnsiEncoding is a second hyphen."""
    report = Report(blank=((3, 2), (3, 3), (3, 4)))
    for column, text in ((2, "120"), (3, "60"), (4, "85")):
        x = report.right(column) - 20
        report.write(x, report.y(3), "\xad" + text, 9, "Helvetica")
    return report.done()


@case("signs-in-brackets")
def signs_in_brackets() -> Made:
    report = Report(blank=((3, 2), (3, 3), (3, 4)))
    report.cell(3, 2, "(△)120")
    report.cell(3, 3, "▲(60)")
    report.cell(3, 4, "（－）85")
    return report.done()


@case("sign-behind")
def sign_behind() -> Made:
    report = Report(blank=((3, 4),))
    report.cell(3, 4, "85(-)")
    return report.done("number.sign-apart", marked=True, row3={"actual": None})


@case("raised-notes")
def raised_notes() -> Made:
    """Note figures behind a number: little smaller, little raised, well raised, with a bracket."""
    report = Report(blank=((1, 4), (2, 4), (3, 4), (4, 4)))
    for row, text, note, size, rise in (
        (1, "33,480", "1", 7.5, 3),
        (2, "13.1", "2", 6, 1),
        (3, "-85", "3", 5, 4),
        (4, "3", "4)", 5.5, 3),
    ):
        x = report.right(4) - report.width(text) - 8
        report.write(x, report.y(row), text)
        report.write(x + report.width(text), report.y(row) - rise, note, size)
    return report.done()


@case("small-figure-on-the-line")
def small_figure_on_the_line() -> Made:
    """A small figure on the baseline may be a note or a decimal: nobody can tell."""
    report = Report(blank=((2, 4), (4, 4)))
    for row, text, note, size in ((2, "13.1", "2", 6), (4, "3", "1", 5)):
        x = report.right(4) - report.width(text) - 6
        report.write(x, report.y(row), text)
        report.write(x + report.width(text), report.y(row), note, size)
    return report.done(
        "reading.figures-of-two-sizes", marked=True, row2={"actual": None}, row4={"actual": None}
    )


@case("digits-over-blanks")
def digits_over_blanks() -> Made:
    """Digits typed into the gap of a text object that holds blanks and the unit."""
    report = Report(blank=((1, 4),))
    x = XS[4] + 6
    report.write(x, report.y(1), "         人")
    report.write(x + 3, report.y(1), "33,480")
    return report.done()


@case("white-box")
def white_box() -> Made:
    """An old number under a white box, the new one, which shares digits, at the same place."""
    report = Report(blank=((1, 4), (4, 4)))
    for row, old, new in ((1, "33,180", "33,480"), (4, "3", "3")):
        x = report.right(4) - report.width(old)
        report.write(x, report.y(row), old)
        report.pdf.setFillColor(white)
        report.pdf.rect(x - 2, SIZE[1] - report.y(row) - 3, report.width(old) + 4, 13, 0, 1)
        report.pdf.setFillColor(black)
        report.write(x, report.y(row), new)
    return report.done("reading.hidden-text")


@case("minus-as-stroke")
def minus_as_stroke() -> Made:
    """Minus signs drawn as a line and as thin boxes."""
    report = Report(blank=((3, 2), (3, 3), (3, 4)))
    for column, text in ((2, "120"), (3, "60"), (4, "85")):
        x = report.right(column) - report.width(text)
        report.write(x, report.y(3), text)
        if column == 2:
            report.line(x - 5, report.y(3) - 3, x - 1, report.y(3) - 3)
        else:
            y = SIZE[1] - report.y(3) + 2.6
            report.pdf.rect(x - 5, y, 4, 0.9 if column == 3 else 1.6, 0, 1)
    return report.done("reading.mark-beside-figure", marked=True, row3=dict.fromkeys(FIELDS))


@case("overlines")
def overlines() -> Made:
    """A line drawn over the digits of a value, over all of them or over the first."""
    report = Report(blank=((3, 2), (3, 4)))
    for column, text, digits in ((2, "120", 3), (4, "85", 1)):
        x, y = report.right(column) - report.width(text), report.y(3) - 8.4
        report.write(x, report.y(3), text)
        report.line(x, y, x + report.width(text[:digits]), y)
    gone = {"baseline": None, "actual": None}
    return report.done("reading.mark-beside-figure", marked=True, row3=gone)


@case("triangle-drawn")
def triangle_drawn() -> Made:
    """A ▲ drawn as a filled path before the number."""
    report = Report(blank=((3, 4),))
    x = report.right(4) - report.width("85")
    report.write(x, report.y(3), "85")
    path = report.pdf.beginPath()
    y = SIZE[1] - report.y(3)
    path.moveTo(x - 8, y)
    path.lineTo(x - 4.5, y + 7)
    path.lineTo(x - 1, y)
    path.close()
    report.pdf.drawPath(path, 0, 1)
    return report.done("reading.mark-beside-figure", marked=True, row3={"actual": None})


@case("decimal-point-drawn")
def decimal_point_drawn() -> Made:
    """The point of 13.1 is a small square."""
    report = Report(blank=((2, 4),))
    x = report.right(4) - report.width("13 1")
    report.write(x, report.y(2), "13")
    report.write(x + report.width("13 "), report.y(2), "1")
    report.pdf.rect(x + report.width("13") + 1.2, SIZE[1] - report.y(2), 1.2, 1.2, 0, 1)
    return report.done(
        "reading.cells-not-separated",
        "reading.mark-beside-figure",
        marked=True,
        row2={"actual": None},
    )


@case("struck-out")
def struck_out() -> Made:
    """Lines through numbers: as wide as they are, far wider, slanting, across the cell."""
    report = Report()
    strokes = ((1, 467, 501, 0), (2, 440, 504, 0), (3, 480, 503, 6), (4, 436, 503, 9))
    for row, x0, x1, fall in strokes:
        y = report.y(row) - 3.2
        report.line(x0, y - fall / 2, x1, y + fall / 2)
    gone = {"actual": None}
    return report.done(
        "reading.struck-out", marked=True, row1=gone, row2=gone, row3=gone, row4=gone
    )


@case("struck-out-and-replaced")
def struck_out_and_replaced() -> Made:
    """The old number struck out, the new one beside it or below it."""
    report = Report(blank=((1, 4), (2, 4)))
    report.write(433, report.y(1), "33,180")
    report.line(432, report.y(1) - 3.2, 461, report.y(1) - 3.2)
    report.write(468, report.y(1), "33,480")
    x = report.right(4) - report.width("13.1")
    report.write(x, report.y(2) - 5, "12.9")
    report.line(x - 1, report.y(2) - 8.2, report.right(4) + 1, report.y(2) - 8.2)
    report.write(x, report.y(2) + 5, "13.1")
    return report.done("reading.struck-out-replaced")


@case("struck-out-by-annotation")
def struck_out_by_annotation() -> Made:
    report = Report()
    data, facts = report.done("reading.struck-out", marked=True, row1={"actual": None})
    pdf = pikepdf.open(io.BytesIO(data))
    x1, y = report.right(4), SIZE[1] - report.y(1)
    x0 = x1 - report.width("33,480")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.StrikeOut,
        Rect=[x0, y - 1, x1, y + 8],
        QuadPoints=[x0, y + 8, x1, y + 8, x0, y - 1, x1, y - 1],
        C=[1, 0, 0],
    )
    pdf.pages[0].Annots = pdf.make_indirect([note])
    return saved(pdf), facts


@case("struck-out-across")
def struck_out_across() -> Made:
    """A line through a whole row, as long as a rule, and one from corner to corner of a cell."""
    report = Report()
    y = report.y(1) - 3
    report.line(XS[0] + 1, y, XS[-1] - 1, y)
    report.line(XS[4], TOP + 4 * HEIGHT, XS[5], TOP + 5 * HEIGHT)
    gone = dict.fromkeys(FIELDS)
    return report.done("reading.struck-out", marked=True, row1=gone, row4={"actual": None})


@case("overprinted")
def overprinted() -> Made:
    """A digit printed over another one, and dashes over a number."""
    report = Report()
    report.write(report.right(4) - report.width("3"), report.y(4), "2")
    report.write(report.right(4) - report.width("33,480"), report.y(1) - 0.3, "―――")
    return report.done(
        "number.several",
        "reading.overprinted",
        marked=True,
        row1={"actual": None},
        row4={"actual": None},
    )


@case("partly-hidden")
def partly_hidden() -> Made:
    """White boxes over the first digits of a number and over a sign; a white digit before one."""
    report = Report(blank=((4, 4),))
    report.pdf.setFillColor(white)
    for row, text, part in ((1, "33,480", "33,"), (3, "-85", "-")):
        x = report.right(4) - report.width(text)
        report.pdf.rect(x - 1, SIZE[1] - report.y(row) - 3, report.width(part) + 0.8, 12, 0, 1)
    x = report.right(4) - report.width("3")
    report.write(x - report.width("1"), report.y(4), "1")
    report.pdf.setFillColor(black)
    report.write(x, report.y(4), "3")
    gone = {"actual": None}
    return report.done(
        "reading.hidden-text", "reading.partly-hidden", marked=True, row1=gone, row3=gone, row4=gone
    )


@case("white-box-beside")
def white_box_beside() -> Made:
    """The new number stands a little aside of the old one under the white box."""
    report = Report(blank=((1, 4),))
    x = report.right(4) - report.width("33,180")
    report.write(x, report.y(1), "33,180")
    report.pdf.setFillColor(white)
    report.pdf.rect(x - 2, SIZE[1] - report.y(1) - 3, report.width("33,180") + 4, 13, 0, 1)
    report.pdf.setFillColor(black)
    report.write(x - 2, report.y(1) + 1, "33,480")
    return report.done("reading.hidden-text")


@case("marks-apart")
def marks_apart() -> Made:
    """A stroke at some distance before a number, a long one, and a picture of a triangle."""
    report = Report(blank=((3, 2), (3, 3), (3, 4)))
    for column, text in ((2, "120"), (3, "60"), (4, "85")):
        x, y = report.right(column) - report.width(text), report.y(3)
        report.write(x, y, text)
        if column == 2:
            report.line(x - 20, y - 3, x - 14, y - 3)
        elif column == 3:
            report.line(x - 16, y - 3, x - 1, y - 3)
        else:
            report.pdf.drawImage(triangle(), x - 9, SIZE[1] - y, 7, 7)
    return report.done("reading.mark-beside-figure", marked=True, row3=dict.fromkeys(FIELDS))


@case("notes-around")
def notes_around() -> Made:
    """Note figures high before a number, several behind one, in a circle, after a sign of notes."""
    report = Report(blank=((1, 4), (2, 4), (3, 4), (4, 4)))
    x = report.right(4) - report.width("33,480") - 9
    report.write(x, report.y(1), "33,480")
    report.write(x + report.width("33,480"), report.y(1) - 4, "1,2", 5)
    report.cell(2, 4, "13.1①")
    report.cell(3, 4, "-85※1,2")
    x = report.right(4) - report.width("3")
    report.write(x, report.y(4), "3")
    report.write(x - 3, report.y(4) - 3, "1", 5)
    return report.done()


@case("indices-and-notes-of-names")
def indices_and_notes_of_names() -> Made:
    """The 2 of CO2 hangs below its line, in a name and a unit; a note is high behind a name."""
    report = Report(blank=((1, 0), (2, 0), (2, 1)))
    x, y = XS[0] + 4, report.y(1)
    for text, size, fall in (("CO", 9.0, 0.0), ("2", 7.2, 3.6), ("の排出量", 9.0, 0.0)):
        report.write(x, y + fall, text, size)
        x += report.width(text, size)
    report.write(XS[0] + 4, report.y(2), "林道の延長")
    report.write(XS[0] + 4 + report.width("林道の延長"), report.y(2) - 3.5, "2", 6)
    x = XS[1] + 4
    for text, size, fall in (("t-CO", 8.0, 0.0), ("2", 6.0, 3.0), ("/年", 8.0, 0.0)):
        report.write(x, report.y(2) + fall, text, size)
        x += report.width(text, size)
    data, facts = report.done()
    facts["values"] = {
        name.replace("図書館の来館者数", "CO2の排出量"): one
        for name, one in facts["values"].items()
    }
    return data, facts | {"units": {"林道の延長": "t-CO2/年"}}


@case("raised-digit-and-slanting-number")
def raised_digit_and_slanting_number() -> Made:
    """A digit as large as its figure, but higher; a number that slants."""
    report = Report(blank=((1, 4), (4, 4)))
    x = report.right(4) - report.width("31")
    report.write(x, report.y(4), "3")
    report.write(x + report.width("3"), report.y(4) - 3, "1")
    report.pdf.saveState()
    report.pdf.translate(XS[4] + 25, SIZE[1] - report.y(1))
    report.pdf.rotate(8)
    report.pdf.setFont("Gothic", 9)
    report.pdf.drawString(0, 0, "33,480")
    report.pdf.restoreState()
    return report.done(
        "reading.figures-of-two-sizes",
        "reading.leftover-in-table",
        marked=True,
        row1={"actual": None},
        row4={"actual": None},
    )


@case("figures-of-nearly-one-size")
def figures_of_nearly_one_size() -> Made:
    """A digit a little smaller on the line, and one that is small and hangs below it."""
    report = Report(blank=((2, 4), (4, 4)))
    for row, text, note, size, fall in ((2, "13.1", "1", 8, 0), (4, "3", "1", 6, 1.5)):
        x = report.right(4) - report.width(text) - 6
        report.write(x, report.y(row), text)
        report.write(x + report.width(text), report.y(row) + fall, note, size)
    return report.done(
        "reading.figures-of-two-sizes", marked=True, row2={"actual": None}, row4={"actual": None}
    )


@case("drawn-in-cells")
def drawn_in_cells() -> Made:
    """A picture for a value, a drawn ring for a status, the end of a name in outlines."""
    report = Report(blank=((1, 4), (2, 5), (4, 0)))
    report.pdf.drawImage(triangle(), XS[4] + 30, SIZE[1] - report.y(1) - 2, 9, 9)
    report.pdf.circle(530, SIZE[1] - report.y(2) + 3, 4)
    report.write(XS[0] + 4, report.y(4), "新規の就農")
    for place in range(4):
        report.pdf.circle(XS[0] + 53 + 7 * place, SIZE[1] - report.y(4) + 3, 3, 0, 1)
    gone = dict.fromkeys(FIELDS)
    data, facts = report.done(
        "reading.drawn-in-cell", marked=True, row1={"actual": None}, row4=gone
    )
    values = facts["values"]
    values["新規の就農"] = values.pop(ROWS[3][0])
    return data, facts


@case("marks-of-strokes")
def marks_of_strokes() -> Made:
    """A cross for a value and an arrow for a status, in strokes; a diagonal says nothing."""
    report = Report(blank=((1, 4), (2, 5), (3, 5)))
    x, y = XS[4] + 30, SIZE[1] - report.y(1) + 3
    report.pdf.lines([(x - 4, y - 4, x + 4, y + 4), (x - 4, y + 4, x + 4, y - 4)])
    x, y = 530, SIZE[1] - report.y(2) + 3
    report.pdf.lines([(x - 4, y - 4, x + 4, y + 4), (x, y + 4, x + 4, y + 4)])
    bottom = SIZE[1] - TOP - HEIGHT * 4
    report.pdf.line(XS[5], bottom, XS[6], bottom + HEIGHT)
    return report.done("reading.drawn-in-cell", marked=True, row1={"actual": None})


@case("cut-by-cells")
def cut_by_cells() -> Made:
    """A number and a name clipped at the side of their cells; a sign on a rule between two."""
    report = Report(blank=((1, 4), (2, 0), (3, 4)))

    def clipped(row: int, column: int, x: float, text: str) -> None:
        report.pdf.saveState()
        cell = report.pdf.beginPath()
        left, right = XS[column] + 1, XS[column + 1] - 1
        cell.rect(left, SIZE[1] - TOP - HEIGHT * (row + 1), right - left, HEIGHT)
        report.pdf.clipPath(cell, 0, 0)
        report.write(x, report.y(row), text)
        report.pdf.restoreState()

    clipped(1, 4, XS[5] - 11, "3348")
    clipped(2, 0, XS[0] + 4, "林道の延長（市道に準じて管理する区間を含む総延長とする）")
    report.write(XS[4] - 2, report.y(3), "-")
    report.write(XS[4] + 4, report.y(3), "85")
    gone = dict.fromkeys(FIELDS)
    data, facts = report.done(
        "reading.cut-by-edge",
        "reading.hidden-text",
        "reading.mark-beside-figure",
        "reading.partly-hidden",
        marked=True,
        row1={"actual": None},
        row2=gone,
        row3={"target": None, "actual": None},
    )
    values = facts["values"]
    values["林道の延長(市道に準じて管理する区間を含む総延"] = values.pop("林道の延長")
    return data, facts


@case("picture-over-figures")
def picture_over_figures() -> Made:
    """A picture pasted over a number, and one over the sign of another."""
    report = Report()
    x = report.right(4) - report.width("33,480")
    report.pdf.drawImage(triangle(), x - 1, SIZE[1] - report.y(1) - 2, 30, 11)
    x = report.right(4) - report.width("-85")
    report.pdf.drawImage(triangle(), x - 1, SIZE[1] - report.y(3) - 2, 5.2, 11)
    return report.done(
        "reading.drawn-in-cell",
        "reading.hidden-text",
        "reading.mark-beside-figure",
        "reading.partly-hidden",
        marked=True,
        row1={"actual": None},
        row3={"actual": None},
    )


@case("annotated-over")
def annotated_over() -> Made:
    """A stroke, a filled box and a line of annotations; a frame and a marker change nothing."""
    report = Report()
    gone = {"actual": None}
    data, facts = report.done("reading.struck-out", marked=True, row1=gone, row2=gone, row3=gone)
    pdf = pikepdf.open(io.BytesIO(data))
    notes = []
    for row, kind, more in (
        (1, "Ink", {}),
        (2, "Square", {"IC": [0, 0, 0]}),
        (3, "Line", {}),
        (4, "Square", {}),
        (4, "Highlight", {}),
    ):
        y = SIZE[1] - report.y(row)
        x0, x1 = report.right(4) - report.width(ROWS[row - 1][4]), report.right(4)
        box = [x0 - 1, y - 2, x1 + 1, y + 9]
        places = {
            "Ink": {"InkList": [[x0, y + 3, x1, y + 3]]},
            "Line": {"L": [x0, y + 3, x1, y + 3]},
            "Highlight": {"QuadPoints": [x0, y + 8, x1, y + 8, x0, y - 1, x1, y - 1]},
        }
        subtype = pikepdf.Name(f"/{kind}")
        note = {"Type": pikepdf.Name.Annot, "Subtype": subtype, "Rect": box, "C": [1, 0, 0]}
        notes.append(pikepdf.Dictionary(**note, **more, **places.get(kind, {})))
    pdf.pages[0].Annots = pdf.make_indirect(notes)
    return saved(pdf), facts


@case("amounts-in-other-units")
def amounts_in_other_units() -> Made:
    """Cells that count in another unit than their row, or in 万 in a row of thousands."""
    report = Report(blank=((1, 1), (1, 2), (1, 3), (1, 4), (2, 4)))
    for column, text in ((1, "千人"), (2, "31,246人"), (3, "33"), (4, "3.3万")):
        report.cell(1, column, text)
    report.cell(2, 4, "13.1%")
    gone = {"baseline": None, "target": "33", "actual": None}
    return report.done("number.other-measure", marked=True, row1=gone, row2={"actual": None})


@case("signs-in-words")
def signs_in_words() -> Made:
    """マイナス and a triangle of geometry are signs; what 85人減 is, nobody can tell."""
    report = Report(blank=((3, 2), (3, 3), (3, 4)))
    report.cell(3, 2, "マイナス120")
    report.cell(3, 3, "⊿60")
    report.cell(3, 4, "85人減")
    return report.done("number.sign-apart", marked=True, row3={"actual": None})


@case("words-for-digits")
def words_for_digits() -> Made:
    """Words and marks where the rest of the row is numbers."""
    report = Report(blank=((1, 4), (2, 3), (3, 4), (4, 4)))
    for row, column, text in ((1, 4, "######"), (2, 3, "l4.0"), (3, 4, "実施"), (4, 4, "一")):
        report.cell(row, column, text)
    gone: dict[str, str | None] = {"actual": None}
    return report.done(
        "number.words-among-figures", row1=gone, row2={"target": None}, row3=gone, row4=gone
    )


@case("underlined")
def underlined() -> Made:
    """Underlines, a line over a figure, a frame around one: none of them changes a value."""
    report = Report()
    for row, lift in ((1, 1.5), (2, 2.5), (3, -9.5)):
        y = report.y(row) + lift
        report.line(report.right(4) - 24, y, report.right(4), y)
    report.pdf.rect(report.right(4) - 12, SIZE[1] - report.y(4) - 3, 15, 13, 1, 0)
    return report.done()


def triangle() -> ImageReader:
    """A picture of a black triangle."""
    picture = Image.new("RGB", (40, 40), "white")
    ImageDraw.Draw(picture).polygon([(20, 0), (39, 39), (0, 39)], fill="black")
    return ImageReader(picture)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(CASES):
        data, facts = CASES[name]()
        (HERE / f"{name}.pdf").write_bytes(data)
        facts = {"invented": True, "about": (CASES[name].__doc__ or name).strip(), **facts}
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {len(data)} bytes")
