"""Explanations read whole or not at all; rules from a legend; a legend against a profile."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
import pytest

from pipeline.legend import explanations
from pipeline.legend.explanations import read_explanation
from pipeline.model import Claim, Entry, Indicator, LegendRow, Observation, Place
from pipeline.settings.legend import default_vocabulary
from pipeline.validate import run
from pipeline.validate.catalogue import message
from pipeline.validate.legend import describe, propose
from pipeline.validate.rule_sets import candidates
from tests.validate.build import document, indicator, printed, settings, value
from tests.validate.test_status import BANDS, MINE

WORDS = default_vocabulary().legend


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("目標値以上", ["reaches_target"]),
        ("目標を達成したもの", ["reaches_target"]),
        ("現在値が目標値を上回っているもの", ["better_than_target"]),
        ("現在値＞目標値", ["better_than_target"]),
        ("＞基準値", ["better_than_baseline"]),
        ("＜基準値", ["worse_than_baseline"]),
        ("順調（実績値≧期待値）", ["reaches_target"]),
        ("期待値≦実績値", ["reaches_target"]),
        ("目標値と同等", ["equals_target"]),
        ("目標値未達成", ["worse_than_target"]),
        ("基準値＝目標値＝実績値", ["all_equal"]),
        ("基準値、目標値、実績値がすべて同じ", ["all_equal"]),
        ("基準値と目標値及び実績値が等しい", ["all_equal"]),
        ("基準値未満", ["worse_than_baseline"]),
        ("当初値より改善している", ["better_than_baseline"]),
        ("目標は達成していないが、基準値より改善したもの",
         ["worse_than_target", "better_than_baseline"]),
        ("基準値と同じか、悪化したもの", ["not_better_than_baseline"]),
        ("めざそう値以上", ["reaches_target"]),
        ("R6目標値を達成", ["reaches_target"]),
        ("令和6年度目標値を達成しているもの", ["reaches_target"]),
        ("基準値から改善しているが、目標値は未達成",
         ["better_than_baseline", "worse_than_target"]),
        ("実績値が目標値以上（減少を目指す指標は目標値以下）", ["reaches_target"]),
        ("伸びていない又は悪化", ["not_better_than_baseline"]),
        ("進捗なし又は事業終了", ["not_better_than_baseline"]),
        ("基準値から進捗なし", ["not_better_than_baseline"]),
    ],
)  # fmt: skip
def test_comparisons_are_read(text: str, when: list[str]) -> None:
    reading = read_explanation(text, WORDS)
    assert (reading.kind, list(reading.when)) == ("conditions", when)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("100%以上", ("100", None, None, None)),
        ("達成率が80％以上", ("80", None, None, None)),
        ("期待値の80～99％", ("80", None, None, "99")),
        ("60％以上100％未満", ("60", None, "100", None)),
        ("80%以上、100%未満", ("80", None, "100", None)),
        ("50%未満", (None, None, "50", None)),
        ("110%超", (None, "110", None, None)),
        ("達成率 90%以下", (None, None, None, "90")),
        ("８割以上", ("80", None, None, None)),
        ("概ね目標達成（90％以上）", ("90", None, None, None)),
        ("目標をおおむね達成（80％以上100％未満）", ("80", None, "100", None)),
    ],
)
def test_bands_are_read(text: str, limits: tuple[str | None, ...]) -> None:
    band = read_explanation(text, WORDS).band
    assert band is not None
    found = (band.at_least, band.above, band.below, band.at_most)
    assert found == tuple(None if limit is None else Decimal(limit) for limit in limits)


@pytest.mark.parametrize(
    ("text", "size", "side"),
    [
        ("基準値と同水準（△10%以内）", "10", "worse"),
        ("基準値と同水準（±10％以内）", "10", "both"),
        ("初期値との差が±3ポイント以内", "3", "both"),
        ("計画どおり（±10%）", "10", "both"),
    ],
)
def test_tolerances_are_read(text: str, size: str, side: str) -> None:
    within = read_explanation(text, WORDS).within
    assert within is not None
    assert (within.percent or within.points, within.side) == (Decimal(size), side)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("現在値が把握できないもの", "missing"),
        ("目標値を定めていないもの", "missing"),
        ("外的要因で着手できない", "judgement"),
        ("事業終了", "judgement"),
        ("80%以上達成し対策あり", "unreadable"),
        ("改善や工夫が必要", "judgement"),
        ("期間の経過割合以上に進捗", "unreadable"),
        ("目標値を大きく上回る", "unreadable"),
        ("計画より10%以上遅れ", "unreadable"),
        ("計画以上（概ね10%以上進展）", "unreadable"),
        ("概ね目標達成", "unreadable"),
        ("達成率80%以上（ただし定性的視点も考慮）", "unreadable"),
        ("順調に伸びている", "unreadable"),
        ("", "unreadable"),
        ("目標値以上".ljust(200), "conditions"),
        ("目標値以上".ljust(201), "unreadable"),
        ("基準値の±10%以内±5%以内", "unreadable"),
        ("基準値と目標値の±10%以内", "unreadable"),
    ],
)
def test_what_is_no_comparison_is_told_apart(text: str, kind: str) -> None:
    assert read_explanation(text, WORDS).kind == kind


def test_a_stalled_or_ended_thing_is_both_computed_and_judged() -> None:
    reading = read_explanation("進捗なし・事業終了", WORDS)
    assert reading.when == ("not_better_than_baseline",)
    assert reading.also_judgement


def legend(*rows: tuple[str, str]) -> tuple[LegendRow, ...]:
    return tuple(LegendRow(word=printed(word), rule=printed(rule)) for word, rule in rows)


CITY = legend(
    ("目標達成", "100%以上"),
    ("改善", "基準値以上、100%未満"),
    ("現状維持", "基準値=目標値=実績値"),
    ("未達成", "基準値未満"),
)
RATED = legend(
    ("A", "順調（実績値≧期待値）"),
    ("B+", "概ね順調（期待値の80～99%）"),
    ("B", "やや遅れ（50～79%）"),
    ("C", "遅れ（50%未満）"),
)
ROWS: list[Indicator] = [
    indicator("一", actual="112", status="目標達成"),
    indicator("二", actual="105", status="改善"),
    indicator("三", target="100", actual="100", status="現状維持"),
    indicator("四", actual="95", status="未達成"),
    indicator("五", actual="120", status="目標達成"),
]


def test_without_a_profile_the_legend_gives_the_rules() -> None:
    found = run(document(*ROWS, legend=CITY), settings())
    assert [f.rule for f in found.findings] == ["legend.adopted"]
    assert [r.status for r in found.recomputed] == [row.status for row in ROWS]


@pytest.mark.parametrize(
    "entries",
    [
        (("A", "目標値以上"), ("B", "目標値未満"), ("C", "基準値未満")),
        (
            ("A", "目標達成"),
            ("B", "未達成だが向上"),
            ("D", "未達成で横ばい"),
            ("C", "基準値より悪化"),
        ),
    ],
    ids=[
        "below the baseline is a case of missing the target",
        "since the baseline that another names",
    ],
)
def test_what_an_entry_means_beside_the_others(entries: tuple[tuple[str, str], ...]) -> None:
    rows = [
        indicator("一", actual="112", status="A"),
        indicator("二", actual="105", status="B"),
        indicator("三", actual="95", status="C"),
        indicator("四", actual="104", status="B"),
        indicator("五", actual="120", status="A"),
        indicator("六", actual="90", status="C"),
    ]
    found = run(document(*rows, legend=legend(*entries)), settings())
    assert [f.rule for f in found.findings] == ["legend.adopted"]
    assert [r.status for r in found.recomputed] == [row.status for row in rows]


def errors(rows: list[Indicator], told: tuple[LegendRow, ...]) -> list[str]:
    findings = run(document(*rows, legend=told), settings()).findings
    return [one.rule for one in findings if one.severity == "error"]


LAST_YEAR = legend(("↑", "前年度より上昇"), ("→", "前年度と同じ"), ("↓", "前年度より下降"))


def yearly(before: str, row: Indicator) -> Indicator:
    seen = value(before)
    assert seen is not None
    last = Observation(kind="actual", fiscal_year=2023, value=seen)
    return msgspec.structs.replace(row, observations=(*row.observations, last))


def test_statuses_against_the_year_before_are_judged_where_it_is_printed() -> None:
    rows = [
        indicator("一", actual="104", status="↑"),
        indicator("二", actual="103", status="↓"),
        indicator("三", actual="99", status="→"),
        indicator("四", actual="85", status="↑", direction="lower"),
        indicator("五", actual="95", status="↓"),
    ]
    before = ("100", "105", "99", "80", "90")
    dated = [yearly(*pair) for pair in zip(before, rows, strict=True)]
    found = run(document(*dated, legend=LAST_YEAR), settings())
    (wrong,) = (one for one in found.findings if one.severity == "error")
    assert (wrong.rule, wrong.expected) == ("status.mismatch", "↑")
    assert "前年度 90" in message(wrong, "ja")
    undated = run(document(*rows, legend=LAST_YEAR), settings())
    assert {one.status for one in undated.recomputed} == {None}


def test_a_rise_may_be_meant_to_the_letter() -> None:
    rise = legend(
        ("◎", "目標達成"), ("○", "基準値より上昇"), ("△", "基準値と同じ"), ("×", "基準値より下降")
    )
    rows = [
        indicator("一", actual="112", status="◎"),
        indicator("二", actual="105", status="○"),
        indicator("三", actual="100", status="△"),
        indicator("四", actual="95", status="×"),
        indicator("五", target="90", actual="95", status="×", direction="lower"),
        indicator("六", target="90", actual="97", status="×", direction="lower"),
    ]
    assert errors(rows, rise) == []
    assert errors([*rows, indicator("七", actual="104", status="×")], rise) == ["status.mismatch"]


def test_what_people_find_near_enough_is_not_contradicted() -> None:
    near = legend(
        ("A", "目標達成"),
        ("B", "基準値より改善"),
        ("C", "基準値とほぼ同じ"),
        ("D", "基準値より悪化"),
    )
    rows = [
        indicator("一", actual="112", status="A"),
        indicator("二", actual="105", status="B"),
        indicator("三", actual="101", status="C"),
        indicator("四", actual="95", status="D"),
        indicator("五", actual="106", status="B"),
    ]
    assert errors(rows, near) == []
    assert errors([*rows, indicator("六", actual="107", status="D")], near) == ["status.mismatch"]


@pytest.mark.parametrize(
    ("year", "rules"), [(2025, ["legend.unreadable"]), (2024, ["legend.adopted"])]
)
def test_a_target_of_a_year_of_which_none_is_printed_judges_nothing(
    year: int, rules: list[str]
) -> None:
    told = legend(("a", "R6の目標を上回る"), ("b", "R6の目標以下"))
    rows = []
    for name, actual, status in (("一", "120", "a"), ("二", "100", "b"), ("三", "108", "b")):
        row = indicator(name, actual=actual, status=status)
        seen = [
            msgspec.structs.replace(one, fiscal_year=year) if one.kind == "target" else one
            for one in row.observations
        ]
        rows.append(msgspec.structs.replace(row, observations=tuple(seen)))
    found = run(document(*rows, legend=told), settings())
    assert [f.rule for f in found.findings] == rules


def test_a_dash_that_the_legend_explains_is_no_status_left_out() -> None:
    told = legend(("A", "目標以上"), ("B", "目標未満"), ("－", "評価対象外"))
    rows = [
        *(indicator(name, actual="120", status="A") for name in "一二三四"),
        indicator("五", actual="100", status="B"),
    ]
    bare = indicator("六", actual="120", status_printed=printed("－"))
    found = run(document(*rows, bare, legend=told), settings())
    assert [f.rule for f in found.findings] == ["legend.adopted"]
    assert found.recomputed[-1].status is None


def test_a_legend_that_the_statuses_do_not_follow_is_not_used() -> None:
    turned = [
        indicator(row.name, actual=row.actual and row.actual.printed.text, status=status)
        for row, status in zip(
            ROWS, ["未達成", "目標達成", "改善", "目標達成", "改善"], strict=True
        )
    ]
    found = run(document(*turned, legend=CITY), settings())
    assert [f.rule for f in found.findings] == ["legend.unconfirmed"]
    assert {r.status for r in found.recomputed} == {None}


def test_a_legend_that_can_judge_nothing_is_not_called_unreadable() -> None:
    unknown = [msgspec.structs.replace(row, direction="unknown") for row in ROWS]
    (found,) = run(document(*unknown[:2], legend=CITY), settings()).findings
    assert (found.rule, found.parameters) == ("legend.unconfirmed", {"count": "2", "unknown": "2"})
    assert "改善の方向がわからない指標は2件です" in message(found, "ja")


def test_two_explanations_that_cannot_be_read_give_no_rules() -> None:
    unclear = legend(
        ("A", "順調に伸びている"), ("B", "遅れはあるが伸びている"), ("C", "基準値未満")
    )
    rows = [indicator("一", actual="120", status="A")]
    assert propose(document(*rows, legend=unclear), settings()) is None


def test_whole_percents_mean_bands_without_gaps() -> None:
    rows = [
        indicator(f"{number}", target="1000", actual=actual, status=status)
        for number, (actual, status) in enumerate(
            [("1000", "A"), ("995", "B+"), ("800", "B+"), ("799", "B"), ("499", "C"), ("100", "C")]
        )
    ]
    proposal = propose(document(*rows, legend=RATED), settings())
    assert proposal is not None
    assert proposal.mismatches == 0


ABOVE = [
    indicator(f"{n}", target="1000", actual=actual, status=status)
    for n, (actual, status) in enumerate([("1000", "A"), ("990", "B+"), ("700", "B"), ("90", "C")])
]


def told_of_statuses(findings) -> set[str]:
    rules = {found.rule for found in findings}
    return {rule for rule in rules if rule.startswith(("status.", "legend."))} - {"legend.adopted"}


def test_nobody_is_accused_where_a_legend_may_be_meant_to_the_letter() -> None:
    """実績値≧期待値 and 80～99% of it, where lower is better: better than the target, but 90 %."""
    fewer = indicator("待機児童", target="100", actual="90", status="B+", direction="lower")
    found = run(document(*ABOVE, fewer, legend=RATED), settings())
    assert "status.mismatch" not in told_of_statuses(found.findings)
    assert found.recomputed[-1].status is None
    others = [
        indicator(f"犯罪{n}", target="100", actual="90", status="A", direction="lower")
        for n in range(3)
    ]
    found = run(document(*ABOVE, *others, fewer, legend=RATED), settings())
    assert "status.mismatch" in told_of_statuses(found.findings)


def test_nobody_is_accused_for_a_rate_that_may_have_been_rounded() -> None:
    """79.6% is B where whole percents are judged, 79.4% is not."""
    near = indicator("四捨五入", target="1000", actual="796", status="B+")
    found = run(document(*ABOVE, near, legend=RATED), settings())
    assert "status.mismatch" not in told_of_statuses(found.findings)
    far = indicator("切上げ", target="1000", actual="794", status="B+")
    found = run(document(*ABOVE, far, legend=RATED), settings())
    assert "status.mismatch" in told_of_statuses(found.findings)


def test_what_names_no_figure_is_against_the_one_that_another_explanation_names() -> None:
    rows = [
        indicator(f"{n}", target="100", actual=actual, status=status)
        for n, (actual, status) in enumerate([("110", "A"), ("100", "B"), ("90", "C"), ("80", "C")])
    ]
    told = legend(("A", "目標値を上回ったもの"), ("B", "同じもの"), ("C", "下回ったもの"))
    proposal = propose(document(*rows, legend=told), settings())
    assert proposal is not None
    assert (proposal.judged, proposal.mismatches) == (4, 0)


def test_statuses_without_any_legend_are_not_recomputed() -> None:
    found = run(document(*ROWS), settings())
    assert [f.rule for f in found.findings] == ["status.no-rules"]


def test_a_legend_that_agrees_with_the_profile_is_not_mentioned() -> None:
    assert run(document(*ROWS, legend=CITY), settings(MINE)).findings == ()


def test_a_legend_that_differs_from_the_profile_is_told_with_an_example() -> None:
    changed = legend(*[(row.word.text, row.rule.text) for row in RATED[:1]], ("B+", "90～99%"),
                     ("B", "50～89%"), ("C", "50%未満"))  # fmt: skip
    rows = [indicator("一", target="100", actual="100", status="A")]
    (found,) = run(document(*rows, legend=changed), settings(BANDS)).findings
    assert (found.rule, found.subject, found.expected) == ("legend.differs", "B", "B+")
    assert set(found.parameters) == {"baseline", "target", "actual", "direction"}


def test_a_word_read_together_with_a_figure_contradicts_nothing() -> None:
    glued = legend(("120目標達成", "100%以上"), ("95未達成", "基準値未満"))
    found = run(document(*ROWS, legend=glued), settings(MINE)).findings
    assert [one.rule for one in found] == ["legend.unknown-word", "legend.unknown-word"]


def test_a_word_that_the_profile_lacks_is_told() -> None:
    more = (*CITY, *legend(("中止", "事業を取りやめたもの")))
    found = run(document(*ROWS, legend=more), settings(MINE)).findings
    assert [(f.rule, f.subject) for f in found] == [("legend.unknown-word", "中止")]


def example(word: str, baseline: str, target: str, actual: str) -> LegendRow:
    texts = {"baseline": baseline, "target": target, "actual": actual}
    entries = tuple(
        Entry(kind=kind, header=kind, printed=printed(text))  # type: ignore[arg-type]
        for kind, text in texts.items()
    )
    return LegendRow(word=printed(word), rule=printed(""), example=entries)


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (example("目標達成", "100", "110", "120"), []),
        (example("改善", "100", "110", "105"), []),
        (example("改善", "100", "90", "95"), []),
        (example("未達成", "100", "110", "105"), ["legend.example"]),
        (example("改善", "100", "110", "－"), []),
    ],
)
def test_example_rows_are_recomputed(row: LegendRow, rules: list[str]) -> None:
    assert [f.rule for f in run(document(*ROWS, legend=(row,)), settings(MINE)).findings] == rules


@pytest.mark.parametrize(("status", "rules"), [("改善", ["status.without-actual"]), ("未達成", [])])
def test_a_status_without_an_actual_is_told(status: str, rules: list[str]) -> None:
    rows = (*ROWS, indicator("六", actual="－", status=status))
    assert [one.rule for one in run(document(*rows), settings(MINE)).findings] == rules


def test_a_status_left_out_among_many_is_told() -> None:
    (found,) = run(document(*ROWS, indicator("六", actual="105")), settings(MINE)).findings
    assert (found.rule, found.subject, found.expected) == ("status.left-out", "六", "改善")
    few = (*ROWS[:1], indicator("六", actual="105"))
    assert run(document(*few), settings(MINE)).findings == ()


def test_two_readings_are_both_shown_with_the_rows_that_tell_them_apart() -> None:
    """△10%以内 may be 10% short of the base or 10% around it: one row differs, none proves it."""
    towns = legend(
        ("S", "目標値以上"),
        ("B", "基準値と同水準（△10%以内）"),
        ("A", "基準値を上回る"),
        ("C", "基準値を下回る"),
    )
    rows = [
        indicator("一", target="150", actual="160", status="S"),
        indicator("二", target="150", actual="130", status="A"),
        indicator("三", target="150", actual="95", status="B"),
        indicator("四", target="150", actual="70", status="C"),
        indicator("五", target="150", actual="105", status="A"),
        *(indicator(f"乙{n}", target="150", actual="96", status="B") for n in range(3)),
    ]
    found = run(document(*rows, legend=towns), settings())
    assert [f.rule for f in found.findings] == ["legend.two-readings", "legend.adopted"]
    assert (found.findings[0].parameters["rows"], found.recomputed[4].status) == ("五", None)
    assert "（許容幅は上下とも）" in message(found.findings[0], "ja")


@pytest.mark.parametrize("profile", ["", MINE])
def test_a_column_of_numbers_is_no_column_of_statuses(profile: str) -> None:
    rows = [indicator(f"{n}", status=f"{n}00.5") for n in range(1, 5)]
    found = run(document(*rows, legend=CITY), settings(profile))
    told = [f for f in found.findings if f.rule.startswith("structure.status")]
    assert [(f.rule, f.parameters["count"]) for f in told] == [("structure.status-of-numbers", "4")]
    assert {one.status for one in found.recomputed} == {None}


@pytest.mark.parametrize(
    ("status", "rows", "told"),
    [
        ("改善", 4, "legend.adopted"),
        ("評価なし", 5, "legend.adopted"),
        ("悪化", 5, "legend.lacks-word"),
    ],
)
def test_a_legend_that_lacks_a_word_judges_nothing(status: str, rows: int, told: str) -> None:
    """A word that the rows bear and the legend does not explain: it was read by half."""
    more = (*ROWS, indicator("六", actual="105", status=status))
    found = run(document(*more, legend=CITY), settings())
    assert told in [f.rule for f in found.findings]
    assert (found.recomputed[0].status is None) == (told == "legend.lacks-word")
    assert rows <= len(more)


def test_contrary_statuses_that_have_their_word_in_common_speak_against_the_reading() -> None:
    """All rows that bear a word would be wrong: then the legend is, and not the rows."""
    rows = [*ROWS, *(indicator(f"乙{n}", actual="95", status="改善") for n in range(3))]
    many = [indicator(f"丙{n}", actual="120", status="目標達成") for n in range(20)]
    found = run(document(*rows, *many, legend=CITY), settings())
    assert [f.rule for f in found.findings] == ["legend.unconfirmed"]


def test_a_doubted_row_is_neither_evidence_nor_accused() -> None:
    doubted = indicator(
        "六", actual="95", status="目標達成", doubts=("reading.readers-disagree:actual",)
    )
    found = run(document(*ROWS, doubted, legend=CITY), settings())
    assert [f.rule for f in found.findings if f.severity == "error"] == []
    plain = msgspec.structs.replace(doubted, doubts=())
    found = run(document(*ROWS, plain, legend=CITY), settings())
    assert [f.subject for f in found.findings if f.severity == "error"] == ["六"]


@pytest.mark.parametrize(
    ("text", "when", "or_when"),
    [
        (
            "基準値を上回っている（目標値と同じ場合を含む）",
            ["better_than_baseline"],
            [["equals_target"]],
        ),
        ("基準値を上回っている（基準値と同じ場合も含む）", ["reaches_baseline"], []),
        ("基準値を下回っている（基準値と同じ場合を含む）", ["not_better_than_baseline"], []),
        ("目標値以上、又は基準値と同じ", ["reaches_target"], [["equals_baseline"]]),
        ("目標値以上（マイナス指標は逆に読み替える）", ["reaches_target"], []),
    ],
)
def test_two_sets_of_conditions_are_read(
    text: str, when: list[str], or_when: list[list[str]]
) -> None:
    reading = read_explanation(text, WORDS)
    assert list(reading.when) == when
    assert [list(conditions) for conditions in reading.or_when] == or_when


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("最終目標値を達成", "final"),
        ("中間目標値以上", "year"),
        ("単年度の目標値を達成", "year"),
        ("目標値以上", ""),
    ],
)
def test_which_target_is_meant(text: str, target: str) -> None:
    reading = read_explanation(text, WORDS)
    assert (reading.when, reading.target) == (("reaches_target",), target)


@pytest.mark.parametrize(
    "text",
    [
        "目標値以上（基準値と同じ場合を除く）",
        "目標値以上でない",
        "中間目標値以上、最終目標値未満",
        "目標値以上が2年連続",
    ],
)
def test_what_turns_or_narrows_a_comparison_makes_it_unreadable(text: str) -> None:
    assert read_explanation(text, WORDS).kind == "unreadable"


def test_interim_and_final_target_in_one_legend_are_refused() -> None:
    both = legend(("◎", "最終目標値を達成"), ("○", "中間目標値を達成"), ("△", "中間目標値未達成"))
    rows = [indicator("一", actual="120", status="◎"), indicator("二", actual="105", status="△")]
    found = run(document(*rows, legend=both), settings())
    assert [f.rule for f in found.findings] == ["legend.unreadable"]


def test_a_legend_of_judgements_gives_no_rules_though_one_explanation_is_not_read() -> None:
    judged = legend(("A", "順調に進んでいる"), ("B", "改善や工夫が必要"), ("C", "着手できない"))
    rows = [indicator("一", status="A"), indicator("二", status="B")]
    found = run(document(*rows, legend=judged), settings())
    assert [f.rule for f in found.findings] == ["legend.unreadable"]
    assert {one.status for one in found.recomputed} == {None}


def test_a_status_beside_a_missing_figure_is_not_turned_into_the_word_for_none() -> None:
    absent = (*CITY, *legend(("－", "実績値が把握できないもの")))
    rows = (
        *ROWS,
        indicator("六", actual="－", status="改善"),
        indicator("七", actual="－", status="－"),
    )
    found = run(document(*rows, legend=absent), settings())
    assert [f.rule for f in found.findings if f.severity == "error"] == []
    assert [one.status for one in found.recomputed[-2:]] == [None, "－"]


GRAMMAR = re.findall(r"^    (\S+) {2,}(\S.*)$", explanations.__doc__ or "", re.MULTILINE)


def described(reading: explanations.Reading) -> str:
    """A reading in the words of the grammar."""
    if reading.kind != "conditions":
        return " ".join([reading.kind, *reading.missing])
    told = [" ".join(reading.when)] if reading.when else []
    if reading.band is not None:
        told.append(f"{reading.band.at_least}<=rate<{reading.band.below}")
    if reading.within is not None:
        within = reading.within
        of = f"{within.percent}% {within.side} than" if within.beyond else f"{within.percent}% of"
        told.append(f"{within.beyond or 'within'} {of} {within.of}")
    told += [f"or {' '.join(more)}" for more in reading.or_when]
    told += [f"({reading.target} target)"] if reading.target else []
    told += ["(or judged)"] if reading.also_judgement else []
    return " ".join(told)


def test_the_grammar_has_an_example_of_every_kind() -> None:
    assert len(GRAMMAR) >= 14


@pytest.mark.parametrize(("text", "expected"), GRAMMAR)
def test_the_grammar_is_read_as_it_says(text: str, expected: str) -> None:
    assert described(read_explanation(text, WORDS)) == expected


def test_two_readings_tell_the_rules_in_which_they_differ() -> None:
    one = settings(MINE)
    other = settings(MINE.replace('when = ["reaches_target"]', "rate = { at_least = 90 }", 1))
    assert other.status != one.status
    assert describe(one, other).split("\t")[-3:-1] == ["|", "目標達成:"]
    assert describe(other, one).split("\t")[-1] == "≥90%"
    assert "|" not in describe(one)


@pytest.mark.parametrize(
    ("notes", "paced"),
    [
        ((), True),
        (("※達成率＝実績値÷目標値×100",), False),
        (("※達成率＝実績値÷目標値×100（経過年数で按分）",), True),
    ],
)
def test_elapsed_years_are_no_part_of_a_rate_that_the_document_states(
    notes: tuple[str, ...], paced: bool
) -> None:
    rows = tuple(
        LegendRow(word=printed(word), rule=printed(rule))
        for word, rule in (("A", "達成率100％以上"), ("B", "達成率100％未満"))
    )
    found = document(
        indicator("一", baseline="10", target="20", actual="15", status="B"),
        legend=rows,
        notes=tuple(printed(note) for note in notes),
    )
    assert any(one.rate.pro_rata for one in candidates(found, settings())) is paced


def test_a_word_that_no_row_bears_is_counted_where_a_summary_does() -> None:
    rows = tuple(
        LegendRow(word=printed(word), rule=printed(rule))
        for word, rule in (("A", "順調に進んでいる"), ("B", "対策が必要"), ("C", "着手できない"))
    )
    counts = {"A": "2件", "B": "2件", "C": "1件", "合計": "3件"}
    entries = tuple(
        Entry(kind="summary", header=word, printed=printed(count)) for word, count in counts.items()
    )
    summary = Claim(source="table", place=Place(), printed=printed(""), entries=entries, named=True)
    judged = [indicator(name, status=word) for name, word in zip("一二三", "AAC", strict=True)]
    found = run(document(*judged, legend=rows, claims=(summary,)), settings())
    errors = [(one.rule, one.printed) for one in found.findings if one.severity == "error"]
    assert errors == [("summary.count", "B 2")]
