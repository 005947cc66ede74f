"""Whole documents of invented towns: their own legends read, their planted faults found.

The directions are those that a registry would declare; nothing else is told beforehand.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.assemble import run as assemble
from pipeline.extract import run as extract
from pipeline.japanese.text import label
from pipeline.model import Finding, Normalized, Validated
from pipeline.normalize import run as normalize
from pipeline.settings import assemble as assemble_settings
from pipeline.settings import extract as extract_settings
from pipeline.settings import normalize as normalize_settings
from pipeline.settings.files import packaged_defaults
from pipeline.validate import run
from tests.validate.build import settings

pytestmark = pytest.mark.slow

TOWNS = Path(__file__).parents[1] / "data" / "towns"
OWN = ("status", "summary", "arithmetic", "plausibility", "structure", "legend", "release")
"""The families whose findings must be the planted ones and no others."""

EXPECTED = {
    # town: the rule that says what became of its legend
    "against-base": "legend.adopted",
    "bands": "legend.adopted",
    "circles": "legend.adopted",
    "named-values": "legend.adopted",
    "plain": "status.none-printed",
    "pro-rata": "legend.adopted",
    "progress": "legend.adopted",
    "tolerance": "legend.unreadable",
    "turned": "legend.adopted",
    "two-level": "legend.adopted",
    "yearly-rates": "status.none-printed",
}


def facts(town: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((TOWNS / f"{town}.facts.json").read_text(encoding="utf-8"))
    return loaded


@cache
def document(town: str) -> Normalized:
    """A town's PDF as the normalize stage gives it, with the directions declared."""
    folders = [packaged_defaults()]
    extracted = extract(TOWNS / f"{town}.pdf", extract_settings.load(folders, {}), second="never")
    assembled = assemble(extracted, assemble_settings.load(folders, {}))
    normalized = normalize(
        assembled,
        normalize_settings.load(folders, {}),
        edition=facts(town)["document"]["edition"],
        area_code="",
    )
    declared = {label(row["name"]): row["direction"] for row in facts(town)["indicators"]}
    indicators = tuple(
        msgspec.structs.replace(one, direction=declared.get(label(one.name), one.direction))
        for one in normalized.indicators
    )
    return msgspec.structs.replace(normalized, indicators=indicators)


@cache
def validated(town: str) -> Validated:
    return run(document(town), settings())


def of(found: tuple[Finding, ...], *families: str) -> list[Finding]:
    return [one for one in found if one.rule.partition(".")[0] in families]


@pytest.mark.parametrize("town", EXPECTED)
def test_what_becomes_of_the_legend(town: str) -> None:
    told = of(validated(town).findings, "legend", "status")
    assert [one.rule for one in told if one.rule != "status.mismatch"] == [EXPECTED[town]]


@pytest.mark.parametrize("town", [town for town in EXPECTED if town != "tolerance"])
def test_exactly_the_planted_contradictions_are_found(town: str) -> None:
    planted = {(one["rule"], one["expected"]) for one in facts(town)["contradictions"]}
    errors = [one for one in of(validated(town).findings, *OWN) if one.severity == "error"]
    found = {(one.rule, label((one.expected or "").split()[-1])) for one in errors}
    assert found == {(rule, label(expected)) for rule, expected in planted}
    assert len(errors) == len(planted)


@pytest.mark.parametrize("town", EXPECTED)
def test_nothing_of_a_clean_row_is_called_strange(town: str) -> None:
    assert of(validated(town).findings, "plausibility", "release") == []


@pytest.mark.parametrize(
    "town", [town for town, rule in EXPECTED.items() if rule == "legend.adopted"]
)
def test_recomputed_statuses_are_those_of_the_towns_own_rules(town: str) -> None:
    known = {label(row["name"]): row["status_recomputed"] for row in facts(town)["indicators"]}
    different = [
        (indicator.name, one.status, known[label(indicator.name)])
        for indicator, one in zip(
            document(town).indicators, validated(town).recomputed, strict=True
        )
        if one.status is not None
        and label(indicator.name) in known
        and label(one.status) != label(known[label(indicator.name)])
    ]
    assert different == []
