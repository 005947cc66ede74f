"""One catalogue of messages in two languages (gettext).

Message ids are English sentences marked with :func:`N_`; the Japanese ones stand in
``locale/ja/LC_MESSAGES/shihyo.po``.  ``make messages`` compiles it; a test fails on a missing
or mismatched translation.
"""

from __future__ import annotations

import gettext
import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["ja", "en"]

DOMAIN = "shihyo"
LOCALE = Path(__file__).with_name("locale")


def N_(message: str) -> str:
    """Mark a message id for extraction; it is translated where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark a message id with a plural for extraction."""
    return one, many


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, languages=[language])


def texts_digest() -> str:
    """The digest of the translations: released findings carry their texts."""
    compiled = sorted(LOCALE.rglob("*.mo"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in compiled)).hexdigest()


class _Parameters(dict[str, object]):
    """Leaves a placeholder visible rather than failing while an error is being shown."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def translate(message: str, language: Language, **parameters: object) -> str:
    """Render a message id in a language, with its placeholders filled."""
    text = _catalogue(language).gettext(message) if message else ""
    return text.format_map(_Parameters(parameters)) if parameters else text
