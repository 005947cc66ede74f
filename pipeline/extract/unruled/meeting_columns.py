"""Columns that all but meet: figures set to the right before words set to the left.

Spreadsheets leave two points between them, so that lines show one text (120目標達成).  But the
figures all end at one place and the words all begin at one right behind it, though both are of
different lengths: no text by itself does so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import BLANKS, TextLine
from pipeline.extract.unruled.gutters import Row, Span, at_gutters, is_figure, united

_SAME = 0.5
"""Points between two ends, or two beginnings, at one place."""
_NARROWEST = 0.12
"""Font sizes between the two columns, at least."""
_FEWEST = 3
"""Texts that end or begin at such a place, at least."""
_UNLIKE = 0.4
"""Font sizes by which texts of different lengths differ, at least."""


def with_meeting_columns(
    rows: Sequence[Row], gaps: list[Span], ends: Sequence[float] = ()
) -> list[Span]:
    """The gutters, with those between columns that all but meet."""
    found = [*gaps, *_where_columns_meet(rows)]
    if len(found) == len(gaps):
        return gaps
    found.sort()
    parted = [
        msgspec.structs.replace(
            row, parts=[piece for part in row.parts for piece in at_gutters(part, found)]
        )
        for row in rows
    ]
    return united(found, parted, ends)


def _where_columns_meet(rows: Sequence[Row]) -> list[Span]:
    """The spaces between figures that end at one place and words that begin at one."""
    parts = [part for row in rows for part in row.parts]
    found: list[Span] = []
    for part in parts:
        for before, after in _joints(part):
            known = any(abs(low - before) <= _SAME for low, _ in found)
            if not known and _is_side(before, after, parts, part.size):
                found.append((before, after))
    return found


def _joints(part: TextLine) -> Iterator[Span]:
    """Where figures at the start of a text end and words begin, with a space between."""
    glyphs = sorted(
        (glyph for glyph in part.glyphs if glyph.text not in BLANKS), key=lambda one: one.x0
    )
    for number, (glyph, after) in enumerate(pairwise(glyphs), 1):
        if after.x0 - glyph.x1 >= _NARROWEST * part.size:
            text = "".join(one.text for one in glyphs[:number])
            words = "".join(one.text for one in glyphs[number:])
            if is_figure(text) and text[-1:].isdigit() and words[:1].isalpha():
                yield glyph.x1, after.x0
            return


def _is_side(before: float, after: float, parts: Sequence[TextLine], size: float) -> bool:
    """Whether figures of different lengths end, and words of different lengths begin, at a side.

    No text lies across it.
    """
    starts: list[float] = []
    ends: list[float] = []
    for part in parts:
        joint = next(_joints(part), None)
        if joint is not None and abs(joint[0] - before) <= _SAME and abs(joint[1] - after) <= _SAME:
            starts.append(part.box[0])
            ends.append(part.box[2])
        elif abs(part.box[2] - before) <= _SAME and is_figure(part.text):
            starts.append(part.box[0])
        elif abs(part.box[0] - after) <= _SAME and not is_figure(part.text):
            ends.append(part.box[2])
        elif part.box[0] < after - _SAME and part.box[2] > before + _SAME:
            return False
    return all(len(at) >= _FEWEST and max(at) - min(at) >= _UNLIKE * size for at in (starts, ends))
