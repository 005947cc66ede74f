"""Summaries in words where the document judges with marks, and amounts in other forms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.legend.descriptions import described, find_descriptions
from pipeline.legend.rules import Band, RateForm, StatusRule
from pipeline.model import Finding, LegendRow
from pipeline.settings.legend import default_vocabulary
from pipeline.validate import run
from tests.validate.build import claim, document, indicator, printed, settings
from tests.validate.test_summary import stated

WORDS = default_vocabulary().legend
MARKS = (
    StatusRule(words=("◎",), when=("reaches_target",)),
    StatusRule(words=("○",), when=("better_than_baseline",)),
    StatusRule(words=("△",), when=("equals_baseline",)),
    StatusRule(words=("×",), otherwise=True),
)
BANDS = (
    StatusRule(words=("A",), rate=Band(at_least=Decimal(100))),
    StatusRule(words=("B",), rate=Band(at_least=Decimal(80))),
    StatusRule(words=("C",), otherwise=True),
)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("目標値を達成した指標は9指標", ["目標値を達成した"]),
        ("基準値より悪化した指標が5指標ある", ["基準値より悪化した"]),
        ("達成が7指標、未達成が13指標", ["達成", "未達成"]),
        ("目標を上回った", ["目標を上回った"]),
        ("目標達成率は95.3%", []),
        ("目標達成に向けて取り組む", []),
        ("前年度から改善した", []),
    ],
)
def test_phrases_that_describe_a_status(text: str, phrases: list[str]) -> None:
    assert list(find_descriptions(text, WORDS)) == phrases


@pytest.mark.parametrize(
    ("phrase", "marks", "letters"),
    [
        ("目標値を達成した", ("◎",), ("A",)),
        ("未達成", ("○", "△", "×"), ("B", "C")),
        ("基準値より悪化した", ("×",), None),
        ("基準値を上回った", ("◎", "○"), None),
        ("目標を上回った", None, None),
        ("最終目標を達成した", None, None),
    ],
)
def test_the_statuses_that_a_phrase_stands_for(
    phrase: str, marks: tuple[str, ...] | None, letters: tuple[str, ...] | None
) -> None:
    for rules, expected in ((MARKS, marks), (BANDS, letters)):
        found = described(phrase, rules, RateForm(), WORDS)
        assert (found and tuple(sorted(found))) == (expected and tuple(sorted(expected)))
    assert described(phrase, (), RateForm(), WORDS) is None


FIGURES = {"◎": "110", "○": "105", "×": "90"}
EXPLAINED = {"◎": "目標値を達成", "○": "基準値より改善", "×": "基準値と同じか悪化"}
LEGEND = tuple(
    LegendRow(word=printed(word), rule=printed(rule)) for word, rule in EXPLAINED.items()
)


def told(*texts: str) -> list[Finding]:
    """What is told of sentences about a plan of ◎ 4, ○ 3, × 2, whose legend explains the marks."""
    rows = [
        indicator(f"{mark}{number}", status=mark, actual=FIGURES[mark])
        for mark, count in (("◎", 4), ("○", 3), ("×", 2))
        for number in range(count)
    ]
    plan = replace(document(*rows, claims=tuple(map(claim, texts))), legend=LEGEND)
    found = run(plan, settings()).findings
    return [one for one in found if one.rule.startswith(("summary.", "structure.count", "status."))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全9指標のうち、目標値を達成した指標は4指標であった。", None),
        ("全9指標のうち、目標値を達成した指標は6指標であった。", "目標値を達成した 4"),
        ("目標を達成した指標は9指標中6指標です。", "目標を達成した 4"),
        ("全9指標のうち、目標達成が4指標、未達成が5指標であった。", None),
        ("全9指標のうち、目標達成が4指標、未達成が7指標であった。", "未達成 5"),
        ("全9指標のうち、基準値を上回った指標は7指標であった。", None),
        ("全9指標のうち、基準値を上回った指標は3指標であった。", None),
        ("全9指標のうち、基準値を上回った指標は8指標であった。", "基準値を上回った 7"),
        ("達成指標数：6指標／9指標", "達成 4"),
    ],
)
def test_what_a_summary_in_words_says_of_marks(text: str, expected: str | None) -> None:
    assert [one.expected for one in told(text)] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    "text",
    ["新たに目標を達成した指標は2指標であった。", "目標の80%以上を達成した指標は7指標である。"],
)
def test_a_sentence_that_may_narrow_what_it_counts_is_a_notice(text: str) -> None:
    assert {one.rule for one in told("全9指標のうち、◎は4指標、○は3指標。", text)} <= {
        "summary.scope-unclear"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目標達成率は35.0%(7/20)でした", ["total 20", "count 7", "share 35.0"]),
        ("目標達成：7指標／20指標(35.0%)", ["total 20", "count 7", "share 35.0"]),
        ("目標達成は20指標中7指標(35.0%)", ["total 20", "count 7", "share 35.0"]),
        ("目標達成の割合は3割5分", ["share 35"]),
        ("目標達成は9割", ["share 9E+1"]),
        ("目標達成は9割以上", []),
        ("全20指標のうち、目標達成は7（前年度6）、改善は5（前年度9）でした",
         ["total 20", "count 7", "count 5"]),
        ("全20指標のうち、目標達成は7（6）指標、改善は5（9）指標でした",
         ["total 20", "count 7", "count 5"]),
    ],
)  # fmt: skip
def test_amounts_in_other_forms(text: str, expected: list[str]) -> None:
    told = [" ".join(one[-2:]) for one in stated(text) if isinstance(one, tuple)]
    assert sorted(set(told)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "rules"), [("約4割", []), ("5割", []), ("9割", ["summary.share"])]
)
def test_a_share_in_tens_is_wrong_only_where_no_rounding_gives_it(
    text: str, rules: list[str]
) -> None:
    found = told("全9指標のうち、◎は4指標、○は3指標。", f"◎の割合は{text}であった。")
    assert [one.rule for one in found] == rules


def test_one_cause_is_one_contradiction() -> None:
    """◎ is printed where ○ ought to be: the summary counts it as ○, and has one too many ×."""
    rows = [
        indicator(f"{number}", status=mark, actual=actual)
        for number, (mark, actual) in enumerate(
            [("◎", "110")] * 3 + [("◎", "105")] + [("○", "105")] * 3 + [("×", "90")] * 2
        )
    ]
    text = "全9指標のうち、◎は3指標(33.3%)、○は4指標(44.4%)、×は4指標(44.4%)。"
    plan = replace(document(*rows, claims=(claim(text),)), legend=LEGEND)
    found = [one for one in run(plan, settings()).findings if one.severity == "error"]
    assert {(one.rule, one.printed) for one in found} == {
        ("summary.count", "× 4"),
        ("status.mismatch", "◎"),
    }


def test_a_number_of_all_says_where_a_sentence_belongs() -> None:
    rows = [
        indicator(f"{goal}{mark}{number}", status=mark, goal=goal, actual=actual)
        for goal, counts in ((1, (2, 3, 1)), (2, (4, 3, 2)))
        for (mark, actual), count in zip(FIGURES.items(), counts, strict=True)
        for number in range(count)
    ]
    said = claim("9指標のうち、◎が6指標、×が2指標であった。", 2)
    plan = replace(document(*rows, claims=(replace(said, named=False),)), legend=LEGEND)
    (found,) = [one for one in run(plan, settings()).findings if one.severity == "error"]
    assert (found.rule, found.subject, found.expected) == ("summary.count", "目標2", "◎ 4")
