"""A status rule in words: every kind of condition is told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.legend.rules import Band, StatusRule, Tolerance
from pipeline.legend.wording import in_words

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"when": ("reaches_target",)}, "the actual is as good as the target or better"),
        ({"when": ("reaches_target", "worse_than_baseline")}, ", and the actual is worse than"),
        ({"missing": ("actual",)}, "the actual is missing"),
        ({"otherwise": True}, "none of the other rules holds"),
        ({"judgement": True}, "given by judgement, not recomputed"),
        (
            {"when": ("equals_target",), "also_judgement": True},
            "the actual equals the target, and may also be given by judgement",
        ),
        (
            {"when": ("equals_target",), "or_when": (("all_equal",), ("equals_baseline",))},
            "the actual equals the target; or baseline, target and actual are equal; or the actual "
            "equals the baseline",
        ),
        (
            {"rate": Band(at_least=Decimal(80), below=Decimal(100))},
            "rate (actual ÷ target): 80% or more and less than 100%",
        ),
        (
            {"rate": Band(above=Decimal("62.5"), at_most=Decimal(90), formula="progress")},
            "rate ((actual − baseline) ÷ (target − baseline)): more than 62.5% and 90% or less",
        ),
        ({"within": Tolerance(of="target", percent=TEN)}, "within 10% of the target"),
        ({"within": Tolerance(of="target", points=TEN)}, "within 10 points of the target"),
        ({"within": Tolerance(of="baseline", percent=TEN)}, "within 10% of the baseline"),
        ({"within": Tolerance(of="baseline", points=TEN)}, "within 10 points of the baseline"),
        (
            {"within": Tolerance(of="target", percent=TEN, side="worse")},
            "within 10% of the target on the worse side",
        ),
        (
            {"within": Tolerance(of="target", percent=TEN, side="better")},
            "within 10% of the target on the better side",
        ),
    ],
)
def test_a_rule_in_words(rule: dict[str, Any], words: str) -> None:
    told = in_words(StatusRule(words=("A",), **rule), "plain", "en")
    assert words in told
    if not words.startswith(","):
        assert told == words
    assert in_words(StatusRule(words=("A",), **rule), "plain", "ja") != told


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("inverse", "target ÷ actual where lower is better"),
        ("mirrored", "2 − actual ÷ target where lower is better"),
    ],
)
def test_a_rate_is_that_of_the_set(formula: Any, words: str) -> None:
    rule = StatusRule(words=("A",), rate=Band(at_least=TEN))
    assert words in in_words(rule, formula, "en")
