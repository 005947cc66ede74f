"""A batch: what runs, what does not run again, what fails alone, and what a crash leaves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.batch.executors import Processes, Serial, _in_pool
from pipeline.batch.journal import Journal
from pipeline.batch.stores import Store
from pipeline.cache.store import folder_digests
from pipeline.errors import EnvironmentTroubleError, ExitCode
from tests.batch.conftest import ROOT, run

pytestmark = pytest.mark.slow


def states(told: list) -> dict[str, str]:
    return {"/".join(one.address.rsplit("/", 2)[1:]): one.state for one in told}


def released(destination: Path) -> dict[str, str]:
    return {
        name: digest
        for name, digest in folder_digests(destination).items()
        if name.startswith("releases/")
    }


def test_only_what_changed_runs_again(city: Path, tmp_path: Path) -> None:
    destination = str(tmp_path / "out")
    first, _ = run(city, destination)
    assert (first.exit_code, dict(first.states)) == (ExitCode.RELEASED, {"ran": 3})
    before = released(tmp_path / "out")

    again, told = run(city, destination)
    assert dict(again.states) == {"unchanged": 3}
    assert [one.indicators for one in told] == [2, 2, 2]

    (city / "journal.jsonl").unlink()
    assert dict(run(city, destination)[0].states) == {"unchanged": 3}

    shutil.copytree(ROOT / "schemas/35213-mine", city / "schemas/35213-mine")
    assert states(run(city, destination)[1])["35213-mine/2025.pdf"] == "ran"
    after = released(tmp_path / "out")
    changed = {name.split("/")[1] for name, _ in before.items() ^ after.items()}
    assert changed == {"35213"}

    data = (city / "raw/01100-sapporo/2024.pdf").read_bytes()
    (city / "raw/01100-sapporo/2024.pdf").write_bytes(data + b"\n")
    assert states(run(city, destination)[1]) == {
        "01100-sapporo/2024.pdf": "ran",
        "01100-sapporo/2025.pdf": "ran",
        "35213-mine/2025.pdf": "unchanged",
    }


def test_a_later_edition_alone_looks_at_the_one_before(city: Path, tmp_path: Path) -> None:
    destination = str(tmp_path / "out")
    run(city, destination)
    (city / "raw/01100-sapporo/2025.pdf").write_bytes(
        (city / "raw/01100-sapporo/2025.pdf").read_bytes() + b"\n"
    )
    assert states(run(city, destination)[1])["01100-sapporo/2024.pdf"] == "unchanged"
    assert (tmp_path / "out/releases/01100/2024.json").is_file()


@pytest.mark.parametrize("executor", [Serial(), Processes(2)], ids=["serial", "processes"])
def test_every_executor_gives_the_same_bytes(city: Path, tmp_path: Path, executor) -> None:
    run(city, str(tmp_path / "one"))
    run(city, str(tmp_path / "other"), executor, journal=tmp_path / "journal.jsonl")
    assert released(tmp_path / "one") == released(tmp_path / "other")


def test_what_a_manifest_says_is_held_against_the_document(city: Path, tmp_path: Path) -> None:
    """The report of Mine for 2025 under the code of Sapporo and the year before."""
    report = ROOT / "raw" / "35213-mine" / "2025.pdf"
    manifest = tmp_path / "list.csv"
    manifest.write_text(f"area,edition,path\n011002,2024,{report}\n", encoding="utf-8")
    _, told = run(city, str(tmp_path / "to"), sources=(str(manifest),))
    (release,) = (tmp_path / "to").rglob("data.json")
    findings = json.loads(release.read_text(encoding="utf-8"))["findings"]
    assert {"identity.area-contradicted", "identity.edition-contradicted"} <= {
        found["rule"] for found in findings
    }
    assert told[-1].exit_code == 1


def test_a_document_that_fails_does_not_stop_the_others(city: Path, tmp_path: Path) -> None:
    (city / "raw/35213-mine/2025.pdf").write_bytes(b"<html></html>")
    summary, _ = run(city, str(tmp_path / "out"))
    assert summary.exit_code == ExitCode.SOME_FAILED
    (bad,) = [one for one in summary.documents if one.failed]
    assert (bad.exit_code, bad.area_code, bad.edition) == (ExitCode.UNREADABLE, "35213", 2025)
    again, _ = run(city, str(tmp_path / "out"))
    assert dict(again.states) == {"unchanged": 2, "failed": 1}
    for pdf in (city / "raw").rglob("*.pdf"):
        pdf.write_bytes(b"")
    assert run(city, str(tmp_path / "none"))[0].exit_code == ExitCode.ALL_FAILED


class Killed:
    """An executor whose worker dies with some groups; the others run here."""

    def run(self, function: Callable, groups: list) -> Iterator[tuple]:
        for group in groups:
            yield group, None if group.folder.startswith("01100") else function(group)


def test_a_worker_that_died_is_a_failure_of_its_documents(city: Path, tmp_path: Path) -> None:
    summary, _ = run(city, str(tmp_path / "out"), Killed())
    assert [one.exit_code for one in summary.documents] == [ExitCode.WORKER, ExitCode.WORKER, 0]


def _die_once(path: str) -> str:
    flag = Path(path)
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path


def _die(path: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return path


def test_a_killed_worker_is_tried_once_more(tmp_path: Path) -> None:
    flag = str(tmp_path / "flag")
    assert list(Processes(2).run(_die_once, [flag])) == [(flag, flag)]
    assert list(Processes(1).run(_die, ["x"])) == [("x", None)]


def test_what_waited_behind_a_killed_worker_is_run_as_before(tmp_path: Path) -> None:
    """Only what was being run when a worker died is run in processes of its own."""
    paths = [str(tmp_path / str(number)) for number in range(8)]
    for path in paths[:3] + paths[4:]:
        Path(path).touch()
    left = deque(paths)
    ended = dict(_in_pool(_die_once, left, 2))
    assert ended[paths[3]] is None
    assert list(left) == paths[len(ended) :]
    assert sum(result is None for result in ended.values()) <= 2
    Path(paths[3]).unlink()
    assert sorted(Processes(2).run(_die_once, paths)) == [(path, path) for path in paths]


def test_an_interrupted_batch_goes_on_where_it_was(city: Path, tmp_path: Path) -> None:
    """The whole command is killed after its first document; the second call does the rest."""
    command = [
        sys.executable, "-m", "pipeline.cli", "batch", str(city / "raw"), "--to",
        str(tmp_path / "out"), "--jobs", "1", "--second-reader", "never", "--workspace", str(city),
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
        journal = tmp_path / "out" / "journal.jsonl"
        until = time.monotonic() + 120
        while not (journal.is_file() and journal.read_bytes()) and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
    done = set(Journal(journal).last())
    assert done
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert result.returncode == 0, result.stderr.decode()
    run(city, str(tmp_path / "undisturbed"), journal=tmp_path / "other.jsonl")
    assert released(tmp_path / "out") == released(tmp_path / "undisturbed")
    lines = journal.read_bytes().splitlines()
    assert len(lines) == len(set(Journal(journal).last())) == 3


def test_a_cut_line_of_the_journal_is_passed_over(city: Path, tmp_path: Path) -> None:
    run(city, str(tmp_path / "out"))
    journal = city / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    assert dict(run(city, str(tmp_path / "out"))[0].states) == {"unchanged": 3}
    assert len(Journal(journal).last()) == 2


class Refusing(Store):
    """A store that refuses one write in five."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.calls = 0
        whole = self._system.pipe_file

        def pipe_file(path: str, data: bytes) -> None:
            self.calls += 1
            if self.calls % 5 == 0:
                raise OSError("refused")
            whole(path, data)

        self._system = _With(self._system, pipe_file)


class _With:
    def __init__(self, system, pipe_file: Callable) -> None:
        self._system, self.pipe_file = system, pipe_file

    def __getattr__(self, name: str):
        return getattr(self._system, name)


def test_a_store_that_refuses_some_writes_gets_all_of_them(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.csv").write_text(str(number))
    store = Refusing("memory://refusing")
    folder = store.publish(tmp_path, "35213", 2025, {})
    assert store.calls > 13
    assert {store.read(f"{folder}/{n}.csv") for n in range(12)} == {b"%d" % n for n in range(12)}
    assert store.markers() == {("35213", 2025): "releases/35213/2025.json"}


def test_a_reader_sees_the_old_release_or_the_new_one(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "out"))
    (tmp_path / "data.json").write_text("1")
    one = store.publish(tmp_path, "35213", 2025, {"n": 1})
    assert store.published("35213", 2025)["folder"] == one
    (tmp_path / "data.json").write_text("2")
    (tmp_path / "out" / one).chmod(0o755)
    other = store.publish(tmp_path, "35213", 2025, {"n": 2})
    assert store.published("35213", 2025)["folder"] == other != one
    assert not (tmp_path / "out" / one).exists()


def test_a_place_that_cannot_be_written_is_said_first(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentTroubleError):
        Store(str(tmp_path / "file" / "below")).check()
