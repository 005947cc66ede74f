"""The city's own document: its known contradictions are found, and nothing else."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.model import Normalized
from pipeline.settings.validate import ValidateSettings
from pipeline.validate import run


def test_exactly_the_known_status_contradictions(
    city: Normalized, city_settings: ValidateSettings, facts: dict[str, Any]
) -> None:
    found = run(city, city_settings).findings
    told = {(f.subject, f.printed, f.expected) for f in found if f.rule == "status.mismatch"}
    assert told == {
        (known["name"], known["published"], known["recomputed"])
        for known in facts["known_contradictions"]["status"]
    }


def test_the_summary_contradiction_is_one_finding(
    city: Normalized, city_settings: ValidateSettings
) -> None:
    (found,) = [f for f in run(city, city_settings).findings if f.rule.startswith("summary.")]
    assert found.printed == "目標達成 45.4%、改善 13.1%"
    assert found.expected == "目標達成 44.6%(58/130)、改善 13.8%(18/130)"


def test_nothing_else_is_told(city: Normalized, city_settings: ValidateSettings) -> None:
    rules = Counter(found.rule for found in run(city, city_settings).findings)
    assert rules == {"status.mismatch": 7, "summary.share": 1}


def test_counts_as_published_and_as_recomputed(
    city: Normalized, city_settings: ValidateSettings, facts: dict[str, Any]
) -> None:
    known = facts["known_contradictions"]["summary"]
    overall = run(city, city_settings).summary[0]
    assert overall.goal_number is None
    assert overall.counts_published == known["table_counts"]
    assert overall.counts_recomputed == known["recomputed_counts"]
    assert overall.percent_printed == {
        "目標達成": "45.4",
        "改善": "13.1",
        "現状維持": "10.8",
        "未達成": "30.8",
    }


def test_a_goals_printed_share_stands_in_its_group(
    city: Normalized, city_settings: ValidateSettings
) -> None:
    groups = {group.goal_number: group for group in run(city, city_settings).summary}
    assert list(groups) == [None, 1, 2, 3, 4, 5]
    assert groups[3].percent_printed == {"未達成": "48.0"}
    assert groups[3].counts_published == {"現状維持": 2, "目標達成": 11, "改善": 0, "未達成": 12}


def test_keys_do_not_change_between_runs(city: Normalized, city_settings: ValidateSettings) -> None:
    first = [found.key for found in run(city, city_settings).findings]
    assert first == [found.key for found in run(city, city_settings).findings]
    assert len(set(first)) == len(first)
