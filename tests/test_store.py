"""Artefacts on disk: whole, checked, never half-written."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.cache import store
from pipeline.model import Released, ReleasedFile

VALUE = Released(files={"a.csv": ReleasedFile(sha256="00", size=3)})


def written(tmp_path: Path) -> Path:
    path = tmp_path / "5-release.json"
    store.write_artefact(path, "release", {"input": "x"}, VALUE)
    return path


def test_an_artefact_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert store.read_artefact(path, Released) == VALUE
    header = store.read_header(path)
    assert header is not None
    assert (header.stage, header.parts) == ("release", {"input": "x"})


def test_the_same_artefact_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "one").read_bytes()
    assert written(tmp_path / "two").read_bytes() == first


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b'"size": 3', b'"size": 4'),
        lambda data: data.replace(b'{"header":', b'{"reader":'),
        lambda data: data.replace(b'"stage":', b'"stage";'),
        lambda data: data[:-2] + b"]\n",
        lambda data: data[:-20],
        lambda data: data[:30],
        lambda data: b"",
        lambda data: b"\x00" * len(data),
        lambda data: data + b"\n",
    ],
    ids=[
        "edited",
        "other opening",
        "no JSON",
        "other end",
        "cut",
        "header only",
        "empty",
        "zeros",
        "longer",
    ],
)
def test_a_damaged_or_edited_artefact_is_not_believed(tmp_path: Path, damage) -> None:
    path = written(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert store.read_header(path) is None
    assert store.read_artefact(path, Released) is None


@pytest.mark.parametrize("size", range(10))
def test_an_edit_is_noticed_whatever_its_digest_is(tmp_path: Path, size: int) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"size": 3', b'"size": %d' % size))
    assert (store.read_artefact(path, Released) is None) == (size != 3)


def test_an_artefact_is_laid_out_for_people_to_read(tmp_path: Path) -> None:
    lines = written(tmp_path).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('{"header":{"stage":"release"')
    assert lines[1:4] == ["{", ' "files": {', '  "a.csv": {']


def test_a_failed_write_leaves_the_old_file_and_no_parts(tmp_path: Path, monkeypatch) -> None:
    path = written(tmp_path)
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        store.write_atomically(path, b"new")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("swap", [True, False], ids=["exchange", "rename aside"])
def test_a_folder_is_replaced_as_a_whole(tmp_path: Path, monkeypatch, swap: bool) -> None:
    if not swap:
        monkeypatch.setattr(store, "_exchange", lambda *_: False)
    folder = tmp_path / "release"
    for content in ("old", "new"):
        store.replace_folder(folder, lambda new, c=content: (new / "a.csv").write_text(c) and None)
    assert (folder / "a.csv").read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["release"]


def test_a_folder_whose_making_fails_stays_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    store.replace_folder(folder, lambda new: (new / "a").write_text("old") and None)

    def fail(new: Path) -> None:
        (new / "a").write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.replace_folder(folder, fail)
    store.repair_folder(folder)
    assert (folder / "a").read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["release"]


def test_a_swap_that_was_killed_between_its_two_renames_is_put_back(tmp_path: Path) -> None:
    aside = tmp_path / ".release.old"
    aside.mkdir()
    (aside / "a").write_text("old")
    store.repair_folder(tmp_path / "release")
    assert (tmp_path / "release" / "a").read_text() == "old"
    assert not aside.exists()


WRITER = """
import sys
from pathlib import Path
from pipeline.cache import store
folder = Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number += 1
    def fill(new):
        for name in "abc":
            store.write_atomically(new / name, str(number).encode())
    store.replace_folder(folder / "release", fill)
    store.write_atomically(folder / "one.json", str(number).encode() * 5000)
"""


@pytest.mark.parametrize("attempt", range(4))
def test_a_killed_writer_leaves_whole_files_only(tmp_path: Path, attempt: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.05 + 0.037 * attempt)
        writer.send_signal(signal.SIGKILL)
    store.remove_parts(tmp_path)
    store.repair_folder(tmp_path / "release")
    if (tmp_path / "release").exists():
        contents = {path.read_text() for path in (tmp_path / "release").iterdir()}
        assert len(contents) == 1
        assert len(list((tmp_path / "release").iterdir())) == 3
    if (tmp_path / "one.json").exists():
        text = (tmp_path / "one.json").read_text()
        assert text == text[: len(text) // 5000] * 5000
    names = {path.name for path in tmp_path.iterdir()}
    assert names <= {"release", "one.json"}


HOLDER = """
import sys, time
from pathlib import Path
from pipeline.cache import store
with store.locked(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    time.sleep(0.6)
    (Path(sys.argv[1]) / "done").write_text("1")
"""


def test_a_second_run_says_that_it_waits_and_then_takes_its_turn(tmp_path: Path) -> None:
    told: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with store.locked(tmp_path, lambda: told.append("waiting")):
            assert (tmp_path / "done").exists()
    assert told == ["waiting"]


def test_what_is_not_there_is_no_artefact(tmp_path: Path) -> None:
    assert store.read_header(tmp_path / "none.json") is None
    assert store.read_artefact(tmp_path / "none.json", Released) is None
    assert store.read_artefact(tmp_path, Released) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux exchanges in one step")
def test_two_names_are_exchanged_wherever_one_stands(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "other"):
        Path(name).mkdir()
        (Path(name) / name).touch()
    assert store._exchange(Path("one"), Path("other"))
    assert [path.as_posix() for path in sorted(Path().rglob("*/*"))] == ["one/other", "other/one"]
    assert not store._exchange(Path("one"), Path("none"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux exchanges in one step")
@pytest.mark.parametrize("lack", [OSError, AttributeError])
def test_a_system_that_cannot_exchange_is_noticed(lack: type[Exception], monkeypatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise lack

    monkeypatch.setattr(ctypes, "CDLL", none)
    assert not store._exchange(Path("one"), Path("other"))


def test_half_written_files_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".1-extract.json.abc.part").touch()
    for kept in (".lock", "1-extract.json", "1-extract.part"):
        (tmp_path / kept).touch()
    store.remove_parts(tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".lock", "1-extract.json", "1-extract.part"]


@pytest.mark.parametrize(
    ("number", "runs"), [(errno.ENOSYS, True), (errno.EOPNOTSUPP, True), (errno.EACCES, False)]
)
def test_a_file_system_without_locks_does_not_stop_a_run(
    number: int, runs: bool, tmp_path: Path, monkeypatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    refused = pytest.raises(OSError, match=os.strerror(number))
    with contextlib.nullcontext() if runs else refused, store.locked(tmp_path, lambda: None):
        (tmp_path / "done").touch()
    assert (tmp_path / "done").exists() == runs


def test_folders_above_what_is_written_are_made(tmp_path: Path) -> None:
    store.write_atomically(tmp_path / "1" / "a" / "x.csv", b"1")
    store.replace_folder(tmp_path / "2" / "a" / "release", lambda new: (new / "x.csv").touch())
    with store.locked(tmp_path / "3" / "a" / "town", lambda: None):
        pass
    assert set(store.folder_digests(tmp_path)) >= {"1/a/x.csv", "2/a/release/x.csv"}
    assert (tmp_path / "3" / "a" / "town").is_dir()


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_a_folder_is_replaced_as_a_whole_on_every_system(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "release"
    monkeypatch.setattr(sys, "platform", system)
    for name in ("old.csv", "new.csv", "newer.csv"):
        store.replace_folder(folder, lambda new, name=name: (new / name).touch())
        assert list(store.folder_digests(tmp_path)) == [f"release/{name}"]


def test_what_a_killed_run_left_aside_is_in_nobodys_way(tmp_path: Path) -> None:
    for name in (".release.new", ".release.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.csv").touch()
    store.replace_folder(tmp_path / "release", lambda new: (new / "y.csv").touch())
    assert list(store.folder_digests(tmp_path)) == ["release/y.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_what_is_written_can_be_read_by_all(tmp_path: Path) -> None:
    assert written(tmp_path).stat().st_mode & 0o777 == 0o644
