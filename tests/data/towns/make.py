"""Make the documents of invented municipalities in this folder and the facts that they hold.

Usage: ``python make.py [NAME …]``; README.md names the packages and programs that it needs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "difficulties")]

import document  # noqa: E402
import further  # noqa: E402
import rarer  # noqa: E402
import towns  # noqa: E402
from document import Look  # noqa: E402

A4, A4_LANDSCAPE, B5 = (595.3, 841.9), (841.9, 595.3), (515.9, 728.5)
MADE = {
    "circles": (
        towns.circles,
        document.by_weasyprint,
        Look(font="IPAMincho", shade="#dce6f1", row=18),
    ),
    "bands": (towns.bands, document.by_calc, Look(page=A4_LANDSCAPE, points=9, row=36)),
    "against-base": (
        towns.against_base,
        document.by_writer,
        Look(font="IPAPMincho", margin=45, points=10.5, row=22),
    ),
    "pro-rata": (
        towns.pro_rata,
        document.by_typst,
        Look(page=B5, margin=40, row=24, repeat=False),
    ),
    "two-level": (
        further.two_level,
        document.by_chromium,
        Look(page=A4_LANDSCAPE, margin=28, font="IPAGothic", points=9, shade="#fde9d9", row=20),
    ),
    "turned": (further.turned, document.by_reportlab, Look(font="HeiseiMin-W3", points=9.5)),
    "plain": (
        further.plain,
        document.by_reportlab,
        Look(page=B5, font="IPAPMincho", points=10, row=20, repeat=False),
    ),
    "yearly-rates": (
        rarer.yearly_rates,
        document.by_writer,
        Look(page=A4_LANDSCAPE, margin=36, font="IPAGothic", points=9, row=24),
    ),
    "named-values": (rarer.named_values, document.by_typst, Look(font="IPAMincho", row=20)),
    "progress": (rarer.progress, document.by_calc, Look(font="IPAPGothic", points=10, row=20)),
    "tolerance": (rarer.tolerance, document.by_chromium, Look(font="IPAMincho", row=22)),
    "judgement": (rarer.judgement, document.by_reportlab, Look(font="IPAPGothic", points=8.5)),
    "circles-horizontal": (
        towns.circles,
        document.by_weasyprint,
        Look(font="IPAGothic", row=20, borders="1 0 1 0"),
    ),
    "two-level-writer": (
        further.two_level,
        document.by_writer,
        Look(page=A4_LANDSCAPE, margin=28, font="IPAMincho", points=9, row=20, repeat=False),
    ),
    "turned-weasyprint": (further.turned, document.by_weasyprint, Look(font="IPAGothic")),
    "circles-scan": (
        towns.circles,
        document.by_scanner,
        Look(font="IPAGothic", points=10, row=22, margin=45),
    ),
}


def make(name: str) -> int:
    """Write NAME.pdf and NAME.facts.json; return the PDF's size in bytes."""
    build, produce, look = MADE[name]
    town = build()
    pdf = produce(town.title, town.blocks, look)
    (HERE / f"{name}.pdf").write_bytes(pdf)
    facts = json.dumps(town.facts(), ensure_ascii=False, indent=1)
    (HERE / f"{name}.facts.json").write_text(facts + "\n", encoding="utf-8")
    return len(pdf)


if __name__ == "__main__":
    for name in sys.argv[1:] or MADE:
        print(f"{name}: {make(name)} bytes")
