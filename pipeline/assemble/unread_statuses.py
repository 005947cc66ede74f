"""Statuses under a heading that no vocabulary knows: their words are those of the legend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.assemble import transposed as turned
from pipeline.assemble.read_tables import Read, roles_of_rows
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.japanese.text import label, match_key
from pipeline.model import IndicatorRow, LegendRow, Remark


def with_unread_statuses(
    remarks: Sequence[Remark],
    understood: Sequence[Read],
    rows: Iterable[IndicatorRow],
    legend: Iterable[LegendRow],
    vocabulary: Vocabulary,
) -> list[Remark]:
    """The remarks, those about a heading over nothing but words of the legend made doubts.

    Only in tables whose rows bear no status elsewhere: a second column of such words may be that
    of last year.
    """
    words = {match_key(row.word.text) for row in legend} - {""}
    if not words:
        return list(remarks)
    judged = {row.table for row in rows if any(entry.kind == "status" for entry in row.entries)}
    cells: dict[str, list[str]] = {}
    for one in understood:
        if one.table.number not in judged:
            for heading, texts in _unknown_columns(one, vocabulary):
                cells.setdefault(match_key(label(heading)), []).extend(texts)
    doubted = {
        heading
        for heading, texts in cells.items()
        if all(match_key(text) in words or vocabulary.is_mark(text) for text in texts)
        and any(match_key(text) in words for text in texts)
    }
    return [_doubt(remark) if _speaks_of(remark, doubted) else remark for remark in remarks]


def _unknown_columns(one: Read, vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """The headings of a table, over columns or before rows, that are not known; what they hold."""
    roles = roles_of_rows(one, vocabulary)
    if roles is not None:
        for named, beside in turned.unnamed_cells(one.body, roles, vocabulary):
            yield named.text, beside
        return
    for index, column in enumerate(one.header.columns if one.header else ()):
        if column.kind == "unknown" and column.header.strip():
            texts = [cell.text.strip() for row in one.body if (cell := row[index]) is not None]
            yield column.header, [text for text in texts if text]


def _speaks_of(remark: Remark, headings: set[str]) -> bool:
    known = remark.rule == "vocabulary.unknown-header"
    return known and match_key(label(remark.subject)) in headings


def _doubt(remark: Remark) -> Remark:
    return Remark(
        rule="vocabulary.unknown-status-header",
        subject=remark.subject,
        page=remark.page,
        box=remark.box,
        printed=remark.printed,
    )
