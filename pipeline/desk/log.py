"""A log of runs for whoever looks after the program: one JSON object a line, added at the end."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.chain import StageName
from pipeline.desk.jobs import Options, Result, Watch
from pipeline.errors import EnvironmentTroubleError
from pipeline.messages import translate


class Log(Watch):
    """Writes what happens as it happens; ``None`` as path: nowhere.

    Lines have ``time`` (UTC) and ``event``: ``began``, ``stage``, ``waiting``, ``document``,
    ``ended``.  Passwords are left out.  Raises :class:`EnvironmentTroubleError` where the file
    cannot be written.
    """

    def __init__(self, path: Path | None, options: Options) -> None:
        self._options = options
        self._began = time.monotonic()
        try:
            self._stream = path.open("ab", buffering=0) if path else None
        except OSError as error:
            raise EnvironmentTroubleError.of(error) from error

    def __enter__(self) -> Log:
        options = msgspec.to_builtins(self._options)
        told = {name: value for name, value in options.items() if name != "password" and value}
        self._write("began", version=__version__, options=told)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        code = error.code if isinstance(error, SystemExit) else None
        how = {"exit_code": code} if error is None or code is not None else {}
        broken = {} if how else {"error": type(error).__name__}
        self._write("ended", **how, **broken, seconds=round(time.monotonic() - self._began, 2))
        if self._stream is not None:
            self._stream.close()

    def stage(self, stage: StageName, runs: bool) -> None:
        """A stage begins, or was taken from the cache."""
        self._write("stage", stage=stage, runs=runs)

    def waiting(self, folder: Path) -> None:
        """Another run holds the document."""
        self._write("waiting", folder=str(folder))

    def document(self, result: Result) -> None:
        """A document ended."""
        failure = result.failure
        told: dict[str, Any] = {
            "pdf": result.pdf,
            "exit_code": result.exit_code,
            "area_code": result.area_code,
            "edition": result.edition,
            "indicators": result.indicators,
            "findings": result.findings,
        }
        if failure is not None:
            told["failure"] = translate(failure.message, "en", **failure.parameters)
            told["file"], told["page"] = failure.file, failure.page
        if result.missing:
            told["missing"] = [
                translate(one.message, "en", **one.parameters) for one in result.missing
            ]
        self._write("document", **told)

    def _write(self, event: str, **told: Any) -> None:
        if self._stream is None:
            return
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
        try:
            self._stream.write(msgspec.json.encode(line | told) + b"\n")
        except OSError as error:
            raise EnvironmentTroubleError.of(error) from error
