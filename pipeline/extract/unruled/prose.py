"""Running text that only looks like rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.extract.unruled.gutters import Row, Span, body_gutters, crossed

_ENOUGH = 12
"""Lines that show the columns of those before them."""


def has_running_text(above: Sequence[Row], inside: Sequence[Row]) -> bool:
    """Whether two lines that follow each other lie across the columns of the others."""
    lone = [row.columns == 1 for row in inside]
    if not any(first and second for first, second in pairwise(lone)):
        return False
    gaps = body_gutters([*above[-_ENOUGH:], *inside])
    across = [
        alone and 2 * sum(crossed(part, gaps) for part in row.parts) > len(gaps) > 0
        for alone, row in zip(lone, inside, strict=True)
    ]
    return any(first and second for first, second in pairwise(across))


def is_prose(rows: Sequence[Row]) -> bool:
    """Whether most lines are one long text, or columns of running text."""
    single = [row for row in rows if row.columns == 1]
    if len(rows) >= 4 and len(single) > 0.7 * len(rows):
        return True
    gaps = body_gutters(rows)
    return bool(gaps) and len(rows) >= 8 and all(runs_on(rows, gaps))


def runs_on(rows: Sequence[Row], gaps: Sequence[Span]) -> list[bool]:
    """For each column: whether its lines fill its width, as running text does."""
    bounds = [float("-inf"), *[(low + high) / 2 for low, high in gaps], float("inf")]
    verdicts = []
    for left, right in pairwise(bounds):
        parts = [
            part
            for row in rows
            for part in row.parts
            if left <= part.box[0] and part.box[2] <= right
        ]
        if not parts:
            verdicts.append(False)
            continue
        edge = max(part.box[2] for part in parts)
        width = edge - min(part.box[0] for part in parts)
        full = sum(part.box[2] >= edge - 2 * part.size for part in parts)
        long = width > 12 * median(part.size for part in parts)
        verdicts.append(long and full > 0.6 * len(parts))
    return verdicts
