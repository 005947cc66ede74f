"""The registry of a municipality's indicators: ``indicators.csv`` beside its profile.

One line an indicator, sorted by id.  An id names one thing for ever: it is never given to another
indicator, also not after its own has been retired.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from pipeline.errors import SettingsError
from pipeline.messages import N_
from pipeline.model import Direction, Record
from pipeline.settings.decisions import read_direction
from pipeline.settings.files import Row, convert, read_csv

FILE_NAME = "indicators.csv"

Basis = Literal["declared", "printed", "evidence", "unit", ""]


class FormerName(Record):
    """A name that the indicator had, and the last edition that printed it (0: not known)."""

    name: str
    last_edition: int = 0


class RegistryEntry(Record):
    """One registered indicator.

    ``goal`` and ``policy`` are the numbers of its place in the plan when last confirmed, 0 if it
    has none.  ``retired`` is the first edition that no longer has it, 0 while it is in use.
    ``basis`` tells on what the direction rests.
    """

    id: str
    name: str
    unit: str = ""
    direction: Direction = "unknown"
    basis: Basis = ""
    cumulative: bool = False
    goal: int = 0
    policy: int = 0
    first_edition: int = 0
    retired: int = 0
    former_names: tuple[FormerName, ...] = ()
    note: str = ""


COLUMNS = RegistryEntry.__struct_fields__
_NUMBERS = ("goal", "policy", "first_edition", "retired")
_FLAGS = {"yes": True, "no": False, "": False}
_TEXTS = ("id", "name", "unit", "former_names")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_SPOILT = re.compile(
    rf"[0-9]{{1,4}}[/-][0-9]{{1,2}}[/-][0-9]{{1,4}}|[0-9]{{1,2}}-{_MONTH}|{_MONTH}-[0-9]{{2,4}}"
    r"|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9](?:\.[0-9]+)?E\+[0-9]+"
)
"""What a spreadsheet makes of 3-5, 2024-03 and long numbers when it opens a CSV."""
_IDENTIFIER = re.compile(r"[^\W_](?:[\w.-]*\w)?")
"""What an id is made of: nothing that a path, a formula or an address would take for its own."""


def load_registry(folder: Path) -> tuple[RegistryEntry, ...] | None:
    """The registry in a folder, or ``None`` if it has none.

    Raises :class:`SettingsError` for a missing or unknown column, a value that cannot be, an id
    that stands twice, and two indicators in use of one name, unit and place.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return None
    rows = read_csv(path)
    entries = tuple(entry_of(row, path) for row in rows)
    check_entries(entries, path, [row.line for row in rows])
    return entries


def entry_of(row: dict[str, str], path: Path) -> RegistryEntry:
    """One line of the file, checked."""
    line = row.line if isinstance(row, Row) else None
    if unknown := set(row) ^ set(COLUMNS):
        raise SettingsError(
            N_("The columns have to be: {columns}. Wrong or missing: {column}"),
            file=str(path),
            columns=", ".join(COLUMNS),
            column=min(unknown),
        )
    if not row["id"] or not row["name"]:
        raise SettingsError(
            N_("An indicator has no id or no name: {text}"),
            file=str(path),
            line=line,
            text=row["id"] + row["name"],
        )
    _refuse_spoilt(row, path, line)
    if not _IDENTIFIER.fullmatch(row["id"]):
        raise SettingsError(
            N_("{id} cannot be an id: it has letters and digits, and within it -, _ and points."),
            file=str(path),
            line=line,
            id=row["id"],
        )
    if row["cumulative"] not in _FLAGS:
        raise SettingsError(
            N_("The column cumulative of {id} has to be yes or no."),
            file=str(path),
            line=line,
            id=row["id"],
        )
    fields: dict[str, object] = {
        **row,
        **{name: row[name] or "0" for name in _NUMBERS},
        "direction": read_direction(row["direction"]) or row["direction"] or "unknown",
        "cumulative": _FLAGS[row["cumulative"]],
        "former_names": list(map(_former, filter(None, row["former_names"].split("|")))),
    }
    try:
        return convert(fields, RegistryEntry, path)
    except SettingsError as error:
        for name in {"place", "problem"} & set(error.parameters):
            error.parameters[name] = f"{row['id']}: {error.parameters[name]}"
        if line is not None:
            error.parameters["line"] = str(line)
        raise


def _refuse_spoilt(row: dict[str, str], path: Path, line: int | None) -> None:
    """Refuse texts that a spreadsheet turned into dates, or into numbers without their zeros."""
    area = path.parent.name.partition("-")[0]
    bare = area.lstrip("0")
    cut = area != bare and bool(bare) and not row["id"].startswith(area)
    for name in _TEXTS:
        date = _SPOILT.fullmatch(row[name].strip())
        if date or (
            name == "id" and cut and re.match(rf"{bare}(?![0-9])|{bare}[0-9]+$", row["id"])
        ):
            raise SettingsError(
                N_(
                    "Line {line}: {value} in the column {column} looks like what a spreadsheet "
                    "made of another text: a date, a rounded number, or a code without its zeros."
                ),
                advice=N_(
                    "Write it as it was. In a spreadsheet do not open the file but import it, with "
                    "this column as text; or take over changes with: shihyo registry accept"
                ),
                file=str(path),
                line=line or "-",
                value=row[name],
                column=name,
            )


def _former(text: str) -> dict[str, object]:
    """``name@2025``: a former name and the last edition that printed it."""
    name, mark, edition = text.rpartition("@")
    if mark and edition.isascii() and edition.isdigit():
        return {"name": name, "last_edition": int(edition)}
    return {"name": text}


def row_of(entry: RegistryEntry) -> dict[str, str]:
    """An entry as a line of the file; the inverse of :func:`entry_of`."""
    names = (f"{f.name}@{f.last_edition}" if f.last_edition else f.name for f in entry.former_names)
    return {
        "id": entry.id,
        "name": entry.name,
        "unit": entry.unit,
        "direction": entry.direction,
        "basis": entry.basis,
        "cumulative": "yes" if entry.cumulative else "no",
        "goal": str(entry.goal or ""),
        "policy": str(entry.policy or ""),
        "first_edition": str(entry.first_edition or ""),
        "retired": str(entry.retired or ""),
        "former_names": "|".join(names),
        "note": entry.note,
    }


def check_entries(entries: Sequence[RegistryEntry], path: Path, lines: Sequence[int] = ()) -> None:
    """Refuse an id that stands twice and two indicators in use that no document can tell apart.

    ``lines``: where each stands in the file, if they are from one.
    """
    ids: set[str] = set()
    things: dict[tuple[str, str, int, int], str] = {}
    for entry, line in zip_longest(entries, lines):
        if entry.id in ids:
            raise SettingsError(
                N_("The id {id} stands twice."), file=str(path), line=line, id=entry.id
            )
        ids.add(entry.id)
        thing = (entry.name, entry.unit, entry.goal, entry.policy)
        if not entry.retired and thing in things:
            raise SettingsError(
                N_("{first} and {id} are the same indicator: {name}"),
                advice=N_("Retire one of them, or tell them apart by unit, goal or policy."),
                file=str(path),
                line=line,
                first=things[thing],
                id=entry.id,
                name=entry.name,
            )
        if not entry.retired:
            things[thing] = entry.id
