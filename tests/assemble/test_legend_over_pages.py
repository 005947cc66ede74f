"""Legends that a page end parts, and entries that a narrow blank parts."""

from __future__ import annotations

import pytest

from pipeline.assemble.legend import find_legend

HEADS = ["区分", "内容"]
TOLD = [["５", "達成率100％以上"], ["４", "達成率80％以上100％未満"], ["３", "達成率80％未満"]]
BORNE = ("５", "４", "３")


@pytest.fixture
def legend(settings, vocabulary):
    def find(tables, lines=()) -> list[tuple[str, int]]:
        rows = find_legend(tables, lines, vocabulary, settings.legend, BORNE)
        return [(row.word.text, row.word.page) for row in rows]

    return find


@pytest.mark.parametrize("again", [[HEADS], []], ids=["headings again", "no headings"])
@pytest.mark.parametrize("first", [1, 2])
def test_a_legend_goes_on_in_a_table_on_the_next_page(first, again, table, legend) -> None:
    above = table([HEADS, *TOLD[:first]], top=700)
    below = table([*again, *TOLD[first:]], page=2, top=50)
    pages = [1] * first + [2] * (3 - first)
    assert legend([above, below]) == list(zip(BORNE, pages, strict=True))


@pytest.mark.parametrize(
    ("page", "heads"),
    [(3, HEADS), (2, ["評価", "考え方"])],
    ids=["not on the next page", "under other headings"],
)
def test_another_table_of_words_is_none_of_the_legend(page, heads, table, legend) -> None:
    above = table([HEADS, *TOLD[:2]], top=700)
    below = table([heads, *TOLD[2:]], page=page, top=50)
    assert [word for word, _ in legend([above, below])] == ["５", "４"]


def test_an_entry_may_begin_behind_a_blank_that_is_too_narrow(line, legend) -> None:
    text = "※評価区分５：達成率100％以上４：達成率80％以上100％未満 ３：達成率80％未満"
    assert [word for word, _ in legend([], [line(text)])] == ["5", "4", "3"]


def test_the_number_of_a_table_or_figure_is_no_status(line, legend) -> None:
    assert legend([], [line("表４：達成率が100％以上の指標 図５：達成率が80％未満の指標")]) == []
