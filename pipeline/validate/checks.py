"""All checks of a document, one family after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.japanese.text import label
from pipeline.legend.named_lists import names_in_texts
from pipeline.legend.wording import in_words
from pipeline.model import AppliedRule, Normalized, Recomputed, Validated
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.changes import check_changes
from pipeline.validate.composites import as_printed, in_legend_words, legend_words
from pipeline.validate.confirmed import confirmed
from pipeline.validate.decided import in_their_file, with_decisions
from pipeline.validate.findings import (
    are_by_foreign_rules,
    from_remark,
    of_certain_readings,
    settle,
)
from pipeline.validate.groups import as_it_ought_to_be, countings, groups
from pipeline.validate.history import check_history
from pipeline.validate.legend import check_legend
from pipeline.validate.meanings import in_statuses, meanings
from pipeline.validate.named_statuses import check_named, counted
from pipeline.validate.plausibility import check_plausibility
from pipeline.validate.rates import check_rates, printed_rates
from pipeline.validate.releasable import check_releasable
from pipeline.validate.statements import statements
from pipeline.validate.statuses import adopt_legend, check_statuses, judge_all, known_words
from pipeline.validate.structure import check_structure
from pipeline.validate.summary import check_bands, check_claims, check_sums, unplaced
from pipeline.validate.sums import find_slips
from pipeline.validate.what_is_counted import of_all, unclear

ROWS_IN_DOUBT = frozenset(
    {
        "layout.columns",
        "layout.not-understood",
        "layout.other-headings",
        "reading.columns-not-separated",
        "reading.heading-without-rows",
        "reading.leftover-in-table",
        "reading.line-of-two-rows",
        "reading.row-in-heading",
        "reading.row-outside-tables",
        "reading.table-without-headings",
        "structure.row-too-short",
        "structure.row-without-name",
        "vocabulary.unknown-status-header",
    }
)
"""Doubts after which more, fewer or other rows or statuses may stand there than were read."""


def check(
    normalized: Normalized, settings: ValidateSettings, previous: Normalized | None
) -> Validated:
    """See :func:`pipeline.validate.run`."""
    declared = bool(settings.status)
    released = normalized.indicators
    composed = legend_words(normalized, settings.vocabulary.legend)
    normalized = in_legend_words(normalized, composed)
    adopted = adopt_legend(normalized, settings)
    settings = adopted.settings
    words = known_words(normalized, settings)
    judged = judge_all(normalized, settings, words, adopted.verdicts)
    grammar, year = settings.vocabulary.claims, normalized.actual_fiscal_year
    longer = _longer(words, settings.vocabulary.words.plain)
    tallies = countings(normalized, judged, words, settings.repeated)
    title = normalized.title
    meant = meanings(normalized, settings, words)
    said = (*words, *longer, *meant)
    names = names_in_texts([one.name for one in normalized.indicators])
    stated = [
        (
            claim,
            in_statuses(
                statements(counted(claim, said, names, grammar), said, grammar, year, title),
                words,
                meant,
            ),
        )
        for claim in normalized.claims
    ]
    claims = [(claim, of_all(found, tallies)) for claim, found in stated]
    explained = [row.word.text for row in normalized.legend]
    legend = settings.vocabulary.legend
    slips = find_slips(normalized.claims, (*words, *explained), grammar, legend, year)
    summed = list(
        check_claims(
            claims,
            tallies,
            rows_in_doubt=any(remark.rule in ROWS_IN_DOUBT for remark in normalized.remarks),
            slips=slips,
            mended=as_it_ought_to_be(normalized, judged, words),
        )
    )
    findings = [
        *map(from_remark, normalized.remarks),
        *adopted.findings,
        *(check_legend(normalized, settings) if adopted.verdicts is None else ()),
        *check_statuses(normalized, settings, judged, settled=adopted.settled, alike=adopted.alike),
        *check_rates(normalized, settings),
        *check_named(normalized, settings, judged, words, meant),
        *summed,
        *(
            unplaced(claim, amounts)
            for claim, found in stated
            for amounts in unclear(found, tallies).values()
        ),
        *check_changes(normalized.claims, summed, year),
        *check_bands(claims, printed_rates(normalized, settings)),
        *check_plausibility(normalized, settings),
        *check_structure(normalized, settings),
        *check_releasable(normalized),
        *(check_history(normalized, previous) if previous is not None else ()),
    ]
    findings = of_certain_readings(findings, normalized)
    told = [one for one in findings if one.rule.startswith("summary.")]
    of_itself = check_sums(slips, tallies, told)
    findings += of_certain_readings(of_itself, normalized, of_rows=False)
    settled = with_decisions(settle(findings), settings.decisions)
    if are_by_foreign_rules(settled):
        settled = tuple(one for one in settled if one.severity != "error")
        judged = tuple(one._replace(recomputed=None) for one in judged)
        settings = msgspec.structs.replace(settings, status=())
    return Validated(
        findings=in_their_file(settled, normalized.edition),
        recomputed=tuple(
            Recomputed(id=one.id, status=as_printed(seen.recomputed, one, released, composed))
            for one, seen in zip(released, judged, strict=True)
        ),
        summary=groups(normalized, words, judged, claims),
        applied=_applied(settings, "profile" if declared else "legend"),
        confirmed=confirmed(normalized, settings, judged, previous),
    )


def _longer(words: Sequence[str], usual: Sequence[str]) -> list[str]:
    """Usual status words that end in one of the document: 概ね順調 beside 順調 is another one."""
    known = {label(word) for word in words}
    return [
        word
        for word in usual
        if label(word) not in known and label(word).endswith(tuple(known) or ("?",))
    ]


def _applied(
    settings: ValidateSettings, basis: Literal["profile", "legend"]
) -> tuple[AppliedRule, ...]:
    """The rules by which statuses were recomputed, in words."""
    formula = settings.rate.formula
    return tuple(
        AppliedRule(
            words=rule.words,
            ja=in_words(rule, formula, "ja"),
            en=in_words(rule, formula, "en"),
            basis=basis,
        )
        for rule in settings.status
    )
