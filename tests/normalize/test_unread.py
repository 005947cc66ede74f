"""Names and places with characters that nobody can read."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from pipeline.model import Place, Remark
from pipeline.normalize import run
from tests.normalize.plans import BOX, PLACE, defaults, plan, simple

RULE = "reading.unreadable-glyph"


def told(*rows: Any, **fields: Any) -> list[tuple[str | None, bool]]:
    assembled = plan(rows, **fields)
    found = run(assembled, defaults(), edition=2025, area_code="01999")
    return [(one.printed, one.box is not None) for one in found.remarks if one.rule == RULE]


def test_a_name_or_unit_with_an_unknown_character_is_a_doubt() -> None:
    assert told(simple(), simple(name="市\ufffdの館")) == [("市\ufffdの館", True)]
    assert told(simple(unit="\ufffd")) == [("\ufffd", True)]


def test_a_goal_with_one_is_a_doubt_once_that_holds_no_value_back() -> None:
    place = replace(PLACE, goal="目\ufffd")
    rows = [replace(simple(name=name), place=place) for name in ("甲", "乙")]
    assert told(*rows) == [("目\ufffd", False)]
    assert told(replace(simple(), place=Place())) == []


def test_what_was_told_of_its_cell_is_not_told_again() -> None:
    known = Remark(rule=RULE, page=1, box=BOX)
    assert told(simple(name="市\ufffdの館"), remarks=(known,)) == [(None, True)]
