"""Do the tests notice when the logic is changed?  Mutates a copy of the code and runs its tests.

    make mutants                                  40 mutants of each room
    make mutants MUTANTS="legend release -n 200"  more, of some rooms
    make mutants MUTANTS="cache --seed 7"         others

cosmic-ray makes the mutants; so many of each room are drawn by a seed.  Kinds that change nothing
(type annotations, caches, ``is`` for ``==``, assertions on lengths) are left out.

A mutant is tried by the tests that reach its line, quickest first, until one fails: the tests of a
room are run twice before, to learn how long each takes and, under coverage, which lines it reaches.
They are tests that are fed records; with whole documents a mutant of release took a minute.  Each
mutant runs in a forked process that has the libraries loaded, so that most cost a second or two.
A mutant that hangs is killed.

``tools/mutants.toml`` lists the changes that make no difference, with the reason.  Exit status 1
if fewer than 90 % of a room are killed, or if a survivor is neither mended nor explained.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import functools
import importlib
import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code, use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tools" / "mutants.toml"

_BOUNDARIES = ["tests/test_boundaries.py"]
ROOMS = {
    "legend": ["tests/validate", *_BOUNDARIES],
    "validate": ["tests/validate", *_BOUNDARIES],
    "normalize": ["tests/normalize", *_BOUNDARIES],
    "release": [
        "tests/release/test_kept.py",
        "tests/release/test_tables.py",
        "tests/release/test_metadata.py",
        *_BOUNDARIES,
    ],
    "cache": ["tests/test_store.py", "tests/test_fingerprint.py", "tests/test_chain_fed.py"],
    "chain.py": ["tests/test_chain_fed.py", "tests/test_no_indicators.py", *_BOUNDARIES],
}
"""Each room, and the tests that have to notice."""

TOO_SLOW = [
    "tests/normalize/test_corpus.py",
    "tests/release/test_elsewhere.py",
    "tests/release/test_page.py",
    "tests/release/test_publish.py",
    "tests/release/test_reading.py",
    "tests/release/test_validators.py",
    "tests/validate/test_mutation.py",
    "tests/validate/test_towns.py",
]
"""Tests that need other programs and their libraries, real papers, or mutations of their own."""

WANTED = 0.9
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_IO_THREADS")
"""Libraries that begin threads when they are loaded: a process that has some cannot be forked."""
_ALIKE = (
    "core/ReplaceBinaryOperator_BitOr_",
    "core/ReplaceComparisonOperator_Is_Eq",
    "core/ReplaceComparisonOperator_IsNot_NotEq",
    "core/ReplaceComparisonOperator_Eq_Is",
    "core/ReplaceComparisonOperator_NotEq_IsNot",
)
"""Changes that change nothing: ``str | None`` in an annotation, which nothing runs (the code has no
other use of ``|`` between plain names); ``is`` for ``==`` and the reverse, of constants."""
_CACHED = re.compile(r"@(?:functools\.)?(?:lru_)?cache\b|.*\blru_cache\(")
"""A line that only says that results are kept."""


class Mutant(NamedTuple):
    """One change of one line: how cosmic-ray makes it, and how the line reads then."""

    file: Path
    line: int
    operator: str
    arguments: dict[str, Any]
    occurrence: int


class Known(NamedTuple):
    """What the tests of a room do unchanged: which reach a line, and how long each takes."""

    reaching: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]


def mutants_of(room: str, number: int, seed: int) -> list[Mutant]:
    """A sample of a room's mutants, the same for the same seed."""
    path = Path("pipeline") / room
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    with use_db(":memory:", mode=WorkDB.Mode.create) as database:
        init(files, database, {})
        made = [
            Mutant(
                Path(one.module_path),
                one.start_pos[0],
                one.operator_name,
                dict(one.operator_args),
                one.occurrence,
            )
            for item in database.work_items
            for one in item.mutations
            if not one.operator_name.startswith(_ALIKE)
            and not _is_idle(_line(Path(one.module_path), one.start_pos[0]), one.start_pos[1])
        ]
    made.sort(key=repr)
    random.Random(seed).shuffle(made)
    return list(itertools.islice(filter(_can_be_made, made), number))


def _can_be_made(mutant: Mutant) -> bool:
    """Whether cosmic-ray really makes it; it stumbles over ``except module.Error``."""
    operator = get_operator(mutant.operator)(**mutant.arguments)
    try:
        code = mutant.file.read_text(encoding="utf-8")
        return mutate_code(code, operator, mutant.occurrence) is not None
    except AttributeError:
        return False


def _line(file: Path, number: int) -> str:
    return file.read_text(encoding="utf-8").splitlines()[number - 1]


def _is_idle(line: str, column: int) -> bool:
    """Whether what stands there only keeps results, or only asserts that lengths are equal."""
    return bool(_CACHED.match(line.strip())) or line[:column].endswith("strict=")


# --------------------------------------------------------------------------- what tests reach


class _Seconds:
    """A pytest plugin: how long each test takes, in seconds of processor time.

    Such seconds are the same on a busy machine.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        begun = sum(os.times()[:4])
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = sum(os.times()[:4]) - begun


class _Reach:
    """A pytest plugin: which lines each test runs, with those of the fixtures that it shares."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self.measured = measured
        self.uses: dict[str, list[str]] = {}
        self.running: list[str] = ["-"]

    def _enter(self, name: str) -> None:
        self.running.append(name)
        self.measured.switch_context(name)

    def _leave(self) -> None:
        self.running.pop()
        self.measured.switch_context(self.running[-1])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.uses[item.nodeid] = list(getattr(item, "fixturenames", []))
        _forget()
        self._enter(item.nodeid)
        try:
            return (yield)
        finally:
            self._leave()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        shared = fixturedef.scope != "function"
        if shared:
            self._enter(f"fixture {fixturedef.argname}")
        try:
            return (yield)
        finally:
            if shared:
                self._leave()


def _forget() -> None:
    """Empty what our functions keep, or only the first test that asks would reach their lines."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline"):
            for one in list(vars(module).values()):
                if isinstance(one, functools._lru_cache_wrapper):
                    one.cache_clear()


def learn(room: str) -> Known:
    """Run the tests of a room unchanged.  Exits where they fail."""
    written, timed = Path("known.json"), Path("seconds.json")

    def time_all() -> int:
        plugin = _Seconds()
        status = pytest.main([*_OPTIONS, *_slow(), *ROOMS[room]], plugins=[plugin])
        timed.write_text(json.dumps(plugin.seconds), encoding="utf-8")
        return int(status)

    def run() -> int:
        measured = coverage.Coverage(data_file=None, include=[f"{Path.cwd()}/pipeline/*"])
        plugin = _Reach(measured)
        measured.start()
        status = pytest.main([*_OPTIONS, *_slow(), *ROOMS[room]], plugins=[plugin])
        measured.stop()
        data = measured.get_data()
        sharing: dict[str, list[str]] = defaultdict(list)
        for test, fixtures in plugin.uses.items():
            for name in fixtures:
                sharing[f"fixture {name}"].append(test)
        reaching = {
            str(Path(file).relative_to(Path.cwd())): {
                line: sorted({test for one in names for test in sharing.get(one, [one]) if one})
                for line, names in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        loaded = [name for name in sys.modules if not name.startswith(("pipeline", "tests"))]
        text = json.dumps({"reaching": reaching, "loaded": loaded})
        written.write_text(text, encoding="utf-8")
        return int(status)

    if _forked(time_all, None) != 0 or _forked(run, None) != 0:
        sys.exit(f"{room}: its tests fail before anything is changed")
    known = json.loads(written.read_text(encoding="utf-8"))
    for name in known["loaded"]:
        with contextlib.suppress(Exception):  # one that is not loaded ahead costs only time
            importlib.import_module(name)
    reaching = {
        file: {int(line): tests for line, tests in lines.items()}
        for file, lines in known["reaching"].items()
    }
    return Known(reaching, json.loads(timed.read_text(encoding="utf-8")))


_OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"]


def _slow() -> list[str]:
    return [f"--ignore={name}" for name in TOO_SLOW]


def tests_for(mutant: Mutant, known: Known, most: float) -> list[str]:
    """The tests that reach the changed line, quickest first, as many as take ``most`` seconds.

    A line that runs when its module is loaded (a constant, a pattern) is reached by the tests that
    reach anything else of the module; one of a module of mere records by any test.
    """
    lines = known.reaching.get(str(mutant.file), {})
    tests = [one for one in lines.get(mutant.line, []) if one in known.seconds]
    if not tests:
        tests = sorted({one for found in lines.values() for one in found if one in known.seconds})
    return _within(tests or list(known.seconds), known, most)


def _within(tests: Sequence[str], known: Known, most: float) -> list[str]:
    """The quickest tests, as many as take ``most`` seconds."""
    chosen, total = [], 0.0
    for one in sorted(tests, key=lambda test: known.seconds[test]):
        total += known.seconds[one]
        if chosen and total > most:
            break
        chosen.append(one)
    return chosen


# --------------------------------------------------------------------------- trying one


class _Chosen:
    """A pytest plugin: only the chosen tests, in their order."""

    def __init__(self, chosen: Sequence[str]) -> None:
        self.place = {test: index for index, test in enumerate(chosen)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.place),
            key=lambda item: self.place[item.nodeid],
        )


def is_killed(chosen: Sequence[str], limit: float) -> bool:
    """Whether one of the tests fails now, or does not end."""
    files = list(dict.fromkeys(test.partition("::")[0] for test in chosen))

    def run() -> int:
        return int(pytest.main([*_OPTIONS, *files], plugins=[_Chosen(chosen)]))

    return bool(chosen) and _forked(run, limit) != 0


def _forked(work: Callable[[], int], limit: float | None) -> int:
    """The result of work in a forked process, without its output; -1 after the limit (seconds)."""
    child = os.fork()
    if child == 0:
        os.setsid()
        quiet = os.open("out.txt" if limit is None else os.devnull, os.O_WRONLY | os.O_CREAT)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.dont_write_bytecode = limit is not None
        status = 99
        try:
            status = work()
        finally:
            sys.stdout.flush()
            os._exit(status)
    end = time.monotonic() + (limit or 3600)
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1


class Survivor(NamedTuple):
    """A change that no test noticed; ``why`` it makes no difference, if that is known."""

    file: str
    line: int
    was: str
    now: str
    tests: int
    why: str


def survivors_of(mutants: Sequence[Mutant], known: Known, seconds: float) -> list[Survivor]:
    """The mutants that the tests do not notice."""
    kept = tomllib.loads(KEPT.read_text(encoding="utf-8")).get("kept", [])
    reasons = {(one["file"], one["was"], one["now"]): one["why"] for one in kept}
    left = []
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    if is_killed(_within(list(known.seconds), known, seconds), 600):
        sys.exit("the tests fail in a forked process before anything is changed")
    for mutant in mutants:
        chosen = tests_for(mutant, known, seconds)
        limit = 60 + 10 * sum(known.seconds[test] for test in chosen)
        _uncompile(mutant.file)
        operator = get_operator(mutant.operator)(**mutant.arguments)
        with use_mutation(mutant.file, operator, mutant.occurrence) as (before, after):
            killed = is_killed(chosen, limit)
        _uncompile(mutant.file)
        if not killed:
            was, now = _changed(before, after or before)
            why = reasons.get((str(mutant.file), was, now), "")
            left.append(Survivor(str(mutant.file), mutant.line, was, now, len(chosen), why))
            if not why:
                print(f"\n{_told(left[-1])}", file=sys.stderr, flush=True)
        print("." if killed else "e" if left[-1].why else "S", end="", flush=True)
    del os.environ["PYTHONDONTWRITEBYTECODE"]
    return left


def _uncompile(file: Path) -> None:
    """Remove what was compiled of a file, which looks the same if put back within a second."""
    for cached in file.parent.glob(f"__pycache__/{file.stem}.*.pyc"):
        cached.unlink()


def _told(one: Survivor) -> str:
    return f"--- {one.file}:{one.line} ({one.tests} tests)\n- {one.was}\n+ {one.now}"


def _changed(before: str, after: str) -> tuple[str, str]:
    """The lines that differ between two texts of a file, less their indents."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    was, now = (
        " ".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return was, now


def main() -> int:
    """Mutate a copy of the tracked files, room by room."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], help="default: all")
    parser.add_argument("-n", type=int, default=40, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30, help="of tests for one mutant")
    given = parser.parse_args()
    rows, enough = [], True
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy"
        tracked = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for name in filter(None, tracked.split("\0")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
        made = "pipeline/locale/ja/LC_MESSAGES/shihyo.mo"
        shutil.copy2(ROOT / made, copy / made)
        os.chdir(copy)
        os.environ["PYTHONPATH"] = str(copy)
        os.environ |= dict.fromkeys(_THREADS, "1")
        sys.path.insert(0, str(copy))
        learnt: dict[tuple[str, ...], Known] = {}
        for room in given.rooms or list(ROOMS):
            begun = time.monotonic()
            known = learnt.get(tuple(ROOMS[room])) or learn(room)
            learnt[tuple(ROOMS[room])] = known
            mutants = mutants_of(room, given.n, given.seed)
            print(f"{room} ", end="", flush=True)
            left = survivors_of(mutants, known, given.seconds)
            killed, explained = len(mutants) - len(left), sum(bool(one.why) for one in left)
            print(f" {killed} of {len(mutants)} killed in {time.monotonic() - begun:.0f} s")
            open_ones = len(left) - explained
            rows.append(f"| {room} | {len(mutants)} | {killed} | {explained} | {open_ones} |")
            enough &= killed >= WANTED * len(mutants) and explained == len(left)
    print("\n| room | mutants | killed | explained | survived |\n|-|-|-|-|-|")
    print("\n".join(rows))
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
