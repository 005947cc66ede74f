"""The time series of three editions, as validators and clients that others wrote take it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from csvw import CSVW
from frictionless import Package

from pipeline.cache.store import folder_digests
from pipeline.editions.city import city_of, update_series
from pipeline.notation.items import check
from pipeline.notation.sheets import read
from tests.release.spoilt import called, records_of, rows_of, spoil_csv
from tests.release.test_validators import PROFILE

FILES = (
    "352136_kpi_timeseries.csv",
    "352136_kpi_timeseries.csv-metadata.json",
    "datapackage.json",
    "timeseries.json",
)
VALUE = 10

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(three_editions: Path) -> Path:
    return three_editions / "extracted" / "35213-mine"


@pytest.fixture
def series(made: Path, tmp_path: Path) -> Path:
    """A copy of its files that a test may spoil."""
    for name in FILES:
        shutil.copy(made / name, tmp_path)
    return tmp_path


def test_frictionless(series: Path) -> None:
    descriptor = series / "datapackage.json"
    assert Package(str(descriptor)).validate().valid
    spoil_csv(series / FILES[0], lambda rows: rows[1].__setitem__(VALUE, "1,234"))
    assert not Package(str(descriptor)).validate().valid


def test_the_profile_of_data_package_2(series: Path) -> None:
    assert called("check-jsonschema", "--schemafile", PROFILE, series / "datapackage.json") == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows[1].__setitem__(VALUE, "many"), 1),
        (lambda rows: rows.append(rows[1]), 2),
    ],
    ids=["value", "key"],
)
def test_csvw(change: Callable[[list[list[str]]], object], code: int, series: Path) -> None:
    metadata = series / FILES[1]
    assert CSVW(str(metadata), validate=True).is_valid
    spoil_csv(series / FILES[0], change)
    assert called("csvwvalidate", "-v", metadata) == code


def test_pandas_and_the_notation_rules(series: Path) -> None:
    table = series / FILES[0]
    frame = pd.read_csv(table, dtype="string", keep_default_na=False)
    assert frame.to_numpy().tolist() == rows_of(table)[1:]
    (sheet,) = read(table)
    assert [result.item.id for result in check(sheet) if result.failures] == []


def test_csv_and_json_say_the_same(series: Path) -> None:
    tree = json.loads((series / "timeseries.json").read_text("utf-8"))
    told = [
        (one["id"], one["name"], value["time_code"], value["value"] or value["missing"])
        for one in tree["indicators"]
        for value in one["values"]
    ]
    assert tree["format_version"] == json.loads((series / FILES[2]).read_text())["format_version"]
    assert told == [
        (row["指標ID"], row["指標名"], row["時間軸コード"], row["指標値"])
        for row in records_of(series / FILES[0])
    ]


def test_every_year_has_the_same_headings(made: Path) -> None:
    """L3-07: names, number and order."""
    releases = [made / str(year) / "release" for year in (2025, 2026, 2027)]
    for pattern in ("*_kpi_20*.csv", "*_kpi_[i-s]*.csv", "legend.csv", "provenance.csv"):
        headings = [[rows_of(path)[0] for path in sorted(one.glob(pattern))] for one in releases]
        assert headings[0] == headings[1] == headings[2] != [], pattern


def test_the_same_again(made: Path, tmp_path: Path) -> None:
    before = folder_digests(made)
    shutil.copytree(made.parents[1], tmp_path / "other")
    (tmp_path / "other/extracted/35213-mine/.series.json").unlink()
    assert update_series(city_of(tmp_path / "other", None))
    assert folder_digests(tmp_path / "other/extracted/35213-mine") == before
