"""Stage 1: what is on the paper, no meaning yet.

:func:`run` reads a PDF twice: with PDFium and our own grid, and with an independent parser and
table finder that only witnesses.  Both run in child processes, side by side.  Pages that are
pictures are read by character recognition, in a third.
"""

from __future__ import annotations

import os
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from pipeline import limits
from pipeline.errors import (
    EnvironmentTroubleError,
    InternalError,
    LimitError,
    ShihyoError,
    UnreadableError,
)
from pipeline.extract import guard
from pipeline.extract.ocr.engine import installed
from pipeline.messages import N_
from pipeline.model import Extracted, Remark
from pipeline.settings.extract import ExtractSettings

if TYPE_CHECKING:
    from pipeline.extract.second import SecondReading

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
    ocr: bool = True,
) -> Extracted:
    """Read a PDF.

    Tables and lines come page by page, in reading order.  ``ocr``: read pages that are pictures
    too, where the optional part for it is installed.  Raises :class:`UnreadableError` (with
    what the file is, if it is no PDF), :class:`EncryptedError`, :class:`LimitError`,
    :class:`WorkerError`; :class:`RunLimitError` where all of it together takes longer than
    ``seconds_run``, whatever was read by then.
    """
    file = str(pdf) if isinstance(pdf, Path) else None
    try:
        data = load(pdf, settings.max_bytes)
        check_signature(data)
        with limits.until(time.monotonic() + settings.seconds_run, settings.seconds_run):
            read = _read(data, settings, password, second, ocr=ocr and installed())
            limits.check()
        return read
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
    except FileNotFoundError as error:
        raise UnreadableError(N_("There is no file {file}."), file=str(pdf)) from error
    except OSError as error:
        raise EnvironmentTroubleError.of(error) from error


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
    data: bytes,
    settings: ExtractSettings,
    password: str | None,
    wish: SecondReader,
    *,
    ocr: bool,
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
    look = None if witness else _start_look(data, settings, password)
    scan = None
    try:
        reading = msgspec.msgpack.decode(child.result(), type=reader.FirstReading)
        first: Extracted = reading.extracted
        if look is not None:
            first = _with_cut_pages(first, look)
        scan = _start_recognition(data, first, settings, password) if ocr else None
        if wish != "never" and _can_be_witnessed(first) and (witness or doubtful(first)):
            witness = witness or _start_second(data, settings, password)
            first = _attach(first, reading.guesses, witness)
        return first if scan is None else _with_pictures(first, scan)
    finally:
        for other in (witness, look, scan):
            if other is not None:
                other.stop()


def _start_second(data: bytes, settings: ExtractSettings, password: str | None) -> SecondReading:
    module = import_module("pipeline.extract.second")
    reading: SecondReading = module.SecondReading(data, settings, password)
    return reading


def _start_look(data: bytes, settings: ExtractSettings, password: str | None) -> guard.Child:
    """Where nothing else of the second reader runs, its look for pages that end in the middle.

    It costs little beside the first reader, and no reading of what is left tells what is missing.
    """
    parse = import_module("pipeline.extract.witness.parse")
    if guard.forks():
        import_module("playa")  # once here, and not in each child
    return guard.Child(
        parse.cut_pages_encoded,
        data,
        password,
        seconds=settings.seconds_second,
        megabytes=settings.megabytes,
    )


def _with_cut_pages(first: Extracted, look: guard.Child) -> Extracted:
    """A reading that tells of pages that end in the middle.

    A look that fails tells nothing: the second reader, which would say so, is not wanted.
    """
    compare = import_module("pipeline.extract.witness.compare")
    try:
        cut = msgspec.msgpack.decode(look.result(), type=list[int])
    except ShihyoError:
        return first
    remarks = (*first.remarks, *compare.cut_remarks(first, cut))
    return msgspec.structs.replace(first, remarks=remarks)


def _start_recognition(
    data: bytes, first: Extracted, settings: ExtractSettings, password: str | None
) -> guard.Child | None:
    scans = import_module("pipeline.extract.scans")
    numbers = scans.pictures(first)
    if not numbers:
        return None
    return guard.Child(
        scans.read_encoded,
        data,
        numbers,
        settings,
        password,
        seconds=settings.seconds_scan * len(numbers),
        megabytes=settings.megabytes_scan,
        threads=os.cpu_count() or 1,
    )


def _with_pictures(first: Extracted, scan: guard.Child) -> Extracted:
    """The pages of text with those read as pictures; recognition that fails is told, not fatal."""
    scans = import_module("pipeline.extract.scans")
    try:
        read = scans.decode(scan.result())
    except ShihyoError as error:
        return _with_remark(first, "reading.ocr-failed", error)
    attached: Extracted = scans.attach(first, read)
    return attached


def _with_remark(first: Extracted, rule: str, error: ShihyoError) -> Extracted:
    """A reading with a remark on another that failed, which quotes nothing of the document."""
    internal = isinstance(error, InternalError)
    problem = error.parameters["fault"] if internal else str(error)
    remark = Remark(rule=rule, parameters={"problem": problem})
    return msgspec.structs.replace(first, remarks=(*first.remarks, remark))


def _attach(first: Extracted, guesses: list[Any], witness: SecondReading) -> Extracted:
    """The first reading beside the second; a second reader that fails is told, not fatal."""
    compare = import_module("pipeline.extract.witness.compare")
    try:
        pages = witness.pages()
    except ShihyoError as error:
        return _with_remark(first, "reading.second-failed", error)
    attached: Extracted = compare.attach(first, pages, guesses)
    return attached


def _can_be_witnessed(first: Extracted) -> bool:
    """Whether the second reader can say something: of tables, or of pages that seem blank."""
    compare = import_module("pipeline.extract.witness.compare")
    return bool(first.tables) or bool(compare.blank_pages(first))


def doubtful(first: Extracted) -> bool:
    """Whether the first reading alone gives reason to ask the second reader."""
    return bool(first.remarks) or any(table.method != "ruled" for table in first.tables)
