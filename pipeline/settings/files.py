"""Reading settings files: layered, strict, with typed errors.

A vocabulary is looked for in up to three folders: the defaults that travel with the package,
``schemas/default/`` of the workspace, and the municipality's own ``schemas/<area>-<slug>/``.
Later ones add to the earlier ones, and override single values and rows by key.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pipeline.errors import EnvironmentTroubleError, SettingsError
from pipeline.messages import N_

T = TypeVar("T")


def packaged_defaults() -> Path:
    """The folder of default vocabularies: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "schemas" / "default"
    return inside if inside.is_dir() else package.parent / "schemas" / "default"


def layers(workspace: Path, profile_folder: Path | None) -> tuple[Path, ...]:
    """The folders to read a vocabulary from, weakest first, each once."""
    found = [packaged_defaults(), (workspace / "schemas" / "default").resolve()]
    if profile_folder is not None:
        found.append(profile_folder.resolve())
    return tuple(dict.fromkeys(folder for folder in found if folder.is_dir()))


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def read_text(path: Path) -> str:
    """The text of a UTF-8 file (a byte-order mark is allowed).

    A table that a Japanese spreadsheet saved in its own encoding (CP932) is read too, if all of
    it is text in that encoding.
    """
    try:
        data = path.read_bytes()
        japanese = path.suffix == ".csv" and not is_utf8(data)
        text = data.decode("cp932" if japanese else "utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise SettingsError(
            N_("The file is not encoded in UTF-8. A spreadsheet writes it as “CSV UTF-8”."),
            file=str(path),
        ) from error
    except OSError as error:
        raise EnvironmentTroubleError.of(error) from error


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file as plain data."""
    text = read_text(path)
    try:
        return {key: _copied(value) for key, value in _parsed(text).items()}
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line ([0-9]+)", str(error))
        line = at[1] if at else len(text.splitlines())
        raise SettingsError(
            N_("The file is not written as TOML has it: {problem}"),
            advice=N_("Look for a missing quotation mark, bracket or equals sign in that line."),
            file=str(path),
            problem=str(error),
            line=line,
        ) from error


@lru_cache(maxsize=64)
def _parsed(text: str) -> dict[str, Any]:
    """Kept, since stages share vocabularies and documents share their municipality's settings."""
    return tomllib.loads(text)


def _copied(value: Any) -> Any:
    """Plain data that may be changed."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return list(map(_copied, value)) if isinstance(value, list) else value


Address = tuple[str | int, ...]
"""Keys and places in lists that lead to a value of a TOML file: ``("status", 2, "word")``."""

_HEADING = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]")
_ASSIGNMENT = re.compile(r"""\s*((?:[\w.-]|"[^"]*"|'[^']*')+)\s*=""")
_KEY = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def _addresses(text: str) -> Iterator[tuple[int, Address]]:
    """The line of each heading and each key of a TOML file, and what stands there."""
    counted: Counter[Address] = Counter()
    table: Address = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _HEADING.match(line):
            table = _keys(heading[2])
            if heading[1] == "[[":
                counted[table] += 1
                table = (*table, counted[table] - 1)
            yield number, table
        elif assigned := _ASSIGNMENT.match(line):
            yield number, (*table, *_keys(assigned[1]))


def _keys(text: str) -> Address:
    return tuple(part.strip("\"'") for part in _KEY.findall(text))


def find_in_toml(path: Path, address: Address) -> tuple[int, int]:
    """The line of a value, or of what is nearest around it, and how much of its address is there.

    ``(1, 0)`` where nothing of it is.
    """
    found = (1, 0)
    for number, there in _addresses(read_text(path)):
        if len(there) > found[1] and there == address[: len(there)]:
            found = (number, len(there))
    return found


def line_in_toml(path: Path, table: str, key: str = "") -> int:
    """The line of a key of a table, or of the table's own heading; 1 where it is not found."""
    return find_in_toml(path, (table, key) if key else (table,))[0]


class Row(dict[str, str]):
    """A row of a CSV file that knows where it stands; a column that it lacks is a typed error."""

    def __init__(self, values: dict[str, str], path: Path, line: int) -> None:
        super().__init__(values)
        self.path, self.line = path, line

    def __missing__(self, column: str) -> str:
        raise SettingsError(
            N_("The column {column} is missing."),
            advice=N_("Write it into the first line of the file."),
            file=str(self.path),
            column=column,
        )


def read_csv(path: Path) -> list[Row]:
    """One CSV file as rows, without comments and empty lines."""
    lines = read_text(path).split("\n")
    kept = [number for number, line in enumerate(lines, start=1) if not is_comment(line)]
    text = "\n".join(lines[number - 1] for number in kept)
    reader = csv.DictReader(io.StringIO(text), strict=True)
    rows: list[Row] = []
    try:
        for row in reader:
            line = kept[reader.line_num - 1]
            if None in row or None in row.values():
                raise SettingsError(
                    N_("Line {line} has not as many columns as the first line."),
                    advice=N_("Correct the line; a text with a comma stands in double quotes."),
                    file=str(path),
                    line=line,
                )
            rows.append(Row(row, path, line))
    except csv.Error as error:
        at = kept[min(reader.reader.line_num, len(kept)) - 1] if kept else 1
        raise SettingsError(
            N_("Line {line} is not written as CSV has it: {problem}"),
            advice=N_("Correct the line; a text with a comma stands in double quotes."),
            file=str(path),
            problem=str(error),
            line=at,
        ) from error
    return rows


def is_comment(line: str) -> bool:
    """Whether a line of a CSV file is a comment (``#``) or empty, also as a spreadsheet saves it.

    A spreadsheet quotes a comment with a comma in it, and fills lines up with commas.
    """
    return line.startswith(("#", '"#')) or not line.strip(", \t")


def convert(data: Any, kind: type[T], *paths: Path, table: str = "") -> T:
    """Check plain data against a record; an unknown key or a wrong type is refused.

    ``paths``: the files that the data are from, the one with the last word first; the one that
    holds what is wrong is named, with the line.  ``table``: where in the file the data stand.
    """
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as error:
        path, line = _blamed(data, _address(str(error), table), paths)
        raise refusal(str(error), path, line) from error


def from_toml(folders: Sequence[Path], name: str, kind: type[T], **more: Any) -> T:
    """A TOML vocabulary from all layers, checked; ``more`` takes the place of what it says."""
    paths = standing(folders, name) or [Path(name)]
    return convert({**merge_toml(folders, name), **more}, kind, *paths)


def holding(*places: tuple[Path, Address]) -> tuple[Path, int | None]:
    """The file and the line that hold most of an address; the first file, if none holds any."""
    found = [
        (path, *find_in_toml(path, address))
        for path, address in places
        if address and path.suffix == ".toml" and path.is_file()
    ]
    path, line, held = max(found, key=lambda one: one[2], default=(places[0][0], 1, 0))
    return (path, line) if held else (places[0][0], None)


def standing(folders: Sequence[Path], name: str) -> list[Path]:
    """The files of a vocabulary, the one with the last word first."""
    return [folder / name for folder in reversed(folders) if (folder / name).is_file()]


def _address(text: str, table: str) -> Address:
    """Where a value stands that msgspec refuses, as far as it says so."""
    at = re.search(r" - at `\$(?P<place>.*?)`$", text)
    parts = re.findall(r"\.(\w+)|\[([0-9]+)\]", at["place"].partition("[...]")[0] if at else "")
    address: Address = tuple(name or int(index) for name, index in parts)
    field = re.match(r"Object contains unknown field `(.+?)`", text)
    return (*((table,) if table else ()), *address, *((field[1],) if field else ()))


def _blamed(data: Any, address: Address, paths: Sequence[Path]) -> tuple[Path, int | None]:
    """The file and the line that hold what is refused."""
    if isinstance(data, Row):
        return data.path, data.line
    if isinstance(data, list) and address and isinstance(address[0], int):
        row = data[address[0]]
        if isinstance(row, Row):
            return row.path, row.line
    return holding(*((path, address) for path in paths))


_REFUSALS = (
    (
        re.compile(r"Object contains unknown field `(?P<key>.+?)`"),
        N_("There is no setting of the name {key} ({place})."),
        N_("Check its spelling, or take it out."),
    ),
    (
        re.compile(r"Object missing required field `(?P<key>.+?)`"),
        N_("The setting {key} is missing ({place})."),
        N_("Write it into the file."),
    ),
    (
        re.compile(r"Expected `(?P<expected>.+?)`, got `(?P<found>.+?)`"),
        N_("The setting {place} has a value of the type {found}, but {expected} is wanted."),
        N_("Correct the value."),
    ),
    (
        re.compile(r"Expected `(?:int|float)` (?P<limit>[<>]=? [-0-9.e+]+)"),
        N_("The setting {place} has to be a number {limit}."),
        N_("Correct the value."),
    ),
    (
        re.compile(r"Invalid enum value '?(?P<found>.+?)'?(?: - at|$)"),
        N_("The setting {place} cannot have the value {found}."),
        N_("Correct the value."),
    ),
)
"""What msgspec says of data that do not fit, and how we say it."""


def refusal(text: str, path: Path, line: int | None) -> SettingsError:
    """What msgspec says of data that do not fit, in our words."""
    at = re.search(r" - at `\$?\.?(?P<place>.*?)`$", text)
    place = at["place"] if at and at["place"] else path.name
    for pattern, message, advice in _REFUSALS:
        found = pattern.match(text)
        if found:
            parts: dict[str, str] = {**found.groupdict(), "place": place}
            return SettingsError(
                message, advice=advice, file=str(path), page=None, line=line, **parts
            )
    return SettingsError(file=str(path), problem=text, line=line)


def merge_toml(folders: Sequence[Path], name: str) -> dict[str, Any]:
    """A TOML vocabulary from all layers: tables are merged by key, lists grow, values replace.

    So a better version of the packaged words reaches a city that has words of its own.  A layer
    takes words of the layers below away in its table ``remove``, which has the shape of the file::

        name = ["目標項目"]

        [remove]
        name = ["項目"]

    Raises :class:`SettingsError` for a word to be removed that no layer below has.
    """
    merged: dict[str, Any] = {}
    for folder in folders:
        if (folder / name).is_file():
            layer = read_toml(folder / name)
            _remove(merged, layer.pop("remove", {}), folder / name)
            _merge(merged, layer)
    return merged


def _merge(into: dict[str, Any], other: dict[str, Any]) -> None:
    for key, value in other.items():
        standing = into.get(key)
        if isinstance(value, dict) and isinstance(standing, dict):
            _merge(standing, value)
        elif isinstance(value, list) and isinstance(standing, list):
            into[key] = standing + [word for word in value if word not in standing]
        else:
            into[key] = value


def _remove(merged: dict[str, Any], unwanted: dict[str, Any], path: Path) -> None:
    for key, value in unwanted.items():
        standing = merged.get(key)
        if isinstance(value, dict) and isinstance(standing, dict):
            _remove(standing, value, path)
            continue
        words = value if isinstance(value, list) else [value]
        missing = [word for word in words if not isinstance(standing, list) or word not in standing]
        if missing:
            raise SettingsError(
                N_("There is no {word} in {key} to be removed."),
                advice=N_("Correct the table [remove], or take the word out of it."),
                file=str(path),
                line=find_in_toml(path, ("remove", key))[0],
                word=str(missing[0]),
                key=key,
            )
        merged[key] = [word for word in standing or [] if word not in words]


def strongest(folders: Sequence[Path], name: str) -> Path:
    """The file of a vocabulary that has the last word: the one to blame for what it says."""
    standing = [folder / name for folder in folders if (folder / name).is_file()]
    return standing[-1] if standing else Path(name)


def merge_csv(folders: Sequence[Path], name: str, key: str) -> list[Row]:
    """A CSV vocabulary from all layers: a later row of the same key takes the earlier's place."""
    merged: dict[str, Row] = {}
    for folder in folders:
        if (folder / name).is_file():
            seen: set[str] = set()
            for row in read_csv(folder / name):
                if row[key] in seen:
                    raise SettingsError(
                        N_("Line {line}: {value} stands twice in the column {column}."),
                        advice=N_("Take one of the lines out."),
                        file=str(folder / name),
                        line=row.line,
                        value=row[key],
                        column=key,
                    )
                seen.add(row[key])
                merged[row[key]] = row
    return list(merged.values())
