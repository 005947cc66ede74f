"""Tables without rules that their headings, columns and rows prove together."""

from __future__ import annotations

from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.found import Found
from pipeline.extract.unruled.proved import proved_tables
from tests.extract.conftest import glyphs_at

Texts = list[tuple[float, float, str]]
"""From where, at which height, what; a letter is 5 points wide."""

HEADINGS: Texts = [
    (20, 100, "No"),
    (60, 100, "Indicator"),
    (200, 93, "Baseline"),
    (205, 107, "(2020)"),
    (260, 93, "Target"),
    (260, 107, "(2025)"),
    (320, 100, "Status"),
]


def figures(y: float, number: str, status: str = "A") -> Texts:
    return [(22, y, number), (200, y, "1,440"), (260, y, "1,195"), (330, y, status)]


def read(texts: Texts, xs: tuple[float, ...] = (), rules: tuple[float, ...] = ()) -> list[Found]:
    glyphs = [glyph for x, y, text in texts for glyph in glyphs_at(text, x=x, y=y, advance=0.5)]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    return proved_tables(glyphs, [Edge(at, 10.0, 400.0) for at in rules], [], xs)


def rows(found: Found) -> list[list[str]]:
    made: list[list[str]] = [[] for _ in found.ys[1:]]
    for cell in sorted(found.cells, key=lambda one: (one.top, one.left)):
        made[cell.top].append("".join(glyph.text for glyph in cell.glyphs))
    return made


HEAD = ["No", "Indicator", "Baseline(2020)", "Target(2025)", "Status"]


def test_names_of_groups_part_neither_headings_nor_rows() -> None:
    (found,) = read(
        [
            *HEADINGS,
            (18, 122, "Goal 1 A town of children"),
            (60, 136, "Users of the"),
            *figures(143, "1"),
            (60, 150, "library"),
            (18, 166, "Goal 2 A healthy town"),
            *figures(182, "2", "B"),
            (60, 182, "Visitors"),
        ]
    )
    assert rows(found) == [
        HEAD,
        ["Goal 1 A town of children"],
        ["1", "Users of thelibrary", "1,440", "1,195", "A"],
        ["Goal 2 A healthy town"],
        ["2", "Visitors", "1,440", "1,195", "B"],
    ]


def test_a_row_of_figures_that_break_is_as_far_from_the_next_as_its_lines_are() -> None:
    """The figures of three rows stand 50 points apart, their lines 34."""
    broken = [
        text
        for y, number in ((130, "1"), (180, "2"), (230, "3"))
        for text in [
            (22, y, number), (60, y, "Visitors"), (330, y, "A"),
            (200, y - 8, "1,"), (200, y + 8, "440"), (260, y - 8, "1,"), (260, y + 8, "195"),
        ]
    ]  # fmt: skip
    (found,) = read([*HEADINGS, *broken])
    assert rows(found) == [HEAD, *([n, "Visitors", "1,440", "1,195", "A"] for n in "123")]


def test_a_row_across_the_columns_proves_nothing() -> None:
    row: Texts = [*figures(122, "1"), (60, 122, "Visitors")]
    across: Texts = [(22, 140, "2"), (60, 140, "Visitors of a town " * 2), (330, 140, "B 1,200 12")]
    assert not read([*HEADINGS, *row, *across])


def test_a_column_in_which_nothing_stands_is_one() -> None:
    (found,) = read([*HEADINGS, (400, 100, "Remarks"), *figures(122, "1"), (60, 122, "Visitors")])
    assert rows(found) == [[*HEAD, "Remarks"], ["1", "Visitors", "1,440", "1,195", "A", ""]]


def test_a_year_over_two_columns_is_their_common_heading() -> None:
    (found,) = read(
        [
            (60, 100, "Indicator"),
            (230, 92, "2025"),
            (200, 108, "Target"),
            (260, 108, "Actual"),
            (320, 100, "Status"),
            *figures(130, "")[1:],
            (60, 130, "Visitors"),
        ]
    )
    heads = {(cell.left, cell.right) for cell in found.cells if cell.top == 0 and cell.glyphs}
    assert heads == {(0, 1), (1, 3), (3, 4)}
    assert rows(found)[-1] == ["Visitors", "1,440", "1,195", "A"]


def test_rows_go_on_at_the_head_of_the_next_page() -> None:
    xs = (18.0, 50.0, 180.0, 240.0, 300.0, 360.0)
    texts: Texts = [(60, 93, "Users of the"), *figures(100, "8"), (60, 107, "library")]
    (found,) = read(texts, xs)
    assert rows(found) == [["8", "Users of thelibrary", "1,440", "1,195", "A"]]
    assert not read(texts)


def test_headings_at_the_foot_are_a_table_where_the_page_has_their_like() -> None:
    row: Texts = [*figures(122, "1"), (60, 122, "Visitors")]
    again: Texts = [(x, y + 400, text) for x, y, text in HEADINGS]
    assert [rows(one) for one in read([*HEADINGS, *row, *again])] == [
        [HEAD, ["1", "Visitors", "1,440", "1,195", "A"]],
        [HEAD],
    ]
    assert not read(again)


def test_headings_that_stand_lower_have_a_common_one_above() -> None:
    """It stands over the middle one of its three columns alone."""
    headings: Texts = [
        (60, 99, "Indicator"),
        (200, 91, "Baseline"),
        (205, 107, "(2020)"),
        (260, 107, "Target"),
        (318, 91, "令和5年度"),
        (320, 107, "Actual"),
        (380, 107, "Status"),
    ]
    row = [(60, 122, "Visitors"), (200, 122, "1,440"), (260, 122, "1,195")]
    (found,) = read([*headings, *row, (320, 122, "1,205"), (390, 122, "A")])
    assert [cell.left for cell in found.cells if cell.right - cell.left > 1] == [2]
    assert [(c.left, c.right) for c in found.cells if c.top == 0][-1] == (2, 5)


def test_rules_part_rows_whose_lines_stand_as_near_as_those_of_one() -> None:
    texts: Texts = [
        *HEADINGS,
        (60, 122, "Users of the"),
        *figures(129, "1"),
        (60, 136, "library"),
        (60, 150, "Visitors of the"),
        *figures(157, "2"),
        (60, 164, "museum"),
    ]
    (found,) = read(texts, rules=(80.0, 114.0, 143.0, 171.0))
    assert found.method == "horizontal"
    assert [row[1] for row in rows(found)] == [
        "Indicator",
        "Users of thelibrary",
        "Visitors of themuseum",
    ]
    assert (found.xs[0], found.xs[-1], found.ys[0], found.ys[-1]) == (10.0, 400.0, 80.0, 171.0)


def test_the_last_line_of_a_wrapped_heading_is_of_no_row() -> None:
    (found,) = read(
        [
            (60, 107, "Indicator"),
            (200, 93, "Baseline"),
            (200, 107, "（平成27年"),
            (205, 121, "度）"),
            (260, 93, "Target"),
            (260, 107, "（令和7年"),
            (265, 121, "度）"),
            *figures(141, "")[1:],
            (60, 141, "Visitors"),
            (320, 107, "Status"),
        ]
    )
    heads = ["Indicator", "Baseline（平成27年度）", "Target（令和7年度）", "Status"]
    assert rows(found)[0] == heads
