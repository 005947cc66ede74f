"""Indicators of different municipalities that may be the same: proposals, and what was accepted.

Nothing is linked in silence.  A proposal has a score, and what a person accepts stands in a
concordance file (``concordance.csv``: one line an indicator, under the name that they share).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.batch.stores import Store
from pipeline.cache.store import write_atomically
from pipeline.errors import SettingsError, UsageError
from pipeline.japanese.text import match_key
from pipeline.messages import N_
from pipeline.model import Record

FILE_NAME = "concordance.csv"
LEAST = 80
"""The score, of 100, from which names are proposed: rapidfuzz's ratio of the folded names."""
_COLUMNS = ("concept", "area_code", "indicator_id", "name", "unit", "direction", "who")


class Known(Record):
    """An indicator as the newest edition of a municipality prints it."""

    area_code: str
    municipality: str
    edition: int
    id: str
    name: str
    unit: str
    direction: str


class Proposal(Record):
    """An indicator that may be the one asked for; ``score``: likeness of the names, 0 to 100."""

    known: Known
    score: float
    accepted: bool = False


def known_indicators(destination: Store) -> list[Known]:
    """The indicators of the newest edition of every municipality, in order."""
    newest: dict[str, int] = {}
    for area, edition in destination.markers():
        newest[area] = max(edition, newest.get(area, 0))
    found: list[Known] = []
    for area, edition in sorted(newest.items()):
        marker = destination.published(area, edition)
        if marker is None:
            continue
        data = json.loads(destination.read(f"{marker['folder']}/data.json"))
        found += [
            Known(
                area_code=area,
                municipality=data["document"]["publisher"],
                edition=edition,
                id=indicator["id"],
                name=indicator["name"],
                unit=indicator["unit"],
                direction=indicator["direction"],
            )
            for indicator in data["indicators"]
        ]
    return found


def asked_for(wanted: str, known: Sequence[Known]) -> Known:
    """The indicator that an id or a name means.

    Raises :class:`UsageError` if there is none, or if indicators of the name differ in unit or
    direction, so that only an id can tell.
    """
    by_id = [one for one in known if one.id == wanted]
    named = by_id or [one for one in known if match_key(one.name) == match_key(wanted)]
    if not named:
        raise UsageError(
            N_("No released indicator has the id or name {text}."),
            advice=N_("Look at catalogue.json and give the name as it is released, or the id."),
            text=wanted,
        )
    if len({(one.unit, one.direction) for one in named}) > 1:
        raise UsageError(
            N_("Several indicators are named {text}, with different units or directions: {ids}"),
            advice=N_("Give the id of the one that you mean."),
            text=wanted,
            ids=", ".join(one.id for one in named),
        )
    return named[0]


def proposals(
    asked: Known, known: Sequence[Known], accepted: Sequence[tuple[str, str]] = ()
) -> list[Proposal]:
    """The indicators of all municipalities that are like one, the likest first.

    Only those of the same unit and direction.  ``accepted``: area and id of those that a person
    has accepted already; they are proposed whatever their score.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  (only where names are compared)

    found = []
    for one in known:
        if (one.unit, one.direction) != (asked.unit, asked.direction):
            continue
        score = round(fuzz.ratio(match_key(asked.name), match_key(one.name)), 1)
        known_to_be = (one.area_code, one.id) in accepted
        if score >= LEAST or known_to_be:
            found.append(Proposal(known=one, score=score, accepted=known_to_be))
    return sorted(found, key=lambda one: (-one.score, one.known.area_code, one.known.id))


def read(path: Path) -> list[dict[str, str]]:
    """The lines of a concordance file; none if there is no such file.

    Raises :class:`SettingsError` if its columns are others.
    """
    if not path.is_file():
        return []
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise SettingsError(
            N_("The columns have to be: {columns}"),
            file=str(path),
            line=1,
            columns=", ".join(_COLUMNS),
        )
    return list(reader)


def accepted_of(rows: Sequence[dict[str, str]], concept: str) -> list[tuple[str, str]]:
    """Area and id of the indicators that were accepted under a name."""
    return [(row["area_code"], row["indicator_id"]) for row in rows if row["concept"] == concept]


def accept(
    path: Path, concept: str, chosen: Sequence[str], proposed: Sequence[Proposal], who: str
) -> list[Known]:
    """Write what a person accepts into the concordance file; gives what was added.

    ``chosen``: ids of proposals.  Raises :class:`UsageError` for an id that was not proposed.
    """
    by_id = {one.known.id: one.known for one in proposed}
    for wanted in chosen:
        if wanted not in by_id:
            raise UsageError(
                N_("{text} is none of the proposals."),
                advice=N_("Give ids as they are listed."),
                text=wanted,
            )
    rows = read(path)
    done = set(accepted_of(rows, concept))
    added = [by_id[one] for one in chosen if (by_id[one].area_code, one) not in done]
    rows += [
        {
            "concept": concept,
            "area_code": one.area_code,
            "indicator_id": one.id,
            "name": one.name,
            "unit": one.unit,
            "direction": one.direction,
            "who": who,
        }
        for one in added
    ]
    rows.sort(key=lambda row: (row["concept"], row["area_code"], row["indicator_id"]))
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(path, stream.getvalue().encode("utf-8-sig"))
    return added
