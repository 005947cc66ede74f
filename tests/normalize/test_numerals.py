"""Small numbers as plans and years write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.japanese.numerals import KANJI_DIGITS, kanji_number, roman_number, whole_number


def written(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else KANJI_DIGITS[tens] + "十")
    return head + (KANJI_DIGITS[ones] if ones or not tens else "")


@given(st.integers(0, 99))
def test_a_kanji_number_is_read_as_it_is_written(number: int) -> None:
    assert kanji_number(written(number)) == number


@pytest.mark.parametrize("text", ["", "百", "十十", "一二", "十一二", "3", "三人"])
def test_anything_else_is_no_kanji_number(text: str) -> None:
    assert kanji_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("I", 1), ("iv", 4), ("IX", 9), ("XII", 12), ("", None), ("IA", None)]
)
def test_roman_numbers(text: str, number: int | None) -> None:
    assert roman_number(text) == number


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("十二", 12), ("VI", 6), ("ア", None)])
def test_whole_numbers_of_any_kind(text: str, number: int | None) -> None:
    assert whole_number(text) == number
