"""Difficulties seen in the wild: marks over tables, odd ways to draw, and pages without tables."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
from case import case, expect
from cells import BASIC, Cell, filled, merged, rows, table
from drawn import PLAIN, is_flat
from lettered import SMALL_GRID, started
from PIL import Image
from reportlab.lib.utils import ImageReader
from sheet import A4, CID, Grid, Segment, Sheet, segments

# ------------------------------------------------------------------------------ over the table


@case("watermark", "A large grey 案 lies across the table, turned by 45 degrees.")
def watermark(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.pdf.saveState()
    sheet.pdf.setFillGray(0.88)
    sheet.pdf.translate(250, sheet.y(215))
    sheet.pdf.rotate(45)
    sheet.pdf.setFont(sheet.font, 90)
    sheet.pdf.drawString(0, 0, "案")
    sheet.pdf.restoreState()
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC), leftovers=["案"])


@case("underlines", "Underlined and struck out words, and a framed word, inside cells.")
def underlines(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.ruled(PLAIN, BASIC)
    for index, lift in ((6, 1.5), (9, 1.5), (12, -3.2), (16, -3.2)):
        cell = BASIC[index]
        for x, baseline, line in sheet.spot(PLAIN, cell):
            y = baseline + lift
            sheet.line(x, y, x + sheet.width(line), y)
    for x, baseline, line in sheet.spot(PLAIN, BASIC[29]):
        sheet.rectangle(x - 1, baseline - 8.5, x + sheet.width(line) + 1, baseline + 2)
    return sheet.finish(), expect(table(1, BASIC), remarks=["reading.struck-out"])


@case("boxes-in-cells", "Small check boxes and arrows are drawn inside cells.")
def boxes_in_cells(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = rows(
        ["指標", "前年比", "達成", "未達成"],
        ["来館者数", "31,246", "", ""],
        ["貸出冊数", "119,874", "", ""],
        ["公園の数", "27", "", ""],
    )
    grid = Grid(left=60, top=90, widths=[140, 80, 50, 50], heights=[24] * 4)
    sheet.ruled(grid, cells)
    for row in (1, 2, 3):
        y = grid.ys[row] + 8
        for column in (2, 3):
            x = grid.xs[column] + 21
            sheet.rectangle(x, y, x + 8, y + 8)
        ticked = grid.xs[2 if row != 2 else 3] + 21
        sheet.line(ticked + 1, y + 4, ticked + 3, y + 7)
        sheet.line(ticked + 3, y + 7, ticked + 7, y + 1)
        x = grid.xs[1] + 12
        sheet.line(x, y + 8, x, y)
        sheet.line(x, y, x - 3, y + 3)
        sheet.line(x, y, x + 3, y + 3)
    return sheet.finish(), expect(table(1, cells), remarks=["reading.drawn-in-cell"])


@case("page-furniture", "Rules of a page header and footer, page number, fold marks, and a table.")
def page_furniture(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.write(60, 40, "架空市総合計画")
    sheet.write(420, 40, "令和６年度実績")
    sheet.line(60, 46, 530, 46)
    sheet.line(60, 48, 530, 48)
    sheet.line(60, 790, 530, 790)
    sheet.write(285, 805, "－ 12 －")
    for y in (280, 561):
        sheet.line(5, y, 15, y)
    sheet.line(20, 30, 20, 810)
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(
        table(1, BASIC), lines=["架空市総合計画", "令和６年度実績", "－ 12 －"]
    )


# ------------------------------------------------------------------------------ odd ways to draw


@case(
    "scattered-glyphs",
    "Each glyph is drawn by itself, column by column, from the last to the first.",
)
def scattered_glyphs(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title, font=CID)
    for rule in segments(PLAIN, BASIC):
        sheet.line(*rule)
    for cell in sorted(BASIC, key=lambda cell: (-cell.column, cell.row)):
        for x, baseline, line in sheet.spot(PLAIN, cell):
            at = x + sheet.width(line)
            for letter in reversed(line):
                at -= sheet.width(letter)
                sheet.write(at, baseline, letter)
    return sheet.finish(), expect(table(1, BASIC))


@case("wide-tracking", "Letters of headings and numbers are set apart by character spacing.")
def wide_tracking(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.ruled(PLAIN, [replace(cell, text="") for cell in BASIC])
    for cell in BASIC:
        for x, baseline, line in sheet.spot(PLAIN, replace(cell, align="left")):
            text = sheet.pdf.beginText(x + 2, sheet.y(baseline))
            text.setFont(sheet.font, 8)
            text.setCharSpace(2.5 if cell.column else 4)
            text.textOut(line)
            sheet.pdf.drawText(text)
    return sheet.finish(), expect(table(1, BASIC))


@case("one-line-over-cells", "One string runs over all cells of a row, parted by blanks only.")
def one_line_over_cells(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title, font="Courier")
    cells = rows(
        ["Code", "Unit", "2023", "2024"],
        ["A-01", "t", "4310", "4082"],
        ["A-02", "km", "12.5", "14.0"],
    )
    grid = Grid(left=60, top=90, widths=[54, 54, 54, 54], heights=[20] * 3)
    sheet.ruled(grid, [replace(cell, text="") for cell in cells])
    for row in range(3):
        texts = [cell.text for cell in cells if cell.row == row]
        line = "".join(text.ljust(10) for text in texts).rstrip()
        sheet.write(63, grid.ys[row] + 13, line)
    return sheet.finish(), expect(table(1, cells))


@case("image-rules", "Rules are pictures of one black pixel, stretched.")
def image_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    dot = ImageReader(Image.new("RGB", (1, 1), (0, 0, 0)))

    def draw(rule: Segment) -> None:
        x0, y0, x1, y1 = rule
        wide, high = (x1 - x0, 0.5) if is_flat(rule) else (0.5, y1 - y0)
        sheet.pdf.drawImage(dot, x0, sheet.y(y1), wide, high)

    sheet.ruled(PLAIN, BASIC, draw)
    return sheet.finish(), expect(table(1, BASIC))


@case("curve-rules", "Rules are Bézier curves that happen to be straight; one path holds them all.")
def curve_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    path = sheet.pdf.beginPath()
    for x0, y0, x1, y1 in segments(PLAIN, BASIC):
        dx, dy = (x1 - x0) / 3, (y1 - y0) / 3
        path.moveTo(x0, sheet.y(y0))
        path.curveTo(x0 + dx, sheet.y(y0 + dy), x0 + 2 * dx, sheet.y(y0 + 2 * dy), x1, sheet.y(y1))
    sheet.pdf.drawPath(path, stroke=1, fill=0)
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case(
    "thick-line-fills", "Backgrounds are strokes as thick as the cell; rules are drawn over them."
)
def thick_line_fills(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    fills = {(2, column): "#ffff00" for column in range(6)} | {(4, 0): "#ffff00"}
    cells = filled(BASIC, fills)
    sheet.pdf.saveState()
    sheet.pdf.setStrokeColor("#ffff00")
    for cell in cells:
        if cell.fill:
            x0, y0, x1, y1 = PLAIN.box(cell)
            sheet.pdf.setLineWidth(y1 - y0)
            sheet.line(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    sheet.pdf.restoreState()
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, cells))


@case("frame-paths", "Cells are frames: two rectangles in one path, filled even-odd.")
def frame_paths(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    for cell in BASIC:
        x0, y0, x1, y1 = PLAIN.box(cell)
        path = sheet.pdf.beginPath()
        path.rect(x0 - 0.3, sheet.y(y1 + 0.3), x1 - x0 + 0.6, y1 - y0 + 0.6)
        path.rect(x0 + 0.3, sheet.y(y1 - 0.3), x1 - x0 - 0.6, y1 - y0 - 0.6)
        sheet.pdf.drawPath(path, stroke=0, fill=1, fillMode=0)
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("clipped-frames", "Cells are dark areas clipped to frames; words hold a flat stroke (一).")
def clipped_frames(title: str) -> tuple[bytes, dict[str, Any]]:
    names = ["指標", "一人一台端末の台数", "一般就労の移行者数"]
    cells = rows(*([name, "基準値", "R6 目標"] for name in names))
    sheet = started(title)
    for cell in cells:
        x0, y0, x1, y1 = PLAIN.box(cell)
        sheet.pdf.saveState()
        clip = sheet.pdf.beginPath()
        clip.rect(x0 - 9, sheet.y(y1 + 9), x1 - x0 + 18, y1 - y0 + 18)
        clip.rect(x0, sheet.y(y1), x1 - x0, y1 - y0)
        sheet.pdf.clipPath(clip, stroke=0, fill=0, fillMode=0)
        sheet.rectangle(x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5, stroke=False, fill=True)
        sheet.pdf.restoreState()
    sheet.texts(PLAIN, cells)
    return sheet.finish(), expect(table(1, cells))


@case("grid-by-gaps", "Light cells on a dark ground: the rules are what is left between them.")
def grid_by_gaps(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.pdf.setFillGray(0.2)
    sheet.rectangle(
        PLAIN.xs[0] - 1,
        PLAIN.ys[0] - 1,
        PLAIN.xs[-1] + 1,
        PLAIN.ys[-1] + 1,
        stroke=False,
        fill=True,
    )
    for cell in BASIC:
        x0, y0, x1, y1 = PLAIN.box(cell)
        sheet.pdf.setFillColorRGB(1, 1, 1)
        sheet.rectangle(x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5, stroke=False, fill=True)
    sheet.pdf.setFillGray(0)
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("skewed", "The page was turned by 0.4 degrees before printing (a slanted matrix).")
def skewed(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.pdf.rotate(0.4)
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case(
    "hidden-layer", "An optional content group that is off holds another table and other numbers."
)
def hidden_layer(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.ruled(PLAIN, BASIC)
    sheet.pdf._code.append("/OC /Layer BDC")
    old = rows(["旧指標", "旧実績"], ["旧来館者数", "55,555"])
    sheet.ruled(Grid(left=60, top=260, widths=[120, 100], heights=[24, 24]), old)
    sheet.write(PLAIN.xs[2] + 4, PLAIN.ys[1] + 9, "99,999", points=7)
    sheet.pdf._code.append("EMC")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet.finish())) as document:
        layer = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="old figures")
        )
        document.pages[0].Resources["/Properties"] = pikepdf.Dictionary(Layer=layer)
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]),
            D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]), Order=pikepdf.Array([layer])),
        )
        document.save(out, deterministic_id=True)
    texts = ["旧指標", "旧実績", "旧来館者数", "55,555", "99,999"]
    return out.getvalue(), expect(table(1, BASIC), leftovers=texts, remarks=["reading.hidden-text"])


@case("form-fields", "Two numbers stand in form fields (widgets) laid over empty cells.")
def form_fields(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = rows(
        ["Indicator", "Unit", "Actual"],
        ["Library visits", "persons", "31,246"],
        ["Parks", "places", "27"],
    )
    sheet.ruled(
        SMALL_GRID,
        [replace(cell, text="") if cell.row and cell.column == 2 else cell for cell in cells],
    )
    for cell in (cells[5], cells[8]):
        x0, y0, x1, y1 = SMALL_GRID.box(cell)
        sheet.pdf.acroForm.textfield(
            name=f"value{cell.row}",
            value=cell.text,
            x=x0 + 3,
            y=sheet.y(y1 - 3),
            width=x1 - x0 - 6,
            height=y1 - y0 - 6,
            borderWidth=0,
            fontName="Helvetica",
            fontSize=9,
        )
    return sheet.finish(), expect(table(1, cells), remarks=["reading.form-fields"])


# ------------------------------------------------------------------------------ other tables


@case(
    "vertical-rules", "Only vertical rules part the columns; one horizontal rule under the header."
)
def vertical_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    for x in PLAIN.xs[1:-1]:
        sheet.line(x, PLAIN.ys[0], x, PLAIN.ys[-1])
    sheet.line(PLAIN.xs[0], PLAIN.ys[1], PLAIN.xs[-1], PLAIN.ys[1])
    sheet.texts(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


SPANNED = merged(
    [
        ["Region", "2023", "<", "2024", "<"],
        ["^", "Target", "Actual", "Target", "Actual"],
        ["North", "1,200", "1,184", "1,250", "1,263"],
        ["Coast", "860", "871", "880", "—"],
        ["Valley", "432", "418", "440", "447"],
        ["Total", "2,492", "2,473", "2,570", "1,710"],
    ]
)


@case("booktabs-spans", "English, horizontal rules only; a header on two levels with short rules.")
def booktabs_spans(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, font="Times-Roman", points=10)
    cells = [
        replace(cell, align="center") if cell.row < 2 and cell.column else cell for cell in SPANNED
    ]
    grid = Grid(left=120, top=150, widths=[80, 60, 60, 60, 60], heights=[17] * 6)
    xs, ys = grid.xs, grid.ys
    for row, width in ((0, 1.0), (2, 0.5), (5, 0.5), (6, 1.0)):
        sheet.pdf.setLineWidth(width)
        sheet.line(xs[0], ys[row], xs[-1], ys[row])
    sheet.pdf.setLineWidth(0.3)
    sheet.line(xs[1] + 4, ys[1], xs[3] - 4, ys[1])
    sheet.line(xs[3] + 4, ys[1], xs[5] - 4, ys[1])
    sheet.texts(grid, cells)
    return sheet.finish(), expect(table(1, cells))


@case("no-rules-english", "No rules; wrapped labels, indented rows, numbers in brackets.")
def no_rules_english(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, font="Helvetica", points=9)
    cells = rows(
        ["", "2024", "2023", "Change"],
        ["Local tax", "1,219,846", "1,204,500", "1.3%"],
        ["Grants from the prefecture\nand from the state", "402,996", "380,411", "5.9%"],
        ["Fees and charges", "88,214", "91,006", "(3.1%)"],
        ["Total", "1,711,056", "1,675,917", "2.1%"],
    )
    cells = [replace(cell, align="right") if cell.column else cell for cell in cells]
    sheet.write(90, 120, "The table below sums up the revenue of the invented town of Sample.")
    sheet.texts(
        Grid(left=90, top=135, widths=[160, 80, 80, 60], heights=[18, 16, 28, 16, 18]), cells
    )
    sheet.write(90, 250, "Figures are in thousands. They are invented and stand here for a test.")
    return sheet.finish(), expect(
        table(1, cells),
        lines=[
            "The table below sums up the revenue of the invented town of Sample.",
            "Figures are in thousands. They are invented and stand here for a test.",
        ],
    )


# ------------------------------------------------------------------------------ no tables

PARAGRAPHS = [
    "この計画は、町の十年先を見すえて、暮らしと仕事の",
    "両方を支える取組をまとめたものです。取組は五つの",
    "柱に分かれ、それぞれに担当する課を置いています。",
    "進み方は毎年度の終わりに確かめ、次の年度の取組に",
    "生かします。社会の変化に合わせて見直しも行います。",
]


@case("two-columns", "Running text in two columns, with numbers: no table.")
def two_columns(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    lines = []
    for column in range(2):
        for block in range(3):
            for at, line in enumerate(PARAGRAPHS):
                text = line.replace("五つ", f"{block + 3}つ")
                sheet.write(60 + 245 * column, 80 + 90 * block + 15 * at, text)
                lines.append(text)
    return sheet.finish(), expect(lines=lines)


@case("contents-list", "A table of contents with dotted leaders and page numbers: no table.")
def contents_list(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    entries = [
        ("第１章　計画の考え方", 1),
        ("第２章　まちの現状", 5),
        ("　１　人口の移り変わり", 6),
        ("　２　産業のようす", 11),
        ("第３章　五つの柱", 18),
        ("第４章　計画の進め方", 42),
    ]
    for at, (text, page) in enumerate(entries):
        y = 100 + 20 * at
        sheet.write(80, y, text)
        start = 90 + sheet.width(text)
        sheet.write(start, y, "・" * int((480 - start) // sheet.points))
        sheet.write(500 - sheet.width(str(page)), y, str(page))
    return sheet.finish(), expect(lines=[text.strip() for text, _ in entries])


@case("form-blanks", "A form with underlined blanks and a signature box: no table.")
def form_blanks(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    fields = ["申請者の氏名", "住所", "電話番号", "申請の理由"]
    for at, field in enumerate(fields):
        y = 100 + 30 * at
        sheet.write(80, y, field)
        sheet.line(170, y + 3, 460, y + 3)
    sheet.rectangle(380, 230, 460, 290)
    sheet.write(400, 245, "受付印")
    return sheet.finish(), expect(lines=[*fields, "受付印"])


@case(
    "framed-paragraphs", "Three framed paragraphs below one another, with space between: no table."
)
def framed_paragraphs(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    for block in range(3):
        top = 80 + 110 * block
        sheet.pdf.setFillGray(0.95)
        sheet.rectangle(60, top, 330, top + 90, fill=True)
        sheet.pdf.setFillGray(0)
        for at, line in enumerate(PARAGRAPHS):
            sheet.write(70, top + 18 + 15 * at, line)
    return sheet.finish(), expect(lines=PARAGRAPHS)


@case("letter-sized-cells", "A ruled crossword of one-letter cells of 12 pt, fifteen by ten.")
def letter_sized_cells(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, A4, points=8)
    sheet.pdf.setLineWidth(0.2)
    text = "あいうえおかきくけこさしすせそたちつてと"
    cells = [
        Cell(row=row, column=column, text=text[(row * 7 + column) % 20], align="center")
        for row in range(10)
        for column in range(15)
    ]
    sheet.ruled(Grid(left=60, top=90, widths=[12] * 15, heights=[12] * 10), cells)
    return sheet.finish(), expect(table(1, cells))


@case("many-spans", "A form-like table in which hardly two rows have the same columns.")
def many_spans(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = merged(
        [
            ["事業名", "移動図書館", "<", "<", "担当課", "図書課"],
            ["目的", "山間の地区に住む人にも本を届ける", "<", "<", "<", "<"],
            ["実績", "区分", "R4", "R5", "R6", "備考"],
            ["^", "巡回数", "40", "44", "46", ""],
            ["^", "貸出冊数", "2,310", "2,455", "2,601", "雑誌を含む"],
            ["評価", "Ａ", "理由", "巡回を増やし、貸出も伸びた", "<", "<"],
        ]
    )
    grid = Grid(left=50, top=90, widths=[50, 80, 70, 70, 70, 90], heights=[24] * 6)
    sheet.ruled(grid, cells)
    return sheet.finish(), expect(table(1, cells))
