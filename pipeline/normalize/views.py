"""The four named views of an indicator, and its status, for the reported year."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from pipeline.model import Indicator, Kind, Observation, Value
from pipeline.normalize.rows import ReadRow, Status


def with_views(row: ReadRow, actual_fiscal_year: int) -> Indicator:
    """The indicator with the four named views and the status of the reported year.

    Target is that of the year; where the document sets none for it, the undated one, else the
    next to come, else the last one past.  The next target is the nearest one after the target's
    year, or after the reported year.
    """
    indicator, seen = row.indicator, row.indicator.observations
    status = status_of(row.statuses, actual_fiscal_year)
    actual = _of_year(seen, "actual", actual_fiscal_year)
    target = _of_year(seen, "target", actual_fiscal_year)
    later = _years_after(seen, actual_fiscal_year)
    if target is None and later:
        target = _of_year(seen, "target", later.pop(0))
    if target is None:
        earlier = sorted({s.fiscal_year for s in seen if s.kind == "target" and s.fiscal_year})
        target = _of_year(seen, "target", earlier[-1]) if earlier else None
    return structs.replace(
        indicator,
        baseline=_plain([s for s in seen if s.kind == "baseline"]),
        target=target,
        actual=actual,
        next_target=_of_year(seen, "target", later[0], dated=True) if later else None,
        status=status.word if status else None,
        status_printed=status.printed if status else None,
    )


def status_of(statuses: Sequence[Status], actual_fiscal_year: int) -> Status | None:
    """The status of the reported year; else the undated one, else the latest before it."""
    if not statuses:
        return None
    for year in (actual_fiscal_year, None):
        for found in statuses:
            if found.fiscal_year == year:
                return found
    past = [s for s in statuses if s.fiscal_year and s.fiscal_year <= actual_fiscal_year]
    return max(past, key=lambda s: s.fiscal_year or 0, default=statuses[0])


def _years_after(seen: Sequence[Observation], year: int) -> list[int]:
    """The years after one for which there is a target."""
    years = (s.fiscal_year or 0 for s in seen if s.kind == "target")
    return sorted({later for later in years if later > year})


def _of_year(
    seen: Sequence[Observation], kind: Kind, year: int, *, dated: bool = False
) -> Value | None:
    """The value of a kind for a year; unless ``dated``, an undated one stands in for it."""
    exact = [s for s in seen if s.kind == kind and s.fiscal_year == year]
    undated = [] if dated else [s for s in seen if s.kind == kind and s.fiscal_year is None]
    return _plain(exact) or _plain(undated)


def _plain(candidates: Sequence[Observation]) -> Value | None:
    """The value without a part; of values with parts only a sole one."""
    plain = [s.value for s in candidates if s.part is None]
    if plain:
        return plain[0]
    return candidates[0].value if len(candidates) == 1 else None
