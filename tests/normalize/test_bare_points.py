"""A number that begins with its point may have lost the digits before it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.normalize import run
from tests.normalize.plans import defaults, plan, simple


@pytest.mark.parametrize(
    ("figures", "doubted"),
    [
        ([("12.4", ".6")], 1),
        ([(".42", ".41"), ("8.2", "8.4")], 0),
        ([(".42", ".41"), ("0.8", "0.4")], 2),
        ([("120", ".6"), ("130", "△.4"), ("140", "．3")], 0),
        ([("120", ".6"), ("130", ".4"), ("14.1", ".3")], 3),
        ([("120", "0.6"), ("130", "1,234.5")], 0),
    ],
)
def test_what_may_have_lost_its_first_digits(figures: list[tuple[str, str]], doubted: int) -> None:
    rows = [
        replace(simple(f"指標{at}", "％", target=target, actual=actual), row=at)
        for at, (target, actual) in enumerate(figures)
    ]
    found = run(plan(rows), defaults(), edition=2025, area_code="01999")
    told = [one for one in found.remarks if one.rule == "number.unusual-form"]
    assert len(told) == doubted
    assert all("." in one.printed for one in told if one.printed)
