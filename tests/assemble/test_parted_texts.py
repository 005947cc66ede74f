"""Texts of merged cells that a page edge cuts across."""

from __future__ import annotations

import pytest

from pipeline.assemble.parted_texts import without_parted_texts
from pipeline.model import Document, Extracted, Leftover, Line, Remark, Table

HEAD = ["施策", "指標"]
EDGE = 140.0
"""The lower edge of the table on page 1; page 2 begins at 100 with headings of 20 points."""


def loose(text: str, page: int, top: float, *, clipped: bool = True, left: float = 52.0):
    box = (left, top, left + 8.0 * len(text), top + 8)
    if clipped:
        return Leftover(text=text, page=page, box=box, reason="clipped")
    return Line(text=text, page=page, box=box, size=8.0)


def paper(table, upper: str, lower: str, *others: Leftover | Line, remarks=()) -> Extracted:
    tables: list[Table] = [
        table([HEAD, [upper, "甲の数"]], page=1),
        table([HEAD, [lower, "乙の数"]], page=2),
    ]
    return Extracted(
        document=Document(sha256="0" * 64, pages=()),
        tables=tuple(tables),
        lines=tuple(one for one in others if isinstance(one, Line)),
        leftovers=tuple(one for one in others if isinstance(one, Leftover)),
        remarks=tuple(remarks),
    )


def cells(found: Extracted) -> list[str]:
    return [table.cells[2].text for table in found.tables]


def test_a_text_that_one_page_shows_and_the_other_clips_is_that_of_both_cells(table) -> None:
    found = without_parted_texts(paper(table, "", "交通安全", loose("交通安全", 1, EDGE - 3)))
    assert cells(found) == ["交通安全", "交通安全"]
    assert found.leftovers == ()


def test_so_is_one_that_stands_beyond_both_edges(table) -> None:
    above = loose("交通安全", 1, EDGE - 3, clipped=False)
    below = loose("交通安全", 2, 117.0)
    found = without_parted_texts(paper(table, "", "", above, below))
    assert cells(found) == ["交通安全", "交通安全"]
    assert found.lines == found.leftovers == ()


def test_so_is_one_of_two_lines_of_which_each_page_shows_one(table) -> None:
    above, below = loose("やすい環境", 1, EDGE + 1), loose("子を育て", 2, 110.0)
    found = without_parted_texts(paper(table, "子を育て", "やすい環境", above, below))
    assert cells(found) == ["子を育て\nやすい環境"] * 2


@pytest.mark.parametrize(
    "other",
    [
        loose("防犯の推進", 1, EDGE - 3),
        loose("交通安全", 1, EDGE + 30),
        loose("交通安全", 1, EDGE - 3, left=115.0),
        loose("交通安全", 2, EDGE - 3),
    ],
)
def test_other_texts_stay_apart(table, other: Leftover) -> None:
    given = paper(table, "", "交通安全", other)
    assert without_parted_texts(given) is given


def test_a_rule_at_the_edge_strikes_nothing_out(table) -> None:
    remarks = [
        Remark(rule="reading.struck-out", page=2, printed="交通安全"),
        Remark(rule="reading.struck-out", page=2, printed="乙の数"),
        Remark(rule="reading.struck-out", page=3, printed="交通安全"),
        Remark(rule="reading.drawn-in-cell", page=2, printed="交通安全"),
    ]
    cut = loose("交通安全", 1, EDGE - 3)
    found = without_parted_texts(paper(table, "", "交通安全", cut, remarks=remarks))
    assert found.remarks == tuple(remarks[1:])
