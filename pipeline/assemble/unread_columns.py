"""Columns under headings that no vocabulary knows: statuses by the legend's words, and figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from pipeline.assemble import transposed as turned
from pipeline.assemble.columns import VALUES, is_banner
from pipeline.assemble.fitting import MOST_STATUSES
from pipeline.assemble.read_tables import Read, roles_of_rows
from pipeline.assemble.vocabulary import Vocabulary, is_measure, is_number
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import label, match_key
from pipeline.model import IndicatorRow, Kind, LegendRow, Remark

_LONGEST = 12
"""Characters of a word that may be a status."""
_ENOUGH = 3
"""Cells with words of the legend, at least, that prove a heading."""
_FEWEST_GRADES = 2
"""Distinct letters or marks that may judge, at least: one alone may tick something off."""
_MOST = 0.6
"""The share of cells that are figures, or words of the legend; the others are signs or left out."""


def read_by_legend(
    rows: Iterable[IndicatorRow],
    understood: Sequence[Read],
    legend: Iterable[LegendRow],
    vocabulary: Vocabulary,
) -> list[IndicatorRow]:
    """The rows, with the cells of an unknown column as statuses where the legend proves them.

    All cells of the column are words of the legend or marks, at least three under the heading in
    all tables, and no other column of the table is such a one or one of statuses.  Two such columns
    may be of two years.
    """
    rows = list(rows)
    words = {match_key(row.word.text) for row in legend} - {""}
    judged = _judged(rows)
    borne: dict[str, list[tuple[int, str]]] = {}
    cells: Counter[str] = Counter()
    for one in understood:
        if one.table.number in judged or roles_of_rows(one, vocabulary) is not None:
            continue
        columns = [
            (heading, texts)
            for heading, texts in _unknown_columns(one, vocabulary)
            if _of_legend(texts, words, vocabulary)
        ]
        if len(columns) == 1:
            heading, texts = columns[0]
            borne.setdefault(match_key(heading), []).append((one.table.number, heading))
            cells[match_key(heading)] += len(texts)
    proved = {
        number: heading
        for key, tables in borne.items()
        if cells[key] >= _ENOUGH
        for number, heading in tables
    }
    return [
        replace(
            row,
            entries=tuple(
                replace(entry, kind="status")
                if entry.kind == "unknown" and entry.header == proved.get(row.table)
                else entry
                for entry in row.entries
            ),
        )
        for row in rows
    ]


def with_unread_statuses(
    remarks: Sequence[Remark],
    understood: Sequence[Read],
    rows: Sequence[IndicatorRow],
    legend: Iterable[LegendRow],
    vocabulary: Vocabulary,
    *,
    grades: Iterable[str] = (),
) -> list[Remark]:
    """The remarks, those about a heading over words most of which the legend has made doubts.

    Only in tables whose rows bear no status elsewhere: a second column of such words may be that
    of last year.  A heading that :func:`read_by_legend` understood is told, and is no doubt.
    ``grades``: letters and marks by which reports judge; two of them do for the legend's words
    where no table bears a status and no legend was read, but say how figures moved under a word for
    differences (増減 ↑).
    """
    words = {match_key(row.word.text) for row in legend} - {""}
    judged = _judged(rows)
    fewest, explained = 1, bool(words)
    if not words and not judged:
        words, fewest = {match_key(grade) for grade in grades} - {""}, _FEWEST_GRADES
    statuses = {
        (row.table, entry.header) for row in rows for entry in row.entries if entry.kind == "status"
    }
    cells: dict[str, list[str]] = {}
    read: set[str] = set()
    for one in understood:
        for heading, texts in _unknown_columns(one, vocabulary):
            key = match_key(label(heading))
            if not explained and vocabulary.is_beside(heading):
                continue
            if one.table.number not in judged:
                cells.setdefault(key, []).extend(texts)
            elif (one.table.number, heading) in statuses:
                read.add(key)
    doubted = {
        heading
        for heading, texts in cells.items()
        if _mostly_of_legend(texts, words, vocabulary)
        and len(words.intersection(map(match_key, texts))) >= fewest
    }
    return [
        _doubt(remark)
        if _speaks_of(remark, doubted)
        else _told(remark)
        if _speaks_of(remark, read)
        else remark
        for remark in remarks
    ]


def empty_statuses(rows: Sequence[IndicatorRow]) -> list[Remark]:
    """A remark where columns of statuses hold no character beside actuals: colours may tell them.

    A plan that is still to be reported on has no actuals either.
    """
    cells = [entry for row in rows for entry in row.entries if entry.kind == "status"]
    reported = any(
        entry.kind == "actual" and is_measure(entry.printed.text)
        for row in rows
        for entry in row.entries
    )
    if not cells or not reported or any(label(entry.printed.text) for entry in cells):
        return []
    first = cells[0]
    return [
        Remark(
            rule="status.column-empty",
            subject=label(first.header),
            page=first.printed.page,
            box=first.printed.box,
            parameters={"count": str(len(cells))},
        )
    ]


def with_unread_figures(
    remarks: Sequence[Remark],
    understood: Sequence[Read],
    rows: Sequence[IndicatorRow],
    vocabulary: Vocabulary,
) -> list[Remark]:
    """The remarks, those about an unknown heading over figures made doubts where a role lacks.

    A table of indicators without a baseline, a target or an actual most likely holds it there.  Of
    tables with one row each all that bear the heading are looked at.  One heading with several
    years is asked about once.
    """
    kinds: dict[int, set[Kind]] = {}
    for row in rows:
        kinds.setdefault(row.table, set()).update(entry.kind for entry in row.entries)
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for one in understood:
        if one.table.number in kinds and VALUES - kinds[one.table.number]:
            for heading, texts in _unknown_columns(one, vocabulary):
                if not vocabulary.is_beside(heading):
                    cells[match_key(label(heading))] += texts
    doubted = {
        heading
        for heading, texts in cells.items()
        if len(texts) > 1 and sum(map(is_measure, texts)) >= _MOST * len(texts)
    }
    asked: set[str] = set()
    told = []
    for remark in remarks:
        word = match_key(without_years(remark.subject))
        if _speaks_of(remark, doubted) and (not word or word not in asked):
            asked.add(word)
            told.append(replace(remark, rule="vocabulary.unknown-figures-header"))
        else:
            told.append(remark)
    return told


def _judged(rows: Iterable[IndicatorRow]) -> set[int]:
    """The tables whose rows bear statuses."""
    return {row.table for row in rows if any(entry.kind == "status" for entry in row.entries)}


def _of_legend(texts: Sequence[str], words: set[str], vocabulary: Vocabulary) -> bool:
    """Whether cells hold nothing but words that the legend explains, and marks."""
    return all(match_key(text) in words or vocabulary.is_mark(text) for text in texts) and any(
        match_key(text) in words for text in texts
    )


def _mostly_of_legend(texts: Sequence[str], words: set[str], vocabulary: Vocabulary) -> bool:
    """Whether most cells hold words that the legend explains; others it may leave out."""
    explained = [match_key(text) in words or vocabulary.is_mark(text) for text in texts]
    return sum(explained) >= _MOST * len(texts) and any(match_key(text) in words for text in texts)


def possible_statuses(
    understood: Sequence[Read], rows: Iterable[IndicatorRow], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The words under unknown headings of which a table has few: a legend may explain them.

    Not those of a table that bears statuses.  A number is one of them if it is a single digit.
    """
    found: dict[str, None] = {}
    judged = _judged(rows)
    for one in understood:
        if one.table.number in judged:
            continue
        for _, texts in _unknown_columns(one, vocabulary):
            distinct = dict.fromkeys(texts)
            if len(distinct) <= MOST_STATUSES and all(map(_is_short, distinct)):
                found.update(distinct)
    return tuple(found)


def _is_short(text: str) -> bool:
    key = match_key(text)
    return len(key) <= _LONGEST and (len(key) == 1 or not is_number(key))


def _unknown_columns(one: Read, vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """The headings of a table, over columns or before rows, that are not known; what they hold."""
    roles = roles_of_rows(one, vocabulary)
    if roles is not None:
        for named, beside in turned.unnamed_cells(one.body, roles, vocabulary):
            yield named.text, beside
        return
    for index, column in enumerate(one.header.columns if one.header else ()):
        if column.kind == "unknown" and column.header.strip():
            texts = [
                cell.text.strip()
                for row in one.body
                if not is_banner(row) and (cell := row[index]) is not None
            ]
            yield column.header, [text for text in texts if text]


def _speaks_of(remark: Remark, headings: set[str]) -> bool:
    known = remark.rule == "vocabulary.unknown-header"
    return known and match_key(label(remark.subject)) in headings


def _told(remark: Remark) -> Remark:
    return replace(remark, rule="vocabulary.header-by-content", parameters={"kind": "status"})


def _doubt(remark: Remark) -> Remark:
    return Remark(
        rule="vocabulary.unknown-status-header",
        subject=remark.subject,
        page=remark.page,
        box=remark.box,
        printed=remark.printed,
    )
