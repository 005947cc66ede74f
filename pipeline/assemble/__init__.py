"""Stage 2: tables and lines → the plan as printed (tree, rows, legend, claims)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.assemble.alike_headings import with_alike_roles
from pipeline.assemble.captions import find_captions, find_units, is_example
from pipeline.assemble.cards import cards_of, is_begun
from pipeline.assemble.cell_doubts import of_known_tables
from pipeline.assemble.claims import find_claims
from pipeline.assemble.collect import Collector, find_tree
from pipeline.assemble.columns import (
    FIGURES,
    Header,
    find_header,
    is_banner,
    is_like_banner,
    repeats_header,
)
from pipeline.assemble.cut_lines import with_cut_lines, with_rest_under_headings
from pipeline.assemble.cut_names import beyond_rows
from pipeline.assemble.cut_rows import (
    is_cut,
    is_last_line,
    is_rest_of_row,
    join_merged,
    join_rows,
)
from pipeline.assemble.decided import Rulings
from pipeline.assemble.figured_statuses import with_figured_rows, with_figured_statuses
from pipeline.assemble.fitting import go_on
from pipeline.assemble.formula_lines import with_formulas
from pipeline.assemble.headed_legends import with_legends_apart
from pipeline.assemble.highlights import find_highlights, with_fills
from pipeline.assemble.joint_sections import with_sections_apart
from pipeline.assemble.layouts import find_layouts, told
from pipeline.assemble.legend import find_legend
from pipeline.assemble.lines import (
    notes_of,
    title_of,
    without_entries,
    without_furniture,
    without_notes,
)
from pipeline.assemble.logical_tables import (
    Logical,
    Row,
    column_edges,
    column_index,
    continues,
    fit,
    open_sides,
    refit,
    rows_of,
    texts,
    with_open_cells,
)
from pipeline.assemble.mixed_names import mixed_names, names_between_rows
from pipeline.assemble.mixed_statuses import mixed_statuses
from pipeline.assemble.named_departments import without_departments
from pipeline.assemble.noted_statuses import (
    possible_noted,
    with_noted_statuses,
    with_statuses_behind_figures,
)
from pipeline.assemble.number_runs import left_out
from pipeline.assemble.numbered_names import without_numbers
from pipeline.assemble.other_words import with_doubted
from pipeline.assemble.own_places import by_numbers
from pipeline.assemble.page_columns import PageColumns
from pipeline.assemble.parted_texts import without_parted_texts
from pipeline.assemble.pieces import split_pieces
from pipeline.assemble.plan_tree import Spot, Tree
from pipeline.assemble.proved_headings import proved_headings, told_of, with_proved
from pipeline.assemble.read_tables import (
    Read,
    is_borne_out,
    is_valued,
    names_none,
    sheets_of,
)
from pipeline.assemble.record_sheets import form_entries
from pipeline.assemble.remarks import (
    beside_rows,
    headlines,
    leftovers_in_tables,
    not_understood,
    rows_outside,
    said_once,
    speaks,
    unruled,
    without_headings,
)
from pipeline.assemble.ticked_statuses import with_ticked_statuses
from pipeline.assemble.title_tables import title_headings
from pipeline.assemble.transposed import are_apart
from pipeline.assemble.turned_pages import TurnedPages
from pipeline.assemble.unread_columns import (
    empty_statuses,
    possible_statuses,
    read_by_legend,
    with_unread_figures,
    with_unread_statuses,
)
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary, is_measure, is_number, is_year_only
from pipeline.assemble.worded_rates import with_worded_rates, with_worded_rows
from pipeline.japanese.text import label
from pipeline.model import Assembled, Extracted, IndicatorRow, Join, Kind, Line, Remark, Table
from pipeline.settings.assemble import AssembleSettings, with_roles

__all__ = ["run"]

_OF_HEADINGS = frozenset({
    "vocabulary.unknown-figures-header", "vocabulary.unknown-status-header",
    "layout.columns", "layout.not-understood", "structure.value-table-not-understood",
    "vocabulary.unknown-header",
})  # fmt: skip
"""Remarks that a heading which nobody knows may raise."""
_OF_TABLES = frozenset({
    "layout.columns", "layout.not-understood", "reading.columns-not-separated",
    "reading.leftover-in-table", "reading.row-in-heading", "reading.row-outside-tables",
    "reading.table-without-headings", "structure.row-too-short", "structure.row-without-name",
})  # fmt: skip
"""Doubts about how tables without rules were parted, beside which nothing is proved."""
_REST_OF_HEADING = 4
"""Characters that a narrow heading may lose to the next page (年度)."""


def run(extracted: Extracted, settings: AssembleSettings) -> Assembled:
    """Read the plan out of what is on the paper.  Raises nothing: doubts become remarks."""
    pages = TurnedPages(extracted.document)
    if pages:
        decisions = pages.upright_decisions(settings.decisions)
        settings = msgspec.structs.replace(settings, decisions=decisions)
        return pages.as_displayed(_run(pages.upright(extracted), settings))
    return _run(extracted, settings)


def _run(extracted: Extracted, settings: AssembleSettings) -> Assembled:
    """:func:`run` for a document whose pages are upright."""
    settings = with_roles(settings)
    extracted = without_parted_texts(extracted)
    lines = without_furniture(extracted.lines, extracted.tables, extracted.document, settings)
    columns = PageColumns(extracted.tables, lines)
    if not columns:
        return _plan_of(extracted, lines, settings)
    decisions = columns.parted_decisions(settings.decisions)
    settings = msgspec.structs.replace(settings, decisions=decisions)
    parted = columns.parted(extracted)
    kept = {id(line) for line in lines}
    lines = [
        line for old, line in zip(extracted.lines, parted.lines, strict=True) if id(old) in kept
    ]
    return columns.whole(_plan_of(parted, lines, settings))


def _plan_of(extracted: Extracted, lines: Sequence[Line], settings: AssembleSettings) -> Assembled:
    """The plan; where headings are not known, once more with those that the document proves."""
    plan, read, understood = _plan_and_tables(extracted, lines, settings)
    if not any(remark.rule in _OF_HEADINGS for remark in plan.remarks):
        return plan
    proved = proved_headings(plan, read, understood, settings)
    if not proved:
        return plan
    other, _, tables = _plan_and_tables(extracted, lines, with_proved(settings, proved))
    unsure = any(one.table.method != "ruled" for one in tables)
    if unsure and any(remark.rule in _OF_TABLES for remark in other.remarks):
        return plan
    return msgspec.structs.replace(other, remarks=(*other.remarks, *told_of(proved)))


def _plan_and_tables(
    extracted: Extracted, lines: Sequence[Line], settings: AssembleSettings
) -> tuple[Assembled, list[Read], list[Read]]:
    """The plan, from all that is on the paper and the ``lines`` of it that carry meaning.

    With it all tables but examples, and those that hold its rows.
    """
    vocabulary = Vocabulary(settings)
    boxed, tables = split_pieces(extracted.tables, lines, vocabulary, settings)
    lines = sorted([*lines, *boxed], key=lambda line: (line.page, line.box[1], line.box[0]))
    rulings = Rulings(settings.decisions)
    tables, headed = with_legends_apart(tables, vocabulary, settings.legend)
    tables, lines, cut = with_cut_lines(tables, lines, vocabulary)
    read = _read(tables, lines, rulings, vocabulary, settings)
    captions = find_captions(read, lines, vocabulary, settings)
    valued = [
        one
        for one in read
        if id(one) in captions or is_valued(one, vocabulary) or sheets_of(one, vocabulary)
    ]
    others = [one for one in read if not any(one is other for other in valued)]
    titles = {id(one): title_headings(one, vocabulary, settings) for one in others}
    sheets = [heading for found in titles.values() for heading in found]
    projects = [one for one in others if one.header is not None and one.header.is_projects]
    tree = find_tree(
        valued,
        lines,
        extracted.lines,
        captions,
        settings,
        titles=sheets,
        projects=projects,
        others=others,
    )
    units = find_units(read, lines, settings)
    collector = Collector(tree, captions, units, vocabulary, settings)
    examples = {
        id(one)
        for before, one in zip([None, *read], read, strict=False)
        if is_example(one, before, lines, settings) or names_none(one, settings)
    }
    for one in read:
        if id(one) not in examples:
            collector.take(one)
    collector.keep(rulings.stays)
    misplaced = _settle_rows(collector, tree, lines, vocabulary, settings)
    collector.indicators = rulings.given(collector.indicators, extracted)
    used = {id(piece) for one in collector.understood for piece in one.table.pieces}
    rest = [table for table in tables if id(table) not in used]
    statuses = _statuses(collector.indicators)
    possible = (
        *statuses,
        *possible_statuses(collector.understood, collector.indicators, vocabulary),
        *(() if statuses else possible_noted(collector.indicators)),
    )
    legend = find_legend([*headed, *rest], lines, vocabulary, settings.legend, possible)
    collector.indicators = read_by_legend(
        collector.indicators, collector.understood, legend, vocabulary
    )
    statuses = _statuses(collector.indicators)
    if not statuses:
        collector.indicators = with_noted_statuses(
            with_statuses_behind_figures(collector.indicators, legend), legend, rest
        )
        statuses = _statuses(collector.indicators)
    claims = find_claims(
        rest,
        without_entries(lines, extracted.lines, settings),
        (*statuses, *(row.word.text for row in legend)),
        tree.at,
        places=(*tree.places(), *(row.place for row in collector.indicators)),
        names=_printed(collector.indicators, "name"),
        heads=_headings(collector.indicators, "status"),
        legend=legend,
        vocabulary=settings.legend,
    )
    claims = rulings.claims(claims)
    highlights = find_highlights(rest, lines, settings)
    spots = [
        *(row.word for row in legend),
        *(claim.printed for claim in claims),
        *(highlight.meaning for highlight in highlights),
    ]
    layouts = find_layouts(
        collector.understood,
        collector.indicators,
        legend,
        vocabulary,
        settings,
        captions=captions,
    )
    explained = {id(table) for table in rest if speaks(table, spots)}
    places = [row.place for row in collector.indicators]
    places += [row.place for row in collector.projects]
    placed = {title for place in places for title in (place.goal, place.policy)}
    titled = [one for one in others if any(found.title in placed for found in titles[id(one)])]
    explained |= {id(piece) for one in titled for piece in one.table.pieces}
    noticed = with_unread_statuses(
        said_once(collector.remarks),
        collector.understood,
        collector.indicators,
        legend,
        vocabulary,
        grades=(*settings.legend.words.letters, *settings.legend.words.marks),
    )
    noticed = with_unread_figures(noticed, collector.understood, collector.indicators, vocabulary)
    headings = [
        *(column.header for one in read if one.header for column in one.header.columns),
        *(cell.text for table in tables for cell in table.cells),  # heads of rows, of forms
    ]
    plan = Assembled(
        document=extracted.document,
        title=title_of(lines, extracted.document, settings),
        places=tree.places(),
        indicators=tuple(collector.indicators),
        projects=with_fills(collector.projects, collector.fills, highlights),
        legend=legend,
        claims=claims,
        highlights=highlights,
        notes=(*with_formulas(notes_of(lines, settings), lines), *collector.notes),
        joins=tuple(join for one in read for join in one.table.joins),
        layouts=layouts,
        remarks=(
            *of_known_tables((*extracted.remarks, *cut), collector.understood),
            *leftovers_in_tables(extracted, collector.understood),
            *beside_rows(lines, collector.understood),
            *beyond_rows(lines, collector.understood, vocabulary, settings),
            *mixed_names(lines, collector.understood),
            *names_between_rows(collector.understood, vocabulary),
            *mixed_statuses(collector.indicators, legend, settings.legend.words.plain),
            *noticed,
            *empty_statuses(collector.indicators),
            *left_out(collector.indicators),
            *told(layouts),
            *tree.remarks(_unplaced(collector.indicators)),
            *misplaced,
            *unruled(collector.understood),
            *rows_outside(extracted.lines, collector.understood, spots, vocabulary, settings),
            *without_headings(
                read,
                collector.understood,
                statuses,
                explained=[row.word.text for row in legend],
                holds_none=rulings.is_none,
            ),
            *not_understood(
                read,
                collector.understood,
                explained,
                examples,
                vocabulary,
                names=_printed(filter(_has_actual, collector.indicators), "name"),
                holds_none=rulings.is_none,
            ),
            *headlines(lines, captions, settings),
            *rulings.remarks(headings, layouts, collector.remarks),
        ),
    )
    return plan, [one for one in read if id(one) not in examples], collector.understood


def _read(
    tables: Sequence[Table],
    lines: Sequence[Line],
    rulings: Rulings,
    vocabulary: Vocabulary,
    settings: AssembleSettings,
) -> list[Read]:
    """All tables with the roles of their columns, as decided where something was decided."""
    logical = _logical_tables(tables, without_notes(lines, settings), vocabulary)
    cards = [card for one in logical for card in cards_of(one, vocabulary)]
    worded = with_worded_rates(
        with_figured_statuses(
            with_ticked_statuses(
                with_alike_roles(with_sections_apart(cards, lines, settings)),
                settings.legend.words.plain,
            ),
            vocabulary,
        ),
        settings.legend.words.all,
        vocabulary,
    )
    return with_doubted(rulings.tables(worded), vocabulary)


def _settle_rows(
    collector: Collector,
    tree: Tree,
    lines: Sequence[Line],
    vocabulary: Vocabulary,
    settings: AssembleSettings,
) -> list[Remark]:
    """Take from names what is none of theirs, and place rows by the numbers of their policies."""
    rows = with_worded_rows(collector.indicators, settings.legend.words.plain)
    rows = with_figured_rows(rows, vocabulary)
    rows = without_numbers(rows)
    collector.indicators = without_departments(rows, vocabulary, settings)
    collector.divide(lines)
    collector.indicators, misplaced = by_numbers(collector.indicators, tree.titles(), settings)
    return misplaced


def _unplaced(rows: Sequence[IndicatorRow]) -> list[Spot]:
    """Where the rows stand whose place is a doubt."""
    named = (entry.printed for row in rows if row.unplaced for entry in row.entries)
    return [(printed.page, printed.box[1]) for printed in named]


def _statuses(rows: Sequence[IndicatorRow]) -> tuple[str, ...]:
    """The distinct statuses that the indicators bear, in reading order."""
    texts = (text.strip() for text in _printed(rows, "status"))
    return tuple(dict.fromkeys(text for text in texts if text))


def _headings(rows: Iterable[IndicatorRow], kind: Kind) -> frozenset[str]:
    """The headings over the cells of one kind."""
    return frozenset(one.header for row in rows for one in row.entries if one.kind == kind)


def _has_actual(row: IndicatorRow) -> bool:
    return any(one.kind == "actual" and one.printed.text.strip() for one in row.entries)


def _printed(rows: Iterable[IndicatorRow], kind: Kind) -> tuple[str, ...]:
    """What stands in the cells of one kind, in reading order."""
    return tuple(one.printed.text for row in rows for one in row.entries if one.kind == kind)


# --------------------------------------------------------------------------- logical tables


def _logical_tables(
    tables: Sequence[Table], lines: Sequence[Line], vocabulary: Vocabulary
) -> list[Read]:
    found: list[Read] = []
    kin = _rows_by_headings(tables, vocabulary)
    for piece in tables:
        last = found[-1] if found else None
        if last is not None and continues(last.table, piece, lines):
            header = _append(last, piece, vocabulary, kin)
            if header is not None:
                found[-1] = Read(table=last.table, header=header)
                continue
        table = _single(piece, len(found))
        header = find_header(table.rows, vocabulary) or _inherited(table, found, vocabulary)
        found.append(Read(table=table, header=header))
    return found


def _rows_by_headings(
    tables: Sequence[Table], vocabulary: Vocabulary
) -> dict[tuple[str, ...], list[Row]]:
    """The rows of all pieces with headings, by these: what is usual in their columns."""
    kin: dict[tuple[str, ...], list[Row]] = {}
    for piece in tables:
        rows = _single(piece, 0).rows
        header = find_header(rows, vocabulary)
        if header is not None:
            body = rows[header.skip + header.count :]
            kin.setdefault(_key(header), []).extend(body[:_NEARBY])
    return kin


def _key(header: Header) -> tuple[str, ...]:
    return tuple(label(column.header) for column in header.columns)


_PLACES: frozenset[Kind] = frozenset({"goal", "policy"})
"""Roles whose cells are merged over many rows, and over a page edge."""
_JUDGED: frozenset[Kind] = frozenset({"status", "unknown"})
"""Roles in a row of a status alone."""
_WORDS: frozenset[Kind] = frozenset({"note", "definition", "department"})
"""Roles of columns that may be left open at the right."""

_FEW = 6
"""Rows of a table that tell what is usual only together with those of its kin."""
_NEARBY = 200
"""Rows above a page edge that tell what is usual: a table of thousands costs no more for each."""


def _single(piece: Table, number: int) -> Logical:
    edges = column_edges(piece)
    return Logical(
        number=number,
        edges=edges,
        rows=rows_of(piece, len(edges) - 1, column_index(piece)),
        pieces=[piece],
    )


def _inherited(table: Logical, before: Sequence[Read], vocabulary: Vocabulary) -> Header | None:
    """The heading of an earlier table with the same columns, for one printed without its own.

    A table of something else may be as wide: statuses or units like those of the other bear it out.
    """
    for other in reversed(before):
        header = other.header
        if header is None or not (header.is_indicators or header.is_projects):
            continue
        same = len(other.table.edges) == len(table.edges)
        if (
            same
            and fit(table.pieces[0], other.table) is not None
            and go_on(table.rows, header.columns, vocabulary)
        ):
            borne = is_borne_out(table, other, vocabulary)
            return Header(skip=0, count=0, columns=header.columns, inherited=not borne)
    return None


def _append(
    read: Read, piece: Table, vocabulary: Vocabulary, kin: Mapping[tuple[str, ...], Sequence[Row]]
) -> Header | None:
    """Put a further piece into a logical table; ``None`` if it is a table of its own."""
    table = read.table
    edges, rows = table.edges, table.rows
    own = _own_heading(table, read.header, piece, vocabulary)
    if own is not None and read.header is not None:
        piece = with_rest_under_headings(piece, own, read.header, vocabulary) or piece
    header = _joined(table, read.header, piece, vocabulary, kin)
    if header is None:
        table.edges, table.rows = edges, rows
    return header


def _joined(
    table: Logical,
    header: Header | None,
    piece: Table,
    vocabulary: Vocabulary,
    kin: Mapping[tuple[str, ...], Sequence[Row]],
) -> Header | None:
    """The heading of a table with a further piece in it; ``None`` if that is one of its own.

    ``kin``: the rows of all tables by their headings, which tell what is usual in short ones.
    """
    own = _own_heading(table, header, piece, vocabulary)
    again = own is not None and header is not None and _same_header(own, header)
    if own is not None and not again and not (header and _is_alone(table, header)):
        return None
    columns = len(table.edges)
    missing = open_sides(fitted, table) if (fitted := fit(piece, table)) else (0, 0)
    rows = refit(table, piece)
    if rows and header is not None and own is not None and not again:
        parted = _parted_heading(table, header, rows, vocabulary)
        if parted is None:
            return None
        header, rows, own = *parted, None
    if rows is None:
        return None
    rows = _opened(table, header, piece, missing, rows=rows, own=own, vocabulary=vocabulary)
    if rows is None:
        return None
    if header is not None and len(table.edges) != columns:
        header = find_header(table.rows, vocabulary)
    if own is not None:
        rows = _below_heading(rows, own, vocabulary)
    while header is not None and rows and repeats_header(rows[0], header, table.rows):
        rows = rows[1:]
    _make_last_row_whole(table, header, rows)
    table.joins.append(Join(table=table.number, row=len(table.rows), page=piece.page, how="table"))
    if header is not None and rows and _heading_is_cut(table, header, rows):
        table.rows[-1] = join_rows(table.rows[-1], rows[0])
        header = find_header(table.rows, vocabulary) or header
        rows = rows[1:]
    if rows and table.rows and not (header and _is_alone(table, header)):
        rows = join_merged(table.rows, rows)
    body = table.rows[header.skip + header.count :] if header else table.rows
    others = _with_kin([*body[-_NEARBY:-1], *rows[1:]], table.rows[-1], header, kin)
    goes_on = rows and body and not is_like_banner(rows[0], body)
    if goes_on and _are_one(body[-1], rows[0], others, header, vocabulary):
        table.rows[-1] = join_rows(body[-1], rows[0])
        table.joins.append(
            Join(
                table=table.number,
                row=len(table.rows) - 1,
                page=piece.page,
                how="row",
                text=label(" / ".join(texts(rows[0]))),
            )
        )
        rows = rows[1:]
    header = _extend(table, header, rows, vocabulary)
    table.pieces.append(piece)
    return header or Header(skip=0, count=0, columns=())


def _below_heading(rows: list[Row], own: Header, vocabulary: Vocabulary) -> list[Row]:
    """The rows below a heading, less one that only ends words of it: 目標指標・K over PI.

    A heading that is a word without it needs no end: （県内） below 指標 is the rest of a name.
    """

    def ends(heading: str, text: str, kind: Kind) -> bool:
        alone, whole = vocabulary.match(heading), vocabulary.match(heading + text)
        if alone is not None and alone.score == CERTAIN:
            return False
        return whole is not None and (whole.score, whole.kind) == (CERTAIN, kind)

    below = rows[own.skip + own.count :]
    if not below or len(below[0]) != len(own.columns):
        return below
    ended = [
        ends(column.header, cell.text, column.kind)
        for cell, column in zip(below[0], own.columns, strict=True)
        if cell is not None and cell.text.strip()
    ]
    return below[1:] if ended and all(ended) else below


def _with_kin(
    others: list[Row],
    last: Row,
    header: Header | None,
    kin: Mapping[tuple[str, ...], Sequence[Row]],
) -> list[Row]:
    """The rows that tell what is usual; where a table has few, also those of its kin."""
    if header is None or len(others) >= _FEW:
        return others
    return [*others, *(row for row in kin.get(_key(header), ()) if len(row) == len(last))]


def _extend(
    table: Logical, header: Header | None, rows: Sequence[Row], vocabulary: Vocabulary
) -> Header | None:
    """Add the rows of a piece; those below a heading that stood alone tell more of its columns."""
    alone = header is not None and _is_alone(table, header)
    table.rows.extend(rows)
    return (find_header(table.rows, vocabulary) or header) if alone else header


def _heading_is_cut(table: Logical, header: Header, rows: Sequence[Row]) -> bool:
    """Whether a page edge cut the heading itself: its rest stands over the first row below.

    The rest of a heading is short, and some columns have none; or it stands where none does above.
    """
    if not _is_alone(table, header) or len(rows) < 2:
        return False
    if _fills_heading(table, header, rows[0]):
        return True
    filled = [text.strip() for text in texts(rows[0]) if text.strip()]
    short = all(len(text) <= _REST_OF_HEADING and not is_number(text) for text in filled)
    return 0 < len(filled) < len(rows[0]) and short and is_cut(table.rows[-1], rows[0], rows[1:])


def _make_last_row_whole(table: Logical, header: Header | None, below: Sequence[Row]) -> None:
    """Join the last line before a page edge to its row, where no rules hold the two together."""
    if header is None or table.pieces[-1].method == "ruled":
        return
    body = table.rows[header.skip + header.count :]
    if len(body) > 1 and is_last_line(body[-2], body[-1], below):
        table.rows[-2:] = [join_rows(body[-2], body[-1])]


def _own_heading(
    table: Logical, header: Header | None, piece: Table, vocabulary: Vocabulary
) -> Header | None:
    """The heading of a further piece; none of one that is the rest of a sheet of one indicator.

    A page edge parts the sheet; its lines are like headings.  So is the last row of a table whose
    rows begin with what they hold (実績値 | …), where it gives the status in a word: 評価 | 達成.
    """
    if header is None and is_begun(table.rows, vocabulary):
        return None
    rows = _single(piece, 0).rows
    own = find_header(rows, vocabulary)
    if (
        own is not None
        and own.kinds <= _JUDGED
        and _begins_with_figures(table.rows[-1], vocabulary)
    ):
        return None
    if own is None or header is not None or form_entries(table.rows, vocabulary):
        return own
    return None if form_entries([*table.rows, *rows], vocabulary) else own


def _are_one(
    above: Row, below: Row, others: Sequence[Row], header: Header | None, vocabulary: Vocabulary
) -> bool:
    """Whether two rows at a page edge are one.

    A heading over all columns is part of none; the rows of a sheet are of different lengths.
    """
    if is_banner(above) or is_banner(below):
        return False
    if header is None and (
        is_begun([above], vocabulary)
        or is_begun([below], vocabulary)
        or form_entries([above, below, *others], vocabulary)
    ):
        return False
    apart = header is not None and are_apart(header, above, below, vocabulary)
    return not apart and is_cut(above, below, others)


def _begins_with_figures(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row says first what its figures are, as those of a card do: 実績値 | 912."""
    found = vocabulary.match(row[0].text) if row[0] is not None else None
    return found is not None and found.kind in FIGURES


def _opened(
    table: Logical,
    header: Header | None,
    piece: Table,
    missing: tuple[int, int],
    *,
    rows: list[Row],
    own: Header | None,
    vocabulary: Vocabulary,
) -> list[Row] | None:
    """The rows of a further piece with the cells that go on from above; ``None`` as below."""
    if is_rest_of_row(table.pieces[-1], piece, rows):
        return rows
    above = table.rows[-1]
    going_on = _going_on(above, header, missing, rows=rows, own=own, vocabulary=vocabulary)
    return None if going_on is None else with_open_cells(table.rows, rows, going_on)


def _going_on(
    above: Row,
    header: Header | None,
    missing: tuple[int, int],
    *,
    rows: Sequence[Row],
    own: Header | None,
    vocabulary: Vocabulary,
) -> tuple[int, int] | None:
    """Of the first and last columns that a piece lacks, those whose cells go on from above.

    Places at the left do, and in a table with years as columns what is said of a block; words at
    the right are those of their own row.  In a card, which has no headings, what is empty in the
    row ``above`` goes on.  ``None`` where other columns lack, or where ``rows`` without a heading
    of their ``own`` are no such as stand under the one above.
    """
    if own is None and header and not go_on(rows, header.columns, vocabulary):
        if not all(_begins_with_figures(row, vocabulary) for row in rows):
            return None
        header = None
    if not any(missing):
        return missing
    left, right = missing
    if header is None:
        open_cells = (*above[:left], *above[len(above) - right :])
        return missing if all(cell and not cell.text.strip() for cell in open_cells) else None
    if sum(is_year_only(column.header) for column in header.columns) > 1:
        return missing
    first = {column.kind for column in header.columns[:left]}
    last = {column.kind for column in header.columns[len(header.columns) - right :]}
    return (left, 0) if first <= _PLACES and last <= _WORDS else None


def _parted_heading(
    table: Logical, header: Header, rows: list[Row], vocabulary: Vocabulary
) -> tuple[Header | None, list[Row]] | None:
    """The heading of which a page edge shows one part above and one below, and the rows to add.

    ``None`` if the row below is no part of it.
    """
    if _stands_under(table.rows[-1], rows[0]):
        table.rows = [*table.rows, rows[0]]
        return find_header(table.rows, vocabulary), rows[1:]
    return (header, rows) if _fills_heading(table, header, rows[0]) else None


def _is_alone(table: Logical, header: Header) -> bool:
    """Whether nothing but a heading was read of a table so far."""
    return header.skip + header.count >= len(table.rows)


def _stands_under(above: Row, row: Row) -> bool:
    """Whether a row holds a text for each column under headings of several, and no other."""
    columns = Counter(map(id, above))
    return len(row) == len(above) and all(
        (columns[id(upper)] > 1) == bool(lower and lower.text.strip())
        for upper, lower in zip(above, row, strict=True)
    )


def _fills_heading(table: Logical, header: Header, row: Row) -> bool:
    """Whether a row stands in just those columns in which the heading alone above it has nothing.

    A page edge parts the headings of one line from those of several, or shows none of the latter.
    """
    above = table.rows[-1]
    if not _is_alone(table, header) or len(row) != len(above):
        return False
    filled = [
        (bool(upper and upper.text.strip()), bool(lower and lower.text.strip()))
        for upper, lower in zip(above, row, strict=True)
    ]
    worded = not any(is_measure(text) for text in texts(row))
    return worded and all(upper != lower for upper, lower in filled)


def _same_header(one: Header, other: Header) -> bool:
    return _key(one) == _key(other)
