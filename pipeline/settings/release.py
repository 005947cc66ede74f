"""Settings of the release stage: who publishes, under which licence, where; what signs mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pipeline.errors import SettingsError
from pipeline.messages import N_
from pipeline.model import Record
from pipeline.settings.files import convert, line_in_toml, merge_csv
from pipeline.settings.profile import Municipality, Publication

Sign = Literal["***", "X"]

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_URL = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_DATASET_ID = re.compile(r"(?:[a-z0-9_-]|\{edition\}|\{code\}){2,100}")


class Licence(Record):
    """A licence.  ``id`` is empty for one that only the profile knows; ``ckan``: a portal's id."""

    title: str
    id: str = ""
    url: str = ""
    ckan: str = ""
    aliases: str = ""


class ReleaseSettings(Record):
    """Publication data of the profile; what was not declared is empty, never assumed.

    ``signs``: the canonical sign of a missing value → its sign in numeric columns; ``reasons``:
    the same → what it means, in Japanese.  ``licence``: the declared one; ``licences``: all that
    are known.  ``profile``: the profile's place in the workspace; ``line``: that of its table
    ``[publication]`` in it (1 if there is none).
    """

    municipality: Municipality
    publication: Publication
    signs: dict[str, Sign]
    reasons: dict[str, str] = {}
    licence: Licence | None = None
    licences: tuple[Licence, ...] = ()
    profile: str = ""
    line: int = 1


def load(
    folders: Sequence[Path], municipality: Municipality, publication: Publication
) -> ReleaseSettings:
    """The profile's ``[municipality]`` and ``[publication]`` tables, and the released signs.

    Raises :class:`SettingsError` with file and line for a licence, address or date that is none.
    """
    rows = merge_csv(folders, "missing_signs.csv", "sign")
    signs = {row["sign"]: row["released"] for row in rows}
    licences = convert(
        merge_csv(folders, "licences.csv", "id"), tuple[Licence, ...], folders[0] / "licences.csv"
    )
    profile = folders[-1] / "profile.toml"
    declared = profile.is_file()
    _check(publication, profile)
    return ReleaseSettings(
        municipality=municipality,
        publication=publication,
        signs=convert(signs, dict[str, Sign], folders[0] / "missing_signs.csv"),
        reasons={row["sign"]: row["ja"] for row in rows},
        licence=_licence(publication, licences, profile),
        licences=licences,
        profile=f"schemas/{profile.parent.name}/profile.toml" if declared else "",
        line=line_in_toml(profile, "publication") if declared else 1,
    )


def find_licence(stated: str, licences: Sequence[Licence]) -> Licence | None:
    """The known licence that a text names, in whatever way it is written."""
    wanted = _folded(stated)
    for licence in licences:
        names = (licence.id, licence.title, *licence.aliases.split(";"))
        if wanted and wanted in map(_folded, names):
            return licence
    return None


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\-_・()]", "", folded).casefold()


def _licence(
    publication: Publication, licences: Sequence[Licence], profile: Path
) -> Licence | None:
    stated = publication.licence
    if not stated:
        return None
    known = find_licence(stated, licences)
    if known is not None:
        return known
    if not publication.licence_url:
        raise SettingsError(
            N_("Line {line}: the licence {licence} is not known."),
            advice=N_("Use one of {known}, or tell where its text is: licence_url."),
            file=str(profile),
            line=str(line_in_toml(profile, "publication", "licence")),
            licence=stated,
            known=", ".join(licence.id for licence in licences),
        )
    return Licence(title=stated, url=publication.licence_url)


def _check(publication: Publication, profile: Path) -> None:
    """Refuse what is no address, no date and no id."""
    for key in ("publisher_url", "licence_url", "base_url", "landing_page"):
        _refuse_unless(_URL.fullmatch, publication, key, profile)
    _refuse_unless(_EMAIL.fullmatch, publication, "contact_email", profile)
    _refuse_unless(_DATASET_ID.fullmatch, publication, "dataset_id", profile)
    _refuse_unless(_is_date, publication, "release_date", profile)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse_unless(
    good: Callable[[str], object], publication: Publication, key: str, profile: Path
) -> None:
    value: str = getattr(publication, key)
    if value and not good(value):
        raise SettingsError(
            N_("Line {line}: {key} = “{value}” is not of its form."),
            advice=N_(
                "An address begins with https://, a date is YYYY-MM-DD, a dataset id is made of "
                "a-z, 0-9, - and _."
            ),
            file=str(profile),
            line=str(line_in_toml(profile, "publication", key)),
            key=key,
            value=value,
        )
