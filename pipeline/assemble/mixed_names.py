"""Names whose lines may be those of two rows, where no rules part the rows.

A line of a name goes on in the next one only when it is full.  A name that goes on from a short
line, and then ends with a full one, or stands below a name that does, may hold the end of one name
and the beginning of another.  How wide kana and marks are depends on the font; the lines of the
document show whether they are as wide as other letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.assemble.cut_lines import width_of
from pipeline.assemble.logical_tables import column_texts
from pipeline.assemble.read_tables import Read, roles_of_rows
from pipeline.assemble.rows_of_names import NamedRow, named_rows
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.boxes import around
from pipeline.japanese.characters import BEGIN_NO_LINE
from pipeline.model import Line, Remark, Table

_LETTER = 2
"""Width of a letter in halves."""
_KANA = 1.4
"""Halves of a letter that kana take in a proportional font, at least."""
_NARROWEST = 0.6
"""Halves that a bracket or a digit takes in one, at least."""
_NARROW = 0.97
"""Part of their size by which letters of a proportional font follow each other, at most."""
_LONG = 6
"""Letters of a line that shows how wide they are, at least."""
_WIDER = 1.3
"""Halves that a Latin letter takes, at most, as a mean over a word."""
_WORD = re.compile(r"[!-~]+")
_APART = 0.8
"""Height of a row of one line that a second line adds to it, at most, where rows stand apart."""
_BRACKETS = str.maketrans("", "", "（）「」『』【】")
"""What may be set half as wide, or hang over the end of a line."""
_SEVERAL = 3
"""Lines that go on, at least, that show how wide a full one is."""


class _Lines(NamedTuple):
    """The name of a row: whether it goes on from a short line, and whether it ends with a full."""

    row: NamedRow
    broken: bool
    open_end: bool


def mixed_names(lines: Sequence[Line], understood: Sequence[Read]) -> Iterator[Remark]:
    """A doubt for each row whose name may hold a line of another row, or lack one."""
    least = _least_width if _is_proportional(lines) else width_of
    for one in understood:
        kinds = [column.kind for column in one.header.columns] if one.header else []
        if "name" not in kinds or one.table.method == "ruled":
            continue
        at = kinds.index("name")
        texts = column_texts(one.body, at)
        widest = _widest([text.strip().split("\n") for text in texts], least)
        rows: list[_Lines] = []
        for piece in one.table.pieces:
            here = named_rows(one, piece, at)
            parted = _are_parted(piece, len(here)) or _stand_apart(here)
            rows += [_lines(row, widest, parted=parted) for row in here]
        yield from _doubted(rows)


def _is_proportional(lines: Sequence[Line]) -> bool:
    """Whether most lines of full letters are narrower than their letters would be side by side."""
    whole = [line for line in lines if line.size and _is_wide(line.text)]
    narrow = [
        line
        for line in whole
        if line.box[2] - line.box[0] < _NARROW * line.size * len(line.text.strip())
    ]
    return 2 * len(narrow) > len(whole)


def _is_wide(text: str) -> bool:
    return len(text.strip()) >= _LONG and not any(map(str.isascii, text.strip()))


def _least_width(text: str) -> float:
    """The width of a line in halves, where kana and marks may be narrow."""
    return sum(
        _KANA if "\u3000" <= char <= "\u30ff" else _NARROWEST if char.isascii() else width_of(char)
        for char in text.strip()
    )


def _widest(names: Sequence[Sequence[str]], width: Callable[[str], float]) -> float:
    """The width of a full line in halves of a letter; Latin letters and digits are of any width.

    Brackets are not counted.  Where no line that goes on is nearly as wide as the widest, names are
    broken otherwise.
    """
    whole = [line.translate(_BRACKETS) for lines in names for line in lines]
    wide = [line for line in whole if not any(map(str.isascii, line))]
    widest = max(map(width, wide or whole), default=0)
    going_on = [width(line) for lines in names for line in lines[:-1]]
    if len(going_on) >= _SEVERAL and max(going_on) + _LETTER < widest:
        return max(going_on)
    return widest


def _doubted(rows: Sequence[_Lines]) -> Iterator[Remark]:
    doubted: set[int] = set()
    for at, here in enumerate(rows):
        above = [at - 1] if at > 0 and rows[at - 1].open_end else []
        below = [at + 1] if here.open_end else []
        if here.broken and (above or below):
            doubted.update((*above, at, *below))
    for at in sorted(doubted & set(range(len(rows)))):
        row = rows[at].row
        yield Remark(
            rule="reading.line-of-two-rows",
            page=row.name.page,
            box=row.box,
            printed=row.name.text.strip(),
        )


def _lines(row: NamedRow, widest: float, *, parted: bool) -> _Lines:
    """``parted``: rules part the row from others, so that it is whole."""
    lines = row.name.text.strip().split("\n")
    broken = not parted and any(_goes_on_short(*pair, widest) for pair in pairwise(lines))
    return _Lines(row, broken, not parted and width_of(lines[-1]) >= widest - _LETTER)


def _goes_on_short(line: str, after: str, widest: float) -> bool:
    """Whether a line ends though the first letter of the next had room in it.

    Brackets are often set in a line of their own, and a Latin word is parted nowhere.  Latin
    letters and digits may be as wide as others.
    """
    line, after = line.strip(), after.strip()
    word = _WORD.match(after)
    first = _WIDER * len(word.group()) if word else _LETTER
    room = max(first, _LETTER + sum(map(str.isascii, line)))
    moved = not after[:1].isalpha() or after[1:2] in BEGIN_NO_LINE
    return not moved and width_of(line) + room <= widest


def _are_parted(piece: Table, rows: int) -> bool:
    """Whether rules, coloured grounds or the middles of all their cells part the rows of a piece.

    A line more or less would put a name off the middle of its figures.
    """
    if piece.method == "ruled" and not piece.grounds:
        return True
    told = [ground for ground in piece.grounds if ground.decision == "rows"]
    rules = sum(ground.count for ground in told if ground.sign == "rules")
    even = bool(told) and all(ground.sign == "middles" for ground in told)
    return rules >= rows or even or any(ground.sign == "colours" for ground in told)


def _stand_apart(rows: Sequence[NamedRow]) -> bool:
    """Whether rows stand further apart than the lines of one cell.

    A row of two lines is then lower than two of one line.
    """
    heights: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        _, top, _, bottom = row.name.box
        heights[row.lines].append(bottom - top)
    if not {1, 2} <= heights.keys():
        return False
    one, two = median(heights[1]), median(heights[2])
    return 0 < two - one < _APART * one


def names_between_rows(understood: Sequence[Read], vocabulary: Vocabulary) -> Iterator[Remark]:
    """A doubt for each part of a table whose names stand between the rows that are theirs.

    Each row says what it is (目標値, 実績値), the first has no name, and no rule shows how far a
    name reaches: it may stand in the middle of its rows, so that the first is above it.
    """
    for one in understood:
        kinds = [column.kind for column in one.header.columns] if one.header else []
        roles = roles_of_rows(one, vocabulary) if one.table.method != "ruled" else None
        if roles is None or "name" not in kinds or not one.body:
            continue
        name, role = one.body[0][kinds.index("name")], one.body[0][roles]
        if role is None or not role.text.strip() or (name is not None and name.text.strip()):
            continue
        cells = [cell.printed for row in one.body for cell in row if cell is not None]
        for page in sorted({cell.page for cell in cells}):
            yield Remark(
                rule="reading.line-of-two-rows",
                page=page,
                box=around([cell.box for cell in cells if cell.page == page]),
                printed=role.text.strip(),
            )
