"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.pdf.primitives import Glyph, Run
from pipeline.extract.unruled.gutters import Row, rows_of
from pipeline.settings.extract import ExtractSettings

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def settings() -> ExtractSettings:
    """The settings as they are without any file."""
    return ExtractSettings()


@pytest.fixture(scope="session")
def report() -> Path:
    """The first document, reconstructed."""
    return DATA.parent.parent / "raw" / "35213-mine" / "2025.pdf"


def glyphs_at(
    text: str,
    x: float = 0.0,
    y: float = 100.0,
    *,
    size: float = 10.0,
    advance: float = 1.0,
    run: Run | None = None,
    index: int = 0,
) -> list[Glyph]:
    """Upright glyphs of one text object, each ``advance`` font sizes wide."""
    run = run or Run(size, 0, 0, 0)
    step = advance * size
    return [
        Glyph(
            character,
            x + number * step,
            y,
            x + number * step,
            y - 0.88 * size,
            x + (number + 1) * step,
            y + 0.12 * size,
            index + number,
            run,
        )
        for number, character in enumerate(text)
    ]


def lines_below(*texts: dict[int, str]) -> list[Row]:
    """Lines of texts at their left edges, 14 points below one another; a letter is 5 points."""
    glyphs = [
        glyph
        for number, row in enumerate(texts)
        for x, text in row.items()
        for glyph in glyphs_at(text, x=x, y=100 + 14 * number, advance=0.5)
    ]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    return rows_of(glyphs)
