"""Headings of the plan in one cell with the name of a row, where no rules part rows."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from tests.assemble.test_unruled import KPI, ONE, THREE, TWO, aligned, named

LEFTS = [56, 186, 230, 280, 340, 400, 460]


def joint(name: str, row: list[str]) -> list[str]:
    return [name, *row[1:]]


def policies(assembled) -> list[str]:
    return [row.place.policy for row in assembled.indicators]


@pytest.mark.parametrize(
    ("second", "names"),
    [
        ([joint("2. 暮らし\n宿泊者数", TWO)], ["観光客数", "宿泊者数", "移住者数"]),
        ([joint("宿泊者数\n2. 暮らし", TWO)], ["観光客数", "宿泊者数", "移住者数"]),
    ],
    ids=["above", "below"],
)
def test_a_heading_in_the_cell_of_a_name_is_one(second, names, table, line, extracted, settings):
    kpi = aligned([KPI, joint("1. 産業\n観光客数", ONE), *second, THREE], LEFTS)
    lines = [line("基本目標1　まち", size=14), line("1. 産業", top=400), line("2. 暮らし", top=500)]
    projects = [
        table([["事業名", "事業概要"], [f"事業{n}", "概要"]], top=t)
        for n, t in ((1, 420), (2, 520))
    ]
    found = run(extracted([kpi, *projects], lines), settings)
    assert named(found)[:3] == names
    below = second[0][0].endswith("暮らし")
    assert policies(found) == ["産業", "産業" if below else "暮らし", "暮らし"]


def test_beside_lone_headings_it_is_one_of_their_family(line, extracted, settings) -> None:
    lone = ["1. 産業", "", "", "", "", ""]
    rows = [KPI, lone, ONE, THREE, joint("2. 暮らし\n宿泊者数", TWO), THREE]
    found = run(extracted([aligned(rows, LEFTS)], [line("基本目標1　まち", size=14)]), settings)
    assert policies(found) == ["産業", "産業", "暮らし", "暮らし"]


def test_names_that_are_numbered_are_whole(line, extracted, settings) -> None:
    rows = [KPI, joint("1. 観光客数\n(延べ)", ONE), joint("2. 宿泊者数\n(延べ)", TWO)]
    found = run(extracted([aligned(rows, LEFTS)], [line("基本目標1　まち", size=14)]), settings)
    assert [name.count("\n") for name in named(found)] == [1, 1]


@pytest.mark.parametrize("name", ["指標", "測るものさし"])
def test_two_headings_in_one_cell_are_two(name, line, extracted, settings) -> None:
    """The goal, and its policy below; the heading over names may be told by its cells alone."""
    both = ["基本目標1 産業\n1. 観光", *[""] * (len(KPI) - 1)]
    kpi = aligned([[name, *KPI[1:]], both, ONE, TWO, THREE], LEFTS)
    found = run(extracted([kpi]), settings)
    assert {(row.place.goal, row.place.policy) for row in found.indicators} == {("産業", "観光")}
