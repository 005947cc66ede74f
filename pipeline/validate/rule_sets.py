"""The rule sets that the explanations of a legend may mean.

A legend says little of the order of its rules and of how a rate is made, so there are several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, get_args

import msgspec

from pipeline.japanese.eras import find_years
from pipeline.japanese.text import label
from pipeline.legend.claim_words import any_of
from pipeline.legend.explanations import Reading, read_explanation
from pipeline.legend.figures import last_target
from pipeline.legend.rules import Band, Condition, Formula, RateForm, StatusRule
from pipeline.model import LegendRow, Normalized
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.rates import all_rates, find_way, formulas_of, ways_alike
from pipeline.validate.shares import digits_of
from pipeline.validate.tally import is_blank

Target = Literal["year", "final"]

_FORMS = tuple(
    RateForm(formula=formula, pro_rata=pro_rata)
    for pro_rata in (False, True)
    for formula in get_args(Formula)
)

_LITERAL = {
    "reaches_target": Band(at_least=Decimal(100)),
    "better_than_target": Band(above=Decimal(100)),
    "worse_than_target": Band(below=Decimal(100)),
}
"""What is said of the target, where a town judges by actual ÷ target whichever way is better."""


def candidates(
    normalized: Normalized, settings: ValidateSettings, *, literal: bool = False
) -> Iterator[ValidateSettings]:
    """Settings with the rules of each possible reading, the commoner ones first.

    ``literal``: the readings by actual ÷ target alone, whichever way is better.  Where the
    direction is not known they say more than others, so no figures can speak for them.
    """
    readings = readings_of(normalized, settings)
    banded = any(reading.band is not None for _, reading in readings)
    forms = _forms(normalized, settings) if banded else _FORMS[:1]
    if literal:
        forms = tuple(form for form in forms if form.formula == "plain" and not form.pro_rata)
    for target in _targets(normalized, readings, settings) if banded or not literal else ():
        for form in forms:
            rules = merged_rules(
                [as_rule(row, reading, form, literal=literal) for row, reading in readings]
            )
            if rules is None:
                continue
            found = [*_rule_sets(close_bands(rules))]
            for rule_set in dict.fromkeys((*found, *map(_as_progress, found))):
                yield msgspec.structs.replace(settings, status=rule_set, rate=form, target=target)


def _as_progress(rules: Sequence[StatusRule]) -> tuple[StatusRule, ...]:
    """The rules, 上昇 and 下降 taken for better and worse, whichever way is better."""
    return tuple(
        msgspec.structs.replace(
            rule,
            when=tuple(_PROGRESS.get(one, one) for one in rule.when),
            or_when=tuple(tuple(_PROGRESS.get(one, one) for one in each) for each in rule.or_when),
        )
        for rule in rules
    )


_PROGRESS: dict[Condition, Condition] = {
    "higher_than_baseline": "better_than_baseline",
    "lower_than_baseline": "worse_than_baseline",
    "higher_than_previous": "better_than_previous",
    "lower_than_previous": "worse_than_previous",
}


def _targets(
    normalized: Normalized,
    readings: Sequence[tuple[LegendRow, Reading]],
    settings: ValidateSettings,
) -> Sequence[Target]:
    """The target that the legend names; else that of the year, if one is printed, or the last.

    None where it names the target of a year of which none is printed.
    """
    named: list[Target] = [one.target for _, one in readings if one.target != ""]
    if named:
        return named[:1]
    dated = _target_years(normalized)
    years = _years_of_target(normalized, settings) if dated else set()
    if years:
        last = years == {max(dated)} != {normalized.actual_fiscal_year}
        return ("final",) if last else ("year",) if years <= dated else ()
    lasts = [(one.target, last_target(one, None)) for one in normalized.indicators]
    if not any(target for target, _ in lasts):
        return ("final",)
    both = any(target and last and last[0] != target for target, last in lasts)
    return ("year", "final") if both else ("year",)


def _target_years(normalized: Normalized) -> set[int]:
    """The fiscal years of the targets that are printed."""
    return {
        seen.fiscal_year
        for one in normalized.indicators
        for seen in one.observations
        if seen.kind == "target" and seen.fiscal_year is not None
    }


def _years_of_target(normalized: Normalized, settings: ValidateSettings) -> set[int]:
    """The fiscal years of whose targets the legend speaks: R6の目標を上回る."""
    target = re.compile(rf"\s?の?\s?(?:{any_of(map(label, settings.vocabulary.legend.target))})")
    texts = [label(row.rule.text) for row in normalized.legend]
    return {
        year.fiscal_year
        for text in texts
        for year in find_years(text)
        if target.match(text, year.stop)
    }


def merged_rules(rules: Sequence[StatusRule]) -> list[StatusRule] | None:
    """Rules of one word as one; ``None`` if its explanations do not go together."""
    merged: dict[str, StatusRule] = {}
    for rule in rules:
        key = label(rule.words[0])
        first = merged.get(key, rule)
        if first is rule or first == rule:
            merged[key] = rule
        elif first.judgement and rule.when:
            merged[key] = msgspec.structs.replace(rule, also_judgement=True)
        elif rule.judgement and first.when:
            merged[key] = msgspec.structs.replace(first, also_judgement=True)
        elif _is_comparison(first) and _is_comparison(rule):
            sets = (*first.or_when, rule.when, *rule.or_when)
            merged[key] = msgspec.structs.replace(first, or_when=sets)
        else:
            return None
    return list(merged.values())


def _is_comparison(rule: StatusRule) -> bool:
    return bool(rule.when) and rule.rate is None and rule.within is None


def _forms(normalized: Normalized, settings: ValidateSettings) -> tuple[RateForm, ...]:
    """How the rates may be made that the legend speaks of.

    As the document says; as the printed rates are, judged exactly or as printed; any way, where
    none are printed.  Printed rates made otherwise than it says are others.
    Where it says how, elapsed years are no part of it unless it speaks of them.
    """
    stated = formulas_of(normalized, settings)
    rates = all_rates(normalized)
    way = find_way(rates, settings)
    if way is None or (stated and way.formula not in stated):
        paced = not stated or _speaks_of_pace(normalized, settings)
        return tuple(
            form
            for form in _FORMS
            if (not stated or form.formula in stated) and (paced or not form.pro_rata)
        )
    digits = max(digits_of(one.value.number) for one in rates if one.value.number is not None)
    formulas = [way.formula, *(one.formula for one in ways_alike(rates, way))]
    return tuple(
        RateForm(formula=formula, digits=rounded)
        for formula in formulas
        if not stated or formula in stated
        for rounded in (None, digits)
    )


def _speaks_of_pace(normalized: Normalized, settings: ValidateSettings) -> bool:
    texts = [one.text for one in normalized.notes] + [row.rule.text for row in normalized.legend]
    return any(word in label(text) for text in texts for word in settings.vocabulary.legend.paced)


def readings_of(
    normalized: Normalized, settings: ValidateSettings
) -> list[tuple[LegendRow, Reading]]:
    """Each row of the legend with its reading; a dash is no status, whatever is said of it."""
    readings = _as_said(normalized, settings)
    if any(_speaks_of_baseline(one) for _, one in readings) or _has_no_other_year(normalized):
        readings = [(row, _since(row, one, settings)) for row, one in readings]
    return _with_equality(readings)


def assumes_baseline(normalized: Normalized, settings: ValidateSettings) -> bool:
    """Whether no explanation names the baseline, since which something is said to have changed.

    It may be the year before, which is not printed.
    """
    named = any_of(map(label, settings.vocabulary.legend.baseline))
    return not any(re.search(named, label(row.rule.text)) for row in normalized.legend) and any(
        _speaks_of_baseline(one) for _, one in readings_of(normalized, settings)
    )


def _as_said(normalized: Normalized, settings: ValidateSettings) -> list[tuple[LegendRow, Reading]]:
    """Each row of the legend and what it says by itself."""
    words = settings.vocabulary.legend
    figures = re.compile(any_of(map(label, (*words.target, *words.baseline))))
    readings = []
    named: set[str] = set()
    for row in normalized.legend:
        told = label(row.rule.text)
        reading = read_explanation(told, words)
        if reading.kind == "unreadable" and is_blank(row.word.text):
            reading = Reading("judgement")
        elif reading.kind == "unreadable" and len(named) == 1 and not figures.search(told):
            reading = _of_same(reading, f"{next(iter(named))}より{told}", settings)
        named = set(figures.findall(told)) or named
        readings.append((row, reading))
    return readings


def _of_same(reading: Reading, text: str, settings: ValidateSettings) -> Reading:
    """The reading of a text where it is nothing but comparisons; else the given one.

    ``目標値を上回ったもの``, ``下回ったもの``: both are against the figure that is named first.
    """
    told = read_explanation(text, settings.vocabulary.legend)
    bare = told.band is None and told.within is None and not told.also_judgement
    return told if told.kind == "conditions" and bare else reading


def _speaks_of_baseline(reading: Reading) -> bool:
    sets = (reading.when, *reading.or_when)
    return any(condition.endswith("baseline") for one in sets for condition in one)


def _has_no_other_year(normalized: Normalized) -> bool:
    """Whether what improved can have done so since the baseline alone: no other year is printed."""
    years = [
        {seen.fiscal_year for seen in one.observations if seen.kind == "actual"}
        for one in normalized.indicators
    ]
    spoken = "".join(label(row.rule.text) for row in normalized.legend)
    based = any(one.baseline is not None for one in normalized.indicators)
    return based and all(len(one) <= 1 for one in years) and not re.search(_EARLIER, spoken)


_EARLIER = "前年|昨年|前回|前期|直近|推移"
"""What a legend may compare with besides baseline and target."""


def _since(row: LegendRow, reading: Reading, settings: ValidateSettings) -> Reading:
    """改善 alone, beside an explanation that names the baseline, is against that too.

    So it is where nothing else is printed with which the actual could be compared.
    """
    if reading.kind not in ("conditions", "unreadable") or _speaks_of_baseline(reading):
        return reading
    told = read_explanation(row.rule.text, settings.vocabulary.legend, since=True)
    return told if told.kind == "conditions" else reading


def _with_equality(readings: list[tuple[LegendRow, Reading]]) -> list[tuple[LegendRow, Reading]]:
    """No better than the baseline means the same as it, where another word is for what is worse."""
    if not any(one.when == ("worse_than_baseline",) for _, one in readings):
        return readings
    return [
        (row, one._replace(when=("equals_baseline",)))
        if one.when == ("not_better_than_baseline",) and not one.also_judgement
        else (row, one)
        for row, one in readings
    ]


def _rule_sets(rules: Sequence[StatusRule]) -> Iterator[tuple[StatusRule, ...]]:
    """Orders and closings of the rules that a legend may mean, the likeliest first.

    Equality is a special case and comes first, or all come as printed; a tolerance may stand
    anywhere; the lowest rule may be all the rest.  A rule that also rests on judgement may rest on
    nothing else.
    """
    others = [rule for rule in rules if rule.judgement or rule.missing or rule.otherwise]
    others.sort(key=lambda rule: not rule.otherwise)
    grounded = [rule for rule in rules if rule not in others]
    ordered = sorted(grounded, key=_is_equality, reverse=True)
    lowest = max(range(len(ordered)), key=lambda at: (_badness(ordered[at]), at), default=None)
    stalled = [rule for rule in ordered if rule.also_judgement]
    if stalled:
        kept = [rule for rule in rules if not rule.also_judgement]
        given = [StatusRule(words=rule.words, judgement=True) for rule in stalled]
        yield from _rule_sets([*kept, *given])
        ordered.sort(key=lambda rule: (not _is_equality(rule), not rule.also_judgement))
        lowest = None
    orders = [*_tolerances_moved(ordered), *([] if stalled or grounded == ordered else [grounded])]
    orders += _below_baseline_first(ordered) + _target_first(ordered) + _declined_first(ordered)
    for order in orders:
        yield (*order, *others)
        yield tuple(_both_sides(rule) for rule in (*order, *others))
        if lowest is not None and not any(rule.otherwise for rule in others):
            last = ordered[lowest]
            kept = [rule for rule in order if rule != last]
            rest = StatusRule(words=last.words, otherwise=True)
            yield (*kept, rest, *others)
            yield tuple(_both_sides(rule) for rule in (*kept, rest, *others))


def _below_baseline_first(rules: Sequence[StatusRule]) -> list[list[StatusRule]]:
    """The rules, those below the baseline before one that only says that the target is missed."""
    missed = next((at for at, rule in enumerate(rules) if _only_misses(rule)), len(rules))
    below = [rule for rule in rules[missed:] if "worse_than_baseline" in rule.when]
    if not below:
        return []
    return [[*rules[:missed], *below, *(rule for rule in rules[missed:] if rule not in below)]]


def _target_first(rules: Sequence[StatusRule]) -> list[list[StatusRule]]:
    """The rules, those for a reached target before one that holds of it too: ↗ 改善, ★ 目標達成."""
    reached = [rule for rule in rules if _reaches(rule)]
    after = [*reached, *(rule for rule in rules if rule not in reached)]
    wider = any(rule.when == ("better_than_baseline",) for rule in rules)
    return [after] if wider and after != list(rules) else []


def _declined_first(rules: Sequence[StatusRule]) -> list[list[StatusRule]]:
    """The rules, those for what fell behind last year before one for a target that is reached."""
    behind = [rule for rule in rules if _BEHIND_LAST_YEAR & {*rule.when}]
    first = [*behind, *(rule for rule in rules if rule not in behind)]
    return [first] if behind and any(map(_reaches, rules)) else []


def _reaches(rule: StatusRule) -> bool:
    return rule.rate is None and rule.when in {("reaches_target",), ("better_than_target",)}


def _only_misses(rule: StatusRule) -> bool:
    bare = rule.rate is None and rule.within is None and not rule.or_when
    return bare and rule.when == ("worse_than_target",)


def _tolerances_moved(rules: Sequence[StatusRule]) -> Iterator[list[StatusRule]]:
    yield list(rules)
    for tolerant in rules:
        if tolerant.within is not None and not tolerant.within.beyond:
            rest = [rule for rule in rules if rule != tolerant]
            stands = rules.index(tolerant)
            for at in sorted(range(len(rules)), key=lambda at: abs(at - stands)):
                yield [*rest[:at], tolerant, *rest[at:]]


def _both_sides(rule: StatusRule) -> StatusRule:
    """△10%以内 may mean ±10%."""
    if rule.within is None or rule.within.side == "both" or rule.within.beyond:
        return rule
    return msgspec.structs.replace(rule, within=msgspec.structs.replace(rule.within, side="both"))


def as_rule(
    row: LegendRow, reading: Reading, form: RateForm, *, literal: bool = False
) -> StatusRule:
    """An explanation as a rule.  100% of the target is the target, unless it is paced.

    ``literal``: every word about the target is one about the rate.
    """
    word = row.word.text.strip()
    if reading.kind == "missing":
        return StatusRule(words=(word,), missing=reading.missing)
    if reading.kind == "judgement":
        return StatusRule(words=(word,), judgement=True)
    if reading.kind in ("rest", "unreadable"):
        return StatusRule(words=(word,), otherwise=True)
    when = list(reading.when)
    band = reading.band
    if literal:
        if band is None and len(when) == 1:
            band = _LITERAL.get(when[0])
            when = [] if band is not None else when
    elif band == Band(at_least=Decimal(100)) and not form.pro_rata:
        when, band = [*when, "reaches_target"], None
    elif band == Band(below=Decimal(100)) and not form.pro_rata:
        when, band = [*when, "worse_than_target"], None
    return StatusRule(
        words=(word,),
        when=tuple(when),
        or_when=reading.or_when,
        rate=band,
        within=reading.within,
        also_judgement=reading.also_judgement,
    )


def by_rate(settings: ValidateSettings, digits: int | None) -> ValidateSettings:
    """The rules where rates are rounded before they are judged: 99.6% is 100% then.

    ``digits``: the decimals that are left; ``None``: all of them.
    """
    rules = tuple(
        msgspec.structs.replace(rule, when=(), rate=Band(at_least=Decimal(100)))
        if rule.when == ("reaches_target",) and rule.rate is None and not rule.or_when
        else rule
        for rule in settings.status
    )
    form = msgspec.structs.replace(settings.rate, digits=digits)
    return msgspec.structs.replace(settings, status=rules, rate=form)


def close_bands(rules: Sequence[StatusRule]) -> list[StatusRule]:
    """``80~99%`` beside ``100%以上`` means: below 100 (whole percents are only how it is said)."""
    floors = {rule.rate.at_least for rule in rules if rule.rate and rule.rate.at_least is not None}
    if any("reaches_target" in rule.when or "better_than_target" in rule.when for rule in rules):
        floors.add(Decimal(100))
    closed = []
    for rule in rules:
        top = rule.rate.at_most if rule.rate else None
        above = None if top is None else next((f for f in floors if 0 <= f - top <= 1), None)
        if rule.rate is not None and above is not None:
            band = Band(at_least=rule.rate.at_least, above=rule.rate.above, below=above)
            rule = msgspec.structs.replace(rule, rate=band)  # noqa: PLW2901
        closed.append(rule)
    return closed


def _is_equality(rule: StatusRule) -> bool:
    return any(condition == "all_equal" or "equals" in condition for condition in rule.when)


_BEHIND_LAST_YEAR = {"worse_than_previous", "lower_than_previous"}
_BEHIND = {"worse_than_baseline", "lower_than_baseline", *_BEHIND_LAST_YEAR}


def _badness(rule: StatusRule) -> tuple[int, Decimal]:
    """How low a rule stands: below the baseline is lowest, then below a rate."""
    if _BEHIND & {*rule.when}:
        return 3, Decimal()
    if rule.rate is not None and rule.rate.at_least is None and rule.rate.above is None:
        return 2, -(rule.rate.below or rule.rate.at_most or Decimal())
    return (1 if "worse_than_target" in rule.when else 0), Decimal()
