"""The catalogue as a document: ``python -m pipeline.validate.docs > docs/rules.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from pipeline.messages import N_, translate
from pipeline.settings.decisions import ACTIONS
from pipeline.validate.catalogue import RULES, Rule

FAMILIES = {
    "reading": N_("Reading: doubts about what was read"),
    "structure": N_("Structure: rows, tables and headings"),
    "layout": N_("Layouts: what the columns of a table are"),
    "vocabulary": N_("Vocabulary: words that are not known"),
    "number": N_("Numbers"),
    "unit": N_("Units"),
    "year": N_("Years"),
    "direction": N_("Direction: whether higher or lower is better"),
    "identity": N_("Identity: one indicator over the years"),
    "decision": N_("Decisions of people"),
    "legend": N_("Legend"),
    "status": N_("Statuses"),
    "summary": N_("Summary: what the document says of itself"),
    "arithmetic": N_("Arithmetic"),
    "plausibility": N_("Plausibility"),
    "history": N_("History: against an earlier edition"),
    "release": N_("Release: notation rules for open data"),
}
"""The families in the order in which a number passes through the stages."""

SEVERITIES = {
    "blocker": N_("stops the release of what it is about"),
    "error": N_("a contradiction of the document, published with it"),
    "warning": N_("to be looked at"),
    "info": N_("for information"),
}


def ordered() -> list[Rule]:
    """All rules by family, then by id; a family that is not named here comes last."""
    families = list(FAMILIES)
    place = {name: position for position, name in enumerate(families)}
    return sorted(RULES, key=lambda rule: (place.get(rule.family, len(place)), rule.id))


def lines() -> Iterator[str]:
    """The document, line by line: each rule in Japanese, with its English title."""
    yield "# 確認の規則 (rules)"
    yield ""
    yield "<!-- Generated: python -m pipeline.validate.docs > docs/rules.md -->"
    yield ""
    for severity, meaning in SEVERITIES.items():
        yield f"- `{severity}`: {translate(meaning, 'ja')} ({meaning})"
    for family, rules in groupby(ordered(), key=lambda rule: rule.family):
        title = FAMILIES.get(family, family)
        yield ""
        yield f"## {translate(title, 'ja')} ({title})"
        for rule in rules:
            yield from _rule_lines(rule)


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"### `{rule.id}` — {translate(rule.title, 'ja')}"
    yield ""
    yield f"{rule.title}. `{rule.severity}`"
    yield ""
    yield f"- 表示: {translate(rule.message, 'ja')}"
    if rule.explanation:
        yield f"- 説明: {translate(rule.explanation, 'ja')}"
    yield f"- 対応: {translate(rule.advice, 'ja')}"
    if rule.settled_by:
        words = "、".join(translate(ACTIONS[action], "ja") for action in rule.settled_by)
        yield f"- 決定: {words} (`{'`, `'.join(rule.settled_by)}`)"


def main() -> None:
    """Write the document to standard output, in UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(("\n".join(lines()) + "\n").encode())


if __name__ == "__main__":
    main()
