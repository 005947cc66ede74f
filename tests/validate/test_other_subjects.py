"""Summaries of another time, of another plan, of some indicators only, or of no indicators."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.model import Claim, Finding
from pipeline.validate import run
from pipeline.validate.other_subjects import is_elsewhen, names_other_plan
from tests.validate.build import settings, table_row
from tests.validate.test_summary import GRAMMAR, plan

ROWS = {1: {"達成": 4, "改善": 3}, 2: {"達成": 3, "未達成": 2}}


def told(*claims: str | Claim) -> list[Finding]:
    """What is said of claims about ROWS, of which the document says that they are all."""
    findings = run(plan(ROWS, *claims), settings()).findings
    return [one for one in findings if one.rule.startswith(("summary.", "structure.count"))]


@pytest.mark.parametrize(
    "text",
    [
        "新型コロナの影響を受けた指標を除く10指標のうち、達成は5指標(50.0%)であった。",
        "達成は6指標(再掲を除く。)、改善は2指標であった。",
        "再掲を含めると達成は9指標、改善は5指標となる。",
        "重点指標5指標のうち、達成は3指標(60.0%)であった。",
        "前年度は達成9指標、改善5指標であり、今年度はやや低下した。",
        "第1期総合戦略では全32指標のうち達成が20指標であった。",
        "行政改革大綱の進捗は、全15項目のうち達成が12項目であった。",
        "主な取組30件のうち、達成は20件、未達成は10件であった。",
        "アンケートでは「改善」が45.2%、「未達成」が12.3%であった。",
        "県全体では達成が45件、改善が30件であった。",
        "速報値では達成が5指標、改善が5指標、未達成が2指標であった。",
        "当初は達成が5指標、確定値では達成が6指標であった。",
        "(評価の例)達成が5指標、改善が5指標、未達成が2指標の場合、達成は41.7%となる。",
    ],
)
def test_a_sentence_about_something_else_accuses_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "再掲を除く全12指標のうち、達成は8指標、改善は2指標であった。",
        "前年度は振るわなかったが、今年度は達成が8指標、改善が2指標となった。",
        "達成は8指標(前年度5指標)、改善は2指標(前年度3指標)であった。",
    ],
)
def test_a_sentence_about_all_of_it_does(text: str) -> None:
    (found,) = told(text)
    assert (found.rule, found.expected) == ("summary.count", "達成 7、改善 3")


@pytest.mark.parametrize(
    "caption",
    ["重点指標の状況", "事業の評価結果", "(参考)第1期総合戦略の最終結果", "速報値による集計"],
)
def test_a_table_about_something_else_accuses_nothing(caption: str) -> None:
    row = table_row(None, "全体", {"達成": "3", "改善": "2", "未達成": "4"})
    assert told(replace(row, caption=caption)) == []
    assert [one.rule for one in told(row)] == ["summary.count"]


def test_a_table_that_adds_up_to_another_number_counts_others() -> None:
    row = table_row(None, "全体", {"達成": "5", "改善": "3", "未達成": "2", "合計": "10"})
    assert told(row) == []
    (found,) = told(
        table_row(None, "全体", {"達成": "5", "改善": "3", "未達成": "2", "合計": "12"})
    )
    assert found.rule == "summary.count"


@pytest.mark.parametrize(
    ("sentence", "elsewhen"),
    [
        ("前年度は達成9件、改善|", True),
        ("前年度は達成9件、今年度は達成8件、改善|", False),
        ("達成は8件(前年度5件)、改善|", False),
        ("前年度は少なかったが、改善|", False),
        ("前年度の改善|", True),
    ],
)
def test_which_time_a_sentence_speaks_of(sentence: str, elsewhen: bool) -> None:
    assert is_elsewhen(sentence, sentence.index("|"), GRAMMAR) is elsewhen


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("環境基本計画の", True),
        ("後期基本計画の", False),
        ("前期計画の", True),
        ("行政改革大綱の", True),
        ("第2期総合戦略の", False),
        ("第1期総合戦略の", True),
        ("計画の", False),
        ("健康増進プランでは", True),
    ],
)
def test_which_plan_a_text_names(text: str, other: bool) -> None:
    title = "第2期まち・ひと・しごと創生総合戦略 効果検証"
    assert names_other_plan(text, title) is other
