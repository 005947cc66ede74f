"""Lines outside the tables: running heads and page numbers told apart, notes and captions found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.model import Document, Line, Printed, Table
from pipeline.settings.assemble import AssembleSettings
from pipeline.text import label, match_key

_MARGIN = 0.12
"""The share of a page's height, above and below, in which running heads and numbers stand."""


def printed_of(line: Line) -> Printed:
    """A line with where it stands."""
    return Printed(text=line.text, page=line.page, box=line.box, reader="pdfium")


def without_furniture(
    lines: Sequence[Line], document: Document, settings: AssembleSettings
) -> list[Line]:
    """The lines that carry meaning: no page numbers, no text repeated in the margins."""
    heights = {page.number: page.height for page in document.pages}
    repeated: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if _in_margin(line, heights):
            repeated[_shape(line)].add(line.page)
    enough = max(3, len(document.pages) // 3)
    kept: list[Line] = []
    for line in lines:
        if _in_margin(line, heights) and (
            re.match(settings.lines.page_number, line.text.strip())
            or len(repeated[_shape(line)]) >= enough
        ):
            continue
        kept.append(line)
    return kept


def _in_margin(line: Line, heights: dict[int, float]) -> bool:
    height = heights.get(line.page, 0.0)
    return line.box[3] <= height * _MARGIN or line.box[1] >= height * (1 - _MARGIN)


def _shape(line: Line) -> str:
    return re.sub(r"[0-9]+", "0", match_key(line.text)) + f"@{round(line.box[1] / 4)}"


def notes_of(lines: Sequence[Line], settings: AssembleSettings) -> tuple[Printed, ...]:
    """The lines that are notes (※…), with the lines that they run on to."""
    found: list[Printed] = []
    previous: Line | None = None
    for line in lines:
        if re.match(settings.lines.note, line.text.strip()):
            found.append(printed_of(line))
            previous = line
        elif previous is not None and _runs_on(previous, line):
            last = found[-1]
            found[-1] = Printed(
                text=f"{last.text}\n{line.text}", page=last.page, box=last.box, reader=last.reader
            )
            previous = line
        else:
            previous = None
    return tuple(found)


def _runs_on(above: Line, line: Line) -> bool:
    gap = line.box[1] - above.box[3]
    indented = line.box[0] > above.box[0] + 0.5 * line.size
    return (
        line.page == above.page
        and indented
        and abs(line.size - above.size) < 0.6
        and -0.3 * line.size <= gap <= line.size
    )


def caption_above(lines: Sequence[Line], table: Table) -> Printed | None:
    """The line just above a table, on its page."""
    above = [
        line
        for line in lines
        if line.page == table.page and line.box[3] <= table.box[1] + 2 and label(line.text)
    ]
    nearest = max(above, key=lambda line: line.box[3], default=None)
    if nearest is None or table.box[1] - nearest.box[3] > 4 * nearest.size:
        return None
    return printed_of(nearest)


def title_of(lines: Sequence[Line]) -> Printed | None:
    """The title: the largest text of the first page, with the lines that it runs on to."""
    first = [line for line in lines if line.page == 1 and len(match_key(line.text)) >= 4]
    if not first:
        return None
    largest = max(line.size for line in first)
    start = next(index for index, line in enumerate(first) if line.size >= largest - 0.3)
    title = [first[start]]
    for line in first[start + 1 :]:
        gap = line.box[1] - title[-1].box[3]
        if abs(line.size - largest) > 0.3 or gap > 1.2 * largest:
            break
        title.append(line)
    joined = printed_of(title[0])
    if len(title) == 1:
        return joined
    return Printed(
        text="\n".join(line.text for line in title),
        page=1,
        box=joined.box,
        reader=joined.reader,
    )
