"""What ``shihyo doctor`` found, in words or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.desk.doctor import Check
from pipeline.messages import Language, translate

_MARKS = {"good": "✓", "note": "・", "bad": "✗"}


def doctor_text(found: Sequence[Check], language: Language) -> str:
    """One line a check; what is bad about a file or folder begins with it."""
    return "\n".join(f"{_MARKS[one.verdict]} {_words(one, language)}" for one in found)


def _words(one: Check, language: Language) -> str:
    file = one.parameters.get("file")
    words = translate(one.text, language, **one.parameters)
    return f"{file}: {words}" if one.verdict == "bad" and file else words


def doctor_json(found: Sequence[Check]) -> str:
    """The checks with their words in both languages."""
    content = [
        {
            "name": one.name,
            "verdict": one.verdict,
            "message_ja": _words(one, "ja"),
            "message_en": _words(one, "en"),
        }
        for one in found
    ]
    return msgspec.json.format(msgspec.json.encode({"checks": content}), indent=2).decode()
