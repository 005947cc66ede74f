"""Gutters between the texts of tables without upright rules."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.pdf.primitives import Glyph, Run
from pipeline.extract.unruled.gutters import Row, gutters, rows_of, united
from tests.extract.conftest import glyphs_at

SIZE, HIGH = 9.0, 18.0
GAPS = [(80.0, 100.0), (140.0, 150.0), (170.0, 200.0), (240.0, 250.0)]
"""After the names, and before and after headings that stand left of their figures."""


def row(at: int, *texts: tuple[float, str]) -> Row:
    """Texts from their left edges, 9 points a letter."""
    middle = at * HIGH
    parts = [
        TextLine(text, [], extent=(x, middle - 4, x + SIZE * len(text), middle + 4), largest=SIZE)
        for x, text in texts
    ]
    return Row(parts, middle, SIZE)


HEADINGS = [
    row(0, (100.0, "R5年度"), (200.0, "R6年度")),
    row(1, (0.0, "指標"), (100.0, "基準値"), (200.0, "実績値")),
]
FIGURES = [row(at, (0.0, "利用者数"), (150.0, "29"), (250.0, "26")) for at in (2, 3, 4)]


def test_headings_of_two_lines_left_of_all_their_figures_are_over_them() -> None:
    assert united(GAPS, [*HEADINGS, *FIGURES]) == [GAPS[0], GAPS[2]]


def test_the_empty_half_of_a_bracket_may_be_the_gap_between_columns() -> None:
    rows = [
        row(0, (0.0, "利用率【再編】"), (64.0, "財政課")),
        row(1, (0.0, "人口"), (64.0, "企画課")),
    ]
    assert gutters(rows, 2.0) == []
    assert gutters(rows, 2.0, by_ink=True) == [(58.5, 64.0)]


def test_figures_in_the_first_lines_are_no_heading() -> None:
    rows = [row(0, (0.0, "人口"), (100.0, "12"), (200.0, "15")), *FIGURES]
    rows = [row(-1, (0.0, "世帯"), (100.0, "7"), (200.0, "8")), *rows]
    assert united(GAPS, rows) == GAPS


@pytest.mark.parametrize(
    ("over", "texts"),
    [
        (1.0, ["公民館講座の参加者数（延べ）", "生涯学習課"]),
        (-1.0, ["公民館講座の参加者数（延べ）", "生涯学習課"]),
        (0.0, ["公民館講座の参加者数（延べ）生涯学習課"]),
    ],
    ids=["just before", "over the side", "in step: one text"],
)
def test_a_name_that_runs_into_the_next_column_ends_there(over: float, texts: list[str]) -> None:
    start = 140.0 + over
    glyphs = [
        glyph
        for number, name in enumerate(["公民館講座の参加者数（延べ）", "人口", "件数", "割合"])
        for x, text in ((0.0, name), (start, "生涯学習課"), (260.0, "29"))
        for glyph in glyphs_at(text, x=x, y=100 + 18 * number)
    ]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    first, *_ = rows_of(glyphs)
    assert [part.text for part in first.parts] == [*texts, "29"]
    if len(texts) > 1:
        assert first.parts[0].box[2] < start - 5


def test_a_letter_of_which_only_the_ink_is_known_is_of_its_word() -> None:
    """目 without a width in its font left more space than other letters: 目 | 標達成."""
    glyphs = []
    for at, word in enumerate(["目標達成", "標達成", "標準", "標本", "目標達成"]):
        left = 100.0 if word.startswith("目") else 100.0 + SIZE
        for number, letter in enumerate(word):
            x = left + SIZE * number
            y, run = 20.0 * at, Run(SIZE, 0, 0, 10 * at + number)
            inset = 2.0 if letter == "目" else 0.0
            box = (x + inset, y - SIZE, x + SIZE - inset, y)
            glyphs.append(Glyph(letter, x, y, *box, len(glyphs), run))
        glyphs += glyphs_at(f"{at}", x=20, y=20.0 * at)
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    assert [row.parts[1].text for row in rows_of(glyphs)][::4] == ["目標達成", "目標達成"]
