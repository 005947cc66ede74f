"""Differences from the year before, beside the counts of both years."""

from __future__ import annotations

import pytest

from pipeline.model import Claim
from pipeline.validate.changes import check_changes
from tests.validate.build import table_row


def lanes(*changes: str, before: tuple[int, ...] = (6, 8, 3)) -> list[Claim]:
    """◎ 7, ○ 7, △ 3 in fiscal 2024, those of the year before, and the printed differences."""
    marks = ("◎", "○", "△")
    return [
        table_row(None, "令和5年度", dict(zip(marks, before, strict=True))),
        table_row(None, "令和6年度", dict(zip(marks, (7, 7, 3), strict=True))),
        table_row(None, "増減", dict(zip(marks, changes, strict=True))),
    ]


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        (lanes("+1", "△1", "0"), []),
        (lanes("1", "▲1", "±0"), []),
        (lanes("+2", "△1", "0"), [("◎ +2", "◎ +1")]),
        (lanes("+1", "△3", "0"), [("○ -3", "○ -1")]),
        (lanes("+2", "△3", "0"), []),
        (lanes("+1", "△1", "－"), []),
        (lanes("+2", "△1", "0")[1:], []),
    ],
)
def test_one_difference_that_the_counts_do_not_give(
    claims: list[Claim], told: list[tuple[str, str]]
) -> None:
    found = list(check_changes(claims, [], 2024))
    assert [(one.printed, one.expected) for one in found] == told
    assert {one.rule for one in found} <= {"summary.sum"}
    assert list(check_changes(claims, found, 2024)) == []
