"""Invented figures for a following year: small, exact, the same on every run."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

FIGURES = ("baseline", "target", "actual", "next_target")


def number(text: str) -> Decimal | None:
    """A printed figure, or nothing for a sign such as －."""
    plain = text.replace(",", "")
    return Decimal(plain) if plain.replace(".", "").isdigit() else None


def printed(value: Decimal) -> str:
    """With separators and the precision it has."""
    return f"{value:,}"


def like(value: Decimal, model: Decimal) -> Decimal:
    """Rounded to the precision of ``model``."""
    return value.quantize(Decimal(1).scaleb(int(model.as_tuple().exponent)))


def chance(name: str, year: int) -> Decimal:
    """A number from -1 to 1 that depends on the name and the year alone."""
    digest = hashlib.sha256(f"{name} {year}".encode()).digest()
    return Decimal(int.from_bytes(digest[:2], "big")) / Decimal("32767.5") - 1


def within(value: Decimal, unit: str, before: Decimal) -> Decimal:
    """No negative figure, no rank below 1, no share above 100 where there was none."""
    lowest = Decimal(1) if unit == "位" else Decimal(0)
    bounded = max(value, lowest)
    if unit == "%" and before <= 100:
        bounded = min(bounded, Decimal(100))
    return bounded


def next_actual(item: dict[str, Any], year: int) -> str:
    """The actual of the following year: within 6 %, or by one; a cumulative one never falls."""
    before = number(item["actual"])
    if before is None:
        return str(item["actual"])
    luck = chance(item["name"], year)
    flat = item["baseline"] == item["target"] == item["actual"]
    if flat and abs(luck) < Decimal("0.7"):
        return str(item["actual"])
    change = before * luck * Decimal("0.06")
    if abs(change) < 1 and before == before.to_integral_value() and before < 40:
        change = Decimal(0 if abs(luck) < Decimal("0.35") else int(luck.copy_sign(1) / abs(luck)))
    if "累計" in item["name"]:
        change = abs(change)
    return printed(like(within(before + change, item["unit"], before), before))


def next_next_target(item: dict[str, Any]) -> str:
    """One more step of the plan, never to an easier target."""
    target, following = number(item["target"]), number(item["next_target"])
    if following is None or target is None:
        return str(item["next_target"])
    sign = -1 if item["lower_is_better"] else 1
    step = sign * max(sign * (following - target), Decimal(0))
    return printed(like(within(following + step, item["unit"], following), following))


def follow(item: dict[str, Any], year: int) -> dict[str, Any]:
    """The same indicator one year on; ``year`` is the fiscal year of the new actual."""
    return {
        **item,
        "target": item["next_target"],
        "actual": next_actual(item, year),
        "next_target": next_next_target(item),
        "previous_actual": item["actual"],
    }


def judge(item: dict[str, Any]) -> str:
    """The status by the legend of the report."""
    baseline, target, actual = (number(item[key]) for key in ("baseline", "target", "actual"))
    if target is None or actual is None or baseline is None:
        return "－"
    if baseline == target == actual:
        return "現状維持"
    sign = -1 if item["lower_is_better"] else 1
    if sign * actual >= sign * target:
        return "目標達成"
    return "改善" if sign * actual >= sign * baseline else "未達成"
