"""Names of projects that hold two cells are a doubt, and lines like projects are not lost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.assemble.joined_projects import holds_two_names
from tests.assemble.test_stitch import KPI, OTHERS, PROJECTS, WHOLE

OFFICE = "(?:課|室)$"


@pytest.mark.parametrize(
    ("name", "bare", "ruled"),
    [
        ("道路事業\n(建設課)\n水道事業\n(水道課)", True, True),
        ("道路事業\n(建設課)\n水道事業", True, False),
        ("事業名\n道路事業\n(建設課)", True, True),
        ("道路事業\n(建設課)\n【再掲】", False, False),
        ("道路(市道)事業\n(建設課)(水道課)", False, False),
    ],
)
def test_a_name_that_goes_on_behind_an_office_may_be_two(
    name: str, bare: bool, ruled: bool
) -> None:
    found = [holds_two_names(name, "事業名", OFFICE, ruled=way) for way in (False, True)]
    assert found == [bare, ruled]


@pytest.mark.parametrize(("x", "told"), [(42.0, True), (60.0, False)])
def test_lines_that_begin_as_the_columns_of_projects_do_are_told(
    table, line, extracted, settings, x: float, told: bool
) -> None:
    kpi = table([KPI, *WHOLE], top=100)
    projects = replace(table([PROJECTS, *OTHERS], top=400), method="text")
    left, side = projects.box[0], sorted({cell.box[0] for cell in projects.cells})[1]
    lines = [
        replace(line("橋事業(建設課)", top=700), box=(left + x - 40, 700, side - 5, 710)),
        replace(line("橋を直します。", top=700), box=(side + 2, 700, side + 60, 710)),
    ]
    assembled = run(extracted([kpi, projects], lines), settings)
    rules = {remark.rule for remark in assembled.remarks}
    assert ("reading.row-outside-tables" in rules) is told
