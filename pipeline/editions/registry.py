"""Changing the registry: what a document proposes, and what a person accepts.

Nothing here touches the disk but :func:`read` and :func:`write`.  A change keeps every comment
and every line that it does not concern, so that it can be reviewed as a diff.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import structs

from pipeline.cache.store import write_atomically
from pipeline.editions.compare import Pair, pair_editions
from pipeline.errors import SettingsError, UsageError
from pipeline.japanese.text import match_key
from pipeline.messages import N_, Language, translate
from pipeline.model import Direction, Indicator, Normalized, Record
from pipeline.normalize import DIRECTION_NAMES, direction, sighting_of
from pipeline.normalize.identity import Candidate, in_use, match_all
from pipeline.settings.files import is_comment, is_utf8, read_csv, read_text
from pipeline.settings.normalize import DirectionWords
from pipeline.settings.registry import (
    COLUMNS,
    FILE_NAME,
    FormerName,
    RegistryEntry,
    check_entries,
    entry_of,
    row_of,
)

_HEAD = (
    "# The registered indicators, one line each, sorted by id. Lines that begin with # stay.",
    "# An id names one thing for ever and is never given to another.",
    "# direction: higher or lower is better; basis: declared = confirmed by a person.",
    "# former_names: name@last edition that printed it, separated by |.",
    "# retired: the first edition without it.",
)
PROPOSALS = {
    "add": N_("register"),
    "link": N_("link a new name"),
    "update": N_("update"),
    "retire": N_("retire"),
}
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>[0-9]+)$")


class RegistryFile(Record):
    """The file as it stands: entries with their own lines and the comments above each.

    ``above`` and ``lines`` are by id.  ``newline`` and ``mark`` (byte-order mark) are kept for
    files that a spreadsheet wrote.
    """

    entries: tuple[RegistryEntry, ...]
    head: tuple[str, ...] = _HEAD
    columns: tuple[str, ...] = COLUMNS
    above: dict[str, tuple[str, ...]] = {}
    lines: dict[str, str] = {}
    tail: tuple[str, ...] = ()
    newline: str = "\n"
    mark: bool = False


class Proposal(Record):
    """What a document proposes to change, and why.

    ``add`` a new indicator; ``link`` a new name to a registered one (``entry`` is the registered
    one as it would become); ``update`` its place in the plan or its unit; ``retire`` one that the
    document no longer has.  ``id`` is the one to accept it by: the provisional id for add and
    link.  ``evidence`` lists what its direction or its likeness rests on.
    """

    kind: Literal["add", "link", "update", "retire"]
    id: str
    entry: RegistryEntry
    page: int | None = None
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[str, ...] = ()


# --------------------------------------------------------------------------- the file


def read(folder: Path) -> RegistryFile:
    """The registry in a folder; an empty one if there is none.

    Raises :class:`SettingsError` as :func:`pipeline.settings.registry.load_registry` does.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return RegistryFile(entries=(), mark=True)
    raw = path.read_bytes()
    rows = read_csv(path)
    entries = tuple(entry_of(row, path) for row in rows)
    check_entries(entries, path, [row.line for row in rows])
    lines = read_text(path).splitlines()
    start = next((index for index, line in enumerate(lines) if not is_comment(line)), None)
    if start is None:
        raise SettingsError(
            N_("The first line with the names of the columns is missing."), file=str(path)
        )
    pending: list[str] = []
    above: dict[str, tuple[str, ...]] = {}
    own: dict[str, str] = {}
    known = iter(entries)
    for line in lines[start + 1 :]:
        if is_comment(line):
            pending.append(line)
            continue
        entry = next(known, None)
        if entry is None:
            raise SettingsError(
                N_("A field goes over several lines: {text}"), file=str(path), text=line
            )
        own[entry.id], above[entry.id] = line, tuple(pending)
        pending = []
    return RegistryFile(
        entries=entries,
        head=tuple(lines[:start]),
        columns=tuple(next(csv.reader([lines[start]]))),
        above={identifier: comments for identifier, comments in above.items() if comments},
        lines=own,
        tail=tuple(pending),
        newline="\r\n" if b"\r\n" in raw else "\n",
        mark=raw.startswith(b"\xef\xbb\xbf") or not is_utf8(raw),
    )


def render(registry: RegistryFile) -> str:
    """The file's text, entries sorted by id; lines of entries that did not change stay as is."""
    lines = [*registry.head, ",".join(registry.columns)]
    for entry in sorted(registry.entries, key=lambda entry: entry.id):
        lines.extend(registry.above.get(entry.id, ()))
        lines.append(registry.lines.get(entry.id) or _line(entry, registry.columns))
    lines.extend(registry.tail)
    return "".join(f"{line}\n" for line in lines)


def _line(entry: RegistryEntry, columns: Sequence[str]) -> str:
    stream = io.StringIO(newline="")
    row = row_of(entry)
    csv.writer(stream, lineterminator="").writerow([row[column] for column in columns])
    return stream.getvalue()


def write(registry: RegistryFile, folder: Path) -> None:
    """Put the file in place as a whole.

    Raises :class:`SettingsError` rather than write a registry that could not be read again.
    """
    path = folder / FILE_NAME
    check_entries(registry.entries, path)
    text = render(registry).replace("\n", registry.newline)
    write_atomically(path, text.encode("utf-8-sig" if registry.mark else "utf-8"))


def diff_text(before: RegistryFile, after: RegistryFile) -> str:
    """The change as a unified diff, empty if there is none."""
    old, new = render(before).splitlines(True), render(after).splitlines(True)
    return "".join(difflib.unified_diff(old, new, f"a/{FILE_NAME}", f"b/{FILE_NAME}", n=1))


# --------------------------------------------------------------------------- proposals


def propose(
    normalized: Normalized,
    registry: RegistryFile,
    words: DirectionWords,
    *,
    area_code: str,
    older: Normalized | None = None,
    score: int = 70,
) -> tuple[Proposal, ...]:
    """What the document would change in the registry, in the order of the document.

    With the edition before, a new name is linked to the registered indicator whose values go on
    in it (this year's target is last year's next target); without it, by likeness of name, unit
    and place.  New ids go on from the highest ever given.
    """
    entries = {entry.id: entry for entry in registry.entries}
    continued = _continued(normalized, older)
    matches = match_all(
        [sighting_of(one) for one in normalized.indicators],
        registry.entries,
        normalized.edition,
        score,
    )
    present = {one.id for one in normalized.indicators}
    numbers = new_ids(registry, area_code)
    found: list[Proposal] = []
    for one, match in zip(normalized.indicators, matches, strict=True):
        if one.id in entries:
            found.extend(_updated(one, entries[one.id]))
            continue
        pair = continued.get(one.id)
        old = entries.get(pair.older.id) if pair else None
        if old is not None and old.id not in present:
            found.append(_link(one, old, normalized.edition, match.candidates, pair))
        else:
            identifier = next(numbers)
            evidence = direction.gather(one, words)
            found.append(_add(one, identifier, normalized.edition, evidence, match.candidates))
    linked = {proposal.entry.id for proposal in found if proposal.kind == "link"}
    found.extend(
        Proposal(kind="retire", id=entry.id, entry=retired(entry, normalized.edition))
        for entry in registry.entries
        if in_use(entry, normalized.edition) and entry.id not in present | linked
        if (entry.first_edition or normalized.edition) <= normalized.edition
    )
    return tuple(found)


def _continued(newer: Normalized, older: Normalized | None) -> dict[str, Pair]:
    if older is None:
        return {}
    pairs = pair_editions(older, newer)
    return {pair.newer.id: pair for pair in pairs if pair.how in ("likeness", "values")}


def _add(
    one: Indicator,
    identifier: str,
    edition: int,
    evidence: tuple[direction.Evidence, ...],
    candidates: tuple[Candidate, ...],
) -> Proposal:
    decided, basis = direction.decide(evidence)
    entry = RegistryEntry(
        id=identifier,
        name=one.name,
        unit=one.unit,
        direction=decided,
        basis="printed" if basis == "printed" else "evidence" if basis else "",
        cumulative=one.cumulative,
        goal=one.place.goal_number or 0,
        policy=one.place.policy_number or 0,
        first_edition=edition,
    )
    listed = tuple(f"{found.kind}: {found.what} → {found.direction}" for found in evidence)
    return Proposal(
        kind="add",
        id=one.id,
        entry=entry,
        page=one.page,
        candidates=candidates,
        evidence=listed,
    )


def _link(
    one: Indicator,
    old: RegistryEntry,
    edition: int,
    candidates: tuple[Candidate, ...],
    pair: Pair | None,
) -> Proposal:
    evidence = (
        (f"{pair.how}: {pair.older.name} → {pair.newer.name} ({pair.score})",) if pair else ()
    )
    return Proposal(
        kind="link",
        id=one.id,
        entry=renamed(old, one, edition),
        page=one.page,
        candidates=candidates,
        evidence=evidence,
    )


def _updated(one: Indicator, entry: RegistryEntry) -> Iterator[Proposal]:
    """A registered indicator that now stands elsewhere in the plan, or has another unit."""
    goal, policy = one.place.goal_number or 0, one.place.policy_number or 0
    unit = one.unit if one.unit and match_key(one.unit) != match_key(entry.unit) else entry.unit
    updated = structs.replace(entry, goal=goal, policy=policy, unit=unit)
    if updated == entry:
        return
    before = (f"{entry.goal}-{entry.policy}", entry.unit)
    after = (f"{goal}-{policy}", unit)
    evidence = tuple(f"{a} → {b}" for a, b in zip(before, after, strict=True) if a != b)
    yield Proposal(kind="update", id=entry.id, entry=updated, page=one.page, evidence=evidence)


def new_ids(registry: RegistryFile, area_code: str) -> Iterator[str]:
    """Ids that were never given, in the form of the highest one given so far."""
    numbered = [found for entry in registry.entries if (found := _NUMBERED.match(entry.id))]
    highest = max(numbered, key=lambda found: int(found["number"]), default=None)
    stem = highest["stem"] if highest else f"{area_code}-" if area_code else "indicator-"
    width = len(highest["number"]) if highest else 3
    given = {entry.id for entry in registry.entries}
    number = int(highest["number"]) if highest else 0
    while True:
        number += 1
        identifier = f"{stem}{number:0{width}}"
        if identifier not in given:
            yield identifier


# --------------------------------------------------------------------------- shown


def show_table(registry: RegistryFile, language: Language) -> list[tuple[str, ...]]:
    """The registry as a table for people, its first row the heading."""
    heading = (
        N_("id"),
        N_("indicator"),
        N_("unit"),
        N_("direction"),
        N_("place"),
        N_("since"),
        N_("ended"),
    )
    rows = [
        (
            entry.id,
            entry.name,
            entry.unit,
            translate(DIRECTION_NAMES[entry.direction], language),
            f"{entry.goal or ''}-{entry.policy or ''}".strip("-"),
            str(entry.first_edition or ""),
            str(entry.retired or ""),
        )
        for entry in registry.entries
    ]
    return [tuple(translate(word, language) for word in heading), *rows]


# --------------------------------------------------------------------------- changes


def renamed(entry: RegistryEntry, one: Indicator, edition: int) -> RegistryEntry:
    """A registered indicator under the name, unit and place that an edition gives it."""
    former = [name for name in entry.former_names if match_key(name.name) != match_key(one.name)]
    if match_key(entry.name) != match_key(one.name):
        former.append(FormerName(name=entry.name, last_edition=edition - 1))
    return structs.replace(
        entry,
        name=one.name,
        unit=one.unit or entry.unit,
        goal=one.place.goal_number or 0,
        policy=one.place.policy_number or 0,
        former_names=tuple(former),
    )


def retired(entry: RegistryEntry, edition: int) -> RegistryEntry:
    """A registered indicator that an edition no longer has."""
    return structs.replace(entry, retired=edition)


def accept(
    registry: RegistryFile, proposals: Iterable[Proposal], *, side: Direction | None = None
) -> RegistryFile:
    """The registry with proposals carried out.

    ``side``: the direction that the person who accepts declares; without it that of the proposal.
    """
    for proposal in proposals:
        entry = proposal.entry
        if side is not None:
            entry = structs.replace(entry, direction=side, basis="declared")
        registry = put(registry, entry)
    return registry


def is_declarable(registry: RegistryFile, proposals: Iterable[Proposal], identifier: str) -> bool:
    """Whether an id is of a registered indicator of which nothing is proposed."""
    proposed = {proposal.id for proposal in proposals}
    return identifier not in proposed and any(one.id == identifier for one in registry.entries)


def declare(registry: RegistryFile, identifiers: Iterable[str], side: Direction) -> RegistryFile:
    """The registry with the direction of registered indicators as a person declares it."""
    for identifier in identifiers:
        entry = entry_by_id(registry, identifier)
        registry = put(registry, structs.replace(entry, direction=side, basis="declared"))
    return registry


def accept_as(
    registry: RegistryFile, one: Indicator, identifier: str, edition: int
) -> RegistryFile:
    """The registry with an indicator of the document linked to a registered one.

    Raises :class:`UsageError` if there is no such registered indicator.
    """
    return put(registry, renamed(entry_by_id(registry, identifier), one, edition))


def retire(registry: RegistryFile, identifier: str, edition: int) -> RegistryFile:
    """The registry with an indicator ended: ``edition`` is the first without it.

    Its id stays, so that it is never given again.  Raises :class:`UsageError` if there is none.
    """
    return put(registry, retired(entry_by_id(registry, identifier), edition))


def entry_by_id(registry: RegistryFile, identifier: str) -> RegistryEntry:
    """The entry of an id.  Raises :class:`UsageError` if there is none."""
    for entry in registry.entries:
        if entry.id == identifier:
            return entry
    raise UsageError(
        N_("The registry has no indicator {id}."),
        advice=N_("See the ids with: shihyo registry show"),
        id=identifier,
    )


def put(registry: RegistryFile, entry: RegistryEntry) -> RegistryFile:
    """The registry with an entry added, or in the place of the one with its id."""
    others = tuple(known for known in registry.entries if known.id != entry.id)
    if len(others) < len(registry.entries) and entry in registry.entries:
        return registry
    lines = {key: line for key, line in registry.lines.items() if key != entry.id}
    entries = tuple(sorted((*others, entry), key=lambda known: known.id))
    return structs.replace(registry, entries=entries, lines=lines)
