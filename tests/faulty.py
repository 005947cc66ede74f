"""Stop a run at any file operation of it, or let that operation fail, and see what is left.

    python -m tests.faulty [--every N] [--first N] [--only kill,full] [--jobs N]

A workspace holds the release of one document; the document is replaced by another one and run
again.  That run has so many operations that change a file or folder; at each of them in turn it
is killed, interrupted as by Ctrl-C, the disk is full from there on, the device fails, or permission
is refused.  Printed is one line of JSON for each: how the run ended, whether the release was the
old or the new one, and whether the next run makes everything as if nothing had happened.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import cli
from pipeline.cache import store
from tests.released import INVENTED, invented_town

DATA = Path(__file__).parent / "data" / "towns"
DOCUMENT = f"raw/{INVENTED}-town/2025.pdf"
MADE = f"extracted/{INVENTED}-town"
OLD, NEW = DATA / "circles.pdf", DATA / "bands.pdf"

_MEANT = {".lock", ".series.json"}
"""Hidden files that belong there."""

_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "fsync"}
_NEEDS_ROOM = {"open", "os.mkdir", "fsync"}
_ERRORS = {"full": errno.ENOSPC, "device": errno.EIO, "denied": errno.EACCES}
_SIGNALS = {"kill": signal.SIGKILL, "interrupt": signal.SIGINT}
WAYS = (*_SIGNALS, *_ERRORS)


class Injector:
    """Counts the operations of this process that change files, and lets one of them fail."""

    def __init__(self, folder: Path, way: str = "", at: int = 0) -> None:
        self.count = 0
        self._folder, self._way, self._at = str(folder), way, at
        self._process = os.getpid()
        sys.addaudithook(self._seen)
        for module, name in ((os, "fsync"), (store, "_exchange")):
            setattr(module, name, self._counted(getattr(module, name)))

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            self._seen("fsync", ())
            return function(*arguments)

        return counted

    def _seen(self, event: str, arguments: tuple[Any, ...]) -> None:
        if os.getpid() != self._process or not self._changes(event, arguments):
            return
        self.count += 1
        if self._way in _SIGNALS and self.count == self._at:
            os.kill(self._process, _SIGNALS[self._way])
        full = self._way == "full" and self.count >= self._at and event in _NEEDS_ROOM
        once = self._way in _ERRORS and self._way != "full" and self.count == self._at
        if full or once:
            number = _ERRORS[self._way]
            raise OSError(number, os.strerror(number), str(arguments[0]) if arguments else None)

    def _changes(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            if not isinstance(arguments[2], int) or not arguments[2] & (os.O_WRONLY | os.O_RDWR):
                return False
        elif event not in _CHANGES:
            return False
        if not arguments:
            return True
        path = arguments[0]
        return isinstance(path, str | Path) and (
            not Path(path).is_absolute() or str(path).startswith(self._folder)
        )


def run(workspace: Path, way: str = "", at: int = 0) -> tuple[int, int, str]:
    """One run in a child: its status (negative: killed), its operations, what it said."""
    said, counted = workspace.parent / "said.txt", workspace.parent / "count.txt"
    counted.write_text("0", encoding="ascii")
    child = os.fork()
    if not child:
        with said.open("w", encoding="utf-8") as stream:
            os.dup2(stream.fileno(), 1)
            os.dup2(stream.fileno(), 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
        injector = Injector(workspace, way, at)
        code: Any = 0
        try:
            command = ["run", "--lang", "en", "--workspace", str(workspace)]
            cli.main([*command, "--second-reader", "never"])
        except SystemExit as ended:
            code = ended.code
        except BaseException:
            import traceback

            traceback.print_exc()
            code = 99
        sys.stdout.flush()
        sys.stderr.flush()
        counted.write_text(str(injector.count), encoding="ascii")
        os._exit(int(code or 0))
    _, status = os.waitpid(child, 0)
    return (
        os.waitstatus_to_exitcode(status),
        int(counted.read_text(encoding="ascii")),
        said.read_text(encoding="utf-8"),
    )


def workspace_with(folder: Path, document: Path) -> Path:
    """A workspace in which one document lies and nothing was made."""
    workspace = invented_town(folder / "workspace")
    target = workspace / DOCUMENT
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(document, target)
    return workspace


def hidden(workspace: Path) -> list[str]:
    """Files and folders that a run should not leave behind."""
    return sorted(
        path.relative_to(workspace).as_posix()
        for path in workspace.rglob(".*")
        if path.name not in _MEANT
    )


def everything(workspace: Path) -> dict[str, str]:
    """Digests of all that was made."""
    made = store.folder_digests(workspace / "extracted")
    return {name: digest for name, digest in made.items() if not name.endswith(".lock")}


class Undisturbed(NamedTuple):
    """A workspace before a run, and what the run makes of it when nothing goes wrong.

    ``old`` and ``new``: digests of the release before and after; ``wanted``: of all that is made.
    """

    workspace: Path
    code: int
    count: int
    old: dict[str, str]
    new: dict[str, str]
    wanted: dict[str, str]


def undisturbed(folder: Path) -> Undisturbed:
    """What a run makes that replaces the release of one document by that of another."""
    base = workspace_with(folder / "base", OLD)
    run(base)
    release = Path(MADE) / "2025" / "release"
    old = store.folder_digests(base / release)
    shutil.copyfile(NEW, base / DOCUMENT)
    made = Path(shutil.copytree(base, folder / "undisturbed" / "workspace"))
    code, count, said = run(made)
    if code:
        raise RuntimeError(said)
    return Undisturbed(
        base, code, count, old, store.folder_digests(made / release), everything(made)
    )


def trial(folder: Path, sound: Undisturbed, way: str, at: int) -> dict[str, Any]:
    """What became of one run that was stopped or failed at one operation."""
    place = folder / "trial" / "workspace"
    shutil.rmtree(place.parent, ignore_errors=True)
    shutil.copytree(sound.workspace, place)
    ended, _, words = run(place, way, at)
    kept = store.folder_digests(place / MADE / "2025" / "release")
    after_trouble = hidden(place) if way != "kill" else []
    again, _, _ = run(place)
    return {
        "way": way,
        "at": at,
        "of": sound.count,
        "ended": ended,
        "undisturbed": sound.code,
        "traceback": "Traceback" in words or ended == 99,
        "release": "old" if kept == sound.old else "new" if kept == sound.new else "broken",
        "left": after_trouble,
        "next": again,
        "same": everything(place) == sound.wanted,
        "hidden": hidden(place),
    }


def try_some(folder: Path, sound: Undisturbed, tried: Sequence[tuple[str, int]]) -> int:
    """Try and print; gives how many did not end as they should."""
    faults = 0
    for way, at in tried:
        one = trial(folder, sound, way, at)
        faults += not is_right(one)
        print(json.dumps(one | {"right": is_right(one)}), flush=True)
    return faults


def ways_of(names: str) -> list[str]:
    """The ways of these names; a wrong one would let nothing fail and be counted as right."""
    ways = names.split(",")
    if not set(ways) <= set(WAYS):
        raise argparse.ArgumentTypeError(f"{names}: choose among {', '.join(WAYS)}")
    return ways


def main() -> int:
    """Try them and print; exit status 1 if one is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every so many operations")
    parser.add_argument("--first", type=int, default=1, help="from this operation on")
    parser.add_argument("--only", default=",".join(WAYS), type=ways_of)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="trials at once")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = undisturbed(folder)
        places = range(given.first, sound.count + 1, given.every)
        tried = [(way, at) for way in given.only for at in places]
        children = []
        for number in range(given.jobs):
            child = os.fork()
            if not child:
                part = tried[number :: given.jobs]
                os._exit(bool(try_some(folder / str(number), sound, part)))
            children.append(child)
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return int(any(ends))


def is_right(one: dict[str, Any]) -> bool:
    """Whether a trial ended as it should."""
    ends = {"kill": {-signal.SIGKILL}, "interrupt": {130, one["undisturbed"]}}.get(
        one["way"], {10, one["undisturbed"]}
    )
    return (
        one["ended"] in ends
        and not one["traceback"]
        and one["release"] != "broken"
        and set(map(_name, one["left"])) <= ({".release.new"} if one["release"] == "new" else set())
        and one["next"] == one["undisturbed"]
        and one["same"]
        and not one["hidden"]
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2]


if __name__ == "__main__":
    sys.exit(main())
