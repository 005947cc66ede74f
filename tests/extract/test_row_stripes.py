"""Rows that a colour over their whole width tells, and rows ruled under coloured headings."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest

from pipeline.extract.read import read
from pipeline.settings.extract import ExtractSettings

LEFT, RIGHT, HIGH = 40.0, 500.0, 20.0
COLUMNS = (45.0, 240.0, 340.0, 440.0)
HEADINGS = ("指標", "基準値", "目標値", "評価")
ROWS = [(f"窓口の利用者数{n}", f"{n}10人", f"{n}20人", "ABC"[n % 3]) for n in range(1, 6)]


def drawn(rows, *, fills=(), rules=(), columns=(), banners=()) -> bytes:
    """A page: ``fills`` and ``rules`` by row and edge; ``columns``: fills end at these places."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), bottomup=0, invariant=1)
    for row in fills:
        canvas.setFillColorRGB(0.8, 0.9, 0.8)
        sides = [LEFT, *columns, RIGHT] if row == 0 else [LEFT, RIGHT]
        for left, right in pairwise(sides):
            canvas.rect(left, 100 + HIGH * row, right - left, HIGH, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("HeiseiKakuGo-W5", 9)
    for edge in rules:
        canvas.line(LEFT, 100 + HIGH * edge, RIGHT, 100 + HIGH * edge)
    for at, texts in enumerate(rows):
        for x, text in zip(COLUMNS, texts, strict=False):
            canvas.drawString(x, 113 + HIGH * at, text)
    canvas.save()
    return stream.getvalue()


def texts_of(data: bytes) -> list[list[list[str]]]:
    tables = read(data, ExtractSettings(), None).extracted.tables
    return [
        [
            [cell.text for cell in table.cells if cell.row == row]
            for row in range(1 + max(cell.row for cell in table.cells))
        ]
        for table in tables
    ]


@pytest.mark.parametrize("count", [4, 5])
def test_rows_coloured_over_the_whole_width_are_told_by_their_colour(count: int) -> None:
    rows = [HEADINGS, *ROWS[:count]]
    (found,) = texts_of(drawn(rows, fills=(0, 2, 4)))
    assert found == [list(row) for row in rows]


def test_a_heading_beside_the_middle_of_others_is_of_their_row() -> None:
    """The name is centred beside two lines: without its colour the lines are three rows."""
    from reportlab.pdfgen.canvas import Canvas

    lower = Canvas.drawString

    def in_two_lines(self, x, y, text):
        if text in {"基準値", "目標値"}:
            lower(self, x, y - 4.5, text)
            text, y = "（R6年度）", y + 4.5
        lower(self, x, y, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Canvas, "drawString", in_two_lines)
        data = drawn([HEADINGS, *ROWS[:4]], fills=(0, 2, 4))
    (found,) = texts_of(data)
    assert found[0] == ["指標", "基準値\n（R6年度）", "目標値\n（R6年度）", "評価"]
    assert found[1:] == [list(row) for row in ROWS[:4]]


def test_the_first_row_under_coloured_headings_is_between_rules() -> None:
    rows = [HEADINGS, ("基本目標1　にぎわい",), ("施策1　観光",), *ROWS]
    data = drawn(rows, fills=(0, 1, 2), rules=range(9), columns=(230, 330, 430))
    found = texts_of(data)
    assert [row for table in found for row in table if len(row) == 4][1:] == [
        list(row) for row in ROWS
    ]


def test_bars_with_one_text_each_are_no_rows() -> None:
    rows = [("基本目標1　にぎわい",), ("本文が続く。",), ("基本目標2　学び",), ("本文が続く。",)]
    assert texts_of(drawn([*rows, ("基本目標3　健康",)], fills=(0, 2, 4))) == []
