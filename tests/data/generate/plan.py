"""An invented plan: goals, policies, indicators and their figures, before any of it is printed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from tests.data.generate import words

Outcome = Literal["over", "equal", "between", "base", "worse"]
OUTCOMES: tuple[Outcome, ...] = ("over", "over", "equal", "between", "between", "base", "worse")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator; ``better`` is 1 where higher is better, else -1.  A figure may be missing."""

    goal: int
    policy: int
    name: str
    unit: str
    better: int
    department: str
    cumulative: bool
    step: Decimal
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    earlier: tuple[Decimal, ...]  # actuals of the years before, the oldest first
    interim: tuple[Decimal, ...]  # their targets


@dataclass(frozen=True, kw_only=True)
class Plan:
    town: str
    title: str
    year: int  # the reported fiscal year
    goals: tuple[str, ...]
    policies: tuple[tuple[str, ...], ...]  # of each goal
    indicators: tuple[Indicator, ...]


def chance(seed: int, what: str) -> random.Random:
    """A stream of its own for every decision, so that leaving out one leaves the others alone."""
    return random.Random(f"{seed}/{what}")


def invent(seed: int, goals: int, policies: int, rows: int) -> Plan:
    draw = chance(seed, "plan")
    kind = draw.choice(words.TOWN_KINDS)
    town = draw.choice(words.TOWN_HEADS) + draw.choice(words.TOWN_TAILS) + kind
    year = draw.randrange(2013, 2026)
    name = draw.choice(words.PLANS).format(n=draw.choice("２３４５６"), town=town)
    fields = draw.sample(words.FIELDS, goals)
    chosen = [draw.sample(field.policies, min(policies, len(field.policies))) for field in fields]
    taken: set[str] = set()
    found = []
    for goal, field in enumerate(fields, start=1):
        for policy, _ in enumerate(chosen[goal - 1], start=1):
            for row in range(rows + draw.randrange(3)):
                one = _indicator(seed, (goal, policy, row), field, taken)
                taken.add(one.name)
                found.append(one)
    return Plan(
        town=town,
        title=f"{name}　{draw.choice(words.REPORTS)}",
        year=year,
        goals=tuple(field.goal for field in fields),
        policies=tuple(tuple(names) for names in chosen),
        indicators=tuple(found),
    )


def _indicator(
    seed: int, place: tuple[int, int, int], field: words.Field, taken: set[str]
) -> Indicator:
    draw = chance(seed, f"indicator/{place}")
    while True:
        name, measure = _named(draw, field)
        if name not in taken:
            break
    step = Decimal(1).scaleb(-measure.decimals)
    base = Decimal(measure.size) * Decimal(draw.randrange(70, 131)) / 100
    most = Decimal(measure.most) if measure.most is not None else None
    base = _held(base, step, most)
    change = abs(base) * Decimal(draw.randrange(6, 35)) / 100
    change = max(change.quantize(step, ROUND_HALF_UP), 3 * step)
    target = _held(base + measure.better * change, step, most)
    if target == base:
        base -= measure.better * 3 * step
    actual = _actual(draw, draw.choice(OUTCOMES), base, target, measure.better, step, most)
    years = 4
    return Indicator(
        goal=place[0],
        policy=place[1],
        name=name,
        unit=measure.unit,
        better=measure.better,
        department=draw.choice(field.departments),
        cumulative=name.endswith("（累計）"),
        step=step,
        baseline=base,
        target=target,
        actual=actual,
        earlier=tuple(
            _held(base + (actual - base) * part / years, step, most) for part in range(1, years)
        ),
        interim=tuple(
            _held(base + (target - base) * part / years, step, most) for part in range(1, years)
        ),
    )


def _named(draw: random.Random, field: words.Field) -> tuple[str, words.Measure | words.Standing]:
    if draw.random() < 0.3:
        standing = draw.choice(words.STANDING)
        return standing.name, standing
    measure = draw.choice(words.COUNTED)
    after = draw.choice(words.AFTER) if not measure.text.endswith("）") else ""
    if after == "（累計）" and measure.unit not in {"人", "件", "回", "か所", "団体"}:
        after = ""
    return draw.choice(words.WHO) + draw.choice(field.subjects) + measure.text + after, measure


def _held(value: Decimal, step: Decimal, most: Decimal | None) -> Decimal:
    rounded = value.quantize(step, ROUND_HALF_UP)
    if most is not None:
        rounded = min(rounded, most.quantize(step))
    return rounded


def _actual(
    draw: random.Random,
    outcome: Outcome,
    base: Decimal,
    target: Decimal,
    better: int,
    step: Decimal,
    most: Decimal | None,
) -> Decimal:
    gap = abs(target - base)
    part = Decimal(draw.randrange(20, 80)) / 100
    if outcome == "equal":
        return target
    if outcome == "base":
        return base
    if outcome == "over":
        found = target + better * max(gap * part, step)
    elif outcome == "between":
        found = base + (target - base) * part
    else:
        found = base - better * max(gap * part, step)
    if base >= 0:
        found = max(found, step)
    return _held(found, step, most)
