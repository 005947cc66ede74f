"""Items that one table alone cannot show: what tables that belong together say of each other.

Ids are those of the list of 30 rules.  Each gives, for every table, the places that fail; what
the tables given cannot tell is not guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pipeline.messages import N_
from pipeline.notation.items import SIGNS, Failure, Item, Result, check, prepared
from pipeline.notation.sheets import Sheet

_CODE = re.compile(r"(.+?)(?:コード|ID|ＩＤ)")
_PUBLIC = re.compile(r".*(?:団体|地域|都道府県|市区?町村|自治体|時間軸?|JIS)コード")
"""Codes whose tables the state publishes."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}|(?:昭和|平成|令和)(?:元|[0-9]{1,2})")

Found = Iterator[tuple[int, Failure]]
"""The place of a table among those given, and a place in it."""


def codes_are_explained(sheets: Sequence[Sheet]) -> Found:
    """L3-02: what a code stands for is told beside it, or in a table of the codes.

    A column whose values stand once each is the key of its own rows, which explain it.
    """
    if len(sheets) < 2:
        return
    for at, sheet in enumerate(sheets):
        for column, name in enumerate(sheet.header):
            stem = _CODE.fullmatch(name.strip())
            if stem is None or _PUBLIC.fullmatch(name.strip()):
                continue
            if any(other.startswith(stem[1]) for other in sheet.header if other != name):
                continue
            if _is_key(sheet, column):
                continue
            yield from ((at, failure) for failure in _unexplained(sheets, at, column))


def _unexplained(sheets: Sequence[Sheet], at: int, column: int) -> Iterator[Failure]:
    """The whole column where no table has its codes; else the codes that the table lacks."""
    name = sheets[at].header[column]
    known: set[str] = set()
    for other in sheets:
        if other is not sheets[at] and name in other.header and len(other.header) > 1:
            place = other.header.index(name)
            if _is_key(other, place):
                known |= set(_values(other, place))
    if not known:
        yield Failure(sheets[at].head, column, name)
        return
    for row, cells in sheets[at].body:
        code = cells[column] if column < len(cells) else ""
        if code and code not in SIGNS and code not in known:
            yield Failure(row, column, code)


def _values(sheet: Sheet, column: int) -> list[str]:
    return [row[column] for _, row in sheet.body if len(row) > column]


def _is_key(sheet: Sheet, column: int) -> bool:
    values = _values(sheet, column)
    return bool(values) and len(set(values)) == len(values)


def signs_are_explained(sheets: Sequence[Sheet]) -> Found:
    """L3-03: the signs that a table uses are explained, by its metadata or on another sheet.

    Nothing is asked of a CSV whose metadata is not known, and of a sheet that stands alone.
    """
    books = [sheet for sheet in sheets if sheet.source == "excel"]
    for at, sheet in enumerate(sheets):
        if sheet.signs is None and (sheet.source != "excel" or len(books) < 2):
            continue
        used = {
            row[column]
            for _, row in sheet.body
            for column in sheet.numeric or ()
            if column < len(row) and row[column] in SIGNS
        }
        told = {sign for sign in used for other in books if _tells(other, sign)}
        missing = sorted(used - told - set(sheet.signs or ()))
        yield from ((at, Failure(None, None, sign)) for sign in missing)


def _tells(sheet: Sheet, sign: str) -> bool:
    """Whether a row of few cells pairs the sign, alone or behind a word, with a text."""
    for row in sheet.rows:
        cells = [text.strip() for text in row if text.strip()]
        named = [text for text in cells if text == sign or re.split(r"[\s　：:]", text)[-1] == sign]
        if named and 2 <= len(cells) <= 4 and any(text not in SIGNS for text in cells):
            return True
        if any(re.match(rf"{re.escape(sign)}\s*[：:＝=はが、]\s*\S", text) for text in cells):
            return True
    return False


def headings_stay(sheets: Sequence[Sheet]) -> Found:
    """L3-07: tables whose names differ in their year alone have the same headings in one order."""
    first: dict[str, Sheet] = {}
    for at, sheet in enumerate(sheets):
        if not _YEAR.search(sheet.name):
            continue
        before = first.setdefault(_YEAR.sub("#", sheet.name), sheet)
        for column, name in enumerate(sheet.header):
            expected = before.header[column] if column < len(before.header) else None
            if name != expected:
                yield at, Failure(sheet.head, column, name)
        if len(sheet.header) < len(before.header):
            yield at, Failure(sheet.head, None, before.header[len(sheet.header)])


class _Together(NamedTuple):
    """An item of several tables, and the function that looks at them."""

    item: Item
    check: Callable[[Sequence[Sheet]], Found]


def _nothing(_: Sheet) -> Iterator[Failure]:
    """One table alone breaks none of these items."""
    return iter(())


TOGETHER = (
    _Together(
        Item(
            "L3-02",
            N_("codes have a table that explains them"),
            N_("no table says what the code stands for"),
            _nothing,
        ),
        codes_are_explained,
    ),
    _Together(
        Item(
            "L3-03",
            N_("signs are explained"),
            N_("no sheet says what the sign means"),
            _nothing,
        ),
        signs_are_explained,
    ),
    _Together(
        Item(
            "L3-07",
            N_("the same headings every year"),
            N_("the heading differs from that of the first year"),
            _nothing,
        ),
        headings_stay,
    ),
)


def check_together(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, tuple[Result, ...]], ...]:
    """Every item for every table, those of one table first."""
    known = tuple(map(prepared, sheets))
    results = [list(check(sheet)) for sheet in known]
    for together in TOGETHER:
        places: dict[int, list[Failure]] = defaultdict(list)
        for at, failure in together.check(known):
            places[at].append(failure)
        for at, found in enumerate(results):
            found.append(Result(together.item, tuple(places[at])))
    return tuple((sheet, tuple(found)) for sheet, found in zip(known, results, strict=True))
