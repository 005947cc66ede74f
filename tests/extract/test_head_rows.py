"""One row of words alone at the head of a page."""

from __future__ import annotations

import pytest

from pipeline.extract.unruled.found import Before
from pipeline.extract.unruled.head_rows import row_at_head
from pipeline.model import Box
from tests.extract.test_rests import texts
from tests.extract.test_rule_groups import rows

BEFORE = Before(xs=(40.0, 140.0, 240.0, 440.0))
WHOLE = [["図書館事業", "教育課", "蔵書の充実を図る。"]]
ROW = ((43, "図書館事業"), (143, "教育課"), (243, "蔵書の充実を"))


@pytest.mark.parametrize(
    ("text", "before", "barriers", "expected"),
    [
        (ROW, BEFORE, [], WHOLE),
        (((60, "図書館事業"), *ROW[1:]), BEFORE, [], None),
        (ROW[:2], BEFORE, [], None),
        ((*ROW[:2], (243, "12")), BEFORE, [], None),
        (ROW, Before(cut=True, xs=BEFORE.xs), [], None),
        (ROW, BEFORE, [(40.0, 60.0, 440.0, 90.0)], None),
        (ROW, BEFORE, [(40.0, 150.0, 440.0, 190.0)], WHOLE),
    ],
    ids=["alone", "set in", "a column empty", "a figure", "a cut row", "below", "above a table"],
)  # fmt: skip
def test_a_row_of_words_in_all_columns_of_the_page_before_goes_on_with_its_table(
    text, before: Before, barriers: list[Box], expected
) -> None:
    lines = rows((100, text), (112, ((243, "図る。"),)), (150, ((40, "基本目標2　学び"),)))
    found = row_at_head(lines, before, barriers)
    assert (None if found is None else texts(found)) == expected


@pytest.mark.parametrize(
    ("headings", "whole"),
    [(("事業名", "担当課", "概要"), True), (("氏名", "担当課", "概要"), False)],
    ids=["the same", "others"],
)
def test_a_row_under_the_headings_of_the_page_before_need_not_fill_its_columns(
    headings, whole
) -> None:
    lines = rows(
        (80, ((70, "事業名"), (170, "担当課"), (320, "概要"))),
        (100, ((60, "図書館事業"), (243, "蔵書の充実を"))),
        (112, ((243, "図る。"),)),
    )
    found = row_at_head(lines, Before(xs=BEFORE.xs, headings=headings), [])
    again = [["事業名", "担当課", "概要"], ["図書館事業", "", "蔵書の充実を図る。"]]
    assert (None if found is None else texts(found)) == (again if whole else None)
