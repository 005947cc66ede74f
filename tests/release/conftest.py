"""The releases that validators and clients of others look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, run_one

TOWNS = Path(__file__).resolve().parents[1] / "data" / "towns"
STRATEGY = Path("jp/otoineppu-strategy.pdf")


@pytest.fixture(scope="session", params=["mine", "third", "otoineppu", "circles", "yearly-rates"])
def whole(request, tmp_path_factory, make_workspace) -> Path:
    """The release of the first document, of the second edition after it, and of other towns."""
    folder = tmp_path_factory.mktemp("release")
    if request.param == "mine":
        return _edition(request, 2025)
    if request.param == "third":
        return _edition(request, 2027)
    if request.param == "otoineppu":
        return _strategy(folder, request.getfixturevalue("corpus"), make_workspace)
    return _town(folder, request.param)


@pytest.fixture
def release(whole: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(whole, tmp_path / "release"))


def _edition(request: pytest.FixtureRequest, edition: int) -> Path:
    made: Path = request.getfixturevalue("three_editions")
    return made / f"extracted/35213-mine/{edition}/release"


def _strategy(folder: Path, corpus: Path, make_workspace: Callable[[Path], Path]) -> Path:
    options = Options(
        workspace=str(make_workspace(folder / "workspace")),
        output=str(folder / "strategy"),
        area="01470",
        edition=2015,
        second_reader="never",
    )
    run_one(corpus / STRATEGY, options)
    return folder / "strategy" / "release"


def _town(folder: Path, name: str) -> Path:
    profile = folder / "workspace" / "schemas" / "01999-town" / "profile.toml"
    profile.parent.mkdir(parents=True, exist_ok=True)
    profile.write_text('[municipality]\narea_code = "01999"\nname = ""\n', encoding="utf-8")
    options = Options(
        workspace=str(folder / "workspace"),
        output=str(folder / name),
        area="01999",
        edition=2025,
        second_reader="never",
    )
    run_one(TOWNS / f"{name}.pdf", options)
    return folder / name / "release"
