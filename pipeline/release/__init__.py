"""Stage 5: the validated document as open data.  Pure: gives the files' bytes, writes nothing."""

from __future__ import annotations

from pipeline.model import Normalized, Origin, Validated
from pipeline.release.data_json import data_json
from pipeline.release.tables import csv_tables
from pipeline.settings.profile import local_government_code
from pipeline.settings.release import ReleaseSettings

__all__ = ["run"]


def run(
    normalized: Normalized,
    validated: Validated,
    settings: ReleaseSettings,
    *,
    area_code: str,
    origin: Origin,
) -> dict[str, bytes]:
    """File name → bytes of the whole release.

    A value that a doubt about our reading touches is withheld and marked; everything else is
    released.  ``area_code`` is the 5-digit code; its check digit is computed.
    """
    code = local_government_code(area_code)
    publisher = settings.publication.publisher or origin.publisher or settings.municipality.name
    return {
        "data.json": data_json(
            normalized,
            validated,
            settings,
            area_code=area_code,
            code=code,
            publisher=publisher,
        ),
        **csv_tables(normalized, validated, settings, area_code=area_code, code=code),
    }
