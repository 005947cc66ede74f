"""In which direction an indicator gets better: evidence gathered, weighed, and listed.

The registry decides.  For an indicator that it does not have, a column of the document in which
the city declares the direction decides; else two kinds of evidence must agree and none contradict.
The trend from baseline to target is weak: it supports a kind that agrees, it neither stands alone
nor contradicts (a target below the baseline is often merely a modest one).  Where a note explains
a mark beside names as a direction, a name without it is evidence of the other one.  A printed rate
that is target ÷ actual tells that less is better, and where some are, one that is actual ÷ target
that more is.  The printed status is no evidence: it is judged by the direction, and a wrong one
would prove itself right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.japanese.text import label, match_key
from pipeline.model import Direction, Indicator, Kind, Record, Value
from pipeline.settings.normalize import DirectionWords, Sides

_DECLARING: frozenset[Kind] = frozenset({"direction", "definition"})
_DIFFERENCE = re.compile(r"(?<=[一-龥)])[-−―](?=[一-龥(])|増減|差引|差額|収支")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
Side = Literal["higher", "lower"]
EvidenceKind = Literal["column", "rate", "unit", "words", "bound", "unmarked", "trend"]


class Evidence(Record):
    """One piece of evidence; ``what`` is the printed word or figures that it rests on."""

    kind: EvidenceKind
    direction: Side
    what: str


def gather(indicator: Indicator, words: DirectionWords) -> tuple[Evidence, ...]:
    """All evidence that an indicator's own row gives."""
    return tuple(
        evidence
        for found in (
            _column(indicator, words.column),
            _phrase(indicator, words.phrases),
            _unit(indicator.unit, words.units),
            _name(indicator.name, words.words),
            _bound(indicator),
            _listed(indicator, words.phrases),
            _unmarked(indicator, words.phrases),
            _trend(indicator),
        )
        for evidence in found
    )


def decide(evidence: tuple[Evidence, ...]) -> tuple[Direction, str]:
    """The direction and its basis: ``printed``, ``evidence``, or ``""`` while it is unknown."""
    column = {found.direction for found in evidence if found.kind == "column"}
    rate = {found.direction for found in evidence if found.kind == "rate"}
    weak = ("column", "rate", "trend")
    strong = {found.direction for found in evidence if found.kind not in weak}
    if len(column) == 1:
        unit = {found.direction for found in evidence if found.kind == "unit"}
        return (column.pop(), "printed") if not unit - column else ("unknown", "")
    if rate:
        return (rate.pop(), "evidence") if strong <= rate else ("unknown", "")
    if len(strong) != 1:
        return "unknown", ""
    (direction,) = strong
    kinds = {found.kind for found in evidence if found.direction == direction}
    return (direction, "evidence") if len(kinds) > 1 else ("unknown", "")


def propose(evidence: tuple[Evidence, ...]) -> Direction:
    """What the evidence speaks for, decided or not; ``unknown`` where it is evenly divided."""
    weights = {"column": 8, "rate": 4, "trend": 1}
    balance = sum(
        weights.get(found.kind, 2) * (1 if found.direction == "higher" else -1)
        for found in evidence
    )
    if balance == 0:
        return "unknown"
    return "higher" if balance > 0 else "lower"


def of_rates(
    indicators: Sequence[Indicator], words: DirectionWords
) -> tuple[tuple[Evidence, ...], ...]:
    """What the printed rates tell of the direction of each indicator.

    Nothing, unless one of them is target ÷ actual, and nothing else gainsays that.
    """
    ways = [_way_of_rate(one) for one in indicators]
    known = [decide(gather(one, words))[0] for one in indicators]
    found = list(zip(ways, known, strict=True))
    if ("lower", "higher") in found or "lower" not in ways:
        return ((),) * len(indicators)
    told = {"lower"} if ("higher", "lower") in found else {"lower", "higher"}
    return tuple(
        (Evidence(kind="rate", direction=way, what=_rate_of(one)),) if way in told else ()
        for one, way in zip(indicators, ways, strict=True)
    )


def _way_of_rate(indicator: Indicator) -> Side | None:
    """``lower`` where the printed rate is target ÷ actual alone, ``higher`` where the reverse."""
    actual, target = _number(indicator.actual), _number(indicator.target)
    rates = _rates(indicator)
    if not actual or not target or actual < 0 or target < 0 or len(rates) != 1:
        return None
    (rate,) = rates
    least = Decimal(1).scaleb(min(int(rate.as_tuple().exponent), 0))
    plain, inverse = (abs(100 * way - rate) < least for way in (actual / target, target / actual))
    return None if plain == inverse else ("higher" if plain else "lower")


def _rates(indicator: Indicator) -> list[Decimal]:
    return [
        seen.value.number
        for seen in indicator.observations
        if seen.kind == "rate" and not seen.part and seen.value.number is not None
    ]


def _rate_of(indicator: Indicator) -> str:
    return next(seen.value.printed.text for seen in indicator.observations if seen.kind == "rate")


def _column(indicator: Indicator, words: Sides) -> Iterator[Evidence]:
    for seen in indicator.observations:
        if seen.kind in ("direction", "unknown") and seen.value.text:
            direction = _side(match_key(seen.value.text), words)
            if direction:
                yield Evidence(kind="column", direction=direction, what=seen.value.text)


def _phrase(indicator: Indicator, phrases: Sides) -> Iterator[Evidence]:
    """A phrase in the name, a definition or the note: 減らすことを目標とする指標."""
    texts = [seen.value.text or "" for seen in indicator.observations if seen.kind in _DECLARING]
    key = match_key(" ".join((indicator.name, indicator.note, *texts)))
    pattern, sides = _lexicon(phrases)
    for phrase in dict.fromkeys(found[1] for found in pattern.finditer(key)):
        yield Evidence(kind="column", direction=sides[phrase], what=_spelling(phrases, phrase))


def _side(key: str, words: Sides) -> Side | None:
    return _lexicon(words)[1].get(key)


def _unit(unit: str, words: Sides) -> Iterator[Evidence]:
    direction = _side(match_key(unit), words) if unit else None
    if direction:
        yield Evidence(kind="unit", direction=direction, what=unit)


def _name(name: str, words: Sides) -> Iterator[Evidence]:
    """The rightmost word found: the last noun of a name says what is counted.

    A difference (転入者数－転出者数, 社会増減) has no such noun.
    """
    if _DIFFERENCE.search(label(name)):
        return
    key = match_key(name)
    pattern, sides = _lexicon(words)
    for text in (_IN_BRACKETS.sub("", key), key):
        found = max(pattern.finditer(text), key=lambda word: word.end(1), default=None)
        if found:
            what = _spelling(words, found[1])
            yield Evidence(kind="words", direction=sides[found[1]], what=what)
            return


@lru_cache(maxsize=8)
def _lexicon(words: Sides) -> tuple[re.Pattern[str], dict[str, Side]]:
    """A pattern that finds the longest word at every place, and the side of each word."""
    sides: dict[str, Side] = {match_key(word): "lower" for word in words.lower}
    sides |= {match_key(word): "higher" for word in words.higher}
    longest_first = sorted(sides, key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))"), sides


def _spelling(words: Sides, key: str) -> str:
    """A word as the vocabulary spells it: リピート for the key リピ-ト."""
    return next(word for word in (*words.higher, *words.lower) if match_key(word) == key)


def side_told(text: str, phrases: Sides) -> Side | None:
    """The side of the phrases in a text, if they are all of one."""
    pattern, sides = _lexicon(phrases)
    told = {sides[found[1]] for found in pattern.finditer(match_key(text))}
    return told.pop() if len(told) == 1 else None


def _listed(indicator: Indicator, phrases: Sides) -> Iterator[Evidence]:
    """That a note lists it: No.3、7は数値が低いほど良い指標."""
    side = side_told(indicator.listed, phrases)
    if side is not None:
        yield Evidence(kind="column", direction=side, what=indicator.listed)


def _unmarked(indicator: Indicator, phrases: Sides) -> Iterator[Evidence]:
    """That others bear a mark which a note explains (▼は減少を目指す指標), and this one none."""
    told = side_told(indicator.unmarked, phrases)
    if told is not None:
        side: Side = "higher" if told == "lower" else "lower"
        yield Evidence(kind="unmarked", direction=side, what=indicator.unmarked)


_LOWER_BOUNDS, _HIGHER_BOUNDS = ("at_most", "less_than"), ("at_least", "more_than")


def _bound(indicator: Indicator) -> Iterator[Evidence]:
    for value in (indicator.target, indicator.next_target):
        if value is not None and value.bound in _LOWER_BOUNDS:
            yield Evidence(kind="bound", direction="lower", what=value.printed.text)
        elif value is not None and value.bound in _HIGHER_BOUNDS:
            yield Evidence(kind="bound", direction="higher", what=value.printed.text)


def _number(value: Value | None) -> Decimal | None:
    return None if value is None or value.upper is not None else value.number


def _compare(one: Value | None, other: Value | None) -> int:
    """1 if the first is larger, -1 if smaller, 0 if equal or not comparable."""
    first, second = _number(one), _number(other)
    if first is None or second is None or one is None or other is None or one.unit != other.unit:
        return 0
    return (first > second) - (first < second)


def _trend(indicator: Indicator) -> Iterator[Evidence]:
    steps = {
        _compare(indicator.target, indicator.baseline),
        _compare(indicator.next_target, indicator.target or indicator.baseline),
    } - {0}
    if len(steps) == 1:
        what = "→".join(
            value.printed.text
            for value in (indicator.baseline, indicator.target, indicator.next_target)
            if value is not None
        )
        yield Evidence(kind="trend", direction="higher" if steps.pop() > 0 else "lower", what=what)
