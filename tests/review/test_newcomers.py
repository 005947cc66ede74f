"""Unknown towns from ``init`` to exit 0, each in each of the three ways of deciding."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.desk.waiting import open_findings
from pipeline.japanese.text import match_key
from pipeline.model import Finding
from tests import scored
from tests.data.newcomers.seeds import SEEDS
from tests.review.conftest import AREA, ROOT, Town
from tests.review.test_page import decide_by_keyboard
from tests.review.test_workbook import filled

pytestmark = pytest.mark.slow

WITHOUT_QUESTIONS = {38, 206, 497, 907}
"""Papers that are read without a doubt by now."""

NEWCOMERS = ROOT / "tests" / "data" / "newcomers"
BY_RULE = {
    "layout.columns": "layout",
    "vocabulary.unknown-header": "role:target",
    "vocabulary.unknown-figures-header": "role:target",
    "legend.two-readings": "A",
    "legend.unconfirmed": "legend",
}
ROUNDS = 4


class Newcomer(Town):
    """A town whose officer knows the truth about its document."""

    def __init__(self, workspace: Path, seed: int) -> None:
        self.truth = json.loads((NEWCOMERS / f"{seed}.json").read_text("utf-8"))
        self.paper = NEWCOMERS / f"{seed}.pdf"
        super().__init__(workspace, AREA, self.truth["document"]["edition"])

    def answer(self, found: Finding) -> str:
        if found.rule.startswith("direction."):
            name = match_key(found.subject)
            told = (one for one in self.truth["indicators"] if match_key(one["name"]) == name)
            return next(told)["direction"]
        return BY_RULE.get(found.rule, "seen")

    def shihyo(self, *arguments: str, typed: str = "") -> Result:
        given = [*arguments, "--workspace", str(self.workspace)]
        return CliRunner().invoke(cli, given, input=typed)


def by_command_line(town: Newcomer, *_: object) -> None:
    waiting = open_findings(town.desk())
    typed = "".join(f"{town.answer(found)}\n課に確認\n" for found in waiting)
    assert town.shihyo("decide", "--who", "係", typed=typed).exit_code == 0


def by_workbook(town: Newcomer, folder: Path, *_: object) -> None:
    path = filled(town, folder / "filled.xlsx")
    done = town.shihyo("decide", "--from", str(path))
    assert done.exit_code == 0, done.output


def by_page(town: Newcomer, _: Path, request: pytest.FixtureRequest) -> None:
    tab = request.getfixturevalue("tab")
    tab.goto((town.review() / "review.html").as_uri())
    decide_by_keyboard(tab, town)
    with tab.expect_download() as download:
        tab.click("#store")
    town.corrections.parent.mkdir(parents=True, exist_ok=True)
    download.value.save_as(town.corrections)


@pytest.mark.parametrize("way", [by_command_line, by_workbook, by_page])
@pytest.mark.parametrize("seed", sorted(set(SEEDS) - WITHOUT_QUESTIONS))
def test_a_newcomer_gets_from_init_to_a_clean_release(seed, way, tmp_path, request) -> None:
    town = Newcomer(tmp_path / "city", seed)
    assert CliRunner().invoke(cli, ["new", str(town.workspace)]).exit_code == 0
    begun = town.shihyo("init", str(town.paper), "--area", AREA, "--edition", str(town.edition))
    assert begun.exit_code == 0, begun.output
    assert town.pdf.read_bytes() == town.paper.read_bytes()
    assert re.search(r"review\.html", begun.output)
    before = open_findings(town.desk())
    assert any(found.severity == "blocker" for found in before)
    for _ in range(ROUNDS):
        if open_findings(town.desk()):
            way(town, tmp_path, request)
        ended = town.shihyo("run")
        assert ended.exit_code in (0, 1), ended.output
    assert ended.exit_code == 0
    assert open_findings(town.desk()) == []
    found = scored.score(town.truth, ended.exit_code, town.data())
    assert not [one for one in found.failing if one.verdict == "silent"]


@pytest.mark.parametrize("seed", sorted(WITHOUT_QUESTIONS))
def test_a_paper_without_doubts_is_released_at_once(seed, tmp_path) -> None:
    town = Newcomer(tmp_path / "city", seed)
    assert CliRunner().invoke(cli, ["new", str(town.workspace)]).exit_code == 0
    begun = town.shihyo("init", str(town.paper), "--area", AREA, "--edition", str(town.edition))
    assert begun.exit_code == 0, begun.output
    ended = town.shihyo("run")
    assert ended.exit_code == 0, ended.output
    found = scored.score(town.truth, ended.exit_code, town.data())
    assert not [one for one in found.failing if one.verdict == "silent"]
