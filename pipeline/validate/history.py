"""What an earlier edition of the same document said, held against this one.

Indicators are matched by their registered id alone; a match by likeness is the registry's work.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Direction, Finding, Indicator, Normalized, Value
from pipeline.validate.findings import about, finding


def check_history(now: Normalized, before: Normalized) -> Iterator[Finding]:
    """Findings about indicators of both editions, and about those that are gone.

    One whose absence the registry has told already is not told again.  Of one that our reading
    doubts in either edition nothing is told: the difference may be ours.
    """
    earlier = {found.id: found for found in before.indicators}
    for indicator in now.indicators:
        old = earlier.get(indicator.id)
        if old is not None and not (indicator.doubted or old.doubted):
            yield from _check_pair(indicator, old, now, before)
    known = {found.id for found in now.indicators}
    known |= {remark.parameters.get("id", "") for remark in now.remarks}
    known |= {one for told in now.remarks for one in told.parameters.get("ids", "").split()}
    for identifier, gone in earlier.items():
        if identifier not in known:
            yield finding(
                "history.vanished",
                gone.name,
                expected=gone.name,
                parameters={"id": identifier, "edition": str(before.edition)},
            )


def _check_pair(
    indicator: Indicator, earlier: Indicator, now: Normalized, before: Normalized
) -> Iterator[Finding]:
    edition = str(before.edition)
    if indicator.name != earlier.name:
        yield about(
            "history.renamed",
            indicator,
            printed=indicator.name_printed,
            expected=earlier.name,
            edition=edition,
        )
    if indicator.unit != earlier.unit:
        yield about(
            "history.unit-changed",
            indicator,
            printed=indicator.unit,
            expected=earlier.unit,
            edition=edition,
        )
        return
    if _differ(indicator.baseline, earlier.baseline):
        yield _changed(
            "history.baseline-changed", indicator, indicator.baseline, earlier.baseline, edition
        )
    if now.actual_fiscal_year == before.actual_fiscal_year + 1 and _differ(
        indicator.target, earlier.next_target
    ):
        yield _changed(
            "history.target-changed", indicator, indicator.target, earlier.next_target, edition
        )
    yield from _check_revised(indicator, earlier, edition)
    if easier(indicator.next_target, indicator.target, indicator.direction):
        yield _changed(
            "history.easier-target",
            indicator,
            indicator.next_target,
            indicator.target,
            edition,
        )


def _check_revised(indicator: Indicator, earlier: Indicator, edition: str) -> Iterator[Finding]:
    """An actual of a year that both editions print."""
    printed = {
        (seen.fiscal_year, seen.part): seen.value
        for seen in earlier.observations
        if seen.kind == "actual"
    }
    for seen in indicator.observations:
        old = printed.get((seen.fiscal_year, seen.part))
        dated = seen.kind == "actual" and seen.fiscal_year is not None
        if dated and _differ(seen.value, old):
            yield _changed("history.value-revised", indicator, seen.value, old, edition)


def _differ(one: Value | None, other: Value | None) -> bool:
    """Two numbers that are not equal; a value that is missing on either side is no difference."""
    return (
        one is not None
        and other is not None
        and one.number is not None
        and other.number is not None
        and (one.number != other.number or one.upper != other.upper)
    )


def _changed(
    rule: str, indicator: Indicator, value: Value | None, old: Value | None, edition: str
) -> Finding:
    return about(
        rule,
        indicator,
        printed=None if value is None else value.printed,
        expected="" if old is None else old.printed.text,
        edition=edition,
    )


def easier(next_target: Value | None, target: Value | None, direction: Direction) -> bool:
    """Whether the next target asks for less than this year's."""
    if next_target is None or target is None or direction == "unknown":
        return False
    if next_target.number is None or target.number is None:
        return False
    gain = next_target.number - target.number
    return gain < 0 if direction == "higher" else gain > 0
