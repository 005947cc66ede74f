"""The CSV tables keep the notation rules for statistical tables."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from pipeline.model import (
    Document,
    Finding,
    Indicator,
    Normalized,
    Observation,
    Origin,
    Place,
    Printed,
    Validated,
    Value,
)
from pipeline.release import run
from pipeline.release.dictionary import FINDINGS, LONG, TABLES, Field, TableSpec
from pipeline.release.tables import as_field, one_line, write_csv
from pipeline.release.view import plain, shown_value, time_code
from pipeline.settings.files import packaged_defaults
from pipeline.settings.profile import Municipality, Publication, local_government_code
from pipeline.settings.release import ReleaseSettings, load

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("area", "code"),
    [("35213", "352136"), ("01100", "011002"), ("13101", "131016"), ("35000", "350001")],
)
def test_the_check_digit_of_the_code(area: str, code: str) -> None:
    assert local_government_code(area) == code


@pytest.mark.parametrize("area", ["", "3521", "352136", "３５２１３", "abcde"])
def test_what_is_no_area_code_is_refused(area: str) -> None:
    with pytest.raises(ValueError, match="area code"):
        local_government_code(area)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_headers_are_unique_and_longer_than_one_character(table: TableSpec) -> None:
    headers = [field.header for field in table.fields]
    assert len(set(headers)) == len(headers)
    assert all(len(header) > 1 for header in headers)
    assert set(table.key) <= {field.name for field in table.fields}


def test_one_name_has_one_meaning_in_all_tables() -> None:
    seen: dict[str, Field] = {}
    for field in (field for table in TABLES for field in table.fields):
        other = seen.setdefault(field.name, field)
        assert (other.header, other.type) == (field.header, field.type), field.name


@pytest.mark.parametrize(
    ("number", "text"),
    [("46.0", "46.0"), ("0", "0"), ("-2000", "-2000"), ("1E+3", "1000"), ("0.00", "0.00")]
    + [("12345678901234567890.5", "12345678901234567890.5"), ("1E-7", "0.0000001")],
)
def test_numbers_are_plain_with_their_printed_precision(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    ("text", "released"),
    [
        ("=1+1", "X"),
        ("＝1+1", "X"),
        ("+A1", "X"),
        ("@SUM(1+1)", "X"),
        ('=HYPERLINK("https://example.com","a")', "X"),
        ("=cmd|' /C calc'!A0", "X"),
        ("\t=1+1", "X"),
        ("-2+3", "X"),
        ("=SUMの利用回数", "＝SUMの利用回数"),
        ("+10（プラステン）を知っている割合", "＋10（プラステン）を知っている割合"),
        ("－10％節電に取り組む世帯数", "－10％節電に取り組む世帯数"),
        ("@ホーム登録者数", "＠ホーム登録者数"),
        ("－", "－"),
        ("-", "－"),
        ("-12.5", "-12.5"),
        ("-1,234", "-1,234"),
        ("+5", "+5"),
        ("人口=10", "人口=10"),
        ("", ""),
    ],
)
def test_only_what_a_spreadsheet_would_run_is_withheld(text: str, released: str) -> None:
    assert as_field(text) == released


def test_a_field_holds_no_line_break() -> None:
    assert one_line("a\r\nb\u2028c\n\nd ") == "a b c d"


def test_bytes_are_those_that_excel_in_japan_reads() -> None:
    row = {field.name: '値"と,改行\n' for field in FINDINGS.fields}
    data = write_csv(FINDINGS, [row])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b'"\r\n')
    assert all(line.startswith(b'"') for line in data[3:].splitlines())
    header, body = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert len(header) == len(body) == len(FINDINGS.fields)
    assert set(body) == {'値"と,改行'}


def test_time_codes() -> None:
    assert (time_code(2024), time_code(None)) == ("2024100000", "***")
    assert time_code(2009, calendar=True) == "2009000000"


# --------------------------------------------------------------------------- values


@pytest.fixture(scope="module")
def settings() -> ReleaseSettings:
    city = Municipality(area_code="35213", name="美祢市", prefecture="山口県")
    return load([packaged_defaults()], city, Publication())


def printed(text: str) -> Printed:
    return Printed(text=text, page=1, box=(1.0, 2.0, 3.0, 4.0), reader="pdfium")


def value(shown: str, **more) -> Value:
    return Value(printed=printed(shown), **more)


def indicator(**more) -> Indicator:
    baseline = value("１０", number=Decimal(10))
    target = value("全員", text="全員")
    actual = value("－", missing="not_available")
    later = value("X", missing="withheld")
    known = {
        "id": "a-1",
        "registered": True,
        "place": Place(goal_number=1, goal="目標"),
        "name": "指標",
        "name_printed": printed("指\n標"),
        "unit": "人",
        "direction": "higher",
        "direction_basis": "declared",
        "cumulative": False,
        "observations": (
            Observation(kind="baseline", fiscal_year=None, value=baseline),
            Observation(kind="target", fiscal_year=2024, value=target),
            Observation(kind="actual", fiscal_year=2024, value=actual),
            Observation(kind="target", fiscal_year=2025, value=later),
        ),
        "baseline": baseline,
        "target": target,
        "actual": actual,
        "next_target": later,
        "page": 1,
        "reader": "pdfium",
    }
    return Indicator(**{**known, **more})


def released(
    settings: ReleaseSettings, findings: tuple[Finding, ...] = (), **more
) -> tuple[dict, list[dict[str, str]]]:
    normalized = Normalized(
        document=Document(sha256="0" * 64, pages=()),
        title="題",
        edition=2025,
        actual_fiscal_year=2024,
        indicators=(indicator(**more),),
        projects=(),
    )
    validated = Validated(findings=findings, recomputed=(), summary=())
    files = run(normalized, validated, settings, area_code="35213", origin=Origin()).files
    data = msgspec.json.decode(files["data.json"])
    text = files["352136_kpi_2025.csv"].decode("utf-8-sig")
    return data["indicators"][0], list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_value_is_a_number_or_carries_its_sign(settings: ReleaseSettings) -> None:
    one, rows = released(settings)
    assert [(row["値区分"], row["指標値"], row["指標値の表記"]) for row in rows] == [
        ("基準値", "10", "10"),
        ("目標値", "***", "全員"),
        ("実績値", "***", "***"),
        ("次期目標値", "X", "X"),
    ]
    assert (one["baseline"], one["target"], one["actual"], one["next_target"]) == (
        "10",
        None,
        None,
        None,
    )
    assert one["missing"] == {"actual": "***", "next_target": "X"}
    assert one["values"][1]["text"] == "全員"


@pytest.mark.parametrize(
    ("doubts", "withheld"),
    [
        ((), set()),
        (("reading.readers-disagree:baseline",), {"基準値"}),
        (("reading.readers-disagree:next_target",), {"次期目標値"}),
        (("reading.leftover-in-table",), {"基準値", "目標値", "実績値", "次期目標値"}),
    ],
)
def test_a_doubt_withholds_what_it_touches(doubts, withheld, settings) -> None:
    one, rows = released(settings, doubts=doubts)
    marked = {row["値区分"] for row in rows if row["指標値"] == "X"} - {"次期目標値"}
    assert marked == withheld - {"次期目標値"}
    assert one["doubts"] == list(doubts)
    assert (one["baseline"] is None) == ("基準値" in withheld)
    if "基準値" in withheld:
        assert one["missing"]["baseline"] == "X"


@pytest.mark.parametrize(
    ("severity", "box", "held"),
    [
        ("blocker", (0.0, 0.0, 9.0, 9.0), True),
        ("error", (0.0, 0.0, 9.0, 9.0), False),
        ("blocker", (3.0, 2.0, 9.0, 4.0), False),
    ],
    ids=["over the cell", "a contradiction", "beside the cell"],
)
def test_a_doubt_about_a_place_withholds_the_values_there(severity, box, held, settings) -> None:
    found = Finding(
        rule="reading.leftover-in-table",
        key="k",
        severity=severity,
        subject="",
        page=1,
        box=box,
    )
    one, rows = released(settings, findings=(found,))
    assert (rows[0]["指標値"] == "X") is held
    assert one["doubts"] == (["reading.leftover-in-table"] if held else [])


def test_the_long_table_is_typed_as_its_dictionary_says(settings: ReleaseSettings) -> None:
    _, rows = released(settings)
    for row in rows:
        for field in LONG.fields:
            text = row[field.header]
            assert text != ""
            if field.type in ("number", "integer"):
                assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?|\*\*\*|X", text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Value(printed=printed("80"), number=Decimal(80)), ("80", None, "80")),
        (
            Value(printed=printed("95%以上"), number=Decimal(95), bound="at_least"),
            ("95", None, "95%以上"),
        ),
        (
            Value(printed=printed("80～85"), number=Decimal(80), upper=Decimal(85)),
            (None, "***", "80〜85"),
        ),
        (
            Value(printed=printed("66.4～66.\n9"), number=Decimal("66.4"), upper=Decimal("66.9")),
            (None, "***", "66.4〜66.9"),
        ),
        (
            Value(printed=printed("593.4～593.\n9 ha"), number=Decimal(593), upper=Decimal(594)),
            (None, "***", "593.4〜593.9 ha"),
        ),
        (Value(printed=printed("全員"), text="全員"), (None, "***", "全員")),
        (Value(printed=printed("－"), missing="not_available"), (None, "***", "***")),
    ],
)
def test_a_number_is_released_only_where_the_value_is_one_number(
    value: Value, shown: object
) -> None:
    assert shown_value(value, {}, held=False) == shown
    assert shown_value(value, {}, held=True) == (None, "X", "X")
