"""How documents explain their statuses and sum themselves up: the words of both, as records.

The words themselves stand in ``schemas/default/status.toml``.  The assemble stage finds legends
and claims on the paper with them, the validate stage reads them.
"""

from __future__ import annotations

from pipeline.model import Record


class ClaimWords(Record):
    """The words of a summary; each list is matched on text folded by ``text.label``."""

    level: tuple[str, ...]
    overall: tuple[str, ...]
    total: tuple[str, ...]
    count: tuple[str, ...]
    share: tuple[str, ...]
    count_heading: tuple[str, ...]
    share_heading: tuple[str, ...]
    totals: tuple[str, ...]
    limit: tuple[str, ...]
    subject: tuple[str, ...]
    link: tuple[str, ...]
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    elsewhen: tuple[str, ...]
    earlier: tuple[str, ...]
    current: tuple[str, ...]
    narrowed: tuple[str, ...]
    differing: tuple[str, ...]
    neutral: tuple[str, ...]
    foreign: tuple[str, ...]
    elsewhere: tuple[str, ...]
    expected: tuple[str, ...]


class StatusWords(Record):
    """Marks and words that serve as statuses somewhere; what they mean is not told here."""

    marks: tuple[str, ...]
    letters: tuple[str, ...]
    circled: tuple[str, ...]
    plain: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every one of them."""
        return (*self.marks, *self.letters, *self.circled, *self.plain)


class Comparisons(Record):
    """Phrases that compare the actual with the figure named before them."""

    reaches: tuple[str, ...]
    better: tuple[str, ...]
    rises: tuple[str, ...]
    falls: tuple[str, ...]
    equals: tuple[str, ...]
    not_better: tuple[str, ...]
    worse: tuple[str, ...]


class LegendWords(Record):
    """The words in which a legend explains a status."""

    comparisons: Comparisons

    actual: tuple[str, ...]
    target: tuple[str, ...]
    baseline: tuple[str, ...]
    previous: tuple[str, ...]
    word_heading: tuple[str, ...]
    rule_heading: tuple[str, ...]
    telling: tuple[str, ...]
    absent: tuple[str, ...]
    undefined: tuple[str, ...]
    stalled: tuple[str, ...]
    judged: tuple[str, ...]
    progress: str
    nearly: tuple[str, ...]
    drift: tuple[str, ...]
    improved: tuple[str, ...]
    declined: tuple[str, ...]
    turned: tuple[str, ...]
    paced: tuple[str, ...]
    excepting: tuple[str, ...]
    rest: tuple[str, ...]
    weighty: tuple[str, ...]
    final: tuple[str, ...]
    yearly: tuple[str, ...]
    filler: tuple[str, ...]


class LegendVocabulary(Record):
    """``status.toml`` of the layers."""

    words: StatusWords
    legend: LegendWords
    claims: ClaimWords
