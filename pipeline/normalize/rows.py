"""One indicator row as printed → one indicator, typed; without identity and direction yet.

One file, though a little long: it is one reader, whose steps share what it has noticed of the row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import structs

from pipeline.japanese.eras import Year, find_years, header_years
from pipeline.japanese.same_reading import same_reading
from pipeline.japanese.text import join_lines, label, match_key, number_text
from pipeline.model import (
    Entry,
    Indicator,
    IndicatorRow,
    Kind,
    LegendRow,
    Observation,
    Printed,
    Record,
    Remark,
    Value,
)
from pipeline.normalize.amounts import Piece, Problem
from pipeline.normalize.balances import is_below_zero, speaks_of_brackets
from pipeline.normalize.cells import RAISED_MARKS, Reader, Reading
from pipeline.normalize.columns import VALUE_KINDS, Column, Columns
from pipeline.normalize.footnotes import plain_marks
from pipeline.normalize.units import UnitTable, is_base, unit_in_brackets
from pipeline.settings.normalize import NormalizeSettings

DISAGREE = "reading.readers-disagree"

_LONGEST_MARK = 12
_MOST_MARKS = 9
_NUMBERING = re.compile(
    r"^\s*(?:[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴]|[(（][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．](?=\D)|[・◇◆□■•])\s*"
)
"""Numbers and bullets before a name are no part of it."""
_REFERENCE_ONLY = "number.reference-only"
_ONLY_IN_BRACKETS = "number.only-in-brackets"
_BELOW_ZERO = "number.below-zero-in-brackets"
_NOT_SEPARATED = "reading.cells-not-separated"
_IN_WORDS = "number.in-words"
_MORE_THAN_A_NUMBER = frozenset({"number.several", _IN_WORDS})
_OF_SEVERAL = frozenset({"number.several", "number.unreadable"})
_MARK = re.compile(r"[^\w\s]")
_BEFORE_STATUS = re.compile(r"[-▲△+]?[0-9][0-9,.]*%?\s?(?P<word>\D.*)")
_FIGURE = re.compile(r"[-▲△+]?[0-9][0-9,.]*(?![0-9年月回度か])")
_BETWEEN = re.compile(r"\s+|(?<=[)）])(?=[-▲△+]?[0-9０-９])")
"""What parts a number from what stands beside it: a blank, or the bracket that says its year."""
_DASH_APART = re.compile(r"[-－‐‑–—―−ーｰ]\s+[0-9０-９]")
_PAIRS = (("(", ")"), ("「", "」"), ("【", "】"), ("『", "』"))
_ENDS_IN_A_FIGURE = re.compile(r"[0-9][0-9,.]*(?:%?\)?|[^\W0-9_]{1,3})$")
"""The unit may stand behind it: 9,000人."""
_WORDS = "number.words-among-figures"
_SAYS_MORE = re.compile(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ()（）年]")
"""What a heading has that gives a year, well read or not."""
_LIKE_DIGITS = re.compile(r"[0-9.,一二三四五六七八九〇口ロニハ〡OoIl|#①-⑳-]{1,12}")
"""Letters that may stand for digits, or hide them."""
_NEARLY_A_FIGURE = re.compile(r"(?![A-Za-z第])\D{0,6}[0-9][0-9,.]*\D{0,4}")
"""A single number with a few words around it."""

_NAME_MARK = re.compile("[▼▽▲△↓↑↘↗★☆◆◇■□●◎]")
_SEVERAL = 2
_CLAUSE = re.compile(r"[、。,;；]")
_BEFORE_MARK = re.compile(r"(?=[(「【]?[▼▽▲△↓↑↘↗★☆◆◇■□●◎])")
_EXPLAINS = re.compile(r"[ぁ-ん一-龥]{2}")
"""What a mark's own part of a note has: words."""
_BROKEN_WORD = re.compile(r"(?<=[A-Za-zＡ-Ｚａ-ｚ])[ 　]*\n[ 　]*(?=[A-Za-zＡ-Ｚａ-ｚ])")
_LATIN = re.compile(r"[A-Za-z]+")
_IN_BRACKETS = re.compile(r"\((?P<inner>[^()]*)\)")

_FIGURES: frozenset[Kind] = VALUE_KINDS - {"rate"}
_WORD_KINDS: frozenset[Kind] = frozenset(
    {"direction", "definition", "source", "department", "number", "year", "summary", "unknown"}
)
_BEHIND_UNIT = re.compile(r"(?P<before>.+\))(?P<behind>\([^()]+\))")
"""A name with brackets of its own behind those that may hold its unit: 来館者数(人)(再掲)."""
_NUMBERED_PART = re.compile(r"\([0-9]{1,2}\)(?=.)")
"""A part that counts itself: ①胃がん."""
_COMPARED: frozenset[Kind] = VALUE_KINDS | {"name", "unit", "status", "direction", "year"}


class Status(Record):
    """A status word, canonical (``None``: a mark that says there is none), and its year if any."""

    word: str | None
    printed: Printed
    fiscal_year: int | None = None


class ReadRow(Record):
    """An indicator without identity, direction and views, and what was noticed in its row."""

    indicator: Indicator
    remarks: tuple[Remark, ...]
    columns: tuple[tuple[Kind, int | None, str | None], ...]
    disagreements: tuple[tuple[Kind, int | None], ...]
    statuses: tuple[Status, ...]
    unit_stated: bool
    table: int
    unplaced: str = ""


class Legend:
    """The status words of the document's own legend, by key."""

    def __init__(self, rows: Iterable[LegendRow]) -> None:
        self._words = {match_key(row.word.text): join_lines(row.word.text) for row in rows}

    def canonical(self, word: str) -> str:
        """The legend's spelling of a status word; else its label, a mark alone as it is (①)."""
        spelling = self._words.get(match_key(word))
        mark = word.strip()
        return spelling or (mark if len(mark) == 1 and not mark.isalpha() else label(word))

    def has(self, word: str) -> bool:
        """Whether the legend explains a word."""
        return match_key(word) in self._words


class RowReader:
    """Reads the indicator rows of one document."""

    def __init__(
        self,
        settings: NormalizeSettings,
        legend: Sequence[LegendRow],
        edition: int,
        notes: Sequence[Printed] = (),
        *,
        notation: frozenset[str] = frozenset(),
        rows: Sequence[IndicatorRow] = (),
    ) -> None:
        """``rows``: all of the document, by which a column is known that tells no directions."""
        self.units = UnitTable(settings.units)
        self.undated = False  # whether a baseline without a year of its own was read
        self._settings = settings
        self._edition = edition
        negative = settings.values.marks.negative
        self._cells = Reader(
            settings,
            self.units,
            negative_brackets="negative" in notation
            or any(re.search(negative, label(note.text)) for note in notes),
            joined_lines="joined" in notation,
            plain_marks=plain_marks(notes, settings.values.marks),
        )
        self._for_reference = "reference" in notation
        self._accounts = Reader(settings, self.units, negative_brackets=True)
        self._balances = tuple(map(match_key, settings.values.names.balances))
        self._told_of_brackets = speaks_of_brackets(notes)
        self._columns = Columns(self.units, settings.values.parts, edition)
        self._legend = Legend(legend)
        marks = "|".join(map(re.escape, settings.values.marks.notes))
        mark = rf"(?:(?:{marks})\n?(?:[0-9０-９]{{1,2}}|[①-⑳])|[※＊*†‡])"
        inside = rf"(?:{mark}|{marks})"
        self._notes = re.compile(rf"(?:[(（]\n?{inside}\n?[)）]|{mark}|{RAISED_MARKS})$")
        phrases = settings.direction.phrases
        self._phrases = tuple(map(label, (*phrases.higher, *phrases.lower)))
        self._aims = self._explained_marks(notes)
        leading = "|".join(map(re.escape, settings.values.names.numbered))
        number = r"[0-9０-９①-⑳]{1,3}(?:[-‐−－][0-9０-９]{1,2})?"
        self._led = re.compile(
            rf"^\s*[【\[]?(?:{leading})\s?{number}(?:[】\]]\s*|[:：.．、]\s*|\s+)(?=\S)"
        )
        self._unitless = tuple(map(match_key, settings.values.names.unitless))
        self._cumulative = tuple(map(match_key, settings.values.names.cumulative))
        self._earlier = frozenset(settings.values.parts.earlier)
        column = settings.direction.column
        self._ways = frozenset(map(match_key, (*column.higher, *column.lower)))
        self._of_else = frozenset(
            (row.table, entry.header)
            for row in rows
            for entry in row.entries
            if entry.kind == "unknown"
            and (key := match_key(entry.printed.text).strip("-"))
            and key not in self._ways
        )
        self._per_time = {
            match_key(word)
            for time in ("日", "週", "月")
            for word in (f"{time}平均", *settings.values.per[time])
            if len(word) > 1
        }

    def read(self, row: IndicatorRow) -> ReadRow | None:
        """One row; ``None`` if it names no indicator."""
        named = _first(row, "name")
        if named is None or not label(named.text):
            return None
        whole = with_whole_words(named.text)
        text, notes = self._without_notes(_NUMBERING.sub("", self._led.sub("", whole)))
        columns = self._columns.of(row.entries)
        observations, remarks, marks = self._observations(row, columns, label(text))
        name, figures = self._figures_in_name(text, named)
        name, aim = self._without_aim(name)
        name, unit, stated = self._unit(row, name, columns, (*observations, *figures))
        name, unit = self._with_parts(row, named, name, unit)
        figures = tuple(_unsaid(figures, observations))
        statuses = self._statuses(row, columns)
        indicator = Indicator(
            id="",
            registered=False,
            place=row.place,
            name=name,
            name_printed=named,
            unit=unit,
            direction="unknown",
            direction_basis="",
            cumulative=self.is_cumulative(name),
            observations=(
                *_distinct(self._in_words_of(unit, (*observations, *figures))),
                *_aims(aim, named),
            ),
            page=named.page,
            reader=named.reader,
            note=" ".join(dict.fromkeys(filter(None, (*notes, *marks, aim, *_texts(row, "note"))))),
            unmarked="" if aim or len(self._aims) != 1 else next(iter(self._aims.values())),
        )
        differing = tuple(self._disagreements(row, columns))
        remarks = (*remarks, *_not_separated(row, name), *self._behind_figures(row, name))
        return ReadRow(
            indicator=indicator,
            remarks=(*remarks, *(self._disagree(name, entry) for entry, _ in differing)),
            columns=tuple(
                (entry.kind, column.fiscal_year, column.part)
                for entry, column in zip(row.entries, columns, strict=True)
            ),
            disagreements=tuple((entry.kind, column.fiscal_year) for entry, column in differing),
            statuses=statuses,
            unit_stated=stated,
            table=row.table,
            unplaced=row.unplaced,
        )

    def _in_words_of(self, unit: str, observations: Iterable[Observation]) -> Iterator[Observation]:
        """Values; the unit of a cell as that of the indicator is written: 箇所 beside か所."""
        for one in observations:
            own = one.value.unit
            same = own is not None and own != unit and self.units.same(own, unit)
            value = structs.replace(one.value, unit=unit) if same else one.value
            yield structs.replace(one, value=value)

    def is_cumulative(self, name: str) -> bool:
        """Whether a name says that the years are added up: (累計)."""
        key = match_key(name)
        return any(f"({word})" in key or key.endswith(word) for word in self._cumulative)

    def is_unitless(self, name: str) -> bool:
        """Whether a name is that of a bare figure: 合計特殊出生率, 財政力指数."""
        return match_key(name).endswith(self._unitless)

    def is_counted_by_time(self, name: str) -> bool:
        """Whether a name says that its figure is of each day, week or month: 1日平均利用者数."""
        key = match_key(name)
        return any(word in key for word in self._per_time)

    # ------------------------------------------------------------------ name, unit, status

    def _without_notes(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A text less the footnote marks at its end, and the marks."""
        marks: list[str] = []
        text = text.rstrip()
        for _ in range(_MOST_MARKS):
            found = self._notes.search(text, max(0, len(text) - _LONGEST_MARK))
            if found is None:
                break
            before = text[: found.start()].rstrip()
            if not before:
                break
            marks.insert(0, label(found.group()).strip("()"))
            text = before
        return text, tuple(marks)

    def _explained_marks(self, notes: Iterable[Printed]) -> dict[str, str]:
        """Marks beside names that a note explains as a direction: ▼は減少を目指す指標.

        A note of several marks explains each in a clause of its own.
        """
        found: dict[str, str] = {}
        for note in notes:
            text = label(note.text)
            for clause in _clauses(text):
                marks = set(_NAME_MARK.findall(clause))
                if len(marks) == 1 and any(phrase in clause for phrase in self._phrases):
                    found[marks.pop()] = clause
        return found

    def _without_aim(self, name: str) -> tuple[str, str]:
        """A name less what says which way it is to go, and that.

        Brackets (減らすことを目標とする指標), or a mark at an end that a note explains: (▼).
        """
        for mark, aim in self._aims.items():
            beside = rf"[(]?{re.escape(mark)}[)]?"
            bare = re.sub(rf"^{beside}\s*|\s*{beside}$", "", name)
            if bare and bare != name:
                return bare, aim
        for found in _IN_BRACKETS.finditer(name):
            if any(phrase in found["inner"] for phrase in self._phrases):
                return label(name[: found.start()] + name[found.end() :]), found["inner"]
        return name, ""

    def _figures_in_name(self, text: str, printed: Printed) -> tuple[str, tuple[Observation, ...]]:
        """Baseline and target printed behind the name, their years in brackets or not.

        合計特殊出生率 H26年1.54→H31年1.68
        """
        name, years = label(text), find_years(text)
        arrow = name.find("→")
        if len(years) != 2:
            return name, ()
        first, second = years
        if not first.stop <= arrow <= second.start:
            return name, ()
        values = (name[first.stop : arrow], name[second.stop :])
        readings = [self._cells.read(value.removeprefix(")").strip(" :は")) for value in values]
        if any(len(found.pieces) != 1 or found.pieces[0].number is None for found in readings):
            return name, ()
        kinds: tuple[Kind, Kind] = ("baseline", "target")
        observations = tuple(
            Observation(
                kind=kind, fiscal_year=year.fiscal_year, value=_value(found.pieces[0], printed)
            )
            for kind, year, found in zip(kinds, years, readings, strict=True)
        )
        return label(name[: first.start].removesuffix("(")), observations

    def _unit(
        self,
        row: IndicatorRow,
        name: str,
        columns: Sequence[Column],
        observations: Sequence[Observation],
    ) -> tuple[str, str, bool]:
        """(name, unit, whether a column states it): column, name, headers, then the cells.

        A unit without a heading stands above the table; that of the name counts before it.
        """
        stated = _first(row, "unit")
        bare, unit = unit_in_brackets(name, self.units)
        if unit is None and (behind := _BEHIND_UNIT.fullmatch(name)) is not None:
            bare, unit = unit_in_brackets(behind["before"], self.units)
            bare += behind["behind"]
        own = unit is not None and not is_base(name) and not self._is_period(name, unit.unit)
        if own and any(one.kind == "unit" and not one.header for one in row.entries):
            stated = None
        if stated is not None:
            printed = label(self._without_notes(stated.text)[0])
            if printed and self._cells.read(printed).pieces[0].missing is None:
                whole = _unwrapped(printed)
                return name, "".join(whole.split()) if self.units.find(whole) else whole, True
        if unit is not None and own:
            return bare, unit.unit, False
        for found in (
            [
                column.unit
                for entry, column in zip(row.entries, columns, strict=True)
                if column.unit and entry.kind != "rate"
            ],
            [
                seen.value.unit
                for seen in observations
                if seen.part is None and seen.value.unit and seen.kind != "rate"
            ],
        ):
            plain = dict.fromkeys(unit.removesuffix("/年") for unit in found)
            if len(set(found)) == 1:
                return name, found[0], False
            if len(plain) == 1:
                return name, next(iter(plain)), False
        return name, "", False

    def _with_parts(
        self, row: IndicatorRow, named: Printed, name: str, unit: str
    ) -> tuple[str, str]:
        """A name with what further columns of names say of the row, and the unit that they give."""
        for part in _parts(row, named):
            bare, own = unit_in_brackets(part, self.units)
            if own is not None and unit in ("", own.unit):
                unit = own.unit
            else:
                bare = part
            name += bare if _NUMBERED_PART.match(bare) else f"({_unwrapped(bare)})"
        return name, unit

    def _is_period(self, name: str, unit: str) -> bool:
        """Whether the brackets of a name say over which time its figure is counted: (年間)."""
        words = self._settings.values.per.get(unit, ())
        return any(name.endswith(f"({word})") for word in words if word != unit)

    def _statuses(self, row: IndicatorRow, columns: Sequence[Column]) -> tuple[Status, ...]:
        """The status words of a row; a plan that judges every year prints one for each."""
        found: list[Status] = []
        for entry, column in zip(row.entries, columns, strict=True):
            if entry.kind == "status":
                word = self._status_word(entry.printed.text)
                found.append(
                    Status(word=word, printed=entry.printed, fiscal_year=column.fiscal_year)
                )
        return tuple(found)

    def _status_word(self, printed: str) -> str | None:
        text = printed if self._legend.has(printed) else self._without_notes(printed)[0]
        if not self._legend.has(text) and self._cells.read(text).pieces[0].missing is not None:
            return None
        return self._legend.canonical(text)

    def _behind_figures(self, row: IndicatorRow, name: str) -> Iterator[Remark]:
        """A doubt for a status that stands behind a figure in one cell, where one is missing.

        The cell is that of the status while a figure is missing, or of a figure without a status.
        """
        empty = any(one.kind in VALUE_KINDS and not label(one.printed.text) for one in row.entries)
        kinds = {one.kind for one in row.entries}
        looked: set[Kind] = {"status"} if empty or "actual" not in kinds else set()
        if "status" not in kinds:
            looked |= _FIGURES
        for entry in row.entries:
            text = label(entry.printed.text)
            found = _BEFORE_STATUS.match(text) if entry.kind in looked else None
            if found and self._legend.has(found["word"]) and not self._legend.has(text):
                beside = Problem(rule=_NOT_SEPARATED, parameters={"beside": text})
                yield about_cell(beside, name, entry)

    # ------------------------------------------------------------------ values

    def _observations(
        self, row: IndicatorRow, columns: Sequence[Column], name: str
    ) -> tuple[tuple[Observation, ...], tuple[Remark, ...], tuple[str, ...]]:
        observations: list[Observation] = []
        remarks: list[Remark] = []
        notes: list[str] = []
        years = self._year_cells(row, columns)
        odd = self._words_among_figures(row)
        several = sum(entry.kind == "status" for entry in row.entries) > 1
        below_zero = self._is_below_zero(row, name)
        cells = self._accounts if below_zero else self._cells
        for index, (entry, column) in enumerate(zip(row.entries, columns, strict=True)):
            if entry.kind in VALUE_KINDS:
                dated = self._dated(entry.kind, column, years.get(index))
                reading = cells.read(entry.printed.text)
                observations.extend(_observation(entry, piece, dated) for piece in reading.pieces)
                remarks.extend(
                    about_cell(found, name, entry)
                    for found in self._in_row(reading, entry, row)
                    if not (index in odd and found.rule == _IN_WORDS)
                )
                if index in odd:
                    remarks.append(about_cell(Problem(rule=_WORDS), name, entry))
                remarks.extend(_of_another_year(reading, name, entry, column))
                earlier = self._is_earlier(reading) and not self._for_reference
                if entry.kind == "actual" and earlier:
                    remarks.append(about_cell(Problem(rule=_ONLY_IN_BRACKETS), name, entry))
                if below_zero and entry.kind == "baseline":
                    remarks.append(about_cell(Problem(rule=_BELOW_ZERO), name, entry))
                notes.extend(reading.notes)
            elif entry.kind == "unknown" and self._is_of_its_own(entry, row.table):
                continue
            elif (entry.kind in _WORD_KINDS or (several and entry.kind == "status")) and label(
                entry.printed.text
            ):
                value = Value(printed=entry.printed, text=label(entry.printed.text))
                year = column.fiscal_year
                if entry.kind != "status":
                    named = find_years(entry.header)
                    year = named[-1].fiscal_year if named else None
                observations.append(Observation(kind=entry.kind, fiscal_year=year, value=value))
        return _distinct(observations), tuple(remarks), tuple(notes)

    def _is_below_zero(self, row: IndicatorRow, name: str) -> bool:
        """Whether brackets are the minus sign of this row, which no note and no person says."""
        if self._told_of_brackets or self._for_reference:
            return False
        readings = [
            (entry.kind, self._cells.read(entry.printed.text))
            for entry in row.entries
            if entry.kind in _FIGURES
        ]
        return is_below_zero(name, readings, self._balances)

    def _is_of_its_own(self, entry: Entry, table: int) -> bool:
        """Whether a cell under an unknown heading declares nothing: a status, or how figures moved.

        前年比 ↑ is no direction that is aimed at, nor is ▲ in a column that has ☆ as well.
        """
        key = match_key(entry.printed.text)
        moved = any(word in label(entry.header) for word in self._settings.direction.trends)
        moved = moved or (table, entry.header) in self._of_else
        return self._legend.has(entry.printed.text) or (moved and key in self._ways)

    def _in_row(self, reading: Reading, entry: Entry, row: IndicatorRow) -> Iterator[Problem]:
        """The problems of a cell; brackets alone are a doubt unless the row has no value yet.

        Last year's figure in brackets stands for an actual that is not known, and such a row is
        not judged.
        """
        statuses = [one.printed.text for one in row.entries if one.kind == "status"]
        judged = any(self._cells.read(text).pieces[0].missing is None for text in statuses)
        for problem in reading.problems:
            beside_more = row.method != "ruled" and _is_beside_more(problem, entry.printed.text)
            if beside_more or _is_figures_alone(problem, entry.printed.text):
                beside = {"beside": label(entry.printed.text)}
                yield structs.replace(problem, rule=_NOT_SEPARATED, parameters=beside)
            elif problem.rule == _REFERENCE_ONLY and self._for_reference:
                continue
            elif problem.rule == _REFERENCE_ONLY and (judged or entry.kind != "actual"):
                yield structs.replace(problem, rule=_ONLY_IN_BRACKETS)
            else:
                yield problem

    def _is_earlier(self, reading: Reading) -> bool:
        """Whether the only number of a cell is said to be of an earlier year: 85(前年)."""
        parts = [piece.part for piece in reading.pieces if piece.number is not None]
        return len(parts) == 1 and parts[0] in self._earlier

    def _words_among_figures(self, row: IndicatorRow) -> frozenset[int]:
        """The cells of a row with words in them while its other figures are numbers.

        Targets are often words; of them only those count that look like digits.  Words around a
        single number (全85校, 85まで) are most likely that number, whatever else the row holds.
        """
        read = {
            index: self._cells.read(entry.printed.text)
            for index, entry in enumerate(row.entries)
            if entry.kind in _FIGURES
        }
        words = {index for index, reading in read.items() if _is_all_words(reading)}
        numbers = any(found.pieces[0].number is not None for found in read.values())
        texts = {index: label(row.entries[index].printed.text) for index in words}
        return frozenset(
            index
            for index, text in texts.items()
            if (_NEARLY_A_FIGURE.fullmatch(text) and not find_years(text))
            or (numbers and _LIKE_DIGITS.fullmatch(text))
            or (numbers and row.entries[index].kind != "target" and len(words) == 1)
        )

    def _dated(self, kind: Kind, column: Column, beside: Year | None) -> Column:
        """A column with the year of the cell beside it, or of the profile, if it has none."""
        if column.fiscal_year is None and beside is not None:
            return structs.replace(
                column, fiscal_year=beside.fiscal_year, calendar=beside.is_calendar
            )
        if column.fiscal_year is None and kind == "baseline":
            self.undated = True
            return structs.replace(column, fiscal_year=self._settings.baseline_fiscal_year)
        return column

    def _year_cells(self, row: IndicatorRow, columns: Sequence[Column]) -> dict[int, Year]:
        """The year that a year column gives to the undated value on its left, else on its right."""
        given: dict[int, Year] = {}
        for index, entry in enumerate(row.entries):
            told = [entry.printed.text] if entry.kind == "year" else []
            years = next(iter(header_years(told, self._edition)), ())
            if not years:
                continue
            undated = [
                place
                for place, (other, column) in enumerate(zip(row.entries, columns, strict=True))
                if other.kind in _FIGURES and column.fiscal_year is None
            ]
            before = [place for place in undated if place < index and place not in given]
            after = [place for place in undated if place > index]
            place = before[-1] if before else after[0] if after else None
            if place is not None:
                given[place] = years[-1]
        return given

    # ------------------------------------------------------------------ two readers

    def _disagreements(
        self, row: IndicatorRow, columns: Sequence[Column]
    ) -> Iterator[tuple[Entry, Column]]:
        for entry, column in zip(row.entries, columns, strict=True):
            second = entry.printed.second
            if second is None or entry.kind not in _COMPARED:
                continue
            if not self._same(entry, second):
                yield entry, column

    def _same(self, entry: Entry, second: str) -> bool:
        """Whether both readers give the same value; blanks and line breaks do not matter."""
        first = entry.printed.text
        if same_reading(first, second) or same_reading(join_lines(first), join_lines(second)):
            return True
        if entry.kind not in VALUE_KINDS:
            return False
        one, two = self._cells.read(first), self._cells.read(second)
        numeric = any(piece.number is not None for piece in one.pieces)
        return numeric and not one.problems and _precise(one) == _precise(two)

    def _disagree(self, name: str, entry: Entry) -> Remark:
        texts = {"first": entry.printed.text, "second": entry.printed.second or ""}
        return about_cell(Problem(rule=DISAGREE, parameters=texts), name, entry)


def _is_beside_more(problem: Problem, printed: str) -> bool:
    """Whether a cell begins with a number and goes on apart from it: the next column, or line."""
    first, *more = _BETWEEN.split(printed.strip())
    return problem.rule in _MORE_THAN_A_NUMBER and bool(more) and bool(_FIGURE.match(label(first)))


def _is_figures_alone(problem: Problem, printed: str) -> bool:
    """Whether a cell holds several figures, or one and a mark, without a word or sign between them.

    A rule may be missing, between columns (1,464 1,511 ☆) or between rows.
    """
    first, *more = number_text(printed).split()
    return (
        problem.rule in _OF_SEVERAL
        and bool(more)
        and all(_FIGURE.fullmatch(one) or _MARK.fullmatch(one) for one in (first, *more))
        and bool(_FIGURE.fullmatch(first))
    )


def _not_separated(row: IndicatorRow, name: str) -> Iterator[Remark]:
    """A doubt where a text may be that of two cells, in tables whose cells are told by gaps.

    An empty cell behind a text of which a line ends in a figure; a name with half of a pair of
    brackets; a dash apart from a figure, which may be the sign of a missing one in the column
    before.
    """
    before = ""
    for entry in row.entries if row.method != "ruled" else ():
        text = label(entry.printed.text)
        if entry.kind == "name" and any(text.count(a) != text.count(b) for a, b in _PAIRS):
            yield about_cell(Problem(rule=_NOT_SEPARATED, parameters={"beside": text}), name, entry)
        if entry.kind in VALUE_KINDS and _DASH_APART.match(entry.printed.text.strip()):
            yield about_cell(Problem(rule=_NOT_SEPARATED, parameters={"beside": text}), name, entry)
        ends = map(_ENDS_IN_A_FIGURE.search, (label(before), *map(label, before.split("\n"))))
        if entry.kind in VALUE_KINDS and not text and any(ends):
            yield about_cell(
                Problem(rule=_NOT_SEPARATED, parameters={"beside": label(before)}), name, entry
            )
        before = "" if entry.kind in VALUE_KINDS else entry.printed.text


def _is_all_words(reading: Reading) -> bool:
    """Whether a cell gives words and no more than that is said of it."""
    return all(piece.text is not None for piece in reading.pieces) and all(
        problem.rule == _IN_WORDS for problem in reading.problems
    )


def _unsaid(
    figures: Iterable[Observation], observations: Sequence[Observation]
) -> Iterator[Observation]:
    """Of the figures behind a name, those that no cell says as well."""
    said = {(one.kind, one.fiscal_year, one.value.number) for one in observations}
    return (one for one in figures if (one.kind, one.fiscal_year, one.value.number) not in said)


def _precise(reading: Reading) -> bytes:
    """A reading written out: 46.0 and 46 are equal numbers, but not one reading."""
    return msgspec.json.encode(reading.pieces)


def _parts(row: IndicatorRow, named: Printed) -> Iterator[str]:
    """What further columns of names say of a row: 男性 beside 健診の受診率 that spans two rows."""
    for entry in row.entries:
        part = label(entry.printed.text)
        if entry.kind == "name" and entry.printed is not named and part.strip("-－―ー‐"):
            yield part


def with_whole_words(text: str) -> str:
    """A text in which the break of a line inside a Latin word is taken away: MineColle|ction.

    A line that ends or begins with a single letter, or begins with a small one after a small one,
    goes on with the word; a break between other Latin words stays (Facebook|Instagram).
    """

    def mended(found: re.Match[str]) -> str:
        before = _LATIN.findall(label(text[: found.start()]))[-1]
        after = _LATIN.findall(label(text[found.end() :]))[0]
        inside = before[-1].islower() and after[0].islower()
        return "" if inside or 1 in {len(before), len(after)} else "\n"

    return _BROKEN_WORD.sub(mended, text)


def _unwrapped(text: str) -> str:
    """A text less brackets around all of it: (人) but not 人(延べ)."""
    whole = re.fullmatch(r"\(([^()]*)\)", text)
    return whole[1] if whole else text


def _clauses(note: str) -> tuple[str, ...]:
    """A note in the parts that speak of one mark each; whole where it has one mark, or none.

    ↑は増加を目指す指標、↓は減少を目指す指標; ↑:増加を目指す ↓:減少を目指す
    """
    if len(set(_NAME_MARK.findall(note))) < _SEVERAL:
        return (note,)
    parts = _CLAUSE.split(note)
    if len(parts) == 1:
        parts = _BEFORE_MARK.split(note)
    return tuple(parts) if all(map(_EXPLAINS.search, filter(_NAME_MARK.search, parts))) else ()


def _aims(aim: str, printed: Printed) -> Iterator[Observation]:
    if aim:
        value = Value(printed=printed, text=aim)
        yield Observation(kind="direction", fiscal_year=None, value=value)


def _first(row: IndicatorRow, kind: Kind) -> Printed | None:
    return next((entry.printed for entry in row.entries if entry.kind == kind), None)


def _texts(row: IndicatorRow, kind: Kind) -> Iterator[str]:
    for entry in row.entries:
        if entry.kind == kind and label(entry.printed.text):
            yield label(entry.printed.text)


def _value(piece: Piece, printed: Printed) -> Value:
    return Value(
        printed=printed,
        number=piece.number,
        missing=piece.missing,
        text=piece.text,
        upper=piece.upper,
        bound=piece.bound,
        approximate=piece.approximate,
        unit=piece.unit,
    )


def _observation(entry: Entry, piece: Piece, column: Column) -> Observation:
    """A piece under its column; what the cell itself says goes before what the header says.

    A figure of a scan is not certain where no year was read for it, unless it is a baseline whose
    heading says no more than that.
    """
    year = piece.fiscal_year or column.fiscal_year
    printed = entry.printed
    dated = entry.kind != "baseline" or _SAYS_MORE.search(entry.header)
    if (printed.sure or printed.twice) and year is None and dated:
        printed = structs.replace(printed, sure=False, twice=False)
    return Observation(
        kind=entry.kind,
        fiscal_year=year,
        value=_value(piece, printed),
        part=piece.part or column.part,
        calendar=piece.calendar if piece.fiscal_year else column.calendar,
    )


def _of_another_year(reading: Reading, name: str, entry: Entry, column: Column) -> Iterator[Remark]:
    """The one value of a cell that is of another year than its column (8,137（H27年度）)."""
    first, *others = reading.pieces
    if others or entry.kind not in ("actual", "target"):
        return
    if first.fiscal_year not in (None, column.fiscal_year or first.fiscal_year):
        years = {"year": str(first.fiscal_year), "expected_year": str(column.fiscal_year)}
        yield about_cell(Problem(rule="year.other-than-column", parameters=years), name, entry)


def _distinct(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Observations of which no two have one kind, year and part: later ones are numbered."""
    seen: Counter[tuple[Kind, int | None, str | None]] = Counter()
    distinct: list[Observation] = []
    for found in observations:
        key = (found.kind, found.fiscal_year, found.part)
        seen[key] += 1
        if seen[key] > 1:
            part = f"{found.part or '別掲'}{seen[key]}"
            found = structs.replace(found, part=part)  # noqa: PLW2901
        distinct.append(found)
    return tuple(distinct)


def about_cell(problem: Problem, name: str, entry: Entry) -> Remark:
    """What was noticed in one cell of an indicator's row."""
    return Remark(
        rule=problem.rule,
        subject=name,
        page=entry.printed.page,
        box=entry.printed.box,
        printed=entry.printed.text,
        parameters={"column": label(entry.header) or entry.kind, **problem.parameters},
    )
