"""Sentences that list indicators by name under a status: △の指標は「A」「B」の2指標です.

Forms that are read, all of a text folded by ``text.label``:

    △の指標は「A」「B」の2指標です        the status, then the names
    △は「A」など3指標、…                  some of them, then how many there are
    「A」「B」の2指標が△となった          the names, then the status
    Aは目標を達成した                     what a status means in its place
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.japanese.text import label
from pipeline.legend.claim_words import NUMBER, any_of, word_pattern
from pipeline.legend.vocabulary import ClaimWords

_SHORTEST = 3
"""Letters of a name by which an indicator is known in a text, at least."""
_AND = r"(?:[、・/]|と|及び|および|並びに|ならびに|や)?\s?"
_MORE = r"(?:など|等|ほか|他)?"
_BEING = r"(?:となった|となっている|と(?:評価|判定)された|だった|であった|なった|した|の)"
_SAID = (
    r"(?:である|です|でした|であった|であり|となった|となり|となって"
    r"|が、|で?[、。)]|で?$)"
)
_ALL = r"(?:いずれも|ともに|すべて|全て|それぞれ)?"


class NamedList(NamedTuple):
    """Indicators that a text says to bear a status.

    ``word``: the status, or the phrase that stands for it; ``names``: as known; ``behind``: the
    names stand behind it, so that it is said of a kind of indicators.
    """

    word: str
    names: tuple[str, ...]
    behind: bool


def names_in_texts(names: Sequence[str]) -> tuple[str, ...]:
    """The forms of names by which texts may speak of indicators, each once, the longest first."""
    folded = [label(name) for name in names]
    short = [re.sub(r"\([^()]*\)$", "", name) for name in folded]
    known = dict.fromkeys(name for name in (*folded, *short) if len(name) >= _SHORTEST)
    return tuple(sorted(known, key=len, reverse=True))


def find_named(
    text: str, words: Sequence[str], names: Sequence[str], grammar: ClaimWords
) -> Iterator[NamedList]:
    """The lists of a text; ``names``: see :func:`names_in_texts`."""
    if not names or not any(name in text for name in names):
        return
    before, after = _patterns(tuple(words), tuple(names), grammar)
    for pattern, behind in ((before, True), (after, False)):
        for found in pattern.finditer(text):
            told = tuple(one["name"] for one in _item(tuple(names)).finditer(found["names"]))
            yield NamedList(found["word"], told, behind)


def without_names(
    text: str, words: Sequence[str], names: Sequence[str], grammar: ClaimWords
) -> str:
    """A text without the names before the number of those that bear a status.

    ``△の指標は「A」「B」の2指標です`` → ``△の指標は2指標です``
    """
    if not names or not any(name in text for name in names):
        return text
    pattern, _ = _patterns(tuple(words), tuple(names), grammar)

    def bare(found: re.Match[str]) -> str:
        if found["number"] is None:
            return found.group()
        start, end = found.start(), found.start("names")
        return found.group()[: end - start] + found["counted"]

    return pattern.sub(bare, text)


@lru_cache(maxsize=8)
def _item(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[「『(]?(?P<name>{any_of(names)})(?:\([^()]{{1,20}}\))?[」』)]?")


@lru_cache(maxsize=8)
def _patterns(
    words: tuple[str, ...], names: tuple[str, ...], grammar: ClaimWords
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The status before its names, and behind them."""
    item = _item(names).pattern.replace("?P<name>", "?:")
    listed = rf"(?P<names>{item}(?:{_AND}{item})*)"
    units = any_of(grammar.count)
    counted = (
        rf"(?:の?(?P<counted>(?:計|合計|全)?(?P<number>{NUMBER})\s?(?:{units})))?(?:のみ|だけ)?"
    )
    word = word_pattern(map(label, words))
    links = rf"(?:{any_of(grammar.link)}|{_BEING})*"
    before = rf"{word}[」』)]?{links}(?:は|が|:)、?\s?{listed}{_MORE}{counted}(?={_SAID})"
    start = r"(?:^|(?<=[、。)」』はでもし]))"
    behind = (
        rf"{start}{listed}{_MORE}{counted}(?:は|が|も|については|では)、?{_ALL}[「『]?{word}"
        rf"[」』]?(?=と(?:評価|判定)|ものの、|評価|判定|{_SAID})"
    )
    return re.compile(before), re.compile(behind)
