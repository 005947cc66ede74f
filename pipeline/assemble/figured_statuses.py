"""Statuses that are actuals: 進捗状況 is a mark in one town and the figure reached in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.assemble.columns import is_banner, is_dash
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import Vocabulary, is_measure
from pipeline.japanese.text import match_key

_MOST = 2 / 3
"""Share of figures among the filled cells under such a heading, at least."""


def with_figured_statuses(read: Sequence[Read], vocabulary: Vocabulary) -> list[Read]:
    """The tables, a column of statuses as one of actuals where figures stand below its heading.

    That is so where a table has targets and no actuals.  It is certain where another column holds
    the statuses; else only what the column holds speaks for it.
    """
    cells: dict[str, list[str]] = defaultdict(list)
    for one in read:
        for index, heading in _ambiguous(one, vocabulary):
            texts = [row[index] for row in one.body if index < len(row) and not is_banner(row)]
            cells[heading] += [cell.text for cell in texts if cell and cell.text.strip()]
    figured = {heading for heading, texts in cells.items() if _are_figures(texts)}
    return [_with_actuals(one, figured, vocabulary) for one in read]


def _ambiguous(one: Read, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    """The columns of statuses of a table with targets that lacks actuals, each with its heading.

    Only those under a word that stands over figures in some towns.
    """
    columns = one.header.columns if one.header is not None and one.header.is_indicators else ()
    kinds = [column.kind for column in columns]
    if "actual" in kinds or "target" not in kinds:
        return
    for index, column in enumerate(columns):
        match = vocabulary.match(column.header)
        if column.kind == "status" and match and vocabulary.over_figures(match.word) == "rate":
            yield index, match_key(column.header)


def _are_figures(texts: Sequence[str]) -> bool:
    """Whether most texts are figures that are no grades (1, 2, 3)."""
    filled = [text for text in texts if not is_dash(text)]
    figures = [text for text in filled if is_measure(text)]
    graded = all(len(match_key(text)) == 1 for text in figures)
    return len(figures) >= _MOST * len(filled) and not graded


def _with_actuals(one: Read, figured: set[str], vocabulary: Vocabulary) -> Read:
    statuses = [index for index, heading in _ambiguous(one, vocabulary) if heading in figured]
    if one.header is None or len(statuses) != 1:
        return one
    columns, at = list(one.header.columns), statuses[0]
    alone = sum(column.kind == "status" for column in columns) == 1
    columns[at] = replace(columns[at], kind="actual", inferred=alone)
    return replace(one, header=replace(one.header, columns=tuple(columns)))
