"""A workspace: any folder with ``raw/``, ``schemas/`` and ``extracted/``.

``raw/<area>-<slug>/<edition>.pdf`` holds the documents, each with an origin file of the same
name (``.toml``); ``schemas/<area>-<slug>/`` the municipality's profile and registry; everything
under ``extracted/`` is made and safe to delete.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from pipeline.cache.store import digest_of, write_atomically
from pipeline.errors import SettingsError, UsageError
from pipeline.messages import N_
from pipeline.model import Origin
from pipeline.settings.files import convert, read_toml

_FOLDER = re.compile(r"(?P<area>[0-9]{5})(?:-(?P<slug>[a-z0-9-]+))?")
GUIDE = "GUIDE.ja.md"
"""What to do each year, in the order in which it is done."""
_EDITION = re.compile(r"(?:19|20)[0-9]{2}")


def documents(workspace: Path) -> list[Path]:
    """Every PDF under ``raw/`` that stands where a document must, in order."""
    raw = workspace / "raw"
    towns = sorted(one for one in raw.iterdir() if one.is_dir()) if raw.is_dir() else []
    return [path for town in towns for path in pdfs_in(town) if placed(path, workspace)]


def pdfs_in(folder: Path) -> list[Path]:
    """The PDFs in a folder, in order; none where there is no folder.

    Raises :class:`OSError` for a folder that may not be read, whose documents would be missing.
    """
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.name.endswith(".pdf"))


def placed(pdf: Path, workspace: Path) -> tuple[str, str, int] | None:
    """(area code, folder name, edition) of a PDF by its place under ``raw/``, if it has one."""
    folder = pdf.parent.resolve()  # the PDF itself may be a link to where it is kept
    if folder.parent != (workspace / "raw").resolve():
        return None
    area = _FOLDER.fullmatch(folder.name)
    if not area or not _EDITION.fullmatch(pdf.stem):
        return None
    return area["area"], folder.name, int(pdf.stem)


def origin_of(pdf: Path) -> Origin:
    """The origin file beside a PDF, checked; an empty one where there is none.

    Raises :class:`SettingsError` when the file is invalid or its sha256 is of another file.
    """
    path = pdf.with_suffix(".toml")
    if not path.is_file():
        return Origin()
    origin = convert(read_toml(path), Origin, path)
    if origin.sha256 and origin.sha256 != digest_of(pdf.read_bytes()):
        raise SettingsError(
            N_("The origin file tells the sha256 of another PDF than the one beside it."),
            advice=N_("If the PDF was replaced on purpose, put its sha256 into the origin file."),
            file=str(path),
        )
    return origin


def create(folder: Path) -> list[Path]:
    """Make a workspace: its folders and a guide to the yearly work; returns what was made.

    ``schemas/default/`` is for words that the packaged vocabularies lack; it begins empty.
    """
    made = [
        folder / name
        for name in ("raw", "schemas", "schemas/default", "extracted")
        if not (folder / name).is_dir()
    ]
    for path in made:
        path.mkdir(parents=True)
    guide = folder / GUIDE
    if not guide.exists():
        write_atomically(guide, Path(__file__).with_name("guide.ja.md").read_bytes())
        made.append(guide)
    return made


def add(workspace: Path, pdf: Path, area_folder: str, edition: int, origin: Origin) -> Path:
    """Copy a PDF to its place under ``raw/`` with its origin file.

    Raises :class:`UsageError` when another file stands there already.
    """
    target = workspace / "raw" / area_folder / f"{edition}.pdf"
    data = pdf.read_bytes()
    if target.exists() and target.read_bytes() != data:
        raise UsageError(
            N_("There is another PDF at {target} already."),
            advice=N_("Remove it first if the new one shall take its place."),
            file=str(pdf),
            target=str(target),
        )
    write_atomically(target, data)
    full = msgspec.structs.replace(origin, sha256=digest_of(data))
    write_atomically(target.with_suffix(".toml"), origin_text(full).encode())
    return target


def origin_text(origin: Origin) -> str:
    """An origin file's content."""
    lines = ["# Where this PDF comes from.  Empty: not known."]
    for name, value in msgspec.structs.asdict(origin).items():
        written = str(value).lower() if isinstance(value, bool) else _quoted(value)
        lines.append(f"{name} = {written}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()


def earlier_editions(output: Path, edition: int) -> list[Path]:
    """The folders of a municipality's earlier editions beside that of one, the oldest first."""
    folders = [path for path in output.parent.glob("[0-9][0-9][0-9][0-9]") if path.is_dir()]
    return sorted(path for path in folders if int(path.name) < edition and path != output)
