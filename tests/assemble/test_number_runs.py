"""A number that is left out where those of all other indicators run on."""

from __future__ import annotations

import pytest

from pipeline.assemble.number_runs import left_out
from pipeline.model import Entry, IndicatorRow, Place, Printed


def row(number: str) -> IndicatorRow:
    printed = [
        Printed(text=text, page=1, box=(0, 0, 9, 9), reader="pdfium")
        for text in (number, "観光客数")
    ]
    entries = (
        Entry(kind="number", header="No", printed=printed[0]),
        Entry(kind="name", header="指標", printed=printed[1]),
    )
    return IndicatorRow(table=0, row=0, place=Place(), entries=entries[0 if number else 1 :])


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ("1 2 3 4 5 6 7 8 9 10 11", []),
        ("1 2 3 4 6 7 8 9 10 11 12", ["5"]),
        ("1 2 3 4 5 1 2 3 5 6 1 2 3 4", ["4"]),
        ("１ ２ ３ ６ ７ ８ ９ 10 11 12 13 14 15", ["4", "5"]),
        ("1 2 4 5 7 8 9 11 12 13 14", []),
        ("1 2 3 5 6", []),
        ("1 2 3 4 5 6 7 8 9 10 3 4", []),
        ("101 102 103 201 202 203 204 205 206 207 208 209 210", []),
    ],
)
def test_a_number_that_is_left_out_is_told_where_others_run_on(numbers, told) -> None:
    assert [one.printed for one in left_out([row(one) for one in numbers.split()])] == told


def test_nothing_is_told_where_rows_without_a_number_stand_among_them() -> None:
    rows = [row(one) for one in ("1", "2", "3", "", *map(str, range(5, 15)))]
    assert list(left_out(rows)) == []
