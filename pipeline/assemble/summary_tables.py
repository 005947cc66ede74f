"""Tables that count indicators: rows or columns of amounts under status words or bands of rates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.assemble.summary_headings import (
    Column,
    Lane,
    Plan,
    Spot,
    columns_of,
    is_head,
    unit_mark,
    unit_of,
    words_in,
)
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import label
from pipeline.legend.claim_words import CHANGE, SIGNED, any_of, is_amount, place_named
from pipeline.legend.vocabulary import ClaimWords
from pipeline.model import Cell, Claim, Entry, Place, Printed, Table

_TWO_COUNTS = re.compile(r"[0-9][0-9,]*\s+[0-9][0-9,]*")
"""Two counts in one cell; a count and its share (59 45.4%) are one amount."""
_LONGEST_MEASURE = 12
"""A longer heading that ends in 数 or 割合 is about something of its own."""


def claims_of(table: Table, plan: Plan, here: Place) -> Iterator[Claim]:
    """One claim for each row of amounts below status words, or each column beside them.

    ``here``: where in the plan the table stands.  None where two columns were read as one, since
    the amounts beside them may stand under the wrong words too.
    """
    if any(_TWO_COUNTS.fullmatch(label(cell.text)) for cell in table.cells):
        return
    caption, by_rows = _without_surroundings(_matrix(table, plan), plan)
    if table.method != "ruled":
        by_rows = _under_headings(by_rows, plan)
    by_columns = [list(column) for column in zip(*by_rows, strict=True)]
    heads = [
        (lanes, at)
        for lanes in (by_rows, by_columns)
        if (at := next((at for at, lane in enumerate(lanes) if is_head(lane, plan)), None))
        is not None
    ]
    # Where statuses are digits, a status beside its count may look like a head as well.
    for lanes, at in sorted(heads, key=lambda head: -words_in(head[0][head[1]], plan)):
        columns = columns_of(lanes[at], lanes[at + 1 :], plan)
        claims = [
            _lane_claim(table, columns, lane, plan, here) or _change(table, columns, lane, here)
            for lane in lanes[at + 1 :]
        ]
        found = [claim for claim in claims if claim is not None]
        if found:
            yield from (_below(caption, one, plan) for one in found)
            return


def _below(caption: str, claim: Claim, plan: Plan) -> Claim:
    """A claim below a caption of its table, which may name the part of the plan."""
    place = place_named(label(caption), plan.goals, plan.grammar) if caption else None
    if claim.named or place is None:
        return msgspec.structs.replace(claim, caption=caption)
    return msgspec.structs.replace(claim, caption=caption, place=place, named=True)


def _without_surroundings(lanes: list[Lane], plan: Plan) -> tuple[str, list[Lane]]:
    """The rows of a summary without the lines above and below it, and the last one above.

    Where no rules part them, a title, a caption and a note may come as rows of the table: above it
    down to one that fills the first column alone, below it what holds no amount.
    """
    counted = [at for at, lane in enumerate(lanes) if any(_is_figure(spot, plan) for spot in lane)]
    if not counted:
        return "", lanes
    above = [at for at in range(counted[0]) if _is_caption(lanes[at])]
    start = above[-1] + 1 if above else 0
    first = lanes[above[-1]][0] if above else None
    return (first.cell.text if first else ""), lanes[start : counted[-1] + 1]


def _is_figure(spot: Spot | None, plan: Plan) -> bool:
    text = "" if spot is None else spot.text
    return is_amount(text, plan.grammar) or re.fullmatch(SIGNED, text) is not None


def _is_caption(lane: Lane) -> bool:
    filled = [at for at, spot in enumerate(lane) if spot is not None and spot.text]
    return len(lane) > 1 and filled == [0]


def _matrix(table: Table, plan: Plan) -> list[Lane]:
    """The cell over each place; a merged cell is over several."""
    rows = max((cell.row + cell.row_span for cell in table.cells), default=0)
    columns = max((cell.column + cell.column_span for cell in table.cells), default=0)
    grid: list[Lane] = [[None] * columns for _ in range(rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = Spot(cell, (row, column) == (cell.row, cell.column))
    return [part for lane in grid for part in _by_lines(lane, plan)]


def _by_lines(lane: Lane, plan: Plan) -> list[Lane]:
    """A row whose cells hold a whole table (◎, ○, △ beside 5, 2, 5), as a row a line.

    Its headings may stand in the first line: 区分, ◎, ○ beside 指標数, 5, 2.
    """
    texts = [spot.cell.text.split("\n") if spot and spot.own else [] for spot in lane]
    held = [lines for lines in texts if any(lines)]
    count = len(held[0]) if held else 0
    words = [lines for lines in held if len({label(one) for one in lines} & set(plan.words)) > 1]
    alike = len(held) > 1 and all(len(lines) == count for lines in held)
    below = (lines[1:] if len(lines) > 2 else lines for lines in held)
    amounts = [
        lines for lines in below if all(is_amount(label(line), plan.grammar) for line in lines)
    ]
    if not (alike and words and amounts):
        return [lane]
    return [
        [
            Spot(msgspec.structs.replace(spot.cell, text=lines[at]), spot.own)
            if spot and any(lines)
            else None
            for spot, lines in zip(lane, texts, strict=True)
        ]
        for at in range(count)
    ]


def _under_headings(lanes: list[Lane], plan: Plan) -> list[Lane]:
    """The rows of a table without ruled columns, each amount under the heading of its turn.

    Where headings are centred and amounts stand at the right, a heading may come as a column of
    its own.  A row with a label and as many amounts as headings leaves no doubt which is whose;
    one with fewer, whose label stands under another heading, claims nothing.
    """
    at = next((at for at, lane in enumerate(lanes) if is_head(lane, plan)), None)
    if at is None:
        return lanes
    places = [place for place, spot in enumerate(lanes[at]) if spot and spot.text]

    def misplaced(lane: Lane) -> bool:
        spots = (spot for place in places[1:] if (spot := lane[place]) is not None and spot.own)
        return any(spot.text and not is_amount(spot.text, plan.grammar) for spot in spots)

    def moved(lane: Lane) -> Lane:
        filled = [spot for spot in lane if spot and spot.own and spot.text]
        whole = len(filled) == len(places) and not is_amount(filled[0].text, plan.grammar)
        if not whole or not all(is_amount(spot.text, plan.grammar) for spot in filled[1:]):
            return [None] * len(lane) if misplaced(lane) else lane
        turned: Lane = [None] * len(lane)
        for place, spot in zip(places, filled, strict=True):
            turned[place] = spot
        return turned

    return [*lanes[: at + 1], *map(moved, lanes[at + 1 :])]


def _lane_claim(
    table: Table,
    columns: Sequence[Column],
    lane: Lane,
    plan: Plan,
    here: Place,
) -> Claim | None:
    """The amounts of one row or column, in the part of the plan that its headings name.

    Headings that name neither a part of the plan, nor a unit, nor a year speak of something else.
    """
    labels: list[tuple[Spot, str]] = []
    amounts: list[tuple[str, Cell]] = []
    for column, spot in zip(columns, lane, strict=True):
        if spot is None or not spot.text:
            continue
        counts = is_amount(spot.text, plan.grammar) and not _is_ordinal(column, spot.text, plan)
        if column.counts and spot.own and counts:
            amounts.append((column.counts, spot.cell))
        elif not column.counts and not counts:
            labels.append((spot, column.heading))
    whole = plan.grammar.overall[0]
    counted = [title for title, _ in amounts if not title.startswith(whole)]
    named, speaks_of_it = _place(labels, plan)
    if not counted or not speaks_of_it:
        return None
    mark = unit_mark(unit_of([spot.text for spot, _ in labels], plan.grammar), plan.grammar)
    entries = tuple(
        Entry(
            kind="summary",
            header=title if title.endswith(")") else title + mark,
            printed=_printed(table, cell),
        )
        for title, cell in amounts
    )
    first = labels[0][0].cell if labels else amounts[0][1]
    text = "\n".join(dict.fromkeys(spot.cell.text for spot, _ in labels)) or first.text
    printed = _printed(table, first)
    return Claim(
        source="table",
        place=named or here,
        printed=Printed(text=text, page=printed.page, box=printed.box, reader=printed.reader),
        entries=entries,
        named=named is not None,
        whole=_is_whole(columns, lane, plan.grammar),
    )


def _is_ordinal(column: Column, text: str, plan: Plan) -> bool:
    """Whether a number is that of a part of the plan, by the heading over it: 1 under 基本目標."""
    levels = any(word in column.heading for word in plan.grammar.level)
    return levels and not column.counts and text.isdigit()


def _change(table: Table, columns: Sequence[Column], lane: Lane, here: Place) -> Claim | None:
    """The differences of one row or column from the year before: 増減, +1, △1, 0."""
    spots = [(one, spot) for one, spot in zip(columns, lane, strict=True) if spot and spot.own]
    head = next((spot for one, spot in spots if not one.counts and spot.text), None)
    if head is None or not re.fullmatch(CHANGE, head.text):
        return None
    entries = tuple(
        Entry(kind="summary", header=one.counts, printed=_printed(table, spot.cell))
        for one, spot in spots
        if one.counts and re.fullmatch(SIGNED, spot.text)
    )
    return Claim(source="table", place=here, printed=_printed(table, head.cell), entries=entries)


def _is_whole(columns: Sequence[Column], lane: Lane, grammar: ClaimWords) -> bool:
    """Whether every amount of a row is counted, beside one number of all at its begin or end."""
    for column, spot in zip(columns, lane, strict=True):
        text = "" if spot is None else spot.text.strip("-―ー ")
        amount = spot is not None and spot.own and is_amount(spot.text, grammar)
        if (amount and not column.counts) or (column.counts and text and not amount):
            return False
        lines = [] if spot is None or amount else spot.cell.text.split("\n")
        if any(is_amount(label(line), grammar) for line in lines):
            return False
    counted = [column.counts for column in columns if column.counts]
    totals = [title.startswith(grammar.overall[0]) for title in counted]
    return sum(totals) == 1 and (totals[0] or totals[-1])


def _place(labels: Sequence[tuple[Spot, str]], plan: Plan) -> tuple[Place | None, bool]:
    """The part of the plan that the headings of a lane name; false if they name something else."""
    place: Place | None = None
    for spot, corner in labels:
        named = _named(spot.text, corner, plan)
        if named is None and not _is_neutral(spot.text, plan.grammar):
            return None, False
        place = place or named
    return place, True


def _named(heading: str, corner: str, plan: Plan) -> Place | None:
    """``corner`` is what stands over such headings: under 基本目標, ``1 …`` is the first goal."""
    number = re.match(r"\(?([0-9]{1,2})(?![0-9年月/])", heading)
    if number is not None and any(word in corner for word in plan.grammar.level):
        return Place(goal_number=int(number[1]))
    return place_named(heading, plan.goals, plan.grammar)


def _is_neutral(heading: str, grammar: ClaimWords) -> bool:
    """A unit, a year, a number of the row, a dash: nothing that narrows what is counted."""
    measures = (*grammar.count, *grammar.share, *grammar.link, *grammar.count_heading)
    measures = (*measures, *grammar.share_heading)
    if re.search(rf"(?:施策|{any_of(grammar.foreign)})数", heading):
        return False
    if unit_of([heading], grammar) is not None and len(heading) <= _LONGEST_MEASURE:
        return True
    bare = re.sub(rf"[()\s]|{any_of(measures)}", "", without_years(heading))
    return bare.strip("-ー―") in ("", "年度", "年度末", "末", "実績") or bare.isdigit()


def _printed(table: Table, cell: Cell) -> Printed:
    return Printed(
        text=cell.text, page=table.page, box=cell.box, reader=table.reader, second=cell.second
    )
