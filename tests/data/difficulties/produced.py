"""Difficulties of the file itself and of further producers: encodings, streams, page trees."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
from case import case, expect
from cells import BASIC, rows, table
from drawn import PLAIN
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from lettered import SMALL, SMALL_GRID, started, without_to_unicode
from placed import TWO_LEVELS, plain_page
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import CIDFont
from sheet import CID, FILES, GOTHIC, Grid, segments
from typeset import (
    EPOCH,
    MADE,
    chromium,
    html_page,
    html_table,
    typeset,
    typst_page,
    typst_table,
    undated,
)

HEADING = "指標の達成状況"

# ------------------------------------------------------------------------------ other producers


def by_cairo(pdf: bytes) -> bytes:
    """The same pages written anew by cairo (``pdftocairo``)."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        source.write_bytes(pdf)
        environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
        command = ["pdftocairo", "-pdf", str(source), str(target)]
        subprocess.run(command, check=True, capture_output=True, env=environment)
        return undated(target.read_bytes())


@case("cairo", "Written by cairo: a form XObject a page, rules as fills, text glyph by glyph.")
def cairo(title: str) -> tuple[bytes, dict[str, Any]]:
    return by_cairo(plain_page(title)), expect(table(1, BASIC), lines=[HEADING])


@case("cairo-of-chromium", "A page of Chromium written anew by cairo.")
def cairo_of_chromium(title: str) -> tuple[bytes, dict[str, Any]]:
    pdf = by_cairo(chromium(html_page(title, html_table(TWO_LEVELS))))
    return pdf, expect(table(1, TWO_LEVELS))


@case("fpdf", "Written by fpdf2: a bordered cell each, fonts subset with CID codes.")
def fpdf(title: str) -> tuple[bytes, dict[str, Any]]:
    pdf = FPDF(format="A4", unit="pt")
    pdf.set_creation_date(__import__("datetime").datetime(2025, 1, 1))
    pdf.set_title(f"Test data: {title}")
    pdf.set_subject(MADE)
    pdf.add_font("Gothic", fname=FILES[GOTHIC])
    pdf.set_font("Gothic", size=9)
    pdf.add_page()
    widths = [120, 40, 70, 70, 70, 70]
    for row in range(5):
        line = [cell for cell in BASIC if cell.row == row]
        for cell, width in zip(line, widths, strict=True):
            pdf.cell(
                width,
                20,
                cell.text,
                border=1,
                align={"right": "R"}.get(cell.align, "L"),
                new_x=XPos.RIGHT if cell.column < 5 else XPos.LMARGIN,
                new_y=YPos.TOP if cell.column < 5 else YPos.NEXT,
            )
    return bytes(pdf.output()), expect(table(1, BASIC))


@case("matplotlib", "Drawn by matplotlib: Type 3 fonts; below it a chart that is not a table.")
def matplotlib_table(title: str) -> tuple[bytes, dict[str, Any]]:
    import matplotlib as mpl

    mpl.use("pdf")
    from matplotlib import pyplot as plt

    cells = rows(
        ["Indicator", "2023", "2024"],
        ["Library loans", "118,200", "119,874"],
        ["Household waste", "4,310", "4,082"],
        ["Parks", "26", "27"],
    )
    lines = [[cell.text for cell in cells if cell.row == row] for row in range(4)]
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(6, 6))
    upper.axis("off")
    upper.table(cellText=lines, loc="center", colWidths=[0.4, 0.2, 0.2])
    lower.bar(["2023", "2024"], [26, 27])
    lower.set_title("Parks")
    buffer = io.BytesIO()
    metadata = {"Title": f"Test data: {title}", "Subject": MADE, "CreationDate": None}
    figure.savefig(buffer, format="pdf", metadata=metadata)
    plt.close(figure)
    return buffer.getvalue(), expect(table(1, cells), lines=["Parks"])


# ------------------------------------------------------------------------------ letters and codes


@case("condensed-text", "Letters are set at 60 % of their width (長体) and one cell is raised.")
def condensed_text(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    cells = rows(
        ["指標", "単位", "基準値", "R6 実績"],
        ["有害鳥獣による農作物の被害額（年度の計）", "千円", "18,420,315", "17,996,204"],
        ["図書館と分館の来館者数の合計", "人", "1,031,246", "1,030,588"],
    )
    grid = Grid(left=60, top=90, widths=[130, 30, 40, 40], heights=[24] * 3)
    sheet.ruled(grid, [replace(cell, text="") for cell in cells])
    for cell in cells:
        for _, baseline, line in sheet.spot(grid, cell):
            text = sheet.pdf.beginText(grid.box(cell)[0] + 3, sheet.y(baseline))
            text.setFont(sheet.font, sheet.points)
            text.setHorizScale(60)
            if cell.row == 2 and cell.column == 0:
                text.setRise(2)
            text.textOut(line)
            sheet.pdf.drawText(text)
    return sheet.finish(), expect(table(1, cells))


@case("kerned-spaces", "English words are parted by gaps in TJ arrays; there is no space glyph.")
def kerned_spaces(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title, font="Helvetica")
    cells = rows(
        ["Indicator of the plan", "Unit", "Actual 2024"],
        ["Loans of the library", "books", "119,874"],
        ["Vacant houses listed so far", "houses", "9"],
    )
    grid = Grid(left=60, top=90, widths=[150, 60, 90], heights=[24] * 3)
    sheet.ruled(grid, [replace(cell, text="") for cell in cells])
    for cell in cells:
        for x, baseline, line in sheet.spot(grid, cell):
            words = " -300 ".join(f"({word})" for word in line.split(" "))
            sheet.pdf.setFont(sheet.font, sheet.points)
            name = sheet.pdf._doc.getInternalFontName(sheet.font)
            sheet.pdf._code.append(
                f"BT {name} {sheet.points} Tf {x:.2f} {sheet.y(baseline):.2f} Td [{words}] TJ ET"
            )
    return sheet.finish(), expect(table(1, cells))


@case("shift-jis-font", "A font that is not embedded, its codes in Shift JIS (90ms-RKSJ-H).")
def shift_jis_font(title: str) -> tuple[bytes, dict[str, Any]]:
    font = CIDFont("HeiseiMin-W3", "90ms-RKSJ-H")
    pdfmetrics.registerFont(font)
    sheet = started(title, font=CID)
    sheet.ruled(PLAIN, [replace(cell, text="") for cell in BASIC])
    for cell in BASIC:
        for x, baseline, line in sheet.spot(PLAIN, cell):
            sheet.pdf.setFont(font.fontName, 9)
            name = sheet.pdf._doc.getInternalFontName(font.fontName)
            code = line.encode("cp932").hex()
            sheet.pdf._code.append(
                f"BT {name} 9 Tf {x:.2f} {sheet.y(baseline):.2f} Td <{code}> Tj ET"
            )
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet.finish())) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Encoding") == "/90ms-RKSJ-H":
                # half width, as the character set has it
                thing.DescendantFonts[0]["/W"] = pikepdf.Array([231, 632, 500])
        document.save(out, deterministic_id=True)
    return out.getvalue(), expect(table(1, BASIC))


@case(
    "soft-hyphens",
    "Words are broken with hyphens at line ends; a cell holds a tab and no-break blanks.",
)
def soft_hyphens(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title, font="Helvetica")
    cells = rows(
        ["Indicator", "Unit", "Actual"],
        ["Participants in further educa-\ntion courses", "persons", "2,150"],
        ["Electricity from photo-\nvoltaic panels", "kWh", "3\u00a0500"],
    )
    grid = Grid(left=60, top=90, widths=[150, 60, 80], heights=[20, 32, 32])
    sheet.ruled(grid, cells)
    return sheet.finish(), expect(table(1, cells))


@case("no-to-unicode-cid", "A font with two-byte codes (Identity-H) and no ToUnicode map: (cid:n).")
def no_to_unicode_cid(title: str) -> tuple[bytes, dict[str, Any]]:
    columns = "(120pt, 40pt, 70pt, 70pt, 70pt, 70pt)"
    pdf = without_to_unicode(typeset(typst_page(title, typst_table(BASIC, columns))))
    return pdf, expect(table(1, BASIC), remarks=["reading.unreadable-glyph"]) | {
        "text_known": False
    }


# ------------------------------------------------------------------------------ files


def rewritten(pdf: bytes, **options: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, **options)
    return out.getvalue()


@case("object-streams", "Objects in compressed streams, linearised for the web.")
def object_streams(title: str) -> tuple[bytes, dict[str, Any]]:
    pdf = rewritten(
        plain_page(title),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        linearize=True,
        deterministic_id=True,
    )
    return pdf, expect(table(1, BASIC), lines=[HEADING])


@case("empty-password", "Encrypted, but with an empty password for reading: it must be read.")
def empty_password(title: str) -> tuple[bytes, dict[str, Any]]:
    encryption = pikepdf.Encryption(owner="owner of the test", user="", R=6)
    pdf = rewritten(plain_page(title), encryption=encryption)
    return pdf, expect(table(1, BASIC), lines=[HEADING])


@case("split-content", "The content is an array of streams, cut between operands and operators.")
def split_content(title: str) -> tuple[bytes, dict[str, Any]]:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_page(title))) as document:
        page = document.pages[0]
        tokens = page.Contents.read_bytes().split(b"\n")
        parts = [b"\n".join(tokens[start : start + 7]) for start in range(0, len(tokens), 7)]
        page.Contents = pikepdf.Array([pikepdf.Stream(document, part) for part in parts])
        document.save(out, deterministic_id=True)
    return out.getvalue(), expect(table(1, BASIC), lines=[HEADING])


@case(
    "inherited-page",
    "Page size, resources and /Rotate stand in the page tree's node, not the page.",
)
def inherited_page(title: str) -> tuple[bytes, dict[str, Any]]:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_page(title))) as document:
        page = document.pages[0].obj
        node = page.Parent
        node.MediaBox = pikepdf.Array([-100, -50, 495.28, 791.89])
        node.Rotate = -360
        node.Resources = page.Resources
        for key in ("/MediaBox", "/Resources", "/Rotate"):
            if key in page:
                del page[key]
        content = page.Contents.read_bytes()
        shifted = b"1 0 0 1 -100 -50 cm\n" + content
        page.Contents = pikepdf.Stream(document, shifted)
        document.save(out, deterministic_id=True)
    return out.getvalue(), expect(table(1, BASIC), lines=[HEADING])


@case(
    "revised-file",
    "An update at the end of the file replaces the page; the old one is still in it.",
)
def revised_file(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title, font="Helvetica")
    cells = rows(
        ["Indicator", "Unit", "Actual"],
        ["Library visits", "persons", "31,246"],
        ["Parks", "places", "27"],
    )
    old = [replace(cell, text="11,111") if cell.text == "31,246" else cell for cell in cells]
    sheet.ruled(SMALL_GRID, old)
    first = rewritten(
        sheet.finish(),
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
    )
    with pikepdf.open(io.BytesIO(first)) as document:
        content = document.pages[0].Contents
        number, size = content.objgen[0], len(document.objects) + 1
        new = content.read_bytes().replace(b"(11,111)", b"(31,246)")
        root = document.Root.objgen[0]
    start = len(first)
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(new), new)
    before = int(first.rsplit(b"startxref", 1)[1].split()[0])
    table_at = start + len(body)
    trailer = (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (number, start, size, root, before, table_at)
    )
    return first + body + trailer, expect(table(1, cells))


@case(
    "scaled-units",
    "The page is drawn in millimetres times 100, with nested matrices and huge widths.",
)
def scaled_units(title: str) -> tuple[bytes, dict[str, Any]]:
    sheet = started(title)
    unit = 72 / 25.4 / 100
    sheet.pdf.saveState()
    sheet.pdf.transform(unit, 0, 0, -unit, 0, sheet.size[1])
    sheet.pdf.setLineWidth(0.5 / unit)
    for x0, y0, x1, y1 in segments(SMALL_GRID, SMALL):
        sheet.pdf.line(x0 / unit, y0 / unit, x1 / unit, y1 / unit)
    for cell in SMALL:
        for x, baseline, line in sheet.spot(SMALL_GRID, cell):
            sheet.pdf.saveState()
            sheet.pdf.transform(1, 0, 0, -1, x / unit, baseline / unit)
            sheet.pdf.setFont(sheet.font, sheet.points / unit)
            sheet.pdf.drawString(0, 0, line)
            sheet.pdf.restoreState()
    sheet.pdf.restoreState()
    return sheet.finish(), expect(table(1, SMALL))
