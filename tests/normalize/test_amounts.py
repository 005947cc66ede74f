"""One amount and all that may stand around its number, each alone and together."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.normalize.amounts import Affixes, Amounts
from pipeline.normalize.units import UnitTable
from tests.normalize.plans import defaults
from tests.normalize.written import write_piece


@cache
def amounts() -> Amounts:
    return Amounts(defaults(), UnitTable(defaults().units))


def written(text: str) -> str | None:
    found = amounts().read(text)
    if found is None:
        return None
    return " ! ".join((write_piece(found[0]), *(problem.rule for problem in found[1])))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5", "5"),
        ("-5", "-5"),
        ("+5", "5"),
        ("▲5人", "-5 人"),
        (".5", "0.5"),
        ("5.", None),
        ("1,234", "1234"),
        ("1,23", "123 ! number.separator"),
        ("1,2,3人", "123 人 ! number.separator"),
        ("5か所", "5 か所"),
        ("5ホゲ", "5 ホゲ ! unit.unknown"),
        ("5体制", "5 体制 ! unit.unknown"),
        ("5年代", None),
        ("5千", "5000"),
        ("5千ホゲ", "5 千ホゲ ! unit.unknown"),
        ("5千あ", None),
        ("3千人", "3 千人"),
        ("1万2千人", "12000 人"),
        ("1.5万人", "1.5 万人"),
        ("2.5万2千人", "27000 人"),
    ],
)
def test_digits_with_their_unit(text: str, amount: str | None) -> None:
    assert written(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("十二", "12"),
        ("十", None),
        ("十件", "10 件"),
        ("三件", "3 件"),
        ("三", None),
        ("一部", None),
        ("千", None),
        ("千件", None),
        ("千万", None),
        ("百人", None),
        ("千二", "1002"),
        ("二千五百人", "2500 人"),
        ("二〇人", "20 人"),
        ("ゼロ", "0"),
        ("零", "0"),
        ("ゼロ以上", ">=0"),
        ("ゼロ件", None),
    ],
)
def test_kanji_are_a_number_only_where_they_can_mean_nothing_else(
    text: str, amount: str | None
) -> None:
    assert written(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("約5人", "5 人 approx"),
        ("約 5人", "5 人 approx"),
        ("5人程度", "5 人 approx"),
        ("5人 程度", "5 人 approx"),
        ("約", None),
        ("程度", None),
        ("5人以上", ">=5 人"),
        ("5人以下", "<=5 人"),
        ("5人未満", "<5 人"),
        ("5人超", ">5 人"),
        ("5人以上程度", ">=5 人 approx"),
        ("5人程度以上", ">=5 人 approx"),
        ("約5人以上", ">=5 人 approx"),
        ("≧5人", ">=5 人"),
        ("≥5", ">=5"),
        ("≦5", "<=5"),
        ("≤5", "<=5"),
        (">5", ">5"),
        ("<5", "<5"),
        ("≧5以上", None),
        (">5以下", None),
        ("5人以上/年", ">=5 人/年"),
        ("5件以下/月", "<=5 件/月"),
    ],
)
def test_about_and_limits(text: str, amount: str | None) -> None:
    assert written(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("年5件", "5 件/年"),
        ("年約5件", "5 件/年 approx"),
        ("約年5件", "5 件/年 approx"),
        ("年に5件", "5 件/年"),
        ("年：5件", "5 件/年"),
        ("年三件", "3 件/年"),
        ("年あ5件", None),
        ("年間", None),
        ("年", None),
        ("毎年5%", "5 %"),
        ("毎年5点", "5 点"),
        ("毎年5位", "5 位"),
        ("年5件/年", "5 件/年"),
        ("年5ホゲ", "5 ホゲ ! unit.unknown"),
        ("年5", "5"),
        ("人口10万人当たり12.3人", "12.3 人/10万人"),
        ("1人当たり3冊", "3 冊/人"),
        ("11人当たり3冊", "3 冊/11人"),
        ("1,000人当たり3冊", "3 冊/1000人"),
        ("10万人当たり5", None),
        ("10万当たり3人", None),
        ("1人当たり3ホゲ", None),
        ("1人当たり設置", None),
    ],
)
def test_what_a_number_is_counted_over(text: str, amount: str | None) -> None:
    assert written(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("全国5位", "5 位 {全国順位}"),
        ("全国第5位", "5 位 {全国順位}"),
        ("全国5件", None),
        ("全国5", None),
        ("第5位", "5 位"),
        ("第5回", "5 回"),
        ("第5", "5"),
    ],
)
def test_ranks(text: str, amount: str | None) -> None:
    assert written(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5〜10人", "5 ~10 人"),
        ("5人〜10人", "5 ~10 人"),
        ("5人〜10", "5 ~10 人"),
        ("2〜3千人", "2 ~3 千人"),
        ("10〜5", "10 ~5 ! number.range"),
        ("5〜5", "5 ~5"),
        ("0〜0.5", "0 ~0.5"),
        ("0〜0", "0 ~0"),
        ("-1〜0", "-1 ~0"),
        ("1,23〜4,56", "123 ~456 ! number.separator ! number.separator"),
        ("5〜", None),
        ("〜5", None),
        ("5〜あ", None),
        ("あ〜5", None),
        ("5〜10以上", None),
        ("5〜10程度", "5 ~10 approx"),
        ("1千人〜5万人", None),
        ("5人〜10件", None),
    ],
)
def test_ranges_are_in_one_unit(text: str, amount: str | None) -> None:
    assert written(text) == amount


def test_a_word_around_a_number_leaves_something_of_the_text() -> None:
    words = Affixes([("約", 1), ("約束", 2), ("程", 3)])
    assert words.words == ("約束", "約", "程")
    assert words.off_front("約 5") == ("5", 1)
    assert words.off_front("約束5") == ("5", 2)
    assert words.off_front("約束") == ("束", 1)
    assert words.off_front("約") == ("約", None)
    assert words.off_front("5約") == ("5約", None)
    assert words.off_end("5 程") == ("5", 3)
    assert words.off_end("5約束") == ("5", 2)
    assert words.off_end("約束") == ("約束", None)
    assert words.off_end("程5") == ("程5", None)
    assert list(words.fronts("約束5")) == [("5", 2), ("束5", 1)]
    assert list(words.fronts("程")) == [("", 3)]
    assert list(words.fronts("5")) == []
