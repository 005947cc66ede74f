"""Legends without rules: the statuses side by side, below each what it means.

Or the statuses one below the other, beside each what it means (:func:`from_columns`).

::

        ◎               ○                △
    目標値以上    目標値未満、基準値    基準値未満
                     を上回った
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.assemble.legend_sentences import in_half_width, spellings
from pipeline.assemble.lines import by_page
from pipeline.boxes import around
from pipeline.japanese.text import label
from pipeline.legend.explanations import read_explanation
from pipeline.legend.vocabulary import LegendVocabulary
from pipeline.model import FIRST_READER, Cell, LegendRow, Line, Printed, Table

_FEWEST = 3
"""Statuses side by side, at least: two may stand anywhere."""
_LEVEL = 0.3
"""Sizes by which what stands side by side may differ in height."""
_NOTE = re.compile(r"\s*(?:[※＊*]|[(（]?注)")
_FIRST_GAP, _GAP = 2.5, 1.2
"""Sizes between the statuses and the first line below them, and between lines, at most."""


def from_rows(
    lines: Sequence[Line], words: LegendVocabulary, statuses: Sequence[str]
) -> Iterator[tuple[LegendRow, ...]]:
    """The legends of lines outside tables."""
    known = set(spellings((*words.words.all, *statuses)))
    for head in _levels([line for line in lines if line.text.strip() in known]):
        level = [line for line in lines if _is_level(line, head[0])]
        named = {label(line.text) for line in head}
        if len(head) >= _FEWEST and len(level) == len(head) == len(named):
            found = _legend(head, _below(head, lines), words)
            if found:
                yield found


def from_columns(
    lines: Sequence[Line], words: LegendVocabulary, statuses: Sequence[str]
) -> Iterator[tuple[LegendRow, ...]]:
    """The legends of lines outside tables of which each begins with a status, far from the rest."""
    known = set(spellings((*words.words.all, *statuses)))
    on_page = by_page(lines)
    heads = [line for line in lines if line.text.strip() in known]
    pairs = [
        (head, beside[0])
        for head in heads
        if len(beside := [one for one in on_page[head.page] if _is_beside(one, head)]) == 1
        and head.box[2] < beside[0].box[0]
    ]
    while pairs:
        own = [pair for pair in pairs if _in_column(pair, pairs[0])]
        pairs = [pair for pair in pairs if not any(pair is one for one in own)]
        statuses_here = [head for head, _ in own]
        if len({label(head.text) for head in statuses_here}) == len(own) >= _FEWEST:
            told = [_with_lines_below(beside, on_page[beside.page]) for _, beside in own]
            found = _legend(statuses_here, told, words)
            if found:
                yield found


def _in_column(pair: Sequence[Line], first: Sequence[Line]) -> bool:
    """Whether a status and what it means begin below another's, or the statuses have one middle."""
    (word, told), (over, above) = pair, first
    lefts = abs(word.box[0] - over.box[0]) <= over.size
    middles = abs(word.box[0] + word.box[2] - over.box[0] - over.box[2]) <= over.size
    below = abs(told.box[0] - above.box[0]) <= above.size
    return word.page == over.page and (lefts or middles) and below


def _is_beside(line: Line, head: Line) -> bool:
    return line is not head and _is_level(line, head)


def _with_lines_below(last: Line, lines: Sequence[Line]) -> str:
    """What a status means, with the lines of its page that go on right below, nothing beside."""
    texts = [last.text.strip()]
    for line in sorted(lines, key=lambda one: one.box[1]):
        near = 0 <= line.box[1] - last.box[3] <= _GAP * last.size
        if near and abs(line.box[0] - last.box[0]) <= last.size:
            if _NOTE.match(line.text) or any(_is_beside(other, line) for other in lines):
                break
            texts.append(line.text.strip())
            last = line
    return "".join(texts)


def with_rests(rows: Sequence[Sequence[Cell | None]]) -> list[list[Cell | None]]:
    """Rows that no rules part, those of rests of some cells put to the row that these stand in.

    No note is such a rest.
    """
    found: list[list[Cell | None]] = []
    for row in rows:
        above = found[-1] if found else []
        filled = {at: cell for at, cell in enumerate(row) if cell is not None and cell.text.strip()}
        over = {at: cell for at, cell in enumerate(above) if cell is not None and cell.text.strip()}
        notes = any(_NOTE.match(cell.text) for cell in filled.values())
        if notes or not filled or len(filled) == len(row) or filled.keys() - over.keys():
            found.append(list(row))
            continue
        for at, cell in filled.items():
            above[at] = _whole(over[at], cell)
    return found


def _whole(above: Cell, below: Cell) -> Cell:
    """A cell and its rest."""
    seconds = above.second, below.second
    second = None if None in seconds else "\n".join(filter(None, seconds))
    box = around([above.box, below.box])
    return replace(above, text=f"{above.text}\n{below.text}", second=second, box=box)


def from_rows_of(
    table: Table, words: LegendVocabulary, statuses: Sequence[str]
) -> tuple[LegendRow, ...]:
    """The legend in two rows of a table whose columns are not its own, in order."""
    known = set(spellings((*words.words.all, *statuses)))
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    for above, below in pairwise(rows.values()):
        told = [piece for cell in below for piece in cell.text.split()]
        named = {label(cell.text) for cell in above}
        statuses_alone = all(cell.text.strip() in known for cell in above)
        if statuses_alone and _FEWEST <= len(above) == len(told) == len(named):
            head = [Line(text=cell.text, page=table.page, box=cell.box, size=0) for cell in above]
            return _legend(head, told, words)
    return ()


def _legend(
    head: Sequence[Line], told: Sequence[str], words: LegendVocabulary
) -> tuple[LegendRow, ...]:
    """The statuses with what is told of them; none unless each is told, and most compare."""
    compared = sum(read_explanation(text, words.legend).kind == "conditions" for text in told)
    if len(told) != len(head) or not all(told) or 2 * compared <= len(head):
        return ()
    return tuple(
        LegendRow(word=_printed(line, in_half_width(line.text.strip())), rule=_printed(line, text))
        for line, text in zip(head, told, strict=True)
    )


def _printed(line: Line, text: str) -> Printed:
    return Printed(text=text, page=line.page, box=line.box, reader=FIRST_READER)


def _is_level(line: Line, other: Line) -> bool:
    near = abs(line.box[1] - other.box[1]) <= _LEVEL * other.size
    return line.page == other.page and near


def _levels(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand side by side, from left to right."""
    levels: list[list[Line]] = []
    for line in lines:
        level = next((one for one in levels if _is_level(line, one[0])), None)
        if level is None:
            levels.append([line])
        else:
            level.append(line)
    return [sorted(level, key=lambda line: line.box[0]) for level in levels]


def _below(head: Sequence[Line], lines: Sequence[Line]) -> list[str]:
    """What stands under each word of a row, down to a gap; nothing where it cannot be parted."""
    middles = [(line.box[0] + line.box[2]) / 2 for line in head]
    edges = [(one + other) / 2 for one, other in pairwise(middles)]
    texts = ["" for _ in head]
    bottom, gap = head[0].box[3], _FIRST_GAP
    under = [one for one in lines if one.page == head[0].page and one.box[1] >= bottom]
    for line in sorted(under, key=lambda line: line.box[1]):
        if line.box[1] - bottom > gap * line.size or abs(line.size - head[0].size) > 1:
            break
        columns = _columns(line, edges)
        pieces = [line.text.strip()] if len(columns) == 1 else line.text.split()
        if len(pieces) != len(columns):
            return []
        for at, piece in zip(columns, pieces, strict=True):
            texts[at] += piece
        bottom, gap = max(bottom, line.box[3]), _GAP
    return texts


def _columns(line: Line, edges: Sequence[float]) -> list[int]:
    """The columns that a line stands in, by where they part."""
    reach = line.size / 2
    first = sum(edge <= line.box[0] + reach for edge in edges)
    last = sum(edge < line.box[2] - reach for edge in edges)
    return list(range(first, max(first, last) + 1))
