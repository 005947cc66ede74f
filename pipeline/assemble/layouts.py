"""Whether the columns of the indicator tables were surely read as what they are.

Every role needs evidence from two sides: the heading's word and cells such as that role has.  What
only one side says, or what the cells gainsay, is a doubt of the layout: told once for all tables
with the same headings, with two rows as they would be released.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.assemble.captions import Above
from pipeline.assemble.columns import (
    FIGURES,
    VALUES,
    Column,
    Header,
    is_banner,
    over_name_and_figures,
    side_by_side,
)
from pipeline.assemble.cut_rows import is_numbered
from pipeline.assemble.doubted_years import (
    SOME_YEAR,
    after_targets,
    before_targets,
    beside_a_year,
    lacking_a_year,
)
from pipeline.assemble.fitting import fit
from pipeline.assemble.logical_tables import Row, column_texts
from pipeline.assemble.read_tables import Read, is_valued, roles_of_rows
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary, is_measure
from pipeline.japanese.eras import header_years, without_years
from pipeline.japanese.text import label, match_key
from pipeline.messages import N_
from pipeline.model import Evidence, IndicatorRow, Kind, Layout, LayoutColumn, LegendRow, Remark
from pipeline.settings.assemble import AssembleSettings
from pipeline.settings.decisions import ROLES, Decision

_SAMPLES = 2
"""Rows shown with a doubt about a layout."""
_YEAR_ENDS = (None, 3, 12)
_OF_COLUMNS: frozenset[Kind] = FIGURES | {"note", "definition", "department"}
"""Roles of columns of their own; words for a unit or a year may stand beside any of them."""
_BRACKETS = ("(", "（", "[", "［", "〔")
_AND = " / "
_SEVERAL = 2

BY_CONTENT = N_("only what the column holds speaks for it, not its heading")
NOT_SUCH_CELLS = N_("the cells are not such as this role has")
PART_OF_WORD = N_("the heading is only near to a known word, and the cells do not bear it out")

SAME_NAME = N_("the same line stands above several tables")
PART_OF_TEXT = N_("the line above the table may be the end of a longer text")
BLANK = N_("some of its cells are empty: which rows its texts are for is not certain")
PARTED = N_("its texts may be parts of merged cells: which rows they are for is not certain")
YEAR_BESIDE = N_("the year above the column beside it may be meant for it as well")
AFTER_TARGET = N_("only a year stands above it, after that of the target: it may be another target")
BEFORE_TARGET = N_(
    "only a year stands above it, and a word above another actual: it may be the baseline"
)
YEAR_LACKS = N_("no year stands above it, but above the others that are headed alike")
TWO_ROLES = N_("words for two roles stand above it: one may be meant for the column beside it")
ALIKE = N_("another column has the same role and year")
NO_HEADING = N_("no heading stands above it: an earlier one of as many columns was taken")
NO_WORD = N_("no heading stands above its figures, which may be a baseline, target or actual")
_CODES = {
    BY_CONTENT: "by-content",
    NOT_SUCH_CELLS: "other-cells",
    PART_OF_WORD: "near-word",
    SAME_NAME: "same-name",
    PART_OF_TEXT: "part-of-text",
    BLANK: "blank",
    PARTED: "parted",
    YEAR_BESIDE: "year-beside",
    AFTER_TARGET: "after-target",
    BEFORE_TARGET: "before-target",
    YEAR_LACKS: "year-lacks",
    TWO_ROLES: "two-roles",
    ALIKE: "alike",
    NO_HEADING: "no-heading",
    NO_WORD: "no-word",
}
"""How a decision names the doubts that it settled."""

_OF_PLACES: frozenset[Kind] = frozenset({"goal", "policy"})
"""Roles of columns whose cells are merged over rows."""
_SHOWN: frozenset[Kind] = frozenset(
    {
        "name",
        "unit",
        "baseline",
        "target",
        "actual",
        "rate",
        "status",
        "direction",
        "year",
        "goal",
        "policy",
    }
)
"""The roles of which a row with a doubt is shown; and those that are in doubt."""


def find_layouts(
    understood: Sequence[Read],
    rows: Sequence[IndicatorRow],
    legend: Iterable[LegendRow],
    vocabulary: Vocabulary,
    settings: AssembleSettings,
    *,
    captions: Mapping[int, Above],
) -> tuple[Layout, ...]:
    """The layouts of the indicator tables in reading order, each with the evidence of all."""
    explained = frozenset(match_key(row.word.text) for row in legend)
    of_key: dict[str, list[tuple[Read, Header]]] = {}
    for one in understood:
        named = id(one) in captions
        if one.header is not None and (named or is_valued(one, vocabulary)):
            of_key.setdefault(layout_key(one.header), []).append((one, one.header))
    found: list[Layout] = []
    for key, tables in of_key.items():
        above = [captions[id(read)] for read, _ in tables if id(read) in captions]
        columns = [*_named_above(above), *_columns(tables, explained, vocabulary)]
        first, numbers = tables[0][0].table, [read.table.number for read, _ in tables]
        layout = Layout(
            key=key,
            columns=tuple(columns),
            tables=tuple(numbers),
            page=first.page,
            box=first.box,
            samples=tuple(row for row in rows if row.table in numbers)[:_SAMPLES],
        )
        confirmed = (
            key in settings.confirmed_layouts
            or all(header.given for _, header in tables)
            or any(_confirms(one, layout) for one in settings.decisions)
        )
        found.append(replace(layout, confirmed=confirmed))
    return tuple(found)


def _confirms(one: Decision, layout: Layout) -> bool:
    """Whether a decision confirms a layout: made for its key, and for each of its doubts.

    Which rows a text stands for is another question in each edition.
    """
    if one.action != "layout" or one.layout != layout.key:
        return False
    if one.carried and any(column.doubt == BLANK for column in layout.columns):
        return False
    return not one.expect or set(_doubts_of(layout)) <= set(one.expect.split(_AND))


def _doubts_of(layout: Layout) -> list[str]:
    return [f"{_CODES[one.doubt]}:{match_key(without_years(one.header))}" for one in layout.doubts]


def _named_above(above: Sequence[Above]) -> list[LayoutColumn]:
    """What the lines above tables are that name them: names, since no two are the same."""
    names = [match_key(one.name.text) for one in above if one.name is not None]
    if not names:
        return []
    whole = all(one.certain for one in above)
    evidence: tuple[Evidence, ...] = ("position",)
    if len(set(names)) == len(names):
        evidence = ("position", "content") if whole else evidence
        return [
            LayoutColumn(
                header="", kind="name", evidence=evidence, doubt="" if whole else PART_OF_TEXT
            )
        ]
    return [LayoutColumn(header="", kind="name", evidence=evidence, doubt=SAME_NAME)]


def layout_key(header: Header) -> str:
    """What stays the same from year to year: headings without years, and the roles.

    Tables that only took theirs from an earlier one are another layout.
    """
    parts = [f"{match_key(without_years(one.header))}\t{one.kind}" for one in header.columns]
    parts += ["inherited"] if header.inherited else []
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _columns(
    tables: Sequence[tuple[Read, Header]], explained: frozenset[str], vocabulary: Vocabulary
) -> list[LayoutColumn]:
    first, header = tables[0]
    labels = roles_of_rows(first, vocabulary)
    doubts: dict[int, str] = {}
    if labels is None:
        doubts.update(_of_merged(tables))
        for one, own in tables:  # alike but for the years that stand over them
            doubts.update(dict.fromkeys(after_targets(own.columns), AFTER_TARGET))
            doubts.update(dict.fromkeys(before_targets(own.columns), BEFORE_TARGET))
            doubts.update(dict.fromkeys(lacking_a_year(own.columns), YEAR_LACKS))
            if one.table.method != "ruled":
                doubts.update(dict.fromkeys(beside_a_year(own.columns), YEAR_BESIDE))
                doubts.update(dict.fromkeys(_of_two_roles(own.columns, vocabulary), TWO_ROLES))
            for part in side_by_side(own.columns):
                alike = _alike(own.columns[part.start : part.stop], vocabulary)
                doubts.update(dict.fromkeys((part.start + at for at in alike), ALIKE))
        doubts.update(dict.fromkeys(_of_two_judges(tables, vocabulary), ALIKE))
    if header.inherited:
        doubts.update(
            (index, NO_HEADING) for index, one in enumerate(header.columns) if one.kind == "name"
        )
    if labels is None:
        doubts.update(dict.fromkeys(_without_words(tables), NO_WORD))
    columns = []
    for index, column in enumerate(header.columns):
        cells = [
            cell.text.strip()
            for read, _ in tables
            for row in read.body
            if not is_banner(row)
            and (cell := row[index]) is not None
            and cell.text.strip()
            and over_name_and_figures(row, header) is None
        ]
        if index == labels:
            columns.append(LayoutColumn(header=column.header, kind="unknown"))
        else:
            assessed = _column(column, cells, explained, vocabulary)
            columns.append(replace(assessed, doubt=doubts.get(index, assessed.doubt)))
    return columns


def _column(
    column: Column, cells: Sequence[str], explained: frozenset[str], vocabulary: Vocabulary
) -> LayoutColumn:
    evidence: list[Evidence] = []
    found = vocabulary.match(column.header) if column.header.strip() else None
    if column.score and not column.inferred:
        own = found is None or found.kind == column.kind
        word: Evidence = "word" if column.score == CERTAIN else "part"
        evidence.append(word if own else "position")
    elif column.parts_names or (column.kind in FIGURES and not column.inferred):
        evidence.append("position")
    proved = column.kind == "status" and _is_explained(cells, explained)
    if proved:
        evidence.append("legend")
        cells = [text for text in cells if match_key(text) not in explained]
    fits = (proved and not cells) or fit(column.kind, cells, vocabulary)
    if fits:
        evidence.append("content")
    doubt = ""
    if fits is False:
        doubt = NOT_SUCH_CELLS
    elif evidence == ["content"]:
        doubt = BY_CONTENT
    elif evidence == ["part"] and column.kind in FIGURES:
        doubt = PART_OF_WORD
    return LayoutColumn(
        header=column.header, kind=column.kind, evidence=tuple(evidence), doubt=doubt
    )


def _alike(columns: Sequence[Column], vocabulary: Vocabulary) -> frozenset[int]:
    """The columns of figures that nothing tells apart: one role, one year, no word for a part.

    The day of a figure within the year (9月30日現在), 次年度 and 前年度 are such words, too.
    """
    years = header_years([column.header for column in columns], SOME_YEAR)
    seen: dict[tuple[Kind, int | None, int, str, int | None], list[int]] = {}
    for index, column in enumerate(columns):
        if column.kind in VALUES:
            part = vocabulary.part_in(column.header)
            last = years[index][-1] if years[index] else None
            year, month = (last.fiscal_year, last.month) if last else (None, None)
            within = month if month not in _YEAR_ENDS else None
            away = 0 if last else vocabulary.years_from_reported(_bare(column))
            seen.setdefault((column.kind, year, away, part, within), []).append(index)
    return frozenset(index for found in seen.values() if len(found) > 1 for index in found)


def _of_two_judges(tables: Sequence[tuple[Read, Header]], vocabulary: Vocabulary) -> Iterator[int]:
    """The columns of statuses of one year that judge rows otherwise: 担当課評価 | 委員会評価.

    Where a status of the one always stands beside the same one of the other (A | 順調), they say
    the same.
    """
    columns = tables[0][1].columns
    years = header_years([column.header for column in columns], SOME_YEAR)
    for part in side_by_side(columns):
        judged = [
            at
            for at in range(part.start, part.stop)
            if columns[at].kind == "status"
            and not years[at]
            and not vocabulary.years_from_reported(_bare(columns[at]))
        ]
        for first, second in pairwise(judged):
            pairs = {
                (match_key(one.text), match_key(other.text))
                for read, _ in tables
                for row in read.body
                if not is_banner(row) and (one := row[first]) and (other := row[second])
            }
            if _contradict({pair for pair in pairs if all(pair)}):
                yield from (first, second)


def _contradict(pairs: Collection[tuple[str, str]]) -> bool:
    """Whether statuses side by side say different things: in one scale, or without any order."""
    ones, others = {one for one, _ in pairs}, {other for _, other in pairs}
    if ones & others:
        return any(one != other for one, other in pairs)
    return len(ones) < len(pairs) > len(others)


def _without_words(tables: Sequence[tuple[Read, Header]]) -> Iterator[int]:
    """The columns right of the names that hold figures under an empty heading, if a role lacks.

    They most likely hold the baseline, the target or the actual that no heading tells; so do those
    between two columns of such values, whatever else the table has.
    """
    header = tables[0][1]
    kinds = [column.kind for column in header.columns]
    if "name" not in kinds:
        return
    for index, column in enumerate(header.columns):
        between = 0 < index < len(kinds) - 1 and {kinds[index - 1], kinds[index + 1]} <= VALUES
        open_role = index > kinds.index("name") and not set(kinds) >= VALUES
        if column.kind == "unknown" and not column.header.strip() and (between or open_role):
            cells = [text for one, _ in tables for text in column_texts(one.body, index)]
            if len(cells) >= _SEVERAL and all(map(is_measure, cells)):
                yield index


def _bare(column: Column) -> str:
    return match_key(without_years(column.header))


def _of_merged(tables: Sequence[tuple[Read, Header]]) -> Iterator[tuple[int, str]]:
    """The columns of goals or policies whose texts may be for other rows, and why.

    A cell merged over rows holds its text for all of them; where nothing shows that it is merged,
    its text may stand beside the middle one of its rows.  Of a text of several lines each row may
    have got some then: only the first begins with its number.
    """
    for index, column in enumerate(tables[0][1].columns):
        for read, header in tables:
            rows = [row for row in read.body if not is_banner(row) and _is_named(row, header)]
            texts = [cell.text.strip() if cell else "" for cell in (row[index] for row in rows)]
            numbered = {text[0].isdigit() or is_numbered(text) for text in texts if text}
            parted = len(numbered) > 1 and read.table.method != "ruled"
            parted = parted or _are_over_both(rows, index, header)
            if column.kind in _OF_PLACES and (parted or not all(texts)):
                yield index, PARTED if all(texts) else BLANK
                break


def _are_over_both(rows: Sequence[Row], index: int, header: Header) -> bool:
    """Whether some cells of a column of places are over another one as well, and others are not.

    At a page edge, where no rule ends them, a goal and its policy may stand in one such cell.
    """
    wide = [
        cell.first < cell.last
        and {header.columns[at].kind for at in range(cell.first, cell.last + 1)} <= _OF_PLACES
        for row in rows
        if (cell := row[index]) is not None
    ]
    return any(wide) and not all(wide)


def _is_named(row: Row, header: Header) -> bool:
    return any(
        column.kind == "name" and cell is not None and cell.text.strip()
        for cell, column in zip(row, header.columns, strict=True)
    )


def _of_two_roles(columns: Sequence[Column], vocabulary: Vocabulary) -> Iterator[int]:
    """The columns over which words for two roles stand that may be those of two columns.

    Without rules the heading of the column beside it may have been read with its own: on another
    line, or after a blank (評定 特記事項, where no remark stands).  Not where all of it is one word
    that wraps (達成度／評価).  A word for figures over a column of names is always one of two.
    """
    for index, column in enumerate(columns):
        whole = vocabulary.match(column.header)
        if whole is not None and whole.score == CERTAIN:
            continue
        lines = column.header.split("\n")
        above = column.kind in FIGURES and len(_roles(lines, vocabulary) & FIGURES) > 1
        beside = [_roles(line.split(), vocabulary) & _OF_COLUMNS for line in lines]
        named = column.kind == "name" and bool(_roles(column.header.split(), vocabulary) & FIGURES)
        if above or named or any(len(roles) > 1 and roles & FIGURES for roles in beside):
            yield index


def _roles(words: Iterable[str], vocabulary: Vocabulary) -> set[Kind]:
    """The roles that some words of a heading are known for."""
    found = [vocabulary.match(word) for word in words if not word.startswith(_BRACKETS)]
    return {one.kind for one in found if one is not None and one.score == CERTAIN}


def _is_explained(cells: Sequence[str], explained: frozenset[str]) -> bool:
    """Whether the legend explains most of the cells; a dash says that there is no status."""
    words = [key for text in cells if (key := match_key(text)) and (key in explained or key != "-")]
    known = sum(key in explained for key in words)
    return bool(words) and 5 * known >= 4 * len(words)


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
        and column.kind in _SHOWN
        and not {"word", "part", "position"} & set(column.evidence)
    ]


def _doubt(layout: Layout) -> Remark:
    kinds = _SHOWN | {column.kind for column in layout.doubts}
    return Remark(
        rule="layout.columns",
        subject=label(" | ".join(label(column.header) for column in layout.columns)),
        page=layout.page,
        box=layout.box,
        parameters={
            "key": layout.key,
            "doubts": _AND.join(dict.fromkeys(_doubts_of(layout))),
            "tables": str(len(layout.tables)),
            "columns": "\t".join(
                part
                for column in layout.doubts
                for part in (f"「{label(column.header)}」 →", ROLES[column.kind], ":", column.doubt)
            ),
            "rows": "\t/\t".join(_sample(row, kinds) for row in layout.samples),
        },
    )


def _sample(row: IndicatorRow, kinds: frozenset[Kind]) -> str:
    """A row as it would be released, of the ``kinds`` that count; what is empty is left out."""
    return "\t,\t".join(
        f"{ROLES[entry.kind]}\t「{label(entry.printed.text)}」"
        for entry in row.entries
        if entry.kind in kinds and entry.printed.text.strip()
    )
