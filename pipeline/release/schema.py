"""The JSON Schema of ``data.json``: what a programmer may rely on within one format version."""

from __future__ import annotations

from typing import Any

from pipeline.release.dictionary import FORMAT_VERSION, SIGNS

_NUMBER = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_WHOLE = {"type": ["integer", "null"]}
_PAGE = {"type": "integer", "minimum": 1}
_BOX = {"type": ["array", "null"], "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
_SIGN = {"enum": [*SIGNS, None]}
_COUNTS = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
_CLAIMS = {"type": "object", "additionalProperties": _TEXT}
_FLAG = {"type": "boolean"}


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    """An object whose members are all there; a later version may add others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_VALUE = _object(
    {
        "kind": {"enum": ["baseline", "target", "actual", "rate"]},
        "fiscal_year": _WHOLE,
        "time_code": {"type": "string", "pattern": r"^([0-9]{4}[01]00000|\*\*\*)$"},
        "part": _MAYBE,
        "unit": _TEXT,
        "value": _NUMBER,
        "missing": _SIGN,
        "missing_reason": _MAYBE,
        "text": _MAYBE,
        "lower": _NUMBER,
        "upper": _NUMBER,
        "bound": {"enum": ["at_least", "at_most", "more_than", "less_than", None]},
        "approximate": _FLAG,
        "printed": _TEXT,
        "page": _PAGE,
        "box": _BOX,
    }
)
_INDICATOR = _object(
    {
        "id": _TEXT,
        "goal_number": _WHOLE,
        "goal": _TEXT,
        "policy_number": _WHOLE,
        "policy": _TEXT,
        "name": _TEXT,
        "unit": _TEXT,
        "direction": {"enum": ["higher", "lower", "unknown"]},
        "direction_basis": _TEXT,
        "cumulative": _FLAG,
        "values": _list(_VALUE),
        "baseline": _NUMBER,
        "target": _NUMBER,
        "actual": _NUMBER,
        "next_target": _NUMBER,
        "missing": {"type": "object", "additionalProperties": {"enum": list(SIGNS)}},
        "status_published": _MAYBE,
        "status_recomputed": _MAYBE,
        "note": _TEXT,
        "page": _PAGE,
        "reader": _TEXT,
        "doubts": _list(_TEXT),
    }
)
_PROJECT = _object(
    {
        "goal_number": _WHOLE,
        "policy_number": _WHOLE,
        "name": _TEXT,
        "departments": _list(_TEXT),
        "summary": _TEXT,
        "highlighted": _FLAG,
        "repeated": _FLAG,
        "page": _PAGE,
    }
)
_GROUP = _object(
    {
        "goal_number": _WHOLE,
        "counts_printed": _CLAIMS,
        "percent_printed": _CLAIMS,
        "counts_published": _COUNTS,
        "counts_recomputed": _COUNTS,
    },
    "counts_printed",
    "percent_printed",
)
_FINDING = _object(
    {
        "rule": _TEXT,
        "key": _TEXT,
        "severity": {"enum": ["blocker", "error", "warning", "info"]},
        "subject": _TEXT,
        "page": _WHOLE,
        "box": _BOX,
        "printed": _MAYBE,
        "expected": _MAYBE,
        "message_ja": _TEXT,
        "message_en": _TEXT,
    }
)
_DOCUMENT = _object(
    {
        "title": _TEXT,
        "publisher": _TEXT,
        "area_code": {"type": "string", "pattern": "^[0-9]{5}$"},
        "local_government_code": {"type": "string", "pattern": "^[0-9]{6}$"},
        "edition": {"type": "integer"},
        "actual_fiscal_year": {"type": "integer"},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "pages": {"type": "integer", "minimum": 0},
    }
)
_LICENCE = {"anyOf": [{"type": "null"}, _object({"id": _MAYBE, "title": _TEXT, "url": _MAYBE})]}
_DATASET = _object(
    {
        "id": _TEXT,
        "title": _TEXT,
        "description": _MAYBE,
        "licence": _LICENCE,
        "publisher_url": _MAYBE,
        "contact_name": _MAYBE,
        "contact_email": _MAYBE,
        "landing_page": _MAYBE,
        "source_url": _MAYBE,
        "keywords": _list(_TEXT),
        "release_date": _MAYBE,
        "update_frequency": _MAYBE,
        "period": _TEXT,
        "open_doubts": {"type": "integer", "minimum": 0},
    }
)


def data_schema() -> dict[str, Any]:
    """The schema, with the format version that it describes."""
    major = FORMAT_VERSION.partition(".")[0]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"data.json of format {FORMAT_VERSION}",
        **_object(
            {
                "format_version": {"type": "string", "pattern": rf"^{major}\.[0-9]+$"},
                "document": _DOCUMENT,
                "dataset": _DATASET,
                "indicators": _list(_INDICATOR),
                "projects": _list(_PROJECT),
                "summary": _object({"groups": _list(_GROUP)}),
                "legend": _list({"type": "object", "additionalProperties": _TEXT}),
                "findings": _list(_FINDING),
            }
        ),
    }
