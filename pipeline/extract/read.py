"""The first reader: a whole PDF through PDFium and our own grid, in this process."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pypdfium2

from pipeline.errors import (
    EncryptedError,
    LimitError,
    ShihyoError,
    UnreadableError,
    fault_of,
    trace_of,
)
from pipeline.extract.guard import ADVICE
from pipeline.extract.integrity import damage_of
from pipeline.extract.page_tables import read_tables
from pipeline.extract.pdf.fonts import keep_out_system_fonts
from pipeline.extract.pdf.page import read_page
from pipeline.extract.pdf.primitives import Page
from pipeline.extract.pdf.turn import turn_of
from pipeline.extract.remarks import page_kind, page_remarks
from pipeline.extract.ruled.cells import Guess
from pipeline.extract.unruled.found import Before
from pipeline.japanese.controls import harmless
from pipeline.messages import N_
from pipeline.model import Document, Extracted, Leftover, Line, PageInfo, Remark, Table
from pipeline.settings.extract import ExtractSettings

_PAGES_AT_ONCE = 40
"""Pages after which the document is opened anew: PDFium keeps what it has once parsed."""

_MAY_HAVE_LAYERS = (b"/OCProperties", b"/ObjStm")
"""Signs in the raw file: the entry itself, or compressed objects that may hold it."""

_DYNAMIC = (pypdfium2.raw.FORMTYPE_XFA_FULL, pypdfium2.raw.FORMTYPE_XFA_FOREGROUND)
"""Forms that a viewer lays out anew from data of its own."""

_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5
_UNKNOWN_ENCRYPTION = N_(
    "The PDF is encrypted in a way that is not known here (with a certificate, or by a product of "
    "its own), which no password opens."
)
_UNPROTECTED = N_("Obtain a copy that is not protected, or protected by a password only.")


class FirstReading(msgspec.Struct):
    """What the first reader gives, and its guesses for the second to confirm."""

    extracted: Extracted
    guesses: list[Guess]


def read_encoded(data: bytes, settings: ExtractSettings, password: str | None) -> bytes:
    """:func:`read`, its result encoded for the way out of a child process."""
    return msgspec.msgpack.encode(read(data, settings, password))


def read(data: bytes, settings: ExtractSettings, password: str | None) -> FirstReading:
    """Read every page.

    Raises :class:`UnreadableError`, :class:`EncryptedError`, :class:`LimitError`.
    """
    keep_out_system_fonts()
    document = open_document(data, password)
    layered = any(sign in data for sign in _MAY_HAVE_LAYERS)
    try:
        count = len(document)
        if count > settings.max_pages:
            raise LimitError(limit=f"{settings.max_pages} pages", advice=ADVICE)
        pages: list[PageInfo] = []
        tables: list[Table] = []
        lines: list[Line] = []
        leftovers: list[Leftover] = []
        remarks: list[Remark] = [*damage_of(data)]
        if pypdfium2.raw.FPDF_GetFormType(document.raw) in _DYNAMIC:
            remarks.append(Remark(rule="reading.dynamic-form"))
        guesses: list[Guess] = []
        before = Before()
        for index in range(count):
            if index and index % _PAGES_AT_ONCE == 0:
                document.close()
                document = open_document(data, password)
            ended = bool(tables) and tables[-1].page == index
            before = _end_of(tables[-1], before) if ended else Before()
            try:
                page = read_page(document, index, settings, layered=layered)
                found = read_tables(page, settings, before)
                told = page_remarks(page, found)
                pages.append(_page_info(page))
            except (ShihyoError, MemoryError):
                raise
            except Exception as error:  # one page does not take the document with it
                pages.append(PageInfo(number=index + 1, width=0.0, height=0.0, kind="empty"))
                remarks.append(_not_read(index + 1, error))
                continue
            tables.extend(found.tables)
            lines.extend(found.lines)
            leftovers.extend(found.leftovers)
            remarks.extend(told)
            guesses.extend(found.guesses)
        metadata = _metadata(document)
    finally:
        document.close()
    extracted = Extracted(
        document=Document(
            sha256=hashlib.sha256(data).hexdigest(),
            pages=tuple(pages),
            title=harmless(metadata.get("Title", "")),
            author=harmless(metadata.get("Author", "")),
            producer=harmless(metadata.get("Producer", "")),
        ),
        tables=tuple(tables),
        lines=tuple(lines),
        leftovers=tuple(leftovers),
        remarks=tuple(remarks),
    )
    return FirstReading(extracted, guesses)


def _end_of(last: Table, before: Before) -> Before:
    """What the next page has to know of the last table of a page.

    ``before``: what this page had to know.  A part without headings that has the same columns has
    as many merged ones, though none of its cells be seen to end in it.
    """
    sides = {cell.box[0] for cell in last.cells} | {last.box[2]}
    spans = [cell.column for cell in last.cells if cell.row and cell.row_span > 1]
    merged = next(column for column in range(len(sides)) if column not in spans)
    xs = tuple(sorted(sides))
    if xs == before.xs:
        merged = max(merged, before.merged)
    centred = any((one.decision, one.sign) == ("rows", "middles") for one in last.grounds)
    return Before(cut=last.open_bottom, xs=xs, merged=merged, centred=centred and merged > 0)


def _metadata(document: Any) -> dict[str, str]:
    """What the file says of itself; nothing where that is damaged."""
    try:
        return dict(document.get_metadata_dict())
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return {}


def _not_read(number: int, error: Exception) -> Remark:
    """Why a page is missing: the file is damaged there, or the program has a fault."""
    if isinstance(error, pypdfium2.PdfiumError):
        return Remark(rule="reading.damaged-page", page=number)
    return Remark(
        rule="reading.page-failed",
        page=number,
        parameters={"fault": fault_of(error), "trace": trace_of(error)},
    )


def open_document(data: bytes, password: str | None) -> Any:
    """An open PDFium document; typed errors if it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data, password=password)
        if len(document) == 0:
            raise UnreadableError(N_("The PDF has no pages."))
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == _SECURITY_ERROR:
            raise EncryptedError(_UNKNOWN_ENCRYPTION, advice=_UNPROTECTED) from error
        if code == _PASSWORD_ERROR:
            if password:
                raise EncryptedError(N_("The password does not open the PDF.")) from error
            raise EncryptedError from error
        raise UnreadableError from error
    return document


def _page_info(page: Page) -> PageInfo:
    return PageInfo(
        number=page.number,
        width=round(page.width, 2),
        height=round(page.height, 2),
        rotation=page.rotation,
        turn=turn_of(page),
        glyphs=len(page.glyphs),
        rules=len(page.horizontal) + len(page.vertical),
        images=len(page.images),
        kind=page_kind(page),
    )
