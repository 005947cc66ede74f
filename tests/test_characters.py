"""A number is released with exactly its characters, or it is marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import released

FOLDER = Path(__file__).parent / "data" / "characters"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def workspace_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("characters")


@pytest.mark.parametrize("name", NAMES)
def test_values_are_exact_or_marked(name: str, workspace_of_all: Path) -> None:
    wanted: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    result, data = released.run(
        FOLDER / f"{name}.pdf",
        workspace_of_all / name,
        workspace_of_all / "workspace",
        area="13101",
        edition=2025,
    )
    found = {
        one["name"]: {field: one[field] for field in ("baseline", "target", "actual")}
        for one in data["indicators"]
    }
    assert found == wanted["values"]
    units = {one["name"]: one["unit"] for one in data["indicators"]}
    assert units.items() >= wanted.get("units", {}).items()
    assert result.exit_code == int(wanted["marked"])
    rules = {one["rule"] for one in data["findings"]}
    assert {rule for rule in rules if rule.startswith(("reading.", "number.", "unit."))} == set(
        wanted["told"]
    )
    for one in data["indicators"]:
        lost = [field for field, value in wanted["values"][one["name"]].items() if value is None]
        told = {finding["subject"] for finding in data["findings"] if finding["severity"] != "info"}
        assert not lost or one["doubts"] or (one["name"] in told and not wanted["marked"])
