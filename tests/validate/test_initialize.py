"""A draft profile and registry from a document, and the run that works with them."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from pathlib import Path

import pytest

from pipeline.assemble import run as assemble
from pipeline.desk.draft import Draft, initialize, rule_lines, write
from pipeline.errors import NoIndicatorsError, UsageError
from pipeline.extract import run as extract
from pipeline.japanese.text import label
from pipeline.model import Validated
from pipeline.normalize import run as normalize
from pipeline.settings.files import packaged_defaults
from pipeline.settings.load import load
from pipeline.settings.registry import load_registry
from pipeline.settings.validate import load as load_rules
from pipeline.validate import run
from tests.validate.build import settings
from tests.validate.test_status import AGAINST_BASE, BANDS, EQUALITY, MINE, PARTLY_JUDGED, SURVEY

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TOWNS = ROOT / "tests" / "data" / "towns"


def drafted(town: str, workspace: Path, edition: int | None = None) -> Draft:
    pdf = (TOWNS / f"{town}.pdf").read_bytes()
    return initialize(pdf, "39204", workspace, edition=edition, language="en")


def run_with(town: str, workspace: Path, folder: Path, edition: int) -> Validated:
    """The chain with the settings of a profile folder."""
    own = load(workspace, folder)
    extracted = extract(TOWNS / f"{town}.pdf", own.extract, second="never")
    assembled = assemble(extracted, own.assemble)
    typed = normalize(assembled, own.normalize, edition=edition, area_code="39204")
    return run(typed, own.validate)


@pytest.mark.parametrize(
    ("town", "edition", "planted"),
    [
        ("circles", 2025, 3),
        ("against-base", 2020, 1),
        ("pro-rata", 2025, 1),
        ("two-level", 2025, 2),
    ],
)
def test_the_draft_works_once_its_questions_are_answered(
    town: str, edition: int, planted: int, tmp_path: Path
) -> None:
    profile, registry = write(drafted(town, tmp_path), tmp_path)
    facts = json.loads((TOWNS / f"{town}.facts.json").read_text(encoding="utf-8"))
    known = {label(row["name"]): row["direction"] for row in facts["indicators"]}
    with registry.open(encoding="utf-8") as stream:
        comments = [next(stream) for _ in range(3)]
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["direction"] = known.get(row["name"], row["direction"])
    with registry.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(comments)
        table = csv.DictWriter(stream, rows[0])
        table.writeheader()
        table.writerows(rows)
    found = run_with(town, tmp_path, profile.parent, edition).findings
    assert sum(one.severity == "error" for one in found) == planted
    assert not [one.rule for one in found if one.severity == "blocker"]


@pytest.mark.parametrize(("town", "edition"), [("circles", 2025), ("two-level", 2025)])
def test_the_draft_works_as_it_is(town: str, edition: int, tmp_path: Path) -> None:
    profile, registry = write(drafted(town, tmp_path), tmp_path)
    assert load_registry(registry.parent) is not None
    found = {one.rule for one in run_with(town, tmp_path, profile.parent, edition).findings}
    assert not {"identity.no-registry", "legend.adopted"} & found


def test_the_drafts_rules_are_those_of_the_legend_with_their_evidence(tmp_path: Path) -> None:
    profile = drafted("circles", tmp_path).profile
    read = tomllib.loads(profile)
    assert read["municipality"]["name"] == "南国市"
    assert [rule["word"] for rule in read["validate"]["status"]] == ["○", "×", "◎", "△", "－"]
    assert "目標値と同等" in profile


def test_what_is_not_known_is_a_question(tmp_path: Path) -> None:
    draft = drafted("circles", tmp_path)
    assert any("南国市" in question for question in draft.questions)
    assert any("licence" in question for question in draft.questions)
    assert any("questions about the data" in question for question in draft.questions)
    assert any("how often" in question for question in draft.questions)
    unknown = [line for line in draft.registry.splitlines() if ",unknown," in line]
    directions = [question for question in draft.questions if "higher or lower" in question]
    assert len(unknown) == len(directions)
    assert all(line.startswith("#") for line in draft.profile.splitlines() if "Question" in line)


def test_units_that_are_missing_are_asked_for(tmp_path: Path) -> None:
    draft = drafted("plain", tmp_path, 2020)
    asked = [question for question in draft.questions if "no unit" in question]
    assert asked
    assert all(f"# Question: {question}" in draft.profile for question in asked)
    assert tomllib.loads(draft.profile)["municipality"]["area_code"] == "39204"


def test_answering_a_question_settles_it(tmp_path: Path) -> None:
    profile, registry = write(drafted("against-base", tmp_path), tmp_path)
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace(",unknown,,", ",higher,declared,"), encoding="utf-8")
    found = run_with("against-base", tmp_path, profile.parent, 2020)
    assert not [one.rule for one in found.findings if one.rule.startswith("direction.")]


def test_a_legend_that_cannot_be_read_is_left_to_a_person(tmp_path: Path) -> None:
    draft = drafted("tolerance", tmp_path)
    assert "status" not in tomllib.loads(draft.profile).get("validate", {})
    assert "# a: 目標値を達成している" in draft.profile
    assert any("rules" in question for question in draft.questions)


def test_a_document_without_statuses_gets_no_rules(tmp_path: Path) -> None:
    draft = drafted("plain", tmp_path, 2020)
    assert "[validate]" not in draft.profile


def test_the_citys_own_document_gives_the_declared_rules(tmp_path: Path) -> None:
    pdf = (ROOT / "raw" / "35213-mine" / "2025.pdf").read_bytes()
    draft = initialize(pdf, "35213", tmp_path)
    assert draft.folder == "35213-mine"
    declared = tomllib.loads((ROOT / "schemas/35213-mine/profile.toml").read_text("utf-8"))
    rules = {
        rule["word"]: rule.get("when")
        for rule in tomllib.loads(draft.profile)["validate"]["status"]
    }
    assert set(rules) == {rule["word"] for rule in declared["validate"]["status"]}
    assert rules["現状維持"] == ["all_equal"]
    assert rules["目標達成"] == ["reaches_target"]


@pytest.mark.parametrize("profile", [MINE, EQUALITY, AGAINST_BASE, PARTLY_JUDGED, BANDS, SURVEY])
def test_rules_are_written_as_they_are_read(profile: str) -> None:
    declared = settings(profile)
    written = "\n".join(line for rule in declared.status for line in rule_lines(rule))
    section = tomllib.loads(written)["validate"]
    assert load_rules([packaged_defaults()], section).status == declared.status


def test_a_document_without_indicators_is_refused(tmp_path: Path) -> None:
    pdf = (ROOT / "tests/data/papers/audit.pdf").read_bytes()
    with pytest.raises(NoIndicatorsError):
        initialize(pdf, "39204", tmp_path, edition=2020)


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    draft = drafted("plain", tmp_path, 2020)
    write(draft, tmp_path)
    with pytest.raises(UsageError, match=r"profile\.toml"):
        write(draft, tmp_path)
    assert write(draft, tmp_path, force=True)


@pytest.mark.parametrize("area", ["3920", "352136", "abcde"])
def test_an_area_code_that_is_none_is_refused(area: str, tmp_path: Path) -> None:
    pdf = (TOWNS / "plain.pdf").read_bytes()
    with pytest.raises(UsageError, match="area code"):
        initialize(pdf, area, tmp_path, edition=2020)


def test_an_area_that_is_not_in_the_list_is_named_by_the_document(tmp_path: Path) -> None:
    pdf = (TOWNS / "circles.pdf").read_bytes()
    draft = initialize(pdf, "39999", tmp_path)
    assert tomllib.loads(draft.profile)["municipality"]["name"] == "架空市"
    shutil.rmtree(tmp_path)
