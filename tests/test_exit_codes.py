"""Every exit code, from the process that ends with it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.errors import ExitCode
from tests.test_cli import shihyo

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
PAPER = DATA / "difficulties" / "overflowing-name.pdf"
ENCRYPTED = DATA / "encrypted" / "report.pdf"

DOCUMENT = "raw/35213-mine/2025.pdf"
PLACE = ("--area", "35213", "--edition", "2025")

TROUBLES = {
    "killed": "from pipeline.extract import read as room\n"
    "room.read_encoded = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n",
    "faulty": "from pipeline import normalize as room\nroom.run = lambda *_, **__: 1 / 0\n",
    "interrupted": "from pipeline import normalize as room\n"
    "room.run = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT) or time.sleep(60)\n",
}
"""Code that a process runs before the command, so that the trouble comes at a certain step."""


class Case(NamedTuple):
    """A command, the documents that lie in its folder, and what it says."""

    code: ExitCode
    arguments: tuple[str, ...]
    documents: tuple[Path, ...] = ()
    trouble: str = ""
    profile: str = ""
    says: str = ""


def run(*arguments: str) -> tuple[str, ...]:
    return ("run", DOCUMENT, "-o", "out", *PLACE, "--second-reader", "never", *arguments)


BATCH = ("batch", "raw", "--to", "out", "--second-reader", "never", "--no-table")

CASES = {
    "released": Case(ExitCode.RELEASED, run(), (PAPER,)),
    "a doubt": Case(ExitCode.DOUBTS, run(), (DATA / "doubts" / "2025.pdf",), says="公開の前に"),
    "a wrong option": Case(ExitCode.USAGE, ("run", "--no-such-option"), says="--no-such-option"),
    "no such file": Case(ExitCode.USAGE, run(), says="2025.pdf"),
    "not a PDF": Case(ExitCode.UNREADABLE, run(), (Path(__file__),), says="PDF"),
    "no password": Case(ExitCode.ENCRYPTED, run(), (ENCRYPTED,), says="--password"),
    "a wrong password": Case(
        ExitCode.ENCRYPTED, run("--password", "himitu"), (ENCRYPTED,), says="--password"
    ),
    "the right password": Case(ExitCode.RELEASED, run("--password", "himitsu"), (ENCRYPTED,)),
    "no table": Case(
        ExitCode.NO_INDICATORS,
        run("--no-ocr"),
        (DATA / "tableless" / "typst-ruby.pdf",),
        says="指標の表",
    ),
    "too large": Case(
        ExitCode.LIMIT, run(), (PAPER,), profile="[extract]\nmax_bytes = 100\n", says="MB"
    ),
    "too slow": Case(
        ExitCode.LIMIT,
        run(),
        (PAPER,),
        profile="[extract]\nseconds_run = 0.2\n",
        says="seconds_run",
    ),
    "a wrong profile": Case(
        ExitCode.SETTINGS, run(), (PAPER,), profile="hobby = 1\n", says="hobby"
    ),
    "a killed reader": Case(ExitCode.WORKER, run(), (PAPER,), "killed", says="--jobs 1"),
    "a fault of ours": Case(ExitCode.INTERNAL, run(), (PAPER,), "faulty", says="fault.txt"),
    "no place to write": Case(
        ExitCode.ENVIRONMENT,
        ("run", DOCUMENT, "-o", f"{DOCUMENT}/out", *PLACE, "--second-reader", "never"),
        (PAPER,),
        says="2025.pdf",
    ),
    "one of a batch": Case(ExitCode.SOME_FAILED, BATCH, (PAPER, Path(__file__))),
    "all of a batch": Case(ExitCode.ALL_FAILED, BATCH, (Path(__file__), Path(__file__))),
    "a whole batch": Case(ExitCode.RELEASED, BATCH, (PAPER,)),
    "Ctrl-C": Case(ExitCode.INTERRUPTED, run(), (PAPER,), "interrupted", says="中断"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_command_ends_with_its_code(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    if case.trouble and sys.platform == "win32":
        pytest.skip("needs signals")
    names = [f"{2025 + number}.pdf" for number in range(len(case.documents))]
    raw = tmp_path / "raw" / "35213-mine"
    raw.mkdir(parents=True)
    for document, file in zip(case.documents, names, strict=True):
        shutil.copy(document, raw / file)
    profile = tmp_path / "schemas" / "35213-mine" / "profile.toml"
    profile.parent.mkdir(parents=True)
    named = '[municipality]\narea_code = "35213"\nname = "美祢市"\n'
    profile.write_text(named + case.profile, encoding="utf-8")
    process = ended(case.arguments, case.trouble, tmp_path)
    assert process.returncode == case.code, process.stderr
    assert case.says in process.stdout + process.stderr
    assert "Traceback" not in process.stdout + process.stderr
    held_back = case.code not in (ExitCode.RELEASED, ExitCode.DOUBTS, ExitCode.SOME_FAILED)
    assert not (held_back and list(tmp_path.rglob("data.json")))


def ended(arguments: Sequence[str], trouble: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, after the trouble was made there."""
    if not trouble:
        return shihyo(*arguments, cwd=cwd)
    code = f"import os, signal, sys, time\n{TROUBLES[trouble]}from pipeline.cli import main\nmain()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_code_has_a_case_and_a_line_in_the_documentation() -> None:
    assert {case.code for case in CASES.values()} == set(ExitCode)
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^## (\d+) (\w+)\n\n(?=\S)", text, re.MULTILINE))
    assert told == {str(int(code)): code.name for code in ExitCode}


def test_an_earlier_edition_that_cannot_be_read_is_named_as_such(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "35213-mine"
    raw.mkdir(parents=True)
    shutil.copy(ENCRYPTED, raw / "2024.pdf")
    shutil.copy(PAPER, raw / "2025.pdf")
    given = ("run", DOCUMENT, "--second-reader", "never")
    process = shihyo(*given, cwd=tmp_path)
    assert process.returncode == ExitCode.ENCRYPTED
    assert "2024.pdf" in process.stderr
    assert shihyo(*given, "--password", "himitsu", cwd=tmp_path).returncode == ExitCode.RELEASED
