"""Files and folders that may not be read: told by name, never left out in silence.

A superuser may read all, so the right to do so is put down first (Linux).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "tests/data/difficulties/overflowing-name.pdf"
PUT_DOWN = ("--bounding-set=-dac_override,-dac_read_search",)
PLACE = "schemas/13101-town"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("setpriv") is None, reason="setpriv of Linux"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for folder in ("raw/13101-town", f"{PLACE}/corrections"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(PAPER, tmp_path / "raw/13101-town/2025.pdf")
    profile = '[municipality]\narea_code = "13101"\nname = "試験町"\nslug = "town"\n'
    (tmp_path / PLACE / "profile.toml").write_text(profile, encoding="utf-8")
    return tmp_path


@contextmanager
def closed(path: Path) -> Iterator[None]:
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        yield
    finally:
        path.chmod(mode)


def ended(workspace: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and words of the command, run by someone without the rights of a superuser."""
    command = [sys.executable, "-m", "pipeline.cli", *arguments, "--workspace", str(workspace)]
    done = subprocess.run(
        ["setpriv", *PUT_DOWN, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "what",
    ["raw", "raw/13101-town", PLACE, f"{PLACE}/profile.toml", f"{PLACE}/corrections"],
)
def test_what_may_not_be_read_ends_a_run_by_its_name(what: str, workspace: Path) -> None:
    with closed(workspace / what):
        code, words = ended(workspace, "run", "--second-reader", "never")
    assert code == ExitCode.ENVIRONMENT
    assert str(workspace / what) in words
    assert "権限" in words
    assert "Traceback" not in words


def test_a_batch_leaves_out_no_folder_that_may_not_be_read(workspace: Path) -> None:
    closed_one = workspace / "raw/13101-town"
    with closed(closed_one):
        code, words = ended(
            workspace, "batch", str(workspace / "raw"), "--to", str(workspace / "p")
        )
    assert code == ExitCode.ENVIRONMENT
    assert str(closed_one) in words


@pytest.mark.parametrize("what", ["raw", "schemas"])
def test_doctor_names_what_may_not_be_read_and_goes_on(what: str, workspace: Path) -> None:
    with closed(workspace / what):
        code, words = ended(workspace, "doctor")
    assert code == ExitCode.ENVIRONMENT
    assert f"✗ {workspace / what}" in words
    assert "MB" in words
