"""Bounds of time: of a piece of work, of one inside another, of a whole run."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from pipeline import extract, limits
from pipeline.errors import LimitError, RunLimitError
from pipeline.extract import guard
from pipeline.settings.extract import ExtractSettings

_POSIX = pytest.mark.skipif(not guard.forks(), reason="signals and limits of POSIX")
REPORT = Path(__file__).parent / "data/difficulties/overflowing-name.pdf"


def dawdle() -> bytes:
    time.sleep(30)
    return b""


def in_a_child() -> None:
    guard.Child(dawdle, seconds=60, megabytes=2000).result()


def within_a_stage() -> None:
    with limits.within(60, 2000):
        time.sleep(30)


def within_two() -> None:
    with limits.within(60, 2000), limits.within(50, 2000):
        time.sleep(30)


def by_asking() -> None:
    while True:
        limits.check()


@_POSIX
@pytest.mark.parametrize("work", [in_a_child, within_a_stage, within_two, by_asking])
def test_work_of_any_kind_ends_with_the_whole_run(work: Callable[[], None]) -> None:
    with limits.until(time.monotonic() + 0.2, 7.5), pytest.raises(RunLimitError) as caught:
        work()
    assert caught.value.parameters["limit"] == "7.5 s (seconds_run)"


def test_the_earlier_of_two_ends_holds_and_goes_with_its_run() -> None:
    now = time.monotonic()
    with limits.until(now + 100, 100), limits.until(now + 900, 900):
        assert limits.left() <= 100
    assert limits.left() == float("inf")
    with pytest.raises(RunLimitError), limits.until(now - 1, 5):
        pytest.fail("the time was up before")


@_POSIX
def test_an_outer_bound_that_is_shorter_is_not_put_off_by_an_inner_one() -> None:
    with pytest.raises(LimitError) as caught, limits.within(0.2, 2000), limits.within(40, 2000):
        time.sleep(20)
    assert caught.value.parameters["limit"] == "0.2 s"


def test_a_reading_that_takes_too_long_is_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever part was at work then; a second reader that is late is only a doubt else."""
    slow = structs.replace(ExtractSettings(), seconds_run=0.3)
    monkeypatch.setattr(extract, "_read", lambda *_, **__: time.sleep(0.4))
    with pytest.raises(RunLimitError):
        extract.run(REPORT, slow)
