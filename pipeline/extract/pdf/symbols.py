"""Letters of symbol fonts, which PDFs name by private code points.

Word's bullets come as U+F0B7 in Symbol or U+F06C in Wingdings: the font says what they are.  Which
fonts and letters are known is in ``schemas/default/extract.toml``; others stay unreadable.
"""

from __future__ import annotations

from collections.abc import Mapping

Symbols = Mapping[str, Mapping[str, str]]
"""By the beginning of the font's name in small letters, then by the code in two hex digits."""


def known_symbol(font: str, character: str, symbols: Symbols) -> str | None:
    """What a letter of a symbol font is; ``None`` if the font or the letter is not known."""
    code = ord(character[0]) if len(character) == 1 else 0
    if not (0xF000 <= code <= 0xF0FF or 0x20 <= code <= 0xFF):
        return None
    name = font.rpartition("+")[2].lower()
    for start, letters in symbols.items():
        if name.startswith(start):
            return letters.get(f"{code & 0xFF:02x}")
    return None
