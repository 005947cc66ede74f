"""A few small documents of invented towns, and places to publish them in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.batch.executors import Executor, Serial
from pipeline.batch.journal import Journal
from pipeline.batch.run import Summary, run_batch
from pipeline.batch.sources import find_sources
from pipeline.batch.stores import Store
from pipeline.batch.work import Done
from pipeline.desk.jobs import Options
from pipeline.settings.files import layers
from pipeline.settings.municipalities import load_municipalities

ROOT = Path(__file__).resolve().parent.parent.parent
AREAS = sorted(load_municipalities(layers(ROOT / "tests", None)))


@pytest.fixture(scope="session")
def paper() -> Path:
    """One small report."""
    return ROOT / "tests" / "data" / "difficulties" / "overflowing-name.pdf"


@pytest.fixture
def city(tmp_path: Path, paper: Path) -> Path:
    """A workspace with three documents of two municipalities and an empty ``schemas/``."""
    for name in ("01100-sapporo/2024", "01100-sapporo/2025", "35213-mine/2025"):
        pdf = tmp_path / "city" / "raw" / f"{name}.pdf"
        pdf.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(paper, pdf)
    (tmp_path / "city" / "schemas").mkdir()
    return tmp_path / "city"


def run(
    workspace: Path,
    destination: str,
    executor: Executor | None = None,
    sources: tuple[str, ...] = (),
    journal: Path | None = None,
) -> tuple[Summary, list[Done]]:
    """Run a batch over ``raw/`` (or ``sources``); the summary, and what was told as it went."""
    found = find_sources(sources or (str(workspace / "raw"),), AREAS)
    told: list[Done] = []
    summary = run_batch(
        found,
        Options(workspace=str(workspace), second_reader="never"),
        Store(destination),
        Journal(journal or workspace / "journal.jsonl"),
        lambda _: executor or Serial(),
        on_done=told.append,
    )
    return summary, told
