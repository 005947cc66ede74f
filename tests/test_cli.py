"""The command as a user meets it: output, exit codes, help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli import cli
from pipeline.errors import ExitCode
from pipeline.messages import translate


def shihyo(
    *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory, make_workspace) -> tuple[Path, subprocess.CompletedProcess[str]]:
    workspace = make_workspace(tmp_path_factory.mktemp("cli") / "workspace")
    return workspace, shihyo("run", "--second-reader", "never", cwd=workspace)


def test_the_officer_sees_statuses_findings_and_where_the_files_are(done) -> None:
    _, process = done
    assert process.returncode == 0
    assert process.stderr == ""
    lines = process.stdout.splitlines()
    assert lines[0] == "第二次美祢市総合計画後期計画における令和7年度の実施について"
    assert "指標130件、事業77件" in lines[1]
    assert any(line.split()[:2] == ["目標達成", "58->53"] for line in lines)
    assert "■ 資料内の矛盾：8件" in lines
    assert any("「ほ場整備率」" in line and line.startswith("  ［") for line in lines)
    assert any(line.startswith("オープンデータの出力先：") for line in lines)


def test_the_same_in_english(done) -> None:
    process = shihyo("run", "--second-reader", "never", "--lang", "en", cwd=done[0])
    assert "Nothing has changed: no stage had to run." in process.stdout
    assert "■ contradiction: 8" in process.stdout
    assert "printed status 目標達成" in process.stdout


def test_json_is_one_object_on_stdout(done) -> None:
    process = shihyo("run", "--second-reader", "never", "--json", cwd=done[0])
    result = json.loads(process.stdout)
    assert result["exit_code"] == 0
    document = result["documents"][0]
    assert document["cached"] is True
    assert (document["indicators"], document["projects"]) == (130, 77)
    assert document["findings"]["error"] == 8
    assert Path(done[0], document["release"], "data.json").is_file()


def test_a_dry_run_tells_what_would_run(done) -> None:
    process = shihyo("run", "--second-reader", "never", "--force", "--dry-run", cwd=done[0])
    assert process.returncode == 0
    assert process.stdout.count("強制実行") == 1
    assert process.stdout.count("に続くため") == 5


def test_the_language_can_be_set_for_good(done, monkeypatch) -> None:
    monkeypatch.setenv("SHIHYO_LANG", "en")
    process = shihyo("run", "--second-reader", "never", cwd=done[0])
    assert "130 indicators" in process.stdout


# --------------------------------------------------------------------------- bad input


def made(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "document.pdf"
    path.write_bytes(data)
    return path


BAD = {
    "empty": (b"", 3, "空"),
    "HTML": (b"<!DOCTYPE html><html></html>", 3, "HTML"),
    "text": (b"hello", 3, "PDF"),
    "damaged": (b"%PDF-1.7\n1 0 obj\n<<", 3, "PDF"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_pdf_is_told_with_its_exit_code(name: str, tmp_path: Path) -> None:
    data, code, word = BAD[name]
    pdf = made(tmp_path, data)
    process = shihyo("run", str(pdf), "-o", str(tmp_path / "out"), "--area", "35213")
    assert process.returncode == code
    assert process.stdout == ""
    assert process.stderr.startswith(f"エラー: {pdf}\n")
    assert word in process.stderr
    assert "→" in process.stderr
    assert not (tmp_path / "out" / "release").exists()


def test_a_document_that_names_itself_is_run_into_a_folder_of_its_own(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    pdf = root / "raw" / "35213-mine" / "2025.pdf"
    process = shihyo("run", str(pdf), "-o", str(tmp_path / "out"), cwd=tmp_path)
    assert process.returncode == 0, process.stderr
    for name in ("release/SHA256SUMS", "review.html", "review.xlsx"):
        assert (tmp_path / "out" / name).is_file()


def test_a_failure_in_json_names_message_and_advice_in_both_languages(tmp_path: Path) -> None:
    process = shihyo("run", str(made(tmp_path, b"")), "--area", "35213", "--json")
    failure = json.loads(process.stdout)["documents"][0]["failure"]
    assert failure["exit_code"] == process.returncode == 3
    assert failure["message_en"] == "The file is empty."
    assert failure["message_ja"] == "ファイルが空です。"
    assert failure["advice_ja"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", "no-such.pdf"], 2),
        (["run", "--no-such-option"], 2),
        (["run", "--edition", "abc"], 2),
        (["run", "--area", "1", "--edition", "2025", "DOCUMENT"], 2),
        (["run", "--profile", "no-such", "DOCUMENT"], 7),
        (["no-such-command"], 2),
        (["run", "--workspace", "empty"], 2),
        (["add", "no-such.pdf"], 2),
        (["inspect", "no-such.pdf"], 2),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, root: Path, tmp_path: Path) -> None:
    document = str(root / "raw/35213-mine/2025.pdf")
    given = [document if argument == "DOCUMENT" else argument for argument in arguments]
    process = shihyo(*given, cwd=tmp_path)
    assert process.returncode == code
    assert process.stderr
    assert "Traceback" not in process.stderr


@pytest.mark.parametrize(
    ("file", "content", "word"),
    [
        ("profile.toml", "[municipality]\nname = 'x'\n", "area_code"),
        ("profile.toml", "[[[", ""),
        ("profile.toml", "hobby = 1\n[municipality]\narea_code='35213'\nname='x'\n", "hobby"),
        ("profile.toml", "[municipality]\narea_code='3521'\nname='x'\n", "3521"),
        ("profile.toml", "[municipality]\narea_code='35214'\nname='x'\n", "35213-mine"),
        ("indicators.csv", "id,name\na\n", ""),
    ],
)
def test_an_invalid_settings_file_is_named(file, content, word, workspace: Path) -> None:
    path = workspace / "schemas" / "35213-mine" / file
    path.write_text(content, encoding="utf-8")
    process = shihyo("run", "--second-reader", "never", cwd=workspace)
    assert process.returncode == 7
    assert file in process.stderr
    assert word in process.stderr


def test_an_origin_file_of_another_pdf_is_refused(workspace: Path) -> None:
    pdf = workspace / "raw/35213-mine/2025.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    process = shihyo("run", cwd=workspace)
    assert process.returncode == 7
    assert "2025.toml" in process.stderr


# --------------------------------------------------------------------------- workspace


def test_a_new_workspace_takes_a_pdf_and_runs_it(root: Path, tmp_path: Path) -> None:
    made = shihyo("new", "place", cwd=tmp_path)
    assert made.returncode == 0
    assert "shihyo init" in made.stdout.splitlines()[-1]
    guide = (tmp_path / "place" / "GUIDE.ja.md").read_text(encoding="utf-8")
    order = ["shihyo init", "shihyo run", "shihyo add", "shihyo review", "shihyo registry"]
    places = [guide.index(command) for command in order]
    assert places == sorted(places)
    pdf = str(root / "raw/35213-mine/2025.pdf")
    given = ["--area", "35213", "--edition", "2025", "--workspace", "place"]
    added = shihyo("add", pdf, *given, "--publisher", "美祢市", cwd=tmp_path)
    assert added.returncode == 0
    assert (tmp_path / "place/raw/35213-mine/2025.pdf").is_file()
    assert "美祢市" in (tmp_path / "place/raw/35213-mine/2025.toml").read_text(encoding="utf-8")
    process = shihyo("run", "--workspace", "place", "--second-reader", "never", cwd=tmp_path)
    assert process.returncode in (0, 1)
    assert (tmp_path / "place/extracted/35213-mine/2025/release/data.json").is_file()


def test_another_pdf_does_not_take_the_place_of_the_first(root: Path, workspace: Path) -> None:
    other = str(root / "tests/data/producers/typst.pdf")
    given = ["--area", "35213", "--edition", "2025", "--workspace", str(workspace)]
    process = shihyo("add", other, *given)
    assert process.returncode == 2
    assert "既に別のPDF" in process.stderr


def test_area_and_edition_are_found_in_the_document(root: Path, workspace: Path) -> None:
    given = [str(root / "tests/data/producers/typst.pdf"), "--workspace", str(workspace)]
    process = shihyo("run", *given, "--second-reader", "never", "--json")
    document = json.loads(process.stdout)["documents"][0]
    assert (document["area_code"], document["edition"]) == ("35213", 2025)
    assert document["output"] == str(workspace / "extracted/35213-mine/2025")
    assert list((workspace / "extracted/.incoming").iterdir()) == []


def test_in_doubt_the_user_is_asked(root: Path, tmp_path: Path) -> None:
    process = shihyo("run", str(root / "tests/data/towns/circles.pdf"), cwd=tmp_path)
    assert process.returncode == 2
    assert "--area" in process.stderr


# --------------------------------------------------------------------------- inspect


def test_inspect_prints_tables(root: Path) -> None:
    process = shihyo("inspect", "raw/35213-mine/2025.pdf", "--page", "2", cwd=root)
    assert process.returncode == 0
    assert "観光交流人口" in process.stdout
    assert "| 119.4 " in process.stdout


def test_inspect_gives_the_contract_as_json(root: Path) -> None:
    process = shihyo("inspect", "raw/35213-mine/2025.pdf", "--json", cwd=root)
    content = json.loads(process.stdout)
    assert sorted(content) == ["leftovers", "tables"]
    table = content["tables"][0]
    assert sorted(table) == ["box", "cells", "page"]
    assert sorted(table["cells"][0]) == [
        "box",
        "column",
        "column_span",
        "fill",
        "row",
        "row_span",
        "text",
    ]


def test_inspect_draws_a_page(root: Path, tmp_path: Path) -> None:
    process = shihyo(
        "inspect", "raw/35213-mine/2025.pdf", "--page", "2", "--png", str(tmp_path / "p.png"),
        cwd=root,
    )  # fmt: skip
    assert process.returncode == 0
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


# --------------------------------------------------------------------------- help

COMMANDS = sorted(cli.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_in_both_languages(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    assert command.short_help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert translate(parameter.help, "ja") != parameter.help
    assert translate(command.help, "ja") != command.help
    japanese, english = shihyo(name, "--help"), shihyo("--lang", "en", name, "--help")
    assert japanese.returncode == english.returncode == 0
    assert japanese.stdout != english.stdout
    first = english.stdout.split("\n\n")[1].split()
    assert first[:4] == command.help.split()[:4]


def test_every_exit_code_is_told_in_the_help() -> None:
    told = {name: shihyo("--lang", "en", name, "--help").stdout for name in ("run", "batch")}
    for code in ExitCode:
        name = "batch" if code in (ExitCode.SOME_FAILED, ExitCode.ALL_FAILED) else "run"
        assert f" {int(code)} " in told[name].replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--jbos", "2"], "'--jbos' というオプションはありません。"),
        (["run", "--jobs", "many"], "'many' は数値"),
        (["run", "--jobs", "0"], "範囲"),
        (
            ["run", "--second-reader", "perhaps"],
            "'always', 'on-doubt', 'never' のいずれでもありません",
        ),
        (["run", "--output"], "値が必要です"),
        (["runn"], "'runn' というコマンドはありません。"),
        (["new"], "引数がありません"),
        (["new", "a", "b"], "余分な引数があります：b"),
        (["--help"], "使い方:"),
    ],
)
def test_what_click_says_is_japanese_too(arguments: list[str], said: str) -> None:
    process = shihyo(*arguments)
    assert said in process.stdout + process.stderr
    english = shihyo(*arguments, env={**os.environ, "SHIHYO_LANG": "en"})
    assert said not in english.stdout + english.stderr
    assert english.returncode == process.returncode
