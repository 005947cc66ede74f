"""Every cell and line of the real papers is read, and nothing on them becomes a number by chance.

Skipped where the papers are not at hand; they are no part of the project.  What is recognised on
pictures of pages goes through the whole chain in ``tests/extract/test_scans.py``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import extract
from pipeline.errors import ShihyoError
from pipeline.japanese.text import label, match_key, number_text
from pipeline.normalize.cells import Reader
from pipeline.normalize.units import UnitTable
from pipeline.settings import extract as extract_settings
from pipeline.settings.files import layers
from tests.normalize.plans import ROOT, defaults

CORPUS = ROOT.parent / "shared" / "corpus" / "jp"
PAPERS = sorted(CORPUS.glob("*.pdf")) if CORPUS.is_dir() else []

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not PAPERS, reason="the real papers are not at hand"),
]


TELEPHONE = re.compile(r"\d{2,4}-\d{2,4}-\d{4}|\d{3}-\d{4}|.*\d:\d\d.*", re.DOTALL)
"""Telephone numbers, post codes and opening hours."""


def texts_of(path: Path) -> tuple[str, ...]:
    settings = extract_settings.load(layers(ROOT, None), {})
    try:
        found = extract.run(path, settings, second="never", ocr=False)
    except ShihyoError:
        return ()
    cells = (cell.text for table in found.tables for cell in table.cells)
    return (*cells, *(line.text for line in found.lines))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_text_is_read_and_no_telephone_number_is_a_number(path: Path) -> None:
    reader = Reader(defaults(), UnitTable(defaults().units))
    for text in texts_of(path):
        for fold in (label, number_text, match_key):
            assert fold(fold(text)) == fold(text)
        pieces = reader.read(text).pieces
        for piece in pieces:
            values = (piece.number, piece.missing, piece.text)
            assert sum(value is not None for value in values) == 1
        if TELEPHONE.fullmatch(number_text(text)):
            assert all(piece.number is None for piece in pieces), text
