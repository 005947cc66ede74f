"""The values of all published documents as one table: Parquet, by prefecture and fiscal year.

Every row is one value that one edition prints.  The table lies under ``table/`` of a destination
as ``prefecture=35/fiscal_year=2024/values.parquet``, so that DuckDB, pandas and others read it as
it lies; figures are texts with the printed precision (``value``) and decimals (``number``).
Files are sorted and written whole, so that the same releases give the same bytes.
"""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from pipeline.batch.stores import Store
from pipeline.errors import UsageError
from pipeline.messages import N_

FOLDER = "table"
NO_YEAR = 0
"""The partition of values whose year is not printed."""
_OF_VALUE = (
    "kind",
    "part",
    "value",
    "text",
    "lower",
    "upper",
    "bound",
    "missing",
    "missing_reason",
    "unit",
    "printed",
)
_TEXTS = (
    "area_code",
    "municipality",
    "indicator_id",
    "name",
    "direction",
    "status_published",
    "status_recomputed",
    "goal",
    "policy",
    "doubts",
    "source_sha256",
    *_OF_VALUE,
)
"""The columns that are texts; ``number``, ``edition``, ``page`` and ``box`` follow."""


def rows_of(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a value of a release's ``data.json``."""
    document = data["document"]
    for indicator in data["indicators"]:
        for value in indicator["values"]:
            number = value["value"]
            yield {
                "area_code": document["area_code"],
                "municipality": document["publisher"],
                "edition": document["edition"],
                "indicator_id": indicator["id"],
                "name": indicator["name"],
                "direction": indicator["direction"],
                "status_published": indicator["status_published"],
                "status_recomputed": indicator["status_recomputed"],
                "goal": indicator["goal"],
                "policy": indicator["policy"],
                "doubts": " ".join(indicator["doubts"]) or None,
                "source_sha256": document["sha256"],
                "fiscal_year": value["fiscal_year"],
                "number": None if number is None else Decimal(number),
                **{name: value[name] for name in (*_OF_VALUE, "page", "box")},
            }


def bring_up_to_date(destination: Store, prefectures: Iterable[str]) -> list[str]:
    """Write the partitions of some prefectures (two digits) anew; gives the files written.

    Raises :class:`UsageError` where pyarrow is not installed.
    """
    arrow = _arrow()
    of_prefecture: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for area, edition in sorted(destination.markers()):
        of_prefecture[area[:2]].append((area, edition))
    written: list[str] = []
    for prefecture in sorted(set(prefectures)):
        by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for area, edition in of_prefecture[prefecture]:
            marker = destination.published(area, edition)
            if marker is None:
                continue
            data = json.loads(destination.read(f"{marker['folder']}/data.json"))
            for row in rows_of(data):
                by_year[row.pop("fiscal_year") or NO_YEAR].append(row)
        for year, rows in sorted(by_year.items()):
            name = f"{FOLDER}/prefecture={prefecture}/fiscal_year={year}/values.parquet"
            destination.write(name, _parquet(arrow, rows))
            written.append(name)
        destination.keep_only(f"{FOLDER}/prefecture={prefecture}", written)
    return written


def _arrow() -> Any:
    try:
        import pyarrow  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(
            N_("The part of Shihyo that writes the table of all values is not installed."),
            advice=N_("Install it with: pip install 'shihyo[table]', or give --no-table."),
        ) from error
    return pyarrow


def _parquet(arrow: Any, rows: list[dict[str, Any]]) -> bytes:
    schema = arrow.schema(
        [
            *((name, arrow.string()) for name in _TEXTS),
            ("number", arrow.decimal128(38, 10)),
            ("edition", arrow.int32()),
            ("page", arrow.int32()),
            ("box", arrow.list_(arrow.float64())),
        ]
    )
    stream = io.BytesIO()
    table = arrow.Table.from_pylist(rows, schema=schema)
    arrow.parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()
