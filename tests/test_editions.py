"""The next editions of the first document, placed beside it: every figure, and what changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import released

EDITIONS = Path(__file__).parent / "data" / "editions"
YEARS = [2026, 2027]


def facts_of(year: int) -> dict[str, Any]:
    return json.loads((EDITIONS / f"{year}.facts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, make_workspace) -> Path:
    made = make_workspace(tmp_path_factory.mktemp("editions") / "workspace")
    for year in YEARS:
        shutil.copy(EDITIONS / f"{year}.pdf", made / "raw" / "35213-mine")
    return made


@pytest.fixture(scope="module")
def done(workspace):
    kept: dict[int, Any] = {}

    def run(year: int):
        if year not in kept:
            kept[year] = released.run(
                workspace / "raw" / "35213-mine" / f"{year}.pdf",
                workspace.parent / str(year),
                workspace,
                second_reader="never",
            )
        return kept[year]

    return run


def expected_indicators(year: int) -> list[dict[str, Any]]:
    """As released: a dash is a missing value, but a status that is printed."""
    rows = released.expected_indicators(facts_of(year))
    for row in rows:
        for field in ("baseline", "target", "actual", "next_target"):
            if row[field] == "－":
                row[field], row["missing"] = None, {**row["missing"], field: "***"}
    return rows


@pytest.mark.parametrize("year", YEARS)
def test_every_value_is_exact(year, done) -> None:
    result, data = done(year)
    assert (result.exit_code, result.failure) == (0, None)
    got, expected = released.indicators_of(data), expected_indicators(year)
    for row, wanted in zip(got, expected, strict=True):
        assert row["direction"] in {wanted.pop("direction"), "unknown"}
        row.pop("direction")
    assert got == expected


@pytest.mark.parametrize("year", YEARS)
def test_every_project_is_exact(year, done) -> None:
    _, data = done(year)
    assert released.projects_of(data) == released.expected_projects(facts_of(year))


@pytest.mark.parametrize("year", YEARS)
def test_exactly_the_known_contradictions_are_errors(year, done) -> None:
    _, data = done(year)
    errors = [f for f in data["findings"] if f["severity"] in {"error", "blocker"}]
    known = facts_of(year)["known_contradictions"]
    assert {
        (f["subject"], f["printed"], f["expected"])
        for f in errors
        if f["rule"] == "status.mismatch"
    } == {(one["name"], one["published"], one["recomputed"]) for one in known["status"]}
    summary = [f["printed"] for f in errors if f["rule"] != "status.mismatch"]
    claims = "".join(summary)
    assert bool(summary) == bool(known["summary"])
    assert all(f"{one['status']} {one['published']}%" in claims for one in known["summary"])


def test_last_years_actual_in_a_column_of_its_own_is_kept(done) -> None:
    _, data = done(2027)
    by_name = {one["name"]: one for one in data["indicators"]}
    for one in facts_of(2027)["indicators"]:
        values = {
            (value["kind"], value["fiscal_year"]): value["value"]
            for value in by_name[one["name"]]["values"]
        }
        printed = released.plain(one["previous_actual"])
        assert values["actual", 2025] == (None if printed == "－" else printed)
        assert values["actual", 2026] == released.plain(one["actual"])


@pytest.mark.parametrize("year", YEARS)
def test_the_document_itself_says_whose_it_is_and_of_which_year(year, workspace, tmp_path) -> None:
    result, _ = released.run(
        EDITIONS / f"{year}.pdf", tmp_path / "out", workspace, second_reader="never"
    )
    assert (result.exit_code, result.area_code, result.edition) == (0, "35213", year)
