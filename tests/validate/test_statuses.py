"""Printed statuses against the rules: advisory ones, unknown words, parts, and other years."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.model import Indicator, Kind, Observation, Value
from pipeline.validate import run
from pipeline.validate.tally import is_left_unjudged
from tests.validate.build import document, indicator, printed, settings
from tests.validate.test_status import BANDS, EQUALITY, HARBOUR, MINE, PARTLY_JUDGED


def rules(profile: str, *rows: Indicator) -> list[tuple[str, str | None]]:
    found = run(document(*rows), settings(profile)).findings
    return [(one.rule, one.expected) for one in found]


@pytest.mark.parametrize(
    ("profile", "status", "expected"),
    [
        (MINE, "改善", []),
        (MINE, "改 善", []),
        (MINE, "未達成", [("status.mismatch", "改善")]),
        (MINE, "達成", [("vocabulary.unknown-status", None)]),
        (MINE, "－", []),
        (EQUALITY, "〇", [("status.mismatch", "△")]),
        (EQUALITY, "×", []),
        (HARBOUR, "順調", []),
        (HARBOUR, "遅れ", [("status.differs", "順調")]),
        (PARTLY_JUDGED, "C", []),
        (PARTLY_JUDGED, "D", []),
        (PARTLY_JUDGED, "A", [("status.mismatch", "B、C")]),
    ],
)
def test_a_printed_status(
    profile: str, status: str, expected: list[tuple[str, str | None]]
) -> None:
    assert rules(profile, indicator(status=status)) == expected


def test_a_direction_that_is_not_known_contradicts_only_what_fits_neither() -> None:
    row = {"baseline": "100", "target": "110", "actual": "120", "direction": "unknown"}
    assert rules(MINE, indicator(status="目標達成", **row)) == []  # type: ignore[arg-type]
    assert rules(MINE, indicator(status="未達成", **row)) == []  # type: ignore[arg-type]
    assert rules(MINE, indicator(status="現状維持", **row)) == [  # type: ignore[arg-type]
        ("status.mismatch", "目標達成、未達成")
    ]


def test_what_people_judged_is_not_recomputed() -> None:
    validated = run(
        document(indicator("一", status="×"), indicator("二", status="△")), settings(EQUALITY)
    )
    assert [one.status for one in validated.recomputed] == [None, "△"]


def seen(kind: Kind, year: int | None, text: str, part: str | None = None) -> Observation:
    if kind == "status":
        value = Value(printed=printed(text), text=text)
    else:
        value = Value(printed=printed(text), number=Decimal(text))
    return Observation(kind=kind, fiscal_year=year, value=value, part=part)


def test_every_printed_year_is_judged() -> None:
    observations = (
        seen("target", 2023, "100"), seen("actual", 2023, "85"), seen("status", 2023, "B"),
        seen("target", 2022, "100"), seen("actual", 2022, "85"), seen("status", 2022, "B+"),
        seen("target", 2024, "110"), seen("actual", 2024, "110"), seen("status", 2024, "A"),
    )  # fmt: skip
    row = indicator(target="110", actual="110", status="A", observations=observations)
    (found,) = run(document(row), settings(BANDS)).findings
    assert (found.rule, found.printed, found.expected) == ("status.mismatch", "B", "B+")
    assert found.parameters["field"] == "2023"


def test_an_indicator_in_parts_is_judged_by_all_of_them() -> None:
    parts = (
        seen("baseline", None, "79", "男性"), seen("baseline", None, "84", "女性"),
        seen("target", 2024, "80", "男性"), seen("target", 2024, "85", "女性"),
        seen("actual", 2024, "81", "男性"), seen("actual", 2024, "86", "女性"),
    )  # fmt: skip
    fields = {"baseline": None, "target": None, "actual": None, "observations": parts}
    validated = run(document(indicator(status="未達成", **fields)), settings(MINE))  # type: ignore[arg-type]
    assert validated.recomputed[0].status == "目標達成"
    assert [one.rule for one in validated.findings] == ["status.mismatch"]


def test_values_in_different_units_are_not_compared() -> None:
    target = Value(printed=printed("110千円"), number=Decimal(110), unit="千円")
    actual = Value(printed=printed("1百万円"), number=Decimal(1), unit="百万円")
    row = indicator(status="目標達成", target="110", actual="1")
    changed = indicator(
        status="目標達成", observations=row.observations, baseline=None, target=None, actual=None
    )
    fields = {name: getattr(changed, name) for name in changed.__struct_fields__}
    record = Indicator(**{**fields, "target": target, "actual": actual})
    assert run(document(record), settings(MINE)).findings == ()


def test_a_plan_judged_against_its_last_target() -> None:
    observations = (seen("target", 2027, "200"), seen("actual", 2024, "150"))
    row = indicator(target=None, actual="150", status="改善", observations=observations)
    profile = '[validate]\ntarget = "final"\n' + MINE
    assert run(document(row), settings(profile)).recomputed[0].status == "改善"
    assert run(document(row), settings(MINE)).recomputed[0].status is None


def test_elapsed_years_from_the_years_printed() -> None:
    observations = (
        seen("baseline", 2020, "0"), seen("target", 2025, "100"), seen("actual", 2024, "80"),
    )  # fmt: skip
    row = indicator(baseline="0", target="100", actual="80", status="A", observations=observations)
    profile = """
[validate]
target = "final"
[validate.rate]
formula = "progress"
pro_rata = true
[[validate.status]]
word = "A"
rate = { at_least = 100 }
[[validate.status]]
word = "B"
otherwise = true
"""
    assert run(document(row), settings(profile)).recomputed[0].status == "A"


RATED = """
[[validate.status]]
words = ["達成"]
rate = {at_least = 100}

[[validate.status]]
words = ["未達成"]
otherwise = true
"""


@pytest.mark.parametrize(
    ("printed_status", "actual", "recomputed"),
    [("－", "0", None), ("－", "8", "達成"), ("達成", "0", "達成")],
)
def test_a_dash_beside_a_rate_that_cannot_be_is_not_made_a_status(
    printed_status: str, actual: str, recomputed: str | None
) -> None:
    row = indicator(status=None, target="10", actual=actual, direction="lower")
    dash = printed(printed_status)
    row = replace(
        row, status_printed=dash, status=None if printed_status == "－" else printed_status
    )
    found = run(document(row), settings(RATED))
    assert [one.status for one in found.recomputed] == [recomputed]


@pytest.mark.parametrize(
    ("target", "actual", "told"),
    [("-255", "-255", []), (None, "105", []), ("110", "120", ["status.mismatch"])],
)
def test_a_dash_is_no_fault_where_nothing_can_be_judged(
    target: str | None, actual: str, told: list[str]
) -> None:
    rated = f'{RATED}\n[[validate.status]]\nwords = ["－"]\nmissing = ["actual"]\n'
    row = indicator(target=target or "110", actual=actual, status="－")
    if target is None:
        blank = replace(row.target, number=None, missing="not_available")
        row = replace(row, target=blank)
    found = run(document(row), settings(rated)).findings
    assert [one.rule for one in found if one.rule.startswith("status.mis")] == told


@pytest.mark.parametrize(("year", "told"), [(2024, ["status.mismatch"]), (None, [])])
def test_a_status_may_be_of_the_year_whose_actual_is_missing(year, told) -> None:
    """A heading whose year was not read: the figures of the year before judge nothing."""
    row = indicator(status="未達成")
    dash = Value(printed=printed("－"), number=None)
    undated = Observation(kind="actual", fiscal_year=None, value=dash)
    more = () if year else (undated,)
    row = replace(row, observations=(*row.observations, *more))
    assert [rule for rule, _ in rules(MINE, row)] == told


@pytest.mark.parametrize(
    ("status", "figures", "rated", "unjudged"),
    [
        ("－", ("10", "0"), True, True),
        ("－", ("10", "0"), False, False),
        ("－", ("-10", "-12"), True, True),
        ("－", ("10", "12"), True, False),
        ("A", ("10", "0"), True, False),
    ],
)
def test_where_a_dash_stands_for_what_cannot_be_judged(status, figures, rated, unjudged) -> None:
    row = indicator(target=figures[0], actual=figures[1])
    assert is_left_unjudged(row, status, rated=rated) is unjudged
