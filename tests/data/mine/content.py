"""The report as a list of blocks, independent of any producer.

Every producer of the fixtures draws the same blocks: `report` makes them from the facts (figures
and names), the texts (sentences written for this project) and the planted peculiarities.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
FIELDS = ("baseline", "target", "actual", "next_target")
STATUSES = ("目標達成", "改善", "現状維持", "未達成")
FULL_WIDTH = str.maketrans(
    {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"}
)

Style = Literal["title", "goal", "section", "policy", "caption", "body", "note"]


@dataclass(frozen=True)
class Text:
    """A heading or paragraph."""

    style: Style
    text: str


@dataclass(frozen=True)
class Cell:
    """A table cell; its text may hold line breaks."""

    text: str
    fill: str | None = None
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table.  ``widths`` are shares of the text width; row 0 of ``kpi`` is the header."""

    kind: Literal["swatch", "legend", "kpi", "project"]
    place: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    repeat_header: bool = False


@dataclass(frozen=True)
class Chart:
    """A pie chart of the shares of the statuses, in percent."""

    shares: tuple[tuple[str, Decimal], ...]
    overall: bool


@dataclass(frozen=True)
class Picture:
    """A photograph's place with the caption below it."""

    caption: str


Block = Text | Table | Chart | Picture


@dataclass(frozen=True)
class Report:
    """Everything one edition needs: ``year`` is that of the projects, in Reiwa."""

    facts: dict[str, Any]
    texts: dict[str, Any]
    planted: dict[str, Any]
    year: int


def load() -> Report:
    """The edition of Reiwa 7 from the files beside this module."""
    return Report(
        facts=json.loads((HERE / "facts.json").read_text("utf-8")),
        texts=tomllib.loads((HERE / "texts.toml").read_text("utf-8")),
        planted=json.loads((HERE / "planted.json").read_text("utf-8")),
        year=7,
    )


def full_width(text: str) -> str:
    """ASCII as full-width forms."""
    return text.translate(FULL_WIDTH)


def project_key(project: dict[str, Any]) -> str:
    """How texts and planted peculiarities name a project."""
    return f"{project['goal']}-{project['policy']} {project['name']}"


def value_as_printed(report: Report, indicator: dict[str, Any], field: str) -> str:
    """A figure as it stands in its cell."""
    planted = report.planted["full_width_values"].get(indicator["name"], ())
    return full_width(indicator[field]) if field in planted else indicator[field]


def name_as_printed(report: Report, indicator: dict[str, Any]) -> str:
    """An indicator's name as it stands in its cell, with the ※ mark."""
    name = report.planted["names_as_printed"].get(indicator["name"], indicator["name"])
    return f"{name} {indicator['note']}" if indicator["note"] else name


def unit_as_printed(report: Report, indicator: dict[str, Any]) -> str:
    """A unit as it stands in its cell."""
    wide = indicator["goal"] in report.planted["full_width_percent_goals"]
    return indicator["unit"].replace("%", "％") if wide else indicator["unit"]


def shares(indicators: list[dict[str, Any]]) -> tuple[tuple[str, Decimal], ...]:
    """The share of every printed status, in percent with one decimal, rounded half up.

    Indicators that are not judged do not count.
    """
    counts = Counter(indicator["status"] for indicator in indicators)
    total = Decimal(sum(counts[word] for word in STATUSES))
    return tuple(
        (word, (100 * counts[word] / total).quantize(Decimal("0.1"), ROUND_HALF_UP))
        for word in STATUSES
    )


def kpi_columns(report: Report) -> tuple[tuple[str, str], ...]:
    """Header and key of the facts for every column of the indicators' tables."""
    last, before, now = (f"R{report.year - back}" for back in (2, 1, 0))
    reprinted = ((f"{last} 実績", "previous_actual"),) if "previous_actual" in report.texts else ()
    return (
        ("目標指標・KPI", "name"),
        ("単位", "unit"),
        ("基準値", "baseline"),
        *reprinted,
        (f"{before} 目標", "target"),
        (f"{before} 実績", "actual"),
        ("達成状況", "status"),
        (f"{now} 目標", "next_target"),
    )


def kpi_cell(report: Report, indicator: dict[str, Any], key: str) -> Cell:
    """One cell of an indicator's row."""
    if key == "name":
        return Cell(name_as_printed(report, indicator))
    if key == "unit":
        return Cell(unit_as_printed(report, indicator), align="center")
    if key == "status":
        return Cell(indicator["status"], align="center")
    return Cell(value_as_printed(report, indicator, key), align="right")


def kpi_table(report: Report, place: str, indicators: list[dict[str, Any]]) -> Table:
    """The table of indicators of one policy."""
    columns = kpi_columns(report)
    header = [title for title, _ in columns]
    if place in report.planted["full_width_header_policies"]:
        header = [full_width(word) for word in header]
    rows = [tuple(Cell(word, align="center") for word in header)]
    rows += [tuple(kpi_cell(report, item, key) for _, key in columns) for item in indicators]
    widths = {
        7: (0.30, 0.11, 0.12, 0.12, 0.12, 0.12, 0.11),
        8: (0.24, 0.10, 0.11, 0.11, 0.11, 0.11, 0.12, 0.10),
    }
    return Table(
        kind="kpi",
        place=place,
        rows=tuple(rows),
        widths=widths[len(columns)],
        repeat_header=f"{place} kpi" in report.planted["header_repeated"],
    )


def project_name_as_printed(report: Report, project: dict[str, Any]) -> str:
    """A project's name cell: name, department in brackets, mark of repetition."""
    key = project_key(project)
    name = report.planted["project_names_as_printed"].get(key, project["name"])
    departments = f"({'、'.join(project['departments'])})"
    between = "" if key in report.planted["department_on_the_name_line"] else "\n"
    return f"{name}{between}{departments}" + ("\n【再掲】" if project["repeated"] else "")


def summary_text(report: Report, project: dict[str, Any]) -> str:
    """A project's summary; a repeated one has that of its first appearance."""
    if not project["repeated"]:
        return report.texts["summaries"][project_key(project)]
    first = next(
        other
        for other in report.facts["projects"]
        if other["name"] == project["name"] and not other["repeated"]
    )
    return report.texts["summaries"][project_key(first)]


def project_table(report: Report, place: str, projects: list[dict[str, Any]]) -> Table:
    """The table of projects of one policy."""
    filled = {entry["project"]: entry["cells"] for entry in report.planted["highlighted"]}
    colour = report.planted["highlight_fill"]
    rows = [(Cell("事業名", align="center"), Cell("事業概要", align="center"))]
    for project in projects:
        cells = filled.get(project_key(project), ())
        rows.append(
            (
                Cell(
                    project_name_as_printed(report, project),
                    fill=colour if "name" in cells else None,
                ),
                Cell(
                    summary_text(report, project),
                    fill=colour if "summary" in cells else None,
                ),
            )
        )
    return Table(
        kind="project",
        place=place,
        rows=tuple(rows),
        widths=(0.34, 0.66),
        repeat_header=f"{place} project" in report.planted["header_repeated"],
    )


def legend_table(report: Report) -> Table:
    """The example rows that explain the status words."""
    before = f"R{report.year - 1}"
    header = ("基準値", f"{before} 目標", f"{before} 実績", "達成状況")
    rows = [tuple(Cell(word, align="center") for word in header)]
    for line in report.facts["legend"]:
        figures = (Cell(line[field], align="right") for field in ("baseline", "target", "actual"))
        rows.append((*figures, Cell(f"{line['status']}({line['rule']})")))
    return Table("legend", "", tuple(rows), (0.15, 0.15, 0.15, 0.55))


def front(report: Report) -> Iterator[Block]:
    """Title, swatch, summary and legend."""
    yield Text("title", report.facts["document"]["title"])
    for line in report.texts.get("marks", ()):
        yield Text("note", line)
    yield Text("body", report.texts["intro"])
    yield Text("section", "凡例")
    colour = report.planted["highlight_fill"]
    yield Table(
        "swatch", "", ((Cell("", fill=colour), Cell(report.texts["swatch"])),), (0.12, 0.88)
    )
    yield Text("section", "基本計画の指標（KPI）の達成状況")
    claimed = report.facts["published_summary"]["overall"]
    yield Chart(tuple((word, Decimal(claimed[word])) for word in STATUSES), overall=True)
    for line in report.texts["claim"]:
        yield Text("body", line)
    yield Text("body", report.texts["example"])
    yield legend_table(report)


def policy_blocks(report: Report, goal: int, policy: dict[str, Any]) -> Iterator[Block]:
    """Heading and the two tables of one policy."""
    place = f"{goal}-{policy['no']}"

    def here(item: dict[str, Any]) -> bool:
        return bool(item["goal"] == goal and item["policy"] == policy["no"])

    indicators = [item for item in report.facts["indicators"] if here(item)]
    projects = [item for item in report.facts["projects"] if here(item)]
    spaced = " KPI " if (goal, policy["no"]) != (1, 1) else "KPI"
    yield Text("policy", f"{policy['no']}. {policy['title']}")
    yield Text("caption", f"目標指標及び{spaced}の達成状況")
    yield kpi_table(report, place, indicators)
    if any(indicator["note"] for indicator in indicators):
        yield Text("note", report.texts["note"])
    yield Text("caption", f"令和 {report.year} 年度取組内容")
    yield project_table(report, place, projects)
    if place in report.texts["pictures"]:
        yield Picture(report.texts["pictures"][place])


def blocks(report: Report) -> Iterator[Block]:
    """The whole document in reading order."""
    yield from front(report)
    for goal in report.facts["goals"]:
        number = goal["no"]
        mark = str(number) if number != 2 else full_width(str(number))
        yield Text("goal", f"基本目標{mark}:{goal['title']}")
        for line in report.texts["goals"][str(number)]:
            yield Text("body", line)
        digit = f" {number} の KPI " if number > 1 else f"{number}のKPI"
        year = f" {report.year - 1} " if number > 1 else str(report.year - 1)
        yield Text("caption", f"【基本目標{digit}達成状況(令和{year}年度末時点)】")
        yield Chart(
            shares([item for item in report.facts["indicators"] if item["goal"] == number]),
            overall=False,
        )
        yield Text("section", "【基本方針】")
        for policy in goal["policies"]:
            yield from policy_blocks(report, number, policy)
