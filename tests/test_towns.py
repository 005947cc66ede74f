"""Documents of invented towns, each with its own layout and legend, and no profile for any.

The defaults must carry an unknown town far.  What a document does not tell is a finding or stays
open; it is never a wrong value.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.japanese.text import label, match_key
from tests import released

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TOWNS = sorted(
    path.stem for path in (HERE / "data" / "towns").glob("*.pdf") if not path.stem.endswith("-scan")
)
YEAR_NOT_IN_COLUMNS = {"named-values"}
"""The columns of these are headed 目安値 and 実績値 only: their year is not printed with them."""


def facts_of(name: str) -> dict[str, Any]:
    path = HERE / "data" / "towns" / f"{name}.facts.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def signs() -> dict[str, str]:
    """Sign of a missing value → how it is released."""
    path = HERE.parent / "schemas" / "default" / "missing_signs.csv"
    with path.open(encoding="utf-8") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        return {row["sign"]: row["released"] for row in rows}


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("towns")
    kept: dict[str, Any] = {}

    def run(name: str):
        if name not in kept:
            kept[name] = released.run(
                HERE / "data" / "towns" / f"{name}.pdf",
                folder / name,
                released.invented_town(folder / "workspace"),
                area=released.INVENTED,
                edition=facts_of(name)["document"]["edition"],
                second_reader="never",
            )
        return kept[name]

    return run


def pairs(name: str, done):
    """Each indicator of the facts beside the released one."""
    _, data = done(name)
    expected = facts_of(name)["indicators"]
    assert [one["name"] for one in data["indicators"]] == [label(one["name"]) for one in expected]
    return list(zip(expected, data["indicators"], strict=True))


@pytest.mark.parametrize("name", TOWNS)
def test_it_is_released(name, done) -> None:
    result, data = done(name)
    assert (result.exit_code, result.failure) == (0, None)
    assert not [f for f in data["findings"] if f["severity"] == "blocker"]


@pytest.mark.parametrize("name", TOWNS)
def test_title_and_reported_year(name, done) -> None:
    _, data = done(name)
    document = facts_of(name)["document"]
    assert match_key(data["document"]["title"]) == match_key(document["title"])
    assert data["document"]["edition"] == document["edition"]
    assert data["document"]["actual_fiscal_year"] == document["actual_fiscal_year"]


@pytest.mark.parametrize("name", TOWNS)
def test_units_and_statuses_are_as_printed(name, done) -> None:
    for expected, got in pairs(name, done):
        assert label(got["status_published"] or "") == label(expected["status"] or ""), got["name"]
        if _is_told(expected):
            assert got["unit"] == label(expected["unit"] or ""), got["name"]


def _is_told(indicator: dict[str, Any]) -> bool:
    """Whether the facts give figures and not only the printed text."""
    keys = {"value", "missing", "text"}
    return all(keys & set(one) for one in indicator["values"])


@pytest.mark.parametrize("name", TOWNS)
def test_every_indicator_stands_under_its_goal_and_policy(name, done) -> None:
    facts = facts_of(name)
    goals = {one["number"]: label(one["title"]) for one in facts["goals"]}
    policies = {(one["goal"], one["number"]): label(one["title"]) for one in facts["policies"]}
    for expected, got in pairs(name, done):
        place = expected["goal"], expected["policy"]
        assert (got["goal_number"], got["policy_number"]) == place, got["name"]
        assert got["goal"] == goals.get(place[0], "")
        assert got["policy"] == policies.get(place, "")


@pytest.mark.parametrize("name", TOWNS)
def test_every_value_is_exact(name, done, signs) -> None:
    for expected, got in pairs(name, done):
        if not _is_told(expected):
            continue
        wanted = Counter(_told(one, name, signs) for one in expected["values"])
        found = Counter(_released(one, name) for one in got["values"])
        assert not wanted - found, got["name"]
        assert all(one.part in _BRACKETS for one in found - wanted), got["name"]


_BRACKETS = {"括弧内"}
"""Last year's figure in brackets is kept beside the sign that says that this year's is missing."""


class Told(tuple):
    """(kind, year, part, value or missing sign or words) of one value."""

    @property
    def part(self) -> str:
        return self[2]


def _told(one: dict[str, Any], name: str, signs: dict[str, str]) -> Told:
    year = None if _undated(one["kind"], name) else one["fiscal_year"]
    missing = signs[one["missing"]] if one.get("missing") else ""
    held = one.get("value") or missing or label(one.get("text") or "")
    return Told((one["kind"], year, one.get("part") or "", held))


def _released(one: dict[str, Any], name: str) -> Told:
    year = None if _undated(one["kind"], name) else one["fiscal_year"]
    held = one["value"] or one["missing"] or label(one["printed"])
    return Told((one["kind"], year, one["part"] or "", held))


def _undated(kind: str, name: str) -> bool:
    return name in YEAR_NOT_IN_COLUMNS and kind in {"target", "actual"}


@pytest.mark.parametrize("name", TOWNS)
def test_a_direction_is_right_or_left_open(name, done) -> None:
    for expected, got in pairs(name, done):
        if expected["direction"]:
            assert got["direction"] in {expected["direction"], "unknown"}, got["name"]


@pytest.mark.parametrize("name", TOWNS)
def test_a_recomputed_status_is_right_or_left_open(name, done) -> None:
    for expected, got in pairs(name, done):
        if got["status_recomputed"] is not None:
            assert label(got["status_recomputed"]) == label(expected["status_recomputed"] or "")


@pytest.mark.parametrize("name", TOWNS)
def test_contradictions_are_those_that_were_planted(name, done) -> None:
    _, data = done(name)
    planted = {
        (one["rule"], label(one["subject"]))
        for one in facts_of(name)["contradictions"]
        if not one["rule"].startswith("summary.")
    }
    found = {
        (one["rule"], one["subject"])
        for one in data["findings"]
        if one["severity"] == "error" and not one["rule"].startswith("summary.")
    }
    assert found <= planted


@pytest.mark.parametrize("name", TOWNS)
def test_projects_are_exact(name, done) -> None:
    _, data = done(name)
    assert released.projects_of(data) == released.expected_projects(facts_of(name))


@pytest.mark.parametrize("name", TOWNS)
def test_the_edition_is_told_by_the_document(name, tmp_path) -> None:
    result, _ = released.run(
        HERE / "data" / "towns" / f"{name}.pdf",
        tmp_path / "out",
        released.invented_town(tmp_path / "workspace"),
        area=released.INVENTED,
        second_reader="never",
    )
    assert result.edition == facts_of(name)["document"]["edition"]
