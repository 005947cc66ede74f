"""A row that two overlapping tables give from one place on the paper stands once."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

HEADING = ["指標名", "単位", "基準値", "目標値", "実績値"]
FIRST = ["観光客の入込数", "千人", "300", "350", "360"]
SECOND = ["宿泊者数", "千人", "40", "50", "45"]


@pytest.mark.parametrize(
    ("below", "names"),
    [
        (20, ["観光客の入込数", "宿泊者数"]),  # the first row lies in both
        (300, ["観光客の入込数", "観光客の入込数", "宿泊者数"]),  # printed twice
    ],
)
def test_a_row_of_two_overlapping_tables(table, extracted, settings, below, names) -> None:
    upper = table([HEADING, FIRST], top=100)
    lower = table([FIRST, SECOND], top=100 + below)
    assembled = run(extracted([upper, lower]), settings)
    found = [entry.printed.text for row in assembled.indicators for entry in row.entries[:1]]
    assert found == names
