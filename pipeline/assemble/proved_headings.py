"""Headings that no vocabulary knows, proved by the rest of the document.

A word over figures gets the one role that its tables lack, if its figures are the same quantity as
those beside them, row by row, and something else needs that role there: the legend that judges
these rows, the printed rates, the years of the headings, or what the word itself says
(はじめの姿).  A word over the names of what is counted is that of names, and one over the legend's
words that of statuses.  What only one side says stays a doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.assemble.columns import VALUES, Column, is_banner, is_dash
from pipeline.assemble.read_tables import Read, roles_of_rows
from pipeline.assemble.vocabulary import Vocabulary, is_measure, is_year_only
from pipeline.japanese.eras import find_years, header_years, without_years
from pipeline.japanese.text import label, match_key
from pipeline.legend.explanations import Reading, read_explanation
from pipeline.model import Assembled, Kind, Printed, Remark
from pipeline.settings.assemble import AssembleSettings

_FEWEST_ROWS = 3
"""Rows, at least, of which figures or names are compared."""
_FEWEST_RATES = 3
"""Printed rates, at least, that prove what they are made of."""
_FEWEST_STATUSES = 3
_NEAR = 4
"""How many times as much as the other a figure of the same quantity may be."""
_SPREAD = 10
"""How many times as much as the least the greatest figure is, at least, where sizes tell."""
_MOST = Decimal("0.8")
"""The share of rows that have to agree: a digit may be wrong in one."""
_APART = 2
"""Years from a baseline to the reported year, at least: a year before is last year's actual."""
_SOME_YEAR = 2010
_FIGURE = re.compile(r"(?P<number>[△▲-]?[0-9][0-9,]*(?:\.(?P<decimals>[0-9]+))?)(?P<unit>.*)")
_FEWEST_UNITS = 2
"""Units in the brackets of names, at least, that no ledger has."""
_UNIT = re.compile(r"\([^()]+\)$")
_END = re.compile(r"(?:[(【\[〔][^()【】\[\]〔〕]*[)】\]〕]|[^\w)】\]〕]|[▼▽▲△↓↑])+$")


class Proved(NamedTuple):
    """A word, the role that is proved for it, and the heading in which it stands first."""

    word: str
    kind: Kind
    heading: Printed


class _Figure(NamedTuple):
    number: Decimal
    decimals: int
    unit: str


class _Beside(NamedTuple):
    """A figure under the word; in its row the figures of known roles, and the printed rate."""

    own: _Figure
    others: dict[Kind, _Figure]
    rate: _Figure | None


@dataclass
class _Word:
    """All that stands under one unknown word, in whatever tables."""

    word: str
    heading: Printed
    known: list[frozenset[Kind]] = field(default_factory=list)
    """The roles of the other columns, a table each."""
    understood: bool = True
    """Whether all its tables are of indicators whatever the word means."""
    alone: bool = True
    """Whether no other unknown word stands over figures there."""
    first: bool = True
    """Whether it stands before all other figures."""
    texts: list[str] = field(default_factory=list)
    rows: list[_Beside] = field(default_factory=list)
    years: dict[Kind, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The years of headings by role; its own as ``unknown``."""

    @property
    def lacking(self) -> Kind | None:
        """The one role of values that all its tables lack."""
        kinds = {kind for known in self.known for kind in VALUES - known}
        same = len({frozenset(VALUES - known) for known in self.known}) == 1
        return kinds.pop() if same and len(kinds) == 1 else None

    @property
    def judged(self) -> bool:
        """Whether every table has statuses beside it."""
        return all("status" in known for known in self.known)


def proved_headings(
    plan: Assembled, read: Iterable[Read], understood: Iterable[Read], settings: AssembleSettings
) -> list[Proved]:
    """The unknown words of headings for which the document itself proves a role."""
    vocabulary = Vocabulary(settings)
    words = {match_key(row.word.text) for row in plan.legend} - {""}
    readings = [read_explanation(row.rule.text, settings.legend.legend) for row in plan.legend]
    title = plan.title.text if plan.title else ""
    proved = []
    for one in _words(read, {id(one) for one in understood}, words, vocabulary):
        kind: Kind | None = None
        if _are_statuses(one, words, vocabulary):
            kind = "status"
        elif _names_what_is_counted(one, settings, vocabulary):
            kind = "name"
        elif one.alone and _are_one_quantity(one.rows):
            kind = _lacking(one, readings, title, settings.hints)
        if kind is not None:
            proved.append(Proved(one.word, kind, one.heading))
    return proved


def with_proved(settings: AssembleSettings, proved: Iterable[Proved]) -> AssembleSettings:
    """The settings with the words under their roles."""
    words = dict(settings.headers)
    for one in proved:
        words[one.kind] = (*words.get(one.kind, ()), one.word)
    return replace(settings, headers=words)


def told_of(proved: Iterable[Proved]) -> list[Remark]:
    """A remark for each word that was read so."""
    return [
        Remark(
            rule="vocabulary.header-by-content",
            subject=one.heading.text.replace("\n", " "),
            page=one.heading.page,
            box=one.heading.box,
            printed=one.heading.text,
            parameters={"kind": one.kind},
        )
        for one in proved
    ]


# ------------------------------------------------------------------------------ gathering


def _words(
    read: Iterable[Read], understood: set[int], legend: set[str], vocabulary: Vocabulary
) -> list[_Word]:
    found: dict[str, _Word] = {}
    for one in read:
        roles = roles_of_rows(one, vocabulary)
        if roles is None:
            words = _gather(_columns(one, legend, vocabulary), found, vocabulary)
        else:
            lines = _lines(one, roles, vocabulary)
            words = _gather(lines, found, vocabulary)
            words += _gather_beside_years(one, roles, lines, found, vocabulary)
        for word in words:
            word.understood &= id(one) in understood
    return list(found.values())


class _Line(NamedTuple):
    """A column, or a row of a turned table: its role, its heading, and its cells row by row."""

    kind: Kind
    header: str
    printed: Printed | None
    cells: list[str]
    years: tuple[int, ...]


def _columns(one: Read, legend: set[str], vocabulary: Vocabulary) -> list[_Line]:
    header = one.header
    if header is None or not header.count:
        return []
    body = [row for row in one.body if not is_banner(row)]
    years = header_years([column.header for column in header.columns], _SOME_YEAR)
    heads = one.table.rows[header.skip]
    lines = []
    for at, column in enumerate(header.columns):
        cells = ["" if (cell := row[at]) is None else cell.text.strip() for row in body]
        dated = tuple(year.fiscal_year for year in years[at][-1:])
        kind = _kind_of(column, cells, legend, vocabulary)
        head = heads[at]
        printed = None if head is None else replace(head.printed, text=column.header)
        lines.append(_Line(kind, column.header, printed, cells, dated))
    return lines


def _kind_of(
    column: Column, cells: Sequence[str], legend: set[str], vocabulary: Vocabulary
) -> Kind:
    """The role that the heading tells; a name only if it does, a status also by the legend."""
    keys = {match_key(text) for text in cells} - {""}
    if column.kind == "unknown" and keys and keys <= legend:
        return "status"
    if column.kind in {"name", "status"} and vocabulary.match(column.header) is None:
        return "unknown" if column.kind == "name" else "status"
    return column.kind


def _lines(one: Read, roles: int, vocabulary: Vocabulary) -> list[_Line]:
    """The rows of a turned table; a column of values beside its years as one without cells."""
    lines = [
        _Line(column.kind, column.header, None, [], ())
        for column in (one.header.columns if one.header else ())
        if column.kind in VALUES and not is_year_only(column.header)
    ]
    headings = [column.header for column in one.header.columns] if one.header else []
    years = header_years(headings, _SOME_YEAR)[roles + 1 :]
    for row in one.body:
        cell = row[roles]
        if cell is not None and cell.text.strip():
            found = vocabulary.match(cell.text)
            cells = ["" if other is None else other.text.strip() for other in row[roles + 1 :]]
            kind: Kind = found.kind if found is not None else "unknown"
            filled = (own for own, text in zip(years, cells, strict=True) if is_measure(text))
            dated = tuple(year.fiscal_year for own in filled for year in own[-1:])
            lines.append(_Line(kind, cell.text, cell.printed, cells, dated))
    return lines


def _gather_beside_years(
    one: Read, roles: int, lines: Sequence[_Line], found: dict[str, _Word], vocabulary: Vocabulary
) -> list[_Word]:
    """The columns of a turned table that are no years, their figures beside those of each row."""
    columns = _columns(one, set(), vocabulary)
    known = frozenset(line.kind for line in lines if line.kind != "unknown")
    body = [row for row in one.body if not is_banner(row)]
    kinds = [vocabulary.match(cell.text) if (cell := row[roles]) else None for row in body]
    dated = [line for line in columns[roles + 1 :] if is_year_only(line.header)]
    words: list[_Word] = []
    for column in columns[roles + 1 :]:
        key = match_key(without_years(column.header))
        if not _is_unknown(column, vocabulary) or column.printed is None or not dated:
            continue
        word = found.setdefault(key, _Word(without_years(column.header), column.printed))
        words.append(word)
        word.known.append(known)
        word.first &= column is columns[roles + 1]
        word.years["unknown"].update(column.years)
        word.years["actual"].update(year for line in dated for year in line.years)
        for at, (match, text) in enumerate(zip(kinds, column.cells, strict=True)):
            own, other = _figure(text), _figure(dated[0].cells[at])
            if own is not None and other is not None and match is not None and match.kind in VALUES:
                word.rows.append(_Beside(own, {match.kind: other}, None))
    return words


def _gather(lines: Sequence[_Line], found: dict[str, _Word], vocabulary: Vocabulary) -> list[_Word]:
    """Put what stands in a table under unknown words to each of them; these words."""
    unknown = [line for line in lines if _is_unknown(line, vocabulary)]
    words: list[_Word] = []
    bare = {
        match_key(without_years(line.header))
        for line in unknown
        if line.kind == "unknown" and _holds_figures(line)
    }
    for key in {match_key(without_years(line.header)) for line in unknown}:
        own = [line for line in unknown if match_key(without_years(line.header)) == key]
        first = own[0]
        if not key or first.printed is None:
            continue
        word = found.setdefault(key, _Word(without_years(first.header), first.printed))
        words.append(word)
        others = frozenset(line.kind for line in lines if line not in own)
        word.known.append(others - {"unknown"})
        word.alone &= all(other.endswith(key) for other in bare)
        values = [line for line in lines if line.kind in VALUES]
        at = {id(line): place for place, line in enumerate(lines)}
        word.first &= all(at[id(first)] < at[id(line)] for line in values)
        for line in (*own, *values):
            word.years[line.kind].update(line.years)
        for line in own:
            word.texts += [text for text in line.cells if text]
            word.rows += _compared(line, lines)
    return words


def _is_unknown(line: _Line, vocabulary: Vocabulary) -> bool:
    """Whether a heading may be proved: of two years in it one may be a part of the word.

    What the legend explains stands under a heading that no list knows as well.
    """
    bare = without_years(line.header)
    explained = line.kind == "status" and vocabulary.match(line.header) is None
    told = not (line.kind == "unknown" or explained) or not bare or is_year_only(line.header)
    told = told or len({year.fiscal_year for year in find_years(line.header)}) > 1
    return not told and not vocabulary.is_beside(line.header) and not vocabulary.is_of_else(bare)


def _holds_figures(line: _Line) -> bool:
    filled = [text for text in line.cells if text and not is_dash(text)]
    return bool(filled) and sum(map(is_measure, filled)) >= _MOST * len(filled)


def _compared(line: _Line, lines: Sequence[_Line]) -> Iterator[_Beside]:
    """The figures of a line beside those of known roles, nearest in the table, place by place."""
    place = next(at for at, other in enumerate(lines) if other is line)
    by_distance = sorted(range(len(lines)), key=lambda at: -abs(at - place))
    nearest = {lines[at].kind: lines[at] for at in by_distance}
    for at, text in enumerate(line.cells):
        own = _figure(text)
        if own is None:
            continue
        others = {
            kind: figure
            for kind, other in nearest.items()
            if kind in VALUES and (figure := _figure(_cell(other, at))) is not None
        }
        rate = _figure(_cell(nearest["rate"], at)) if "rate" in nearest else None
        yield _Beside(own, others, rate)


def _cell(line: _Line, at: int) -> str:
    return line.cells[at] if at < len(line.cells) else ""


def _figure(text: str) -> _Figure | None:
    key = match_key(text)
    found = _FIGURE.fullmatch(key) if is_measure(text) else None
    if found is None:
        return None
    number = found["number"].replace(",", "").replace("△", "-").replace("▲", "-")
    return _Figure(Decimal(number), len(found["decimals"] or ""), found["unit"])


# ------------------------------------------------------------------------------ proving


def _are_statuses(one: _Word, words: set[str], vocabulary: Vocabulary) -> bool:
    """Whether all cells hold words of the legend, or marks, and no other column is of statuses."""
    told = [match_key(text) for text in one.texts]
    judged = all(text in words or vocabulary.is_mark(text) for text in told)
    enough = sum(text in words for text in told) >= _FEWEST_STATUSES
    return judged and enough and not any("status" in known for known in one.known)


def _lacking(
    one: _Word, readings: Sequence[Reading], title: str, hints: Mapping[str, Sequence[str]]
) -> Kind | None:
    """The role that the tables lack, if something needs it there and no year speaks against it.

    Or the word itself speaks of the start, the aim or this time, and of no other of these.
    """
    role = one.lacking
    if role is None or not _fit_years(one, role):
        return None
    needed = one.judged and any(_needs(reading, role) for reading in readings)
    dated = one.understood and _tell_years(one, role, title)
    told = needed or dated or _make_rates(one.rows, role) or _hint(one, hints) == {role}
    return role if told else None


def _hint(one: _Word, hints: Mapping[str, Sequence[str]]) -> set[str]:
    """The roles that a word over figures hints at."""
    key = match_key(one.word)
    return {role for role, parts in hints.items() if any(match_key(part) in key for part in parts)}


def _names_what_is_counted(one: _Word, settings: AssembleSettings, vocabulary: Vocabulary) -> bool:
    """Whether texts are the names of indicators: nouns of what is counted, no two the same.

    Under a word that ledgers use as well (区分) they bear several units: a ledger has one or none.

    Their tables tell a target and another value, and have no other column for names.  One row a
    table is that of an indicator which is named above it: the texts may be parts of it.
    """
    names = [_END.sub("", match_key(text)) for text in one.texts]
    if len(names) < max(_FEWEST_ROWS, len(one.known) + 1) or len(
        set(map(match_key, one.texts))
    ) < len(names):
        return False
    units = {found[0] for text in one.texts if (found := _UNIT.search(match_key(text)))}
    if len(units) < _FEWEST_UNITS and vocabulary.is_of_ledgers(one.word):
        return False
    counted = [name for name in names if name.endswith(settings.counted)]
    tables = all("target" in known and len(VALUES & known) > 1 for known in one.known)
    lacking = all("name" not in known for known in one.known)
    return tables and lacking and len(counted) >= _MOST * len(names)


def _are_one_quantity(rows: Sequence[_Beside]) -> bool:
    """Whether figures are of the quantity beside them: of one size, and printed alike.

    Sizes tell where they differ from row to row, forms where some are printed otherwise.
    """
    pairs = [(row.own, other) for row in rows for other in row.others.values()]
    compared = [row for row in rows if row.others]
    if len(compared) < _FEWEST_ROWS:
        return False
    alike = [one for one, other in pairs if _are_near(one, other)]
    if len(alike) < _MOST * len(pairs):
        return False
    sizes = [abs(one.number) for one in alike if one.number]
    spread = bool(sizes) and max(sizes) >= _SPREAD * min(sizes)
    forms = {(one.decimals, one.unit) for one, _ in pairs}
    printed = sum((one.decimals, one.unit) == (two.decimals, two.unit) for one, two in pairs)
    return spread or (len(forms) > 1 and printed >= _MOST * len(pairs))


def _are_near(one: _Figure, other: _Figure) -> bool:
    first, second = one.number, other.number
    if not first or not second:
        return abs(first - second) <= _SPREAD
    return first * second > 0 and 1 <= _NEAR * first / second <= _NEAR * _NEAR


def _needs(reading: Reading, role: Kind) -> bool:
    """Whether an explanation of the legend compares figures of a role."""
    if reading.kind != "conditions" or role == "actual":
        return reading.kind == "conditions"
    conditions = [one for found in (reading.when, *reading.or_when) for one in found]
    named = any(one.endswith(role) or one == "all_equal" for one in conditions)
    if role == "target":
        return named or reading.band is not None
    return named or (reading.within is not None and reading.within.of == "baseline")


def _make_rates(rows: Sequence[_Beside], role: Kind) -> bool:
    """Whether the printed rates are those of actual and target, one of which is the word's."""
    if role not in {"actual", "target"}:
        return False
    rated = [row for row in rows if row.rate is not None]
    made = [row for row in rated if row.rate is not None and _makes(row, role, row.rate)]
    return len(made) >= _FEWEST_RATES and len(made) >= _MOST * len(rated)


def _makes(row: _Beside, role: Kind, rate: _Figure) -> bool:
    other = row.others.get("target" if role == "actual" else "actual")
    if other is None or not row.own.number or not other.number:
        return False
    least = Decimal(1).scaleb(-rate.decimals)
    ways = (row.own.number / other.number, other.number / row.own.number)
    return any(abs(100 * way - rate.number) <= least for way in ways)


def _tell_years(one: _Word, role: Kind, title: str) -> bool:
    """Whether the years say it: long before or after all others, or the year that is reported."""
    own = one.years["unknown"]
    others = one.years["target"] | one.years["actual"]
    if not own or not others:
        return False
    if role == "baseline":
        latest = max(one.years["actual"], default=0)
        return one.first and max(own) < min(others) and max(own) <= latest - _APART
    if role == "target":
        return max(own) > max(others)
    reported = [year.fiscal_year for year in find_years(title)]
    return "実績" in label(title) and reported[-1:] == [max(own)]


def _fit_years(one: _Word, role: Kind) -> bool:
    """Whether no year speaks against a role: a baseline comes first, a target not before all."""
    own = one.years["unknown"]
    if not own:
        return True
    if role == "baseline":
        return max(own) <= min(one.years["actual"] | one.years["target"], default=max(own))
    before = one.years["baseline"] | (one.years["actual"] if role == "target" else set())
    return max(own) >= max(before, default=max(own))
