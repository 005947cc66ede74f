"""Whether a summary agrees with itself: counts with their sum, and with the shares beside them.

No row of the document is needed for it: where rows were not read whole, the summary's own figures
still say which of them is misprinted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from pipeline.japanese.text import label
from pipeline.legend.claim_words import without_unit
from pipeline.legend.engine import round_to
from pipeline.legend.vocabulary import ClaimWords, LegendWords
from pipeline.model import Claim
from pipeline.validate.shares import digits_of
from pipeline.validate.statements import Amount, Total, statements
from pipeline.validate.tally import Scope, is_blank

Unit = Literal["count", "share"]

_ENOUGH = 2
"""Figures that agree, at least, before one that does not is called wrong."""


class Slip(NamedTuple):
    """A figure that the others of its summary contradict, and what they give instead.

    ``word``: the status that it is of; "" for the number of all.  ``sure``: it is this figure that
    is wrong; else the ``counts`` do not sum up, and it may be any of them.
    """

    claim: Claim
    scope: Scope
    word: str
    unit: Unit
    value: Decimal
    right: Decimal
    sure: bool = True
    counts: Mapping[str, Decimal] = {}


class Summary(NamedTuple):
    """What a summary says of one part of the plan.

    ``whole``: it is a row or column of a table of which every amount is known.
    """

    claim: Claim
    scope: Scope
    counts: Mapping[str, Decimal]
    shares: Mapping[str, Decimal]
    total: Decimal | None
    whole: bool

    @property
    def beyond(self) -> Decimal:
        """How much the counts are more than the number of all."""
        return sum(self.counts.values(), Decimal()) - (self.total or 0)


def find_slips(
    claims: Sequence[Claim],
    words: Sequence[str],
    grammar: ClaimWords,
    legend: LegendWords,
    year: int,
) -> list[Slip]:
    """The figures of all summaries that are at odds with others of the same one.

    ``words``: the statuses that the document bears or explains.
    """
    slips: list[Slip] = []
    for group in _groups(claims, words, grammar, year):
        found = _between(group)
        for one in () if found else group:
            slip = _beside_shares(one, legend)
            both = _of_count_and_total(one) if slip is None else []
            slip = slip or (None if both else _of_sum(one, legend))
            found += both if slip is None else [slip]
        slips += found
    return slips


def _groups(
    claims: Sequence[Claim], words: Sequence[str], grammar: ClaimWords, year: int
) -> Iterator[list[Summary]]:
    """The summaries of one table together, and each sentence alone."""
    tables: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.source == "table":
            heads = frozenset(_plain(entry.header, grammar) for entry in claim.entries)
            tables[claim.printed.page, claim.caption, heads].append(claim)
        elif claim.source == "sentence":
            yield [
                Summary(claim, scope, *amounts, whole=False)
                for scope, amounts in _amounts([claim], words, grammar, year).items()
            ]
    for lanes in tables.values():
        own = [head for entry in lanes[0].entries if (head := _plain(entry.header, grammar))]
        own = [head for head in dict.fromkeys(own) if head not in grammar.totals]
        told = _amounts(lanes, own, grammar, year)
        found = []
        for scope, amounts in told.items():
            of_it = [one for one in lanes if _stands(one) == scope]
            twice = len(of_it) > (2 if amounts[1] else 1)
            whole = all(one.whole for one in of_it) and len(amounts[0]) == len(own)
            if not twice:
                first = next((one for one in of_it if _counts(one, grammar)), of_it[0])
                found.append(Summary(first, scope, *amounts, whole=whole))
        yield found


def _plain(header: str, grammar: ClaimWords) -> str:
    return without_unit(label(header), grammar)


def _stands(claim: Claim) -> Scope:
    return Scope(claim.place.goal_number, claim.place.policy_number)


def _counts(claim: Claim, grammar: ClaimWords) -> bool:
    return not any(sign in label(one.header) for one in claim.entries for sign in grammar.share)


def _amounts(
    claims: Sequence[Claim], words: Sequence[str], grammar: ClaimWords, year: int
) -> dict[Scope, tuple[dict[str, Decimal], dict[str, Decimal], Decimal | None]]:
    """Counts, shares and the number of all by scope; a scope where one is said twice is left."""
    counts: dict[Scope, dict[str, Decimal]] = defaultdict(dict)
    shares: dict[Scope, dict[str, Decimal]] = defaultdict(dict)
    totals: dict[Scope, Decimal] = {}
    twice: set[Scope] = set()
    for claim in claims:
        for one in statements(claim, words, grammar, year):
            if isinstance(one, Total):
                if totals.setdefault(one.scope, one.value) != one.value:
                    twice.add(one.scope)
            elif isinstance(one, Amount):
                kept = counts if one.unit == "count" else shares
                known = kept[one.scope].setdefault(one.named, one.value)
                if known != one.value or len(one.words) > 1:
                    twice.add(one.scope)
    return {
        scope: (counts[scope], shares.get(scope, {}), totals.get(scope))
        for scope in list(counts)
        if scope not in twice
    }


# --------------------------------------------------------------------------- counts and shares


def _beside_shares(one: Summary, legend: LegendWords) -> Slip | None:
    """The figure that the shares beside the counts prove wrong.

    Shares may be of those that are judged: a number of all that is more is not wrong then.
    """
    if one.total is None or set(one.counts) != set(one.shares):
        return None
    counted = one.total + one.beyond
    odd = [word for word in one.counts if not _fits(one, word, one.total)]
    telling = [word for word in one.counts if 0 < one.counts[word] < counted]
    if one.beyond and odd and all(_fits(one, word, counted) for word in one.counts):
        told = len(telling) >= _ENOUGH and (one.beyond > 0 or _unjudged(one, legend))
        return Slip(one.claim, one.scope, "", "count", one.total, counted) if told else None
    if len(odd) != 1:
        return None
    agreeing = [word for word in telling if word not in odd]
    return _of_count(one, odd[0], agreeing) if one.beyond else _of_share(one, odd[0], agreeing)


def _of_share(one: Summary, word: str, agreeing: Sequence[str]) -> Slip | None:
    """The share that alone is not that of its count, where the counts sum up."""
    if len(agreeing) < _ENOUGH or not one.total:
        return None
    right = _rounded(one.counts[word], one.total, digits_of(one.shares[word]))
    return Slip(one.claim, one.scope, word, "share", one.shares[word], right)


def _of_count(one: Summary, word: str, agreeing: Sequence[str]) -> Slip | None:
    """The count that alone is not of its share, where one that is also gives the right sum."""
    right = one.counts[word] - one.beyond
    mended = one._replace(counts={**one.counts, word: right})
    if not agreeing or right < 0 or not _fits(mended, word, one.total or Decimal()):
        return None
    return Slip(one.claim, one.scope, word, "count", one.counts[word], right)


def _of_count_and_total(one: Summary) -> list[Slip]:
    """The one count and the number of all that are wrong together: all shares are of another sum.

    The other counts and their shares leave one number of all, of which the share of the last is a
    whole count.
    """
    if one.total is None or set(one.counts) != set(one.shares):
        return []
    if abs(sum(one.shares.values(), Decimal()) - 100) > Decimal(len(one.shares)) / 10:
        return []
    ways = [
        (word, right, whole)
        for word in one.counts
        for right, whole in _mended(one, word)
        if right != one.counts[word] and whole != one.total
    ]
    if len(ways) != 1:
        return []
    ((word, right, whole),) = ways
    return [
        Slip(one.claim, one.scope, word, "count", one.counts[word], right),
        Slip(one.claim, one.scope, "", "count", one.total, whole),
    ]


def _mended(one: Summary, word: str) -> Iterator[tuple[Decimal, Decimal]]:
    """What the count of a word and the number of all may be, by all shares and the other counts."""
    others = {other: count for other, count in one.counts.items() if other != word}
    rest, share = sum(others.values(), Decimal()), one.shares[word]
    telling = [count for count in others.values() if count]
    if len(telling) < _ENOUGH or share >= 100:
        return
    near = round(Fraction(rest) * Fraction(share) / (100 - Fraction(share)))
    for right in (Decimal(count) for count in range(max(near - 1, 0), near + 2)):
        whole = rest + right
        mended = one._replace(counts={**others, word: right})
        if all(_fits(mended, other, whole) for other in one.counts):
            yield right, whole


def _fits(one: Summary, word: str, of: Decimal) -> bool:
    """Whether a share is that of its count, rounded in any way."""
    share = one.shares[word]
    exact = Fraction(100) * Fraction(one.counts[word]) / Fraction(of) if of else Fraction()
    return abs(Fraction(share) - exact) < Fraction(1, 10 ** digits_of(share))


def _rounded(count: Decimal, of: Decimal, digits: int) -> Decimal:
    exact = round_to(Fraction(100) * Fraction(count) / Fraction(of), digits, "half_up")
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(10) ** -digits)


# --------------------------------------------------------------------------- rows and their sums


def _between(group: Sequence[Summary]) -> list[Slip]:
    """The one figure of a table of goals by which its row and its column are wrong alike."""
    whole = [one for one in group if one.scope == Scope()]
    goals = [one for one in group if one.scope != Scope()]
    lanes = [*whole, *goals]
    if len(whole) != 1 or not goals or not all(one.whole for one in lanes):
        return []
    if any(one.total is None or set(one.counts) != set(lanes[0].counts) for one in lanes):
        return []
    beyond = {
        word: _figure(whole[0], word) - sum((_figure(one, word) for one in goals), Decimal())
        for word in ("", *whole[0].counts)
    }
    columns = [word for word, more in beyond.items() if more]
    rows = [one for one in lanes if one.beyond]
    agreeing = [word for word in beyond if word not in columns and _figure(whole[0], word)]
    if len(columns) != 1 or len(rows) != 1 or len(agreeing) < _ENOUGH:
        return []
    (word,), (row,) = columns, rows
    more = beyond[word] if row is whole[0] else -beyond[word]
    if row.beyond != (-more if word == "" else more):
        return []
    value = _figure(row, word)
    return [Slip(row.claim, row.scope, word, "count", value, value - more)]


def _figure(one: Summary, word: str) -> Decimal:
    return one.counts[word] if word else one.total or Decimal()


def _of_sum(one: Summary, legend: LegendWords) -> Slip | None:
    """Counts that do not sum up to the number of all beside them.

    They may be less where a status is left out, unless one is named for what has none; and more by
    the number of those that have none.
    """
    if not one.whole or one.total is None or not one.beyond or len(one.counts) < _ENOUGH:
        return None
    none = _unjudged(one, legend)
    if one.beyond in none or (one.beyond < 0 and not none):
        return None
    right = one.total + one.beyond
    return Slip(one.claim, one.scope, "", "count", one.total, right, sure=False, counts=one.counts)


def _unjudged(one: Summary, legend: LegendWords) -> list[Decimal]:
    """The counts of indicators that bear no status: －, 評価なし, 把握できない."""
    words = [label(word) for word in (*legend.absent, *legend.undefined, *legend.judged)]
    return [
        count
        for word, count in one.counts.items()
        if is_blank(word) or any(said in word for said in words)
    ]
