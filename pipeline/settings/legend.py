"""How documents explain their statuses and sum themselves up: the words of both.

Read by the assemble stage, which finds legends and claims on the paper, and by the validate
stage, which reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.legend.vocabulary import LegendVocabulary
from pipeline.settings.files import from_toml, packaged_defaults


def load_vocabulary(folders: Sequence[Path]) -> LegendVocabulary:
    """The vocabulary of legends and claims; raises :class:`SettingsError` if it is invalid."""
    return from_toml(folders, "status.toml", LegendVocabulary)


def default_vocabulary() -> LegendVocabulary:
    """The vocabulary that travels with the package."""
    return load_vocabulary([packaged_defaults()])
