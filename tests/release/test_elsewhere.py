"""A release made elsewhere is the same, and a spreadsheet opens it as it is."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from pipeline.cache.store import folder_digests
from pipeline.desk.jobs import Options, run_one
from tests.conftest import copy_workspace

pytestmark = pytest.mark.slow

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ELSEWHERE = (
    {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
)


def ran(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The digests of the first document's release, made by a process with its own surroundings."""
    workspace, home = copy_workspace(folder / "workspace"), folder / "home"
    home.mkdir()
    program = "from pipeline.cli import main; main()"
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program, "run", "--workspace", str(workspace)],
        env={**kept, "HOME": str(home), **environment},
        cwd=home,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder_digests(workspace / "extracted/35213-mine/2025/release")


def test_two_clean_environments_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for number, environment in enumerate(ELSEWHERE):
        (tmp_path / str(number)).mkdir()
        made.append(ran(tmp_path / str(number), environment))
    assert made[0] == made[1]
    assert len(made[0]) > 15


# --------------------------------------------------------------------------- a spreadsheet


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    workspace = copy_workspace(tmp_path_factory.mktemp("office") / "workspace")
    options = Options(workspace=str(workspace), second_reader="never")
    return Path(run_one(workspace / "raw/35213-mine/2025.pdf", options).output) / "release"


def converted(paths: list[Path], to: str, folder: Path) -> None:
    """What LibreOffice makes of files: they are opened as an officer would, and saved."""
    tables = paths[0].suffix == ".csv"
    reads = ["--infilter=CSV:44,34,76,1,,0,false,true"] if tables else []
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            *reads,
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def same(given: str, expected: str) -> bool:
    """Equal as text, or as a number: a spreadsheet may drop a zero at the end, or separators."""
    if given == expected:
        return True
    try:
        return Decimal(given) == Decimal(expected.replace(",", ""))
    except InvalidOperation:
        return False


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_every_table(release: Path, tmp_path: Path) -> None:
    paths = sorted(release.glob("*.csv"))
    converted(paths, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", tmp_path)
    for path in paths:
        given, expected = rows((tmp_path / path.name).read_bytes()), rows(path.read_bytes())
        assert len(given) == len(expected), path.name
        wrong = [
            (row, other)
            for row, other in zip(given, expected, strict=True)
            if not all(map(same, row, other))
        ]
        assert wrong == [], path.name


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_the_workbook(release: Path, tmp_path: Path) -> None:
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    converted([release / "data.xlsx"], form, tmp_path)
    sheets = {path.stem.partition("-")[2]: path for path in tmp_path.glob("data-*.csv")}
    tables = {path: rows(path.read_bytes()) for path in release.glob("*_kpi_*.csv")}
    opened = [rows(path.read_bytes()) for path in sheets.values()]
    for path, expected in tables.items():
        (given,) = [one for one in opened if one[0] == expected[0]]
        assert len(given) == len(expected), path.name
        assert all(all(map(same, *pair)) for pair in zip(given, expected, strict=True)), path.name
