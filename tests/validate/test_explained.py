"""Explanations of a legend are read whole: nothing left over, said twice, or taken out again."""

from __future__ import annotations

import pytest

from pipeline.legend.explanations import Reading, read_band, read_explanation
from pipeline.settings.legend import default_vocabulary

WORDS = default_vocabulary().legend


def told(text: str) -> str:
    """A reading on one line."""
    reading = read_explanation(text, WORDS)
    if reading.kind != "conditions":
        return " ".join([reading.kind, *reading.missing])
    parts = [*reading.when]
    if reading.band is not None:
        band = reading.band
        ends = {">=": band.at_least, ">": band.above, "<": band.below, "<=": band.at_most}
        parts += [f"{sign}{number}%" for sign, number in ends.items() if number is not None]
    if reading.within is not None:
        size = reading.within
        reach = f"{size.percent}%" if size.percent is not None else f"{size.points}"
        parts.append(" ".join(filter(None, (size.beyond, size.side, reach, "of", size.of))))
    parts += [f"or {' '.join(more)}" for more in reading.or_when]
    parts += ["(judged)"] if reading.also_judgement else []
    parts += [f"({reading.target})"] if reading.target else []
    return " ".join(parts)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("目標値以上あうえお", "reaches_target"),
        ("基準値と比較して改善", "better_than_baseline"),
        ("基準値に比べて悪化", "worse_than_baseline"),
        ("目標値以上あうえおけ", "unreadable"),
        ("目標値以上" + "である" * 9, "reaches_target"),
        ("目標値以上で1件", "unreadable"),
        ("目標値以上、基準値", "unreadable"),
        ("目標値以上である＜", "unreadable"),
        ("目標値以上（未公表）", "unreadable"),
        ("目標値以上、対策", "unreadable"),
        ("目標値以上か", "reaches_target"),
        ("目標値以上、又は", "unreadable"),
        ("", "unreadable"),
        ("それ以外", "rest"),
        ("上記以外のもの。", "rest"),
        ("それ以外で目標値以上", "unreadable"),
        ("そうでないもの", "rest"),
        ("未改善（基準値から改善していない）", "not_better_than_baseline"),
        ("大幅未達（60％未満）", "<60%"),
        ("達成", "reaches_target"),
        ("一部達成", "unreadable"),
        ("目標値を達成又は上回った場合", "reaches_target"),
        ("目標は達成しなかったが、基準値を上回った", "worse_than_target better_than_baseline"),
        ("目標を達成しなかったもののうち、改善したもの", "unreadable"),
        ("現状値が目標値以上", "reaches_target"),
        ("現状値が基準値以上目標値未満", "reaches_baseline worse_than_target"),
        ("目標値どおり（100％）", "equals_target"),
        ("進捗率（（実績値－基準値）÷（目標値－基準値））が100％以上", ">=100%"),
        ("100以上", ">=100%"),
        ("80以上、100未満", ">=80% <100%"),
        ("達成率80〜99", ">=80% <=99%"),
        ("達成率1.0以上", ">=100%"),
        ("0.8以上1未満", ">=80% <100%"),
        ("3以上", "unreadable"),
        ("100", "unreadable"),
        ("80〜100", "unreadable"),
        ("5件以上", "unreadable"),
        ("目標＞実績≧目標×0.8", ">=80% <100%"),
        ("実績値≧目標値×80％", ">=80%"),
        ("目標×0.8＞実績", "<80%"),
        ("基準値より5％超改善", "over better 5% of baseline"),
        ("基準値から横ばい又は悪化しており、見直しが必要", "not_better_than_baseline"),
        (
            "目標値は未達成だが、基準値より改善しており、引き続き取り組む",
            "worse_than_target better_than_baseline",
        ),
        ("目標値以上であり、又は継続する", "unreadable"),
        ("目標を上回る成果があり、取組を続ける", "unreadable"),
        ("事業が終了しており、見直しが必要", "judgement"),
    ],
)
def test_what_may_be_left_over(text: str, reading: str) -> None:
    assert told(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("目標値以上、又は基準値と同じ", "reaches_target or equals_baseline"),
        ("目標値以上、又は基準値以上", "reaches_target or reaches_baseline"),
        ("目標値を上回る、又は目標値と同じ", "reaches_target"),
        ("目標値を下回る、又は目標値と同じ", "not_better_than_target"),
        ("基準値を上回る、又は目標値と同じ", "better_than_baseline or equals_target"),
        ("100%以上、又は基準値と同じ", "unreadable"),
        ("基準値と同じ、又は100%以上", "unreadable"),
        ("基準値の±10%以内、又は目標値以上", "unreadable"),
        ("目標値以上、又は事業終了", "unreadable"),
        ("目標値以上、又は順調", "unreadable"),
        ("進捗なし・事業終了、又は目標値以上", "unreadable"),
        ("基準値と同じ、又は目標値と同じ、又は目標値以上",
         "equals_baseline or equals_target or reaches_target"),
        ("基準値を上回る（目標値と同じ場合を含む）", "better_than_baseline or equals_target"),
        ("基準値を上回る（目標値と同じあうえお場合を含む）",
         "better_than_baseline or equals_target"),
        ("基準値を上回る（概ね10%の場合を含む）", "unreadable"),
        ("100%以上（目標値と同じ場合を含む）", "unreadable"),
        ("事業終了（目標値と同じ場合を含む）", "unreadable"),
    ],
)  # fmt: skip
def test_further_conditions_belong_to_comparisons_only(text: str, reading: str) -> None:
    assert told(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("80%以上", ">=80%"),
        ("目標値の80%を達成", ">=80%"),
        ("80%超", ">80%"),
        ("80%を超", ">80%"),
        ("80%未満", "<80%"),
        ("80%以下", "<=80%"),
        ("80%超、90%以下", ">80% <=90%"),
        ("80～90%", ">=80% <=90%"),
        ("80～90%まで", ">=80% <=90%"),
        ("80%以上90%未満", ">=80% <90%"),
        ("80～90%未満", ">=80% <90%"),
        ("80%以上～90%以下", ">=80% <=90%"),
        ("80～90%、80～90%", "unreadable"),
        ("8割以上", ">=80%"),
        ("達成率100%以上、実績値", ">=100%"),
        ("目標値の80%以上", ">=80%"),
        ("80.55%以上", ">=80.55%"),
        ("80%≦達成率＜100%", ">=80% <100%"),
        ("100%＞達成率≧80%", ">=80% <100%"),
        ("100%≦達成率", ">=100%"),
        ("進捗率＜50%", "<50%"),
        ("80%未満（達成率＝実績値÷目標値×100）", "<80%"),
        ("基準値から目標値までの進捗度が50%以上", ">=50%"),
        ("マイナス", "<0%"),
        ("80%以上または基準値から改善", ">=80% or better_than_baseline"),
        ("80%未満かつ改善なし", "not_better_than_baseline <80%"),
        ("110%以上または基準値から改善", "unreadable"),
        ("計画より10%以上", "unreadable"),
        ("10%以上の遅れ", "unreadable"),
        ("目標比10%", "unreadable"),
    ],
)
def test_bands_of_rates(text: str, reading: str) -> None:
    assert told(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("±10%以内", "both 10% of baseline"),
        ("目標値の±10%以内", "both 10% of target"),
        ("基準値の△10%以内", "worse 10% of baseline"),
        ("基準値の▲10%以内", "worse 10% of baseline"),
        ("基準値の-10%以内", "worse 10% of baseline"),
        ("基準値の10%以内", "both 10% of baseline"),
        ("基準値の±3ポイント以内", "both 3 of baseline"),
        ("基準値の±3点", "both 3 of baseline"),
        ("基準値と同程度（±10%）", "both 10% of baseline"),
        ("目標値以上、基準値の±10%以内", "reaches_target both 10% of baseline"),
        ("目標値未満で、基準値との差が±10%以内", "worse_than_target both 10% of baseline"),
        (
            "目標値未満で、基準値から10%を超えて改善",
            "worse_than_target over better 10% of baseline",
        ),
        ("基準値より10%以上悪化", "from worse 10% of baseline"),
        ("目標値と比べて3ポイント以上の低下", "from worse 3 of target"),
        ("基準値から10%を超えて増加", "unreadable"),
        ("基準値の±10%以内±10%以内", "unreadable"),
        ("基準値、基準値の±10%以内", "unreadable"),
    ],
)
def test_tolerances(text: str, reading: str) -> None:
    assert told(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("実績値＞目標値", "better_than_target"),
        ("目標値＞実績値", "worse_than_target"),
        ("目標値＜実績値", "better_than_target"),
        ("目標値≦実績値", "reaches_target"),
        ("目標値≧実績値", "unreadable"),
        ("実績値≦目標値", "unreadable"),
        ("実績値＝基準値", "equals_baseline"),
        ("基準値＝実績値", "equals_baseline"),
        ("＝目標値", "equals_target"),
        ("目標値＞実績値≧基準値", "worse_than_target reaches_baseline"),
        ("実績値≧基準値、実績値＜目標値", "reaches_baseline worse_than_target"),
        ("実績値＝目標値＝基準値", "all_equal"),
        ("基準値と目標値と実績値がいずれも同じである", "all_equal"),
        ("概ね目標達成、基準値以上", "reaches_baseline"),
        ("最終目標を達成", "reaches_target (final)"),
        ("中間の目標を達成", "reaches_target (year)"),
        ("最終目標を達成、中間目標は未達成", "unreadable"),
        ("基準値より進捗なし", "not_better_than_baseline"),
        ("進捗なし又は悪化", "not_better_than_baseline"),
        ("進捗なし又は事業終了", "not_better_than_baseline (judged)"),
        ("事業終了又は進捗なし", "not_better_than_baseline (judged)"),
        ("目標値未達成で進捗なし又は事業終了",
         "worse_than_target not_better_than_baseline (judged)"),
        ("目標値以上、事業終了", "unreadable"),
        ("目標値未設定で不明", "missing target"),
        ("不明", "missing actual"),
        ("不明、事業終了", "missing actual"),
        ("事業終了", "judgement"),
        ("目標を除き達成", "unreadable"),
        ("経過年数に応じて目標達成", "unreadable"),
    ],
)  # fmt: skip
def test_comparisons(text: str, reading: str) -> None:
    assert told(text) == reading


def test_an_explanation_longer_than_any_is_not_read() -> None:
    for length, kind in ((200, "conditions"), (201, "unreadable"), (400, "unreadable")):
        assert read_explanation("目標値以上" + "。" * (length - 5), WORDS).kind == kind


@pytest.mark.parametrize(
    ("text", "whole"),
    [("80%以上", True), ("80 ～ 90 %、未満", True), ("80%以上です", False), ("件数", False)],
)
def test_a_heading_that_is_a_band(text: str, whole: bool) -> None:
    assert (read_band(text) is not None) == whole


def test_a_reading_that_says_nothing_more() -> None:
    plain = Reading("judgement")
    assert not plain.also_judgement
    assert (plain.when, plain.or_when, plain.missing, plain.target) == ((), (), (), "")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("目標達成率80％以上100％未満", ">=80% <100%"),
        ("目標値に対する達成率が80％以上", ">=80%"),
        ("計画策定時より改善", "better_than_baseline"),
        ("計画当初より悪化", "worse_than_baseline"),
        ("策定時の水準以下", "not_better_than_baseline"),
        ("目標値の水準を下回る", "worse_than_target"),
        ("目標値と同水準", "equals_target"),
        ("実績値が目標値に到達していない", "worse_than_target"),
        ("目標値には届かないが、基準値より改善している", "worse_than_target better_than_baseline"),
        ("目標値を達成できていない", "worse_than_target"),
        ("目標値に達しておらず、基準値より悪化", "worse_than_target worse_than_baseline"),
        ("基準値から変化なし", "equals_baseline"),
        ("基準値と変わらない", "equals_baseline"),
        ("基準値から改善がみられない", "not_better_than_baseline"),
        ("目標達成に向け順調に進捗している", "judgement"),
        ("目標達成に向けて概ね順調", "judgement"),
        ("計画どおり進んでいる", "judgement"),
        ("計画以上に進んでいる", "judgement"),
        ("おおむね予定どおり進んでいる", "judgement"),
        ("計画どおり進んでいる（達成率80％以上）", ">=80%"),
    ],
)
def test_words_of_towns(text: str, reading: str) -> None:
    assert told(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("基準値と同じ、または悪くなった", "not_better_than_baseline"),
        ("基準値より悪くなった", "worse_than_baseline"),
        ("目標値には及ばないものの、当初値を維持または上回っているもの",
         "worse_than_target reaches_baseline"),
        ("目標値は達成できなかったが基準値を上回った又は同じ場合",
         "worse_than_target reaches_baseline"),
        ("達していないが基準値以上のもの", "worse_than_target reaches_baseline"),
        ("未達成かつ基準値から改善していない", "worse_than_target not_better_than_baseline"),
    ],
)  # fmt: skip
def test_equality_and_a_target_that_is_not_named(text: str, reading: str) -> None:
    assert told(text) == reading


@pytest.mark.parametrize(
    ("text", "alone", "since"),
    [
        ("未達成ながら改善", ("worse_than_target",), ("worse_than_target", "better_than_baseline")),
        ("目標値より改善", ("better_than_target",), ("better_than_target",)),
        ("目標値未満で改善していない", ("worse_than_target", "not_better_than_baseline"),
         ("worse_than_target", "not_better_than_baseline")),
        ("改善", (), ("better_than_baseline",)),
        ("目標に向かって改善", (), ("better_than_baseline",)),
        ("目標に向かって取り組む", (), ()),
        ("横ばい又は悪化", (), ("not_better_than_baseline",)),
        ("要改善", (), ()),
        ("要大幅改善", (), ()),
        ("目標値に近づいた", (), ("better_than_baseline",)),
        ("最終目標値に接近しているもの", (), ("better_than_baseline",)),
        ("目標との差が縮小した", (), ("better_than_baseline",)),
        ("目標値から遠ざかった", (), ("worse_than_baseline",)),
        ("目標値から遠ざかった又は変化なし", (), ("not_better_than_baseline",)),
        ("目標値との差が拡大した", (), ("worse_than_baseline",)),
        ("目標値との差が変わらない", (), ("equals_baseline",)),
        ("目標未達成（悪化又は横ばい）", (), ("worse_than_target", "not_better_than_baseline")),
    ],
)  # fmt: skip
def test_what_improved_did_so_since_the_baseline_of_which_another_speaks(
    text: str, alone: tuple[str, ...], since: tuple[str, ...]
) -> None:
    assert set(read_explanation(text, WORDS).when) == set(alone)
    assert set(read_explanation(text, WORDS, since=True).when) == set(since)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("達成率100％～", ">=100%"),
        ("達成率～49％", "<=49%"),
        ("達成率が80％から100％未満", ">=80% <100%"),
        ("達成率が50％に満たない", "<50%"),
        ("80％を下回る", "<80%"),
        ("目標の半分以上達成", ">=50%"),
        ("100％", ">=100%"),
        ("基準値から80％改善", "unreadable"),
        ("基準値より10%下回る", "unreadable"),
        ("目標に届いた", "reaches_target"),
        ("目標はクリアしていないが現状値をクリア", "worse_than_target reaches_baseline"),
        ("現状値を割り込む", "worse_than_baseline"),
        ("基準値より上向き", "better_than_baseline"),
        ("基準値より下向き", "worse_than_baseline"),
        ("基準値より好転", "better_than_baseline"),
        ("策定時より数値が良化", "better_than_baseline"),
        ("策定時と数値が不変", "equals_baseline"),
        ("基準年の数値より改善しているもの", "better_than_baseline"),
        ("基準のまま", "equals_baseline"),
        ("基準値より望ましくない方向に推移", "worse_than_baseline"),
        ("計画策定時より数値が向上し、目標を達成", "better_than_baseline reaches_target"),
        ("目標値未達成、基準値比同値又は悪化", "worse_than_target not_better_than_baseline"),
        ("基準値より増加", "higher_than_baseline"),
        ("前年度実績から減少", "lower_than_previous"),
        ("目標値より増加", "better_than_target"),
        ("前年度から±5%以内", "unreadable"),
    ],
)
def test_further_words_of_towns(text: str, reading: str) -> None:
    assert told(text) == reading
