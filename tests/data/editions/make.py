"""Make two invented later editions of the report, their facts, and the list of planted changes.

From the root of the repository: ``python -m tests.data.editions.make``.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.data.editions import drift
from tests.data.mine import content, word
from tests.data.mine.make import settle

HERE = Path(__file__).parent
LOOKS = {
    2026: word.Look(margins=(24, 22, 24, 22), padding=2.5),
    2027: word.Look(margins=(20, 18, 20, 18), table=9.5, padding=2, chart_mm=(105, 50)),
}
Item = dict[str, Any]


def by_name(items: list[Item], name: str) -> Item:
    """The one item of that name."""
    return next(item for item in items if item["name"] == name)


def placed(items: list[Item]) -> list[Item]:
    """In the order of the plan; within a policy the order given."""
    return sorted(items, key=lambda item: (item["goal"], item["policy"]))


def rename(items: list[Item], plan: Item) -> list[Item]:
    """Apply the planted renamings; report them."""
    for change in plan.get("renamed", ()):
        by_name(items, change["from"])["name"] = change["to"]
    return [{"kind": "renamed", **change} for change in plan.get("renamed", ())]


def change_units(items: list[Item], plan: Item) -> list[Item]:
    """Divide all figures of an indicator, rounded to a value with one digit less or none."""
    found = []
    for change in plan.get("unit_changed", ()):
        item = by_name(items, change["name"])
        divisor = Decimal(change["divisor"])
        places = Decimal(1) if divisor >= 100 else Decimal("0.1")
        for key in (*drift.FIGURES, "previous_actual"):
            value = drift.number(item[key])
            assert value is not None
            item[key] = drift.printed((value / divisor).quantize(places))
        found.append(
            {"kind": "unit_changed", "name": item["name"], "from": item["unit"], "to": change["to"]}
        )
        item["unit"] = change["to"]
    return found


def revise(items: list[Item], plan: Item, edition: int) -> list[Item]:
    """Apply the planted revisions of baselines, targets and values."""
    found = []
    for kind, key, year in (
        ("baseline_revised", "baseline", None),
        ("target_revised", "target", edition - 1),
        ("value_revised", "previous_actual", edition - 2),
    ):
        for change in plan.get(kind, ()):
            item = by_name(items, change["name"])
            entry = {"kind": kind, "name": item["name"], "from": item[key], "to": change["to"]}
            found.append(entry if year is None else {**entry, "fiscal_year": year})
            item[key] = change["to"]
            if key == "target":
                item["next_target"] = change["next"]
    return found


def move(items: list[Item], plan: Item) -> list[Item]:
    """Put indicators under another policy, at its end."""
    found = []
    for change in plan.get("moved", ()):
        item = by_name(items, change["name"])
        goal, policy = map(int, change["to"].split("-"))
        origin = f"{item['goal']}-{item['policy']}"
        found.append({"kind": "moved", "name": item["name"], "from": origin, "to": change["to"]})
        items.remove(item)
        items.append({**item, "goal": goal, "policy": policy})
    return found


def arrive(items: list[Item], plan: Item) -> list[Item]:
    """Add the new indicators."""
    for item in plan.get("new", ()):
        items.append({"note": "", "lower_is_better": False, "previous_actual": "－", **item})
    keys = ("name", "goal", "policy")
    return [{"kind": "new", **{key: item[key] for key in keys}} for item in plan.get("new", ())]


def indicators_of(before: list[Item], plan: Item, edition: int) -> tuple[list[Item], list[Item]]:
    """The indicators one edition on, and the changes."""
    retired = set(plan["retired"])
    items = [drift.follow(item, edition - 1) for item in before if item["name"] not in retired]
    changes = [{"kind": "retired", "name": name} for name in plan["retired"]]
    changes += change_units(items, plan) + revise(items, plan, edition) + rename(items, plan)
    changes += move(items, plan) + arrive(items, plan)
    for item in items:
        item["status"] = drift.judge(item)
    return placed(items), changes


def spoil(items: list[Item], plan: Item) -> list[Item]:
    """Print the planted wrong statuses; report them."""
    found = []
    for fault in plan.get("wrong_status", ()):
        item = by_name(items, fault["name"])
        assert item["status"] != fault["published"], f"{fault} is no fault"
        found.append({**fault, "recomputed": item["status"]})
        item["status"] = fault["published"]
    return found


def projects_of(before: list[Item], plan: Item) -> list[Item]:
    """The projects one edition on."""
    kept = [item for item in before if content.project_key(item) not in plan["ended_projects"]]
    new = [
        {**{key: item[key] for key in ("goal", "policy", "name", "departments")}, "repeated": False}
        for item in plan["new_projects"]
    ]
    return placed(kept + new)


def summary_of(items: list[Item], plan: Item) -> tuple[Item, list[Item]]:
    """The published summary, with the planted faults, and the faults."""
    overall = {key: str(share) for key, share in content.shares(items)}
    faults = []
    for key, shift in plan.get("wrong_summary", {}).get("overall", {}).items():
        true = overall[key]
        overall[key] = str(Decimal(true) + Decimal(shift))
        faults.append({"status": key, "published": overall[key], "recomputed": true})
    goals = {
        number: dict(content.shares([item for item in items if item["goal"] == number]))
        for number in range(1, 6)
    }
    lowest = min(goals, key=lambda number: goals[number]["目標達成"])
    worst = max(goals, key=lambda number: goals[number]["未達成"])
    assert sum(goal["目標達成"] == goals[lowest]["目標達成"] for goal in goals.values()) == 1
    claims = [
        f"目標達成の割合は基本目標{lowest}が最も低い",
        f"基本目標{worst}の未達成が{goals[worst]['未達成']}%",
    ]
    return {"overall": overall, "claims": claims, "lowest": lowest, "worst": worst}, faults


def texts_of(before: Item, plan: Item, summary: Item) -> Item:
    """The sentences of an edition."""
    reiwa = plan["reiwa"]
    shares = "、".join(f"{key} {share}%" for key, share in summary["overall"].items())
    share = summary["claims"][1].rsplit("が", 1)[1]
    texts = {
        **before,
        "marks": [plan["mark"]],
        "intro": before["intro"].replace(f"令和 {reiwa - 1} 年度", f"令和 {reiwa} 年度"),
        "claim": [
            f"全体の達成状況は、{shares}でした。",
            f"基本目標ごとに見ると、目標達成の割合は基本目標{summary['lowest']}が最も低く、"
            f"基本目標{summary['worst']}では未達成が {share}を占めるため、取組の見直しが必要です。",
        ],
        "summaries": {
            **before["summaries"],
            **{content.project_key(item): item["summary"] for item in plan["new_projects"]},
        },
    }
    if plan["previous_actual"]:
        texts["previous_actual"] = True
    return texts


def planted_of(before: Item, plan: Item) -> Item:
    """The peculiarities of an edition: highlights of ended projects go, of new ones come."""
    kept = [e for e in before["highlighted"] if e["project"] not in plan["ended_projects"]]
    new = [
        {"project": content.project_key(item), "cells": item["highlighted"]}
        for item in plan["new_projects"]
        if item["highlighted"]
    ]
    return {**before, "highlighted": kept + new}


def edition_of(report: content.Report, plan: Item) -> tuple[content.Report, Item]:
    """The next edition and the changes against this one."""
    year = report.facts["document"]["fiscal_year_next"] + 1
    # The figures drift from the statuses by the legend: last year's faults are not handed on.
    items, changes = indicators_of(report.facts["indicators"], plan, year)
    status_faults = spoil(items, plan)
    summary, summary_faults = summary_of(items, plan)
    document = {
        **report.facts["document"],
        "title": report.facts["document"]["title"].replace(
            f"令和{report.year}年度", f"令和{plan['reiwa']}年度"
        ),
        "fiscal_year_actual": year - 1,
        "fiscal_year_next": year,
    }
    facts = {
        **report.facts,
        "document": document,
        "published_summary": {key: summary[key] for key in ("overall", "claims")},
        "indicators": items,
        "projects": projects_of(report.facts["projects"], plan),
        "known_contradictions": {"status": status_faults, "summary": summary_faults},
    }
    following = content.Report(
        facts=facts,
        texts=texts_of(report.texts, plan, summary),
        planted=planted_of(report.planted, plan),
        year=plan["reiwa"],
    )
    facts["columns"] = [title for title, _ in content.kpi_columns(following)]
    return following, {
        "against": year - 1,
        "changes": changes,
        "status_contradictions": status_faults,
        "summary_contradictions": summary_faults,
        "projects_ended": plan["ended_projects"],
        "projects_new": [content.project_key(item) for item in plan["new_projects"]],
        "counts": dict(Counter(change["kind"] for change in changes)),
    }


def write(report: content.Report, edition: int) -> None:
    """The PDF and the facts of one edition."""
    title = f"{report.facts['document']['title']}（試験用の架空の資料）"
    properties = {
        "title": title,
        "subject": "INVENTED later edition for tests; no figure of this year is real",
        "keywords": "invented; test data; not a document of 美祢市",
        "author": "Shihyo project",
    }
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{edition}.docx"
        word.write(content.blocks(report), LOOKS[edition], source, properties)
        settle(word.to_pdf(source, Path(folder)), HERE / f"{edition}.pdf", properties)
    filled = {entry["project"] for entry in report.planted["highlighted"]}
    projects = [
        {
            **item,
            "summary": content.summary_text(report, item),
            "highlighted": content.project_key(item) in filled,
        }
        for item in report.facts["projects"]
    ]
    dump(HERE / f"{edition}.facts.json", {**report.facts, "projects": projects})


def dump(path: Path, data: Item) -> None:
    """Readable JSON."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Write both editions and ``changes.json``."""
    plans = tomllib.loads((HERE / "plan.toml").read_text("utf-8"))
    report = content.load()
    changes = {}
    for edition in (2026, 2027):
        report, changes[str(edition)] = edition_of(report, plans[str(edition)])
        write(report, edition)
    dump(HERE / "changes.json", changes)


if __name__ == "__main__":
    main()
