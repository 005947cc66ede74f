"""What the last edition said, held against this one."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model import Finding, Normalized, Remark
from pipeline.settings.validate import ValidateSettings
from pipeline.validate import run
from tests.validate.build import document, indicator, settings

BEFORE: dict[str, Any] = {
    "baseline": "100", "target": "110", "actual": "105", "next_target": "120", "year": 2024,
}  # fmt: skip
NOW: dict[str, Any] = {
    "baseline": "100", "target": "120", "actual": "118", "next_target": "130", "year": 2025,
}  # fmt: skip


def edition(year: int, *rows: Any) -> Normalized:
    return document(*rows, edition=year + 1)


def told(now: Normalized, before: Normalized) -> list[Finding]:
    found = run(now, settings(), previous=before).findings
    return [one for one in found if one.rule.startswith("history.")]


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        ({}, None, None),
        ({"target": "112"}, "history.target-changed", "120"),
        ({"target": "120.0"}, None, None),
        ({"target": "－"}, None, None),
        ({"baseline": "101"}, "history.baseline-changed", "100"),
        ({"unit": "件"}, "history.unit-changed", "人"),
        ({"name": "新しい名"}, "history.renamed", "指標"),
        ({"next_target": "119"}, "history.easier-target", "120"),
        ({"next_target": "121", "direction": "lower"}, "history.easier-target", "120"),
        ({"next_target": "119", "direction": "unknown"}, None, None),
    ],
)
def test_a_pair_of_editions(
    changes: dict[str, str], rule: str | None, expected: str | None
) -> None:
    now = edition(2025, indicator(identifier="x", **{**NOW, **changes}))
    found = told(now, edition(2024, indicator(identifier="x", **BEFORE)))
    assert [(one.rule, one.expected) for one in found] == ([(rule, expected)] if rule else [])


@pytest.mark.parametrize("doubted", ["now", "before"])
def test_nothing_is_told_of_an_indicator_that_is_in_doubt(doubted: str) -> None:
    doubts = {"doubts": ("number.separator:baseline",)}
    old = indicator(identifier="x", **BEFORE, **(doubts if doubted == "before" else {}))
    new = indicator(
        identifier="x", **{**NOW, "baseline": "10"}, **(doubts if doubted == "now" else {})
    )
    assert told(edition(2025, new), edition(2024, old)) == []


def test_a_value_of_an_earlier_year_that_was_revised() -> None:
    old = indicator(identifier="x", **BEFORE)
    new = indicator(identifier="x", **NOW)
    again = indicator(
        identifier="x",
        observations=(*new.observations, *indicator(**{**BEFORE, "actual": "104"}).observations),
        **NOW,
    )
    found = told(edition(2025, again), edition(2024, old))
    assert [(one.rule, one.printed, one.expected) for one in found] == [
        ("history.value-revised", "104", "105")
    ]


def test_an_indicator_that_is_gone() -> None:
    gone = indicator("消えた指標", identifier="y", **BEFORE)
    (found,) = told(edition(2025), edition(2024, gone))
    assert (found.rule, found.subject) == ("history.vanished", "消えた指標")


def test_an_absence_that_the_registry_tells_is_not_told_twice() -> None:
    remark = Remark(rule="identity.absent", subject="消えた指標", parameters={"id": "y"})
    now = document(edition=2026, remarks=(remark,))
    assert told(now, edition(2024, indicator("消えた指標", identifier="y", **BEFORE))) == []


def test_targets_are_compared_only_with_the_year_before() -> None:
    now = edition(2026, indicator(identifier="x", **{**NOW, "target": "1"}))
    assert told(now, edition(2024, indicator(identifier="x", **BEFORE))) == []


def test_without_a_last_edition_nothing_is_compared(
    city: Normalized, city_settings: ValidateSettings
) -> None:
    alone = run(city, city_settings)
    with_itself = run(city, city_settings, previous=city)
    assert not [one for one in alone.findings if one.rule.startswith("history.")]
    assert {one.rule for one in with_itself.findings if one.rule.startswith("history.")} == {
        "history.easier-target"
    }
