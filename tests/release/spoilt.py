"""Reading a release as others would, calling their programs, and spoiling a copy."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ON_ONE = pytest.mark.parametrize("whole", ["circles"], indirect=True)
"""For tests that only spoil: one release shows it as well as five."""


def long_csv(release: Path) -> Path:
    """The table of all values."""
    return next(path for path in release.glob("*_kpi_*.csv") if path.stem[-4:].isdigit())


def rows_of(path: Path) -> list[list[str]]:
    """A CSV as it is written."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def records_of(path: Path) -> list[dict[str, str]]:
    """A CSV by its headings."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def resources_of(release: Path) -> list[dict[str, Any]]:
    """The tables as the descriptor lists them."""
    return list(json.loads((release / "datapackage.json").read_text("utf-8"))["resources"])


def called(command: str, *arguments: object) -> int:
    """The exit status of a program of the environment."""
    programs = Path(sys.executable).parent
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [programs / command, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "PATH": path},
    )
    return done.returncode


def spoil_csv(path: Path, change: Callable[[list[list[str]]], object]) -> None:
    """Change the rows of a CSV; its form stays."""
    rows = rows_of(path)
    change(rows)
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    path.write_bytes(stream.getvalue().encode("utf-8-sig"))


def spoil_json(path: Path, change: Callable[[Any], object]) -> None:
    """Change what a JSON file holds."""
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
