"""Rows that rules do not tell, or tell wrongly: each stands where a person sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.extract.read import read
from pipeline.settings.extract import ExtractSettings
from tests.extract.test_structure import found_places, places

FOLDER = Path(__file__).parents[1] / "data" / "rows"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_rows_and_columns_are_those_that_a_person_sees(name: str) -> None:
    facts = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    extracted = read((FOLDER / f"{name}.pdf").read_bytes(), ExtractSettings(), None).extracted
    assert found_places(extracted) == [places(table) for table in facts["tables"]]
