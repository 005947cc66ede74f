"""The second reader in child processes: the pages of a large file in two parts, on two cores."""

from __future__ import annotations

import time
from collections.abc import Iterator

from pipeline.errors import LimitError, WorkerError
from pipeline.extract import guard
from pipeline.extract.witness import parse
from pipeline.settings.extract import ExtractSettings

_LARGE = 100_000
"""Bytes of a file from which on a second process saves more than it costs."""


class SecondReading:
    """The second reading of a document, from its start in child processes to its pages.

    Two parts take half of the memory each.  Where that is too little, the whole is read in one
    process with all of it, so that the result is the same however it is read.
    """

    def __init__(self, data: bytes, settings: ExtractSettings, password: str | None) -> None:
        self._data, self._settings, self._password = data, settings, password
        self._ends = time.monotonic() + settings.seconds_second
        if guard.forks():
            parse.load_libraries()  # once here, and not in each child
        parts = 2 if len(data) >= _LARGE and guard.two_at_once() else 1
        self._children = [
            self._start(settings.seconds_second, (number, parts)) for number in range(parts)
        ]

    def _start(self, seconds: float, part: tuple[int, int]) -> guard.Child:
        return guard.Child(
            parse.read_encoded,
            self._data,
            self._password,
            self._settings.symbols,
            part,
            seconds=seconds,
            megabytes=self._settings.megabytes // part[1],
        )

    def pages(self) -> list[parse.WitnessPage]:
        """The pages in order.  Raises the typed errors of the guard and of the reader."""
        try:
            return list(self._read())
        except (LimitError, WorkerError):
            seconds = self._ends - time.monotonic()
            if len(self._children) == 1 or seconds <= 0:
                raise
        self.stop()
        self._children = [self._start(seconds, (0, 1))]
        return list(self._read())

    def _read(self) -> Iterator[parse.WitnessPage]:
        for child in self._children:
            yield from parse.decode(child.result())

    def stop(self) -> None:
        """End what still runs."""
        for child in self._children:
            child.stop()
