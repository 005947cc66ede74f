"""Which horizontal rules are those of one table."""

from __future__ import annotations

import pytest

from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.between_rules import ruled_rows
from pipeline.extract.unruled.gutters import Row, body_gutters, rows_of
from pipeline.extract.unruled.rule_groups import open_row, over_headings, rule_groups
from pipeline.model import Box
from tests.extract.conftest import glyphs_at

LEFT, RIGHT = 40.0, 440.0
HEADINGS = ((45, "基準値"), (150, "目標値"), (250, "実績値"), (350, "評価"))
FIGURES = ((45, "１０件"), (150, "２０件"), (250, "１５件"), (350, "Ａ"))


def rows(*lines: tuple[float, tuple[tuple[float, str], ...]]) -> list[Row]:
    """Lines of texts at their left edges, each on its base line."""
    glyphs = [
        glyph for y, texts in lines for x, text in texts for glyph in glyphs_at(text, x=x, y=y)
    ]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    return rows_of(glyphs)


def whole(*heights: float) -> list[Edge]:
    return [Edge(at, LEFT, RIGHT) for at in heights]


def heights(groups: list[list[Edge]]) -> list[list[float]]:
    return [[edge.at for edge in group] for group in groups]


def test_rules_over_a_heading_that_spans_columns_do_not_draw_out_the_table_above() -> None:
    text = rows(
        (115, HEADINGS),
        (135, FIGURES),
        (160, ((45, "目標２"), (90, "みんなでつくるまち"))),
        (175, ((45, "講座の満足度"),)),
        (195, HEADINGS),
        (215, FIGURES),
    )
    short = [Edge(at, 145, RIGHT) for at in (110.0, 190.0)]
    found = rule_groups([*whole(100, 120, 140, 180, 200, 220), *short], text)
    assert heights(found) == [[100, 120, 140], [180, 200, 220]]


def test_a_page_end_leaves_the_last_merged_cell_open() -> None:
    text = rows((115, HEADINGS), (135, FIGURES), (155, FIGURES), (175, FIGURES))
    steps = [Edge(at, 145, RIGHT) for at in (140.0, 160.0, 180.0)]
    assert heights(rule_groups([*whole(100, 120, 150), *steps], text))[0][-1] == 180


@pytest.mark.parametrize(
    ("captions", "first"),
    [
        (((145, ((45, "※率は実績÷目標"),)), (160, ((45, "講座の満足度"),))), 170.0),
        (((145, HEADINGS), (160, FIGURES)), 130.0),
    ],
    ids=["captions", "rows"],
)
def test_a_rule_over_captions_closes_what_stands_above(captions, first) -> None:
    text = rows(*captions, (185, HEADINGS), (205, FIGURES))
    assert heights(rule_groups(whole(130, 170, 190, 210), text))[0][0] == first


def test_a_gap_between_two_rules_parts_tables_with_other_headings() -> None:
    projects = ((45, "事業名"), (200, "担当課"), (300, "事業の概要"))
    text = rows(
        (115, HEADINGS),
        (135, FIGURES),
        (165, projects),
        (185, ((45, "図書館の事業"), (200, "文化課"), (300, "本を貸し出す。"))),
    )
    found = rule_groups(whole(100, 120, 140, 150, 170, 190), text)
    assert heights(found) == [[100, 120, 140], [150, 170, 190]]


@pytest.mark.parametrize(
    ("barriers", "groups"),
    [
        ((), [[100, 120, 160, 180]]),
        (((LEFT, 121, RIGHT, 159),), [[100, 120], [160, 180]]),
        (((500, 121, 560, 159),), [[100, 120, 160, 180]]),
    ],
    ids=["none", "between", "beside"],
)
def test_a_ruled_table_parts_rules(barriers: tuple[Box, ...], groups) -> None:
    text = rows((115, FIGURES), (145, FIGURES), (175, FIGURES))
    assert heights(rule_groups(whole(100, 120, 160, 180), text, barriers)) == groups


@pytest.mark.parametrize(("ends", "boundary"), [((), 270), ((168.0,), 168)])
def test_the_end_of_a_rule_tells_which_column_a_heading_is_over(ends, boundary) -> None:
    """計画 stands between the figures of two columns, which are set to the right."""
    text = rows(
        (100, ((60, "当初"), (330, "実績"))),
        (115, ((200, "計画"), (330, "最新"))),
        (130, ((130, "２７件"), (290, "３４件"))),
    )
    gaps = body_gutters(text, ends)
    assert any(low - 2 <= boundary <= high + 2 for low, high in gaps), gaps


@pytest.mark.parametrize(
    ("last", "groups"),
    [
        (((45, "Ａ"), (150, "目標値以上")), [[100, 120, 140], [160, 180, 200]]),
        (FIGURES, [[100, 120, 140, 160, 180, 200]]),
    ],
    ids=["pairs", "rows of the same table"],
)
def test_a_legend_below_a_table_is_a_table_of_its_own(last, groups) -> None:
    text = rows(
        (115, HEADINGS),
        (135, FIGURES),
        (155, ((45, "評価の区分"),)),
        (175, ((45, "区分"), (150, "内容"))),
        (195, last),
    )
    assert heights(rule_groups(whole(100, 120, 140, 160, 180, 200), text)) == groups


def test_a_column_whose_cells_stand_about_the_figures_is_one() -> None:
    """Each name is of two lines, and none stands at the height of its figures."""
    text = rows(
        (100, ((45, "指標名"), (200, "単位"), (260, "目標"), (320, "実績"))),
        (120, ((45, "道の駅の"),)),
        (126, ((200, "人"), (260, "10"), (320, "12"))),
        (132, ((45, "利用者数"),)),
        (150, ((45, "直売所の"),)),
        (156, ((200, "人"), (260, "20"), (320, "18"))),
        (162, ((45, "利用者数"),)),
    )
    assert len(body_gutters(text)) == 3


def test_projects_under_as_many_headings_in_a_line_are_a_table_of_their_own() -> None:
    """The headings of the indicators stand at two heights, three on each."""
    text = rows(
        (112, ((150, "基準値"), (230, "目標値"), (310, "実績値"))),
        (117, ((45, "指標名"), (390, "達成率"), (450, "区分"))),
        (135, ((45, "参加者数"), (150, "1"), (230, "2"), (310, "3"), (390, "4"), (450, "Ａ"))),
        (155, ((45, "主な事業"),)),
        (175, ((45, "事業名"), (230, "担当課"), (310, "事業概要"))),
        (195, ((45, "推進事業"), (230, "企画課"), (310, "参加の機会を設ける"))),
    )
    found = rule_groups(whole(100, 120, 140, 160, 180, 200), text)
    assert heights(found) == [[100, 120, 140], [160, 180, 200]]


def test_many_lines_beside_a_name_are_no_prose_where_they_begin_as_those_above() -> None:
    """The words of the second column fill their lines, and the names leave theirs half empty."""
    words = "会議を開いて考えを聞きながら進めていくための費用です"
    text = rows(
        (115, ((60, "事業名"), (250, "事業概要"))),
        (135, ((45, "道路事業"), (165, words))),
        (155, ((45, "水道事業"), (165, words))),
        *((y, ((165, words),)) for y in (170, 185, 200, 215, 230, 245)),
        (265, ((45, "公園事業"), (165, words))),
    )
    assert heights(rule_groups(whole(100, 120, 140, 250, 270), text)) == [[100, 120, 140, 250, 270]]


CAPTION = (185, ((45, "今年度の取組"),))
PAIRS = ((60, "事業名"), (250, "事業概要"))
BELOW = ((45, "道路事業"), (165, "道を直すための費用です"))


def test_rules_between_rows_only_end_over_the_last_row_and_begin_under_the_next_headings() -> None:
    text = rows(
        (95, HEADINGS), (115, FIGURES), (135, FIGURES), (155, FIGURES), CAPTION, (205, PAIRS),
        (225, BELOW), (245, BELOW),
    )  # fmt: skip
    rules = whole(100, 120, 140, 210, 230)
    assert heights(rule_groups(rules, text)) == [[100, 120, 140], [210, 230]]


@pytest.mark.parametrize(
    ("below", "end"),
    [
        (((155, FIGURES), CAPTION), 159),
        (((155, FIGURES), (168, ((45, "のうち"),)), CAPTION), 172),
        (((155, FIGURES), (168, ((45, "この表の率は実績を目標で割って求めたものです。"),))), None),
        (((155, ((45, "※注"),)), CAPTION), None),
        ((CAPTION,), None),
    ],
    ids=["one line", "a name of two lines", "a sentence follows", "a note", "nothing"],
)
def test_the_last_row_may_stand_under_the_last_rule(below, end: int | None) -> None:
    text = rows((95, HEADINGS), (115, FIGURES), (135, FIGURES), *below)
    found = open_row(text, whole(100, 120, 140), whole(100, 120, 140, 210))
    assert (None if found is None else round(found.at)) == end


def test_headings_again_without_a_rule_over_them_head_another_table() -> None:
    """Rules stand between rows only; a heading of three lines is no word of one line."""
    heads = ((45, "基準値"), (150, "目標値（令"), (250, "実績値（令"), (350, "評価"))
    again = [
        (start + y, texts)
        for start in (80, 180)
        for y, texts in ((0, heads), (12, ((150, "和7年度）"), (250, "和6年度）"))))
    ]
    text = rows(
        *again, (115, FIGURES), (135, FIGURES), (165, ((45, "目標２　まち"),)), (215, FIGURES),
        (235, FIGURES),
    )  # fmt: skip
    found = rule_groups(whole(98, 120, 198, 220), text)
    assert heights(found) == [[98, 120], [198, 220]]
    assert [over_headings(text, group) is not None for group in found] == [True, True]


def test_a_rule_that_leaves_out_merged_cells_begins_at_the_side_of_one() -> None:
    """The texts of two merged cells side by side fill theirs, so no gutter parts them."""
    heads = ((45, "目標"), (108, "施策"), (180, "指標"), (300, "実績"))
    text = rows(
        (115, heads),
        *(
            (y, ((45, goal), (108, policy), (180, name), (300, figure)))
            for y, goal, policy, name, figure in (
                (135, "安心して暮ら", "防災の推進と", "消防団員数", "74"),
                (155, "すまちづくり", "地域づくりの", "訓練の回数", "80"),
                (175, "をすすめます", "ひろがりづく", "交通事故数", "12"),
            )
        ),
    )
    steps = [Edge(140, 175, RIGHT), Edge(160, 106, RIGHT)]
    found = ruled_rows(text, whole(100, 120, 180), steps)
    assert found is not None
    cells = {
        (c.top, c.left, c.bottom, c.right): "".join(g.text for g in c.glyphs) for c in found.cells
    }
    assert cells[1, 0, 4, 1] == "安心して暮らすまちづくりをすすめます"
    assert cells[1, 1, 3, 2] == "防災の推進と地域づくりの"
    assert cells[3, 1, 4, 2] == "ひろがりづく"
