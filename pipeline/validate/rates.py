"""Printed rates (達成率, 進捗率) recomputed from the figures beside them.

A document makes all its rates in one way, which it seldom states: the way that explains most of
them is found first, then each rate is held against it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from pipeline.legend.engine import Known, rate, round_to
from pipeline.legend.figures import Figures, last_target, make_figures, value_in
from pipeline.legend.rules import Formula
from pipeline.legend.stated_rates import stated_formulas
from pipeline.model import Direction, Finding, Indicator, Normalized, Place, Value
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.findings import about, finding
from pipeline.validate.shares import digits_of

_ENOUGH = Fraction(3, 4)
"""The share of the rates that a way must explain before the others are called wrong."""


class Way(NamedTuple):
    """How the rates of a document are made."""

    formula: Formula
    target: Literal["year", "final"]


class Rated(NamedTuple):
    """A printed rate of a year and part, and the figures it may be made of, by the target taken."""

    indicator: Indicator
    value: Value
    year: int
    part: str | None
    figures: dict[Literal["year", "final"], Figures]


def check_rates(normalized: Normalized, settings: ValidateSettings) -> Iterator[Finding]:
    """Findings for rates that the figures do not give, and one for rates that mislead.

    Which figures are those of a row may be in doubt: then its rate accuses nobody.
    """
    rated = all_rates(normalized)
    way = find_way(rated, settings, formulas_of(normalized, settings))
    if way is None:
        return
    dated = {
        seen.fiscal_year
        for found in normalized.indicators
        for seen in found.observations
        if seen.kind == "target"
    }
    for one in rated:
        unsure = one.indicator.doubted or (one.year in dated and _lacks_target(one))
        expected = [] if unsure else _expected(one, way)
        if expected and not any(_rounds_to(one.value, number) for number in expected):
            yield about(
                "arithmetic.rate",
                one.indicator,
                printed=one.value.printed,
                expected="、".join(_text(number, one.value) for number in expected),
            )
    yield from _misleading(rated, way)


def _lacks_target(one: Rated) -> bool:
    """Whether an indicator prints targets before the year of a rate only, none of it or later ones.

    Where others print one of that year its cell is blank: which target the rate is of is not said.
    """
    last = last_target(one.indicator, one.part)
    return last is not None and last[1] < one.year


def formulas_of(normalized: Normalized, settings: ValidateSettings) -> frozenset[Formula]:
    """The formulas that the notes and the legend of a document leave open; empty if none does."""
    return stated_formulas(
        [note.text for note in normalized.notes],
        [row.rule.text for row in normalized.legend],
        settings.vocabulary.legend,
    )


def all_rates(normalized: Normalized) -> list[Rated]:
    """Every printed rate of a document."""
    return [one for found in normalized.indicators for one in rates_of(found, normalized)]


def printed_rates(
    normalized: Normalized, settings: ValidateSettings
) -> list[tuple[Place, tuple[Fraction, ...]]]:
    """The rates of the reported year, one an indicator, with their places.

    Beside one that the figures do not give, what they give: a summary may count that.
    """
    rated = all_rates(normalized)
    way = find_way(rated, settings, formulas_of(normalized, settings))
    given = {
        id(one.value): _expected(one, way)
        for one in rated
        if way is not None and not explains(one, way)
    }
    rates = []
    for indicator in normalized.indicators:
        found = [
            (Fraction(seen.value.number), *given.get(id(seen.value), ()))
            for seen in indicator.observations
            if seen.kind == "rate"
            and seen.part is None
            and seen.fiscal_year in (None, normalized.actual_fiscal_year)
            and seen.value.number is not None
        ]
        rates += [(indicator.place, found[0])] if found else []
    return rates


def find_way(
    rated: Sequence[Rated], settings: ValidateSettings, stated: Collection[Formula] = ()
) -> Way | None:
    """The way that explains most rates; ``None`` if none explains enough of them.

    ``stated``: the formulas that the document allows.  Where the way is of these, two rates that
    it explains are enough to call one wrong.
    """
    formulas = dict.fromkeys((settings.rate.formula, *get_args(Formula)))
    targets: tuple[Literal["year", "final"], ...] = ("year", "final")
    ways = [Way(formula, target) for target in targets for formula in formulas]
    if not rated:
        return None
    hits = {way: sum(explains(one, way) for one in rated) for way in ways}
    best = max(ways, key=lambda way: (hits[way], -sum(len(_expected(one, way)) for one in rated)))
    tried = sum(bool(_expected(one, best)) for one in rated)
    said = best.formula in stated and tried - hits[best] == 1 < hits[best]
    return best if tried >= 3 and (said or hits[best] >= _ENOUGH * tried) else None


def are_made_alike(normalized: Normalized, settings: ValidateSettings) -> bool:
    """Whether one way explains every printed rate, and most indicators with a status bear one."""
    rated = all_rates(normalized)
    way = find_way(rated, settings)
    if way is None or not all(explains(one, way) for one in rated):
        return False
    judged = {found.id for found in normalized.indicators if found.status}
    return 2 * len({one.indicator.id for one in rated} & judged) > len(judged)


def are_plain(normalized: Normalized, settings: ValidateSettings) -> bool:
    """Whether the printed rates prove to be actual ÷ target, also where lower is better."""
    rated = all_rates(normalized)
    way = find_way(rated, settings)
    if way is None or way.formula != "plain":
        return False
    return all(one.formula == "progress" for one in ways_alike(rated, way))


def ways_alike(rated: Sequence[Rated], way: Way) -> list[Way]:
    """The other ways that explain the very same rates: those of no indicator tell them apart.

    Where lower is better no rate may be printed, and where more is better three ways are one.
    """
    others = [Way(formula, way.target) for formula in get_args(Formula) if formula != way.formula]
    explained = [explains(one, way) for one in rated]
    return [one for one in others if [explains(two, one) for two in rated] == explained]


def rates_of(indicator: Indicator, normalized: Normalized) -> Iterator[Rated]:
    """The printed rates of an indicator with the figures of their year."""
    seen = indicator.observations
    for observation in seen:
        if observation.kind != "rate" or observation.value.number is None:
            continue
        year = observation.fiscal_year or normalized.actual_fiscal_year
        part = observation.part
        actual = value_in(indicator, "actual", year, part)
        if actual is None and year == normalized.actual_fiscal_year and part is None:
            actual = indicator.actual
        target = value_in(indicator, "target", year, part)
        if target is None and year == normalized.actual_fiscal_year and part is None:
            target = indicator.target
        last = last_target(indicator, part)
        figures: dict[Literal["year", "final"], Figures] = {
            "year": make_figures(indicator, indicator.baseline, target, actual),
            "final": make_figures(indicator, indicator.baseline, last[0] if last else None, actual),
        }
        yield Rated(indicator, observation.value, year, part, figures)


def _expected(one: Rated, way: Way) -> list[Fraction]:
    """The exact rates that a way gives; both where the direction is not known."""
    figures = one.figures[way.target]
    found = [rate(figures, way.formula, direction) for direction in _directions(figures.direction)]
    return list(dict.fromkeys(number for number in found if number is not None))


def _directions(direction: Direction) -> tuple[Known, ...]:
    return ("higher", "lower") if direction == "unknown" else (direction,)


def explains(one: Rated, way: Way) -> bool:
    """Whether a printed rate is made of its figures in this way."""
    return any(_rounds_to(one.value, number) for number in _expected(one, way))


def _rounds_to(printed: Value, exact: Fraction) -> bool:
    """Whether a printed rate is the exact one, rounded (四捨五入) or cut off (切捨て)."""
    if printed.number is None:
        return True
    digits = digits_of(printed.number)
    shown = Fraction(printed.number)
    return shown in (round_to(exact, digits, "half_up"), round_to(exact, digits, "down"))


def _text(number: Fraction, printed: Value) -> str:
    digits = digits_of(printed.number or Decimal())
    rounded = round_to(number, digits, "half_up")
    return f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):.{digits}f}"


def _misleading(rated: Sequence[Rated], way: Way) -> Iterator[Finding]:
    """Told once: where lower is better, a plain rate above 100 means that the target is missed."""
    if way.formula != "plain":
        return
    inverse = way._replace(formula="inverse")
    turned = [
        one
        for one in rated
        if one.indicator.direction == "lower" and explains(one, way) and not explains(one, inverse)
    ]
    if turned:
        yield finding(
            "arithmetic.rate-not-inverted",
            turned[0].indicator.name,
            printed=turned[0].value.printed,
            parameters={"id": turned[0].indicator.id, "count": str(len(turned))},
        )
