"""Statuses printed as a mark and its meaning: ``◎達成``, ``【◎】`` for the ``◎`` of a legend.

They are judged and counted as the legend's word where mark and meaning agree with one row of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pipeline.japanese.text import label
from pipeline.legend.claim_words import any_of
from pipeline.legend.vocabulary import LegendWords
from pipeline.model import Indicator, LegendRow, Normalized, Observation

_BRACKETED = re.compile(r"[(「『【\[<〈《](?P<inner>[^()「」『』【】]+)[)」』】\]>〉》]")
_CROSSES = str.maketrans("✕✖╳☓⨯", "×××××")
"""Signs that show the same cross."""
_PART = re.compile(r"[()「」『』【】:、,;…=]|\s")
"""What parts a word of an explanation from the rest of it."""


def legend_words(normalized: Normalized, words: LegendWords) -> dict[str, str]:
    """The word of the legend that each status stands for which is none itself, by the status."""
    own = {_same(row.word.text): row for row in normalized.legend}
    exact = {label(row.word.text) for row in normalized.legend}
    found: dict[str, str] = {}
    for status in _statuses(normalized.indicators):
        row = None if label(status) in exact else _row(label(status), own, words)
        if row is not None:
            found[status] = row.word.text.strip()
    return found


def in_legend_words(normalized: Normalized, meant: Mapping[str, str]) -> Normalized:
    """The document with these statuses in the words of its legend; what is printed stays."""
    if not meant:
        return normalized
    told = tuple(_with_words(found, meant) for found in normalized.indicators)
    return msgspec.structs.replace(normalized, indicators=told)


def as_printed(
    word: str | None, found: Indicator, indicators: Sequence[Indicator], meant: Mapping[str, str]
) -> str | None:
    """A word of the legend as an indicator bears it, else as most of the others do."""
    if word is None or word not in meant.values():
        return word
    if found.status is not None and meant.get(found.status, found.status) == word:
        return found.status
    borne = Counter(
        one.status for one in indicators if one.status and meant.get(one.status) == word
    )
    return borne.most_common(1)[0][0] if borne else word


def _statuses(indicators: Sequence[Indicator]) -> Iterator[str]:
    for found in indicators:
        if found.status is not None:
            yield found.status
        for seen in found.observations:
            if seen.kind == "status" and seen.value.text is not None:
                yield seen.value.text


def _with_words(found: Indicator, meant: Mapping[str, str]) -> Indicator:
    def in_words(one: Observation) -> Observation:
        word = meant.get(one.value.text or "") if one.kind == "status" else None
        if word is None:
            return one
        return msgspec.structs.replace(one, value=msgspec.structs.replace(one.value, text=word))

    seen = tuple(map(in_words, found.observations))
    status = None if found.status is None else meant.get(found.status, found.status)
    return msgspec.structs.replace(found, status=status, observations=seen)


def _same(text: str) -> str:
    """A word without brackets around it, a cross as any other."""
    folded = label(text).translate(_CROSSES)
    inside = _BRACKETED.fullmatch(folded)
    return inside["inner"] if inside else folded


def _row(status: str, rows: Mapping[str, LegendRow], words: LegendWords) -> LegendRow | None:
    """The row of a status that is a legend's word, or that word and what it means there."""
    bare = _same(status)
    if bare in rows:
        return rows[bare]
    fitting = []
    for word, row in rows.items():
        beside = bare.removeprefix(word) if bare.startswith(word) else bare.removesuffix(word)
        if beside != bare and len(word) == 1 and _is_meaning(_same(beside), row, words):
            fitting.append(row)
    return fitting[0] if len(fitting) == 1 else None


def _is_meaning(text: str, row: LegendRow, words: LegendWords) -> bool:
    """Whether a text is a part of an explanation, or one but for the figure that it names."""
    figures = any_of(map(label, (*words.target, *words.baseline)))
    named = re.compile(rf"^(?:{figures})値?(?:を|より|から|に)?")
    bare = re.sub(r"[:、,\s]|(?:した)$", "", text)
    parts = {re.sub(r"(?:した)$", "", part) for part in _PART.split(label(row.rule.text))}
    return bool(bare) and any(bare in (part, named.sub("", part)) for part in parts if part)
