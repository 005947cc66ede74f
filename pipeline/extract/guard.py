"""Reading hostile files in a child process, within limits of time and memory.

PDFium is native code: a damaged file can crash it or keep it busy for ever.  In a child that ends
as an error of this program, not as its end.  Where the system can fork this costs a few
milliseconds; elsewhere the child is spawned.

A child ends with its parent, however that ends: the kernel sees to it on Linux, a watching thread
elsewhere.  It stands in a process group of its own and holds none of the parent's streams.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import msgspec

from pipeline import errors, limits
from pipeline.errors import InternalError, LimitError, ShihyoError, WorkerError
from pipeline.limits import collect_rarely, limit_cpu, limit_memory
from pipeline.messages import N_

ADVICE = N_("Split the document, or raise the limit in the profile ([extract]).")
_BROKE_OFF = N_(
    "The reader broke off: the document needs more memory than its limit of {limit}, or is damaged "
    "in a way that makes the reader crash."
)
_WHAT_TO_TRY = N_(
    "Raise megabytes in the profile ([extract]) once; if the reader breaks off again, obtain the "
    "file again."
)
_FORKS = sys.platform == "linux"
_PIECE = 1 << 20
"""Bytes sent at a time, so that the parent looks at its clock between two of them."""
_ANSWERING = 20.0
"""Seconds to wait for the next piece of an answer at least: a child that has begun to answer has
done its work, and may have waited for its parent to ask."""

_PR_SET_PDEATHSIG = 1
_ENDING = {signal.SIGINT, signal.SIGTERM}


class _Failure(msgspec.Struct):
    """A typed error on its way from the child to the parent."""

    kind: str
    message: str
    advice: str
    page: int | None
    parameters: dict[str, str]


class _Work(NamedTuple):
    """What a child has to do, for whom, and within which bounds."""

    function: Callable[..., bytes]
    arguments: tuple[Any, ...]
    computing: float
    megabytes: int
    parent: int


def forks() -> bool:
    """Whether children start as copies of this process, with everything already imported."""
    return _FORKS


def two_at_once() -> bool:
    """Whether a second core may be used: not where documents are run side by side already."""
    return _FORKS and _cores() > 1 and multiprocessing.parent_process() is None


def _cores() -> int:
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Child:
    """One function running in a child process.

    ``function(*arguments)`` must be importable by name and return bytes; typed errors that it
    raises are raised again by :meth:`result`.  ``seconds`` bound its time from its start, on the
    clock and in computing by each of its ``threads``, and never beyond the end of the whole run
    (:func:`limits.until`); ``megabytes`` the memory it may ask for (Linux only).
    """

    def __init__(
        self,
        function: Callable[..., bytes],
        *arguments: Any,
        seconds: float,
        megabytes: int,
        threads: int = 1,
    ) -> None:
        limits.check()
        context: Any = multiprocessing.get_context("fork" if _FORKS else "spawn")
        self._seconds = seconds
        self._megabytes = megabytes
        self._receiver, sender = context.Pipe(duplex=False)
        inherited = self._receiver if _FORKS else None
        computing = min(seconds, limits.left()) * threads
        work = _Work(function, arguments, computing, megabytes, os.getpid())
        self._process = context.Process(target=_serve, args=(sender, inherited, work), daemon=True)
        self._answered = False
        self._ends = time.monotonic() + seconds
        with interruptions_held():
            self._process.start()
        sender.close()

    def result(self) -> bytes:
        """Wait for what the function returns.

        Raises the function's own typed error, :class:`InternalError` for any other exception in
        it, :class:`LimitError` after the time allowed or when memory ran out,
        :class:`WorkerError` when the process died.
        """
        try:
            answer = self._receive()
            self._answered = True
        except (EOFError, OSError):
            self._process.join(5)
            raise self._why_it_died() from None
        finally:
            self.stop()
        if answer[:1] == b"+":
            return answer[1:]
        raise _error(msgspec.json.decode(answer[1:], type=_Failure))

    def answers(self) -> bool:
        """Whether the child has begun to answer, or has ended."""
        begun: bool = self._receiver.poll(0)
        return begun

    def _receive(self) -> bytes:
        pieces: list[bytes] = []
        while not pieces or pieces[-1]:
            left = max(self._ends - time.monotonic(), _ANSWERING if pieces else 0.0)
            if not self._receiver.poll(max(min(left, limits.left()), 0.0)):
                limits.check()
                raise LimitError(limit=f"{self._seconds:g} s", advice=ADVICE)
            pieces.append(self._receiver.recv_bytes())
        return b"".join(pieces)

    def _why_it_died(self) -> ShihyoError:
        """By its exit status.  PDFium aborts when it is refused memory; it cannot go on."""
        died_by = -(self._process.exitcode or 0)
        if died_by in _BY_COMPUTING:
            return LimitError(limit=f"{self._seconds:g} s", advice=ADVICE)
        if died_by in _BY_ABORTING:
            return LimitError(_BROKE_OFF, limit=f"{self._megabytes} MB", advice=_WHAT_TO_TRY)
        return WorkerError(code=str(self._process.exitcode))

    def stop(self) -> None:
        """End the process if it still runs."""
        self._receiver.close()
        if self._answered:
            self._process.join(0.2)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()


def _signals(*names: str) -> frozenset[int]:
    return frozenset(int(getattr(signal, name)) for name in names if hasattr(signal, name))


_BY_COMPUTING = _signals("SIGXCPU")
_BY_ABORTING = _signals("SIGABRT", "SIGILL", "SIGTRAP") if sys.platform != "win32" else frozenset()


def _serve(sender: Connection, inherited: Connection | None, work: _Work) -> None:
    if inherited is not None:
        inherited.close()
    _lead_a_group()
    end_with(work.parent)
    _let_go_of_streams()
    limit_cpu(work.computing)
    limit_memory(work.megabytes)
    faulthandler.disable()
    collect_rarely()
    logging.disable(logging.CRITICAL)  # the libraries' own words about damaged files
    try:
        answer = b"+" + work.function(*work.arguments)
    except KeyboardInterrupt:
        return
    except ShihyoError as error:
        answer = _failure(error)
    except MemoryError:
        answer = _failure(LimitError(limit=f"{work.megabytes} MB", advice=ADVICE))
    except Exception as error:
        answer = _failure(InternalError.of(error))
    with contextlib.suppress(BrokenPipeError):
        for start in range(0, len(answer), _PIECE):
            sender.send_bytes(answer, start, min(_PIECE, len(answer) - start))
        sender.send_bytes(b"")
        sender.close()
    os._exit(0)  # at once: tidying up a process that ends anyway would make the parent wait


def _lead_a_group() -> None:
    if hasattr(os, "setpgid"):
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)


@contextlib.contextmanager
def interruptions_held() -> Iterator[None]:
    """Keep interruptions back while processes are started, and from these until they ask for them.

    One would be lost in the middle of a fork, and a loading process would show a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work_for(parent: int) -> None:
    """End with the process ``parent``, and at once by Ctrl-C, of which the parent tells."""
    end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def end_with(parent: int) -> None:
    """See to it that this process ends when its parent, the process ``parent``, does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:  # it ended before the line above
            os._exit(1)
        return
    threading.Thread(target=_wait_for_the_end_of_the_parent, daemon=True).start()


def _wait_for_the_end_of_the_parent() -> None:
    process = multiprocessing.parent_process()
    if process is not None:
        process.join()
        os._exit(1)


def _let_go_of_streams() -> None:
    """Whoever reads the parent's output must not wait for this process too."""
    with contextlib.suppress(OSError):
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        os.close(nothing)


def _failure(error: ShihyoError) -> bytes:
    failure = _Failure(
        type(error).__name__, error.message, error.advice, error.page, error.parameters
    )
    return b"-" + msgspec.json.encode(failure)


def _error(failure: _Failure) -> ShihyoError:
    kind: type[ShihyoError] = getattr(errors, failure.kind, ShihyoError)
    return kind(failure.message, advice=failure.advice, page=failure.page, **failure.parameters)
