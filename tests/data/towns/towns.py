"""Documents of invented municipalities, each with a layout and a legend of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cells import Cell, merged
from document import NOTICE, Heading, Ruled, Text
from facts import Indicator, Observation, Town, printed
from pool import (
    CHILDREN,
    HEALTH,
    LIVING,
    OFFICE,
    WORK,
    Figures,
    Kind,
    Outcome,
    figures,
    rounded,
    town_kind,
)

Judge = Callable[[Kind, Figures], str]

# ------------------------------------------------------------------------------ common parts


def better(kind: Kind, one: Decimal, other: Decimal) -> bool:
    return one > other if kind.direction == "higher" else one < other


def number(kind: str, year: int | None, value: Decimal, text: str | None = None) -> Observation:
    return Observation(
        kind=kind, fiscal_year=year, printed=text or printed(value), value=str(value)
    )


def mismatch(town: Town, subject: str, shown: str, expected: str) -> None:
    town.contradictions.append(
        {
            "family": "status",
            "rule": "status.mismatch",
            "subject": subject,
            "printed": shown,
            "expected": expected,
        }
    )


def enter(
    town: Town,
    place: tuple[int, int | None],
    kind: Kind,
    row: Figures,
    years: tuple[int, int, int],
    statuses: tuple[str | None, str | None],
    note: str = "",
    texts: Sequence[str] = (),
) -> None:
    """Put an indicator of base, target and actual into the facts, and its planted fault.

    ``statuses``: as shown and as it should be.  ``texts``: how the values are printed.
    """
    shown, true = statuses
    if shown != true:
        mismatch(town, kind.name, str(shown), str(true))
    texts = texts or three(row)
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
            note=note,
            observations=(
                number("baseline", years[0], row.baseline, texts[0]),
                number("target", years[1], row.target, texts[1]),
                number("actual", years[2], row.actual, texts[2]),
            ),
        )
    )


def three(row: Figures) -> list[str]:
    return [printed(value) for value in (row.baseline, row.target, row.actual)]


def count_of(town: Town, word: str, goal: int | None = None) -> int:
    return sum(
        indicator.status == word and goal in (None, indicator.goal) for indicator in town.indicators
    )


def share(part: int, whole: int) -> str:
    """Per cent with one decimal, half up."""
    return str(rounded(Fraction(100 * part, whole), Decimal("0.1")))


def opening(town: Town, *lines: str) -> None:
    town.blocks += [Heading(text=town.title, level=0), Text(text=NOTICE)]
    town.blocks += [Text(text=line) for line in lines]


FIGURE = re.compile(r"[▲△]?[\d，．,.]+\D{0,4}")


def align(text: str) -> str:
    return "right" if FIGURE.fullmatch(text) else "left"


def body(lines: Sequence[Sequence[str]], first: int) -> list[Cell]:
    return [
        Cell(row=first + row, column=column, text=text, align=align(text) if column else "left")
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
    ]


def heads(*lines: Sequence[str | None]) -> list[Cell]:
    from dataclasses import replace

    return [replace(cell, align="center") for cell in merged(lines)]


Plan = list[tuple[str, list[tuple[str, list[tuple[Kind, Outcome]]]]]]
"""Goals, each with policies, each with indicators and what becomes of them."""


def enter_plan(town: Town, plan: Plan) -> None:
    for goal, (title, policies) in enumerate(plan, start=1):
        town.goals.append({"number": goal, "title": title})
        for policy, (name, _) in enumerate(policies, start=1):
            town.policies.append({"goal": goal, "number": policy, "title": name})


def chosen(kinds: Sequence[Kind], names: str) -> list[Kind]:
    """Kinds of the pool by the first letters of their names."""
    return [next(kind for kind in kinds if kind.name.startswith(name)) for name in names.split()]


def with_outcomes(kinds: Sequence[Kind], outcomes: str) -> list[tuple[Kind, Outcome]]:
    """Pair kinds with outcomes, given as letters: o = ~ n b w x."""
    words: dict[str, Outcome] = {
        "o": "over",
        "=": "equal",
        "~": "between",
        "n": "near",
        "b": "base",
        "w": "worse",
        "x": "far worse",
    }
    return [(kind, words[letter]) for kind, letter in zip(kinds, outcomes, strict=True)]


# ------------------------------------------------------------------------------ a. circles


def circles() -> Town:
    """◎○△× with equality as its own class; a direction column; units in the names' brackets."""
    town = Town(
        name="circles",
        title="第３次架空市総合計画　令和６年度　進捗状況報告書",
        publisher="架空市",
        edition=2025,
    )
    plan: Plan = [
        (
            "安心して暮らせるまち",
            [
                ("防災・防犯の強化", with_outcomes(LIVING[8:13], "o=~bo")),
                ("循環型社会の形成", with_outcomes(LIVING[2:6], "~o=b")),
            ],
        ),
        (
            "健やかに支え合うまち",
            [
                ("健康づくりの推進", with_outcomes(HEALTH[:4], "~~o=")),
                ("地域福祉の充実", with_outcomes(HEALTH[4:9], "o~b=~")),
            ],
        ),
        (
            "学びと文化のまち",
            [("子育て・教育の充実", with_outcomes(CHILDREN[1:8], "o~=~ob~"))],
        ),
        (
            "にぎわいを生むまち",
            [
                ("農林業の振興", with_outcomes(chosen(WORK, "新規 農業 遊休 有害 間伐"), "o~~o=")),
                ("商工・観光の振興", with_outcomes(chosen(WORK, "観光客 創業 製造"), "~ob")),
            ],
        ),
    ]
    enter_plan(town, plan)
    town.legend = [
        {"word": "◎", "rule": "目標値以上", "meaning": "better than the target"},
        {"word": "○", "rule": "目標値と同等", "meaning": "equal to the target"},
        {"word": "△", "rule": "目標値未達成", "meaning": "short of the target, better than base"},
        {"word": "×", "rule": "進捗なし・事業終了", "meaning": "equal to the baseline, or ended"},
        {"word": "－", "rule": "評価なし（目標値を定めていないもの）", "meaning": "no target"},
    ]

    def judge(kind: Kind, row: Figures) -> str:
        if row.actual == row.target:
            return "○"
        if better(kind, row.actual, row.target):
            return "◎"
        return "×" if row.actual == row.baseline else "△"

    planted = {"火災の発生件数": "◎", "創業の支援件数（累計）": "○"}
    tables: list[Any] = []
    for goal, (title, policies) in enumerate(plan, start=1):
        tables.append(Heading(text=f"基本目標{'１２３４'[goal - 1]}　{title}", level=1))
        for policy, (name, members) in enumerate(policies, start=1):
            tables.append(Heading(text=f"施策{goal}－{policy}　{name}", level=2))
            lines = []
            for pooled, outcome in members:
                kind = town_kind(pooled, town.name)
                row = figures(kind, outcome, town.name)
                true = judge(kind, row)
                shown = planted.get(kind.name, true)
                enter(town, (goal, policy), kind, row, (2019, 2024, 2024), (shown, true))
                way = "増加を目指す" if kind.direction == "higher" else "減少を目指す"
                lines.append([f"{kind.name}（{kind.unit}）", way, *three(row), shown, ""])
            if (goal, policy) == (2, 2):
                lines += circle_oddities(town, goal, policy)
            header = heads(
                [
                    "指標名（単位）",
                    "方向性",
                    "基準値\n（令和元年度）",
                    "目標値\n（令和６年度）",
                    "実績値\n（令和６年度）",
                    "評価",
                    "備考",
                ]
            )
            cells = header + body(lines, 1)
            tables.append(Ruled(cells=cells, widths=[150, 66, 62, 62, 62, 32, 60]))
    whole = len(town.indicators)
    counts = {word: count_of(town, word) for word in "◎○△×－"}
    told = f"評価した全{whole}指標のうち、" + "、".join(
        f"「{word}」が{count}指標（{share(count, whole)}％）" for word, count in counts.items()
    )
    wrong = counts["△"] + 2
    second = f"目標値に届かなかった「△」は{wrong}指標あり、来年度に取組を見直します。"
    town.claims = [
        {"source": "sentence", "text": f"{told}です。", "counts": counts, "true": True},
        {"source": "sentence", "text": second, "counts": {"△": wrong}, "true": False},
    ]
    town.contradictions.append(
        {
            "family": "summary",
            "rule": "summary.count",
            "subject": "△",
            "printed": str(wrong),
            "expected": str(counts["△"]),
        }
    )
    opening(town, "令和７年９月　架空市企画課", f"{told}です。", second)
    legend = [[row["word"], row["rule"]] for row in town.legend]
    town.blocks.append(Heading(text="評価の区分", level=2))
    town.blocks.append(Ruled(cells=heads(["区分", "内容"]) + body(legend, 1), widths=[50, 220]))
    town.blocks += tables
    return town


def circle_oddities(town: Town, goal: int, policy: int) -> list[list[str]]:
    """A project that has ended, an indicator without target, one to be kept at zero."""
    rows = [
        ("福祉バスの運行日数", "日", "higher", "208", "240", "事業終了", "×", "令和５年度で終了"),
        ("虐待に関する相談件数", "件", None, "37", "－", "41", "－", "目標値なし"),
        ("孤立死の件数", "件", "lower", "0", "0", "0", "○", "０を維持"),
    ]
    ways = {"higher": "増加を目指す", "lower": "減少を目指す", None: "－"}
    missing = {"事業終了": "ended", "－": "not_available"}
    lines = []
    for name, unit, direction, baseline, target, actual, status, note in rows:
        observations = tuple(
            Observation(
                kind=kind,
                fiscal_year=year,
                printed=text,
                value=None if text in missing else text,
                missing=missing.get(text),
            )
            for kind, year, text in (
                ("baseline", 2019, baseline),
                ("target", 2024, target),
                ("actual", 2024, actual),
            )
        )
        town.indicators.append(
            Indicator(
                goal=goal,
                policy=policy,
                name=name,
                unit=unit,
                direction=direction,  # type: ignore[arg-type]
                observations=observations,
                status=status,
                recomputed=status,
                note=note,
            )
        )
        line = [f"{name}（{unit}）", ways[direction], baseline, target, actual, status, note]
        lines.append(line)
    return lines


# ------------------------------------------------------------------------------ b. bands


def rate_of(kind: Kind, target: Decimal, actual: Decimal) -> Fraction:
    """Per cent of the target that is reached; inverse where lower is better."""
    if kind.direction == "lower":
        return Fraction(100) * Fraction(target) / Fraction(actual)
    return Fraction(100) * Fraction(actual) / Fraction(target)


def band(rate: Fraction) -> str:
    return "A" if rate >= 100 else "B+" if rate >= 80 else "B" if rate >= 50 else "C"


def on_the_way(kind: Kind, years: int) -> list[Decimal]:
    """A target for every year, in even steps from the baseline."""
    unit = Decimal(1).scaleb(int(kind.baseline.as_tuple().exponent))
    gap = Fraction(kind.target) - Fraction(kind.baseline)
    return [
        (kind.baseline + rounded(gap * step / years, unit)).quantize(unit)
        for step in range(1, years + 1)
    ]


def reached(kind: Kind, target: Decimal, percent: int) -> Decimal:
    """An actual that is about that share of the target."""
    unit = Decimal(1).scaleb(int(kind.baseline.as_tuple().exponent))
    part = Fraction(percent, 100) if kind.direction == "higher" else Fraction(100, percent)
    return rounded(Fraction(target) * part, unit).quantize(unit)


def bands() -> Town:  # noqa: PLR0915
    """A / B+ / B / C by the rate against the year's expected value; five years in columns."""
    town = Town(
        name="bands",
        title="例示市まち・ひと・しごと創生総合戦略　ＫＰＩ進捗状況調書（平成30年度実績）",
        publisher="例示市",
        edition=2019,
    )
    years = [2015, 2016, 2017, 2018, 2019]
    goals = [
        ("しごとをつくる", chosen(WORK, "観光客 延べ 観光消費 認定 製造 農業 遊休 有害")),
        ("ひとを呼び込む", chosen(OFFICE, "移住 電子 広報 審議")),
        ("子どもを育てる", chosen(CHILDREN, "一時 出生 地域 朝食 生涯 スポーツ 不登校")),
        ("まちを守る", chosen(LIVING, "図書館 資源 交通 刑法 自主 防災 路線 １人")),
    ]
    percents = [104, 91, 100, 62, 97, 112, 83, 48, 79, 45, 99, 101, 88, 107, 94, 76, 100, 103]
    percents += [52, 118, 96, 86, 71, 105, 81, 49, 98]
    town.legend = [
        {"word": "A", "rule": "順調（実績値≧期待値）"},
        {"word": "B+", "rule": "概ね順調（期待値の80～99％）"},
        {"word": "B", "rule": "やや遅れ（期待値の50～79％）"},
        {"word": "C", "rule": "遅れ（期待値の50％未満）"},
    ]
    wrong_rates = {"認定農業者数": Decimal("3.0")}
    wrong_status = {"自主防災組織の組織率": "B+"}
    lines: list[list[str]] = []
    picture: list[list[str | None]] = []
    place = 0
    for goal, (title, kinds) in enumerate(goals, start=1):
        town.goals.append({"number": goal, "title": title})
        for first, pooled in enumerate(kinds):
            kind = town_kind(pooled, town.name)
            targets = on_the_way(kind, 5)
            drift = [percents[place] + shift for shift in (3, -2, 1)]
            actuals = [reached(kind, targets[year], drift[year]) for year in range(3)]
            actuals.append(reached(kind, targets[3], percents[place]))
            if kind.unit == "％":
                actuals = [min(actual, Decimal("100.0")) for actual in actuals]
            rate = rate_of(kind, targets[3], actuals[3])
            true, true_rate = band(rate), rounded(rate, Decimal("0.1"))
            shown_rate = true_rate + wrong_rates.get(kind.name, Decimal(0))
            shown = wrong_status.get(kind.name, true)
            if shown != true:
                mismatch(town, kind.name, shown, true)
            if shown_rate != true_rate:
                town.contradictions.append(
                    {
                        "family": "rate",
                        "rule": "arithmetic.rate",
                        "subject": kind.name,
                        "printed": str(shown_rate),
                        "expected": str(true_rate),
                    }
                )
            place += 1
            lower = "減少が望ましい指標" if kind.direction == "lower" else ""
            pairs = [(targets[year], actuals[year]) for year in range(4)]
            observations = [number("baseline", 2014, kind.baseline)]
            for year, (target, actual) in zip(years, pairs, strict=False):
                observations += [number("target", year, target), number("actual", year, actual)]
            observations.append(number("target", 2019, targets[4]))
            observations.append(number("rate", 2018, shown_rate))
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
                    note=lower,
                    observations=tuple(observations),
                )
            )
            figures_ = [printed(value) for pair in pairs for value in pair]
            line = [
                str(place),
                kind.name,
                kind.unit,
                printed(kind.baseline),
                *figures_,
                printed(targets[4]),
                str(shown_rate),
                shown,
                lower,
            ]
            lines.append(line)
            picture.append([f"{goal}\n{title}" if first == 0 else "^", *line])
    top = ["基本目標", "No.", "重要業績評価指標（ＫＰＩ）", "単位", "現状値\nH26"]
    for year in (27, 28, 29, 30):
        top += [f"H{year}", "<"]
    top += ["目標値\nH31", "達成率\n（％）", "評価", "備考"]
    low = ["^"] * 5 + ["期待値", "実績値"] * 4 + ["^"] * 4
    cells = [
        Cell(
            row=cell.row,
            column=cell.column,
            text=cell.text,
            row_span=cell.row_span,
            column_span=cell.column_span,
            align="center" if cell.row < 2 else align(cell.text),
        )
        for cell in merged([top, low, *picture])
    ]
    widths = [60, 22, 130, 40, 46, *[46] * 8, 46, 36, 28, 80]
    legend = "評価の区分　" + "　".join(f"{row['word']}：{row['rule']}" for row in town.legend)
    note = "達成率＝実績値÷期待値×100（減少が望ましい指標は、期待値÷実績値×100）。小数第２位を四捨五入。"  # noqa: E501
    opening(town, "令和元年９月　例示市", legend, note)
    town.blocks.append(Ruled(cells=cells, widths=widths, header=2))
    words = [row["word"] for row in town.legend]
    table: list[list[str]] = []
    for goal, (title, kinds) in enumerate(goals, start=1):
        counts = [count_of(town, word, goal) for word in words]
        table.append([f"{goal}　{title}", *map(str, counts), str(len(kinds))])
    totals = [count_of(town, word) for word in words]
    table.append(["合計", *map(str, totals), str(len(town.indicators))])
    town.claims = [
        {
            "source": "table",
            "goal": row + 1 if row < len(goals) else None,
            "counts": dict(zip(words, map(int, line[1:-1]), strict=True)),
            "total": int(line[-1]),
            "true": True,
        }
        for row, line in enumerate(table)
    ]
    town.blocks.append(Heading(text="評価の集計", level=2))
    summary = heads(["基本目標", "<", "<", *words, "合計"])
    for row, line in enumerate(table, start=1):
        summary.append(Cell(row=row, column=0, column_span=3, text=line[0]))
        summary += [
            Cell(row=row, column=column + 2, text=text, align="right")
            for column, text in enumerate(line[1:], start=1)
        ]
    town.blocks.append(Ruled(cells=summary, widths=[60, 22, 130, 40, 46, 46, 46, 46]))
    return town


# ------------------------------------------------------------------------------ c. against base


def against_base() -> Town:
    """S / A / B / C / − against the baseline; projects with departments; a unit column."""
    town = Town(
        name="against-base",
        title="見本町総合戦略　令和元年度　効果検証報告書",
        publisher="見本町",
        edition=2020,
    )
    plan: Plan = [
        (
            "安定した雇用を創出する",
            [
                (
                    "農林業の担い手づくり",
                    with_outcomes(chosen(WORK, "新規 農業 認定 間伐"), "o~nx"),
                ),
                ("観光の魅力づくり", with_outcomes(chosen(WORK, "観光客 延べ 観光消費"), "n~o")),
            ],
        ),
        (
            "新しい人の流れをつくる",
            [
                (
                    "移住・定住の促進",
                    with_outcomes(
                        chosen(OFFICE, "移住 電子 社会"),
                        "~on",
                    ),
                )
            ],
        ),
        (
            "子育ての希望をかなえる",
            [
                (
                    "子育ての支援",
                    with_outcomes(chosen(CHILDREN, "保育所 一時 出生 子育て"), "=~bx"),
                ),
                ("教育の充実", with_outcomes(chosen(CHILDREN, "不登校 生涯 文化"), "~on")),
            ],
        ),
        (
            "時代に合った地域をつくる",
            [
                ("安全な地域づくり", with_outcomes(chosen(LIVING, "交通 刑法 防災 自主"), "~o=n")),
                (
                    "環境にやさしい地域づくり",
                    with_outcomes(chosen(LIVING, "資源 １人 太陽"), "~xb"),
                ),
            ],
        ),
    ]
    enter_plan(town, plan)
    town.legend = [
        {"word": "S", "rule": "現在値が目標値を上回っているもの"},
        {"word": "A", "rule": "現在値が基準値を上回っているもの"},
        {"word": "B", "rule": "現在値が基準値と同水準（±10％以内）のもの"},
        {"word": "C", "rule": "現在値が基準値を下回っているもの"},
        {"word": "－", "rule": "現在値が把握できないもの"},
    ]
    town.notes.append("S is asked first, then B, then A and C; for lower-is-better turned round.")

    def judge(kind: Kind, row: Figures) -> str:
        if better(kind, row.actual, row.target):
            return "S"
        if abs(row.actual - row.baseline) * 10 <= abs(row.baseline):
            return "B"
        return "A" if better(kind, row.actual, row.baseline) else "C"

    planted = {"文化施設の利用者数": "A"}
    departments = [
        "農林課",
        "商工観光課",
        "企画財政課",
        "こども課",
        "教育総務課",
        "総務課",
        "住民課",
    ]
    blocks: list[Any] = []
    at = 0
    for goal, (title, policies) in enumerate(plan, start=1):
        blocks.append(Heading(text=f"基本目標{goal}　{title}", level=1))
        for policy, (name, members) in enumerate(policies, start=1):
            blocks.append(Heading(text=f"（{policy}）{name}", level=2))
            lines = []
            for pooled, outcome in members:
                kind = town_kind(pooled, town.name)
                row = figures(kind, outcome, town.name)
                true = judge(kind, row)
                shown = planted.get(kind.name, true)
                note = "減少を目指す" if kind.direction == "lower" else ""
                enter(town, (goal, policy), kind, row, (2014, 2019, 2019), (shown, true), note)
                lines.append([kind.name, kind.unit, *three(row), shown, note])
            if (goal, policy) in ((2, 1), (4, 2)):
                lines.append(unknown_row(town, goal, policy))
            header = heads(
                ["ＫＰＩ", "単位", "基準値\n(H26)", "目標値\n(R1)", "現在値\n(R1)", "評価", "備考"]
            )
            blocks.append(
                Ruled(cells=header + body(lines, 1), widths=[165, 45, 60, 60, 60, 32, 80])
            )
            blocks.append(Text(text="主な取組"))
            blocks.append(base_projects(town, goal, policy, name, departments[at]))
            at += 1
    whole = len(town.indicators)
    counts = {row["word"]: count_of(town, row["word"]) for row in town.legend}
    told = "、".join(f"{word}が{share(count, whole)}％" for word, count in counts.items())
    sentence = f"全{whole}指標の評価の内訳は、{told}でした。"
    town.claims = [
        {
            "source": "sentence",
            "text": sentence,
            "percent": {word: share(count, whole) for word, count in counts.items()},
            "true": True,
        }
    ]
    opening(
        town,
        "令和２年８月　見本町企画財政課",
        sentence,
        "【評価の基準】",
        *(f"{row['word']}　{row['rule']}" for row in town.legend),
        "※減少を目指す指標は、大小を逆に読みます。目標値を上回らない場合で、基準値との差が±10％以内のときは"
        "「Ｂ」とします。",
    )
    town.blocks += blocks
    return town


def unknown_row(town: Town, goal: int, policy: int) -> list[str]:
    name, unit, base, target = {
        2: ("ＵＩＪターンによる就職者数", "人", "18", "30"),
        4: ("地域での活動に参加する町民の割合", "％", "48.5", "60.0"),
    }[goal]
    town.indicators.append(
        Indicator(
            goal=goal,
            policy=policy,
            name=name,
            unit=unit,
            direction="higher",
            status="－",
            recomputed="－",
            note="調査を行っていない",
            observations=(
                number("baseline", 2014, Decimal(base)),
                number("target", 2019, Decimal(target)),
                Observation(kind="actual", fiscal_year=2019, printed="－", missing="not_available"),
            ),
        )
    )
    return [name, unit, base, target, "－", "－", "調査を行っていない"]


def base_projects(town: Town, goal: int, policy: int, name: str, department: str) -> Ruled:
    stem = name.replace("の", "").removesuffix("づくり").removesuffix("促進")
    rows = [
        (
            f"{stem}応援事業",
            [department],
            f"{name}のため、説明会と個別の相談を行い、参加した人の声を翌年度の計画に生かした。",
        ),
        (
            f"{stem}見える化事業",
            [department, "企画財政課"] if department != "企画財政課" else [department],
            "取組の成果を図にまとめ、町のホームページと広報紙で知らせた。あわせて、役場の窓口と公民館に"
            "資料を置き、寄せられた意見を庁内の会議で共有して、次の年度の取組の順番を決めた。",
        ),
    ]
    for project, names, summary in rows:
        town.projects.append(
            {
                "goal": goal,
                "policy": policy,
                "name": project,
                "departments": names,
                "summary": summary,
                "highlighted": False,
                "repeated": False,
            }
        )
    lines = [[f"{project}\n（{'・'.join(names)}）", summary] for project, names, summary in rows]
    return Ruled(cells=heads(["事業名", "事業概要"]) + body(lines, 1), widths=[165, 337])


# ------------------------------------------------------------------------------ d. pro rata


def pro_rata() -> Town:
    """①②③ by elapsed years; no unit column: units stand in the cells, digits are full width."""
    town = Town(
        name="pro-rata",
        title="想定町第五次総合計画　前期基本計画（令和３～７年度）　４年目の進捗状況",
        publisher="想定町",
        edition=2025,
    )
    town.legend = [
        {"word": "①", "rule": "順調に進んでいる（100％以上）"},
        {"word": "②", "rule": "おおむね順調に進んでいる（60％以上100％未満）"},
        {"word": "③", "rule": "遅れている（60％未満）"},
    ]
    town.notes.append(
        "rate = (actual - baseline) / (target - baseline) / (4/5); year 4 of the plan's 5"
    )
    sections = [
        ("自然と共に生きるまち", chosen(LIVING, "公園 １人 資源 汚水 太陽 老朽"), "123121"),
        ("助け合うまち", chosen(HEALTH, "特定 がん 介護 認知症 就労 見守り 要介護"), "2113212"),
        ("育ち学ぶまち", chosen(CHILDREN, "一時 地域 生涯 子育て 文化"), "12131"),
        ("働き楽しむまち", chosen(WORK, "延べ 遊休 有害 認定 創業 ふるさと"), "213122"),
    ]
    planted = {"ふるさと納税の受入額": "①"}
    tables: list[Any] = []
    for goal, (title, kinds, wanted) in enumerate(sections, start=1):
        town.goals.append({"number": goal, "title": title})
        tables.append(Heading(text=f"第{goal}章　{title}", level=1))
        lines = []
        for pooled, outcome in zip(kinds, wanted, strict=True):
            kind = town_kind(pooled, town.name)
            row = Figures(
                baseline=kind.baseline, target=kind.target, actual=progressed(kind, outcome)
            )
            true = pro_rata_class(row)
            shown = planted.get(kind.name, true)
            values = (row.baseline, row.target, row.actual)
            texts = [printed(value, wide=True) + kind.unit for value in values]
            statuses = (shown, true)
            enter(town, (goal, None), kind, row, (2020, 2025, 2024), statuses, "", texts)
            lines.append([kind.name, *texts, shown])
        header = heads(
            [
                "指標",
                "基準値\n（令和２年度）",
                "目標値\n（令和７年度）",
                "現状値\n（令和６年度）",
                "進捗状況",
            ]
        )
        tables.append(Ruled(cells=header + body(lines, 1), widths=[150, 78, 78, 78, 50]))
    counts = {row["word"]: count_of(town, row["word"]) for row in town.legend}
    sentence = "".join(f"{word}は{count}件、" for word, count in counts.items())
    sentence = f"指標の数は、{sentence}合計{len(town.indicators)}件です。"
    town.claims = [{"source": "sentence", "text": sentence, "counts": counts, "true": True}]
    opening(
        town,
        "令和７年１０月　想定町政策課",
        "進捗状況は、基準値から目標値までの差に対し、計画期間５年のうち経過した年数の割合"
        "（４年目は80％）に比べて、どれだけ進んだかで判定します。",
        *(f"{row['word']}　{row['rule']}" for row in town.legend),
        sentence,
    )
    town.blocks += tables
    return town


def progressed(kind: Kind, wanted: str) -> Decimal:
    """An actual whose progress is well inside the class wanted."""
    part = {"1": Fraction(90, 100), "2": Fraction(64, 100), "3": Fraction(30, 100)}[wanted]
    unit = Decimal(1).scaleb(int(kind.baseline.as_tuple().exponent))
    gap = Fraction(kind.target) - Fraction(kind.baseline)
    return (kind.baseline + rounded(gap * part, unit)).quantize(unit)


def pro_rata_class(row: Figures) -> str:
    gap = Fraction(row.target) - Fraction(row.baseline)
    rate = (Fraction(row.actual) - Fraction(row.baseline)) / gap / Fraction(4, 5)
    return "①" if rate >= 1 else "②" if rate >= Fraction(6, 10) else "③"
