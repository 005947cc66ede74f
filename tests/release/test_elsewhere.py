"""A release made elsewhere is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cache.store import folder_digests
from tests import faulty

pytestmark = pytest.mark.slow

ELSEWHERE = (
    {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
)


def ran(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The digests of a release, made by a process with its own surroundings."""
    workspace, home = faulty.workspace_with(folder, faulty.NEW), folder / "home"
    home.mkdir()
    program = "from pipeline.cli import main; main()"
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program, "run", "--workspace", str(workspace)],
        env={**kept, "HOME": str(home), **environment},
        cwd=home,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder_digests(workspace / faulty.MADE / "2025" / "release")


def test_two_clean_environments_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for number, environment in enumerate(ELSEWHERE):
        (tmp_path / str(number)).mkdir()
        made.append(ran(tmp_path / str(number), environment))
    assert made[0] == made[1]
    assert len(made[0]) > 15
