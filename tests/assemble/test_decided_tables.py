"""What a person says of tables: the roles of their columns, and of the heads of their rows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.model import Cell, IndicatorRow
from pipeline.settings.assemble import AssembleSettings
from pipeline.settings.decisions import Decision

HEADED = [
    ["指標", "単位", "R3 基準値", "R6 目標値", "R6 実績値"],
    ["甲の数", "人", "10", "12", "11"],
    ["乙の数", "件", "20", "18", "19"],
]
REST = [["一", "丙の数", "社", "5", "7", "なし"], ["二", "丁の数", "店", "8", "9", "なし"]]
TURNED = [
    ["区分", "初期値", "R4", "R5", "R6"],
    ["目標値", "", "11", "12", "13"],
    ["ホニャララ", "9", "10", "14", "15"],
    ["評価", "", "", "", "A"],
]


def texts_of(row: IndicatorRow) -> list[str]:
    return [entry.printed.text for entry in row.entries]


def decided(settings: AssembleSettings, *made: Decision) -> AssembleSettings:
    return replace(settings, decisions=made)


@pytest.mark.parametrize(
    ("roles", "headings"),
    [
        ("unknown name unit baseline target actual", ["R3 基準値", "R6 目標値"]),
        ("unknown name unknown baseline target actual", ["R3 基準値", "R6 目標値"]),
        ("unknown name unit target baseline actual", ["", ""]),
    ],
    ids=["the same", "without the unit", "other figures"],
)
def test_columns_that_were_named_bear_the_headings_of_the_table_that_they_go_on_with(
    roles, headings, table, extracted, settings
) -> None:
    rest = table(REST, page=2)
    named = Decision(action="table", reason="紙面", page=2, box=rest.box, value=roles, line=1)
    plan = run(extracted([table(HEADED), rest]), decided(settings, named))
    third = next(row for row in plan.indicators if "丙の数" in texts_of(row))
    known = [entry.header for entry in third.entries if entry.kind in {"baseline", "target"}]
    assert known == headings
    assert not [one.rule for one in plan.remarks if one.rule.startswith("decision.")]


def test_the_head_of_a_row_can_be_given_a_role(table, line, extracted, settings) -> None:
    paper = extracted([table(TURNED)], [line("甲の数（単位：人）", top=84)])
    asked = {one.subject: one.rule for one in run(paper, settings).remarks}
    assert asked["ホニャララ"] == "vocabulary.unknown-figures-header"
    role = Decision(action="role", reason="紙面", value="actual", expect="ホニャララ", line=1)
    plan = run(paper, decided(settings, role))
    kinds = {entry.printed.text: entry.kind for entry in plan.indicators[0].entries}
    assert {kinds[text] for text in ("10", "14", "15")} == {"actual"}
    assert "ホニャララ" not in {one.subject for one in plan.remarks}
    assert not [one.rule for one in plan.remarks if one.rule.startswith("decision.")]


def test_a_role_for_a_heading_that_is_printed_nowhere_is_told(table, extracted, settings) -> None:
    role = Decision(action="role", reason="紙面", value="target", expect="見出しなし", line=1)
    plan = run(extracted([table(HEADED)]), decided(settings, role))
    assert [one.rule for one in plan.remarks if one.rule.startswith("decision.")] == [
        "decision.gone"
    ]


MERGED = [
    ["指標", "単位", "基準値", "目標値 実績値", "評価"],
    ["甲の数", "人", "10", "12 11", "Ａ"],
    ["乙の数", "件", "20", "18 19", "Ｂ"],
    ["丙の数", "件", "20", "17", "Ｂ"],
]


def test_two_columns_read_as_one_are_parted_by_a_decision(table, extracted, settings) -> None:
    paper = table(MERGED)
    roles = "name unit baseline target@2024/actual@2023 status"
    given = Decision(action="table", reason="紙面", page=1, box=paper.box, value=roles, line=1)
    plan = run(extracted([paper]), decided(settings, given))
    figures = [
        [(e.kind, e.header, e.printed.text) for e in row.entries if e.kind in {"target", "actual"}]
        for row in plan.indicators
    ]
    assert figures[0] == [
        ("target", "2024年度 目標値", "12"),
        ("actual", "2023年度 実績値", "11"),
    ]
    assert [text for _, _, text in figures[1]] == ["18", "19"]
    assert [text for _, _, text in figures[2]] == ["17", "17"]
    doubted = {one.box for one in plan.remarks if one.rule == "reading.cells-not-separated"}
    third = [e for e in plan.indicators[2].entries if e.kind in {"target", "actual"}]
    assert doubted == {entry.printed.box for entry in third}
    assert not [one.rule for one in plan.remarks if one.rule.startswith("decision.")]


def test_a_table_may_be_decided_at_any_of_its_pages(table, extracted, settings) -> None:
    pages = [table(HEADED), table([HEADED[0], ["丙の数", "社", "5", "7", "6"]], page=2)]
    given = Decision(
        action="table",
        reason="紙面",
        page=2,
        box=pages[1].box,
        value="name unit baseline target@2024 actual@2024",
        line=1,
    )
    plan = run(extracted(pages), decided(settings, given))
    assert not [one.rule for one in plan.remarks if one.rule.startswith("decision.")]


WRITTEN = [
    ["指標", "目標値", "実績値", "ホニャララ"],
    ["甲の数", "10", "12", "◎"],
    ["乙の数", "20", "18", "○"],
    ["丙の数", "30", "29", "×"],
]


def confirmed(plan, **more) -> Decision:
    (asked,) = [one for one in plan.remarks if one.rule == "layout.columns"]
    known = {"layout": asked.parameters["key"], "expect": asked.parameters["doubts"], "line": 1}
    return Decision(action="layout", reason="紙面", **(known | more))


@pytest.mark.parametrize("line", [1, 0], ids=["this edition", "a later one"])
def test_a_layout_is_confirmed_for_the_doubts_that_were_told(
    line, table, extracted, settings
) -> None:
    asked = run(extracted([table(WRITTEN)]), settings)
    one = confirmed(asked, line=line)
    assert one.expect == "by-content:ホニャララ"
    assert run(extracted([table(WRITTEN)]), decided(settings, one)).layouts[0].confirmed
    remarks = [f"会場の改修による影響があったため来年度に見直す予定である{n}" for n in "甲乙丙"]
    other = [WRITTEN[0]] + [
        [*row[:2], text, row[3]] for row, text in zip(WRITTEN[1:], remarks, strict=True)
    ]
    plan = run(extracted([table(other)]), decided(settings, one))
    assert [layout.confirmed for layout in plan.layouts] == [False]
    assert "layout.columns" in [one.rule for one in plan.remarks]


def test_columns_that_a_person_gave_are_asked_no_more(table, extracted, settings) -> None:
    paper = replace(table(MERGED), method="text")
    doubt = "reading.columns-not-separated"
    assert doubt in [one.rule for one in run(extracted([paper]), settings).remarks]
    for roles in ("name unit baseline target status", "name unit baseline target/actual status"):
        one = Decision(action="table", reason="紙面", page=1, box=paper.box, value=roles, line=1)
        plan = run(extracted([paper]), decided(settings, one))
        assert doubt not in [remark.rule for remark in plan.remarks]


def test_the_last_of_two_decisions_on_a_table_holds(table, extracted, settings) -> None:
    paper = table(HEADED)
    made = [
        Decision(action="table", reason="紙面", page=1, box=paper.box, value=roles, line=line)
        for line, roles in enumerate(("name unit note target actual", "name unit rate target note"))
    ]
    plan = run(extracted([paper]), decided(settings, *(replace(one, line=7) for one in made)))
    assert kinds_of(plan) == [["name", "unit", "rate", "target", "note"]] * 2
    assert not [one.rule for one in plan.remarks if one.rule.startswith("decision.")]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("", ["甲の数\n（年間延べ）", "乙の数"]),
        ("below", ["甲の数", "（年間延べ）\n乙の数"]),
    ],
)
def test_a_line_without_figures_goes_on_with_a_name_beside_it(
    value, names, table, extracted, settings
) -> None:
    rows = [*HEADED[:2], ["（年間延べ）", "", "", "", ""], HEADED[2]]
    paper = replace(table(rows), method="text")
    (asked,) = [
        one
        for one in run(extracted([paper]), settings).remarks
        if one.rule == "structure.row-too-short"
    ]
    one = Decision(
        action="join", reason="紙面", page=asked.page, box=asked.box, value=value, line=1
    )
    plan = run(extracted([paper]), decided(settings, one))
    assert [texts_of(row)[0] for row in plan.indicators] == names
    told = [remark.rule for remark in plan.remarks]
    assert not {"structure.row-too-short", "decision.gone"} & set(told)


@pytest.mark.parametrize(
    ("before", "known"),
    [
        ([("R5\nホニャララ", "actual")], True),
        ([("R5\nホニャララ", "actual"), ("R4\nホニャララ", "actual")], True),
        ([("R5\nホニャララ", "actual"), ("R2\nホニャララ", "baseline")], False),
        ([("R5", "actual")], False),
    ],
)
def test_the_role_of_a_heading_holds_for_other_years(
    before, known, table, extracted, settings
) -> None:
    rows = [["指標", "単位", "R6 目標値", "R6\nホニャララ"], ["甲の数", "人", "12", "11"]]
    made = [
        Decision(action="role", reason="紙面", value=role, expect=heading)
        for heading, role in before
    ]
    plan = run(extracted([table(rows)]), decided(settings, *made))
    kinds = {entry.header: entry.kind for entry in plan.indicators[0].entries}
    assert (kinds.get("R6\nホニャララ") == "actual") is known
    this = [replace(one, line=1) for one in made]
    plan = run(extracted([table(rows)]), decided(settings, *this))
    kinds = {entry.header: entry.kind for entry in plan.indicators[0].entries}
    assert (kinds.get("R6\nホニャララ") == "actual") is known


UNDATED = [
    ["指標", "目標値", "実績値", "実績値", "ホニャララ"],
    ["甲の数", "10", "12", "13", "◎"],
    ["乙の数", "20", "18", "19", "○"],
]


def kinds_of(plan) -> list[list[str]]:
    return [[entry.kind for entry in row.entries] for row in plan.indicators]


@pytest.mark.parametrize(
    ("roles", "line"),
    [
        ("name target@2024 actual@2023 actual@2024 status", 1),
        ("name target actual rate note", 1),
        ("name target actual rate note", 0),
    ],
    ids=["years", "roles", "roles in a later edition"],
)
def test_roles_given_at_one_table_are_those_of_all_with_its_headings(
    roles, line, table, extracted, settings
) -> None:
    papers = [table(UNDATED), table([UNDATED[0], ["丙の数", "5", "7", "8", "×"]], page=3)]
    plain = run(extracted(papers), settings)
    (asked,) = [one for one in plain.remarks if one.rule == "layout.columns"]
    here = {"page": asked.page, "box": asked.box} if line else {}
    given = Decision(
        action="table",
        reason="紙面",
        value=roles,
        layout=asked.parameters["key"],
        line=line,
        **here,
    )
    plan = run(extracted(papers), decided(settings, given))
    assert kinds_of(plan) == [[word.partition("@")[0] for word in roles.split()]] * 3
    told = [one.rule for one in plan.remarks]
    assert not [rule for rule in told if rule.startswith(("decision.", "layout."))]
    assert all(layout.confirmed for layout in plan.layouts)


def test_roles_that_do_not_fit_the_table_are_told(table, extracted, settings) -> None:
    paper = table(UNDATED)
    asked = run(extracted([paper]), settings).layouts[0]
    given = Decision(
        action="table",
        reason="紙面",
        value="name target actual",
        layout=asked.key,
        page=1,
        box=paper.box,
        line=1,
    )
    plan = run(extracted([paper]), decided(settings, given))
    assert "decision.unfit" in [one.rule for one in plan.remarks]
    assert "layout.columns" in [one.rule for one in plan.remarks]


KPI = [
    ["指標", "単位", "R6 目標値", "R6 実績値"],
    ["甲の数", "人", "12", "11"],
    ["乙の数", "人", "8", "9"],
]


@pytest.mark.parametrize("carried", [False, True])
def test_a_word_that_was_asked_about_tells_two_actuals_of_a_year_apart(
    carried, table, extracted, settings
) -> None:
    rows = [
        ["指標", "R6 目標値", "R6\n独自値", "R6 実績値"],
        ["甲の数", "12", "10", "11"],
        ["乙の数", "8", "9", "9"],
    ]
    expect = "R5\n独自値" if carried else "R6\n独自値"
    line = 0 if carried else 1
    given = Decision(action="role", reason="紙面", value="actual", expect=expect, line=line)
    plan = run(extracted([table(rows)]), decided(settings, given))
    assert [entry.kind for entry in plan.indicators[0].entries].count("actual") == 2
    assert plan.remarks == ()
    assert not any(column.doubt for layout in plan.layouts for column in layout.columns)


OTHER = [["指標", "令和6年度", "令和5年度", "類似団体"], ["財政力指数", "0.42", "0.41", "0.39"]]
HEADLESS = [["一般会計", "9,101", "8,120", "7,900"], ["特別会計", "1,201", "1,120", "1,300"]]
ASKED = {"layout.not-understood": OTHER, "reading.table-without-headings": HEADLESS}


@pytest.mark.parametrize("rule", ASKED)
def test_tables_of_one_form_are_one_question_whose_answer_lasts(
    rule, table, line, extracted, settings
) -> None:
    others = [table(ASKED[rule], top=300, page=page) for page in (1, 2)]
    lines = [line("参考となる資料です。", top=250, page=page) for page in (1, 2)]
    paper = extracted([table(KPI), *others], lines)
    asked = [one for one in run(paper, settings).remarks if one.rule == rule]
    assert [one.parameters["pages"] for one in asked] == ["1, 2"]
    key = asked[0].parameters["key"]
    for number in (1, 0):  # of this edition, and of an earlier one
        none = Decision(action="layout", reason="紙面", layout=key, line=number)
        plan = run(paper, decided(settings, none))
        told = {one.rule for one in plan.remarks}
        assert not {rule, "decision.unused", "structure.value-table-not-understood"} & told
        assert len(plan.indicators) == 2
    roles = Decision(action="table", reason="紙面", layout=key, value="name unknown target actual")
    plan = run(paper, decided(settings, roles))
    assert len(plan.indicators) == 2 + 2 * len(ASKED[rule][rule == "layout.not-understood" :])


def test_the_columns_of_a_headless_table_are_only_given_to_one_that_may_have_them(
    table, line, extracted, settings
) -> None:
    words = [["甲地区", "6,101", "8,120", "未定"], ["乙地区", "1,401", "1,120", "未定"]]
    lines = [line("参考となる資料です。", top=top) for top in (250, 380)]
    others = [table(HEADLESS, top=300), table(words, top=420)]
    paper = extracted([table(KPI), *others], lines)
    asked = next(
        one for one in run(paper, settings).remarks if one.rule == "reading.table-without-headings"
    )
    roles = Decision(
        action="table",
        reason="紙面",
        layout=asked.parameters["key"],
        value="name unknown target actual",
    )
    plan = run(paper, decided(settings, roles))
    assert [texts_of(row)[0] for row in plan.indicators] == [
        "甲の数", "乙の数", "一般会計", "特別会計",
    ]  # fmt: skip


def test_one_heading_with_several_years_is_one_question(table, extracted, settings) -> None:
    rows = [["指標", "単位", "R6 目標値", *(f"R{year}年度 到達" for year in (4, 5, 6))]]
    rows += [[name, "人", "12", "9", "10", "11"] for name in ("甲の数", "乙の数")]
    told = run(extracted([table(rows)]), settings).remarks
    asked = [one for one in told if one.rule == "vocabulary.unknown-figures-header"]
    assert len(asked) == 1
    one = Decision(action="role", reason="紙面", value="actual", expect=asked[0].printed, line=1)
    plan = run(extracted([table(rows)]), decided(settings, one))
    assert [entry.kind for entry in plan.indicators[0].entries].count("actual") == 3


def test_a_banner_within_a_turned_table_is_no_row_of_figures(table, extracted, settings) -> None:
    """Its other rows are held against the columns beside the years."""
    rows = [["区分", "R5", "R6", "めあて"], ["目標値", "9", "10", "11"], ["実績値", "8", "9", "10"]]
    banner = Cell(row=3, column=0, column_span=4, box=(50, 160, 290, 180), text="基準値")
    paper = table(rows)
    run(extracted([replace(paper, cells=(*paper.cells, banner))]), settings)
