"""``review.xlsx`` as an officer opens, fills in and saves it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipeline.cli import cli
from pipeline.desk.choices import choices, chosen, label_of
from pipeline.desk.waiting import open_findings
from pipeline.errors import UsageError
from pipeline.review import workbook
from pipeline.review.write import bring
from tests.review.conftest import SIGNED, Town

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def filled(town: Town, target: Path) -> Path:
    """The workbook with a decision and a reason in every line."""
    book = load_workbook(town.review() / "review.xlsx")
    sheet = book["決めること"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    desk = town.desk()
    for row in range(2, sheet.max_row + 1):
        found = desk.found(sheet.cell(row, titles["検査結果ID"]).value)
        taken = chosen(found, town.answer(found))
        label = label_of(taken, "ja")
        given = next(
            (one for one in choices(found) if one.action == taken.action and one.typed),
            None,
        )
        typed = given is not None and taken.value not in (one.value for one in choices(found))
        sheet.cell(row, titles["決定"]).value = label_of(given, "ja") if typed else label
        if typed and taken.value:
            sheet.cell(row, titles["値"]).value = taken.value
        sheet.cell(row, titles["理由"]).value = "課に確認"
    book.save(target)
    return target


def shihyo(town: Town, *arguments: str):
    return CliRunner().invoke(cli, [*arguments, "--workspace", str(town.workspace)])


def test_every_open_finding_has_a_line_with_its_page_beside_it(town) -> None:
    book = load_workbook(town.review() / "review.xlsx")
    sheet = book["決めること"]
    keys = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    waiting = open_findings(town.desk())
    assert keys == [found.key for found in waiting]
    placed = [found for found in waiting if found.box]
    assert len(sheet._images) == len(placed)
    assert len(sheet.data_validations.dataValidation) == len(waiting)
    assert book.sheetnames[1:3] == ["資料内の矛盾", "すべての値"]


def test_texts_of_the_paper_are_texts_in_the_sheet(town) -> None:
    book = load_workbook(town.review() / "review.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=HYPERLINK(") for cell in cells)


def test_a_row_is_as_high_as_its_text(town) -> None:
    sheet = load_workbook(town.review() / "review.xlsx")["決めること"]
    titles = {cell.value: cell.column_letter for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for title in ("対象", "気づいたこと", "印字"):
            text = str(sheet[f"{titles[title]}{row}"].value or "")
            width = sheet.column_dimensions[titles[title]].width
            assert sheet.row_dimensions[row].height >= 15 * (2 * len(text) // width) * 0.8


def test_the_same_run_gives_the_same_bytes(town) -> None:
    first = (town.review() / "review.xlsx").read_bytes()
    (town.output / "6-review.json").unlink()
    assert bring(town.task()) is True
    assert (town.output / "review.xlsx").read_bytes() == first


def test_nothing_is_written_twice(town) -> None:
    town.review()
    assert bring(town.task()) is False
    (town.output / "review.html").write_text("damaged", encoding="utf-8")
    assert bring(town.task()) is True


def test_a_filled_workbook_is_taken_over_and_released(town, tmp_path) -> None:
    done = shihyo(town, "decide", "--from", str(filled(town, tmp_path / "filled.xlsx")))
    assert done.exit_code == 0, done.output
    assert shihyo(town, "run", "--second-reader", "never").exit_code == 0


def test_lines_that_cannot_be_used_are_told(town, tmp_path) -> None:
    path = filled(town, tmp_path / "filled.xlsx")
    book = load_workbook(path)
    sheet = book["決めること"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, titles["理由"]).value = ""
    sheet.cell(3, titles["検査結果ID"]).value = "no-such-key"
    book.save(path)
    taken, refused = workbook.decisions_from(town.desk(), path, **SIGNED)
    assert [one.row for one in refused] == [2, 3]
    assert len(taken) == sheet.max_row - 3
    done = shihyo(town, "decide", "--from", str(path))
    assert done.exit_code == 2
    assert town.corrections.is_file()


def test_an_empty_workbook_decides_nothing(town) -> None:
    done = shihyo(town, "decide", "--from", str(town.review() / "review.xlsx"))
    assert (done.exit_code, town.corrections.exists()) == (0, False)
    assert "記入されていません" in done.output


def test_what_is_no_workbook_is_refused(town, tmp_path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(UsageError):
        workbook.decisions_from(town.desk(), path, **SIGNED)
    with pytest.raises(UsageError):
        workbook.decisions_from(town.desk(), tmp_path / "missing.xlsx", **SIGNED)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_and_saves_it(town, tmp_path) -> None:
    path = filled(town, tmp_path / "filled.xlsx")
    (tmp_path / "saved").mkdir()
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    taken, refused = workbook.decisions_from(
        town.desk(), tmp_path / "saved" / "filled.xlsx", **SIGNED
    )
    again, _ = workbook.decisions_from(town.desk(), path, **SIGNED)
    assert refused == []
    assert taken == again
