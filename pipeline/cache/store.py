"""Artefacts on disk: written whole or not at all, and checked before they are believed.

An artefact is one JSON file of two lines or more.  The first line is a header with the
fingerprint of everything that shaped the artefact and the digest of the rest; the rest is the
artefact itself.  So a cached artefact is verified by hashing bytes, without parsing them, and an
edited or damaged one is noticed and rebuilt.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pipeline.model import Record

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()
_OPEN = b'{"header":'
_MIDDLE = b',"artefact":\n'
_CLOSE = b"\n}\n"


class Header(Record):
    """What an artefact was made from: digests by part (input, settings, code, libraries …)."""

    stage: str
    parts: dict[str, str]
    digest: str


def digest_of(data: bytes) -> str:
    """The sha256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def encode(value: Any) -> bytes:
    """JSON, fields and keys in the order in which they were made: same value, same bytes.

    Records hold no sets, so nothing in them has an order of chance.
    """
    return _ENCODER.encode(value)


def settings_digest(settings: Any) -> str:
    """The digest of a settings record."""
    return digest_of(encode(settings))


# --------------------------------------------------------------------------- one file


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` so that a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def write_artefact(path: Path, stage: str, parts: Mapping[str, str], artefact: Any) -> str:
    """Write an artefact with its header; returns the digest of its content."""
    body = msgspec.json.format(encode(artefact), indent=1)
    header = Header(stage=stage, parts=dict(parts), digest=digest_of(body))
    write_atomically(path, _OPEN + encode(header) + _MIDDLE + body + _CLOSE)
    return header.digest


def _split(data: bytes) -> tuple[Header, bytes] | None:
    head, _, rest = data.partition(_MIDDLE)
    if not head.startswith(_OPEN) or not rest.endswith(_CLOSE):
        return None
    try:
        header = msgspec.json.decode(head[len(_OPEN) :], type=Header)
    except msgspec.DecodeError:
        return None
    body = rest[: -len(_CLOSE)]
    return (header, body) if digest_of(body) == header.digest else None


def read_header(path: Path) -> Header | None:
    """The header of a whole, undamaged artefact; ``None`` if there is none or it was altered."""
    try:
        found = _split(path.read_bytes())
    except OSError:
        return None
    return found[0] if found else None


def read_artefact(path: Path, kind: type[T]) -> T | None:
    """The artefact itself, if the file is whole and still has the shape of ``kind``."""
    try:
        found = _split(path.read_bytes())
        return msgspec.json.decode(found[1], type=kind) if found else None
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None


# --------------------------------------------------------------------------- one folder


def _exchange(first: Path, second: Path) -> bool:
    """Swap two names in one step where the system can (Linux); ``False`` where it cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    at_fdcwd, rename_exchange = -100, 2
    result: int = renameat2(
        at_fdcwd, os.fsencode(first), at_fdcwd, os.fsencode(second), rename_exchange
    )
    return result == 0


def replace_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Build a folder aside with ``fill`` and put it in place of the old one.

    A run killed at any moment leaves the old folder or the new one: on Linux the two names are
    exchanged in one step; elsewhere the old one is moved aside first and
    :func:`repair_folder` puts it back.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    new, old = _aside(folder, "new"), _aside(folder, "old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        new.mkdir()
        fill(new)
        if not folder.exists():
            new.rename(folder)
        elif not _exchange(new, folder):
            folder.rename(old)
            new.rename(folder)
    except BaseException:
        repair_folder(folder)
        raise
    for leftover in (new, old):  # what cannot be removed now is removed by the next run
        shutil.rmtree(leftover, ignore_errors=True)


def _aside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def repair_folder(folder: Path) -> None:
    """Undo what an interrupted :func:`replace_folder` left behind."""
    new, old = _aside(folder, "new"), _aside(folder, "old")
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)


def remove_parts(folder: Path) -> None:
    """Remove half-written files of runs that were killed (call it under the lock)."""
    for part in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            part.unlink()


def folder_digests(folder: Path) -> dict[str, str]:
    """Relative path → sha256 of every file below a folder, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of(path.read_bytes()) for path in files}


# --------------------------------------------------------------------------- one at a time


@contextlib.contextmanager
def locked(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold a folder for one run; a second run says that it waits, then takes its turn."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (imported only when a run begins)

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0.05)
    except Timeout:
        on_wait()
        lock.acquire()
    except OSError as error:  # a file system without locks: better to run than to refuse
        if error.errno not in {errno.ENOSYS, errno.EOPNOTSUPP}:
            raise
        yield
        return
    try:
        yield
    finally:
        lock.release()
