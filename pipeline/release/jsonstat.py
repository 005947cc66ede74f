"""``kpi.json-stat.json``: the values as one JSON-stat 2.0 cube, for charting clients."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import Any

from pipeline.release.content import Content, number
from pipeline.release.dictionary import (
    FORMAT_VERSION,
    KIND,
    KINDS_JA,
    LONG,
    NOT_AVAILABLE,
    PART,
    SIGNS,
    WHOLE,
)
from pipeline.release.tables import Row

_UNDATED = "undated"


def jsonstat(content: Content) -> dict[str, Any]:
    """The cube: indicator × kind × time × part × area; ``value`` and ``status`` by index."""
    about, rows = content.metadata, content.rows(LONG)
    members = {
        "indicator": list(dict.fromkeys(row["id"] for row in rows)),
        "kind": [kind for kind, name in KINDS_JA.items() if any(r["kind"] == name for r in rows)],
        "time": sorted({_time(row) for row in rows}),
        "part": list(dict.fromkeys(row["part"] for row in rows)),
        "area": [about.area_code],
    }
    places = {name: {code: at for at, code in enumerate(codes)} for name, codes in members.items()}
    sizes = [len(codes) for codes in members.values()]
    steps = [prod(sizes[at + 1 :]) for at in range(len(sizes))]
    value: dict[str, Any] = {}
    status: dict[str, str] = {}
    for row in rows:
        where = (row["id"], _KINDS[row["kind"]], _time(row), row["part"], about.area_code)
        index = sum(
            step * places[name][code] for step, name, code in zip(steps, places, where, strict=True)
        )
        figure = number(row["value"])
        if figure is None:
            status[str(index)] = row["value"]
        value[str(index)] = figure
    named = {
        "indicator": ("指標", {row["id"]: row["name"] for row in rows}),
        "kind": (KIND.header, {kind: KINDS_JA[kind] for kind in members["kind"]}),
        "time": ("時間軸", {code: _time_name(code) for code in members["time"]}),
        "part": (PART.header, {part: part for part in members["part"]}),
        "area": ("地域", {about.area_code: about.municipality or about.area_code}),
    }
    dimension: dict[str, Any] = {
        name: {"label": label, "category": {"index": members[name], "label": labels}}
        for name, (label, labels) in named.items()
    }
    dimension["indicator"]["category"]["unit"] = _units(rows)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": about.title or about.dataset_id,
        "source": about.publisher or about.dataset_id,
        "updated": about.dated,
        "id": list(members),
        "size": sizes,
        "role": {"time": ["time"], "geo": ["area"], "metric": ["indicator"]},
        "dimension": dimension,
        "value": value,
        "status": status,
        "note": [f"{sign}: {japanese} / {english}" for sign, (japanese, english) in SIGNS.items()],
        "extension": {"format_version": FORMAT_VERSION, "dataset": about.described()},
    }


_KINDS = {name: kind for kind, name in KINDS_JA.items()}


def _time(row: Row) -> str:
    return _UNDATED if row["time_code"] == NOT_AVAILABLE else row["time_code"]


def _time_name(code: str) -> str:
    if code == _UNDATED:
        return "資料に記載なし"
    return f"{code[:4]}年度" if code[4] == "1" else f"{code[:4]}年"


def _units(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Indicator → its unit and most printed decimals; a part may have a unit of its own."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["kind"] == KINDS_JA["rate"] or row["part"] != WHOLE or row["unit"] == NOT_AVAILABLE:
            continue
        unit = found.setdefault(row["id"], {"label": row["unit"], "decimals": 0})
        unit["decimals"] = max(unit["decimals"], len(row["value"].partition(".")[2]))
    return found
