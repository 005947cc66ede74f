"""The rest of a table between horizontal rules, at the head of the next page."""

from __future__ import annotations

from collections import defaultdict

from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.found import Found
from pipeline.extract.unruled.gutters import Row
from pipeline.extract.unruled.rests import rest_of_table
from tests.extract.test_rule_groups import rows, whole

XS = (40.0, 140.0, 240.0, 340.0, 440.0)
PAIR = (40.0, 140.0, 440.0)


def texts(found: Found) -> list[list[str]]:
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for cell in found.cells:
        lines[cell.top].append("".join(glyph.text for glyph in cell.glyphs))
    return [lines[number] for number in sorted(lines)]


def rest(
    text: list[Row], rules: list[Edge], xs: tuple[float, ...] = XS, *below: tuple[float, ...]
) -> list[list[str]] | None:
    found = rest_of_table(text, rules, xs, list(below))
    return None if found is None else texts(found)


def test_one_row_between_two_rules_goes_on_with_the_table_before() -> None:
    text = rows(
        (115, ((45, "体験ツアー事業"), (145, "台地を走るツアーを育てます。"))),
        (127, ((145, "あわせて。"),)),
    )
    assert rest(text, whole(100, 140), PAIR) == [
        ["体験ツアー事業", "台地を走るツアーを育てます。あわせて。"]
    ]


def test_names_with_a_blank_at_one_place_are_no_two_columns() -> None:
    figures = ((150, "74"), (250, "80"), (350, "改善"))
    text = rows(
        (115, ((45, "みね"), (75, "商品数"), *figures)),
        (135, ((45, "みね"), (75, "売上額"), *figures)),
    )
    assert rest(text, whole(100, 120, 140)) == [
        ["みね商品数", "74", "80", "改善"], ["みね売上額", "74", "80", "改善"]
    ]  # fmt: skip


def test_headings_and_captions_and_other_widths_are_no_rest() -> None:
    headings = ((60, "指標"), (160, "目標"), (260, "実績"), (360, "評価"))
    figures = ((45, "人口"), (150, "74"), (250, "80"), (350, "改善"))
    assert rest(rows((115, headings), (135, figures)), whole(100, 120, 140)) is None
    assert rest(rows((115, figures)), [Edge(at, 40, 400) for at in (100, 120)]) is None
    captioned = rows((115, figures), (135, ((45, "今年度の取組"),)), (155, figures))
    assert rest(captioned, whole(100, 120, 140, 160)) == [["人口", "74", "80", "改善"]]
    under = rows((60, ((45, "本文"),)), (75, ((45, "本文"),)), (115, figures))
    assert rest(under, whole(100, 120)) is None
    assert rest(rows((115, figures)), whole(100, 120), XS, (40.0, 60.0, 440.0, 90.0)) is None


def test_rows_over_the_first_and_under_the_last_rule_are_of_the_rest() -> None:
    figures = ((150, "74"), (250, "80"), (350, "改善"))
    text = rows(
        *((y, ((45, name), *figures)) for y, name in ((95, "い"), (115, "ろ"), (135, "は")))
    )
    assert rest(text, whole(100, 120)) == [
        [name, "74", "80", "改善"] for name in ("い", "ろ", "は")
    ]  # fmt: skip


def test_rules_that_leave_out_a_merged_cell_part_the_rows_of_the_rest() -> None:
    figures = ((150, "74"), (250, "80"), (350, "改善"))
    text = rows(
        (115, figures), (126, ((45, "安心して"),)), (135, figures), (139, ((45, "暮らすまち"),)),
        (155, figures),
    )  # fmt: skip
    steps = [Edge(at, 140, 440) for at in (120.0, 140.0)]
    assert rest(text, [*whole(100, 160), *steps]) == [
        ["安心して暮らすまち", "74", "80", "改善"],
        ["74", "80", "改善"],
        ["74", "80", "改善"],
    ]
