"""Reading hostile files in a child process, within limits of time and memory.

PDFium is native code: a damaged file can crash it or keep it busy for ever.  In a child that ends
as an error of this program, not as its end.  Where the system can fork this costs a few
milliseconds; elsewhere the child is spawned.
"""

from __future__ import annotations

import gc
import logging
import mmap
import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from pipeline import errors
from pipeline.errors import LimitError, ShihyoError, WorkerError
from pipeline.messages import N_

ADVICE = N_("Split the document, or raise the limit in the profile ([extract]).")
_RARELY = 200_000
"""Allocations between two searches for cycles: a page makes many objects and hardly a cycle."""

_FORKS = sys.platform == "linux"


class _Failure(msgspec.Struct):
    """An expected error on its way from the child to the parent."""

    kind: str
    message: str
    advice: str
    page: int | None
    parameters: dict[str, str]


def forks() -> bool:
    """Whether children start as copies of this process, with everything already imported."""
    return _FORKS


class Child:
    """One function running in a child process.

    ``function(*arguments)`` must be importable by name and return bytes; typed errors that it
    raises are raised again by :meth:`result`.  ``megabytes`` bounds the memory it may ask for
    (not on Windows).
    """

    def __init__(
        self, function: Callable[..., bytes], *arguments: Any, seconds: float, megabytes: int
    ) -> None:
        context: Any = multiprocessing.get_context("fork" if _FORKS else "spawn")
        self._seconds = seconds
        self._receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_serve, args=(sender, function, arguments, megabytes), daemon=True
        )
        self._answered = False
        self._process.start()
        sender.close()

    def result(self) -> bytes:
        """Wait for what the function returns.

        Raises the function's own typed error, :class:`LimitError` after the time allowed or when
        memory ran out, :class:`WorkerError` when the process died.
        """
        try:
            if not self._receiver.poll(self._seconds):
                raise LimitError(limit=f"{self._seconds:g} s", advice=ADVICE)
            answer: bytes = self._receiver.recv_bytes()
            self._answered = True
        except EOFError:
            self._process.join(5)
            raise WorkerError(code=str(self._process.exitcode)) from None
        finally:
            self.stop()
        if answer[:1] == b"+":
            return answer[1:]
        raise _error(msgspec.json.decode(answer[1:], type=_Failure))

    def stop(self) -> None:
        """End the process if it still runs."""
        self._receiver.close()
        if self._answered:
            self._process.join(0.2)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()


def _serve(
    sender: Connection, function: Callable[..., bytes], arguments: tuple[Any, ...], megabytes: int
) -> None:
    _limit_memory(megabytes)
    gc.set_threshold(_RARELY)
    logging.disable(logging.CRITICAL)  # the libraries' own words about damaged files
    try:
        answer = b"+" + function(*arguments)
    except ShihyoError as error:
        failure = _Failure(
            type(error).__name__, error.message, error.advice, error.page, error.parameters
        )
        answer = b"-" + msgspec.json.encode(failure)
    except MemoryError:
        failure = _Failure(
            "LimitError", LimitError.message, ADVICE, None, {"limit": f"{megabytes} MB"}
        )
        answer = b"-" + msgspec.json.encode(failure)
    except KeyboardInterrupt:
        return
    except Exception as error:
        failure = _Failure(
            "UnreadableError",
            N_("The document could not be read: {problem}"),
            errors.UnreadableError.advice,
            None,
            {"problem": f"{type(error).__name__}: {error}"[:300]},
        )
        answer = b"-" + msgspec.json.encode(failure)
    sender.send_bytes(answer)
    sender.close()
    os._exit(0)  # at once: tidying up a process that ends anyway would make the parent wait


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    allowed = _address_space() + megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > allowed:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _address_space() -> int:
    """Bytes of address space already in use: a forked child inherits its parent's."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * mmap.PAGESIZE


def _error(failure: _Failure) -> ShihyoError:
    kind: type[ShihyoError] = getattr(errors, failure.kind, ShihyoError)
    return kind(failure.message, advice=failure.advice, page=failure.page, **failure.parameters)
