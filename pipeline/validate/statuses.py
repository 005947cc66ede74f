"""Every printed status judged by the rules of the profile or, without one, of the legend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import msgspec

from pipeline.japanese.text import label
from pipeline.legend.claim_words import without_unit
from pipeline.legend.engine import Verdict
from pipeline.legend.figures import all_figures, figures_in, value_in
from pipeline.messages import N_
from pipeline.model import Finding, Indicator, Normalized, Printed
from pipeline.settings.decisions import Decision
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.findings import about, finding, stand_in_merged
from pipeline.validate.legend import (
    Proposal,
    describe,
    either,
    given_rules,
    lacking_words,
    legend_text,
    propose,
    unread_row,
    verdict_on,
)
from pipeline.validate.tally import is_blank, is_left_unjudged

_MOST = Fraction(4, 5)
"""Where so many rows have a status, one without is told."""


_SHOWN = 5
"""Rows named in one finding."""
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?")


class Judged(NamedTuple):
    """One indicator: its printed status in the spelling of the rules, and what they allow.

    ``recomputed``: the one word that they leave; ``None`` where there is none or several, and
    where people gave theirs on other grounds or columns may have been read as one.
    """

    indicator: Indicator
    published: str | None
    verdict: Verdict
    recomputed: str | None


class Adopted(NamedTuple):
    """Settings to judge by, and what is to be said of them.

    ``verdicts``: those of a legend's own rules, one an indicator.  ``settled``: no other reading
    of the legend is plausible anywhere.  ``alike``: those that only other years can tell apart.
    """

    settings: ValidateSettings
    findings: tuple[Finding, ...] = ()
    verdicts: tuple[Verdict, ...] | None = None
    settled: bool = True
    alike: tuple[ValidateSettings, ...] = ()


def adopt_legend(normalized: Normalized, settings: ValidateSettings) -> Adopted:
    """Settings with the legend's rules where none are declared.

    Nothing is judged where the statuses are not words of the rules: then another column may have
    been read as the status, or the legend may have been read by half.
    """
    borne = [found for found in normalized.indicators if found.status is not None]
    if not borne:
        return Adopted(settings)
    foreign = _foreign_column(normalized, settings, borne)
    if foreign is not None:
        return Adopted(msgspec.structs.replace(settings, status=()), (foreign,))
    if settings.status:
        return Adopted(settings)
    printed = _as_printed(normalized, settings, borne)
    decision = _decided(normalized, settings)
    return printed if decision is None else _as_decided(normalized, settings, decision, printed)


def _as_printed(
    normalized: Normalized, settings: ValidateSettings, borne: Sequence[Indicator]
) -> Adopted:
    """What the document's own legend gives, nothing decided."""
    if not normalized.legend:
        told = finding("status.no-rules", normalized.title, parameters=_count(borne))
        return Adopted(settings, (told,))
    proposal = None if lacking_words(normalized, settings) else propose(normalized, settings)
    if proposal is None or not proposal.follows:
        return Adopted(settings, (_refusal(normalized, settings, borne, proposal),))
    about_it = tuple(_about_proposal(normalized, proposal))
    settled = not proposal.rivals
    return Adopted(proposal.settings, about_it, proposal.verdicts, settled, proposal.alike)


def _decided(normalized: Normalized, settings: ValidateSettings) -> Decision | None:
    """The decision on the legend; one of an earlier edition only while the legend is the same."""
    for one in settings.decisions:
        same = "".join(one.expect.split()) == "".join(legend_text(normalized.legend).split())
        if one.action == "legend" and (same or not one.carried):
            return one
    return None


def _as_decided(
    normalized: Normalized, settings: ValidateSettings, decision: Decision, printed: Adopted
) -> Adopted:
    """The reading that a person chose, or the rules that a person gave."""
    used = given_rules(decision.value, normalized, settings)
    same = "".join(decision.expect.split()) == "".join(legend_text(normalized.legend).split())
    if used is None or (decision.expect and not same):
        told = finding(
            "decision.expectation",
            normalized.title,
            printed=legend_text(normalized.legend),
            expected=decision.expect,
            parameters={
                "line": str(decision.line),
                "value": decision.value or "A",
                "finding": decision.finding,
            },
        )
        return printed._replace(findings=(*printed.findings, told))
    findings = printed.findings
    if decision.carried:
        findings = tuple(
            msgspec.structs.replace(one, severity="info", decided=decision.decided())
            for one in findings
        )
    return Adopted(used, findings)


def _count(borne: Sequence[Indicator]) -> dict[str, str]:
    return {"count": str(len(borne))}


def _refusal(
    normalized: Normalized,
    settings: ValidateSettings,
    borne: Sequence[Indicator],
    proposal: Proposal | None,
) -> Finding:
    """Why the legend judges nothing."""
    lacking = lacking_words(normalized, settings)
    unread = unread_row(normalized, settings)
    row = normalized.legend[0]
    count = _count(borne)
    if lacking:
        return finding(
            "legend.lacks-word",
            "、".join(lacking.values()),
            printed="、".join(one.word.text.strip() for one in normalized.legend),
            page=row.word.page,
            box=row.word.box,
            parameters=count,
        )
    if proposal is not None and unread is None:
        count["unknown"] = str(sum(found.direction == "unknown" for found in borne))
        return finding(
            "legend.unconfirmed", row.word.text.strip(), printed=row.rule, parameters=count
        )
    row = unread or row
    return finding("legend.unreadable", row.word.text.strip(), printed=row.rule, parameters=count)


def _about_proposal(normalized: Normalized, proposal: Proposal) -> Iterator[Finding]:
    """That the legend's rules are used, and which rows tell two readings of it apart."""
    words = "、".join(row.word.text.strip() for row in normalized.legend)
    where = normalized.legend[0].word
    yield finding("legend.adopted", normalized.title, printed=words, page=where.page, box=where.box)
    if not proposal.apart:
        return
    names = [normalized.indicators[at].name for at in proposal.apart]
    rows = "、".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    first, second = proposal.settings, proposal.rivals[0].settings
    yield finding(
        "legend.two-readings",
        normalized.title,
        printed=words,
        page=where.page,
        box=where.box,
        parameters={
            "first": describe(first, second),
            "second": describe(second, first),
            "rows": rows,
            "count": str(len(names)),
        },
    )


def _foreign_column(
    normalized: Normalized, settings: ValidateSettings, borne: Sequence[Indicator]
) -> Finding | None:
    """Most statuses are numbers, and no number is a word of the rules or of the legend."""
    declared = [word for rule in settings.status for word in rule.words]
    words = [label(word) for word in (*declared, *(row.word.text for row in normalized.legend))]
    numbers = [one for one in borne if _NUMBER.fullmatch(label(one.status or ""))]
    if 2 * len(numbers) <= len(borne) or any(_NUMBER.fullmatch(word) for word in words):
        return None
    return about(
        "structure.status-of-numbers",
        numbers[0],
        printed=numbers[0].status_printed or numbers[0].status,
        count=str(len(numbers)),
    )


def known_words(normalized: Normalized, settings: ValidateSettings) -> tuple[str, ...]:
    """The status words in order: the declared ones, the legend's, then whatever is printed.

    Of a legend that gives no rules those that are borne, or that a summary counts.
    """
    declared = [word for rule in settings.status for word in rule.words]
    legend = [row.word.text for row in normalized.legend]
    printed = [found.status for found in normalized.indicators if found.status is not None]
    words: dict[str, str] = {}
    for word in (*declared, *legend, *printed):
        words.setdefault(label(word), word)
    grammar = settings.vocabulary.claims
    summed = {
        without_unit(label(entry.header), grammar)
        for claim in normalized.claims
        for entry in claim.entries
    }
    used = {label(word) for word in (*declared, *printed)} | summed
    return tuple(word for key, word in words.items() if key in used)


def judge_all(
    normalized: Normalized,
    settings: ValidateSettings,
    words: Sequence[str],
    verdicts: Sequence[Verdict] | None = None,
) -> tuple[Judged, ...]:
    """Every indicator with its printed and its recomputed status.

    ``verdicts``: what a legend's rules allow, where it was tried already.
    """
    judged = []
    unsure = stand_in_merged(normalized)
    for at, indicator in enumerate(normalized.indicators):
        published = None if indicator.status is None else _spelled(indicator.status, words)
        if verdicts is None:
            figures = all_figures(indicator, settings, normalized.actual_fiscal_year)
            verdict = verdict_on(indicator, figures, settings)
        else:
            verdict = verdicts[at]
        if _may_be_of_another_year(indicator):
            verdict = verdict._replace(open=True)
        by_people = published in judgements(settings) and verdict.status != published
        beside = _is_beside_nothing(published, verdict, settings)
        kept = by_people or beside or indicator.id in unsure or indicator.doubted
        kept = kept or (published is None and _is_not_rated(indicator, settings))
        recomputed = None if kept else verdict.status
        judged.append(Judged(indicator, published, verdict, recomputed))
    return tuple(judged)


def _may_be_of_another_year(indicator: Indicator) -> bool:
    """Whether an actual whose year is not known is missing: the status may be of that one."""
    return any(
        seen.kind == "actual" and seen.fiscal_year is None and seen.value.number is None
        for seen in indicator.observations
    )


def _is_not_rated(indicator: Indicator, settings: ValidateSettings) -> bool:
    """Whether a dash stands for a status that goes by the rate, and there is none: 0 of 1.

    Or people gave it, as the rules say of a dash: －：評価対象外.
    """
    dash = indicator.status_printed is not None and bool(indicator.status_printed.text.strip())
    if dash and any(map(is_blank, judgements(settings))):
        return True
    actual = indicator.actual.number if indicator.actual is not None else None
    missing = any(
        seen.kind == "rate" and seen.value.missing is not None for seen in indicator.observations
    )
    return dash and (missing or actual == 0) and any(rule.rate for rule in settings.status)


def _is_beside_nothing(published: str | None, verdict: Verdict, settings: ValidateSettings) -> bool:
    """Whether a status stands beside a figure that is missing, or was not read as one."""
    absent = {word for rule in settings.status if rule.missing for word in rule.words}
    return published is not None and verdict.status in absent and published not in absent


def _spelled(status: str, words: Sequence[str]) -> str:
    """A printed status in the spelling of the rules."""
    return next((word for word in words if label(word) == label(status)), status)


def judgements(settings: ValidateSettings) -> frozenset[str]:
    """The words that people may give on grounds other than the figures."""
    return frozenset(
        word
        for rule in settings.status
        if rule.judgement or rule.also_judgement
        for word in rule.words
    )


def check_statuses(
    normalized: Normalized,
    settings: ValidateSettings,
    judged: Sequence[Judged],
    *,
    settled: bool = True,
    alike: Sequence[ValidateSettings] = (),
) -> Iterator[Finding]:
    """Findings about the printed statuses against the rules.

    ``settled``: the rules leave no doubt, so that other years are judged by them too, and by those
    that are ``alike`` in the reported year.
    """
    if normalized.indicators and not any(one.published for one in judged):
        yield finding("status.none-printed", normalized.title)
    if not settings.status:
        return
    borne = sum(one.published is not None for one in judged)
    for one in judged:
        if one.published is not None:
            printed = one.indicator.status_printed
            before = normalized.actual_fiscal_year - 1
            yield from _check(
                one.indicator, one.published, one.verdict, settings, printed, before=before
            )
            yield from _check_ground(one, settings)
        elif one.recomputed is not None and borne >= _MOST * len(judged):
            yield about("status.left-out", one.indicator, expected=one.recomputed)
        if settled:
            yield from _check_other_years(one.indicator, normalized, settings, alike)


def _check(
    indicator: Indicator,
    status: str,
    verdict: Verdict,
    settings: ValidateSettings,
    printed: Printed | None,
    *,
    before: int,
    year: int | None = None,
) -> Iterator[Finding]:
    """``before``: the year before that of the figures; ``year``: theirs, if another is reported."""
    known = {word for rule in settings.status for word in rule.words}
    unexplained = status not in known and is_blank(status)
    if (
        status in judgements(settings)
        or unexplained
        or is_left_unjudged(indicator, status, rated=any(rule.rate for rule in settings.status))
    ):
        return
    if status not in known:
        yield about("vocabulary.unknown-status", indicator, printed=printed or status)
    elif _is_beside_nothing(status, verdict, settings):
        return
    elif not verdict.open and status not in verdict.words and not indicator.doubted:
        yield about(
            "status.differs" if settings.advisory else "status.mismatch",
            indicator,
            printed=printed or status,
            expected="、".join(verdict.words),
            **_figures_text(indicator, year, before if _compares_years(settings) else None),
            **({} if year is None else {"field": str(year)}),
        )


def _compares_years(settings: ValidateSettings) -> bool:
    """Whether a rule compares with the year before."""
    sets = (one for rule in settings.status for one in (rule.when, *rule.or_when))
    return any(condition.endswith("_previous") for one in sets for condition in one)


def _figures_text(
    indicator: Indicator, year: int | None, previous: int | None = None
) -> dict[str, str]:
    """The figures that a status was judged by, as printed; all parts of them, if in parts.

    ``previous``: the year before, where the rules compare with it.
    """
    named = {"baseline": indicator.baseline, "target": indicator.target, "actual": indicator.actual}
    if year is not None:
        named["target"] = value_in(indicator, "target", year)
        named["actual"] = value_in(indicator, "actual", year)
    lower = indicator.direction == "lower"
    before = None if previous is None else value_in(indicator, "actual", previous)
    beside = [] if before is None else [N_(", year before"), label(before.printed.text)]
    texts = {"better": "\t".join((*beside, *([N_(", lower is better")] if lower else ())))}
    for kind, value in named.items():
        parts = [one.value for one in indicator.observations if one.kind == kind and one.part]
        values = [value] if value is not None else parts
        texts[kind] = "・".join(label(one.printed.text) for one in values) or "－"
    return texts


def _check_ground(one: Judged, settings: ValidateSettings) -> Iterator[Finding]:
    """A status that rests on figures, beside an actual that the document says is missing."""
    actual = one.indicator.actual
    words = {
        word
        for rule in settings.status
        if rule.when or rule.rate or rule.within
        for word in rule.words
    }
    judged = one.published in words - judgements(settings)
    if judged and actual is not None and actual.missing is not None:
        yield about(
            "status.without-actual",
            one.indicator,
            printed=one.indicator.status_printed,
            expected=actual.printed.text,
        )


def _check_other_years(
    indicator: Indicator,
    normalized: Normalized,
    settings: ValidateSettings,
    alike: Sequence[ValidateSettings],
) -> Iterator[Finding]:
    """A plan that judges every year prints a status for each, with that year's figures.

    It is wrong by all readings or by none.
    """
    words = [word for rule in settings.status for word in rule.words]
    for seen in indicator.observations:
        year = seen.fiscal_year
        dated = year is not None and year != normalized.actual_fiscal_year
        if seen.kind != "status" or seen.value.text is None or year is None or not dated:
            continue
        figures = figures_in(indicator, settings, year)
        verdict = verdict_on(indicator, [figures], settings)
        for other in alike:
            verdict = either(verdict, verdict_on(indicator, [figures], other))
        status = _spelled(seen.value.text, words)
        printed = seen.value.printed
        yield from _check(indicator, status, verdict, settings, printed, before=year - 1, year=year)
