"""``review.xlsx``: what is to decide with the page beside it, the contradictions, all values.

The same document gives the same bytes: the archive bears no time.  A text is always written as
text, whatever a spreadsheet would make of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.desk import decide
from pipeline.desk.choices import choices, chosen, label_of
from pipeline.desk.waiting import Desk
from pipeline.errors import UsageError
from pipeline.messages import N_, translate
from pipeline.model import Record
from pipeline.review.pictures import crop
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
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = PatternFill("solid", fgColor="DDE6F2")
_TO_FILL = PatternFill("solid", fgColor="FFF8DC")


def _ja(text: str) -> str:
    return translate(text, "ja")


def workbook(desk: Desk, shown: Mapping[str, Any], pictures: Sequence[bytes]) -> bytes:
    """The file's bytes."""
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = _ja(OPEN)
    _contradictions(book.create_sheet(_ja(CONTRADICTIONS)), shown)
    _values(book.create_sheet(_ja(VALUES)), shown)
    choices = book.create_sheet(_ja(CHOICES))
    choices.sheet_state = "hidden"
    _open_sheet(sheet, choices, desk, shown, pictures)
    stream = io.BytesIO()
    book.save(stream)
    return timeless(stream.getvalue())


def timeless(data: bytes) -> bytes:
    """An archive written anew without the times of its making."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", b"1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return made.getvalue()


def _put(sheet: Worksheet, row: int, column: int, text: object) -> None:
    """A cell; text is text, also where it looks like a formula."""
    cell = sheet.cell(row=row, column=column)
    cell.value = text
    if isinstance(text, str):
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _heading(sheet: Worksheet, titles: Sequence[str], widths: Sequence[int]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        _put(sheet, 1, column, title)
        sheet.cell(row=1, column=column).font = Font(bold=True)
        sheet.cell(row=1, column=column).fill = _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _open_sheet(
    sheet: Worksheet,
    choices: Worksheet,
    desk: Desk,
    shown: Mapping[str, Any],
    pictures: Sequence[bytes],
) -> None:
    _heading(sheet, [_ja(t) for t, _ in COLUMNS.values()], [w for _, w in COLUMNS.values()])
    waiting = [one for one in shown["findings"] if one["open"]]
    for row, one in enumerate(waiting, start=2):
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
        for column, name in enumerate(COLUMNS, start=1):
            _put(sheet, row, column, texts.get(name, ""))
            if name in _FILLED:
                sheet.cell(row=row, column=column).fill = _TO_FILL
        _offer(sheet, choices, row, one["choices"])
        if one["box"] and row <= _FEW and one["page"] <= len(pictures):
            _picture(sheet, row, desk, one, pictures)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(2, len(waiting) + 1)}"


def _offer(
    sheet: Worksheet, choices: Worksheet, row: int, offered: Sequence[Mapping[str, Any]]
) -> None:
    """The choices of one line as a drop-down; anything else may be typed too."""
    for column, one in enumerate(offered, start=1):
        _put(choices, row, column, one["text"]["ja"])
    if not offered:
        return
    last = get_column_letter(len(offered))
    listed = DataValidation(
        type="list", formula1=f"'{_ja(CHOICES)}'!$A${row}:${last}${row}", allow_blank=True
    )
    listed.showErrorMessage = False
    sheet.add_data_validation(listed)
    listed.add(f"{get_column_letter(list(COLUMNS).index('decision') + 1)}{row}")


def _picture(
    sheet: Worksheet,
    row: int,
    desk: Desk,
    one: Mapping[str, Any],
    pictures: Sequence[bytes],
) -> None:
    width = desk.normalized.document.pages[one["page"] - 1].width
    image = Image(io.BytesIO(crop(pictures[one["page"] - 1], width, one["box"])))
    shrink = min(1.0, _WIDEST / image.width, _TALLEST / image.height)
    image.width, image.height = int(image.width * shrink), int(image.height * shrink)
    column = get_column_letter(list(COLUMNS).index("picture") + 1)
    sheet.add_image(image, f"{column}{row}")
    sheet.row_dimensions[row].height = max(30, image.height * 0.75 + 6)


def _contradictions(sheet: Worksheet, shown: Mapping[str, Any]) -> None:
    titles = (
        N_("Key"),
        N_("Page"),
        N_("Subject"),
        N_("What was noticed"),
        N_("Printed"),
        N_("Expected"),
        N_("Decision"),
    )
    _heading(sheet, list(map(_ja, titles)), (18, 7, 26, 60, 22, 22, 40))
    told = [one for one in shown["findings"] if one["severity"] == "error" or one["decided"]]
    for row, one in enumerate(told, start=2):
        texts = (
            one["key"],
            one["page"] or "",
            one["subject"],
            one["message"]["ja"],
            one["printed"],
            one["expected"],
            one["decided"],
        )
        for column, text in enumerate(texts, start=1):
            _put(sheet, row, column, text)


def _values(sheet: Worksheet, shown: Mapping[str, Any]) -> None:
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
    _heading(sheet, list(map(_ja, titles)), widths)
    words = shown["words"]
    row = 1
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
            for column, text in enumerate(texts, start=1):
                _put(sheet, row, column, text)


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
