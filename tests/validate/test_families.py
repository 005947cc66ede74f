"""Families of legends, as a table and as a sentence, against rules written out by hand.

For each family the legend is read and the statuses recomputed are those of the rule beside it, or
the legend is refused in words.  Nothing is recomputed wrong, and no true status is accused.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pipeline.assemble.legend import find_legend
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.legend.engine import judge
from pipeline.legend.figures import Figures
from pipeline.legend.rules import RateForm, StatusRule
from pipeline.model import Cell, Direction, Indicator, LegendRow, Line, Normalized, Table
from pipeline.settings.assemble import load as load_assemble
from pipeline.settings.files import packaged_defaults
from pipeline.settings.legend import default_vocabulary
from pipeline.validate import run
from tests.validate.build import document, indicator, printed, settings

Oracle = Callable[[int, Fraction, Fraction, Fraction], str]
"""Direction (1: higher is better, -1: lower), baseline, target, actual → the word."""


class Family(NamedTuple):
    """``rule`` is ``None`` where the legend cannot be computed from figures."""

    entries: tuple[tuple[str, str], ...]
    rule: Oracle | None
    refused: str = ""


def share(better: int, target: Fraction, actual: Fraction) -> Fraction:
    """Percent of the target that is reached, turned round where lower is better."""
    return 100 * (actual / target if better > 0 else target / actual)


def bands(*limits: tuple[int, str]) -> Oracle:
    def rule(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
        del base
        return next(word for at, word in limits if share(better, target, actual) >= at)

    return rule


def four_words(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if base == target == actual:
        return "現状維持"
    if better * (actual - target) >= 0:
        return "目標達成"
    return "改善" if better * (actual - base) >= 0 else "未達成"


def ino(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if actual == target:
        return "○"
    if better * (actual - target) > 0:
        return "◎"
    return "×" if better * (actual - base) <= 0 else "△"


def nagayo(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if better * (actual - target) > 0:
        return "S"
    if abs(actual - base) <= base / 10:
        return "B"
    return "A" if better * (actual - base) > 0 else "C"


def nagayo_before(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if better * (actual - target) > 0:
        return "A"
    return "B" if better * (actual - base) > 0 else "C"


def weather(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if better * (actual - target) >= 0:
        return "☆"
    return "●" if better * (actual - base) >= 0 else "▲"


def inclusive(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if better * (actual - target) > 0:
        return "A"
    return "B" if actual == target or better * (actual - base) > 0 else "C"


def letters(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if better * (actual - target) >= 0:
        return "S"
    if better * (actual - base) > 0:
        return "A"
    return "B" if actual == base else "C"


def against_base(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    del target
    if actual == base:
        return "維持"
    return "向上" if better * (actual - base) > 0 else "低下"


def two_words(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    del base
    return "達成" if better * (actual - target) >= 0 else "未達成"


def sanmu(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if better * (actual - target) >= 0:
        return "達成"
    if actual == base:
        return "中"
    return "高" if better * (actual - base) > 0 else "低"


def twice(better: int, base: Fraction, target: Fraction, actual: Fraction) -> str:
    if better * (actual - target) >= 0 or actual == base:
        return "○"
    return "△" if better * (actual - base) > 0 else "×"


FAMILIES: dict[str, Family] = {
    "four words": Family(
        (
            ("目標達成", "実績値が目標値以上"),
            ("改善", "実績値が基準値以上、目標値未満"),
            ("現状維持", "基準値＝目標値＝実績値"),
            ("未達成", "実績値が基準値未満"),
        ),
        four_words,
    ),
    "ino": Family(
        (
            ("◎", "目標値以上"),
            ("○", "目標値と同等"),
            ("△", "目標値未達成"),
            ("×", "進捗なし・事業終了"),
            ("評価なし", "目標値を定めていないもの"),
        ),
        ino,
    ),
    "nagayo": Family(
        (
            ("S", "現在値が目標値を上回っているもの"),
            ("A", "現在値が基準値を上回っているもの"),
            ("B", "現在値が基準値と同水準（△10％以内）のもの"),
            ("C", "現在値が基準値を下回っているもの"),
            ("－", "現在値が把握できないもの"),
        ),
        nagayo,
    ),
    "nagayo, two years before": Family(
        (
            ("A", "目標値を超えている"),
            ("B", "基準値を超えている"),
            ("C", "基準値と同じ又は下回っている"),
        ),
        nagayo_before,
    ),
    "nagayo, policies": Family(
        (
            ("A", "計画以上（概ね10%以上進展）"),
            ("B", "計画どおり（±10%）"),
            ("C", "10%以上遅れ"),
        ),
        None,
        "legend.unreadable",
    ),
    "kitsuki": Family(
        (
            ("A", "目標を上回る成果がある"),
            ("B", "80％以上達成し対策あり"),
            ("C", "改善や工夫が必要"),
            ("D", "外的要因により着手できない"),
        ),
        None,
        "legend.unreadable",
    ),
    "tagawa": Family(
        (
            ("A", "順調に伸びている"),
            ("B", "遅れはあるが伸びている"),
            ("C", "伸びていない又は悪化"),
        ),
        None,
        "legend.unreadable",
    ),
    "ibaraki": Family(
        (
            ("A", "順調（実績値≧期待値）"),
            ("B+", "概ね順調（期待値の80～99％）"),
            ("B", "やや遅れ（期待値の50～79％）"),
            ("C", "遅れ（期待値の50％未満）"),
        ),
        bands((100, "A"), (80, "B+"), (50, "B"), (-(10**9), "C")),
    ),
    "osaka": Family(
        (
            ("A", "達成率110％以上"),
            ("B", "達成率80％以上110％未満"),
            ("C", "達成率50％以上80％未満"),
            ("D", "達成率50％未満"),
        ),
        bands((110, "A"), (80, "B"), (50, "C"), (-(10**9), "D")),
    ),
    "harbour": Family(
        (
            ("順調", "達成率80％以上"),
            ("やや遅れ", "達成率60％以上80％未満"),
            ("遅れ", "達成率60％未満"),
        ),
        bands((80, "順調"), (60, "やや遅れ"), (-(10**9), "遅れ")),
    ),
    "manifest": Family(
        (
            ("A", "達成率100％以上"),
            ("B", "達成率90％以上100％未満"),
            ("C", "達成率80％以上90％未満"),
            ("D", "達成率80％未満"),
        ),
        bands((100, "A"), (90, "B"), (80, "C"), (-(10**9), "D")),
    ),
    "sano": Family(
        (
            ("5", "達成率100％以上"),
            ("4", "達成率90％以上100％未満"),
            ("3", "達成率80％以上90％未満"),
            ("2", "達成率70％以上80％未満"),
            ("1", "達成率70％未満"),
        ),
        bands((100, "5"), (90, "4"), (80, "3"), (70, "2"), (-(10**9), "1")),
    ),
    "akiruno": Family(
        (
            ("F", "事業完了"),
            ("S", "目標値以上"),
            ("A", "目標値どおり"),
            ("B", "要改善"),
            ("C", "要大幅改善"),
            ("X", "未着手"),
        ),
        None,
        "legend.unreadable",
    ),
    "government": Family(
        (
            ("A", "経過期間の割合以上に進捗"),
            ("B", "経過期間の割合未満の進捗"),
            ("N", "評価困難"),
        ),
        None,
        "legend.unreadable",
    ),
    "sanmu": Family(
        (
            ("達成", "めざそう値以上"),
            ("高", "当初値より上回る"),
            ("中", "当初値と同じ"),
            ("低", "当初値より下回る"),
        ),
        sanmu,
    ),
    "ikoma": Family(
        (("A", "達成済"), ("B", "順調"), ("C", "検討開始"), ("D", "未着手")),
        None,
        "legend.unreadable",
    ),
    "weather": Family(
        (
            ("☆", "目標値を達成している"),
            ("●", "目標値は達成していないが、基準値を上回っている（基準値と同じ場合を含む）"),
            ("▲", "基準値を下回っている"),
        ),
        weather,
    ),
    "inclusive": Family(
        (
            ("A", "目標値を上回っている"),
            ("B", "基準値を上回っている（目標値と同じ場合を含む）"),
            ("C", "基準値と同じか、下回っている"),
        ),
        inclusive,
    ),
    "letters": Family(
        (
            ("S", "実績値が目標値以上（減少を目指す指標は逆に読み替える）"),
            ("A", "実績値が目標値未満、基準値を上回る"),
            ("B", "実績値が基準値と同じ"),
            ("C", "実績値が基準値より下落している"),
        ),
        letters,
    ),
    "against the base": Family(
        (
            ("向上", "実績値が基準値より改善"),
            ("維持", "実績値が基準値と同じ"),
            ("低下", "実績値が基準値より悪化"),
        ),
        against_base,
    ),
    "two words": Family(
        (("達成", "目標値を達成した指標"), ("未達成", "目標値を達成していない指標")), two_words
    ),
    "one word twice": Family(
        (
            ("○", "目標値以上、又は基準値と同じ"),
            ("△", "目標値未満で基準値を上回る"),
            ("×", "基準値を下回る"),
        ),
        twice,
    ),
    "an exception": Family(
        (
            ("○", "目標値以上（基準値と同じ場合を除く）"),
            ("△", "目標値未満（ただし特殊な場合を除く）"),
            ("×", "基準値を下回る"),
        ),
        None,
        "legend.unreadable",
    ),
}
READ = [name for name, family in FAMILIES.items() if family.rule is not None]
FORMS: tuple[Literal["table", "lines", "sentence"], ...] = ("table", "lines", "sentence")


# --------------------------------------------------------------------------- the legend printed


def legend_table(entries: tuple[tuple[str, str], ...]) -> Table:
    rows = (("区分", "内容"), *entries)
    cells = tuple(
        Cell(
            row=at,
            column=side,
            box=(99 * side, 20 * at, 99 * side + 99, 20 * at + 20),
            text=text,
        )
        for at, row in enumerate(rows)
        for side, text in enumerate(row)
    )
    return Table(page=1, box=(0, 0, 200, 20 * len(rows)), cells=cells)


def legend_lines(entries: tuple[tuple[str, str], ...]) -> list[Line]:
    return [
        Line(text=f"{word}：{rule}", page=1, box=(50, 100 + 14 * at, 300, 110 + 14 * at), size=10)
        for at, (word, rule) in enumerate(entries)
    ]


def legend_sentence(entries: tuple[tuple[str, str], ...]) -> list[Line]:
    text = "　".join(f"{word}：{rule}" for word, rule in entries)
    return [Line(text=f"【評価】{text}", page=1, box=(50, 100, 540, 110), size=10)]


def printed_legend(family: Family, form: str, statuses: tuple[str, ...]) -> tuple[LegendRow, ...]:
    vocabulary = Vocabulary(load_assemble([packaged_defaults()], {}))
    tables = [legend_table(family.entries)] if form == "table" else []
    lines = {
        "table": [],
        "lines": legend_lines(family.entries),
        "sentence": legend_sentence(family.entries),
    }[form]
    return find_legend(tables, lines, vocabulary, default_vocabulary(), statuses)


# --------------------------------------------------------------------------- the rows


def cases(seed: str, rows: int = 30) -> Iterator[tuple[Direction, int, int, int]]:
    """Figures on and around every limit, in both directions; the target is better than the base."""
    draw = random.Random(seed)
    for _ in range(rows):
        higher = draw.random() < 0.7
        base = draw.choice((200, 400, 500, 800))
        target = base * draw.choice((11, 12, 15) if higher else (5, 7, 9)) // 10
        step = (target - base) // 4
        actual = draw.choice(
            (base, target, target, base + step, target + step, base - step, base - 2 * step,
             target * 4 // 5, target // 2, target * 9 // 10, target * 2 // 3, base + step // 9)
        )  # fmt: skip
        yield ("higher" if higher else "lower"), base, target, max(actual, 1)


def rows_of(rule: Oracle | None, words: list[str], seed: str) -> list[tuple[Indicator, str]]:
    """Indicators with the status that the rule gives, and that status."""
    draw = random.Random(seed)
    made = []
    for at, (direction, base, target, actual) in enumerate(cases(seed)):
        better = 1 if direction == "higher" else -1
        figures = (Fraction(base), Fraction(target), Fraction(actual))
        word = draw.choice(words) if rule is None else rule(better, *figures)
        row = indicator(
            f"指標{at}", baseline=str(base), target=str(target), actual=str(actual), status=word,
            direction=direction,
        )  # fmt: skip
        made.append((row, word))
    return made


def judged_document(name: str, form: str) -> tuple[Normalized, list[str]]:
    family = FAMILIES[name]
    made = rows_of(family.rule, [word for word, _ in family.entries], name)
    statuses = tuple(dict.fromkeys(word for _, word in made))
    legend = printed_legend(family, form, statuses)
    return document(*(row for row, _ in made), legend=legend), [word for _, word in made]


# --------------------------------------------------------------------------- tests


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_is_recomputed_wrong_or_accused(name: str, form: str) -> None:
    read, words = judged_document(name, form)
    found = run(read, settings())
    assert [one.subject for one in found.findings if one.severity == "error"] == []
    wrong = [
        (one.status, word)
        for one, word in zip(found.recomputed, words, strict=True)
        if one.status not in (None, word)
    ]
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", READ)
def test_what_can_be_computed_is(name: str, form: str) -> None:
    read, words = judged_document(name, form)
    found = run(read, settings())
    recomputed = [one.status for one in found.recomputed]
    right = sum(one == word for one, word in zip(recomputed, words, strict=True))
    assert right >= 0.9 * len(words), [(f.rule, f.parameters) for f in found.findings]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [name for name in FAMILIES if name not in READ])
def test_what_cannot_be_computed_is_refused_in_words(name: str, form: str) -> None:
    read, _ = judged_document(name, form)
    found = run(read, settings())
    told = [one.rule for one in found.findings if one.rule.startswith(("legend.", "status."))]
    assert told in ([FAMILIES[name].refused], ["legend.lacks-word"], ["status.no-rules"])
    assert {one.status for one in found.recomputed} == {None}


@pytest.mark.parametrize("name", READ)
def test_a_wrong_status_is_told_and_nothing_else(name: str) -> None:
    read, words = judged_document(name, "table")
    known = [word for word, _ in FAMILIES[name].entries if word in words]
    accused, missed = [], []
    for at in range(3, len(words), 12):
        other = next(word for word in known if word != words[at])
        rows = list(read.indicators)
        rows[at] = msgspec.structs.replace(rows[at], status=other, status_printed=printed(other))
        planted = document(*rows, legend=read.legend)
        errors = [one for one in run(planted, settings()).findings if one.severity == "error"]
        accused += [one.subject for one in errors if one.subject != rows[at].name]
        missed += [] if errors else [rows[at].name]
    assert accused == []
    assert len(missed) <= 1


def test_the_same_letter_means_opposite_things_in_two_towns() -> None:
    """Above the base but short of the target: A here, B there; each by its own legend."""
    row = indicator("指標", baseline="400", target="600", actual="500")
    for name, word in (("nagayo", "A"), ("nagayo, two years before", "B")):
        read, _ = judged_document(name, "table")
        rows = (*read.indicators, row)
        assert run(document(*rows, legend=read.legend), settings()).recomputed[-1].status == word


# --------------------------------------------------------------------------- the engine itself

CONDITIONS = {
    "reaches_target": lambda better, base, target, actual: better * (actual - target) >= 0,
    "better_than_baseline": lambda better, base, target, actual: better * (actual - base) > 0,
    "equals_baseline": lambda better, base, target, actual: actual == base,
    "equals_target": lambda better, base, target, actual: actual == target,
    "worse_than_target": lambda better, base, target, actual: better * (actual - target) < 0,
    "not_better_than_baseline": lambda better, base, target, actual: better * (actual - base) <= 0,
}
sets = st.lists(st.sampled_from(sorted(CONDITIONS)), min_size=1, max_size=2, unique=True)
figures = st.integers(min_value=1, max_value=12)


@given(
    rules=st.lists(st.tuples(sets, st.lists(sets, max_size=1)), min_size=1, max_size=4),
    better=st.sampled_from((1, -1)),
    base=figures,
    target=figures,
    actual=figures,
)
@examples(max_examples=300, deadline=None)
def test_judging_agrees_with_an_independent_oracle(
    rules: list[tuple[list[str], list[list[str]]]], better: int, base: int, target: int, actual: int
) -> None:
    def holds(names: list[str]) -> bool:
        return all(CONDITIONS[name](better, base, target, actual) for name in names)

    declared = [
        StatusRule(words=(str(at),), when=tuple(first), or_when=tuple(map(tuple, others)))
        for at, (first, others) in enumerate(rules)
    ]
    expected = next(
        (str(at) for at, (first, others) in enumerate(rules) if any(map(holds, (first, *others)))),
        None,
    )
    case = Figures(
        Fraction(base), Fraction(target), Fraction(actual), "higher" if better > 0 else "lower"
    )
    assert judge(case, declared, RateForm()).status == expected


@given(name=st.sampled_from(READ), seed=st.integers(min_value=0, max_value=10**6))
@examples(max_examples=12, deadline=None)
def test_random_figures_are_judged_as_the_family_says(name: str, seed: int) -> None:
    family = FAMILIES[name]
    made = rows_of(family.rule, [], str(seed))
    legend = printed_legend(family, "table", tuple(dict.fromkeys(word for _, word in made)))
    found = run(document(*(row for row, _ in made), legend=legend), settings())
    assert [one.rule for one in found.findings if one.severity == "error"] == []
    assert all(
        one.status in (None, word) for one, (_, word) in zip(found.recomputed, made, strict=True)
    )
