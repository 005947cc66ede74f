"""Make these reports and their truth: ``python -m tests.data.neighbours.make [NAME …]``."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pikepdf

from tests.data.neighbours import judged, mixed, paper, plans
from tests.data.neighbours.made import Report

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "difficulties")]

BROWSER = plans.TOWNS | judged.TOWNS | mixed.TOWNS


def small(pdf: bytes) -> bytes:
    """The PDF without its tree of tags, which is most of what a browser writes."""
    pikepdf.settings.set_flate_compression_level(9)
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for key in ("/StructTreeRoot", "/MarkInfo"):
            if key in document.Root:
                del document.Root[key]
        document.save(
            buffer,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return buffer.getvalue()


def make(name: str) -> int:
    """Write NAME.pdf and NAME.json; return the size of the PDF in bytes."""
    from typeset import chromium

    report: Report
    if name in BROWSER:
        report = BROWSER[name]()
        pdf = chromium(report.page())
    else:
        report, pdf = paper.TOWNS[name]()
    pdf = small(pdf)
    (HERE / f"{name}.pdf").write_bytes(pdf)
    told = json.dumps(report.facts(), ensure_ascii=False, indent=1)
    (HERE / f"{name}.json").write_text(told + "\n", encoding="utf-8")
    return len(pdf)


if __name__ == "__main__":
    for name in sys.argv[1:] or (*BROWSER, *paper.TOWNS):
        print(f"{name}: {make(name)} bytes")
