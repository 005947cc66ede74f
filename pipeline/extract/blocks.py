"""Blocks of lines that share gutters: where a table without rules begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.rows import (
    COLUMN_GAP,
    Row,
    Span,
    body_gutters,
    crossed,
    gutters,
    usual_distance,
    wraps,
)
from pipeline.extract.text import TextLine
from pipeline.model import Box


def blocks(rows: Sequence[Row], barriers: Sequence[Box]) -> list[list[Row]]:
    """Runs of lines that share gutters."""
    found: list[list[Row]] = []
    block: list[Row] = []
    for row in rows:
        if block and not _goes_on(block, row, barriers):
            found.append(block)
            block = []
        if block or row.columns > 1:
            block.append(row)
    if block:
        found.append(block)
    return [_trimmed(block) for block in found]


def _goes_on(block: Sequence[Row], row: Row, barriers: Sequence[Box]) -> bool:
    return not _breaks_off(block, row, barriers) and _fits(block, row)


def _breaks_off(block: Sequence[Row], row: Row, barriers: Sequence[Box]) -> bool:
    """Whether a line is too far away, behind a ruled table, or of a table with more columns."""
    last = block[-1]
    distance = row.middle - last.middle
    most = max(other.columns for other in block)
    return (
        distance > max(2.2 * usual_distance(block), 3.2 * last.size)
        or distance > 6 * last.size
        or any(last.middle < box[1] < row.middle for box in barriers)
        or (len(block) > 2 and row.columns >= max(2 * most, most + 2))
    )


def _fits(block: Sequence[Row], row: Row) -> bool:
    """Whether the texts of a line keep to the columns of a block."""
    if _same_columns(block[-1], row):
        return True
    size = block[-1].size
    gaps = gutters(block, (0.5 if len(block) > 3 else COLUMN_GAP) * size)
    if not gaps:
        return False
    if not any(crossed(part, gaps) for part in row.parts):
        return row.columns > 1 or _fits_column(row.parts, gaps, block)
    if len(block) <= 2 and row.columns > max(other.columns for other in block):
        own = gutters([row], 0.5 * row.size)
        return bool(gutters([*block, row], 0.5 * row.size)) and len(own) >= 2
    return False


def _same_columns(above: Row, row: Row) -> bool:
    """Whether the texts of two lines stand one under the other, one by one."""
    return len(row.parts) == len(above.parts) > 2 and all(
        first.box[0] < second.box[2] and second.box[0] < first.box[2]
        for first, second in zip(above.parts, row.parts, strict=True)
    )


def _fits_column(parts: Sequence[TextLine], gaps: Sequence[Span], block: Sequence[Row]) -> bool:
    """Whether a lone text stands inside the width of a column."""
    start, end, size = parts[0].box[0], parts[-1].box[2], parts[0].size
    left = min(other.box[0] for row in block for other in row.parts)
    right = max(other.box[2] for row in block for other in row.parts)
    lows = [left - size, *[gap[0] + 0.4 * size for gap in gaps]]
    highs = [*[gap[1] - 0.4 * size for gap in gaps], right + size]
    return any(low <= start and end <= high for low, high in zip(lows, highs, strict=True))


def _trimmed(block: list[Row]) -> list[Row]:
    """A block without lone lines at its end that are no continuation of a cell."""
    while len(block) > 1 and block[-1].columns == 1:
        distance = block[-1].middle - block[-2].middle
        if distance <= 1.6 * block[-1].size and distance < 0.9 * max(usual_distance(block), 0.1):
            break
        if distance <= 1.05 * usual_distance(block) and wraps(
            [block[-2]], block[-1], body_gutters(block[:-1])
        ):
            break
        block = block[:-1]
    return block
