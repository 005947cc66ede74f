"""How each step of a run grows: pages, cells, glyphs and findings doubled one at a time.

    python benchmarks/growth.py [--doublings 4] [--only pages cells glyphs findings]

Documents are written here, one size after the other: *pages* of ten rows each, a *table* of one
page that gets longer, *glyphs* of running text beside a small table, and *findings*, more and more
of the values of one document being such as nobody can read.  Printed is Markdown: processor
seconds of every step in this process, and for each doubling the ratio to the size before it.  A
step that grows no faster than the document stays near 2.0; the steps below a hundredth of a second
tell nothing, and are left without one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline import assemble, normalize, release, validate
from pipeline.desk.waiting import Desk
from pipeline.extract.read import FirstReading
from pipeline.extract.read import read_encoded as read_first
from pipeline.extract.witness import compare, parse
from pipeline.model import Origin
from pipeline.review.matter import Document, matter
from pipeline.review.page import TEXTS, review_page
from pipeline.review.pictures import draw_pages
from pipeline.review.workbook import workbook
from pipeline.settings.load import Settings, load

ROOT = Path(__file__).resolve().parent.parent
AREA, EDITION = "01999", 2025
T = TypeVar("T")
Row = tuple[str, ...]

# --------------------------------------------------------------------------- documents

HEADINGS: Row = ("指標名", "単位", "基準値", "目標値", "実績値", "備考")
WIDTHS = (200, 60, 70, 70, 70, 60)
HEIGHT, SIZE, MARGIN = 14, 9, 30
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UTF16-H "
    b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 "
    b"/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 709 "
    b"/StemV 80 >> >>] >>"
)


def row(number: int, *, readable: bool = True) -> Row:
    """An indicator of its own."""
    actual = str(number % 90 + 10) if readable else f"{number % 90 + 10}..5"
    return (f"施設第{number:05}号の利用者数", "人", "10", "90", actual, "")


def page(lines: list[str], rows: list[Row]) -> bytes:
    """The objects of a page: lines of text, then a ruled table."""
    height = 2 * MARGIN + HEIGHT * (len(lines) + (len(rows) + 1 if rows else 0))
    y = height - MARGIN
    drawn: list[str] = []
    for line in lines:
        y -= HEIGHT
        drawn.append(_text(MARGIN, y + 4, line))
    top = y
    for cells in (HEADINGS, *rows) if rows else ():
        x = MARGIN
        for cell, width in zip(cells, WIDTHS, strict=True):
            if cell:
                drawn.append(_text(x + 3, y - HEIGHT + 4, cell))
            x += width
        y -= HEIGHT
        drawn.append(f"{MARGIN} {y} m {x} {y} l S")
    if rows:
        edges = [MARGIN + sum(WIDTHS[:count]) for count in range(len(WIDTHS) + 1)]
        drawn.append(f"{MARGIN} {top} m {edges[-1]} {top} l S")
        drawn += [f"{edge} {top} m {edge} {y} l S" for edge in edges]
    content = "\n".join(drawn).encode()
    wide = MARGIN * 2 + sum(WIDTHS)
    box = b"/MediaBox [0 0 %d %d]" % (wide, height)
    return box + b"\0" + b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _text(x: float, y: float, text: str) -> str:
    return f"BT /F1 {SIZE} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def pdf(pages: list[bytes]) -> bytes:
    """A whole file."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        FONT,
    ]
    for at, one in enumerate(pages):
        box, content = one.split(b"\0", 1)
        objects += [
            b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (box, 5 + 2 * at),
            content,
        ]
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(made)


TITLE = "第二次白樺市総合計画 令和7年度 実施計画（令和6年度実績）"


def pages_doubled(size: int) -> bytes:
    """So many pages of ten rows."""
    return pdf(
        [
            page([TITLE] if at == 0 else [], [row(10 * at + one) for one in range(10)])
            for at in range(size)
        ]
    )


def cells_doubled(size: int) -> bytes:
    """One table with so many cells, on one page."""
    return pdf([page([TITLE], [row(one) for one in range(size // len(HEADINGS))])])


def glyphs_doubled(size: int) -> bytes:
    """So many glyphs of running text above a small table, on one page."""
    line = "市民の暮らしを支える施策を進め、将来にわたり住みよいまちを次の世代へ引き継ぐ。" * 2
    lines = [line[:50]] * (size // 50)
    return pdf([page([TITLE, *lines], [row(one) for one in range(10)])])


def findings_doubled(size: int) -> bytes:
    """Twenty-five pages of rows, of which so many have a value that cannot be read."""
    return pdf(
        [
            page(
                [TITLE] if at == 0 else [],
                [row(20 * at + one, readable=20 * at + one >= size) for one in range(20)],
            )
            for at in range(25)
        ]
    )


DOUBLED: dict[str, tuple[Callable[[int], bytes], int]] = {
    "pages": (pages_doubled, 10),
    "cells": (cells_doubled, 300),
    "glyphs": (glyphs_doubled, 2_000),
    "findings": (findings_doubled, 30),
}
"""What is doubled: the document of a size, and the first size."""

# --------------------------------------------------------------------------- steps


class Clock:
    """Processor seconds of each step."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}

    def __call__(self, name: str, step: Callable[[], T]) -> T:
        """What a step gives, its time kept."""
        begun = time.process_time()
        made = step()
        self.taken[name] = time.process_time() - begun
        return made


def steps(data: bytes, settings: Settings) -> tuple[dict[str, float], int]:
    """Processor seconds of every step of a run over a document, and how many findings it has."""
    clock = Clock()
    allowed = msgspec.structs.replace(settings.extract, max_objects=10**7, max_glyphs=10**7)
    encoded = clock("first reader", lambda: read_first(data, allowed, None))
    first = msgspec.msgpack.decode(encoded, type=FirstReading)
    second = clock("second reader", lambda: parse.read(data, None, allowed.symbols))
    extracted = clock("compare", lambda: compare.attach(first.extracted, second, first.guesses))
    assembled = clock("assemble", lambda: assemble.run(extracted, settings.assemble))
    normalized = clock(
        "normalize",
        lambda: normalize.run(assembled, settings.normalize, edition=EDITION, area_code=AREA),
    )
    validated = clock("validate", lambda: validate.run(normalized, settings.validate))
    clock(
        "release",
        lambda: release.run(
            normalized, validated, settings.release, area_code=AREA, origin=Origin()
        ),
    )
    drawn = msgspec.msgpack.decode(
        clock("pictures", lambda: draw_pages(data, None)), type=list[bytes]
    )
    desk = Desk(
        area=AREA,
        edition=EDITION,
        output="",
        corrections="",
        extracted=extracted,
        assembled=assembled,
        normalized=normalized,
        validated=validated,
    )
    document = Document(
        desk=desk, settings=settings.release, direction=settings.normalize.direction
    )
    shown: dict[str, Any] = clock("review: matter", lambda: matter(document))
    clock("review: page", lambda: review_page(shown, drawn))
    words = dict.fromkeys(TEXTS, "")
    clock("review: workbook", lambda: workbook(desk, {**shown, "words": words}, drawn))
    return clock.taken, len(validated.findings)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doublings", type=int, default=4)
    parser.add_argument("--only", nargs="+", choices=DOUBLED, default=list(DOUBLED))
    given = parser.parse_args()
    settings = load(ROOT / "tests", None, AREA)
    steps(pages_doubled(2), settings)  # what is made once is no part of any size
    for name in given.only:
        make, size = DOUBLED[name]
        sizes = [size * 2**count for count in range(given.doublings + 1)]
        taken = []
        for one in sizes:
            seconds, findings = steps(make(one), settings)
            taken.append(seconds)
            print(f"{name} {one}: {findings} findings", file=sys.stderr)
        print(f"\n| {name} | " + " | ".join(f"{one:,} | ×" for one in sizes) + " |")
        print("|-|" + "-|-|" * len(sizes))
        for step in taken[0]:
            told = [f"{taken[0][step]:.2f} | "]
            for before, after in pairwise(taken):
                long = before[step] >= 0.01
                ratio = f"{after[step] / before[step]:.1f}" if long else ""
                told.append(f"{after[step]:.2f} | {ratio}")
            print(f"| {step} | " + " | ".join(told) + " |", flush=True)


if __name__ == "__main__":
    main()
