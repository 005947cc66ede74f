"""Whether a summary counts the rows that were read: all of them, some only, or others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.model import Claim
from pipeline.validate.statements import Amount, Statement, Total
from pipeline.validate.tally import Scope, Tally

Tallies = Mapping[Scope, Tally]

Stated = tuple[object, Scope]
"""The table or sentence that states something, and of which part of the plan."""


def of_all(stated: Sequence[Statement], tallies: Sequence[Tallies]) -> list[Statement]:
    """The statements of a claim without narrowed ones, unless the rows are as many as it says."""
    known = {
        one.scope
        for one in stated
        if isinstance(one, Total)
        and any(
            scope == one.scope and counted.is_number_of_all(one.value)
            for way in tallies
            for scope, counted in way.items()
        )
    }
    return [
        one
        for one in stated
        if not isinstance(one, (Amount, Total)) or not one.narrowed or one.scope in known
    ]


def _stating(claim: Claim) -> object:
    """What is the same for all rows and columns of one summary."""
    if claim.source == "table":
        return claim.printed.page, claim.caption
    return claim.printed


def of_others(
    claims: Sequence[tuple[Claim, Sequence[Statement]]], countings: Sequence[Tallies]
) -> Iterator[Stated]:
    """Summaries whose counts sum up to their own number of all, which is not that of the rows."""
    for claim, stated in claims:
        for total in (one for one in stated if isinstance(one, Total)):
            counts = [
                one.value
                for one in stated
                if isinstance(one, Amount) and (one.scope, one.unit) == (total.scope, "count")
            ]
            rows = [tallies[total.scope] for tallies in countings if total.scope in tallies]
            if (
                len(counts) > 1
                and sum(counts) == total.value
                and not any(counted.is_number_of_all(total.value) for counted in rows)
            ):
                yield _stating(claim), total.scope


def without_others(
    claim: Claim,
    stated: Sequence[Statement],
    strangers: Collection[Stated],
    complete: frozenset[Scope],
) -> list[Statement]:
    """What a claim states, without what is of a part of the rows only, or of more than these.

    So it is where a summary agrees with itself and another number proves that all rows were read.
    """
    return [
        one
        for one in stated
        if one.scope not in complete or (_stating(claim), one.scope) not in strangers
    ]
