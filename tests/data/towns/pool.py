"""Invented indicators and figures: names that any town might use, numbers that nobody counted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

Direction = Literal["higher", "lower"]
Outcome = Literal["over", "equal", "between", "near", "base", "worse", "far worse"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One indicator of the pool with the size of its figures."""

    name: str
    unit: str
    direction: Direction
    baseline: Decimal
    target: Decimal
    cumulative: bool = False


@dataclass(frozen=True, kw_only=True)
class Figures:
    baseline: Decimal
    target: Decimal
    actual: Decimal


def kinds(text: str) -> list[Kind]:
    """Read lines ``name | unit | direction | baseline | target`` (``*``: cumulative)."""
    out = []
    for line in text.strip().splitlines():
        name, unit, direction, baseline, target = (part.strip() for part in line.split("|"))
        out.append(
            Kind(
                name=name.removesuffix("*"),
                unit=unit,
                direction="higher" if direction == "+" else "lower",
                baseline=Decimal(baseline.replace(",", "")),
                target=Decimal(target.replace(",", "")),
                cumulative=name.endswith("*"),
            )
        )
    return out


LIVING = kinds("""
図書館の来館者数 | 人 | + | 28,400 | 32,000
図書の貸出冊数 | 冊 | + | 118,200 | 125,000
１人１日当たりのごみ排出量 | g/人日 | - | 912 | 860
資源化率 | ％ | + | 18.4 | 24.0
公園の愛護団体数 | 団体 | + | 11 | 16
汚水処理人口普及率 | ％ | + | 81.2 | 88.0
老朽管の更新延長（累計）* | km | + | 3.2 | 12.5
空き家バンクの登録件数（累計）* | 件 | + | 14 | 60
交通事故の発生件数 | 件 | - | 164 | 130
刑法犯の認知件数 | 件 | - | 212 | 180
火災の発生件数 | 件 | - | 14 | 9
自主防災組織の組織率 | ％ | + | 62.5 | 80.0
防災訓練の参加者数 | 人 | + | 1,240 | 1,800
太陽光発電の設備容量 | kW | + | 2,310 | 3,500
路線バスの利用者数 | 人 | + | 84,300 | 88,000
消防団員の充足率 | ％ | + | 88.1 | 95.0
""")

HEALTH = kinds("""
特定健康診査の受診率 | ％ | + | 38.7 | 50.0
がん検診の受診率 | ％ | + | 21.3 | 30.0
要介護認定率 | ％ | - | 19.8 | 18.5
介護予防教室の参加者数 | 人 | + | 640 | 900
認知症サポーターの養成者数（累計）* | 人 | + | 1,870 | 3,000
国民健康保険の１人当たり医療費 | 円 | - | 412,300 | 398,000
就労支援による就職者数 | 人 | + | 8 | 15
自殺者数 | 人 | - | 9 | 4
健康づくり推進員数 | 人 | + | 85 | 110
喫煙する人の割合 | ％ | - | 17.2 | 12.0
見守り活動の協力事業所数 | か所 | + | 31 | 50
""")

CHILDREN = kinds("""
保育所の待機児童数 | 人 | - | 12 | 2
一時預かりの利用者数 | 人 | + | 812 | 1,000
出生数 | 人 | + | 142 | 160
地域の行事に参加する児童の割合 | ％ | + | 63.0 | 70.0
不登校の児童生徒の割合 | ‰ | - | 21.5 | 18.0
朝食を毎日とる児童の割合 | ％ | + | 88.2 | 95.0
生涯学習講座の受講者数 | 人 | + | 2,150 | 2,600
スポーツ教室の参加者数 | 人 | + | 3,480 | 4,200
子育てサロンの開催回数 | 回 | + | 36 | 60
文化施設の利用者数 | 人 | + | 15,300 | 18,000
""")

WORK = kinds("""
観光客の入込数 | 千人 | + | 1,184 | 1,350
延べ宿泊者数 | 人 | + | 48,600 | 60,000
観光消費額 | 百万円 | + | 3,870 | 4,500
新規就農者数（累計）* | 人 | + | 9 | 40
農業産出額 | 千万円 | + | 618 | 650
遊休農地の面積 | ha | - | 143.2 | 120.0
有害鳥獣による農作物の被害額 | 千円 | - | 18,420 | 12,000
認定農業者数 | 経営体 | + | 118 | 136
創業の支援件数（累計）* | 件 | + | 22 | 80
製造品出荷額等 | 億円 | + | 412 | 460
ふるさと納税の受入額 | 百万円 | + | 184 | 300
間伐の実施面積 | ha | + | 84.0 | 120.0
""")

OFFICE = kinds("""
実質公債費比率 | ％ | - | 11.4 | 9.5
将来負担比率 | ％ | - | 64.3 | 50.0
市税の収納率 | ％ | + | 96.1 | 98.5
電子申請の利用率 | ％ | + | 12.6 | 40.0
移住相談の件数 | 件 | + | 74 | 150
社会増減（転入者数－転出者数） | 人 | + | -286 | -150
職員１人当たりの時間外勤務時間 | 時間 | - | 142.6 | 110.0
審議会の女性委員の割合 | ％ | + | 27.4 | 40.0
市民の満足度（５点満点） | 点 | + | 3.12 | 3.60
広報紙を読む人の割合 | ％ | + | 71.8 | 80.0
公共施設の延床面積 | 千㎡ | - | 168.4 | 160.0
""")


def quantum(kind: Kind) -> Decimal:
    exponent = min(kind.baseline.as_tuple().exponent, kind.target.as_tuple().exponent)
    return Decimal(1).scaleb(int(exponent))


def rounded(value: Fraction, unit: Decimal) -> Decimal:
    """Half up (away from zero), to the unit."""
    steps = value / Fraction(unit)
    whole = Decimal(steps.numerator) / Decimal(steps.denominator)
    return whole.quantize(Decimal(1), ROUND_HALF_UP) * unit


def town_kind(kind: Kind, town: str) -> Kind:
    """The kind with figures of a town's own size."""
    chance = random.Random(f"{town}/{kind.name}")
    unit = quantum(kind)
    if kind.unit in ("％", "‰", "点"):
        shift = rounded(Fraction(chance.randrange(-30, 1), 20), unit)
        if min(kind.baseline, kind.target) + shift <= 0 or kind.unit == "点":
            shift = Decimal(0)
        baseline, target = kind.baseline + shift, kind.target + shift
    else:
        factor = Fraction(chance.randrange(70, 130), 100)
        baseline = rounded(Fraction(kind.baseline) * factor, unit)
        target = rounded(Fraction(kind.target) * factor, unit)
        digits = len(str(abs(int(target)))) - 2
        if digits > 0 and unit == 1:
            target = rounded(Fraction(target), Decimal(10) ** digits)
    if baseline == target:
        target += unit if kind.direction == "higher" else -unit
    return Kind(
        name=kind.name,
        unit=kind.unit,
        direction=kind.direction,
        baseline=baseline.quantize(unit),
        target=target.quantize(unit),
        cumulative=kind.cumulative,
    )


def figures(kind: Kind, outcome: Outcome, town: str) -> Figures:
    """Figures of that outcome: the actual over, at or short of the target, at or below the base.

    ``near`` is between base and target, but within 8 % of the base; ``far worse`` is 15 to 35 % of
    the base beyond it.
    """
    chance = random.Random(f"{town}/{kind.name}/{outcome}")
    unit = quantum(kind)
    gap = abs(kind.target - kind.baseline)
    better = 1 if kind.direction == "higher" else -1

    def moved(start: Decimal, part: Fraction, most: Decimal | None = None) -> Decimal:
        step = max(rounded(Fraction(gap) * part, unit), unit)
        step = min(step, most) if most is not None else step
        return start + better * step

    if outcome == "over":
        actual = moved(kind.target, Fraction(chance.randrange(4, 30), 100))
        if kind.unit == "％" and actual > 100:
            actual = Decimal(100).quantize(unit)
    elif outcome == "equal":
        actual = kind.target
    elif outcome == "between":
        actual = moved(kind.baseline, Fraction(chance.randrange(20, 85), 100), gap - unit)
    elif outcome == "near":
        most = rounded(Fraction(abs(kind.baseline)) * Fraction(8, 100), unit)
        actual = moved(kind.baseline, Fraction(chance.randrange(5, 40), 100), most)
    elif outcome == "base":
        actual = kind.baseline
    elif outcome == "far worse":
        part = Fraction(chance.randrange(15, 35), 100)
        actual = kind.baseline - better * rounded(Fraction(abs(kind.baseline)) * part, unit)
    else:
        actual = moved(kind.baseline, Fraction(-chance.randrange(8, 45), 100))
        if actual == kind.baseline or better * (actual - kind.baseline) > 0:
            actual = kind.baseline - better * unit
    return Figures(
        baseline=kind.baseline,
        target=kind.target,
        actual=max(actual, Decimal(0)) if kind.baseline >= 0 else actual,
    )
