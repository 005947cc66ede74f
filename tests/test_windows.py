"""What can be tried here of a machine with Windows: consoles, names, paths, files held open."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, Result, run_one
from tests.released import INVENTED, invented_town

TOWN = Path(__file__).parent / "data" / "towns" / "circles.pdf"

RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{name}{number}" for name in ("com", "lpt") for number in range(10)
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return workspace_in(tmp_path)


def workspace_in(folder: Path) -> Path:
    made = invented_town(folder / "workspace")
    (made / "raw" / f"{INVENTED}-town").mkdir(parents=True)
    shutil.copyfile(TOWN, made / "raw" / f"{INVENTED}-town" / "2025.pdf")
    return made


def command(workspace: Path, encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments, "--workspace", str(workspace)],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose document has been run: what the commands say of it needs no reading."""
    made = workspace_in(tmp_path_factory.mktemp("consoles"))
    assert ran(made).failure is None
    return made


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp932", "latin-1", "ascii"])
def test_a_console_of_another_encoding_shows_what_it_can(encoding: str, released: Path) -> None:
    once = ("run", "--second-reader", "never")
    for arguments in (once, (*once, "--json"), ("doctor",)):
        done = command(released, encoding, *arguments)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        text = done.stdout.decode(encoding)
        if encoding == "cp932" and arguments[-1] != "--json":
            assert "？" in text or "指標" in text or "制限" in text


def ran(workspace: Path, **options: str) -> Result:
    pdf = workspace / "raw" / f"{INVENTED}-town" / "2025.pdf"
    return run_one(pdf, Options(workspace=str(workspace), second_reader="never", **options))


def test_no_file_has_a_name_that_windows_refuses(workspace: Path) -> None:
    assert ran(workspace).failure is None
    made = [path.relative_to(workspace) for path in (workspace / "extracted").rglob("*")]
    assert len(made) > 20
    for path in made:
        for part in path.parts:
            assert re.fullmatch(r"[A-Za-z0-9._-]*[A-Za-z0-9_-]", part), part
            assert part.partition(".")[0].lower() not in RESERVED
    assert len({str(path).lower() for path in made}) == len(made)
    assert max(len(str(path)) for path in made) < 120  # of 260, the rest is the workspace's


def test_a_path_that_is_too_long_is_told_in_words(workspace: Path, tmp_path: Path) -> None:
    result = ran(workspace, output=str(tmp_path / ("d" * 300)))
    assert result.exit_code == 10
    assert result.failure is not None
    assert result.failure.message == "The path is too long for this system."


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_release_that_excel_holds_open_is_told_and_stays(
    number: int, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ran(workspace).failure is None
    folder = workspace / "extracted" / f"{INVENTED}-town" / "2025"
    artefact = folder / "5-release.json"
    before = artefact.read_bytes()
    artefact.write_bytes(b"altered")
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target == artefact:
            error = PermissionError(13, "The process cannot access the file", str(target))
            error.winerror = number  # type: ignore[attr-defined]
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    result = ran(workspace)
    assert result.exit_code == 10
    assert result.failure is not None
    assert re.search("another program|no permission", result.failure.message)
    assert "Excel" in result.failure.advice
    assert not list(folder.rglob("*.part"))
    monkeypatch.undo()
    assert ran(workspace).failure is None
    assert artefact.read_bytes() == before
