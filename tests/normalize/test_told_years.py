"""A note may give the year of all baselines that bear none of their own."""

from __future__ import annotations

import pytest

from pipeline.normalize import run
from tests.normalize.plans import defaults, entry, plan, printed, row


def baseline_years(*notes: str, name: str = "来館者数") -> list[int | None]:
    cells = [entry("name", "指標", name), entry("baseline", "基準値", "5")]
    made = plan([row(cells)], notes=tuple(printed(text) for text in notes))
    (found,) = run(made, defaults(), edition=2025, area_code="35213").indicators
    return [one.fiscal_year for one in found.observations if one.kind == "baseline"]


@pytest.mark.parametrize(
    ("note", "year"),
    [
        ("※基準値は令和元年度の数値です。", 2019),
        ("※基準値は、特に記載のない限り令和元年度の数値です。", 2019),
        ("注 基準値：平成30年度実績", 2018),
        ("※基準値は令和2年3月末時点", 2019),
        ("※基準値は原則として令和元年度の数値です。", None),
        ("※基準値は令和元年度又は令和2年度の数値です。", None),
        ("※目標値は令和元年度に定めた。", None),
        ("※1 基準値は令和元年度の数値です。", None),
    ],
)
def test_a_note_gives_the_year_of_baselines(note: str, year: int | None) -> None:
    assert baseline_years(note) == [year]


def test_notes_that_differ_or_speak_of_one_row_give_none() -> None:
    said = "※基準値は令和元年度の数値です。"
    assert baseline_years(said, "※基準値は令和2年度の数値です。") == [None]
    assert baseline_years(said, name="来館者数※") == [None]
