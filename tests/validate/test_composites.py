"""A status of a mark and its meaning is the mark where both agree with one row of the legend."""

from __future__ import annotations

import pytest

from pipeline.model import LegendRow, Validated
from pipeline.validate import run
from tests.validate.build import claim, document, indicator, printed, settings

LEGEND = tuple(
    LegendRow(word=printed(word), rule=printed(rule))
    for word, rule in (
        ("◎", "目標達成（目標値以上）"),
        ("○", "基準値より改善、目標値未満"),
        ("×", "悪化（基準値以下）"),
    )
)
FIGURES = (("120", "◎"), ("110", "◎"), ("105", "○"), ("104", "○"), ("100", "×"), ("90", "×"))


def judged(spelled: dict[str, str], wrong: str | None = None) -> Validated:
    """Six indicators with their statuses as spelled, and one more that bears a wrong one."""
    rows = [
        indicator(f"指標{at}", actual=actual, status=spelled[mark])
        for at, (actual, mark) in enumerate(FIGURES)
    ]
    rows += [] if wrong is None else [indicator("誤り", actual="103", status=wrong)]
    text = "◎は2指標、○は2指標、×は2指標である。" if wrong is None else ""
    return run(document(*rows, legend=LEGEND, claims=(claim(text),)), settings())


def told(found: Validated) -> list[tuple[str, str | None, str | None]]:
    serious = ("warning", "error", "blocker")
    return [(f.rule, f.printed, f.expected) for f in found.findings if f.severity in serious]


@pytest.mark.parametrize(
    "spelled",
    [
        ("◎達成", "○改善", "×悪化"),
        ("◎ 目標達成", "○ 基準値より改善", "×(悪化)"),
        ("【◎】", "【○】", "【×】"),
        ("(◎)", "(○)", "(✕)"),
        ("達成◎", "改善○", "悪化×"),
    ],
)
def test_mark_and_meaning_are_the_mark(spelled: tuple[str, str, str]) -> None:
    words = dict(zip("◎○×", spelled, strict=True))
    found = judged(words)
    assert told(found) == []
    assert [one.status for one in found.recomputed] == [words[mark] for _, mark in FIGURES]
    (whole,) = [group for group in found.summary if group.goal_number is None]
    assert whole.counts_published == {"◎": 2, "○": 2, "×": 2}
    wrong = judged(words, wrong=words["◎"])
    assert told(wrong) == [("status.mismatch", words["◎"], "○")]
    assert wrong.recomputed[-1].status == words["○"]


@pytest.mark.parametrize("odd", ["◎悪化", "◎未達成", "◎継続", "◎○"])
def test_a_mark_beside_another_meaning_is_told_and_nothing_is_judged(odd: str) -> None:
    found = judged({"◎": odd, "○": "○", "×": "×"})
    assert ("legend.lacks-word", "◎、○、×", None) in told(found)
    assert {one.status for one in found.recomputed} == {None}
