"""Tables that count indicators: rows or columns of amounts under status words or bands of rates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from pipeline.japanese.eras import without_years
from pipeline.japanese.text import label
from pipeline.legend.claim_words import any_of, is_amount, place_named, without_unit
from pipeline.legend.vocabulary import ClaimWords
from pipeline.model import Cell, Claim, Entry, Place, Printed, Table

Unit = Literal["count", "share"]

_TWO_COUNTS = re.compile(r"[0-9][0-9,]*\s+[0-9][0-9,]*")
"""Two counts in one cell; a count and its share (59 45.4%) are one amount."""
_FEWEST_WORDS = 2
"""Status words in a heading of counts, at least."""
_LONGEST_MEASURE = 12
"""A longer heading that ends in 数 or 割合 is about something of its own."""


class Plan(NamedTuple):
    """What a heading may name: the status words, the goals, and the words of a summary."""

    words: tuple[str, ...]
    goals: Sequence[tuple[int | None, str]]
    grammar: ClaimWords


class _Spot(NamedTuple):
    """A cell over one place of the grid; ``own``: the place is the cell's first."""

    cell: Cell
    own: bool

    @property
    def text(self) -> str:
        return label(self.cell.text)


class _Column(NamedTuple):
    """A column's heading, and what it counts: ``目標達成(%)``; "" if no statuses."""

    heading: str
    counts: str


_Lane = list[_Spot | None]


def claims_of(table: Table, plan: Plan, here: Place) -> Iterator[Claim]:
    """One claim for each row of amounts below status words, or each column beside them.

    ``here``: where in the plan the table stands.  None where two columns were read as one, since
    the amounts beside them may stand under the wrong words too.
    """
    if any(_TWO_COUNTS.fullmatch(label(cell.text)) for cell in table.cells):
        return
    by_rows = _matrix(table, plan)
    if table.method != "ruled":
        by_rows = _under_headings(by_rows, plan)
    by_columns = [list(column) for column in zip(*by_rows, strict=True)]
    heads = [
        (lanes, at)
        for lanes in (by_rows, by_columns)
        if (at := next((at for at, lane in enumerate(lanes) if _is_head(lane, plan)), None))
        is not None
    ]
    # Where statuses are digits, a status beside its count may look like a head as well.
    for lanes, at in sorted(heads, key=lambda head: -_words_in(head[0][head[1]], plan)):
        below = lanes[at + 1] if at + 1 < len(lanes) else []
        columns = _columns(lanes[at], below, plan)
        claims = [_lane_claim(table, columns, lane, plan, here) for lane in lanes[at + 1 :]]
        found = [claim for claim in claims if claim is not None]
        if found:
            yield from found
            return


def _matrix(table: Table, plan: Plan) -> list[_Lane]:
    """The cell over each place; a merged cell is over several."""
    rows = max((cell.row + cell.row_span for cell in table.cells), default=0)
    columns = max((cell.column + cell.column_span for cell in table.cells), default=0)
    grid: list[_Lane] = [[None] * columns for _ in range(rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = _Spot(cell, (row, column) == (cell.row, cell.column))
    return [part for lane in grid for part in _by_lines(lane, plan)]


def _by_lines(lane: _Lane, plan: Plan) -> list[_Lane]:
    """A row whose cells hold a whole table (◎, ○, △ beside 5, 2, 5), as a row a line."""
    texts = [spot.cell.text.split("\n") if spot and spot.own else [] for spot in lane]
    held = [lines for lines in texts if any(lines)]
    count = len(held[0]) if held else 0
    words = [lines for lines in held if len({label(one) for one in lines} & set(plan.words)) > 1]
    alike = len(held) > 1 and all(len(lines) == count for lines in held)
    amounts = [
        lines for lines in held if all(is_amount(label(line), plan.grammar) for line in lines)
    ]
    if not (alike and words and amounts):
        return [lane]
    return [
        [
            _Spot(msgspec.structs.replace(spot.cell, text=lines[at]), spot.own)
            if spot and any(lines)
            else None
            for spot, lines in zip(lane, texts, strict=True)
        ]
        for at in range(count)
    ]


def _under_headings(lanes: list[_Lane], plan: Plan) -> list[_Lane]:
    """The rows of a table without ruled columns, each amount under the heading of its turn.

    Where headings are centred and amounts stand at the right, a heading may come as a column of
    its own.  A row with a label and as many amounts as headings leaves no doubt which is whose;
    one with fewer, whose label stands under another heading, claims nothing.
    """
    at = next((at for at, lane in enumerate(lanes) if _is_head(lane, plan)), None)
    if at is None:
        return lanes
    places = [place for place, spot in enumerate(lanes[at]) if spot and spot.text]

    def misplaced(lane: _Lane) -> bool:
        spots = (spot for place in places[1:] if (spot := lane[place]) is not None and spot.own)
        return any(spot.text and not is_amount(spot.text, plan.grammar) for spot in spots)

    def moved(lane: _Lane) -> _Lane:
        filled = [spot for spot in lane if spot and spot.own and spot.text]
        whole = len(filled) == len(places) and not is_amount(filled[0].text, plan.grammar)
        if not whole or not all(is_amount(spot.text, plan.grammar) for spot in filled[1:]):
            return [None] * len(lane) if misplaced(lane) else lane
        turned: _Lane = [None] * len(lane)
        for place, spot in zip(places, filled, strict=True):
            turned[place] = spot
        return turned

    return [*lanes[: at + 1], *map(moved, lanes[at + 1 :])]


def _is_head(lane: _Lane, plan: Plan) -> bool:
    return _words_in(lane, plan) >= _FEWEST_WORDS


def _words_in(lane: _Lane, plan: Plan) -> int:
    """How many different status words, or bands of rates, stand in a row or column."""
    texts = {without_unit(spot.text, plan.grammar) for spot in lane if spot is not None}
    bands = {spot.text for spot in lane if spot is not None and is_band(spot.text)}
    return max(len(texts & set(plan.words)), len(bands))


def is_band(text: str) -> bool:
    """Whether a heading is a band of rates in percent: ``50%以上80%未満``."""
    limit = r"[0-9]{1,4}(?:\.[0-9]{1,2})?%?(?:以上|以下|未満|超|を超え)?"
    return (
        bool(re.fullmatch(rf"{limit}(?:〜|-|、|,)?(?:{limit})?", text))
        and "%" in text
        and (re.search("以上|以下|未満|超|〜|-", text) is not None)
    )


def _columns(head: _Lane, below: _Lane, plan: Plan) -> list[_Column]:
    """What stands over each place, and what it counts.

    The unit stands in the heading itself or, under a merged one, in the lane below it.
    """
    columns = []
    for at, spot in enumerate(head):
        word = "" if spot is None else _counted_word(spot.text, plan)
        under = below[at] if at < len(below) else None
        units = [one.text for one in (spot, under) if one is not None and not is_band(one.text)]
        title = word and word + _unit_mark(_unit(units, plan.grammar), plan.grammar)
        columns.append(_Column("" if spot is None else spot.text, title))
    return columns


def _counted_word(heading: str, plan: Plan) -> str:
    """The status word, band, or word for all indicators that a heading is; "" for any other."""
    word = without_unit(heading, plan.grammar)
    if word in plan.grammar.totals:
        return plan.grammar.overall[0]
    if is_band(heading):
        return heading
    return word if word in plan.words else ""


def _unit(texts: Sequence[str], grammar: ClaimWords) -> Unit | None:
    """The unit that headings name; a cell with an amount names none."""
    for text in texts:
        if is_amount(text, grammar):
            continue
        if any(word in text for word in (*grammar.share, *grammar.share_heading)):
            return "share"
        if re.search(rf"(?:{any_of((*grammar.count, *grammar.count_heading))})\)?$", text):
            return "count"
    return None


def _unit_mark(unit: Unit | None, grammar: ClaimWords) -> str:
    if unit is None:
        return ""
    return f"({grammar.share[0] if unit == 'share' else grammar.count[0]})"


def _lane_claim(
    table: Table,
    columns: Sequence[_Column],
    lane: _Lane,
    plan: Plan,
    here: Place,
) -> Claim | None:
    """The amounts of one row or column, in the part of the plan that its headings name.

    Headings that name neither a part of the plan, nor a unit, nor a year speak of something else.
    """
    labels: list[tuple[_Spot, str]] = []
    amounts: list[tuple[str, Cell]] = []
    for column, spot in zip(columns, lane, strict=True):
        if spot is None or not spot.text:
            continue
        counts = is_amount(spot.text, plan.grammar)
        if column.counts and spot.own and counts:
            amounts.append((column.counts, spot.cell))
        elif not column.counts and not counts:
            labels.append((spot, column.heading))
    whole = plan.grammar.overall[0]
    counted = [title for title, _ in amounts if not title.startswith(whole)]
    named, speaks_of_it = _place(labels, plan)
    if not counted or not speaks_of_it:
        return None
    mark = _unit_mark(_unit([spot.text for spot, _ in labels], plan.grammar), plan.grammar)
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


def _is_whole(columns: Sequence[_Column], lane: _Lane, grammar: ClaimWords) -> bool:
    """Whether every amount of a row is counted, beside one number of all at its begin or end."""
    for column, spot in zip(columns, lane, strict=True):
        text = "" if spot is None else spot.text.strip("-―ー ")
        amount = spot is not None and spot.own and is_amount(spot.text, grammar)
        if (amount and not column.counts) or (column.counts and text and not amount):
            return False
    counted = [column.counts for column in columns if column.counts]
    totals = [title.startswith(grammar.overall[0]) for title in counted]
    return sum(totals) == 1 and (totals[0] or totals[-1])


def _place(labels: Sequence[tuple[_Spot, str]], plan: Plan) -> tuple[Place | None, bool]:
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
    """A unit, a year, a number of the row: nothing that narrows what is counted."""
    measures = (*grammar.count, *grammar.share, *grammar.link, *grammar.count_heading)
    measures = (*measures, *grammar.share_heading)
    if _unit([heading], grammar) is not None and len(heading) <= _LONGEST_MEASURE:
        return True
    bare = re.sub(rf"[()\s]|{any_of(measures)}", "", without_years(heading))
    return bare in ("", "年度", "年度末", "末", "実績") or bare.isdigit()


def _printed(table: Table, cell: Cell) -> Printed:
    return Printed(
        text=cell.text, page=table.page, box=cell.box, reader=table.reader, second=cell.second
    )
