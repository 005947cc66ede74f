"""What the document says of itself in numbers, and whether its own table agrees.

A claim (a sentence, a chart label, a row of a summary table) is taken apart into statements; each
is held against the statuses as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from pipeline.japanese.eras import find_years
from pipeline.japanese.text import label
from pipeline.legend.claim_words import (
    NUMBER,
    amount_first_pattern,
    amount_pattern,
    any_of,
    level_pattern,
    names_whole,
    ordinal,
    without_unit,
    word_pattern,
)
from pipeline.legend.engine import in_limits, round_to
from pipeline.legend.explanations import read_band
from pipeline.legend.rules import Band
from pipeline.legend.vocabulary import ClaimWords
from pipeline.model import Claim, Finding, Place
from pipeline.validate.findings import finding
from pipeline.validate.tally import Scope, Tally


class Amount(NamedTuple):
    """A status word has this count, or this share in percent, within the scope.

    Several words: they have it together (``◎と○は17指標``).
    """

    scope: Scope
    words: tuple[str, ...]
    unit: Literal["count", "share"]
    value: Decimal

    @property
    def named(self) -> str:
        """The words as a finding names them."""
        return "・".join(self.words)


class Extreme(NamedTuple):
    """A goal has the highest or lowest share (or count) of a word; without a goal, a word has."""

    word: str
    goal: int | None
    highest: bool
    scope: Scope
    said: str


class Total(NamedTuple):
    """The number of indicators in a scope."""

    scope: Scope
    value: Decimal


class InBand(NamedTuple):
    """So many indicators have a rate within a band."""

    scope: Scope
    heading: str
    band: Band
    value: Decimal


_ENOUGH = 3
"""Shares that are all right prove that no row is missing; two may be right by chance."""

Statement = Amount | Extreme | Total | InBand
Tallies = Mapping[Scope, Tally]

_NUMBER = rf"(?P<number>{NUMBER})"


# --------------------------------------------------------------------------- reading a claim


def statements(
    claim: Claim, words: Sequence[str], grammar: ClaimWords, year: int
) -> tuple[Statement, ...]:
    """What a claim states about the status words, in reading order, each once.

    ``year``: the reported fiscal year; what is said of another one is left out.
    """
    scope = Scope(claim.place.goal_number, claim.place.policy_number)
    text = label(claim.printed.text)
    if claim.entries:
        other = _other_year(text, year)
        found = [] if other else list(_from_entries(claim, words, grammar, scope))
    else:
        found = [
            statement
            for sentence in text.split("。")
            for statement in _from_sentence(sentence, words, grammar, scope, year)
        ]
    return tuple(dict.fromkeys(found))


def _other_year(text: str, year: int) -> bool:
    """Whether the last year that a text names is another one than the reported one."""
    years = find_years(text)
    return bool(years) and year not in (years[-1].year, years[-1].end, years[-1].fiscal_year)


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
        for number in re.finditer(_NUMBER, text):
            value = Decimal(number["number"].replace(",", ""))
            after = text[number.end() :]
            marked = after.startswith(tuple(grammar.share))
            counted = not marked and (after[:1] == "(" or after.startswith(tuple(grammar.count)))
            unit: Literal["count", "share"] = (
                "share" if marked or (percent and not counted) else "count"
            )
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
    sentence: str, words: Sequence[str], grammar: ClaimWords, scope: Scope, year: int
) -> Iterator[Statement]:
    spotted = _goals(sentence, grammar)
    yield from _totals(sentence, words, spotted, grammar, scope)
    for found in _amounts(sentence, words, grammar):
        before = sentence[: found.start]
        if not _elsewhen(sentence, found.start, grammar) and not _other_year(before, year):
            place = _scope_at(sentence, found.start, spotted, scope, grammar)
            yield Amount(place, found.words, found.unit, found.value)
    if not _other_year(sentence, year):
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
    if not amount_pattern(tuple(map(label, words)), grammar).search(sentence):
        return
    total = rf"(?:{any_of(grammar.total)}){_NUMBER}\s?(?:{any_of(grammar.count)})"
    for found in re.finditer(total, sentence):
        if not _elsewhen(sentence, found.start(), grammar):
            place = _scope_at(sentence, found.start(), spots, scope, grammar)
            yield Total(place, Decimal(found["number"].replace(",", "")))


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


def _elsewhen(sentence: str, at: int, grammar: ClaimWords) -> bool:
    """Whether the clause before a position speaks of another time."""
    clause = re.split(r"[、,(]", sentence[:at])[-1]
    return any(word in clause for word in grammar.elsewhen)


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
        if not any(match.start("word") in span for span in taken)
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
            yield Decimal(found["number"].replace(",", "")), unit
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
    link = re.compile(r"(?:い|かった)?(?:の[はが]|[はが])、?")
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
    after = re.compile(r"(?:い|かった)?の[はが]、?").match(sentence, found.end())
    return next((word for start, word in mentions if after and start == after.end()), None)


# --------------------------------------------------------------------------- checking


def check_bands(
    claims: Sequence[tuple[Claim, Sequence[Statement]]],
    rates: Sequence[tuple[Place, Decimal]],
) -> Iterator[Finding]:
    """Findings for bands that hold another number of the printed rates (place and percent).

    Told only of bands that count as many rates, taken together, as were read.
    """
    for claim, stated in claims:
        bands = [one for one in stated if isinstance(one, InBand)] if rates else []
        for scope in dict.fromkeys(one.scope for one in bands):
            within = [rate for place, rate in rates if scope.holds(place)]
            inside = [one for one in bands if one.scope == scope]
            if sum(one.value for one in inside) != len(within):
                continue
            for one in inside:
                count = sum(in_limits(Fraction(rate), one.band) for rate in within)
                if count != one.value:
                    yield finding(
                        "summary.count",
                        scope_name(one.scope),
                        printed=f"{one.heading} {one.value}",
                        expected=f"{one.heading} {count}",
                        page=claim.printed.page,
                        box=claim.printed.box,
                    )


def check_claims(
    claims: Sequence[tuple[Claim, Sequence[Statement]]],
    countings: Sequence[Tallies],
    *,
    rows_in_doubt: bool = False,
) -> Iterator[Finding]:
    """Findings for statements that the printed statuses contradict, one a claim and scope.

    ``rows_in_doubt``: rows may have been lost, joined or parted, so that no number proves that all
    were read: one that agrees may do so by chance.

    ``countings``: the ways of counting that a document may use (repeated rows once or each time);
    a claim that agrees with one of them is right, and the first is what a finding is held against.

    The same wrong numbers repeated elsewhere (a sentence and its chart) are told once.
    """
    known = () if rows_in_doubt else claims
    proven = [_complete(known, tallies) for tallies in countings]
    told: set[tuple[str, str | None, str | None]] = set()
    for claim, stated in claims:
        told_by = [
            list(_check(claim, stated, tallies, complete))
            for tallies, complete in zip(countings, proven, strict=True)
        ]
        for found in [] if [] in told_by else told_by[0]:
            same = (found.rule, found.subject, found.printed)
            if same not in told:
                told.add(same)
                yield found


def _complete(
    claims: Sequence[tuple[Claim, Sequence[Statement]]], tallies: Tallies
) -> frozenset[Scope]:
    """The parts of the plan of which a printed number proves that all rows were read.

    It is the number of all indicators, counts of the statuses that sum up to it, or shares of all
    statuses that are all right or can only be shares of so many.  Where it proves the whole plan
    and contradicts no goal, it proves every part of it.
    """
    proven: set[Scope] = set()
    lacking: set[Scope] = set()
    for _, stated in claims:
        for scope, number in _numbers_of_all(stated, tallies):
            (proven if _is_number_of_all(number, tallies[scope]) else lacking).add(scope)
        for scope, shares in _of_all_statuses(stated, "share", tallies):
            counted = tallies[scope]
            if len(shares) >= _ENOUGH and (
                _agrees(shares, counted) or _are_shares_of(counted, shares)
            ):
                proven.add(scope)
    if Scope() in proven and not lacking - proven:
        proven |= set(tallies)
    return frozenset(proven)


def _are_shares_of(counted: Tally, shares: Sequence[Amount]) -> bool:
    """Whether shares are those of whole numbers that sum up to the number read, and to no other."""

    def fits(of: int) -> bool:
        counts = [round(Fraction(one.value) * of / 100) for one in shares]
        exact = (round_to(Fraction(100 * count, of), 4, "half_up") for count in counts)
        return sum(counts) == of and all(
            abs(true - Fraction(one.value)) <= Fraction(1, 2 * 10 ** digits_of(one.value))
            for true, one in zip(exact, shares, strict=True)
        )

    numbers = {counted.judged, counted.indicators} - {0}
    others = {number + step for number in numbers for step in (-2, -1, 1, 2)} - numbers
    return any(map(fits, numbers)) and not any(fits(other) for other in others if other > 0)


def _numbers_of_all(
    stated: Sequence[Statement], tallies: Tallies
) -> Iterator[tuple[Scope, Decimal]]:
    """How many indicators a claim says there are, by scope: as stated, and as its counts sum up."""
    for one in stated:
        if isinstance(one, Total) and one.scope in tallies:
            yield one.scope, one.value
    for scope, counts in _of_all_statuses(stated, "count", tallies):
        yield scope, sum((one.value for one in counts), Decimal())


def _of_all_statuses(
    stated: Sequence[Statement], unit: Literal["count", "share"], tallies: Tallies
) -> Iterator[tuple[Scope, list[Amount]]]:
    """The amounts of a claim by scope, where they name every status that is borne there."""
    amounts = [
        one
        for one in stated
        if isinstance(one, Amount) and one.unit == unit and len(one.words) == 1
    ]
    for scope in dict.fromkeys(one.scope for one in amounts):
        within = [one for one in amounts if one.scope == scope]
        counted = tallies.get(scope)
        if counted is not None and len(within) > 1:
            borne = {word for word, count in counted.counts.items() if count}
            if borne <= {one.words[0] for one in within}:
                yield scope, within


def _is_number_of_all(number: Decimal, counted: Tally) -> bool:
    return number in (counted.judged, counted.indicators)


def _check(
    claim: Claim, stated: Sequence[Statement], tallies: Tallies, complete: frozenset[Scope]
) -> Iterator[Finding]:
    yield from _check_amounts(claim, stated, tallies, complete)
    yield from _check_rest(claim, stated, tallies, complete)


def _check_amounts(
    claim: Claim, stated: Sequence[Statement], tallies: Tallies, complete: frozenset[Scope]
) -> Iterator[Finding]:
    amounts = [statement for statement in stated if isinstance(statement, Amount)]
    for stands in dict.fromkeys(amount.scope for amount in amounts):
        within = [amount for amount in amounts if amount.scope == stands]
        if stands not in tallies or _is_of_another(
            within, stands, tallies, named=claim.named or stands != _stands(claim)
        ):
            continue
        scope = stands if _is_named(claim, stands) else _likeliest(within, stands, tallies)
        if scope is None:
            yield _unplaced(claim, within)
            continue
        counted = tallies[scope]
        order = {word: place for place, word in enumerate(counted.counts)}
        within = [amount._replace(scope=scope) for amount in within]
        within.sort(key=lambda amount: order.get(amount.words[0], len(order)))
        shares = [amount for amount in within if amount.unit == "share"]
        counts = [amount for amount in within if amount.unit == "count"]
        wrong_counts = [one for one in counts if not _is_count(one, counted)]
        named = [one.value for one in stated if isinstance(one, Total) and one.scope == stands]
        of = _denominator(shares, counted, named)
        wrong_shares = wrong(shares, counted, of)
        few = _are_few(wrong_shares, shares)
        if wrong_counts:
            rule = "summary.count" if scope in complete else "structure.count-differs"
            yield _amount_finding(claim, wrong_counts, counted, counted.judged, rule)
        if wrong_shares and (scope in complete or few):
            yield _amount_finding(claim, wrong_shares, counted, of, "summary.share")
        elif wrong_shares and not wrong_counts:
            yield _amount_finding(claim, wrong_shares, counted, of, "structure.count-differs")


def _are_few(wrong_shares: Sequence[Amount], shares: Sequence[Amount]) -> bool:
    """Whether the other shares are right and so prove that no row is missing.

    A row more or less would change what all of them are of.
    """
    right = len(shares) - len(wrong_shares)
    return right > len(wrong_shares) or right == len(wrong_shares) >= 2


def _is_named(claim: Claim, scope: Scope) -> bool:
    """Whether the words of a claim name the scope, or nothing narrower than the plan is open."""
    return claim.named or scope != _stands(claim) or scope == Scope()


def _stands(claim: Claim) -> Scope:
    return Scope(claim.place.goal_number, claim.place.policy_number)


def _likeliest(within: Sequence[Amount], stands: Scope, tallies: Tallies) -> Scope | None:
    """What amounts are of that only stand somewhere: where most of them are right.

    ``None`` if they fit nowhere: then it is not known what they speak of.
    """

    def right(scope: Scope) -> int:
        return sum(_agrees([amount], tallies[scope]) for amount in within)

    best = max(tallies, key=lambda scope: (right(scope), scope == stands))
    return best if 2 * right(best) > len(within) else None


def _unplaced(claim: Claim, amounts: Sequence[Amount]) -> Finding:
    return finding(
        "summary.scope-unclear",
        scope_name(amounts[0].scope),
        printed="、".join(f"{one.named} {one.value}" for one in amounts),
        page=claim.printed.page,
        box=claim.printed.box,
    )


def _is_of_another(
    within: Sequence[Amount], scope: Scope, tallies: Tallies, *, named: bool
) -> bool:
    """Whether amounts are those of another part of the plan, to the last digit.

    Where a chart stands says little of what it shows; one or two amounts are looked for elsewhere
    only if they do not name their part.
    """
    if _agrees(within, tallies[scope]):
        return False
    distinct = {(amount.words, amount.value) for amount in within if amount.value}
    if len(distinct) < (3 if named else 1):
        return False
    return any(_agrees(within, one) for other, one in tallies.items() if other != scope)


def _agrees(amounts: Sequence[Amount], counted: Tally) -> bool:
    shares = [amount for amount in amounts if amount.unit == "share"]
    counts = [amount for amount in amounts if amount.unit == "count"]
    right = all(_is_count(amount, counted) for amount in counts)
    return right and not wrong(shares, counted, _denominator(shares, counted))


def _is_count(amount: Amount, counted: Tally) -> bool:
    """Whether a count is right: of the words together, or of the last one alone."""
    return amount.value in (counted.count(amount.words), counted.count(amount.words[-1:]))


def _exact(amount: Amount, counted: Tally, of: int) -> Fraction:
    """The share that an amount should be: of the words together or, if nearer, of the last."""
    together, alone = counted.share(amount.words, of), counted.share(amount.words[-1:], of)
    value = Fraction(amount.value)
    return together if abs(together - value) <= abs(alone - value) else alone


def _denominator(shares: Sequence[Amount], counted: Tally, named: Sequence[Decimal] = ()) -> int:
    """What the shares are of: the judged indicators, or all, whichever most of them agree with.

    ``named``: the totals that the text names; they decide where as many agree with either.
    """
    bases = sorted((counted.judged, counted.indicators), key=lambda of: of not in named)
    return min(bases, key=lambda of: len(wrong(shares, counted, of)))


def wrong(shares: Sequence[Amount], counted: Tally, of: int) -> list[Amount]:
    """The shares that no rounding explains.

    All rounded half up, all cut off, or all within one last digit and adjusted so that they sum
    to exactly 100.
    """
    if not shares:
        return []
    exact = [_exact(amount, counted, of) for amount in shares]
    digits = [digits_of(amount.value) for amount in shares]
    pairs = list(zip(shares, exact, digits, strict=True))
    cut = [one for one, true, n in pairs if round_to(true, n, "down") != Fraction(one.value)]
    rounded = [one for one, true, n in pairs if round_to(true, n, "half_up") != Fraction(one.value)]
    if not cut or not rounded:
        return []
    near = all(abs(Fraction(one.value) - true) < Fraction(1, 10**n) for one, true, n in pairs)
    if near and sum(one.value for one in shares) == 100:
        return []
    return min(rounded, cut, key=len)


def digits_of(value: Decimal) -> int:
    """The decimals of a number as printed: 2 for ``46.00``."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _amount_finding(
    claim: Claim, amounts: Sequence[Amount], counted: Tally, of: int, rule: str
) -> Finding:
    """One finding for all wrong amounts of a claim; they are of one scope and one unit."""
    share = amounts[0].unit == "share"
    printed = "、".join(f"{one.named} {one.value}{'%' if share else ''}" for one in amounts)
    expected = "、".join(
        f"{one.named} {_share_text(one, counted, of) if share else counted.count(one.words)}"
        for one in amounts
    )
    return finding(
        rule,
        scope_name(amounts[0].scope),
        printed=printed,
        expected=expected,
        page=claim.printed.page,
        box=claim.printed.box,
        parameters={"of": str(of)} if share else {},
    )


def _share_text(amount: Amount, counted: Tally, of: int) -> str:
    digits = digits_of(amount.value)
    exact = round_to(counted.share(amount.words, of), digits, "half_up")
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{number:.{digits}f}%({counted.count(amount.words)}/{of})"


def scope_name(scope: Scope) -> str:
    """A scope as a finding's subject: its numbers, as the plan counts them."""
    if scope.goal is None:
        return "全体"
    return f"目標{scope.goal}" + (f"-{scope.policy}" if scope.policy is not None else "")


def _check_rest(
    claim: Claim, stated: Sequence[Statement], tallies: Tallies, complete: frozenset[Scope]
) -> Iterator[Finding]:
    for statement in stated:
        if isinstance(statement, Total):
            yield from _check_total(claim, statement, tallies, complete)
        elif isinstance(statement, Extreme):
            yield from _check_extreme(claim, statement, tallies)


def _check_total(
    claim: Claim, total: Total, tallies: Tallies, complete: frozenset[Scope]
) -> Iterator[Finding]:
    """A number of all indicators that was not read: another one proves that it is misprinted."""
    counted = tallies.get(total.scope)
    if counted is not None and not _is_number_of_all(total.value, counted):
        yield finding(
            "summary.count" if total.scope in complete else "structure.count-differs",
            scope_name(total.scope),
            printed=str(total.value),
            expected=str(counted.indicators),
            page=claim.printed.page,
            box=claim.printed.box,
        )


def _check_extreme(claim: Claim, extreme: Extreme, tallies: Tallies) -> Iterator[Finding]:
    if extreme.goal is None:
        counted = tallies.get(extreme.scope)
        ranked = {} if counted is None else dict(counted.counts)
        rankings: list[dict[str, Fraction]] = [{w: Fraction(n) for w, n in ranked.items()}]
        claimed = extreme.word
    else:
        goals = {
            str(scope.goal): one
            for scope, one in tallies.items()
            if scope.goal is not None and scope.policy is None and one.judged
        }
        rankings = [
            {goal: one.share([extreme.word], one.judged) for goal, one in goals.items()},
            {goal: Fraction(one.counts.get(extreme.word, 0)) for goal, one in goals.items()},
        ]
        claimed = str(extreme.goal)
    if claimed not in rankings[0]:
        return
    best = max if extreme.highest else min
    if any(ranking[claimed] == best(ranking.values()) for ranking in rankings):
        return
    right = [name for name, value in rankings[0].items() if value == best(rankings[0].values())]
    yield finding(
        "summary.comparison",
        extreme.word if extreme.goal is not None else scope_name(extreme.scope),
        printed=extreme.said,
        expected="、".join(right),
        page=claim.printed.page,
        box=claim.printed.box,
    )
