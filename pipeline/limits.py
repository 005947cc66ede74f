"""Bounds of time and memory for a piece of work in this process."""

from __future__ import annotations

import contextlib
import gc
import math
import mmap
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from pipeline.errors import LimitError, RunLimitError

_RARELY = 200_000
"""Allocations between two searches for cycles: a document makes many objects and hardly a cycle."""


class _Bound(NamedTuple):
    """When a whole run has to have ended, by ``time.monotonic``, and how long it may take."""

    ends: float
    seconds: float


_RUN: ContextVar[_Bound | None] = ContextVar("run", default=None)


@contextlib.contextmanager
def until(ends: float, seconds: float) -> Iterator[None]:
    """Bound all work inside together, that of children as well, by a time of ``time.monotonic``.

    ``seconds``: the limit to be named.  Of one inside another the one that ends first holds.
    When the time is up :class:`RunLimitError` is raised: where the answer of a child is waited
    for, in :func:`within` at once, in other work where it calls :func:`check`.
    """
    outer = _RUN.get()
    token = _RUN.set(_Bound(ends, seconds) if outer is None or ends < outer.ends else outer)
    try:
        check()
        yield
    finally:
        _RUN.reset(token)


def left() -> float:
    """Seconds that the whole run still has; infinite outside of one."""
    bound = _RUN.get()
    return math.inf if bound is None else bound.ends - time.monotonic()


def check() -> None:
    """Raise :class:`RunLimitError` if the time of the whole run is up."""
    bound = _RUN.get()
    if bound is not None and time.monotonic() >= bound.ends:
        raise RunLimitError(limit=f"{bound.seconds:g} s (seconds_run)")


def collect_rarely() -> None:
    """Let this process search for cycles seldom: it took a twelfth of a run."""
    gc.set_threshold(_RARELY)


def limit_memory(megabytes: int) -> None:
    """Let this process ask for so much memory beyond what it holds already (Linux only)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    held = _address_space()
    if held is None:
        return
    allowed = held + megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > allowed:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def limit_cpu(seconds: float) -> None:
    """End this process by SIGXCPU after so much computing (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    allowed = math.ceil(seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or hard > allowed:
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def _address_space() -> int | None:
    """Bytes of address space already in use: a forked child inherits its parent's.

    ``None`` where the system does not tell; then no limit can be set in terms of it.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * mmap.PAGESIZE


@contextlib.contextmanager
def within(seconds: float, megabytes: int) -> Iterator[None]:
    """Raise :class:`LimitError` in the work inside when it takes longer or needs more.

    This needs the signals and limits of POSIX and the main thread; elsewhere the work is not
    bounded.  One inside another is bounded by both, and all by the whole run (:func:`until`).
    """
    check()
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    import resource  # noqa: PLC0415 - not on Windows

    def ring(number: int, frame: FrameType | None) -> None:
        check()
        if callable(outer_bell) and outer and outer <= time.monotonic() - began:
            outer_bell(number, frame)
        raise LimitError(limit=f"{seconds:g} s")

    limits = resource.getrlimit(resource.RLIMIT_AS)
    outer_bell = signal.signal(signal.SIGALRM, ring)
    began = time.monotonic()
    outer, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, outer or seconds, max(left(), 0.01)))
    try:
        held = _address_space()
        if held is not None:
            _limit_memory(held + megabytes * 1_000_000, limits)
        yield
    except MemoryError as error:
        raise LimitError(limit=f"{megabytes} MB") from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, outer_bell)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(outer - time.monotonic() + began, 0.01))
        resource.setrlimit(resource.RLIMIT_AS, limits)


def _limit_memory(allowed: int, before: tuple[int, int]) -> None:
    """Set the soft limit only: what follows may ask for more again."""
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = before
    known = [bound for bound in (allowed, soft, hard) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
