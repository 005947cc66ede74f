"""How well pages are read from pictures: scans made of a PDF against its own text.

    python benchmarks/scans.py [PDF] [--pages 3,5,6] [--manner NAME]

Printed for each manner of scanning: cells of tables found in their place, characters of them
right, cells that hold figures right, figures that are wrong and read differently when read again
(so that the cell is named), figures wrong and read alike twice, and seconds a page.  Every value
of a scan is held back in any case.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.extract import run  # noqa: E402
from pipeline.japanese.same_reading import folded  # noqa: E402
from pipeline.model import Box, Cell, Extracted  # noqa: E402
from pipeline.settings.extract import load  # noqa: E402
from tests.data.scans import Manner, scanned  # noqa: E402

MANNERS = {
    "300 dpi, clean": Manner(300),
    "200 dpi, clean": Manner(200),
    "200 dpi, tilted 0.8°, noise, JPEG 60": Manner(200, tilt=0.8, noise=10, quality=60),
    "300 dpi, tilted -1.5°, grey, noise": Manner(300, tilt=-1.5, noise=8),
    "200 dpi, a stamp over a table": Manner(200, stamp=True),
    "200 dpi, photographed: uneven light, blurred": Manner(
        200, tilt=0.4, noise=5, quality=75, blur=0.7, uneven=True
    ),
}


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def fellow(cell: Cell, page: int, read: Extracted) -> Cell | None:
    """The cell that was read where this one stands."""
    x, y = middle(cell.box)
    for table in read.tables:
        if table.page != page:
            continue
        for other in table.cells:
            x0, top, x1, bottom = other.box
            near = abs(middle(other.box)[0] - x) + abs(middle(other.box)[1] - y) < 16
            if x0 <= x <= x1 and top <= y <= bottom and near:
                return other
    return None


def measure(truth: Extracted, read: Extracted, pages: list[int]) -> dict[str, int]:
    """Counts of cells, characters and figures."""
    count = dict.fromkeys(
        ("cells", "found", "letters", "errors", "figures", "right", "named", "alike"), 0
    )
    for table in truth.tables:
        if table.page not in pages:
            continue
        for cell in table.cells:
            wanted = folded(cell.text)
            if not wanted:
                continue
            count["cells"] += 1
            count["letters"] += len(wanted)
            figure = any(one.isdigit() for one in wanted) and all(
                one in "0123456789.,%-()△▲" for one in wanted
            )
            count["figures"] += figure
            other = fellow(cell, pages.index(table.page) + 1, read)
            if other is None:
                count["errors"] += len(wanted)
                count["named"] += figure
                continue
            count["found"] += 1
            got = folded(other.text)
            count["errors"] += min(len(wanted), Levenshtein.distance(wanted, got))
            if figure and got == wanted:
                count["right"] += 1
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
    settings = load([ROOT / "schemas/default"], {})
    data = given.pdf.read_bytes()
    truth = run(data, settings, second="never")
    heads = "scan", "cells found", "characters right", "figures right", "wrong, named"
    print("|", " | ".join((*heads, "wrong, alike", "s a page")), "|")
    print("|-|-|-|-|-|-|-|")
    for name, manner in MANNERS.items():
        if given.manner not in name:
            continue
        picture = scanned(data, manner, pages)
        began = time.monotonic()
        read = run(picture, settings, second="never")
        seconds = (time.monotonic() - began) / len(pages)
        one = measure(truth, read, pages)
        print(
            f"| {name} | {one['found']} of {one['cells']} "
            f"| {100 * (1 - one['errors'] / max(one['letters'], 1)):.2f} % "
            f"| {one['right']} of {one['figures']} | {one['named']} | {one['alike']} "
            f"| {seconds:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
