from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.japanese.text import match_key
from pipeline.normalize.units import UnitTable, unit_in_brackets
from tests.normalize.plans import defaults, facts


@cache
def units() -> UnitTable:
    return UnitTable(defaults().units)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("箇所", "か所"),
        ("ヶ所", "か所"),
        ("％", "%"),
        ("㎡", "m²"),
        ("㎥", "m³"),
        ("ｋｍ", "km"),
        ("g/人・日", "g/人日"),
        ("ｇ／人日", "g/人日"),
        ("ﾎﾟｲﾝﾄ", "ポイント"),
        ("（人）", "人"),
        ("名", "人"),
        ("千万円", "千万円"),
        ("千kWh", "千kWh"),
        ("百社", "百社"),
        ("件/人口千人", "件/千人"),
        ("人口10万対", "人/10万人"),
        ("回/月", "回/月"),
        ("人/施設", "人/施設"),
        ("件/1,000人", "件/1000人"),
        ("t-CO2", "t-CO₂"),
    ],
)
def test_a_printed_form_names_a_unit(printed: str, unit: str) -> None:
    found = units().find(printed)
    assert found is not None
    assert found.unit == unit


@pytest.mark.parametrize(
    "printed", ["", "ほげ", "人/ほげ", "/", "千", "1", "人/日/年/月", "(", "x" * 99]
)
def test_what_is_no_unit(printed: str) -> None:
    assert units().find(printed) is None


def test_every_unit_of_the_first_document_is_known() -> None:
    assert [f["unit"] for f in facts()["indicators"] if units().find(f["unit"]) is None] == []


def test_no_two_units_share_a_form() -> None:
    owners: dict[str, str] = {}
    for unit in defaults().units:
        for form in {match_key(form) for form in (unit.unit, *unit.aliases)}:
            assert owners.setdefault(form, unit.unit) == unit.unit


@pytest.mark.parametrize(
    ("number", "source", "target", "converted"),
    [
        ("208897", "千円", "百万円", "208.897"),
        ("329", "千万円", "億円", "32.9"),
        ("1.5", "万人", "人", "15000.0"),
        ("46.0", "%", "％", "46.0"),
        ("5.5", "‰", "%", "0.55"),
        ("1", "ha", "a", "1E+2"),
        ("3", "人", "件", None),
        ("3", "ほげ", "件", None),
    ],
)
def test_conversion_is_for_comparison_within_a_dimension(
    number: str, source: str, target: str, converted: str | None
) -> None:
    found = units().convert(Decimal(number), source, target)
    assert found == (None if converted is None else Decimal(converted))


def test_a_number_of_the_same_unit_is_not_touched() -> None:
    assert str(units().convert(Decimal("46.0"), "人", "名")) == "46.0"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("箇所", "か所", True),
        ("名", "人", True),
        ("千円", "百万円", False),
        ("ほげ", "ホゲ", False),
        ("ほげ", "ほげ", True),
        ("件", "回", False),
    ],
)
def test_same_unit(one: str, other: str, same: bool) -> None:
    assert units().same(one, other) is same


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("観光客数（千人）", "観光客数", "千人"),
        ("ごみの量 [g/人日]", "ごみの量", "g/人日"),
        ("実績値\n【単位：人】", "実績値", "人"),
        ("病床利用率(市立病院)", "病床利用率(市立病院)", None),
        ("満足度（市）", "満足度(市)", None),
        ("（人）", "(人)", None),
    ],
)
def test_unit_in_brackets(text: str, name: str, unit: str | None) -> None:
    found_name, found = unit_in_brackets(text, units())
    assert (found_name, found.unit if found else None) == (name, unit)


@given(st.text(max_size=20))
def test_any_text_is_a_unit_or_not(text: str) -> None:
    found = units().find(text)
    assert found is None or units().find(found.unit) is not None
    assert isinstance(units().canonical(text), str)
