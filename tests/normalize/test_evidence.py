"""Directions, notes, identities, projects and views: each where it ends."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from pipeline.model import Direction, Kind, Observation, Place, ProjectRow
from pipeline.normalize import run
from pipeline.normalize.direction import Evidence, decide, gather, propose
from pipeline.normalize.footnotes import find_note, note_mark, notes_of
from pipeline.normalize.identity import Sighting, likeness, provisional_id, same_place
from pipeline.normalize.numbers import parse_numeral
from pipeline.normalize.projects import (
    highlight_fills,
    read_project,
    same_project,
    split_departments,
    split_name,
    without_repeated,
)
from pipeline.normalize.rows import Status
from pipeline.normalize.views import status_of
from pipeline.settings.registry import RegistryEntry
from tests.normalize.plans import PLACE, defaults, entry, plan, printed, project, row
from tests.normalize.test_cells import reader
from tests.validate.build import indicator, value

VALUES = defaults().values


def evidence(*told: str) -> tuple[Evidence, ...]:
    pairs = (one.split() for one in told)
    return tuple(Evidence(kind=kind, direction=side, what="") for kind, side in pairs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "decided", "proposed"),
    [
        ("column lower, bound higher", ("lower", "printed"), "lower"),
        ("column lower, words higher", ("lower", "printed"), "lower"),
        ("column lower, trend higher", ("lower", "printed"), "lower"),
        ("column lower, unmarked higher", ("lower", "printed"), "lower"),
        ("column lower, unit higher", ("unknown", ""), "lower"),
        ("column lower, unit higher, unit lower", ("unknown", ""), "lower"),
        ("unit lower, words lower", ("lower", "evidence"), "lower"),
        ("unit lower, bound higher", ("unknown", ""), "unknown"),
        ("bound lower, bound lower", ("unknown", ""), "lower"),
        ("bound lower, trend higher", ("unknown", ""), "lower"),
        ("bound higher, trend higher", ("higher", "evidence"), "higher"),
        ("trend higher", ("unknown", ""), "higher"),
        ("column lower, unit higher, words higher, bound higher, unmarked higher",
         ("unknown", ""), "unknown"),
        ("column higher, unit lower, words lower, bound lower, unmarked lower, trend lower",
         ("unknown", ""), "lower"),
        ("column higher, unit lower, words lower, bound lower, trend lower", ("unknown", ""),
         "higher"),
    ],
)  # fmt: skip
def test_evidence_weighed(told: str, decided: tuple[Direction, str], proposed: Direction) -> None:
    given = evidence(*told.split(", "))
    assert (decide(given), propose(given)) == (decided, proposed)
    assert (decide(given[::-1]), propose(given[::-1])) == (decided, proposed)


@pytest.mark.parametrize(
    ("unmarked", "side"),
    [
        ("▼は減少を目指す指標", "higher"),
        ("▲は増加を目指す指標", "lower"),
        ("▼は減少を目指す指標、▲は増加を目指す指標", None),
        ("▼は昨年の値", None),
        ("", None),
    ],
)
def test_a_name_without_a_mark_that_means_a_direction(unmarked: str, side: str | None) -> None:
    given = indicator("数", unit="区分", target=None, baseline=None, unmarked=unmarked)
    found = [one for one in gather(given, defaults().direction) if one.kind == "unmarked"]
    assert [(one.direction, one.what) for one in found] == ([(side, unmarked)] if side else [])


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("direction", "減少", [("column", "lower")]),
        ("unknown", "減少", [("column", "lower")]),
        ("definition", "減少", []),
        ("definition", "減らすことを目標とする指標", [("column", "lower")]),
        ("source", "減少を目指す指標", []),
        ("summary", "減少", []),
        ("year", "減少", []),
    ],
)
def test_in_which_columns_a_city_declares_a_direction(
    kind: Kind, text: str, found: list[tuple[str, str]]
) -> None:
    seen = Observation(kind=kind, fiscal_year=None,
                       value=structs.replace(value("－"), missing=None, text=text))  # type: ignore[type-var, arg-type]  # fmt: skip
    given = indicator("数", unit="区分", target=None, baseline=None, observations=(seen,))
    told = [(one.kind, one.direction) for one in gather(given, defaults().direction)]
    assert told == found


# --------------------------------------------------------------------------- notes


def on(page: int, text: str) -> Any:
    return structs.replace(printed(text), page=page)


@pytest.mark.parametrize("page", [1, 2, 3, 4])
def test_a_note_is_found_on_its_page_then_on_the_next(page: int) -> None:
    marks = VALUES.marks
    others = [on(page, "注意"), on(page, "※0 甲"), on(page, "※2 乙"), on(page, "※10 丙")]
    here, after = on(page, "※1 ここ"), on(page + 1, "※1 次")
    far = [on(page - 1, "※1 前"), on(page + 2, "※1 遠")]
    assert find_note("※1", page, [*others, *far, after, here], marks) == here
    assert find_note("※1", page, [*others, *far, after], marks) == after
    assert find_note("※1", page, [*others, *far], marks) is None
    assert find_note("※1", page, [here, here, after], marks) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("※1 注", "※1"),
        ("（※12）注", "※12"),
        ("※注", "※"),
        ("※123", "※12"),
        ("注意", "注"),
        ("本文※1", ""),
    ],
)
def test_the_mark_with_which_a_note_begins(text: str, mark: str) -> None:
    assert note_mark(text, VALUES.marks) == mark


def test_each_mark_of_a_note_leads_to_its_text() -> None:
    given = indicator(note="※1 減らす指標 ※3 ※2", page=2)
    notes = [on(2, "※1 甲"), on(3, "※2 乙"), on(5, "※3 丙")]
    found = list(notes_of(given, notes, VALUES.marks))
    assert [(one.kind, one.value.text) for one in found] == [("note", "※1甲"), ("note", "※2乙")]


# --------------------------------------------------------------------------- identity


def known(**fields: Any) -> RegistryEntry:
    return RegistryEntry(**{"id": "a", "name": "abcdefg", "unit": "人", "goal": 1, "policy": 2,
                            **fields})  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "policy", "place", "same"),
    [
        (1, 2, Place(goal_number=1, policy_number=2), True),
        (1, 2, Place(goal_number=1, policy_number=1), False),
        (1, 2, Place(goal_number=2, policy_number=2), False),
        (1, 0, Place(goal_number=1), True),
        (0, 0, Place(), True),
        (1, 1, Place(goal_number=1), False),
        (1, 1, Place(policy_number=1), False),
    ],
)
def test_a_place_that_is_not_numbered_is_number_nought(
    goal: int, policy: int, place: Place, same: bool
) -> None:
    assert same_place(known(goal=goal, policy=policy), place) is same


def test_likeness_is_of_eight_tenths_name_one_unit_and_one_place() -> None:
    near, here = "abcdex", Place(goal_number=1, policy_number=2)  # 1000/13 of 100
    for unit, place, points in (("人", here, 82), ("人", Place(), 72), ("件", here, 72),
                                ("件", Place(), 62)):  # fmt: skip
        assert likeness(known(), Sighting(name=near, unit=unit, place=place)) == points


def test_a_provisional_id_rests_on_name_unit_and_place() -> None:
    one = Sighting(name="数", unit="人", place=PLACE)
    others = [
        structs.replace(one, name="量"), structs.replace(one, unit="件"),
        structs.replace(one, place=Place(goal_number=1, policy_number=2)),
        structs.replace(one, place=Place(goal_number=2, policy_number=1)),
    ]  # fmt: skip
    found = [provisional_id("35213", each) for each in (one, *others)]
    assert len(set(found)) == 5
    assert {each[:7] for each in found} == {"35213-x"}
    assert {len(each) for each in found} == {15}
    assert provisional_id("", one).startswith("local-x")
    wide = structs.replace(one, unit="（人）".strip("（）"), name="　数")
    assert provisional_id("35213", wide) == found[0]


# --------------------------------------------------------------------------- projects

OFFICES = VALUES.projects.department


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("農林課、商工課", ("農林課", "商工課")),
        ("農林課・商工課", ("農林課", "商工課")),
        ("生涯学習・スポーツ推進課", ("生涯学習・スポーツ推進課",)),
        ("農林課及び商工課\n総務課", ("農林課", "商工課", "総務課")),
        ("農林課、、農林課", ("農林課",)),
        ("農林課  商工課", ("農林課", "商工課")),
        ("", ()),
    ],
)
def test_offices_of_a_text(text: str, offices: tuple[str, ...]) -> None:
    assert split_departments(text, OFFICES) == offices


@pytest.mark.parametrize(
    ("text", "name", "offices"),
    [
        ("道路の整備（建設課）", "道路の整備", ("建設課",)),
        ("道路の整備\n（建設課、農林課）", "道路の整備", ("建設課", "農林課")),
        ("道路の整備\n（市内の事業者）", "道路の整備", ("市内の事業者",)),
        ("道路の整備（市内）", "道路の整備（市内）", ()),
        ("道路の整備（市内）（建設課）", "道路の整備（市内）", ("建設課",)),
        ("道路の整備\n（市内）（建設課）", "道路の整備\n（市内）", ("建設課",)),
        ("道路の整備（農林課）（建設課）", "道路の整備", ("農林課", "建設課")),
        ("（建設課）", "（建設課）", ()),
        ("道路の整備（）", "道路の整備（）", ()),
        ("道路の整備", "道路の整備", ()),
    ],
)
def test_offices_in_the_brackets_behind_a_name(
    text: str, name: str, offices: tuple[str, ...]
) -> None:
    assert split_name(text, OFFICES) == (name, offices)


@pytest.mark.parametrize(
    ("text", "left", "repeated"),
    [
        ("【再掲】道路の整備", "道路の整備", True),
        ("道路の整備（再掲）", "道路の整備", True),
        ("再掲 道路の整備", "道路の整備", True),
        ("再掲道路の整備", "再掲道路の整備", False),
        ("道路の整備", "道路の整備", False),
    ],
)
def test_the_mark_of_a_repeat(text: str, left: str, repeated: bool) -> None:
    assert without_repeated(text, VALUES.projects.repeated) == (left, repeated)


def read(one: ProjectRow, *fills: str) -> Any:
    return read_project(one, VALUES.projects, fills)


def test_a_project_with_all_that_is_printed_of_it() -> None:
    found = read(project("【再掲】道路の整備\n（建設課）", "道をつくる", "#ffff00"), "#ffff00")
    assert (found.name, found.departments, found.summary) == (
        "道路の整備",
        ("建設課",),
        "道をつくる",
    )
    assert (found.repeated, found.highlighted, found.place) == (True, True, PLACE)
    assert found.summary_printed.text == "道をつくる"
    plain = read(project("道路の整備\n（建設課）\n【再掲】", fill="#00ff00"), "#ffff00")
    assert (plain.repeated, plain.highlighted) == (True, False)
    bare = read(ProjectRow(place=PLACE, entries=(entry("name", "事業", "道路"),
                                                entry("department", "担当", "建設課")),
                           table=0, row=0), "#ffff00")  # fmt: skip
    assert (bare.name, bare.departments, bare.summary) == ("道路", ("建設課",), "")
    assert (bare.summary_printed, bare.repeated, bare.highlighted) == (None, False, False)
    assert read(project("")) is None
    assert read(ProjectRow(place=PLACE, entries=(), table=0, row=0)) is None
    names = (entry("name", "分類", "甲"), entry("project", "事業", "乙"))
    both = ProjectRow(place=PLACE, entries=names, table=0, row=0)
    assert read(both).name == "乙"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("道路（建設課）", "道路（建設課）", True),
        ("道路（建設課）", "【再掲】道路（建設課）", True),
        ("道路（建設課）", "道路（農林課）", False),
        ("道路（農林課）", "道路（建設課）", False),
        ("道路（建設課）", "橋（建設課）", False),
        ("道路（建設課）", "道路", False),
    ],
)
def test_the_same_project_has_the_same_name_and_offices(one: str, other: str, same: bool) -> None:
    assert same_project(read(project(one)), read(project(other))) is same


def test_the_colour_of_a_minority_means_something() -> None:
    def fills(*colours: str | None) -> tuple[str, ...]:
        rows = [project(f"事業{at}", fill=colour) for at, colour in enumerate(colours)]
        return highlight_fills(plan([], projects=tuple(rows)))

    assert fills() == fills(None, None) == ()
    assert fills("#ff0000", None, None) == ("#ff0000",)
    assert fills("#ff0000", None) == ()
    assert fills("#ff0000", "#00ff00", None) == ("#ff0000", "#00ff00")
    assert fills("#ff0000", "#ff0000", None, None) == ()


# --------------------------------------------------------------------------- views


@pytest.mark.parametrize(
    ("years", "chosen"),
    [
        ([], None),
        ([2024], 2024),
        ([2023, 2024, 2025], 2024),
        ([2023, None, 2022], None),
        ([2022, 2023], 2023),
        ([2023, 2022], 2023),
        ([2022, 2025], 2022),
        ([2025, 2026], 2025),
        ([2026, 2025], 2026),
    ],
)
def test_the_status_of_the_reported_year_or_the_nearest_before_it(
    years: list[int | None], chosen: int | None
) -> None:
    given = [Status(word=str(year), printed=printed("A"), fiscal_year=year) for year in years]
    found = status_of(given, 2024)
    assert (found and found.fiscal_year) == chosen
    assert (found is None) == (not years)


@pytest.mark.parametrize(
    ("targets", "target", "later"),
    [
        ([], None, None),
        ([("R6", "1")], "1", None),
        ([("R6", "1"), ("R7", "2"), ("R8", "3")], "1", "2"),
        ([("R5", "1"), ("", "2")], "2", None),
        ([("", "1"), ("R8", "3"), ("R7", "2")], "1", "2"),
        ([("R8", "3"), ("R7", "2")], "2", "3"),
        ([("R4", "1"), ("R5", "2")], "2", None),
        ([("R5", "2"), ("R4", "1")], "2", None),
        ([("", "1"), ("R7 男性", "2"), ("R7 女性", "3")], "1", None),
        ([("R6 男性", "2")], "2", None),
        ([("R6 男性", "2"), ("R6 女性", "3")], None, None),
        ([("R6 男性", "2"), ("R6 女性", "3"), ("R6", "4")], "4", None),
    ],
)
def test_the_target_of_the_year_and_the_next(
    targets: list[tuple[str, str]], target: str | None, later: str | None
) -> None:
    cells = [entry("name", "指標", "数"), entry("actual", "R6 実績", "9")]
    for heading, text in targets:
        year, _, part = heading.partition(" ")
        cells.append(entry("target", f"{year} 目標\n{part}", text))
    (found,) = run(plan([row(cells)]), defaults(), edition=2025, area_code="").indicators
    assert (found.target and found.target.printed.text) == target
    assert (found.next_target and found.next_target.printed.text) == later


def test_kanji_nought_multiplies_nothing() -> None:
    assert parse_numeral("〇十") is None
    assert parse_numeral("一〇") == 10
    assert parse_numeral("") is None
    assert parse_numeral("一千") == parse_numeral("千") == 1000


def test_brackets_around_a_mark_change_nothing() -> None:

    for mark, sign in defaults().missing.items():
        for text in (mark, f"（{mark}）", f"({mark})"):
            (piece,) = reader().read(text).pieces
            assert piece.missing == sign, text
