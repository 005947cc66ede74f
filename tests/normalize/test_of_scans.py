"""Figures of scans: certain only with their year."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.model import Kind
from pipeline.normalize import run
from tests.normalize.plans import defaults, entry, plan, row


@pytest.mark.parametrize(
    ("kind", "header", "sure"),
    [
        ("actual", "R6 実績", True),
        ("actual", "実績", False),
        ("baseline", "基準値", True),
        ("baseline", "基準値（RI）", False),
    ],
)
def test_a_figure_whose_year_was_not_read_is_not_certain(
    kind: Kind, header: str, sure: bool
) -> None:
    actual = entry(kind, header, "15")
    read = replace(actual, printed=replace(actual.printed, sure=True))
    assembled = plan([row([entry("name", "指標", "件数"), read])])
    (found,) = run(assembled, defaults(), edition=2025, area_code="01999").indicators
    (seen,) = [one for one in found.observations if one.kind == kind]
    assert seen.value.number == 15
    assert seen.value.printed.sure == sure
