"""Whether cells are such as a role has: the witness beside the word of a heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.assemble.columns import VALUES, Column, holds_measures, holds_years, is_dash
from pipeline.assemble.logical_tables import Row, column_texts
from pipeline.assemble.vocabulary import Vocabulary, is_measure, is_number
from pipeline.japanese.eras import find_years
from pipeline.japanese.text import label, match_key
from pipeline.model import Kind

MOST_STATUSES = 9
"""A document has no more different statuses than this."""
_LONG = 24
"""A status, a unit or a direction is a word; a longer text is a sentence."""


def fit(kind: Kind, cells: Sequence[str], vocabulary: Vocabulary) -> bool | None:
    """Whether cells are such as a role has; ``None`` where they do not tell."""
    if not cells or kind not in _FITS:
        return None
    return _FITS[kind](cells, vocabulary)


def _fits_status(cells: Sequence[str], _: Vocabulary) -> bool:
    long = sum(len(label(text)) > _LONG for text in cells)
    few = len({match_key(text) for text in cells}) <= MOST_STATUSES
    figures = sum(is_number(text) or is_measure(text) for text in cells)
    return few and 2 * long <= len(cells) and 2 * figures <= len(cells)


def _fits_rate(cells: Sequence[str], vocabulary: Vocabulary) -> bool | None:
    """Figures fit; where there is none at all, marks (◎, A, ①) are statuses."""
    filled = [text for text in cells if not is_dash(text)]
    if filled and not any(_has_digit(text) and not vocabulary.is_mark(text) for text in filled):
        return False
    telling = _telling(cells, vocabulary)
    return 2 * len(telling) <= len(cells) if len(telling) < len(cells) else False


def _fits_value(cells: Sequence[str], vocabulary: Vocabulary) -> bool | None:
    """Figures fit; words may be a target (全員取得); sentences are none, nor marks alone (◎, A)."""
    if 2 * sum(map(_has_digit, cells)) > len(cells):
        return True
    filled = [text for text in cells if not is_dash(text)]
    if filled and all(map(vocabulary.is_mark, filled)):
        return False
    long = sum(len(label(text)) > _LONG for text in _telling(cells, vocabulary))
    return False if 2 * long > len(cells) else None


def _fits_year(cells: Sequence[str], _: Vocabulary) -> bool | None:
    """Years fit; figures that can be none do not."""
    if 2 * sum(bool(find_years(text)) for text in cells) >= len(cells):
        return True
    return False if holds_measures(cells) and not holds_years(cells) else None


def _fits_prose(cells: Sequence[str], _: Vocabulary) -> bool | None:
    return False if holds_measures(cells) else None


def _fits_words(cells: Sequence[str], _: Vocabulary) -> bool:
    return 2 * sum(map(is_number, cells)) < len(cells)


_FITS: dict[Kind, Callable[[Sequence[str], Vocabulary], bool | None]] = {
    "status": _fits_status,
    "rate": _fits_rate,
    "baseline": _fits_value,
    "target": _fits_value,
    "actual": _fits_value,
    "year": _fits_year,
    "name": _fits_words,
    "unit": _fits_words,
    "direction": _fits_words,
    "definition": _fits_prose,
}


def _telling(cells: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The cells of words: without digits, and more than a mark or a dash."""
    return [text for text in cells if not _has_digit(text) and not vocabulary.is_mark(text)]


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, match_key(text)))


def go_on(rows: Sequence[Row], columns: Sequence[Column], vocabulary: Vocabulary) -> bool:
    """Whether rows printed without headings can be such as stand under those of another table.

    They cannot where the first row is itself one of headings, though of unknown words, or where
    a column that must hold words holds numbers.  A single digit may be a status, and the heading
    of statuses may stand over figures with units (進捗状況).
    """
    if not rows or len(rows[0]) != len(columns):
        return True
    values = {
        label(cell.text)
        for cell, column in zip(rows[0], columns, strict=True)
        if column.kind in VALUES and cell is not None and cell.text.strip()
    }
    if len(values) > 1 and all(_like_a_heading(text, vocabulary) for text in values):
        return False
    for index, column in enumerate(columns):
        texts = column_texts(rows, index)
        if column.kind == "status":
            texts = [text for text in texts if len(text) > 1 and not _has_unit(text)]
        worded = column.kind in {"name", "unit", "status"}
        if worded and fit(column.kind, texts, vocabulary) is False:
            return False
    return True


def _has_unit(text: str) -> bool:
    return is_measure(text) and not is_number(text)


def _like_a_heading(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the cell of a figure holds what can only be a heading: words, or a year in words."""
    return bool(_telling([text], vocabulary)) or (bool(find_years(text)) and not is_measure(text))
