"""Tables whose every second row is coloured: their last white row, marked cells, headings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.banded import _along, find_tables
from pipeline.extract.unruled.flows import Cut
from pipeline.extract.unruled.found import Found
from pipeline.extract.unruled.gutters import rows_of
from pipeline.extract.unruled.strips import heads, strips
from pipeline.model import Box
from tests.extract.test_sentences import lines

GREY, YELLOW = 0xE7E6E6, 0xFFFF00
SIDES = (100.0, 200.0, 260.0, 320.0)


def cells(top: float, bottom: float, colour: int = GREY) -> list[tuple[Box, int]]:
    return [
        ((left, top, right, bottom), colour)
        for left, right in pairwise(SIDES)
    ]  # fmt: skip


def row(y: float, name: str, *figures: str) -> list[tuple[float, float, str]]:
    columns = zip((225.0, 290.0), figures, strict=True)
    return [(103, y, name), *((x, y, figure) for x, figure in columns)]


HEADED = [*row(112, "指標", "実績", "目標"), *row(132, "来訪者", "12", "13")]
STRIPED = [*cells(100, 120), *cells(140, 160), *cells(180, 200)]


def read(texts: list[tuple[float, float, str]], tiles: list[tuple[Box, int]]) -> list[list[str]]:
    (table,) = find_tables(tiles, rows_of(lines(*texts)), [], [])
    return texts_of(table)


def texts_of(table: Found) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        text = "".join(glyph.text for glyph in cell.glyphs)
        found.setdefault(cell.top, []).append(text)
    return [found[number] for number in sorted(found)]


@pytest.mark.parametrize(
    ("below", "name"),
    [
        ([(103, 227, "体加盟数")], "保存会連絡協議会団体加盟数"),
        ([(103, 240, "次の取組")], "保存会連絡協議会団"),
    ],
    ids=["wrapped", "a caption"],
)
def test_the_last_white_row_has_the_lines_that_its_name_wraps_to(below, name) -> None:
    texts = [
        *HEADED, *row(152, "講座", "20", "25"), *row(172, "図書", "30", "25"),
        *row(192, "催し", "40", "13"), *row(212, "保存会連絡協議会団", "11", "14"), *below,
    ]  # fmt: skip
    assert read(texts, STRIPED)[-1] == [name, "11", "14"]


def test_a_marked_cell_in_a_strip_and_one_on_white_ground_part_no_table() -> None:
    tiles = [
        tile if tile[0][:2] != (100.0, 140.0) else (tile[0], YELLOW) for tile in STRIPED
    ] + [((100.0, 160.0, 200.0, 180.0), YELLOW)]  # fmt: skip
    texts = [
        *HEADED, *row(152, "講座", "20", "25"), *row(172, "図書", "30", "25"),
        *row(192, "催し", "40", "13"),
    ]  # fmt: skip
    assert [one[0] for one in read(texts, tiles)] == ["指標", "来訪者", "講座", "図書", "催し"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([(105, 112, "指"), (125, 112, "標"), (205, 112, "R"), (220, 112, "6"),
          (235, 112, "目"), (265, 112, "R"), (280, 112, "7"), (295, 112, "実")], True),
        ([(105, 112, "講"), (125, 112, "座"), (220, 112, "6"), (280, 112, "7")], False),
        ([(105, 112, "目標"), (220, 112, "◎"), (280, 112, "△")], True),
        ([(105, 112, "講座"), (220, 112, "◎"), (280, 112, "◎")], False),
        ([(105, 112, "目標"), (220, 112, "A"), (280, 112, "B+")], True),
    ],
    ids=["headings", "figures", "marks that are counted", "marks of a row", "grades"],
)  # fmt: skip
def test_letters_set_apart_are_read_by_cell(texts, expected) -> None:
    (strip,) = strips(cells(100, 120))
    assert heads(strip, rows_of(lines(*texts))) is expected


WIDE = (100.0, 200.0, 260.0, 320.0, 380.0)
"""The sides of a table with three columns of figures."""
WIDE_STRIPS = [
    ((left, top, right, top + 20), GREY) for top in (160.0, 200.0) for left, right in pairwise(WIDE)
]


def figures(y: float, *texts: str) -> list[tuple[float, float, str]]:
    return list(zip((220.0, 280.0, 340.0), (y, y, y), texts, strict=True))


STRIPED_ROWS = [
    (103, 172, "図書"), *figures(172, "30", "25", "26"),
    (103, 192, "催し"), *figures(192, "40", "13", "14"),
    (103, 212, "講習"), *figures(212, "50", "11", "12"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first_row", "expected"),
    [
        ([(103, 142, "来訪者"), *figures(149, "12", "13", "14"), (95, 156, "（人）")],
         ["来訪者（人）", "12", "13", "14"]),
        ([(103, 149, "排出量"), *figures(144, "12t-", "13t-", "14t-"),
          *figures(154, "C2", "C2", "C2")],
         ["排出量", "12t-C2", "13t-C2", "14t-C2"]),
        ([(103, 149, "来訪者"), *figures(149, "12", "13", "（R5）")],
         ["来訪者", "12", "13", "（R5）"]),
    ],
    ids=["a name with a bracket that hangs", "figures that wrap", "figures and a year"],
)  # fmt: skip
def test_a_white_row_of_several_lines_over_the_first_stripe_is_no_heading(
    first_row, expected
) -> None:
    headings = [(120, 122, "指標"), *figures(122, "R6", "R7", "R8")]
    assert read([*headings, *first_row, *STRIPED_ROWS], WIDE_STRIPS)[1] == expected


def test_the_first_line_of_sentences_over_a_stripe_is_no_heading_of_one_column() -> None:
    """The names beside them stand in the middle: their first line is lower."""
    tiles = [
        ((left, top, right, top + 30), GREY)
        for top in (145.0, 205.0)
        for left, right in ((100.0, 200.0), (200.0, 400.0))
    ]
    texts = [
        (203, 112, "小学校の設備の整備を図り"), (103, 117, "設備整備事業"),
        (203, 124, "ます。構想により更新を行"), (103, 129, "(教育課)"), (203, 136, "います。"),
        (103, 155, "施設整備事業"), (203, 155, "維持補修、環境整備を実施します。"),
        (103, 190, "情報化事業"), (203, 190, "タブレット端末を更新します。"),
        (103, 215, "給食事業"), (203, 215, "調理場の管理運営を行います。"),
    ]  # fmt: skip
    assert read(texts, tiles)[0] == [
        "設備整備事業(教育課)",
        "小学校の設備の整備を図ります。構想により更新を行います。",
    ]


def test_a_heading_over_columns_is_whole_though_a_side_runs_through_its_space() -> None:
    """Typesetters put a space between figures and letters: 2023 年度."""
    texts = [
        (120, 116, "指標"), (238, 110, "令和五年2023"), (321, 110, "年度"),
        *figures(126, "目標", "実績", "評価"), (103, 149, "来訪者"), *figures(149, "12", "13", "A"),
        *STRIPED_ROWS,
    ]  # fmt: skip
    assert read(texts, WIDE_STRIPS)[:2] == [["指標", "令和五年2023年度"], ["目標", "実績", "評価"]]


def test_a_marked_row_between_rules_is_one_of_the_table_that_these_make() -> None:
    texts = [*HEADED, *row(152, "講座", "20", "25"), *row(172, "図書", "30", "25")]
    marked = cells(140, 160)
    rules = [Edge(at, SIDES[0], SIDES[-1]) for at in (100.0, 120.0, 140.0, 160.0, 180.0)]
    assert find_tables(marked, rows_of(lines(*texts)), rules, []) == []
    assert find_tables(marked, rows_of(lines(*texts)), [], [])


def test_rows_of_another_table_over_white_headings_are_none_of_theirs() -> None:
    """The rest of another table at the head of a page: two of its figures stand in a column."""
    above = [(103.0, 62, "来訪者"), (210.0, 62, "12"), (240.0, 62, "13"), (290.0, 62, "14")]
    texts = [*above, *row(82, "区分", "Ａ", "Ｂ"), *row(102, "指標数", "3", "4")]
    assert read(texts, cells(92, 112)) == [["区分", "Ａ", "Ｂ"], ["指標数", "3", "4"]]


@pytest.mark.parametrize(
    "over",
    [
        [(100, 96, "施策1-1"), (150, 96, "観光の振興")],
        [(103, 78, "利用率（11月"), (103, 88, "末）"), (100, 104, "施策1-1"), (150, 104, "観光")],
    ],
    ids=["a caption of two texts", "the last row of another table, and a caption"],
)
def test_what_stands_off_over_headings_of_several_lines_is_none_of_them(over) -> None:
    headings = [
        (130, 127, "指標"),
        *figures(122, "R6年度", "R7年度", "R8年度"), *figures(132, "基準値", "目標値", "実績値"),
    ]  # fmt: skip
    first_row = [(103, 149, "来訪者"), *figures(149, "12", "13", "14")]
    assert read([*over, *headings, *first_row, *STRIPED_ROWS], WIDE_STRIPS)[0] == [
        "指標", "R6年度基準値", "R7年度目標値", "R8年度実績値"
    ]  # fmt: skip


def test_years_over_the_headings_of_two_columns_each_are_no_figures() -> None:
    headings = [
        (130, 130, "指標"), (215, 130, "基準値"),
        (300, 118, "2016年度"), *figures(138, "", "目標値", "実績値")[1:],
    ]  # fmt: skip
    first_row = [(103, 151, "来訪者"), *figures(151, "12", "13", "14")]
    assert read([*headings, *first_row, *STRIPED_ROWS], WIDE_STRIPS)[:2] == [
        ["指標", "基準値", "2016年度"], ["目標値", "実績値"]
    ]  # fmt: skip


def test_a_year_and_a_percent_in_brackets_are_no_row_under_the_upper_headings() -> None:
    headings = [
        (135, 119, "指標"), (130, 131, "（％）"), (215, 119, "基準値"), (210, 131, "（H21）"),
        (290, 109, "2016年度"), *figures(141, "", "目標値", "実績値")[1:],
    ]  # fmt: skip
    assert read([*headings, *STRIPED_ROWS], WIDE_STRIPS)[:2] == [
        ["指標（％）", "基準値（H21）", "2016年度"], ["目標値", "実績値"]
    ]  # fmt: skip


def test_a_bar_of_a_number_and_a_name_is_a_row_under_headings_with_a_numero_sign() -> None:
    headings = [(140, 112, "№"), (225, 112, "R6"), (285, 112, "R7"), (345, 112, "R8")]
    bar = ((100.0, 120.0, 380.0, 140.0), 0xDDDDDD)
    texts = [
        *headings, (103, 132, "政策1"), (148, 132, "観光の振興"),
        (103, 152, "来訪者"), *figures(152, "12", "13", "14"), *STRIPED_ROWS,
    ]  # fmt: skip
    assert read(texts, [bar, *WIDE_STRIPS])[:2] == [["№", "R6", "R7", "R8"], ["政策1観光の振興"]]


def test_a_coloured_row_under_a_white_row_and_its_headings_is_no_heading() -> None:
    tiles = [
        ((left, top, right, top + 16.0), GREY)
        for top in (132.0, 164.0)
        for left, right in ((100.0, 200.0), (200.0, 400.0))
    ]
    texts = [
        (140, 110, "区分"), (290, 110, "内容"), (103, 125, "S"), (203, 125, "目標値以上"),
        (103, 141, "A"), (203, 141, "基準値以上"), (103, 157, "B"), (203, 157, "基準値と同じ"),
        (103, 173, "C"), (203, 173, "基準値未満"),
    ]  # fmt: skip
    assert [line[0] for line in read(texts, tiles)] == ["区分", "S", "A", "B", "C"]


@pytest.mark.parametrize("figures", [("1.6", "1.5"), ("４人超", "年１校")])
def test_a_line_over_headings_that_touch_a_stripe_of_their_colour_is_none_of_them(
    figures: tuple[str, str],
) -> None:
    texts = [(103, 95, "A：目標以上"), (203, 95, "B：基準以上")]
    texts += [*row(112, "指標", "目安値", "実績値"), *row(132, "甲の数", *figures)]
    texts += [*row(152, "乙の数", "９人", "３人"), *row(172, "丙の数", *figures)]
    tiles = [*cells(100, 120), *cells(120, 140), *cells(160, 180)]
    assert [line[0] for line in read(texts, tiles)] == ["指標", "甲の数", "乙の数", "丙の数"]


@pytest.mark.parametrize("name", ["施策1 観光の振興と交流の推進", "1-1 観光"])
def test_a_white_row_of_one_text_between_stripes_is_a_row_of_their_table(name: str) -> None:
    texts = [
        *HEADED, *row(152, "講座", "20", "25"), (103, 172, name),
        *row(192, "催し", "40", "13"), *row(212, "祭り", "11", "14"),
    ]  # fmt: skip
    assert [one[0] for one in read(texts, STRIPED)] == [
        "指標", "来訪者", "講座", name, "催し", "祭り"
    ]  # fmt: skip


LABELLED = [tile for tile in [*cells(100, 120)] if tile[0][0] > 100]


@pytest.mark.parametrize(
    ("beside", "rows"),
    [
        ([(103, 132, "目標値"), (103, 152, "実績値")], ["目標値", "実績値"]),
        ([(103, 132, "目標値")], []),
        ([(103, 112, "区分"), (103, 132, "目標値"), (103, 152, "実績値")], []),
        ([(103, 132, "36"), (103, 152, "44")], []),
    ],
    ids=["each row", "one row", "beside the headings", "figures"],
)
def test_words_beside_each_row_under_coloured_headings_name_the_rows(beside, rows) -> None:
    values = [(225, 112, "R6"), (290, 112, "R7"), (225, 132, "12"), (290, 132, "13")]
    values += [(225, 152, "20"), (290, 152, "25")]
    found = find_tables(LABELLED, rows_of(lines(*beside, *values)), [], [])
    assert [line[0] for table in found for line in texts_of(table)[1:]] == rows


@pytest.mark.parametrize(
    ("second", "below", "alone"),
    [
        (("実績", "目標"), [(220, 330, "3")], True),
        (("実績", "目標"), [(103, 330, "次の表の見出し")], False),
        (("予算", "決算"), [], False),
    ],
    ids=["a page number below", "a text below", "other headings"],
)
def test_headings_at_the_foot_of_a_page_are_a_table_if_they_stand_above_too(
    second, below, alone
) -> None:
    tiles = [*cells(100, 120), *cells(280, 300)]
    texts = [*HEADED, *row(292, "指標", *second), *below]
    found = [texts_of(one) for one in find_tables(tiles, rows_of(lines(*texts)), [], [])]
    assert (found[1:] == [[["指標", "実績", "目標"]]]) is alone
    assert len(found) == 1 + alone


def test_a_white_row_with_its_figures_at_the_foot_is_of_its_table() -> None:
    tiles = [*cells(100, 120), *cells(152, 172), *cells(184, 204)]
    texts = [
        *row(112, "指標", "実績", "目標"), (103, 130, "観光に来た"),
        *row(142, "客の数", "12", "13"),
        *row(164, "講座", "20", "25"), *row(180, "図書", "30", "25"), *row(196, "道路", "3", "2"),
    ]  # fmt: skip
    assert read(texts, tiles)[1] == ["観光に来た客の数", "12", "13"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("第1節", Cut(100.0, 100.0, 260.0)), ("第1節　道路と公園", Cut(90.0, 180.0, 260.0))],
    ids=["beside", "across"],
)
def test_a_column_of_the_page_reaches_up_to_the_rest_of_a_table_at_its_head(text, expected) -> None:
    whole = strips([*cells(100, 120), *cells(200, 220)])
    rest = Found(list(SIDES), [100.0, 120.0], [], "horizontal")
    left = rows_of(lines((40, 115, text)))
    assert _along(Cut(90.0, 180.0, 260.0), rest, whole, left) == expected


def test_headings_of_the_next_table_are_no_white_row_of_words() -> None:
    sides = (100.0, 160.0, 400.0)
    tiles = [
        ((left, top, right, top + 18), GREY)
        for top in (100.0, 136.0, 172.0)
        for left, right in pairwise(sides)
    ]
    texts = [
        part
        for y, name, text in (
            (112, "区分", "内容"),
            (130, "向上", "実績値が基準値より改善。"),
            (148, "維持", "実績値が基準値と同じ。"),
            (166, "低下", "実績値が基準値より悪化。"),
            (184, "なし", "実績値が把握できない。"),
            (220, "事業", "概要"),
            (238, "講座", "学びの場について、広報を充実する。"),
        )
        for part in ((103, y, name), (163, y, text))
    ]
    found = read([*texts, (103, 202, "主な事業")], tiles)
    assert [one[0] for one in found] == ["区分", "向上", "維持", "低下", "なし"]


def test_a_heading_that_a_side_of_a_column_parts_by_chance_is_no_last_white_row() -> None:
    texts = [
        *HEADED, *row(152, "講座", "20", "25"), *row(172, "図書", "30", "25"),
        *row(192, "催し", "40", "13"), (100, 213, "基本目標1:魅力創出"), (202, 213, "と交流の拡大"),
    ]  # fmt: skip
    assert [one[0] for one in read(texts, STRIPED)][-1] == "催し"
