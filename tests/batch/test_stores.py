"""A batch over a real S3 server, and over a Dask cluster whose workers and scheduler fail."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.executors import Dask
from pipeline.batch.journal import Journal
from pipeline.batch.stores import Store
from pipeline.batch.work import Done
from pipeline.errors import UsageError
from tests.batch.conftest import ROOT, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket on moto's S3 server; fsspec is told of it by its environment."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        import s3fs

        s3fs.S3FileSystem().mkdir("cities")
        yield "s3://cities"
    finally:
        server.stop()
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


def contents(store: Store) -> dict[str, bytes]:
    """Every published file of a store, by its path."""
    found = store._system.find(f"{store._root}/releases")
    return {
        path.split("/releases/")[1]: store.read(f"releases/{path.split('/releases/')[1]}")
        for path in found
        if not path.endswith(".json") or path.count("/") > 3 + store._root.count("/")
    }


def test_documents_and_releases_may_lie_on_s3(city: Path, tmp_path: Path, bucket: str) -> None:
    import s3fs

    s3fs.S3FileSystem().put(str(city / "raw"), "cities/raw", recursive=True)
    summary, _ = run(city, f"{bucket}/out", sources=(f"{bucket}/raw",))
    assert (summary.exit_code, len(summary.documents)) == (0, 3)
    run(city, str(tmp_path / "out"), journal=tmp_path / "journal.jsonl")
    there, here = Store(f"{bucket}/out"), Store(str(tmp_path / "out"))
    assert contents(there) == contents(here)
    (city / "journal.jsonl").unlink()
    again, _ = run(city, f"{bucket}/out", sources=(f"{bucket}/raw",))
    assert dict(again.states) == {"unchanged": 3}


# --------------------------------------------------------------------------- Dask


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Cluster:
    """A scheduler and two workers, each a process of its own, on loopback."""

    def __init__(self, folder: Path) -> None:
        self.address = f"tcp://127.0.0.1:{_free_port()}"
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        port = self.address.rsplit(":", 1)[1]
        command = (
            ["scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
            if name == "scheduler"
            else ["worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny",
                  "--death-timeout", "60", "--local-directory", str(self.folder)]
        )  # fmt: skip
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, name: str) -> None:
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def stop(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    for name in ("scheduler", "first", "second"):
        made.start(name)
    yield made
    made.stop()


def _slow(number: int) -> int:
    time.sleep(0.5)
    return number


def test_a_cluster_gives_the_same_bytes(city: Path, tmp_path: Path, cluster: Cluster) -> None:
    summary, _ = run(city, str(tmp_path / "out"), Dask(cluster.address))
    assert dict(summary.states) == {"ran": 3}
    run(city, str(tmp_path / "serial"), journal=tmp_path / "journal.jsonl")
    assert contents(Store(str(tmp_path / "out"))) == contents(Store(str(tmp_path / "serial")))


@pytest.mark.parametrize("victim", ["first", "scheduler"])
def test_nothing_is_lost_when_a_part_of_the_cluster_dies(cluster: Cluster, victim: str) -> None:
    numbers = list(range(12))

    begun = threading.Event()

    def strike() -> None:
        begun.wait()  # a scheduler that dies before all is none
        cluster.kill(victim)
        time.sleep(1)
        for name in {"scheduler": ("scheduler", "third", "fourth")}.get(victim, ("third",)):
            cluster.start(name)

    striking = threading.Thread(target=strike)
    striking.start()
    ended = []
    for one in Dask(cluster.address).run(_slow, numbers):
        ended.append(one)
        begun.set()
    striking.join()
    assert sorted(ended) == [(number, number) for number in numbers]


def test_an_address_without_a_scheduler_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(Dask, "_SECONDS", 1)
    with pytest.raises(UsageError, match="no Dask scheduler"):
        list(Dask(f"tcp://127.0.0.1:{_free_port()}").run(_slow, [1]))


def test_what_a_journal_holds_can_be_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    done = Done(address="s3://cities/raw/35213-mine/2025.pdf", state="ran", edition=2025)
    journal.add(done)
    journal.close()
    assert journal.last() == {done.address: done}


def test_what_a_killed_worker_had_half_written_is_taken_away(tmp_path: Path) -> None:
    release = tmp_path / "release"
    release.mkdir()
    (release / "data.json").write_bytes(b"{}")
    store = Store(str(tmp_path / "store"))
    folder = tmp_path / "store" / store.publish(release, "01203", 2016, {})
    stale = [folder / ".data.json.x1.part", folder.parent / ".2016.json.x2.part"]
    own = [folder / ".data.json.x3.part", folder.parent / ".2017.json.x4.part"]
    for part in (*stale, *own):
        part.write_bytes(b"{")
    for part in (*stale, own[1]):
        os.utime(part, (1, 1))
    os.utime(own[0], (time.time() + 60,) * 2)
    store.publish(release, "01203", 2016, {})
    assert not any(part.exists() for part in stale)
    assert all(part.exists() for part in own)  # another run writes now; another edition
