"""The rule engine: which status word the document's own rules give to an indicator's figures.

Rules are data (:mod:`pipeline.legend.rules`).  Three values are used throughout: a condition
holds, does not hold, or cannot be told (``None``) because a figure it needs is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from pipeline.legend.figures import Figures
from pipeline.legend.rules import (
    Band,
    Condition,
    Formula,
    RateForm,
    Rounding,
    StatusRule,
    Tolerance,
)

Known = Literal["higher", "lower"]

_BEST = Fraction(10**9)
"""The inverse rate of an actual of nought where lower is better: better than any band asks."""


class Verdict(NamedTuple):
    """The words the rules allow.  ``open``: no rule could be told to hold, so others may fit."""

    words: tuple[str, ...]
    open: bool

    @property
    def status(self) -> str | None:
        """The one word, if the rules leave no other."""
        return self.words[0] if len(self.words) == 1 and not self.open else None


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
    used = [rule for rule in rules if not rule.judgement and applies(rule, identifier)]
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


def applies(rule: StatusRule, identifier: str) -> bool:
    """Whether a rule is for the indicator with this id."""
    return not rule.indicators or identifier in rule.indicators


def holds(rule: StatusRule, figures: Figures, form: RateForm, direction: Known) -> bool | None:
    """Whether all conditions of a rule hold; ``None`` if that cannot be told."""
    if rule.otherwise:
        return True
    if rule.missing:
        return not set(rule.missing).isdisjoint(figures.absent)
    sets = (_grounds(rule, figures, form, direction), *_others(rule, figures, direction))
    return _any(sets)


def _grounds(rule: StatusRule, figures: Figures, form: RateForm, direction: Known) -> bool | None:
    """Whether the rule's own conditions hold, all together."""
    verdicts = [_compare(condition, figures, direction) for condition in rule.when]
    if rule.within is not None:
        verdicts.append(_within(rule.within, figures, direction))
    if rule.rate is not None:
        verdicts.append(_in_band(rule.rate, figures, form, direction))
    return _all(verdicts)


def _others(rule: StatusRule, figures: Figures, direction: Known) -> Iterator[bool | None]:
    for conditions in rule.or_when:
        yield _all(_compare(condition, figures, direction) for condition in conditions)


def _any(verdicts: Iterable[bool | None]) -> bool | None:
    seen = list(verdicts)
    if True in seen:
        return True
    return None if None in seen else False


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
    limit: Fraction | None = getattr(figures, of)
    if figures.actual is None or limit is None:
        return None
    gain = gain_over(figures.actual, limit, direction)
    if comparison == "equals":
        return gain == 0
    if comparison in ("higher", "lower"):
        return gain_over(figures.actual, limit, "higher" if comparison == "higher" else "lower") > 0
    strict = of == "target" and figures.strict
    beyond = gain > 0 if strict else gain >= 0
    return {"reaches": beyond, "better": gain > 0, "worse": not beyond, "short": gain <= 0}[
        comparison
    ]


def gain_over(value: Fraction, than: Fraction, direction: Known) -> Fraction:
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
    gain = gain_over(figures.actual, limit, direction)
    if (tolerance.side == "worse" and gain > 0) or (tolerance.side == "better" and gain < 0):
        return False
    reach = allowance(tolerance, limit)
    if tolerance.beyond:
        return abs(gain) > reach or (tolerance.beyond == "from" and abs(gain) == reach > 0)
    return abs(gain) <= reach


def allowance(tolerance: Tolerance, limit: Fraction) -> Fraction:
    """How far from the limit a tolerance reaches, in the indicator's unit."""
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
    if baseline is None or gain_over(target, baseline, direction) <= 0:
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
