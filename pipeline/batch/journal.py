"""The journal of a batch: one JSON line a document, from which an interrupted batch goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from pipeline.batch.work import Done

NAME = "journal.jsonl"


class Journal:
    """A file that grows by a line for each document that ended.

    A line that was cut off when a batch was interrupted is passed over.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: IO[bytes] | None = None

    def last(self) -> dict[str, Done]:
        """The last entry of every document, by its address."""
        return {done.address: done for done in self._lines()}

    def _lines(self) -> Iterator[Done]:
        if not self.path.is_file():
            return
        for line in self.path.read_bytes().splitlines():
            try:
                yield msgspec.json.decode(line, type=Done)
            except msgspec.MsgspecError:
                continue

    def add(self, done: Done) -> None:
        """Write a line, at once and whole."""
        if self._stream is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            cut = self.path.is_file() and not self.path.read_bytes().endswith(b"\n")
            self._stream = self.path.open("ab")
            if cut:
                self._stream.write(b"\n")
        self._stream.write(msgspec.json.encode(done) + b"\n")
        self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
