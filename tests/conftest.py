"""What tests of several rooms share."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from filelock import FileLock
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from hatch_build import compile_catalogue  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"


def pytest_configure() -> None:
    """Tests of messages see the catalogue as its text says it now.

    The commands that tests start find the package compiled, also where Python is told to write no
    bytecode (``PYTHONDONTWRITEBYTECODE``) and each of them would compile all of it again.  Ctrl-C
    reaches them also where a shell that ran the tests in the background has it ignored.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.register_profile("any machine", deadline=None)  # a busy one is slow, not wrong
    settings.load_profile("any machine")
    compile_catalogue(ROOT)
    compileall.compile_dir(ROOT / "pipeline", quiet=1)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real papers, which is not part of the project."""
    if not CORPUS.is_dir():
        pytest.skip("real papers (../shared/corpus) are not here")
    return CORPUS


@pytest.fixture(scope="session")
def facts() -> dict[str, Any]:
    """All figures of the first document."""
    return json.loads((ROOT / "tests/data/mine/facts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def planted() -> dict[str, Any]:
    """What its reconstruction adds: which cells are coloured, and so on."""
    return json.loads((ROOT / "tests/data/mine/planted.json").read_text(encoding="utf-8"))


def copy_workspace(target: Path) -> Path:
    shutil.copytree(ROOT / "raw", target / "raw")
    shutil.copytree(ROOT / "schemas", target / "schemas")
    return target


@pytest.fixture(scope="session")
def make_workspace() -> Callable[[Path], Path]:
    """Makes a workspace of its own with the first document and its settings."""
    return copy_workspace


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first four pages of the first document, which tell whose it is."""
    path = tmp_path_factory.mktemp("short") / "2025.pdf"
    with pdfium.PdfDocument(ROOT / "raw/35213-mine/2025.pdf") as whole:
        made = pdfium.PdfDocument.new()
        made.import_pages(whole, range(4))
        made.save(path)
    return path


@pytest.fixture(scope="session")
def three_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the first document and the two after it are released, and their series.

    All processes of the tests share it: a test that changes something takes a copy.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    workspace, done = shared / "editions", shared / "editions.done"
    with FileLock(shared / "editions.lock"):
        if not done.exists():
            shutil.rmtree(workspace, ignore_errors=True)
            _release_three(workspace)
            done.touch()
    return workspace


def _release_three(workspace: Path) -> None:
    from pipeline.desk.jobs import Options, run_one
    from pipeline.editions.city import city_of, update_series

    raw = copy_workspace(workspace) / "raw" / "35213-mine"
    for year in (2026, 2027):
        shutil.copy(ROOT / "tests" / "data" / "editions" / f"{year}.pdf", raw)
    for pdf in sorted(raw.glob("*.pdf")):
        result = run_one(pdf, Options(workspace=str(workspace), second_reader="never"))
        assert (result.exit_code, result.failure) == (0, None), pdf
    assert update_series(city_of(workspace, None))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A fresh workspace that a test may change."""
    return copy_workspace(tmp_path / "workspace")
