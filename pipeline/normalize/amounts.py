"""One amount: a number with what may stand around it (約, 以上, 全国, a unit, a base)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Generic, Literal, TypeVar, get_args

from msgspec import structs

from pipeline.japanese.eras import Year
from pipeline.japanese.numerals import KANJI_DIGITS
from pipeline.japanese.text import label, match_key, number_text
from pipeline.model import Record
from pipeline.normalize.numbers import parse_decimal, parse_numeral, signed_head, well_grouped
from pipeline.normalize.units import UnitTable
from pipeline.settings.normalize import NormalizeSettings

T = TypeVar("T")
Bound = Literal["at_least", "at_most", "more_than", "less_than"]

_KANJI = re.compile(rf"[{KANJI_DIGITS}十百千万億兆]+")
_MIXED = re.compile(r"[0-9,.]+[兆億万千百](?:[0-9,.]*[兆億万千百十]?)*")
_BOUND_BEFORE_PER = re.compile(r"(以上|以下|以内|未満|程度)/([年月週日])$")
_PER_BASE_WORD = re.compile("当たり|あたり|当り|対")
_UNKNOWN_UNIT = re.compile(
    r"[ァ-ヶー]{1,10}|(?![年月日時分期次号章])[一-龥々ァ-ヶーA-Za-z]{1,3}(?<![代目号章次期])"
)
_PER_BASE = re.compile(
    r"(?:人口)?(?P<base>[0-9,]*[十百千万億]*[^\d\s]{1,3}?)(?:当たり|あたり|当り|対)(?P<rest>.+)"
)
_MONTH_OF_A_YEAR = re.compile("(?:1[0-2]|0?[1-9])月")
"""3月 is March, 3か月 are three months."""
_LEADING_ZERO = re.compile(r"\D*0\d")
"""093 is most likely the rest of a larger number, or another one."""
_SIGNS_BEFORE: tuple[tuple[str, Bound], ...] = (
    ("≧", "at_least"),
    ("≥", "at_least"),
    ("≦", "at_most"),
    ("≤", "at_most"),
    (">", "more_than"),
    ("<", "less_than"),
)
_NO_RATE = frozenset({"share", "points", "score", "rank", "ratio", "grade", "index"})


class Piece(Record):
    """One value of a cell: a number, a missing sign, or words; as in :class:`pipeline.model.Value`.

    ``part`` says what it is about (男性, 全国, 延べ); ``fiscal_year``: the year printed beside it.
    """

    number: Decimal | None = None
    missing: str | None = None
    text: str | None = None
    upper: Decimal | None = None
    bound: Bound | None = None
    approximate: bool = False
    unit: str | None = None
    part: str | None = None
    fiscal_year: int | None = None
    calendar: bool = False

    def in_year(self, year: Year) -> Piece:
        """The same value, of this year."""
        return structs.replace(self, fiscal_year=year.fiscal_year, calendar=year.is_calendar)


class Problem(Record):
    """A doubt about a cell; ``rule`` is an id of the catalogue."""

    rule: str
    parameters: dict[str, str] = {}


class Affixes(Generic[T]):
    """Words that may stand before or behind a number, the longest first, with their meaning."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        folded = {number_text(word): meaning for word, meaning in pairs}
        self._pairs = sorted(folded.items(), key=lambda pair: len(pair[0]), reverse=True)
        self.meanings = folded
        self.words = tuple(word for word, _ in self._pairs)

    def off_front(self, text: str) -> tuple[str, T | None]:
        """A text less the word with which it begins, and the word's meaning."""
        if text.startswith(self.words):
            for word, meaning in self._pairs:
                if text.startswith(word) and len(text) > len(word):
                    return text[len(word) :].lstrip(), meaning
        return text, None

    def off_end(self, text: str) -> tuple[str, T | None]:
        """A text less the word with which it ends, and the word's meaning."""
        if text.endswith(self.words):
            for word, meaning in self._pairs:
                if text.endswith(word) and len(text) > len(word):
                    return text[: -len(word)].rstrip(), meaning
        return text, None

    def fronts(self, text: str) -> Iterator[tuple[str, T]]:
        """All words with which a text begins: the rest behind each, and its meaning."""
        if text.startswith(self.words):
            for word, meaning in self._pairs:
                if text.startswith(word):
                    yield text[len(word) :], meaning


class Amounts:
    """Reads single amounts with one set of vocabularies."""

    def __init__(self, settings: NormalizeSettings, units: UnitTable) -> None:
        values = settings.values
        self._units = units
        bounds: tuple[Bound, ...] = get_args(Bound)
        self._bounds = Affixes(
            (word, bound) for bound in bounds for word in getattr(values.bounds, bound)
        )
        self.before = Affixes((word, True) for word in values.approximate.before)
        self._after = Affixes((word, True) for word in values.approximate.after)
        self.per = Affixes((word, per) for per, words in values.per.items() for word in words)
        self._scope = Affixes((word, word) for word in values.parts.scope)
        self._zero = {match_key(word) for word in values.numerals.zero}
        zeros = "|".join(map(re.escape, values.numerals.zero))
        self._any_numeral = re.compile(rf"[0-9{KANJI_DIGITS}十百千万億兆]|{zeros}")
        self._numeral_units = {match_key(word) for word in values.numerals.units}

    def read(self, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        """One number with what may stand around it; ``None`` if it is not that."""
        if not self._any_numeral.search(text):
            return None
        if "/" in text:
            text = _BOUND_BEFORE_PER.sub(r"/\2\1", text)
        per_base = _PER_BASE.fullmatch(text) if _PER_BASE_WORD.search(text) else None
        if per_base:
            return self._per_base(per_base["base"], per_base["rest"])
        text, before = self.before.off_front(text.strip())
        text, per = self._strip_per(text)
        text, more = self.before.off_front(text)
        text, scope = self._scope.off_front(text)
        text = text.removeprefix("第") if scope is None else text.lstrip("第")
        text, bound, after = self._strip_suffixes(text)
        if match_key(text) in self._zero:
            return Piece(number=Decimal(0), bound=bound), ()
        core = self._range(text) or self._number_and_unit(text)
        if core is None or (core[0].upper is not None and bound is not None):
            return None
        piece, problems = core
        unit = self.per_unit(piece.unit, per) if per is not None else piece.unit
        is_rank = scope is not None and unit == "位"
        if scope is not None and not is_rank:
            return None
        approximate = bool(before or more or after)
        piece = structs.replace(
            piece,
            unit=unit,
            bound=bound,
            approximate=approximate,
            part=f"{scope}順位" if is_rank else None,
        )
        return piece, problems

    def _per_base(self, base: str, rest: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        """人口10万人当たり12.3人, 1人当たり3冊: a rate with its base in front."""
        found = self.read(rest)
        if found is None or found[0].unit is None:
            return None
        unit = self._units.find(f"{found[0].unit}/{re.sub(r'^1(?![0-9,])', '', base)}")
        return (structs.replace(found[0], unit=unit.unit), found[1]) if unit else None

    def per_unit(self, unit: str | None, per: str) -> str | None:
        """件 in each year is 件/年; a share or a score in each year stays what it is."""
        found = self._units.find(unit) if unit else None
        if unit is None or found is None or "/" in unit or found.dimension in _NO_RATE:
            return unit
        return self._units.canonical(f"{unit}/{per}")

    def _strip_per(self, text: str) -> tuple[str, str | None]:
        for behind, per in self.per.fronts(text):
            rest = behind.lstrip("に:：")
            if rest and (rest[0].isdigit() or rest[0] in KANJI_DIGITS + "約"):
                return rest, per
        return text, None

    def _strip_suffixes(self, text: str) -> tuple[str, Bound | None, bool]:
        text, after = self._after.off_end(text)
        text, bound = self._bounds.off_end(text)
        if after is None:
            text, after = self._after.off_end(text)
        for mark, meaning in _SIGNS_BEFORE:
            if bound is None and text.startswith(mark):
                return text[len(mark) :], meaning, bool(after)
        return text, bound, bool(after)

    def _number_and_unit(self, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        if head := signed_head(text):
            return self._arabic(head, text[len(head) :], text)
        numeral = _KANJI.match(text)
        if numeral is None:
            return None
        return self._numeral(numeral.group(), text[numeral.end() :])

    def _arabic(self, head: str, rest: str, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        number = parse_decimal(head)
        if number is None:
            return None
        if _MONTH_OF_A_YEAR.fullmatch(text):
            return None
        problems = () if well_grouped(head) else (Problem(rule="number.separator"),)
        if _LEADING_ZERO.match(head):
            problems = (*problems, Problem(rule="number.unusual-form"))
        unit = self._tail_unit(rest)
        if unit is not None:
            return Piece(number=number, unit=unit or None), problems
        mixed = _MIXED.match(text)
        if mixed and (summed := parse_numeral(mixed.group())) is not None:
            unit = self._tail_unit(text[mixed.end() :])
            if unit is not None:
                return Piece(number=summed, unit=unit or None), problems
        if _is_short_word(rest):
            unknown = Problem(rule="unit.unknown", parameters={"unit": label(rest)})
            return Piece(number=number, unit=label(rest)), (*problems, unknown)
        return None

    def _numeral(self, numeral: str, rest: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        """Kanji numerals; a single one only before a unit that makes it a number."""
        for stop in range(len(numeral), 0, -1):
            unit = self._tail_unit(numeral[stop:] + rest)
            number = parse_numeral(numeral[:stop]) if unit is not None else None
            if number is not None and unit is not None:
                certain = self._is_kanji_number(numeral[:stop], unit)
                return (Piece(number=number, unit=unit or None), ()) if certain else None
        return None

    def _is_kanji_number(self, numeral: str, unit: str) -> bool:
        """十二 and 三件 are numbers; 一部, 十分 and 千 are not."""
        if len(numeral) == 1:
            return numeral in KANJI_DIGITS + "十" and match_key(unit) in self._numeral_units
        return bool(set(numeral) & set(KANJI_DIGITS + "十"))

    def _tail_unit(self, rest: str) -> str | None:
        """The canonical unit after a number, ``""`` if nothing stands there, else ``None``."""
        if not rest:
            return ""
        unit = self._units.find(rest)
        return unit.unit if unit else None

    def _range(self, text: str) -> tuple[Piece, tuple[Problem, ...]] | None:
        first, tilde, second = text.partition("〜")
        if not tilde or not first or not second:
            return None
        low, high = self._number_and_unit(first), self._number_and_unit(second)
        if low is None or high is None:
            return None
        (lower, doubts), (upper, more) = low, high
        if lower.unit and upper.unit and lower.unit != upper.unit:
            return None  # 1千人〜5万人: a value has one unit
        piece = structs.replace(lower, upper=upper.number, unit=upper.unit or lower.unit)
        falls = (upper.number or 0) < (lower.number or 0)
        turned = [Problem(rule="number.range")] if falls else []
        return piece, (*doubts, *more, *turned)


def _is_short_word(text: str) -> bool:
    """Whether a text after a number may be a unit that the vocabulary lacks.

    Not 3月完成, 20歳代, 3その他, 5人減 or 2倍増: an unknown unit is a short noun in kanji, katakana
    or Latin.  O, I and l behind digits are most likely digits.
    """
    less = text.endswith(("減", "減少", "増", "増加")) and not text.endswith("削減")
    less = less or text in {"O", "o", "I", "l"}
    return not less and _UNKNOWN_UNIT.fullmatch(text) is not None
