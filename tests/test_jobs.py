"""Many documents: order, exit codes, processes, and one that fails among others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.many import run_many
from pipeline.cache.store import folder_digests
from pipeline.desk.jobs import Options, Result, exit_code_of, run_one
from pipeline.errors import ExitCode
from pipeline.settings import load as settings

pytestmark = pytest.mark.slow


@pytest.fixture
def three(workspace: Path, short: Path, root: Path) -> list[Path]:
    """The beginning of the first document, another town's, and one that is no PDF."""
    (workspace / "raw/35213-mine/2025.toml").unlink()  # it tells the digest of the whole one
    for name, source in {
        "35213-mine": short.read_bytes(),
        "99901-nowhere": (root / "tests/data/towns/bands.pdf").read_bytes(),
        "99902-broken": b"<html></html>",
    }.items():
        folder = workspace / "raw" / name
        folder.mkdir(exist_ok=True)
        (folder / "2025.pdf").write_bytes(source)
    return sorted((workspace / "raw").glob("*/2025.pdf"))


def run(pdfs: list[Path], workspace: Path, jobs: int) -> list[Result]:
    options = Options(workspace=str(workspace), second_reader="never")
    done: list[str] = []
    results = run_many(pdfs, options, jobs, lambda result: done.append(result.pdf))
    assert sorted(done) == sorted(str(pdf) for pdf in pdfs)
    return results


def test_results_are_the_same_for_one_process_and_many(three, workspace: Path) -> None:
    serial = run(three, workspace, 1)
    before = folder_digests(workspace / "extracted")
    for made in (workspace / "extracted").iterdir():
        made.rename(workspace / f"was-{made.name}")
    parallel = run(three, workspace, 2)
    assert parallel == serial
    assert folder_digests(workspace / "extracted") == before
    assert [result.indicators for result in serial] == [23, 27, 0]


def test_one_bad_document_does_not_stop_the_others(three, workspace: Path) -> None:
    results = run(list(reversed(three)), workspace, 2)
    assert results[0].exit_code == ExitCode.UNREADABLE
    assert exit_code_of(results) == ExitCode.UNREADABLE
    assert (workspace / "extracted/35213-mine/2025/release/data.json").is_file()


@pytest.mark.parametrize(
    ("codes", "expected"), [([0, 0], 0), ([0, 1], 1), ([1, 5, 0], 5), ([6, 3], 6), ([], 0)]
)
def test_one_exit_code_for_many_documents(codes: list[int], expected: int) -> None:
    assert exit_code_of([Result(pdf="x", exit_code=code) for code in codes]) == expected


@pytest.mark.parametrize(
    ("options", "loads"),
    [
        ({}, 1),
        ({"profile": "35213-mine", "edition": 2025, "copied": True}, 1),
        ({"profile": "35213-mine", "copied": True}, 1),
        ({"area": "35213", "copied": True}, 1),
        ({"copied": True}, 2),
    ],
    ids=["placed", "profile and edition", "profile alone", "area alone", "nothing known"],
)
def test_settings_are_loaded_once_a_document(
    options: dict[str, Any],
    loads: int,
    workspace: Path,
    short: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twice only where the document itself has to say whose it is."""
    loading = settings.load
    loaded: list[Path] = []

    def counted(*given: Any) -> settings.Settings:
        loaded.append(given[0])
        return loading(*given)

    monkeypatch.setattr(settings, "load", counted)
    pdf = workspace / "raw/35213-mine/2025.pdf"
    pdf.write_bytes(short.read_bytes())
    pdf.with_suffix(".toml").unlink()
    pdf.with_name("2024.pdf").write_bytes(short.read_bytes())
    if options.pop("copied", False):
        pdf = pdf.rename(workspace / "copied.pdf")
    result = run_one(pdf, Options(workspace=str(workspace), second_reader="never", **options))
    assert (result.failure, result.area_code, result.edition) == (None, "35213", 2025)
    assert len(loaded) == loads
