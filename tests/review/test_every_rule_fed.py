"""Doubts that no small document raises are put where a stage would tell them, and settled there.

Damaged files, pictures of pages, readers that fail, earlier editions: what is raised and what the
decision does is real, only the remark (or the edition before) is put in by hand.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from pipeline import assemble, normalize, validate
from pipeline.cli import cli
from pipeline.desk.choices import choices
from pipeline.desk.corrections import save
from pipeline.desk.decide import decision
from pipeline.desk.draft import initialize, write
from pipeline.desk.jobs import Options, run_one
from pipeline.desk.waiting import Desk, desk_of, is_open
from pipeline.errors import ExitCode, UsageError
from pipeline.model import Cell, Extracted, Leftover, Line, Normalized, Remark, Table
from pipeline.settings.load import for_edition, load
from pipeline.validate.catalogue import BY_ID, message
from tests.review.conftest import AREA, EDITION, ROOT, SIGNED, Town
from tests.review.test_every_rule import RAISED, settles, taken

SMALL = ROOT / "tests" / "data" / "doubts" / "small"
Change = Callable[[Extracted], Extracted]
Before = Callable[[Normalized], Normalized]


def judged(town: Town, change: Change, before: Before | None = None) -> Desk:
    """The document's desk after its stages ran on what was changed, as it is decided by now."""
    desk = town.desk()
    settings = for_edition(load(town.workspace, None, AREA), town.own, AREA, EDITION)
    extracted = change(desk.extracted)
    assembled = assemble.run(extracted, settings.assemble)
    normalized = normalize.run(assembled, settings.normalize, edition=EDITION, area_code=AREA)
    previous = replace(before(normalized), edition=EDITION - 1) if before else None
    validated = validate.run(normalized, settings.validate, previous=previous)
    return replace(
        desk,
        extracted=extracted,
        assembled=assembled,
        normalized=normalized,
        validated=validated,
    )


class Fed(Town):
    """A town whose desk is one on which something was changed."""

    def __init__(self, town: Town, change: Change, before: Before | None = None) -> None:
        super().__init__(town.workspace)
        self._change, self._before = change, before

    def desk(self) -> Desk:
        return judged(Town(self.workspace), self._change, self._before)


def every_decision_settles(fed: Fed, rule: str) -> None:
    """The rule is raised, and each decision that its text names settles it."""
    desk = fed.desk()
    found = next(one for one in desk.validated.findings if one.rule == rule)
    assert is_open(found)
    assert message(found, "ja") != message(found, "en")
    settled = set()
    for choice in choices(found):
        fed.corrections.unlink(missing_ok=True)
        try:
            made = taken(fed, found, choice)
        except UsageError:
            continue
        save(fed.corrections, AREA, EDITION, [made])
        after = fed.desk().validated.findings
        left = [one for one in after if one.key == found.key and one.decided is None]
        told = [one for one in after if one.rule.startswith("decision.")]
        assert (choice.code, left, told) == (choice.code, [], [])
        settled.add(choice.action)
    assert settled, "no decision was possible"


# --------------------------------------------------------------------------- reading


def remarked(rule: str, spot: str, **parameters: str) -> Change:
    """The rule told of the whole document, a page, its table, or a cell of its first row."""

    def change(extracted: Extracted) -> Extracted:
        table = next(one for one in extracted.tables if "有害鳥獣" in one.cells[7].text)
        cell = next(one for one in table.cells if one.text == "160")
        box = {"table": table.box, "cell": cell.box}.get(spot)
        page = None if spot == "document" else table.page
        text = cell.text if spot == "cell" else None
        remark = Remark(rule=rule, page=page, box=box, printed=text, parameters=parameters)
        return replace(extracted, remarks=(*extracted.remarks, remark))

    return change


def with_leftover(extracted: Extracted) -> Extracted:
    table = next(one for one in extracted.tables if "有害鳥獣" in one.cells[7].text)
    x0, top, *_ = table.box
    box = (x0 + 5, top + 5, x0 + 25, top + 12)
    left = Leftover(text="120", page=table.page, box=box, reason="in-table-gap")
    return replace(extracted, leftovers=(*extracted.leftovers, left))


def with_counts(extracted: Extracted) -> Extracted:
    """A line under a table that counts statuses and fits no part of the plan."""
    table = next(one for one in extracted.tables if "有害鳥獣" in one.cells[7].text)
    left, bottom = table.box[0], table.box[3] + 10
    box = (left, bottom, left + 200, bottom + 10)
    line = Line(text="◎は11件、○は19件、△は17件です。", page=table.page, box=box, size=10.0)
    return replace(extracted, lines=(*extracted.lines, line))


def with_a_name(extracted: Extracted) -> Extracted:
    """A sentence that names an indicator under a status which it does not bear."""
    table = next(one for one in extracted.tables if "有害鳥獣" in one.cells[7].text)
    left, bottom = table.box[0], table.box[3] + 10
    text = "△の指標は「有害鳥獣の捕獲数」の1指標です。"
    line = Line(text=text, page=table.page, box=(left, bottom, left + 300, bottom + 10), size=10.0)
    return replace(extracted, lines=(*extracted.lines, line))


def with_a_sum(extracted: Extracted) -> Extracted:
    """A sentence whose counts are not what its number of all and its shares say."""
    table = extracted.tables[0]
    left, bottom = table.box[0], table.box[3] + 10
    text = "全80指標のうち、◎が20指標（25.0％）、○が20指標（25.0％）、△が44指標（50.0％）です。"
    line = Line(text=text, page=table.page, box=(left, bottom, left + 300, bottom + 10), size=10.0)
    return replace(extracted, lines=(*extracted.lines, line))


def with_headings(extracted: Extracted) -> Extracted:
    """Two headings over each table whose numbers do not run on."""
    lines = [
        Line(text=text, page=table.page, box=(left, at, left + 90, at + 3), size=10.0)
        for table in extracted.tables
        for left, top in [table.box[:2]]
        for text, at in (("施策２　猟師の育成", top - 6), ("施策１　山の手入れ", top - 3))
    ]
    return replace(extracted, lines=(*extracted.lines, *lines))


def with_a_damaged_heading(extracted: Extracted) -> Extracted:
    """Of the second goal's heading a letter is another one."""
    lines = [replace(line, text=line.text.replace("目標２", "日標２")) for line in extracted.lines]
    assert lines != list(extracted.lines)
    return replace(extracted, lines=tuple(lines))


def with_a_later_goal(extracted: Extracted) -> Extracted:
    """A goal, mentioned in another table, whose heading was not found before the next one."""
    page = max(table.page for table in extracted.tables) + 1
    box = (40.0, 60.0, 140.0, 80.0)
    cell = Cell(row=0, column=0, row_span=1, column_span=1, box=box, text="基本目標８　水")
    table = Table(page=page, box=box, cells=(cell,), method="ruled")
    line = Line(text="基本目標９　山", page=page, box=(40.0, 20.0, 140.0, 30.0), size=14.0)
    return replace(extracted, tables=(*extracted.tables, table), lines=(*extracted.lines, line))


def with_second(extracted: Extracted) -> Extracted:
    """Another number at the place of 160, as a second reader would read it."""
    cells = {
        id(table): tuple(
            replace(cell, second="168") if cell.text == "160" else cell for cell in table.cells
        )
        for table in extracted.tables
    }
    tables = tuple(replace(table, cells=cells[id(table)]) for table in extracted.tables)
    return replace(extracted, tables=tables)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("reading.by-ocr", remarked("reading.by-ocr", "table", score="0.97")),
        (
            "reading.cells-not-separated",
            remarked("reading.cells-not-separated", "cell", column="R6", beside="160 45"),
        ),
        ("reading.columns-not-separated", remarked("reading.columns-not-separated", "table")),
        ("reading.cut-by-edge", remarked("reading.cut-by-edge", "cell")),
        ("reading.cut-page", remarked("reading.cut-page", "table")),
        ("reading.damaged-file", remarked("reading.damaged-file", "document", problem="xref")),
        ("reading.damaged-page", remarked("reading.damaged-page", "page")),
        ("reading.dynamic-form", remarked("reading.dynamic-form", "document")),
        ("reading.field-not-drawn", remarked("reading.field-not-drawn", "cell", field="R6")),
        ("reading.grids-differ", remarked("reading.grids-differ", "table")),
        ("layout.other-headings", remarked("layout.other-headings", "table")),
        ("reading.leftover-in-table", with_leftover),
        ("summary.scope-unclear", with_counts),
        ("summary.sum", with_a_sum),
        ("summary.named", with_a_name),
        ("structure.headings-begin-anew", with_headings),
        ("structure.goals-skipped", with_a_later_goal),
        ("structure.heading-damaged", with_a_damaged_heading),
        ("reading.row-in-heading", remarked("reading.row-in-heading", "table")),
        ("reading.ocr-failed", remarked("reading.ocr-failed", "page", problem="memory")),
        ("reading.outlined-page", remarked("reading.outlined-page", "page")),
        ("reading.page-failed", remarked("reading.page-failed", "page", fault="ValueError")),
        ("reading.readers-disagree", with_second),
        ("reading.rules-without-table", remarked("reading.rules-without-table", "page")),
        ("reading.scanned-page", remarked("reading.scanned-page", "page")),
        ("reading.scanned-without-table", remarked("reading.scanned-without-table", "page")),
        ("reading.second-failed", remarked("reading.second-failed", "document", problem="time")),
        ("number.broken-line", remarked("number.broken-line", "cell", column="R6")),
        ("number.unusual-form", remarked("number.unusual-form", "cell", column="R6")),
        ("reading.table-without-headings", remarked("reading.table-without-headings", "table")),
        ("reading.side-not-drawn", remarked("reading.side-not-drawn", "cell")),
        ("reading.text-crosses-rule", remarked("reading.text-crosses-rule", "cell")),
        ("reading.unlikely-text", remarked("reading.unlikely-text", "table")),
        ("reading.digits-drawn-otherwise", remarked("reading.digits-drawn-otherwise", "table")),
        ("reading.letters-drawn-otherwise", remarked("reading.letters-drawn-otherwise", "table")),
        (
            "reading.unreadable-glyph-outside",
            remarked("reading.unreadable-glyph-outside", "page", count="3"),
        ),
    ],
)
def test_a_doubt_of_reading_is_settled(town, rule, change) -> None:
    every_decision_settles(Fed(town, change), rule)


# --------------------------------------------------------------------------- the edition before


def earlier(field: str, text: str) -> Before:
    """The edition before with another number in a field of its first indicator."""

    def before(now: Normalized) -> Normalized:
        first, *rest = now.indicators
        value = replace(getattr(first, field), number=Decimal(text))
        return replace(now, indicators=(replace(first, **{field: value}), *rest))

    return before


def with_more(now: Normalized) -> Normalized:
    gone = replace(now.indicators[0], id="01999-gone", name="消えた指標")
    return replace(now, indicators=(*now.indicators, gone))


def with_unit(now: Normalized) -> Normalized:
    first, *rest = now.indicators
    return replace(now, indicators=(replace(first, unit="羽"), *rest))


def with_revised(now: Normalized) -> Normalized:
    """The edition before printed another actual of the same year."""
    first, *rest = now.indicators
    seen = tuple(
        replace(one, value=replace(one.value, number=Decimal(777))) if one.kind == "actual" else one
        for one in first.observations
    )
    return replace(now, indicators=(replace(first, observations=seen), *rest))


def with_target(now: Normalized) -> Normalized:
    """The edition before announced another target for this year."""
    changed = earlier("next_target", "9")(now)
    return replace(changed, actual_fiscal_year=now.actual_fiscal_year - 1)


@pytest.mark.parametrize(
    ("rule", "before"),
    [
        ("history.baseline-changed", earlier("baseline", "99")),
        ("history.target-changed", with_target),
        ("history.unit-changed", with_unit),
        ("history.value-revised", with_revised),
        ("history.vanished", with_more),
    ],
)
def test_a_change_since_last_year_is_settled(town, rule, before) -> None:
    every_decision_settles(Fed(town, lambda one: one, before), rule)


# --------------------------------------------------------------------------- the registry

PROFILE = """
[[validate.status]]
word = "{}"
when = ["{}"]

[[validate.status]]
word = "{}"
when = ["reaches_baseline"]

[[validate.status]]
word = "{}"
otherwise = true
"""


def registered(document: str, folder: Path) -> Town:
    """A small document whose city has a registry, drafted from it."""
    town = Town(folder / "workspace", AREA)
    town.pdf.parent.mkdir(parents=True)
    shutil.copy(SMALL / f"{document}.pdf", town.pdf)
    drafted = initialize(town.pdf.read_bytes(), AREA, town.workspace, edition=EDITION)
    write(drafted, town.workspace)
    return town


def with_line(town: Town, change: Callable[[list[dict[str, str]]], None]) -> None:
    """The registry with changed lines."""
    path = town.own / "indicators.csv"
    text = path.read_text(encoding="utf-8-sig").splitlines()
    head = next(at for at, line in enumerate(text) if line.startswith("id,"))
    rows = list(csv.DictReader(text[head:]))
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, text[head].split(","))
        writer.writeheader()
        writer.writerows(rows)


def another_unit(rows: list[dict[str, str]]) -> None:
    rows[0]["unit"] = "トン"


def another_name(rows: list[dict[str, str]]) -> None:
    rows[0]["name"] += "（年間）の合計"


def unregistered(rows: list[dict[str, str]]) -> None:
    rows[:] = [row for row in rows if "図書館" not in row["name"]]


def one_more(rows: list[dict[str, str]]) -> None:
    more = {**rows[0], "id": "01999-gone", "name": "消えたもの", "unit": "頭"}
    rows.append(more)


def other_side(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row |= {"direction": "lower", "basis": "declared"}


def no_side(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row |= {"direction": "unknown", "basis": ""}


@pytest.mark.parametrize(
    ("rule", "document", "change"),
    [
        ("direction.contradicts-registry", "directions", other_side),
        ("direction.proposed", "statuses", no_side),
        ("identity.absent", "statuses", one_more),
        ("identity.similar", "statuses", another_name),
        ("identity.unit", "statuses", another_unit),
    ],
)
def test_what_the_registry_gainsays_is_settled(tmp_path, rule, document, change) -> None:
    town = registered(document, tmp_path)
    with_line(town, change)
    town.run()
    every_run_settles(town, rule)


def test_new_indicators_are_settled_by_the_registry_and_not_asked_one_by_one(tmp_path) -> None:
    town = registered("statuses", tmp_path)
    with_line(town, unregistered)
    town.run()
    told = [one for one in town.desk().validated.findings if one.rule == "identity.new"]
    assert [(len(told), is_open(one)) for one in told] == [(1, False)]
    given = ["registry", "accept", "--all", "--workspace", str(town.workspace)]
    assert CliRunner().invoke(cli, given).exit_code == 0
    town.run()
    assert not [one for one in town.desk().validated.findings if one.rule == "identity.new"]


@pytest.mark.parametrize(
    ("rule", "document", "declared"),
    [
        ("legend.differs", "letters", ("C", "reaches_target", "A", "B")),
        ("legend.example", "examples", ("◎", "reaches_target", "○", "△")),
        ("legend.unknown-word", "statuses", ("目標達成", "reaches_target", "○", "△")),
        ("vocabulary.unknown-status", "statuses", ("目標達成", "reaches_target", "○", "△")),
    ],
)
def test_what_the_declared_statuses_gainsay_is_settled(tmp_path, rule, document, declared) -> None:
    town = registered(document, tmp_path)
    profile = town.own / "profile.toml"
    text = profile.read_text("utf-8").partition("[[validate.status]]")[0]
    profile.write_text(text + PROFILE.format(*declared), "utf-8")
    town.run()
    every_run_settles(town, rule)


def every_run_settles(town: Town, rule: str) -> None:
    """As :func:`every_decision_settles`, through the whole chain."""
    found = next(one for one in town.desk().validated.findings if one.rule == rule)
    assert is_open(found)
    for choice in choices(found):
        made = taken(town, found, choice)
        settles(town, found, made)
        town.corrections.unlink()


# --------------------------------------------------------------------------- whose document it is


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"area": "99999"}, "identity.unknown-area"),
        ({"area": "35201", "edition": 2025}, "identity.area-contradicted"),
        ({"area": "35213", "edition": 1900}, "identity.edition-contradicted"),
        ({"area": "35213", "profile": "35201-other"}, "identity.foreign-profile"),
    ],
)
def test_whose_document_it_is_can_be_confirmed(tmp_path, short, told, rule) -> None:
    pdf = tmp_path / "report.pdf"
    shutil.copy(short, pdf)
    workspace = tmp_path / "workspace"
    other = workspace / "schemas" / "35201-other"
    other.mkdir(parents=True)
    text = '[municipality]\narea_code = "35201"\nname = "下関市"\n'
    (other / "profile.toml").write_text(text, encoding="utf-8")
    options = Options(workspace=str(workspace), second_reader="never", **told)
    result = run_one(pdf, options)
    assert result.exit_code == ExitCode.DOUBTS
    output = Path(result.output)
    own = workspace / "schemas" / told.get("profile", output.parent.name)
    desk = desk_of(result.area_code, result.edition, output, own)
    found = next(one for one in desk.validated.findings if one.rule == rule)
    (choice,) = choices(found)
    made = decision(desk, found, choice, reason="合併前の資料", **SIGNED)
    save(Path(desk.corrections), desk.area, desk.edition, [made])
    assert run_one(pdf, options).failure is None
    after = desk_of(result.area_code, result.edition, output, own).validated.findings
    assert [one.decided is not None for one in after if one.rule == rule] == [True]


# --------------------------------------------------------------------------- alike findings


def test_a_decision_on_one_of_two_alike_settles_no_other(town) -> None:
    """Two figures of a row read differently by both readers, printed alike."""
    fed = Fed(town, with_second)
    rule = "reading.readers-disagree"
    first, second = (one for one in fed.desk().validated.findings if one.rule == rule)
    assert first.printed == second.printed
    save(fed.corrections, AREA, EDITION, [taken(fed, first, choices(first)[0])])
    (left,) = (one for one in fed.desk().validated.findings if one.rule == rule)
    assert (left.box, left.severity, left.decided) == (second.box, "blocker", None)


# --------------------------------------------------------------------------- all of them

BY_OTHER_TESTS = {
    "decision.expectation",  # settled by taking it back: test_decisions, test_absurd_decisions
    "decision.gone",
    "decision.unfit",
    "decision.unused",
    "direction.undecided",  # test_every_rule, on a newcomer's document
    "release.dataset-id-taken",  # settled in the profile: tests/release/test_metadata
}


def test_every_finding_that_asks_is_settled_by_a_test() -> None:
    told = Path(__file__).read_text("utf-8")
    raised = {rule for rules in RAISED.values() for rule in rules}
    asking = {rule.id for rule in BY_ID.values() if rule.severity != "info"}
    assert {one for one in asking - raised - BY_OTHER_TESTS if f'"{one}"' not in told} == set()
