"""Rows without rules that a page edge cut: their last lines stand alone on the next page."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from pipeline.model import Line
from tests.assemble.test_unruled import KPI, ONE, THREE, TWO, aligned, named, rules

LEFTS = [56, 126, 180, 240, 310, 380, 450]
CUT = ["本市を訪れた人\nの宿泊した人数", "人", "10", "20", "15", "改善"]
CAPTION = Line(text="令和7年度取組内容", page=2, box=(50, 200, 140, 210), size=10)


def at(text: str, left: float, top: float = 50.0) -> Line:
    return Line(text=text, page=2, box=(left, top, left + 10 * len(text), top + 10), size=10)


@pytest.mark.parametrize("below", [[], [THREE]], ids=["alone", "rows below"])
def test_the_rest_of_a_name_below_a_page_edge_is_joined(below, extracted, settings) -> None:
    tables = [aligned([KPI, ONE, TWO, CUT], LEFTS, top=700)]
    tables += [aligned(below, LEFTS, page=2, top=65)] if below else []
    found = run(extracted(tables, [at("(延べ)", 60), CAPTION]), settings)
    assert named(found) == [ONE[0], TWO[0], f"{CUT[0]}\n(延べ)", *(row[0] for row in below)]


def test_it_is_joined_at_the_margin_only_where_rows_go_on_below(extracted, settings) -> None:
    above = aligned([KPI, ONE, TWO, CUT], LEFTS, top=700)
    lines = [at("数", 56), at("令和7年度取組内容", 56, 200)]
    found = run(extracted([above, aligned([THREE], LEFTS, page=2, top=65)], lines), settings)
    assert named(found)[2] == f"{CUT[0]}\n数"
    assert named(run(extracted([above], lines), settings))[2] == CUT[0]


@pytest.mark.parametrize(
    ("rest", "doubted"), [("泊まった人の数", True), ("数", False)], ids=["full", "short"]
)
def test_a_rest_that_may_begin_the_row_below_it_is_asked_about(
    rest, doubted, extracted, settings
) -> None:
    above = aligned([KPI, ONE, TWO, CUT], LEFTS, top=700)
    below = aligned([THREE], LEFTS, page=2, top=62)
    found = run(extracted([above, below], [at(rest, 56), CAPTION]), settings)
    told = [one.printed for one in found.remarks if one.rule == "reading.line-of-two-rows"]
    assert told == ([rest] if doubted else [])


@pytest.mark.parametrize("text", ["2. 産業の振興", "※ 延べ数", "(注) 速報", "指標"])
def test_headings_and_notes_below_a_page_edge_are_no_rest(text, extracted, settings) -> None:
    above = aligned([KPI, ONE, TWO, CUT], LEFTS, top=700)
    found = run(extracted([above], [at(text, 60), CAPTION]), settings)
    assert named(found) == [ONE[0], TWO[0], CUT[0]]


def test_below_a_name_that_does_not_fill_its_column_stands_no_rest(extracted, settings) -> None:
    above = aligned([KPI, ONE, CUT, TWO], LEFTS, top=700)
    found = run(extracted([above], [at("産業の振興", 60), CAPTION]), settings)
    assert named(found) == [ONE[0], CUT[0], TWO[0]]


@pytest.mark.parametrize(
    ("text", "page", "top", "doubted"),
    [
        ("数人", 1, 782.0, True),
        ("数人", 1, 792.0, False),
        ("2. 産業の振興", 1, 782.0, False),
        ("数人", 2, 50.0, True),
        ("数人", 2, 400.0, True),
        ("令和7年度取組内容", 2, 50.0, False),
        ("施策2 まち", 2, 50.0, False),
    ],
    ids=[
        "touching",
        "apart",
        "a heading",
        "on the next page",
        "first on it",
        "too wide",
        "of the plan",
    ],
)
def test_a_line_that_may_go_on_with_the_last_name_is_told(
    text, page, top, doubted, extracted, settings
) -> None:
    above = aligned([KPI, ONE, TWO, CUT], LEFTS, top=700)
    line = Line(text=text, page=page, box=(56, top, 56 + 10 * len(text), top + 10), size=10)
    told = [
        one for one in run(extracted([above], [line]), settings).remarks if "two-rows" in one.rule
    ]
    assert [(one.page, one.printed) for one in told] == ([(1, text)] if doubted else [])


def test_the_next_page_goes_on_with_no_table_below_which_text_stands(extracted, settings) -> None:
    above = aligned([KPI, ONE, TWO, CUT], LEFTS, top=600)
    below = Line(text="取組内容", page=1, box=(56, 760, 96, 770), size=10)
    rest = Line(text="数人", page=2, box=(56, 50, 76, 60), size=10)
    assert "reading.line-of-two-rows" not in rules(run(extracted([above], [below, rest]), settings))


@pytest.mark.parametrize("name", ["本市を訪れた人の", "人数"])
def test_a_full_line_above_a_row_may_begin_its_name(name, extracted, settings) -> None:
    below = aligned([KPI, ONE, CUT], LEFTS, top=700)
    after = aligned([KPI, ["数", *THREE[1:]], TWO], LEFTS, page=2, top=65)
    line = Line(text=name, page=1, box=(56, 762, 120, 772), size=10)
    told = [
        one
        for one in run(extracted([below, after], [line]), settings).remarks
        if "two-rows" in one.rule
    ]
    assert (2 in [one.page for one in told]) == (name != "人数")


def test_a_line_wider_than_the_names_below_it_may_begin_one(extracted, settings) -> None:
    """Without column rules the sides of a column are those of the texts read."""
    first = aligned([KPI, ONE, TWO], LEFTS, top=100)
    below = aligned([ONE, TWO], LEFTS, page=2, top=700)
    line = Line(text="本市を訪れた人の中で", page=2, box=(56, 688, 142, 698), size=10)
    assert "reading.line-of-two-rows" in rules(run(extracted([first, below], [line]), settings))


def test_the_last_digits_of_figures_below_a_page_edge_are_theirs(
    table, extracted, settings
) -> None:
    above = table([KPI, ONE, TWO, ["売上", "千円", "208,8", "210,6", "190,8", "未達成"]], top=700)
    below = table([["高", "", "97", "37", "82", ""], THREE], page=2)
    found = run(extracted([above, below]), settings)
    assert named(found) == [ONE[0], TWO[0], "売上\n高", THREE[0]]


def test_the_rest_of_a_name_under_headings_that_stand_alone_is_joined(extracted, settings) -> None:
    """Nothing but headings and the rest of one name stands at the head of the next page."""
    above = aligned([KPI, ONE, TWO, CUT], LEFTS, top=700)
    heads = [at(text, left) for text, left in zip(KPI, LEFTS, strict=False)]
    rest = [at("のうち延べ", 60, 62), at("の数", 60, 74)]
    after = at("令和7年度取組内容", 56, 110)
    found = run(extracted([above], [*heads, *rest, after]), settings)
    assert named(found) == [ONE[0], TWO[0], f"{CUT[0]}\nのうち延べ\nの数"]
    found = run(extracted([above], [*heads[:-1], *rest, after]), settings)
    assert named(found) == [ONE[0], TWO[0], CUT[0]]


def test_the_rest_of_a_heading_is_no_rest_of_a_name(extracted, settings) -> None:
    above = aligned([["目標指標・K", *KPI[1:]], ONE, ["本市を訪れた人", *CUT[1:]]], LEFTS, top=700)
    below = aligned([["目標指標・K\nPI", *KPI[1:]], THREE], LEFTS, page=2, top=60)
    apart = [["目標指標・K", *KPI[1:]], ["PI", *[""] * 5], THREE]
    for page in (below, aligned(apart, LEFTS, page=2, top=60)):
        found = named(run(extracted([above, page]), settings))
        assert found == [ONE[0], "本市を訪れた人", THREE[0]]


def test_brackets_under_a_whole_heading_are_the_rest_of_a_name(extracted, settings) -> None:
    above = aligned([KPI, ONE, ["満足度の順位", *CUT[1:]]], LEFTS, top=700)
    below = aligned([KPI, ["（県内）", *[""] * 5], THREE], LEFTS, page=2, top=60)
    found = named(run(extracted([above, below]), settings))
    assert found == [ONE[0], "満足度の順位\n（県内）", THREE[0]]


@pytest.mark.parametrize(
    ("more", "joined"), [("間利用者数", True), ("(単位)", False)], ids=["words", "brackets"]
)
def test_the_rest_of_a_name_read_as_part_of_the_headings_is_joined(
    more, joined, extracted, settings
) -> None:
    above = aligned([KPI, ONE, TWO, ["本市を訪れた人", *CUT[1:]]], LEFTS, top=700)
    below = aligned([[f"{KPI[0]}\n{more}", *KPI[1:]], THREE], LEFTS, page=2, top=60)
    found = named(run(extracted([above, below]), settings))
    last = f"本市を訪れた人\n{more}" if joined else "本市を訪れた人"
    assert found == [ONE[0], TWO[0], last, THREE[0]]
