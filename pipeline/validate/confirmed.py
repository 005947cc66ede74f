"""Figures of pictures that the document itself confirms, or the last edition.

One engine of character recognition read such a figure twice alike, the other did not.  It is
certain all the same where a printed status, a printed rate, the parts of a whole or the last
edition say the same, and would say something else of every figure for which it may have been
mistaken: a confirmation that a wrong digit would pass as well is none.  What it is held against is
certain itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.japanese.text import label
from pipeline.legend.figures import all_figures, last_target, value_in
from pipeline.model import (
    PICTURE_READER,
    Confirmed,
    Indicator,
    Kind,
    Normalized,
    Observation,
    Printed,
    Value,
)
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.legend import verdict_on
from pipeline.validate.rates import Way, all_rates, explains, find_way, rates_of
from pipeline.validate.shares import digits_of
from pipeline.validate.statuses import Judged, judgements

_NAMED = ("baseline", "target", "actual", "next_target")
_FEWEST_PARTS, _FEWEST_SUMS = 2, 2
"""Parts of a whole; wholes of certain figures that have to show that the parts add up."""
_FEWEST = 3
"""Rates of certain figures that have to show how a document makes its rates."""

_Holds = Callable[[Indicator], bool]
"""Whether a status or rate is that of the figures of an indicator."""


def confirmed(
    normalized: Normalized,
    settings: ValidateSettings,
    judged: Sequence[Judged],
    previous: Normalized | None,
) -> tuple[Confirmed, ...]:
    """The figures that are confirmed, in their order.

    ``settings``: with the rules that the statuses were judged by.
    """
    if not any(_is_open(seen.value) for one in normalized.indicators for seen in one.observations):
        return ()
    made = _proven(normalized, settings)
    before = {} if previous is None else {one.id: one for one in previous.indicators}
    found: list[Confirmed] = []
    for one in judged:
        for seen in one.indicator.observations:
            if not _is_open(seen.value) or one.indicator.doubted:
                continue
            printed = seen.value.printed
            if _by_edition(one.indicator, seen, before.get(one.indicator.id)):
                found.append(Confirmed(page=printed.page, box=printed.box, by="edition"))
            elif _by_rate(one.indicator, seen, made, normalized):
                found.append(Confirmed(page=printed.page, box=printed.box, by="rate"))
            elif _by_sum(one.indicator, seen):
                found.append(Confirmed(page=printed.page, box=printed.box, by="sum"))
            elif _by_status(one, seen, settings, normalized):
                found.append(Confirmed(page=printed.page, box=printed.box, by="status"))
    return tuple(found)


def other_readings(number: Decimal) -> Iterator[Decimal]:
    """What a printed figure may be if a character of it was misread, lost, doubled or added.

    Digits, the point, and the sign before it; a figure that ends in a lost tenth as well.
    """
    text = format(number, "f")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    places = range(len(digits))
    other = [digits[:at] + digits[at + 1 :] for at in places]
    for one in "0123456789":
        other += [digits[:at] + one + digits[at + 1 :] for at in places if digits[at] != "."]
        other += [digits[:at] + one + digits[at:] for at in range(len(digits) + 1)]
        other += [] if "." in digits else [f"{digits}.{one}"]
    other += [f"{digits[:at]}.{digits[at:]}" for at in places if "." not in digits]
    texts = [*(sign + one for one in other), digits if sign else f"-{digits}"]
    for one in dict.fromkeys(texts):
        try:
            read = Decimal(one)
        except InvalidOperation:
            continue
        if read != number:
            yield read


def _is_open(value: Value) -> bool:
    """Whether a figure was read twice alike by one engine alone."""
    return value.printed.twice and not value.printed.sure and value.number is not None


def _is_certain(printed: Printed) -> bool:
    return printed.reader != PICTURE_READER or printed.sure


def _only_that_one(
    holds: _Holds, indicator: Indicator, seen: Observation, beside: Sequence[Value | None]
) -> bool:
    """Whether what holds of a figure holds of no other reading of it.

    ``beside``: the figures that it is held against; all that are printed have to be certain.
    """
    own, number = seen.value, seen.value.number
    against = [one for one in beside if one is not None and one.printed != own.printed]
    if number is None or not against or not all(_is_certain(one.printed) for one in against):
        return False
    if any(one.number is None or one.upper is not None for one in (own, *against)):
        return False
    return holds(indicator) and not any(
        holds(_with(indicator, own, other)) for other in other_readings(number)
    )


def _with(indicator: Indicator, own: Value, number: Decimal) -> Indicator:
    """An indicator as it would be with another figure in one place."""
    other = replace(own, number=number)
    views = {name: other for name in _NAMED if _stands_in(getattr(indicator, name), own)}
    observations = tuple(
        replace(seen, value=other) if _stands_in(seen.value, own) else seen
        for seen in indicator.observations
    )
    return replace(indicator, observations=observations, **views)


def _stands_in(value: Value | None, own: Value) -> bool:
    return value is not None and value.printed == own.printed


# --------------------------------------------------------------------------- the last edition


def _by_edition(indicator: Indicator, seen: Observation, earlier: Indicator | None) -> bool:
    """Whether the last edition prints the same figure of the same kind and year, and no other."""
    if earlier is None or earlier.doubted or earlier.unit != indicator.unit:
        return False
    if label(earlier.name) != label(indicator.name) and not indicator.registered:
        return False
    same = [
        one.value
        for one in earlier.observations
        if (one.kind, one.fiscal_year, one.part) == (seen.kind, seen.fiscal_year, seen.part)
        and one.calendar == seen.calendar
    ]
    return bool(same) and all(
        _is_certain(one.printed)
        and (one.number, one.upper, one.bound)
        == (seen.value.number, seen.value.upper, seen.value.bound)
        for one in same
    )


# --------------------------------------------------------------------------- printed rates


class _Rates(NamedTuple):
    """How a document makes its rates, and how many decimals those of certain figures have."""

    way: Way
    decimals: frozenset[int]


def _proven(normalized: Normalized, settings: ValidateSettings) -> _Rates | None:
    """How the document makes its rates, if enough of those of certain figures alone show it."""
    year = normalized.actual_fiscal_year
    certain = [
        one
        for one in all_rates(normalized)
        if all(
            value is None or _is_certain(value.printed)
            for value in (one.value, *_beside(one.indicator, year))
        )
    ]
    way = find_way(certain, settings)
    if way is None or sum(explains(one, way) for one in certain) < _FEWEST:
        return None
    numbers = [one.value.number for one in certain]
    return _Rates(way, frozenset(digits_of(one) for one in numbers if one is not None))


def _beside(indicator: Indicator, year: int, part: str | None = None) -> tuple[Value | None, ...]:
    """The figures of one year and part of which a rate or a status may be made."""
    last = last_target(indicator, part)
    return (
        indicator.baseline,
        value_in(indicator, "target", year, part) or indicator.target,
        last[0] if last else None,
        value_in(indicator, "actual", year, part) or indicator.actual,
    )


def _by_rate(
    indicator: Indicator, seen: Observation, made: _Rates | None, normalized: Normalized
) -> bool:
    """Whether a printed rate is that of this figure, or this rate that of its figures."""
    if made is None:
        return False
    for at, rated in enumerate(rates_of(indicator, normalized)):
        if seen.kind == "rate" and not _stands_in(rated.value, seen.value):
            continue

        def holds(one: Indicator, at: int = at) -> bool:
            found = list(rates_of(one, normalized))[at]
            usual = digits_of(found.value.number or Decimal()) in made.decimals
            return usual and explains(found, made.way)

        beside = (rated.value, *_beside(indicator, rated.year, rated.part))
        stands = any(_stands_in(one, seen.value) for one in beside)
        if stands and _only_that_one(holds, indicator, seen, beside):
            return True
    return False


# --------------------------------------------------------------------------- sums

_Sum = tuple[Kind, int | None, bool]
"""The kind of figures of which one may be the sum of the others, and their year."""


def _by_sum(indicator: Indicator, seen: Observation) -> bool:
    """Whether a whole is the sum of its parts (男性, 女性, 計), of which this figure is one.

    Enough other figures of the indicator have to show that its parts add up, and none may not.
    """
    own = _sum_of(seen)
    others = {_sum_of(one) for one in indicator.observations} - {own}
    shown = [_adds_up(indicator, one) for one in others if _are_certain(_of_sum(indicator, one))]
    told = [one for one in shown if one is not None]
    if len(told) < _FEWEST_SUMS or not all(told):
        return False
    beside = [one.value for one in _of_sum(indicator, own)]
    return _only_that_one(lambda one: _adds_up(one, own) is True, indicator, seen, beside)


def _sum_of(seen: Observation) -> _Sum:
    return seen.kind, seen.fiscal_year, seen.calendar


def _of_sum(indicator: Indicator, own: _Sum) -> list[Observation]:
    return [one for one in indicator.observations if _sum_of(one) == own]


def _are_certain(seen: Sequence[Observation]) -> bool:
    return all(_is_certain(one.value.printed) for one in seen)


def _adds_up(indicator: Indicator, own: _Sum) -> bool | None:
    """Whether the parts add up to the whole; ``None`` where these are not printed as numbers."""
    seen = _of_sum(indicator, own)
    whole = [one.value.number for one in seen if one.part is None]
    parts = [one.value.number for one in seen if one.part is not None]
    numbers = [one for one in (*whole, *parts) if one is not None]
    if len(whole) != 1 or len(parts) < _FEWEST_PARTS or len(numbers) < len(seen):
        return None
    return sum(numbers[1:]) == numbers[0]


# --------------------------------------------------------------------------- statuses


def _by_status(
    one: Judged, seen: Observation, settings: ValidateSettings, normalized: Normalized
) -> bool:
    """Whether the printed status is that of this figure by the rules of the document."""
    known = {word for rule in settings.status for word in rule.words} - judgements(settings)
    year = normalized.actual_fiscal_year
    if one.published not in known or one.recomputed != one.published:
        return False

    def holds(indicator: Indicator) -> bool:
        verdict = verdict_on(indicator, all_figures(indicator, settings, year), settings)
        return verdict.open or one.published in verdict.words

    beside = _beside(one.indicator, year)
    stands = any(_stands_in(value, seen.value) for value in beside)
    return stands and _only_that_one(holds, one.indicator, seen, beside)
