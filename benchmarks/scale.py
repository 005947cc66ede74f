"""How a batch grows with its documents: serial, processes, and a local Dask cluster.

python benchmarks/scale.py [--documents 10 100] [--jobs 2] [--no-dask]

The documents are random reports of invented towns (see ``unseen.py``), each under the code of a
municipality of its own.  Prints Markdown: documents a minute, processor time, the largest worker,
a run with nothing changed, and one after a profile changed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.settings.files import layers
from pipeline.settings.municipalities import load_municipalities
from tests.data.generate.document import make
from tests.data.generate.features import draw
from tests.data.generate.produce import PRODUCERS

ROOT = Path(__file__).resolve().parent.parent


def documents(folder: Path, number: int) -> None:
    """Random reports as ``raw/<area>/<edition>.pdf``; those that stand are kept."""
    areas = sorted(load_municipalities(layers(ROOT / "tests", None)))
    for seed in range(number):
        made = make(seed, draw(seed, producer="typst"))
        edition = made.truth["document"]["edition"]
        pdf = folder / "raw" / areas[seed % len(areas)] / f"{edition}.pdf"
        if not pdf.exists():
            pdf.parent.mkdir(parents=True, exist_ok=True)
            pdf.write_bytes(PRODUCERS["typst"](made.title, made.blocks, made.look))
    (folder / "schemas").mkdir(exist_ok=True)


def batch(folder: Path, destination: Path, *options: str) -> tuple[float, float]:
    """Run the command; seconds by the clock, and of processor time of all that it started."""
    command = [
        sys.executable, "-m", "pipeline.cli", "batch", str(folder / "raw"), "--to",
        str(destination), "--workspace", str(folder), *options,
    ]  # fmt: skip
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    if result.returncode not in (0, 1, 11):
        sys.exit(result.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - started, used


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler and two workers as processes on loopback."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    worker = ["worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        *([*worker, "--local-directory", str(folder / name)] for name in "ab"),
    ]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


def rows(folder: Path, number: int, jobs: int, dask: str | None) -> Iterator[str]:
    ways = {"serial": ["--jobs", "1"], f"{jobs} processes": ["--jobs", str(jobs)]}
    if dask:
        ways["Dask, 2 workers"] = ["--dask", dask]
    for name, options in ways.items():
        destination = folder / f"out-{number}-{name.split()[0]}"
        shutil.rmtree(destination, ignore_errors=True)
        clock, used = batch(folder, destination, *options)
        yield line(number, name, clock, used)
    clock, used = batch(folder, destination, *options)
    yield line(number, "nothing changed", clock, used)
    first = min((folder / "raw").iterdir()).name
    vocabulary = folder / "schemas" / first / "missing.csv"
    vocabulary.parent.mkdir(exist_ok=True)
    vocabulary.write_text("mark,sign\n", encoding="utf-8")
    clock, used = batch(folder, destination, *options)
    shutil.rmtree(vocabulary.parent)
    yield line(number, "one city's settings changed", clock, used)


def line(number: int, name: str, clock: float, used: float) -> str:
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rate = 60 * number / clock
    return f"| {number} | {name} | {clock:.1f} | {rate:.0f} | {used:.1f} | {largest:.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-dask", action="store_true")
    given = parser.parse_args()
    print("| documents | way | s | documents a minute | CPU s | largest process so far, MB |")
    print("|-|-|-|-|-|-|")
    with tempfile.TemporaryDirectory() as name, cluster(Path(name)) as address:
        for number in given.documents:
            folder = Path(name) / str(number)
            documents(folder, number)
            for row in rows(folder, number, given.jobs, None if given.no_dask else address):
                print(row, flush=True)


if __name__ == "__main__":
    main()
