"""Findings as they wait for a decision: what is printed, what was read, what can be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.desk.choices import choices, label_of
from pipeline.japanese.text import spelled_out
from pipeline.messages import N_, Language, translate
from pipeline.model import Finding
from pipeline.settings.decisions import ROLES
from pipeline.validate.catalogue import message, rule_of


def open_text(findings: Sequence[Finding], language: Language) -> str:
    """The findings with their keys and the choices of each."""
    if not findings:
        return translate(N_("Nothing is open."), language)
    return spelled_out("\n".join(line for found in findings for line in _lines(found, language)))


def _lines(found: Finding, language: Language) -> Iterator[str]:
    title = translate(rule_of(found.rule).title, language)
    place = translate(N_("[p. {page}] "), language, page=found.page) if found.page else ""
    yield f"■ {found.key}  {place}{title}"
    yield f"    {message(found, language)}"
    for one in choices(found):
        code = f"{one.code}:…" if one.typed else one.code
        yield f"    [{code}] {label_of(one, language)}"
        if one.action in ("role", "table"):
            roles = ", ".join(translate(words, language) for words in ROLES.values())
            yield (
                "      "
                + translate(N_("Roles, one for each column, parted by blanks: "), language)
                + roles
            )
