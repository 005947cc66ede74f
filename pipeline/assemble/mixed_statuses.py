"""Statuses made of pieces of others, where no rules part the rows: 目標達, 成／未達成／現状維.

Then the lines of neighbouring rows are mixed, and a row without a status may have lost its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from pipeline.boxes import around
from pipeline.japanese.text import match_key
from pipeline.model import IndicatorRow, LegendRow, Printed, Remark

_FEWEST_LETTERS = 3
"""Letters of a status that a narrow cell parts, at least."""
_LONGEST = 40
"""Letters of what may be pieces of statuses, at most."""


def mixed_statuses(
    rows: Sequence[IndicatorRow], legend: Sequence[LegendRow], plain: Collection[str]
) -> Iterator[Remark]:
    """A doubt for each row with such a status, and for those without one on the same page.

    ``plain``: words that are statuses by themselves (達成), though they may end others.
    """
    words = {match_key(row.word.text) for row in legend}
    known = words | set(map(match_key, plain))
    unruled = (row for row in rows if row.method != "ruled")
    for _, group in groupby(unruled, key=lambda row: (row.table, row.entries[0].printed.page)):
        here = [(row, status) for row in group if (status := _status(row)) is not None]
        mixed = [_is_mixed(match_key(status.text), words, known) for _, status in here]
        for (row, status), is_mixed in zip(here, mixed, strict=True):
            if is_mixed or (any(mixed) and not status.text.strip()):
                boxes = [one.printed.box for one in row.entries if one.printed.page == status.page]
                yield Remark(
                    rule="reading.line-of-two-rows",
                    page=status.page,
                    box=around(boxes),
                    printed=status.text.strip(),
                )


def _status(row: IndicatorRow) -> Printed | None:
    """The one status of a row."""
    found = [one.printed for one in row.entries if one.kind == "status"]
    return found[0] if len(found) == 1 else None


def _is_mixed(text: str, words: Collection[str], known: Collection[str]) -> bool:
    """Whether a text is no status, and nothing but statuses and beginnings and ends of them."""
    if not text or text in known or len(text) > _LONGEST:
        return False
    parted = [(word, at) for word in words for at in range(1, len(word))]
    pieces = {
        piece
        for word, at in parted
        if len(word) >= _FEWEST_LETTERS
        for piece in (word[:at], word[at:])
        if piece not in known
    }
    pieces |= set(words)
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(text[start:end] in pieces for start in reached):
            reached.add(end)
    return len(text) in reached
