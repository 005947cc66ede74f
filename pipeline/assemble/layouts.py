"""Whether the columns of the indicator tables were surely read as what they are.

Every role needs evidence from two sides: the heading's word and cells such as that role has.  What
only one side says, or what the cells gainsay, is a doubt of the layout: told once for all tables
with the same headings, with two rows as they would be released.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from pipeline.assemble.collect import Read
from pipeline.assemble.columns import FIGURES, Column, Header
from pipeline.assemble.transposed import role_column
from pipeline.assemble.vocabulary import Vocabulary, is_number
from pipeline.japanese.eras import find_years, without_years
from pipeline.japanese.text import label, match_key
from pipeline.messages import N_
from pipeline.model import Evidence, IndicatorRow, Kind, Layout, LayoutColumn, LegendRow, Remark
from pipeline.settings.assemble import AssembleSettings

_SAMPLES = 2
_FEW_WORDS = 9
"""A document has no more different statuses than this."""
_LONG = 24
"""A status, a unit or a direction is a word; a longer text is a sentence."""
_WHOLE_WORD = 100

BY_CONTENT = N_("only what the column holds speaks for it, not its heading")
NOT_SUCH_CELLS = N_("the cells are not such as this role has")
PART_OF_WORD = N_("the heading is only near to a known word, and the cells do not bear it out")


ROLES: dict[Kind, str] = {
    "name": N_("name of the indicator"),
    "unit": N_("unit"),
    "baseline": N_("baseline"),
    "target": N_("target"),
    "actual": N_("actual"),
    "rate": N_("rate"),
    "status": N_("status"),
    "direction": N_("direction"),
    "year": N_("year"),
}
"""The roles that a layout may leave in doubt, as an officer reads them."""


def find_layouts(
    understood: Sequence[Read],
    rows: Sequence[IndicatorRow],
    legend: Iterable[LegendRow],
    vocabulary: Vocabulary,
    settings: AssembleSettings,
) -> tuple[Layout, ...]:
    """The layouts of the indicator tables in reading order, each with the evidence of all."""
    explained = frozenset(match_key(row.word.text) for row in legend)
    of_key: dict[str, list[tuple[Read, Header]]] = {}
    for one in understood:
        if one.header is not None and one.header.is_indicators:
            of_key.setdefault(layout_key(one.header.columns), []).append((one, one.header))
    return tuple(
        _layout(
            key, tables, rows, explained, vocabulary, confirmed=key in settings.confirmed_layouts
        )
        for key, tables in of_key.items()
    )


def layout_key(columns: Iterable[Column]) -> str:
    """What stays the same from year to year: headings without years, and the roles."""
    parts = (f"{match_key(without_years(one.header))}\t{one.kind}" for one in columns)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _layout(
    key: str,
    tables: Sequence[tuple[Read, Header]],
    rows: Sequence[IndicatorRow],
    explained: frozenset[str],
    vocabulary: Vocabulary,
    *,
    confirmed: bool,
) -> Layout:
    first, header = tables[0]
    labels = role_column(header, first.body, vocabulary)
    columns = []
    for index, column in enumerate(header.columns):
        cells = [
            cell.text.strip()
            for read, _ in tables
            for row in read.body
            if (cell := row[index]) is not None and cell.text.strip()
        ]
        if index == labels:
            columns.append(LayoutColumn(header=column.header, kind="unknown"))
        else:
            columns.append(_column(column, cells, explained, vocabulary))
    numbers = tuple(read.table.number for read, _ in tables)
    return Layout(
        key=key,
        columns=tuple(columns),
        tables=numbers,
        page=first.table.page,
        box=first.table.box,
        samples=tuple(row for row in rows if row.table in numbers)[:_SAMPLES],
        confirmed=confirmed,
    )


def _column(
    column: Column, cells: Sequence[str], explained: frozenset[str], vocabulary: Vocabulary
) -> LayoutColumn:
    evidence: list[Evidence] = []
    found = vocabulary.match(column.header) if column.header.strip() else None
    if column.score and not column.inferred:
        own = found is None or found.kind == column.kind
        word: Evidence = "word" if column.score == _WHOLE_WORD else "part"
        evidence.append(word if own else "position")
    elif column.kind in FIGURES and not column.inferred:
        evidence.append("position")
    if column.kind == "status" and _is_explained(cells, explained):
        evidence.append("legend")
    fits = fit(column.kind, cells, vocabulary)
    if fits:
        evidence.append("content")
    doubt = ""
    if fits is False:
        doubt = NOT_SUCH_CELLS
    elif evidence == ["content"] and column.kind in ROLES:
        doubt = BY_CONTENT
    elif evidence == ["part"] and column.kind in FIGURES:
        doubt = PART_OF_WORD
    return LayoutColumn(
        header=column.header, kind=column.kind, evidence=tuple(evidence), doubt=doubt
    )


def _is_explained(cells: Sequence[str], explained: frozenset[str]) -> bool:
    known = sum(match_key(text) in explained for text in cells)
    return bool(cells) and 5 * known >= 4 * len(cells)


def fit(kind: Kind, cells: Sequence[str], vocabulary: Vocabulary) -> bool | None:
    """Whether cells are such as a role has; ``None`` where they do not tell."""
    if not cells or kind not in _FITS:
        return None
    return _FITS[kind](cells, vocabulary)


def _fits_status(cells: Sequence[str], _: Vocabulary) -> bool:
    long = sum(len(label(text)) > _LONG for text in cells)
    few = len({match_key(text) for text in cells}) <= _FEW_WORDS
    return few and 2 * long <= len(cells) and 2 * sum(map(is_number, cells)) <= len(cells)


def _fits_rate(cells: Sequence[str], vocabulary: Vocabulary) -> bool | None:
    telling = _telling(cells, vocabulary)
    return 2 * len(telling) <= len(cells) if len(telling) < len(cells) else False


def _fits_value(cells: Sequence[str], vocabulary: Vocabulary) -> bool | None:
    """Figures fit; words may be a target (全員取得); sentences are none."""
    if 2 * sum(map(_has_digit, cells)) > len(cells):
        return True
    long = sum(len(label(text)) > _LONG for text in _telling(cells, vocabulary))
    return False if 2 * long > len(cells) else None


def _fits_year(cells: Sequence[str], _: Vocabulary) -> bool | None:
    return 2 * sum(bool(find_years(text)) for text in cells) >= len(cells) or None


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
}


def _telling(cells: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The cells of words: without digits, and more than a mark or a dash."""
    return [text for text in cells if not _has_digit(text) and not vocabulary.is_mark(text)]


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, match_key(text)))


def told(layouts: Iterable[Layout]) -> list[Remark]:
    """A remark for each layout of which a column is in doubt, with rows as they would come.

    A column that its heading does not tell and yet is certain is told as well, but is no doubt.
    """
    remarks: list[Remark] = []
    for layout in layouts:
        remarks.extend([_doubt(layout)] if layout.doubts else _by_content(layout))
    return remarks


def _by_content(layout: Layout) -> list[Remark]:
    return [
        Remark(
            rule="vocabulary.header-by-content",
            subject=column.header.replace("\n", " "),
            page=layout.page,
            box=layout.box,
            printed=column.header,
            parameters={"kind": column.kind},
        )
        for column in layout.columns
        if column.header.strip()
        and column.kind in ROLES
        and not {"word", "part", "position"} & set(column.evidence)
    ]


def _doubt(layout: Layout) -> Remark:
    return Remark(
        rule="layout.columns",
        subject=label(" | ".join(label(column.header) for column in layout.columns)),
        page=layout.page,
        box=layout.box,
        parameters={
            "key": layout.key,
            "tables": str(len(layout.tables)),
            "columns": "\t".join(
                part
                for column in layout.doubts
                for part in (f"「{label(column.header)}」 →", ROLES[column.kind], ":", column.doubt)
            ),
            "rows": "\t/\t".join(map(_sample, layout.samples)),
        },
    )


def _sample(row: IndicatorRow) -> str:
    """A row as it would be released: what is empty or has no role is left out."""
    return "\t,\t".join(
        f"{ROLES[entry.kind]}\t「{label(entry.printed.text)}」"
        for entry in row.entries
        if entry.kind in ROLES and entry.printed.text.strip()
    )
