"""Forms that real papers take: odd headings, sections and notes in tables, pages that interrupt."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.assemble.plan_tree import SKIPPED, UNPLACED, recognise
from pipeline.model import Ground, Line, Place, Table
from tests.assemble.test_layouts import merged

pytestmark = pytest.mark.slow

KPI = ["指標", "単位", "基準値", "R6 目標", "R6 実績", "達成状況"]
ONE = ["観光客数", "人", "10", "20", "15", "改善"]
TWO = ["宿泊者数", "人", "30", "40", "45", "目標達成"]
THREE = ["移住者数", "人", "1", "2", "0", "未達成"]
FOUR = ["出生数", "人", "5", "6", "7", "目標達成"]


def named(assembled) -> list[str]:
    return [
        entry.printed.text
        for row in assembled.indicators
        for entry in row.entries
        if entry.kind == "name"
    ]


def policies(assembled) -> list[str]:
    return [row.place.policy for row in assembled.indicators]


def rules(assembled) -> list[str]:
    return [remark.rule for remark in assembled.remarks]


def moved(table: Table, x: float = 0.0, y: float = 0.0) -> Table:
    def shifted(box):
        return (box[0] + x, box[1] + y, box[2] + x, box[3] + y)

    cells = tuple(replace(cell, box=shifted(cell.box)) for cell in table.cells)
    return replace(table, box=shifted(table.box), cells=cells)


# --------------------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        (
            ["指　標", "単\n位", "基 準 値", "目\n標\n値", "実績値(b)", "達成率(b/a)"],
            ["name", "unit", "baseline", "target", "actual", "rate"],
        ),
        (
            ["成果指標名", "現状値\n(R元)", "R6\n目標値(a)", "R6\n実績値(b)", "評価", "担当課"],
            ["name", "baseline", "target", "actual", "status", "department"],
        ),
        (
            ["No.", "KPI", "策定時\n（令和元年度）", "R６年度\n実績", "R７年度\n目標", "備考"],
            ["number", "name", "baseline", "actual", "target", "note"],
        ),
        (
            ["数値目標", "計画策定時の値", "最新値", "めざそう値", "進捗区分", "出典"],
            ["name", "baseline", "actual", "target", "status", "source"],
        ),
        (
            [
                "ＫＰＩ（指標）",
                "基準値（Ｈ３０）",
                "目標値（Ｒ６）",
                "実績値（Ｒ６）",
                "判定",
                "要因",
            ],
            ["name", "baseline", "target", "actual", "status", "definition"],
        ),
    ],
)
def test_headings_in_odd_forms(heading, kinds, table, extracted, settings) -> None:
    rows = [heading, ["甲の数"] * 2 + ["1", "2", "3", "4"], ["乙の数"] * 2 + ["5", "6", "7", "8"]]
    found = run(extracted([table(rows)]), settings).indicators
    assert [entry.kind for entry in found[0].entries] == kinds


def test_a_row_of_years_below_the_headings_belongs_to_them(table, extracted, settings) -> None:
    rows = [
        ["指標名", "単位", "基準値", "目標値", "実績値"],
        ["", "", "（H30）", "（R6）", "（R6）"],
        ["甲の数", "人", "1", "2", "3"],
        ["乙の数", "人", "4", "5", "6"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert named(found) == ["甲の数", "乙の数"]
    assert found.indicators[0].entries[2].header == "基準値\n（H30）"


def test_a_year_over_an_empty_column_belongs_to_the_heading_beside_it(
    table, extracted, settings
) -> None:
    rows = [
        ["指標", "単位", "基準値", "R6", "目標", "R6", "実績"],
        ["甲の数", "人", "1", "", "2", "", "3"],
        ["乙の数", "人", "4", "", "5", "", "6"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert [(e.kind, e.header) for e in found.indicators[0].entries[3:]] == [
        ("target", "R6\n目標"),
        ("actual", "R6\n実績"),
    ]
    assert found.remarks == ()


def test_actuals_of_five_years_under_one_heading(extracted, settings) -> None:
    table = merged(
        1,
        [
            [("指標", 2, 1), ("単位", 2, 1), ("実績値", 1, 5), ("目標値\n（R7）", 2, 1)],
            [(year, 1, 1) for year in ("R2", "R3", "R4", "R5", "R6")],
            [(text, 1, 1) for text in ("甲の数", "人", "1", "2", "3", "4", "5", "6")],
            [(text, 1, 1) for text in ("乙の数", "人", "1", "2", "3", "4", "5", "6")],
        ],
        8,
    )
    entries = run(extracted([table]), settings).indicators[0].entries
    assert [(e.kind, e.header) for e in entries[2:]] == [
        *(("actual", f"実績値\nR{year}") for year in range(2, 7)),
        ("target", "目標値\n（R7）"),
    ]


def test_marks_right_of_the_values_are_the_status_and_that_is_told(
    table, extracted, settings
) -> None:
    rows = [
        ["指標", "目標値", "実績値", "ホニャララ"],
        *(["甲の数", "1", "2", mark] for mark in ("◎", "○", "－", "×")),
    ]
    found = run(extracted([table(rows)]), settings)
    assert [row.entries[-1].kind for row in found.indicators] == ["status"] * 4
    assert rules(found) == ["layout.columns"]


def test_an_unknown_heading_is_told_once_for_all_tables(table, extracted, settings) -> None:
    rows = [["指標", "基準値", "目標値", "ホニャララ"], ["甲の数", "1", "2", "本文の言葉"]]
    found = run(extracted([table(rows, top=top) for top in (100, 300, 500)]), settings)
    assert rules(found) == ["vocabulary.unknown-header"]


# --------------------------------------------------------------------------- rows that are none


def test_headings_inside_a_table_give_the_place(extracted, settings) -> None:
    table = merged(
        1,
        [
            [(text, 1, 1) for text in KPI],
            [("基本目標１　にぎわい\n施策１－１　観光の振興", 1, 6)],
            [(text, 1, 1) for text in ONE],
            [("施策１－２　移住の促進", 1, 6)],
            [(text, 1, 1) for text in TWO],
            [("基本目標２　暮らし\n施策２－１　防災の\n強化", 1, 6)],
            [(text, 1, 1) for text in THREE],
        ],
        6,
    )
    found = run(extracted([table]), settings)
    assert [row.place for row in found.indicators] == [
        Place(goal_number=1, goal="にぎわい", policy_number=1, policy="観光の振興"),
        Place(goal_number=1, goal="にぎわい", policy_number=2, policy="移住の促進"),
        Place(goal_number=2, goal="暮らし", policy_number=1, policy="防災の強化"),
    ]
    assert found.remarks == ()


def test_a_title_inside_a_table_is_told_and_is_no_indicator(extracted, settings) -> None:
    table = merged(
        1,
        [
            [(text, 1, 1) for text in KPI],
            [("【農林業】", 1, 6)],
            [(text, 1, 1) for text in ONE],
            [("※１　令和５年の値", 1, 6)],
        ],
        6,
    )
    found = run(extracted([table]), settings)
    assert named(found) == ["観光客数"]
    assert rules(found) == ["structure.section-row"]
    assert [note.text for note in found.notes] == ["※１　令和５年の値"]


@pytest.mark.parametrize(
    "total",
    [["合　計", "人", "40", "60", "60", ""], ["指標数 6", "", "", "", "", "◎2 ○3 △1"]],
    ids=["sums", "counts"],
)
def test_a_total_is_told_and_is_no_indicator(total, table, extracted, settings) -> None:
    found = run(extracted([table([KPI, ONE, TWO, total])]), settings)
    assert named(found) == ["観光客数", "宿泊者数"]
    assert rules(found) == ["structure.total-row"]


@pytest.mark.parametrize("name", ["○○事業の参加者数", "△△の割合", "ＸＸ件数"])
def test_a_row_that_shows_how_to_read_is_told_and_is_no_indicator(
    name, table, extracted, settings
) -> None:
    example = [name, "人", "40", "60", "60", ""]
    found = run(extracted([table([KPI, example, ONE])]), settings)
    assert named(found) == ["観光客数"]
    assert rules(found) == ["structure.example-row"]


def test_two_levels_of_headings_in_rows_of_one_table_are_goal_and_policy(
    extracted, settings
) -> None:
    table = merged(
        1,
        [
            [(text, 1, 1) for text in KPI],
            [("【基本目標1】活力のあるまち", 1, 6)],
            [("(1) 観光の振興", 1, 6)],
            [(text, 1, 1) for text in ONE],
        ],
        6,
    )
    (row,) = run(extracted([table]), settings).indicators
    assert (row.place.goal_number, row.place.policy_number) == (1, 1)
    assert (row.place.goal, row.place.policy) == ("活力のあるまち", "観光の振興")


def test_dots_before_a_page_number_make_even_two_lines_a_table_of_contents(
    table, extracted, settings
) -> None:
    def entry(text: str, top: float) -> list[Line]:
        parts = [(text, 50.0, 200.0), ("……………………", 210.0, 300.0), ("3", 310.0, 315.0)]
        return [Line(text=t, page=1, box=(x0, top, x1, top + 10), size=10.0) for t, x0, x1 in parts]

    lines = [*entry("基本目標1　育つまち", 50.0), *entry("施策1-1　子育て支援の充実", 70.0)]
    found = run(extracted([table([KPI, ONE], page=2)], lines), settings)
    assert [row.place for row in found.indicators] == [Place()]


def test_parts_of_an_indicator_keep_its_name(extracted, settings) -> None:
    table = merged(
        1,
        [
            [("指標", 1, 2), ("基準値", 1, 1), ("目標値", 1, 1), ("実績値", 1, 1)],
            [("健診の受診率", 2, 1), ("男性", 1, 1), ("1", 1, 1), ("2", 1, 1), ("3", 1, 1)],
            [("女性", 1, 1), ("4", 1, 1), ("5", 1, 1), ("6", 1, 1)],
            [("出生数", 1, 2), ("7", 1, 1), ("8", 1, 1), ("9", 1, 1)],
        ],
        5,
    )
    rows = run(extracted([table]), settings).indicators
    names = [[e.printed.text for e in row.entries if e.kind == "name"] for row in rows]
    assert names == [["健診の受診率", "男性"], ["健診の受診率", "女性"], ["出生数"]]


@pytest.mark.parametrize(
    ("second", "names"),
    [
        (
            ["男性", "女性", "", "－"],
            [["寿命", "男性"], ["寿命", "女性"], ["出生数", ""], ["転入", "－"]],
        ),
        (["男性", "女性", "新規", ""], [["寿命"], ["寿命"], ["出生数"], ["転入"]]),
        (["男性", "男性", "", ""], [["寿命"], ["寿命"], ["出生数"], ["転入"]]),
        (["12", "15", "", ""], [["寿命"], ["寿命"], ["出生数"], ["転入"]]),
    ],
)
@pytest.mark.parametrize("heading", ["区分", ""])
def test_words_that_tell_rows_of_one_name_apart_are_its_rest(
    table, extracted, settings, heading, second, names
) -> None:
    rows = [
        ["指標", heading, "基準値", "目標値", "実績値"],
        *(
            [name, word, "1", "2", "3"]
            for name, word in zip(("寿命", "寿命", "出生数", "転入"), second, strict=True)
        ),
    ]
    found = run(extracted([table(rows)]), settings)
    told = [[e.printed.text for e in row.entries if e.kind == "name"] for row in found.indicators]
    assert told == names
    assert not found.layouts[0].doubts or not second[0].isalpha()


@pytest.mark.parametrize(
    ("did", "projects"),
    [("講座を開き、運営を支援した。", ["集いの場づくり"]), ("120回", [])],
)
def test_what_projects_did_sums_them_up(table, extracted, settings, did, projects) -> None:
    rows = [["主な事業", "R6年度の実績", "担当課"], ["集いの場づくり", did, "福祉課"]]
    found = run(extracted([table(rows)]), settings).projects
    assert [row.entries[0].printed.text for row in found] == projects
    assert all(did in [e.printed.text for e in row.entries if e.kind == "summary"] for row in found)


def test_what_each_year_began_with_is_no_baseline(table, extracted, settings) -> None:
    rows = [["事業名", "目標", "R6当初", "R7当初"], ["子育て", "充実", "12,300", "14,500"]]
    assert run(extracted([table(rows)]), settings).indicators == ()


def test_tables_side_by_side_in_one_grid_are_read_one_after_the_other(
    table, extracted, settings
) -> None:
    rows = [
        ["指標", "目標値", "実績値", "指標", "目標値", "実績値"],
        ["甲の数", "1", "2", "丙の数", "5", "6"],
        ["乙の数", "3", "4", "", "", ""],
    ]
    found = run(extracted([table(rows)]), settings)
    assert named(found) == ["甲の数", "乙の数", "丙の数"]
    assert [e.printed.text for e in found.indicators[2].entries] == ["丙の数", "5", "6"]


def test_of_headings_side_by_side_each_table_has_its_own(table, extracted, settings, line) -> None:
    left = table([["指標", "目標値", "実績値"], ["甲の数", "1", "2"], ["乙の数", "3", "4"]])
    right = moved(
        table([["指標", "目標値", "実績値"], ["丙の数", "5", "6"], ["丁の数", "7", "8"]]), x=250
    )
    heads = [
        line("基本目標１　暮らし", top=40),
        line("施策１　防災", top=80),
        Line(text="施策２　防犯", page=1, box=(300.0, 80.0, 360.0, 90.0), size=10.0),
        line("基本目標２　産業", page=2, top=40),
    ]
    found = run(extracted([left, right], heads), settings)
    assert policies(found) == ["防災", "防災", "防犯", "防犯"]
    assert {row.place.goal for row in found.indicators} == {"暮らし"}


def test_two_tables_in_one_grid_are_parted_at_the_second_heading(extracted, settings) -> None:
    table = merged(
        1,
        [
            [(text, 1, 1) for text in KPI],
            [(text, 1, 1) for text in ONE],
            [("令和７年度取組内容", 1, 6)],
            [("事業名", 1, 2), ("事業概要", 1, 4)],
            [("花火大会開催事業\n(観光課)", 1, 2), ("夏に花火を上げます。", 1, 4)],
        ],
        6,
    )
    found = run(extracted([table]), settings)
    assert named(found) == ["観光客数"]
    assert [[e.kind for e in row.entries] for row in found.projects] == [["project", "summary"]]
    assert found.remarks == ()


# --------------------------------------------------------------------------- pages


def test_a_table_goes_on_after_a_page_with_only_a_picture(table, extracted, settings) -> None:
    cut = ["移住者", "人", "1", "2", "0", "未達成"]
    rest = ["数（累計）", "", "", "", "", ""]
    found = run(
        extracted([table([KPI, ONE, TWO, cut], top=600), table([rest, FOUR], page=3)]), settings
    )
    assert named(found) == ["観光客数", "宿泊者数", "移住者\n数（累計）", "出生数"]


def test_columns_that_shift_from_page_to_page_are_the_same_table(
    table, extracted, settings
) -> None:
    second = moved(table([THREE, FOUR], page=2), x=14.0)
    found = run(extracted([table([KPI, ONE, TWO], top=600), second]), settings)
    assert named(found) == ["観光客数", "宿泊者数", "移住者数", "出生数"]
    assert [join.how for join in found.joins] == ["table"]


def test_a_footnote_between_the_pieces_does_not_part_a_table(
    table, extracted, settings, line
) -> None:
    note = line("※１　令和５年の値", top=780)
    found = run(
        extracted([table([KPI, ONE, TWO], top=600), table([THREE, FOUR], page=2)], [note]), settings
    )
    assert named(found) == ["観光客数", "宿泊者数", "移住者数", "出生数"]
    assert [join.how for join in found.joins] == ["table"]
    assert [note.text for note in found.notes] == ["※１　令和５年の値"]


@pytest.mark.parametrize("moved", [0, 20], ids=["at one place", "at another"])
def test_a_running_head_of_two_pages_does_not_part_a_table(
    moved, table, extracted, settings, line
) -> None:
    heads = [line("緑川市総合計画", top=30), line("緑川市総合計画", page=2, top=30 + moved)]
    tables = [table([KPI, ONE, TWO], top=600), table([THREE, FOUR], page=2)]
    found = run(extracted(tables, heads, pages=2), settings)
    assert [join.how for join in found.joins] == ([] if moved else ["table"])


def test_goals_as_running_heads_neither_part_tables_nor_lose_the_policy(
    table, extracted, settings, line
) -> None:
    lines = [
        line("基本目標１　暮らし", top=30),
        line("施策１－１　防災", top=560),
        line("基本目標１　暮らし", page=2, top=30),
        line("基本目標１　暮らし", page=3, top=30),
        line("施策１－２　防犯", page=3, top=80),
        line("基本目標２　産業", page=4, top=30),
        line("施策２－１　農業", page=4, top=80),
    ]
    tables = [
        table([KPI, ONE, TWO], top=600),
        table([THREE], page=2),
        table([KPI, FOUR], page=3),
        table([KPI, ONE], page=4),
    ]
    found = run(extracted(tables, lines, pages=12), settings)
    assert policies(found) == ["防災", "防災", "防災", "防犯", "農業"]
    assert [row.place.goal for row in found.indicators] == ["暮らし"] * 4 + ["産業"]


@pytest.mark.parametrize(("below", "goal"), [(True, "暮らし"), (False, "まち")])
def test_a_chapter_in_small_type_at_the_edge_is_no_goal_beside_goals_and_policies(
    below, goal, table, extracted, settings, line
) -> None:
    edge = replace(line("第１章　まち", page=1, top=30), size=8.0)
    inside = [line("基本目標１　暮らし", top=80)] if below else []
    policy, text = line("施策１－１　防災", top=110), line("市の取組を進めた。", top=140)
    found = run(extracted([table([KPI, ONE], top=200)], [edge, *inside, policy, text]), settings)
    (row,) = found.indicators
    assert (row.place.goal, row.place.policy) == (goal, "防災")


def test_a_table_of_contents_gives_no_places_of_its_own(table, extracted, settings, line) -> None:
    contents = [
        one
        for index, title in enumerate(["基本目標１　くらし", "施策１　防災", "施策２　防犯"])
        for one in (
            line(title, top=100 + 20 * index),
            Line(
                text=str(index + 2),
                page=1,
                box=(500.0, 100.0 + 20 * index, 506.0, 110.0 + 20 * index),
                size=10.0,
            ),
        )
    ]
    lines = [
        *contents,
        line("基本目標１　暮らし", page=2, top=30),
        line("施策１　防災", page=2, top=60),
        line("施策２　防犯", page=2, top=300),
    ]
    tables = [table([KPI, ONE], page=2), table([KPI, TWO], page=2, top=330)]
    found = run(extracted(tables, lines), settings)
    assert policies(found) == ["防災", "防犯"]
    assert {place.goal for place in found.places} == {"暮らし"}


@pytest.mark.parametrize(
    ("goal", "policy", "size"),
    [
        ("【基本目標1】活力のあるまち", "（1）観光の振興", 11.0),
        ("1 活力のあるまち", "1-1 観光の振興", 9.4),
        ("第1章 活力のあるまち", "第1節 観光の振興", 9.0),
    ],
)
def test_the_only_policy_below_the_only_goal_is_found(
    goal, policy, size, table, extracted, settings, line
) -> None:
    lines = [
        line("計画の進み具合を市民の皆さまにお知らせするものです。", top=20, size=9.0),
        line(goal, top=60, size=13.0),
        line(policy, top=80, size=size),
    ]
    (row,) = run(extracted([table([KPI, ONE])], lines), settings).indicators
    assert (row.place.goal, row.place.policy) == ("活力のあるまち", "観光の振興")
    assert (row.place.goal_number, row.place.policy_number) == (1, 1)


def test_an_entry_of_the_contents_is_no_caption_of_a_summary(
    table, extracted, settings, line
) -> None:
    counts = table([["", "達成", "未達成", "計"], ["指標数", "1", "1", "2"]], top=300)
    rows = table([["指標", "目標値", "実績値", "評価"], ["甲の数", "1", "2", "達成"],
                  ["乙の数", "3", "2", "未達成"]], page=2)  # fmt: skip
    lines = [line("Ⅰ．暮らし", page=2, top=30)]
    for at, text in enumerate(["基本目標１　暮らし", "基本目標２　産業", "基本目標３　自然"]):
        number = line(str(at + 3), top=200.0 + 20 * at)
        lines.append(line(text, top=200.0 + 20 * at))
        lines.append(replace(number, box=(400.0, number.box[1], 406.0, number.box[3])))
    (claim,) = run(extracted([counts, rows], lines), settings).claims
    assert claim.place.goal_number is None


def test_a_heading_that_the_contents_named_just_before_is_no_running_head(
    table, extracted, settings, line
) -> None:
    contents = ["基本目標1　健やかなまち", "施策1-1　健康づくり", "施策1-2　地域の福祉"]
    lines = [line("目次", top=40)]
    for index, text in enumerate(contents):
        entry = line(text, top=60 + 20 * index)
        number = line(str(index + 2), top=60 + 20 * index)
        lines += [entry, replace(number, box=(400.0, number.box[1], 406.0, number.box[3]))]
    lines.append(line(contents[0], page=2, top=41, size=13.0))
    rows = [["施策", *KPI], ["施策1-1　健康づくり", *ONE]]
    (row,) = run(extracted([table(rows, page=2)], lines), settings).indicators
    assert (row.place.goal, row.place.policy) == ("健やかなまち", "健康づくり")


def test_a_policy_whose_number_names_another_goal_is_put_there_and_told(
    table, extracted, settings, line
) -> None:
    lines = [
        line("基本目標１　暮らし", top=30),
        line("施策１－１　防災", top=60),
        line("施策１－２　防犯", top=200),
        line("施策２－１　農業", top=400),
        line("基本目標３　学び", page=2, top=30),
        line("施策３－１　学校", page=2, top=60),
    ]
    tables = [
        table([KPI, ONE], top=80),
        table([KPI, TWO], top=220),
        table([KPI, THREE], top=420),
        table([KPI, FOUR], page=2, top=80),
    ]
    found = run(extracted(tables, lines), settings)
    assert [row.place.goal_number for row in found.indicators] == [1, 1, 2, 3]
    assert [(r.rule, r.subject) for r in found.remarks] == [("structure.goal-by-number", "農業")]


@pytest.mark.parametrize(
    ("numbers", "summed", "doubts", "told"),
    [
        ("123", "123", [False, False, False], []),
        ("23", "123", [True, False, False], ["2"]),
        ("23", "23", [False, False, False], []),
        ("13", "123", [True, True, False], ["3"]),
    ],
)
def test_a_goal_that_is_mentioned_and_has_no_heading_is_a_doubt_of_the_rows_above_the_next(
    numbers, summed, doubts, told, table, extracted, settings, line
) -> None:
    tops = {"1": 30, "2": 200, "3": 400}
    lines = [line(f"基本目標{number}　暮らし", top=tops[number], size=14.0) for number in numbers]
    tables = [table([KPI, one], top=top) for one, top in ((ONE, 80), (TWO, 250), (THREE, 450))]
    counts = [["区分", "指標数"], *([f"基本目標{number}　暮らし", "1"] for number in summed)]
    found = run(extracted([table(counts, top=600), *tables], lines), settings)
    assert [row.unplaced == SKIPPED for row in found.indicators] == doubts
    assert [one.printed for one in found.remarks if one.rule == SKIPPED] == told


def test_a_policy_of_another_goal_is_a_doubt_where_as_many_name_theirs(
    table, extracted, settings, line
) -> None:
    """The heading of goal 2 may be a picture; or the first number is none of a goal."""
    lines = [
        line("基本目標１　暮らし", top=30),
        line("施策１－１　防災", top=60),
        line("施策２－１　農業", top=400),
    ]
    tables = [table([KPI, ONE], top=80), table([KPI, TWO], top=420)]
    found = run(extracted(tables, lines), settings)
    assert [row.unplaced for row in found.indicators] == ["", "structure.headings-begin-anew"]
    assert [one.subject for one in found.remarks if one.rule == UNPLACED] == ["農業"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("成果指標", "主な取組"), ("数値で見る今", "担当課から"), ("成果指標", "担当課から")],
    ids=["by their words", "standing in each policy", "the second by its number"],
)
def test_headings_within_a_policy_are_no_policies(
    first, second, table, extracted, settings, line
) -> None:
    lines = [
        line("第１章　暮らし", top=10),
        line("（３）防災の強化", top=30),
        line(f"（１）{first}", top=50),
        line(f"（２）{second}", top=150),
        line("（４）防犯の推進", page=2, top=30),
        line(f"（１）{first}", page=2, top=50),
        line(f"（２）{second}", page=2, top=150),
    ]
    tables = [table([KPI, ONE, TWO], top=70), table([KPI, THREE], page=2, top=70)]
    found = run(extracted(tables, lines), settings)
    assert policies(found) == ["防災の強化", "防災の強化", "防犯の推進"]
    assert {row.unplaced for row in found.indicators} == {""}
    assert found.remarks == ()


def test_numbers_that_begin_anew_under_unknown_words_are_a_doubt(
    table, extracted, settings, line
) -> None:
    lines = [
        line("第１章　暮らし", top=10),
        line("（３）防災の強化", top=30),
        line("（１）数値で見る今", top=50),
        line("第２章　産業の力", page=2, top=10),
        line("（１）農業の振興", page=2, top=30),
    ]
    tables = [table([KPI, ONE, TWO], top=70), table([KPI, THREE], page=2, top=70)]
    found = run(extracted(tables, lines), settings)
    rule = "structure.headings-begin-anew"
    assert [row.unplaced for row in found.indicators] == [rule, rule, ""]
    assert [(r.rule, r.subject) for r in found.remarks] == [(rule, "数値で見る今")]


@pytest.mark.parametrize(
    "last",
    [
        ["庭園の事業\n施策２　防犯", "総務課", "庭を開く。"],
        ["※担当課は当時のもの\n施策２　防犯", "", ""],
    ],
    ids=["below a row", "below a note"],
)
def test_a_heading_that_was_read_as_the_end_of_a_table_without_rules_counts(
    last, table, extracted, settings, line
) -> None:
    projects = [["事業名", "担当課", "事業概要"], ["公園の事業", "建設課", "園を掃く。"], last]
    coloured = replace(
        table(projects, top=200),
        grounds=(Ground(decision="place", sign="colours", count=6),),
    )
    lines = [line("基本目標１　暮らし", top=20), line("施策１　防災", top=60)]
    tables = [table([KPI, ONE], top=80), coloured, table([KPI, TWO], top=300)]
    found = run(extracted(tables, lines), settings)
    assert policies(found) == ["防災", "防犯"]
    assert all("施策" not in entry.printed.text for row in found.projects for entry in row.entries)


def test_policies_that_stand_again_in_a_second_part_are_no_doubt(
    table, extracted, settings, line
) -> None:
    headings = ["基本目標１　暮らし", "施策１　防災", "施策２　防犯"]
    lines = [
        line(text, page=page, top=30 + 120 * place)
        for page in (1, 2)
        for place, text in enumerate(headings)
    ]
    tables = [
        table([KPI, row], page=page, top=top)
        for page, top, row in ((1, 170, ONE), (1, 290, TWO), (2, 170, THREE), (2, 290, FOUR))
    ]
    found = run(extracted(tables, lines), settings)
    assert policies(found) == ["防災", "防犯", "防災", "防犯"]
    assert found.remarks == ()


# --------------------------------------------------------------------------- headings of plans


@pytest.mark.parametrize(
    ("text", "numbers", "title"),
    [
        ("１－１　観光の振興", (1, 1), "観光の振興"),
        ("1-(2) 観光の振興", (1, 2), "観光の振興"),
        ("１－（３）観光の振興", (1, 3), "観光の振興"),
        ("施策1-(2) 観光の振興", (1, 2), "観光の振興"),
        ("(21)1人1日当たりのごみ排出量", (21,), "1人1日当たりのごみ排出量"),
        ("Ⅲ．村の総合戦略", (3,), "村の総合戦略"),
        ("■基本目標１　にぎわい", (1,), "にぎわい"),
        ("【基本目標１】にぎわい", (1,), "にぎわい"),
        ("《基本目標Ⅱ　にぎわい》", (2,), "にぎわい"),
        ("基本施策（３）にぎわい", (3,), "にぎわい"),
        ("基本目標(２) にぎわい", (2,), "にぎわい"),
        ("1-2-3 にぎわい", (1, 2, 3), "にぎわい"),
        ("めざす姿１ にぎわい", (1,), "にぎわい"),
        ("目標１ 健康（総合評価：B）", (1,), "健康"),
        ("施策２ 防災（つづき）", (2,), "防災"),
    ],
)
def test_numbered_headings(text, numbers, title, line, settings) -> None:
    found = recognise(line(text), settings)
    assert found is not None
    assert (found.numbers, found.title) == (numbers, title)


@pytest.mark.parametrize(
    "cell", ["基本目\n標1\n誰もが\n活躍で\nきるまち", "基本\n目標\n1　誰もが活躍できるまち"]
)
def test_a_narrow_cell_may_break_the_word_before_a_number(cell, table, extracted, settings) -> None:
    rows = [["基本目標", "指標", "基準値", "目標値"], [cell, "甲の数", "1", "2"]]
    (row,) = run(extracted([table(rows)]), settings).indicators
    assert (row.place.goal_number, row.place.goal) == (1, "誰もが活躍できるまち")


# --------------------------------------------------------------------------- nothing unseen


def test_a_row_of_figures_in_no_table_is_told(table, extracted, settings, line) -> None:
    texts = ["件", "16", "16", "13", "未達成", "18"]
    row = [
        Line(text=text, page=1, box=(100.0 + 60 * i, 700.0, 120.0 + 60 * i, 710.0), size=10.0)
        for i, text in enumerate(texts)
    ]
    found = run(extracted([table([KPI, ONE, TWO])], row), settings)
    assert [(r.rule, r.printed) for r in found.remarks] == [
        ("reading.row-outside-tables", "件| 16 | 16 | 13 |未達成| 18")
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["0", "20", "40", "60", "80", "100"],
        ["目標達成", "45.4%", "改善", "13.1%"],
        ["目標達成", "59", "45.4%"],
        ["電話", "0837-52-1110"],
        ["令和", "6", "年", "3", "月"],
        ["基本目標1", "36.4%", "18.2%", "9.1%", "36.3%"],
        ["しごとの柱", "50%", "25%", "25%"],
        ["基本目標２", "4", "2", "1", "4"],
        ["全体", "58", "18", "14", "40"],
    ],
    ids=[
        "axis",
        "labels",
        "label with share",
        "telephone",
        "date",
        "shares of a goal",
        "shares of a whole",
        "counts of a goal",
        "counts of all",
    ],
)
def test_labels_of_charts_and_the_like_are_no_rows(texts, table, extracted, settings) -> None:
    row = [
        Line(text=text, page=1, box=(100.0 + 60 * i, 700.0, 120.0 + 60 * i, 710.0), size=10.0)
        for i, text in enumerate(texts)
    ]
    found = run(extracted([table([KPI, ONE, TWO])], row), settings)
    assert "reading.row-outside-tables" not in rules(found)


def test_a_table_like_the_indicators_but_without_headings_is_told(
    table, extracted, settings
) -> None:
    narrow = table([["移住者数", "1", "2", "未達成"]], page=3)
    found = run(extracted([table([KPI, ONE, TWO, THREE]), narrow]), settings)
    assert "reading.table-without-headings" in rules(found)


def test_another_kind_of_table_with_as_many_columns_is_no_doubt(table, extracted, settings) -> None:
    rows = [["年齢", "総数", "男性", "女性", "前年", "増減"], ["若年", *"12345"]]
    people = merged(3, [[(text, 1, 1) for text in row] for row in rows], 6)
    found = run(extracted([table([KPI, ONE, TWO, THREE]), people]), settings)
    assert rules(found) == ["structure.table-not-understood"]


def test_a_title_is_whole_however_short_its_last_line_is(line, extracted, settings) -> None:
    lines = [
        line("第2期総合戦略　数値目標の達成状況（令和6年度実", top=30, size=18),
        line("績）", top=52, size=18),
        line("基本目標1　しごと", top=80, size=12),
    ]
    found = run(extracted([], lines), settings)
    assert found.title is not None
    assert found.title.text == "第2期総合戦略　数値目標の達成状況（令和6年度実\n績）"


def test_sentences_under_a_word_for_figures_are_no_figures(table, extracted, settings) -> None:
    prose = "関係機関との連携を強め、窓口での案内を続けた。"
    rows = [
        ["指標", "目標値（R6）", "実績値（R6）", "評価", "実績・成果の概況", "取組の進捗状況"],
        ["観光客数", "10", "12", "A", prose, prose],
        ["宿泊者数", "30", "20", "C", prose, prose],
    ]
    found = run(extracted([table(rows)]), settings)
    kinds = [entry.kind for entry in found.indicators[0].entries]
    assert kinds == ["name", "target", "actual", "status", "definition", "definition"]
    assert not [remark for remark in found.remarks if remark.rule == "layout.columns"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("○来館者数", "来館者数"),
        ("・貸出冊数", "貸出冊数"),
        ("■指標3　来館者数", "来館者数"),
        ("KPI8「楽しい」と答えた人の割合", "「楽しい」と答えた人の割合"),
    ],
)
def test_a_mark_before_a_name_over_a_table_is_none_of_it(
    printed, name, table, line, extracted, settings
) -> None:
    rows = [["R1（基準値）", "R6（実績値）", "R7（目標値）"], ["1", "2", "3"]]
    found = run(extracted([table(rows)], [line(printed, top=80)]), settings)
    assert found.indicators[0].entries[0].printed.text == name


def test_a_heading_parted_from_its_only_row_tells_its_columns(
    table, line, extracted, settings
) -> None:
    head = table([["R1\n（基準値）", "R3", "R4", "R5\n（実績値）", "R7\n（目標値）"]], top=780)
    row = table([["39.8％", "44.4％ ↑", "51.3％ ↑", "50.0％", "52.5％"]], page=2)
    found = run(extracted([head, row], [line("【指標11】定住率", top=760)]), settings)
    (only,) = found.indicators
    assert [entry.kind for entry in only.entries] == [
        "name", "baseline", "actual", "actual", "actual", "target",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("second", "goals"),
    [("基本目標２人と文化が育つまち", [1, 2]), ("基本目標４人の暮らし", [1, 1])],
)
def test_a_title_that_begins_like_a_unit_follows_the_heading_before_it(
    second, goals, table, line, extracted, settings
) -> None:
    """Some producers lose the gap after the number: ２人 is no count where goal 1 stands above."""
    lines = [line("基本目標１安全なまち", top=40), line(second, top=240)]
    tables = [table([KPI, ONE], top=80), table([KPI, TWO], top=280)]
    found = run(extracted(tables, lines), settings)
    assert [row.place.goal_number for row in found.indicators] == goals


def test_words_in_the_middle_and_figures_at_the_right_are_one_column(extracted, settings) -> None:
    one = [
        [("指標", 1, 1), ("現状値（R3）", 1, 2), ("目標値（R7）", 1, 1)],
        [(text, 1, 1) for text in ("来館者数", "なし", "", "20")],
        [(text, 1, 1) for text in ("会員数", "", "12", "30")],
        [(text, 1, 1) for text in ("貸出冊数", "", "14", "40")],
    ]
    found = run(extracted([replace(merged(1, one, 4), method="horizontal")]), settings)
    values = [[e.printed.text for e in row.entries if e.kind == "baseline"]
              for row in found.indicators]  # fmt: skip
    assert values == [["なし"], ["12"], ["14"]]


@pytest.mark.parametrize(("word", "kind"), [("順調", "status"), ("雨天", "rate")])
def test_one_word_alone_under_a_heading_of_rates_is_a_status_if_it_is_in_use_for_one(
    word, kind, table, extracted, settings
) -> None:
    rows = [["指標", "目標値（R6）", "実績値（R6）", "達成度"]]
    rows += [["来館者数", "10", "12", word], ["会員数", "20", "20", word], ["貸出", "1", "2", word]]
    found = run(extracted([table(rows)]), settings)
    assert found.indicators[0].entries[-1].kind == kind


def test_numbers_under_the_heading_for_names_are_none(extracted, settings) -> None:
    rows = [
        [("指標名", 1, 2), ("現状値（R3）", 1, 1), ("目標値（R7）", 1, 1)],
        [(text, 1, 1) for text in ("1", "来館者数", "10", "20")],
        [(text, 1, 1) for text in ("②", "65歳の会員数", "12", "30")],
    ]
    found = run(extracted([merged(1, rows, 4)]), settings)
    assert named(found) == ["来館者数", "65歳の会員数"]
    assert [row.entries[0].kind for row in found.indicators] == ["number", "number"]
    assert rules(found) == []


def test_a_spaced_heading_over_two_columns_is_one_and_two_read_as_one_are_two(
    extracted, settings
) -> None:
    rows = [
        [("指　標", 2, 1), ("現　状", 1, 1), ("目　標", 1, 2), ("令和6年度", 1, 2)],
        [("R3", 1, 1), ("R5", 1, 1), ("R7", 1, 1), ("目標値 実績値", 1, 2)],
        [(text, 1, 1) for text in ("来館者数", "10", "20", "30", "40", "50")],
        [(text, 1, 1) for text in ("会員数", "11", "21", "31", "41", "51")],
    ]
    found = run(extracted([replace(merged(1, rows, 6), method="horizontal")]), settings)
    assert [(e.kind, e.printed.text) for e in found.indicators[0].entries] == [
        ("name", "来館者数"), ("baseline", "10"), ("target", "20"), ("target", "30"),
        ("target", "40"), ("actual", "50"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("定住人口 589人（R2）→1,390人（R5）", ["layout.columns"]),
        ("（R2）589人→（R5）1,390人", []),
    ],
)
def test_a_name_taken_over_a_line_with_a_target_of_its_own_is_a_doubt(
    headline, told, table, line, extracted, settings
) -> None:
    rows = [["R1（基準値）", "R6（実績値）", "R7（目標値）"], ["1", "2", "3"]]
    lines = [line("人口の定着", top=60), line(headline, top=80)]
    found = run(extracted([table(rows)], lines), settings)
    assert [one for one in rules(found) if one == "layout.columns"] == told


@pytest.mark.parametrize(("top", "told"), [(141, True), (150, False)])
def test_a_line_that_touches_the_last_row_may_be_of_it(
    top, told, table, line, extracted, settings
) -> None:
    rows = [["指標", "基準値（R1）", "目標値（R6）"], ["来館者数", "10", "20"]]
    rest = line("（R5）", top=top, size=9)
    rest = replace(rest, box=(170.0, float(top), 200.0, top + 9.0))
    found = run(extracted([replace(table(rows), method="horizontal")], [rest]), settings)
    assert ("reading.leftover-in-table" in rules(found)) == told


@pytest.mark.parametrize("heading", ["対前年度増減", "目標値との差（人）"])
def test_a_column_of_differences_is_no_doubt(heading, table, extracted, settings) -> None:
    rows = [["指標", "基準値（R1）", heading, "目標値（R6）"], ["来館者数", "10", "+5", "20"],
            ["会員数", "12", "▲4", "30"]]  # fmt: skip
    found = run(extracted([replace(table(rows), method="horizontal")]), settings)
    assert rules(found) == ["vocabulary.unknown-header", "reading.unruled-table"]


def test_money_in_a_table_of_projects_without_rules_is_no_doubt(table, extracted, settings) -> None:
    rows = [["事業名", "実施内容", "予算額（千円）"], ["広報", "紙面を作る", "1,200"]]
    found = run(extracted([replace(table(rows), method="horizontal")]), settings)
    assert "reading.columns-not-separated" not in rules(found)


def test_headings_without_rows_are_told(table, extracted, settings) -> None:
    found = run(extracted([table([KPI, ONE]), table([["事業名", "事業概要"]], page=3)]), settings)
    assert rules(found) == ["reading.heading-without-rows"]


# --------------------------------------------------------------------------- other kinds of tables


def test_a_sheet_of_one_indicator_has_a_heading_left_of_each_value(extracted, settings) -> None:
    table = merged(
        1,
        [
            [("指標名", 1, 1), ("相談の件数", 1, 3)],
            [(text, 1, 1) for text in ("単位", "件", "担当課", "企画課")],
            [(text, 1, 1) for text in ("基準値（R元）", "10", "目標値（R6）", "20")],
            [(text, 1, 1) for text in ("実績値（R6）", "18", "達成状況", "改善")],
        ],
        4,
    )
    found = run(extracted([table]), settings)
    assert [(e.kind, e.header, e.printed.text) for e in found.indicators[0].entries] == [
        ("name", "指標名", "相談の件数"),
        ("unit", "単位", "件"),
        ("department", "担当課", "企画課"),
        ("baseline", "基準値（R元）", "10"),
        ("target", "目標値（R6）", "20"),
        ("actual", "実績値（R6）", "18"),
        ("status", "達成状況", "改善"),
    ]
    assert found.remarks == ()


def test_one_row_of_values_is_named_by_the_line_above_it(table, line, extracted, settings) -> None:
    rows = [
        ["平成25（基準値）", "平成27", "平成28（現状値）", "平成31（目標値）"],
        ["1", "2", "3", "4"],
    ]
    found = run(extracted([table(rows)], [line("2 商品の販売額（億円）", top=80)]), settings)
    assert [(e.kind, e.printed.text) for e in found.indicators[0].entries] == [
        ("name", "商品の販売額（億円）"),
        ("baseline", "1"),
        ("actual", "2"),
        ("actual", "3"),
        ("target", "4"),
    ]


def test_an_example_of_how_to_read_the_tables_is_no_indicator(
    table, line, extracted, settings
) -> None:
    rows = [["基準値", "R6 目標", "R6 実績", "達成状況"], ["100", "110", "120", "目標達成"]]
    found = run(extracted([table(rows)], [line("（凡例の読み方の例）", top=80)]), settings)
    assert found.indicators == ()


def test_a_number_in_a_column_of_its_own_is_that_of_the_policy(table, extracted, settings) -> None:
    rows = [
        ["施策番号", "施策名", "成果指標名", "現状値", "目標値"],
        ["12", "消防の充実", "火災の件数", "27", "25"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert found.indicators[0].place == Place(policy_number=12, policy="消防の充実")


def test_headings_set_large_may_lack_the_gap_after_their_number(
    table, line, extracted, settings
) -> None:
    lines = [
        line("現状と課題を述べる文章が続きます。" * 3, top=20),
        *(
            one
            for page, goal in enumerate(("まちの柱その１", "にぎわいの柱", "ひとの柱"), start=1)
            for one in (
                line(f"基本目標{page}{goal}", page=page, top=40, size=14.0),
                line(f"施策{page}-1取組の柱", page=page, top=70, size=12.0),
            )
        ),
    ]
    tables = [table([KPI, ONE, TWO], page=page) for page in (1, 2, 3)]
    found = run(extracted(tables, lines), settings)
    assert list(dict.fromkeys(row.place for row in found.indicators)) == [
        Place(goal_number=1, goal="まちの柱その1", policy_number=1, policy="取組の柱"),
        Place(goal_number=2, goal="にぎわいの柱", policy_number=1, policy="取組の柱"),
        Place(goal_number=3, goal="ひとの柱", policy_number=1, policy="取組の柱"),
    ]


def test_the_unit_of_a_whole_table_stands_above_it(table, line, extracted, settings) -> None:
    rows = [["指標", "R6 目標", "R6 実績"], ["売上", "1", "2"], ["寄附の件数（件）", "3", "4"]]
    found = run(extracted([table(rows)], [line("（単位：千円）", top=85)]), settings)
    units = [[e.printed.text for e in row.entries if e.kind == "unit"] for row in found.indicators]
    assert units == [["千円"], ["千円"]]


def test_indicators_may_be_the_columns(table, extracted, settings) -> None:
    rows = [
        ["区分", "来館者数（人）", "貸出冊数（冊）"],
        ["基準値（R1）", "1", "2"],
        ["目標値（R6）", "3", "4"],
        ["実績値（R6）", "5", "6"],
        ["達成状況", "達成", "未達成"],
    ]
    found = run(extracted([table(rows)]), settings)
    assert [(e.kind, e.header, e.printed.text) for e in found.indicators[1].entries] == [
        ("name", "", "貸出冊数（冊）"),
        ("baseline", "基準値（R1）", "2"),
        ("target", "目標値（R6）", "4"),
        ("actual", "実績値（R6）", "6"),
        ("status", "達成状況", "未達成"),
    ]
    assert found.remarks == ()


def test_the_first_policy_of_the_next_goal_may_begin_like_a_unit(
    table, line, extracted, settings
) -> None:
    texts = [(60, "基本目標1安全なまち"), (76, "施策1防災の強化"), (196, "施策2道路の整備")]
    texts += [(340, "基本目標2文化のまち"), (356, "施策1人権の尊重")]
    tables = [table([KPI, one], top=top) for one, top in ((ONE, 90), (TWO, 210), (ONE, 370))]
    lines = [line(text, top=top) for top, text in texts]
    found = run(extracted(tables, lines), settings)
    places = [(row.place.goal_number, row.place.policy) for row in found.indicators]
    assert places == [(1, "防災の強化"), (1, "道路の整備"), (2, "人権の尊重")]


@pytest.mark.parametrize("above", ["年度", "推移", "年度別推移"])
def test_a_heading_that_only_says_that_years_follow_is_none(above, extracted, settings) -> None:
    cells = [
        [("指標", 2, 1), ("現状値", 2, 1), ("区分", 2, 1), (above, 1, 2), ("目標値（R6）", 2, 1)],
        [("R4", 1, 1), ("R5", 1, 1)],
        [("来館者数", 2, 1), ("8", 2, 1), ("目標", 1, 1), ("10", 1, 1), ("12", 1, 1), ("14", 2, 1)],
        [("実績", 1, 1), ("9", 1, 1), ("13", 1, 1)],
    ]
    found = run(extracted([merged(1, cells, 6)]), settings)
    (row,) = found.indicators
    values = [(e.kind, e.printed.text) for e in row.entries if e.kind in {"target", "actual"}]
    assert values == [("target", v) for v in ("10", "12", "14")] + [
        ("actual", "9"),
        ("actual", "13"),
    ]
    assert not found.remarks


def test_the_rest_of_a_table_goes_on_where_figures_bear_their_years(
    table, extracted, settings
) -> None:
    head = ["指標", "現状値", "目標値"]
    first = ["来館者数", "12人\n（R1年度）", "15人\n（R5年度）"]
    rest = ["残業時間", "149時間\n（H30(2018)）", "138時間\n（R5(2023)）"]
    tables = [table([head, first], top=760), table([rest], page=2, top=60)]
    assert named(run(extracted(tables), settings)) == ["来館者数", "残業時間"]


@pytest.mark.parametrize("words", [["計画策定時の現状を示す値。", "最終年度に達成すべき値。"],
                                   ["計画を策定した時の値", "令和8年度に達成する値"]])  # fmt: skip
def test_what_terms_mean_is_no_sheet_of_an_indicator(words, table, extracted, settings) -> None:
    rows = [["KPI", "達成の度合いを測る指標のこと"], ["基準値", words[0]], ["目標値", words[1]]]
    assert run(extracted([table(rows)]), settings).indicators == ()


def test_a_name_without_figures_is_a_doubt_about_the_rows_beside_it(
    table, extracted, settings
) -> None:
    rows = [KPI, ONE, ["の割合", "", "", "", "", ""], TWO]
    found = run(extracted([replace(table(rows), method="text")]), settings)
    (torn,) = [one for one in found.remarks if one.rule == "structure.row-too-short"]
    names = [e.printed.box for row in found.indicators for e in row.entries if e.kind == "name"]
    assert len(names) == 2
    assert all(torn.box[1] < box[3] and box[1] < torn.box[3] for box in names)


def test_a_word_for_names_in_place_of_one_is_no_indicator(table, extracted, settings) -> None:
    heading = ["指標名", "", "", "", "", ""]
    found = run(extracted([replace(table([KPI, ONE, heading, TWO]), method="text")]), settings)
    assert named(found) == ["観光客数", "宿泊者数"]
    (told,) = [one for one in found.remarks if one.rule == "layout.not-understood"]
    assert told.parameters["pages"] == "1"


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("（▼）は減少を目指す指標を示す。", True),
        ("▼の指標は、低いほど良い。", True),
        ("△は基準値を下回ったもの", False),
        ("▼１ 子育て支援", False),
    ],
)
def test_a_line_that_explains_a_mark_as_a_direction_is_a_note(
    text, is_note, table, line, extracted, settings
) -> None:
    found = run(extracted([table([KPI, ONE])], [line(text, top=84)]), settings)
    assert [note.text for note in found.notes] == ([text] if is_note else [])


@pytest.mark.parametrize(
    ("figures", "unit"),
    [(("41.2%", "50.0%"), None), (("41.2%", "50.0"), "千円"), (("41", "50"), "千円")],
)
def test_the_unit_above_a_table_is_not_that_of_figures_with_one_of_their_own(
    figures, unit, table, extracted, settings, line
) -> None:
    rows = [["指標", "基準値（R1）", "目標値（R6）"], ["受診率", *figures]]
    found = run(extracted([table(rows)], [line("（単位：千円）", top=85)]), settings)
    told = [e.printed.text for e in found.indicators[0].entries if e.kind == "unit"]
    assert told == ([unit] if unit else [])


def test_a_numbered_group_below_a_page_edge_is_no_rest_of_the_name_above(
    table, extracted, settings
) -> None:
    group = ["（2）生涯学習", *[""] * (len(ONE) - 1)]
    tables = [table([KPI, ONE, TWO], top=600), table([KPI, group, THREE], page=2)]
    found = run(extracted(tables), settings)
    assert named(found)[:2] == [ONE[0], TWO[0]]
    assert named(found)[-1] == THREE[0]
