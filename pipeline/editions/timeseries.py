"""All editions of one plan as one time series: every value with the edition that printed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.japanese.text import match_key
from pipeline.model import (
    Indicator,
    Normalized,
    Observation,
    Record,
    Validated,
)
from pipeline.release.dictionary import (
    AREA,
    CODE,
    EDITION,
    FISCAL_YEAR,
    INDICATOR_ID,
    INDICATOR_NAME,
    KIND,
    KINDS_JA,
    NOT_AVAILABLE,
    PAGE,
    PART,
    TIME,
    UNIT,
    VALUE,
    VALUE_TEXT,
    WHOLE,
    TableSpec,
)
from pipeline.release.tables import write_csv
from pipeline.release.view import Doubtful, observations, time_code, unit_of

TIMESERIES = TableSpec(
    name="timeseries",
    file="{code}_kpi_timeseries.csv",
    title="Values of all editions (long form)",
    title_ja="全資料年度の指標の値（縦持ち）",
    fields=(
        CODE,
        AREA,
        INDICATOR_ID,
        INDICATOR_NAME,
        KIND,
        TIME,
        FISCAL_YEAR,
        PART,
        EDITION,
        UNIT,
        VALUE,
        VALUE_TEXT,
        PAGE,
    ),
    key=("id", "kind", "time_code", "part", "edition"),
)


class Point(Record):
    """One value as one edition printed it; ``sign`` stands where there is no number."""

    id: str
    name: str
    kind: str
    fiscal_year: int | None
    part: str | None
    edition: int
    unit: str
    number: str | None
    sign: str | None
    words: str
    page: int
    calendar: bool = False


def timeseries(
    editions: Sequence[tuple[Normalized, Validated]], signs: Mapping[str, str]
) -> tuple[Point, ...]:
    """Every value of every edition: by indicator, kind, year, part, and edition.

    A target is a target in the edition that announces it and in the one that reports on it.
    ``name`` is that of the latest edition; units stay those of each edition.  ``signs``: the
    canonical sign of a missing value → its released sign.
    """
    ordered = sorted(editions, key=lambda pair: pair[0].edition)
    names = {one.id: one.name for edition, _ in ordered for one in edition.indicators}
    points = [
        _point(edition, one, shown.observation, names, (shown.number, shown.sign, shown.words))
        for edition, validated in ordered
        for doubtful in [Doubtful(validated)]
        for one in edition.indicators
        for shown in observations(one, edition.actual_fiscal_year, signs, doubtful)
    ]
    rank = {identifier: place for place, identifier in enumerate(names)}
    kinds = {kind: place for place, kind in enumerate(KINDS_JA)}
    return tuple(
        sorted(
            points,
            key=lambda point: (
                rank[point.id],
                kinds[point.kind],
                point.fiscal_year or 0,
                point.part or "",
                point.edition,
            ),
        )
    )


def _point(
    edition: Normalized,
    one: Indicator,
    seen: Observation,
    names: dict[str, str],
    shown: tuple[str | None, str | None, str],
) -> Point:
    own_unit = seen.value.unit
    if own_unit and match_key(own_unit.removesuffix("/年")) == match_key(one.unit):
        own_unit = None
    return Point(
        id=one.id,
        name=names[one.id],
        kind=seen.kind,
        fiscal_year=seen.fiscal_year,
        part=seen.part,
        edition=edition.edition,
        unit=unit_of(one, seen),
        number=shown[0],
        sign=shown[1],
        words=shown[2],
        page=seen.value.printed.page,
        calendar=seen.calendar,
    )


def timeseries_csv(points: Iterable[Point], *, area_code: str, code: str) -> bytes:
    """The time series as CSV, in the columns of :data:`TIMESERIES`."""
    return write_csv(
        TIMESERIES,
        (
            {
                "local_government_code": code,
                "area_code": area_code,
                "id": point.id,
                "name": point.name,
                "kind": KINDS_JA[point.kind],
                "time_code": time_code(point.fiscal_year, calendar=point.calendar),
                "fiscal_year": str(point.fiscal_year or NOT_AVAILABLE),
                "part": point.part or WHOLE,
                "edition": str(point.edition),
                "unit": point.unit,
                "value": point.number if point.number is not None else point.sign or NOT_AVAILABLE,
                "value_text": point.words,
                "page": str(point.page),
            }
            for point in points
        ),
    )


def timeseries_json(points: Sequence[Point], *, area_code: str, code: str) -> dict[str, Any]:
    """The time series by indicator: ``{"indicators": [{"id", "name", "values": [...]}]}``."""
    by_id: dict[str, list[Point]] = {}
    for point in points:
        by_id.setdefault(point.id, []).append(point)
    return {
        "area_code": area_code,
        "local_government_code": code,
        "editions": sorted({point.edition for point in points}),
        "indicators": [
            {
                "id": identifier,
                "name": found[0].name,
                "values": [
                    {
                        "kind": point.kind,
                        "fiscal_year": point.fiscal_year,
                        "part": point.part,
                        "edition": point.edition,
                        "unit": point.unit,
                        "value": point.number,
                        "missing": point.sign,
                        "printed": point.words,
                        "page": point.page,
                    }
                    for point in found
                ],
            }
            for identifier, found in by_id.items()
        ],
    }
