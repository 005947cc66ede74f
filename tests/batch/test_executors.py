"""Processes of a batch never outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.extract.test_guard import is_running, until

BATCH = """
import sys
from pathlib import Path
from pipeline.batch.executors import Processes
from tests.batch.test_executors import tell_and_wait
if __name__ == "__main__":
    list(Processes(2).run(tell_and_wait, [Path(sys.argv[1]) / name for name in "ab"]))
"""


def tell_and_wait(path: Path) -> None:
    """Say who works, and work for longer than the test."""
    part = path.with_suffix(".part")
    part.write_text(str(os.getpid()))
    part.rename(path)
    time.sleep(60)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_the_workers_end_with_a_batch_that_is_killed(tmp_path: Path) -> None:
    batch = subprocess.Popen(
        [sys.executable, "-c", BATCH, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path.cwd())])},
    )
    told = [tmp_path / name for name in "ab"]
    until(lambda: all(path.exists() for path in told))
    workers = [int(path.read_text()) for path in told]
    assert all(map(is_running, workers))
    batch.send_signal(signal.SIGKILL)
    batch.wait(timeout=20)
    assert until(lambda: not any(map(is_running, workers)))
