"""Difficulties drawn stroke by stroke with ReportLab."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from case import case, expect
from cells import BASIC, Cell, rows, table
from sheet import CID, MINCHO, Grid, Segment, Sheet, segments

WIDTHS = [120, 40, 70, 70, 70, 70]
PLAIN = Grid(left=60, top=90, widths=WIDTHS, heights=[24] * 5)


def is_flat(rule: Segment) -> bool:
    return rule[1] == rule[3]


# ------------------------------------------------------------------------------ how rules are made


@case("double-rules", "Every rule is drawn twice, 1.6 pt apart.")
def double_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.4)

    def draw(rule: Segment) -> None:
        x0, y0, x1, y1 = rule
        dx, dy = (0, 0.8) if is_flat(rule) else (0.8, 0)
        sheet.line(x0 - dx, y0 - dy, x1 - dx, y1 - dy)
        sheet.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)

    sheet.ruled(PLAIN, BASIC, draw)
    return sheet.finish(), expect(table(1, BASIC))


@case("dashed-rules", "Inner rules are dashed by the dash operator, outer ones solid.")
def dashed_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    outer = {PLAIN.xs[0], PLAIN.xs[-1], PLAIN.ys[0], PLAIN.ys[-1]}

    def draw(rule: Segment) -> None:
        sheet.pdf.setDash([] if (rule[1] if is_flat(rule) else rule[0]) in outer else [3, 2])
        sheet.line(*rule)

    sheet.ruled(PLAIN, BASIC, draw)
    return sheet.finish(), expect(table(1, BASIC))


def in_pieces(rule: Segment, length: float, step: float) -> list[Segment]:
    x0, y0, x1, y1 = rule
    flat = is_flat(rule)
    start, end = (x0, x1) if flat else (y0, y1)
    pieces = []
    while start < end - 0.01:
        stop = min(start + length, end)
        pieces.append((start, y0, stop, y0) if flat else (x0, start, x0, stop))
        start += step
    return pieces


@case("short-pieces", "Rules are made of many pieces of 4 pt that touch each other.")
def short_pieces(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    sheet.ruled(
        PLAIN, BASIC, lambda rule: [sheet.line(*piece) for piece in in_pieces(rule, 4, 4)] and None
    )
    return sheet.finish(), expect(table(1, BASIC))


@case("dotted-rules", "Inner rules are rows of separate dots: squares of 0.8 pt, 2.4 pt apart.")
def dotted_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    outer = {PLAIN.xs[0], PLAIN.xs[-1], PLAIN.ys[0], PLAIN.ys[-1]}

    def draw(rule: Segment) -> None:
        if (rule[1] if is_flat(rule) else rule[0]) in outer:
            sheet.pdf.setLineWidth(0.8)
            sheet.line(*rule)
            return
        for x, y, _, _ in in_pieces(rule, 0.8, 2.4):
            sheet.rectangle(x, y - 0.4, x + 0.8, y + 0.4, stroke=False, fill=True)

    sheet.ruled(PLAIN, BASIC, draw)
    return sheet.finish(), expect(table(1, BASIC))


@case("cell-boxes", "Each cell is a box of its own, with gaps of 1.6 pt between the boxes.")
def cell_boxes(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, font=CID)
    sheet.pdf.setLineWidth(0.4)
    for cell in BASIC:
        x0, y0, x1, y1 = PLAIN.box(cell)
        sheet.rectangle(x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8)
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("thin-rectangles", "Rules are filled rectangles 0.5 pt thick; some overlap, some stop short.")
def thin_rectangles(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)

    def draw(rule: Segment) -> None:
        x0, y0, x1, y1 = rule
        short = 0.3 if round(x0 + y0) % 2 else -0.3
        if is_flat(rule):
            sheet.rectangle(x0 + short, y0 - 0.25, x1 - short, y0 + 0.25, stroke=False, fill=True)
        else:
            sheet.rectangle(x0 - 0.25, y0 + short, x0 + 0.25, y1 - short, stroke=False, fill=True)

    sheet.ruled(PLAIN, BASIC, draw)
    return sheet.finish(), expect(table(1, BASIC))


@case(
    "open-bottom",
    "The last row of page 1 has no closing rule, page 2 no upper one.",
)
def open_bottom(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    first = [
        *BASIC[:18],
        Cell(row=3, column=0, text="子育て支援センターの"),
        *(replace(cell, row=3) for cell in BASIC[19:24]),
    ]
    upper = Grid(left=60, top=700, widths=WIDTHS, heights=[24, 24, 24, 20])
    for x0, y0, x1, y1 in segments(upper, first):
        if not (y0 == y1 == upper.ys[-1]):
            sheet.line(x0, y0, x1, y1)
    sheet.texts(upper, first)
    sheet.next_page()
    sheet.pdf.setLineWidth(0.5)
    second = [
        Cell(row=0, column=0, text="利用者数"),
        *(Cell(row=0, column=column, text="") for column in range(1, 6)),
        *(replace(cell, row=1) for cell in BASIC[24:]),
    ]
    lower = Grid(left=60, top=60, widths=WIDTHS, heights=[20, 24])
    for x0, y0, x1, y1 in segments(lower, second):
        if not (y0 == y1 == lower.ys[0]):
            sheet.line(x0, y0, x1, y1)
    sheet.texts(lower, second)
    tables = table(1, first) | {"open_bottom": True}, table(2, second) | {"open_top": True}
    return sheet.finish(), expect(*tables)


@case("no-outer-rules", "The outer rules are missing; inner ones go to the table's edge.")
def no_outer_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    outer = {PLAIN.xs[0], PLAIN.xs[-1], PLAIN.ys[0], PLAIN.ys[-1]}
    for rule in segments(PLAIN, BASIC):
        if (rule[1] if is_flat(rule) else rule[0]) not in outer:
            sheet.line(*rule)
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("no-side-rules", "Only the left and right outer rules are missing.")
def no_side_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, font=MINCHO)
    sheet.pdf.setLineWidth(0.5)
    for rule in segments(PLAIN, BASIC):
        if is_flat(rule) or rule[0] not in (PLAIN.xs[0], PLAIN.xs[-1]):
            sheet.line(*rule)
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("horizontal-rules", "Only horizontal rules, one under each row.")
def horizontal_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    for rule in segments(PLAIN, BASIC):
        if is_flat(rule):
            sheet.line(*rule)
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


ENGLISH = rows(
    ["Indicator", "Unit", "Baseline", "Target", "Actual"],
    ["Library loans", "books", "118,200", "121,000", "119,874"],
    ["Household waste", "t", "4,310", "4,100", "4,082"],
    ["Screening rate", "%", "41.0", "46.0", "46.0"],
    ["Vacant houses listed", "houses", "12", "30", "9"],
)


@case("booktabs", "Three horizontal rules only (above, under the header, below), English.")
def booktabs(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, font="Times-Roman", points=10)
    grid = Grid(left=90, top=150, widths=[130, 60, 70, 70, 70], heights=[20, 16, 16, 16, 16])
    for row, width in ((0, 1.0), (1, 0.5), (5, 1.0)):
        sheet.pdf.setLineWidth(width)
        sheet.line(grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row])
    sheet.texts(grid, ENGLISH)
    lines = [
        "Table 1. Indicators of an invented town.",
        "The figures are invented and stand here for a test only, so that nobody",
        "should take them for those of a real town.",
    ]
    for baseline, line in zip((140, 260, 273), lines, strict=True):
        sheet.write(90, baseline, line)
    return sheet.finish(), expect(table(1, ENGLISH), lines=lines)


@case("no-rules", "No rule at all: the table stands on alignment, between two paragraphs.")
def no_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.write(60, 70, "次の表は、この一年の取組の結果をまとめたものです。数値は架空のものです。")
    sheet.texts(PLAIN, BASIC)
    sheet.write(60, 235, "いずれの指標も、来年度の計画に合わせて目標の見直しを行う予定です。")
    return sheet.finish(), expect(
        table(1, BASIC),
        lines=[
            "次の表は、この一年の取組の結果をまとめたものです。数値は架空のものです。",
            "いずれの指標も、来年度の計画に合わせて目標の見直しを行う予定です。",
        ],
    )


@case("thin-lines", "Rules of 0.05 pt.")
def thin_lines(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.05)
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("zero-width-lines", "Rules of width 0, which a viewer draws one pixel wide: they show.")
def zero_width_lines(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0)
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("rounded-cells", "The outer frame and a header box have round corners made of curves.")
def rounded_cells(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.6)
    xs, ys = PLAIN.xs, PLAIN.ys
    sheet.pdf.roundRect(xs[0], sheet.y(ys[-1]), xs[-1] - xs[0], ys[-1] - ys[0], 6)
    for rule in segments(PLAIN, BASIC):
        if (rule[1] if is_flat(rule) else rule[0]) not in {xs[0], xs[-1], ys[0], ys[-1]}:
            sheet.line(*rule)
    sheet.texts(PLAIN, BASIC)
    sheet.write(60, 250, "角を丸めたます目の表")
    boxes = Grid(left=60, top=270, widths=[100, 100, 100], heights=[24, 24])
    cells = rows(["項目", "前年", "今年"], ["来館者数", "8,120", "8,455"])
    for cell in cells:
        x0, y0, x1, y1 = boxes.box(cell)
        sheet.pdf.roundRect(x0 + 0.5, sheet.y(y1 - 0.5), x1 - x0 - 1, y1 - y0 - 1, 4)
    sheet.texts(boxes, cells)
    return sheet.finish(), expect(table(1, BASIC), table(1, cells), lines=["角を丸めたます目の表"])


@case("thick-frame", "Outer rules of 2.5 pt, inner ones of 0.25 pt, header closed by 1.5 pt.")
def thick_frame(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, font=CID)
    outer = {PLAIN.xs[0], PLAIN.xs[-1], PLAIN.ys[0], PLAIN.ys[-1]}

    def draw(rule: Segment) -> None:
        at = rule[1] if is_flat(rule) else rule[0]
        header = is_flat(rule) and at == PLAIN.ys[1]
        sheet.pdf.setLineWidth(2.5 if at in outer else 1.5 if header else 0.25)
        sheet.line(*rule)

    sheet.ruled(PLAIN, BASIC, draw)
    return sheet.finish(), expect(table(1, BASIC))


# ------------------------------------------------------------------------------ rules that hide


@case(
    "invisible-rules",
    "White, unpainted, transparent and zero-length rules inside a table.",
)
def invisible_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    sheet.ruled(PLAIN, BASIC)
    left, right = PLAIN.xs[0], PLAIN.xs[-1]
    sheet.pdf.saveState()
    sheet.pdf.setStrokeColorRGB(1, 1, 1)
    sheet.line(150, PLAIN.ys[0], 150, PLAIN.ys[-1])
    sheet.pdf.setFillColorRGB(1, 1, 1)
    sheet.rectangle(left, PLAIN.ys[1] + 3, right, PLAIN.ys[1] + 3.5, stroke=False, fill=True)
    sheet.pdf.setStrokeColorRGB(0, 0, 0)
    path = sheet.pdf.beginPath()
    path.moveTo(left, sheet.y(PLAIN.ys[2] + 4))
    path.lineTo(right, sheet.y(PLAIN.ys[2] + 4))
    sheet.pdf.drawPath(path, stroke=0, fill=0)
    sheet.pdf.setStrokeAlpha(0)
    sheet.line(left, PLAIN.ys[3] + 4, right, PLAIN.ys[3] + 4)
    sheet.pdf.setStrokeAlpha(1)
    for row in range(5):
        sheet.line(140, PLAIN.ys[row] + 12, 140, PLAIN.ys[row] + 12)
    sheet.pdf.restoreState()
    return sheet.finish(), expect(table(1, BASIC))


@case("clipped-rules", "Rules that a clipping path cuts away, wholly or to the table's width.")
def clipped_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    sheet.texts(PLAIN, BASIC)
    sheet.pdf.saveState()
    clip = sheet.pdf.beginPath()
    x0, x1, y0, y1 = PLAIN.xs[0], PLAIN.xs[-1], PLAIN.ys[0], PLAIN.ys[-1]
    clip.rect(x0 - 0.5, sheet.y(y1 + 0.5), x1 - x0 + 1, y1 - y0 + 1)
    sheet.pdf.clipPath(clip, stroke=0, fill=0)
    for rule in segments(PLAIN, BASIC):
        sheet.line(*rule)
    for y in (y1 + 24, y1 + 48, y0 - 24):
        sheet.line(x0, y, x1, y)
    for x in PLAIN.xs:
        sheet.line(x, y0 - 24, x, y1 + 48)
    sheet.pdf.restoreState()
    sheet.write(64, y1 + 16, "表の下の文です。罫線は切り取られて見えません。")
    return sheet.finish(), expect(
        table(1, BASIC), lines=["表の下の文です。罫線は切り取られて見えません。"]
    )


@case("covered-rules", "A table lies under a white filled box, so it does not show.")
def covered_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    grid = Grid(left=60, top=260, widths=[100, 100], heights=[22, 22])
    cells = rows(["古い表", "値"], ["廃止", "1"])
    sheet.ruled(grid, cells)
    sheet.pdf.setFillColorRGB(1, 1, 1)
    sheet.rectangle(55, 255, 270, 310, stroke=False, fill=True)
    sheet.pdf.setFillColorRGB(0, 0, 0)
    sheet.write(64, 285, "この欄には現在、表はありません。")
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(
        table(1, BASIC),
        lines=["この欄には現在、表はありません。"],
        leftovers=["古い表", "値", "廃止", "1"],
    )
