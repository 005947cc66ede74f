"""Lines outside the tables: running heads and page numbers told apart, notes and captions found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from pipeline.assemble.plan_tree import Heading, body_size, is_of_plan, recognise
from pipeline.boxes import NOWHERE
from pipeline.japanese.text import label, match_key
from pipeline.model import FIRST_READER, Box, Cell, Document, Line, Printed, Table
from pipeline.settings.assemble import AssembleSettings

Item = TypeVar("Item", Line, Table)

_MARGIN = 0.12
"""The share of a page's height, above and below, in which running heads and numbers stand."""
_PAGES_BACK = 2
"""Running heads may stand on every other page only."""
_CONTENTS = 3
"""Headings with a page number on a page, from which it is a table of contents."""
_SMALLER = 0.6
"""Points by which a running head is set smaller than the text, at least."""
_LEVELS = 2
_OUTER = 2
"""Lines at the very top or bottom of what a page holds, wherever that is."""


def printed_of(line: Line) -> Printed:
    """A line with where it stands."""
    return Printed(text=line.text, page=line.page, box=line.box, reader=FIRST_READER)


def reading_order(line: Line) -> tuple[int, float]:
    """Where a line stands in the document: page and height."""
    return (line.page, line.box[1])


def by_page(items: Iterable[Item]) -> dict[int, list[Item]]:
    """Lines or tables by the page that they stand on."""
    found: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        found[item.page].append(item)
    return found


def without_furniture(
    lines: Sequence[Line],
    tables: Sequence[Table],
    document: Document,
    settings: AssembleSettings,
) -> list[Line]:
    """The lines that carry meaning: no page numbers, no text repeated at the edge of pages.

    A heading that goes on as the running head of the next pages counts once; one that only stands
    there, in smaller type than the text, is none of a plan whose headings stand in the text.
    """
    outer = _outer_lines(lines, tables, document)
    repeated: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if id(line) in outer:
            repeated[_shape(line)].add(line.page)
    enough = max(3, len(document.pages) // 3)
    running, headings = _running_headings(lines, outer, settings)
    running |= _small_headings(lines, outer, settings)
    running |= _on_every_page(lines, outer, document, settings) - headings
    return [
        line
        for line in lines
        if id(line) not in outer
        or not (
            re.match(settings.lines.page_number, line.text.strip())
            or (len(repeated[_shape(line)]) >= enough and id(line) not in headings)
            or id(line) in running
        )
    ]


def _running_headings(
    lines: Sequence[Line], outer: frozenset[int], settings: AssembleSettings
) -> tuple[set[int], set[int]]:
    """The ids of the headings that are printed again at the edge of a later page, and of all.

    Printed again is one that is, word for word, the last of its kind a page or two before.
    """
    last: dict[str, tuple[int, tuple[int, ...], str]] = {}
    contents = _pages_of_contents(lines, settings)
    running: set[int] = set()
    headings: set[int] = set()
    for line in lines:
        heading = recognise(line, settings, loose=True)
        if heading is None:
            continue
        headings.add(id(line))
        if line.page in contents:
            continue
        page, *told = last.get(heading.family.name, (0, (), ""))
        again = told == [heading.numbers, match_key(heading.title)]
        if again and id(line) in outer and 0 < line.page - page <= _PAGES_BACK:
            running.add(id(line))
        last[heading.family.name] = (line.page, heading.numbers, match_key(heading.title))
    return running, headings


def _on_every_page(
    lines: Sequence[Line], outer: frozenset[int], document: Document, settings: AssembleSettings
) -> set[int]:
    """The ids of the lines that stand at one place on each of the few pages of a document.

    The unit of a table may stand over each of its parts.
    """
    places: dict[tuple[str, tuple[float, ...]], list[Line]] = defaultdict(list)
    for line in lines:
        if id(line) in outer and not re.search(settings.lines.unit, line.text):
            places[line.text, tuple(map(round, line.box))].append(line)
    every = len(document.pages)
    found = [here for here in places.values() if 1 < every == len({one.page for one in here})]
    return {id(line) for here in found for line in here}


def _small_headings(
    lines: Sequence[Line], outer: frozenset[int], settings: AssembleSettings
) -> set[int]:
    """The ids of the headings of families that stand in small type at the edges of pages alone.

    None unless headings of two levels stand in the text: those at the edges may be the only goals.
    """
    smallest = body_size(lines) - _SMALLER
    small: dict[str, set[int]] = defaultdict(set)
    inside: set[str] = set()
    for line in lines:
        heading = recognise(line, settings, loose=True)
        if heading is None:
            continue
        if id(line) in outer and line.size <= smallest:
            small[heading.family.name].add(id(line))
        elif heading.worded:
            inside.add(heading.family.name)
    if len(inside) < _LEVELS:
        return set()
    return {one for name, ids in small.items() if name not in inside for one in ids}


def _pages_of_contents(lines: Sequence[Line], settings: AssembleSettings) -> set[int]:
    """The pages on which three headings or more have a page number on their line, or one dots."""
    numbers = by_page(
        line for line in lines if re.match(settings.lines.page_number, line.text.strip())
    )
    listed = Counter(
        line.page
        for line in lines
        if recognise(line, settings, loose=True) is not None
        and any(_is_number_of(number, line) for number in numbers[line.page])
    )
    leaders = _leaders(lines, settings)
    led = {
        line.page
        for line in lines
        if _leads_on(line.box, leaders[line.page])
        and recognise(line, settings, loose=True) is not None
    }
    return led | {page for page, count in listed.items() if count >= _CONTENTS}


def without_entries(
    lines: Sequence[Line], printed: Sequence[Line], settings: AssembleSettings
) -> list[Line]:
    """The lines less those of a table of contents: several of a page with a page number each.

    Dots may lead to it, as part of the line.  ``printed``: all lines, also the page numbers.
    """
    numbers = by_page(
        line for line in printed if re.match(settings.lines.page_number, line.text.strip())
    )
    listed = {
        id(line): line.page
        for line in lines
        if re.search(settings.lines.contents, line.text.strip())
        or any(_is_number_of(number, line) for number in numbers[line.page])
    }
    pages = Counter(listed.values())
    return [line for line in lines if id(line) not in listed or pages[line.page] < _CONTENTS]


def _is_number_of(number: Line, line: Line) -> bool:
    """Whether a page number stands right of a line, at its height."""
    return number.box[0] >= line.box[2] and abs(number.box[3] - line.box[3]) <= line.size / 2


def _leaders(lines: Iterable[Line], settings: AssembleSettings) -> dict[int, list[Line]]:
    """The rows of dots that lead to page numbers, by page."""
    return by_page(line for line in lines if re.match(settings.lines.contents, line.text.strip()))


def _leads_on(box: Box, leaders: Sequence[Line]) -> bool:
    """Whether dots stand right of a heading in this box."""
    _, top, right, bottom = box
    return any(
        line.box[0] >= right and line.box[1] < bottom and top < line.box[3] for line in leaders
    )


def without_contents(
    headings: Sequence[Heading], lines: Sequence[Line], settings: AssembleSettings
) -> list[Heading]:
    """The headings less those of a table of contents, which have a page number on their line.

    Behind dots it is one for certain; without them one such line may be anything, and three on a
    page are a table of contents.
    """
    numbers = by_page(
        line for line in lines if re.match(settings.lines.page_number, line.text.strip())
    )
    listed = [
        heading
        for heading in headings
        if any(
            line.box[0] >= heading.right
            and abs(line.box[3] - heading.first_bottom) <= heading.size / 2
            for line in numbers[heading.page]
        )
    ]
    pages = Counter(heading.page for heading in listed)
    leaders = _leaders(lines, settings)
    contents = {
        id(heading)
        for heading in listed
        if pages[heading.page] >= _CONTENTS
        or _leads_on(
            (heading.left, heading.top, heading.right, heading.bottom), leaders[heading.page]
        )
    }
    return [heading for heading in headings if id(heading) not in contents]


def _outer_lines(
    lines: Sequence[Line], tables: Sequence[Table], document: Document
) -> frozenset[int]:
    """The ids of the lines in the margins, or outside of everything else on their page."""
    found: set[int] = set()
    lines_of, tables_of = by_page(lines), by_page(tables)
    for page in document.pages:
        here = lines_of[page.number]
        boxes = [table.box for table in tables_of[page.number]]
        top = min((box[1] for box in boxes), default=page.height)
        bottom = max((box[3] for box in boxes), default=0.0)
        by_top = sorted(here, key=lambda line: line.box[1])
        by_bottom = sorted(here, key=lambda line: -line.box[3])
        found |= {id(line) for line in by_top[:_OUTER] if line.box[3] <= top}
        found |= {id(line) for line in by_bottom[:_OUTER] if line.box[1] >= bottom}
        found |= {
            id(line)
            for line in here
            if line.box[3] <= page.height * _MARGIN or line.box[1] >= page.height * (1 - _MARGIN)
        }
    return frozenset(found)


def _shape(line: Line) -> str:
    return re.sub(r"[0-9]+", "0", match_key(line.text)) + f"@{round(line.box[1] / 4)}"


def notes_of(lines: Sequence[Line], settings: AssembleSettings) -> tuple[Printed, ...]:
    """The lines that are notes (※…), with the lines that they run on to."""
    return tuple(
        replace(printed_of(note[0]), text="\n".join(line.text for line in note))
        for note in _notes(lines, settings)
    )


def without_notes(lines: Sequence[Line], settings: AssembleSettings) -> list[Line]:
    """The lines that are no notes: a footnote between its pieces does not part a table."""
    notes = {id(line) for note in _notes(lines, settings) for line in note}
    return [line for line in lines if id(line) not in notes]


def _notes(lines: Sequence[Line], settings: AssembleSettings) -> list[list[Line]]:
    found: list[list[Line]] = []
    previous: Line | None = None
    for line in lines:
        if re.match(settings.lines.note, line.text.strip()):
            found.append([line])
            previous = line
        elif previous is not None and _runs_on(previous, line):
            found[-1].append(line)
            previous = line
        else:
            previous = None
    return found


def _runs_on(above: Line, line: Line) -> bool:
    gap = line.box[1] - above.box[3]
    indented = line.box[0] > above.box[0] + 0.5 * line.size
    return (
        line.page == above.page
        and indented
        and abs(line.size - above.size) < 0.6
        and -0.3 * line.size <= gap <= line.size
    )


def lines_above(
    lines: Sequence[Line], table: Table, before: Table | None, settings: AssembleSettings
) -> list[Line]:
    """The lines between a table and the one before it (at most a page back), notes left out.

    ``lines`` stand in reading order.
    """
    start = (before.page, before.box[3] - 1) if before is not None else (0, 0.0)
    start = max(start, (table.page - 1, 0.0))
    first = bisect_left(lines, start, key=reading_order)
    end = bisect_left(lines, (table.page, table.box[1]), key=reading_order)
    return [
        line
        for line in lines[first:end]
        if label(line.text) and not re.match(settings.lines.note, line.text.strip())
    ]


def captions_above(above: Sequence[Line], settings: AssembleSettings) -> list[Line]:
    """Of the lines above a table, those that may name it, the nearest last.

    A unit (単位：人) or who is in charge (担当：甲課) is none.  Nor is a headline target, unless a
    number or a word for indicators leads it (KPI1 …４０人→５０人).
    """
    return [
        line
        for line in above
        if (not re.search(settings.lines.headline, line.text) or _is_led(line, settings))
        and not re.fullmatch(settings.lines.unit, line.text.strip())
        and not re.match(settings.lines.byline, line.text.strip())
    ]


def _is_led(line: Line, settings: AssembleSettings) -> bool:
    numbered = recognise(line, settings) is not None and not is_of_plan(line, settings)
    return numbered or re.match(settings.lines.naming, line.text.strip()) is not None


def unit_above(above: Sequence[Line], settings: AssembleSettings) -> Printed | None:
    """The unit that the lines above a table give (単位：人), as printed there."""
    for line in reversed(above):
        found = re.search(settings.lines.unit, line.text)
        if found:
            return Printed(
                text=found["unit"], page=line.page, box=line.box, reader=printed_of(line).reader
            )
    return None


def title_of(
    lines: Sequence[Line], document: Document, settings: AssembleSettings
) -> Printed | None:
    """The title: the largest text of the first page that bears a title's word, and its rest.

    Without such a line: the file's own title if it bears one, else the largest text.
    """
    page = [line for line in lines if line.page == 1]
    first = [line for line in page if len(match_key(line.text)) >= 4]
    worded = [line for line in first if re.search(settings.lines.title, line.text)]
    if not worded and re.search(settings.lines.title, document.title):
        return Printed(text=document.title, page=1, box=NOWHERE, reader="metadata")
    if not first:
        return None
    largest = max(line.size for line in worded or first)
    start = next(line for line in worded or first if line.size >= largest - 0.3)
    title = [start]
    for line in page[page.index(start) + 1 :]:
        gap = line.box[1] - title[-1].box[3]
        if abs(line.size - largest) > 0.3 or gap > 1.2 * largest:
            break
        title.append(line)
    joined = printed_of(title[0])
    return Printed(
        text="\n".join(line.text for line in title),
        page=1,
        box=joined.box,
        reader=joined.reader,
    )


def lines_of(cell: Cell, page: int) -> list[Line]:
    """The lines of a cell as lines of the page."""
    lines: list[Line] = []
    printed = [text for text in cell.text.split("\n") if text.strip()]
    height = (cell.box[3] - cell.box[1]) / max(1, len(printed))
    for index, text in enumerate(printed):
        top = cell.box[1] + index * height
        box = (cell.box[0], round(top, 2), cell.box[2], round(top + height, 2))
        lines.append(Line(text=text, page=page, box=box, size=round(height * 0.6, 2)))
    return lines
