"""Rows that a colour over their whole width tells, and rows ruled under coloured headings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.read import read
from pipeline.extract.unruled.between_rules import _are_headings, _is_one_heading
from pipeline.extract.unruled.gutters import Row
from pipeline.settings.extract import ExtractSettings
from tests.extract.test_told import pdf, stream

LEFT, RIGHT, HIGH = 40.0, 500.0, 20.0
COLUMNS = (45.0, 240.0, 340.0, 440.0)
HEADINGS = ("指標", "基準値", "目標値", "評価")
YEAR = "（R6年度）"
ROWS = [(f"窓口の利用者数{n}", f"{n}10人", f"{n}20人", "ABC"[n % 3]) for n in range(1, 6)]


FONT = (
    b"<</Type/Font /Subtype/Type0 /BaseFont/HeiseiKakuGo-W5 /Encoding/UniJIS-UTF16-H "
    b"/DescendantFonts [<</Type/Font /Subtype/CIDFontType0 /BaseFont/HeiseiKakuGo-W5 /DW 1000 "
    b"/W [1 94 500] /CIDSystemInfo <</Registry(Adobe) /Ordering(Japan1) /Supplement 4>> "
    b"/FontDescriptor <</Type/FontDescriptor /FontName/HeiseiKakuGo-W5 /Flags 4 /ItalicAngle 0 "
    b"/FontBBox [-92 -250 1010 922] /Ascent 709 /Descent -241 /CapHeight 737 /StemV 114>>>>]>>"
)


def drawn(rows, *, fills=(), rules=(), columns=(), two_lines=()) -> bytes:
    """A page: ``fills`` and ``rules`` by row and edge; ``columns``: fills end at these places.

    ``two_lines``: headings that stand above a year.
    """
    operators = ["0.8 0.9 0.8 rg"]
    for row in fills:
        sides = [LEFT, *columns, RIGHT] if row == 0 else [LEFT, RIGHT]
        for left, right in pairwise(sides):
            operators.append(f"{left} {742 - HIGH * (row + 1)} {right - left} {HIGH} re f")
    operators += [f"{LEFT} {742 - HIGH * at} m {RIGHT} {742 - HIGH * at} l S" for at in rules]
    operators.append("0 g BT /F 9 Tf")
    for at, texts in enumerate(rows):
        for x, text in zip(COLUMNS, texts, strict=False):
            y = 729 - HIGH * at
            lines = [(y + 4.5, text), (y - 4.5, YEAR)] if text in two_lines else [(y, text)]
            for height, line in lines:
                code = line.encode("utf-16-be").hex()
                operators.append(f"1 0 0 1 {x} {height} Tm <{code}> Tj")
    operators.append("ET")
    return pdf(
        b"<</Type/Catalog /Pages 2 0 R>>",
        b"<</Type/Pages /Count 1 /Kids [3 0 R]>>",
        b"<</Type/Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources <</Font <</F 5 0 R>>>>>>",
        stream("\n".join(operators).encode()),
        FONT,
    )


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
    data = drawn([HEADINGS, *ROWS[:4]], fills=(0, 2, 4), two_lines=HEADINGS[1:3])
    (found,) = texts_of(data)
    assert found[0] == ["指標", "基準値\n（R6年度）", "目標値\n（R6年度）", "評価"]
    assert found[1:] == [list(row) for row in ROWS[:4]]


def test_a_heading_of_two_lines_beside_others_at_its_middle_is_one_row() -> None:
    rows = [
        ("　", "基準値", "R7", "R8"),
        ("目標値", "－", "76.6％", "77.2％"),
        ("実績値", "75.0％", "76.5％", "－"),
    ]
    (found,) = texts_of(drawn(rows, rules=(0, 1, 3), two_lines=("基準値",)))
    assert found == [["", f"基準値\n{YEAR}", "R7", "R8"], *map(list, rows[1:])]


@pytest.mark.parametrize(
    ("lower", "one"),
    [("（基準値）", True), ("基準値", True), ("37.5", False)],
)
def test_a_second_line_of_some_headings_over_the_first_rule_goes_on(lower, one) -> None:
    band = [_line(100, "R4 R7 R8"), _line(112, lower)]
    assert _is_one_heading(band, [(80.0, 100.0), (180.0, 200.0)]) is one


def test_a_line_under_headings_over_several_columns_is_a_row_of_its_own() -> None:
    band = [_line(100, "指標 実績値"), _line(112, "R4 R5 R6")]
    assert not _is_one_heading(band, [(80.0, 100.0), (180.0, 200.0)])


@pytest.mark.parametrize(
    ("lines", "one"),
    [
        ([(100, "・ 基準値 ・"), (106, "指標 ・ 評価"), (112, "・ （R4） ・")], True),
        ([(94, "・ 当初 ・"), (100, "・ ・ 達成"), (106, "指標 の ・"), (112, "・ ・ 率"),
          (118, "・ 値 ・")], True),
        ([(100, "指標 策定時の 評価"), (112, "・ 値 ・"), (124, "・ H29 ・")], True),
        ([(100, "指標 策定時の 評価"), (112, "・ 値 ・"), (140, "・ H29 ・")], False),
        ([(100, "・ 37.5 ・"), (106, "指標 ・ 評価"), (112, "・ （R4） ・")], False),
        ([(100, "指標 基準値 評価"), (112, "・ ・ ・")], False),
    ],
)  # fmt: skip
def test_headings_of_so_many_lines_each_at_one_height_are_one_row(lines, one) -> None:
    band = [_line(top, texts) for top, texts in lines]
    assert _are_headings(band, [(60.0, 100.0), (160.0, 200.0)]) is one


def _line(top: float, texts: str) -> Row:
    """Texts at the heads of columns of 100 points; a dot stands for none."""
    parts = []
    for column, text in enumerate(texts.split()):
        if text == "・":
            continue
        box = (100.0 * column, top, 100.0 * column + 50, top + 8)
        parts.append(TextLine(text, [], extent=box, largest=8.0))
    return Row(parts, top + 4, 8.0)


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
