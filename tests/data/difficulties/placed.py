"""Difficulties of place: spans, tables in and beside tables, turned and shifted pages."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
from case import case, expect
from cells import BASIC, Cell, merged, rows, table
from drawn import PLAIN
from sheet import A4, CID, MINCHO, Grid, Sheet, segments

# ------------------------------------------------------------------------------ spans

TWO_LEVELS = merged(
    [
        ["基本\n目標", "指標名", "単位", "令和５年度", "<", "令和６年度", "<", "評価"],
        ["^", "^", "^", "目標", "実績", "目標", "実績", "^"],
        ["１\n暮らし", "図書館の来館者数", "人", "30,500", "29,870", "31,000", "31,246", "Ａ"],
        ["^", "公園の愛護団体数", "団体", "14", "14", "15", "15", "Ａ"],
        ["２\n産業", "新規就農者数", "人", "5", "2", "5", "3", "Ｃ"],
        ["^", "創業の相談件数", "件", "40", "－", "45", "38", "Ｂ"],
    ]
)
TWO_LEVEL_GRID = Grid(left=50, top=90, widths=[45, 105, 40, 55, 55, 55, 55, 40], heights=[20] * 6)

THREE_LEVELS = merged(
    [
        ["施策", "指標", "実績", "<", "<", "<", "目標", "備考"],
        ["^", "^", "前期", "<", "後期", "<", "^", "^"],
        ["^", "^", "R3", "R4", "R5", "R6", "R7", "^"],
        ["子育て", "保育所の待機児童数", "4", "2", "0", "0", "0", "０を維持"],
        ["^", "一時預かりの利用者数", "812", "846", "901", "955", "960", ""],
        ["防災", "訓練の参加者数", "中止", "<", "1,204", "1,377", "1,500", "R3、R4は中止"],
    ]
)
THREE_LEVEL_GRID = Grid(left=40, top=90, widths=[45, 120, 50, 50, 50, 50, 50, 85], heights=[20] * 6)


@case("merged-two-levels", "A header on two rows; goal cells merged down the left side.")
def merged_two_levels(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    sheet.ruled(TWO_LEVEL_GRID, TWO_LEVELS)
    return sheet.finish(), expect(table(1, TWO_LEVELS))


@case("merged-three-levels", "A header on three rows; cells merged across and down in the body.")
def merged_three_levels(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, font=CID)
    sheet.pdf.setLineWidth(0.5)
    sheet.ruled(THREE_LEVEL_GRID, THREE_LEVELS)
    return sheet.finish(), expect(table(1, THREE_LEVELS))


# ------------------------------------------------------------------------------ several tables


@case("nested-table", "A small ruled table stands inside one cell of a larger one.")
def nested_table(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    outer_grid = Grid(left=60, top=90, widths=[100, 300], heights=[24, 90, 24])
    outer = rows(["項目", "内容"], ["貸出冊数", ""], ["備考", "数値は年度末のものです"])
    inner_grid = Grid(left=180, top=128, widths=[80, 80, 80], heights=[20, 20, 20])
    inner = rows(
        ["区分", "R5", "R6"], ["一般書", "81,020", "80,411"], ["児童書", "38,300", "39,463"]
    )
    sheet.ruled(outer_grid, outer)
    sheet.ruled(inner_grid, inner)
    return sheet.finish(), expect(table(1, outer), table(1, inner))


@case("side-by-side", "Two tables stand beside each other, 14 pt apart, with different rows.")
def side_by_side(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    left = rows(["指標", "R6 実績"], ["来館者数", "31,246"], ["貸出冊数", "119,874"])
    right = rows(["区分", "件数"], ["達成", "18"], ["改善", "7"], ["未達成", "11"])
    left_grid = Grid(left=50, top=90, widths=[140, 90], heights=[26, 26, 26])
    right_grid = Grid(left=294, top=90, widths=[120, 80], heights=[18, 18, 18, 18])
    sheet.ruled(left_grid, left)
    sheet.ruled(right_grid, right)
    return sheet.finish(), expect(table(1, left), table(1, right))


@case("stacked-tables", "Three tables directly below one another, 6 pt apart, columns differ.")
def stacked_tables(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    one = rows(["指標", "単位", "R6 実績"], ["来館者数", "人", "31,246"])
    two = rows(["事業名", "事業概要"], ["移動図書館", "山間の地区を月に２回まわります"])
    three = rows(["指標", "単位", "R6 実績"], ["公園の数", "か所", "27"])
    tables = []
    top = 90.0
    for cells, widths in ((one, [200, 60, 140]), (two, [150, 250]), (three, [200, 60, 140])):
        sheet.ruled(Grid(left=60, top=top, widths=widths, heights=[22, 22]), cells)
        tables.append(table(1, cells))
        top += 50
    return sheet.finish(), expect(*tables)


@case("stacked-alike", "Two tables with the same columns and headings, 5 pt apart, are two tables.")
def stacked_alike(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    one = rows(
        ["指標", "単位", "R6 実績"], ["来館者数", "人", "31,246"], ["貸出冊数", "冊", "119,874"]
    )
    two = rows(["指標", "単位", "R6 実績"], ["公園の数", "か所", "27"])
    sheet.ruled(Grid(left=60, top=90, widths=[200, 60, 140], heights=[22] * 3), one)
    sheet.ruled(Grid(left=60, top=161, widths=[200, 60, 140], heights=[22] * 2), two)
    return sheet.finish(), expect(table(1, one), table(1, two))


@case("cut-number", "The page edge cuts a row inside a name and inside two numbers.")
def cut_number(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    widths = [70, 30, 36, 36, 36]
    first = rows(
        ["指標", "単位", "R6\n目標", "R6\n実績", "状況"],
        ["来館者数", "人", "31,00\n0", "31,24\n6", "達成"],
        ["有害鳥獣に\nよる農作物", "千円", "12,00", "17,99", "改善"],
    )
    second = rows(["の被害額", "", "0", "6", ""], ["公園の数", "か所", "26", "27", "達成"])
    upper = Grid(left=60, top=690, widths=widths, heights=[30, 30, 30])
    lower = Grid(left=60, top=60, widths=widths, heights=[18, 22])
    for page, (grid, cells, edge) in enumerate(
        ((upper, first, upper.ys[-1]), (lower, second, lower.ys[0]))
    ):
        if page:
            sheet.next_page()
            sheet.pdf.setLineWidth(0.5)
        for x0, y0, x1, y1 in segments(grid, cells):
            if not y0 == y1 == edge:
                sheet.line(x0, y0, x1, y1)
        sheet.texts(grid, cells)
    tables = table(1, first) | {"open_bottom": True}, table(2, second) | {"open_top": True}
    return sheet.finish(), expect(*tables)


@case("notice-box", "A paragraph in a frame of its own, then a real table.")
def notice_box(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.8)
    sheet.rectangle(60, 50, 500, 86)
    notes = [
        "【注意】基準値は計画を定めた年の値です。",
        "実績値がまだ集計できていない指標は「－」としています。",
    ]
    sheet.write(66, 64, notes[0])
    sheet.write(66, 78, notes[1])
    sheet.pdf.setLineWidth(0.5)
    sheet.ruled(replace_top(PLAIN, 100), BASIC)
    return sheet.finish(), expect(table(1, BASIC), lines=notes)


def replace_top(grid: Grid, top: float) -> Grid:
    return replace(grid, top=top)


@case("flow-chart", "Boxes joined by arrows are not a table, nor is the framed title.")
def flow_chart(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.7)
    boxes = [
        (220, 60, 360, 90, "計画の策定"),
        (220, 130, 360, 160, "取組の実施"),
        (80, 200, 220, 230, "内部での評価"),
        (360, 200, 500, 230, "外部での評価"),
        (220, 270, 360, 300, "計画の見直し"),
    ]
    for x0, y0, x1, y1, text in boxes:
        sheet.rectangle(x0, y0, x1, y1)
        sheet.write((x0 + x1 - sheet.width(text)) / 2, (y0 + y1) / 2 + 3, text)
    for x0, y0, x1, y1 in (
        (290, 90, 290, 130),
        (290, 160, 290, 180),
        (150, 180, 430, 180),
        (150, 180, 150, 200),
        (430, 180, 430, 200),
        (150, 230, 150, 285),
        (150, 285, 220, 285),
        (430, 230, 430, 285),
        (430, 285, 360, 285),
    ):
        sheet.line(x0, y0, x1, y1)
    return sheet.finish(), expect(lines=[text for *_, text in boxes])


@case("bar-chart", "A bar chart with axes, grid lines and labels is not a table.")
def bar_chart(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.4)
    sheet.write(100, 60, "来館者数の推移")
    for step in range(6):
        y = 260 - step * 32
        sheet.line(100, y, 420, y)
        label = f"{step * 8},000" if step else "0"
        sheet.write(94 - sheet.width(label), y + 3, label)
    sheet.line(100, 260, 100, 90)
    for number, value in enumerate((24870, 19204, 27955, 29870, 31246)):
        x = 118 + number * 62
        sheet.pdf.setFillColorRGB(0.35, 0.55, 0.8)
        sheet.rectangle(x, 260 - value / 250, x + 32, 260, fill=True)
        sheet.pdf.setFillColorRGB(0, 0, 0)
        sheet.write(x + 8, 274, f"R{number + 2}")
    return sheet.finish(), expect(lines=["来館者数の推移"])


# ------------------------------------------------------------------------------ cells


@case("empty-rows", "Two rows and one column of a table are wholly empty.")
def empty_rows(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    cells = rows(
        ["指標", "単位", "", "R6 実績"],
        ["来館者数", "人", "", "31,246"],
        ["", "", "", ""],
        ["公園の数", "か所", "", "27"],
        ["", "", "", ""],
    )
    sheet.ruled(Grid(left=60, top=90, widths=[140, 50, 60, 90], heights=[22] * 5), cells)
    return sheet.finish(), expect(table(1, cells))


@case("diagonal-lines", "Empty cells are struck out with a diagonal line, one with a cross.")
def diagonal_lines(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    cells = rows(
        ["指標", "単位", "基準値", "R6 目標", "R6 実績"],
        ["新しい施設の利用者数", "人", "", "3,000", "2,871"],
        ["廃止した施設の利用者数", "人", "4,115", "", ""],
    )
    grid = Grid(left=60, top=90, widths=[140, 50, 80, 80, 80], heights=[22] * 3)
    sheet.ruled(grid, cells)
    for cell in cells:
        if not cell.text:
            x0, y0, x1, y1 = grid.box(cell)
            sheet.line(x0, y1, x1, y0)
    x0, y0, x1, y1 = grid.box(cells[-1])
    sheet.line(x0, y0, x1, y1)
    return sheet.finish(), expect(table(1, cells))


@case("touching-rules", "Text touches its rules and crosses them by a fraction of a glyph.")
def touching_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    tight = Grid(left=60, top=90, widths=[66, 20, 36.5, 37, 37, 37], heights=[10] * 5)
    cells = rows(
        ["指標", "単位", "基準値", "目標値", "実績値", "状況"],
        ["図書貸出冊数", "冊", "118,200", "121,000", "119,874", "改善"],
        ["ごみの排出量", "ｔ", "4,310", "4,100", "4,082", "達成"],
        ["健診の受診率", "％", "41.0", "46.0", "46.0", "達成"],
        ["空き家登録数", "件", "12", "30", "9", "未達成"],
    )
    for cell in cells:
        sheet.rectangle(*tight.box(cell))
    sheet.texts(tight, cells, pad=-0.8)
    return sheet.finish(), expect(table(1, cells))


@case("overflowing-text", "A long text runs over the edge of its cell into an empty neighbour.")
def overflowing_text(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    cells = rows(
        ["指標", "単位", "備考", "", "R6 実績"],
        ["来館者数", "人", "年末年始の休館日を除いた数", "", "31,246"],
        ["貸出冊数", "冊", "電子書籍の貸出を含む", "", "119,874"],
    )
    sheet.ruled(Grid(left=60, top=90, widths=[100, 40, 70, 70, 80], heights=[22] * 3), cells)
    return sheet.finish(), expect(table(1, cells), remarks=["reading.text-crosses-rule"])


@case("overflowing-name", "A name runs over the edge of its cell into one that holds its unit.")
def overflowing_name(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    cells = rows(
        ["指標", "単位", "R6 目標", "R6 実績"],
        ["子育てサロンの利用者", "人", "31,000", "31,246"],
        ["貸出冊数", "冊", "120,000", "119,874"],
    )
    grid = Grid(left=60, top=90, widths=[76, 40, 60, 60], heights=[22] * 3)
    sheet.ruled(grid, cells)
    return sheet.finish(), expect(table(1, cells), remarks=["reading.text-crosses-rule"])


@case("wrapped-number", "Numbers are broken over two lines in cells too narrow for them.")
def wrapped_number(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    cells = rows(
        ["指標", "単位", "R6\n目標", "R6\n実績", "達成\n状況"],
        ["施設の\n利用者数", "人", "23,00\n0", "22,71\n8", "未達\n成"],
        ["市税の\n収入額", "千円", "1,204,\n500", "1,219,\n846", "目標\n達成"],
        ["再生利用\nの割合", "％", "23.5", "23.\n48", "未達\n成"],
    )
    sheet.ruled(Grid(left=60, top=90, widths=[52, 26, 34, 34, 28], heights=[30] * 4), cells)
    return sheet.finish(), expect(table(1, cells))


@case("spaced-letters", "Letters spread over the cell's width; a unit stacked over its number.")
def spaced_letters(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    cells = rows(
        ["区　　分", "令和５年度", "令和６年度"],
        ["人件費", "千円\n2,050,134", "千円\n2,061,870"],
        ["扶助費", "千円\n1,380,411", "千円\n1,402,996"],
        ["公　債　費", "千円\n－", "千円\n918,300"],
    )
    grid = Grid(left=60, top=90, widths=[120, 100, 100], heights=[24, 32, 32, 32])
    sheet.ruled(grid, [cell for cell in cells if cell.text not in ("人件費", "扶助費")])
    for cell in cells:
        if cell.text in ("人件費", "扶助費"):
            x0, y0, x1, y1 = grid.box(cell)
            sheet.rectangle(x0, y0, x1, y1)
            for number, letter in enumerate(cell.text):
                sheet.write(x0 + 12 + number * 43, (y0 + y1) / 2 + 3, letter)
    expected = [replace(cell, text="人 件 費") if cell.text == "人件費" else cell for cell in cells]
    expected = [
        replace(cell, text="扶 助 費") if cell.text == "扶助費" else cell for cell in expected
    ]
    return sheet.finish(), expect(table(1, expected))


# ------------------------------------------------------------------------------ turned letters

VERTICAL = merged(
    [
        ["分野", "指標", "単位", "R6 実績"],
        ["暮らし", "図書館の来館者数", "人", "31,246"],
        ["^", "公園の愛護団体数", "団体", "15"],
        ["^", "ごみの排出量", "ｔ", "4,082"],
        ["産業と観光", "新規就農者数", "人", "3"],
        ["^", "宿泊者数", "人", "調査中"],
        ["^", "直売所の数", "か所", "6"],
    ]
)
VERTICAL_GRID = Grid(left=60, top=90, widths=[30, 130, 50, 80], heights=[22] * 7)


def beside(cells: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The cells of plain text, and the merged ones of the first column."""
    tall = [cell for cell in cells if cell.row_span > 1]
    return [cell for cell in cells if cell not in tall], tall


def with_turned(title: str, turn: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    plain, tall = beside(VERTICAL)
    sheet.ruled(VERTICAL_GRID, plain)
    for cell in tall:
        x0, y0, x1, y1 = VERTICAL_GRID.box(cell)
        sheet.rectangle(x0, y0, x1, y1)
        long = sheet.width(cell.text)
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        if turn == "stacked":
            top = middle_y - len(cell.text) * 5
            for number, letter in enumerate(cell.text):
                sheet.write(middle_x - 4.5, top + 8 + number * 10, letter)
        else:
            sheet.pdf.saveState()
            sheet.pdf.translate(middle_x, sheet.y(middle_y))
            sheet.pdf.rotate(90 if turn == "left" else -90)
            sheet.pdf.setFont(sheet.font, sheet.points)
            sheet.pdf.drawString(-long / 2, -sheet.points * 0.36, cell.text)
            sheet.pdf.restoreState()
    return sheet.finish(), expect(table(1, VERTICAL))


@case("vertical-text", "Merged cells hold upright letters stacked from top to bottom.")
def vertical_text(title: str) -> tuple[bytes, dict[str, Any]]:
    return with_turned(title, "stacked")


@case("rotated-text", "Merged cells hold text turned by 90 degrees, read from below.")
def rotated_text(title: str) -> tuple[bytes, dict[str, Any]]:
    return with_turned(title, "left")


@case("rotated-text-right", "Merged cells hold text turned by 270 degrees, read from above.")
def rotated_text_right(title: str) -> tuple[bytes, dict[str, Any]]:
    return with_turned(title, "right")


@case("vertical-columns", "Cells hold two columns of stacked letters, the right one first.")
def vertical_columns(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    heads = ["地区\n", "図書館の\n利用者数", "公園の\n数", "集会所の\n利用件数"]
    cells = rows(
        [head.strip() for head in heads],
        ["東の地区", "4,120", "3", "61"],
        ["西の地区", "3,877", "5", "58"],
    )
    grid = Grid(left=60, top=90, widths=[80, 40, 40, 40], heights=[56, 22, 22])
    sheet.ruled(grid, [cell for cell in cells if cell.row or not cell.column])
    for cell in cells[1:4]:
        x0, y0, x1, y1 = grid.box(cell)
        sheet.rectangle(x0, y0, x1, y1)
        for number, column in enumerate(cell.text.split("\n")):
            for place, letter in enumerate(column):
                sheet.write((x0 + x1) / 2 + 1 - number * 11, y0 + 12 + place * 10, letter)
    return sheet.finish(), expect(table(1, cells))


# ------------------------------------------------------------------------------ pages


def plain_page(title: str, size: tuple[float, float] = A4, font: str = MINCHO) -> bytes:
    sheet = Sheet(title, size, font=font)
    sheet.pdf.setLineWidth(0.5)
    sheet.write(60, 70, "指標の達成状況")
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish()


def turned_page(title: str, angle: int) -> tuple[bytes, dict[str, Any]]:
    """The page looks the same as an upright one; its content stream stands turned."""
    sheet = Sheet(title, A4 if angle == 180 else (A4[1], A4[0]))  # ReportLab turns the MediaBox
    corner = {90: (A4[0], 0), 180: A4, 270: (0, A4[1])}[angle]
    sheet.pdf.translate(*corner)
    sheet.pdf.rotate(angle)
    sheet.pdf.setLineWidth(0.5)
    sheet.write(60, 70, "指標の達成状況")
    sheet.ruled(PLAIN, BASIC)
    sheet.pdf.setPageRotation(angle)
    return sheet.finish(), expect(table(1, BASIC), lines=["指標の達成状況"])


@case("rotate-90", "/Rotate 90: the page is shown landscape and upright.")
def rotate_90(title: str) -> tuple[bytes, dict[str, Any]]:
    return turned_page(title, 90)


@case("rotate-180", "/Rotate 180.")
def rotate_180(title: str) -> tuple[bytes, dict[str, Any]]:
    return turned_page(title, 180)


@case("rotate-270", "/Rotate 270.")
def rotate_270(title: str) -> tuple[bytes, dict[str, Any]]:
    return turned_page(title, 270)


@case("sideways", "No /Rotate: the content itself lies on its side on a portrait page.")
def sideways(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, A4)
    sheet.size = (A4[1], A4[0])
    sheet.pdf.translate(A4[0], 0)
    sheet.pdf.rotate(90)
    sheet.pdf.setLineWidth(0.5)
    sheet.ruled(PLAIN, BASIC)
    return sheet.finish(), expect(table(1, BASIC))


@case("landscape", "An A4 page in landscape.")
def landscape(title: str) -> tuple[bytes, dict[str, Any]]:
    pdf = plain_page(title, (A4[1], A4[0]))
    return pdf, expect(table(1, BASIC), lines=["指標の達成状況"])


def changed(pdf: bytes, change: Any) -> bytes:
    """The PDF after a change to its first page's dictionary."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document.pages[0])
        document.save(out, deterministic_id=True)
    return out.getvalue()


@case("cropbox", "The CropBox cuts the page down and its corner is not at 0, 0; text lies outside.")
def cropbox(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    sheet.write(20, 20, "印刷用の見当：この文字は表示されません")
    sheet.write(60, 70, "指標の達成状況")
    sheet.ruled(PLAIN, BASIC)

    def crop(page: pikepdf.Page) -> None:
        page.mediabox = pikepdf.Array([-30, -40, 625, 882])
        page.cropbox = pikepdf.Array([40, 500, 540, 800])

    return changed(sheet.finish(), crop), expect(
        table(1, BASIC),
        lines=["指標の達成状況"],
        leftovers=["印刷用の見当：この文字は表示されません"],
    )


@case("user-unit", "UserUnit 2: one unit of the page is two points.")
def user_unit(title: str) -> tuple[bytes, dict[str, Any]]:
    def enlarge(page: pikepdf.Page) -> None:
        page.UserUnit = 2

    pdf = changed(plain_page(title), enlarge)
    return pdf, expect(table(1, BASIC), lines=["指標の達成状況"])


@case("form-xobject", "The table is a form XObject with a matrix, drawn twice at two sizes.")
def form_xobject(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.beginForm("table", 0, 0, *A4)
    sheet.pdf.setLineWidth(0.5)
    small = rows(
        ["指標", "単位", "R6 実績"], ["来館者数", "人", "31,246"], ["公園の数", "か所", "27"]
    )
    sheet.ruled(Grid(left=60, top=90, widths=[140, 60, 90], heights=[22] * 3), small)
    sheet.pdf.endForm()
    for x, y, scale in ((0, 0, 1.0), (40, 300, 0.7)):
        sheet.pdf.saveState()
        sheet.pdf.transform(scale, 0, 0, scale, x, y - 300 * (scale != 1))
        sheet.pdf.doForm("table")
        sheet.pdf.restoreState()

    pdf = sheet.finish()
    return pdf, expect(table(1, small), table(1, small))


@case("large-page", "An A3 page in landscape with a wide table of twenty columns.")
def large_page(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title, (1190.55, 841.89), font=CID, points=7)
    sheet.pdf.setLineWidth(0.3)
    heads = ["指標", "単位", *(f"H{year}\n{kind}" for year in range(22, 31) for kind in "期実")]
    body = [
        [name, unit, *(str(start + step * number) for number in range(18))]
        for name, unit, start, step in (
            ("図書館の来館者数", "人", 24100, 37),
            ("公園の愛護団体数", "団体", 11, 1),
            ("新規就農者数", "人", 2, 2),
        )
    ]
    cells = rows(heads, *body)
    sheet.ruled(Grid(left=40, top=60, widths=[120, 40, *[52] * 18], heights=[26, *[18] * 3]), cells)
    return sheet.finish(), expect(table(1, cells))
