"""What portals ask about a dataset, from the profile and the origin file; nothing is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pipeline.model import Finding, Normalized, Origin, Record, Validated
from pipeline.settings.profile import local_government_code
from pipeline.settings.release import Licence, ReleaseSettings, find_licence
from pipeline.validate.findings import finding

_ASKED = (
    "licence",
    "contact_name",
    "contact_email",
    "publisher_url",
    "base_url",
    "landing_page",
    "update_frequency",
    "release_date",
    "keywords",
)
"""Keys of ``[publication]`` that every portal has a place for; the titles have a stand-in."""


class Metadata(Record):
    """One dataset, described.  Texts that nobody declared are empty.

    ``dated`` only dates archives and messages (``YYYY-MM-DD``): the day of release or of
    publication where it is known, else the first day of the edition's fiscal year.
    """

    area_code: str
    code: str
    municipality: str
    edition: int
    actual_fiscal_year: int
    sha256: str
    document_title: str
    title: str
    description: str
    dataset_id: str
    publisher: str
    publisher_url: str
    contact_name: str
    contact_email: str
    licence: Licence | None
    keywords: tuple[str, ...]
    release_date: str
    published: str
    update_frequency: str
    base_url: str
    landing_page: str
    source_url: str
    dated: str
    doubts: int

    def url_of(self, file: str) -> str:
        """Where a file of the release will stand; empty if no address is declared."""
        return f"{self.base_url.rstrip('/')}/{file}" if self.base_url else ""

    @property
    def period(self) -> str:
        """The reported fiscal year, from day to day."""
        year = self.actual_fiscal_year
        return f"{year}-04-01/{year + 1}-03-31"

    def described(self) -> dict[str, Any]:
        """The dataset as ``data.json`` describes it; ``null`` where nothing was declared."""
        licence = self.licence
        return {
            "id": self.dataset_id,
            "title": self.title,
            "description": self.description or None,
            "licence": licence
            and {"id": licence.id or None, "title": licence.title, "url": licence.url or None},
            "publisher_url": self.publisher_url or None,
            "contact_name": self.contact_name or None,
            "contact_email": self.contact_email or None,
            "landing_page": self.landing_page or None,
            "source_url": self.source_url or None,
            "keywords": list(self.keywords),
            "release_date": self.release_date or None,
            "update_frequency": self.update_frequency or None,
            "period": self.period,
            "open_doubts": self.doubts,
        }


def metadata(
    normalized: Normalized,
    validated: Validated,
    settings: ReleaseSettings,
    *,
    area_code: str,
    origin: Origin,
) -> Metadata:
    """Profile first, then the origin file, then what the document itself says."""
    declared = settings.publication
    code = local_government_code(area_code)
    title = origin.title or normalized.title
    named = declared.dataset_id or "{code}-kpi-{edition}"
    return Metadata(
        area_code=area_code,
        code=code,
        municipality=settings.municipality.full_name,
        edition=normalized.edition,
        actual_fiscal_year=normalized.actual_fiscal_year,
        sha256=normalized.document.sha256,
        document_title=title,
        title=declared.dataset_title or title,
        description=declared.dataset_description,
        dataset_id=named.format(code=code, edition=normalized.edition),
        publisher=declared.publisher or origin.publisher or settings.municipality.name,
        publisher_url=declared.publisher_url,
        contact_name=declared.contact_name,
        contact_email=declared.contact_email,
        licence=settings.licence or _stated(origin.licence, settings),
        keywords=declared.keywords,
        release_date=declared.release_date,
        published=origin.published,
        update_frequency=declared.update_frequency,
        base_url=declared.base_url,
        landing_page=declared.landing_page,
        source_url=origin.url,
        dated=_dated(declared.release_date, origin.published, normalized.edition),
        doubts=sum(found.severity == "blocker" for found in validated.findings),
    )


def _stated(licence: str, settings: ReleaseSettings) -> Licence | None:
    """The licence that the origin file states of the document."""
    if not licence:
        return None
    return find_licence(licence, settings.licences) or Licence(title=licence)


def _dated(release_date: str, published: str, edition: int) -> str:
    for text in (release_date, published):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            continue
    return f"{edition:04d}-04-01"


def gaps(settings: ReleaseSettings, origin: Origin, area_code: str) -> Iterator[Finding]:
    """What portals ask and nobody declared: one finding, with the file and line to write it in."""
    declared = settings.publication
    open_ones = [key for key in _ASKED if not getattr(declared, key)]
    if origin.licence and "licence" in open_ones:
        open_ones.remove("licence")
    if open_ones:
        file = settings.profile or f"schemas/{area_code}-…/profile.toml"
        yield finding(
            "release.undeclared",
            file,
            expected=", ".join(open_ones),
            parameters={"line": str(settings.line)},
        )


def taken_id(settings: ReleaseSettings, editions: Sequence[int]) -> Iterator[Finding]:
    """A dataset id without the edition in it, where there are ``editions`` before this one."""
    named = settings.publication.dataset_id
    if (
        editions
        and named
        and named.format(edition="", code="-") == named.format(edition="-", code="-")
    ):
        yield finding(
            "release.dataset-id-taken",
            settings.profile,
            printed=named,
            parameters={"line": str(settings.line), "edition": str(max(editions))},
        )
