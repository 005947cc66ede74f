"""Whose document it is and of which edition, from the document itself; in doubt: not known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.eras import find_years
from pipeline.model import Assembled, Extracted
from pipeline.settings.profile import load_profile
from pipeline.text import match_key

_FRONT = 2
"""Pages from the front on which a document names its municipality."""


def area_of(extracted: Extracted, schemas: Path) -> str | None:
    """The area code of the one profile whose municipality the document names.

    The front pages and the metadata are searched for the names of all profiles below
    ``schemas``; ``None`` when none or several are named equally often.
    """
    text = match_key(
        "\n".join(
            [
                extracted.document.title,
                extracted.document.author,
                *(line.text for line in extracted.lines if line.page <= _FRONT),
            ]
        )
    )
    named: Counter[str] = Counter()
    for path in sorted(schemas.glob("*/profile.toml")):
        municipality = load_profile(path.parent).municipality
        named[municipality.area_code] = text.count(match_key(municipality.name))
    ranked = [entry for entry in named.most_common(2) if entry[1]]
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def edition_of(assembled: Assembled) -> int | None:
    """The fiscal year that the document is about to begin: one after its latest actuals.

    The title may name that year or the year of the actuals; a title that names another one, or
    a document without either, gives ``None``.
    """
    actual = {
        year.fiscal_year
        for row in assembled.indicators
        for entry in row.entries
        if entry.kind == "actual"
        for year in find_years(entry.header)
    }
    title = assembled.title.text if assembled.title else ""
    titled = {year.fiscal_year for year in find_years(title)}
    if actual:
        edition = max(actual) + 1
        return edition if not titled or titled & {edition, edition - 1} else None
    return max(titled) if len(titled) == 1 else None
