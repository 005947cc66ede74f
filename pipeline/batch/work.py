"""What a worker does: run the editions of one municipality and publish their releases.

A group carries all that it needs (addresses, the municipality's settings as bytes), so it runs on
this machine or another one.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipeline.batch.sources import Source, file_system
from pipeline.batch.stores import Store
from pipeline.cache import store
from pipeline.chain import SecondReader
from pipeline.desk.jobs import Failure, Options, Result, run_one
from pipeline.errors import ExitCode, UsageError, typed
from pipeline.messages import N_
from pipeline.model import Record

RAN, FAILED, UNCHANGED = "ran", "failed", "unchanged"


class Item(Record):
    """One document to run.  ``only_beside``: it did not change, but a later edition looks at it."""

    source: Source
    fingerprint: str
    only_beside: bool = False


class Group(Record):
    """The editions of one municipality, the oldest first, or one document of unknown origin.

    ``folder``: the municipality's folder under ``schemas/`` and ``raw/``.
    ``settings``: the files of ``schemas/`` that concern it, by their path.
    """

    items: tuple[Item, ...]
    folder: str
    settings: dict[str, bytes]
    destination: str
    second_reader: SecondReader = "always"
    ocr: bool = True


class Done(Record):
    """How one document ended: a line of the journal.

    ``state``: ran, failed or unchanged.  ``folder``: where its release is, from the destination.
    """

    address: str
    state: str
    fingerprint: str = ""
    area_code: str = ""
    edition: int | None = None
    exit_code: int = 0
    seconds: float = 0.0
    indicators: int = 0
    doubts: int = 0
    contradictions: int = 0
    folder: str = ""
    failure: Failure | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing was released."""
        return self.state == FAILED


def run_group(group: Group) -> list[Done]:
    """Run the documents of a group and publish them.  Raises nothing: failures are results."""
    return list(_run_all(group))


def _run_all(group: Group) -> Iterator[Done]:
    destination = Store(group.destination)
    with tempfile.TemporaryDirectory(prefix="shihyo-") as name:
        workspace = Path(name)
        for path, data in group.settings.items():
            _put(workspace / "schemas" / path, data)
        for item in group.items:
            started = time.monotonic()
            try:
                pdf = _fetched(item.source, group.folder, workspace)
                if item.only_beside:
                    continue
                told = item.source if item.source.manifest else Source(address="")
                options = Options(
                    workspace=str(workspace),
                    area=told.area or None,
                    edition=told.edition,
                    second_reader=group.second_reader,
                    ocr=group.ocr,
                )
                done = _published(run_one(pdf, options), item, destination)
            except Exception as error:
                done = failed(item.source, Failure.of(typed(error), item.source.address))
            seconds = round(time.monotonic() - started, 3)
            yield msgspec.structs.replace(done, seconds=seconds)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _fetched(source: Source, folder: str, workspace: Path) -> Path:
    """The PDF (and its origin file, if there is one) in the workspace of the worker."""
    system, path = file_system(source.address)
    at = Path("raw", folder, f"{source.edition}.pdf")
    pdf = workspace / (at if source.edition else Path("incoming", Path(path).name))
    _put(pdf, system.cat_file(path))
    origin = f"{path.removesuffix('.pdf')}.toml"
    if source.edition and system.exists(origin):
        _put(pdf.with_suffix(".toml"), system.cat_file(origin))
    return pdf


def _published(result: Result, item: Item, destination: Store) -> Done:
    if result.failure is not None:
        return failed(item.source, result.failure)
    if result.edition is None:
        raise UsageError(N_("The document does not say clearly which fiscal year it is for."))
    release = Path(result.output) / "release"
    data = json.loads((release / "data.json").read_text("utf-8"))
    facts = {
        "title": data["document"]["title"],
        "municipality": data["document"]["publisher"],
        "local_government_code": data["document"]["local_government_code"],
        "source": item.source.address,
        "sha256": store.digest_of((release / "data.json").read_bytes()),
        "fingerprint": item.fingerprint,
        "indicators": result.indicators,
        "doubts": result.findings.get("blocker", 0),
        "contradictions": result.findings.get("error", 0),
        "exit_code": result.exit_code,
    }
    folder = destination.publish(release, result.area_code, result.edition, facts)
    return Done(
        address=item.source.address,
        state=RAN,
        fingerprint=item.fingerprint,
        area_code=result.area_code,
        edition=result.edition,
        exit_code=result.exit_code,
        indicators=result.indicators,
        doubts=facts["doubts"],
        contradictions=facts["contradictions"],
        folder=folder,
    )


def failed(source: Source, failure: Failure) -> Done:
    """A document of which nothing was released."""
    return Done(
        address=source.address,
        state=FAILED,
        area_code=source.area,
        edition=source.edition,
        exit_code=failure.exit_code or int(ExitCode.INTERNAL),
        failure=failure,
    )
