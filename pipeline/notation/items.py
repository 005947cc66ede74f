"""The items of the notation rules, one function each: where a table breaks it, and why.

Ids ``1-1`` … ``2-2`` are those of the rules for statistical tables (総務省, 2020), ``4-11`` and
``4-12`` those of the rules for CSV (e-Stat, Ver. 1.2), ``L…`` those of the list of 30 rules.
``csv-…`` are rules for CSV whose number we do not know.  Each takes a :class:`Sheet` and gives
the places that fail; what it cannot tell it does not guess.

One file, though a long one: it is a list of items, read beside the rules that they are from.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import structs

from pipeline.messages import N_
from pipeline.notation.formula import runs_as_formula
from pipeline.notation.sheets import Sheet

SIGNS = ("***", "X")
_NUMERIC_SHARE = 0.6
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DRESSED = re.compile(
    r"[△▲−－-]?[\s]*[¥￥$]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:\.[0-9]+)?\s*\D{0,4}"
    r"|[△▲−－][\s]*[0-9０-９]+(?:[.．][0-9０-９]+)?"
    r"|[¥￥$]?[0-9０-９]+(?:[.．][0-9０-９]+)?\s*(?:円|人|件|%|％|千円|万円|百万円)"
    r"|[0-9]*[０-９][0-9０-９.．]*"
)
_TWO_DATA = re.compile(r"-?[0-9][0-9,.]*\s*[（(][^)）]*[0-9][^)）]*[)）]|[0-9]+\s*※.*")
_DITTO = re.compile(r"[〃”々]|同上|同左|同前|（?同右）?")
_WIDE = r"々〇\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"0-9A-Za-z\uff10-\uff5a{_WIDE}"
_LAYOUT = re.compile(
    rf"^[\s　]|[\s　]$|[\r\n]|(?<=[{_LETTER}])　+(?=[{_LETTER}（「(])| {{2,}}|　{{2,}}"
    rf"|(?<![{_LETTER}])(?<![、。])[{_WIDE}] +[{_WIDE}](?![{_LETTER}])"
)
"""Blanks at an end, several, full-width ones between words, and letters that are spaced out."""
_ENCLOSED = re.compile(r"[\u2460-\u24ff\u3200-\u33ff\u2160-\u217f\u2116\u2121\ue000-\uf8ff]")
_JIS = ("euc_jis_2004", "cp932")
"""Codecs that tell what JIS X 0213 holds; they differ on signs such as ～."""
_ERA_ONLY = re.compile(r"(?:明治|大正|昭和|平成|令和|[MTSHR])\s*(?:元|[0-9０-９]{1,2})\s*年?度?")
_UNIT = re.compile(
    r"単位|（[^）]+）|\([^)]+\)|率|割合|比|指数|コード|番号|連番|ページ|年|ID|順|左端|右端|上端|下端"
)
_NO_FIGURES = re.compile(
    r"コード|ID|番号|電話|日付|SHA|原文|表記|郵便|緯度|経度|^(?:NO|№|項番)\.?$", re.IGNORECASE
)
_TIME = re.compile(r"[年月日期時]")
"""Headings of columns whose numbers are labels, and may be texts."""
_WITH_ZERO = re.compile(r"0[0-9]+")
"""A number that begins with a zero is a code."""
_AREA = re.compile(r"地域|自治体|市区?町村|団体|都道府県|area", re.IGNORECASE)
_FOOT = re.compile(r"^(?:※|注[)）:：0-9０-９]|（?注）|資料[:：]|出典[:：])")


class Failure(NamedTuple):
    """A place that breaks an item.  ``row`` and ``column`` count from 0; ``None``: the whole."""

    row: int | None
    column: int | None
    text: str = ""


class Item(NamedTuple):
    """One item: its id, what it asks, why, and the function that looks."""

    id: str
    asks: str
    why: str
    check: Callable[[Sheet], Iterator[Failure]]


def numeric_columns(sheet: Sheet) -> tuple[int, ...]:
    """Columns of figures: most of their values are numbers, plain or dressed; no codes."""
    found = []
    for column, name in enumerate(sheet.header):
        values = [row[column] for _, row in sheet.body if len(row) > column and row[column]]
        values = [value for value in values if value not in SIGNS]
        if set(values) <= {"0", "1"} or _NO_FIGURES.search(name):
            continue
        if any(_WITH_ZERO.fullmatch(value) for value in values):
            continue
        numbers = sum(map(_is_figure, values))
        if numbers >= _NUMERIC_SHARE * len(values):
            found.append(column)
    return tuple(found)


def _cells(sheet: Sheet, breaks: Callable[[str], object]) -> Iterator[tuple[int, int, str]]:
    """The cells whose text breaks something; each text is asked about once."""
    texts: set[str] = set().union(*sheet.rows)
    broken = {text for text in texts if text and breaks(text)}
    if broken:
        for place, row in enumerate(sheet.rows):
            for column, text in enumerate(row):
                if text in broken:
                    yield place, column, text


def _figures(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for place, row in sheet.body:
        for column in sheet.numeric or ():
            if column < len(row):
                yield place, column, row[column]


def _texts_of_figures(sheet: Sheet) -> set[str]:
    """The texts that stand in the columns of figures, each once."""
    columns = set(sheet.numeric or ())
    return {row[column] for _, row in sheet.body for column in columns if column < len(row)}


def is_readable(sheet: Sheet) -> Iterator[Failure]:
    """1-1: a table that has headings and a row."""
    if not any(True for _ in sheet.body):
        yield Failure(None, None)


def one_datum_a_cell(sheet: Sheet) -> Iterator[Failure]:
    """1-2: no number with another one or a note in its cell."""
    broken = set(filter(_TWO_DATA.fullmatch, _texts_of_figures(sheet)))
    for place, column, text in _figures(sheet) if broken else ():
        if text in broken:
            yield Failure(place, column, text)


def numbers_are_numbers(sheet: Sheet) -> Iterator[Failure]:
    """1-3: no separators, units, ▲ or full-width digits among figures; no numbers as text."""
    dressed = {
        text
        for text in _texts_of_figures(sheet)
        if not _PLAIN.fullmatch(text) and _DRESSED.fullmatch(text)
    }
    for place, column, text in _figures(sheet) if dressed or sheet.texts else ():
        as_text = (place, column) in sheet.texts and not _TIME.search(sheet.header[column])
        if text in dressed or as_text:
            yield Failure(place, column, text)


def no_merged_cells(sheet: Sheet) -> Iterator[Failure]:
    """1-4: no merged cells."""
    for place, column, merged in sheet.merged:
        yield Failure(place, column, merged)


def no_layout_by_blanks(sheet: Sheet) -> Iterator[Failure]:
    """1-5: no blanks or line breaks that only lay text out."""
    for place, column, text in _cells(sheet, _LAYOUT.search):
        yield Failure(place, column, text)


def nothing_omitted(sheet: Sheet) -> Iterator[Failure]:
    """1-6: no ditto marks; no blank for "as above" in the first column."""
    for place, column, text in _cells(sheet, lambda text: _DITTO.fullmatch(text.strip())):
        yield Failure(place, column, text)
    for place, row in sheet.body:
        if row and not row[0] and any(row):
            yield Failure(place, 0)


def no_formulas(sheet: Sheet) -> Iterator[Failure]:
    """1-7: values only; a text that would be run as a formula is one too."""
    for place, column in sheet.formulas:
        yield Failure(place, column, sheet.rows[place][column])
    if sheet.source == "csv":
        for place, column, text in _cells(sheet, runs_as_formula):
            yield Failure(place, column, text)


def no_objects(sheet: Sheet) -> Iterator[Failure]:
    """1-8: no pictures, no charts."""
    if sheet.objects:
        yield Failure(None, None, str(sheet.objects))


def units_are_stated(sheet: Sheet) -> Iterator[Failure]:
    """1-9: a column of units, a unit for the table, or one in the heading of each column."""
    if any("単位" in text for row in sheet.rows[: sheet.head + 1] for text in row):
        return
    for column in sheet.numeric or ():
        if not _UNIT.search(sheet.header[column]):
            yield Failure(sheet.head, column, sheet.header[column])


def no_odd_characters(sheet: Sheet) -> Iterator[Failure]:
    """1-10: no 機種依存文字, and none that JIS X 0213 lacks."""
    for place, column, text in _cells(sheet, _is_odd):
        yield Failure(place, column, text)


def _is_odd(text: str) -> bool:
    return not text.isascii() and (_ENCLOSED.search(text) is not None or not _in_jis(text))


def _in_jis(text: str) -> bool:
    """Whether JIS X 0213 holds every character; its dash is U+2014, which no codec gives."""
    return all(map(_is_jis, set(text.replace("—", ""))))


@lru_cache(maxsize=8192)
def _is_jis(character: str) -> bool:
    for codec in _JIS:
        try:
            character.encode(codec)
        except UnicodeEncodeError:
            continue
        return True
    return False


def years_are_western(sheet: Sheet) -> Iterator[Failure]:
    """1-11: a time code or a Western year; an era's year only beside it."""
    for place, column, text in _cells(sheet, lambda text: _ERA_ONLY.fullmatch(text.strip())):
        if not _beside_western(sheet, place, column):
            yield Failure(place, column, text)


def _beside_western(sheet: Sheet, place: int, column: int) -> bool:
    if place <= sheet.head:
        return False
    others = (t for at, t in enumerate(sheet.rows[place]) if at != column)
    return any(re.fullmatch(r"(?:1[89]|20)[0-9]{2}(?:[0-9]{6})?(?:年度?)?", t) for t in others)


def areas_have_a_code(sheet: Sheet) -> Iterator[Failure]:
    """1-12: where a column names areas, it holds a code or a full name with its kind."""
    for column, name in enumerate(sheet.header):
        if not _AREA.search(name) or "コード" in name:
            continue
        for place, row in sheet.body:
            text = row[column] if column < len(row) else ""
            if (
                text
                and text not in SIGNS
                and not re.search(r"[都道府県市区町村]$|^[0-9]{5,6}$|全国|計$", text)
            ):
                yield Failure(place, column, text)


def signs_are_those_defined(sheet: Sheet) -> Iterator[Failure]:
    """1-13: no blanks and no other signs than ``***`` and ``X`` in a column of figures.

    Rows without any text, notes and formulas are told by items of their own.
    """
    broken = {
        text for text in _texts_of_figures(sheet) if text not in SIGNS and not _is_figure(text)
    }
    if not broken:
        return
    others = {place for place, row in sheet.body if not any(row) or _is_note(row)}
    for place, column, text in _figures(sheet):
        if text in broken and place not in others and (place, column) not in sheet.formulas:
            yield Failure(place, column, text)


def no_blank_lines(sheet: Sheet) -> Iterator[Failure]:
    """2-1: no empty row or column that parts the data."""
    last = len(sheet.rows) - 1
    for place, row in enumerate(sheet.rows):
        if not any(text.strip() for text in row) and place < last:
            yield Failure(place, None)
    if len(sheet.rows) > 1:
        for column in range(len(sheet.header)):
            if not any(len(row) > column and row[column].strip() for row in sheet.rows):
                yield Failure(None, column)


def one_table(sheet: Sheet) -> Iterator[Failure]:
    """2-2: no second heading and no notes among the rows."""
    for place, row in sheet.body:
        filled = [text for text in row if text.strip()]
        if row == sheet.header and len(filled) > 1:
            yield Failure(place, None, row[0])
        elif len(sheet.header) > 1 and _is_note(row):
            yield Failure(place, row.index(filled[0]), filled[0])
        elif _begins_another(sheet, place):
            yield Failure(place, None, filled[0])


def _is_note(row: tuple[str, ...]) -> bool:
    filled = [text for text in row if text.strip()]
    return len(filled) == 1 and _FOOT.match(filled[0].strip()) is not None


def _begins_another(sheet: Sheet, place: int) -> bool:
    """Whether a row of words behind an empty row has figures below it: another table's headings."""
    if any(sheet.rows[place - 1]) or place + 1 >= len(sheet.rows):
        return False
    row = sheet.rows[place]
    filled = [column for column, text in enumerate(row) if text.strip()]
    if len(filled) < 2:
        return False
    below = sheet.rows[place + 1]
    if any(_is_figure(row[column]) for column in filled):
        return False
    return any(column < len(below) and _is_figure(below[column]) for column in filled)


def _is_figure(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_PLAIN, _DRESSED, _TWO_DATA))


def header_is_the_first_line(sheet: Sheet) -> Iterator[Failure]:
    """The headings stand in line 1, without a title above them."""
    if _has_title(sheet):
        filled = [text for text in sheet.rows[0] if text.strip()]
        yield Failure(0, 0, filled[0] if filled else "")


def _width(sheet: Sheet) -> int:
    return max((len([text for text in row if text.strip()]) for row in sheet.rows), default=0)


def _has_title(sheet: Sheet) -> bool:
    width = _width(sheet)
    filled = [text for text in (sheet.rows[0] if sheet.rows else ()) if text.strip()]
    return width > 2 and len(filled) <= max(1, width // 3)


def heading_row(sheet: Sheet) -> int:
    """The row of the headings: the first, or behind a title the first that is words throughout."""
    if not _has_title(sheet):
        return 0
    enough = max(2, round(0.6 * _width(sheet)))
    for place, row in enumerate(sheet.rows):
        filled = [text for text in row if text.strip()]
        if len(filled) >= enough and not any(map(_is_figure, filled)):
            return place
    return 0


def headers_are_unique(sheet: Sheet) -> Iterator[Failure]:
    """No heading twice, none empty."""
    seen = Counter(unicodedata.normalize("NFKC", name).strip() for name in sheet.header)
    for column, name in enumerate(sheet.header):
        if seen[unicodedata.normalize("NFKC", name).strip()] > 1 or not name.strip():
            yield Failure(sheet.head, column, name)


def rows_are_alike(sheet: Sheet) -> Iterator[Failure]:
    """Every row has as many fields as the heading."""
    for place, row in sheet.body:
        if sheet.source == "csv" and row and len(row) != len(sheet.header):
            yield Failure(place, None, str(len(row)))


def fields_are_parted_by_commas(sheet: Sheet) -> Iterator[Failure]:
    """The fields of a CSV are parted by commas, not by tabs or semicolons."""
    if sheet.source != "csv" or any(len(row) > 1 for row in sheet.rows):
        return
    for mark in ("\t", ";", "、", "|"):
        counts = {row[0].count(mark) for row in sheet.rows if row}
        if len(counts) == 1 and counts.pop():
            yield Failure(None, None, mark.strip() or "TAB")
            return


def is_unicode(sheet: Sheet) -> Iterator[Failure]:
    """The CSV is encoded in UTF-8."""
    if sheet.source == "csv" and sheet.encoding != "UTF-8":
        yield Failure(None, None, sheet.encoding)


def signs_in_csv(sheet: Sheet) -> Iterator[Failure]:
    """4-11: as 1-13, in a CSV."""
    if sheet.source == "csv":
        yield from signs_are_those_defined(sheet)


def fields_are_quoted(sheet: Sheet) -> Iterator[Failure]:
    """4-12: every field of a CSV in double quotes."""
    for place in sheet.unquoted:
        yield Failure(place, None)


def headers_are_words(sheet: Sheet) -> Iterator[Failure]:
    """A heading of one character does not say what it holds."""
    for column, name in enumerate(sheet.header):
        if len(name.strip()) == 1:
            yield Failure(sheet.head, column, name)


def no_note_marks(sheet: Sheet) -> Iterator[Failure]:
    """No ※ in the data, except where a column says that it holds text as printed."""
    for place, column, text in _cells(sheet, _has_note_mark):
        if column < len(sheet.header) and "原文" in sheet.header[column]:
            continue
        if place > sheet.head:
            yield Failure(place, column, text)


def _has_note_mark(text: str) -> bool:
    return "※" in text and len(text) <= 40 and bool(re.match(r"※|.*※[0-9０-９]*$", text))


def is_long(sheet: Sheet) -> Iterator[Failure]:
    """L3-09: years are values of a column, not columns of their own."""
    years = [
        column
        for column, name in enumerate(sheet.header)
        if re.fullmatch(
            r"(?:(?:1[89]|20)[0-9]{2}|(?:昭和|平成|令和|[SHR])(?:元|[0-9]{1,2}))(?:年度?)?",
            name.strip(),
        )
    ]
    if len(years) > 1:
        yield from (Failure(sheet.head, column, sheet.header[column]) for column in years)


ITEMS: tuple[Item, ...] = (
    Item("1-1", N_("a file of Excel or CSV"), N_("the file holds no table"), is_readable),
    Item(
        "1-2",
        N_("one datum a cell"),
        N_("a number and something else in one cell"),
        one_datum_a_cell,
    ),
    Item(
        "1-3",
        N_("numbers are numbers"),
        N_("a separator, unit, ▲ or full-width digit makes a text of the number"),
        numbers_are_numbers,
    ),
    Item("1-4", N_("no merged cells"), N_("cells are merged"), no_merged_cells),
    Item(
        "1-5",
        N_("no layout by blanks or line breaks"),
        N_("a blank or line break only lays the text out"),
        no_layout_by_blanks,
    ),
    Item("1-6", N_("nothing omitted"), N_("“as above” is not written out"), nothing_omitted),
    Item("1-7", N_("values, no formulas"), N_("a formula instead of a value"), no_formulas),
    Item("1-8", N_("no objects"), N_("pictures or charts lie on the sheet"), no_objects),
    Item("1-9", N_("units are stated"), N_("no unit is stated for the figures"), units_are_stated),
    Item(
        "1-10",
        N_("no characters that machines differ on"),
        N_("a character that machines show differently or lack (①, ㈱, Ⅱ, 😀)"),
        no_odd_characters,
    ),
    Item(
        "1-11",
        N_("time code or Western year"),
        N_("only a Japanese era's year is given"),
        years_are_western,
    ),
    Item(
        "1-12",
        N_("area code or full name"),
        N_("neither an area code nor a full name"),
        areas_have_a_code,
    ),
    Item(
        "1-13",
        N_("only *** and X stand for numbers"),
        N_("a blank or another sign in a column of figures"),
        signs_are_those_defined,
    ),
    Item(
        "2-1",
        N_("data are not parted"),
        N_("an empty row or column parts the data"),
        no_blank_lines,
    ),
    Item(
        "2-2",
        N_("one table a sheet"),
        N_("a second heading or a note among the rows"),
        one_table,
    ),
    Item(
        "csv-header",
        N_("headings in line 1"),
        N_("a title stands above the headings"),
        header_is_the_first_line,
    ),
    Item(
        "csv-names",
        N_("headings are there once each"),
        N_("a heading is empty or stands twice"),
        headers_are_unique,
    ),
    Item(
        "csv-width",
        N_("all rows have as many fields"),
        N_("the row has more or fewer fields than the headings"),
        rows_are_alike,
    ),
    Item(
        "csv-comma",
        N_("fields are parted by commas"),
        N_("another mark than a comma parts the fields"),
        fields_are_parted_by_commas,
    ),
    Item("csv-encoding", N_("encoded in UTF-8"), N_("another encoding than UTF-8"), is_unicode),
    Item("4-11", N_("in CSV, only *** and X"), N_("a blank or another sign"), signs_in_csv),
    Item(
        "4-12",
        N_("in CSV, every field in double quotes"),
        N_("a field is not in double quotes"),
        fields_are_quoted,
    ),
    Item(
        "L-headings",
        N_("headings say what they hold"),
        N_("a heading of one character"),
        headers_are_words,
    ),
    Item("L-marks", N_("no ※ in data"), N_("a note mark stands in the data"), no_note_marks),
    Item("L3-09", N_("long form"), N_("years are columns instead of values"), is_long),
)


class Result(NamedTuple):
    """What one item found in one table."""

    item: Item
    failures: tuple[Failure, ...]


def prepared(sheet: Sheet) -> Sheet:
    """The sheet with its headings and its columns of figures found, where they are not known."""
    if sheet.numeric is not None:
        return sheet
    headed = structs.replace(sheet, head=heading_row(sheet))
    return structs.replace(headed, numeric=numeric_columns(headed))


def check(sheet: Sheet) -> tuple[Result, ...]:
    """Every item, in order."""
    sheet = prepared(sheet)
    return tuple(Result(item, tuple(item.check(sheet))) for item in ITEMS)
