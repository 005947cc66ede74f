"""Several values in one cell, or in the rows under one name, each made an entry of its own.

What they are is told by a note (上段：目標値、下段：実績値), by the heading (目標値／実績値,
実績値（達成率）), or by words in the cell itself (目標 150｜実績 155).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.assemble.columns import VALUES, is_dash
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary, is_measure, is_year_only
from pipeline.japanese.eras import find_years, without_years
from pipeline.japanese.text import label, match_key
from pipeline.model import Box, Entry, IndicatorRow, Kind, Line, Printed, Remark

_IS = r"\s*(?:[:：=＝…]|[がはに、])?\s*"
_ROLE = r"(?P<{}>[^\s、,，。/／・;；()（）｜|:：]{{2,10}}?)"
_POSITIONS = re.compile(
    rf"上段{_IS}{_ROLE.format('upper')}[\s、,，/／・;；]*"
    rf"下段{_IS}{_ROLE.format('lower')}(?=です|である|を|と|[\s、,，。)）」】]|$)"
)
"""A note on what stands above and below in each cell."""
_IN_TURN = re.compile(
    rf"[※(（【「\s]*(?:各欄は)?[「\s]*{_ROLE.format('upper')}\s*[/／]\s*"
    rf"{_ROLE.format('lower')}[)）】」\s]*(?:を示す|です)?[。\s]*"
)
"""A line that names what stands before and behind a stroke: （目標値／実績値）."""
_TOLD = re.compile(
    r"\s*[(（【\[〔]?\s*(?P<word>[^\W\d_]{2,6})\s*[)）】\]〕]?\s*[:：]?\s*"
    r"(?=[0-9０-９△▲\-－‐−+＋約(（])(?P<rest>\S.*?)\s*"
)
"""A value behind the word for what it is: 目標 150, （実績）155, 目標値：150."""
_APART = re.compile(r"\s*(?:\n|[/／|｜])\s*")
_BRACKETED = re.compile(r"(?P<main>[^()（）]+?)\s*[(（](?P<inner>[^()（）]+)[)）]", re.DOTALL)
_IN_ORDER = re.compile(r"\s*(?:\n|[/／|｜・→⇒])\s*")
"""What parts words for values in a heading, and values in cells below it: 目標→実績."""
_TURNS_IN_BRACKETS = re.compile(
    r"(?P<before>[^()（）]*?)\s*[(（](?P<inner>[^()（）/／]+[/／][^()（）/／]+)[)）]\Z"
)
"""A year and in brackets behind it what stands before and behind a stroke: R6（目標／実績）."""
_DIVIDED = 2
_VALUED: frozenset[Kind] = VALUES | {"rate"}
"""Roles of figures that may stand in one cell."""
_BESIDE: frozenset[Kind] = _VALUED | {"department", "direction", "status", "note"}
"""Roles whose texts say nothing of what a row of figures is of."""


class _Way(NamedTuple):
    """How a cell holds its values: their roles in order, the heading of each, and brackets."""

    kinds: tuple[Kind, ...]
    headings: tuple[str, ...]
    bracketed: bool = False


def with_single_values(
    rows: Sequence[IndicatorRow], lines: Iterable[Line], vocabulary: Vocabulary
) -> tuple[list[IndicatorRow], list[Remark]]:
    """The rows with one value an entry, and a doubt where the role of a value is not told.

    ``lines``: the text outside the tables, in reading order, in which a note may stand.  A note
    counts for the tables below it, and for all if the document has no other.
    """
    notes = list(_notes(lines, vocabulary))
    remarks: list[Remark] = []
    found: list[IndicatorRow] = []
    for _, group in groupby(rows, key=lambda row: (row.table, _spot_of_name(row))):
        table = list(group)
        positions = _positions_for(table[0], notes, vocabulary)
        if len(table) > 1 and _spot_of_name(table[0]) is not None:
            whole = _one_row(table, positions)
            if whole is None and not _are_told_apart(table):
                remarks.append(of_one_name(table[0]))
            table = [whole] if whole is not None else table
        found.extend(table)
    columns = _Columns(found)
    return [_divided(row, notes, columns, vocabulary, remarks) for row in found], remarks


# ------------------------------------------------------------------------------ what is told


def _notes(
    lines: Iterable[Line], vocabulary: Vocabulary
) -> Iterator[tuple[tuple[int, float], tuple[str, str]]]:
    for line in lines:
        words = _words_of_positions(line.text, vocabulary)
        if words is not None:
            yield (line.page, line.box[1]), words


def _words_of_positions(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The words for what stands above and below, or in turn, if both are of values and differ."""
    found = _POSITIONS.search(label(text)) or _IN_TURN.fullmatch(label(text))
    if found is None:
        return None
    upper, lower = (_value_of(found[name], vocabulary) for name in ("upper", "lower"))
    if upper is None or lower is None or upper == lower:
        return None
    return found["upper"], found["lower"]


def _value_of(word: str, vocabulary: Vocabulary) -> Kind | None:
    """The role of values that a word is known for."""
    match = vocabulary.match(word.strip()) if word.strip() else None
    known = match is not None and match.score == CERTAIN and match.kind in _VALUED
    return match.kind if match is not None and known else None


def _positions_for(
    row: IndicatorRow,
    notes: Sequence[tuple[tuple[int, float], tuple[str, str]]],
    vocabulary: Vocabulary,
) -> tuple[str, str] | None:
    """What headings of a row's own table, or the nearest note above it, say of the positions."""
    for entry in row.entries:
        words = _words_of_positions(entry.header, vocabulary)
        if words is not None:
            return words
    if len({words for _, words in notes}) == 1:
        return notes[0][1]
    first = row.entries[0].printed
    above = [words for spot, words in notes if spot < (first.page, first.box[1])]
    return above[-1] if above else None


def _way_of(entry: Entry, positions: tuple[str, str] | None, vocabulary: Vocabulary) -> _Way | None:
    """How the cells of a column hold their values; ``None`` if each holds one."""
    told = _way_in(entry.header, vocabulary)
    if told is not None:
        return told
    if positions is None or not (
        is_year_only(entry.header) or _words_of_positions(entry.header, vocabulary)
    ):
        return None
    year = _POSITIONS.sub("", label(entry.header)).strip()
    return _way([(word, f"{year}\n{word}") for word in positions], vocabulary)


def _way_in(header: str, vocabulary: Vocabulary) -> _Way | None:
    """The way that a heading of several words for values tells: 目標値／実績値."""
    around = _BRACKETED.fullmatch(without_years(header))
    if around is not None:
        words = [around["main"].strip(), around["inner"].strip()]
        if None in [_value_of(word, vocabulary) for word in words]:
            return None
        way = _way([(one, header.replace(two, "", 1)) for one, two in _each(words)], vocabulary)
        return way and way._replace(bracketed=True)
    header = _TURNS_IN_BRACKETS.sub(r"\g<before>\n\g<inner>", header)
    parts = [part for part in _IN_ORDER.split(header) if match_key(without_years(part))]
    if len(parts) < _DIVIDED:
        return None
    words = [without_years(part) for part in parts]
    named = []
    for word, *others in _each(words):
        own = header
        for other in others:
            own = own.replace(other, "", 1)
        named.append((word, _IN_ORDER.sub("\n", own).strip()))
    return _way(named, vocabulary)


def _each(words: Sequence[str]) -> Iterator[list[str]]:
    """Each word, followed by the others."""
    for at, word in enumerate(words):
        yield [word, *words[:at], *words[at + 1 :]]


def _way(named: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> _Way | None:
    """The way of words and the headings that they give; ``None`` unless all are of other values."""
    kinds = [_value_of(without_years(word), vocabulary) for word, _ in named]
    known = [kind for kind in kinds if kind is not None]
    if len(set(known)) < len(named):
        return None
    return _Way(tuple(known), tuple(heading for _, heading in named))


# ------------------------------------------------------------------------------ rows of one name


def _spot_of_name(row: IndicatorRow) -> tuple[int, Box] | None:
    names = [entry.printed for entry in row.entries if entry.kind == "name"]
    return (names[0].page, names[0].box) if names else None


def _are_told_apart(rows: Sequence[IndicatorRow]) -> bool:
    """Whether each row has words of its own: a second name (男性), a unit, or what it is.

    Who is in charge, how it went and what is remarked tell no two rows of one name apart.
    """
    own = [
        tuple(
            match_key(entry.printed.text)
            for entry in row.entries
            if entry.kind == "name"
            or (entry.kind not in _BESIDE and not is_measure(entry.printed.text))
        )
        for row in rows
    ]
    return len(set(own)) == len(rows)


def _one_row(
    rows: Sequence[IndicatorRow], positions: tuple[str, str] | None
) -> IndicatorRow | None:
    """The rows under one name as one, if a note says what the upper and the lower one tell."""
    if positions is None or len(rows) != _DIVIDED:
        return None
    upper, lower = rows
    pairs = list(zip(upper.entries, lower.entries, strict=False))
    if len(upper.entries) != len(lower.entries) or any(a.header != b.header for a, b in pairs):
        return None
    entries = []
    for above, below in pairs:
        if (above.printed.page, above.printed.box) == (below.printed.page, below.printed.box):
            entries.append(above)
        elif is_year_only(above.header):
            entries.append(replace(above, printed=_joined(above.printed, below.printed)))
        else:
            return None
    return replace(upper, entries=tuple(entries))


def _joined(above: Printed, below: Printed) -> Printed:
    """Two cells, one above the other, as one of two lines."""
    (x0, top, x1, _), (left, _, right, bottom) = above.box, below.box
    both = above.second is not None and below.second is not None
    return replace(
        above,
        text=f"{above.text.strip()}\n{below.text.strip()}",
        box=(min(x0, left), top, max(x1, right), bottom),
        second=f"{(above.second or '').strip()}\n{(below.second or '').strip()}" if both else None,
    )


# ------------------------------------------------------------------------------ cells


class _Columns:
    """Which columns of which tables hold several values in a cell."""

    def __init__(self, rows: Iterable[IndicatorRow]) -> None:
        self._divided: dict[int, set[str]] = defaultdict(set)
        for row in rows:
            for entry in row.entries:
                if _values_of(entry.printed.text):
                    self._divided[row.table].add(entry.header)

    def divides(self, row: IndicatorRow, entry: Entry) -> bool:
        """Whether a cell of the entry's column holds several."""
        return entry.header in self._divided[row.table]

    def is_ahead(self, row: IndicatorRow, entry: Entry) -> bool:
        """Whether the column is of a year after those of all columns that hold several."""
        own = find_years(entry.header)
        others = [find_years(header) for header in self._divided[row.table]]
        last = max((years[-1].fiscal_year for years in others if years), default=None)
        return bool(own) and last is not None and own[-1].fiscal_year > last

    def any(self, row: IndicatorRow) -> bool:
        """Whether any column of the row's table does."""
        return bool(self._divided[row.table])


def _divided(
    row: IndicatorRow,
    notes: Sequence[tuple[tuple[int, float], tuple[str, str]]],
    columns: _Columns,
    vocabulary: Vocabulary,
    remarks: list[Remark],
) -> IndicatorRow:
    positions = _positions_for(row, notes, vocabulary)
    entries: list[Entry] = []
    for entry in row.entries:
        way = None
        if entry.kind in _VALUED or entry.kind == "unknown":
            way = _way_of(entry, positions, vocabulary)
        divided = _by_own_words(entry, vocabulary) if entry.kind in _VALUED else None
        if divided is None and way is not None:
            divided = _by_way(entry, way)
            if divided is None and columns.any(row) and not way.bracketed:
                divided = _of_one_value(row, entry, way, columns, remarks)
        entries.extend([entry] if divided is None else divided)
    return replace(row, entries=tuple(entries))


def _of_one_value(
    row: IndicatorRow, entry: Entry, way: _Way, columns: _Columns, remarks: list[Remark]
) -> list[Entry]:
    """The values of a cell with one of several: a target where the year is still to come."""
    ahead = not columns.divides(row, entry) and columns.is_ahead(row, entry)
    if ahead and "target" in way.kinds and "actual" in way.kinds:
        return [_entry(entry, way, way.kinds.index("target"), entry.printed.text)]
    told = _remark("structure.one-value-of-several", row, entry)
    kinds = {"kinds": " ".join(way.kinds)}
    remarks.append(replace(told, parameters={**told.parameters, **kinds}))
    return [_entry(entry, way, at, "") for at in range(len(way.kinds))]


def _by_own_words(entry: Entry, vocabulary: Vocabulary) -> list[Entry] | None:
    """The values of a cell each of whose lines begins with a word for what it is."""
    lines = [line for line in entry.printed.text.split("\n") if line.strip()]
    told = [_TOLD.fullmatch(line) for line in lines]
    words = [found["word"] for found in told if found is not None]
    if len(lines) < _DIVIDED or len(words) < len(lines):
        return None
    year = entry.header if is_year_only(entry.header) else ""
    way = _way([(word, f"{year}\n{word}") for word in words], vocabulary)
    if way is None or not year:
        return None
    values = [found["rest"] for found in told if found is not None]
    return [_entry(entry, way, at, value) for at, value in enumerate(values)]


def _by_way(entry: Entry, way: _Way) -> list[Entry] | None:
    """The values of a cell in the order of its heading; ``None`` if it does not hold as many."""
    text = entry.printed.text.strip()
    if is_dash(text):
        return [_entry(entry, way, at, text) for at in range(len(way.kinds))]
    if way.bracketed:
        around = _BRACKETED.fullmatch(text)
        values = [around["main"], around["inner"]] if around is not None else [text]
    else:
        values = _values_of(text) or _IN_ORDER.split(text)
    if not all(map(_is_value, values)) or not (way.bracketed or len(values) == len(way.kinds)):
        return None
    return [_entry(entry, way, at, value.strip()) for at, value in enumerate(values)]


def _values_of(text: str) -> list[str]:
    """The values of a cell, a line each or parted by strokes; empty if it holds no several."""
    parted = (text.strip().split("\n"), _APART.split(text.strip()))
    whole = (values for values in parted if len(values) > 1 and all(map(_is_value, values)))
    return next(whole, [])


def _is_value(text: str) -> bool:
    return is_measure(text) or is_dash(text)


def _entry(entry: Entry, way: _Way, at: int, text: str) -> Entry:
    """One value of a cell, with what the second reader has in its place."""
    printed = entry.printed
    second = printed.second
    if not text:
        second = second and ""
    elif second is not None:
        own = _values_of(second) or _IN_ORDER.split(second.strip())
        if way.bracketed and (around := _BRACKETED.fullmatch(second.strip())) is not None:
            own = [around["main"], around["inner"]]
        second = own[at] if len(own) == len(way.kinds) else second
        told = _TOLD.fullmatch(second)
        second = told["rest"] if told is not None and second.strip() != text else second
    box = printed.box
    if not way.bracketed:
        height = (box[3] - box[1]) / len(way.kinds)
        box = (box[0], box[1] + at * height, box[2], box[1] + (at + 1) * height)
    return Entry(
        kind=way.kinds[at],
        header=way.headings[at],
        printed=replace(printed, text=text, box=box, second=second),
    )


def of_one_name(row: IndicatorRow) -> Remark:
    """A doubt about rows of figures beside one name, of which this is the first."""
    name = next(one for one in row.entries if one.kind == "name")
    return _remark("structure.rows-of-one-name", row, name)


def _remark(rule: str, row: IndicatorRow, entry: Entry) -> Remark:
    names = [one.printed.text for one in row.entries if one.kind == "name"]
    return Remark(
        rule=rule,
        subject=label(names[0]) if names else "",
        page=entry.printed.page,
        box=entry.printed.box,
        printed=entry.printed.text,
        parameters={"column": label(entry.header)},
    )
