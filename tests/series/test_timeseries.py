from __future__ import annotations

import csv
import io
import json

import msgspec

from pipeline.editions.timeseries import (
    TIMESERIES,
    Point,
    timeseries,
    timeseries_files,
    timeseries_json,
)
from pipeline.model import Finding, Origin, Validated
from pipeline.release.metadata import Metadata, metadata
from pipeline.settings.files import packaged_defaults
from pipeline.settings.profile import Municipality, Publication
from pipeline.settings.release import load
from tests.normalize.plans import mine
from tests.series.editions import facts, normalized

SIGNS = {sign.sign: sign.released for sign in mine().signs}
NOTHING = Validated(findings=(), recomputed=(), summary=())


def points(*editions: int) -> tuple[Point, ...]:
    return timeseries([(normalized(edition), NOTHING) for edition in editions], SIGNS)


def of(name: str, found: tuple[Point, ...]) -> list[tuple[str, int | None, int, str | None]]:
    return [(p.kind, p.fiscal_year, p.edition, p.number) for p in found if p.name == name]


def test_one_indicator_over_three_editions() -> None:
    figures = {edition: facts(edition)["indicators"][0] for edition in (2025, 2026, 2027)}
    assert of("観光交流人口", points(2027, 2025, 2026)) == [
        ("baseline", None, 2025, figures[2025]["baseline"]),
        ("baseline", None, 2026, figures[2026]["baseline"]),
        ("baseline", None, 2027, figures[2027]["baseline"]),
        ("target", 2024, 2025, figures[2025]["target"]),
        ("target", 2025, 2025, figures[2025]["next_target"]),
        ("target", 2025, 2026, figures[2026]["target"]),
        ("target", 2026, 2026, figures[2026]["next_target"]),
        ("target", 2026, 2027, figures[2027]["target"]),
        ("target", 2027, 2027, figures[2027]["next_target"]),
        ("actual", 2024, 2025, figures[2025]["actual"]),
        ("actual", 2025, 2026, figures[2026]["actual"]),
        ("actual", 2025, 2027, figures[2027]["previous_actual"]),
        ("actual", 2026, 2027, figures[2027]["actual"]),
    ]


def test_the_order_of_the_editions_does_not_matter() -> None:
    assert points(2025, 2026, 2027) == points(2027, 2026, 2025)


def described(*editions: int) -> list[Metadata]:
    settings = load(
        [packaged_defaults()], Municipality(area_code="35213", name="市"), Publication()
    )
    return [
        metadata(
            normalized(edition), NOTHING, settings, area_code="35213", origin=Origin(title="題")
        )
        for edition in editions
    ]


def test_the_csv_has_one_row_for_each_value() -> None:
    found = points(2025, 2026)
    data = timeseries_files(found, described(2025, 2026))["352136_kpi_timeseries.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert list(rows[0]) == [field.header for field in TIMESERIES.fields]
    assert len(rows) == len(found) == 130 * 4 + 131 * 4
    keys = [(r["指標ID"], r["値区分"], r["時間軸コード"], r["内訳"], r["資料年度"]) for r in rows]
    assert len(set(keys)) == len(keys)
    assert {row["全国地方公共団体コード"] for row in rows} == {"352136"}


def test_the_descriptor_names_every_edition_and_the_whole_period() -> None:
    editions = (2025, 2026, 2027)
    package = json.loads(
        timeseries_files(points(*editions), described(*editions))["datapackage.json"]
    )
    assert (package["name"], package["title"]) == (
        "352136-kpi-timeseries",
        "題 全資料年度の指標の値（縦持ち）",
    )
    assert package["temporal"] == "2024-04-01/2027-03-31"
    assert len(package["sources"]) == 3


def test_units_are_those_of_each_edition() -> None:
    found = {p.edition: p.unit for p in points(2025, 2026) if p.name == "道の駅売上高"}
    assert found == {2025: "千円", 2026: "百万円"}


def test_the_json_is_by_indicator() -> None:
    data = timeseries_json(points(2025, 2026), area_code="35213", code="352136")
    assert json.loads(json.dumps(data)) == data
    assert data["editions"] == [2025, 2026]
    assert len(data["indicators"]) == 130 + 9 - 2
    first = data["indicators"][0]
    assert first["name"] == "観光交流人口"
    assert {value["edition"] for value in first["values"]} == {2025, 2026}


def test_a_value_in_doubt_is_withheld() -> None:
    one = normalized(2025).indicators[0]
    assert one.actual is not None
    doubt = Finding(
        rule="reading.readers-disagree",
        key="k",
        severity="blocker",
        subject=one.name,
        page=one.actual.printed.page,
        box=one.actual.printed.box,
    )
    validated = msgspec.structs.replace(NOTHING, findings=(doubt,))
    (first, *_) = timeseries([(normalized(2025), validated)], SIGNS)
    assert (first.number, first.sign) == (None, "X")
