"""Files among the settings that nothing reads, since their names are no names of settings.

A vocabulary whose name is misspelt, or that a spreadsheet or a file manager saved under another
name, would be passed over without a word, and the document read as if nothing stood in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.messages import N_
from pipeline.settings.decisions import FOLDER
from pipeline.settings.files import packaged_defaults
from pipeline.settings.registry import FILE_NAME as REGISTRY

_SETTINGS = frozenset({".csv", ".toml"})
"""What settings are written in: such a file is there to be read."""
_SAVED_AS = frozenset({".ods", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx"})
"""What an editor or a spreadsheet makes of one."""
_PASSED_OVER = (".", "~$")
"""How names begin that a system or an open program has put there."""
_DEFAULT, PROFILE = "default", "profile.toml"
_ALIKE = 0.75
_ALIKE_FOLDER = 0.8

_MEANT = N_("If {nearest} is meant, give it that name; otherwise move it to another folder.")
_NAMES = N_("These are read here: {names}. Give it one of these names, or move it elsewhere.")


def refuse_strays(workspace: Path, profile_folder: Path | None, area_code: str) -> None:
    """Tell the first file or folder that looks like settings and is none.

    Looked at are ``schemas/`` itself, ``schemas/default/``, and the folder of the municipality,
    also one that has no profile.  Raises :class:`SettingsError` with the nearest right name.
    """
    schemas = workspace / "schemas"
    common = {path.name for path in packaged_defaults().iterdir()}
    own = {profile_folder} if profile_folder else set()
    if schemas.is_dir():
        _refuse_files(schemas, {f"{_DEFAULT}/{name}" for name in common})
        _refuse_folders(schemas)
        mine = re.compile(rf"{re.escape(area_code)}(-.*)?")
        own |= {path for path in schemas.iterdir() if area_code and mine.fullmatch(path.name)}
    _refuse_files(schemas / _DEFAULT, common)
    for folder in sorted(own):
        _refuse_files(folder, common | {PROFILE, REGISTRY})
        _refuse_without_profile(folder, common | {REGISTRY})
        _refuse_near(folder, FOLDER)
        _refuse_decisions(folder / FOLDER)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that somebody may have meant as settings, in order."""
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if not path.name.startswith(_PASSED_OVER) and path.is_file():
                yield path


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _stem(name: str) -> str:
    return _folded(Path(name).name).partition(".")[0].strip()


def _looks_like(path: Path, stems: Collection[str]) -> bool:
    kind = Path(_folded(path.name)).suffix
    return kind in _SETTINGS or (kind in _SAVED_AS and _stem(path.name) in stems)


def _refuse_files(folder: Path, names: Collection[str]) -> None:
    stems = {_stem(name) for name in names}
    for path in _files(folder):
        if not any(_is(path, folder / name) for name in names) and _looks_like(path, stems):
            raise _stray(path, _nearest(path.name, names), names)


def _is(path: Path, known: Path) -> bool:
    """Whether they are one file: some systems take upper and lower case for the same."""
    return path == known or (
        _folded(path.name) == known.name and known.is_file() and known.samefile(path)
    )


def _nearest(name: str, names: Collection[str]) -> str:
    same = [known for known in names if _stem(known) == _stem(name)]
    ends = {_folded(Path(known).name): known for known in sorted(names)}
    alike = get_close_matches(_folded(name), ends, 1, _ALIKE)
    return min(same, default=ends[alike[0]] if alike else "")


def _refuse_folders(schemas: Path) -> None:
    _refuse_near(schemas, _DEFAULT)
    for path in sorted(schemas.iterdir()):
        code = re.match(r"[0-9]{5}(?=[^0-9-])", _folded(path.name))
        if code and path.is_dir():
            raise _stray(path, f"{code[0]}-…")


def _refuse_near(folder: Path, name: str) -> None:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name == name or path.name.startswith(_PASSED_OVER) or not path.is_dir():
            continue
        alike = get_close_matches(_folded(path.name), [name], 1, _ALIKE_FOLDER)
        if alike and not _same_folder(path, folder / name):
            raise _stray(path, name)


def _same_folder(path: Path, known: Path) -> bool:
    return known.is_dir() and known.samefile(path)


def _refuse_decisions(folder: Path) -> None:
    for path in _files(folder):
        if re.fullmatch(r"[0-9]{4}\.toml", path.name):
            continue
        year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", _folded(path.name))
        named = {year[0]} if year else set()
        if _looks_like(path, named):
            raise _stray(path, f"{year[0]}.toml" if year else "", ("2025.toml",))


def _refuse_without_profile(folder: Path, names: Collection[str]) -> None:
    if (folder / PROFILE).is_file():
        return
    for path in _files(folder):
        if path.name in names:
            raise SettingsError(
                N_("{name} is not read, since there is no profile.toml beside it."),
                advice=N_("Write the profile; a draft of it: shihyo init --help"),
                file=str(path),
                name=path.name,
            )


def _stray(path: Path, nearest: str, names: Collection[str] = ()) -> SettingsError:
    return SettingsError(
        N_("{name} is none of the names of settings, so nothing would be read from it."),
        advice=_MEANT if nearest else _NAMES,
        file=str(path),
        name=path.name,
        nearest=nearest,
        names=", ".join(sorted(names)),
    )
