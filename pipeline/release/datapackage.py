"""``datapackage.json`` (Data Package v2) and the CSVW metadata of each CSV, from the dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from pipeline.release.content import Content
from pipeline.release.dictionary import FORMAT_VERSION, SIGNS, TABLES, TEXT, Field
from pipeline.release.metadata import Metadata
from pipeline.release.tables import Table

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "ja"}]


def datapackage(content: Content, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor.  ``files``: the bytes of the CSV files, for size and digest."""
    about = content.metadata
    present = {table.spec.name for table in content.tables}
    return _without_empty(
        {
            "$schema": _PROFILE,
            "name": about.dataset_id,
            "title": about.title,
            "description": about.description,
            "version": f"{about.edition}.{FORMAT_VERSION}",
            "format_version": FORMAT_VERSION,
            "created": about.release_date and f"{about.release_date}T00:00:00+09:00",
            "homepage": about.landing_page,
            "licenses": _licences(about),
            "sources": sources(about),
            "contributors": list(_contributors(about)),
            "keywords": list(about.keywords),
            "temporal": about.period,
            "update_frequency": about.update_frequency,
            "open_doubts": about.doubts,
            "resources": [_resource(table, files[table.file], present) for table in content.tables],
        }
    )


def _without_empty(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in ("", [], None)}


def _licences(about: Metadata) -> list[dict[str, str]]:
    licence = about.licence
    if licence is None or not (licence.id or licence.url):
        return []
    named = {"name": licence.id, "title": licence.title, "path": licence.url}
    return [_without_empty(named)]


def sources(about: Metadata) -> list[dict[str, Any]]:
    """The paper that a dataset was read from."""
    source = {"title": about.document_title, "path": about.source_url}
    return [_without_empty(source | {"hash": f"sha256:{about.sha256}"})]


def _contributors(about: Metadata) -> Iterator[dict[str, Any]]:
    if about.publisher:
        publisher = {"title": about.publisher, "path": about.publisher_url}
        yield _without_empty(publisher | {"roles": ["publisher"]})
    if about.contact_name or about.contact_email:
        contact = {"title": about.contact_name, "email": about.contact_email}
        yield _without_empty(contact | {"roles": ["contactPoint"]})


def _resource(table: Table, data: bytes, present: set[str]) -> dict[str, Any]:
    return {
        "name": table.spec.name,
        "path": table.file,
        "title": table.spec.title_ja,
        "description": table.spec.title,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "lineTerminator": "\r\n", "header": True},
        "schema": _schema(table, present),
    }


def _schema(table: Table, present: set[str]) -> dict[str, Any]:
    spec = table.spec
    schema: dict[str, Any] = {
        "fields": [_field(field, unique=(field.name,) == spec.key) for field in spec.fields],
        "primaryKey": [_header(table, name) for name in spec.key],
        "missingValues": [""],
    }
    foreign = [_foreign_key(table, name, other) for name, other in spec.of if other in present]
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _header(table: Table, name: str) -> str:
    return next(field.header for field in table.spec.fields if field.name == name)


def _foreign_key(table: Table, name: str, other: str) -> dict[str, Any]:
    target = next(spec for spec in TABLES if spec.name == other)
    header = next(field.header for field in target.fields if field.name == target.key[0])
    reference = {"resource": other, "fields": [header]}
    return {"fields": [_header(table, name)], "reference": reference}


def _field(field: Field, *, unique: bool) -> dict[str, Any]:
    """One column.  In text columns a sign is a word of its own; elsewhere it is a missing value."""
    made: dict[str, Any] = {
        "name": field.header,
        "title": field.name,
        "description": f"{field.description_ja} / {field.description}",
        "type": field.type,
    }
    constraints: dict[str, Any] = {}
    if field.type == "boolean":
        made |= {"trueValues": ["1"], "falseValues": ["0"]}
    if field.type == "string":
        constraints["pattern"] = field.pattern or TEXT
    elif field.signs:
        made["missingValues"] = [_meaning(sign) for sign in field.signs]
    if field.words:
        constraints["enum"] = list(dict.fromkeys((*field.words, *field.signs)))
    if field.type == "string" or not field.signs:
        constraints["required"] = True
    return made | {"constraints": constraints | ({"unique": True} if unique else {})}


def _meaning(sign: str) -> dict[str, str]:
    return {"value": sign, "label": " / ".join(SIGNS[sign])}


# --------------------------------------------------------------------------- CSVW


def csvw(content: Content, table: Table) -> dict[str, Any]:
    """The metadata of one CSV file (W3C CSV on the Web)."""
    about, spec = content.metadata, table.spec
    notes = {
        "dc:title": {"@value": f"{about.title} {spec.title_ja}", "@language": "ja"},
        "dc:publisher": about.publisher,
        "dc:license": {"@id": about.licence.url} if about.licence and about.licence.url else "",
        "dc:hasVersion": FORMAT_VERSION,
    }
    return {
        "@context": _CONTEXT,
        "url": table.file,
        **_without_empty(notes),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"'},
        "tableSchema": {
            "columns": [_column(field) for field in spec.fields],
            "primaryKey": list(spec.key),
        },
    }


def _column(field: Field) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.header,
        "dc:description": {"@value": field.description_ja, "@language": "ja"},
        "required": field.type == "string" or not field.signs,
    }
    if field.type == "string":
        words = "|".join(map(re.escape, dict.fromkeys((*field.words, *field.signs))))
        pattern = words if field.words else field.pattern or TEXT
        column["datatype"] = {"base": "string", "format": pattern}
        return column
    column["datatype"] = {
        "integer": "integer",
        "number": "decimal",
        "boolean": {"base": "boolean", "format": "1|0"},
    }[field.type]
    return column | ({"null": list(field.signs)} if field.signs else {})
