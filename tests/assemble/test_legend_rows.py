"""A legend whose statuses stand side by side without rules, each above what it means."""

from __future__ import annotations

import pytest

from pipeline.assemble.legend_rows import from_columns, from_rows, from_rows_of, with_rests
from pipeline.model import Cell, Line, Table
from pipeline.settings.legend import default_vocabulary

VOCABULARY = default_vocabulary()


def set_at(*words: tuple[float, float, str], size: float = 8) -> list[Line]:
    """Lines by their left edge and top, each as wide as its text."""
    return [
        Line(text=text, page=1, box=(x, y, x + size * len(text), y + size), size=size)
        for x, y, text in words
    ]


HEAD = [(96.0, 100.0, "◎"), (196.0, 100.0, "○"), (296.0, 100.0, "△")]
TOLD = [
    (60.0, 116.0, "目標値以上"),
    (152.0, 112.0, "目標値未満、基準値"),
    (152.0, 120.5, "を上回った"),
    (260.0, 116.0, "基準値以下"),
]


def read(*words: tuple[float, float, str]) -> list[tuple[str, str]]:
    found = list(from_rows(set_at(*words), VOCABULARY, ("◎", "○", "△")))
    return [(row.word.text, row.rule.text) for rows in found for row in rows]


LEGEND = [("◎", "目標値以上"), ("○", "目標値未満、基準値を上回った"), ("△", "基準値以下")]


@pytest.mark.parametrize(
    ("more", "legend"),
    [
        ([], LEGEND),
        ([(60.0, 145.0, "※減少を目指す指標は大小を逆に読み替える")], LEGEND),
        ([(60.0, 130.0, "※減少を目指す指標は大小を逆に読み替える")], []),
        ([(396.0, 100.0, "計")], []),
    ],
    ids=["alone", "a note below", "a line that cannot be parted", "another word beside them"],
)
def test_statuses_side_by_side_with_what_stands_below_them(more, legend) -> None:
    assert read(*HEAD, *TOLD, *more) == legend


def test_a_line_of_two_columns_is_parted_at_its_space_or_none_is_read() -> None:
    both = (148.0, 116.0, "目標値未満 基準値以下の場合")
    assert read(*HEAD, TOLD[0], both)[1:] == [("○", "目標値未満"), ("△", "基準値以下の場合")]
    assert read(*HEAD, TOLD[0], (148.0, 116.0, "目標値未満で基準値以下の場合")) == []


def test_counts_below_statuses_are_no_legend() -> None:
    assert read(*HEAD, (90.0, 116.0, "9件"), (190.0, 116.0, "4件"), (290.0, 116.0, "3件")) == []


@pytest.mark.parametrize(
    ("told", "read_so"),
    [
        (["目標値以上 目標値未満、基準値以上", "", "基準値未満"], True),
        (["目標値以上 目標値未満、 基準値以上", "", "基準値未満"], False),
        (["3", "4", "5"], False),
    ],
)
def test_two_rows_of_a_table_whose_columns_are_not_its_own(told, read_so) -> None:
    rows = [["◎", "○", "△"], told]
    cells = tuple(
        Cell(row=y, column=x, box=(50 * x, 20 * y, 50 * x + 50, 20 * y + 20), text=text)
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    )
    table = Table(page=1, box=(0, 0, 150, 40), cells=cells)
    found = from_rows_of(table, VOCABULARY, ("◎", "○", "△"))
    told_of = [("◎", "目標値以上"), ("○", "目標値未満、基準値以上"), ("△", "基準値未満")]
    assert [(row.word.text, row.rule.text) for row in found] == (told_of if read_so else [])


@pytest.mark.parametrize(
    ("last", "texts"),
    [
        (["", "を上回った", ""], [["目標値以上", "基準値\nを上回った", "基準値以下"]]),
        (["", "※再掲", ""], None),
        (["1件", "2件", "3件"], None),
    ],
    ids=["a rest", "a note", "a whole row"],
)
def test_the_rest_of_an_explanation_on_a_row_of_its_own_is_put_to_it(last, texts) -> None:
    told = ["目標値以上", "基準値", "基準値以下"]
    rows = [
        [Cell(row=at, column=n, box=(n, at, n + 1, at + 1), text=t) for n, t in enumerate(row)]
        for at, row in enumerate([told, last])
    ]
    found = [[cell.text for cell in row if cell is not None] for row in with_rests(rows)]
    assert found == (texts or [told, last])


BELOW = [
    (60.0, 100.0, "◎"), (160.0, 100.0, "目標値以上"),
    (60.0, 116.0, "○"), (160.0, 116.0, "目標値未満、基準値"),
    (160.0, 125.0, "を上回った"),
    (60.0, 140.0, "△"), (160.0, 140.0, "基準値以下"),
]  # fmt: skip


def read_below(*words: tuple[float, float, str]) -> list[tuple[str, str]]:
    found = list(from_columns(set_at(*words), VOCABULARY, ("◎", "○", "△")))
    return [(row.word.text, row.rule.text) for rows in found for row in rows]


@pytest.mark.parametrize(
    "more",
    [
        [(60.0, 90.0, "区分"), (160.0, 90.0, "内容")],
        [(160.0, 150.0, "※減少を目指す指標は大小を逆に読み替える")],
        [(400.0, 300.0, "△"), (440.0, 300.0, "準備中")],
    ],
    ids=["headings", "a note below", "a mark elsewhere"],
)
def test_statuses_one_below_the_other_with_what_stands_beside_them(more) -> None:
    assert read_below(*BELOW, *more) == LEGEND


def test_counts_beside_statuses_and_lines_of_three_texts_are_no_legend() -> None:
    counts = [(60.0, 100.0 + 16 * at, mark) for at, mark in enumerate("◎○△")]
    counts += [(160.0, 100.0 + 16 * at, f"{at}") for at in range(3)]
    assert read_below(*counts) == []
    assert read_below(*BELOW, (300.0, 140.0, "3件")) == []
    assert read_below(*((x if x > 60 else 400, y, text) for x, y, text in BELOW)) == []
