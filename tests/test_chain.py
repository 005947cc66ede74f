"""When a stage runs again, and what a run leaves behind when it is stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.cache import fingerprint
from pipeline.cache.store import folder_digests, read_header
from pipeline.desk.jobs import Options, Result, plan_one, run_one
from pipeline.extract.ocr.libraries import libraries
from tests import faulty

pytestmark = pytest.mark.slow

DOCUMENT = "raw/35213-mine/2025.pdf"
MADE = "extracted/35213-mine/2025"


def options(workspace: Path, **more) -> Options:
    return Options(workspace=str(workspace), second_reader="never", **more)


def run(workspace: Path, **more) -> Result:
    result = run_one(workspace / DOCUMENT, options(workspace, **more))
    assert result.failure is None
    return result


def ran(result: Result) -> list[str]:
    return [stage.stage for stage in result.stages if stage.ran]


@pytest.fixture(scope="module")
def made(tmp_path_factory, make_workspace) -> Path:
    workspace = make_workspace(tmp_path_factory.mktemp("chain") / "workspace")
    assert len(ran(run(workspace))) == 5
    return workspace


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    """A workspace in which everything has been made already."""
    return Path(shutil.copytree(made, tmp_path / "workspace"))


def chain_digests(folder: Path) -> dict[str, str]:
    """What the chain makes; the command writes the pages for the review beside it."""
    digests = folder_digests(folder)
    return {name: digest for name, digest in digests.items() if "review" not in name}


def test_a_second_run_runs_nothing(workspace: Path) -> None:
    before = folder_digests(workspace)
    result = run(workspace)
    assert result.cached
    assert ran(result) == []
    assert folder_digests(workspace) == before


def append(name: str, text: str) -> Callable[[Path], None]:
    def change(workspace: Path) -> None:
        path = workspace / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return change


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(workspace: Path) -> None:
        path = workspace / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


PROFILE = "schemas/35213-mine/profile.toml"
CHANGES = {
    "a unit": (append("schemas/default/units.csv", "ホゲ,,個数,1\n"), ["normalize"]),
    "a heading's word": (
        replace("schemas/default/headers.toml", 'unit = ["単位"', 'unit = ["単位", "ホゲ"'),
        ["assemble"],
    ),
    "the registry": (
        replace("schemas/35213-mine/indicators.csv", ",lower,", ",higher,"),
        ["normalize", "validate", "release"],
    ),
    "a status rule": (
        replace(PROFILE, 'when = ["reaches_baseline"]', 'when = ["better_than_baseline"]'),
        ["validate", "release"],
    ),
    "the publisher": (replace(PROFILE, 'publisher = "美祢市"', 'publisher = "市"'), ["release"]),
    "the origin": (
        replace("raw/35213-mine/2025.toml", 'published = ""', 'published = "2025-06-01"'),
        ["release"],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_runs_exactly_what_it_touches(name: str, workspace: Path) -> None:
    change, stages = CHANGES[name]
    change(workspace)
    planned = plan_one(workspace / DOCUMENT, options(workspace))
    assert ran(planned)[0] == stages[0]
    assert ran(run(workspace)) == stages
    assert ran(run(workspace)) == []


def test_a_dry_run_says_why_and_changes_nothing(workspace: Path) -> None:
    CHANGES["the publisher"][0](workspace)
    before = folder_digests(workspace)
    planned = plan_one(workspace / DOCUMENT, options(workspace))
    assert [(s.stage, s.because) for s in planned.stages if s.ran] == [("release", ("settings",))]
    assert folder_digests(workspace) == before


def test_force_runs_all_and_gives_the_same_bytes(workspace: Path) -> None:
    before = folder_digests(workspace / MADE)
    assert len(ran(run(workspace, force=True))) == 5
    assert folder_digests(workspace / MADE) == before


def test_another_pdf_runs_everything(workspace: Path) -> None:
    pdf = workspace / DOCUMENT
    pdf.write_bytes(pdf.read_bytes() + b"\n% another file\n")
    pdf.with_suffix(".toml").unlink()
    assert ran(run(workspace))[0] == "extract"


@pytest.mark.parametrize("stage", ["1-extract", "2-assemble", "3-normalize", "4-validate"])
def test_an_edited_artefact_is_made_again(stage: str, workspace: Path) -> None:
    path = workspace / MADE / f"{stage}.json"
    before = folder_digests(workspace / MADE)
    path.write_text(path.read_text(encoding="utf-8").replace("1", "2", 40), encoding="utf-8")
    assert ran(run(workspace)) == [stage[2:]]
    assert folder_digests(workspace / MADE) == before


@pytest.mark.parametrize("damage", ["edit", "remove", "add", "remove all"])
def test_an_altered_release_is_made_again(damage: str, workspace: Path) -> None:
    release = workspace / MADE / "release"
    before = folder_digests(release)
    if damage == "edit":
        (release / "findings.csv").write_text("", encoding="utf-8")
    elif damage == "remove":
        (release / "data.json").unlink()
    elif damage == "add":
        (release / "more.txt").write_text("", encoding="utf-8")
    else:
        shutil.rmtree(release)
    assert ran(run(workspace)) == ["release"]
    assert folder_digests(release) == before


def test_a_change_of_code_or_library_is_noticed(workspace: Path, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.chain.code_digest", lambda module: f"changed {module}")
    planned = plan_one(workspace / DOCUMENT, options(workspace))
    assert planned.stages[0].because == ("code",)
    monkeypatch.undo()
    for changed, because in (("pypdfium2", "libraries"), ("rapidocr", "ocr")):
        if because == "ocr" and changed not in libraries():
            continue
        fingerprint._version.cache_clear()
        with monkeypatch.context() as patch:
            patch.setattr(
                fingerprint,
                "version",
                lambda name, of=changed: "99" if name == of else version(name),
            )
            planned = plan_one(workspace / DOCUMENT, options(workspace))
        fingerprint._version.cache_clear()
        assert planned.stages[0].because == (because,)


def test_the_artefact_says_what_it_was_made_from(workspace: Path) -> None:
    header = read_header(workspace / MADE / "3-normalize.json")
    assert header is not None
    assert sorted(header.parts) == [
        "area",
        "assemble",
        "code",
        "edition",
        "libraries",
        "settings",
        "told",
    ]


# --------------------------------------------------------------------------- killed, at once

SMALL = f"{faulty.MADE}/2025"


def command(document: str) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli", "run", document, "--second-reader", "never"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which a small document was run."""
    workspace = faulty.workspace_with(tmp_path_factory.mktemp("small"), faulty.NEW)
    assert run_one(workspace / faulty.DOCUMENT, options(workspace)).failure is None
    return workspace


@pytest.fixture
def unmade(small: Path, tmp_path: Path) -> Path:
    """A copy of it in which the chain has nothing left."""
    workspace = Path(shutil.copytree(small, tmp_path / "workspace"))
    shutil.rmtree(workspace / SMALL / "release")
    for path in (workspace / SMALL).glob("*.json"):
        path.unlink()
    return workspace


@pytest.mark.parametrize("delay", [0.45, 0.9])
def test_a_killed_run_leaves_old_or_new_and_the_next_one_finishes(
    delay: float, unmade: Path, small: Path
) -> None:
    """At each operation on files: ``test_interrupted.py``."""
    started = command(faulty.DOCUMENT)
    with subprocess.Popen(started, cwd=unmade, stdout=subprocess.DEVNULL) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    for path in (unmade / SMALL).glob("[0-9]-*.json"):
        assert path.read_bytes() == (small / SMALL / path.name).read_bytes()
    release = unmade / SMALL / "release"
    if release.exists():
        assert folder_digests(release) == folder_digests(small / SMALL / "release")
    assert run_one(unmade / faulty.DOCUMENT, options(unmade)).failure is None
    assert chain_digests(unmade / SMALL) == chain_digests(small / SMALL)


@pytest.mark.parametrize("runs", [2, 8])
def test_runs_at_once_do_not_mix(runs: int, unmade: Path, small: Path) -> None:
    started = command(faulty.DOCUMENT)
    both = [
        subprocess.Popen(started, cwd=unmade, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(runs)
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0] * runs
    assert chain_digests(unmade / SMALL) == chain_digests(small / SMALL)
    assert all("指標27件" in out.decode() for out, _ in said)


def test_two_documents_at_once_are_as_alone(unmade: Path, small: Path) -> None:
    other, made = "raw/99901-nowhere/2025.pdf", unmade / "extracted/99901-nowhere/2025"
    (unmade / other).parent.mkdir()
    shutil.copyfile(unmade / faulty.DOCUMENT, unmade / other)
    both = [
        subprocess.Popen(command(document), cwd=unmade, stdout=subprocess.DEVNULL)
        for document in (faulty.DOCUMENT, other)
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert chain_digests(unmade / SMALL) == chain_digests(small / SMALL)
    at_once = chain_digests(made)
    shutil.rmtree(made)
    assert run_one(unmade / other, options(unmade)).failure is None
    assert chain_digests(made) == at_once


def test_a_failing_run_leaves_the_release_as_it_was(workspace: Path) -> None:
    before = folder_digests(workspace / MADE)
    (workspace / DOCUMENT).write_bytes(b"<html>not a pdf</html>")
    (workspace / DOCUMENT).with_suffix(".toml").unlink()
    result = run_one(workspace / DOCUMENT, options(workspace))
    assert result.exit_code == 3
    assert folder_digests(workspace / MADE) == before


def test_results_do_not_depend_on_place_or_process(made: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    elsewhere = tmp_path / "elsewhere"
    process = subprocess.run(
        [*command(DOCUMENT), "--output", str(elsewhere), "--json"],
        cwd=made,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert json.loads(process.stdout)["exit_code"] == 0
    assert chain_digests(elsewhere) == chain_digests(made / MADE)
