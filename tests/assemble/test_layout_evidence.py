"""What speaks for the role of a column, and what is asked where too little does."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.assemble import run

ROWS = [
    ["指標", "目標値", "実績値", "ホニャララ"],
    ["甲の数", "10", "12", "◎"],
    ["乙の数", "20", "18", "○"],
    ["丙の数", "30", "29", "×"],
]


def doubts(found) -> list[tuple[str, str]]:
    return [
        (column.header, column.kind)
        for layout in found.layouts
        for column in layout.columns
        if column.doubt
    ]


def test_each_column_keeps_what_speaks_for_its_role(table, extracted, settings) -> None:
    rows = [["指標", "単位", "年度末目標値", "R5", "R6"], ["甲の数", "人", "9", "7", "8"]]
    (layout,) = run(extracted([table(rows)]), settings).layouts
    assert [(column.kind, column.evidence) for column in layout.columns] == [
        ("name", ("word", "content")),
        ("unit", ("word", "content")),
        ("target", ("part", "content")),
        ("actual", ("position", "content")),
        ("actual", ("position", "content")),
    ]
    assert not layout.doubts


def test_a_role_that_only_the_cells_suggest_is_asked_once(table, extracted, settings) -> None:
    found = run(extracted([table(ROWS, top=top) for top in (100, 300, 500)]), settings)
    (layout,) = found.layouts
    assert doubts(found) == [("ホニャララ", "status")]
    assert (layout.tables, len(layout.samples)) == ((0, 1, 2), 2)
    (told,) = [remark for remark in found.remarks if remark.rule == "layout.columns"]
    assert (told.parameters["key"], told.parameters["tables"]) == (layout.key, "3")
    assert "「甲の数」" in told.parameters["rows"]


def test_a_confirmed_layout_is_not_asked(table, extracted, settings) -> None:
    (layout,) = run(extracted([table(ROWS)]), settings).layouts
    confirmed = replace(settings, confirmed_layouts=(layout.key,))
    found = run(extracted([table(ROWS)]), confirmed)
    assert [one.confirmed for one in found.layouts] == [True]
    assert [r.rule for r in found.remarks] == ["vocabulary.header-by-content"]


def test_the_key_outlives_the_year_but_not_another_reading(table, extracted, settings) -> None:
    def key(rows: list[list[str]]) -> str:
        (layout,) = run(extracted([table(rows)]), settings).layouts
        return layout.key

    this, last = [
        [["指標", f"R{year}目標", f"R{year}実績", "ホニャララ"], *ROWS[1:]] for year in (7, 6)
    ]
    assert key(this) == key(last)
    assert key(this) != key([this[0], *([*row[:3], "本文の言葉"] for row in ROWS[1:])])


def test_marks_that_the_legend_explains_need_no_question(table, line, extracted, settings) -> None:
    legend = [
        line("◎：目標を達成した", top=40),
        line("○：目標の８０％以上", top=55),
        line("×：目標の８０％未満", top=70),
    ]
    found = run(extracted([table(ROWS)], legend), settings)
    (layout,) = found.layouts
    assert layout.columns[-1].evidence == ("legend", "content")
    assert not layout.doubts
    assert [r.rule for r in found.remarks] == ["vocabulary.header-by-content"]


def test_a_status_that_holds_the_numbers_of_a_rate_is_doubted(table, extracted, settings) -> None:
    rows = [
        ["指標", "目標値", "実績値", "達成状況"],
        ["甲の数", "10", "12", "120.0"],
        ["乙の数", "20", "18", "90.0"],
    ]
    assert doubts(run(extracted([table(rows)]), settings)) == [("達成状況", "status")]
