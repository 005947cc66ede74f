"""Rules from the document's own legend, and the legend held against a profile's rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.boxes import NOWHERE
from pipeline.errors import SettingsError
from pipeline.japanese.text import label
from pipeline.legend.engine import Verdict, holds, judge
from pipeline.legend.figures import Figures, all_figures
from pipeline.legend.rules import Formula
from pipeline.legend.soundness import check_rules, critical_cases
from pipeline.legend.wording import in_parts
from pipeline.messages import N_
from pipeline.model import Direction, Finding, Indicator, LegendRow, Normalized, Printed
from pipeline.settings.decisions import PERSON
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.findings import finding
from pipeline.validate.rates import all_rates, are_made_alike, are_plain, find_way
from pipeline.validate.rule_sets import (
    as_rule,
    assumes_baseline,
    by_rate,
    candidates,
    close_bands,
    merged_rules,
    readings_of,
)
from pipeline.validate.tally import is_blank, is_left_unjudged

_ENOUGH = 3
"""So many statuses that follow a reading outweigh one that does not."""


class Trial(NamedTuple):
    """One reading of a legend, tried on the document.

    ``fits``, one an indicator: whether the printed status is the word that the reading gives;
    ``None`` where none is printed or the figures do not settle it.
    """

    settings: ValidateSettings
    verdicts: tuple[Verdict, ...]
    fits: tuple[bool | None, ...]

    @property
    def mismatches(self) -> int:
        """How many printed statuses speak against the reading."""
        return self.fits.count(False)

    @property
    def judged(self) -> int:
        """How many printed statuses speak for or against it."""
        return self.mismatches + self.fits.count(True)


class Proposal(NamedTuple):
    """The rules of a legend in the reading that the printed statuses follow best.

    ``verdicts``, one an indicator: what that reading allows, and every rival that is plausible
    without this very row.  ``rivals``: those readings; ``apart``: the indicators, by position, that
    bear a status and are left open between them.  ``alike``: the readings that no figures of the
    reported year tell from the best one; those of other years may.
    """

    settings: ValidateSettings
    fits: tuple[bool | None, ...]
    verdicts: tuple[Verdict, ...]
    rivals: tuple[Trial, ...]
    apart: tuple[int, ...]
    follows: bool
    alike: tuple[ValidateSettings, ...] = ()

    @property
    def mismatches(self) -> int:
        """How many printed statuses contradict the rules."""
        return self.fits.count(False)

    @property
    def judged(self) -> int:
        """How many printed statuses the rules could be held against."""
        return self.mismatches + self.fits.count(True)


def propose(normalized: Normalized, settings: ValidateSettings) -> Proposal | None:
    """The rules that the legend states, in the reading that the printed statuses follow best.

    ``None`` if an explanation cannot be read, one word has explanations that do not go together,
    both targets are spoken of, or no reading is free of gaps and overlaps.  A legend says little
    of the order of its rules and of how a rate is made: of the possible readings that with the
    fewest contradictions is taken, the commoner one in a draw; printed rates show how they are
    made, and where these are actual ÷ target whichever way is better, the words may be so too.
    Beside conditions, one explanation that cannot be read may stand for all the rest, if no
    printed status speaks against it.
    """
    readings = readings_of(normalized, settings)
    unread = [row for row, reading in readings if reading.kind == "unreadable"]
    named = {reading.target for _, reading in readings} - {""}
    grounded = any(reading.kind == "conditions" for _, reading in readings)
    if not grounded or len(unread) > 1 or len(named) > 1:
        return None
    possible = [*candidates(normalized, settings)]
    literal = [*candidates(normalized, settings, literal=True)]
    if are_plain(normalized, settings):
        possible += literal
    trials = [_tried(normalized, candidate) for candidate in possible]
    trials.sort(key=_fitness)
    best = next((one for one in trials if _is_sound(one.settings)), None)
    if best is None:
        return None
    best = next((one for one in trials if _outdoes(one, best) and _is_sound(one.settings)), best)
    if unread and best.mismatches:
        return None
    others = [
        *(one for one in trials if one is not best),
        *(_tried(normalized, one) for one in literal),
    ]
    return _settled(normalized, best, others)


def _settled(normalized: Normalized, best: Trial, others: Sequence[Trial]) -> Proposal:
    """What the best reading allows, and a rival where it is plausible; open if unconfirmed."""
    verdicts = list(best.verdicts)
    rivals: list[Trial] = []
    alike = tuple(rival.settings for rival in others if rival.verdicts == best.verdicts)
    seen = {best.verdicts}
    for rival in others:
        open_at = [] if rival.verdicts in seen else _open_between(best, rival)
        seen.add(rival.verdicts)
        if open_at and _is_sound(rival.settings, gaps=True):
            rivals.append(rival)
            for at in open_at:
                verdicts[at] = either(verdicts[at], rival.verdicts[at])
    statuses = [found.status for found in normalized.indicators]
    apart = [
        at for at, status in enumerate(statuses) if status and verdicts[at] != best.verdicts[at]
    ]
    borne = {
        label(status) for status, fit in zip(statuses, best.fits, strict=True) if fit and status
    }
    assumed = assumes_baseline(normalized, best.settings)
    for at, fit in enumerate(best.fits):
        expected = {label(word) for word in verdicts[at].words}
        unseen = not expected <= borne and label(statuses[at] or "") not in borne
        words = (*expected, label(statuses[at] or ""))
        if fit is False and (
            unseen
            or (assumed and _are_of_baseline(words, best.settings))
            or _follows_rounded(normalized, at, best.settings)
        ):
            verdicts[at] = verdicts[at]._replace(open=True)
    return Proposal(
        best.settings, best.fits, tuple(verdicts), tuple(rivals), tuple(apart),
        _is_supported(normalized, best), alike,
    )  # fmt: skip


def _follows_rounded(normalized: Normalized, at: int, settings: ValidateSettings) -> bool:
    """Whether a status is right by a rate that was rounded, where no printed rate tells how."""
    if settings.rate.digits is not None or not any(rule.rate for rule in settings.status):
        return False
    indicator = normalized.indicators[at]
    if find_way(all_rates(normalized), settings) is not None:
        return False
    figures = all_figures(indicator, settings, normalized.actual_fiscal_year)
    status = label(indicator.status or "")
    exact, *near = (
        status in map(label, verdict_on(indicator, figures, by_rate(settings, digits)).words)
        for digits in (None, 0, 1)
    )
    return any(near) and not exact


def _are_of_baseline(words: Sequence[str], settings: ValidateSettings) -> bool:
    """Whether only the baseline tells words apart: none of them is for a target that is reached."""
    rules = [rule for rule in settings.status if {label(word) for word in rule.words} & set(words)]
    sets = [one for rule in rules for one in (rule.when, *rule.or_when)]
    rated = any(rule.rate is not None for rule in rules)
    return not rated and not any(_REACHED & set(when) for when in sets)


_REACHED = {"reaches_target", "better_than_target", "equals_target"}


def _open_between(best: Trial, rival: Trial) -> list[int]:
    """Where a rival reading is plausible by the other rows alone, and gives another verdict.

    A row that only one of the two explains speaks for that one.  No row speaks for itself: what
    is told of it has to rest on others.  A reading that lacks its figures on most rows (elapsed
    years that are not printed) is none.
    """
    if _lacks_figures(rival, best):
        return []
    rows = zip(best.fits, best.verdicts, rival.fits, rival.verdicts, strict=True)
    spoken = [_speaks_for(*row) for row in rows]
    for_best, for_rival = spoken.count(1), spoken.count(-1)
    found = []
    for at, own in enumerate(spoken):
        mine, theirs = for_best - (own == 1), for_rival - (own == -1)
        accused = best.fits[at] is False
        if best.verdicts[at] != rival.verdicts[at] and mine <= 2 * theirs + accused:
            found.append(at)
    return found


def _lacks_figures(rival: Trial, best: Trial) -> bool:
    """Whether a reading settles less than half of the rows that another one does.

    One that explains what the other accuses only lacks the rows that neither direction excludes:
    directions that nobody states are no figures that are missing.
    """
    rows = list(zip(best.fits, best.verdicts, rival.fits, rival.verdicts, strict=True))
    explains = any(mine is False and theirs is True for mine, _, theirs, _ in rows)
    allowed = sum(
        mine is True and theirs is None and _allow(other, own) for mine, own, theirs, other in rows
    )
    return 2 * (rival.judged + (allowed if explains else 0)) < best.judged


def _outdoes(other: Trial, best: Trial) -> bool:
    """Whether a reading goes with all rows that the best one goes with, and explains others.

    A reading to which directions are all the same settles more rows than one that needs them, as
    long as few are known: that does not speak for it.
    """
    explains = False
    for mine, own, theirs, its in zip(
        best.fits, best.verdicts, other.fits, other.verdicts, strict=True
    ):
        explains = explains or (mine is False and theirs is True)
        if mine is not False and theirs is False:
            return False
        if mine is True and theirs is None and not _allow(its, own):
            return False
    return explains


def _allow(verdict: Verdict, other: Verdict) -> bool:
    """Whether a verdict allows what another one says, in one of the two directions."""
    return not verdict.open and set(other.words) < set(verdict.words)


def _speaks_for(mine: bool | None, own: Verdict, theirs: bool | None, other: Verdict) -> int:
    """1 for the first reading, -1 for the second, 0 for neither, by a row's printed status."""
    if mine is False and theirs is True:
        return -1
    allowed = not other.open and set(own.words) <= set(other.words)
    return 1 if mine is True and not allowed else 0


def either(one: Verdict, other: Verdict) -> Verdict:
    """What either of two readings allows."""
    return Verdict(tuple(dict.fromkeys((*one.words, *other.words))), one.open or other.open)


def _is_supported(normalized: Normalized, trial: Trial) -> bool:
    """Whether the printed statuses follow a reading, but for slips that have nothing in common.

    Contrary statuses that share their word, the word they ought to be, or the direction of their
    indicators, and are more than those that agree, speak against the reading and not against the
    document.  Of statuses by a rate more may be slips where the document prints the rates, all of
    them made in one way: little of the reading is then left to doubt.
    """
    right, wrong = trial.fits.count(True), trial.mismatches
    by_rate = any(rule.rate is not None for rule in trial.settings.status)
    proved = by_rate and wrong > 0 and are_made_alike(normalized, trial.settings)
    few = (
        wrong == 0
        or (wrong == 1 and right >= (_ENOUGH - proved))
        or wrong * (4 if proved else 6) <= right + wrong
    )
    if not right or not few:
        return False
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for found, verdict, fit in zip(normalized.indicators, trial.verdicts, trial.fits, strict=True):
        if fit is not None:
            groups["printed", label(found.status or "")].append(fit)
            groups["expected", "/".join(verdict.words)].append(fit)
            groups["direction", found.direction].append(fit)
    return all(
        group.count(False) < 2 or group.count(True) >= group.count(False)
        for group in groups.values()
    )


def legend_text(legend: Sequence[LegendRow]) -> str:
    """The legend as printed, in one line."""
    return " / ".join(f"{label(row.word.text)}：{label(row.rule.text)}" for row in legend)


def given_rules(
    value: str, normalized: Normalized, settings: ValidateSettings
) -> ValidateSettings | None:
    """Settings with the rules that a person chose; ``None`` where they cannot be read.

    ``value``: empty or ``A``, the reading that was proposed; ``B``, the other one; else rules as a
    legend states them, ``◎：目標値以上 / ○：基準値以上 / △：基準値未満``.
    """
    rows = _given_legend(value)
    if value.strip() in ("", *_READINGS):
        proposal = propose(normalized, settings)
    elif rows:
        given = msgspec.structs.replace(normalized, legend=rows)
        proposal = None if lacking_words(given, settings) else propose(given, settings)
    else:
        return None
    if proposal is None or (value.strip() == "B" and not proposal.rivals):
        return None
    return proposal.rivals[0].settings if value.strip() == "B" else proposal.settings


_READINGS = ("A", "B")


def _given_legend(value: str) -> tuple[LegendRow, ...]:
    """Rules that a person typed, as rows of a legend; none if a part is no rule."""
    rows = []
    for part in re.split(r"\s+[/／]\s+|[;；\n]", value.strip()):
        word, _, rule = re.sub(r"[：＝=]", ":", part, count=1).partition(":")
        if not word.strip() or not rule.strip():
            return ()
        rows.append(LegendRow(word=_typed(word), rule=_typed(rule)))
    return tuple(rows)


def _typed(text: str) -> Printed:
    return Printed(text=text.strip(), page=1, box=NOWHERE, reader=PERSON)


def lacking_words(normalized: Normalized, settings: ValidateSettings) -> dict[str, str]:
    """The statuses that indicators bear and the legend does not explain, by key.

    Those that say only that nothing is judged (－, 評価なし, 未公表) need no explanation.
    """
    words = settings.vocabulary.legend
    unjudged = [label(word) for word in (*words.absent, *words.undefined, *words.judged)]
    explained = {label(row.word.text) for row in normalized.legend}
    lacking: dict[str, str] = {}
    for found in normalized.indicators:
        key = label(found.status or "")
        if not key or is_blank(key) or key in explained or any(word in key for word in unjudged):
            continue
        lacking.setdefault(key, found.status or "")
    return lacking


def describe(settings: ValidateSettings, other: ValidateSettings | None = None) -> str:
    """A reading in words: message ids and plain text, parted by tabs.

    Beside another one it tells the rules in which they differ.
    """
    parts = [" > ".join(rule.words[0] for rule in settings.status if not rule.judgement)]
    if any(rule.rate is not None for rule in settings.status):
        parts.append(_FORMULAS[settings.rate.formula])
        parts += [N_("(pro rata by elapsed years)")] if settings.rate.pro_rata else []
    parts.append(
        N_("(the target of the year)") if settings.target == "year" else N_("(the last target)")
    )
    parts += [N_("(tolerance on both sides)") for rule in settings.status
              if rule.within is not None and rule.within.side == "both"]  # fmt: skip
    theirs = other.status if other is not None else settings.status
    for rule in settings.status:
        if rule not in theirs:
            parts += ["|", f"{rule.words[0]}:", *in_parts(rule)]
    return "\t".join(parts)


_FORMULAS: dict[Formula, str] = {
    "plain": N_("(rate: actual ÷ target)"),
    "inverse": N_("(rate: target ÷ actual where lower is better)"),
    "mirrored": N_("(rate: 2 − actual ÷ target where lower is better)"),
    "progress": N_("(rate: the way from the baseline to the target)"),
}


def unread_row(normalized: Normalized, settings: ValidateSettings) -> LegendRow | None:
    """The first row of the legend whose explanation cannot be read."""
    readings = readings_of(normalized, settings)
    return next((row for row, reading in readings if reading.kind == "unreadable"), None)


def _fitness(trial: Trial) -> int:
    """How well a reading fits, the less the better: contradictions less confirmations.

    Elapsed years are thought of only where it spares several contradictions, since a reading with
    more freedom explains away a slip.
    """
    freedom = max(1, trial.judged // 10) if trial.settings.rate.pro_rata else 0
    return 2 * trial.mismatches + freedom - trial.judged


def _is_sound(settings: ValidateSettings, *, gaps: bool = False) -> bool:
    try:
        check_rules(settings, Path(), gaps=gaps)
    except SettingsError:
        return False
    return True


def _tried(normalized: Normalized, settings: ValidateSettings) -> Trial:
    ruled = {label(word) for rule in settings.status if not rule.judgement for word in rule.words}
    free = {label(word) for rule in settings.status if rule.also_judgement for word in rule.words}
    rated = any(rule.rate is not None for rule in settings.status)
    verdicts: list[Verdict] = []
    fits: list[bool | None] = []
    for indicator in normalized.indicators:
        figures = all_figures(indicator, settings, normalized.actual_fiscal_year)
        verdict = verdict_on(indicator, figures, settings)
        verdicts.append(verdict)
        status = label(indicator.status or "")
        follows = status in map(label, verdict.words)
        decided = not verdict.open and (verdict.status is not None or not follows)
        speaks = status in ruled and decided and (follows or status not in free)
        speaks = speaks and not is_left_unjudged(indicator, status, rated=rated)
        fits.append(follows if speaks and not indicator.doubted else None)
    return Trial(settings, tuple(verdicts), tuple(fits))


def verdict_on(
    indicator: Indicator, figures: Sequence[Figures], settings: ValidateSettings
) -> Verdict:
    """The words that the rules allow; those of all its parts, if it is printed in parts."""
    verdicts = [judge(one, settings.status, settings.rate, indicator.id) for one in figures]
    words = dict.fromkeys(word for verdict in verdicts for word in verdict.words)
    return Verdict(tuple(words), any(verdict.open for verdict in verdicts))


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


def _is_more_than_a_word(row: LegendRow, settings: ValidateSettings) -> bool:
    """Whether a known word was read together with the figure before it (95未達成)."""
    word = label(row.word.text)
    known = {label(one) for rule in settings.status for one in rule.words}
    return word not in known and any(
        word.endswith(one) and word.removesuffix(one)[-1:].isdigit() for one in known
    )


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
    rows = readings_of(normalized, settings)
    if not rows or any(reading.kind == "unreadable" for _, reading in rows):
        return
    if any(_is_more_than_a_word(row, settings) for row, _ in rows):
        return
    merged = merged_rules([as_rule(row, reading, settings.rate) for row, reading in rows])
    rules = close_bands(merged or ())
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
