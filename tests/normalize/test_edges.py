"""Where a rule of the normalize stage begins to hold: both sides of each limit, fed as records."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from pipeline.model import Entry, IndicatorRow, Place, Printed
from pipeline.normalize import run
from pipeline.normalize.direction import Evidence, decide, gather, propose
from pipeline.normalize.footnotes import find_note
from pipeline.normalize.identity import Sighting, in_use, last_kept, likeness, match_all
from pipeline.normalize.projects import is_department, same_colour
from pipeline.normalize.units import UnitTable
from pipeline.settings.registry import FormerName, RegistryEntry
from tests.normalize.plans import defaults, entry, plan, printed, row, simple
from tests.validate.build import indicator

HERE = Place(goal_number=1, policy_number=2)


def known(identifier: str = "a", name: str = "利用者数", **fields: Any) -> RegistryEntry:
    return RegistryEntry(
        id=identifier, name=name, **{"unit": "人", "goal": 1, "policy": 2} | fields
    )


def seen(name: str = "利用者数", unit: str = "人", place: Place = HERE) -> Sighting:
    return Sighting(name=name, unit=unit, place=place)


# --------------------------------------------------------------------------- identity


@pytest.mark.parametrize(
    ("sighting", "points"),
    [
        (seen(), 100),
        (seen(unit="件"), 90),
        (seen(place=Place(goal_number=1)), 90),
        (seen(unit="件", place=Place()), 80),
        (seen(name="まったく別"), 20),
        (seen(name="旧名"), 100),
    ],
)
def test_likeness_is_of_name_unit_and_place(sighting: Sighting, points: int) -> None:
    assert likeness(known(former_names=(FormerName(name="旧名"),)), sighting) == points


@pytest.mark.parametrize(
    ("entries", "edition"),
    [
        ([], 0),
        ([known()], 0),
        ([known(first_edition=2021), known("b", first_edition=2020)], 2021),
        ([known(first_edition=2021, retired=2023)], 2023),
        ([known(former_names=(FormerName(name="旧", last_edition=2024),))], 2025),
        ([known(former_names=(FormerName(name="旧", last_edition=2025),))], 2026),
    ],
)
def test_the_latest_edition_that_a_registry_knows(
    entries: list[RegistryEntry], edition: int
) -> None:
    assert last_kept(entries) == edition


def test_an_indicator_is_in_use_before_it_is_retired() -> None:
    entry = known(retired=2025)
    assert [in_use(entry, edition) for edition in (2024, 2025, 2026)] == [True, False, False]
    assert in_use(known(), 2030)


def test_candidates_are_three_best_first_then_by_id() -> None:
    names = ("利用者の数", "利用者数計", "利用者数計", "利用者", "利用件数")
    entries = [known(f"{at}", name) for at, name in enumerate(names)]
    (match,) = match_all([seen()], entries, 2025, 70)
    assert [one.id for one in match.candidates] == ["0", "1", "2"]
    (best,) = {one.score for one in match.candidates}
    assert match_all([seen()], entries, 2025, best)[0].candidates == match.candidates
    assert match_all([seen()], entries, 2025, best + 1)[0].candidates == ()


def told(rows: list[IndicatorRow], *entries: RegistryEntry, edition: int = 2025) -> list[str]:
    settings = structs.replace(defaults(), registry=entries)
    found = run(plan(rows), settings, edition=edition, area_code="35213")
    return [one.rule for one in found.remarks if one.rule.startswith("identity.")]


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, []),
        ({"goal": 2}, ["identity.moved"]),
        ({"policy": 2}, ["identity.moved"]),
        ({"goal": 0, "policy": 0}, []),
        ({"goal": 2, "first_edition": 2025}, ["identity.moved"]),
        ({"goal": 2, "first_edition": 2026}, []),
        ({"unit": "件"}, ["identity.unit"]),
        ({"unit": ""}, []),
    ],
)
def test_what_differs_from_the_registry(fields: dict[str, Any], rules: list[str]) -> None:
    here: dict[str, Any] = {"policy": 1, "direction": "higher"} | fields
    assert told([simple("利用者数", "人", target="5")], known(**here)) == rules


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, ["identity.absent"]),
        ({"first_edition": 2025}, ["identity.absent"]),
        ({"first_edition": 2026}, []),
        ({"retired": 2024}, []),
        ({"retired": 2025}, ["identity.retired"]),
        ({"retired": 2026}, ["identity.absent"]),
    ],
)
def test_what_the_document_lacks(fields: dict[str, Any], rules: list[str]) -> None:
    assert told([], known(**fields)) == rules


def test_without_a_registry_the_unknown_directions_are_named() -> None:
    rows = [simple(f"施策{at}", "区分", target="5") for at in range(5)]
    found = run(plan([*rows, simple("待機児童数", "人", baseline="9", target="5")]), defaults(),
                edition=2025, area_code="")  # fmt: skip
    (one,) = [one for one in found.remarks if one.rule == "identity.no-registry"]
    unknown = [each.name for each in found.indicators if each.direction == "unknown"]
    assert one.parameters["count"] == "6"
    assert one.parameters["unknown"] == str(len(unknown)) == "5"
    assert one.parameters["names"] == " (施策0、施策1、施策2)"


# --------------------------------------------------------------------------- years and values


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("R6.3末 実績", None),
        ("R6.12末 実績", None),
        ("R6.4末 実績", "R6.4末"),
        ("R6.9末 実績", "R6.9末"),
        ("R6 実績", None),
    ],
)
def test_the_day_of_a_figure_within_the_year_is_its_part(header: str, part: str | None) -> None:
    rows = [row([entry("name", "指標", "数"), entry("actual", header, "5")])]
    (found,) = run(plan(rows), defaults(), edition=2025, area_code="").indicators
    got = found.observations[0].part
    assert (got is None) is (part is None)
    assert (got or "").startswith((part or "")[:4])


def years_of(*cells: Entry) -> list[int | None]:
    found = run(plan([row([entry("name", "指標", "数"), *cells])]), defaults(), edition=2025,
                area_code="")  # fmt: skip
    return [one.fiscal_year for one in found.indicators[0].observations if one.kind != "year"]


def test_a_year_column_dates_the_undated_value_on_its_left_or_else_on_its_right() -> None:
    year, other = entry("year", "年度", "R3"), entry("year", "年度", "R5")
    value, actual = entry("baseline", "基準値", "5"), entry("actual", "実績値", "6")
    assert years_of(value, year, actual) == [2021, None]
    assert years_of(year, value, actual) == [2021, None]
    assert years_of(value, year, actual, other) == [2021, 2023]
    assert years_of(value, year, other, actual) == [2021, 2023]
    assert years_of(entry("target", "R6 目標", "1"), year, value) == [2024, 2021]
    assert years_of(entry("rate", "達成率", "1"), year, value) == [None, 2021]


def test_a_lone_status_is_no_observation_and_several_are() -> None:
    lone = row([entry("name", "指標", "数"), entry("status", "評価", "A")])
    none = row([entry("name", "指標", "数"), entry("target", "R6 目標", "1")])
    both = row([*lone.entries, entry("status", "R5 評価", "B")])
    for one, count in ((lone, 0), (none, 0), (both, 2)):
        (found,) = run(plan([one]), defaults(), edition=2025, area_code="").indicators
        assert sum(each.kind == "status" for each in found.observations) == count


def test_a_cell_longer_than_any_value_is_words() -> None:
    for length, number in ((200, True), (201, False)):
        text = "約5人" + "（" + "注" * (length - 5) + "）"
        cells = [entry("name", "指標", "数"), entry("actual", "R6 実績", text)]
        (found,) = run(plan([row(cells)]), defaults(), edition=2025, area_code="").indicators
        assert (found.observations[0].value.number is not None) is number


# --------------------------------------------------------------------------- notes, direction


def note(text: str, page: int) -> Printed:
    return structs.replace(printed(text), page=page)


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ((1,), None),
        ((2,), 2),
        ((3,), 3),
        ((4,), None),
        ((2, 3), 2),
        ((2, 2), None),
        ((3, 3), None),
    ],
)
def test_a_note_stands_on_its_page_or_on_the_next(
    pages: tuple[int, ...], found: int | None
) -> None:
    notes = [note("※1 注", page) for page in pages] + [note("※2 別", 2)]
    got = find_note("※1", 2, notes, defaults().values.marks)
    assert (got.page if got else None) == found


def evidence(*told: str) -> tuple[Evidence, ...]:
    pairs = (one.split() for one in told)
    return tuple(Evidence(kind=kind, direction=side, what="") for kind, side in pairs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "decided", "proposed"),
    [
        ((), ("unknown", ""), "unknown"),
        (("column lower",), ("lower", "printed"), "lower"),
        (("column lower", "unit lower"), ("lower", "printed"), "lower"),
        (("column lower", "unit higher"), ("unknown", ""), "lower"),
        (("column lower", "column higher"), ("unknown", ""), "unknown"),
        (("words lower",), ("unknown", ""), "lower"),
        (("words lower", "trend lower"), ("lower", "evidence"), "lower"),
        (("words lower", "trend higher"), ("unknown", ""), "lower"),
        (("words lower", "unit higher"), ("unknown", ""), "unknown"),
        (("words lower", "unit lower"), ("lower", "evidence"), "lower"),
        (("trend lower",), ("unknown", ""), "lower"),
        (("trend higher",), ("unknown", ""), "higher"),
    ],
)
def test_what_evidence_decides_and_proposes(
    told: tuple[str, ...], decided: tuple[str, str], proposed: str
) -> None:
    assert decide(evidence(*told)) == decided
    assert propose(evidence(*told)) == proposed


@pytest.mark.parametrize(
    ("figures", "trend"),
    [
        (("10", "20", None), "higher"),
        (("20", "10", None), "lower"),
        (("10", "10", None), None),
        (("10", "20", "15"), None),
        (("10", "10", "15"), "higher"),
        ((None, "10", "5"), "lower"),
        (("10", None, "15"), "higher"),
        ((None, "10", None), None),
    ],
)
def test_the_trend_of_the_targets(figures: tuple[str | None, ...], trend: str | None) -> None:
    baseline, target, later = figures
    one = indicator("数", baseline=baseline, target=target, next_target=later, unit="区分")
    found = [each for each in gather(one, defaults().direction) if each.kind == "trend"]
    assert [each.direction for each in found] == ([trend] if trend else [])
    printed_figures = [text for text in figures if text]
    assert [each.what for each in found] == (["→".join(printed_figures)] if trend else [])


# ----------------------------------------------------------------------- offices, colours, units


def test_an_office_needs_more_than_its_ending() -> None:
    endings = ("課",)
    assert [is_department(text, endings) for text in ("", "課", "税課", "税")] == [
        False, False, True, False,
    ]  # fmt: skip
    assert not is_department("", ("",))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("#ff0000", "#ff0000", True),
        ("#ff0000", "#ff000a", True),
        ("#ff0000", "#00ff00", False),
        ("#ffff00", "#ff0000", False),
        ("#808080", "#8c8c8c", True),
        ("#808080", "#909090", False),
        ("#7c7c7c", "#8b8b8b", True),
        ("#808080", "#ff0000", False),
        ("#ff0010", "#ff1000", True),
    ],
)
def test_fills_that_look_alike(one: str, other: str, alike: bool) -> None:
    assert same_colour(one, other) is same_colour(other, one) is alike


@pytest.mark.parametrize(
    ("text", "unit", "scale"),
    [
        ("千人", "千人", "1000"),
        ("百万円", "百万円", "1000000"),
        ("千百人", None, None),
        ("件/年", "件/年", None),
        ("人/10万人", "人/10万人", "0.00001"),
        ("人/人口千人", "人/千人", "0.001"),
        ("人/1,000人", "人/1000人", "0.001"),
        ("件/年/人", None, None),
        ("(人)", "人", "1"),
        ("((人))", None, None),
        ("人/0人", None, None),
    ],
)
def test_units_made_of_units(text: str, unit: str | None, scale: str | None) -> None:
    found = UnitTable(defaults().units).find(text)
    assert (found.unit if found else None) == unit
    if scale is not None:
        assert found is not None
        assert f"{found.scale:f}" == scale


def test_multiples_of_a_unit() -> None:
    multiples = ["十", "百", "千", "万", "十万", "百万", "千万", "億", "十億", "百億", "千億", "兆"]
    powers = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    table = UnitTable(defaults().units)
    found = [table.find(f"{multiple}人") for multiple in multiples]
    assert [one and one.scale for one in found] == [10**power for power in powers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", "12"),
        ("三件", "3"),
        ("千", None),
        ("千二百人", "1200"),
        ("万", None),
        ("一部", None),
    ],
)
def test_which_kanji_are_a_number(text: str, number: str | None) -> None:
    cells = [entry("name", "指標", "数"), entry("actual", "R6 実績", text)]
    (found,) = run(plan([row(cells)]), defaults(), edition=2025, area_code="").indicators
    seen_number = found.observations[0].value.number
    assert (None if seen_number is None else str(seen_number)) == number


def test_only_the_second_of_two_equal_rows_has_a_numbered_id() -> None:
    found = run(plan([simple(), simple(), simple()]), defaults(), edition=2025, area_code="35213")
    first, second, third = (one.id for one in found.indicators)
    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert first.count("-") == 1


def test_another_place_and_unit_count_nothing_at_all() -> None:
    long = known(name="abcdefghijk")
    assert likeness(long, seen("abcdefghixy", "人", Place())) == round(0.8 * 900 / 11 + 10) == 75
    short = known(name="abcdefg")
    assert likeness(short, seen("abcdex", "件", HERE)) == round(0.8 * 1000 / 13 + 10) == 72


def pieces_of(text: str) -> list[tuple[str | None, str | None, str | None]]:
    cells = [entry("name", "指標", "数"), entry("actual", "R6 実績", text)]
    (found,) = run(plan([row(cells)]), defaults(), edition=2025, area_code="").indicators
    return [
        (one.part, None if (number := one.value.number) is None else str(number), one.value.missing)
        for one in found.observations
    ]


def test_a_missing_mark_in_brackets() -> None:
    assert pieces_of("（未公表）") == pieces_of("未公表") == [(None, None, "not_published")]


def test_only_the_first_of_several_numbers_may_lack_its_name() -> None:
    assert pieces_of("79.83、女性84.35") == [(None, "79.83", None), ("女性", "84.35", None)]
    assert [number for _, number, _ in pieces_of("女性84.35、79.83")] != ["84.35", "79.83"]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("出生率 H26年1.54→H31年1.68", ["baseline", "target"]),
        ("出生率 H26年1.54→H31年1.68→R5年1.7", []),
        ("出生率 H26年1.54→1.68", []),
        ("出生率 H26年1.54、H31年1.68", []),
    ],
)
def test_figures_behind_a_name_are_of_two_years(name: str, kinds: list[str]) -> None:
    rows = [row([entry("name", "指標", name)])]
    (found,) = run(plan(rows), defaults(), edition=2025, area_code="").indicators
    assert [one.kind for one in found.observations] == kinds
