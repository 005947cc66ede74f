"""The first document and its invented later editions, normalized from their facts."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pipeline.japanese.eras import find_years
from pipeline.model import Kind, Normalized, Place
from pipeline.normalize import run
from pipeline.normalize.units import UnitTable
from tests.normalize.plans import ROOT, entry, mine, plan, row

FACTS = {
    2025: "mine/facts.json",
    2026: "editions/2026.facts.json",
    2027: "editions/2027.facts.json",
}
_PLAIN: dict[str, tuple[Kind, str]] = {
    "目標指標・KPI": ("name", "name"),
    "単位": ("unit", "unit"),
    "基準値": ("baseline", "baseline"),
    "達成状況": ("status", "status"),
}


@cache
def facts(edition: int) -> dict[str, Any]:
    path = ROOT / "tests" / "data" / FACTS[edition]
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def changes(edition: int) -> list[dict[str, Any]]:
    path = ROOT / "tests" / "data" / "editions" / "changes.json"
    return json.loads(path.read_text(encoding="utf-8"))[str(edition)]["changes"]


def column(header: str, edition: int) -> tuple[Kind, str]:
    """(kind, key of the facts) of a heading such as ``R7 実績``."""
    if header in _PLAIN:
        return _PLAIN[header]
    (year,) = find_years(header)
    if "実績" in header:
        return "actual", "actual" if year.year == edition - 1 else "previous_actual"
    return "target", "target" if year.year == edition - 1 else "next_target"


@cache
def normalized(edition: int) -> Normalized:
    known = facts(edition)
    rows = [
        row(
            (
                entry(column(header, edition)[0], header, fact[column(header, edition)[1]])
                for header in known["columns"]
            ),
            Place(goal_number=fact["goal"], policy_number=fact["policy"]),
        )
        for fact in known["indicators"]
    ]
    return run(plan(rows), mine(), edition=edition, area_code="35213")


@cache
def units() -> UnitTable:
    return UnitTable(mine().units)
