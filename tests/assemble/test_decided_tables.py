"""What a person says of tables: the roles of their columns, and of the heads of their rows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from pipeline.model import IndicatorRow
from pipeline.settings.assemble import AssembleSettings
from pipeline.settings.decisions import Decision

HEADED = [
    ["指標", "単位", "R3 基準値", "R6 目標値", "R6 実績値"],
    ["甲の数", "人", "10", "12", "11"],
    ["乙の数", "件", "20", "18", "19"],
]
REST = [["一", "丙の数", "社", "5", "7", "なし"], ["二", "丁の数", "店", "8", "9", "なし"]]
TURNED = [
    ["区分", "初期値", "R4", "R5", "R6"],
    ["目標値", "", "11", "12", "13"],
    ["ホニャララ", "9", "10", "14", "15"],
    ["評価", "", "", "", "A"],
]


def texts_of(row: IndicatorRow) -> list[str]:
    return [entry.printed.text for entry in row.entries]


def decided(settings: AssembleSettings, *made: Decision) -> AssembleSettings:
    return replace(settings, decisions=made)


@pytest.mark.parametrize(
    ("roles", "headings"),
    [
        ("unknown name unit baseline target actual", ["R3 基準値", "R6 目標値"]),
        ("unknown name unknown baseline target actual", ["R3 基準値", "R6 目標値"]),
        ("unknown name unit target baseline actual", ["", ""]),
    ],
    ids=["the same", "without the unit", "other figures"],
)
def test_columns_that_were_named_bear_the_headings_of_the_table_that_they_go_on_with(
    roles, headings, table, extracted, settings
) -> None:
    rest = table(REST, page=2)
    named = Decision(action="table", reason="紙面", page=2, box=rest.box, value=roles, line=1)
    plan = run(extracted([table(HEADED), rest]), decided(settings, named))
    third = next(row for row in plan.indicators if "丙の数" in texts_of(row))
    known = [entry.header for entry in third.entries if entry.kind in {"baseline", "target"}]
    assert known == headings
    assert not [one.rule for one in plan.remarks if one.rule.startswith("decision.")]


def test_the_head_of_a_row_can_be_given_a_role(table, line, extracted, settings) -> None:
    paper = extracted([table(TURNED)], [line("甲の数（単位：人）", top=84)])
    asked = {one.subject: one.rule for one in run(paper, settings).remarks}
    assert asked["ホニャララ"] == "vocabulary.unknown-figures-header"
    role = Decision(action="role", reason="紙面", value="actual", expect="ホニャララ", line=1)
    plan = run(paper, decided(settings, role))
    kinds = {entry.printed.text: entry.kind for entry in plan.indicators[0].entries}
    assert {kinds[text] for text in ("10", "14", "15")} == {"actual"}
    assert "ホニャララ" not in {one.subject for one in plan.remarks}
    assert not [one.rule for one in plan.remarks if one.rule.startswith("decision.")]


def test_a_role_for_a_heading_that_is_printed_nowhere_is_told(table, extracted, settings) -> None:
    role = Decision(action="role", reason="紙面", value="target", expect="見出しなし", line=1)
    plan = run(extracted([table(HEADED)]), decided(settings, role))
    assert [one.rule for one in plan.remarks if one.rule.startswith("decision.")] == [
        "decision.gone"
    ]
