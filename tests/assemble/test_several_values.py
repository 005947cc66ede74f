"""Several values in one cell, or under one name: each is an entry with its own role."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from tests.assemble.test_layouts import merged

HEAD = ["指標", "単位", "基準値（R1）"]
NOTE = "※上段：目標値、下段：実績値"
Told = list[tuple[str, str, str]]


def values(found) -> list[Told]:
    """Role, heading and text of each figure, row by row."""
    return [
        [
            (entry.kind, entry.header.replace("\n", " "), entry.printed.text)
            for entry in row.entries
            if entry.kind in {"target", "actual", "rate"}
        ]
        for row in found.indicators
    ]


def doubts(found) -> list[tuple[str, str | None]]:
    return [(one.rule, one.printed) for one in found.remarks if one.rule.startswith("structure.")]


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        "（上段：目標　下段：実績）",
        "各年度の欄は、上段が目標値、下段が実績値です。",
        "上段:計画値/下段:実績値",
    ],
)
def test_a_note_says_what_stands_above_and_below(note, table, line, extracted, settings) -> None:
    rows = [[*HEAD, "R5", "R6"], ["甲の数", "人", "1", "4,000\n3,800", "150\n－"]]
    found = run(extracted([table(rows)], [line(note, top=280)]), settings)
    (row,) = values(found)
    assert [(kind, text) for kind, _, text in row] == [
        ("target", "4,000"),
        ("actual", "3,800"),
        ("target", "150"),
        ("actual", "－"),
    ]
    assert [header.split()[0] for _, header, _ in row] == ["R5", "R5", "R6", "R6"]
    first, second = found.indicators[0].entries[3:5]
    assert first.printed.box[3] == second.printed.box[1]


@pytest.mark.parametrize(
    ("heading", "text", "told"),
    [
        ("R6\n目標値\n実績値", "150\n155", [("target", "150"), ("actual", "155")]),
        ("R6\n目標値／実績値", "150／155", [("target", "150"), ("actual", "155")]),
        ("R6 実績値\n（目標値）", "155\n（150）", [("actual", "155"), ("target", "150")]),
        ("実績値（R6）\n（達成率）", "155（103.3%）", [("actual", "155"), ("rate", "103.3%")]),
        ("R6\n上段：目標値\n下段：実績値", "150\n155", [("target", "150"), ("actual", "155")]),
        ("R6（目標／実績）", "150 ／ 155", [("target", "150"), ("actual", "155")]),
        ("R6目標→実績", "150→155", [("target", "150"), ("actual", "155")]),
        ("R6実績・目標", "155・150", [("actual", "155"), ("target", "150")]),
        ("R6", "目標 150\n実績 155", [("target", "150"), ("actual", "155")]),
        ("R6", "（目標）150\n（実績）155", [("target", "150"), ("actual", "155")]),
        ("R6", "男性 150\n女性 155", [("actual", "男性 150\n女性 155")]),
        ("実績値（R6）", "150\n155", [("actual", "150\n155")]),
    ],
)
def test_headings_and_words_in_the_cell_say_it(
    heading, text, told, table, extracted, settings
) -> None:
    found = run(extracted([table([[*HEAD, heading], ["甲の数", "人", "1", text]])]), settings)
    (row,) = values(found)
    assert [(kind, text) for kind, _, text in row] == told
    assert doubts(found) == []


def test_a_line_says_what_stands_before_and_behind_a_stroke(
    table, line, extracted, settings
) -> None:
    rows = [[*HEAD, "R5"], ["甲の数", "人", "1", "150／155"]]
    found = run(extracted([table(rows)], [line("（目標値／実績値）", top=280)]), settings)
    (row,) = values(found)
    assert [(kind, text) for kind, _, text in row] == [("target", "150"), ("actual", "155")]


def test_one_value_is_a_target_ahead_of_the_years_with_two_and_else_a_doubt(
    table, line, extracted, settings
) -> None:
    rows = [
        [*HEAD, "R5", "R6", "R7"],
        ["甲の数", "人", "1", "4\n3", "5\n4", "6"],
        ["乙の数", "人", "1", "8\n7", "9", "9"],
    ]
    found = run(extracted([table(rows)], [line(NOTE, top=280)]), settings)
    one, two = values(found)
    assert [(kind, text) for kind, _, text in one[-2:]] == [("actual", "4"), ("target", "6")]
    assert [(kind, text) for kind, _, text in two[2:]] == [
        ("target", ""),
        ("actual", ""),
        ("target", "9"),
    ]
    assert doubts(found) == [("structure.one-value-of-several", "9")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("700g/人日\n690g/人日", [("target", "700g/人日"), ("actual", "690g/人日")]),
        ("700g/人日", [("actual", "700g/人日")]),
    ],
)
def test_a_unit_with_a_stroke_parts_no_values(text, told, table, extracted, settings) -> None:
    rows = [[*HEAD, "R6\n目標値\n実績値"], ["ごみの量", "g", "1", text]]
    found = run(extracted([table(rows)]), settings)
    (row,) = values(found)
    assert [(kind, text) for kind, _, text in row] == told
    assert doubts(found) == []


@pytest.mark.parametrize("note", [NOTE, ""])
def test_two_rows_under_one_name_are_one_by_a_note_and_else_a_doubt(
    note, line, extracted, settings
) -> None:
    headings = [(text, 1, 1) for text in (*HEAD, "R5", "R6")]
    upper = [("甲の数", 2, 1), ("人", 2, 1), ("1", 2, 1), ("4", 1, 1), ("5", 1, 1)]
    under = merged(1, [headings, upper, [("3", 1, 1), ("4", 1, 1)]], 5)
    found = run(extracted([under], [line(note, top=280)] if note else []), settings)
    if note:
        (row,) = values(found)
        assert [(kind, text) for kind, _, text in row] == [
            ("target", "4"),
            ("actual", "3"),
            ("target", "5"),
            ("actual", "4"),
        ]
    assert doubts(found) == ([] if note else [("structure.rows-of-one-name", "甲の数")])


def test_rows_of_one_name_with_words_of_their_own_are_indicators(extracted, settings) -> None:
    headings = [(text, 1, 1) for text in ("指標", "区分", "単位", "目標値", "実績値")]
    men, women = (
        [(text, 1, 1) for text in row] for row in (("男性", "%", "4", "5"), ("女性", "%", "3", "4"))
    )
    found = run(extracted([merged(1, [headings, [("受診率", 2, 1), *men], women], 5)]), settings)
    assert len(found.indicators) == 2
    assert doubts(found) == []


def test_numbered_second_names_tell_rows_apart(extracted, settings) -> None:
    headings = [("指標", 1, 2), ("目標値", 1, 1), ("実績値", 1, 1)]
    first, second = (
        [(text, 1, 1) for text in row] for row in (("①胃がん", "4", "5"), ("②肺がん", "3", "4"))
    )
    rows = [headings, [("検診の受診率", 2, 1), *first], second]
    found = run(extracted([merged(1, rows, 4)]), settings)
    names = [[one.printed.text for one in row.entries[:2]] for row in found.indicators]
    assert names == [["検診の受診率", "①胃がん"], ["検診の受診率", "②肺がん"]]
    assert doubts(found) == []


def test_departments_and_remarks_tell_no_rows_of_one_name_apart(extracted, settings) -> None:
    """The names of the rows above and below it may not be seen, and it stands amidst the three."""
    headings = [(text, 1, 1) for text in ("指標", "担当課", "目標値", "実績値", "達成状況", "備考")]
    rows = [
        [("受診率", 3, 1), *((text, 1, 1) for text in ("福祉課", "9", "8", "A", "会場を変更"))],
        [(text, 1, 1) for text in ("健康課", "20", "25", "B", "")],
        [(text, 1, 1) for text in ("税務課", "300", "310", "C", "")],
    ]
    found = run(extracted([merged(1, [headings, *rows], 6)]), settings)
    assert doubts(found) == [("structure.rows-of-one-name", "受診率")]


@pytest.mark.parametrize(
    ("heading", "text", "second", "told"),
    [
        ("R6\n目標値\n実績値", "150\n155", "150\n156", ["150", "156"]),
        ("R6", "目標 150\n実績 155", "目標 150\n実績 155", ["150", "155"]),
        ("実績値（達成率）", "155（98%）", "155(98%)", ["155", "98%"]),
        ("R6\n目標値\n実績値", "150\n155", "150155", ["150155", "150155"]),
        ("R6\n目標値\n実績値", "150", "150", ["", ""]),  # one of two: a doubt of its own
    ],
)
def test_each_value_keeps_what_the_second_reader_has_there(
    heading, text, second, told, table, extracted, settings
) -> None:
    two = ["乙の数", "人", "1", text if text != "150" else "4\n5"]
    made = table([[*HEAD, heading], ["甲の数", "人", "1", text], two])
    cells = tuple(replace(one, second=second) if one.text == text else one for one in made.cells)
    row = run(extracted([replace(made, cells=cells)]), settings).indicators[0]
    assert [entry.printed.second for entry in row.entries[3:]] == told
