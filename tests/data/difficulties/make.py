"""Make the small PDFs of this folder, one a difficulty, and what is to be read in each.

Usage: ``python make.py [NAME …]``; README.md names the packages and programs that it needs.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from case import CASES

HERE = Path(__file__).parent
for module in ("drawn", "placed", "lettered", "coloured", "typeset", "wild", "produced"):
    if (HERE / f"{module}.py").exists():
        importlib.import_module(module)


def make(name: str) -> int:
    """Write NAME.pdf and NAME.json; return the PDF's size in bytes."""
    case = CASES[name]
    pdf, facts = case.make(name.replace("-", " "))
    (HERE / f"{name}.pdf").write_bytes(pdf)
    facts = {"difficulty": case.difficulty, "invented": True, **facts}
    (HERE / f"{name}.json").write_text(
        json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return len(pdf)


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(CASES):
        print(f"{name}: {make(name)} bytes")
