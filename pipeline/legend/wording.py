"""A status rule in words, as it is applied: for the legend that is released."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.legend.rules import Band, Condition, Field, Formula, StatusRule, Tolerance
from pipeline.messages import N_, Language, translate

_CONDITIONS: dict[Condition, str] = {
    "all_equal": N_("baseline, target and actual are equal"),
    "reaches_target": N_("the actual is as good as the target or better"),
    "better_than_target": N_("the actual is better than the target"),
    "equals_target": N_("the actual equals the target"),
    "worse_than_target": N_("the actual is worse than the target"),
    "reaches_baseline": N_("the actual is as good as the baseline or better"),
    "better_than_baseline": N_("the actual is better than the baseline"),
    "equals_baseline": N_("the actual equals the baseline"),
    "worse_than_baseline": N_("the actual is worse than the baseline"),
    "not_better_than_target": N_("the actual is not better than the target"),
    "not_better_than_baseline": N_("the actual is not better than the baseline"),
    "higher_than_baseline": N_("the actual is higher than the baseline"),
    "lower_than_baseline": N_("the actual is lower than the baseline"),
    "reaches_previous": N_("the actual is as good as that of the year before or better"),
    "better_than_previous": N_("the actual is better than that of the year before"),
    "equals_previous": N_("the actual equals that of the year before"),
    "worse_than_previous": N_("the actual is worse than that of the year before"),
    "not_better_than_previous": N_("the actual is not better than that of the year before"),
    "higher_than_previous": N_("the actual is higher than that of the year before"),
    "lower_than_previous": N_("the actual is lower than that of the year before"),
}
_FORMULAS: dict[Formula, str] = {
    "plain": N_("rate (actual ÷ target)"),
    "inverse": N_("rate (actual ÷ target; target ÷ actual where lower is better)"),
    "mirrored": N_("rate (actual ÷ target; 2 − actual ÷ target where lower is better)"),
    "progress": N_("rate ((actual − baseline) ÷ (target − baseline))"),
}
_ENDS = {
    "at_least": N_("{number}% or more"),
    "above": N_("more than {number}%"),
    "below": N_("less than {number}%"),
    "at_most": N_("{number}% or less"),
}
_WITHIN = {
    ("target", True): N_("within {number}% of the target"),
    ("target", False): N_("within {number} points of the target"),
    ("baseline", True): N_("within {number}% of the baseline"),
    ("baseline", False): N_("within {number} points of the baseline"),
}
_OVER = {
    ("target", True): N_("more than {number}% off the target"),
    ("target", False): N_("more than {number} points off the target"),
    ("baseline", True): N_("more than {number}% off the baseline"),
    ("baseline", False): N_("more than {number} points off the baseline"),
}
_FROM = {
    ("target", True): N_("{number}% or more off the target"),
    ("target", False): N_("{number} points or more off the target"),
    ("baseline", True): N_("{number}% or more off the baseline"),
    ("baseline", False): N_("{number} points or more off the baseline"),
}
_REACHES = {"": _WITHIN, "over": _OVER, "from": _FROM}
_SIDES = {"both": "", "worse": N_(" on the worse side"), "better": N_(" on the better side")}
_FIELDS: dict[Field, str] = {
    "baseline": N_("the baseline is missing"),
    "target": N_("the target is missing"),
    "actual": N_("the actual is missing"),
}


def in_words(rule: StatusRule, formula: Formula, language: Language) -> str:
    """The conditions of a rule, joined; ``formula`` is that of its rates if it has none of its own.

    The first rule of a set that holds gives the status, so a rule's words leave out what the
    rules before it have taken.
    """
    parts = [translate(text, language) for text in _parts(rule)]
    if rule.rate is not None:
        parts.append(_band(rule.rate, formula, language))
    if rule.within is not None:
        parts.append(_tolerance(rule.within, language))
    joint = translate(N_(", and "), language)
    others = (
        joint.join(translate(_CONDITIONS[one], language) for one in conditions)
        for conditions in rule.or_when
    )
    return translate(N_("; or "), language).join((joint.join(parts), *others))


_MARKS = {"": "±", "over": ">±", "from": "≥±"}
_SIGNS = {"at_least": "≥", "above": ">", "below": "<", "at_most": "≤"}


def in_parts(rule: StatusRule) -> Iterator[str]:
    """A rule in message ids and signs that are the same in every language."""
    yield from _parts(rule)
    for conditions in rule.or_when:
        yield "/"
        yield from (_CONDITIONS[one] for one in conditions)
    if rule.rate is not None:
        given = ((sign, getattr(rule.rate, end)) for end, sign in _SIGNS.items())
        yield " ".join(f"{sign}{number:f}%" for sign, number in given if number is not None)
    if rule.within is not None:
        percent = rule.within.percent is not None
        amount = rule.within.percent if percent else rule.within.points
        yield f"{_MARKS[rule.within.beyond]}{amount:f}{'%' if percent else ''}"


def _parts(rule: StatusRule) -> Iterator[str]:
    yield from (_CONDITIONS[condition] for condition in rule.when)
    yield from (_FIELDS[field] for field in rule.missing)
    if rule.otherwise:
        yield N_("none of the other rules holds")
    if rule.judgement:
        yield N_("given by judgement, not recomputed")
    if rule.also_judgement:
        yield N_("may also be given by judgement")


def _band(band: Band, formula: Formula, language: Language) -> str:
    ends = [
        translate(text, language, number=format(getattr(band, end), "f"))
        for end, text in _ENDS.items()
        if getattr(band, end) is not None
    ]
    rate = translate(_FORMULAS[band.formula or formula], language)
    return f"{rate}: {translate(N_(' and '), language).join(ends)}"


def _tolerance(tolerance: Tolerance, language: Language) -> str:
    in_percent = tolerance.percent is not None
    amount = tolerance.percent if in_percent else tolerance.points
    number = "" if amount is None else format(amount, "f")
    reach = _REACHES[tolerance.beyond]
    text = translate(reach[tolerance.of, in_percent], language, number=number)
    return text + translate(_SIDES[tolerance.side], language)
