"""The page and the workbook beside the release, written again only when something has changed."""

from __future__ import annotations

from pathlib import Path

from pipeline import limits
from pipeline.cache import store
from pipeline.cache.fingerprint import code_digest, library_versions
from pipeline.chain import Task
from pipeline.desk.jobs import read_pdf
from pipeline.desk.workspace import earlier_editions
from pipeline.messages import texts_digest, translate
from pipeline.model import Released, ReleasedFile

PAGE, WORKBOOK, MANIFEST = "review.html", "review.xlsx", "6-review.json"
ASSETS = Path(__file__).with_name("assets")
_LIBRARIES = ("jinja2", "pillow", "pypdfium2", "xlsxwriter")


def bring(task: Task) -> bool:
    """Write both files of a document that was run, unless they are up to date.

    Gives whether they were written.
    """
    with store.locked(task.folder, lambda: None):
        return _bring(task)


def _bring(task: Task) -> bool:
    output = task.folder
    parts = _parts(output, task.edition)
    if _is_current(output, parts):
        return False
    files = _made(task)
    for name, data in files.items():
        store.write_atomically(output / name, data)
    made = {
        name: ReleasedFile(sha256=store.digest_of(data), size=len(data))
        for name, data in files.items()
    }
    store.write_artefact(output / MANIFEST, "review", parts, Released(files=made))
    return True


def _made(task: Task) -> dict[str, bytes]:
    """Name → bytes of both files."""
    from pipeline.review.matter import document_of, matter  # noqa: PLC0415  (heavy, at use)
    from pipeline.review.page import TEXTS, review_page  # noqa: PLC0415
    from pipeline.review.pictures import pages  # noqa: PLC0415
    from pipeline.review.workbook import workbook  # noqa: PLC0415

    allowed = task.settings.extract
    drawn = pages(read_pdf(task.pdf), allowed, task.password)
    words = {name: translate(text, "ja") for name, text in TEXTS.items()}
    with limits.within(allowed.seconds_stage, allowed.megabytes):
        document = document_of(task)
        shown = matter(document)
        return {
            PAGE: review_page(shown, drawn),
            WORKBOOK: workbook(document.desk, {**shown, "words": words}, drawn),
        }


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
