"""Planted faults are caught: a sample of what ``benchmarks/mutation.py`` measures in full."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.model import Normalized
from pipeline.settings.validate import ValidateSettings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ALWAYS = ("status word changed", "minus lost", "row dropped", "row doubled")
"""Caught without exception; ten times and a tenth but for counts below ten."""


@pytest.fixture(scope="module")
def mutation() -> ModuleType:
    path = ROOT / "benchmarks" / "mutation.py"
    spec = importlib.util.spec_from_file_location("mutation", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_sample_of_faults_is_caught(
    mutation: ModuleType, city: Normalized, city_settings: ValidateSettings
) -> None:
    found = mutation.measure(city, city_settings, None, every=23)
    assert {kind: found[kind][2] for kind in ALWAYS} == {kind: [] for kind in ALWAYS}
    for kind in ("ten times", "a tenth", "thousand times", "values exchanged"):
        hits, planted, _ = found[kind]
        assert hits >= 0.9 * planted


def test_every_digit_of_the_summary_counts(
    mutation: ModuleType, city: Normalized, city_settings: ValidateSettings
) -> None:
    clean = mutation.told(city, city_settings, None)
    missed = [
        fault.what
        for fault in mutation.summary_changed(city)
        if not mutation.told(fault.document, city_settings, None) - clean
    ]
    assert missed == []


def test_a_changed_digit_is_caught_when_an_earlier_edition_prints_the_number(
    mutation: ModuleType, city: Normalized, city_settings: ValidateSettings
) -> None:
    before = mutation.earlier_edition(city)
    found = mutation.measure(city, city_settings, before, every=23)
    for kind in ("digit changed", "digits swapped"):
        assert found[kind][2] == []
