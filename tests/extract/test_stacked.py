"""Headings over known columns, and rows about their figures: by place alone."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.primitives import Glyph, Run
from pipeline.extract.unruled.anchors import rows_about_figures
from pipeline.extract.unruled.flows import cuts_between_flows
from pipeline.extract.unruled.gutters import Row, rows_of
from pipeline.extract.unruled.headed import headed_rows
from pipeline.extract.unruled.level_rows import rows_on_a_level
from pipeline.extract.unruled.levels import Votes, votes_of
from pipeline.extract.unruled.rows import Level, grouped
from pipeline.extract.unruled.stacked_headings import headings_of

SIZE = 10.0


def glyphs_of(text: str, x: float, y: float) -> list[Glyph]:
    """A text on a baseline, each letter a font size wide."""
    run = Run(SIZE, 0, 0, 0)
    return [
        Glyph(letter, x + SIZE * n, y, x + SIZE * n, y - SIZE, x + SIZE * (n + 1), y, n, run)
        for n, letter in enumerate(text)
    ]


def rows_at(*texts: tuple[str, float, float]) -> list[Row]:
    return rows_of([glyph for text in texts for glyph in glyphs_of(*text)])


def texts_of(lines: list[Row]) -> list[str]:
    return [part.text for row in lines for part in row.parts]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            [("指標", 10, 106), ("基準値", 110, 100), ("五年度", 110, 112), ("実績", 210, 106)],
            [(0, 0, 1, 1, "指標"), (0, 1, 1, 2, "基準値五年度"), (0, 2, 1, 3, "実績")],
            id="one-level-centred",
        ),
        pytest.param(
            [("指標", 10, 106), ("五年度", 185, 100), ("目標", 140, 112), ("実績", 240, 112)],
            [
                (0, 0, 2, 1, "指標"),
                (0, 1, 1, 3, "五年度"),
                (1, 1, 2, 2, "目標"),
                (1, 2, 2, 3, "実績"),
            ],
            id="one-over-two",
        ),
        pytest.param(
            [("指標", 10, 106), ("五年度", 110, 100), ("目標", 110, 112), ("実績", 240, 112)],
            None,
            id="beside-the-middle",
        ),
    ],
)
def test_headings_by_their_heights(texts, expected) -> None:
    cells = headings_of(rows_at(*texts), [0.0, 100.0, 200.0, 300.0])
    if cells is None:
        assert expected is None
        return
    found = [(c.top, c.left, c.bottom, c.right, "".join(g.text for g in c.glyphs)) for c in cells]
    assert found == expected


def test_a_heading_over_the_middle_of_three_columns_takes_none_beside_them() -> None:
    texts = [("指標", 10, 106), ("策定時", 110, 100), ("H24", 110, 112), ("R8", 340, 100)]
    texts += [(word, x, 112) for word, x in (("目標", 240), ("実績", 340), ("区分", 440))]
    texts += [("最終", 540, 100), ("R9", 540, 112)]
    cells = headings_of(rows_at(*texts), [0.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0])
    assert cells is not None
    assert [
        (cell.top, cell.left, cell.bottom, cell.right, "".join(glyph.text for glyph in cell.glyphs))
        for cell in cells
    ] == [
        (0, 0, 2, 1, "指標"), (0, 1, 2, 2, "策定時H24"), (0, 2, 1, 5, "R8"), (0, 5, 2, 6, "最終R9"),
        (1, 2, 2, 3, "目標"), (1, 3, 2, 4, "実績"), (1, 4, 2, 5, "区分"),
    ]  # fmt: skip


def test_rows_stand_evenly_about_their_figures() -> None:
    rows = rows_at(
        *[("人口", 10, 100), ("増加", 10, 112), ("1", 100, 106), ("2", 150, 106)],
        *[("面積", 10, 124), ("1", 100, 124), ("2", 150, 124)],
        *[("世帯", 10, 136), ("総数", 10, 148), ("1", 100, 142), ("2", 150, 142)],
    )
    found = rows_about_figures(rows, [(60, 90), (115, 145)])
    assert found is not None
    assert ["".join(texts_of(lines)).replace("12", "") for lines in found] == [
        "人口増加",
        "面積",
        "世帯総数",
    ]


def test_each_line_of_figures_has_its_name_where_lines_stand_evenly_throughout() -> None:
    names = ["者数", "充足", "認定", "割合", "活動", "支援", "点検", "講座", "受講"]
    figures = [(100 + 12 * at, str(at)) for at in (2, 4.5, 6.5)]
    rows = rows_at(
        *[(name, 10, 100 + 12 * at) for at, name in enumerate(names[:8])],
        *[(text, x, y) for y, text in figures for x in (100, 150)],
    )
    found = rows_about_figures(rows, [(60, 90), (115, 145)])
    assert found is not None
    named = [["".join(p.text for r in lines for p in r.parts if p.box[0] < 60)] for lines in found]
    assert named == [["者数"], ["充足認定割合"], ["活動支援"], ["点検講座"]]


GAPS = [(60, 90), (115, 145)]


def page_of(names: list[str], figures: list[float]) -> list[Row]:
    """Lines of names a line apart, and figures at heights in lines."""
    return rows_at(
        *[(name, 10, 100 + 12 * at) for at, name in enumerate(names)],
        *[(str(at), x, 100 + 12 * height) for at, height in enumerate(figures) for x in (100, 150)],
    )


def names_of(names: list[str], figures: list[float], level: Level | None = None) -> list[str]:
    """The names of rows made of lines of names a line apart, and figures at heights in lines."""
    return [
        "".join(part.text for row in lines for part in row.parts if part.box[0] < 60)
        for lines in grouped(page_of(names, figures), GAPS, level=level)
    ]


@pytest.mark.parametrize(
    "figures", [[0, 2, 5], [1, 4, 5], [0.5, 3, 5]], ids=["head", "foot", "middle"]
)
def test_names_go_on_from_full_lines(figures: list[float]) -> None:
    names = ["本市人口", "数", "道の延長", "を測る器", "具", "図書"]
    assert names_of(names, figures) == ["本市人口数", "道の延長を測る器具", "図書"]


@pytest.mark.parametrize(
    ("level", "names", "figures", "expected"),
    [
        ("foot", ["人口", "観光客数", "計", "面積"], [0, 2, 3], ["人口", "観光客数計", "面積"]),
        ("head", ["人口", "観光客数", "計", "面積"], [0, 1, 3], ["人口", "観光客数計", "面積"]),
        (
            "head",
            ["人口", "観光客数", "(累計)", "面積"],
            [0, 1, 3],
            ["人口", "観光客数(累計)", "面積"],
        ),
        ("head", ["観光客数", "面積", "道路"], [0, 2], ["観光客数面積", "道路"]),
        ("head", ["人口", "区分", "道路延長"], [0, 2], ["人口", "区分", "道路延長"]),
        ("head", ["人口", "観光客数", "計"], [0, 2], ["人口", "観光客数", "計"]),
    ],
    ids=["foot", "head", "with a bracket", "from a full line", "no full line", "not so here"],
)
def test_one_line_more_goes_with_figures_as_in_the_other_tables(
    level, names, figures, expected
) -> None:
    assert names_of(names, figures, level) == expected


def test_a_line_nearer_to_figures_than_rows_are_apart_begins_their_name() -> None:
    heights = {"市の人口": 100, "面積割合": 114, "道路の計": 128, "画延長": 139, "図書": 153}
    rows = rows_at(
        *[(name, 10, at) for name, at in heights.items()],
        *[("3", x, at) for name, at in heights.items() if at != 128 for x in (100, 150)],
    )
    found = ["".join(texts_of(lines)).replace("3", "") for lines in grouped(rows, GAPS)]
    assert found == ["市の人口", "面積割合", "道路の計画延長", "図書"]


@pytest.mark.parametrize(
    ("figures", "level"),
    [([0, 2, 5, 6], "head"), ([1, 4, 5, 7], "foot"), ([0.5, 3, 5, 6.5], None)],
    ids=["head", "foot", "middle"],
)
def test_the_names_of_all_tables_tell_beside_which_line_figures_stand(figures, level) -> None:
    names = ["本市人口", "数", "道の延長", "を測る器", "具", "図書", "面積割合", "数"]
    votes = Votes()
    for _ in range(3):
        votes.add(votes_of(page_of(names, figures)))
    assert votes.level() == level


def test_names_of_three_lines_stand_about_figures_beside_their_second() -> None:
    names = ["六次産業", "化支援数", "累計", "会員事業", "者の総数", "延べ", "図書"]
    assert names_of(names, [1, 4, 6]) == ["六次産業化支援数累計", "会員事業者の総数延べ", "図書"]


def test_names_of_groups_in_the_column_of_names_are_no_lines_of_these() -> None:
    """They stand farther from the rows than the lines of names from each other."""
    names = [("基本目標一", 0), ("施策一", 18), ("図書館来", 36), ("館者数", 48), ("施策二", 66)]
    names += [("道路", 84), ("橋の修繕", 102), ("した箇所", 114), ("計画数", 126)]
    figures = [(x, at) for at in (42, 84, 114) for x in (100, 150)]
    rows = rows_at(
        *[(name, 10, 100 + at) for name, at in names], *[("3", x, 100 + at) for x, at in figures]
    )
    lines = [(row, {int(part.box[0] // 50): [part] for part in row.parts}) for row in rows]
    found = rows_on_a_level(lines, [])
    assert found is not None
    assert ["".join(text for text in texts_of(group) if text != "3") for group in found] == [
        "基本目標一",
        "施策一",
        "図書館来館者数",
        "施策二",
        "道路",
        "橋の修繕した箇所計画数",
    ]


def test_the_rest_of_a_cut_name_above_figures_beside_first_lines_is_none_of_theirs() -> None:
    names = ["相談応対", "数", "母子自立", "受給額面", "者数", "乳児家庭", "訪問の率"]
    rows = rows_at(
        *[(name, 10, 100 + 12 * at) for at, name in enumerate(names)],
        *[("3", x, 100 + 12 * at) for at in (2, 5) for x in (100, 150)],
    )
    lines = [(row, {int(part.box[0] // 50): [part] for part in row.parts}) for row in rows]
    found = rows_on_a_level(lines, [])
    assert found is not None
    assert [[text for text in texts_of(group) if text != "3"] for group in found] == [
        names[:2],
        names[2:5],
        names[5:],
    ]


def test_figures_at_the_head_of_names_prove_nothing() -> None:
    rows = rows_at(
        *[("人口", 10, 100), ("増加", 10, 112), ("1", 100, 100), ("2", 150, 100)],
        *[("面積", 10, 124), ("合計", 10, 136), ("1", 100, 124), ("2", 150, 124)],
    )
    assert rows_about_figures(rows, [(60, 90), (115, 145)]) is None


def test_headings_that_stand_again_part_a_page() -> None:
    left = [("指標名", 10, 100), ("基準値", 60, 100), ("実績値", 110, 100)]
    right = [(text, x + 200, 150) for text, x, _ in left]
    (cut,) = cuts_between_flows(rows_at(*left, *right))
    assert 140 < cut.x < 210


def test_equal_headings_of_one_table_part_nothing() -> None:
    names = [("指標名", 0, 100)]
    first = [("目標値", 60, 100), ("実績値", 110, 100), ("達成率", 160, 100)]
    again = [(text, x + 160, y) for text, x, y in first]
    assert cuts_between_flows(rows_at(*names, *first, *again)) == []


def test_one_row_of_figures_under_headings_is_a_table() -> None:
    headings = [("基準値", 10, 100), ("目標値", 110, 100), ("実績値", 210, 100)]
    figures = [("23", 10, 125), ("26", 110, 125), ("28", 210, 125)]
    ((found, _),) = headed_rows(rows_at(("見出し", 0, 60), *headings, *figures), [])
    texts = [[g.text for g in cell.glyphs] for cell in found.cells]
    assert ["".join(text) for text in texts] == ["基準値", "目標値", "実績値", "23", "26", "28"]


def test_a_name_of_two_lines_under_headings_far_above_is_of_that_row() -> None:
    headings = [("指標", 10, 100), *[("実績値", x, 100) for x in (110, 210, 310)]]
    row = [("道路の", 10, 131), ("延長", 10, 143), *[("23.5", x, 137) for x in (110, 210, 310)]]
    ((found, _),) = headed_rows(rows_at(*headings, *row), [])
    texts = ["".join(g.text for g in cell.glyphs) for cell in found.cells]
    assert texts == ["指標", *["実績値"] * 3, "道路の延長", *["23.5"] * 3]


def test_figures_without_a_heading_are_no_table() -> None:
    headings = [("基準値", 10, 100), ("目標値", 110, 100)]
    figures = [("23", 10, 125), ("26", 110, 125), ("28", 210, 125), ("30", 260, 125)]
    assert headed_rows(rows_at(*headings, *figures), []) == []


def test_a_heading_of_the_plan_under_a_small_table_is_no_row_of_it() -> None:
    text = [("基準値", 10, 100), ("目標値", 80, 100), ("実績値", 150, 100)]
    text += [("14.9", 10, 115), ("13.0", 80, 115), ("14.2", 150, 115)]
    larger = [
        Glyph(g.text, g.x, g.y, g.x0, g.top, g.x1, g.bottom, g.index, Run(14.0, 0, 0, 0))
        for g in glyphs_of("都市の整備", 8, 135)
    ]
    lines = rows_of([*(glyph for one in text for glyph in glyphs_of(*one)), *larger])
    assert len(headed_rows(lines, [])) == 1
