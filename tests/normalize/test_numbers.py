from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.normalize.numbers import (
    join_broken_number,
    parse_decimal,
    parse_numeral,
    signed_head,
    well_grouped,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("46.0", "46.0"),
        ("1,234", "1234"),
        ("▲3.5", "-3.5"),
        ("△0", "0"),
        ("+5", "5"),
        (".50", "0.50"),
        ("-12,345.678", "-12345.678"),
        ("0" * 30, "0"),
    ],
)
def test_decimals_keep_the_printed_precision(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)
    assert str(parse_decimal("46.0")) == "46.0"


@pytest.mark.parametrize("text", ["", "-", "5.", "1.2.3", "12,", "1 2", "１", "9" * 31, "▲", "1e5"])
def test_what_is_no_decimal(text: str) -> None:
    assert parse_decimal(text) is None


@pytest.mark.parametrize(
    ("text", "well"),
    [
        ("1,234", True),
        ("1234", True),
        ("12,345,678.9", True),
        ("12,34", False),
        ("1,2345", False),
        ("0,123", False),
        ("1234,567", False),
    ],
)
def test_separators_stand_at_every_third_digit(text: str, well: bool) -> None:
    assert well_grouped(text) is well


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", "12"),
        ("一〇〇", "100"),
        ("二千五百", "2500"),
        ("3千", "3000"),
        ("1万2千", "12000"),
        ("2.5万", "25000"),
        ("1億2,000万", "120000000"),
        ("百", "100"),
        ("1.25千", "1250"),
        ("1.23456千", "1234.56"),
        ("三十五万六千", "356000"),
    ],
)
def test_numerals_are_summed_exactly(text: str, number: str) -> None:
    assert str(parse_numeral(text)) == number


@pytest.mark.parametrize(
    "text", ["万", "千万千万", "百千", "一二百三", "1,23千", "", "人", "2万3億"]
)
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) in (None, Decimal(0)) if text == "" else parse_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("22,71\n8", "22,718"),
        ("12\n.5%", "12.5%"),
        ("1,234\n人", "1,234\n人"),
        ("79.83\n84.35", "79.83\n84.35"),
        ("100\n110", None),
        ("77,4\n16(県\n内2位)", "77,416(県\n内2位)"),
        ("68.5〜6\n9.0%", "68.5〜69.0%"),
        ("447〜45\n2件", "447〜452件"),
        ("4〜4\n5", "4〜45"),
        ("4〜5\n6", None),
        ("10〜5\n6\n7", "10〜56\n7"),
        ("12\n13\n14", "12\n13\n14"),
        ("208\n,89\n7", "208,897"),
        ("1\n2,3\n45", "1\n2,3\n45"),
    ],
)
def test_numbers_broken_over_lines(text: str, joined: str | None) -> None:
    assert join_broken_number(text) == joined


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("100.0\n0", "100.00"),
        ("94.0\n9%", "94.09%"),
        ("94.0\n912", None),
        ("123\n4", None),
        ("94.0\n1.5", "94.0\n1.5"),
    ],
)
def test_decimals_of_full_width_go_on_in_the_next_line(text: str, joined: str | None) -> None:
    assert join_broken_number(text, wide=True) == joined


def test_the_head_of_a_text() -> None:
    assert signed_head("▲3.5人") == "▲3.5"
    assert signed_head("人3") == ""
    assert signed_head("-") == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [("一" * 16, "1" * 16), ("一" * 17, None), ("1" * 16 + "万", "1" * 16 + "0000")],
)
def test_a_numeral_has_no_more_digits_than_a_number_can_mean(text: str, number: str | None) -> None:
    assert parse_numeral(text) == (None if number is None else Decimal(number))
