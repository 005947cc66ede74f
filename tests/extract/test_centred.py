"""Rows that the middles of their cells prove."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.centred import are_centred
from pipeline.extract.unruled.gutters import Row

SIZE = 10.0
GAPS = [(90.0, 110.0), (190.0, 210.0)]


def line(height: float, *texts: tuple[float, str]) -> Row:
    """Texts from their left edges at a height in lines."""
    middle = 12 * height
    parts = [
        TextLine(text, [], extent=(x, middle - 5, x + SIZE * len(text), middle + 5), largest=SIZE)
        for x, text in texts
    ]
    return Row(parts, middle, SIZE)


def name(height: float, text: str) -> Row:
    return line(height, (0.0, text))


def figures(height: float) -> Row:
    return line(height, (110.0, "25"), (210.0, "30"))


ONE = [line(0, (0.0, "火災発生件数"), (110.0, "25"), (210.0, "30"))]
BETWEEN = [name(1, "市内の食生活改"), figures(1.5), name(2, "善推進員の人数")]
BESIDE = [name(1, "製造品"), line(2, (0.0, "出荷額"), (110.0, "25"), (210.0, "30")), name(3, "等")]


@pytest.mark.parametrize(
    ("rows", "proved"),
    [
        ([ONE, BETWEEN], True),
        # Figures beside a line may be those of the first line of a name.
        ([ONE, BESIDE], False),
        ([ONE], False),
        # A line too many puts the name off the middle.
        ([[*ONE, name(1, "市内の食生活改")], BETWEEN[1:]], False),
        ([[*ONE, *BETWEEN[:1]], BETWEEN], False),
        # A text over two columns tells nothing.
        ([BETWEEN, [line(4, (0.0, "公共施設の利用件数と満足度"), (210.0, "30"))]], False),
    ],
)
def test_a_figure_between_two_lines_proves_centred_rows(rows, proved) -> None:
    assert are_centred(rows, GAPS) is proved
