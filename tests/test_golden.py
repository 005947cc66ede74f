"""The main job on the first document: every figure exact, the known contradictions and no other."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.cache.store import folder_digests
from pipeline.desk.jobs import Options, Result, run_one
from tests.released import (
    expected_indicators,
    expected_projects,
    indicators_of,
    loud,
    plain,
    projects_of,
)

pytestmark = pytest.mark.slow

DOCUMENT = "raw/35213-mine/2025.pdf"


@pytest.fixture(scope="module")
def done(tmp_path_factory, make_workspace) -> tuple[Path, Result]:
    workspace = make_workspace(tmp_path_factory.mktemp("golden") / "workspace")
    return workspace, run_one(workspace / DOCUMENT, Options(workspace=str(workspace)))


@pytest.fixture(scope="module")
def release(done) -> Path:
    return Path(done[1].output) / "release"


@pytest.fixture(scope="module")
def data(release: Path) -> dict[str, Any]:
    return json.loads((release / "data.json").read_text(encoding="utf-8"))


def test_it_is_released(done) -> None:
    assert (done[1].exit_code, done[1].failure) == (0, None)


def test_the_document_is_described(data, facts) -> None:
    document = data["document"]
    for name in ("title", "publisher", "area_code", "local_government_code"):
        assert document[name] == facts["document"][name]
    assert document["edition"] == facts["document"]["fiscal_year_next"]
    assert document["actual_fiscal_year"] == facts["document"]["fiscal_year_actual"]
    assert len(document["sha256"]) == 64


def test_every_indicator_is_exact(data, facts) -> None:
    assert len(data["indicators"]) == 130
    assert indicators_of(data) == expected_indicators(facts)


def test_goals_and_policies_carry_their_titles(data, facts) -> None:
    titles = {
        (goal["no"], policy["no"]): (goal["title"], policy["title"])
        for goal in facts["goals"]
        for policy in goal["policies"]
    }
    got = {
        (one["goal_number"], one["policy_number"]): (one["goal"], one["policy"])
        for one in data["indicators"]
    }
    assert got == titles


def test_every_project_is_exact(data, facts) -> None:
    assert len(data["projects"]) == 77
    assert projects_of(data) == expected_projects(facts)


def test_every_planted_highlight_is_found_and_no_other(data, planted) -> None:
    got = [
        f"{p['goal_number']}-{p['policy_number']} {p['name']}"
        for p in data["projects"]
        if p["highlighted"]
    ]
    assert got == [one["project"] for one in planted["highlighted"]]


def test_exactly_the_known_contradictions_are_found(data, facts) -> None:
    known = facts["known_contradictions"]
    statuses = {
        (f["subject"], f["printed"], f["expected"])
        for f in loud(data)
        if f["rule"] == "status.mismatch"
    }
    assert statuses == {(s["name"], s["published"], s["recomputed"]) for s in known["status"]}
    summary = [f for f in loud(data) if f["rule"] != "status.mismatch"]
    assert [f["rule"] for f in summary] == ["summary.share"]
    assert "45.4%" in summary[0]["printed"]
    assert "44.6%" in summary[0]["expected"]


def test_the_summary_stands_beside_what_was_counted(data, facts) -> None:
    whole = data["summary"]["groups"][0]
    known = facts["known_contradictions"]["summary"]
    assert whole["goal_number"] is None
    assert whole["percent_printed"] == facts["published_summary"]["overall"]
    assert whole["counts_published"] == known["table_counts"]
    assert whole["counts_recomputed"] == known["recomputed_counts"]


def test_every_value_leads_back_to_the_paper(data) -> None:
    for indicator in data["indicators"]:
        assert len(indicator["values"]) == 4
        for value in indicator["values"]:
            x0, top, x1, bottom = value["box"]
            assert 0 <= x0 < x1 <= 596
            assert 0 <= top < bottom <= 842
            assert 1 <= value["page"] <= data["document"]["pages"]


def read_csv(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_long_table_holds_every_value_once(release, facts) -> None:
    rows = read_csv(release / "352136_kpi_2025.csv")
    assert len(rows) == 4 * 130
    assert len({(r["指標ID"], r["値区分"], r["時間軸コード"]) for r in rows}) == len(rows)
    by_kind = {
        kind: [row["指標値"] for row in rows if row["値区分"] == kind]
        for kind in ("基準値", "目標値", "実績値", "次期目標値")
    }
    for kind, field in zip(by_kind, ("baseline", "target", "actual", "next_target"), strict=True):
        assert by_kind[kind] == [plain(one[field]) for one in facts["indicators"]]
    assert {row["時間軸コード"] for row in rows} == {"***", "2024100000", "2025100000"}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("352136_kpi_indicators.csv", 130),
        ("352136_kpi_projects.csv", 77),
        ("352136_kpi_summary.csv", 24),
        ("provenance.csv", 130 * 6),
    ],
)
def test_the_other_tables_are_whole(release, name, rows) -> None:
    table = read_csv(release / name)
    assert len(table) == rows
    assert not any(value == "" or "\n" in value for row in table for value in row.values())


def test_no_number_changed_on_its_way_from_the_paper(release) -> None:
    values = {
        (r["指標ID"], r["値区分"]): r["指標値"] for r in read_csv(release / "352136_kpi_2025.csv")
    }
    for row in read_csv(release / "provenance.csv"):
        if (row["指標ID"], row["項目"]) in values:
            printed = row["原文表記"].translate(
                str.maketrans("０１２３４５６７８９．，", "0123456789.,")
            )
            digits = printed.replace(",", "").replace("\n", "").replace("※", "").strip()
            released = values[row["指標ID"], row["項目"]]
            assert released == digits
            assert Decimal(released) == Decimal(digits)


def test_deleting_what_was_made_and_running_again_gives_the_same_bytes(done) -> None:
    workspace, _ = done
    before = folder_digests(workspace / "extracted")
    other = workspace.parent / "again"
    again = run_one(workspace / DOCUMENT, Options(workspace=str(workspace), output=str(other)))
    assert again.exit_code == 0
    prefix = "35213-mine/2025/"
    assert {k.removeprefix(prefix): v for k, v in before.items()} == folder_digests(other)
