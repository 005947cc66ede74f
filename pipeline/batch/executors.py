"""Who runs the documents: this process, processes of this machine, or a Dask cluster.

An executor takes a function and groups, and gives each group with what the function made of it,
in the order in which they end, or ``None`` where its worker died twice.  The function and all that
it takes and gives can be pickled; groups know nothing of each other.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from pipeline.errors import UsageError
from pipeline.messages import N_

G = TypeVar("G")
R = TypeVar("R")
Ended = Iterator[tuple[G, R | None]]


class Executor(Protocol):
    """One way to run groups."""

    def run(self, function: Callable[[G], R], groups: Sequence[G]) -> Ended[G, R]:
        """Each group with its result, as they end."""
        ...


class Serial:
    """One group after another in this process."""

    def run(self, function: Callable[[G], R], groups: Sequence[G]) -> Ended[G, R]:
        """Each group with its result, in order."""
        for group in groups:
            yield group, function(group)


class Processes:
    """``jobs`` processes of this machine."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def run(self, function: Callable[[G], R], groups: Sequence[G]) -> Ended[G, R]:
        """Groups that were being run when a worker died get a process of their own, once."""
        left = deque(groups)
        while left:
            unfinished: list[G] = []
            for group, result in _in_pool(function, left, self._jobs):
                if result is None:
                    unfinished.append(group)
                else:
                    yield group, result
            for group in unfinished:
                yield from _in_pool(function, deque([group]), 1)


def _in_pool(function: Callable[[G], R], left: deque[G], jobs: int) -> Ended[G, R]:
    """Take groups from the left and run them in processes, until one of these dies.

    Gives ``None`` for what was being run then: one of them may be the cause.  No more groups are
    handed in than there are processes, so that the others stay in ``left``.
    """
    from concurrent.futures import (  # noqa: PLC0415  (only where processes are started)
        FIRST_COMPLETED,
        Future,
        ProcessPoolExecutor,
        wait,
    )
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import active_children, get_context  # noqa: PLC0415

    from pipeline.extract.guard import interruptions_held, work_for  # noqa: PLC0415

    running: dict[Future[R], G] = {}
    whole = True
    ours = active_children()
    with ProcessPoolExecutor(jobs, get_context("spawn"), work_for, (os.getpid(),)) as pool:
        try:
            while running or (left and whole):
                while left and whole and len(running) < jobs:
                    group = left.popleft()
                    try:
                        with interruptions_held():
                            running[pool.submit(function, group)] = group
                    except BrokenProcessPool:
                        whole = False
                        left.appendleft(group)
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    group = running.pop(future)
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        whole = False
                        yield group, None
                    else:
                        yield group, result
        except (KeyboardInterrupt, GeneratorExit):
            for worker in active_children():
                if worker not in ours:
                    worker.kill()  # nobody waits for what it is doing
            raise


class Dask:
    """The workers of a Dask cluster: ``distributed``'s own client, scheduler and workers.

    The workers need this package.  A scheduler that goes away is waited for.
    """

    _TRIES, _SECONDS = 6, 60

    def __init__(self, address: str) -> None:
        self._address = address

    def run(self, function: Callable[[G], R], groups: Sequence[G]) -> Ended[G, R]:
        """Each group with its result; what a lost scheduler forgot is handed in again."""
        left = dict(enumerate(groups))
        if not left:
            return
        for trial in range(self._TRIES):
            for number, result in self._try(function, left, first=trial == 0):
                yield left.pop(number), result
            if not left:
                return
            time.sleep(2**trial / 4)
        for group in left.values():
            yield group, None

    def _try(
        self, function: Callable[[G], R], left: dict[int, G], *, first: bool
    ) -> Iterator[tuple[int, Any]]:
        try:
            import distributed  # noqa: PLC0415
        except ImportError as error:
            raise UsageError(
                N_("The part of Shihyo that speaks to Dask is not installed."),
                advice=N_("Install it with: pip install 'shihyo[dask]'"),
                file=self._address,
            ) from error
        client_of: Any = distributed.Client
        try:
            client = client_of(self._address, timeout=self._SECONDS, set_as_default=False)
        except OSError as error:
            if not first:
                return  # it was there before and may come back
            raise UsageError(
                N_("There is no Dask scheduler at {file}."),
                advice=N_("Start one with: dask scheduler"),
                file=self._address,
            ) from error
        with client:
            yield from _ended(distributed, client, function, dict(left))


def _ended(
    distributed: Any, client: Any, function: Callable[[G], R], left: dict[int, G]
) -> Iterator[tuple[int, Any]]:
    futures = {client.submit(function, group, pure=False): at for at, group in left.items()}
    for future in distributed.as_completed(list(futures), loop=client.loop):
        try:
            yield futures[future], future.result()
        except distributed.KilledWorker:
            yield futures[future], None
        except (distributed.CancelledError, distributed.core.CommClosedError):
            continue


def executor_for(jobs: int, groups: int, dask: str | None = None) -> Executor:
    """The executor for so many jobs and groups; ``dask``: the address of a scheduler."""
    if dask:
        return Dask(dask)
    return Serial() if jobs <= 1 or groups <= 1 else Processes(jobs)


def in_order(ended: Iterable[tuple[G, R]], groups: Sequence[G]) -> list[R]:
    """The results in the order of the groups, whoever ended first."""
    results = {id(group): result for group, result in ended}
    return [results[id(group)] for group in groups]
