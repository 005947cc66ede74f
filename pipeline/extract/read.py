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
from pipeline.extract.page_tables import PageTables, read_tables
from pipeline.extract.pdf.fonts import keep_out_system_fonts
from pipeline.extract.pdf.page import read_page
from pipeline.extract.pdf.primitives import Page
from pipeline.extract.pdf.turn import turn_of
from pipeline.extract.remarks import page_kind, page_remarks
from pipeline.extract.ruled.cells import Guess
from pipeline.extract.unruled.found import Before
from pipeline.extract.unruled.levels import Votes
from pipeline.japanese.controls import harmless
from pipeline.messages import N_
from pipeline.model import Document, Extracted, PageInfo, Remark, Table
from pipeline.settings.extract import ExtractSettings

_PAGES_AT_ONCE = 40
"""Pages after which the document is opened anew: PDFium keeps what it has once parsed."""

_MAY_HAVE_LAYERS = (b"/OCProperties", b"/ObjStm")
"""Signs in the raw file: the entry itself, or compressed objects that may hold it."""

_DYNAMIC = (pypdfium2.raw.FORMTYPE_XFA_FULL, pypdfium2.raw.FORMTYPE_XFA_FOREGROUND)
"""Forms that a viewer lays out anew from data of its own."""

_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5
_BY_TEXT = ("lines", "middles", "colours")
"""What tells rows that no rule parts."""

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
    source = _Source(data, settings, password)
    try:
        if source.count > settings.max_pages:
            raise LimitError(limit=f"{settings.max_pages} pages", advice=ADVICE)
        remarks: list[Remark] = [*damage_of(data)]
        if pypdfium2.raw.FPDF_GetFormType(source.document.raw) in _DYNAMIC:
            remarks.append(Remark(rule="reading.dynamic-form"))
        pages = _read_pages(source)
        metadata = _metadata(source.document)
    finally:
        source.document.close()
    extracted = Extracted(
        document=Document(
            sha256=hashlib.sha256(data).hexdigest(),
            pages=tuple(page.info for page in pages),
            title=harmless(metadata.get("Title", "")),
            author=harmless(metadata.get("Author", "")),
            producer=harmless(metadata.get("Producer", "")),
        ),
        tables=tuple(table for page in pages for table in page.found.tables),
        lines=tuple(line for page in pages for line in page.found.lines),
        leftovers=tuple(one for page in pages for one in page.found.leftovers),
        remarks=(*remarks, *(remark for page in pages for remark in page.remarks)),
    )
    return FirstReading(extracted, [guess for page in pages for guess in page.found.guesses])


class _ReadPage(msgspec.Struct):
    """One page, read; with it what the next page has to know."""

    info: PageInfo
    found: PageTables
    remarks: list[Remark]
    after: Before


class _Source:
    """An open document, which is opened anew from time to time."""

    def __init__(self, data: bytes, settings: ExtractSettings, password: str | None) -> None:
        self.data, self.settings, self.password = data, settings, password
        self.layered = any(sign in data for sign in _MAY_HAVE_LAYERS)
        self.document = open_document(data, password)
        self.count = len(self.document)
        self._read = 0

    def page(self, index: int, before: Before) -> _ReadPage:
        """A page with its tables; one that fails does not take the document with it."""
        if self._read == _PAGES_AT_ONCE:
            self._read = 0
            self.document.close()
            self.document = open_document(self.data, self.password)
        self._read += 1
        try:
            page = read_page(self.document, index, self.settings, layered=self.layered)
            found = read_tables(page, self.settings, before)
            after = _end_of(found.tables[-1], before) if found.tables else Before()
            return _ReadPage(_page_info(page), found, page_remarks(page, found), after)
        except (ShihyoError, MemoryError):
            raise
        except Exception as error:
            info = PageInfo(number=index + 1, width=0.0, height=0.0, kind="empty")
            failed = _not_read(index + 1, error)
            return _ReadPage(info, PageTables([], [], []), [failed], Before())


def _read_pages(source: _Source) -> list[_ReadPage]:
    """Every page; those whose rows text alone parts again, once the names of all tell their level.

    The page after one that is read again is, too, where it began with what that one ended with.
    """
    pages: list[_ReadPage] = []
    votes = Votes()
    for index in range(source.count):
        pages.append(source.page(index, pages[-1].after if pages else Before()))
        votes.add(pages[-1].found.votes)
    level = votes.level()
    if level is None:
        return pages
    changed = False
    for index, page in enumerate(pages):
        before = pages[index - 1].after if index else Before()
        if changed or any(map(_parted_by_text, page.found.tables)):
            again = source.page(index, msgspec.structs.replace(before, level=level))
            changed = again.after != page.after
            pages[index] = again
        else:
            changed = False
    return pages


def _parted_by_text(table: Table) -> bool:
    """Whether nothing drawn parts some rows of a table."""
    return any(one.decision == "rows" and one.sign in _BY_TEXT for one in table.grounds)


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
    first = sorted((cell for cell in last.cells if cell.row == 0), key=lambda cell: cell.column)
    return Before(
        cut=last.open_bottom,
        xs=xs,
        headings=tuple("".join(cell.text.split()) for cell in first),
        merged=merged,
        centred=centred and merged > 0,
    )


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
