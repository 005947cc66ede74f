"""Indicators that are numbered, and a number that is left out where all others run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.assemble.plan_tree import plan_number
from pipeline.model import IndicatorRow, Printed, Remark

_STEPS = 8
"""Steps from a number to the next one that tell that they run on."""
_JUMPS = 0.1
"""Share of the steps that may leave a number out: more are the document's own way."""
_LARGEST = 3
"""By which a step goes on at most where a row or two are lost."""


def left_out(rows: Sequence[IndicatorRow]) -> Iterator[Remark]:
    """A remark for each number that is left out between two rows.

    Numbers run on through the document, or from 1 on in each table.  A document may have dropped an
    indicator and kept the numbers of the others; that a row was not read looks the same.
    """
    found = [(_number(row), row) for row in rows]
    numbers = [number for number, _ in found if number is not None]
    steps = [later - number for number, later in pairwise(numbers) if later != 1]
    jumps = [step for step in steps if step != 1]
    firm = len(numbers) == len(rows) and len(steps) >= _STEPS
    if not firm or len(jumps) > _JUMPS * len(steps) or not all(map(_is_jump, jumps)):
        return
    for (before, _), (after, row) in pairwise(found):
        place = _printed(row)
        if before is None or after is None or place is None:
            continue
        for number in range(before + 1, after):
            yield Remark(
                rule="structure.number-gap",
                subject=str(number),
                page=place.page,
                box=place.box,
                printed=str(number),
            )


def _is_jump(step: int) -> bool:
    return 1 < step <= _LARGEST


def _printed(row: IndicatorRow) -> Printed | None:
    return next((one.printed for one in row.entries if one.kind == "number"), None)


def _number(row: IndicatorRow) -> int | None:
    printed = _printed(row)
    return plan_number(printed.text) if printed is not None else None
