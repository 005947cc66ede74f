"""What tests of several rooms share."""

from __future__ import annotations

import compileall
import json
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
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


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A fresh workspace that a test may change."""
    return copy_workspace(tmp_path / "workspace")
