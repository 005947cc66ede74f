"""Printed shares held against exact ones: which no rounding explains, and what they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from pipeline.legend.engine import round_to
from pipeline.validate.statements import Amount
from pipeline.validate.tally import Tally


def agrees(amounts: Sequence[Amount], counted: Tally) -> bool:
    shares = [amount for amount in amounts if amount.unit == "share"]
    counts = [amount for amount in amounts if amount.unit == "count"]
    right = all(is_count(amount, counted) for amount in counts)
    return right and not wrong(shares, counted, denominator(shares, counted))


def is_count(amount: Amount, counted: Tally) -> bool:
    """Whether a count is right: of the words together, or of the last one alone."""
    return any(amount.value == counted.count(words) for words in _meant(amount))


def _meant(amount: Amount) -> Iterator[tuple[str, ...]]:
    """The words that an amount may be of: all together, the last alone; any of those described."""
    yield amount.words
    if amount.described:
        for size in range(1, len(amount.words)):
            yield from combinations(amount.words, size)
    else:
        yield amount.words[-1:]


def _exact(amount: Amount, counted: Tally, of: int) -> Fraction:
    """The share that an amount should be: the nearest of those that it may be."""
    value = Fraction(amount.value)
    shares = (counted.share(words, of) for words in _meant(amount))
    return min(shares, key=lambda share: abs(share - value))


def denominator(shares: Sequence[Amount], counted: Tally, named: Sequence[Decimal] = ()) -> int:
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
    tens = [one for one in shares if _is_in_tens(one.value)]
    if tens:
        far = [one for one in tens if abs(_exact(one, counted, of) - Fraction(one.value)) >= 10]
        return [*far, *wrong([one for one in shares if one not in tens], counted, of)]
    if not shares:
        return []
    exact = [_exact(amount, counted, of) for amount in shares]
    digits = [digits_of(amount.value) for amount in shares]
    pairs = list(zip(shares, exact, digits, strict=True))
    cut = [one for one, true, n in pairs if round_to(true, n, "down") != Fraction(one.value)]
    rounded = [one for one, true, n in pairs if round_to(true, n, "half_up") != Fraction(one.value)]
    near = all(abs(Fraction(one.value) - true) < Fraction(1, 10**n) for one, true, n in pairs)
    if near and sum(one.value for one in shares) == 100:
        return []
    return min(rounded, cut, key=len)


def _is_in_tens(value: Decimal) -> bool:
    """Whether a share is told in tens (9割), however it was rounded."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent > 0


def digits_of(value: Decimal) -> int:
    """The decimals of a number as printed: 2 for ``46.00``."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def are_shares_of(counted: Tally, shares: Sequence[Amount]) -> bool:
    """Whether shares are those of whole numbers that sum up to the number read, and to no other."""

    def fits(of: int) -> bool:
        counts = [round(Fraction(one.value) * of / 100) for one in shares]
        exact = (round_to(Fraction(100 * count, of), 4, "half_up") for count in counts)
        return sum(counts) == of and all(
            abs(true - Fraction(one.value)) <= Fraction(1, 2 * 10 ** digits_of(one.value))
            for true, one in zip(exact, shares, strict=True)
        )

    numbers = {counted.judged, counted.indicators} - {0}
    others = {of for number in numbers for of in range(number - 2, number + 3)} - numbers
    return any(map(fits, numbers)) and not any(fits(other) for other in others if other > 0)
