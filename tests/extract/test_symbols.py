"""Letters of symbol fonts."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.symbols import known_symbol
from pipeline.settings import extract, files

SYMBOLS = extract.load([files.packaged_defaults()], {}).symbols


@pytest.mark.parametrize(
    ("font", "character", "known"),
    [
        ("Wingdings", "\uf06c", "●"),
        ("ABCDEF+Wingdings-Regular", "\uf0d8", "➢"),
        ("SymbolMT", "\uf0b7", "•"),
        ("Symbol", "\u00b7", "•"),
        ("CIDFont+F2", "\uf06c", None),
        ("Wingdings", "\uf0ff", None),
        ("PrivateGothic", "\ue123", None),
        ("Wingdings", "目", None),
    ],
)
def test_a_known_font_tells_what_its_letter_is(
    font: str, character: str, known: str | None
) -> None:
    assert known_symbol(font, character, SYMBOLS) == known
