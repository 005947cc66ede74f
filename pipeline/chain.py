"""The chain: the stages in order, what each takes and gives, and when one runs again.

::

    stage      takes                              settings    gives
    1 extract    the PDF                            extract     Extracted    1-extract.json
    2 assemble   Extracted                          assemble    Assembled    2-assemble.json
    3 normalize  Assembled                          normalize   Normalized   3-normalize.json
    4 validate   Normalized, last edition's         validate    Validated    4-validate.json
    5 release    Normalized, Validated, origin,     release     Released     5-release.json
                 those of earlier editions

A stage runs again when one of its *parts* has changed: the digests of its inputs, of the settings
it reads, of its code and all code of ours behind it, the versions of the libraries that shape
its output.  The parts are stored in the artefact, so a stage can say why it runs.  The release
itself stands in ``release/``; the artefact of its stage is the list of its files.

One file, though a long one: it is the one place where the whole chain is seen, from inputs to ends.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from msgspec import structs

from pipeline import limits
from pipeline.cache import store
from pipeline.cache.fingerprint import code_digest, library_versions
from pipeline.errors import (
    InternalError,
    NoIndicatorsError,
    SettingsError,
    ShihyoError,
    UnreadableError,
    UsageError,
)
from pipeline.extract.ocr import engine
from pipeline.extract.ocr.libraries import libraries
from pipeline.messages import N_, texts_digest
from pipeline.model import (
    Assembled,
    Extracted,
    Normalized,
    Origin,
    Record,
    Released,
    ReleasedFile,
    Remark,
    Validated,
)
from pipeline.settings.decisions import place_of
from pipeline.settings.load import Settings

StageName = Literal["extract", "assemble", "normalize", "validate", "release"]
SecondReader = Literal["always", "on-doubt", "never"]
RELEASE = "release"
_MARKS = ("SHA256SUMS", "datapackage.json")
"""Files that every release holds."""


@dataclass(frozen=True)
class Stage:
    """One link of the chain.  ``libraries`` are those whose version can change its output."""

    number: int
    name: StageName
    gives: type[Record]
    libraries: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        return f"pipeline.{self.name}"

    @property
    def file(self) -> str:
        return f"{self.number}-{self.name}.json"


STAGES = (
    Stage(
        1,
        "extract",
        Extracted,
        ("msgspec", "pdfminer.six", "pdfplumber", "playa-pdf", "pypdfium2"),
    ),
    Stage(2, "assemble", Assembled, ("msgspec", "rapidfuzz")),
    Stage(3, "normalize", Normalized, ("msgspec", "rapidfuzz")),
    Stage(4, "validate", Validated, ("msgspec", "rapidfuzz")),
    Stage(5, "release", Released, ("msgspec", "xlsxwriter")),
)


@dataclass(frozen=True)
class Task:
    """One document on its way through the chain, with all that the stages may read.

    ``told``: what the user told of the document's identity, which it may contradict.
    ``decided``: the municipality's folder, in which its decisions stand.
    """

    pdf: Path
    sha256: str
    folder: Path
    area_code: str
    edition: int
    settings: Settings
    origin: Origin = field(default_factory=Origin)
    second_reader: SecondReader = "always"
    ocr: bool = True
    password: str | None = None
    previous: Task | None = None
    told: str = ""
    decided: Path | None = None


@dataclass
class Outcome:
    """What became of one stage.  ``because``: the parts that had changed, or why it ran."""

    stage: StageName
    ran: bool
    because: tuple[str, ...] = ()


@dataclass
class Progress:
    """What the caller wants to be told; the chain itself prints nothing.

    ``on_assembled`` is asked what the document, as it stands assembled, says against what was
    told of it.
    """

    on_stage: Callable[[StageName, bool], None] = lambda _stage, _runs: None
    on_assembled: Callable[[Extracted, Assembled], tuple[Remark, ...]] = lambda _read, _plan: ()
    outcomes: list[Outcome] = field(default_factory=list)


def fingerprint(stage: Stage, task: Task, inputs: dict[str, str]) -> dict[str, str]:
    """The parts that shape a stage's artefact, each as a digest or a readable line."""
    return {
        **inputs,
        "settings": store.settings_digest(getattr(task.settings, stage.name)),
        "code": code_digest(stage.module),
        "libraries": library_versions(stage.libraries),
    }


def own_inputs(stage: Stage, task: Task) -> dict[str, str]:
    """The inputs of a stage that are not artefacts of earlier stages."""
    if stage.name == "extract":
        recognition = library_versions(libraries()) or "absent" if task.ocr else "off"
        return {"pdf": task.sha256, "second reader": task.second_reader, "ocr": recognition}
    if stage.name == "normalize":
        return {"edition": str(task.edition), "area": task.area_code, "told": task.told}
    if stage.name == "validate":
        return {"messages": texts_digest()}
    if stage.name == "release":
        return {
            "area": task.area_code,
            "origin": store.settings_digest(task.origin),
            "messages": texts_digest(),
        }
    return {}


TAKES: dict[StageName, tuple[StageName, ...]] = {
    "extract": (),
    "assemble": ("extract",),
    "normalize": ("assemble",),
    "validate": ("normalize",),
    "release": ("normalize", "validate"),
}


def is_free(folder: Path) -> bool:
    """Whether a release may be put in the place of a folder: nothing is there, or a release."""
    if not folder.exists():
        return True
    return folder.is_dir() and (
        not any(folder.iterdir()) or all((folder / mark).is_file() for mark in _MARKS)
    )


def refuse_other_files(output: Path) -> None:
    """Raise :class:`UsageError` where ``output/release`` is none of ours and holds files."""
    place = output / RELEASE
    if (output / STAGES[-1].file).exists() or is_free(place):
        return
    raise UsageError(
        N_("The folder {folder} holds something else than a release."),
        advice=N_("Name an empty folder, or one with an earlier copy."),
        file=str(place),
        folder=str(place),
    )


_NO_CHARACTERS = "reading.unreadable-glyph"
_FEW_CHARACTERS = 20
"""So many characters without a meaning are no reason why a whole table was not understood."""
_WITHOUT_CHARACTERS = N_(
    "The fonts of the document do not tell which characters they show ({count} characters), so "
    "that its text cannot be read."
)
_MAKE_AGAIN = N_(
    "Make the PDF again from the original file (save it as PDF with its fonts), or print it as "
    "pictures, so that character recognition can read it."
)
PAGE_FAILED = "reading.page-failed"


def no_indicators(pdf: Path, assembled: Assembled, *, ocr: bool = True) -> ShihyoError:
    """The error for a document without an indicator table, with the reason that its pages show.

    ``ocr``: character recognition was wanted.
    """
    failed = [remark for remark in assembled.remarks if remark.rule == PAGE_FAILED]
    if failed:
        return InternalError(file=str(pdf), page=failed[0].page, **failed[0].parameters)
    pages = assembled.document.pages
    if sum(remark.rule == "reading.damaged-page" for remark in assembled.remarks) == len(pages):
        return UnreadableError(N_("None of the pages of the PDF can be read."), file=str(pdf))
    recognised = {r.page for r in assembled.remarks if r.rule in _RECOGNISED}
    unread = _unread(Counter("text" if page.number in recognised else page.kind for page in pages))
    failed = [r for r in assembled.remarks if r.rule == "reading.ocr-failed"]
    if failed:
        problem = failed[0].parameters["problem"]
        return NoIndicatorsError(
            _NOT_RECOGNISED, advice=_RECOGNISE_LONGER, file=str(pdf), problem=problem
        )
    if unread is not None:
        advice = None if unread == _BLANK else _how_to_recognise(ocr=ocr)
        return NoIndicatorsError(unread, advice=advice, file=str(pdf))
    tables = any(r.rule.endswith("not-understood") for r in assembled.remarks)
    pictures = [
        str(page.number)
        for page in pages
        if page.kind in ("scan", "outlined") and page.number not in recognised
    ]
    message = _NO_TABLES
    meaningless = sum(
        int(r.parameters["count"]) for r in assembled.remarks if r.rule.startswith(_NO_CHARACTERS)
    )
    if meaningless > _FEW_CHARACTERS:
        return NoIndicatorsError(
            _WITHOUT_CHARACTERS, advice=_MAKE_AGAIN, file=str(pdf), count=str(meaningless)
        )
    if tables:
        message = _NO_HEADINGS
    elif pictures:
        message = _PICTURES
    elif recognised:
        message = _RECOGNISED_NONE
    return NoIndicatorsError(
        message,
        advice=_how_to_recognise(ocr=ocr) if message == _PICTURES else None,
        file=str(pdf),
        pages=", ".join(pictures),
    )


def _unread(kinds: Counter[str]) -> str | None:
    """What to say of a document of which no page was read."""
    if set(kinds) == {"empty"}:
        return _BLANK
    if kinds["text"]:
        return None
    if kinds["scan"] > kinds["outlined"]:
        return N_("The document is a scan: its pages are pictures without text.")
    return N_("The text of the document is drawn as outlines and cannot be read.")


def _how_to_recognise(*, ocr: bool) -> str:
    """What to do about pages that were not read since they are pictures."""
    if not ocr:
        return N_(
            "Run again without --no-ocr, or obtain the original PDF that was not printed and "
            "scanned."
        )
    if not engine.installed():
        return N_(
            "Obtain the original PDF that was not printed and scanned, or install character "
            "recognition: pip install 'shihyo[ocr]'"
        )
    return N_("Obtain the original PDF that was not printed and scanned.")


_RECOGNISED = frozenset({"reading.by-ocr", "reading.scanned-without-table"})


_NO_TABLES = N_("No indicator table was found: the document holds text but no tables.")
_NO_HEADINGS = N_(
    "No indicator table was found: no table has headings both for the names of indicators and for "
    "their figures."
)
_BLANK = N_("The pages of the document are blank.")
_NOT_RECOGNISED = N_(
    "No indicator table was found: pages of the document are pictures, and character recognition "
    "failed: {problem}"
)
_RECOGNISE_LONGER = N_(
    "Run again; if it stays so, raise the limit in the profile ([extract] seconds_scan, "
    "megabytes_scan), or obtain the original PDF."
)
_RECOGNISED_NONE = N_(
    "No indicator table was found: the document is a scan, and character recognition found no "
    "table of indicators in it."
)
_PICTURES = N_(
    "No indicator table was found in the text; these pages are pictures or outlines "
    "without text: {pages}."
)


_TO_BE_TRIED_ANEW = frozenset({"reading.second-failed", "reading.ocr-failed"})


def unfinished(artefact: Any) -> dict[str, str]:
    """A part that never holds again, for a reading that the next run has to try anew."""
    remarks = artefact.remarks if isinstance(artefact, Extracted) else ()
    failed = sorted({one.rule for one in remarks if one.rule in _TO_BE_TRIED_ANEW})
    return {"unfinished": " ".join(failed)} if failed else {}


class Chain:
    """Runs one task through the stages, taking from the cache what is still true."""

    def __init__(self, task: Task, *, force: bool = False, progress: Progress | None = None):
        self.task = task
        self.progress = progress or Progress()
        self._force = force
        self._digests: dict[StageName, str] = {}
        self._values: dict[StageName, Any] = {}
        self._previous: Normalized | None = None
        self._editions: list[tuple[str, Callable[[], tuple[Normalized, Validated]]]] | None = None

    def run(self, upto: StageName = "release") -> None:
        """Bring every stage up to ``upto`` up to date.

        Raises the typed errors of the stages; whatever was on disk before stays as it was.
        """
        store.remove_parts(self.task.folder)
        store.repair_folder(self.task.folder / RELEASE)
        if upto == "release":
            refuse_other_files(self.task.folder)
        allowed = self.task.settings.extract.seconds_run
        with limits.until(time.monotonic() + allowed, allowed):
            for stage in STAGES:
                self._bring(stage)
                if stage.name == upto:
                    return

    def plan(self) -> list[Outcome]:
        """What :meth:`run` would do, and why, without doing it."""
        planned: list[Outcome] = []
        will_run: set[StageName] = set()
        for stage in STAGES:
            upstream = tuple(name for name in TAKES[stage.name] if name in will_run)
            because = tuple(f"after {name}" for name in upstream) or self._reasons(stage)
            if because:
                will_run.add(stage.name)
            else:
                self._digests[stage.name] = self._cached_digest(stage)
            planned.append(Outcome(stage=stage.name, ran=bool(because), because=because))
        return planned

    def value(self, name: StageName) -> Any:
        """The artefact of a stage that :meth:`run` has brought up to date."""
        if name not in self._values:
            stage = next(stage for stage in STAGES if stage.name == name)
            self._values[name] = store.read_artefact(self.task.folder / stage.file, stage.gives)
        return self._values[name]

    # ------------------------------------------------------------------ one stage

    def _parts(self, stage: Stage) -> dict[str, str]:
        inputs = own_inputs(stage, self.task)
        inputs.update({name: self._digests[name] for name in TAKES[stage.name]})
        if stage.name == "validate" and self.task.previous is not None:
            inputs["previous edition"] = self._previous_digest()
        if stage.name == "release" and self.task.previous is not None:
            inputs["earlier editions"] = " ".join(digest for digest, _ in self._earlier())
        return fingerprint(stage, self.task, inputs)

    def _reasons(self, stage: Stage) -> tuple[str, ...]:
        """Why a stage has to run; empty when its artefact is still true."""
        if self._force:
            return ("forced",)
        path = self.task.folder / stage.file
        header = store.read_header(path)
        if header is None:
            return ("damaged" if path.exists() else "missing",)
        parts = self._parts(stage)
        changed = tuple(
            name
            for name in dict.fromkeys((*parts, *header.parts))
            if parts.get(name) != header.parts.get(name)
        )
        if not changed and stage.name == "release" and not self._release_is_whole():
            return ("damaged",)
        return changed

    def _cached_digest(self, stage: Stage) -> str:
        header = store.read_header(self.task.folder / stage.file)
        return header.digest if header else ""

    def _release_is_whole(self) -> bool:
        made: Released | None = self.value("release")
        folder = self.task.folder / RELEASE
        return (
            made is not None
            and folder.is_dir()
            and {name: entry.sha256 for name, entry in made.files.items()}
            == store.folder_digests(folder)
        )

    def _bring(self, stage: Stage) -> None:
        because = self._reasons(stage)
        self.progress.outcomes.append(Outcome(stage.name, bool(because), because))
        self.progress.on_stage(stage.name, bool(because))
        if not because:
            self._digests[stage.name] = self._cached_digest(stage)
            return
        artefact = self._bounded(stage)
        self._values[stage.name] = artefact
        parts = {**self._parts(stage), **unfinished(artefact)}
        self._digests[stage.name] = store.write_artefact(
            self.task.folder / stage.file, stage.name, parts, artefact
        )

    def _bounded(self, stage: Stage) -> Any:
        """The artefact of a stage, within the limits; reading sees to its own."""
        if stage.name == "extract":
            return self._compute(stage)
        if stage.name == "validate":
            self._previous_value()  # other documents, which have limits of their own
        if stage.name == "release":
            self._earlier()
        allowed = self.task.settings.extract
        with limits.within(allowed.seconds_stage, allowed.megabytes):
            return self._compute(stage)

    def _compute(self, stage: Stage) -> Any:
        task = self.task
        run = import_module(stage.module).run
        if stage.name == "extract":
            return run(
                task.pdf,
                task.settings.extract,
                password=task.password,
                second=task.second_reader,
                ocr=task.ocr,
            )
        if stage.name == "assemble":
            assembled = run(self.value("extract"), task.settings.assemble)
            if not assembled.indicators:
                self._refuse_losing(run)
                raise no_indicators(task.pdf, assembled, ocr=task.ocr)
            return assembled
        if stage.name == "normalize":
            against = self.progress.on_assembled(self.value("extract"), self.value("assemble"))
            normalized: Normalized = run(
                self.value("assemble"),
                task.settings.normalize,
                edition=task.edition,
                area_code=task.area_code,
            )
            return structs.replace(normalized, remarks=(*normalized.remarks, *against))
        if stage.name == "validate":
            return run(
                self.value("normalize"), task.settings.validate, previous=self._previous_value()
            )
        return self._release(run)

    def _refuse_losing(self, run: Callable[..., Assembled]) -> None:
        """Refuse the decision with which the last table of indicators went.

        With those before it, in the order of the file, there is an indicator; with it there is
        none.  Raises :class:`SettingsError` with its file and line; nothing without decisions.
        """
        task, settings = self.task, self.task.settings.assemble
        decisions = settings.decisions

        def reads(count: int) -> bool:
            given = structs.replace(settings, decisions=decisions[:count])
            return bool(run(self.value("extract"), given).indicators)

        if task.decided is None or not decisions or not reads(0):
            return
        kept, lost = 0, len(decisions)
        while lost - kept > 1:
            middle = (kept + lost) // 2
            kept, lost = (middle, lost) if reads(middle) else (kept, middle)
        one = decisions[kept]
        path, line = place_of(task.decided, task.area_code, task.edition, one)
        raise SettingsError(
            N_("With this decision ({value}) no indicator is left."),
            advice=N_("Correct the line, or take the decision back: shihyo decide --undo KEY"),
            file=str(path),
            line=line,
            value=one.value or one.expect or one.action,
        )

    def _release(self, run: Callable[..., Any]) -> Released:
        """Put the release in place as a whole; its manifest is the artefact of the stage."""
        task = self.task
        made = run(
            self.value("normalize"),
            self.value("validate"),
            task.settings.release,
            area_code=task.area_code,
            origin=task.origin,
            earlier=tuple(edition() for _, edition in self._earlier()),
        )

        def fill(folder: Path) -> None:
            for name, data in made.files.items():
                store.write_atomically(folder / name, data)

        store.replace_folder(task.folder / RELEASE, fill)
        return Released(
            files={
                name: ReleasedFile(sha256=store.digest_of(data), size=len(data))
                for name, data in sorted(made.files.items())
            },
            findings=made.findings,
            conformance=made.conformance,
        )

    # ------------------------------------------------------------------ the edition before

    def _previous_value(self) -> Normalized | None:
        if self.task.previous is None:
            return None
        if self._previous is None:
            chain = Chain(self.task.previous, progress=Progress())
            try:
                with store.locked(self.task.previous.folder, lambda: None):
                    chain.run(upto="normalize")
            except ShihyoError as error:
                error.file = error.file or str(self.task.previous.pdf)
                raise
            self._previous = chain.value("normalize")
        return self._previous

    def _previous_digest(self) -> str:
        return store.settings_digest(self._previous_value())

    def _earlier(self) -> list[tuple[str, Callable[[], tuple[Normalized, Validated]]]]:
        """Every earlier edition that can be read, the newest first: its digest, and how to get it.

        One that ends with an error tells it when it is run itself.
        """
        if self._editions is None:
            self._editions = []
            task = self.task.previous
            while task is not None:
                chain = Chain(task, progress=Progress())
                try:
                    with store.locked(task.folder, lambda: None):
                        chain.run(upto="validate")
                except ShihyoError:
                    limits.check()
                else:
                    digest = store.digest_of("".join(chain._digests.values()).encode())
                    self._editions.append((digest, chain._edition))
                task = task.previous
        return self._editions

    def _edition(self) -> tuple[Normalized, Validated]:
        return self.value("normalize"), self.value("validate")
