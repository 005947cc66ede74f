"""Papers that look like reports of indicators and are none, through the whole chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import released
from tests.data.papers.papers import INDICATORS, MIXED, PAPERS

FOLDER = Path(__file__).parent / "data" / "papers"


def outcome(name: str, tmp_path: Path):
    return released.run(
        FOLDER / f"{name}.pdf",
        tmp_path / name,
        tmp_path / "workspace",
        area="13101",
        edition=2025,
        second_reader="never",
    )


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_another_kind_gives_no_indicator(name: str, tmp_path: Path) -> None:
    result, data = outcome(name, tmp_path)
    assert (result.exit_code, data) == (5, {})


@pytest.mark.parametrize("name", MIXED)
def test_such_a_table_adds_nothing_to_a_true_report(name: str, tmp_path: Path) -> None:
    result, data = outcome(name, tmp_path)
    assert result.exit_code == 0
    assert [
        [one["name"], one["unit"], one["baseline"], one["target"], one["actual"]]
        for one in data["indicators"]
    ] == [
        [name, unit.replace("％", "%"), *(value.replace(",", "") for value in values[:3])]
        for name, unit, *values in INDICATORS[1:]
    ]
