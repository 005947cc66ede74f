"""Run the program on hostile files: how each ends, what it costs, what it leaves behind.

    python benchmarks/hostile.py FOLDER [--kinds] [--second-reader never] [--mutations 50]

Every PDF below FOLDER, every kind of ``tests/hostile_*.py``, and so many random mutations of
the project's own fixtures, is run by itself.  Printed: files by exit code, a line for each kind,
the slowest, the largest (resident memory of the whole process tree, looked at every 20 ms), and
processes left behind: those that still run a second after the command ended.  ``--log`` writes a
line for each file, with the words that the command ended with.

Every value that the file of a mutation releases when it is whole is looked for in what the
mutation releases: it is there (right), not there while the command ended with a doubt or an error
(marked), or not there with exit code 0; that and every other value is silent.  Exit status 1 if a
run ended in a code that none should have (9, 8, a traceback), took longer or more memory than its
limits allow, left a process, or released something silently wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.hostile_drawn import DRAWN
from tests.hostile_kinds import COSTLY, Objects, inflated, stream
from tests.hostile_looks import EVERY

ROOT = Path(__file__).resolve().parent.parent
_PR_SET_CHILD_SUBREAPER = 36
_FAULTY = {8, 9}
_SLOWEST = 1830.0
"""Seconds: ``seconds_run``, and what the program needs to start and to end."""
_LARGEST = 3300.0
"""Megabytes: two readers with ``megabytes`` each, beside the program."""
_GRACE = 1.0
_SOUND, _DAMAGED = "table of objects right", "damaged"


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
    kind: str = ""
    right: int = 0
    marked: int = 0
    silent: int = 0


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
        left = left_behind()
        errors.seek(0)
        said = errors.read().decode(errors="replace")
        values = released(Path(folder) / "release/data.json")
    words = " ".join(line.strip() for line in said.splitlines()[1:])
    traceback = "Traceback" in said
    return Run(name, process.returncode, seconds, largest, left, traceback, words, values)


def left_behind() -> int:
    """How many processes of a command that has ended still run; they are ended.

    A child is killed together with its parent; until the kernel has done so it is given time.
    """
    until = time.monotonic() + _GRACE
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        left = tree(os.getpid()) - {os.getpid()}
        if not left or time.monotonic() > until:
            break
        time.sleep(0.02)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(left)


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


def rearranged(path: Path, chance: random.Random) -> bytes | None:
    """A PDF whose objects were changed and then written with a right table and right checksums.

    ``None`` for a file whose objects do not stand plainly in it.
    """
    made = Objects(path)
    if not made.root or made.root not in made or b"/Encrypt" in path.read_bytes():
        return None
    streams = [number for number, body in made.items() if b"stream" in body]
    way = chance.choice(("swap", "swap", "drop", "cut", "copy"))
    pool = streams if streams and chance.random() < 0.7 else list(made)
    first, second = chance.choice(pool), chance.choice(pool)
    if way == "swap":
        made[first], made[second] = made[second], made[first]
    elif way == "copy":
        made[first] = made[second]
    elif way == "drop":
        del made[first]
    elif b"/FlateDecode" in made[first]:
        try:
            plain = inflated(made[first])
        except (ValueError, zlib.error):
            return None
        kept = zlib.compress(plain[: chance.randrange(len(plain) + 1)])
        made[first] = stream(kept, b"/Filter /FlateDecode")
    return made.written()


def mutations(count: int, seed: int, folder: Path) -> list[tuple[Path, Path, str]]:
    """So many mutations of the fixtures, each with its source and kind, always the same."""
    chance = random.Random(seed)
    sources = sorted((ROOT / "tests/data").rglob("*.pdf"))
    paths = []
    for number in range(count):
        path = folder / f"mutation-{seed}-{number}.pdf"
        source = chance.choice(sources)
        sound = rearranged(source, chance) if number % 2 else None
        path.write_bytes(sound or mutated(source.read_bytes(), chance))
        paths.append((path, source, _SOUND if sound else _DAMAGED))
    return paths


def judged(one: Run, whole: frozenset[str]) -> Run:
    """A mutation's run beside what its source releases."""
    right = len(one.values & whole)
    missing, other = len(whole) - right, len(one.values - whole)
    if one.code:
        return replace(one, right=right, marked=missing, silent=other)
    return replace(one, right=right, silent=max(missing, other))


def line_of(one: Run) -> str:
    """A run as a line of tab-separated fields."""
    figures = f"{one.code}\t{one.seconds:.1f}\t{one.megabytes:.0f}\t{one.left}\t{one.silent}"
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
    show_values(runs)
    print(f"\nprocesses left behind: {sum(one.left for one in runs)}")
    for one in runs:
        if is_faulty(one):
            print(f"look at: {one.name} (exit code {one.code}, {one.silent} silent values)")


def show_values(runs: list[Run]) -> None:
    """What became of the values of mutated files."""
    print("\n| mutations | files | values right | marked | silent |\n|-|-|-|-|-|")
    for kind in (_DAMAGED, _SOUND):
        here = [one for one in runs if one.kind == kind]
        sums = [sum(getattr(one, part) for one in here) for part in ("right", "marked", "silent")]
        print(f"| {kind} | {len(here)} | {' | '.join(map(str, sums))} |")


def show_kinds(runs: list[Run]) -> None:
    """A line for each kind that was made on purpose."""
    print("| kind | exit code | s | MB of the process tree | left | values |\n|-|-|-|-|-|-|")
    for one in runs:
        figures = f"{one.code} | {one.seconds:.1f} | {one.megabytes:.0f} | {one.left}"
        print(f"| {one.name} | {figures} | {len(one.values)} |")
    print()


def is_faulty(one: Run) -> bool:
    """Whether a run ended as none should."""
    ended = one.code in _FAULTY or one.code < 0 or one.traceback
    return ended or bool(one.left or one.silent) or one.megabytes > _LARGEST


def main() -> int:
    """Run everything and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--second-reader", choices=["always", "never"], default="never")
    parser.add_argument("--kinds", action="store_true", help="every kind made on purpose")
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="write a line for each file")
    parser.add_argument("--every", type=int, default=1, help="only every so many files")
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    runs: list[Run] = []

    def add(one: Run) -> None:
        runs.append(one)
        if given.log:
            with given.log.open("a", encoding="utf-8") as log:
                log.write(line_of(one) + "\n")

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kind.pdf"
        makers = EVERY | COSTLY | {name: one.make for name, one in DRAWN.items()}
        for name, make in makers.items() if given.kinds else ():
            path.write_bytes(make())
            add(run(path, name, given.second_reader))
        if given.kinds:
            show_kinds(runs)
        found = sorted(given.folder.rglob("*.pdf"))[:: given.every] if given.folder else []
        for path in found:
            add(run(path, path.name, given.second_reader))
        known: dict[Path, frozenset[str]] = {}
        for path, source, kind in mutations(given.mutations, given.seed, Path(folder)):
            if source not in known:
                known[source] = run(source, source.name, given.second_reader).values
            one = run(path, f"{path.stem} of {source.stem}", given.second_reader)
            add(replace(judged(one, known[source]), kind=kind))
    show(runs)
    return int(any(map(is_faulty, runs)))


if __name__ == "__main__":
    sys.exit(main())
