"""Two states of the program side by side: the first reader, a whole run, a run with nothing to do.

    git worktree add --detach ../before COMMIT && (cd ../before && python tools/messages.py)
    python benchmarks/trees.py ../before . --rounds 3

The states take turns, their modules compiled beforehand.  Printed are medians of processor
seconds, children included: other work on the machine disturbs them less than seconds.  The first
reader is timed as it reads again, and what it keeps of letters that it has judged is at hand.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PDF = ROOT / "raw" / "35213-mine" / "2025.pdf"

READER = """
import sys, time
from pathlib import Path
from pipeline.extract.read import read
from pipeline.settings.extract import ExtractSettings
data, settings, taken = Path(sys.argv[1]).read_bytes(), ExtractSettings(), []
for _ in range(6):
    begun = time.process_time()
    read(data, settings, None)
    taken.append(time.process_time() - begun)
print(sorted(taken[1:])[2])
"""


def processor_seconds(command: list[str], tree: Path, cwd: Path) -> tuple[float, str]:
    """What a command and its children took, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{tree}: {' '.join(command)} ended with {done.returncode}\n{done.stderr}")
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return taken, done.stdout


def measure(tree: Path) -> dict[str, float]:
    """One round of one state, in a workspace of its own."""
    with tempfile.TemporaryDirectory() as place:
        for name in ("raw", "schemas"):
            shutil.copytree(tree / name, Path(place) / name)
        _, reader = processor_seconds(["-c", READER, str(PDF)], tree, Path(place))
        run = ["-m", "pipeline.cli", "run"]
        return {
            "first reader, 18 pages": float(reader),
            "whole run": processor_seconds(run, tree, Path(place))[0],
            "nothing changed": processor_seconds(run, tree, Path(place))[0],
        }


def main() -> None:
    """Measure the states in turns and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trees", nargs=2, type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for tree in given.trees:
        compileall.compile_dir(tree / "pipeline", quiet=1)
    taken: dict[tuple[str, int], list[float]] = defaultdict(list)
    for _ in range(given.rounds):
        for number, tree in enumerate(given.trees):
            for what, seconds in measure(tree.resolve()).items():
                taken[what, number].append(seconds)
    print("| | before | now |\n|-|-|-|")
    for what in dict.fromkeys(name for name, _ in taken):
        print(f"| {what} | {median(taken[what, 0]):.2f} | {median(taken[what, 1]):.2f} |")


if __name__ == "__main__":
    main()
