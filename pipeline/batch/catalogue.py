"""What a destination holds: a catalogue as JSON, as CSV, and as DCAT for portals."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from pipeline.batch.stores import Store

_COLUMNS = (
    "area_code",
    "local_government_code",
    "municipality",
    "edition",
    "title",
    "indicators",
    "doubts",
    "contradictions",
    "folder",
    "source",
)
_DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def bring_up_to_date(destination: Store) -> list[dict[str, Any]]:
    """Write ``catalogue.json``, ``.csv``, ``.jsonld``; gives the entries, by area and edition."""
    entries = [
        marker
        for area, edition in sorted(destination.markers())
        if (marker := destination.published(area, edition)) is not None
    ]
    rows = [{name: entry[name] for name in _COLUMNS} for entry in entries]
    destination.write("catalogue.json", _json({"documents": rows}))
    destination.write("catalogue.csv", _csv(rows))
    destination.write("catalogue.jsonld", _json(dcat(rows)))
    return entries


def dcat(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The catalogue in DCAT 3, as JSON-LD: one dataset a document."""
    return {
        "@context": _DCAT,
        "@type": "dcat:Catalog",
        "dct:title": {"@value": "総合計画の指標", "@language": "ja"},
        "dcat:dataset": [
            {
                "@type": "dcat:Dataset",
                "@id": f"urn:shihyo:{row['local_government_code']}:kpi:{row['edition']}",
                "dct:identifier": f"{row['local_government_code']}-kpi-{row['edition']}",
                "dct:title": {"@value": row["title"], "@language": "ja"},
                "dct:publisher": {"@type": "foaf:Organization", "foaf:name": row["municipality"]},
                "dct:temporal": str(row["edition"]),
                "dcat:distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "dct:title": name,
                        "dcat:accessURL": {"@id": f"{row['folder']}/{name}"},
                        "dcat:mediaType": media,
                    }
                    for name, media in (
                        ("data.json", "application/json"),
                        ("datapackage.json", "application/json"),
                    )
                ],
            }
            for row in rows
        ],
    }


def _json(content: Any) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def _csv(rows: list[dict[str, Any]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
