"""Rows that are one text over all columns: the name of a part of the table, or its unit.

Such a text lies across gutters that all rows of figures leave free.  It stands in the middle of
the table or of its columns of figures, or begins at its left edge and runs on beyond the first
column.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    body_gutters,
    columns_of,
    is_figure,
    is_lone,
    narrow_gutters,
)
from pipeline.japanese.eras import find_years

_OFF = 0.6
"""Font sizes that a text may stand beside the middle of what it is over."""
_INDENT = 2.5
"""Font sizes behind the left edge at which a text that runs over the first column begins."""
_BEYOND = 1.0
"""Font sizes by which such a text reaches into the second column, at least."""
_CURRENCIES = frozenset("$€£¥￥")
"""Signs that stand at the left of a column, away from their amounts."""
_OVERLAP = 1.0
"""Points by which a text may reach into the gutter beside it."""
_FEWEST_ROWS = 3
"""Rows of names with figures in a table with such rows, at least."""


class Columns(msgspec.Struct):
    """The gutters of lines, and the lines that are one text over columns: which ones."""

    gaps: list[Span]
    banners: dict[int, tuple[int, int]] = {}

    def over(self, line: Sequence[Row]) -> tuple[int, int] | None:
        """The columns that the text of a row is over, if it is one over several."""
        return self.banners.get(id(line[0])) if len(line) == 1 else None


def columns_with_banners(rows: Sequence[Row], ends: Sequence[float] = ()) -> Columns:
    """The gutters of lines, told by those that are not one text over all columns."""
    gaps = _gutters(rows, ends)
    banners = banners_of(rows, gaps)
    if not banners:
        return Columns(gaps)
    others = [row for row in rows if id(row) not in banners]
    without = _gutters(others, ends)
    if len(without) < len(gaps):
        return Columns(gaps)
    return Columns(without, banners_of(rows, without))


def _gutters(rows: Sequence[Row], ends: Sequence[float]) -> list[Span]:
    found = narrow_gutters(rows, body_gutters(rows, ends), ends)
    return _without_signs(found, rows)


def _without_signs(gaps: list[Span], rows: Sequence[Row]) -> list[Span]:
    """The gutters less those between signs of a currency, set flush left, and their amounts."""
    kept: list[Span] = []
    parts = [part for row in rows if names_figures(row) for part in row.parts]
    if not any(part.text in _CURRENCIES for part in parts):
        return gaps
    for gap in gaps:
        left = kept[-1][1] if kept else float("-inf")
        texts = [
            part.text
            for part in parts
            if left - _OVERLAP <= part.box[0] and part.box[2] <= gap[0] + _OVERLAP
        ]
        if not texts or any(text not in _CURRENCIES for text in texts):
            kept.append(gap)
    return kept


def banners_of(rows: Sequence[Row], gaps: Sequence[Span]) -> dict[int, tuple[int, int]]:
    """The lines that are one text over several columns of figures, by identity, with these."""
    full = [row for row in rows if is_of_figures(row)]
    if len(gaps) < 2 or len(full) < _FEWEST_ROWS:
        return {}
    left = min(row.parts[0].box[0] for row in full)
    right = max(row.parts[-1].box[2] for row in full)
    first = next(number for number, row in enumerate(rows) if row.columns > 1)
    last = max(number for number, row in enumerate(rows) if row is full[-1])
    found: dict[int, tuple[int, int]] = {}
    for row in rows[first + 1 : last]:
        over = _over(row, gaps, (left, right))
        if over and _among_figures(row, full, gaps):
            found[id(row)] = over
    return found


def names_figures(row: Row) -> bool:
    """Whether a line is a name with figures after it."""
    later = row.parts[1:]
    figures = sum(is_figure(part.text) for part in later)
    return row.columns > 1 and not is_figure(row.parts[0].text) and 2 * figures > len(later)


def is_of_figures(row: Row) -> bool:
    """Whether a line is a name with figures after it that are not all years, as in a heading."""
    figures = [part.text for part in row.parts[1:] if is_figure(part.text)]
    return names_figures(row) and not all(find_years(text) for text in figures)


def _over(row: Row, gaps: Sequence[Span], sides: Span) -> tuple[int, int] | None:
    """The columns that a line is over by its place: all, or all but the first."""
    start, end, size = row.parts[0].box[0], row.parts[-1].box[2], row.size
    text = "".join(part.text for part in row.parts)
    if not is_lone(row) or not _is_name(text):
        return None
    if start < sides[0] - size or end > sides[1] + size:
        return None
    columns = len(gaps) + 1
    middle = (start + end) / 2
    off = abs(middle - (sides[0] + sides[1]) / 2)
    off_figures = abs(middle - (gaps[0][1] + sides[1]) / 2)
    if start > sides[0] + _INDENT * size and min(off, off_figures) <= _OFF * size:
        return (0, columns) if off <= off_figures or start < gaps[0][0] else (1, columns)
    if start <= sides[0] + _INDENT * size and end >= gaps[0][1] + _BEYOND * size:
        return (0, columns)
    return None


def _is_name(text: str) -> bool:
    """Whether a text is words or a unit (1995 = 100), not a figure nor the rest of a heading."""
    if "=" in text:
        return True
    return not is_figure(text) and sum(map(str.isalpha, text)) > 1 and not text[0].islower()


def _among_figures(row: Row, full: Sequence[Row], gaps: Sequence[Span]) -> bool:
    """Whether the columns that a text stands in hold figures, so it is no line of their cells."""
    columns = columns_of(row, gaps) - {0}
    texts = [
        part
        for other in full
        for part in other.parts[1:]
        if columns_of(Row([part], other.middle, other.size), gaps) & columns
    ]
    return bool(texts) and 4 * sum(is_figure(part.text) for part in texts) >= 3 * len(texts)
