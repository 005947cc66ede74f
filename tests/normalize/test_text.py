from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.japanese.characters import RADICALS, SEPARATE_RADICALS
from pipeline.japanese.text import join_lines, label, match_key, number_text
from tests.normalize.cases import read_cases

AWKWARD = "〇一二○ー- \n\r　'\u3099゛ｶﾞ(（①㎡ＡＢＫ12ケか箇所\u200b\ufe00\ud800İ"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD)), max_size=16)


@pytest.mark.parametrize("case", read_cases("text.csv"), ids=lambda case: case["printed"])
def test_a_printed_form_has_its_label_and_key(case: dict[str, str]) -> None:
    assert label(case["printed"]) == case["label"]
    assert match_key(case["printed"]) == case["key"]


@pytest.mark.parametrize("fold", [label, number_text, match_key, join_lines])
@given(text=TEXTS)
def test_folding_twice_is_folding_once(fold, text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_a_label_can_be_written_on_one_line(text: str) -> None:
    folded = label(text)
    assert folded == folded.strip()
    assert not set(folded) & set("\n\r\t　")
    folded.encode("utf-8")


def test_every_kangxi_radical_is_folded() -> None:
    block = {chr(code) for code in range(0x2F00, 0x2FD6)}
    assert block <= set(RADICALS)
    for radical in block - set("⼾"):
        assert RADICALS[radical] == unicodedata.normalize("NFKC", radical)


def test_the_supplement_is_folded_but_for_glyphs_of_their_own() -> None:
    block = {chr(code) for code in range(0x2E80, 0x2EF4)} - set("⺀⺚")
    assert block == (set(RADICALS) | set(SEPARATE_RADICALS)) & block
    assert not set(RADICALS) & set(SEPARATE_RADICALS)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("２２，７１\n８", "22,71\n8"),
        ("▲３．５", "▲3.5"),
        ("△ 12", "△ 12"),
        ("−５", "-5"),
        ("－", "-"),
        ("―", "-"),
        ("ー", "-"),
        ("センター", "センター"),
        ("１０～２０", "10〜20"),
        ("①", "①"),
        ("１ ２３４", "1 234"),
        ("５．５‰", "5.5‰"),
    ],
)
def test_number_text(printed: str, expected: str) -> None:
    assert number_text(printed) == expected


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("達成（90.\n2％）", "達成（90.2％）"),
        ("No. 5.\nSecond part", "No. 5. Second part"),
        ("MineCollection\nonline", "MineCollection online"),
    ],
)
def test_a_line_that_ends_in_a_point_of_a_number_goes_on_with_it(printed: str, joined: str) -> None:
    assert join_lines(printed) == joined
