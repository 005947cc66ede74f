"""The first document, made by many producers: every indicator row is read exactly."""

from __future__ import annotations

import itertools
import json
import unicodedata
from pathlib import Path

import pytest

from pipeline.extract.read import read
from pipeline.model import Extracted
from pipeline.settings.extract import ExtractSettings
from tests.extract.conftest import DATA

pytestmark = pytest.mark.slow

FOLDER = DATA / "producers"
FIELDS = ("name", "unit", "baseline", "target", "actual", "status", "next_target")


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def expected_rows() -> list[tuple[str, ...]]:
    facts = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return [
        tuple(folded(str(indicator[field] or "")) for field in FIELDS)
        for indicator in facts["indicators"]
    ]


def rows_of(found: Extracted) -> list[list[tuple[str, ...]]]:
    """The rows of each table, as folded texts."""
    tables = []
    for table in found.tables:
        rows: dict[int, list[str]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(folded(cell.text))
        tables.append([tuple(row) for row in rows.values()])
    return tables


def is_cut(row: tuple[str, ...], tables: list[list[tuple[str, ...]]]) -> bool:
    """Whether a row ends one table and goes on in the next, each text in two pieces."""
    for first, second in itertools.pairwise(tables):
        for rest in second[:2]:
            if len(rest) == len(row) and row == tuple(
                above + below for above, below in zip(first[-1], rest, strict=False)
            ):
                return True
    return False


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.pdf")), ids=lambda path: path.stem)
def test_all_130_rows_are_exact(path: Path, settings: ExtractSettings) -> None:
    tables = rows_of(read(path.read_bytes(), settings, None).extracted)
    whole = {row for table in tables for row in table}
    whole |= {(row[0].removesuffix("※"), *row[1:]) for row in whole}
    wanted = expected_rows()
    assert len(wanted) == 130
    assert [row for row in wanted if row not in whole and not is_cut(row, tables)] == []
