"""Run the program on hostile files: how each ends, what it costs, what it leaves behind.

    python benchmarks/hostile.py FOLDER [--second-reader never] [--mutations 50] [--seed 1]

Every PDF below FOLDER, and so many random mutations of the project's own fixtures, is run by
itself.  Printed: files by exit code, the slowest, the largest (resident memory of the whole
process tree, looked at every 20 ms), and processes left behind.  ``--log`` writes a line for each
file, with the words that the command ended with.  A value that a mutation releases and that the
file it was made of does not is counted: bits that were flipped in plain text may do that, damage
must not.  Exit status 1 if a run ended in a code that none
should have (9, 8, a traceback), took longer than its limits allow, or left a process.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PR_SET_CHILD_SUBREAPER = 36
_FAULTY = {8, 9}
_SLOWEST = 400.0


@dataclass(frozen=True)
class Run:
    """How one file ended."""

    name: str
    code: int
    seconds: float
    megabytes: float
    left: int
    traceback: bool
    words: str
    values: frozenset[str] = frozenset()
    different: int = 0


def tree(root: int) -> set[int]:
    """A process and all below it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    found, grew = {root}, True
    while grew:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grew = bool(more)
    return found


def resident(pids: set[int]) -> float:
    """Their resident memory in megabytes."""
    pages = 0
    for pid in pids:
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def run(path: Path, name: str, second: str) -> Run:
    """One file through the whole command."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors:
        command = [sys.executable, "-m", "pipeline.cli", "run", str(path), "-o", folder]
        options = ["--area", "35213", "--edition", "2025", "--second-reader", second]
        options += ["--lang", "en", "--workspace", folder]
        began, largest = time.monotonic(), 0.0
        process = subprocess.Popen(
            [*command, *options], stdout=subprocess.DEVNULL, stderr=errors, cwd=ROOT
        )
        while process.poll() is None and time.monotonic() - began < _SLOWEST:
            largest = max(largest, resident(tree(process.pid)))
            time.sleep(0.02)
        if process.poll() is None:
            process.kill()
            process.wait()
        seconds = time.monotonic() - began
        left = tree(os.getpid()) - {os.getpid()}
        errors.seek(0)
        said = errors.read().decode(errors="replace")
        values = released(Path(folder) / "release/data.json")
    words = " ".join(line.strip() for line in said.splitlines()[1:])
    traceback = "Traceback" in said
    return Run(name, process.returncode, seconds, largest, len(left), traceback, words, values)


def released(path: Path) -> frozenset[str]:
    """Every value that a release gives as certain, with what it is the value of."""
    if not path.is_file():
        return frozenset()
    return frozenset(
        f"{one['name']} {value['kind']} {value['fiscal_year']} {value['part']} {value['value']}"
        for one in json.loads(path.read_text(encoding="utf-8"))["indicators"]
        for value in one["values"]
        if value["value"] is not None
    )


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A PDF with bits flipped, a piece cut out, doubled or swapped, or numbers made absurd."""
    way = chance.choice(("bits", "cut", "swap", "double", "number", "end"))
    first, second = sorted(chance.randrange(len(data)) for _ in range(2))
    if way == "bits":
        changed = bytearray(data)
        for _ in range(chance.randint(1, 60)):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if way == "cut":
        return data[:first] + data[min(second, first + 2000) :]
    if way == "swap":
        return (
            data[:first] + data[second : second + 500] + data[first:second] + data[second + 500 :]
        )
    if way == "double":
        return data[:second] + data[first:second][:5000] + data[second:]
    if way == "number":
        absurd = chance.choice((b"-1", b"99999999999", b"NaN", b"1e308", b"0"))
        return data.replace(chance.choice((b" 595", b" 842", b" 1 ", b" 2 ")), b" " + absurd + b" ")
    return data[:second]


def mutations(count: int, seed: int, folder: Path) -> list[tuple[Path, Path]]:
    """So many mutations of the fixtures, each with its source, the same for the same seed."""
    chance = random.Random(seed)
    sources = sorted((ROOT / "tests/data").rglob("*.pdf"))
    paths = []
    for number in range(count):
        path = folder / f"mutation-{seed}-{number}.pdf"
        source = chance.choice(sources)
        path.write_bytes(mutated(source.read_bytes(), chance))
        paths.append((path, source))
    return paths


def line_of(one: Run) -> str:
    """A run as a line of tab-separated fields."""
    figures = f"{one.code}\t{one.seconds:.1f}\t{one.megabytes:.0f}\t{one.left}\t{one.different}"
    return f"{one.name}\t{figures}\t{one.words}"


def show(runs: list[Run]) -> None:
    """The tables."""
    print("| exit code | files |\n|-|-|")
    for code, count in sorted(Counter(one.code for one in runs).items()):
        print(f"| {code} | {count} |")
    print("\n| slowest | seconds |\n|-|-|")
    for one in sorted(runs, key=lambda one: -one.seconds)[:5]:
        print(f"| {one.name} | {one.seconds:.1f} |")
    print("\n| largest | MB of the process tree |\n|-|-|")
    for one in sorted(runs, key=lambda one: -one.megabytes)[:5]:
        print(f"| {one.name} | {one.megabytes:.0f} |")
    rows = sum(len(one.values) for one in runs if "mutation" in one.name)
    print(f"\nvalues released of mutations: {rows}, others than in their sources: ", end="")
    print(sum(one.different for one in runs))
    print(f"\nprocesses left behind: {sum(one.left for one in runs)}")
    for one in runs:
        if one.code in _FAULTY or one.code < 0 or one.traceback or one.left or one.different:
            print(f"look at: {one.name} (exit code {one.code}, {one.different} other values)")


def main() -> int:
    """Run everything and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--second-reader", choices=["always", "never"], default="never")
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="write a line for each file")
    parser.add_argument("--every", type=int, default=1, help="only every so many files")
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as folder:
        made = mutations(given.mutations, given.seed, Path(folder))
        found = sorted(given.folder.rglob("*.pdf"))[:: given.every] if given.folder else []
        runs = []
        known: dict[Path, frozenset[str]] = {}
        for path, source in [*((path, None) for path in found), *made]:
            one = run(path, path.name, given.second_reader)
            if source is not None and one.values:
                if source not in known:
                    known[source] = run(source, source.name, given.second_reader).values
                one = replace(one, different=len(one.values - known[source]))
            runs.append(one)
            if given.log:
                with given.log.open("a", encoding="utf-8") as log:
                    log.write(line_of(runs[-1]) + "\n")
    show(runs)
    faulty = [one for one in runs if one.code in _FAULTY or one.code < 0 or one.left]
    return 1 if faulty or any(one.traceback for one in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
