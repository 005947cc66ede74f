"""Figures that cannot be, or that look like a slip of the pen: one short function a rule.

A slip is only told where the row's other figures agree with one another, so that a document
without slips gives no findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.model import Finding, Indicator, Normalized, Value
from pipeline.settings.validate import Plausibility, ValidateSettings
from pipeline.validate.findings import about
from pipeline.validate.history import easier
from pipeline.validate.shares import digits_of

Named = tuple[str, Value, Decimal]
"""A field's name, its value, and its number."""

_DIGITS_OF_A_SLIP = 3
_FIELDS = ("baseline", "target", "actual", "next_target")


def check_plausibility(normalized: Normalized, settings: ValidateSettings) -> Iterator[Finding]:
    """Findings of all rules about single indicators."""
    for indicator in normalized.indicators:
        for check in _CHECKS:
            yield from check(indicator, settings.plausibility)


def named_values(indicator: Indicator) -> list[Named]:
    """The values of the reported year that are plain numbers."""
    found = []
    for field in _FIELDS:
        value = getattr(indicator, field)
        if value is not None and value.number is not None and value.upper is None:
            found.append((field, value, value.number))
    return found


def every_value(indicator: Indicator) -> list[Named]:
    """All numbers printed about an indicator, but rates and their like."""
    return [
        (seen.kind, seen.value, seen.value.number)
        for seen in indicator.observations
        if seen.kind in ("baseline", "target", "actual") and seen.value.number is not None
    ]


def check_share(indicator: Indicator, words: Plausibility) -> Iterator[Finding]:
    """A share of a whole is at most 100% and at least nought."""
    name = indicator.name
    bounded = any(word in name for word in words.bounded_shares)
    if indicator.unit not in words.share_units or not bounded:
        return
    if any(word in name for word in words.unbounded):
        return
    for field, value, number in every_value(indicator):
        if not 0 <= number <= 100 and value.unit in (None, indicator.unit):
            yield about("plausibility.share", indicator, printed=value.printed, field=field)


def check_rank(indicator: Indicator, words: Plausibility) -> Iterator[Finding]:
    """A rank is a whole number from 1 on."""
    if indicator.unit not in words.rank_units:
        return
    for field, value, number in every_value(indicator):
        if number < 1 or number != number.to_integral_value():
            yield about("plausibility.rank", indicator, printed=value.printed, field=field)


def check_cumulative(indicator: Indicator, words: Plausibility) -> Iterator[Finding]:
    """A cumulative value never falls: from year to year, and from one target to the next.

    A baseline above all the rest is mostly the sum of an earlier plan, from which counting began
    anew; it is told only if it is a tenth, a hundredth … of it that would fit.
    """
    if not indicator.cumulative:
        return
    actuals = [
        (seen.fiscal_year, seen.value)
        for seen in indicator.observations
        if seen.kind == "actual" and seen.part is None and seen.fiscal_year is not None
    ]
    dated = [value for _, value in sorted(actuals, key=lambda item: item[0])]
    targets = [indicator.target, indicator.next_target]
    start = [] if _is_anew(indicator, words) else [indicator.baseline]
    falls = [
        *_falls(indicator, [*start, *dated], "actual"),
        *_falls(indicator, [*start, *targets], "target"),
    ]
    yield from falls[:1]  # whether it is cumulative is one question


def _is_anew(indicator: Indicator, words: Plausibility) -> bool:
    """Whether counting began anew after the baseline."""
    numbers = {field: number for field, _, number in named_values(indicator) if number > 0}
    baseline = numbers.pop("baseline", None)
    if baseline is None or not numbers or max(numbers.values()) >= baseline:
        return False
    planned = [number for field, number in numbers.items() if field != "actual"]
    return not _explained(baseline, planned or list(numbers.values()), words)


def _falls(indicator: Indicator, values: Sequence[Value | None], field: str) -> Iterator[Finding]:
    numbered = [value for value in values if value is not None and value.number is not None]
    for before, after in pairwise(numbered):
        if (after.number or 0) < (before.number or 0):
            yield about(
                "plausibility.cumulative-falls",
                indicator,
                printed=after.printed,
                expected=before.printed.text,
                field=field,
            )


def check_magnitude(indicator: Indicator, words: Plausibility) -> Iterator[Finding]:
    """One value lies far from all others of its row, and a power of ten would bring it near.

    This finds a lost or doubled digit and a unit that slipped (千円 for 百万円).  What is planned
    (baseline and targets) is held against what is planned, since an actual may go astray; a
    baseline far below the rest is how new things begin, and is told only where it is no beginning.
    """
    values = [named for named in named_values(indicator) if named[2] > 0]
    planned = [named for named in values if named[0] != "actual"]
    for field, value, number in values:
        among = values if field == "actual" or len(planned) < 3 else planned
        others = {name: other for name, _, other in among if name != field}
        if len(others) < 2 or not _agree(list(others.values()), words):
            continue
        doubtful = field == "actual" or len(values) < 4 or indicator.direction != "higher"
        limit = words.doubtful_times if doubtful else words.times
        if not _is_slip(field, number, others, limit, words):
            continue
        if field == "baseline" and _is_beginning(indicator, number, others, words):
            continue
        yield about(
            "plausibility.magnitude",
            indicator,
            printed=value.printed,
            expected="、".join(f"{other}" for other in others.values()),
            field=field,
        )


def _is_slip(
    field: str, number: Decimal, others: dict[str, Decimal], limit: Decimal, words: Plausibility
) -> bool:
    """Whether a value is far from those that it should be near, and ten times brings it there."""
    nearest = min(_times(number, other) for other in _neighbours(field, others))
    return nearest >= limit and _explained(number, list(others.values()), words)


def _neighbours(field: str, others: dict[str, Decimal]) -> list[Decimal]:
    """What a value should be near: a target the other target, an actual its target or baseline."""
    names = {
        "target": ("next_target",),
        "next_target": ("target",),
        "actual": ("baseline", "target"),
    }.get(field, ())
    return [others[name] for name in names if name in others] or list(others.values())


def _is_beginning(
    indicator: Indicator, baseline: Decimal, others: dict[str, Decimal], words: Plausibility
) -> bool:
    """A baseline below the rest, small or cumulative, from which something new grows."""
    small = baseline < 10 and _counted(indicator, words) and not digits_of(baseline)
    grows = baseline < min(others.values()) and indicator.direction != "lower"
    return grows and (indicator.cumulative or small)


def _agree(numbers: Sequence[Decimal], words: Plausibility) -> bool:
    return _times(max(numbers), min(numbers)) < words.times


def _times(one: Decimal, other: Decimal) -> Decimal:
    return max(one / other, other / one)


def _explained(number: Decimal, others: Sequence[Decimal], words: Plausibility) -> bool:
    shifted = [number.scaleb(power) for power in (-3, -2, -1, 1, 2, 3)]
    return any(
        _times(slip, other) <= words.explained_within for slip in shifted for other in others
    )


def check_sign(indicator: Indicator, _words: Plausibility) -> Iterator[Finding]:
    """One value has another sign than all others; of few figures, and would be near them."""
    values = [named for named in named_values(indicator) if named[2]]
    for position, (field, value, number) in enumerate(values):
        others = [other for at, (_, _, other) in enumerate(values) if at != position]
        opposite = len(others) >= 2 and all((other > 0) != (number > 0) for other in others)
        near = opposite and min(_times(abs(number), abs(other)) for other in others) <= 2
        if opposite and (near or len(others) > 2):
            yield about(
                "plausibility.sign",
                indicator,
                printed=value.printed,
                expected="、".join(f"{other}" for other in others),
                field=field,
            )


def check_precision(indicator: Indicator, words: Plausibility) -> Iterator[Finding]:
    """A measured value has other decimals than all others, or part of a thing is counted.

    Targets are often round, and so are nought and 100: they are left alone.
    """
    values = named_values(indicator)
    if len(values) < 4:
        return
    digits = [digits_of(number) for _, _, number in values]
    for position, (field, value, number) in enumerate(values):
        others = {count for at, count in enumerate(digits) if at != position}
        if len(others) != 1 or digits[position] in others:
            continue
        fewer = digits[position] < min(others)
        round_number = number in (0, 100) or field in ("target", "next_target")
        if (fewer and not round_number) or (not fewer and _counted(indicator, words)):
            yield about("plausibility.precision", indicator, printed=value.printed, field=field)


def check_transposed(indicator: Indicator, _words: Plausibility) -> Iterator[Finding]:
    """Two neighbouring digits changed places, where two figures of the row ought to be equal.

    Told where all other figures of the row are one number, and where the next target asks for
    less than this year's, which plans seldom do; never of fewer than three digits, since such
    figures resemble one another by chance.
    """
    values = named_values(indicator)
    for position, (field, value, number) in enumerate(values):
        others = [named for at, named in enumerate(values) if at != position]
        alike = len(others) >= 2 and len({other for _, _, other in others}) == 1
        eased = field == "next_target" and easier(value, indicator.target, indicator.direction)
        planned = [named for named in others if named[0] == "target"] if eased else []
        awaited = others if alike else planned
        if awaited and is_transposed(number, awaited[0][2]):
            yield about(
                "plausibility.transposed",
                indicator,
                printed=value.printed,
                expected=awaited[0][1].printed.text,
                field=field,
            )


def is_transposed(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers of three digits or more differ by two neighbours that changed places."""
    mine, theirs = one.as_tuple(), other.as_tuple()
    if (mine.sign, mine.exponent, len(mine.digits)) != (
        theirs.sign,
        theirs.exponent,
        len(theirs.digits),
    ):
        return False
    pairs = list(zip(mine.digits, theirs.digits, strict=True))
    apart = [at for at, (here, there) in enumerate(pairs) if here != there]
    if len(pairs) < _DIGITS_OF_A_SLIP or len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return pairs[apart[0]] == pairs[apart[1]][::-1]


def _counted(indicator: Indicator, words: Plausibility) -> bool:
    average = any(word in indicator.name for word in words.averages)
    return indicator.unit in words.count_units and not average


_CHECKS: tuple[Callable[[Indicator, Plausibility], Iterator[Finding]], ...] = (
    check_share,
    check_rank,
    check_cumulative,
    check_magnitude,
    check_sign,
    check_precision,
    check_transposed,
)
