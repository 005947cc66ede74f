"""Validators and clients that others wrote take the release, and refuse a spoilt copy of it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
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

from pipeline.desk.jobs import Options, run_one
from pipeline.release.dictionary import KINDS_JA, TABLES
from tests.release.test_publish import Stub

PROFILE = Path(dplib.__file__).parent / "profiles" / "2.0" / "datapackage.json"
TOWNS = Path(__file__).resolve().parents[1] / "data" / "towns"

pytestmark = pytest.mark.slow


def _mine(folder: Path, make_workspace: Callable[[Path], Path]) -> Path:
    workspace = make_workspace(folder / "workspace")
    options = Options(workspace=str(workspace), second_reader="never")
    return Path(run_one(workspace / "raw/35213-mine/2025.pdf", options).output) / "release"


def _town(folder: Path, name: str) -> Path:
    profile = folder / "workspace" / "schemas" / "01999-town" / "profile.toml"
    profile.parent.mkdir(parents=True, exist_ok=True)
    profile.write_text('[municipality]\narea_code = "01999"\nname = ""\n', encoding="utf-8")
    options = Options(
        workspace=str(folder / "workspace"),
        output=str(folder / name),
        area="01999",
        edition=2025,
        second_reader="never",
    )
    run_one(TOWNS / f"{name}.pdf", options)
    return folder / name / "release"


@pytest.fixture(scope="module", params=["mine", "circles", "yearly-rates"])
def whole(request, tmp_path_factory, make_workspace) -> Path:
    folder = tmp_path_factory.mktemp("validators")
    if request.param == "mine":
        return _mine(folder, make_workspace)
    return _town(folder, request.param)


@pytest.fixture
def release(whole: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(whole, tmp_path / "release"))


def long_csv(release: Path) -> Path:
    return next(path for path in release.glob("*_kpi_*.csv") if path.stem[-4:].isdigit())


def called(command: str, *arguments: object) -> int:
    programs = Path(sys.executable).parent
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [programs / command, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "PATH": path},
    )
    return done.returncode


def spoil_csv(path: Path, change: Callable[[list[list[str]]], None]) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    change(rows)
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    path.write_bytes(stream.getvalue().encode("utf-8-sig"))


def spoil_json(path: Path, change: Callable[[Any], None]) -> None:
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def test_frictionless(release: Path) -> None:
    def valid() -> bool:
        return FrictionlessPackage(str(release / "datapackage.json")).validate().valid

    assert valid()
    spoil_csv(long_csv(release), lambda rows: rows[1].__setitem__(11, "1,234"))
    assert not valid()


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
    path = long_csv(release)
    spoil_csv(path, lambda rows: rows[1].__setitem__(11, "many"))
    assert not CSVW(f"{path}-metadata.json", validate=True).is_valid


def test_the_strict_model_of_estats_client(release: Path) -> None:
    path = release / "estat" / "getStatsData.json"
    GetStatsDataResponse(**json.loads(path.read_text("utf-8")))
    spoil_json(path, lambda c: c["GET_STATS_DATA"]["STATISTICAL_DATA"].pop("CLASS_INF"))
    with pytest.raises(ValueError, match="CLASS_INF"):
        GetStatsDataResponse(**json.loads(path.read_text("utf-8")))


def test_pyestat_gives_every_value_with_its_labels(release: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        return httpx.Response(200, content=(release / "estat" / f"{name}.json").read_bytes())

    client = EstatClient(http=EstatHttpClient(app_id="x", transport=httpx.MockTransport(answer)))
    table = json.loads((release / "estat" / "getStatsList.json").read_text("utf-8"))
    identifier = table["GET_STATS_LIST"]["DATALIST_INF"]["TABLE_INF"][0]["@id"]
    flat = client.get_stats_data(identifier).to_flat()
    rows = list(csv.DictReader(io.StringIO(long_csv(release).read_text("utf-8-sig"))))
    kinds = set(KINDS_JA.values())
    got = Counter(
        (one["cat01_label"], one["time_code"], kind, one["cat02_label"], str(one[kind]))
        for one in flat
        for kind in kinds
        if one.get(kind) is not None
    )
    expected = Counter(
        (
            *(row["指標名"], row["時間軸コード"].replace("***", "0000000000")),
            *(row["値区分"], row["内訳"], row["指標値"]),
        )
        for row in rows
    )
    assert got == expected
    assert client.list_stats().total_number == 1
    assert client.get_meta_info(identifier) is not None


def test_jsonstat_and_its_client(release: Path) -> None:
    path = release / "kpi.json-stat.json"
    assert validate_jsonstat(json.loads(path.read_text("utf-8"))) is True
    frame = pyjstat.Dataset.read(path.read_text("utf-8")).write("dataframe")
    rows = list(csv.DictReader(io.StringIO(long_csv(release).read_text("utf-8-sig"))))
    figures = sorted(float(row["指標値"]) for row in rows if row["指標値"] not in ("***", "X"))
    assert sorted(frame["value"].dropna()) == pytest.approx(figures)
    spoil_json(path, lambda content: content.pop("size"))
    with pytest.raises(JSONStatValidationError):
        validate_jsonstat(json.loads(path.read_text("utf-8")))


def test_ckanapi_loads_the_line(release: Path) -> None:
    with Stub() as portal:
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        arguments = ("load", "datasets", "-I", release / "ckan.jsonl", "-n", "-r", portal.url)
        assert called("ckanapi", *arguments, "-a", "key") == 0
        assert list(portal.datasets) == [json.loads((release / "ckan.jsonl").read_text())["name"]]
        portal.shutdown()


def test_a_second_opinion_on_the_portal_s_form(release: Path) -> None:
    package = Package.from_path(str(release / "datapackage.json"))
    mapped = CkanPackage.from_dp(package)
    line = json.loads((release / "ckan.jsonl").read_text("utf-8"))
    assert (mapped.name, mapped.title) == (line["name"], line["title"])
    tables = {resource["name"] for resource in line["resources"]}
    assert {resource.title for resource in package.resources} <= tables


def test_csv_workbook_and_json_say_the_same(release: Path) -> None:
    book = openpyxl.load_workbook(release / "data.xlsx")
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        text = (release / resource["path"]).read_text("utf-8-sig")
        expected = list(csv.reader(io.StringIO(text, newline="")))
        sheet = book[resource["title"]]
        got = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
        assert got == expected, resource["name"]
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    data = json.loads((release / "data.json").read_text("utf-8"))
    rows = list(csv.DictReader(io.StringIO(long_csv(release).read_text("utf-8-sig"))))
    values = [(one, value) for one in data["indicators"] for value in one["values"]]
    assert len(values) == len(rows)
    for row, (indicator, value) in zip(rows, values, strict=True):
        shown = value["value"] if value["value"] is not None else value["missing"] or "***"
        assert (row["指標ID"], row["指標名"]) == (indicator["id"], indicator["name"])
        assert (row["指標値"], row["時間軸コード"]) == (shown, value["time_code"])
        assert row["内訳"] == (value["part"] or "全体")
        assert row["数値がない理由"] == (value["missing_reason"] or "***")
    coded = csv.DictReader(
        io.StringIO(next(release.glob("*_kpi_indicators.csv")).read_text("utf-8-sig"))
    )
    for row, one in zip(coded, data["indicators"], strict=True):
        for header, key in (("達成状況（公表）", "status_published"), ("単位", "unit")):
            assert row[header] == (one[key] or "***")
        assert row["達成状況（再計算）"] == (one["status_recomputed"] or "***")


def _shown(cell: Any) -> str:
    """A cell as a spreadsheet shows it: numbers with the decimals of their format."""
    if cell.data_type != "n" or cell.value is None:
        return cell.value or ""
    decimals = len(cell.number_format.partition(".")[2])
    return f"{Decimal(str(cell.value)):.{decimals}f}"


def test_pandas_opens_every_table(release: Path) -> None:
    sheets = pd.read_excel(release / "data.xlsx", sheet_name=None, dtype=str, na_filter=False)
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        frame = pd.read_csv(release / resource["path"], dtype=str, na_filter=False)
        assert list(frame.columns) == [field["name"] for field in resource["schema"]["fields"]]
        assert len(sheets[resource["title"]]) == len(frame) > 0


def test_the_archive_holds_every_file_and_their_checksums(release: Path) -> None:
    (path,) = release.glob("*.zip")
    with zipfile.ZipFile(path) as packed:
        sums = packed.read("SHA256SUMS").decode()
        named = dict(reversed(line.split("  ")) for line in sums.splitlines())
        assert set(packed.namelist()) == {*named, "SHA256SUMS"}
        for name, digest in named.items():
            assert sha256(packed.read(name)).hexdigest() == digest
            assert (release / name).read_bytes() == packed.read(name)


def test_conformance_finds_nothing(release: Path) -> None:
    found = json.loads((release / "conformance.json").read_text("utf-8"))
    broken = [
        (table["file"], item["id"], item["places"])
        for table in found["tables"]
        for item in table["items"]
        if item["failures"]
    ]
    assert broken == []


def test_the_tables_are_those_of_the_dictionary(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    known = {spec.name: [field.header for field in spec.fields] for spec in TABLES}
    for resource in package["resources"]:
        assert [f["name"] for f in resource["schema"]["fields"]] == known[resource["name"]]
