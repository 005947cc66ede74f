"""Stage 4: recompute what the document claims, and gather every doubt and contradiction.

``run`` is pure: normalized values in, findings and recomputed statuses out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.model import Finding, Group, Indicator, Normalized, Recomputed, Validated
from pipeline.settings.validate import ValidateSettings
from pipeline.text import label
from pipeline.validate.counting import Scope, Tally, is_blank, tally
from pipeline.validate.findings import about, finding, from_remark, settle
from pipeline.validate.history import check_history
from pipeline.validate.legend import check_legend, propose
from pipeline.validate.plausibility import check_plausibility
from pipeline.validate.rates import check_rates
from pipeline.validate.releasable import check_releasable
from pipeline.validate.status import Verdict, all_figures, judge
from pipeline.validate.structure import check_structure
from pipeline.validate.summary import Amount, check_claims, statements


def run(
    normalized: Normalized,
    settings: ValidateSettings,
    *,
    previous: Normalized | None = None,
) -> Validated:
    """Check a document against its own rules, its own summary and, if given, the last edition.

    Without declared rules those of the document's own legend are used, if they can be read and
    the printed statuses follow them.  ``recomputed`` has one entry for each indicator, in their
    order.  The remarks of the earlier stages are findings here.
    """
    settings, adopted = _adopt_legend(normalized, settings)
    indicators = normalized.indicators
    words = _words(normalized, settings)
    verdicts = [_verdict(indicator, normalized, settings) for indicator in indicators]
    published = {at: _published(found, words) for at, found in enumerate(indicators)}
    recomputed = {at: _recomputed(v, published[at], settings) for at, v in enumerate(verdicts)}
    tallies = _tallies(normalized, published, words)
    findings = [
        *map(from_remark, normalized.remarks),
        *adopted,
        *check_legend(normalized, settings),
        *_check_statuses(normalized, settings, verdicts, published),
        *check_rates(normalized, settings),
        *check_claims(normalized.claims, words, settings.vocabulary.claims, tallies),
        *check_plausibility(normalized, settings),
        *check_structure(normalized),
        *check_releasable(normalized),
        *(check_history(normalized, previous) if previous is not None else ()),
    ]
    return Validated(
        findings=settle(findings),
        recomputed=tuple(
            Recomputed(id=found.id, status=recomputed[at]) for at, found in enumerate(indicators)
        ),
        summary=_summary(normalized, settings, words, published, recomputed),
    )


def _adopt_legend(
    normalized: Normalized, settings: ValidateSettings
) -> tuple[ValidateSettings, list[Finding]]:
    """Settings with the legend's rules where none are declared, and what is to be said of it."""
    borne = [found for found in normalized.indicators if found.status is not None]
    if settings.status or not borne:
        return settings, []
    proposal = propose(normalized, settings)
    if proposal is not None and proposal.follows:
        words = "、".join(row.word.text for row in normalized.legend)
        where = normalized.legend[0].word
        told = finding(
            "legend.adopted", normalized.title, printed=words, page=where.page, box=where.box
        )
        return proposal.settings, [told]
    rule = "legend.unreadable" if normalized.legend else "status.no-rules"
    return settings, [finding(rule, normalized.title, printed=str(len(borne)))]


def _words(normalized: Normalized, settings: ValidateSettings) -> tuple[str, ...]:
    """The status words in order: the declared ones, the legend's, then whatever is printed."""
    declared = [word for rule in settings.status for word in rule.words]
    legend = [row.word.text for row in normalized.legend]
    printed = [found.status for found in normalized.indicators if found.status is not None]
    words: dict[str, str] = {}
    for word in (*declared, *legend, *printed):
        words.setdefault(label(word), word)
    used = {label(word) for word in (*declared, *printed)}
    return tuple(word for key, word in words.items() if key in used)


def _published(indicator: Indicator, words: Sequence[str]) -> str | None:
    """The printed status in the spelling of the rules."""
    if indicator.status is None:
        return None
    key = label(indicator.status)
    return next((word for word in words if label(word) == key), indicator.status)


def _verdict(indicator: Indicator, normalized: Normalized, settings: ValidateSettings) -> Verdict:
    """The words that the rules allow; those of all its parts, if it is printed in parts."""
    verdicts = [
        judge(figures, settings.status, settings.rate, indicator.id)
        for figures in all_figures(indicator, settings, normalized.actual_fiscal_year)
    ]
    words = dict.fromkeys(word for verdict in verdicts for word in verdict.words)
    return Verdict(tuple(words), any(verdict.open for verdict in verdicts))


def _recomputed(verdict: Verdict, published: str | None, settings: ValidateSettings) -> str | None:
    """The recomputed status; none where people gave theirs on other grounds."""
    if published in _judgements(settings) and verdict.status != published:
        return None
    return verdict.status


def _judgements(settings: ValidateSettings) -> frozenset[str]:
    """The words that people may give on grounds other than the figures."""
    return frozenset(
        word
        for rule in settings.status
        if rule.judgement or rule.also_judgement
        for word in rule.words
    )


def _check_statuses(
    normalized: Normalized,
    settings: ValidateSettings,
    verdicts: Sequence[Verdict],
    published: Mapping[int, str | None],
) -> Iterator[Finding]:
    """Findings about the printed statuses against the rules."""
    printed = [status for status in published.values() if status is not None]
    if not printed and normalized.indicators:
        yield finding("status.none-printed", normalized.title)
    if not settings.status:
        return
    known = {word for rule in settings.status for word in rule.words}
    for at, indicator in enumerate(normalized.indicators):
        status = published[at]
        if status is None or status in _judgements(settings):
            continue
        if status not in known:
            if is_blank(status):
                continue
            yield about("vocabulary.unknown-status", indicator, printed=indicator.status_printed)
        elif not verdicts[at].open and status not in verdicts[at].words:
            yield about(
                "status.differs" if settings.advisory else "status.mismatch",
                indicator,
                printed=indicator.status_printed or status,
                expected="、".join(verdicts[at].words),
            )


def _scopes(normalized: Normalized) -> tuple[Scope, ...]:
    """The whole plan, then each goal, then each policy, as the document orders them."""
    places = [*normalized.places, *(found.place for found in normalized.indicators)]
    goals = [Scope(place.goal_number) for place in places if place.goal_number is not None]
    policies = [
        Scope(place.goal_number, place.policy_number)
        for place in places
        if place.policy_number is not None
    ]
    return tuple(dict.fromkeys((Scope(), *goals, *policies)))


def _tallies(
    normalized: Normalized, statuses: Mapping[int, str | None], words: Sequence[str]
) -> dict[Scope, Tally]:
    return {
        scope: tally(normalized.indicators, statuses, words, scope) for scope in _scopes(normalized)
    }


def _summary(
    normalized: Normalized,
    settings: ValidateSettings,
    words: Sequence[str],
    published: Mapping[int, str | None],
    recomputed: Mapping[int, str | None],
) -> tuple[Group, ...]:
    """One group for the plan and one a goal; printed amounts are those stated first."""
    if not words:
        return ()
    claimed = [
        statement
        for claim in normalized.claims
        for statement in statements(claim, words, settings.vocabulary.claims)
        if isinstance(statement, Amount)
    ]
    before = _tallies(normalized, published, words)
    after = _tallies(normalized, recomputed, words)
    return tuple(
        Group(
            goal_number=scope.goal,
            counts_printed=_stated(claimed, scope, "count"),
            percent_printed=_stated(claimed, scope, "share"),
            counts_published=dict(before[scope].counts),
            counts_recomputed=dict(after[scope].counts),
        )
        for scope in before
        if scope.policy is None
    )


def _stated(claimed: Sequence[Amount], scope: Scope, unit: str) -> dict[str, str]:
    amounts: dict[str, str] = {}
    for amount in claimed:
        if amount.scope == scope and amount.unit == unit:
            amounts.setdefault(amount.word, str(amount.value))
    return amounts
