"""Texts that a spreadsheet would run, in quotes or not, and texts that only begin like one."""

from __future__ import annotations

import re
import unicodedata

_HEADS = "=+-@"
_FULL_WIDTH = str.maketrans(_HEADS, "＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?")

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
_OPERAND = rf"(?:[0-9]+(?:\.[0-9]+)?%?|{_CELL}|\"[^\"]*\")"
_EXPRESSION = re.compile(
    rf"[=+\-@\s(]*{_OPERAND}[\s()]*(?:[-+*/^&<>=,;][-+\s(]*{_OPERAND}[\s)]*)*", re.IGNORECASE
)
_CALL = re.compile(r"[=+\-@\s(]*[A-Z_][A-Z0-9_.]*\(", re.IGNORECASE)
_LINK = re.compile(r"[=+\-@\s(]*[^|!\s]+\|.*!", re.DOTALL)


def is_number(text: str) -> bool:
    """Whether a text is a number as people write one: ``-1,234``, ``+5``, ``46.0%``."""
    return _NUMBER.fullmatch(text) is not None


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet that opens this field would compute or fetch something.

    An expression (``=1+1``, ``+A1``), a call (``@SUM(…)``) or a link to another program; a
    full-width sign counts as its ASCII one.  Words behind a sign (＋10を知っている割合) are no
    expression, a number is no formula, and a sign alone is a mark.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded.startswith(tuple(_HEADS)) or is_number(folded):
        return False
    return any(
        (
            _EXPRESSION.fullmatch(folded) is not None,
            _CALL.match(folded) is not None,
            _LINK.match(folded) is not None,
        )
    )


def sign_in_full_width(text: str) -> str:
    """A sign at the head of a text in full width, as papers print it; a number stays one."""
    if text[:1] in _HEADS and text and not is_number(text):
        return text[0].translate(_FULL_WIDTH) + text[1:]
    return text
