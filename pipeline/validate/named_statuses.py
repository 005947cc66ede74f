"""What a text says of indicators by their names: △の指標は「A」「B」の2指標です.

Held against the statuses that these bear in the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import msgspec

from pipeline.japanese.text import label
from pipeline.legend.descriptions import described
from pipeline.legend.named_lists import NamedList, find_named, names_in_texts, without_names
from pipeline.legend.vocabulary import ClaimWords
from pipeline.model import Claim, Finding, Normalized
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.findings import finding
from pipeline.validate.other_subjects import (
    is_judged_otherwise,
    is_other_year,
    names_other_plan,
)
from pipeline.validate.statements import SENTENCE_END
from pipeline.validate.statuses import Judged


def counted(claim: Claim, words: Sequence[str], names: Sequence[str], grammar: ClaimWords) -> Claim:
    """A claim without the names before the number of indicators that bear a status."""
    if claim.source != "sentence":
        return claim
    text = label(claim.printed.text)
    bare = without_names(text, words, names, grammar)
    if bare == text:
        return claim
    return msgspec.structs.replace(claim, printed=msgspec.structs.replace(claim.printed, text=bare))


def check_named(
    normalized: Normalized,
    settings: ValidateSettings,
    judged: Sequence[Judged],
    words: Sequence[str],
    phrases: Collection[str],
) -> Iterator[Finding]:
    """Findings for indicators that a text names under a status which they do not bear.

    Where the rules give an indicator what the text says, its row is wrong, and told there.
    ``phrases``: what the texts say instead of a status (目標を達成した).
    """
    by_name: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        for name in names_in_texts([one.indicator.name]):
            by_name[name].append(one)
    names = names_in_texts(list(by_name))
    for claim in normalized.claims:
        said = _said(claim, normalized, settings, (*words, *phrases), names)
        wrong: dict[str, Judged] = {}
        for listed in said:
            allowed = _allowed(listed, words, settings)
            for name in listed.names if allowed else ():
                if all(_differs(row, listed.word, allowed) for row in by_name[name]):
                    wrong[f"{listed.word}：{name}"] = by_name[name][0]
        if wrong:
            yield finding(
                "summary.named",
                "、".join(dict.fromkeys(row.indicator.name for row in wrong.values())),
                printed="、".join(wrong),
                expected="、".join(row.published or "" for row in wrong.values()),
                page=claim.printed.page,
                box=claim.printed.box,
            )


def _said(
    claim: Claim,
    normalized: Normalized,
    settings: ValidateSettings,
    words: Sequence[str],
    names: Sequence[str],
) -> Iterator[NamedList]:
    """What a text says of indicators as they are in the reported year."""
    if claim.source not in ("sentence", "list"):
        return
    grammar, year = settings.vocabulary.claims, normalized.actual_fiscal_year
    for sentence in SENTENCE_END.split(label(claim.printed.text)):
        others = (*grammar.earlier, *grammar.expected, *grammar.elsewhere)
        if (
            is_other_year(sentence, year)
            or names_other_plan(sentence, normalized.title)
            or is_judged_otherwise(sentence, grammar)
            or any(word in sentence for word in others)
        ):
            continue
        yield from find_named(sentence, words, names, grammar)


def _allowed(one: NamedList, words: Sequence[str], settings: ValidateSettings) -> frozenset[str]:
    """The statuses, folded, that go with what is said; empty where that is not certain.

    A mark is itself.  A word may be said of others too (改善 of one that reached its target): by
    the rules of the document it stands for all of which it always holds.
    """
    own = {label(word) for word in words} & {one.word}
    if own and (len(one.word) == 1 or one.word.isascii()):
        return frozenset(own)
    legend = settings.vocabulary.legend
    for phrase in (one.word, f"{label(legend.baseline[0])}より{one.word}"):
        meant = described(phrase, settings.status, settings.rate, legend)
        if meant:
            return frozenset(own | set(map(label, meant)))
    return frozenset()


def _differs(one: Judged, word: str, allowed: frozenset[str]) -> bool:
    """Whether an indicator bears another status than is said, and its row is not wrong itself.

    A phrase may speak of another target than that of the status, where there are several.
    """
    seen = one.indicator.observations
    targets = {found.value.number for found in seen if found.kind == "target"}
    right = allowed & {label(found) for found in one.verdict.words}
    row_is_wrong = not one.verdict.open and one.published not in one.verdict.words
    return (
        one.published is not None
        and label(one.published) not in allowed
        and not one.indicator.doubted
        and not (row_is_wrong and right)
        and (word in allowed or len(targets) == 1)
    )
