"""Whether a set of status rules can be right: no gap, no overlap, no rule out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import SettingsError
from pipeline.legend.engine import Known, allowance, applies, gain_over, holds
from pipeline.legend.figures import Figures
from pipeline.legend.rules import Band, RateForm, RuleSet, StatusRule
from pipeline.messages import N_

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


def check_rules(settings: RuleSet, path: Path, *, gaps: bool = False) -> None:
    """Refuse a rule set that cannot be right, with an example; ``gaps``: those are allowed.

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
        rules = [rule for rule in settings.status if applies(rule, identifier)]
        _check(rules, settings.rate, path, gaps=gaps)


def _check(rules: Sequence[StatusRule], form: RateForm, path: Path, *, gaps: bool) -> None:
    _refuse_repeats(rules, path)
    ruled = [rule for rule in rules if not rule.judgement and not rule.missing]
    if not ruled:
        return
    reached: set[int] = set()
    for cases in _all_cases(ruled, form):
        claims = [_claimed(rule, cases, form) for rule in ruled]
        if not gaps:
            _refuse_gap(claims, cases, path)
        if any(case.improves for case in cases):
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
    seen: set[str] = set()
    for word in [word for rule in rules for word in rule.words]:
        if word in seen:
            raise SettingsError(
                N_("The status word {word} stands in two rules."), file=str(path), word=word
            )
        seen.add(word)


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
                        Figures(
                            baseline, target, actual, direction, elapsed=share, previous=baseline
                        ),
                        direction,
                        gain_over(target, baseline, direction) > 0,
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
            reach = allowance(rule.within, limit)
            ends |= {limit - reach, limit + reach}
        if rule.rate is not None:
            for edge in _edges(rule.rate, form):
                for point in (edge, edge * share):
                    ends |= {target * point, target * (2 - point)}
                    ends |= {baseline + point * (target - baseline)}
                    ends |= {target / point} if point else set()
    return {end for end in ends if end >= 0}


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
        if any(rule.within for rule in pair):
            continue
        mine = {at for at, claim in enumerate(claims[first]) if claim}
        theirs = {at for at, claim in enumerate(claims[second]) if claim}
        settled = {at for claim in claims[:first] for at, held in enumerate(claim) if held}
        disputed = (mine & theirs) - settled
        if disputed and mine - theirs and theirs - mine:
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
