"""Tables of one indicator each, one below the other: each keeps the name that stands above it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.assemble.outer_rows import (
    captions_in,
    without_caption_of,
    without_first_heading,
    without_first_lines,
    without_last_lines,
)
from pipeline.model import Ground

HEADS = ["基準値(R2)", "目標値(R6)", "実績値(R6)", "達成状況"]


def names_and_figures(plan) -> list[tuple[str, str]]:
    return [
        (row.entries[0].printed.text, entry.printed.text)
        for row in plan.indicators
        for entry in row.entries
        if entry.kind == "baseline"
    ]


@pytest.mark.parametrize(
    "caption", [["火災件数(単位：件)", "", "", ""], ["火災件", "数(単位：件)", "", ""]]
)
def test_a_caption_read_as_the_last_row_names_the_table_below(
    caption, table, line, extracted, settings, vocabulary
) -> None:
    above = replace(table([HEADS, ["1", "3", "2", "改善"], caption]), method="horizontal")
    below = replace(table([HEADS, ["9", "7", "8", "改善"]], top=165), method="horizontal")
    found = run(extracted([above, below], [line("相談件数(単位：件)", top=85)]), settings)
    assert names_and_figures(found) == [("相談件数", "1"), ("火災件数", "9")]
    assert without_caption_of(None, above, vocabulary) == (above, [])
    (freed,) = without_caption_of(below, above, vocabulary)[1]
    assert freed.text == "".join(caption)


@pytest.mark.parametrize(
    "last", [["進捗状況", "－", "－", "A"], ["進捗状況", "", "", "A"], ["市の宝", "－", "", ""]]
)
def test_a_last_row_that_says_what_its_cells_are_stays(last, table, vocabulary) -> None:
    above = replace(table([HEADS, ["1", "3", "2", "改善"], last]), method="horizontal")
    below = replace(table([HEADS, ["9", "7", "8", "改善"]], top=165), method="horizontal")
    assert without_caption_of(below, above, vocabulary) == (above, [])


def test_tables_of_one_indicator_read_as_one_grid_are_parted(
    table, line, extracted, settings
) -> None:
    """The headings of the first stand alone at the foot of the page before."""
    foot = replace(table([HEADS], top=780), method="horizontal")
    rows = [["1", "3", "2", "改善"], ["火災件数", "", "", ""], HEADS, ["9", "7", "8", "改善"]]
    rest = replace(table(rows, page=2, top=40), method="horizontal")
    found = run(extracted([foot, rest], [line("相談件数", top=765)]), settings)
    assert names_and_figures(found) == [("相談件数", "1"), ("火災件数", "9")]


@pytest.mark.parametrize(
    ("first", "method", "freed"),
    [
        (["1-1", "健康づくりの推進", ""], "text", ["1-1\u3000健康づくりの推進"]),
        (["1-1", "健康づくりの推進", ""], "ruled", []),
        (["施策の目的", "健康なまち", ""], "text", []),
        (["1-1", "健康づくりの推進", "福祉課"], "text", []),
    ],
    ids=["a heading", "rules", "words", "more than a heading"],
)
def test_a_heading_read_as_the_first_row_of_a_text_is_a_line(
    first, method, freed, table, settings
) -> None:
    made = replace(
        table([first, ["", "目的", "健康なまち"], ["", "主管課", "福祉課"]]), method=method
    )
    rest, lines = without_first_heading(made, settings)
    assert [line.text for line in lines] == freed
    assert {cell.row for cell in rest.cells} == ({0, 1} if freed else {0, 1, 2})
    assert (rest.box[1] > made.box[1]) == bool(freed)


def test_a_number_in_the_column_of_others_begins_no_heading(table, settings) -> None:
    rows = [["1-1", "甲の数", ""], ["1-2", "乙の数", "2"]]
    assert without_first_heading(replace(table(rows), method="text"), settings)[1] == []


@pytest.mark.parametrize(
    ("said", "freed"),
    [(["主な取組内容"] * 2, ["主な取組内容"]), (["主な取組内容"], []), (["(累計)"] * 2, [])],
    ids=["said again", "said once", "rest of a text"],
)
def test_what_stands_over_tables_again_and_again_is_no_end_of_a_name(
    said, freed, table, line, settings
) -> None:
    others = [table([["事業名", "概要"], ["広報", "冊子"]], page=n + 2) for n in range(len(said))]
    lines = [line(text, page=n + 2, top=88) for n, text in enumerate(said)]
    name = f"来訪者の数\n{said[0]}"
    made = replace(
        table([["指標", "実績"], [name, "12"]]),
        method="text",
        grounds=(Ground(decision="rows", sign="lines", count=2),),
    )
    captions = captions_in(lines, others)
    rest, found = without_last_lines(made, frozenset(), captions, settings)
    assert [one.text for one in found] == freed
    assert rest.cells[2].text == ("来訪者の数" if freed else name)


GROUNDS = (Ground(decision="rows", sign="lines", count=2),)


@pytest.mark.parametrize(
    ("rows", "freed"),
    [
        (
            [["広報", "冊子"], ["基本目標5:「自治体経営」", "の強化"]],
            ["基本目標5:「自治体経営」の強化"],
        ),
        ([["基本目標1:産業", "順調"], ["基本目標2:教育", "順調"]], []),
        ([["広報", "冊子"], ["※ 延べ人数です。", ""]], ["※ 延べ人数です。"]),
        ([["広報", "冊子"], ["※ 延べ人数です。", "12"]], []),
    ],
    ids=["a heading in two cells", "a table of goals", "a note", "a row with a mark"],
)
def test_headings_and_notes_at_the_end_are_lines(rows, freed, table, settings) -> None:
    made = replace(table([["事業名", "概要"], *rows]), method="text", grounds=GROUNDS)
    rest, found = without_last_lines(made, frozenset(), frozenset(), settings)
    assert [one.text for one in found] == freed
    assert max(cell.row for cell in rest.cells) == (1 if freed else 2)


@pytest.mark.parametrize(
    ("first", "freed"),
    [
        (["基本目標2:産業\n主な取組", ""], ["基本目標2:産業", "主な取組"]),
        (["基本目標2:産業", "順調"], []),
        (["広報", ""], []),
    ],
    ids=["a heading", "a row of goals", "words"],
)
def test_a_heading_between_the_rules_of_two_tables_is_no_first_row(
    first, freed, table, settings, vocabulary
) -> None:
    rows = [first, ["事業名", "事業概要"], ["広報", "冊子"]]
    made = replace(table(rows), method="horizontal", grounds=GROUNDS)
    rest, lines = without_first_lines(made, frozenset(), vocabulary, settings)
    assert [line.text for line in lines] == freed
    assert rest.cells[0].text == ("事業名" if freed else first[0])


def test_a_heading_over_rows_that_go_on_from_the_page_before_stays_a_row(
    table, settings, vocabulary
) -> None:
    made = table([["基本目標2:産業", ""], ["来訪者", "12"], ["会員", "13"]])
    made = replace(made, method="horizontal", grounds=GROUNDS)
    assert without_first_lines(made, frozenset(), vocabulary, settings) == (made, [])
