"""Difficulties of letters: doubled, small, hidden, without a code, as outlines or as a picture."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from case import case, expect
from cells import BASIC, Cell, rows, table
from drawn import PLAIN
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont as FontFile
from placed import plain_page
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from sheet import CID, FILES, GOTHIC, MINCHO, Grid, Sheet

SMALL = rows(
    ["指標", "単位", "R6 実績"],
    ["図書館の来館者数", "人", "31,246"],
    ["公園の数", "か所", "27"],
)
SMALL_GRID = Grid(left=60, top=90, widths=[140, 60, 90], heights=[28] * 3)


def started(title: str, font: str = GOTHIC) -> Sheet:
    sheet = Sheet(title, font=font)
    sheet.pdf.setLineWidth(0.5)
    return sheet


@case("overprinted-bold", "Bold made by drawing each glyph two to four times, 0.2 pt apart.")
def overprinted_bold(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = rows(
        ["指標", "現状値", "目標値"],
        ["説明会の開催校数", "年１１１校", "年１１２校"],
        ["田んぼの学校", "22回", "延べ333回"],
        ["ささやかな集い", "11.11", "100,000"],
        ["々々会の会員", "２２２人", "２２２人"],
    )
    grid = Grid(left=60, top=90, widths=[140, 100, 100], heights=[24] * 5)
    sheet.ruled(grid, [replace(cell, text="") for cell in cells])
    for cell in cells:
        copies = {0: 4, 1: 2, 2: 3, 3: 4, 4: 2}[cell.row]
        for x, baseline, line in sheet.spot(grid, cell):
            if cell.row == 4:  # letter by letter, each doubled before the next
                at = x
                for letter in line:
                    for copy in range(copies):
                        sheet.write(at + 0.2 * copy, baseline, letter)
                    at += sheet.width(letter)
            else:
                for copy in range(copies):
                    sheet.write(x + 0.2 * (copy % 2), baseline - 0.2 * (copy // 2), line)
    return sheet.finish(), expect(table(1, cells))


@case("stroked-bold", "Bold made by filling and stroking the glyphs (text render mode 2).")
def stroked_bold(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.ruled(SMALL_GRID, [replace(cell, text="") for cell in SMALL])
    for cell in SMALL:
        for x, baseline, line in sheet.spot(SMALL_GRID, cell):
            text = sheet.pdf.beginText(x, sheet.y(baseline))
            text.setFont(sheet.font, sheet.points)
            text.setTextRenderMode(2)
            sheet.pdf.setLineWidth(0.2)
            text.textOut(line)
            sheet.pdf.drawText(text)
    return sheet.finish(), expect(table(1, SMALL))


@case("shadow-text", "Header letters have a grey shadow: a copy 0.8 pt away, drawn first.")
def shadow_text(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.pdf.setFillGray(0.75)
    for cell in SMALL[:3]:
        for x, baseline, line in sheet.spot(SMALL_GRID, cell):
            sheet.write(x + 0.8, baseline + 0.8, line)
    sheet.pdf.setFillGray(0)
    sheet.ruled(SMALL_GRID, SMALL)
    return sheet.finish(), expect(table(1, SMALL))


@case("ruby", "Small readings (ruby) stand above words.")
def ruby(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.ruled(SMALL_GRID, SMALL)
    readings = ((0, 0, "しひょう"), (3, 0, "としょかん"), (6, 0, "こうえん"))
    for index, at, reading in readings:
        for x, baseline, line in sheet.spot(SMALL_GRID, SMALL[index]):
            base = {"しひょう": 2, "としょかん": 3, "こうえん": 2}[reading]
            wide = sheet.width(line[at : at + base])
            sheet.write(x + (wide - sheet.width(reading, 4)) / 2, baseline - 9, reading, points=4)
    return sheet.finish(), expect(table(1, SMALL), leftovers=[reading for *_, reading in readings])


@case("superscript-notes", "Note marks (※1, ＊, *2) stand small and raised after words.")
def superscript_notes(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = rows(
        ["指標", "単位", "R6 実績"],
        ["図書館の来館者数※1", "人", "31,246"],
        ["空き家の登録数", "件", "12＊"],
        ["公園の数", "か所", "27*2"],
    )
    grid = Grid(left=60, top=90, widths=[140, 60, 90], heights=[24] * 4)
    marks = {"※1", "＊", "*2"}
    plain = [
        replace(
            cell, text=next((cell.text.removesuffix(m) for m in marks if m in cell.text), cell.text)
        )
        for cell in cells
    ]
    plain = [replace(cell, align="left") for cell in plain]
    sheet.ruled(grid, plain)
    for cell, bare in zip(cells, plain, strict=True):
        mark = cell.text.removeprefix(bare.text)
        for x, baseline, line in sheet.spot(grid, bare):
            if mark:
                sheet.write(x + sheet.width(line), baseline - 3.2, mark, points=5)
    sheet.write(60, 205, "※1　分館を含む。　＊　年度途中の値。　*2　広場を除く。", points=7)
    return sheet.finish(), expect(
        table(1, cells), lines=["※1　分館を含む。　＊　年度途中の値。　*2　広場を除く。"]
    )


@case("hidden-text", "Text unpainted, white on white, clipped, tiny, covered, transparent.")
def hidden_text(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    sheet.ruled(PLAIN, BASIC)
    xs, ys = PLAIN.xs, PLAIN.ys

    sheet.pdf.saveState()
    text = sheet.pdf.beginText(xs[2] + 4, sheet.y(ys[1] + 10))
    text.setFont(sheet.font, 7)
    text.setTextRenderMode(3)
    text.textOut("987,650")
    sheet.pdf.drawText(text)
    sheet.pdf.restoreState()

    sheet.pdf.saveState()
    sheet.pdf.setFillColorRGB(1, 1, 1)
    sheet.write(xs[0] + 80, ys[2] + 15, "白文字の注", points=7)
    sheet.pdf.restoreState()

    sheet.pdf.saveState()
    clip = sheet.pdf.beginPath()
    clip.rect(xs[3] + 1, sheet.y(ys[3]), 3, 3)
    sheet.pdf.clipPath(clip, stroke=0, fill=0)
    sheet.write(xs[3] + 4, ys[2] + 9, "55,501", points=6)
    sheet.pdf.restoreState()

    sheet.write(xs[4] + 10, ys[3] + 6, "極小の文字", points=0.4)

    sheet.write(70, 250, "隠された段落です。値は77,701でした。")
    sheet.pdf.saveState()
    sheet.pdf.setFillColorRGB(0.8, 0.9, 1)
    sheet.rectangle(60, 235, 300, 260, stroke=False, fill=True)
    sheet.pdf.setFillColorRGB(0, 0, 0)
    sheet.write(70, 251, "見える段落です。")
    sheet.pdf.setFillAlpha(0)
    sheet.write(xs[0] + 80, ys[4] + 15, "透明な字", points=7)
    sheet.pdf.restoreState()
    return sheet.finish(), expect(
        table(1, BASIC),
        lines=["見える段落です。"],
        leftovers=[
            "987,650",
            "白文字の注",
            "55,501",
            "極小の文字",
            "隠された段落です。値は77,701でした。",
            "透明な字",
        ],
        remarks=["reading.hidden-text"],
    )


@case("white-on-dark", "White letters on a dark header row are visible; so are grey ones on white.")
def white_on_dark(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = [replace(cell, fill="#1f3864") if cell.row == 0 else cell for cell in BASIC]
    sheet.ruled(PLAIN, [replace(cell, text="") if cell.row == 0 else cell for cell in cells])
    sheet.pdf.setFillColorRGB(1, 1, 1)
    sheet.texts(PLAIN, cells[:6])
    sheet.pdf.setFillGray(0.85)
    sheet.write(60, 240, "薄い灰色の注記です。")
    return sheet.finish(), expect(table(1, cells), lines=["薄い灰色の注記です。"])


@case("header-without-rules", "The header row is a dark bar without rules of its own.")
def header_without_rules(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = [replace(cell, fill="#1f3864") if cell.row == 0 else cell for cell in BASIC]
    sheet.ruled(PLAIN, cells[6:])
    sheet.fills(PLAIN, cells[:6])
    sheet.pdf.setFillColorRGB(1, 1, 1)
    sheet.texts(PLAIN, cells[:6])
    return sheet.finish(), expect(table(1, cells))


# ------------------------------------------------------------------------------ codes of letters


def with_further_codes(path: str, name: str, letters: dict[str, int]) -> str:
    """A copy of a font, under another name, whose letters stand at further code points too."""
    font = FontFile(path, recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = name
    for subtable in font["cmap"].tables:
        if subtable.isUnicode():
            for letter, code in letters.items():
                subtable.cmap[code] = subtable.cmap[ord(letter)]
    copy = str(Path(tempfile.mkdtemp()) / f"{name}.ttf")
    font.save(copy)
    return copy


@case("private-use", "Two letters of the names are private-use code points (外字).")
def private_use(title: str) -> tuple[bytes, dict[str, Any]]:
    path = with_further_codes(FILES[GOTHIC], "PrivateGothic", {"祢": 0xE123, "髙": 0xE4A0})
    pdfmetrics.registerFont(TTFont("Private", path))
    sheet = started(title, font="Private")
    cells = rows(
        ["指標", "単位", "R6 実績"],
        ["\ue123宜の里の来場者数", "人", "4,210"],
        ["\ue4a0台地区の世帯数", "世帯", "318"],
    )
    sheet.ruled(SMALL_GRID, cells)
    return sheet.finish(), expect(table(1, cells), remarks=["reading.unreadable-glyph"])


def without_to_unicode(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        document.save(out, deterministic_id=True)
    return out.getvalue()


@case("no-to-unicode", "The embedded font has no ToUnicode map: its codes mean nothing.")
def no_to_unicode(title: str) -> tuple[bytes, dict[str, Any]]:
    return without_to_unicode(plain_page(title)), expect(
        table(1, BASIC), remarks=["reading.unreadable-glyph", "reading.unreadable-glyph-outside"]
    ) | {"text_known": False}


@case("actual-text", "The glyphs are radicals and odd dots; ActualText gives the letters.")
def actual_text(title: str) -> tuple[bytes, dict[str, Any]]:
    path = with_further_codes(FILES[GOTHIC], "RadicalGothic", {"長": 0x2ED1, "民": 0x2EA0})
    pdfmetrics.registerFont(TTFont("Radicals", path))
    sheet = started(title, font="Radicals")
    cells = rows(
        ["指標", "単位", "R6 実績"],
        ["市民会館・体育館の来館者", "人", "31,246"],
        ["長寿の集いの開催", "回", "27"],
    )
    sheet.ruled(SMALL_GRID, [replace(cell, text="") for cell in cells])
    for cell in cells:
        for x, baseline, line in sheet.spot(SMALL_GRID, cell):
            shown = line.translate(str.maketrans("・長民", "\u00b7\u2ed1\u2ea0"))
            if shown == line:
                sheet.write(x, baseline, line)
                continue
            code = line.encode("utf-16-be").hex().upper()
            sheet.pdf._code.append(f"/Span <</ActualText <FEFF{code}>>> BDC")
            sheet.write(x, baseline, shown)
            sheet.pdf._code.append("EMC")
    return sheet.finish(), expect(table(1, cells))


@case("unicode-twins", "The text layer holds radicals and look-alikes (⺠ ⻑ ⼾ ‧ ﾃﾞ), as printed.")
def unicode_twins(title: str) -> tuple[bytes, dict[str, Any]]:
    twins = {"民": 0x2EA0, "長": 0x2ED1, "戸": 0x2F3E, "・": 0x2027}
    path = with_further_codes(FILES[GOTHIC], "TwinGothic", twins)
    pdfmetrics.registerFont(TTFont("Twins", path))
    sheet = started(title, font="Twins")
    cells = rows(
        ["指標", "単位", "R6 実績"],
        ["市\u2ea0会館\u2027体育館の来館者", "人", "31,246"],
        ["\u2ed1寿の集い、ﾃﾞｲｻｰﾋﾞｽ", "\u2f3e", "２７"],
    )
    sheet.ruled(SMALL_GRID, cells)
    return sheet.finish(), expect(table(1, cells))


@case("vertical-writing", "Merged cells are set in a vertical writing mode (encoding -V).")
def vertical_writing(title: str) -> tuple[bytes, dict[str, Any]]:
    from placed import VERTICAL, VERTICAL_GRID, beside

    sheet = started(title, font=CID)
    upright = UnicodeCIDFont("HeiseiMin-W3", isVertical=True)
    pdfmetrics.registerFont(upright)
    plain, tall = beside(VERTICAL)
    sheet.ruled(VERTICAL_GRID, plain)
    for cell in tall:
        x0, y0, x1, y1 = VERTICAL_GRID.box(cell)
        sheet.rectangle(x0, y0, x1, y1)
        sheet.pdf.setFont(upright.fontName, 9)
        top = (y0 + y1) / 2 - len(cell.text) * 4.5
        sheet.pdf.drawString((x0 + x1) / 2, sheet.y(top), cell.text)
    return sheet.finish(), expect(table(1, VERTICAL))


# ------------------------------------------------------------------------------ no letters at all


class Outline(BasePen):
    """Draws a glyph's outline on a ReportLab path."""

    def __init__(self, glyphs: Any, path: Any, x: float, y: float, scale: float) -> None:
        super().__init__(glyphs)
        self.path, self.x, self.y, self.scale = path, x, y, scale

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        return round(self.x + point[0] * self.scale, 1), round(self.y + point[1] * self.scale, 1)

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.moveTo(*self.at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.lineTo(*self.at(pt))

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:  # noqa: N802
        self.path.curveTo(*self.at(pt1), *self.at(pt2), *self.at(pt3))

    def _closePath(self) -> None:  # noqa: N802
        self.path.close()


@case("outlined-text", "All letters of a ruled table are outlines: the page has no text.")
def outlined_text(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    font = FontFile(FILES[GOTHIC])
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = sheet.points / font["head"].unitsPerEm
    sheet.ruled(PLAIN, [replace(cell, text="") for cell in BASIC])
    for cell in BASIC:
        for x, baseline, line in sheet.spot(PLAIN, cell):
            path = sheet.pdf.beginPath()
            at = x
            for letter in line:
                name = names[ord(letter)]
                glyphs[name].draw(Outline(glyphs, path, at, sheet.y(baseline), scale))
                at += glyphs[name].width * scale
            sheet.pdf.drawPath(path, stroke=0, fill=1)
    return sheet.finish(), expect(
        table(1, BASIC), remarks=["reading.outlined-page"], kind="outlined"
    )


@case("image-only", "The page is one picture of a table, as a scanner makes it.")
def image_only(title: str) -> tuple[bytes, dict[str, Any]]:
    document = pypdfium2.PdfDocument(plain_page(title, font=GOTHIC))
    picture = document[0].render(scale=150 / 72).to_pil().convert("L").rotate(0.4, fillcolor=255)
    picture = picture.crop((80, 90, 1100, 470))
    bytes_ = io.BytesIO()
    picture.save(bytes_, "JPEG", quality=40)
    sheet = Sheet(title)
    sheet.pdf.drawImage(
        ImageReader(io.BytesIO(bytes_.getvalue())), 38, 560, 1020 * 72 / 150, 380 * 72 / 150
    )
    return sheet.finish(), expect(table(1, BASIC), remarks=["reading.scanned-page"], kind="scan")


@case("scan-with-text", "A picture of a table with an invisible text layer over it (OCR'ed scan).")
def scan_with_text(title: str) -> tuple[bytes, dict[str, Any]]:
    document = pypdfium2.PdfDocument(plain_page(title, font=MINCHO))
    picture = document[0].render(scale=100 / 72).to_pil().convert("L")
    bytes_ = io.BytesIO()
    picture.save(bytes_, "JPEG", quality=15)
    sheet = Sheet(title)
    sheet.pdf.drawImage(
        ImageReader(io.BytesIO(bytes_.getvalue())), 0, 0, sheet.size[0], sheet.size[1]
    )
    for cell in BASIC:
        for x, baseline, line in sheet.spot(PLAIN, cell):
            text = sheet.pdf.beginText(x, sheet.y(baseline))
            text.setFont(sheet.font, sheet.points)
            text.setTextRenderMode(3)
            text.textOut(line)
            sheet.pdf.drawText(text)
    return sheet.finish(), expect(table(1, BASIC), remarks=["reading.scanned-page"], kind="scan")


@case("empty-page", "Page 1 is empty; page 2 holds the table.")
def empty_page(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet(title)
    sheet.next_page()
    sheet.pdf.setLineWidth(0.5)
    sheet.ruled(SMALL_GRID, SMALL)
    cells: list[Cell] = SMALL
    return sheet.finish(), expect(table(2, cells))
