"""What happens to the parent when the child fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from pipeline.errors import EncryptedError, InternalError, LimitError, WorkerError
from pipeline.extract import guard

T = TypeVar("T")


def double(data: bytes) -> bytes:
    return data * 2


def refuse() -> bytes:
    raise EncryptedError(page=3)


def crash() -> bytes:
    os._exit(7)


def hang() -> bytes:
    time.sleep(60)
    return b""


def swallow() -> bytes:
    return bytes(10**12)


def stumble() -> bytes:
    raise ValueError("odd file")


def child(function: object, *arguments: object, seconds: float = 20.0) -> guard.Child:
    return guard.Child(function, *arguments, seconds=seconds, megabytes=2000)  # type: ignore[arg-type]


@pytest.fixture(params=[True, False], ids=["forked", "spawned"])
def started(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_FORKS", request.param and guard.forks())


@pytest.mark.usefixtures("started")
def test_the_answer_comes_back() -> None:
    assert child(double, b"ab" * 200_000).result() == b"ab" * 400_000


@pytest.mark.usefixtures("started")
def test_a_typed_error_comes_back_as_it_was() -> None:
    with pytest.raises(EncryptedError) as caught:
        child(refuse).result()
    assert caught.value.page == 3


def test_a_crash_is_a_worker_error() -> None:
    with pytest.raises(WorkerError):
        child(crash).result()


def test_a_hanging_child_is_ended_and_its_limit_named() -> None:
    running = child(hang, seconds=0.3)
    with pytest.raises(LimitError) as caught:
        running.result()
    assert caught.value.parameters["limit"] == "0.3 s"


def test_hunger_for_memory_is_a_limit() -> None:
    with pytest.raises(LimitError):
        child(swallow).result()


def test_any_other_error_is_a_fault_of_the_program_and_quotes_nothing() -> None:
    with pytest.raises(InternalError) as caught:
        child(stumble).result()
    told = caught.value.parameters
    assert told["fault"].startswith("ValueError, pipeline/extract/guard.py:")
    assert "test_guard.py" in told["trace"]
    assert "odd file" not in str(caught.value)


@pytest.mark.usefixtures("started")
def test_an_answer_larger_than_any_pipe_comes_back() -> None:
    assert len(child(double, bytes(20_000_000), seconds=60).result()) == 40_000_000


@pytest.mark.usefixtures("started")
def test_an_answer_that_was_ready_in_time_may_be_asked_for_later() -> None:
    running = child(double, bytes(3_000_000), seconds=20)
    assert running._receiver.poll(20)
    running._ends = 0.0
    assert len(running.result()) == 6_000_000


@pytest.mark.skipif(not guard.forks(), reason="limits of Linux")
@pytest.mark.parametrize("died_by", ["SIGABRT", "SIGTRAP", "SIGILL"])
def test_an_abort_of_native_code_names_the_limit_of_memory_and_damage(died_by: str) -> None:
    """Native code breaks off for want of memory and when it stumbles; nobody can tell which."""
    with pytest.raises(LimitError) as caught:
        child(die, died_by).result()
    assert caught.value.parameters["limit"] == "2000 MB"
    assert "damaged" in caught.value.message


@pytest.mark.skipif(not guard.forks(), reason="limits of Linux")
def test_computing_is_limited_even_if_the_clock_is_not_looked_at() -> None:
    with pytest.raises(LimitError) as caught:
        child(die, "SIGXCPU").result()
    assert caught.value.parameters["limit"] == "20 s"


@pytest.mark.skipif(not guard.forks(), reason="limits of Linux")
def test_a_child_knows_its_limit_of_computing() -> None:
    assert child(cpu_limit, seconds=30.0).result() == b"31"


@pytest.mark.parametrize("way", ["forked", "spawned"])
@pytest.mark.parametrize("end", ["SIGKILL", "SIGTERM", "SIGINT"])
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_child_ends_with_its_parent(way: str, end: str, tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "pid"), way],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path.cwd())])},
    )
    pid = int(until(lambda: (tmp_path / "pid").read_text() if (tmp_path / "pid").exists() else ""))
    parent.send_signal(getattr(signal, end))
    parent.communicate(timeout=20)  # ends only when nobody holds its output any more
    assert until(lambda: not is_running(pid))


PARENT = """
import sys
from pipeline.extract import guard
from tests.extract import test_guard
guard._FORKS = sys.argv[2] == "forked" and guard.forks()
if __name__ == "__main__":
    guard.Child(test_guard.tell_and_answer, sys.argv[1], seconds=60, megabytes=2000)
    test_guard.time.sleep(60)
"""


def tell_and_answer(path: str) -> bytes:
    """An answer that fills the pipe while nobody reads it."""
    part = Path(path).with_suffix(".part")
    part.write_text(str(os.getpid()))
    part.rename(path)
    return bytes(5_000_000)


def die(by: str) -> bytes:
    os.kill(os.getpid(), getattr(signal, by))
    return b""


def cpu_limit() -> bytes:
    import resource

    return str(resource.getrlimit(resource.RLIMIT_CPU)[0]).encode()


def is_running(pid: int) -> bool:
    """A zombie does not run: nobody may be there to collect it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def until(found: Callable[[], T], tries: int = 400) -> T:
    """What ``found`` gives as soon as it is true."""
    for _ in range(tries):
        if result := found():
            return result
        time.sleep(0.05)
    return found()
