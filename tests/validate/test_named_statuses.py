"""Sentences that list indicators by name under a status, held against the table."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.legend.descriptions import find_descriptions
from pipeline.legend.named_lists import find_named, names_in_texts, without_names
from pipeline.model import Indicator, LegendRow
from pipeline.settings.legend import default_vocabulary
from pipeline.validate import run
from tests.validate.build import claim, document, indicator, printed, settings

VOCABULARY = default_vocabulary()
NAMES = names_in_texts(["来訪者数", "宿泊者数（累計）", "創業の件数", "健診受診率"])
MARKS = ("◎", "○", "△", "－")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("△の指標は「来訪者数」「創業の件数」の2指標です。", "△: 来訪者数 創業の件数"),
        ("△は来訪者数、宿泊者数など3指標である", "△: 来訪者数 宿泊者数"),
        ("△となったのは来訪者数(51.3%)と創業の件数である。", "△: 来訪者数 創業の件数"),
        ("「来訪者数」のみが△となった。", "来訪者数 :△"),
        ("来訪者数は目標を達成した。", "来訪者数 :目標を達成した"),
        ("来訪者数は◎、創業の件数は△である。", "来訪者数 :◎ 創業の件数 :△"),
        ("来訪者数は目標を達成する見込みである。", ""),
        ("来訪者数は◎となるよう取り組む。", ""),
        ("△は来訪者数の減少による。", ""),
        ("△のうち「来訪者数」の1指標は改善した。", ""),
        ("新規来訪者数は◎である。", ""),
        ("△は町の魅力の1指標である。", ""),
    ],
)
def test_what_a_text_lists(text: str, told: str) -> None:
    words = (*MARKS, *find_descriptions(text, VOCABULARY.legend))
    found = find_named(text, words, NAMES, VOCABULARY.claims)
    forms = [
        " ".join([f"{one.word}:", *one.names] if one.behind else [*one.names, f":{one.word}"])
        for one in found
    ]
    assert " ".join(forms) == told


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("△の指標は「来訪者数」「創業の件数」の2指標です", "△の指標は2指標です"),
        ("△は来訪者数など3指標、○は創業の件数の1指標", "△は3指標、○は1指標"),
        ("△は来訪者数である", "△は来訪者数である"),
        ("△は町の魅力の1指標", "△は町の魅力の1指標"),
    ],
)
def test_the_number_behind_a_list_counts_its_status(text: str, bare: str) -> None:
    assert without_names(text, MARKS, NAMES, VOCABULARY.claims) == bare


def legend(**rules: str) -> tuple[LegendRow, ...]:
    return tuple(LegendRow(word=printed(word), rule=printed(rule)) for word, rule in rules.items())


BY_MARKS = legend(**{"◎": "目標値以上", "○": "基準値以上目標値未満", "△": "基準値未満"})
BY_WORDS = legend(目標達成="目標値以上", 改善="基準値以上目標値未満", 悪化="基準値未満")


def rows(best: str, better: str, worse: str) -> list[Indicator]:
    return [
        indicator("来訪者数", actual="120", status=best),
        indicator("宿泊者数", actual="111", status=best),
        indicator("創業の件数", actual="105", status=better),
        indicator("受診率", actual="106", status=better),
        indicator("講座の数", actual="90", status=worse),
        indicator("利用者数", actual="80", status=worse),
    ]


def told(text: str, *found: Indicator, rules: tuple[LegendRow, ...] = BY_MARKS) -> list[object]:
    plan = document(*found, claims=(text,), legend=rules)
    return [
        (one.rule, one.printed, one.expected)
        for one in run(plan, settings()).findings
        if one.rule.startswith(("summary.", "structure.count"))
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("△は「講座の数」「創業の件数」の2指標です。", ("△：創業の件数", "○")),
        ("△は「講座の数」「利用者数」の2指標です。", None),
        ("創業の件数は目標を達成した。", ("目標を達成した：創業の件数", "○")),
        ("来訪者数は目標を達成した。", None),
        ("創業の件数は令和4年度に目標を達成した。", None),
        ("前年度は創業の件数が◎であった。", None),
        ("外部委員の評価では、創業の件数は◎である。", None),
        ("創業の件数は最終目標を達成した。", None),
    ],
)
def test_marks_and_what_they_mean(text: str, wrong: tuple[str, str] | None) -> None:
    found = told(text, *rows("◎", "○", "△"))
    assert found == ([("summary.named", *wrong)] if wrong else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("改善した指標は、来訪者数、創業の件数である。", None),
        ("悪化の指標は、創業の件数である。", ("悪化：創業の件数", "改善")),
        ("目標達成の指標は、創業の件数である。", ("目標達成：創業の件数", "改善")),
        ("未達成の指標は、創業の件数、利用者数である。", None),
    ],
)
def test_words_that_may_be_said_of_others_too(text: str, wrong: tuple[str, str] | None) -> None:
    found = told(text, *rows("目標達成", "改善", "悪化"), rules=BY_WORDS)
    assert found == ([("summary.named", *wrong)] if wrong else [])


def test_a_row_that_is_wrong_itself_and_one_of_two_alike_accuse_no_text() -> None:
    given = rows("◎", "○", "△")
    slip = replace(given[2], status="◎")
    assert told("○は「創業の件数」などです。", *given[:2], slip, *given[3:]) == []
    twin = indicator("創業の件数", actual="90", status="△", goal=2)
    assert told("△は「創業の件数」などです。", *given, twin) == []


def test_a_count_behind_a_list_is_held_against_the_table() -> None:
    text = "全6指標のうち、◎は来訪者数など3指標、○は創業の件数など2指標である。"
    assert told(text, *rows("◎", "○", "△")) == [("summary.count", "◎ 3", "◎ 2")]


def test_a_list_that_counts_nothing_states_no_amounts() -> None:
    listed = replace(claim("来訪者数は◎、3指標が△"), source="list")
    plan = document(*rows("◎", "○", "△"), claims=(listed,), legend=BY_MARKS)
    assert not [one for one in run(plan, settings()).findings if one.rule.startswith("summary.")]
