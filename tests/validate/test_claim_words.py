"""The words and patterns of a summary: where a status word stands alone, what an amount is."""

from __future__ import annotations

import re

import pytest
from msgspec import structs

from pipeline.japanese.text import label
from pipeline.legend.claim_words import (
    amount,
    amount_pattern,
    any_of,
    is_amount,
    level_pattern,
    names_whole,
    number_of_all,
    ordinal,
    place_named,
    with_units,
    without_unit,
    word_pattern,
)
from pipeline.model import Place
from pipeline.settings.legend import default_vocabulary

CLAIMS = default_vocabulary().claims
WORDS = ("改善", "未達成", "S", "A+", "△", "達成")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("改善が5件", ["改善"]),
        ("業務改善", []),
        ("ケア改善", []),
        ("を改善", ["改善"]),
        ("全未達成", ["未達成"]),
        ("目標達成", []),
        ("は達成", ["達成"]),
        ("Sは5", ["S"]),
        ("SNS", []),
        ("5S", []),
        ("S+", []),
        ("A+", ["A+"]),
        ("△5%", []),
        ("△ 5%", []),
        ("△は5%", ["△"]),
        ("S5", ["S"]),
        ("未達成、改善", ["未達成", "改善"]),
    ],
)
def test_where_a_status_word_stands_alone(text: str, words: list[str]) -> None:
    assert [found["word"] for found in re.finditer(word_pattern(WORDS), text)] == words
    assert re.search(word_pattern(()), text) is None


def test_the_longest_word_is_found_first() -> None:
    assert any_of(["達成", "未達成", "a.b"]) == r"未達成|a\.b|達成"
    assert any_of([]) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("59件", "59件"),
        ("1,059 件", "1,059 件"),
        ("45.4%", "45.4%"),
        ("59(45.4%)", "59"),
        ("59", None),
        ("80%以上", None),
        ("60%に満たないもの", None),
        ("80%", "80%"),
        ("5月", None),
    ],
)
def test_an_amount(text: str, found: str | None) -> None:
    match = re.search(amount(CLAIMS), text)
    assert (match and match.group()) == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("59", True),
        ("59件", True),
        ("59(45.4%)", True),
        ("59件 / 45.4%", True),
        ("59件です", False),
        ("約59件", False),
        ("59件(45.4%)(1%)", False),
        ("", False),
    ],
)
def test_a_cell_that_is_nothing_but_an_amount(text: str, is_one: bool) -> None:
    assert is_amount(text, CLAIMS) is is_one


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("14指標のうち", "14"),
        ("14の指標のうち", "14"),
        ("全14指標の内訳", "14"),
        ("は、14件のうち", "14"),
        ("未達成の8指標のうち", None),
        ("14指標", None),
    ],
)
def test_the_number_of_all(text: str, number: str | None) -> None:
    found = re.search(number_of_all(CLAIMS), text)
    assert (found and found["number"]) == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("14指標のうち、Sが5、△が4", "14指標のうち、Sが5指標、△が4指標"),
        ("14指標のうち、Sが5、△が4、改善が3。", "14指標のうち、Sが5指標、△が4指標、改善が3指標。"),
        ("14指標のうち、Sが5", "14指標のうち、Sが5"),
        ("14指標のうち、Sが5、Sが4", "14指標のうち、Sが5、Sが4"),
        ("14指標のうち、Sが5件、△が4件", "14指標のうち、Sが5件、△が4件"),
        ("Sが5、△が4", "Sが5、△が4"),
        ("S5、△4、改善3。", "Sは5指標、△は4指標、改善は3指標。"),
        ("△:4/改善:3(計9)", "△は4指標/改善は3指標(計9)"),
        ("改善4、△1であった", "改善は4指標、△は1指標であった"),
        ("改善4、△1.5%", "改善4、△1.5%"),
        ("基本目標1△4達成3", "基本目標1△4達成3"),
        ("基本目標1 達成4△3", "基本目標1 達成は4指標△は3指標"),
        ("基本目標1 達成4件△3件", "基本目標1 達成は4指標△は3指標"),
        ("Sが5、14件のうち△が4、改善が3", "Sが5、14件のうち△が4件、改善が3件"),
        ("Sの指標は9でした", "Sの指標は9指標でした"),
        ("Sの項目数は9、", "Sの項目数は9項目、"),
        ("Sの指標は9月に", "Sの指標は9月に"),
        ("Sの指標は9で構成", "Sの指標は9で構成"),
    ],
)
def test_the_counts_of_a_list_have_the_unit_of_all(text: str, told: str) -> None:
    assert with_units(text, WORDS, CLAIMS) == told


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("基本目標3", 3),
        ("基本目標(12)", 12),
        ("基本目標三", 3),
        ("基本目標Ⅲ".replace("Ⅲ", "III"), 3),
        ("目標 2", 2),
        ("基本目標123", None),
        ("目標5%", None),
        ("目標5.2", None),
        ("目標値", None),
    ],
)
def test_a_goal_named_by_its_number(text: str, number: int | None) -> None:
    found = level_pattern(CLAIMS.level).search(text)
    assert (found and ordinal(found["n"])) == number


GOALS = ((1, "健康なまち"), (2, ""), (None, "その他"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("基本目標2の達成状況", Place(goal_number=2)),
        ("健康なまちの状況", Place(goal_number=1)),
        ("その他の状況", Place()),
        ("全体の状況", Place()),
        ("達成状況の合計", Place()),
        ("計", Place()),
        ("計画の状況", None),
        ("達成状況", None),
        ("基本目標2と全体", Place(goal_number=2)),
    ],
)
def test_the_part_of_the_plan_that_a_caption_names(text: str, place: Place | None) -> None:
    assert place_named(text, GOALS, CLAIMS) == place


@pytest.mark.parametrize(
    ("text", "at"),
    [("全体", 0), ("計", 0), ("の全体", 1), ("全体と合計", 3), ("計画", -1), ("", -1)],
)
def test_where_the_whole_plan_is_named_last(text: str, at: int) -> None:
    assert names_whole(text, CLAIMS) == at


def test_words_of_one_letter_name_the_plan_only_alone() -> None:
    short = structs.replace(CLAIMS, overall=("計",))
    assert [names_whole(text, short) for text in ("計", "計画", "の計")] == [0, -1, -1]


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("目標達成(件)", "目標達成"),
        ("目標達成 %", "目標達成"),
        ("目標達成件", "目標達成"),
        ("目標達成", "目標達成"),
        ("件数", "件数"),
        ("(%)目標", "(%)目標"),
    ],
)
def test_a_heading_less_its_unit(heading: str, bare: str) -> None:
    assert without_unit(heading, CLAIMS) == bare


@pytest.mark.parametrize(
    "text", ["「A」と評価したものは7件", "「A」と判定された指標は7件", "Aとなったものは7件"]
)
def test_what_a_word_was_given_to_has_its_amount(text: str) -> None:
    found = amount_pattern(("A", "B"), CLAIMS).search(label(text))
    assert found is not None
    assert (found["word"], found["amounts"]) == ("A", "7件")
