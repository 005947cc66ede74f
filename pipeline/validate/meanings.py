"""What a summary means that names no status but says what it means: 目標を達成した指標."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.japanese.text import label
from pipeline.legend.descriptions import described, find_descriptions
from pipeline.model import Claim, Normalized
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.statements import Amount, Extreme, Statement


def meanings(
    normalized: Normalized, settings: ValidateSettings, words: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """The statuses that each describing phrase of the claims stands for, by the phrase.

    By the rules that statuses are judged by; without them by the words alone: 目標を達成した is
    目標達成.  A phrase that is a status of the document is none.
    """
    vocabulary = settings.vocabulary.legend
    known = {label(word) for word in words}
    found: dict[str, tuple[str, ...]] = {}
    for claim in normalized.claims:
        for text in _texts(claim):
            for phrase in find_descriptions(label(text), vocabulary):
                if phrase in found or phrase in known:
                    continue
                meant = described(phrase, settings.status, settings.rate, vocabulary)
                found[phrase] = _alike(phrase, words) if meant is None else meant
    return found


def _texts(claim: Claim) -> list[str]:
    return [claim.printed.text, *(entry.header for entry in claim.entries)]


def _alike(phrase: str, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if _bare(label(word)) == _bare(phrase))[:1]


def _bare(text: str) -> str:
    return re.sub(r"値|を|した|して|いる|されて", "", text)


def in_statuses(
    stated: Sequence[Statement], words: Sequence[str], meant: Mapping[str, tuple[str, ...]]
) -> list[Statement]:
    """What is stated of the statuses of the document, with these for what describes them."""
    found: list[Statement] = []
    for one in stated:
        if isinstance(one, Extreme) and one.word in meant:
            continue
        if not isinstance(one, Amount) or set(one.words) <= {*words}:
            found.append(one)
        elif len(one.words) == 1 and meant.get(one.words[0]):
            found.append(one._replace(words=meant[one.words[0]], described=one.words[0]))
    return found
