"""What shaped an artefact: the code of a stage and all it uses, and the libraries behind it.

The code is found by following the imports of the package's own modules, so a helper module can
never be forgotten.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = "pipeline"
_ROOT = Path(__file__).resolve().parent.parent
_FROM = re.compile(r"from (pipeline[\w.]*) import (\([^)]*\)|[^\n#]+)")
_PLAIN = re.compile(r"import (pipeline[\w.]*)")
_CALLED = re.compile(r"import_module\(\s*\"(pipeline[\w.]*)\"")
"""Each begins with plain letters, so that a search leaps from one to the next."""


@cache
def _files() -> dict[str, Path]:
    """The files of the package by the names of their modules; a folder goes before a file."""
    files: dict[str, Path] = {}
    for folder, _, names in os.walk(_ROOT):
        place = Path(folder)
        module = ".".join((PACKAGE, *place.relative_to(_ROOT).parts))
        for name in names:
            if name == "__init__.py":
                files[module] = place / name
            elif name.endswith(".py"):
                files.setdefault(f"{module}.{name.removesuffix('.py')}", place / name)
    return files


@cache
def _source(module: str) -> str:
    file = _files().get(module)
    return file.read_text(encoding="utf-8") if file else ""


@cache
def _source_digest(module: str) -> bytes:
    return hashlib.sha256(_source(module).encode()).digest()


@cache
def imported_modules(module: str) -> frozenset[str]:
    """The package's own modules that a module's source imports, anywhere in it."""
    text = _source(module)
    found = {*_PLAIN.findall(text), *_CALLED.findall(text)}
    for base, names in _FROM.findall(text):
        found.add(base)
        for name in re.findall(r"(\w+)(?:\s+as\s+\w+)?", names):
            if f"{base}.{name}" in _files():
                found.add(f"{base}.{name}")
    packages = {".".join(name.split(".")[:depth]) for name in found for depth in (2, 3)}
    return frozenset(name for name in found | packages if name != PACKAGE and name in _files())


def modules_behind(module: str) -> tuple[str, ...]:
    """A module and all of the package's modules that it uses, directly or not, sorted."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(imported_modules(name))
    return tuple(sorted(seen))


@cache
def code_digest(module: str) -> str:
    """The digest of the code of a stage and of everything of ours that it uses."""
    total = hashlib.sha256()
    for name in modules_behind(module):
        total.update(name.encode() + b"\0")
        total.update(_source_digest(name))
    return total.hexdigest()


@cache
def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"


def library_versions(distributions: Iterable[str]) -> str:
    """The versions of the libraries that shape an output, as one readable line."""
    return " ".join(f"{name}={_version(name)}" for name in sorted(distributions))
