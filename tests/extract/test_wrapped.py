"""Figures that go on in the next line of their cell."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.gutters import rows_of
from pipeline.extract.unruled.wrapped import with_wrapped_figures
from tests.extract.conftest import glyphs_at, lines_below

Texts = dict[int, str]
NAME = {40: "図書館の利用"}


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([NAME | {200: "12,3", 300: "14,5"}, {200: "45", 300: "00"}], 1),
        ([NAME | {200: "12,3", 300: "9,800"}, {200: "45人"}], 1),
        ([NAME | {200: "12."}, {200: "5"}], 1),
        ([NAME | {200: "1,200", 300: "1,500"}, {200: "人", 300: "人"}], 1),
        ([NAME | {200: "66040千", 300: "87833千"}, {200: "円", 300: "円"}], 1),
        ([NAME | {200: "12.", 300: "120"}, {200: "5", 300: ".4"}], 1),
        ([{10: "1-3-"} | NAME | {200: "12,3", 300: "1,"}, {10: "11", 200: "45", 300: "100"}], 1),
        ([NAME | {120: "減を目", 200: "18人(平", 300: "12人"}, {120: "指す", 200: "成22)"}], 1),
        ([NAME | {200: "349千t-", 300: "265千t-"}, {200: "CO2", 300: "CO2"}], 1),
        ([NAME | {200: "500千t-CO", 300: "420千t-CO"}, {200: "2", 300: "2"}], 1),
        ([NAME | {200: "60,840", 300: "64,7"}, {200: "千円", 300: "95千円"}], 1),
        ([NAME | {200: "99.9", 300: "100."}, {200: "8%", 300: "00%"}], 1),
        ([NAME | {200: "365千t-", 300: "359千"}, {200: "CO2", 300: "t-CO2"}], 1),
        ([NAME | {200: "99.9", 300: "99.7"}, {200: "8%", 300: "5%"}], 2),
        ([NAME | {200: "1,200"}, {200: "人"}], 2),
        ([NAME | {200: "1,200", 300: "1,500"}, {200: "人", 300: "件"}], 2),
        ([NAME | {200: "500", 300: "420"}, {200: "2", 300: "2"}], 2),
        ([NAME | {200: "500km", 300: "420m"}, {200: "2", 300: "2"}], 2),
        ([NAME | {200: "12", 300: "14"}, NAME | {200: "345", 300: "500"}], 2),
        ([NAME | {200: "12,3", 300: "14,5"}, {200: "4567", 300: "00"}], 2),
        ([NAME | {200: "12,3"}, {200: "45", 300: "14"}], 2),
    ],
    ids=[
        "numbers",
        "one of two",
        "decimals",
        "units",
        "the rest of units",
        "decimals that begin a line",
        "numbers beside a label",
        "brackets",
        "units that end in a digit",
        "the last digit of units",
        "units and numbers",
        "decimals with one that is none",
        "units parted in two ways",
        "figures that are whole",
        "one unit",
        "different units",
        "digits under no unit",
        "digits under different units",
        "rows",
        "no number together",
        "a further figure",
    ],
)
def test_lines_are_of_one_row_where_the_figures_go_on(texts, count) -> None:
    assert len(with_wrapped_figures(lines_below(*texts))) == count


def test_what_is_centred_beside_wrapped_figures_is_of_their_row() -> None:
    glyphs = [
        *glyphs_at("12,3", x=200, y=100, advance=0.5),
        *glyphs_at("図書館", x=40, y=106),
        *glyphs_at("45", x=200, y=112, advance=0.5),
    ]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    (row,) = with_wrapped_figures(rows_of(glyphs))
    assert [part.text for part in row.parts] == ["図書館", "12,3", "45"]
