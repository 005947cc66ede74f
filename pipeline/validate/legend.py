"""Rules from the document's own legend, and the legend held against a profile's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec

from pipeline.errors import SettingsError
from pipeline.japanese.text import label
from pipeline.legend.engine import holds, judge
from pipeline.legend.explanations import Reading, read_explanation
from pipeline.legend.figures import Figures, figures_of
from pipeline.legend.rules import Band, Formula, RateForm, StatusRule
from pipeline.legend.soundness import check_rules, critical_cases
from pipeline.model import Direction, Finding, LegendRow, Normalized
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.findings import finding
from pipeline.validate.rates import all_rates, find_way
from pipeline.validate.summary import digits_of
from pipeline.validate.tally import is_blank


class Proposal(NamedTuple):
    """Settings with rules read from a legend, and how many printed statuses contradict them."""

    settings: ValidateSettings
    mismatches: int
    judged: int

    @property
    def follows(self) -> bool:
        """Whether the printed statuses follow the rules, but for a few slips."""
        return self.judged > 0 and self.mismatches * 4 <= self.judged


_FORMS = tuple(
    RateForm(formula=formula, pro_rata=pro_rata)
    for pro_rata in (False, True)
    for formula in get_args(Formula)
)


def propose(normalized: Normalized, settings: ValidateSettings) -> Proposal | None:
    """The rules that the legend states, in the reading that the printed statuses follow best.

    ``None`` if an explanation cannot be read or no reading is free of gaps and overlaps.  A
    legend says little of the order of its rules and of how a rate is made: of the possible ones
    that with the fewest contradictions is taken, the commoner one in a draw; printed rates show
    how they are made.  One explanation that cannot be read may stand for all the rest, if no
    printed status speaks against it.
    """
    readings = _readings(normalized.legend, settings)
    unread = [row for row, reading in readings if reading.kind == "unreadable"]
    if not readings or len(unread) > 1:
        return None
    banded = any(reading.band is not None for _, reading in readings)
    target = "year" if any(found.target for found in normalized.indicators) else "final"
    proposals = []
    for form in _forms(normalized, settings) if banded else _FORMS[:1]:
        rules = _close_bands([_as_rule(row, reading, form) for row, reading in readings])
        for rule_set in dict.fromkeys(_rule_sets(rules)):
            candidate = msgspec.structs.replace(settings, status=rule_set, rate=form, target=target)
            proposals.append(_tried(normalized, candidate))
    proposals.sort(key=_fitness)
    best = next((one for one in proposals if _is_sound(one.settings)), None)
    return None if best is not None and unread and best.mismatches else best


def unread_row(normalized: Normalized, settings: ValidateSettings) -> LegendRow | None:
    """The first row of the legend whose explanation cannot be read."""
    readings = _readings(normalized.legend, settings)
    return next((row for row, reading in readings if reading.kind == "unreadable"), None)


def _forms(normalized: Normalized, settings: ValidateSettings) -> tuple[RateForm, ...]:
    """How the rates may be made that the legend speaks of.

    As the printed rates are, judged exactly or as printed; any way, where none are printed.
    """
    rates = all_rates(normalized)
    way = find_way(rates, settings)
    if way is None:
        return _FORMS
    digits = max(digits_of(one.value.number) for one in rates if one.value.number is not None)
    return (RateForm(formula=way.formula), RateForm(formula=way.formula, digits=digits))


def _fitness(proposal: Proposal) -> int:
    """How well a reading fits, the less the better: contradictions less confirmations.

    Elapsed years are thought of only where it spares several contradictions, since a reading with
    more freedom explains away a slip.
    """
    freedom = max(1, proposal.judged // 10) if proposal.settings.rate.pro_rata else 0
    return 2 * proposal.mismatches + freedom - proposal.judged


def _readings(
    legend: Sequence[LegendRow], settings: ValidateSettings
) -> list[tuple[LegendRow, Reading]]:
    """Each row with its reading; a dash is no status, whatever is said of it."""
    words = settings.vocabulary.legend
    readings = []
    for row in legend:
        reading = read_explanation(row.rule.text, words)
        if reading.kind == "unreadable" and is_blank(row.word.text):
            reading = Reading("judgement")
        readings.append((row, reading))
    return readings


def _is_sound(settings: ValidateSettings) -> bool:
    try:
        check_rules(settings, Path())
    except SettingsError:
        return False
    return True


def _tried(normalized: Normalized, settings: ValidateSettings) -> Proposal:
    judged = mismatches = 0
    ruled = {label(word) for rule in settings.status if not rule.judgement for word in rule.words}
    free = {label(word) for rule in settings.status if rule.also_judgement for word in rule.words}
    for indicator in normalized.indicators:
        if indicator.status is None or label(indicator.status) not in ruled:
            continue
        figures = figures_of(indicator, settings, normalized.actual_fiscal_year)
        verdict = judge(figures, settings.status, settings.rate, indicator.id)
        follows = label(indicator.status) in map(label, verdict.words)
        decided = verdict.status is not None or not follows
        if decided and not verdict.open and (follows or label(indicator.status) not in free):
            judged += 1
            mismatches += not follows
    return Proposal(settings, mismatches, judged)


def _rule_sets(rules: Sequence[StatusRule]) -> Iterator[tuple[StatusRule, ...]]:
    """Orders and closings of the rules that a legend may mean, the likeliest first.

    Equality is a special case and comes first; a tolerance may stand anywhere; the lowest rule
    may be all the rest.  A rule that also rests on judgement may rest on nothing else.
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
    for order in _tolerances_moved(ordered):
        yield (*order, *others)
        if lowest is not None and not any(rule.otherwise for rule in others):
            last = ordered[lowest]
            kept = [rule for rule in order if rule != last]
            yield (*kept, StatusRule(words=last.words, otherwise=True), *others)


def _tolerances_moved(rules: Sequence[StatusRule]) -> Iterator[list[StatusRule]]:
    yield list(rules)
    for tolerant in rules:
        if tolerant.within is not None:
            rest = [rule for rule in rules if rule != tolerant]
            stands = rules.index(tolerant)
            for at in sorted(range(len(rules)), key=lambda at: abs(at - stands)):
                yield [*rest[:at], tolerant, *rest[at:]]


def _as_rule(row: LegendRow, reading: Reading, form: RateForm) -> StatusRule:
    """An explanation as a rule.  100% of the target is the target, unless it is paced."""
    word = row.word.text.strip()
    if reading.kind == "missing":
        return StatusRule(words=(word,), missing=reading.missing)
    if reading.kind == "judgement":
        return StatusRule(words=(word,), judgement=True)
    if reading.kind == "unreadable":
        return StatusRule(words=(word,), otherwise=True)
    when = list(reading.when)
    band = reading.band
    if band == Band(at_least=Decimal(100)) and not form.pro_rata:
        when, band = [*when, "reaches_target"], None
    elif band == Band(below=Decimal(100)) and not form.pro_rata:
        when, band = [*when, "worse_than_target"], None
    return StatusRule(
        words=(word,),
        when=tuple(when),
        rate=band,
        within=reading.within,
        also_judgement=reading.also_judgement,
    )


def _close_bands(rules: Sequence[StatusRule]) -> list[StatusRule]:
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


def _badness(rule: StatusRule) -> tuple[int, Decimal]:
    """How low a rule stands: below the baseline is lowest, then below a rate."""
    if "worse_than_baseline" in rule.when:
        return 3, Decimal()
    if rule.rate is not None and rule.rate.at_least is None and rule.rate.above is None:
        return 2, -(rule.rate.below or rule.rate.at_most or Decimal())
    return (1 if "worse_than_target" in rule.when else 0), Decimal()


# --------------------------------------------------------------------------- against a profile


def check_legend(normalized: Normalized, settings: ValidateSettings) -> Iterator[Finding]:
    """The legend held against the profile's rules: its words, its examples, its explanations."""
    if not settings.status:
        return
    known = {label(word) for rule in settings.status for word in rule.words}
    for row in normalized.legend:
        if label(row.word.text) not in known:
            yield finding("legend.unknown-word", label(row.word.text), printed=row.word)
        elif row.example:
            yield from _check_example(row, settings)
    yield from _check_explanations(normalized, settings)


def _check_example(row: LegendRow, settings: ValidateSettings) -> Iterator[Finding]:
    numbers = {str(entry.kind): _number(entry.printed.text) for entry in row.example}
    figures = Figures(numbers.get("baseline"), numbers.get("target"), numbers.get("actual"))
    words: set[str] = set()
    directions: tuple[Direction, ...] = ("higher", "lower")
    for direction in directions:
        verdict = judge(figures._replace(direction=direction), settings.status, settings.rate)
        if verdict.open:
            return
        words |= {label(word) for word in verdict.words}
        if label(row.word.text) in words:
            return
    yield finding(
        "legend.example",
        label(row.word.text),
        printed=row.word,
        expected="、".join(sorted(words)),
    )


def _number(text: str) -> Fraction | None:
    found = re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", label(text).replace(",", ""))
    return None if found is None else Fraction(found.group())


def _check_explanations(normalized: Normalized, settings: ValidateSettings) -> Iterator[Finding]:
    """One finding, with an example, if the explanations give another word than the profile."""
    rows = _readings(normalized.legend, settings)
    if not rows or any(reading.kind == "unreadable" for _, reading in rows):
        return
    rules = _close_bands([_as_rule(row, reading, settings.rate) for row, reading in rows])
    ruled = [rule for rule in rules if not rule.judgement and not rule.missing]
    for case in critical_cases((*settings.status, *ruled), settings.rate):
        verdict = judge(case.figures, settings.status, settings.rate)
        if verdict.status is None or not case.improves:
            continue
        allowed = {
            label(word)
            for rule in ruled
            if holds(rule, case.figures, settings.rate, case.direction)
            for word in rule.words
        }
        if allowed and label(verdict.status) not in allowed:
            row = next(row for row, _ in rows if label(row.word.text) in allowed)
            yield finding(
                "legend.differs",
                label(row.word.text),
                printed=row.rule,
                expected=verdict.status,
                parameters=case.example(),
            )
            return
