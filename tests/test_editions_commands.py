"""Several editions from the command line: time series, differences, registry, drafts."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cache.store import folder_digests

pytestmark = pytest.mark.slow


def shihyo(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def workspace(three_editions: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three_editions, tmp_path / "workspace"))


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_all_editions_make_one_time_series(three_editions: Path) -> None:
    table = rows(three_editions / "extracted/35213-mine/352136_kpi_timeseries.csv")
    assert {row["資料年度"] for row in table} == {"2025", "2026", "2027"}
    tree = json.loads((three_editions / "extracted/35213-mine/timeseries.json").read_text("utf-8"))
    assert tree["editions"] == [2025, 2026, 2027]
    assert sum(len(one["values"]) for one in tree["indicators"]) == len(table)


def test_the_time_series_is_made_again_only_when_something_changed(workspace: Path) -> None:
    assert shihyo("run", "--second-reader", "never", cwd=workspace).returncode == 0
    before = folder_digests(workspace / "extracted/35213-mine")
    assert shihyo("run", "--second-reader", "never", cwd=workspace).returncode == 0
    assert folder_digests(workspace / "extracted/35213-mine") == before
    (workspace / "extracted/35213-mine/timeseries.json").write_text("{}", encoding="utf-8")
    assert shihyo("run", "--second-reader", "never", cwd=workspace).returncode == 0
    assert folder_digests(workspace / "extracted/35213-mine") == before


def test_two_editions_are_compared_as_text_json_and_csv(workspace: Path) -> None:
    text = shihyo("diff", "2025", "2026", "--csv", "changes.csv", cwd=workspace)
    assert text.returncode == 0
    assert "2025年度版 → 2026年度版" in text.stdout
    found = json.loads(shihyo("diff", "2025", "2026", "--json", cwd=workspace).stdout)
    assert {change["kind"] for change in found["changes"]} >= {"new", "retired", "renamed"}
    assert len(found["findings"]) == len(found["changes"])
    assert len(rows(workspace / "changes.csv")) == len(found["changes"])


def test_an_edition_that_is_not_there_is_told(workspace: Path) -> None:
    process = shihyo("diff", "2025", "2031", cwd=workspace)
    assert process.returncode == 2
    assert "2025, 2026, 2027" in process.stderr


def test_proposals_are_accepted_as_a_reviewable_change(workspace: Path) -> None:
    registry = workspace / "schemas/35213-mine/indicators.csv"
    before = registry.read_text(encoding="utf-8").splitlines()
    proposed = shihyo("registry", "propose", "--edition", "2026", cwd=workspace)
    assert "■ 新しく登録" in proposed.stdout
    assert registry.read_text(encoding="utf-8").splitlines() == before
    accepted = shihyo("registry", "accept", "--all", "--edition", "2026", cwd=workspace)
    assert accepted.returncode == 0
    assert accepted.stdout.startswith("--- a/indicators.csv\n+++ b/indicators.csv\n")
    after = registry.read_text(encoding="utf-8").splitlines()
    removed, added = set(before) - set(after), set(after) - set(before)
    for line in removed:
        assert f"-{line}" in accepted.stdout.splitlines()
    for line in added:
        assert f"+{line}" in accepted.stdout.splitlines()
    again = shihyo("registry", "propose", "--edition", "2026", cwd=workspace)
    assert "■" not in again.stdout


def test_an_indicator_is_linked_and_its_direction_declared_by_hand(workspace: Path) -> None:
    lines = shihyo("registry", "propose", "--edition", "2026", cwd=workspace).stdout.splitlines()
    identifier = next(line.split()[2] for line in lines if line.startswith("■ 新しく登録"))
    known = workspace / "schemas/35213-mine/indicators.csv"
    linked = shihyo(
        "registry", "accept", identifier, "--as", "35213-129", "--edition", "2026", cwd=workspace
    )
    assert linked.returncode == 0
    assert "夢プランの策定地区数@2025" in known.read_text(encoding="utf-8")
    ended = shihyo("registry", "retire", "35213-001", "--edition", "2028", cwd=workspace)
    assert ended.returncode == 0
    assert ",2028," in ended.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["accept"],
        ["accept", "--all", "x"],
        ["accept", "no-such-id"],
        ["retire", "no-such-id", "--edition", "2026"],
        ["propose", "--edition", "2031"],
        ["show", "--area", "01100"],
    ],
)
def test_wrong_use_of_the_registry_is_told(arguments: list[str], workspace: Path) -> None:
    process = shihyo("registry", *arguments, cwd=workspace)
    assert process.returncode == 2
    assert "→" in process.stderr


def test_a_draft_for_a_new_town_leads_to_a_release(root: Path, tmp_path: Path) -> None:
    assert shihyo("new", ".", cwd=tmp_path).returncode == 0
    pdf = str(root / "tests/data/towns/circles.pdf")
    drafted = shihyo("init", pdf, "--area", "39204", cwd=tmp_path)
    assert drafted.returncode == 0, drafted.stderr
    assert (tmp_path / "schemas/39204-nankoku/profile.toml").is_file()
    assert (tmp_path / "schemas/39204-nankoku/indicators.csv").is_file()
    assert shihyo("init", pdf, "--area", "39204", cwd=tmp_path).returncode == 2
    process = shihyo(
        "run", pdf, "--area", "39204", "--json", "--second-reader", "never", cwd=tmp_path
    )
    document = json.loads(process.stdout)["documents"][0]
    assert document["indicators"] == 36
    assert Path(tmp_path, document["release"], "data.json").is_file()


# --------------------------------------------------------------------------- next year


@pytest.fixture(scope="module")
def next_year(tmp_path_factory: pytest.TempPathFactory, three_editions: Path) -> Path:
    """The first document, and the invented edition of the year after."""
    workspace = tmp_path_factory.mktemp("next") / "workspace"
    shutil.copytree(three_editions, workspace)
    (workspace / "raw/35213-mine/2027.pdf").unlink()
    shutil.rmtree(workspace / "extracted/35213-mine/2027")
    return workspace


def run_2026(workspace: Path) -> str:
    done = shihyo("run", "raw/35213-mine/2026.pdf", "--second-reader", "never", cwd=workspace)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commands(said: str) -> dict[str, str]:
    """What is said before a registry command → the command, line by line."""
    lines = (line.partition(" → shihyo ") for line in said.splitlines() if " → shihyo reg" in line)
    return {what: command for what, _, command in lines}


def test_a_run_says_what_is_new_renamed_and_gone_and_its_commands_settle_it(
    next_year: Path, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(next_year, tmp_path / "workspace"))
    said = commands(run_2026(workspace))
    heads = [what.partition("：")[0].partition(" (")[0] for what in said]
    assert heads == [
        "新しい指標",
        *["新しい指標、または名称が変わった指標"] * 4,
        "なくなった指標",
    ]
    new, location, ranking, lectures, drills, gone = said
    assert "消防団員数" in new
    assert "映画・CM等撮影数" in location  # its values go on, under a name of no likeness
    assert "防災イベント" in drills
    assert "市の認知度ランキング（前：本市の認知度ランキング）" in ranking
    assert said[lectures].endswith("--as 35213-063")
    assert "学校給食共同調理場数" in gone
    assert "公民館講座" not in gone  # it goes on under another name
    assert "35213-063" not in said[gone]
    for command in said.values():
        done = shihyo(*command.split(), cwd=workspace)
        assert done.returncode == 0, done.stderr
    assert commands(run_2026(workspace)) == {}
    registry = rows_of_registry(workspace)
    assert registry["35213-063"]["name"] == "公民館講座等受講者数"
    assert registry["35213-063"]["former_names"] == "公民館講座等の受講者数@2025"
    assert registry["35213-055"]["retired"] == "2026"


def rows_of_registry(workspace: Path) -> dict[str, dict[str, str]]:
    text = (workspace / "schemas/35213-mine/indicators.csv").read_text("utf-8-sig")
    kept = [line for line in text.splitlines() if not line.startswith("#")]
    return {row["id"]: row for row in csv.DictReader(kept)}


@pytest.mark.parametrize("side", ["lower", "下向き"])
def test_an_undecided_direction_is_accepted_by_the_command_of_its_advice(
    next_year: Path, tmp_path: Path, side: str
) -> None:
    workspace = Path(shutil.copytree(next_year, tmp_path / "workspace"))
    path = workspace / "schemas/35213-mine/indicators.csv"
    text = path.read_text("utf-8-sig")
    known = next(line for line in text.splitlines() if line.startswith("35213-063,"))
    path.write_text(text.replace(known, known.replace(",higher,declared,", ",unknown,,")), "utf-8")
    said = run_2026(workspace)
    identifier = next(
        command.split()[2] for command in commands(said).values() if "--as 35213-063" in command
    )
    assert "方向" in said
    assert "shihyo registry accept ID --direction higher" in said
    found = undecided(workspace)
    assert identifier in found
    command = ("registry", "accept", identifier, "--direction", side)
    done = shihyo(*command, cwd=workspace)
    assert done.returncode == 0, done.stderr
    run_2026(workspace)
    assert identifier not in undecided(workspace)
    registered = rows_of_registry(workspace)["35213-063"]  # it was known under another name
    assert (registered["direction"], registered["basis"]) == ("lower", "declared")


def undecided(workspace: Path) -> list[str]:
    data = json.loads(
        (workspace / "extracted/35213-mine/2026/release/data.json").read_text("utf-8")
    )
    told = [one for one in data["findings"] if one["rule"] == "direction.undecided"]
    named = {one["name"]: one["id"] for one in data["indicators"]}
    return [named[one["subject"]] for one in told]
