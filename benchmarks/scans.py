"""How well pages are read from pictures: scans made of a PDF against its own text.

    python benchmarks/scans.py [PDF] [--pages 3,5,6] [--manner NAME]

Printed for each manner of scanning: cells of tables found in their place, characters of them
right, cells that hold figures right, right ones that are certain (read alike by two engines, of
clean ink, or confirmed by the document itself), wrong ones that are taken for certain (there must
be none), figures that are wrong and read differently when read again (so that the cell is named),
figures wrong and read alike twice, and seconds a page.  What is not certain is held back.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

from msgspec.structs import replace
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline import assemble, normalize, validate
from pipeline.extract import run
from pipeline.japanese.same_reading import folded
from pipeline.model import Box, Cell, Extracted
from pipeline.settings.extract import load
from pipeline.settings.load import load as load_all
from tests.data.scans import Manner, scanned

ROOT = Path(__file__).resolve().parent.parent

_COUNTED = ("cells", "found", "figures", "right", "certain", "false", "named", "alike")

_PATIENCE = 3600.0
"""Seconds a page: on a busy machine the usual limit would end the reading, and all be missed."""
MANNERS = {
    "300 dpi, clean": Manner(300),
    "200 dpi, clean": Manner(200),
    "200 dpi, tilted 0.8°, noise, JPEG 60": Manner(200, tilt=0.8, noise=10, quality=60),
    "300 dpi, tilted -1.5°, grey, noise": Manner(300, tilt=-1.5, noise=8),
    "200 dpi, tilted 1.5°, grey, noise, JPEG 50": Manner(200, tilt=1.5, noise=14, quality=50),
    "200 dpi, a stamp over a table": Manner(200, stamp=True),
    "200 dpi, a red stamp, noise, JPEG 60": Manner(200, red=True, noise=6, quality=60),
    "200 dpi, photographed: uneven light, blurred": Manner(
        200, tilt=0.4, noise=5, quality=75, blur=0.7, uneven=True
    ),
    "200 dpi, on its side": Manner(200, tilt=-0.5, noise=6, turn=90),
    "200 dpi, on its head": Manner(200, noise=6, quality=70, turn=180),
}


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def on_scan(box: Box, size: tuple[float, float], manner: Manner) -> tuple[float, float]:
    """Where the middle of a box of a page lies on its scan."""
    x, y = middle(box)
    turn = math.radians(manner.tilt + manner.turn)
    x, y = x - size[0] / 2, y - size[1] / 2
    across = x * math.cos(turn) + y * math.sin(turn)
    down = y * math.cos(turn) - x * math.sin(turn)
    width, height = size[::-1] if manner.turn % 180 else size
    return width / 2 + across, height / 2 + down


def fellow(x: float, y: float, page: int, read: Extracted) -> Cell | None:
    """The cell that was read in a place."""
    for table in read.tables:
        if table.page != page:
            continue
        for other in table.cells:
            x0, top, x1, bottom = other.box
            near = abs(middle(other.box)[0] - x) + abs(middle(other.box)[1] - y) < 16
            if x0 <= x <= x1 and top <= y <= bottom and near:
                return other
    return None


def confirmed(read: Extracted) -> set[tuple[int, Box]]:
    """Pages and boxes of the figures that the document itself confirms."""
    known = load_all(ROOT, ROOT / "schemas/35213-mine", "35213")
    plan = assemble.run(read, known.assemble)
    typed = normalize.run(plan, known.normalize, edition=2025, area_code="35213")
    found = validate.run(typed, known.validate).confirmed
    print(f"   confirmed: {[one.by for one in found]}", file=sys.stderr)
    return {(one.page, one.box) for one in found}


def measure(truth: Extracted, read: Extracted, pages: list[int], manner: Manner) -> dict[str, int]:
    """Counts of cells, characters and figures."""
    by_document = confirmed(read)
    count = dict.fromkeys((*_COUNTED, "letters", "errors"), 0)
    for table in truth.tables:
        if table.page not in pages:
            continue
        for cell in table.cells:
            wanted = folded(cell.text)
            info = truth.document.pages[table.page - 1]
            place = on_scan(cell.box, (info.width, info.height), manner)
            number = pages.index(table.page) + 1
            other = fellow(*place, number, read)
            sure = other is not None and (other.sure or (number, other.box) in by_document)
            if other is not None and sure and folded(other.text) != wanted:
                count["false"] += 1
                print(f"   {wanted} taken for {other.text}, certain", file=sys.stderr)
            if not wanted:
                continue
            count["cells"] += 1
            count["letters"] += len(wanted)
            figure = any(one.isdigit() for one in wanted) and all(
                one in "0123456789.,%-()△▲" for one in wanted
            )
            count["figures"] += figure
            if other is None:
                count["errors"] += len(wanted)
                count["named"] += figure
                continue
            count["found"] += 1
            got = folded(other.text)
            count["errors"] += min(len(wanted), Levenshtein.distance(wanted, got))
            if figure and got == wanted:
                count["right"] += 1
                count["certain"] += sure
                if not sure:
                    print(f"   {wanted} right, not certain", file=sys.stderr)
            elif figure:
                alike = other.second is not None and folded(other.second) == got
                count["alike" if alike else "named"] += 1
                print(f"   {wanted} read as {got}, again {other.second}", file=sys.stderr)
    return count


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", type=Path, nargs="?", default=ROOT / "raw/35213-mine/2025.pdf")
    parser.add_argument("--pages", default="3,5,6,9")
    parser.add_argument("--manner", default="")
    given = parser.parse_args()
    pages = [int(one) for one in given.pages.split(",")]
    settings = replace(load([ROOT / "schemas/default"], {}), seconds_scan=_PATIENCE)
    data = given.pdf.read_bytes()
    truth = run(data, settings, second="never")
    heads = "scan", "cells found", "characters right", "figures right", "right and certain"
    wrong = "wrong and certain", "wrong, named", "wrong, alike"
    print("|", " | ".join((*heads, *wrong, "s a page")), "|")
    print("|-|-|-|-|-|-|-|-|-|")
    for name, manner in MANNERS.items():
        if given.manner not in name:
            continue
        picture = scanned(data, manner, pages)
        began = time.monotonic()
        read = run(picture, settings, second="never")
        seconds = (time.monotonic() - began) / len(pages)
        one = measure(truth, read, pages, manner)
        print(
            f"| {name} | {one['found']} of {one['cells']} "
            f"| {100 * (1 - one['errors'] / max(one['letters'], 1)):.2f} % "
            f"| {one['right']} of {one['figures']} "
            f"| {one['certain']} ({100 * one['certain'] / max(one['figures'], 1):.1f} %) "
            f"| {one['false']} | {one['named']} | {one['alike']} "
            f"| {seconds:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
