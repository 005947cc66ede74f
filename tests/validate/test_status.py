"""The rule engine: conditions, rates, and every legend of the field that can be computed."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from pipeline.errors import SettingsError
from pipeline.legend.engine import judge, rate, round_to
from pipeline.legend.figures import Figures
from pipeline.model import Indicator, Observation
from pipeline.validate import run
from tests.validate.build import document, indicator, settings, value

MINE = """
[[validate.status]]
word = "現状維持"
when = ["all_equal"]
[[validate.status]]
word = "目標達成"
when = ["reaches_target"]
[[validate.status]]
word = "改善"
when = ["reaches_baseline"]
[[validate.status]]
word = "未達成"
otherwise = true
"""

EQUALITY = """
[[validate.status]]
word = "○"
when = ["equals_target"]
[[validate.status]]
word = "◎"
when = ["reaches_target"]
[[validate.status]]
word = "△"
when = ["worse_than_target"]
[[validate.status]]
word = "×"
judgement = true
[[validate.status]]
word = "評価なし"
missing = ["target"]
"""

AGAINST_BASE = """
[[validate.status]]
word = "S"
when = ["better_than_target"]
[[validate.status]]
word = "A"
when = ["better_than_baseline"]
[[validate.status]]
word = "B"
within = { of = "baseline", percent = 10, side = "worse" }
[[validate.status]]
word = "C"
otherwise = true
[[validate.status]]
word = "－"
missing = ["actual"]
"""

THREE_LETTERS = """
[[validate.status]]
word = "A"
when = ["better_than_target"]
[[validate.status]]
word = "B"
when = ["better_than_baseline"]
[[validate.status]]
word = "C"
otherwise = true
"""

TEN_PERCENT = """
[[validate.status]]
word = "A"
rate = { at_least = 110 }
[[validate.status]]
word = "B"
rate = { at_least = 90, below = 110 }
[[validate.status]]
word = "C"
rate = { below = 90 }
"""

PARTLY_JUDGED = """
[[validate.status]]
word = "A"
when = ["better_than_target"]
[[validate.status]]
words = ["B", "C"]
otherwise = true
[[validate.status]]
word = "D"
judgement = true
"""

PACED = """
[validate.rate]
formula = "plain"
pro_rata = true
[validate.period]
first_year = 2020
last_year = 2024
[[validate.status]]
word = "①"
rate = { at_least = 100 }
[[validate.status]]
word = "②"
rate = { at_least = 60, below = 100 }
[[validate.status]]
word = "③"
rate = { below = 60 }
"""

PACE_OR_NOT = """
[validate.rate]
formula = "progress"
pro_rata = true
[[validate.status]]
word = "A"
rate = { at_least = 100 }
[[validate.status]]
word = "B"
otherwise = true
[[validate.status]]
words = ["F", "N"]
judgement = true
"""

BANDS = """
[[validate.status]]
word = "A"
when = ["reaches_target"]
[[validate.status]]
word = "B+"
rate = { at_least = 80, below = 100 }
[[validate.status]]
word = "B"
rate = { at_least = 50, below = 80 }
[[validate.status]]
word = "C"
rate = { below = 50 }
"""

SURVEY = """
[[validate.status]]
word = "a"
when = ["reaches_target"]
[[validate.status]]
word = "b"
within = { of = "baseline", points = 3 }
indicators = ["survey"]
[[validate.status]]
word = "b'"
when = ["reaches_baseline"]
[[validate.status]]
word = "c"
otherwise = true
"""

POINTS = """
[[validate.status]]
word = "7"
rate = { at_least = 100 }
[[validate.status]]
word = "6"
rate = { at_least = 90, below = 100 }
[[validate.status]]
word = "5"
rate = { at_least = 80, below = 90 }
[[validate.status]]
word = "4"
rate = { at_least = 70, below = 80 }
[[validate.status]]
word = "3"
rate = { at_least = 60, below = 70 }
[[validate.status]]
word = "2"
rate = { at_least = 50, below = 60 }
[[validate.status]]
word = "1"
rate = { below = 50 }
"""

LIBRARY = """
[[validate.status]]
word = "A"
rate = { at_least = 110 }
[[validate.status]]
word = "B"
rate = { at_least = 80, below = 110 }
[[validate.status]]
word = "C"
rate = { at_least = 50, below = 80 }
[[validate.status]]
word = "D"
rate = { below = 50 }
"""

HARBOUR = """
[validate]
advisory = true
[[validate.status]]
word = "順調"
rate = { at_least = 80 }
[[validate.status]]
word = "やや遅れ"
rate = { at_least = 60, below = 80 }
[[validate.status]]
word = "遅れ"
rate = { below = 60 }
"""

MANIFEST = """
[[validate.status]]
word = "A"
rate = { at_least = 100 }
[[validate.status]]
word = "B"
rate = { at_least = 90, below = 100 }
[[validate.status]]
word = "C"
rate = { at_least = 80, below = 90 }
[[validate.status]]
word = "D"
rate = { below = 80 }
"""

AGAINST_START = """
[[validate.status]]
word = "達成"
when = ["reaches_target"]
[[validate.status]]
word = "高"
when = ["better_than_baseline"]
[[validate.status]]
word = "中"
when = ["equals_baseline"]
[[validate.status]]
word = "低"
when = ["worse_than_baseline"]
"""

GROWING = """
[[validate.status]]
words = ["A", "B"]
when = ["better_than_baseline"]
[[validate.status]]
word = "C"
when = ["not_better_than_baseline"]
"""

STARTED = """
[[validate.status]]
word = "順調"
when = ["better_than_baseline"]
[[validate.status]]
word = "順調でない"
otherwise = true
"""

PROGRESS = """
[validate.rate]
formula = "progress"
[[validate.status]]
word = "順調"
when = ["reaches_target"]
[[validate.status]]
word = "おおむね順調"
rate = { at_least = 80, below = 100 }
[[validate.status]]
word = "努力を要する"
rate = { below = 80 }
"""


def figures(
    baseline: str | None, target: str | None, actual: str | None, direction: str = "higher"
) -> Figures:
    values = {"baseline": baseline, "target": target, "actual": actual}
    numbers = {name: None if text is None else Fraction(text) for name, text in values.items()}
    absent = frozenset(name for name, text in values.items() if text is None)
    return Figures(**numbers, direction=direction, absent=absent)  # type: ignore[arg-type]


CASES = [
    # legend, baseline, target, actual, direction, expected
    (MINE, "100", "110", "120", "higher", "目標達成"),
    (MINE, "100", "110", "110", "higher", "目標達成"),
    (MINE, "100", "110", "105", "higher", "改善"),
    (MINE, "100", "110", "100", "higher", "改善"),
    (MINE, "100", "110", "95", "higher", "未達成"),
    (MINE, "100", "100", "100", "higher", "現状維持"),
    (MINE, "33", "30", "24", "higher", "未達成"),
    (MINE, "33", "30", "31", "higher", "目標達成"),
    (MINE, "8.4", "10.0", "8.6", "lower", "目標達成"),
    (MINE, "1", "0", "1", "lower", "改善"),
    (MINE, "47.9", "47.4", "48.1", "lower", "未達成"),
    (MINE, "100", "100", "100", "unknown", "現状維持"),
    (MINE, "100", "110", "120", "unknown", None),
    (MINE, None, "110", "120", "higher", "目標達成"),
    (MINE, None, "110", "110", "higher", None),
    (MINE, None, "110", "105", "higher", None),
    (MINE, "100", None, "105", "higher", None),
    (MINE, "100", "110", None, "higher", None),
    (EQUALITY, "100", "110", "111", "higher", "◎"),
    (EQUALITY, "100", "110", "110", "higher", "○"),
    (EQUALITY, "100", "110", "109.9", "higher", "△"),
    (EQUALITY, "100", "90", "90", "unknown", "○"),
    (EQUALITY, "100", None, "90", "lower", "評価なし"),
    (AGAINST_BASE, "100", "120", "121", "higher", "S"),
    (AGAINST_BASE, "100", "120", "120", "higher", "A"),
    (AGAINST_BASE, "100", "120", "100", "higher", "B"),
    (AGAINST_BASE, "100", "120", "90", "higher", "B"),
    (AGAINST_BASE, "100", "120", "89.9", "higher", "C"),
    (AGAINST_BASE, "100", "80", "110", "lower", "B"),
    (AGAINST_BASE, "100", "80", "110.1", "lower", "C"),
    (AGAINST_BASE, "100", "120", None, "higher", "－"),
    (THREE_LETTERS, "100", "120", "121", "higher", "A"),
    (THREE_LETTERS, "100", "120", "101", "higher", "B"),
    (THREE_LETTERS, "100", "120", "100", "higher", "C"),
    (TEN_PERCENT, "0", "100", "110", "higher", "A"),
    (TEN_PERCENT, "0", "100", "90", "higher", "B"),
    (TEN_PERCENT, "0", "100", "89", "higher", "C"),
    (PARTLY_JUDGED, "0", "100", "101", "higher", "A"),
    (PARTLY_JUDGED, "0", "100", "100", "higher", None),
    (BANDS, "4356", "4380", "4380", "higher", "A"),
    (BANDS, "0", "100", "99.9", "higher", "B+"),
    (BANDS, "0", "100", "80", "higher", "B+"),
    (BANDS, "0", "100", "79.9", "higher", "B"),
    (BANDS, "0", "100", "49.9", "higher", "C"),
    (BANDS, "200", "100", "125", "lower", "B+"),
    (BANDS, "200", "100", "0", "lower", "A"),
    (BANDS, "10", "0", "0", "lower", "A"),
    (BANDS, "10", "0", "1", "lower", "C"),
    (POINTS, "0", "100", "100", "higher", "7"),
    (POINTS, "0", "100", "69", "higher", "3"),
    (POINTS, "0", "100", "49", "higher", "1"),
    (LIBRARY, "0", "100", "100", "higher", "B"),
    (LIBRARY, "0", "100", "110", "higher", "A"),
    (HARBOUR, "0", "100", "60", "higher", "やや遅れ"),
    (MANIFEST, "0", "100", "89", "higher", "C"),
    (AGAINST_START, "100", "120", "120", "higher", "達成"),
    (AGAINST_START, "100", "120", "101", "higher", "高"),
    (AGAINST_START, "100", "120", "100", "higher", "中"),
    (AGAINST_START, "100", "120", "99", "higher", "低"),
    (GROWING, "100", "120", "101", "higher", None),
    (GROWING, "100", "120", "100", "higher", "C"),
    (STARTED, "100", "120", "101", "higher", "順調"),
    (STARTED, "100", "120", "100", "higher", "順調でない"),
    (PROGRESS, "1.54", "1.68", "1.66", "higher", "おおむね順調"),
    (PROGRESS, "-3703", "-2000", "-2530", "higher", "努力を要する"),
    (PROGRESS, "-3703", "-2700", "-2530", "higher", "順調"),
]


@pytest.mark.parametrize(("legend", "baseline", "target", "actual", "direction", "expected"), CASES)
def test_a_legend_gives_its_word(
    legend: str,
    baseline: str | None,
    target: str | None,
    actual: str | None,
    direction: str,
    expected: str | None,
) -> None:
    rules = settings(legend)
    verdict = judge(figures(baseline, target, actual, direction), rules.status, rules.rate)
    assert verdict.status == expected


def test_what_is_not_a_single_word_still_excludes_others() -> None:
    rules = settings(MINE)
    verdict = judge(figures("100", "110", "120", "unknown"), rules.status, rules.rate)
    assert set(verdict.words) == {"目標達成", "未達成"}


@pytest.mark.parametrize(
    ("legend", "actual", "elapsed", "expected"),
    [
        (PACED, "40", "2/5", "①"),
        (PACED, "39", "2/5", "②"),
        (PACED, "23", "2/5", "③"),
        (PACED, "40", None, None),
        (PACE_OR_NOT, "40", "2/5", "A"),
        (PACE_OR_NOT, "39", "2/5", "B"),
    ],
)
def test_pro_rata_by_elapsed_years(
    legend: str, actual: str, elapsed: str | None, expected: str | None
) -> None:
    share = None if elapsed is None else Fraction(elapsed)
    given = figures("0", "100", actual)._replace(elapsed=share)
    rules = settings(legend)
    assert judge(given, rules.status, rules.rate).status == expected


def test_a_rule_for_some_indicators_only() -> None:
    rules = settings(SURVEY)
    given = figures("50", "60", "48")
    assert judge(given, rules.status, rules.rate, "survey").status == "b"
    assert judge(given, rules.status, rules.rate, "count").status == "c"


def test_a_target_to_be_exceeded_is_not_reached_by_equality() -> None:
    rules = settings(MINE)
    given = figures("90", "100", "100")
    assert judge(given, rules.status, rules.rate).status == "目標達成"
    assert judge(given._replace(strict=True), rules.status, rules.rate).status == "改善"


@pytest.mark.parametrize(
    ("formula", "direction", "expected"),
    [
        ("plain", "lower", Fraction(586, 580) * 100),
        ("inverse", "lower", Fraction(580, 586) * 100),
        ("mirrored", "lower", (2 - Fraction(586, 580)) * 100),
        ("inverse", "higher", Fraction(586, 580) * 100),
        ("progress", "lower", Fraction(611 - 586, 611 - 580) * 100),
        ("progress", "higher", None),
    ],
)
def test_rates_are_exact(formula: str, direction: str, expected: Fraction | None) -> None:
    given = figures("611", "580", "586", direction)
    assert rate(given, formula, direction) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "digits", "rounding", "expected"),
    [
        ("1/3", 1, "half_up", "3/10"),
        ("1/4", 1, "half_up", "3/10"),
        ("-1/4", 1, "half_up", "-3/10"),
        ("99/100", 0, "down", "0"),
        ("1/100", 0, "up", "1"),
        ("2", 0, "up", "2"),
    ],
)
def test_rounding(number: str, digits: int, rounding: str, expected: str) -> None:
    assert round_to(Fraction(number), digits, rounding) == Fraction(expected)  # type: ignore[arg-type]


GAP = """
[[validate.status]]
word = "A"
rate = { at_least = 100 }
[[validate.status]]
word = "B"
rate = { at_least = 80, at_most = 99 }
[[validate.status]]
word = "C"
rate = { below = 80 }
"""
OVERLAP = """
[[validate.status]]
word = "A"
rate = { at_least = 90 }
[[validate.status]]
word = "B"
rate = { at_least = 70, below = 95 }
[[validate.status]]
word = "C"
otherwise = true
"""
DEAD = """
[[validate.status]]
word = "B"
rate = { at_least = 50 }
[[validate.status]]
word = "A"
rate = { at_least = 80 }
[[validate.status]]
word = "C"
otherwise = true
"""


@pytest.mark.parametrize(
    ("profile", "fragment"),
    [
        (GAP, "leave a gap"),
        (OVERLAP, "A and B overlap"),
        (DEAD, "A is never reached"),
        (
            MINE.replace("otherwise = true", 'when = ["worse_than_target"]'),
            "改善 and 未達成",
        ),
        (MINE.replace('"改善"', '"目標達成"'), "stands in two rules"),
        (MINE.replace("otherwise = true", ""), "needs exactly one of"),
        (MINE.replace("otherwise = true", "otherwise = true\njudgement = true"), "exactly one of"),
        (MINE.replace('word = "改善"', ""), "has no word"),
        (BANDS.replace("at_least = 80, below = 100", "at_least = 100, below = 80"), "crossed"),
        (BANDS.replace("rate = { below = 50 }", "rate = {}"), "without limits"),
        (MINE.replace("reaches_target", "reaches_goal"), "reaches_goal"),
        ("[validate]\nunknown = 1", "unknown"),
        ("[validate.period]\nfirst_year = 2024\nlast_year = 2020", "ends before"),
        ("[validate.rate]\nformula = 'guess'", "guess"),
    ],
)
def test_rules_that_cannot_be_right_are_refused(profile: str, fragment: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(profile)
    assert fragment in str(refused.value)


def test_a_refusal_gives_an_example() -> None:
    with pytest.raises(SettingsError) as refused:
        settings(GAP)
    example = {name: refused.value.parameters[name] for name in ("baseline", "target", "actual")}
    rules = settings(GAP.replace("at_most = 99", "below = 100"))
    given = figures(example["baseline"], example["target"], example["actual"], "higher")
    assert judge(given, rules.status, rules.rate).status == "B"


def test_order_settles_special_cases_and_tolerances() -> None:
    for legend in (MINE, EQUALITY, AGAINST_BASE, SURVEY):
        assert settings(legend).status


def in_units(unit: str, **units: str | None) -> Indicator:
    """95,000 against a target of 100, each in its own unit or in the indicator's."""
    texts = {"baseline": "90", "target": "100", "actual": "95000"}
    values = {kind: value(text, unit=units.get(kind)) for kind, text in texts.items()}
    row = indicator("入込客数", unit=unit, status="未達成")
    return msgspec.structs.replace(row, **values)


@pytest.mark.parametrize(
    ("unit", "units"),
    [
        ("人", {"target": "千人", "baseline": "千人", "actual": "人"}),
        ("人", {"target": "千人", "baseline": "千人"}),
        ("千人", {"actual": "人"}),
    ],
)
def test_figures_in_different_units_are_not_compared(unit: str, units: dict[str, str]) -> None:
    found = run(document(in_units(unit, **units)), settings(MINE))
    assert [one.rule for one in found.findings if one.severity == "error"] == []
    assert found.recomputed[0].status is None


def test_figures_in_one_unit_are_compared() -> None:
    found = run(document(in_units("人", target="人")), settings(MINE)).findings
    wrong = [(one.rule, one.expected) for one in found if one.severity == "error"]
    assert wrong == [("status.mismatch", "目標達成")]


@pytest.mark.parametrize(("bound", "word"), [("more_than", "改善"), (None, "目標達成")])
def test_parts_that_must_exceed_their_target(bound: str | None, word: str) -> None:
    """100超 is not reached by 100, of parts as of the whole."""
    texts = {"baseline": "90", "target": "100", "actual": "100"}
    seen = tuple(
        Observation(
            kind=kind,  # type: ignore[arg-type]
            fiscal_year=None if kind == "baseline" else 2024,
            value=value(text, bound=bound if kind == "target" else None),  # type: ignore[arg-type]
            part=part,
        )
        for part in ("男性", "女性")
        for kind, text in texts.items()
    )
    row = indicator("割合", baseline=None, target=None, actual=None, status=word)
    row = msgspec.structs.replace(row, observations=seen)
    assert run(document(row), settings(MINE)).findings == ()
