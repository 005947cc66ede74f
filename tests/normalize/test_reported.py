"""What is said once of a whole plan: the reported year, years, units, layouts in doubt."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from pipeline.model import Indicator, Kind, Layout, LayoutColumn, Normalized, Observation, Remark
from pipeline.normalize import _doubted_layouts, _doubts, _field, reported_year, run
from pipeline.normalize.rows import RowReader
from pipeline.settings.registry import RegistryEntry
from tests.normalize.plans import defaults, entry, plan, printed, row, simple
from tests.validate.build import indicator, value


def test_a_name_may_say_that_its_figure_is_of_each_day() -> None:
    cells = (entry("name", "指標", "1日平均利用者数"), entry("unit", "単位", "人"))
    found = normalized(row([*cells, entry("actual", "R6 実績", "1日平均85人")]))
    assert "number.other-measure" not in [one.rule for one in found.remarks]


def with_years(*years: tuple[Kind, int | None, str, str | None]) -> Indicator:
    seen = tuple(
        Observation(kind=kind, fiscal_year=year, value=value(text), part=part)  # type: ignore[arg-type]
        for kind, year, text, part in years
    )
    return indicator(observations=seen)


def actuals(**counts: int) -> list[Indicator]:
    """So many actual values of each year: ``y2024=3``."""
    return [
        with_years(("actual", int(year[1:]), "5", None))
        for year, count in counts.items()
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("indicators", "year"),
    [
        ([], 2024),
        (actuals(y2022=1), 2022),
        (actuals(y2023=2, y2024=2), 2024),
        (actuals(y2024=1, y2023=10), 2024),
        (actuals(y2024=1, y2023=11), 2023),
        (actuals(y2024=2, y2023=20), 2024),
        (actuals(y2024=2, y2023=21), 2023),
        (actuals(y2025=1), 2025),
        (actuals(y2026=9, y2023=1), 2023),
        (actuals(y2026=9), 2024),
        ([with_years(("actual", 2023, "－", None)), *actuals(y2022=1)], 2022),
        ([with_years(("actual", None, "5", None))], 2024),
        ([with_years(("target", 2023, "5", None), ("baseline", 2019, "5", None))], 2024),
        ([with_years(("actual", 2023, "5", "男性"))], 2023),
        ([with_years(("actual", 2023, "5", "男性")), *actuals(y2022=1)], 2022),
    ],
)
def test_the_reported_year_is_the_latest_of_many_actual_values(
    indicators: list[Indicator], year: int
) -> None:
    assert reported_year(indicators, 2025) == year


def layout(*kinds: Kind, tables: tuple[int, ...] = (3,), confirmed: bool = False) -> Layout:
    """A layout whose columns are all in doubt, but for one of names that is not."""
    doubted = tuple(LayoutColumn(header=kind, kind=kind, doubt="?") for kind in kinds)
    return Layout(
        key="k",
        columns=(LayoutColumn(header="指標", kind="name"), *doubted),
        tables=tables,
        page=1,
        box=(0.0, 0.0, 1.0, 1.0),
        confirmed=confirmed,
    )


@pytest.mark.parametrize(
    ("kinds", "held"),
    [
        ([], ()),
        (["goal"], ("layout.columns:place",)),
        (["policy", "goal"], ("layout.columns:place",)),
        (["actual"], ("layout.columns:actual",)),
        (["baseline", "goal"], ("layout.columns:baseline", "layout.columns:place")),
        (["target"], ("layout.columns:next_target", "layout.columns:target")),
        (["rate"], ("layout.columns:rate",)),
        (["name"], ("layout.columns",)),
        (["unit", "goal"], ("layout.columns",)),
        (["status", "actual"], ("layout.columns",)),
        (["unknown"], ("layout.columns",)),
    ],
)
def test_what_a_layout_in_doubt_holds_back(kinds: list[Kind], held: tuple[str, ...]) -> None:
    assert _doubted_layouts([layout(*kinds, tables=(3, 5))]) == {3: held, 5: held}
    assert _doubted_layouts([layout(*kinds, confirmed=True)]) == {3: ()}
    other = layout("actual", tables=(4,))
    assert _doubted_layouts([other, layout(*kinds)]) == {3: held, 4: ("layout.columns:actual",)}


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("target", "R5 目標", "target"),
        ("target", "R6 目標", "target"),
        ("target", "R7 目標", "next_target"),
        ("target", "目標", "target"),
        ("actual", "R7 実績", "actual"),
        ("baseline", "R7 基準", "baseline"),
        ("unit", "単位", "unit"),
        ("year", "年度", "year"),
        ("status", "評価", "status"),
    ],
)
def test_the_field_on_which_two_readers_disagree(kind: Kind, header: str, field: str) -> None:
    cells = [
        entry("name", "指標", "数"),
        entry(kind, header, "5", "6"),
        entry(kind, header, "7", "8"),
    ]
    found = RowReader(defaults(), (), 2025).read(row(cells))
    assert found is not None
    assert _doubts(found, 2024) == (f"reading.readers-disagree:{field}",)
    assert _field(kind, 2025, 2024) == ("next_target" if kind == "target" else kind)


def normalized(*rows: Any, edition: int = 2025, **fields: Any) -> Normalized:
    known = {name: fields.pop(name) for name in ("registry",) if name in fields}
    settings = structs.replace(defaults(), **known)
    return run(plan(rows, **fields), settings, edition=edition, area_code="35213")


def told(found: Normalized, rule: str) -> list[Remark]:
    return [one for one in found.remarks if one.rule == rule]


def on(page: int, *cells: Any) -> Any:
    """A row on a page."""
    return row(
        structs.replace(one, printed=structs.replace(one.printed, page=page)) for one in cells
    )


def test_baselines_without_a_year_are_counted_and_the_first_is_shown() -> None:
    name = entry("name", "指標", "数")
    rows = [
        on(2, name, entry("baseline", "基準値（R1）", "5"), entry("target", "目標", "5")),
        on(3, name, entry("baseline", "基準値", "－"), entry("actual", "実績", "5")),
        on(4, name, entry("baseline", "基準値", "5"), entry("rate", "率", "5")),
        on(5, name, entry("baseline", "基準値", "6")),
    ]
    (one,) = told(normalized(*rows), "year.baseline-undated")
    assert (one.page, one.parameters) == (4, {"count": "2"})
    assert told(normalized(*rows[:2]), "year.baseline-undated") == []


def test_a_heading_of_an_era_that_had_ended_is_told_once_where_it_first_stands() -> None:
    name = entry("name", "指標", "数")
    late, later = entry("target", "平成32年 目標", "5"), entry("target", "平成33年 目標", "5")
    rows = [on(2, name, later, late), on(3, name, late, later, entry("actual", "R6 実績", "5"))]
    found = told(normalized(*rows), "year.outside-era")
    assert [(one.page, one.printed, one.expected, one.parameters) for one in found] == [
        (2, "平成33年 目標", "令和3", {"year": "2021"}),
        (2, "平成32年 目標", "令和2", {"year": "2020"}),
    ]


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ([("unit", "単位", "件"), ("actual", "R6 実績", "5件")], []),
        ([("unit", "単位", "件"), ("actual", "R6 実績", "5人")], ["unit.differs"]),
        ([("unit", "単位", "件"), ("actual", "R6 実績", "年5件")], []),
        ([("unit", "単位", "件/年"), ("actual", "R6 実績", "5件")], []),
        ([("unit", "単位", "件"), ("actual", "R6 実績", "5")], []),
        ([("unit", "単位", "件"), ("rate", "R6 達成率", "50%")], []),
        ([("unit", "単位", "件"), ("actual", "R6 実績", "男性5人 女性6人")], []),
        ([("actual", "R6 実績（件）", "5人")], []),
        ([("unit", "単位", "百万円"), ("actual", "R6 実績", "1.3億円")], ["number.other-measure"]),
        ([("unit", "単位", "百万円"), ("actual", "R6 実績", "1億")], ["number.other-measure"]),
        ([("unit", "単位", "円"), ("actual", "R6 実績", "1億2千万円")], []),
        ([("unit", "単位", "人"), ("actual", "R6 実績", "1万")], []),
        ([("unit", "単位", "人"), ("actual", "R6 実績", "45.0%")], ["number.other-measure"]),
        ([("unit", "単位", "人"), ("actual", "R6 実績", "52人(45.0%)")], ["number.bracket"]),
        ([("unit", "単位", "%"), ("target", "R6 目標", "5.1ポイント")], ["unit.differs"]),
        ([("unit", "単位", "人口10万対"), ("actual", "R6 実績", "17.5人")], ["unit.differs"]),
        ([("actual", "R6 実績（千人）", "33,480人")], ["number.other-measure"]),
        (
            [("target", "R6 目標", "33千人"), ("actual", "R6 実績", "33,480人")],
            ["unit.missing", "number.other-measure"],
        ),
        ([("unit", "単位", "人"), ("actual", "R6 実績", "2倍")], ["number.other-measure"]),
        ([("unit", "単位", "%"), ("actual", "R6 実績", "2倍")], ["number.other-measure"]),
        ([("unit", "単位", "%"), ("actual", "R6 実績", "3割")], ["number.other-measure"]),
        ([("unit", "単位", "人"), ("actual", "R6 実績", "第3位")], ["number.other-measure"]),
        ([("unit", "単位", "位"), ("actual", "R6 実績", "第3位")], []),
        ([("unit", "単位", "人"), ("actual", "R6 実績", "85点")], ["number.other-measure"]),
        ([("unit", "単位", "回"), ("actual", "R6 実績", "1日3回")], ["number.other-measure"]),
        ([("unit", "単位", "回/日"), ("actual", "R6 実績", "1日3回")], []),
        ([("unit", "単位", "円"), ("actual", "R6 実績", "千円\n1,200")], ["number.other-measure"]),
        ([("unit", "単位", "人"), ("actual", "R6 実績", "85(前年)")], ["number.only-in-brackets"]),
        ([("unit", "単位", "人"), ("baseline", "R2 基準", "85(前回)")], []),
        ([("unit", "単位", "校"), ("target", "R6 目標", "全85校")], ["number.words-among-figures"]),
        ([("unit", "単位", "件"), ("target", "R6 目標", "R7までに5件")], ["number.in-words"]),
        ([("unit", "単位", "ほげ"), ("actual", "R6 実績", "5")], ["unit.unknown"]),
        ([("actual", "R6 実績", "5")], ["unit.missing"]),
        ([("actual", "R6 実績", "設置")], []),
        ([("actual", "R6 実績", "－")], []),
    ],
)
def test_what_is_said_of_the_units_of_a_row(
    cells: list[tuple[Kind, str, str]], rules: list[str]
) -> None:
    found = normalized(row([entry("name", "指標", "数"), *(entry(*cell) for cell in cells)]))
    assert [one.rule for one in found.remarks if one.rule.startswith(("unit.", "number."))] == rules


def test_a_cell_in_another_unit_is_told_with_its_cell_and_both_units() -> None:
    found = normalized(
        row([entry("name", "指標", "数"), entry("unit", "単位", "件"),
             entry("target", "R6 目標", "5件"), entry("actual", "R6 実績", "6人")])
    )  # fmt: skip
    (one,) = told(found, "unit.differs")
    assert (one.subject, one.printed, one.expected) == ("数", "6人", "件")
    assert one.parameters == {"unit": "人"}
    assert (one.page, one.box) == (1, printed("").box)


def test_an_unknown_unit_is_told_once_in_whatever_width() -> None:
    rows = [simple(f"数{unit}", unit, actual="5") for unit in ("ほげ", "ﾎｹﾞ", "ホゲ", "ほげ")]
    found = told(normalized(*rows), "unit.unknown")
    assert [one.parameters for one in found] == [
        {"unit": "ほげ", "column": ""}, {"unit": "ホゲ", "column": ""},
    ]  # fmt: skip


def registered(**fields: Any) -> RegistryEntry:
    known = {"id": "a", "name": "利用者数", "unit": "人", "goal": 1, "policy": 1}
    return RegistryEntry(**{**known, **fields})


@pytest.mark.parametrize(
    ("fields", "unit", "cells", "kept"),
    [
        ({}, "人", {}, ("人", False)),
        ({"unit": "Ｋｇ"}, "kg", {}, ("Ｋｇ", False)),
        ({"unit": "件"}, "人", {}, ("人", False)),
        ({"unit": ""}, "人", {}, ("人", False)),
        ({"cumulative": True}, "人", {}, ("人", True)),
        ({"name": "利用者数(累計)"}, "人", {"name": "利用者数(累計)"}, ("人", True)),
    ],
)
def test_the_unit_and_the_sum_of_a_registered_indicator(
    fields: dict[str, Any], unit: str, cells: dict[str, Any], kept: tuple[str, bool]
) -> None:
    rows = [simple(**{"name": "利用者数", "unit": unit, "actual": "5", **cells})]
    (found,) = normalized(*rows, registry=(registered(**fields),)).indicators
    assert (found.id, found.registered) == ("a", True)
    assert (found.unit, found.cumulative) == kept


@pytest.mark.parametrize(
    ("direction", "basis", "got", "rules"),
    [
        ("higher", "", ("higher", "declared"), []),
        ("lower", "legend", ("lower", "legend"), []),
        ("unknown", "", ("unknown", ""), ["direction.undecided"]),
    ],
)
def test_the_direction_of_the_registry_goes_first(
    direction: str, basis: str, got: tuple[str, str], rules: list[str]
) -> None:
    known = registered(direction=direction, basis=basis)
    found = normalized(simple("利用者数", "人", actual="5"), registry=(known,))
    (one,) = found.indicators
    assert (one.direction, one.direction_basis) == got
    assert [each.rule for each in found.remarks if each.rule.startswith("direction.")] == rules


@pytest.mark.parametrize(
    ("word", "direction", "rules"),
    [
        ("減少", "higher", [{"declared": "higher is better", "column": "減少"}]),
        ("増加", "higher", []),
        ("増加", "lower", [{"declared": "lower is better", "column": "増加"}]),
        ("不明", "lower", []),
    ],
)
def test_a_direction_column_against_the_registry(
    word: str, direction: str, rules: list[dict[str, str]]
) -> None:
    cells = row([entry("name", "指標", "利用者数"), entry("unit", "単位", "位"),
                 entry("direction", "方向", word)])  # fmt: skip
    found = normalized(cells, registry=(registered(direction=direction, unit="位"),))
    assert [one.parameters for one in told(found, "direction.contradicts-registry")] == rules


def test_without_a_registry_nothing_is_proposed_and_with_one_what_is_new_is() -> None:
    rows = [simple("待機児童数", "人", baseline="9", target="5")]
    assert told(normalized(*rows), "direction.proposed") == []
    found = normalized(*rows, registry=(registered(),))
    (one,) = told(found, "direction.proposed")
    assert one.parameters["proposal"] == "lower is better"
    assert one.parameters["evidence"].endswith("9→5 ↓")
    (new,) = told(found, "identity.new")
    assert new.parameters == {"id": found.indicators[0].id, "candidates": ""}
    (similar,) = told(normalized(simple("利用者数計", "人"), registry=(registered(),)),
                      "identity.similar")  # fmt: skip
    assert similar.parameters["candidates"].startswith("a 利用者数 (")


def test_retired_indicators_are_told_together() -> None:
    ended = [registered(id=name, name=f"数{name}", retired=year) for name, year in
             (("a", 2025), ("b", 2025), ("c", 2024), ("d", 2026))]  # fmt: skip
    (one,) = told(normalized(registry=tuple(ended)), "identity.retired")
    assert one.parameters == {"count": "2", "names": "数a、数b", "ids": "a b"}


def test_what_a_plan_without_a_title_or_indicators_is_told() -> None:
    (one,) = told(normalized(title=None), "identity.no-title")
    assert one.page == 1
    assert told(normalized(), "identity.no-title") == []
    assert told(normalized(), "identity.no-registry") == []
    (known,) = told(normalized(simple("施策", "区分")), "identity.no-registry")
    assert known.parameters == {"count": "1", "unknown": "1", "names": " (施策)"}
    lower = row([entry("name", "指標", "数"), entry("direction", "方向", "減少")])
    (known,) = told(normalized(lower), "identity.no-registry")
    assert known.parameters == {"count": "1", "unknown": "0", "names": ""}
