"""A run that is stopped, or that the machine fails, at any of its steps loses nothing.

All steps in all ways: ``make faults``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, run_one
from pipeline.desk.workspace import documents
from pipeline.extract import read
from tests import faulty
from tests.test_faults import children, until

ROOT = Path(__file__).resolve().parent.parent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork"),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> faulty.Undisturbed:
    """What all that is stopped or fails is held against."""
    return faulty.undisturbed(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize(
    ("way", "every"),
    [("kill", 51), ("interrupt", 89), ("full", 97), ("device", 60), ("denied", 103)],
)
def test_what_goes_wrong_at_a_step_loses_nothing(
    way: str, every: int, sound: faulty.Undisturbed, tmp_path: Path
) -> None:
    places = range(1, sound.count + 1, every)
    tried = [faulty.trial(tmp_path, sound, way, at) for at in places]
    assert len(tried) >= 3
    assert [one for one in tried if not faulty.is_right(one)] == []
    assert {one["release"] for one in tried} == {"old", "new"}


def test_an_interruption_while_the_program_is_loading_ends_it_as_a_later_one(
    tmp_path: Path,
) -> None:
    """The commands take a while to load: a traceback was shown then."""
    commands = tmp_path / "sitecustomize.py"
    commands.write_text(
        "import signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'pipeline.cli':\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    script = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "scripts"
    ]["shihyo"]
    module, function = script.split(":")
    ended = subprocess.run(
        [sys.executable, "-c", f"from {module} import {function}; {function}()", "--version"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (130, b"")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize(
    ("reading", "number", "send"),
    [
        (False, signal.SIGINT, os.killpg),
        (True, signal.SIGINT, os.killpg),
        (True, signal.SIGTERM, os.killpg),
        (True, signal.SIGTERM, os.kill),
    ],
    ids=["loading", "reading", "terminated", "alone"],
)
def test_an_interruption_ends_processes_side_by_side_in_silence(
    reading: bool, number: signal.Signals, send: Callable[[int, int], None], tmp_path: Path
) -> None:
    """The terminal sends Ctrl-C to all of them: one that was loading showed a traceback.

    Ended by SIGTERM the first one left semaphores, of which a warning told.
    """
    workspace = faulty.workspace_with(tmp_path, faulty.NEW)
    other = workspace / "raw" / "99901-nowhere" / "2025.pdf"
    other.parent.mkdir()
    shutil.copyfile(faulty.NEW, other)
    command = [sys.executable, "-m", "pipeline.start", "run", "--jobs", "2", "--lang", "en"]
    running = subprocess.Popen(
        [*command, "--workspace", str(workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    workers = until(lambda: children(running.pid))
    if reading:
        until(lambda: [one for worker in children(running.pid) for one in children(worker)])
    send(running.pid, number)
    said, _ = running.communicate(timeout=30)
    assert (running.returncode, said.strip()) == (
        130,
        "Interrupted; what was finished is kept.",
    )
    assert workers
    assert until(lambda: [] if any(map(runs, workers)) else workers)


def runs(process: int) -> bool:
    """Whether a process is there and no mere entry that nobody has asked for."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] not in "ZX"


@pytest.mark.parametrize("names", ["kil", "kill,ful", ""])
def test_a_way_of_failing_that_does_not_exist_is_refused(names: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        faulty.ways_of(names)


_LESS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static unsigned state = 1;
static size_t less(size_t size) {
    state = state * 1103515245 + 12345;
    size_t most = 1 + (state >> 16) % 509;
    return size < most ? size : most;
}
#define SHORTER(name, buffer) \\
    ssize_t name(int file, buffer data, size_t size) { \\
        ssize_t (*whole)(int, buffer, size_t) = dlsym(RTLD_NEXT, #name); \\
        return whole(file, data, less(size)); \\
    }
SHORTER(read, void *)
SHORTER(write, const void *)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="loads a library before all")
@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_short_reads_and_writes_change_nothing(tmp_path: Path) -> None:
    """The system may give and take fewer bytes than it is asked to, at any time."""
    source, library = tmp_path / "less.c", tmp_path / "less.so"
    source.write_text(_LESS, encoding="ascii")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    made = []
    for name in ("whole", "less"):
        workspace = faulty.workspace_with(tmp_path / name, faulty.NEW)
        place = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
        if name == "less":
            place["LD_PRELOAD"] = str(library)
        ended = subprocess.run(
            [sys.executable, "-m", "pipeline.start", "run", "--workspace", str(workspace)],
            env=place,
            capture_output=True,
            check=False,
        )
        said = ended.stdout.replace(str(workspace).encode(), b"")
        made.append((ended.returncode, ended.stderr, said, faulty.everything(workspace)))
    assert made[0] == made[1]


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
