from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Place
from pipeline.normalize import run
from pipeline.normalize.identity import Sighting, likeness, match_all, provisional_id
from pipeline.settings.registry import FormerName, RegistryEntry
from tests.normalize.plans import PLACE, defaults, entry, mine, plan, row, simple

ELSEWHERE = Place(goal_number=9, goal="他", policy_number=9, policy="他")


def seen(name: str, unit: str = "人", place: Place = PLACE) -> Sighting:
    return Sighting(name=name, unit=unit, place=place)


def known(identifier: str, name: str, **fields) -> RegistryEntry:
    return RegistryEntry(
        id=identifier, name=name, **{"unit": "人", "goal": 1, "policy": 1, **fields}
    )


def ids(sightings: list[Sighting], entries: list[RegistryEntry], edition: int = 2025) -> list[str]:
    return [match.id for match in match_all(sightings, entries, edition, 70)]


@pytest.mark.parametrize(
    ("name", "entries", "found"),
    [
        ("図書館の来館者敦", [known("a", "図書館の来館者数")], "a"),
        ("人口", [known("a", "出口")], "a"),
        ("図書飽の来飽者敦", [known("a", "図書館の来館者数")], ""),
        ("図書館の来館音数", [known("a", "図書館の来館者数"), known("b", "図書館の来館回数")], ""),
        ("図書館の来館者敦", [known("a", "図書館の来館者数"), known("b", "病床数")], "a"),
    ],
)
def test_a_name_read_from_a_picture_is_that_of_the_one_it_nearly_is(
    name: str, entries: list[RegistryEntry], found: str
) -> None:
    misread = msgspec.structs.replace(seen(name), pictured=True)
    assert ids([misread], entries) == [found]
    assert ids([seen(name)], entries) == [""]
    assert ids([misread, misread], entries) == ["", ""]
    right = seen(entries[0].name)
    assert ids([right, misread], entries)[0] == "a"
    assert ids([right, misread], entries)[1] != "a"


@pytest.mark.parametrize(
    ("sighting", "entries", "found"),
    [
        (seen("利用者数"), [known("a", "利用者数")], "a"),
        (seen("利用者数 （累計）"), [known("a", "利用者数(累計)")], "a"),
        (seen("設置箇所数"), [known("a", "設置か所数")], "a"),
        (seen("利用者数", "千人"), [known("a", "利用者数")], "a"),
        (seen("利用者数", place=ELSEWHERE), [known("a", "利用者数")], "a"),
        (seen("利用者の数"), [known("a", "利用者数")], ""),
        (
            seen("旧名"),
            [known("a", "新名", former_names=(FormerName(name="旧名", last_edition=2024),))],
            "a",
        ),
        (seen("利用者数"), [known("a", "利用者数", retired=2024)], ""),
        (seen("利用者数"), [known("a", "利用者数", retired=2026)], "a"),
        (seen("病床利用率"), [known("a", "病床利用率"), known("b", "病床利用率", policy=2)], "a"),
        (
            seen("病床利用率", place=ELSEWHERE),
            [known("a", "病床利用率"), known("b", "病床利用率", policy=2)],
            "",
        ),
        (
            seen("額", "円", ELSEWHERE),
            [known("a", "額"), known("b", "額", unit="円", policy=2)],
            "b",
        ),
        (
            seen("新名"),
            [known("b", "別", former_names=(FormerName(name="新名"),)), known("a", "新名")],
            "a",
        ),
    ],
)
def test_only_certain_matches_are_linked(
    sighting: Sighting, entries: list[RegistryEntry], found: str
) -> None:
    assert ids([sighting], entries) == [found]


def test_an_indicator_is_given_once_and_to_the_row_at_its_place() -> None:
    entries = [known("a", "利用者数")]
    assert ids([seen("利用者数", place=ELSEWHERE), seen("利用者数")], entries) == ["", "a"]
    assert ids([seen("利用者数"), seen("利用者数")], entries) == ["a", ""]


def test_near_names_are_candidates_best_first() -> None:
    entries = [
        known("a", "公民館講座等の受講者数"),
        known("b", "公民館講座の開催回数", unit="回"),
        known("c", "ごみの排出量", unit="t"),
    ]
    (match,) = match_all([seen("公民館講座等受講者数")], entries, 2025, 45)
    assert match.id == ""
    assert [candidate.id for candidate in match.candidates] == ["a", "b"]
    assert match.candidates[0].score >= 95


def test_an_indicator_that_the_document_has_is_no_candidate() -> None:
    entries = [known("a", "受講者数")]
    found = match_all([seen("受講者数"), seen("受講者の数")], entries, 2025, 60)
    assert [match.id for match in found] == ["a", ""]
    assert found[1].candidates == ()


def test_unit_and_place_weigh() -> None:
    entry_ = known("a", "受講者数")
    here, there = likeness(entry_, seen("受講者の数")), likeness(entry_, seen("受講者の数", "件"))
    assert here > there > likeness(entry_, seen("受講者の数", "件", ELSEWHERE))


@given(st.text(max_size=10), st.text(max_size=4))
def test_a_provisional_id_is_stable_and_told_from_a_registered_one(name: str, unit: str) -> None:
    first = provisional_id("35213", seen(name, unit))
    assert first == provisional_id("35213", seen(name, unit))
    assert first.startswith("35213-x")


def rules(rows, *entries: RegistryEntry, edition: int = 2025) -> list[str]:
    settings = msgspec.structs.replace(defaults(), registry=entries)
    found = run(plan(rows), settings, edition=edition, area_code="35213")
    return [r.rule for r in found.remarks if not r.rule.startswith(("direction", "unit"))]


def test_new_similar_absent_moved() -> None:
    entries = (known("a", "公民館講座等の受講者数"), known("b", "ごみの排出量", unit="t"))
    assert rules([simple("公民館講座等受講者数", "人"), simple("まったく別", "件")], *entries) == [
        "identity.similar",
        "identity.new",
        "identity.absent",
        "identity.absent",
    ]
    moved = row([entry("name", "指標", "ごみの排出量")], ELSEWHERE)
    assert rules([moved], entries[1]) == ["identity.moved"]


@pytest.mark.parametrize(
    ("registered", "printed", "told"),
    [
        ("人", "人", False),
        ("人", "名", False),
        ("か所", "箇所", False),
        ("千円", "百万円", True),
        ("", "件", False),
    ],
)
def test_another_unit_than_registered_is_told(registered: str, printed: str, told: bool) -> None:
    entries = (known("a", "直売所の売上", unit=registered),)
    cells = [entry("name", "指標", "直売所の売上"), entry("unit", "単位", printed)]
    assert ("identity.unit" in rules([row(cells)], *entries)) is told


def test_what_begins_later_or_has_ended_is_not_missed() -> None:
    entries = (known("a", "来年から", first_edition=2026), known("b", "終わった", retired=2025))
    assert rules([], *entries) == ["identity.retired"]  # told as a fact, not as missing


def test_cumulative_and_spelling_of_the_unit_come_from_the_registry() -> None:
    entries = (known("a", "数", unit="か所", cumulative=True),)
    settings = msgspec.structs.replace(defaults(), registry=entries)
    (found,) = run(plan([simple("数", "箇所")]), settings, edition=2025, area_code="").indicators
    assert (found.unit, found.cumulative, found.registered) == ("か所", True, True)


def test_the_registry_of_the_first_document() -> None:
    entries = mine().registry
    assert entries is not None
    assert len(entries) == 130
    assert sum(entry_.direction == "lower" for entry_ in entries) == 13
    assert [entry_.id for entry_ in entries] == sorted(entry_.id for entry_ in entries)
    assert {entry_.basis for entry_ in entries} == {"declared"}


@pytest.mark.parametrize(
    ("first", "retired", "told"),
    [(0, 0, True), (2020, 0, True), (2025, 0, True), (2026, 0, False), (2020, 2024, False)],
)
def test_what_the_registry_awaits_is_missed(first: int, retired: int, told: bool) -> None:
    gone = known("b", "ごみの排出量", first_edition=first, retired=retired)
    assert ("identity.absent" in rules([simple("利用者数")], gone, known("a", "利用者数"))) == told
