"""How long it takes to normalize 100,000 cells on one core.

    python benchmarks/normalize.py [CELLS]

Two runs.  The first takes rows as in the first document through the whole stage, without a
registry: seven columns, all figures different, one cell in every third row in an awkward form.
The second is the hardest case: cells in awkward forms only, each text different.  Prints seconds
of one core and cells per second, best of three.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.model import (
    Assembled,
    Document,
    Entry,
    IndicatorRow,
    Kind,
    PageInfo,
    Place,
    Printed,
)
from pipeline.normalize import run
from pipeline.normalize.cells import Reader
from pipeline.normalize.units import UnitTable
from pipeline.settings.files import layers
from pipeline.settings.normalize import load

ROOT = Path(__file__).resolve().parents[1]
BOX = (0.0, 0.0, 10.0, 10.0)
DOCUMENT = Document(sha256="0" * 64, pages=(PageInfo(number=1, width=595, height=842),))
FORMS = (
    "{:,}人",
    "▲{:,}",
    "{}.5％以上",
    "約{:,}件",
    "年{}回（5年間で{}回）",
    "{}.3%（H27年度）",
    "{} (全国16位)",
    "男性{}.1 女性{}.2",
    "{}～{}",
    "１{}人",
    "{}億2,000万円",
    "－ （R5：{}）",
    "長寿命化{}箇所 リニューアル{}箇所",
    "令和8年度までに{}回実施",
)
COLUMNS: tuple[tuple[Kind, str], ...] = (
    ("name", "目標指標・KPI"),
    ("unit", "単位"),
    ("baseline", "基準値"),
    ("target", "R6 目標"),
    ("actual", "R6 実績"),
    ("status", "達成状況"),
    ("target", "R7 目標"),
)


def awkward(count: int) -> Iterator[str]:
    """Cells in forms that need the whole grammar, each text once."""
    for number in range(count):
        yield FORMS[number % len(FORMS)].format(number, number + 1)


def rows(count: int) -> Iterator[IndicatorRow]:
    """Rows of seven cells with figures of their own."""
    chance = random.Random(1)
    odd = awkward(count)
    for number in range(count):
        figures = [f"{chance.randrange(10**6):,}" for _ in range(4)]
        if number % 3 == 0:
            figures[number % 4] = next(odd)
        cells = (f"指標その{number}", "人", *figures[:3], "未達成", figures[3])
        place = Place(goal_number=number % 5, policy_number=number % 15)
        entries = tuple(
            Entry(kind=kind, header=header, printed=Printed(text=text, page=1, box=BOX, reader="-"))
            for (kind, header), text in zip(COLUMNS, cells, strict=True)
        )
        yield IndicatorRow(place=place, entries=entries, table=0, row=number)


def best(action: Callable[[], object]) -> float:
    """Processor seconds of the fastest of three runs."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        action()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> None:
    """Print both figures."""
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    settings = load(layers(ROOT, None), {})
    plan = Assembled(
        document=DOCUMENT, title=None, places=(), indicators=tuple(rows(cells // len(COLUMNS)))
    )
    texts = list(awkward(cells))

    def read_awkward() -> None:
        reader = Reader(settings, UnitTable(settings.units))
        for text in texts:
            reader.read(text)

    for name, action in (
        (
            "whole stage, rows of seven cells",
            lambda: run(plan, settings, edition=2025, area_code=""),
        ),
        ("awkward cells only", read_awkward),
    ):
        seconds = best(action)
        print(f"{name}: {cells:,} cells in {seconds:.2f} s ({cells / seconds:,.0f} cells/s)")


if __name__ == "__main__":
    main()
