"""Turned tables: years stand as columns, and 目標/実績/達成率 as rows.

Two forms are in use: one small table per indicator, its name above it, and one table with a
block of rows per indicator whose name (and unit) are merged down the block.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from pipeline.assemble.columns import VALUES, Column, Header, is_dash, stacked, unknown_headings
from pipeline.assemble.logical_tables import Logical, Placed, Row
from pipeline.assemble.vocabulary import Vocabulary, is_measure, is_year_only
from pipeline.japanese.eras import find_years
from pipeline.japanese.text import label, match_key
from pipeline.model import Entry, Kind, Remark, Spot

_ROW_KINDS: frozenset[Kind] = VALUES | {"rate", "status"}
_COMMON: frozenset[Kind] = frozenset(
    {"name", "unit", "direction", "definition", "note", "department", "number", "goal", "policy"}
)

_WORDS = frozenset({"年", "年度"})


@dataclass(frozen=True)
class Block:
    """One indicator of a turned table: the index of its first row and its entries."""

    row: int
    entries: tuple[Entry, ...]


def _row_kind(cell: Placed | None, vocabulary: Vocabulary) -> Kind | None:
    found = vocabulary.match(cell.text) if cell is not None and cell.text.strip() else None
    return found.kind if found and found.kind in _ROW_KINDS else None


def _is_year(heading: str) -> bool:
    """Whether a heading is a year; the mere word 年度 stands over the column at its left."""
    return is_year_only(heading) and match_key(heading) not in _WORDS


def _is_year_of_actuals(column: Column) -> bool:
    """Whether a heading is a year over a word for actuals: R6 / 実績."""
    return column.kind == "actual" and _is_year(column.header.partition("\n")[0])


def role_column(header: Header, body: Sequence[Row], vocabulary: Vocabulary) -> int | None:
    """The column whose cells say what each row is (目標, 実績, 達成率), if there is one."""
    years = [
        index
        for index, column in enumerate(header.columns)
        if _is_year(column.header) or _is_year_of_actuals(column)
    ]
    if not years:
        return None
    for index in range(min(years)):
        kinds = [_row_kind(row[index], vocabulary) for row in body]
        known = {kind for kind in kinds if kind}
        if len(known) >= 2 and sum(kind is not None for kind in kinds) * 3 >= 2 * len(kinds):
            return index
    return None


def unnamed_cells(
    body: Sequence[Row], roles: int, words: Vocabulary
) -> list[tuple[Placed, list[str]]]:
    """The words that say of filled rows what no vocabulary knows, each with its row's texts."""
    found: list[tuple[Placed, list[str]]] = []
    for row in body:
        cell = row[roles]
        if cell is None or not cell.text.strip() or words.match(cell.text) is not None:
            continue
        beside = [one.text.strip() for one in row[roles + 1 :] if one and one.text.strip()]
        if beside:
            found.append((cell, beside))
    return found


def unknown_rows(body: Sequence[Row], roles: int, words: Vocabulary) -> list[Remark]:
    """A remark for each word, once, that says of filled rows what no vocabulary knows."""
    found: dict[str, Placed] = {}
    for cell, _ in unnamed_cells(body, roles, words):
        found.setdefault(match_key(cell.text), cell)
    return [
        Remark(
            rule="vocabulary.unknown-header",
            subject=cell.text.replace("\n", " "),
            page=cell.printed.page,
            box=cell.printed.box,
            printed=cell.text,
        )
        for cell in found.values()
    ]


def wordless_rows(header: Header, body: Sequence[Row], roles: int) -> list[Remark]:
    """A doubt for each row whose cell for what it is holds no word, with texts under years."""
    remarks = []
    for above, row in zip((None, *body), body, strict=False):
        role = row[roles]
        if role is None or role.text.strip():
            continue
        filled = [
            cell
            for at, cell in enumerate(row)
            if at > roles
            and cell is not None
            and (above is None or cell is not above[at])
            and _is_year(header.columns[at].header)
            and label(cell.text)
            and not is_dash(cell.text)
        ]
        if filled:
            first = filled[0].printed
            told = " | ".join(cell.text for cell in filled)
            remarks.append(
                Remark(
                    rule="structure.row-without-name",
                    page=first.page,
                    box=first.box,
                    printed=label(told),
                )
            )
    return remarks


def unknown_columns(
    table: Logical, header: Header, body: Sequence[Row], roles: int, words: Vocabulary
) -> list[Remark]:
    """A doubt for each heading that is neither a year nor known, over figures of known rows.

    Such a column holds values that no year column holds (the one before the plan, the last aim).
    """
    rows = [row for row in body if _row_kind(row[roles], words) in VALUES]
    headings = {
        column.header
        for index, column in enumerate(header.columns)
        if index > roles
        and not is_year_only(column.header)
        and any((cell := row[index]) is not None and is_measure(cell.text) for row in rows)
    }
    return [
        replace(remark, rule="vocabulary.unknown-figures-header")
        for remark in unknown_headings(table, header)
        if remark.printed in headings
    ]


def years_read_as_one(table: Logical, header: Header, roles: int) -> list[Remark]:
    """A doubt about a table, on each page, if one heading bears two years: two columns were joined.

    平成22年度 平成23年度 are two; 平成21年度(2009年度) is one.
    """
    for column in header.columns[roles + 1 :]:
        dated = [part for part in column.header.split() if _is_year(part)]
        years = {year.fiscal_year for part in dated for year in find_years(part)[:1]}
        if len(years) > 1:
            return [
                Remark(
                    rule="reading.columns-not-separated",
                    subject=label(column.header),
                    page=piece.page,
                    box=piece.box,
                    printed=column.header,
                )
                for piece in table.pieces
            ]
    return []


def are_apart(header: Header, above: Row, below: Row, vocabulary: Vocabulary) -> bool:
    """Whether two rows of a turned table are told apart by their words.

    The lower one says what it is (評価) in however few cells; the upper one has its own word.
    """
    years = [index for index, column in enumerate(header.columns) if is_year_only(column.header)]
    for index in range(min(years, default=0)):
        upper, lower = above[index], below[index]
        if upper is not None and upper.text.strip() and _row_kind(lower, vocabulary) is not None:
            return True
    return False


def says_so(header: Header, body: Sequence[Row], roles: int, vocabulary: Vocabulary) -> bool:
    """Whether words say that a turned table is one of indicators.

    Its rows are targets by a word that is not in common use (計画 is), or figures with a row of
    statuses below them (計画, 実績, 達成状況; 計画, 実績, 達成率, 評価) or a column of statuses or
    the baseline beside, or its heading names indicators.
    """
    found = [
        vocabulary.match(cell.text)
        for row in body
        if (cell := row[roles]) is not None and cell.text.strip()
    ]
    own = {match.kind for match in found if match is not None and not match.common}
    kinds = {match.kind for match in found if match is not None}
    judged = "status" in own and bool({"target", "actual"} & kinds)
    beside = header.told("common", "own") & {"status", "baseline"}
    judged = judged or bool({"target", "actual"} <= kinds and beside)
    judged = judged or ("rate" in own and {"target", "actual", "status"} <= kinds)
    return "target" in own or judged or "name" in header.told("own")


def name_column(header: Header, roles: int) -> int | None:
    """The column that names the indicators, left of the one that says what each row is."""
    names = [index for index, column in enumerate(header.columns) if column.kind == "name"]
    own = next((index for index in names if index < roles), None)
    if own is None and roles > 0 and not is_year_only(header.columns[roles - 1].header):
        return roles - 1
    return own


def blocks(
    header: Header,
    body: Sequence[Row],
    roles: int,
    vocabulary: Vocabulary,
    above: Sequence[Entry],
    *,
    ruled: bool = True,
) -> list[Block]:
    """The indicators of a turned table.

    ``above``: the name and unit that stand over the table, used where it has none of its own.
    Where the rows are not ``ruled``, the lines of a name stand beside the rows of its figures.
    """
    found: list[Block] = []
    names = name_column(header, roles)
    groups: list[list[int]] = []
    for index, row in enumerate(body):
        last = [body[at] for at in groups[-1]] if groups else []
        rest = not ruled and _is_rest(last, row, roles, vocabulary)
        unnamed = _begins_again(last, row, names, roles, vocabulary)
        if groups and not unnamed and (rest or _same_block(last[0], row, names)):
            groups[-1].append(index)
        else:
            groups.append([index])
    for group in groups:
        rows = [body[index] for index in group]
        if not ruled:
            rows = _with_whole_cells(rows, roles)
        over = above if names is not None or not group[0] else ()
        entries = (
            *_common(header, rows[0], roles, names, over),
            *_of_block(header, rows, roles),
            *_values_of(header, rows, roles, vocabulary),
            *_years(header, rows[0]),
        )
        named = any(entry.kind == "name" for entry in entries)
        if named or group[0] > 0:
            found.append(Block(row=group[0], entries=entries))
    return found


def _begins_again(
    block: Sequence[Row], row: Row, names: int | None, roles: int, vocabulary: Vocabulary
) -> bool:
    """Whether a row without a name is what the block above begins with, again.

    A page edge may cut the name away, which stands in the middle of its rows, or the table below
    was taken for the rest of this one.
    """
    if len(block) < 2:
        return False
    if names is not None and ((cell := row[names]) is None or cell.text.strip()):
        return False
    kind = _row_kind(row[roles], vocabulary)
    kinds = [_row_kind(one[roles], vocabulary) for one in block]
    known = [one for one in kinds if one is not None]
    return kind is not None and kind == kinds[0] and len(set(known)) == len(known) > 1


def _is_rest(block: Sequence[Row], row: Row, roles: int, vocabulary: Vocabulary) -> bool:
    """Whether a row is the actuals (or another kind) that the block above lacks."""
    kind = _row_kind(row[roles], vocabulary)
    kinds = [_row_kind(one[roles], vocabulary) for one in block]
    return kind is not None and kinds[:1] == ["target"] and kind not in kinds


def _with_whole_cells(rows: Sequence[Row], roles: int) -> list[Row]:
    """The rows of a block, the lines of each cell left of what the rows are in its first row."""
    whole = list(rows[0])
    for index in range(roles):
        lines = [cell for row in rows if (cell := row[index]) is not None and cell.text.strip()]
        lines = list({id(cell): cell for cell in lines}.values())
        if len(lines) > 1:
            first = lines[0].printed
            places = tuple(Spot(page=one.printed.page, box=one.printed.box) for one in lines[1:])
            text = "\n".join(cell.text for cell in lines)
            joined = replace(first, text=text, second=None, continued=(*first.continued, *places))
            whole[index] = dataclasses.replace(lines[0], printed=joined)
    return [tuple(whole), *((*(None,) * roles, *row[roles:]) for row in rows[1:])]


def _same_block(first: Row, row: Row, names: int | None) -> bool:
    if names is None:
        return True
    above, here = first[names], row[names]
    if here is None or not here.text.strip() or here is above:
        return True
    return above is not None and match_key(above.text) == match_key(here.text)


def _common(
    header: Header, row: Row, roles: int, names: int | None, above: Sequence[Entry]
) -> list[Entry]:
    entries: list[Entry] = []
    seen: set[int] = set()
    for index, (cell, column) in enumerate(zip(row, header.columns, strict=True)):
        if index == roles or cell is None or id(cell) in seen:
            continue
        seen.add(id(cell))
        kind: Kind = "name" if index == names else column.kind
        if kind in _COMMON and not is_year_only(column.header):
            entries.append(Entry(kind=kind, header=column.header, printed=cell.printed))
    own = {entry.kind for entry in entries}
    return [*(entry for entry in above if entry.kind not in own), *entries]


def _of_block(header: Header, rows: Sequence[Row], roles: int) -> list[Entry]:
    """What stands once for a block beside its years: the baseline left of them, its status.

    The cell is merged down the rows, or filled in one of them.
    """
    entries: list[Entry] = []
    for index, column in enumerate(header.columns):
        before = index < roles and column.kind in VALUES
        if is_year_only(column.header) or not (before or column.kind == "status"):
            continue
        cells = {id(cell): cell for row in rows if (cell := row[index]) is not None}
        entries.extend(
            Entry(kind=column.kind, header=column.header, printed=cell.printed)
            for cell in cells.values()
            if cell.text.strip()
        )
    return entries


def _values_of(
    header: Header, rows: Sequence[Row], roles: int, vocabulary: Vocabulary
) -> list[Entry]:
    """The values of a block; a last target merged down its rows stands once.

    A dash beside it (before the plan there is no target) is no value of it.
    """
    found = [one for row in rows for one in _values(header, row, roles, vocabulary)]
    told = {entry.kind for entry, cell, of_column in found if of_column and not is_dash(cell.text)}
    entries: list[Entry] = []
    seen: set[int] = set()
    for entry, cell, of_column in found:
        again = id(cell) in seen or (is_dash(cell.text) and entry.kind in told)
        if not (of_column and again):
            entries.append(entry)
        seen.add(id(cell))
    return entries


def _years(header: Header, row: Row) -> list[Entry]:
    """The cells of a column that tells the year of the last target."""
    return [
        Entry(kind="year", header=column.header, printed=cell.printed)
        for cell, column in zip(row, header.columns, strict=True)
        if column.kind == "year" and cell is not None and not is_year_only(column.header)
    ]


def _values(
    header: Header, row: Row, roles: int, vocabulary: Vocabulary
) -> list[tuple[Entry, Placed, bool]]:
    """The cells of one row under year columns: the row says the kind, the column the year.

    A column that is itself a baseline (現状値 H25) keeps that role; so does a last target: the
    third part tells that the role is the column's.
    """
    kind = _row_kind(row[roles], vocabulary)
    word = row[roles]
    if kind is None or word is None:
        return []
    entries: list[tuple[Entry, Placed, bool]] = []
    if kind == "status" and (whole := _merged(header, row, roles)) is not None:
        return [(Entry(kind=kind, header=word.text, printed=whole.printed), whole, False)]
    for index, column in enumerate(header.columns):
        cell = row[index]
        year = is_year_only(column.header) or column.kind in VALUES
        if index <= roles or cell is None or not year or not cell.text.strip():
            continue
        found = vocabulary.match(column.header)
        own: Kind | None = None
        for role in (found.kind if found else None, column.kind):
            if own is None and role in {"baseline", "target"} and kind in VALUES:
                own = role
        heading = stacked((column.header, word.text))
        entry = Entry(kind=own or kind, header=heading, printed=cell.printed)
        entries.append((entry, cell, own is not None))
    return entries


def _merged(header: Header, row: Row, roles: int) -> Placed | None:
    """The one cell of a row over several years: a status of the indicator, of no single year."""
    years = [at for at, column in enumerate(header.columns) if at > roles and column.header.strip()]
    cells = {id(cell): cell for at in years if (cell := row[at]) is not None}
    return next(iter(cells.values())) if len(years) > 1 and len(cells) == 1 else None
