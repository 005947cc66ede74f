"""The words and patterns in which a document sums itself up.

Shared by the search for claims, here, and by the validate stage, which reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.japanese.numerals import KANJI_DIGITS, whole_number
from pipeline.japanese.text import label
from pipeline.legend.vocabulary import ClaimWords
from pipeline.model import Place

NUMBER = r"(?<![0-9.,])[0-9][0-9,]{0,9}(?:\.[0-9]{1,4})?(?![0-9])"
"""A number of a summary.  Bounded, since a text may be one endless row of digits."""

CHANGE = (
    r"(?:対?前(?:年度?|回)(?:から(?:の)?|との?|度?比)?の?)?(?:増減|差|比較|比)(?:数|件数)?"
    r"(?:\([^()]*\))?"
)
"""The heading of differences from the year before: 増減, 前年度からの増減, 前年度比."""
SIGNED = r"(?P<sign>[-+△▲±]?)\s?(?P<number>[0-9]{1,4})"

_LISTED = 2
"""Words that make a list of counts."""
_KANJI = f"{KANJI_DIGITS}十"


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def word_pattern(words: Iterable[str]) -> str:
    """A pattern for one of the status words; without any, nothing fits.

    A Latin letter must stand alone, a short word must not be the end of a longer one (業務改善),
    and a mark before a number is its sign (△5%).
    """
    known = list(words)
    short = [word for word in known if len(word) <= 2 and word.isalpha() and not word.isascii()]
    others = [word for word in known if word not in short]
    forms = [any_of(others)] if others else []
    forms += [rf"(?<![一-龠々ァ-ヶー])(?:{any_of(short)})"] if short else []
    sign = r"(?!(?<=[-―△▲+])\s?[0-9])"
    any_form = "|".join(forms) or "(?!)"
    return rf"(?<![0-9A-Za-z])(?P<word>{any_form})(?![A-Za-z+]){sign}"


def amount(grammar: ClaimWords) -> str:
    """A pattern for a count or share with its unit that is no limit (``80%以上``).

    A count may stand without its unit before a share: ``59(45.4%)``.
    """
    units = any_of((*grammar.share, *grammar.count))
    shares = any_of(grammar.share)
    limits = any_of(grammar.limit)
    bare = rf"{NUMBER}(?=\s?[\s(、,/]\s?{NUMBER}\s?(?:{shares}))"
    return rf"(?:{NUMBER}\s?(?:{units})(?!\s?(?:{limits}))|{bare})"


@lru_cache(maxsize=32)
def amount_pattern(words: tuple[str, ...], grammar: ClaimWords) -> re.Pattern[str]:
    """A status word and the counts or shares said of it: ``目標達成の割合は45.4%(59件)``."""
    one = amount(grammar)
    amounts = rf"{one}(?:\s?[(、,/・]\s?{one}\)?|\s{one})*"
    links = any_of(grammar.link)
    gloss = r"(?:\([^()0-9]{1,12}\))?"
    whole = rf"(?:{_of_all(grammar)}、?)?"
    between = (
        rf"[」』)]?{gloss}(?:{links})*(?:[はがもで]|:|=|…|―|-)?{whole}[\s、,(:]*(?:{links})?\s?"
    )
    return re.compile(rf"{word_pattern(words)}{between}(?P<amounts>{amounts})")


_NOT_ALL = "[率度値はが]|に(?:改善|悪化|上が|下が|変わ|移)|となる"
"""Behind a word that is not what an amount has: 達成率, ○に改善した, 3件でAは5件."""


@lru_cache(maxsize=32)
def amount_first_pattern(words: tuple[str, ...], grammar: ClaimWords) -> re.Pattern[str]:
    """Counts or shares and the status word that they have: ``59指標(45.4%)が目標達成``."""
    one = amount(grammar)
    amounts = rf"{one}(?:\s?[(、,/・]\s?{one}\)?)?"
    return re.compile(
        rf"(?P<amounts>{amounts})(?:[がは]、?|で)[「『]?{word_pattern(words)}(?!{_NOT_ALL})"
    )


def total_words(grammar: ClaimWords) -> str:
    """A pattern for a word before the number of all; 計 is none in 未集計2件, nor 全 in 安全."""
    return rf"(?:(?<![一-龠々])(?:{any_of(grammar.total)}))"


def number_of_all(grammar: ClaimWords) -> str:
    """A pattern for the number of all of which a list follows: ``14の指標のうち``.

    It stands at the start of a clause: 未達成の8指標のうち are not all.  Or behind the goal that
    has them, or what says that they are judged (評価できた18指標のうち), or right before the count
    of a word: ``達成は14指標中5指標``.
    """
    units = any_of(grammar.count)
    goal = rf"(?:{any_of(grammar.level)})\s?[0-9]{{1,2}}(?:は|では|が)、?"
    judged = r"(?:評価|判定|集計|測定)(?:できた|した|を行った|対象の|可能な)"
    start = rf"(?:^|(?<=[、,。])|{total_words(grammar)}|{goal}|{judged})\s?"
    here = rf"(?<=[はがで、])(?=全?{NUMBER}\s?(?:{units})中、?{NUMBER}\s?(?:{units}))全?"
    before = rf"(?:{start}|{here})"
    return rf"{before}(?P<number>{NUMBER})\s?の?(?P<unit>{units})(?:のうち|の内訳|中)"


def _of_all(grammar: ClaimWords) -> str:
    """A pattern for the number of all between a word and its count: ``達成は14指標中5指標``."""
    return rf"全?{NUMBER}\s?(?:{any_of(grammar.count)})(?:中|のうち)(?=、?{NUMBER})"


def with_units(text: str, words: Sequence[str], grammar: ClaimWords) -> str:
    """A text in which each count of a list has the unit that the number of all has, or any.

    ``14指標のうち、Sが5、Aが4`` → ``14指標のうち、Sが5指標、Aが4指標``.  So has a number of which a
    sentence says that it is one of indicators: ``達成した指標は9でした``.
    """
    text = _bare_number_of_subject(grammar).sub(r"\g<said>\g<unit>", text)
    whole = _number_of_all(grammar).search(text)
    if whole is None:
        return _with_units_in_runs(text, words, grammar.count[0])
    counted = rf"{word_pattern(words)}[」』)]?[がはで:]?\s?{NUMBER}(?=\s?(?:[、,。)(]|と|で|$))"
    listed = text[whole.end() :]
    if len({found["word"] for found in re.finditer(counted, listed)}) < _LISTED:
        return text
    unit = whole["unit"]
    return text[: whole.end()] + re.sub(counted, lambda found: found.group() + unit, listed)


@lru_cache(maxsize=8)
def _number_of_all(grammar: ClaimWords) -> re.Pattern[str]:
    return re.compile(number_of_all(grammar))


@lru_cache(maxsize=8)
def _bare_number_of_subject(grammar: ClaimWords) -> re.Pattern[str]:
    """A bare number that ends what is said of indicators."""
    subjects = any_of(unit for unit in grammar.count if len(unit) > 1)
    said = rf"(?P<said>(?P<unit>{subjects})数?[はが]、?{NUMBER})"
    return re.compile(rf"{said}(?=で(?:す|した|あ|、)|と(?:な|し)|[。、]|$)")


def _with_units_in_runs(text: str, words: Sequence[str], unit: str) -> str:
    """A text with the unit behind counts that follow one another: 本年度は◎4、○3、△1であった.

    Three at least if one is a letter: A4 and B5 are sizes of paper.  In such a run △ is no sign of
    a number.  Marks need nothing between them, and may have their units: 基本目標1 ◎2件○4件△1件.
    """
    marks = [word for word in words if not word.isdigit()]
    if not any(mark in text for mark in marks):
        return text
    known = "|".join(map(re.escape, marks))
    number = rf"(?P<number>{NUMBER})(?P<unit>{re.escape(unit)}|件)?"
    counted = re.compile(rf"(?P<word>{known})[がは:]?\s?{number}")
    one = re.sub(r"\?P<[a-z]+>", "?:", counted.pattern)
    signs = any_of(word for word in words if not re.search(r"\w", word)) or "(?!)"
    between = rf"(?:[、,・/\s]+|(?={signs}))"

    def with_unit(found: re.Match[str]) -> str:
        told = {item["word"] for item in counted.finditer(found.group())}
        if len(told) < _LISTED + any(word.isascii() for word in told):
            return found.group()
        listed = counted.sub(rf"\g<word>は\g<number>{unit}", found.group())
        return f"、{listed}" if found.start() and text[found.start() - 1].isalnum() else listed

    return re.sub(rf"{one}(?:{between}{one})+(?=[。()/\s]|で|と|$)", with_unit, text)


@lru_cache(maxsize=32)
def part_of_all_pattern(words: tuple[str, ...], grammar: ClaimWords) -> re.Pattern[str]:
    """A count of all that there are, behind its share or before it: ``達成率は35.0%(7/20)``."""
    units = rf"\s?(?:{any_of(grammar.count)})?"
    share = rf"(?P<share>{NUMBER})\s?(?:{any_of(grammar.share)})"
    part = rf"(?P<part>{NUMBER}){units}\s?/\s?(?P<all>{NUMBER}){units}"
    links = any_of((*grammar.link, "率"))
    between = rf"[」』)]?(?:{links})*[はがもで:]?[\s、,:]*(?:{links})?\s?"
    behind = rf"{share.replace('<share>', '<share_after>')}"
    return re.compile(
        rf"{word_pattern(words)}{between}(?:{share}\s?)?\(?{part}\)?(?:\s?[(、]\s?{behind})?"
    )


@lru_cache(maxsize=8)
def level_pattern(levels: tuple[str, ...]) -> re.Pattern[str]:
    """A part of the plan named by its number: ``基本目標3``."""
    return re.compile(
        rf"(?:{any_of(levels)})\s?\(?(?P<n>[0-9]{{1,2}}(?![0-9.%])|[{_KANJI}]+|[IVX]+)\)?"
    )


def ordinal(text: str) -> int | None:
    """The number of a goal: ``3``, ``三`` or ``III``."""
    return whole_number(text)


def in_percent(text: str) -> str:
    """A text with 割 and 分 as percent, where both are said: ``3割5分`` → ``35%``."""
    return re.sub(r"(?<![0-9.])([0-9])割([0-9])分", r"\g<1>\g<2>%", text)


def is_amount(text: str, grammar: ClaimWords) -> bool:
    """Whether a cell or a label is nothing but one or two amounts: ``59(45.4%)``."""
    units = any_of((*grammar.share, *grammar.count))
    number = rf"{NUMBER}\s?(?:{units})?"
    return bool(re.fullmatch(rf"{number}(?:\s?[(/]?\s?{number}\)?)?", text))


def without_unit(heading: str, grammar: ClaimWords) -> str:
    """A heading without the unit that follows it: ``目標達成(件)`` → ``目標達成``."""
    units = any_of((*grammar.share, *grammar.count))
    return re.sub(rf"\s?\(?(?:{units})\)?$", "", heading)


def place_named(
    text: str, goals: Sequence[tuple[int | None, str]], grammar: ClaimWords
) -> Place | None:
    """The part of the plan that a caption or a row's heading names; ``None`` if it names none."""
    spot = level_pattern(grammar.level).search(text)
    if spot is not None and ordinal(spot["n"]) is not None:
        return Place(goal_number=ordinal(spot["n"]))
    for number, title in goals:
        if title and label(title) in text:
            return Place(goal_number=number)
    return Place() if names_whole(text, grammar) >= 0 else None


def names_whole(text: str, grammar: ClaimWords) -> int:
    """Where a text last names the whole plan (全体), -1 if it does not.

    A word of one letter (計) must be all of the text, for it is part of others (計画).
    """
    if text in grammar.overall:
        return 0
    return max((text.rfind(word) for word in grammar.overall if len(word) > 1), default=-1)
