"""The page and the workbook beside the release, written again only when something has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pipeline import limits
from pipeline.cache import store
from pipeline.cache.fingerprint import code_digest, library_versions
from pipeline.chain import Task
from pipeline.desk.jobs import Beside, read_pdf
from pipeline.desk.workspace import earlier_editions
from pipeline.errors import LimitError, ReviewError, ShihyoError
from pipeline.extract import guard
from pipeline.messages import N_, texts_digest, translate
from pipeline.model import Extracted, Released, ReleasedFile

if TYPE_CHECKING:
    from pipeline.review.pictures import Drawing, Drawn

PAGE, WORKBOOK, MANIFEST = "review.html", "review.xlsx", "6-review.json"
ASSETS = Path(__file__).with_name("assets")
_LIBRARIES = ("jinja2", "pillow", "pypdfium2", "xlsxwriter")
_NOT_WRITTEN = N_(
    "The release is whole, but its review page could not be written: a limit was exceeded "
    "({limit})."
)
_RAISE = N_(
    "Look at findings.csv and the PDF, or raise seconds_stage or megabytes in the profile "
    "([extract]) and run again."
)


class ReviewFiles(Beside):
    """The page and the workbook of one run: the pages are drawn while the last stages run.

    Where a second core is free, both files are made in a child process beside the last of them.
    """

    def __init__(self) -> None:
        self._drawing: Drawing | None = None
        self._making: Making | None = None
        self._trouble: ShihyoError | None = None

    def begin(self, task: Task) -> None:
        """Begin to draw the pages."""
        if self._drawing is None:
            self._drawing = _drawing(task)

    def checked(self, task: Task) -> None:
        """Begin to make the files, if the pages are drawn by now."""
        if self._drawing is None or not self._drawing.ready() or not guard.two_at_once():
            return
        try:
            drawn = self._drawing.drawn(lambda: _count(task))
        except ShihyoError as error:  # no reason to release nothing
            self._trouble = error
        else:
            self._making = Making(task, drawn)

    def finish(self, task: Task) -> tuple[ReviewError, ...]:
        """Write both files, unless they are up to date; gives what they lack."""
        missing = _bring(task, lambda: self._made(task))[1]
        return (missing,) if missing else ()

    def _made(self, task: Task) -> Made:
        if self._trouble is not None:
            raise self._trouble
        if self._making is not None:
            return self._making.made()
        return _make(task, (self._drawing or _drawing(task)).drawn(lambda: _count(task)))

    def stop(self) -> None:
        """End what was begun."""
        for one in (self._drawing, self._making):
            if one is not None:
                one.stop()


def bring(task: Task) -> bool:
    """Write both files of a document that was run, unless they are up to date.

    Gives whether they were written.
    """
    return _bring(task, lambda: _make(task, _drawing(task).drawn(lambda: _count(task))))[0]


class Made(NamedTuple):
    """Name → bytes of both files, and what they lack."""

    files: dict[str, bytes]
    missing: ReviewError | None


class Making:
    """A child process, a copy of this one, that makes both files."""

    def __init__(self, task: Task, drawn: Drawn) -> None:
        allowed = task.settings.extract
        self._missing = drawn.missing
        self._child = guard.Child(
            _make_encoded,
            task,
            drawn,
            seconds=allowed.seconds_stage,
            megabytes=allowed.megabytes,
        )

    def made(self) -> Made:
        """Wait for the files.  Raises the typed errors of the guard."""
        files = msgspec.msgpack.decode(self._child.result(), type=dict[str, bytes])
        return Made(files, self._missing)

    def stop(self) -> None:
        """End the process if it still runs."""
        self._child.stop()


def _make_encoded(task: Task, drawn: Drawn) -> bytes:
    return msgspec.msgpack.encode(_make(task, drawn).files)


def _drawing(task: Task) -> Drawing:
    from pipeline.review.pictures import Drawing  # noqa: PLC0415  (heavy, at use)

    return Drawing(read_pdf(task.pdf), task.settings.extract, task.password)


def _count(task: Task) -> int:
    """How many pages the document has."""
    extracted = store.read_artefact(task.folder / "1-extract.json", Extracted)
    return len(extracted.document.pages) if extracted else 0


def _bring(task: Task, make: Callable[[], Made]) -> tuple[bool, ReviewError | None]:
    """Whether the files were written, and what they lack: a run after that tries again."""
    output = task.folder
    with store.locked(output, lambda: None):
        parts = _parts(output, task.edition)
        if _is_current(output, parts):
            return False, None
        try:
            files, missing = make()
        except LimitError as error:
            for name in (PAGE, WORKBOOK, MANIFEST):  # of an earlier state: they would mislead
                (output / name).unlink(missing_ok=True)
            limit = error.parameters.get("limit", "")
            return False, ReviewError(_NOT_WRITTEN, advice=_RAISE, limit=limit)
        if missing is not None:
            parts["missing"] = "pictures"
        _write(output, files, parts)
        return True, missing


def _write(output: Path, files: dict[str, bytes], parts: dict[str, str]) -> None:
    for name, data in files.items():
        store.write_atomically(output / name, data)
    made = {
        name: ReleasedFile(sha256=store.digest_of(data), size=len(data))
        for name, data in files.items()
    }
    store.write_artefact(output / MANIFEST, "review", parts, Released(files=made))


def _make(task: Task, drawn: Drawn) -> Made:
    from pipeline.review.matter import document_of, matter  # noqa: PLC0415  (heavy, at use)
    from pipeline.review.page import TEXTS, review_page  # noqa: PLC0415
    from pipeline.review.workbook import workbook  # noqa: PLC0415

    allowed = task.settings.extract
    words = {name: translate(text, "ja") for name, text in TEXTS.items()}
    with limits.within(allowed.seconds_stage, allowed.megabytes):
        document = document_of(task)
        shown = matter(document)
        files = {
            PAGE: review_page(shown, drawn.pages),
            WORKBOOK: workbook(document.desk, {**shown, "words": words}, drawn.pages),
        }
    return Made(files, drawn.missing)


def _parts(output: Path, edition: int) -> dict[str, str]:
    """What shapes both files: the artefacts, those of the editions before, our code and texts."""
    headers = {
        f"{path.parent.name} {path.stem}": header.digest
        for path in (
            *sorted(output.glob("[1-4]-*.json")),
            *(folder / "3-normalize.json" for folder in earlier_editions(output, edition)),
        )
        if (header := store.read_header(path)) is not None
    }
    assets = b"".join(path.read_bytes() for path in sorted(ASSETS.iterdir()) if path.is_file())
    return {
        **headers,
        "assets": store.digest_of(assets),
        "code": code_digest("pipeline.review.write"),
        "libraries": library_versions(_LIBRARIES),
        "messages": texts_digest(),
    }


def _is_current(output: Path, parts: dict[str, str]) -> bool:
    header = store.read_header(output / MANIFEST)
    manifest = store.read_artefact(output / MANIFEST, Released)
    if header is None or manifest is None or header.parts != parts:
        return False
    return all(
        (output / name).is_file() and store.digest_of((output / name).read_bytes()) == made.sha256
        for name, made in manifest.files.items()
    )
