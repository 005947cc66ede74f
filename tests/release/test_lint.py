"""The notation rules on tables that officers have: each item found, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.chart import BarChart
from openpyxl.drawing.image import Image

from pipeline.cli import cli
from pipeline.errors import UnreadableError
from pipeline.notation.items import ITEMS, check
from pipeline.notation.sheets import Sheet, read
from pipeline.notation.together import TOGETHER, check_together
from tests.conftest import ROOT

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


def test_a_title_above_the_headings_does_not_hide_them(tmp_path: Path) -> None:
    titled = [["人口の推移", "", "", "", "", ""], *changed(1, 5, "10,500")]
    found = broken(written(tmp_path / "a.csv", titled))
    assert found["csv-header"] == [(0, 0)]
    assert (found["1-3"], "1-13" in found, "1-9" in found) == ([(2, 5)], False, False)


def test_a_second_table_below_is_told_by_its_headings(tmp_path: Path) -> None:
    second = [[""] * 6, ["年齢別", "男", "女", "", "", ""], ["0～14歳", "1", "2", "", "", ""]]
    found = broken(written(tmp_path / "a.csv", [*GOOD, *second]))
    assert found["2-1"] == [(5, None)]
    assert found["2-2"] == [(6, None)]


@pytest.mark.parametrize(
    "table",
    [
        [["施設ID", "名称", "緯度", "経度"], ["001", "体育館 第2", "34.1", "131.2"]],
        [["NO", "名称", "人数（人）"], ["1", "受入 ↑, 39→42", "***"]],
        [["年度", "歳入（千円）", "備考"], ["2024", "10", "改修（令和6年度）　済"]],
        [["コード", "名称"], ["01100", "札幌市"]],
    ],
)
def test_what_only_resembles_a_fault_is_none(table, tmp_path: Path) -> None:
    assert broken(written(tmp_path / "a.csv", table)) == {}


@pytest.mark.parametrize("text", ["😀", "\ufffd", "Ⅻ", "㍻", "𠮷野"])
def test_characters_that_jis_x_0213_lacks_are_told(text: str, tmp_path: Path) -> None:
    assert broken(written(tmp_path / "a.csv", changed(1, 3, text))) == {"1-10": [(1, 3)]}


def test_shift_jis_is_read_and_told(tmp_path: Path) -> None:
    found = broken(written(tmp_path / "a.csv", GOOD, encoding="cp932"))
    assert set(found) == {"csv-encoding"}


@pytest.mark.parametrize(
    ("mark", "told"), [("\t", {"csv-comma"}), (";", {"csv-comma"}), (",", set())]
)
def test_another_mark_than_a_comma_is_told(mark: str, told: set[str], tmp_path: Path) -> None:
    found = broken(written(tmp_path / "a.csv", GOOD, delimiter=mark))
    assert set(found) - {"4-12"} == told


def test_unicode_text_of_excel_is_read_and_told(tmp_path: Path) -> None:
    found = broken(written(tmp_path / "a.txt", GOOD, encoding="utf-16"))
    assert set(found) == {"csv-encoding"}


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_may_end_in_every_way(end: str, tmp_path: Path) -> None:
    plain = written(tmp_path / "a.csv", GOOD, quoting=csv.QUOTE_MINIMAL, lineterminator=end)
    assert broken(plain) == {"4-12": [(row, None) for row in range(len(GOOD))]}


def test_a_long_field_is_read(tmp_path: Path) -> None:
    assert broken(written(tmp_path / "a.csv", changed(1, 3, "男" * 200_000))) == {}


@pytest.mark.parametrize("rows", [[], [GOOD[0]]])
def test_headings_alone_are_no_table(rows, tmp_path: Path) -> None:
    assert set(broken(written(tmp_path / "a.csv", rows))) == {"1-1"}


def test_blank_sheets_are_none_and_a_sheet_of_a_chart_is_an_object(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", 人口=typed(GOOD), Sheet2=[], Sheet3=[])
    assert broken(path) == {}
    book = openpyxl.load_workbook(path)
    book.create_chartsheet("図").add_chart(BarChart())
    book.save(path)
    assert broken(path) == {"1-8": [(None, None)]}


def test_fields_without_quotes_are_told_by_line(tmp_path: Path) -> None:
    found = broken(written(tmp_path / "a.csv", GOOD, quoting=csv.QUOTE_MINIMAL))
    assert found == {"4-12": [(row, None) for row in range(len(GOOD))]}


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def typed(table: list[list[str]]) -> list[list[Any]]:
    """The table with its figures as numbers."""
    return [
        [float(t) if at == 5 and t[-1:].isdigit() else t for at, t in enumerate(row)]
        for row in table
    ]


def test_a_workbook_is_looked_at_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", 人口=typed(GOOD))
    assert broken(path) == {}
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet["F2"] = "=1+1"
    sheet["F3"] = "11200"
    sheet.merge_cells("A4:A5")
    sheet.add_image(Image(ROOT / "docs" / "review.png"))
    book.save(path)
    found = broken(path)
    assert found == {
        "1-3": [(2, 5)],
        "1-4": [(3, 0)],
        "1-6": [(4, 0)],
        "1-7": [(1, 5)],
        "1-8": [(None, None)],
    }


# --------------------------------------------------------------------------- several tables


def broken_together(*paths: Path) -> dict[tuple[str, str], list[tuple[int | None, int | None]]]:
    sheets = [sheet for path in paths for sheet in read(path)]
    return {
        (sheet.name, result.item.id): [(failure.row, failure.column) for failure in result.failures]
        for sheet, results in check_together(sheets)
        for result in results
        if result.failures
    }


VALUES = [["区分コード", "年度", "人数（人）"], ["A", "2024", "1"], ["A", "2025", "2"]]
CODES = [["区分コード", "意味"], ["A", "男"], ["B", "女"]]


@pytest.mark.parametrize(
    ("values", "codes", "expected"),
    [
        (VALUES, CODES, {}),
        (VALUES, [["区分", "意味"], ["A", "男"]], {("v.csv", "L3-02"): [(0, 0)]}),
        (VALUES, [CODES[0], CODES[2]], {("v.csv", "L3-02"): [(1, 0), (2, 0)]}),
        ([["区分コード", "区分名", "年度"], ["A", "男", "2024"], ["A", "男", "2025"]], GOOD, {}),
        ([["地域コード", "年度"], ["35213", "2024"], ["35213", "2025"]], CODES, {}),
    ],
    ids=["code table", "none", "a code lacks", "name beside it", "public codes"],
)
def test_a_code_is_explained_by_another_table(values, codes, expected, tmp_path: Path) -> None:
    paths = written(tmp_path / "v.csv", values), written(tmp_path / "c.csv", codes)
    assert broken_together(*paths) == expected


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ([["記号", "意味"], ["***", "該当なし"]], False),
        ([["***：該当なし"]], False),
        ([["記号 ***", "該当なし"]], False),
        ([["記号", "意味"], ["X", "秘匿"]], True),
    ],
)
def test_a_sign_is_explained_on_another_sheet(notes, told: bool, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", 人口=typed(GOOD), 説明=notes)
    assert (("人口", "L3-03") in broken_together(path)) == told


def test_a_sheet_that_stands_alone_need_not_explain_its_signs(tmp_path: Path) -> None:
    assert broken_together(workbook(tmp_path / "a.xlsx", 人口=typed(GOOD))) == {}


def test_the_signs_of_a_released_table_are_those_of_its_metadata() -> None:
    sheet = Sheet(name="a", rows=tuple(map(tuple, GOOD)), numeric=(5,), signs=("X",))
    ((_, results),) = check_together([sheet])
    assert [r.item.id for r in results if r.failures] == ["L3-03"]


@pytest.mark.parametrize(
    ("name", "header", "expected"),
    [
        ("人口2025.csv", GOOD[0], {}),
        ("人口2025.csv", [*GOOD[0][:5], "人口数"], {("人口2025.csv", "L3-07"): [(0, 5)]}),
        ("人口2025.csv", [GOOD[0][1], GOOD[0][0], *GOOD[0][2:]], None),
        ("世帯2025.csv", [*GOOD[0][:5], "世帯"], {}),
        ("人口令和7年.csv", [*GOOD[0][:5], "人口数"], {}),
    ],
    ids=["same", "renamed", "another order", "another table", "another form of the name"],
)
def test_headings_stay_the_same_every_year(name, header, expected, tmp_path: Path) -> None:
    first = written(tmp_path / "人口2024.csv", GOOD)
    found = broken_together(first, written(tmp_path / name, [header, *GOOD[1:]]))
    if expected is None:
        assert found[name, "L3-07"] == [(0, 0), (0, 1)]
    else:
        assert found == expected


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    for name, data in (("a.csv", b"\xff\x00\x81"), ("a.xlsx", b"PK\x03\x04broken")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableError):
            read(tmp_path / name)
    with pytest.raises(UnreadableError):
        read(tmp_path / "absent.csv")


def test_items_have_ids_of_their_own() -> None:
    ids = [item.id for item in (*ITEMS, *(together.item for together in TOGETHER))]
    assert len(set(ids)) == len(ids)
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
