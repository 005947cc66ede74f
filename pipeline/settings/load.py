"""Settings: profile, vocabularies and registry, loaded from ``schemas/`` and checked once.

Each stage has its own record and may read no other, so that a change re-runs exactly the stages
that it touches.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Record
from pipeline.settings import assemble, extract, files, normalize, release, validate
from pipeline.settings.profile import Municipality, Profile, load_profile

__all__ = ["Settings", "load"]


class Settings(Record):
    """Everything that the chain may read besides the document."""

    municipality: Municipality | None
    extract: extract.ExtractSettings
    assemble: assemble.AssembleSettings
    normalize: normalize.NormalizeSettings
    validate: validate.ValidateSettings
    release: release.ReleaseSettings


def load(workspace: Path, profile_folder: Path | None) -> Settings:
    """Load and check all settings for one municipality (``None``: the defaults alone).

    Raises :class:`pipeline.errors.SettingsError` with the file and what is wrong in it.
    """
    profile: Profile | None = load_profile(profile_folder) if profile_folder else None
    folders = files.layers(workspace, profile_folder)
    sections = profile or Profile(municipality=Municipality(area_code="", name=""))
    return Settings(
        municipality=profile.municipality if profile else None,
        extract=extract.load(folders, sections.extract),
        assemble=assemble.load(folders, sections.assemble),
        normalize=normalize.load(folders, sections.normalize),
        validate=validate.load(folders, sections.validate),
        release=release.load(folders, sections.municipality, sections.publication),
    )
