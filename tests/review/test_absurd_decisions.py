"""Decisions that cannot be: told with their file and line, and no release is lost or changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.cache.store import folder_digests
from pipeline.errors import ExitCode, SettingsError
from pipeline.model import Finding
from pipeline.settings import decisions
from pipeline.settings.decisions import Decision
from pipeline.show.report import failure_text
from pipeline.validate.catalogue import message
from tests.review.conftest import AREA, EDITION, TOWN, Town

HEAD = f'area = "{AREA}"\nedition = {EDITION}\n\n'
LINE = "4"


def written(town: Town, text: str, edition: int = EDITION) -> Path:
    """The corrections with one decision, written by hand; it begins in line 4."""
    path = town.own / "corrections" / f"{edition}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = HEAD.replace(str(EDITION), str(edition))
    path.write_text(f'{head}[[decision]]\nreason = "紙面"\n{text}\n', encoding="utf-8")
    return path


def place(town: Town, kind: str) -> str:
    """Page, box and print of a cell of the first row."""
    row = town.desk().assembled.indicators[0]
    spot = next(entry.printed for entry in row.entries if entry.kind == kind)
    return f'page = {spot.page}\nbox = {list(spot.box)}\nexpect = "{spot.text}"'


def table(town: Town) -> str:
    first = town.desk().assembled.layouts[0]
    return f"page = {first.page}\nbox = {list(first.box)}"


def heading(town: Town, kind: str) -> str:
    columns = town.desk().assembled.layouts[0].columns
    return next(one.header for one in columns if one.kind == kind).replace("\n", "\\n")


def rows(town: Town) -> list[tuple[object, ...]]:
    """What is released of each row, but for its values: one in doubt is withheld."""
    names = ("id", "goal", "policy", "name", "unit", "direction")
    return [tuple(one[name] for name in names) for one in town.data()["indicators"]]


def told(town: Town) -> list[Finding]:
    return [one for one in town.desk().validated.findings if one.rule.startswith("decision.")]


@pytest.mark.parametrize(
    ("text", "at", "rule"),
    [
        ('action = "value"\nvalue = "5"\npage = 2\nbox = [1, 1, 2, 2]', "", "decision.gone"),
        ('action = "value"\nvalue = "5"\npage = 99\nbox = [1, 1, 2, 2]', "", "decision.gone"),
        ('action = "value"\nvalue = "5"\nindicator = "x"\nfield = "actual"', "", "decision.gone"),
        ('action = "value"\nvalue = "5"\nindicator = "{id}"\nfield = "note"', "", "decision.gone"),
        ('action = "name"\nvalue = "別名"', "actual", "decision.gone"),
        ('action = "unit"\nvalue = "人"', "actual", "decision.gone"),
        ('action = "goal"\nvalue = "1 目標"', "actual", "decision.gone"),
        ('action = "policy"\nvalue = "1 施策"', "actual", "decision.gone"),
        ('action = "direction"\nvalue = "下向き"', "actual", "decision.gone"),
        ('action = "year"\nvalue = "2019"', "name", "decision.gone"),
        ('action = "year"\nvalue = "2019"\nfield = "baseline"', "", "decision.unused"),
        ('action = "role"\nvalue = "note"\nexpect = "無い見出し"', "", "decision.gone"),
        ('action = "table"\nvalue = "name target"', "table", "decision.unfit"),
        ('action = "table"\nvalue = "name target"', "name", "decision.gone"),
        (
            'action = "row"\nvalue = "新しい指標|件"\npage = 2\nbox = [1, 1, 2, 2]',
            "",
            "decision.unfit",
        ),
        ('action = "split"\nvalue = "一|二//三|四"', "name", "decision.unfit"),
        ('action = "split"\nvalue = "一|二//三|四"', "actual", "decision.gone"),
        ('action = "join"\npage = 2\nbox = [1, 1, 2, 2]', "", "decision.gone"),
        ('action = "not-indicator"\npage = 2\nbox = [1, 1, 2, 2]', "", "decision.gone"),
        ('action = "scope"\nvalue = "1"', "actual", "decision.gone"),
        ('action = "title"\nvalue = "題"\nexpect = "別の題"', "", "decision.expectation"),
        ('action = "layout"\nlayout = "0123"', "", "decision.unused"),
        ('action = "legend"\nvalue = "よい"\nfinding = "a"', "", "decision.expectation"),
        ('action = "seen"\nfinding = "a"', "", "decision.unused"),
    ],
)
def test_a_decision_without_its_place_is_told(town, text, at, rule) -> None:
    text = text.replace("{id}", town.desk().normalized.indicators[0].id)
    where = {"": "", "table": table(town)}.get(at)
    written(town, f"{text}\n{place(town, at) if where is None else where}")
    before = rows(town)
    assert town.run().failure is None
    (found,) = told(town)
    assert (found.rule, found.parameters["line"]) == (rule, LINE)
    for language in ("ja", "en"):
        assert f"corrections/{EDITION}.toml" in message(found, language)
    assert rows(town) == before


@pytest.mark.parametrize(
    "text",
    [
        'action = "value"\nvalue = "5"\npage = 0\nbox = [1, 1, 2, 2]',
        'action = "value"\nvalue = "5"\npage = 2\nbox = [9, 9, 2, 2]',
        'action = "value"\nvalue = "5"\npage = 2\nbox = [nan, nan, nan, nan]',
        'action = "goal"\nvalue = "1"\npage = 2\nbox = [0, 0, inf, inf]',
        'action = "value"\nvalue = "5"\npage = 2\nbox = [1, 1, 2]',
        'action = "value"\nvalue = 5\npage = 2\nbox = [1, 1, 2, 2]',
        'action = "value"\nvalue = "5"\nindicator = "x"\nfield = "observations"',
        'action = "year"\nvalue = "24"\nindicator = "x"',
        'action = "direction"\nvalue = "sideways"\nindicator = "x"',
        'action = "role"\nvalue = "name unit"\nexpect = "R6 実績"',
        'action = "role"\nvalue = "king"\nexpect = "R6 実績"',
        'action = "table"\nvalue = "name king"\npage = 2\nbox = [1, 1, 2, 2]',
        'action = "scope"\nvalue = "²"\npage = 2\nbox = [1, 1, 2, 2]',
        'action = "scope"\nvalue = "環境"\npage = 2\nbox = [1, 1, 2, 2]',
        'action = "row"\nvalue = " "\npage = 2\nbox = [1, 1, 2, 2]',
        'action = "layout"',
        'action = "seen"',
    ],
)
def test_a_decision_that_cannot_be_is_refused(town, text) -> None:
    path = written(town, text)
    before = folder_digests(town.output / "release")
    with pytest.raises(SettingsError) as raised:
        decisions.load(town.own, AREA, EDITION)
    assert (raised.value.file, raised.value.parameters["line"]) == (str(path), LINE)
    result = town.run()
    assert (result.exit_code, result.failure.file) == (ExitCode.SETTINGS, str(path))
    assert f"{LINE}行目" in failure_text(result.failure, "ja")
    assert folder_digests(town.output / "release") == before


@pytest.mark.parametrize("kind", ["status", "actual", "note"])
def test_a_role_that_leaves_no_indicator_is_told(town, kind) -> None:
    """Decisions that leave something come before and after it."""
    path = written(town, f'action = "role"\nvalue = "{kind}"\nexpect = "{heading(town, "name")}"')
    text = path.read_text("utf-8")
    one = '[[decision]]\nreason = "紙面"\naction = "role"\nvalue = "note"\nexpect = "{}"\n'
    path.write_text(
        text.replace(HEAD, HEAD + one.format("備考欄") + "\n") + one.format("備品名"), "utf-8"
    )
    before = folder_digests(town.output / "release")
    result = town.run()
    assert (result.exit_code, result.failure.file) == (ExitCode.SETTINGS, str(path))
    assert result.failure.parameters["line"] == "10"
    assert folder_digests(town.output / "release") == before


def test_rows_put_out_to_the_last_are_told(town) -> None:
    pages = {row.entries[0].printed.page for row in town.desk().assembled.indicators}
    path = town.corrections
    path.parent.mkdir(parents=True)
    blocks = [
        f'[[decision]]\nreason = "r"\naction = "not-indicator"\npage = {page}\nbox = {box}\n\n'
        for page in sorted(pages)
        for box in ("[0, 0, 2000, 2000]",)
    ]
    path.write_text(HEAD + "".join(blocks), encoding="utf-8")
    result = town.run()
    assert (result.exit_code, result.failure.file) == (ExitCode.SETTINGS, str(path))
    assert int(result.failure.parameters["line"]) == 4 + 6 * (len(pages) - 1)


def test_a_role_taken_over_from_last_year_is_told_where_it_stands(town) -> None:
    later = Town(town.workspace, TOWN, EDITION + 1)
    shutil.copy(town.pdf, later.pdf)
    path = written(town, f'action = "role"\nvalue = "note"\nexpect = "{heading(town, "name")}"')
    result = later.run()
    assert (result.exit_code, result.failure.file) == (ExitCode.SETTINGS, str(path))
    assert result.failure.parameters["line"] == LINE


def test_a_place_is_found_for_decisions_of_both_editions(tmp_path) -> None:
    role = Decision(action="role", value="note", expect="備考欄", reason="r", line=4)
    path = decisions.path_of(tmp_path, EDITION)
    path.parent.mkdir()
    path.write_text(
        HEAD + '[[decision]]\nreason = "r"\naction = "role"\nvalue = "note"\nexpect = "備考欄"\n',
        encoding="utf-8",
    )
    assert decisions.place_of(tmp_path, AREA, EDITION, role) == (path, 4)
    (carried,) = decisions.load(tmp_path, AREA, EDITION + 1)
    assert carried.carried
    assert decisions.place_of(tmp_path, AREA, EDITION + 1, carried) == (path, 4)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("目標値", "target"),
        ("指標名 単位 実績値", "name unit actual"),
        ("name 備考 unknown", "name note unknown"),
        ("name of the indicator", "name"),
        ("king", "king"),
    ],
)
def test_roles_are_read_in_words_and_codes(text: str, read: str) -> None:
    assert decisions.read_roles(text) == read


def test_a_role_in_japanese_is_carried_out(town) -> None:
    role = 'action = "role"\nvalue = "備考"\nexpect = "R6\\n速報"'
    written(town, role)
    assert town.run().failure is None
    kinds = [
        one.kind
        for layout in town.desk().assembled.layouts
        for one in layout.columns
        if "速報" in one.header
    ]
    assert kinds == ["note"]
