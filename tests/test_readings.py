"""Whether two readers read the same."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.japanese.same_reading import same_reading


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("イベント・出前講座", "イベント‧出前講座"),
        ("市民の割合", "市⺠の割合"),
        ("校長", "校⻑"),
        ("戸数", "戶数"),
        ("R6 目標", "R６目標"),
        ("22,71\n8", "22,718"),
        ("95〜100", "95～100"),
        ("－", "−"),
        ("達成 率", "達成率"),
        ("〇", "○"),
    ],
)
def test_what_parsers_differ_in_is_the_same(first: str, second: str) -> None:
    assert same_reading(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("119.4", "1194"),
        ("119.4", "119.5"),
        ("-3.2", "3.2"),
        ("▲3.2", "3.2"),
        ("△3.2", "▲3.2"),
        ("1,194", "1,944"),
        ("達成", "未達成"),
        ("○", "◎"),
        ("", "0"),
        ("\ufffd", "目標"),
        ("118,200", "987,650118,200"),
    ],
)
def test_what_changes_a_value_is_not_the_same(first: str, second: str) -> None:
    assert not same_reading(first, second)


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str)


@given(NUMBERS)
def test_a_number_is_the_same_as_itself_in_full_width(number: str) -> None:
    full = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in number)
    assert same_reading(number, full)


@given(NUMBERS, NUMBERS)
def test_two_numbers_are_never_the_same(first: str, second: str) -> None:
    assume(first != second)
    assert not same_reading(first, second)
