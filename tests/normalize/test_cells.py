from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.japanese.text import label, number_text
from pipeline.normalize.cells import Reader
from pipeline.normalize.units import UnitTable
from tests.normalize.cases import read_cases
from tests.normalize.plans import defaults, facts
from tests.normalize.written import write_reading


@cache
def reader() -> Reader:
    return Reader(defaults(), UnitTable(defaults().units))


CASES = read_cases("cells.csv")


def test_there_are_enough_real_forms() -> None:
    assert len({case["printed"] for case in CASES}) >= 400


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["printed"])
def test_a_cell_says(case: dict[str, str]) -> None:
    assert write_reading(reader().read(case["printed"])) == case["reading"]


@pytest.mark.parametrize("key", ["baseline", "target", "actual", "next_target"])
def test_every_figure_of_the_first_document_is_exact(key: str) -> None:
    for fact in facts()["indicators"]:
        (piece,) = reader().read(fact[key]).pieces
        assert str(piece.number) == fact[key].replace(",", "")


FORMS = st.sampled_from(
    [
        *"0123456789０１２,.，．-－−▲△〜～()（）％%‰人件回校年度約※*注↑→一二十百千万億〇/",
        *("以上", "未満", "程度", "男性", "女性", "全国", "延べ", "5年間で", "R6", "H30", "2024年"),
        *("人口", "当たり", "千円", "か所", "なし", "\n", " ", "　", "集計中", "分の", "位"),
    ]
)
TEXTS = st.one_of(st.lists(FORMS, max_size=10).map("".join), st.text(max_size=20))


@given(TEXTS)
def test_any_text_gives_values(text: str) -> None:
    reading = reader().read(text)
    assert reading.pieces
    for piece in reading.pieces:
        given_ones = [piece.number, piece.missing, piece.text]
        assert sum(value is not None for value in given_ones) == 1
        assert piece.upper is None or piece.number is not None


@given(TEXTS)
def test_no_number_is_invented(text: str) -> None:
    """Every digit of a value stands on the paper, in this order, apart from written multiples."""
    if re.search("[〇一二三四五六七八九十百千万億兆ゼ零皆㉑-㊿①-⑳]", number_text(text)):
        return
    digits = re.sub(r"\D", "", label(text)) + re.sub(r"\D", "", number_text(text))
    for piece in reader().read(text).pieces:
        for number in (piece.number, piece.upper):
            if number is not None:
                printed = re.sub(r"\D", "", format(abs(number), "f"))
                assert printed in digits or printed.lstrip("0") in digits


@given(
    st.lists(
        st.sampled_from(
            [
                "1",
                "12",
                "345",
                "12.5",
                "1,234",
                " ",
                "\n",
                "(",
                ")",
                "※",
                "※1",
                "%",
                "人",
                "校",
                "中",
            ]
            + ["男", "女性", "小6", "国", "R5", "R6", ":", "、", "/", "以上", "延べ", "参考"]
        ),
        max_size=7,
    ).map("".join)
)
def test_numbers_are_neither_cut_nor_joined(text: str) -> None:
    reading = reader().read(text)
    runs = [run.replace(",", "") for run in re.findall(r"\d[\d,]*(?:\.\d+)?", number_text(text))]
    runs += [run.lstrip("0") for run in runs]
    for piece in reading.pieces if not reading.problems else ():
        for number in (piece.number, piece.upper):
            assert number is None or str(abs(number)) in runs or not number or "\n" in text


@given(
    st.decimals(
        min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=2
    ),
    st.sampled_from(["", "％", "人", "千円", "か所", "ポイント"]),
    st.booleans(),
)
def test_a_printed_decimal_is_read_back_exactly(number: Decimal, unit: str, wide: bool) -> None:
    text = f"{abs(number):,}"
    if wide:
        text = text.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789,."})
    sign = "▲" if number < 0 else ""
    (piece,) = reader().read(f"{sign}{text}{unit}").pieces
    assert piece.number is not None
    assert str(piece.number) == str(number or abs(number))


def test_the_same_text_is_read_once() -> None:
    assert reader().read("１２人") is reader().read("１２人")


@pytest.mark.parametrize(
    ("printed", "rule"),
    [
        ("100\n110", "number.broken-line"),
        ("94.0\n9", "number.broken-line"),
        ("12,34", "number.separator"),
        ("79.83\n84.35", "number.several"),
        ("1.2.3", "number.unreadable"),
        ("2/3", "number.fraction"),
        ("5年間で2人", "number.in-words"),
        ("〃", "number.ditto"),
        ("20～10", "number.range"),
        ("373（973）", "number.bracket"),
        ("（73.2）", "number.reference-only"),
        ("▲", "vocabulary.unknown-mark"),
        ("5体制", "unit.unknown"),
    ],
)
def test_a_doubt_has_its_rule_and_its_neighbour_none(printed: str, rule: str) -> None:
    assert [problem.rule for problem in reader().read(printed).problems] == [rule]
    clean = {"number.broken-line": "10\n.5", "number.range": "10～20", "unit.unknown": "5組織"}
    assert reader().read(clean.get(rule, "1,234人")).problems == ()


@pytest.mark.parametrize("printed", ["（120）", "（120）人", "(120人)"])
def test_brackets_are_a_sign_where_a_note_says_so(printed: str) -> None:
    told = Reader(defaults(), UnitTable(defaults().units), negative_brackets=True).read(printed)
    assert [(piece.number, piece.missing) for piece in told.pieces] == [(Decimal(-120), None)]
    assert told.problems == ()
    assert [problem.rule for problem in reader().read(printed).problems] == [
        "number.reference-only"
    ]


@pytest.mark.parametrize(
    ("note", "negative"),
    [
        ("（ ）内は減少を示す。", True),
        ("※括弧書きはマイナスを表します", True),
        ("※（ ）内は前年度の値", False),
        ("※括弧内は参考値。減少傾向にある。", False),
    ],
)
def test_which_notes_make_brackets_a_sign(note: str, negative: bool) -> None:
    assert bool(re.search(defaults().values.marks.negative, label(note))) is negative
