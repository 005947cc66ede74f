"""The second reader in two child processes: the same pages as in one, also when a part fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import LimitError, UnreadableError
from pipeline.extract import guard, second
from pipeline.extract.witness import parse
from pipeline.settings.extract import ExtractSettings

PDF = "tests/data/towns/turned.pdf"
pytestmark = pytest.mark.skipif(not guard.forks(), reason="children are not copies of the parent")


@pytest.fixture
def data(root: Path) -> bytes:
    """A document of several pages."""
    return (root / PDF).read_bytes()


@pytest.fixture
def in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is large, and two cores are free."""
    monkeypatch.setattr(second, "_LARGE", 0)
    monkeypatch.setattr(guard, "two_at_once", lambda: True)


def started(data: bytes) -> second.SecondReading:
    return second.SecondReading(data, ExtractSettings(), None)


@pytest.mark.usefixtures("in_two")
def test_two_parts_are_the_whole(data: bytes) -> None:
    whole = parse.read(data, None, {})
    reading = started(data)
    assert len(reading._children) == 2
    assert reading.pages() == whole
    halves = [parse.read(data, None, {}, (number, 2)) for number in (0, 1)]
    assert all(halves)
    assert [*halves[0], *halves[1]] == whole


@pytest.mark.usefixtures("in_two")
def test_a_part_without_enough_memory_leaves_the_whole_to_one_process(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = parse.read_encoded

    def hungry(*arguments: object) -> bytes:
        if arguments[-1] == (1, 2):
            raise LimitError(limit="750 MB")
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(parse, "read_encoded", hungry)
    reading = started(data)
    assert reading.pages() == parse.read(data, None, {})
    assert len(reading._children) == 1


@pytest.mark.usefixtures("in_two")
def test_a_part_that_runs_out_of_time_is_told(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> bytes:
        raise LimitError(limit="180 s")

    monkeypatch.setattr(parse, "read_encoded", late)
    reading = started(data)
    reading._ends = 0.0
    with pytest.raises(LimitError):
        reading.pages()


@pytest.mark.usefixtures("in_two")
def test_another_error_of_a_part_is_told(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise UnreadableError

    monkeypatch.setattr(parse, "read_encoded", refuse)
    reading = started(data)
    with pytest.raises(UnreadableError):
        reading.pages()
    assert len(reading._children) == 2


def test_a_small_file_is_read_in_one_process(data: bytes) -> None:
    assert len(data) < second._LARGE
    reading = started(data)
    assert len(reading._children) == 1
    reading.stop()


def test_documents_side_by_side_take_one_core_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_cores", lambda: 8)
    assert guard.two_at_once()
    monkeypatch.setattr(guard.multiprocessing, "parent_process", lambda: "a worker's")
    assert not guard.two_at_once()
