"""From a PDF and the user's options to a finished job: whose it is, where it goes, how it ended.

One file, though a little long: it is one path, from the options of the command line to its end.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline import limits
from pipeline.cache import store
from pipeline.chain import PAGE_FAILED, Chain, Outcome, Progress, SecondReader, StageName, Task
from pipeline.desk.faults import NAME as FAULT_REPORT
from pipeline.desk.faults import write_report
from pipeline.desk.municipality import folder_name
from pipeline.desk.workspace import add, origin_of, pdfs_in, placed
from pipeline.errors import (
    EnvironmentTroubleError,
    ExitCode,
    InternalError,
    SettingsError,
    ShihyoError,
    UsageError,
    typed,
)
from pipeline.messages import N_
from pipeline.model import (
    Assembled,
    Extracted,
    Normalized,
    Origin,
    Record,
    Released,
    Remark,
    Validated,
)
from pipeline.settings import load as all_settings
from pipeline.settings.profile import find_profile, load_profile

STAGING = ".incoming"
"""Below ``extracted/``: documents whose municipality and edition are still to be found out."""


class Options(Record):
    """What the user asked for.  Paths are texts so that a job can be handed to a worker."""

    workspace: str
    output: str | None = None
    area: str | None = None
    edition: int | None = None
    profile: str | None = None
    second_reader: SecondReader = "always"
    ocr: bool = True
    password: str | None = None
    force: bool = False


class StageReport(Record):
    """What became of a stage: whether it ran, and why."""

    stage: str
    ran: bool
    because: tuple[str, ...] = ()


class Failure(Record):
    """An expected error, ready to be shown in either language."""

    exit_code: int
    message: str
    advice: str
    parameters: dict[str, str]
    file: str | None = None
    page: int | None = None

    @classmethod
    def of(cls, error: ShihyoError, pdf: str, folder: Path | None = None) -> Failure:
        """The record of an error; the PDF itself stands in where the error names no file.

        A fault of the program gets a report, in ``folder`` if that can be.
        """
        file = error.file or pdf
        if isinstance(error, InternalError):
            error.parameters["report"] = str(write_report([error], folder) or "")
        return cls(
            exit_code=int(error.exit_code),
            message=error.message,
            advice=error.advice,
            parameters={**error.parameters, "file": file, "page": str(error.page or "")},
            file=file,
            page=error.page,
        )


class Result(Record):
    """How one document ended."""

    pdf: str
    exit_code: int
    area_code: str = ""
    edition: int | None = None
    output: str = ""
    stages: tuple[StageReport, ...] = ()
    indicators: int = 0
    projects: int = 0
    findings: dict[str, int] = {}
    failure: Failure | None = None
    missing: tuple[Failure, ...] = ()
    """What could not be written beside the release, which is whole."""

    @property
    def cached(self) -> bool:
        """Whether nothing had to run."""
        return bool(self.stages) and not any(stage.ran for stage in self.stages)


def read_pdf(pdf: Path) -> bytes:
    """The bytes of the input file.  Raises :class:`UsageError` if it is not there.

    Raises :class:`EnvironmentTroubleError` if it may not be read, or the disk fails.
    """
    try:
        return pdf.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(
            N_("There is no file {file}."), advice=N_("Check the path."), file=str(pdf)
        ) from error
    except OSError as error:
        raise EnvironmentTroubleError.of(error) from error


def _given_profile(options: Options) -> Path | None:
    """The folder of the profile that was given, if it is there."""
    given = Path(options.profile or "")
    places = (given, given.parent, Path(options.workspace) / "schemas" / given)
    return next((one for one in places if (one / "profile.toml").is_file()), None)


def _profile_folder(options: Options, area: str | None) -> Path | None:
    schemas = Path(options.workspace) / "schemas"
    if options.profile:
        folder = _given_profile(options)
        if folder is not None:
            return folder
        raise SettingsError(
            N_("There is no profile at {profile}."),
            advice=N_("Give a folder with a profile.toml in it."),
            file=options.profile,
            profile=options.profile,
        )
    return find_profile(schemas, area) if area else None


class _Known(Record):
    """Whose document it is.  ``settings``: those of its municipality, without decisions."""

    area: str
    edition: int
    folder: str
    profile: str | None
    settings: all_settings.Settings


def _identified(pdf: Path, sha256: str, options: Options) -> _Known:
    """Area, edition and folder: from options, place under ``raw/``, profile, or the document.

    The settings are loaded once; a second time only where the document itself has to tell whose
    it is, since it is read with other ones then.
    """
    workspace = Path(options.workspace)
    spot = placed(pdf, workspace)
    area = options.area or (spot[0] if spot else None)
    edition = options.edition or (spot[2] if spot else None)
    profile = _profile_folder(options, area)
    settings = all_settings.load(workspace, profile, area or "")
    area = area or (settings.municipality.area_code if settings.municipality else None)
    if area is None or edition is None:
        asked = _asked_of_document(pdf, sha256, options, settings, area=area, edition=edition)
        if area is None:
            profile = _profile_folder(options, asked[0])
            settings = all_settings.load(workspace, profile, asked[0])
        area, edition = asked
    folder = spot[1] if spot and spot[0] == area else folder_name(workspace, area)
    return _Known(
        area=area,
        edition=edition,
        folder=folder,
        profile=str(profile) if profile else None,
        settings=settings,
    )


def _asked_of_document(
    pdf: Path,
    sha256: str,
    options: Options,
    settings: all_settings.Settings,
    *,
    area: str | None,
    edition: int | None,
) -> tuple[str, int]:
    from pipeline.desk.identify import (  # noqa: PLC0415  (only where needed)
        area_of,
        edition_of,
        front_lines,
    )

    workspace = Path(options.workspace)
    task = Task(
        pdf=pdf,
        sha256=sha256,
        folder=_staging(options, sha256),
        area_code=area or "",
        edition=edition or 0,
        settings=settings,
        second_reader=options.second_reader,
        ocr=options.ocr,
        password=options.password,
    )
    chain = Chain(task)
    with store.locked(task.folder, lambda: None):
        chain.run(upto="assemble")
    assembled = chain.value("assemble")
    if area is None:
        title = assembled.title.text if assembled.title else ""
        area = area_of(chain.value("extract"), title, all_settings.known(workspace))
    edition = edition or edition_of(assembled, front_lines(chain.value("extract")))
    if area is None:
        raise UsageError(
            N_("The document does not say clearly which municipality it is from."),
            advice=N_("Give the 5-digit area code: --area 35213"),
            file=str(pdf),
        )
    if edition is None:
        raise _no_edition(pdf, assembled)
    return area, edition


def _no_edition(pdf: Path, assembled: Assembled) -> UsageError:
    """Why the edition is not known, and how to tell it."""
    from pipeline.desk.identify import titled_year  # noqa: PLC0415  (only where needed)

    year = titled_year(assembled)
    if year is None:
        return UsageError(
            N_("The document does not say clearly which fiscal year it is for."),
            advice=N_("Give the year that the document is about to begin: --edition 2025"),
            file=str(pdf),
        )
    return UsageError(
        N_("The title names {year}; its results may be of that year or of the one before."),
        advice=N_(
            "Give --edition {after} if the results are of {year}, --edition {year} if they are of "
            "{before}."
        ),
        file=str(pdf),
        year=str(year),
        after=str(year + 1),
        before=str(year - 1),
    )


def _staging(options: Options, sha256: str) -> Path:
    if options.output:
        return Path(options.output)
    return Path(options.workspace) / "extracted" / STAGING / sha256[:16]


def prepare(pdf: Path, options: Options) -> Task:
    """Everything that the chain needs for one PDF.

    Raises the typed errors for a missing file, a bad profile, or a document that does not say
    whose it is.
    """
    sha256 = store.digest_of(read_pdf(pdf))
    known = _identified(pdf, sha256, options)
    workspace = Path(options.workspace)
    folder = (
        Path(options.output)
        if options.output
        else workspace / "extracted" / known.folder / str(known.edition)
    )
    _take_over_staged(_staging(options, sha256), folder)
    task = Task(
        pdf=pdf,
        sha256=sha256,
        folder=folder,
        area_code=known.area,
        edition=known.edition,
        settings=_settings(known, options, known.edition),
        origin=origin_of(pdf) if placed(pdf, workspace) else Origin(),
        second_reader=options.second_reader,
        ocr=options.ocr,
        password=options.password,
        previous=_previous(known, options),
        told=told_of(pdf, options),
        decided=_own_folder(known, options),
    )
    _check_area(task)
    return task


def _settings(known: _Known, options: Options, edition: int) -> all_settings.Settings:
    """The settings for one edition, with what was decided on it."""
    return all_settings.for_edition(
        known.settings, _own_folder(known, options), known.area, edition
    )


def _own_folder(known: _Known, options: Options) -> Path:
    profile = Path(known.profile) if known.profile else None
    return own_folder(Path(options.workspace), known.folder, profile)


def own_folder(workspace: Path, folder: str, profile: Path | None) -> Path:
    """Where a municipality's own settings stand: beside its profile, else where that would be."""
    return profile or workspace / "schemas" / folder


def own_folder_of(area: str, options: Options) -> Path:
    """Where the settings of a municipality stand, or would stand, for these options."""
    workspace = Path(options.workspace)
    profile = _profile_folder(options, area)
    return own_folder(workspace, folder_name(workspace, area), profile)


def _check_area(task: Task) -> None:
    if len(task.area_code) != 5 or not task.area_code.isascii() or not task.area_code.isdigit():
        raise UsageError(
            N_("{area} is not a 5-digit area code."),
            advice=N_("The 6-digit code of the municipality without its last digit: 35213"),
            file=str(task.pdf),
            area=task.area_code,
        )


def _take_over_staged(staged: Path, folder: Path) -> None:
    """What was read to find out whose document it is need not be read again."""
    if staged == folder or not staged.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for path in staged.glob("[0-9]-*.json"):
        if not (folder / path.name).exists():
            store.write_atomically(folder / path.name, path.read_bytes())
    shutil.rmtree(staged, ignore_errors=True)


def _previous(known: _Known, options: Options) -> Task | None:
    """The newest earlier edition of the same municipality under ``raw/``, with those before it."""
    workspace = Path(options.workspace)
    earlier = [
        path
        for path in pdfs_in(workspace / "raw" / known.folder)
        if placed(path, workspace) and int(path.stem) < known.edition
    ]
    task: Task | None = None
    for pdf in sorted(earlier, key=lambda path: int(path.stem)):
        task = Task(
            pdf=pdf,
            sha256=store.digest_of(read_pdf(pdf)),
            folder=workspace / "extracted" / known.folder / pdf.stem,
            area_code=known.area,
            edition=int(pdf.stem),
            settings=_settings(known, options, int(pdf.stem)),
            origin=origin_of(pdf),
            second_reader=options.second_reader,
            ocr=options.ocr,
            password=options.password,
            previous=task,
            decided=_own_folder(known, options),
        )
    return task


def place(pdf: Path, options: Options, origin: Origin) -> Path:
    """Put a PDF into ``raw/`` of the workspace, with its origin file; returns its new path."""
    known = _identified(pdf, store.digest_of(read_pdf(pdf)), options)
    return add(Path(options.workspace), pdf, known.folder, known.edition, origin)


def told_of(pdf: Path, options: Options) -> str:
    """Which of area, edition and profile the options tell of a document.

    Of a PDF that was put under ``raw/`` its place says whose it is: a profile tells something else
    only if it is that of another municipality.
    """
    place = placed(pdf, Path(options.workspace))
    profile = options.profile
    if place and _area_of_profile(options) in (None, options.area or place[0]):
        profile = None
    told = {"area": options.area, "edition": options.edition, "profile": profile}
    return " ".join(name for name, value in told.items() if value)


def against_told(
    options: Options, extracted: Extracted, assembled: Assembled, *, own: str = ""
) -> Iterator[Remark]:
    """What speaks against the area, the edition and the profile that the options tell.

    ``own``: the area code under which the document is run, if it is not the option's.
    """
    from pipeline.desk.identify import (  # noqa: PLC0415  (only where needed)
        area_of,
        edition_of,
        front_lines,
    )

    workspace = Path(options.workspace)
    of_profile = _area_of_profile(options)
    area = options.area or of_profile
    own = options.area or own
    if of_profile and own and of_profile != own:
        yield Remark(rule="identity.foreign-profile", printed=of_profile, expected=own)
    known = all_settings.known(workspace)
    if area and area not in {one.area_code for one in known} and not options.profile:
        yield Remark(rule="identity.unknown-area", subject=area)
    title = assembled.title.text if assembled.title else ""
    named = area_of(extracted, title, known) if area else None
    if area and named and not _may_be(named, area):
        yield Remark(rule="identity.area-contradicted", printed=named, expected=area)
    edition = edition_of(assembled, front_lines(extracted)) if options.edition else None
    if edition and options.edition != edition:
        yield Remark(
            rule="identity.edition-contradicted",
            printed=str(edition),
            expected=str(options.edition),
        )


def _area_of_profile(options: Options) -> str | None:
    """The area code of the profile that was given, if one was and it is there."""
    folder = _given_profile(options) if options.profile else None
    return load_profile(folder).municipality.area_code if folder else None


def _may_be(named: str, told: str) -> bool:
    """A prefecture's name does not speak against a municipality in it."""
    return named == told or (named.endswith("000") and named[:2] == told[:2])


class Watch:
    """What a run tells while it works.  All methods may be left as they are."""

    def stage(self, stage: StageName, runs: bool) -> None:
        """A stage begins (``runs``) or was taken from the cache."""

    def waiting(self, folder: Path) -> None:
        """Another run holds the document; this one waits."""


class Beside:
    """What is written beside a release.  All methods may be left as they are."""

    def begin(self, task: Task) -> None:
        """The document was read and understood, and stages follow: what takes long can begin."""

    def checked(self, task: Task) -> None:
        """The artefacts of all stages before the release are written."""

    def finish(self, task: Task) -> Sequence[ShihyoError]:  # noqa: ARG002
        """The release is in place.  Gives what could not be written beside it."""
        return ()

    def stop(self) -> None:
        """End what was begun, however the run ended."""


_UNDERSTOOD: tuple[StageName, ...] = ("normalize", "validate")
"""Stages that run for a document in which indicators were found."""


_LAST = 10.0
"""Seconds for what is written beside a release, however little time a run has left: without it
a release that is whole would end as a limit."""


def run_one(
    pdf: Path,
    options: Options,
    watch: Watch | None = None,
    beside: Callable[[], Beside] = Beside,
) -> Result:
    """Run one document through the whole chain.  Expected errors become part of the result."""
    watch = watch or Watch()
    writer = beside()

    def on_stage(stage: StageName, runs: bool) -> None:
        watch.stage(stage, runs)
        if runs and stage in _UNDERSTOOD:
            writer.begin(task)
        if runs and stage == "release":
            writer.checked(task)

    progress = Progress(
        on_stage=on_stage,
        on_assembled=lambda extracted, assembled: (
            tuple(against_told(options, extracted, assembled, own=task.area_code))
            if told_of(pdf, options)
            else ()
        ),
    )
    folder = Path(options.output) if options.output else None
    began = time.monotonic()
    try:
        task = prepare(pdf, options)
        folder = task.folder
        chain = Chain(task, force=options.force, progress=progress)
        allowed = task.settings.extract.seconds_run
        left = allowed - (time.monotonic() - began)
        with store.locked(task.folder, lambda: watch.waiting(task.folder)):
            ends = time.monotonic() + left  # waiting for another run is no work
            with limits.until(ends, allowed):
                chain.run()
        normalized: Normalized = chain.value("normalize")
        validated: Validated = chain.value("validate")
        _report_failed_pages(validated, task.folder)
        with limits.until(max(ends, time.monotonic() + _LAST), allowed):
            missing = tuple(Failure.of(one, str(pdf)) for one in writer.finish(task))
    except Exception as error:
        failure = Failure.of(typed(error), str(pdf), folder)
        return Result(
            pdf=str(pdf),
            exit_code=failure.exit_code,
            stages=_reports(progress.outcomes),
            failure=failure,
        )
    finally:
        writer.stop()
    released: Released = chain.value("release")
    told = (*validated.findings, *released.findings)
    counts = Counter(finding.severity for finding in told)
    return Result(
        pdf=str(pdf),
        exit_code=int(ExitCode.DOUBTS if counts["blocker"] else ExitCode.RELEASED),
        area_code=task.area_code,
        edition=task.edition,
        output=str(task.folder),
        stages=_reports(progress.outcomes),
        indicators=len(normalized.indicators),
        projects=len(normalized.projects),
        findings={name: counts[name] for name in ("blocker", "error", "warning", "info")},
        missing=missing,
    )


def _report_failed_pages(validated: Validated, folder: Path) -> None:
    failed = [
        InternalError(page=finding.page, **finding.parameters)
        for finding in validated.findings
        if finding.rule == PAGE_FAILED
    ]
    if failed:
        write_report(failed, folder)
    else:
        (folder / FAULT_REPORT).unlink(missing_ok=True)


def plan_one(pdf: Path, options: Options) -> Result:
    """What a run would do, and why."""
    try:
        task = prepare(pdf, options)
        outcomes = Chain(task, force=options.force).plan()
    except Exception as error:
        return _failed(pdf, typed(error))
    return Result(
        pdf=str(pdf),
        exit_code=0,
        area_code=task.area_code,
        edition=task.edition,
        output=str(task.folder),
        stages=_reports(outcomes),
    )


def _reports(outcomes: list[Outcome]) -> tuple[StageReport, ...]:
    return tuple(StageReport(stage=one.stage, ran=one.ran, because=one.because) for one in outcomes)


def _failed(pdf: Path, error: ShihyoError) -> Result:
    failure = Failure.of(error, str(pdf))
    return Result(pdf=str(pdf), exit_code=failure.exit_code, failure=failure)


def exit_code_of(results: list[Result]) -> int:
    """One exit code for many documents: the first failure, else doubts, else released."""
    codes = [result.exit_code for result in results]
    failed = [code for code in codes if code not in (ExitCode.RELEASED, ExitCode.DOUBTS)]
    if failed:
        return failed[0]
    return int(max(codes, default=ExitCode.RELEASED))
