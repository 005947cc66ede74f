"""Whether the texts can be released as they are: the notation rules for open data."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Normalized
from pipeline.notation.formula import runs_as_formula
from pipeline.validate.findings import finding


def check_releasable(normalized: Normalized) -> Iterator[Finding]:
    """Texts that a spreadsheet would run as formulas; only they are held back, nothing else."""
    for indicator in normalized.indicators:
        printed = indicator.name_printed
        for text in (indicator.name, indicator.unit, indicator.note, indicator.status or ""):
            if runs_as_formula(text):
                yield finding(
                    "release.formula",
                    indicator.name,
                    printed=text,
                    page=printed.page,
                    box=printed.box,
                    parameters={"id": indicator.id},
                )
        for seen in indicator.observations:
            if runs_as_formula(seen.value.text or ""):
                yield finding("release.formula", indicator.name, printed=seen.value.printed)
    for project in normalized.projects:
        for text in (project.name, project.summary, *project.departments):
            if runs_as_formula(text):
                where = project.name_printed
                yield finding(
                    "release.formula", project.name, printed=text, page=where.page, box=where.box
                )
