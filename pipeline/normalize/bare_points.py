"""Numbers that begin with their point: .6 is 0.6, or a number whose first digits are not seen.

Some documents print all numbers below one so (.42, .41, .39).  One alone may have lost what stood
before its point: 12.6 would be 0.6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.japanese.text import number_text
from pipeline.model import Entry, IndicatorRow
from pipeline.normalize.amounts import Problem
from pipeline.normalize.columns import VALUE_KINDS

_BARE = re.compile(r"(?<![0-9.,])\.[0-9]")
_WITH_ZERO = re.compile(r"(?<![0-9.,])0\.[0-9]")
BARE_POINT = Problem(rule="number.unusual-form")
"""That digits may be missing before the point of a number."""
_OF_A_ROW = 2
_OF_A_DOCUMENT = 3


def bare_points(rows: Sequence[IndicatorRow]) -> list[tuple[Entry, ...]]:
    """The cells of each row in which a number begins with its point and may have lost digits.

    None where the document prints no zero before a point, and either the row has another such
    number or at least three rows have one while all other numbers of the document are whole.
    """
    found = [tuple(filter(_is_bare, _cells(row))) for row in rows]
    texts = [number_text(one.printed.text) for row in rows for one in _cells(row)]
    if any(map(_WITH_ZERO.search, texts)):
        return found
    throughout = sum(map(bool, found)) >= _OF_A_DOCUMENT and not any(
        "." in _BARE.sub("", text) for text in texts
    )
    return [() if throughout or len(bare) >= _OF_A_ROW else bare for bare in found]


def _cells(row: IndicatorRow) -> list[Entry]:
    return [one for one in row.entries if one.kind in VALUE_KINDS]


def _is_bare(entry: Entry) -> bool:
    return _BARE.search(number_text(entry.printed.text)) is not None
