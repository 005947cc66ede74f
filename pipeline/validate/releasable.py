"""Whether the texts can be released as they are: the notation rules for open data."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Normalized
from pipeline.validate.findings import finding

_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A field that begins so becomes a formula in a spreadsheet, in quotes or not."""


def check_releasable(normalized: Normalized) -> Iterator[Finding]:
    """Names that a spreadsheet would take for formulas; nothing is changed in them."""
    for indicator in normalized.indicators:
        for text in (indicator.name, indicator.unit, indicator.note):
            if _is_live(text):
                printed = indicator.name_printed
                yield finding(
                    "release.formula",
                    indicator.name,
                    printed=text,
                    page=printed.page,
                    box=printed.box,
                    parameters={"id": indicator.id},
                )
    for project in normalized.projects:
        for text in (project.name, project.summary):
            if _is_live(text):
                where = project.name_printed
                yield finding(
                    "release.formula", project.name, printed=text, page=where.page, box=where.box
                )


def _is_live(text: str) -> bool:
    return len(text) > 1 and text.startswith(_LIVE)
