"""Tables of one indicator each, one below the other: each keeps the name that stands above it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.assemble.last_rows import without_caption_of

HEADS = ["基準値(R2)", "目標値(R6)", "実績値(R6)", "達成状況"]


def names_and_figures(plan) -> list[tuple[str, str]]:
    return [
        (row.entries[0].printed.text, entry.printed.text)
        for row in plan.indicators
        for entry in row.entries
        if entry.kind == "baseline"
    ]


@pytest.mark.parametrize(
    "caption", [["火災件数(単位：件)", "", "", ""], ["火災件", "数(単位：件)", "", ""]]
)
def test_a_caption_read_as_the_last_row_names_the_table_below(
    caption, table, line, extracted, settings, vocabulary
) -> None:
    above = replace(table([HEADS, ["1", "3", "2", "改善"], caption]), method="horizontal")
    below = replace(table([HEADS, ["9", "7", "8", "改善"]], top=165), method="horizontal")
    found = run(extracted([above, below], [line("相談件数(単位：件)", top=85)]), settings)
    assert names_and_figures(found) == [("相談件数", "1"), ("火災件数", "9")]
    assert without_caption_of(None, above, vocabulary) == (above, [])
    (freed,) = without_caption_of(below, above, vocabulary)[1]
    assert freed.text == "".join(caption)


@pytest.mark.parametrize(
    "last", [["進捗状況", "－", "－", "A"], ["進捗状況", "", "", "A"], ["市の宝", "－", "", ""]]
)
def test_a_last_row_that_says_what_its_cells_are_stays(last, table, vocabulary) -> None:
    above = replace(table([HEADS, ["1", "3", "2", "改善"], last]), method="horizontal")
    below = replace(table([HEADS, ["9", "7", "8", "改善"]], top=165), method="horizontal")
    assert without_caption_of(below, above, vocabulary) == (above, [])


def test_tables_of_one_indicator_read_as_one_grid_are_parted(
    table, line, extracted, settings
) -> None:
    """The headings of the first stand alone at the foot of the page before."""
    foot = replace(table([HEADS], top=780), method="horizontal")
    rows = [["1", "3", "2", "改善"], ["火災件数", "", "", ""], HEADS, ["9", "7", "8", "改善"]]
    rest = replace(table(rows, page=2, top=40), method="horizontal")
    found = run(extracted([foot, rest], [line("相談件数", top=765)]), settings)
    assert names_and_figures(found) == [("相談件数", "1"), ("火災件数", "9")]
