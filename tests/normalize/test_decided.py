"""Decisions carried out on rows that are fed: each kind of action, and the stale ones."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from pipeline.model import Box, Indicator, IndicatorRow, Kind, Normalized, Place, Printed
from pipeline.normalize import run
from pipeline.normalize.decided import located
from pipeline.settings.decisions import Action, Decision
from tests.normalize.plans import COLUMNS, PLACE, defaults, plan, row
from tests.normalize.plans import entry as made

CELLS = {
    "name": "参加者数",
    "unit": "人",
    "baseline": "10",
    "target": "20",
    "actual": "15",
    "status": "改善",
    "next_target": "25",
}


def box(name: str, line: int = 0) -> Box:
    at = 10.0 * list(CELLS).index(name)
    return (at, 20.0 * line, at + 10, 20.0 * line + 10)


def line(number: int = 0, reader: str = "pdfium", **cells: str) -> IndicatorRow:
    """A row whose cells stand apart."""
    entries = [
        structs.replace(
            one := made(kind, header, {**CELLS, **cells}[name]),
            printed=structs.replace(one.printed, box=box(name, number), reader=reader),
        )
        for kind, header, name in COLUMNS
    ]
    return row(entries, number=number)


def decision(action: Action, at: str = "", value: str = "", **more: Any) -> Decision:
    """A decision at a cell of the first row, for what stands there."""
    known: dict[str, Any] = {"page": 1, "box": box(at), "expect": CELLS[at]} if at else {}
    known |= {"reason": "確認", "who": "山田", "when": "2025-05-01", "line": 7}
    return Decision(action=action, value=value, **{**known, **more})


def decided(*decisions: Decision, rows: tuple[IndicatorRow, ...] = (), **fields: Any) -> Normalized:
    settings = structs.replace(defaults(), decisions=decisions)
    return run(plan(rows or (line(),), **fields), settings, edition=2025, area_code="35213")


def told(found: Normalized) -> list[str]:
    return [one.rule for one in found.remarks if one.rule.startswith("decision.")]


def first(*decisions: Decision, **fields: Any) -> Indicator:
    found = decided(*decisions, **fields)
    assert told(found) == []
    return found.indicators[0]


@pytest.mark.parametrize(
    ("one", "name", "value"),
    [
        (decision("name", "name", "新しい名"), "name", "新しい名"),
        (decision("value", "name", "別の名"), "name", "別の名"),
        (decision("unit", "name", "件"), "unit", "件"),
        (decision("goal", "name", "2 健康"), "place", Place(goal_number=2, goal="健康",
                                                          policy_number=1, policy="方針")),
        (decision("policy", "name", "3. 道"), "place", Place(goal_number=1, goal="目標",
                                                           policy_number=3, policy="道")),
        (decision("policy", "name", "道"), "place", Place(goal_number=1, goal="目標",
                                                        policy_number=None, policy="道")),
        (decision("direction", "name", "lower"), "direction", "lower"),
    ],
)  # fmt: skip
def test_what_is_decided_of_a_row(one: Decision, name: str, value: object) -> None:
    found = first(one)
    assert getattr(found, name) == value
    assert found.name_printed.text == "参加者数"
    assert [(each.taken, each.who) for each in found.decided] == [(one.value, "山田")]
    plain = first()
    for other in {"name", "unit", "place"} - {name}:
        assert getattr(found, other) == getattr(plain, other)


def test_a_decided_direction_is_declared() -> None:
    assert first(decision("direction", "name", "lower")).direction_basis == "declared"


def test_a_decided_value_stands_beside_what_was_printed() -> None:
    found = first(decision("value", "actual", "16.5"))
    assert found.actual is not None
    assert str(found.actual.number) == "16.5"
    assert found.actual.printed.text == "15"
    assert [one.value.decided is not None for one in found.observations] == [
        one.kind == "actual" for one in found.observations
    ]


def test_each_of_several_decisions_is_carried_out_in_whatever_order() -> None:
    made = (decision("value", "target", "30"), decision("value", "actual", "16"),
            decision("unit", "name", "件"))  # fmt: skip
    for several in (made, made[::-1]):
        found = first(*several)
        assert (found.target and found.target.number, found.actual and found.actual.number) == (
            30, 16,
        )  # fmt: skip
        assert found.unit == "件"


def test_a_decided_status() -> None:
    found = first(decision("value", "status", "未達成"))
    assert (found.status, found.status_printed and found.status_printed.text) == ("未達成", "改善")
    dash = first(decision("value", "status", "－"))
    assert (dash.status, dash.status_printed and dash.status_printed.text) == (None, "－")


def test_a_decided_year_moves_the_value_and_nothing_else() -> None:
    found = first(decision("year", "target", "2023"))
    years = {(one.kind, one.fiscal_year): one.value.decided for one in found.observations}
    assert {key for key, one in years.items() if one is not None} == {("target", 2023)}
    assert set(years) == {
        ("baseline", None), ("target", 2023), ("actual", 2024), ("target", 2025),
    }  # fmt: skip


def test_the_remark_on_a_decided_cell_tells_what_was_printed() -> None:
    rows = (line(actual="1,5"),)
    found = decided(decision("value", "actual", "1,6", expect="1,5"), rows=rows)
    (separator,) = [one for one in found.remarks if one.rule == "number.separator"]
    assert separator.printed == "1,5"
    assert not found.indicators[0].doubts


def test_a_number_of_misplaced_separators_judges_nothing_until_it_is_decided() -> None:
    found = decided(rows=(line(actual="1,5"),))
    assert found.indicators[0].doubts == ("number.separator:actual",)


@pytest.mark.parametrize(
    ("one", "rules"),
    [
        (decision("value", "actual", "16", expect="14"), ["decision.expectation"]),
        (decision("value", "actual", "16", box=(900, 0, 910, 10)), ["decision.gone"]),
        (decision("value", "actual", "16", page=2), ["decision.gone"]),
        (decision("value", "actual", "16", expect="14", line=0), []),
        (decision("row", "actual", "甲|乙"), []),
        (decision("title", value="題", expect="計画の進捗"), []),
        (decision("title", value="題", expect="別の題"), ["decision.expectation"]),
        (decision("year", value="2019", field="baseline"), []),
        (decision("year", value="2019", field="target", indicator="x"), ["decision.gone"]),
    ],
)
def test_a_decision_that_holds_no_longer_is_told(one: Decision, rules: list[str]) -> None:
    assert told(decided(one)) == rules


def test_what_is_told_of_a_stale_decision() -> None:
    found = decided(decision("value", "actual", "16", expect="14", finding="f"))
    (one,) = [one for one in found.remarks if one.rule == "decision.expectation"]
    assert (one.subject, one.page, one.box) == ("f", 1, box("actual"))
    assert (one.printed, one.expected) == ("15", "14")
    assert one.parameters == {"line": "7", "value": "16", "finding": "f"}


def test_the_title_is_taken_only_for_what_is_printed() -> None:
    assert decided(decision("title", value="題", expect="計画の進捗")).title == "題"
    assert decided(decision("title", value="題", expect="別の題")).title == "計画の進捗"
    assert decided(decision("title", value="題"), title=None).title == "題"
    assert decided(decision("value", "actual", "1")).title == "計画の進捗"


def test_a_year_for_all_undated_baselines() -> None:
    whole = decision("year", value="2019", field="baseline")
    assert first(whole).observations[0].fiscal_year == 2019
    assert first(whole).observations[1].fiscal_year == 2024
    dated = structs.replace(line(), entries=tuple(
        structs.replace(one, header="R1 基準値") if one.kind == "baseline" else one
        for one in line().entries
    ))  # fmt: skip
    assert told(decided(whole, rows=(dated,))) == ["decision.unused"]
    assert told(decided(structs.replace(whole, line=0), rows=(dated,))) == []
    assert told(decided(decision("value", "actual", "1"), rows=(dated,))) == []


@pytest.mark.parametrize(
    ("action", "field", "at"),
    [
        ("unit", "", "name"),
        ("direction", "actual", "name"),
        ("value", "status", "status"),
        ("value", "actual", "actual"),
        ("year", "next_target", "next_target"),
        ("value", "rate", None),
        ("value", "definition", None),
    ],
)
def test_a_decision_on_an_indicator_finds_its_cell(
    action: Action, field: str, at: str | None
) -> None:
    (known,) = decided().indicators
    one = Decision(action=action, reason="", indicator=known.id, field=field, value="1", line=3)
    (found,) = located([one], [known])
    assert found.box == (None if at is None else box(at))
    assert found.expect == ("" if at is None else CELLS[at])
    other = structs.replace(one, indicator="other")
    assert located([other], [known]) == (other,)
    placed = structs.replace(one, page=5, box=box("unit"))
    assert located([placed], [known]) == (placed,)
    expecting = structs.replace(one, expect="77")
    assert located([expecting], [known])[0].expect == "77"
    carried = structs.replace(expecting, line=0)
    assert located([carried], [known])[0].expect == ("77" if at is None else CELLS[at])


def test_a_carried_unit_is_not_put_over_another_that_is_printed_now() -> None:
    (known,) = decided().indicators
    one = Decision(action="unit", reason="", indicator=known.id, value="件", expected="人", line=0)
    assert first(one).unit == "件"
    assert first(structs.replace(one, expected="校")).unit == "人"
    assert first(structs.replace(one, expected="校", line=4)).unit == "件"


@pytest.mark.parametrize(
    ("reader", "top", "page", "action", "given"),
    [
        ("person", 0.0, 1, "row", True),
        ("person", 5.0, 1, "split", True),
        ("person", 5.1, 1, "row", False),
        ("person", 0.0, 2, "row", False),
        ("pdfium", 0.0, 1, "row", False),
    ],
)
def test_what_a_given_row_says_is_marked_as_decided(
    reader: str, top: float, page: int, action: Action, given: bool
) -> None:
    one = decision(action, value="|".join(CELLS.values()), page=page, box=(0, top, 5, top + 40))
    found = first(one, rows=(line(reader=reader),))
    assert all((seen.value.decided is not None) is given for seen in found.observations)
    assert bool(found.decided) is given


def test_a_row_given_at_its_lower_edge() -> None:
    one = decision("row", value="x", page=1, box=(0, -40, 5, 5.0))
    assert first(one, rows=(line(reader="person"),)).decided
    above = structs.replace(one, box=(0, -40, 5, 4.9))
    assert not first(above, rows=(line(reader="person"),)).decided


def test_only_the_cell_of_a_decision_is_read_otherwise() -> None:
    rows = (line(), line(1, name="会員数"))
    found = decided(decision("value", "actual", "16"), rows=rows)
    assert [str(one.actual and one.actual.number) for one in found.indicators] == ["16", "15"]
    moved = structs.replace(decision("value", "actual", "16"), box=(40.9, 0.9, 50.9, 10.9))
    assert str(first(moved).actual.number) == "16"  # type: ignore[union-attr]


def test_kinds_of_cells_that_a_text_is_put_into() -> None:
    kinds: tuple[Kind, ...] = ("name", "unit", "target")
    for kind in kinds:
        found = decided(decision("name", kind if kind != "target" else "target", "甲"))
        assert (found.indicators[0].name == "甲") is (kind == "name")


def test_a_printed_place_is_kept() -> None:
    assert first().place == PLACE
    assert isinstance(first().name_printed, Printed)


@pytest.mark.parametrize(
    ("names", "placed", "rules"),
    [
        ("参加者数 // 来館者数", [("子育て", 3), ("子育て", 3), ("", None)], []),
        ("参加者数", [("子育て", 3), ("", None), ("", None)], ["decision.expectation"]),
    ],
)
def test_a_goal_is_given_to_all_rows_whose_names_lie_in_a_place(
    names: str, placed: list[tuple[str, int | None]], rules: list[str]
) -> None:
    rows = (line(), line(1, name="来館者数"), line(2, name="開催数"))
    bare = tuple(structs.replace(one, place=Place()) for one in rows)
    around = (0.0, 0.0, 60.0, 35.0)
    given = decision("goal", value="3 子育て", page=1, box=around, expect=names)
    found = decided(given, rows=bare)
    assert [(one.place.goal, one.place.goal_number) for one in found.indicators] == placed
    assert told(found) == rules


@pytest.mark.parametrize("value", ["12.6", ".6"])
def test_a_decided_value_that_begins_with_its_point_is_no_doubt(value: str) -> None:
    rows = (line(actual=".6"),)
    assert any(one.rule == "number.unusual-form" for one in decided(rows=rows).remarks)
    found = decided(decision("value", "actual", value, expect=".6"), rows=rows)
    assert not any(one.rule == "number.unusual-form" for one in found.remarks)
