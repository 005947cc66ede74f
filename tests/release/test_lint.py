"""The notation rules on tables that officers have: each item found, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import UnreadableError
from pipeline.notation.items import ITEMS, check
from pipeline.notation.sheets import Sheet, read

GOOD = [
    ["地域コード", "地域", "年度", "区分", "単位", "人口"],
    ["35213", "山口県美祢市", "2024", "男", "人", "10500"],
    ["35213", "山口県美祢市", "2024", "女", "人", "11200"],
    ["35213", "山口県美祢市", "2025", "男", "人", "***"],
    ["35213", "山口県美祢市", "2025", "女", "人", "-5.5"],
]


def changed(row: int, column: int, text: str) -> list[list[str]]:
    table = [list(line) for line in GOOD]
    table[row][column] = text
    return table


def written(path: Path, table: list[list[str]], encoding: str = "utf-8-sig", **form) -> Path:
    stream = io.StringIO(newline="")
    csv.writer(stream, **{"quoting": csv.QUOTE_ALL, **form}).writerows(table)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def broken(path: Path) -> dict[str, list[tuple[int | None, int | None]]]:
    (sheet,) = read(path)
    return {
        result.item.id: [(failure.row, failure.column) for failure in result.failures]
        for result in check(sheet)
        if result.failures
    }


def test_a_table_that_keeps_all_rules_breaks_none(tmp_path: Path) -> None:
    assert broken(written(tmp_path / "a.csv", GOOD)) == {}


@pytest.mark.parametrize(
    ("item", "row", "column", "text"),
    [
        ("1-2", 1, 5, "373（973）"),
        ("1-3", 1, 5, "10,500"),
        ("1-3", 1, 5, "▲5"),
        ("1-3", 1, 5, "１０５００"),
        ("1-3", 1, 5, "10500人"),
        ("1-5", 1, 1, "山口県　美祢市"),
        ("1-5", 1, 3, "男\n性"),
        ("1-5", 1, 3, " 男"),
        ("1-6", 2, 3, "〃"),
        ("1-6", 2, 0, ""),
        ("1-7", 1, 3, "=SUM(A1:A3)"),
        ("1-10", 1, 3, "①男"),
        ("1-10", 1, 3, "㈱男"),
        ("1-11", 1, 3, "令和6年度"),
        ("1-12", 1, 1, "美祢"),
        ("1-13", 1, 5, ""),
        ("1-13", 1, 5, "－"),
        ("4-11", 1, 5, "不明"),
        ("L-headings", 0, 5, "値"),
        ("L-marks", 1, 3, "男※"),
    ],
)
def test_each_item_is_found_at_its_place(item, row, column, text, tmp_path: Path) -> None:
    found = broken(written(tmp_path / "a.csv", changed(row, column, text)))
    if item == "1-11":
        assert item not in found  # a Western year stands beside it
        alone = [[cell for at, cell in enumerate(line) if at != 2] for line in GOOD]
        alone[1][2] = text
        found = broken(written(tmp_path / "b.csv", alone))
        column = 2
    assert (row, column) in found[item]


@pytest.mark.parametrize(
    ("item", "table"),
    [
        ("1-9", [[cell for at, cell in enumerate(line) if at != 4] for line in GOOD]),
        ("2-1", [*GOOD[:2], [""] * 6, *GOOD[2:]]),
        ("2-2", [*GOOD, GOOD[0], GOOD[1]]),
        ("2-2", [*GOOD, ["※ 速報値である", "", "", "", "", ""]]),
        ("csv-header", [["人口の推移", "", "", "", "", ""], *GOOD]),
        ("csv-names", [[*GOOD[0][:5], "単位"], *GOOD[1:]]),
        ("csv-width", [*GOOD, ["35213", "山口県美祢市"]]),
        ("L3-09", [["地域", "2023年", "2024年"], ["山口県美祢市", "1", "2"]]),
        ("1-1", []),
    ],
)
def test_the_shape_of_the_table_is_looked_at(item, table, tmp_path: Path) -> None:
    assert item in broken(written(tmp_path / "a.csv", table))


def test_shift_jis_is_read_and_told(tmp_path: Path) -> None:
    found = broken(written(tmp_path / "a.csv", GOOD, encoding="cp932"))
    assert set(found) == {"csv-encoding"}


def test_fields_without_quotes_are_told_by_line(tmp_path: Path) -> None:
    found = broken(written(tmp_path / "a.csv", GOOD, quoting=csv.QUOTE_MINIMAL))
    assert found == {"4-12": [(row, None) for row in range(len(GOOD))]}


def test_a_workbook_is_looked_at_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in GOOD:
        sheet.append(line)
    sheet["F2"] = "=1+1"
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    found = broken(tmp_path / "a.xlsx")
    assert found["1-7"] == [(1, 5)]
    assert "1-4" in found


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    for name, data in (("a.csv", b"\xff\x00\x81"), ("a.xlsx", b"PK\x03\x04broken")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableError):
            read(tmp_path / name)
    with pytest.raises(UnreadableError):
        read(tmp_path / "absent.csv")


def test_items_have_ids_of_their_own() -> None:
    assert len({item.id for item in ITEMS}) == len(ITEMS)
    empty = Sheet(name="", rows=())
    assert [r.item.id for r in check(empty) if r.failures] == ["1-1"]


def test_the_command_says_aloud_what_is_wrong_and_when_nothing_is(tmp_path: Path) -> None:
    good = CliRunner().invoke(cli, ["lint", str(written(tmp_path / "good.csv", GOOD))])
    assert (good.exit_code, "問題ありません" in good.output) == (0, True)
    bad = written(tmp_path / "bad.csv", changed(1, 5, "10,500"))
    told = CliRunner().invoke(cli, ["lint", "--lang", "en", str(bad)])
    assert told.exit_code == 1
    assert "1-3" in told.output
    assert "line 2, column 6 人口" in told.output
    machine = CliRunner().invoke(cli, ["lint", "--json", str(bad)])
    (one,) = json.loads(machine.output)
    assert (one["item"], one["line"], one["column"], one["text"]) == ("1-3", 2, 6, "10,500")
