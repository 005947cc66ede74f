"""The committed fixtures hold what their expected files say, by a reading of its own."""

from __future__ import annotations

import hashlib
import json
import tomllib
import unicodedata
from pathlib import Path

import pdfplumber

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
MINE = ROOT / "raw" / "35213-mine"


def folded(text: str) -> str:
    """Text without width variants and whitespace."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def page_texts(path: Path) -> list[str]:
    with pdfplumber.open(path) as pdf:
        return [folded(page.extract_text()) for page in pdf.pages]


def table_rows(path: Path) -> list[list[str]]:
    """All rows of all tables, a row without figures joined to the one before it."""
    rows: list[list[str]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                for cells in table:
                    row = [folded(cell or "") for cell in cells]
                    if rows and len(row) == len(rows[-1]) == 7 and row[0] and not any(row[1:]):
                        rows[-1][0] += row[0]
                    else:
                        rows.append(row)
    return rows


def facts_rows(facts: dict[str, list[dict[str, str]]]) -> list[list[str]]:
    """The seven cells of every indicator of a facts file."""
    keys = ("name", "unit", "baseline", "target", "actual", "status", "next_target")
    return [
        [folded(item[key] + (item["note"] if key == "name" else "")) for key in keys]
        for item in facts["indicators"]
    ]


def test_the_reconstruction_holds_all_130_indicators() -> None:
    facts = json.loads((DATA / "mine" / "facts.json").read_text("utf-8"))
    printed = [row for row in table_rows(MINE / "2025.pdf") if len(row) == 7 and row[1] != "単位"]
    assert printed == facts_rows(facts)


def test_the_reconstruction_says_that_it_is_one() -> None:
    origin = tomllib.loads((MINE / "2025.toml").read_text("utf-8"))
    assert origin["reconstruction"] is True
    assert origin["sha256"] == hashlib.sha256((MINE / "2025.pdf").read_bytes()).hexdigest()
    with pdfplumber.open(MINE / "2025.pdf") as pdf:
        assert "reconstruction" in pdf.metadata["Subject"]
    assert "復元版" in page_texts(MINE / "2025.pdf")[0]
