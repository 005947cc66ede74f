"""The values in the shape of the e-Stat API 3.0, as static files, and their CSV form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.release.content import Content, json_bytes
from pipeline.release.dictionary import KINDS_JA, LONG, NOT_AVAILABLE, SIGNS, WHOLE
from pipeline.release.tables import Row

UNDATED = "0000000000"
"""Time code of a value whose year the document does not print."""
_UNDATED_JA = "資料に記載なし"
_HEADINGS = (
    *("tab_code", "表章項目", "cat01_code", "指標", "cat02_code", "内訳"),
    *("area_code", "地域", "time_code", "時間軸(年度次)", "unit", "value"),
)
_OK = {"STATUS": 0, "ERROR_MSG": "正常に終了しました。"}


def estat(content: Content) -> dict[str, bytes]:
    """File name → bytes."""
    rows = content.rows(LONG)
    classes, table = _classes(content, rows), _table(content, len(rows))
    about = content.metadata
    result = {"RESULT": {**_OK, "DATE": f"{about.dated}T00:00:00.000+09:00"}}
    asked = {"LANG": "J", "STATS_DATA_ID": _table_id(content), "DATA_FORMAT": "J"}
    found = {"TOTAL_NUMBER": len(rows), "FROM_NUMBER": 1, "TO_NUMBER": len(rows)}
    data = {
        "GET_STATS_DATA": {
            **result,
            "PARAMETER": {**asked, "START_POSITION": 1, "METAGET_FLG": "Y"},
            "STATISTICAL_DATA": {
                "RESULT_INF": found,
                "TABLE_INF": table,
                "CLASS_INF": {"CLASS_OBJ": classes},
                "DATA_INF": {"NOTE": _notes(), "VALUE": list(_values(content, rows))},
            },
        }
    }
    meta = {
        "GET_META_INFO": {
            **result,
            "PARAMETER": asked,
            "METADATA_INF": {"TABLE_INF": table, "CLASS_INF": {"CLASS_OBJ": classes}},
        }
    }
    one = {"NUMBER": 1, "RESULT_INF": {"FROM_NUMBER": 1, "TO_NUMBER": 1}, "TABLE_INF": [table]}
    listed = {
        "GET_STATS_LIST": {
            **result,
            "PARAMETER": {"LANG": "J", "DATA_FORMAT": "J"},
            "DATALIST_INF": one,
        }
    }
    return {
        "estat/getStatsData.json": json_bytes(data),
        "estat/getMetaInfo.json": json_bytes(meta),
        "estat/getStatsList.json": json_bytes(listed),
        "estat/getSimpleStatsData.csv": _simple(content, rows),
    }


def _table_id(content: Content) -> str:
    """Ten digits: the municipality's code and the edition."""
    return f"{content.metadata.code}{content.metadata.edition:04d}"


def _table(content: Content, total: int) -> dict[str, Any]:
    about = content.metadata
    dated = about.release_date or about.published or NOT_AVAILABLE
    name = about.document_title or NOT_AVAILABLE
    return {
        "@id": _table_id(content),
        "STAT_NAME": {"@code": f"{about.code}00", "$": name},
        "GOV_ORG": {"@code": about.area_code, "$": about.publisher or NOT_AVAILABLE},
        "STATISTICS_NAME": name,
        "TITLE": {"@no": "1", "$": LONG.title_ja},
        "CYCLE": "年度次",
        "SURVEY_DATE": f"{about.actual_fiscal_year}04-{about.actual_fiscal_year + 1}03",
        "OPEN_DATE": dated,
        "SMALL_AREA": 0,
        "COLLECT_AREA": "市区町村",
        "MAIN_CATEGORY": {"@code": "99", "$": "その他"},
        "SUB_CATEGORY": {"@code": "99", "$": "その他"},
        "OVERALL_TOTAL_NUMBER": total,
        "UPDATED_DATE": dated,
        "STATISTICS_NAME_SPEC": {"TABULATION_CATEGORY": name},
        "DESCRIPTION": about.description,
        "TITLE_SPEC": {"TABLE_NAME": LONG.title_ja},
    }


def _notes() -> list[dict[str, str]]:
    return [{"@char": sign, "$": japanese} for sign, (japanese, _) in SIGNS.items()]


def _parts(rows: Iterable[Row]) -> dict[str, str]:
    """Part → its code, in the order in which they come."""
    names = dict.fromkeys([WHOLE, *(row["part"] for row in rows)])
    return {name: f"{place:03d}" for place, name in enumerate(names)}


def _kinds() -> dict[str, str]:
    return {name: f"{place:02d}" for place, name in enumerate(KINDS_JA.values(), start=1)}


def _time_code(row: Row) -> str:
    return UNDATED if row["time_code"] == NOT_AVAILABLE else row["time_code"]


def _time_name(code: str) -> str:
    if code == UNDATED:
        return _UNDATED_JA
    return f"{code[:4]}年度" if code[4] == "1" else f"{code[:4]}年"


def _classes(content: Content, rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    indicators = {row["id"]: row for row in rows}
    times = sorted({_time_code(row) for row in rows})
    area = {"@code": content.metadata.area_code, "@name": content.metadata.municipality}
    return [
        _class("tab", "表章項目", ({"@code": c, "@name": n} for n, c in _kinds().items())),
        _class(
            "cat01",
            "指標",
            (
                {"@code": code, "@name": row["name"], "@unit": row["unit"]}
                for code, row in indicators.items()
            ),
        ),
        _class("cat02", "内訳", ({"@code": c, "@name": n} for n, c in _parts(rows).items())),
        _class("area", "地域", [area]),
        _class("time", "時間軸(年度次)", ({"@code": t, "@name": _time_name(t)} for t in times)),
    ]


def _class(identifier: str, name: str, members: Iterable[dict[str, str]]) -> dict[str, Any]:
    return {"@id": identifier, "@name": name, "CLASS": [m | {"@level": "1"} for m in members]}


def _values(content: Content, rows: tuple[Row, ...]) -> Iterator[dict[str, str]]:
    kinds, parts, area = _kinds(), _parts(rows), content.metadata.area_code
    for row in rows:
        yield {
            "@tab": kinds[row["kind"]],
            "@cat01": row["id"],
            "@cat02": parts[row["part"]],
            "@area": area,
            "@time": _time_code(row),
            "@unit": row["unit"],
            "$": row["value"],
        }


def _simple(content: Content, rows: tuple[Row, ...]) -> bytes:
    """Sections of names and values, then the table, every field quoted."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(_head(content, len(rows)))
    kinds, parts, about = _kinds(), _parts(rows), content.metadata
    writer.writerow(["VALUE"])
    writer.writerow(_HEADINGS)
    for row in rows:
        code = _time_code(row)
        cells = (
            *(kinds[row["kind"]], row["kind"], row["id"], row["name"]),
            *(parts[row["part"]], row["part"], about.area_code, about.municipality),
            *(code, _time_name(code), row["unit"], row["value"]),
        )
        writer.writerow(cells)
    return stream.getvalue().encode("utf-8-sig")


def _head(content: Content, total: int) -> Iterator[list[str]]:
    about, table = content.metadata, _table(content, total)
    yield ["RESULT"]
    yield ["STATUS", "0"]
    yield ["ERROR_MSG", "正常に終了しました。"]
    yield ["DATE", f"{about.dated}T00:00:00.000+09:00"]
    yield ["RESULT_INF"]
    yield ["TOTAL_NUMBER", str(total)]
    yield ["FROM_NUMBER", "1"]
    yield ["TO_NUMBER", str(total)]
    yield ["TABLE_INF"]
    yield ["TABLE_ID", table["@id"]]
    yield ["STAT_NAME", table["STAT_NAME"]["@code"], table["STAT_NAME"]["$"]]
    yield ["GOV_ORG", table["GOV_ORG"]["@code"], table["GOV_ORG"]["$"]]
    yield ["TITLE", table["TITLE"]["@no"], table["TITLE"]["$"]]
    yield ["CYCLE", table["CYCLE"]]
    yield ["SURVEY_DATE", table["SURVEY_DATE"]]
    yield ["NOTE"]
    yield from ([note["@char"], note["$"]] for note in _notes())
