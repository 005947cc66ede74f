"""A run that is stopped, or that the machine fails, at any of its steps loses nothing.

All steps in all ways: ``make faults``.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, run_one
from pipeline.desk.workspace import documents
from pipeline.extract import read
from tests import faulty

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork"),
]


@pytest.mark.parametrize(
    ("way", "every"),
    [("kill", 29), ("interrupt", 53), ("full", 67), ("device", 83), ("denied", 83)],
)
def test_what_goes_wrong_at_a_step_loses_nothing(way: str, every: int, tmp_path: Path) -> None:
    tried = list(faulty.trials(tmp_path, [way], every))
    assert len(tried) >= 3
    assert [one for one in tried if not faulty.is_right(one)] == []
    assert {one["release"] for one in tried} == {"old", "new"}


def test_links_to_a_pdf_and_to_a_workspace_are_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(faulty.NEW.read_bytes())
    workspace = faulty.workspace_with(tmp_path / "place", faulty.OLD)
    (workspace / faulty.DOCUMENT).unlink()
    (workspace / faulty.DOCUMENT).symlink_to(kept)
    link = tmp_path / "link"
    link.symlink_to(workspace)
    for number, place in enumerate((link, workspace)):
        result = run_one(place / faulty.DOCUMENT, Options(workspace=str(place)))
        assert (result.failure, result.edition) == (None, 2025)
        assert documents(place) == [place / faulty.DOCUMENT]
        assert result.cached == bool(number)
    assert (workspace / faulty.MADE / "2025" / "release").is_dir()


def test_a_reader_that_is_killed_is_a_worker_that_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = faulty.workspace_with(tmp_path, faulty.NEW)

    def killed(*_: object) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    options = Options(workspace=str(workspace), second_reader="never")
    monkeypatch.setattr(read, "read_encoded", killed)
    result = run_one(workspace / faulty.DOCUMENT, options)
    assert result.exit_code == 8
    monkeypatch.undo()
    assert run_one(workspace / faulty.DOCUMENT, options).failure is None
    assert faulty.hidden(workspace) == []
