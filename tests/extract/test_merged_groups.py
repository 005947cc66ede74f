"""Which rows the texts of merged cells are for, where nothing is ruled between the rows."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.merged_groups import Merged, Parting, Rows, parted

SIZE, PITCH = 10.0, 20.0


def rows(count: int, **more: bool) -> Rows:
    """So many rows of one height, each with a line in its middle."""
    sides = [PITCH * at for at in range(count + 1)]
    return Rows(sides, [side + 5 for side in sides[:-1]], SIZE, **more)


def texts(*middles: float) -> Merged:
    """Texts of one line with their middles at some heights, counted in rows."""
    return Merged([(PITCH * at - SIZE / 2, PITCH * at + SIZE / 2) for at in middles])


@pytest.mark.parametrize(
    ("table", "columns", "found"),
    [
        (rows(7), [texts(2.0, 5.5)], [(0, 4, 7)]),
        (rows(5), [texts(2.5), texts(1.0, 3.5)], [(0, 5), (0, 2, 5)]),
        (rows(7), [texts(2.0, 5.0)], None),
        (rows(7), [texts(2.2, 5.7)], None),
        (rows(6, open_top=True), [texts(4.0)], [(2, 6)]),
        (rows(6, open_top=True), [texts()], [(6,)]),
        (rows(6, open_top=True, open_bottom=True), [texts(2.5, 4.5)], None),
        (
            rows(6, open_top=True, open_bottom=True),
            [Merged([(60, 80)]), texts(2.5, 4.5)],
            [(1, 6), (1, 4, 6)],
        ),
        (rows(7, open_bottom=True), [texts(2.0, 4.5)], [(0, 4, 7)]),
        (rows(7), [texts(2.0, 4.5)], None),
    ],
    ids=[
        "each in the middle of its own",
        "goals end where policies end",
        "the last does not end with the table",
        "beside the middle",
        "the first rows go on from the page before",
        "all rows do",
        "two ways",
        "only one way of two has policies within goals",
        "cut by the foot of the page and set to its head",
        "set to the head of a whole cell",
    ],
)
def test_each_text_stands_in_the_middle_of_its_rows(
    table: Rows, columns: list[Merged], found: list[Parting] | None
) -> None:
    assert parted(table, columns) == found


@pytest.mark.parametrize(("exact", "found"), [(True, [(2, 8)]), (False, None)])
def test_an_exact_middle_between_drawn_sides_rules_out_another_way(exact, found) -> None:
    """The text could be that of the last four rows, set to their head, were it not off that."""
    table = rows(8, open_top=True, open_bottom=True, exact=exact)
    text = Merged([(PITCH * 5 - SIZE, PITCH * 5 + SIZE)])
    heads = [*table.heads]
    heads[4] = PITCH * 5 - SIZE + 2.5
    table.heads = heads
    assert parted(table, [text]) == found


def test_a_coloured_cell_shows_its_rows_by_itself() -> None:
    white, coloured = texts(1.0, 3.3).texts
    assert parted(rows(5), [Merged([white, coloured], {1: (2, 5)})]) == [(0, 2, 5)]
    assert parted(rows(5), [Merged([white, coloured], {1: (3, 5)})]) is None


def test_texts_at_the_heads_of_rows_are_in_doubt_where_no_cell_shows_how_it_is_set() -> None:
    """One row and three, or two and two, whose texts stand at the head of them."""
    middles = texts(0.5, 2.5)
    assert parted(rows(4, centred=False), [middles]) is None
    assert parted(rows(4, centred=True), [middles]) == [(0, 1, 4)]
    assert parted(rows(4, centred=False), [texts(1.0, 3.0)]) == [(0, 2, 4)]
