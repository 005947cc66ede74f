"""Column headings to roles, by the vocabulary and, for near forms, by rapidfuzz."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from pipeline.japanese.eras import find_years, without_years
from pipeline.japanese.parts import PartWords
from pipeline.japanese.text import match_key
from pipeline.model import Kind, Record
from pipeline.settings.assemble import AssembleSettings

_BRACKETS = re.compile(r"[(（\[［【〔〈][^()（）\[\]［］【】〔〕〈〉]*[)）\]］】〕〉]")
_REMARK = re.compile(r"\((?:[^()]|\([^()]*\))*\)$")
_NUMBER = re.compile(r"[0-9,.%‰△▲+-]+")
_POSITION = re.compile(r"[上下]段\s*[:：]?")
_WORD_IN_KANA = re.compile(r"(?<=[ぁ-ゖ])との")
"""The end of a word in kana and の (もとの, ふるさとの), where no と joins two things."""
_MEASURE = re.compile(
    r"[△▲(+-]*[0-9][0-9,.]*\)?(?![年月日章節次期]|時(?!間))"
    r"(?=[^\W0-9])(?:co2|m[23]|[^\d()、。=<>→]){1,7}"
)
"""A figure with its unit, folded; a unit may have a digit of its own (t-CO2, m2)."""
_RATE_OF_ELSE = re.compile(r"(?!達成|進捗|進ちょく|到達).{2,}(?:率|割合)")
"""What follows 目標 or 実績 where it is that of a rate beside the figures: 目標削減率."""
CERTAIN = 100
"""The score of a heading that is a word of the vocabulary itself, not only like one."""
_LONGEST_HEADING = 80
"""Characters beyond which a text is no heading and is not looked up."""
_FUZZY_FROM = 3
"""Shorter words differ from each other by one character and are never matched nearly."""


_WHOLE_ONLY: frozenset[Kind] = frozenset({"number", "source", "year"})
"""Roles whose words are too common in other nouns (電話番号) to be found inside them."""
_FIGURES: frozenset[Kind] = frozenset({"baseline", "target", "actual", "rate"})
"""Roles of figures, whose word may begin a heading for something else."""
_WHOLE_IF_COMMON: frozenset[Kind] = frozenset({"name", "baseline", "target", "actual"})
"""Roles of which the common words are not found inside others (議決結果, 当初予算, 発表基準)."""


class Match(Record):
    """A role found for a heading.  ``score``: 100 for the word itself, less for near forms.

    ``common``: other tables than those of indicators use the word as well.  ``current``: a word for
    a baseline that is an actual beside another baseline.
    """

    kind: Kind
    word: str
    score: int
    strength: int
    common: bool = False
    current: bool = False


class Vocabulary:
    """The words of all roles, folded once."""

    def __init__(self, settings: AssembleSettings) -> None:
        self._score = settings.header_score
        self._words: dict[str, tuple[Kind, int]] = {}
        for kind, words in settings.headers.items():
            for strength, word in enumerate(words):
                self._words.setdefault(match_key(word), (cast("Kind", kind), strength))
        self._given = {
            match_key(without_years(one.expect))
            for one in settings.decisions
            if one.action == "role"
        }
        self._common = frozenset(map(match_key, settings.common_headers))
        self._current = frozenset(map(match_key, settings.current_headers))
        self._budget = frozenset(map(match_key, settings.budget_headers))
        self._differences = frozenset(map(match_key, settings.difference_headers))
        self._apart = tuple(map(match_key, settings.apart_headers))
        self._over_years = frozenset(map(match_key, settings.over_years))
        self._superseded = tuple(map(match_key, settings.superseded))
        parts = settings.parts
        self._parts = PartWords(parts.words, parts.header, parts.wrapped)
        self._years: dict[str, int] = {
            **dict.fromkeys(map(match_key, parts.next_year), 1),
            **dict.fromkeys(map(match_key, parts.previous_year), -1),
        }
        self._first = tuple(map(match_key, settings.first))
        self._limits = frozenset(map(match_key, settings.limits))
        self._conforming = frozenset(map(match_key, settings.conforming))
        self._ledgers = frozenset(map(match_key, settings.ledgers))
        self._elsewise = tuple(map(match_key, settings.elsewise))
        self._over_figures: dict[str, Kind] = {
            match_key(word): cast("Kind", role)
            for role, words in settings.over_figures.items()
            for word in words
        }
        self._inner = {
            word: None
            for word, (kind, _) in self._words.items()
            if kind not in _WHOLE_ONLY and not (kind in _WHOLE_IF_COMMON and word in self._common)
        }
        self._longest = max(map(len, self._words), default=0)
        self._near_words = [word for word in self._inner if len(word) >= _FUZZY_FROM]
        self._mark = re.compile(settings.lines.mark)
        self.match = lru_cache(maxsize=None)(self._match)

    def is_mark(self, text: str) -> bool:
        """Whether a cell holds nothing but a mark that judges, or one for nothing to judge."""
        return self._mark.fullmatch(text.strip()) is not None

    def years_from_reported(self, key: str) -> int:
        """How many years after the reported one a folded heading begins by naming.

        1 for 次年度目標, -1 for 前年度実績, 0 where it names neither.
        """
        return next((years for word, years in self._years.items() if key.startswith(word)), 0)

    def part_in(self, heading: str) -> str:
        """What in a heading tells its figures from others of its role and year; "" if nothing.

        A part (男性, 累計, 見込), or all of it where a person said what it is.
        """
        key = match_key(without_years(heading))
        return key if key in self._given else self._parts.in_heading(heading) or ""

    def is_first(self, heading: str) -> bool:
        """Whether a heading of targets speaks of those that were aimed at first: 当初目標値."""
        key = match_key(heading)
        return any(word in key for word in self._first)

    def is_over_years(self, heading: str) -> bool:
        """Whether a heading only says that years stand below it: 年度, 推移."""
        return match_key(heading) in self._over_years

    def is_limit(self, heading: str) -> bool:
        """Whether a heading is a word for a limit from outside and names no year: 基準."""
        return not find_years(heading) and match_key(_BRACKETS.sub("", heading)) in self._limits

    def conforms(self, texts: Sequence[str]) -> bool:
        """Whether all texts say that a figure keeps to a limit, or does not: 適合, 不適."""
        return bool(texts) and all(match_key(text) in self._conforming for text in texts)

    def is_of_ledgers(self, heading: str) -> bool:
        """Whether a heading stands over what ledgers count: 区分, 科目."""
        return match_key(_BRACKETS.sub("", heading)) in self._ledgers

    def over_figures(self, key: str) -> Kind | None:
        """The role that a word for something else has where figures stand below it, if any."""
        return self._over_figures.get(key)

    def is_budget(self, heading: str) -> bool:
        """Whether a heading, less its years and brackets, is a word for money that was spent."""
        return match_key(_BRACKETS.sub("", without_years(heading))) in self._budget

    def is_beside(self, heading: str) -> bool:
        """Whether a heading stands over figures that are no values: money, differences."""
        bare = match_key(_BRACKETS.sub("", without_years(heading)))
        return self.is_budget(heading) or bare in self._differences

    def is_of_else(self, heading: str) -> bool:
        """Whether a heading over figures speaks of others than a plan's: 県平均, 前年との差."""
        key = _WORD_IN_KANA.sub("", match_key(heading))
        return any(part in key for part in (*self._elsewise, *self._apart))

    def _found(self, word: str, score: int) -> Match:
        kind, strength = self._words[word]
        return Match(
            kind=kind,
            word=word,
            score=score,
            strength=strength,
            common=word in self._common,
            current=word in self._current,
        )

    def _match(self, heading: str) -> Match | None:
        """The role of a heading, or ``None``.  Years and brackets do not count.

        A word in brackets does where no more than a year stands before them: 令和6年度(実績).  Nor
        does where in a cell it stands: 上段:目標値.
        """
        heading = _POSITION.sub("", heading)
        if len(heading) > _LONGEST_HEADING:
            return None
        whole = match_key(heading)
        if not whole or _NUMBER.fullmatch(whole):
            return None
        bare = without_years(heading)
        rest = match_key(_BRACKETS.sub("", bare))
        in_brackets = match_key(bare)[1:-1] if not rest else ""
        for text in (whole, match_key(bare), rest, in_brackets):
            if text in self._words:
                return self._found(text, CERTAIN)
        key = rest or match_key(bare)
        if key in self._differences or self._speaks_of_else(key):
            return None
        if any(word in whole for word in self._superseded):
            return None
        return self._contained(key) or self._near(key)

    def _speaks_of_else(self, key: str) -> bool:
        """Whether a heading only begins with a word for figures: 目標値との差; or 対目標値.

        目標削減率 is no target of what is reduced.
        """
        if key.startswith("対"):
            return True
        return any(
            key[:length] in self._words
            and self._words[key[:length]][0] in _FIGURES
            and (key.startswith(self._apart, length) or _RATE_OF_ELSE.fullmatch(key, length))
            for length in range(2, min(len(key), self._longest + 1))
        )

    def _contained(self, key: str) -> Match | None:
        """The longest word that ends the heading (the head of a Japanese noun comes last), …

        … or that begins it; only where the heading has little else.
        """
        shortest = max(2, (len(key) - 3) // 2)
        for ends in (True, False):
            for length in range(min(len(key), self._longest), shortest - 1, -1):
                word = key[-length:] if ends else key[:length]
                if word in self._inner:
                    return self._found(word, 95 if ends else 90)
        return None

    def _near(self, key: str) -> Match | None:
        if not _FUZZY_FROM <= len(key) <= 2 * self._longest:
            return None
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (only for words not found)

        found = process.extractOne(
            key, self._near_words, scorer=fuzz.ratio, score_cutoff=self._score
        )
        return self._found(found[0], int(found[1])) if found else None


def is_year_only(heading: str) -> bool:
    """Whether a heading is a year and nothing else (``平成27``, ``R6年度``)."""
    bare = match_key(without_years(heading))
    return bool(match_key(heading)) and bare in {"", "年度", "年", "度", "末"}


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number: such a row is never a heading."""
    key = match_key(text)
    return bool(_NUMBER.fullmatch(key)) and any(map(str.isdigit, key))


def without_remark(text: str) -> str:
    """A folded text less the brackets at its end: 149時間(H30年度)."""
    return _REMARK.sub("", match_key(text))


def is_measure(text: str) -> bool:
    """Whether a text is a number alone, or one with a short unit behind it (24回, 8,211千円).

    A remark in brackets may follow: 149時間(H30年度).
    """
    key, bare = match_key(text), without_remark(text)
    if bare != key and is_year_only(text):
        return False
    return is_number(bare) or _MEASURE.fullmatch(bare) is not None


def looks_like_heading(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the distinct texts of a row are column headings.

    A row with a figure is none, though words beside it are headings elsewhere: 18件 | 事業終了.
    """
    filled = [text for text in texts if text.strip()]
    if any(
        is_number(text) or (is_measure(text) and not vocabulary.match(text))
        for text in filled
        if not is_year_only(text)
    ):
        return False
    hits = sum(1 for text in filled if is_year_only(text) or vocabulary.match(text))
    return hits >= 2 and 2 * hits >= len(filled)
