"""Column headings to roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assemble.vocabulary import Vocabulary, is_year_only, looks_like_heading
from pipeline.settings.files import read_csv

CASES = read_csv(Path(__file__).with_name("data") / "headers.csv")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["heading"])
def test_a_heading_gets_its_role(case: dict[str, str], vocabulary: Vocabulary) -> None:
    found = vocabulary.match(case["heading"])
    assert (found.kind if found else "") == case["role"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("平成27", True), ("R6年度", True), ("H31", True), ("2024年度", True), ("令和6年度末", True)]
    + [("指標", False), ("R6実績", False), ("", False), ("27", False)],
)
def test_a_heading_may_be_a_year_and_nothing_else(heading: str, expected: bool) -> None:
    assert is_year_only(heading) is expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["指標", "単位", "基準値", "R6目標"], True),
        (["重要業績評価指標（ＫＰＩ）", "現状値（2014年度）", "目標値（2019年度）"], True),
        (["事業名", "事業概要"], True),
        (["観光交流人口", "万人", "119.4", "130.1", "目標達成"], False),
        (["18件", "15件", "事業終了", "評価困難"], False),
        (["指標名", "5ヵ年目標", "実績"], True),
        (["自給飼料生産促進事業\n(農林課)", "飼料の生産を支えます。"], False),
        (["", ""], False),
    ],
)
def test_a_row_of_data_is_no_heading(
    texts: list[str], expected: bool, vocabulary: Vocabulary
) -> None:
    assert looks_like_heading(texts, vocabulary) is expected
