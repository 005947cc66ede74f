"""The figures of one case, as status rules want them."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from pipeline.legend.rules import Period, RuleSet
from pipeline.model import Direction, Indicator, Kind, Value


class Figures(NamedTuple):
    """What a rule looks at; a missing or incomparable figure is ``None``.

    ``strict``: the target must be exceeded, not only reached (``100超``).
    ``elapsed``: the share of the plan's period that has passed, 0 to 1.  ``absent``: the fields
    that the document leaves out or marks as missing, which is more than not being comparable.
    ``previous``: the actual of the year before.
    """

    baseline: Fraction | None
    target: Fraction | None
    actual: Fraction | None
    direction: Direction = "unknown"
    strict: bool = False
    elapsed: Fraction | None = None
    absent: frozenset[str] = frozenset()
    previous: Fraction | None = None


def figures_of(indicator: Indicator, rules: RuleSet, actual_fiscal_year: int) -> Figures:
    """The figures of the reported year as the rules want them."""
    target, target_year = _judged_target(indicator, rules)
    elapsed = _elapsed(indicator, rules.period, target_year, actual_fiscal_year)
    previous = value_in(indicator, "actual", actual_fiscal_year - 1)
    return make_figures(
        indicator, indicator.baseline, target, indicator.actual, previous, elapsed=elapsed
    )


def figures_in(indicator: Indicator, rules: RuleSet, year: int) -> Figures:
    """The figures of another fiscal year that the document prints too."""
    target = value_in(indicator, "target", year)
    target_year: int | None = year
    if rules.target == "final":
        target, target_year = _judged_target(indicator, rules)
    elapsed = _elapsed(indicator, rules.period, target_year, year)
    actual, previous = (value_in(indicator, "actual", one) for one in (year, year - 1))
    return make_figures(indicator, indicator.baseline, target, actual, previous, elapsed=elapsed)


def all_figures(indicator: Indicator, rules: RuleSet, actual_fiscal_year: int) -> list[Figures]:
    """Figures to judge: of the whole, or of each part (男性, 女性) if it is printed in parts."""
    parts = dict.fromkeys(seen.part for seen in indicator.observations if seen.part is not None)
    if indicator.actual is not None or not parts:
        return [figures_of(indicator, rules, actual_fiscal_year)]
    return [_part_figures(indicator, part, rules, actual_fiscal_year) for part in parts]


def _part_figures(indicator: Indicator, part: str, rules: RuleSet, year: int) -> Figures:
    def of(kind: Kind) -> Value | None:
        seen = [one for one in indicator.observations if one.kind == kind and one.part == part]
        dated = [one for one in seen if one.fiscal_year == year]
        return next((one.value for one in (*dated, *seen)), None)

    target, target_year = of("target"), year
    if rules.target == "final":
        target, final = last_target(indicator, part) or (target, year)
        target_year = final
    return make_figures(
        indicator,
        of("baseline"),
        target,
        of("actual"),
        value_in(indicator, "actual", year - 1, part),
        elapsed=_elapsed(indicator, rules.period, target_year, year),
    )


def make_figures(
    indicator: Indicator,
    baseline: Value | None,
    target: Value | None,
    actual: Value | None,
    previous: Value | None = None,
    *,
    elapsed: Fraction | None = None,
) -> Figures:
    """The figures of one case, whatever it is of: figures in different units are not compared.

    A value that bears no unit is in the indicator's.
    """
    direction = indicator.direction
    values = {"baseline": baseline, "target": target, "actual": actual}
    absent = frozenset(name for name, value in values.items() if _is_absent(value))
    if not _same_unit(indicator.unit, baseline, target, actual):
        return Figures(None, None, None, direction, absent=absent)
    return Figures(
        fraction_of(baseline),
        fraction_of(target),
        fraction_of(actual),
        direction,
        target is not None and target.bound in ("more_than", "less_than"),
        elapsed,
        absent,
        fraction_of(previous) if _same_unit(indicator.unit, actual, previous) else None,
    )


def value_in(indicator: Indicator, kind: Kind, year: int, part: str | None = None) -> Value | None:
    """The value of a kind, fiscal year and part, if it is printed."""
    found = (
        seen.value
        for seen in indicator.observations
        if seen.kind == kind and seen.fiscal_year == year and seen.part == part
    )
    return next(found, None)


def _is_absent(value: Value | None) -> bool:
    return value is None or value.missing is not None


def _judged_target(indicator: Indicator, rules: RuleSet) -> tuple[Value | None, int | None]:
    """The target that the status is judged against, and its fiscal year."""
    last = last_target(indicator, None)
    if rules.target == "final" and last is not None:
        return last
    years = {
        seen.fiscal_year
        for seen in indicator.observations
        if seen.kind == "target"
        and seen.part is None
        and seen.fiscal_year is not None
        and seen.value == indicator.target
    }
    return indicator.target, max((year for year in years if year is not None), default=None)


def last_target(indicator: Indicator, part: str | None) -> tuple[Value, int] | None:
    """The target of the latest fiscal year that is printed, and that year."""
    dated = [
        (seen.fiscal_year, seen.value)
        for seen in indicator.observations
        if seen.kind == "target" and seen.part == part and seen.fiscal_year is not None
    ]
    if not dated:
        return None
    year, value = max(dated, key=lambda item: item[0])
    return value, year


def _elapsed(
    indicator: Indicator, period: Period | None, target_year: int | None, year: int
) -> Fraction | None:
    if period is not None:
        share = Fraction(year - period.first_year + 1, period.last_year - period.first_year + 1)
        return share if 0 < share <= 1 else None
    starts = {
        seen.fiscal_year
        for seen in indicator.observations
        if seen.kind == "baseline" and seen.fiscal_year is not None
    }
    if len(starts) != 1 or target_year is None:
        return None
    start = starts.pop()
    if not start < year <= target_year:
        return None
    return Fraction(year - start, target_year - start)


def fraction_of(value: Value | None) -> Fraction | None:
    """The value as an exact fraction; an approximate value or a range cannot be judged."""
    if value is None or value.number is None or value.upper is not None or value.approximate:
        return None
    return Fraction(value.number)


def _same_unit(unit: str, *values: Value | None) -> bool:
    numbers = [value for value in values if value is not None and value.number is not None]
    return len({value.unit or unit for value in numbers} - {""}) <= 1
