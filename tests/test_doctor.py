"""What ``shihyo doctor`` says of a machine, and the log of runs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.desk import doctor
from pipeline.extract.ocr import engine, second

TOWN = Path(__file__).parent / "data" / "towns" / "circles.pdf"


def verdicts(workspace: Path, console: str = "utf-8") -> dict[str, str]:
    return {one.name: one.verdict for one in doctor.examine(workspace, console)}


def test_a_machine_that_is_well(tmp_path: Path) -> None:
    assert "bad" not in verdicts(tmp_path).values()


@pytest.mark.parametrize(
    ("console", "verdict"),
    [("utf-8", "good"), ("cp932", "good"), ("cp1252", "note"), ("ascii", "note"), ("x", "note")],
)
def test_a_console_that_lacks_japanese_is_told(console: str, verdict: str, tmp_path: Path) -> None:
    assert verdicts(tmp_path, console)["console"] == verdict


def test_an_optional_part_that_is_missing_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "installed", lambda: False)
    (told,) = [one for one in doctor.examine(tmp_path, "utf-8") if one.name == "ocr"]
    assert (told.verdict, told.parameters) == ("note", {"extra": "ocr"})


def test_a_second_engine_of_recognition_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for there in (True, False):
        monkeypatch.setattr(engine, "installed", lambda: True)
        monkeypatch.setattr(second, "installed", lambda there=there: there)
        told = [one for one in doctor.examine(tmp_path, "utf-8") if one.name == "ocr"]
        notes = [one.text for one in told if one.verdict == "note"]
        assert ["tesserocr" in one for one in notes] == ([] if there else [True])


def test_a_folder_that_cannot_be_written_is_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "extracted").mkdir()
    real = doctor.store.write_atomically

    def refuse(path: Path, data: bytes) -> None:
        if "extracted" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        real(path, data)

    monkeypatch.setattr(doctor.store, "write_atomically", refuse)
    with pytest.raises(SystemExit) as ended:
        cli.main(["doctor", "--lang", "en", "--workspace", str(tmp_path)])
    assert ended.value.code == 10
    assert f"✗ {tmp_path / 'extracted'}: There is no permission" in capsys.readouterr().out
    assert not list(tmp_path.rglob(".shihyo-*"))


def test_settings_that_are_wrong_are_bad(tmp_path: Path) -> None:
    (tmp_path / "schemas" / "default").mkdir(parents=True)
    (tmp_path / "schemas" / "default" / "extract.toml").write_text("surprise = 1\n", "utf-8")
    assert verdicts(tmp_path)["settings"] == "bad"


def test_the_result_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["doctor", "--json", "--workspace", str(tmp_path)])
    assert ended.value.code == 0
    names = [one["name"] for one in json.loads(capsys.readouterr().out)["checks"]]
    assert {"program", "libraries", "ocr", "limits", "console", "fonts"} <= set(names)


def logged(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_log_has_a_line_for_everything_that_happens(tmp_path: Path) -> None:
    pdf, log = tmp_path / "a.pdf", tmp_path / "log.jsonl"
    shutil.copyfile(TOWN, pdf)
    arguments = ["run", str(pdf), "-o", str(tmp_path / "out"), "--area", "35213"]
    arguments += ["--edition", "2025", "--second-reader", "never", "--log-file", str(log)]
    arguments += ["--workspace", str(tmp_path), "--password", "himitsu"]
    codes = []
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        codes.append(ended.value.code)
    lines = logged(log)
    stages = ["extract", "assemble", "normalize", "validate", "release"]
    one = ["began", *["stage"] * 5, "document", "ended"]
    assert [line["event"] for line in lines] == one * 2
    assert [line["stage"] for line in lines if line["event"] == "stage"] == stages * 2
    assert [line["runs"] for line in lines if line["event"] == "stage"] == [True] * 5 + [False] * 5
    assert [line["exit_code"] for line in lines if line["event"] == "ended"] == codes
    assert [line["pdf"] for line in lines if line["event"] == "document"] == [str(pdf)] * 2
    assert "himitsu" not in log.read_text(encoding="utf-8")


def test_a_log_tells_of_failures(tmp_path: Path) -> None:
    pdf, log = tmp_path / "a.pdf", tmp_path / "log.jsonl"
    pdf.write_bytes(b"<html></html>")
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", str(pdf), "--log-file", str(log), "--workspace", str(tmp_path)])
    (told,) = [line for line in logged(log) if line["event"] == "document"]
    assert ended.value.code == told["exit_code"] == 3
    assert told["failure"] == "The file is not a PDF but HTML."


def test_a_log_that_cannot_be_written_is_trouble_of_the_machine(tmp_path: Path) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", str(pdf), "--log-file", str(tmp_path / "none" / "log")])
    assert ended.value.code == 10
