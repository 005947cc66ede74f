"""What the reader noticed about a page and cannot decide itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from pipeline.boxes import contains, overlaps, rounded
from pipeline.extract.page_tables import PageTables
from pipeline.extract.pdf.lines import BLANKS, box_of
from pipeline.extract.pdf.primitives import Glyph, Page
from pipeline.extract.ruled import grid
from pipeline.extract.ruled.cells import centre
from pipeline.japanese.text import is_common, is_letter
from pipeline.model import Box, Remark, Table

_SCAN_SHARE = 0.1
"""Share of a page without text that pictures cover if it is a scan."""
_FEWEST_OUTLINES = 20
"""Drawn letters from which a page without text is one of outlines."""
_FEWEST_UNLIKELY, _UNLIKELY_SHARE = 6, 0.15
_PAGE_NUMBER = 8
"""Letters up to which the text of a page may be no more than its number."""

_SAME_LINE = 0.3
"""Font sizes by which the baselines of letters of one line may differ."""

_TOUCHES = 1.0
"""Points by which a field must reach into a cell to be in it."""

_FEWEST_RULES = 3
"""Rules each way that cross, from which a table is looked for."""
_SHOWN = 8
"""Letters that a remark shows."""
_LONG_RULE = 20.0
"""Points from which a line may be a rule of a table."""


def page_kind(page: Page) -> Literal["text", "scan", "outlined", "empty"]:
    """What a page is made of, told by what can be seen on it."""
    written = sum(1 for glyph in page.glyphs if glyph.text not in BLANKS)
    pictured = _image_share(page)
    if not written:
        if pictured >= _SCAN_SHARE:
            return "scan"
        if page.outlines >= _FEWEST_OUTLINES:
            return "outlined"
        return "empty"
    if pictured >= 0.8 and (len(page.hidden) > written or written <= _PAGE_NUMBER):
        return "scan"
    if page.outlines >= 10 * _FEWEST_OUTLINES and page.outlines > 5 * written:
        return "outlined"
    return "text"


def _image_share(page: Page) -> float:
    area = page.width * page.height
    if not page.images or area <= 0:
        return 0.0
    covered = sum(
        max(0.0, min(x1, page.width) - max(x0, 0.0))
        * max(0.0, min(bottom, page.height) - max(top, 0.0))
        for x0, top, x1, bottom in page.images
    )
    return min(covered / area, 1.0)


def page_remarks(page: Page, found: PageTables) -> list[Remark]:
    """Everything to be told about one page."""
    remarks = list(found.remarks)
    kind = page_kind(page)
    if kind == "scan":
        remarks.append(Remark(rule="reading.scanned-page", page=page.number))
    elif kind == "outlined":
        remarks = [one for one in remarks if one.rule != "reading.drawn-in-cell"]
        remarks.append(Remark(rule="reading.outlined-page", page=page.number))
    if page.annotated:
        remarks.append(Remark(rule="reading.form-fields", page=page.number))
    if not found.tables and page.glyphs and is_ruled(page):
        remarks.append(Remark(rule="reading.rules-without-table", page=page.number))
    remarks.extend(_unreadable(page, found.tables))
    remarks.extend(_hidden(page, found.tables))
    remarks.extend(_cut_by_the_edge(page, found.tables))
    remarks.extend(_unlikely(page, found.tables))
    remarks.extend(_lying(page, found.tables))
    remarks.extend(_disguised(page, found.tables))
    remarks.extend(_undrawn(page, found.tables))
    return remarks


def _undrawn(page: Page, tables: Sequence[Table]) -> Iterator[Remark]:
    """Cells under fields and notes that hold what the page does not show."""
    for box, text in page.undrawn:
        for table in tables:
            for cell in table.cells if overlaps(table.box, box, _TOUCHES) else ():
                if overlaps(cell.box, box, _TOUCHES):
                    yield Remark(
                        rule="reading.field-not-drawn",
                        page=page.number,
                        box=cell.box,
                        printed=text,
                    )


def _cut_by_the_edge(page: Page, tables: Sequence[Table]) -> Iterator[Remark]:
    """Cells whose text goes on beyond the edge of the page, as displayed, or of what shows of it.

    Spreadsheets cut a long name at the edge of its cell; of a figure :mod:`.ink` tells that.
    """
    gone = [
        glyph
        for glyph, why in page.hidden
        if glyph.text not in BLANKS
        and (why == "off-page" or (why == "clipped" and not glyph.text.isdigit()))
    ]
    gone.sort(key=_baseline)
    largest = max((glyph.run.size for glyph in gone), default=0.0)
    for table in tables if gone else ():
        here = [glyph for glyph in page.glyphs if contains(table.box, *centre(glyph))]
        cut = [
            glyph
            for glyph in here
            if any(_goes_on(glyph, other) for other in _level_with(glyph, gone, largest))
        ]
        own = [_cell_box(glyph, [table]) or rounded(box_of([glyph])) for glyph in cut]
        for box in dict.fromkeys(own):
            yield Remark(rule="reading.cut-by-edge", page=page.number, box=box)


def _baseline(glyph: Glyph) -> float:
    return glyph.y


def _level_with(glyph: Glyph, others: Sequence[Glyph], largest: float) -> Sequence[Glyph]:
    """Of glyphs by their baselines, none larger than ``largest``, those that may be of its line."""
    reach = _SAME_LINE * max(glyph.run.size, largest)
    first = bisect_left(others, glyph.y - reach, key=_baseline)
    return others[first : bisect_right(others, glyph.y + reach, key=_baseline)]


def _goes_on(glyph: Glyph, other: Glyph) -> bool:
    size = max(glyph.run.size, other.run.size)
    gap = max(other.x0 - glyph.x1, glyph.x0 - other.x1)
    return abs(glyph.y - other.y) < _SAME_LINE * size and gap < 0.6 * size


def _unlikely(page: Page, tables: Sequence[Table]) -> Iterator[Remark]:
    """Tables that hold so many letters that Japanese is not written with that the file may lie.

    Some converters write a layer of text that has nothing to do with what is seen.
    """
    for table in tables:
        written = Counter("".join([cell.text for cell in table.cells]))
        letters = {one: times for one, times in written.items() if is_letter(one)}
        odd = {one: times for one, times in letters.items() if not is_common(one)}
        many, all_of_them = sum(odd.values()), sum(letters.values())
        if many >= _FEWEST_UNLIKELY and many >= _UNLIKELY_SHARE * all_of_them:
            yield Remark(
                rule="reading.unlikely-text",
                page=page.number,
                box=table.box,
                printed="".join(odd)[:20],
                parameters={"count": str(many), "letters": str(all_of_them)},
            )


def _lying(page: Page, tables: Sequence[Table]) -> Iterator[Remark]:
    """Tables with digits of a font that draws other digits than it says."""
    for table in tables if page.lying else ():
        here = [glyph for glyph in page.lying if contains(table.box, *centre(glyph))]
        if here:
            yield Remark(
                rule="reading.digits-drawn-otherwise",
                page=page.number,
                box=table.box,
                printed="".join(glyph.text for glyph in here[:20]),
                parameters={"count": str(len(here)), "font": here[0].run.font or "?"},
            )


def _disguised(page: Page, tables: Sequence[Table]) -> Iterator[Remark]:
    """Tables and headings in a font that draws other letters than it says."""
    rest = list(page.disguised) if tables else []
    for box in [*(table.box for table in tables), None]:
        here = [one for one in rest if box is None or contains(box, *centre(one[0]))]
        taken = {id(glyph) for glyph, _ in here}
        rest = [one for one in rest if id(one[0]) not in taken]
        told = dict.fromkeys(f"{glyph.text}→{seen}" for glyph, seen in here if seen)
        if here:
            yield Remark(
                rule="reading.letters-drawn-otherwise",
                page=page.number,
                box=box,
                printed="".join(glyph.text for glyph, _ in here[:20]),
                parameters={
                    "count": str(len(here)),
                    "font": here[0][0].run.font or "?",
                    "letters": " ".join(list(told)[:_SHOWN]) or "–",
                },
            )


def is_ruled(page: Page) -> bool:
    """Whether rules cross one another often enough for a table, without enclosing cells."""
    if min(len(page.horizontal), len(page.vertical)) < _FEWEST_RULES:
        return False
    lying = grid.edges_of(page.horizontal, 3.0, 3.0, _LONG_RULE)
    standing = grid.edges_of(page.vertical, 3.0, 3.0, _LONG_RULE)
    return any(
        min(len(rows), len(columns)) >= _FEWEST_RULES and not grid.cells_of(rows, columns, 3.0)
        for rows, columns in grid.components(lying, standing, 3.0)
    )


def _unreadable(page: Page, tables: list[Table]) -> list[Remark]:
    """One remark for each cell, or for the rest of the page, and font."""
    groups: dict[tuple[Box | None, str], list[Glyph]] = {}
    for glyph in page.odd:
        groups.setdefault((_cell_box(glyph, tables), glyph.run.font), []).append(glyph)
    return [
        Remark(
            rule="reading.unreadable-glyph" if cell else "reading.unreadable-glyph-outside",
            page=page.number,
            box=cell or rounded(box_of(glyphs)),
            parameters={
                "font": font or "?",
                "codes": " ".join(
                    dict.fromkeys(f"U+{ord(glyph.text):04X}" for glyph in glyphs[:8])
                ),
                "count": str(len(glyphs)),
            },
        )
        for (cell, font), glyphs in groups.items()
    ]


def _cell_box(glyph: Glyph, tables: list[Table]) -> Box | None:
    x, y = centre(glyph)
    for table in tables:
        if contains(table.box, x, y):
            for cell in table.cells:
                if contains(cell.box, x, y):
                    return cell.box
    return None


def _hidden(page: Page, tables: list[Table]) -> list[Remark]:
    """Text that cannot be seen but lies in a table: somebody may have meant it."""
    remarks: list[Remark] = []
    for table in tables:
        glyphs = [
            glyph
            for glyph, _ in page.hidden
            if glyph.text not in BLANKS and contains(table.box, *centre(glyph))
        ]
        if glyphs:
            remarks.append(
                Remark(
                    rule="reading.hidden-text",
                    page=page.number,
                    box=rounded(box_of(glyphs)),
                    printed="".join(glyph.text for glyph in glyphs[:60]),
                )
            )
    return remarks
