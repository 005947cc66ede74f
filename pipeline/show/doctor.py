"""What ``shihyo doctor`` found, in words or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.desk.doctor import Check
from pipeline.messages import Language, translate

_MARKS = {"good": "✓", "note": "・", "bad": "✗"}


def doctor_text(found: Sequence[Check], language: Language) -> str:
    """One line a check."""
    return "\n".join(
        f"{_MARKS[one.verdict]} {translate(one.text, language, **one.parameters)}" for one in found
    )


def doctor_json(found: Sequence[Check]) -> str:
    """The checks with their words in both languages."""
    content = [
        {
            "name": one.name,
            "verdict": one.verdict,
            "message_ja": translate(one.text, "ja", **one.parameters),
            "message_en": translate(one.text, "en", **one.parameters),
        }
        for one in found
    ]
    return msgspec.json.format(msgspec.json.encode({"checks": content}), indent=2).decode()
