"""How a batch grows with its documents: serial, processes, and a local Dask cluster.

python benchmarks/scale.py [--documents 10 100] [--jobs 2] [--no-dask] [--faults]

The documents are random reports of invented towns (see ``unseen.py``), each under the code of a
municipality of its own: ``--distinct`` different ones, then copies whose bytes differ.  Prints
Markdown: documents a minute, processor time, the largest process of the run (readers included), a
run with nothing changed, and one after one city's settings changed.

``--faults``: the same documents again while a worker is killed in the middle, while the Dask
scheduler is killed and started again, and into an S3 store that refuses one write in fifty.  The
releases must be the bytes of the undisturbed run, each document once in the journal's last lines.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.batch.stores import Store
from pipeline.cache.store import digest_of
from pipeline.settings.files import layers
from pipeline.settings.municipalities import load_municipalities
from tests.data.generate.document import make
from tests.data.generate.features import draw
from tests.data.generate.produce import PRODUCERS

ROOT = Path(__file__).resolve().parent.parent
SAMPLED = 0.2
"""Seconds between two looks at the processes of a run."""


def documents(folder: Path, number: int, distinct: int) -> None:
    """Random reports as ``raw/<area>/<edition>.pdf``, one for each of the first areas."""
    areas = sorted(load_municipalities(layers(ROOT / "tests", None)))[:number]
    made: list[tuple[int, bytes]] = []
    for at, area in enumerate(areas):
        if at < distinct:
            one = make(at, draw(at, producer="typst"))
            pdf = PRODUCERS["typst"](one.title, one.blocks, one.look)
            made.append((one.truth["document"]["edition"], pdf))
        edition, pdf = made[at % len(made)]
        path = folder / "raw" / area / f"{edition}.pdf"
        path.parent.mkdir(parents=True)
        path.write_bytes(pdf if at < distinct else pdf + b"%% copy\n")
    (folder / "schemas").mkdir()


class Watched:
    """The processes of a run as they come and go: seconds of processor time, largest memory."""

    def __init__(self, roots: Iterable[int]) -> None:
        self._roots = [psutil.Process(root) for root in roots]
        self._used: dict[tuple[int, float], float] = {}
        self._before: dict[tuple[int, float], float] = {}
        self.largest = 0
        self.look()
        self._before = dict(self._used)

    def look(self) -> None:
        for process in self.processes():
            try:
                times, memory = process.cpu_times(), process.memory_info().rss
                key = (process.pid, process.create_time())
            except psutil.Error:
                continue
            self._used[key] = times.user + times.system
            self.largest = max(self.largest, memory)

    def processes(self) -> Iterator[psutil.Process]:
        for root in self._roots:
            try:
                yield from (root, *root.children(recursive=True))
            except psutil.Error:
                continue

    @property
    def seconds(self) -> float:
        """Processor time since the start; what a process used after the last look is missing."""
        return sum(self._used.values()) - sum(self._before.values())


def command_for(folder: Path, destination: str, *options: str) -> list[str]:
    """The batch over the made documents."""
    return [
        sys.executable, "-m", "pipeline.cli", "batch", str(folder / "raw"), "--to", destination,
        "--workspace", str(folder), "--journal", str(folder / f"{Path(destination).name}.jsonl"),
        *options,
    ]  # fmt: skip


def batch(
    command: list[str],
    others: Iterable[int] = (),
    strike: Callable[[subprocess.Popen[bytes]], bool] | None = None,
    cores: int | None = None,
) -> tuple[float, Watched]:
    """Run the command: seconds by the clock, and what it and the processes ``others`` used.

    ``strike`` is called at every look until it says that it struck.  ``cores``: so many of them
    may be used (Linux), else all.
    """
    started = time.monotonic()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=told)
        if cores is not None:
            allowed = sorted(os.sched_getaffinity(0))[:cores]
            os.sched_setaffinity(process.pid, allowed)
        watched = Watched([process.pid, *others])
        struck = strike is None
        while process.poll() is None:
            watched.look()
            struck = struck or bool(strike and strike(process))
            time.sleep(SAMPLED)
        clock = time.monotonic() - started
        if process.returncode not in (0, 1, 11):
            told.seek(0)
            sys.exit(told.read().decode())
    if not struck:
        sys.exit("the run ended before it was disturbed: give more documents")
    return clock, watched


class Cluster:
    """A scheduler and two workers as processes on loopback."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self._port = str(one.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._folder = folder
        self._started: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("scheduler", "a", "b"):
            self.start(name)

    @property
    def pids(self) -> list[int]:
        return [one.pid for one in self._started.values()]

    def start(self, name: str) -> None:
        scheduler = ["scheduler", "--host", "127.0.0.1", "--port", self._port]
        worker = ["worker", self.address, "--nthreads", "1", "--no-nanny"]
        local = ["--local-directory", str(self._folder / name)]
        self._started[name] = subprocess.Popen(
            [sys.executable, "-m", "dask", *(scheduler if name == "scheduler" else worker + local),
             "--no-dashboard"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self, name: str) -> None:
        self._started[name].kill()
        self._started[name].wait()

    def stop(self) -> None:
        for name in self._started:
            self.kill(name)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.stop()


def measured(folder: Path, number: int, jobs: int, dask: Cluster | None) -> Iterator[str]:
    """One line a way to run the documents, then the two runs again.

    One process reads with both readers at once where it may; what two processes gain is seen
    against one process on one core.
    """
    one_core = command_for(folder, str(folder / "core"), "--jobs", "1")
    yield line(number, "serial, one core", *batch(one_core, cores=1))
    ways = {"serial": ["--jobs", "1"], f"{jobs} processes": ["--jobs", str(jobs)]}
    for name, options in ways.items():
        yield line(number, name, *batch(command_for(folder, str(folder / name[:6]), *options)))
    if dask:
        given = command_for(folder, str(folder / "dask"), "--dask", dask.address)
        yield line(number, "Dask, 2 workers", *batch(given, dask.pids))
    yield line(number, "nothing changed", *batch(command_for(folder, str(folder / "serial"))))
    first = min((folder / "raw").iterdir()).name
    vocabulary = folder / "schemas" / first / "missing.csv"
    vocabulary.parent.mkdir()
    vocabulary.write_text("mark,sign\n", encoding="utf-8")
    profile = f'[municipality]\nname = "{first}"\narea_code = "{first[:5]}"\n'
    (vocabulary.parent / "profile.toml").write_text(profile, encoding="utf-8")
    again = batch(command_for(folder, str(folder / "serial"), "--jobs", str(jobs)))
    shutil.rmtree(vocabulary.parent)
    yield line(number, "one city's settings changed", *again)


def line(number: int, name: str, clock: float, watched: Watched) -> str:
    rate, largest = 60 * number / clock, watched.largest / 2**20
    return (
        f"| {number} | {name} | {clock:.1f} | {rate:.0f} | {watched.seconds:.1f} | {largest:.0f} |"
    )


# --------------------------------------------------------------------------- faults


def half_done(journal: Path, number: int) -> bool:
    return journal.is_file() and journal.read_bytes().count(b"\n") * 2 >= number


def kill_a_worker(journal: Path, number: int) -> Callable[[subprocess.Popen[bytes]], bool]:
    """Kill one of the processes that run documents, once half of them are done."""

    def strike(process: subprocess.Popen[bytes]) -> bool:
        if not half_done(journal, number):
            return False
        for child in psutil.Process(process.pid).children():
            if "spawn_main" in " ".join(child.cmdline()):
                child.send_signal(signal.SIGKILL)
                return True
        return False

    return strike


def restart_scheduler(
    journal: Path, number: int, dask: Cluster
) -> Callable[[subprocess.Popen[bytes]], bool]:
    """Kill the scheduler and a worker, and start both again."""

    def strike(_: subprocess.Popen[bytes]) -> bool:
        if not half_done(journal, number):
            return False
        for name in ("scheduler", "a"):
            dask.kill(name)
        for name in ("scheduler", "a"):
            dask.start(name)
        return True

    return strike


@contextmanager
def refusing_store() -> Iterator[tuple[str, list[int]]]:
    """A bucket on moto's S3 server that refuses every fiftieth write; how many it refused."""
    from moto.server import DomainDispatcherApplication, create_backend_app  # noqa: PLC0415 - slow, for --faults
    from werkzeug.serving import make_server  # noqa: PLC0415 - the same

    served: Any = DomainDispatcherApplication(create_backend_app)
    writes, refused = itertools.count(1), [0]

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if environ["REQUEST_METHOD"] == "PUT" and next(writes) % 50 == 0:
            refused[0] += 1
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start("403 Forbidden", [("Content-Type", "application/xml"), ("Connection", "close")])
            return [b"<Error><Code>AccessDenied</Code><Message>refused</Message></Error>"]
        return served(environ, start)

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ.update(
        AWS_ENDPOINT_URL=f"http://127.0.0.1:{server.port}",
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION="us-east-1",
    )
    try:
        import s3fs  # noqa: PLC0415 - reads the environment set above

        s3fs.S3FileSystem().mkdir("disturbed")
        yield "s3://disturbed/out", refused
    finally:
        server.shutdown()


def released(address: str) -> dict[str, str]:
    """The digest of every file of every release that a marker names."""
    store = Store(address)
    found = {}
    for area, edition in store.markers():
        marker = store.published(area, edition) or {}
        for path in store._system.find(f"{store._root}/{marker['folder']}"):
            name = path.split("/releases/")[1]
            found[name] = digest_of(store.read(f"releases/{name}"))
    return found


def disturbed(folder: Path, number: int, jobs: int, dask: Cluster | None) -> Iterator[str]:
    """The same documents three times, disturbed; ends with an error if a byte differs."""
    processes = ["--jobs", str(jobs)]
    batch(command_for(folder, str(folder / "quiet"), *processes))
    quiet = released(str(folder / "quiet"))
    journal = folder / "killed.jsonl"
    given = command_for(folder, str(folder / "killed"), *processes)
    batch(given, strike=kill_a_worker(journal, number))
    yield compared("a worker killed", quiet, str(folder / "killed"), journal, number)
    if dask:
        journal = folder / "restarted.jsonl"
        given = command_for(folder, str(folder / "restarted"), "--dask", dask.address)
        batch(given, strike=restart_scheduler(journal, number, dask))
        name = "scheduler and a worker killed and started again"
        yield compared(name, quiet, str(folder / "restarted"), journal, number)
    with refusing_store() as (address, refused):
        batch(command_for(folder, address, *processes, "--no-table"))
        name = f"store refused {refused[0]} writes"
        yield compared(name, quiet, address, folder / "out.jsonl", number)


def compared(name: str, quiet: dict[str, str], address: str, journal: Path, number: int) -> str:
    now = released(address)
    if now != quiet:
        differing = sorted({path for path, _ in quiet.items() ^ now.items()})
        sys.exit(f"{name}: {len(differing)} files differ: {differing[:5]}")
    lines = [json.loads(one)["address"] for one in journal.read_bytes().splitlines()]
    if len(lines) != number or len(set(lines)) != number:
        sys.exit(f"{name}: {len(lines)} lines for {len(set(lines))} of {number} documents")
    return f"| {number} | {name} | {len(now)} files, all alike | {len(lines)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--distinct", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-dask", action="store_true")
    parser.add_argument("--faults", action="store_true")
    given = parser.parse_args()
    if given.faults:
        print("| documents | disturbed by | released | lines of the journal |\n|-|-|-|-|")
    else:
        print("| documents | way | s | documents a minute | CPU s | largest process, MB |")
        print("|-|-|-|-|-|-|", flush=True)
    rows = disturbed if given.faults else measured
    with tempfile.TemporaryDirectory() as name:
        for number in given.documents:
            folder = Path(name) / str(number)
            documents(folder, number, given.distinct)
            with nullcontext() if given.no_dask else cluster(Path(name)) as dask:
                for row in rows(folder, number, given.jobs, dask):
                    print(row, flush=True)


if __name__ == "__main__":
    main()
