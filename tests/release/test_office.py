"""A spreadsheet opens every table and the workbook, and shows codes and numbers as printed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

import openpyxl
import pytest

from tests.release.spoilt import ON_ONE, long_csv, resources_of, rows_of, spoil_csv

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_FORM = "44,34,76,1,,0,{quoted},{detect}"
"""Comma, quotes, UTF-8, from line 1; whether what is quoted is text; whether numbers are sought."""
_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false"
ALL_SHEETS = f"{_AS_SHOWN},-1"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]

ON_TWO = pytest.mark.parametrize("whole", ["third", "circles"], indirect=True)
"""The one with all tables, and one of another town: the others have tables like these."""


def opened(paths: list[Path], folder: Path, *, to: str = _AS_SHOWN, reads: str = "") -> None:
    """What LibreOffice shows of files, as CSV: they are opened as an officer would, and saved."""
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            *([f"--infilter=CSV:{reads}"] if reads else []),
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


def same(given: str, expected: str) -> bool:
    """Equal as text, or as a number: a spreadsheet may drop zeros and separators."""
    if given == expected:
        return True
    try:
        return Decimal(given) == Decimal(expected.replace(",", ""))
    except InvalidOperation:
        return False


def differing(release: Path, folder: Path, *, quoted_is_text: bool) -> list[str]:
    """Tables that the program shows otherwise than they are written."""
    paths = sorted(release.glob("*.csv"))
    form = _FORM.format(quoted=str(quoted_is_text).lower(), detect=str(not quoted_is_text).lower())
    opened(paths, folder, reads=form)
    alike: Callable[[str, str], bool] = str.__eq__ if quoted_is_text else same
    return [path.name for path in paths if not _alike(folder / path.name, rows_of(path), alike)]


def _alike(shown: Path, expected: list[list[str]], alike: Callable[[str, str], bool]) -> bool:
    given = rows_of(shown)
    return len(given) == len(expected) and all(
        len(row) == len(other) and all(map(alike, row, other))
        for row, other in zip(given, expected, strict=True)
    )


@ON_TWO
@pytest.mark.parametrize("quoted_is_text", [True, False])
def test_every_table_is_shown_as_written(
    quoted_is_text: bool, release: Path, tmp_path: Path
) -> None:
    """With “format quoted field as text” all of it; else codes and printed texts may be numbers."""
    assert differing(release, tmp_path / "shown", quoted_is_text=quoted_is_text) == []


@ON_ONE
def test_a_field_that_would_be_computed_is_noticed(release: Path, tmp_path: Path) -> None:
    spoil_csv(long_csv(release), lambda rows: rows[1].__setitem__(5, "=1+1"))
    found = differing(release, tmp_path / "shown", quoted_is_text=False)
    assert found == [long_csv(release).name]


def sheets_that_differ(release: Path, folder: Path) -> list[str]:
    """Sheets of the workbook that are shown otherwise than the CSV is written."""
    opened([release / "data.xlsx"], folder, to=ALL_SHEETS)
    return [
        one["title"]
        for one in resources_of(release)
        if not _alike(
            folder / f"data-{one['title']}.csv", rows_of(release / one["path"]), str.__eq__
        )
    ]


@ON_TWO
def test_the_workbook_shows_every_code_and_number_as_printed(release: Path, tmp_path: Path) -> None:
    assert sheets_that_differ(release, tmp_path / "shown") == []


@ON_ONE
@pytest.mark.parametrize("spoil", ["format", "code"])
def test_a_lost_zero_is_noticed(spoil: str, release: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(release / "data.xlsx")
    sheet = book["指標の値（縦持ち）"]
    if spoil == "format":
        for cells in sheet.iter_rows(min_row=2):
            cells[11].number_format = "0.000"
    else:
        sheet["B2"] = 1234
    book.save(release / "data.xlsx")
    assert sheets_that_differ(release, tmp_path / "shown") == [sheet.title]
