"""Settings of the extract stage: limits of the reading and tolerances of the geometry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta

from pipeline.model import Record
from pipeline.settings import files

VOCABULARY = "extract.toml"


Count = Annotated[int, Meta(ge=1, le=2**40)]
Seconds = Annotated[float, Meta(gt=0, le=86_400)]
Megabytes = Annotated[int, Meta(ge=100, le=1_000_000)]
Length = Annotated[float, Meta(ge=0, le=1000)]


class ExtractSettings(Record):
    """Limits and tolerances (lengths are points on the page) and letters of symbol fonts.

    ``seconds`` bound the first reader, ``seconds_second`` the second and the pictures of pages,
    ``seconds_stage`` each stage after reading and what is written beside the release;
    ``megabytes`` each of these, beyond what the program itself takes (two halves of a document
    share them).  Since two readers, or the pictures and a stage, are the most that work at once,
    a run takes at most twice ``megabytes`` beside the program; a document with scanned pages
    ``seconds_scan`` for each of them and ``megabytes_scan`` besides.  ``seconds_run`` bound all
    of it together, and the reading of earlier editions that it needs.

    ``variants``: characters that recognition takes for others, and those that are meant.
    """

    max_bytes: Count = 200_000_000
    max_pages: Count = 2000
    max_objects: Count = 500_000
    max_glyphs: Count = 500_000
    seconds: Seconds = 120.0
    seconds_second: Seconds = 180.0
    seconds_stage: Seconds = 120.0
    seconds_scan: Seconds = 120.0
    seconds_run: Seconds = 1800.0
    megabytes: Megabytes = 1500
    megabytes_scan: Megabytes = 3000
    thickest_rule: Length = 3.5
    snap: Length = 3.0
    join: Length = 3.0
    shortest_rule: Length = 4.0
    symbols: dict[str, dict[str, str]] = {}
    variants: dict[str, str] = {}


def load(folders: Sequence[Path], section: dict[str, Any]) -> ExtractSettings:
    """The settings from the layers of ``extract.toml`` and the profile's ``[extract]`` table."""
    profile = (folders[-1] if folders else Path()) / "profile.toml"
    files.convert(section, ExtractSettings, profile, table="extract")
    return files.from_toml(folders, VOCABULARY, ExtractSettings, **section)
