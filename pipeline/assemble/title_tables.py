"""Tables that head a sheet: a word for a goal or policy beside, or above, which one it is.

施策評価シート begin with such a table (基本目標 | 1 安心して暮らせるまち | 施策コード | 1-2).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.assemble.logical_tables import Placed, distinct
from pipeline.assemble.own_places import numbered
from pipeline.assemble.plan_tree import Heading
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary, is_measure
from pipeline.boxes import around
from pipeline.japanese.numerals import whole_number
from pipeline.japanese.text import match_key
from pipeline.model import Kind
from pipeline.settings.assemble import AssembleSettings, Family

_MOST_ROWS = 6
"""Rows of a table that only says what a sheet is about, at most."""
_LONGEST = 60
"""Characters of the title of a goal or policy."""
_CODE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_NUMBER_BEHIND = re.compile(r"[0-9①-⑳]{1,3}(?:-[0-9]{1,2})?$")
_NUMBERED = re.compile(r"\s*[0-9０-９]{1,2}[\s.．、:：]+\D")
_NEVER = "(?!)"
_FAMILIES: dict[Kind, Family] = {
    "goal": Family(name="titled goal", rank=3, pattern=_NEVER, loose=_NEVER),
    "policy": Family(name="titled policy", rank=6, pattern=_NEVER, loose=_NEVER, beneath="words"),
}
"""No line is such a heading; the highest word of a table gives the goal."""


def title_headings(read: Read, vocabulary: Vocabulary, settings: AssembleSettings) -> list[Heading]:
    """The goal and the policy that a table says its sheet is about, as headings; else none."""
    texts = (_with_whole_titles(distinct(row)) for row in read.table.rows)
    rows = [row for row in texts if sum(bool(cell.text.strip()) for cell in row) > 1]
    if not 0 < len(rows) <= _MOST_ROWS or not _is_of_words(rows):
        return []
    said: dict[Kind, tuple[Placed, Placed]] = {}
    for kind, word, cell in _pairs(rows, vocabulary):
        said.setdefault(kind, (word, cell))
    code = next(
        (found for cell in _cells(rows) if (found := _CODE.fullmatch(match_key(cell.text)))), None
    )
    parts = tuple(int(one) for one in code.groups() if one) if code else ()
    return [_heading(kind, *said[kind], parts, settings) for kind in _FAMILIES if kind in said]


def _with_whole_titles(cells: Sequence[Placed]) -> list[Placed]:
    """The cells of a row, a number in a cell of its own joined to the title on its right."""
    found: list[Placed] = []
    for cell in cells:
        number = match_key(found[-1].text) if found else ""
        if re.fullmatch("[0-9]{1,2}", number) and cell.text.strip() and not is_measure(cell.text):
            found[-1] = _joined(found[-1], cell)
        else:
            found.append(cell)
    return found


def _joined(number: Placed, title: Placed) -> Placed:
    printed = replace(
        title.printed,
        text=f"{number.text.strip()} {title.text}",
        box=around([number.printed.box, title.printed.box]),
    )
    return dataclasses.replace(title, first=number.first, printed=printed)


def _is_of_words(rows: Sequence[Sequence[Placed]]) -> bool:
    """Whether no cell but one with the number of the policy (1-2) is a figure."""
    return not any(
        _is_figure(cell.text) and not _CODE.fullmatch(match_key(cell.text)) for cell in _cells(rows)
    )


def _is_figure(text: str) -> bool:
    """Whether a text is a figure; a number with a gap behind it leads to a title (2 防災)."""
    return is_measure(text) and not _NUMBERED.match(text)


def _cells(rows: Sequence[Sequence[Placed]]) -> Iterator[Placed]:
    for row in rows:
        yield from (cell for cell in row if cell.text.strip())


def _pairs(
    rows: Sequence[Sequence[Placed]], vocabulary: Vocabulary
) -> Iterator[tuple[Kind, Placed, Placed]]:
    """The words for a goal or policy, each with the cell on its right, or below all of a row."""
    kinds = [[_role(cell.text, vocabulary) for cell in row] for row in rows]
    if all(kinds[0]) and len(rows) == 2:
        below = rows[1]
        if len(below) == len(kinds[0]) and not any(kinds[1]):
            yield from (
                (kind, word, cell)
                for kind, word, cell in zip(kinds[0], rows[0], below, strict=True)
                if kind in _FAMILIES and _may_be_title(cell)
            )
        return
    if 2 * sum(found[0] is not None for found in kinds) < len(rows):
        return
    for row, found in zip(rows, kinds, strict=True):
        for at, kind in enumerate(found[:-1]):
            if kind in _FAMILIES and found[at + 1] is None and _may_be_title(row[at + 1]):
                yield kind, row[at], row[at + 1]


def _may_be_title(cell: Placed) -> bool:
    text = cell.text.strip()
    return bool(text) and len(text) <= _LONGEST and not _is_figure(text)


def _role(text: str, vocabulary: Vocabulary) -> Kind | None:
    for key in (text, _NUMBER_BEHIND.sub("", match_key(text))):
        found = vocabulary.match(key)
        if found is not None and found.score == CERTAIN:
            return found.kind
    return None


def _heading(
    kind: Kind, word: Placed, cell: Placed, code: tuple[int, ...], settings: AssembleSettings
) -> Heading:
    """What a table says as a heading; its number stands in the title, behind the word or alone."""
    numbers, title = numbered(cell.printed, settings)
    behind = _NUMBER_BEHIND.search(match_key(word.text))
    if not numbers and behind:
        number = whole_number(behind.group())
        numbers = () if number is None else (number,)
    depth = list(_FAMILIES).index(kind) + 1
    of_code = code[:depth] if len(code) >= len(_FAMILIES) else ()
    if of_code and (not numbers or numbers[-1] == of_code[-1]):
        numbers = of_code
    x0, top, x1, bottom = word.printed.box[:2] + cell.printed.box[2:]
    return Heading(
        family=_FAMILIES[kind],
        numbers=numbers,
        title=title,
        page=cell.printed.page,
        top=top,
        bottom=bottom,
        first_bottom=bottom,
        left=x0,
        right=x1,
        worded=True,
    )
