"""Tables of printed forms in CSV: ``\\n`` in a field is a line break of the cell."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).with_name("data")


def read_cases(name: str) -> list[dict[str, str]]:
    """The rows of one table of cases."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return [{key: value.replace("\\n", "\n") for key, value in row.items()} for row in rows]
