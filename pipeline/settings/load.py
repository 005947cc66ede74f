"""Settings: profile, vocabularies and registry, loaded from ``schemas/`` and checked once.

Each stage has its own record and may read no other, so that a change re-runs exactly the stages
that it touches.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from pipeline.model import Record
from pipeline.settings import assemble, decisions, extract, files, normalize, release, validate
from pipeline.settings.municipalities import load_municipalities, municipality
from pipeline.settings.profile import Municipality, Profile, load_profile
from pipeline.settings.strays import refuse_strays

__all__ = ["Settings", "for_edition", "known", "load", "load_release"]


class Settings(Record):
    """Everything that the chain may read besides the document."""

    municipality: Municipality | None
    extract: extract.ExtractSettings
    assemble: assemble.AssembleSettings
    normalize: normalize.NormalizeSettings
    validate: validate.ValidateSettings
    release: release.ReleaseSettings


def load(workspace: Path, profile_folder: Path | None, area_code: str = "") -> Settings:
    """Load and check all settings for one municipality (``None``: the defaults alone).

    Without a profile the municipality is the one that the list of all municipalities has under
    ``area_code``.  Raises :class:`pipeline.errors.SettingsError` with the file and what is wrong.
    """
    refuse_strays(workspace, profile_folder, area_code)
    folders = files.layers(workspace, profile_folder)
    sections = _sections(folders, profile_folder, area_code)
    return Settings(
        municipality=sections.municipality if profile_folder else None,
        extract=extract.load(folders, sections.extract),
        assemble=assemble.load(folders, sections.assemble),
        normalize=normalize.load(folders, sections.normalize),
        validate=validate.load(folders, sections.validate),
        release=release.load(folders, sections.municipality, sections.publication),
    )


def load_release(
    workspace: Path, profile_folder: Path | None, area_code: str
) -> release.ReleaseSettings:
    """The settings of the release stage alone, as :func:`load` has them."""
    folders = files.layers(workspace, profile_folder)
    sections = _sections(folders, profile_folder, area_code)
    return release.load(folders, sections.municipality, sections.publication)


def _sections(folders: Sequence[Path], profile_folder: Path | None, area_code: str) -> Profile:
    if profile_folder:
        return load_profile(profile_folder)
    return Profile(municipality=_listed(folders, area_code))


def for_edition(settings: Settings, own_folder: Path, area_code: str, edition: int) -> Settings:
    """The settings with what was decided on one edition: ``corrections/`` in ``own_folder``.

    Raises :class:`pipeline.errors.SettingsError` with the file and what is wrong.
    """
    decided = decisions.load(own_folder, area_code, edition)
    return replace(
        settings,
        assemble=assemble.with_decisions(settings.assemble, decided),
        normalize=normalize.with_decisions(settings.normalize, decided),
        validate=validate.with_decisions(settings.validate, decided),
    )


def _listed(folders: Sequence[Path], area_code: str) -> Municipality:
    entry = load_municipalities(folders).get(area_code) if area_code else None
    return municipality(entry) if entry else Municipality(area_code=area_code, name="")


def known(workspace: Path) -> list[Municipality]:
    """All municipalities that there are: the list's, and those that only a profile names."""
    listed = load_municipalities(files.layers(workspace, None))
    found = {code: municipality(entry) for code, entry in listed.items()}
    for path in sorted((workspace / "schemas").glob("*/profile.toml")):
        own = load_profile(path.parent).municipality
        found[own.area_code] = own
    return list(found.values())
