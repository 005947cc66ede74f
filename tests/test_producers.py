"""The same report by many producers, through the whole chain: the same figures from each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import released

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
REPLICAS = sorted((HERE / "data" / "producers").glob("*.pdf"))
UNRULED = {
    "horizontal-rules",
    "horizontal-rules-weasyprint",
    "no-rules",
    "no-rules-weasyprint",
}
RULED = [path.stem for path in REPLICAS if path.stem not in UNRULED]
BOTH_READERS = ["chromium", "reportlab-cid", "weasyprint", "writer"]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Runs a replica once, for an officer who has the city's profile but not this file."""
    folder = tmp_path_factory.mktemp("producers")
    workspace = folder / "workspace"
    shutil.copytree(HERE.parent / "schemas", workspace / "schemas")
    kept = {}

    def run(name: str, second_reader: str = "never"):
        key = (name, second_reader)
        if key not in kept:
            kept[key] = released.run(
                HERE / "data" / "producers" / f"{name}.pdf",
                folder / second_reader / name,
                workspace,
                area="35213",
                edition=2025,
                second_reader=second_reader,
            )
        return kept[key]

    return run


@pytest.mark.parametrize("name", RULED)
def test_every_indicator_is_exact(name, done, facts) -> None:
    result, data = done(name)
    assert (result.exit_code, result.failure) == (0, None)
    assert released.indicators_of(data) == released.expected_indicators(facts)


@pytest.mark.parametrize("name", RULED)
def test_every_project_is_exact(name, done, facts, planted) -> None:
    _, data = done(name)
    assert released.projects_of(data) == released.expected_projects(facts)
    highlighted = [
        f"{one['goal_number']}-{one['policy_number']} {one['name']}"
        for one in data["projects"]
        if one["highlighted"]
    ]
    assert highlighted == [one["project"] for one in planted["highlighted"]]


def contradictions(data) -> set[tuple[str, str]]:
    return {(f["rule"], f["subject"]) for f in released.loud(data) if f["severity"] == "error"}


def known(facts) -> set[tuple[str, str]]:
    statuses = {("status.mismatch", one["name"]) for one in facts["known_contradictions"]["status"]}
    return {*statuses, ("summary.share", "全体")}


@pytest.mark.parametrize("name", RULED)
def test_the_known_contradictions_are_found_and_nothing_else(name, done, facts) -> None:
    _, data = done(name)
    assert contradictions(data) == known(facts)
    assert len(released.loud(data)) == len(known(facts))


@pytest.mark.parametrize("name", BOTH_READERS)
def test_the_second_reader_agrees_about_every_cell(name, done, facts) -> None:
    result, data = done(name, "always")
    assert result.exit_code == 0
    assert released.indicators_of(data) == released.expected_indicators(facts)
    assert contradictions(data) == known(facts)
    assert not [f for f in data["findings"] if f["rule"].startswith("reading.")]


# ------------------------------------------------------------ without ruled columns


@pytest.mark.parametrize("name", sorted(UNRULED))
def test_without_ruled_columns_every_indicator_is_exact(name, done, facts) -> None:
    _, data = done(name)
    assert released.indicators_of(data) == released.expected_indicators(facts)
    assert contradictions(data) == known(facts)


@pytest.mark.parametrize("name", sorted(UNRULED))
def test_without_ruled_columns_no_project_is_wrong_and_lost_ones_are_told(
    name, done, facts
) -> None:
    result, data = done(name)
    expected = released.expected_projects(facts)
    got = released.projects_of(data)
    assert [one for one in got if one not in expected] == []
    assert (result.exit_code == 1) == (len(got) < len(expected))


@pytest.mark.parametrize("name", sorted(UNRULED))
def test_without_ruled_columns_each_page_says_so(name, done) -> None:
    _, data = done(name)
    told = {f["page"] for f in data["findings"] if f["rule"] == "reading.unruled-table"}
    assert {one["page"] for one in data["indicators"]} <= told
