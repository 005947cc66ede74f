"""Three more invented municipalities: merged goals under a header on two rows, tables turned on
their side, and a plan without any status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cells import Cell, merged
from document import Heading, Ruled, Text
from facts import Indicator, Observation, Town, printed
from pool import CHILDREN, HEALTH, LIVING, OFFICE, WORK, Kind, figures, rounded, town_kind
from towns import (
    Plan,
    align,
    band,
    better,
    body,
    chosen,
    count_of,
    enter_plan,
    heads,
    mismatch,
    number,
    on_the_way,
    opening,
    rate_of,
    reached,
    with_outcomes,
)

MISSING = {
    "－": "not_available",
    "未公表": "not_published",
    "集計中": "not_yet",
}

# ------------------------------------------------------------------------------ e. two levels

ODD_ROWS: dict[tuple[int, int], list[tuple[str, str, str | None, list[str], str, str]]] = {
    (1, 1): [
        (
            "健康寿命",
            "歳",
            "higher",
            [
                "男性79.1\n女性83.6",
                "男性79.3\n女性83.8",
                "男性79.4\n女性83.7",
                "男性79.5\n女性84.0",
                "男性79.8\n女性84.4",
            ],
            "○",
            "",
        ),
        (
            "骨の健康診断の受診率",
            "％",
            "higher",
            ["21.3", "25.0", "23.8", "27.0", "集計中"],
            "－",
            "",
        ),
    ],
    (1, 2): [
        (
            "合計特殊出生率",
            "－",
            "higher",
            ["1.41", "1.45", "1.38（県内16位）", "1.50", "1.36（県内18位）"],
            "×",
            "",
        ),
    ],
    (2, 1): [
        (
            "市民１人当たりの所得",
            "千円",
            "higher",
            ["2,618", "2,700", "2,655", "2,750", "未公表"],
            "－",
            "県の公表待ち",
        ),
        ("直売所の単年度収支", "百万円", "higher", ["▲48", "0", "▲12", "0", "23"], "○", ""),
    ],
    (3, 1): [
        (
            "住みやすいと感じる市民の割合",
            "％",
            "higher",
            ["71.4", "－", "－", "76.0", "（73.2）"],
            "－",
            "（　）は前年度値",
        ),
        (
            "地域拠点の整備",
            "－",
            None,
            ["－", "計画策定", "計画策定", "着工", "着工"],
            "○",
            "",
        ),
    ],
}
KINDS_AND_YEARS = (
    ("baseline", 2019),
    ("target", 2023),
    ("actual", 2023),
    ("target", 2024),
    ("actual", 2024),
)


def observed(kind: str, year: int | None, text: str) -> list[Observation]:
    """The values that one printed text holds."""
    parts = re.findall(r"(男性|女性)([\d.]+)", text)
    if parts:
        flat = text.replace("\n", "")
        return [
            Observation(kind=kind, fiscal_year=year, printed=flat, value=value, part=part)
            for part, value in parts
        ]
    if text in MISSING:
        return [Observation(kind=kind, fiscal_year=year, printed=text, missing=MISSING[text])]
    if text.startswith("（"):
        sign = "reference_only"
        return [Observation(kind=kind, fiscal_year=year, printed=text, missing=sign)]
    ranked = re.fullmatch(r"([\d.]+)（(県内)(\d+)位）", text)
    if ranked:
        return [
            Observation(kind=kind, fiscal_year=year, printed=text, value=ranked[1]),
            Observation(
                kind=kind, fiscal_year=year, printed=text, value=ranked[3], part=f"{ranked[2]}順位"
            ),
        ]
    figure = text.replace(",", "").replace("▲", "-")
    if re.fullmatch(r"-?[\d.]+", figure):
        return [Observation(kind=kind, fiscal_year=year, printed=text, value=figure)]
    return [Observation(kind=kind, fiscal_year=year, printed=text, text=text)]


def two_level() -> Town:
    """Goal and policy only in merged cells at the left; two header rows; odd values; counts."""
    town = Town(
        name="two-level",
        title="仮想市総合計画後期基本計画　指標の達成状況（令和６年度）",
        publisher="仮想市",
        edition=2025,
    )
    plan: Plan = [
        (
            "健やかに暮らす",
            [
                ("健康を守る", with_outcomes(chosen(HEALTH, "特定 介護予防 喫煙 自殺"), "~o~=")),
                ("子どもを育む", with_outcomes(chosen(CHILDREN, "一時 不登校 朝食"), "ob~")),
            ],
        ),
        (
            "いきいきと働く",
            [
                ("産業を伸ばす", with_outcomes(chosen(WORK, "製造 創業 有害 間伐"), "o~w=")),
                ("人を招く", with_outcomes(chosen(WORK, "観光客 延べ ふるさと"), "~ob")),
            ],
        ),
        (
            "ともにつくる",
            [
                ("住みよいまちをつくる", with_outcomes(chosen(LIVING, "交通 資源 公園"), "o~=")),
                ("行政を進める", with_outcomes(chosen(OFFICE, "実質 市税 電子 社会"), "~o~~")),
            ],
        ),
    ]
    enter_plan(town, plan)
    town.legend = [
        {"word": "○", "rule": "目標を達成したもの"},
        {"word": "△", "rule": "目標は達成していないが、基準値より改善したもの"},
        {"word": "×", "rule": "基準値と同じか、悪化したもの"},
        {"word": "－", "rule": "判定できないもの"},
    ]
    planted = {"喫煙する人の割合": "○"}
    picture: list[list[str | None]] = []
    for goal, (title, policies) in enumerate(plan, start=1):
        for policy, (name, members) in enumerate(policies, start=1):
            lines = [
                two_level_row(town, (goal, policy), kind, outcome, planted)
                for kind, outcome in members
            ]
            lines += odd_rows(town, (goal, policy))
            for at, line in enumerate(lines):
                left = "^" if at else f"{goal}－{policy}\n{name}"
                far = "^" if at or policy > 1 else f"基本目標{goal}\n{title}"
                picture.append([far, left, *line])
    top = ["基本目標", "施策", "指標", "単位", "基準値\n（令和元年度）", "令和５年度", "<"]
    top += ["令和６年度", "<", "達成状況", "備考"]
    low = ["^"] * 5 + ["目標", "実績", "目標", "実績", "^", "^"]
    cells = [
        replace(cell, align="center" if cell.row < 2 else align(cell.text))
        for cell in merged([top, low, *picture])
    ]
    opening(
        town,
        "令和７年８月　仮想市政策推進課",
        "達成状況の見方　" + "　".join(f"{row['word']}：{row['rule']}" for row in town.legend),
    )
    town.blocks.append(Heading(text="１　達成状況の集計", level=2))
    town.blocks.append(counts_table(town, [title for title, _ in plan]))
    town.blocks.append(Heading(text="２　指標の一覧", level=2))
    widths = [68, 72, 150, 44, 70, 66, 66, 66, 66, 46, 70]
    town.blocks.append(Ruled(cells=cells, widths=widths, header=2))
    return town


def two_level_row(
    town: Town, place: tuple[int, int], pooled: Kind, outcome: Any, planted: dict[str, str]
) -> list[str]:
    kind = town_kind(pooled, town.name)
    row = figures(kind, outcome, town.name)
    unit = Decimal(1).scaleb(int(kind.baseline.as_tuple().exponent))
    middle = (kind.baseline + kind.target) / 2
    before = rounded(Fraction(middle), unit).quantize(unit)
    last = rounded(Fraction(row.actual + kind.baseline) / 2, unit).quantize(unit)
    if not better(kind, row.target, row.actual):
        true = "○"
    else:
        true = "△" if better(kind, row.actual, row.baseline) else "×"
    shown = planted.get(kind.name, true)
    if shown != true:
        mismatch(town, kind.name, shown, true)
    values = (row.baseline, before, last, row.target, row.actual)
    town.indicators.append(
        Indicator(
            goal=place[0],
            policy=place[1],
            name=kind.name,
            unit=kind.unit,
            direction=kind.direction,
            cumulative=kind.cumulative,
            status=shown,
            recomputed=true,
            observations=tuple(
                number(what, year, value)
                for (what, year), value in zip(KINDS_AND_YEARS, values, strict=True)
            ),
        )
    )
    return [kind.name, kind.unit, *map(printed, values), shown, ""]


def odd_rows(town: Town, place: tuple[int, int]) -> list[list[str]]:
    lines = []
    for name, unit, direction, texts, status, note in ODD_ROWS.get(place, []):
        observations: list[Observation] = []
        for (what, year), text in zip(KINDS_AND_YEARS, texts, strict=True):
            observations += observed(what, year, text)
        words = any(observation.text for observation in observations)
        town.indicators.append(
            Indicator(
                goal=place[0],
                policy=place[1],
                name=name,
                unit="" if unit == "－" else unit,
                direction=direction,  # type: ignore[arg-type]
                status=status,
                recomputed=None if words else status,
                note=note,
                observations=tuple(observations),
            )
        )
        lines.append([name, unit, *texts, status, note])
    return lines


def counts_table(town: Town, titles: Sequence[str]) -> Ruled:
    """How many of each status, by goal; one count of goal 2 is wrong."""
    words = [row["word"] for row in town.legend]
    lines = []
    for goal in (*range(1, len(titles) + 1), None):
        counts = {word: count_of(town, word, goal) for word in words}
        total = sum(counts.values())
        if goal == 2:
            town.contradictions.append(
                {
                    "family": "summary",
                    "rule": "summary.count",
                    "goal": goal,
                    "subject": "△",
                    "printed": str(counts["△"] + 1),
                    "expected": str(counts["△"]),
                }
            )
            counts["△"] += 1
        shown = list(counts.values())
        town.claims.append(
            {
                "source": "table",
                "goal": goal,
                "counts": counts,
                "total": total,
                "true": sum(shown) == total,
            }
        )
        label = f"基本目標{goal}　{titles[goal - 1]}" if goal else "合計"
        lines.append([label, *map(str, shown), str(total)])
    return Ruled(
        cells=heads(["基本目標", *words, "合計"]) + body(lines, 1), widths=[200, 40, 40, 40, 40, 50]
    )


# ------------------------------------------------------------------------------ f. turned


def turned() -> Town:
    """One small table an indicator: kinds of value in rows, years in columns; rates and marks."""
    town = Town(
        name="turned",
        title="空想村創生総合戦略　数値目標・ＫＰＩ進捗状況調書（平成２９年度）",
        publisher="空想村",
        edition=2018,
    )
    town.legend = [
        {"word": "A", "rule": "順調（実績値≧期待値）"},
        {"word": "B+", "rule": "概ね順調（期待値の80～99％）"},
        {"word": "B", "rule": "やや遅れ（期待値の50～79％）"},
        {"word": "C", "rule": "遅れ（期待値の50％未満）"},
    ]
    goals = [
        ("しごとづくり", chosen(WORK, "観光客 延べ 観光消費 農業 認定 有害 間伐")),
        ("ひとの流れ", chosen(OFFICE, "移住 電子 広報")),
        ("子育て", chosen(CHILDREN, "一時 出生 地域 生涯 不登校")),
        ("暮らし", chosen(LIVING, "図書館 図書の 資源 交通 防災 １人")),
    ]
    percents = [103, 88, 96, 100, 74, 91, 47, 110, 85, 99, 68, 106, 93, 101, 82, 97, 115, 79, 90]
    percents += [104, 87]
    wrong_rate, wrong_status = {"防災訓練の参加者数": 2}, {"一時預かりの利用者数": "B+"}
    opening(
        town,
        "平成３０年９月　空想村総務企画課",
        "評価（※）　" + "　".join(f"{row['word']}：{row['rule']}" for row in town.legend),
        "達成率は、実績値÷期待値（減らすことを目標とする指標は、期待値÷実績値）で計算し、小数第１位で四捨五入しています。",
    )
    place = 0
    for goal, (title, kinds) in enumerate(goals, start=1):
        town.goals.append({"number": goal, "title": title})
        town.blocks.append(Heading(text=f"基本目標{goal}　{title}", level=1))
        for pooled in kinds:
            kind = town_kind(pooled, town.name)
            wrong = (wrong_rate.get(kind.name, 0), wrong_status.get(kind.name))
            turned_indicator(town, goal, place + 1, kind, percents[place], wrong)
            place += 1
    return town


def turned_indicator(
    town: Town, goal: int, place: int, kind: Kind, percent: int, wrong: tuple[int, str | None]
) -> None:
    targets = on_the_way(kind, 6)
    actuals = [
        reached(kind, target, percent + shift)
        for target, shift in zip(targets, (4, -3, 2, 0), strict=False)
    ]
    if kind.unit == "％":
        actuals = [min(actual, Decimal("100.0")) for actual in actuals]
    rates = [
        rate_of(kind, target, actual) for target, actual in zip(targets, actuals, strict=False)
    ]
    whole = [rounded(rate, Decimal(1)) for rate in rates]
    shown = [*whole[:3], whole[3] + wrong[0]]
    marks = [band(rate) for rate in rates]
    true = marks[3]
    if wrong[1]:
        marks[3] = wrong[1]
    if marks[3] != true:
        mismatch(town, kind.name, marks[3], true)
    if wrong[0]:
        town.contradictions.append(
            {
                "family": "rate",
                "rule": "arithmetic.rate",
                "subject": kind.name,
                "printed": str(shown[3]),
                "expected": str(whole[3]),
            }
        )
    observations = [number("baseline", 2013, kind.baseline)]
    for at, target in enumerate(targets):
        observations.append(number("target", 2014 + at, target))
        if at < len(actuals):
            observations.append(number("actual", 2014 + at, actuals[at]))
            rate = Observation(
                kind="rate", fiscal_year=2014 + at, printed=f"{shown[at]}%", value=str(shown[at])
            )
            observations.append(rate)
    lower = kind.direction == "lower"
    town.indicators.append(
        Indicator(
            goal=goal,
            policy=None,
            name=kind.name,
            unit=kind.unit,
            direction=kind.direction,
            cumulative=kind.cumulative,
            status=marks[3],
            recomputed=true,
            note="減らすことを目標とする指標" if lower else "",
            observations=tuple(observations),
        )
    )
    aim = "（減らすことを目標とする指標）" if lower else ""
    base, last = printed(kind.baseline), printed(targets[-1])
    town.blocks += [
        Heading(text=f"（{place}）{kind.name}{aim}", level=3),
        Text(text=f"（H25）{base} {kind.unit} → （H31）{last} {kind.unit}　　単位：{kind.unit}"),
    ]
    header = ["区分", "現状値\nH25", "H26", "H27", "H28", "H29", "H30", "目標値\nH31"]
    lines = [
        ["期待値", "", *[printed(target) for target in targets[:-1]], last],
        ["実績値", base, *[printed(actual) for actual in actuals], "", ""],
        ["達成率", "", *[f"{rate}%" for rate in shown], "", ""],
        ["評価（※）", "", *marks, "", ""],
    ]
    cells: list[Cell] = heads(header) + body(lines, 1)
    town.blocks.append(Ruled(cells=cells, widths=[60, *[58] * 7]))


# ------------------------------------------------------------------------------ g. plain

PLAIN_ROWS: dict[tuple[int, int], list[tuple[str, str, str]]] = {
    (1, 1): [
        ("職員の救命講習の修了", "15人", "全員取得"),
        ("ごみの分別に取り組む自治会", "18自治会（全24自治会）", "24自治会"),
        ("環境基本計画", "未策定", "策定"),
    ],
    (1, 2): [
        ("防災の拠点となる施設", "－", "設置"),
        ("橋の点検と補修", "点検13か所", "点検42か所\n補修３か所"),
    ],
    (2, 1): [
        (
            "朝食を食べる児童・生徒の割合",
            "小６　91.2％\n中３　88.4％",
            "小６　95％以上\n中３　93％以上",
        ),
        ("高校への進学を支える貸付の利用", "年１１人", "年１１人"),
        ("体力の測定の結果", "全国平均並み", "全国平均以上"),
    ],
    (2, 2): [
        ("待機児童数", "0人", "0人"),
        ("子育てに満足している人の割合", "令和３年度に初回調査", "75％以上"),
    ],
    (3, 1): [
        ("移住した世帯", "年３世帯", "６年間で30世帯"),
        ("農業の体験に来た人", "９人（延べ243日）", "20人（延べ500日）"),
        ("要介護の認定を受ける割合", "19.8％", "20.5％以下"),
        ("町の財政の健全さ（将来負担比率）", "64.3％", "50％台"),
    ],
}


def plain() -> Town:
    """A plan: only the present value and the target, units in the cells, words as targets."""
    town = Town(
        name="plain",
        title="試作町第２期総合戦略（令和２年度～令和７年度）",
        publisher="試作町",
        edition=2020,
    )
    plan: Plan = [
        (
            "自然と安全を守る",
            [
                ("環境を守る", with_outcomes(chosen(LIVING, "資源 １人 太陽"), "~~~")),
                ("安全を守る", with_outcomes(chosen(LIVING, "交通 自主 消防"), "~~~")),
            ],
        ),
        (
            "人を育てる",
            [
                ("学びを支える", with_outcomes(chosen(CHILDREN, "生涯 文化"), "~~")),
                ("子育てを支える", with_outcomes(chosen(CHILDREN, "一時 出生"), "~~")),
            ],
        ),
        (
            "仕事をつくる",
            [("働く場をつくる", with_outcomes(chosen(WORK, "観光客 遊休 認定 ふるさと"), "~~~~"))],
        ),
    ]
    enter_plan(town, plan)
    opening(
        town,
        "令和２年３月　試作町",
        "この戦略では、五つの年度にわたって取り組むことと、その目標を章ごとに示します。"
        "社会のようすが変わったときは、目標を見直します。",
    )
    for goal, (title, policies) in enumerate(plan, start=1):
        town.blocks.append(Heading(text=f"第{goal}章　{title}", level=1))
        town.blocks.append(
            Text(
                text=f"「{title}」ために、町民と事業者、町がそれぞれの役割を分かち合って取り組みます。"
            )
        )
        for policy, (name, members) in enumerate(policies, start=1):
            town.blocks.append(Heading(text=f"施策{goal}-{policy}　{name}", level=2))
            lines = [plain_row(town, (goal, policy), kind) for kind, _ in members]
            lines += [
                plain_words(town, (goal, policy), *row)
                for row in PLAIN_ROWS.get((goal, policy), [])
            ]
            header = heads(["指標", "現状値（令和元年度）", "目標値（令和７年度）"])
            town.blocks.append(Ruled(cells=header + body(lines, 1), widths=[190, 110, 110]))
    return town


def plain_row(town: Town, place: tuple[int, int], pooled: Kind) -> list[str]:
    kind = town_kind(pooled, town.name)
    texts = [printed(value) + kind.unit for value in (kind.baseline, kind.target)]
    town.indicators.append(
        Indicator(
            goal=place[0],
            policy=place[1],
            name=kind.name,
            unit=kind.unit,
            direction=None,
            observations=(
                number("baseline", 2019, kind.baseline, texts[0]),
                number("target", 2025, kind.target, texts[1]),
            ),
        )
    )
    return [kind.name, *texts]


def plain_words(
    town: Town, place: tuple[int, int], name: str, baseline: str, target: str
) -> list[str]:
    """A row whose cells hold more than a figure and its unit: only the printed texts are given."""
    town.indicators.append(
        Indicator(
            goal=place[0],
            policy=place[1],
            name=name,
            unit="",
            direction=None,
            observations=tuple(
                Observation(
                    kind=kind,
                    fiscal_year=year,
                    printed=text.replace("\n", ""),
                    missing="not_available" if text == "－" else None,
                )
                for kind, year, text in (("baseline", 2019, baseline), ("target", 2025, target))
            ),
        )
    )
    return [name, baseline, target]
