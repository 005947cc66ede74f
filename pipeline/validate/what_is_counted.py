"""Whether a summary counts the rows that were read: all of them, some only, or others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.model import Claim
from pipeline.validate.shares import agrees
from pipeline.validate.statements import Amount, Of, Statement, Total
from pipeline.validate.tally import Scope, Tally

Tallies = Mapping[Scope, Tally]

Stated = tuple[object, Scope]
"""The table or sentence that states something, and of which part of the plan."""


def of_all(stated: Sequence[Statement], tallies: Sequence[Tallies]) -> list[Statement]:
    """The statements of a claim that are of all rows of their scope: of as many as these are."""
    known = _known(stated, tallies)
    return [one for one in stated if _of(one) == "all" or one.scope in known]


def unclear(stated: Sequence[Statement], tallies: Sequence[Tallies]) -> dict[Scope, list[Amount]]:
    """Amounts that perhaps are of all rows of their scope, but not right for these."""
    known = _known(stated, tallies)
    found: dict[Scope, list[Amount]] = {}
    for one in stated:
        if isinstance(one, Amount) and one.of == "perhaps" and one.scope not in known:
            ways = [way[one.scope] for way in tallies if one.scope in way]
            if not any(agrees([one], counted) for counted in ways):
                found.setdefault(one.scope, []).append(one)
    return found


def _of(one: Statement) -> Of:
    return one.of if isinstance(one, (Amount, Total)) else "all"


def _known(stated: Sequence[Statement], tallies: Sequence[Tallies]) -> set[Scope]:
    """The scopes of which a claim says that it counts as many as there are rows."""
    return {
        one.scope
        for one in stated
        if isinstance(one, Total)
        and any(one.scope in way and way[one.scope].is_number_of_all(one.value) for way in tallies)
    }


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
