"""Settings of the release stage: who publishes, under which licence, where."""

from __future__ import annotations

from pipeline.model import Record
from pipeline.settings.profile import Municipality, Publication


class ReleaseSettings(Record):
    """Publication data of the profile; what was not declared is empty, never assumed."""

    municipality: Municipality
    publication: Publication


def load(municipality: Municipality, publication: Publication) -> ReleaseSettings:
    """The profile's ``[municipality]`` and ``[publication]`` tables as release settings."""
    return ReleaseSettings(municipality=municipality, publication=publication)
