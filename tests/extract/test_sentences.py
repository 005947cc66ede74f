"""Tables of names and sentences: which lines are one row."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.unruled.gutters import rows_of
from pipeline.extract.unruled.sentences import paired, worded_rows
from tests.extract.conftest import glyphs_at
from tests.extract.test_rests import texts

NAMES, TEXTS = 100.0, 260.0
SIDE = TEXTS
FIRST = ["起業を考える人材を全国から募り、台地と洞窟を", "舞台にした催しを企画します。"]
SECOND = ["野外で過ごす観光を県と進めます。"]


def lines(*texts: tuple[float, float, str]) -> list[Glyph]:
    """Texts at their places: x, y, text."""
    glyphs = [glyph for x, y, text in texts for glyph in glyphs_at(text, x=x, y=y)]
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    return glyphs


def two_rows(apart: float) -> list[Glyph]:
    """Two rows with their offices in brackets, so far from one to the other."""
    second = 115 + apart
    return lines(
        (NAMES, 100, "魅力発掘事業"), (TEXTS, 100, FIRST[0]),
        (NAMES, 115, "(観光課)"), (TEXTS, 115, FIRST[1]),
        (NAMES, second, "体験創出事業"), (TEXTS, second, SECOND[0]),
        (NAMES, second + 15, "(農林課)"),
    )  # fmt: skip


def names(glyphs: list[Glyph]) -> list[str]:
    return [name.text for name, _ in paired(rows_of(glyphs), SIDE)]


@pytest.mark.parametrize("apart", [16, 18, 25])
def test_cells_that_stand_a_little_apart_are_rows(apart: float) -> None:
    assert names(two_rows(apart)) == ["魅力発掘事業(観光課)", "体験創出事業(農林課)"]


def test_rows_that_nothing_parts_are_not_taken_for_one() -> None:
    assert names(two_rows(15)) == []


def test_a_caption_below_is_no_row() -> None:
    caption = lines((NAMES, 190, "次の取組の内容"))
    assert len(names([*two_rows(20), *caption])) == 2


def test_sentences_beside_no_name_go_on_with_those_above() -> None:
    more = lines((TEXTS, 138, "あわせて案内役を育てます。"))
    below = two_rows(55)
    assert names([*below, *more]) == ["魅力発掘事業(観光課)", "体験創出事業(農林課)"]


def test_a_row_alone_is_one_if_no_name_begins_in_it() -> None:
    glyphs = lines(
        (NAMES, 100, "魅力発掘事業"), (TEXTS, 100, FIRST[0]),
        (NAMES, 115, "(観光課)"), (TEXTS, 115, FIRST[1]),
    )  # fmt: skip
    assert names(glyphs) == ["魅力発掘事業(観光課)"]


def test_two_headings_over_them_make_a_table() -> None:
    heading = lines((NAMES, 80, "事業名"), (TEXTS + 60, 80, "事業概要"))
    ((table, taken),) = worded_rows(rows_of([*heading, *two_rows(20)]), [])
    assert len(table.ys) == 4
    assert len(taken) == 5
    texts = ["".join(glyph.text for glyph in cell.glyphs) for cell in table.cells]
    assert texts[:4] == ["事業名", "事業概要", "魅力発掘事業(観光課)", "".join(FIRST)]


def test_a_caption_over_the_headings_is_of_no_other_table() -> None:
    heading = lines((NAMES, 80, "事業名"), (TEXTS + 60, 80, "事業概要"))
    caption, last = lines((NAMES, 55, "今年度の取組")), lines((NAMES, 30, "講座の数"))
    rows = rows_of([*last, *caption, *heading, *two_rows(20)])
    ((_, taken),) = worded_rows(rows, [])
    assert [part.text for part in taken[0].parts] == ["今年度の取組"]


def test_without_headings_there_is_a_table_only_where_the_page_begins_with_it() -> None:
    ((table, _),) = worded_rows(rows_of(two_rows(20)), [])
    assert len(table.ys) == 3
    above = lines((NAMES, 60, "まちづくりの推進について"))
    assert worded_rows(rows_of([*above, *two_rows(20)]), []) == []


@pytest.mark.parametrize(("x", "rows"), [(NAMES, 3), (NAMES + 8, 2)], ids=["alike", "set in"])
def test_rows_far_higher_than_their_text_go_on_where_they_begin_alike(x: float, rows: int) -> None:
    last = lines((x, 230, "体験推進事業"), (TEXTS, 230, SECOND[0]), (x, 245, "(観光課)"))
    ((found, _),) = worded_rows(rows_of([*two_rows(25), *last]), [])
    assert len(found.ys) - 1 == rows


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ((260, 260, 260), [["事業名", "担当課", "事業概要"], ["魅力事業", "農政課", FIRST[1]]]),
        ((260, 275, 300), [["事業名", "担当課事業概要"], ["魅力事業", f"農政課{FIRST[1]}"]]),
    ],
    ids=["at one place", "by chance"],
)
def test_texts_that_begin_at_one_place_in_all_rows_are_a_third_column(starts, expected) -> None:
    glyphs = lines(
        (NAMES, 80, "事業名"), (215, 80, "担当課"), (380, 80, "事業概要"),
        (NAMES, 100, "魅力事業"), (200, 100, "農政課"), (starts[0], 100, FIRST[1]),
        (NAMES, 120, "体験事業"), (200, 120, "企画課"), (starts[1], 120, SECOND[0]),
        (NAMES, 140, "交流事業"), (200, 140, "観光課"), (starts[2], 140, SECOND[0]),
    )  # fmt: skip
    ((found, _),) = worded_rows(rows_of(glyphs), [])
    assert texts(found)[:2] == expected
