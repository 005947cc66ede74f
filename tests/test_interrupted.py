"""A run that is stopped, or that the machine fails, at any of its steps loses nothing.

All steps in all ways: ``make faults``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import faulty

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork"),
]


@pytest.mark.parametrize(
    ("way", "every"), [("kill", 29), ("full", 67), ("device", 83), ("denied", 83)]
)
def test_what_goes_wrong_at_a_step_loses_nothing(way: str, every: int, tmp_path: Path) -> None:
    tried = list(faulty.trials(tmp_path, [way], every))
    assert len(tried) >= 3
    assert [one for one in tried if not faulty.is_right(one)] == []
    assert {one["release"] for one in tried} == {"old", "new"}
