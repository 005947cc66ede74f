"""A made report and its truth, told once: each cell says what is printed and what it means.

A cell is written ``printed`` or ``printed¦truth``.  The truth of a figure is its number, ``!sign``
for a missing value (a sign of ``missing_signs.csv``), ``=words`` for words that are the value, or
nothing where the cell says nothing of its role.  The truth of a name is the name, and of a status
the word that the legend asks for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

NOTICE = "※この資料は試験のために作られた架空のものです。市町村名・数値はすべて実在しません。"
Facts = dict[str, Any]
BETTER = {"+": "higher", "-": "lower"}


def printed(cell: str) -> str:
    """What of a cell is printed, as HTML."""
    return cell.partition("¦")[0]


def plain(cell: str) -> str:
    """What of a cell is printed, as text in one line."""
    return html.unescape(re.sub(r"<[^>]+>", "", printed(cell)))


def truth(cell: str) -> str:
    """What a cell means."""
    shown, told, meant = cell.partition("¦")
    return meant if told else plain(shown)


def figure(kind: str, year: int | None, cell: str) -> Facts | None:
    """The value of one cell, or ``None`` where it says nothing."""
    meant = truth(cell)
    if "¦" in cell and not meant:
        return None
    one: Facts = {
        "kind": kind,
        "fiscal_year": year,
        "told": year is not None,
        "printed": plain(cell),
    }
    if meant.startswith("!"):
        return one | {"missing": meant[1:]}
    if meant.startswith("="):
        return one | {"text": meant[1:]}
    if not meant.strip():
        return one | {"missing": "empty"}
    number = normalize("NFKC", meant).replace(",", "").replace("▲", "-").replace("△", "-")
    found = re.match(r"-?\d+(?:\.\d+)?", number)
    if found is None:
        raise ValueError(f"no number in {cell!r}")
    return one | {"value": found[0]}


@dataclass(kw_only=True)
class Report:
    """A report in the making.  ``style``: its CSS; ``directed``: whether it tells directions."""

    title: str
    edition: int
    style: str = ""
    directed: bool = False
    judged: bool = True
    parts: list[str] = field(default_factory=list)
    indicators: list[Facts] = field(default_factory=list)
    faults: list[Facts] = field(default_factory=list)
    place: tuple[int | None, int | None] = (None, None)

    def add(self, *parts: str) -> None:
        """Print HTML that holds no indicator."""
        self.parts.extend(parts)

    def at(self, goal: int | None, policy: int | None = None, *parts: str) -> None:
        """Go to another part of the plan; ``parts`` are its headings."""
        self.place = (goal, policy)
        self.parts.extend(parts)

    def told(self, roles: Sequence[str], cells: Sequence[str], better: str, unit: str = "") -> None:
        """Keep the truth of one indicator."""
        one: Facts = {
            "goal_number": self.place[0],
            "policy_number": self.place[1],
            "name": "",
            "unit": unit,
            "direction": BETTER[better],
            "direction_told": self.directed,
            "values": [],
            "status": None,
            "status_by_legend": None,
        }
        for role, cell in zip(roles, cells, strict=True):
            kind, _, year = role.partition("@")
            if kind in {"name", "unit"}:
                one[kind] = truth(cell)
            elif kind == "status":
                one["status"] = plain(cell)
                one["status_by_legend"] = truth(cell) if self.judged else None
            elif kind:
                year, _, part = year.partition("#")
                value = figure(kind, int(year) if year else None, cell)
                one["values"] += [value | ({"part": part} if part else {})] if value else []
        self.indicators.append(one)
        if self.judged and one["status"] and one["status"] != one["status_by_legend"]:
            self.fault("status", one["name"], one["status"], one["status_by_legend"])

    def fault(self, family: str, subject: str, shown: str, expected: str) -> None:
        """Keep what was planted."""
        self.faults.append(
            {
                "family": family,
                "subject": subject,
                "printed": shown,
                "expected": expected,
                "knowable": True,
            }
        )

    def rows(self, roles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """Keep the truth of rows (a direction, then the cells); give what they print.

        The first cell may be ``+人``: the unit that no cell of the row tells alone.
        """
        for better, *cells in rows:
            self.told(roles, cells, better[0], better[1:])
        return [[printed(cell) for cell in cells] for _, *cells in rows]

    def table(
        self,
        head: str,
        roles: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        lead: str = "",
        widths: str = "",
    ) -> None:
        """A table of indicators: ``head`` is its ``<tr>``s, ``lead`` a merged cell at the left."""
        made = self.rows(roles, rows)
        if lead:
            made[0].insert(0, f"<td rowspan={len(made)}>{lead}")
        self.parts.append(grid(head, made, widths))

    def facts(self) -> Facts:
        """What the document says."""
        return {
            "invented": True,
            "document": {"title": self.title, "edition": self.edition},
            "indicators": self.indicators,
            "faults": self.faults,
        }

    def page(self) -> str:
        """The document as HTML."""
        style = (
            "@page{size:A4;margin:14mm} body{font-family:IPAGothic;font-size:9pt;margin:0}"
            "table{border-collapse:collapse;width:100%;margin:3pt 0 8pt}"
            "td,th{border:.6pt solid #000;padding:2pt 3pt;font-weight:normal}"
            "th{background:#e6eef7} h1{font-size:15pt} h2{font-size:12pt} h3{font-size:10.5pt}"
            ".small{font-size:7.5pt} .box{border:.8pt solid #000;padding:4pt;margin:4pt 0}"
            ".right{text-align:right} " + self.style
        )
        body = "".join(self.parts)
        return (
            f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{self.title}'
            f"</title><style>{style}</style></head><body><h1>{self.title}</h1>"
            f"<p class=small>{NOTICE}</p>{body}</body></html>"
        )


def grid(head: str, rows: Sequence[Sequence[str]], widths: str = "") -> str:
    """A table of printed cells."""
    columns = "".join(f'<col style="width:{width}%">' for width in widths.split())
    body = "".join(
        "<tr>" + "".join(cell if cell.startswith("<td") else f"<td>{cell}" for cell in row)
        for row in rows
    )
    return f"<table>{columns}<thead>{head}</thead><tbody>{body}</tbody></table>"


def head(*cells: str) -> str:
    """One row of headings."""
    return "<tr>" + "".join(cell if cell.startswith("<th") else f"<th>{cell}" for cell in cells)
