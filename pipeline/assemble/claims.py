"""Where the document sums itself up: sentences, chart labels and tables about its statuses.

Found here, as printed; what they state is read and checked in the validate stage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Cell, Claim, Entry, Line, Place, Printed, Spot, Table
from pipeline.settings.legend import ClaimWords
from pipeline.text import label

PlaceAt = Callable[[int, float], Place]
"""The place in the plan of a point of the document: page, top."""

_KANJI = "〇一二三四五六七八九十"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def find_claims(
    tables: Sequence[Table],
    lines: Sequence[Line],
    words: Sequence[str],
    at: PlaceAt,
    *,
    places: Sequence[Place],
    grammar: ClaimWords,
) -> tuple[Claim, ...]:
    """The claims of a document, in reading order.

    ``tables``: those that hold neither indicators nor projects.  ``words``: the status words that
    the document prints or explains; without them nothing is claimed of them.
    """
    folded = tuple(dict.fromkeys(label(word) for word in words if label(word)))
    if not folded:
        return ()
    goals = tuple(dict.fromkeys((p.goal_number, p.goal) for p in places if p.goal_number))
    plan = _Plan(folded, goals, grammar)
    found = list(_from_lines(lines, folded, at, grammar))
    for table in tables:
        found.extend(_from_table(table, plan, at(table.page, table.box[1])))
    return tuple(sorted(found, key=lambda claim: (claim.printed.page, claim.printed.box[1])))


# --------------------------------------------------------------------------- patterns


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def word_pattern(words: Iterable[str]) -> str:
    """A pattern for one of the status words; a Latin letter must stand alone."""
    return rf"(?<![0-9A-Za-z])(?P<word>{any_of(words)})(?![A-Za-z+])"


@lru_cache(maxsize=32)
def amount_pattern(words: tuple[str, ...], grammar: ClaimWords) -> re.Pattern[str]:
    """A status word and the counts or shares said of it: ``目標達成の割合は45.4%(59件)``."""
    units = any_of((*grammar.share, *grammar.count))
    amount = rf"[0-9][0-9,]*(?:\.[0-9]+)?\s?(?:{units})"
    amounts = rf"{amount}(?:\s?[(、,/・]\s?{amount}\)?|\s{amount})*"
    links = any_of(grammar.link)
    between = rf"[」』)]?(?:{links})?(?:[はがもで]|:|=|…|―|-)?[\s、,(:]*(?:{links})?\s?"
    return re.compile(rf"{word_pattern(words)}{between}(?P<amounts>{amounts})")


@lru_cache(maxsize=8)
def level_pattern(levels: tuple[str, ...]) -> re.Pattern[str]:
    """A part of the plan named by its number: ``基本目標3``."""
    return re.compile(
        rf"(?:{any_of(levels)})\s?\(?(?P<n>[0-9]{{1,2}}(?![0-9.%])|[{_KANJI}]+|[IVX]+)\)?"
    )


def ordinal(text: str) -> int | None:
    """The number of a goal: ``3``, ``三`` or ``III``."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _ROMAN:
        return _ROMAN[text]
    return _KANJI.index(text) if len(text) == 1 and text in _KANJI[1:] else None


# --------------------------------------------------------------------------- lines


def _from_lines(
    lines: Sequence[Line], words: tuple[str, ...], at: PlaceAt, grammar: ClaimWords
) -> Iterator[Claim]:
    amounts = amount_pattern(words, grammar)
    superlative = re.compile(any_of((*grammar.highest, *grammar.lowest)))
    word = re.compile(word_pattern(words))
    labels: list[list[Line]] = []
    for paragraph in paragraphs(_with_values(lines, words, grammar)):
        text = label("\n".join(line.text for line in paragraph))
        if amounts.fullmatch(text.strip("()、,・ ")):
            labels.append(paragraph)
        elif amounts.search(text) or (superlative.search(text) and word.search(text)):
            first = paragraph[0]
            yield Claim(
                source="sentence", place=at(first.page, first.box[1]), printed=_printed(paragraph)
            )
    for chart in _charts(labels, at):
        yield _label_claim(chart, lines, at, grammar)


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that run on: same size, close below one another, each but the last filling its page.

    A line fills its page if it ends near where the longest line of the page ends.
    """
    margins: dict[int, float] = {}
    for line in lines:
        margins[line.page] = max(margins.get(line.page, 0.0), line.box[2])
    found: list[list[Line]] = []
    for line in lines:
        if found and _runs_on(found[-1], line, margins[line.page]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _runs_on(paragraph: Sequence[Line], line: Line, margin: float) -> bool:
    last = paragraph[-1]
    gap = line.box[1] - last.box[3]
    return (
        line.page == last.page
        and abs(line.size - last.size) < 0.6
        and -0.5 * line.size <= gap <= 1.2 * line.size
        and last.box[2] >= margin - 3 * line.size
        and abs(line.box[0] - paragraph[0].box[0]) <= 3 * line.size
    )


def _with_values(lines: Sequence[Line], words: tuple[str, ...], grammar: ClaimWords) -> list[Line]:
    """Chart labels of two lines, a status word over its amount, as one line each."""
    found: list[Line] = []
    for line in lines:
        above = found[-1] if found else None
        named = above is not None and label(above.text) in words and _is_below(above, line)
        if named and above is not None and _is_amount(label(line.text), grammar):
            text = f"{above.text}\n{line.text}"
            found[-1] = Line(text=text, page=above.page, box=above.box, size=above.size)
        else:
            found.append(line)
    return found


def _is_below(above: Line, line: Line) -> bool:
    near = 0 <= line.box[1] - above.box[1] <= 2.5 * above.size
    return (
        above.page == line.page
        and near
        and line.box[0] < above.box[2]
        and above.box[0] < line.box[2]
    )


def _charts(labels: Sequence[list[Line]], at: PlaceAt) -> list[list[Line]]:
    """The labels of one chart: on one page, in one place of the plan, near one another."""
    charts: list[list[Line]] = []
    for paragraph in labels:
        first = paragraph[0]
        for chart in charts:
            same_page = chart[-1].page == first.page
            near = abs(chart[-1].box[1] - first.box[1]) <= 200
            if same_page and near and at(*_point(chart[0])) == at(*_point(first)):
                chart.extend(paragraph)
                break
        else:
            charts.append(list(paragraph))
    return charts


def _point(line: Line) -> tuple[int, float]:
    return line.page, line.box[1]


def _label_claim(
    chart: Sequence[Line], lines: Sequence[Line], at: PlaceAt, grammar: ClaimWords
) -> Claim:
    """The labels of a chart, in the place that its caption names, else where it stands."""
    top = chart[0]
    above = [
        line for line in lines if line.page == top.page and 0 <= top.box[1] - line.box[3] <= 150
    ]
    place = at(*_point(top))
    for line in sorted(above, key=lambda line: line.box[1], reverse=True):
        named = _named(label(line.text), (), grammar)
        if named is not None:
            place = place if named.goal_number == place.goal_number else named
            break
    return Claim(source="label", place=place, printed=_printed(chart))


def _named(text: str, goals: Sequence[tuple[int | None, str]], grammar: ClaimWords) -> Place | None:
    """The part of the plan that a caption or a row's heading names; ``None`` if it names none."""
    spot = level_pattern(grammar.level).search(text)
    if spot is not None and ordinal(spot["n"]) is not None:
        return Place(goal_number=ordinal(spot["n"]))
    for number, title in goals:
        if title and label(title) in text:
            return Place(goal_number=number)
    if any(word in text for word in grammar.overall):
        return Place()
    return None


def _printed(lines: Sequence[Line]) -> Printed:
    first = lines[0]
    return Printed(
        text="\n".join(line.text for line in lines),
        page=first.page,
        box=first.box,
        reader="pdfium",
        continued=tuple(Spot(page=line.page, box=line.box) for line in lines[1:]),
    )


# --------------------------------------------------------------------------- tables

Lane = list[Cell | None]


class _Plan(NamedTuple):
    """What a heading may name: the status words, the goals, and the words for parts of a plan."""

    words: tuple[str, ...]
    goals: Sequence[tuple[int | None, str]]
    grammar: ClaimWords


def _from_table(table: Table, plan: _Plan, here: Place) -> Iterator[Claim]:
    """One claim for each row of amounts below status words, or each column beside them."""
    by_rows = _matrix(table)
    by_columns = [list(column) for column in zip(*by_rows, strict=True)]
    for lanes in (by_rows, by_columns):
        head = next((at for at, lane in enumerate(lanes) if _is_head(lane, plan)), None)
        if head is not None:
            for lane in lanes[head + 1 :]:
                claim = _lane_claim(table, lanes[head], lane, plan, here)
                if claim is not None:
                    yield claim
            return


def _matrix(table: Table) -> list[Lane]:
    """The cells in their rows; a merged cell stands at its first row and column only."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    rows = 1 + max((row for row, _ in cells), default=-1)
    columns = 1 + max((column for _, column in cells), default=-1)
    return [[cells.get((row, column)) for column in range(columns)] for row in range(rows)]


def _text(cell: Cell | None) -> str:
    return "" if cell is None else label(cell.text)


def _is_head(lane: Lane, plan: _Plan) -> bool:
    texts = {without_unit(_text(cell), plan.grammar) for cell in lane}
    return len(texts & set(plan.words)) >= 2


def without_unit(heading: str, grammar: ClaimWords) -> str:
    """A heading without the unit that follows it: ``目標達成(件)`` → ``目標達成``."""
    units = any_of((*grammar.share, *grammar.count))
    return re.sub(rf"\s?\(?(?:{units})\)?$", "", heading)


def _lane_claim(table: Table, head: Lane, lane: Lane, plan: _Plan, here: Place) -> Claim | None:
    """The amounts of one row or column, with the part of the plan that its heading names.

    A row whose heading names nothing known is a claim of the place where the table stands, if it
    is headed by a unit (件数, 割合) alone; any other is about something else.
    """
    entries = []
    heading: Cell | None = None
    for above, cell in zip(head, lane, strict=True):
        if cell is None:
            continue
        title = without_unit(_text(above), plan.grammar)
        wanted = title in plan.words or title in plan.grammar.overall
        if wanted and _is_amount(_text(cell), plan.grammar):
            entries.append(Entry(kind="summary", header=_text(above), printed=_cell(table, cell)))
        elif heading is None and not entries and _text(cell):
            heading = cell
    if not any(without_unit(entry.header, plan.grammar) in plan.words for entry in entries):
        return None
    corner = "" if heading is None else _text(head[lane.index(heading)])
    place = _place_of(_text(heading), corner, plan, here)
    if place is None:
        return None
    printed = entries[0].printed if heading is None else _cell(table, heading)
    return Claim(source="table", place=place, printed=printed, entries=tuple(entries))


def _place_of(heading: str, corner: str, plan: _Plan, here: Place) -> Place | None:
    """The part that a row's heading names; ``corner`` is what stands over such headings."""
    number = re.match(r"\(?([0-9]{1,2})(?![0-9])", heading)
    if number is not None and any(word in corner for word in plan.grammar.level):
        return Place(goal_number=int(number[1]))
    measures = (*plan.grammar.count, *plan.grammar.share, *plan.grammar.link)
    bare = re.sub(rf"[()\s]|{any_of(measures)}", "", heading)
    return here if not bare else _named(heading, plan.goals, plan.grammar)


def _is_amount(text: str, grammar: ClaimWords) -> bool:
    units = any_of((*grammar.share, *grammar.count))
    number = rf"[0-9][0-9,]*(?:\.[0-9]+)?\s?(?:{units})?"
    return bool(re.fullmatch(rf"{number}(?:\s?[(/]?\s?{number}\)?)?", text))


def _cell(table: Table, cell: Cell) -> Printed:
    return Printed(
        text=cell.text, page=table.page, box=cell.box, reader=table.reader, second=cell.second
    )
