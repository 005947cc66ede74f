"""Stage 1: what is on the paper, no meaning yet.

:func:`run` reads a PDF twice: with PDFium and our own grid, and with an independent parser and
table finder that only witnesses.  Both run in child processes, side by side.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline.errors import InternalError, LimitError, ShihyoError, UnreadableError
from pipeline.extract import guard
from pipeline.messages import N_
from pipeline.model import Extracted, Remark
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
    second: SecondReader = "always",
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
        return _read(data, settings, password, second)
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


def _read(
    data: bytes, settings: ExtractSettings, password: str | None, wish: SecondReader
) -> Extracted:
    reader = import_module("pipeline.extract.read")
    child = guard.Child(
        reader.read_encoded,
        data,
        settings,
        password,
        seconds=settings.seconds,
        megabytes=settings.megabytes,
    )
    witness = _start_second(data, settings, password) if wish == "always" else None
    try:
        reading = msgspec.msgpack.decode(child.result(), type=reader.FirstReading)
        first: Extracted = reading.extracted
        if not first.tables or wish == "never":
            return first
        if witness is None:
            if not doubtful(first):
                return first
            witness = _start_second(data, settings, password)
        return _attach(first, reading.guesses, witness)
    finally:
        if witness is not None:
            witness.stop()


def _start_second(data: bytes, settings: ExtractSettings, password: str | None) -> guard.Child:
    parse = import_module("pipeline.extract.witness.parse")
    return guard.Child(
        parse.read_encoded,
        data,
        password,
        settings.symbols,
        seconds=settings.seconds_second,
        megabytes=settings.megabytes,
    )


def _attach(first: Extracted, guesses: list[Any], witness: guard.Child) -> Extracted:
    """The first reading beside the second; a second reader that fails is told, not fatal."""
    parse = import_module("pipeline.extract.witness.parse")
    compare = import_module("pipeline.extract.witness.compare")
    try:
        pages = parse.decode(witness.result())
    except ShihyoError as error:
        internal = isinstance(error, InternalError)
        problem = error.parameters["fault"] if internal else str(error)
        remark = Remark(rule="reading.second-failed", parameters={"problem": problem})
        return msgspec.structs.replace(first, remarks=(*first.remarks, remark))
    attached: Extracted = compare.attach(first, pages, guesses)
    return attached


def doubtful(first: Extracted) -> bool:
    """Whether the first reading alone gives reason to ask the second reader."""
    return bool(first.remarks) or any(table.method != "ruled" for table in first.tables)
