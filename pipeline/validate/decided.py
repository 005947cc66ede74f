"""Findings that a person has settled: still told, no longer a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from pipeline.model import Finding
from pipeline.settings.decisions import Decision
from pipeline.validate.catalogue import rule_of
from pipeline.validate.findings import finding, settle

FAILED = frozenset({"decision.gone", "decision.expectation", "decision.unfit"})


def with_decisions(
    findings: tuple[Finding, ...], decisions: Sequence[Decision]
) -> tuple[Finding, ...]:
    """The findings, those that a decision names as information, and decisions that settle none."""
    if not decisions:
        return findings
    failed = {found.parameters["line"] for found in findings if found.rule in FAILED}
    named = {one.finding: one for one in reversed(decisions) if str(one.line) not in failed}
    told = {found.key: found for found in findings}
    outdated = [
        one
        for key, one in named.items()
        if key in told and not one.carried and not _holds(one, told[key])
    ]
    settled = [_settled(found, named.get(found.key)) for found in findings]
    useless = _useless(findings, [one for one in named.values() if one.action == "seen"])
    return settle([*settled, *useless, *(_outdated(one, told[one.finding]) for one in outdated)])


def in_their_file(findings: Sequence[Finding], edition: int) -> tuple[Finding, ...]:
    """The findings, those on decisions with the edition whose corrections hold them."""
    return tuple(
        structs.replace(found, parameters={**found.parameters, "edition": str(edition)})
        if found.rule.startswith("decision.")
        else found
        for found in findings
    )


def _settled(found: Finding, one: Decision | None) -> Finding:
    """A finding as settled; one of an earlier edition settles no doubt about this paper."""
    if one is None or one.action not in rule_of(found.rule).settled_by:
        return found
    if found.rule == "layout.columns":
        return found  # it is told no more where a decision settled it
    if not _holds(one, found) or (one.carried and found.severity == "blocker"):
        return found
    return structs.replace(found, severity="info", decided=one.decided())


def _holds(one: Decision, found: Finding) -> bool:
    """Whether a finding is still what was confirmed; other decisions look at the paper itself.

    A layout that is still told has other doubts than those that were settled.
    """
    if one.action == "layout":
        return not one.expect or one.expect == found.parameters.get("doubts", one.expect)
    return one.action != "seen" or one.holds_for(found.printed, found.expected)


def _outdated(one: Decision, found: Finding) -> Finding:
    """Told of a confirmation that was made for another print, or against another expectation."""
    return finding(
        "decision.expectation",
        found.subject,
        printed=found.printed if found.expected is None else found.expected,
        expected=one.expect if one.expected is None else one.expected,
        page=found.page,
        box=found.box,
        parameters={"line": str(one.line), "value": one.value, "finding": one.finding},
    )


def _useless(findings: Sequence[Finding], decisions: Sequence[Decision]) -> Iterator[Finding]:
    """Told of each decision that only settles a finding, where there is none that it can settle."""
    settled = {found.key: rule_of(found.rule).settled_by for found in findings}
    for one in decisions:
        if not one.carried and one.action not in settled.get(one.finding, ()):
            yield finding("decision.unused", one.finding, parameters={"line": str(one.line)})
