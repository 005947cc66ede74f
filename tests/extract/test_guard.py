"""What happens to the parent when the child fails."""

from __future__ import annotations

import os
import time

import pytest

from pipeline.errors import EncryptedError, LimitError, UnreadableError, WorkerError
from pipeline.extract import guard


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


def test_any_other_error_means_an_unreadable_file() -> None:
    with pytest.raises(UnreadableError) as caught:
        child(stumble).result()
    assert "odd file" in caught.value.parameters["problem"]
