"""Tables whose columns or rows are known by the alignment of text only."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.model import Cell, Ground, Leftover, Line, Table

KPI = ["指標", "単位", "基準値", "R6 目標", "R6 実績", "達成状況"]
ONE = ["観光客数", "人", "10", "20", "15", "改善"]
TWO = ["宿泊者数", "人", "30", "40", "45", "目標達成"]
THREE = ["移住者数", "人", "1", "2", "0", "未達成"]


def aligned(rows: list[list[str]], lefts: list[float], *, page: int = 1, top: float = 100.0):
    """A table found by alignment: ``lefts`` are its columns and the right edge of the last."""
    cells = [
        Cell(
            row=r,
            column=c,
            box=(lefts[c], top + 20 * r, lefts[c + 1], top + 20 * r + 20),
            text=text,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    box = (lefts[0], top, lefts[-1], top + 20 * len(rows))
    return Table(page=page, box=box, cells=tuple(cells), method="text")


def named(assembled) -> list[str]:
    rows = (*assembled.indicators, *assembled.projects)
    return [e.printed.text for row in rows for e in row.entries if e.kind in {"name", "project"}]


def rules(assembled) -> list[str]:
    return [remark.rule for remark in assembled.remarks]


@pytest.mark.parametrize(
    "lefts",
    [[53, 200, 262, 325, 384, 440, 541], [53, 206, 290, 334, 420, 433, 541]],
    ids=["columns meet in the middle", "columns hold the same"],
)
def test_pieces_whose_columns_vary_are_one_table(lefts, extracted, settings) -> None:
    first = aligned([KPI, ONE, TWO], [56, 197, 253, 317, 376, 433, 539], top=600)
    found = run(extracted([first, aligned([THREE, ONE], lefts, page=2)]), settings)
    assert named(found) == ["観光客数", "宿泊者数", "移住者数", "観光客数"]
    assert rules(found) == ["reading.unruled-table", "reading.unruled-table"]


def test_ruled_columns_that_differ_are_never_taken_for_the_same(extracted, settings) -> None:
    first = aligned([KPI, ONE, TWO], [56, 197, 253, 317, 376, 433, 539], top=600)
    second = aligned([THREE], [53, 206, 268, 334, 407, 433, 541], page=2)
    ruled = [replace(table, method="ruled") for table in (first, second)]
    found = run(extracted(ruled), settings)
    assert named(found) == ["観光客数", "宿泊者数"]
    assert "reading.table-without-headings" in rules(found)


def test_headings_read_as_one_text_are_parted_again(extracted, settings) -> None:
    table = aligned([KPI, ONE, TWO], [50, 110, 170, 230, 290, 350, 410])
    cells = [cell for cell in table.cells if (cell.row, cell.column) not in {(0, 3), (0, 4)}]
    cells.append(
        Cell(row=0, column=3, column_span=2, box=(230, 100, 350, 120), text="Ｒ６目 Ｒ６実\n標 績")
    )
    found = run(extracted([replace(table, cells=tuple(cells))]), settings)
    assert [(e.kind, e.header) for e in found.indicators[0].entries][3:5] == [
        ("target", "Ｒ６目\n標"),
        ("actual", "Ｒ６実\n績"),
    ]


def test_two_columns_read_as_one_are_a_doubt_about_the_table(extracted, settings) -> None:
    rows = [
        ["指標", "基準値", "R6 目標", "達成状況"],
        ["観光客数", "10", "20 15", "改善"],
        ["宿泊者数", "30", "40 45", "目標達成"],
    ]
    found = run(extracted([aligned(rows, [50, 110, 170, 290, 350])]), settings)
    assert "reading.columns-not-separated" in rules(found)


@pytest.mark.parametrize(("heading", "told"), [("目標指標・KPI 単位", True), ("目標 指標", False)])
def test_a_heading_of_names_and_of_units_is_a_doubt_about_the_table(
    heading: str, extracted, settings, *, told: bool
) -> None:
    rows = [
        [heading, "基準値", "R6 目標", "達成状況"],
        ["観光客数人", "10", "20", "改善"],
        ["宿泊者数 人", "30", "40", "目標達成"],
    ]
    found = run(extracted([aligned(rows, [50, 110, 170, 290, 350])]), settings)
    assert ("reading.columns-not-separated" in rules(found)) is told


def test_rows_whose_figures_all_break_are_whole(extracted, settings) -> None:
    """The first line of each figure is a number, too: 57.1 / 9."""
    rows = [
        KPI,
        ["農業産出額", "千円", "25,2\n87", "24,6\n56", "15,1\n19", "改善"],
        ["間伐・植栽", "ha", "57.1", "65.0", "97.5", "目標達成"],
        ["面積", "", "9", "0", "0", ""],
        THREE,
    ]
    found = run(extracted([aligned(rows, [50, 110, 170, 230, 290, 350, 410])]), settings)
    assert named(found) == ["農業産出額", "間伐・植栽\n面積", "移住者数"]
    figures = [entry.printed.text for entry in found.indicators[1].entries[2:5]]
    assert figures == ["57.1\n9", "65.0\n0", "97.5\n0"]


def test_figures_that_break_at_their_decimal_mark_are_no_columns_read_as_one(
    extracted, settings
) -> None:
    rows = [
        ["指標", "基準値", "R6 目標", "達成状況"],
        ["観光客数", "119\n.4", "130\n.1", "改善"],
        ["宿泊者数", "18.\n4", "18.\n7", "目標達成"],
    ]
    found = run(extracted([aligned(rows, [50, 110, 170, 290, 350])]), settings)
    assert "reading.columns-not-separated" not in rules(found)


def test_remarks_that_begin_with_a_digit_are_no_figures_of_a_column_beside(
    extracted, settings
) -> None:
    rows = [
        ["指標", "基準値", "R6 目標", "R6 実績", "備考"],
        ["観光客数", "10", "20", "15", "3月に会場を変更した。"],
        ["宿泊者数", "30", "40", "45", "5年ぶりの調査"],
    ]
    sides = [50.0, 110.0, 170.0, 230.0, 290.0, 400.0]
    doubt = "reading.columns-not-separated"
    assert doubt not in rules(run(extracted([aligned(rows, sides)]), settings))
    lacking = [rows[0], [*rows[1][:3], "", "15 前回は休止"], rows[2]]
    assert doubt in rules(run(extracted([aligned(lacking, sides)]), settings))
    behind = [[*row[:4], status, row[4]] for row, status in zip(lacking, "状－A", strict=True)]
    behind[0][4] = "達成状況"
    assert doubt not in rules(run(extracted([aligned(behind, [*sides, 460.0])]), settings))


def test_a_caption_taken_for_a_row_is_told_and_is_no_indicator(extracted, settings) -> None:
    rows = [KPI, ONE, TWO, ["令和７年度取組内容", "", "", "", "", ""]]
    found = run(extracted([aligned(rows, [50, 110, 170, 230, 290, 350, 410])]), settings)
    assert named(found) == ["観光客数", "宿泊者数"]
    assert "structure.row-too-short" in rules(found)


def test_headings_of_projects_taken_for_a_row_are_told(extracted, settings) -> None:
    rows = [KPI, ONE, TWO, ["令和７年度取組内容\n事業名", "", "", "事業概要", "", ""]]
    found = run(extracted([aligned(rows, [50, 110, 170, 230, 290, 350, 410])]), settings)
    assert "structure.row-too-short" in rules(found)


PROJECTS = [
    ["事業名", "事業概要"],
    ["花火大会開催事業\n(観光課)", "夏に花火を上げます。"],
    ["歴史の道整備事業\n(文化課)", "古い道を直します。"],
]


def test_the_lines_of_a_project_are_one_row(extracted, settings) -> None:
    lines = [
        ["ジオパークの拠点改修事", "内装を改め、"],
        ["業", "案内の場を設けます。"],
        ["(推進課)", ""],
        ["", "研修も行います。"],
        ["祭り支援事業", "祭りを"],
        ["(観光課)", "支えます。"],
    ]
    tables = [
        aligned(PROJECTS, [50, 200, 500], top=700),
        aligned(lines, [50, 200, 500], page=2),
    ]
    found = run(extracted(tables), settings)
    assert named(found)[2:] == ["ジオパークの拠点改修事\n業\n(推進課)", "祭り支援事業\n(観光課)"]
    assert found.projects[2].entries[1].printed.text == (
        "内装を改め、\n案内の場を設けます。\n研修も行います。"
    )


def test_lines_in_the_columns_of_the_table_before_are_told(extracted, settings) -> None:
    def line(text: str, left: float, top: float) -> Line:
        return Line(text=text, page=2, box=(left, top, left + 9.0 * len(text), top + 9), size=9.0)

    rest = [line("観光隊設置事業", 52, 60), line("隊員を迎えます。", 203, 60)]
    found = run(extracted([aligned(PROJECTS, [50, 200, 500], top=700)], rest), settings)
    assert [(r.rule, r.printed) for r in found.remarks if r.rule.endswith("outside-tables")] == [
        ("reading.row-outside-tables", "観光隊設置事業|隊員を迎えます。")
    ]


@pytest.mark.parametrize(("text", "told"), [("現状維持未達成", False), ("未達成地区", True)])
def test_statuses_over_the_shares_of_a_chart_are_no_row(
    text: str, extracted, settings, *, told: bool
) -> None:
    words = [
        Line(text="目標達成", page=2, box=(52, 60, 76, 66), size=6.0),
        Line(text=text, page=2, box=(203, 60, 239, 66), size=6.0),
    ]
    found = run(extracted([aligned(PROJECTS, [50, 200, 500], top=700)], words), settings)
    assert ("reading.row-outside-tables" in rules(found)) is told


@pytest.mark.parametrize(
    ("text", "told"), [("(観光課) 隊員を迎えます。", True), ("(写真) 隊員の活動", False)]
)
def test_an_office_and_the_text_beside_it_read_as_one_line_are_told(
    text: str, told: bool, extracted, settings
) -> None:
    line = Line(text=text, page=2, box=(52, 60, 300, 69), size=9.0)
    found = run(extracted([aligned(PROJECTS, [50, 200, 500], top=700)], [line]), settings)
    assert ("reading.row-outside-tables" in rules(found)) is told


def test_headings_alone_at_the_end_of_a_page_belong_to_the_table_below(extracted, settings) -> None:
    edges = [50, 110, 170, 230, 290, 350, 410]
    heads = [
        Line(text=text, page=1, box=(50 + 60 * i, 780, 80 + 60 * i, 790), size=10.0)
        for i, text in enumerate(KPI)
    ]
    tables = [aligned([KPI, ONE, TWO], edges, top=300), aligned([THREE, ONE], edges, page=2)]
    found = run(extracted(tables, heads), settings)
    assert named(found) == ["観光客数", "宿泊者数", "移住者数", "観光客数"]
    assert "reading.row-outside-tables" not in rules(found)


def test_a_ruled_row_without_a_cell_under_a_heading_is_told(extracted, settings) -> None:
    whole = replace(aligned([KPI, ONE, TWO], [56, 197, 253, 317, 376, 433, 539]), method="ruled")
    short = replace(whole, cells=tuple(c for c in whole.cells if (c.row, c.column) != (2, 4)))
    found = run(extracted([short]), settings)
    assert rules(found) == ["structure.cell-missing"]
    assert found.remarks[0].subject == "宿泊者数"
    assert found.remarks[0].parameters == {"column": "R6実績"}
    assert rules(run(extracted([whole]), settings)) == []


def test_text_in_a_table_but_in_no_cell_is_told(extracted, settings) -> None:
    whole = replace(aligned([KPI, ONE, TWO], [56, 197, 253, 317, 376, 433, 539]), method="ruled")
    stray = Leftover(text="45", page=1, box=(380, 142, 400, 156), reason="in-table-gap")
    elsewhere = replace(stray, page=2)
    found = run(replace(extracted([whole]), leftovers=(stray, elsewhere)), settings)
    assert [(r.rule, r.page, r.printed) for r in found.remarks] == [
        ("reading.leftover-in-table", 1, "45")
    ]


@pytest.mark.parametrize(("rest", "policies"), [("", [1, 2]), ("3", [None, None])])
def test_a_lone_heading_between_rows_without_ruled_columns_is_a_place(
    rest, policies, extracted, settings
) -> None:
    """Where a row with a figure begins alike, such words are names."""
    banner = ["施策1-2 学校教育の充実", rest, "", "", "", ""]
    rows = [KPI, ["施策1-1 スポーツの振興", "", "", "", "", ""], ONE, banner, TWO]
    found = run(extracted([aligned(rows, [50, 110, 170, 230, 290, 350, 410])]), settings)
    places = {row.entries[0].printed.text: row.place.policy_number for row in found.indicators}
    assert [places["観光客数"], places["宿泊者数"]] == policies


def test_rows_that_take_earlier_headings_go_on_where_the_rows_before_them_end(
    extracted, settings
) -> None:
    """The two rows under 施策1-2 that a table of their own held were released under 施策1-1."""
    sides = [50.0, 110, 170, 230, 290, 350, 410]
    lines = [
        Line(text=text, page=1, box=(50.0, at, 200.0, at + 10), size=10.0)
        for text, at in (("1 活力のあるまち", 700.0), ("1-1 観光の振興", 720.0))
    ]
    banner = ["1-2 商業の振興", "", "", "", "", ""]
    first = aligned([KPI, ONE, banner, TWO], sides, page=2)
    second = aligned([THREE, ONE], sides, page=2, top=180.0)
    grounds = (Ground(decision="columns", sign="colours", count=7),)
    coloured = replace(first, method="ruled", grounds=grounds)
    found = run(extracted([coloured, second], lines), settings)
    assert [row.place.policy_number for row in found.indicators] == [1, 2, 2, 2]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["15", "移住者数", "8件", "9件"]], True),
        ([["設問", "満足", "不満", "不明"], ["防災", "23件", "34件", "9件"]], False),
        ([["15", "移住者数", "説明", "なし"]], False),
    ],
    ids=["a numbered row", "another table with headings", "no figures"],
)
def test_rows_below_a_table_are_never_left_out_unseen(rows, told, extracted, settings) -> None:
    first = aligned([KPI, ONE, TWO], [50, 110, 170, 230, 290, 350, 410])
    below = aligned(rows, [50, 110, 230, 290, 350], top=300)
    found = run(extracted([first, below]), settings)
    assert ("reading.table-without-headings" in rules(found)) is told


def test_a_row_of_figures_with_units_outside_all_tables_is_told(extracted, settings) -> None:
    first = aligned([KPI, ONE, TWO], [50, 110, 170, 230, 290, 350, 410])
    texts = ((50, "2"), (110, "アップ"), (230, "18回"), (290, "24回"))
    lines = [Line(text=text, page=1, box=(x, 400, x + 40, 410), size=10) for x, text in texts]
    found = run(extracted([first], lines), settings)
    assert "reading.row-outside-tables" in rules(found)


@pytest.mark.parametrize(
    ("box", "told"),
    [
        ((10, 125, 45, 135), True),
        ((10, 70, 45, 80), False),
        ((420, 125, 455, 135), False),
    ],
    ids=["beside a row", "above", "right of it"],
)
def test_text_beside_rows_without_rules_is_never_left_out_unseen(
    box, told, extracted, settings
) -> None:
    rows = aligned([KPI, ONE, TWO], [50, 110, 170, 230, 290, 350, 410])
    lines = [
        Line(text=text, page=1, box=(x0, y0 + down, x1, y1 + down), size=10)
        for text, down in (("1-1 交通", 0), ("の確保", 11))
        for x0, y0, x1, y1 in [box]
    ]
    found = run(extracted([rows], lines), settings)
    printed = [r.printed for r in found.remarks if r.rule == "reading.leftover-in-table"]
    assert printed == (["1-1交通|の確保"] if told else [])
    ruled = replace(rows, method="ruled")
    assert "reading.leftover-in-table" not in rules(run(extracted([ruled], lines), settings))


@pytest.mark.parametrize(("tops", "told"), [((108, 128, 148), True), ((128, 148), False)])
def test_a_last_column_that_was_left_out_is_told(tops, told, extracted, settings) -> None:
    rows = aligned([KPI, ONE, TWO], [50, 110, 170, 230, 290, 350, 410])
    texts = [
        Line(text="向上", page=1, box=(420.0, top, 440.0, top + 10.0), size=10.0) for top in tops
    ]
    found = run(extracted([rows], texts), settings)
    assert ("reading.leftover-in-table" in rules(found)) is told


@pytest.mark.parametrize(
    ("below", "names"),
    [
        (["べ）", "年度）", "", "", "", ""], ["観光客数（延べ）", "宿泊者数"]),
        (["べ）", "5", "6", "7", "", ""], ["観光客数（延", "べ）", "宿泊者数"]),
    ],
    ids=["the rest of a row", "a row of figures"],
)
def test_a_bracket_that_closes_in_the_next_line_joins_it(below, names, extracted, settings) -> None:
    first = ["観光客数（延", "10（平成22", *ONE[2:]]
    rows = aligned([KPI, first, below, TWO], [50, 110, 170, 230, 290, 350, 410])
    found = run(extracted([rows]), settings)
    told = [row.entries[0].printed.text.replace("\n", "") for row in found.indicators]
    assert told == names


def test_text_beside_rows_told_by_shading_is_never_left_out_unseen(extracted, settings) -> None:
    rows = aligned([KPI, ONE, TWO, ONE, TWO], [50, 110, 170, 230, 290, 350, 410])
    shaded = tuple(replace(cell, fill="#e8eef4" if cell.row % 2 else None) for cell in rows.cells)
    lines = [Line(text="1-1 交通", page=1, box=(10, 125, 45, 135), size=10)]

    def told(cells) -> bool:
        found = run(extracted([replace(rows, method="ruled", cells=cells)], lines), settings)
        return "reading.leftover-in-table" in rules(found)

    assert told(shaded)
    assert not told(rows.cells)


@pytest.mark.parametrize("cells", [("", ""), ("1 活力", "")])
def test_a_column_of_goals_that_is_not_filled_is_in_doubt(cells, extracted, settings) -> None:
    rows = [
        ["基本目標", *KPI],
        *([cell, *row] for cell, row in zip(cells, (ONE, TWO), strict=True)),
    ]
    made = aligned(rows, [50, 110, 170, 230, 290, 350, 410, 470])
    assert "layout.columns" in rules(run(extracted([made]), settings))


def test_a_row_between_the_two_lines_of_its_name_is_never_left_out_unseen(
    extracted, settings
) -> None:
    def line(text: str, left: float, top: float) -> Line:
        return Line(text=text, page=2, box=(left, top, left + 8 * len(text), top + 8), size=8.0)

    figures = [line("672", 250, 105), line("793", 330, 105), line("834", 410, 105)]
    name = [line("コミュニティバスへの", 45, 100), line("参加者数(人)", 45, 110)]
    table = aligned([KPI, ONE, TWO], [56, 197, 253, 317, 376, 433, 539])
    found = run(extracted([table], [*name, *figures]), settings)
    told = [one for one in found.remarks if one.rule == "reading.row-outside-tables"]
    printed = "コミュニティバスへの|参加者数(人) | 672 | 793 | 834"
    assert [(one.printed, one.box) for one in told] == [(printed, (45, 100, 434, 118))]
    assert "reading.row-outside-tables" not in rules(run(extracted([table], figures), settings))


def test_counts_of_statuses_that_are_digits_are_no_rows_without_headings(
    extracted, settings
) -> None:
    five = [*ONE[:5], "5"], [*TWO[:5], "4"], [*THREE[:5], "3"]
    edges = [56, 197, 253, 317, 376, 433, 539]
    counts = [["施策", "5", "4", "3", "計"], ["観光の振興", "1", "1", "1", "3"]]
    summary = aligned(counts, [56, 200, 280, 360, 440, 539], top=300)
    found = run(extracted([aligned([KPI, *five], edges), summary]), settings)
    assert "reading.table-without-headings" not in rules(found)
    # The legend explains 2 and 1, too, which no indicator bears.
    legend = aligned(
        [["5", "100％以上"], ["4", "90％以上"], ["3", "80％以上"], ["2", "70％以上"],
         ["1", "70％未満"]],
        [56, 200, 400],
        top=400,
    )  # fmt: skip
    counts = [["施策", "5", "4", "3", "2", "1", "計"], ["観光の振興", "1", "1", "1", "0", "0", "3"]]
    summary = aligned(counts, [56, 200, 260, 320, 380, 440, 500, 539], top=300)
    found = run(extracted([aligned([KPI, *five], edges), summary, legend]), settings)
    assert len(found.legend) == 5
    assert "reading.table-without-headings" not in rules(found)


def test_counts_under_a_point_that_no_row_bears_are_none_either(line, extracted, settings) -> None:
    edges = [56, 197, 253, 317, 376, 433, 539]
    rows = [*ONE[:5], "5"], [*TWO[:5], "4"], [*THREE[:5], "4"]
    counts = [["施策", "5", "4", "3", "計"], ["観光の振興", "1", "2", "0", "3"]]
    legend = "5：達成率100％以上　4：達成率70％以上100％未満　3：達成率70％未満"
    tables = [aligned([KPI, *rows], edges), aligned(counts, edges[:6], top=300)]
    found = run(extracted(tables, [line(legend, top=60)]), settings)
    assert [row.word.text for row in found.legend] == ["5", "4", "3"]
    assert "reading.table-without-headings" not in rules(found)


@pytest.mark.parametrize(("first", "told"), [("目標値", True), ("男", False)])
def test_figures_under_headings_that_are_in_no_table_are_told(
    first, told, line, extracted, settings
) -> None:
    texts = [(first, "実績値", "達成状況"), ("28", "31", "改善")]
    lines = [
        replace(one, box=(50.0 + 90 * at, one.box[1], 90.0 + 90 * at, one.box[3]))
        for row, top in zip(texts, (100, 115), strict=True)
        for at, one in enumerate(line(text, top=top) for text in row)
    ]
    found = run(extracted([], lines), settings)
    rules = [(one.rule, one.printed) for one in found.remarks if "28" in (one.printed or "")]
    assert rules == ([("reading.row-outside-tables", "28 | 31 |改善")] if told else [])


ACROSS = ["指標", "基準値\n(R2)", "目標値", "実績値", "目標値", "実績値"]
SIDES = [50.0, 150.0, 210.0, 270.0, 330.0, 390.0, 450.0]


@pytest.mark.parametrize(
    "years",
    [["R3", "", "R4", ""], ["", "R3", "R4", ""]],
    ids=["over the first of each", "over either"],
)
def test_a_year_stands_over_the_headings_that_stand_again(years, extracted, settings) -> None:
    rows = [["", "", *years], ACROSS, ["甲の数", "1", "2", "3", "4", "5"]]
    found = run(extracted([aligned(rows, SIDES)]), settings)
    (row,) = found.indicators
    assert [(e.kind, e.header, e.printed.text) for e in row.entries[2:]] == [
        ("target", "R3\n目標値", "2"),
        ("actual", "R3\n実績値", "3"),
        ("target", "R4\n目標値", "4"),
        ("actual", "R4\n実績値", "5"),
    ]
    assert "layout.columns" not in rules(found)


def test_every_table_of_one_layout_is_asked_for_its_years(extracted, settings) -> None:
    head = ["指標", "R3\n目標値", "R3\n実績値", "R3\n達成状況"]
    first = aligned([head, ["甲の数", "2", "3", "改善"]], SIDES[:5])
    bare = ["指標", "R4\n目標値", "実績値", "R4\n達成状況"]
    second = aligned([bare, ["乙の数", "4", "5", "改善"]], SIDES[:5], page=2)
    assert "layout.columns" not in rules(run(extracted([first, first]), settings))
    found = run(extracted([first, second]), settings)
    assert rules(found).count("layout.columns") == 1


def test_headings_that_break_within_brackets_go_on_in_the_next_row(extracted, settings) -> None:
    head = ["指標（", "目標値（Ｒ", "実績値（Ｒ", "達成状況"]
    rows = [head, ["単位）", "５）", "５）", ""], ["甲の数（件）", "2", "3", "改善"]]
    (row,) = run(extracted([aligned(rows, SIDES[:5])]), settings).indicators
    assert [(e.kind, "".join(e.header.split()), e.printed.text) for e in row.entries] == [
        ("name", "指標（単位）", "甲の数（件）"),
        ("target", "目標値（Ｒ５）", "2"),
        ("actual", "実績値（Ｒ５）", "3"),
        ("status", "達成状況", "改善"),
    ]


@pytest.mark.parametrize(
    ("method", "header"),
    [("text", "目標値\n（令和5年度）"), ("ruled", "目標値")],
    ids=["without rules", "in its own cell"],
)
def test_years_over_the_figures_of_the_first_row_are_those_of_the_headings(
    method, header, extracted, settings
) -> None:
    rows = [
        ["指標", "目標値", "実績値", "達成状況"],
        ["甲の数", "（令和5年度）\n2", "（令和5年度）\n3", "改善"],
        ["乙の数", "4", "5", "改善"],
    ]
    one = replace(aligned(rows, SIDES[:5]), method=method)
    found = run(extracted([one]), settings).indicators
    assert [row.entries[1].header for row in found] == [header] * 2


def test_a_name_over_the_words_beside_it_is_a_doubt(extracted, settings) -> None:
    rows = [["指標", "担当課", "目標値", "実績値"], ["甲の数", "福祉課", "2", "3"]]
    table = aligned([*rows, ["教室に満足し\n福祉課\nている人の割合", "", "4", "5"]], SIDES[:5])
    last = [c for c in table.cells if c.row == 2 and c.column != 1]
    wide = replace(last[0], column_span=2)
    cells = (*(c for c in table.cells if c.row < 2), wide, *last[1:])
    grounds = (Ground(decision="columns", sign="gutters", count=3),)
    found = run(extracted([replace(table, cells=cells, grounds=grounds)]), settings)
    assert "reading.cells-not-separated" in rules(found)
    plain = run(extracted([replace(table, grounds=grounds)]), settings)
    assert "reading.cells-not-separated" not in rules(plain)


def test_a_table_with_only_years_for_headings_is_a_doubt(extracted, settings) -> None:
    first = aligned([KPI, ONE, TWO], [50.0, 150, 180, 240, 300, 360, 420])
    lost = [["", "", "（R2）", "（R6）", "（R6）", ""], THREE]
    second = aligned(lost, [50.0, 150, 180, 240, 300, 360, 420], page=2)
    found = run(extracted([first, second]), settings)
    assert "reading.table-without-headings" in rules(found)


@pytest.mark.parametrize(
    ("last", "doubted"),
    [
        (["窓口の苦情件数福祉課", "", "4", "5"], True),
        (["窓口の苦情件数", "", "4", "5"], False),
        (["窓口の苦情件数福祉課", "企画課", "4", "5"], False),
    ],
)
def test_a_name_that_ends_in_the_words_of_an_empty_column_is_a_doubt(
    last, doubted, extracted, settings
) -> None:
    rows = [["指標", "担当課", "目標値", "実績値"], ["甲の数", "福祉課", "2", "3"], last]
    grounds = (Ground(decision="columns", sign="gutters", count=3),)
    found = run(extracted([replace(aligned(rows, SIDES[:5]), grounds=grounds)]), settings)
    assert ("reading.cells-not-separated" in rules(found)) is doubted
    apart = [replace(aligned(one, SIDES[:5], top=top), grounds=grounds)
             for one, top in ((rows[:2], 100.0), ([rows[0], last], 300.0))]  # fmt: skip
    found = run(extracted(apart), settings)
    assert ("reading.cells-not-separated" in rules(found)) is doubted


@pytest.mark.parametrize("at", [0, 4])
def test_the_end_of_a_cut_row_hides_no_rows_below_it(at, extracted, settings) -> None:
    rest = [""] * at + ["（延べ）"] + [""] * (4 - at)
    plain = [row[:5] for row in (KPI, ONE, TWO, THREE)]
    first = aligned(plain[:3], [56, 197, 253, 317, 376, 433], top=600)
    second = aligned([rest, plain[3], plain[1]], [53, 246, 268, 334, 407, 433], page=2)
    ruled = [replace(table, method="ruled") for table in (first, second)]
    found = run(extracted(ruled), settings)
    assert named(found) == ["観光客数", "宿泊者数"]
    assert "reading.table-without-headings" in rules(found)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["宿泊者数（年間）", "人"], True),
        (["宿泊者数（年間）", "件"], False),
        (["※印は見込み"], False),
    ],
    ids=["a name and the unit of a row above", "another word", "a note"],
)
def test_a_last_row_without_figures_is_never_left_out_unseen(
    texts, told, extracted, settings
) -> None:
    sides = [50, 110, 170, 230, 290, 350, 410]
    rows = aligned([KPI, ONE, TWO], sides)
    bottom = rows.box[3]
    lines = [
        Line(text=text, page=1, box=(left + 1, bottom + 15, left + 9, bottom + 19), size=4)
        for text, left in zip(texts, sides, strict=False)
    ]
    found = run(extracted([rows], lines), settings)
    assert ("reading.row-outside-tables" in rules(found)) is told
