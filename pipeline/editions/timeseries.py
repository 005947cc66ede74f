"""All editions of one plan as one time series: every value with the edition that printed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from pipeline.model import (
    Indicator,
    Normalized,
    Observation,
    Record,
    Validated,
)
from pipeline.release.content import Content, json_bytes
from pipeline.release.datapackage import csvw, datapackage, sources
from pipeline.release.dictionary import (
    AREA,
    CODE,
    EDITION,
    FISCAL_YEAR,
    FORMAT_VERSION,
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
from pipeline.release.metadata import Metadata
from pipeline.release.tables import Row, table_of, write_csv
from pipeline.release.view import Doubtful, observations, released_text, time_code, unit_of

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


def _described(editions: Sequence[Metadata]) -> Metadata:
    """The time series as a dataset: as the latest edition is described, with an id of its own."""
    latest = editions[-1]
    return structs.replace(
        latest,
        dataset_id=f"{latest.code}-kpi-timeseries",
        title=f"{latest.title} {TIMESERIES.title_ja}",
        doubts=sum(about.doubts for about in editions),
    )


def timeseries_files(points: Sequence[Point], editions: Sequence[Metadata]) -> dict[str, bytes]:
    """The files of the time series: CSV, its CSVW metadata, JSON, and the descriptor of it all.

    ``editions``: what each is described by, the earliest first.
    """
    about = _described(editions)
    rows = tuple(_row(point, about) for point in points)
    content = Content(
        metadata=about, tables=(table_of(TIMESERIES, rows, about.code, about.edition),)
    )
    (table,) = content.tables
    files = {table.file: write_csv(TIMESERIES, table.rows)}
    package = datapackage(content, files) | {
        "sources": [source for edition in editions for source in sources(edition)],
        "temporal": f"{editions[0].period.partition('/')[0]}/{about.period.partition('/')[2]}",
    }
    return files | {
        f"{table.file}-metadata.json": json_bytes(csvw(content, table)),
        "timeseries.json": json_bytes(
            timeseries_json(points, area_code=about.area_code, code=about.code)
        ),
        "datapackage.json": json_bytes(package),
    }


def _row(point: Point, about: Metadata) -> Row:
    return {
        "local_government_code": about.code,
        "area_code": about.area_code,
        "id": point.id,
        "name": released_text(point.name),
        "kind": KINDS_JA[point.kind],
        "time_code": time_code(point.fiscal_year, calendar=point.calendar),
        "fiscal_year": str(point.fiscal_year or NOT_AVAILABLE),
        "part": released_text(point.part) if point.part else WHOLE,
        "edition": str(point.edition),
        "unit": released_text(point.unit),
        "value": point.number if point.number is not None else point.sign or NOT_AVAILABLE,
        "value_text": point.words,
        "page": str(point.page),
    }


def timeseries_json(points: Sequence[Point], *, area_code: str, code: str) -> dict[str, Any]:
    """The time series by indicator: ``{"indicators": [{"id", "name", "values": [...]}]}``."""
    by_id: dict[str, list[Point]] = {}
    for point in points:
        by_id.setdefault(point.id, []).append(point)
    return {
        "format_version": FORMAT_VERSION,
        "area_code": area_code,
        "local_government_code": code,
        "editions": sorted({point.edition for point in points}),
        "indicators": [
            {
                "id": identifier,
                "name": released_text(found[0].name),
                "values": [
                    {
                        "kind": point.kind,
                        "fiscal_year": point.fiscal_year,
                        "time_code": time_code(point.fiscal_year, calendar=point.calendar),
                        "part": released_text(point.part) if point.part else None,
                        "edition": point.edition,
                        "unit": released_text(point.unit),
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
