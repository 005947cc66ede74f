"""Balances whose figures stand in brackets, as accounts print what is below zero: 社会増減数 (178).

Brackets alone may mean a figure for reference.  They are a minus sign where the name is that of a
balance, each figure of the row stands in them, and the target is better than the baseline only so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.japanese.text import label, match_key
from pipeline.model import Kind, Printed
from pipeline.normalize.cells import BRACKETED, Reading

_OF_BRACKETS = re.compile(r"[(（]\s*[)）]|括弧|カッコ|かっこ|[(（]\s*[)）]?\s*内")
"""What a note has that says how brackets are meant."""


def speaks_of_brackets(notes: Iterable[Printed]) -> bool:
    """Whether a note of the document says how brackets are meant."""
    return any(_OF_BRACKETS.search(label(note.text)) for note in notes)


def is_below_zero(
    name: str, readings: Sequence[tuple[Kind, Reading]], balances: Sequence[str]
) -> bool:
    """Whether the figures of a row are negative by their brackets.

    ``readings``: the baselines, targets and actuals of the row; ``balances``: words in names of
    what may be negative and is the better the greater it is.
    """
    key = match_key(name)
    if not any(word in key for word in balances):
        return False
    figures: dict[Kind, list[Decimal]] = {}
    for kind, reading in readings:
        numbers = [piece for piece in reading.pieces if piece.number is not None]
        if any(piece.part != BRACKETED or piece.number is None for piece in numbers):
            return False
        figures.setdefault(kind, []).extend(abs(one.number) for one in numbers if one.number)
    baselines, targets = figures.get("baseline", []), figures.get("target", [])
    return bool(baselines and targets) and max(targets) < min(baselines)
