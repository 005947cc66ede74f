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
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pipeline.errors import SettingsError
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
        raise SettingsError(file=str(path), problem=str(error)) from error


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file as plain data."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(file=str(path), problem=str(error)) from error


def line_in_toml(path: Path, table: str, key: str = "") -> int:
    """The line of a key of a table, or of the table's own heading; 1 where it is not found."""
    inside, heading = False, 1
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if line.lstrip().startswith("["):
            inside = re.match(rf"\s*\[\s*{re.escape(table)}\s*\]", line) is not None
            heading = number if inside else heading
        elif inside and key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
            return number
    return heading


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
                    line=str(line),
                )
            rows.append(Row(row, path, line))
    except csv.Error as error:
        raise SettingsError(file=str(path), problem=str(error)) from error
    return rows


def is_comment(line: str) -> bool:
    """Whether a line of a CSV file is a comment (``#``) or empty, also as a spreadsheet saves it.

    A spreadsheet quotes a comment with a comma in it, and fills lines up with commas.
    """
    return line.startswith(("#", '"#')) or not line.strip(", \t")


def convert(data: Any, kind: type[T], path: Path) -> T:
    """Check plain data against a record; an unknown key or a wrong type is refused."""
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _refusal(str(error), path) from error


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
        re.compile(r"Invalid enum value '?(?P<found>.+?)'?(?: - at|$)"),
        N_("The setting {place} cannot have the value {found}."),
        N_("Correct the value."),
    ),
)
"""What msgspec says of data that do not fit, and how we say it."""


def _refusal(text: str, path: Path) -> SettingsError:
    at = re.search(r" - at `\$?\.?(?P<place>.*?)`$", text)
    place = at["place"] if at and at["place"] else path.name
    for pattern, message, advice in _REFUSALS:
        found = pattern.match(text)
        if found:
            parts: dict[str, str] = {**found.groupdict(), "place": place}
            return SettingsError(message, advice=advice, file=str(path), page=None, **parts)
    return SettingsError(file=str(path), problem=text)


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
                        line=str(row.line),
                        value=row[key],
                        column=key,
                    )
                seen.add(row[key])
                merged[row[key]] = row
    return list(merged.values())
