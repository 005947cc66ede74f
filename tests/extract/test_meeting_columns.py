"""Figures set to the right before words set to the left, with hardly a space between them."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.banners import columns_with_banners
from pipeline.extract.unruled.found import assembled
from pipeline.extract.unruled.gutters import at_gutters
from pipeline.extract.unruled.meeting_columns import with_meeting_columns
from tests.extract.test_rule_groups import rows

SIDE = 100.0
SPACE = 2.0


def lines(*pairs: tuple[str, str]) -> list[list[str]] | None:
    """The cells of lines of a name, a figure that ends at one place, and words behind it."""
    text = with_meeting_columns(
        rows(
            *(
                (
                    20.0 * number,
                    ((10.0, "名"), (SIDE - 10 * len(figure), figure), (SIDE + SPACE, words)),
                )
                for number, (figure, words) in enumerate(pairs, 1)
            )
        )
    )
    columns = columns_with_banners(text)
    table = assembled(
        [[row] for row in text], columns, [0.0] * (len(text) + 1), (8.0, 300.0), "text"
    )
    assert table is not None
    return [
        ["".join(g.text for g in cell.glyphs) for cell in table.cells if cell.top == number]
        for number in range(len(text))
    ]


def test_figures_that_end_and_words_that_begin_at_one_place_are_two_columns() -> None:
    pairs = [("120", "目標達成"), ("95", "未達成"), ("105", "改善した")]
    assert lines(*pairs) == [["名", *pair] for pair in pairs]


def test_so_are_figures_with_units_and_words_in_brackets() -> None:
    pairs = [
        ("1,120人", "【目標達成】"),
        ("95か所", "【改善】"),
        ("105％", "【改善】"),
        ("集計中", "【－】"),
    ]
    assert lines(*pairs) == [["名", *pair] for pair in pairs]


@pytest.mark.parametrize(
    "pairs",
    [
        [("120", "人"), ("95", "人"), ("105", "人")],
        [("120", "人増えた"), ("195", "人減った数"), ("105", "人")],
    ],
    ids=["units", "figures of one length"],
)
def test_figures_with_what_belongs_to_them_are_one_column(pairs) -> None:
    assert lines(*pairs) == [["名", "".join(pair)] for pair in pairs]


def test_a_wide_letter_over_a_gutter_stays_one_text() -> None:
    """All its letters are on one side of the middle, though it reaches over that."""
    (row,) = rows((20.0, ((90.0, "指"),)))
    (part,) = row.parts
    left, right = part.box[0], part.box[2]
    middle = left + 0.7 * (right - left)
    assert at_gutters(part, [(middle - 0.5, middle + 0.5)]) == [part]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("（平成24年（平成26年", ["（平成24年", "（平成26年"]),
        ("（平成24年）（平成26年）", ["（平成24年）", "（平成26年）"]),
        ("（平成24年）（累計）", ["（平成24年）（累計）"]),
        ("値（平成24年（平成26年", ["値（平成24年（平成26年"]),
    ],
    ids=["never closed", "years", "no years", "behind a word"],
)
def test_brackets_that_open_over_and_over_are_headings_side_by_side(text, parts) -> None:
    (row,) = with_meeting_columns(rows((20.0, ((100.0, text),))))
    assert [part.text for part in row.parts] == parts
    assert row.columns == len(parts)


@pytest.mark.parametrize(
    ("text", "count"), [("（R3）（R5）（R5）", 3), ("（令和6年度）（2024年度）", 1)]
)
def test_a_year_and_its_other_name_are_of_one_heading(text: str, count: int) -> None:
    (row,) = with_meeting_columns(rows((20.0, ((10.0, text),))))
    assert len(row.parts) == count


@pytest.mark.parametrize(
    ("last", "parts"),
    [
        (("17,677", "46,000"), ["17,677", "46,000"]),
        (("17,67", "46,000"), ["17,67", "46,000"]),
    ],
    ids=["figures", "figures of other lengths"],
)
def test_figures_at_the_places_of_others_are_of_several_columns(last, parts) -> None:
    """A space of three points between them makes one text of the widest."""
    others = [(20.0 * n, ((100.0, "12"), (163.0, "35"))) for n in range(1, 4)]
    (*_, row) = with_meeting_columns(rows(*others, (80.0, ((100.0, last[0]), (163.0, last[1])))))
    assert [part.text for part in row.parts] == parts


def test_figures_at_no_place_of_others_stay_one_text() -> None:
    others = [(20.0 * n, ((140.0, "12"), (190.0, "35"))) for n in range(1, 4)]
    (*_, row) = with_meeting_columns(rows(*others, (80.0, ((100.0, "17,677"), (163.0, "46,000")))))
    assert len(row.parts) == 1


@pytest.mark.parametrize(
    ("words", "parted"), [("目標達成", True), ("第3次計画", False)], ids=["a status", "no words"]
)
def test_a_figure_at_the_place_of_others_is_parted_from_words_before_it(words, parted) -> None:
    others = [(20.0 * n, ((60.0, "改善"), (143.0, "35"))) for n in range(1, 4)]
    left = 140.0 - 10 * len(words)
    (*_, row) = with_meeting_columns(rows(*others, (80.0, ((left, words), (143.0, "523")))))
    assert [part.text for part in row.parts] == ([words, "523"] if parted else [f"{words}523"])
