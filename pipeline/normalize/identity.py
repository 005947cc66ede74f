"""Which registered indicator a row is: exact names are linked, near ones are only proposed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.japanese.text import match_key
from pipeline.model import Place, Record
from pipeline.settings.registry import RegistryEntry

_SHOWN = 3
_LETTERS_AN_ERROR, _CLEARLY = 6, 2
"""Letters among which recognition errs once, and by how many more another name must differ."""


class Sighting(Record):
    """What a document says of an indicator's identity; ``pictured``: its name may be misread."""

    name: str
    unit: str
    place: Place
    pictured: bool = False


class Candidate(Record):
    """A registered indicator that a new name may mean, and its likeness (0–100)."""

    id: str
    name: str
    score: int


class Match(Record):
    """``id`` is empty where no registered indicator is certain."""

    id: str = ""
    candidates: tuple[Candidate, ...] = ()


def in_use(entry: RegistryEntry, edition: int) -> bool:
    """Whether an indicator is still carried in an edition."""
    return not entry.retired or edition < entry.retired


def last_kept(registry: Iterable[RegistryEntry]) -> int:
    """The latest edition that the registry knows of; 0 if it names none."""
    editions = (
        (entry.first_edition, entry.retired, *(f.last_edition + 1 for f in entry.former_names))
        for entry in registry
    )
    return max((edition for found in editions for edition in found), default=0)


def provisional_id(area_code: str, sighting: Sighting) -> str:
    """An id for an unregistered indicator: the same for the same place, name and unit.

    It is told from a registered one by its ``x``.
    """
    place = sighting.place
    parts = (place.goal_number, place.policy_number, match_key(sighting.name))
    text = "\n".join(map(str, (area_code, *parts, match_key(sighting.unit))))
    return f"{area_code or 'local'}-x{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def same_place(entry: RegistryEntry, place: Place) -> bool:
    """Whether an indicator was last confirmed at this place in the plan."""
    return (entry.goal, entry.policy) == (place.goal_number or 0, place.policy_number or 0)


def likeness(entry: RegistryEntry, sighting: Sighting) -> int:
    """How alike a registered indicator and a row are, 0–100: name first, then unit and place."""
    from rapidfuzz import fuzz  # noqa: PLC0415  (only for names that are not found)

    key = match_key(sighting.name)
    names = (entry.name, *(former.name for former in entry.former_names))
    name = max(fuzz.ratio(match_key(known), key) for known in names)
    unit = 100 if match_key(entry.unit) == match_key(sighting.unit) else 0
    place = 100 if same_place(entry, sighting.place) else 0
    return round(0.8 * name + 0.1 * unit + 0.1 * place)


def match_all(
    sightings: Sequence[Sighting], registry: Iterable[RegistryEntry], edition: int, score: int
) -> tuple[Match, ...]:
    """The registered indicator of each row, each given once.

    Certain is a name that is registered, now or formerly, for exactly one indicator, or for
    exactly one at this place or with this unit.  Of two rows that mean the same indicator, the
    one at its place is it.  A name that was read from a picture is also that of the one indicator
    that it differs from by so little as recognition errs.
    """
    entries = [entry for entry in registry if in_use(entry, edition)]
    known = _by_name(entries)
    found = [_exact(known.get(match_key(s.name), []), s) for s in sightings]
    owner = _owners(found, sightings)
    taken = {entry.id for entry in found if entry is not None}
    free = [entry for entry in entries if entry.id not in taken]
    for index, entry in _misread(sightings, found, free, entries):
        found[index] = entry
        owner[entry.id] = index
    return tuple(
        Match(id=entry.id)
        if entry is not None and owner[entry.id] == index
        else Match(candidates=_near(free, sighting, score))
        for index, (entry, sighting) in enumerate(zip(found, sightings, strict=True))
    )


def _misread(
    sightings: Sequence[Sighting],
    found: Sequence[RegistryEntry | None],
    free: Sequence[RegistryEntry],
    entries: Sequence[RegistryEntry],
) -> list[tuple[int, RegistryEntry]]:
    """The rows of pictures whose name is nearly that of one free indicator and of no other."""
    claimed: dict[str, list[int]] = defaultdict(list)
    for index, sighting in enumerate(sightings):
        if not sighting.pictured or found[index] is not None:
            continue
        errors = sorted((_errors(entry, sighting.name), entry.id) for entry in entries)
        if not errors or errors[0][0] > max(1, len(match_key(sighting.name)) // _LETTERS_AN_ERROR):
            continue
        if len(errors) == 1 or errors[1][0] >= errors[0][0] + _CLEARLY:
            claimed[errors[0][1]].append(index)
    return [(claimed[entry.id][0], entry) for entry in free if len(claimed.get(entry.id, ())) == 1]


def _errors(entry: RegistryEntry, name: str) -> int:
    """By how many characters a name differs from that of an indicator."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415  (only for names not found)

    return Levenshtein.distance(match_key(entry.name), match_key(name))


def _by_name(entries: Iterable[RegistryEntry]) -> dict[str, list[RegistryEntry]]:
    """Entries by the keys of their names; a name in use goes before a former one."""
    known: dict[str, list[RegistryEntry]] = defaultdict(list)
    former: dict[str, list[RegistryEntry]] = defaultdict(list)
    for entry in entries:
        known[match_key(entry.name)].append(entry)
        for name in entry.former_names:
            former[match_key(name.name)].append(entry)
    for key, bearers in former.items():
        if key not in known:
            known[key] = bearers
    return known


def _exact(bearers: Sequence[RegistryEntry], sighting: Sighting) -> RegistryEntry | None:
    """The one bearer of a name; of several, the one of this place and unit."""
    if len(bearers) == 1:
        return bearers[0]
    here = [entry for entry in bearers if same_place(entry, sighting.place)]
    for group in (here, bearers):
        same = [entry for entry in group if match_key(entry.unit) == match_key(sighting.unit)]
        if len(same) == 1:
            return same[0]
        if len(group) == 1:
            return group[0]
    return None


def _owners(found: Sequence[RegistryEntry | None], sightings: Sequence[Sighting]) -> dict[str, int]:
    """For each indicator found, the row that is it: at its place if any is, else the first."""
    owner: dict[str, int] = {}
    for index, entry in enumerate(found):
        if entry is None:
            continue
        first = owner.setdefault(entry.id, index)
        if same_place(entry, sightings[index].place) and not same_place(
            entry, sightings[first].place
        ):
            owner[entry.id] = index
    return owner


def _near(
    entries: Iterable[RegistryEntry], sighting: Sighting, score: int
) -> tuple[Candidate, ...]:
    scored = ((likeness(entry, sighting), entry) for entry in entries)
    best = sorted((pair for pair in scored if pair[0] >= score), key=lambda p: (-p[0], p[1].id))
    return tuple(Candidate(id=e.id, name=e.name, score=points) for points, e in best[:_SHOWN])
