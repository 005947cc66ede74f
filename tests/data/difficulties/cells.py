"""Cells as the fixtures' scripts lay them out, and what a reader is to find of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a made table.

    ``text`` is what is drawn, its lines parted by ``\\n``.  ``expected`` is what a reader is to
    give where that is another text (hidden letters, overprinted ones).  ``fill`` is ``#rrggbb``.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    fill: str | None = None
    align: str = "left"
    expected: str | None = None

    def facts(self) -> dict[str, Any]:
        """The expected cell, in the form of ``shihyo inspect --json`` without boxes."""
        facts: dict[str, Any] = {
            "row": self.row,
            "column": self.column,
            "row_span": self.row_span,
            "column_span": self.column_span,
            "text": self.text if self.expected is None else self.expected,
        }
        return facts | ({"fill": self.fill} if self.fill else {})


def rows(*texts: Sequence[str], first: int = 0) -> list[Cell]:
    """Cells of plain rows of texts; what looks like a number stands to the right."""
    return [
        Cell(row=first + r, column=c, text=text, align="right" if is_number(text) else "left")
        for r, line in enumerate(texts)
        for c, text in enumerate(line)
    ]


def is_number(text: str) -> bool:
    figures = "0123456789０１２３４５６７８９"
    signs = figures + ",.-▲△%\n"
    return any(sign in figures for sign in text) and all(sign in signs for sign in text)


def merged(grid: Sequence[Sequence[str | None]]) -> list[Cell]:
    """Cells of a picture of the grid: ``"^"`` goes on from above, ``"<"`` from the left."""
    cells = []
    for r, line in enumerate(grid):
        for c, text in enumerate(line):
            if text in ("^", "<"):
                continue
            across = 1
            while c + across < len(line) and line[c + across] == "<":
                across += 1
            down = 1
            while r + down < len(grid) and grid[r + down][c] == "^":
                down += 1
            cells.append(
                Cell(
                    row=r,
                    column=c,
                    text=text or "",
                    row_span=down,
                    column_span=across,
                    align="right" if is_number(text or "") else "left",
                )
            )
    return cells


def filled(cells: Iterable[Cell], fills: dict[tuple[int, int], str]) -> list[Cell]:
    return [replace(cell, fill=fills.get((cell.row, cell.column), cell.fill)) for cell in cells]


def table(page: int, cells: Iterable[Cell]) -> dict[str, Any]:
    """One expected table."""
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return {"page": page, "cells": [cell.facts() for cell in ordered]}


BASIC = rows(
    ["指標", "単位", "基準値", "R6 目標", "R6 実績", "達成状況"],
    ["図書の貸出冊数", "冊", "118,200", "121,000", "119,874", "改善"],
    ["ごみの排出量", "ｔ", "4,310", "4,100", "4,082", "目標達成"],
    ["健診の受診率", "％", "41.0", "46.0", "46.0", "目標達成"],
    ["空き家の登録数", "件", "12", "30", "9", "未達成"],
)
"""A small KPI table in which nothing is difficult; its figures are invented."""
