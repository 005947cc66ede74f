"""Legends that stand in the heading of the column of statuses: 評価 above A：達成率100％以上 ….

The heading is then its first word alone, and the rest a legend like those in boxes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.assemble.legend import find_legend
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary
from pipeline.legend.vocabulary import LegendVocabulary
from pipeline.model import Cell, Table

_SHORTEST = 10
"""Characters of a heading that explains two words at least."""
_PARTED = re.compile(
    r"(?P<word>[^\n(（【\[〔:：※]{2,12})\s*(?P<legend>[\n(（【\[〔※].+)", re.DOTALL
)
_BRACKETS = re.compile(r"\s*[(（【\[〔](?P<inner>.*)[)）】\]〕]\s*", re.DOTALL)


def with_legends_apart(
    tables: Sequence[Table], vocabulary: Vocabulary, words: LegendVocabulary
) -> tuple[list[Table], list[Table]]:
    """The tables with headings that are words alone, and the legends as tables of one cell."""
    left: list[Table] = []
    legends: dict[str, Table] = {}
    for table in tables:
        cells = list(table.cells)
        for at, cell in enumerate(cells):
            parted = _parted(cell, table, vocabulary, words)
            if parted is not None:
                word, legend = parted
                second = None if cell.second is None else _word_of(cell.second)
                cells[at] = replace(cell, text=word, second=second)
                legends.setdefault(legend.cells[0].text, legend)
        left.append(replace(table, cells=tuple(cells)))
    return left, list(legends.values())


def _parted(
    cell: Cell, table: Table, vocabulary: Vocabulary, words: LegendVocabulary
) -> tuple[str, Table] | None:
    """The word for statuses that a cell begins with and the legend behind it, if it holds both."""
    if len(cell.text) < _SHORTEST or (found := _PARTED.fullmatch(cell.text.strip())) is None:
        return None
    word, text = found["word"].strip(), found["legend"].strip()
    match = vocabulary.match(word)
    if match is None or match.kind != "status" or match.score < CERTAIN:
        return None
    around = _BRACKETS.fullmatch(text)
    alone = replace(
        cell,
        row=0,
        column=0,
        row_span=1,
        column_span=1,
        text=around["inner"] if around is not None else text,
        second=None,
    )
    legend = replace(table, box=cell.box, cells=(alone,))
    return (word, legend) if find_legend([legend], (), vocabulary, words) else None


def _word_of(text: str) -> str:
    found = _PARTED.fullmatch(text.strip())
    return found["word"].strip() if found is not None else text
