"""Rows that a page edge cut are made whole, and others are left alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.assemble.cut_rows import is_cut, is_last_line, join_merged, join_printed
from pipeline.assemble.logical_tables import Placed, Row
from pipeline.model import Printed, Table
from tests.assemble.test_layouts import merged

KPI = ["目標指標・KPI", "単位", "基準値", "R6 目標", "R6 実績", "達成状況"]
WHOLE = [
    ["人口", "人", "10", "12", "11", "改善"],
    ["件数", "件", "1", "2", "3", "目標達成"],
    ["割合(累計)", "%", "4.0", "5.0", "5.0", "目標達成"],
]

CUTS = {
    "between rows": ([], []),
    "in the middle of a name": (
        ["創業支援協議会の支援に", "者", "10", "10", "11", "目標達成"],
        ["より創業した者", "", "", "", "", ""],
    ),
    "figures below": (
        ["創業支援協議会の支援に", "", "", "", "", ""],
        ["より創業した者", "者", "10", "10", "11", "目標達成"],
    ),
    "name above, all else below": (
        ["創業者数", "", "", "", "", ""],
        ["", "者", "10", "10", "11", "目標達成"],
    ),
    "inside a number": (
        ["販売額", "百万円", "22,71", "22,718", "22,718", "目標達成"],
        ["", "", "8", "", "", ""],
    ),
}


@pytest.mark.parametrize("repeated", [True, False], ids=["heading repeated", "heading once"])
@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_indicator_row_is_one(
    cut: str, repeated: bool, table, line, extracted, settings
) -> None:
    above, below = CUTS[cut]
    first = [KPI, *WHOLE] + ([above] if above else [])
    second = ([KPI] if repeated else []) + ([below] if below else []) + WHOLE
    document = extracted(
        [table(first, top=600), table(second, page=2, top=80)],
        [line("1. 暮らし", top=580), line("1", top=800), line("2", page=2, top=800)],
    )
    assembled = run(document, settings)
    rows = [[entry.printed.text for entry in row.entries] for row in assembled.indicators]
    joined = ["\n".join(part for part in parts if part) for parts in zip(above, below, strict=True)]
    assert rows == WHOLE + ([joined] if above else []) + WHOLE
    assert [join.how for join in assembled.joins] == ["table"] + (["row"] if above else [])


PROJECTS = ["事業名", "事業概要"]
OTHERS = [
    ["道路事業\n(建設課)", "道を直します。"],
    ["公園事業\n(建設課)", "公園を作ります。"],
    ["学校事業\n(教育課)", "学校を建てます。"],
]

PROJECT_CUTS = {
    "name, then department": (["図書館事業", "本を"], ["(生涯学習課)", "買います。"]),
    "inside the department": (["図書館事業\n(生涯", "本を"], ["学習課)", "買います。"]),
    "inside the name": (["図書館複合化", "本を"], ["施設事業\n(生涯学習課)", "買います。"]),
    "inside the summary": (["図書館事業\n(生涯学習課)", "本を"], ["", "買います。"]),
    "summary alone above": (["図書館事業\n(生涯学習課)", ""], ["", "本を買います。"]),
}


@pytest.mark.parametrize("cut", PROJECT_CUTS)
def test_a_cut_project_row_is_one(cut: str, table, extracted, settings) -> None:
    above, below = PROJECT_CUTS[cut]
    kpi = table([KPI, *WHOLE], top=100)
    pieces = [
        table([PROJECTS, *OTHERS, above], top=500),
        table([below, *OTHERS], page=2, top=80),
    ]
    assembled = run(extracted([kpi, *pieces]), settings)
    names = [row.entries[0].printed.text for row in assembled.projects]
    assert len(names) == 7
    assert names[3].replace("\n", "") == "".join((above[0] + below[0]).split("\n"))
    assert [join.how for join in assembled.joins] == ["table", "row"]


def test_a_row_of_a_short_table_is_cut_as_other_tables_with_its_headings_show(
    table, line, extracted, settings
) -> None:
    other = table([PROJECTS, *OTHERS], top=300)
    pieces = [
        table([PROJECTS, OTHERS[0], ["人権講座に関す", "講座を開きま"]], top=600),
        table([PROJECTS, ["る事業\n(福祉課)", "す。"]], page=2, top=80),
    ]
    between = [line("2. 人権", top=560)]
    assembled = run(extracted([table([KPI, *WHOLE]), other, *pieces], between), settings)
    names = [row.entries[0].printed.text.replace("\n", "") for row in assembled.projects]
    assert names[3:] == ["道路事業(建設課)", "人権講座に関する事業(福祉課)"]


def test_whole_rows_on_both_sides_of_a_page_edge_stay_two(table, extracted, settings) -> None:
    pieces = [
        table([PROJECTS, *OTHERS, ["橋事業\n(建設課)", "橋を直すための調査"]], top=500),
        table([["川事業\n(建設課)", "川を直します。"], *OTHERS], page=2, top=80),
    ]
    assembled = run(extracted([table([KPI, *WHOLE]), *pieces]), settings)
    assert len(assembled.projects) == 8


def test_tables_with_a_heading_between_them_are_not_joined(
    table, line, extracted, settings
) -> None:
    document = extracted(
        [table([KPI, *WHOLE], top=600), table([KPI, *WHOLE], page=2, top=80)],
        [
            line("1. 暮らし", top=580),
            line("2. 産業", page=2, top=60),
            line("1. 教育", page=3, top=60),
        ],
    )
    assembled = run(document, settings)
    assert assembled.joins == ()
    assert [row.place.goal for row in assembled.indicators] == ["暮らし"] * 3 + ["産業"] * 3


def test_tables_of_other_columns_are_not_joined(table, extracted, settings) -> None:
    document = extracted(
        [table([KPI, *WHOLE], top=600), table([PROJECTS, *OTHERS], page=2, top=80)]
    )
    assembled = run(document, settings)
    assert (len(assembled.indicators), len(assembled.projects)) == (3, 3)
    assert assembled.joins == ()


def test_negative_figures_in_brackets_below_a_page_edge_are_a_row(
    table, extracted, settings
) -> None:
    minus = ["増減数", "人", "(227)", "(168)", "(124)", "改善"]
    document = extracted([table([KPI, *WHOLE], top=600), table([KPI, minus], page=2, top=80)], [])
    rows = [[one.printed.text for one in row.entries] for row in run(document, settings).indicators]
    assert rows == [*WHOLE, minus]


def moved(piece: Table, *, left: float, shares: list[float], width: float) -> Table:
    """A piece set elsewhere on its page, its columns of other widths."""
    edges = [left + width * share for share in shares]
    cells = tuple(
        replace(cell, box=(edges[cell.column], cell.box[1], edges[cell.column + 1], cell.box[3]))
        for cell in piece.cells
    )
    return replace(piece, cells=cells, box=(edges[0], piece.box[1], edges[-1], piece.box[3]))


NEARLY_EQUAL = [0.0, 0.19, 0.35, 0.52, 0.66, 0.81, 1.0]
UNEQUAL = [0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0]


@pytest.mark.parametrize(("shares", "rows"), [(NEARLY_EQUAL, 6), (UNEQUAL, 3)])
def test_the_rest_of_a_table_that_was_moved_and_widened_is_joined(
    shares: list[float], rows: int, table, extracted, settings
) -> None:
    rest = moved(table(WHOLE, page=2, top=60), left=80, shares=shares, width=390)
    assembled = run(extracted([table([KPI, *WHOLE], top=600), rest]), settings)
    assert len(assembled.indicators) == rows
    assert [join.how for join in assembled.joins] == ["table"] * (rows == 6)


def test_headings_over_one_row_tell_nothing_of_what_its_columns_hold(
    table, extracted, settings
) -> None:
    rest = moved(table(WHOLE[1:], page=2, top=60), left=80, shares=NEARLY_EQUAL, width=390)
    assembled = run(extracted([table([KPI, WHOLE[0]], top=600), rest]), settings)
    assert len(assembled.indicators) == len(WHOLE)


@pytest.mark.parametrize(("width", "rows"), [(1040, 6), (360, 3)])
def test_columns_of_a_wide_table_may_differ_by_more(
    width: float, rows: int, table, extracted, settings
) -> None:
    shares, off = [0.0, 0.4, 1.0], 4.3 / width
    first = moved(table([PROJECTS, *OTHERS], top=700), left=60, shares=shares, width=width)
    rest = table(OTHERS, page=2, top=60)
    second = moved(rest, left=60, shares=[0.0, 0.4 - off, 1.0], width=width)
    assert len(run(extracted([first, second]), settings).projects) == rows


def test_both_parts_of_a_joined_cell_can_be_found_on_the_paper(table, extracted, settings) -> None:
    above, below = CUTS["in the middle of a name"]
    document = extracted(
        [table([KPI, *WHOLE, above], top=600), table([below, *WHOLE], page=2, top=80)]
    )
    name = run(document, settings).indicators[3].entries[0].printed
    assert (name.page, [spot.page for spot in name.continued]) == (1, [2])
    assert name.continued[0].box == (50.0, 80.0, 110.0, 100.0)


@pytest.mark.parametrize(
    ("readings", "second"),
    [
        (("甲の支援に", "より創業した者"), "甲の支援に\nより創業した者"),
        (("甲の支援に", None), None),
        ((None, "より創業した者"), None),
    ],
    ids=["both", "the first only", "the rest only"],
)
def test_a_joined_cell_was_read_twice_where_both_its_parts_were(
    readings: tuple[str | None, str | None], second: str | None
) -> None:
    above, below = (
        Printed(text=text, page=page, box=(0, 0, 9, 9), reader="pdfium", second=again)
        for page, text, again in zip(
            (1, 2), ("乙の支援に", "より創業した者"), readings, strict=True
        )
    )
    assert join_printed(above, below).second == second


def test_a_heading_cut_by_the_page_edge_is_made_whole(table, extracted, settings) -> None:
    head = ["目標指標・KPI", "単位", "基準値", "R6 目", "R6 実", "達成状況"]
    rest = ["", "", "", "標", "績", ""]
    found = run(
        extracted([table([head], top=780), table([rest, *WHOLE], page=2, top=60)]), settings
    )
    assert [entry.kind for entry in found.indicators[0].entries] == [
        "name",
        "unit",
        "baseline",
        "target",
        "actual",
        "status",
    ]
    assert [entry.header for entry in found.indicators[0].entries][3:5] == [
        "R6 目\n標",
        "R6 実\n績",
    ]
    assert len(found.indicators) == len(WHOLE)


def test_the_rest_of_a_name_in_the_next_column_of_a_page_is_of_its_row(
    table, extracted, settings
) -> None:
    """Cells without text are not drawn there, and the column stands elsewhere on the page."""
    above = table([KPI, *WHOLE, ["市民一人が", "円", "3", "4", "5", "改善"]], top=600)
    below = table([["使う額", "", "", "", ""]], page=2, top=40)
    moved = tuple(
        replace(cell, box=(cell.box[0] + 200, cell.box[1], cell.box[2] + 200, cell.box[3]))
        for cell in below.cells
    )
    below = replace(below, cells=moved, box=(250.0, 40.0, 550.0, 60.0), open_top=True)
    found = run(extracted([replace(above, open_bottom=True), below]), settings)
    assert [entry.printed.text for entry in found.indicators[-1].entries] == [
        "市民一人が\n使う額", "円", "3", "4", "5", "改善",
    ]  # fmt: skip


TURNED = ["区分", "基準値", "令和5年度", "令和6年度"]


@pytest.mark.parametrize(
    ("word", "status", "kinds", "remarks"),
    [
        ("実績値", "×", {"target", "baseline", "actual", "status"}, []),
        ("実績値", "目標達成", {"target", "baseline", "actual", "status"}, []),
        ("出来高", "×", {"target", "status"}, ["出来高"]),
    ],
)
def test_a_row_of_a_turned_table_alone_on_the_next_page_is_a_row(
    word, status, kinds, remarks, settings, table, line, extracted
) -> None:
    above = table([TURNED, ["目標値", "", "4", "5"], [word, "3", "3", "3"]], top=700.0)
    below = table([["評価", "", "", status]], page=2, top=40.0)
    plan = run(extracted([above, below], [line("指標1 相談件数", top=680.0)]), settings)
    (row,) = plan.indicators
    assert {entry.kind for entry in row.entries} - {"name"} == kinds
    assert [entry.printed.text for entry in row.entries if entry.kind == "status"] == [status]
    told = [one.subject for one in plan.remarks if one.rule.startswith("vocabulary.unknown")]
    assert told == remarks


@pytest.mark.parametrize("unit", ["", "人", "千t-CO2", "m3"])
def test_rows_with_figures_in_the_same_columns_are_two(unit, table, extracted, settings) -> None:
    """Not even where the upper name is short of the bracket with which all others end."""
    one, two = (
        ["件数(累計)", "件", f"1{unit}", f"2{unit}", f"3{unit}", "改善"],
        ["回数(累計)", "回", f"4{unit}", f"5{unit}", f"6{unit}", "改善"],
    )
    cut = ["宿泊者数", "人", "30", "40", "45", "改善"]
    upper = table([KPI, one, two, cut], top=700)
    found = run(extracted([upper, table([KPI, one, two], page=2)]), settings)
    names = [row.entries[0].printed.text for row in found.indicators]
    assert names == ["件数(累計)", "回数(累計)", "宿泊者数", "件数(累計)", "回数(累計)"]


def test_figures_cut_at_their_decimal_mark_are_of_one_row() -> None:
    above = ["要介護の人の割合で、", "%", "12.", "12.", "119", "改善"]
    below = ["改善した人", "", "3", "0", ".4", ""]
    rows = [line_of_row(texts, 700.0, 712.0) for texts in (above, below)]
    assert is_cut(*rows, [])


@pytest.mark.parametrize(
    ("below", "cut"),
    [
        (["", "", "", "0", "", ""], True),
        (["", "", "", "0", "0", ""], True),
        (["", "", "5", "0", "7", ""], False),
        (["", "", "5", "0", "", ""], False),
        (["回数", "", "", "0", "", ""], False),
    ],
    ids=["one figure", "two figures", "all figures", "a column without breaks", "a name"],
)
def test_the_last_digits_of_figures_that_a_page_edge_cut_are_theirs(
    below: list[str], *, cut: bool
) -> None:
    above = ["面積", "ha", "9.28", "12.0", "12.0", "改善"]
    whole = ["件数", "件", "1", "24,6\n56", "24,6\n57", "達成"]
    rows = [line_of_row(texts, 700.0, 712.0) for texts in (above, below, whole, KPI)]
    joined = is_cut(rows[0], rows[1], rows[2:])
    assert joined is (cut or below[0] == "回数")


HEADINGS = ["指標", "基準値\n(R1)", "目標値", "実績値", "達成状況"]
BODY = [["人口", "10", "12", "11", "改善"], ["件数", "1", "2", "3", "達成"]]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["指標", "", "目標値", "実績値", "達成状況"], ["", "基準値\n(R1)", "", "", ""]),
        (["指標", "", "", "", "達成状況"], ["", "基準値\n(R1)", "目標値", "実績値", ""]),
    ],
    ids=["one below", "several below"],
)
def test_headings_parted_by_a_page_edge_are_whole(upper, lower, table, extracted, settings) -> None:
    cut = [table([upper], top=760), table([lower, *BODY], page=2)]
    whole = run(extracted([table([HEADINGS, *BODY])]), settings)
    found = run(extracted(cut), settings)
    kinds = [[(e.kind, e.header, e.printed.text) for e in r.entries] for r in found.indicators]
    assert kinds == [
        [(e.kind, e.header, e.printed.text) for e in row.entries] for row in whole.indicators
    ]
    assert [remark.rule for remark in found.remarks] == []


def test_headings_over_all_columns_do_not_part_columns_that_differ_a_little(
    table, extracted, settings
) -> None:
    from tests.assemble.test_layouts import merged

    rows = [[(text, 1, 1) for text in row] for row in [KPI, *WHOLE]]
    banners = [[(f"施策1-{n}　観光の振興", 1, 6)] for n in range(1, 9)]
    upper = merged(1, [*rows, *banners], 6)
    lower = table(WHOLE, page=2, top=50)
    wider = tuple(
        replace(cell, box=(cell.box[0] + 4.5 * (cell.column > 0), *cell.box[1:]))
        for cell in lower.cells
    )
    found = run(extracted([upper, replace(lower, cells=wider)]), settings)
    assert len(found.indicators) == 6


PLACED = ["基本目標", "施策", *KPI]


@pytest.mark.parametrize(("beside", "rows"), [(False, 4), (True, 3)], ids=["open", "text beside"])
def test_merged_cells_go_on_over_a_page_edge_without_a_rule_of_theirs(
    beside, rows, table, line, extracted, settings
) -> None:
    places = [["目標1 安心", "施策1 防災", *WHOLE[0]], ["目標1 安心", "施策2 消防", *WHOLE[1]]]
    upper = table([PLACED, *places, ["目標2 活力", "施策3 観光", *WHOLE[2]]], top=700)
    below = table([["施策3 観光", *WHOLE[0]]], page=2)
    moved = tuple(
        replace(cell, box=(cell.box[0] + 60, cell.box[1], cell.box[2] + 60, cell.box[3]))
        for cell in below.cells
    )
    x0, top, x1, bottom = below.box
    lower = replace(below, cells=moved, box=(x0 + 60, top, x1 + 60, bottom))
    lines = [line("目標3", page=2, top=105)] if beside else []
    found = run(extracted([upper, lower], lines), settings)
    assert len(found.indicators) == rows
    if not beside:
        place = found.indicators[-1].place
        assert (place.goal_number, place.policy_number) == (2, 3)


def test_rows_between_rules_go_on_under_one_at_the_page_head_that_has_no_rule_over_it(
    table, extracted, settings
) -> None:
    upper = table([KPI, WHOLE[0]], top=760)
    first = replace(table([WHOLE[1]], page=2, top=50), method="text")
    lower = replace(table([WHOLE[2]], page=2, top=75), method="horizontal")
    found = run(extracted([replace(upper, method="horizontal"), first, lower]), settings)
    assert [row.entries[0].printed.text for row in found.indicators] == [row[0] for row in WHOLE]
    assert {row.table for row in found.indicators} == {0}


def test_headings_of_two_levels_parted_by_a_page_edge_are_whole(table, extracted, settings) -> None:
    head = [("指標", 1, 1), ("令和5年度", 1, 2), ("令和6年度", 1, 2), ("達成状況", 1, 1)]
    upper = merged(1, [head], 6)
    under = ["", "目標値", "実績値", "目標値", "実績値", ""]
    body = [["人口", "10", "12", "11", "13", "改善"], ["件数", "1", "2", "3", "4", "達成"]]
    lower = merged(2, [[(text, 1, 1) for text in row] for row in [under, *body]], 6)
    found = run(extracted([upper, lower]), settings)
    kinds = [[(e.kind, e.header, e.printed.text) for e in r.entries] for r in found.indicators]
    assert kinds[0] == [
        ("name", "指標", "人口"),
        ("target", "令和5年度\n目標値", "10"),
        ("actual", "令和5年度\n実績値", "12"),
        ("target", "令和6年度\n目標値", "11"),
        ("actual", "令和6年度\n実績値", "13"),
        ("status", "達成状況", "改善"),
    ]
    assert len(kinds) == 2
    assert [remark.rule for remark in found.remarks] == []


@pytest.mark.parametrize(
    ("left", "names", "policies"),
    [
        ("第2節　緑を守る", ["甲の数", "乙の数"], [1, 2]),
        ("（年間）", ["甲の数（年間）", "乙の数"], [1, 1]),
    ],
    ids=["a heading", "the rest of a name"],
)
def test_a_heading_in_the_first_column_below_a_page_edge_is_no_rest_of_a_name(
    left, names, policies, extracted, settings
) -> None:
    rows = [row_of("指標", "基準値", "目標値", "実績値"), [("第1節　水を守る", 1, 4)]]
    rows += [row_of("甲の数", "1", "2", "3")]
    below = [row_of(left, "", "", ""), row_of("乙の数", "4", "5", "6")]
    plan = run(extracted([merged(1, rows, 4), merged(2, below, 4)]), settings)
    found = [entry.printed.text for row in plan.indicators for entry in row.entries[:1]]
    assert [text.replace("\n", "") for text in found] == names
    assert [row.place.policy_number for row in plan.indicators] == policies


def test_a_heading_over_all_columns_at_a_page_edge_is_part_of_no_row(
    table, extracted, settings
) -> None:
    rows = [[(text, 1, 1) for text in row] for row in [KPI, *WHOLE[:2]]]
    upper = merged(1, [*rows, [("基本目標1　防災の推進", 1, 6)]], 6)
    lower = merged(2, [[(text, 1, 1) for text in WHOLE[2]]], 6)
    found = run(extracted([upper, lower]), settings)
    names = [row.entries[0].printed.text for row in found.indicators]
    assert names == [row[0] for row in WHOLE]
    assert found.indicators[-1].place.goal == "防災の推進"


def row_of(*texts: str) -> list[tuple[str, int, int]]:
    return [(text, 1, 1) for text in texts]


def lowered(table: Table, by: float) -> Table:
    def box(one):
        return (one[0], one[1] + by, one[2], one[3] + by)

    cells = tuple(replace(cell, box=box(cell.box)) for cell in table.cells)
    return replace(table, cells=cells, box=box(table.box))


@pytest.mark.parametrize("word", ["目標値", "計画値"])
def test_a_status_merged_over_a_page_edge_is_that_of_its_block(
    word, line, extracted, settings
) -> None:
    head = row_of("区分", "R1\n(基準値)", "R5年度", "R6年度", "評価")
    upper = merged(1, [head, row_of(word, "", "30", "40", "○")], 5)
    lower = merged(2, [row_of("実績値", "10", "28", "41")], 4)
    rows = [head, row_of(word, "", "1", "2", "×"), row_of("実績値", "3", "2", "1", "")]
    tables = [lowered(upper, 60), lower, lowered(merged(3, rows, 5), 60)]
    names = ["指標1　来館者数（人）", "指標2　苦情件数（件）"]
    lines = [line(name, page=page, top=40) for name, page in zip(names, (1, 3), strict=True)]
    found = run(extracted(tables, lines), settings)
    read = [[(e.kind, e.printed.text) for e in row.entries] for row in found.indicators]
    assert [entry for entry in read[0] if entry[0] in {"actual", "target", "status"}] == [
        ("status", "○"),
        ("target", "30"),
        ("target", "40"),
        ("actual", "28"),
        ("actual", "41"),
    ]
    assert ("status", "×") in read[1]


@pytest.mark.parametrize(
    ("below", "goals"),
    [("く学びのまち", [1, 2, 2, 2]), ("基本目標3 活力", [1, 2, 3, 3]), ("", [1, 2, 2, 2])],
    ids=["its rest", "another goal", "nothing"],
)
def test_the_text_of_a_merged_goal_is_parted_by_a_page_edge(
    below, goals, extracted, settings
) -> None:
    cells = [row_of(*row) for row in [KPI, *WHOLE]]
    upper = [
        [("基本目標", 1, 1), *cells[0]],
        [("基本目標1 安心", 1, 1), *cells[1]],
        [("基本目標2 未来をひら", 1, 1), *cells[2]],
    ]
    lower = [[("基本目標", 1, 1), *cells[0]], [(below, 2, 1), *cells[3]], cells[1]]
    tables = [lowered(merged(1, upper, 7), 700), merged(2, lower, 7)]
    found = run(extracted(tables), settings)
    assert [row.place.goal_number for row in found.indicators] == goals
    assert found.indicators[1].place.goal == (
        "未来をひらく学びのまち" if "く" in below else "未来をひら"
    )


SHEET = [
    ["指標名", "来館者数", "", ""],
    ["単位", "人", "担当課", "文化課"],
    ["基準値（R1）", "10", "目標値（R6）", "30"],
    ["実績値（R6）", "28", "達成状況", "○"],
]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_sheet_parted_by_a_page_edge_is_whole(cut, table, extracted, settings) -> None:
    pieces = [table(SHEET[:cut], top=700), table(SHEET[cut:], page=2)]
    (row,) = run(extracted(pieces), settings).indicators
    kinds = [entry.kind for entry in row.entries if entry.kind != "unit"]
    assert kinds == ["name", "department", "baseline", "target", "actual", "status"]


def test_words_left_open_at_the_right_are_those_of_their_own_row(
    table, extracted, settings
) -> None:
    noted = [[*KPI, "備考"], [*WHOLE[0], "休館のため"]]
    lower = table([WHOLE[1]], page=2)
    found = run(extracted([table(noted, top=700), lower]), settings)
    notes = [[e.printed.text for e in r.entries if e.kind == "note"] for r in found.indicators]
    assert notes == [["休館のため"], []]


def test_a_heading_alone_keeps_its_columns_beside_a_table_of_its_own(extracted, settings) -> None:
    head = [("指標", 1, 1), ("目標値", 1, 2), ("実績値", 1, 1), ("達成状況", 1, 1)]
    own = row_of("事業名", "担当課", "事業概要", "予算額", "決算額")
    other = merged(2, [own, row_of("広報事業", "企画課", "紙面を作る", "10", "9")], 5)
    found = run(extracted([merged(1, [head], 5), other]), settings)
    assert [row.entries[0].printed.text for row in found.projects] == ["広報事業"]
    assert "reading.heading-without-rows" in {one.rule for one in found.remarks}


def test_a_heading_under_a_page_edge_is_no_rest_of_a_name(table, extracted, settings) -> None:
    """Where no rules part the columns it stands in the first of them."""
    heading = ["施策1　健康づくり", *[""] * 5]
    first = table([KPI, heading, *WHOLE], top=600)
    second = table([["施策2　暮らし", *[""] * 5], *WHOLE], page=2, top=80)
    parts = [replace(one, method="horizontal") for one in (first, second)]
    assembled = run(extracted(parts), settings)
    names = [row.entries[0].printed.text for row in assembled.indicators]
    assert names == [row[0] for row in WHOLE] * 2
    assert [join.how for join in assembled.joins] == ["table"]


def placed(text: str, column: int, rows: int = 1) -> Placed:
    printed = Printed(text=text, page=1, box=(0.0, 0.0, 1.0, 1.0), reader="pdfium")
    return Placed(printed=printed, first=column, last=column, rows=rows)


@pytest.mark.parametrize(
    ("third", "expected"),
    [("施策1-2 健康", "施策1-1 自立"), ("", "")],
    ids=["the only empty one", "one of two"],
)
def test_a_cell_of_two_rows_that_a_page_edge_parts_is_one(third: str, expected: str) -> None:
    goal, policy = placed("基本目標1", 0, 3), placed("施策1-3 福祉", 1, 2)
    above = [(placed("基本目標", 0), placed("施策", 1), placed("指標", 2))]
    above += [(placed("", 0), placed("施策1-1 自立", 1), placed("苦情件数", 2))]
    below = [
        (goal, placed("", 1), placed("利用者数", 2)),
        (goal, placed(third, 1), placed("参加者数", 2)),
        (goal, policy, placed("認知度", 2)),
        (goal, policy, placed("利用率", 2)),
    ]
    rows = join_merged(above, below)
    assert rows[0][1].text == expected


@pytest.mark.parametrize("first", ["施策1-1 自立", ""])
def test_the_last_row_of_a_table_alone_on_a_page_is_of_the_cell_above(first: str) -> None:
    """The merged cells that show it stand above."""
    goal, policy = placed("基本目標1", 0, 3), placed(first, 1, 2)
    above = [
        (goal, policy, placed("苦情件数", 2)),
        (goal, policy, placed("利用者数", 2)),
        (goal, placed("施策1-2 健康", 1), placed("参加者数", 2)),
    ]
    (found,) = join_merged(above, [(placed("", 0), placed("", 1), placed("認知度", 2))])
    assert found[0].text == "基本目標1"
    assert found[1].text == ("施策1-2 健康" if first else "")


@pytest.mark.parametrize(("upper", "expected"), [(4, "施策1-2 緑化"), (1, None)])
def test_a_merged_cell_that_no_rule_shows_under_a_page_edge_goes_on(upper, expected) -> None:
    """Its sides are not drawn there, so that the first rows have no cell in its column."""
    above = [(placed("施策1-2 緑化", 0, upper), placed("苦情件数", 1))]
    policy = placed("施策1-3 福祉", 0, 2)
    below = [(None, placed("利用者数", 1)), (policy, placed("認知度", 1))]
    rows = join_merged(above, below)
    assert [cell and cell.text for cell, _ in rows] == [expected, "施策1-3 福祉"]


@pytest.mark.parametrize(
    ("above", "below", "parted"),
    [
        (["1.健康", "2.福祉"], "の充実", True),
        (["1.健康", "2.福祉"], "3.防災", False),
        (["28.6", "12.1"], "210", False),
    ],
)
def test_figures_number_no_merged_cells(above: list[str], below: str, parted: bool) -> None:
    """With decimals they look like numbers of titles; the figure below was joined to the last."""
    rows = [placed_row(text) for text in above]
    (found,) = join_merged(rows, [placed_row(below, page=2)])
    assert (rows[-1][0].text, found[0].text) == (
        (f"{above[-1]}\n{below}",) * 2 if parted else (above[-1], below)
    )


@pytest.mark.parametrize(
    ("text", "cut"),
    [("施策1-2　緑を守る", False), ("1-2　緑を守る", False), ("満足度5点満点）", True)],
)
def test_a_numbered_heading_below_a_page_edge_is_no_rest_of_a_name(text: str, cut: bool) -> None:
    whole = [tuple(map(placed, row, range(3))) for row in [("甲の数", "1", "2")] * 2]
    below = (placed(text, 0), placed("", 1), placed("", 2))
    assert is_cut(whole[0], below, whole[1:]) is cut


def placed_row(text: str, page: int = 1) -> Row:
    printed = Printed(text=text, page=page, box=(0.0, 0.0, 60.0, 40.0), reader="pdfium")
    return (Placed(printed=printed, first=0, last=0, rows=2),)


def line_of_row(texts: list[str], top: float, bottom: float) -> Row:
    return tuple(
        Placed(
            printed=Printed(
                text=text, page=1, box=(40.0 * at, top, 40.0 * (at + 1), bottom), reader="pdfium"
            ),
            first=at,
            last=at,
        )
        for at, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("texts", "bottom", "is_it"),
    [
        (["の設置数（年間）", "課", "", "", ""], 736.0, True),
        (["の設置数（年間）", "課", "", "", ""], 750.0, False),
        (["の設置数（年間）", "", "", "12", ""], 736.0, False),
        (["の設置数（年間）", "課", "名", "人", ""], 736.0, False),
    ],
    ids=["a line", "as high as a row", "a figure", "more than half a row"],
)
def test_the_last_line_before_a_page_edge_is_of_the_row_above(texts, bottom, is_it) -> None:
    above = line_of_row(["産後ケア", "子育て支援", "10", "12", "×"], 700.0, 724.0)
    whole = [line_of_row(["人口", "企画課", "1", "2", "○"], 90.0, 126.0)]
    assert is_last_line(above, line_of_row(texts, 724.0, bottom), whole) is is_it
    assert not is_last_line(above, line_of_row(texts, 724.0, bottom), [])


@pytest.mark.parametrize("method", ["ruled", "horizontal"])
def test_the_name_of_a_group_at_a_page_end_is_no_part_of_the_row_below(
    method: str, table, line, extracted, settings
) -> None:
    group = ["（1）健康づくり", *[""] * 5]
    last = ["（2）市民協働の推進", *[""] * 5]
    first = table([KPI, group, *WHOLE, last], top=600)
    second = table([KPI, *WHOLE], page=2, top=80)
    document = extracted(
        [replace(first, method=method), replace(second, method=method)],
        [line("目標1 暮らし", top=580)],
    )
    rows = run(document, settings).indicators
    assert [
        [entry.printed.text for entry in row.entries]
        for row in rows
        if row.entries[0].printed.page == 2
    ] == WHOLE
