"""Validators and clients that others wrote take the release, and refuse a spoilt copy of it."""

from __future__ import annotations

import json
import threading
import zipfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import dplib
import httpx
import openpyxl
import pandas as pd
import pytest
from csvw import CSVW
from dplib.models import Package
from dplib.plugins.ckan.models import CkanPackage
from estats_client import GetStatsDataResponse
from frictionless import Package as FrictionlessPackage
from jsonstat_validator import JSONStatValidationError, validate_jsonstat
from pyestat import EstatClient, EstatHttpClient
from pyjstat import pyjstat

from pipeline.release.dictionary import KINDS_JA, TABLES
from tests.release.spoilt import (
    ON_ONE,
    called,
    long_csv,
    records_of,
    resources_of,
    rows_of,
    spoil_csv,
    spoil_json,
)
from tests.release.test_publish import Stub

PROFILE = Path(dplib.__file__).parent / "profiles" / "2.0" / "datapackage.json"

pytestmark = pytest.mark.slow


def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_frictionless(release: Path) -> None:
    def valid() -> bool:
        return FrictionlessPackage(str(release / "datapackage.json")).validate().valid

    assert valid()
    spoil_csv(long_csv(release), lambda rows: rows[1].__setitem__(11, "1,234"))
    assert not valid()


def test_the_command_of_frictionless(release: Path) -> None:
    descriptor = release / "datapackage.json"
    assert called("frictionless", "validate", descriptor) == 0
    spoil_json(descriptor, lambda c: c["resources"][0].update(hash="sha256:" + "0" * 64))
    assert called("frictionless", "validate", descriptor) == 1


@ON_ONE
def test_frictionless_refuses_a_row_that_stands_twice(release: Path) -> None:
    spoil_csv(long_csv(release), lambda rows: rows.append(rows[1]))
    report = FrictionlessPackage(str(release / "datapackage.json")).validate()
    assert not report.valid


def test_the_profile_of_data_package_2(release: Path) -> None:
    descriptor = release / "datapackage.json"
    assert called("check-jsonschema", "--schemafile", PROFILE, descriptor) == 0
    spoil_json(descriptor, lambda content: content.pop("resources"))
    assert called("check-jsonschema", "--schemafile", PROFILE, descriptor) == 1


def test_data_json_and_its_own_schema(release: Path) -> None:
    schema, data = release / "data.schema.json", release / "data.json"
    assert called("check-jsonschema", "--schemafile", schema, data) == 0
    spoil_json(data, lambda content: content["indicators"][0].update(actual=1.5))
    assert called("check-jsonschema", "--schemafile", schema, data) == 1


def test_csvw(release: Path) -> None:
    for metadata in release.glob("*.csv-metadata.json"):
        assert CSVW(str(metadata), validate=True).is_valid, metadata.name


@ON_ONE
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows[1].__setitem__(11, "many"), 1),
        (lambda rows: rows.append(rows[1]), 2),
        (lambda rows: [row.pop(4) for row in rows], 2),
    ],
    ids=["value", "key", "column"],
)
def test_csvw_refuses_what_was_spoilt(
    change: Callable[[list[list[str]]], object], code: int, release: Path
) -> None:
    path = long_csv(release)
    spoil_csv(path, change)
    assert called("csvwvalidate", "-v", f"{path}-metadata.json") == code


def test_the_strict_model_of_estats_client(release: Path) -> None:
    path = release / "estat" / "getStatsData.json"
    GetStatsDataResponse(**read_json(path))
    spoil_json(path, lambda c: c["GET_STATS_DATA"]["STATISTICAL_DATA"].pop("CLASS_INF"))
    with pytest.raises(ValueError, match="CLASS_INF"):
        GetStatsDataResponse(**read_json(path))


# --------------------------------------------------------------------------- a client of e-Stat


def client(release: Path) -> EstatClient:
    """pyestat, asking a server that gives the released files."""

    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        return httpx.Response(200, content=(release / "estat" / f"{name}.json").read_bytes())

    return EstatClient(http=EstatHttpClient(app_id="x", transport=httpx.MockTransport(answer)))


def asked_of_estat(release: Path) -> Counter[tuple[str, ...]]:
    """(indicator, time, kind, part, value as text) of every value that pyestat gives."""
    kinds = set(KINDS_JA.values())
    table = read_json(release / "estat" / "getStatsList.json")
    identifier = table["GET_STATS_LIST"]["DATALIST_INF"]["TABLE_INF"][0]["@id"]
    flat = client(release).get_stats_data(identifier).to_flat()
    return Counter(
        (one["cat01_label"], one["time_code"], kind, one["cat02_label"], str(one[kind]))
        for one in flat
        for kind in kinds
        if one.get(kind) is not None
    )


def as_released(release: Path) -> Counter[tuple[str, ...]]:
    return Counter(
        (
            *(row["指標名"], row["時間軸コード"].replace("***", "0000000000")),
            *(row["値区分"], row["内訳"], row["指標値"]),
        )
        for row in records_of(long_csv(release))
    )


def test_pyestat_gives_every_value_with_its_labels(release: Path) -> None:
    assert asked_of_estat(release) == as_released(release)
    assert client(release).list_stats().total_number == 1
    assert client(release).get_meta_info("1") is not None


@ON_ONE
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["DATA_INF"]["VALUE"].pop(),
        lambda data: data["DATA_INF"]["VALUE"][0].update({"$": "0.123"}),
        lambda data: data["CLASS_INF"]["CLASS_OBJ"][1]["CLASS"].pop(0),
    ],
    ids=["value gone", "value changed", "code without a name"],
)
def test_pyestat_shows_what_was_spoilt(change: Callable[[Any], object], release: Path) -> None:
    path = release / "estat" / "getStatsData.json"
    spoil_json(path, lambda c: change(c["GET_STATS_DATA"]["STATISTICAL_DATA"]))
    assert asked_of_estat(release) != as_released(release)


# --------------------------------------------------------------------------- JSON-stat


def test_jsonstat(release: Path) -> None:
    path = release / "kpi.json-stat.json"
    assert validate_jsonstat(read_json(path)) is True
    spoil_json(path, lambda content: content.pop("size"))
    with pytest.raises(JSONStatValidationError):
        validate_jsonstat(read_json(path))


def drawn(release: Path) -> Counter[tuple[Any, ...]]:
    """(indicator, kind, time, part, value) of every number that pyjstat gives."""
    text = (release / "kpi.json-stat.json").read_text("utf-8")
    frame = pyjstat.Dataset.read(text).write("dataframe", naming="id").dropna(subset=["value"])
    columns = ("indicator", "kind", "time", "part", "value")
    return Counter(frame[list(columns)].itertuples(index=False, name=None))


def numbers(release: Path) -> Counter[tuple[Any, ...]]:
    kinds = {name: kind for kind, name in KINDS_JA.items()}
    return Counter(
        (
            *(row["指標ID"], kinds[row["値区分"]]),
            *(row["時間軸コード"].replace("***", "undated"), row["内訳"], float(row["指標値"])),
        )
        for row in records_of(long_csv(release))
        if row["指標値"] not in ("***", "X")
    )


def test_pyjstat_gives_every_number_at_its_place(release: Path) -> None:
    assert drawn(release) == numbers(release)
    path = release / "kpi.json-stat.json"
    spoil_json(path, lambda content: content["dimension"]["indicator"]["category"]["index"].sort())
    spoil_json(path, lambda content: content["id"].reverse())
    assert drawn(release) != numbers(release)


def test_the_cube_tells_units_where_clients_look_for_them(release: Path) -> None:
    indicator = read_json(release / "kpi.json-stat.json")["dimension"]["indicator"]["category"]
    coded = records_of(next(release.glob("*_kpi_indicators.csv")))
    told = {row["指標ID"]: row["単位"] for row in coded if row["単位"] != "***"}
    assert {name: unit["label"] for name, unit in indicator["unit"].items()} == told


@ON_ONE
def test_pyjstat_refuses_a_cube_of_another_size(release: Path) -> None:
    spoil_json(
        release / "kpi.json-stat.json",
        lambda content: content["size"].__setitem__(0, content["size"][0] - 1),
    )
    with pytest.raises(IndexError):
        drawn(release)


# --------------------------------------------------------------------------- portals


def loaded(line: Path) -> tuple[int, list[str]]:
    """What ``ckanapi load`` ends with, and the datasets that are on the portal then."""
    with Stub() as portal:
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        code = called("ckanapi", "load", "datasets", "-I", line, "-n", "-r", portal.url, "-a", "k")
        portal.shutdown()
        return code, list(portal.datasets)


def test_ckanapi_loads_the_line(release: Path) -> None:
    line = release / "ckan.jsonl"
    assert loaded(line) == (0, [read_json(line)["name"]])
    line.write_bytes(line.read_bytes()[:-20])
    assert loaded(line) == (1, [])


@ON_ONE
def test_a_portal_refuses_a_line_with_a_name_of_the_wrong_form(release: Path) -> None:
    line = release / "ckan.jsonl"
    spoil_json(line, lambda content: content.update(name="美祢 KPI"))
    assert loaded(line)[1] == []


def test_a_second_opinion_on_the_portal_s_form(release: Path) -> None:
    def mapped() -> CkanPackage:
        return CkanPackage.from_dp(Package.from_path(str(release / "datapackage.json")))

    line = read_json(release / "ckan.jsonl")
    assert (mapped().name, mapped().title) == (line["name"], line["title"])
    tables = {resource["name"] for resource in line["resources"]}
    assert {resource["title"] for resource in resources_of(release)} <= tables
    spoil_json(release / "datapackage.json", lambda c: c["resources"][0].update(bytes="many"))
    with pytest.raises(ValueError, match="bytes"):
        mapped()


# --------------------------------------------------------------------------- the same everywhere


def differences(release: Path) -> list[str]:
    """Cells of the workbook that differ from the CSV, or are not of their field's kind."""
    book = openpyxl.load_workbook(release / "data.xlsx")
    found = []
    for resource in resources_of(release):
        expected = rows_of(release / resource["path"])
        texts = [field["type"] == "string" for field in resource["schema"]["fields"]]
        sheet = book[resource["title"]]
        if (sheet.max_row, sheet.max_column) != (len(expected), len(expected[0])):
            found.append(resource["title"])
        for cells, row in zip(sheet.iter_rows(), expected, strict=False):
            for cell, text, is_text in zip(cells, row, texts, strict=False):
                kind = "s" if is_text or not text[-1:].isdigit() or cell.row == 1 else "n"
                if (cell.data_type, shown(cell)) != (kind, text):
                    found.append(f"{sheet.title} {cell.coordinate}")
    return found


def shown(cell: Any) -> str:
    """A cell as a spreadsheet shows it: numbers with the decimals of their format."""
    if cell.data_type != "n" or cell.value is None:
        return str(cell.value or "")
    decimals = len(cell.number_format.partition(".")[2])
    return f"{Decimal(str(cell.value)):.{decimals}f}"


def test_the_workbook_says_what_the_csv_says(release: Path) -> None:
    assert differences(release) == []


@ON_ONE
@pytest.mark.parametrize(
    ("cell", "value"),
    [("A2", 352136), ("L2", "=1+1"), ("L2", 0.123), ("F2", "別の名称"), ("A9999", "余分")],
    ids=["code as a number", "formula", "another number", "another name", "a row too many"],
)
def test_openpyxl_shows_what_was_spoilt(cell: str, value: Any, release: Path) -> None:
    book = openpyxl.load_workbook(release / "data.xlsx")
    book["指標の値（縦持ち）"][cell] = value
    book.save(release / "data.xlsx")
    assert differences(release)


@ON_ONE
def test_openpyxl_refuses_a_workbook_that_was_cut(release: Path) -> None:
    path = release / "data.xlsx"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(path)


def test_csv_and_json_say_the_same(release: Path) -> None:
    data = read_json(release / "data.json")
    rows = records_of(long_csv(release))
    values = [(one, value) for one in data["indicators"] for value in one["values"]]
    assert len(values) == len(rows)
    for row, (indicator, value) in zip(rows, values, strict=True):
        given = value["value"] if value["value"] is not None else value["missing"] or "***"
        assert (row["指標ID"], row["指標名"]) == (indicator["id"], indicator["name"])
        assert (row["指標値"], row["時間軸コード"]) == (given, value["time_code"])
        assert row["内訳"] == (value["part"] or "全体")
        assert row["数値がない理由"] == (value["missing_reason"] or "***")
    coded = records_of(next(release.glob("*_kpi_indicators.csv")))
    for row, one in zip(coded, data["indicators"], strict=True):
        for header, key in (("達成状況（公表）", "status_published"), ("単位", "unit")):
            assert row[header] == (one[key] or "***")
        assert row["達成状況（再計算）"] == (one["status_recomputed"] or "***")


# --------------------------------------------------------------------------- pandas


def opened(release: Path, name: str) -> pd.DataFrame:
    """A CSV as pandas opens it without being told anything of it."""
    return pd.read_csv(release / name)


def differing(release: Path, resource: dict[str, Any]) -> list[str]:
    """Columns that pandas gives otherwise than they are written, numbers by their value."""
    frame, written = opened(release, resource["path"]), rows_of(release / resource["path"])
    expected = pd.DataFrame(written[1:], columns=written[0])
    if list(frame.columns) != [field["name"] for field in resource["schema"]["fields"]]:
        return ["columns"]
    if len(frame) != len(expected) or not len(frame):
        return ["rows"]
    return [
        name
        for name in expected.columns
        if not all(map(_same, frame[name].tolist(), expected[name].tolist()))
    ]


def _same(given: Any, text: str) -> bool:
    if isinstance(given, str):
        return given == text
    return not pd.isna(given) and Decimal(str(given)) == Decimal(text)


def test_pandas_opens_every_table(release: Path) -> None:
    for resource in resources_of(release):
        assert differing(release, resource) == [], resource["path"]


def test_pandas_gives_every_code_and_number_as_printed(release: Path) -> None:
    """Told by the table schema which columns are text; a code then keeps its zero."""
    for resource in resources_of(release):
        frame = pd.read_csv(release / resource["path"], dtype="string", keep_default_na=False)
        assert frame.to_numpy().tolist() == rows_of(release / resource["path"])[1:]
        codes = [name for name in frame.columns if name.endswith("地方公共団体コード")]
        assert all(frame[name].str.fullmatch("[0-9]{6}").all() for name in codes)


@ON_ONE
@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[1].__setitem__(5, ""),
        lambda rows: rows[0].__setitem__(5, rows[0][4]),
        lambda rows: rows[1].__setitem__(5, "NA"),
    ],
    ids=["blank", "heading twice", "text that stands for nothing"],
)
def test_pandas_shows_what_was_spoilt(
    change: Callable[[list[list[str]]], object], release: Path
) -> None:
    (long,) = [one for one in resources_of(release) if one["path"] == long_csv(release).name]
    spoil_csv(long_csv(release), change)
    assert differing(release, long)


@ON_ONE
def test_pandas_refuses_a_row_that_is_too_long(release: Path) -> None:
    spoil_csv(long_csv(release), lambda rows: rows[2].append("more"))
    with pytest.raises(pd.errors.ParserError):
        opened(release, long_csv(release).name)


def test_pandas_opens_every_sheet(release: Path) -> None:
    sheets = pd.read_excel(release / "data.xlsx", sheet_name=None, dtype=str, na_filter=False)
    for resource in resources_of(release):
        frame = sheets[resource["title"]]
        codes = [name for name in frame.columns if name.endswith("コード")]
        written = records_of(release / resource["path"])
        for name in codes:
            assert frame[name].tolist() == [row[name] for row in written], name


# --------------------------------------------------------------------------- our own promises


def wrong_sums(release: Path) -> list[str]:
    """Files of the archive that are not those of the folder, or not those of its checksums."""
    (path,) = release.glob("*.zip")
    with zipfile.ZipFile(path) as packed:
        lines = packed.read("SHA256SUMS").decode().splitlines()
        named = dict(reversed(line.split("  ")) for line in lines)
        assert set(packed.namelist()) == {*named, "SHA256SUMS"}
        return [
            name
            for name, digest in named.items()
            if sha256(packed.read(name)).hexdigest() != digest
            or (release / name).read_bytes() != packed.read(name)
        ]


def test_the_archive_holds_every_file_and_their_checksums(release: Path) -> None:
    assert wrong_sums(release) == []
    spoil_json(release / "data.json", lambda content: content.pop("findings"))
    assert wrong_sums(release) == ["data.json"]


def test_no_archive_tells_where_or_when_it_was_made(release: Path) -> None:
    """Same bytes on every system: nothing is deflated, and no entry names a system or the clock."""
    for path in (release / "data.xlsx", *release.glob("*.zip")):
        with zipfile.ZipFile(path) as packed:
            told = {
                (one.create_system, one.create_version, one.external_attr >> 16, one.compress_type)
                for one in packed.infolist()
            }
            dates = {one.date_time for one in packed.infolist()}
        assert told == {(3, 20, 0o644, zipfile.ZIP_STORED)}, path.name
        assert len(dates) == 1


def test_conformance_finds_nothing(release: Path) -> None:
    found = read_json(release / "conformance.json")
    broken = [
        (table["file"], item["id"], item["places"])
        for table in found["tables"]
        for item in table["items"]
        if item["failures"]
    ]
    assert broken == []


def test_the_tables_are_those_of_the_dictionary(release: Path) -> None:
    known = {spec.name: [field.header for field in spec.fields] for spec in TABLES}
    for resource in resources_of(release):
        assert [f["name"] for f in resource["schema"]["fields"]] == known[resource["name"]]
