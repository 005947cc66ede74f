"""Characters that are no text: they steer a terminal, turn a line around, or are half of a pair."""

from __future__ import annotations

import re

_CONTROLS = (
    "\x00-\x1f\x7f-\x9f"  # C0 and C1: ESC, BEL, CSI …
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of writing
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff"  # halves of pairs
)
_CONTROL = re.compile(f"[{_CONTROLS}]")
_BUT_LINES = re.compile(f"(?!\n)[{_CONTROLS}]")
REPLACEMENT = "\ufffd"


def is_control(text: str) -> bool:
    """Whether a text holds such a character."""
    return not text.isprintable() and _CONTROL.search(text) is not None


def harmless(text: str, *, lines: bool = False) -> str:
    """The text with U+FFFD for each such character; ``lines``: line feeds may stay."""
    if text.isprintable():
        return text
    return (_BUT_LINES if lines else _CONTROL).sub(REPLACEMENT, text)


def escaped(text: str, encoding: str) -> str:
    """A JSON text with escapes for such characters, and for what an encoding does not have.

    Outside its strings JSON has none of them but line feeds.
    """

    def escape(character: str) -> str:
        units = character.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))

    text = _BUT_LINES.sub(lambda found: escape(found[0]), text)
    if encoding.lower().replace("-", "") == "utf8":
        return text
    return "".join(c if _has(encoding, c) else escape(c) for c in text)


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
