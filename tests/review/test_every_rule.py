"""Each finding that a document of the tests raises is settled there by each of its decisions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.desk import decide
from pipeline.desk.choices import Choice, choices
from pipeline.desk.corrections import save
from pipeline.desk.draft import initialize, write
from pipeline.desk.waiting import is_open, open_findings
from pipeline.errors import UsageError
from pipeline.model import Finding
from pipeline.settings.decisions import Decision, read
from pipeline.validate.catalogue import BY_ID
from tests.review.conftest import AREA, ROOT, SIGNED, TOWN, Town

pytestmark = pytest.mark.slow

DATA = ROOT / "tests" / "data"
RAISED = {
    "doubts/2025": (
        "legend.lacks-word",
        "number.bracket",
        "number.ditto",
        "number.fraction",
        "number.range",
        "number.only-in-brackets",
        "number.separator",
        "number.unreadable",
        "plausibility.magnitude",
        "plausibility.rank",
        "plausibility.share",
        "plausibility.sign",
        "reading.cells-not-separated",
        "reading.row-outside-tables",
        "reading.unreadable-glyph",
        "release.formula",
        "structure.count-differs",
        "structure.duplicate",
        "structure.number-gap",
        "structure.row-without-name",
        "structure.value-table-not-understood",
        "unit.missing",
        "unit.unknown",
        "vocabulary.unknown-header",
        "vocabulary.unknown-mark",
    ),
    "characters/amounts-in-other-units": ("number.other-measure",),
    "characters/drawn-in-cells": ("reading.drawn-in-cell",),
    "characters/sign-behind": ("number.sign-apart",),
    "characters/struck-out": ("reading.struck-out",),
    "characters/struck-out-and-replaced": ("reading.struck-out-replaced",),
    "characters/decimal-point-drawn": ("reading.mark-beside-figure",),
    "characters/small-figure-on-the-line": (
        "reading.figures-of-two-sizes",
        "legend.unconfirmed",
    ),
    "characters/white-box": ("reading.hidden-text",),
    "characters/overprinted": ("number.several", "reading.overprinted"),
    "characters/partly-hidden": ("reading.partly-hidden",),
    "characters/words-for-digits": ("number.words-among-figures",),
    "difficulties/horizontal-rules": ("reading.unruled-table", "status.no-rules"),
    "difficulties/cairo-of-chromium": ("identity.no-title",),
    "difficulties/overflowing-name": ("reading.text-crosses-rule",),
    "doubts/small/appendix": ("layout.not-understood",),
    "doubts/small/cells": (
        "structure.cell-missing",
        "structure.merged-figures",
        "structure.row-too-short",
    ),
    "doubts/small/colours": ("status.column-empty",),
    "doubts/small/edge": ("reading.cut-by-edge",),
    "doubts/small/figures": ("vocabulary.unknown-figures-header",),
    "doubts/small/grades": ("vocabulary.unknown-status-header",),
    "doubts/small/headings": ("reading.heading-without-rows",),
    "doubts/small/numbers": ("structure.status-of-numbers",),
    "doubts/small/projects": (
        "structure.project-twice",
        "structure.project-without-department",
        "structure.repeat-without-first",
    ),
    "doubts/small/overview": ("structure.relisted",),
    "doubts/small/policies": ("structure.goal-by-number",),
    "doubts/small/several": (
        "structure.one-value-of-several",
        "structure.rows-of-one-name",
    ),
    "doubts/small/rowless": ("structure.policy-without-table",),
    "doubts/small/statuses": (
        "number.below-zero-in-brackets",
        "plausibility.transposed",
        "status.left-out",
        "status.without-actual",
        "structure.repeated-differs",
        "summary.comparison",
        "unit.differs",
    ),
    "generate/fixed/1009": ("status.mismatch",),
    "generate/fixed/1017": ("summary.count",),
    "generate/fixed/1039": ("plausibility.cumulative-falls",),
    "generate/fixed/1058": ("arithmetic.rate",),
    "generate/fixed/3019": ("legend.two-readings",),
    "rows/line-of-two-rows": ("reading.line-of-two-rows",),
    "rows/short-labels": ("layout.columns",),
    "towns/two-level": ("number.reference-only",),
    "towns/judgement": ("legend.unreadable", "vocabulary.header-by-content"),
    "editions/2027": ("summary.share",),
}
"""Document → the rules of which it raises findings that wait for a decision."""
GIVEN = {
    "value": "5",
    "name": "別の名称",
    "unit": "件",
    "year": "2020",
    "role": "note",
    "goal": "1 ある目標",
    "policy": "1 ある施策",
    "scope": "1",
}
BLANK = (40.0, 20.0, 560.0, 34.0)
"""A place on a page where nothing else stands."""


@pytest.fixture(scope="session")
def ran(tmp_path_factory) -> dict[str, Path]:
    """Document → its workspace after the first run, made when it is asked for."""

    class Made(dict):
        def __missing__(self, document: str) -> Path:
            town = Town(tmp_path_factory.mktemp("rule") / "workspace")
            town.pdf.parent.mkdir(parents=True)
            shutil.copy(DATA / f"{document}.pdf", town.pdf)
            town.run()
            self[document] = town.workspace
            return town.workspace

    return Made()


def taken(town: Town, found: Finding, choice: Choice) -> Decision:
    """The decision with a value that fits the place."""
    desk = town.desk()
    choice = replace(choice, value=GIVEN.get(choice.action, "-")) if choice.typed else choice
    if choice.action == "legend" and choice.typed:
        words = dict.fromkeys(one.status for one in desk.normalized.indicators if one.status)
        rules = ("目標値以上", "基準値以上", "基準値未満", *["評価対象外"] * len(words))
        rule_of_word = (f"{word}：{rule}" for word, rule in zip(words, rules, strict=False))
        choice = replace(choice, value=" / ".join(rule_of_word))
    if choice.action == "row":
        found = decide.moved(found, found.page or 1, BLANK)
    if choice.action in ("row", "split", "table"):
        cells = decide.cells_for(desk, decide.drafted(desk, found, choice))
        if choice.action == "table":
            roles = ["name", "target", "actual", *["unknown"] * len(cells)]
            choice = replace(choice, value=" ".join(roles[: len(cells)]))
        else:
            row = "|".join(["与えた行", *cells[1:]])
            choice = replace(choice, value=row if choice.action == "row" else f"{row}//{row}")
    return decide.decision(desk, found, choice, reason="紙面を確認", **SIGNED)


def settles(town: Town, found: Finding, made: Decision) -> None:
    save(town.corrections, AREA, town.edition, [made])
    result = town.run()
    assert result.failure is None
    after = town.desk().validated.findings
    left = [one for one in after if one.key == found.key and one.decided is None]
    told = [one for one in after if one.rule.startswith("decision.")]
    assert (left, told) == ([], [])


@pytest.mark.parametrize(
    ("document", "rule"), [(name, rule) for name, rules in RAISED.items() for rule in rules]
)
def test_a_finding_is_settled_on_its_document(document, rule, ran, tmp_path) -> None:
    settled = set()
    for at, code in enumerate(BY_ID[rule].settled_by):
        workspace = shutil.copytree(ran[document], tmp_path / str(at))
        town = Town(Path(workspace))
        found = next(one for one in town.desk().validated.findings if one.rule == rule)
        assert is_open(found)
        for choice in choices(found):
            if choice.action == code and code not in settled:
                try:
                    made = taken(town, found, choice)
                except UsageError:
                    continue
                settles(town, found, made)
                settled.add(code)
    assert settled, "no decision was possible"


def test_one_value_of_several_is_released_in_the_field_it_is_said_to_be(ran, tmp_path) -> None:
    rule = "structure.one-value-of-several"
    first = Town(ran["doubts/small/several"])
    found = next(one for one in first.desk().validated.findings if one.rule == rule)
    given = [choice for choice in choices(found) if choice.field]
    assert len(given) >= 2
    for choice in given:
        town = Town(shutil.copytree(first.workspace, tmp_path / choice.code))
        settles(town, found, taken(town, found, choice))
        row = next(one for one in town.data()["indicators"] if one["name"] == found.subject)
        assert {one.field: str(row[one.field]) for one in given if row[one.field] is not None} == {
            choice.field: found.printed
        }


def test_a_direction_is_settled_for_a_newcomer(tmp_path) -> None:
    pdf = DATA / "newcomers" / "497.pdf"
    town = Town(tmp_path / "workspace", AREA, 2020)
    drafted = initialize(pdf.read_bytes(), AREA, town.workspace, edition=2020)
    write(drafted, town.workspace)
    town.pdf.parent.mkdir(parents=True)
    shutil.copy(pdf, town.pdf)
    town.run()
    rule = "direction.undecided"
    found = next(one for one in town.desk().validated.findings if one.rule == rule)
    made = taken(town, found, choices(found)[0])
    known = {one.name: one.id for one in town.desk().normalized.indicators}
    assert made.indicator == known[found.subject]
    settles(town, found, made)


def test_the_next_edition_asks_only_what_has_changed(town, tmp_path) -> None:
    """The same paper a year later: what was seen is taken over, doubts of its reading are not."""
    town.settle(open_findings(town.desk()))
    town.run()
    later = Town(town.workspace, TOWN, 2026)
    shutil.copy(town.pdf, later.pdf)
    later.run()
    waiting = open_findings(later.desk())
    settled = [one for one in later.desk().validated.findings if one.decided is not None]
    assert {"plausibility.share", "structure.duplicate"} <= {one.rule for one in settled}
    assert not [one for one in waiting if one.rule.startswith("unit.")]
    units = {one["name"]: one["unit"] for one in later.data()["indicators"]}
    assert (units["認定農業者数"], units["地産地消の協力店数"]) == ("件", "件")
    seen = {one.finding for one in read(town.corrections, AREA, 2025) if one.action == "seen"}
    again = {one.key: one for one in waiting if one.severity != "blocker"}
    assert not seen & set(again)
    assert "reading.unreadable-glyph" in {one.rule for one in waiting}
