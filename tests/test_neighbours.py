"""Reports of invented towns in the layouts of real ones: all is right, or told where it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.japanese.text import label
from tests import released, scored

HERE = Path(__file__).parent / "data" / "neighbours"
REFUSED = {"kitano": "a card whose name stands in its first row, its figures below headings"}
"""Layouts of which nothing is released: exit code 5."""
TOWNS = sorted({path.stem for path in HERE.glob("*.pdf")} - {*REFUSED})
TOLD = {
    # The unit of a facility stands beside the forecast of one year alone: unit.missing tells it.
    "isurugi": ["unit marked: 児童館 | か所 | "],
    # The unit stands beside another word in the name's brackets.
    "misaki": ["unit marked: 認知症サポーター養成数(累計・人) | 人 | "],
}
"""What differs from the truth, and is told."""
NOTICES = {
    "isurugi": ["unit.missing", "vocabulary.unknown-header"],  # 区分: 新規 or 継続
    # 取組, 計画, 実施状況: nothing but its words says that such a table holds no indicators.
    "misaki": [*["structure.value-table-not-understood"] * 4, "unit.missing"],
    "naruto": ["legend.unreadable"],  # 大きく向上した states no limit
    "sarashina": ["legend.two-readings", "vocabulary.unknown-header"],  # 前年度: statuses of it
    "tsukubane": ["legend.two-readings"],  # of three rows that tell the targets apart one is wrong
    "yodoe": ["legend.unreadable"],  # statuses by judgement
}
"""The notices, each of which asks for something."""


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("neighbours")
    workspace = released.invented_town(folder / "workspace")
    kept: dict[str, Any] = {}

    def run(name: str):
        if name not in kept:
            truth = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
            result, data = released.run(
                HERE / f"{name}.pdf",
                folder / name,
                workspace,
                area=released.INVENTED,
                edition=truth["document"]["edition"],
                second_reader="never",
            )
            kept[name] = truth, result, data
        return kept[name]

    return run


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_releases_nothing(name, done) -> None:
    _, result, data = done(name)
    assert (result.exit_code, data) == (5, {})


@pytest.mark.parametrize("name", TOWNS)
def test_every_value_is_right_and_every_contradiction_was_planted(name, done) -> None:
    truth, result, data = done(name)
    whole = [
        one | {"values": [value for value in one["values"] if "part" not in value]}
        for one in truth["indicators"]
    ]
    found = scored.score(truth | {"indicators": whole}, result.exit_code, data)
    assert [str(one) for one in found.failing] == TOLD.get(name, [])
    assert result.exit_code == 0
    assert found.contradictions["true"] == len(truth["faults"])


@pytest.mark.parametrize("name", TOWNS)
def test_values_of_a_part_are_kept_as_such(name, done) -> None:
    truth, _, data = done(name)
    wanted = {
        (label(one["name"]), value["fiscal_year"], value["part"], value.get("value"))
        for one in truth["indicators"]
        for value in one["values"]
        if "part" in value
    }
    given = {
        (one["name"], value["fiscal_year"], value["part"], value["value"])
        for one in data["indicators"]
        for value in one["values"]
        if value["part"]
    }
    assert wanted <= given


@pytest.mark.parametrize("name", TOWNS)
def test_no_notice_is_noise(name, done) -> None:
    _, _, data = done(name)
    told = sorted(one["rule"] for one in data["findings"] if one["severity"] == "warning")
    assert told == NOTICES.get(name, [])
