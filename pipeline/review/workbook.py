"""``review.xlsx``: what is to decide with the page beside it, the contradictions, all values.

The same document gives the same bytes: the archive bears no time.  A text is always written as
text, whatever a spreadsheet would make of it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.desk import decide
from pipeline.desk.choices import choices, chosen, label_of
from pipeline.desk.waiting import Desk
from pipeline.errors import UsageError
from pipeline.japanese.text import columns_of
from pipeline.messages import N_, translate
from pipeline.model import Record
from pipeline.review.pictures import Cropper
from pipeline.settings.decisions import Decision

OPEN, CONTRADICTIONS, VALUES, CHOICES = (
    N_("To decide"),
    N_("Contradictions"),
    N_("All values"),
    N_("Choices"),
)
COLUMNS = {
    "key": (N_("Key"), 18),
    "severity": (N_("Kind"), 10),
    "page": (N_("Page"), 7),
    "subject": (N_("Subject"), 26),
    "message": (N_("What was noticed"), 46),
    "printed": (N_("Printed"), 20),
    "first": (N_("Reading A"), 14),
    "second": (N_("Reading B"), 14),
    "decision": (N_("Decision"), 24),
    "value": (N_("Value"), 16),
    "reason": (N_("Reason"), 28),
    "who": (N_("Who"), 12),
    "picture": (N_("Picture of the page"), 60),
}
"""The columns of the sheet that is filled in: heading and width."""
_SEVERITY = {
    "blocker": N_("held back"),
    "error": N_("contradiction"),
    "warning": N_("notice"),
    "info": N_("information"),
}
_FILLED = ("decision", "value", "reason", "who")
_TALLEST, _WIDEST, _FEW = 180, 420, 300
_LINE, _GAP = 15.0, 4
"""Points to a line of text, and pixels around a picture."""
_EPOCH = datetime(1980, 1, 1)
_HEAD, _TO_FILL = "#DDE6F2", "#FFF8DC"


def _ja(text: str) -> str:
    return translate(text, "ja")


class Book(NamedTuple):
    """The workbook being written, with the formats that its cells have."""

    file: Any
    text: Any
    quoted: Any
    head: Any
    fill: Any


def workbook(desk: Desk, shown: Mapping[str, Any], pictures: Sequence[bytes]) -> bytes:
    """The file's bytes."""
    import xlsxwriter  # noqa: PLC0415  (a tenth of a second, only where a workbook is written)

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as file:
        file.set_properties({"created": _EPOCH})
        plain = {"text_wrap": True, "valign": "top"}
        book = Book(
            file,
            text=file.add_format(plain),
            quoted=file.add_format({**plain, "quote_prefix": True}),
            head=file.add_format({**plain, "bold": True, "bg_color": _HEAD}),
            fill=file.add_format({**plain, "bg_color": _TO_FILL}),
        )
        sheet, contradictions, values, choices = (
            file.add_worksheet(_ja(title)) for title in (OPEN, CONTRADICTIONS, VALUES, CHOICES)
        )
        _open_sheet(book, (sheet, choices), desk, shown, Cropper(pictures))
        _contradictions(book, contradictions, shown)
        _values(book, values, shown)
        choices.hide()
    return stream.getvalue()


def _put(book: Book, sheet: Any, row: int, column: int, given: object) -> None:
    """A cell; text is text, also where it looks like a formula."""
    if isinstance(given, int):
        sheet.write_number(row, column, given, book.text)
    elif given:
        text = str(given)
        form = book.quoted if text.startswith(("=", "+", "-", "@")) else book.text
        sheet.write_string(row, column, text, form)
    else:
        sheet.write_blank(row, column, None, book.text)


def _heading(book: Book, sheet: Any, titles: Sequence[str], widths: Sequence[int]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.write_string(0, column, title, book.head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _open_sheet(
    book: Book, sheets: tuple[Any, Any], desk: Desk, shown: Mapping[str, Any], cropper: Cropper
) -> None:
    """What is to be decided; the choices of its lines stand on a sheet of their own."""
    sheet, choices = sheets
    _heading(book, sheet, [_ja(t) for t, _ in COLUMNS.values()], [w for _, w in COLUMNS.values()])
    waiting = [one for one in shown["findings"] if one["open"]]
    for row, one in enumerate(waiting, start=1):
        readings = {each["code"]: each["fields"].get("value", "") for each in one["choices"]}
        texts = {
            "key": one["key"],
            "severity": _ja(_SEVERITY[one["severity"]]),
            "page": one["page"] or "",
            "subject": one["subject"],
            "message": one["message"]["ja"],
            "printed": one["printed"],
            "first": readings.get("A", ""),
            "second": readings.get("B", ""),
        }
        for column, name in enumerate(COLUMNS):
            if name in _FILLED:
                sheet.write_blank(row, column, None, book.fill)
            else:
                _put(book, sheet, row, column, texts.get(name, ""))
        _offer(book, sheet, choices, row, one["choices"])
        height = _LINE * _lines(texts)
        if one["box"] and row < _FEW and cropper.has(one["page"]):
            height = max(height, _picture(sheet, row, desk, one, cropper))
        sheet.set_row(row, height)
    sheet.autofilter(0, 0, max(1, len(waiting)), len(COLUMNS) - 1)


def _offer(
    book: Book, sheet: Any, choices: Any, row: int, offered: Sequence[Mapping[str, Any]]
) -> None:
    """The choices of one line as a drop-down; anything else may be typed too."""
    from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415  (with its library)

    for column, one in enumerate(offered):
        _put(book, choices, row, column, one["text"]["ja"])
    if not offered:
        return
    listed = xl_range_abs(row, 0, row, len(offered) - 1)
    column = list(COLUMNS).index("decision")
    sheet.data_validation(
        row,
        column,
        row,
        column,
        {"validate": "list", "source": f"='{_ja(CHOICES)}'!{listed}", "show_error": False},
    )


def _lines(texts: Mapping[str, Any]) -> int:
    """How many lines the longest text of a row takes in its column."""
    widths = {name: width for name, (_, width) in COLUMNS.items()}
    return max(-(-columns_of(str(text)) // widths[name]) for name, text in texts.items())


def _picture(sheet: Any, row: int, desk: Desk, one: Mapping[str, Any], cropper: Cropper) -> float:
    """Put the part of the page that a line is about beside it; the height that it takes."""
    width = desk.normalized.document.pages[one["page"] - 1].width
    image, (wide, tall) = cropper.crop(one["page"], width, one["box"])
    shrink = min(1.0, _WIDEST / wide, _TALLEST / tall)
    sheet.insert_image(
        row,
        list(COLUMNS).index("picture"),
        f"{one['key']}.png",
        {
            "image_data": io.BytesIO(image),
            "x_scale": shrink,
            "y_scale": shrink,
            "x_offset": _GAP,
            "y_offset": _GAP,
        },
    )
    return (tall * shrink + 2 * _GAP) * 0.75


def _contradictions(book: Book, sheet: Any, shown: Mapping[str, Any]) -> None:
    titles = (
        N_("Key"),
        N_("Page"),
        N_("Subject"),
        N_("What was noticed"),
        N_("Printed"),
        N_("Expected"),
        N_("Decision"),
    )
    _heading(book, sheet, list(map(_ja, titles)), (18, 7, 26, 60, 22, 22, 40))
    told = [one for one in shown["findings"] if one["severity"] == "error" or one["decided"]]
    for row, one in enumerate(told, start=1):
        texts = (
            one["key"],
            one["page"] or "",
            one["subject"],
            one["message"]["ja"],
            one["printed"],
            one["expected"],
            one["decided"],
        )
        for column, text in enumerate(texts):
            _put(book, sheet, row, column, text)


def _values(book: Book, sheet: Any, shown: Mapping[str, Any]) -> None:
    titles = (
        N_("id"),
        N_("place"),
        N_("indicator"),
        N_("unit"),
        N_("direction"),
        N_("Field"),
        N_("fiscal year"),
        N_("Value"),
        N_("Printed"),
        N_("Page"),
        N_("Decision"),
        N_("status"),
        N_("recomputed"),
    )
    widths = (14, 30, 34, 9, 10, 10, 10, 14, 18, 7, 30, 14, 14)
    _heading(book, sheet, list(map(_ja, titles)), widths)
    words = shown["words"]
    row = 0
    for one in shown["indicators"]:
        for seen in one["values"]:
            row += 1
            texts = (
                one["id"],
                one["place"],
                one["name"],
                one["unit"],
                words[one["direction"]],
                words[seen["field"]] + (f" {seen['part']}" if seen["part"] else ""),
                seen["year"] or "",
                seen["text"],
                seen["printed"],
                seen["page"],
                seen["decided"],
                one["status"],
                one["recomputed"],
            )
            for column, text in enumerate(texts):
                _put(book, sheet, row, column, text)


# --------------------------------------------------------------------------- taken over


class Refused(Record):
    """A filled line that cannot be used, and why."""

    row: int
    message: str
    parameters: dict[str, str] = {}


def decisions_from(
    desk: Desk, path: Path, *, who: str, when: str
) -> tuple[list[Decision], list[Refused]]:
    """The decisions that an officer filled in, and the lines that cannot be used.

    Raises :class:`UsageError` for a file that is no such workbook.
    """
    taken: list[Decision] = []
    refused: list[Refused] = []
    for row, line in _filled(path):
        try:
            found = desk.found(line["key"])
            choice = chosen(found, _take(found, line))
            made = decide.decision(
                desk, found, choice, reason=line["reason"], who=line["who"] or who, when=when
            )
        except UsageError as error:
            refused.append(Refused(row=row, message=error.message, parameters=error.parameters))
            continue
        taken.append(made)
    return taken, refused


def _take(found: Any, line: Mapping[str, str]) -> str:
    """The choice of a line: its drop-down, its value, or both."""
    picked, value = line["decision"], line["value"]
    for one in choices(found):
        if picked and picked == label_of(one, "ja") and value:
            return f"{one.code}:{value}"
    return picked or value


def _filled(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The lines of the first sheet in which something was decided, with their numbers."""
    from openpyxl import load_workbook  # noqa: PLC0415  (only where a workbook is read)
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UsageError(
            N_("This is no workbook that can be read: {reason}"),
            advice=N_("Save it as .xlsx."),
            file=str(path),
            reason=str(error),
        ) from error
    titles = {_ja(title): name for name, (title, _) in COLUMNS.items()}
    sheet = book[_ja(OPEN)] if _ja(OPEN) in book.sheetnames else book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    names = [titles.get(_text(cell), "") for cell in (rows[0] if rows else ())]
    if missing := {"key", "decision", "reason"} - set(names):
        raise UsageError(
            N_("The workbook lacks the column {column}."),
            advice=N_("Take the review.xlsx that the run wrote."),
            file=str(path),
            column=_ja(COLUMNS[min(missing)][0]),
        )
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        line = dict.fromkeys(COLUMNS, "")
        line |= {name: _text(cell) for name, cell in zip(names, cells, strict=False) if name}
        if line["key"] and (line["decision"] or line["value"]):
            found.append((number, line))
    return found


def _text(cell: object) -> str:
    """What was typed, as text: a whole number has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
