"""Failures of ours are ours, trouble of the machine is its own: codes, words, reports."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import normalize, release
from pipeline.cache import store
from pipeline.cache.store import folder_digests
from pipeline.chain import no_indicators
from pipeline.desk import jobs
from pipeline.desk.jobs import Options, Result, run_one
from pipeline.errors import EnvironmentTroubleError, ExitCode, InternalError, LimitError, typed
from pipeline.extract import read as first_reader
from pipeline.extract import run as extract
from pipeline.extract.witness import parse
from pipeline.messages import translate
from pipeline.model import Assembled, Document, Extracted, PageInfo, Remark, Validated
from pipeline.settings.extract import ExtractSettings
from tests import faulty
from tests.released import INVENTED
from tests.test_cli import shihyo

SECRET = "ほ場整備率"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A small document in a workspace of its own."""
    return faulty.workspace_with(tmp_path, faulty.NEW) / faulty.DOCUMENT


def run(report: Path, second: str = "never") -> Result:
    workspace = report.parent.parent.parent
    return run_one(report, Options(workspace=str(workspace), second_reader=second))  # type: ignore[arg-type]


def stumble(*_: object, **__: object) -> None:
    raise ValueError(SECRET)


# --------------------------------------------------------------------------- faults of ours


def test_a_fault_in_a_stage_has_its_own_code_and_a_report_without_the_documents_text(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run(report)
    before = folder_digests(Path(made.output) / "release")
    monkeypatch.setattr(normalize, "run", stumble)
    monkeypatch.setattr(jobs.Chain, "_reasons", lambda *_: ("forced",))
    result = run(report)
    assert result.exit_code == ExitCode.INTERNAL
    assert result.failure is not None
    path = Path(result.failure.parameters["report"])
    assert path == Path(made.output) / "fault.txt"
    text = path.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_faults.py" in text
    assert SECRET not in text + json.dumps(result.failure.parameters, ensure_ascii=False)
    assert str(report.parent) not in text
    assert folder_digests(Path(made.output) / "release") == before
    for language, word in (("ja", "不具合"), ("en", "fault")):
        assert word in translate(result.failure.message, language)  # type: ignore[arg-type]


def test_a_page_on_which_the_program_fails_does_not_take_the_document_with_it(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = extract(report, ExtractSettings(), second="never")
    reading = first_reader.read_tables

    def fails_on_the_second(page, *arguments, **named):
        return stumble() if page.number == 2 else reading(page, *arguments, **named)

    monkeypatch.setattr(first_reader, "read_tables", fails_on_the_second)
    result = run(report)
    assert result.exit_code == ExitCode.DOUBTS
    folder = Path(result.output)
    extracted = store.read_artefact(folder / "1-extract.json", Extracted)
    validated = store.read_artefact(folder / "4-validate.json", Validated)
    assert extracted is not None
    assert validated is not None
    assert {table.page for table in extracted.tables} == {t.page for t in whole.tables} - {2}
    (found,) = [one for one in validated.findings if one.rule == "reading.page-failed"]
    assert (found.severity, found.page) == ("blocker", 2)
    text = (folder / "fault.txt").read_text(encoding="utf-8")
    assert "page 2" in text
    assert "ValueError" in text
    assert SECRET not in text
    monkeypatch.undo()
    run_one(report, Options(workspace=str(report.parents[2]), second_reader="never", force=True))
    assert not (folder / "fault.txt").exists()


def test_where_nothing_else_can_be_read_the_fault_is_the_end_and_names_its_page(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_reader, "read_tables", stumble)
    result = run(report)
    assert result.exit_code == ExitCode.INTERNAL
    assert result.failure is not None
    assert result.failure.page == 1
    assert Path(result.failure.parameters["report"]).is_file()


def test_a_fault_of_another_command_is_told_alike(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline import cli
    from pipeline.show import report as shown

    monkeypatch.setattr(shown, "rules_text", stumble)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--lang", "en", "rules"])
    assert ended.value.code == ExitCode.INTERNAL
    told = capsys.readouterr().err
    assert "The program itself has a fault" in told
    assert SECRET not in told


def test_a_second_reader_that_failed_is_a_doubt_and_tried_again(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "read_encoded", stumble)
    assert run(report, "always").exit_code == ExitCode.DOUBTS
    monkeypatch.undo()
    again = run(report, "always")
    assert again.exit_code == ExitCode.RELEASED
    assert again.stages[0].because == ("unfinished",)
    assert run(report, "always").cached


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parent.glob("data/tableless/*.pdf")), ids=lambda path: path.stem
)
def test_a_paper_with_ruby_and_pictures_and_no_table_holds_no_indicators(
    path: Path, tmp_path: Path
) -> None:
    options = Options(
        workspace=str(tmp_path),
        output=str(tmp_path / "out"),
        area="35213",
        edition=2025,
        ocr=False,
    )
    result = run_one(path, options)
    assert result.exit_code == ExitCode.NO_INDICATORS
    assert result.failure is not None
    blank = result.failure.message == "The pages of the document are blank."
    assert blank == path.stem.endswith("-empty")


@pytest.mark.parametrize(("count", "told"), [("232", True), ("20", False)])
def test_fonts_that_do_not_tell_their_characters_are_the_reason_that_is_given(
    count: str, told: bool
) -> None:
    remarks = (
        Remark(rule="reading.unreadable-glyph", page=1, parameters={"count": count}),
        Remark(rule="structure.table-not-understood", page=1),
    )
    pages = (PageInfo(number=1, width=595, height=842),)
    document = Document(sha256="0" * 64, pages=pages)
    paper = Assembled(document=document, title=None, places=(), indicators=(), remarks=remarks)
    error = no_indicators(Path("a.pdf"), paper)
    assert error.exit_code == ExitCode.NO_INDICATORS
    assert ("do not tell which characters" in str(error.message)) is told


# --------------------------------------------------------------------------- trouble of the machine


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "only be read"),
        (errno.EBUSY, "another program"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "cannot be read or written"),
    ],
)
def test_trouble_of_the_machine_has_its_own_code_and_words(
    number: int, word: str, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(number, os.strerror(number), "a-file.json")

    monkeypatch.setattr(os, "fsync", full)
    result = run(report)
    assert result.exit_code == ExitCode.ENVIRONMENT
    assert result.failure is not None
    assert word in result.failure.message
    assert result.failure.file == "a-file.json"
    assert not list(Path(report.parents[2] / "extracted").rglob("*.part"))


def test_a_file_that_another_program_holds_open_is_told_on_windows() -> None:
    error = OSError(errno.EACCES, "sharing violation", "table.csv")
    error.winerror = 32  # type: ignore[attr-defined]
    told = typed(error)
    assert isinstance(told, EnvironmentTroubleError)
    assert "another program" in told.message
    assert told.file == "table.csv"


def test_every_exception_has_a_type() -> None:
    assert isinstance(typed(MemoryError()), LimitError)
    assert isinstance(typed(KeyError(SECRET)), InternalError)
    same = LimitError(limit="1 s")
    assert typed(same) is same


def test_a_stage_that_takes_too_long_is_a_limit(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forever(*_: object, **__: object) -> None:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(release, "run", forever)
    profile = report.parents[2] / f"schemas/{INVENTED}-town/profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text + "\n[extract]\nseconds_stage = 0.5\n", encoding="utf-8")
    result = run(report)
    assert result.exit_code == ExitCode.LIMIT
    assert result.failure is not None
    assert result.failure.parameters["limit"] == "0.5 s"


@pytest.mark.parametrize("value", ["inf", "nan", "-1", "0"])
def test_a_limit_that_is_none_is_refused(value: str, report: Path) -> None:
    workspace = report.parents[2]
    profile = workspace / f"schemas/{INVENTED}-town/profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text + f"\n[extract]\nseconds = {value}\n", encoding="utf-8")
    process = shihyo("run", "--second-reader", "never", cwd=workspace)
    assert process.returncode == ExitCode.SETTINGS
    assert "seconds" in process.stderr


# --------------------------------------------------------------------------- killed workers


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] not in "ZX":
            found.append(int(path.parent.name))
    return found


def until(found: Callable[[], list[int]]) -> list[int]:
    for _ in range(600):
        if result := found():
            return result
        time.sleep(0.02)
    return []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_killed_worker_does_not_stop_the_batch(report: Path) -> None:
    workspace = report.parents[2]
    for name in ("99901-nowhere", "99902-nowhere"):
        folder = workspace / "raw" / name
        folder.mkdir()
        (folder / "2025.pdf").write_bytes(report.read_bytes())
    command = [sys.executable, "-m", "pipeline.cli", "run", "--jobs", "2", "--json"]
    running = subprocess.Popen(
        [*command, "--workspace", str(workspace)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    victims = until(lambda: [worker for worker in children(running.pid) if children(worker)])
    assert victims
    os.kill(victims[0], signal.SIGKILL)
    output, _ = running.communicate(timeout=120)
    codes = [document["exit_code"] for document in json.loads(output)["documents"]]
    assert len(codes) == 3
    assert ExitCode.WORKER not in codes
