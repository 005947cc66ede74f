"""What the tests of decisions share: the report full of doubts, run, and an answer to each."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.chain import Task
from pipeline.desk import decide
from pipeline.desk.choices import choices, chosen
from pipeline.desk.corrections import save
from pipeline.desk.jobs import Options, Result, prepare, run_one
from pipeline.desk.waiting import Desk, desk_of
from pipeline.model import Finding
from pipeline.review.write import ReviewFiles

ROOT = Path(__file__).resolve().parent.parent.parent
AREA, EDITION, TOWN = "01999", 2025, "01999-shirakaba"
SIGNED = {"who": "企画課", "when": "2026-04-01"}

ANSWERS = {
    "14,20": "1,420",
    "8,4,00": "8,400",
    "5,80": "580",
    "1,5,0": "2",
    "〃": "7",
    "340～320": "330",
    "4..5": "45",
    "12 15": "15",
    "3/8": "5",
    "(95)": "95",
    "75（丙）": "75",
    "☆": "－",
    '=HYPERLINK("http://x")': "リンクの件数",
}
"""Printed → the value or name that a person gives."""
BY_RULE = {
    "layout.columns": "layout",
    "structure.row-without-name": "not-indicator",
    "structure.duplicate": "seen",
    "vocabulary.unknown-header": "role:actual",
    "vocabulary.unknown-figures-header": "role:actual",
    "unit.unknown": "unit:件",
    "unit.missing": "unit:件",
}
"""Rule → answer; whatever is not named is as printed."""


class Town:
    """A workspace with one document, and what an officer does there."""

    def __init__(self, workspace: Path, folder: str = TOWN, edition: int = EDITION) -> None:
        self.workspace, self.edition = workspace, edition
        self.pdf = workspace / "raw" / folder / f"{edition}.pdf"
        self.output = workspace / "extracted" / folder / str(edition)
        self.own = workspace / "schemas" / folder
        self.corrections = self.own / "corrections" / f"{edition}.toml"

    def answer(self, found: Finding) -> str:
        """What the officer decides."""
        return answer(found)

    @property
    def options(self) -> Options:
        return Options(workspace=str(self.workspace), second_reader="never")

    def task(self) -> Task:
        return prepare(self.pdf, self.options)

    def run(self) -> Result:
        return run_one(self.pdf, self.options)

    def review(self) -> Path:
        """The folder with the page and the workbook, up to date."""
        run_one(self.pdf, self.options, beside=ReviewFiles)
        return self.output

    def desk(self) -> Desk:
        return desk_of(AREA, self.edition, self.output, self.own)

    def data(self) -> dict[str, Any]:
        import json

        return json.loads((self.output / "release" / "data.json").read_text(encoding="utf-8"))

    def settle(self, findings: Iterable[Finding]) -> None:
        desk = self.desk()
        made = [
            decide.decision(
                desk, found, chosen(found, self.answer(found)), reason="課に確認", **SIGNED
            )
            for found in findings
        ]
        save(self.corrections, AREA, self.edition, made)


def answer(found: Finding) -> str:
    """What the officer of these tests decides."""
    if found.rule in BY_RULE:
        return BY_RULE[found.rule]
    given = ANSWERS.get((found.printed or "").strip())
    takes_value = any(one.code in ("value", "name") for one in choices(found))
    return given if given and takes_value else "seen"


@pytest.fixture(scope="session")
def run_town(tmp_path_factory) -> Path:
    """The workspace of the report full of doubts after its first run."""
    workspace = tmp_path_factory.mktemp("doubts") / "workspace"
    town = Town(workspace)
    town.pdf.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests/data/doubts/2025.pdf", town.pdf)
    result = town.run()
    assert (result.exit_code, result.failure) == (1, None)
    town.review()
    return workspace


@pytest.fixture
def town(run_town: Path, tmp_path: Path) -> Town:
    """A copy of it that a test may change."""
    shutil.copytree(run_town, tmp_path / "workspace")
    return Town(tmp_path / "workspace")


# --------------------------------------------------------------------------- a real browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium as the system has it, without the network."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """A tab that fails the test if the page throws, logs an error or asks the network."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, accept_downloads=True, locale="ja-JP"
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    yield page
    context.close()
    assert wrong == []
