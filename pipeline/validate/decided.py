"""Findings that a person has settled: still told, no longer a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from pipeline.model import Finding
from pipeline.settings.decisions import Decision
from pipeline.validate.catalogue import rule_of
from pipeline.validate.findings import finding, settle

FAILED = frozenset({"decision.gone", "decision.expectation"})


def with_decisions(
    findings: tuple[Finding, ...], decisions: Sequence[Decision]
) -> tuple[Finding, ...]:
    """The findings, those that a decision names as information, and decisions that settle none."""
    if not decisions:
        return findings
    failed = {found.parameters["line"] for found in findings if found.rule in FAILED}
    named = {one.finding: one for one in decisions if str(one.line) not in failed}
    settled = [_settled(found, named.get(found.key)) for found in findings]
    useless = _useless(findings, [one for one in named.values() if one.action == "seen"])
    return settle([*settled, *useless])


def _settled(found: Finding, one: Decision | None) -> Finding:
    if one is None or one.action not in rule_of(found.rule).settled_by:
        return found
    return structs.replace(found, severity="info", decided=one.decided())


def _useless(findings: Sequence[Finding], decisions: Sequence[Decision]) -> Iterator[Finding]:
    """Told of each decision that only settles a finding, where there is none that it can settle."""
    settled = {found.key: rule_of(found.rule).settled_by for found in findings}
    for one in decisions:
        if one.action not in settled.get(one.finding, ()):
            yield finding("decision.unused", one.finding, parameters={"line": str(one.line)})
