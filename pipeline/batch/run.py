"""A batch from its sources to its summary: what must run, who runs it, what came of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.batch.executors import Executor
from pipeline.batch.journal import Journal
from pipeline.batch.sources import Source, file_system, is_local
from pipeline.batch.stores import Store
from pipeline.batch.work import UNCHANGED, Done, Group, Item, failed, run_group
from pipeline.cache import fingerprint, store
from pipeline.desk.jobs import Failure, Options
from pipeline.desk.municipality import folder_name
from pipeline.errors import ExitCode, WorkerError, typed
from pipeline.model import Record


class Summary(Record):
    """How a batch ended, its documents in the order of their sources."""

    documents: tuple[Done, ...]

    @property
    def states(self) -> Counter[str]:
        """How many documents ran, failed, or had not changed."""
        return Counter(done.state for done in self.documents)

    @property
    def exit_code(self) -> ExitCode:
        """Whether all, some or none of the documents are released; doubts count as released."""
        failures = sum(done.failed for done in self.documents)
        if failures == len(self.documents) and failures:
            return ExitCode.ALL_FAILED
        if failures:
            return ExitCode.SOME_FAILED
        doubts = any(done.exit_code == ExitCode.DOUBTS for done in self.documents)
        return ExitCode.DOUBTS if doubts else ExitCode.RELEASED


class Plan(Record):
    """What must run, by municipality, and what had not changed."""

    groups: tuple[Group, ...]
    unchanged: tuple[Done, ...]


def plan(
    sources: Sequence[Source],
    options: Options,
    destination: Store,
    last: dict[str, Done],
) -> Plan:
    """Compare the fingerprint of each document with that of its published release.

    A fingerprint stands for the document, its settings, our code and libraries, and the edition
    before it.  ``last``: the journal's last entries.
    """
    workspace = Path(options.workspace)
    markers = destination.markers()
    always = f"{_code()} {options.second_reader} {options.ocr}"
    files = _settings_files(workspace / "schemas")
    groups: list[Group] = []
    unchanged: list[Done] = []
    for area, ones in _by_municipality(sources):
        folder = folder_name(workspace, area) if area else ""
        settings = _settings_of(files, folder)
        before = _digest(
            always, *(f"{name} {store.digest_of(settings[name])}" for name in settings)
        )
        items: list[Item] = []
        for one in ones:
            before = _digest(before, one.address, _token(one))
            known = _released(one, markers, destination, last)
            same = known is not None and known.fingerprint == before and not options.force
            if same and known is not None:
                unchanged.append(known)
            items.append(Item(source=one, fingerprint=before, only_beside=same))
        if not all(item.only_beside for item in items):
            groups.append(
                Group(
                    items=tuple(items),
                    folder=folder,
                    settings=settings,
                    destination=destination.address,
                    second_reader=options.second_reader,
                    ocr=options.ocr,
                )
            )
    return Plan(groups=tuple(groups), unchanged=tuple(unchanged))


def run_batch(
    sources: Sequence[Source],
    options: Options,
    destination: Store,
    journal: Journal,
    executor_of: Callable[[int], Executor],
    *,
    on_done: Callable[[Done], Any],
) -> Summary:
    """Run what must run and give all documents, in the order of their sources.

    ``executor_of``: the executor for a number of groups.  ``on_done`` hears of each document as
    it ends, of those that had not changed first.
    """
    planned = plan(sources, options, destination, journal.last())
    ended: dict[str, Done] = {}
    for done in planned.unchanged:
        ended[done.address] = done
        on_done(done)
    executor = executor_of(len(planned.groups))
    try:
        for group, results in executor.run(run_group, planned.groups):
            for done in results if results is not None else _died(group):
                ended[done.address] = done
                journal.add(done)
                on_done(done)
    finally:
        journal.close()
    return Summary(documents=tuple(ended[one.address] for one in sources))


def _died(group: Group) -> Iterator[Done]:
    for item in group.items:
        if not item.only_beside:
            yield failed(item.source, Failure.of(WorkerError(), item.source.address))


def _by_municipality(sources: Sequence[Source]) -> list[tuple[str, list[Source]]]:
    """The editions of each municipality, the oldest first; documents of unknown origin alone."""
    groups: dict[str, list[Source]] = {}
    for one in sources:
        groups.setdefault(one.area if one.edition else one.address, []).append(one)
    return [
        (ones[0].area if ones[0].edition else "", sorted(ones, key=lambda one: one.edition or 0))
        for ones in groups.values()
    ]


def _settings_files(schemas: Path) -> dict[str, dict[str, bytes]]:
    """The files of ``schemas/`` by their path, those of each municipality under its folder.

    Files for all stand under the empty name.  The tree is walked once for all municipalities.
    """
    found: dict[str, dict[str, bytes]] = {"": {}}
    for path in sorted(schemas.rglob("*")):
        if not path.is_file():
            continue
        parts = path.relative_to(schemas).parts
        of_one = len(parts) > 1 and parts[0][:5].isdigit()
        found.setdefault(parts[0] if of_one else "", {})["/".join(parts)] = path.read_bytes()
    return found


def _settings_of(files: dict[str, dict[str, bytes]], folder: str) -> dict[str, bytes]:
    """The files of ``schemas/`` that shape the documents of one municipality, by their path.

    All of them for a document of unknown origin: its municipality may have a profile.
    """
    names = ("", folder) if folder else tuple(files)
    chosen = [files.get(name, {}) for name in dict.fromkeys(names)]
    return dict(sorted((path, data) for one in chosen for path, data in one.items()))


def _released(
    one: Source, markers: dict[tuple[str, int], str], destination: Store, last: dict[str, Done]
) -> Done | None:
    """What is published of a document: from the journal, else from its marker."""
    known = last.get(one.address)
    key = (one.area, one.edition or 0)
    if known is not None and not known.failed:
        key = (known.area_code, known.edition or 0)
        return _with_state(known) if key in markers else None
    marker = destination.published(*key) if key in markers else None
    if marker is None or marker["source"] != one.address:
        return None
    return Done(
        address=one.address,
        state=UNCHANGED,
        fingerprint=marker["fingerprint"],
        area_code=marker["area_code"],
        edition=marker["edition"],
        exit_code=marker["exit_code"],
        indicators=marker["indicators"],
        doubts=marker["doubts"],
        contradictions=marker["contradictions"],
        folder=marker["folder"],
    )


def _with_state(done: Done) -> Done:
    return msgspec.structs.replace(done, state=UNCHANGED, seconds=0.0)


def _token(source: Source) -> str:
    """What changes when a document does: its content here, what its store says of it elsewhere."""
    system, path = file_system(source.address)
    try:
        if is_local(system):
            return store.digest_of(Path(path).read_bytes())
        return str(system.ukey(path))
    except OSError as error:
        return str(typed(error))


def _code() -> str:
    libraries = fingerprint.library_versions(("pypdfium2", "playa-pdf", "pdfplumber"))
    return _digest(fingerprint.code_digest("pipeline.batch.work"), libraries)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
