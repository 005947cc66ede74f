"""Sentences of running text that say how a rate is made: 達成率は「実績値÷目標値×100」で算出し…."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from pipeline.assemble.lines import printed_of
from pipeline.japanese.text import label
from pipeline.model import Line, Printed

_DIVISION = re.compile(r"[一-龠々)\]]\s?[÷∕]\s?[(\[一-龠々]")
"""One figure in words by another; a plain slash may part anything."""
_RATE = re.compile(r"[率度合]")


def with_formulas(notes: Collection[Printed], lines: Sequence[Line]) -> tuple[Printed, ...]:
    """The notes, and the lines with a formula of a rate that are none of them.

    Each such line comes with those that its sentence runs over.
    """
    told = "".join("".join(note.text.split()) for note in notes)
    found: list[Printed] = []
    for at, line in enumerate(lines):
        if not _DIVISION.search(label(line.text)) or "".join(line.text.split()) in told:
            continue
        first = last = at
        while first and _goes_on(lines[first - 1], lines[first]):
            first -= 1
        while last + 1 < len(lines) and _goes_on(lines[last], lines[last + 1]):
            last += 1
        text = "\n".join(one.text for one in lines[first : last + 1])
        if _RATE.search(label(text)):
            told += "".join(text.split())
            found.append(replace(printed_of(lines[first]), text=text))
    return (*notes, *found)


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a sentence that has not ended runs over into the next line."""
    gap = below.box[1] - line.box[3]
    return (
        line.page == below.page
        and not line.text.rstrip().endswith(("。", "．", ":", "："))
        and abs(line.size - below.size) < 0.6
        and abs(line.box[0] - below.box[0]) < 2 * line.size
        and -0.3 * line.size <= gap <= line.size
    )
