"""Invented municipalities with rarer legends: rates that are not inverted, figures inside names,
progress from the start, tolerance for surveys, and judgements that nobody can recompute."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cells import Cell, merged
from document import Heading, Ruled, Text
from facts import Indicator, Observation, Town, printed
from pool import CHILDREN, HEALTH, LIVING, OFFICE, WORK, Kind, figures, rounded, town_kind
from towns import (
    align,
    better,
    body,
    chosen,
    count_of,
    heads,
    mismatch,
    number,
    on_the_way,
    opening,
    reached,
    with_outcomes,
)

# ------------------------------------------------------------------------------ h. yearly rates


def yearly_rates() -> Town:
    """Three years of actuals, each with its rate; actual ÷ target also where lower is better."""
    town = Town(
        name="yearly-rates",
        title="模擬市第５次総合計画　２１指標の進捗状況（令和６年度末）",
        publisher="模擬市",
        edition=2025,
    )
    kinds = [
        *chosen(LIVING, "１人 資源 交通 刑法 火災 自主 路線 図書館"),
        *chosen(HEALTH, "特定 介護予防 健康 喫煙"),
        *chosen(CHILDREN, "一時 朝食 生涯 不登校"),
        *chosen(WORK, "観光客 認定 遊休"),
        *chosen(OFFICE, "実質 市税"),
    ]
    town.notes.append(
        "The rate is actual / target for every indicator: over 100 is not reached "
        "where lower is better."
    )
    wrong = {"認定農業者数": Decimal("-1.0")}
    percents = [98, 92, 103, 88, 110, 96, 85, 101, 90, 97, 105, 94, 79, 99, 102, 91, 108, 95, 100]
    percents += [93, 100]
    lines = []
    for kind, percent in zip((town_kind(kind, town.name) for kind in kinds), percents, strict=True):
        actuals = [reached(kind, kind.target, percent + shift) for shift in (-4, -1, 0)]
        if kind.unit == "％":
            actuals = [min(actual, Decimal("100.0")) for actual in actuals]
        rates = [
            rounded(Fraction(100 * actual) / Fraction(kind.target), Decimal("0.1"))
            for actual in actuals
        ]
        shown = [*rates[:2], rates[2] + wrong.get(kind.name, Decimal(0))]
        if shown[2] != rates[2]:
            town.contradictions.append(
                {
                    "family": "rate",
                    "rule": "arithmetic.rate",
                    "subject": kind.name,
                    "printed": str(shown[2]),
                    "expected": str(rates[2]),
                }
            )
        base = printed(kind.baseline) + kind.unit
        observations = [number("baseline", 2020, kind.baseline, base)]
        observations.append(number("target", 2025, kind.target))
        for year, actual, rate in zip((2022, 2023, 2024), actuals, shown, strict=True):
            observations += [number("actual", year, actual), number("rate", year, rate)]
        way = "アップ" if kind.direction == "higher" else "ダウン"
        town.indicators.append(
            Indicator(
                goal=None,
                policy=None,
                name=kind.name,
                unit=kind.unit,
                direction=kind.direction,
                cumulative=kind.cumulative,
                observations=tuple(observations),
            )
        )
        pairs = [
            text
            for actual, rate in zip(actuals, shown, strict=True)
            for text in (printed(actual), str(rate))
        ]
        lines.append(
            [kind.name, kind.unit, base, "令和２年度", way, printed(kind.target), *pairs, ""]
        )
    header = heads(
        [
            "指標",
            "単位",
            "現状値",
            "年度",
            "方向",
            "目標\n令和７年度",
            "４年度",
            "達成率\n（％）",
            "５年度",
            "達成率\n（％）",
            "６年度",
            "達成率\n（％）",
            "備考",
        ]
    )
    opening(
        town,
        "令和７年７月　模擬市",
        "達成率は、各年度の値を目標の値で割ったものです。小数第２位を四捨五入しています。",
    )
    widths = [160, 42, 70, 58, 42, 62, 52, 44, 52, 44, 52, 44, 40]
    town.blocks.append(Ruled(cells=header + body(lines, 1), widths=widths))
    return town


# ----------------------------------------------------------------------------- i. names with values


def named_values() -> Town:
    """Base and target stand under the name, in its cell; the year's 目安値 has a column."""
    town = Town(
        name="named-values",
        title="仮設市みらい戦略　政策評価（令和６年度）",
        publisher="仮設市",
        edition=2025,
    )
    town.legend = [
        {"word": "A", "rule": "順調（実績値が目安値以上）"},
        {"word": "B", "rule": "おおむね順調（進捗率が80％以上）"},
        {"word": "C", "rule": "努力を要する（進捗率が80％未満）"},
        {"word": "-", "rule": "実績値が出ていないもの"},
    ]
    town.notes.append("progress = (actual - baseline) / (expected of the year - baseline)")
    goals = [
        ("学びの里をつくる", chosen(CHILDREN, "地域 生涯 文化 不登校"), "ACBA"),
        ("産業の里をつくる", chosen(WORK, "観光客 延べ 遊休 有害 ふるさと 製造"), "BACAB-"),
        ("人が集う里をつくる", chosen(OFFICE, "移住 社会 電子 審議"), "ABCA"),
        ("命を守る里をつくる", chosen(LIVING, "交通 刑法 自主 資源 公園"), "AB-CA"),
    ]
    before = "BABCA"
    blocks: list[Any] = []
    place = 0
    for goal, (title, kinds, wanted) in enumerate(goals, start=1):
        town.goals.append({"number": goal, "title": title})
        lines = []
        for pooled, mark in zip(kinds, wanted, strict=True):
            kind = town_kind(pooled, town.name)
            expected = on_the_way(kind, 6)[4]
            actual = named_actual(kind, expected, mark)
            lines.append(named_row(town, goal, kind, expected, actual, (mark, before[place % 5])))
            place += 1
        header = heads(["指標名", "目安値", "実績値", "進捗区分", "前年度"])
        blocks.append(Heading(text=f"{goal}　{title}", level=1))
        blocks.append(Ruled(cells=header + body(lines, 1), widths=[230, 70, 100, 60, 50]))
    opening(
        town,
        "令和７年９月　仮設市企画振興課",
        "進捗区分　" + "　".join(f"{row['word']}　{row['rule']}" for row in town.legend),
        "進捗率は、令和元年度から目安値までに進むはずの幅に対し、実際に進んだ幅の割合です。",
    )
    town.blocks += blocks
    return town


def named_actual(kind: Kind, expected: Decimal, mark: str) -> Decimal | None:
    """An actual well inside the class wanted."""
    part = {"A": Fraction(115, 100), "B": Fraction(88, 100), "C": Fraction(35, 100), "-": None}[
        mark
    ]
    if part is None:
        return None
    unit = Decimal(1).scaleb(int(kind.baseline.as_tuple().exponent))
    gap = Fraction(expected) - Fraction(kind.baseline)
    value = (kind.baseline + rounded(gap * part, unit)).quantize(unit)
    progress = (Fraction(value) - Fraction(kind.baseline)) / gap
    true = "A" if progress >= 1 else "B" if progress >= Fraction(8, 10) else "C"
    return value if true == mark else expected


def named_row(
    town: Town,
    goal: int,
    kind: Kind,
    expected: Decimal,
    actual: Decimal | None,
    marks: tuple[str, str],
) -> list[str]:
    mark = marks[0]
    if actual is None:
        shown, seen = (
            "－",
            Observation(kind="actual", fiscal_year=2024, printed="－", missing="not_available"),
        )
    else:
        true = mark if actual != expected else "A"
        mark = true
        shown = printed(actual)
        seen = number("actual", 2024, actual)
    base, last = printed(kind.baseline), printed(kind.target)
    town.indicators.append(
        Indicator(
            goal=goal,
            policy=None,
            name=kind.name,
            unit=kind.unit,
            direction=kind.direction,
            cumulative=kind.cumulative,
            status=mark,
            recomputed=mark,
            observations=(
                number("baseline", 2019, kind.baseline),
                number("target", 2025, kind.target),
                number("target", 2024, expected),
                seen,
            ),
        )
    )
    name = f"{kind.name}（{kind.unit}）\nR元年度{base}→R7年度{last}"
    return [name, printed(expected), shown, mark, marks[1]]


# ------------------------------------------------------------------------------ j. progress


def progress() -> Town:
    """進捗率 from the start value, in bands of words; a table of counts by band."""
    town = Town(
        name="progress",
        title="架構市第五次総合計画　前期基本計画の達成状況（令和元年度）",
        publisher="架構市",
        edition=2020,
    )
    town.legend = [
        {"word": "順調", "rule": "進捗率80％以上"},
        {"word": "やや遅れ", "rule": "進捗率50％以上80％未満"},
        {"word": "遅れ", "rule": "進捗率50％未満"},
        {"word": "評価せず", "rule": "新しい値がないもの、事業が終了したもの"},
    ]
    town.notes.append(
        "progress = (actual - start) / (interim target - start), in per cent, half up"
    )
    goals = [
        (
            "安全な暮らし",
            chosen(LIVING, "交通 刑法 火災 自主 防災 消防"),
            [95, 62, 30, 118, 81, 15],
        ),
        (
            "元気な暮らし",
            chosen(HEALTH, "特定 がん 介護予防 認知症 健康 自殺"),
            [55, 84, 100, 92, 40, 77],
        ),
        ("豊かな学び", chosen(CHILDREN, "一時 生涯 スポーツ 文化"), [88, 103, 8, 66]),
        ("力強い産業", chosen(WORK, "観光客 認定 創業 製造 間伐"), [120, 83, 90, 51, 97]),
        ("確かな経営", chosen(OFFICE, "市税 電子 審議 広報 公共"), [85, 34, 79, 100, 91]),
    ]
    wrong_status = {"審議会の女性委員の割合": "順調"}
    wrong_rate = {"スポーツ教室の参加者数": 10}
    rates: list[Fraction | None] = []
    blocks: list[Any] = []
    for goal, (title, kinds, percents) in enumerate(goals, start=1):
        town.goals.append({"number": goal, "title": title})
        lines = []
        for pooled, percent in zip(kinds, percents, strict=True):
            kind = town_kind(pooled, town.name)
            line, rate = progress_row(town, goal, kind, percent, (wrong_rate, wrong_status))
            lines.append(line)
            rates.append(rate)
        if goal in (1, 4):
            lines.append(ended_row(town, goal))
            rates.append(None)
        header = heads(
            [
                "施策指標",
                "単位",
                "当初値\n（平成26年度）",
                "現状値\n（令和元年度）",
                "中間目標\n（令和２年度）",
                "進捗率",
                "進捗状況",
            ]
        )
        blocks.append(Heading(text=f"第{goal}章　{title}", level=1))
        blocks.append(Ruled(cells=header + body(lines, 1), widths=[170, 45, 72, 72, 72, 45, 52]))
    opening(
        town,
        "令和２年１０月　架構市企画課",
        "●進捗率の計算　（現状値－当初値）÷（中間目標－当初値）×100　小数第１位を四捨五入",
        "●進捗状況　" + "　".join(f"{row['word']}：{row['rule']}" for row in town.legend),
    )
    town.blocks.append(progress_counts(town, rates))
    town.blocks += blocks
    return town


def progress_row(
    town: Town,
    goal: int,
    kind: Kind,
    percent: int,
    wrong: tuple[dict[str, int], dict[str, str]],
) -> tuple[list[str], Fraction]:
    unit = Decimal(1).scaleb(int(kind.baseline.as_tuple().exponent))
    gap = Fraction(kind.target) - Fraction(kind.baseline)
    actual = (kind.baseline + rounded(gap * percent / 100, unit)).quantize(unit)
    rate = 100 * (Fraction(actual) - Fraction(kind.baseline)) / gap
    true = "順調" if rate >= 80 else "やや遅れ" if rate >= 50 else "遅れ"
    shown = wrong[1].get(kind.name, true)
    if shown != true:
        mismatch(town, kind.name, shown, true)
    whole = rounded(rate, Decimal(1))
    told = whole + wrong[0].get(kind.name, 0)
    if told != whole:
        town.contradictions.append(
            {
                "family": "rate",
                "rule": "arithmetic.rate",
                "subject": kind.name,
                "printed": str(told),
                "expected": str(whole),
            }
        )
    values = (kind.baseline, actual, kind.target)
    town.indicators.append(
        Indicator(
            goal=goal,
            policy=None,
            name=kind.name,
            unit=kind.unit,
            direction=kind.direction,
            cumulative=kind.cumulative,
            status=shown,
            recomputed=true,
            observations=(
                number("baseline", 2014, kind.baseline),
                number("actual", 2019, actual),
                number("target", 2020, kind.target),
                Observation(kind="rate", fiscal_year=2019, printed=f"{told}%", value=str(told)),
            ),
        )
    )
    return [kind.name, kind.unit, *map(printed, values), f"{told}%", shown], rate


def ended_row(town: Town, goal: int) -> list[str]:
    name, unit, start, target = {
        1: ("防犯灯の更新数", "基", "120", "800"),
        4: ("地場産品の認証数", "品", "31", "50"),
    }[goal]
    mark, sign = {1: ("事業終了", "ended"), 4: ("－", "not_available")}[goal]
    town.indicators.append(
        Indicator(
            goal=goal,
            policy=None,
            name=name,
            unit=unit,
            direction="higher",
            status="評価せず",
            recomputed="評価せず",
            observations=(
                number("baseline", 2014, Decimal(start)),
                Observation(kind="actual", fiscal_year=2019, printed=mark, missing=sign),
                number("target", 2020, Decimal(target)),
                Observation(kind="rate", fiscal_year=2019, printed="－", missing="not_available"),
            ),
        )
    )
    return [name, unit, start, mark, target, "－", "評価せず"]


def progress_counts(town: Town, rates: list[Fraction | None]) -> Ruled:
    known = [rounded(rate, Decimal(1)) for rate in rates if rate is not None]
    full = sum(rate >= 100 for rate in known)
    bands = [
        ("80％以上", sum(rate >= 80 for rate in known), f"うち100％以上が{full}"),
        ("50％以上80％未満", sum(50 <= rate < 80 for rate in known), ""),
        ("20％以上50％未満", sum(20 <= rate < 50 for rate in known), ""),
        ("20％未満", sum(rate < 20 for rate in known), ""),
        ("その他", len(rates) - len(known), "新しい値がないもの、事業が終了したもの"),
        ("合計", len(rates), ""),
    ]
    town.claims.append(
        {"source": "table", "bands": {label: count for label, count, _ in bands}, "true": True}
    )
    lines = [[label, str(count), note] for label, count, note in bands]
    header = heads(["進捗率（中間目標値に対して）", "該当施策指標の数", "備考"])
    return Ruled(cells=header + body(lines, 1), widths=[160, 100, 220])


# ------------------------------------------------------------------------------ k. tolerance


def tolerance() -> Town:
    """a / b / c per indicator, ±3 points for surveys; a capital letter for each goal."""
    town = Town(
        name="tolerance",
        title="創作市保健福祉計画　成果指標の評価（令和元年度）",
        publisher="創作市",
        edition=2020,
    )
    town.legend = [
        {"word": "a", "rule": "目標値を達成している"},
        {"word": "b", "rule": "初期値より改善しているが目標値に達していない、または維持"},
        {"word": "c", "rule": "初期値より悪化している"},
    ]
    town.notes.append(
        "b also when the actual equals the start; surveys (意識調査) within 3 points of it are kept"
    )
    goals = [
        ("健康", chosen(HEALTH, "特定 がん 介護予防 喫煙 健康 自殺"), "~o~wb="),
        ("支え合い", chosen(HEALTH, "見守り 認知症 就労 要介護"), "o~w~"),
        ("子育て", chosen(CHILDREN, "保育所 一時 子育て 不登校"), "o=w~"),
    ]
    surveys = {
        1: [("健康だと感じる人の割合", "％", "72.4", "70.1", "80.0", "b")],
        2: [
            ("地域に頼れる人がいる割合", "％", "58.3", "61.2", "65.0", "b"),
            ("地域の活動に加わる人の割合", "％", "41.0", "37.5", "50.0", "c"),
        ],
        3: [("子育てが楽しいと感じる人の割合", "％", "83.6", "90.2", "90.0", "a")],
    }
    planted = {"不登校の児童生徒の割合": "a"}
    capitals = "BCB"
    blocks: list[Any] = []
    for goal, (title, kinds, outcomes) in enumerate(goals, start=1):
        town.goals.append({"number": goal, "title": title})
        lines = []
        for pooled, outcome in with_outcomes(kinds, outcomes):
            kind = town_kind(pooled, town.name)
            row = figures(kind, outcome, town.name)
            if not better(kind, row.target, row.actual):
                true = "a"
            else:
                true = "c" if better(kind, row.baseline, row.actual) else "b"
            shown = planted.get(kind.name, true)
            if shown != true:
                mismatch(town, kind.name, shown, true)
            values = (row.baseline, row.actual, row.target)
            town.indicators.append(tolerance_entry(goal, kind, values, (shown, true), ""))
            lines.append([kind.name, kind.unit, *map(printed, values), shown, ""])
        for name, unit, start, actual, target, mark in surveys[goal]:
            kind = Kind(
                name=name,
                unit=unit,
                direction="higher",
                baseline=Decimal(start),
                target=Decimal(target),
            )
            values = (Decimal(start), Decimal(actual), Decimal(target))
            town.indicators.append(tolerance_entry(goal, kind, values, (mark, mark), "意識調査"))
            lines.append([name, unit, start, actual, target, mark, "意識調査"])
        header = heads(
            [
                "成果指標",
                "単位",
                "初期値\n（H28年度）",
                "現状値\n（R元年度）",
                "目標値\n（R2年度）",
                "評価",
                "備考",
            ]
        )
        blocks.append(
            Heading(text=f"基本目標{goal}　{title}　（総合評価　{capitals[goal - 1]}）", level=1)
        )
        blocks.append(Ruled(cells=header + body(lines, 1), widths=[170, 42, 62, 62, 62, 36, 60]))
    counts = {row["word"]: count_of(town, row["word"]) for row in town.legend}
    told = "、".join(f"{word}は{count}指標" for word, count in counts.items())
    sentence = f"成果指標{len(town.indicators)}のうち、{told}です。"
    town.claims.append({"source": "sentence", "text": sentence, "counts": counts, "true": True})
    opening(
        town,
        "令和２年１２月　創作市福祉課",
        *(f"{row['word']}　{row['rule']}" for row in town.legend),
        "意識調査による指標は、初期値との差が±3ポイント以内のときは維持とみなします。",
        "総合評価は、A（順調）、B（おおむね順調）、C（やや遅れ）、D（遅れ）の４段階で、審議会が決めました。",
        sentence,
    )
    town.blocks += blocks
    return town


def tolerance_entry(
    goal: int,
    kind: Kind,
    values: tuple[Decimal, Decimal, Decimal],
    statuses: tuple[str, str],
    note: str,
) -> Indicator:
    return Indicator(
        goal=goal,
        policy=None,
        name=kind.name,
        unit=kind.unit,
        direction=kind.direction,
        cumulative=kind.cumulative,
        status=statuses[0],
        recomputed=statuses[1],
        note=note,
        observations=(
            number("baseline", 2016, values[0]),
            number("actual", 2019, values[1]),
            number("target", 2020, values[2]),
        ),
    )


# ------------------------------------------------------------------------------ l. judgement


def judgement() -> Town:
    """A–D that rest partly on a judgement: no status can be recomputed."""
    town = Town(
        name="judgement",
        title="設例町総合戦略　令和５年度事業の検証結果",
        publisher="設例町",
        edition=2024,
    )
    town.legend = [
        {"word": "A", "rule": "目標を上回る成果があり、取組を続ける"},
        {"word": "B", "rule": "目標の80％以上を達成し、対策が定まっている"},
        {"word": "C", "rule": "成果が十分でなく、改善や工夫が必要"},
        {"word": "D", "rule": "外的な要因により着手できず、推移を注視する"},
    ]
    town.notes.append("No status can be recomputed: the legend asks for a judgement.")
    reasons = {
        "A": "計画を上回って進んだため、来年度も同じ規模で続ける。",
        "B": "おおむね計画どおりに進んだ。周知の方法を見直す。",
        "C": "参加者が伸びなかった。開催の時期と場所を改める。",
        "D": "国の制度の見直しを待っている。",
    }
    goals = [
        ("仕事をつくる", chosen(WORK, "新規 観光客 認定 有害 創業"), "BACBA"),
        ("人を呼ぶ", chosen(OFFICE, "移住 電子 広報 社会"), "CDBB"),
        ("子どもを育てる", chosen(CHILDREN, "一時 地域 子育て 文化"), "ABCA"),
        ("暮らしを守る", chosen(LIVING, "交通 自主 防災 資源 路線"), "BACCD"),
    ]
    shares = {"A": "over", "B": "between", "C": "worse", "D": "base"}
    opening(
        town,
        "令和６年８月　設例町まちづくり課",
        "検証の区分",
        *(f"{row['word']}…{row['rule']}" for row in town.legend),
    )
    for goal, (title, kinds, wanted) in enumerate(goals, start=1):
        town.goals.append({"number": goal, "title": title})
        picture: list[list[str | None]] = []
        for pooled, mark in zip(kinds, wanted, strict=True):
            kind = town_kind(pooled, town.name)
            row = figures(kind, shares[mark], town.name)  # type: ignore[arg-type]
            values = (row.baseline, row.target, row.actual)
            town.indicators.append(
                Indicator(
                    goal=goal,
                    policy=None,
                    name=kind.name,
                    unit=kind.unit,
                    direction=kind.direction,
                    cumulative=kind.cumulative,
                    status=mark,
                    recomputed=None,
                    note=reasons[mark],
                    observations=(
                        number("baseline", 2018, row.baseline),
                        number("target", 2023, row.target),
                        number("actual", 2023, row.actual),
                    ),
                )
            )
            texts = [printed(value) for value in values]
            picture.append([kind.name, kind.unit, *texts, mark, reasons[mark]])
        header = heads(
            [
                "重要業績評価指標（KPI）",
                "単位",
                "現状値\n（H30）",
                "目標値\n（R5）",
                "実績値\n（R5）",
                "検証",
                "検証の理由と今後の方針",
            ]
        )
        cells: list[Cell] = header + [
            replace(cell, row=cell.row + 1, align=align(cell.text)) for cell in merged(picture)
        ]
        town.blocks.append(Heading(text=f"基本目標{goal}　{title}", level=1))
        town.blocks.append(Text(text=f"基本目標{goal}では、{len(kinds)}の指標を定めています。"))
        town.blocks.append(Ruled(cells=cells, widths=[120, 38, 50, 50, 50, 30, 160]))
    return town
