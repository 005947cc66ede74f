"""Settings of the extract stage: limits of the reading and tolerances of the geometry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.model import Record
from pipeline.settings import files

VOCABULARY = "extract.toml"


class ExtractSettings(Record):
    """Limits and tolerances (lengths are points on the page) and letters of symbol fonts."""

    max_bytes: int = 200_000_000
    max_pages: int = 2000
    max_objects: int = 500_000
    max_glyphs: int = 500_000
    seconds: float = 120.0
    seconds_second: float = 180.0
    megabytes: int = 1500
    thickest_rule: float = 3.5
    snap: float = 3.0
    join: float = 3.0
    shortest_rule: float = 4.0
    symbols: dict[str, dict[str, str]] = {}


def load(folders: Sequence[Path], section: dict[str, Any]) -> ExtractSettings:
    """The settings from the layers of ``extract.toml`` and the profile's ``[extract]`` table."""
    merged = {**files.merge_toml(folders, VOCABULARY), **section}
    path = (folders[-1] if folders else Path()) / VOCABULARY
    return files.convert(merged, ExtractSettings, path)
