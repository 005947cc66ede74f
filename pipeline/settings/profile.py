"""A municipality's ``profile.toml``: who it is, what may be published, and its own rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.messages import N_
from pipeline.model import Record
from pipeline.settings.files import convert, line_in_toml, read_toml

_WEIGHTS = (6, 5, 4, 3, 2)


def local_government_code(area_code: str) -> str:
    """The 6-digit 全国地方公共団体コード of a 5-digit 標準地域コード (check digit: modulus 11).

    Raises :class:`ValueError` unless ``area_code`` is five digits.
    """
    if not re.fullmatch(r"[0-9]{5}", area_code):
        message = f"not a 5-digit area code: {area_code!r}"
        raise ValueError(message)
    total = sum(int(digit) * weight for digit, weight in zip(area_code, _WEIGHTS, strict=True))
    return area_code + str(11 - total % 11)[-1]


class Municipality(Record):
    """Who the document is about.  ``area_code``: 5 digits; ``slug``: the folder's name part."""

    area_code: str
    name: str
    slug: str = ""
    prefecture: str = ""

    @property
    def full_name(self) -> str:
        """Prefecture and name, as in an address: 山口県美祢市."""
        return self.prefecture + self.name


class Publication(Record):
    """What a portal asks for; everything the officer did not declare stays empty.

    ``base_url``: the address under which the files of the release will stand; ``landing_page``:
    the page that tells of them.  ``dataset_id`` may hold ``{code}`` and ``{edition}``.
    """

    publisher: str = ""
    publisher_url: str = ""
    contact_name: str = ""
    contact_email: str = ""
    licence: str = ""
    licence_url: str = ""
    base_url: str = ""
    landing_page: str = ""
    dataset_id: str = ""
    dataset_title: str = ""
    dataset_description: str = ""
    keywords: tuple[str, ...] = ()
    release_date: str = ""
    update_frequency: str = ""


class Profile(Record):
    """The whole file; the tables named after a stage are checked by that stage's settings."""

    municipality: Municipality
    publication: Publication = Publication()
    extract: dict[str, Any] = {}
    assemble: dict[str, Any] = {}
    normalize: dict[str, Any] = {}
    validate: dict[str, Any] = {}


def load_profile(folder: Path) -> Profile:
    """Read and check ``profile.toml`` of a folder; an unknown key is refused."""
    path = folder / "profile.toml"
    profile = convert(read_toml(path), Profile, path)
    try:
        local_government_code(profile.municipality.area_code)
    except ValueError as error:
        line = line_in_toml(path, "municipality", "area_code")
        raise SettingsError(
            N_("{code} is no area code of five digits."),
            file=str(path),
            line=line,
            code=profile.municipality.area_code,
        ) from error
    named = re.match(r"[0-9]{5}(?=-|$)", folder.resolve().name)
    if named and named[0] != profile.municipality.area_code:
        raise SettingsError(
            N_("The profile's area_code is not that of its folder {folder}."),
            file=str(path),
            line=line_in_toml(path, "municipality", "area_code"),
            folder=folder.resolve().name,
        )
    return profile


def find_profile(schemas: Path, area_code: str) -> Path | None:
    """The folder ``<area>-<slug>`` of a municipality below ``schemas/``, if there is one."""
    if not schemas.is_dir():
        return None
    found = sorted(
        folder
        for folder in schemas.iterdir()
        if re.match(rf"{area_code}(-|$)", folder.name) and (folder / "profile.toml").is_file()
    )
    if len(found) > 1:
        raise SettingsError(
            N_("There are several profiles of the area {area}: {folders}"),
            advice=N_("Keep one of the folders, or name it with --profile."),
            file=str(schemas),
            area=area_code,
            folders=", ".join(folder.name for folder in found),
        )
    return found[0] if found else None
