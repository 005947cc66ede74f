"""Several editions of one municipality: brought up to date, compared, put into one time series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.cache import store
from pipeline.cache.fingerprint import code_digest
from pipeline.chain import Chain, StageName
from pipeline.desk.jobs import Options, prepare
from pipeline.desk.workspace import documents, origin_of, placed
from pipeline.editions import compare as series
from pipeline.editions import registry, timeseries
from pipeline.errors import UsageError
from pipeline.messages import N_
from pipeline.model import (
    Indicator,
    Normalized,
    Origin,
    Record,
    Released,
    ReleasedFile,
    Validated,
)
from pipeline.normalize.units import UnitTable
from pipeline.release.metadata import Metadata, metadata
from pipeline.settings.load import Settings, load, load_release
from pipeline.settings.profile import find_profile, local_government_code
from pipeline.settings.registry import FILE_NAME
from pipeline.settings.release import ReleaseSettings

_MANIFEST = ".series.json"


class City(Record):
    """A municipality of a workspace: its folder's name under ``raw/`` and its editions' PDFs."""

    workspace: str
    area_code: str
    folder: str
    pdfs: dict[int, str]

    @property
    def schemas(self) -> Path | None:
        """The folder of its profile and registry."""
        return find_profile(Path(self.workspace) / "schemas", self.area_code)

    @property
    def output(self) -> Path:
        """Where what is made of all its editions goes."""
        return Path(self.workspace) / "extracted" / self.folder

    def settings(self) -> Settings:
        """Its settings."""
        return load(Path(self.workspace), self.schemas, self.area_code)

    def pdf(self, edition: int) -> Path:
        """The PDF of an edition.  Raises :class:`UsageError` if there is none."""
        if edition not in self.pdfs:
            raise UsageError(
                N_("There is no edition {edition}; there are: {editions}."),
                advice=N_("Add it with: shihyo add PDF"),
                edition=str(edition),
                editions=", ".join(str(year) for year in sorted(self.pdfs)),
            )
        return Path(self.pdfs[edition])

    def origin(self, edition: int) -> Origin:
        """What the origin file beside the PDF of an edition states."""
        return origin_of(self.pdf(edition))


def cities(workspace: Path) -> list[City]:
    """All municipalities that have a document under ``raw/``."""
    found: dict[str, City] = {}
    for pdf in documents(workspace):
        spot = placed(pdf, workspace)
        if spot is None:
            continue
        area, folder, edition = spot
        known = found.setdefault(
            folder, City(workspace=str(workspace), area_code=area, folder=folder, pdfs={})
        )
        known.pdfs[edition] = str(pdf)
    return list(found.values())


def city_of(workspace: Path, area: str | None) -> City:
    """The municipality of an area code, or the only one there is.

    Raises :class:`UsageError` when there is none, or when it is not clear which one is meant.
    """
    known = [city for city in cities(workspace) if area in (None, city.area_code)]
    if len(known) == 1:
        return known[0]
    if not known:
        raise UsageError(
            N_("There is no document of this municipality under {folder}."),
            advice=N_("Add it with: shihyo add PDF"),
            folder=str(workspace / "raw"),
        )
    raise UsageError(
        N_("There are several municipalities: {areas}."),
        advice=N_("Say which one: --area"),
        areas=", ".join(city.area_code for city in known),
    )


def bring(city: City, edition: int, options: Options, upto: StageName) -> Chain:
    """One edition run through the chain up to a stage.  Raises the typed errors of the stages."""
    chain = Chain(prepare(city.pdf(edition), options))
    with store.locked(chain.task.folder, lambda: None):
        chain.run(upto=upto)
    return chain


# --------------------------------------------------------------------------- differences


class Comparison(Record):
    """Two editions and what the later one changed."""

    older: Normalized
    newer: Normalized
    changes: tuple[series.Change, ...]
    code: str


def compare(city: City, older: int, newer: int, options: Options) -> Comparison:
    """What the edition ``newer`` changed against ``older``."""
    before: Normalized = bring(city, older, options, "normalize").value("normalize")
    after: Normalized = bring(city, newer, options, "normalize").value("normalize")
    units = UnitTable(city.settings().normalize.units)
    return Comparison(
        older=before,
        newer=after,
        changes=series.diff(before, after, units),
        code=local_government_code(city.area_code),
    )


# --------------------------------------------------------------------------- time series


def update_series(city: City) -> bool:
    """Write the time series of all editions that were made, unless it is up to date.

    Gives whether it was written.  Files: ``<code>_kpi_timeseries.csv`` with its metadata,
    ``timeseries.json`` and ``datapackage.json``.
    """
    if not city.output.is_dir():
        return False
    with store.locked(city.output, lambda: None):
        store.remove_parts(city.output)
        return _update(city)


def _update(city: City) -> bool:
    editions = [
        folder for year in sorted(city.pdfs) if (folder := city.output / str(year)).is_dir()
    ]
    headers = {
        f"{folder.name} {stage}": header.digest
        for folder in editions
        for stage in ("3-normalize", "4-validate")
        if (header := store.read_header(folder / f"{stage}.json")) is not None
    }
    if not headers:
        return False
    settings = load_release(Path(city.workspace), city.schemas, city.area_code)
    parts = {
        **headers,
        "settings": store.settings_digest(settings),
        "origins": store.settings_digest([city.origin(int(folder.name)) for folder in editions]),
        "code": code_digest("pipeline.editions.timeseries"),
    }
    if _is_current(city.output, parts):
        return False
    made = _series(city, editions, settings)
    for name, data in made.items():
        store.write_atomically(city.output / name, data)
    manifest = Released(
        files={
            name: ReleasedFile(sha256=store.digest_of(data), size=len(data))
            for name, data in made.items()
        }
    )
    store.write_artefact(city.output / _MANIFEST, "series", parts, manifest)
    return True


def _is_current(output: Path, parts: dict[str, str]) -> bool:
    header = store.read_header(output / _MANIFEST)
    manifest = store.read_artefact(output / _MANIFEST, Released)
    if header is None or manifest is None or header.parts != parts:
        return False
    return all(
        (output / name).is_file() and store.digest_of((output / name).read_bytes()) == file.sha256
        for name, file in manifest.files.items()
    )


def _series(city: City, editions: Sequence[Path], settings: ReleaseSettings) -> dict[str, bytes]:
    made: list[tuple[Normalized, Validated]] = []
    described: list[Metadata] = []
    for folder in editions:
        normalized = store.read_artefact(folder / "3-normalize.json", Normalized)
        validated = store.read_artefact(folder / "4-validate.json", Validated)
        if normalized is None or validated is None:
            continue
        made.append((normalized, validated))
        described.append(
            metadata(
                normalized,
                validated,
                settings,
                area_code=city.area_code,
                origin=city.origin(int(folder.name)),
            )
        )
    if not made:
        return {}
    return timeseries.timeseries_files(timeseries.timeseries(made, settings.signs), described)


# --------------------------------------------------------------------------- registry


def registry_folder(city: City) -> Path:
    """The folder of a municipality's registry.  Raises :class:`UsageError` without a profile."""
    folder = city.schemas
    if folder is None:
        raise UsageError(
            N_("There is no profile of {area} under schemas/."),
            advice=N_("Draft one with: shihyo init PDF --area {area}"),
            area=city.area_code,
        )
    return folder


def proposals(
    city: City, edition: int | None, options: Options
) -> tuple[int, Normalized, tuple[registry.Proposal, ...]]:
    """What an edition (the latest, if none is named) would change in the registry."""
    year = edition or max(city.pdfs)
    normalized: Normalized = bring(city, year, options, "normalize").value("normalize")
    earlier = [known for known in city.pdfs if known < year]
    older: Normalized | None = None
    if earlier:
        older = bring(city, max(earlier), options, "normalize").value("normalize")
    settings = city.settings().normalize
    found = registry.propose(
        normalized,
        registry.read(registry_folder(city)),
        settings.direction,
        area_code=city.area_code,
        older=older,
    )
    return year, normalized, found


def changes(workspace: Path, area: str, output: Path) -> tuple[registry.Proposal, ...]:
    """What an edition would change in the registry, by what its run has left in ``output``.

    Nothing for a document that does not stand under ``raw/``, or of a city without a registry.
    """
    known = [city for city in cities(workspace) if city.area_code == area]
    normalized = store.read_artefact(output / "3-normalize.json", Normalized)
    if len(known) != 1 or normalized is None:
        return ()
    (city,) = known
    folder = city.schemas
    if folder is None or not (folder / FILE_NAME).is_file():
        return ()
    earlier = [year for year in city.pdfs if year < normalized.edition]
    before = city.output / str(max(earlier, default=0)) / "3-normalize.json"
    return registry.propose(
        normalized,
        registry.read(folder),
        city.settings().normalize.direction,
        area_code=area,
        older=store.read_artefact(before, Normalized),
    )


def chosen(
    found: Sequence[registry.Proposal], identifiers: Sequence[str]
) -> tuple[registry.Proposal, ...]:
    """The proposals named by their ids.  Raises :class:`UsageError` for one that is not there."""
    known = {proposal.id: proposal for proposal in found}
    for identifier in identifiers:
        if identifier not in known:
            raise UsageError(
                N_("Nothing is proposed for {id}."),
                advice=N_("See the proposals with: shihyo registry propose"),
                id=identifier,
            )
    return tuple(known[identifier] for identifier in identifiers)


def indicator_of(normalized: Normalized, identifier: str) -> Indicator:
    """The indicator of a (provisional) id.  Raises :class:`UsageError` if there is none."""
    for one in normalized.indicators:
        if one.id == identifier:
            return one
    raise UsageError(
        N_("The document has no indicator {id}."),
        advice=N_("See the proposals with: shihyo registry propose"),
        id=identifier,
    )
