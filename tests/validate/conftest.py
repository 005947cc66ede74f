"""The city's report as the normalize stage gives it, and the profile that it is judged by."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Normalized, Place, Project
from pipeline.settings.files import packaged_defaults
from pipeline.settings.validate import ValidateSettings, load
from tests.validate.build import document, indicator, printed

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "tests" / "data" / "mine" / "facts.json"
PROFILE = ROOT / "schemas" / "35213-mine"

CITY_SENTENCE = (
    "計画全体では目標達成 45.4%、改善 13.1%、現状維持 10.8%、未達成 30.8%でした。"
    "目標達成の割合は基本目標1が最も低く、基本目標3は未達成が 48.0%です。"
)


@pytest.fixture(scope="session")
def facts() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FACTS.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def city(facts: dict[str, Any]) -> Normalized:
    """The city's report, as the normalize stage is to give it."""
    indicators = [
        indicator(
            row["name"],
            identifier=f"M{number:03}",
            baseline=row["baseline"],
            target=row["target"],
            actual=row["actual"],
            next_target=row["next_target"],
            status=row["status"],
            direction="lower" if row["lower_is_better"] else "higher",
            unit=row["unit"],
            goal=row["goal"],
            policy=row["policy"],
        )
        for number, row in enumerate(facts["indicators"], start=1)
    ]
    projects = tuple(
        Project(
            place=Place(goal_number=row["goal"], policy_number=row["policy"]),
            name=row["name"],
            departments=tuple(row["departments"]),
            summary="",
            highlighted=False,
            repeated=row["repeated"],
            name_printed=printed(row["name"]),
        )
        for row in facts["projects"]
    )
    return document(*indicators, claims=(CITY_SENTENCE,), projects=projects)


@pytest.fixture(scope="session")
def city_settings() -> ValidateSettings:
    profile = tomllib.loads((PROFILE / "profile.toml").read_text(encoding="utf-8"))
    return load([packaged_defaults(), PROFILE], profile["validate"])
