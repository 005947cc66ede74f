"""Data flows one way: no import runs upwards, and no modules form a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline"

ROOMS = (
    "messages",
    "errors",
    "limits",
    "model",
    "boxes",
    "japanese",
    "notation",
    "cache",
    "legend",
    "settings",
    "extract.pdf",
    "extract.ruled",
    "extract.unruled",
    "extract.witness",
    "extract.ocr",
    "extract",
    "assemble",
    "normalize",
    "validate",
    "release",
    "chain",
    "desk",
    "editions",
    "reading",
    "review",
    "batch",
    "show",
    "cli",
    "start",
)
"""Every room of the package, lowest first: what stands lower knows nothing of what is higher."""


def modules() -> dict[str, Path]:
    """Name without the package → file; the package itself is left out."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            found[name] = path
    return found


MODULES = modules()


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE.name:
            base = (node.module or "").partition(".")[2]
            for alias in node.names:
                full = f"{base}.{alias.name}".lstrip(".")
                if full in MODULES or base:
                    yield full if full in MODULES else base
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith(f"{PACKAGE.name}."):
                    yield alias.name.partition(".")[2]


def room_of(module: str) -> str:
    parts = module.split(".")
    deep = ".".join(parts[:2])
    return deep if deep in ROOMS else parts[0]


@pytest.mark.parametrize("module", MODULES)
def test_an_import_never_runs_upwards(module: str) -> None:
    assert room_of(module) in ROOMS, f"{module} stands in no room: give it a place in ROOMS"
    own = ROOMS.index(room_of(module))
    upwards = [name for name in imports(MODULES[module]) if ROOMS.index(room_of(name)) > own]
    assert upwards == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: set(imports(path)) - {name} for name, path in MODULES.items()}
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
    assert set(order) == set(MODULES)


def test_the_architecture_names_every_room() -> None:
    text = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    there = {room_of(module) for module in MODULES}
    folders = {room: f"`{room.replace('.', '/')}" for room in there}
    assert sorted(room for room, name in folders.items() if name not in text) == []
