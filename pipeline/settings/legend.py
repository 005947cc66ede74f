"""How documents explain their statuses and sum themselves up: the words of both.

Read by the assemble stage, which finds legends and claims on the paper, and by the validate
stage, which reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.model import Record
from pipeline.settings.files import convert, merge_toml, packaged_defaults


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
    equals: tuple[str, ...]
    not_better: tuple[str, ...]
    worse: tuple[str, ...]


class LegendWords(Record):
    """The words in which a legend explains a status."""

    comparisons: Comparisons

    actual: tuple[str, ...]
    target: tuple[str, ...]
    baseline: tuple[str, ...]
    word_heading: tuple[str, ...]
    rule_heading: tuple[str, ...]
    telling: tuple[str, ...]
    absent: tuple[str, ...]
    undefined: tuple[str, ...]
    stalled: tuple[str, ...]
    judged: tuple[str, ...]
    nearly: tuple[str, ...]
    drift: tuple[str, ...]
    turned: tuple[str, ...]
    paced: tuple[str, ...]
    filler: tuple[str, ...]


class LegendVocabulary(Record):
    """``status.toml`` of the layers."""

    words: StatusWords
    legend: LegendWords
    claims: ClaimWords


def load_vocabulary(folders: Sequence[Path]) -> LegendVocabulary:
    """The vocabulary of legends and claims; raises :class:`SettingsError` if it is invalid."""
    return convert(
        merge_toml(folders, "status.toml"), LegendVocabulary, folders[-1] / "status.toml"
    )


def default_vocabulary() -> LegendVocabulary:
    """The vocabulary that travels with the package."""
    return load_vocabulary([packaged_defaults()])
