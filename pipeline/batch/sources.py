"""Which documents a batch is to run: folders, patterns, files, and CSV manifests.

Addresses are paths or whatever fsspec knows (``s3://…``).  A manifest is a CSV file with the
columns ``area``, ``edition`` and ``path`` (団体コード, 年度, ファイル); a path in it is relative to
the manifest.  Whatever is wrong with a manifest is said before anything runs, with its line.
"""

from __future__ import annotations

import csv
import io
import os
import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.desk.municipality import read_area_code
from pipeline.errors import ShihyoError, UsageError
from pipeline.messages import N_
from pipeline.model import Record

_COLUMNS = {
    "area": ("area", "area_code", "団体コード", "全国地方公共団体コード"),
    "edition": ("edition", "年度", "版"),
    "path": ("path", "file", "ファイル", "パス"),
}
_FOLDER = re.compile(r"(?P<area>[0-9]{5})(?:-[a-z0-9-]+)?")
_EDITION = re.compile(r"(?:19|20)[0-9]{2}")


class Source(Record):
    """One document.  ``area`` and ``edition`` are empty where only the document can tell.

    ``line``: its line in the manifest ``manifest``, 0 if it stands in none.
    """

    address: str
    area: str = ""
    edition: int | None = None
    manifest: str = ""
    line: int = 0


class ManifestError(UsageError):
    """A manifest, or what it names, is wrong."""

    message = N_("{problem}: {text}")
    advice = N_("Correct the manifest; nothing was run.")


def file_system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path on it.

    Raises :class:`UsageError` if its kind needs a library that is not installed.
    """
    from fsspec.core import url_to_fs  # noqa: PLC0415

    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(
            N_("Addresses of this kind cannot be read here: {reason}"),
            advice=N_("Install the library that the reason names, or give a path."),
            file=address,
            reason=str(error),
        ) from error
    return system, path


def is_local(system: Any) -> bool:
    """Whether a file system is the disk of this machine."""
    protocol = system.protocol
    return "file" in ((protocol,) if isinstance(protocol, str) else protocol)


def find_sources(given: Sequence[str], known_areas: Collection[str]) -> list[Source]:
    """The documents that addresses name, each once, those of manifests checked.

    ``known_areas``: 5-digit codes that exist.  Raises :class:`ManifestError` for the first line
    that is wrong, and :class:`UsageError` for an address that holds no PDF.
    """
    found: list[Source] = []
    for address in given:
        if address.lower().endswith(".csv"):
            found += _from_manifest(address, known_areas)
        else:
            found += _from_address(address)
    _refuse_twins(found)
    return found


def _from_address(address: str) -> list[Source]:
    system, path = file_system(address)
    if any(mark in path for mark in "*?["):
        paths = system.glob(path)
    elif system.isdir(path):
        if is_local(system):
            _refuse_unreadable(path)
        paths = system.glob(posixpath.join(path, "**", "*.pdf"))
    else:
        paths = [path] if system.exists(path) else []
    pdfs = sorted(one for one in paths if one.lower().endswith(".pdf"))
    if not pdfs:
        raise UsageError(
            N_("There is no PDF at {file}."),
            advice=N_("Give a folder, a pattern, a PDF or a CSV manifest."),
            file=address,
        )
    return [_placed(system.unstrip_protocol(one)) for one in pdfs]


def _refuse_unreadable(path: str) -> None:
    """Raise :class:`OSError` for a folder that may not be read: its documents would be missing."""

    def refuse(error: OSError) -> None:
        raise error

    for _ in os.walk(path, onerror=refuse):
        pass


def _placed(address: str) -> Source:
    """A document with the area and edition that its place says: ``35213-mine/2025.pdf``."""
    path = PurePosixPath(address)
    folder, edition = _FOLDER.fullmatch(path.parent.name), _EDITION.fullmatch(path.stem)
    if folder is None or edition is None:
        return Source(address=address)
    return Source(address=address, area=folder["area"], edition=int(path.stem))


def _from_manifest(address: str, known_areas: Collection[str]) -> Iterator[Source]:
    system, path = file_system(address)
    if not system.exists(path):
        raise UsageError(N_("There is no file {file}."), advice=N_("Check the path."), file=address)
    text = _decoded(system.cat_file(path), address)
    rows = csv.reader(io.StringIO(text, newline=""))
    columns = _columns(next(rows, []), address)
    parent = posixpath.dirname(system.unstrip_protocol(path))
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = {role: row[at].strip() if at < len(row) else "" for role, at in columns.items()}
        yield _from_row(cells, parent, known_areas, address, rows.line_num)


def _decoded(data: bytes, address: str) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ManifestError(problem=address, text="UTF-8 / CP932", file=address)


def _columns(head: Sequence[str], address: str) -> dict[str, int]:
    named = [cell.strip().lower() for cell in head]
    found = {
        role: next((named.index(name) for name in names if name in named), -1)
        for role, names in _COLUMNS.items()
    }
    lacking = [role for role, index in found.items() if index < 0]
    if lacking:
        raise ManifestError(
            N_("The manifest lacks the column {column}."),
            advice=N_("Its columns are: area, edition, path."),
            file=address,
            line=1,
            column=", ".join(lacking),
        )
    return found


def _from_row(
    cells: dict[str, str],
    parent: str,
    known_areas: Collection[str],
    manifest: str,
    line: int,
) -> Source:
    def wrong(problem: str, text: str) -> ManifestError:
        return ManifestError(problem, file=manifest, line=line, text=text)

    try:
        area = read_area_code(cells["area"])
    except ShihyoError as error:
        raise wrong(N_("{text} is not an area code."), cells["area"]) from error
    if area not in known_areas:
        raise wrong(N_("No municipality has the area code {text}."), cells["area"])
    if not _EDITION.fullmatch(cells["edition"]):
        raise wrong(N_("{text} is not an edition; it is a year, such as 2025."), cells["edition"])
    address = cells["path"]
    if "://" not in address and not Path(address).is_absolute():
        address = posixpath.join(parent, address)
    system, path = file_system(address)
    if not system.exists(path):
        raise wrong(N_("There is no file {text}."), cells["path"])
    return Source(
        address=system.unstrip_protocol(path),
        area=area,
        edition=int(cells["edition"]),
        manifest=manifest,
        line=line,
    )


def _refuse_twins(sources: Sequence[Source]) -> None:
    """Raise :class:`ManifestError` for a document or an edition that is named twice."""
    addresses: set[str] = set()
    editions: set[tuple[str, int]] = set()
    for one in sources:
        if one.address in addresses:
            raise ManifestError(
                N_("The document {text} is named twice."),
                file=one.manifest or one.address,
                line=one.line or None,
                text=one.address,
            )
        addresses.add(one.address)
        if one.edition is None:
            continue
        if (one.area, one.edition) in editions:
            raise ManifestError(
                N_("Two documents are given for one edition: {text}."),
                file=one.manifest or one.address,
                line=one.line or None,
                text=f"{one.area} {one.edition}",
            )
        editions.add((one.area, one.edition))
