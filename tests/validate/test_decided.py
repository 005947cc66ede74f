"""Findings that a person has settled, and decisions that settle none; fed as records."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model import Finding
from pipeline.settings.decisions import Action, Decision
from pipeline.validate.catalogue import rule_of
from pipeline.validate.decided import in_their_file, with_decisions


def found(rule: str = "status.mismatch", key: str = "k", **more: Any) -> Finding:
    known: dict[str, Any] = {"severity": rule_of(rule).severity, "subject": "甲"} | more
    return Finding(rule=rule, key=key, **known)


def seen(finding: str = "k", action: Action = "seen", **more: Any) -> Decision:
    known: dict[str, Any] = {
        "reason": "確認",
        "who": "山田",
        "when": "2025-05-01",
        "line": 3,
    } | more
    return Decision(action=action, finding=finding, **known)


def told(findings: tuple[Finding, ...], *decisions: Decision) -> list[tuple[str, str, bool]]:
    return [
        (one.rule, one.severity, one.decided is not None)
        for one in with_decisions(findings, decisions)
    ]


OPEN = ("status.mismatch", "error", False)
SETTLED = ("status.mismatch", "info", True)
STALE = ("decision.expectation", "blocker", False)
USELESS = ("decision.unused", rule_of("decision.unused").severity, False)


@pytest.mark.parametrize(
    ("one", "then"),
    [
        (seen(), [SETTLED]),
        (seen(line=0), [SETTLED]),
        (seen(expect="改善"), [SETTLED]),
        (seen(expect="達成"), [STALE, OPEN]),
        (seen(expect="達成", line=0), [OPEN]),
        (seen(expected="未達成"), [SETTLED]),
        (seen(expected="達成"), [STALE, OPEN]),
        (seen("other"), [OPEN, USELESS]),
        (seen("other", line=0), [OPEN]),
        (seen(action="layout"), [OPEN]),
        (seen("other", action="layout"), [OPEN]),
    ],
)
def test_a_contradiction_that_was_seen(one: Decision, then: list[tuple[str, str, bool]]) -> None:
    mismatch = found(printed="改善", expected="未達成")
    assert sorted(told((mismatch,), one)) == sorted(then)


def test_without_decisions_nothing_changes() -> None:
    findings = (found(), found(key="l"))
    assert with_decisions(findings, []) is findings


def test_a_doubt_is_not_settled_by_what_was_seen_in_an_earlier_edition() -> None:
    doubt = found("structure.count-differs")
    now, then = seen(), seen(line=0)
    assert told((doubt,), now) == [("structure.count-differs", "info", True)]
    assert told((doubt,), then) == [("structure.count-differs", "blocker", False)]


def test_the_first_of_two_decisions_on_one_finding_counts() -> None:
    first, second = seen(), seen(who="鈴木", line=9)
    (one,) = with_decisions((found(),), [first, second])
    assert one.decided is not None
    assert (one.decided.who, one.decided.taken, one.decided.field) == ("山田", "", "seen")


def test_a_decision_that_failed_settles_nothing() -> None:
    failed = found("decision.gone", "g", parameters={"line": "3"})
    assert told((failed, found()), seen()) == [
        ("decision.gone", failed.severity, False),
        OPEN,
    ]
    assert SETTLED in told((failed, found()), seen(line=4))


def test_what_is_told_of_a_confirmation_that_no_longer_holds() -> None:
    mismatch = found(printed="改善", expected="未達成", page=2, box=(1, 2, 3, 4))
    one = seen(expect="達成", value="v")
    stale = with_decisions((mismatch,), [one])[0]
    assert (stale.printed, stale.expected) == ("未達成", "達成")
    assert (stale.subject, stale.page, stale.box) == ("甲", 2, (1, 2, 3, 4))
    assert stale.parameters == {"line": "3", "value": "v", "finding": "k"}
    bare = with_decisions((found(printed="改善"),), [one])[0]
    assert (bare.printed, bare.expected) == ("改善", "達成")
    ruled = with_decisions((mismatch,), [seen(expect="改善", expected="達成")])[0]
    assert (ruled.printed, ruled.expected) == ("未達成", "達成")


def test_findings_on_decisions_name_the_file_of_their_edition() -> None:
    gone, other = found("decision.gone", parameters={"line": "1"}), found()
    named = in_their_file([gone, other], 2025)
    assert named[0].parameters == {"line": "1", "edition": "2025"}
    assert named[1] == other
