"""Bring the Japanese messages up to date with the code and compile them.

Message ids that the code no longer has are dropped; new ones are added without a translation and
named, so that somebody writes it.  Exit status 1 while one is missing.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from pipeline import __version__

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from hatch_build import compile_catalogue  # noqa: E402

_FIXED = datetime(2025, 4, 1, tzinfo=UTC)
"""The same messages give the same bytes, whenever they are compiled."""
PO = ROOT / "pipeline" / "locale" / "ja" / "LC_MESSAGES" / "shihyo.po"


def code_messages() -> Catalog:
    """All message ids of the package, sorted."""
    catalog = Catalog(project="shihyo", version="", fuzzy=False)
    for name, _, text, _, _ in extract_from_dir(
        ROOT / "pipeline", keywords={"N_": None, "NN_": (1, 2)}
    ):
        catalog.add(text, locations=[(f"pipeline/{name}", 0)])
    return catalog


def updated(code: Catalog) -> Catalog:
    """The catalogue on disk with exactly the ids of the code."""
    with PO.open("rb") as stream:
        old = read_po(stream, locale="ja")
    new = Catalog(
        locale="ja",
        project="shihyo",
        version=__version__,
        last_translator="The Shihyo maintainers",
        language_team="ja",
        msgid_bugs_address="-",
        creation_date=_FIXED,
        revision_date=_FIXED,
        fuzzy=False,
    )
    new.header_comment = "# Japanese messages of Shihyo."
    for message in sorted(code, key=lambda entry: str(entry.id)):
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known else "", locations=message.locations)
    return new


def _told(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def main() -> int:
    """Update, compile, and report what is missing."""
    catalog = updated(code_messages())
    with PO.open("wb") as stream:
        write_po(stream, catalog, width=100, omit_header=False, include_lineno=False)
    compile_catalogue(ROOT)
    missing = [str(message.id) for message in catalog if message.id and not _told(message.string)]
    for text in missing:
        print(f"no translation: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
