"""The table that aligned lines are, without any rule."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.extract.unruled.banners import Columns, columns_with_banners
from pipeline.extract.unruled.found import Found, assembled, is_plausible, is_strewn
from pipeline.extract.unruled.gutters import Row, Span, crossed
from pipeline.extract.unruled.prose import runs_on
from pipeline.extract.unruled.rows import Level, between, grouped
from pipeline.model import Ground


def aligned_rows(block: Sequence[Row], level: Level | None = None) -> Found | None:
    """The table that a block of aligned lines is; ``None`` if it is none."""
    full = [row for row in block if row.columns > 1]
    fewest = 2 if len(full) > 1 and min(row.columns for row in full) >= 5 else 3
    if len(full) < fewest:
        return None
    parted = columns_with_banners(block)
    gaps = parted.gaps
    columns = len(gaps) + 1
    if columns < 2:
        return None
    lines = grouped(block, gaps, parted.banners, level=level)
    if len(lines) < fewest or all(runs_on(block, gaps)):
        return None
    if columns == 2 and not _two_columns(block, lines, gaps):
        return None
    ys = _sides_of(lines)
    left = min(part.box[0] for row in block for part in row.parts) - 2
    right = max(part.box[2] for row in block for part in row.parts) + 2
    table = assembled(lines, parted, ys, (left, right), "text", level=level)
    if table is not None:
        table.grounds = [
            Ground(decision="place", sign="lines", count=len(full)),
            Ground(decision="columns", sign="gutters", count=len(gaps)),
            Ground(decision="rows", sign="lines", count=len(lines)),
        ]
    if table is None or is_strewn(table):
        return None
    return table if is_plausible(table, fullest=0.55, rows=fewest) else None


def rows_in_columns(
    block: Sequence[Row], xs: Sequence[float], level: Level | None = None
) -> Found | None:
    """The rows of lines in known columns; ``None`` if a text lies across their sides."""
    gaps: list[Span] = [(x, x) for x in xs[1:-1]]
    if any(crossed(part, gaps) for row in block for part in row.parts):
        return None
    lines = grouped(block, gaps, level=level)
    table = assembled(lines, Columns(gaps), _sides_of(lines), (xs[0], xs[-1]), "text", level=level)
    if table is not None:
        table.grounds = [
            Ground(decision="columns", sign="page-end", count=len(gaps)),
            Ground(decision="rows", sign="lines", count=len(lines)),
        ]
    return table


def _sides_of(lines: Sequence[Sequence[Row]]) -> list[float]:
    """Where rows begin and end: half way between their texts."""
    first, last = lines[0][0], lines[-1][-1]
    bottom = max(row.bottom for row in lines[-1])
    return [first.top - 0.3 * first.size, *between(lines), bottom + 0.3 * last.size]


def _two_columns(block: Sequence[Row], lines: list[list[Row]], gaps: Sequence[Span]) -> bool:
    """Two columns are a table if the first is no list mark and the gutter is wide and kept."""
    middle = (gaps[0][0] + gaps[0][1]) / 2
    first = [part for row in block for part in row.parts if part.box[2] <= middle]
    if not first:
        return False
    size = median(part.size for part in first)
    wide = median(part.box[2] - part.box[0] for part in first) >= 2.5 * size
    both = sum(any(row.columns > 1 for row in line) for line in lines)
    return wide and gaps[0][1] - gaps[0][0] >= 1.2 * size and both >= 0.8 * len(lines)
