"""Families of legends as towns print them, and a judge that follows each to the letter.

A judge takes direction (1: higher is better, -1: lower), baseline, target and actual, and gives
the word that the legend prescribes; None where the legend cannot be computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Judge = Callable[[int, Decimal, Decimal, Decimal], str | None]


@dataclass(frozen=True, kw_only=True)
class Legend:
    """``entries``: word and explanation; ``absent``: the word where there is no figure."""

    entries: tuple[tuple[str, str], ...]
    judge: Judge
    absent: tuple[str, str]
    note: str = ""  # how lower-is-better indicators are judged
    by_rate: bool = False
    computable: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for word, _ in self.entries)


def rate(better: int, target: Decimal, actual: Decimal) -> Fraction:
    """Per cent of the target reached; the other way round where lower is better."""
    up, down = (actual, target) if better > 0 else (target, actual)
    return Fraction(100) * Fraction(up) / Fraction(down)


def _four_words(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    if base == target == actual:
        return "現状維持"
    if better * (actual - target) >= 0:
        return "目標達成"
    return "改善" if better * (actual - base) >= 0 else "未達成"


def _circles(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    if better * (actual - target) > 0:
        return "◎"
    if actual == target:
        return "○"
    return "△" if better * (actual - base) > 0 else "×"


def _letters(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    if better * (actual - target) >= 0:
        return "S"
    if better * (actual - base) > 0:
        return "A"
    return "B" if actual == base else "C"


def _against_base(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    del target
    if actual == base:
        return "維持"
    return "向上" if better * (actual - base) > 0 else "低下"


def _two(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    del base
    return "達成" if better * (actual - target) >= 0 else "未達成"


def _weather(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    if better * (actual - target) >= 0:
        return "☆"
    return "●" if better * (actual - base) >= 0 else "▲"


def _banded(*bands: tuple[int, str]) -> Judge:
    def judge(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
        del base
        reached = rate(better, target, actual)
        return next(word for limit, word in bands if reached >= limit)

    return judge


def _tolerant(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    if better * (actual - target) >= 0:
        return "S"
    if abs(actual - base) * 10 <= abs(base):
        return "B"
    return "A" if better * (actual - base) > 0 else "C"


def _progress(better: int, base: Decimal, target: Decimal, actual: Decimal) -> str:
    del better
    reached = Fraction(100) * Fraction(actual - base) / Fraction(target - base)
    return "順調" if reached >= 80 else "概ね順調" if reached >= 50 else "遅れ"


def _unknown(better: int, base: Decimal, target: Decimal, actual: Decimal) -> None:
    del better, base, target, actual


INVERSE = "減少を目指す指標の達成率は、目標値÷実績値×100で算出"

FAMILIES: dict[str, Legend] = {
    "none": Legend(entries=(), judge=_unknown, absent=("－", ""), computable=False),
    "words": Legend(
        entries=(
            ("目標達成", "実績値が目標値以上"),
            ("改善", "実績値が目標値未満であるが、基準値以上"),
            ("現状維持", "基準値、目標値、実績値がすべて同じ"),
            ("未達成", "実績値が基準値未満"),
        ),
        judge=_four_words,
        absent=("評価なし", "実績値が把握できないもの"),
        note="減少を目指す指標は、大小を逆に読み替える",
    ),
    "circles": Legend(
        entries=(
            ("◎", "目標値を上回った"),
            ("○", "目標値と同等"),
            ("△", "目標値を下回ったが、基準値を上回った"),
            ("×", "基準値と同じ、又は下回った"),
        ),
        judge=_circles,
        absent=("－", "実績値が把握できない"),
        note="減少を目指す指標は、大小を逆に読み替える",
    ),
    "letters": Legend(
        entries=(
            ("S", "実績値が目標値以上"),
            ("A", "実績値が目標値未満、基準値を上回る"),
            ("B", "実績値が基準値と同じ"),
            ("C", "実績値が基準値を下回る"),
        ),
        judge=_letters,
        absent=("－", "実績値が把握できない"),
        note="減少を目指す指標は、大小を逆に読み替える",
    ),
    "bands": Legend(
        entries=(
            ("A", "達成率100％以上"),
            ("B+", "達成率80％以上100％未満"),
            ("B", "達成率50％以上80％未満"),
            ("C", "達成率50％未満"),
        ),
        judge=_banded((100, "A"), (80, "B+"), (50, "B"), (-(10**9), "C")),
        absent=("－", "実績値が把握できない"),
        note=INVERSE,
        by_rate=True,
    ),
    "bands-words": Legend(
        entries=(
            ("順調", "達成率が80％以上"),
            ("やや遅れ", "達成率が60％以上80％未満"),
            ("遅れ", "達成率が60％未満"),
        ),
        judge=_banded((80, "順調"), (60, "やや遅れ"), (-(10**9), "遅れ")),
        absent=("評価困難", "実績値が把握できないもの"),
        note=INVERSE,
        by_rate=True,
    ),
    "bands-tight": Legend(
        entries=(
            ("Ａ", "目標値に対する実績値の割合が100％以上"),
            ("Ｂ", "同90％以上100％未満"),
            ("Ｃ", "同80％以上90％未満"),
            ("Ｄ", "同80％未満"),
        ),
        judge=_banded((100, "Ａ"), (90, "Ｂ"), (80, "Ｃ"), (-(10**9), "Ｄ")),
        absent=("－", "実績値が把握できない"),
        note=INVERSE,
        by_rate=True,
    ),
    "bands-over": Legend(
        entries=(
            ("Ａ", "達成率110％以上"),
            ("Ｂ", "達成率80％以上110％未満"),
            ("Ｃ", "達成率50％以上80％未満"),
            ("Ｄ", "達成率50％未満"),
        ),
        judge=_banded((110, "Ａ"), (80, "Ｂ"), (50, "Ｃ"), (-(10**9), "Ｄ")),
        absent=("－", "実績値が把握できない"),
        note=INVERSE,
        by_rate=True,
    ),
    "points": Legend(
        entries=(
            ("５", "達成率100％以上"),
            ("４", "達成率90％以上100％未満"),
            ("３", "達成率80％以上90％未満"),
            ("２", "達成率70％以上80％未満"),
            ("１", "達成率70％未満"),
        ),
        judge=_banded((100, "５"), (90, "４"), (80, "３"), (70, "２"), (-(10**9), "１")),
        absent=("－", "実績値が把握できない"),
        note=INVERSE,
        by_rate=True,
    ),
    "base": Legend(
        entries=(
            ("向上", "実績値が基準値より改善"),
            ("維持", "実績値が基準値と同じ"),
            ("低下", "実績値が基準値より悪化"),
        ),
        judge=_against_base,
        absent=("－", "実績値が把握できない"),
    ),
    "two": Legend(
        entries=(("達成", "目標値を達成した指標"), ("未達成", "目標値を達成していない指標")),
        judge=_two,
        absent=("－", "実績値が把握できない"),
    ),
    "weather": Legend(
        entries=(
            ("☆", "目標値を達成している"),
            ("●", "目標値は達成していないが、基準値を上回っている（基準値と同じ場合を含む）"),
            ("▲", "基準値を下回っている"),
        ),
        judge=_weather,
        absent=("－", "実績値が把握できない"),
        note="減少を目指す指標は、大小を逆に読み替える",
    ),
    "tolerance": Legend(
        entries=(
            ("S", "実績値が目標値以上"),
            ("A", "実績値が目標値未満で、基準値から10％を超えて改善"),
            ("B", "実績値が目標値未満で、基準値との差が±10％以内"),
            ("C", "実績値が目標値未満で、基準値から10％を超えて悪化"),
        ),
        judge=_tolerant,
        absent=("－", "実績値が把握できない"),
        note="減少を目指す指標は、大小を逆に読み替える",
    ),
    "progress": Legend(
        entries=(
            ("順調", "進捗率が80％以上"),
            ("概ね順調", "進捗率が50％以上80％未満"),
            ("遅れ", "進捗率が50％未満"),
        ),
        judge=_progress,
        absent=("評価困難", "実績値が把握できないもの"),
        note="進捗率＝（実績値－基準値）÷（目標値－基準値）×100",
    ),
    "judgement": Legend(
        entries=(
            ("Ａ", "順調に進んでいる"),
            ("Ｂ", "対策を講じながら進めている"),
            ("Ｃ", "改善や工夫が必要"),
            ("Ｄ", "外的要因により着手できない"),
        ),
        judge=_unknown,
        absent=("－", "評価の対象外"),
        computable=False,
    ),
}
