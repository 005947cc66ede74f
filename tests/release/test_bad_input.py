"""What is wrong is told with its kind and place, and the last release stays whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cache.store import folder_digests
from pipeline.cli import cli
from pipeline.desk.jobs import Options, run_one
from pipeline.errors import ExitCode

TOWNS = Path(__file__).resolve().parents[1] / "data" / "towns"
PROFILE = '[municipality]\narea_code = "01999"\nname = "町"\n[publication]\npublisher = "町"\n'

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A workspace with one town, run."""
    workspace = tmp_path_factory.mktemp("bad") / "workspace"
    (workspace / "raw/01999-town").mkdir(parents=True)
    (workspace / "schemas/01999-town").mkdir(parents=True)
    (workspace / "schemas/01999-town/profile.toml").write_text(PROFILE, encoding="utf-8")
    shutil.copy(TOWNS / "circles.pdf", workspace / "raw/01999-town/2025.pdf")
    assert run(workspace).exit_code == 0
    return workspace


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "workspace"))


def run(workspace: Path, *more: str):
    asked = ("run", "--workspace", str(workspace), "--lang", "en", "--second-reader", "never")
    return CliRunner().invoke(cli, [*asked, *more])


def release(workspace: Path) -> Path:
    return workspace / "extracted/01999-town/2025/release"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('licence = "CC-BY-9"', "CC-BY-9"),
        ('contact_email = "kikaku(at)town"', "kikaku(at)town"),
        ('dataset_id = "町 KPI"', "町 KPI"),
        ('landing_page = "town.example.jp"', "town.example.jp"),
        ('release_date = "令和7年6月1日"', "令和7年6月1日"),
    ],
)
def test_a_profile_of_the_wrong_form(line: str, told: str, workspace: Path) -> None:
    before = folder_digests(release(workspace))
    profile = workspace / "schemas/01999-town/profile.toml"
    profile.write_text(f"{PROFILE}{line}\n", encoding="utf-8")
    done = run(workspace)
    assert done.exit_code == ExitCode.SETTINGS
    assert told in done.output
    assert "profile.toml" in done.output
    assert folder_digests(release(workspace)) == before


def test_a_folder_that_holds_something_else(tmp_path: Path, workspace: Path) -> None:
    other = tmp_path / "out" / "release"
    other.mkdir(parents=True)
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    pdf = str(workspace / "raw/01999-town/2025.pdf")
    done = run(workspace, pdf, "-o", str(other.parent))
    assert done.exit_code == ExitCode.USAGE
    assert "something else than a release" in done.output
    assert [path.name for path in other.iterdir()] == ["letter.txt"]
    asked = ["release", pdf, "--workspace", str(workspace), "--to", str(other), "--lang", "en"]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == ExitCode.USAGE
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_an_empty_folder_and_one_with_a_release_are_taken(tmp_path: Path, workspace: Path) -> None:
    output = tmp_path / "out"
    (output / "release").mkdir(parents=True)
    options = Options(
        workspace=str(workspace),
        output=str(output),
        area="01999",
        edition=2025,
        second_reader="never",
    )
    for _ in range(2):
        result = run_one(TOWNS / "circles.pdf", options)
        assert result.failure is None
        (output / "5-release.json").unlink()


@pytest.mark.parametrize("command", ["run", "release"])
def test_a_disk_that_fills(command: str, workspace: Path, tmp_path: Path, monkeypatch) -> None:
    before = folder_digests(release(workspace))
    target = tmp_path / "copy"

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.cache.store.write_atomically", full)
    asked = {"run": ["run", "--force"], "release": ["release", "--to", str(target)]}[command]
    done = CliRunner().invoke(cli, [*asked, "--workspace", str(workspace), "--lang", "en"])
    assert done.exit_code == ExitCode.ENVIRONMENT
    assert "disk" in done.output
    assert folder_digests(release(workspace)) == before
    assert not target.exists()
