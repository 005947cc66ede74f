"""What the document says of itself in numbers, taken apart into statements.

A claim is a sentence, a chart label, or a row of a summary table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.japanese.text import label
from pipeline.legend.claim_words import (
    CHANGE,
    NUMBER,
    amount_first_pattern,
    amount_pattern,
    any_of,
    in_percent,
    level_pattern,
    names_whole,
    number_of_all,
    ordinal,
    part_of_all_pattern,
    total_words,
    with_units,
    without_unit,
    word_pattern,
)
from pipeline.legend.explanations import read_band
from pipeline.legend.rules import Band
from pipeline.legend.vocabulary import ClaimWords
from pipeline.model import Claim, Place
from pipeline.validate.other_subjects import (
    is_elsewhen,
    is_judged_otherwise,
    is_narrowed,
    is_neutral,
    is_of_another_time,
    is_other_year,
    names_other_plan,
    without_notation,
)
from pipeline.validate.tally import Scope

Of = Literal["all", "perhaps", "part"]


class Amount(NamedTuple):
    """A status word has this count, or this share in percent, within the scope.

    Several words: they have it together (``◎と○は17指標``).  ``of``: whether it is of all
    indicators of the scope, of a part of them or of something else, or perhaps so; the number of
    all beside it may still say that it is of these.
    ``described``: the phrase that stands for the words; it may mean some of them only.
    """

    scope: Scope
    words: tuple[str, ...]
    unit: Literal["count", "share"]
    value: Decimal
    of: Of = "all"
    described: str = ""

    @property
    def named(self) -> str:
        """The words as a finding names them."""
        return self.described or "・".join(self.words)


class Extreme(NamedTuple):
    """A goal has the highest or lowest share (or count) of a word; without a goal, a word has."""

    word: str
    goal: int | None
    highest: bool
    scope: Scope
    said: str


class Total(NamedTuple):
    """The number of indicators in a scope.  ``of``: see :class:`Amount`."""

    scope: Scope
    value: Decimal
    of: Of = "all"


class InBand(NamedTuple):
    """So many indicators have a rate within a band."""

    scope: Scope
    heading: str
    band: Band
    value: Decimal


Statement = Amount | Extreme | Total | InBand

_NUMBER = rf"(?P<number>{NUMBER})"
SENTENCE_END = re.compile(r"。(?![^()]*\))")
"""One in brackets ends no sentence: 6指標(再掲を除く。)."""


def statements(
    claim: Claim, words: Sequence[str], grammar: ClaimWords, year: int, title: str = ""
) -> tuple[Statement, ...]:
    """What a claim states about the status words, in reading order, each once.

    ``year``: the reported fiscal year; what is said of another one is left out, and what is said
    of another plan than that of the ``title``.
    """
    scope = Scope(claim.place.goal_number, claim.place.policy_number)
    text, caption = label(claim.printed.text), without_notation(label(claim.caption))
    if is_of_another_time(caption, grammar, year) or names_other_plan(caption, title):
        return ()
    if is_judged_otherwise(caption, grammar):
        return ()
    if claim.source == "list":
        return ()
    if claim.entries:
        other = is_other_year(text, year) or re.fullmatch(CHANGE, text) is not None
        found = [] if other else list(_from_entries(claim, words, grammar, scope))
        if is_narrowed(caption, grammar) or is_narrowed(text, grammar):
            found = [_narrowed(one, "part") for one in found]
    else:
        found = [
            _narrowed(statement, "part") if is_narrowed(sentence, grammar) else statement
            for sentence in SENTENCE_END.split(
                with_units(in_percent(text), [*map(label, words)], grammar)
            )
            if not names_other_plan(sentence, title) and not is_judged_otherwise(sentence, grammar)
            for statement in _from_sentence(sentence, words, grammar, claim.place, year)
        ]
    return tuple(dict.fromkeys(found))


def _narrowed(one: Statement, of: Of) -> Statement:
    return one._replace(of=of) if isinstance(one, (Amount, Total)) else one


def _from_entries(
    claim: Claim, words: Sequence[str], grammar: ClaimWords, scope: Scope
) -> Iterator[Statement]:
    known = {label(word): word for word in words}
    for entry in claim.entries:
        heading = label(entry.header)
        word = known.get(without_unit(heading, grammar))
        text = label(entry.printed.text)
        marked_as = heading.rpartition("(")[2]
        percent = any(unit in text or unit in marked_as for unit in grammar.share)
        percent = percent or any(unit in label(claim.printed.text) for unit in grammar.share)
        shared = re.search(rf"{NUMBER}\s?(?:{any_of(grammar.share)})", text) is not None
        told: set[str] = set()
        for number in re.finditer(_NUMBER, text):
            value = Decimal(number["number"].replace(",", ""))
            after = text[number.end() :].lstrip()
            marked = after.startswith(tuple(grammar.share))
            beside = shared or after[:1] == "(" or after.startswith(tuple(grammar.count))
            counted = not marked and beside
            unit: Literal["count", "share"] = (
                "share" if marked or (percent and not counted) else "count"
            )
            if unit in told:
                continue  # of another time: 4(3)
            told.add(unit)
            if word is not None:
                yield Amount(scope, (word,), unit, value)
            elif without_unit(heading, grammar) in grammar.totals and unit == "count":
                yield Total(scope, value)
            elif unit == "count" and (band := read_band(_unmarked(heading))) is not None:
                yield InBand(scope, _unmarked(heading), band, value)


def _unmarked(heading: str) -> str:
    """A heading without the unit that was put after it in brackets."""
    return re.sub(r"\([^()]*\)$", "", heading)


def _from_sentence(
    sentence: str, words: Sequence[str], grammar: ClaimWords, place: Place, year: int
) -> Iterator[Statement]:
    scope = Scope(place.goal_number, place.policy_number)
    spotted = _goals(sentence, grammar)
    yield from _parts_of_all(sentence, words, spotted, grammar, scope)
    yield from _totals(sentence, words, spotted, grammar, scope)
    for found in _amounts(sentence, words, grammar):
        before = sentence[: found.start]
        if not is_elsewhen(sentence, found.start, grammar) and not is_other_year(before, year):
            inside = _scope_at(sentence, found.start, spotted, scope, grammar)
            said = _without_amounts(before, words, grammar, place)
            of: Of = "all" if is_neutral(said, grammar) else "perhaps"
            yield Amount(inside, found.words, found.unit, found.value, of)
    if not is_other_year(sentence, year):
        yield from _shares_of_goals(sentence, words, spotted, grammar)
        yield from _extremes(sentence, words, spotted, grammar, scope)


def _totals(
    sentence: str,
    words: Sequence[str],
    spots: Sequence[_Spot],
    grammar: ClaimWords,
    scope: Scope,
) -> Iterator[Total]:
    """``全130指標のうち目標達成は…``: how many there are, in a sentence that counts statuses."""
    known = tuple(map(label, words))
    patterns = (amount_pattern(known, grammar), amount_first_pattern(known, grammar))
    if not any(pattern.search(sentence) for pattern in patterns):
        return
    total = rf"{total_words(grammar)}{_NUMBER}\s?(?:{any_of(grammar.count)})"
    told = [*re.finditer(total, sentence), *re.finditer(number_of_all(grammar), sentence)]
    for found in told:
        if not is_elsewhen(sentence, found.start(), grammar):
            place = _scope_at(sentence, found.start("number"), spots, scope, grammar)
            yield Total(place, Decimal(found["number"].replace(",", "")))


def _without_amounts(before: str, words: Sequence[str], grammar: ClaimWords, place: Place) -> str:
    """What a sentence says before an amount, without other amounts, statuses and goals."""
    known = tuple(map(label, words))
    for pattern in (
        amount_pattern(known, grammar),
        amount_first_pattern(known, grammar),
        re.compile(number_of_all(grammar)),
        re.compile(rf"(?:{any_of(grammar.total)})?{NUMBER}\s?(?:{any_of(grammar.count)})"),
        level_pattern(grammar.level),
        re.compile(word_pattern(known)),
    ):
        before = pattern.sub("", before)
    for title in (place.goal, place.policy):
        before = before.replace(label(title), "") if title else before
    return before


def _parts_of_all(
    sentence: str,
    words: Sequence[str],
    spots: Sequence[_Spot],
    grammar: ClaimWords,
    scope: Scope,
) -> Iterator[Amount | Total]:
    """``達成率は35.0%(7/20)``: a count, the number of all, and the share beside them."""
    known = {label(word): word for word in words}
    for found in part_of_all_pattern(tuple(known), grammar).finditer(sentence):
        if is_elsewhen(sentence, found.start(), grammar):
            continue
        place = _scope_at(sentence, found.start(), spots, scope, grammar)
        count, whole = (Decimal(found[one].replace(",", "")) for one in ("part", "all"))
        yield Total(place, whole)
        yield Amount(place, (known[found["word"]],), "count", count)
        share = found["share"] or found["share_after"]
        if share is not None:
            yield Amount(place, (known[found["word"]],), "share", Decimal(share))


def _shares_of_goals(
    sentence: str, words: Sequence[str], spots: Sequence[_Spot], grammar: ClaimWords
) -> Iterator[Amount]:
    """``未達成の割合は、基本目標3が48.0%、基本目標1が34.8%``: shares of the word named before.

    Counts are left out: ``基本目標3(25指標)`` says how many there are.
    """
    known = {label(word): word for word in words}
    mentions = list(re.finditer(word_pattern(known), sentence))
    share = re.compile(rf"[がはで:]?、?[(]?{_NUMBER}\s?(?:{any_of(grammar.share)})")
    limit = re.compile(rf"\s?(?:{any_of(grammar.limit)})")
    for spot in spots:
        found = share.match(sentence, spot.end)
        before = [match["word"] for match in mentions if match.end() <= spot.start]
        if found is not None and before and limit.match(sentence, found.end()) is None:
            value = Decimal(found["number"].replace(",", ""))
            yield Amount(Scope(spot.goal), (known[before[-1]],), "share", value)


class _Spot(NamedTuple):
    start: int
    end: int
    goal: int


def _goals(sentence: str, grammar: ClaimWords) -> list[_Spot]:
    """Where a goal is named by its number."""
    spots = []
    for found in level_pattern(grammar.level).finditer(sentence):
        number = ordinal(found["n"])
        if number is not None:
            spots.append(_Spot(found.start(), found.end(), number))
    return spots


def _scope_at(
    sentence: str, at: int, spots: Sequence[_Spot], scope: Scope, grammar: ClaimWords
) -> Scope:
    """The part of the plan that is spoken of at a position: the last one named before it."""
    before = [spot for spot in spots if spot.start < at]
    whole = names_whole(sentence[:at], grammar)
    if before and before[-1].start > whole:
        return Scope(before[-1].goal)
    if whole >= 0 and scope.goal is None:
        return Scope()
    return scope


class _Found(NamedTuple):
    start: int
    words: tuple[str, ...]
    unit: Literal["count", "share"]
    value: Decimal


def _amounts(sentence: str, words: Sequence[str], grammar: ClaimWords) -> Iterator[_Found]:
    """The amounts of words; an amount that a word follows (``59指標が目標達成``) is that word's."""
    known = {label(word): word for word in words}
    first = list(amount_first_pattern(tuple(known), grammar).finditer(sentence))
    taken = [range(*match.span()) for match in first]
    after = [
        match
        for match in amount_pattern(tuple(known), grammar).finditer(sentence)
        if not any({match.start("word"), match.start("amounts")} & {*span} for span in taken)
    ]
    for found in sorted((*first, *after), key=lambda match: match.start()):
        joined = [] if found in first else _joined(sentence[: found.start("word")], list(known))
        if joined is None:
            continue
        words_of = tuple(known[word] for word in (*joined, found["word"]))
        for number, unit in _numbers(found["amounts"], grammar):
            yield _Found(found.start(), words_of, unit, number)


def _joined(before: str, words: Sequence[str]) -> list[str] | None:
    """The words that are joined to the one that follows: ``◎と`` before ``○``.

    ``None``: they are only listed (``目標達成、改善``), so whose the amount is cannot be told.
    """
    link = r"[」』)]?(?P<link>・|\+|と|及び|および|又は|または|/|、|,)[「『(]?"
    pattern = re.compile(rf"(?P<word>{any_of(words)}){link}$")
    found: list[str] = []
    while match := pattern.search(before):
        if match["link"] in "、,":
            return None
        found.insert(0, match["word"])
        before = before[: match.start()]
    return found


def _numbers(
    amounts: str, grammar: ClaimWords
) -> Iterator[tuple[Decimal, Literal["count", "share"]]]:
    """Each number with its unit; of two of one unit, the first (the other is of another time)."""
    units = any_of((*grammar.share, *grammar.count))
    amount = rf"{_NUMBER}\s?(?P<unit>{units})?"
    told: set[str] = set()
    for found in re.finditer(amount, amounts):
        unit: Literal["count", "share"] = "share" if found["unit"] in grammar.share else "count"
        if unit not in told:
            value = Decimal(found["number"].replace(",", ""))
            yield (value.scaleb(1) if found["unit"] == "割" else value), unit
        told.add(unit)


def _extremes(
    sentence: str,
    words: Sequence[str],
    spots: Sequence[_Spot],
    grammar: ClaimWords,
    scope: Scope,
) -> Iterator[Extreme]:
    known = {label(word): word for word in words}
    mentions = [
        (found.start(), known[found["word"]])
        for found in re.finditer(word_pattern(known), sentence)
    ]
    superlatives = any_of((*grammar.highest, *grammar.lowest))
    for found in re.finditer(superlatives, sentence):
        highest = found.group() in grammar.highest
        before = [word for start, word in mentions if start < found.start()]
        goal = _goal_of(sentence, found, spots)
        if goal is not None and before:
            yield Extreme(before[-1], goal, highest, Scope(), sentence)
        elif goal is None and (subject := _subject(sentence, found, mentions)):
            yield Extreme(subject, None, highest, scope, sentence)


def _goal_of(sentence: str, found: re.Match[str], spots: Sequence[_Spot]) -> int | None:
    """The goal that is called extreme: 最も低いのは基本目標1, or 基本目標1が最も低い."""
    link = re.compile(r"(?:な?い|な?かった)?(?:の[はが]|[はが])、?")
    after = link.match(sentence, found.end())
    for spot in spots:
        if after and spot.start == after.end():
            return spot.goal
        if re.fullmatch(r"[^、。]{0,12}?[がでは]、?", sentence[spot.end : found.start()]):
            return spot.goal
    return None


def _subject(
    sentence: str, found: re.Match[str], mentions: Sequence[tuple[int, str]]
) -> str | None:
    """The word that is called extreme: 最も多いのは目標達成."""
    after = re.compile(r"(?:な?い|な?かった)?の[はが]、?").match(sentence, found.end())
    return next((word for start, word in mentions if after and start == after.end()), None)
