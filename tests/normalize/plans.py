"""Plans built by hand: assembled records as the stage before would give them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.model import (
    Assembled,
    Document,
    Entry,
    IndicatorRow,
    Kind,
    PageInfo,
    Place,
    Printed,
    ProjectRow,
)
from pipeline.settings.files import layers
from pipeline.settings.normalize import NormalizeSettings, load

ROOT = Path(__file__).resolve().parents[2]
MINE = ROOT / "schemas" / "35213-mine"
BOX = (0.0, 0.0, 10.0, 10.0)
DOCUMENT = Document(sha256="0" * 64, pages=(PageInfo(number=1, width=595, height=842),))
PLACE = Place(goal_number=1, goal="目標", policy_number=1, policy="方針")

COLUMNS: tuple[tuple[Kind, str, str], ...] = (
    ("name", "目標指標・KPI", "name"),
    ("unit", "単位", "unit"),
    ("baseline", "基準値", "baseline"),
    ("target", "R6 目標", "target"),
    ("actual", "R6 実績", "actual"),
    ("status", "達成状況", "status"),
    ("target", "R7 目標", "next_target"),
)


@cache
def facts() -> dict[str, Any]:
    path = ROOT / "tests" / "data" / "mine" / "facts.json"
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def defaults() -> NormalizeSettings:
    return load(layers(ROOT, None), {})


@cache
def mine() -> NormalizeSettings:
    return load(layers(ROOT, MINE), {})


def printed(text: str, second: str | None = None) -> Printed:
    return Printed(text=text, page=1, box=BOX, reader="pdfium", second=second)


def entry(kind: Kind, header: str, text: str, second: str | None = None) -> Entry:
    return Entry(kind=kind, header=header, printed=printed(text, second))


def row(entries: Iterable[Entry], place: Place = PLACE, number: int = 0) -> IndicatorRow:
    return IndicatorRow(place=place, entries=tuple(entries), table=0, row=number)


def simple(name: str = "指標", unit: str | None = "件", **cells: str) -> IndicatorRow:
    """A row with the columns of the first document; ``cells`` by their kinds."""
    values = {"name": name, "unit": unit, **cells}
    return row(
        entry(kind, header, values[key] or "")
        for kind, header, key in COLUMNS
        if values.get(key) is not None
    )


def plan(rows: Sequence[IndicatorRow], **fields: Any) -> Assembled:
    places = tuple(dict.fromkeys(found.place for found in rows))
    fields = {"title": printed("計画の進捗"), "places": places, **fields}
    return Assembled(document=DOCUMENT, indicators=tuple(rows), **fields)


def project(text: str, summary: str = "概要", fill: str | None = None) -> ProjectRow:
    return ProjectRow(
        place=PLACE,
        entries=(entry("project", "事業名", text), entry("summary", "事業概要", summary)),
        table=1,
        row=0,
        fill=fill,
    )


def mine_plan() -> Assembled:
    """The first document as it would be assembled from its facts."""
    titles = {
        (goal["no"], policy["no"]): Place(
            goal_number=goal["no"],
            goal=goal["title"],
            policy_number=policy["no"],
            policy=policy["title"],
        )
        for goal in facts()["goals"]
        for policy in goal["policies"]
    }
    rows = [
        row(
            (
                entry(kind, header, fact[key] + (fact["note"] if key == "name" else ""))
                for kind, header, key in COLUMNS
            ),
            titles[fact["goal"], fact["policy"]],
            number,
        )
        for number, fact in enumerate(facts()["indicators"])
    ]
    projects = tuple(
        ProjectRow(
            place=titles[fact["goal"], fact["policy"]],
            entries=(
                entry(
                    "project",
                    "事業名",
                    ("【再掲】" if fact["repeated"] else "")
                    + fact["name"]
                    + f"\n（{'、'.join(fact['departments'])}）",
                ),
                entry("summary", "事業概要", "概要"),
            ),
            table=1,
            row=number,
        )
        for number, fact in enumerate(facts()["projects"])
    )
    return plan(rows, projects=projects, title=printed(facts()["document"]["title"]))
