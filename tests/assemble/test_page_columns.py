"""Pages set in columns are read column by column; boxes and pages stay those of the paper."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from pipeline.assemble import run
from pipeline.assemble.page_columns import PageColumns
from pipeline.model import Box, Cell, Extracted, Line, Table
from pipeline.settings.assemble import AssembleSettings
from pipeline.settings.decisions import Decision

LEFT, RIGHT = 40.0, 320.0
HEADINGS = ("指標", "基準値", "R6目標", "R6実績")


def indicators(x0: float, top: float, *names: str, page: int = 1) -> Table:
    """A ruled table of indicators, 60 points a column, 20 points a row."""
    rows = [HEADINGS, *((name, "1", "3", "2") for name in names)]
    cells = tuple(
        Cell(
            row=r,
            column=c,
            box=(x0 + 60 * c, top + 20 * r, x0 + 60 * c + 60, top + 20 * r + 20),
            text=text,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(page=page, box=(x0, top, x0 + 240, top + 20 * len(rows)), cells=cells)


def heading(text: str, x0: float, top: float, *, page: int = 1, width: float = 200.0) -> Line:
    return Line(text=text, page=page, box=(x0, top, x0 + width, top + 14.0), size=14.0)


def places(
    extracted: Extracted, settings: AssembleSettings
) -> list[tuple[str, int | None, int | None]]:
    rows = run(extracted, settings).indicators
    return [
        (row.entries[0].printed.text, row.place.goal_number, row.place.policy_number)
        for row in rows
    ]


NEWSPAPER = (
    [indicators(LEFT, 140, "甲", "乙"), indicators(LEFT, 240, "丙"), indicators(RIGHT, 60, "丁")]
    + [indicators(RIGHT, 180, "戊")],
    [
        heading("基本目標1 安全なまち", LEFT, 60),
        heading("(1) 防災体制の充実", LEFT, 110),
        heading("(2) 防犯対策の推進", LEFT, 215),
        heading("基本目標2 元気なまち", RIGHT, 130),
        heading("(1) 産業基盤の整備", RIGHT, 155),
    ],
    [("甲", 1, 1), ("乙", 1, 1), ("丙", 1, 2), ("丁", 1, 2), ("戊", 2, 1)],
)
REST_BESIDE = (
    [indicators(RIGHT, 60, "丁"), indicators(LEFT, 140, "甲"), indicators(LEFT, 240, "丙")],
    [
        heading("基本目標1 安全なまち", LEFT, 60),
        heading("(1) 防災体制の充実", LEFT, 110),
        heading("(2) 防犯対策の推進", LEFT, 215),
    ],
    [("甲", 1, 1), ("丙", 1, 2), ("丁", 1, 2)],
)
SIDE_BY_SIDE = (
    [indicators(LEFT, 100, "甲"), indicators(RIGHT, 101, "乙")]
    + [indicators(LEFT, 200, "丙"), indicators(RIGHT, 200, "丁")],
    [heading("基本目標1 安全なまち", LEFT, 70), heading("基本目標2 元気なまち", LEFT, 170)],
    [("甲", 1, None), ("乙", 1, None), ("丙", 2, None), ("丁", 2, None)],
)
ACROSS = (
    [indicators(LEFT, 100, "甲"), indicators(RIGHT, 101, "乙")]
    + [indicators(LEFT, 220, "丙"), indicators(RIGHT, 230, "丁")],
    [
        heading("基本目標1 安全なまち", LEFT, 70, width=500.0),
        heading("基本目標2 元気なまち", LEFT, 170, width=500.0),
    ],
    [("甲", 1, None), ("乙", 1, None), ("丙", 2, None), ("丁", 2, None)],
)


LEGEND = Table(
    page=1,
    box=(LEFT, 220.0, 560.0, 240.0),
    cells=(
        Cell(row=0, column=0, box=(LEFT, 220.0, 300.0, 240.0), text="○"),
        Cell(row=0, column=1, box=(300.0, 220.0, 560.0, 240.0), text="目標を達成した"),
    ),
)
LED_ON = (
    [indicators(LEFT, 100, "甲", "乙"), indicators(RIGHT, 80, "丙"), LEGEND],
    [
        heading("基本目標1 安全なまち", LEFT, 70),
        heading("基本目標2 評価の区分", LEFT, 203),
    ],
    [("甲", 1, None), ("乙", 1, None), ("丙", 1, None)],
)


@pytest.mark.parametrize(
    ("tables", "lines", "expected"),
    [
        pytest.param(*NEWSPAPER, id="the right column goes on where the left one ends"),
        pytest.param(*REST_BESIDE, id="a rest of the right column beside no table of the left"),
        pytest.param(*SIDE_BY_SIDE, id="a short heading over two tables of one height"),
        pytest.param(*ACROSS, id="headings over the whole width part the page"),
        pytest.param(*LED_ON, id="a short heading over a table of the whole width is of that"),
    ],
)
def test_places_follow_the_order_in_which_a_page_is_read(
    tables: Sequence[Table],
    lines: Sequence[Line],
    expected: list[tuple[str, int | None, int | None]],
    extracted,
    settings: AssembleSettings,
) -> None:
    ordered = sorted(tables, key=lambda table: (table.box[1], table.box[0]))
    in_order = sorted(lines, key=lambda line: line.box[1])
    assert places(extracted(ordered, in_order, pages=1), settings) == expected


def test_pages_and_boxes_stay_those_of_the_paper(extracted, settings: AssembleSettings) -> None:
    tables, lines, _ = NEWSPAPER
    after = indicators(LEFT, 100, "己", page=2)
    ordered = sorted(tables, key=lambda table: (table.box[1], table.box[0]))
    plan = run(
        extracted([*ordered, after], sorted(lines, key=lambda one: one.box[1]), pages=2), settings
    )
    names = {row.entries[0].printed.text: row.entries[0].printed for row in plan.indicators}
    assert {name: one.page for name, one in names.items()} == {
        **dict.fromkeys("甲乙丙丁戊", 1),
        "己": 2,
    }
    assert names["戊"].box == (RIGHT, 200.0, RIGHT + 60, 220.0)


def test_a_decision_finds_its_table_in_a_column(extracted, settings: AssembleSettings) -> None:
    tables, lines, _ = NEWSPAPER
    ordered = sorted(tables, key=lambda table: (table.box[1], table.box[0]))
    decision = Decision(
        action="table",
        reason="題の順",
        page=1,
        box=tables[3].box,
        value="name target baseline actual",
    )
    settings = msgspec.structs.replace(settings, decisions=(decision,))
    plan = run(extracted(ordered, sorted(lines, key=lambda one: one.box[1]), pages=1), settings)
    kinds = {row.entries[0].printed.text: [e.kind for e in row.entries] for row in plan.indicators}
    assert kinds["戊"] == ["name", "target", "baseline", "actual"]
    assert kinds["丁"] == ["name", "baseline", "target", "actual"]


@pytest.mark.parametrize(
    ("boxes", "columns"),
    [
        ([(40, 100, 280, 200), (320, 150, 560, 300)], True),
        ([(40, 100, 280, 200), (320, 195, 560, 300)], False),
        ([(40, 100, 280, 200), (282, 150, 560, 300)], False),
        ([(40, 100, 280, 200), (40, 220, 280, 300)], False),
    ],
    ids=["side by side", "one ends where the other begins", "no gutter", "one below the other"],
)
def test_columns_need_tables_side_by_side(boxes: list[Box], columns: bool) -> None:
    tables = [Table(page=1, box=box, cells=()) for box in boxes]
    assert bool(PageColumns(tables, [])) is columns
