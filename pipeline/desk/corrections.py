"""The file of decisions: written and taken back without losing what people wrote there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
import tomlkit
from tomlkit.items import AoT

from pipeline.cache import store
from pipeline.desk.waiting import Desk
from pipeline.errors import SettingsError
from pipeline.settings import decisions as settings
from pipeline.settings.decisions import Decision


def keep(desk: Desk, made: Sequence[Decision]) -> None:
    """Write decisions on a document as :func:`save` does; one writer or run at a time."""
    with store.locked(Path(desk.output), lambda: None):
        save(Path(desk.corrections), desk.area, desk.edition, made)


def take_back(desk: Desk, key: str) -> int:
    """Take the decisions on a finding of a document back as :func:`undo` does."""
    with store.locked(Path(desk.output), lambda: None):
        return undo(Path(desk.corrections), desk.area, desk.edition, key)


def save(path: Path, area: str, edition: int, made: Sequence[Decision]) -> None:
    """Write decisions into the corrections, each in the place of an earlier one on its finding.

    Raises :class:`SettingsError` rather than write into a file that cannot be read.
    """
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    settings.read(path, area, edition)
    document = tomlkit.parse(text) if text else _empty(area, edition)
    for one in made:
        _drop(document, partial(_replaces, one))
        table = tomlkit.table()
        for name, value in fields_of(one).items():
            table.add(name, value)
        table.add(tomlkit.nl())
        listed = document.get("decision")
        if not isinstance(listed, AoT):
            listed = tomlkit.aot()
            document.add("decision", listed)
        listed.append(table)
    written = tomlkit.dumps(document)
    _write_checked(path, written, area, edition)


def _write_checked(path: Path, text: str, area: str, edition: int) -> None:
    """Put the file in place; the old one comes back if the new one could not be read."""
    before = path.read_bytes() if path.is_file() else None
    store.write_atomically(path, text.encode())
    try:
        settings.read(path, area, edition)
    except SettingsError:
        if before is None:
            path.unlink()
        else:
            store.write_atomically(path, before)
        raise


def undo(path: Path, area: str, edition: int, key: str) -> int:
    """Take the decisions on a finding back; gives how many there were.

    ``title``, ``goal`` and ``policy`` are keys of what is decided without one.
    """
    settings.read(path, area, edition)
    if not path.is_file():
        return 0
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    dropped = _drop(document, lambda old: key == (old.get("finding") or old.get("action")))
    if dropped:
        _write_checked(path, tomlkit.dumps(document), area, edition)
    return dropped


def _empty(area: str, edition: int) -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    document.add(tomlkit.comment("人が決めたこと。印字された文字は変えず、その横に残ります。"))
    document.add(tomlkit.comment("What people decided; what was printed stays beside it."))
    document.add("area", area)
    document.add("edition", edition)
    document.add(tomlkit.nl())
    return document


def _drop(document: tomlkit.TOMLDocument, is_meant: Callable[[Mapping[str, object]], bool]) -> int:
    """Remove the decisions that are meant; gives how many there were."""
    listed = document.get("decision")
    if not isinstance(listed, AoT):
        return 0
    meant = [index for index, old in enumerate(listed) if is_meant(old)]
    for index in reversed(meant):
        del listed[index]
    return len(meant)


def _replaces(one: Decision, old: Mapping[str, object]) -> bool:
    """Whether a new decision takes the place of an old one."""
    if one.finding and old.get("finding") == one.finding:
        return True
    given = {name: old[name] for name in old if name in Decision.__struct_fields__}
    try:
        return msgspec.convert({**given, "line": 1}, Decision).target == one.target
    except msgspec.ValidationError:
        return False


_ORDER = (
    "finding",
    "indicator",
    "field",
    "layout",
    "page",
    "box",
    "action",
    "value",
    "expect",
    "second",
    "expected",
    "reason",
    "who",
    "when",
)


def fields_of(one: Decision) -> dict[str, object]:
    """The fields of a decision that say something, in their order in the file."""
    written: dict[str, object] = {}
    for name in _ORDER:
        value = getattr(one, name)
        if value not in ("", None):
            written[name] = list(value) if isinstance(value, tuple) else value
    return written
