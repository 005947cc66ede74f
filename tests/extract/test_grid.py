"""Rules to cells."""

from __future__ import annotations

import itertools

import pytest

from pipeline.extract.pdf.primitives import Rule
from pipeline.extract.ruled.grid import (
    Edge,
    components,
    edges_of,
    find_grids,
    join,
    missing_side,
    rectangles,
    snap,
    without_slivers,
)
from pipeline.settings.extract import ExtractSettings

XS, YS = (0.0, 100.0, 160.0, 220.0), (0.0, 20.0, 40.0, 60.0)


def lattice(
    xs: tuple[float, ...] = XS, ys: tuple[float, ...] = YS
) -> tuple[list[Rule], list[Rule]]:
    return (
        [Rule(y, xs[0], xs[-1]) for y in ys],
        [Rule(x, ys[0], ys[-1]) for x in xs],
    )


def boxes(horizontal: list[Rule], vertical: list[Rule]) -> list[list[tuple[float, ...]]]:
    grids = find_grids(horizontal, vertical, snap_tolerance=3, join_tolerance=3, shortest=4)
    return [sorted(cell.box for cell in grid.cells) for grid in grids]


def full(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[tuple[float, ...]]:
    return sorted(
        (x0, top, x1, bottom)
        for x0, x1 in itertools.pairwise(xs)
        for top, bottom in itertools.pairwise(ys)
    )


def test_values_that_lie_together_become_one() -> None:
    assert snap([10.0, 10.8, 50.0], 3) == {10.0: 10.4, 10.8: 10.4, 50.0: 50.0}


def test_a_hatching_does_not_become_one_line() -> None:
    assert len(set(snap([float(2 * i) for i in range(20)], 3).values())) > 3


def test_pieces_with_small_gaps_join() -> None:
    assert join([(12.0, 20.0), (0.0, 10.0), (40.0, 50.0)], 3) == [(0.0, 20.0), (40.0, 50.0)]


def test_dots_make_a_rule_only_along_their_row() -> None:
    dots = [Rule(5.0, 2.0 * i, 2.0 * i + 1) for i in range(30)]
    assert edges_of(dots, 3, 3, 4) == [Edge(5.0, 0.0, 59.0)]
    assert edges_of([Rule(2.0 * i, 4.5, 5.5) for i in range(0, 60, 9)], 3, 3, 4) == []


def test_rules_that_touch_nothing_belong_to_no_component() -> None:
    underline = Edge(30.0, 10.0, 40.0)
    assert components([underline], [Edge(100.0, 0.0, 60.0)], 3) == []


def test_a_plain_lattice_gives_its_cells() -> None:
    assert boxes(*lattice()) == [full(XS, YS)]


def test_double_and_broken_rules_give_the_same_cells() -> None:
    horizontal, vertical = lattice()
    horizontal += [Rule(rule.at + 1.5, rule.start, rule.end) for rule in horizontal]
    vertical = [
        Rule(rule.at, start, start + 9.0) for rule in vertical for start in range(0, 60, 10)
    ]
    found = boxes(horizontal, vertical)
    assert [len(cells) for cells in found] == [9]


def test_a_missing_wall_merges_two_cells() -> None:
    horizontal, vertical = lattice()
    vertical[1] = Rule(100.0, 20.0, 60.0)
    found = boxes(horizontal, vertical)[0]
    assert (0.0, 0.0, 160.0, 20.0) in found
    assert len(found) == 8


def test_a_rule_that_ends_inside_a_cell_divides_nothing() -> None:
    horizontal, vertical = lattice()
    assert boxes([*horizontal, Rule(30.0, 0.0, 70.0)], vertical) == [full(XS, YS)]


def test_a_last_row_without_closing_rule_is_closed_where_its_rules_end() -> None:
    horizontal, vertical = lattice()
    grids = find_grids(horizontal[:-1], vertical, snap_tolerance=3, join_tolerance=3, shortest=4)
    assert sorted(cell.box for cell in grids[0].cells) == full(XS, YS)
    assert (grids[0].open_top, grids[0].open_bottom) == (False, True)


def test_missing_sides_are_closed_where_the_rules_across_end() -> None:
    horizontal, vertical = lattice()
    assert boxes(horizontal, vertical[1:-1]) == [full(XS, YS)]
    assert boxes(horizontal[1:-1], vertical[1:-1]) == [full(XS, YS)]


def test_one_long_rule_is_no_side() -> None:
    assert (
        missing_side([Edge(0, 0, 9)], [Edge(5, 0, 90), Edge(9, 0, 9)], last=True, tolerance=3)
        is None
    )


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    outer, inner = ((0.0, 100.0, 300.0), (0.0, 20.0, 100.0)), ((120.0, 160.0), (40.0, 60.0, 80.0))
    horizontal, vertical = lattice(*outer)
    inner_h, inner_v = lattice(*inner)
    found = boxes(horizontal + inner_h, vertical + inner_v)
    assert sorted(found) == sorted([full(*outer), full(*inner)])


def test_a_table_that_shares_a_border_with_its_cell_is_still_inside_it() -> None:
    horizontal, vertical = lattice((0.0, 100.0, 300.0), (0.0, 20.0, 100.0))
    inner_h, inner_v = lattice((120.0, 200.0, 300.0), (40.0, 60.0, 80.0))
    found = boxes(horizontal + inner_h, vertical + inner_v)
    assert sorted(map(len, found)) == [4, 4]


def test_a_framed_word_is_part_of_its_cell() -> None:
    horizontal, vertical = lattice()
    frame_h, frame_v = lattice((161.0, 190.0), (46.0, 55.0))
    assert len(boxes(horizontal + frame_h, vertical + frame_v)[0]) == len(full(XS, YS))


def test_a_single_frame_is_no_grid() -> None:
    assert boxes(*lattice((0.0, 100.0), (0.0, 50.0))) == []


def test_boxes_joined_by_lines_are_not_one_grid() -> None:
    first_h, first_v = lattice((0.0, 50.0), (0.0, 20.0))
    second_h, second_v = lattice((0.0, 50.0), (60.0, 80.0))
    assert boxes(first_h + second_h, [*first_v, *second_v, Rule(25.0, 20.0, 60.0)]) == []


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ([(0, 0), (0, 1), (1, 0), (1, 1)], [(0, 0, 2, 2)]),
        ([(0, 0), (1, 0), (1, 1)], [(0, 0, 1, 1), (1, 0, 2, 2)]),
        ([(0, 0), (0, 2)], [(0, 0, 1, 1), (0, 2, 1, 3)]),
    ],
)
def test_a_region_is_cut_into_rectangles(
    region: list[tuple[int, int]], expected: list[tuple[int, int, int, int]]
) -> None:
    assert rectangles(region) == expected


def test_of_two_rules_too_close_for_text_the_shorter_goes() -> None:
    assert without_slivers([Edge(0, 0, 100), Edge(4, 20, 40)]) == [Edge(0, 0, 100)]
    assert len(without_slivers([Edge(0, 0, 100), Edge(4, 0, 100)])) == 2


LIMITS = ExtractSettings()


@pytest.mark.parametrize(
    ("rules", "edges"),
    [
        ([Rule(0, 0, 50), Rule(LIMITS.snap - 0.1, 0, 50)], 1),
        ([Rule(0, 0, 50), Rule(LIMITS.snap + 0.1, 0, 50)], 2),
        ([Rule(0, 0, 50), Rule(0, 50 + LIMITS.join - 0.1, 90)], 1),
        ([Rule(0, 0, 50), Rule(0, 50 + LIMITS.join + 0.1, 90)], 2),
        ([Rule(0, 0, LIMITS.shortest_rule)], 1),
        ([Rule(0, 0, LIMITS.shortest_rule - 0.1)], 0),
    ],
    ids=["snapped", "apart", "joined", "a gap", "long enough", "too short"],
)
def test_the_tolerances_of_rules_have_two_sides(rules: list[Rule], edges: int) -> None:
    assert len(edges_of(rules, LIMITS.snap, LIMITS.join, LIMITS.shortest_rule)) == edges
