"""Settings of the release stage: who publishes, under which licence, where; what signs mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pipeline.model import Record
from pipeline.settings.files import convert, merge_csv
from pipeline.settings.profile import Municipality, Publication

Sign = Literal["***", "X"]


class ReleaseSettings(Record):
    """Publication data of the profile; what was not declared is empty, never assumed.

    ``signs``: the canonical sign of a missing value → its sign in numeric columns.
    """

    municipality: Municipality
    publication: Publication
    signs: dict[str, Sign]


def load(
    folders: Sequence[Path], municipality: Municipality, publication: Publication
) -> ReleaseSettings:
    """The profile's ``[municipality]`` and ``[publication]`` tables, and the released signs."""
    rows = merge_csv(folders, "missing_signs.csv", "sign")
    signs = {row["sign"]: row["released"] for row in rows}
    return ReleaseSettings(
        municipality=municipality,
        publication=publication,
        signs=convert(signs, dict[str, Sign], folders[0] / "missing_signs.csv"),
    )
