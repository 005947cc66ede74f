"""Stage 1: what is on the paper, no meaning yet.

:func:`run` reads a PDF twice: with PDFium and our own grid, and with an independent parser and
table finder that only witnesses.  Both run in child processes, side by side.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.errors import LimitError, ShihyoError, UnreadableError
from pipeline.extract import guard
from pipeline.messages import N_
from pipeline.model import Extracted
from pipeline.settings.extract import ExtractSettings

SecondReader = Literal["always", "on-doubt", "never"]

_SIGNATURES = (
    (b"PK\x03\x04", "ZIP (Excel, Word, …)"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office 97–2003"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"{\\rtf", "RTF"),
)


def run(
    pdf: bytes | Path,
    settings: ExtractSettings,
    *,
    password: str | None = None,
    second: SecondReader = "always",  # noqa: ARG001
) -> Extracted:
    """Read a PDF.

    Tables and lines come page by page, in reading order.  Raises :class:`UnreadableError` (with
    what the file is, if it is no PDF), :class:`EncryptedError`, :class:`LimitError`,
    :class:`WorkerError`.
    """
    file = str(pdf) if isinstance(pdf, Path) else None
    try:
        data = load(pdf, settings.max_bytes)
        check_signature(data)
        return _read(data, settings, password)
    except ShihyoError as error:
        error.file = error.file or file
        raise


def load(pdf: bytes | Path, largest: int) -> bytes:
    """The bytes of the file."""
    try:
        size = len(pdf) if isinstance(pdf, bytes) else pdf.stat().st_size
        if size > largest:
            raise LimitError(limit=f"{largest // 1_000_000} MB", advice=guard.ADVICE)
        return pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    except OSError as error:
        raise UnreadableError(
            N_("The file cannot be opened: {problem}"), problem=error.strerror or str(error)
        ) from error


def check_signature(data: bytes) -> None:
    """Tell at once what is no PDF: a PDF says so within its first 1024 bytes."""
    if not data:
        raise UnreadableError(N_("The file is empty."))
    if b"%PDF-" in data[:1024]:
        return
    kind = what_it_is(data)
    if kind:
        raise UnreadableError(N_("The file is not a PDF but {kind}."), kind=kind)
    raise UnreadableError


def what_it_is(data: bytes) -> str | None:
    """The format of a file that is no PDF, by its first bytes."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head:
        return "HTML"
    if head.startswith(b"<?xml"):
        return "XML"
    return None


def _read(data: bytes, settings: ExtractSettings, password: str | None) -> Extracted:
    reader = import_module("pipeline.extract.read")
    child = guard.Child(
        reader.read_encoded,
        data,
        settings,
        password,
        seconds=settings.seconds,
        megabytes=settings.megabytes,
    )
    return msgspec.msgpack.decode(child.result(), type=Extracted)
