"""Cells to values: every printed form becomes exact numbers, a missing sign, or words.

``Reader.read`` is total: any string gives pieces, and problems where a meaning is not certain.
A number is a ``Decimal`` with the precision printed; nothing is rounded, scaled or converted,
except that numerals written out with their multiples (1万2千) are summed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import structs

from pipeline.japanese.eras import find_years, with_single_years, without_years
from pipeline.japanese.numerals import KANJI_DIGITS
from pipeline.japanese.text import label, match_key, number_text
from pipeline.model import Record
from pipeline.normalize.amounts import Affixes, Amounts, Piece, Problem
from pipeline.normalize.numbers import join_broken_number
from pipeline.normalize.units import UnitTable
from pipeline.settings.normalize import NormalizeSettings

EMPTY, NOT_AVAILABLE, REFERENCE_ONLY = "empty", "not_available", "reference_only"
_PROVISIONAL = frozenset({"not_yet", "not_published"})
"""Signs that, in brackets beside a number, say that it is not final: 85(集計中)."""
BRACKETED, TREND = "括弧内", "傾向"
"""Names of the parts that no word of the document names."""

_LONGEST = 200
_LONGEST_MARK = 24


class Reading(Record):
    """All that a cell says.  ``notes``: footnote marks, as printed."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,29}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,9})(?:\.[0-9]{1,20})?")
_SMALL = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = "[⁰¹²³⁴-⁹]{1,2}"
RAISED_MARKS = rf"{_RAISED}(?:[,、・]{_RAISED})*[)⁾]?"
"""Note figures set small and high, as they stand in a text."""

_RAISED_NOTE = (
    rf"(?<=[0-9%])(?<!×10){RAISED_MARKS}(?![0-9.,⁻])"
    rf"|^{_RAISED}[)⁾]?(?=[-△▲]?[0-9])|(?<=[0-9%])[①-⑳]$"
)
"""Figures set small and high, or in a circle, behind a number, or high before it.

10³ after a multiplication sign is a power.
"""
_SIGN_IN_BRACKETS = re.compile(r"\(([-▲△▼])\)(?=[0-9])|(?<![0-9])([▲△▼])\(([0-9][0-9,.]*)\)")
_LESS_IN_BRACKETS = r"[(\[〔【<〈](?:[-▲△▼]|減少?|マイナス|負)[)\]〕】>〉]"
_SIGN_APART = re.compile(
    r"[0-9][0-9,.]*(?:\([-▲△▼]\)|[-▲△▼]|[^0-9()削]{0,3}減少?)|-\([0-9][0-9,.]*\)"
    r"|減[0-9][0-9,.]*[^0-9()]{0,3}"
    rf"|[0-9][0-9,.]*[^0-9()削]{{0,3}}{_LESS_IN_BRACKETS}"
    rf"|{_LESS_IN_BRACKETS}[0-9][0-9,.]*[^0-9()]{{0,3}}"
)
"""120(-), 120△, -(120), 120人減, 120(減), 【▲】120: a negative number, or one beside a mark."""
_SIGN_IN_WORDS = re.compile(r"^マイナス\s*(?=[0-9])")
_NO_CHANGE = re.compile(r"^±(?=0(?:\.0+)?(?:\D|$))")
_DASH_VALUE = re.compile(r"-+")
_BRACKETS = re.compile(r"[(\[〔【<〈](?P<inner>[^()\[\]〔〕【】<>〈〉]*)[)\]〕】>〉]")
_PERIOD = re.compile(
    r"(?P<period>(?:計画)?期間(?:中|内)?|[0-9]{1,2}(?:年|か年|ヶ年|カ年|ヵ年|箇年|年度)間?)"
    r"(?:の?(?:累計|合計|計)|で|に)で?の?(?P<rest>.+)"
)
_SEPARATOR = re.compile(r"[\s、,;／/・]+(?=[^\d\s,.、;%])")
_LABELLED = re.compile(
    r"(?P<label>[^\d\s:：=+\-▲△▼.][^\d\s:：=]*?)[\s:：=]*(?P<amount>[+\-▲△▼]?[\d.].*)", re.DOTALL
)
_MAY_BE_A_YEAR = re.compile(r"[RHSTMF令平昭大明西]|(?:18|19|20)[0-9]{2}")
_PAIR = re.compile(r"([^()]+)\(([^()]+)\)")
_BROKEN = re.compile(r"\d[,，.．]?[^\S\n]*\n\s*\d")
"""A number that goes on in the next line, in digits of any width."""
_BROKEN_WIDE = re.compile(r"[０-９．]\s*\n\s*[０-９]")
_REASON = re.compile(r"^[^\d]{2,}?(?:により|によって|のため|につき|の影響で)、?")
"""What leads to a mark and says why: 新型コロナの影響により中止."""
_ROMAN = re.compile("[\u2160-\u217f]+")
"""Roman numerals that are one character each: Ⅹ is no letter X."""
_FRACTION = re.compile(r"(?:[0-9]+/[0-9]+|[0-9]+分の[0-9]+)\D*")
_NUMBER_TOKEN = re.compile(r"[0-9][0-9,.]*")
_GROUPED_OTHERWISE = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:(?:[ '’・、][0-9]{3})+|(?:\.[0-9]{3}){2,})(?=\.[0-9]|[^0-9.,]|$)"
    r"|(?<![0-9.,])[0-9](?: [0-9]){2,}(?![0-9.,])"
)
"""One number whose digits a blank or another sign parts than a comma: 1 234, 1・234, 1 2 3 4."""
_POINTED_OTHERWISE = re.compile(r"(?<![0-9.,・])([0-9]+)・([0-9]{1,2})(?![0-9.,・])")
_ONLY_NUMERALS = re.compile(rf"(?![一〇]$|十分$)[{KANJI_DIGITS}十百千万億割分厘・、]+")
"""Kanji numerals that are no number as they stand: 三割五分, 一・五, and one alone, as 三."""
_BEGUN = re.compile(r"[-+]?[0-9]+(?:,[0-9]{3})*[.,]")
"""A number whose digits after the mark are lost: they may stand elsewhere, in the next line."""
_CUT_YEAR = re.compile(r"年\s*\n\s*度")
"""A year that the width of its cell cuts."""
_SYMBOLS = re.compile(r"[^\w\s]{1,3}")
_SHEET_ERROR = re.compile(r"#[A-Z][A-Z0-9/]*[!?]?")
"""What a spreadsheet shows instead of a value: #REF!, #DIV/0!."""
_DITTO = re.compile(r"[〃々゛″”]+|同上|同左|同右")


class Reader:
    """Reads cells with one set of vocabularies; repeated forms are read once.

    ``negative_brackets``: a note of the document says that numbers in brackets are negative, or a
    person; ``joined_lines``: a person says that numbers broken over lines are one; ``plain_marks``:
    signs of notes that the document never numbers, so that a digit behind one is the value's.
    """

    def __init__(
        self,
        settings: NormalizeSettings,
        units: UnitTable,
        *,
        negative_brackets: bool = False,
        joined_lines: bool = False,
        plain_marks: frozenset[str] = frozenset(),
    ) -> None:
        values = settings.values
        self._negative_brackets = negative_brackets
        self._joined_lines = joined_lines
        self._units = units
        self._missing = {self._missing_key(m): sign for m, sign in settings.missing.items()}
        self._amounts = Amounts(settings, units)
        self._parts = Affixes((word, word) for word in values.parts.words)
        self._standing = {match_key(word): word for word in values.parts.standing}
        self._part_names = {match_key(word): word for word in values.parts.words}
        self._beside = Affixes((word, word) for word in values.parts.beside)
        marks = "|".join(re.escape(mark) for mark in values.marks.notes if not mark.isalpha())
        words = "|".join(re.escape(mark) for mark in values.marks.notes if mark.isalpha())
        number = "[0-9①-⑳]"
        further = rf"(?:[,、・]{number}{{1,2}}(?![0-9.,]))*"
        note = rf"(?:(?:{marks})(?:{number}{{1,2}}{further})?|(?:{words}){number}{{1,2}}{further})"
        self._note = re.compile(rf"\({note}\)|{note}|{_RAISED_NOTE}")
        plain = "|".join(map(re.escape, sorted(plain_marks))) or "(?!)"
        self._plain_mark = re.compile(rf"(?:{plain})\s*(?=[0-9])")
        self._trend = re.compile("|".join(map(re.escape, values.marks.trends)))
        before_part = "|".join(map(re.escape, self._parts.words))
        self._before_part = re.compile(
            rf"(?<=[0-9%‰人件回歳点位か所校)])(?=(?:{before_part})[:：]?[0-9])"
        )
        scopes = "|".join(map(re.escape, values.parts.scope))
        self._rank_below = re.compile(rf"(?<=[^(\s])\s+((?:{scopes})第?[0-9]{{1,4}}位)(?=$|\s|\()")
        self._answers: dict[str, Reading] = {}

    def read(self, printed: str) -> Reading:
        """What a printed cell says."""
        found = self._answers.get(printed)
        if found is None:
            found = self._answers[printed] = self._read(printed)
        return found

    # ------------------------------------------------------------------ the whole cell

    def _read(self, printed: str) -> Reading:
        text = number_text(printed)
        if _PLAIN.fullmatch(text):
            return Reading(pieces=(Piece(number=Decimal(text.replace(",", ""))),))
        if len(text) > _LONGEST or _ROMAN.fullmatch(printed.strip()):
            return _words(printed)
        amount = self._amounts.read(text) if text[:1].isdigit() and "年" not in text else None
        if amount is not None and not _bears_a_word(amount[1]):
            return Reading(pieces=(amount[0],), problems=amount[1])
        if sign := self._missing_sign(text):
            return Reading(pieces=(Piece(missing=sign),))
        body, notes = self._without_notes(text)
        if not body or (notes and self._is_note_or_number(text)):
            reading = self._in_words(text, printed)
            return structs.replace(reading, notes=notes)
        reading = self._body(body, printed)
        return structs.replace(reading, notes=notes) if notes else reading

    def _body(self, text: str, printed: str) -> Reading:
        text = self._rank_below.sub(r"(\1)", text)
        text = _CUT_YEAR.sub("年度", text)
        text = with_single_years(text) if "年" in text or "(" in text else text
        text = _NO_CHANGE.sub("", _SIGN_IN_WORDS.sub("-", text))
        text = _SIGN_IN_BRACKETS.sub(lambda found: f"{found[1] or found[2]}{found[3] or ''}", text)
        if _SIGN_APART.fullmatch(_compact(text)):
            return _words(printed, Problem(rule="number.sign-apart"))
        text, trends = self._without_trends(text)
        wide = _BROKEN_WIDE.search(printed) is not None
        joined = join_broken_number(text, wide=wide, always=self._joined_lines)
        if joined is None:
            return _words(printed, Problem(rule="number.broken-line"))
        for attempt in (self._single, self._suffixed, self._bracketed, self._labelled):
            reading = attempt(joined)
            if reading is not None:
                pieces = (*reading.pieces, *(Piece(text=mark, part=TREND) for mark in trends))
                return structs.replace(reading, pieces=pieces)
        return self._in_words(joined, printed)

    def _in_words(self, text: str, printed: str) -> Reading:
        if self._is_otherwise_written(text) or self._holds_two(text):
            return _words(printed, Problem(rule="number.unusual-form"))
        if _DITTO.fullmatch(text):
            return _words(printed, Problem(rule="number.ditto"))
        if _SYMBOLS.fullmatch(label(text)) or _SHEET_ERROR.fullmatch(text):
            return _words(printed, Problem(rule="vocabulary.unknown-mark"))
        if _FRACTION.fullmatch(text):
            return _words(printed, Problem(rule="number.fraction"))
        numbers = _NUMBER_TOKEN.findall(text)
        if numbers and not re.search(r"[^\W\d_]", text):
            rule = "number.several" if len(numbers) > 1 else "number.unreadable"
            return _words(printed, Problem(rule=rule))
        rule = "number.broken-line" if _BROKEN.search(printed) else "number.in-words"
        return _words(printed, *([Problem(rule=rule)] if numbers else []))

    def _is_otherwise_written(self, text: str) -> bool:
        """Whether words may be a number, otherwise parted or pointed, of numerals alone, begun."""
        plain = _GROUPED_OTHERWISE.sub(lambda found: re.sub("[^0-9]", "", found.group()), text)
        if plain == text:
            plain = _POINTED_OTHERWISE.sub(r"\1.\2", text)
        numerals = (_ONLY_NUMERALS.fullmatch(text) or _BEGUN.fullmatch(text)) is not None
        return numerals or (plain != text and self._single(plain) is not None)

    def _holds_two(self, text: str) -> bool:
        """Whether a figure and a word for a missing one stand in one cell: 204件調査なし."""
        marks = (mark for mark in self._missing if len(mark) > 1 and text.endswith(mark))
        return any(self._amounts.read(text.removesuffix(mark)) is not None for mark in marks)

    def _missing_key(self, text: str) -> str:
        key = match_key(without_years(text)) or match_key(text)
        return "-" if _DASH_VALUE.fullmatch(key) else key

    def _missing_sign(self, text: str) -> str | None:
        """The sign of a cell that is nothing but a missing mark, with a unit or brackets or not."""
        if len(text) > _LONGEST_MARK:
            return None
        if not text:
            return EMPTY
        key = self._missing_key(text)
        if sign := self._missing.get(key) or self._missing.get(_REASON.sub("", key, count=1)):
            return sign
        compact = _compact(text)
        if compact.startswith("-") and not any(map(str.isdigit, compact)):
            rest = _BRACKETS.sub("", compact.lstrip("-"))
            inside = (found["inner"] for found in _BRACKETS.finditer(compact))
            dashes = all(self._is_dash_with_unit(part) for part in inside)
            if dashes and (not rest or self._units.find(rest)):
                return NOT_AVAILABLE
        return None

    def _is_dash_with_unit(self, text: str) -> bool:
        rest = text.lstrip("-")
        return not rest or self._units.find(rest) is not None

    def _without_notes(self, text: str) -> tuple[str, tuple[str, ...]]:
        if lead := self._plain_mark.match(text):
            rest, others = self._without_notes(text[lead.end() :])
            return rest, (lead.group().strip(), *others)
        if not self._note.search(text):
            return text, ()
        notes = tuple(found.group().strip("()（）") for found in self._note.finditer(text))
        return self._note.sub("", text).strip(), notes

    def _is_note_or_number(self, text: str) -> bool:
        """Whether digits behind a footnote mark may be those of the value: ※12.5, ※5人."""
        lead = self._plain_mark.match(text)
        for found in self._note.finditer(text, lead.end() if lead else 0):
            behind = text[found.end() :]
            if found.group()[0] in _SMALL:
                continue
            if found.group()[-1].isdigit() and behind[:1].isdigit() | (behind[:1] in (".", ",")):
                return True
            if found.start() == 0 and found.group()[-1].isdigit() and self._units.find(behind):
                return True
        return False

    def _without_trends(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Arrows before or behind a value; one between two values belongs to their meaning."""
        marks: list[str] = []
        while text and (found := self._trend.match(text)):
            marks.append(found.group())
            text = text[found.end() :].strip()
        while text and self._trend.fullmatch(text[-1]):
            marks.append(text[-1])
            text = text[:-1].strip()
        return text, tuple(marks)

    # ------------------------------------------------------------------ one amount

    def _single(self, text: str) -> Reading | None:
        if _two_numbers(text):
            return None
        if "年" in text or _MAY_BE_A_YEAR.match(text):
            years = find_years(text)
            if years and not without_years(text):
                return Reading(pieces=(Piece(text=label(text)),))
        compact = _compact(text)
        found = self._amounts.read(compact)
        if found is None or _bears_a_word(found[1]):
            found = self._beside_a_word(compact) or found
        found = found or self._dated(text) or self._under_its_unit(text)
        return Reading(pieces=(found[0],), problems=found[1]) if found else None

    def _beside_a_word(self, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        """見込85, 85人見込, 85%を維持: a number and, without brackets, a word on its standing."""
        for take in (self._beside.off_front, self._beside.off_end):
            rest, word = take(text)
            found = self._amounts.read(rest.strip(":：")) if word else None
            if found is not None and not found[1]:
                return structs.replace(found[0], part=word), ()
        return None

    def _dated(self, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        """H30：45%: a number behind its year."""
        if not _MAY_BE_A_YEAR.match(text):
            return None
        text = text.replace("\n", " ")
        folded, years = label(text), find_years(text)
        if len(years) != 1 or years[0].start > 0:
            return None
        (year,) = years
        rest = folded[year.stop :]
        if folded[year.stop - 1].isdigit() and rest[:1].isdigit() | (rest[:1] in (".", ",")):
            return None  # no date: H30/12.5
        rest = rest.lstrip(" :は")
        found = self._amounts.read(rest) or self._of_part(rest)
        if found is None:
            return None
        return found[0].in_year(year), found[1]

    def _under_its_unit(self, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        """A number with its unit on the line above."""
        above, line, below = text.partition("\n")
        unit = self._units.find(above) if line else None
        if unit is None:
            return None
        found = self._amounts.read(_compact(below))
        if found is None or found[0].unit is not None:
            return None
        return structs.replace(found[0], unit=unit.unit), found[1]

    # ------------------------------------------------------------------ brackets

    def _bracketed(self, text: str) -> Reading | None:
        """A value with brackets before, behind or around it."""
        inside = [found["inner"].strip() for found in _BRACKETS.finditer(text)]
        if not inside:
            return None
        outside = _BRACKETS.sub(" ", text)
        if _two_numbers(outside):
            return None
        main_text = _compact(outside)
        behind = self._units.find(main_text) if text.startswith("(") else None
        if not main_text or behind is not None:
            return self._reference(inside, behind.unit if behind else None)
        main = self._single(main_text)
        if main is None:
            sign = self._missing_sign(main_text)
            if sign is None:
                return None
            main = Reading(pieces=(Piece(missing=sign),))
        piece, problems = main.pieces[0], list(main.problems)
        extra: list[Piece] = []
        for inner in filter(None, inside):
            changed = self._qualified(piece, inner)
            if changed is not None:
                piece = changed
                continue
            further, doubts = self._bracket(inner)
            extra.extend(further)
            problems.extend(doubts if piece.missing is None else ())
        return Reading(pieces=(piece, *extra), problems=tuple(problems))

    def _reference(self, inside: list[str], unit: str | None) -> Reading | None:
        """A cell that is all brackets, but for a unit behind them.

        A negative number where a note says so, else a value for reference and none of its own.
        """
        if len(inside) != 1:
            return None
        found = self._amounts.read(_compact(inside[0]))
        if found is None:
            return None
        found = (structs.replace(found[0], unit=found[0].unit or unit), found[1])
        number = found[0].number
        if self._negative_brackets and number is not None and found[0].upper is None:
            return Reading(
                pieces=(structs.replace(found[0], number=-abs(number)),), problems=found[1]
            )
        reference = structs.replace(found[0], part=BRACKETED)
        problem = Problem(rule="number.reference-only")
        return Reading(
            pieces=(Piece(missing=REFERENCE_ONLY), reference), problems=(*found[1], problem)
        )

    def _qualified(self, piece: Piece, inner: str) -> Piece | None:
        """The value with what the brackets say of it: its year, unit or standing; else ``None``."""
        per = self._amounts.per.meanings.get(inner)
        if per and piece.number is not None:
            return structs.replace(piece, unit=self._amounts.per_unit(piece.unit, per))
        years = find_years(inner)
        if years and match_key(without_years(inner)) in _OF_YEAR:
            return piece.in_year(years[-1])
        key = match_key(without_years(inner) if years else inner)
        if word := self._standing.get(key) or self._part_names.get(key):
            dated = piece.in_year(years[-1]) if years else piece
            return structs.replace(dated, part=word)
        unit = self._units.find(inner)
        if unit is not None and piece.unit is None and piece.number is not None:
            return structs.replace(piece, unit=unit.unit)
        if piece.number is not None and self._missing_sign(_compact(inner)) in _PROVISIONAL:
            return structs.replace(piece, part=label(inner))
        return None

    def _bracket(self, inner: str) -> tuple[tuple[Piece, ...], tuple[Problem, ...]]:
        """Further values in brackets; what is not understood becomes a problem, with its words."""
        compact = _compact(inner)
        if self._missing_sign(compact):
            return (), ()
        period = _PERIOD.fullmatch(compact)
        if period and (found := self._amounts.read(period["rest"])):
            return (structs.replace(found[0], part=period["period"]),), found[1]
        found = self._dated(inner) or self._amounts.read(compact)
        if found and (found[0].part or found[0].fiscal_year):
            return (found[0],), found[1]
        labelled = self._labelled_amounts(inner)
        if labelled and all(each.part or each.fiscal_year for each in labelled[0]):
            return labelled
        piece = Piece(text=label(inner))
        if found and not found[1]:
            piece = found[0]
        problem = Problem(rule="number.bracket", parameters={"bracket": label(inner)})
        return (structs.replace(piece, part=BRACKETED),), (problem,)

    # ------------------------------------------------------------------ several labelled numbers

    def _labelled(self, text: str) -> Reading | None:
        if _two_numbers(_BRACKETS.sub(" ", text)) and _BRACKETS.search(text):
            return None
        found = self._labelled_amounts(text)
        return Reading(pieces=found[0], problems=found[1]) if found else None

    def _labelled_amounts(self, text: str) -> tuple[tuple[Piece, ...], tuple[Problem, ...]] | None:
        """男性79.83 女性84.35: numbers that each bear a name, the first perhaps none.

        A single labelled number is understood where the vocabulary knows the label.
        """
        spread = self._before_part.sub(" ", re.sub(r"[()（）]", " ", text)).strip()
        segments = [part for part in _SEPARATOR.split(spread) if part.strip()]
        pieces: list[Piece] = []
        problems: list[Problem] = []
        for index, segment in enumerate(segments):
            found = self._segment(segment, unlabelled=index == 0 and len(segments) > 1)
            if found is None:
                return None
            pieces.append(found[0])
            problems.extend(found[1])
        names = [(piece.part, piece.fiscal_year) for piece in pieces]
        known = all(match_key(part) in self._part_names for part, _ in names if part)
        if not pieces or len(set(names)) < len(names) or (len(pieces) == 1 and not known):
            return None
        return tuple(pieces), tuple(problems)

    def _suffixed(self, text: str) -> Reading | None:
        """55.3%(男性) 57.1%(女性): numbers each with its label in brackets behind it."""
        pairs = [(a.strip(), b.strip()) for a, b in _PAIR.findall(text)]
        if len(pairs) < 2 or _PAIR.sub("", text).strip(" \n、,・/"):
            return None
        pieces: list[Piece] = []
        for amount, name in pairs:
            found = self._amounts.read(re.sub(r"\s+|^[、,・/]", "", amount))
            part = self._part_names.get(match_key(name))
            years = find_years(name) if match_key(without_years(name)) in _OF_YEAR else ()
            if found is None or (part is None and len(years) != 1) or found[1]:
                return None
            dated = found[0].in_year(years[0]) if years else found[0]
            pieces.append(structs.replace(dated, part=part))
        if len({(piece.part, piece.fiscal_year) for piece in pieces}) < len(pieces):
            return None
        return Reading(pieces=tuple(pieces))

    def _segment(self, text: str, *, unlabelled: bool) -> tuple[Piece, tuple[Problem, ...]] | None:
        compact = _compact(text)
        if re.match("(?:うち|内)[^\\d訳]", compact):
            compact = re.sub("^(?:うち|内)", "", compact)
        if known := self._of_part(text) or (not _two_numbers(text) and self._of_part(compact)):
            return known
        if dated := self._dated(text):
            return dated
        if _two_numbers(text) or (find_years(text) and not without_years(text)):
            return None
        labelled = _LABELLED.fullmatch(compact)
        found = self._amounts.read(labelled["amount"]) if labelled else None
        if labelled and found and self._is_name(labelled["label"]):
            return structs.replace(found[0], part=label(labelled["label"])), found[1]
        return self._amounts.read(compact) if unlabelled else None

    def _of_part(self, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        """男性79.83: a number behind a word that the vocabulary knows as a part."""
        for behind, name in self._parts.fronts(text):
            if name[-1].isdigit() and behind[:1].isdigit():
                continue  # 中1 in 中10校
            found = (
                None
                if _two_numbers(behind)
                else self._amounts.read(_compact(behind).lstrip(":：=は"))
            )
            if found:
                return structs.replace(found[0], part=name), found[1]
        return None

    def _is_name(self, text: str) -> bool:
        """Whether a label can name a part: not a word that changes the number's meaning."""
        return (
            not text.startswith(self._amounts.before.words + self._amounts.per.words)
            and len(text) <= 20
        )


_OF_YEAR = {"", "値", "時点", "現在", "末", "実績", "実績値", "調査", "度", "の値", "分"}


def _bears_a_word(problems: Sequence[Problem]) -> bool:
    """Whether what follows a number is a word that no unit has."""
    return any(one.rule == "unit.unknown" for one in problems)


def _compact(text: str) -> str:
    return "".join(text.split())


def _words(printed: str, *problems: Problem) -> Reading:
    """A cell as words; numbers on two lines stay two."""
    text = label(re.sub(r"(?<=\d)\s*\n\s*(?=[\d.,])", " ", printed))
    return Reading(pieces=(Piece(text=text),), problems=problems)


def _two_numbers(text: str) -> bool:
    """Whether white space stands between two digits."""
    return re.search(r"[0-9]\s+[0-9]", text) is not None
