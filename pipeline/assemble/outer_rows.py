"""First and last rows of tables that no rule closes, and that are none of theirs.

A heading of the plan, or the name of the indicator whose table follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.assemble.columns import VALUES, find_header, is_dash
from pipeline.assemble.lines import lines_of
from pipeline.assemble.logical_tables import column_edges, column_index, distinct, rows_of
from pipeline.assemble.plan_tree import recognise
from pipeline.assemble.vocabulary import Vocabulary, is_measure
from pipeline.boxes import around
from pipeline.japanese.text import join_lines, match_key
from pipeline.model import Cell, Line, Table
from pipeline.settings.assemble import AssembleSettings

_NUMBER_AND_TITLE = 2
_RIGHT_OVER = 2.0
"""Font sizes from a caption to its table, at most."""
_FEWEST_AGAIN = 2
"""Times that a line stands over tables, at least, to be known as a caption elsewhere."""
_SHORTEST = 4
"""Letters of such a line, at least."""


def captions_in(lines: Sequence[Line], tables: Sequence[Table]) -> frozenset[str]:
    """The keys of the lines that stand right over a table again and again: their captions.

    So are longer ones that stand anywhere still more often.  What may be the rest of a text, by its
    brackets or for it is short, is none.
    """
    heads = [(table.page, table.box[1]) for table in tables]
    over = Counter(
        match_key(line.text)
        for line in lines
        if any(
            page == line.page and -1 <= top - line.box[3] <= _RIGHT_OVER * max(1.0, line.size)
            for page, top in heads
        )
    )
    every = Counter(match_key(line.text) for line in lines)
    often = {text for text, count in over.items() if count >= _FEWEST_AGAIN}
    often |= {t for t, count in every.items() if count > _FEWEST_AGAIN and len(t) >= 2 * _SHORTEST}
    return frozenset(text for text in often if len(text) >= _SHORTEST and text[0] != "(")


def without_last_lines(
    table: Table, families: frozenset[str], captions: frozenset[str], settings: AssembleSettings
) -> tuple[Table, list[Line]]:
    """A table that no rule closes, and the lines at its end that are headings of the plan or notes.

    They stand last in the first cell of its last row, or below what else that row alone holds.
    ``families``: those of the headings outside the tables; ``captions``: what stands over tables
    again and again, and so belongs to the next one here, too.
    """
    freed: list[Line] = []
    while found := _last_lines(table, families, captions, settings):
        table, lines = found
        freed = [*lines, *freed]
    return table, freed


def _last_lines(
    table: Table, families: frozenset[str], captions: frozenset[str], settings: AssembleSettings
) -> tuple[Table, list[Line]] | None:
    """The table without such lines of its last row, and they; ``None`` if it has none."""
    last = max((cell.row for cell in table.cells), default=0)
    filled = [cell for cell in table.cells if cell.row == last and cell.text.strip()]
    if not table.grounds or not filled or not last:
        return None
    first = min(filled, key=lambda cell: cell.column)
    if parted := _heading_over_columns(table, filled, settings):
        bottom = min(cell.box[1] for cell in filled)
        kept = [cell for cell in table.cells if cell.row < last]
        return replace(table, cells=tuple(kept), box=(*table.box[:3], bottom)), [parted]
    printed = lines_of(first, table.page)
    found = (
        at
        for at, line in enumerate(printed)
        if match_key(line.text) in captions
        or (len(filled) == 1 and re.match(settings.lines.note, line.text.strip()))
        or (
            (heading := recognise(line, settings)) is not None
            and (heading.worded or heading.family.name in families)
        )
    )
    at, alone = next(found, None), len(filled) == 1
    if at is None or not (at or alone):
        return None
    at = 0 if alone else at
    freed = [replace(line, size=0.0) for line in printed[at:]]
    kept = [cell for cell in table.cells if cell is not first and not (alone and cell.row == last)]
    if not alone:
        x0, top, x1, _ = first.box
        text = "\n".join(line.text for line in printed[:at])
        kept.append(replace(first, text=text, box=(x0, top, x1, freed[0].box[1]), second=None))
        kept.sort(key=lambda cell: (cell.row, cell.column))
    bottom = freed[0].box[1]
    x0, top, x1, _ = table.box
    return replace(table, cells=tuple(kept), box=(x0, top, x1, bottom)), freed


def _heading_over_columns(
    table: Table, filled: Sequence[Cell], settings: AssembleSettings
) -> Line | None:
    """A heading of the plan that was parted into the cells of a last row, as one line.

    The side of a column runs by chance through a space of it (基本目標5:「自治体経営」| の強化); no
    row above begins with such a heading, as those of a table of goals would.
    """
    begins = [cell.text for cell in table.cells if cell.column == 0 and cell.row < filled[0].row]
    texts = [cell.text for cell in sorted(filled, key=lambda cell: cell.column)]
    if len(filled) < _NUMBER_AND_TITLE or any("\n" in text for text in texts):
        return None
    line = Line(text="".join(texts), page=table.page, box=around([c.box for c in filled]), size=0.0)
    heading = recognise(line, settings)
    if heading is None or not heading.worded:
        return None
    others = (recognise(replace(line, text=text), settings) for text in begins)
    again = any(one is not None and one.family == heading.family for one in others)
    return None if again or any(is_measure(text) for text in texts[1:]) else line


def without_first_lines(
    table: Table, families: frozenset[str], vocabulary: Vocabulary, settings: AssembleSettings
) -> tuple[Table, list[Line]]:
    """A table that not all rules part, and the lines of its first row if they begin with a heading.

    Between the rules of two tables stands a heading of the plan, as a row that has no other text,
    over the headings of the second.
    """
    first = [cell for cell in table.cells if cell.row == 0 and cell.text.strip()]
    if table.method == "ruled" or not table.grounds or len(first) != 1 or first[0].row_span > 1:
        return table, []
    lines = [replace(line, size=0.0) for line in lines_of(first[0], table.page)]
    heading = recognise(lines[0], settings)
    kept = tuple(replace(cell, row=cell.row - 1) for cell in table.cells if cell.row)
    if not kept or heading is None or not (heading.worded or heading.family.name in families):
        return table, []
    x0, _, x1, bottom = table.box
    rest = replace(table, cells=kept, box=(x0, first[0].box[3], x1, bottom))
    rows = rows_of(rest, len(column_edges(rest)) - 1, column_index(rest))
    header = find_header(rows, vocabulary)
    return (table, []) if header is None or header.skip else (rest, lines)


def without_first_heading(table: Table, settings: AssembleSettings) -> tuple[Table, list[Line]]:
    """A table that text alone parts, and its first row as a line where that is a heading.

    Its number was read as a column of its own (1-1 | title), in which nothing else stands.
    """
    first = [cell for cell in table.cells if cell.row == 0 and cell.text.strip()]
    if table.method != "text" or len(first) != _NUMBER_AND_TITLE:
        return table, []
    number, title = sorted(first, key=lambda cell: cell.column)
    kept = tuple(replace(cell, row=cell.row - 1) for cell in table.cells if cell.row)
    beside = any(cell.column == number.column and cell.text.strip() for cell in kept)
    text = f"{number.text.strip()}\u3000{join_lines(title.text).strip()}"
    line = Line(text=text, page=table.page, box=around([number.box, title.box]), size=0.0)
    if beside or not kept or recognise(line, settings) is None:
        return table, []
    x0, _, x1, bottom = table.box
    top = min(cell.box[1] for cell in kept)
    return replace(table, cells=kept, box=(x0, top, x1, bottom)), [line]


def without_caption_of(
    below: Table | None, table: Table, vocabulary: Vocabulary
) -> tuple[Table, list[Line]]:
    """A table without ruled columns, and its last row as a line where that names the table below.

    Tables with the same headings, none of them for a name, stand one below the other, each under
    the name of its indicator; where the sides of columns run between its letters, or it is short,
    that is read as a row.  A row that says what its cells are (進捗状況 | － | A) names nothing.
    """
    if below is None or table.method == "ruled" or below.page != table.page:
        return table, []
    columns = len(column_edges(table)) - 1
    rows = rows_of(table, columns, column_index(table))
    header = find_header(rows, vocabulary)
    if header is None or len(rows) < header.skip + header.count + 2 or header.skip:
        return table, []
    heads = [[cell.text for cell in one.cells if cell.row < header.count] for one in (table, below)]
    valued = header.columns[0].kind in VALUES and "name" not in header.kinds
    texts = [cell for cell in distinct(rows[-1]) if cell.text.strip()]
    worded = bool(texts) and not any(is_measure(cell.text) or is_dash(cell.text) for cell in texts)
    worded = worded and vocabulary.match(texts[0].text) is None
    if not valued or not worded or heads[0] != heads[1] or rows[-1][0] is not texts[0]:
        return table, []
    box = around([cell.printed.box for cell in texts])
    height = round((box[3] - box[1]) * 0.6, 2)
    text = "".join(cell.text.replace("\n", "") for cell in texts)
    last = max(cell.row for cell in table.cells)
    kept = tuple(cell for cell in table.cells if cell.row < last)
    line = Line(text=text, page=table.page, box=box, size=height)
    return replace(table, cells=kept, box=(*table.box[:3], box[1])), [line]
