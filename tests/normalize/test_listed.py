"""Notes that list indicators as of one direction."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.normalize import run
from tests.normalize.plans import defaults, entry, plan, printed, row

NUMBERED = [("1", "利用者数"), ("2", "受講者数"), ("3", "処理日数"), ("4", "対応時間")]


@pytest.mark.parametrize(
    ("note", "lower"),
    [
        ("※No.3、4は数値が低いほど良い指標", ["処理日数", "対応時間"]),
        ("※No.3～4の指標は減少を目指す", ["処理日数", "対応時間"]),
        ("※番号4は減少が望ましい", ["対応時間"]),
        ("※「処理日数」「対応時間」は少ないほど良い", ["処理日数", "対応時間"]),
        ("※No.3、4は速報値", []),
        ("※No.9は少ないほど良い", []),
    ],
)
def test_the_indicators_that_a_note_lists(note: str, lower: list[str]) -> None:
    rows = [
        replace(
            row(
                [
                    entry("number", "No.", number),
                    entry("name", "指標", name),
                    entry("target", "R6 目標", "8"),
                    entry("actual", "R6 実績", "5"),
                ]
            ),
            row=at,
        )
        for at, (number, name) in enumerate(NUMBERED)
    ]
    found = run(plan(rows, notes=(printed(note),)), defaults(), edition=2025, area_code="35213")
    listed = [one.name for one in found.indicators if one.listed]
    assert listed == lower
    assert all(one.direction == "lower" for one in found.indicators if one.listed)
    assert all(bool(one.unmarked) is bool(lower) for one in found.indicators if not one.listed)


def test_numbers_that_several_indicators_bear_list_none() -> None:
    rows = [
        replace(row([entry("number", "No.", "1"), entry("name", "指標", name)]), row=at)
        for at, name in enumerate(("甲の数", "乙の数"))
    ]
    note = printed("※No.1は少ないほど良い")
    found = run(plan(rows, notes=(note,)), defaults(), edition=2025, area_code="35213")
    assert not any(one.listed for one in found.indicators)
