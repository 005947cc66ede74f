"""Text for a terminal in which Japanese characters take two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """How many columns a text takes."""
    wide = {"W", "F"}
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in wide else 1
        for c in text
    )


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled with spaces to a number of columns."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


_FIGURES = re.compile(r"[0-9.,%+<>() -]*")


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table, the first row its heading; columns of figures stand to the right."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(width, column)) for column in columns]
    right = [all(map(_FIGURES.fullmatch, column[1:])) for column in columns]
    lines = [
        "  ".join(
            pad(text, wide, right=figures)
            for text, wide, figures in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "-" * (sum(widths) + 2 * (len(widths) - 1)))
    return lines
