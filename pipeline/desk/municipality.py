"""Which municipality is meant, and the name of its folder under ``raw/`` and ``schemas/``."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.messages import N_
from pipeline.settings.files import layers
from pipeline.settings.municipalities import load_municipalities, slug
from pipeline.settings.profile import local_government_code


def read_area_code(given: str) -> str:
    """The 5-digit area code of a code as people write it.

    The 6-digit 全国地方公共団体コード is understood too, and full-width digits.  Raises
    :class:`UsageError` for anything else, also for a 6-digit code whose check digit is wrong.
    """
    code = unicodedata.normalize("NFKC", given).strip()
    if not re.fullmatch(r"[0-9]{5,6}", code):
        raise UsageError(
            N_("{area} is not an area code."),
            advice=N_("Give the 5-digit area code (35213) or the 6-digit code (352136)."),
            area=given,
        )
    if len(code) == 6 and local_government_code(code[:5]) != code:
        raise UsageError(
            N_("The check digit of {area} is wrong: the code of {area5} is {right}."),
            advice=N_("Check the code; the 5-digit area code alone will do too."),
            area=given,
            area5=code[:5],
            right=local_government_code(code[:5]),
        )
    return code[:5]


def folder_name(workspace: Path, area: str) -> str:
    """The one name of a municipality's folders: as they stand, else ``<area>-<slug>``.

    The slug is the reading of its name in the list of all municipalities; a code that the list
    lacks stands alone.  Raises :class:`UsageError` where folders of two names stand.
    """
    standing = {
        folder.name
        for room in ("raw", "schemas")
        for folder in (workspace / room).glob(f"{area}*/")
        if re.fullmatch(rf"{area}(-[a-z0-9-]+)?", folder.name)
    }
    if len(standing) > 1:
        first, second = sorted(standing)[:2]
        raise UsageError(
            N_("The municipality has two folders: {first} and {second}."),
            advice=N_("Give both the same name under raw/ and schemas/."),
            file=str(workspace),
            first=first,
            second=second,
        )
    if standing:
        return standing.pop()
    entry = load_municipalities(layers(workspace, None)).get(area)
    return f"{area}-{slug(entry)}" if entry and slug(entry) else area
