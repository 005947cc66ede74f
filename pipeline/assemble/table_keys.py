"""What tells a table that nobody understood again, in this edition and in later ones.

Its headings without years do, with the roles that they have; without headings, where its columns
lie: a report keeps its form from year to year.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pipeline.assemble.columns import VALUES, holds_measures
from pipeline.assemble.layouts import layout_key
from pipeline.assemble.logical_tables import column_texts, texts
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import is_measure
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import match_key
from pipeline.settings.decisions import GivenColumn

_EDGES = "edges:"
_NEAR = 3
"""Points by which the edges of a form may move from year to year."""


def table_key(one: Read) -> str:
    """The key of a table: of its headings, of the words in its first row, or of its columns."""
    if one.header is not None and one.header.count:
        return layout_key(one.header)
    first = texts(one.table.rows[0]) if one.table.rows else []
    if any(map(is_measure, first)):
        left = one.table.edges[0]
        return _EDGES + "-".join(str(round(edge - left)) for edge in one.table.edges[1:])
    bare = "\n".join(match_key(without_years(text)) for text in first)
    return hashlib.sha256(bare.encode()).hexdigest()[:12]


def is_same_table(key: str, one: Read) -> bool:
    """Whether a key is that of a table."""
    return same_keys(key, table_key(one))


def same_keys(key: str, own: str) -> bool:
    """Whether two keys are of one form of table; columns may lie a little beside where they did."""
    if not (key.startswith(_EDGES) and own.startswith(_EDGES)):
        return key == own
    first, second = (list(map(int, text.removeprefix(_EDGES).split("-"))) for text in (key, own))
    return len(first) == len(second) and all(
        abs(left - right) <= _NEAR for left, right in zip(first, second, strict=True)
    )


def headings_of(one: Read) -> list[str]:
    """The words over the columns of a table; those of its first row, where these are none."""
    if one.header is not None and one.header.count:
        return [column.header for column in one.header.columns]
    first = texts(one.table.rows[0]) if one.table.rows else []
    return [] if any(map(is_measure, first)) else first


def bears(one: Read, given: Sequence[tuple[GivenColumn, ...]]) -> bool:
    """Whether the cells of a table may have the roles that were given to one like it."""
    if len(given) != len(one.table.edges) - 1:
        return False
    for index, parts in enumerate(given):
        cells, kinds = column_texts(one.body, index), {part.kind for part in parts}
        figures = bool(cells) and holds_measures(cells)
        if cells and ((kinds <= VALUES and not figures) or ("name" in kinds and figures)):
            return False
    return True
