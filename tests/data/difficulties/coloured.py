"""Difficulties of colour: fills in several colour spaces and of several shapes."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
from case import case, expect
from cells import BASIC, filled, rows, table
from drawn import PLAIN
from PIL import ImageCms
from reportlab.lib.colors import CMYKColor, CMYKColorSep
from sheet import Grid, Sheet

YELLOW = "#ffff00"
COLOURS = rows(
    ["事業名", "色の表し方"],
    ["移動図書館", "RGB"],
    ["親子の読書会", "CMYK"],
    ["古民家の再生", "特色"],
    ["山の学校", "ICC"],
    ["里の市", "灰色"],
    ["水辺の清掃", "なし"],
    ["花の小道", "白"],
    ["空の観察", "薄い水色"],
)
COLOUR_GRID = Grid(left=60, top=90, widths=[150, 120], heights=[22] * 9)


@case("fill-colour-spaces", "Fills in RGB, CMYK, a spot colour, ICC-based and grey; one white.")
def fill_colour_spaces(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)

    def box(row: int) -> tuple[float, float, float, float]:
        left, top, _, bottom = COLOUR_GRID.box(COLOURS[2 * row])
        return left, top, COLOUR_GRID.xs[-1], bottom

    colours = {
        1: (1.0, 1.0, 0.0),
        2: CMYKColor(0, 0, 1, 0),
        3: CMYKColorSep(0, 0, 1, 0, spotName="KII"),
        5: (0.85, 0.85, 0.85),
        7: (1.0, 1.0, 1.0),
        8: (0.85, 0.95, 1.0),
    }
    sheet.pdf.saveState()
    for row, colour in colours.items():
        if row == 5:
            sheet.pdf.setFillGray(0.85)
        else:
            sheet.pdf.setFillColor(colour)
        sheet.rectangle(*box(row), stroke=False, fill=True)
    sheet.pdf.restoreState()
    x0, y0, x1, y1 = box(4)
    sheet.pdf._code.append(
        f"q /ByProfile cs 1 1 0 sc {x0} {sheet.y(y1):.2f} {x1 - x0} {y1 - y0} re f Q"
    )
    sheet.ruled(COLOUR_GRID, COLOURS)

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet.finish())) as document:
        stream = pikepdf.Stream(document, profile[:24] + bytes(12) + profile[36:], N=3)
        space = pikepdf.Array([pikepdf.Name.ICCBased, document.make_indirect(stream)])
        resources = document.pages[0].Resources
        spaces = resources.get("/ColorSpace", pikepdf.Dictionary())
        spaces["/ByProfile"] = space
        resources["/ColorSpace"] = spaces
        document.save(out, deterministic_id=True)
    fills = {1: YELLOW, 2: YELLOW, 3: YELLOW, 4: YELLOW, 5: "#d9d9d9", 8: "#d9f2ff"}
    cells = [replace(cell, fill=fills.get(cell.row)) for cell in COLOURS]
    return out.getvalue(), expect(table(1, cells))


@case(
    "fill-shapes", "Fills smaller or larger than the cell, over several cells, in strips, doubled."
)
def fill_shapes(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    cells = rows(
        ["事業名", "課名", "概要"],
        ["移動図書館", "図書課", "内側に２ポイント小さい"],
        ["親子の読書会", "図書課", "外へ１ポイントはみ出す"],
        ["古民家の再生", "建築課", "三つのますにわたる"],
        ["山の学校", "教育課", "細い帯を重ねたもの"],
        ["里の市", "商工課", "色なし"],
        ["水辺の清掃", "環境課", "文字のうしろだけ"],
        ["花の小道", "建設課", "色の上に白"],
    )
    grid = Grid(left=60, top=90, widths=[120, 80, 150], heights=[22] * 8)
    sheet.pdf.saveState()
    sheet.pdf.setFillColor(YELLOW)

    def paint(x0: float, y0: float, x1: float, y1: float) -> None:
        sheet.rectangle(x0, y0, x1, y1, stroke=False, fill=True)

    xs, ys = grid.xs, grid.ys
    paint(xs[0] + 2, ys[1] + 2, xs[1] - 2, ys[2] - 2)
    paint(xs[0] - 1, ys[2] - 1, xs[1] + 1, ys[3] + 1)
    paint(xs[0], ys[3], xs[3], ys[4])
    for strip in range(11):
        paint(xs[0], ys[4] + 2 * strip, xs[1], ys[4] + 2 * strip + 2)
    paint(xs[0] + 3, ys[6] + 6, xs[0] + 3 + sheet.width("水辺の清掃"), ys[6] + 17)
    paint(xs[0], ys[7], xs[1], ys[8])
    sheet.pdf.setFillColorRGB(1, 1, 1)
    paint(xs[0], ys[7], xs[1], ys[8])
    sheet.pdf.restoreState()
    sheet.ruled(grid, cells)
    fills = {(1, 0): YELLOW, (2, 0): YELLOW, (4, 0): YELLOW}
    fills |= {(3, column): YELLOW for column in range(3)}
    return sheet.finish(), expect(table(1, filled(cells, fills)))


@case("fill-over-rules", "Striped rows and a coloured page behind the table; one row is yellow.")
def fill_over_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.pdf.setLineWidth(0.5)
    sheet.pdf.setStrokeColorRGB(0.4, 0.4, 0.4)
    fills = {(row, column): "#e8eef7" for row in (2, 4) for column in range(6)}
    fills |= {(3, column): "#fff200" for column in range(6)}
    fills |= {(0, column): "#bdd7ee" for column in range(6)}
    cells = filled(BASIC, fills)
    sheet.ruled(PLAIN, cells)
    return sheet.finish(), expect(table(1, cells))
