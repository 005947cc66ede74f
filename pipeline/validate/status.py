"""The rule engine: which status word the document's own rules give to an indicator's figures.

Rules are data (:mod:`pipeline.settings.validate`).  Three values are used throughout: a condition
holds, does not hold, or cannot be told (``None``) because a figure it needs is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.errors import SettingsError
from pipeline.messages import N_
from pipeline.model import Direction, Indicator, Kind, Observation, Value
from pipeline.settings.validate import (
    Band,
    Condition,
    Formula,
    Period,
    RateForm,
    Rounding,
    StatusRule,
    Tolerance,
    ValidateSettings,
)

Known = Literal["higher", "lower"]

_BEST = Fraction(10**9)
"""The inverse rate of an actual of nought where lower is better: better than any band asks."""


class Figures(NamedTuple):
    """What a rule looks at; a missing or incomparable figure is ``None``.

    ``strict``: the target must be exceeded, not only reached (``100超``).
    ``elapsed``: the share of the plan's period that has passed, 0 to 1.  ``absent``: the fields
    that the document leaves out or marks as missing, which is more than not being comparable.
    """

    baseline: Fraction | None
    target: Fraction | None
    actual: Fraction | None
    direction: Direction = "unknown"
    strict: bool = False
    elapsed: Fraction | None = None
    absent: frozenset[str] = frozenset()


class Verdict(NamedTuple):
    """The words the rules allow.  ``open``: no rule could be told to hold, so others may fit."""

    words: tuple[str, ...]
    open: bool

    @property
    def status(self) -> str | None:
        """The one word, if the rules leave no other."""
        return self.words[0] if len(self.words) == 1 and not self.open else None


# --------------------------------------------------------------------------- from an indicator


def figures_of(
    indicator: Indicator, settings: ValidateSettings, actual_fiscal_year: int
) -> Figures:
    """The figures of the reported year as the rules want them."""
    target, target_year = _judged_target(indicator, settings)
    return _figures(
        indicator,
        target,
        indicator.actual,
        _elapsed(indicator, settings.period, target_year, actual_fiscal_year),
    )


def figures_in(indicator: Indicator, settings: ValidateSettings, year: int) -> Figures:
    """The figures of another fiscal year that the document prints too."""
    target = value_in(indicator, "target", year)
    target_year: int | None = year
    if settings.target == "final":
        target, target_year = _judged_target(indicator, settings)
    return _figures(
        indicator,
        target,
        value_in(indicator, "actual", year),
        _elapsed(indicator, settings.period, target_year, year),
    )


def value_in(indicator: Indicator, kind: Kind, year: int, part: str | None = None) -> Value | None:
    """The value of a kind, fiscal year and part, if it is printed."""
    found = (
        seen.value
        for seen in indicator.observations
        if seen.kind == kind and seen.fiscal_year == year and seen.part == part
    )
    return next(found, None)


def _figures(
    indicator: Indicator, target: Value | None, actual: Value | None, elapsed: Fraction | None
) -> Figures:
    baseline = indicator.baseline
    values = {"baseline": baseline, "target": target, "actual": actual}
    absent = frozenset(name for name, value in values.items() if _is_absent(value))
    if not _same_unit(baseline, target, actual):
        return Figures(None, None, None, indicator.direction, absent=absent)
    return Figures(
        fraction_of(baseline),
        fraction_of(target),
        fraction_of(actual),
        indicator.direction,
        target is not None and target.bound in ("more_than", "less_than"),
        elapsed,
        absent,
    )


def all_figures(
    indicator: Indicator, settings: ValidateSettings, actual_fiscal_year: int
) -> list[Figures]:
    """Figures to judge: of the whole, or of each part (男性, 女性) if it is printed in parts."""
    whole = figures_of(indicator, settings, actual_fiscal_year)
    parts = dict.fromkeys(seen.part for seen in indicator.observations if seen.part is not None)
    if indicator.actual is not None or not parts:
        return [whole]
    return [_part_figures(indicator, part, actual_fiscal_year) for part in parts]


def _part_figures(indicator: Indicator, part: str, year: int) -> Figures:
    def of(kind: str) -> Value | None:
        seen = [one for one in indicator.observations if one.kind == kind and one.part == part]
        dated = [one for one in seen if one.fiscal_year == year]
        return next((one.value for one in (*dated, *seen)), None)

    values = {field: of(field) for field in ("baseline", "target", "actual")}
    absent = frozenset(field for field, value in values.items() if _is_absent(value))
    return Figures(
        fraction_of(values["baseline"]),
        fraction_of(values["target"]),
        fraction_of(values["actual"]),
        indicator.direction,
        absent=absent,
    )


def _is_absent(value: Value | None) -> bool:
    return value is None or value.missing is not None


def _judged_target(
    indicator: Indicator, settings: ValidateSettings
) -> tuple[Value | None, int | None]:
    """The target that the status is judged against, and its fiscal year."""
    targets = [
        seen
        for seen in indicator.observations
        if seen.kind == "target" and seen.fiscal_year is not None and seen.part is None
    ]
    if settings.target == "final" and targets:
        last = max(targets, key=_year)
        return last.value, last.fiscal_year
    years = {seen.fiscal_year for seen in targets if seen.value == indicator.target}
    return indicator.target, max((year for year in years if year is not None), default=None)


def _year(observation: Observation) -> int:
    return observation.fiscal_year or 0


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


def _same_unit(*values: Value | None) -> bool:
    return len({value.unit for value in values if value is not None and value.unit}) <= 1


# --------------------------------------------------------------------------- judging


def judge(
    figures: Figures,
    rules: Sequence[StatusRule],
    form: RateForm,
    identifier: str = "",
) -> Verdict:
    """The words that the rules allow for these figures.

    A direction that is not known is taken both ways, so that a word results only where it does
    not matter.
    """
    used = [rule for rule in rules if not rule.judgement and _applies(rule, identifier)]
    used.sort(key=lambda rule: not rule.missing)
    directions: tuple[Known, ...] = (
        ("higher", "lower") if figures.direction == "unknown" else (figures.direction,)
    )
    verdicts = [_judge(figures, used, form, direction) for direction in directions]
    words = dict.fromkeys(word for verdict in verdicts for word in verdict.words)
    return Verdict(tuple(words), any(verdict.open for verdict in verdicts))


def _judge(
    figures: Figures, rules: Sequence[StatusRule], form: RateForm, direction: Known
) -> Verdict:
    possible: list[str] = []
    for rule in rules:
        verdict = holds(rule, figures, form, direction)
        if verdict is not False:
            possible.extend(rule.words)
        if verdict:
            return Verdict(tuple(dict.fromkeys(possible)), open=False)
    return Verdict(tuple(dict.fromkeys(possible)), open=True)


def _applies(rule: StatusRule, identifier: str) -> bool:
    return not rule.indicators or identifier in rule.indicators


def holds(rule: StatusRule, figures: Figures, form: RateForm, direction: Known) -> bool | None:
    """Whether all conditions of a rule hold; ``None`` if that cannot be told."""
    if rule.otherwise:
        return True
    if rule.missing:
        return not set(rule.missing).isdisjoint(figures.absent)
    verdicts = [_compare(condition, figures, direction) for condition in rule.when]
    if rule.within is not None:
        verdicts.append(_within(rule.within, figures, direction))
    if rule.rate is not None:
        verdicts.append(_in_band(rule.rate, figures, form, direction))
    return _all(verdicts)


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    seen = list(verdicts)
    if False in seen:
        return False
    return None if None in seen else True


def _compare(condition: Condition, figures: Figures, direction: Known) -> bool | None:
    if condition == "all_equal":
        return _all_equal(figures)
    comparison, _, of = condition.replace("_than", "").rpartition("_")
    comparison = comparison.replace("not_better", "short")
    limit = figures.target if of == "target" else figures.baseline
    if figures.actual is None or limit is None:
        return None
    gain = _gain(figures.actual, limit, direction)
    if comparison == "equals":
        return gain == 0
    beyond = gain > 0 or (gain == 0 and not (of == "target" and figures.strict))
    return {"reaches": beyond, "better": gain > 0, "worse": not beyond, "short": gain <= 0}[
        comparison
    ]


def _gain(value: Fraction, than: Fraction, direction: Known) -> Fraction:
    """How much better a value is than another; negative if worse."""
    return value - than if direction == "higher" else than - value


def _all_equal(figures: Figures) -> bool | None:
    known = [number for number in figures[:3] if number is not None]
    if len(set(known)) > 1:
        return False
    return True if len(known) == 3 else None


def _within(tolerance: Tolerance, figures: Figures, direction: Known) -> bool | None:
    limit = figures.baseline if tolerance.of == "baseline" else figures.target
    if figures.actual is None or limit is None:
        return None
    gain = _gain(figures.actual, limit, direction)
    if (tolerance.side == "worse" and gain > 0) or (tolerance.side == "better" and gain < 0):
        return False
    return abs(gain) <= _allowance(tolerance, limit)


def _allowance(tolerance: Tolerance, limit: Fraction) -> Fraction:
    if tolerance.points is not None:
        return Fraction(tolerance.points)
    return abs(limit) * Fraction(tolerance.percent or Decimal()) / 100


# --------------------------------------------------------------------------- rates


def rate(figures: Figures, formula: Formula, direction: Known) -> Fraction | None:
    """The rate in percent by a formula, exact; ``None`` where it has no meaning.

    A ratio of negative numbers, a target of nought, and a way from the baseline to a target that
    is not better than it have none.
    """
    actual, target = figures.actual, figures.target
    if actual is None or target is None:
        return None
    if formula == "progress":
        return _progress(figures.baseline, target, actual, direction)
    if actual < 0 or target < 0:
        return None
    if formula == "inverse" and direction == "lower":
        return 100 * target / actual if actual else (_BEST if target else Fraction(100))
    if not target:
        return None
    ratio = actual / target
    mirrored = formula == "mirrored" and direction == "lower"
    return 100 * (2 - ratio if mirrored else ratio)


def _progress(
    baseline: Fraction | None, target: Fraction, actual: Fraction, direction: Known
) -> Fraction | None:
    if baseline is None or _gain(target, baseline, direction) <= 0:
        return None
    return 100 * (actual - baseline) / (target - baseline)


def round_to(number: Fraction, digits: int, rounding: Rounding) -> Fraction:
    """A number rounded to so many decimals; halves go away from nought (四捨五入)."""
    scaled = abs(number) * 10**digits
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    if (rounding == "half_up" and rest >= Fraction(1, 2)) or (rounding == "up" and rest > 0):
        whole += 1
    return Fraction(whole if number >= 0 else -whole, 10**digits)


def _in_band(band: Band, figures: Figures, form: RateForm, direction: Known) -> bool | None:
    found = rate(figures, band.formula or form.formula, direction)
    pro_rata = form.pro_rata if band.pro_rata is None else band.pro_rata
    if found is None or (pro_rata and figures.elapsed is None):
        return None
    if pro_rata and figures.elapsed is not None:
        found /= figures.elapsed
    if form.digits is not None:
        found = round_to(found, form.digits, form.rounding)
    return in_limits(found, band)


def in_limits(found: Fraction, band: Band) -> bool:
    """Whether a rate in percent lies in a band."""
    return not (
        (band.at_least is not None and found < band.at_least)
        or (band.above is not None and found <= band.above)
        or (band.below is not None and found >= band.below)
        or (band.at_most is not None and found > band.at_most)
    )


# --------------------------------------------------------------------------- checking a rule set

_SHAPES = tuple(
    (Fraction(baseline), Fraction(target))
    for baseline, target in (
        (100, 110),
        (100, 102),
        (100, 200),
        (100, 100),
        (110, 100),
        (102, 100),
        (200, 100),
    )
)
"""Baselines and targets that show every order and both near and far ones."""

_SHARES = (Fraction(1), Fraction(1, 5))


class Case(NamedTuple):
    """Figures to try a rule set on.  ``improves``: the target is better than the baseline."""

    figures: Figures
    direction: Known
    improves: bool

    def example(self) -> dict[str, str]:
        """The figures as message parameters."""
        baseline, target, actual = self.figures[:3]
        return {
            "baseline": _plain(baseline),
            "target": _plain(target),
            "actual": _plain(actual),
            "direction": self.direction,
        }


def check_rules(settings: ValidateSettings, path: Path) -> None:
    """Refuse a rule set that cannot be right, with an example.

    * *gap*: figures for which no rule holds;
    * *never reached*: a rule whose every case is taken by earlier ones;
    * *overlap*: figures that two rules claim, neither being a special case of the other.  Order
      settles special cases only: all equal before target reached, target reached before baseline
      reached, and tolerances, which are exceptions by nature.  A target no better than
      the baseline is left to the order.

    For fixed baseline, target and period a rule holds on intervals of the actual; each rule's
    ends and the middles between them are tried, which decides the question for that baseline
    and target.
    """
    identifiers = {""} | {name for rule in settings.status for name in rule.indicators}
    for identifier in sorted(identifiers):
        rules = [rule for rule in settings.status if _applies(rule, identifier)]
        _check(rules, settings.rate, path)


def _check(rules: Sequence[StatusRule], form: RateForm, path: Path) -> None:
    _refuse_repeats(rules, path)
    ruled = [rule for rule in rules if not rule.judgement and not rule.missing]
    if not ruled:
        return
    reached: set[int] = set()
    for cases in _all_cases(ruled, form):
        claims = [_claimed(rule, cases, form) for rule in ruled]
        _refuse_gap(claims, cases, path)
        if cases[0].improves:
            _refuse_overlap(ruled, claims, cases, path)
        reached |= _first_claims(claims, len(cases))
    for index, rule in enumerate(ruled):
        if index not in reached:
            raise SettingsError(
                N_("The status rule {word} is never reached: earlier rules take all its cases."),
                file=str(path),
                word=rule.words[0],
            )


def _refuse_repeats(rules: Sequence[StatusRule], path: Path) -> None:
    words = [word for rule in rules for word in rule.words]
    for word in words:
        if words.count(word) > 1:
            raise SettingsError(
                N_("The status word {word} stands in two rules."), file=str(path), word=word
            )


def critical_cases(rules: Sequence[StatusRule], form: RateForm) -> Iterator[Case]:
    """Figures on both sides of every boundary of the rules, for each shape and direction."""
    for cases in _all_cases([rule for rule in rules if not rule.judgement], form):
        yield from cases


def _all_cases(rules: Sequence[StatusRule], form: RateForm) -> Iterator[list[Case]]:
    directions: tuple[Known, ...] = ("higher", "lower")
    for direction in directions:
        for baseline, target in _SHAPES:
            for share in _SHARES:
                ends = _ends(rules, form, baseline, target, share)
                yield [
                    Case(
                        Figures(baseline, target, actual, direction, elapsed=share),
                        direction,
                        _gain(target, baseline, direction) > 0,
                    )
                    for actual in _with_middles(ends)
                ]


def _ends(
    rules: Sequence[StatusRule],
    form: RateForm,
    baseline: Fraction,
    target: Fraction,
    share: Fraction,
) -> set[Fraction]:
    """Every actual at which some rule begins or ends to hold."""
    ends = {baseline, target}
    for rule in rules:
        if rule.within is not None:
            limit = baseline if rule.within.of == "baseline" else target
            allowance = _allowance(rule.within, limit)
            ends |= {limit - allowance, limit + allowance}
        if rule.rate is not None:
            for edge in _edges(rule.rate, form):
                for point in (edge, edge * share):
                    ends |= {target * point, target * (2 - point)}
                    ends |= {baseline + point * (target - baseline)}
                    ends |= {target / point} if point else set()
    return {end for end in ends if end >= 0} or {Fraction()}


def _edges(band: Band, form: RateForm) -> Iterator[Fraction]:
    """A band's limits as shares, and where rounding moves them."""
    for limit in (band.at_least, band.above, band.below, band.at_most):
        if limit is None:
            continue
        yield Fraction(limit) / 100
        if form.digits is not None:
            for steps in (-2, -1, 1, 2):
                yield (Fraction(limit) + Fraction(steps, 2 * 10**form.digits)) / 100


def _with_middles(ends: set[Fraction]) -> list[Fraction]:
    ordered = sorted(ends)
    middles = [(low + high) / 2 for low, high in pairwise(ordered)]
    beyond = ordered[-1] + 100
    return sorted({*ordered, *middles, ordered[0] / 2, beyond})


def _claimed(rule: StatusRule, cases: Sequence[Case], form: RateForm) -> list[bool | None]:
    return [holds(rule, case.figures, form, case.direction) for case in cases]


def _refuse_gap(claims: Sequence[Sequence[bool | None]], cases: Sequence[Case], path: Path) -> None:
    for position, case in enumerate(cases):
        if all(claim[position] is False for claim in claims):
            raise _refusal(
                N_(
                    "The status rules leave a gap: no rule is for baseline {baseline}, "
                    "target {target}, actual {actual} ({direction} is better)."
                ),
                case,
                path,
            )


def _refuse_overlap(
    rules: Sequence[StatusRule],
    claims: Sequence[Sequence[bool | None]],
    cases: Sequence[Case],
    path: Path,
) -> None:
    for first, second in combinations(range(len(rules)), 2):
        pair = (rules[first], rules[second])
        if any(rule.otherwise or rule.within for rule in pair):
            continue
        mine = {at for at, claim in enumerate(claims[first]) if claim}
        theirs = {at for at, claim in enumerate(claims[second]) if claim}
        settled = {at for claim in claims[:first] for at, held in enumerate(claim) if held}
        disputed = (mine & theirs) - settled
        if disputed and not (mine <= theirs or theirs <= mine):
            raise _refusal(
                N_(
                    "The status rules {word} and {other} overlap: both are for baseline "
                    "{baseline}, target {target}, actual {actual} ({direction} is better)."
                ),
                cases[min(disputed)],
                path,
                pair[0].words[0],
                pair[1].words[0],
            )


def _first_claims(claims: Sequence[Sequence[bool | None]], count: int) -> set[int]:
    """The rules that are the first to hold somewhere."""
    reached: set[int] = set()
    for position in range(count):
        for index, claim in enumerate(claims):
            if claim[position]:
                reached.add(index)
                break
    return reached


def _refusal(
    message: str, case: Case, path: Path, word: str = "", other: str = ""
) -> SettingsError:
    example = case.example()
    return SettingsError(
        message,
        file=str(path),
        word=word,
        other=other,
        baseline=example["baseline"],
        target=example["target"],
        actual=example["actual"],
        direction=example["direction"],
    )


def _plain(number: Fraction | None) -> str:
    if number is None:
        return ""
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{decimal:.4f}".rstrip("0").rstrip(".")
