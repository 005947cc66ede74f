"""What tests of whole documents compare: the release beside a document's facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.desk.jobs import Options, Result, run_one

Facts = dict[str, Any]
INVENTED = "01999"
"""An area code that no municipality has."""


def run(pdf: Path, output: Path, workspace: Path, **options: Any) -> tuple[Result, Facts]:
    """One document through the whole chain; its ``data.json`` is empty where nothing came out."""
    result = run_one(pdf, Options(workspace=str(workspace), output=str(output), **options))
    path = output / "release" / "data.json"
    return result, json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def invented_town(workspace: Path) -> Path:
    """A workspace that knows the area code of the towns that do not exist, and nothing of them."""
    profile = workspace / "schemas" / f"{INVENTED}-town" / "profile.toml"
    profile.parent.mkdir(parents=True, exist_ok=True)
    told = f'[municipality]\narea_code = "{INVENTED}"\nname = ""\n'
    profile.write_text(told, encoding="utf-8")
    return workspace


def plain(printed: str) -> str:
    return printed.replace(",", "")


def expected_indicators(facts: Facts) -> list[Facts]:
    """The indicators of a report with baseline, target, actual and next target, as released."""
    return [
        {
            "goal_number": one["goal"],
            "policy_number": one["policy"],
            "name": one["name"],
            "unit": one["unit"],
            "baseline": plain(one["baseline"]),
            "target": plain(one["target"]),
            "actual": plain(one["actual"]),
            "next_target": plain(one["next_target"]),
            "status_published": one["status"],
            "note": one["note"],
            "direction": "lower" if one["lower_is_better"] else "higher",
            "doubts": [],
            "missing": {},
        }
        for one in facts["indicators"]
    ]


def indicators_of(data: Facts) -> list[Facts]:
    keys = (
        "goal_number",
        "policy_number",
        "name",
        "unit",
        "baseline",
        "target",
        "actual",
        "next_target",
        "status_published",
        "note",
        "direction",
        "doubts",
        "missing",
    )
    return [{key: one[key] for key in keys} for one in data["indicators"]]


def expected_projects(facts: Facts) -> list[tuple[Any, ...]]:
    return [
        (one["goal"], one["policy"], one["name"], tuple(one["departments"]), one["repeated"])
        for one in facts["projects"]
    ]


def projects_of(data: Facts) -> list[tuple[Any, ...]]:
    return [
        (
            one["goal_number"],
            one["policy_number"],
            one["name"],
            tuple(one["departments"]),
            one["repeated"],
        )
        for one in data["projects"]
    ]


def loud(data: Facts) -> list[Facts]:
    """The findings that say that something is wrong or in doubt."""
    return [finding for finding in data["findings"] if finding["severity"] != "info"]
