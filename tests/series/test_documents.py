"""The planted changes, found from the paper on."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline import assemble, extract
from pipeline.editions.compare import diff
from pipeline.model import Normalized
from pipeline.normalize import run
from pipeline.settings import assemble as assemble_settings
from pipeline.settings import extract as extract_settings
from pipeline.settings.files import layers
from tests.normalize.plans import MINE, ROOT, mine
from tests.series.editions import changes, units

pytestmark = pytest.mark.slow

PDFS = {
    2025: ROOT / "raw" / "35213-mine" / "2025.pdf",
    2026: ROOT / "tests" / "data" / "editions" / "2026.pdf",
    2027: ROOT / "tests" / "data" / "editions" / "2027.pdf",
}


@cache
def read(edition: int) -> Normalized:
    folders = layers(ROOT, MINE)
    extracted = extract.run(PDFS[edition], extract_settings.load(folders, {}), second="never")
    assembled = assemble.run(extracted, assemble_settings.load(folders, {}))
    return run(assembled, mine(), edition=edition, area_code="35213")


@pytest.mark.slow
@pytest.mark.parametrize("edition", [2026, 2027])
def test_the_documents_give_exactly_the_planted_changes(edition: int) -> None:
    found = diff(read(edition - 1), read(edition), units())
    planted = {(c["kind"], c.get("name") or c["to"]) for c in changes(edition)}
    assert {(change.kind, change.name) for change in found} == planted
    assert len(found) == len(changes(edition))
