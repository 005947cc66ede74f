"""Every printed status judged by the rules of the profile or, without one, of the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from pipeline.japanese.text import label
from pipeline.legend.engine import Verdict, judge
from pipeline.legend.figures import Figures, all_figures, figures_in, value_in
from pipeline.messages import N_
from pipeline.model import Finding, Indicator, Normalized, Printed
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.findings import about, finding
from pipeline.validate.legend import propose, unread_row
from pipeline.validate.tally import is_blank

_MOST = Fraction(4, 5)
"""Where so many rows have a status, one without is told."""


class Judged(NamedTuple):
    """One indicator: its printed status in the spelling of the rules, and what they allow.

    ``recomputed``: the one word that they leave; ``None`` where there is none or several, and
    where people gave theirs on other grounds.
    """

    indicator: Indicator
    published: str | None
    verdict: Verdict
    recomputed: str | None


def adopt_legend(
    normalized: Normalized, settings: ValidateSettings
) -> tuple[ValidateSettings, list[Finding]]:
    """Settings with the legend's rules where none are declared, and what is to be said of it."""
    borne = [found for found in normalized.indicators if found.status is not None]
    if settings.status or not borne:
        return settings, []
    proposal = propose(normalized, settings)
    if proposal is not None and proposal.follows:
        words = "、".join(row.word.text.strip() for row in normalized.legend)
        where = normalized.legend[0].word
        told = finding(
            "legend.adopted", normalized.title, printed=words, page=where.page, box=where.box
        )
        return proposal.settings, [told]
    count = {"count": str(len(borne))}
    if not normalized.legend:
        return settings, [finding("status.no-rules", normalized.title, parameters=count)]
    unread = unread_row(normalized, settings)
    row = unread or normalized.legend[0]
    rule = "legend.unreadable"
    if proposal is not None and unread is None:
        rule = "legend.unconfirmed"
        count["unknown"] = str(sum(found.direction == "unknown" for found in borne))
    told = finding(rule, row.word.text.strip(), printed=row.rule, parameters=count)
    if proposal is not None and any(one.action == "legend" for one in settings.decisions):
        return proposal.settings, [told]
    return settings, [told]


def known_words(normalized: Normalized, settings: ValidateSettings) -> tuple[str, ...]:
    """The status words in order: the declared ones, the legend's, then whatever is printed."""
    declared = [word for rule in settings.status for word in rule.words]
    legend = [row.word.text for row in normalized.legend]
    printed = [found.status for found in normalized.indicators if found.status is not None]
    words: dict[str, str] = {}
    for word in (*declared, *legend, *printed):
        words.setdefault(label(word), word)
    used = {label(word) for word in (*declared, *printed)}
    return tuple(word for key, word in words.items() if key in used)


def judge_all(
    normalized: Normalized, settings: ValidateSettings, words: Sequence[str]
) -> tuple[Judged, ...]:
    """Every indicator with its printed and its recomputed status."""
    judged = []
    for indicator in normalized.indicators:
        published = None if indicator.status is None else _spelled(indicator.status, words)
        figures = all_figures(indicator, settings, normalized.actual_fiscal_year)
        verdict = _verdict(indicator, figures, settings)
        by_people = published in judgements(settings) and verdict.status != published
        judged.append(Judged(indicator, published, verdict, None if by_people else verdict.status))
    return tuple(judged)


def _spelled(status: str, words: Sequence[str]) -> str:
    """A printed status in the spelling of the rules."""
    return next((word for word in words if label(word) == label(status)), status)


def _verdict(
    indicator: Indicator, figures: Sequence[Figures], settings: ValidateSettings
) -> Verdict:
    """The words that the rules allow; those of all its parts, if it is printed in parts."""
    verdicts = [judge(one, settings.status, settings.rate, indicator.id) for one in figures]
    words = dict.fromkeys(word for verdict in verdicts for word in verdict.words)
    return Verdict(tuple(words), any(verdict.open for verdict in verdicts))


def judgements(settings: ValidateSettings) -> frozenset[str]:
    """The words that people may give on grounds other than the figures."""
    return frozenset(
        word
        for rule in settings.status
        if rule.judgement or rule.also_judgement
        for word in rule.words
    )


def check_statuses(
    normalized: Normalized, settings: ValidateSettings, judged: Sequence[Judged]
) -> Iterator[Finding]:
    """Findings about the printed statuses against the rules."""
    if normalized.indicators and not any(one.published for one in judged):
        yield finding("status.none-printed", normalized.title)
    if not settings.status:
        return
    borne = sum(one.published is not None for one in judged)
    for one in judged:
        if one.published is not None:
            printed = one.indicator.status_printed
            yield from _check(one.indicator, one.published, one.verdict, settings, printed)
            yield from _check_ground(one, settings)
        elif one.recomputed is not None and borne >= _MOST * len(judged):
            yield about("status.left-out", one.indicator, expected=one.recomputed)
        yield from _check_other_years(one.indicator, normalized, settings)


def _check(
    indicator: Indicator,
    status: str,
    verdict: Verdict,
    settings: ValidateSettings,
    printed: Printed | None,
    *,
    year: int | None = None,
) -> Iterator[Finding]:
    known = {word for rule in settings.status for word in rule.words}
    if status in judgements(settings) or (status not in known and is_blank(status)):
        return
    if status not in known:
        yield about("vocabulary.unknown-status", indicator, printed=printed or status)
    elif not verdict.open and status not in verdict.words:
        yield about(
            "status.differs" if settings.advisory else "status.mismatch",
            indicator,
            printed=printed or status,
            expected="、".join(verdict.words),
            **_figures_text(indicator, year),
            **({} if year is None else {"field": str(year)}),
        )


def _figures_text(indicator: Indicator, year: int | None) -> dict[str, str]:
    """The figures that a status was judged by, as printed; all parts of them, if in parts."""
    named = {"baseline": indicator.baseline, "target": indicator.target, "actual": indicator.actual}
    if year is not None:
        named["target"] = value_in(indicator, "target", year)
        named["actual"] = value_in(indicator, "actual", year)
    lower = indicator.direction == "lower"
    texts = {"better": N_(", lower is better") if lower else ""}
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
    indicator: Indicator, normalized: Normalized, settings: ValidateSettings
) -> Iterator[Finding]:
    """A plan that judges every year prints a status for each, with that year's figures."""
    words = [word for rule in settings.status for word in rule.words]
    for seen in indicator.observations:
        year = seen.fiscal_year
        dated = year is not None and year != normalized.actual_fiscal_year
        if seen.kind != "status" or seen.value.text is None or year is None or not dated:
            continue
        figures = figures_in(indicator, settings, year)
        verdict = _verdict(indicator, [figures], settings)
        status = _spelled(seen.value.text, words)
        yield from _check(indicator, status, verdict, settings, seen.value.printed, year=year)
