"""Columns of which the pieces of horizontal rules tell the sides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from pipeline.extract.pdf.primitives import Glyph, Rule
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.joint_rules import joint_rules
from tests.extract.conftest import glyphs_at

HEADS = ("指標", "目標値", "実績値", "率")
SIDES = (40.0, 140.0, 220.0, 300.0, 380.0)


def pieces(*heights: float, sides: Sequence[float] = SIDES) -> list[Rule]:
    """A rule at each height, a piece over each cell."""
    return [Rule(at, start, end) for at in heights for start, end in pairwise(sides)]


def texts(*lines: tuple[float, float, str]) -> list[Glyph]:
    """Texts at their left edges, each on its base line."""
    return [glyph for x, y, text in lines for glyph in glyphs_at(text, x=x, y=y)]


def standing(
    rules: Sequence[Rule], glyphs: Sequence[Glyph] = (), upright: Sequence[Edge] = ()
) -> list[tuple[float, float, float]]:
    return sorted((r.at, r.start, r.end) for r in joint_rules(rules, upright, glyphs).vertical)


def test_pieces_that_meet_row_by_row_part_columns() -> None:
    assert standing(pieces(100, 120, 140)) == [
        (x, top, top + 20) for x in SIDES for top in (100.0, 120.0)
    ]


def test_a_whole_rule_parts_nothing() -> None:
    whole = [Rule(at, 40, 380) for at in (100.0, 120.0, 140.0)]
    assert standing([*whole, *pieces(100, 120, 140)]) == []
    assert standing(whole) == []


def test_pieces_of_two_columns_may_meet_by_chance() -> None:
    assert standing(pieces(100, 120, sides=(40, 140, 220))) == []


def test_pieces_of_two_columns_through_several_rows_part_them() -> None:
    found = standing(pieces(100, 120, 140, sides=(40, 140, 220)))
    assert [(at, top) for at, top, _ in found] == [
        (x, top) for x in (40, 140, 220) for top in (100, 120)
    ]


def test_where_upright_rules_part_the_columns_the_pieces_tell_nothing() -> None:
    assert standing(pieces(100, 120, 140), upright=[Edge(220, 100, 140)]) == []


def test_the_space_between_two_ruled_tables_is_no_row() -> None:
    ruled = [Edge(x, top, top + 20) for x in SIDES for top in (100.0, 140.0)]
    assert standing(pieces(100, 120, 140, 160), upright=ruled) == []


def test_a_text_over_a_side_is_a_heading_over_all_columns() -> None:
    over = texts((45, 135, "第１章　安心して暮らせるまち"))
    found = standing(pieces(100, 120, 140), over)
    assert [at for at, top, _ in found if top == 120] == [40, 380]
    assert [at for at, top, _ in found if top == 100] == list(SIDES)


def test_a_short_text_alone_stays_in_its_column() -> None:
    """It may be the rest of a name that a page cut."""
    found = standing(pieces(100, 120, 140), texts((45, 135, "動支援数")))
    assert [at for at, top, _ in found if top == 120] == list(SIDES)


@pytest.mark.parametrize("continued", [True, False])
def test_a_short_text_over_the_first_rule_of_a_page_is_the_rest_of_a_cut_name(
    *, continued: bool
) -> None:
    """It would be a heading over the columns of figures below, had the page before ended."""
    rows = [("交流事業", "279", "279", "304"), ("件数", "31", "32", "33")]
    cells = [
        (x + 5, y, text)
        for y, row in zip((115, 135), rows, strict=True)
        for x, text in zip(SIDES[:-1], row, strict=True)
    ]
    glyphs = texts((45, 95, "(累計)"), *cells)
    made = joint_rules(pieces(100, 120, 140), [], glyphs, continued=continued)
    over = sorted(rule.at for rule in made.vertical if rule.start < 100)
    assert over == (list(SIDES) if continued else [])


def test_a_heading_in_the_middle_of_columns_is_over_all_of_them() -> None:
    inner = [Rule(120, start, end) for start, end in pairwise(SIDES[1:])]
    headings = texts((45, 120, "指標"), (235, 114, "令和６"), (150, 134, "目標値"))
    headings += texts((230, 134, "実績値"), (310, 134, "達成率"), (45, 154, "受診率"))
    found = standing([*pieces(100, 140, 160), *inner], headings)
    assert [at for at, top, _ in found if top == 100] == [40, 140, 380]
    assert [at for at, top, _ in found if top == 120] == list(SIDES[1:])


def test_the_corner_over_what_the_rows_are_has_no_heading() -> None:
    headings = texts((155, 114, "令和６"), (235, 114, "令和７"), (315, 114, "令和８"))
    rows = texts((45, 134, "目標値"), (165, 134, "12"), (245, 134, "13"), (325, 134, "14"))
    found = standing(pieces(100, 120, 140), [*headings, *rows])
    assert [at for at, top, _ in found if top == 100] == list(SIDES)


def test_headings_of_two_levels_stand_again_under_a_caption() -> None:
    """The second heading over several columns is no caption, though its table's headings follow."""
    rules: list[Rule] = []
    glyphs: list[Glyph] = []
    for at in (100.0, 200.0):
        rules += pieces(at, at + 40, at + 60, at + 80)
        rules += [Rule(at + 20, start, end) for start, end in pairwise(SIDES[1:])]
        glyphs += texts((45, at + 20, "指標"), (235, at + 14, "令和６"), (150, at + 34, "目標値"))
        glyphs += texts((230, at + 34, "実績値"), (310, at + 34, "達成率"), (45, at + 54, "受診率"))
        glyphs += texts((45, at + 74, "利用者数"))
    glyphs += texts((40, 194, "■図書館の利用者数の推移について"))
    found = standing(rules, glyphs)
    for at in (100, 200):
        assert [x for x, top, _ in found if top == at] == [40, 140, 380]
        assert [x for x, top, _ in found if top == at + 20] == list(SIDES[1:])
    assert not [x for x, top, _ in found if top == 180]


def test_merged_cells_end_where_a_page_cuts_them() -> None:
    steps = [Rule(at, a, b) for at in (140.0, 160.0) for a, b in pairwise(SIDES[1:])]
    found = standing([*pieces(100, 120), *steps])
    assert (40.0, 120.0, 160.0) in found
    assert [(top, end) for at, top, end in found if at == 140] == [
        (100, 120),
        (120, 140),
        (140, 160),
    ]


def test_merged_cells_side_by_side_are_parted_to_the_end_of_a_page() -> None:
    """Goal and policy of the last rows of a page were one cell, and their texts mixed."""
    whole = (40.0, 90.0, *SIDES[1:])
    rules = [*pieces(100, 120, 160, sides=whole), *pieces(140, 180, 200, sides=SIDES[1:])]
    assert [one for one in standing(rules) if one[0] == 90] == [
        (90, 100, 120),
        (90, 120, 160),
        (90, 160, 200),
    ]


def test_merged_cells_that_begin_in_a_step_are_parted_to_the_end_of_a_page() -> None:
    """The policy ends on the page, the goal goes on; headings of two levels stand above."""
    whole, last = (40.0, 90.0, *SIDES[1:]), SIDES[1:]
    rules = [*pieces(100, 120, sides=whole), *pieces(110, sides=SIDES[2:])]
    rules += [*pieces(140, 160, sides=last), *pieces(180, sides=whole[1:])]
    rules += pieces(200, 220, sides=last)
    found = [(top, bottom) for at, top, bottom in standing(rules) if at == 90]
    assert found == [(100, 120), (120, 180), (180, 220)]


def test_a_caption_between_two_tables_parts_them() -> None:
    cells = [
        (x + 5, y, word) for y in (115.0, 175.0) for x, word in zip(SIDES[:-1], HEADS, strict=True)
    ]
    figures = [(x + 5, y, "１２") for y in (135.0, 195.0) for x in SIDES[:-1]]
    glyphs = texts(*cells, *figures, (40, 155, "■図書館の利用者数の推移について"))
    found = standing(pieces(100, 120, 140, 160, 180, 200), glyphs)
    assert [at for at, top, _ in found if top == 140] == []
    assert [at for at, top, _ in found if top == 160] == list(SIDES)


def test_tables_of_other_columns_are_two() -> None:
    other = pieces(160, 180, 200, sides=(40, 120, 210, 290, 380))
    found = standing([*pieces(100, 120, 140), *other])
    assert [at for at, top, _ in found if top == 140] == []


def test_headings_over_the_first_rule_are_parted_too() -> None:
    headings = [(x + 5, 95.0, word) for x, word in zip(SIDES[:-1], HEADS, strict=True)]
    figures = [(x + 5, y, "１２") for y in (115.0, 135.0) for x in SIDES[:-1]]
    made = joint_rules(pieces(100, 120, 140), [], texts(*headings, *figures))
    over = [rule for rule in made.vertical if rule.end == 100]
    assert [rule.at for rule in over] == list(SIDES)
    assert [(rule.start, rule.end) for rule in made.horizontal] == [(40, 380)]


NARROW = (40.0, 140.0, 180.0, 220.0, 320.0)


@pytest.mark.parametrize(
    ("lines", "merged"),
    [
        ([(145, 112, "現状"), (145, 124, "（元年）"), (185, 118, "実績")], False),
        ([(145, 124, "（元年）"), (185, 118, "実績")], True),  # nothing else of the column
        ([(145, 112, "現状"), (145, 124, "（元年）")], True),  # nothing beside it
        ([(145, 112, "現状（2018年度）"), (145, 124, "目標"), (185, 124, "実績")], True),
    ],
)
def test_a_line_that_runs_over_its_narrow_column_is_no_heading_over_two(
    lines: list[tuple[float, float, str]], merged: bool
) -> None:
    found = standing(pieces(100, 130, 150, sides=NARROW), texts((45, 118, "指標"), *lines))
    assert ((180.0, 100.0, 130.0) not in found) == merged


def test_the_space_between_two_sheets_is_no_row() -> None:
    """Their headings stand at the left; what stands beside them differs."""
    first = [(45, 115, "指標名"), (145, 115, "甲の数"), (45, 135, "目標値"), (145, 135, "12")]
    other = [(45, 175, "指標名"), (145, 175, "乙の率"), (45, 195, "目標値"), (145, 195, "30")]
    glyphs = texts(*first, (45, 155, "2 福祉"), *other)
    found = standing(pieces(100, 120, 140, 160, 180, 200), glyphs)
    assert sorted({top for _, top, _ in found}) == [100, 120, 160, 180]


def test_the_frame_of_a_table_parts_no_columns() -> None:
    frame = [Edge(x, 100, 140) for x in (SIDES[0], SIDES[-1])]
    figures = texts((45, 134, "甲の数"), (145, 134, "12"), (225, 134, "13"))
    found = standing(pieces(100, 120, 140), figures, upright=frame)
    assert {at for at, _, _ in found} >= set(SIDES[1:-1])


@pytest.mark.parametrize("heights", [(100, 140), (100, 120, 140)])
def test_the_pieces_of_a_frame_around_rows_of_words_part_nothing(heights: tuple[int, ...]) -> None:
    frame = [Edge(x, 100, 140) for x in (SIDES[0], SIDES[-1])]
    words = texts((45, 115, "事業名"), (145, 115, "概要"), (45, 134, "甲"), (145, 134, "拡充"))
    assert standing(pieces(*heights), words, upright=frame) == []


@pytest.mark.parametrize(
    ("second", "parted"),
    [
        ([(45, 147, "乙の率"), (150, 147, "88.4"), (230, 147, "95.0")], True),
        ([(45, 147, "の割合"), (150, 147, "（H30）")], False),
        ([(45, 138, "乙の率"), (150, 138, "88.4"), (230, 138, "95.0"), (45, 150, "再掲")], False),
    ],
)
def test_two_rows_of_figures_between_two_rules_are_parted(
    second: list[tuple[float, float, str]], parted: bool
) -> None:
    heads = [(x + 5, 112.0, head) for x, head in zip(SIDES, HEADS, strict=False)]
    first = [(45, 127, "甲の数"), (150, 127, "34"), (230, 127, "37")]
    found = joint_rules(pieces(100, 115, 155), [], texts(*heads, *first, *second)).horizontal
    assert [130 < rule.at < 140 for rule in found] == [True] * parted


def test_the_space_below_the_rest_of_a_table_is_no_row() -> None:
    """The headings that stand again after it are those of later tables."""
    glyphs = texts((45, 115, "1"), (145, 115, "甲の数"), (45, 135, "2-2 福祉"))
    for at, title in ((140, "3-1 まちづくり"), (200, "")):
        heads = [(x + 5, at + 15.0, head) for x, head in zip(SIDES, HEADS, strict=False)]
        glyphs += texts(*heads, (45, at + 35, f"{at}の数"), (45, at + 55, title))
    found = standing(pieces(*range(100, 260, 20)), glyphs)
    assert sorted({top for _, top, _ in found}) == [100, 140, 160, 200, 220]


@pytest.mark.parametrize(("gap", "merged"), [(0.5, True), (3.0, False)])
def test_letters_that_nearly_touch_beside_a_side_run_over_it(gap: float, merged: bool) -> None:
    heading = [*texts((105, 115, "施策１")), *texts((135 + gap, 115, "福祉の充実"))]
    found = standing(pieces(100, 120, 140, sides=(40, 136.2, 220, 300)), heading)
    assert ((136.2, 100.0, 120.0) not in found) == merged


def test_a_title_over_all_columns_has_a_piece_of_its_own_over_those_of_the_rows() -> None:
    """A row between two titles has the sides of its columns though longer pieces run over both."""
    heights = (100, 120, 140, 160, 180, 200)
    whole = [Rule(at, 40, 380) for at in heights[1:-1]]
    glyphs = texts(
        *((x + 5, y, f"{y:.0f}") for y in (115.0, 155.0, 195.0) for x in SIDES[:-1]),
        (45, 135, "目標１"),
        (45, 175, "目標２"),
    )
    found = standing([*pieces(*heights), *whole], glyphs)
    sides = {top: [at for at, start, _ in found if start == top] for top in heights[:-1]}
    outer = [SIDES[0], SIDES[-1]]
    every = list(SIDES)
    assert sides == {100: every, 120: outer, 140: every, 160: outer, 180: every}


def test_headings_over_a_title_over_all_columns_are_parted() -> None:
    """Under a heading over two columns the rule is drawn for it and for the two below it."""
    inner = [Rule(110, *span) for span in ((140, 300), (140, 220), (220, 300))]
    top = pieces(100, sides=(40, 140, 300, 380))
    rules = [*top, *inner, *pieces(120, 140, 160, 180), Rule(120, 40, 380), Rule(140, 40, 380)]
    glyphs = texts(
        (50, 113, "指標"), (190, 107, "実績値"), (320, 113, "目標値"), (160, 118, "Ｒ５"),
        (240, 118, "Ｒ６"), (45, 135, "目標１"),
    )  # fmt: skip
    found = standing(rules, glyphs)
    assert (220.0, 110.0, 120.0) in found
    assert [at for at, top, _ in found if top == 120] == [40, 380]


def test_tables_whose_headings_stand_again_without_a_rule_are_two() -> None:
    heads = [(x + 5, y, w) for y in (95.0, 195.0) for x, w in zip(SIDES[:-1], HEADS, strict=True)]
    figures = [(x + 5, y, "１２") for y in (115.0, 135.0, 155.0, 215.0, 235.0) for x in SIDES[:-1]]
    glyphs = texts(*heads, *figures, (45, 175, "目標２"))
    made = joint_rules(pieces(100, 120, 140, 200, 220), [], glyphs)
    assert [(round(box[1]), round(box[3])) for box, _ in made.tables] == [(83, 159), (183, 239)]
