"""Where releases go: any store that fsspec knows.

A release is published in two steps: its files under a name of their own (from their digest), then
one small marker that names them.  Each store writes one file whole or not at all, so a reader that
follows markers sees an old release or a new one, never a mixture.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pipeline.batch.sources import file_system, is_local
from pipeline.cache import store
from pipeline.errors import EnvironmentTroubleError
from pipeline.messages import N_

_TRIES = 5
_FIRST_PAUSE = 0.1
"""Seconds before a refused write is tried again; then twice as long each time."""

T = TypeVar("T")


class Store:
    """One place for the releases of many documents."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._system, self._root = file_system(self.address)
        self._local = is_local(self._system)

    @property
    def folder(self) -> Path | None:
        """The store as a folder of this machine; ``None`` if it is none."""
        return Path(self._root) if self._local else None

    def check(self) -> None:
        """Write something and take it away again.

        Raises :class:`EnvironmentTroubleError` if that cannot be.
        """
        try:
            self.write(".shihyo-check", b"")
            self._system.rm_file(self._at(".shihyo-check"))
        except Exception as error:
            raise EnvironmentTroubleError(
                N_("Nothing can be written at {file}: {problem}"),
                advice=N_("Check the address and the permissions; nothing was run."),
                file=self.address,
                problem=str(error),
            ) from error

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def write(self, name: str, data: bytes) -> None:
        """Write one file whole; a store that refuses is asked again a few times."""

        def once() -> None:
            if self._local:
                store.write_atomically(Path(self._at(name)), data)
            else:
                self._system.pipe_file(self._at(name), data)

        _again(once)

    def read(self, name: str) -> bytes:
        """The content of one file.  Raises :class:`FileNotFoundError`."""
        content: bytes = _again(lambda: self._system.cat_file(self._at(name)))
        return content

    def markers(self) -> dict[tuple[str, int], str]:
        """The marker of every edition that is published: (area, edition) → its name."""
        self._system.invalidate_cache()
        found = self._system.glob(f"{self._root}/releases/*/*.json")
        names = ["/".join(path.rsplit("/", 2)[1:]) for path in found]
        return {
            (area, int(stem)): f"releases/{area}/{stem}.json"
            for area, _, stem in (name.removesuffix(".json").partition("/") for name in names)
            if stem.isdigit()
        }

    def published(self, area: str, edition: int) -> dict[str, Any] | None:
        """What the marker of an edition says; ``None`` if it is not published."""
        try:
            marker: dict[str, Any] = json.loads(self.read(f"releases/{area}/{edition}.json"))
        except FileNotFoundError:
            return None
        return marker

    def publish(self, release: Path, area: str, edition: int, facts: dict[str, Any]) -> str:
        """Put a release into the store and give the folder that holds it, relative to the store."""
        files = {
            path.relative_to(release).as_posix(): path.read_bytes()
            for path in sorted(release.rglob("*"))
            if path.is_file()
        }
        digest = hashlib.sha256()
        for name, data in files.items():
            digest.update(f"{name}\0{store.digest_of(data)}\n".encode())
        folder = f"releases/{area}/{edition}-{digest.hexdigest()[:16]}"
        begun = time.time()
        for name, data in files.items():
            self.write(f"{folder}/{name}", data)
        marker = {**facts, "area_code": area, "edition": edition, "folder": folder}
        text = json.dumps(marker, ensure_ascii=False, sort_keys=True, indent=1)
        self.write(f"releases/{area}/{edition}.json", f"{text}\n".encode())
        if self._local:
            self._remove_parts(Path(self._at(f"releases/{area}")), edition, begun)
        self._remove_others(area, edition, folder)
        return folder

    def _remove_parts(self, area: Path, edition: int, before: float) -> None:
        """Take away what a killed worker had half written of an edition ``before`` (a time)."""
        stale = [*area.glob(f"{edition}-*/**/.*.part"), *area.glob(f".{edition}.json.*.part")]
        for part in stale:
            with contextlib.suppress(OSError):
                if part.stat().st_mtime < before:
                    part.unlink()

    def keep_only(self, folder: str, names: list[str]) -> None:
        """Take the files below a folder away that are not among ``names``."""
        kept = {self._at(name) for name in names}
        for path in self._system.find(self._at(folder)):
            if path not in kept:
                self._system.rm_file(path)

    def _remove_others(self, area: str, edition: int, folder: str) -> None:
        """Take earlier contents of an edition away; what cannot be taken away does no harm."""
        for path in self._system.glob(f"{self._root}/releases/{area}/{edition}-*"):
            if not path.endswith(folder):
                try:
                    self._system.rm(path, recursive=True)
                except OSError:
                    continue


def _again(call: Callable[[], T]) -> T:
    """Call until it succeeds, at most a few times; a missing file is an answer, no trouble."""
    pause = _FIRST_PAUSE
    for _ in range(_TRIES - 1):
        try:
            return call()
        except FileNotFoundError:
            raise
        except OSError:
            time.sleep(pause)
            pause *= 2
    return call()
