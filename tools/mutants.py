"""Do the tests notice when the logic is changed?  Mutates a copy of the code and runs its tests.

    make mutants                                  40 mutants of each room
    make mutants MUTANTS="legend release -n 200"  more, of some rooms

cosmic-ray makes the mutants; so many of each room are drawn by a seed, and those that only change
a type annotation are left out, since nothing runs them.  Exit status 1 if fewer than 90 % are
killed.  The survivors are printed as diffs: mend the test, or say in a comment why the change
does not matter.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db

ROOT = Path(__file__).resolve().parent.parent

ROOMS = {
    "legend": "tests/validate/test_status.py tests/validate/test_statuses.py "
    "tests/validate/test_legend.py tests/validate/test_summary.py tests/validate/test_rates.py "
    "tests/test_boundaries.py",
    "validate": "tests/validate tests/test_boundaries.py "
    "--deselect tests/validate/test_mutation.py",
    "normalize": "tests/normalize tests/test_boundaries.py",
    "release": "tests/release tests/test_golden.py tests/test_boundaries.py",
    "cache": "tests/test_store.py tests/test_fingerprint.py",
    "chain.py": "tests/test_chain.py tests/test_jobs.py tests/test_boundaries.py",
}
"""Each room, and the tests that have to notice."""

WANTED = 0.9
_NOT_RUN = "core/ReplaceBinaryOperator_BitOr_"
"""``str | None``: the code has no other use of ``|`` between plain names."""


def mutants_of(room: str, number: int, seed: int) -> list[Any]:
    """A sample of a room's mutants (work items of cosmic-ray), the same for the same seed."""
    path = Path("pipeline") / room
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    with use_db(":memory:", mode=WorkDB.Mode.create) as database:
        init(files, database, {})
        items = [
            item
            for item in database.work_items
            if not any(one.operator_name.startswith(_NOT_RUN) for one in item.mutations)
        ]
    items.sort(key=lambda item: repr(item.mutations))
    return random.Random(seed).sample(items, min(number, len(items)))


def survivors_of(room: str, items: list[Any], seconds: float) -> list[str]:
    """The diffs of the mutants that the tests of the room do not notice."""
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {ROOMS[room]}"
    check = subprocess.run(command.split(), capture_output=True, text=True, check=False)
    if check.returncode != 0:
        sys.exit(f"{room}: its tests fail before anything is changed\n{check.stdout[-2000:]}")
    left = []
    for item in items:
        result = mutate_and_test(item.mutations, command, seconds)
        print("." if result.is_killed else "S", end="", flush=True)
        if not result.is_killed:
            left.append(result.diff or repr(item))
    return left


def main() -> int:
    """Mutate a copy of the tracked files, room by room."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], help="default: all")
    parser.add_argument("-n", type=int, default=40, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=120, help="limit of one run of the tests")
    given = parser.parse_args()
    lines = []
    enough = True
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy"
        tracked = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for name in filter(None, tracked.split("\0")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
        os.chdir(copy)
        os.environ["PYTHONPATH"] = str(copy)
        for room in given.rooms or list(ROOMS):
            items = mutants_of(room, given.n, given.seed)
            print(f"{room} ", end="", flush=True)
            left = survivors_of(room, items, given.seconds)
            killed = len(items) - len(left)
            print(f" {killed} of {len(items)} killed")
            lines += [f"--- survivor in {room}\n{diff}" for diff in left]
            enough &= killed >= WANTED * len(items)
    print("\n".join(lines))
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
