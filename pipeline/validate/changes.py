"""Differences from the year before in a summary table, held against the counts of both years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from pipeline.japanese.eras import find_years
from pipeline.japanese.text import label
from pipeline.legend.claim_words import CHANGE, SIGNED
from pipeline.model import Claim, Finding
from pipeline.validate.findings import finding
from pipeline.validate.summary import scope_name
from pipeline.validate.tally import Scope

_ENOUGH = 2
"""Differences that agree, at least, before one that does not is called wrong."""

_Lane = Literal["change", "now", "before", ""]


def check_changes(claims: Sequence[Claim], told: Sequence[Finding], year: int) -> Iterator[Finding]:
    """Findings for differences that the counts of the year and of the one before do not give.

    Where one alone does not, and its count is not contradicted already.
    """
    tables: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.source == "table":
            tables[claim.printed.page, claim.caption, claim.place].append(claim)
    for lanes in tables.values():
        kinds = [_kind(claim, year) for claim in lanes]
        if any(kinds.count(kind) != 1 for kind in ("change", "now", "before")):
            continue
        change, now, before = (lanes[kinds.index(kind)] for kind in ("change", "now", "before"))
        scope = scope_name(Scope(now.place.goal_number, now.place.policy_number))
        accused = [one.printed or "" for one in told if one.subject == scope]
        expected = {
            head: count - _figures(before)[head]
            for head, count in _figures(now).items()
            if head in _figures(before)
        }
        figures = {head: one for head, one in _figures(change).items() if head in expected}
        odd = [head for head, one in figures.items() if one != expected[head]]
        if len(odd) == 1 and len(figures) - 1 >= _ENOUGH:
            (head,) = odd
            if any(head in printed for printed in accused):
                continue
            spot = next(one.printed for one in change.entries if label(one.header) == head)
            yield finding(
                "summary.sum",
                scope,
                printed=f"{head} {figures[head]:+d}",
                expected=f"{head} {expected[head]:+d}",
                page=spot.page,
                box=spot.box,
            )


def _kind(claim: Claim, year: int) -> _Lane:
    text = label(claim.printed.text)
    if re.fullmatch(CHANGE, text):
        return "change"
    years = {one.fiscal_year for one in find_years(text)}
    return "now" if years == {year} else "before" if years == {year - 1} else ""


def _figures(claim: Claim) -> dict[str, int]:
    """The figure under each heading, with its sign."""
    found = {}
    for entry in claim.entries:
        match = re.fullmatch(rf"{SIGNED}[^0-9]*", label(entry.printed.text))
        if match is not None:
            number = int(match["number"])
            found[label(entry.header)] = -number if match["sign"] in tuple("-△▲") else number
    return found
